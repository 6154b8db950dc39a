#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
//! Edito's window.

fn main() {
    edito_app::run();
}
