//! The index as files: chunks of a site, small, checked, and named by their content.
//!
//! `docs/format.md` has every byte with its reason. [`root`] is read first and says where everything is; [`pack`] and
//! [`lists`] are the numbers, [`terms`] the dictionary, [`tails`] where long lists are cut, [`values`] what is known of
//! documents; [`write`] makes the files of an index, [`parts`] says what to read of them, [`store`] holds what was brought.

pub use sheaf_kernels::lists;
pub use sheaf_kernels::pack;
pub mod deltas;
pub mod pairs;
pub mod parts;
pub mod prefixes;
pub mod preset;
pub mod root;
pub mod segments;
pub mod store;
pub mod tails;
pub mod terms;
pub mod tiers;
pub mod values;
pub mod write;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

pub use parts::FilePart;
pub use root::{Root, RootError, checksum, chunk_name, file_name, part_check};
pub use store::{ChunkError, Store};

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub enum ChunkKind {
    /// A block of the dictionary: types with what is known of their lists, stems, joined spellings.
    Terms,
    /// Folded keys of several blocks, for walking over.
    Keys,
    /// Lists of postings.
    Postings,
    /// Lists of positions.
    Positions,
    /// One measure or field of all documents.
    Column,
    /// Metadata of documents: several in a file.
    Cards,
    /// Texts of documents: several in a file.
    Texts,
    /// Where sentences and paragraphs begin.
    Borders,
    /// Documents by name.
    Names,
    /// What is said about the corpus.
    About,
    /// Lists of common prefixes, one each.
    Prefixes,
    /// Lists of pairs of words side by side.
    Pairs,
    /// What long lists have in documents beyond those of the heads.
    Tails,
}

/// All kinds, in the order of the root.
pub const KINDS: [ChunkKind; 13] = [
    ChunkKind::Terms,
    ChunkKind::Keys,
    ChunkKind::Postings,
    ChunkKind::Positions,
    ChunkKind::Column,
    ChunkKind::Cards,
    ChunkKind::Texts,
    ChunkKind::Borders,
    ChunkKind::Names,
    ChunkKind::About,
    ChunkKind::Prefixes,
    ChunkKind::Pairs,
    ChunkKind::Tails,
];

impl ChunkKind {
    /// Whether its chunks lie deflated (zlib, RFC 1950) in their files. Lists are packed already.
    pub fn is_deflated(self) -> bool {
        !matches!(self, ChunkKind::Postings | ChunkKind::Positions | ChunkKind::Prefixes | ChunkKind::Tails)
    }

    /// Whether several of its chunks lie in a file, of which parts are read. Each begins with what it is checked by.
    pub fn is_parted(self) -> bool {
        matches!(self, ChunkKind::Cards | ChunkKind::Texts)
    }

    /// Its name in reports.
    pub fn label(self) -> &'static str {
        match self {
            ChunkKind::Terms => "dictionary",
            ChunkKind::Keys => "keys",
            ChunkKind::Postings => "postings",
            ChunkKind::Positions => "positions",
            ChunkKind::Column => "columns",
            ChunkKind::Cards => "metadata",
            ChunkKind::Texts => "texts",
            ChunkKind::Borders => "borders",
            ChunkKind::Names => "names",
            ChunkKind::About => "about",
            ChunkKind::Prefixes => "prefixes",
            ChunkKind::Pairs => "pairs",
            ChunkKind::Tails => "tails",
        }
    }
}

/// A chunk, by its place in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub struct ChunkId {
    /// What it holds.
    pub kind: ChunkKind,
    /// Which of its kind.
    pub number: u32,
}

/// Where the lists of a type lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// What is known of them.
    pub info: lists::ListInfo,
    /// The postings.
    pub postings: Stretch,
    /// The positions: short ones right after the postings, in the same chunk, others in chunks of positions.
    pub positions: Stretch,
    /// Whether the positions are in a chunk of positions.
    pub is_apart: bool,
}

impl ListPlace {
    /// The chunk that the positions are in.
    pub fn positions_chunk(&self) -> ChunkId {
        let kind = if self.is_apart { ChunkKind::Positions } else { ChunkKind::Postings };
        ChunkId { kind, number: self.positions.chunk }
    }
}

/// A part of a chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Number of the chunk.
    pub chunk: u32,
    /// First byte there.
    pub start: u32,
    /// Bytes.
    pub len: u32,
}

/// The columns that every index has, before those of fields.
pub(crate) mod column {
    pub(crate) const LENGTHS: u32 = 0;
    pub(crate) const TEXT_LENS: u32 = 1;
    pub(crate) const TITLES: u32 = 2;
    pub(crate) const LANGUAGES: u32 = 3;
    pub(crate) const DATES: u32 = 4;
    pub(crate) const TITLE_RANKS: u32 = 5;
    pub(crate) const FIELDS: u32 = 6;
}
