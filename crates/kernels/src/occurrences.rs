//! How often something stands in each document, and what that weighs.

use std::ops::AddAssign;

use crate::{DocId, TokenPos};

/// How a word, or what else is looked for, stands in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrence {
    /// How often.
    pub frequency: u32,
    /// How often exactly as asked (folded), not inflected or as part of a longer word.
    pub exact: u32,
    /// How often in the title.
    pub in_title: u32,
}

impl AddAssign for Occurrence {
    fn add_assign(&mut self, other: Occurrence) {
        self.frequency += other.frequency;
        self.exact += other.exact;
        self.in_title += other.in_title;
    }
}

impl Occurrence {
    fn of(frequency: u32, in_title: u32, is_exact: bool) -> Occurrence {
        Occurrence { frequency, exact: if is_exact { frequency } else { 0 }, in_title }
    }
}

/// Those of a type in `count` documents, once in each where `frequencies` is empty, and in no title where `in_title` is.
#[inline(never)]
pub fn of_packed(count: usize, frequencies: &[u32], in_title: &[u32], is_exact: bool) -> Vec<Occurrence> {
    let number = |list: &[u32], place: usize, otherwise| list.get(place).copied().unwrap_or(otherwise);
    let own = |place| Occurrence::of(number(frequencies, place, 1), number(in_title, place, 0), is_exact);
    (0..count).map(own).collect()
}

/// Those of a type whose positions lie in `positions`, from one of `starts` to the next; `titles` has for each document twice
/// the end of its title, and something.
#[inline(never)]
pub fn of_flat(
    docs: &[DocId],
    starts: &[u32],
    positions: &[TokenPos],
    titles: &[u32],
    is_exact: bool,
) -> Vec<Occurrence> {
    let own = docs.iter().zip(starts.windows(2));
    own.map(|(doc_id, bounds)| {
        let own = positions.get(bounds[0] as usize..bounds[1] as usize).unwrap_or(&[]);
        let end = titles.get(doc_id.0 as usize).map_or(0, |title| title / 2);
        let in_title = own.iter().take_while(|position| **position < end).count();
        Occurrence::of(own.len() as u32, in_title as u32, is_exact)
    })
    .collect()
}

/// Adds those of a list to those of all documents; only in documents of one language, where one is given with the
/// languages of all.
#[inline(never)]
pub fn add(docs: &[DocId], own: &[Occurrence], language: Option<(u8, &[u8])>, all: &mut [Occurrence]) {
    for (doc_id, found) in docs.iter().zip(own) {
        let doc = doc_id.0 as usize;
        let counts = language.is_none_or(|(language, languages)| languages.get(doc) == Some(&language));
        if let Some(sum) = all.get_mut(doc).filter(|_| counts) {
            *sum += *found;
        }
    }
}

/// The documents that have any, and theirs.
#[inline(never)]
pub fn gathered(all: &[Occurrence]) -> (Vec<DocId>, Vec<Occurrence>) {
    let count = all.iter().filter(|found| found.frequency > 0).count();
    let (mut docs, mut occurrences) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for (doc, found) in (0u32..).zip(all).filter(|(_, found)| found.frequency > 0) {
        docs.push(DocId(doc));
        occurrences.push(*found);
    }
    (docs, occurrences)
}

/// How often in all.
#[inline(never)]
pub fn total(occurrences: &[Occurrence]) -> u64 {
    occurrences.iter().map(|found| u64::from(found.frequency)).sum()
}

/// What an occurrence weighs in documents of all lengths: `weight · f / (f + K)`, where
/// `f = exact + inflected_weight · inflected + title_bonus · in title` and `K` is by the code of the length.
#[derive(Clone, Copy, Debug)]
pub struct Weighing<'w> {
    /// What the word weighs.
    pub weight: f64,
    /// What an inflected form counts.
    pub inflected_weight: f64,
    /// What an occurrence in the title counts more.
    pub title_bonus: f64,
    /// Codes of the lengths of all documents.
    pub lengths: &'w [u8],
    /// `K` by code.
    pub saturations: &'w [f64],
}

impl Weighing<'_> {
    /// `f`, and the score.
    pub fn score(&self, found: Occurrence, doc_id: DocId) -> (f64, f64) {
        let inflected = f64::from(found.frequency - found.exact);
        let frequency =
            f64::from(found.exact) + self.inflected_weight * inflected + self.title_bonus * f64::from(found.in_title);
        let code = self.lengths.get(doc_id.0 as usize).copied().unwrap_or(0);
        let saturation = self.saturations.get(usize::from(code)).copied().unwrap_or(0.0);
        (frequency, self.weight * frequency / (frequency + saturation))
    }

    /// Adds the scores of the documents of a list to those of `docs`, both ascending. Cost: both lists, with skipping in
    /// `docs`.
    #[inline(never)]
    pub fn add(&self, list: &[DocId], own: &[Occurrence], docs: &[DocId], scores: &mut [f64]) {
        if list == docs {
            for ((doc_id, found), score) in list.iter().zip(own).zip(scores) {
                *score += self.score(*found, *doc_id).1;
            }
            return;
        }
        let mut at = 0;
        for (doc_id, found) in list.iter().zip(own) {
            while docs.get(at).is_some_and(|other| other < doc_id) {
                at += 1;
            }
            match (docs.get(at), scores.get_mut(at)) {
                (Some(other), Some(score)) if other == doc_id => *score += self.score(*found, *doc_id).1,
                (Some(_), _) => {}
                (None, _) => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, btree_set};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_are_counted_and_added_up(
            list in btree_map(0u32..40, btree_set(0u32..20, 1..5), 0..20),
            title_end in 0u32..9,
            language in proptest::option::of(0u8..2),
        ) {
            let docs: Vec<DocId> = list.keys().map(|doc| DocId(*doc)).collect();
            let positions: Vec<u32> = list.values().flatten().copied().collect();
            let mut starts = vec![0];
            starts.extend(list.values().scan(0, |sum, own| { *sum += own.len() as u32; Some(*sum) }));
            let in_title = |own: &std::collections::BTreeSet<u32>| own.iter().filter(|at| **at < title_end).count() as u32;
            let naive: Vec<Occurrence> =
                list.values().map(|own| Occurrence::of(own.len() as u32, in_title(own), true)).collect();
            let flat = of_flat(&docs, &starts, &positions, &[title_end * 2 + 1; 40], true);
            prop_assert_eq!(&flat, &naive);
            let frequencies: Vec<u32> = naive.iter().map(|found| found.frequency).collect();
            let titles: Vec<u32> = naive.iter().map(|found| found.in_title).collect();
            prop_assert_eq!(of_packed(docs.len(), &frequencies, &titles, true), naive.clone());

            let languages: Vec<u8> = (0..40).map(|doc| doc % 2).collect();
            let mut all = vec![Occurrence::default(); 40];
            add(&docs, &naive, language.map(|language| (language, languages.as_slice())), &mut all);
            add(&docs, &naive, None, &mut all);
            let (found, sums) = gathered(&all);
            prop_assert_eq!(&found, &docs);
            for ((doc_id, sum), own) in docs.iter().zip(&sums).zip(&naive) {
                let times = 1 + u32::from(language.is_none_or(|language| doc_id.0 % 2 == u32::from(language)));
                prop_assert_eq!((sum.frequency, sum.in_title), (times * own.frequency, times * own.in_title));
            }
            prop_assert_eq!(total(&sums), sums.iter().map(|sum| u64::from(sum.frequency)).sum::<u64>());
        }
    }
}
