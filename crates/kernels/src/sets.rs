//! Sets of documents, a bit each.

use crate::{DocId, OfLanguage};

/// Adds documents; only those of a language, where one is given.
#[inline(never)]
pub fn insert_all(bits: &mut [u64], docs: &[DocId], language: OfLanguage) {
    for doc_id in docs {
        let is_of = |(language, languages): (u8, &[u8])| languages.get(doc_id.0 as usize) == Some(&language);
        if let Some(bits) = bits.get_mut(doc_id.0 as usize / 64).filter(|_| language.is_none_or(is_of)) {
            *bits |= 1 << (doc_id.0 % 64);
        }
    }
}

/// The documents inside, ascending.
#[inline(never)]
pub fn members(bits: &[u64]) -> Vec<DocId> {
    let mut docs = Vec::with_capacity(bits.iter().map(|bits| bits.count_ones() as usize).sum());
    for (place, bits) in (0u32..).zip(bits) {
        let mut left = *bits;
        while left != 0 {
            docs.push(DocId(place * 64 + left.trailing_zeros()));
            left &= left - 1;
        }
    }
    docs
}

/// Keeps the documents that are inside.
#[inline(never)]
pub fn retain(docs: &mut Vec<DocId>, bits: &[u64]) {
    docs.retain(|doc_id| bits.get(doc_id.0 as usize / 64).is_some_and(|bits| bits >> (doc_id.0 % 64) & 1 == 1));
}

#[cfg(test)]
mod tests {
    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_set_has_what_was_put_in(a in btree_set(0u32..200, 0..90), b in btree_set(0u32..200, 0..90)) {
            let docs = |set: &mut dyn Iterator<Item = &u32>| set.map(|doc| DocId(*doc)).collect::<Vec<_>>();
            let mut bits = [0; 4];
            insert_all(&mut bits, &docs(&mut a.iter()), None);
            prop_assert_eq!(members(&bits), docs(&mut a.iter()));
            let languages: Vec<u8> = (0..200).map(|doc| doc % 3).collect();
            let mut of_one = [0; 4];
            insert_all(&mut of_one, &docs(&mut a.iter()), Some((1, languages.as_slice())));
            prop_assert_eq!(members(&of_one), docs(&mut a.iter().filter(|doc| **doc % 3 == 1)));
            let mut left = docs(&mut b.iter());
            retain(&mut left, &bits);
            prop_assert_eq!(left, docs(&mut a.intersection(&b)));
        }
    }
}
