//! Special functions: tails and quantiles of the normal, chi-squared, binomial and beta distributions.
//!
//! Products of factorials are taken by Loader's saddle-point expansion instead of differences of `ln_gamma`: those lose
//! as many digits as the counts have, six of a million. Quantiles of the beta distribution are found on the scale of
//! log odds, where the bound of a proportion keeps all its digits next to 0 and next to 1.
//!
//! Useful for counts: parameters from 1 up. Not useful for densities that are infinite at an end (parameters below 1).

use crate::base::math::{erfc, exp, ln, ln_1p, ln_gamma, sqrt};

/// Half of `ln 2π`.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_8;

/// What a standard normal variable leaves above `z`. To 15 digits, tails included. Cost: O(1).
pub fn normal_survival(z: f64) -> f64 {
    0.5 * erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The `z` below which a standard normal variable is with probability `p`; `None` unless `0 < p < 1`.
///
/// To 15 digits. Source: Wichura (1988), Applied Statistics 37(3), algorithm AS 241, `PPND16`. Cost: O(1).
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return Some(q * rational(&WICHURA_MIDDLE, 0.180_625 - q * q));
    }
    let r = sqrt(-ln(if q < 0.0 { p } else { 1.0 - p }));
    let z = if r <= 5.0 { rational(&WICHURA_TAIL, r - 1.6) } else { rational(&WICHURA_FAR, r - 5.0) };
    Some(if q < 0.0 { -z } else { z })
}

/// What a chi-squared variable with one degree of freedom leaves above `x`: the p value of a G² or χ². `x` below 0 is
/// taken as 0. Cost: O(1).
pub fn chi2_survival(x: f64) -> f64 {
    erfc(sqrt(0.5 * x.max(0.0)))
}

/// The `x` above which a chi-squared variable with one degree of freedom is with probability `alpha`: the cut-off of a
/// test at that level. `None` unless `0 < alpha < 1`. Cost: O(1).
pub fn chi2_quantile(alpha: f64) -> Option<f64> {
    // Half of it and not one minus half of it: a corrected level may be 1e-9.
    normal_quantile(0.5 * alpha).filter(|_| alpha < 1.0).map(|z| z * z)
}

/// Logarithm of the number of ways to choose `k` of `n`; `None` if `k > n`. To 14 digits at any size. Cost: O(1).
pub fn ln_binomial(n: u64, k: u64) -> Option<f64> {
    let rest = n.checked_sub(k)?;
    if k == 0 || rest == 0 {
        return Some(0.0);
    }
    let (n, k, rest) = (n as f64, k as f64, rest as f64);
    Some(ln_binomial_term(k, rest, k / n, rest / n) - k * ln(k / n) - rest * ln(rest / n))
}

/// Logarithm of the binomial probability `C(k + rest, k) · p^k · q^rest`, where `q = 1 - p` is given, too, so that it
/// has its digits where `p` is close to 1. Numbers need not be whole; all are at least 0.
///
/// Source: Loader (2000), Fast and accurate computation of binomial probabilities. Cost: O(1).
pub fn ln_binomial_term(k: f64, rest: f64, p: f64, q: f64) -> f64 {
    let n = k + rest;
    if k == 0.0 || rest == 0.0 {
        let part = |count: f64, probability: f64| if count == 0.0 { 0.0 } else { count * ln(probability) };
        return part(k, p) + part(rest, q);
    }
    let errors = stirling_error(n) - stirling_error(k) - stirling_error(rest);
    errors - deviance(k, n * p) - deviance(rest, n * q) - HALF_LN_TAU - 0.5 * (ln(k) + ln(rest / n))
}

/// The regularised incomplete beta function `I_x(a, b)`: how much of a beta distribution lies below `x`.
///
/// `None` unless `a` and `b` are at least 1 and `x` is between 0 and 1. To 12 digits where `a` and `b` are below 10¹².
/// Source: continued fraction 8.17.22 of the Digital Library of Mathematical Functions, evaluated after Lentz (1976).
/// Cost: O(√min(a, b)), with a bound.
pub fn incomplete_beta(a: f64, b: f64, x: f64) -> Option<f64> {
    if !(is_parameter(a) && is_parameter(b) && (0.0..=1.0).contains(&x)) {
        return None;
    }
    if x == 0.0 || x == 1.0 {
        return Some(x);
    }
    Some(exp(ln_incomplete_beta(a, b, x, 1.0 - x)).min(1.0))
}

/// The `x` below which a beta distribution lies with probability `p`: the inverse of [`incomplete_beta`].
///
/// `None` unless `a` and `b` are at least 1 and `0 < p < 1`. To 13 digits. Cost: a few times that of its inverse.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    beta_quantile_logit(p, a, b).map(|logit| from_logit(logit).0)
}

/// `ln(x / (1 - x))` of [`beta_quantile`]: keeps the digits of `1 - x` where `x` is close to 1.
///
/// Newton's method on the logarithm of the probability, which is concave in the log odds: from any start it lands
/// below the root and then climbs to it.
pub fn beta_quantile_logit(p: f64, a: f64, b: f64) -> Option<f64> {
    if !(is_parameter(a) && is_parameter(b) && p > 0.0 && p < 1.0) {
        return None;
    }
    if p > 0.5 {
        return beta_quantile_logit(1.0 - p, b, a).map(|logit| -logit);
    }
    let target = ln(p);
    let mut logit = ln(a / b) + normal_quantile(p)? * sqrt(1.0 / a + 1.0 / b);
    // Six to ten steps are usual.
    for _ in 0..64 {
        let (x, y) = from_logit(logit);
        let reached = ln_incomplete_beta(a, b, x, y);
        let slope = exp(ln_beta_density(a, b, x, y) - reached);
        let step = ((target - reached) / slope).clamp(-32.0, 32.0);
        if !step.is_finite() {
            break;
        }
        logit = (logit + step).clamp(-700.0, 700.0);
        if step.abs() <= 1e-15 * logit.abs().max(1.0) {
            break;
        }
    }
    Some(logit)
}

/// Larger than any count; what is beyond has no digits left to lose.
fn is_parameter(x: f64) -> bool {
    (1.0..=1e20).contains(&x)
}

fn from_logit(logit: f64) -> (f64, f64) {
    (1.0 / (1.0 + exp(-logit)), 1.0 / (1.0 + exp(logit)))
}

/// `ln I_x(a, b)`; `y = 1 - x`, both above 0.
fn ln_incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let density = ln_beta_density(a, b, x, y);
    if x <= (a + 1.0) / (a + b + 2.0) {
        density + ln(beta_fraction(a, b, x) / a)
    } else {
        ln_1p(-(exp(density) * beta_fraction(b, a, y) / b).min(1.0))
    }
}

/// `ln(x^a y^b / B(a, b))`: the density on the scale of log odds.
fn ln_beta_density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    ln_binomial_term(a, b, x, y) + ln(a) + ln(b / (a + b))
}

/// The continued fraction of the incomplete beta function, from above.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const SMALLEST: f64 = 1e-300;
    let guarded = |value: f64| if value.abs() < SMALLEST { SMALLEST } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // Some √min(a, b) steps next to the mean, a few dozen where quantiles are sought: the bound is for means of 10¹².
    for step in 1..200_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guarded(1.0 + even * d);
        c = guarded(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guarded(1.0 + odd * d);
        c = guarded(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// `x ln(x / expected) + expected - x`, without losing digits where the two are close.
fn deviance(x: f64, expected: f64) -> f64 {
    let difference = x - expected;
    if difference.abs() >= 0.1 * (x + expected) {
        return x * ln(x / expected) - difference;
    }
    let v = difference / (x + expected);
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    for odd in 1..1_000 {
        power *= v * v;
        let next = sum + power / f64::from(2 * odd + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// What Stirling's formula lacks: `ln n! - ln(√(2πn) (n/e)^n)`.
fn stirling_error(n: f64) -> f64 {
    if n <= 15.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * ln(n) + n - HALF_LN_TAU;
    }
    let square = n * n;
    let tail = 1.0 / 1680.0 - (1.0 / 1188.0) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - tail / square) / square) / square) / n
}

/// Numerator over denominator, coefficients from the constant up.
fn rational([above, below]: &[[f64; 8]; 2], x: f64) -> f64 {
    let polynomial = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, next| sum * x + next);
    polynomial(above) / polynomial(below)
}

const WICHURA_MIDDLE: [[f64; 8]; 2] = [
    [
        3.3871328727963665,
        133.14166789178438,
        1971.5909503065513,
        13731.69376550946,
        45921.95393154987,
        67265.7709270087,
        33430.57558358813,
        2509.0809287301227,
    ],
    [
        1.0,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854,
    ],
];
const WICHURA_TAIL: [[f64; 8]; 2] = [
    [
        1.4234371107496835,
        4.630337846156546,
        5.769497221460691,
        3.6478483247632045,
        1.2704582524523684,
        0.2417807251774506,
        0.022723844989269184,
        0.0007745450142783414,
    ],
    [
        1.0,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-9,
    ],
];
const WICHURA_FAR: [[f64; 8]; 2] = [
    [
        6.657904643501103,
        5.463784911164114,
        1.7848265399172913,
        0.29656057182850487,
        0.026532189526576124,
        0.0012426609473880784,
        2.7115555687434876e-5,
        2.0103343992922881e-7,
    ],
    [
        1.0,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-5,
        1.421511758316446e-7,
        2.0442631033899397e-15,
    ],
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether two numbers agree to so many digits.
    fn agree(found: Option<f64>, expected: f64, digits: i32) -> bool {
        let tolerance = 0.5 * 10f64.powi(-digits) * expected.abs().max(1e-300);
        found.is_some_and(|found| (found - expected).abs() <= tolerance)
    }

    fn check(name: &str, found: Option<f64>, expected: f64, digits: i32) {
        assert!(agree(found, expected, digits), "{name}: {found:?}, expected {expected}");
    }

    // Expected numbers: mpmath 1.4 with 40 digits; the three large cases of `incomplete_beta`: SciPy 1.17.

    #[test]
    fn normal_quantiles_have_all_digits() {
        const CASES: &[(f64, f64)] = &[
            (0.5, 0.0),
            (0.025, -1.959_963_984_540_054_2),
            (0.3, -0.524_400_512_708_040_8),
            (0.9999, 3.719_016_485_455_708_4),
            (1e-10, -6.361_340_902_404_056),
            (1e-300, -37.047_096_299_361_2),
        ];
        for (p, expected) in CASES {
            check("quantile", normal_quantile(*p), *expected, 15);
        }
        assert_eq!([normal_quantile(0.0), normal_quantile(1.0), normal_quantile(f64::NAN)], [None; 3]);
    }

    #[test]
    fn tails_of_chi_squared_are_the_thresholds_of_textbooks() {
        for (x, p) in
            [(3.84, 0.050_043_521_248_705_1), (10.83, 0.000_998_686_379_180_258_7), (100.0, 1.523_970_604_832_105e-23)]
        {
            check("survival", Some(chi2_survival(x)), p, 14);
        }
        for (p, x) in
            [(0.05, 3.841_458_820_694_126), (0.01, 6.634_896_601_021_215), (0.05 / 20_109.0, 22.176_920_338_806_92)]
        {
            check("quantile", chi2_quantile(p), x, 14);
        }
        assert_eq!([chi2_quantile(0.0), chi2_quantile(1.0), chi2_quantile(2.0)], [None; 3]);
        assert_eq!([chi2_survival(0.0), chi2_survival(-1.0)], [1.0, 1.0]);
    }

    #[test]
    fn the_incomplete_beta_function_agrees_with_its_integral() {
        const CASES: &[(f64, f64, f64, f64)] = &[
            (2.0, 3.0, 0.25, 0.261_718_75),
            (10.0, 6.0, 0.5, 0.150_878_906_25),
            (1.0, 1.0, 0.125, 0.125),
            (1000.0, 2000.0, 0.3, 4.073_827_916_050_771_5e-5),
            (112.0, 7.0, 0.9, 0.043_050_650_423_236_58),
            (5e4, 3e6, 0.0165, 0.928_382_337_685_372_7),
            (3.0, 1e6, 1e-6, 0.080_301_672_981_258_58),
            (1e6, 1e6, 0.4999, 0.388_648_717_862_310_14),
        ];
        for (a, b, x, expected) in CASES {
            check("I_x(a, b)", incomplete_beta(*a, *b, *x), *expected, 12);
        }
        assert_eq!([incomplete_beta(2.0, 3.0, 0.0), incomplete_beta(2.0, 3.0, 1.0)], [Some(0.0), Some(1.0)]);
        assert_eq!([incomplete_beta(0.0, 3.0, 0.5), incomplete_beta(2.0, 3.0, 1.5)], [None; 2]);
    }

    #[test]
    fn quantiles_of_the_beta_distribution_keep_their_digits() {
        const CASES: &[(f64, f64, f64, f64, f64)] = &[
            (0.025, 2.0, 2.0, 0.094_299_324_050_246_08, -2.262_234_850_173_422),
            (1.243_224_426_873_539_2e-6, 112.0, 7.0, 0.790_333_622_396_259_8, 1.326_937_573_792_467_6),
            (0.5, 3.0, 9.0, 0.235_785_526_635_828_4, -1.175_925_867_681_122),
            (1e-9, 30.0, 1.0, 0.501_187_233_627_272_3, 0.004_748_943_434_100_233),
            (0.975, 3.0, 9.0, 0.517_755_852_360_172_7, 0.071_053_287_479_272_49),
        ];
        for (p, a, b, x, logit) in CASES {
            check("quantile", beta_quantile(*p, *a, *b), *x, 13);
            let found = beta_quantile_logit(*p, *a, *b).unwrap();
            assert!((found - logit).abs() < 1e-13, "{found} {logit}");
        }
        assert_eq!(
            [beta_quantile(0.0, 1.0, 1.0), beta_quantile(1.0, 1.0, 1.0), beta_quantile(0.5, 0.0, 1.0)],
            [None; 3]
        );
    }

    #[test]
    fn binomials_keep_their_digits_where_factorials_are_large() {
        for (n, k, expected) in [
            (10, 3, 4.787_491_742_782_046),
            (49, 6, 16.453_411_218_896_15),
            (1_000_000, 1_000, 7_902.882_712_976_144),
            (1_000_000_000_000, 500_000_000_000, 693_147_180_545.904),
        ] {
            check("binomial", ln_binomial(n, k), expected, 14);
        }
        assert_eq!([ln_binomial(3, 0), ln_binomial(3, 3), ln_binomial(3, 4)], [Some(0.0), Some(0.0), None]);
    }

    proptest! {
        #[test]
        fn quantile_and_probability_undo_each_other(p in 1e-12..1.0f64, a in 1.0..1e6f64, b in 1.0..1e6f64) {
            let x = beta_quantile(p, a, b).unwrap();
            // What a last bit of `x` is worth in `p`: the density is up to √(a + b) / √(x (1 - x)).
            let back = incomplete_beta(a, b, x).unwrap();
            prop_assert!((back - p).abs() <= 1e-9 * p.max(1e-3), "{} {}", back, p);
            let z = normal_quantile(p).unwrap();
            prop_assert!((normal_survival(-z) - p).abs() <= 1e-13 * p);
        }

        #[test]
        fn the_two_sides_of_a_beta_distribution_are_whole(a in 1.0..1e9f64, b in 1.0..1e9f64, x in 0.0..1.0f64) {
            let (below, above) = (incomplete_beta(a, b, x).unwrap(), incomplete_beta(b, a, 1.0 - x).unwrap());
            prop_assert!((0.0..=1.0).contains(&below));
            prop_assert!((below + above - 1.0).abs() < 1e-6);
        }

        #[test]
        fn any_number_at_all_gives_a_number_or_none(bits in any::<[u64; 3]>(), n in any::<u64>(), k in any::<u64>()) {
            let [p, a, b] = bits.map(f64::from_bits);
            let found = [normal_quantile(p), chi2_quantile(p), incomplete_beta(a, b, p), beta_quantile(p, a, b)];
            prop_assert!(found.iter().flatten().all(|value| value.is_finite()), "{:?}", found);
            prop_assert!(ln_binomial(n, k).is_none_or(f64::is_finite));
            let large = beta_quantile_logit(1e-9, n.max(1) as f64, k.max(1) as f64);
            prop_assert!(large.is_some_and(f64::is_finite));
        }
    }
}
