//! The query language in the words of readers. The one table from which the page's help is drawn; each row has a
//! section of examples with their hits in `tests/query.md`, and a test holds the two together.

/// One thing that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about: rows of one topic follow each other.
    pub topic: &'static str,
    /// What is written; several ways with tabs between them.
    pub write: &'static str,
    /// What it means.
    pub means: &'static str,
}

const fn row(topic: &'static str, write: &'static str, means: &'static str) -> Row {
    Row { topic, write, means }
}

/// Everything that can be asked, in the order in which it is taught.
pub const GRAMMAR: &[Row] = &[
    row("Words", "prisoner exchange", "documents with both words; those with the phrase come first"),
    row("Words", "\"prisoner exchange\"", "the phrase; * in it is any one word"),
    row("Words", "cease-fire", "also finds ceasefire and cease fire"),
    row("Words", "=Turkey\t=\"Prime Minister\"", "exactly as written: case, accents and ending"),
    row("Combining", "lavrov OR fidan\tlavrov | fidan", "either"),
    row("Combining", "talks -syria\ttalks NOT syria", "the first without the second"),
    row("Combining", "(kyiv OR kiev) talks", "brackets group"),
    row("Spelling", "turk*\t*stan\tt?rkey", "* is any letters, ? one letter"),
    row("Spelling", "zelensky~1\tzelensky~2", "up to one or two typing errors"),
    row("Spelling", "/zelensk(y|yy|iy)/", "a regular expression for the whole word"),
    row("Nearness", "lavrov NEAR/5 fidan", "within five words of each other; NEAR alone is ten"),
    row("Nearness", "minister BEFORE/3 fidan", "in this order"),
    row("Nearness", "\"lavrov fidan putin\"~8", "all within eight words, in any order"),
    row("Nearness", "putin zelensky within <s/>", "in one sentence; <p/> for one paragraph"),
    row("Documents", "title:putin\ttitle:\"prisoner exchange\"", "in the title"),
    row("Documents", "source:\"Daily Sabah\"\tsource:daily*", "a field of the documents, with its whole value"),
    row(
        "Documents",
        "date:2025-02\tdate:2025-02..2025-03\tdate:>2025-03",
        "published then; month and day may be left out",
    ),
    row("Documents", "words:>500\twords:200..400", "length in words"),
    row("Names", "person:lavrov\tplace:ankara\torg:tass", "where somebody or something is named, in whatever spelling"),
    row("Names", "said:putin ceasefire", "words inside what somebody is quoted with; said:putin alone finds all of it"),
    row(
        "Sequences",
        "[word=\"last|next\"] [stem=\"tuesday\"]",
        "tokens one after the other; word= takes an expression, stem= words with their inflections, form= the word as written",
    ),
    row("Sequences", "[word=\"prisoner\"] []{0,3} \"exchange\"", "[] is any word; ? * + {2} {0,3} repeat"),
    row("Sequences", "([word=\"mr\"] | [word=\"president\"]) [word!=\"of\"]", "alternatives; != is anything but"),
    row("Sequences", "[word=\"t.*\" & stem=\"talk\"] within <s/>", "& both, | either, ! not"),
];
