//! Letters and newsletters, each a folder: `message.eml`, what is said of it in `expected.json`, its text in
//! `expected.md`; then mailboxes, and messages made to harm.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;

use edito_exchange::{Error, Kind, read_mail, read_mailbox};

#[test]
fn each_message_gives_its_text() {
    let mut differences = Vec::new();
    for folder in support::folders("mail") {
        let source = fs::read(folder.join("message.eml")).unwrap();
        let (piece, receipt) =
            read_mail(&source, Some("message.eml")).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        differences.extend(support::differences(&folder, &piece, &receipt));
        support::assert_no_raw_html(&piece.body);
        assert!(
            !piece.body.contains("| --- |") || folder.ends_with("data-table"),
            "{}",
            piece.body
        );
        assert_eq!(
            piece.capture.map(|capture| capture.bytes),
            Some(source),
            "{}",
            folder.display()
        );
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn a_mailbox_gives_each_of_its_messages() {
    let mut mailbox = Vec::new();
    for folder in support::folders("mail") {
        mailbox.extend(b"From somebody@example.org Tue Mar 12 08:30:00 2024\n");
        for line in fs::read(folder.join("message.eml"))
            .unwrap()
            .split_inclusive(|byte| *byte == b'\n')
        {
            if line.strip_prefix(b">").unwrap_or(line).starts_with(b"From ") {
                mailbox.push(b'>');
            }
            mailbox.extend(line);
        }
        mailbox.extend(b"\n\n");
    }
    let pieces: Vec<_> = read_mailbox(&mailbox, Some("all.mbox"))
        .map(|read| read.unwrap().0)
        .collect();
    let folders = support::folders("mail");
    assert_eq!(pieces.len(), folders.len());
    for (piece, folder) in pieces.iter().zip(folders) {
        let expected = fs::read_to_string(folder.join("expected.md")).unwrap();
        assert_eq!(piece.body, expected, "{}", folder.display());
    }
}

#[test]
fn mail_nested_without_end_is_bounded() {
    let head = "From: A <a@b.example>\r\nSubject: =?utf-8?q?L=C3=A0?=\r\nDate: Tue, 12 Mar 2024 08:30:00 +0100\r\n";
    let nested: String = (0..10_000).fold(head.to_owned(), |mut text, n| {
        text.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"
        ));
        text
    });
    let forwarded = format!("{head}{}", "Content-Type: message/rfc822\r\n\r\n".repeat(10_000));
    let both = format!("{head}{}", "Content-Type: multipart/digest; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: MULTIPART/mixed; boundary=x\r\n\r\n--x\r\n".repeat(4_000));
    for message in [nested, forwarded, both] {
        let (piece, receipt) = read_mail(message.as_bytes(), None).unwrap();
        assert_eq!(piece.title.as_deref(), Some("Là"));
        assert!(
            receipt.degraded.iter().any(|note| note.kind == "structure"),
            "{receipt:?}"
        );
    }
    // A conversation forwarded a dozen times is read.
    let dozen = format!(
        "{head}{}Subject: deep\r\n\r\nThe words below.\r\n",
        "Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\n".repeat(12)
    );
    assert!(read_mail(dozen.as_bytes(), None).is_ok());
}

#[test]
fn names_of_enclosed_files_are_made_safe() {
    let message = "From: A <a@b.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nThe text.\r\n\
        --b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"../../../etc/cron.d/x\"\r\n\r\nx\r\n\
        --b\r\nContent-Type: application/octet-stream; name=\"C:\\\\Windows\\\\CON.txt\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n\
        --b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9%E2%80%AEfdp.exe\r\n\r\nx\r\n\
        --b--\r\n";
    let (piece, receipt) = read_mail(message.as_bytes(), None).unwrap();
    assert_eq!(piece.body, "The text.\n");
    let names: Vec<&str> = receipt
        .unsupported
        .iter()
        .filter_map(|note| note.detail.as_deref())
        .collect();
    assert_eq!(names, ["x", "image-CON.txt", "résumé-fdp.exe"]);
}

#[test]
fn what_a_letter_hides_does_nothing() {
    let html = "<html><body><script>alert(1)</script><style>@import 'https://evil.example/a.css';</style>\
        <img src='https://evil.example/open.php?u=1'><img src='https://evil.example/a.gif' width='1' height='1'>\
        <p style='background:url(https://evil.example/b)'>The words that were meant, and <a href='javascript:x'>a link</a> that is none.</p>\
        <p data-edito-skip>Said openly.</p><img src='cid:nowhere'><object data='cid:x'></object></body></html>";
    let message = format!("From: A <a@b.example>\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n{html}\r\n");
    let (piece, receipt) = read_mail(message.as_bytes(), None).unwrap();
    assert_eq!(
        piece.body,
        "The words that were meant, and a link that is none.\n\nSaid openly.\n"
    );
    assert!(piece.images.is_empty());
    assert_eq!(piece.kind, Some(Kind::Letter));
    assert_eq!(
        receipt
            .unsupported
            .iter()
            .find(|note| note.kind == "tracking-pixel")
            .unwrap()
            .count,
        2
    );
}

#[test]
fn what_is_no_message_is_refused() {
    let read = |bytes: &[u8]| read_mail(bytes, None).map(|_| ());
    assert_eq!(read(b""), Err(Error::WrongFormat));
    assert_eq!(read(b"\x7fELF\0\0\0\0"), Err(Error::WrongFormat));
    assert_eq!(read(b"<html><p>x</html>"), Err(Error::WrongFormat));
    assert_eq!(
        read(b"From: a@b.example\r\nSubject: x\r\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"),
        Err(Error::Encrypted)
    );
}
