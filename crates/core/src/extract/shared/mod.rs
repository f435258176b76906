//! Shared passages: what two documents say in the same or nearly the same words.
//!
//! Fingerprints of all documents ([`fingerprints`]) say which places of which two documents may agree; each such place
//! is followed both ways over small differences ([`chain`]), and what is long enough is a passage. That is linear in
//! the text but for sequences that very many documents have, which would make every document a pair with every other:
//! they are not followed but listed apart ([`Widespread`]), and what was left out is said ([`Found`]).
//!
//! Useful for: copies, reprints, updates of one story, agency texts in several papers, speeches that repeat each other;
//! in any language, since only folded words are compared. Not useful for: the same told in other words (see
//! [`aligned`]). Rejected: suffix arrays of the whole corpus, which find every repetition but no near one, and take
//! several times the memory of the text.

pub mod aligned;
mod chain;
mod content;
pub mod differences;
mod fingerprints;
mod keys;
mod pairs;
pub mod same;

pub use aligned::{Alignment, Pair, Place, aligned, alignment, only};
pub use differences::{Part, differences};
pub use pairs::{Pairs, Shared};
pub use same::{Quoted, Same, same_quotations};

use super::Reading;
use crate::base::{DocId, Span};

/// A passage that two documents share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The two documents, the lower first.
    pub documents: [DocId; 2],
    /// Where it stands in each.
    pub spans: [Span; 2],
    /// The parts that are word for word the same, in order: where in each. The rest differs: at most 8 words in a row.
    pub same: Vec<[Span; 2]>,
    /// Words that are the same. Two characters of a script without spaces count as one word.
    pub words: u32,
    /// How many documents have its sequences of five words, the middle one of those that were followed: 2 where nobody
    /// else says this, many where it is a formula.
    pub spread: u32,
}

/// Words that so many documents have that no pairs were made of it: a letterhead, a signature, a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widespread {
    /// How many documents have its words: of its sequences, that which most have.
    pub documents: u32,
    /// One of them.
    pub example: DocId,
    /// Where it stands there.
    pub span: Span,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The fewest words that are the same in a passage, at least 3. A run of 8 or more is always found;
    /// of one that a document repeats, a copy.
    pub least_words: u32,
    /// Only what this document shares with others; without it, what any two share.
    pub with: Option<DocId>,
    /// A sequence of words in more documents than this is widespread. It is lowered where so many documents repeat each
    /// other that there would be too many pairs, see [`Found::common_above`]; without pairs to fear ([`Options::with`]) too.
    pub common_above: u32,
    /// The most places followed; about 24 bytes each while it is worked out.
    pub most_places: u32,
    /// The most passages given; the longest are.
    pub most_passages: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options { least_words: 8, with: None, common_above: 64, most_places: 4_000_000, most_passages: 100_000 }
    }
}

/// What documents share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Passages: those with most words first, then by document and place.
    pub passages: Vec<Passage>,
    /// What very many documents have: that which most have first, then by document and place.
    pub widespread: Vec<Widespread>,
    /// Sequences of words that more documents than this have were not followed but listed as widespread.
    pub common_above: u32,
    /// Places left out because one document has the same sequence of words there for the fifth time or more.
    pub repeats: u32,
    /// Passages left out because there were too many; none is longer than those given.
    pub left_out: u32,
}

/// The passages that any two of these documents share, longest first.
///
/// Cost: linear in the words; about 0.1 s for a megabyte. [`Shared`] does the same in steps, with options.
pub fn shared(documents: &[(DocId, &Reading)]) -> Vec<Passage> {
    let mut shared = Shared::new(Options::default());
    for (doc_id, reading) in documents {
        shared.add(*doc_id, reading);
    }
    shared.pairs().finish().passages
}

#[cfg(test)]
mod tests;
