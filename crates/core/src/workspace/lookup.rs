//! The words that rows of a question have, and a look at some of them before the others.

use super::ruled_out::{Condition, conditions};
use crate::base::Span;
use crate::base::order::sort_by;
use crate::index::Index;
use crate::index::files::Root;
use crate::query::Plan;
use crate::query::ast::Op;
use crate::query::expand::{self, TypeMatch};
use crate::query::plan::{Element, Frame, Leaf, Spans};

/// Most types of a word that is looked up.
const MOST_TYPES: usize = 16;
/// How much more often than by chance a word stands beside another, about.
const ATTRACTION: f64 = 4.0;
/// The share of documents, at least, that have one word more, one word more of a phrase, or an order.
const LEAST_SHARES: (f64, f64, f64) = (0.1, 0.2, 0.05);

/// A word that rows have.
pub(super) struct Word {
    /// The leaf in which it stands, and where among the words of a phrase.
    leaf: usize,
    place: Option<usize>,
    element: Element,
    /// Documents, at most, and occurrences.
    documents: u32,
    frequency: u64,
    /// Whether its list is cut: so frequent is it.
    is_cut: bool,
}

/// What is looked up of the words that rows have.
#[derive(Clone, Copy)]
pub(super) struct LookUp<'w> {
    /// All of them.
    words: &'w [Word],
    /// How many, the rarest.
    known: usize,
    /// Whether those of a phrase must stand as they do there.
    in_place: bool,
}

/// The words that the rows of a plan have, the rarest first: of alternatives those of the first, and each without its
/// inflections.
pub(super) fn required(index: &Index, plan: &Plan) -> Vec<Word> {
    let (mut leaves, mut words) = (Vec::new(), Vec::new());
    if let Some(frame) = &plan.frame {
        push_leaves(frame, &mut leaves);
    }
    for number in leaves {
        if let Some(leaf) = plan.leaves.get(number) {
            push_words(index, (number, true), &leaf.spans, &mut words);
        }
    }
    sort_by(&mut words, |a, b| a.documents.cmp(&b.documents));
    words
}

/// The same with all inflections and all alternatives: without one of these nothing is a row.
pub(super) fn required_in_any_form(index: &Index, plan: &Plan) -> Vec<Word> {
    let word = |Condition { leaf, types }| Word::of(index, leaf, None, Element { types, is_negated: false, width: 1 });
    let mut words: Vec<Word> = conditions(plan).into_iter().filter_map(word).collect();
    sort_by(&mut words, |a, b| a.documents.cmp(&b.documents));
    words
}

impl Word {
    /// Nothing where it is of too many types.
    fn of(index: &Index, leaf: usize, place: Option<usize>, element: Element) -> Option<Word> {
        if element.types.len() > MOST_TYPES {
            return None;
        }
        let info = |found: &TypeMatch| index.list_info(found.type_id);
        let documents = element.types.iter().map(|found| info(found).documents).fold(0, u32::saturating_add);
        let frequency = element.types.iter().map(|found| u64::from(info(found).frequency)).sum();
        let is_cut = element.is_cut(index);
        Some(Word { leaf, place, element, documents, frequency, is_cut })
    }
}

fn push_leaves(frame: &Frame, leaves: &mut Vec<usize>) {
    match frame {
        Frame::Leaf(number) if !leaves.contains(number) => leaves.push(*number),
        Frame::And(parts) => parts.iter().for_each(|part| push_leaves(part, leaves)),
        // As a rule neighbours that may be solid.
        Frame::Or(parts) => {
            if let Some(apart @ Frame::And(_)) = parts.first() {
                push_leaves(apart, leaves);
            }
        }
        Frame::Leaf(_) | Frame::Not(_) | Frame::Docs(_) => {}
    }
}

/// Adds the words that spans of a leaf have, of which these are all or a part.
fn push_words(index: &Index, (leaf, is_all): (usize, bool), spans: &Spans, words: &mut Vec<Word>) {
    match spans {
        Spans::Words(elements) => {
            for (place, element) in elements.iter().enumerate().filter(|(_, element)| !element.is_negated) {
                let mut element = element.clone();
                expand::without_inflections(index, &mut element.types);
                let place = (is_all && elements.len() > 1).then_some(place);
                words.extend(Word::of(index, leaf, place, element));
            }
        }
        Spans::Near { parts, .. } => parts.iter().for_each(|part| push_words(index, (leaf, false), part, words)),
        Spans::Within(part, _) | Spans::Title(part) => push_words(index, (leaf, false), part, words),
        Spans::Any(parts) => {
            if let Some(first) = parts.first() {
                push_words(index, (leaf, false), first, words);
            }
        }
        Spans::Sequence { .. } | Spans::Stretches(_) | Spans::Inside(..) => {}
    }
}

/// Whether looking for these may be too much work in all documents, though not in one.
pub(super) fn may_be_given_up(index: &Index, spans: &Spans) -> bool {
    let are_frequent = |spans: &Spans| match spans {
        Spans::Words(words) => words.iter().all(|word| word.is_cut(index)),
        _ => true,
    };
    match spans {
        Spans::Words(_) | Spans::Stretches(_) => false,
        Spans::Sequence { .. } => true,
        Spans::Near { parts, .. } => parts.iter().all(are_frequent),
        Spans::Any(parts) => parts.iter().any(|part| may_be_given_up(index, part)),
        Spans::Within(part, _) | Spans::Title(part) | Spans::Inside(part, _) => may_be_given_up(index, part),
    }
}

impl<'w> LookUp<'w> {
    /// The rarest of several words, some at most, as long as their lists are not cut. Nothing where there is only one, of
    /// which nothing would be left, or where all are so frequent that the heads have them.
    pub(super) fn first(words: &'w [Word], most: usize) -> Option<LookUp<'w>> {
        let (_, others) = words.split_last()?;
        let known = others.iter().take(most).take_while(|word| !word.is_cut).count();
        (known > 0).then_some(LookUp { words, known, in_place: false })
    }

    /// With one word more, where there is one.
    pub(super) fn with_one_more(self) -> Option<LookUp<'w>> {
        (self.known < self.words.len()).then_some(LookUp { known: self.known + 1, ..self })
    }

    /// With the words of phrases in their places, where that says more.
    pub(super) fn with_places(self) -> Option<LookUp<'w>> {
        let is_of_phrase = |word: &&Word| word.place.is_some() && self.in_leaf(word.leaf).count() > 1;
        (!self.in_place && self.looked_up().any(|word| is_of_phrase(&word)))
            .then_some(LookUp { in_place: true, ..self })
    }

    fn looked_up(self) -> impl Iterator<Item = &'w Word> {
        self.words.iter().take(self.known)
    }

    fn in_leaf(self, leaf: usize) -> impl Iterator<Item = &'w Word> {
        self.looked_up().filter(move |word| word.leaf == leaf)
    }

    /// A plan for the documents that have what is looked up; `whole` is that of all words.
    pub(super) fn plan(self, whole: &Plan) -> Plan {
        let mut plan = Plan::default();
        let mut add = |elements: Vec<Element>| {
            let (op, at, spans) = (Op::And(Vec::new()), Span::new(0, 0), Spans::Words(elements));
            // The same word twice is one list.
            if plan.leaves.iter().all(|leaf: &Leaf| leaf.spans != spans) {
                plan.leaves.push(Leaf { op, at, spans, is_negated: false, times: 1 });
            }
        };
        for (number, leaf) in whole.leaves.iter().enumerate() {
            let own = || self.in_leaf(number).map(|word| word.element.clone());
            match &leaf.spans {
                Spans::Words(words) if self.in_place && words.len() > 1 && own().count() > 1 => {
                    add(self.phrase(number, words));
                }
                _ => own().for_each(|element| add(vec![element])),
            }
        }
        plan.frame = Some(Frame::And((0..plan.leaves.len()).map(Frame::Leaf).collect()));
        plan
    }

    /// Those of the words of a phrase that are looked up. Between them may stand anything: each is as wide as to the next.
    fn phrase(self, leaf: usize, words: &[Element]) -> Vec<Element> {
        let mut phrase: Vec<Element> = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let own = self.in_leaf(leaf).find(|own| own.place == Some(place));
            match (own, phrase.last_mut()) {
                (Some(own), _) => phrase.push(own.element.clone()),
                (None, Some(before)) => before.width += word.width,
                (None, None) => {}
            }
        }
        phrase
    }

    /// Which share of the documents that have what is looked up has all that is asked for, about. Words stand independently
    /// of each other, and beside each other somewhat more often than that; but what is asked for belongs together, as a
    /// rule.
    pub(super) fn share(self, whole: &Plan, root: &Root) -> f64 {
        let is_open = |(number, leaf): &(usize, &Leaf)| match &leaf.spans {
            _ if leaf.is_negated => false,
            Spans::Words(words) => words.len() > 1 && !self.in_place && self.in_leaf(*number).count() > 1,
            Spans::Any(_) => false,
            _ => true,
        };
        let (least, least_beside, least_in_order) = LEAST_SHARES;
        let share = |word: &Word| match word.place {
            Some(_) => (ATTRACTION * word.frequency as f64 / root.tokens.max(1) as f64).clamp(least_beside, 1.0),
            None => (f64::from(word.documents) / f64::from(root.documents.max(1))).clamp(least, 1.0),
        };
        let open = whole.leaves.iter().enumerate().filter(is_open).map(|_| least_in_order);
        self.words.iter().skip(self.known).map(share).chain(open).product()
    }
}
