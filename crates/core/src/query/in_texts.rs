//! Phrases with very frequent words, in files: looked for in the texts of the documents that have their other words.
//!
//! Where a function word stands is hundreds of kilobytes, and “the very sincere thanks of the government” has three of
//! them. Its other words stand as they do there in few documents, as a rule: where the texts of these are fewer bytes,
//! they are read instead, and each is indexed by itself.

use std::ops::ControlFlow;

use super::evaluate::{Entry, LeafMatches, of_entries};
use super::expand;
use super::phrase;
use super::plan::Element;
use crate::base::DocId;
use crate::base::order::sort_by;
use crate::index::files::{ChunkId, ChunkKind};
use crate::index::{self, Index};

/// Bytes of texts, as they lie in files, that are read for a phrase at most: each time they are indexed anew.
const MOST_READ: u64 = 1 << 20;
/// Documents that are few: as many as rows are seen at once, about.
const FEW: usize = 8;
/// How much more often than by chance a word stands in its place beside another, about.
const ATTRACTION: f64 = 4.0;
/// The share of the documents of a word, at least, in which another one stands in its place.
const LEAST_SHARE: f64 = 0.005;

/// What a phrase is looked up by.
pub(super) enum Source {
    /// The lists of all of its words.
    Lists,
    /// Those of some of them, which must come first: what is between them may be anything.
    Known(Vec<Element>),
    /// The texts of these documents: no other can have it.
    Texts(Vec<DocId>),
}

/// What takes the fewest bytes for a phrase, whose positions are asked for or not. Cost: where lists are lacking, a look at
/// those of its other words.
pub(super) fn source(index: &Index, words: &[Element], with_positions: bool) -> Source {
    let Some(store) = index.files.as_ref().filter(|_| index.reads_texts()) else { return Source::Lists };
    if !words.iter().any(|word| word.is_cut(index)) {
        return Source::Lists;
    }
    let rarest = by_rarity(index, words);
    if rarest.is_empty() {
        return Source::Lists;
    }
    let bytes = |ask: &dyn Fn()| store.root().list_bytes(&index.wants.lacking(ask)) as f64;
    let lists = bytes(&|| phrase::want_all(index, words, with_positions));
    if lists == 0.0 {
        return Source::Lists;
    }
    let known = |count: usize| phrase_of(words, &rarest[..count]);
    let lacking = |count: usize| bytes(&|| want_known(index, &known(count)));
    // What is there tells for nothing.
    let there = (1..=rarest.len()).rev().find(|count| lacking(*count) == 0.0);
    let docs = there.map(|count| docs_of(index, &known(count))).unwrap_or_default();
    let chunks = text_chunks(index, &docs);
    let are_few = there.is_some() && store.root().list_bytes(&chunks) <= MOST_READ;
    let texts = if are_few { bytes(&|| chunks.iter().for_each(|chunk| store.want(*chunk))) } else { f64::INFINITY };
    let text = store.root().text_bytes() as f64;
    // By each word more there are fewer documents, about.
    let share = |place: &usize| share(index, &words[*place]);
    let first = there.map_or_else(|| documents(index, &words[rarest[0]]), |_| docs.len() as f64);
    let mut best = (texts.min(lists), None);
    for count in there.unwrap_or(0) + 1..=rarest.len() {
        let more = rarest[there.unwrap_or(1)..count].iter().map(share);
        let read = first * more.product::<f64>() * text;
        if read <= MOST_READ as f64 && lacking(count) + read < best.0 {
            best = (lacking(count) + read, Some(count));
        }
    }
    match best {
        (_, Some(count)) => Source::Known(known(count)),
        _ if texts < lists => Source::Texts(docs),
        _ => Source::Lists,
    }
}

/// The chunks that the texts of documents are in, which ascend.
fn text_chunks(index: &Index, docs: &[DocId]) -> Vec<ChunkId> {
    let Some(store) = &index.files else { return Vec::new() };
    let mut chunks: Vec<ChunkId> = docs.iter().flat_map(|doc_id| store.root().text_chunks_of(doc_id.0)).collect();
    chunks.dedup();
    chunks
}

/// The places of those words of a phrase whose lists are not cut, the rarest first.
fn by_rarity(index: &Index, words: &[Element]) -> Vec<usize> {
    let is_known = |place: &usize| words.get(*place).is_some_and(|word| !word.is_negated && !word.is_cut(index));
    let known = (0..words.len()).filter(is_known);
    let mut known: Vec<(f64, usize)> = known.map(|place| (documents(index, &words[place]), place)).collect();
    sort_by(&mut known, |a, b| a.0.total_cmp(&b.0));
    known.into_iter().map(|(_, place)| place).collect()
}

/// The words of a phrase at some places, each as wide as to the next of them.
fn phrase_of(words: &[Element], places: &[usize]) -> Vec<Element> {
    let mut phrase: Vec<Element> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        match phrase.last_mut() {
            _ if places.contains(&place) => phrase.push(word.clone()),
            Some(before) => before.width += word.width,
            None => {}
        }
    }
    phrase
}

fn documents(index: &Index, word: &Element) -> f64 {
    word.types.iter().map(|found| f64::from(index.list_info(found.type_id).documents)).sum()
}

/// In which share of the documents of other words this one stands in its place, about.
fn share(index: &Index, word: &Element) -> f64 {
    let frequency: f64 = word.types.iter().map(|found| f64::from(index.list_info(found.type_id).frequency)).sum();
    (ATTRACTION * frequency / index.token_count.max(1) as f64).clamp(LEAST_SHARE, 1.0)
}

/// Asks for the lists of known words.
pub(super) fn want_known(index: &Index, known: &[Element]) {
    match known {
        [word] => word.types.iter().for_each(|found| index.want_list(found.type_id, false)),
        words => phrase::want_all(index, words, true),
    }
}

/// Documents in which known words stand in their places.
fn docs_of(index: &Index, known: &[Element]) -> Vec<DocId> {
    let [word] = known else { return phrase::in_lists(index, known).docs.to_vec() };
    let lists = word.types.iter().map(|found| index.postings(found.type_id));
    let mut docs: Vec<DocId> = lists.flat_map(|list| list.docs().to_vec()).collect();
    sort_by(&mut docs, Ord::cmp);
    docs.dedup();
    docs
}

/// Asks for the texts of documents, which ascend.
pub(super) fn want_texts(index: &Index, docs: &[DocId]) {
    if let Some(store) = &index.files {
        text_chunks(index, docs).into_iter().for_each(|chunk| store.want(chunk));
        // Rows show what is known of them: that of few comes at once.
        if docs.len() <= FEW {
            docs.iter().for_each(|doc_id| {
                store.want(ChunkId { kind: ChunkKind::Cards, number: store.root().cards_of(doc_id.0) })
            });
        }
    }
}

/// Where a phrase stands in the texts of `docs`, which ascend. What is not there is wanted. Cost: an index of each.
pub(super) fn matches<'i>(index: &Index, words: &[Element], docs: &[DocId]) -> LeafMatches<'i> {
    let mut entries: Vec<Entry> = Vec::new();
    let documents = docs.iter().filter_map(|doc_id| Some((*doc_id, index.files.as_ref()?.indexed(doc_id.0)?)));
    for (doc_id, document) in documents {
        let own = index::build(&[document], |_| ControlFlow::Continue(())).unwrap_or_default();
        let of_own = |word: &Element| Element { types: expand::types_in(index, &own, &word.types), ..word.clone() };
        let words: Vec<Element> = words.iter().map(of_own).collect();
        let found = phrase::in_lists(&own, &words);
        found.prepare(found.docs.len());
        for place in 0..found.docs.len() {
            found.for_each_span_at(place, &mut |position, width, is_exact| {
                entries.push((doc_id, position, width, is_exact));
            });
        }
    }
    of_entries(entries)
}
