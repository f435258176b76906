//! Lists of pairs: where two words stand side by side of which one is frequent.
//!
//! To tell where two words follow each other takes the positions of both, and those of a word like `nations` are hundreds
//! of kilobytes. So for such words what stands beside them is written once more, pair by pair, and a phrase loads the lists
//! of its pairs in place of those of its words (nextword index: Williams, Zobel & Bahle 2004, "Fast phrase querying with
//! combined indexes", ACM TOIS 22(4)). Function words have none: they stand beside everything, and their pairs would be
//! as large as all other lists together.
//!
//! ```text
//! how many types come first · each from the one before · pairs of each
//! types that come second, in each from the one before
//! documents · occurrences · bytes of postings · of positions, and whether these are apart
//! the lists: of each pair its postings, then its positions
//! ```
//! Positions that are apart are all of the chunk before, and their pair is the first of its own. Numbers are varints.

use super::super::vocabulary::{Block, Stems};
use super::lists::{push_docs, push_positions};
use super::pack::{push_varint, take_u32, take_varint};
use super::terms::{occurrences, take_documents, take_len, take_occurrences};
use super::write::TypeLists;
use super::{ListPlace, Root, Stretch};
use crate::base::order::{packed, unpacked};
use crate::base::{DocId, TokenPos};
use crate::text::fold;

/// Two types, by number, the second right after the first.
pub type Pair = (u32, u32);

/// A pair with the place of its lists; both are in chunks of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairPlace {
    /// The pair.
    pub pair: Pair,
    /// Its lists; positions are those of its first word.
    pub list: ListPlace,
}

impl Root {
    /// Whether what stands beside a type is in lists of pairs.
    pub fn is_paired(&self, type_id: u32) -> bool {
        self.paired.binary_search(&type_id).is_ok()
    }

    /// Whether a type is in no list of pairs, whatever stands beside it.
    pub fn is_unpaired(&self, type_id: u32) -> bool {
        self.unpaired.binary_search(&type_id).is_ok()
    }

    /// The chunk that a pair is in, if it stands anywhere.
    pub fn chunk_of_pair(&self, pair: Pair) -> Option<u32> {
        self.pair_starts.partition_point(|start| *start <= pair).checked_sub(1).map(|place| place as u32)
    }

    /// The chunk of the positions of a pair, where these are apart.
    pub fn chunk_of_positions(&self, pair: Pair) -> Option<u32> {
        let before = self.chunk_of_pair(pair)?.checked_sub(1)?;
        self.pair_starts.get(before as usize).filter(|start| **start == pair).map(|_| before)
    }
}

/// Bytes that a pair has at least: its second type, the four numbers of its lists.
const LEAST_BYTES: usize = 5;

/// Reads a chunk of pairs. Nothing where the bytes are none. Cost: linear in the pairs.
pub(super) fn from_bytes(payload: &[u8], root: &Root, number: u32) -> Option<Vec<PairPlace>> {
    let bytes = &mut &*payload;
    let mut pairs: Vec<PairPlace> = Vec::new();
    let mut first = 0u32;
    for _ in 0..take_len(bytes)? {
        first = first.checked_add(take_u32(bytes)?)?;
        let count = take_len(bytes)?;
        // Each has some bytes further on: no more of them than that is believed.
        if pairs.len() + count > payload.len() / LEAST_BYTES {
            return None;
        }
        pairs.extend((0..count).map(|_| PairPlace { pair: (first, 0), list: ListPlace::default() }));
    }
    let mut before: Option<Pair> = None;
    for PairPlace { pair, .. } in &mut pairs {
        let from = before.filter(|before| before.0 == pair.0).map_or(0, |before| before.1);
        pair.1 = from.checked_add(take_u32(bytes)?)?;
        before = Some(*pair);
    }
    for PairPlace { list, .. } in &mut pairs {
        list.info.documents = take_documents(bytes, root)?;
    }
    for PairPlace { list, .. } in &mut pairs {
        take_occurrences(bytes, &mut list.info)?;
    }
    for PairPlace { list, .. } in &mut pairs {
        list.postings.len = take_u32(bytes)?;
    }
    for PairPlace { list, .. } in &mut pairs {
        let len = take_varint(bytes)?;
        list.positions.len = u32::try_from(len >> 1).ok()?;
        list.is_apart = len & 1 == 1;
    }
    let mut start = u32::try_from(payload.len() - bytes.len()).ok()?;
    for PairPlace { list, .. } in &mut pairs {
        let mut place = |chunk, len: u32| {
            let own = Stretch { chunk, start, len };
            start = start.checked_add(len)?;
            Some(own)
        };
        list.postings = place(number, list.postings.len)?;
        list.positions = match list.is_apart {
            true => Stretch { chunk: number.checked_sub(1)?, start: 0, len: list.positions.len },
            false => place(number, list.positions.len)?,
        };
    }
    (start as usize == payload.len()).then_some(pairs)
}

/// Writes pairs, ascending, into chunks.
#[derive(Debug, Default)]
struct PairsWriter {
    /// Bytes of lists after which a chunk is full, and most bytes of positions that lie with their postings.
    most: usize,
    near: usize,
    open: Vec<PairPlace>,
    lists: Vec<u8>,
    /// The first pair of each chunk.
    starts: Vec<Pair>,
}

impl PairsWriter {
    fn push(&mut self, pair: Pair, lists: &TypeLists, emit: &mut dyn FnMut(Vec<u8>)) {
        let mut positions = Vec::new();
        push_positions(lists.each(), &mut positions);
        let is_apart = positions.len() > self.near;
        if is_apart || self.lists.len() >= self.most {
            self.close(emit);
        }
        let start = self.lists.len();
        let info = push_docs(&lists.docs, &lists.frequencies, &lists.in_title, &mut self.lists);
        let mut list = ListPlace { info, is_apart, ..ListPlace::default() };
        list.postings.len = (self.lists.len() - start) as u32;
        list.positions.len = positions.len() as u32;
        self.open.push(PairPlace { pair, list });
        if is_apart {
            self.starts.push(pair);
            emit(positions);
        } else {
            self.lists.extend_from_slice(&positions);
        }
    }

    fn close(&mut self, emit: &mut dyn FnMut(Vec<u8>)) {
        let Some(first) = self.open.first() else { return };
        self.starts.push(first.pair);
        let mut out = Vec::new();
        let firsts: Vec<&[PairPlace]> = self.open.chunk_by(|a, b| a.pair.0 == b.pair.0).collect();
        push_varint(firsts.len() as u64, &mut out);
        let mut last = 0;
        for group in &firsts {
            let first = group[0].pair.0;
            push_varint((first - last).into(), &mut out);
            push_varint(group.len() as u64, &mut out);
            last = first;
        }
        for group in &firsts {
            let mut last = 0;
            for PairPlace { pair, .. } in *group {
                push_varint((pair.1 - last).into(), &mut out);
                last = pair.1;
            }
        }
        let lists = || self.open.iter().map(|own| own.list);
        lists().for_each(|list| push_varint(list.info.documents.into(), &mut out));
        lists().for_each(|list| push_varint(occurrences(list.info), &mut out));
        lists().for_each(|list| push_varint(list.postings.len.into(), &mut out));
        lists().for_each(|list| {
            push_varint(u64::from(list.positions.len) << 1 | u64::from(list.is_apart), &mut out);
        });
        out.append(&mut self.lists);
        self.open.clear();
        emit(out);
    }
}

/// When pairs are written, and into how large chunks.
#[derive(Clone, Copy, Debug)]
pub struct PairSizes {
    /// Occurrences from which on the types of a key or of a stem are frequent, all together.
    pub frequent: u64,
    /// Of all tokens those of paired types are one in so many at most: the most frequent words, whose positions are most.
    pub share: u64,
    /// Bytes of lists of a chunk.
    pub lists: usize,
    /// Most bytes of positions that lie with their postings.
    pub near: usize,
}

/// Which types are frequent: those whose pairs have lists, and those that are in no pair.
#[derive(Debug, Default)]
pub(super) struct Frequent {
    pub(super) paired: Vec<u32>,
    pub(super) unpaired: Vec<u32>,
}

impl Frequent {
    /// Those of a dictionary, of a corpus in these languages. A type is frequent together with all that it is looked for
    /// with: those of its key, and of its stem. Function words are those of NLTK's lists (Bird, Loper & Klein 2009).
    pub(super) fn of(block: &Block, languages: &[String], sizes: PairSizes) -> Frequent {
        let occurrences =
            |type_id: u32| block.lists.get(type_id as usize).map_or(0, |list| u64::from(list.info.frequency));
        let of_all = |types: &[u32]| types.iter().map(|type_id| occurrences(*type_id)).sum::<u64>();
        let keys = (0..block.run.keys.len()).map(|place| block.run.types_of(place..place + 1).collect());
        let of_stem = |stems: &Stems, place| stems.types_of(place).iter().map(|own| own.0).collect();
        let stems = block.stems.iter().flat_map(|stems| (0..stems.stems.len()).map(move |place| of_stem(stems, place)));
        let mut groups: Vec<Vec<u32>> = keys.chain(stems).collect();
        groups.retain(|types| of_all(types) >= sizes.frequent);
        groups.sort_by_key(|types| (std::cmp::Reverse(of_all(types)), types.first().copied()));

        let lists = languages.iter().filter_map(|language| stop_words::lookup(language.as_str()));
        let function_words: Vec<String> = lists.flatten().map(|word| fold(word)).collect();
        let is_function_word = |type_id: &u32| function_words.contains(&fold(block.forms.get(*type_id as usize)));
        let mut frequent = Frequent::default();
        let mut left = of_all(&(0..block.lists.len() as u32).collect::<Vec<_>>()) / sizes.share;
        for mut types in groups {
            let function_types = types.iter().copied().filter(is_function_word).collect::<Vec<_>>();
            types.retain(|type_id| !frequent.paired.contains(type_id));
            // Whoever asks for a word asks for all of its group: with a function word there, pairs would be of no use.
            if !function_types.is_empty() {
                frequent.unpaired.extend(function_types);
            } else if !function_words.is_empty() && of_all(&types) <= left {
                left -= of_all(&types);
                frequent.paired.extend(types);
            }
        }
        for list in [&mut frequent.paired, &mut frequent.unpaired] {
            list.sort_unstable();
            list.dedup();
        }
        frequent
    }
}

/// Gathers pairs out of documents.
pub(in super::super) struct Gathering<'f> {
    /// Of each type whether its pairs have lists ([`PAIRED`]), or are none ([`UNPAIRED`]).
    kinds: &'f [u8],
    /// Pairs are gathered whose first type is in here.
    from: u32,
    until: u32,
    most: usize,
    /// The pair; document, position and whether that is in the title. Both as numbers that sort so.
    found: Vec<(u64, u64)>,
}

const PAIRED: u8 = 1;
const UNPAIRED: u8 = 2;

/// Types by other numbers than those of the index, as a segment has.
pub(super) struct Numbering<'i> {
    ids: &'i [u32],
    kinds: Vec<u8>,
}

/// Where a run of tokens stands.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) doc: u32,
    /// Position of its first token.
    pub(super) first: TokenPos,
    /// Where the title of the document ends.
    pub(super) title_end: TokenPos,
}

impl Gathering<'_> {
    /// Types by numbers of which each stands for one of these.
    pub(super) fn numbering<'i>(&self, ids: &'i [u32]) -> Numbering<'i> {
        let kind = |type_id: &u32| self.kinds.get(*type_id as usize).copied().unwrap_or(UNPAIRED);
        Numbering { kinds: ids.iter().map(kind).collect(), ids }
    }

    /// Takes tokens that follow each other; `number` gives that of a type. Cost: linear, about a nanosecond a token.
    pub(super) fn run<T: Copy>(&mut self, run: Run, tokens: &[T], number: fn(T) -> usize, numbering: &Numbering) {
        let kind = |token| numbering.kinds.get(number(token)).copied().unwrap_or(UNPAIRED);
        let Some(first) = tokens.first() else { return };
        let mut before = kind(*first);
        for (position, pair) in (run.first..).zip(tokens.windows(2)) {
            let own = kind(pair[1]);
            if before | own == PAIRED {
                let id = |token| numbering.ids.get(number(token)).copied().unwrap_or(0);
                self.add((id(pair[0]), id(pair[1])), run, position);
            }
            before = own;
        }
    }

    fn add(&mut self, pair: Pair, run: Run, position: TokenPos) {
        if (self.from..self.until).contains(&pair.0) {
            let at = packed(run.doc, position << 1 | u32::from(position < run.title_end));
            self.found.push((packed(pair.0, pair.1), at));
            if self.found.len() >= self.most {
                self.give_up_half();
            }
        }
    }

    /// Leaves the pairs that come last in order for another time.
    fn give_up_half(&mut self) {
        self.found.sort_unstable();
        let middle = self.found.get(self.found.len() / 2).map_or(self.until, |(pair, _)| unpacked(*pair).0);
        self.until = middle.max(self.from + 1);
        let until = self.until;
        self.found.retain(|(pair, _)| unpacked(*pair).0 < until);
        if self.found.len() > self.most / 2 {
            // Those of one type are many.
            self.most = self.most.saturating_mul(2);
        }
    }
}

/// Goes through all tokens, each time alike.
pub(in super::super) type Scan<'s, E> = &'s mut dyn FnMut(&mut Gathering) -> Result<(), E>;

/// Writes the pairs of documents through which `scan` goes, each time alike. Returns the first pair of each chunk. Memory:
/// `at_once` pairs, or those that begin with one type; where there are more, those that come first in order are gathered
/// first, and `scan` goes again. They are sorted.
///
/// # Errors
/// As `scan`'s.
pub(super) fn write<E>(
    frequent: &Frequent,
    types: u32,
    (sizes, at_once): (PairSizes, usize),
    scan: Scan<E>,
    emit: &mut dyn FnMut(Vec<u8>),
) -> Result<Vec<Pair>, E> {
    let mut writer = PairsWriter { most: sizes.lists, near: sizes.near, ..PairsWriter::default() };
    let mut kinds = vec![0; types as usize];
    frequent.paired.iter().for_each(|type_id| kinds[*type_id as usize] = PAIRED);
    frequent.unpaired.iter().for_each(|type_id| kinds[*type_id as usize] = UNPAIRED);
    let mut from = 0;
    let mut lists = TypeLists::default();
    while from < types && !frequent.paired.is_empty() {
        let mut gathering = Gathering { kinds: &kinds, from, until: types, most: at_once, found: Vec::new() };
        scan(&mut gathering)?;
        from = gathering.until;
        let mut found = gathering.found;
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            lists.clear();
            for (_, at) in same {
                let doc_id = DocId((at >> 32) as u32);
                if lists.docs.last() != Some(&doc_id) {
                    lists.docs.push(doc_id);
                    lists.frequencies.push(0);
                    lists.in_title.push(0);
                }
                if let (Some(frequency), Some(in_title)) = (lists.frequencies.last_mut(), lists.in_title.last_mut()) {
                    *frequency += 1;
                    *in_title += (at & 1) as u32;
                }
                lists.positions.push(*at as u32 >> 1);
            }
            writer.push(unpacked(same[0].0), &lists, emit);
        }
    }
    writer.close(emit);
    Ok(writer.starts)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::super::{ChunkKind, KINDS, lists};
    use super::*;
    use crate::base::TypeId;

    /// By pair, where its first word stands: document, position, whether in the title.
    type Places = BTreeMap<Pair, Vec<(u32, u32, bool)>>;

    const TYPES: u32 = 9;

    /// Documents: where the title ends, and the runs of tokens, between which a position lies.
    type Texts = Vec<(u32, Vec<Vec<u32>>)>;

    fn runs((doc, (title_end, runs)): (u32, &(u32, Vec<Vec<u32>>))) -> Vec<(Run, &[u32])> {
        let mut next = 0;
        let place = |tokens: &'_ Vec<u32>| {
            let run = Run { doc, first: next, title_end: *title_end };
            next += tokens.len() as u32 + 1;
            run
        };
        let places: Vec<Run> = runs.iter().map(place).collect();
        places.into_iter().zip(runs.iter().map(Vec::as_slice)).collect()
    }

    fn naive(texts: &Texts, frequent: &Frequent) -> Places {
        let mut places = Places::new();
        for (run, tokens) in (0u32..).zip(texts).flat_map(runs) {
            for (position, pair) in (run.first..).zip(tokens.windows(2)) {
                let is_listed = pair.iter().any(|own| frequent.paired.contains(own))
                    && !pair.iter().any(|own| frequent.unpaired.contains(own));
                if is_listed {
                    let place = (run.doc, position, position < run.title_end);
                    places.entry((pair[0], pair[1])).or_default().push(place);
                }
            }
        }
        places
    }

    /// `nation`, its plural, a function word and another, with so many occurrences; those of *nation* are of one stem.
    fn dictionary() -> Block {
        let mut block = Block::default();
        let types =
            [("nation", "nation", 10), ("nations", "Nations", 20), ("nations", "nations", 30), ("of", "of", 100)];
        for (key, form, frequency) in types.into_iter().chain([("rare", "rare", 1)]) {
            block.push(key, form);
            let info = lists::ListInfo { documents: 1, frequency, has_titles: false };
            block.lists.push(ListPlace { info, ..ListPlace::default() });
        }
        let mut stems = Stems { starts: vec![0, 3], ..Stems::default() };
        stems.stems.push("nation");
        stems.types = [0, 1, 2].map(TypeId).to_vec();
        block.stems.push(stems);
        block
    }

    #[test]
    fn all_forms_of_a_frequent_word_are_frequent_and_function_words_have_no_pairs() {
        let of = |language: &str, frequent, share| {
            let sizes = PairSizes { frequent, share, lists: 1, near: 1 };
            let Frequent { paired, unpaired } = Frequent::of(&dictionary(), &[language.to_owned()], sizes);
            (paired, unpaired)
        };
        assert_eq!(of("en", 60, 1), (vec![0, 1, 2], vec![3]));
        assert_eq!(of("en", 61, 1), (vec![], vec![3]));
        assert_eq!(of("en", 101, 1), (vec![], vec![]));
        // One in two of 161 tokens: the stem, with the 60 of it, and no more; one in three: none of it, not a part.
        assert_eq!(of("en", 1, 2), (vec![0, 1, 2, 4], vec![3]));
        assert_eq!(of("en", 60, 2), (vec![0, 1, 2], vec![3]));
        assert_eq!(of("en", 60, 3), (vec![], vec![3]));
        // Where no list tells which words are function words, none has pairs.
        assert_eq!(of("tlh", 60, 1), (vec![], vec![]));
    }

    #[test]
    fn a_word_that_is_asked_for_with_a_function_word_has_no_pairs() {
        let mut block = Block::default();
        for (word, frequency) in [("will", 80), ("willing", 20)] {
            block.push(word, word);
            let info = lists::ListInfo { documents: 1, frequency, has_titles: false };
            block.lists.push(ListPlace { info, ..ListPlace::default() });
        }
        let mut stems = Stems { starts: vec![0, 2], ..Stems::default() };
        stems.stems.push("will");
        stems.types = [0, 1].map(TypeId).to_vec();
        block.stems.push(stems);
        let sizes = PairSizes { frequent: 50, share: 1, lists: 1, near: 1 };
        let Frequent { paired, unpaired } = Frequent::of(&block, &["en".to_owned()], sizes);
        assert_eq!((paired, unpaired), (vec![], vec![0]));
    }

    proptest! {
        #[test]
        fn each_pair_has_the_places_where_it_stands(
            texts in vec((0u32..9, vec(vec(0u32..TYPES, 0..20), 0..4)), 0..8),
            paired in btree_set(0u32..TYPES, 0..4),
            unpaired in btree_set(0u32..TYPES, 0..3),
            (lists, near) in (0usize..60, 0usize..12),
            at_once in prop_oneof![1usize..60, Just(usize::MAX)],
        ) {
            let unpaired: Vec<u32> = unpaired.difference(&paired).copied().collect();
            let frequent = Frequent { paired: paired.into_iter().collect(), unpaired };
            let sizes = PairSizes { frequent: 1, share: 1, lists, near };
            let mut chunks = Vec::new();
            let ids: Vec<u32> = (0..TYPES).collect();
            let mut scan = |gathering: &mut Gathering| {
                let numbering = gathering.numbering(&ids);
                for (run, tokens) in (0u32..).zip(&texts).flat_map(runs) {
                    gathering.run(run, tokens, |own| own as usize, &numbering);
                }
                Ok::<(), Infallible>(())
            };
            let Ok(pair_starts) =
                write(&frequent, TYPES, (sizes, at_once), &mut scan, &mut |chunk| chunks.push(chunk));
            prop_assert_eq!(pair_starts.len(), chunks.len());
            let names = KINDS.map(|kind| if kind == ChunkKind::Pairs { vec![0; chunks.len()] } else { Vec::new() });
            let root = Root { documents: 8, pair_starts, chunks: names.to_vec(), ..Root::default() };

            let expected = naive(&texts, &frequent);
            for pair in (0..TYPES).flat_map(|first| (0..TYPES).map(move |second| (first, second))) {
                let mut found = Vec::new();
                if let Some(number) = root.chunk_of_pair(pair) {
                    let own = from_bytes(&chunks[number as usize], &root, number).unwrap();
                    if let Some(PairPlace { list, .. }) = own.iter().find(|own| own.pair == pair) {
                        let slice = |at: Stretch| &chunks[at.chunk as usize][at.start as usize..(at.start + at.len) as usize];
                        prop_assert_eq!(list.is_apart, list.positions.len as usize > near);
                        prop_assert_eq!(list.is_apart.then_some(list.positions.chunk), root.chunk_of_positions(pair));
                        let docs = lists::docs(slice(list.postings), list.info).unwrap();
                        let (bytes, count) = (slice(list.positions), docs.docs.len());
                        let places = lists::PackedPositions::open(bytes, count, &docs.frequencies).unwrap();
                        for (place, doc_id) in docs.docs.iter().enumerate() {
                            let in_title = docs.in_title.get(place).copied().unwrap_or(0) as usize;
                            let first = found.len();
                            places.for_each(place, &mut |position| {
                                found.push((doc_id.0, position, found.len() - first < in_title));
                            });
                        }
                    }
                }
                let expected = expected.get(&pair).cloned().unwrap_or_default();
                prop_assert_eq!(found, expected, "{:?}", pair);
            }
        }
    }
}
