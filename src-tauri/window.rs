//! The window: made, put where it was, and asked before it closes.

use tauri::window::Color;
use tauri::{
    LogicalSize, PhysicalPosition, PhysicalSize, Runtime, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

use crate::api::{CloseRequested, PageEvent};
use crate::first_page;
use crate::preferences::{Placement, Preferences, Theme as Chosen};
use crate::state::AppState;

/// The one window's label.
pub const LABEL: &str = "main";

/// Smallest size at which everything can still be reached, in logical pixels.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(760.0, 480.0);

/// What the window shows until the page does: `--paper` of each theme in the page's style sheet.
const PAPER: Color = Color(0xfa, 0xf8, 0xf3, 0xff);
const SEPIA: Color = Color(0xf1, 0xe5, 0xcf, 0xff);
const CONTRAST: Color = Color(0xff, 0xff, 0xff, 0xff);
const NIGHT: Color = Color(0x16, 0x15, 0x13, 0xff);

/// Makes the window where it was last time, if that place still exists.
pub fn open<R: Runtime>(app: &tauri::App<R>, state: &AppState) -> tauri::Result<WebviewWindow<R>> {
    let chosen = state.preferences.chosen();
    let page = state.clone();
    let theme = match chosen.settings.theme {
        Chosen::System => None,
        Chosen::Paper | Chosen::Sepia | Chosen::Contrast => Some(Theme::Light),
        Chosen::Night => Some(Theme::Dark),
    };
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Edito")
        .inner_size(1440.0, 900.0)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .theme(theme)
        // A dropped file must never replace the page; what is dropped is handled by Edito alone.
        .on_navigation(|address| is_own_page(address.as_str()))
        .on_web_resource_request(move |_, response| first_page::answer(&page, response))
        .visible(chosen.window.is_none())
        .build()?;
    window.set_background_color(Some(match (chosen.settings.theme, window.theme()) {
        (Chosen::Night, _) | (Chosen::System, Ok(Theme::Dark)) => NIGHT,
        (Chosen::Sepia, _) => SEPIA,
        (Chosen::Contrast, _) => CONTRAST,
        _ => PAPER,
    }))?;
    if let Some(placement) = chosen.window {
        place(&window, placement);
        window.show()?;
    }
    Ok(window)
}

/// Remembers the window's place as it changes, and lets the page save before the window closes.
pub fn handle<R: Runtime>(window: &tauri::Window<R>, event: &WindowEvent, state: &AppState) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            remember(window, &state.preferences);
            // The page answers with `quit` once nothing would be lost. If it never came up there is nothing to ask.
            if state.launching.page_is_up()
                && let Ok(desktop) = state.desktop()
            {
                api.prevent_close();
                desktop.emit(PageEvent::Close(CloseRequested {}));
            }
        }
        WindowEvent::Destroyed => tracing::info!("the window is closed"),
        _ => {}
    }
}

fn remember<R: Runtime>(window: &tauri::Window<R>, preferences: &Preferences) {
    // The place to come back to from the full screen is the one before it.
    if window.is_fullscreen().unwrap_or(false) {
        return;
    }
    let maximized = window.is_maximized().unwrap_or(false);
    let (Ok(position), Ok(size)) = (window.outer_position(), window.inner_size()) else {
        return;
    };
    preferences.change(|chosen| {
        let previous = chosen.window;
        chosen.window = Some(match previous {
            // The place to come back to from maximized is the one before it.
            Some(previous) if maximized => Placement { maximized, ..previous },
            _ => Placement {
                x: position.x,
                y: position.y,
                width: size.width,
                height: size.height,
                maximized,
            },
        });
    });
}

fn place<R: Runtime>(window: &WebviewWindow<R>, placement: Placement) {
    let visible = window.available_monitors().unwrap_or_default().iter().any(|monitor| {
        let (at, size) = (monitor.position(), monitor.size());
        // At least a hand's width of the title bar must be within reach.
        placement.x + 120 > at.x
            && placement.x + 120 < at.x + i32::try_from(size.width).unwrap_or(i32::MAX)
            && placement.y >= at.y
            && placement.y + 40 < at.y + i32::try_from(size.height).unwrap_or(i32::MAX)
    });
    let _ = window.set_size(PhysicalSize::new(placement.width.max(480), placement.height.max(320)));
    if visible {
        let _ = window.set_position(PhysicalPosition::new(placement.x, placement.y));
    }
    if placement.maximized {
        let _ = window.maximize();
    }
}

/// The page stays Edito's own: links are opened by commands, in the system's browser.
fn is_own_page(address: &str) -> bool {
    ["tauri://localhost", "http://tauri.localhost", "https://tauri.localhost"]
        .iter()
        .any(|own| address.starts_with(own))
        || (cfg!(debug_assertions) && address.starts_with("http://localhost:1420"))
        || address == "about:blank"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_the_pages_colours_before_the_page() {
        let sheet = include_str!("../ui/src/shared/theme.css");
        let themes = [
            (":root {", PAPER),
            (r#":root[data-theme="sepia"]"#, SEPIA),
            (r#":root[data-theme="night"]"#, NIGHT),
            (r#":root[data-theme="contrast"]"#, CONTRAST),
        ];
        for (theme, Color(red, green, blue, _)) in themes {
            let (_, css) = sheet.split_once(theme).unwrap_or_default();
            let paper = css.split_once("--paper: ").map(|(_, value)| &value[..7]);
            assert_eq!(paper, Some(format!("#{red:02x}{green:02x}{blue:02x}").as_str()));
        }
    }
}
