#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

#[test]
fn addresses_are_judged_as_they_are_written() {
    use Refusal::{Local, Port, Scheme, Special, UserInfo};
    // The address; the verdict when the web alone is allowed; the verdict when local addresses are allowed, too.
    let table: &[(&str, Option<Refusal>, Option<Refusal>)] = &[
        ("https://exemple.fr/a", None, None),
        ("http://exemple.fr:8080/", None, None),
        ("https://exemple.fr:443/", None, None),
        ("https://93.184.216.34/", None, None),
        ("https://[2606:2800:220:1::1]/", None, None),
        // Loopback, in every notation.
        ("http://127.0.0.1/", Some(Local), None),
        ("http://127.1/", Some(Local), None),
        ("http://127.255.255.254/", Some(Local), None),
        ("http://2130706433/", Some(Local), None),
        ("http://0x7f000001/", Some(Local), None),
        ("http://0x7f.0.0.1/", Some(Local), None),
        ("http://0x7f.1/", Some(Local), None),
        ("http://0177.0.0.1/", Some(Local), None),
        ("http://017700000001/", Some(Local), None),
        ("http://127.0.0.1./", Some(Local), None),
        ("http://１２７.０.０.１/", Some(Local), None),
        ("http://127。0。0。1/", Some(Local), None),
        ("http://%31%32%37.0.0.1/", Some(Local), None),
        ("http://[::1]/", Some(Local), None),
        ("http://[0:0:0:0:0:0:0:1]/", Some(Local), None),
        ("http://[::ffff:127.0.0.1]/", Some(Local), None),
        ("http://[::ffff:7f00:1]/", Some(Local), None),
        ("http://[::127.0.0.1]/", Some(Local), None),
        ("http://[64:ff9b::127.0.0.1]/", Some(Local), None),
        ("http://[2002:7f00:1::]/", Some(Local), None),
        ("http://localhost/", Some(Local), None),
        ("http://LOCALHOST./", Some(Local), None),
        ("http://a.localhost:3000/", Some(Local), None),
        // Networks of one's own.
        ("http://10.0.0.1/", Some(Local), None),
        ("http://172.16.0.1/", Some(Local), None),
        ("http://172.31.255.255/", Some(Local), None),
        ("http://172.32.0.1/", None, None),
        ("http://192.168.1.1/admin", Some(Local), None),
        ("http://100.64.0.1/", Some(Local), None),
        ("http://100.128.0.1/", None, None),
        ("http://[fd00::1]/", Some(Local), None),
        ("http://[64:ff9b:1::1]/", Some(Local), None),
        ("http://[::ffff:192.168.1.1]/", Some(Local), None),
        ("http://[2002:c0a8:101::1]/", Some(Local), None),
        ("http://imprimante/", Some(Local), None),
        ("http://nas.local/", Some(Local), None),
        ("http://wiki.intranet/", Some(Local), None),
        ("http://box.home.arpa/", Some(Local), None),
        ("http://metadata.google.internal/", Some(Local), None),
        // What no server has, whatever is allowed.
        ("http://0.0.0.0/", Some(Special), Some(Special)),
        ("http://0/", Some(Special), Some(Special)),
        ("http://[::]/", Some(Special), Some(Special)),
        ("http://169.254.169.254/latest/meta-data/", Some(Special), Some(Special)),
        ("http://[::ffff:169.254.169.254]/", Some(Special), Some(Special)),
        ("http://[64:ff9b::a9fe:a9fe]/", Some(Special), Some(Special)),
        ("http://[fe80::1]/", Some(Special), Some(Special)),
        ("http://[fec0::1]/", Some(Special), Some(Special)),
        ("http://224.0.0.1/", Some(Special), Some(Special)),
        ("http://255.255.255.255/", Some(Special), Some(Special)),
        ("http://240.0.0.1/", Some(Special), Some(Special)),
        ("http://192.0.2.1/", Some(Special), Some(Special)),
        ("http://198.18.0.1/", Some(Special), Some(Special)),
        ("http://203.0.113.5/", Some(Special), Some(Special)),
        ("http://[ff02::1]/", Some(Special), Some(Special)),
        ("http://[2001:db8::1]/", Some(Special), Some(Special)),
        ("http://[2001::1]/", Some(Special), Some(Special)),
        ("http://[100::1]/", Some(Special), Some(Special)),
        ("http://[4000::1]/", Some(Special), Some(Special)),
        // Other schemes, users, ports.
        ("ftp://exemple.fr/", Some(Scheme), Some(Scheme)),
        ("file:///etc/passwd", Some(Scheme), Some(Scheme)),
        ("gopher://exemple.fr/", Some(Scheme), Some(Scheme)),
        ("javascript:alert(1)", Some(Scheme), Some(Scheme)),
        ("data:text/html,x", Some(Scheme), Some(Scheme)),
        ("//exemple.fr/", Some(Scheme), Some(Scheme)),
        ("exemple.fr", Some(Scheme), Some(Scheme)),
        ("", Some(Scheme), Some(Scheme)),
        ("https://", Some(Scheme), Some(Scheme)),
        ("https://exemple.fr@127.0.0.1/", Some(UserInfo), Some(UserInfo)),
        ("https://user:word@exemple.fr/", Some(UserInfo), Some(UserInfo)),
        ("https://:word@exemple.fr/", Some(UserInfo), Some(UserInfo)),
        ("http://exemple.fr:22/", Some(Port), Some(Port)),
        ("http://exemple.fr:25/", Some(Port), Some(Port)),
        ("http://exemple.fr:6667/", Some(Port), Some(Port)),
        ("http://exemple.fr:0/", Some(Port), Some(Port)),
        ("http://exemple.fr:99999/", Some(Scheme), Some(Scheme)),
    ];
    for (text, web, local) in table {
        assert_eq!(address(text, Allow::Web).err(), *web, "{text}");
        assert_eq!(
            address(text, Allow::Local).err(),
            *local,
            "{text}, local addresses allowed"
        );
    }
}

#[test]
fn what_a_name_stands_for_is_judged_too() {
    let judged = |text: &str| ip(text.parse().unwrap(), Allow::Web).err();
    assert_eq!(judged("93.184.216.34"), None);
    assert_eq!(judged("127.0.0.1"), Some(Refusal::Local));
    assert_eq!(judged("::ffff:10.1.2.3"), Some(Refusal::Local));
    assert_eq!(judged("::ffff:0:10.1.2.3"), Some(Refusal::Local));
    assert_eq!(judged("::ffff:93.184.216.34"), None);
    assert_eq!(judged("2002:5db8:d822::1"), None);
    assert_eq!(judged("169.254.0.1"), Some(Refusal::Special));
}

#[test]
fn redirects_are_judged_like_addresses() {
    let from = Url::parse("https://exemple.fr/a/b").unwrap();
    let judged = |location: &str| redirect(&from, location, 0, Allow::Web).map(String::from);
    assert_eq!(judged("../c"), Ok("https://exemple.fr/c".into()));
    assert_eq!(judged("//autre.fr/"), Ok("https://autre.fr/".into()));
    assert_eq!(judged("http://autre.fr/"), Ok("http://autre.fr/".into()));
    assert_eq!(judged("http://127.0.0.1:8080/"), Err(Refusal::Local));
    assert_eq!(judged("//169.254.169.254/"), Err(Refusal::Special));
    assert_eq!(judged("file:///etc/passwd"), Err(Refusal::Scheme));
    assert_eq!(judged("//user@autre.fr/"), Err(Refusal::UserInfo));
    assert_eq!(redirect(&from, "/c", MOST_REDIRECTS, Allow::Web), Err(Refusal::TooMany));
    assert!(redirect(&from, "http://192.168.1.1/", 0, Allow::Local).is_ok());
}

proptest! {
    #[test]
    fn a_number_in_any_notation_is_the_same_address(number in any::<u32>()) {
        let ip = Ipv4Addr::from(number);
        let [a, b, c, d] = ip.octets();
        let verdict = super::ip(ip.into(), Allow::Web).err();
        for host in [
            format!("{ip}"),
            format!("{number}"),
            format!("{number:#x}"),
            format!("0{number:o}"),
            format!("{a}.{}", number & 0xff_ffff),
            format!("{a}.{b}.{}", number & 0xffff),
            format!("{a:#x}.0{b:o}.{c}.{d:#x}"),
            format!("[::ffff:{ip}]"),
            format!("[64:ff9b::{ip}]"),
            format!("[2002:{:x}:{:x}::9]", number >> 16, number & 0xffff),
        ] {
            prop_assert_eq!(address(&format!("http://{host}/"), Allow::Web).err(), verdict, "{}", host);
        }
    }

    #[test]
    fn whatever_is_let_through_is_of_the_web(text in "(https?|HTTP|ftp|file)?:?(//)?[a-z0-9.@:\\[\\]%/\\\\#?-]{0,30}") {
        if let Ok(url) = address(&text, Allow::Web) {
            prop_assert!(matches!(url.scheme(), "http" | "https"));
            prop_assert!(url.username().is_empty() && url.password().is_none());
            match url.host() {
                Some(Host::Ipv4(v4)) => prop_assert!(!v4.is_private() && !v4.is_loopback() && !v4.is_link_local()),
                Some(Host::Ipv6(v6)) => prop_assert!(!v6.is_loopback() && !v6.is_unspecified()),
                Some(Host::Domain(name)) => prop_assert!(name.contains('.')),
                None => prop_assert!(false),
            }
        }
    }
}
