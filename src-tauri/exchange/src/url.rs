//! Addresses of pages: which are taken, and which mean the same page.

#[cfg(test)]
mod tests;

use url::Url;

/// The longest address that is kept, in bytes.
pub(crate) const LONGEST: usize = 8 * 1024;

/// An address of the web as people write it: one without a scheme is taken for `https` when it starts with a name that
/// can be a host's.
pub fn web(address: &str) -> Option<Url> {
    let address = address.trim();
    let without_scheme = matches!(Url::parse(address), Err(url::ParseError::RelativeUrlWithoutBase));
    if without_scheme && names_host(address) {
        let address = address.strip_prefix("//").unwrap_or(address);
        return absolute(&format!("https://{address}"));
    }
    absolute(address)
}

/// An address of the web with its scheme, `http` or `https`, and a host; nothing else is one.
pub fn absolute(address: &str) -> Option<Url> {
    let address = address.trim();
    if address.len() > LONGEST {
        return None;
    }
    let url = Url::parse(address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The address by which two copies of one page are known to be the same: equal for both. It is for comparing, never
/// for fetching or showing.
///
/// | what | becomes |
/// |---|---|
/// | `http` | `https` |
/// | scheme and host in any case, international or Punycode, with a final dot | lower case, Punycode, without |
/// | user and password, the default port | dropped |
/// | the fragment | dropped, unless it is a page of its own (`#!…`, `#/…`) |
/// | parameters that say where a reader came from ([the list](is_tracking)) | dropped |
/// | the other parameters | in the order of their names |
/// | an empty query, a `/` at the end | dropped |
/// | `%7e`, `%C3%a9`, `100%` | `~`, `%C3%A9`, `100%25` |
/// | `google.com/amp/s/…`, `*.cdn.ampproject.org/c/s/…` | the address inside |
/// | `?amp=1`, `?outputType=amp`, `….amp.html`, `/long-name-of-a-piece/amp` | the same without it |
///
/// What may be another page stays: `www.`, `m.`, `amp.`, a short path before `/amp`, `index.html`, `ref=`.
pub fn canonical(address: &str) -> Option<String> {
    let mut url = web(address)?;
    // An address inside an address inside an address is nobody's.
    for _ in 0..2 {
        match inside_amp(&url) {
            Some(inside) => url = inside,
            None => break,
        }
    }
    let host = url.host_str()?.trim_end_matches('.').to_owned();
    if host.is_empty() {
        return None;
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let unusual = matches!((url.scheme(), url.port()), ("http", Some(443)) | ("https", Some(80)));
    let scheme = if unusual { url.scheme() } else { "https" };
    let path = without_amp(&tidy(url.path()));
    let path = path.trim_end_matches('/');
    let query = tidy(url.query().unwrap_or_default());
    let mut parameters: Vec<&str> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty() && !is_dropped(parameter))
        .collect();
    // Several of one name keep their order among themselves.
    parameters.sort_by_key(name_of);
    let query = if parameters.is_empty() {
        String::new()
    } else {
        format!("?{}", parameters.join("&"))
    };
    let fragment = url
        .fragment()
        .filter(|fragment| fragment.starts_with(['!', '/']) && fragment.len() > 1)
        .map(|fragment| format!("#{fragment}"))
        .unwrap_or_default();
    Some(format!("{scheme}://{host}{port}{path}{query}{fragment}"))
}

/// Whether a parameter of an address says where a reader came from, and nothing of the page.
pub fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.split_whitespace().any(|known| known == name)
        || TRACKING_FAMILIES
            .split_whitespace()
            .any(|family| name.starts_with(family))
}

/// The beginnings of whole families: Urchin (Google), Matomo, Piano (formerly AT Internet), HubSpot, Adobe, Vero,
/// Omeda, the BBC's.
const TRACKING_FAMILIES: &str = "
    utm_ mtm_ matomo_ pk_ piwik_
    at_medium at_campaign at_custom at_link at_ptr at_bbc
    hsa_ _hs __hs vero_ oly_
    ns_campaign ns_source ns_mchannel ns_linkname ns_fee
";

/// Single names: of advertisers' clicks, of what is shared on networks, of letters' readers, of outlets' own counts.
const TRACKING: &str = "
    gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid msclkid yclid ysclid _openstat
    fbclid fb_action_ids fb_action_types fb_source igsh igshid twclid __twitter_impression ref_src ref_url
    ttclid li_fat_id trk trkcampaign epik rdt_cid sc_cid rb_clickid dicbo
    mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash ck_subscriber_id wickedid _kx _bta_c _bta_tid
    ss_source ss_campaign_id ss_email_id isfreemail triedredirect
    _branch_match_id _branch_referrer _ga _gl __s s_cid cmpid cmp icid ocid
    xtor xtref xtcr estat_url actid actcampaigntype guccounter guce_referrer guce_referrer_sig smid smtyp
";

fn names_host(address: &str) -> bool {
    let bare = address.strip_prefix("//").unwrap_or(address);
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let mut labels = host.rsplit('.');
    let last = labels.next().unwrap_or_default();
    let named = last.len() >= 2 && last.chars().all(char::is_alphabetic);
    named
        && labels.next().is_some_and(|label| !label.is_empty())
        && host
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '.' | '-'))
}

fn name_of<'p>(parameter: &&'p str) -> &'p str {
    parameter.split('=').next().unwrap_or_default()
}

fn is_dropped(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    match (name.to_ascii_lowercase().as_str(), value.to_ascii_lowercase().as_str()) {
        ("amp", "" | "1" | "true") | ("outputtype", "amp") => true,
        (name, _) => is_tracking(name),
    }
}

/// The page that Google's copies of it name in their own addresses.
fn inside_amp(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let path = url.path();
    let inside = if host == "google.com" || host.starts_with("www.google.") {
        path.strip_prefix("/amp/")?
    } else if host.ends_with(".cdn.ampproject.org") {
        ["/c/", "/v/", "/a/"].iter().find_map(|kind| path.strip_prefix(kind))?
    } else {
        return None;
    };
    let (scheme, rest) = match inside.strip_prefix("s/") {
        Some(rest) => ("https", rest),
        None => ("http", inside),
    };
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    web(&format!("{scheme}://{rest}{query}")).filter(|url| url.host_str().is_some_and(|host| host.contains('.')))
}

/// A path without the end that marks a page's AMP copy, where that end can mean nothing else.
fn without_amp(path: &str) -> String {
    if let Some(stem) = path.strip_suffix(".amp.html") {
        return format!("{stem}.html");
    }
    let bare = path.trim_end_matches('/');
    if let Some(stem) = bare.strip_suffix("/amp") {
        let last = stem.rsplit('/').next().unwrap_or_default();
        let piece = last.matches('-').count() >= 2 || last.bytes().filter(u8::is_ascii_digit).count() >= 5;
        if piece {
            return stem.to_owned();
        }
    }
    path.to_owned()
}

/// Percent signs as RFC 3986, 6.2.2 has them: none before letters that need none, the others in upper case; and one
/// that means itself is written so.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        tidied.push_str(before);
        let digits = after
            .get(..2)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(digits) = digits else {
            tidied.push_str("%25");
            rest = after;
            continue;
        };
        let value = u8::from_str_radix(digits, 16).unwrap_or_default();
        if value.is_ascii_alphanumeric() || matches!(value, b'-' | b'.' | b'_' | b'~') {
            tidied.push(char::from(value));
        } else {
            tidied.push('%');
            tidied.push_str(&digits.to_ascii_uppercase());
        }
        rest = after.get(2..).unwrap_or_default();
    }
    tidied.push_str(rest);
    tidied
}
