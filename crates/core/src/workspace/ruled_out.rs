//! Questions that find nothing, known by a few of their words.
//!
//! Of many words no document may have more than some together. As soon as those that are there have no document in common,
//! or none whose text has the others, the answer is none, whatever the lists of the others say.

use super::Workspace;
use super::selection::passing;
use super::sifted::{can_be_read, take_sets};
use crate::base::order::sort_by;
use crate::base::{DocId, Span};
use crate::query::ast::Op;
use crate::query::expand::TypeMatch;
use crate::query::filter::DocSet;
use crate::query::plan::{Element, Frame, Leaf, Spans};
use crate::query::{Matches, Plan, evaluate};

/// Most documents whose texts are asked for what is not known by lists.
const MOST_ASKED: usize = 64;

/// What every document has that a plan selects.
pub(super) struct Condition {
    /// The leaf where it stands, of alternatives the first.
    pub(super) leaf: usize,
    /// Of which it has one, sorted.
    pub(super) types: Vec<TypeMatch>,
}

impl Workspace {
    /// Whether no document that is in all `sets` has what a plan asks for, as far as that is known by the lists and the texts
    /// that are there. Cost: the postings of those lists; an index of each text of a few documents.
    pub(super) fn is_ruled_out(&self, plan: &Plan, sets: &[DocSet]) -> bool {
        let index = &self.index;
        let (mut plan, mut sets) = (plan.clone(), sets.to_vec());
        take_sets(&mut plan, &mut sets);
        let (conditions, mut known) = (conditions(&plan), Plan::default());
        for condition in conditions {
            let element = Element { types: condition.types, is_negated: false, width: 1 };
            let (op, at, spans) = (Op::And(Vec::new()), Span::new(0, 0), Spans::Words(vec![element]));
            let own = Plan { leaves: vec![Leaf { op, at, spans, is_negated: false, times: 1 }], ..Plan::default() };
            if index.wants.lacking(|| own.want_lists(index, false)).is_empty() {
                known.leaves.extend(own.leaves);
            }
        }
        if known.leaves.is_empty() {
            return false;
        }
        known.frame = Some(Frame::And((0..known.leaves.len()).map(Frame::Leaf).collect()));
        let matches = evaluate::evaluate(index, &known, None);
        let docs = passing(&sets, &matches);
        docs.is_empty()
            || docs.len() <= MOST_ASKED && can_be_read(index, &plan) && self.is_in_none(&plan, &docs, &matches)
    }

    /// Whether the texts of all of these are there, and none has what a plan asks for.
    fn is_in_none(&self, plan: &Plan, docs: &[DocId], known: &Matches) -> bool {
        let candidates = || self.candidates(plan, docs, known, 1);
        let candidates = self.index.wants.if_there(candidates).flatten();
        candidates.is_some_and(|candidates| candidates.found.is_empty() && candidates.unread.is_empty())
    }
}

/// Each of the words that every document has that a plan selects, in all its forms.
pub(super) fn conditions(plan: &Plan) -> Vec<Condition> {
    plan.frame.as_ref().map_or(Vec::new(), |frame| of_frame(plan, frame))
}

fn of_frame(plan: &Plan, frame: &Frame) -> Vec<Condition> {
    match frame {
        Frame::Leaf(leaf) => plan.leaves.get(*leaf).map_or(Vec::new(), |own| of_spans(*leaf, &own.spans)),
        Frame::And(parts) => parts.iter().flat_map(|part| of_frame(plan, part)).collect(),
        Frame::Or(parts) => of_any(parts.iter().map(|part| of_frame(plan, part)).collect()),
        Frame::Not(_) | Frame::Docs(_) => Vec::new(),
    }
}

fn of_spans(leaf: usize, spans: &Spans) -> Vec<Condition> {
    match spans {
        Spans::Words(elements) => {
            let wanted = elements.iter().filter(|element| !element.is_negated);
            wanted.map(|element| Condition { leaf, types: element.types.clone() }).collect()
        }
        Spans::Near { parts, .. } => parts.iter().flat_map(|part| of_spans(leaf, part)).collect(),
        Spans::Within(part, _) | Spans::Title(part) | Spans::Inside(part, _) => of_spans(leaf, part),
        Spans::Any(parts) => of_any(parts.iter().map(|part| of_spans(leaf, part)).collect()),
        Spans::Sequence { .. } | Spans::Stretches(_) => Vec::new(),
    }
}

/// Where one of several alternatives holds, so does each of its conditions: the first or the first of the others, and so
/// on.
fn of_any(alternatives: Vec<Vec<Condition>>) -> Vec<Condition> {
    let most = alternatives.iter().map(Vec::len).max().unwrap_or(0);
    let either = |place: usize| {
        let own = alternatives.iter().map(|own| own.get(place).or(own.last()));
        let own: Vec<&Condition> = own.collect::<Option<_>>()?;
        let mut types: Vec<TypeMatch> = own.iter().flat_map(|condition| &condition.types).copied().collect();
        sort_by(&mut types, Ord::cmp);
        types.dedup();
        Some(Condition { leaf: own.first()?.leaf, types })
    };
    (0..most).filter_map(either).collect()
}
