#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

#[test]
fn addresses_of_one_page_are_one() {
    for (address, expected) in [
        // Spelling.
        ("HTTP://Example.ORG:80/A", "https://example.org/A"),
        ("https://example.org:443/", "https://example.org"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("http://example.org:443/", "http://example.org:443"),
        ("https://user:word@example.org./a/", "https://example.org/a"),
        ("  https://example.org/a?  ", "https://example.org/a"),
        ("https://école.fr/é?q=é", "https://xn--cole-9oa.fr/%C3%A9?q=%C3%A9"),
        (
            "https://xn--cole-9oa.fr/%c3%a9?q=%C3%a9",
            "https://xn--cole-9oa.fr/%C3%A9?q=%C3%A9",
        ),
        ("https://example.org/%7Efoo/%2D%2f", "https://example.org/~foo/-%2F"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("example.org/a", "https://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        // Fragments.
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a#:~:text=mot", "https://example.org/a"),
        ("https://example.org/#!/a", "https://example.org#!/a"),
        ("https://example.org/app#/a/b", "https://example.org/app#/a/b"),
        // Where the reader came from.
        (
            "https://example.org/a?utm_source=x&id=3&UTM_Medium=y",
            "https://example.org/a?id=3",
        ),
        (
            "https://example.org/a?fbclid=x&gclid=y&mc_cid=z&mc_eid=t",
            "https://example.org/a",
        ),
        ("https://lemonde.fr/a?xtor=RSS-3208&at_medium=s", "https://lemonde.fr/a"),
        ("https://example.org/a?b=2&a=1&b=1", "https://example.org/a?a=1&b=2&b=1"),
        (
            "https://example.org/a?ref=main&source=x",
            "https://example.org/a?ref=main&source=x",
        ),
        (
            "https://example.org/a?at=1&utm=2&at_time=3",
            "https://example.org/a?at=1&at_time=3&utm=2",
        ),
        // AMP.
        (
            "https://www.google.com/amp/s/www.example.org/a/amp-b?amp=1",
            "https://www.example.org/a/amp-b",
        ),
        (
            "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a?x=1",
            "https://www.example.org/a?x=1",
        ),
        (
            "https://www.google.com/amp/s/nohost",
            "https://www.google.com/amp/s/nohost",
        ),
        (
            "https://example.org/une-longue-tribune/amp/",
            "https://example.org/une-longue-tribune",
        ),
        (
            "https://example.org/news-1234567/amp",
            "https://example.org/news-1234567",
        ),
        ("https://example.org/2025/a.amp.html", "https://example.org/2025/a.html"),
        ("https://example.org/a?outputType=amp", "https://example.org/a"),
        // What may be another page.
        ("https://example.org/guides/amp", "https://example.org/guides/amp"),
        ("https://amp.example.org/a", "https://amp.example.org/a"),
        ("https://m.example.org/a", "https://m.example.org/a"),
        ("https://www.example.org/a", "https://www.example.org/a"),
        ("https://example.org/a?amp=volt", "https://example.org/a?amp=volt"),
        ("https://example.org/index.html", "https://example.org/index.html"),
        ("http://127.0.0.1:8080/a", "https://127.0.0.1:8080/a"),
    ] {
        assert_eq!(canonical(address).as_deref(), Some(expected), "{address}");
    }
}

#[test]
fn only_addresses_of_the_web_are_taken() {
    for address in [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "mailto:a@example.org",
        "about:blank",
        "place:sort=8",
        "not an address",
        "not-an-address",
        "/a/b",
        "https://",
        "https:///",
        "v1.2",
        "fichier.1",
    ] {
        assert_eq!(web(address), None, "{address}");
    }
    assert_eq!(web(&format!("https://example.org/{}", "a".repeat(10_000))), None);
}

proptest! {
    #[test]
    fn a_canonical_address_is_its_own(
        address in "https?://(www\\.)?[a-z]{1,6}\\.(org|fr)(:[0-9]{2,4})?(/[a-z0-9%é~.-]{0,8}){0,4}(\\?[a-z_=&%0-9é]{0,20})?(#[!/a-z]{0,5})?",
    ) {
        if let Some(once) = canonical(&address) {
            prop_assert_eq!(canonical(&once), Some(once.clone()));
        }
    }

    #[test]
    fn any_text_is_survived(address in "\\PC{0,40}") {
        canonical(&address);
    }
}
