//! What is counted: the documents that a question selects, and its hits in them.

use crate::base::DocId;
use crate::index::{Forward, Index};
use crate::query::{Matches, Plan};

/// What a question selects of an index in memory.
#[derive(Clone, Copy)]
pub struct Selected<'s> {
    /// The index.
    pub index: &'s Index,
    /// The same, by document and place.
    pub forward: &'s Forward,
    /// Documents that pass the filters, ascending: the subcorpus.
    pub scope: &'s [DocId],
    /// Those of them that answer the query too, ascending.
    pub docs: &'s [DocId],
    /// The plan of the query.
    pub plan: &'s Plan,
    /// What it found.
    pub matches: &'s Matches<'s>,
}

/// A hit by its place in the forward index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its document.
    pub doc_id: DocId,
    /// Its first token, as a place in [`Forward::types`].
    pub start: u32,
    /// Number of tokens.
    pub width: u32,
    /// Which hit of its document, from 0.
    pub number: u32,
}

impl Selected<'_> {
    /// All hits, in the order of the corpus. Cost: linear in the hits.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for &doc_id in self.docs {
            self.places_in(doc_id, &mut |place| places.push(place));
        }
        places
    }

    /// Calls `each` with the hits in one document, in its order.
    pub fn places_in(&self, doc_id: DocId, each: &mut dyn FnMut(Place)) {
        let hits = self.matches.hits(self.plan, doc_id);
        for (number, hit) in (0..).zip(hits) {
            let start = self.forward.place(doc_id, hit.position) as u32;
            each(Place { doc_id, start, width: hit.width, number });
        }
    }

    /// Tokens in documents. Cost: linear in them.
    pub fn tokens(&self, docs: &[DocId]) -> u64 {
        docs.iter().map(|doc_id| self.forward.types(*doc_id).len() as u64).sum()
    }
}
