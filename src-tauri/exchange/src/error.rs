//! Why something could not be read.

/// Why bytes gave no piece. The kind is what callers branch on; the words are the window's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Error {
    /// Larger than what is read at all.
    #[error("too large")]
    TooLarge,
    /// Not of the format it was taken for.
    #[error("not of this format")]
    WrongFormat,
    /// Of the format, but damaged beyond reading.
    #[error("damaged")]
    Damaged,
    /// Holds nothing to read.
    #[error("nothing to read in it")]
    Empty,
    /// Encrypted, or protected against copying.
    #[error("encrypted")]
    Encrypted,
}
