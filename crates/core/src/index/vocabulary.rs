//! The vocabulary: every word type as written, findable by folded key, by stem and by joined spelling.

use std::ops::Range;

use super::files::prefixes::PrefixPlace;
use super::files::{ChunkId, ChunkKind, ListPlace};
use super::wants::Wants;
use crate::base::{Strings, TypeId};

/// All word types of a corpus.
///
/// Types are numbered by (folded key, form), so that the types of one key, and of all keys with one prefix, are a
/// contiguous range. They lie in blocks by key; a vocabulary in memory is one block, one in files holds those that were
/// asked for.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// In order; each with the first of its keys.
    pub(super) blocks: Vec<Slot<Block>>,
    /// Keys alone, for walking over many: a vocabulary in files has them apart. Empty where the blocks serve.
    pub(super) runs: Vec<Slot<KeyRun>>,
    /// Number of types.
    pub(super) len: u32,
    pub(super) wants: Wants,
}

/// A part of the vocabulary, or the place of one that is not there.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot<T> {
    /// Nothing in it comes before this key: the least key, stem or joined spelling that belongs here.
    pub(super) first_key: String,
    /// Number of its first type.
    pub(super) first_type: u32,
    pub(super) part: Option<T>,
}

/// Types whose keys lie between two others, with the stems and joined spellings between the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) run: KeyRun,
    /// Forms as written, by place in the block.
    pub(super) forms: Strings,
    /// Where the lists of each type lie; empty in memory.
    pub(super) lists: Vec<ListPlace>,
    /// For each language of the index: stems, sorted, with their types.
    pub(super) stems: Vec<Stems>,
    /// Words that stand with a hyphen somewhere in the corpus, sorted by their joined key.
    pub(super) compounds: Vec<Compound>,
    /// Lists of common prefixes that begin with a type of the block; none in memory.
    pub(super) prefixes: Vec<PrefixPlace>,
}

/// Folded keys in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyRun {
    /// Distinct, sorted.
    pub(super) keys: Strings,
    /// The first type of each, and the type after the last.
    pub(super) starts: Vec<u32>,
}

/// A word written with hyphens: `ceasefire` from `cease` and `fire`. Folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Compound {
    /// Its parts, joined.
    pub joined: String,
    /// Its parts, two to four.
    pub parts: Vec<String>,
}

/// The stems of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Stems {
    pub(super) stems: Strings,
    pub(super) starts: Vec<u32>,
    pub(super) types: Vec<TypeId>,
}

impl Vocabulary {
    /// A vocabulary in memory.
    pub(super) fn of(block: Block) -> Vocabulary {
        let len = block.forms.len() as u32;
        let blocks = vec![Slot { part: Some(block), ..Slot::default() }];
        Vocabulary { blocks, len, ..Vocabulary::default() }
    }

    /// Number of types.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is no type.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A type as written; empty for an id beyond the vocabulary.
    pub fn form(&self, type_id: TypeId) -> &str {
        self.block_of(type_id).map_or("", |(block, place)| block.forms.get(place))
    }

    /// Where the lists of a type lie, in files.
    pub(super) fn list_place(&self, type_id: TypeId) -> Option<ListPlace> {
        self.block_of(type_id).and_then(|(block, place)| block.lists.get(place).copied())
    }

    /// Where the lists of common prefixes lie whose types begin with this one.
    pub(super) fn prefixes_from(&self, type_id: TypeId) -> impl Iterator<Item = &PrefixPlace> {
        let prefixes = self.block_of(type_id).map_or(&[][..], |(block, _)| &block.prefixes);
        prefixes.iter().filter(move |prefix| prefix.types.start == type_id.0)
    }

    /// Distinct folded keys in order, each with its types; `is_wanted` tells of a beginning that all keys of a run have
    /// whether the run is looked at.
    pub fn keys(&self, mut is_wanted: impl FnMut(&str) -> bool) -> impl Iterator<Item = (&str, Range<u32>)> {
        let in_blocks = if self.runs.is_empty() { self.blocks.as_slice() } else { &[] };
        let in_runs = (0..).zip(&self.runs).filter_map(move |(number, slot)| {
            let end = self.runs.get(number as usize + 1).map_or("", |next| next.first_key.as_str());
            let is_skipped = slot.part.is_none() && !is_wanted(shared(&slot.first_key, end));
            (!is_skipped).then(|| self.there(slot, ChunkKind::Keys, number)).flatten()
        });
        let runs = in_blocks.iter().filter_map(|slot| slot.part.as_ref()).map(|block| &block.run).chain(in_runs);
        runs.flat_map(|run| run.keys.iter().enumerate().map(|(place, key)| (key, run.types_of(place..place + 1))))
    }

    /// The types whose folded key is `key`. Cost: O(log keys).
    pub fn with_key(&self, key: &str) -> Range<u32> {
        let Some(Block { run, .. }) = self.block_with(key) else { return 0..0 };
        run.keys.find(key).map_or(0..0, |place| run.types_of(place..place + 1))
    }

    /// The types whose folded key begins with `prefix`. Cost: O(log keys).
    pub fn with_prefix(&self, prefix: &str) -> Range<u32> {
        let is_before_end = |key: &str| key < prefix || key.starts_with(prefix);
        let last = (self.blocks_with_prefix(prefix).end as usize).saturating_sub(1);
        let first = self.block_with(prefix);
        let last = self.blocks.get(last).and_then(|slot| self.there(slot, ChunkKind::Terms, last as u32));
        let (Some(first), Some(last)) = (first, last) else { return 0..0 };
        let from = first.run.type_at(first.run.keys.partition(|key| key < prefix));
        from..last.run.type_at(last.run.keys.partition(is_before_end)).max(from)
    }

    /// Blocks in which keys that begin with `prefix` may be. Cost: O(log blocks); none of them need be there.
    pub fn blocks_with_prefix(&self, prefix: &str) -> Range<u32> {
        let is_before_end = |key: &str| key < prefix || key.starts_with(prefix);
        let end = self.blocks.partition_point(|slot| is_before_end(&slot.first_key));
        self.place_of(prefix) as u32..end as u32
    }

    /// The types with a stem, in the language at place `language` of the index. Cost: O(log stems).
    pub fn with_stem(&self, language: usize, stem: &str) -> &[TypeId] {
        let Some(stems) = self.block_with(stem).and_then(|block| block.stems.get(language)) else { return &[] };
        stems.stems.find(stem).map_or(&[], |place| stems.types_of(place))
    }

    /// Calls `each` with every stem of a language that is there, and its types.
    pub fn for_each_stem(&self, language: usize, each: &mut dyn FnMut(&str, &[TypeId])) {
        for block in self.blocks.iter().filter_map(|slot| slot.part.as_ref()) {
            let Some(stems) = block.stems.get(language) else { continue };
            for (place, stem) in stems.stems.iter().enumerate() {
                each(stem, stems.types_of(place));
            }
        }
    }

    /// Hyphenated spellings whose parts, joined, give exactly `joined` (a folded key).
    pub fn compounds(&self, joined: &str) -> &[Compound] {
        self.block_with(joined).map_or(&[], |block| block.compounds_between(joined, |other| other == joined))
    }

    /// Hyphenated spellings whose parts, joined, begin with `prefix`.
    pub fn compounds_with_prefix(&self, prefix: &str) -> Vec<&Compound> {
        let first = self.place_of(prefix);
        let is_reached = |slot: &Slot<Block>| slot.first_key.as_str() <= prefix || slot.first_key.starts_with(prefix);
        let blocks = (first as u32..).zip(self.blocks.get(first..).unwrap_or_default());
        let blocks = blocks.take_while(|(_, slot)| is_reached(slot));
        let blocks = blocks.filter_map(|(number, slot)| self.there(slot, ChunkKind::Terms, number));
        blocks.flat_map(|block| block.compounds_between(prefix, |other| other.starts_with(prefix))).collect()
    }

    /// Hands in a block that was missing.
    pub(super) fn supply_block(&mut self, number: u32, block: Block) {
        if let Some(slot) = self.blocks.get_mut(number as usize) {
            slot.part = Some(block);
        }
    }

    /// Hands in keys that were missing.
    pub(super) fn supply_run(&mut self, number: u32, run: KeyRun) {
        if let Some(slot) = self.runs.get_mut(number as usize) {
            slot.part = Some(run);
        }
    }

    /// The block that a type is in, and its place there.
    fn block_of(&self, type_id: TypeId) -> Option<(&Block, usize)> {
        let number = self.blocks.partition_point(|slot| slot.first_type <= type_id.0).checked_sub(1)?;
        let slot = self.blocks.get(number).filter(|_| type_id.0 < self.len)?;
        Some((self.there(slot, ChunkKind::Terms, number as u32)?, (type_id.0 - slot.first_type) as usize))
    }

    fn block_with(&self, key: &str) -> Option<&Block> {
        let number = self.place_of(key);
        self.blocks.get(number).and_then(|slot| self.there(slot, ChunkKind::Terms, number as u32))
    }

    /// The block in which a key, a stem or a joined spelling would be.
    fn place_of(&self, key: &str) -> usize {
        self.blocks.partition_point(|slot| slot.first_key.as_str() <= key).saturating_sub(1)
    }

    fn there<'s, T>(&self, slot: &'s Slot<T>, kind: ChunkKind, number: u32) -> Option<&'s T> {
        if slot.part.is_none() {
            self.wants.note(ChunkId { kind, number });
        }
        slot.part.as_ref()
    }
}

impl KeyRun {
    fn type_at(&self, place: usize) -> u32 {
        self.starts.get(place).copied().unwrap_or(0)
    }

    pub(super) fn types_of(&self, keys: Range<usize>) -> Range<u32> {
        if keys.is_empty() { 0..0 } else { self.type_at(keys.start)..self.type_at(keys.end) }
    }
}

impl Block {
    /// The compounds not before `from`, as long as `is_wanted`.
    fn compounds_between(&self, from: &str, is_wanted: impl Fn(&str) -> bool) -> &[Compound] {
        let start = self.compounds.partition_point(|compound| compound.joined.as_str() < from);
        let rest = self.compounds.get(start..).unwrap_or(&[]);
        &rest[..rest.partition_point(|compound| is_wanted(&compound.joined))]
    }
}

impl Stems {
    /// The types of the stem at a place.
    pub(super) fn types_of(&self, place: usize) -> &[TypeId] {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or(0) as usize;
        self.types.get(at(place)..at(place + 1)).unwrap_or(&[])
    }
}

/// What two keys have in common at their beginning: all keys between them have it too.
fn shared<'k>(a: &'k str, b: &str) -> &'k str {
    let end = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    a.get(..end).unwrap_or("")
}
