#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::config::{SlotOrder, SlotRole};
use proptest::prelude::*;

const TEXT: &str = "# La une\ntitle = \"L\u{2019}Estran\"\nlong = \"\"\"\n[[front.slots]]\n\"\"\"\nmany = [\n  [1, 2], # ] }\n  [\"a]\"],\n]\n\n\
    # Ce qui ouvre la page.\n[[front.slots]] # en tête\nrole = \"lead\" # une seule\nkind = \"analyses\"\nfuture = { a = 1 }\n\n\
    # Les éditos.\n[[ front . slots ]]\n\tkind = 'edito'\n\tnumber = 1\n\n\
    # Ceux qui signent.\n[[authors]]\nname = \"Élise\"\n\n[[front.slots]]\nkind = \"medias\"";

fn kept(text: &str) -> Vec<SlotChange> {
    Config::parse(text)
        .front
        .slots
        .into_iter()
        .enumerate()
        .map(|(from, slot)| SlotChange { from: Some(from), slot })
        .collect()
}

#[test]
fn one_key_changes_its_own_bytes() {
    let mut slots = kept(TEXT);
    assert_eq!(slots.len(), 3);
    slots[1].slot.number = 2;
    slots[1].slot.teaser = 90;
    slots[0].slot.kind = None;
    let after = with_slots(TEXT, &slots).unwrap();
    let expected = TEXT
        .replace("kind = \"analyses\"\n", "")
        .replace("\tnumber = 1\n", "\tnumber = 2\nteaser = 90\n");
    assert_eq!(after, expected);
    assert_eq!(with_slots(TEXT, &kept(TEXT)).unwrap(), TEXT);
}

#[test]
fn parts_are_added_moved_and_taken_out_with_their_comments() {
    let slots = kept(TEXT);
    let mut turned = vec![slots[1].clone(), slots[0].clone()];
    // Taken out: the third. In its place: another.
    turned.push(SlotChange {
        from: None,
        slot: SlotConfig {
            section: Some("Voix du \"large\"".into()),
            order: SlotOrder::Hand,
            ..SlotConfig::of(SlotRole::List)
        },
    });
    let after = with_slots(TEXT, &turned).unwrap();
    let at = |what: &str| after.find(what).unwrap_or_else(|| panic!("{what} in {after}"));
    assert!(at("# Les éditos.") < at("# Ce qui ouvre la page."));
    assert!(at("future = { a = 1 }") > at("# Ce qui ouvre la page."));
    assert!(
        after.contains("section = \"Voix du \\\"large\\\"\"\nnumber = 4\norder = \"hand\"\n"),
        "{after}"
    );
    assert!(!after.contains("medias"));
    assert!(after.contains("# Ceux qui signent.\n[[authors]]\nname = \"Élise\"\n"));
    assert!(with_slots(&after, &kept(&after)).unwrap() == after);
}

#[test]
fn a_file_without_parts_gets_them_at_its_end() {
    let slot = SlotConfig::of(SlotRole::Lead);
    let new = [SlotChange { from: None, slot }];
    for (text, expected) in [
        ("", "\n[[front.slots]]\nrole = \"lead\"\nnumber = 1\n"),
        (
            "title = \"A\"",
            "title = \"A\"\n\n[[front.slots]]\nrole = \"lead\"\nnumber = 1\n",
        ),
        (
            "\u{feff}title = \"A\"\r\n[front]\r\nstatuses = [\"ready\"]\r\n",
            "\u{feff}title = \"A\"\r\n[front]\r\nstatuses = [\"ready\"]\r\n\r\n[[front.slots]]\r\nrole = \"lead\"\r\nnumber = 1\r\n",
        ),
    ] {
        assert_eq!(with_slots(text, &new).unwrap(), expected);
    }
}

#[test]
fn what_is_written_otherwise_is_refused() {
    let new = [SlotChange {
        from: None,
        slot: SlotConfig::of(SlotRole::Lead),
    }];
    for text in [
        "front = { slots = [{ role = \"lead\" }] }\n",
        "[front]\nslots = [{ role = \"lead\" }]\n",
        "title = \"\nx\n",
        "front = 3\n",
    ] {
        assert_eq!(with_slots(text, &new).unwrap_err().kind, ErrorKind::Invalid, "{text}");
    }
}

fn slot() -> impl Strategy<Value = SlotConfig> {
    let text = || prop::option::of("[a-zé\"\\\\#' \\[\\]]{1,12}");
    (
        any::<bool>(),
        any::<bool>(),
        text(),
        text(),
        text(),
        0u32..40,
        0u32..2000,
        0u32..5,
    )
        .prop_map(|(lead, hand, section, kind, title, number, teaser, column)| {
            SlotConfig {
                role: if lead { SlotRole::Lead } else { SlotRole::List },
                order: if hand { SlotOrder::Hand } else { SlotOrder::Date },
                section,
                kind,
                title,
                number,
                teaser,
                column,
            }
            .within_limits()
        })
}

proptest! {
    /// Whatever is written, it is read back, and all lines that are not of the parts stay in their order.
    #[test]
    fn nothing_else_changes(slots in prop::collection::vec((prop::option::of(0usize..3), slot()), 0..6), windows in any::<bool>()) {
        let text = if windows { TEXT.replace('\n', "\r\n") } else { TEXT.to_owned() };
        let mut taken = Vec::new();
        let slots: Vec<SlotChange> = slots
            .into_iter()
            .map(|(from, slot)| {
                let from = from.filter(|from| !taken.contains(from));
                taken.extend(from);
                SlotChange { from, slot }
            })
            .collect();
        let after = with_slots(&text, &slots).unwrap();
        let found = Config::parse(&after);
        prop_assert_eq!(found.front.slots, slots.iter().map(|change| change.slot.clone()).collect::<Vec<_>>());
        let ends = if windows { "\r\n" } else { "\n" };
        let start = text.find("# Ce qui ouvre").unwrap();
        let first_part = &text[..start];
        prop_assert!(after.starts_with(first_part));
        let authors = format!("# Ceux qui signent.{ends}[[authors]]{ends}name = \"Élise\"{ends}");
        prop_assert!(after.contains(&authors));
        prop_assert!(!windows || !after.replace("\r\n", "").contains('\n'));
    }
}
