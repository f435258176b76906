//! Questions of every kind, for comparing one way of keeping a corpus with another.

use std::fs;
use std::path::Path;

use sheaf_core::document::Corpus;
use sheaf_core::import::{ImportOptions, InputFile, import};
use sheaf_core::views::lens::Lens;
use sheaf_core::workspace::{LensRequest, Question, Request, Sort, SortKey};

/// The corpus that the project comes with.
///
/// # Panics
/// It is not there.
pub fn seeds() -> Corpus {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        InputFile { path: entry.file_name().to_string_lossy().into_owned(), bytes: fs::read(entry.path()).unwrap() }
    });
    import(files.collect(), &ImportOptions::default()).value
}

/// A query with everything else as it is at the beginning.
pub fn question(query: &str) -> Question {
    Question { query: query.to_owned(), ..Question::default() }
}

/// A query of each kind.
pub const QUERIES: &[&str] = &[
    "",
    "erdogan",
    "talks negotiations",
    "\"peace talks\"",
    "lavrov OR fidan",
    "ukraine NOT istanbul",
    "negotiat*",
    "*stan",
    "/zelensk(y|yy|iy)/",
    "zelenksy~1",
    "lavrov NEAR/10 fidan",
    "[word=\"peace\"] []{0,2} [stem=\"talk\"]",
    "ceasefire within <s/>",
    "(talks putin) within <p/>",
    "title:putin",
    "ceasefire",
    "cease-fire",
    "source:TASS",
    "date:2025-05",
    "words:>500",
    "wordthatisnowhere",
    "putni",
    "the of to",
    "a\u{300}",
    "\"unclosed",
];

/// Everything that can be asked of a question, but what is said of the whole corpus.
pub fn requests(question: &Question, names: &[String]) -> Vec<Request> {
    let keys = [
        SortKey::Relevance,
        SortKey::Date,
        SortKey::Title,
        SortKey::Length,
        SortKey::Source,
        SortKey::Language,
        SortKey::Hits,
    ];
    let mut all = vec![Request::Facets { question: question.clone(), reads: false }];
    for key in keys {
        let sort = Sort { key, is_descending: key == SortKey::Date };
        all.push(Request::Results { question: question.clone(), sort, limit: 10, passages: None });
        all.push(Request::Documents { question: question.clone(), sort, first: 1, limit: 3 });
        all.push(Request::Ranked { question: question.clone(), sort, limit: 10 });
    }
    // The lens that counts without texts.
    let settings = [("with", "turk*; \"russian federation\" OR kremlin; nosuchword"), ("period", "month")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let trends = LensRequest { lens: Lens::Trends, question: question.clone(), settings, first: 0, limit: 50 };
    all.push(Request::Lens(trends));
    for name in names {
        all.push(Request::Reader { name: name.clone(), question: question.clone(), hit: 0, at: None, extent: 2 });
        all.push(Request::Explain { name: name.clone(), question: question.clone() });
    }
    all
}
