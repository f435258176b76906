//! Stems: what the inflected forms of a word share, by the Snowball algorithm of its language.
//!
//! A stem is a key for finding, never shown as a word. Languages without a stemmer keep the folded form.
//!
//! English is [`porter2`]. The other languages come with the Snowball library, which links all of its stemmers or
//! none. The command line links it (feature `snowball`); the page, which must stay small, loads it as a second wasm
//! when the corpus needs it, and hands it over with [`set_snowball`].

use std::sync::OnceLock;

use super::fold::{fold, lower};
use super::porter2;

/// Languages whose stemmer is in the Snowball library, sorted.
const SNOWBALL: &[&str] = &[
    "ar", "ca", "cs", "da", "de", "el", "eo", "es", "et", "eu", "fa", "fi", "fr", "ga", "hi", "hu", "hy", "id", "it",
    "lt", "nb", "ne", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "uk", "yi",
];

/// Gives the stem of a word in lower case in a language, or nothing where it cannot.
pub type Snowball = fn(word: &str, language: &str) -> Option<String>;

static PROVIDED: OnceLock<Snowball> = OnceLock::new();

/// The key under which the inflections of a word meet in one language (`language`: ISO 639, lower case).
///
/// Turkish suffixes after an apostrophe go (`Erdoğan’ın`), as do French, Italian and Catalan elisions before one
/// (`l’accord`). The stem is folded, so that accents left out in a query do not matter where the stemmer does not
/// need them. Source: Snowball, <https://snowballstem.org>. Cost: about 1 µs.
pub fn stem(form: &str, language: &str) -> String {
    if language == "en" {
        return fold(&porter2::stem(&lower(form, language)));
    }
    if !needs_snowball(language) {
        return fold(form);
    }
    let lowered = lower(form, language);
    let word = match language {
        "tr" | "az" => lowered.split('\'').next().filter(|word| !word.is_empty()).unwrap_or(&lowered),
        "fr" | "it" | "ca" => match lowered.rsplit_once('\'') {
            Some((elided, word)) if elided.chars().count() <= 5 && !word.is_empty() => word,
            _ => &lowered,
        },
        _ => &lowered,
    };
    snowball(word, language).map_or_else(|| fold(form), |stem| fold(&stem))
}

/// Whether inflections are known for a language.
pub fn has_stemmer(language: &str) -> bool {
    language == "en" || needs_snowball(language)
}

/// Whether the stemmer of a language is in the Snowball library, so that a host without it must provide one before
/// anything is indexed.
pub fn needs_snowball(language: &str) -> bool {
    SNOWBALL.binary_search(&language).is_ok()
}

/// Hands over the Snowball stemmers, once and for all: a later call changes nothing, nor does any call where they
/// are linked.
///
/// It is for the page alone, where they are a file of their own that is loaded when it is needed. Until then
/// [`stem`] keeps the folded form of their languages, so an index must not be built before and asked after.
pub fn set_snowball(provider: Snowball) {
    // The first provider stays: stems of one index must come from one algorithm.
    let _ = PROVIDED.set(provider);
}

#[cfg(feature = "snowball")]
fn snowball(word: &str, language: &str) -> Option<String> {
    super::snowball::stem(word, language)
}

#[cfg(not(feature = "snowball"))]
fn snowball(word: &str, language: &str) -> Option<String> {
    PROVIDED.get()?(word, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_inflections_share_a_stem() {
        let forms = ["negotiation", "Negotiations", "NEGOTIATION’S"];
        assert_eq!(forms.map(|form| stem(form, "en")), ["negoti"; 3].map(str::to_owned));
    }

    #[test]
    #[cfg(feature = "snowball")]
    fn inflections_of_a_word_share_a_stem() {
        let same = |language: &str, forms: &[&str]| {
            let stems: Vec<_> = forms.iter().map(|form| stem(form, language)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{language}: {forms:?} -> {stems:?}");
        };
        same("de", &["Verhandlung", "Verhandlungen"]);
        same("fr", &["accord", "l’accord", "accords"]);
        same("tr", &["Erdoğan", "Erdoğan’ın", "ERDOĞAN'A"]);
        same("ru", &["переговоры", "переговоров", "переговорах"]);
        same("es", &["ministro", "ministros"]);
    }

    #[test]
    #[cfg(feature = "snowball")]
    fn the_list_of_languages_is_that_of_the_library() {
        let letters = || 'a'..='z';
        let codes = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
        for code in codes {
            assert_eq!(needs_snowball(&code), super::super::snowball::stem("a", &code).is_some(), "{code}");
        }
    }

    #[test]
    #[cfg(not(feature = "snowball"))]
    fn other_languages_keep_the_folded_word_until_stemmers_are_provided() {
        assert_eq!(stem("Verhandlungen", "de"), "verhandlungen");
        set_snowball(|word, _| word.strip_suffix("en").map(str::to_owned));
        assert_eq!(stem("Verhandlungen", "de"), "verhandlung");
        assert_eq!(stem("Öl", "de"), "ol");
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_the_folded_word() {
        assert_eq!(stem("Straßen", "xx"), "strassen");
        assert_eq!(stem("北京", "zh"), "北京");
        assert!(!has_stemmer("zh") && has_stemmer("en") && !needs_snowball("en") && needs_snowball("tr"));
    }
}
