//! What all rules have in common once they have found something.

/// Keeps, of what overlaps, what comes first. `place` is where one stands, from and to; they are in order.
pub(crate) fn apart<T>(found: &mut Vec<T>, place: impl Fn(&T) -> (usize, usize)) {
    let mut end = 0;
    found.retain(|one| {
        let (from, to) = place(one);
        let free = from >= end;
        if free {
            end = to;
        }
        free
    });
}

/// An apostrophe that a fix brings is written as those of the text are.
pub(crate) fn with_apostrophes_of<'f>(text: &str, fixes: impl Iterator<Item = &'f mut String>) {
    if text.contains('\'') && !text.contains('’') {
        fixes.for_each(|fix| *fix = fix.replace('’', "'"));
    }
}
