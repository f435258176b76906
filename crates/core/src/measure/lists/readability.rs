//! The measures of readability.

use super::Measure;
use crate::measure::readability::{Prose, automated, coleman_liau, flesch, flesch_kincaid, fog, lix, rix, smog};

macro_rules! per {
    ($count:expr, $of:expr) => {
        frac!($count, i!($of))
    };
}
macro_rules! long {
    () => {
        sub!(i!("W"), n!("7"))
    };
}
macro_rules! polysyllables {
    () => {
        sub!(i!("W"), n!("3"))
    };
}

const SILENT: &str = "there are no words or sentences, or syllables are not counted in the language";
const EMPTY: &str = "there are no words or sentences";

/// All measures of readability: those that need no syllables first.
pub const READABILITY: &[Measure<Prose>] = &[
    Measure {
        name: "lix",
        title: "LIX",
        variant: "long words have seven letters or more",
        formula: math! { per!(i!("W"), "S"), o!("+"), n!("100"), o!("·"), per!(long!(), "W") },
        source: "Björnsson (1968), Läsbarhet",
        meaning: "Words per sentence and the percentage of long words: 25 is a book for children, 60 a statute.",
        undefined: EMPTY,
        value: lix,
    },
    Measure {
        name: "rix",
        title: "RIX",
        variant: "long words have seven letters or more",
        formula: math! { per!(long!(), "S") },
        source: "Anderson (1983), Journal of Reading 26(6)",
        meaning: "Long words per sentence: below 1 is for the third school year, above 7 for college.",
        undefined: EMPTY,
        value: rix,
    },
    Measure {
        name: "coleman_liau",
        title: "Coleman–Liau",
        variant: "0.0588 as in the paper; some tools have 0.058",
        formula: math! {
            n!("0.0588"), o!("·"), n!("100"), per!(i!("C"), "W"), o!("−"), n!("0.296"), o!("·"), n!("100"),
            per!(i!("S"), "W"), o!("−"), n!("15.8")
        },
        source: "Coleman & Liau (1975), Journal of Applied Psychology 60(2)",
        meaning: "The school year that the lengths of words and sentences are fit for.",
        undefined: EMPTY,
        value: coleman_liau,
    },
    Measure {
        name: "ari",
        title: "ARI",
        variant: "letters and digits, no punctuation",
        formula: math! { n!("4.71"), per!(i!("C"), "W"), o!("+"), n!("0.5"), per!(i!("W"), "S"), o!("−"), n!("21.43") },
        source: "Senter & Smith (1967), Automated readability index",
        meaning: "The school year that the lengths of words and sentences are fit for, made for typewriters.",
        undefined: EMPTY,
        value: automated,
    },
    Measure {
        name: "flesch",
        title: "Flesch",
        variant: "English",
        formula: math! {
            n!("206.835"), o!("−"), n!("1.015"), per!(i!("W"), "S"), o!("−"), n!("84.6"), per!(i!("Y"), "W")
        },
        source: "Flesch (1948), Journal of Applied Psychology 32(3)",
        meaning: "Ease of reading: 100 is very easy, 60 plain English, 30 very hard.",
        undefined: SILENT,
        value: flesch,
    },
    Measure {
        name: "flesch_kincaid",
        title: "Flesch–Kincaid",
        variant: "English",
        formula: math! {
            n!("0.39"), per!(i!("W"), "S"), o!("+"), n!("11.8"), per!(i!("Y"), "W"), o!("−"), n!("15.59")
        },
        source: "Kincaid, Fishburne, Rogers & Chissom (1975), Research Branch Report 8-75",
        meaning: "The school year that sentences and syllables are fit for.",
        undefined: SILENT,
        value: flesch_kincaid,
    },
    Measure {
        name: "fog",
        title: "Fog index",
        variant: "all words of three syllables or more",
        formula: math! { n!("0.4"), par!(per!(i!("W"), "S"), o!("+"), n!("100"), per!(polysyllables!(), "W")) },
        source: "Gunning (1952), The technique of clear writing",
        meaning: "The school years that it takes to follow the text at first reading.",
        undefined: SILENT,
        value: fog,
    },
    Measure {
        name: "smog",
        title: "SMOG",
        variant: "for any number of sentences",
        formula: math! { n!("1.043"), root!(n!("30"), per!(polysyllables!(), "S")), o!("+"), n!("3.1291") },
        source: "McLaughlin (1969), Journal of Reading 12(8)",
        meaning: "The school years that it takes to follow the text wholly.",
        undefined: SILENT,
        value: smog,
    },
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::measure::tests::{check_list, check_value};
    use super::*;
    use crate::measure::readability::Spoken;

    #[test]
    fn the_list_is_whole() {
        check_list(READABILITY);
    }

    #[test]
    fn numbers_of_a_text_computed_by_hand() {
        // 20 words per sentence, 1.6 syllables and 4.8 letters per word, 12 % polysyllables, 25 % long words.
        let text = Prose {
            words: 200,
            sentences: 10,
            letters: 960,
            long_words: 50,
            spoken: Some(Spoken { syllables: 320, polysyllables: 24 }),
        };
        for (name, expected) in [
            ("lix", "45.0"),
            ("rix", "5.0"),
            ("coleman_liau", "10.944"),
            ("ari", "11.178"),
            ("flesch", "51.175"),
            ("flesch_kincaid", "11.090"),
            ("fog", "12.8"),
            ("smog", "11.979248"),
        ] {
            check_value(READABILITY, name, &text, expected);
        }
    }

    #[test]
    fn a_language_without_syllables_has_what_needs_none() {
        let text = Prose { words: 200, sentences: 10, letters: 960, long_words: 50, spoken: None };
        let known = READABILITY.iter().filter(|measure| (measure.value)(&text).is_some()).count();
        assert_eq!(known, 4);
        assert!(READABILITY.iter().all(|measure| (measure.value)(&Prose::default()).is_none()));
    }

    proptest! {
        #[test]
        fn any_counts_give_numbers_or_none(counts in any::<[u64; 6]>(), shift in 0u32..64) {
            let [words, sentences, letters, long_words, syllables, polysyllables] = counts.map(|count| count >> shift);
            let spoken = Some(Spoken { syllables, polysyllables });
            let text = Prose { words, sentences, letters, long_words, spoken };
            for measure in READABILITY {
                let value = (measure.value)(&text);
                prop_assert!(value.is_none_or(f64::is_finite), "{} of {:?}: {:?}", measure.name, text, value);
            }
        }
    }
}
