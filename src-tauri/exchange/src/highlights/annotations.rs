use serde_json::{Value, json};

use super::{Marked, instant};
use edito_library::Highlight;

/// The passages as a W3C annotation collection, all on its first page.
pub fn annotations(articles: &[Marked], label: &str) -> String {
    let items: Vec<Value> = articles
        .iter()
        .flat_map(|article| article.passages.iter().map(|passage| annotation(article, passage)))
        .collect();
    let collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": label,
        "total": items.len(),
        "first": { "type": "AnnotationPage", "startIndex": 0, "items": items },
    });
    let mut text = format!("{collection:#}");
    text.push('\n');
    text
}

fn annotation(article: &Marked, passage: &Highlight) -> Value {
    let mut bodies = Vec::new();
    if let Some(note) = &passage.note {
        bodies.push(json!({
            "type": "TextualBody", "value": note, "format": "text/plain", "purpose": "commenting",
        }));
    }
    let tags = passage.tags.iter();
    bodies.extend(tags.map(|tag| json!({ "type": "TextualBody", "value": tag, "purpose": "tagging" })));
    let motivation = match (passage.note.is_some(), passage.quote.is_empty()) {
        (true, false) => json!(["highlighting", "commenting"]),
        (true, true) => json!("commenting"),
        (false, _) => json!("highlighting"),
    };
    let mut target = json!({
        "source": article.source.as_deref().unwrap_or(&article.urn),
        "styleClass": passage.colour.word(),
    });
    if !passage.quote.is_empty() {
        let mut selectors = vec![json!({
            "type": "TextQuoteSelector",
            "exact": passage.quote,
            "prefix": passage.prefix,
            "suffix": passage.suffix,
        })];
        if let Some((start, end)) = passage.range {
            selectors.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
        }
        target["selector"] = Value::Array(selectors);
    }
    json!({
        "id": format!("urn:uuid:{}", passage.id),
        "type": "Annotation",
        "motivation": motivation,
        "created": instant(passage.made),
        "body": bodies,
        "target": target,
    })
}
