//! Words that say what a sentence is about: all but the function words of its language.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh64::xxh64;

use super::keys::Numbers;
use crate::text::{fold, stem};

/// Numbers of stems, remembered for every form met.
#[derive(Default)]
pub(super) struct Content<'a> {
    numbers: Numbers,
    languages: FxHashMap<&'a str, Language<'a>>,
}

struct Language<'a> {
    /// Hashes.
    function_words: FxHashSet<u64>,
    /// For each form met its stem; nothing for a function word.
    stems: FxHashMap<&'a str, Option<u32>>,
}

impl<'a> Content<'a> {
    /// The number of a word's stem; nothing for a function word. Cost: that of stemming, once for each form.
    pub(super) fn of(&mut self, form: &'a str, language: &'a str) -> Option<u32> {
        let Language { function_words, stems } = self
            .languages
            .entry(language)
            .or_insert_with(|| Language { function_words: function_words(language), stems: FxHashMap::default() });
        if let Some(number) = stems.get(form) {
            return *number;
        }
        let folded = xxh64(fold(form).as_bytes(), 0);
        let stemmed = || self.numbers.of(xxh64(stem(form, or_english(language)).as_bytes(), 0));
        let number = (!function_words.contains(&folded)).then(stemmed);
        stems.insert(form, number);
        number
    }
}

/// A text whose language is not known is taken for English, as everywhere among the extractors.
fn or_english(language: &str) -> &str {
    if language.is_empty() { "en" } else { language }
}

/// The hashes of the folded function words of a language, as far as they are known.
pub(super) fn function_words(language: &str) -> FxHashSet<u64> {
    let words = stop_words::lookup(or_english(language)).unwrap_or_default();
    words.iter().map(|word| xxh64(fold(word).as_bytes(), 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_are_one_and_function_words_none() {
        let mut content = Content::default();
        let bridge = content.of("bridge", "en");
        assert!(bridge.is_some());
        assert_eq!(content.of("Bridges", "en"), bridge);
        assert_ne!(content.of("bride", "en"), bridge);
        assert_eq!(content.of("The", ""), None);
        assert!(content.of("the", "xx").is_some());
    }
}
