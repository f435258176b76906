//! Fingerprints: a few sequences of words that stand for a text, so chosen that what two texts share, their
//! fingerprints share.
//!
//! Every sequence of `gram` words has a hash, and of every `window` sequences in a row the one with the smallest hash is
//! kept: whatever `gram + window - 1` words two texts have in common, at least one sequence in it is kept in both.
//! Where several are smallest, the last is taken, but one that is kept already stays (*robust winnowing*: a line that
//! repeats itself keeps one sequence a window instead of all). Source: Schleimer, Wilkerson & Aiken (2003), Winnowing.
//! About `2 / (window + 1)` of all sequences are kept.

/// Calls `each` with the place of the first word and the hash of every sequence kept, in order.
///
/// Cost: O(words × (gram + window)).
pub(super) fn fingerprints(words: &[u64], gram: usize, window: usize, mut each: impl FnMut(u32, u64)) {
    let grams: Vec<u64> = words.windows(gram.max(1)).map(sequence).collect();
    let window = window.clamp(1, grams.len().max(1));
    let mut kept: Option<usize> = None;
    for (start, hashes) in grams.windows(window).enumerate() {
        let Some(smallest) = hashes.iter().min() else { continue };
        let stays = kept.is_some_and(|kept| kept >= start && grams.get(kept) == Some(smallest));
        if !stays && let Some(last) = hashes.iter().rposition(|hash| hash == smallest) {
            kept = Some(start + last);
            each((start + last) as u32, *smallest);
        }
    }
}

/// A hash of words in a row, in which every bit of every word counts.
fn sequence(words: &[u64]) -> u64 {
    // The golden ratio as a fraction of 2⁶⁴ spreads; xor with the upper half mixes what multiplying cannot: downwards.
    const RATIO: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = 0u64;
    for word in words {
        hash = (hash.rotate_left(23) ^ word).wrapping_mul(RATIO);
        hash ^= hash >> 32;
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn kept(words: &[u64], gram: usize, window: usize) -> Vec<(u32, u64)> {
        let mut kept = Vec::new();
        fingerprints(words, gram, window, |place, hash| kept.push((place, hash)));
        kept
    }

    #[test]
    fn a_text_shorter_than_a_sequence_has_none() {
        assert!(kept(&[1, 2, 3], 4, 4).is_empty());
        assert_eq!(kept(&[1, 2, 3, 4], 4, 4).len(), 1);
    }

    #[test]
    fn a_line_that_repeats_itself_keeps_one_sequence_a_window() {
        assert_eq!(kept(&[7; 1003], 4, 10).len(), 100);
    }

    proptest! {
        #[test]
        fn what_two_texts_share_their_fingerprints_share(
            (before, shared, after) in (
                proptest::collection::vec(0u64..9, 0..20),
                proptest::collection::vec(0u64..9, 8..30),
                proptest::collection::vec(0u64..9, 0..20),
            )
        ) {
            let whole = [before, shared.clone(), after].concat();
            let hashes = |words: &[u64]| kept(words, 5, 4).into_iter().map(|(_, hash)| hash).collect::<BTreeSet<u64>>();
            prop_assert!(hashes(&whole).intersection(&hashes(&shared)).next().is_some());
        }

        #[test]
        fn places_are_in_order_and_no_window_is_left_out(words in proptest::collection::vec(0u64..4, 5..60)) {
            let places: Vec<u32> = kept(&words, 5, 4).into_iter().map(|(place, _)| place).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= 4));
        }
    }
}
