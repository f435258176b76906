//! Columns: of each document some places in a list of values.

use std::ops::Range;

use crate::DocId;

/// A column as it lies: places of all documents, from one of `starts` to the next; one each where there are no starts.
#[derive(Clone, Copy, Debug)]
pub struct Ordinals<'c> {
    /// First entry of each document, and the number of entries at the end; or nothing.
    pub starts: &'c [u32],
    /// Places in the list of values.
    pub ordinals: &'c [u32],
}

impl<'c> Ordinals<'c> {
    /// Those of a document.
    pub fn of(&self, doc: usize) -> &'c [u32] {
        let range: Range<usize> = match (self.starts.get(doc), self.starts.get(doc + 1)) {
            _ if self.starts.is_empty() => doc..doc + 1,
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        };
        self.ordinals.get(range).unwrap_or(&[])
    }

    /// How many of `docs` have each value, added to `counts`.
    #[inline(never)]
    pub fn count(&self, docs: &[DocId], counts: &mut [u32]) {
        for doc_id in docs {
            for ordinal in self.of(doc_id.0 as usize) {
                if let Some(count) = counts.get_mut(*ordinal as usize) {
                    *count += 1;
                }
            }
        }
    }

    /// Adds the documents that have a value which is `wanted` to a set, a bit each.
    #[inline(never)]
    pub fn select(&self, wanted: &[bool], bits: &mut [u64]) {
        let count = if self.starts.is_empty() { self.ordinals.len() } else { self.starts.len() - 1 };
        for doc in 0..count {
            let is_wanted = self.of(doc).iter().any(|place| wanted.get(*place as usize) == Some(&true));
            if let Some(bits) = bits.get_mut(doc / 64).filter(|_| is_wanted) {
                *bits |= 1 << (doc % 64);
            }
        }
    }
}

/// How many of `values` lie from one of `borders` (ascending) to the next: below the first, and so on.
#[inline(never)]
pub fn count_between(values: &[u32], borders: &[u32]) -> Vec<u32> {
    let mut counts = vec![0; borders.len() + 1];
    for value in values {
        let place = borders.iter().filter(|border| value >= *border).count();
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    counts
}

/// Those of `values`, one of each document, that `docs` have.
#[inline(never)]
pub fn values_of(docs: &[DocId], values: &[u32]) -> Vec<u32> {
    docs.iter().filter_map(|doc_id| values.get(doc_id.0 as usize)).copied().collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn values_are_counted_and_selected(values in vec(vec(0u32..5, 0..3), 0..90), wanted in vec(any::<bool>(), 5)) {
            let mut starts = vec![0];
            starts.extend(values.iter().scan(0, |sum, own| { *sum += own.len() as u32; Some(*sum) }));
            let column = Ordinals { starts: &starts, ordinals: &values.concat() };
            let docs: Vec<DocId> = (0..values.len() as u32).filter(|doc| doc % 3 > 0).map(DocId).collect();
            let (mut counts, mut bits) = (vec![0; 5], vec![0; 2]);
            column.count(&docs, &mut counts);
            column.select(&wanted, &mut bits);
            for (value, count) in (0u32..).zip(counts) {
                let naive = docs.iter().map(|doc| values[doc.0 as usize].iter().filter(|own| **own == value).count());
                prop_assert_eq!(count as usize, naive.sum::<usize>());
            }
            let naive = (0..values.len()).filter(|doc| values[*doc].iter().any(|own| wanted[*own as usize]));
            prop_assert_eq!(crate::sets::members(&bits), naive.map(|doc| DocId(doc as u32)).collect::<Vec<_>>());
        }

        #[test]
        fn numbers_are_counted_between_borders(values in vec(0u32..50, 0..90)) {
            let docs: Vec<DocId> = (0..values.len() as u32).filter(|doc| doc % 3 > 0).map(DocId).collect();
            let own = values_of(&docs, &values);
            let naive = |from, to| own.iter().filter(|value| (from..to).contains(*value)).count() as u32;
            prop_assert_eq!(count_between(&own, &[10, 30]), vec![naive(0, 10), naive(10, 30), naive(30, 50)]);
            prop_assert_eq!(own.len(), docs.len());
        }
    }
}
