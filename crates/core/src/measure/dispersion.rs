//! Dispersion: how evenly a word is spread over the parts of a corpus.
//!
//! The parts are the caller's: documents, or chunks of equal size. Every value depends on them, so they are named
//! wherever one is shown. What is measured by position instead of parts is [`average_reduced_frequency`].

use super::contingency::finite;
use crate::base::math::{log2, sqrt};

/// A word in the parts of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Times the word stands in each part.
    pub counts: Vec<u64>,
    /// Tokens of each part, in the same order.
    pub sizes: Vec<u64>,
}

impl Parts {
    /// Number of parts; 0 where counts and sizes are not of the same number.
    pub fn len(&self) -> usize {
        if self.counts.len() == self.sizes.len() { self.counts.len() } else { 0 }
    }

    /// Whether there are no parts.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts, and their sum above 0: the word is somewhere. Also at least two parts: in one, everything is even.
    fn counted(&self) -> Option<(Vec<f64>, f64)> {
        let counts: Vec<f64> = self.counts.iter().map(|count| *count as f64).collect();
        let sum: f64 = counts.iter().sum();
        (self.len() > 1 && sum > 0.0).then_some((counts, sum))
    }

    /// Each part's share of the word, and of all tokens.
    fn shares(&self) -> Option<Vec<(f64, f64)>> {
        let (counts, sum) = self.counted()?;
        let size: f64 = self.sizes.iter().map(|size| *size as f64).sum();
        if size == 0.0 {
            return None;
        }
        Some(counts.iter().zip(&self.sizes).map(|(count, part)| (count / sum, *part as f64 / size)).collect())
    }

    /// Relative frequency in each part; a part without tokens has none.
    fn rates(&self) -> Option<Vec<f64>> {
        let (counts, _) = self.counted()?;
        // The word in a part of no tokens: what was given cannot be.
        let rate = |(count, size): (&f64, &u64)| finite(if *count == 0.0 { 0.0 } else { count / *size as f64 });
        counts.iter().zip(&self.sizes).map(rate).collect()
    }
}

/// Number of parts that have the word. Cost: linear in the parts, as of all measures here.
pub fn range(parts: &Parts) -> Option<f64> {
    (!parts.is_empty()).then(|| parts.counts.iter().filter(|count| **count > 0).count() as f64)
}

/// Coefficient of variation of the counts: population standard deviation over mean. 0 is even. `None` with fewer than
/// two parts or without the word.
pub fn variation(parts: &Parts) -> Option<f64> {
    variation_of(&parts.counted()?.0)
}

/// Juilland's D for parts of equal size: `1 − CV/√(n − 1)` of the counts, with the population standard deviation. 1 is
/// even, 0 is all in one part. `None` with fewer than two parts or without the word. Source: Juilland et al. (1970).
pub fn juilland_d(parts: &Parts) -> Option<f64> {
    juilland_of(&parts.counted()?.0)
}

/// Juilland's D for parts of any size: the same of relative frequencies. Source: Gries (2008).
pub fn juilland_d_of_rates(parts: &Parts) -> Option<f64> {
    juilland_of(&parts.rates()?)
}

/// Carroll's D₂ for parts of equal size: entropy of the counts over `log₂ n`. 1 is even, 0 is all in one part. `None`
/// with fewer than two parts or without the word. Source: Carroll (1970).
pub fn carroll_d2(parts: &Parts) -> Option<f64> {
    carroll_of(&parts.counted()?.0)
}

/// Carroll's D₂ for parts of any size: the same of relative frequencies. Source: Gries (2008).
pub fn carroll_d2_of_rates(parts: &Parts) -> Option<f64> {
    carroll_of(&parts.rates()?)
}

/// Rosengren's S: `(Σ √(v s))² / f`. 1 is as expected from the sizes; all in one part is that part's share. `None` with
/// fewer than two parts or without the word. Source: Rosengren (1971).
pub fn rosengren_s(parts: &Parts) -> Option<f64> {
    let sum: f64 = parts.shares()?.iter().map(|(of_word, of_all)| sqrt(of_word * of_all)).sum();
    finite((sum * sum).min(1.0))
}

/// Deviation of proportions DP: `½ Σ |v/f − s|`. 0 is as expected from the sizes, near 1 is all in a small part. `None`
/// with fewer than two parts or without the word. Source: Gries (2008), International Journal of Corpus Linguistics
/// 13(4).
pub fn deviation_of_proportions(parts: &Parts) -> Option<f64> {
    let sum: f64 = parts.shares()?.iter().map(|(of_word, of_all)| (of_word - of_all).abs()).sum();
    finite((0.5 * sum).min(1.0))
}

/// DP over the most that it could be: `DP / (1 − min s)`, 0 to 1. `None` as [`deviation_of_proportions`], and where
/// one part has all tokens of the corpus. Source: Lijffijt & Gries (2012), the same journal 17(1).
pub fn deviation_of_proportions_norm(parts: &Parts) -> Option<f64> {
    let smallest = parts.shares()?.iter().map(|(_, of_all)| *of_all).fold(f64::INFINITY, f64::min);
    finite((deviation_of_proportions(parts)? / (1.0 - smallest)).min(1.0))
}

/// Kullback–Leibler divergence `Σ (v/f) log₂((v/f)/s)` in bits. 0 is as expected from the sizes. `None` as
/// [`deviation_of_proportions`], and where a part without tokens has the word. Source: Gries (2020).
pub fn kullback_leibler(parts: &Parts) -> Option<f64> {
    let term = |(of_word, of_all): &(f64, f64)| if *of_word > 0.0 { of_word * log2(of_word / of_all) } else { 0.0 };
    finite(parts.shares()?.iter().map(term).sum::<f64>().max(0.0))
}

/// Average reduced frequency: the frequency less what stands close together. f if spread evenly, near 1 if all in one
/// place.
///
/// `(1/v) Σ min(d, v)` with `v = N/f` and `d` the distances from one place to the next, from the last to the first
/// around the end. `positions` ascend, each below `n`; `None` where they do not, or there are none. Source: Savický &
/// Hlaváčová (2002), Journal of Quantitative Linguistics 9(3). Cost: linear.
pub fn average_reduced_frequency(positions: &[u64], n: u64) -> Option<f64> {
    let (first, last) = (*positions.first()?, *positions.last()?);
    if last >= n || positions.windows(2).any(|pair| pair[0] >= pair[1]) {
        return None;
    }
    let even = n as f64 / positions.len() as f64;
    let around = (n - last) as f64 + first as f64;
    let distances = positions.windows(2).map(|pair| (pair[1] - pair[0]) as f64).chain([around]);
    finite(distances.map(|distance| distance.min(even)).sum::<f64>() / even)
}

fn variation_of(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
    finite(sqrt(variance) / mean)
}

fn juilland_of(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    finite((1.0 - variation_of(values)? / sqrt(n - 1.0)).clamp(0.0, 1.0))
}

fn carroll_of(values: &[f64]) -> Option<f64> {
    let sum: f64 = values.iter().sum();
    let term = |value: &f64| if *value > 0.0 { -(value / sum) * log2(value / sum) } else { 0.0 };
    let entropy: f64 = values.iter().map(term).sum();
    finite((entropy / log2(values.len() as f64)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn evenly_spread_places_reduce_nothing_and_one_heap_to_one() {
        assert_eq!(average_reduced_frequency(&[0, 25, 50, 75], 100), Some(4.0));
        // Three distances of 1 and one that is cut to 25: 28 / 25.
        assert_eq!(average_reduced_frequency(&[7, 8, 9, 10], 100), Some(1.12));
        assert_eq!(average_reduced_frequency(&[42], 100), Some(1.0));
        for (positions, n) in [(vec![], 100), (vec![5, 5], 100), (vec![9, 3], 100), (vec![100], 100)] {
            assert_eq!(average_reduced_frequency(&positions, n), None);
        }
    }

    #[test]
    fn parts_that_cannot_be_have_no_range() {
        assert_eq!(range(&Parts { counts: vec![1, 2], sizes: vec![5] }), None);
        assert_eq!(range(&Parts { counts: vec![1, 0, 2], sizes: vec![5, 5, 5] }), Some(2.0));
    }

    proptest! {
        #[test]
        fn a_reduced_frequency_is_between_one_and_the_frequency(
            positions in prop::collection::btree_set(0u64..10_000, 1..50),
        ) {
            let positions: Vec<u64> = positions.into_iter().collect();
            let found = average_reduced_frequency(&positions, 10_000).unwrap();
            prop_assert!(found >= 1.0 - 1e-12 && found <= positions.len() as f64 + 1e-9);
        }
    }
}
