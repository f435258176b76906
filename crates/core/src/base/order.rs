//! Sorting in one copy.
//!
//! Every typed `sort` of the standard library becomes 6 to 10 KB of the page; two dozen of them were a third of its
//! code. Lists that are not on the hot path are sorted here instead, through their places and a comparison called
//! by pointer: one copy for all. Hot lists are packed into `u64` and
//! sorted as such ([`sort_runs`]).

use std::cmp::Ordering;

use sheaf_kernels::sorted::next_above;
pub use sheaf_kernels::sorted::{packed, sort_runs, unpacked};

/// Most of a few that are kept in order while the rest is looked at.
const FEW: usize = 1_024;

/// The places of the first `count` of `len` things in the order of `compare`; equal ones in the order of their places.
///
/// Cost: O(len log len) comparisons; where `count` is small beside `len`, about `len`.
pub fn first_by(len: usize, count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    // A few of many: most are compared once, with the last of the best so far.
    if count <= FEW && count < len / 4 {
        let mut best: Vec<usize> = Vec::with_capacity(count + 1);
        for place in 0..len {
            if best.len() < count || best.last().is_some_and(|last| compare(place, *last) == Ordering::Less) {
                let at = best.partition_point(|own| compare(*own, place) != Ordering::Greater);
                best.insert(at, place);
                best.truncate(count);
            }
        }
        return best;
    }
    let mut places = merge_sorted(len, compare);
    places.truncate(count);
    places
}

/// The places of `len` things in the order of `compare`; equal ones in the order of their places. A merge sort from the
/// bottom up (Knuth, The Art of Computer Programming 3, 5.2.4): a tenth of the code of the standard library's.
fn merge_sorted(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        let mut merged = Vec::with_capacity(len);
        for run in places.chunks(2 * width) {
            let (mut first, mut second) = run.split_at(width.min(run.len()));
            while let (Some(a), Some(b)) = (first.first(), second.first()) {
                let taken = if compare(*a, *b) == Ordering::Greater { &mut second } else { &mut first };
                if let Some((place, rest)) = taken.split_first() {
                    merged.push(*place);
                    *taken = rest;
                }
            }
            merged.extend_from_slice(first);
            merged.extend_from_slice(second);
        }
        places = merged;
        width *= 2;
    }
    places
}

/// The places of the `count` highest values, the highest first; equal ones in the order of their places.
///
/// Cost: O(count log count), and each of the others is compared with the last of the best so far; that of
/// [`first_by`] where more than a few are asked for.
pub fn highest(values: &[f64], count: usize) -> Vec<usize> {
    let mut compare = |a: usize, b: usize| match (values.get(a), values.get(b)) {
        (Some(a), Some(b)) => b.total_cmp(a),
        _ => Ordering::Equal,
    };
    if count > FEW {
        return first_by(values.len(), count, &mut compare);
    }
    let mut best = first_by(count.min(values.len()), count, &mut compare);
    let mut from = count;
    while let Some(least) = best.last().and_then(|last| values.get(*last))
        && let Some(place) = next_above(values, from, *least)
    {
        let at = best.partition_point(|own| compare(*own, place) != Ordering::Greater);
        best.insert(at, place);
        best.truncate(count);
        from = place + 1;
    }
    best
}

/// Sorts a list by `compare`; equal ones keep their order.
pub fn sort_by<T>(list: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let places = first_by(list.len(), list.len(), &mut |a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(places.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorting_by_places_is_sorting(list in proptest::collection::vec((0u8..9, 0u8..9), 0..40), count in 0usize..50) {
            let mut expected = list.clone();
            expected.sort_by_key(|pair| pair.0);
            let mut sorted = list.clone();
            sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(&sorted, &expected);
            let first = first_by(list.len(), count, &mut |a, b| list[a].0.cmp(&list[b].0));
            let first: Vec<_> = first.into_iter().map(|place| list[place]).collect();
            prop_assert_eq!(first, expected[..count.min(list.len())].to_vec());
        }

        #[test]
        fn the_highest_come_first(values in proptest::collection::vec(0u8..40, 0..200), count in 0usize..12) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mut expected: Vec<usize> = (0..values.len()).collect();
            expected.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
            expected.truncate(count);
            prop_assert_eq!(highest(&values, count), expected);
        }
    }
}
