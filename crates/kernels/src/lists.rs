//! Lists of postings and positions, packed.
//!
//! A list of documents is cut into blocks of 128: what lies between two documents, then how often the type stands in
//! each (less one; left out where it is once everywhere), then how often of that in the title (left out where it is in
//! no title). A list of positions is cut into blocks by itself: in each document the first position, then what lies
//! between two. A single posting is a varint: two thirds of all types stand in few documents.

use std::cell::RefCell;

use crate::pack::{BLOCK, pack, push_varint, skip, take_u32, unpack};
use crate::sorted::push_starts;
use crate::{DocId, TokenPos};

/// What the dictionary knows of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListInfo {
    /// Documents.
    pub documents: u32,
    /// Occurrences in all.
    pub frequency: u32,
    /// Whether some are in titles.
    pub has_titles: bool,
}

impl ListInfo {
    /// Whether the type stands once in each of its documents.
    fn is_single(&self) -> bool {
        self.documents == self.frequency
    }
}

/// The documents of a type, as a list in memory has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// Ascending.
    pub docs: Vec<DocId>,
    /// How often in each; empty where once everywhere.
    pub frequencies: Vec<u32>,
    /// How often in the title of each; empty where in none.
    pub in_title: Vec<u32>,
}

/// Appends a list of postings. `frequencies` and `in_title` have as many entries as `docs`. Cost: linear.
pub fn push_docs(docs: &[DocId], frequencies: &[u32], in_title: &[u32], out: &mut Vec<u8>) -> ListInfo {
    let info = ListInfo {
        documents: docs.len() as u32,
        frequency: frequencies.iter().sum(),
        has_titles: in_title.iter().any(|count| *count > 0),
    };
    if let [only] = docs {
        push_varint(only.0.into(), out);
        if info.has_titles {
            push_varint(in_title.first().copied().unwrap_or(0).into(), out);
        }
        return info;
    }
    let mut block = [0; BLOCK];
    let mut next = 0;
    for from in (0..docs.len()).step_by(BLOCK) {
        let places = from..(from + BLOCK).min(docs.len());
        let count = places.len();
        let mut push = |value: &mut dyn FnMut(usize) -> u32| {
            for (slot, place) in block.iter_mut().zip(places.clone()) {
                *slot = value(place);
            }
            pack(block.get(..count).unwrap_or_default(), out);
        };
        push(&mut |place| {
            let doc = docs.get(place).map_or(0, |doc| doc.0);
            doc - std::mem::replace(&mut next, doc + 1)
        });
        if !info.is_single() {
            push(&mut |place| frequencies.get(place).map_or(0, |count| count - 1));
        }
        if info.has_titles {
            push(&mut |place| in_title.get(place).copied().unwrap_or(0));
        }
    }
    info
}

/// Reads a list of postings. Nothing where the bytes are none: documents that do not ascend, or sums that are wrong.
/// Cost: linear, about a nanosecond a posting.
#[inline(never)]
pub fn docs(mut bytes: &[u8], info: ListInfo) -> Option<Docs> {
    let count = info.documents as usize;
    if info.documents == 1 {
        let docs = vec![DocId(take_u32(&mut bytes)?)];
        let in_title = if info.has_titles { vec![take_u32(&mut bytes)?] } else { Vec::new() };
        let frequencies = if info.is_single() { Vec::new() } else { vec![info.frequency] };
        let is_sound = bytes.is_empty() && in_title.iter().all(|count| *count <= info.frequency);
        return is_sound.then_some(Docs { docs, frequencies, in_title });
    }
    // A block of documents has two bytes at least: no length is believed that the bytes cannot hold.
    if count.div_ceil(BLOCK) * 2 > bytes.len() {
        return None;
    }
    let sized = |wanted: bool| Vec::with_capacity(if wanted { count } else { 0 });
    let mut found = Docs {
        docs: Vec::with_capacity(count),
        frequencies: sized(!info.is_single()),
        in_title: sized(info.has_titles),
    };
    let mut block = [0; BLOCK];
    let (mut next, mut total) = (0u64, 0u64);
    let mut left = count;
    while left > 0 {
        let size = left.min(BLOCK);
        unpack(&mut bytes, size, &mut block)?;
        for gap in block.iter().take(size) {
            let doc = next + u64::from(*gap);
            found.docs.push(DocId(doc as u32));
            next = doc + 1;
        }
        if !info.is_single() {
            total += numbers(&mut bytes, size, 1, &mut found.frequencies)?;
        }
        if info.has_titles {
            numbers(&mut bytes, size, 0, &mut found.in_title)?;
        }
        left -= size;
    }
    let frequency = |place: usize| found.frequencies.get(place).copied().unwrap_or(1);
    let is_sound = bytes.is_empty()
        && next <= 1 << 32
        && (info.is_single() || total == u64::from(info.frequency))
        && found.in_title.iter().enumerate().all(|(place, count)| *count <= frequency(place));
    is_sound.then_some(found)
}

/// Appends a block of numbers, each and `more`; returns their sum.
#[inline(never)]
fn numbers(bytes: &mut &[u8], count: usize, more: u32, numbers: &mut Vec<u32>) -> Option<u64> {
    let mut block = [0; BLOCK];
    unpack(bytes, count, &mut block)?;
    let own = block.get(..count)?;
    numbers.extend(own.iter().map(|number| number.wrapping_add(more)));
    Some(own.iter().map(|number| u64::from(*number) + u64::from(more)).sum())
}

/// Appends the positions of all documents of a type, one list after the other. Cost: linear.
pub fn push_positions<'p>(lists: impl Iterator<Item = &'p [TokenPos]>, out: &mut Vec<u8>) {
    let mut block = Vec::with_capacity(BLOCK);
    for list in lists {
        let mut next = 0;
        for position in list {
            block.push(position - std::mem::replace(&mut next, position + 1));
            if block.len() == BLOCK {
                pack(&block, out);
                block.clear();
            }
        }
    }
    if !block.is_empty() {
        pack(&block, out);
    }
}

/// A list of positions, of which only the blocks that are asked for are unpacked.
#[derive(Debug)]
pub struct PackedPositions<'b> {
    bytes: &'b [u8],
    /// First byte of each block.
    blocks: Vec<u32>,
    /// First position of each document, and the number of positions.
    starts: Vec<u32>,
    /// The block unpacked last.
    last: RefCell<(usize, [u32; BLOCK])>,
    /// Room for the positions of one document.
    own: RefCell<Vec<TokenPos>>,
}

impl<'b> PackedPositions<'b> {
    /// Opens the positions of `documents` documents, in which the type stands so often each; once in each where
    /// `frequencies` is empty. Nothing where the bytes are none. Cost: O(documents + blocks).
    #[inline(never)]
    pub fn open(bytes: &'b [u8], documents: usize, frequencies: &[u32]) -> Option<PackedPositions<'b>> {
        let mut starts = Vec::with_capacity(documents + 1);
        let mut total = 0u32;
        starts.push(total);
        for place in 0..documents {
            total = total.checked_add(frequencies.get(place).copied().unwrap_or(1))?;
            starts.push(total);
        }
        let mut rest = bytes;
        let mut blocks = Vec::new();
        let mut left = total as usize;
        while left > 0 {
            blocks.push((bytes.len() - rest.len()) as u32);
            skip(&mut rest, left.min(BLOCK))?;
            left -= left.min(BLOCK);
        }
        let last = RefCell::new((usize::MAX, [0; BLOCK]));
        rest.is_empty().then(|| PackedPositions { bytes, blocks, starts, last, own: RefCell::default() })
    }

    /// Calls `each` with the positions in the document at `place` of the list, ascending.
    pub fn for_each(&self, place: usize, each: &mut dyn FnMut(TokenPos)) {
        let mut own = self.own.take();
        self.positions(place, &mut own);
        own.iter().for_each(|position| each(*position));
        self.own.replace(own);
    }

    /// Appends the starts of spans as [`push_starts`] does, for those of the list's documents at `places`.
    #[inline(never)]
    pub fn push_starts(&self, (docs, places): (&[DocId], &[u32]), offset: u32, is_exact: bool, starts: &mut Vec<u64>) {
        let mut own = self.own.take();
        for place in places.iter().map(|place| *place as usize) {
            if let Some(doc_id) = docs.get(place) {
                self.positions(place, &mut own);
                push_starts(*doc_id, &own, offset, is_exact, starts);
            }
        }
        self.own.replace(own);
    }

    /// The positions in the document at `place` of the list, ascending, in place of what `own` had.
    fn positions(&self, place: usize, own: &mut Vec<TokenPos>) {
        own.clear();
        let (Some(&start), Some(&end)) = (self.starts.get(place), self.starts.get(place + 1)) else { return };
        let (start, end) = (start as usize, end as usize);
        let total = self.starts.last().copied().unwrap_or(0) as usize;
        let mut last = self.last.borrow_mut();
        let mut next = 0u32;
        for block in start / BLOCK..end.div_ceil(BLOCK) {
            if last.0 != block {
                let from = self.blocks.get(block).copied().unwrap_or(0) as usize;
                let mut bytes = self.bytes.get(from..).unwrap_or_default();
                // The blocks were counted when the list was opened; a patch that is none leaves what there is.
                let _ = unpack(&mut bytes, (total - block * BLOCK).min(BLOCK), &mut last.1);
                last.0 = block;
            }
            let first = block * BLOCK;
            let here = start.max(first) - first..end.min(first + BLOCK) - first;
            for gap in last.1.get(here).unwrap_or_default() {
                let position = next.wrapping_add(*gap);
                own.push(position);
                next = position.wrapping_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_map, btree_set, vec};
    use proptest::prelude::*;

    use super::*;
    use crate::sorted::start;

    type List = BTreeMap<u32, Vec<u32>>;

    fn list() -> impl Strategy<Value = List> {
        let positions = btree_set(0u32..2_000, 1..6).prop_map(|set| set.into_iter().collect::<Vec<_>>());
        let sparse = btree_map(any::<u32>(), positions.clone(), 1..20);
        let dense = (1usize..700).prop_flat_map(move |count| vec(positions.clone(), count)).prop_map(|lists| {
            lists.into_iter().enumerate().map(|(place, positions)| (place as u32 * 8 / 7, positions)).collect()
        });
        prop_oneof![sparse, dense]
    }

    proptest! {
        #[test]
        fn lists_come_back(list in list(), title_end in 0u32..40) {
            let ids: Vec<DocId> = list.keys().map(|doc| DocId(*doc)).collect();
            let frequencies: Vec<u32> = list.values().map(|positions| positions.len() as u32).collect();
            let in_title: Vec<u32> =
                list.values().map(|all| all.iter().filter(|position| **position < title_end).count() as u32).collect();
            let mut bytes = Vec::new();
            let info = push_docs(&ids, &frequencies, &in_title, &mut bytes);
            let found = docs(&bytes, info).unwrap();
            prop_assert_eq!(&found.docs, &ids);
            let whole = |part: &[u32], otherwise: u32| if part.is_empty() { vec![otherwise; ids.len()] } else { part.to_vec() };
            prop_assert_eq!(whole(&found.frequencies, 1), frequencies.clone());
            prop_assert_eq!(whole(&found.in_title, 0), in_title);
            prop_assert_eq!(docs(&bytes[..bytes.len() - 1], info), None);

            let mut bytes = Vec::new();
            push_positions(list.values().map(Vec::as_slice), &mut bytes);
            let positions = PackedPositions::open(&bytes, frequencies.len(), &frequencies).unwrap();
            for (place, expected) in list.values().enumerate().rev() {
                let mut own = Vec::new();
                positions.for_each(place, &mut |position| own.push(position));
                prop_assert_eq!(&own, expected);
            }
            let places: Vec<u32> = (0..ids.len() as u32).filter(|place| place % 3 != 1).collect();
            let mut starts = Vec::new();
            positions.push_starts((&ids, &places), 1, true, &mut starts);
            let of = |place: &u32| list.iter().nth(*place as usize).unwrap();
            let naive = places.iter().map(of).flat_map(|(doc, all)| all.iter().map(|position| (DocId(*doc), *position)));
            let naive = naive.filter(|(_, position)| *position >= 1).map(|(doc, position)| start(doc, position - 1, true));
            prop_assert_eq!(starts, naive.collect::<Vec<_>>());
            prop_assert!(PackedPositions::open(&bytes[..bytes.len() - 1], frequencies.len(), &frequencies).is_none());
        }

        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in vec(any::<u8>(), 0..400),
            documents in 1u32..500,
            frequency in 1u32..600,
            has_titles in any::<bool>(),
        ) {
            let _ = docs(&bytes, ListInfo { documents, frequency, has_titles });
            if let Some(positions) = PackedPositions::open(&bytes, documents as usize, &vec![2; documents as usize]) {
                (0..documents as usize).for_each(|place| positions.for_each(place, &mut |_| ()));
            }
        }
    }
}
