//! Evaluation: the documents a plan selects and the hits in them.
//!
//! Leaves are evaluated first, each to a sorted list of documents with its postings; the frame then combines the
//! lists. Totals are always exact. A hit is a span of positions at which a leaf that is not negated stands, in a
//! document that the frame selects; two leaves that stand on the same span are one hit.

use super::plan::{Element, Frame, Leaf, Plan};
use crate::base::order::{packed, sort_by, unpacked};
use crate::base::{DocId, TokenPos};
use crate::index::{Index, PostingsList};

/// A place that answers: a span of positions in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First position.
    pub position: TokenPos,
    /// Number of tokens.
    pub width: u32,
    /// The leaf of the plan that stands here.
    pub leaf: u16,
}

/// How one leaf stands in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrence {
    /// How often.
    pub frequency: u32,
    /// How often exactly as asked (folded), not inflected or as part of a longer word.
    pub exact: u32,
    /// How often in the title.
    pub in_title: u32,
}

/// Everything a plan selects.
#[derive(Debug, Default)]
pub struct Matches<'i> {
    /// Documents, ascending.
    pub docs: Vec<DocId>,
    /// For each leaf of the plan, where it stands.
    pub leaves: Vec<LeafMatches<'i>>,
}

/// Where one leaf stands.
#[derive(Debug, Default)]
pub struct LeafMatches<'i> {
    /// Documents, ascending.
    pub docs: Vec<DocId>,
    /// First entry of each document, and the number of entries at the end.
    starts: Vec<u32>,
    source: Source<'i>,
}

#[derive(Debug)]
enum Source<'i> {
    /// Postings of single words: an entry is (list, place in it).
    Lists { lists: Vec<(PostingsList<'i>, bool)>, entries: Vec<(u32, u32)>, width: u32 },
    /// Spans of sequences: an entry is (position, width, exact).
    Spans(Vec<(TokenPos, u32, bool)>),
}

impl Default for Source<'_> {
    fn default() -> Self {
        Source::Spans(Vec::new())
    }
}

/// Evaluates a plan. Cost: the postings of its leaves; positions are read for sequences only.
pub fn evaluate<'i>(index: &'i Index, plan: &Plan) -> Matches<'i> {
    let leaves: Vec<LeafMatches> = plan.leaves.iter().map(|leaf| leaf_matches(index, leaf)).collect();
    let docs = match &plan.frame {
        None => (0..index.doc_count()).map(DocId).collect(),
        Some(frame) => select(index, frame, &leaves),
    };
    Matches { docs, leaves }
}

impl Matches<'_> {
    /// All hits in a document, in order of position; at the same position the longer first.
    pub fn hits(&self, plan: &Plan, doc_id: DocId) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (number, (leaf, matches)) in plan.leaves.iter().zip(&self.leaves).enumerate() {
            if leaf.is_negated {
                continue;
            }
            let leaf = number as u16;
            matches.for_each_span(doc_id, |position, width, _| hits.push(Hit { position, width, leaf }));
        }
        sort_by(&mut hits, |a, b| (a.position, b.width, a.leaf).cmp(&(b.position, a.width, b.leaf)));
        hits.dedup_by_key(|hit| (hit.position, hit.width));
        hits
    }

    /// The number of hits in a document.
    pub fn hit_count(&self, plan: &Plan, doc_id: DocId) -> u32 {
        if !leaves_overlap(plan) {
            let positive = plan.leaves.iter().zip(&self.leaves).filter(|(leaf, _)| !leaf.is_negated);
            return positive.map(|(_, matches)| matches.frequency(doc_id)).sum();
        }
        self.hits(plan, doc_id).len() as u32
    }

    /// The number of hits in `docs` (ascending). Cost: linear in the leaves' lists, and in their positions only
    /// where two leaves may stand on the same span.
    pub fn total_hits(&self, plan: &Plan, docs: &[DocId]) -> u64 {
        if leaves_overlap(plan) {
            return docs.iter().map(|&doc_id| self.hits(plan, doc_id).len() as u64).sum();
        }
        let positive = plan.leaves.iter().zip(&self.leaves).filter(|(leaf, _)| !leaf.is_negated);
        positive.map(|(_, matches)| matches.total_frequency(docs)).sum()
    }
}

impl<'i> LeafMatches<'i> {
    /// How often the leaf stands in a document.
    pub fn frequency(&self, doc_id: DocId) -> u32 {
        self.docs.binary_search(&doc_id).map_or(0, |place| self.frequency_at(place))
    }

    /// How often the leaf stands in `docs` (ascending) in all.
    pub fn total_frequency(&self, docs: &[DocId]) -> u64 {
        let mut total = 0;
        let mut place = 0;
        for &doc_id in docs {
            place = advance(&self.docs, place, doc_id);
            if self.docs.get(place) == Some(&doc_id) {
                total += u64::from(self.frequency_at(place));
            }
        }
        total
    }

    /// How the leaf stands in the document at `place` of its list; positions below `title_end` are the title's.
    pub fn occurrence_at(&self, place: usize, title_end: TokenPos) -> Occurrence {
        let mut occurrence = Occurrence::default();
        match &self.source {
            Source::Lists { lists, entries, .. } => {
                for &(list, posting) in &entries[self.entries_of(place)] {
                    let Some((list, is_exact)) = lists.get(list as usize) else { continue };
                    let frequency = list.frequency(posting as usize);
                    occurrence.frequency += frequency;
                    occurrence.exact += if *is_exact { frequency } else { 0 };
                    if title_end > 0 {
                        let positions = list.positions(posting as usize);
                        occurrence.in_title += positions.partition_point(|position| *position < title_end) as u32;
                    }
                }
            }
            Source::Spans(spans) => {
                for &(position, _, is_exact) in &spans[self.entries_of(place)] {
                    occurrence.frequency += 1;
                    occurrence.exact += u32::from(is_exact);
                    occurrence.in_title += u32::from(position < title_end);
                }
            }
        }
        occurrence
    }

    /// Calls `each` with (position, width, exact) of every place in a document, in no order.
    pub fn for_each_span(&self, doc_id: DocId, each: impl FnMut(TokenPos, u32, bool)) {
        if let Ok(place) = self.docs.binary_search(&doc_id) {
            self.for_each_span_at(place, each);
        }
    }

    /// [`LeafMatches::for_each_span`] for the document at `place` of the leaf's list.
    pub fn for_each_span_at(&self, place: usize, mut each: impl FnMut(TokenPos, u32, bool)) {
        match &self.source {
            Source::Lists { lists, entries, width } => {
                for &(list, posting) in &entries[self.entries_of(place)] {
                    let Some((list, is_exact)) = lists.get(list as usize) else { continue };
                    for &position in list.positions(posting as usize) {
                        each(position, *width, *is_exact);
                    }
                }
            }
            Source::Spans(spans) => {
                for &(position, width, is_exact) in &spans[self.entries_of(place)] {
                    each(position, width, is_exact);
                }
            }
        }
    }

    fn frequency_at(&self, place: usize) -> u32 {
        let entries = self.entries_of(place);
        match &self.source {
            Source::Spans(_) => entries.len() as u32,
            Source::Lists { lists, entries: all, .. } => all[entries]
                .iter()
                .map(|&(list, posting)| {
                    lists.get(list as usize).map_or(0, |(list, _)| list.frequency(posting as usize))
                })
                .sum(),
        }
    }

    /// Entries of the document at `place`, always inside the source.
    fn entries_of(&self, place: usize) -> std::ops::Range<usize> {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => 0..0,
        }
    }
}

/// The first place at or after `from` whose document is not before `target`, by doubling steps.
pub fn advance(docs: &[DocId], from: usize, target: DocId) -> usize {
    let mut step = 1;
    let mut low = from;
    while low + step < docs.len() && docs[low + step] < target {
        low += step;
        step *= 2;
    }
    let high = (low + step + 1).min(docs.len());
    low.min(docs.len()) + docs.get(low..high).unwrap_or(&[]).partition_point(|doc_id| *doc_id < target)
}

fn leaf_matches<'i>(index: &'i Index, leaf: &Leaf) -> LeafMatches<'i> {
    let mut single: Option<LeafMatches> = None;
    let mut spans: Vec<(DocId, TokenPos, u32, bool)> = Vec::new();
    for spelling in &leaf.spellings {
        match spelling.as_slice() {
            [element] if single.is_none() => single = Some(element_matches(index, element)),
            [element] => spans.extend(all_spans(&element_matches(index, element))),
            sequence => spans.extend(sequence_spans(index, sequence)),
        }
    }
    let single = single.unwrap_or_default();
    if spans.is_empty() {
        return single;
    }
    spans.extend(all_spans(&single));
    sort_by(&mut spans, |a, b| (a.0, a.1, a.2, !a.3).cmp(&(b.0, b.1, b.2, !b.3)));
    spans.dedup_by_key(|span| (span.0, span.1, span.2));
    let mut matches = LeafMatches::default();
    let mut kept = Vec::with_capacity(spans.len());
    for (doc_id, position, width, is_exact) in spans {
        if matches.docs.last() != Some(&doc_id) {
            matches.docs.push(doc_id);
            matches.starts.push(kept.len() as u32);
        }
        kept.push((position, width, is_exact));
    }
    matches.starts.push(kept.len() as u32);
    matches.source = Source::Spans(kept);
    matches
}

fn all_spans(matches: &LeafMatches) -> Vec<(DocId, TokenPos, u32, bool)> {
    let mut spans = Vec::new();
    for (place, &doc_id) in matches.docs.iter().enumerate() {
        matches.for_each_span_at(place, |position, width, is_exact| spans.push((doc_id, position, width, is_exact)));
    }
    spans
}

/// The postings of all types of an element, merged by document.
fn element_matches<'i>(index: &'i Index, element: &Element) -> LeafMatches<'i> {
    let mut lists = Vec::with_capacity(element.types.len());
    let mut entries: Vec<(DocId, u32, u32)> = Vec::new();
    for (number, found) in (0u32..).zip(&element.types) {
        let list = index.postings(found.type_id);
        lists.push((list, found.is_exact));
        let in_language =
            |doc_id: &DocId| found.language.is_none_or(|language| index.shape(*doc_id).language == language);
        let postings = (0u32..).zip(list.docs()).filter(|(_, doc_id)| in_language(doc_id));
        entries.extend(postings.map(|(place, &doc_id)| (doc_id, number, place)));
    }
    if lists.len() > 1 {
        // Stable sorting finds the sorted lists and merges them.
        entries.sort_by_key(|&(doc_id, _, _)| doc_id);
    }
    let mut matches = LeafMatches::default();
    for (place, &(doc_id, _, _)) in entries.iter().enumerate() {
        if matches.docs.last() != Some(&doc_id) {
            matches.docs.push(doc_id);
            matches.starts.push(place as u32);
        }
    }
    matches.starts.push(entries.len() as u32);
    let entries = entries.into_iter().map(|(_, list, place)| (list, place)).collect();
    matches.source = Source::Lists { lists, entries, width: element.width };
    matches
}

/// Where a sequence of elements stands, one position after the other.
fn sequence_spans(index: &Index, sequence: &[Element]) -> Vec<(DocId, TokenPos, u32, bool)> {
    let parts: Vec<LeafMatches> = sequence.iter().map(|element| element_matches(index, element)).collect();
    let width = sequence.len() as u32 - 1 + sequence.last().map_or(1, |element| element.width);
    let docs = intersect(parts.iter().map(|part| part.docs.as_slice()).collect());
    let mut spans = Vec::new();
    let mut places = vec![0; parts.len()];
    // Starts with whether they are exact, packed for sorting.
    let mut candidates: Vec<u64> = Vec::new();
    let mut here: Vec<u64> = Vec::new();
    for doc_id in docs {
        for (offset, (part, place)) in (0u32..).zip(parts.iter().zip(&mut places)) {
            *place = advance(&part.docs, *place, doc_id);
            here.clear();
            part.for_each_span_at(*place, |position, _, is_exact| {
                if let Some(start) = position.checked_sub(offset) {
                    here.push(packed(start, u32::from(is_exact)));
                }
            });
            here.sort_unstable();
            if offset == 0 {
                std::mem::swap(&mut candidates, &mut here);
            } else {
                keep_common(&mut candidates, &here);
            }
            if candidates.is_empty() {
                break;
            }
        }
        spans.extend(candidates.iter().map(|&start| {
            let (position, is_exact) = unpacked(start);
            (doc_id, position, width, is_exact == 1)
        }));
    }
    spans
}

/// Keeps the starts that `next` has too; both are sorted.
fn keep_common(candidates: &mut Vec<u64>, next: &[u64]) {
    let mut at = 0;
    candidates.retain_mut(|candidate| {
        let (start, is_exact) = unpacked(*candidate);
        while next.get(at).is_some_and(|other| unpacked(*other).0 < start) {
            at += 1;
        }
        match next.get(at).map(|other| unpacked(*other)) {
            Some((other, other_exact)) if other == start => {
                *candidate = packed(start, is_exact & other_exact);
                true
            }
            _ => false,
        }
    });
}

fn select(index: &Index, frame: &Frame, leaves: &[LeafMatches]) -> Vec<DocId> {
    match frame {
        Frame::Leaf(leaf) => leaves.get(*leaf).map(|matches| matches.docs.clone()).unwrap_or_default(),
        Frame::And(parts) => {
            let (without, with): (Vec<&Frame>, Vec<&Frame>) =
                parts.iter().partition(|part| matches!(part, Frame::Not(_)));
            let lists: Vec<Vec<DocId>> = with.iter().map(|part| select(index, part, leaves)).collect();
            let mut docs = if lists.is_empty() {
                (0..index.doc_count()).map(DocId).collect()
            } else {
                intersect(lists.iter().map(Vec::as_slice).collect())
            };
            for part in without {
                if let Frame::Not(inner) = part {
                    docs = subtract(&docs, &select(index, inner, leaves));
                }
            }
            docs
        }
        Frame::Or(parts) => {
            let mut docs: Vec<u64> = Vec::new();
            for part in parts {
                docs.extend(select(index, part, leaves).iter().map(|doc_id| u64::from(doc_id.0)));
            }
            docs.sort_unstable();
            docs.dedup();
            docs.into_iter().map(|doc| DocId(doc as u32)).collect()
        }
        Frame::Not(inner) => {
            let all: Vec<DocId> = (0..index.doc_count()).map(DocId).collect();
            subtract(&all, &select(index, inner, leaves))
        }
    }
}

/// What all lists have, walking the shortest and skipping in the others.
fn intersect(mut lists: Vec<&[DocId]>) -> Vec<DocId> {
    sort_by(&mut lists, |a, b| a.len().cmp(&b.len()));
    let Some((shortest, others)) = lists.split_first() else { return Vec::new() };
    let mut places = vec![0; others.len()];
    let in_all = |doc_id: &&DocId| {
        others.iter().zip(&mut places).all(|(list, place)| {
            *place = advance(list, *place, **doc_id);
            list.get(*place) == Some(*doc_id)
        })
    };
    shortest.iter().filter(in_all).copied().collect()
}

fn subtract(docs: &[DocId], without: &[DocId]) -> Vec<DocId> {
    let mut place = 0;
    let mut kept = Vec::with_capacity(docs.len());
    for &doc_id in docs {
        place = advance(without, place, doc_id);
        if without.get(place) != Some(&doc_id) {
            kept.push(doc_id);
        }
    }
    kept
}

/// Whether two leaves may stand on the same span: then hits must be compared, not added up.
fn leaves_overlap(plan: &Plan) -> bool {
    let positive: Vec<&Leaf> = plan.leaves.iter().filter(|leaf| !leaf.is_negated).collect();
    let mut first_types: Vec<u64> = Vec::new();
    for (number, leaf) in (0u32..).zip(&positive) {
        let mut own: Vec<u64> = leaf
            .spellings
            .iter()
            .filter_map(|spelling| spelling.first())
            .flat_map(|element| &element.types)
            .map(|found| packed(found.type_id.0, number))
            .collect();
        own.sort_unstable();
        own.dedup();
        first_types.extend(own);
    }
    first_types.sort_unstable();
    first_types.windows(2).any(|pair| unpacked(pair[0]).0 == unpacked(pair[1]).0)
}
