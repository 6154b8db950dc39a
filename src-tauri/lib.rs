//! The window: assembles state, commands and events around `edito-library`.

mod advising;
pub mod api;
mod citing;
mod clipboard;
pub mod commands;
pub mod desktop;
mod display;
pub mod error;
pub mod feeding;
mod first_page;
mod gpu;
mod images;
pub mod importing;
mod instance;
pub mod launching;
mod logs;
pub mod pictures;
pub mod preferences;
pub mod previewing;
pub mod replacing;
pub mod speech;
pub mod state;
mod window;

use std::path::PathBuf;
use std::sync::Arc;

use edito_library::Places;

use crate::desktop::TauriDesktop;
use crate::instance::Instance;
use crate::state::{AppState, Launch};

/// Starts Edito: `edito [LIBRARY] [--open ARTICLE]`. As `edito read-for-import` it is the process that reads foreign
/// files for another one, and nothing of the window is there.
pub fn run() {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|first| first == edito_import::worker::ARGUMENT)
    {
        let read = edito_import::worker::run();
        std::process::exit(i32::from(read.is_err()));
    }
    gpu::choose();
    let launch = match launch(std::env::args_os().skip(1)) {
        Ok(launch) => launch,
        Err(usage) => {
            eprintln!("{usage}");
            std::process::exit(2);
        }
    };
    let places = match Places::of_this_machine() {
        Ok(places) => places,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::exit(1);
        }
    };
    logs::start(&places.data);
    let state = AppState::new(places, launch);
    let root = state.launch.library.clone().or_else(|| state.preferences.chosen().last);
    let claim = root.as_ref().and_then(|root| {
        let root = root.canonicalize().ok()?;
        instance::claim(&state.places.data, &root, state.launch.article.as_deref())
    });
    if matches!(claim, Some(Instance::Second)) {
        return;
    }

    launching::open_last(state.clone(), root, claim);
    if let Err(words) = display::connect() {
        tracing::error!("there is no screen to open a window on");
        eprintln!("{words}");
        state.close();
        std::process::exit(1);
    }

    let builder = api::builder::<tauri::Wry>();
    let (images, events) = (state.clone(), state.clone());
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(builder.invoke_handler())
        .register_asynchronous_uri_scheme_protocol(images::SCHEME, move |_, request, responder| {
            let state = images.clone();
            // Reading a file must not hold up the window.
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(state.images.answer(request.uri().path()));
            });
        })
        .manage(state.clone())
        .setup(move |app| {
            builder.mount_events(app);
            state.attach(Arc::new(TauriDesktop(app.handle().clone())));
            window::open(app, &state)?;
            Ok(())
        })
        .on_window_event(move |window, event| window::handle(window, event, &events))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|_, _| {}),
        Err(error) => {
            tracing::error!("the window could not be made: {error}");
            eprintln!("error: the window could not be made: {error}");
            std::process::exit(1);
        }
    }
}

/// Reads the command line.
fn launch(arguments: impl Iterator<Item = std::ffi::OsString>) -> Result<Launch, String> {
    const USAGE: &str = "usage: edito [LIBRARY] [--open ARTICLE]";
    let mut launch = Launch::default();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--open") => {
                let article = arguments.next().and_then(|article| article.into_string().ok());
                launch.article = Some(article.ok_or(USAGE)?);
            }
            Some("--help" | "-h") => return Err(USAGE.into()),
            Some(option) if option.starts_with('-') => return Err(format!("error: {option} is not known\n{USAGE}")),
            _ if launch.library.is_none() => launch.library = Some(PathBuf::from(argument)),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(launch)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_command_line_names_a_library_and_an_article() {
        let parse = |line: &str| launch(line.split_whitespace().map(Into::into));
        let both = parse("folder --open a/b.md").unwrap();
        assert_eq!(both.library, Some(PathBuf::from("folder")));
        assert_eq!(both.article.as_deref(), Some("a/b.md"));
        for wrong in ["a b", "--open", "--nonsense"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
