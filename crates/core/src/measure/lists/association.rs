//! The measures of association.

use super::Measure;
use crate::measure::association::{
    Association, delta_p_collocate, delta_p_node, dice, dice_of_nodes, fisher_greater, fisher_less, fisher_two_sided,
    local_mutual_information, log_dice, log_dice_of_window, log_ratio, min_sensitivity, mutual_information,
    mutual_information_2, mutual_information_3, mutual_information_log_f, t_score, z_score, z_score_yates,
};
use crate::measure::contingency::finite;

macro_rules! observed {
    () => {
        i!("O")
    };
}
macro_rules! expected {
    () => {
        i!("E")
    };
}
macro_rules! f_node {
    () => {
        sub!(i!("f"), t!("node"))
    };
}
macro_rules! f_collocate {
    () => {
        sub!(i!("f"), t!("collocate"))
    };
}
macro_rules! cell {
    ($cell:expr) => {
        sub!(i!("O"), n!($cell))
    };
}
macro_rules! row_sum {
    ($row:expr) => {
        sub!(i!("R"), n!($row))
    };
}
macro_rules! column_sum {
    ($column:expr) => {
        sub!(i!("C"), n!($column))
    };
}
macro_rules! share {
    ($cell:expr, $sum:expr) => {
        frac!(cell!($cell), $sum)
    };
}
macro_rules! tail {
    ($sign:expr) => {
        concat!(i!("P"), par!(i!("X"), o!($sign), observed!()))
    };
}

const HARDIE: &str = "Hardie (2014), Log Ratio: an informal introduction (CASS, Lancaster); CQPweb";
const DAILLE: &str = "Daille (1994), doctoral thesis, Paris 7";
const GRIES: &str =
    "Ellis (2006), Applied Linguistics 27(1); Gries (2013), International Journal of Corpus Linguistics 18(1)";
const FISHER: &str = "Fisher (1922), Journal of the Royal Statistical Society 85(1)";
const NEVER: &str = "the words are never together, or nothing is expected";
const NOTHING_EXPECTED: &str = "nothing is expected: the word is nowhere, or the windows are empty";
const NO_TABLE: &str = "the convention makes no table: it has more collocates than places in the windows, or windows \
    larger than the corpus";

/// All measures of association: those of O and E, those of the words' frequencies, those of the whole table.
pub const ASSOCIATION: &[Measure<Association>] = &[
    Measure {
        name: "mi",
        title: "MI",
        variant: "",
        formula: math! { log2!(), frac!(observed!(), expected!()) },
        source: "Church & Hanks (1990), Computational Linguistics 16(1)",
        meaning: "How many times the pair doubles what chance would give: prefers rare words.",
        undefined: NEVER,
        value: mutual_information,
    },
    Measure {
        name: "mi2",
        title: "MI²",
        variant: "",
        formula: math! { log2!(), frac!(sup!(observed!(), n!("2")), expected!()) },
        source: DAILLE,
        meaning: "MI that gives frequent pairs some weight.",
        undefined: NEVER,
        value: mutual_information_2,
    },
    Measure {
        name: "mi3",
        title: "MI³",
        variant: "as in KorAP, CQPweb and Sketch Engine",
        formula: math! { log2!(), frac!(sup!(observed!(), n!("3")), expected!()) },
        source: DAILLE,
        meaning: "MI that gives frequent pairs much weight.",
        undefined: NEVER,
        value: mutual_information_3,
    },
    Measure {
        name: "lmi",
        title: "Local MI",
        variant: "",
        formula: math! { observed!(), o!("·"), log2!(), frac!(observed!(), expected!()) },
        source: "Evert (2004), The statistics of word cooccurrences",
        meaning: "MI times the number of times that the words are together.",
        undefined: NEVER,
        value: local_mutual_information,
    },
    Measure {
        name: "mi_log_f",
        title: "MI · log f",
        variant: "",
        formula: math! {
            log2!(), frac!(observed!(), expected!()), o!("·"), ln!(), par!(observed!(), o!("+"), n!("1"))
        },
        source: "Sketch Engine, Statistics used in Sketch Engine",
        meaning: "MI times the logarithm of the number of times that the words are together.",
        undefined: NEVER,
        value: mutual_information_log_f,
    },
    Measure {
        name: "t",
        title: "t-score",
        variant: "",
        formula: math! { frac!(row!(observed!(), o!("−"), expected!()), root!(observed!())) },
        source: "Church, Gale, Hanks & Hindle (1991), Using statistics in lexical analysis",
        meaning: "How sure it is that the words are together more often than by chance: prefers frequent pairs.",
        undefined: NEVER,
        value: t_score,
    },
    Measure {
        name: "z",
        title: "z-score",
        variant: "uncorrected",
        formula: math! { frac!(row!(observed!(), o!("−"), expected!()), root!(expected!())) },
        source: "Berry-Rogghe (1973), The computation of collocations",
        meaning: "How far the count is above chance, in units of what chance varies by.",
        undefined: NOTHING_EXPECTED,
        value: z_score,
    },
    Measure {
        name: "z_yates",
        title: "z-score, Yates",
        variant: "corrected for continuity",
        formula: math! {
            frac!(row!(observed!(), o!("−"), expected!(), o!("∓"), frac!(n!("1"), n!("2"))), root!(expected!()))
        },
        source: "Berry-Rogghe (1973), The computation of collocations; Yates (1934); CQPweb",
        meaning: "The z-score made more cautious for small counts.",
        undefined: NOTHING_EXPECTED,
        value: z_score_yates,
    },
    Measure {
        name: "min_sensitivity",
        title: "Minimum sensitivity",
        variant: "",
        formula: math! { i!("min"), par!(frac!(observed!(), f_node!()), o!(","), frac!(observed!(), f_collocate!())) },
        source: "Pedersen & Bruce (1996), What to infer from a description",
        meaning: "The smaller of two shares: of the one word's places that are near the other, and the other way \
            round.",
        undefined: "a word is nowhere",
        value: min_sensitivity,
    },
    Measure {
        name: "dice",
        title: "Dice",
        variant: "of both words' frequencies",
        formula: math! { frac!(row!(n!("2"), observed!()), row!(f_node!(), o!("+"), f_collocate!())) },
        source: "Dice (1945), Ecology 26(3)",
        meaning: "How much the two words are only found together: 1 is always.",
        undefined: "both words are nowhere",
        value: dice,
    },
    Measure {
        name: "dice_nodes",
        title: "Dice of nodes",
        variant: "harmonic mean of two shares, as in CQPweb",
        formula: math! {
            frac!(row!(n!("2"), i!("p"), i!("q")), row!(i!("p"), o!("+"), i!("q"))), o!(","), i!("p"), o!("="),
            frac!(t!("nodes with the collocate"), f_node!()), o!(","), i!("q"), o!("="), frac!(observed!(),
            f_collocate!())
        },
        source: "CQPweb",
        meaning: "The mean of two shares: of nodes with the collocate near, and of collocates near the node.",
        undefined: "a word is nowhere, or the nodes were not counted",
        value: dice_of_nodes,
    },
    Measure {
        name: "log_dice",
        title: "logDice",
        variant: "of both words' frequencies",
        formula: math! {
            n!("14"), o!("+"), log2!(), frac!(row!(n!("2"), observed!()), row!(f_node!(), o!("+"), f_collocate!()))
        },
        source: "Rychlý (2008), A lexicographer-friendly association score (RASLAN)",
        meaning: "Dice on a scale that is the same for corpora of all sizes: 14 is always together, 1 less is half as \
            often.",
        undefined: "the words are never together",
        value: log_dice,
    },
    Measure {
        name: "log_dice_window",
        title: "logDice of the window",
        variant: "all places of the window, as in KorAP",
        formula: math! {
            n!("14"), o!("+"), log2!(), frac!(row!(n!("2"), observed!()), row!(i!("w"), o!("·"), f_node!(), o!("+"),
            f_collocate!()))
        },
        source: "KorAP",
        meaning: "logDice with every place of a window counted instead of every node.",
        undefined: "the words are never together",
        value: log_dice_of_window,
    },
    Measure {
        name: "g2",
        title: "G²",
        variant: "four-term, negative where less often than by chance",
        formula: math! {
            i!("sgn"), par!(observed!(), o!("−"), expected!()), o!("·"), sup!(i!("G"), n!("2")), o!(","), four_terms!()
        },
        source: "Dunning (1993), Computational Linguistics 19(1)",
        meaning: "How surprising the count would be if the words had nothing to do with each other, with a minus sign \
            for words that avoid each other.",
        undefined: NO_TABLE,
        value: |pair| pair.table().and_then(|table| finite(table.signed_log_likelihood())),
    },
    Measure {
        name: "log_ratio",
        title: "Log Ratio",
        variant: "a count of 0 is ½",
        formula: math! {
            log2!(), frac!(row!(cell!("11"), o!("/"), row_sum!("1")), row!(cell!("21"), o!("/"), row_sum!("2")))
        },
        source: HARDIE,
        meaning: "How many times the word's relative frequency doubles inside the windows: 1 is twice, 2 is four \
            times as frequent.",
        undefined: NO_TABLE,
        value: log_ratio,
    },
    Measure {
        name: "delta_p_collocate",
        title: "ΔP node → collocate",
        variant: "",
        formula: math! { share!("11", row_sum!("1")), o!("−"), share!("21", row_sum!("2")) },
        source: GRIES,
        meaning: "How much more probable the collocate is where the node is near.",
        undefined: NO_TABLE,
        value: delta_p_collocate,
    },
    Measure {
        name: "delta_p_node",
        title: "ΔP collocate → node",
        variant: "",
        formula: math! { share!("11", column_sum!("1")), o!("−"), share!("12", column_sum!("2")) },
        source: GRIES,
        meaning: "How much more probable it is that the node is near where the collocate stands.",
        undefined: NO_TABLE,
        value: delta_p_node,
    },
    Measure {
        name: "chi2",
        title: "χ²",
        variant: "uncorrected",
        formula: math! { chi_squared!(crosswise!()) },
        source: "Pearson (1900), Philosophical Magazine 50",
        meaning: "How far the counts are from the expected ones: an older test than G², too generous with rare words.",
        undefined: NO_TABLE,
        value: |pair| pair.table().and_then(|table| table.chi_squared()),
    },
    Measure {
        name: "fisher_greater",
        title: "Fisher's p, more",
        variant: "one-sided: as many or more",
        formula: math! { tail!("≥") },
        source: FISHER,
        meaning: "How often chance alone would put the word into the windows as many times or more.",
        undefined: NO_TABLE,
        value: fisher_greater,
    },
    Measure {
        name: "fisher_less",
        title: "Fisher's p, fewer",
        variant: "one-sided: as many or fewer",
        formula: math! { tail!("≤") },
        source: FISHER,
        meaning: "How often chance alone would put the word into the windows as many times or fewer.",
        undefined: NO_TABLE,
        value: fisher_less,
    },
    Measure {
        name: "fisher_two_sided",
        title: "Fisher's p",
        variant: "two-sided: all tables as improbable",
        formula: math! {
            sum!(row!(i!("k"), o!(":"), i!("P"), par!(i!("k")), o!("≤"), i!("P"), par!(observed!()))), i!("P"),
            par!(i!("k"))
        },
        source: "Fisher (1922), Journal of the Royal Statistical Society 85(1); as R and SciPy",
        meaning: "How often chance alone would bring the words together as unusually, one way or the other.",
        undefined: NO_TABLE,
        value: fisher_two_sided,
    },
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::measure::tests::{check_list, check_value};
    use super::*;
    use crate::measure::association::Convention;

    const PAIR: Association = Association {
        observed: 6,
        f_node: 20,
        f_collocate: 15,
        n: 5_000,
        window_tokens: 200,
        span: 10,
        nodes_with: None,
        convention: Convention::NoScaling,
    };

    #[test]
    fn the_list_is_whole() {
        check_list(ASSOCIATION);
    }

    #[test]
    fn golden_numbers_without_scaling() {
        // NLTK 3.10 and SciPy 1.17.
        const CASES: &[(&str, &str)] = &[
            ("mi", "6.6439"),
            ("mi2", "9.2288"),
            ("mi3", "11.8138"),
            ("t", "2.4250"),
            ("g2", "48.1237"),
            ("dice", "0.342857"),
            ("log_dice", "12.4557"),
            ("delta_p_collocate", "0.298193"),
            ("delta_p_node", "0.397192"),
            // By hand: 6 / 20; 6 · 6.6439; 6.6439 · ln 7; 5.94 / √0.06.
            ("min_sensitivity", "0.300"),
            ("lmi", "39.8631"),
            ("mi_log_f", "12.9283"),
            ("z", "24.2499"),
            // SciPy 1.17.
            ("fisher_greater", "0.00000000000877396"),
            ("fisher_less", "0.999999999999968"),
            ("fisher_two_sided", "0.00000000000877396"),
            ("chi2", "592.198281592"),
        ];
        for (name, expected) in CASES {
            check_value(ASSOCIATION, name, &PAIR, expected);
        }
    }

    #[test]
    fn golden_numbers_of_windows() {
        const CASES: &[(&str, &str)] = &[
            ("mi", "3.3219"),
            ("mi2", "5.9069"),
            ("mi3", "8.4919"),
            ("t", "2.2045"),
            ("z_yates", "6.3259"),
            ("g2", "19.3246"),
            ("log_ratio", "4.0000"),
            ("log_dice_window", "9.8368"),
        ];
        for convention in [Convention::RealWindow, Convention::NominalWindow] {
            for (name, expected) in CASES {
                check_value(ASSOCIATION, name, &Association { convention, ..PAIR }, expected);
            }
        }
    }

    proptest! {
        #[test]
        fn any_counts_give_numbers_or_none(counts in any::<[u64; 7]>(), shift in 0u32..64, is_sane in any::<bool>()) {
            let [mut observed, f_node, mut f_collocate, n, window_tokens, span, nodes_with] =
                counts.map(|count| count >> shift);
            if is_sane {
                f_collocate = f_collocate.min(n);
                observed = observed.min(f_collocate);
            }
            for convention in Convention::ALL {
                let pair = Association {
                    observed, f_node, f_collocate, n, window_tokens, span, nodes_with: Some(nodes_with), convention,
                };
                for measure in ASSOCIATION {
                    let value = (measure.value)(&pair);
                    prop_assert!(value.is_none_or(f64::is_finite), "{} of {:?}: {:?}", measure.name, pair, value);
                }
            }
        }

        #[test]
        fn attraction_has_one_sign_in_all_measures(
            observed in 1u64..50,
            rest in 0u64..200,
            window in 50u64..500,
            n in 1_000u64..100_000,
        ) {
            let pair = Association {
                observed, f_node: 50, f_collocate: observed + rest, n, window_tokens: window, span: 10,
                nodes_with: None, convention: Convention::RealWindow,
            };
            let value = |name: &str| (Measure::named(ASSOCIATION, name).unwrap().value)(&pair).unwrap();
            let is_more = observed as f64 > pair.expected().unwrap() + 1e-9;
            let is_less = (observed as f64) < pair.expected().unwrap() - 1e-9;
            for name in ["mi", "lmi", "t", "z", "g2", "delta_p_collocate", "delta_p_node"] {
                prop_assert!(!is_more || value(name) > 0.0, "{}", name);
                prop_assert!(!is_less || value(name) < 0.0, "{}", name);
            }
        }
    }
}
