//! What the page can ask. Thin: each turns its wire types into a call on the library and back.

pub mod libraries;
pub mod lists;
pub mod reading;
pub mod settings;
pub mod writing;
