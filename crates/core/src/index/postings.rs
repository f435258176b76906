//! Postings: for each type its documents in order, and its positions in each.
//!
//! Readers use [`PostingsList`] only, so that the lists can come from files in another layout.

use crate::base::{DocId, TokenPos, TypeId};

/// The postings of all types in three flat arrays: 4 bytes per token and 8 per posting.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    /// First posting of each type, and the number of postings at the end.
    pub(super) starts: Vec<u32>,
    /// Document of each posting.
    pub(super) docs: Vec<DocId>,
    /// First position of each posting, and the number of positions at the end.
    pub(super) position_starts: Vec<u32>,
    /// Positions of all postings.
    pub(super) positions: Vec<TokenPos>,
}

impl Postings {
    /// The list of a type; empty for an id beyond the vocabulary.
    pub fn list(&self, type_id: TypeId) -> PostingsList<'_> {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or(0) as usize;
        let (start, end) = (at(type_id.0 as usize), at(type_id.0 as usize + 1));
        match (self.docs.get(start..end), self.position_starts.get(start..end + 1)) {
            (Some(docs), Some(position_starts)) => PostingsList { docs, position_starts, positions: &self.positions },
            _ => PostingsList { docs: &[], position_starts: &[], positions: &[] },
        }
    }
}

/// The postings of one type, sorted by document.
#[derive(Clone, Copy, Debug)]
pub struct PostingsList<'i> {
    docs: &'i [DocId],
    position_starts: &'i [u32],
    positions: &'i [TokenPos],
}

impl<'i> PostingsList<'i> {
    /// Documents in which the type stands, ascending.
    pub fn docs(&self) -> &'i [DocId] {
        self.docs
    }

    /// How often it stands in the document of the posting at `place`.
    pub fn frequency(&self, place: usize) -> u32 {
        match (self.position_starts.get(place), self.position_starts.get(place + 1)) {
            (Some(start), Some(end)) => end - start,
            _ => 0,
        }
    }

    /// How often it stands in the corpus.
    pub fn total_frequency(&self) -> u32 {
        match (self.position_starts.first(), self.position_starts.last()) {
            (Some(start), Some(end)) => end - start,
            _ => 0,
        }
    }

    /// Its positions in the document of the posting at `place`, ascending.
    pub fn positions(&self, place: usize) -> &'i [TokenPos] {
        match (self.position_starts.get(place), self.position_starts.get(place + 1)) {
            (Some(&start), Some(&end)) => self.positions.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}
