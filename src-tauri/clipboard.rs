//! The clipboard, as the program that copied something wrote it. A web view cleans what it hands to its page: of a text
//! from Word, lists, footnotes and changes are gone then, and images do not come at all. What is read here is given to
//! the readers of foreign HTML and images, and never to the page.

use tauri::{AppHandle, Runtime};

/// What lies on the clipboard as one kind of data; nothing when there is none, when it is beyond bounds, or when the
/// program that copied it does not answer. Blocks: never on the page's thread.
#[cfg(target_os = "linux")]
pub fn read<R: Runtime>(app: &AppHandle<R>, kind: &'static str) -> Option<Vec<u8>> {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Larger than any text or picture that somebody pastes.
    const MOST_BYTES: usize = 128 * 1024 * 1024;
    /// Who copied a large picture may have to write it first.
    const PATIENCE: Duration = Duration::from_secs(5);

    let (sender, answer) = channel();
    app.run_on_main_thread(move || {
        let clipboard = gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD);
        clipboard.request_contents(&gtk::gdk::Atom::intern(kind), move |_, data| {
            let length = usize::try_from(data.length()).unwrap_or(0);
            let bytes = (1..=MOST_BYTES).contains(&length).then(|| data.data());
            // Nobody waits any more when it took too long.
            let _ = sender.send(bytes);
        });
    })
    .ok()?;
    answer.recv_timeout(PATIENCE).ok().flatten()
}

/// Elsewhere the page's own view of the clipboard has to do.
#[cfg(not(target_os = "linux"))]
pub fn read<R: Runtime>(_: &AppHandle<R>, _: &'static str) -> Option<Vec<u8>> {
    None
}
