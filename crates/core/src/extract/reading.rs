//! A text cut once for all extractors.

use crate::base::Span;
use crate::text::{paragraphs, sentences, tokens::tokenize};

/// Bytes of the longest sentence. Tables and texts without full stops have none that readers would call one: they are cut
/// between words, so that what looks around within a sentence comes to an end.
const LONGEST: u32 = 2_000;

/// A text with its paragraphs, sentences and words.
pub struct Reading<'a> {
    /// The text as given.
    pub text: &'a str,
    /// Its language: the primary subtag of BCP 47, empty where unknown.
    pub language: &'a str,
    /// Paragraphs in order, in bytes.
    pub paragraphs: Vec<Span>,
    /// Sentences in order, in bytes; none crosses the border of a paragraph, none is longer than [`LONGEST`] where it
    /// has several words.
    pub sentences: Vec<Span>,
    /// Words in order, in bytes, as the index counts them: a hyphen separates, a possessive belongs to its word.
    pub words: Vec<Span>,
}

impl<'a> Reading<'a> {
    /// Cuts `text`. Cost: O(bytes).
    pub fn new(text: &'a str, language: &'a str) -> Reading<'a> {
        let mut words = Vec::new();
        tokenize(text, |token| words.push(token.span));
        let sentences = bounded(sentences(text, Some(language)), &words);
        Reading { text, language, paragraphs: paragraphs(text), sentences, words }
    }

    /// Whether the extractors know the language of this text. They know English.
    pub fn is_covered(&self) -> bool {
        self.language.is_empty() || self.language == "en"
    }

    /// The sentence that holds the byte `offset`, or the first after it.
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        holder(&self.sentences, offset)
    }

    /// The paragraph that holds the byte `offset`, or the first after it.
    pub fn paragraph_at(&self, offset: u32) -> Option<usize> {
        holder(&self.paragraphs, offset)
    }

    /// The words that begin inside `span`, as a range of indices into [`Reading::words`]. Cost: O(log words).
    pub fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.words.partition_point(|word| word.start < span.start);
        first..self.words.partition_point(|word| word.start < span.end).max(first)
    }

    /// What word `n` says.
    pub fn word(&self, n: usize) -> &'a str {
        self.words[n].of(self.text)
    }
}

/// Sentences, those that are too long cut between words.
fn bounded(sentences: Vec<Span>, words: &[Span]) -> Vec<Span> {
    if sentences.iter().all(|sentence| sentence.len() <= LONGEST) {
        return sentences;
    }
    let mut pieces = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut start = sentence.start;
        while sentence.end - start > LONGEST {
            // The last word that begins before the limit begins the next piece.
            let next = words.partition_point(|word| word.start <= start + LONGEST).checked_sub(1);
            let Some(next) = next.and_then(|next| words.get(next)).filter(|word| word.start > start) else { break };
            pieces.push(Span::new(start, next.start));
            start = next.start;
        }
        pieces.push(Span::new(start, sentence.end));
    }
    pieces
}

fn holder(spans: &[Span], offset: u32) -> Option<usize> {
    let n = spans.partition_point(|span| span.end <= offset);
    (n < spans.len()).then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_does_not_end_is_cut_between_words() {
        let text = "né 日本 word ".repeat(1_000);
        let reading = Reading::new(&text, "en");
        assert!(reading.sentences.len() > 5);
        assert!(reading.sentences.iter().all(|sentence| sentence.len() <= LONGEST && !sentence.of(&text).is_empty()));
        let joined: String = reading.sentences.iter().map(|sentence| sentence.of(&text)).collect();
        assert_eq!(joined.trim_end(), text.trim_end());
        assert_eq!(Reading::new(&"x".repeat(5_000), "en").sentences.len(), 1, "one word is not cut");
    }

    #[test]
    fn words_and_sentences_are_found_by_place() {
        let reading = Reading::new("He came. She left.", "en");
        assert_eq!(reading.words_in(reading.sentences[1]), 2..4);
        assert_eq!(reading.word(2), "She");
        assert_eq!(reading.sentence_at(9), Some(1));
        assert_eq!(reading.sentence_at(100), None);
    }
}
