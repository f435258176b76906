//! Borders: where sentences and paragraphs begin, in positions. Made when a query first asks for them.

use super::{FIELD_GAP, Index};
use crate::base::{DocId, Span, TokenPos};
use crate::document::Document;
use crate::text::tokens::tokens;
use crate::text::{paragraphs, sentences};

/// The first positions of all sentences and paragraphs: 4 bytes each. A title of its own is one of either.
#[derive(Clone, Debug, Default)]
pub struct Borders {
    sentences: Starts,
    paragraphs: Starts,
}

#[derive(Clone, Debug, Default)]
struct Starts {
    /// First entry of each document, and the number of entries at the end.
    docs: Vec<u32>,
    positions: Vec<TokenPos>,
}

impl Borders {
    /// Cuts all documents. Cost: one pass over the texts, about 100 MB/s.
    pub fn of(index: &Index, documents: &[Document]) -> Borders {
        let mut borders = Borders::default();
        for (document, shape) in documents.iter().zip(&index.shapes) {
            let text = &document.text;
            let starts: Vec<u32> = tokens(text).iter().map(|token| token.span.start).collect();
            let has_title = shape.text_start > 0;
            let add = |units: &mut Starts, spans: &[Span]| {
                units.docs.push(units.positions.len() as u32);
                if has_title {
                    units.positions.push(0);
                }
                let mut last = None;
                for span in spans {
                    let token = starts.partition_point(|start| *start < span.start) as TokenPos;
                    if last != Some(token) {
                        units.positions.push(shape.text_start + token);
                    }
                    last = Some(token);
                }
            };
            add(&mut borders.sentences, &sentences(text, document.language.value.as_deref()));
            add(&mut borders.paragraphs, &paragraphs(text));
        }
        for units in [&mut borders.sentences, &mut borders.paragraphs] {
            units.docs.push(units.positions.len() as u32);
        }
        borders
    }

    /// First positions of the sentences of a document, ascending.
    pub fn sentences(&self, doc_id: DocId) -> &[TokenPos] {
        self.sentences.of(doc_id)
    }

    /// First positions of the paragraphs of a document, ascending.
    pub fn paragraphs(&self, doc_id: DocId) -> &[TokenPos] {
        self.paragraphs.of(doc_id)
    }
}

impl Starts {
    fn of(&self, doc_id: DocId) -> &[TokenPos] {
        let at = |place: usize| self.docs.get(place).copied().unwrap_or(0) as usize;
        self.positions.get(at(doc_id.0 as usize)..at(doc_id.0 as usize + 1)).unwrap_or(&[])
    }
}

/// The positions of a document that hold tokens: those of the title where it stands by itself, and those of the text.
pub fn fields(index: &Index, doc_id: DocId) -> [Span; 2] {
    let shape = index.shape(doc_id);
    let text = Span::new(shape.text_start, shape.text_start + shape.text_len);
    [Span::new(0, shape.text_start.saturating_sub(FIELD_GAP)), text]
}
