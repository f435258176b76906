//! The one door: a workspace holds a corpus with its index and answers every request.
//!
//! No algorithm lives here. The worker, the command line and the tests all call [`Workspace::handle`].

use std::ops::ControlFlow;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use crate::base::order::first_by;
use crate::base::{DocId, PartialDate};
use crate::document::Corpus;
use crate::index::{self, Borders, Index};
pub use crate::query::Exactness;
use crate::query::filter::{self, DocSet, Filter};
use crate::query::problem::Fault;
use crate::query::{Matches, Node, Parsed, Plan, QueryProblem, Ranking, evaluate, parse, plan, rank};
/// For hosts that bring stemmers of their own: which languages need them, and where to register them.
pub use crate::text::stem::{needs_snowball, set_snowball};
use crate::views::echo::{EchoParts, EchoView, echo};
use crate::views::{
    AboutView, Card, CompletionsView, DocumentsView, ExplanationView, FacetsView, ReaderView, ResultsView, completions,
    documents, explanation, facets, reader, results, words,
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
    },
    /// The Documents lens, its first `limit` rows.
    Documents {
        /// What is asked.
        question: Question,
        /// In which order.
        sort: Sort,
        /// How many rows.
        limit: u32,
    },
    /// Filters with their counts.
    Facets {
        /// What is asked.
        question: Question,
    },
    /// One document with its hits.
    Reader {
        /// Its name.
        name: String,
        /// What is asked.
        question: Question,
        /// The hit to show, from 0.
        hit: u32,
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
    Facets(FacetsView),
    /// To [`Request::Reader`].
    Reader(ReaderView),
    /// To [`Request::Complete`].
    Completions(CompletionsView),
    /// To [`Request::Explain`].
    Explanation(ExplanationView),
    /// To [`Request::Ranked`].
    Ranked(Ranked),
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
    /// No document has the name.
    #[error("This corpus has no document named “{name}”. The link may be for another version of it.")]
    UnknownDocument {
        /// As asked.
        name: String,
    },
}

/// A corpus with its index.
#[derive(Debug)]
pub struct Workspace {
    corpus: Corpus,
    fingerprint: String,
    index: Index,
}

impl Workspace {
    /// Indexes a corpus. Cost: linear in its text.
    pub fn new(corpus: Corpus) -> Workspace {
        let fingerprint = corpus.fingerprint();
        let index = index::build(&corpus.documents, |_| ControlFlow::Continue(())).unwrap_or_default();
        Workspace { corpus, fingerprint, index }
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
        Some(Workspace { corpus, fingerprint, index })
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &Request) -> Response {
        if let Request::Results { question, .. }
        | Request::Documents { question, .. }
        | Request::Facets { question }
        | Request::Reader { question, .. }
        | Request::Explain { question, .. }
        | Request::Ranked { question, .. } = request
        {
            self.provide_borders(question);
        }
        match request {
            Request::About => Response::About(self.about()),
            Request::Results { question, sort, limit } => Response::Results(self.results(question, *sort, *limit)),
            Request::Documents { question, sort, limit } => {
                Response::Documents(self.documents(question, *sort, *limit))
            }
            Request::Facets { question } => Response::Facets(self.facets(question)),
            Request::Reader { name, question, hit, extent } => match self.doc_id(name) {
                Some(doc_id) => Response::Reader(self.reader(doc_id, question, *hit, *extent)),
                None => Response::Failed(RequestError::UnknownDocument { name: name.clone() }),
            },
            Request::Complete { question, caret, limit } => Response::Completions(completions::completions(
                &self.index,
                &question.query,
                question.exactness,
                *caret,
                *limit as usize,
            )),
            Request::Explain { name, question } => match self.doc_id(name) {
                Some(doc_id) => Response::Explanation(self.explanation(doc_id, question)),
                None => Response::Failed(RequestError::UnknownDocument { name: name.clone() }),
            },
            Request::Ranked { question, sort, limit } => Response::Ranked(self.ranked(question, *sort, *limit)),
        }
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Its index: for tests and benchmarks.
    pub fn index(&self) -> &Index {
        &self.index
    }

    fn doc_id(&self, name: &str) -> Option<DocId> {
        self.corpus.documents.iter().position(|document| document.name == name).map(|place| DocId(place as u32))
    }

    fn about(&self) -> AboutView {
        let dates = || self.index.columns.dates.iter().flatten();
        let dates = match (dates().min(), dates().max()) {
            (Some(first), Some(last)) if first.day() == last.day() => words::date(*first),
            (Some(first), Some(last)) => format!("{} – {}", words::date(*first), words::date(*last)),
            _ => String::new(),
        };
        AboutView {
            title: self.corpus.title.clone(),
            about: blocks(&self.corpus.about),
            credit: self.corpus.credit.clone(),
            url: self.corpus.url.clone(),
            fingerprint: self.fingerprint.clone(),
            documents: self.index.doc_count(),
            words: self.index.shapes.iter().map(|shape| u64::from(shape.text_len)).sum(),
            types: self.index.vocabulary.len() as u32,
            dates,
            problems: self.corpus.problems.clone(),
        }
    }

    fn results(&self, question: &Question, sort: Sort, limit: u32) -> ResultsView {
        let selection = Selection::of(&self.index, question);
        let hits = selection.matches.total_hits(&selection.plan, &selection.docs);
        let rows = selection.ordered(sort, limit).into_iter().filter_map(|(doc_id, _)| {
            let document = self.corpus.documents.get(doc_id.0 as usize)?;
            let hits = selection.matches.hits(&selection.plan, doc_id);
            let parts = selection.matches.parts(&selection.plan, doc_id, &hits);
            Some(results::row(document, self.index.shape(doc_id), &hits, &parts))
        });
        let rows = rows.collect();
        ResultsView {
            matched: selection.docs.len() as u32,
            of: self.index.doc_count(),
            hits,
            rows,
            echo: selection.echo(hits),
        }
    }

    fn documents(&self, question: &Question, sort: Sort, limit: u32) -> DocumentsView {
        let selection = Selection::of(&self.index, question);
        let hits = selection.matches.total_hits(&selection.plan, &selection.docs);
        let rows = selection.ordered(sort, limit).into_iter().filter_map(|(doc_id, _)| {
            let document = self.corpus.documents.get(doc_id.0 as usize)?;
            let hits = selection.matches.hit_count(&selection.plan, doc_id);
            Some(documents::DocumentRow { card: Card::of(document, self.index.shape(doc_id)), hits })
        });
        let rows = rows.collect();
        DocumentsView {
            matched: selection.docs.len() as u32,
            of: self.index.doc_count(),
            rows,
            echo: selection.echo(hits),
        }
    }

    fn facets(&self, question: &Question) -> FacetsView {
        let selection = Selection::of(&self.index, question);
        facets::facets(&self.index, &selection.matches.docs, &question.filters, &selection.sets)
    }

    fn reader(&self, doc_id: DocId, question: &Question, hit: u32, extent: u32) -> ReaderView {
        let root = parse(&question.query, question.is_typing).root;
        let plan = plan(&self.index, root.as_ref(), question.exactness);
        let matches = evaluate::evaluate(&self.index, &plan, None);
        let hits = matches.hits(&plan, doc_id);
        let parts = matches.parts(&plan, doc_id, &hits);
        let document = &self.corpus.documents[doc_id.0 as usize];
        reader::reader(document, self.index.shape(doc_id), &hits, &parts, hit, extent, &self.corpus.title)
    }

    /// Sentences and paragraphs are cut when a query first asks for them: most never do.
    fn provide_borders(&mut self, question: &Question) {
        if self.index.borders.is_none() && question.query.contains('<') {
            let parsed = parse(&question.query, question.is_typing);
            if plan(&self.index, parsed.root.as_ref(), question.exactness).needs_borders() {
                self.index.borders = Some(Borders::of(&self.index, &self.corpus.documents));
            }
        }
    }

    fn explanation(&self, doc_id: DocId, question: &Question) -> ExplanationView {
        let selection = Selection::of(&self.index, question);
        let ranked = selection.ordered(Sort::default(), u32::MAX);
        let rank = ranked.iter().position(|(other, _)| *other == doc_id).map_or(0, |place| place as u32 + 1);
        let title =
            self.corpus.documents.get(doc_id.0 as usize).map(crate::views::card::title_text).unwrap_or_default();
        let name =
            self.corpus.documents.get(doc_id.0 as usize).map(|document| document.name.clone()).unwrap_or_default();
        let ranking = Ranking::default();
        let Selection { plan, matches, docs, .. } = &selection;
        let explained = rank::explain(&self.index, plan, matches, docs, doc_id, &ranking).unwrap_or_default();
        ExplanationView {
            name,
            title: title.to_owned(),
            rank,
            ..explanation::explanation(&self.index, plan, matches, docs, doc_id, &explained, &ranking)
        }
    }

    fn ranked(&self, question: &Question, sort: Sort, limit: u32) -> Ranked {
        let selection = Selection::of(&self.index, question);
        let documents = selection.ordered(sort, limit).into_iter().filter_map(|(doc_id, score)| {
            let document = self.corpus.documents.get(doc_id.0 as usize)?;
            Some(RankedDocument { id: document.name.clone(), score })
        });
        Ranked {
            total: selection.docs.len() as u32,
            hits: selection.matches.total_hits(&selection.plan, &selection.docs),
            documents: documents.collect(),
            problems: selection
                .problems
                .iter()
                .map(|problem| problem.message(&question.query))
                .chain(selection.filter_problems.clone())
                .collect(),
        }
    }
}

/// Blocks of a text with empty lines between them.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.lines().map(str::trim) {
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

/// What a question selects, on the way to a view.
struct Selection<'w> {
    index: &'w Index,
    parsed: Parsed,
    plan: Plan,
    matches: Matches<'w>,
    /// For each filter, what it lets through.
    sets: Vec<DocSet>,
    /// Documents of the query that pass all filters, ascending.
    docs: Vec<DocId>,
    /// What of the query could not be used.
    problems: Vec<QueryProblem>,
    /// What of the filters could not be used.
    filter_problems: Vec<String>,
    question: &'w Question,
}

impl<'w> Selection<'w> {
    fn of(index: &'w Index, question: &'w Question) -> Selection<'w> {
        let parsed = parse(&question.query, question.is_typing);
        let plan = plan(index, parsed.root.as_ref(), question.exactness);
        let matches = evaluate::evaluate(index, &plan, None);
        let mut sets = Vec::new();
        let mut filter_problems = Vec::new();
        for filter in &question.filters {
            let (set, errors) = filter::select(index, filter);
            sets.push(set);
            filter_problems.extend(errors.iter().map(ToString::to_string));
        }
        let passes = |doc_id: &DocId| sets.iter().all(|set| set.contains(*doc_id));
        let docs = matches.docs.iter().copied().filter(passes).collect();
        let given_up = plan.leaves.iter().zip(&matches.leaves).filter(|(_, found)| found.is_given_up);
        let given_up = given_up.map(|(leaf, _)| QueryProblem { at: leaf.at, fault: Fault::TooComplex });
        let problems = parsed.problems.iter().chain(&plan.problems).cloned().chain(given_up).collect();
        Selection { index, parsed, plan, matches, sets, docs, problems, filter_problems, question }
    }

    /// The first `limit` documents in an order, with their scores.
    fn ordered(&self, sort: Sort, limit: u32) -> Vec<(DocId, f64)> {
        if limit == 0 {
            return Vec::new();
        }
        let scores = rank::scores(self.index, &self.plan, &self.matches, &self.docs, &Ranking::default());
        let row = |place: usize| (self.docs[place], scores[place]);
        let compare = &mut |a: usize, b: usize| self.compare(sort, &row(a), &row(b));
        first_by(self.docs.len(), limit as usize, compare).into_iter().map(row).collect()
    }

    fn compare(&self, sort: Sort, a: &(DocId, f64), b: &(DocId, f64)) -> std::cmp::Ordering {
        let columns = &self.index.columns;
        let (at, bt) = (a.0.0 as usize, b.0.0 as usize);
        let directed = |order: std::cmp::Ordering| if sort.is_descending { order.reverse() } else { order };
        // What is not known comes last in both directions.
        let known_first =
            |a_known: bool, b_known: bool, order: std::cmp::Ordering| b_known.cmp(&a_known).then(directed(order));
        let category = |name: &str| {
            let value = |doc: usize| {
                let column = columns.category(name)?;
                column.values.get(*column.ordinals(doc).first()? as usize).filter(|value| !value.is_empty())
            };
            known_first(value(at).is_some(), value(bt).is_some(), value(at).cmp(&value(bt)))
        };
        match sort.key {
            // The best comes first unless the reader turns the order around.
            SortKey::Relevance => directed(b.1.total_cmp(&a.1)),
            SortKey::Date => {
                let date = |doc: usize| -> Option<PartialDate> { columns.dates.get(doc).copied().flatten() };
                known_first(date(at).is_some(), date(bt).is_some(), date(at).cmp(&date(bt)))
            }
            SortKey::Title => directed(columns.title_keys.get(at).cmp(&columns.title_keys.get(bt))),
            SortKey::Length => directed(self.index.shape(a.0).text_len.cmp(&self.index.shape(b.0).text_len)),
            SortKey::Source => category("source"),
            SortKey::Language => category("language"),
            SortKey::Hits => {
                let hits = |doc_id| self.matches.hit_count(&self.plan, doc_id);
                directed(hits(a.0).cmp(&hits(b.0)))
            }
        }
    }

    fn echo(&self, hits: u64) -> EchoView {
        let count = |node: &Node| {
            let plan = plan(self.index, Some(node), self.question.exactness);
            let matches = evaluate::evaluate(self.index, &plan, Some((&self.plan, &self.matches)));
            let passes = |doc_id: &DocId| self.sets.iter().all(|set| set.contains(*doc_id));
            let docs: Vec<DocId> = matches.docs.iter().copied().filter(passes).collect();
            (docs.len() as u32, matches.total_hits(&plan, &docs))
        };
        echo(EchoParts {
            index: self.index,
            query: &self.question.query,
            exactness: self.question.exactness,
            parsed: &self.parsed,
            plan: &self.plan,
            matches: &self.matches,
            docs: &self.docs,
            hits,
            is_filtered: !self.sets.is_empty(),
            problems: &self.problems,
            filter_problems: self.filter_problems.clone(),
            count: &count,
        })
    }
}
