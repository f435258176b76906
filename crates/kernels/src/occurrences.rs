//! How often something stands in each document, and what that weighs.

use std::borrow::Cow;
use std::ops::AddAssign;

use crate::{DocId, OfLanguage, TokenPos};

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

/// How a list stands in each of its documents.
#[derive(Clone, Debug)]
pub enum Counts<'c> {
    /// As lists from files have it.
    Packed {
        /// How often; empty where once everywhere.
        frequencies: &'c [u32],
        /// How often in titles; empty where in none.
        in_title: &'c [u32],
        /// Whether as asked.
        is_exact: bool,
    },
    /// One by one.
    Known(Cow<'c, [Occurrence]>),
}

impl<'c> Counts<'c> {
    /// Those of a list of `count` documents, one by one.
    #[inline(never)]
    pub fn all(self, count: usize) -> Cow<'c, [Occurrence]> {
        match self {
            Counts::Known(known) => known,
            packed => (0..count).map(|place| packed.at(place)).collect(),
        }
    }

    fn at(&self, place: usize) -> Occurrence {
        match self {
            Counts::Packed { frequencies, in_title, is_exact } => {
                let frequency = frequencies.get(place).copied().unwrap_or(1);
                Occurrence::of(frequency, in_title.get(place).copied().unwrap_or(0), *is_exact)
            }
            Counts::Known(known) => known.get(place).copied().unwrap_or_default(),
        }
    }
}

/// Documents that are added up at once: their sums stay in the nearest cache.
const WINDOW: usize = 2_048;

/// Several lists as one: the documents that any of them has, and how all of them together stand there; those of a list with
/// a language (and the languages of all documents) count only in documents of it. Cost: linear in the lists, and for each
/// some steps for every [`WINDOW`] documents.
#[inline(never)]
pub fn merged(lists: &[(&[DocId], OfLanguage, Counts)]) -> (Vec<DocId>, Vec<Occurrence>) {
    let mut rest: Vec<(usize, &[DocId])> = lists.iter().map(|(docs, ..)| (0, *docs)).collect();
    let end = lists.iter().filter_map(|(docs, ..)| docs.last()).max().map_or(0, |last| last.0 as usize + 1);
    let most = lists.iter().map(|(docs, ..)| docs.len()).sum::<usize>().min(end);
    let (mut docs, mut occurrences) = (Vec::with_capacity(most), Vec::with_capacity(most));
    let mut sums = vec![Occurrence::default(); WINDOW];
    let mut bits = [0u64; WINDOW / 64];
    // Windows without any document are passed over.
    while let Some(first) = rest.iter().filter_map(|(_, docs)| docs.first()).min() {
        let window = first.0 as usize / WINDOW;
        for ((place, rest), (_, language, counts)) in rest.iter_mut().zip(lists) {
            let here = rest.iter().take_while(|doc_id| doc_id.0 as usize / WINDOW == window).count();
            let (own, others) = rest.split_at(here);
            for (place, doc_id) in (*place..).zip(own) {
                let is_of = |(language, languages): (u8, &[u8])| languages.get(doc_id.0 as usize) == Some(&language);
                let at = doc_id.0 as usize % WINDOW;
                if let Some(sum) = sums.get_mut(at).filter(|_| language.is_none_or(is_of)) {
                    *sum += counts.at(place);
                    bits[at / 64] |= 1 << (at % 64);
                }
            }
            (*place, *rest) = (*place + here, others);
        }
        for (number, bits) in bits.iter_mut().enumerate() {
            let mut left = std::mem::take(bits);
            while left != 0 {
                let at = 64 * number + left.trailing_zeros() as usize;
                docs.push(DocId((window * WINDOW + at) as u32));
                occurrences.push(std::mem::take(&mut sums[at]));
                left &= left - 1;
            }
        }
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

            let spread = |doc: u32| doc * 997;
            let far: Vec<DocId> = docs.iter().map(|doc| DocId(spread(doc.0))).collect();
            let languages: Vec<u8> = (0..=spread(40)).map(|doc| (doc / 997 % 2) as u8).collect();
            let packed = Counts::Packed { frequencies: &frequencies, in_title: &titles, is_exact: true };
            prop_assert_eq!(packed.clone().all(docs.len()).into_owned(), naive.clone());
            let lists = [
                (far.as_slice(), language.map(|language| (language, languages.as_slice())), packed),
                (&far[far.len() / 2..], None, Counts::Known(naive[far.len() / 2..].into())),
                (&[], None, Counts::Known((&[]).into())),
            ];
            let (found, sums) = merged(&lists);
            let counted: Vec<(u32, u32)> = (0u32..).zip(&docs).filter_map(|(place, doc_id)| {
                let of_language = language.is_none_or(|language| doc_id.0 % 2 == u32::from(language));
                let times = u32::from(of_language) + u32::from(place as usize >= docs.len() / 2);
                (times > 0).then_some((place, times))
            }).collect();
            prop_assert_eq!(found, counted.iter().map(|(place, _)| far[*place as usize]).collect::<Vec<_>>());
            for ((place, times), sum) in counted.iter().zip(&sums) {
                let own = naive[*place as usize];
                prop_assert_eq!((sum.frequency, sum.exact), (times * own.frequency, times * own.exact));
                prop_assert_eq!(sum.in_title, times * own.in_title);
            }
            prop_assert_eq!(total(&sums), sums.iter().map(|sum| u64::from(sum.frequency)).sum::<u64>());
        }
    }
}
