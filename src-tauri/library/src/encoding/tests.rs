#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

/// The smallest range of `old` that is replaced, and what replaces it.
fn hunk<'a>(old: &'a [u8], new: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[prefix..], &new[prefix..]);
    let suffix = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (&old[..old.len() - suffix], &new[..new.len() - suffix])
}

fn utf_16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    mark.encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    Encoding::from_label(label).unwrap().0.encode(text).0.into_owned()
}

const FRENCH: &str = "L’été dernier, la rédaction a reçu une lettre : « Où est passé l’éditorial ? »\nLe cœur à l’ouvrage, voilà tout.\n";

#[test]
fn each_kind_of_file_is_read_and_written_back_unchanged() {
    let cases: Vec<(&str, Vec<u8>, &str, &str, bool)> = vec![
        ("empty", vec![], "", "UTF-8", false),
        ("no final newline", b"a\nb".to_vec(), "a\nb", "UTF-8", false),
        ("CRLF", b"a\r\nb\r\n".to_vec(), "a\nb\n", "UTF-8", false),
        ("mixed", b"a\r\nb\nc\rd".to_vec(), "a\nb\nc\nd", "UTF-8", false),
        ("mark", "\u{feff}é\n".into(), "é\n", "UTF-8", true),
        ("mark alone", "\u{feff}".into(), "", "UTF-8", true),
        ("two marks", "\u{feff}\u{feff}x".into(), "\u{feff}x", "UTF-8", true),
        ("UTF-16 LE", utf_16(FRENCH, true, true), FRENCH, "UTF-16LE", true),
        ("UTF-16 BE", utf_16(FRENCH, false, true), FRENCH, "UTF-16BE", true),
        (
            "UTF-16 LE, no mark",
            utf_16(FRENCH, true, false),
            FRENCH,
            "UTF-16LE",
            false,
        ),
        (
            "UTF-16 BE, no mark",
            utf_16(FRENCH, false, false),
            FRENCH,
            "UTF-16BE",
            false,
        ),
        ("Latin-1", encoded(FRENCH, "latin1"), FRENCH, "windows-1252", false),
        (
            "line separator",
            "a\u{2028}b\u{85}c".into(),
            "a\u{2028}b\u{85}c",
            "UTF-8",
            false,
        ),
        ("NUL in UTF-8", b"a\0b".to_vec(), "a\0b", "UTF-8", false),
    ];
    for (name, bytes, text, encoding, bom) in cases {
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, text, "{name}");
        assert_eq!(decoded.encoding.name(), encoding, "{name}");
        assert_eq!(decoded.bom, bom, "{name}");
        assert!(decoded.lossless, "{name}");
        assert_eq!(encode(&decoded, &decoded.text).unwrap(), bytes, "{name}");
    }
}

#[test]
fn arabic_of_an_old_windows_is_recognised() {
    let text = "كتب الصحفي مقالا طويلا عن المدينة القديمة وأهلها.\n";
    let decoded = decode(&encoded(text, "windows-1256"));
    assert_eq!((decoded.text.as_str(), decoded.lossless), (text, true));
}

#[test]
fn what_is_no_text_is_read_only_until_an_encoding_is_picked() {
    let bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\x81\x9d";
    let decoded = decode(bytes);
    assert!(!decoded.lossless);
    assert_eq!(encode(&decoded, "x").unwrap_err().kind, ErrorKind::Encoding);
    let picked = decode_as(bytes, "macintosh").unwrap();
    assert!(picked.lossless && picked.picked);
    assert_eq!(encode(&picked, &picked.text).unwrap(), bytes);
}

#[test]
fn cut_utf_16_is_not_lossless() {
    let mut bytes = utf_16("été", true, true);
    bytes.pop();
    assert!(!decode(&bytes).lossless);
    let lone_surrogate = [0xff, 0xfe, 0x00, 0xd8, b'a', 0];
    assert!(!decode(&lone_surrogate).lossless);
}

#[test]
fn a_picked_encoding_must_fit_and_exist() {
    assert_eq!(decode_as(b"x", "klingon").unwrap_err().kind, ErrorKind::Encoding);
    assert!(!decode_as(b"\xff\xff\xff", "utf-8").unwrap().lossless);
    assert_eq!(decode_as(b"\x8e", "macintosh").unwrap().text, "é");
}

#[test]
fn every_choice_exists() {
    assert_eq!(Encoding::choices().count(), 23);
}

#[test]
fn a_character_that_the_encoding_lacks_is_named() {
    let original = decode(&encoded(FRENCH, "latin1"));
    let new = format!("{FRENCH}Ω et ع\n");
    let error = encode(&original, &new).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unencodable);
    assert!(
        error.detail.contains("windows-1252 has no Ω (U+03A9), ع (U+0639)"),
        "{error}"
    );
    assert_eq!(encode(&original.in_utf_8(), &new).unwrap(), new.as_bytes());
    let lacking = |text: &str| {
        let error = encode(&original, text).unwrap_err();
        error.source.as_deref().unwrap().to_string()
    };
    assert_eq!(lacking("Où\u{202f}? Ω\n"), "windows-1252: U+202F, Ω (U+03A9)");
}

#[test]
fn what_could_not_be_read_is_not_written_in_utf_8_either() {
    let guessed = decode(b"\x83tat du caf\x8e \x81\n");
    assert!(!guessed.lossless);
    assert_eq!(encode(&guessed.in_utf_8(), "x").unwrap_err().kind, ErrorKind::Encoding);
}

#[test]
fn unedited_lines_keep_their_ends_and_new_ones_take_the_usual_one() {
    let cases = [
        // (file, new text, file after)
        ("a\r\nb\nc\r\n", "a\nB\nc\n", "a\r\nB\nc\r\n"),
        ("a\r\nb\nc\r\n", "a\nb\nnew\nc\n", "a\r\nb\nnew\r\nc\r\n"),
        ("a\r\nb\nc\r\n", "b\nc\n", "b\nc\r\n"),
        ("a\r\nb\nc\r\n", "A\nb\nC\n", "A\r\nb\nC\r\n"),
        ("a\nb\r\n", "a\nb\nc\n", "a\nb\r\nc\n"),
        ("a\r\nb\r\n", "a\nb\nc", "a\r\nb\r\nc"),
        ("a", "a\nb\n", "a\nb\n"),
        ("a\rx\nb\n", "a\n\nb\n", "a\r\r\nb\n"),
    ];
    for (file, text, after) in cases {
        let bytes = encode(&decode(file.as_bytes()), text).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), after, "{file:?}");
    }
}

#[test]
fn the_editors_line_ends_do_not_matter() {
    let original = decode(b"a\r\nb\n");
    assert_eq!(encode(&original, "a\r\nb\rc\n").unwrap(), b"a\r\nb\nc\n");
}

/// Text of several lines with every kind of line end.
fn lines() -> impl Strategy<Value = String> {
    let line = ("[a-cé\u{1f600} ]{0,4}", prop_oneof!["\n", "\r\n", "\r"]);
    (proptest::collection::vec(line, 0..12), "[a-cé]{0,3}").prop_map(|(lines, last)| {
        let mut text: String = lines.into_iter().flat_map(|(line, end)| [line, end]).collect();
        text.push_str(&last);
        text
    })
}

/// Some place between two characters, or an end.
fn char_place(text: &str, place: prop::sample::Index) -> usize {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    *place.get(&places)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let decoded = decode(&bytes);
        if decoded.lossless {
            prop_assert_eq!(encode(&decoded, &decoded.text).unwrap(), bytes);
        } else {
            prop_assert!(encode(&decoded, &decoded.text).is_err());
        }
    }

    #[test]
    fn any_bytes_come_back_in_a_picked_encoding(
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
        choice in any::<prop::sample::Index>(),
    ) {
        let choices: Vec<Encoding> = Encoding::choices().collect();
        let decoded = decode_as(&bytes, choice.get(&choices).name()).unwrap();
        if decoded.lossless {
            prop_assert_eq!(encode(&decoded, &decoded.text).unwrap(), bytes);
        }
    }

    #[test]
    fn text_comes_back_with_its_line_ends(file in lines(), mark in any::<bool>()) {
        let mut bytes = if mark { "\u{feff}".as_bytes().to_vec() } else { vec![] };
        bytes.extend_from_slice(file.as_bytes());
        let decoded = decode(&bytes);
        prop_assert!(!decoded.text.contains('\r'));
        prop_assert_eq!(encode(&decoded, &decoded.text).unwrap(), bytes);
    }

    #[test]
    fn what_is_written_is_read_again(file in lines(), new in lines()) {
        let decoded = decode(file.as_bytes());
        let bytes = encode(&decoded, &new).unwrap();
        prop_assert_eq!(decode(&bytes).text, decode(new.as_bytes()).text);
    }

    #[test]
    fn one_letter_typed_is_one_small_hunk(
        file in lines(),
        place in any::<prop::sample::Index>(),
        typed in prop_oneof!["x", "é", "\n"],
    ) {
        let decoded = decode(file.as_bytes());
        let at = char_place(&decoded.text, place);
        let mut new = decoded.text.clone();
        new.insert_str(at, &typed);
        let bytes = encode(&decoded, &new).unwrap();
        let (removed, added) = hunk(file.as_bytes(), &bytes);
        prop_assert!(removed.len() <= 1 && added.len() <= 3, "{:?} {:?}", removed, added);
    }

    #[test]
    fn one_letter_deleted_is_one_small_hunk(
        file in lines(),
        place in any::<prop::sample::Index>(),
    ) {
        let decoded = decode(file.as_bytes());
        let at = char_place(&decoded.text, place);
        let mut new = decoded.text.clone();
        if at < new.len() {
            new.remove(at);
        }
        let bytes = encode(&decoded, &new).unwrap();
        let (removed, added) = hunk(file.as_bytes(), &bytes);
        prop_assert!(removed.len() <= 5 && added.len() <= 2, "{:?} {:?}", removed, added);
    }

    #[test]
    fn one_letter_in_utf_16_and_latin_1(
        text in "[a-zéèà ]{1,40}(\r\n[a-zéèà ]{1,40}){0,3}",
        place in any::<prop::sample::Index>(),
        kind in 0..3,
    ) {
        let bytes = match kind {
            0 => utf_16(&text, true, true),
            1 => utf_16(&text, false, true),
            _ => encoded(&text, "latin1"),
        };
        let decoded = if kind == 2 {
            decode_as(&bytes, "windows-1252").unwrap()
        } else {
            decode(&bytes)
        };
        prop_assert!(decoded.lossless);
        let at = char_place(&decoded.text, place);
        let mut new = decoded.text.clone();
        new.insert(at, 'ù');
        let after = encode(&decoded, &new).unwrap();
        let (removed, added) = hunk(&bytes, &after);
        prop_assert!(removed.len() <= 1 && added.len() <= 3, "{:?} {:?}", removed, added);
        prop_assert_eq!(after.len(), bytes.len() + if kind == 2 { 1 } else { 2 });
    }
}
