//! A block of the dictionary as a chunk.
//!
//! ```text
//! types: keys, front-coded · types of each key · forms · documents · occurrences · bytes of postings · of positions, and
//!        whether these are apart
//! for each language: stems, front-coded · types of each, from the first type of the block
//! joined spellings: front-coded · bytes of each part
//! lists of common prefixes: first type · types · documents · occurrences · bytes · chunk
//! ```
//! Numbers are varints. Like stands beside like, so that deflating finds what repeats.

use std::ops::Range;

use super::super::vocabulary::{Block, Compound, KeyRun, Stems};
use super::lists::ListInfo;
use super::pack::{push_varint, take_u32, take_varint};
use super::prefixes::PrefixPlace;
use super::{ChunkKind, ListPlace, Root, Stretch};
use crate::base::{Strings, TypeId};

/// Most bytes that the strings of a list share with the ones before them, in all. Without a limit some bytes each would
/// repeat a string as long as all others: a chunk of a megabyte could ask for gigabytes. Real ones share as much as they
/// have of their own, and never more than the writer puts into a chunk.
const MOST_SHARED: usize = 64 << 20;

/// How a form follows from its key: most are the key itself or begin with a capital.
const AS_KEY: u8 = 0;
const CAPITAL: u8 = 1;
const CAPITALS: u8 = 2;
const WRITTEN_OUT: u8 = 3;

/// The bytes of a block. Its types are `first_type` and following.
pub(in super::super) fn to_bytes(block: &Block, first_type: u32) -> Vec<u8> {
    let mut out = Vec::new();
    push_run(&block.run, &mut out);
    let mut written = Vec::new();
    for (key, range) in
        (0..block.run.keys.len()).map(|place| (block.run.keys.get(place), block.run.types_of(place..place + 1)))
    {
        for type_id in range {
            let form = block.forms.get((type_id - first_type) as usize);
            let how = [AS_KEY, CAPITAL, CAPITALS].into_iter().find(|how| as_written(key, *how) == form);
            out.push(how.unwrap_or(WRITTEN_OUT));
            if how.is_none() {
                written.push(form);
            }
        }
    }
    for form in written {
        push_string(form, &mut out);
    }
    block.lists.iter().for_each(|list| push_varint(list.info.documents.into(), &mut out));
    block.lists.iter().for_each(|list| push_varint(occurrences(list.info), &mut out));
    block.lists.iter().for_each(|list| push_varint(list.postings.len.into(), &mut out));
    for list in &block.lists {
        push_varint(u64::from(list.positions.len) << 1 | u64::from(list.is_apart), &mut out);
    }
    push_varint(block.stems.len() as u64, &mut out);
    for stems in &block.stems {
        push_front_coded(stems.stems.iter(), &mut out);
        (0..stems.stems.len()).for_each(|place| push_varint(stems.types_of(place).len() as u64, &mut out));
        // Types of one stem lie close together, mostly in this block: what lies between two, and on which side.
        let mut last = i64::from(first_type);
        for type_id in &stems.types {
            push_signed(i64::from(type_id.0) - last, &mut out);
            last = type_id.0.into();
        }
    }
    push_front_coded(block.compounds.iter().map(|compound| compound.joined.as_str()), &mut out);
    for compound in &block.compounds {
        push_varint(compound.parts.len() as u64, &mut out);
        compound.parts.iter().for_each(|part| push_varint(part.len() as u64, &mut out));
    }
    push_varint(block.prefixes.len() as u64, &mut out);
    for PrefixPlace { types, info, chunk } in &block.prefixes {
        push_varint((types.start - first_type).into(), &mut out);
        push_varint(types.len() as u64, &mut out);
        push_varint(info.documents.into(), &mut out);
        push_varint(occurrences(*info), &mut out);
        push_varint((*chunk).into(), &mut out);
    }
    out
}

/// Reads the block at place `number` of an index. Nothing where the bytes are none, or do not fit its root. Cost: linear.
pub(in super::super) fn from_bytes(mut bytes: &[u8], root: &Root, number: u32) -> Option<Block> {
    let bytes = &mut bytes;
    let types = root.types_of_block(number);
    let first_type = types.start;
    let count = types.len();
    let run = take_run(bytes, types)?;
    let (how, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    let mut forms = Strings::default();
    let mut how = how.iter();
    for place in 0..run.keys.len() {
        for _ in run.types_of(place..place + 1) {
            match *how.next()? {
                WRITTEN_OUT => forms.push(take_string(bytes)?),
                how => forms.push(&as_written(run.keys.get(place), how)),
            }
        }
    }
    let mut lists = vec![ListPlace::default(); count];
    for list in &mut lists {
        list.info.documents = take_documents(bytes, root)?;
    }
    for ListPlace { info, .. } in &mut lists {
        take_occurrences(bytes, info)?;
    }
    for list in &mut lists {
        list.postings.len = take_u32(bytes)?;
    }
    for list in &mut lists {
        let len = take_varint(bytes)?;
        list.positions.len = u32::try_from(len >> 1).ok()?;
        list.is_apart = len & 1 == 1;
    }
    let (postings, positions) = &root.list_starts;
    let (mut together, mut apart) = (Stream::open(postings, first_type), Stream::open(positions, first_type));
    for (type_id, list) in (first_type..).zip(&mut lists) {
        together.place(type_id, &mut list.postings)?;
        let stream = if list.is_apart { &mut apart } else { &mut together };
        stream.place(type_id, &mut list.positions)?;
    }
    let languages = take_len(bytes)?;
    let mut stems = Vec::new();
    for _ in 0..languages {
        stems.push(take_stems(bytes, first_type)?);
    }
    let mut compounds = Vec::new();
    for joined in take_front_coded(bytes)?.iter() {
        compounds.push(Compound { joined: joined.to_owned(), parts: Vec::new() });
    }
    for compound in &mut compounds {
        let mut rest = compound.joined.as_str();
        for _ in 0..take_len(bytes)? {
            let (part, after) = rest.split_at_checked(take_u32(bytes)? as usize)?;
            compound.parts.push(part.to_owned());
            rest = after;
        }
    }
    let mut prefixes = Vec::new();
    for _ in 0..take_len(bytes)? {
        let mut prefix = PrefixPlace::default();
        prefix.types.start = first_type.checked_add(take_u32(bytes)?)?;
        let many = take_u32(bytes).filter(|many| *many > 0)?;
        prefix.types.end = prefix.types.start.checked_add(many)?;
        prefix.info.documents = take_documents(bytes, root)?;
        take_occurrences(bytes, &mut prefix.info)?;
        let chunks = root.names(ChunkKind::Prefixes).len();
        prefix.chunk = take_u32(bytes).filter(|chunk| (*chunk as usize) < chunks)?;
        prefixes.push(prefix);
    }
    bytes.is_empty().then_some(Block { run, forms, lists, stems, compounds, prefixes })
}

/// How often a type stands beyond once in each document, and whether some of that is in titles.
pub(super) fn occurrences(info: ListInfo) -> u64 {
    u64::from(info.frequency - info.documents) << 1 | u64::from(info.has_titles)
}

pub(super) fn take_occurrences(bytes: &mut &[u8], info: &mut ListInfo) -> Option<()> {
    let more = take_varint(bytes)?;
    info.frequency = info.documents.checked_add(u32::try_from(more >> 1).ok()?)?;
    info.has_titles = more & 1 == 1;
    Some(())
}

pub(super) fn take_documents(bytes: &mut &[u8], root: &Root) -> Option<u32> {
    take_u32(bytes).filter(|documents| *documents <= root.documents)
}

/// Lists in a row over chunks: where the next one begins.
struct Stream<'s> {
    /// The first type of each chunk.
    starts: &'s [u32],
    chunk: usize,
    start: u32,
}

impl Stream<'_> {
    /// At the first list of a block: no chunk has lists of two blocks.
    fn open(starts: &[u32], first_type: u32) -> Stream<'_> {
        Stream { starts, chunk: starts.partition_point(|start| *start < first_type), start: 0 }
    }

    fn place(&mut self, type_id: u32, stretch: &mut Stretch) -> Option<()> {
        while self.starts.get(self.chunk + 1).is_some_and(|start| *start <= type_id) {
            self.chunk += 1;
            self.start = 0;
        }
        *stretch = Stretch { chunk: self.chunk as u32, start: self.start, len: stretch.len };
        self.start = self.start.checked_add(stretch.len)?;
        Some(())
    }
}

fn take_stems(bytes: &mut &[u8], first_type: u32) -> Option<Stems> {
    let stems = take_front_coded(bytes)?;
    let mut starts = vec![0u32];
    for _ in 0..stems.len() {
        starts.push(starts.last()?.checked_add(take_u32(bytes)?)?);
    }
    let mut types = Vec::new();
    let mut last = i64::from(first_type);
    for _ in 0..*starts.last()? {
        last = last.checked_add(take_signed(bytes)?)?;
        types.push(TypeId(u32::try_from(last).ok()?));
    }
    Some(Stems { stems, starts, types })
}

/// Appends keys, front-coded, and the number of types of each.
pub(in super::super) fn push_run(run: &KeyRun, out: &mut Vec<u8>) {
    push_front_coded(run.keys.iter(), out);
    for place in 0..run.keys.len() {
        push_varint(run.types_of(place..place + 1).len() as u64, out);
    }
}

/// Takes keys from the front; all their types are these. Nothing where the keys are not sorted.
fn take_run(bytes: &mut &[u8], types: Range<u32>) -> Option<KeyRun> {
    let keys = take_front_coded(bytes)?;
    let mut starts = vec![types.start];
    for _ in 0..keys.len() {
        starts.push(starts.last()?.checked_add(take_u32(bytes)?)?);
    }
    let is_sorted = (1..keys.len()).all(|place| keys.get(place - 1) < keys.get(place));
    (is_sorted && *starts.last()? == types.end).then_some(KeyRun { keys, starts })
}

/// Reads a chunk of keys, whose types are these. Nothing where the bytes are none.
pub(in super::super) fn run_from_bytes(mut bytes: &[u8], types: Range<u32>) -> Option<KeyRun> {
    let run = take_run(&mut bytes, types)?;
    bytes.is_empty().then_some(run)
}

/// Strings, best sorted: how many, then of each how many bytes it shares with the one before, how many follow, and these.
pub(in super::super) fn push_front_coded<'s>(strings: impl ExactSizeIterator<Item = &'s str>, out: &mut Vec<u8>) {
    push_varint(strings.len() as u64, out);
    let mut last = "";
    for string in strings {
        let shared = last.bytes().zip(string.bytes()).take_while(|(a, b)| a == b).count();
        let shared = (0..=shared).rev().find(|end| string.is_char_boundary(*end)).unwrap_or(0);
        push_varint(shared as u64, out);
        push_string(&string[shared..], out);
        last = string;
    }
}

pub(in super::super) fn take_front_coded(bytes: &mut &[u8]) -> Option<Strings> {
    let count = take_len(bytes)?;
    let mut strings = Strings::default();
    let mut last = String::new();
    let mut left = MOST_SHARED;
    for _ in 0..count {
        let shared = take_u32(bytes)? as usize;
        left = left.checked_sub(shared)?;
        let rest = take_string(bytes)?;
        last.get(..shared)?;
        last.truncate(shared);
        last.push_str(rest);
        strings.push(&last);
    }
    Some(strings)
}

pub(crate) fn push_string(string: &str, out: &mut Vec<u8>) {
    push_varint(string.len() as u64, out);
    out.extend_from_slice(string.as_bytes());
}

pub(crate) fn take_string<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let len = take_u32(bytes)? as usize;
    let (string, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    std::str::from_utf8(string).ok()
}

/// A number of things, each at least a byte.
pub(crate) fn take_len(bytes: &mut &[u8]) -> Option<usize> {
    let len = take_u32(bytes)? as usize;
    (len <= bytes.len()).then_some(len)
}

fn push_signed(value: i64, out: &mut Vec<u8>) {
    push_varint((value << 1 ^ value >> 63) as u64, out);
}

fn take_signed(bytes: &mut &[u8]) -> Option<i64> {
    let value = take_varint(bytes)?;
    Some((value >> 1) as i64 ^ -((value & 1) as i64))
}

fn as_written(key: &str, how: u8) -> String {
    match how {
        CAPITAL => {
            let mut form = key.to_owned();
            if let Some(first) = form.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            form
        }
        CAPITALS => key.to_ascii_uppercase(),
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_that_repeat_each_other_do_not_fill_the_memory() {
        let long = "x".repeat(40_000);
        let repeated = |count: u64| {
            let mut bytes = Vec::new();
            push_varint(count, &mut bytes);
            push_varint(0, &mut bytes);
            push_string(&long, &mut bytes);
            for _ in 1..count {
                push_varint(long.len() as u64, &mut bytes);
                push_string("", &mut bytes);
            }
            bytes
        };
        assert_eq!(take_front_coded(&mut repeated(1_000).as_slice()).map(|strings| strings.len()), Some(1_000));
        // 1.6 GB of 200 KB.
        assert!(take_front_coded(&mut repeated(40_000).as_slice()).is_none());
    }

    #[test]
    fn keys_that_do_not_ascend_or_have_other_types_than_the_root_says_are_none() {
        let run = |keys: &[&str], types: u64| {
            let mut bytes = Vec::new();
            push_front_coded(keys.iter().copied(), &mut bytes);
            keys.iter().for_each(|_| push_varint(types, &mut bytes));
            bytes
        };
        assert!(run_from_bytes(&run(&["a", "b"], 2), 3..7).is_some());
        assert!(run_from_bytes(&run(&["b", "a"], 2), 3..7).is_none());
        assert!(run_from_bytes(&run(&["a", "a"], 2), 3..7).is_none());
        assert!(run_from_bytes(&run(&["a", "b"], 1 << 20), 3..7).is_none());
    }
}
