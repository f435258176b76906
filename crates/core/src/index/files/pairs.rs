//! Lists of pairs: where two words stand side by side of which one is frequent.
//!
//! To tell where two words follow each other takes the positions of both, and those of a word like `nations` are hundreds
//! of kilobytes. So for such words what stands beside them is written once more, pair by pair, and a phrase loads the lists
//! of its pairs in place of those of its words (nextword index: Williams, Zobel & Bahle 2004, "Fast phrase querying with
//! combined indexes", ACM TOIS 22(4)). Function words have none: they stand beside everything, and their pairs would be
//! as large as all other lists together.
//!
//! Whoever asks for two words asks for all their forms: so pairs lie by the group of forms of the frequent word, then by the
//! other word. The forms of that one mostly begin alike, so that the pairs of the two are in a chunk or two.
//!
//! ```text
//! how many groups and sides · each from the one before · pairs of each
//! other types, in each from the one before
//! frequent types, by their places among all that are frequent
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
use crate::base::order::packed;
use crate::base::{DocId, TokenPos};
use crate::text::fold;

/// Two types, by number, the second right after the first.
pub type Pair = (u32, u32);

/// Where a pair is in the order of all: 16 bits for the group of its paired type and whether that comes second; the other
/// type; 16 bits for the place of the paired type in the root. Of two that are paired the first counts as the one.
pub type PairKey = u64;

/// A pair with the place of its lists; both are in chunks of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairPlace {
    /// Where it is in the order of all.
    pub key: PairKey,
    /// Its lists; positions are those of its first word.
    pub list: ListPlace,
}

/// Most paired types, and most groups of them.
const MOST_PAIRED: usize = 1 << 15;

fn key_of(group: u32, is_second: bool, other: u32, place: usize) -> PairKey {
    (u64::from(group) << 1 | u64::from(is_second)) << 48 | u64::from(other) << 16 | place as u64
}

impl Root {
    /// Whether what stands beside a type is in lists of pairs.
    pub fn is_paired(&self, type_id: u32) -> bool {
        self.place_of_paired(type_id).is_some()
    }

    fn place_of_paired(&self, type_id: u32) -> Option<usize> {
        self.paired.binary_search_by(|(own, _)| own.cmp(&type_id)).ok()
    }

    /// Whether paired types are as many as there can be, each once, and in groups.
    pub(super) fn has_sound_pairs(&self) -> bool {
        self.paired.len() <= MOST_PAIRED
            && self.paired.windows(2).all(|two| two[0].0 < two[1].0)
            && self.paired.iter().all(|(_, group)| (*group as usize) < MOST_PAIRED)
            && self.pair_starts.is_sorted()
    }

    /// Where the lists of a pair are among all; nothing for one that has none.
    pub fn key_of_pair(&self, (first, second): Pair) -> Option<PairKey> {
        let (is_second, place, other) = match (self.place_of_paired(first), self.place_of_paired(second)) {
            (Some(place), _) => (false, place, second),
            (None, Some(place)) => (true, place, first),
            (None, None) => return None,
        };
        let (_, group) = self.paired.get(place)?;
        Some(key_of(*group, is_second, other, place))
    }

    /// Whether a type is in no list of pairs, whatever stands beside it.
    pub fn is_unpaired(&self, type_id: u32) -> bool {
        self.unpaired.binary_search(&type_id).is_ok()
    }

    /// The chunk that a pair is in, if it stands anywhere.
    pub fn chunk_of_pair(&self, key: PairKey) -> Option<u32> {
        self.pair_starts.partition_point(|start| *start <= key).checked_sub(1).map(|place| place as u32)
    }

    /// The chunk of the positions of a pair, where these are apart.
    pub fn chunk_of_positions(&self, key: PairKey) -> Option<u32> {
        let before = self.chunk_of_pair(key)?.checked_sub(1)?;
        self.pair_starts.get(before as usize).filter(|start| **start == key).map(|_| before)
    }
}

/// Bytes that a pair has at least: its two types, the four numbers of its lists.
const LEAST_BYTES: usize = 6;

/// Reads a chunk of pairs. Nothing where the bytes are none. Cost: linear in the pairs.
pub(super) fn from_bytes(payload: &[u8], root: &Root, number: u32) -> Option<Vec<PairPlace>> {
    let bytes = &mut &*payload;
    let mut pairs: Vec<PairPlace> = Vec::new();
    let mut lead = 0u64;
    for _ in 0..take_len(bytes)? {
        lead = lead.checked_add(take_varint(bytes)?).filter(|lead| *lead < 2 * MOST_PAIRED as u64)?;
        let count = take_len(bytes)?;
        // Each has some bytes further on: no more of them than that is believed.
        if pairs.len() + count > payload.len() / LEAST_BYTES {
            return None;
        }
        pairs.extend((0..count).map(|_| PairPlace { key: lead << 48, list: ListPlace::default() }));
    }
    let (mut before, mut other) = (None, 0u32);
    for PairPlace { key, .. } in &mut pairs {
        let from = if before == Some(*key) { other } else { 0 };
        before = Some(*key);
        other = from.checked_add(take_u32(bytes)?)?;
        *key |= u64::from(other) << 16;
    }
    for PairPlace { key, .. } in &mut pairs {
        *key |= take_varint(bytes).filter(|place| *place < MOST_PAIRED as u64)?;
    }
    if !pairs.windows(2).all(|two| two[0].key < two[1].key) {
        return None;
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
    starts: Vec<PairKey>,
}

impl PairsWriter {
    fn push(&mut self, key: PairKey, lists: &TypeLists, emit: &mut dyn FnMut(Vec<u8>)) {
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
        self.open.push(PairPlace { key, list });
        if is_apart {
            self.starts.push(key);
            emit(positions);
        } else {
            self.lists.extend_from_slice(&positions);
        }
    }

    fn close(&mut self, emit: &mut dyn FnMut(Vec<u8>)) {
        let Some(first) = self.open.first() else { return };
        self.starts.push(first.key);
        let mut out = Vec::new();
        let leads: Vec<&[PairPlace]> = self.open.chunk_by(|a, b| a.key >> 48 == b.key >> 48).collect();
        push_varint(leads.len() as u64, &mut out);
        let mut last = 0;
        for same in &leads {
            let lead = same[0].key >> 48;
            push_varint(lead - last, &mut out);
            push_varint(same.len() as u64, &mut out);
            last = lead;
        }
        for same in &leads {
            let mut last = 0;
            for PairPlace { key, .. } in *same {
                let other = (key >> 16) as u32;
                push_varint((other - last).into(), &mut out);
                last = other;
            }
        }
        self.open.iter().for_each(|own| push_varint(u64::from(own.key as u16), &mut out));
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
    /// Each with its group, ascending by type.
    pub(super) paired: Vec<(u32, u32)>,
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
        // What is asked for with a function word.
        let mut mixed: Vec<u32> = Vec::new();
        let mut group = 0;
        let mut left = of_all(&(0..block.lists.len() as u32).collect::<Vec<_>>()) / sizes.share;
        for mut types in groups {
            let function_types = types.iter().copied().filter(is_function_word).collect::<Vec<_>>();
            // Whoever asks for a word asks for all of its group: with a function word there, pairs would be of no use.
            if !function_types.is_empty() {
                frequent.unpaired.extend(function_types);
                mixed.extend(types);
                continue;
            }
            types.retain(|own| !mixed.contains(own) && frequent.paired.iter().all(|(paired, _)| paired != own));
            if !function_words.is_empty()
                && of_all(&types) <= left
                && frequent.paired.len() + types.len() <= MOST_PAIRED
            {
                let has_types = !types.is_empty();
                left -= of_all(&types);
                frequent.paired.extend(types.into_iter().map(|type_id| (type_id, group)));
                group += u32::from(has_types);
            }
        }
        frequent.paired.sort_unstable();
        frequent.unpaired.sort_unstable();
        frequent.unpaired.dedup();
        frequent
    }
}

/// Gathers pairs out of documents.
pub(in super::super) struct Gathering<'f> {
    frequent: &'f Frequent,
    /// Of each type whether its pairs have lists, with its place among those, or are none ([`UNPAIRED`]).
    kinds: &'f [u16],
    /// Pairs are gathered that are in here.
    from: PairKey,
    until: PairKey,
    most: usize,
    /// The pair; document, position and whether that is in the title. Both as numbers that sort so.
    found: Vec<(u64, u64)>,
}

/// The highest bit: the type is paired; the others are its place.
const PAIRED: u16 = 1 << 15;
const UNPAIRED: u16 = 1;

/// Types by other numbers than those of the index, as a segment has.
pub(super) struct Numbering<'i> {
    ids: &'i [u32],
    kinds: Vec<u16>,
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
            if (before | own) & PAIRED != 0 && before != UNPAIRED && own != UNPAIRED {
                let id = |token| numbering.ids.get(number(token)).copied().unwrap_or(0);
                let (is_second, kind, other) =
                    if before & PAIRED != 0 { (false, before, id(pair[1])) } else { (true, own, id(pair[0])) };
                let place = usize::from(kind & !PAIRED);
                let group = self.frequent.paired.get(place).map_or(0, |(_, group)| *group);
                self.add(key_of(group, is_second, other, place), run, position);
            }
            before = own;
        }
    }

    fn add(&mut self, key: PairKey, run: Run, position: TokenPos) {
        if (self.from..self.until).contains(&key) {
            let at = packed(run.doc, position << 1 | u32::from(position < run.title_end));
            self.found.push((key, at));
            if self.found.len() >= self.most {
                self.give_up_half();
            }
        }
    }

    /// Leaves the pairs that come last in order for another time.
    fn give_up_half(&mut self) {
        self.found.sort_unstable();
        let middle = self.found.get(self.found.len() / 2).map_or(self.until, |(key, _)| *key);
        self.until = middle.max(self.from + 1);
        let until = self.until;
        self.found.retain(|(key, _)| *key < until);
        if self.found.len() > self.most / 2 {
            // One pair alone stands in so many places.
            self.most = self.most.saturating_mul(2);
        }
    }
}

/// Goes through all tokens, each time alike.
pub(in super::super) type Scan<'s, E> = &'s mut dyn FnMut(&mut Gathering) -> Result<(), E>;

/// Writes the pairs of documents through which `scan` goes, each time alike. Returns the first pair of each chunk. Memory:
/// `at_once` places, or those of one pair; where there are more, those that come first in order are gathered
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
) -> Result<Vec<PairKey>, E> {
    let mut writer = PairsWriter { most: sizes.lists, near: sizes.near, ..PairsWriter::default() };
    let mut kinds = vec![0; types as usize];
    frequent.unpaired.iter().for_each(|type_id| kinds[*type_id as usize] = UNPAIRED);
    for (place, (type_id, _)) in (0u16..).zip(&frequent.paired) {
        kinds[*type_id as usize] = PAIRED | place;
    }
    let mut lists = TypeLists::default();
    let mut from = 0;
    while from < PairKey::MAX && !frequent.paired.is_empty() {
        let until = PairKey::MAX;
        let mut gathering = Gathering { frequent, kinds: &kinds, from, until, most: at_once, found: Vec::new() };
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
            writer.push(same[0].0, &lists, emit);
        }
    }
    writer.close(emit);
    Ok(writer.starts)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use proptest::collection::{btree_map, btree_set, vec};
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
                let is_listed = pair.iter().any(|own| frequent.paired.iter().any(|(paired, _)| paired == own))
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
        let nation = [0, 1, 2].map(|type_id| (type_id, 0)).to_vec();
        assert_eq!(of("en", 60, 1), (nation.clone(), vec![3]));
        assert_eq!(of("en", 61, 1), (vec![], vec![3]));
        assert_eq!(of("en", 101, 1), (vec![], vec![]));
        // One in two of 161 tokens: the stem, with the 60 of it, and no more; one in three: none of it, not a part.
        assert_eq!(of("en", 1, 2), ([nation.as_slice(), &[(4, 1)]].concat(), vec![3]));
        assert_eq!(of("en", 60, 2), (nation, vec![3]));
        assert_eq!(of("en", 60, 3), (vec![], vec![3]));
        // Where no list tells which words are function words, none has pairs.
        assert_eq!(of("tlh", 60, 1), (vec![], vec![]));
    }

    #[test]
    fn a_word_that_is_asked_for_with_a_function_word_has_no_pairs() {
        let mut block = Block::default();
        for (word, frequency) in [("will", 80), ("willing", 60)] {
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

    #[test]
    fn the_last_pair_that_there_can_be_is_read_back() {
        let most = MOST_PAIRED as u32;
        let last = key_of(most - 1, true, u32::MAX, MOST_PAIRED - 1);
        assert!(last < PairKey::MAX);
        let mut writer = PairsWriter { most: usize::MAX, near: usize::MAX, ..PairsWriter::default() };
        let lists = TypeLists { docs: vec![DocId(0)], frequencies: vec![1], in_title: vec![0], positions: vec![7] };
        let mut chunks = Vec::new();
        for key in [key_of(0, false, 0, 0), key_of(most - 1, true, u32::MAX, 0), last] {
            writer.push(key, &lists, &mut |chunk| chunks.push(chunk));
        }
        writer.close(&mut |chunk| chunks.push(chunk));
        let root = Root { documents: 1, ..Root::default() };
        let keys = |chunk: &[u8]| Some(from_bytes(chunk, &root, 0)?.into_iter().map(|own| own.key).collect::<Vec<_>>());
        assert_eq!(keys(&chunks[0]).map(|keys| (keys.len(), keys[2])), Some((3, last)));

        let has_sound = |paired: Vec<(u32, u32)>| Root { paired, ..Root::default() }.has_sound_pairs();
        let paired = |count: u32| (0..count).map(|own| (own, own)).collect::<Vec<_>>();
        assert!(has_sound(paired(most)) && !has_sound(paired(most + 1)));
        assert!(
            has_sound(vec![(0, most - 1), (1, 0)]) && !has_sound(vec![(0, most)]) && !has_sound(vec![(1, 0), (1, 0)])
        );
    }

    #[test]
    fn pairs_that_do_not_ascend_are_none() {
        let lists = TypeLists { docs: vec![DocId(0)], frequencies: vec![1], in_title: vec![0], positions: vec![7] };
        let written = |keys: [PairKey; 2]| {
            let mut writer = PairsWriter { most: usize::MAX, near: usize::MAX, ..PairsWriter::default() };
            let mut chunks = Vec::new();
            keys.iter().for_each(|key| writer.push(*key, &lists, &mut |_| ()));
            writer.close(&mut |chunk| chunks.push(chunk));
            from_bytes(&chunks[0], &Root { documents: 1, ..Root::default() }, 0)
        };
        assert!(written([key_of(0, false, 5, 1), key_of(0, false, 5, 2)]).is_some());
        assert!(written([key_of(0, false, 5, 2), key_of(0, false, 5, 1)]).is_none());
        assert!(written([key_of(0, false, 5, 1), key_of(0, false, 5, 1)]).is_none());
    }

    proptest! {
        #[test]
        fn each_pair_has_the_places_where_it_stands(
            texts in vec((0u32..9, vec(vec(0u32..TYPES, 0..20), 0..4)), 0..8),
            paired in btree_map(0u32..TYPES, 0u32..3, 0..4),
            unpaired in btree_set(0u32..TYPES, 0..3),
            (lists, near) in (0usize..60, 0usize..12),
            at_once in prop_oneof![1usize..60, Just(usize::MAX)],
        ) {
            let unpaired: Vec<u32> = unpaired.into_iter().filter(|own| !paired.contains_key(own)).collect();
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
            let paired = frequent.paired.clone();
            let root = Root { documents: 8, paired, pair_starts, chunks: names.to_vec(), ..Root::default() };
            prop_assert!(root.has_sound_pairs());

            let expected = naive(&texts, &frequent);
            for pair in (0..TYPES).flat_map(|first| (0..TYPES).map(move |second| (first, second))) {
                let mut found = Vec::new();
                if let Some((key, number)) = root.key_of_pair(pair).and_then(|key| Some((key, root.chunk_of_pair(key)?))) {
                    let own = from_bytes(&chunks[number as usize], &root, number).unwrap();
                    if let Some(PairPlace { list, .. }) = own.iter().find(|own| own.key == key) {
                        let slice = |at: Stretch| &chunks[at.chunk as usize][at.start as usize..(at.start + at.len) as usize];
                        prop_assert_eq!(list.is_apart, list.positions.len as usize > near);
                        prop_assert_eq!(list.is_apart.then_some(list.positions.chunk), root.chunk_of_positions(key));
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
