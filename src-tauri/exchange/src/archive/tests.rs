//! Archives built byte by byte, as no honest program would.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;

/// A member as its two headers and its bytes have it; the headers say the truth unless told otherwise.
#[derive(Clone)]
struct Raw {
    name: Vec<u8>,
    local_name: Option<Vec<u8>>,
    packed: Vec<u8>,
    method: u16,
    flags: u16,
    mode: u32,
    size: u32,
    local_size: Option<u32>,
    checksum: u32,
    /// Points at the bytes of an earlier member instead of its own.
    shares: Option<usize>,
}

fn stored(name: &str, data: &[u8]) -> Raw {
    let mut checksum = flate2::Crc::new();
    checksum.update(data);
    Raw {
        name: name.into(),
        local_name: None,
        packed: data.into(),
        method: 0,
        flags: 0,
        mode: 0o100_644,
        size: u32::try_from(data.len()).unwrap(),
        local_size: None,
        checksum: checksum.sum(),
        shares: None,
    }
}

fn deflated(name: &str, data: &[u8]) -> Raw {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    Raw {
        packed: encoder.finish().unwrap(),
        method: 8,
        ..stored(name, data)
    }
}

fn zip(members: &[Raw]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let common = |bytes: &mut Vec<u8>, member: &Raw, size: u32, name: &[u8]| {
        for short in [20, member.flags, member.method, 0, 0] {
            bytes.extend(short.to_le_bytes());
        }
        for long in [member.checksum, u32::try_from(member.packed.len()).unwrap(), size] {
            bytes.extend(long.to_le_bytes());
        }
        bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        bytes.extend([0; 2]);
    };
    for member in members {
        if let Some(other) = member.shares {
            starts.push(starts[other]);
            continue;
        }
        starts.push(bytes.len());
        let name = member.local_name.as_ref().unwrap_or(&member.name);
        bytes.extend(b"PK\x03\x04");
        common(&mut bytes, member, member.local_size.unwrap_or(member.size), name);
        bytes.extend(name);
        bytes.extend(&member.packed);
    }
    let directory = bytes.len();
    for (member, start) in members.iter().zip(starts) {
        bytes.extend(b"PK\x01\x02\x14\x03");
        common(&mut bytes, member, member.size, &member.name);
        bytes.extend([0; 6]);
        bytes.extend((member.mode << 16).to_le_bytes());
        bytes.extend(u32::try_from(start).unwrap().to_le_bytes());
        bytes.extend(&member.name);
    }
    let length = u32::try_from(bytes.len() - directory).unwrap();
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        bytes.extend(u16::try_from(members.len()).unwrap().to_le_bytes());
    }
    bytes.extend(length.to_le_bytes());
    bytes.extend(u32::try_from(directory).unwrap().to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

fn open(members: &[Raw]) -> Archive<Cursor<Vec<u8>>> {
    Archive::open(Cursor::new(zip(members))).unwrap()
}

fn names(archive: &Archive<Cursor<Vec<u8>>>) -> Vec<&str> {
    archive.members().iter().map(|member| member.name.as_str()).collect()
}

fn refused(archive: &Archive<Cursor<Vec<u8>>>) -> Vec<(&str, Refusal)> {
    archive
        .refused()
        .iter()
        .map(|refused| (refused.name.as_str(), refused.reason))
        .collect()
}

#[test]
fn honest_members_are_read() {
    let text = "Une tribune. ".repeat(50);
    let mut archive = open(&[
        stored("mimetype", b"application/epub+zip"),
        stored("OEBPS/", b""),
        deflated("OEBPS/chapitre-été.xhtml", text.as_bytes()),
        deflated(r"windows\made.txt", b"w"),
        stored("./here.txt", b"h"),
    ]);
    assert_eq!(
        names(&archive),
        ["mimetype", "OEBPS/chapitre-été.xhtml", "windows/made.txt", "here.txt"]
    );
    assert_eq!(refused(&archive), []);
    assert_eq!(archive.read("mimetype").unwrap(), b"application/epub+zip");
    assert_eq!(archive.read("OEBPS/chapitre-été.xhtml").unwrap(), text.as_bytes());
    assert_eq!(archive.peek("OEBPS/chapitre-été.xhtml", 11).unwrap(), b"Une tribune");
    assert_eq!(archive.read("windows/made.txt").unwrap(), b"w");
    assert!(matches!(archive.read("absent"), Err(ArchiveError::Missing(_))));
}

#[test]
fn a_name_that_leads_out_is_refused_and_the_rest_read() {
    let hostile = [
        "../x",
        "a/../../x",
        "a/../b",
        "/etc/passwd",
        r"..\x",
        r"\\server\share",
        "C:/x",
        r"c:x",
        "a//b",
        "a/./b",
        "a\0b",
        "a\nb",
        "..",
        "",
        "/",
    ];
    let mut members: Vec<Raw> = hostile.iter().map(|name| stored(name, b"x")).collect();
    members.push(stored("fine.txt", b"fine"));
    members.push(stored("so..fine/..txt", b"fine"));
    let archive = open(&members);
    assert_eq!(names(&archive), ["fine.txt", "so..fine/..txt"]);
    let reasons: Vec<Refusal> = archive.refused().iter().map(|refused| refused.reason).collect();
    assert_eq!(reasons, vec![Refusal::Outside; hostile.len()]);
}

#[test]
fn links_and_devices_are_refused_with_what_goes_through_them() {
    let link = |name: &str| Raw {
        mode: 0o120_777,
        ..stored(name, b"/etc")
    };
    let device = Raw {
        mode: 0o020_666,
        ..stored("null", b"")
    };
    let archive = open(&[
        link("link"),
        stored("link/passwd", b"x"),
        stored("linked/fine", b"x"),
        link("deep/link"),
        stored("deep/link/a/b", b"x"),
        device,
    ]);
    assert_eq!(names(&archive), ["linked/fine"]);
    assert_eq!(
        refused(&archive),
        [
            ("link", Refusal::NotAFile),
            ("link/passwd", Refusal::ThroughLink),
            ("deep/link", Refusal::NotAFile),
            ("deep/link/a/b", Refusal::ThroughLink),
            ("null", Refusal::NotAFile),
        ]
    );
}

#[test]
fn duplicates_are_all_refused() {
    // The same bytes of a name, and names that mean the same.
    for (first, second) in [("a.txt", "a.txt"), ("a/b.txt", r"a\b.txt"), ("a.txt", "./a.txt")] {
        let archive = open(&[stored(first, b"one"), stored("b", b"b"), stored(second, b"two")]);
        assert_eq!(names(&archive), ["b"], "{first} and {second}");
        assert!(
            archive
                .refused()
                .iter()
                .all(|refused| refused.reason == Refusal::Duplicate)
        );
        assert!(!archive.refused().is_empty());
    }
}

#[test]
fn a_file_and_a_link_of_one_name_are_both_refused() {
    let link = Raw {
        mode: 0o120_777,
        ..stored("a", b"/etc")
    };
    let archive = open(&[stored("./a", b"x"), link]);
    assert_eq!(names(&archive), Vec::<&str>::new());
}

#[test]
fn encrypted_members_are_refused() {
    let secret = Raw {
        flags: 1,
        ..stored("secret.txt", b"twelve bytes of a header and more")
    };
    let archive = open(&[secret, stored("open.txt", b"x")]);
    assert_eq!(names(&archive), ["open.txt"]);
    assert_eq!(refused(&archive), [("secret.txt", Refusal::Encrypted)]);
}

#[test]
fn headers_that_disagree_are_refused() {
    let other_name = Raw {
        local_name: Some(b"evil.txt".to_vec()),
        ..stored("good.txt", b"x")
    };
    let other_size = Raw {
        local_size: Some(1_000),
        ..stored("size.txt", b"x")
    };
    let archive = open(&[other_name, other_size, stored("fine", b"x")]);
    assert_eq!(names(&archive), ["fine"]);
    assert_eq!(
        refused(&archive),
        [("good.txt", Refusal::Mismatched), ("size.txt", Refusal::Mismatched)]
    );
}

#[test]
fn members_that_share_their_bytes_are_refused() {
    // Many names for the bytes of one member: an archive of a few kilobytes that gives gigabytes.
    let shared = |name: &str| Raw {
        shares: Some(0),
        ..stored(name, b"the same bytes")
    };
    let archive = open(&[
        stored("one", b"the same bytes"),
        shared("two"),
        shared("six"),
        stored("own", b"x"),
    ]);
    assert_eq!(names(&archive), ["one", "own"]);
    assert_eq!(
        refused(&archive),
        [("two", Refusal::Mismatched), ("six", Refusal::Mismatched)]
    );

    // A member that starts inside another's bytes.
    let inner = zip(&[stored("inner", b"hidden")]);
    let outer = stored("outer", &inner);
    let mut bytes = zip(&[outer, stored("inner", b"hidden")]);
    let inside = 30 + "outer".len();
    let directory = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[directory + 42..directory + 46].copy_from_slice(&u32::try_from(inside).unwrap().to_le_bytes());
    let archive = Archive::open(Cursor::new(bytes)).unwrap();
    assert_eq!(names(&archive), Vec::<&str>::new());
    assert_eq!(
        refused(&archive),
        [("outer", Refusal::Mismatched), ("inner", Refusal::Mismatched)]
    );
}

#[test]
fn lying_sizes_and_checksums_fail_when_read() {
    let zeros = vec![0; 4 << 20];
    let small = Raw {
        size: 1_000,
        ..deflated("small", &zeros)
    };
    let large = Raw {
        size: 5 << 20,
        ..deflated("large", &zeros)
    };
    let checksum = Raw {
        checksum: 7,
        ..stored("sum", b"bytes")
    };
    let garbage = Raw {
        packed: b"\xff\xff\xff\xff".to_vec(),
        ..deflated("garbage", b"text")
    };
    let mut archive = open(&[small, large, checksum, garbage]);
    for name in ["small", "large", "sum", "garbage"] {
        assert!(matches!(archive.read(name), Err(ArchiveError::Mismatched(_))), "{name}");
    }
    // The lie about a small size is seen after the bytes it declared.
    assert!(archive.left > LIMIT - (6 << 20));
}

#[test]
fn an_unknown_packing_is_told() {
    let odd = Raw {
        method: 14,
        ..stored("odd", b"x")
    };
    let mut archive = open(&[odd]);
    assert!(matches!(archive.read("odd"), Err(ArchiveError::Unpackable(_))));
}

#[test]
fn a_bomb_stops_at_the_limit_over_the_entire_archive() {
    let mebibyte = vec![0; 1 << 20];
    let members: Vec<Raw> = (0..12)
        .map(|index| deflated(&format!("zeros-{index}"), &mebibyte))
        .collect();
    let bytes = zip(&members);
    assert!(bytes.len() < 20_000);
    let mut archive = Archive::open_within(Cursor::new(bytes), 8 << 20).unwrap();
    let outcomes: Vec<bool> = (0..12)
        .map(|index| archive.read(&format!("zeros-{index}")).is_ok())
        .collect();
    assert_eq!(outcomes.iter().filter(|read| **read).count(), 8);
    assert!(matches!(archive.read("zeros-0"), Err(ArchiveError::TooLarge(_))));

    // The same member again and again counts each time.
    let mut archive = Archive::open_within(Cursor::new(zip(&members)), 3 << 20).unwrap();
    let times = (0..6).filter(|_| archive.read("zeros-0").is_ok()).count();
    assert_eq!(times, 3);

    // A size that is over the limit is refused before a byte is unpacked.
    let huge = Raw {
        size: u32::MAX - 1,
        ..deflated("huge", &mebibyte)
    };
    let mut archive = Archive::open(Cursor::new(zip(&[huge]))).unwrap();
    assert!(matches!(archive.read("huge"), Err(ArchiveError::TooLarge(_))));
    assert_eq!(archive.left, LIMIT);
}

#[test]
fn an_honest_member_at_160_to_1_is_read() {
    let page = "<p>—</p>".repeat(200_000);
    let member = deflated("OEBPS/page.xhtml", page.as_bytes());
    assert!(page.len() / member.packed.len() >= 160);
    let mut archive = open(&[stored("mimetype", b"application/epub+zip"), member]);
    assert_eq!(archive.read("OEBPS/page.xhtml").unwrap().len(), page.len());
}

#[test]
fn damaged_archives_fail_and_never_panic() {
    let whole = zip(&[
        deflated("a.txt", "Une tribune, un édito. ".repeat(20).as_bytes()),
        stored("b.txt", b"bytes"),
    ]);
    for end in 0..whole.len() {
        let opened = Archive::open(Cursor::new(&whole[..end]));
        assert!(opened.is_err(), "cut at {end}");
    }
    for at in 0..whole.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            let Ok(mut archive) = Archive::open(Cursor::new(bytes)) else {
                continue;
            };
            let names: Vec<String> = archive.members().iter().map(|member| member.name.clone()).collect();
            for name in names {
                // Read or refused: never other bytes than those that were packed.
                if let Ok(read) = archive.read(&name) {
                    assert!(read == b"bytes" || read.starts_with("Une tribune".as_bytes()));
                }
            }
        }
    }
    assert!(Archive::open(Cursor::new(b"no archive at all".repeat(500))).is_err());
}

#[test]
fn archives_of_honest_programs_are_read() {
    // Streamed by a program that could not go back: sizes stand behind the bytes.
    let mut writer = zip::ZipWriter::new_stream(Vec::new());
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("streamed.txt", options).unwrap();
    writer.write_all("Édito ".repeat(100).as_bytes()).unwrap();
    writer.start_file("large.txt", options.large_file(true)).unwrap();
    writer.write_all(b"large").unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let mut archive = Archive::open(Cursor::new(bytes)).unwrap();
    assert_eq!(refused(&archive), []);
    assert_eq!(archive.read("streamed.txt").unwrap(), "Édito ".repeat(100).as_bytes());
    assert_eq!(archive.read("large.txt").unwrap(), b"large");

    // Something stands before the archive, as in those that unpack themselves.
    let mut bytes = b"#!/bin/sh\n".to_vec();
    bytes.extend(zip(&[stored("a", b"x")]));
    let mut archive = Archive::open(Cursor::new(bytes)).unwrap();
    assert_eq!(archive.read("a").unwrap(), b"x");
}
