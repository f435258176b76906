//! The state of the page. Derived from the route and the worker's answers; texts and results never go into the URL.

use std::rc::Rc;

use sheaf_core::base::Apart;
use sheaf_core::views::lens::LensAnswer;
use sheaf_core::views::lens::arithmetic::ArithmeticView;
use sheaf_core::views::lens::export::Format;
use sheaf_core::views::{
    AboutView, CitationView, CompletionsView, DocumentsView, EchoView, ExplanationView, FacetsView, ReaderAnswer,
    ResultsView,
};
use sheaf_core::workspace::Corrections;

use crate::protocol::{Reading, RequestId, Slot};
use crate::route::{Lens, Route};

/// Words of a corpus that is read without being asked for: some seconds in the page.
const SMALL: u64 = 300_000;
/// What can be marked in the Reader.
pub const ALL_MARKS: &str = "person,org,place,name,quote,date,event,credit";

/// Rows of the Results that most windows show at first.
pub(super) const FIRST_PASSAGES: (u32, u32) = (0, 3);

/// Everything the page shows.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// What is asked and how it is looked at.
    pub route: Route,
    /// The worker.
    pub engine: Engine,
    /// What was brought for an answer that takes its time.
    pub reading: Option<Reading>,
    /// What is done of an answer that takes its time, and of what.
    pub working: Option<(u32, u32)>,
    /// The code of the screens that the first answer does not need.
    pub screens: Loaded,
    /// What the corpus is.
    pub about: Remote<AboutView>,
    /// What was understood of the question, as the lens that answered last says it, and how many documents it has, once
    /// that is known of all.
    pub understood: Option<(Rc<EchoView>, Option<u32>)>,
    /// The Results lens.
    pub results: Remote<ResultsView>,
    /// The Documents lens.
    pub documents: Remote<DocumentsView>,
    /// A lens that counts.
    pub counted: Remote<LensAnswer>,
    /// The first row of a long table that is asked for.
    pub first_row: u32,
    /// The filters.
    pub facets: Remote<Apart<FacetsView>>,
    /// The Reader.
    pub reader: Remote<ReaderAnswer>,
    /// What was found in the document of the Reader.
    pub marks: Remote<LensAnswer>,
    /// What the reader has put right, packed.
    pub corrections: Apart<Corrections>,
    /// Where in the query ways to go on are asked for, in bytes; nothing while their list is closed.
    pub caret: Option<u32>,
    /// Ways to go on. While newer ones are on their way these are of an earlier query.
    pub completions: Remote<CompletionsView>,
    /// The way to go on that the keyboard is on, from 0.
    pub option: Option<u32>,
    /// Why it has its rank.
    pub explanation: Remote<Apart<ExplanationView>>,
    /// Its arithmetic, packed.
    pub arithmetic: Remote<Apart<Option<ArithmeticView>>>,
    /// The last query that was too long for a link.
    pub long_query: String,
    /// Sentences to read and dismiss: what went wrong and was mended.
    pub notices: Vec<String>,
    /// Said to screen readers, and shown for a moment.
    pub announcement: String,
    /// The row the keyboard is on, by document.
    pub row: Option<String>,
    /// The dialog over the page.
    pub dialog: Option<Over>,
    /// References to the document that is open, packed.
    pub citation: Remote<Apart<CitationView>>,
    /// The form in which the view is being saved, until its file is there.
    pub(super) saving: Option<Format>,
    /// The address of the page without its fragment, and the day as ISO 8601 writes it: for files and references.
    pub seen: (String, String),
    /// The first row of the Results whose passages are asked for, and the one after the last: those in the window, and a few
    /// below it.
    pub(super) passages: (u32, u32),
    /// Whether the parts of the query are shown where there is no room for them.
    pub are_parts_open: bool,
    /// Whether the filters are shown where there is no room for them.
    pub are_filters_open: bool,
    /// Whether the texts are read for who and what they name, to filter by.
    pub reads_names: bool,
    /// Whether single keys are shortcuts.
    pub has_shortcuts: bool,
    /// Whether the keyboard goes back to the parts of the query when the answer is there.
    pub(super) keeps_parts: bool,
    /// The last request of each slot, with its number, so that none is asked twice. Packed: to compare bytes takes no code
    /// of its own.
    pub(super) asked: Vec<(Slot, RequestId, Vec<u8>)>,
    /// The last number given to a request.
    pub(super) last_id: RequestId,
    /// Times the worker died since it last answered.
    pub(super) deaths: u32,
}

/// A dialog over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// What may be asked, and the keys.
    Help,
    /// Why the document of that name has its rank.
    Why(String),
    /// The arithmetic behind the row of that name.
    Arithmetic(String),
    /// Saving the view, and citing the document that is open.
    Save,
}

/// The worker, as the page knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// It loads the program and the corpus.
    #[default]
    Starting,
    /// It indexes.
    Indexing {
        /// Documents done.
        done: u32,
        /// Of.
        of: u32,
    },
    /// It answers.
    Ready,
    /// It cannot go on; a sentence says why.
    Failed(String),
}

/// Code that is loaded after the first answer, or when it is first needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loaded {
    /// Nobody has asked for it.
    #[default]
    NotYet,
    /// It is on its way.
    OnItsWay,
    /// It is here.
    Here,
    /// It could not be loaded, and is not asked for again until the reader says so.
    Failed,
}

/// An answer that comes from the worker. The last one stays on the screen until the next has come.
#[derive(Clone, Debug)]
pub struct Remote<T> {
    /// The last answer.
    pub shown: Option<Rc<T>>,
    /// Whether a newer one is on its way.
    pub is_pending: bool,
    /// Whether what is shown is of some documents, and an answer from all is on its way.
    pub is_partial: bool,
    /// Why the last request has no answer.
    pub failed: Option<String>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Remote { shown: None, is_pending: false, is_partial: false, failed: None }
    }
}

impl<T> Remote<T> {
    pub(super) fn answer(&mut self, value: T) {
        *self = Remote { shown: Some(Rc::new(value)), ..Remote::default() };
    }

    pub(super) fn fail(&mut self, message: String) {
        *self = Remote { failed: Some(message), ..Remote::default() };
    }
}

impl State {
    /// A page that begins at a route.
    ///
    /// `seen` is the page's address without its fragment, and the day.
    pub fn new(route: Route, problems: Vec<String>, has_shortcuts: bool, seen: (String, String)) -> State {
        State { route, notices: problems, has_shortcuts, seen, passages: FIRST_PASSAGES, ..State::default() }
    }

    /// Whether passages for the rows from the first of these to before the second are asked for, or nothing is known of rows.
    pub fn has_asked(&self, (first, end): (u32, u32)) -> bool {
        // Of rows that are about to go nothing is wanted.
        self.results.is_pending || self.results.is_partial || (self.passages.0 <= first && end <= self.passages.1)
    }

    /// What the rows of the lens are named by, in the order shown: documents, or keys of a table.
    pub fn rows(&self) -> Vec<String> {
        match self.route.lens {
            Lens::Results => {
                let rows =
                    self.results.shown.as_ref().map(|view| view.rows.iter().map(|row| row.card.name.clone()).collect());
                rows.unwrap_or_default()
            }
            Lens::Documents => {
                let rows = self
                    .documents
                    .shown
                    .as_ref()
                    .map(|view| view.rows.iter().map(|row| row.card.name.clone()).collect());
                rows.unwrap_or_default()
            }
            Lens::Counted(_) => self.counted.shown.as_ref().map(|answer| answer.keys.clone()).unwrap_or_default(),
            Lens::About => Vec::new(),
        }
    }

    /// What a lens that counts shows, where that is the lens: while another is on its way, the last stays.
    pub fn counted(&self) -> Option<&Rc<LensAnswer>> {
        self.counted.shown.as_ref().filter(|view| self.route.lens == Lens::Counted(view.lens))
    }

    /// What the Reader marks: sorts of findings joined by commas. In a small corpus everything, where nothing is said;
    /// a large one is not read before somebody asks.
    pub fn marks_shown(&self) -> &str {
        let is_small = self.about.shown.as_ref().is_some_and(|about| about.words <= SMALL);
        self.route.marks.as_deref().unwrap_or(if is_small { ALL_MARKS } else { "" })
    }

    /// Ways to go on, where there are any to show.
    pub fn list(&self) -> Option<&Rc<CompletionsView>> {
        self.caret.and(self.completions.shown.as_ref()).filter(|view| !view.items.is_empty())
    }

    /// The text of the query.
    pub fn query(&self) -> &str {
        &self.route.question.query
    }

    /// A corpus other than the one the link was made with is loaded.
    pub fn is_other_corpus(&self) -> bool {
        match (&self.route.fingerprint, &self.about.shown) {
            (Some(linked), Some(about)) => *linked != about.fingerprint,
            _ => false,
        }
    }

    /// The route with the loaded corpus's fingerprint: what links carry.
    pub fn link(&self) -> Route {
        let fingerprint = self.about.shown.as_ref().map(|about| about.fingerprint.clone());
        Route { fingerprint: fingerprint.or(self.route.fingerprint.clone()), ..self.route.clone() }
    }
}
