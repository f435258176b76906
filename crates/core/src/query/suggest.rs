//! Nearest spellings, for words that find nothing.

use std::cmp::Reverse;

use super::walk::{Edits, keys_near};
use crate::base::TypeId;
use crate::base::order::sort_by;
use crate::index::Index;
use crate::text::fold;
use crate::text::fold::fold_line;

/// Words of the corpus nearest to one that it does not have: at most `count`, nearest first, then most frequent.
///
/// Near is one edit for words of up to four letters, two beyond (a transposition is one). Cost: the beginnings of keys
/// that are near enough.
pub fn spellings(index: &Index, word: &str, count: usize) -> Vec<String> {
    let key = fold(word);
    let limit = if key.chars().count() <= 4 { 1 } else { 2 };
    near(index, &key, limit, count).into_iter().map(|(form, _)| form).collect()
}

/// Words that may be other spellings of one that the corpus has, nearest first, then most frequent, each with its
/// frequency: one edit away, two where the word has at least eight letters.
pub fn variants(index: &Index, word: &str, count: usize) -> Vec<(String, u32)> {
    let key = fold(word);
    let limit = if key.chars().count() < 8 { 1 } else { 2 };
    near(index, &key, limit, count)
}

fn near(index: &Index, key: &str, limit: u8, count: usize) -> Vec<(String, u32)> {
    let mut found = Vec::new();
    keys_near(&index.vocabulary, key, limit, &mut |other, distance, types| {
        if distance == 0 || !other.contains(char::is_alphabetic) {
            return;
        }
        let frequency = |id: &TypeId| index.list_info(*id).frequency;
        if let Some(best) = types.map(TypeId).max_by_key(|id| (frequency(id), Reverse(*id))) {
            found.push((distance, Reverse(frequency(&best)), index.vocabulary.form(best).to_owned()));
        }
    });
    sort_by(&mut found, Ord::cmp);
    found.into_iter().take(count).map(|(_, Reverse(frequency), form)| (form, frequency)).collect()
}

/// The values nearest to `asked` among a list, folded, within two edits or beginning with it.
pub fn nearest<'v>(asked: &str, values: impl Iterator<Item = &'v str>, count: usize) -> Vec<String> {
    let key: Vec<char> = fold_line(asked).chars().collect();
    let mut found: Vec<(usize, &str)> = values
        .filter_map(|value| {
            let letters: Vec<char> = fold_line(value).chars().collect();
            let begins = letters.starts_with(&key) && !key.is_empty();
            distance_within(&key, &letters, 2).or(begins.then_some(2)).map(|distance| (distance, value))
        })
        .collect();
    sort_by(&mut found, Ord::cmp);
    found.into_iter().take(count).map(|(_, value)| value.to_owned()).collect()
}

/// Edits between two words where they are at most `limit` (up to 2), as [`keys_near`] counts them.
pub fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    let mut edits = Edits::start();
    for c in b {
        edits = edits.step(a, *c, limit as u8)?;
    }
    Some(usize::from(edits.distance(a.len()))).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits_and_transpositions() {
        let distance =
            |a: &str, b: &str| distance_within(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2);
        assert_eq!(distance("zelensky", "zelenskyy"), Some(1));
        assert_eq!(distance("lavrov", "lavorv"), Some(1));
        assert_eq!(distance("fidan", "fidan"), Some(0));
        assert_eq!(distance("fidan", "putin"), None);
        assert_eq!(distance("", "ab"), Some(2));
        assert_eq!(distance("", "abc"), None);
    }
}
