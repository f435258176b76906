//! First rows of a question for many words, found by the rarest of them and looked for in the texts.
//!
//! Each word is a list of its own to read, function words are megabytes; and what has all of many words is seldom in more
//! than a document or two. So the documents that have the rarest words are read themselves, a few at most.

use super::selection::Selection;
use super::{Question, Sort, Workspace};
use crate::base::DocId;
use crate::base::Span;
use crate::base::order::sort_by;
use crate::index::Index;
use crate::index::files::ChunkId;
use crate::index::files::tiers::Tier;
use crate::query::ast::Op;
use crate::query::filter;
use crate::query::plan::{Element, Frame, Leaf, Spans};
use crate::query::{Plan, evaluate, expand, parse, plan};
use crate::views::echo::EchoView;
use crate::views::{ResultsView, results};

/// Words that are looked up: fewer leave too many documents, more take as much as all.
const LOOKED_UP: usize = 4;
/// Most documents with these words, of which one may be read.
const MOST_DOCUMENTS: usize = 8;

/// What came of it.
pub(super) enum Sifted {
    /// Rows, with all their hits.
    Found(ResultsView),
    /// What it takes to go on.
    Takes(Vec<ChunkId>),
}

impl Workspace {
    /// First rows of a question, or what they take; nothing where it has too few words that all rows have, or where these
    /// are in too many documents or in none.
    pub(super) fn sifted(&mut self, question: &Question, sort: Sort) -> Option<Sifted> {
        self.index.begin();
        let found = self.sift(question, sort);
        let (lacking, _) = self.index.wants.take();
        if lacking.is_empty() { found.map(Sifted::Found) } else { Some(Sifted::Takes(lacking)) }
    }

    fn sift(&mut self, question: &Question, sort: Sort) -> Option<ResultsView> {
        let index = &self.index;
        let parsed = parse(&question.query, question.is_typing);
        let whole = plan(index, parsed.root.as_ref(), question.exactness);
        let rare = rarest(index, &whole)?;
        rare.want_lists(index, false);
        let sets: Vec<_> = question.filters.iter().map(|own| filter::select(index, own).0).collect();
        if !index.wants.is_empty() {
            return None;
        }
        let mut docs = evaluate::evaluate(index, &rare, None).docs;
        sets.iter().for_each(|set| set.retain(&mut docs));
        if docs.len() > MOST_DOCUMENTS {
            return None;
        }
        let (mut found, mut rows, mut hits) = (Vec::new(), Vec::new(), 0);
        for doc_id in docs {
            let document = match rows.is_empty() {
                true => self.whole_document(doc_id),
                false => index.wants.if_there(|| self.whole_document(doc_id)).flatten(),
            };
            let Some(document) = document else {
                // One after the other: the first is often what was looked for.
                if rows.is_empty() { return None } else { continue }
            };
            if let Some(marks) = self.marks_in(&whole, whole.frame.as_ref(), &document) {
                hits += marks.hits.len() as u64;
                rows.push(results::row(&document, marks.shape, &marks.hits, &marks.parts));
                found.push(doc_id);
            }
        }
        if rows.is_empty() {
            return None;
        }
        let echo = self.echo_so_far(question, sort, found, hits);
        let (matched, of) = (rows.len() as u32, self.index.doc_count());
        Some(ResultsView { matched, of, so_far: Some(of), hits, rows, echo })
    }

    /// What is said of these documents while more are to come.
    fn echo_so_far(&mut self, question: &Question, sort: Sort, found: Vec<DocId>, hits: u64) -> EchoView {
        self.index.set_tier(Tier::Narrow);
        let mut selection = Selection::of(&self.index, question, Some(sort));
        selection.docs = found;
        let echo = selection.echo(hits);
        drop(selection);
        self.index.set_tier(Tier::All);
        // Its lists are not there.
        self.index.wants.take();
        self.index.wants.take_put_off();
        echo
    }
}

/// A plan for the documents that have the rarest of the words which every row of a plan has; nothing where these are not
/// more than are looked up, or where the plan asks for more than texts have.
fn rarest(index: &Index, plan: &Plan) -> Option<Plan> {
    let frame = plan.frame.as_ref()?;
    let parts = match frame {
        Frame::And(parts) => parts.as_slice(),
        frame => std::slice::from_ref(frame),
    };
    if !is_of_words(frame) || plan.is_narrowed {
        return None;
    }
    let mut words: Vec<(u64, Element)> = Vec::new();
    for part in parts {
        let Frame::Leaf(number) = part else { continue };
        let Some(Leaf { spans: Spans::Words(elements), is_negated: false, .. }) = plan.leaves.get(*number) else {
            continue;
        };
        for element in elements.iter().filter(|element| !element.is_negated) {
            let mut element = element.clone();
            expand::without_inflections(index, &mut element.types);
            let frequency = element.types.iter().map(|found| u64::from(index.list_info(found.type_id).frequency)).sum();
            words.push((frequency, element));
        }
    }
    sort_by(&mut words, |a, b| a.0.cmp(&b.0));
    if words.len() <= LOOKED_UP {
        return None;
    }
    let mut rare = Plan::default();
    let mut frames = Vec::new();
    for (_, element) in words.into_iter().take(LOOKED_UP) {
        frames.push(Frame::Leaf(rare.leaves.len()));
        let spans = Spans::Words(vec![element]);
        rare.leaves.push(Leaf { op: Op::And(Vec::new()), at: Span::new(0, 0), spans, is_negated: false, times: 1 });
    }
    rare.frame = Some(Frame::And(frames));
    Some(rare)
}

/// Whether a frame is of words alone: sets of documents mean nothing in an index of one.
fn is_of_words(frame: &Frame) -> bool {
    match frame {
        Frame::Leaf(_) => true,
        Frame::Docs(_) => false,
        Frame::And(parts) | Frame::Or(parts) => parts.iter().all(is_of_words),
        Frame::Not(part) => is_of_words(part),
    }
}
