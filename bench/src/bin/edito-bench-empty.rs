//! A window with a blank page in it: the limit that Edito's window is held against.

#![allow(clippy::expect_used)]

fn main() {
    tauri::Builder::default()
        .run(tauri::generate_context!())
        .expect("an empty window opens");
}
