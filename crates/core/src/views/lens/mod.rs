//! The lenses that count. Each is a function from what a question selects, and from settings, to a table with a
//! sentence over it, often with a picture: so page, command line and export need one way to draw any of them.

pub mod arithmetic;
pub mod collocates;
pub mod concordance;
pub mod dispersion;
pub mod export;
pub mod figure;
pub mod frequency;
pub mod keyness;
pub mod measures;
pub mod periods;
pub mod reading;
pub mod settings;
pub mod stop;
pub mod table;
pub mod trends;

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use self::arithmetic::ArithmeticView;
use self::figure::Figure;
use self::reading::SharedWork;
use self::settings::{Setting, Settings};
use self::table::{Rows, Table};
use crate::base::{Apart, DocId};
use crate::document::Document;
use crate::extract::Read;
use crate::measure::frequency::{Frequencies, count as frequencies};
use crate::measure::ngrams::Ngrams;
use crate::measure::readability::Prose;
use crate::measure::{Selected, Unit, Units};
use crate::query::{Exactness, Filter};
use crate::text::fold::{fold_keeping, is_dotted_acronym};
use crate::views::EchoView;

/// A way to look at the hits that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
#[serde(rename_all = "lowercase")]
pub enum Lens {
    /// Hits in context.
    #[default]
    Concordance,
    /// How often each word stands.
    Words,
    /// What stands around the hits.
    Collocates,
    /// What the documents chosen use more than others.
    Keyness,
    /// Where the hits lie, and how evenly.
    Dispersion,
    /// How often over time.
    Trends,
    /// How long, how varied and how hard to read each document is.
    Measures,
    /// Who and what is named.
    Entities,
    /// Who said what.
    Quotes,
    /// When: publication, meetings and dates spoken of, on one axis.
    Timeline,
    /// Who met whom.
    Events,
    /// Dates and times spoken of.
    Dates,
    /// Two parts of the corpus side by side.
    Compare,
    /// What documents share word for word.
    Shared,
    /// All that was found in the documents, by place: what the Reader marks.
    Findings,
}

impl Lens {
    /// All of them, in the order of the page.
    pub const ALL: &'static [Lens] = &[
        Lens::Concordance,
        Lens::Words,
        Lens::Collocates,
        Lens::Keyness,
        Lens::Dispersion,
        Lens::Trends,
        Lens::Measures,
        Lens::Entities,
        Lens::Quotes,
        Lens::Timeline,
        Lens::Events,
        Lens::Dates,
        Lens::Compare,
        Lens::Shared,
        Lens::Findings,
    ];

    /// Its name in links and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Lens::Concordance => "concordance",
            Lens::Words => "words",
            Lens::Collocates => "collocates",
            Lens::Keyness => "keyness",
            Lens::Dispersion => "dispersion",
            Lens::Trends => "trends",
            Lens::Measures => "measures",
            Lens::Entities => "entities",
            Lens::Quotes => "quotes",
            Lens::Timeline => "timeline",
            Lens::Events => "events",
            Lens::Dates => "dates",
            Lens::Compare => "compare",
            Lens::Shared => "shared",
            Lens::Findings => "findings",
        }
    }

    /// Whether it shows what was read in the texts, not what was counted.
    pub fn is_reading(self) -> bool {
        self >= Lens::Entities
    }

    /// Whether hits, dates and lengths are all that it counts: an index in files has them of the whole corpus, so that
    /// nothing needs to be sampled.
    pub fn counts_hits_alone(self) -> bool {
        self == Lens::Trends
    }

    /// What it shows, for the help.
    pub fn about(self) -> &'static str {
        match self {
            Lens::Concordance => "Every hit in context, sorted, grouped or sampled",
            Lens::Words => "How often each word, or sequence of words, stands in the documents chosen",
            Lens::Collocates => "Which words stand around the hits more often than by chance",
            Lens::Keyness => "Which words the documents chosen use more, or less, than others do",
            Lens::Dispersion => "Where in the corpus the hits lie, and how evenly",
            Lens::Measures => "How long, how varied and how hard to read each document is",
            Lens::Entities => {
                "People, organisations and places, their spellings put together; one of them; who is named with whom"
            }
            Lens::Quotes => "Who said what, with which verb, in which paper: direct and reported",
            Lens::Timeline => "Publication, meetings and dates spoken of, on one axis",
            Lens::Events => "Meetings, visits, calls and talks: who, where, when, and whether they came to pass",
            Lens::Dates => "Dates and times spoken of, with their values",
            Lens::Compare => "Two parts of the corpus side by side: what both tell, and what only one",
            Lens::Shared => "Passages that documents share word for word or nearly",
            Lens::Findings => {
                "Names, quotations, dates, meetings and credits, each with its place, certainty and reason"
            }
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
            Lens::Collocates => "Collocates",
            Lens::Keyness => "Keyness",
            Lens::Dispersion => "Dispersion",
            Lens::Trends => "Trends",
            Lens::Measures => "Text measures",
            Lens::Entities => "People & places",
            Lens::Quotes => "Quotes",
            Lens::Timeline => "Timeline",
            Lens::Events => "Meetings",
            Lens::Dates => "Dates",
            Lens::Compare => "Compare",
            Lens::Shared => "Shared passages",
            Lens::Findings => "Findings",
        }
    }
}

/// What a lens answers: what the head of the page shows of it, and the rest packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct LensAnswer {
    /// Which.
    pub lens: Lens,
    /// What was understood.
    pub echo: EchoView,
    /// Documents that match.
    pub matched: u32,
    /// Documents in the corpus.
    pub of: u32,
    /// What names the rows, in their order.
    pub keys: Vec<String>,
    /// What it shows.
    pub view: Apart<LensView>,
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
    /// Where that is a sample of the parts of the corpus: how many could be counted in instead (setting `read`).
    pub more: Option<u32>,
    /// Settings as they were used.
    pub settings: Vec<Setting>,
    /// Pictures.
    pub figures: Vec<Figure>,
    /// Short tables of facts.
    pub facts: Vec<Table>,
    /// The table.
    pub table: Table,
}

/// The parts of a corpus that were drawn as a sample of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    /// The first document of each, ascending.
    pub firsts: Vec<DocId>,
    /// How many there are in the corpus.
    pub of: u64,
}

/// A part of long work is done: asked again, it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Working {
    /// Done.
    pub done: u32,
    /// Of.
    pub of: u32,
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
    /// How often each unit stands in the whole corpus.
    pub whole: &'g dyn Fn(Unit) -> Rc<Frequencies>,
    /// Where this is a sample: the parts of the corpus that were drawn.
    pub clusters: Option<&'g Clusters>,
    /// Sequences of up to so many words that stand so often in the documents chosen.
    pub ngrams: &'g dyn Fn(Unit, usize, u32) -> Result<Rc<Ngrams>, Working>,
    /// What readability is made of; nothing where words are not told apart by spaces.
    pub prose: &'g dyn Fn(DocId) -> Option<Prose>,
    /// Has the prose of these documents counted.
    pub read_all: &'g dyn Fn(&[DocId]) -> Result<(), Working>,
    /// A document with its text.
    pub document: &'g dyn Fn(DocId) -> Option<Cow<'g, Document>>,
    /// What was read in the corpus, and the code that shows it, where the lens is one that reads.
    pub reading: Option<(&'g Read, ReadingLens)>,
    /// What documents share, as far as it is worked out.
    pub shared: &'g RefCell<SharedWork>,
}

/// Shows what was read: see [`reading::look`].
pub type ReadingLens = fn(Lens, &Ground, &Read, &mut Settings, Rows) -> Result<LensView, Working>;

/// The names of all settings: fields of the corpus with such a name are written otherwise in links.
pub const SETTINGS: &[&str] = &[
    "by",
    "n",
    "fold",
    "least",
    "per",
    "stop",
    "stopwords",
    "width",
    "group",
    "only",
    "sample",
    "seed",
    "read",
    "batch",
    "find",
    "columns",
    "before",
    "after",
    "inside",
    "convention",
    "against",
    "show",
    "parts",
    "period",
    "with",
    "from",
    "to",
    "drop",
    "tags",
    "range",
    "direction",
    "kind",
    "entity",
    "speaker",
    "cue",
    "about",
    "manner",
    "status",
    "certain",
    "document",
    "first",
    "second",
];

/// Whether a lens with these settings asks where sentences begin.
pub fn needs_borders(settings: &[(String, String)]) -> bool {
    // `near5-5s:word` of a concordance is within the sentence too.
    let is_near =
        |name: &str, value: &str| name == "only" && value.split(':').next().is_some_and(|near| near.ends_with('s'));
    settings.iter().any(|(name, value)| value == SENTENCE || is_near(name, value))
}

/// The value of settings that end at a sentence.
pub const SENTENCE: &str = "sentence";

/// Looks through a lens.
///
/// # Errors
/// There is more to do than can be done at once.
pub fn lens(lens: Lens, ground: &Ground, given: &[(String, String)], rows: Rows) -> Result<LensView, Working> {
    let mut settings = Settings::of(given);
    let view = match lens {
        Lens::Concordance => concordance::concordance(ground, &mut settings, rows),
        Lens::Words => frequency::frequency(ground, &mut settings, rows)?,
        Lens::Collocates => collocates::collocates(ground, &mut settings, rows),
        Lens::Keyness => keyness::keyness(ground, &mut settings, rows),
        Lens::Dispersion => dispersion::dispersion(ground, &mut settings, rows),
        Lens::Trends => trends::trends(ground, &mut settings, rows),
        Lens::Measures => measures::measures(ground, &mut settings, rows)?,
        Lens::Entities
        | Lens::Quotes
        | Lens::Timeline
        | Lens::Events
        | Lens::Dates
        | Lens::Compare
        | Lens::Shared
        | Lens::Findings => match ground.reading {
            Some((read, look)) => look(lens, ground, read, &mut settings, rows)?,
            None => LensView::default(),
        },
    };
    let (used, problems) = settings.finish();
    let notes = problems.into_iter().chain(view.notes).collect();
    Ok(LensView { lens, settings: used, notes, ..view })
}

/// The arithmetic behind the row of a lens that is named by `key`; nothing where the lens has none, or no such row.
pub fn arithmetic(lens: Lens, ground: &Ground, given: &[(String, String)], key: &str) -> Option<ArithmeticView> {
    let mut settings = Settings::of(given);
    match lens {
        Lens::Collocates => collocates::arithmetic(ground, &mut settings, key),
        Lens::Keyness => keyness::arithmetic(ground, &mut settings, key),
        Lens::Dispersion => dispersion::arithmetic(ground, &mut settings, key),
        _ => None,
    }
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
///
/// Queries compare words without a final *'s* and, but for `form=`, acronyms without their dots, so it is written so:
/// `[word="U\.S\."]` would find nothing.
fn query_of(unit: Unit, form: &str) -> String {
    let attribute = match unit {
        Unit::Word => "word",
        Unit::Form => "form",
        Unit::Stem => "stem",
    };
    let mut kept = fold_keeping(form, true, true);
    if unit != Unit::Form && is_dotted_acronym(&kept) {
        kept.retain(|c| c != '.');
    }
    let mut value = String::new();
    for c in kept.chars() {
        // Values of `word=` and `form=` are expressions.
        if unit != Unit::Stem && c.is_ascii_punctuation() {
            value.push('\\');
        }
        value.push(c);
    }
    format!("[{attribute}=\"{value}\"]")
}

/// How often each unit stands in `docs` (ascending): known where these are all documents.
fn frequencies_in(ground: &Ground, units: &Units, docs: &[DocId]) -> Rc<Frequencies> {
    if docs.len() as u32 == ground.selected.index.doc_count() {
        return (ground.whole)(units.unit);
    }
    Rc::new(frequencies(ground.selected.forward, units, docs))
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
