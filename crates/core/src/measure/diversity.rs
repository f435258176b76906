//! Lexical diversity: how many different words a text has for its length.
//!
//! Tokens come as ids of their types, whatever a type is (as written, folded, stemmed). Plain ratios fall as a text
//! gets longer, so that texts of different lengths compare only by those that look at stretches of equal length (MATTR,
//! MSTTR, HD-D) or at how long a stretch stays diverse (MTLD).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::contingency::finite;
use super::hypergeometric::Hypergeometric;
use crate::base::math::{exp_m1, ln, sqrt};

/// Type–token ratio V/N. `None` for no tokens. Cost: linear, as of all measures here but where said.
pub fn type_token_ratio(tokens: &[u32]) -> Option<f64> {
    let (types, size) = sizes(tokens)?;
    finite(types / size)
}

/// Guiraud's R: V/√N. `None` for no tokens. Source: Guiraud (1954).
pub fn guiraud(tokens: &[u32]) -> Option<f64> {
    let (types, size) = sizes(tokens)?;
    finite(types / sqrt(size))
}

/// Corrected type–token ratio V/√(2N). `None` for no tokens. Source: Carroll (1964).
pub fn corrected_ratio(tokens: &[u32]) -> Option<f64> {
    let (types, size) = sizes(tokens)?;
    finite(types / sqrt(2.0 * size))
}

/// Herdan's C: ln V / ln N. `None` for fewer than two tokens. Source: Herdan (1960).
pub fn herdan(tokens: &[u32]) -> Option<f64> {
    let (types, size) = sizes(tokens)?;
    finite(ln(types) / ln(size))
}

/// Yule's K: `10⁴ (Σ i² Vᵢ / N² − 1/N)`. Small is diverse; 0 where no word is twice. `None` for no tokens. Source: Yule
/// (1944).
pub fn yule_k(tokens: &[u32]) -> Option<f64> {
    let (_, size) = sizes(tokens)?;
    // Whole numbers have no order of summation.
    let squares: u128 = counts(tokens).values().map(|count| u128::from(*count) * u128::from(*count)).sum();
    finite(1e4 * (squares as f64 / (size * size) - 1.0 / size))
}

/// Moving-average type–token ratio: the mean over all stretches of `window` tokens. `None` where the text is shorter,
/// or for a window of 0. Source: Covington & McFall (2010), Journal of Quantitative Linguistics 17(2). Cost: linear,
/// whatever the window.
pub fn mattr(tokens: &[u32], window: usize) -> Option<f64> {
    if window == 0 || tokens.len() < window {
        return None;
    }
    let mut inside: FxHashMap<u32, u32> = FxHashMap::default();
    let mut sum = 0u64;
    for (at, token) in tokens.iter().enumerate() {
        *inside.entry(*token).or_default() += 1;
        if let Some(left) = at.checked_sub(window).and_then(|left| tokens.get(left)) {
            leave(&mut inside, *left);
        }
        if at + 1 >= window {
            sum += inside.len() as u64;
        }
    }
    let windows = tokens.len() - window + 1;
    finite(sum as f64 / window as f64 / windows as f64)
}

/// Mean segmental type–token ratio: over stretches of `window` tokens one after the other; what is left over is
/// dropped. `None` where the text is shorter, or for a window of 0. Source: Johnson (1944).
pub fn msttr(tokens: &[u32], window: usize) -> Option<f64> {
    if window == 0 || tokens.len() < window {
        return None;
    }
    let segments = tokens.chunks_exact(window);
    let number = segments.len();
    let sum: u64 = segments.map(|segment| counts(segment).len() as u64).sum();
    finite(sum as f64 / window as f64 / number as f64)
}

/// When a factor of MTLD is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorEnd {
    /// The ratio is below 0.72, as in the paper.
    Below,
    /// The ratio is 0.72 or below, as in `LexicalRichness`: matters only where a multiple of 25 tokens is just that.
    AtOrBelow,
}

/// Measure of textual lexical diversity: the mean number of tokens for which the type–token ratio stays up, read
/// forwards and backwards. Large is diverse.
///
/// `None` for no tokens, and where no word is twice: nothing ever falls. Source: McCarthy & Jarvis (2010), Behavior
/// Research Methods 42(2). Cost: linear.
pub fn mtld(tokens: &[u32], end: FactorEnd) -> Option<f64> {
    let one_way = |factors: f64| finite(tokens.len() as f64 / factors);
    let forwards = one_way(factors(tokens.iter(), end))?;
    let backwards = one_way(factors(tokens.iter().rev(), end))?;
    Some((forwards + backwards) / 2.0)
}

/// HD-D: the type–token ratio expected of `draws` tokens drawn from the text: `Σ (1 − P(type not drawn)) / draws`.
/// `None` where the text is shorter, or for 0 draws. Source: McCarthy & Jarvis (2007), Language Testing 24(4).
pub fn hdd(tokens: &[u32], draws: u32) -> Option<f64> {
    if draws == 0 || tokens.len() < draws as usize {
        return None;
    }
    // Types of one frequency together, by frequency: a map of types has no order.
    let mut spectrum: BTreeMap<u64, u64> = BTreeMap::new();
    for count in counts(tokens).values() {
        *spectrum.entry(*count).or_default() += 1;
    }
    let drawn = |(count, types): (&u64, &u64)| {
        let absent = Hypergeometric::new(u64::from(draws), *count, tokens.len() as u64)?.ln_probability(0);
        Some(*types as f64 * absent.map_or(1.0, |absent| -exp_m1(absent)))
    };
    let sum: f64 = spectrum.iter().filter_map(drawn).sum();
    finite(sum / f64::from(draws))
}

/// Types and tokens, of a text that has some.
fn sizes(tokens: &[u32]) -> Option<(f64, f64)> {
    (!tokens.is_empty()).then(|| (counts(tokens).len() as f64, tokens.len() as f64))
}

fn counts(tokens: &[u32]) -> FxHashMap<u32, u64> {
    let mut counts = FxHashMap::default();
    for token in tokens {
        *counts.entry(*token).or_default() += 1;
    }
    counts
}

fn leave(inside: &mut FxHashMap<u32, u32>, token: u32) {
    if let Some(count) = inside.get_mut(&token) {
        *count -= 1;
        if *count == 0 {
            inside.remove(&token);
        }
    }
}

/// Factors of MTLD in one direction: stretches until the ratio falls, and the share of one that is left.
fn factors<'tokens>(tokens: impl Iterator<Item = &'tokens u32>, end: FactorEnd) -> f64 {
    // The stretch that each type was last seen in: nothing has to be emptied between them.
    let mut seen: FxHashMap<u32, u64> = FxHashMap::default();
    let (mut full, mut types, mut size) = (0u64, 0u64, 0u64);
    for token in tokens {
        size += 1;
        types += u64::from(seen.insert(*token, full) != Some(full));
        // 0.72 is 18 of 25: whole numbers have no rounding.
        let (ratio, border) = (types * 25, size * 18);
        if ratio < border || (ratio == border && end == FactorEnd::AtOrBelow) {
            full += 1;
            (types, size) = (0, 0);
        }
    }
    let rest = if size == 0 { 0.0 } else { (1.0 - types as f64 / size as f64) / (1.0 - 0.72) };
    full as f64 + rest
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn naive_ratio(tokens: &[u32]) -> f64 {
        tokens.iter().collect::<HashSet<_>>().len() as f64 / tokens.len() as f64
    }

    fn naive_factors(tokens: &[u32], end: FactorEnd) -> f64 {
        let (mut full, mut start) = (0.0, 0);
        for at in 1..=tokens.len() {
            let ratio = naive_ratio(&tokens[start..at]);
            if ratio < 0.72 || (ratio == 0.72 && end == FactorEnd::AtOrBelow) {
                (full, start) = (full + 1.0, at);
            }
        }
        if start < tokens.len() { full + (1.0 - naive_ratio(&tokens[start..])) / (1.0 - 0.72) } else { full }
    }

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() <= 1e-9 * expected.abs().max(1.0))
    }

    proptest! {
        #[test]
        fn moving_and_segmental_means_are_those_of_every_stretch(
            tokens in prop::collection::vec(0u32..40, 1..200),
            window in 1usize..60,
        ) {
            let moving: Vec<f64> = tokens.windows(window).map(naive_ratio).collect();
            let segments: Vec<f64> = tokens.chunks_exact(window).map(naive_ratio).collect();
            for (found, ratios) in [(mattr(&tokens, window), moving), (msttr(&tokens, window), segments)] {
                let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
                prop_assert!((ratios.is_empty() && found.is_none()) || close(found, mean));
            }
        }

        #[test]
        fn factors_are_those_of_counting_again(tokens in prop::collection::vec(0u32..40, 1..200)) {
            let turned: Vec<u32> = tokens.iter().rev().copied().collect();
            for end in [FactorEnd::Below, FactorEnd::AtOrBelow] {
                let size = tokens.len() as f64;
                let expected = (size / naive_factors(&tokens, end) + size / naive_factors(&turned, end)) / 2.0;
                let found = mtld(&tokens, end);
                prop_assert!((expected.is_infinite() && found.is_none()) || close(found, expected));
            }
        }

        #[test]
        fn a_hypergeometric_draw_of_everything_is_the_ratio(tokens in prop::collection::vec(0u32..40, 1..100)) {
            prop_assert!(close(hdd(&tokens, tokens.len() as u32), naive_ratio(&tokens)));
            prop_assert!(close(hdd(&tokens, 1), 1.0));
        }

        #[test]
        fn names_of_types_do_not_matter(tokens in prop::collection::vec(0u32..40, 1..200)) {
            let renamed: Vec<u32> = tokens.iter().map(|token| token.wrapping_mul(2_654_435_761)).collect();
            prop_assert_eq!(hdd(&tokens, 20), hdd(&renamed, 20));
            prop_assert_eq!(yule_k(&tokens), yule_k(&renamed));
            prop_assert_eq!(mtld(&tokens, FactorEnd::Below), mtld(&renamed, FactorEnd::Below));
        }
    }
}
