//! The lenses that count. Each is a function from what a question selects, and from settings, to a table with a
//! sentence over it, often with a picture: so page, command line and export need one way to draw any of them.

pub mod concordance;
pub mod export;
pub mod figure;
pub mod frequency;
pub mod periods;
pub mod settings;
pub mod stop;
pub mod table;
pub mod trends;

use std::borrow::Cow;
use std::rc::Rc;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use self::figure::Figure;
use self::settings::{Setting, Settings};
use self::table::{Rows, Table};
use crate::base::DocId;
use crate::document::Document;
use crate::measure::{Selected, Unit, Units};
use crate::query::{Exactness, Filter};

/// A way to look at the hits that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
#[serde(rename_all = "lowercase")]
pub enum Lens {
    /// Hits in context.
    #[default]
    Concordance,
    /// How often each word stands.
    Words,
    /// How often over time.
    Trends,
}

impl Lens {
    /// All of them, in the order of the page.
    pub const ALL: &'static [Lens] = &[Lens::Concordance, Lens::Words, Lens::Trends];

    /// Its name in links and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Lens::Concordance => "concordance",
            Lens::Words => "words",
            Lens::Trends => "trends",
        }
    }

    /// What it shows, for the help.
    pub fn about(self) -> &'static str {
        match self {
            Lens::Concordance => "Every hit in context, sorted, grouped or sampled",
            Lens::Words => "How often each word, or sequence of words, stands in the documents chosen",
            Lens::Trends => {
                "How often the query, and further ones beside it, are answered over the time of publication"
            }
        }
    }

    /// Its name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Lens::Concordance => "Concordance",
            Lens::Words => "Frequency",
            Lens::Trends => "Trends",
        }
    }
}

/// What a lens shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct LensView {
    /// Which.
    pub lens: Lens,
    /// What can be seen, in a sentence or two.
    pub summary: String,
    /// What cannot be shown and why, and what of the settings was of no use: sentences.
    pub notes: Vec<String>,
    /// Where not everything was counted: what was, in a sentence. Empty where all numbers are exact.
    pub sample: String,
    /// Settings as they were used.
    pub settings: Vec<Setting>,
    /// Pictures.
    pub figures: Vec<Figure>,
    /// Short tables of facts.
    pub facts: Vec<Table>,
    /// The table.
    pub table: Table,
}

/// What a lens looks at.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// Documents and hits.
    pub selected: Selected<'g>,
    /// The query as it was written.
    pub query: &'g str,
    /// Whether it has words to look for.
    pub has_hits: bool,
    /// What counts as written.
    pub exactness: Exactness,
    /// The filters.
    pub filters: &'g [Filter],
    /// What counts as one word.
    pub units: &'g dyn Fn(Unit) -> Rc<Units>,
    /// A document with its text.
    pub document: &'g dyn Fn(DocId) -> Option<Cow<'g, Document>>,
}

/// Whether a lens with these settings asks where sentences begin.
pub fn needs_borders(settings: &[(String, String)]) -> bool {
    settings.iter().any(|(_, value)| value == SENTENCE)
}

/// The value of settings that end at a sentence.
pub const SENTENCE: &str = "sentence";

/// Looks through a lens.
pub fn lens(lens: Lens, ground: &Ground, given: &[(String, String)], rows: Rows) -> LensView {
    let mut settings = Settings::of(given);
    let view = match lens {
        Lens::Concordance => concordance::concordance(ground, &mut settings, rows),
        Lens::Words => frequency::frequency(ground, &mut settings, rows),
        Lens::Trends => trends::trends(ground, &mut settings, rows),
    };
    let (used, problems) = settings.finish();
    let notes = problems.into_iter().chain(view.notes).collect();
    LensView { lens, settings: used, notes, ..view }
}

/// The setting of what counts as one word.
fn unit(settings: &mut Settings) -> Unit {
    match settings.choice(
        "by",
        "Count",
        &[
            ("word", "words, case and accents folded"),
            ("form", "forms as written"),
            ("stem", "stems, with inflections"),
        ],
    ) {
        "form" => Unit::Form,
        "stem" => Unit::Stem,
        _ => Unit::Word,
    }
}

/// A query for exactly one unit, shown as `form`.
fn query_of(unit: Unit, form: &str) -> String {
    let attribute = match unit {
        Unit::Word => "word",
        Unit::Form => "form",
        Unit::Stem => "stem",
    };
    let mut value = String::new();
    for c in form.chars() {
        // Values of `word=` and `form=` are expressions.
        if unit != Unit::Stem && c.is_ascii_punctuation() {
            value.push('\\');
        }
        value.push(c);
    }
    format!("[{attribute}=\"{value}\"]")
}

/// Why there is nothing to show, where that is so for every lens.
fn nothing_to_count(ground: &Ground) -> Option<String> {
    if ground.selected.index.doc_count() == 0 {
        return Some("This corpus has no documents yet.".to_owned());
    }
    if ground.selected.scope.is_empty() {
        return Some("The filters let no document through. Take one away.".to_owned());
    }
    if ground.selected.docs.is_empty() {
        return Some("No document answers this query, so there is nothing to count.".to_owned());
    }
    None
}
