//! The chunks of an index in files that were brought so far.
//!
//! The dictionary and the columns stay; lists, cards and texts make room for others when they have not been used for
//! the longest time. Nothing goes while a question is being answered: what it has asked for would have to come again.

use std::sync::atomic::{AtomicU32, Ordering};

use super::super::borders::Borders;
use super::super::postings::{Positions, PostingsList, Section};
use super::super::wants::Wants;
use super::pairs::{self, Pair, PairKey, PairPlace};
use super::prefixes::PrefixPlace;
use super::tiers::Tier;
use super::values::{AboutRecord, CardRecord, DetailsRecord};
use super::{ChunkId, ChunkKind, ListPlace, Root, Stretch, lists, values};
use crate::base::DocId;
use crate::base::binary::FromBinary;
use crate::base::order::sort_by;
use crate::document::{Document, Fact};

/// Bytes that cards and texts begin with: what they were checked by.
const CHECK: usize = size_of::<u64>();
/// Bytes of lists, cards and texts that are kept between two questions.
pub const DEFAULT_CAP: usize = 16 << 20;

/// Why a chunk cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Its bytes are not those that were written.
    #[error("The file {file} of the index is damaged or belongs to another version of this corpus.")]
    Damaged {
        /// Its file.
        file: String,
    },
    /// Its bytes are those that were written, but they make no sense.
    #[error("The file {file} of the index was written by another version of Sheaf.")]
    Unreadable {
        /// Its file.
        file: String,
    },
}

/// Where an index in files stands.
#[derive(Debug)]
pub struct Store {
    pub(in super::super) root: Root,
    pub(in super::super) wants: Wants,
    /// Ascending by chunk: a sorted list, since a tree weighs 2 KB of the page more.
    chunks: Vec<(ChunkId, Held)>,
    cap: usize,
    now: AtomicU32,
    reads: Reads,
    /// What answers are taken from.
    pub(in super::super) tier: Tier,
}

/// The list of a pair, and the place of that pair among those that were asked for.
pub type PairList<'s> = (usize, PostingsList<'s>);

/// What reads lists, texts and names, by pointers: nothing else names these functions, so the page loads them with what
/// opens an index in files.
#[derive(Clone, Copy, Debug)]
struct Reads {
    list: for<'s> fn(&'s Store, u32, ListPlace) -> PostingsList<'s>,
    want_list: fn(&Store, u32, ListPlace, bool),
    prefix: for<'s> fn(&'s Store, &PrefixPlace) -> PostingsList<'s>,
    pairs: for<'s, 'p> fn(&'s Store, &'p [Pair]) -> Vec<PairList<'s>>,
    want_pairs: fn(&Store, &[Pair], bool),
    keep_heads: fn(&Store, &mut Vec<DocId>),
    count_heads: fn(&Store) -> u32,
    keep_bordered: fn(&Store, &Borders, &mut Vec<DocId>),
    document: fn(&Store, u32) -> Option<Document>,
    indexed: fn(&Store, u32) -> Option<Document>,
    about: fn(&Store) -> Option<AboutRecord>,
    by_name: fn(&Store, &str) -> Option<u32>,
}

#[derive(Debug)]
struct Held {
    bytes: Bytes,
    used: AtomicU32,
}

#[derive(Debug)]
enum Bytes {
    Plain(Vec<u8>),
    Cards(Vec<CardRecord>, usize),
}

impl Bytes {
    fn len(&self) -> usize {
        match self {
            Bytes::Plain(bytes) => bytes.len(),
            Bytes::Cards(_, len) => *len,
        }
    }
}

impl Store {
    pub(in super::super) fn new(root: Root, wants: Wants) -> Store {
        let reads = Reads {
            list: Store::read_list,
            want_list: Store::want_list_of,
            prefix: Store::read_prefix,
            pairs: Store::read_pairs,
            want_pairs: Store::want_lists_of,
            keep_heads: Store::keep_heads,
            count_heads: |store| store.root.heads.count(store.root.documents),
            keep_bordered: Store::keep_bordered,
            document: Store::read_document,
            indexed: Store::read_details,
            about: Store::read_about,
            by_name: Store::read_by_name,
        };
        let (chunks, now) = (Vec::new(), AtomicU32::new(0));
        Store { root, wants, chunks, cap: DEFAULT_CAP, now, reads, tier: Tier::All }
    }

    /// The root.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Sets how many bytes of lists, cards and texts are kept.
    pub fn set_cap(&mut self, cap: usize) {
        self.cap = cap;
    }

    /// How many documents the corpus is taken to have.
    pub(in super::super) fn reach(&self) -> u32 {
        if self.tier == Tier::Heads { (self.reads.count_heads)(self) } else { self.root.documents }
    }

    /// Leaves of documents those that the corpus is taken to have.
    pub(in super::super) fn keep_taken(&self, docs: &mut Vec<DocId>) {
        if self.tier == Tier::Heads {
            (self.reads.keep_heads)(self, docs);
        }
    }

    /// Leaves of documents those whose borders are there, where those of others are put off.
    pub(in super::super) fn put_off_borders(&self, borders: &Borders, docs: &mut Vec<DocId>) {
        if self.tier == Tier::Narrow {
            (self.reads.keep_bordered)(self, borders, docs);
        }
    }

    /// Bytes of the lists, cards and texts that are held.
    pub fn held_bytes(&self) -> usize {
        self.chunks.iter().map(|(_, held)| held.bytes.len()).sum()
    }

    /// The error of a chunk whose bytes make no sense.
    pub(in super::super) fn unreadable(&self, chunk: ChunkId) -> ChunkError {
        ChunkError::Unreadable { file: self.root.file_name(chunk).unwrap_or_default() }
    }

    /// Checks that these are the bytes of a chunk.
    pub(in super::super) fn check(&self, chunk: ChunkId, payload: &[u8]) -> Result<(), ChunkError> {
        match self.root.is_of(chunk, payload) {
            true => Ok(()),
            false => Err(ChunkError::Damaged { file: self.root.file_name(chunk).unwrap_or_default() }),
        }
    }

    /// Keeps a chunk of lists, cards, texts, names or the like.
    pub(in super::super) fn keep(&mut self, chunk: ChunkId, payload: Vec<u8>) -> Result<(), ChunkError> {
        let bytes = match chunk.kind {
            ChunkKind::Cards => {
                let cards = payload.get(CHECK..).and_then(values::cards_from_bytes);
                let cards = cards.ok_or_else(|| self.unreadable(chunk))?;
                // Unpacked, each is some hundred bytes.
                let len = payload.len() + 200 * cards.len();
                Bytes::Cards(cards, len)
            }
            _ => Bytes::Plain(payload),
        };
        let held = Held { bytes, used: AtomicU32::new(self.now.load(Ordering::Relaxed)) };
        match self.place(chunk) {
            Ok(place) => self.chunks[place].1 = held,
            Err(place) => self.chunks.insert(place, (chunk, held)),
        }
        Ok(())
    }

    /// Lets go of what has not been used for the longest time, down to the cap.
    pub(in super::super) fn trim(&mut self) {
        let mut held = self.held_bytes();
        while held > self.cap {
            let used = |(_, (_, held)): &(usize, &(ChunkId, Held))| held.used.load(Ordering::Relaxed);
            let Some((oldest, _)) = self.chunks.iter().enumerate().min_by_key(used) else { return };
            held -= self.chunks.remove(oldest).1.bytes.len();
        }
    }

    /// Tells that another question begins.
    pub(in super::super) fn tick(&self) {
        self.now.fetch_add(1, Ordering::Relaxed);
    }

    /// The bytes of a chunk; nothing, and a want, where it is not there.
    pub(in super::super) fn bytes(&self, kind: ChunkKind, number: u32) -> Option<&[u8]> {
        match self.held(ChunkId { kind, number })? {
            Bytes::Plain(bytes) => Some(bytes),
            Bytes::Cards(..) => None,
        }
    }

    /// Asks for a chunk where it is not there.
    pub fn want(&self, chunk: ChunkId) {
        self.held(chunk);
    }

    fn held(&self, chunk: ChunkId) -> Option<&Bytes> {
        let Some((_, held)) = self.place(chunk).ok().and_then(|place| self.chunks.get(place)) else {
            self.wants.note(chunk);
            return None;
        };
        held.used.store(self.now.load(Ordering::Relaxed), Ordering::Relaxed);
        Some(&held.bytes)
    }

    /// Where a chunk is held, or would be.
    fn place(&self, chunk: ChunkId) -> Result<usize, usize> {
        self.chunks.binary_search_by(|(held, _)| held.cmp(&chunk))
    }

    /// The postings of a type. Positions come with them where they are there; else they are wanted when they are read.
    pub(in super::super) fn list(&self, type_id: u32, place: ListPlace) -> PostingsList<'_> {
        (self.reads.list)(self, type_id, place)
    }

    fn read_list(&self, type_id: u32, place: ListPlace) -> PostingsList<'_> {
        if let Some(tail) = self.root.tail_of(type_id) {
            return self.read_cut(place, tail);
        }
        let own = ChunkId { kind: ChunkKind::Postings, number: place.postings.chunk };
        self.list_in(own, place.positions_chunk(), place)
    }

    /// A part of a chunk; beyond its end there is nothing, which is no list.
    pub(super) fn slice(&self, chunk: ChunkId, stretch: Stretch) -> Option<&[u8]> {
        let start = stretch.start as usize;
        let bytes = self.bytes(chunk.kind, chunk.number)?;
        Some(start.checked_add(stretch.len as usize).and_then(|end| bytes.get(start..end)).unwrap_or_default())
    }

    /// The bytes of a chunk where it is there; else nothing, and it is not wanted.
    pub(super) fn if_held(&self, chunk: ChunkId) -> Option<&[u8]> {
        self.place(chunk).ok().and_then(|_| self.bytes(chunk.kind, chunk.number))
    }

    fn list_in(&self, own: ChunkId, chunk: ChunkId, place: ListPlace) -> PostingsList<'_> {
        let docs = self.slice(own, place.postings).and_then(|bytes| self.docs(own, bytes, place.info));
        let Some(docs) = docs else { return PostingsList::default() };
        let positions = self.if_held(chunk).map(|_| self.slice(chunk, place.positions).unwrap_or_default());
        self.taken(docs, place.info.frequency, positions, chunk)
    }

    /// The lists of those of `pairs` that stand anywhere, each with its place there.
    pub(in super::super) fn pairs(&self, pairs: &[Pair]) -> Vec<PairList<'_>> {
        (self.reads.pairs)(self, pairs)
    }

    fn read_pairs<'s>(&'s self, pairs: &[Pair]) -> Vec<PairList<'s>> {
        let mut found = Vec::new();
        let mut read: (Option<u32>, Vec<PairPlace>) = (None, Vec::new());
        // In the order of their lists, so that each chunk is read once.
        let keys = pairs.iter().enumerate().filter_map(|(place, pair)| Some((self.root.key_of_pair(*pair)?, place)));
        let mut keys: Vec<(PairKey, usize)> = keys.collect();
        sort_by(&mut keys, Ord::cmp);
        for (key, place) in keys {
            let Some(number) = self.root.chunk_of_pair(key) else { continue };
            let chunk = ChunkId { kind: ChunkKind::Pairs, number };
            if read.0 != Some(number) {
                let bytes = self.bytes(chunk.kind, number);
                let own = bytes.map(|bytes| self.or_broken(pairs::from_bytes(bytes, &self.root, number), chunk));
                read = (Some(number), own.flatten().unwrap_or_default());
            }
            if let Ok(at) = read.1.binary_search_by(|own| own.key.cmp(&key)) {
                let list = read.1[at].list;
                found.push((place, self.list_in(chunk, ChunkId { number: list.positions.chunk, ..chunk }, list)));
            }
        }
        found
    }

    /// Asks for the lists of pairs, or else for their positions.
    pub(in super::super) fn want_pairs(&self, pairs: &[Pair], with_positions: bool) {
        (self.reads.want_pairs)(self, pairs, with_positions);
    }

    fn want_lists_of(&self, pairs: &[Pair], with_positions: bool) {
        for key in pairs.iter().filter_map(|pair| self.root.key_of_pair(*pair)) {
            let apart = if with_positions { self.root.chunk_of_positions(key) } else { None };
            for number in self.root.chunk_of_pair(key).into_iter().chain(apart) {
                self.bytes(ChunkKind::Pairs, number);
            }
        }
    }

    /// The list of a common prefix. It has no positions: where they are read, its chunk makes no sense.
    pub(in super::super) fn prefix(&self, place: &PrefixPlace) -> PostingsList<'_> {
        (self.reads.prefix)(self, place)
    }

    fn read_prefix(&self, place: &PrefixPlace) -> PostingsList<'_> {
        let chunk = ChunkId { kind: ChunkKind::Prefixes, number: place.chunk };
        let docs = self.bytes(chunk.kind, chunk.number).and_then(|bytes| self.docs(chunk, bytes, place.info));
        docs.map(|docs| self.taken(docs, place.info.frequency, Some(&[]), chunk)).unwrap_or_default()
    }

    /// A list with so many occurrences, and its positions, which are in a chunk: as much of it as the corpus is taken to
    /// have.
    fn taken<'s>(
        &'s self,
        docs: lists::Docs,
        frequency: u32,
        positions: Option<&'s [u8]>,
        chunk: ChunkId,
    ) -> PostingsList<'s> {
        let section = Section::of(positions, chunk, docs.docs.len(), &self.wants);
        match self.tier {
            Tier::Heads => self.read_heads(docs, section),
            Tier::All | Tier::Narrow | Tier::Lists => PostingsList::unpacked(docs, frequency, Positions::Own(section)),
        }
    }

    /// The documents of a list, where its bytes are one.
    fn docs(&self, chunk: ChunkId, bytes: &[u8], info: lists::ListInfo) -> Option<lists::Docs> {
        let is_in_corpus = |docs: &lists::Docs| docs.docs.last().is_none_or(|last| last.0 < self.root.documents);
        self.or_broken(lists::docs(bytes, info).filter(is_in_corpus), chunk)
    }

    /// Whether the postings of a type, or else its positions, are there; notes a want where they are not.
    pub(in super::super) fn want_list(&self, type_id: u32, place: ListPlace, with_positions: bool) {
        (self.reads.want_list)(self, type_id, place, with_positions);
    }

    fn want_list_of(&self, type_id: u32, place: ListPlace, with_positions: bool) {
        self.bytes(ChunkKind::Postings, place.postings.chunk);
        if with_positions {
            let chunk = place.positions_chunk();
            self.bytes(chunk.kind, chunk.number);
        }
        if let Some(tail) = self.root.tail_of(type_id).filter(|_| self.tier != Tier::Heads) {
            for number in tail..=tail + u32::from(with_positions) {
                self.bytes(ChunkKind::Tails, number);
            }
        }
    }

    /// A document without its text.
    pub fn card(&self, doc: u32) -> Option<&CardRecord> {
        let number = self.root.cards_of(doc);
        let first = self.root.doc_starts.0.get(number as usize)?;
        let chunk = ChunkId { kind: ChunkKind::Cards, number };
        let card = match self.held(chunk)? {
            Bytes::Cards(cards, _) => cards.get((doc - first) as usize),
            Bytes::Plain(_) => None,
        };
        self.or_broken(card, chunk)
    }

    /// What was found in a chunk that is there; where it is nothing, notes that the chunk makes no sense.
    pub(super) fn or_broken<T>(&self, found: Option<T>, chunk: ChunkId) -> Option<T> {
        if found.is_none() {
            self.wants.note_broken(chunk);
        }
        found
    }

    /// A document, with its details and its text.
    pub fn document(&self, doc: u32) -> Option<Document> {
        (self.reads.document)(self, doc)
    }

    /// What of a document is indexed, without the rest: title, language, text. It takes no card.
    pub fn indexed(&self, doc: u32) -> Option<Document> {
        (self.reads.indexed)(self, doc)
    }

    fn read_document(&self, doc: u32) -> Option<Document> {
        let card = self.card(doc);
        let details = self.read_details(doc);
        let (Document { text, file, url, fields, .. }, card) = details.zip(card)?;
        Some(Document { text, file, url, fields, ..card.document.clone() })
    }

    /// What the chunks of texts have of a document.
    fn read_details(&self, doc: u32) -> Option<Document> {
        let mut details = None;
        let mut text = Some(Vec::new());
        let chunks = self.root.texts_of(doc);
        let chunk = ChunkId { kind: ChunkKind::Texts, number: chunks.start };
        for number in chunks {
            let first = self.root.doc_starts.1.get(number as usize)?;
            let place = ((doc - first) as usize).saturating_mul(2);
            let bytes = self.bytes(ChunkKind::Texts, number);
            let own = ChunkId { number, ..chunk };
            let texts = bytes.and_then(|bytes| bytes.get(CHECK..));
            let at = |place| texts.and_then(|texts| self.or_broken(values::text_at(texts, place), own));
            details = details.or(at(place));
            // All that are missing are noted, not only the first.
            text = text.zip(at(place.saturating_add(1))).map(|(mut text, part)| {
                text.extend_from_slice(part);
                text
            });
        }
        let (details, text) = (details?, text?);
        let details = self.or_broken(DetailsRecord::from_binary(details), chunk)?;
        let text = self.or_broken(String::from_utf8(text).ok(), chunk)?;
        let DetailsRecord { title, language, file, url, fields } = details;
        let language = language.map_or_else(Fact::unknown, Fact::stated);
        let (date, source) = (Fact::unknown(), Fact::unknown());
        Some(Document { name: String::new(), file, title, date, source, language, url, fields, text })
    }

    /// What is said about the corpus.
    pub fn about(&self) -> Option<AboutRecord> {
        (self.reads.about)(self)
    }

    fn read_about(&self) -> Option<AboutRecord> {
        let chunk = ChunkId { kind: ChunkKind::About, number: 0 };
        self.or_broken(AboutRecord::from_binary(self.bytes(chunk.kind, chunk.number)?), chunk)
    }

    /// The number of the document with a name.
    pub fn by_name(&self, name: &str) -> Option<u32> {
        (self.reads.by_name)(self, name)
    }

    fn read_by_name(&self, name: &str) -> Option<u32> {
        let (number, hash) = values::name_place(name, self.root.names(ChunkKind::Names).len());
        let chunk = ChunkId { kind: ChunkKind::Names, number };
        let docs = self.or_broken(values::names_like(self.bytes(chunk.kind, number)?, hash), chunk)?;
        docs.into_iter().find(|doc| self.card(*doc).is_some_and(|card| card.document.name == name))
    }
}
