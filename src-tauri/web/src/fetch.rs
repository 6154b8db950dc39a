//! One request to the web, judged at every step.
//!
//! An address is judged as it is written, by every address that its name stands for, and again at each redirect
//! ([`edito_exchange::guard`]). The connection is then made to one of the very addresses that were judged: the name is
//! not asked a second time, so that one that answers otherwise the second time gets nowhere. No proxy stands between,
//! for nobody could judge where that one leads.
//!
//! A request says who asks ([`USER_AGENT`]) and what for, and nothing else: no cookie, no referrer, nothing that was
//! remembered from another site. An answer has an end: [`MOST_BYTES`] as they are after unpacking, and [`LONGEST`] for
//! all of it, redirects included.

mod error;
mod names;
#[cfg(test)]
mod tests;
mod trust;

use std::io::Read;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use edito_exchange::guard::{self, Allow};
use edito_exchange::{Task, Wanted};
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{TlsConfig, TlsProvider};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

pub use error::{FetchError, FetchErrorKind};
pub use names::Names;
pub use trust::Trust;

/// What Edito says of itself to the servers it asks.
pub const USER_AGENT: &str = concat!("Edito/", env!("CARGO_PKG_VERSION"));

/// The largest answer, in bytes after unpacking.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// The longest that a request may take, from the first question to the last byte.
pub const LONGEST: Duration = Duration::from_secs(20);

/// The way to the web.
#[derive(Debug, Clone)]
pub struct Web {
    /// Whether the reader's own machine and network may be asked, too.
    pub allow: Allow,
    /// What names stand for.
    pub names: Names,
    /// Whose word is taken for who a server is.
    pub trust: Trust,
    /// The largest answer, in bytes after unpacking.
    pub most_bytes: usize,
    /// The longest that a request may take.
    pub longest: Duration,
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// The address that answered, after all redirects.
    pub address: String,
    /// The status of the answer.
    pub status: u16,
    /// Its headers, in order; values that are no text are left out.
    pub headers: Vec<(String, String)>,
    /// Where permanent redirects (301, 308) led to from the address that was asked, with no other between.
    pub moved_to: Option<String>,
    /// Its body, unpacked.
    pub bytes: Vec<u8>,
}

impl Web {
    /// The web as this machine's system knows it.
    pub fn new(allow: Allow) -> Web {
        Web {
            allow,
            names: Names::of_the_system(),
            trust: Trust::of_the_system(),
            most_bytes: MOST_BYTES,
            longest: LONGEST,
        }
    }

    /// Asks for an address, and follows where it leads. Whatever the status of the answer, it is one.
    ///
    /// Ends at once when `cancel` is set.
    ///
    /// # Errors
    /// See [`FetchErrorKind`].
    pub fn get(
        &self,
        address: &str,
        headers: &[(&'static str, String)],
        cancel: &AtomicBool,
    ) -> Result<Fetched, FetchError> {
        const GLANCE: Duration = Duration::from_millis(50);
        let (send, answer) = sync_channel(1);
        let (web, address, headers) = (self.clone(), address.to_owned(), headers.to_vec());
        // On a thread of its own, which nobody has to wait for: it ends by itself when its time is over.
        let deadline = Instant::now() + self.longest;
        let given_up = Arc::new(AtomicBool::new(false));
        let stop = given_up.clone();
        let started = std::thread::Builder::new().name("fetch".into()).spawn(move || {
            let fetched = web.follow(&address, &headers, deadline, &stop);
            // Nobody may be there any more to hear it.
            let _ = send.send(fetched);
        });
        if let Err(error) = started {
            return Err(FetchError::of(FetchErrorKind::Network, error));
        }
        loop {
            if cancel.load(Ordering::Relaxed) {
                given_up.store(true, Ordering::Relaxed);
                return Err(FetchErrorKind::Cancelled.into());
            }
            match answer.recv_timeout(GLANCE) {
                Ok(fetched) => return fetched,
                Err(RecvTimeoutError::Disconnected) => return Err(FetchErrorKind::Protocol.into()),
                Err(RecvTimeoutError::Timeout) if Instant::now() > deadline + 2 * GLANCE => {
                    given_up.store(true, Ordering::Relaxed);
                    return Err(FetchErrorKind::TooSlow.into());
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn follow(
        &self,
        address: &str,
        headers: &[(&'static str, String)],
        deadline: Instant,
        stop: &AtomicBool,
    ) -> Result<Fetched, FetchError> {
        let mut url = guard::address(address, self.allow).map_err(|refusal| FetchError::refused(refusal, address))?;
        let mut moved_to = None;
        let mut for_good = true;
        let mut followed = 0;
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(FetchErrorKind::Cancelled.into());
            }
            let mut response = self.ask(&url, headers, deadline)?;
            let status = response.status().as_u16();
            let Some(there) = self.onward(&url, &response, followed)? else {
                let bytes = self.body(response.body_mut().as_reader(), deadline, stop)?;
                return Ok(Fetched {
                    address: url.into(),
                    status,
                    headers: texts(response.headers()),
                    moved_to,
                    bytes,
                });
            };
            url = there;
            followed += 1;
            for_good &= matches!(status, 301 | 308);
            if for_good {
                moved_to = Some(url.to_string());
            }
        }
    }

    /// Where an answer leads, if it does and may be followed.
    fn onward(
        &self,
        from: &Url,
        response: &ureq::http::Response<ureq::Body>,
        followed: usize,
    ) -> Result<Option<Url>, FetchError> {
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let Some(location) = response.headers().get("location") else {
            return Ok(None);
        };
        let location = String::from_utf8_lossy(location.as_bytes());
        guard::redirect(from, &location, followed, self.allow)
            .map(Some)
            .map_err(|refusal| FetchError::refused(refusal, &location))
    }

    /// One question and the head of its answer.
    fn ask(
        &self,
        url: &Url,
        headers: &[(&'static str, String)],
        deadline: Instant,
    ) -> Result<ureq::http::Response<ureq::Body>, FetchError> {
        let addresses = self.judged(url, deadline)?;
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(FetchErrorKind::TooSlow.into());
        }
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(self.trust.roots())
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(64 * 1024)
            .max_idle_connections(0)
            .user_agent(USER_AGENT)
            .timeout_global(Some(left))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Judged(addresses));
        // What stands after `#` is nobody's business but the page's.
        let mut bare = url.clone();
        bare.set_fragment(None);
        let mut request = agent.get(bare.as_str());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        Ok(request.call()?)
    }

    /// Every address that the host stands for, when all of them may be asked.
    fn judged(&self, url: &Url, deadline: Instant) -> Result<Vec<SocketAddr>, FetchError> {
        let port = url.port_or_known_default().unwrap_or(443);
        let addresses = match url.host() {
            Some(url::Host::Ipv4(ip)) => vec![SocketAddr::new(ip.into(), port)],
            Some(url::Host::Ipv6(ip)) => vec![SocketAddr::new(ip.into(), port)],
            Some(url::Host::Domain(name)) => self.names.look_up(name, port, deadline)?,
            None => Vec::new(),
        };
        if addresses.is_empty() {
            return Err(FetchErrorKind::Network.into());
        }
        for address in &addresses {
            guard::ip(address.ip(), self.allow).map_err(|refusal| FetchError::refused(refusal, url.as_str()))?;
        }
        Ok(addresses)
    }

    fn body(&self, mut from: impl Read, deadline: Instant, stop: &AtomicBool) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        let mut part = vec![0; 64 * 1024];
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(FetchErrorKind::Cancelled.into());
            }
            if Instant::now() >= deadline {
                return Err(FetchErrorKind::TooSlow.into());
            }
            let read = from.read(&mut part).map_err(FetchError::of_reading)?;
            if read == 0 {
                return Ok(bytes);
            }
            if bytes.len() + read > self.most_bytes {
                return Err(FetchErrorKind::TooLarge.into());
            }
            bytes.extend_from_slice(part.get(..read).unwrap_or_default());
        }
    }
}

impl Fetched {
    /// A header, by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// The media type that the server names, in lower case and without parameters.
    pub fn media_type(&self) -> String {
        let named = self.header("content-type").unwrap_or_default();
        named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// What is wanted of the body, and what is known of it.
    pub fn task(&self, wanted: Wanted) -> Task {
        Task {
            wanted,
            address: Some(self.address.clone()),
            charset: self.charset().map(str::to_owned),
        }
    }

    /// The character set that the server names.
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.header("content-type")?.split(';').skip(1);
        parameters
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches('"'))
    }
}

/// Answers what was judged, whatever is asked.
#[derive(Debug)]
struct Judged(Vec<SocketAddr>);

impl Resolver for Judged {
    fn resolve(&self, _: &Uri, _: &ureq::config::Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        const ROOM: usize = 16;
        let mut addresses = self.empty();
        for address in self.0.iter().take(ROOM) {
            addresses.push(*address);
        }
        Ok(addresses)
    }
}

fn texts(headers: &ureq::http::HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect()
}
