//! Postings: for each type its documents in order, and its positions in each.
//!
//! Readers use [`PostingsList`] only, so that lists may come from memory or, packed, from files.

use std::cell::OnceCell;
use std::ops::{AddAssign, Deref};
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
    documents: usize,
    /// Where its positions are; nothing where the chunk is not there.
    bytes: Option<&'i [u8]>,
    /// The chunk that they are in, to be wanted when they are read.
    chunk: ChunkId,
    wants: Wants,
    /// Opened when they are first read: most questions never do. Nothing where the bytes are none.
    positions: OnceCell<Option<PackedPositions<'i>>>,
}

impl<'i> Packed<'i> {
    fn positions(&self) -> Option<&PackedPositions<'i>> {
        let Some(bytes) = self.bytes else {
            self.wants.note(self.chunk);
            return None;
        };
        let open = || {
            let positions = match self.frequencies.is_empty() {
                true => PackedPositions::open(bytes, std::iter::repeat_n(1, self.documents)),
                false => PackedPositions::open(bytes, self.frequencies.iter().copied()),
            };
            if positions.is_none() {
                self.wants.note_broken(self.chunk);
            }
            positions
        };
        self.positions.get_or_init(open).as_ref()
    }
}

/// How a word, or what else is looked for, stands in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrence {
    /// How often.
    pub frequency: u32,
    /// How often exactly as asked (folded), not inflected or as part of a longer word.
    pub exact: u32,
    /// How often in the title.
    pub in_title: u32,
}

impl AddAssign for Occurrence {
    fn add_assign(&mut self, other: Occurrence) {
        self.frequency += other.frequency;
        self.exact += other.exact;
        self.in_title += other.in_title;
    }
}

impl Default for Detail<'_> {
    fn default() -> Self {
        Detail::Flat { position_starts: &[], positions: &[] }
    }
}

impl<'i> PostingsList<'i> {
    /// A list from files, with its positions where they are there, and the chunk that they are in.
    pub(super) fn unpacked(
        list: lists::Docs,
        total: u32,
        bytes: Option<&'i [u8]>,
        chunk: ChunkId,
        wants: Wants,
    ) -> PostingsList<'i> {
        let lists::Docs { docs, frequencies, in_title } = list;
        let documents = docs.len();
        let positions = OnceCell::new();
        let packed = Packed { frequencies, in_title, total, documents, bytes, chunk, wants, positions };
        PostingsList { docs: docs.into(), detail: Detail::Packed(Rc::new(packed)) }
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
                if let Some(positions) = packed.positions() {
                    positions.for_each(place, each);
                }
            }
        }
    }

    /// How it stands in each of its documents, titles ending at `title_end`; as asked, where it `is_exact`.
    pub fn occurrences(&self, is_exact: bool, title_end: impl Fn(DocId) -> TokenPos) -> Vec<Occurrence> {
        let occurrence = |frequency: u32, in_title: u32| {
            let exact = if is_exact { frequency } else { 0 };
            Occurrence { frequency, exact, in_title }
        };
        match &self.detail {
            Detail::Flat { position_starts, positions } => {
                let bounds = self.docs.iter().zip(position_starts.windows(2));
                bounds
                    .map(|(doc_id, bounds)| {
                        let own = positions.get(bounds[0] as usize..bounds[1] as usize).unwrap_or(&[]);
                        let end = title_end(*doc_id);
                        let in_title = own.iter().take_while(|position| **position < end).count();
                        occurrence(own.len() as u32, in_title as u32)
                    })
                    .collect()
            }
            Detail::Packed(packed) => {
                let mut all = vec![occurrence(1, 0); self.docs.len()];
                for (own, frequency) in all.iter_mut().zip(&packed.frequencies) {
                    *own = occurrence(*frequency, 0);
                }
                for (own, in_title) in all.iter_mut().zip(&packed.in_title) {
                    own.in_title = *in_title;
                }
                all
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
