//! Function words to leave out: lists by language, and what the reader adds to or takes from them. One for all lenses.

use super::settings::Settings;
use crate::index::Index;
use crate::text::fold;

/// The words left out.
#[derive(Clone, Debug, Default)]
pub struct StopWords {
    /// Folded, sorted.
    words: Vec<String>,
}

impl StopWords {
    /// Reads the settings `stop` (whether words are left out) and `stopwords` (`+word` leaves one more out, `-word` keeps
    /// one that is listed). The lists are those of the languages of the corpus, by NLTK (Bird, Loper and Klein 2009).
    pub fn read(index: &Index, settings: &mut Settings, default: bool) -> StopWords {
        let is_on = settings.switch("stop", "Leave out function words", default);
        let changes = settings.text("stopwords", "Function words: add or keep", "+also -not");
        if !is_on {
            return StopWords::default();
        }
        let mut words: Vec<String> = Vec::new();
        for language in &index.languages {
            for word in stop_words::lookup(language.as_str()).unwrap_or_default() {
                words.push(fold(word));
            }
        }
        if words.is_empty() && changes.is_empty() {
            settings.problem("There is no list of function words for the languages of this corpus.".to_owned());
        }
        for change in changes.split_whitespace() {
            match change.strip_prefix('-') {
                Some(kept) => words.retain(|word| *word != fold(kept)),
                None => words.push(fold(change.trim_start_matches('+'))),
            }
        }
        words.sort_unstable();
        words.dedup();
        StopWords { words }
    }

    /// Whether a word is left out.
    pub fn has(&self, form: &str) -> bool {
        !self.words.is_empty() && self.words.binary_search(&fold(form)).is_ok()
    }

    /// How many are left out.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
