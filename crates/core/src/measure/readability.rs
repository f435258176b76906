//! Readability: school years and scores from lengths of words and sentences.
//!
//! Made for English prose of a hundred words and more; a number for a headline or a list says nothing. Those that need
//! syllables have no value where syllables are not known: they are counted by spelling and for English only (see
//! `syllables`), so LIX and Coleman–Liau, which need none, are the safest where names are foreign.

use super::contingency::finite;
use super::syllables::syllables;
use crate::base::Span;
use crate::base::math::sqrt;
use crate::text::tokens::tokenize;
use crate::text::{fold, sentences};

/// What of a text is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Words: W.
    pub words: u64,
    /// Sentences: S.
    pub sentences: u64,
    /// Letters and digits of all words: C.
    pub letters: u64,
    /// Words of seven letters or more: W₇.
    pub long_words: u64,
    /// What needs syllables, if the language is one whose syllables are counted.
    pub spoken: Option<Spoken>,
}

/// What of a text is counted by its sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// Syllables of all words: Y.
    pub syllables: u64,
    /// Words of three syllables or more: W₃.
    pub polysyllables: u64,
}

impl Prose {
    /// Counts what a text has. Syllables are counted where the language is English. Cost: two passes over the text.
    pub fn of(text: &str, language: Option<&str>) -> Prose {
        let is_english = language == Some("en");
        let mut prose = Prose { spoken: is_english.then(Spoken::default), ..Prose::default() };
        let mut starts = Vec::new();
        tokenize(text, |token| {
            let word = token.span.of(text);
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count() as u64;
            prose.words += 1;
            prose.letters += letters;
            prose.long_words += u64::from(letters >= 7);
            if let Some(spoken) = &mut prose.spoken {
                let count = syllables(&fold(word));
                spoken.syllables += u64::from(count);
                spoken.polysyllables += u64::from(count >= 3);
            }
            starts.push(token.span.start);
        });
        // Sentences that have words: a row of stars is none.
        let has_word = |span: &Span| {
            let first = starts.partition_point(|start| *start < span.start);
            starts.get(first).is_some_and(|start| *start < span.end)
        };
        prose.sentences = sentences(text, language).iter().filter(|span| has_word(span)).count() as u64;
        prose
    }

    fn per_word(&self, count: u64) -> Option<f64> {
        finite(count as f64 / self.words as f64)
    }

    fn per_sentence(&self, count: u64) -> Option<f64> {
        finite(count as f64 / self.sentences as f64)
    }
}

/// Flesch reading ease: `206.835 − 1.015 W/S − 84.6 Y/W`. 100 is very easy, 30 very hard; it can be beyond both 0 and
/// 100. `None` without words, sentences or syllables, as the others here. Source: Flesch (1948), Journal of Applied
/// Psychology 32(3). Cost: O(1), as of all here.
pub fn flesch(text: &Prose) -> Option<f64> {
    let syllables = text.per_word(text.spoken?.syllables)?;
    finite(206.835 - 1.015 * text.per_sentence(text.words)? - 84.6 * syllables)
}

/// Flesch–Kincaid grade, in school years of the United States: `0.39 W/S + 11.8 Y/W − 15.59`. Source: Kincaid et al.
/// (1975).
pub fn flesch_kincaid(text: &Prose) -> Option<f64> {
    let syllables = text.per_word(text.spoken?.syllables)?;
    finite(0.39 * text.per_sentence(text.words)? + 11.8 * syllables - 15.59)
}

/// Gunning's fog index, in school years: `0.4 (W/S + 100 W₃/W)`. All words of three syllables count, also names and
/// those with endings. Source: Gunning (1952).
pub fn fog(text: &Prose) -> Option<f64> {
    let polysyllables = text.per_word(text.spoken?.polysyllables)?;
    finite(0.4 * (text.per_sentence(text.words)? + 100.0 * polysyllables))
}

/// SMOG grade, in school years: `1.043 √(30 W₃/S) + 3.1291`. Made for thirty sentences and more. Source: McLaughlin
/// (1969), Journal of Reading 12(8).
pub fn smog(text: &Prose) -> Option<f64> {
    let polysyllables = text.spoken?.polysyllables;
    text.per_word(text.words)?;
    finite(1.043 * sqrt(30.0 * text.per_sentence(polysyllables)?) + 3.1291)
}

/// Coleman–Liau index, in school years: `0.0588 L − 0.296 S₁₀₀ − 15.8`, letters and sentences per 100 words. Needs no
/// syllables. Source: Coleman & Liau (1975), Journal of Applied Psychology 60(2).
pub fn coleman_liau(text: &Prose) -> Option<f64> {
    text.per_sentence(text.words)?;
    let (letters, sentences) = (100.0 * text.per_word(text.letters)?, 100.0 * text.per_word(text.sentences)?);
    finite(0.0588 * letters - 0.296 * sentences - 15.8)
}

/// Automated readability index, in school years: `4.71 C/W + 0.5 W/S − 21.43`. Needs no syllables. Source: Senter &
/// Smith (1967).
pub fn automated(text: &Prose) -> Option<f64> {
    finite(4.71 * text.per_word(text.letters)? + 0.5 * text.per_sentence(text.words)? - 21.43)
}

/// LIX: `W/S + 100 W₇/W`. 25 is a children's book, 60 a statute; for any language with letters. Source: Björnsson
/// (1968).
pub fn lix(text: &Prose) -> Option<f64> {
    finite(text.per_sentence(text.words)? + 100.0 * text.per_word(text.long_words)?)
}

/// RIX: `W₇/S`. Source: Anderson (1983), Journal of Reading 26(6).
pub fn rix(text: &Prose) -> Option<f64> {
    text.per_word(text.words)?;
    text.per_sentence(text.long_words)
}
