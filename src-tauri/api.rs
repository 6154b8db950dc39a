//! THE list of commands and events between Rust and the page. To add one: write it in `commands/` (with its wire types
//! beside it), list it here, regenerate `ui/src/backend/bindings.ts` with `./dev bindings`.

use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Typescript;
use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, Event, collect_commands, collect_events};

use crate::commands::{
    advice, aloud, articles, capture, captures, citations, collections, composing, feeds, front, goals, heads,
    highlights, imports, libraries, lists, pasting, pictures, preview, quotations, reading, recovery, redline,
    replacing, searches, settings, subscriptions, templates, texts, trash, triage, typography, versions, window,
};
use crate::error::CommandError;

/// Every command and event, with the types they carry.
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::<R>::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            libraries::start,
            libraries::page_ready,
            libraries::choose_folder,
            libraries::open_library,
            libraries::create_library,
            libraries::open_sample,
            libraries::close_library,
            libraries::forget_recent,
            libraries::refresh_library,
            libraries::cancel_index,
            libraries::quit,
            settings::save_settings,
            window::set_full_screen,
            lists::overview,
            lists::list,
            lists::position_of,
            lists::positions_of,
            lists::next_unread,
            lists::row,
            lists::search,
            lists::quick_open,
            searches::saved_searches,
            searches::save_search,
            searches::change_search,
            searches::move_search,
            front::front_page,
            front::section_page,
            front::pin,
            front::unpin,
            front::slots_for,
            front::front_settings,
            front::save_front,
            front::related,
            reading::read_article,
            preview::preview,
            reading::mark_read,
            reading::set_star,
            reading::set_progress,
            reading::article_opened,
            reading::follow_link,
            reading::open_external,
            reading::reveal_file,
            reading::image_address,
            aloud::spoken_text,
            aloud::speech_voices,
            aloud::say_aloud,
            aloud::hush,
            aloud::end_reading_aloud,
            triage::set_place,
            triage::tag,
            triage::untag,
            triage::known_tags,
            triage::rename_tag,
            collections::collections,
            collections::collections_holding,
            collections::make_collection,
            collections::rename_collection,
            collections::set_collection_on,
            collections::move_collection,
            collections::add_to_collection,
            collections::take_from_collection,
            collections::move_in_collection,
            collections::put_in_collection,
            highlights::highlights,
            highlights::add_highlight,
            highlights::change_highlight,
            highlights::remove_highlight,
            highlights::all_highlights,
            highlights::export_highlights,
            imports::import_chosen,
            imports::import_paths,
            imports::import_pasted,
            imports::cancel_import,
            imports::import_receipt,
            imports::export_receipt,
            imports::inbox_folder,
            imports::choose_inbox_folder,
            imports::forget_inbox_folder,
            citations::find_works,
            citations::cited_text,
            citations::citation_settings,
            citations::choose_bibliography,
            citations::forget_bibliography,
            citations::set_citation_style,
            texts::open_text,
            texts::is_still,
            texts::open_with_encoding,
            texts::save_text,
            texts::save_text_in_utf8,
            texts::compare_with_disk,
            texts::counts,
            texts::text_lengths,
            texts::outline_of,
            pasting::paste_text,
            pasting::keep_images,
            pictures::about_picture,
            pictures::picture_sizes,
            pictures::keep_picture,
            pictures::set_picture_aside,
            pictures::bring_picture_back,
            typography::typography_corrections,
            heads::head_of,
            heads::change_head,
            heads::head_choices,
            quotations::quotations_of,
            quotations::quotable,
            quotations::quote_highlight,
            quotations::name_source,
            advice::advise,
            advice::spelling_suggestions,
            advice::vouched_words,
            advice::vouch_for_word,
            advice::vouch_no_more,
            articles::create_article,
            templates::templates,
            templates::save_template,
            templates::rename_template,
            templates::remove_template,
            templates::put_back_template,
            articles::rename_article,
            articles::move_article,
            articles::duplicate_article,
            composing::split_article,
            composing::article_from_selection,
            composing::merge_articles,
            articles::set_field,
            articles::conflict_copies,
            versions::keep_version,
            versions::checkpoint,
            versions::versions,
            versions::version_text,
            versions::name_version,
            versions::rename_version,
            versions::version_change,
            versions::drop_versions,
            versions::count_versions_before,
            versions::drop_versions_before,
            versions::count_dropped_versions,
            versions::take_back_versions,
            versions::history_weight,
            versions::free_history,
            versions::restore_version,
            versions::restore_changes,
            goals::writing_history,
            goals::note_written,
            goals::piece_goal,
            goals::set_piece_goal,
            redline::redline_of,
            replacing::find_places,
            replacing::found_places,
            replacing::cancel_places,
            replacing::replace_places,
            replacing::replaced_so_far,
            replacing::take_back_places,
            captures::captures,
            captures::open_capture,
            recovery::keep_recovery,
            recovery::recoveries,
            recovery::take_recovery,
            recovery::drop_recovery,
            feeds::feeds,
            feeds::feed_items,
            feeds::feed_item,
            feeds::mark_items_read,
            feeds::mark_all_items_read,
            feeds::keep_items,
            feeds::keep_items_no_more,
            feeds::refresh_feeds,
            feeds::cancel_feeds,
            subscriptions::find_feeds,
            subscriptions::subscribe,
            subscriptions::change_feed,
            subscriptions::set_feed_on,
            subscriptions::set_feed_rule,
            subscriptions::remove_feed_rule,
            subscriptions::set_feed_schedule,
            subscriptions::allow_local_addresses,
            subscriptions::import_feeds,
            subscriptions::export_feeds,
            capture::capture_page,
            capture::cancel_capture,
            trash::trash_articles,
            trash::trashed,
            trash::restore_trashed,
            trash::delete_forever,
        ])
        .events(collect_events![
            LibraryChanged,
            IndexProgress,
            ImportProgress,
            ImportEnded,
            LibraryNotice,
            OpenRequested,
            CloseRequested,
            FeedsChanged,
            SearchesChanged,
            CollectionsChanged,
            CitationsChanged
        ])
}

/// The TypeScript that the page imports, as committed in `ui/src/backend/bindings.ts`.
pub fn bindings() -> Result<String, String> {
    let folder = std::env::temp_dir().join(format!("edito-bindings-{}", std::process::id()));
    let file = folder.join("bindings.ts");
    let written = builder::<tauri::Wry>()
        .export(Typescript::default(), &file)
        .map_err(|error| error.to_string())
        .and_then(|()| std::fs::read_to_string(&file).map_err(|error| error.to_string()));
    let _ = std::fs::remove_dir_all(folder);
    written
}

/// Something that happened without the page having asked.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each carries the event it names")]
pub enum PageEvent {
    Changed(LibraryChanged),
    Progress(IndexProgress),
    ImportProgress(ImportProgress),
    ImportEnded(ImportEnded),
    Notice(LibraryNotice),
    Open(OpenRequested),
    Close(CloseRequested),
    Feeds(FeedsChanged),
    Searches(SearchesChanged),
    Collections(CollectionsChanged),
    Citations(CitationsChanged),
}

/// Articles came, changed or went. When there are more than a few hundred the lists are left empty and `many` is set:
/// read everything shown anew.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct LibraryChanged {
    pub new: Vec<String>,
    pub updated: Vec<String>,
    pub deleted: Vec<String>,
    pub moved: Vec<(String, String)>,
    pub many: bool,
    /// Counts up with every change.
    pub generation: u32,
}

/// How far reading the library has come.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct IndexProgress {
    pub done: u32,
    /// `None` while the files are still being found.
    pub total: Option<u32>,
    pub phase: IndexPhase,
    pub cancellable: bool,
}

/// The parts of reading a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum IndexPhase {
    Walking,
    Reading,
    Done,
}

/// How far an import has come.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    /// The file that is being read, from 0.
    pub file: u32,
    /// How many files there are; 0 while they are still being found.
    pub files: u32,
    /// What the file is called.
    pub source: String,
    /// Pieces read so far.
    pub pieces: u32,
}

/// An import is over.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct ImportEnded {
    /// The number of its receipt.
    pub receipt: u32,
    /// New articles.
    pub imported: u32,
    /// Articles that were there, and of which something was new.
    pub merged: u32,
    /// Pieces that were there already.
    pub skipped: u32,
    /// What could not be read or written.
    pub failed: u32,
    /// Whether something was left out of what came in.
    pub noted: bool,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// The new article, when there is one and no other.
    pub article: Option<String>,
    /// Whether it came from the inbox folder.
    pub from_inbox: bool,
    /// What ended it early.
    pub problem: Option<CommandError>,
}

/// Something about the library that the reader should know.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct LibraryNotice {
    /// What it is; the words are in the messages.
    pub kind: NoticeKind,
    /// A path or a number that belongs to it.
    pub detail: Option<String>,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NoticeKind {
    /// The folder is gone (unplugged, unmounted): reading only, nothing is recorded as deleted.
    Vanished,
    /// The folder is back.
    Back,
    /// The system's limit of watched folders is reached: changes are looked for from time to time.
    Polling,
    /// The index was broken or from a newer Edito, and was made anew.
    IndexRebuilt,
    /// The history could not be read; it was set aside (`detail` says where) and a new one begun.
    HistoryRebuilt,
    /// Some versions of an article (`detail` is its title) can't be read.
    HistoryDamaged,
    /// Versions are not kept: the history (`detail` says where) can't be written.
    VersionsReadOnly,
    /// Versions are not kept: the disk of the history (`detail` says where) is full.
    VersionsDiskFull,
    /// Versions are not kept, for a reason that `detail` gives.
    VersionsFailing,
    /// A copy of unsaved words was damaged: it was set aside (`detail` says where) and is not offered.
    RecoveryDamaged,
    /// Lines of the journal could not be read; they were set aside.
    JournalTorn,
    /// The library can't be written.
    ReadOnly,
    /// A file or more could not be read.
    Unreadable,
}

/// A second launch asked for this window, perhaps for an article.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct OpenRequested {
    pub article: Option<String>,
}

/// The window is asked to close: the page saves what is unsaved and answers with the command `quit`.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct CloseRequested {}

/// Saved searches may be other ones than before: another desk has said something.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct SearchesChanged {}

/// Something about feeds is other than before: items came, were read or kept, a feed was asked.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct FeedsChanged {
    /// How far asking them is, while they are asked.
    pub progress: Option<FeedProgress>,
}

/// Something else holds of a collection: its name, its place, its articles or their order.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct CollectionsChanged {}

/// Citations may read otherwise than before: a file of references was written, or another style holds.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct CitationsChanged {}

/// How far asking feeds has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct FeedProgress {
    pub done: u32,
    pub total: u32,
}
