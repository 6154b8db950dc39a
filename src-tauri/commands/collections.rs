//! Collections: named lists of articles, in an order made by hand.

use std::sync::atomic::Ordering;

use edito_library::{self as library, ArticleId};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::api::{CollectionsChanged, PageEvent};
use crate::commands::lists::small;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::{AppState, OpenLibrary};

/// A collection.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CollectionView {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many of its articles the library still has.
    pub count: u32,
}

/// Which of some articles a collection holds.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Holding {
    /// The collection.
    pub collection: String,
    /// Those that it holds, at least one.
    pub articles: Vec<String>,
}

/// Where an article stands in a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[allow(missing_docs, reason = "the same names as edito_library::Placed, documented there")]
pub struct Placed {
    pub article: String,
    pub after: Option<String>,
}

impl OpenLibrary {
    /// Tells the page that something else holds of a collection, if it does.
    pub fn tell_collections(&self) {
        let revision = self.library.collections_revision();
        if self.told_collections.swap(revision, Ordering::Relaxed) != revision {
            self.emit(PageEvent::Collections(CollectionsChanged {}));
        }
    }
}

/// The collections, in the order made by hand.
#[tauri::command(async)]
#[specta::specta]
pub fn collections(state: State<'_, AppState>) -> CommandResult<Vec<CollectionView>> {
    let counted = state.library()?.library.counted_collections()?;
    let view = |one: library::CountedCollection| CollectionView {
        id: one.id.to_string(),
        name: one.name,
        count: small(one.count),
    };
    Ok(counted.into_iter().map(view).collect())
}

/// Which of some articles each collection holds; collections with none of them are left out.
#[tauri::command(async)]
#[specta::specta]
pub fn collections_holding(state: State<'_, AppState>, articles: Vec<String>) -> CommandResult<Vec<Holding>> {
    let holding = state.library()?.library.collections_holding(&identities(articles));
    let view = |(collection, held): (Uuid, Vec<ArticleId>)| Holding {
        collection: collection.to_string(),
        articles: held.into_iter().map(|id| id.0).collect(),
    };
    Ok(holding.into_iter().map(view).collect())
}

/// Makes a collection; answers its identity.
#[tauri::command(async)]
#[specta::specta]
pub fn make_collection(state: State<'_, AppState>, name: String) -> CommandResult<String> {
    let open = state.library()?;
    let id = open.library.make_collection(&name)?;
    open.tell_collections();
    Ok(id.to_string())
}

/// Gives a collection another name.
#[tauri::command(async)]
#[specta::specta]
pub fn rename_collection(state: State<'_, AppState>, id: String, name: String) -> CommandResult<()> {
    let open = state.library()?;
    let id = identity(&id)?;
    told(&open, id, open.library.rename_collection(id, &name))?;
    open.tell_collections();
    Ok(())
}

/// Takes a collection away, or brings it back with its place and its articles. The articles stay in either case.
#[tauri::command(async)]
#[specta::specta]
pub fn set_collection_on(state: State<'_, AppState>, id: String, on: bool) -> CommandResult<()> {
    let open = state.library()?;
    let id = identity(&id)?;
    let done = if on {
        open.library.restore_collection(id)
    } else {
        open.library.remove_collection(id)
    };
    told(&open, id, done)?;
    open.tell_collections();
    Ok(())
}

/// Puts a collection after another, or before all.
#[tauri::command(async)]
#[specta::specta]
pub fn move_collection(state: State<'_, AppState>, id: String, after: Option<String>) -> CommandResult<()> {
    let open = state.library()?;
    let (id, after) = (identity(&id)?, after.as_deref().map(identity).transpose()?);
    told(&open, id, open.library.move_collection(id, after))?;
    open.tell_collections();
    Ok(())
}

/// Puts articles at the end of a collection; answers those that were not in it.
#[tauri::command(async)]
#[specta::specta]
pub fn add_to_collection(state: State<'_, AppState>, id: String, articles: Vec<String>) -> CommandResult<Vec<String>> {
    let open = state.library()?;
    let id = identity(&id)?;
    let added = told(&open, id, open.library.add_to_collection(id, &identities(articles)))?;
    open.tell_collections();
    Ok(added.into_iter().map(|id| id.0).collect())
}

/// Takes articles out of a collection; answers where they stood, for [`put_in_collection`].
#[tauri::command(async)]
#[specta::specta]
pub fn take_from_collection(
    state: State<'_, AppState>,
    id: String,
    articles: Vec<String>,
) -> CommandResult<Vec<Placed>> {
    let open = state.library()?;
    let id = identity(&id)?;
    let taken = told(&open, id, open.library.take_from_collection(id, &identities(articles)))?;
    open.tell_collections();
    Ok(taken.into_iter().map(Placed::from).collect())
}

/// Moves articles of a collection together behind another, or before all, in the order in which they stand; answers
/// where they stood, for [`put_in_collection`].
#[tauri::command(async)]
#[specta::specta]
pub fn move_in_collection(
    state: State<'_, AppState>,
    id: String,
    articles: Vec<String>,
    after: Option<String>,
) -> CommandResult<Vec<Placed>> {
    let open = state.library()?;
    let id = identity(&id)?;
    let after = after.map(ArticleId::from);
    let moved = open
        .library
        .move_in_collection(id, &identities(articles), after.as_ref());
    let stood = told(&open, id, moved)?;
    open.tell_collections();
    Ok(stood.into_iter().map(Placed::from).collect())
}

/// Puts articles that are in a collection, or were, each after another or before all; answers where those stood that
/// were in it.
#[tauri::command(async)]
#[specta::specta]
pub fn put_in_collection(state: State<'_, AppState>, id: String, placed: Vec<Placed>) -> CommandResult<Vec<Placed>> {
    let open = state.library()?;
    let placed: Vec<library::Placed> = placed.into_iter().map(library::Placed::from).collect();
    let id = identity(&id)?;
    let stood = told(&open, id, open.library.put_in_collection(id, &placed))?;
    open.tell_collections();
    Ok(stood.into_iter().map(Placed::from).collect())
}

impl From<library::Placed> for Placed {
    fn from(placed: library::Placed) -> Self {
        Self {
            article: placed.article.0,
            after: placed.after.map(|after| after.0),
        }
    }
}

impl From<Placed> for library::Placed {
    fn from(placed: Placed) -> Self {
        Self {
            article: placed.article.into(),
            after: placed.after.map(ArticleId::from),
        }
    }
}

fn identity(collection: &str) -> CommandResult<Uuid> {
    Uuid::parse_str(collection)
        .map_err(|_| CommandError::new(ErrorKind::NoCollection, format!("no collection {collection}")))
}

/// What came of it; where the collection is what there is not, that is told, not an article.
fn told<T>(open: &OpenLibrary, id: Uuid, done: library::Result<T>) -> CommandResult<T> {
    done.map_err(|error| {
        let unknown = error.kind == library::ErrorKind::NotFound && open.library.collection(id).is_err();
        if unknown {
            CommandError::new(ErrorKind::NoCollection, error.to_string())
        } else {
            error.into()
        }
    })
}

fn identities(ids: Vec<String>) -> Vec<ArticleId> {
    ids.into_iter().map(ArticleId::from).collect()
}
