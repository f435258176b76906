//! Floor 2: the index: which word type stands where.
//!
//! Useful for: every kind of word search (a word, its inflections, a prefix, a wildcard are all *sets of types*),
//! exact totals, filters and their counts. Not useful for: reading text (that is in the documents).
//!
//! The first decision: the vocabulary holds types *as written*, sorted by their folded key. Case, accents and
//! inflections are then questions to the vocabulary, answered once per query word, and a posting is never lost to
//! a normalisation that a reader did not want. Rejected: one index per degree of folding (three times the size).
//!
//! The second: an index is whole in memory, or lies in files of which it holds what was asked for ([`files`]). Both are
//! the same [`Index`], asked by the same code; what is not there is noted ([`wants`]), and the answer waits for it. In
//! memory, the lists of a large corpus are packed as those in files are ([`packing`]).

pub mod borders;
pub mod build;
pub mod columns;
pub mod files;
pub mod forward;
pub mod lazy;
pub mod named;
#[cfg(feature = "packed")]
pub mod packing;
pub mod postings;
mod records;
pub mod shapes;
pub mod vocabulary;
pub mod wants;

pub use borders::Borders;
pub use build::build;
pub(crate) use build::language_place;
pub use columns::{Column, Columns};
pub use forward::Forward;
pub use postings::{Docs, Postings, PostingsList};
pub use shapes::{Shape, Shapes};
pub use vocabulary::Vocabulary;

use files::lists::ListInfo;
use files::pairs::Pair;
use files::prefixes::PrefixPlace;
use files::store::PairList;
use files::tiers::Tier;
use files::{ChunkError, ChunkId, ChunkKind, Root, Store, column, terms, values};
use lazy::Lazy;
use vocabulary::Slot;
use wants::Wants;

use crate::base::{DocId, TokenPos, TypeId};

/// Positions between the end of a title and the start of its text, so that no phrase reaches across.
pub const FIELD_GAP: TokenPos = 64;

/// An index over all documents of a corpus.
#[derive(Debug, Default)]
pub struct Index {
    /// All word types.
    pub vocabulary: Vocabulary,
    /// Where each type stands, in memory.
    postings: Postings,
    /// The same where they are many: packed.
    #[cfg(feature = "packed")]
    packed: packing::PackedLists,
    /// What each document is, for ranking and marking; by [`DocId`].
    pub shapes: Shapes,
    /// Languages present, sorted; [`Shape::language`] points here.
    pub languages: Vec<String>,
    /// Metadata to filter, count and sort by.
    pub columns: Columns,
    /// Where sentences and paragraphs begin; in memory once a query has asked.
    pub borders: Option<Borders>,
    /// Where entities are named and quoted, once the texts were read.
    pub named: Option<named::Named>,
    /// Who and what is named in each document, once the texts were read: `person`, `org` and `place`.
    pub named_columns: Vec<Column>,
    /// Documents.
    doc_count: u32,
    /// Running words in all documents, titles included where they are not part of the text.
    pub token_count: u64,
    /// What answers lacked so far.
    pub wants: Wants,
    /// Chunks from files; nothing for an index in memory.
    pub files: Option<Box<Store>>,
}

impl Index {
    /// The column of a field: the corpus's own before what was read in the texts.
    pub fn category(&self, field: &str) -> Option<&Column> {
        self.columns.category(field).or_else(|| self.named_columns.iter().find(|column| column.name == field))
    }

    /// Whether a field is of those that reading the texts gives, and no field of the corpus. An index in files, whose
    /// texts are not here, has none.
    pub fn is_read_field(&self, field: &str) -> bool {
        self.files.is_none() && named::FIELDS.contains(&field) && !self.columns.names().any(|own| own == field)
    }

    /// An index in files, of which nothing but the root is there.
    pub fn in_files(root: Root) -> Index {
        let wants = Wants::default();
        let lazy = |number| ChunkId { kind: ChunkKind::Column, number };
        let blocks = root.blocks.iter().map(|(first_key, first_type)| Slot {
            first_key: first_key.clone(),
            first_type: *first_type,
            part: None,
        });
        let run = |place: &u32| {
            let (first_key, first_type) = root.blocks.get(*place as usize).cloned().unwrap_or_default();
            Slot { first_key, first_type, part: None }
        };
        let categories = (column::FIELDS..).zip(&root.fields);
        Index {
            vocabulary: Vocabulary {
                blocks: blocks.collect(),
                runs: root.key_runs.iter().map(run).collect(),
                len: root.types,
                wants: wants.clone(),
            },
            postings: Postings::default(),
            #[cfg(feature = "packed")]
            packed: packing::PackedLists::default(),
            named: None,
            named_columns: Vec::new(),
            shapes: Shapes {
                lengths: Lazy::missing(lazy(column::LENGTHS), &wants),
                text_lens: Lazy::missing(lazy(column::TEXT_LENS), &wants),
                titles: Lazy::missing(lazy(column::TITLES), &wants),
                languages: Lazy::missing(lazy(column::LANGUAGES), &wants),
            },
            languages: root.languages.clone(),
            columns: Columns {
                categories: categories
                    .map(|(number, name)| (name.clone(), Lazy::missing(lazy(number), &wants)))
                    .collect(),
                dates: Lazy::missing(lazy(column::DATES), &wants),
                title_ranks: Lazy::missing(lazy(column::TITLE_RANKS), &wants),
                has_titles_dates: root.has_titles_dates,
            },
            borders: Some(Borders::missing(&root.doc_starts.2, &wants)),
            doc_count: root.documents,
            token_count: root.tokens,
            wants: wants.clone(),
            files: Some(Box::new(Store::new(root, wants))),
        }
    }

    /// Hands in a chunk that was wanted, as its stream is after inflating ([`Root::stream`]). Cost: linear in its bytes.
    ///
    /// # Errors
    /// These are not the bytes of the chunk, or they make no sense: then it is as if it had not come.
    pub fn supply(&mut self, chunk: ChunkId, mut payload: Vec<u8>) -> Result<(), ChunkError> {
        let Some(store) = self.files.as_mut() else { return Ok(()) };
        if chunk.kind == ChunkKind::Texts && payload.starts_with(store.root.preset.as_bytes()) {
            payload.drain(..store.root.preset.len());
        }
        store.check(chunk, &payload)?;
        let number = chunk.number;
        let count = self.doc_count as usize;
        let root = &store.root;
        let taken = match chunk.kind {
            ChunkKind::Terms => {
                terms::from_bytes(&payload, root, number).map(|block| self.vocabulary.supply_block(number, block))
            }
            ChunkKind::Keys => terms::run_from_bytes(&payload, root.types_of_run(number))
                .map(|run| self.vocabulary.supply_run(number, run)),
            ChunkKind::Column => match number {
                column::LENGTHS => (payload.len() == count).then(|| self.shapes.lengths.supply(payload)),
                column::LANGUAGES => (payload.len() == count).then(|| self.shapes.languages.supply(payload)),
                column::TEXT_LENS => {
                    values::planes_from_bytes(&payload, count).map(|lens| self.shapes.text_lens.supply(lens))
                }
                column::TITLES => {
                    values::planes_from_bytes(&payload, count).map(|titles| self.shapes.titles.supply(titles))
                }
                column::DATES => {
                    values::dates_from_bytes(&payload, count).map(|dates| self.columns.dates.supply(dates))
                }
                column::TITLE_RANKS => {
                    values::planes_from_bytes(&payload, count).map(|ranks| self.columns.title_ranks.supply(ranks))
                }
                number => {
                    let place = (number - column::FIELDS) as usize;
                    self.columns.categories.get_mut(place).and_then(|(name, lazy)| {
                        values::column_from_bytes(name, &payload, count).map(|column| lazy.supply(column))
                    })
                }
            },
            ChunkKind::Borders => values::borders_from_bytes(&payload)
                .zip(self.borders.as_mut())
                .map(|(run, borders)| borders.supply(number, run)),
            ChunkKind::Postings
            | ChunkKind::Prefixes
            | ChunkKind::Pairs
            | ChunkKind::Positions
            | ChunkKind::Cards
            | ChunkKind::Texts
            | ChunkKind::Names
            | ChunkKind::Tails
            | ChunkKind::About => return store.keep(chunk, payload),
        };
        taken.ok_or_else(|| store.unreadable(chunk))
    }

    /// Tells that another request is to be answered: what was lacking before is forgotten.
    pub fn begin(&self) {
        self.wants.take();
        self.wants.take_broken();
        if let Some(store) = &self.files {
            store.tick();
        }
    }

    /// The file of a chunk that was found to make no sense since [`Index::begin`].
    pub fn broken(&self) -> Option<String> {
        let store = self.files.as_ref()?;
        self.wants.take_broken().map(|chunk| store.root.file_name(chunk).unwrap_or_default())
    }

    /// Tells that a request has been answered: chunks that have not been used for long may go.
    pub fn trim(&mut self) {
        if let Some(store) = &mut self.files {
            store.trim();
        }
    }

    /// Number of documents.
    pub fn doc_count(&self) -> u32 {
        self.doc_count
    }

    /// Whether answers are taken from all lists.
    pub fn is_whole(&self) -> bool {
        self.files.as_ref().is_none_or(|store| store.tier == Tier::All)
    }

    /// How many documents answers are taken from: all, or for the time being the heads ([`files::tiers`]).
    pub fn reach(&self) -> u32 {
        self.files.as_ref().map_or(self.doc_count, |store| store.reach())
    }

    /// Leaves of documents those that answers are taken from.
    pub fn keep_taken(&self, docs: &mut Vec<DocId>) {
        self.files.iter().for_each(|store| store.keep_taken(docs));
    }

    /// Where borders are put off ([`Tier::Narrow`]): leaves of documents those whose borders are there.
    pub fn put_off_borders(&self, docs: &mut Vec<DocId>) {
        if let (Some(store), Some(borders)) = (&self.files, &self.borders) {
            store.put_off_borders(borders, docs);
        }
    }

    /// Sets what answers are taken from.
    pub fn set_tier(&mut self, tier: Tier) {
        self.files.iter_mut().for_each(|store| store.tier = tier);
    }

    /// Mean of [`Shape::len`]; 0 without documents.
    pub fn mean_len(&self) -> f64 {
        if self.doc_count == 0 { 0.0 } else { self.token_count as f64 / f64::from(self.doc_count) }
    }

    /// A document's shape, with [`Shapes::length`] for its length.
    pub fn shape(&self, doc_id: DocId) -> Shape {
        Shape {
            title_end: self.shapes.title_end(doc_id),
            text_start: self.shapes.text_start(doc_id),
            len: self.shapes.length(doc_id),
            text_len: self.shapes.text_len(doc_id),
            language: self.shapes.language(doc_id),
        }
    }

    /// Where a type stands, by document. Cost: nothing in memory; packed or from files, the postings are unpacked.
    pub fn postings(&self, type_id: TypeId) -> PostingsList<'_> {
        #[cfg(feature = "packed")]
        if let Some(place) = self.packed_place(type_id) {
            return self.packed.list(place);
        }
        match &self.files {
            None => self.postings.list(type_id),
            Some(store) => {
                let place = self.vocabulary.list_place(type_id);
                place.map(|place| store.list(type_id.0, place)).unwrap_or_default()
            }
        }
    }

    /// Where the lists of a type lie, in memory and packed.
    #[cfg(feature = "packed")]
    fn packed_place(&self, type_id: TypeId) -> Option<files::ListPlace> {
        if self.files.is_none() { self.vocabulary.list_place(type_id) } else { None }
    }

    /// In how many documents a type stands, and how often in all. Cost: O(1); no list is needed.
    pub fn list_info(&self, type_id: TypeId) -> ListInfo {
        #[cfg(feature = "packed")]
        if let Some(place) = self.packed_place(type_id) {
            return place.info;
        }
        match &self.files {
            None => {
                let list = self.postings.list(type_id);
                let documents = list.docs().len() as u32;
                ListInfo { documents, frequency: list.total_frequency(), ..ListInfo::default() }
            }
            Some(_) => self.vocabulary.list_place(type_id).unwrap_or_default().info,
        }
    }

    /// Asks for the postings of a type, and for its positions, so that what a query needs comes in one round.
    pub fn want_list(&self, type_id: TypeId, with_positions: bool) {
        if let (Some(store), Some(place)) = (&self.files, self.vocabulary.list_place(type_id)) {
            store.want_list(type_id.0, place, with_positions);
        }
    }

    /// The longest list of a common prefix that counts types `first` and following, `most` of them at most. Cost: O(log
    /// types), and the prefixes of a block of the dictionary.
    pub fn prefix_from(&self, first: TypeId, most: usize) -> Option<&PrefixPlace> {
        let places = self.vocabulary.prefixes_from(first);
        places.filter(|place| place.types.len() <= most).max_by_key(|place| place.types.len())
    }

    /// Where any of the types of a common prefix stands, by document, without positions.
    pub fn prefix(&self, place: &PrefixPlace) -> PostingsList<'_> {
        self.files.as_ref().map(|store| store.prefix(place)).unwrap_or_default()
    }

    /// Asks for the list of a common prefix.
    pub fn want_prefix(&self, place: &PrefixPlace) {
        self.files.as_ref().and_then(|store| store.bytes(ChunkKind::Prefixes, place.chunk));
    }

    /// Whether pairs are looked up by their lists. Of the heads they are not: these have no lists of pairs of their own.
    pub fn reads_pairs(&self) -> bool {
        self.files.as_ref().is_some_and(|store| store.tier != Tier::Heads)
    }

    /// Whether a phrase may be looked for in texts where its lists take much.
    pub fn reads_texts(&self) -> bool {
        self.files.as_ref().is_some_and(|store| matches!(store.tier, Tier::All | Tier::Narrow))
    }

    /// Where those of `pairs` stand that stand anywhere and have lists, each with its place in `pairs`: one type right
    /// before another, its positions. Nothing in memory. Cost: the lists are unpacked.
    pub fn pairs(&self, pairs: &[Pair]) -> Vec<PairList<'_>> {
        self.files.as_ref().map(|store| store.pairs(pairs)).unwrap_or_default()
    }

    /// Asks for the lists of pairs, and for their positions.
    pub fn want_pairs(&self, pairs: &[Pair], with_positions: bool) {
        if let Some(store) = &self.files {
            store.want_pairs(pairs, with_positions);
        }
    }

    /// Bytes of the postings of a type in files; 0 in memory.
    pub fn list_bytes(&self, type_id: TypeId) -> u64 {
        let Some(store) = &self.files else { return 0 };
        let own = self.vocabulary.list_place(type_id).unwrap_or_default().postings.len;
        u64::from(own) + store.root.tail_bytes(type_id.0)
    }
}
