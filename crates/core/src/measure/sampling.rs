//! Samples that can be repeated, and how sure a count from one is.
//!
//! Chance comes from a seed that the caller gives, through SplitMix64: the same seed draws the same lines in every
//! browser. A list is never shuffled: a sample takes memory for itself only, and reading "the next 25 unseen" of a
//! million walks a permutation that is computed place by place.

use rustc_hash::FxHashSet;

use super::contingency::finite;
use super::keyness::Interval;
use super::special::normal_quantile;
use crate::base::math::sqrt;

/// A generator of random numbers: SplitMix64. Source: Steele, Lea & Flood (2014), OOPSLA.
///
/// Useful for samples. Not useful for secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The generator of a seed; any number will do.
    pub fn new(seed: u64) -> SplitMix64 {
        SplitMix64 { state: seed }
    }

    /// The next number, any of 64 bits. Cost: O(1).
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// The next number below `bound`, each as probable as any other; 0 for a bound of 0. Source: Lemire (2019), ACM
    /// Transactions on Modeling and Computer Simulation 29(1).
    pub fn below(&mut self, bound: u64) -> u64 {
        // The first of each residue would come once too often.
        let excess = if bound == 0 { 0 } else { bound.wrapping_neg() % bound };
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            if product as u64 >= excess {
                return (product >> 64) as u64;
            }
        }
    }
}

/// `k` distinct numbers below `n`, ascending; all of them where `k` is not smaller. Every set is as probable as any
/// other.
///
/// Source: Floyd's algorithm, Bentley & Floyd (1987), Communications of the ACM 30(9). Cost: O(k log k) time, O(k)
/// memory, whatever `n`.
pub fn sample(n: u32, k: u32, seed: u64) -> Vec<u32> {
    if k >= n {
        return (0..n).collect();
    }
    let mut random = SplitMix64::new(seed);
    let mut chosen = FxHashSet::default();
    for last in n - k..n {
        // Not above `last`, which is a u32.
        let candidate = random.below(u64::from(last) + 1) as u32;
        if !chosen.insert(candidate) {
            chosen.insert(last);
        }
    }
    let mut chosen: Vec<u32> = chosen.into_iter().collect();
    chosen.sort_unstable();
    chosen
}

/// The numbers below `n` in a random order that is computed place by place.
///
/// A Feistel network over the next even power of two, walked until it is below `n` (Black & Rogaway 2002, CT-RSA).
/// Useful for reading a random order page by page; where every order must be as probable as any other, shuffle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permutation {
    n: u32,
    half_bits: u32,
    keys: [u64; 4],
}

impl Permutation {
    /// The order that belongs to a seed.
    pub fn new(n: u32, seed: u64) -> Permutation {
        let bits = u32::BITS - (n.max(2) - 1).leading_zeros();
        let mut random = SplitMix64::new(seed);
        let keys = std::array::from_fn(|_| random.next_u64());
        Permutation { n, half_bits: bits.div_ceil(2), keys }
    }

    /// The number at a place; `None` from place `n` on. Cost: O(1); four rounds of the network or fewer on average.
    pub fn at(&self, place: u32) -> Option<u32> {
        if place >= self.n {
            return None;
        }
        let mut number = u64::from(place);
        // Ends: the network is a permutation, and the walk started below `n`.
        loop {
            number = self.scrambled(number);
            if number < u64::from(self.n) {
                return u32::try_from(number).ok();
            }
        }
    }

    /// The numbers of the places from `start`, `length` at most. Cost: linear in `length`.
    pub fn page(&self, start: u32, length: u32) -> impl Iterator<Item = u32> + '_ {
        (start..start.saturating_add(length)).map_while(|place| self.at(place))
    }

    fn scrambled(&self, number: u64) -> u64 {
        let mask = (1u64 << self.half_bits) - 1;
        let (mut left, mut right) = (number >> self.half_bits, number & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & mask));
        }
        (left << self.half_bits) | right
    }
}

/// What was counted in one sampled cluster: a document, as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What is estimated: hits, say.
    pub y: u64,
    /// What it is a share of, and is known for all: tokens, say.
    pub x: u64,
}

/// An estimate from a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The most likely value.
    pub value: f64,
    /// What it lies between; never below 0, and never below what was seen.
    pub interval: Interval,
}

/// Estimates `Σ y` over all clusters from some: `R · total_x` with `R = Σ y / Σ x` of the sample.
///
/// `clusters` is a simple random sample of `of` clusters whose `x` sum to `total_x`; `level` is the probability that
/// the interval misses (0.05). Its standard error has the finite population correction, so that a sample of all is
/// certain. Of few clusters, or where `y` is rare, the interval is too narrow: normal approximation, and 0 hits have a
/// width of 0. `None` for fewer than two clusters of more, more than there are, no `x`, or a level that is not between
/// 0 and 1. Source: Cochran (1977), Sampling techniques, 3rd ed., chapters 6 (ratios) and 9A (clusters of unequal
/// size). Cost: linear.
pub fn ratio_estimate(clusters: &[Cluster], of: u64, total_x: u64, level: f64) -> Option<Estimate> {
    let n = clusters.len() as f64;
    let (y, x) = clusters.iter().fold((0.0, 0.0), |(y, x), cluster| (y + cluster.y as f64, x + cluster.x as f64));
    let is_whole = clusters.len() as u64 == of;
    if clusters.len() as u64 > of || x == 0.0 || (clusters.len() < 2 && !is_whole) || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let value = finite(y / x * total_x as f64)?;
    if is_whole {
        return Some(Estimate { value, interval: Interval { low: value, high: value } });
    }
    let ratio = y / x;
    let residual = |cluster: &Cluster| cluster.y as f64 - ratio * cluster.x as f64;
    let squares: f64 = clusters.iter().map(|cluster| residual(cluster) * residual(cluster)).sum();
    let mean_x = total_x as f64 / of as f64;
    let variance = (1.0 - n / of as f64) / n * (squares / (n - 1.0));
    // The error of the ratio, times all of `x`: mean_x takes the place of the sample's mean, as it is known.
    let error = finite(sqrt(variance) / mean_x * total_x as f64)?;
    let reach = -normal_quantile(0.5 * level)? * error;
    // What was seen is there.
    let low = (value - reach).max(y.min(value));
    Some(Estimate { value, interval: Interval { low, high: finite(value + reach)? } })
}

/// SplitMix64's finaliser.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        // The reference implementation, Vigna's splitmix64.c, from seed 1234567.
        let mut random = SplitMix64::new(1_234_567);
        let first: [u64; 3] = std::array::from_fn(|_| random.next_u64());
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn every_number_is_drawn_as_often() {
        let mut drawn = [0u32; 10];
        for seed in 0..20_000 {
            for number in sample(10, 3, seed) {
                drawn[number as usize] += 1;
            }
        }
        // 6,000 each; four standard deviations are 260.
        assert!(drawn.iter().all(|times| times.abs_diff(6_000) < 260), "{drawn:?}");
        let mut placed = [0u32; 10];
        for seed in 0..20_000 {
            placed[Permutation::new(10, seed).at(0).unwrap() as usize] += 1;
        }
        // 2,000 each; five standard deviations are 212.
        assert!(placed.iter().all(|times| times.abs_diff(2_000) < 212), "{placed:?}");
    }

    #[test]
    fn a_sample_of_all_is_certain_and_one_cluster_says_nothing() {
        let clusters = [Cluster { y: 3, x: 100 }, Cluster { y: 1, x: 100 }];
        let whole = ratio_estimate(&clusters, 2, 200, 0.05).unwrap();
        assert_eq!((whole.value, whole.interval), (4.0, Interval { low: 4.0, high: 4.0 }));
        assert_eq!(ratio_estimate(&clusters[..1], 2, 200, 0.05), None);
        assert_eq!(ratio_estimate(&[], 2, 200, 0.05), None);
        assert_eq!(ratio_estimate(&clusters, 1, 200, 0.05), None);
    }

    #[test]
    fn an_estimate_computed_by_hand() {
        // R = 10/400; residuals 1.5, −2, 1.5, −1; squares 9.5; (1 − 0.1)/4 · 9.5/3 = 0.7125; √ · 40 = 33.76.
        let clusters = [(4, 100), (0, 80), (4, 100), (2, 120)].map(|(y, x)| Cluster { y, x });
        let found = ratio_estimate(&clusters, 40, 4_000, 0.05).unwrap();
        assert!((found.value - 100.0).abs() < 1e-9);
        assert!((found.interval.high - 100.0 - 66.175_7).abs() < 1e-3, "{found:?}");
        assert!((found.interval.low - (100.0 - 66.175_7)).abs() < 1e-3, "{found:?}");
    }

    proptest! {
        #[test]
        fn a_sample_is_distinct_ascending_and_repeatable(n in 0u32..2_000, k in 0u32..2_000, seed in any::<u64>()) {
            let chosen = sample(n, k, seed);
            prop_assert_eq!(chosen.len() as u32, k.min(n));
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]) && chosen.last().is_none_or(|last| *last < n));
            prop_assert_eq!(chosen, sample(n, k, seed));
        }

        #[test]
        fn a_permutation_has_every_number_once(n in 0u32..3_000, seed in any::<u64>(), length in 1u32..100) {
            let order = Permutation::new(n, seed);
            let mut numbers: Vec<u32> = Vec::new();
            for start in (0..n).step_by(length as usize) {
                numbers.extend(order.page(start, length));
            }
            numbers.sort_unstable();
            prop_assert_eq!(numbers, (0..n).collect::<Vec<_>>());
            prop_assert_eq!(order.at(n), None);
        }

        #[test]
        fn the_largest_orders_stay_below_their_number(n in 1u32 << 30.., place in any::<u32>(), seed in any::<u64>()) {
            let number = Permutation::new(n, seed).at(place);
            prop_assert_eq!(number.is_some(), place < n);
            prop_assert!(number.is_none_or(|number| number < n));
        }

        #[test]
        fn any_clusters_give_numbers_that_enclose_the_estimate(
            clusters in prop::collection::vec((any::<u64>(), any::<u64>()), 0..10),
            of in any::<u64>(),
            total_x in any::<u64>(),
            shift in 0u32..64,
            level in 0.0..1.0f64,
        ) {
            let cluster = |(y, x): (u64, u64)| Cluster { y: y >> shift, x: x >> shift };
            let clusters: Vec<Cluster> = clusters.into_iter().map(cluster).collect();
            let found = ratio_estimate(&clusters, of >> shift, total_x >> shift, level);
            if let Some(Estimate { value, interval }) = found {
                prop_assert!(value.is_finite() && interval.low.is_finite() && interval.high.is_finite());
                prop_assert!(0.0 <= interval.low && interval.low <= value && value <= interval.high);
            }
        }
    }
}
