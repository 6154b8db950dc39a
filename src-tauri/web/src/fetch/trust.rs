//! Whose word is taken for who a server is.

use std::sync::{Arc, OnceLock};

use ureq::tls::{Certificate, RootCerts};

/// The certificates that others are judged by.
#[derive(Debug, Clone)]
pub struct Trust(Arc<Vec<Certificate<'static>>>);

impl Trust {
    /// Those that the system trusts, read once.
    pub fn of_the_system() -> Trust {
        static TRUSTED: OnceLock<Trust> = OnceLock::new();
        TRUSTED
            .get_or_init(|| {
                let found = rustls_native_certs::load_native_certs();
                for error in &found.errors {
                    tracing::warn!(%error, "a certificate of the system could not be read");
                }
                Trust::of(&found.certs)
            })
            .clone()
    }

    /// These, in DER.
    pub fn of(certificates: &[impl AsRef<[u8]>]) -> Trust {
        let owned = certificates
            .iter()
            .map(|one| Certificate::from_der(one.as_ref()).to_owned());
        Trust(Arc::new(owned.collect()))
    }

    pub(super) fn roots(&self) -> RootCerts {
        RootCerts::Specific(self.0.clone())
    }
}
