//! Building an index in memory of a corpus that is large for it: batch by batch, into lists that are packed.
//!
//! Documents are read as they come and may go (single-pass in-memory indexing: Heinz & Zobel 2003, JASIST 54(8)). Each
//! batch is turned around by itself and put aside as varints, type by type in the order of their first occurrence, which
//! is the same for all batches; so merging looks up nothing, and what was merged is given back page by page. What comes
//! of it is the index that [`super::build()`] makes, with the lists of [`super::files::lists`] in place of flat ones: a
//! third of the text where those take three times as much.
//!
//! What only the whole corpus decides, languages, comes at the end: it is a matter of documents, not of their words.

use std::ops::ControlFlow;
use std::vec::IntoIter;

use super::build::{Reader, invert, language_place, languages, stems};
use super::columns::ColumnsBuilder;
use super::files::lists::{self, push_docs, push_positions};
use super::files::pack::{push_varint, take_u32};
use super::files::write::TypeLists;
use super::files::{ChunkId, ChunkKind, ListPlace, Stretch};
use super::postings::{Positions, Section};
use super::records::{push_lists, take_lists};
use super::wants::Wants;
use super::{Index, PostingsList, Shape, Shapes, Vocabulary};
use crate::base::{DocId, TypeId};
use crate::document::Document;

/// Tokens of a batch, some 3 MB of text: few enough for its arrays to be small beside the corpus.
const BATCH_TOKENS: usize = 1 << 19;
/// Bytes of a page, which is given back, or taken, at once.
const PAGE_BYTES: usize = 1 << 18;

/// An index on the way.
#[derive(Debug)]
pub struct Packing {
    reader: Reader,
    /// Of all documents so far; their languages are none yet.
    shapes: Vec<Shape>,
    batches: Vec<Batch>,
    /// Documents in batches.
    turned: usize,
    batch_tokens: usize,
}

/// Documents turned around: for each type that stands in them, its number and its lists.
#[derive(Debug)]
struct Batch {
    first_doc: u32,
    /// No type is cut by the end of a page.
    pages: Vec<Vec<u8>>,
}

/// The lists of all types, packed. Where each lies is known to the vocabulary.
#[derive(Debug, Default)]
pub struct PackedLists {
    pages: Vec<Vec<u8>>,
}

impl Default for Packing {
    fn default() -> Packing {
        Packing::in_batches(BATCH_TOKENS)
    }
}

impl Packing {
    /// An index whose batches have so many tokens, and the rest of a document.
    pub fn in_batches(batch_tokens: usize) -> Packing {
        let reader = Reader::default();
        Packing { reader, shapes: Vec::new(), batches: Vec::new(), turned: 0, batch_tokens }
    }

    /// Reads the next document. Its language and its name may change afterwards. Cost: linear in its text.
    pub fn push(&mut self, document: &Document) {
        self.shapes.push(self.reader.read(document, 0));
        if self.reader.stream.len() >= self.batch_tokens {
            self.turn();
        }
    }

    /// Turns around what was read since the last time.
    fn turn(&mut self) {
        let shapes = self.shapes.get(self.turned..).unwrap_or_default();
        let same: Vec<u32> = (0..self.reader.type_count() as u32).collect();
        let Reader { stream, doc_ends, .. } = &mut self.reader;
        let postings = invert(stream, doc_ends, shapes, &same);
        stream.clear();
        doc_ends.clear();
        let mut pages = vec![Vec::with_capacity(PAGE_BYTES)];
        let mut record = Vec::new();
        for type_id in same {
            let list = postings.list(TypeId(type_id));
            if list.docs().is_empty() {
                continue;
            }
            record.clear();
            push_varint(type_id.into(), &mut record);
            push_lists(&list, shapes, &mut record);
            push_to_page(&record, &mut pages);
        }
        self.batches.push(Batch { first_doc: self.turned as u32, pages });
        self.turned = self.shapes.len();
    }

    /// The index. `documents` are those that were read, in the same order; `progress` is called with types merged and their number, and may stop the work: then there is none.
    ///
    /// Cost: linear in the lists. Memory: beside the index, what is not yet merged.
    pub fn finish(
        mut self,
        documents: Heads,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Option<Index> {
        self.turn();
        let Packing { reader, mut shapes, batches, .. } = self;
        let Heads { columns, codes, doc_codes } = documents;
        let code_of = |code: &u32| codes.get(*code as usize).map_or("", String::as_str);
        let languages = languages(doc_codes.iter().map(code_of));
        let columns = columns.in_languages(doc_codes.iter().map(code_of));
        let places: Vec<u8> = codes.iter().map(|code| language_place(&languages, code)).collect();
        for (shape, code) in shapes.iter_mut().zip(&doc_codes) {
            shape.language = places.get(*code as usize).copied().unwrap_or(0);
        }
        drop(doc_codes);

        let (mut block, new_ids) = reader.block();
        drop(reader);
        block.lists = vec![ListPlace::default(); new_ids.len()];
        let mut type_languages = vec![0; new_ids.len()];
        let mut packed = PackedLists::default();
        let mut cursors: Vec<Cursor> = batches.into_iter().map(Cursor::open).collect();
        let mut lists = TypeLists::default();
        for (old, new) in new_ids.iter().enumerate() {
            lists.clear();
            cursors
                .iter_mut()
                .filter(|cursor| cursor.type_id == Some(old as u32))
                .for_each(|cursor| cursor.take(&mut lists));
            let of = |doc: &DocId| shapes.get(doc.0 as usize).map_or(0, |shape| 1 << shape.language);
            if let (Some(place), Some(all)) =
                (block.lists.get_mut(*new as usize), type_languages.get_mut(*new as usize))
            {
                *place = packed.push(&lists);
                *all = lists.docs.iter().fold(0, |all, doc| all | of(doc));
            }
            if progress(old + 1, new_ids.len()).is_break() {
                return None;
            }
        }
        block.stems = stems(&block, &languages, &type_languages);
        Some(Index {
            vocabulary: Vocabulary::of(block),
            packed,
            token_count: shapes.iter().map(|shape| u64::from(shape.len)).sum(),
            doc_count: shapes.len() as u32,
            shapes: Shapes::of(&shapes),
            languages,
            columns,
            ..Index::default()
        })
    }
}

/// What an index takes of documents beside their words.
#[derive(Debug, Default)]
pub struct Heads {
    columns: ColumnsBuilder,
    /// Languages, each once.
    codes: Vec<String>,
    /// The place in `codes` of each document's.
    doc_codes: Vec<u32>,
}

impl Heads {
    /// Adds the next document. Its language may change afterwards.
    pub fn push(&mut self, document: &Document) {
        self.columns.push(document);
        let code = self.code(document.language.value.as_deref().unwrap_or(""));
        self.doc_codes.push(code);
    }

    /// Changes the language of a document.
    pub fn set_language(&mut self, number: usize, language: &str) {
        let code = self.code(language);
        self.doc_codes.get_mut(number).into_iter().for_each(|own| *own = code);
    }

    fn code(&mut self, language: &str) -> u32 {
        let place = self.codes.iter().position(|own| own == language).unwrap_or_else(|| {
            self.codes.push(language.to_owned());
            self.codes.len() - 1
        });
        place as u32
    }
}

/// Appends to the last page, or to a new one where that is full. Returns where it begins.
fn push_to_page(record: &[u8], pages: &mut Vec<Vec<u8>>) -> u32 {
    let is_full = pages.last().is_none_or(|page| !page.is_empty() && page.len() + record.len() > PAGE_BYTES);
    if is_full {
        if let Some(full) = pages.last_mut() {
            full.shrink_to_fit();
        }
        pages.push(Vec::with_capacity(PAGE_BYTES.max(record.len())));
    }
    let Some(page) = pages.last_mut() else { return 0 };
    let start = page.len() as u32;
    page.extend_from_slice(record);
    start
}

/// A batch that is being merged.
struct Cursor {
    first_doc: u32,
    pages: IntoIter<Vec<u8>>,
    page: Vec<u8>,
    at: usize,
    /// The type whose lists come next.
    type_id: Option<u32>,
}

impl Cursor {
    fn open(batch: Batch) -> Cursor {
        let Batch { first_doc, pages } = batch;
        let mut cursor = Cursor { first_doc, pages: pages.into_iter(), page: Vec::new(), at: 0, type_id: None };
        cursor.advance();
        cursor
    }

    fn advance(&mut self) {
        while self.at >= self.page.len() {
            // The page that was read is given back here.
            self.page = Vec::new();
            let Some(page) = self.pages.next() else {
                self.type_id = None;
                return;
            };
            (self.page, self.at) = (page, 0);
        }
        let mut rest = self.page.get(self.at..).unwrap_or_default();
        self.type_id = take_u32(&mut rest);
        self.at = self.page.len() - rest.len();
    }

    /// Appends the lists of the current type, and goes on to the next.
    fn take(&mut self, lists: &mut TypeLists) {
        let mut rest = self.page.get(self.at..).unwrap_or_default();
        // They were written here: nothing is lacking.
        let _ = take_lists(&mut rest, self.first_doc, lists);
        self.at = self.page.len() - rest.len();
        self.advance();
    }
}

impl PackedLists {
    /// Packs the lists of a type. Returns where they lie.
    fn push(&mut self, lists: &TypeLists) -> ListPlace {
        let mut bytes = Vec::new();
        let info = push_docs(&lists.docs, &lists.frequencies, &lists.in_title, &mut bytes);
        let postings_len = bytes.len() as u32;
        push_positions(lists.each(), &mut bytes);
        let start = push_to_page(&bytes, &mut self.pages);
        let chunk = self.pages.len() as u32 - 1;
        let postings = Stretch { chunk, start, len: postings_len };
        let positions = Stretch { chunk, start: start + postings_len, len: bytes.len() as u32 - postings_len };
        ListPlace { info, postings, positions, is_apart: false }
    }

    /// The lists that lie at a place. Cost: the postings are unpacked.
    pub(super) fn list(&self, place: ListPlace) -> PostingsList<'_> {
        let slice = |stretch: Stretch| {
            let page = self.pages.get(stretch.chunk as usize)?;
            page.get(stretch.start as usize..stretch.start as usize + stretch.len as usize)
        };
        let found = slice(place.postings).and_then(|bytes| lists::docs(bytes, place.info));
        // Nothing is ever wanted of them: the positions are there.
        let none = ChunkId { kind: ChunkKind::Positions, number: 0 };
        let docs = found.unwrap_or_default();
        let section = Section::of(slice(place.positions), none, docs.docs.len(), &Wants::default());
        PostingsList::unpacked(docs, place.info.frequency, Positions::Own(section))
    }
}
