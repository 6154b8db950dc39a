//! From a piece that was fetched to an article.

use edito_exchange::{Piece, Receipt, new_piece};
use edito_library::{ArticleId, Error, Intake, Library, TakenIn};

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

/// The new articles that could not be written after all, and why: new articles are written some at a time.
pub(crate) fn lost(intake: &mut Intake) -> Vec<(ArticleId, Error)> {
    let lost = intake.lost().into_iter();
    lost.map(|one| (one.id, Error::new(one.kind, "the article could not be written")))
        .collect()
}
