//! What a question selects, on the way to a view.

use super::{Question, Sort, SortKey};
use crate::base::order::{first_by, highest};
use crate::base::{DocId, PartialDate};
use crate::index::Index;
use crate::index::files::ChunkId;
use crate::query::filter::{self, DocSet};
use crate::query::problem::Fault;
use crate::query::{Matches, Node, Parsed, Plan, QueryProblem, Ranking, evaluate, parse, plan, rank};
use crate::views::echo::{EchoParts, EchoView, echo};

/// How a question of a corpus in files is answered without all that it takes.
#[derive(Clone, Copy)]
pub(super) enum Shortcut<'s> {
    /// Not at all.
    Nowhere,
    /// Leaves out some of what the plan looks for.
    Narrow(fn(&Index, &mut Plan)),
    /// Says whether the documents of these sets have nothing of the plan.
    RuledOut(&'s dyn Fn(&Plan, &[DocSet]) -> bool),
}

/// What a question selects.
pub(super) struct Selection<'w> {
    index: &'w Index,
    parsed: Parsed,
    pub(super) plan: Plan,
    pub(super) matches: Matches<'w>,
    /// For each filter, what it lets through.
    pub(super) sets: Vec<DocSet>,
    /// Documents of the query that pass all filters, ascending.
    pub(super) docs: Vec<DocId>,
    /// What of the query could not be used.
    pub(super) problems: Vec<QueryProblem>,
    /// What of the filters could not be used.
    pub(super) filter_problems: Vec<String>,
    question: &'w Question,
    /// Where nothing is found whatever these say: what is lacking for the whole answer. Of the leaves nothing is known then.
    unread: Vec<ChunkId>,
}

impl<'w> Selection<'w> {
    /// Selects what a question asks for, to be shown in the order `sort` where it is shown.
    ///
    /// Where the index lies in files and lacks something, that is noted before anything is walked, all at once, and what
    /// is returned is of no use.
    pub(super) fn of(index: &'w Index, question: &'w Question, sort: Option<Sort>) -> Selection<'w> {
        Selection::with(index, question, sort, Shortcut::Nowhere)
    }

    /// [`Selection::of`], with a shortcut.
    pub(super) fn with(
        index: &'w Index,
        question: &'w Question,
        sort: Option<Sort>,
        shortcut: Shortcut,
    ) -> Selection<'w> {
        let parsed = parse(&question.query, question.is_typing);
        let mut plan = plan(index, parsed.root.as_ref(), question.exactness);
        if let Shortcut::Narrow(narrow) = shortcut {
            narrow(index, &mut plan);
        }
        let mut sets = Vec::new();
        let mut filter_problems = Vec::new();
        for filter in &question.filters {
            let (set, errors) = filter::select(index, filter);
            sets.push(set);
            filter_problems.extend(errors.iter().map(ToString::to_string));
        }
        let (mut matches, mut unread) = (Matches::nowhere(&plan), Vec::new());
        let find = |matches: &mut Matches<'w>| {
            plan.want_lists(index, sort.is_some_and(|sort| sort.key == SortKey::Relevance));
            want_order(index, sort);
            if index.wants.is_empty() {
                *matches = evaluate::evaluate(index, &plan, None);
            }
        };
        match shortcut {
            _ if !index.wants.is_empty() => {}
            Shortcut::RuledOut(is_ruled_out) => {
                let lacking = index.wants.lacking(|| find(&mut matches));
                if !lacking.is_empty() && is_ruled_out(&plan, &sets) {
                    (matches, unread) = (Matches::default(), lacking);
                } else {
                    lacking.into_iter().for_each(|chunk| index.wants.note(chunk));
                }
            }
            Shortcut::Nowhere | Shortcut::Narrow(_) => find(&mut matches),
        }
        let docs = passing(&sets, &matches);
        let given_up = plan.leaves.iter().zip(&matches.leaves).filter(|(_, found)| found.is_given_up);
        let given_up = given_up.map(|(leaf, _)| QueryProblem { at: leaf.at, fault: Fault::TooComplex });
        let problems = parsed.problems.iter().chain(&plan.problems).cloned().chain(given_up).collect();
        Selection { index, parsed, plan, matches, sets, docs, problems, filter_problems, question, unread }
    }

    /// Hits in the documents selected.
    pub(super) fn total_hits(&self) -> u64 {
        self.matches.total_hits(&self.plan, &self.docs)
    }

    /// The scores of the documents selected.
    pub(super) fn scores(&self) -> Vec<f64> {
        rank::scores(self.index, &self.plan, &self.matches, &self.docs, &Ranking::default())
    }

    /// The first `limit` documents in an order, with their scores where that is the order.
    pub(super) fn ordered(&self, sort: Sort, limit: u32) -> Vec<(DocId, f64)> {
        let is_ranked = sort.key == SortKey::Relevance && !self.plan.leaves.is_empty() && limit > 0;
        let scores = if is_ranked { self.scores() } else { vec![0.0; self.docs.len()] };
        self.ordered_by(sort, limit, &scores)
    }

    /// [`Selection::ordered`], the scores being known.
    pub(super) fn ordered_by(&self, sort: Sort, limit: u32, scores: &[f64]) -> Vec<(DocId, f64)> {
        // Counted once, not at every comparison.
        let hits: Vec<f64> = match sort.key {
            SortKey::Hits => {
                self.docs.iter().map(|doc_id| self.matches.hit_count(&self.plan, *doc_id).into()).collect()
            }
            _ => Vec::new(),
        };
        let values = if hits.is_empty() { scores } else { &hits };
        let places = first_places(self.index, &self.docs, sort, limit, values);
        places.into_iter().map(|place| (self.docs[place], scores[place])).collect()
    }

    /// Says what was understood and found.
    pub(super) fn echo(&self, hits: u64) -> EchoView {
        let count = |node: &Node| {
            let plan = plan(self.index, Some(node), self.question.exactness);
            let matches = evaluate::evaluate(self.index, &plan, Some((&self.plan, &self.matches)));
            let docs = passing(&self.sets, &matches);
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
            unread: &self.unread,
            problems: &self.problems,
            filter_problems: self.filter_problems.clone(),
            count: &count,
        })
    }
}

/// The documents that pass all filters.
pub(super) fn passing(sets: &[DocSet], matches: &Matches) -> Vec<DocId> {
    let mut docs = matches.docs.clone();
    sets.iter().for_each(|set| set.retain(&mut docs));
    docs
}

/// The places of the first `limit` of `docs` in an order. `values`, one each: their hits where these are the order, else
/// their scores.
pub(super) fn first_places(index: &Index, docs: &[DocId], sort: Sort, limit: u32, values: &[f64]) -> Vec<usize> {
    let row = |place: usize| (docs[place], values[place]);
    match sort {
        Sort { key: SortKey::Relevance, is_descending: false } | Sort { key: SortKey::Hits, is_descending: true } => {
            highest(values, limit as usize)
        }
        _ => first_by(docs.len(), limit as usize, &mut |a, b| compare(index, sort, &row(a), &row(b))),
    }
}

/// Compares two documents with their scores, or, where these are the order, with their hits.
fn compare(index: &Index, sort: Sort, a: &(DocId, f64), b: &(DocId, f64)) -> std::cmp::Ordering {
    let columns = &index.columns;
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
        SortKey::Hits => directed(a.1.total_cmp(&b.1)),
        SortKey::Date => {
            let date = |doc: usize| -> Option<PartialDate> { columns.dates().get(doc).copied().flatten() };
            known_first(date(at).is_some(), date(bt).is_some(), date(at).cmp(&date(bt)))
        }
        SortKey::Title => directed(columns.title_ranks().get(at).cmp(&columns.title_ranks().get(bt))),
        SortKey::Length => directed(index.shapes.text_len(a.0).cmp(&index.shapes.text_len(b.0))),
        SortKey::Source => category("source"),
        SortKey::Language => category("language"),
    }
}

/// Asks for what an order takes.
pub(super) fn want_order(index: &Index, sort: Option<Sort>) {
    match sort.map(|sort| sort.key) {
        None | Some(SortKey::Relevance | SortKey::Hits) => {}
        Some(SortKey::Date) => drop(index.columns.dates()),
        Some(SortKey::Title) => drop(index.columns.title_ranks()),
        Some(SortKey::Length) => drop(index.shapes.text_lens()),
        Some(SortKey::Source) => drop(index.columns.category("source")),
        Some(SortKey::Language) => drop(index.columns.category("language")),
    }
}
