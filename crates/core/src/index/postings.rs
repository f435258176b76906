//! Postings: for each type its documents in order, and its positions in each.
//!
//! Readers use [`PostingsList`] only, so that lists may come from memory or, packed, from files.

use std::ops::Deref;
use std::rc::Rc;

use super::files::ChunkId;
use super::files::lists::{self, PackedPositions};
use super::wants::Wants;
use crate::base::{DocId, TokenPos, TypeId};

/// The postings of all types in memory, in three flat arrays: 4 bytes per token and 8 per posting.
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
            (Some(docs), Some(position_starts)) => PostingsList {
                docs: Docs::Borrowed(docs),
                detail: Detail::Flat { position_starts, positions: &self.positions },
            },
            _ => PostingsList::default(),
        }
    }
}

/// Documents, ascending.
#[derive(Clone, Debug)]
pub enum Docs<'i> {
    /// Those of a list in memory.
    Borrowed(&'i [DocId]),
    /// Those that were unpacked or found.
    Shared(Rc<Vec<DocId>>),
}

impl Default for Docs<'_> {
    fn default() -> Self {
        Docs::Borrowed(&[])
    }
}

impl From<Vec<DocId>> for Docs<'_> {
    fn from(docs: Vec<DocId>) -> Self {
        Docs::Shared(Rc::new(docs))
    }
}

impl Deref for Docs<'_> {
    type Target = [DocId];

    fn deref(&self) -> &[DocId] {
        match self {
            Docs::Borrowed(docs) => docs,
            Docs::Shared(docs) => docs,
        }
    }
}

/// The postings of one type, sorted by document.
#[derive(Clone, Debug, Default)]
pub struct PostingsList<'i> {
    docs: Docs<'i>,
    detail: Detail<'i>,
}

#[derive(Clone, Debug)]
enum Detail<'i> {
    /// In memory: first position of each document, and the number at the end; positions of all types.
    Flat { position_starts: &'i [u32], positions: &'i [TokenPos] },
    /// From files.
    Packed(Rc<Packed<'i>>),
}

#[derive(Debug)]
struct Packed<'i> {
    /// Empty where once in each document.
    frequencies: Vec<u32>,
    /// Empty where in no title.
    in_title: Vec<u32>,
    total: u32,
    /// Or the chunk that they are in, to be wanted when they are read.
    positions: Result<Option<PackedPositions<'i>>, (ChunkId, Wants)>,
}

impl Default for Detail<'_> {
    fn default() -> Self {
        Detail::Flat { position_starts: &[], positions: &[] }
    }
}

impl<'i> PostingsList<'i> {
    /// A list from files, with its positions or where they are to be had.
    pub(super) fn unpacked(
        list: lists::Docs,
        total: u32,
        positions: Result<&'i [u8], (ChunkId, Wants)>,
    ) -> PostingsList<'i> {
        let lists::Docs { docs, frequencies, in_title } = list;
        let count = docs.len();
        let positions = positions.map(|bytes| match frequencies.is_empty() {
            true => PackedPositions::open(bytes, std::iter::repeat_n(1, count)),
            false => PackedPositions::open(bytes, frequencies.iter().copied()),
        });
        let packed = Packed { frequencies, in_title, total, positions };
        PostingsList { docs: docs.into(), detail: Detail::Packed(Rc::new(packed)) }
    }

    /// Whether its positions, where they are there, can be read.
    pub(super) fn is_sound(&self) -> bool {
        !matches!(&self.detail, Detail::Packed(packed) if matches!(packed.positions, Ok(None)))
    }

    /// Documents in which the type stands, ascending.
    pub fn docs(&self) -> &Docs<'i> {
        &self.docs
    }

    /// How often it stands in the document of the posting at `place`.
    pub fn frequency(&self, place: usize) -> u32 {
        match &self.detail {
            Detail::Flat { position_starts, .. } => {
                match (position_starts.get(place), position_starts.get(place + 1)) {
                    (Some(start), Some(end)) => end - start,
                    _ => 0,
                }
            }
            Detail::Packed(packed) => packed.frequencies.get(place).copied().unwrap_or(1),
        }
    }

    /// How often it stands in the corpus.
    pub fn total_frequency(&self) -> u32 {
        match &self.detail {
            Detail::Flat { position_starts, .. } => match (position_starts.first(), position_starts.last()) {
                (Some(start), Some(end)) => end - start,
                _ => 0,
            },
            Detail::Packed(packed) => packed.total,
        }
    }

    /// How often it stands in the title of the document of the posting at `place`, which ends at `title_end`.
    pub fn in_title(&self, place: usize, title_end: impl FnOnce() -> TokenPos) -> u32 {
        match &self.detail {
            Detail::Flat { .. } => {
                let title_end = title_end();
                self.flat(place).partition_point(|position| *position < title_end) as u32
            }
            Detail::Packed(packed) => packed.in_title.get(place).copied().unwrap_or(0),
        }
    }

    /// Calls `each` with its positions in the document of the posting at `place`, ascending.
    pub fn for_each_position(&self, place: usize, each: &mut dyn FnMut(TokenPos)) {
        match &self.detail {
            Detail::Flat { .. } => self.flat(place).iter().for_each(|position| each(*position)),
            Detail::Packed(packed) => {
                match &packed.positions {
                    Ok(Some(positions)) => positions.for_each(place, each),
                    // They make no sense, which was noted when the list was opened.
                    Ok(None) => {}
                    Err((chunk, wants)) => wants.note(*chunk),
                }
            }
        }
    }

    /// Its positions in the document of the posting at `place`, in memory.
    pub(super) fn flat(&self, place: usize) -> &'i [TokenPos] {
        match self.detail {
            Detail::Flat { position_starts, positions } => {
                match (position_starts.get(place), position_starts.get(place + 1)) {
                    (Some(&start), Some(&end)) => positions.get(start as usize..end as usize).unwrap_or(&[]),
                    _ => &[],
                }
            }
            Detail::Packed(_) => &[],
        }
    }
}
