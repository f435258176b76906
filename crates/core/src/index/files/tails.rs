//! Where long lists are cut, so that a first answer need not wait for all of them.
//!
//! Of all documents one in some twenty is of the *heads*: stretches of a thousand, spread over the corpus. The lists of a
//! type that stands very often are two parts: what is in the heads lies where other lists do; what is in the other
//! documents, the *tail*, in chunks of its own. A question that takes much is answered from the heads first, as if the
//! corpus had no other documents, where these take least ([`super::tiers`]); the tails follow.
//!
//! Rejected: the first documents of the corpus, which are in order of time as often as not, so that what is spoken of
//! later is in none of them; the beginning of a file while the rest still comes, since nothing tells whether it is whole.

use std::ops::Range;

use nanoserde::SerBin;

use super::super::postings::{Joined, Positions, PostingsList, Run, Section};
use super::lists::{self, Docs, ListInfo, push_docs, push_positions};
use super::pack::{push_varint, take_u32};
use super::store::Store;
use super::terms::{occurrences, take_occurrences};
use super::tiers::Tier;
use super::write::TypeLists;
use super::{ChunkId, ChunkKind, ListPlace, Root};
use crate::base::binary::from_binary;
use crate::base::{DocId, TokenPos};

/// Which lists are cut, and where.
#[derive(Clone, Copy, Debug)]
pub struct CutSizes {
    /// Occurrences from which on the lists of a type are cut.
    pub frequent: u32,
    /// Which documents are of the heads.
    pub heads: Heads,
}

/// Which documents are of the heads: of stretches in a row the first, then one in so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, SerBin)]
pub struct Heads {
    /// Documents of a stretch.
    pub stretch: u32,
    /// Of so many stretches one.
    pub of: u32,
}

from_binary!(Heads { stretch, of });

impl Heads {
    pub(super) fn is_sound(self) -> bool {
        self.stretch > 0 && self.of > 0
    }

    /// Whether a document is one of them.
    pub fn has(self, doc: u32) -> bool {
        (doc / self.stretch).is_multiple_of(self.of)
    }

    /// How many they are, of so many documents.
    pub fn count(self, documents: u32) -> u32 {
        let (stretches, rest) = (documents / self.stretch, documents % self.stretch);
        let last = if stretches.is_multiple_of(self.of) { rest } else { 0 };
        stretches.div_ceil(self.of) * self.stretch + last
    }
}

/// The two parts of the lists of a type: what is in the heads, and what is not.
#[derive(Debug, Default)]
pub struct Parts {
    /// Postings, after how many they are.
    pub postings: [Vec<u8>; 2],
    /// Positions.
    pub positions: [Vec<u8>; 2],
}

impl Parts {
    /// Cuts lists. Cost: linear.
    pub fn of(lists: &TypeLists, heads: Heads) -> Parts {
        let mut parts = Parts::default();
        for (place, is_head) in [true, false].into_iter().enumerate() {
            let is_own = |doc: &DocId| heads.has(doc.0) == is_head;
            let own = |counts: &[u32]| -> Vec<u32> {
                lists.docs.iter().zip(counts).filter(|(doc, _)| is_own(doc)).map(|(_, count)| *count).collect()
            };
            let docs: Vec<DocId> = lists.docs.iter().copied().filter(is_own).collect();
            let mut list = Vec::new();
            let info = push_docs(&docs, &own(&lists.frequencies), &own(&lists.in_title), &mut list);
            let postings = &mut parts.postings[place];
            push_varint(info.documents.into(), postings);
            push_varint(occurrences(info), postings);
            postings.append(&mut list);
            let each = lists.docs.iter().zip(lists.each()).filter(|(doc, _)| is_own(doc)).map(|(_, own)| own);
            push_positions(each, &mut parts.positions[place]);
        }
        parts
    }
}

/// Reads one part of a list of postings, with how often it stands there; nothing where a document belongs to the other.
fn part(mut bytes: &[u8], is_own: impl Fn(&DocId) -> bool) -> Option<(Docs, u32)> {
    let mut info = ListInfo { documents: take_u32(&mut bytes)?, ..ListInfo::default() };
    take_occurrences(&mut bytes, &mut info)?;
    let docs = lists::docs(bytes, info)?;
    docs.docs.iter().all(is_own).then_some((docs, info.frequency))
}

/// Calls `each` with the positions in the document at `place`, ascending.
fn for_each(joined: &Joined<'_>, place: usize, each: &mut dyn FnMut(TokenPos)) {
    let run = joined.runs.partition_point(|run| run.place <= place).checked_sub(1);
    let Some(run) = run.and_then(|run| joined.runs.get(run)) else { return };
    let Some((section, frequencies)) = joined.sections.get(run.section) else { return };
    if let Some(positions) = section.opened(frequencies) {
        positions.for_each(run.own + (place - run.place), each);
    }
}

/// Appends what a list has at these places, and a run for it.
fn push_run(to: &mut Docs, runs: &mut Vec<Run>, (from, section): (&Docs, usize), places: Range<usize>) {
    runs.push(Run { place: to.docs.len(), own: places.start, section });
    let push = |to: &mut Vec<u32>, from: &[u32], otherwise: u32| match from.get(places.clone()) {
        Some(own) => to.extend_from_slice(own),
        None => to.resize(to.len() + places.len(), otherwise),
    };
    push(&mut to.frequencies, &from.frequencies, 1);
    push(&mut to.in_title, &from.in_title, 0);
    to.docs.extend_from_slice(from.docs.get(places.clone()).unwrap_or_default());
}

/// Two lists that have no document in common as one, and where its runs come from. Cost: linear, and for each run two
/// searches.
fn joined(first: &Docs, second: &Docs) -> (Docs, Vec<Run>) {
    let (mut all, mut runs) = (Docs::default(), Vec::new());
    let (mut a, mut b) = (0, 0);
    while a < first.docs.len() || b < second.docs.len() {
        let before = |docs: &[DocId], from: usize, other: Option<&DocId>| {
            let rest = docs.get(from..).unwrap_or_default();
            from..from + other.map_or(rest.len(), |other| rest.partition_point(|doc| doc < other))
        };
        let own = before(&first.docs, a, second.docs.get(b));
        a = own.end;
        if !own.is_empty() {
            push_run(&mut all, &mut runs, (first, 0), own);
        }
        let own = before(&second.docs, b, first.docs.get(a));
        b = own.end;
        if !own.is_empty() {
            push_run(&mut all, &mut runs, (second, 1), own);
        }
    }
    (all, runs)
}

impl Root {
    /// The chunk of tails that has the rest of the postings of a type whose lists are cut; the next has the positions.
    pub fn tail_of(&self, type_id: u32) -> Option<u32> {
        self.tail_place(type_id).map(|place| 2 * place as u32)
    }

    fn tail_place(&self, type_id: u32) -> Option<usize> {
        self.tails.binary_search_by(|(own, ..)| own.cmp(&type_id)).ok()
    }

    /// Bytes of the rest of the postings of a type; 0 where its lists are not cut.
    pub fn tail_bytes(&self, type_id: u32) -> u64 {
        let tail = self.tail_place(type_id).and_then(|place| self.tails.get(place));
        tail.map_or(0, |(_, postings, _)| u64::from(*postings))
    }
}

impl Store {
    /// The list of a type that is cut, whose tail begins with this chunk: all of it, or its head.
    pub(super) fn read_cut(&self, place: ListPlace, tail: u32) -> PostingsList<'_> {
        let own = ChunkId { kind: ChunkKind::Postings, number: place.postings.chunk };
        let apart = place.positions_chunk();
        let tail = ChunkId { kind: ChunkKind::Tails, number: tail };
        let tail_apart = ChunkId { number: tail.number + 1, ..tail };
        let heads = self.root.heads;
        let is_there = |doc: &DocId| doc.0 < self.root.documents;
        let is_head = |doc: &DocId| heads.has(doc.0) && is_there(doc);
        let head = self.slice(own, place.postings).and_then(|bytes| self.or_broken(part(bytes, is_head), own));
        let positions = self.if_held(apart).map(|_| self.slice(apart, place.positions).unwrap_or_default());
        if self.tier == Tier::Heads {
            let Some((docs, frequency)) = head else { return PostingsList::default() };
            let section = Section::of(positions, apart, docs.docs.len(), &self.wants);
            return PostingsList::unpacked(docs, frequency, Positions::Own(section));
        }
        let is_tail = |doc: &DocId| !heads.has(doc.0) && is_there(doc);
        let rest = self.bytes(tail.kind, tail.number).and_then(|bytes| self.or_broken(part(bytes, is_tail), tail));
        let (Some((head, in_head)), Some((rest, in_rest))) = (head, rest) else { return PostingsList::default() };
        // What the dictionary says of the list is true of both parts together.
        let is_whole = head.docs.len() + rest.docs.len() == place.info.documents as usize
            && in_head.checked_add(in_rest) == Some(place.info.frequency);
        let Some((all, runs)) = self.or_broken(is_whole.then(|| joined(&head, &rest)), tail) else {
            return PostingsList::default();
        };
        let first = Section::of(positions, apart, head.docs.len(), &self.wants);
        let second = Section::of(self.if_held(tail_apart), tail_apart, rest.docs.len(), &self.wants);
        let sections = vec![(first, head.frequencies), (second, rest.frequencies)];
        PostingsList::unpacked(all, place.info.frequency, Positions::Joined(Joined { sections, runs, for_each }))
    }

    /// Leaves of documents the heads.
    pub(super) fn keep_heads(&self, docs: &mut Vec<DocId>) {
        docs.retain(|doc_id| self.root.heads.has(doc_id.0));
    }

    /// What of a list is in the heads.
    pub(super) fn read_heads<'s>(&'s self, docs: Docs, section: Section<'s>) -> PostingsList<'s> {
        let heads = self.root.heads;
        let (mut own, mut runs) = (Docs::default(), Vec::new());
        let mut from = 0;
        for stretch in docs.docs.chunk_by(|a, b| heads.has(a.0) == heads.has(b.0)) {
            let places = from..from + stretch.len();
            from = places.end;
            if stretch.first().is_some_and(|doc| heads.has(doc.0)) {
                push_run(&mut own, &mut runs, (&docs, 0), places);
            }
        }
        let frequency = own.frequencies.iter().sum();
        let sections = vec![(section, docs.frequencies)];
        PostingsList::unpacked(own, frequency, Positions::Joined(Joined { sections, runs, for_each }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_map, btree_set};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_parts_together_are_the_list(
            list in btree_map(0u32..400, (btree_set(0u32..50, 1..5), 0u32..2), 0..120),
            (stretch, of) in (1u32..20, 1u32..6),
        ) {
            let heads = Heads { stretch, of };
            let naive = (0..400).filter(|doc| doc / stretch % of == 0).count() as u32;
            prop_assert_eq!(heads.count(400), naive);
            let lists = TypeLists {
                docs: list.keys().map(|doc| DocId(*doc)).collect(),
                frequencies: list.values().map(|(positions, _)| positions.len() as u32).collect(),
                in_title: list.values().map(|(_, in_title)| *in_title).collect(),
                positions: list.values().flat_map(|(positions, _)| positions).copied().collect(),
            };
            let Parts { postings: [head, tail], positions: [head_positions, tail_positions] } = Parts::of(&lists, heads);
            let is_head = |doc: &DocId| heads.has(doc.0);
            let (head, in_head) = part(&head, is_head).unwrap();
            prop_assert!(tail.len() == 2 || part(&tail, is_head).is_none(), "a tail is no head");
            let (tail, in_tail) = part(&tail, |doc| !is_head(doc)).unwrap();
            prop_assert_eq!(in_head + in_tail, lists.frequencies.iter().sum::<u32>());
            let (all, runs) = joined(&head, &tail);
            prop_assert_eq!(&all.docs, &lists.docs);
            prop_assert_eq!(&all.frequencies, &lists.frequencies);
            let whole = if all.in_title.is_empty() { vec![0; all.docs.len()] } else { all.in_title.clone() };
            prop_assert_eq!(&whole, &lists.in_title);
            let (chunk, wants) = (ChunkId { kind: ChunkKind::Tails, number: 0 }, Default::default());
            let section = |bytes, own: &Docs| Section::of(Some(bytes), chunk, own.docs.len(), &wants);
            let (first, second) = (section(&head_positions, &head), section(&tail_positions, &tail));
            let sections = vec![(first, head.frequencies.clone()), (second, tail.frequencies.clone())];
            let joined = Joined { sections, runs, for_each };
            let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (place, doc_id) in all.docs.iter().enumerate() {
                for_each(&joined, place, &mut |position| found.entry(doc_id.0).or_default().push(position));
            }
            let expected = list.iter().map(|(doc, (positions, _))| (*doc, positions.iter().copied().collect()));
            prop_assert_eq!(found, expected.collect::<BTreeMap<_, Vec<_>>>());
        }
    }
}
