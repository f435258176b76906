//! The measures of all documents, each measure by itself: a question needs one or two of them.

use super::FIELD_GAP;
use super::lazy::Lazy;
use crate::base::{DocId, TokenPos};

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
    /// Its language, as a place in [`super::Index::languages`].
    pub language: u8,
}

/// The measures of all documents, by [`DocId`].
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    /// [`Shape::len`] as [`rounded`] gives it: all that ranking needs.
    pub(super) lengths: Lazy<Vec<u8>>,
    /// [`Shape::text_len`].
    pub(super) text_lens: Lazy<Vec<u32>>,
    /// [`Shape::title_end`], twice; one more where the title stands by itself before the text.
    pub(super) titles: Lazy<Vec<u32>>,
    /// [`Shape::language`].
    pub(super) languages: Lazy<Vec<u8>>,
}

impl Shapes {
    /// Those in memory.
    pub(super) fn of(shapes: &[Shape]) -> Shapes {
        let title = |shape: &Shape| shape.title_end * 2 + u32::from(shape.text_start > 0);
        Shapes {
            lengths: Lazy::there(shapes.iter().map(|shape| rounded(shape.len)).collect()),
            text_lens: Lazy::there(shapes.iter().map(|shape| shape.text_len).collect()),
            titles: Lazy::there(shapes.iter().map(title).collect()),
            languages: Lazy::there(shapes.iter().map(|shape| shape.language).collect()),
        }
    }

    /// The length that ranking holds against a document.
    pub fn length(&self, doc_id: DocId) -> u32 {
        self.lengths.get().get(doc_id.0 as usize).map_or(0, |code| typical(*code))
    }

    /// The lengths of all documents, as [`rounded`] gives them.
    pub fn lengths(&self) -> &[u8] {
        self.lengths.get()
    }

    /// [`Shape::text_len`].
    pub fn text_len(&self, doc_id: DocId) -> u32 {
        self.text_lens().get(doc_id.0 as usize).copied().unwrap_or(0)
    }

    /// [`Shape::text_len`] of all documents.
    pub fn text_lens(&self) -> &[u32] {
        self.text_lens.get()
    }

    /// [`Shape::len`], exactly: tokens of the text, and of the title where it stands by itself.
    pub fn tokens(&self, doc_id: DocId) -> u32 {
        let title = self.title(doc_id);
        self.text_len(doc_id) + if title % 2 == 1 { title / 2 } else { 0 }
    }

    /// [`Shape::title_end`].
    pub fn title_end(&self, doc_id: DocId) -> TokenPos {
        self.title(doc_id) / 2
    }

    /// [`Shape::text_start`].
    pub fn text_start(&self, doc_id: DocId) -> TokenPos {
        let title = self.title(doc_id);
        if title % 2 == 1 { title / 2 + FIELD_GAP } else { 0 }
    }

    /// [`Shape::language`].
    pub fn language(&self, doc_id: DocId) -> u8 {
        self.languages.get().get(doc_id.0 as usize).copied().unwrap_or(0)
    }

    /// Of all documents [`Shape::title_end`], twice, and one more where the title stands by itself before the text.
    pub fn titles(&self) -> &[u32] {
        self.titles.get()
    }

    /// [`Shape::language`] of all documents.
    pub fn languages(&self) -> &[u8] {
        self.languages.get()
    }

    fn title(&self, doc_id: DocId) -> u32 {
        self.titles.get().get(doc_id.0 as usize).copied().unwrap_or(0)
    }
}

/// A length as a code: exact below 64, from there on eight codes for each power of two, up to 2³⁰.
///
/// Ranking weighs lengths by this, in memory and from files alike, since each first search has to load them. Short texts
/// are many, and their rank is the most sensitive: with two codes for each power of two and exact ones only below four,
/// the mean average precision on NPL fell from 0.291 to 0.286. Lucene does much the same (`SmallFloat.intToByte4`: exact
/// below 40, then eight for each power of two).
pub fn rounded(len: u32) -> u8 {
    if len < EXACT {
        return len as u8;
    }
    let len = len.min((1 << 30) - 1);
    let power = len.ilog2();
    (EXACT + 8 * (power - 6) + (len >> (power - 3) & 7)) as u8
}

/// Lengths below this are kept as they are.
const EXACT: u32 = 64;

/// The middle of the lengths that have a code.
pub fn typical(code: u8) -> u32 {
    let Some(above) = u32::from(code).checked_sub(EXACT) else { return code.into() };
    let step = 1 << (above / 8 + 3);
    (8 + above % 8) * step + (step - 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_rounded_to_the_middle_of_its_neighbours() {
        for len in (0..5_000).chain([(1 << 30) - 1, 1 << 29, 123_456_789]) {
            let code = rounded(len);
            assert_eq!(rounded(typical(code)), code, "{len}");
            let off = (f64::from(typical(code)) - f64::from(len)).abs() / f64::from(len.max(1));
            assert!(off <= 0.0625, "{len}: {}", typical(code));
        }
        assert_eq!([0, 1, 63, 64, 100, 118].map(|len| typical(rounded(len))), [0, 1, 63, 67, 99, 115]);
        assert_eq!(rounded(u32::MAX), rounded((1 << 30) - 1), "longer ones count as a billion words");
    }
}
