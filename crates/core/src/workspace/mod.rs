//! The one door: a workspace holds a corpus with its index and answers every request.
//!
//! No algorithm lives here. The worker, the command line and the tests all call [`Workspace::handle`].

mod counting;
mod exporting;
mod first;
#[cfg(feature = "packed")]
mod intake;
mod lookup;
mod reading;
mod ruled_out;
mod sampled;
mod selection;
mod sifted;
mod sources;

use std::borrow::Cow;
use std::ops::ControlFlow;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use self::counting::Counting;
use self::exporting::Seen;
use self::first::FirstAnswers;
#[cfg(feature = "packed")]
pub use self::intake::Intake;
pub use self::reading::Readers;
use self::reading::Reading;
use self::sampled::Sampled;
use self::selection::{Selection, Shortcut};
use self::sources::Marks;
use crate::base::{Apart, DocId};
use crate::document::Corpus;
pub use crate::extract::Kind;
/// What a reader puts right.
pub use crate::extract::entities::{Corrections, Merge, Name, Reject, Rename, Retype, Sort as FindingSort, Split};
use crate::index::files::column;
/// For hosts that bring the chunks of an index in files.
pub use crate::index::files::tiers::MUCH as FIRST_FROM;
use crate::index::files::write::CorpusFacts;
pub use crate::index::files::{ChunkError, ChunkId, ChunkKind, FilePart, Root, RootError};
use crate::index::{self, Borders, Index};
pub use crate::query::Exactness;
use crate::query::filter::Filter;
use crate::query::{Matches, Ranking, evaluate, parse, plan, rank};
/// For hosts that bring stemmers of their own: which languages need them, and where to register them.
pub use crate::text::stem::{needs_snowball, set_snowball};
use crate::views::lens::arithmetic::ArithmeticView;
use crate::views::lens::export::{Exported, Format};
use crate::views::lens::{Lens, LensAnswer};
use crate::views::reader::Focus;
use crate::views::{
    AboutView, CitationView, CompletionsView, DocumentsView, ExplanationView, FacetsView, ReaderAnswer, ResultsView,
    completions, documents, explanation, facets, reader, results, words,
};

/// What is asked: a question selects documents and hits; every view is a lens on them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
#[serde(default)]
pub struct Question {
    /// The text of the query.
    pub query: String,
    /// Whether the last word is still being typed, so that any ending counts.
    pub is_typing: bool,
    /// Filters, each a field.
    pub filters: Vec<Filter>,
    /// What counts as written.
    pub exactness: Exactness,
    /// What the reader has put right of names.
    pub corrections: Apart<Corrections>,
}

/// An order of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Whether the last comes first.
    pub is_descending: bool,
}

/// What documents are ordered by. Ties are in the order of the corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum SortKey {
    /// Best match first; without a query the order of the corpus.
    #[default]
    Relevance,
    /// Publication date; documents without one come last either way.
    Date,
    /// Title, folded.
    Title,
    /// Words of the text.
    Length,
    /// Source, folded; documents without one come last either way.
    Source,
    /// Language.
    Language,
    /// Number of hits.
    Hits,
}

/// Everything a workspace can be asked. Closed: a `match` without `_` shows what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Request {
    /// What the corpus is.
    About,
    /// The Results lens, its first `limit` rows.
    Results {
        /// What is asked.
        question: Question,
        /// In which order.
        sort: Sort,
        /// How many rows.
        limit: u32,
        /// From which of them to before which texts are to be brought that are not there; for all where nothing is said.
        #[serde(default)]
        passages: Option<(u32, u32)>,
    },
    /// The Documents lens, `limit` rows from `first` on.
    Documents {
        /// What is asked.
        question: Question,
        /// In which order.
        sort: Sort,
        /// The first row, from 0.
        #[serde(default)]
        first: u32,
        /// How many rows.
        limit: u32,
    },
    /// Filters with their counts.
    Facets {
        /// What is asked.
        question: Question,
        /// Whether the texts are to be read for who and what they name; once they were, that is answered anyway.
        #[serde(default)]
        reads: bool,
    },
    /// One document with its hits.
    Reader {
        /// Its name.
        name: String,
        /// What is asked.
        question: Question,
        /// The hit to show, from 0.
        hit: u32,
        /// The place to show instead, in bytes of its text.
        #[serde(default)]
        at: Option<u32>,
        /// How many parts of a long text, at least 1.
        extent: u32,
    },
    /// How the word at the cursor may go on.
    Complete {
        /// What is asked so far.
        question: Question,
        /// Where the cursor stands, in bytes of the query.
        caret: u32,
        /// How many ways to go on.
        limit: u32,
    },
    /// Why a document has its rank.
    Explain {
        /// Its name.
        name: String,
        /// What is asked.
        question: Question,
    },
    /// A lens that counts.
    Lens(LensRequest),
    /// The arithmetic behind a row of such a lens.
    Arithmetic {
        /// The lens, as it is looked through.
        lens: LensRequest,
        /// What names the row.
        key: String,
    },
    /// All rows and columns of a lens that counts, as a file; its rows asked for mean nothing.
    Export {
        /// What is looked at.
        lens: LensRequest,
        /// The form of the file.
        format: Format,
        /// Where the view can be seen, to be written into the file; may be empty.
        #[serde(default)]
        link: String,
        /// The day, as ISO 8601 writes it.
        #[serde(default)]
        today: String,
    },
    /// All documents chosen, as a file.
    ExportDocuments {
        /// What is asked.
        question: Question,
        /// In which order.
        #[serde(default)]
        sort: Sort,
        /// The form of the file.
        format: Format,
        /// Where the list can be seen, to be written into the file; may be empty.
        #[serde(default)]
        link: String,
        /// The day, as ISO 8601 writes it.
        #[serde(default)]
        today: String,
    },
    /// References to a document, with a sentence of it.
    Cite {
        /// Its name.
        name: String,
        /// What is asked.
        #[serde(default)]
        question: Question,
        /// The hit whose sentence is quoted, from 0; none where there is none.
        #[serde(default)]
        hit: Option<u32>,
        /// Where the document can be seen in the corpus; may be empty.
        #[serde(default)]
        link: String,
        /// The day, as ISO 8601 writes it; may be empty.
        #[serde(default)]
        today: String,
    },
    /// Names and scores of the best documents: for scripts and for measuring.
    Ranked {
        /// What is asked.
        question: Question,
        /// In which order.
        sort: Sort,
        /// How many.
        limit: u32,
    },
}

/// What is looked at through a lens that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
#[serde(default)]
pub struct LensRequest {
    /// Which lens.
    pub lens: Lens,
    /// What is asked.
    pub question: Question,
    /// Settings of the lens, by name and value; what is not said is its default.
    pub settings: Vec<(String, String)>,
    /// The first row of its table, from 0.
    pub first: u32,
    /// How many rows.
    pub limit: u32,
}

/// The answers, in the order of [`Request`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Response {
    /// To [`Request::About`].
    About(AboutView),
    /// To [`Request::Results`].
    Results(ResultsView),
    /// To [`Request::Documents`].
    Documents(DocumentsView),
    /// To [`Request::Facets`].
    Facets(Apart<FacetsView>),
    /// To [`Request::Reader`].
    Reader(ReaderAnswer),
    /// To [`Request::Complete`].
    Completions(CompletionsView),
    /// To [`Request::Explain`].
    Explanation(Apart<ExplanationView>),
    /// To [`Request::Lens`].
    Lens(LensAnswer),
    /// To [`Request::Arithmetic`]; nothing where the row has none.
    Arithmetic(PackedArithmetic),
    /// To [`Request::Export`] and [`Request::ExportDocuments`].
    Exported(Apart<Exported>),
    /// To [`Request::Cite`].
    Citation(Apart<CitationView>),
    /// To [`Request::Ranked`].
    Ranked(Apart<Ranked>),
    /// A request that cannot be answered.
    Failed(RequestError),
}

/// Names and scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Ranked {
    /// Documents that match.
    pub total: u32,
    /// Hits in them.
    pub hits: u64,
    /// The first, in the order asked.
    pub documents: Vec<RankedDocument>,
    /// What of the question could not be used.
    pub problems: Vec<String>,
}

/// A document with its score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct RankedDocument {
    /// Its name.
    pub id: String,
    /// Its score; 0 without a query.
    pub score: f64,
}

/// Why a request cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin, thiserror::Error)]
pub enum RequestError {
    /// The corpus lies in files, and what the answer takes was not handed in.
    #[error("A part of the corpus is not there yet.")]
    NotThere,
    /// A file of the corpus is the one that was written, but makes no sense.
    #[error("The file {file} of the index was written by another version of Sheaf. Build the site again.")]
    Broken {
        /// Its file.
        file: String,
    },
    /// A file of the index did not come, or is not what it should be.
    #[error(
        "The file {file} of this corpus cannot be used: {reason}. Check the connection and try again; if that does not \
         help, reload the page."
    )]
    NotBrought {
        /// Its name.
        file: String,
        /// Why, as the middle of a sentence.
        reason: String,
    },
    /// No document has the name.
    #[error("This corpus has no document named “{name}”. The link may be for another version of it.")]
    UnknownDocument {
        /// As asked.
        name: String,
    },
    /// A part of long work is done. It is never an answer: see [`Answer::Working`].
    #[error("This takes longer; ask again to go on.")]
    Working {
        /// Done.
        done: u32,
        /// Of.
        of: u32,
    },
    /// The code that answers it is not there (see [`Deferred`]).
    #[error("A part of this program could not be loaded. Check the connection, then try again.")]
    NotLoaded,
}

/// Writes all rows of a lens as a file.
type Export = fn(&mut Workspace, &LensRequest, Option<Readers>, Format, Seen) -> Result<Exported, RequestError>;

/// The arithmetic of a row, where it has some.
pub type PackedArithmetic = Apart<Option<ArithmeticView>>;

/// The code behind requests that need not be answered first: what a reader looks at after the lens, if at all.
///
/// It is for hosts that load that code later, as the page does: only [`Deferred::linked`] refers to it. All others call
/// [`Workspace::answer`] or [`Workspace::handle`] and never see it.
#[derive(Clone, Copy, Debug)]
pub struct Deferred {
    facets: fn(&Workspace, &Question) -> Apart<FacetsView>,
    reader: fn(&Workspace, DocId, &Question, Focus) -> Option<ReaderAnswer>,
    completions: fn(&Index, &str, Exactness, u32, usize) -> CompletionsView,
    explanation: fn(&Workspace, DocId, &Question) -> Apart<ExplanationView>,
    ranked: fn(&Workspace, &Question, Sort, u32) -> Apart<Ranked>,
    lens: fn(&mut Workspace, &LensRequest, Option<Readers>) -> Result<LensAnswer, RequestError>,
    arithmetic: fn(&mut Workspace, &LensRequest, &str) -> Result<PackedArithmetic, RequestError>,
    export: Export,
    export_documents: fn(&Workspace, &Question, Sort, Format, Seen) -> Exported,
    citation: fn(&Workspace, DocId, &Question, Option<u32>, Seen) -> Option<CitationView>,
    /// The code that reads texts, which is loaded when it is first needed.
    readers: Option<Readers>,
}

impl Deferred {
    /// All of it, linked here.
    pub fn linked() -> Deferred {
        Deferred::without_readers().with_readers(Readers::linked())
    }

    /// With the code that reads texts.
    pub fn with_readers(self, readers: Readers) -> Deferred {
        Deferred { readers: Some(readers), ..self }
    }

    /// Whether the code that reads texts is there.
    pub fn has_readers(self) -> bool {
        self.readers.is_some()
    }

    /// All of it but the code that reads texts.
    pub fn without_readers() -> Deferred {
        Deferred {
            facets: Workspace::facets,
            reader: Workspace::reader,
            completions: completions::completions,
            explanation: Workspace::explanation,
            ranked: Workspace::ranked,
            lens: Workspace::lens,
            arithmetic: Workspace::arithmetic,
            export: Workspace::export,
            export_documents: Workspace::export_documents,
            citation: Workspace::citation,
            readers: None,
        }
    }
}

/// A corpus with its index, whole in memory or in files.
#[derive(Debug)]
pub struct Workspace {
    /// In files, and packed: what is said of it, without documents.
    corpus: Corpus,
    /// The documents of a large corpus in memory.
    #[cfg(feature = "packed")]
    packed: Option<crate::document::packed::PackedDocuments>,
    fingerprint: String,
    index: Index,
    counting: Counting,
    /// Of a corpus in files: what lenses count in.
    sampled: Option<Box<Sampled>>,
    reading: Reading,
    /// What gives first answers, where they are wanted.
    first: Option<FirstAnswers>,
}

/// Rows of a first answer.
const FIRST_ROWS: u32 = 10;

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The response; what it shows of texts, and what it offers, may become more when these chunks are handed in and it
    /// is asked again, perhaps several times. Documents, hits, order and counts are final.
    Ready {
        /// To show.
        response: Box<Response>,
        /// What would make it more; empty for a corpus in memory.
        later: Vec<ChunkId>,
    },
    /// Chunks that must be handed in first.
    Need {
        /// Without these there is no answer, or no first one.
        now: Vec<ChunkId>,
        /// The answer will want these, too: brought along, they spare a round.
        later: Vec<ChunkId>,
        /// What can be shown until then: an answer from some of the lists, or from a few texts, which says so.
        meanwhile: Option<Box<Response>>,
    },
    /// A part of long work is done: asked again, it goes on. Another request may come between, or take its place.
    Working {
        /// Done.
        done: u32,
        /// Of.
        of: u32,
    },
}

/// What came of trying to answer.
struct Attempt {
    response: Response,
    /// What was lacking: the response is of no use then.
    now: Vec<ChunkId>,
    later: Vec<ChunkId>,
    /// The file of a chunk that makes no sense.
    broken: Option<String>,
}

impl Workspace {
    /// Indexes a corpus. Cost: linear in its text.
    pub fn new(corpus: Corpus) -> Workspace {
        let fingerprint = corpus.fingerprint();
        let index = index::build(&corpus.documents, |_| ControlFlow::Continue(())).unwrap_or_default();
        Workspace::of(corpus, fingerprint, index)
    }

    /// Indexes a corpus with its fingerprint, as [`Corpus::from_bytes`] gives both. `progress` is called with
    /// (documents done, of) and may stop the work: then there is no workspace.
    pub fn index_corpus(
        corpus: Corpus,
        fingerprint: String,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Option<Workspace> {
        let of = corpus.documents.len();
        let index = index::build(&corpus.documents, |done| progress(done + 1, of))?;
        Some(Workspace::of(corpus, fingerprint, index))
    }

    fn of(corpus: Corpus, fingerprint: String, index: Index) -> Workspace {
        Workspace {
            corpus,
            #[cfg(feature = "packed")]
            packed: None,
            fingerprint,
            index,
            counting: Counting::default(),
            sampled: None,
            reading: Reading::default(),
            first: None,
        }
    }

    /// Opens a corpus in files. Its chunks are handed in as answers need them.
    pub fn in_files(root: Root) -> Workspace {
        let corpus = Corpus { title: root.title.clone(), ..Corpus::default() };
        Workspace::of(corpus, root.fingerprint.clone(), Index::in_files(root))
    }

    /// Answers a request, or says what that takes. Asking again after handing that in costs the work again: lists are
    /// unpacked in milliseconds. Chunks come in two rounds once the dictionary is there, borders in one more; a first answer
    /// takes such rounds itself, and more, one after the other, where borders or texts must be looked at in many documents.
    pub fn answer(&mut self, request: &Request) -> Answer {
        self.answer_with(request, Some(Deferred::linked()))
    }

    /// [`Workspace::answer`] with the code that is loaded: [`RequestError::NotLoaded`] where it needs `deferred` and
    /// there is none.
    pub fn answer_with(&mut self, request: &Request, deferred: Option<Deferred>) -> Answer {
        let Attempt { response, now, mut later, broken } = self.attempt(request, deferred);
        if !now.is_empty() && broken.is_none() {
            // Cards are looked at last: only then is it certain what will be shown.
            if now.iter().any(|chunk| chunk.kind != ChunkKind::Cards) {
                later.clear();
            }
            return match (self.first.as_ref().map(|first| first.answer), request) {
                (Some(answer), Request::Results { limit: 1.., .. }) => answer(self, request, deferred, now),
                _ => Answer::Need { now, later, meanwhile: None },
            };
        }
        self.index.trim();
        if let Response::Failed(RequestError::Working { done, of }) = response {
            return Answer::Working { done, of };
        }
        let response = match broken {
            Some(file) => Response::Failed(RequestError::Broken { file }),
            None => response,
        };
        Answer::Ready { response: Box::new(response), later }
    }

    fn attempt(&mut self, request: &Request, deferred: Option<Deferred>) -> Attempt {
        self.index.begin();
        let response = self.respond(request, deferred).unwrap_or_else(Response::Failed);
        let (now, later) = self.index.wants.take();
        // What makes no sense is told before more is asked for: that may make no sense either.
        Attempt { response, now, later, broken: self.index.broken() }
    }

    /// Hands in a chunk, as its stream is after inflating ([`Workspace::stream`]).
    ///
    /// # Errors
    /// These are not its bytes: bring them again, past all caches.
    pub fn supply(&mut self, chunk: ChunkId, payload: Vec<u8>) -> Result<(), ChunkError> {
        self.index.supply(chunk, payload)
    }

    /// What is to be read of the files of the index for these chunks; nothing for a corpus in memory.
    pub fn parts(&self, chunks: &[ChunkId]) -> Vec<FilePart> {
        self.index.files.as_ref().map_or_else(Vec::new, |store| store.root().parts(chunks))
    }

    /// What is to be inflated for a chunk, some bytes of its file.
    pub fn stream<'b>(&self, chunk: ChunkId, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        let root = self.index.files.as_ref().map(|store| store.root());
        root.map_or(Cow::Borrowed(bytes), |root| root.stream(chunk.kind, bytes))
    }

    /// The file of a chunk, in the folder of the index.
    pub fn file_name(&self, chunk: ChunkId) -> Option<String> {
        self.index.files.as_ref().and_then(|store| store.root().file_name(chunk))
    }

    /// What most questions need and what is the same for all, the most useful first: lengths of documents, keys, the
    /// dictionary. To be brought in idle time; nothing for a corpus in memory.
    pub fn useful_chunks(&self) -> Vec<ChunkId> {
        let Some(store) = &self.index.files else { return Vec::new() };
        let all = |kind| (0..store.root().names(kind).len() as u32).map(move |number| ChunkId { kind, number });
        let columns = [column::LENGTHS, column::TITLES].map(|number| ChunkId { kind: ChunkKind::Column, number });
        columns.into_iter().chain(all(ChunkKind::Keys)).chain(all(ChunkKind::Terms)).collect()
    }

    /// Answers a request of a corpus in memory.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.handle_with(request, Some(Deferred::linked()))
    }

    /// [`Workspace::handle`] with the code that is loaded, as [`Workspace::answer_with`].
    pub fn handle_with(&mut self, request: &Request, deferred: Option<Deferred>) -> Response {
        loop {
            match self.answer_with(request, deferred) {
                Answer::Ready { response, .. } => return *response,
                Answer::Need { .. } => return Response::Failed(RequestError::NotThere),
                Answer::Working { .. } => {}
            }
        }
    }

    fn respond(&mut self, request: &Request, deferred: Option<Deferred>) -> Result<Response, RequestError> {
        if let Request::Results { question, .. }
        | Request::Documents { question, .. }
        | Request::Facets { question, .. }
        | Request::Reader { question, .. }
        | Request::Explain { question, .. }
        | Request::Lens(LensRequest { question, .. })
        | Request::Arithmetic { lens: LensRequest { question, .. }, .. }
        | Request::Export { lens: LensRequest { question, .. }, .. }
        | Request::ExportDocuments { question, .. }
        | Request::Cite { question, .. }
        | Request::Ranked { question, .. } = request
        {
            self.provide_borders(question);
            let readers = deferred.and_then(|deferred| deferred.readers);
            self.provide_named(question, readers)?;
            if let Request::Facets { reads: true, .. } = request {
                self.provide_names(question, readers)?;
            }
        }
        let deferred = deferred.ok_or(RequestError::NotLoaded);
        Ok(match request {
            Request::About => Response::About(self.about()),
            Request::Results { question, sort, limit, passages } => {
                Response::Results(self.results(question, *sort, *limit, passages.unwrap_or((0, u32::MAX))))
            }
            Request::Documents { question, sort, first, limit } => {
                Response::Documents(self.documents(question, *sort, *first, *limit))
            }
            Request::Facets { question, .. } => Response::Facets((deferred?.facets)(self, question)),
            Request::Reader { name, question, hit, at, extent } => {
                let focus = Focus { hit: *hit, at: *at, extent: *extent };
                let view = (deferred?.reader)(self, self.doc_id(name)?, question, focus);
                Response::Reader(view.ok_or(RequestError::NotThere)?)
            }
            Request::Complete { question, caret, limit } => Response::Completions((deferred?.completions)(
                &self.index,
                &question.query,
                question.exactness,
                *caret,
                *limit as usize,
            )),
            Request::Explain { name, question } => {
                Response::Explanation((deferred?.explanation)(self, self.doc_id(name)?, question))
            }
            Request::Lens(request) => {
                let deferred = deferred?;
                Response::Lens((deferred.lens)(self, request, deferred.readers)?)
            }
            Request::Arithmetic { lens, key } => Response::Arithmetic((deferred?.arithmetic)(self, lens, key)?),
            Request::Export { lens, format, link, today } => {
                let deferred = deferred?;
                let exported = (deferred.export)(self, lens, deferred.readers, *format, Seen { link, today });
                Response::Exported(Apart::of(&exported?))
            }
            Request::ExportDocuments { question, sort, format, link, today } => {
                let exported = (deferred?.export_documents)(self, question, *sort, *format, Seen { link, today });
                Response::Exported(Apart::of(&exported))
            }
            Request::Cite { name, question, hit, link, today } => {
                let view = (deferred?.citation)(self, self.doc_id(name)?, question, *hit, Seen { link, today });
                Response::Citation(Apart::of(&view.ok_or(RequestError::NotThere)?))
            }
            Request::Ranked { question, sort, limit } => {
                Response::Ranked((deferred?.ranked)(self, question, *sort, *limit))
            }
        })
    }

    /// The corpus; of one in files only its title.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Its index: for drivers, tests and benchmarks.
    pub fn index(&self) -> &Index {
        &self.index
    }

    fn doc_id(&self, name: &str) -> Result<DocId, RequestError> {
        self.by_name(name).map(DocId).ok_or_else(|| RequestError::UnknownDocument { name: name.to_owned() })
    }

    fn about(&self) -> AboutView {
        let (record, dates, words) = match &self.index.files {
            None => {
                let dates = self.index.columns.dates().iter().flatten();
                let range = dates.clone().min().copied().zip(dates.max().copied());
                let words = self.index.shapes.text_lens().iter().map(|len| u64::from(*len)).sum();
                (CorpusFacts::of(&self.corpus).about, range, words)
            }
            Some(store) => (store.about().unwrap_or_default(), store.root().dates, store.root().words),
        };
        let dates = match dates {
            Some((first, last)) if first.day() == last.day() => words::date(first),
            Some((first, last)) => format!("{} – {}", words::date(first), words::date(last)),
            None => String::new(),
        };
        AboutView {
            title: self.corpus.title.clone(),
            about: blocks(&record.about),
            credit: record.credit,
            url: record.url,
            fingerprint: self.fingerprint.clone(),
            documents: self.index.doc_count(),
            words,
            types: self.index.vocabulary.len() as u32,
            dates,
            problems: record.problems,
        }
    }

    fn results(&self, question: &Question, sort: Sort, limit: u32, passages: (u32, u32)) -> ResultsView {
        let is_whole = self.index.is_whole();
        let is_ruled_out =
            |plan: &_, sets: &[_]| self.first.as_ref().is_some_and(|first| (first.is_ruled_out)(self, plan, sets));
        let shortcut = match &self.first {
            None => Shortcut::Nowhere,
            Some(first) if !is_whole => Shortcut::Narrow(first.narrow),
            Some(_) => Shortcut::RuledOut(&is_ruled_out),
        };
        let selection = Selection::with(&self.index, question, Some(sort), shortcut);
        let hits = selection.total_hits();
        // The metadata of each row may lie in a file of its own.
        let ordered = selection.ordered(sort, if is_whole { limit } else { limit.min(FIRST_ROWS) });
        // Passages are of all hits: the reader counts them.
        let text = |place: u32, doc_id| match (passages.0..passages.1).contains(&place) {
            _ if !is_whole => None,
            true => self.document(doc_id),
            false => self.index.wants.if_there(|| self.whole_document(doc_id)).flatten(),
        };
        let row = |(place, (doc_id, _))| match text(place, doc_id) {
            Some(document) => {
                let Marks { shape, hits, parts } = self.marks(&selection.plan, &selection.matches, doc_id, &document);
                Some(results::row(&document, shape, &hits, &parts))
            }
            None => {
                let hits = selection.matches.hit_count(&selection.plan, doc_id);
                self.card(doc_id).map(|card| results::row_without_text(card, hits))
            }
        };
        let rows = (0u32..).zip(ordered).filter_map(row).collect();
        ResultsView {
            matched: selection.docs.len() as u32,
            of: self.index.doc_count(),
            so_far: (!is_whole).then(|| self.index.reach()),
            hits,
            rows,
            echo: selection.echo(hits),
        }
    }

    fn documents(&self, question: &Question, sort: Sort, first: u32, limit: u32) -> DocumentsView {
        let selection = Selection::of(&self.index, question, Some(sort));
        let hits = selection.total_hits();
        let ordered = selection.ordered(sort, first.saturating_add(limit));
        let rows = ordered.into_iter().skip(first as usize).filter_map(|(doc_id, _)| {
            let hits = selection.matches.hit_count(&selection.plan, doc_id);
            Some(documents::DocumentRow { card: self.card(doc_id)?, hits })
        });
        let rows = rows.collect();
        DocumentsView {
            matched: selection.docs.len() as u32,
            of: self.index.doc_count(),
            first,
            rows,
            echo: selection.echo(hits),
        }
    }

    fn facets(&self, question: &Question) -> Apart<FacetsView> {
        let selection = Selection::of(&self.index, question, None);
        let view = facets::facets(&self.index, &selection.matches.docs, &question.filters, &selection.sets);
        Apart::of(&view)
    }

    fn reader(&self, doc_id: DocId, question: &Question, focus: Focus) -> Option<ReaderAnswer> {
        let root = parse(&question.query, question.is_typing).root;
        let plan = plan(&self.index, root.as_ref(), question.exactness);
        let matches = match self.index.files {
            None => evaluate::evaluate(&self.index, &plan, None),
            Some(_) => Matches::default(),
        };
        let document = self.whole_document(doc_id)?;
        let Marks { shape, hits, parts } = self.marks(&plan, &matches, doc_id, &document);
        let view = reader::reader(&document, shape, &hits, &parts, focus, &self.corpus.title);
        Some(ReaderAnswer { hits: view.hits, citation: view.citation.clone(), view: Apart::of(&view) })
    }

    /// Sentences and paragraphs are cut when a query first asks for them: most never do. Files have them.
    fn provide_borders(&mut self, question: &Question) {
        if self.index.borders.is_none() && question.query.as_bytes().contains(&b'<') {
            let parsed = parse(&question.query, question.is_typing);
            if plan(&self.index, parsed.root.as_ref(), question.exactness).needs_borders() {
                let borders = Borders::of(&self.index, &mut self.all_held());
                self.index.borders = Some(borders);
            }
        }
    }

    fn explanation(&self, doc_id: DocId, question: &Question) -> Apart<ExplanationView> {
        let selection = Selection::of(&self.index, question, Some(Sort::default()));
        let ranked = selection.ordered(Sort::default(), u32::MAX);
        let rank = ranked.iter().position(|(other, _)| *other == doc_id).map_or(0, |place| place as u32 + 1);
        let card = self.card(doc_id);
        let ranking = Ranking::default();
        let Selection { plan, matches, docs, .. } = &selection;
        let explained = rank::explain(&self.index, plan, matches, docs, doc_id, &ranking).unwrap_or_default();
        Apart::of(&ExplanationView {
            name: card.as_ref().map(|card| card.name.clone()).unwrap_or_default(),
            title: card.map(|card| card.title_text()).unwrap_or_default(),
            rank,
            ..explanation::explanation(&self.index, plan, matches, docs, doc_id, &explained, &ranking)
        })
    }

    fn ranked(&self, question: &Question, sort: Sort, limit: u32) -> Apart<Ranked> {
        let selection = Selection::of(&self.index, question, Some(Sort::default()));
        let scores = selection.scores();
        let documents = selection
            .ordered_by(sort, limit, &scores)
            .into_iter()
            .filter_map(|(doc_id, score)| Some(RankedDocument { id: self.name(doc_id)?, score }));
        Apart::of(&Ranked {
            total: selection.docs.len() as u32,
            hits: selection.total_hits(),
            documents: documents.collect(),
            problems: selection
                .problems
                .iter()
                .map(|problem| problem.message(&question.query))
                .chain(selection.filter_problems.clone())
                .collect(),
        })
    }
}

/// Blocks of a text with empty lines between them.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.split('\n').map(str::trim) {
        match blocks.last_mut().filter(|_| !line.is_empty()) {
            Some(block) => {
                block.push_str(if block.is_empty() { "" } else { "\n" });
                block.push_str(line);
            }
            None => blocks.push(String::new()),
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}
