//! From the fields of BibTeX and BibLaTeX to the variables of CSL, as Pandoc and Zotero map them.

use biblatex::{Chunk, ChunksExt, Person, Spanned};
use citationberg::json::{Item, LiteralName, NameItem, NameValue, Value};

use super::Written;
use crate::csl_json::{date, parts_of};

/// The reference that an entry says, and its keywords. `None` when it says nothing that could be cited.
pub(super) fn item(entry: &Written) -> Option<(Item, String)> {
    let mut item = Item(Default::default());
    let mut put = |name: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            item.0.entry(name.to_owned()).or_insert(Value::String(text));
        }
    };
    let kind = kind(entry);
    let is = |kinds: &[&str]| kinds.contains(&kind);
    put("id", Some(entry.key.clone()));
    put("type", Some(kind.to_owned()));
    put(
        "title",
        titled(entry, "title", "subtitle").or_else(|| text(entry, "booktitle").filter(|_| entry.kind == "proceedings")),
    );
    put("title-short", text(entry, "shorttitle"));
    for (title, subtitle) in [
        ("journaltitle", "journalsubtitle"),
        ("journal", ""),
        ("booktitle", "booksubtitle"),
        ("maintitle", "mainsubtitle"),
    ] {
        let own = title == "maintitle" && is(&["book", "report"]);
        put(
            if own { "collection-title" } else { "container-title" },
            titled(entry, title, subtitle),
        );
    }
    if is(&["webpage", "post-weblog"]) {
        put(
            "container-title",
            text(entry, "organization").or_else(|| text(entry, "maintitle")),
        );
    }
    put("container-title-short", text(entry, "shortjournal"));
    for name in ["publisher", "institution", "school", "organization"] {
        put("publisher", text(entry, name));
    }
    for name in ["location", "address"] {
        put("publisher-place", text(entry, name));
    }
    put("collection-title", text(entry, "series"));
    put("volume", text(entry, "volume"));
    put("issue", text(entry, "issue"));
    let number = text(entry, "number");
    if is(&["article-journal", "article-magazine", "article-newspaper", "periodical"]) {
        put("issue", number);
    } else if entry.fields.contains_key("series") {
        put("collection-number", number);
    } else {
        put("number", number);
    }
    put(
        "page",
        text(entry, "pages").map(|pages| pages.replace("--", "-").replace('–', "-")),
    );
    for (field, variable) in [
        ("edition", "edition"),
        ("chapter", "chapter-number"),
        ("doi", "DOI"),
        ("isbn", "ISBN"),
        ("issn", "ISSN"),
        ("url", "URL"),
        ("note", "note"),
        ("addendum", "note"),
        ("pagetotal", "number-of-pages"),
        ("volumes", "number-of-volumes"),
        ("version", "version"),
        ("eventtitle", "event-title"),
        ("venue", "event-place"),
        ("origtitle", "original-title"),
        ("origpublisher", "original-publisher"),
        ("origlocation", "original-publisher-place"),
        ("howpublished", "medium"),
        ("library", "call-number"),
    ] {
        put(variable, text(entry, field));
    }
    put("genre", genre(entry));
    put(
        "language",
        text(entry, "langid")
            .or_else(|| text(entry, "language"))
            .map(|name| language(&name)),
    );
    for (field, variable) in [
        ("author", "author"),
        ("editor", editors(entry)),
        ("translator", "translator"),
        ("bookauthor", "container-author"),
        ("director", "director"),
        ("origauthor", "original-author"),
    ] {
        if let Some(names) = names(entry, field) {
            item.0.insert(variable.to_owned(), Value::Names(names));
        }
    }
    for (field, variable) in [
        ("date", "issued"),
        ("urldate", "accessed"),
        ("origdate", "original-date"),
        ("eventdate", "event-date"),
    ] {
        if let Some(date) = text(entry, field).and_then(|raw| date_of(&raw)) {
            item.0.insert(variable.to_owned(), date);
        }
    }
    if !item.0.contains_key("issued")
        && let Some(issued) = of_year_and_month(entry)
    {
        item.0.insert("issued".to_owned(), issued);
    }
    let says_something = ["title", "author", "editor", "container-title", "URL", "note"]
        .iter()
        .any(|name| item.0.contains_key(*name));
    says_something.then(|| (item, text(entry, "keywords").unwrap_or_default()))
}

fn text(entry: &Written, name: &str) -> Option<String> {
    let value = plain(entry.fields.get(name)?);
    (!value.is_empty()).then_some(value)
}

/// The text of a value: TeX’s spaces and dashes as characters.
fn plain(chunks: &[Spanned<Chunk>]) -> String {
    let text = chunks.format_verbatim();
    let text = text.replace('~', "\u{a0}").replace("---", "—");
    text.split([' ', '\n', '\t', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn titled(entry: &Written, title: &str, subtitle: &str) -> Option<String> {
    let title = text(entry, title)?;
    Some(match text(entry, subtitle) {
        Some(subtitle) if title.ends_with(['?', '!', '.']) => format!("{title} {subtitle}"),
        Some(subtitle) if text(entry, "langid").is_some_and(|name| language(&name).starts_with("fr")) => {
            format!("{title}\u{a0}: {subtitle}")
        }
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    })
}

fn kind(entry: &Written) -> &'static str {
    match entry.kind.as_str() {
        "article" | "suppperiodical" => match text(entry, "entrysubtype").as_deref() {
            Some("magazine") => "article-magazine",
            Some("newspaper") => "article-newspaper",
            _ => "article-journal",
        },
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "reference"
        | "mvreference" | "manual" => "book",
        "booklet" => "pamphlet",
        "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" => "chapter",
        "inproceedings" | "conference" => "paper-conference",
        "inreference" => "entry-encyclopedia",
        "online" | "electronic" | "www" => "webpage",
        "thesis" | "phdthesis" | "mastersthesis" => "thesis",
        "report" | "techreport" => "report",
        "unpublished" => "manuscript",
        "periodical" => "periodical",
        "patent" => "patent",
        "dataset" => "dataset",
        "software" => "software",
        "legislation" => "legislation",
        "jurisdiction" => "legal_case",
        "movie" | "video" => "motion_picture",
        "audio" | "music" => "song",
        "image" | "artwork" => "graphic",
        "letter" => "personal_communication",
        "review" => "review",
        _ if entry.fields.contains_key("url") => "webpage",
        _ => "document",
    }
}

fn genre(entry: &Written) -> Option<String> {
    let said = text(entry, "type");
    let french = text(entry, "langid").is_some_and(|name| language(&name).starts_with("fr"));
    let known = match (said.as_deref(), entry.kind.as_str()) {
        (Some("phdthesis"), _) | (None, "phdthesis") => Some(if french { "thèse de doctorat" } else { "PhD thesis" }),
        (Some("mathesis" | "mastersthesis"), _) | (None, "mastersthesis") => Some(if french {
            "mémoire de master"
        } else {
            "Master’s thesis"
        }),
        (Some("techreport"), _) => Some(if french {
            "rapport technique"
        } else {
            "technical report"
        }),
        _ => None,
    };
    known.map(str::to_owned).or(said)
}

/// What an editor of this entry is.
fn editors(entry: &Written) -> &'static str {
    match text(entry, "editortype").as_deref() {
        Some("director") => "director",
        Some("compiler") => "compiler",
        Some("organizer") => "organizer",
        _ => "editor",
    }
}

fn names(entry: &Written, field: &str) -> Option<Vec<NameValue>> {
    let people = entry.fields.get(field)?.parse::<Vec<Person>>().ok()?;
    let optional = |text: String| (!text.trim().is_empty()).then(|| text.replace('~', "\u{a0}"));
    let names: Vec<NameValue> = people
        .into_iter()
        .filter(|person| !(person.name.trim().is_empty() || person.name == "others" && person.given_name.is_empty()))
        .map(|person| {
            let alone = person.given_name.is_empty() && person.prefix.is_empty() && person.suffix.is_empty();
            if alone {
                return NameValue::Literal(LiteralName {
                    literal: person.name.replace('~', "\u{a0}"),
                });
            }
            let prefix = optional(person.prefix);
            let kept = person.use_prefix == Some(true);
            NameValue::Item(NameItem {
                family: person.name,
                given: optional(person.given_name),
                non_dropping_particle: prefix.clone().filter(|_| kept),
                dropping_particle: prefix.filter(|_| !kept),
                suffix: optional(person.suffix),
                comma_suffix: None,
            })
        })
        .collect();
    (!names.is_empty()).then_some(names)
}

fn date_of(raw: &str) -> Option<Value> {
    let circa = raw.contains(['~', '?', '%']) || raw.starts_with("ca");
    date(&parts_of(raw), circa, None)
}

/// BibTeX’s own way: `year = 1958, month = mar, day = 3`.
fn of_year_and_month(entry: &Written) -> Option<Value> {
    let raw = text(entry, "year")?;
    let mut parts = parts_of(raw.trim_start_matches(|one: char| !one.is_ascii_digit() && one != '-'));
    parts.truncate(1);
    if let Some(month) = text(entry, "month").and_then(|month| month_of(&month)) {
        parts.push(month);
        if let Some(day) = text(entry, "day").and_then(|day| day.parse().ok()) {
            parts.push(day);
        }
    }
    date(&parts, false, None)
}

fn month_of(word: &str) -> Option<i64> {
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb", "fév", "fev"],
        &["mar"],
        &["apr", "avr"],
        &["may", "mai"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aoû", "aou"],
        &["sep"],
        &["oct"],
        &["nov"],
        &["dec", "déc"],
    ];
    let lower = word.trim().to_lowercase();
    if let Ok(number) = lower.parse::<i64>() {
        return Some(number);
    }
    let found = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    i64::try_from(found + 1).ok()
}

/// A tag for the name of a language as babel has it.
fn language(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    match lower.as_str() {
        "french" | "francais" | "français" | "acadian" | "canadien" => "fr".to_owned(),
        "english" | "american" | "usenglish" => "en-US".to_owned(),
        "british" | "ukenglish" | "australian" | "newzealand" => "en-GB".to_owned(),
        "german" | "ngerman" | "austrian" | "naustrian" => "de".to_owned(),
        "italian" => "it".to_owned(),
        "spanish" => "es".to_owned(),
        "portuguese" | "brazilian" => "pt".to_owned(),
        "arabic" => "ar".to_owned(),
        "russian" => "ru".to_owned(),
        _ => lower,
    }
}
