//! The hypergeometric distribution: how many marked tokens are among those drawn. Fisher's test is its tails.
//!
//! Tails are summed from the table outwards, each term from the one before, until nothing changes: some ten standard
//! deviations, not the whole range. Tails come as logarithms: those of key words are far below the smallest `f64`.

use crate::base::math::{exp, ln, ln_1p, sqrt};
use crate::measure::special::{ln_binomial_term, normal_survival};

/// Above this variance (some 10¹¹ tokens) a sum would take long, and the normal distribution has six digits.
const SUMMED_BELOW_VARIANCE: f64 = 1e11;

/// Tables that are this much more probable count as equally probable, as in R's `fisher.test`: probabilities that are
/// equal are computed on different ways.
const TIE: f64 = 1e-7;

/// What rounding may leave of a tail that is not all there is.
const ALMOST_ONE: f64 = 1.0 - f64::EPSILON;

/// The distribution of a count among `drawn` of `total` tokens, of which `marked` are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hypergeometric {
    drawn: u64,
    marked: u64,
    total: u64,
}

impl Hypergeometric {
    /// `None` where more are drawn or marked than there are, or there are none.
    pub fn new(drawn: u64, marked: u64, total: u64) -> Option<Hypergeometric> {
        (total > 0 && drawn <= total && marked <= total).then_some(Hypergeometric { drawn, marked, total })
    }

    /// The fewest and the most that can be.
    pub fn range(&self) -> (u64, u64) {
        (self.marked.saturating_sub(self.total - self.drawn), self.drawn.min(self.marked))
    }

    /// The most probable count.
    pub fn mode(&self) -> u64 {
        let (low, high) = self.range();
        let product = (u128::from(self.drawn) + 1) * (u128::from(self.marked) + 1);
        u64::try_from(product / (u128::from(self.total) + 2)).unwrap_or(high).clamp(low, high)
    }

    /// Logarithm of the probability of exactly `count`; `None` where that cannot be. To 13 digits. Cost: O(1).
    pub fn ln_probability(&self, count: u64) -> Option<f64> {
        let (low, high) = self.range();
        if !(low..=high).contains(&count) {
            return None;
        }
        let (drawn, left) = (self.drawn as f64, (self.total - self.drawn) as f64);
        let (p, q) = (drawn / self.total as f64, left / self.total as f64);
        if p == 0.0 || q == 0.0 {
            return Some(0.0);
        }
        let marked = ln_binomial_term(count as f64, (self.marked - count) as f64, p, q);
        let others_drawn = self.drawn - count;
        let others_left = (self.total - self.marked).saturating_sub(others_drawn);
        let others = ln_binomial_term(others_drawn as f64, others_left as f64, p, q);
        Some((marked + others - ln_binomial_term(drawn, left, p, q)).min(0.0))
    }

    /// Logarithm of the probability of `count` or more: 0 (certain) down; `None` where it cannot be.
    ///
    /// Cost: O(standard deviation), with a bound.
    pub fn ln_at_least(&self, count: u64) -> Option<f64> {
        let (low, high) = self.range();
        if count > high {
            return None;
        }
        if count <= low {
            return Some(0.0);
        }
        if let Some(tail) = self.normal_tail(count as f64 - 0.5, 1.0) {
            return Some(tail);
        }
        if count > self.mode() {
            return Some((self.ln_probability(count)? + ln(self.climb(count))).min(0.0));
        }
        // Not summed over the larger part: what is missing from it is exact.
        Some(ln_1p(-exp(self.ln_probability(count - 1)? + ln(self.descend(count - 1))).min(ALMOST_ONE)))
    }

    /// Logarithm of the probability of `count` or less, as [`Hypergeometric::ln_at_least`].
    pub fn ln_at_most(&self, count: u64) -> Option<f64> {
        let (low, high) = self.range();
        if count < low {
            return None;
        }
        if count >= high {
            return Some(0.0);
        }
        if let Some(tail) = self.normal_tail(count as f64 + 0.5, -1.0) {
            return Some(tail);
        }
        if count < self.mode() {
            return Some((self.ln_probability(count)? + ln(self.descend(count))).min(0.0));
        }
        Some(ln_1p(-exp(self.ln_probability(count + 1)? + ln(self.climb(count + 1))).min(ALMOST_ONE)))
    }

    /// Logarithm of the probability of all counts that are no more probable than `count`: the two-sided test of
    /// R and SciPy. `None` where `count` cannot be. Cost: O(standard deviation), with a bound.
    pub fn ln_as_improbable(&self, count: u64) -> Option<f64> {
        let most = self.ln_probability(count)? + TIE;
        let mode = self.mode();
        if self.ln_probability(mode)? <= most {
            return Some(0.0);
        }
        let (low, high) = self.range();
        let (own, other) = if count < mode {
            // The first count above the mode that is as improbable.
            let first = first_where(mode, high, |other| self.ln_probability(other).is_some_and(|p| p <= most));
            (self.ln_at_most(count), first.and_then(|other| self.ln_at_least(other)))
        } else {
            // The same from above, counted downwards.
            let steps = first_where(0, mode - low, |step| self.ln_probability(mode - step).is_some_and(|p| p <= most));
            (self.ln_at_least(count), steps.and_then(|steps| self.ln_at_most(mode - steps)))
        };
        Some(match (own?, other) {
            (own, Some(other)) => (own.max(other) + ln_1p(exp(-(own - other).abs()))).min(0.0),
            (own, None) => own,
        })
    }

    /// `Σ P(k) / P(count)` over all `k` from `count` up.
    fn climb(&self, count: u64) -> f64 {
        let ratio = |step: u64| {
            let k = count.checked_add(step).filter(|k| *k < self.drawn.min(self.marked))?;
            Some((self.marked - k) as f64 * (self.drawn - k) as f64 / (k as f64 + 1.0) / (self.spare(k) + 1.0))
        };
        sum_of_ratios(ratio)
    }

    /// `Σ P(k) / P(count)` over all `k` from `count` down.
    fn descend(&self, count: u64) -> f64 {
        let ratio = |step: u64| {
            let k = count.checked_sub(step)?;
            Some(k as f64 * self.spare(k) / (self.marked - k + 1) as f64 / (self.drawn - k + 1) as f64)
        };
        sum_of_ratios(ratio)
    }

    /// Tokens neither drawn nor marked where `count` are both. Exactly: in `f64` the difference would vanish.
    fn spare(&self, count: u64) -> f64 {
        (i128::from(self.total) - i128::from(self.marked) - i128::from(self.drawn) + i128::from(count)) as f64
    }

    /// What is beyond `border` on one side, where the distribution is so wide that it is normal.
    fn normal_tail(&self, border: f64, side: f64) -> Option<f64> {
        let total = self.total as f64;
        let mean = self.drawn as f64 * (self.marked as f64 / total);
        let (left, others) = ((self.total - self.drawn) as f64, (self.total - self.marked) as f64);
        let variance = mean * (left / total) * (others / (total - 1.0).max(1.0));
        (variance > SUMMED_BELOW_VARIANCE).then(|| ln_normal_survival(side * (border - mean) / sqrt(variance)))
    }
}

/// `ln` of what a normal variable leaves above `z`, also where that is below the smallest `f64`.
fn ln_normal_survival(z: f64) -> f64 {
    if z < 30.0 {
        return ln(normal_survival(z));
    }
    // The first terms of Mills's ratio: nine digits from here on.
    let square = z * z;
    -0.5 * square - 0.918_938_533_204_672_8 - ln(z) + ln_1p(-1.0 / square + 3.0 / (square * square))
}

/// `1 + r(0) + r(0) r(1) + …` until nothing changes or the range ends.
fn sum_of_ratios(ratio: impl Fn(u64) -> Option<f64>) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for step in 0.. {
        term *= ratio(step).unwrap_or(0.0);
        let next = sum + term;
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The first of `low..=high` for which a condition holds that holds for all after it. Cost: O(log(high − low)).
pub(super) fn first_where(low: u64, high: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(high) {
        return None;
    }
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `C(n, k)`, exactly.
    fn choose(n: u64, k: u64) -> u128 {
        (0..k).fold(1, |product, i| product * u128::from(n - i) / u128::from(i + 1))
    }

    /// Tails by counting all tables: at least, at most, as improbable.
    fn naive(drawn: u64, marked: u64, total: u64, count: u64) -> [f64; 3] {
        let ways = |k: u64| {
            if k > drawn || k > marked || drawn - k > total - marked {
                0
            } else {
                choose(marked, k) * choose(total - marked, drawn - k)
            }
        };
        let sum = |is_in: &dyn Fn(u64) -> bool| {
            (0..=marked).filter(|k| is_in(*k)).map(ways).sum::<u128>() as f64 / choose(total, drawn) as f64
        };
        [sum(&|k| k >= count), sum(&|k| k <= count), sum(&|k| ways(k) <= ways(count))]
    }

    fn tails(distribution: &Hypergeometric, count: u64) -> [Option<f64>; 3] {
        [distribution.ln_at_least(count), distribution.ln_at_most(count), distribution.ln_as_improbable(count)]
    }

    proptest! {
        #[test]
        fn tails_are_those_of_counting_all_tables(
            total in 1u64..40,
            drawn in 0u64..40,
            marked in 0u64..40,
            count in 0u64..40,
        ) {
            let (drawn, marked) = (drawn % (total + 1), marked % (total + 1));
            let distribution = Hypergeometric::new(drawn, marked, total).unwrap();
            let (low, high) = distribution.range();
            let count = low + count % (high - low + 1);
            for (found, expected) in tails(&distribution, count).into_iter().zip(naive(drawn, marked, total, count)) {
                let found = exp(found.unwrap());
                prop_assert!((found - expected).abs() <= 1e-11 * expected, "{} {}", found, expected);
            }
        }

        #[test]
        fn any_counts_give_numbers(counts in any::<[u64; 4]>(), shift in 0u32..64) {
            let [drawn, marked, total, count] = counts.map(|count| count >> shift);
            let Some(distribution) = Hypergeometric::new(drawn.min(total), marked.min(total), total) else {
                return Ok(());
            };
            let (low, high) = distribution.range();
            prop_assert!(low <= high && (low..=high).contains(&distribution.mode()));
            let count = count.clamp(low, high);
            let tails = tails(&distribution, count);
            prop_assert!(tails.iter().all(|tail| tail.is_some_and(|tail| tail.is_finite() && tail <= 0.0)), "{tails:?}");
        }
    }

    #[test]
    fn millions_are_summed_fast_and_exactly() {
        // mpmath 1.4 with 30 digits.
        let distribution = Hypergeometric::new(1_000_000, 50_000, 100_000_000).unwrap();
        let found = exp(distribution.ln_at_least(560).unwrap());
        assert!((found / 0.004242347690430262 - 1.0).abs() < 1e-9, "{found}");
        let found = exp(distribution.ln_at_most(430).unwrap());
        assert!((found / 0.0007035797901834952 - 1.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn a_tail_below_the_smallest_number_has_its_logarithm() {
        let found = Hypergeometric::new(1_000, 1_000, 2_000_000).unwrap().ln_at_least(1_000).unwrap();
        // ln(1 / C(2,000,000, 1,000)).
        let expected = -crate::measure::special::ln_binomial(2_000_000, 1_000).unwrap();
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
    }
}
