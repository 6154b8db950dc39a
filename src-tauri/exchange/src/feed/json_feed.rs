//! JSON Feed 1.0 and 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use edito_prose::{Author, Lang};
use serde_json::Value;

use super::people::people;
use super::{Feed, FeedError, Item, MOST_ITEMS, date, enclose, sign, tag, text};
use crate::json::{Elements, Object, list, members, take_text, text as said};
use crate::receipt::Receipt;

/// Reads a feed. Items are taken one by one, so that a broken one, or an end that was cut, costs itself alone.
pub(super) fn read(whole: &str, receipt: &mut Receipt) -> Result<Feed, FeedError> {
    let members = members(whole);
    let value = |name: &str| {
        let (_, place) = members.iter().find(|(known, _)| known == name)?;
        serde_json::from_str::<Value>(whole.get(place.clone())?).ok()
    };
    let word = |name: &str| match value(name) {
        Some(Value::String(word)) if !word.trim().is_empty() => Some(word.trim().to_owned()),
        _ => None,
    };
    let items = members
        .iter()
        .find(|(known, _)| known == "items")
        .map(|(_, place)| place.start);
    let is_feed = word("version").is_some_and(|version| version.contains("jsonfeed.org"));
    let Some(items) = items.filter(|_| is_feed || word("title").is_some()) else {
        return Err(FeedError::NotAFeed);
    };
    let mut feed = Feed {
        title: word("title").and_then(|title| text::plain(&title)),
        site: word("home_page_url"),
        address: word("feed_url"),
        description: word("description").and_then(|description| text::plain(&description)),
        lang: word("language").map(|tag| Lang::from_tag(&tag)),
        ..Feed::default()
    };
    let mut authors = Vec::new();
    for name in ["authors", "author"] {
        let mut object = Object::new();
        object.insert(name.to_owned(), value(name).unwrap_or_default());
        if authors.is_empty() {
            add_people(&mut authors, &object, name);
        }
    }
    let mut objects = Elements::new(whole.into(), items);
    while let Some(object) = objects.next(receipt) {
        if feed.items.len() >= MOST_ITEMS {
            receipt.degrade("items-too-many", None);
            break;
        }
        let mut item = item(object, receipt);
        if item.authors.is_empty() {
            item.authors.clone_from(&authors);
        }
        feed.items.push(item);
    }
    Ok(feed)
}

fn item(mut object: Object, receipt: &mut Receipt) -> Item {
    let word = |name: &str| Some(said(&object, name)).filter(|word| !word.trim().is_empty());
    let mut item = Item {
        guid: said(&object, "id").trim().to_owned(),
        url: word("url").or_else(|| word("external_url")),
        title: word("title").and_then(|title| text::plain(&title)),
        published: date(&said(&object, "date_published"), receipt),
        updated: date(&said(&object, "date_modified"), receipt),
        summary: word("summary").and_then(|summary| text::paragraphs(&summary)),
        lang: word("language").map(|tag| Lang::from_tag(&tag)),
        ..Item::default()
    };
    for name in ["authors", "author"] {
        if item.authors.is_empty() {
            add_people(&mut item.authors, &object, name);
        }
    }
    for name in list(&object, "tags") {
        tag(&mut item, name.as_str().unwrap_or_default());
    }
    for attachment in list(&object, "attachments") {
        let Value::Object(attachment) = attachment else {
            continue;
        };
        let bytes = said(attachment, "size_in_bytes");
        enclose(
            &mut item,
            &said(attachment, "url"),
            Some(&said(attachment, "mime_type")),
            Some(&bytes),
        );
    }
    let html = take_text(&mut object, "content_html");
    item.content = text::html(&html).or_else(|| text::paragraphs(&said(&object, "content_text")));
    if item.content.is_none() {
        item.content = item.summary.take();
    }
    item
}

fn add_people(authors: &mut Vec<Author>, object: &Object, key: &str) {
    for person in list(object, key) {
        let name = match person {
            Value::String(name) => name.clone(),
            Value::Object(person) => said(person, "name"),
            _ => continue,
        };
        sign(authors, people(&name));
    }
}
