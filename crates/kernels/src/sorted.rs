//! Ascending lists: skipping, what two have in common, and making one of several runs.

use crate::{DocId, TokenPos};

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
    let mut merged = vec![0; list.len()];
    while !list.is_sorted() {
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

/// Appends the starts of spans of which a word at `positions` is the one `offset` after the first: each packed with
/// whether it is exact.
#[inline(never)]
pub fn push_starts(positions: &[TokenPos], offset: u32, is_exact: bool, starts: &mut Vec<u64>) {
    let after = positions.partition_point(|position| *position < offset);
    starts.extend(positions.iter().skip(after).map(|position| packed(position - offset, u32::from(is_exact))));
}

/// Keeps the starts that `next` has too, exact where both are; both are sorted.
#[inline(never)]
pub fn keep_common(starts: &mut Vec<u64>, next: &[u64]) {
    let mut at = 0;
    starts.retain_mut(|start| {
        let (position, is_exact) = unpacked(*start);
        while next.get(at).is_some_and(|other| unpacked(*other).0 < position) {
            at += 1;
        }
        match next.get(at).map(|other| unpacked(*other)) {
            Some((other, other_exact)) if other == position => {
                *start = packed(position, is_exact & other_exact);
                true
            }
            _ => false,
        }
    });
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
        fn starts_are_those_of_all_words(a in btree_set(0u32..60, 0..30), b in btree_set(0u32..60, 0..30), offset in 0u32..4) {
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let (mut starts, mut next) = (Vec::new(), Vec::new());
            push_starts(&list(&a), 0, true, &mut starts);
            push_starts(&list(&b), offset, a.len() % 2 == 0, &mut next);
            keep_common(&mut starts, &next);
            let naive = a.iter().filter(|start| b.contains(&(*start + offset)));
            let exact = u32::from(a.len() % 2 == 0);
            prop_assert_eq!(starts, naive.map(|start| packed(*start, exact)).collect::<Vec<_>>());
        }

        #[test]
        fn the_next_above_is_the_first(values in vec(0u8..9, 0..20), from in 0usize..25, least in 0u8..9) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let naive = (from..values.len()).find(|place| values[*place] > f64::from(least));
            prop_assert_eq!(next_above(&values, from, least.into()), naive);
        }
    }
}
