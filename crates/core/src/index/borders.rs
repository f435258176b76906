//! Borders: where sentences and paragraphs begin, in positions. In memory they are made when a query first asks for
//! them; in files they lie in chunks by document.

use std::borrow::Cow;

use super::files::{ChunkId, ChunkKind};
use super::wants::Wants;
use super::{FIELD_GAP, Index};
use crate::base::{DocId, Span, TokenPos};
use crate::document::Document;
use crate::text::{paragraphs, sentences, tokenize};

/// The first positions of all sentences and paragraphs: 4 bytes each. A title of its own is one of either.
#[derive(Clone, Debug, Default)]
pub struct Borders {
    /// First document of each run, with the run where it is there.
    runs: Vec<(DocId, Option<BorderRun>)>,
    wants: Wants,
}

/// The borders in documents that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BorderRun {
    pub(super) sentences: Starts,
    pub(super) paragraphs: Starts,
}

/// First positions of units, ascending in each document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Starts {
    /// Entries before the end of each document.
    pub(super) ends: Vec<u32>,
    pub(super) positions: Vec<TokenPos>,
}

impl Borders {
    /// Cuts all documents of an index in memory. Cost: one pass over the texts, about 100 MB/s.
    pub fn of(index: &Index, documents: &mut dyn Iterator<Item = Cow<'_, Document>>) -> Borders {
        let mut run = BorderRun::default();
        for (doc, document) in (0..).zip(documents) {
            run.push(&document, index.shapes.text_start(DocId(doc)));
        }
        Borders { runs: vec![(DocId(0), Some(run))], wants: Wants::default() }
    }

    /// Those in files: nothing is there yet.
    pub(super) fn missing(first_docs: &[u32], wants: &Wants) -> Borders {
        Borders { runs: first_docs.iter().map(|doc| (DocId(*doc), None)).collect(), wants: wants.clone() }
    }

    /// Hands in a run that was missing.
    pub(super) fn supply(&mut self, number: u32, run: BorderRun) {
        if let Some(slot) = self.runs.get_mut(number as usize) {
            slot.1 = Some(run);
        }
    }

    /// First positions of the sentences of a document, ascending.
    pub fn sentences(&self, doc_id: DocId) -> &[TokenPos] {
        self.run_of(doc_id).map_or(&[], |(run, place)| run.sentences.of(place))
    }

    /// First positions of the paragraphs of a document, ascending.
    pub fn paragraphs(&self, doc_id: DocId) -> &[TokenPos] {
        self.run_of(doc_id).map_or(&[], |(run, place)| run.paragraphs.of(place))
    }

    /// The run that a document is in, and whether it is there.
    pub(super) fn place_of(&self, doc_id: DocId) -> (u32, bool) {
        let number = self.runs.partition_point(|(first, _)| *first <= doc_id).saturating_sub(1);
        (number as u32, self.runs.get(number).is_some_and(|(_, run)| run.is_some()))
    }

    /// The runs that are there.
    pub(super) fn held(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.runs).filter(|(_, (_, run))| run.is_some()).map(|(number, _)| number)
    }

    fn run_of(&self, doc_id: DocId) -> Option<(&BorderRun, usize)> {
        let number = self.runs.partition_point(|(first, _)| *first <= doc_id).checked_sub(1)?;
        let (first, run) = self.runs.get(number)?;
        if run.is_none() {
            self.wants.note(ChunkId { kind: ChunkKind::Borders, number: number as u32 });
        }
        Some((run.as_ref()?, (doc_id.0 - first.0) as usize))
    }
}

impl BorderRun {
    /// Adds the borders of a document whose text begins at the position `text_start`.
    pub(super) fn push(&mut self, document: &Document, text_start: TokenPos) {
        let text = &document.text;
        // A word and the space after it are six bytes in most languages.
        let mut starts: Vec<u32> = Vec::with_capacity(text.len() / 5);
        tokenize(text, |token| starts.push(token.span.start));
        let add = |units: &mut Starts, spans: &[Span]| {
            if text_start > 0 {
                units.positions.push(0);
            }
            let mut last = None;
            for span in spans {
                let token = starts.partition_point(|start| *start < span.start) as TokenPos;
                if last != Some(token) {
                    units.positions.push(text_start + token);
                }
                last = Some(token);
            }
            units.ends.push(units.positions.len() as u32);
        };
        add(&mut self.sentences, &sentences(text, document.language.value.as_deref()));
        add(&mut self.paragraphs, &paragraphs(text));
    }
}

impl Starts {
    /// The positions of the document at a place.
    pub(super) fn of(&self, place: usize) -> &[TokenPos] {
        let end_of = |place: usize| self.ends.get(place).copied().unwrap_or(0) as usize;
        let start = place.checked_sub(1).map_or(0, end_of);
        self.positions.get(start..end_of(place)).unwrap_or(&[])
    }
}

/// The positions of a document that hold tokens: those of the title where it stands by itself, and those of the text.
pub fn fields(index: &Index, doc_id: DocId) -> [Span; 2] {
    let start = index.shapes.text_start(doc_id);
    let end = start.saturating_add(index.shapes.text_len(doc_id));
    [Span::new(0, start.saturating_sub(FIELD_GAP)), Span::new(start, end)]
}
