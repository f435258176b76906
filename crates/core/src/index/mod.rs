//! Floor 2: the index: which word type stands where.
//!
//! Useful for: every kind of word search (a word, its inflections, a prefix, a wildcard are all *sets of types*),
//! exact totals, filters and their counts. Not useful for: reading text (that is in the documents).
//!
//! The one decision: the vocabulary holds types *as written*, sorted by their folded key. Case, accents and
//! inflections are then questions to the vocabulary, answered once per query word, and a posting is never lost to
//! a normalisation that a reader did not want. Rejected: one index per degree of folding (three times the size).

pub mod borders;
pub mod build;
pub mod columns;
pub mod postings;
pub mod strings;
pub mod vocabulary;

pub use borders::Borders;
pub use build::build;
pub use columns::{Column, Columns};
pub use postings::{Postings, PostingsList};
pub use vocabulary::Vocabulary;

use crate::base::{DocId, TokenPos, TypeId};

/// Positions between the end of a title and the start of its text, so that no phrase reaches across.
pub const FIELD_GAP: TokenPos = 64;

/// An index over all documents of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// All word types.
    pub vocabulary: Vocabulary,
    /// Where each type stands.
    pub postings: Postings,
    /// What each document is, for ranking and marking; by [`DocId`].
    pub shapes: Vec<Shape>,
    /// Languages present, sorted; [`Shape::language`] points here.
    pub languages: Vec<String>,
    /// Metadata to filter, count and sort by.
    pub columns: Columns,
    /// Where sentences and paragraphs begin, once a query has asked.
    pub borders: Option<Borders>,
    /// Running words in all documents, titles included where they are not part of the text.
    pub token_count: u64,
}

/// The measures of one document in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Positions below this are the title's.
    pub title_end: TokenPos,
    /// Position of the first token of the text: 0 where the title is the beginning of the text itself, else after
    /// the title and [`FIELD_GAP`].
    pub text_start: TokenPos,
    /// Tokens of the text, and of the title where it is not part of the text.
    pub len: u32,
    /// Tokens of the text alone: what readers call its length.
    pub text_len: u32,
    /// Its language, as a place in [`Index::languages`].
    pub language: u8,
}

impl Index {
    /// Number of documents.
    pub fn doc_count(&self) -> u32 {
        self.shapes.len() as u32
    }

    /// Mean of [`Shape::len`]; 0 without documents.
    pub fn mean_len(&self) -> f64 {
        if self.shapes.is_empty() { 0.0 } else { self.token_count as f64 / self.shapes.len() as f64 }
    }

    /// Where a type stands, by document.
    pub fn postings(&self, type_id: TypeId) -> PostingsList<'_> {
        self.postings.list(type_id)
    }

    /// A document's shape; all zero for an id beyond the corpus.
    pub fn shape(&self, doc_id: DocId) -> Shape {
        self.shapes.get(doc_id.0 as usize).copied().unwrap_or_default()
    }
}
