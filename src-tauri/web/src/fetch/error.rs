//! Why nothing came.

use std::io;

use edito_exchange::guard::Refusal;
use serde::{Deserialize, Serialize};

/// Why an address gave nothing. Code branches on the kind; the words are the window's.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{kind:?}: {detail}")]
pub struct FetchError {
    /// What it is.
    pub kind: FetchErrorKind,
    /// The address that was refused, or what the system says, for the log.
    pub detail: String,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FetchErrorKind {
    /// It is no address of the web.
    NotWeb,
    /// It leads to the reader's own machine or network, which are asked only if the reader allows it.
    Local,
    /// It is an address that no server has, or a port that is not the web's, or carries a user's name.
    Forbidden,
    /// It redirects without end.
    Redirects,
    /// Its answer is larger than is read.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// Nobody answers: there is no network, or no such server.
    Network,
    /// The connection is not safe: its certificate is not one that the system trusts.
    Untrusted,
    /// What came is not HTTP, or damaged.
    Protocol,
    /// The reader wanted no more.
    Cancelled,
}

impl FetchError {
    /// A failure, and what the system says of it.
    pub(super) fn of(kind: FetchErrorKind, why: impl ToString) -> FetchError {
        FetchError {
            kind,
            detail: why.to_string(),
        }
    }

    /// An address that is not asked.
    pub(super) fn refused(refusal: Refusal, address: &str) -> FetchError {
        let kind = match refusal {
            Refusal::Scheme => FetchErrorKind::NotWeb,
            Refusal::Local => FetchErrorKind::Local,
            Refusal::UserInfo | Refusal::Port | Refusal::Special => FetchErrorKind::Forbidden,
            Refusal::TooMany => FetchErrorKind::Redirects,
        };
        const LONGEST: usize = 300;
        FetchError::of(kind, address.chars().take(LONGEST).collect::<String>())
    }

    /// What reading a body fails with.
    pub(super) fn of_reading(error: io::Error) -> FetchError {
        match error.downcast::<ureq::Error>() {
            Ok(inner) => inner.into(),
            Err(error) => FetchError::of(of_io(&error, FetchErrorKind::Protocol), error),
        }
    }
}

impl From<FetchErrorKind> for FetchError {
    fn from(kind: FetchErrorKind) -> Self {
        FetchError::of(kind, "")
    }
}

impl From<ureq::Error> for FetchError {
    fn from(error: ureq::Error) -> Self {
        let kind = match &error {
            ureq::Error::Timeout(_) => FetchErrorKind::TooSlow,
            ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => FetchErrorKind::Network,
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => FetchErrorKind::Untrusted,
            // What TLS says comes as an error of reading.
            ureq::Error::Io(inner) if inner.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
                FetchErrorKind::Untrusted
            }
            ureq::Error::Io(inner) => of_io(inner, FetchErrorKind::Network),
            _ => FetchErrorKind::Protocol,
        };
        FetchError::of(kind, error)
    }
}

fn of_io(error: &io::Error, otherwise: FetchErrorKind) -> FetchErrorKind {
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => FetchErrorKind::TooSlow,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => FetchErrorKind::Protocol,
        _ => otherwise,
    }
}
