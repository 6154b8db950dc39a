//! The TypeScript that the page imports is the one that Rust would generate now.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[test]
fn the_committed_bindings_are_fresh() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/backend/bindings.ts");
    let fresh = edito_app::api::bindings().expect("bindings are generated");
    if std::env::var_os("EDITO_UPDATE_BINDINGS").is_some() {
        std::fs::write(file, &fresh).expect("bindings are written");
    }
    let committed = std::fs::read_to_string(file).expect("bindings are committed");
    assert!(
        committed == fresh,
        "ui/src/backend/bindings.ts is out of date: run ./dev bindings and commit it"
    );
}
