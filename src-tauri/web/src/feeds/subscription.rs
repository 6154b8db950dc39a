//! What is subscribed to. It stands in the library's journal, so that it goes where the library goes, and two desks
//! that swap their copies agree on it.

use std::collections::HashSet;

use edito_exchange::feed::opml::{Outline, Subscriptions};
use edito_exchange::url;
use edito_library::{Library, Result, Subject, SubjectKind};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A feed that is subscribed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Its identity: of its first address, so that two desks that subscribe to one feed have one.
    pub id: Uuid,
    /// The address to ask.
    pub address: String,
    /// What the reader calls it; what it calls itself when there is none.
    pub title: Option<String>,
    /// The address of its site.
    pub site: Option<String>,
    /// The names of the folders it lies in, outermost first.
    pub folder: Vec<String>,
    /// Its items are cut short, and their pages are fetched for the whole text.
    pub full_text: bool,
}

/// What is to be other about a subscription; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The address to ask.
    pub address: Option<String>,
    /// What the reader calls it; empty for what it calls itself.
    pub title: Option<String>,
    /// The address of its site.
    pub site: Option<String>,
    /// The folders it lies in.
    pub folder: Option<Vec<String>>,
    /// Whether pages are fetched for the whole text.
    pub full_text: Option<bool>,
    /// Whether it is subscribed to.
    pub on: Option<bool>,
}

/// All feeds that are subscribed to.
pub fn subscriptions(library: &Library) -> Vec<Subscription> {
    let subjects = library.subjects(SubjectKind::Feed);
    subjects.iter().filter_map(Subscription::of).collect()
}

/// Says what is other about a subscription.
///
/// # Errors
/// What writing the journal fails with.
pub fn change(library: &Library, id: Uuid, change: Change) -> Result<()> {
    library.say_of_subjects(SubjectKind::Feed, vec![(id, change.fields())])
}

/// Subscribes to a feed; answers its identity. One that is subscribed to already stays as it is.
///
/// # Errors
/// `Invalid` for what is no address of the web; what writing the journal fails with.
pub fn subscribe(library: &Library, address: &str, title: Option<&str>, folder: &[String]) -> Result<Uuid> {
    let Some(address) = url::web(address).map(String::from) else {
        return Err(edito_library::Error::new(
            edito_library::ErrorKind::Invalid,
            "not an address of the web",
        ));
    };
    let known = subscriptions(library)
        .into_iter()
        .find(|feed| same(&feed.address, &address));
    if let Some(known) = known {
        return Ok(known.id);
    }
    let id = identity(&address);
    change(library, id, new(address, title, None, folder))?;
    Ok(id)
}

/// Subscribes to all feeds of a list; answers the identities of those that are new.
///
/// # Errors
/// What writing the journal fails with.
pub fn subscribe_to_all(library: &Library, list: &Subscriptions) -> Result<Vec<Uuid>> {
    let mut known: HashSet<String> = subscriptions(library)
        .iter()
        .map(|feed| one_form(&feed.address))
        .collect();
    let mut said = Vec::new();
    for (folder, outline) in list.feeds() {
        let Some(address) = outline.feed.clone() else { continue };
        if !known.insert(one_form(&address)) {
            continue;
        }
        let folder: Vec<String> = tidy(folder.into_iter().map(str::to_owned));
        let named = (outline.name != address).then_some(outline.name.as_str());
        let fields = new(address.clone(), named, outline.site.clone(), &folder).fields();
        said.push((identity(&address), fields));
    }
    let ids = said.iter().map(|(id, _)| *id).collect();
    if !said.is_empty() {
        library.say_of_subjects(SubjectKind::Feed, said)?;
    }
    Ok(ids)
}

/// Subscriptions as a list for other programs, folders and feeds in the order of their names. `name` is that of a feed.
pub fn as_list(feeds: &[Subscription], title: &str, name: impl Fn(&Subscription) -> String) -> Subscriptions {
    let mut list = Subscriptions {
        title: Some(title.to_owned()),
        ..Subscriptions::default()
    };
    for feed in feeds {
        let outline = Outline {
            name: name(feed),
            feed: Some(feed.address.clone()),
            site: feed.site.clone(),
            ..Outline::default()
        };
        put(&mut list.outlines, &feed.folder, outline);
    }
    sort(&mut list.outlines);
    list
}

/// Whether two addresses are those of one feed.
pub fn same(one: &str, other: &str) -> bool {
    one_form(one) == one_form(other)
}

impl Subscription {
    fn of(subject: &Subject) -> Option<Subscription> {
        let text = |name: &str| {
            let text = subject.fields.get(name)?.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        // A library may come from a stranger: an address that is none is not shown, and not asked.
        let address = url::web(&text("address")?)?.into();
        let folder = subject.fields.get("folder").and_then(Value::as_array);
        let folder = folder
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned);
        Some(Subscription {
            id: subject.id,
            address,
            title: text("title"),
            site: text("site").and_then(|site| url::web(&site)).map(String::from),
            folder: tidy(folder),
            full_text: subject.fields.get("fullText") == Some(&Value::Bool(true)),
        })
    }
}

impl Change {
    fn fields(self) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut say = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        say("address", self.address.map(Value::from));
        say("title", self.title.map(|title| Value::from(title.trim())));
        say("site", self.site.map(Value::from));
        say("folder", self.folder.map(|folder| json!(tidy(folder.into_iter()))));
        say("fullText", self.full_text.map(Value::from));
        say("on", self.on.map(Value::from));
        fields
    }
}

fn new(address: String, title: Option<&str>, site: Option<String>, folder: &[String]) -> Change {
    Change {
        address: Some(address),
        title: Some(title.unwrap_or_default().to_owned()),
        site,
        folder: Some(folder.to_vec()),
        full_text: None,
        on: Some(true),
    }
}

fn identity(address: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, one_form(address).as_bytes())
}

fn one_form(address: &str) -> String {
    url::canonical(address).unwrap_or_else(|| address.to_owned())
}

fn tidy(folder: impl Iterator<Item = String>) -> Vec<String> {
    const DEEPEST: usize = 8;
    let names = folder
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty());
    names.take(DEEPEST).collect()
}

/// Puts an outline into the folder of these names, which is made when it is not there.
fn put(outlines: &mut Vec<Outline>, folder: &[String], outline: Outline) {
    let Some((name, inner)) = folder.split_first() else {
        outlines.push(outline);
        return;
    };
    let is_it = |one: &Outline| one.feed.is_none() && one.name == *name;
    match outlines.iter_mut().find(|one| is_it(one)) {
        Some(found) => put(&mut found.outlines, inner, outline),
        None => {
            let mut new = Outline {
                name: name.clone(),
                ..Outline::default()
            };
            put(&mut new.outlines, inner, outline);
            outlines.push(new);
        }
    }
}

fn sort(outlines: &mut [Outline]) {
    outlines.sort_by_key(|outline| (outline.feed.is_some(), edito_prose::fold::fold(&outline.name)));
    for outline in outlines {
        sort(&mut outline.outlines);
    }
}
