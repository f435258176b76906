//! The words of the interface, in one table: ready for translation, and for reading aloud.

use crate::store::Copied;

/// Label of the search field.
pub const SEARCH_LABEL: &str = "Search the corpus";
/// What may be typed, in the empty field.
pub const SEARCH_HINT: &str = "Search: words, \"a phrase\", OR, -without";
/// Skips to the results.
pub const SKIP: &str = "Skip to the results";
/// Tabs.
pub const LENSES_LABEL: &str = "Lenses";
/// Side column.
pub const FILTERS: &str = "Filters";
/// Calendar strip.
pub const PUBLISHED: &str = "Published";
/// Removes all filters.
pub const CLEAR_FILTERS: &str = "Clear filters";
/// Closes a sheet or the Reader.
pub const CLOSE: &str = "Close";
/// Copies the link of the view.
pub const COPY_LINK: &str = "Copy link";
/// Copies a passage.
pub const COPY_PASSAGE: &str = "Copy with citation";
/// Shows the keys.
pub const HELP: &str = "Help";
/// More rows.
pub const SHOW_MORE: &str = "Show more";
/// More of a long text.
pub const READ_ON: &str = "Show more of this text";
/// The text goes on.
pub const TEXT_BEFORE: &str = "Earlier text is not shown.";
/// The text goes on.
pub const TEXT_AFTER: &str = "The text goes on.";
/// A value that was concluded.
pub const INFERRED: &str = "inferred";
/// No source.
pub const NO_SOURCE: &str = "source not stated";
/// No date.
pub const NO_DATE: &str = "no date";
/// Other order of the results.
pub const SORT_BY: &str = "Sort by";
/// The Reader's metadata.
pub const ABOUT_DOCUMENT: &str = "About this document";
/// The original.
pub const ORIGINAL: &str = "Original";
/// Tries to load again.
pub const RETRY: &str = "Try again";
/// Dismisses a notice.
pub const DISMISS: &str = "Dismiss";
/// Under the field while the program loads.
pub const LOADING: &str = "Loading the corpus …";
/// A corpus without documents.
pub const EMPTY_CORPUS: &str = "This corpus has no documents.";
/// What to do about it.
pub const EMPTY_CORPUS_HINT: &str =
    "Build the page again with a folder that has texts in it: cargo xtask serve --corpus FOLDER.";
/// Nothing found.
pub const NOTHING_FOUND: &str = "Nothing found";
/// Loading failed.
pub const FAILED: &str = "The corpus cannot be shown";
/// The link was made with another version of the corpus.
pub const OTHER_CORPUS: &str =
    "This link was made with another version of this corpus: counts may differ from what its sender saw.";
/// Beginning of the notice about a new worker.
pub const WORKER_RESTARTED: &str = "The search engine stopped and was started again";

/// The keys: which, and what they do.
pub const KEYS: &[(&str, &str)] = &[
    ("/", "go to the search field"),
    ("Enter", "in the field: search for whole words"),
    ("j  k", "next, previous document in the list; next, previous hit in the Reader"),
    ("n  p", "next, previous document, also while the Reader is open"),
    ("o", "open the document"),
    ("Esc", "close the Reader, or what is open"),
    ("1  2  3", "Results, Documents, About"),
    ("f", "go to the filters"),
    ("c", "copy the selected passage with its citation"),
    ("l", "copy the link of this view"),
    ("?", "show these keys"),
];

/// What may be asked: an example, and what it means.
pub const SYNTAX: &[(&str, &str)] = &[
    ("prisoner exchange", "documents with both words; the phrase comes first"),
    ("\"prisoner exchange\"", "the phrase"),
    ("lavrov OR fidan", "either word"),
    ("talks -syria", "the first without the second"),
    ("(kyiv OR kiev) talks", "brackets group"),
    ("turk*", "any ending"),
    ("cease-fire", "also finds ceasefire and cease fire"),
];

/// What came of copying.
pub fn copied(copied: &Copied) -> &'static str {
    match copied {
        Copied::Passage => "Passage copied with its citation.",
        Copied::Link => "Link copied.",
        Copied::Refused => "The browser did not allow copying. Select the text and copy it with the keyboard.",
    }
}

/// The notice about a new worker.
pub fn worker_restarted(reason: &str) -> String {
    format!("{WORKER_RESTARTED}; nothing was lost. What happened: {reason}")
}

/// The worker died too often.
pub fn gave_up(reason: &str) -> String {
    format!(
        "The search engine stopped several times in a row and was not started again. Try another query, or reload the page. What happened: {reason}"
    )
}

/// The corpus file could not be had.
pub fn corpus_not_loaded(file: &str, reason: &str) -> String {
    format!("The corpus file {file} could not be loaded: {reason}. Check the connection, then try again.")
}

/// The corpus file came, but cannot be read: the reason is whole sentences.
pub fn corpus_not_read(file: &str, reason: &str) -> String {
    format!("{reason} The file is {file}.")
}

/// The stemmers of these languages (codes) could not be had.
pub fn without_inflections(languages: &[&str], file: &str, reason: &str) -> String {
    let names: Vec<&str> = languages.iter().map(|code| sheaf_core::views::words::language(code)).collect();
    format!(
        "Inflections are neither found nor counted in {}: words are searched as typed. Check the connection, then \
         reload the page. What happened: {file} could not be loaded: {reason}.",
        names.join(", ")
    )
}

/// Progress of indexing.
pub fn indexing(done: u32, of: u32) -> String {
    format!("Reading the corpus: {done} of {of} documents")
}

/// `3 hits`.
pub fn hits(count: u32) -> String {
    sheaf_core::views::words::count(count.into(), "hit", "hits")
}

/// `987 words`.
pub fn length(count: u32) -> String {
    sheaf_core::views::words::count(count.into(), "word", "words")
}
