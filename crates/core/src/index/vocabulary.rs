//! The vocabulary: every word type as written, findable by folded key, by stem and by joined spelling.

use std::ops::Range;

use super::strings::Strings;
use crate::base::TypeId;

/// All word types of a corpus.
///
/// Types are numbered by (folded key, form), so that the types of one key, and of all keys with one prefix, are a
/// contiguous range.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Forms as written, by [`TypeId`].
    pub(super) forms: Strings,
    /// Distinct folded keys, sorted.
    pub(super) keys: Strings,
    /// The first type of each key, and the number of types at the end.
    pub(super) key_starts: Vec<u32>,
    /// For each language of the index: stems, sorted, with their types.
    pub(super) stems: Vec<Stems>,
    /// Words that stand with a hyphen somewhere in the corpus, sorted by their joined key.
    pub(super) compounds: Vec<Compound>,
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
    /// Number of types.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there is no type.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// A type as written; empty for an id beyond the vocabulary.
    pub fn form(&self, type_id: TypeId) -> &str {
        self.forms.get(type_id.0 as usize)
    }

    /// Distinct folded keys in order, each with its types.
    pub fn keys(&self) -> impl Iterator<Item = (&str, Range<u32>)> {
        self.keys.iter().enumerate().map(|(place, key)| (key, self.types_of(place..place + 1)))
    }

    /// The types whose folded key is `key`. Cost: O(log keys).
    pub fn with_key(&self, key: &str) -> Range<u32> {
        self.keys.find(key).map_or(0..0, |place| self.types_of(place..place + 1))
    }

    /// The types whose folded key begins with `prefix`. Cost: O(log keys).
    pub fn with_prefix(&self, prefix: &str) -> Range<u32> {
        let from = self.keys.partition(|key| key < prefix);
        let to = self.keys.partition(|key| key < prefix || key.starts_with(prefix));
        self.types_of(from..to)
    }

    /// The types with a stem, in the language at place `language` of the index. Cost: O(log stems).
    pub fn with_stem(&self, language: usize, stem: &str) -> &[TypeId] {
        let Some(stems) = self.stems.get(language) else { return &[] };
        let Some(place) = stems.stems.find(stem) else { return &[] };
        let end = stems.starts.get(place + 1).copied().unwrap_or(0) as usize;
        let start = stems.starts.get(place).copied().unwrap_or(0) as usize;
        stems.types.get(start..end).unwrap_or(&[])
    }

    /// Hyphenated spellings whose parts, joined, give exactly `joined` (a folded key).
    pub fn compounds(&self, joined: &str) -> &[Compound] {
        self.compounds_between(joined, |other| other == joined)
    }

    /// Hyphenated spellings whose parts, joined, begin with `prefix`.
    pub fn compounds_with_prefix(&self, prefix: &str) -> &[Compound] {
        self.compounds_between(prefix, |other| other.starts_with(prefix))
    }

    /// The compounds not before `from`, as long as `is_wanted`.
    fn compounds_between(&self, from: &str, is_wanted: impl Fn(&str) -> bool) -> &[Compound] {
        let start = self.compounds.partition_point(|compound| compound.joined.as_str() < from);
        let rest = self.compounds.get(start..).unwrap_or(&[]);
        &rest[..rest.partition_point(|compound| is_wanted(&compound.joined))]
    }

    fn types_of(&self, keys: Range<usize>) -> Range<u32> {
        let at = |place: usize| self.key_starts.get(place).copied().unwrap_or(0);
        if keys.is_empty() { 0..0 } else { at(keys.start)..at(keys.end) }
    }
}
