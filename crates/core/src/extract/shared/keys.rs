//! What words are compared by: their folded forms, as numbers.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh64::xxh64;

use crate::base::Span;
use crate::text::fold;
use crate::text::tokens::is_spaceless;

/// The numbers of folded forms, given in the order in which they are first seen.
#[derive(Default)]
pub(super) struct Numbers {
    by_hash: FxHashMap<u64, u32>,
}

impl Numbers {
    /// The number of the form with this hash.
    pub(super) fn of(&mut self, hash: u64) -> u32 {
        let next = self.by_hash.len() as u32;
        *self.by_hash.entry(hash).or_insert(next)
    }
}

/// Calls `each` with the hash of the folded form of every word and with its span.
///
/// In scripts without spaces a word is a character: it is compared together with the character after it, and its span
/// ends where that one does. Cost: linear; words of ASCII letters need no memory of their own.
pub(super) fn hashes(text: &str, words: &[Span], mut each: impl FnMut(u64, Span)) {
    let mut buffer = String::new();
    for (n, word) in words.iter().enumerate() {
        let next = words.get(n + 1).filter(|next| next.start == word.end && starts_spaceless(text, **next));
        let span = match next {
            Some(next) if starts_spaceless(text, *word) => Span::new(word.start, next.end),
            _ => *word,
        };
        each(hash(span.of(text), &mut buffer), span);
    }
}

/// The hash of the folded form of a word; the buffer is for taking and leaving.
pub(super) fn hash(form: &str, buffer: &mut String) -> u64 {
    if !form.is_ascii() || form.contains('.') {
        return xxh64(fold(form).as_bytes(), 0);
    }
    buffer.clear();
    buffer.push_str(form);
    buffer.make_ascii_lowercase();
    while buffer.len() > 2 && buffer.ends_with("'s") {
        buffer.truncate(buffer.len() - 2);
    }
    xxh64(buffer.as_bytes(), 0)
}

fn starts_spaceless(text: &str, word: Span) -> bool {
    // Most text is ASCII, where the first byte says so.
    let first = text.as_bytes().get(word.start as usize).copied().unwrap_or(0);
    first >= 0x80 && word.of(text).chars().next().is_some_and(is_spaceless)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Reading;

    #[test]
    fn the_short_way_folds_as_the_long_one() {
        for form in ["Minister", "MINISTER'S", "x's's", "'s", "U.S.", "Türkiye’s", "don't", "1,000", "é"] {
            assert_eq!(hash(form, &mut String::from("left over")), xxh64(fold(form).as_bytes(), 0), "{form}");
        }
    }

    #[test]
    fn characters_of_spaceless_scripts_are_compared_in_pairs() {
        let text = "北京市 x";
        let mut spans = Vec::new();
        hashes(text, &Reading::new(text, "zh").words, |_, span| spans.push(span.of(text)));
        assert_eq!(spans, ["北京", "京市", "市", "x"]);
    }
}
