//! Keyness: how unusually frequent a word is in one part of a corpus against another.
//!
//! Effect and evidence are different things, and each is here in the forms that tools print: Log Ratio says how many
//! times more frequent (a doubling is 1), G² how surprising that is, the bounds of an interval both at once. What
//! tests many words at a time corrects its level: by Šidák where CQPweb does, by Bonferroni where R's `corpora` does.

use std::f64::consts::LN_2;

use super::contingency::{Contingency, Direction, finite};
use super::hypergeometric::{Hypergeometric, first_where};
use super::special::{beta_quantile_logit, chi2_quantile, normal_quantile};
use crate::base::math::{exp, exp_m1, ln, ln_1p, log2, sqrt};

/// A word in two parts of a corpus, and how many words are tested beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Keyness {
    /// Times the word stands in the part under study.
    pub f1: u64,
    /// Tokens of the part under study.
    pub n1: u64,
    /// Times the word stands in the reference.
    pub f2: u64,
    /// Tokens of the reference.
    pub n2: u64,
    /// Types that are tested together; 0 counts as 1.
    pub family: u64,
    /// Level of the whole family, 0.05 as a rule: the risk that any type of it is taken for key by chance.
    pub alpha: f64,
    /// What is believed of the word beforehand, for [`log_odds_z`] only.
    pub prior: Option<Prior>,
}

/// An informative Dirichlet prior: pseudo-counts that pull a word towards its frequency at large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Pseudo-count of the word, above 0; as a rule proportional to its frequency in both parts together.
    pub alpha_w: f64,
    /// Sum of the pseudo-counts of all words, above `alpha_w`.
    pub alpha_0: f64,
}

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound, never below the lower.
    pub high: f64,
}

/// The least difference that would be significant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmallestEffect {
    /// Times in the part under study.
    pub f1: u64,
    /// Times in the reference.
    pub f2: u64,
    /// Log Ratio of the two; a zero counts as ½.
    pub log_ratio: f64,
}

impl Keyness {
    /// The word with nothing tested beside it, at a level of 0.05.
    pub fn new(f1: u64, n1: u64, f2: u64, n2: u64) -> Keyness {
        Keyness { f1, n1, f2, n2, family: 1, alpha: 0.05, prior: None }
    }

    /// Its table: a row per part, the word in the first column. `None` where a part is empty or smaller than the
    /// word's frequency.
    pub fn table(&self) -> Option<Contingency> {
        Contingency::of_frequencies(self.f1, self.n1, self.f2, self.n2)
    }

    /// The table of a word that is somewhere.
    fn occupied(&self) -> Option<Contingency> {
        self.table().filter(|_| self.f1 > 0 || self.f2 > 0)
    }

    /// Relative frequencies in both parts, a frequency of 0 counted as ½ where `zero` says so.
    fn rates(&self, zero: f64) -> Option<[f64; 2]> {
        let rate = |count: u64, size: u64| (count as f64).max(zero) / size as f64;
        self.occupied().map(|_| [rate(self.f1, self.n1), rate(self.f2, self.n2)])
    }

    fn hypergeometric(&self) -> Option<Hypergeometric> {
        self.occupied()?;
        Hypergeometric::new(self.n1, self.f1.checked_add(self.f2)?, self.n1.checked_add(self.n2)?)
    }
}

/// The level at which each of `family` types is tested so that `alpha` holds for all: `1 − (1 − alpha)^(1/family)`.
///
/// `None` unless `0 < alpha < 1`; a family of 0 counts as 1. Source: Šidák (1967), Journal of the American Statistical
/// Association 62. Cost: O(1).
pub fn sidak_alpha(alpha: f64, family: u64) -> Option<f64> {
    (alpha > 0.0 && alpha < 1.0).then(|| -exp_m1(ln_1p(-alpha) / family.max(1) as f64))
}

/// The G² from which on a word is key: the χ²₁ quantile of [`sidak_alpha`]; 3.84 for one word at 0.05. Cost: O(1).
pub fn g2_cutoff(alpha: f64, family: u64) -> Option<f64> {
    chi2_quantile(sidak_alpha(alpha, family)?)
}

/// Confidence interval of the Log Ratio at level `alpha`, both sides together.
///
/// `log₂(e^(ln RRF ± z √((n₁−f₁)/(n₁f₁) + (n₂−f₂)/(n₂f₂))))`, a frequency of 0 counted as ½ where it divides, as CQPweb
/// has it. `None` where there is no Log Ratio, or unless `0 < alpha < 1`. Source: Hardie (2014); CQPweb. Cost: O(1).
pub fn log_ratio_interval(word: &Keyness, alpha: f64) -> Option<Interval> {
    if !(alpha > 0.0 && alpha < 1.0) {
        return None;
    }
    log_ratio_interval_at(word, -normal_quantile(0.5 * alpha)?)
}

/// [`log_ratio_interval`] for a quantile `z` of the normal distribution, above 0: worked out once for many words.
pub fn log_ratio_interval_at(word: &Keyness, z: f64) -> Option<Interval> {
    let [rate1, rate2] = word.rates(0.5)?;
    let variance = |count: u64, size: u64| {
        // The other words stay as counted: only what would divide by 0 becomes ½.
        size.saturating_sub(count) as f64 / size as f64 / (count as f64).max(0.5)
    };
    let spread = z * sqrt(variance(word.f1, word.n1) + variance(word.f2, word.n2));
    let middle = ln(rate1 / rate2);
    Some(Interval { low: finite((middle - spread) / LN_2)?, high: finite((middle + spread) / LN_2)? })
}

/// Exact lower bound of the Log Ratio: below it with probability `level`, from the Clopper–Pearson bound of
/// `f₁ / (f₁ + f₂)`. −∞ where the part does not have the word; `None` where there is no Log Ratio, or unless
/// `0 < level < 1`.
///
/// Source: Evert (2022), Measuring keyness; R package `corpora`. Cost: that of a quantile of the beta distribution.
fn exact_low(word: &Keyness, level: f64) -> Option<f64> {
    word.occupied()?;
    if word.f1 == 0 {
        return Some(f64::NEG_INFINITY);
    }
    // The bound of a proportion on the scale of log odds, which is the scale of Log Ratio but for the sizes.
    let log_odds = beta_quantile_logit(level, word.f1 as f64, word.f2 as f64 + 1.0)?;
    Some((log_odds + ln(word.n2 as f64 / word.n1 as f64)) / LN_2)
}

/// Exact upper bound: the lower one seen from the reference.
fn exact_high(word: &Keyness, level: f64) -> Option<f64> {
    let turned = Keyness { f1: word.f2, n1: word.n2, f2: word.f1, n2: word.n1, ..*word };
    exact_low(&turned, level).map(|low| -low)
}

/// The smallest Log Ratio above 0 that would be significant for a word that stands `frequency` times in both parts
/// together, with the way it would have to be distributed.
///
/// Significant is a four-term G² of at least [`g2_cutoff`]. With `frequency` given, G² only grows with `f₁` above its
/// expectation, so that there is one least `f₁`. `None` where even all occurrences in the part under study would not be
/// significant: the corpus is too small to reveal anything about so rare a word. Also where sizes are 0 or the
/// frequency is above both together. Cost: O(log frequency).
pub fn smallest_effect(frequency: u64, n1: u64, n2: u64, alpha: f64, family: u64) -> Option<SmallestEffect> {
    let cutoff = g2_cutoff(alpha, family)?;
    let total = u128::from(n1) + u128::from(n2);
    let even = (u128::from(frequency) * u128::from(n1)).checked_div(total)?;
    // What does not fit into the reference stands in the part.
    let least = u64::try_from(even).ok()?.max(frequency.saturating_sub(n2));
    let most = frequency.min(n1);
    let is_key = |f1: u64| {
        let table = Contingency::of_frequencies(f1, n1, frequency - f1, n2);
        table.is_some_and(|table| table.direction() == Direction::More && table.log_likelihood() >= cutoff)
    };
    let f1 = first_where(least.min(most), most, is_key)?;
    let f2 = frequency - f1;
    Some(SmallestEffect { f1, f2, log_ratio: log_ratio(&Keyness::new(f1, n1, f2, n2))? })
}

/// How often a word that the reference lacks must stand in the part under study to be significant: the least `f₁` whose
/// four-term G² with `f₂ = 0` is at least [`g2_cutoff`].
///
/// `None` where not even a part of nothing but this word would be, where a size is 0, or unless `0 < alpha < 1`.
/// Cost: O(log n1).
pub fn smallest_frequency(n1: u64, n2: u64, alpha: f64, family: u64) -> Option<u64> {
    let cutoff = g2_cutoff(alpha, family)?;
    let is_key =
        |f1: u64| Contingency::of_frequencies(f1, n1, 0, n2).is_some_and(|table| table.log_likelihood() >= cutoff);
    first_where(0, n1, is_key)
}

/// Log Ratio: how many times a word's relative frequency doubles from the reference to the part.
///
/// 0 where it is the same, 1 twice as frequent, −1 half as. A frequency of 0, and only that, counts as ½, as in CQPweb.
/// `None` for a word that is nowhere. Source: Hardie (2014), Log Ratio: an informal introduction. Cost: O(1).
pub fn log_ratio(word: &Keyness) -> Option<f64> {
    let [rate1, rate2] = word.rates(0.5)?;
    finite(log2(rate1 / rate2))
}

/// How many times as frequent the word is, relatively. `None` where the reference lacks it. Cost: O(1).
pub fn relative_risk(word: &Keyness) -> Option<f64> {
    let [rate1, rate2] = word.rates(0.0)?;
    finite(rate1 / rate2)
}

/// By how many per cent the word is more frequent. `None` where the reference lacks it.
///
/// Source: Gabrielatos & Marchi (2011), Keyness: matching metrics to definitions. Cost: O(1).
pub fn diff_percent(word: &Keyness) -> Option<f64> {
    let [rate1, rate2] = word.rates(0.0)?;
    finite((rate1 - rate2) * 100.0 / rate2)
}

/// Odds of the word in the part over its odds in the reference. `None` where the reference lacks the word, or a part
/// has nothing else. Cost: O(1).
pub fn odds_ratio(word: &Keyness) -> Option<f64> {
    let table = word.table()?;
    finite((table.o11 / table.o12) / (table.o21 / table.o22))
}

/// Evidence after the size of both parts is allowed for: two-term G² − ln N. Source: Wilson (2013). Cost: O(1).
pub fn bic(word: &Keyness) -> Option<f64> {
    let table = word.table()?;
    finite(table.log_likelihood_of_column() - ln(table.total()))
}

/// Two-term G² as a share of the largest that it could be: `G² / (N ln E)` with the smaller expectation `E`.
///
/// `None` where `E` is 1 or less: the formula has a pole there and turns negative. Source: Johnston, Berry & Mielke
/// (2006), Perceptual and Motor Skills 103(2). Cost: O(1).
pub fn ell(word: &Keyness) -> Option<f64> {
    let table = word.table()?;
    let expected = table.expected();
    let least = expected.o11.min(expected.o21);
    if least <= 1.0 {
        return None;
    }
    finite(table.log_likelihood_of_column() / (table.total() * ln(least)))
}

/// Fisher's p that chance alone puts the word into the part as many times or more. Cost: that of a hypergeometric tail.
pub fn fisher_greater(word: &Keyness) -> Option<f64> {
    word.hypergeometric()?.ln_at_least(word.f1).map(exp)
}

/// Fisher's p that chance alone puts the word into the part as many times or fewer. Cost as [`fisher_greater`].
pub fn fisher_less(word: &Keyness) -> Option<f64> {
    word.hypergeometric()?.ln_at_most(word.f1).map(exp)
}

/// Fisher's two-sided p: of all tables that are no more probable than this one, as R and SciPy have it. Cost as
/// [`fisher_greater`].
pub fn fisher_two_sided(word: &Keyness) -> Option<f64> {
    word.hypergeometric()?.ln_as_improbable(word.f1).map(exp)
}

/// Log Ratio with ½ added to all four numbers, which hardly is biased. Of R's `corpora`. Source: Walter (1975),
/// Biometrika 62(2). Cost: O(1).
pub fn log_ratio_half(word: &Keyness) -> Option<f64> {
    word.occupied()?;
    let rate = |count: u64, size: u64| log2((count as f64 + 0.5) / (size as f64 + 0.5));
    finite(rate(word.f1, word.n1) - rate(word.f2, word.n2))
}

/// LRC: the exact bound of the Log Ratio that is nearer to 0, and 0 where the interval has it: significance built in.
///
/// Clopper–Pearson interval of `f₁ / (f₁ + f₂)` at level `alpha / family` (Bonferroni), two-sided. The default of
/// `keyness()` in R's `corpora`. Source: Evert (2022), Measuring keyness. Cost: that of a beta quantile.
pub fn lrc(word: &Keyness) -> Option<f64> {
    let level = 0.5 * bonferroni(word);
    // Only one of the two bounds is needed, and it is most of the work.
    match word.table()?.direction() {
        Direction::More | Direction::Even => exact_low(word, level).map(|low| low.max(0.0)),
        Direction::Less => exact_high(word, level).map(|high| high.min(0.0)),
    }
}

/// The lower exact bound of the Log Ratio, one-sided and not clamped: `PositiveLRC` of R's `corpora`. `None` where the
/// part does not have the word. Cost: that of a beta quantile.
pub fn lrc_positive(word: &Keyness) -> Option<f64> {
    finite(exact_low(word, bonferroni(word))?)
}

/// How far the Log Ratio could be from 0 either way: small for a lockword, which is as frequent in both parts.
///
/// The larger of the absolute bounds of [`lrc`]'s interval. `None` where a frequency is 0: it could be any distance.
/// Of R's `corpora`. Cost: that of two beta quantiles.
pub fn lockword(word: &Keyness) -> Option<f64> {
    let level = 0.5 * bonferroni(word);
    finite(exact_low(word, level)?.abs().max(exact_high(word, level)?.abs()))
}

/// Standardised difference of log odds with an informative Dirichlet prior: in units of its standard error, beyond
/// ±1.96 significant at 0.05 for one word.
///
/// `None` without a prior, or with one that is not `0 < alpha_w < alpha_0`. Best behaved on small samples. Source:
/// Monroe, Colaresi & Quinn (2008), Political Analysis 16(4). Cost: O(1).
pub fn log_odds_z(word: &Keyness) -> Option<f64> {
    word.table()?;
    let Prior { alpha_w, alpha_0 } = word.prior?;
    if !(alpha_w > 0.0 && alpha_w < alpha_0) {
        return None;
    }
    let odds = |count: u64, size: u64| ln((count as f64 + alpha_w) / ((size - count) as f64 + (alpha_0 - alpha_w)));
    let variance = 1.0 / (word.f1 as f64 + alpha_w) + 1.0 / (word.f2 as f64 + alpha_w);
    finite((odds(word.f1, word.n1) - odds(word.f2, word.n2)) / sqrt(variance))
}

/// Per million tokens plus `k`, over the same of the reference. Source: Kilgarriff (2009), Simple maths for keywords.
/// Cost: O(1).
pub fn simple_maths(word: &Keyness, k: f64) -> Option<f64> {
    word.table()?;
    let per_million = |count: u64, size: u64| 1e6 * (count as f64 / size as f64) + k;
    finite(per_million(word.f1, word.n1) / per_million(word.f2, word.n2))
}

/// The specificity of TXM: −log₁₀ of Fisher's one-sided tail, negative on the side of avoidance.
///
/// The tail is that of attraction from the most probable count up. Source: Lafon (1980), Mots 1. Cost: that of
/// a hypergeometric tail.
pub fn specificity(word: &Keyness) -> Option<f64> {
    let distribution = word.hypergeometric()?;
    let decimal = |tail: Option<f64>| tail.and_then(|tail| finite(tail / std::f64::consts::LN_10));
    if word.f1 >= distribution.mode() {
        decimal(distribution.ln_at_least(word.f1)).map(|tail| -tail)
    } else {
        decimal(distribution.ln_at_most(word.f1))
    }
}

/// Bonferroni's level for each type.
fn bonferroni(word: &Keyness) -> f64 {
    word.alpha / word.family.max(1) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cut_offs_are_those_of_textbooks() {
        for (alpha, expected) in [(0.05, 3.84), (0.01, 6.63), (0.001, 10.83), (0.0001, 15.13)] {
            let found = g2_cutoff(alpha, 1).unwrap();
            assert!((found - expected).abs() < 0.01, "{found} {expected}");
        }
        assert!((sidak_alpha(0.05, 1).unwrap() - 0.05).abs() < 1e-16);
        assert_eq!([sidak_alpha(0.0, 5), sidak_alpha(1.0, 5), sidak_alpha(f64::NAN, 5)], [None; 3]);
    }

    #[test]
    fn the_smallest_effect_is_significant_and_the_next_smaller_is_not() {
        for (frequency, n1, n2, family) in [(20, 1_000, 2_000, 1), (100, 3_000, 50_000, 800), (7, 5_000, 5_000, 1)] {
            let found = smallest_effect(frequency, n1, n2, 0.05, family).unwrap();
            let g2 = |f1: u64| Keyness::new(f1, n1, frequency - f1, n2).table().unwrap().log_likelihood();
            let cutoff = g2_cutoff(0.05, family).unwrap();
            assert_eq!(found.f1 + found.f2, frequency);
            assert!(g2(found.f1) >= cutoff && g2(found.f1 - 1) < cutoff, "{found:?}");
        }
    }

    #[test]
    fn a_corpus_too_small_reveals_nothing() {
        assert_eq!(smallest_effect(1, 1_000, 1_000, 0.05, 1), None);
        assert_eq!(smallest_effect(5, 0, 1_000, 0.05, 1), None);
        assert_eq!(smallest_frequency(1, 1, 0.05, 1), None);
        assert_eq!(smallest_frequency(0, 100, 0.05, 1), None);
        // 2 · f · ln 2 and a little more for equal parts: three are 4.16.
        assert_eq!(smallest_frequency(1_000, 1_000, 0.05, 1), Some(3));
    }

    proptest! {
        #[test]
        fn bounds_enclose_the_ratio_and_widen_with_the_family(
            f in [0u64..1000, 0u64..1000],
            others in [1u64..100_000, 1u64..100_000],
            family in 1u64..100_000,
        ) {
            let word = Keyness::new(f[0], f[0] + others[0], f[1], f[1] + others[1]);
            let Some(ratio) = log_ratio(&word) else { return Ok(()) };
            let narrow = log_ratio_interval(&word, 0.05).unwrap();
            let wide = log_ratio_interval(&word, sidak_alpha(0.05, family).unwrap()).unwrap();
            prop_assert!(narrow.low <= ratio && ratio <= narrow.high);
            prop_assert!(wide.low <= narrow.low + 1e-9 && narrow.high <= wide.high + 1e-9);
            prop_assert!(relative_risk(&word).is_none_or(|risk| (risk > 1.0) == (ratio > 0.0) || f[0] == 0));
        }

        #[test]
        fn any_corpus_has_a_smallest_effect_or_none(
            numbers in any::<[u64; 4]>(),
            alpha in any::<f64>(),
            shift in 0u32..64,
        ) {
            let [frequency, n1, n2, family] = numbers.map(|number| number >> shift);
            let found = smallest_effect(frequency, n1, n2, alpha.abs().fract(), family);
            prop_assert!(found.is_none_or(|found| found.log_ratio.is_finite() && found.f1 <= n1 && found.f2 <= n2));
            prop_assert!(smallest_frequency(n1, n2, alpha.abs().fract(), family).is_none_or(|f1| f1 <= n1));
        }
    }
}
