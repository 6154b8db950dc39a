//! What names stand for.

use std::fmt;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Instant;

use super::{FetchError, FetchErrorKind};

type LookUp = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// Looks up which addresses a name stands for.
#[derive(Clone)]
pub struct Names(Arc<LookUp>);

impl Names {
    /// As the system does.
    pub fn of_the_system() -> Names {
        Names::new(|name, port| Ok((name, port).to_socket_addrs()?.collect()))
    }

    /// By a function.
    pub fn new(look_up: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static) -> Names {
        Names(Arc::new(look_up))
    }

    /// The addresses of a name. The system may take as long as it likes: nobody waits for it beyond the deadline.
    pub(super) fn look_up(&self, name: &str, port: u16, deadline: Instant) -> Result<Vec<SocketAddr>, FetchError> {
        let (send, found) = sync_channel(1);
        let (look_up, name) = (self.0.clone(), name.to_owned());
        std::thread::Builder::new()
            .name("names".into())
            .spawn(move || {
                let _ = send.send(look_up(&name, port));
            })
            .map_err(|error| FetchError::of(FetchErrorKind::Network, error))?;
        match found.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Ok(addresses)) => Ok(addresses),
            Ok(Err(error)) => Err(FetchError::of(FetchErrorKind::Network, error)),
            Err(RecvTimeoutError::Timeout) => Err(FetchErrorKind::TooSlow.into()),
            Err(RecvTimeoutError::Disconnected) => Err(FetchErrorKind::Network.into()),
        }
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Names")
    }
}
