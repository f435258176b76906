//! The words of the interface, in one table: ready for translation, and for reading aloud.

use sheaf_core::views::Join;
use sheaf_core::views::words::grouped;

use crate::protocol::Reading;
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
/// On paper, where rows of a long table would be that are not drawn.
pub fn not_printed(rows: u32) -> String {
    [&sheaf_core::views::words::count(rows.into(), "more row", "more rows"), ": “Save & cite” has the whole table."]
        .concat()
}
/// Under the strip: how many documents its tallest bar stands for.
pub fn tallest(most: u32, is_month: bool) -> String {
    let each = if is_month { " a month" } else { " a year" };
    if most == 0 { String::new() } else { ["up to ", &grouped(most.into()), each].concat() }
}
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
/// A screen whose code is on its way.
pub const OPENING: &str = "Opening …";
/// The code of a screen could not be loaded.
pub const NOT_LOADED: &str = "A part of this page could not be loaded. Check the connection, then try again.";
/// A file of the index whose bytes are not those that were written, as the middle of a sentence.
pub const PART_DAMAGED: &str = "it is damaged, or belongs to another version of the corpus";
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
/// Asks the same of all documents.
pub const WITHOUT_FILTERS: &str = "Search without filters";
/// Asks the same with all switches off.
pub const WITHOUT_SWITCHES: &str = "Search with case, accents and endings ignored";
/// A question whose answer did not come.
pub const NO_ANSWER: &str = "This could not be answered";
/// Loading failed.
pub const FAILED: &str = "The corpus cannot be shown";
/// The link was made with another version of the corpus.
pub const OTHER_CORPUS: &str =
    "This link was made with another version of this corpus: counts may differ from what its sender saw.";
/// Beginning of the notice about a new worker.
pub const WORKER_RESTARTED: &str = "The search engine stopped and was started again";

/// The dialog with the arithmetic behind a score.
pub const ARITHMETIC: &str = "The arithmetic";
/// A row without arithmetic.
pub const NO_ARITHMETIC: &str = "There is no arithmetic behind this row any more. Close this, and choose it again.";
/// Sums of a table.
pub const SUM: &str = "Sum";
/// Over the measures.
pub const MEASURES: &str = "Measures";
/// Before what a formula was taken from.
pub const SOURCE: &str = "Source: ";
/// A table whose cells a convention cannot fill.
pub const NO_TABLE: &str = "This convention cannot fill a table here.";
/// Before the expected counts.
pub const EXPECTED: &str = "expected ";

/// Saves the view; the dialog that asks how.
pub const SAVE: &str = "Save & cite";
/// Before the forms of files.
pub const SAVE_LEAD: &str = "All rows of this view, with the question, its settings, the version of the corpus and the link written into the file.";
/// Forms of files, in the order of the core's list, and what each is for.
pub const FORMATS: &[(&str, &str)] = &[
    ("CSV", "for spreadsheets"),
    ("TSV", "for scripts"),
    ("JSON", "for programs"),
    ("Report", "in Markdown: for reading and for notes"),
];
/// Over the references.
pub const CITE: &str = "Cite the document that is open";
/// Where none is open.
pub const CITE_HINT: &str =
    "Open a document, or a line of it, to get its reference in Chicago, APA, BibTeX, RIS and plain form.";
/// Copies what stands beside.
pub const COPY: &str = "Copy";
/// After a file was handed to the browser.
pub const SAVED: &str = "Saved among your downloads.";

/// The settings of a lens.
pub const SETTINGS: &str = "Settings";
/// A second or third thing to sort by.
pub const THEN_BY: &str = "then by";
/// Lines in the order of the corpus.
pub const CORPUS_ORDER: &str = "order of the corpus";
/// Looks for letters in a table.
pub const FIND: &str = "Find in the list";
/// Over the words before the hits.
pub const BEFORE: &str = "Before";
/// Over the hits and the words after them.
pub const HIT_AND_AFTER: &str = "Hit, and after";
/// Over the document a line is from.
pub const FROM: &str = "From";
/// Back to the first random lines.
pub const FIRST_BATCH: &str = "Begin again";
/// Drops a line.
pub const DROP: &str = "Drop this line (x)";
/// Tags a line.
pub const TAG: &str = "Tag this line: A, B, C (t)";
/// Lets go of all that was dropped or tagged.
pub const UNDO: &str = "undo all";
/// Before the number of a line to go to.
pub const GO_TO: &str = "Go to row";
/// To another sample of a corpus that is too large to be counted whole.
pub const OTHER_SAMPLE: &str = "Draw another sample";
/// To a larger sample, of so many parts of the corpus.
pub fn count_in(parts: u32) -> String {
    format!("Count in {parts} parts")
}

/// Before the forms in which a picture can be saved.
pub const SAVE_PICTURE: &str = "Save as ";

/// The way to random lines that were not seen yet.
pub fn next_batch(sample: &str) -> String {
    format!("Next {sample} unseen")
}

/// Opens the other settings; some of them may be changed.
pub fn more_settings(changed: usize) -> String {
    if changed == 0 { "More settings".to_owned() } else { format!("More settings ({changed} changed)") }
}

/// How to walk through a picture.
pub fn picture(marks: usize) -> String {
    format!("Picture with {marks} marks: arrow keys go from one to the next, Enter opens the lines behind it")
}

/// Opens the arithmetic of a word.
pub fn arithmetic_of(word: &str) -> String {
    format!("The arithmetic of “{word}”")
}

/// Names a formula.
pub fn formula_of(measure: &str) -> String {
    ["Formula of ", measure].concat()
}

/// How long a table is.
pub fn rows(total: u32) -> String {
    sheaf_core::views::words::count(total.into(), "row", "rows")
}

/// The keys: which, and what they do.
pub const KEYS: &[(&str, &str)] = &[
    ("/", "go to the search field"),
    ("Enter", "in the field: search for whole words"),
    ("↓\t↑", "in the field: suggestions; Enter or Tab takes one"),
    ("j\tk", "next, previous document in the list; next, previous hit in the Reader"),
    ("n\tp", "next, previous document, also while the Reader is open"),
    ("o", "open the document"),
    ("Esc", "close what is open: suggestions, dialog, filters, Reader"),
    ("1\t…\t9", "the tabs: Results, Concordance, Words, People & places, Quotes, Timeline, Compare, Documents, About"),
    ("f", "go to the filters"),
    ("c", "copy the selected passage with its citation"),
    ("l", "copy the link of this view"),
    ("s", "save the view as a file; cite what is open"),
    ("x\tt", "in the concordance: drop the line; tag it A, B, C"),
    ("?", "show these keys"),
];

/// Before the grammar.
pub const FOLDING: &str = "Case, accents and inflections are ignored: erdogan finds Erdoğan, talk finds talks. The switches \
    beside the field make them count. While you type, the last word may have any ending.";
/// Over the keys.
pub const KEYS_HEADING: &str = "Keys";
/// Beside the box that turns single keys on.
pub const SHORTCUTS: &str = " Single keys are shortcuts";

/// The switches together.
pub const SWITCHES: &str = "Counts as written";
/// The switches: what they are called, and what each does.
pub const SWITCH: &[(&str, &str); 3] = &[
    ("Case", "Match case: Turkey is not turkey"),
    ("Accents", "Match accents: Erdoğan is not Erdogan"),
    ("Endings", "Match endings: talk is not talks"),
];
/// The list under the search field.
pub const SUGGESTIONS: &str = "Suggestions";
/// Beside the name of a field in that list.
pub const FIELD: &str = "field";
/// Beside an operator in that list.
pub const OPERATOR: &str = "operator";

/// The query part by part.
pub const PARTS: &str = "Parts of the query";
/// Documents, where room is short: one, and many.
pub const DOCS: (&str, &str) = ("doc", "docs");
/// Negates a part, named after it.
pub const WITHOUT: &str = "Without ";
/// Removes a part, named after it.
pub const REMOVE: &str = "Remove ";
/// What a choice between two parts says.
pub const JOINED: &str = "How the two parts hang together";

/// Opens, and heads, the explanation of a rank.
pub const WHY: &str = "Why here?";
/// While it is on its way.
pub const WAITING: &str = "Adding up …";
/// Between a place and a score.
pub const WITH_SCORE: &str = ", with a score of ";
/// What each word gives.
pub const TERMS: &str = "What each word gives";
/// Its columns.
pub const TERM_COLUMNS: &[&str] = &["Word", "Gives", "Rarity", "n of N", "f", "As asked", "Inflected", "In title"];
/// What words give that stand one after the other.
pub const PHRASES: &str = "Words one after the other: twice their rarities";
/// Its columns.
pub const PHRASE_COLUMNS: &[&str] = &["Words", "Gives"];
/// What words give that stand near each other.
pub const PAIRS: &str = "Words near each other";
/// Its columns.
pub const PAIR_COLUMNS: &[&str] = &["Words", "Gives", "Lesser rarity", "Nearness", "Distances"];
/// The last row of the pairs.
pub const PAIRS_COUNT: &str = "their sum, times ";
/// How a word's number comes about.
pub const FORMULA: &str = "The score is the sum of what is given, from top to bottom. A word gives its rarity × f / (f + K), \
    as often as the query has it. Its rarity is ln(1 + (N − n + ½) / (n + ½)), where n of N documents have it. K = ";
/// How the number of near words comes about.
pub const NEARNESS: &str = "Nearness is the sum of 1 / √distance over all places; two near words give their lesser rarity × \
    nearness / (nearness + K).";
/// Where the formula is from.
pub const FORMULA_SOURCE: &str = "This is BM25 in Lucene’s form with exact lengths, after Robertson & Zaragoza (2009), “The \
    Probabilistic Relevance Framework: BM25 and Beyond”, Foundations and Trends in Information Retrieval 3(4); what \
    titles, phrases and near words add is Sheaf’s.";

/// The query is too long for a link.
pub const LONG_QUERY: &str =
    "This query is too long for a link: the address bar leaves it out, and it is gone after a reload.";
/// The query of a link was too long.
pub const CUT_QUERY: &str = "The query of this link was too long to be in it. Ask its sender for the text.";

/// How two parts of a query hang together.
pub fn join(join: Join) -> &'static str {
    match join {
        Join::And => "and",
        Join::Or => "or",
        Join::Near => "near",
        Join::Phrase => "as a phrase",
    }
}

/// `talks`, or `talks (2 times)`.
pub fn times(text: &str, times: u32) -> String {
    if times > 1 { format!("{text} ({times} times)") } else { text.to_owned() }
}

/// `3rd`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    [&sheaf_core::views::words::grouped(number.into()), ending].concat()
}

/// `K`, with its numbers: k1, b, length, mean length, and what comes of them.
pub fn saturation([k1, b, length, mean, k]: &[&str; 5]) -> String {
    format!(
        "{k1} × (1 − {b} + {b} × length / mean length) = {k}, since this document has {length} words and the mean is {mean}. "
    )
}

/// What occurrences count as.
pub fn occurrences(inflected: &str, in_title: &str) -> String {
    format!(
        "f counts its occurrences, an inflected one as {inflected}; each of them counts {in_title} times in the title."
    )
}

/// What came of copying.
pub fn copied(copied: &Copied) -> &'static str {
    match copied {
        Copied::Passage => "Passage copied with its citation.",
        Copied::Link => "Link copied.",
        Copied::Text => "Copied.",
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
    let names: Vec<String> = languages.iter().map(|code| sheaf_core::views::words::language(code).to_owned()).collect();
    format!(
        "Inflections are neither found nor counted in {}: words are searched as typed. Check the connection, then \
         reload the page. What happened: {file} could not be loaded: {reason}.",
        names.join(", ")
    )
}

/// Progress of a long answer.
pub fn working(done: u32, of: u32) -> String {
    ["Counting: ", &(u64::from(done) * 100 / u64::from(of.max(1))).to_string(), " % …"].concat()
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

/// Under the field while an answer waits for parts of the index.
pub fn reading(reading: Reading) -> String {
    let Reading { done, of, bytes } = reading;
    format!("Reading the index: {done} of {of} files, {} KB …", grouped((bytes / 1024).into()))
}

/// What the Reader can mark, by the names of findings.
pub const LAYERS: &[(&str, &str)] = &[
    ("person", "People"),
    ("org", "Organisations"),
    ("place", "Places"),
    ("name", "Other names"),
    ("quote", "Quotations"),
    ("date", "Dates"),
    ("event", "Meetings"),
    ("credit", "Agencies"),
];
/// Over the switches of the Reader's marks.
pub const MARKS_LABEL: &str = "Marks in the text";
/// Over the filters by who and what is named, before the texts were read for them.
pub const NAMES: &str = "People & places";
/// Reads the texts for them.
pub const READ_NAMES: &str = "Find who is named";
/// While they are read.
pub const READING_NAMES: &str = "Reading the texts …";
/// On the card of a mark.
pub const CARD_LABEL: &str = "What was found here";
/// Where a text has nothing to mark.
pub const NOTHING_MARKED: &str =
    "No names, quotations or dates were found in this text. They are found in English texts only.";

/// The first sign of a quotation or a meeting.
pub fn card_of(layer: &str, value: &str) -> String {
    match (layer, value) {
        ("quote", "") => "Quotation, credited to nobody".to_owned(),
        ("quote", speaker) => format!("Quotation of {speaker}"),
        ("credit", agency) => format!("Credited to {agency}"),
        (_, value) => format!("Encounter: {value}"),
    }
}

/// `People` → `Person`.
pub fn one_of(title: &str) -> &str {
    match title {
        "People" => "Person",
        "Organisations" => "Organisation",
        "Places" => "Place",
        "Other names" => "Other name",
        "Quotations" => "Quotation",
        "Dates" => "Date or time",
        "Meetings" => "Meeting, visit, call or talks",
        "Agencies" => "News agency credited",
        title => title,
    }
}

/// Why something was found, and how certain that is.
pub fn because(reason: &str, certainty: u64) -> String {
    let end = if reason.is_empty() || reason.ends_with('.') { "" } else { "." };
    let mut letters = reason.chars();
    let reason: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{reason}{end} Certain to {certainty} percent.").trim().to_owned()
}

/// Where a card leads.
pub fn more_of(layer: &str) -> &'static str {
    match layer {
        "quote" => "All quotations of this speaker",
        "date" => "All dates",
        "event" => "All meetings",
        "credit" => "Passages that texts share",
        _ => "Profile: all mentions, company, quotations",
    }
}

/// After the name of a list that is cut.
pub fn first_of(shown: usize, total: u32) -> String {
    format!(", {shown} of {}", grouped(total.into()))
}

/// Numbers of equal stretches of time, read aloud.
pub fn over_time(numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    format!("Over time: {}", numbers.join(", "))
}

/// Over the entity desk.
pub fn desk(count: usize) -> String {
    match count {
        0 => "Put names right".to_owned(),
        count => {
            format!("Put names right ({})", sheaf_core::views::words::count(count as u64, "correction", "corrections"))
        }
    }
}

/// A file that was opened as corrections and holds none.
pub fn no_corrections(name: &str) -> String {
    format!("{name} holds no corrections as this page saves them, so that nothing was changed.")
}

/// Buttons and fields of the entity desk.
pub const DESK_RENAME: &str = "Rename";
/// As above.
pub const DESK_NAME: &str = "Call it ";
/// As above.
pub const DESK_MERGE: &str = "Put together";
/// As above.
pub const DESK_SAME: &str = "The same as ";
/// As above.
pub const DESK_RETYPE: &str = "Change";
/// As above.
pub const DESK_KIND: &str = "It is ";
/// As above.
pub const DESK_SPLIT: &str = "Take out";
/// As above.
pub const DESK_OTHER: &str = "Something else is ";
/// As above.
pub const DESK_HIDE: &str = "Do not show it";
/// As above.
pub const DESK_BACK: &str = "Take back";
/// As above.
pub const DESK_SAVE: &str = "Save as a file";
/// As above.
pub const DESK_OPEN: &str = "Open a file";
/// What becomes of corrections.
pub const DESK_NOTE: &str = "Corrections count in every view. This browser keeps them; a file takes them elsewhere, also to the command line (“--corrections”).";
/// Corrections that were kept and cannot be read.
pub const DESK_UNREADABLE: &str = "The corrections that this browser keeps for this page cannot be read, so that they do not count. Open a file of corrections to replace them.";
/// On a card.
pub const NOT_SO: &str = "Not so";
