//! The root of an index in files: read first, once. Nothing in it is per document.

use std::ops::Range;

use nanoserde::SerBin;
use xxhash_rust::xxh64::xxh64;

use super::deltas::Deltas;
use super::pairs::PairKey;
use super::tails::Heads;
use super::{ChunkId, ChunkKind, KINDS, preset};
use crate::base::PartialDate;
use crate::base::binary::{FromBinary, from_binary};

/// Most documents of a chunk of cards. Without a limit the root alone would say how many documents there are, and be
/// believed before anything else of them is read.
const MOST_CARDS: u64 = 1 << 16;

/// Most chunks of a file.
const MOST_PARTS: u32 = 64;

/// Everything that must be known before anything is asked.
#[derive(Clone, Debug, Default, PartialEq, SerBin)]
pub struct Root {
    /// Title of the corpus.
    pub title: String,
    /// The corpus's fingerprint, for links.
    pub fingerprint: String,
    /// Languages of the documents, sorted.
    pub languages: Vec<String>,
    /// Documents.
    pub documents: u32,
    /// Tokens, titles included where they are not part of the text.
    pub tokens: u64,
    /// Tokens of the texts.
    pub words: u64,
    /// Word types.
    pub types: u32,
    /// First and last date of publication.
    pub dates: Option<(PartialDate, PartialDate)>,
    /// Whether any document has a title, and whether any has a date.
    pub has_titles_dates: (bool, bool),
    /// Names of the fields that have columns, in order.
    pub fields: Vec<String>,
    /// First key and first type of each dictionary block.
    pub blocks: Vec<(String, u32)>,
    /// First dictionary block of each chunk of keys.
    pub key_runs: Vec<u32>,
    /// First type of each chunk of postings, and of positions.
    pub list_starts: (Vec<u32>, Vec<u32>),
    /// Frequent types whose pairs have lists, each with the number of its group: its key's or its stem's. Ascending.
    pub paired: Vec<(u32, u32)>,
    /// Frequent types that are in no pair. Ascending.
    pub unpaired: Vec<u32>,
    /// First pair of each chunk of pairs; of one with the positions of a pair, this.
    pub pair_starts: Vec<PairKey>,
    /// Which documents are of the heads.
    pub heads: Heads,
    /// Types whose lists are cut, ascending; with the bytes of their tails, postings and positions.
    pub tails: Vec<(u32, u32, u32)>,
    /// First document of each chunk of cards, of texts, and of borders. A document that fills several chunks of texts by
    /// itself is the first of each.
    pub doc_starts: (Deltas, Deltas, Deltas),
    /// First chunk of each file of cards, and the bytes of each chunk, one after the other there.
    pub card_files: (Deltas, Deltas),
    /// The same of texts.
    pub text_files: (Deltas, Deltas),
    /// What texts are deflated with ([`super::preset`]).
    pub preset: String,
    /// Bytes of all chunks of each kind, before deflating.
    pub bytes: Vec<u64>,
    /// Names of the files of each kind, in the order of [`KINDS`]: XXH64 of what is in them. Each is a chunk, but those of
    /// cards and of texts are several.
    pub chunks: Vec<Vec<u64>>,
}

from_binary!(Root {
    title,
    fingerprint,
    languages,
    documents,
    tokens,
    words,
    types,
    dates,
    has_titles_dates,
    fields,
    blocks,
    key_runs,
    list_starts,
    paired,
    unpaired,
    pair_starts,
    heads,
    tails,
    doc_starts,
    card_files,
    text_files,
    preset,
    bytes,
    chunks,
});

/// Why a root cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootError {
    /// It begins otherwise.
    #[error("This is no index of this version of Sheaf. Reload the page; if that does not help, build the site again.")]
    Magic,
    /// Its bytes are not those that were written.
    #[error("The start of the index is damaged. Reload the page; if that does not help, publish the site again.")]
    Damaged,
}

impl Root {
    /// First bytes of the file of a root: name and version of the format. What follows is deflated (zlib, RFC 1950).
    pub const MAGIC: &[u8; 8] = b"SHEAFIX\x08";

    /// The root as bytes, to be deflated: XXH64 of the rest, the fields in `nanoserde`'s binary form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let payload = SerBin::serialize_bin(self);
        [checksum(&payload).to_le_bytes().as_slice(), &payload].concat()
    }

    /// Reads a root after inflating, checking it.
    ///
    /// # Errors
    /// It is none, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Root, RootError> {
        let (expected, payload) = bytes.split_first_chunk().ok_or(RootError::Damaged)?;
        if checksum(payload) != u64::from_le_bytes(*expected) {
            return Err(RootError::Damaged);
        }
        let root = Root::from_binary(payload).ok_or(RootError::Magic)?;
        root.is_sound().then_some(root).ok_or(RootError::Damaged)
    }

    /// Whether the parts fit each other: a list that is too short would be a chunk that nobody finds, and a number that
    /// is too large would be believed.
    fn is_sound(&self) -> bool {
        let files = |kind: ChunkKind| self.names(kind).len();
        let ascends = |starts: &[u32]| starts.windows(2).all(|pair| pair[0] <= pair[1]);
        // From 0, in order, and nothing begins after the end; there may be nothing at all.
        let covers = |starts: &[u32], end: u32| {
            starts.first().is_none_or(|first| *first == 0)
                && ascends(starts)
                && starts.last().is_none_or(|last| *last <= end)
        };
        let (postings, positions) = &self.list_starts;
        let (cards, texts, borders) = &self.doc_starts;
        // None is without chunks, and none has too many.
        let are_parted = |kind: ChunkKind, chunks: usize| {
            let Some((firsts, bytes)) = self.parted(kind) else { return false };
            let ends = firsts.iter().skip(1).copied().chain([chunks as u32]);
            files(kind) == firsts.len()
                && bytes.len() == chunks
                && firsts.is_empty() == (chunks == 0)
                && firsts.first().is_none_or(|first| *first == 0)
                && firsts.iter().zip(ends).all(|(first, end)| *first < end && end - first <= MOST_PARTS)
        };
        self.chunks.len() == KINDS.len()
            && self.bytes.len() == KINDS.len()
            && files(ChunkKind::Terms) == self.blocks.len()
            && files(ChunkKind::Keys) == self.key_runs.len()
            && files(ChunkKind::Postings) == postings.len()
            && files(ChunkKind::Positions) == positions.len()
            && files(ChunkKind::Pairs) == self.pair_starts.len()
            && files(ChunkKind::Column) == self.fields.len() + super::column::FIELDS as usize
            && are_parted(ChunkKind::Cards, cards.len())
            && are_parted(ChunkKind::Texts, texts.len())
            && (self.documents == 0 || !texts.is_empty())
            && self.preset.len() <= preset::MOST
            && files(ChunkKind::Borders) == borders.len()
            && files(ChunkKind::Tails) == 2 * self.tails.len()
            && self.tails.windows(2).all(|pair| pair[0].0 < pair[1].0)
            && self.heads.is_sound()
            && [cards, texts, borders].iter().all(|starts| covers(starts, self.documents))
            && u64::from(self.documents) <= cards.len() as u64 * MOST_CARDS
            && covers(&self.key_runs, self.blocks.len() as u32)
            && covers(postings, self.types)
            && ascends(positions)
            && self.has_sound_pairs()
            && ascends(&self.unpaired)
            && positions.last().is_none_or(|last| *last <= self.types)
            && self.blocks.first().is_some_and(|(key, first)| key.is_empty() && *first == 0)
            && self.blocks.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1)
            && self.blocks.last().is_some_and(|(_, last)| *last <= self.types)
    }

    /// The types of a block of the dictionary; none where there is no such block.
    pub fn types_of_block(&self, block: u32) -> Range<u32> {
        let first = |block: usize| self.blocks.get(block).map_or(self.types, |(_, first)| *first);
        first(block as usize)..first(block as usize + 1)
    }

    /// The types of a chunk of keys; none where there is no such chunk.
    pub fn types_of_run(&self, run: u32) -> Range<u32> {
        let first = |run: usize| {
            let block = self.key_runs.get(run).copied();
            block.map_or(self.types, |block| self.types_of_block(block).start)
        };
        first(run as usize)..first(run as usize + 1)
    }

    /// The names of all files of a kind.
    pub fn names(&self, kind: ChunkKind) -> &[u64] {
        let place = KINDS.iter().position(|own| *own == kind);
        place.and_then(|place| self.chunks.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The name of the file of a chunk; nothing for a chunk that the index does not have.
    pub fn name(&self, chunk: ChunkId) -> Option<u64> {
        self.name_and_place(chunk).map(|(name, _)| name)
    }

    /// How many chunks there are of a kind.
    pub fn count(&self, kind: ChunkKind) -> usize {
        self.parted(kind).map_or_else(|| self.names(kind).len(), |(_, bytes)| bytes.len())
    }

    /// Of a kind whose files have several chunks: the first of each file, and the bytes of each chunk there.
    pub fn parted(&self, kind: ChunkKind) -> Option<&(Deltas, Deltas)> {
        match kind {
            ChunkKind::Cards => Some(&self.card_files),
            ChunkKind::Texts => Some(&self.text_files),
            _ => None,
        }
    }

    /// The name of the file of a chunk, and its place there.
    pub fn name_and_place(&self, chunk: ChunkId) -> Option<(u64, u32)> {
        let (file, place) = match self.parted(chunk.kind) {
            Some((firsts, bytes)) => {
                bytes.get(chunk.number as usize)?;
                let file = firsts.partition_point(|first| *first <= chunk.number).checked_sub(1)?;
                (file, chunk.number - firsts.get(file)?)
            }
            None => (chunk.number as usize, 0),
        };
        self.names(chunk.kind).get(file).map(|name| (*name, place))
    }

    /// The file of a chunk, without folder.
    pub fn file_name(&self, chunk: ChunkId) -> Option<String> {
        self.name(chunk).map(file_name)
    }

    /// Whether these are the bytes of a chunk.
    pub fn is_of(&self, chunk: ChunkId, payload: &[u8]) -> bool {
        match (self.name_and_place(chunk), chunk.kind.is_parted()) {
            (Some((name, place)), true) => payload
                .split_first_chunk()
                .is_some_and(|(check, rest)| u64::from_le_bytes(*check) == part_check(name, place, rest)),
            (Some((name, _)), false) => name == chunk_name(chunk.kind, payload),
            (None, _) => false,
        }
    }

    /// The number of the chunk of cards that a document is in.
    pub fn cards_of(&self, doc: u32) -> u32 {
        self.doc_starts.0.partition_point(|start| *start <= doc).saturating_sub(1) as u32
    }

    /// The chunks of texts that a document is in.
    pub fn text_chunks_of(&self, doc: u32) -> impl Iterator<Item = ChunkId> {
        self.texts_of(doc).map(|number| ChunkId { kind: ChunkKind::Texts, number })
    }

    /// The numbers of the chunks of texts that a document is in.
    pub fn texts_of(&self, doc: u32) -> Range<u32> {
        let starts = &self.doc_starts.1;
        let end = starts.partition_point(|start| *start <= doc);
        let first = starts.partition_point(|start| *start < doc);
        (if first < end { first } else { end.saturating_sub(1) }) as u32..end as u32
    }
}

/// The file of a chunk with this name.
pub fn file_name(name: u64) -> String {
    format!("{name:016x}.bin")
}

/// The name of a chunk: XXH64 (Collet, <https://xxhash.com>) of what is in it, before it is deflated. Its kind is the seed:
/// equal bytes of two kinds are two files, since those of one may lie deflated and those of the other as they are.
pub fn chunk_name(kind: ChunkKind, payload: &[u8]) -> u64 {
    xxh64(payload, kind as u64)
}

/// The name of a file of several chunks, which are deflated with `preset`: XXH64 of the names that this and the chunks would
/// have.
pub fn parted_name(kind: ChunkKind, preset: &str, payloads: &[Vec<u8>]) -> u64 {
    let all = std::iter::once(preset.as_bytes()).chain(payloads.iter().map(Vec::as_slice));
    let names: Vec<u8> = all.flat_map(|payload| chunk_name(kind, payload).to_le_bytes()).collect();
    chunk_name(kind, &names)
}

/// What stands before the rest of a chunk that is at a place of the file with this name: XXH64 of that. So a part of a
/// file is known to be what was written, and to be of this file and from this place, without the others.
pub fn part_check(name: u64, place: u32, rest: &[u8]) -> u64 {
    xxh64(rest, name.wrapping_add(place.into()))
}

/// What stands before a root: XXH64 of it.
pub fn checksum(payload: &[u8]) -> u64 {
    xxh64(payload, 0)
}
