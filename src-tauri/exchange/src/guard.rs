//! Which addresses may be fetched at all.
//!
//! A page, a feed or a redirect made by a stranger must not make Edito knock on the doors of its reader's own machine
//! or network. So an address is judged three times: as it is written ([`address`]), by each address of the network that
//! its name stands for ([`ip`]), and at each redirect ([`redirect`]). Whoever fetches connects to the very address that
//! was judged, or a name that answers otherwise the second time gets past.
//!
//! Ranges: the registries of special addresses at IANA (RFC 6890 and its successors); ports: the list of the Fetch
//! standard; forms of addresses within addresses: RFC 4291, 2.5.5, RFC 6052, RFC 3056, RFC 4380.

#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// What a reader allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Allow {
    /// The web, and nothing else.
    #[default]
    Web,
    /// The reader's own machine and network, too. Addresses that no server has stay refused.
    Local,
}

/// Why an address is not fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// It is no address of the web.
    #[error("not an address of the web")]
    Scheme,
    /// It carries a user's name or a password.
    #[error("an address with a user's name")]
    UserInfo,
    /// Its port is that of something else than the web.
    #[error("a port that is not the web's")]
    Port,
    /// It leads to the reader's own machine or network.
    #[error("an address of this machine or network")]
    Local,
    /// It is an address that no server has: multicast, reserved, unspecified, of a link.
    #[error("an address that no server has")]
    Special,
    /// One redirect too many.
    #[error("too many redirects")]
    TooMany,
}

/// How many redirects are followed.
pub const MOST_REDIRECTS: usize = 10;

/// Judges an address as it is written, and gives it in its usual form. A host that is a number in any notation
/// (`0x7f.1`, `2130706433`, `0177.0.0.1`) is judged as the address it means; a name is judged only for names that are
/// known to be local, and its addresses are yet to be judged by [`ip`].
pub fn address(address: &str, allow: Allow) -> Result<Url, Refusal> {
    let url = Url::parse(address.trim()).map_err(|_| Refusal::Scheme)?;
    url_itself(&url, allow)?;
    Ok(url)
}

/// Judges an address that a name stands for. All that a name stands for are to be judged, and one refusal is enough.
pub fn ip(ip: IpAddr, allow: Allow) -> Result<(), Refusal> {
    let reach = match ip {
        IpAddr::V4(v4) => reach_of_v4(v4),
        IpAddr::V6(v6) => reach_of_v6(v6),
    };
    match (reach, allow) {
        (Reach::Global, _) | (Reach::Local, Allow::Local) => Ok(()),
        (Reach::Local, Allow::Web) => Err(Refusal::Local),
        (Reach::Nowhere, _) => Err(Refusal::Special),
    }
}

/// Judges where a redirect leads, from the address that answered with it. `followed` counts the redirects before it.
pub fn redirect(from: &Url, location: &str, followed: usize, allow: Allow) -> Result<Url, Refusal> {
    if followed >= MOST_REDIRECTS {
        return Err(Refusal::TooMany);
    }
    let url = from.join(location.trim()).map_err(|_| Refusal::Scheme)?;
    url_itself(&url, allow)?;
    Ok(url)
}

fn url_itself(url: &Url, allow: Allow) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::UserInfo);
    }
    if url.port().is_some_and(|port| BAD_PORTS.contains(&port)) {
        return Err(Refusal::Port);
    }
    match url.host() {
        None => Err(Refusal::Scheme),
        Some(Host::Ipv4(v4)) => ip(v4.into(), allow),
        Some(Host::Ipv6(v6)) => ip(v6.into(), allow),
        Some(Host::Domain(name)) if allow == Allow::Web && is_local_name(name) => Err(Refusal::Local),
        Some(Host::Domain(name)) if name.trim_matches('.').is_empty() => Err(Refusal::Scheme),
        Some(Host::Domain(_)) => Ok(()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Global,
    Local,
    Nowhere,
}

fn reach_of_v4(ip: Ipv4Addr) -> Reach {
    match ip.octets() {
        [127, ..] | [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Reach::Local,
        // Shared by the customers of a provider.
        [100, 64..=127, ..] => Reach::Local,
        // `0.0.0.0` is this machine to some systems; a link's own addresses are where clouds keep their secrets.
        [0, ..] | [169, 254, ..] => Reach::Nowhere,
        [192, 0, 0, _] | [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [192, 88, 99, _] => Reach::Nowhere,
        [198, 18..=19, ..] | [224..=255, ..] => Reach::Nowhere,
        _ => Reach::Global,
    }
}

fn reach_of_v6(ip: Ipv6Addr) -> Reach {
    let segments = ip.segments();
    let low = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 0] => Reach::Nowhere,
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Local,
        // An address of the older kind, mapped, translated or compatible: what counts is that one.
        [0, 0, 0, 0, 0, 0xffff, high, bottom]
        | [0, 0, 0, 0, 0xffff, 0, high, bottom]
        | [0, 0, 0, 0, 0, 0, high, bottom]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, bottom]
        | [0x2002, high, bottom, ..] => reach_of_v4(low(high, bottom)),
        // Translated within a network, and tunnels whose ends are anywhere.
        [0x64, 0xff9b, 1, ..] => Reach::Local,
        [0x2001, 0, ..] => Reach::Nowhere,
        [0xfc00..=0xfdff, ..] => Reach::Local,
        [0x2001, 0x2, 0, ..] | [0x2001, 0x10..=0x2f, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => {
            Reach::Nowhere
        }
        [0x2000..=0x3fff, ..] => Reach::Global,
        _ => Reach::Nowhere,
    }
}

/// Names that stand for this machine or network, or that only they can know.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    !name.contains('.')
        || matches!(
            last,
            "localhost"
                | "local"
                | "localdomain"
                | "internal"
                | "intranet"
                | "lan"
                | "home"
                | "corp"
                | "private"
                | "test"
        )
        || name.ends_with(".home.arpa")
}

/// Ports that other services listen at (<https://fetch.spec.whatwg.org/#port-blocking>).
const BAD_PORTS: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];
