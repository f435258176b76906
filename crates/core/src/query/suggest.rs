//! Nearest spellings, for words that find nothing.

use crate::base::order::sort_by;
use crate::index::Index;
use crate::text::fold;
use crate::text::fold::fold_line;

/// Words of the corpus nearest to one that it does not have: at most `count`, nearest first, then most frequent.
///
/// Near is one edit for words of up to four letters, two beyond (a transposition is one). Cost: one pass over the
/// vocabulary, comparing only keys of about the same length.
pub fn spellings(index: &Index, word: &str, count: usize) -> Vec<String> {
    let key: Vec<char> = fold(word).chars().collect();
    let limit = if key.len() <= 4 { 1 } else { 2 };
    let mut found = Vec::new();
    for (other, types) in index.vocabulary.keys() {
        let letters: Vec<char> = other.chars().collect();
        if letters.len().abs_diff(key.len()) > limit || !letters.iter().any(|c| c.is_alphabetic()) {
            continue;
        }
        let Some(distance) = distance_within(&key, &letters, limit) else { continue };
        let best = types
            .map(crate::base::TypeId)
            .max_by_key(|id| (index.postings(*id).total_frequency(), std::cmp::Reverse(*id)));
        if let Some(best) = best.filter(|_| distance > 0) {
            let frequency = index.postings(best).total_frequency();
            found.push((distance, std::cmp::Reverse(frequency), index.vocabulary.form(best).to_owned()));
        }
    }
    sort_by(&mut found, Ord::cmp);
    found.into_iter().take(count).map(|(_, _, form)| form).collect()
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

/// Optimal string alignment distance where it is at most `limit`: insertions, deletions, substitutions and
/// transpositions of neighbours count one each.
pub fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &ca) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, &cb) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(ca != cb)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && ca == b[j - 1] && a[i - 1] == cb {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        if row.iter().all(|distance| *distance > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
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
