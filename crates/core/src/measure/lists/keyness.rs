//! The measures of keyness.

use super::Measure;
use crate::measure::contingency::finite;
use crate::measure::keyness::{
    Keyness, bic, diff_percent, ell, fisher_greater, fisher_less, fisher_two_sided, lockword, log_odds_z, log_ratio,
    log_ratio_half, log_ratio_interval, lrc, lrc_positive, odds_ratio, relative_risk, sidak_alpha, simple_maths,
    specificity,
};
use crate::measure::special::chi2_survival;

macro_rules! f1 {
    () => {
        sub!(i!("f"), n!("1"))
    };
}
macro_rules! f2 {
    () => {
        sub!(i!("f"), n!("2"))
    };
}
macro_rules! n1 {
    () => {
        sub!(i!("n"), n!("1"))
    };
}
macro_rules! n2 {
    () => {
        sub!(i!("n"), n!("2"))
    };
}
macro_rules! rates {
    () => {
        frac!(row!(f1!(), o!("/"), n1!()), row!(f2!(), o!("/"), n2!()))
    };
}
macro_rules! cell {
    ($cell:expr) => {
        concat!(sub!(i!("O"), n!($cell)), ln!(), frac!(sub!(i!("O"), n!($cell)), sub!(i!("E"), n!($cell))))
    };
}
macro_rules! interval {
    ($sign:expr, $alpha:expr) => {
        math! {
            log2!(), rates!(), o!($sign), frac!(sub!(i!("z"), row!($alpha, o!("/"), n!("2"))), row!(ln!(), n!("2"))),
            root!( frac!(row!(n1!(), o!("−"), f1!()), row!(n1!(), f1!())), o!("+"), frac!(row!(n2!(), o!("−"), f2!()),
            row!(n2!(), f2!())) )
        }
    };
}
macro_rules! per_million {
    ($k:expr) => {
        math! {
            frac!( row!(sup!(n!("10"), n!("6")), sub!(i!("f"), n!("1")), o!("/"), n1!(), o!("+"), n!($k)),
            row!(sup!(n!("10"), n!("6")), sub!(i!("f"), n!("2")), o!("/"), n2!(), o!("+"), n!($k)) )
        }
    };
}
macro_rules! tail {
    ($sign:expr) => {
        concat!(i!("P"), par!(i!("X"), o!($sign), f1!()))
    };
}

const HARDIE: &str = "Hardie (2014), Log Ratio: an informal introduction (CASS, Lancaster); CQPweb";
const EVERT: &str = "Evert (2022), Measuring keyness (DH2022); R package corpora";
const UCREL: &str = "UCREL log-likelihood wizard (Lancaster)";
const KILGARRIFF: &str = "Kilgarriff (2009), Simple maths for keywords (Corpus Linguistics 2009)";
const FISHER: &str = "Fisher (1922), Journal of the Royal Statistical Society 85(1)";
const NOWHERE: &str = "the word is in neither part, or a part is empty";
const EMPTY: &str = "a part is empty";
const ABSENT: &str = "the reference does not have the word";

/// All measures of keyness: effects first, then evidence, then both in one.
pub const KEYNESS: &[Measure<Keyness>] = &[
    Measure {
        name: "log_ratio",
        title: "Log Ratio",
        variant: "a frequency of 0 counts as ½",
        formula: math! { log2!(), rates!() },
        source: HARDIE,
        meaning: "How many times the relative frequency doubles from the reference to the part: 1 is twice, 2 is four \
            times as frequent.",
        undefined: NOWHERE,
        value: log_ratio,
    },
    Measure {
        name: "log_ratio_low",
        title: "Log Ratio, lower bound",
        variant: "for this word alone",
        formula: interval!("−", i!("α")),
        source: HARDIE,
        meaning: "The smallest Log Ratio that the counts are still compatible with, if only this word is looked at.",
        undefined: NOWHERE,
        value: |word| log_ratio_interval(word, word.alpha).map(|interval| interval.low),
    },
    Measure {
        name: "log_ratio_high",
        title: "Log Ratio, upper bound",
        variant: "for this word alone",
        formula: interval!("+", i!("α")),
        source: HARDIE,
        meaning: "The largest Log Ratio that the counts are still compatible with, if only this word is looked at.",
        undefined: NOWHERE,
        value: |word| log_ratio_interval(word, word.alpha).map(|interval| interval.high),
    },
    Measure {
        name: "log_ratio_conservative",
        title: "Conservative Log Ratio",
        variant: "lower bound, corrected for all words tested (Šidák)",
        formula: interval!("−", sup!(i!("α"), o!("′"))),
        source: HARDIE,
        meaning: "The smallest Log Ratio that the counts are still compatible with, all tested words taken together.",
        undefined: NOWHERE,
        value: |word| log_ratio_interval(word, sidak_alpha(word.alpha, word.family)?).map(|interval| interval.low),
    },
    Measure {
        name: "log_ratio_high_corrected",
        title: "Log Ratio, corrected upper bound",
        variant: "corrected for all words tested (Šidák)",
        formula: interval!("+", sup!(i!("α"), o!("′"))),
        source: HARDIE,
        meaning: "The largest Log Ratio that the counts are still compatible with, all tested words taken together.",
        undefined: NOWHERE,
        value: |word| log_ratio_interval(word, sidak_alpha(word.alpha, word.family)?).map(|interval| interval.high),
    },
    Measure {
        name: "log_ratio_half",
        title: "Log Ratio + ½",
        variant: "½ added to all four numbers",
        formula: math! {
            log2!(), frac!(row!(par!(f1!(), o!("+"), frac!(n!("1"), n!("2"))), o!("/"), par!(n1!(), o!("+"),
            frac!(n!("1"), n!("2")))), row!(par!(f2!(), o!("+"), frac!(n!("1"), n!("2"))), o!("/"), par!(n2!(), o!("+"),
            frac!(n!("1"), n!("2")))))
        },
        source: "Walter (1975), Biometrika 62(2); R package corpora",
        meaning: "Log Ratio with less bias for rare words.",
        undefined: NOWHERE,
        value: log_ratio_half,
    },
    Measure {
        name: "lrc",
        title: "LRC",
        variant: "two-sided exact bound, corrected for all words tested (Bonferroni), 0 where not significant",
        formula: math! {
            i!("max"), par!(log2!(), par!(frac!(n2!(), n1!()), o!("·"), frac!(sub!(i!("τ"), t!("low")), row!(n!("1"),
            o!("−"), sub!(i!("τ"), t!("low"))))), o!(","), n!("0")), o!(","), sub!(i!("τ"), t!("low")), o!("="),
            sub!(sup!(i!("I"), row!(o!("−"), n!("1"))), row!(i!("α"), o!("/"), n!("2"), i!("m"))), par!(f1!(), o!(","),
            f2!(), o!("+"), n!("1"))
        },
        source: EVERT,
        meaning: "The Log Ratio that is certain for all tested words together, 0 where it could as well be none; for \
            avoided words the upper bound.",
        undefined: NOWHERE,
        value: lrc,
    },
    Measure {
        name: "lrc_positive",
        title: "LRC, one-sided",
        variant: "one-sided exact lower bound, corrected for all words tested (Bonferroni), not clamped",
        formula: math! {
            log2!(), par!(frac!(n2!(), n1!()), o!("·"), frac!(i!("τ"), row!(n!("1"), o!("−"), i!("τ")))), o!(","),
            i!("τ"), o!("="), sub!(sup!(i!("I"), row!(o!("−"), n!("1"))), row!(i!("α"), o!("/"), i!("m"))), par!(f1!(),
            o!(","), f2!(), o!("+"), n!("1"))
        },
        source: EVERT,
        meaning: "The Log Ratio that a typical word has at least, all tested words taken together.",
        undefined: "the part does not have the word",
        value: lrc_positive,
    },
    Measure {
        name: "lockword",
        title: "Lockword distance",
        variant: "two-sided exact bounds, corrected for all words tested (Bonferroni)",
        formula: math! {
            i!("max"), par!(bars!(sub!(i!("LR"), t!("low"))), o!(","), bars!(sub!(i!("LR"), t!("high"))))
        },
        source: EVERT,
        meaning: "How different the relative frequencies could be at most: small for words that both parts use alike.",
        undefined: "one of the parts does not have the word",
        value: lockword,
    },
    Measure {
        name: "relative_risk",
        title: "Relative risk",
        variant: "",
        formula: math! { rates!() },
        source: UCREL,
        meaning: "How many times as frequent the word is in the part as in the reference.",
        undefined: ABSENT,
        value: relative_risk,
    },
    Measure {
        name: "odds_ratio",
        title: "Odds ratio",
        variant: "",
        formula: math! {
            frac!(row!(f1!(), o!("/"), par!(n1!(), o!("−"), f1!())), row!(f2!(), o!("/"), par!(n2!(), o!("−"), f2!())))
        },
        source: UCREL,
        meaning: "The odds of meeting the word in the part, over those in the reference.",
        undefined: "the reference does not have the word, or a part has nothing else",
        value: odds_ratio,
    },
    Measure {
        name: "diff_percent",
        title: "%DIFF",
        variant: "",
        formula: math! {
            n!("100"), o!("·"), frac!(row!(f1!(), o!("/"), n1!(), o!("−"), f2!(), o!("/"), n2!()), row!(f2!(), o!("/"),
            n2!()))
        },
        source: "Gabrielatos & Marchi (2011), Keyness: matching metrics to definitions",
        meaning: "By how many per cent the word is more frequent in the part than in the reference.",
        undefined: ABSENT,
        value: diff_percent,
    },
    Measure {
        name: "simple_maths_1",
        title: "Simple maths, 1",
        variant: "k = 1",
        formula: per_million!("1"),
        source: KILGARRIFF,
        meaning: "Ratio of the frequencies per million after adding 1 to both: prefers rare words.",
        undefined: EMPTY,
        value: |word| simple_maths(word, 1.0),
    },
    Measure {
        name: "simple_maths_10",
        title: "Simple maths, 10",
        variant: "k = 10",
        formula: per_million!("10"),
        source: KILGARRIFF,
        meaning: "Ratio of the frequencies per million after adding 10 to both.",
        undefined: EMPTY,
        value: |word| simple_maths(word, 10.0),
    },
    Measure {
        name: "simple_maths_100",
        title: "Simple maths, 100",
        variant: "k = 100",
        formula: per_million!("100"),
        source: KILGARRIFF,
        meaning: "Ratio of the frequencies per million after adding 100 to both: for small corpora.",
        undefined: EMPTY,
        value: |word| simple_maths(word, 100.0),
    },
    Measure {
        name: "simple_maths_1000",
        title: "Simple maths, 1000",
        variant: "k = 1000",
        formula: per_million!("1000"),
        source: KILGARRIFF,
        meaning: "Ratio of the frequencies per million after adding 1,000 to both: prefers frequent words.",
        undefined: EMPTY,
        value: |word| simple_maths(word, 1000.0),
    },
    Measure {
        name: "g2",
        title: "G²",
        variant: "four-term, unsigned",
        formula: math! { four_terms!() },
        source: "Dunning (1993), Computational Linguistics 19(1)",
        meaning: "How surprising the difference would be if the word were as frequent in both parts: above 3.84 less \
            than one in twenty such words.",
        undefined: EMPTY,
        value: |word| word.table().and_then(|table| finite(table.log_likelihood())),
    },
    Measure {
        name: "g2_signed",
        title: "G², signed",
        variant: "four-term, negative where less frequent than in the reference",
        formula: math! {
            i!("sgn"), par!(sub!(i!("O"), n!("11")), o!("−"), sub!(i!("E"), n!("11"))), o!("·"), sup!(i!("G"), n!("2")),
            o!(","), four_terms!()
        },
        source: "Dunning (1993), Computational Linguistics 19(1); R package corpora",
        meaning: "G² with a minus sign for words that the part avoids.",
        undefined: EMPTY,
        value: |word| word.table().and_then(|table| finite(table.signed_log_likelihood())),
    },
    Measure {
        name: "g2_two_term",
        title: "G², two terms",
        variant: "two-term, unsigned",
        formula: math! { n!("2"), par!(cell!("11"), o!("+"), cell!("21")) },
        source: "Rayson & Garside (2000), Workshop on Comparing Corpora; UCREL wizard",
        meaning: "G² of the word's own cells only, as many tools print it: a little smaller than the full one.",
        undefined: EMPTY,
        value: |word| word.table().and_then(|table| finite(table.log_likelihood_of_column())),
    },
    Measure {
        name: "p_g2",
        title: "p of G²",
        variant: "χ² distribution with one degree of freedom, for this word alone",
        formula: math! { i!("P"), par!(sub!(sup!(i!("χ"), n!("2")), n!("1")), o!("≥"), sup!(i!("G"), n!("2"))) },
        source: "Wilks (1938), Annals of Mathematical Statistics 9(1)",
        meaning: "How often a difference as large would come by chance if the word were as frequent in both parts.",
        undefined: EMPTY,
        value: |word| word.table().and_then(|table| finite(chi2_survival(table.log_likelihood()))),
    },
    Measure {
        name: "sidak_alpha",
        title: "Level per word",
        variant: "Šidák",
        formula: math! {
            sup!(i!("α"), o!("′")), o!("="), n!("1"), o!("−"), sup!(par!(n!("1"), o!("−"), i!("α")), row!(n!("1"),
            o!("/"), i!("m")))
        },
        source: "Šidák (1967), Journal of the American Statistical Association 62",
        meaning: "What p must be below so that the level holds for all tested words together.",
        undefined: "the level is not between 0 and 1",
        value: |word| sidak_alpha(word.alpha, word.family),
    },
    Measure {
        name: "bic",
        title: "BIC",
        variant: "from the two-term G²",
        formula: math! { sub!(sup!(i!("G"), n!("2")), t!("two-term")), o!("−"), ln!(), par!(n1!(), o!("+"), n2!()) },
        source: "Wilson (2013), Embracing Bayes factors for key item analysis",
        meaning: "Evidence for a difference after the size of the corpora is taken into account: above 2 positive, \
            above 6 strong, above 10 very strong.",
        undefined: EMPTY,
        value: bic,
    },
    Measure {
        name: "ell",
        title: "ELL",
        variant: "from the two-term G²",
        formula: math! {
            frac!(sub!(sup!(i!("G"), n!("2")), t!("two-term")), row!(par!(n1!(), o!("+"), n2!()), o!("·"), ln!(),
            sub!(i!("E"), i!("min"))))
        },
        source: "Johnston, Berry & Mielke (2006), Perceptual and Motor Skills 103(2); UCREL wizard",
        meaning: "G² as a share of the largest that it could be, between 0 and 1.",
        undefined: "the smaller expected frequency is 1 or less",
        value: ell,
    },
    Measure {
        name: "chi2",
        title: "χ²",
        variant: "uncorrected",
        formula: math! { chi_squared!(crosswise!()) },
        source: "Pearson (1900), Philosophical Magazine 50",
        meaning: "How far the counts are from the expected ones: an older test than G², too generous with rare words.",
        undefined: NOWHERE,
        value: |word| word.table().and_then(|table| table.chi_squared()),
    },
    Measure {
        name: "chi2_yates",
        title: "χ², Yates",
        variant: "corrected for continuity",
        formula: math! { chi_squared!(bars!(crosswise!()), o!("−"), frac!(i!("N"), n!("2"))) },
        source: "Yates (1934), Supplement to the Journal of the Royal Statistical Society 1(2)",
        meaning: "χ² made more cautious for small counts.",
        undefined: NOWHERE,
        value: |word| word.table().and_then(|table| table.chi_squared_yates()),
    },
    Measure {
        name: "fisher_greater",
        title: "Fisher's p, more",
        variant: "one-sided: as many or more",
        formula: math! { tail!("≥") },
        source: FISHER,
        meaning: "How often chance alone would put the word into the part as many times or more.",
        undefined: NOWHERE,
        value: fisher_greater,
    },
    Measure {
        name: "fisher_less",
        title: "Fisher's p, fewer",
        variant: "one-sided: as many or fewer",
        formula: math! { tail!("≤") },
        source: FISHER,
        meaning: "How often chance alone would put the word into the part as many times or fewer.",
        undefined: NOWHERE,
        value: fisher_less,
    },
    Measure {
        name: "fisher_two_sided",
        title: "Fisher's p",
        variant: "two-sided: all tables as improbable",
        formula: math! {
            sum!(row!(i!("k"), o!(":"), i!("P"), par!(i!("k")), o!("≤"), i!("P"), par!(f1!()))), i!("P"), par!(i!("k"))
        },
        source: "Fisher (1922), Journal of the Royal Statistical Society 85(1); as R and SciPy",
        meaning: "How often chance alone would distribute the word as unevenly, one way or the other.",
        undefined: NOWHERE,
        value: fisher_two_sided,
    },
    Measure {
        name: "specificity",
        title: "Specificity",
        variant: "−log₁₀ of Fisher's tail, negative where avoided",
        formula: math! { o!("±"), sub!(i!("log"), n!("10")), tail!("≥") },
        source: "Lafon (1980), Mots 1; TXM",
        meaning: "How many zeros the probability of so many by chance has after the point, with a minus sign for \
            avoided words.",
        undefined: NOWHERE,
        value: specificity,
    },
    Measure {
        name: "log_odds_z",
        title: "Log odds, z",
        variant: "informative Dirichlet prior",
        formula: math! {
            frac!(row!(ln!(), frac!(row!(f1!(), o!("+"), sub!(i!("α"), i!("w"))), row!(n1!(), o!("+"), sub!(i!("α"),
            n!("0")), o!("−"), f1!(), o!("−"), sub!(i!("α"), i!("w")))), o!("−"), ln!(), frac!(row!(f2!(), o!("+"),
            sub!(i!("α"), i!("w"))), row!(n2!(), o!("+"), sub!(i!("α"), n!("0")), o!("−"), f2!(), o!("−"), sub!(i!("α"),
            i!("w"))))), root!(frac!(n!("1"), row!(f1!(), o!("+"), sub!(i!("α"), i!("w")))), o!("+"), frac!(n!("1"),
            row!(f2!(), o!("+"), sub!(i!("α"), i!("w"))))))
        },
        source: "Monroe, Colaresi & Quinn (2008), Political Analysis 16(4)",
        meaning: "Difference of the log odds in units of its error, every word pulled towards its frequency at large.",
        undefined: "there is no prior, or a part is empty",
        value: log_odds_z,
    },
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::measure::tests::{check_list, check_value};
    use super::*;
    use crate::measure::keyness::Prior;

    fn value(name: &str, word: &Keyness) -> Option<f64> {
        (Measure::named(KEYNESS, name).unwrap().value)(word)
    }

    fn check(word: &Keyness, name: &str, expected: &str) {
        check_value(KEYNESS, name, word, expected);
    }

    #[test]
    fn the_list_is_whole() {
        check_list(KEYNESS);
    }

    #[test]
    fn golden_numbers_of_a_word_in_both_parts() {
        // NLTK 3.10, SciPy 1.17 and mpmath 1.4.
        const CASES: &[(&str, &str)] = &[
            ("g2_two_term", "6.9315"),
            ("g2_two_term", "6.931471805599453"),
            ("g2", "6.9692"),
            ("g2_signed", "6.9692"),
            ("chi2", "7.5377"),
            ("chi2_yates", "6.1055"),
            ("log_ratio", "2.0000"),
            ("log_ratio_low", "0.4551"),
            ("log_ratio_high", "3.5449"),
            ("log_ratio_half", "1.9325"),
            ("simple_maths_1", "3.9988"),
            ("simple_maths_100", "3.8846"),
            ("diff_percent", "300"),
            ("bic", "-1.0749"),
            ("ell", "0.001436"),
            ("odds_ratio", "4.0303"),
            ("relative_risk", "4.0000"),
            ("fisher_two_sided", "0.010604"),
        ];
        for (name, expected) in CASES {
            check(&Keyness::new(10, 1_000, 5, 2_000), name, expected);
        }
        let expected = Keyness::new(10, 1_000, 5, 2_000).table().unwrap().expected();
        assert_eq!([expected.o11, expected.o21], [5.0, 10.0]);
    }

    #[test]
    fn golden_numbers_of_a_word_that_the_reference_lacks() {
        const CASES: &[(&str, &str)] = &[
            ("g2_two_term", "13.1833"),
            ("g2", "13.2074"),
            ("chi2", "12.0240"),
            ("chi2_yates", "9.2059"),
            ("log_ratio", "4.5850"),
            ("log_ratio_low", "0.4238"),
            ("log_ratio_high", "8.7462"),
            ("log_ratio_half", "4.7001"),
            ("simple_maths_1", "6001"),
            ("simple_maths_100", "61"),
            ("simple_maths_1000", "7"),
            ("fisher_two_sided", "0.001358"),
        ];
        let word = Keyness::new(6, 1_000, 0, 2_000);
        for (name, expected) in CASES {
            check(&word, name, expected);
        }
        for name in ["relative_risk", "odds_ratio", "diff_percent", "lockword"] {
            assert_eq!(value(name, &word), None, "{name}");
        }
    }

    #[test]
    fn golden_numbers_of_large_corpora() {
        // "shard" in BNC and ukWaC; the first is the example of Sketch Engine's manual.
        let word = Keyness::new(35, 112_289_776, 263, 1_559_716_979);
        for (name, expected) in [("simple_maths_1", "1.1224"), ("log_ratio", "0.8863"), ("g2", "9.9761")] {
            check(&word, name, expected);
        }
    }

    #[test]
    fn corrected_bounds_and_exact_ones() {
        // Words of the example data of the R package corpora, and SciPy 1.17 (`beta.ppf`, `norm.isf`).
        let word = |f1, f2| Keyness { family: 20_109, ..Keyness::new(f1, 1_177, f2, 341_805) };
        for (f1, f2, name, expected) in [
            (2, 1, "lrc", "0"),
            (2, 1, "lrc_positive", "-1.9175542965"),
            (3, 1, "lrc", "0.9883640903"),
            (8, 0, "lrc", "6.0208520252"),
            (94, 749, "lrc", "4.3819287138"),
            (94, 749, "lrc_positive", "4.4080370750"),
            (112, 6, "lrc", "10.0962816279"),
            (2, 1, "log_ratio_half", "8.91827033574"),
            (2, 1, "g2", "18.890003767374"),
            (2, 1, "sidak_alpha", "0.00000255076"),
            (112, 6, "log_ratio_conservative", "9.567407196"),
            (112, 6, "log_ratio_high_corrected", "15.241208388"),
            (8, 0, "log_ratio_conservative", "2.290982960"),
            (8, 0, "log_ratio_high_corrected", "22.072847781"),
            (94, 749, "lockword", "5.894857902"),
        ] {
            check(&word(f1, f2), name, expected);
        }
    }

    #[test]
    fn both_tails_of_fisher_and_their_specificity() {
        // SciPy 1.17, `fisher_exact` and `hypergeom`.
        for (f1, n1, f2, n2, name, expected) in [
            (10, 1000, 5, 2000, "fisher_greater", "0.0083596202526"),
            (10, 1000, 5, 2000, "fisher_less", "0.9982371720235"),
            (10, 1000, 5, 2000, "fisher_two_sided", "0.0106035032506"),
            (10, 1000, 5, 2000, "specificity", "2.07781345055"),
            (3, 5000, 40, 9000, "fisher_greater", "0.9999983427931"),
            (3, 5000, 40, 9000, "fisher_less", "0.0000132594225"),
            (3, 5000, 40, 9000, "fisher_two_sided", "0.0000188973771"),
            (3, 5000, 40, 9000, "specificity", "-4.8774753912"),
        ] {
            check(&Keyness::new(f1, n1, f2, n2), name, expected);
        }
    }

    #[test]
    fn an_avoided_word_is_below_nothing() {
        let (typical, avoided) = (Keyness::new(90, 1_000, 10, 1_000), Keyness::new(10, 1_000, 90, 1_000));
        for name in ["log_ratio", "g2_signed", "lrc", "log_ratio_half"] {
            let (one, other) = (value(name, &typical).unwrap(), value(name, &avoided).unwrap());
            assert!(one > 0.0 && (one + other).abs() < 1e-9, "{name}: {one} {other}");
        }
        assert!(value("specificity", &avoided).unwrap() < -10.0);
    }

    #[test]
    fn a_prior_pulls_rare_words_to_the_middle() {
        let with = |alpha_w| Keyness {
            prior: Some(Prior { alpha_w, alpha_0: 1_000.0 * alpha_w }),
            ..Keyness::new(10, 1_000, 5, 2_000)
        };
        // δ = ln(10.5/1489.5) − ln(5.5/2494.5), z = δ / √(1/10.5 + 1/5.5): by hand.
        check(&with(0.5), "log_odds_z", "2.208131290216");
        assert!(value("log_odds_z", &with(20.0)).unwrap() < value("log_odds_z", &with(0.5)).unwrap());
        assert_eq!(value("log_odds_z", &Keyness::new(10, 1_000, 5, 2_000)), None);
        assert_eq!(value("log_odds_z", &with(0.0)), None);
    }

    proptest! {
        #[test]
        fn any_counts_give_numbers_or_none(
            counts in any::<[u64; 4]>(),
            shift in 0u32..64,
            family in any::<u64>(),
            alpha in any::<f64>(),
            prior in any::<(f64, f64)>(),
        ) {
            let [f1, n1, f2, n2] = counts.map(|count| count >> shift);
            let prior = Some(Prior { alpha_w: prior.0, alpha_0: prior.1 });
            for word in [
                Keyness { f1, n1, f2, n2, family, alpha, prior },
                Keyness { f1: f1.min(n1), n1, f2: f2.min(n2), n2, family, alpha: alpha.abs().fract(), prior },
                Keyness { f1: 0, n1, f2: f2.min(n2), n2, family, alpha: 0.05, prior },
                Keyness { f1: n1, n1, f2: n2, n2, family, alpha: 0.05, prior },
            ] {
                for measure in KEYNESS {
                    let value = (measure.value)(&word);
                    prop_assert!(value.is_none_or(f64::is_finite), "{} of {:?}: {:?}", measure.name, word, value);
                }
            }
        }
    }
}
