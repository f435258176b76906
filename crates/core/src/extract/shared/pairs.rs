//! Pairs of documents that share a fingerprint, and the passages of each pair.

use super::chain::{Run, chain};
use super::fingerprints::fingerprints;
use super::keys::{Numbers, hashes};
use super::{Found, Options, Passage, Widespread};
use crate::base::order::{packed, sort_by, unpacked};
use crate::base::{DocId, Span};
use crate::extract::Reading;

/// Words of a sequence that is compared. Shorter ones are shared by chance, longer ones miss more of what was edited.
const GRAM: usize = 5;

/// Sequences of which one is kept: with [`GRAM`], no run of 8 words is missed.
const WINDOW: usize = 4;

/// How often one document's places of the same sequence are followed.
const REPEATS: usize = 4;

/// Documents whose shared passages are looked for: what is known of them so far.
///
/// Memory: 12 bytes a word and 16 a fingerprint, of which there are two for five words.
pub struct Shared {
    options: Options,
    numbers: Numbers,
    documents: Vec<Document>,
    fingerprints: Vec<Fingerprint>,
}

struct Document {
    doc_id: DocId,
    /// For each word the number of its folded form.
    words: Vec<u32>,
    spans: Vec<Span>,
}

/// Ordered so that the same sequences stand together, by document and place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fingerprint {
    hash: u64,
    document: u32,
    word: u32,
}

impl Shared {
    /// No documents yet.
    pub fn new(options: Options) -> Shared {
        let options = Options { least_words: options.least_words.max(3), ..options };
        Shared { options, numbers: Numbers::default(), documents: Vec::new(), fingerprints: Vec::new() }
    }

    /// One document more. In which order they come changes nothing. Cost: linear in its words.
    pub fn add(&mut self, doc_id: DocId, reading: &Reading) {
        let document = self.documents.len() as u32;
        let mut forms = Vec::with_capacity(reading.words.len());
        let mut words = Vec::with_capacity(reading.words.len());
        let mut spans = Vec::with_capacity(reading.words.len());
        hashes(reading.text, &reading.words, |hash, span| {
            forms.push(hash);
            words.push(self.numbers.of(hash));
            spans.push(span);
        });
        let least = self.options.least_words as usize;
        let window = (least + 1).saturating_sub(GRAM).clamp(1, WINDOW);
        fingerprints(&forms, GRAM.min(least), window, |word, hash| {
            self.fingerprints.push(Fingerprint { hash, document, word });
        });
        self.documents.push(Document { doc_id, words, spans });
    }

    /// The pairs of documents to compare. Cost: sorting the fingerprints, about 0.1 s for a million.
    pub fn pairs(self) -> Pairs {
        let Shared { options, documents, mut fingerprints, .. } = self;
        fingerprints.sort_unstable();
        let common = common_above(&fingerprints, &documents, &options);
        let mut found = Found { common_above: common, ..Found::default() };
        let (first, everywhere) = widespread(&fingerprints, common);
        let is_beside = |place: &Fingerprint| {
            let at = packed(place.document, place.word.saturating_sub(WINDOW as u32));
            let next = everywhere.get(everywhere.partition_point(|other| *other < at));
            next.is_some_and(|next| *next <= packed(place.document, place.word.saturating_add(WINDOW as u32)))
        };
        let mut places = Vec::new();
        for group in fingerprints.chunk_by(|a, b| a.hash == b.hash) {
            let (mut followed, count) = followed(group);
            if (2..=common as usize).contains(&count) {
                found.repeats += (group.len() - followed.len()) as u32;
                followed.retain(|place| !is_beside(place));
                each_pair(&followed, &documents, &options, |pair, words| places.push((pair, words, count as u32)));
            }
        }
        drop(fingerprints);
        found.widespread = stretches(first, &documents);
        places.sort_unstable();
        let total = places.chunk_by(|a, b| a.0 == b.0).count() as u32;
        Pairs { options, documents, places, next: 0, done: 0, total, found }
    }
}

/// Pairs of documents of which some are compared and the others are not yet.
pub struct Pairs {
    options: Options,
    documents: Vec<Document>,
    /// The two documents and the two words, each two packed, and how many documents have the sequence that begins
    /// there; in order.
    places: Vec<(u64, u64, u32)>,
    next: usize,
    done: u32,
    total: u32,
    found: Found,
}

impl Pairs {
    /// Pairs of documents in all.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Compares the next `pairs` pairs at most; says how many are compared by now.
    pub fn step(&mut self, pairs: u32) -> u32 {
        for _ in 0..pairs {
            let rest = self.places.get(self.next..).unwrap_or_default();
            let Some(places) = rest.chunk_by(|a, b| a.0 == b.0).next() else { break };
            let (a, b) = unpacked(places[0].0);
            if let (Some(a), Some(b)) = (self.documents.get(a as usize), self.documents.get(b as usize)) {
                let found = chains(a, b, places).into_iter().map(|(chain, spread)| passage(a, b, &chain, spread));
                self.found.passages.extend(found.filter(|found| found.words >= self.options.least_words));
            }
            self.next += places.len();
            self.done += 1;
        }
        self.done
    }

    /// Compares what is left, and puts all in order.
    pub fn finish(mut self) -> Found {
        self.step(u32::MAX);
        let Found { passages, left_out, .. } = &mut self.found;
        sort_by(passages, |a, b| {
            (b.words.cmp(&a.words)).then_with(|| a.documents.cmp(&b.documents)).then_with(|| a.spans.cmp(&b.spans))
        });
        let most = self.options.most_passages as usize;
        *left_out = passages.len().saturating_sub(most) as u32;
        passages.truncate(most);
        self.found
    }
}

/// Of one sequence the first [`REPEATS`] places in every document, and the number of documents.
fn followed(group: &[Fingerprint]) -> (Vec<Fingerprint>, usize) {
    let mut followed = Vec::new();
    let mut count = 0;
    for own in group.chunk_by(|a, b| a.document == b.document) {
        count += 1;
        followed.extend(own.iter().take(REPEATS));
    }
    (followed, count)
}

/// Calls `each` with every two places of one sequence in two documents, packed.
fn each_pair(followed: &[Fingerprint], documents: &[Document], options: &Options, mut each: impl FnMut(u64, u64)) {
    let doc_id = |place: &Fingerprint| documents.get(place.document as usize).map(|document| document.doc_id);
    for (n, one) in followed.iter().enumerate() {
        for other in &followed[n + 1..] {
            let (mut a, mut b) = (one, other);
            if doc_id(a) > doc_id(b) {
                (a, b) = (b, a);
            }
            let is_asked = options.with.is_none_or(|with| doc_id(a) == Some(with) || doc_id(b) == Some(with));
            if is_asked && doc_id(a) != doc_id(b) {
                each(packed(a.document, b.document), packed(a.word, b.word));
            }
        }
    }
}

/// In how many documents a sequence may be so that all such together make no more pairs of places than are allowed.
fn common_above(fingerprints: &[Fingerprint], documents: &[Document], options: &Options) -> u32 {
    let mut pairs_of = vec![0u64; options.common_above as usize + 1];
    for group in fingerprints.chunk_by(|a, b| a.hash == b.hash) {
        // Most sequences are in one document: nothing to follow.
        if group.first().map(|first| first.document) == group.last().map(|last| last.document) {
            continue;
        }
        let (followed, count) = followed(group);
        if let Some(pairs) = pairs_of.get_mut(count) {
            match options.with {
                Some(_) => each_pair(&followed, documents, options, |_, _| *pairs += 1),
                None => *pairs += (followed.len() * (followed.len() - 1) / 2) as u64,
            }
        }
    }
    let mut sum = 0;
    let allowed = pairs_of.iter().take_while(|pairs| {
        sum += **pairs;
        sum <= u64::from(options.most_places)
    });
    (allowed.count().max(2) - 1) as u32
}

/// The sequences of more than `common` documents: their first places with the number of documents, and all places,
/// packed and in order.
///
/// Which sequences are kept as fingerprints depends on their neighbours. So at the border of widespread words, some
/// documents keep other sequences than others, and these seem rarer than they are: what lies beside is not followed
/// either.
fn widespread(fingerprints: &[Fingerprint], common: u32) -> (Vec<(Fingerprint, u32)>, Vec<u64>) {
    let (mut first, mut everywhere) = (Vec::new(), Vec::new());
    for group in fingerprints.chunk_by(|a, b| a.hash == b.hash).filter(|group| group.len() > common as usize) {
        let count = group.chunk_by(|a, b| a.document == b.document).count();
        if count > common as usize {
            first.extend(group.first().map(|place| (*place, count as u32)));
            everywhere.extend(group.iter().map(|place| packed(place.document, place.word)));
        }
    }
    everywhere.sort_unstable();
    (first, everywhere)
}

/// Sequences that follow each other in the same document put together. Each comes with its first place and the number
/// of documents that have it.
fn stretches(mut places: Vec<(Fingerprint, u32)>, documents: &[Document]) -> Vec<Widespread> {
    places.sort_unstable_by_key(|(place, _)| (place.document, place.word));
    let close = |a: &(Fingerprint, u32), b: &(Fingerprint, u32)| {
        a.0.document == b.0.document && b.0.word - a.0.word <= GRAM as u32
    };
    let mut list = Vec::new();
    for stretch in places.chunk_by(close) {
        let (Some((first, _)), Some((last, _))) = (stretch.first(), stretch.last()) else { continue };
        let Some(document) = documents.get(first.document as usize) else { continue };
        let last = document.spans.get((last.word as usize + GRAM).min(document.spans.len()).saturating_sub(1));
        let (Some(from), Some(to)) = (document.spans.get(first.word as usize), last) else { continue };
        let count = stretch.iter().map(|(_, count)| *count).max().unwrap_or(0);
        list.push(Widespread { documents: count, example: document.doc_id, span: Span::new(from.start, to.end) });
    }
    sort_by(&mut list, |a, b| {
        (b.documents.cmp(&a.documents)).then(a.example.cmp(&b.example)).then(a.span.cmp(&b.span))
    });
    list
}

/// The chains through all places that two documents have in common.
///
/// Each place is followed once: not where a chain has been already. Of two chains that are mostly the same place in
/// both documents the longer is kept, and what of the other is elsewhere; the whole of the other is remembered as long as it
/// may be come upon again.
fn chains(a: &Document, b: &Document, places: &[(u64, u64, u32)]) -> Vec<(Vec<Run>, u32)> {
    let mut done = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (_, place, spread) in places {
        let (first, second) = unpacked(*place);
        let (first, second) = (first as usize, second as usize);
        let closed = open.extract_if(.., |one| ends(&one.chain)[0].1 <= first);
        done.extend(closed.filter(|one| one.is_kept).map(Open::closed));
        if let Some(through) = open.iter_mut().find(|one| goes_through(&one.chain, first, second)) {
            through.spreads.push(*spread);
            continue;
        }
        let found = chain(&a.words, &b.words, first, second);
        if found.is_empty() {
            continue;
        }
        let mut own = Open { chain: found, spreads: vec![*spread], is_kept: true };
        let mut rests = Vec::new();
        if let Some(rival) = open.iter_mut().find(|one| one.is_kept && is_same_place(&one.chain, &own.chain)) {
            let is_longer = len(&rival.chain) < len(&own.chain);
            let (kept, given_up) = if is_longer { (&mut own, rival) } else { (rival, &mut own) };
            given_up.is_kept = false;
            rests = given_up.beside(&kept.chain);
        }
        open.push(own);
        open.extend(rests);
    }
    done.extend(open.into_iter().filter(|one| one.is_kept).map(Open::closed));
    done
}

/// A chain that later places may lie on.
struct Open {
    chain: Vec<Run>,
    /// How many documents have each sequence that was followed.
    spreads: Vec<u32>,
    is_kept: bool,
}

impl Open {
    /// What of a chain is elsewhere than another that it meets: where two passages stand the other way round in the other
    /// text, each may go on into what follows both.
    fn beside(&self, other: &[Run]) -> Vec<Open> {
        let parts = self.chain.split(|run| goes_through(other, run.first, run.second));
        let elsewhere = parts.filter(|part| !part.is_empty() && !is_same_place(part, other));
        elsewhere.map(|part| Open { chain: part.to_vec(), spreads: self.spreads.clone(), is_kept: true }).collect()
    }

    /// The chain with its lower median spread. Not the least: at the border of what many share, some documents keep other
    /// sequences than others, and these seem rarer than they are.
    fn closed(mut self) -> (Vec<Run>, u32) {
        let middle = self.spreads.len().saturating_sub(1) / 2;
        self.spreads.sort_unstable();
        (self.chain, self.spreads.get(middle).copied().unwrap_or(2))
    }
}

/// Where a chain begins and ends in each text.
fn ends(chain: &[Run]) -> [(usize, usize); 2] {
    match (chain.first(), chain.last()) {
        (Some(from), Some(to)) => [(from.first, to.first + to.len), (from.second, to.second + to.len)],
        _ => [(0, 0); 2],
    }
}

fn len(chain: &[Run]) -> usize {
    chain.iter().map(|run| run.len).sum()
}

fn goes_through(chain: &[Run], first: usize, second: usize) -> bool {
    let at = chain.partition_point(|run| run.first + run.len <= first);
    chain
        .get(at)
        .is_some_and(|run| run.first <= first && run.second <= second && first - run.first == second - run.second)
}

/// Whether two chains share more than half of the shorter one, in both texts.
fn is_same_place(a: &[Run], b: &[Run]) -> bool {
    (ends(a).iter().zip(ends(b))).all(|((from, to), (other_from, other_to))| {
        let shared = (*to).min(other_to).saturating_sub((*from).max(other_from));
        2 * shared > (to - from).min(other_to - other_from)
    })
}

/// A chain as spans.
fn passage(a: &Document, b: &Document, chain: &[Run], spread: u32) -> Passage {
    let mut same: Vec<[Span; 2]> = Vec::with_capacity(chain.len());
    let mut halves = 0;
    for (n, run) in chain.iter().enumerate() {
        let next = chain.get(n + 1);
        let mut parts = [part(&a.spans, run.first, run.len), part(&b.spans, run.second, run.len)];
        // A character that is compared with the next may end a part in which that next one begins another.
        let starts = next.map(|next| [start(&a.spans, next.first), start(&b.spans, next.second)]);
        if starts.is_some_and(|starts| parts[0].end > starts[0] || parts[1].end > starts[1]) {
            parts[0].end = parts[0].end.min(start(&a.spans, run.first + run.len));
            parts[1].end = parts[1].end.min(start(&b.spans, run.second + run.len));
        }
        halves += weight(&a.spans, run.first, run.len);
        same.push(parts);
    }
    let whole = |n: usize| match (same.first(), same.last()) {
        (Some(first), Some(last)) => Span::new(first[n].start, last[n].end),
        _ => Span::new(0, 0),
    };
    let spans = [whole(0), whole(1)];
    Passage { documents: [a.doc_id, b.doc_id], spans, same, words: (halves / 2) as u32, spread }
}

fn part(spans: &[Span], from: usize, len: usize) -> Span {
    match (spans.get(from), spans.get(from + len - 1)) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::new(0, 0),
    }
}

fn start(spans: &[Span], word: usize) -> u32 {
    spans.get(word).map_or(u32::MAX, |span| span.start)
}

/// Half words: two a word, one a character of a script without spaces, whose span reaches into the next.
fn weight(spans: &[Span], from: usize, len: usize) -> usize {
    let is_half = |n: usize| matches!((spans.get(n), spans.get(n + 1)), (Some(a), Some(b)) if a.end > b.start);
    (from..from + len).map(|n| if is_half(n) { 1 } else { 2 }).sum()
}
