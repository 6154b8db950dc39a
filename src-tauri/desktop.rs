//! What Edito asks of the desktop around it. Commands know this trait alone, so that they run in tests without a
//! window, and what differs between systems stands here.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::DialogExt;
use tauri_specta::Event;

use crate::api::PageEvent;
use crate::error::{CommandError, CommandResult, ErrorKind};

/// The desktop as commands see it.
pub trait Desktop: Send + Sync {
    /// Tells the page that something happened.
    fn emit(&self, event: PageEvent);
    /// Asks the user for a folder; `None` when they think better of it. Blocks: never on the page's thread.
    fn choose_folder(&self, title: &str) -> Option<PathBuf>;
    /// Asks the user for files; none when they think better of it. Blocks: never on the page's thread.
    fn choose_files(&self, title: &str) -> Vec<PathBuf>;
    /// Asks the user for a file; `None` when they think better of it. Blocks: never on the page's thread.
    fn choose_file(&self, title: &str) -> Option<PathBuf>;
    /// Asks the user where to write a file, and offers a name; `None` when they think better of it. A file that is there
    /// was said to be replaced. Blocks: never on the page's thread.
    fn choose_new_file(&self, title: &str, name: &str) -> Option<PathBuf>;
    /// Opens an address in the system's browser or mail program.
    fn open_address(&self, address: &str) -> CommandResult<()>;
    /// Opens a file with the program that the system opens files of its kind with.
    fn open_file(&self, path: &Path) -> CommandResult<()>;
    /// Shows a file in the system's file manager.
    fn reveal(&self, path: &Path) -> CommandResult<()>;
    /// The user's folder of documents.
    fn documents(&self) -> Option<PathBuf>;
    /// What lies on the clipboard as one kind of data (`text/html`, `image/png`), as the program that copied it wrote it.
    /// Blocks: never on the page's thread.
    fn clipboard(&self, kind: &'static str) -> Option<Vec<u8>>;
    /// Brings the window to the front.
    fn come_forward(&self);
    /// Fills the whole screen with the window, or gives it back its place.
    fn set_full_screen(&self, on: bool);
    /// Closes the window for good; what was unsaved has been dealt with.
    fn quit(&self);
}

/// The real desktop, through Tauri.
pub struct TauriDesktop<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> Desktop for TauriDesktop<R> {
    fn emit(&self, event: PageEvent) {
        let sent = match event {
            PageEvent::Changed(event) => event.emit(&self.0),
            PageEvent::Progress(event) => event.emit(&self.0),
            PageEvent::ImportProgress(event) => event.emit(&self.0),
            PageEvent::ImportEnded(event) => event.emit(&self.0),
            PageEvent::Notice(event) => event.emit(&self.0),
            PageEvent::Open(event) => event.emit(&self.0),
            PageEvent::Close(event) => event.emit(&self.0),
            PageEvent::Feeds(event) => event.emit(&self.0),
            PageEvent::Searches(event) => event.emit(&self.0),
            PageEvent::Collections(event) => event.emit(&self.0),
            PageEvent::Citations(event) => event.emit(&self.0),
        };
        if let Err(error) = sent {
            tracing::warn!("an event did not reach the page: {error}");
        }
    }

    fn choose_folder(&self, title: &str) -> Option<PathBuf> {
        if let Some(folder) = driven_choice() {
            return Some(folder);
        }
        self.0
            .dialog()
            .file()
            .set_title(title)
            .blocking_pick_folder()?
            .into_path()
            .ok()
    }

    fn choose_files(&self, title: &str) -> Vec<PathBuf> {
        if let Some(folder) = driven_choice() {
            let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
            return files.map(|file| file.path()).filter(|path| path.is_file()).collect();
        }
        let chosen = self.0.dialog().file().set_title(title).blocking_pick_files();
        chosen
            .unwrap_or_default()
            .into_iter()
            .filter_map(|file| file.into_path().ok())
            .collect()
    }

    fn choose_file(&self, title: &str) -> Option<PathBuf> {
        if let Some(file) = driven_choice() {
            return Some(file);
        }
        self.0
            .dialog()
            .file()
            .set_title(title)
            .blocking_pick_file()?
            .into_path()
            .ok()
    }

    fn choose_new_file(&self, title: &str, name: &str) -> Option<PathBuf> {
        if let Some(folder) = driven_choice() {
            return Some(folder.join(name));
        }
        self.0
            .dialog()
            .file()
            .set_title(title)
            .set_file_name(name)
            .blocking_save_file()?
            .into_path()
            .ok()
    }

    fn open_address(&self, address: &str) -> CommandResult<()> {
        open::that_detached(address).map_err(|error| CommandError::new(ErrorKind::Io, error.to_string()))
    }

    fn open_file(&self, path: &Path) -> CommandResult<()> {
        open::that_detached(path).map_err(|error| CommandError::new(ErrorKind::Io, error.to_string()))
    }

    fn reveal(&self, path: &Path) -> CommandResult<()> {
        // To select the file in it differs from system to system; its folder is enough.
        open::that_detached(path.parent().unwrap_or(path))
            .map_err(|error| CommandError::new(ErrorKind::Io, error.to_string()))
    }

    fn documents(&self) -> Option<PathBuf> {
        self.0.path().document_dir().ok()
    }

    fn set_full_screen(&self, on: bool) {
        if let Some(window) = self.0.get_webview_window(crate::window::LABEL)
            && let Err(error) = window.set_fullscreen(on)
        {
            tracing::warn!("the window does not fill the screen: {error}");
        }
    }

    fn clipboard(&self, kind: &'static str) -> Option<Vec<u8>> {
        crate::clipboard::read(&self.0, kind)
    }

    fn come_forward(&self) {
        if let Some(window) = self.0.get_webview_window(crate::window::LABEL) {
            let _ = window.unminimize();
            let _ = window.show();
            let _ = window.set_focus();
        }
    }

    fn quit(&self) {
        self.0.exit(0);
    }
}

/// A driven window has nobody who could use the system's own dialogs: this folder is chosen, or the files in it.
fn driven_choice() -> Option<PathBuf> {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION")?;
    std::env::var_os("EDITO_CHOOSE_FOLDER").map(PathBuf::from)
}
