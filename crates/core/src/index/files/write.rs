//! Writing an index as chunks.
//!
//! Documents and lists are written as they come, each once and in order, so that a builder holds little; the
//! dictionary, the columns and the root follow at the end. An index in memory goes the same way ([`write`]): the same
//! documents give the same chunks, whoever builds.

use std::convert::Infallible;

use nanoserde::SerBin;
use xxhash_rust::xxh64::xxh64;

use super::super::borders::BorderRun;
use super::super::build::{language_place, languages};
use super::super::columns::ColumnsBuilder;
use super::super::shapes::rounded;
use super::super::vocabulary::{Block, KeyRun, Stems};
use super::super::{Index, Shape};
use super::deltas::Deltas;
use super::lists::{push_docs, push_positions};
use super::pairs::{self, Frequent, Gathering, PairKey, PairSizes, Run, Scan};
use super::prefixes::{PrefixPlace, PrefixesWriter};
use super::root::{part_check, parted_name};
use super::tails::{CutSizes, Heads, Parts};
use super::values::{AboutRecord, CardRecord, DetailsRecord};
use super::{ChunkId, ChunkKind, KINDS, ListPlace, Root, Stretch, chunk_name, preset, terms, values};
use crate::base::{DocId, TokenPos};
use crate::document::{Corpus, Document};

/// When a chunk is full. Part of the format only in so far as the same sizes give the same chunks: readers take any.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Types of a block of the dictionary, from which on a new key begins another.
    pub block_types: u32,
    /// Blocks whose keys are one chunk.
    pub run_blocks: usize,
    /// Bytes of postings, with the positions that are near them.
    pub postings: usize,
    /// Most bytes of positions that lie right after their postings: whoever asks for several words mostly needs both.
    pub near: usize,
    /// Bytes of positions that are apart.
    pub positions: usize,
    /// Bytes of postings, with the positions near them, from which on those of a prefix are also written as one list.
    pub prefixes: usize,
    /// Of pairs.
    pub pairs: PairSizes,
    /// Of lists that are cut.
    pub cut: CutSizes,
    /// Documents of a chunk of cards.
    pub cards: usize,
    /// Chunks of cards in a file.
    pub card_chunks: usize,
    /// Bytes of texts and details.
    pub texts: usize,
    /// Chunks of texts in a file.
    pub text_chunks: usize,
    /// Bytes of what texts are deflated with.
    pub preset: usize,
    /// Documents of a chunk of borders.
    pub borders: usize,
    /// Documents of a chunk of names.
    pub names: usize,
}

impl Default for Sizes {
    /// Measured on 209,197 documents: a dictionary block some 9 KB deflated, a chunk of texts 11, its file 100;
    /// `docs/format.md` says why.
    fn default() -> Sizes {
        Sizes {
            block_types: 1_024,
            run_blocks: 16,
            postings: 21 << 10,
            near: 8 << 10,
            positions: 16 << 10,
            prefixes: 196 << 10,
            pairs: PairSizes { frequent: 51 << 10, share: 12, lists: 44 << 10, near: 8 << 10 },
            cut: CutSizes { frequent: 32_768, heads: Heads { stretch: 1_024, of: 24 } },
            cards: 288,
            card_chunks: 4,
            texts: 12 << 10,
            text_chunks: 26,
            preset: 30 << 10,
            borders: 8_192,
            names: 16_384,
        }
    }
}

/// Bytes of text whose chunks are some 2,500 where they are as large as [`Sizes::default`] has them.
const FULL_TEXT: u64 = 150_000_000;

impl Sizes {
    /// For a corpus with so many bytes of text. The smaller chunks are, the less a question loads; the larger, the fewer
    /// files there are to publish: so those of a small corpus are smaller, down to where more files would gain little. In few
    /// steps, so that a corpus that grows a little keeps most of its chunks.
    pub fn of_text(bytes: u64) -> Sizes {
        let full = Sizes::default();
        let part = [8, 4, 2].into_iter().find(|part| bytes.saturating_mul(*part) <= FULL_TEXT).unwrap_or(1) as usize;
        let lists = part.min(4);
        Sizes {
            postings: full.postings / lists,
            near: full.near / lists,
            positions: full.positions / lists,
            pairs: PairSizes { lists: full.pairs.lists / lists, near: full.pairs.near / lists, ..full.pairs },
            cards: full.cards / lists,
            card_chunks: full.card_chunks * lists / part,
            text_chunks: full.text_chunks / part,
            preset: full.preset / part,
            ..full
        }
    }
}

/// Bytes of cards after which another chunk begins, whatever the number of documents.
const CARD_BYTES: usize = 512 << 10;

/// A file of one chunk or, of texts, of several.
#[derive(Clone, Debug)]
pub struct ChunkFile {
    /// What it is called.
    pub name: u64,
    /// Its first chunk.
    pub first: ChunkId,
    /// What is in each, before deflating.
    pub payloads: Vec<Vec<u8>>,
}

impl ChunkFile {
    /// Its chunks, each with what is in it.
    pub fn chunks(self) -> impl Iterator<Item = (ChunkId, Vec<u8>)> {
        let ChunkId { kind, number } = self.first;
        (number..).zip(self.payloads).map(move |(number, payload)| (ChunkId { kind, number }, payload))
    }
}

/// Takes files as they are made.
pub type Sink<'s> = &'s mut dyn FnMut(ChunkFile);

/// The files made so far, by kind.
#[derive(Debug, Default)]
struct Names(Vec<(ChunkKind, Kind)>);

/// Names of files of one kind, and the bytes of their chunks in all.
type Kind = (Vec<u64>, u64);

impl Names {
    /// Hands on a chunk that is a file.
    fn emit(&mut self, kind: ChunkKind, payload: Vec<u8>, sink: Sink) {
        let number = self.of(kind).0.len() as u32;
        let name = chunk_name(kind, &payload);
        self.push(ChunkFile { name, first: ChunkId { kind, number }, payloads: vec![payload] }, sink);
    }

    fn push(&mut self, file: ChunkFile, sink: Sink) {
        let (names, bytes) = self.of(file.first.kind);
        *bytes += file.payloads.iter().map(|payload| payload.len() as u64).sum::<u64>();
        names.push(file.name);
        sink(file);
    }

    fn of(&mut self, kind: ChunkKind) -> &mut Kind {
        let place = match self.0.iter().position(|(own, _)| *own == kind) {
            Some(place) => place,
            None => {
                self.0.push((kind, Kind::default()));
                self.0.len() - 1
            }
        };
        &mut self.0[place].1
    }

    fn take(&mut self, kind: ChunkKind) -> Kind {
        self.0.iter_mut().find(|(own, _)| *own == kind).map(|(_, own)| std::mem::take(own)).unwrap_or_default()
    }
}

/// Files of several chunks.
#[derive(Debug, Default)]
struct Parted {
    /// Chunks that are full, of a file that is not.
    waiting: Vec<Vec<u8>>,
    /// As in the root, before deflating.
    files: (Vec<u32>, Vec<u32>),
}

impl Parted {
    /// Closes the file, where there are chunks for one.
    fn flush(&mut self, (kind, preset): (ChunkKind, &str), names: &mut Names, sink: Sink) {
        let mut payloads = std::mem::take(&mut self.waiting);
        if payloads.is_empty() {
            return;
        }
        let name = parted_name(kind, preset, &payloads);
        let (firsts, bytes) = &mut self.files;
        let number = bytes.len() as u32;
        firsts.push(number);
        for (place, payload) in (0..).zip(&mut payloads) {
            let check = part_check(name, place, payload);
            payload.splice(..0, check.to_le_bytes());
            bytes.push(payload.len() as u32);
        }
        names.push(ChunkFile { name, first: ChunkId { kind, number }, payloads }, sink);
    }
}

/// Writes what is known of documents, one after the other.
#[derive(Debug, Default)]
pub struct DocumentsWriter {
    sizes: Sizes,
    names: Names,
    preset: String,
    /// First document of each chunk of cards, texts, borders.
    starts: (Vec<u32>, Vec<u32>, Vec<u32>),
    documents: u32,
    cards: (Vec<CardRecord>, usize),
    card_files: Parted,
    /// For each document its details, then its text.
    texts: (Vec<Vec<u8>>, usize),
    text_files: Parted,
    borders: BorderRun,
    border_docs: usize,
    columns: ColumnsBuilder,
    lengths: Vec<u8>,
    text_lens: Vec<u32>,
    titles: Vec<u32>,
    codes: Vec<String>,
    doc_codes: Vec<u32>,
    hashes: Vec<u64>,
    tokens: u64,
    fingerprint: u64,
    /// A document as bytes, whose room is used again.
    whole: Vec<u8>,
}

impl DocumentsWriter {
    /// A writer of chunks of these sizes, of texts that are deflated with `preset`.
    pub fn new(sizes: Sizes, preset: String) -> DocumentsWriter {
        DocumentsWriter { sizes, preset, ..DocumentsWriter::default() }
    }

    /// Writes the next document. `text_start`, `title_end` and lengths are those of its shape; its language is its own.
    /// Cost: linear in the text, which is cut into sentences.
    pub fn push(&mut self, mut document: Document, shape: &Shape, sink: Sink) {
        let doc = self.documents;
        if self.border_docs == 0 {
            self.starts.2.push(doc);
        }
        self.borders.push(&document, shape.text_start);
        self.border_docs += 1;
        self.documents += 1;
        // A first answer takes those of the heads alone.
        let is_head = |doc| self.sizes.cut.heads.has(doc);
        if self.border_docs >= self.sizes.borders || is_head(doc) != is_head(doc + 1) {
            self.flush_borders(sink);
        }

        self.columns.push(&document);
        self.lengths.push(rounded(shape.len));
        self.text_lens.push(shape.text_len);
        self.titles.push(shape.title_end * 2 + u32::from(shape.text_start > 0));
        self.tokens += u64::from(shape.len);
        let code = document.language.value.clone().unwrap_or_default();
        let place = self.codes.iter().position(|own| *own == code).unwrap_or_else(|| {
            self.codes.push(code);
            self.codes.len() - 1
        });
        self.doc_codes.push(place as u32);
        self.hashes.push(xxh64(document.name.as_bytes(), 0));
        self.whole.clear();
        document.ser_bin(&mut self.whole);
        self.fingerprint = xxh64(&self.whole, self.fingerprint);

        let text = std::mem::take(&mut document.text);
        let details = DetailsRecord {
            title: document.title.clone(),
            language: document.language.value.clone(),
            file: std::mem::take(&mut document.file),
            url: document.url.take(),
            fields: std::mem::take(&mut document.fields),
        };
        self.push_text(details.serialize_bin(), text, doc, sink);
        if self.cards.0.is_empty() {
            self.starts.0.push(doc);
        }
        self.cards.1 += 100 + document.name.len() + document.title.value.as_ref().map_or(0, String::len);
        self.cards.0.push(CardRecord { document, text_len: shape.text_len });
        if self.cards.0.len() >= self.sizes.cards || self.cards.1 >= CARD_BYTES {
            self.close_cards();
        }
        if self.card_files.waiting.len() >= self.sizes.card_chunks {
            self.flush_cards(sink);
        }
    }

    /// Texts lie together up to a size; one that is longer by itself fills chunks of its own.
    fn push_text(&mut self, mut details: Vec<u8>, text: String, doc: u32, sink: Sink) {
        let most = self.sizes.texts * self.sizes.text_chunks;
        if text.len() > most {
            self.flush_texts(sink);
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let end = (0..=most.max(4).min(rest.len())).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0);
                let (part, after) = rest.split_at(end);
                self.starts.1.push(doc);
                self.texts.0.extend([std::mem::take(&mut details), part.as_bytes().to_vec()]);
                self.flush_texts(sink);
                rest = after;
            }
            return;
        }
        if self.texts.0.is_empty() {
            self.starts.1.push(doc);
        }
        // A million documents without text have details, too.
        self.texts.1 += details.len() + text.len();
        self.texts.0.extend([details, text.into_bytes()]);
        if self.texts.1 >= self.sizes.texts {
            self.close_texts();
        }
        // Long documents are a chunk each.
        let waiting = &self.text_files.waiting;
        if waiting.len() >= self.sizes.text_chunks || waiting.iter().map(Vec::len).sum::<usize>() >= most {
            self.flush_texts(sink);
        }
    }

    fn close_texts(&mut self) {
        let (texts, _) = std::mem::take(&mut self.texts);
        if !texts.is_empty() {
            self.text_files.waiting.push(values::texts_to_bytes(&texts));
        }
    }

    fn flush_texts(&mut self, sink: Sink) {
        self.close_texts();
        self.text_files.flush((ChunkKind::Texts, &self.preset), &mut self.names, sink);
    }

    fn close_cards(&mut self) {
        let (cards, _) = std::mem::take(&mut self.cards);
        if !cards.is_empty() {
            self.card_files.waiting.push(values::cards_to_bytes(&cards));
        }
    }

    fn flush_cards(&mut self, sink: Sink) {
        self.close_cards();
        self.card_files.flush((ChunkKind::Cards, ""), &mut self.names, sink);
    }

    fn flush_borders(&mut self, sink: Sink) {
        if std::mem::take(&mut self.border_docs) > 0 {
            let run = std::mem::take(&mut self.borders);
            self.names.emit(ChunkKind::Borders, values::borders_to_bytes(&run), sink);
        }
    }

    /// The languages of the documents so far, sorted.
    pub fn languages(&self) -> Vec<String> {
        languages(self.codes.iter().map(String::as_str))
    }

    /// Writes what is left, and the columns.
    pub fn finish(mut self, corpus: &CorpusFacts, sink: Sink) -> DocumentsPart {
        self.flush_texts(sink);
        self.flush_cards(sink);
        self.flush_borders(sink);
        let languages = self.languages();
        let places: Vec<u8> = self.codes.iter().map(|code| language_place(&languages, code)).collect();
        let doc_languages =
            self.doc_codes.iter().map(|code| places.get(*code as usize).copied().unwrap_or(0)).collect();
        let columns = self.columns.finish();
        let dates = columns.dates().iter().flatten();
        let dates = dates.clone().min().copied().zip(dates.max().copied());
        let mut emit = |kind, payload| self.names.emit(kind, payload, sink);
        emit(ChunkKind::Column, self.lengths);
        emit(ChunkKind::Column, values::planes_to_bytes(&self.text_lens));
        emit(ChunkKind::Column, values::planes_to_bytes(&self.titles));
        emit(ChunkKind::Column, doc_languages);
        emit(ChunkKind::Column, values::dates_to_bytes(columns.dates()));
        emit(ChunkKind::Column, values::planes_to_bytes(columns.title_ranks()));
        columns.categories().for_each(|column| emit(ChunkKind::Column, values::column_to_bytes(column)));
        let chunks = self.hashes.len().div_ceil(self.sizes.names).max(1);
        let mut by_name: Vec<Vec<(u32, u16)>> = vec![Vec::new(); chunks];
        for (doc, hash) in (0u32..).zip(&self.hashes) {
            let (chunk, short) = values::place_of_hash(*hash, chunks);
            by_name[chunk as usize].push((doc, short));
        }
        by_name.iter().for_each(|names| emit(ChunkKind::Names, values::names_to_bytes(names)));
        emit(ChunkKind::About, corpus.about.serialize_bin());
        DocumentsPart {
            names: self.names,
            starts: self.starts,
            card_files: self.card_files.files,
            text_files: self.text_files.files,
            preset: self.preset,
            documents: self.documents,
            tokens: self.tokens,
            words: self.text_lens.iter().map(|len| u64::from(*len)).sum(),
            languages,
            dates,
            fields: columns.names().map(str::to_owned).collect(),
            has_titles_dates: (columns.has_titles(), columns.has_dates()),
            title: corpus.title.clone(),
            fingerprint: xxh64(&corpus.about.serialize_bin(), xxh64(corpus.title.as_bytes(), self.fingerprint)),
        }
    }
}

/// What is known of a corpus beside its documents.
#[derive(Clone, Debug, Default)]
pub struct CorpusFacts {
    /// Its title.
    pub title: String,
    /// What is said about it.
    pub about: AboutRecord,
}

impl CorpusFacts {
    /// Those of a corpus.
    pub fn of(corpus: &Corpus) -> CorpusFacts {
        let Corpus { title, about, credit, url, problems, .. } = corpus;
        let [title, about, credit, url] = [title, about, credit, url].map(String::clone);
        CorpusFacts { title, about: AboutRecord { about, credit, url, problems: problems.clone() } }
    }
}

/// What the root says of documents.
#[derive(Debug)]
pub struct DocumentsPart {
    names: Names,
    starts: (Vec<u32>, Vec<u32>, Vec<u32>),
    card_files: (Vec<u32>, Vec<u32>),
    text_files: (Vec<u32>, Vec<u32>),
    preset: String,
    documents: u32,
    tokens: u64,
    words: u64,
    languages: Vec<String>,
    dates: Option<(crate::base::PartialDate, crate::base::PartialDate)>,
    fields: Vec<String>,
    has_titles_dates: (bool, bool),
    title: String,
    fingerprint: u64,
}

/// The lists of one type, to be written.
#[derive(Clone, Debug, Default)]
pub struct TypeLists {
    /// Documents, ascending.
    pub docs: Vec<DocId>,
    /// How often in each.
    pub frequencies: Vec<u32>,
    /// How often in the title of each.
    pub in_title: Vec<u32>,
    /// All positions, document after document.
    pub positions: Vec<TokenPos>,
}

impl TypeLists {
    /// Makes room for those of another type.
    pub(in super::super) fn clear(&mut self) {
        self.docs.clear();
        self.frequencies.clear();
        self.in_title.clear();
        self.positions.clear();
    }

    /// The positions in each document.
    pub(in super::super) fn each(&self) -> impl Iterator<Item = &[TokenPos]> {
        let mut rest = self.positions.as_slice();
        self.frequencies.iter().map(move |frequency| {
            let (own, after) = rest.split_at((*frequency as usize).min(rest.len()));
            rest = after;
            own
        })
    }
}

/// Writes the lists of types, in the order of the vocabulary.
#[derive(Debug, Default)]
pub struct ListsWriter {
    sizes: Sizes,
    names: Names,
    block: Block,
    /// First key and first type of each block.
    blocks: Vec<(String, u32)>,
    postings: Stream,
    positions: Stream,
    scratch: (Vec<u8>, Vec<u8>),
    /// Whether there are documents beyond the heads; types that are cut, with the bytes of their tails.
    has_tails: bool,
    tails: Vec<(u32, u32, u32)>,
    prefixes: PrefixesWriter,
    /// Whether the next list of positions that is apart is the first of its block.
    begins_apart: bool,
}

/// Lists in a row, cut into chunks.
#[derive(Debug, Default)]
struct Stream {
    bytes: Vec<u8>,
    starts: Vec<u32>,
    is_open: bool,
}

impl Stream {
    /// Appends the list of a type; before it, closes the chunk if it is full or the list has to begin another.
    fn push(&mut self, type_id: u32, list: &[u8], most: usize, begins: bool, emit: &mut dyn FnMut(Vec<u8>)) -> u32 {
        let is_full = self.bytes.len() >= most || (!self.bytes.is_empty() && self.bytes.len() + list.len() > 2 * most);
        if self.is_open && (begins || is_full) {
            emit(std::mem::take(&mut self.bytes));
            self.is_open = false;
        }
        if !self.is_open {
            self.starts.push(type_id);
            self.is_open = true;
        }
        self.append(list)
    }

    /// Appends to the chunk that is open. Returns where it begins.
    fn append(&mut self, list: &[u8]) -> u32 {
        let start = self.bytes.len() as u32;
        self.bytes.extend_from_slice(list);
        start
    }
}

impl ListsWriter {
    /// A writer of chunks of these sizes, of a corpus of so many documents.
    pub fn new(sizes: Sizes, documents: u32) -> ListsWriter {
        let has_tails = sizes.cut.heads.count(documents) < documents;
        ListsWriter { sizes, has_tails, prefixes: PrefixesWriter::new(sizes.prefixes), ..ListsWriter::default() }
    }

    /// Writes the lists of the next type. Cost: linear in the lists.
    pub fn push(&mut self, key: &str, form: &str, lists: &TypeLists, sink: Sink) {
        let type_id = self.block.forms.len() as u32;
        let keys = &self.block.run.keys;
        let is_new_key = keys.is_empty() || keys.get(keys.len() - 1) != key;
        let first = self.blocks.last().map_or(0, |(_, first)| *first);
        let begins = self.blocks.is_empty() || (is_new_key && type_id - first >= self.sizes.block_types);
        if begins {
            // Nothing comes before the first block: stems and joined spellings may be less than any key.
            self.blocks.push((if type_id == 0 { String::new() } else { key.to_owned() }, type_id));
        }
        self.block.push(key, form);

        let (whole, whole_positions) = &mut self.scratch;
        whole.clear();
        whole_positions.clear();
        let info = push_docs(&lists.docs, &lists.frequencies, &lists.in_title, whole);
        let is_cut = self.has_tails && info.frequency >= self.sizes.cut.frequent;
        let parts = if is_cut { Parts::of(lists, self.sizes.cut.heads) } else { Parts::default() };
        let ([list, rest], [positions, rest_positions]) = (&parts.postings, &parts.positions);
        let (list, positions) = if is_cut {
            self.tails.push((type_id, rest.len() as u32, rest_positions.len() as u32));
            for tail in [rest, rest_positions] {
                self.names.emit(ChunkKind::Tails, tail.clone(), sink);
            }
            (list, positions)
        } else {
            push_positions(lists.each(), whole_positions);
            (&*whole, &*whole_positions)
        };
        let chunk = |stream: &Stream| stream.starts.len() as u32 - 1;
        let mut emit = |payload| self.names.emit(ChunkKind::Postings, payload, sink);
        let start = self.postings.push(type_id, list, self.sizes.postings, begins, &mut emit);
        let postings = Stretch { chunk: chunk(&self.postings), start, len: list.len() as u32 };

        let is_apart = positions.len() > self.sizes.near;
        let len = positions.len() as u32;
        let loaded = whole.len() + if is_apart || is_cut { 0 } else { positions.len() };
        let mut emit = |payload| self.names.emit(ChunkKind::Prefixes, payload, sink);
        self.prefixes.push(key, type_id, (info, whole, loaded), &mut emit);
        // A chunk of positions begins with the first list of a block that is apart.
        self.begins_apart |= begins;
        let (chunk, start) = if is_apart {
            let begins = std::mem::take(&mut self.begins_apart);
            let mut emit = |payload| self.names.emit(ChunkKind::Positions, payload, sink);
            let start = self.positions.push(type_id, positions, self.sizes.positions, begins, &mut emit);
            (chunk(&self.positions), start)
        } else {
            (postings.chunk, self.postings.append(positions))
        };
        let positions = Stretch { chunk, start, len };
        self.block.lists.push(ListPlace { info, postings, positions, is_apart });
    }

    /// Writes what is left, the pairs and the dictionary. `fill` gives stems and joined spellings; `scan` goes through all
    /// tokens, of a corpus in these languages, for so many places of pairs at once.
    ///
    /// # Errors
    /// As `scan`'s.
    pub(in super::super) fn finish<E>(
        mut self,
        languages: &[String],
        fill: impl FnOnce(&mut Block),
        (scan, at_once): (Scan<E>, usize),
        sink: Sink,
    ) -> Result<ListsPart, E> {
        fill(&mut self.block);
        if self.blocks.is_empty() {
            self.blocks.push((String::new(), 0));
        }
        for (stream, kind) in [(&mut self.postings, ChunkKind::Postings), (&mut self.positions, ChunkKind::Positions)] {
            if stream.starts.is_empty() {
                stream.starts.push(0);
            }
            self.names.emit(kind, std::mem::take(&mut stream.bytes), sink);
        }
        self.prefixes.close(0, &mut |payload| self.names.emit(ChunkKind::Prefixes, payload, sink));
        let frequent = Frequent::of(&self.block, languages, self.sizes.pairs);
        let mut emit = |payload| self.names.emit(ChunkKind::Pairs, payload, sink);
        let types = self.block.forms.len() as u32;
        let pair_starts = pairs::write(&frequent, types, (self.sizes.pairs, at_once), scan, &mut emit)?;
        let mut key_runs = Vec::new();
        for places in (0..self.blocks.len()).collect::<Vec<_>>().chunks(self.sizes.run_blocks) {
            let mut run = KeyRun::default();
            let (first, end) = (places[0], places[places.len() - 1] + 1);
            for place in first..end {
                let (slice, first_type) = self.slice(place);
                if run.starts.is_empty() {
                    run.starts.push(first_type);
                }
                slice.run.keys.iter().for_each(|key| run.keys.push(key));
                run.starts.extend(slice.run.starts.iter().skip(1));
                self.names.emit(ChunkKind::Terms, terms::to_bytes(&slice, first_type), sink);
            }
            key_runs.push(first as u32);
            let mut payload = Vec::new();
            terms::push_run(&run, &mut payload);
            self.names.emit(ChunkKind::Keys, payload, sink);
        }
        Ok(ListsPart {
            types,
            names: self.names,
            blocks: self.blocks,
            key_runs,
            starts: (self.postings.starts, self.positions.starts),
            frequent,
            pair_starts,
            heads: self.sizes.cut.heads,
            tails: self.tails,
        })
    }

    /// One block of the dictionary, with its first type.
    fn slice(&self, place: usize) -> (Block, u32) {
        let whole = &self.block;
        let (first_key, first) = self.blocks.get(place).map_or(("", 0), |(key, first)| (key.as_str(), *first));
        let next = self.blocks.get(place + 1);
        let end = next.map_or(whole.forms.len() as u32, |(_, end)| *end);
        let is_before = |key: &str| next.is_none_or(|(next, _)| key < next.as_str());
        let mut block = Block::default();
        block.run.starts.push(first);
        for key in whole.run.keys.partition(|key| key < first_key)..whole.run.keys.partition(is_before) {
            block.run.keys.push(whole.run.keys.get(key));
            block.run.starts.push(whole.run.types_of(key..key + 1).end);
        }
        (first..end).for_each(|type_id| block.forms.push(whole.forms.get(type_id as usize)));
        block.lists = whole.lists.get(first as usize..end as usize).unwrap_or_default().to_vec();
        for stems in &whole.stems {
            let mut own = Stems::default();
            own.starts.push(0);
            for place in stems.stems.partition(|stem| stem < first_key)..stems.stems.partition(is_before) {
                own.stems.push(stems.stems.get(place));
                own.types.extend(stems.types_of(place));
                own.starts.push(own.types.len() as u32);
            }
            block.stems.push(own);
        }
        let compounds = whole.compounds.iter().filter(|one| one.joined.as_str() >= first_key && is_before(&one.joined));
        block.compounds = compounds.cloned().collect();
        let is_own = |prefix: &&PrefixPlace| (first..end).contains(&prefix.types.start);
        block.prefixes = self.prefixes.found.iter().filter(is_own).cloned().collect();
        (block, first)
    }
}

/// What the root says of types.
#[derive(Debug)]
pub struct ListsPart {
    names: Names,
    types: u32,
    blocks: Vec<(String, u32)>,
    key_runs: Vec<u32>,
    starts: (Vec<u32>, Vec<u32>),
    frequent: Frequent,
    pair_starts: Vec<PairKey>,
    heads: Heads,
    tails: Vec<(u32, u32, u32)>,
}

/// The root of an index whose chunks have been written.
pub fn root(mut documents: DocumentsPart, mut lists: ListsPart) -> Root {
    let kinds = KINDS.map(|kind| {
        let own = documents.names.take(kind);
        if own.0.is_empty() { lists.names.take(kind) } else { own }
    });
    let (chunks, bytes): (Vec<Vec<u64>>, Vec<u64>) = kinds.into_iter().unzip();
    let (cards, texts, borders) = documents.starts;
    let deltas = |(firsts, bytes)| (Deltas(firsts), Deltas(bytes));
    Root {
        title: documents.title,
        fingerprint: format!("{:08x}", documents.fingerprint >> 32),
        languages: documents.languages,
        documents: documents.documents,
        tokens: documents.tokens,
        words: documents.words,
        types: lists.types,
        dates: documents.dates,
        has_titles_dates: documents.has_titles_dates,
        fields: documents.fields,
        blocks: lists.blocks,
        key_runs: lists.key_runs,
        list_starts: lists.starts,
        paired: lists.frequent.paired,
        unpaired: lists.frequent.unpaired,
        pair_starts: lists.pair_starts,
        heads: lists.heads,
        tails: lists.tails,
        doc_starts: (Deltas(cards), Deltas(texts), Deltas(borders)),
        card_files: deltas(documents.card_files),
        text_files: deltas(documents.text_files),
        preset: documents.preset,
        bytes,
        chunks,
    }
}

/// Writes an index that was built in memory. Cost: linear.
pub fn write(index: &Index, corpus: &Corpus, sizes: Sizes, sink: Sink) -> Root {
    let total = corpus.documents.iter().map(|document| document.text.len() as u64).sum();
    let texts = corpus.documents.iter().map(|document| document.text.as_str());
    let mut documents = DocumentsWriter::new(sizes, preset::sample(texts, total, sizes.preset));
    for (doc, document) in (0u32..).zip(&corpus.documents) {
        documents.push(document.clone(), &index.shape(DocId(doc)), sink);
    }
    documents.tokens = index.token_count;
    let documents = documents.finish(&CorpusFacts::of(corpus), sink);
    let lists = write_lists(index, sizes, sink);
    root(documents, lists)
}

fn write_lists(index: &Index, sizes: Sizes, sink: Sink) -> ListsPart {
    let mut lists = ListsWriter::new(sizes, index.doc_count());
    let none = Block::default();
    let block = index.vocabulary.blocks.first().and_then(|slot| slot.part.as_ref()).unwrap_or(&none);
    // All tokens: document, position, type.
    let mut tokens: Vec<(DocId, TokenPos, u32)> = Vec::new();
    for place in 0..block.run.keys.len() {
        for type_id in block.run.types_of(place..place + 1) {
            let list = index.postings(crate::base::TypeId(type_id));
            let mut own = TypeLists { docs: list.docs().to_vec(), ..TypeLists::default() };
            for (place, doc_id) in list.docs().iter().enumerate() {
                own.frequencies.push(list.frequency(place));
                own.in_title.push(list.in_title(place, || index.shapes.title_end(*doc_id)));
                list.for_each_position(place, &mut |position| {
                    own.positions.push(position);
                    tokens.push((*doc_id, position, type_id));
                });
            }
            lists.push(block.run.keys.get(place), block.forms.get(type_id as usize), &own, sink);
        }
    }
    tokens.sort_unstable();
    let fill = |own: &mut Block| {
        own.stems = block.stems.clone();
        own.compounds = block.compounds.clone();
    };
    let ids: Vec<u32> = (0..block.forms.len() as u32).collect();
    let mut scan = |gathering: &mut Gathering| {
        let numbering = gathering.numbering(&ids);
        // Title and text are apart.
        for own in tokens.chunk_by(|a, b| a.0 == b.0 && a.1 + 1 == b.1) {
            let (doc_id, first, _) = own[0];
            let run = Run { doc: doc_id.0, first, title_end: index.shapes.title_end(doc_id) };
            gathering.run(run, own, |(.., type_id)| type_id as usize, &numbering);
        }
        Ok::<(), Infallible>(())
    };
    let Ok(lists) = lists.finish(&index.languages, fill, (&mut scan, usize::MAX), sink);
    lists
}
