//! Postings: for each type its documents in order, and its positions in each.
//!
//! Readers use [`PostingsList`] only, so that lists may come from memory or, packed, from files.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

pub use sheaf_kernels::occurrences::{Counts, Occurrence};
use sheaf_kernels::{occurrences, sorted};

use super::files::ChunkId;
use super::files::lists::{self, PackedPositions};
use super::shapes::Shapes;
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
    positions: Positions<'i>,
}

/// Where the positions of a list from files are.
#[derive(Debug)]
pub(super) enum Positions<'i> {
    /// Those of all its documents in a row.
    Own(Section<'i>),
    /// Of a list that was made of others.
    Joined(Joined<'i>),
}

/// Positions of a list that was made of others: of its head and its tail, or of what another has in the heads.
#[derive(Debug)]
pub(super) struct Joined<'i> {
    /// As they lie in chunks, with how often it is in each document there; empty where once.
    pub(super) sections: Vec<(Section<'i>, Vec<u32>)>,
    pub(super) runs: Vec<Run>,
    /// Calls with each position in the document at a place, by a pointer: the page loads it with what opens an index in
    /// files.
    pub(super) for_each: ForEach,
}

type ForEach = fn(&Joined<'_>, usize, &mut dyn FnMut(TokenPos));

/// Documents of a list that follow each other in a section, up to the next run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The place of the first in the list, and in the section.
    pub(super) place: usize,
    pub(super) own: usize,
    /// Which section.
    pub(super) section: usize,
}

/// Positions as they lie in a chunk.
#[derive(Debug)]
pub(super) struct Section<'i> {
    documents: usize,
    /// Where the positions are; nothing where the chunk is not there.
    bytes: Option<&'i [u8]>,
    /// The chunk that they are in, to be wanted when they are read.
    chunk: ChunkId,
    wants: Wants,
    /// Opened when they are first read: most questions never do. Nothing where the bytes are none.
    opened: OnceCell<Option<Box<PackedPositions<'i>>>>,
}

impl<'i> Section<'i> {
    /// Those in a chunk, of so many documents.
    pub(super) fn of(bytes: Option<&'i [u8]>, chunk: ChunkId, documents: usize, wants: &Wants) -> Section<'i> {
        Section { documents, bytes, chunk, wants: wants.clone(), opened: OnceCell::new() }
    }

    /// The positions, where it stands so often in each document; once in each where `frequencies` is empty.
    pub(super) fn opened(&self, frequencies: &[u32]) -> Option<&PackedPositions<'i>> {
        let Some(bytes) = self.bytes else {
            self.wants.note(self.chunk);
            return None;
        };
        let open = || {
            let positions = PackedPositions::open(bytes, self.documents, frequencies);
            if positions.is_none() {
                self.wants.note_broken(self.chunk);
            }
            positions.map(Box::new)
        };
        self.opened.get_or_init(open).as_deref()
    }
}

impl Default for Detail<'_> {
    fn default() -> Self {
        Detail::Flat { position_starts: &[], positions: &[] }
    }
}

impl<'i> PostingsList<'i> {
    /// A list from files, of so many occurrences in all, and where its positions are.
    pub(super) fn unpacked(list: lists::Docs, total: u32, positions: Positions<'i>) -> PostingsList<'i> {
        let lists::Docs { docs, frequencies, in_title } = list;
        let packed = Packed { frequencies, in_title, total, positions };
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
            Detail::Packed(packed) => match &packed.positions {
                Positions::Own(section) => {
                    if let Some(positions) = section.opened(&packed.frequencies) {
                        positions.for_each(place, each);
                    }
                }
                Positions::Joined(joined) => (joined.for_each)(joined, place, each),
            },
        }
    }

    /// How it stands in each of its documents, with their titles; as asked, where it `is_exact`.
    pub fn counts(&self, is_exact: bool, shapes: &Shapes) -> Counts<'_> {
        match &self.detail {
            Detail::Flat { position_starts, positions } => {
                let titles = shapes.titles();
                Counts::Known(occurrences::of_flat(&self.docs, position_starts, positions, titles, is_exact).into())
            }
            Detail::Packed(packed) => {
                Counts::Packed { frequencies: &packed.frequencies, in_title: &packed.in_title, is_exact }
            }
        }
    }

    /// Appends where spans start of which it is the word `offset` after the first, in the documents of the postings at
    /// `places`: document, position and whether it `is_exact`, see [`sorted::start`].
    pub fn push_starts(&self, places: &[u32], offset: u32, is_exact: bool, starts: &mut Vec<u64>) {
        match &self.detail {
            Detail::Flat { position_starts, positions } => {
                let lists = ((&*self.docs, places), (*position_starts, *positions));
                sorted::push_flat_starts(lists.0, lists.1, offset, is_exact, starts);
            }
            Detail::Packed(packed) => match &packed.positions {
                Positions::Own(section) => {
                    if let Some(positions) = section.opened(&packed.frequencies) {
                        positions.push_starts((&self.docs, places), offset, is_exact, starts);
                    }
                }
                Positions::Joined(joined) => {
                    let mut own = Vec::new();
                    for (place, doc_id) in
                        places.iter().filter_map(|place| Some((place, self.docs.get(*place as usize)?)))
                    {
                        own.clear();
                        (joined.for_each)(joined, *place as usize, &mut |position| own.push(position));
                        sorted::push_starts(*doc_id, &own, offset, is_exact, starts);
                    }
                }
            },
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
