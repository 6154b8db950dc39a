//! What a commit's or a tag's message holds: a line for people, then trailers.

use super::{Snapshot, SnapshotKind};

/// The message of a version.
pub(super) fn write(snapshot: &Snapshot<'_>) -> String {
    let (subject, kind) = match snapshot.kind {
        SnapshotKind::Automatic => ("Automatic version".to_owned(), "automatic"),
        SnapshotKind::Named(name) => (name.clone(), "named"),
        SnapshotKind::Captured(name) => (name.clone(), "captured"),
        SnapshotKind::External => ("As another program left it".to_owned(), "external"),
        SnapshotKind::Before(reason) => (format!("Before {reason}"), "before"),
    };
    let mut message = format!("{}\n\nEdito-Kind: {kind}\n", one_line(&subject));
    match snapshot.kind {
        SnapshotKind::Automatic | SnapshotKind::External => {}
        SnapshotKind::Named(name) | SnapshotKind::Captured(name) => trailer(&mut message, "Edito-Name", name),
        SnapshotKind::Before(reason) => trailer(&mut message, "Edito-Reason", reason),
    }
    trailer(&mut message, "Edito-Path", snapshot.path);
    trailer(&mut message, "Edito-Device", snapshot.device);
    if let Some(by) = snapshot.by {
        trailer(&mut message, "Edito-By", by);
    }
    // Git itself counts in seconds.
    trailer(&mut message, "Edito-Time", &format!("{:.3}", snapshot.time));
    if let Some(words) = snapshot.words {
        trailer(&mut message, "Edito-Words", &words.to_string());
    }
    message
}

/// The message of a name given later.
pub(super) fn write_name(name: &str, time: jiff::Timestamp, device: &str) -> String {
    let mut message = format!("{}\n\n", one_line(name));
    trailer(&mut message, "Edito-Name", name.trim());
    trailer(&mut message, "Edito-Device", device);
    trailer(&mut message, "Edito-Time", &format!("{time:.3}"));
    message
}

/// The value of a trailer.
pub(super) fn read(message: &str, trailer: &str) -> Option<String> {
    let (_, trailers) = message.split_once("\n\n")?;
    let value = trailers.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        (name == trailer).then_some(value)
    })?;
    if value.starts_with('"') {
        return serde_json::from_str(value).ok();
    }
    Some(value.to_owned())
}

/// A value that would not survive as a line of its own is written as a JSON string.
fn trailer(message: &mut String, name: &str, value: &str) {
    let plain = !value.is_empty()
        && !value.starts_with('"')
        && value.trim() == value
        && !value.contains(|character: char| character.is_control());
    let value = if plain {
        value.to_owned()
    } else {
        serde_json::Value::from(value).to_string()
    };
    message.push_str(&format!("{name}: {value}\n"));
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ").replace(|character: char| character.is_control(), "");
    if line.is_empty() { "Version".to_owned() } else { line }
}
