//! The measures of dispersion over parts.

use super::Measure;
use crate::measure::dispersion::{
    Parts, carroll_d2, carroll_d2_of_rates, deviation_of_proportions, deviation_of_proportions_norm, juilland_d,
    juilland_d_of_rates, kullback_leibler, range, rosengren_s, variation,
};

/// The word's count in a part.
macro_rules! count {
    () => {
        sub!(i!("v"), i!("i"))
    };
}
/// The part's share of all tokens.
macro_rules! share {
    () => {
        sub!(i!("s"), i!("i"))
    };
}
/// The word's relative frequency in a part.
macro_rules! rate {
    () => {
        sub!(i!("p"), i!("i"))
    };
}
/// The word's share that is in a part.
macro_rules! portion {
    () => {
        frac!(count!(), i!("f"))
    };
}
/// Standard deviation over mean.
macro_rules! variation {
    ($of:expr) => {
        frac!(sub!(i!("σ"), i!($of)), sub!(i!("μ"), i!($of)))
    };
}
/// Entropy over its most.
macro_rules! entropy {
    ($portion:expr) => {
        concat!(o!("−"), frac!(n!("1"), row!(log2!(), i!("n"))), sum!(i!("i")), $portion, log2!(), $portion)
    };
}

const GRIES: &str = "Gries (2008), International Journal of Corpus Linguistics 13(4)";
const JUILLAND: &str = "Juilland, Brodin & Davidovitch (1970), Frequency dictionary of French words";
const CARROLL: &str = "Carroll (1970), An alternative to Juilland's usage coefficient";
const UNCOUNTED: &str = "the word is nowhere, or there are fewer than two parts";

/// All measures of dispersion over parts. By position: [`average_reduced_frequency`].
///
/// [`average_reduced_frequency`]: crate::measure::dispersion::average_reduced_frequency
pub const DISPERSION: &[Measure<Parts>] = &[
    Measure {
        name: "range",
        title: "Range",
        variant: "",
        formula: math! { sum!(i!("i")), o!("["), count!(), o!("&gt;"), n!("0"), o!("]") },
        source: "Gries (2020), Analyzing dispersion",
        meaning: "How many parts have the word.",
        undefined: "there are no parts",
        value: range,
    },
    Measure {
        name: "dp",
        title: "DP",
        variant: "",
        formula: math! { frac!(n!("1"), n!("2")), sum!(i!("i")), bars!(portion!(), o!("−"), share!()) },
        source: GRIES,
        meaning: "The share of the word's places that would have to move for it to be spread as the tokens are: 0 is \
            even, near 1 is all in one small part.",
        undefined: UNCOUNTED,
        value: deviation_of_proportions,
    },
    Measure {
        name: "dp_norm",
        title: "DPnorm",
        variant: "",
        formula: math! { frac!(i!("DP"), row!(n!("1"), o!("−"), i!("min"), share!())) },
        source: "Lijffijt & Gries (2012), International Journal of Corpus Linguistics 17(1)",
        meaning: "DP over the most that it could be with these parts: 0 is even, 1 is all in the smallest part.",
        undefined: "the word is nowhere, or there are fewer than two parts with tokens",
        value: deviation_of_proportions_norm,
    },
    Measure {
        name: "juilland_d",
        title: "Juilland's D",
        variant: "parts of equal size: of counts",
        formula: math! { n!("1"), o!("−"), variation!("v"), o!("/"), root!(i!("n"), o!("−"), n!("1")) },
        source: JUILLAND,
        meaning: "How evenly the word is spread over parts of equal size: 1 is even, 0 is all in one.",
        undefined: UNCOUNTED,
        value: juilland_d,
    },
    Measure {
        name: "juilland_d_rates",
        title: "Juilland's D of rates",
        variant: "parts of any size: of relative frequencies",
        formula: math! { n!("1"), o!("−"), variation!("p"), o!("/"), root!(i!("n"), o!("−"), n!("1")) },
        source: JUILLAND,
        meaning: "How alike the word's relative frequencies in the parts are: 1 is the same everywhere, 0 is all in \
            one.",
        undefined: UNCOUNTED,
        value: juilland_d_of_rates,
    },
    Measure {
        name: "carroll_d2",
        title: "Carroll's D₂",
        variant: "parts of equal size: of counts",
        formula: math! { entropy!(portion!()) },
        source: CARROLL,
        meaning: "How hard it is to guess the part that a place of the word is in: 1 is even, 0 is all in one.",
        undefined: UNCOUNTED,
        value: carroll_d2,
    },
    Measure {
        name: "carroll_d2_rates",
        title: "Carroll's D₂ of rates",
        variant: "parts of any size: of relative frequencies",
        formula: math! { entropy!(frac!(rate!(), row!(sum!(i!("j")), sub!(i!("p"), i!("j"))))) },
        source: CARROLL,
        meaning: "Carroll's D₂ as it would be if all parts were of the same size.",
        undefined: UNCOUNTED,
        value: carroll_d2_of_rates,
    },
    Measure {
        name: "rosengren_s",
        title: "Rosengren's S",
        variant: "",
        formula: math! { frac!(n!("1"), i!("f")), sup!(par!(sum!(i!("i")), root!(count!(), share!())), n!("2")) },
        source: "Rosengren (1971), The quantitative concept of language",
        meaning: "How much of the word's frequency is left after uneven spread is taken off: 1 is even.",
        undefined: UNCOUNTED,
        value: rosengren_s,
    },
    Measure {
        name: "kld",
        title: "KLD",
        variant: "in bits",
        formula: math! { sum!(i!("i")), portion!(), log2!(), par!(portion!(), o!("/"), share!()) },
        source: "Gries (2020), Analyzing dispersion; Kullback & Leibler (1951)",
        meaning: "How surprising the word's spread is for one who knows the sizes of the parts: 0 is not at all.",
        undefined: "the word is nowhere, or there are fewer than two parts with tokens",
        value: kullback_leibler,
    },
    Measure {
        name: "cv",
        title: "CV",
        variant: "population standard deviation of counts",
        formula: math! { variation!("v") },
        source: GRIES,
        meaning: "How much the counts vary, as a share of their mean: 0 is even.",
        undefined: UNCOUNTED,
        value: variation,
    },
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::measure::tests::{check_list, check_value};
    use super::*;

    fn gries(counts: [u64; 5]) -> Parts {
        Parts { counts: counts.to_vec(), sizes: vec![9, 10, 10, 10, 11] }
    }

    #[test]
    fn the_list_is_whole() {
        check_list(DISPERSION);
    }

    #[test]
    fn golden_numbers_of_a_word_in_all_parts() {
        // The toy corpus of Gries (2008).
        for (name, expected) in [
            ("range", "5"),
            ("cv", "0.4714"),
            ("juilland_d", "0.7643"),
            ("juilland_d_rates", "0.7852"),
            ("carroll_d2", "0.9256"),
            ("carroll_d2_rates", "0.9379"),
            ("rosengren_s", "0.9498"),
            ("dp", "0.18"),
            ("dp_norm", "0.2195"),
            ("kld", "0.1370"),
        ] {
            check_value(DISPERSION, name, &gries([1, 2, 3, 4, 5]), expected);
        }
    }

    #[test]
    fn golden_numbers_of_a_word_in_one_part() {
        for (name, expected) in [
            ("range", "1"),
            ("juilland_d", "0.0000"),
            ("juilland_d_rates", "0.0000"),
            ("carroll_d2", "0.0000"),
            ("carroll_d2_rates", "0.0000"),
            ("rosengren_s", "0.18"),
            ("dp", "0.82"),
            ("dp_norm", "1.0000"),
            ("kld", "2.4739"),
        ] {
            check_value(DISPERSION, name, &gries([15, 0, 0, 0, 0]), expected);
        }
    }

    #[test]
    fn a_word_that_is_nowhere_is_not_dispersed() {
        for parts in [gries([0; 5]), Parts { counts: vec![3], sizes: vec![9] }, Parts::default()] {
            for measure in DISPERSION.iter().filter(|measure| measure.name != "range") {
                assert_eq!((measure.value)(&parts), None, "{} of {parts:?}", measure.name);
            }
        }
    }

    proptest! {
        #[test]
        fn any_parts_give_numbers_or_none(
            cells in prop::collection::vec(any::<(u64, u64)>(), 0..8),
            shift in 0u32..64,
        ) {
            let (counts, sizes) = cells.iter().map(|(count, size)| (count >> shift, size >> shift)).unzip();
            let parts = Parts { counts, sizes };
            for measure in DISPERSION {
                let value = (measure.value)(&parts);
                prop_assert!(value.is_none_or(f64::is_finite), "{} of {:?}: {:?}", measure.name, parts, value);
            }
        }

        #[test]
        fn the_order_of_parts_does_not_matter(cells in prop::collection::vec((0u64..100, 100u64..1_000), 2..8)) {
            let parts = |cells: &[(u64, u64)]| {
                let (counts, sizes) = cells.iter().copied().unzip();
                Parts { counts, sizes }
            };
            let turned: Vec<(u64, u64)> = cells.iter().rev().copied().collect();
            for measure in DISPERSION {
                let (one, other) = ((measure.value)(&parts(&cells)), (measure.value)(&parts(&turned)));
                prop_assert_eq!(one.is_some(), other.is_some());
                prop_assert!((one.unwrap_or(0.0) - other.unwrap_or(0.0)).abs() < 1e-9, "{}", measure.name);
            }
        }
    }
}
