//! Evaluation: the documents a plan selects and the hits in them.
//!
//! Both levels walk over sorted lists and skip by doubling steps. A *leaf* is walked whole, because the echo tells how often
//! each clause stands in the corpus; words near each other and sequences go document by document. The *frame* then seeks through the documents of the leaves. Totals are always exact.
//!
//! A hit is a span of positions at which a leaf that is not negated stands, in a document that the frame selects; two
//! leaves that stand on the same span are one hit.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use sheaf_kernels::OfLanguage;
use sheaf_kernels::occurrences::{Weighing, merged, total};
use sheaf_kernels::sorted::{advance, common, places};

use super::ast::Unit;
use super::expand::{TypeMatch, grouped};
use super::frame::documents;
use super::near::{Item, near_spans};
use super::phrase;
use super::plan::{Element, Leaf, Plan, Spans};
use super::sequence::sequence;
use crate::base::order::{sort_by, sort_runs};
use crate::base::{DocId, Span, TokenPos};
use crate::index::files::prefixes::PrefixPlace;
use crate::index::named::lies_in;
use crate::index::postings::{Counts, Occurrence};
use crate::index::{Docs, Index, PostingsList, Shapes};

/// Most work of one leaf, in tokens and pairs looked at beyond its postings: some 50 ms.
pub(super) const MAX_WORK: usize = 5_000_000;

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

/// A part of a hit to be marked: all of it, or one of the words that stand near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HitPart {
    /// First position.
    pub position: TokenPos,
    /// Number of tokens.
    pub width: u32,
    /// The hit, by its place among the hits of the document.
    pub hit: u32,
    /// Which word of the query, from 0, for telling words apart.
    pub word: u16,
}

/// Everything a plan selects.
#[derive(Debug, Default)]
pub struct Matches<'i> {
    /// Documents, ascending.
    pub docs: Vec<DocId>,
    /// For each leaf of the plan, where it stands.
    pub leaves: Vec<Rc<LeafMatches<'i>>>,
}

/// Where one leaf stands.
#[derive(Debug, Default)]
pub struct LeafMatches<'i> {
    /// Documents, ascending.
    pub docs: Docs<'i>,
    /// Whether the leaf asked for too much work and was given up: then it stands nowhere.
    pub is_given_up: bool,
    /// Whether it can be told where it stands in a document: the lists of common prefixes cannot.
    is_by_place: bool,
    source: Source<'i>,
    /// The parts of a proximity, for marking its words.
    parts: Vec<LeafMatches<'i>>,
}

#[derive(Debug)]
enum Source<'i> {
    /// Postings of one word: the place in the list is that of the document.
    One { list: PostingsList<'i>, is_exact: bool, width: u32 },
    /// Several that never have the same span: how they stand in each document, all together.
    Either { parts: Vec<Alternative<'i>>, occurrences: Vec<Occurrence>, entries: OnceCell<Entries> },
    /// Spans of sequences: first of each document, and the number at the end; each (position, width, exact).
    Spans { starts: Vec<u32>, spans: Vec<(TokenPos, u32, bool)> },
}

/// One of several, in all of its documents or in those of a language.
#[derive(Debug)]
pub(super) struct Alternative<'i> {
    pub(super) matches: LeafMatches<'i>,
    pub(super) language: Option<(u8, &'i Shapes)>,
}

impl Alternative<'_> {
    /// As the lists were merged: where languages are not there yet, in no document.
    fn counts_in(&self, doc_id: DocId) -> bool {
        self.languages().is_none_or(|(language, languages)| languages.get(doc_id.0 as usize) == Some(&language))
    }

    /// The language in which it counts, with those of all documents.
    fn languages(&self) -> OfLanguage<'_> {
        self.language.map(|(language, shapes)| (language, shapes.languages()))
    }
}

/// Which of several stand in each document, and where in their lists: first of each document, and the number at the end.
#[derive(Debug)]
struct Entries {
    starts: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

impl Default for Source<'_> {
    fn default() -> Self {
        Source::Spans { starts: Vec::new(), spans: Vec::new() }
    }
}

/// Evaluates a plan. Cost: the postings of its leaves; positions are read where words must stand in some order.
///
/// Leaves that `known` has (a plan with its matches, of the same index) are taken from there.
pub fn evaluate<'i>(index: &'i Index, plan: &Plan, known: Option<(&Plan, &Matches<'i>)>) -> Matches<'i> {
    // In memory all lists are there, with positions.
    let by_place = if index.files.is_none() { Vec::new() } else { plan.by_place(index) };
    let leaf_matches = |(number, leaf): (usize, &Leaf)| {
        let by_place = by_place.get(number).copied().unwrap_or(true);
        let same = known.and_then(|(plan, matches)| {
            let place = plan.leaves.iter().position(|other| other.spans == leaf.spans)?;
            matches.leaves.get(place).filter(|found| found.is_by_place || !by_place).cloned()
        });
        same.unwrap_or_else(|| {
            let mut work = spent(index);
            let how = How { by_place, is_negated: leaf.is_negated };
            let found = LeafMatches { is_by_place: by_place, ..find(index, &leaf.spans, how, &mut work) };
            let none = || LeafMatches { is_given_up: true, is_by_place: by_place, ..LeafMatches::default() };
            Rc::new(if work > MAX_WORK { none() } else { found })
        })
    };
    let leaves: Vec<Rc<LeafMatches>> = plan.leaves.iter().enumerate().map(leaf_matches).collect();
    let mut docs = match &plan.frame {
        None => (0..index.doc_count()).map(DocId).collect(),
        Some(frame) => documents(index, frame, &leaves),
    };
    index.keep_taken(&mut docs);
    Matches { docs, leaves }
}

/// Work that counts as done: of a part of the documents no more is looked at than of them all together.
fn spent(index: &Index) -> usize {
    let rest = u64::from(index.doc_count() - index.reach());
    (MAX_WORK as u64 * rest / u64::from(index.doc_count().max(1))) as usize
}

impl Matches<'_> {
    /// What a plan selects where nothing can be told yet.
    pub fn nowhere(plan: &Plan) -> Self {
        let leaf = |_: &Leaf| Rc::new(LeafMatches { is_by_place: true, ..LeafMatches::default() });
        Matches { docs: Vec::new(), leaves: plan.leaves.iter().map(leaf).collect() }
    }

    /// All hits in a document, in order of position; at the same position the longer first.
    pub fn hits(&self, plan: &Plan, doc_id: DocId) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (number, (leaf, matches)) in plan.leaves.iter().zip(&self.leaves).enumerate() {
            if leaf.is_negated {
                continue;
            }
            let leaf = number as u16;
            matches.for_each_span(doc_id, &mut |position, width, _| hits.push(Hit { position, width, leaf }));
        }
        // Those of one word are in order.
        let order = |a: &Hit, b: &Hit| (a.position, b.width, a.leaf).cmp(&(b.position, a.width, b.leaf));
        if !hits.is_sorted_by(|a, b| order(a, b).is_le()) {
            sort_by(&mut hits, order);
        }
        hits.dedup_by_key(|hit| (hit.position, hit.width));
        hits
    }

    /// The parts of `hits` (those of [`Matches::hits`]) that are to be marked, in order of position.
    pub fn parts(&self, plan: &Plan, doc_id: DocId, hits: &[Hit]) -> Vec<HitPart> {
        // Words are numbered over all leaves, those of a proximity one by one.
        let mut first_words: Vec<u16> = Vec::new();
        let mut words = 0;
        for leaf in &self.leaves {
            first_words.push(words);
            words += leaf.parts.len().max(1) as u16;
        }
        let mut parts = Vec::new();
        for (number, hit) in (0u32..).zip(hits) {
            let Some((leaf, first)) =
                self.leaves.get(usize::from(hit.leaf)).zip(first_words.get(usize::from(hit.leaf)))
            else {
                continue;
            };
            let known = parts.len();
            for (word, part) in (0u16..).zip(&leaf.parts) {
                part.for_each_span(doc_id, &mut |position, width, _| {
                    if position >= hit.position && position + width <= hit.position + hit.width {
                        parts.push(HitPart { position, width, hit: number, word: first + word });
                    }
                });
            }
            if parts.len() == known {
                parts.push(HitPart { position: hit.position, width: hit.width, hit: number, word: *first });
            }
        }
        debug_assert!(plan.leaves.len() == self.leaves.len());
        sort_by(&mut parts, |a, b| (a.position, b.width, a.hit).cmp(&(b.position, a.width, b.hit)));
        parts
    }

    /// The number of hits in a document.
    pub fn hit_count(&self, plan: &Plan, doc_id: DocId) -> u32 {
        if !plan.leaves_overlap() {
            let positive = plan.leaves.iter().zip(&self.leaves).filter(|(leaf, _)| !leaf.is_negated);
            return positive.map(|(_, matches)| matches.frequency(doc_id)).sum();
        }
        self.hits(plan, doc_id).len() as u32
    }

    /// The number of hits in `docs` (ascending). Cost: linear in the leaves' lists, and in their positions only
    /// where two leaves may stand on the same span.
    pub fn total_hits(&self, plan: &Plan, docs: &[DocId]) -> u64 {
        if plan.leaves_overlap() {
            self.leaves.iter().for_each(|leaf| leaf.prepare(docs.len()));
            return docs.iter().map(|&doc_id| self.hits(plan, doc_id).len() as u64).sum();
        }
        let positive = plan.leaves.iter().zip(&self.leaves).filter(|(leaf, _)| !leaf.is_negated);
        positive.map(|(_, matches)| matches.total_frequency(docs)).sum()
    }
}

impl<'i> LeafMatches<'i> {
    /// Where one list says, as spans of a width.
    pub(super) fn of_list(list: PostingsList<'i>, is_exact: bool, width: u32) -> LeafMatches<'i> {
        let docs = list.docs().clone();
        LeafMatches { docs, source: Source::One { list, is_exact, width }, ..LeafMatches::default() }
    }

    /// How often the leaf stands in a document.
    pub fn frequency(&self, doc_id: DocId) -> u32 {
        self.docs.binary_search(&doc_id).map_or(0, |place| self.frequency_at(place))
    }

    /// How often the leaf stands in `docs` (ascending) in all.
    pub fn total_frequency(&self, docs: &[DocId]) -> u64 {
        let places = places(&self.docs, docs, None);
        if places.len() < self.docs.len() {
            return places.iter().map(|place| u64::from(self.frequency_at(*place as usize))).sum();
        }
        match &self.source {
            Source::One { list, .. } => list.total_frequency().into(),
            Source::Either { occurrences, .. } => total(occurrences),
            Source::Spans { spans, .. } => spans.len() as u64,
        }
    }

    /// Adds what the leaf weighs in each of `docs` (ascending) to their scores; titles are those of `shapes`. Cost: both
    /// lists.
    pub fn add_scores(&self, docs: &[DocId], shapes: &Shapes, weighing: &Weighing, scores: &mut [f64]) {
        weighing.add(&self.docs, &self.occurrences(shapes), docs, scores);
    }

    /// How the leaf stands in each document of its list; titles are those of `shapes`.
    pub fn occurrences(&self, shapes: &Shapes) -> Cow<'_, [Occurrence]> {
        self.counts(shapes).all(self.docs.len())
    }

    fn counts(&self, shapes: &Shapes) -> Counts<'_> {
        Counts::Known(match &self.source {
            Source::One { list, is_exact, .. } => return list.counts(*is_exact, shapes),
            Source::Either { occurrences, .. } => occurrences.as_slice().into(),
            Source::Spans { starts, spans } => {
                let of = |(place, doc_id): (usize, &DocId)| {
                    let title_end = shapes.title_end(*doc_id);
                    let mut occurrence = Occurrence::default();
                    for &(position, _, is_exact) in &spans[between(starts, place)] {
                        occurrence.frequency += 1;
                        occurrence.exact += u32::from(is_exact);
                        occurrence.in_title += u32::from(position < title_end);
                    }
                    occurrence
                };
                self.docs.iter().enumerate().map(of).collect()
            }
        })
    }

    /// Calls `each` with (position, width, exact) of every place in a document, in no order.
    pub fn for_each_span(&self, doc_id: DocId, each: &mut dyn FnMut(TokenPos, u32, bool)) {
        if let Ok(place) = self.docs.binary_search(&doc_id) {
            self.for_each_span_at(place, each);
        }
    }

    /// Tells that the spans in so many documents will be asked for: where these are many, it is noted once which of
    /// several words stand in which.
    pub fn prepare(&self, documents: usize) {
        if let Source::Either { parts, entries, .. } = &self.source {
            let postings: usize = parts.iter().map(|part| part.matches.docs.len()).sum();
            // A search in a list looks at some 16 places.
            if documents * parts.len() * 16 > postings {
                entries.get_or_init(|| Entries::of(&self.docs, parts));
            }
            parts.iter().for_each(|part| part.matches.prepare(documents));
        }
    }

    /// [`LeafMatches::for_each_span`] for the document at `place` of the leaf's list.
    pub fn for_each_span_at(&self, place: usize, each: &mut dyn FnMut(TokenPos, u32, bool)) {
        match &self.source {
            Source::One { list, is_exact, width } => {
                list.for_each_position(place, &mut |position| each(position, *width, *is_exact));
            }
            Source::Either { .. } => {
                self.for_each_alternative(place, &mut |part, place| part.for_each_span_at(place, each));
            }
            Source::Spans { starts, spans } => {
                for &(position, width, is_exact) in &spans[between(starts, place)] {
                    each(position, width, is_exact);
                }
            }
        }
    }

    /// Calls `each` with those of several that stand in the document at `place` of the list, and their place there.
    fn for_each_alternative(&self, place: usize, each: &mut dyn FnMut(&LeafMatches, usize)) {
        let Source::Either { parts, entries, .. } = &self.source else { return };
        match entries.get() {
            Some(Entries { starts, entries }) => {
                for &(part, place) in &entries[between(starts, place)] {
                    if let Some(part) = parts.get(part as usize) {
                        each(&part.matches, place as usize);
                    }
                }
            }
            None => {
                let Some(doc_id) = self.docs.get(place) else { return };
                for part in parts.iter().filter(|part| part.counts_in(*doc_id)) {
                    if let Ok(place) = part.matches.docs.binary_search(doc_id) {
                        each(&part.matches, place);
                    }
                }
            }
        }
    }

    fn frequency_at(&self, place: usize) -> u32 {
        match &self.source {
            Source::One { list, .. } => list.frequency(place),
            Source::Either { occurrences, .. } => occurrences.get(place).map_or(0, |found| found.frequency),
            Source::Spans { starts, .. } => between(starts, place).len() as u32,
        }
    }
}

impl Entries {
    /// A counting sort: how many entries each document has, where they begin, then each into its place. Cost: linear in
    /// the documents of the corpus up to the last, and in the lists.
    fn of(docs: &[DocId], parts: &[Alternative]) -> Entries {
        let mut next = vec![0u32; docs.last().map_or(0, |last| last.0 as usize + 1)];
        let for_each_place = |each: &mut dyn FnMut(usize, u32, u32)| {
            for (number, part) in (0u32..).zip(parts) {
                for (place, doc_id) in (0u32..).zip(part.matches.docs.iter()) {
                    if part.counts_in(*doc_id) {
                        each(doc_id.0 as usize, number, place);
                    }
                }
            }
        };
        for_each_place(&mut |doc, _, _| next[doc] += 1);
        let mut starts = Vec::with_capacity(docs.len() + 1);
        let mut total = 0;
        for doc_id in docs {
            starts.push(total);
            total += std::mem::replace(&mut next[doc_id.0 as usize], total);
        }
        starts.push(total);
        let mut entries = vec![(0, 0); total as usize];
        for_each_place(&mut |doc, number, place| {
            entries[next[doc] as usize] = (number, place);
            next[doc] += 1;
        });
        Entries { starts, entries }
    }
}

/// What lies from one of `starts` to the next, always inside what they divide.
fn between(starts: &[u32], place: usize) -> Range<usize> {
    match (starts.get(place), starts.get(place + 1)) {
        (Some(&start), Some(&end)) => start as usize..end as usize,
        _ => 0..0,
    }
}

/// Entries of a list of spans: document, position, width, exact.
pub(super) type Entry = (DocId, TokenPos, u32, bool);

/// How spans are looked for.
#[derive(Clone, Copy, Debug)]
struct How {
    /// Whether it is asked where they stand in a document: else only in which, and how often.
    by_place: bool,
    /// Whether what has them is left out: then none may be missed.
    is_negated: bool,
}

/// Where `spans` stand. `work` counts what was looked at beyond postings; above [`MAX_WORK`] the answer is of no use.
fn find<'i>(index: &'i Index, spans: &Spans, how: How, work: &mut usize) -> LeafMatches<'i> {
    let all = How { by_place: true, ..how };
    match spans {
        Spans::Words(words) => match words.as_slice() {
            [word] => element_matches(index, word, how.by_place),
            words => phrase::matches(index, words),
        },
        Spans::Any(parts) => {
            let is_disjoint = spans.is_disjoint();
            let how = How { by_place: how.by_place || !is_disjoint, ..how };
            any(index, parts.iter().map(|part| find(index, part, how, work)).collect(), is_disjoint)
        }
        Spans::Near { parts, distance, is_ordered } => {
            let parts = parts.iter().map(|part| find(index, part, all, work)).collect();
            near(index, parts, (*distance, *is_ordered), None, how, work)
        }
        Spans::Sequence { program, tests, needs } => sequence(index, program, tests, needs, work),
        Spans::Within(part, unit) => match &**part {
            Spans::Near { parts, distance: None, is_ordered } => {
                let parts = parts.iter().map(|part| find(index, part, all, work)).collect();
                near(index, parts, (None, *is_ordered), Some(*unit), how, work)
            }
            part => {
                let found = find(index, part, all, work);
                let mut docs = found.docs.to_vec();
                put_off_borders(index, &mut docs, Some(*unit), how);
                let are_all = docs.len() == found.docs.len();
                let is_there = |doc_id: DocId| are_all || docs.binary_search(&doc_id).is_ok();
                let is_wanted =
                    |doc_id, span| is_there(doc_id) && is_in_one(units(index, doc_id, Some(*unit)).as_slice(), span);
                filtered(found, &is_wanted)
            }
        },
        Spans::Stretches(stretches) => {
            of_entries(stretches.iter().map(|(doc_id, start, width)| (*doc_id, *start, *width, true)).collect())
        }
        Spans::Inside(part, stretches) => {
            filtered(find(index, part, all, work), &|doc_id, span| lies_in(stretches, doc_id, span.start, span.len()))
        }
        Spans::Title(part) => {
            filtered(find(index, part, all, work), &|doc_id, span| span.end <= index.shapes.title_end(doc_id))
        }
    }
}

/// The spans of all alternatives together, each once; exact where one of them is.
fn any<'i>(index: &'i Index, mut alternatives: Vec<LeafMatches<'i>>, are_disjoint: bool) -> LeafMatches<'i> {
    // Those of all, also of one that stands nowhere: what is marked in a document does not depend on other documents.
    let parts = alternatives.iter_mut().flat_map(|found| std::mem::take(&mut found.parts)).collect();
    alternatives.retain(|found| !found.docs.is_empty());
    let found = if alternatives.len() < 2 {
        alternatives.pop().unwrap_or_default()
    } else if are_disjoint {
        either(index, alternatives.into_iter().map(|matches| Alternative { matches, language: None }).collect())
    } else {
        let mut entries: Vec<Entry> = alternatives.iter().flat_map(all_entries).collect();
        sort_by(&mut entries, |a, b| (a.0, a.1, a.2, !a.3).cmp(&(b.0, b.1, b.2, !b.3)));
        entries.dedup_by_key(|entry| (entry.0, entry.1, entry.2));
        of_entries(entries)
    };
    LeafMatches { parts, ..found }
}

/// The spans for which `is_wanted`.
fn filtered<'i>(found: LeafMatches<'i>, is_wanted: &dyn Fn(DocId, Span) -> bool) -> LeafMatches<'i> {
    let mut entries = all_entries(&found);
    entries.retain(|(doc_id, position, width, _)| is_wanted(*doc_id, Span::new(*position, position + width)));
    if !matches!(found.source, Source::Spans { .. }) {
        sort_by(&mut entries, Ord::cmp);
    }
    LeafMatches { parts: found.parts, ..of_entries(entries) }
}

/// Entries, sorted, as where a leaf stands.
pub(super) fn of_entries<'i>(entries: Vec<Entry>) -> LeafMatches<'i> {
    let (mut docs, mut starts) = (Vec::new(), Vec::new());
    let mut kept = Vec::with_capacity(entries.len());
    for (doc_id, position, width, is_exact) in entries {
        if docs.last() != Some(&doc_id) {
            docs.push(doc_id);
            starts.push(kept.len() as u32);
        }
        kept.push((position, width, is_exact));
    }
    starts.push(kept.len() as u32);
    LeafMatches { docs: docs.into(), source: Source::Spans { starts, spans: kept }, ..LeafMatches::default() }
}

fn all_entries(matches: &LeafMatches) -> Vec<Entry> {
    let mut entries = Vec::new();
    matches.prepare(matches.docs.len());
    for (place, &doc_id) in matches.docs.iter().enumerate() {
        matches.for_each_span_at(place, &mut |position, width, is_exact| {
            entries.push((doc_id, position, width, is_exact))
        });
    }
    entries
}

/// The first positions of the units inside which spans must lie: sentences, paragraphs, or title and text.
fn units(index: &Index, doc_id: DocId, unit: Option<Unit>) -> Vec<TokenPos> {
    match (unit, &index.borders) {
        (Some(Unit::Sentence), Some(borders)) => borders.sentences(doc_id).to_vec(),
        (Some(Unit::Paragraph), Some(borders)) => borders.paragraphs(doc_id).to_vec(),
        _ => match index.shapes.text_start(doc_id) {
            0 => vec![0],
            text_start => vec![0, text_start],
        },
    }
}

/// Whether a span lies in one of the units that begin at `starts`.
fn is_in_one(starts: &[TokenPos], span: Span) -> bool {
    let unit_of = |position: TokenPos| starts.partition_point(|start| *start <= position);
    unit_of(span.start) == unit_of(span.end.saturating_sub(1))
}

/// Where all parts stand near each other, inside one unit each.
fn near<'i>(
    index: &Index,
    parts: Vec<LeafMatches<'i>>,
    (distance, is_ordered): (Option<u32>, bool),
    unit: Option<Unit>,
    how: How,
    work: &mut usize,
) -> LeafMatches<'i> {
    let mut docs = intersect(parts.iter().map(|part| &*part.docs).collect());
    put_off_borders(index, &mut docs, unit, how);
    parts.iter().for_each(|part| part.prepare(docs.len()));
    let mut places = vec![0; parts.len()];
    let mut entries = Vec::new();
    let mut packed_items: Vec<u64> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    for doc_id in docs {
        packed_items.clear();
        for (number, (part, place)) in (0u8..).zip(parts.iter().zip(&mut places)) {
            *place = advance(&part.docs, *place, doc_id);
            part.for_each_span_at(*place, &mut |position, width, _| {
                packed_items.push(Item::packed(position, width, number))
            });
        }
        sort_runs(&mut packed_items);
        packed_items.dedup();
        items.clear();
        items.extend(packed_items.iter().map(|item| Item::unpacked(*item)));
        let starts = units(index, doc_id, unit);
        let unit_of = |item: &Item| starts.partition_point(|start| *start <= item.start);
        for in_unit in items.chunk_by(|a, b| unit_of(a) == unit_of(b)) {
            near_spans(in_unit, parts.len() as u8, distance, is_ordered, work, &mut |span| {
                // A part may reach out of the unit in which it starts.
                if is_in_one(&starts, span) {
                    entries.push((doc_id, span.start, span.len(), true));
                }
            });
        }
        if *work > MAX_WORK {
            break;
        }
    }
    LeafMatches { parts, ..of_entries(entries) }
}

/// Leaves of documents those whose units may be read for the time being.
fn put_off_borders(index: &Index, docs: &mut Vec<DocId>, unit: Option<Unit>, how: How) {
    if unit.is_some() && !how.is_negated {
        index.put_off_borders(docs);
    }
}

/// The postings of all types of an element, merged by document; those of a common prefix as one, unless `by_place`.
pub(super) fn element_matches<'i>(index: &'i Index, element: &Element, by_place: bool) -> LeafMatches<'i> {
    let part = |(found, list): (&TypeMatch, PostingsList<'i>)| {
        let language = found.language.map(|language| (language, &index.shapes));
        Alternative { matches: LeafMatches::of_list(list, found.is_exact, element.width), language }
    };
    let mut parts: Vec<Alternative> = if by_place {
        element.types.iter().map(|found| part((found, index.postings(found.type_id)))).collect()
    } else {
        let list = |(group, place): (&'_ [TypeMatch], Option<&PrefixPlace>)| {
            let first = *group.first()?;
            Some((first, place.map_or_else(|| index.postings(first.type_id), |place| index.prefix(place))))
        };
        let lists = grouped(index, &element.types).into_iter().filter_map(list);
        lists.map(|(found, list)| part((&found, list))).collect()
    };
    let is_one = parts.len() == 1;
    match parts.pop_if(|part| is_one && part.language.is_none()) {
        Some(only) => only.matches,
        None => either(index, parts),
    }
}

/// Several together that never have the same span. Cost: linear in their lists; no positions are read.
pub(super) fn either<'i>(index: &'i Index, parts: Vec<Alternative<'i>>) -> LeafMatches<'i> {
    let lists: Vec<_> =
        parts.iter().map(|part| (&*part.matches.docs, part.languages(), part.matches.counts(&index.shapes))).collect();
    let (docs, occurrences) = merged(&lists);
    drop(lists);
    let source = Source::Either { parts, occurrences, entries: OnceCell::new() };
    LeafMatches { docs: docs.into(), source, ..LeafMatches::default() }
}

/// What all lists have, the shortest first.
pub(super) fn intersect(mut lists: Vec<&[DocId]>) -> Vec<DocId> {
    sort_by(&mut lists, |a, b| a.len().cmp(&b.len()));
    let Some((shortest, others)) = lists.split_first() else { return Vec::new() };
    others.iter().fold(shortest.to_vec(), |both, list| common(&both, list))
}
