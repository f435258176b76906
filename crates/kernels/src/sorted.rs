//! Ascending lists: skipping, what two have in common, and making one of several runs.

use std::cmp::Ordering;

use crate::{DocId, OfLanguage, TokenPos};

/// Two numbers as one that sorts like the pair.
pub fn packed(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// What [`packed`] put together.
pub fn unpacked(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// The first place at or after `from` whose document is not before `target`, by doubling steps (Bentley & Yao 1976,
/// Information Processing Letters 5(3)).
pub fn advance(docs: &[DocId], from: usize, target: DocId) -> usize {
    let mut step = 1;
    let mut low = from;
    while docs.get(low + step).is_some_and(|doc_id| *doc_id < target) {
        low += step;
        step *= 2;
    }
    let high = (low + step + 1).min(docs.len());
    low.min(docs.len()) + docs.get(low..high).unwrap_or(&[]).partition_point(|doc_id| *doc_id < target)
}

/// What both lists have. Cost: the shorter one, with skipping in the longer.
#[inline(never)]
pub fn common(a: &[DocId], b: &[DocId]) -> Vec<DocId> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut both = Vec::new();
    let mut place = 0;
    for doc_id in short {
        place = advance(long, place, *doc_id);
        match long.get(place) {
            Some(other) if other == doc_id => both.push(*doc_id),
            Some(_) => {}
            None => break,
        }
    }
    both
}

/// Sorts numbers that come as a few ascending runs, as lists one after the other do: a merge sort of the runs that are there
/// (Knuth, The Art of Computer Programming 3, 5.2.4). Cost: O(n log runs).
#[inline(never)]
pub fn sort_runs(list: &mut Vec<u64>) {
    let mut merged = Vec::new();
    while !list.is_sorted() {
        merged.resize(list.len(), 0);
        let (mut first, mut second, mut rest): (&[u64], &[u64], &[u64]) = (&[], &[], list);
        for place in &mut merged {
            if first.is_empty() && second.is_empty() {
                (first, rest) = run(rest);
                (second, rest) = run(rest);
            }
            let is_second = second.first().is_some_and(|b| first.first().is_none_or(|a| b < a));
            let from = if is_second { &mut second } else { &mut first };
            if let Some((least, others)) = from.split_first() {
                *place = *least;
                *from = others;
            }
        }
        std::mem::swap(list, &mut merged);
    }
}

/// The ascending run at the beginning, and the rest.
fn run(list: &[u64]) -> (&[u64], &[u64]) {
    let end = list.windows(2).position(|pair| pair[0] > pair[1]).map_or(list.len(), |place| place + 1);
    list.split_at(end)
}

/// The places in `list` of what it has of `docs`; only of one language, where one is given with the languages of all
/// documents. Cost: both, or the shorter one with skipping in the other.
#[inline(never)]
pub fn places(list: &[DocId], docs: &[DocId], language: OfLanguage) -> Vec<u32> {
    let (Some(first), Some(last)) = (docs.first(), docs.last()) else { return Vec::new() };
    let (mut place, mut at) = (advance(list, 0, *first), 0);
    let here = advance(list, place, *last) - place + 1;
    let mut places = Vec::with_capacity(here.min(docs.len()));
    // Steps of one are faster than skipping where there is little to skip.
    let (is_far, is_sparse) = (docs.len() > SPARSE * here, here > SPARSE * docs.len());
    while let (Some(own), Some(other)) = (list.get(place), docs.get(at)) {
        match own.cmp(other) {
            Ordering::Equal => {
                if language.is_none_or(|(language, languages)| languages.get(own.0 as usize) == Some(&language)) {
                    places.push(place as u32);
                }
                place += 1;
                at += 1;
            }
            Ordering::Less if is_sparse => place = advance(list, place, *other),
            Ordering::Less => place += 1,
            Ordering::Greater if is_far => at = advance(docs, at, *own),
            Ordering::Greater => at += 1,
        }
    }
    places
}

/// How many times longer a list is in which skipping is faster than steps.
const SPARSE: usize = 8;

/// Where a span may start: document, position, and whether it is exact, as one number that sorts so. A document has fewer
/// than 2³¹ positions: its text has less than 4 GB.
pub fn start(doc_id: DocId, position: TokenPos, is_exact: bool) -> u64 {
    packed(doc_id.0, position << 1 | u32::from(is_exact))
}

/// What [`start`] put together.
pub fn parts_of_start(start: u64) -> (DocId, TokenPos, bool) {
    let (doc, rest) = unpacked(start);
    (DocId(doc), rest >> 1, rest & 1 == 1)
}

/// Appends where spans start in a document of which a word at `positions` is the one `offset` after the first.
pub fn push_starts(doc_id: DocId, positions: &[TokenPos], offset: u32, is_exact: bool, starts: &mut Vec<u64>) {
    for position in positions.iter().filter(|position| **position >= offset) {
        starts.push(start(doc_id, position - offset, is_exact));
    }
}

/// [`push_starts`] for those of `docs` at `places`, whose positions lie in `positions`, from one of `bounds` to the next.
#[inline(never)]
pub fn push_flat_starts(
    (docs, places): (&[DocId], &[u32]),
    (bounds, positions): (&[u32], &[TokenPos]),
    offset: u32,
    is_exact: bool,
    starts: &mut Vec<u64>,
) {
    for place in places.iter().map(|place| *place as usize) {
        if let (Some(doc_id), Some(&[from, to])) = (docs.get(place), bounds.get(place..).and_then(<[u32]>::first_chunk))
        {
            let own = positions.get(from as usize..to as usize).unwrap_or(&[]);
            push_starts(*doc_id, own, offset, is_exact, starts);
        }
    }
}

/// Keeps the starts that `next` has too, exact where both are; both are sorted.
#[inline(never)]
pub fn keep_common(starts: &mut Vec<u64>, next: &[u64]) {
    let mut at = 0;
    starts.retain_mut(|start| {
        while next.get(at).is_some_and(|other| *other >> 1 < *start >> 1) {
            at += 1;
        }
        match next.get(at) {
            Some(other) if *other >> 1 == *start >> 1 => {
                *start &= *other;
                true
            }
            _ => false,
        }
    });
}

/// The documents of sorted starts, each once.
#[inline(never)]
pub fn docs_of_starts(starts: &[u64]) -> Vec<DocId> {
    let mut docs: Vec<DocId> = Vec::new();
    for doc_id in starts.iter().map(|start| parts_of_start(*start).0) {
        if docs.last() != Some(&doc_id) {
            docs.push(doc_id);
        }
    }
    docs
}

/// The first place from `from` on whose value is above `least`.
#[inline(never)]
pub fn next_above(values: &[f64], from: usize, least: f64) -> Option<usize> {
    let rest = values.get(from..)?;
    rest.iter().position(|value| value.total_cmp(&least).is_gt()).map(|place| from + place)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    fn docs(set: &BTreeSet<u32>) -> Vec<DocId> {
        set.iter().map(|doc| DocId(*doc)).collect()
    }

    proptest! {
        #[test]
        fn packing_keeps_pairs_and_their_order(a: (u32, u32), b: (u32, u32)) {
            prop_assert_eq!(unpacked(packed(a.0, a.1)), a);
            prop_assert_eq!(packed(a.0, a.1).cmp(&packed(b.0, b.1)), a.cmp(&b));
        }

        #[test]
        fn skipping_finds_the_first_not_before(list in btree_set(0u32..300, 0..60), from in 0usize..70, target in 0u32..310) {
            let list = docs(&list);
            let naive = (from..list.len()).find(|place| list[*place] >= DocId(target)).unwrap_or(list.len());
            prop_assert_eq!(advance(&list, from.min(list.len()), DocId(target)).max(from.min(list.len())), naive.max(from.min(list.len())));
        }

        #[test]
        fn what_is_common_is_in_both(a in btree_set(0u32..300, 0..90), b in btree_set(0u32..300, 0..9)) {
            let both = docs(&a.intersection(&b).copied().collect());
            prop_assert_eq!(common(&docs(&a), &docs(&b)), both.clone());
            prop_assert_eq!(common(&docs(&b), &docs(&a)), both);
        }

        #[test]
        fn runs_are_sorted(mut list in vec(0u64..50, 0..90)) {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            sort_runs(&mut list);
            prop_assert_eq!(list, sorted);
        }

        #[test]
        fn places_are_those_of_what_is_common(
            a in btree_set(0u32..300, 0..90), b in btree_set(0u32..300, 0..90), few in 0usize..9, language in proptest::option::of(0u8..2),
        ) {
            let languages: Vec<u8> = (0..300u32).map(|doc| (doc % 2) as u8).collect();
            let short: BTreeSet<u32> = b.iter().copied().take(few).collect();
            for (a, b) in [(&a, &b), (&a, &short), (&short, &a)] {
                let list = docs(a);
                let of = |doc: &u32| language.is_none_or(|language| *doc % 2 == u32::from(language));
                let naive = (0..list.len()).filter(|place| b.contains(&list[*place].0) && of(&list[*place].0));
                let found = places(&list, &docs(b), language.map(|language| (language, languages.as_slice())));
                prop_assert_eq!(found, naive.map(|place| place as u32).collect::<Vec<_>>());
            }
        }

        #[test]
        fn starts_are_those_of_all_words(
            texts in vec((btree_set(0u32..60, 0..30), btree_set(0u32..60, 0..30)), 0..6), offset in 0u32..4, is_exact: bool,
        ) {
            let ids: Vec<DocId> = (0u32..).zip(&texts).map(|(doc, _)| DocId(doc * 3)).collect();
            let all: Vec<u32> = (0u32..).zip(&texts).map(|(place, _)| place).collect();
            let flat = |lists: &mut dyn Iterator<Item = &BTreeSet<u32>>| {
                let (mut bounds, mut positions) = (vec![0], Vec::new());
                for list in lists {
                    positions.extend(list);
                    bounds.push(positions.len() as u32);
                }
                (bounds, positions)
            };
            let (first, second) =
                (flat(&mut texts.iter().map(|text| &text.0)), flat(&mut texts.iter().map(|text| &text.1)));
            let (mut starts, mut next) = (Vec::new(), Vec::new());
            push_flat_starts((&ids, &all), (&first.0, &first.1), 0, true, &mut starts);
            push_flat_starts((&ids, &all), (&second.0, &second.1), offset, is_exact, &mut next);
            keep_common(&mut starts, &next);
            let naive: Vec<(DocId, u32, bool)> = ids.iter().zip(&texts).flat_map(|(doc, (a, b))| {
                a.iter().filter(move |start| b.contains(&(*start + offset))).map(move |start| (*doc, *start, is_exact))
            }).collect();
            let found: Vec<(DocId, u32, bool)> = starts.iter().map(|start| parts_of_start(*start)).collect();
            prop_assert_eq!(&found, &naive);
            let mut docs: Vec<DocId> = naive.iter().map(|(doc, ..)| *doc).collect();
            docs.dedup();
            prop_assert_eq!(docs_of_starts(&starts), docs);
        }

        #[test]
        fn the_next_above_is_the_first(values in vec(0u8..9, 0..20), from in 0usize..25, least in 0u8..9) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let naive = (from..values.len()).find(|place| values[*place] > f64::from(least));
            prop_assert_eq!(next_above(&values, from, least.into()), naive);
        }
    }
}
