//! The forward index: which word type stands at each place of a document, for counting what stands around a hit.
//!
//! It is the postings turned around, 4 bytes a token, and is made when a lens first counts words: searching never needs
//! it. Useful for: contexts, windows, sequences, counting in a part of the corpus. Not useful for: finding a word.
//!
//! Places are counted without the gap between title and text; see [`Forward::place`].

use super::{FIELD_GAP, Index};
use crate::base::{DocId, TokenPos, TypeId};

/// Word types by document and place.
#[derive(Clone, Debug, Default)]
pub struct Forward {
    /// First entry of each document, and the number of entries at the end.
    starts: Vec<u32>,
    types: Vec<TypeId>,
    /// For each document, the places that belong to a title of its own.
    title_ends: Vec<u32>,
}

impl Forward {
    /// Turns the postings of an index in memory around. Cost: linear in its tokens.
    pub fn of(index: &Index) -> Forward {
        let count = index.doc_count();
        let mut starts = Vec::with_capacity(count as usize + 1);
        let mut title_ends = Vec::with_capacity(count as usize);
        let mut end = 0u32;
        for doc_id in (0..count).map(DocId) {
            let has_title = index.shapes.text_start(doc_id) > 0;
            let title_end = if has_title { index.shapes.title_end(doc_id) } else { 0 };
            starts.push(end);
            title_ends.push(title_end);
            end = end.saturating_add(title_end).saturating_add(index.shapes.text_len(doc_id));
        }
        starts.push(end);
        let mut forward = Forward { starts, types: vec![TypeId(0); end as usize], title_ends };
        for type_id in (0..index.vocabulary.len() as u32).map(TypeId) {
            let list = index.postings(type_id);
            for (place, &doc_id) in list.docs().iter().enumerate() {
                let start = forward.starts[doc_id.0 as usize] as usize;
                list.for_each_position(place, &mut |position| {
                    let at = start + forward.place(doc_id, position);
                    if let Some(slot) = forward.types.get_mut(at) {
                        *slot = type_id;
                    }
                });
            }
        }
        forward
    }

    /// The types of a document: those of a title of its own, then those of the text.
    pub fn types(&self, doc_id: DocId) -> &[TypeId] {
        let doc = doc_id.0 as usize;
        match (self.starts.get(doc), self.starts.get(doc + 1)) {
            (Some(&start), Some(&end)) => self.types.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The place of a position in [`Forward::types`].
    pub fn place(&self, doc_id: DocId, position: TokenPos) -> usize {
        let title_end = self.title_end(doc_id);
        if title_end == 0 || position < title_end {
            position as usize
        } else {
            position.saturating_sub(FIELD_GAP) as usize
        }
    }

    /// The position of a place in [`Forward::types`].
    pub fn position(&self, doc_id: DocId, place: usize) -> TokenPos {
        let title_end = self.title_end(doc_id);
        if title_end == 0 || (place as u32) < title_end { place as u32 } else { place as u32 + FIELD_GAP }
    }

    /// How many places at the beginning of a document belong to a title of its own; no context reaches across.
    pub fn title_end(&self, doc_id: DocId) -> u32 {
        self.title_ends.get(doc_id.0 as usize).copied().unwrap_or(0)
    }

    /// The places of the field, title or text, that a place lies in.
    pub fn field(&self, doc_id: DocId, place: usize) -> std::ops::Range<usize> {
        let title_end = self.title_end(doc_id) as usize;
        if place < title_end { 0..title_end } else { title_end..self.types(doc_id).len() }
    }
}
