//! Lists of common prefixes: where any of the words stands that begin so.
//!
//! What begins with `con` is a thousand lists, of which most are short and a few long. Where they are more than a reader
//! should wait for, they are written once more as one: the documents in which any of them stands, and how often all of
//! them together. Where each one stands says the list of each. One that is longer than half of those that it stands for
//! is not written: for a prefix of one common word it would be the list of that word once more.

use std::ops::Range;

use super::lists::{self, ListInfo, push_docs};
use crate::base::DocId;

/// Where the list of a common prefix lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrefixPlace {
    /// The types it counts: those whose key goes on after the prefix.
    pub types: Range<u32>,
    /// What is known of it.
    pub info: ListInfo,
    /// The chunk, of which it is all.
    pub chunk: u32,
}

/// Puts lists together while types go by in the order of their keys. Memory: of the prefixes that are open, those that are
/// not common hold packed lists, fewer bytes than make them so, and each other one eight bytes for each document.
#[derive(Debug, Default)]
pub(super) struct PrefixesWriter {
    /// Bytes of lists from which on a prefix is common.
    from_bytes: usize,
    /// The key that went by last.
    key: String,
    /// Its beginnings, each a character longer than the one before.
    levels: Vec<Level>,
    /// The types of the common prefix that ended last.
    last: Range<u32>,
    /// The prefixes that have a list, in the order in which they ended.
    pub(super) found: Vec<PrefixPlace>,
}

/// What has gone by of the types that begin so.
#[derive(Debug, Default)]
struct Level {
    /// Bytes of the prefix.
    end: usize,
    types: Range<u32>,
    /// Bytes of their lists.
    bytes: usize,
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// Lists as they are.
    Packed(Vec<ListInfo>, Vec<u32>, Vec<u8>),
    /// By document: how often, and how often of that in the title.
    Sums(Vec<(u32, u32)>),
}

impl Default for Held {
    fn default() -> Held {
        Held::Packed(Vec::new(), Vec::new(), Vec::new())
    }
}

impl PrefixesWriter {
    /// Prefixes are common from so many bytes of lists on.
    pub(super) fn new(from_bytes: usize) -> PrefixesWriter {
        PrefixesWriter { from_bytes, ..PrefixesWriter::default() }
    }

    /// Takes the next type: its key, its number, its list as it is written, and the bytes that are loaded with that.
    /// Cost: linear in the key, and in the list once for each letter of it until a prefix is common; each common prefix that
    /// ends, linear in the documents.
    pub(super) fn push(
        &mut self,
        key: &str,
        type_id: u32,
        (info, list, bytes): (ListInfo, &[u8], usize),
        emit: &mut dyn FnMut(Vec<u8>),
    ) {
        if key != self.key {
            let shared = self.key.chars().zip(key.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            self.close(shared, emit);
            let ends = key.char_indices().map(|(at, letter)| at + letter.len_utf8()).filter(|end| *end > shared);
            self.levels.extend(ends.map(|end| Level { end, ..Level::default() }));
            key.clone_into(&mut self.key);
        }
        // The last level is the key itself: what is it goes by with what begins with less.
        let place = self.levels.len().checked_sub(2);
        if let Some(level) = place.and_then(|place| self.levels.get_mut(place)) {
            let own = Level {
                types: type_id..type_id + 1,
                bytes,
                held: Held::Packed(vec![info], vec![list.len() as u32], list.to_vec()),
                ..Level::default()
            };
            level.add(own, self.from_bytes);
        }
    }

    /// Ends all prefixes longer than `shared` bytes.
    pub(super) fn close(&mut self, shared: usize, emit: &mut dyn FnMut(Vec<u8>)) {
        while let Some(level) = self.levels.pop_if(|level| level.end > shared) {
            if let (Held::Sums(sums), false) = (&level.held, self.last == level.types) {
                self.last = level.types.clone();
                let (info, list) = written(sums);
                if 2 * list.len() <= level.bytes {
                    let (types, chunk) = (level.types.clone(), self.found.len() as u32);
                    emit(list);
                    self.found.push(PrefixPlace { types, info, chunk });
                }
            }
            if let Some(shorter) = self.levels.last_mut() {
                shorter.add(level, self.from_bytes);
            }
        }
    }
}

impl Level {
    /// Adds the types of another level, which follow.
    fn add(&mut self, other: Level, from_bytes: usize) {
        if other.types.is_empty() {
            return;
        }
        if self.types.is_empty() {
            *self = Level { end: self.end, ..other };
        } else {
            self.types.end = other.types.end;
            self.bytes += other.bytes;
            match (&mut self.held, other.held) {
                (Held::Packed(infos, lens, bytes), Held::Packed(more_infos, more_lens, more)) => {
                    infos.extend(more_infos);
                    lens.extend(more_lens);
                    bytes.extend_from_slice(&more);
                }
                (Held::Sums(sums), more) => more.add_to(sums),
                (held, Held::Sums(mut sums)) => {
                    held.add_to(&mut sums);
                    *held = Held::Sums(sums);
                }
            }
        }
        if self.bytes >= from_bytes && matches!(self.held, Held::Packed(..)) {
            let mut sums = Vec::new();
            self.held.add_to(&mut sums);
            self.held = Held::Sums(sums);
        }
    }
}

impl Held {
    fn add_to(&self, sums: &mut Vec<(u32, u32)>) {
        let mut add = |doc: usize, (frequency, in_title): (u32, u32)| {
            if doc >= sums.len() {
                sums.resize(doc + 1, (0, 0));
            }
            sums[doc].0 += frequency;
            sums[doc].1 += in_title;
        };
        match self {
            Held::Sums(more) => more.iter().enumerate().for_each(|(doc, own)| add(doc, *own)),
            Held::Packed(infos, lens, bytes) => {
                let mut rest = bytes.as_slice();
                for (info, len) in infos.iter().zip(lens) {
                    let (list, after) = rest.split_at(*len as usize);
                    rest = after;
                    // They have been written a moment ago.
                    let list = lists::docs(list, *info).unwrap_or_default();
                    for (place, doc_id) in list.docs.iter().enumerate() {
                        let of = |counts: &[u32], otherwise| counts.get(place).copied().unwrap_or(otherwise);
                        add(doc_id.0 as usize, (of(&list.frequencies, 1), of(&list.in_title, 0)));
                    }
                }
            }
        }
    }
}

/// The list of what stands so often in each document.
fn written(sums: &[(u32, u32)]) -> (ListInfo, Vec<u8>) {
    let there = || (0u32..).zip(sums).filter(|(_, (frequency, _))| *frequency > 0);
    let docs: Vec<DocId> = there().map(|(doc, _)| DocId(doc)).collect();
    let frequencies: Vec<u32> = there().map(|(_, (frequency, _))| *frequency).collect();
    let in_title: Vec<u32> = there().map(|(_, (_, in_title))| *in_title).collect();
    let mut list = Vec::new();
    let info = push_docs(&docs, &frequencies, &in_title, &mut list);
    (info, list)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::collection::{btree_map, btree_set};
    use proptest::prelude::*;

    use super::*;

    /// By document: how often, and how often of that in the title.
    type Counts = BTreeMap<u32, (u32, u32)>;

    fn packed_list(counts: &Counts) -> (ListInfo, Vec<u8>) {
        let docs: Vec<DocId> = counts.keys().map(|doc| DocId(*doc)).collect();
        let frequencies: Vec<u32> = counts.values().map(|(frequency, _)| *frequency).collect();
        let in_title: Vec<u32> = counts.values().map(|(_, in_title)| *in_title).collect();
        let mut list = Vec::new();
        (push_docs(&docs, &frequencies, &in_title, &mut list), list)
    }

    proptest! {
        #[test]
        fn each_common_prefix_has_the_sums_of_its_types(
            types in btree_map(("[abé]{1,5}", 0u8..2), btree_map(0u32..200, (1u32..4, 0u32..2), 1..60), 0..40),
            from_bytes in 1usize..120,
        ) {
            let lists: Vec<(&str, &Counts)> = types.iter().map(|((key, _), counts)| (key.as_str(), counts)).collect();
            let mut writer = PrefixesWriter::new(from_bytes);
            let mut chunks = Vec::new();
            for (type_id, (key, counts)) in (0u32..).zip(&lists) {
                let (info, list) = packed_list(counts);
                writer.push(key, type_id, (info, &list, list.len()), &mut |chunk| chunks.push(chunk));
            }
            writer.close(0, &mut |chunk| chunks.push(chunk));

            let beginnings = lists.iter().flat_map(|(key, _)| key.char_indices().map(|(at, _)| &key[..at]));
            let beginnings: BTreeSet<&str> = beginnings.filter(|prefix| !prefix.is_empty()).collect();
            let mut expected = BTreeMap::new();
            for prefix in beginnings {
                let longer = (0u32..).zip(&lists).filter(|(_, (key, _))| key.starts_with(prefix) && *key != prefix);
                let longer: Vec<(u32, &Counts)> = longer.map(|(type_id, (_, counts))| (type_id, *counts)).collect();
                let (first, last) = (longer[0].0, longer[longer.len() - 1].0);
                let bytes: usize = longer.iter().map(|(_, counts)| packed_list(counts).1.len()).sum();
                let mut sums = Counts::new();
                for (doc, (frequency, in_title)) in longer.iter().flat_map(|(_, counts)| *counts) {
                    let sum = sums.entry(*doc).or_default();
                    *sum = (sum.0 + frequency, sum.1 + in_title);
                }
                let list = packed_list(&sums);
                if bytes >= from_bytes && 2 * list.1.len() <= bytes {
                    expected.insert((first, last + 1), list);
                }
            }
            let found = writer.found.iter().map(|place| {
                let list = chunks[place.chunk as usize].clone();
                ((place.types.start, place.types.end), (place.info, list))
            });
            prop_assert_eq!(found.collect::<BTreeMap<_, _>>(), expected);
            prop_assert_eq!(writer.found.len(), chunks.len());
        }

        #[test]
        fn what_is_held_is_bounded_until_a_prefix_is_common(keys in btree_set("[ab]{1,4}", 1..30), from_bytes in 10usize..50) {
            let mut writer = PrefixesWriter::new(from_bytes);
            let (info, list) = packed_list(&Counts::from([(3, (1, 0))]));
            for (type_id, key) in (0u32..).zip(&keys) {
                writer.push(key, type_id, (info, &list, list.len()), &mut |_| ());
                for level in &writer.levels {
                    let is_small = matches!(&level.held, Held::Packed(_, _, bytes) if bytes.len() < from_bytes);
                    prop_assert!(is_small || matches!(&level.held, Held::Sums(sums) if sums.len() == 4));
                }
            }
        }
    }
}
