//! The measures of lexical diversity.

use super::Measure;
use crate::measure::diversity::{
    FactorEnd, corrected_ratio, guiraud, hdd, herdan, mattr, msttr, mtld, type_token_ratio, yule_k,
};

macro_rules! types {
    () => {
        i!("V")
    };
}
macro_rules! tokens {
    () => {
        i!("N")
    };
}
/// Mean ratio of stretches.
macro_rules! mean {
    ($number:expr) => {
        concat!(frac!(n!("1"), $number), sum!(i!("k")), frac!(sub!(types!(), i!("k")), i!("w")))
    };
}
macro_rules! factors {
    () => {
        concat!(
            frac!(n!("1"), n!("2")),
            par!(frac!(tokens!(), sub!(i!("F"), o!("→"))), o!("+"), frac!(tokens!(), sub!(i!("F"), o!("←"))))
        )
    };
}

const EMPTY: &str = "there are no words";
const MATTR: &str = "Covington & McFall (2010), Journal of Quantitative Linguistics 17(2)";
const MSTTR: &str = "Johnson (1944), Studies in language behavior";
const MTLD: &str = "McCarthy & Jarvis (2010), Behavior Research Methods 42(2)";
const SHORTER_THAN_50: &str = "the text has fewer than 50 words";
const SHORTER_THAN_100: &str = "the text has fewer than 100 words";

/// All measures of lexical diversity, of the ids of a text's tokens in order.
pub const DIVERSITY: &[Measure<[u32]>] = &[
    Measure {
        name: "mattr_50",
        title: "MATTR, 50",
        variant: "window of 50 words",
        formula: math! {
            mean!(row!(tokens!(), o!("−"), i!("w"), o!("+"), n!("1"))), o!(","), i!("w"), o!("="), n!("50")
        },
        source: MATTR,
        meaning: "The share of different words in 50 words in a row, on average: comparable between texts of any \
            length.",
        undefined: SHORTER_THAN_50,
        value: |tokens| mattr(tokens, 50),
    },
    Measure {
        name: "mattr_100",
        title: "MATTR, 100",
        variant: "window of 100 words",
        formula: math! {
            mean!(row!(tokens!(), o!("−"), i!("w"), o!("+"), n!("1"))), o!(","), i!("w"), o!("="), n!("100")
        },
        source: MATTR,
        meaning: "The share of different words in 100 words in a row, on average: comparable between texts of any \
            length.",
        undefined: SHORTER_THAN_100,
        value: |tokens| mattr(tokens, 100),
    },
    Measure {
        name: "msttr_50",
        title: "MSTTR, 50",
        variant: "stretches of 50 words, what is left over dropped",
        formula: math! {
            mean!(row!(o!("⌊"), tokens!(), o!("/"), i!("w"), o!("⌋"))), o!(","), i!("w"), o!("="), n!("50")
        },
        source: MSTTR,
        meaning: "The share of different words in stretches of 50 words one after the other, on average.",
        undefined: SHORTER_THAN_50,
        value: |tokens| msttr(tokens, 50),
    },
    Measure {
        name: "msttr_100",
        title: "MSTTR, 100",
        variant: "stretches of 100 words, what is left over dropped",
        formula: math! {
            mean!(row!(o!("⌊"), tokens!(), o!("/"), i!("w"), o!("⌋"))), o!(","), i!("w"), o!("="), n!("100")
        },
        source: MSTTR,
        meaning: "The share of different words in stretches of 100 words one after the other, on average.",
        undefined: SHORTER_THAN_100,
        value: |tokens| msttr(tokens, 100),
    },
    Measure {
        name: "mtld",
        title: "MTLD",
        variant: "a factor ends below 0.72; forwards and backwards",
        formula: math! { factors!() },
        source: MTLD,
        meaning: "For how many words in a row the share of different words stays at 72 per cent: large is diverse.",
        undefined: "no word stands there twice",
        value: |tokens| mtld(tokens, FactorEnd::Below),
    },
    Measure {
        name: "mtld_closed",
        title: "MTLD, closed",
        variant: "a factor ends at 0.72 or below, as in LexicalRichness; forwards and backwards",
        formula: math! { factors!() },
        source: MTLD,
        meaning: "For how many words in a row the share of different words stays above 72 per cent: large is diverse.",
        undefined: "no word stands there twice",
        value: |tokens| mtld(tokens, FactorEnd::AtOrBelow),
    },
    Measure {
        name: "hdd",
        title: "HD-D",
        variant: "42 draws",
        formula: math! {
            frac!(n!("1"), n!("42")), sum!(i!("t")), par!(n!("1"), o!("−"), sub!(i!("P"), i!("t")), par!(n!("0")))
        },
        source: "McCarthy & Jarvis (2007), Language Testing 24(4)",
        meaning: "The share of different words that 42 words drawn from anywhere in the text would have on average.",
        undefined: "the text has fewer than 42 words",
        value: |tokens| hdd(tokens, 42),
    },
    Measure {
        name: "ttr",
        title: "TTR",
        variant: "",
        formula: math! { frac!(types!(), tokens!()) },
        source: "Johnson (1944), Studies in language behavior",
        meaning: "The share of different words: falls as texts get longer.",
        undefined: EMPTY,
        value: type_token_ratio,
    },
    Measure {
        name: "guiraud",
        title: "Guiraud's R",
        variant: "",
        formula: math! { frac!(types!(), root!(tokens!())) },
        source: "Guiraud (1954), Les caractères statistiques du vocabulaire",
        meaning: "Different words over the root of all words: depends less on length than TTR.",
        undefined: EMPTY,
        value: guiraud,
    },
    Measure {
        name: "cttr",
        title: "CTTR",
        variant: "",
        formula: math! { frac!(types!(), root!(n!("2"), tokens!())) },
        source: "Carroll (1964), Language and thought",
        meaning: "Guiraud's R on another scale.",
        undefined: EMPTY,
        value: corrected_ratio,
    },
    Measure {
        name: "herdan",
        title: "Herdan's C",
        variant: "",
        formula: math! { frac!(row!(ln!(), types!()), row!(ln!(), tokens!())) },
        source: "Herdan (1960), Type-token mathematics",
        meaning: "TTR of logarithms: depends less on length.",
        undefined: "there are fewer than two words",
        value: herdan,
    },
    Measure {
        name: "yule_k",
        title: "Yule's K",
        variant: "",
        formula: math! {
            sup!(n!("10"), n!("4")), par!(frac!(row!(sum!(i!("i")), sup!(i!("i"), n!("2")), sub!(types!(), i!("i"))),
            sup!(tokens!(), n!("2"))), o!("−"), frac!(n!("1"), tokens!()))
        },
        source: "Yule (1944), The statistical study of literary vocabulary",
        meaning: "How probable it is that two words drawn from the text are the same: small is diverse.",
        undefined: EMPTY,
        value: yule_k,
    },
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::measure::tests::{check_list, check_value};
    use super::*;

    #[test]
    fn the_list_is_whole() {
        check_list(DIVERSITY);
    }

    #[test]
    fn golden_numbers() {
        // LexicalRichness 0.5.1, and the formulas in exact whole numbers.
        let tokens: Vec<u32> = (0..400u32).map(|i| f64::from(7_919 * i % 1_009).sqrt() as u32).collect();
        for (name, expected) in [
            ("ttr", "0.08"),
            ("mattr_50", "0.504444"),
            ("mattr_50", "0.504444444444"),
            ("mattr_100", "0.276312292359"),
            ("msttr_100", "0.2725"),
            ("mtld", "33.3333"),
            ("mtld_closed", "33.3333"),
            ("hdd", "0.507703"),
            ("hdd", "0.507703142227"),
            ("yule_k", "390.875"),
            ("guiraud", "1.6"),
            ("cttr", "1.131370849898"),
            ("herdan", "0.578445532899"),
        ] {
            check_value(DIVERSITY, name, &tokens, expected);
        }
    }

    #[test]
    fn a_text_too_short_has_no_value() {
        let value = |name: &str, tokens: &[u32]| (Measure::named(DIVERSITY, name).unwrap().value)(tokens);
        for measure in DIVERSITY {
            assert_eq!((measure.value)(&[]), None, "{}", measure.name);
        }
        let different: Vec<u32> = (0..45).collect();
        assert_eq!(["mattr_50", "msttr_50", "mtld"].map(|name| value(name, &different)), [None; 3]);
        assert_eq!(
            (value("ttr", &different), value("yule_k", &different), value("hdd", &different)),
            (Some(1.0), Some(0.0), Some(1.0))
        );
    }

    proptest! {
        #[test]
        fn any_tokens_give_numbers_or_none(tokens in prop::collection::vec(0u32..60, 0..300)) {
            for measure in DIVERSITY {
                let value = (measure.value)(&tokens);
                let is_fine = value.is_none_or(|value| value.is_finite() && value >= 0.0);
                prop_assert!(is_fine, "{}: {:?}", measure.name, value);
            }
        }
    }
}
