### Édito, interface in English.

## shell

app-name = Édito
shell-close = Close
shell-cancel = Cancel
shell-undo = Undo
shell-dismiss = Dismiss this notice
shell-notices = Notices

# --- errors
error-notFound = This article cannot be found.
error-notFound-hint = Another program may have moved or deleted it. Refresh the library with F5.
error-noCollection = There is no such collection in this library.
error-noCollection-hint = Another window or another desk may have removed it.
error-noSearch = No search is saved under this name in this library.
error-notALibrary = This folder cannot be opened as a library.
error-notALibrary-hint = Choose a folder that holds your articles, not a file.
error-alreadyExists = This name is already taken{ $named ->
        [yes] : { $path }.
       *[no] .
    }
error-alreadyExists-hint = Choose another name, or an empty folder. Nothing was replaced.
error-readOnly = Writing was refused{ $named ->
        [yes] : { $path }.
       *[no] .
    }
error-readOnly-hint = Check the permissions of the file or the disk. Your text stays open; nothing is lost.
error-diskFull = The disk is full.
error-diskFull-hint = Free some space, then try again. The previous file is intact and your text stays open.
error-io = Reading from or writing to the disk failed.
error-io-hint = Check that it is connected, then try again. Detail: { $detail }
error-changed = The file has changed on disk in the meantime.
error-changed-hint = Both versions are kept. Open the article again to compare them.
error-encoding = This file is not in an encoding that Édito knows.
error-encoding-hint = It opens read-only until you choose its encoding.
error-unencodable = The encoding of this file has no room for all characters of the text ({ $detail }).
error-unencodable-hint = Nothing was written, and nothing is lost. Save it as UTF-8, which has them all, or take these characters out.
error-badName = This name cannot be used for a file.
error-badName-hint = Avoid slashes, colons and names reserved by the system.
error-corrupt = Some of Édito’s own data is damaged and was set aside.
error-corrupt-hint = Your articles are untouched. Detail: { $detail }
error-vanished = The library’s folder is out of reach.
error-vanished-hint = Plug the disk back in or restore the share: nothing is taken as deleted.
error-busy = Another operation is under way.
error-busy-hint = Wait for it to end, then try again.
error-invalid = The request could not be understood.
error-invalid-hint = Detail: { $detail }
error-tooBig = This file is too large to open.
error-tooBig-hint = Split it with another tool; Édito has not changed it.
error-openElsewhere = This library is already open in another Édito window.
error-openElsewhere-hint = That window has come to the front: go on there, or close it first.
error-noLibrary = No library is open.
error-noLibrary-hint = Open one with Ctrl+O.
error-unknown = That did not work.
error-unknown-hint = Try again; if it persists, the log (Help, “About Édito”) will say more. { $detail }

# --- notices of the library
notice-vanished = The library’s folder is out of reach.
notice-vanished-hint = Plug the disk back in or restore the share. Until then everything is read-only; nothing is taken as deleted.
notice-back = The library is within reach again.
notice-polling = The system cannot watch this many folders.
notice-polling-hint = Édito reads them regularly instead: changes made elsewhere show a little later.
notice-indexRebuilt = The index was rebuilt.
notice-indexRebuilt-hint = It was damaged or came from another version of Édito. Your articles are untouched.
notice-historyRebuilt = The history of versions was damaged: it was set aside and a new one begins.
notice-historyRebuilt-hint = Nothing was deleted: the old one is kept as { $detail }. Your articles are untouched, but their earlier versions are no longer listed.
notice-historyDamaged = Some earlier versions of “{ $detail }” cannot be read.
notice-historyDamaged-hint = What is left of them is kept with the library’s history, and new versions are added as before. The article itself is untouched.
notice-versionsReadOnly = Versions are no longer kept: their history can’t be written.
notice-versionsReadOnly-hint = Your texts are saved as before, but without earlier states. Check the permissions of { $detail }.
notice-versionsDiskFull = Versions are no longer kept: the disk of their history is full.
notice-versionsDiskFull-hint = Free some space where { $detail } lies, or free that of dropped versions. The texts themselves are saved as long as there is room.
notice-versionsFailing = Versions are no longer kept: their history could not be written.
notice-versionsFailing-hint = Your texts are saved as before, but without earlier states. Check that the disk is plugged in, and that nothing else holds this folder. Detail: { $detail }
notice-recoveryDamaged = A recovery copy of unsaved words was damaged and is not offered.
notice-recoveryDamaged-hint = It was set aside as { $detail }; nothing was deleted, and your articles are untouched.
notice-journalTorn = An incomplete line of the journal was set aside.
notice-journalTorn-hint = It may concern a star or a reading mark, never the text of an article.
notice-readOnly = This library is read-only.
notice-readOnly-hint = Stars and reading marks are kept with Édito’s own data, on this machine.
notice-unreadable = { $count ->
        [0] Some files could not be read.
        [one] One file could not be read.
       *[other] { $count } files could not be read.
    }
notice-unreadable-hint = Nothing was changed. Check the permissions, then refresh with F5.{ $count ->
        [0] {" "}Detail: { $detail }
       *[other] {""}
    }

# --- groups and commands
group-file = File
group-edit = Edit
group-view = View
group-go = Go
group-article = Article
group-tools = Tools
group-help = Help
command-new-article = New article
command-open-library = Open a folder…
command-new-library = New library…
command-open-sample = Open the sample library
command-refresh-library = Refresh the library
command-close-library = Close the library
command-settings = Settings
command-quit = Quit Édito
command-toggle-rail = Collapse or expand the sidebar
command-toggle-list = Hide or show the list
command-text-alone = The text alone
command-toggle-theme = Switch between paper and night
command-next-region = Next pane
command-previous-region = Previous pane
command-palette = All commands
command-quick-open = Open an article by its title
command-search = Search the texts
command-search-here = Search
command-save-search = Save this search
command-update-search = Update the saved search
command-edit-search = Edit the saved search
command-search-up = Move the saved search up
command-search-down = Move the saved search down
command-remove-search = Remove the saved search
command-go-all = All articles
command-go-unread = To read
command-go-starred = Starred articles
command-go-recent = Recently opened
command-go-drafts = Drafts
command-go-conflicts = Conflict copies
command-go-trash = Trash
command-next-row = Next row
command-previous-row = Previous row
command-next-unread = Open the next unread article
command-next-article = Open the next article
command-previous-article = Open the previous article
command-open-article = Open
command-read-article = Read
command-edit-article = Write
command-show-versions = Versions of the article
command-undo = Undo the last action
command-place-archive = Archive
command-place-later = Keep for later
command-place-inbox = Put in the inbox
command-place-library = Keep in the library
command-edit-tags = Tags of the article
command-rename-tag = Rename the tag shown, everywhere
command-go-inbox = Inbox
command-go-later = Later
command-go-archive = Archived articles
command-toggle-star = Star or unstar
command-toggle-read = Mark as read or unread
command-pick-row = Add to the selection
command-article-details = Article details
command-rename-article = Rename the file
command-move-article = Move to another section
command-duplicate-article = Duplicate
command-merge-articles = Put together into one
command-reveal-in-list = Show in the list
command-reveal-file = Show the file in its folder
command-open-original = Open the original page in the browser
command-trash-article = Move to the trash
command-keyboard-help = Keyboard shortcuts
command-about = About Édito

# --- start screen
start-lead = A library is a folder of texts on your own machine: Édito sorts, searches and opens them, and never sends them anywhere. Each article stays a Markdown file that any other tool can read.
start-sample = Explore the sample library
start-sample-means = Two dozen articles in French, English and Arabic, to read and rewrite at no risk.
start-new = New library
start-new-means = A title, a language, an empty folder: enough to begin.
start-folder = Open a folder
start-folder-means = An Obsidian vault, a Hugo or Zola site, a plain folder of texts: it opens as it is.
start-recent = Recent libraries
start-missing = { $path } (out of reach for now)
start-forget = Forget “{ $title }” (the folder stays where it is)
start-choose-library = Choose the library’s folder
start-choose-empty = Choose an empty folder for the new library
start-new-folder = Folder (new or empty)
start-no-folder = No folder chosen
start-choose = Choose…
start-create = Create the library

# --- rail
rail-label = Library
rail-menu = Menu
rail-close = Close the sidebar
rail-resize = Width of the sidebar
rail-entry = { $name }, { $count ->
        [0] no article
        [one] { $count } article
       *[other] { $count } articles
    }
rail-sections = Sections
rail-searches = Saved searches
rail-author = Authors
rail-tag = Tags
rail-lang = Languages
rail-acts = Actions on “{ $name }”
rail-more = { $count } more
rail-fewer = Fewer
rail-indexing = Reading: { $done } of { $total }
rail-indexing-unknown = Reading: { $done }
rail-progress = Updating the index
rail-offline = offline
rail-vanished = folder missing
rail-read-only = read-only
rail-unsaved = { $count } unsaved

# --- list
list-label = List of articles
list-resize = Width of the list
list-all = All articles
list-unread = To read
list-inbox = Inbox
list-later = Later
list-archive = Archive
list-starred = Starred
list-recent = Recently opened
list-drafts = Drafts
list-trash = Trash
list-conflicts = Conflict copies
list-unread-mark = unread
list-total = { $count ->
        [0] no article
        [one] { $count } article
       *[other] { $count } articles
    }
list-coming = Loading
list-sort = Sort by
list-sort-by = Sorted by: { $sort }
list-direction = Direction
list-filter = Filter
list-filters = Active filters
list-remove-filter = Remove the filter { $filter }
list-clear-filters = Remove all filters
list-picked = { $count } articles selected
list-clear-picked = Clear the selection
list-article-menu = Actions on the article
list-vanished = The library’s folder is out of reach: everything is read-only until it returns.
list-indexing = First reading of the folder…
list-indexing-hint = Articles appear here as soon as they are read.
list-empty = This library is still empty.
list-empty-hint = Write a first article, or drop Markdown files into the folder: they will appear here.
list-empty-all = Nothing matches.
list-empty-all-hint = Remove a filter or choose another section.
list-empty-unread = Everything is read.
list-empty-unread-hint = New articles will arrive here. The U key marks an article as unread again.
list-empty-inbox = The inbox is empty.
list-empty-inbox-hint = What has just arrived waits here to be sorted: E archives, L keeps it for later, B keeps it in the library. The I key puts the selected article back here.
list-empty-later = Nothing is kept for later.
list-empty-later-hint = The L key puts the selected article here, in the list as well as while reading.
list-empty-archive = The archive is empty.
list-empty-archive-hint = The E key archives the selected article and goes on to the next; Z undoes it.
list-empty-starred = No stars.
list-empty-starred-hint = The S key stars the selected article: you will find it here.
list-empty-recent = Nothing opened recently.
list-empty-recent-hint = The articles you open are listed here, the latest first.
list-empty-drafts = No drafts.
list-empty-drafts-hint = An article whose status is “draft” appears here; Ctrl+N starts one.
filter-section = Section
filter-status = Status
filter-tag = Tag
filter-lang = Language
filter-author = Author
sort-date = Date
sort-updated = Updated
sort-title = Title
sort-author = Author
sort-section = Section
sort-words = Length
direction-time-descending = Newest first
direction-time-ascending = Oldest first
direction-text-descending = Z to A
direction-text-ascending = A to Z
direction-number-descending = Longest first
direction-number-ascending = Shortest first
status-draft = Draft
status-published = Published
status-review = In review
status-ready = Ready
status-none = No status
lang-none = Not given

# --- search
search-title = Search
search-field = Search the texts
search-placeholder = Search
search-leave = Leave the search
search-results = Results
search-found = { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
search-time = { $time } ms
search-help = Narrow with title: author: section: tag: status: lang: before: after: in: is: has: "exact words" -without
search-none = No article for “{ $text }”.
search-none-hint = Try one word fewer, or only the beginning of a word. Accents, capitals and apostrophes do not matter.
search-teach-title = Search as you speak.
search-teach = The first letters are enough; accents, capitals and apostrophes do not matter.
search-example-words = water dyke
search-example-words-means = both words, anywhere
search-example-phrase = "reading room"
search-example-phrase-means = these words, in this order
search-example-without = budget -tax
search-example-without-means = the first without the second
search-example-title = title:ferry
search-example-title-means = in the title
search-example-author = author:calder
search-example-author-means = by this author
search-example-section = section:analyses
search-example-section-means = in this section
search-example-tag = tag:coast
search-example-tag-means = with this tag
search-example-status = status:draft
search-example-status-means = with this status
search-example-lang = lang:fr
search-example-lang-means = in this language
search-example-dates = after:2026-01
search-example-dates-means = since this date (before: for earlier)
search-example-recent = after:7d
search-example-recent-means = of the last seven days (w, m, y: weeks, months, years)
search-example-place = in:later
search-example-place-means = where it lies: inbox, later, library, archive
search-example-state = is:unread
search-example-state-means = unread, read, starred or draft
search-example-highlight = has:highlight
search-example-highlight-means = with a passage you highlighted

# --- replacing across the library
command-replace-across = Replace in the library
replace-title = Replace in the library
replace-exact-typography = Match apostrophes, spaces and hyphens
replace-among = Look in
replace-among-library = the whole library
replace-among-section = a section
replace-among-shown = the list shown
replace-among-chosen = the chosen articles
replace-origin = Origin
replace-origin-any = all articles
replace-origin-own = those written here
replace-origin-elsewhere = those from elsewhere
replace-front-matter = Titles and other fields too
replace-hint = Every change is shown before it is made. In an expression, $1 is the first group and $& all that was found. The text before is kept among the versions of each article.
replace-looking =
    { $looked } of { $total } articles read: { $places ->
        [0] nothing yet
        [one] { $places } place
       *[other] { $places } places
    }
replace-none =
    { $looked ->
        [0] No article to read.
        [one] Nothing in this article.
       *[other] Nothing in these { $looked } articles.
    }
replace-found =
    { $places ->
        [one] { $places } place
       *[other] { $places } places
    } in { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }
replace-more = There are more: only those that are shown, { $shown }, will be replaced. Look again afterwards for the others.
replace-unreadable =
    { $count ->
        [one] { $count } file could not be looked through.
       *[other] { $count } files could not be looked through.
    }
replace-of-article =
    { $count ->
        [one] { $count } place
       *[other] { $count } places
    }
replace-line = l. { $line }
replace-in-front-matter = field
replace-no-prose = code or address
replace-read-only = This file can’t be changed.
replace-unsound =
    { $count ->
        [one] { $count } place in the fields is left: they could not be read any more.
       *[other] { $count } places in the fields are left: they could not be read any more.
    }
replace-show-rest =
    { $count ->
        [one] Show { $count } more place
       *[other] Show { $count } more places
    }
replace-show-articles =
    { $count ->
        [one] Show { $count } more article
       *[other] Show { $count } more articles
    }
replace-stop = Stop looking
replace-act =
    { $count ->
        [0] Replace
        [one] Replace { $count } place
       *[other] Replace { $count } places
    }
replace-working = { $done } of { $total } articles
replace-done =
    { $places ->
        [0] Nothing is replaced.
        [one] { $places } place replaced
       *[other] { $places } places replaced
    }{ $articles ->
        [0] { "" }
        [one] { " " }in { $articles } article
       *[other] { " " }in { $articles } articles
    }
replace-cancelled = Stopped before the end: what is replaced stays so, and can be undone.
replace-skipped =
    { $count ->
        [one] { $count } article left as it was
       *[other] { $count } articles left as they were
    }
replace-skipped-changed = changed since it was shown
replace-skipped-tooBig = too many places, or an expression that takes too long
replace-skipped-busy = being written, and not saved yet
replace-back =
    { $articles ->
        [one] { $articles } article has its text back.
       *[other] { $articles } articles have their text back.
    }
replace-back-some =
    { $articles ->
        [0] No article has its text back
        [one] { $articles } article has its text back
       *[other] { $articles } articles have their text back
    }; { $left ->
        [one] { $left } was changed since, and stays.
       *[other] { $left } were changed since, and stay.
    }

# --- templates
command-save-template = Save as template
command-templates = Templates
field-template = Template
template-blank = Blank page
template-fitting = For this section
template-others = Others
template-preview = Preview of the template
template-name = Name of the template
template-whose = Keep it
template-origin-desk = with the library, for the desk
template-origin-own = for me, in all my libraries
template-origin-shipped = shipped with Édito
template-for-section = For the section “{ $section }” only
template-save = Save
template-save-hint = Title, standfirst, dates and status are no part of it. What you write between double braces, {"{{"}like this{"}}"}, is to be filled in: Tab leads from one to the next.
template-saved = Template “{ $name }” saved.
template-removed = Template “{ $name }” removed.
template-rename = Rename
template-remove = Remove
template-rename-named = Rename “{ $name }”
template-remove-named = Remove “{ $name }”
templates-hint = Ctrl+N offers them by section. In edito.toml, “template” names one for a section.
templates-none = None so far.

# --- saved searches
search-name = Name
search-question = Search for
search-save = Save
search-dialog-hint = Its results are always those of the moment. You will find it in the sidebar.
search-saved = “{ $name }” is saved in the sidebar.
search-changed = “{ $name }” is changed.
search-removed = “{ $name }” is removed; its articles stay.
search-edited = The search “{ $name }” was edited.
search-update = Update it
search-revert = Go back
search-menu-edit = Edit…
search-menu-up = Move up
search-menu-down = Move down
search-menu-remove = Remove
search-as-inbox = in:inbox
search-as-later = in:later
search-as-archive = in:archive
search-as-unread = is:unread
search-as-starred = is:starred
search-as-drafts = is:draft
search-as-section = section:
search-as-status = status:
search-as-tag = tag:
search-as-author = author:
search-as-lang = lang:

# --- keys
key-Shift = Shift
key-Enter = Enter
key-Delete = Del
key-PageUp = PgUp
key-PageDown = PgDn
key-Home = Home
key-End = End
key-Space = Space
key-Escape = Esc
key-Backspace = Backspace
key-Tab = Tab

# --- palette
palette-field = Find a command
palette-found = Results
palette-none = No command of that name.
quick-field = Find an article by its title
quick-none = No title matches.

# --- sheet
sheet-label = Article
sheet-bar = Article
sheet-read = Read
sheet-write = Write
sheet-versions = Versions
sheet-star = Star
sheet-archive = Archive
sheet-archived = Archived
sheet-unarchive = Back to the library
sheet-aloud = Read aloud
sheet-text-settings = Text: size, width, line spacing
sheet-more = More actions
sheet-close = Close the article
sheet-show-list = Show the list
sheet-unsaved = Not saved yet
sheet-empty = Choose an article.
sheet-hint-move = move through the list
sheet-hint-open = open the article

# --- dialogs
field-title = Title
field-standfirst = Standfirst
field-teaser = Teaser
field-authors = Authors, separated by commas
field-section = Section
field-status = Status
field-date = Date
field-lang = Language
field-tags = Tags, separated by commas
field-file = File name
section-none = No section
section-other = Other…
section-new = Path of the section
article-create = Create the article
article-untitled = Untitled
rename-hint = Only the file gets another name: the title of the article stays.
rename-act = Rename
rename-done = File renamed: { $path }
move-title = { $count ->
        [one] Move the article to another section
       *[other] Move { $count } articles to another section
    }
move-act = Move
move-done = { $count ->
        [one] Article moved to “{ $section }”.
       *[other] { $count } articles moved to “{ $section }”.
    }
details-save = Save
details-done = { $count ->
        [one] One field was changed.
       *[other] { $count } fields were changed.
    }
details-counts = { $words } words · { $signs } characters, { $without } without spaces
details-read-only = This file is read-only.
next-unread-none = Everything in this list is read.
place-done-archive = { $count ->
        [one] “{ $title }” is in the archive.
       *[other] { $count } articles are in the archive.
    }
place-done-later = { $count ->
        [one] “{ $title }” is kept for later.
       *[other] { $count } articles are kept for later.
    }
place-done-inbox = { $count ->
        [one] “{ $title }” is in the inbox.
       *[other] { $count } articles are in the inbox.
    }
place-done-library = { $count ->
        [one] “{ $title }” is kept in the library.
       *[other] { $count } articles are kept in the library.
    }
tags-title = { $count ->
        [one] Tags of “{ $title }”
       *[other] Tags of { $count } articles
    }
tags-field = Add a tag
tags-list = Tags
tags-choices = Known tags
tags-new = Create “{ $tag }”
tags-of-file = (in the file)
tags-part = { $on } of { $of }
tags-take = Remove “{ $tag }”
tags-give-all = Give “{ $tag }” to all
tags-given = Tag “{ $tag }” added.
tags-taken = Tag “{ $tag }” removed.
tags-kept = The tag “{ $tag }” is in the file too: it stays.
tags-filed-hint = Written in the file: change it in the article’s details.
tag-rename = Rename everywhere…
tag-rename-title = Rename “{ $tag }” everywhere
tag-rename-field = New name
tag-rename-hint = { $count ->
        [0] No article has this tag any more.
        [one] One article has this tag. If it is written in its file, only the front matter is rewritten.
       *[other] { $count } articles have this tag. Where it is written in the file, only the front matter is rewritten.
    }
tag-rename-merge = { $count ->
        [one] “{ $to }” exists already ({ $count } article): the two become one, and that cannot be undone.
       *[other] “{ $to }” exists already ({ $count } articles): the two become one, and that cannot be undone.
    }
tag-rename-report = { $renamed ->
        [0] No article has taken the name “{ $to }”.
        [one] One article now has “{ $to }”.
       *[other] { $renamed } articles now have “{ $to }”.
    } { $count ->
        [one] One file kept the former name:
       *[other] { $count } files kept the former name:
    }
tag-rename-report-hint = “{ $tag }” stays in these files. Remove what stands in the way and rename again: what is done stays done.
tag-renamed = { $count ->
        [one] “{ $from }” is now “{ $to }” in one article.
       *[other] “{ $from }” is now “{ $to }” in { $count } articles.
    }
trash-done = { $count ->
        [one] “{ $title }” is in the trash.
       *[other] { $count } articles are in the trash.
    }
trash-restored = “{ $title }” is back.
trash-restore = Restore
trash-restore-named = Restore “{ $title }”
trash-delete = Delete permanently
trash-delete-named = Delete “{ $title }” permanently
trash-delete-all = Empty the trash
trash-delete-title = { $count ->
        [one] Delete “{ $title }” permanently?
       *[other] Delete { $count } articles permanently?
    }
trash-delete-text = The file will be erased from the disk. This cannot be undone.
trash-since = In the trash since { $time }
trash-empty = The trash is empty.
trash-empty-hint = What you put here can be brought back for as long as you do not delete it yourself.
conflicts-hint = A sync program kept these copies because the article had been changed on both sides. Compare, and keep what you need; nothing is deleted here.
conflicts-original = Article
conflicts-copy = Copy
conflicts-facts = { $words ->
        [one] { $shown } word, changed on { $time }
       *[other] { $shown } words, changed on { $time }
    }
conflicts-compare = Compare
conflicts-compare-named = Compare “{ $title }” with its copy
conflicts-open-original = Open the article
conflicts-open-original-named = Open the article “{ $title }”
conflicts-open-copy = Open the copy
conflicts-open-copy-named = Open the copy of “{ $title }”
conflicts-empty = No conflict copies.
conflicts-empty-hint = When a sync program keeps two states of an article, you will find them here.
quit-title = { $count ->
        [0] Not everything could be saved
        [one] One text could not be saved
       *[other] { $count } texts could not be saved
    }
quit-title-waiting = { $count ->
        [one] One text waits for your decision
       *[other] { $count } texts wait for your decision
    }
quit-text = { $count ->
        [one] This text has words that are not in its file:
       *[other] These texts have words that are not in their files:
    }
quit-why-conflict = Another program changed the same words. Nothing is overwritten until you have chosen.
quit-why-gone = Its file was deleted by another program.
quit-why-waiting = It was still being saved.
quit-text-version = Its words are kept among its versions.
quit-text-lost = No copy of its words could be kept.
quit-go = Go to it
quit-go-to = Go to “{ $title }”
quit-kept = { $count ->
        [one] A recovery copy is kept on this machine: it will be offered at the next start.
       *[other] { $count } recovery copies are kept on this machine: they will be offered at the next start.
    }
quit-lost = { $count ->
        [one] Neither disk takes a copy of one text: whoever quits now loses its unsaved words.
       *[other] Neither disk takes a copy of { $count } texts: whoever quits now loses their unsaved words.
    }
quit-anyway = { $count ->
        [one] Quit and keep the copy
       *[other] Quit and keep the copies
    }
quit-anyway-lost = Quit and lose words
leave-kept = { $count ->
        [one] A recovery copy is kept on this machine: it will be offered when this library is opened again.
       *[other] { $count } recovery copies are kept on this machine: they will be offered when this library is opened again.
    }
leave-lost = { $count ->
        [one] Neither disk takes a copy of one text: whoever leaves the library now loses its unsaved words.
       *[other] Neither disk takes a copy of { $count } texts: whoever leaves the library now loses their unsaved words.
    }
leave-anyway = { $count ->
        [one] Leave and keep the copy
       *[other] Leave and keep the copies
    }
leave-anyway-lost = Leave and lose words
quit-retry = Try again
quit-wait = Stay

# --- settings
settings-interface = Interface
settings-language = Language
settings-language-system = Same as system
settings-language-fr = Français
settings-language-en = English
settings-theme = Theme
settings-theme-system = Same as system
settings-theme-paper = Paper
settings-theme-sepia = Sepia
settings-theme-night = Night
settings-theme-contrast = Contrast
settings-text = Text
settings-textSize = Size
settings-textSize-value = { $value } pixels
settings-measure = Line width
settings-measure-value = { $value } characters
settings-leading = Line spacing
settings-leading-value = { $value }
settings-justified = Justify the text
settings-face = Typeface
settings-face-literata = Literata
settings-face-inter = Inter
settings-face-system = The system’s serif
settings-hyphens = Divide words
settings-paragraphAlone = One paragraph at a time
settings-ruler = Reading ruler
settings-specimen = The quick brown fox has jumped over many a lazy dog: the sentence has served before, and serves again to judge a line by its grey and its whites.
settings-writing = Reading and writing
settings-outline = Show the outline beside the text
settings-reset-text = Reset text settings
about-lead = Read, write and edit articles, with no network.
about-version = Version
about-logs = Logs
about-licence = Licence
about-fonts = Typefaces
about-private = Édito sends nothing: your texts, searches and reading stay on this machine.
keyboard-in-list = in the list
keyboard-in-reading = while reading
keyboard-in-writing = while writing
keyboard-lists = In lists
keyboard-arrows = Move
keyboard-arrows-keys = ↑ ↓
keyboard-ends = Start, end, page
keyboard-ends-keys = Home · End · PgUp · PgDn
keyboard-extend = Extend the selection
keyboard-extend-keys = Shift+↑ ↓
keyboard-pick = Add an article to the selection
keyboard-pick-keys = Space · Ctrl+click
keyboard-all = Select all
keyboard-all-keys = Ctrl+A
keyboard-menu = Menu of the article
keyboard-menu-keys = Shift+F10

## collections
collections = Collections
collections-none = None yet
filter-collection = Collection
sort-hand = By hand
collection-rename = Rename…
collection-rename-title = Rename “{ $name }”
collection-up = Move up
collection-down = Move down
collection-remove = Remove the collection
collection-make = Create
collection-removed = The collection “{ $name }” is removed. Its articles stay in the library.
collection-empty = This collection is empty.
collection-empty-hint = Choose an article, or several, and press { $key }: they stand here in the order you give them.
collection-put-done = { $count ->
    [one] “{ $title }” is in “{ $name }”.
   *[other] { $count } articles are in “{ $name }”.
}
collection-put-already = { $count ->
    [one] The article is in “{ $name }” already.
   *[other] These articles are in “{ $name }” already.
}
collection-take-done = { $count ->
    [one] “{ $title }” is no longer in “{ $name }”.
   *[other] { $count } articles are no longer in “{ $name }”.
}
collection-not-in = This article is not in “{ $name }”.
collection-moved = { $count ->
    [one] “{ $title }”: { $at } of { $of }
   *[other] { $count } articles, from { $at } of { $of } on
}
collection-is-first = First already
collection-is-last = Last already
collect-title = { $count ->
    [one] Put “{ $title }” into a collection
   *[other] Put { $count } articles into a collection
}
collect-field = Find or create a collection
collect-name = Name of the collection
collect-new = New collection “{ $name }”
collect-in = (in it)
collect-some-in = ({ $on } of { $of } in it)
collect-put = Put into “{ $name }”.
collect-taken = Taken out of “{ $name }”.
collect-none = No collection has that name.
collect-none-hint = No collection yet: type a name, then Enter, to create the first.
command-collection-put = Put into a collection…
command-collection-put-again = Put into the collection used last
command-collection-take-out = Take out of the collection
command-collection-article-up = Move the article up in the collection
command-collection-article-down = Move the article down in the collection
command-go-collection = Go to a collection
command-collection-new = New collection
command-collection-rename = Rename the collection shown
command-collection-up = Move the collection shown up
command-collection-down = Move the collection shown down
command-collection-remove = Remove the collection shown
keyboard-collections = On a collection in the sidebar
keyboard-collection-move = Move up, down
keyboard-collection-move-keys = Alt+↑ ↓
keyboard-collection-rename = Rename
keyboard-collection-rename-keys = F2
keyboard-collection-remove = Remove
keyboard-collection-remove-keys = Del

## reader
reader-reading = Reading
reader-text = Text of the article
reader-crumbs = Breadcrumb
reader-home = Home
reader-minutes = { $minutes } min
reader-signs =
    { $signs ->
        [one] { $shown } character
       *[other] { $shown } characters
    }
reader-source = Source:
reader-also-in =
    { $language ->
        [fr] In French:
        [en] In English:
        [ar] In Arabic:
       *[other] In another language:
    }
reader-percent = { $percent }%
reader-minutes-left = { $minutes } min left
reader-just-read = Read to the end
reader-keep-unread = Keep as unread
reader-gone = The file of this article was deleted. The text stays here until you leave the article; its versions are kept.
reader-try-again = Try again
reader-outline = Outline
reader-table = Table
reader-code = Code
reader-notes = Notes
reader-note = Note { $label }
reader-task-done = Done
reader-task-open = To do
reader-zoom = Enlarge the image: { $alt }
reader-image = Image
reader-image-actual-size = Show at actual size
reader-close = Close
reader-cancel = Cancel
reader-found =
    { $current ->
        [0] { $count ->
            [one] { $count } match
           *[other] { $count } matches
        }
       *[other] { $current } of { $count }
    }
reader-next-word = Next match
reader-previous-word = Previous match
reader-text-settings = Text settings
reader-text-size = Size
reader-text-size-value = { $size } pixels
reader-measure = Width
reader-measure-value = { $characters } characters per line
reader-leading = Line spacing
reader-reset-text = Reset
aloud-bar = Reading aloud
aloud-play = Resume
aloud-pause = Pause
aloud-next = Next sentence
aloud-previous = Previous sentence
aloud-stop = Stop reading aloud
aloud-begins = One moment…
aloud-sentence = Sentence { $number } of { $count }
aloud-back = Back to the sentence
aloud-rate = Speed
aloud-times = { $rate }×
aloud-faster = Faster
aloud-slower = Slower
aloud-voices = Voices
aloud-voices-hint = Each language has a voice of its own. They are the voices of your system; nothing leaves this computer.
aloud-system-voice = The system’s choice
aloud-no-voice = None is installed
aloud-missing = No voice for { $language } is installed on this computer.
aloud-missing-other = Read it with the default voice
aloud-missing-skip = Skip these passages
aloud-noService = Nothing on this computer can read aloud.
aloud-noService-hint = Edito reads with the voices of your system, and finds none.
aloud-noVoice = No voice is installed for the languages of this text.
aloud-noVoice-hint = The speech of your system answers, but has no voice that could read it.
aloud-packages = On Debian and Ubuntu, these packages bring voices:
aloud-silent = The system takes the sentence, but does not speak it.
aloud-silent-hint = Check the sound output of this computer, then try again.
aloud-failed = The system’s speech does not answer.
aloud-failed-hint = Try again in a moment. If it stays so, end the program speech-dispatcher, or restart your session.
aloud-failed-hint-elsewhere = Try again in a moment. If it stays so, restart your session.
command-aloud = Read aloud, or pause
command-aloud-here = Read aloud from here
command-aloud-next = Next sentence
command-aloud-previous = Previous sentence
command-aloud-next-paragraph = Read the next paragraph
command-aloud-previous-paragraph = Read the previous paragraph
command-aloud-faster = Speak faster
command-aloud-slower = Speak slower
command-aloud-voices = Voices for reading aloud
command-aloud-stop = Stop reading aloud
reader-link-leave = Open this link in the browser?
reader-link-mail = Write to this address?
reader-link-ascii = Name sent to the network:
reader-link-address = Full address
reader-link-open = Open the link
reader-link-write = Write
reader-link-user-info = The address holds a user name, often put there to look like another site. Only the name above counts.
reader-link-punycode = The site’s name has international characters. Check that it is the site you expect.
reader-link-mixed-scripts = The site’s name mixes several alphabets, a common way to imitate another one.
reader-link-confusable = The site’s name is written with letters of another alphabet that look like Latin ones.
reader-link-bidi = The address holds invisible characters that reverse the direction of reading.
reader-link-invisible = The address holds invisible characters.
reader-link-ip-address = The site is named only by a numeric address.
reader-link-port = The address names an unusual port.
reader-link-insecure = The connection would not be encrypted (http).
reader-link-text-differs = The text of the link shows another address than the one that would be opened.
reader-missing = This article does not exist yet
reader-missing-offer = No article of the library is called “{ $title }”. Do you want to create it?
reader-missing-read-only = No article of the library is called “{ $title }”, and the library is read-only.
reader-missing-create = Create the article
command-reader-outline = Show or hide the outline
command-reader-text-settings = Text settings
command-reader-paragraph-alone = Show one paragraph at a time, or the whole text
command-reader-ruler = Show or put away the reading ruler
command-reader-larger = Larger text
command-reader-smaller = Smaller text
command-reader-reset-size = Reset text size
command-reader-next-heading = Next heading
command-reader-previous-heading = Previous heading
command-reader-next-word = Next match
command-reader-previous-word = Previous match
command-reader-forget-words = Stop highlighting the searched words
command-reader-reload = Reload the article
command-reader-print = Print the article

## import

error-inboxInside = This folder and the library lie within each other.
error-inboxInside-hint = Choose a folder elsewhere, for instance among your downloads.
command-import-files = Bring in files…
command-import-folder = Bring in a folder…
command-import-cancel = Stop bringing in
command-import-receipt = Receipt of the last import
import-choose-files = Files to bring in
import-choose-folder = Folder to bring in
import-progress = Progress of the import
import-looking = Bringing in: looking for files…
import-going = Bringing in: { $pieces ->
        [one] { $pieces } piece
       *[other] { $pieces } pieces
    }
import-going-files = Bringing in: file { $file } of { $files }, { $pieces ->
        [one] { $pieces } piece
       *[other] { $pieces } pieces
    }
import-stop = Stop
import-drop = Drop to bring in
import-drop-count = { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
import-drop-means = Saved pages, letters, reading lists, notes and books become articles in the Inbox. Your files are neither moved nor changed.
import-drop-refused = Nothing can be brought in here
import-drop-refused-means = Open a library that can be written first.
import-clipboard = Clipboard
import-paste-nothing = There is nothing on the clipboard to bring in.
import-done = { $imported ->
        [0] Nothing new
        [one] { $imported } article brought in
       *[other] { $imported } articles brought in
    }
import-done-inbox = Inbox folder: { $imported ->
        [0] nothing new
        [one] { $imported } article brought in
       *[other] { $imported } articles brought in
    }
import-cancelled = Stopped. { $imported ->
        [0] Nothing had come in yet.
        [one] { $imported } article is kept.
       *[other] { $imported } articles are kept.
    }
import-cancelled-hint = Bring in the same files again to go on: nothing comes twice.
import-ended-early = Bringing in ended early, after { $imported ->
        [one] { $imported } article
       *[other] { $imported } articles
    }.
import-merged = { $count } added to
import-skipped = { $count } there already
import-failed = { $count } failed
import-show-receipt = Receipt
import-read = Read it
receipts-title = Receipt
receipts-of = Receipt of the import, { $at }
receipts-none = Nothing has been brought in since Edito was opened.
receipts-sources = Sources
receipts-imported = { $count } imported
receipts-merged = { $count } merged
receipts-skipped = { $count } skipped
receipts-pieces-failed = { $count } failed
receipts-cancelled = The import was stopped before its end.
receipts-kept = Kept
receipts-changed = Changed
receipts-left-out = Left out
receipts-failed = Failed
receipts-nothing-said = Nothing to report.
receipts-times = × { $count }
receipts-more = { $count ->
        [one] { $count } more source is in the export.
       *[other] { $count } more sources are in the export.
    }
receipts-only-problems = Only what did not come in whole
receipts-export-markdown = Export as Markdown
receipts-export-json = Export as JSON
receipts-export-dialog = Save the receipt
receipts-exported = Receipt saved: { $path }
list-empty-bring-in = Bring in…
start-new-bring-in = What you wrote or kept elsewhere can be brought in afterwards: drop it on the window.
settings-inbox = Inbox folder
settings-inbox-none = None
settings-inbox-means = What appears in this folder is brought into the Inbox, and then moved into its subfolder “Imported”. What could not be brought in stays.
settings-inbox-choose = Choose…
settings-inbox-forget = Stop watching
settings-inbox-dialog = Inbox folder of this library
settings-bringing-in = Bringing in
# Citations
command-citations = Citations…
citations-title = Citations
command-writer-insert-citation = Insert a citation
citations-files = Files of references
citations-none = None. A .bib file, or a .json file of Zotero, at the root of the library is found by itself.
citations-count =
    { $count ->
        [one] { $shown } reference
       *[other] { $shown } references
    }
citations-forget = Stop reading
citations-forget-file = Stop reading { $file }
citations-torn = This file is being written, or is damaged: its last whole state is used.
citations-problems =
    { $count ->
        [one] { $shown } reference could not be read
       *[other] { $shown } references could not be read
    }
citations-problem = Line { $line }: { $words }.
citations-refused = Outside of the library: a file that edito.toml names is only read if it is in the library, or if you choose it here.
citations-choose = Choose a file…
citations-choose-title = File of references (BibTeX or CSL JSON)
citations-files-means = A file chosen here may lie anywhere, and is read on this computer alone: that which Better BibTeX keeps up to date for Zotero, for instance.
citations-style = Style
citations-style-default = By language: { $french } in French, { $other } elsewhere
citations-style-means = The style is written to edito.toml, and holds for all who share the library. A text may name another: “csl:” in its front matter.
citation-unknown = No reference for { $keys }
citation-problem-broken = the entry can’t be read
citation-problem-unclosed = the entry is not closed
citation-problem-double-key = another entry has this key already
citation-problem-no-key = the entry has no key
citation-problem-not-references = it is no list of references
citation-problem-unreadable = the file can’t be read

# --- receipts: one line a kind
receipt-already-there = already there
receipt-title = title
receipt-standfirst = standfirst
receipt-author = author
receipt-author-function = what the author does
receipt-section = section
receipt-date = date
receipt-address = address
receipt-text = text
receipt-image = image
receipt-footnotes = footnotes
receipt-cover = cover
receipt-front-matter = front matter
receipt-tag = tag
receipt-collection = collection
receipt-highlight = highlight
receipt-highlight-note = note on a highlight
receipt-highlight-kept = highlight still in its place
receipt-highlight-moved = highlight found elsewhere, or in other words
receipt-highlight-orphan = highlight that the new text no longer says, kept at the end of the article
receipt-mark-too-long = mark, note or list too long to be kept
receipt-note = note on the whole
receipt-starred = star
receipt-read = read or unread
receipt-progress = reading progress
receipt-saved-at = when it was saved
receipt-touched-at = when it was last touched
receipt-highlighted-at = when it was highlighted
receipt-published = publication date
receipt-encoding = encoding guessed: check the accents
receipt-structure = layout lost, words kept
receipt-text-from-metadata = text taken from the page’s metadata
receipt-no-text = no text: title and address only
receipt-items-too-many = list too long: its end is missing
receipt-outlines-too-many = too many subscriptions: the end is missing
receipt-markup = markup repaired
receipt-item-empty = empty item
receipt-guid-twice = item that is there twice
receipt-local-image = image left in its folder
receipt-front-matter-field = field of the front matter not taken over
receipt-embedded-media = video or sound turned into a link
receipt-relative-link = link without a full address
receipt-definition-list = definition list turned into paragraphs
receipt-image-without-address = image without an address
receipt-table-flattened = table turned into paragraphs
receipt-table-spans = merged cells taken apart
receipt-table-blocks = cells reduced to one line
receipt-remote-image = image left on the web
receipt-text-never-fetched = text that the service never fetched
receipt-note-place = note attached to the whole article
receipt-date-order = day and month guessed
receipt-colour = colour replaced by the nearest
receipt-state = state unknown here
receipt-row-quoting = quotes of the row repaired
receipt-row-short = row cut short
receipt-too-long-to-render = very long text: shown as plain text
receipt-id = identity replaced
receipt-embedded-note = embedded note turned into a link
receipt-missing-image = image that could not be found
receipt-content-elsewhere = content left at another address
receipt-content-unknown = content of an unknown kind
receipt-image-kind = image of a kind that is not shown
receipt-superscript = superscript set on the line
receipt-subscript = subscript set on the line
receipt-teaser = pointer to another article
receipt-newsletter-box = newsletter box
receipt-advertisement = advertisement
receipt-share-bar = share buttons
receipt-cookie-notice = cookie notice
receipt-comments = readers’ comments
receipt-feed-item = feed item that nobody kept
receipt-feed = feed: to be followed, not imported
receipt-subscriptions = list of feeds: to be followed, not imported
receipt-format = format that Edito does not read
receipt-inner-archive = archive within an archive
receipt-attachment = attachment
receipt-tracking-pixel = tracking pixel
receipt-view-in-browser = “view in browser” link
receipt-unsubscribe-footer = unsubscribe footer
receipt-drawing = drawing of the page
receipt-refused-link = dangerous link
receipt-image-too-large = image too large
receipt-active-drawing = drawing that holds a program
receipt-folder-description = description of a folder
receipt-media = sound or video
receipt-unknown-member = unknown file in the archive
receipt-upload = file uploaded to the service
receipt-annotation-body = part of an annotation
receipt-highlight-without-words = highlight without words
receipt-selector = selector of an annotation
receipt-picture = picture of the list
receipt-address-scheme = address of a refused kind
receipt-field = unknown field
receipt-smart-list = smart list
receipt-column = unknown column
receipt-browser-query = saved search of the browser
receipt-keyword = shortcut of a bookmark
receipt-amazon-id = Amazon identifier
receipt-highlight-location = location in the book
receipt-highlight-not-in-export = highlights missing from the export
receipt-row-extra = extra column
receipt-script = script
receipt-remote-part = part left on the web
receipt-inclusion = list included by its address
receipt-in-trash = in the trash already
receipt-not-reached = not read to its end: the import was interrupted
receipt-crashed = reading fell over it
receipt-too-slow = reading took too long and was given up
receipt-unreadable = can’t be opened, or is gone
receipt-too-large = too large
receipt-too-deep = folder within too many others: not looked through
receipt-damaged = damaged
receipt-empty = empty
receipt-encrypted = encrypted
receipt-archive-outside = name that leads out of the archive
receipt-archive-not-a-file = link or device in the archive
receipt-archive-through-link = path through a link
receipt-archive-duplicate = name that is in the archive twice
receipt-archive-encrypted = encrypted file in the archive
receipt-archive-mismatched = archive that contradicts itself
receipt-archive-damaged = damaged archive
receipt-archive-too-many = too many files in the archive
receipt-archive-missing = file missing from the archive
receipt-archive-too-large = contents of the archive too large
receipt-archive-unpackable = unknown compression
receipt-archive-unreadable = unreadable archive
receipt-cut = file cut before its end
receipt-item = unreadable item
receipt-row = unreadable row
receipt-name = refused file name
receipt-disk-full = disk full
receipt-read-only = library that can’t be written
receipt-changed = changed by another program meanwhile
receipt-library = refused by the library

## The redline: what changed between two texts

redline-changes =
    { $count ->
        [0] No word changed
        [one] 1 change
       *[other] { $count } changes
    }
redline-inserted =
    { $count ->
        [one] + 1 word
       *[other] + { $count } words
    }
redline-deleted =
    { $count ->
        [one] − 1 word
       *[other] − { $count } words
    }
redline-moves =
    { $count ->
        [one] 1 passage moved
       *[other] { $count } passages moved
    }
redline-typography = Typography ({ $count })
redline-only-typography = Only the typography differs.
redline-unchanged =
    { $count ->
        [one] 1 unchanged paragraph
       *[other] { $count } unchanged paragraphs
    }
redline-steps = Changes
redline-where = { $number } of { $count }
redline-previous = Previous change
redline-next = Next change
redline-restore = Restore the former wording
redline-restore-paragraph = Restore this paragraph
redline-other-end = Show its other place
redline-moved-from = Moved: it stood here
redline-moved-to = Moved: it stands here now
redline-structure = Only the structure differs: heading, link, list, emphasis
redline-restored = The former wording is back.

## goals
command-goals = Goals: what was written, day by day
goals-title = Goals
goals-today = Today
goals-session = This session
goals-streak = In a row
goals-streak-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
goals-count =
    { $unit ->
        [signs] { $count } signs
       *[words] { $count } words
    }
goals-unit =
    { $unit ->
        [signs] signs, spaces included
       *[words] words
    }
goals-left =
    { $unit ->
        [signs] { $count } signs to go
       *[words] { $count } words to go
    }
goals-done = Goal reached
goals-daily = Every day
goals-daily-length = To write
goals-session-length = In a session
goals-counted = Unit of the daily goal
goals-pastes = Count what is pasted and dropped
goals-how = What counts is what you add yourself, less what you take out: no day is below zero, and cutting one piece takes nothing from another. More than 25 words pasted, cut, or merged from another program at one stroke are neither written nor lost.
goals-piece = This piece
goals-piece-length = Length
goals-piece-counted = Unit of the piece’s length
goals-due = Last day
goals-piece-done =
    { $unit ->
        [signs] { $length } signs: it is as long as it was to be.
       *[words] { $length } words: it is as long as it was to be.
    }
goals-piece-left =
    { $unit ->
        [signs] { $length } of { $goal } signs, { $left } to go.
       *[words] { $length } of { $goal } words, { $left } to go.
    }
goals-piece-a-day =
    { $unit ->
        [signs] That is { $count } signs a day until { $due }.
       *[words] That is { $count } words a day until { $due }.
    }
goals-piece-late = Its last day has passed.
goals-month = The last 30 days
goals-month-words =
    { $unit ->
        [signs] { $total } signs in the last 30 days, on { $days } of them
       *[words] { $total } words in the last 30 days, on { $days } of them
    }
goals-year = The last year
goals-year-words =
    { $unit ->
        [signs] { $total } signs in the last year, on { $days } days
       *[words] { $total } words in the last year, on { $days } days
    }
goals-day =
    { $unit ->
        [signs] { $day }: { $count } signs
       *[words] { $day }: { $count } words
    }
goals-table = The same as a table
goals-table-day = Day
goals-table-pieces = Pieces
goals-nothing = Nothing was written yet.
goals-gauge-day =
    { $unit ->
        [signs] Goals: { $count } / { $goal } signs today
       *[words] Goals: { $count } / { $goal } words today
    }
goals-gauge-session =
    { $unit ->
        [signs] Goals: { $count } / { $goal } signs in this session
       *[words] Goals: { $count } / { $goal } words in this session
    }
goals-gauge-piece =
    { $unit ->
        [signs] Goals: { $count } / { $goal } signs of this piece
       *[words] Goals: { $count } / { $goal } words of this piece
    }
goals-gauge-only =
    { $unit ->
        [signs] Goals: +{ $count } signs today
       *[words] Goals: +{ $count } words today
    }
goals-reached-day = Today’s goal is reached.
goals-reached-session = The session’s goal is reached.
goals-reached-piece = The piece is as long as it was to be.
settings-signature = Your name, for versions
settings-signature-placeholder = The desk’s only author, if there is one

## versions
original-title = Open the original page in the browser?
original-text = The browser will show the page as it came to Edito. It may load images and programs from the network: its site can then know that you are reading it.
original-which = Page kept on
original-taken = Page kept on { $time }
original-open = Open in the browser
versions-panel = Versions
versions-list = Versions, newest first
versions-none = No version yet
versions-none-hint = Édito keeps a version before your first changes, then regularly while you write. You can also name one.
versions-automatic = Automatic
versions-named = Named
versions-external = Another program
versions-before-external = Your text, before another program’s was taken over
versions-before-merge = Your text, before another program’s was merged into it
versions-day-today = Today
versions-day-yesterday = Yesterday
versions-only-typography = Typography only
versions-only-structure = Structure only: a heading, a link, a list
versions-no-change = No word changed
versions-rough = Counted roughly: the text is very long.
versions-search = Find by name
versions-only-named = Named only
versions-none-found = No version is called that.
versions-other = compared
versions-keys = ↑ ↓ to read, C to compare with the one before; Shift and ↑ ↓, then C, for any two; Delete deletes.
versions-folded =
    { $count ->
        [one] 1 more version
       *[other] { $count } more versions
    }
versions-name-this = Name this version
versions-rename = Rename
versions-rename-label = New name of this version
versions-unname = Take the name away
versions-capture = Captured page
versions-captured = Captured page: { $name }
versions-before-capture = Your text, before the page was captured again
versions-compare = Compare with
versions-compare-none = Nothing
versions-present = Present text
versions-comparison = Comparison of two texts
versions-compared = Words that differ
versions-same = The two texts are the same.
versions-before = Before a change
versions-before-reason = Before: { $reason }
versions-before-replace = Before a replacement in the library
versions-before-replace-undone = Before a replacement was undone
versions-before-joined = Before other articles were joined to it
versions-before-restore = Before going back to another version
versions-before-recovery = When a recovery copy was settled
versions-before-conflict-mine = Your text, in a conflict
versions-before-conflict-merge = Text that you put together, in a conflict
versions-before-conflict-theirs = Text in the file, in a conflict
versions-before-encoding = Before it was saved as UTF-8
versions-before-unsaved = Words that could not be saved
versions-before-conflict-copy = Before a conflict copy was used
versions-words =
    { $words ->
        [one] { $shown } word
       *[other] { $shown } words
    }
versions-delta =
    { $sign ->
        [more] +{ $shown }
        [less] −{ $shown }
       *[same] ±0
    }
versions-delta-words =
    { $sign ->
        [more] { $shown } more
        [less] { $shown } fewer
       *[same] as many words
    }
versions-device = kept on another computer ({ $device })
versions-name = Name the current version
versions-name-label = Name of the version
versions-name-placeholder = Sent for review
versions-name-keep = Keep
versions-restore = Restore this version
versions-text = Text of the version ({ $time })
versions-choose = Choose a version to read it.
versions-cancel = Cancel
versions-close = Close versions
versions-drop = Delete this version
versions-dropped = { $count ->
    [one] The version is deleted.
   *[other] { $count } versions are deleted.
}
versions-dropped-here = { $count ->
    [one] One deleted version is still here.
   *[other] { $count } deleted versions are still here.
}
versions-take-back = Take back
versions-clear-older = Kept more than
versions-clear-days-1 = a day ago
versions-clear-days-7 = a week ago
versions-clear-days-30 = a month ago
versions-clear-days-90 = three months ago
versions-clear-days-365 = a year ago
versions-clear-count = { $count ->
    [0] No automatic version is as old.
    [one] One automatic version will be deleted.
   *[other] { $count } automatic versions will be deleted.
}
versions-clear-stay = Those with a name stay, those of another program or a capture, and the newest. What is deleted can be taken back until space is freed.
versions-clear-act = Delete
versions-free-weighs = The history of the library takes { $size }.
versions-free-dropped = { $count ->
    [0] No deleted versions wait in it; it can be packed more tightly all the same.
    [one] One deleted version is still in it: it will be erased and can’t be taken back then.
   *[other] { $count } deleted versions are still in it: they will be erased and can’t be taken back then.
}
versions-free-means = All other versions stay, with their names. You can go on writing meanwhile.
versions-free-act = Free space
versions-freed = The history took { $before }; it takes { $after } now.
versions-restored = Version restored ({ $time }); the state before it was kept.
versions-undo = Undo
versions-kept = Version “{ $name }” kept.
versions-unsaved = Some words are not saved yet.
versions-unsaved-hint = Wait until the article is saved, then try again.
versions-just-now = just now
versions-minutes-ago =
    { $minutes ->
        [one] { $minutes } minute ago
       *[other] { $minutes } minutes ago
    }
versions-today = today at { $time }
versions-yesterday = yesterday at { $time }
command-versions-name = Name the current version
command-versions-clear = Delete old versions
command-versions-free = Free the space of the history

## split

split-piece = Article beside
split-resize = Move the border between the two sides
split-shown = Text of the article
split-preview = Preview
split-preview-text = What the text will look like
split-preview-close = Close the preview
split-piece-hint = Enter opens it to be read, { $keys } to be written.
command-split-preview = Preview beside the text
command-split-piece = Open an article beside…
command-split-other-side = Go to the other side
command-split-turn = Read or write the article beside
command-split-swap = Swap the sides
command-split-close = Close the split
command-open-beside = Open beside

## editor
editor-task = Task done
editor-image = Image
editor-language-none = no language
editor-image-describe = Edit the description and the caption
editor-image-missing = Image not found: { $image }
editor-image-undescribed = Not described yet
editor-table = Table, { $rows } rows, { $columns } columns
editor-table-cell = Row { $row }, column { $column } { $name }
editor-table-menu = Actions on the table
editor-table-over = This row has more cells than the table has columns; the reading view leaves this one out.
editor-insert-alert = Alert: { $kind }
editor-alert-note = Note
editor-alert-tip = Tip
editor-alert-important = Important
editor-alert-warning = Warning
editor-alert-caution = Caution
editor-selection-deleted = Selection deleted
editor-completions = Suggestions
editor-link = Link
editor-link-words = Words
editor-link-address = Address
editor-link-open = Open
editor-link-remove = Remove the link
editor-note = Note { $number }
editor-note-orphan = Note { $number } is not called any more.
editor-note-delete = Delete its text
find-panel = Find and replace
find-text = Find
find-replacement = Replace with
find-case = Match case
find-word = Whole words
find-accents = Match accents and apostrophes
find-regexp = Regular expression
find-previous = Previous match
find-next = Next match
find-close = Close find
find-replace-shown = Show replace
find-replace = Replace
find-replace-all = Replace all
find-none = No matches
find-count =
    { $count ->
        [one] { $count } match
       *[other] { $count } matches
    }
find-place = { $at } of { $total }
find-said = Match: { $words }, line { $line }
find-replaced-here = Replaced on line { $line }
find-replaced =
    { $count ->
        [one] { $count } match replaced
       *[other] { $count } matches replaced
    }
find-not-a-pattern = Incomplete or incorrect expression
find-too-slow = The search takes too long: simplify the expression

## head of the article
head-form = Head of the article
head-offers = What the head can still say
head-title-placeholder = Title
head-standfirst-placeholder = Standfirst
head-teaser-placeholder = What announces the piece elsewhere
head-authors = Authors
head-author = Author { $number }
head-author-name = Name of author { $number }
head-author-function = Function of author { $number }
head-author-placeholder = Name
head-function-placeholder = function
head-author-before = Put { $name } one place earlier
head-author-remove = Remove { $name }
head-author-add = Add an author
head-tags = Tags
head-tag-add = Add a tag
head-tag-placeholder = tag
head-tag-remove = Remove the tag { $tag }
head-date-placeholder = date
head-date-time = { $date }, { $time }
head-add-section = Add a section
head-add-standfirst = Add a standfirst
head-add-teaser = Add a teaser
head-add-authors = Add an author
head-add-date = Add a date
head-add-lang = Add a language
head-add-status = Add a status
head-add-tags = Add tags
head-as-text = As text
head-as-form = As a form
head-refused-value = This is not a value for this field.
head-refused-locked = This field is written in a way that only an edit of the text can change.
head-obstacle-syntax = The front matter is shown as text: it can’t be read near line { $line }.
head-obstacle-duplicateKey = The front matter is shown as text: on line { $line }, a field stands for the second time.
head-obstacle-alias = The front matter is shown as text: on line { $line }, a value refers to another one.
head-obstacle-tooBig = The front matter is shown as text: it is too long for a form.

## writer
writer-text-of = Text of “{ $title }”
writer-status = State of the text
writer-state-loading = Opening…
writer-state-saved = Saved
writer-state-saving = Saving…
writer-state-unsaved = Not saved yet
writer-state-problem = Needs attention
writer-state-read-only = Read-only
writer-words =
    { $count ->
        [one] { $shown } word
       *[other] { $shown } words
    }
writer-words-selected =
    { $count ->
        [one] { $shown } word selected
       *[other] { $shown } words selected
    }
writer-signs =
    { $count ->
        [one] { $shown } character
       *[other] { $shown } characters
    }
writer-signs-title = { $shown } characters without spaces
writer-slot-title = Title
writer-slot-standfirst = Standfirst
writer-slot-teaser = Teaser
writer-slot-body = Text
writer-slot-notes = Notes
writer-slot-letter = Letter
writer-slot-left =
    { $count ->
        [one] { $slot }: 1 sign left
       *[other] { $slot }: { $count } signs left
    }
writer-slot-over =
    { $count ->
        [one] { $slot }: 1 sign too long
       *[other] { $slot }: { $count } signs too long
    }
writer-minutes = { $minutes } min read
writer-position = { $line }:{ $column }
writer-merged = Another program changed this file elsewhere in the text; your changes and its own are now together.
writer-reloaded = The file changed on disk; the text has been updated.
writer-not-saved = The text is not saved.
writer-retry = Try again
writer-save-utf8 = Save as UTF-8
writer-gone = This article’s file was deleted.
writer-gone-hint = The text is still here. Saving it creates the file again.
writer-recreate = Create the file again
writer-conflict = Another program changed the same words.
writer-conflict-hint = Nothing is written until you choose. The text you set aside stays in the versions.
writer-conflict-over = The conflict ended before you chose.
writer-conflict-over-hint = The text that you were putting together is kept among the versions.
writer-composed-kept = The text that you were putting together is kept among the versions.
writer-compare = Compare
writer-comparison = Comparison of the two texts
writer-comparison-words = Choose one of the two texts, or make the one on the right out of both. What is set aside stays in the versions.
writer-comparison-typography = Typography as well
writer-mine = Your text
writer-theirs = Text in the file
writer-mine-over-theirs = Your text, compared with the file
writer-keep-mine = Keep my text
writer-take-theirs = Take the file’s text
writer-keep-text = Keep this combined text
writer-take-change = Take this passage
writer-keep-change = Keep mine
writer-later = Later
writer-copy = Text of the copy
writer-copy-words = A sync program kept a copy of this article. Take passages from it, or all of its text. What is set aside of the article stays in its versions; the file of the copy is not touched.
writer-mine-over-copy = Your text, compared with the copy
writer-take-copy = Take the copy’s text
writer-unchanged-lines = $ unchanged lines
writer-read-only = Read-only.
writer-read-only-file = This file is write-protected. Remove the protection, or duplicate the article to work on a copy.
writer-read-only-library = The library cannot be changed at the moment: its folder is write-protected or out of reach.
writer-read-only-encoding = The encoding of this file was not recognised. To change it, choose the one in which the words read well.
writer-encoding = Encoding
writer-use-encoding = Open with this encoding
writer-focus-off = The whole text is in focus.
writer-focus-paragraph = The current paragraph is in focus.
writer-focus-sentence = The current sentence is in focus.
writer-typewriter-on = The line of the caret stays at one height.
writer-typewriter-off = The line of the caret moves in the window.
writer-source-on = The text is shown as it is written, with all its signs.
writer-source-off = The text is shown as it will read.
writer-marks-on = What is not seen is shown: no-break spaces, ends of paragraphs.
writer-marks-off = What is not seen is not shown.
writer-typing-typography-on = Typography is set while you type.
writer-typing-typography-off = What you type stays as typed.
writer-mark-no-break = No-break space
writer-mark-thin = Thin no-break space
writer-mark-tab = Tab
writer-no-heading = The caret stands below no heading.
writer-pieces-made = { $count ->
    [one] “{ $title }” is an article of its own now.
   *[other] { $count } articles were made of the parts.
}
writer-pieces-stay = The words could not go back into the text; nothing went to the trash.
copy-word = copy
copy-title = { $title } (copy)
copy-title-again = { $title } (copy { $number })
merge-done = { $count } articles are one now: “{ $title }”.
merge-kept = “{ $title }” was edited since and keeps its text; the others are back.
writer-outline = Outline
writer-outline-empty = The headings of the text will appear here.
writer-outline-untitled = Heading without words
writer-outline-hint = { $up } and { $down } move a whole section.
writer-section-moved = “{ $title }”: { $at } of { $total }
writer-section-stays = This section goes no further.
writer-paste-revised = The pasted text had tracked changes: they are taken as accepted.
writer-paste-elsewhere = What you pasted is in “{ $title }” now.
writer-paste-images-left = { $count ->
    [one] One image could not be had, and was left out.
   *[other] { $count } images could not be had, and were left out.
}
writer-no-image = “{ $name }” is no image that Edito shows.
writer-drop-images = Put into the text
writer-drop-images-means = A copy is stored beside the article. Your files stay where they are.
describe-act = Describe
describe-words = What is to be seen
describe-words-hint = Read to those who don’t see the image, and shown where it is missing.
describe-caption = Caption
image-size = Size
image-size-same = As it is
image-size-longest = { $longest } px
image-size-pixels = { $width } × { $height } px
image-size-ending = as .{ $ending }
image-size-stays = The text is no longer open for writing: it keeps the smaller copies.
image-size-done = { $count ->
    [one] A copy is shown in its place: { $before } before, { $after } now.
   *[other] { $count } copies are shown in their place: { $before } before, { $after } now.
}
image-left-moving = It moves, and is left as it is.
image-left-drawing = A drawing (SVG) is sharp at every size, and is left as it is.
image-left-form = Images of this form (AVIF) are left as they are.
image-left-damaged = The file is cut off or damaged, and is left as it is.
image-notes-gone = A smaller copy keeps nothing of what the camera noted.
image-notes-gone-place = The original says where the photograph was taken; a smaller copy does not.
image-clean = Without what the camera noted
image-clean-means = Camera, time, programs. The pixels and the colours stay.
image-clean-place = The photograph says where it was taken, and by which camera. The pixels and the colours stay.
image-place-stays = The image says where it was taken, and this form of file keeps it.
image-aside = Move the original to the trash
image-aside-others = Other pieces may show it.
image-remember = Propose this for the next images
bytes-thousands = { $count } kB
bytes-millions = { $count } MB
settings-image-size = Size of images
settings-image-place = Leave out of photographs where they were taken
writer-link-missing = No article is called “{ $target }”.
writer-leave = Open this link in the browser?
writer-leave-open = Open the link
writer-cancel = Cancel
writer-recovery = Unsaved words were found
writer-recovery-words = Édito stopped before “{ $title }” was saved. A copy was kept on { $time }.
writer-recovery-newer = The file has been changed since, probably by another program.
writer-recovery-no-file = The file is no longer there.
writer-recovery-kept = The text you do not choose stays in the versions.
writer-recovery-file = Only in the file
writer-recovery-copy = Only in the copy
writer-recovery-count = { $at } of { $total }
writer-recovery-take = Use the copy
writer-recovery-drop = Keep the file
writer-recovery-taken = The copy of “{ $title }” is now the text.
writer-recovery-dropped = The file of “{ $title }” is kept as it is; the copy is among its versions.
command-writer-save = Save now
command-writer-undo = Undo typing
command-writer-redo = Redo typing
command-writer-find = Find in the text
command-writer-replace = Replace in the text
command-writer-strong = Bold
command-writer-emphasis = Italic
command-writer-strikethrough = Strikethrough
command-writer-marked = Highlight
command-writer-code = Code
command-writer-paragraph = Paragraph
command-writer-heading-1 = Heading, level 1
command-writer-heading-2 = Heading, level 2
command-writer-heading-3 = Heading, level 3
command-writer-heading-4 = Heading, level 4
command-writer-quotation = Quotation
command-writer-bullets = Bulleted list
command-writer-numbers = Numbered list
command-writer-tasks = Task list
command-writer-head = Go to the head of the article
command-writer-head-text = The head as text or as a form
command-writer-insert-link = Insert or edit a link
command-writer-edit-note = Open the note
command-writer-insert-footnote = Insert a footnote
command-writer-language = Language of the paragraph…
command-writer-insert-table = Insert a table…
command-writer-table-row-above = Insert a row above
command-writer-table-row-below = Insert a row below
command-writer-table-row-up = Move the row up
command-writer-table-row-down = Move the row down
command-writer-table-row-delete = Delete the row
command-writer-table-column-before = Insert a column before
command-writer-table-column-after = Insert a column after
command-writer-table-column-left = Move the column to the left
command-writer-table-column-right = Move the column to the right
command-writer-table-column-delete = Delete the column
command-writer-table-align-none = Column without alignment
command-writer-table-align-left = Align the column left
command-writer-table-align-center = Centre the column
command-writer-table-align-right = Align the column right
command-writer-table-text = Edit the table as text
command-writer-table-delete = Delete the table
writer-table-title = Insert a table
writer-language-of-paragraphs = Language of the paragraph
writer-language-of-phrase = Language of the phrase
writer-language-say = Apply
writer-language-choices = Language
writer-language-found = That of the article
writer-language-found-hint = { $language }, unless the paragraph is plainly in another language
writer-language-found-alone = The one that the text seems to be in
writer-language-other = Another language
writer-language-other-hint = Left in peace: no spelling, no grammar, no typography
writer-language-tag = Code of the language
writer-table-insert = Insert
writer-table-rows = Rows, the head among them
writer-table-columns = Columns
command-writer-insert-rule = Insert a rule
command-writer-insert-image = Insert an image
command-writer-describe-image = Describe the image
command-writer-resize-image = Size of the image
command-writer-block-up = Move the block or item up
command-writer-block-down = Move the block or item down
command-writer-insert-alert = Insert an alert
command-writer-insert-code-block = Insert a block of code
command-writer-insert = Insert menu
command-writer-focus = Focus on the paragraph, then on the sentence
command-writer-typewriter = Typewriter scrolling
command-writer-typing-typography = Set typography while typing
command-writer-source = Show the plain text (Markdown)
command-writer-marks = Show invisible characters
command-writer-selection-to-piece = New article from the selection
command-writer-selection-moved-to-piece = Move the selection to a new article
command-writer-split-here = Split at this heading
command-writer-split-level = Split at every heading of this level
command-writer-outline = Outline of the text
command-writer-section-up = Move the section up
command-writer-section-down = Move the section down
command-writer-follow = Follow the link or tick the task
advice-panel = Advice
advice-close = Close advice
advice-list = What is said of the text
advice-count =
    { $count ->
        [0] no advice
        [one] 1 piece of advice
       *[other] { $shown } pieces of advice
    }
advice-kind-spelling = Spelling
advice-kind-grammar = Grammar
advice-kind-style = Style
advice-kind-house = House style
advice-want-spelling = Check spelling, in French and in English
advice-want-grammar = Point out slips of grammar
advice-want-style = Suggest better ways to say it
advice-want-house = Apply the desk’s house style
advice-french = Spelling of French
advice-french-both = Classical and 1990
advice-french-classical = Classical
advice-french-revised = 1990 only
advice-english = Spelling of English
advice-english-both = British and American
advice-english-gb = British
advice-english-us = American
advice-rule-unknown-word = Unknown word
advice-menu = Advice on “{ $words }”
advice-said = “{ $words }”: { $rule }
advice-looking = Looking for words…
advice-no-fixes = No suggestion
advice-delete = Delete
advice-take = Replace with “{ $fix }”
advice-taken = “{ $words }” is now “{ $fix }”.
advice-vouch-me = Add to my dictionary
advice-vouch-desk = Add to the desk’s dictionary
advice-vouched-me = “{ $word }” is in your dictionary.
advice-vouched-desk = “{ $word }” is in the desk’s dictionary, in edito.toml.
advice-ignore = Ignore in this text
advice-ignored = “{ $word }” is ignored in this text until Édito is closed.
advice-turn-off = Turn this rule off
advice-rule-off = Turned off: { $rule }
advice-take-back = Undo
advice-none = Nothing to say about this text.
advice-none-hint = Names, and what is quoted in another language, are left in peace.
advice-none-here = Nothing is said of the word at the caret.
advice-off = No advice is asked for.
advice-off-hint = The settings, under Reading and writing, say what you want to hear about.
advice-more = Show the { $shown } others
advice-keys = ↑ ↓ move · Enter show in the text · A or 1–6 replace · D dictionary · X ignore
advice-my-words =
    { $count ->
        [one] My dictionary: 1 word
       *[other] My dictionary: { $count } words
    }
advice-remove = Remove
advice-remove-word = Remove “{ $word }”
command-writer-advice = Advice on the text
command-writer-advice-menu = Suggestions for the word at the caret
command-writer-advice-next = Next advice
command-writer-advice-previous = Previous advice
typography-panel = Typography
typography-close = Close typography
typography-list = Corrections offered
typography-count =
    { $count ->
        [one] { $shown } correction
       *[other] { $shown } corrections
    }
typography-accept = Accept
typography-refuse = Refuse
typography-accept-all = Accept all
typography-accept-rule = Accept all: { $rule } ({ $count })
typography-refuse-rule = Refuse all: { $rule } ({ $count })
typography-becomes = becomes
typography-more = Show the { $shown } others
typography-keys = ↑ ↓ move · Enter show in the text · A accept · X refuse
typography-accepted =
    { $count ->
        [one] { $shown } correction made
       *[other] { $shown } corrections made
    }
typography-refused =
    { $count ->
        [one] { $shown } correction refused
       *[other] { $shown } corrections refused
    }
typography-none = Nothing to correct.
typography-none-hint = Spaces, quotes, apostrophes, dashes and capitals are in order.
typography-none-refused =
    { $count ->
        [one] One correction was refused.
       *[other] { $shown } corrections were refused.
    }
typography-offer-again = Offer them again
typography-space-no-break = no-break space
typography-space-thin = thin no-break space
typography-space-plain = space

typography-rule-high-punctuation = Spaces before high punctuation
typography-rule-thin-space = Thin or full spaces
typography-rule-guillemets = French quotes
typography-rule-nested-quotes = Quotes within quotes
typography-rule-apostrophe = Apostrophes
typography-rule-ellipsis = Ellipses
typography-rule-dialogue-dash = Dialogue dashes
typography-rule-dash = Dashes
typography-rule-number-group = Groups of three digits
typography-rule-unit-space = Numbers and units
typography-rule-no-break = No-break spaces (names, dates, references)
typography-rule-incise = Dashes around insertions
typography-rule-numero = Numbers of issues
typography-rule-century = Centuries
typography-rule-ordinal = Ordinals
typography-rule-accented-capital = Accented capitals
typography-rule-double-space = Double spaces
typography-rule-space-before = Needless spaces before punctuation
typography-rule-english-quotes = English quotes
typography-rule-arabic-punctuation = Arabic punctuation
typography-rule-arabic-quotes = Arabic quotes
command-writer-typography = Typography…

# --- quotations
quotation-panel = Quotations
quotation-close = Close the quotations
quotation-list = Quotations of the text
quotation-filter = Show only
quotation-count =
    { $count ->
        [one] { $shown } quotation: { $parts }
       *[other] { $shown } quotations: { $parts }
    }
quotation-count-proved =
    { $count ->
        [one] { $shown } proved
       *[other] { $shown } proved
    }
quotation-count-altered =
    { $count ->
        [one] { $shown } altered
       *[other] { $shown } altered
    }
quotation-count-unsourced = { $shown } unsourced
quotation-count-changed =
    { $count ->
        [one] { $shown } whose source has changed
       *[other] { $shown } whose source has changed
    }
quotation-count-missing = { $shown } whose source is missing
quotation-count-elsewhere =
    { $count ->
        [one] { $shown } from elsewhere
       *[other] { $shown } from elsewhere
    }
quotation-count-tooLong = { $shown } whose source is too long
quotation-verdict-proved = Proved: the source says it to the word
quotation-verdict-altered = Altered: the source says something else
quotation-verdict-absent = Altered: the source does not say it
quotation-verdict-unsourced = No source
quotation-verdict-changed = The source said it, and does not any more
quotation-verdict-missing = Source missing: the link leads nowhere
quotation-verdict-elsewhere = Its source is not in the library
quotation-verdict-tooLong = Its source is too long to be proved
quotation-source-says = (the source says)
quotation-open-source = Open the source:
quotation-since = The source still said it on { $day }.
quotation-take-words = Take the source’s words
quotation-mark-omission = Mark the omission […]
quotation-found = Found in “{ $title }”
quotation-take-source = Take as its source
quotation-mended = The quotation has the words of its source again.
quotation-omission-marked = The omission is marked.
quotation-source-named = The source is named.
quotation-edited = The text has just changed: nothing was done.
quotation-none = No quotations.
quotation-none-hint = Type >> at the head of a line, or [[> within a sentence, to quote a highlighted passage.
quotation-keys = ↑ ↓ move · Enter show in the text · Esc close
quotation-quoted = Quoted in “{ $title }”.
quotation-open-draft = Open
highlights-quote = Quote in “{ $title }”
highlights-quote-short = Quote
command-writer-quotations = Quotations and their sources
command-writer-quote = Quote a highlighted passage…
command-highlight-quote = Quote this passage in the draft

# Advice: what the rules of grammar, style and the house say
advice-rule-a-accent = “a” or “à”
advice-rule-a-accent-why = “A” is the verb, “à” the preposition: “avait” could stand in place of the first.
advice-rule-participle-or-infinitive = Participle or infinitive
advice-rule-participle-or-infinitive-why = After a preposition or a verb such as “devoir” stands the infinitive; after an auxiliary, the participle.
advice-rule-conditional-after-si = “Si” with the conditional
advice-rule-conditional-after-si-why = After “si” of a condition French has the imperfect or the pluperfect: “si j’avais su”.
advice-rule-subjunctive = Subjunctive expected
advice-rule-subjunctive-why = This conjunction wants the subjunctive.
advice-rule-confusion = Words confused
advice-rule-confusion-why = Two words look or sound alike: the context wants the other.
advice-rule-agreement = Agreement
advice-rule-agreement-why = These words belong together and agree with each other.
advice-rule-number = Numbers in words
advice-rule-number-why = “Vingt” and “cent” take an s when they are multiplied and end the number; “mille” never does.
advice-rule-elision = Elision
advice-rule-elision-why = Before a vowel or a silent h the last vowel gives way to an apostrophe.
advice-rule-hyphen = Hyphen
advice-rule-hyphen-why = These words are written with a hyphen, or without, as dictionaries have it.
advice-rule-negation = Negation
advice-rule-negation-why = The negation is not built as it should be.
advice-rule-pleonasm = Pleonasm
advice-rule-pleonasm-why = One word says what the other says already.
advice-rule-anglicism = Anglicism
advice-rule-anglicism-why = French has a word for it.
advice-rule-construction = Turn of phrase
advice-rule-construction-why = There is a more exact or shorter way to say it.
advice-rule-its-it-s = its and it’s
advice-rule-its-it-s-why = “Its” is a possessive; “it’s” is short for “it is” or “it has”.
advice-rule-their-there-they-re = their, there, they’re
advice-rule-their-there-they-re-why = “Their” is a possessive, “there” a place, “they’re” is short for “they are”.
advice-rule-then-than = then and than
advice-rule-then-than-why = “Than” compares; “then” is about time.
advice-rule-could-of = could of
advice-rule-could-of-why = What sounds like “of” is “have”.
advice-rule-article = a or an
advice-rule-article-why = “An” stands before the sound of a vowel, “a” before that of a consonant.
advice-rule-wordy = Wordy
advice-rule-wordy-why = Fewer words say the same.
advice-rule-less-fewer = less and fewer
advice-rule-less-fewer-why = “Fewer” goes with what can be counted, “less” with the rest.
advice-rule-doubled-word = Doubled word
advice-rule-doubled-word-why = The same word is written twice in a row.
advice-rule-doubled-mark = Doubled punctuation
advice-rule-doubled-mark-why = Two marks stand where one is enough.
advice-rule-missing-space = Missing space
advice-rule-missing-space-why = A space follows a comma and a semicolon.
advice-rule-comma-before-bracket = Comma before a bracket
advice-rule-comma-before-bracket-why = The comma goes behind the closing bracket.
advice-rule-unclosed-pair = Never closed
advice-rule-unclosed-pair-why = A bracket or a quotation mark opens and is not closed in this paragraph.
advice-rule-house-term = House term
advice-rule-house-term-why = The desk has chosen another word.
advice-rule-house-banned = Word to avoid
advice-rule-house-banned-why = The desk has chosen not to use this word.
advice-rule-house-capitals = House capitals
advice-rule-house-capitals-why = The desk writes these words with other capitals.
advice-rule-house-number = House numbers
advice-rule-house-number-why = The desk has chosen how these numbers are written.

# Feeds
list-feeds = Feeds
rail-feeds = Feeds, { $count ->
    [0] nothing unread
    [one] { $count } unread item
   *[other] { $count } unread items
  }
rail-feed = { $name }, { $count ->
    [0] nothing unread
    [one] { $count } unread item
   *[other] { $count } unread items
  }{ $trouble ->
    [no] {""}
   *[other] . { $trouble }
  }
rail-feeds-muted = Muted, { $count ->
    [one] { $count } item
   *[other] { $count } items
  }
command-go-feeds = Feeds
command-feeds-add = Add a feed
command-feeds-refresh = Refresh all feeds
command-feeds-rules = Rules for feeds
command-feeds-times = When feeds are asked
command-feeds-import = Import a list of feeds (OPML)
command-feeds-export = Export the list of feeds (OPML)
command-feeds-mark-all = Mark all as read
command-feeds-next = Next item
command-feeds-previous = Previous item
command-feeds-open = Open the item
command-feeds-next-unread = Next unread
command-feeds-keep-library = Keep the item in the library
command-feeds-keep-later = Keep the item for later
command-feeds-keep-inbox = Keep the item in the inbox
command-feeds-keep-archive = Keep the item in the archive
command-feeds-toggle-read = Mark the item read or unread
feeds-tree = Folders and feeds
feeds-all = All feeds
feeds-muted = Muted
feeds-part = Choose feeds
feeds-part-of = Choose feeds, now { $name }
feeds-unread-only = Unread
feeds-menu = More about feeds
feeds-refreshing = Asking feeds: { $done } of { $total }
feeds-progress = Asking feeds
feeds-refreshed = { $count ->
    [0] Nothing new
    [one] { $count } new item
   *[other] { $count } new items
  }{ $muted ->
    [0] {""}
    [one] , { $muted } muted
   *[other] , { $muted } muted
  }{ $kept ->
    [0] {""}
    [one] , { $kept } kept by a rule
   *[other] , { $kept } kept by rules
  }{ $failed ->
    [0] .
    [one] . { $failed } feed could not be read: it is marked in the list.
   *[other] . { $failed } feeds could not be read: they are marked in the list.
  }
feeds-refresh-cancelled = Asking feeds was stopped; what came so far is there.
feeds-all-read = Everything is read.
feeds-try-again = Try again
feeds-edit = Edit the feed…
feeds-remove = Remove the feed
feeds-refresh-one = Refresh
feeds-open-site = Open the site
feeds-rule-for = Make a rule for it…
feeds-removed = “{ $name }” is removed.
feeds-none = No feed yet.
feeds-none-hint = A feed brings what a site publishes. Its items stay here, apart from your library, until you keep one with a key. Édito asks only when you do, or at the times you set.
feeds-no-unread = Everything is read.
feeds-no-unread-hint = New items come when feeds are refreshed.
feeds-no-items = Nothing here yet.
feeds-no-items-hint = Refresh the feeds to fetch what they have.
feeds-no-muted = Nothing is muted.
feeds-no-muted-hint = What a rule mutes is kept out of sight, and can be looked at here.
feeds-show-all = Show read items, too
feeds-items = Items
feeds-untitled = Untitled
feeds-muted-because = Muted because of “{ $words }”
feeds-is-kept = In the library
feeds-total = { $count ->
    [one] { $shown } item
   *[other] { $shown } items
  }
feeds-in-trash = “{ $title }” lies in the library’s trash: restore it from there.
feeds-kept = “{ $title }” is { $place ->
    [later] kept for later
    [inbox] in the inbox
    [archive] in the archive
   *[other] in the library
  }{ $missing ->
    [0] .
    [one] ; { $missing } image could not be fetched.
   *[other] ; { $missing } images could not be fetched.
  }
feeds-kept-again = “{ $title }” was in the library already{ $missing ->
    [0] .
    [one] ; { $missing } image could not be fetched.
   *[other] ; { $missing } images could not be fetched.
  } { $place ->
    [later] It is kept for later.
    [inbox] It is in the inbox.
    [archive] It is in the archive.
   *[other] {""}
  }
feeds-marked-read = { $count ->
    [one] { $count } item is marked read.
   *[other] { $count } items are marked read.
  }
feeds-keep = Keep
feeds-later = Later
feeds-open-kept = Open in the library
feeds-open-page = Open the page
feeds-capture-page = Capture the page…
feeds-item-text = Text of the item
feeds-full = whole text
feeds-reasons = Why rules apply
feeds-reason = { $action ->
    [mute] Muted
    [tag] Tagged “{ $tag }”
    [keep] Kept
   *[other] A rule applies
  }: { $place ->
    [title] the title
    [author] the author
    [content] the text
    [feed] the feed’s name
   *[other] a tag
  } has “{ $words }”.
feeds-images-away = { $count ->
    [one] One image stays on the web; it is fetched when you keep the item.
   *[other] { $count } images stay on the web; they are fetched when you keep the item.
  }
feeds-enclosure = Attached: { $name }
feeds-address = Address of a site or a feed
feeds-address-hint = Édito looks there once for feeds.
feeds-looking = Looking for feeds…
feeds-look = Look for feeds
feeds-found = { $count ->
    [one] One feed
   *[other] { $count } feeds
  }
feeds-found-items = { $count ->
    [0] nothing in it now
    [one] { $count } item
   *[other] { $count } items
  }
feeds-found-comments = , comments
feeds-subscribe = Subscribe
feeds-added = { $count ->
    [one] The feed is added.
   *[other] { $count } feeds are added.
  }
feeds-folder = Folder
feeds-folder-hint = none, or a path such as Reviews / Politics
feeds-title = Title
feeds-feed-address = Address
feeds-when = When it is asked by itself
feeds-when-all = Feeds are asked by themselves
feeds-when-usual = As all feeds
feeds-when-never = Never: only when I ask
feeds-when-halfHour = Every half hour
feeds-when-hour = Every hour
feeds-when-threeHours = Every three hours
feeds-when-twelveHours = Every twelve hours
feeds-when-day = Every day
feeds-when-hint = While Édito is open on this library, on this computer. A feed that wants to be asked less often is.
feeds-local = Also ask addresses of this computer and its network
feeds-local-hint = Leave this off unless you read feeds or pages from a server of your own: a foreign page could point there.
feeds-full-text = Fetch the pages of its items for the whole text
feeds-full-text-hint = For feeds that give only the beginning. One more request for each new item.
feeds-save = Save
feeds-rules-list = Rules
feeds-rules-hint = A rule mutes, tags or keeps what feeds bring, by words. What is muted can always be looked at, with the reason.
feeds-rule-new = New rule
feeds-rule-changing = Change the rule
feeds-rule-words = Words
feeds-rule-words-hint = All of them, in any case and with or without accents; “words in quotes” stand together, and * ends the beginning of a word.
feeds-rule-expression = Regular expression
feeds-rule-expression-hint = In any case; within the first pages of a text.
feeds-rule-regex = It is a regular expression
feeds-rule-where = Where
feeds-rule-place-any = anywhere
feeds-rule-place-title = in the title
feeds-rule-place-author = in the author
feeds-rule-place-content = in the text
feeds-rule-place-feed = in the feed’s name
feeds-rule-feeds = Of
feeds-rule-all = all feeds
feeds-rule-does = Does
feeds-rule-action-mute = mutes the item
feeds-rule-action-tag = tags the item
feeds-rule-action-keep = keeps it in the library
feeds-rule-tag = Tag
feeds-rule-says = { $action ->
    [mute] Mute
    [tag] Tag “{ $tag }”
   *[keep] Keep
  } { $place ->
    [title] if the title has
    [author] if the author has
    [content] if the text has
    [feed] if the feed’s name has
   *[any] what has
  } { $regex ->
    [yes] the expression
   *[no] {""}
  } “{ $text }”
feeds-rule-change = Change the rule “{ $text }”
feeds-rule-remove = Remove the rule “{ $text }”
feeds-rule-make = Make the rule
feeds-rule-leave = New rule instead
feeds-rule-empty = Something is missing.
feeds-rule-syntax = This is no regular expression.
feeds-rule-tooLarge = This expression is too large.
feeds-import-dialog = A list of feeds (OPML)
feeds-imported = { $count ->
    [0] All feeds of the list were there already.
    [one] { $count } feed is new.
   *[other] { $count } feeds are new.
  }
feeds-export-dialog = Export the list of feeds
feeds-export-name = Feeds — { $of }
feeds-exported = Feeds exported: { $path }

# Pages of the web, and what can be wrong with an address
command-capture-page = Capture a page from the web
capture-address = Address of the page
capture-hint = The page is fetched once, with the images of the article, and becomes an article in your inbox.
capture-busy = Fetching the page…
capture-act = Capture
capture-new = “{ $title }” is in the inbox{ $missing ->
    [0] .
   *[other] ; { $missing } of { $images } images could not be fetched.
  }
capture-known = “{ $title }” was there already, with the same text{ $missing ->
    [0] .
   *[other] ; { $missing } of { $images } images could not be fetched.
  }
capture-again = “{ $title }” has another text now; the former one is a version{ $missing ->
    [0] .
   *[other] ; { $missing } of { $images } images could not be fetched.
  }
capture-highlights = Highlights: { $kept } in their place, { $moved } found elsewhere, { $lost } that the text no longer says, kept at its end.
capture-inTrash = “{ $title }” lies in the library’s trash: restore it from there.
web-notWeb = This is no address of the web.
web-notWeb-hint = It should begin with https://.
web-local = This address leads to this computer or its network, which Édito does not ask: { $detail }
web-local-hint = If it is a server of your own, allow it under “When feeds are asked”.
web-forbidden = No server of the web has this address: { $detail }
web-redirects = The address redirects without end.
web-redirects-hint = Open it in the browser, and copy the address that it ends at.
web-tooLarge = What is there is larger than 20 MB.
web-tooLarge-hint = Save the page in the browser, and import the file.
web-tooSlow = The server took longer than 20 seconds.
web-tooSlow-hint = Try again later.
web-network = Nobody answers at this address.
web-network-hint = Is there a network? Is the address right?
web-untrusted = The connection is not safe: the server’s certificate is not trusted.
web-untrusted-hint = Nothing was sent to it or taken from it.
web-protocol = The server’s answer can’t be understood.
web-protocol-hint = Try again later.
web-cancelled = Stopped.
web-notFound = There is nothing at this address ({ $detail }).
web-notFound-hint = Look for its new address on the site.
web-gone = It is gone for good, says the server ({ $detail }).
web-gone-hint = It is not asked again by itself. What came from it stays; the feed can be removed, or given another address.
web-signIn = The server asks for a sign-in, or refuses ({ $detail }).
web-signIn-hint = Édito never signs in. Save the page in the browser, and import the file.
web-server = The server failed ({ $detail }).
web-server-hint = Try again later.
web-wait = The server wants to be left alone for a while ({ $detail }).
web-wait-hint = It is asked again later.
web-page = There is a page at this address, not a feed.
web-page-hint = The site may have moved its feed: look for it with “Add a feed”.
web-feed = This is a feed, not a page.
web-feed-hint = Subscribe to it instead.
web-notAFeed = There is no feed to be found there.
web-notAFeed-hint = Try the address of the site’s first page, or that of the feed itself.
web-notAPage = There is no page at this address, but something else ({ $detail }).
web-notAPage-hint = Download it in the browser, and import the file.
web-empty = There is no text on this page.
web-empty-hint = Some pages show their text only to a browser: save it there, and import the file.
web-unreadable = Reading it took too much time or memory, and was given up.
web-unreadable-hint = Nothing was changed.

# The front page and the pages of sections
list-front = Front page
front-label = Front page
front-section-label = Section: { $name }
front-lead = Lead
front-latest = Latest
front-new = { $count ->
    [one] { $count } new piece
   *[other] { $count } new pieces
  }
front-empty = The front page waits for its first piece.
front-empty-hint = It composes itself from what the library holds: a piece stands on it as soon as it is no draft and its date has come.
front-pinned = Pinned
front-outlet = { $outlet }, read it there
front-pieces = { $count ->
    [0] no pieces
    [one] { $count } piece
   *[other] { $shown } pieces
  }
front-as-list = As a list
front-below = Sections below
front-section-empty = No piece of this section is out.
front-pages = Pages of the section
front-newer = Newer
front-older = Older
front-range = { $from } to { $to } of { $total }
# What stands around a piece is in the language of the piece, whatever that of the interface.
front-read-on-fr = Lire la suite »
front-read-on-en = Read on »
front-read-on-ar = تتمة المقال »
front-by-fr = Par
front-by-en = By
front-by-ar = بقلم
front-and-fr = et
front-and-en = and
front-and-ar = و
command-go-front = Front page
command-go-section-page = Page of the section
command-return-to-front = Back to the front page
command-front-settings = Compose the front page
command-pin-lead = Pin as the lead of the front page, or unpin
command-pin-slot = Pin to the top of its section on the front page, or unpin
command-pin-up = Move the pinned piece up
command-pin-down = Move the pinned piece down
pin-lead-done = “{ $title }” leads the front page.
pin-slot-done = “{ $title }” is at the top of its section on the front page.
pin-taken = “{ $title }” is no longer pinned.
pin-nowhere = The front page has no place for this piece. “Compose the front page” can add one.
front-settings-derived = These parts follow from the sections, for edito.toml names none. Saved, they are written there; nothing else of the file changes.
front-settings-hint = These parts are written in edito.toml; nothing else of the file changes. Alt and the arrows move them.
front-settings-usual = Back to the usual parts
front-settings-save = Save
front-slot-what = Shows
front-slot-all = The whole library
front-slot-kinds = By kind of section
front-slot-title = Heading
front-slot-role = As
front-role-lead = Lead
front-role-list = List
front-slot-order = Choice
front-order-date = Pinned, then newest
front-order-hand = Pinned only
front-slot-number = Pieces
front-slot-teaser = Signs
front-slot-column = Column
front-slot-up = Move “{ $name }” up
front-slot-down = Move “{ $name }” down
front-slot-remove = Remove “{ $name }”
front-slot-add = Add a part
front-slot-moved = { $name }: { $place } of { $count }
front-kind-edito = Editorials
front-kind-analyses = Analyses
front-kind-medias = In the media
front-kind-lectures = Books
front-kind-lettre = Newsletter
related-title = Related
related-linkedTo = cited in this article
related-linkedFrom = cites this article
related-author = also by { $name }
related-tag = tag: { $name }
related-section = { $name }
related-words = on the same subject

# Highlights
list-highlights = Highlights
rail-highlights = Highlights, { $count ->
    [0] no passages
    [one] { $count } passage
   *[other] { $count } passages
  }
command-go-highlights = Highlights
command-highlight-choose = Highlight by keyboard
command-highlight-yellow = Highlight in yellow
command-highlight-green = Highlight in green
command-highlight-blue = Highlight in blue
command-highlight-red = Highlight in red
command-highlight-note = Highlight and note
command-highlight-tags = Highlight and tag
command-highlight-quote-chosen = Quote the passage in the draft
command-export-highlights-markdown = Export highlights (Markdown)
command-export-highlights-csv = Export highlights (CSV)
command-export-highlights-json = Export highlights (W3C annotations)
colour-yellow = yellow
colour-green = green
colour-blue = blue
colour-red = red
marking-bar = Highlight the selection
marking-colour = Highlight in { $colour }
marking-note = Note
marking-tag = Tag
marking-quote = Quote
marking-word = word
marking-word-keys = ← →
marking-sentence = sentence
marking-sentence-keys = ↑ ↓
marking-extend = extend
marking-extend-keys = Shift
marking-widen = widen
marking-widen-keys = Space
marking-mark = highlight
marking-mark-keys = Enter
marking-leave = leave
marking-leave-keys = Esc
marking-changed = The text has just changed.
marking-changed-hint = Choose the passage again in the text as it is now.
highlight-marked = Highlighted
highlight-changed = Highlighted, text changed
highlight-of-article = Note on the article
highlight-edit = Highlighted passage
highlight-colour = Colour
highlight-note = Note
highlight-tags = Tags
highlight-tags-hint = separated by commas
highlight-remove = Remove
highlight-done = Done
highlight-removed = Highlight removed.
highlight-orphans = { $count ->
    [one] A passage that the text no longer says
   *[other] Passages that the text no longer says
  }
highlight-ambiguous = said several times
highlights-total = { $count ->
    [0] no passages
    [one] { $count } passage
   *[other] { $count } passages
  }
highlights-narrow = Filter the highlights
highlights-words = Filter by words
highlights-tag = Tag
highlights-all-tags = All tags
highlights-gone = Article deleted
highlights-none = No passage matches.
highlights-none-hint = Take a filter away to see more.
highlights-empty = Nothing is highlighted yet.
highlights-empty-hint = While reading, select words, or press H to choose them by keyboard; you will find them here.
highlights-export = Export
highlights-format-markdown = Markdown
highlights-format-csv = Table (CSV)
highlights-format-json = W3C annotations (JSON)
highlights-export-dialog = Export highlights
highlights-export-name = Highlights — { $of }
highlights-export-source = on the web
highlights-exported = Highlights exported: { $path }
marking-paragraph-keys = Ctrl+↑ Ctrl+↓
keyboard-marking = While highlighting by keyboard (H)
keyboard-marking-word = Next, previous word
keyboard-marking-sentence = Next, previous sentence
keyboard-marking-paragraph = Next, previous paragraph
keyboard-marking-extend = Extend the passage, with an arrow
keyboard-marking-widen = Widen to the sentence, the paragraph
keyboard-marking-mark = Highlight, or open the highlight
keyboard-marking-leave = Leave without highlighting
