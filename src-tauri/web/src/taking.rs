//! From a piece that was fetched to an article.

use edito_exchange::{Piece, Receipt, new_piece};
use edito_library::{Intake, Library, TakenIn};

/// Takes a piece in. `from` is what it was read from, for the record; `key` tells one without an address from others.
pub(crate) fn take(
    library: &Library,
    intake: &mut Intake,
    piece: Piece,
    from: &str,
    key: Option<String>,
) -> edito_library::Result<TakenIn> {
    match new_piece(piece, from, key, &mut Receipt::default()) {
        Some(piece) => library.take_in(&piece, intake),
        // Whoever takes an item says where it is to lie.
        None => Err(edito_library::Error::new(
            edito_library::ErrorKind::Invalid,
            "an item that nobody kept",
        )),
    }
}
