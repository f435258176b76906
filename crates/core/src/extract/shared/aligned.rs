//! Aligned sentences: what two sides tell about the same thing in words of their own, and what only one side tells.
//!
//! A sentence is the set of the stems of its content words. What two sentences share counts by how rare it is among all
//! sentences given (`ln(1 + sentences / sentences with it)`), divided by the geometric mean of what each holds: 0 where nothing
//! is shared, 1 where all is. A pair is two sentences each of which is the other's best. Candidates come from lists of
//! the sentences of the other side by stem, the rarest stems first, so the cost does not depend on how often the
//! frequent ones stand.
//!
//! Useful for: two reports of one event. Not useful for: copied text, which [`super::shared`] finds word by word, and for two languages.

use super::content::Content;
use crate::base::math::{ln, sqrt};
use crate::base::order::sort_by;
use crate::extract::{Certainty, Reading};

/// The fewest content words of a sentence that can be compared: `He declined.` says too little.
const LEAST_CONTENT: usize = 3;

/// Stems of a sentence that candidates are looked for by.
const STEMS_FOLLOWED: usize = 10;

/// Sentences looked at for one sentence.
const SENTENCES_FOLLOWED: usize = 400;

/// Sentences that share one stem only, or score less than this, are no pair; a sentence whose best scores less has no
/// counterpart.
const LEAST_SCORE: f32 = 0.2;

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the readings of its side.
    pub reading: u32,
    /// Which of its sentences.
    pub sentence: u32,
}

/// Two sentences about the same thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The sentence of the first side.
    pub a: Place,
    /// The sentence of the second side.
    pub b: Place,
    /// How much of what they say is shared: 0 to 1.
    pub score: f32,
    /// How certain it is that they are about the same thing.
    pub certainty: Certainty,
    /// Why, in the words of a reader.
    pub reason: &'static str,
}

/// What two sides have in common, and what they do not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// Pairs in the order of the first side. No sentence is in two.
    pub pairs: Vec<Pair>,
    /// The sentences of each side with no counterpart on the other, in order; those of fewer than three content words
    /// are left out.
    pub only: [Vec<Place>; 2],
}

/// The sentences of two sides that are about the same thing.
pub fn aligned(a: &[&Reading], b: &[&Reading]) -> Vec<Pair> {
    alignment(a, b).pairs
}

/// The sentences of the first side to which nothing on the second corresponds.
pub fn only(a: &[&Reading], b: &[&Reading]) -> Vec<Place> {
    let [only, _] = alignment(a, b).only;
    only
}

/// Both in one. Cost: O(sentences × (words + 400)).
pub fn alignment(a: &[&Reading], b: &[&Reading]) -> Alignment {
    let mut content = Content::default();
    let sides = [Side::new(a, &mut content), Side::new(b, &mut content)];
    let weights = weights(&sides);
    let norms = [sides[0].norms(&weights), sides[1].norms(&weights)];
    let lists = sides[1].lists(weights.len());
    let mut best = [vec![NONE; sides[0].stems.len()], vec![NONE; sides[1].stems.len()]];
    let mut sums = vec![0f32; sides[1].stems.len()];
    for (own, stems) in sides[0].stems.iter().enumerate() {
        let mut touched = candidates(stems, &lists, &mut sums);
        touched.sort_unstable();
        for other in touched {
            sums[other as usize] = 0.0;
            let (shared, _) = shared(stems, &sides[1].stems[other as usize], &weights);
            let norm = sqrt(f64::from(norms[0][own]) * f64::from(norms[1][other as usize]));
            let score = if norm > 0.0 { (f64::from(shared) / norm) as f32 } else { 0.0 };
            // The first of equals stays.
            if score > best[0][own].1 {
                best[0][own] = (other, score);
            }
            if score > best[1][other as usize].1 {
                best[1][other as usize] = (own as u32, score);
            }
        }
    }
    gathered(&sides, &best)
}

/// No counterpart.
const NONE: (u32, f32) = (u32::MAX, 0.0);

/// The sentences of one side that say enough.
struct Side {
    places: Vec<Place>,
    /// For each the numbers of its stems, sorted, without repetition.
    stems: Vec<Vec<u32>>,
}

impl Side {
    fn new<'a>(readings: &[&Reading<'a>], content: &mut Content<'a>) -> Side {
        let mut side = Side { places: Vec::new(), stems: Vec::new() };
        for (number, reading) in (0..).zip(readings) {
            for (sentence, span) in (0..).zip(&reading.sentences) {
                let words = reading.words_in(*span);
                let mut stems: Vec<u32> =
                    words.filter_map(|word| content.of(reading.word(word), reading.language)).collect();
                stems.sort_unstable();
                stems.dedup();
                if stems.len() >= LEAST_CONTENT {
                    side.places.push(Place { reading: number, sentence });
                    side.stems.push(stems);
                }
            }
        }
        side
    }

    fn norms(&self, weights: &[f32]) -> Vec<f32> {
        self.stems.iter().map(|stems| stems.iter().map(|stem| weight(weights, *stem)).sum()).collect()
    }

    /// For each stem the sentences that have it.
    fn lists(&self, stems: usize) -> Vec<Vec<u32>> {
        let mut lists = vec![Vec::new(); stems];
        for (sentence, stems) in (0..).zip(&self.stems) {
            for stem in stems {
                if let Some(list) = lists.get_mut(*stem as usize) {
                    list.push(sentence);
                }
            }
        }
        lists
    }
}

/// How much each stem counts.
fn weights(sides: &[Side; 2]) -> Vec<f32> {
    let mut counts: Vec<u32> = Vec::new();
    let mut sentences = 0;
    for stems in sides.iter().flat_map(|side| &side.stems) {
        sentences += 1;
        for stem in stems {
            let stem = *stem as usize;
            if counts.len() <= stem {
                counts.resize(stem + 1, 0);
            }
            counts[stem] += 1;
        }
    }
    counts.iter().map(|count| ln(1.0 + f64::from(sentences) / f64::from((*count).max(1))) as f32).collect()
}

fn weight(weights: &[f32], stem: u32) -> f32 {
    weights.get(stem as usize).copied().unwrap_or(0.0)
}

/// The sentences of the other side worth looking at, found by the rarest stems.
fn candidates(stems: &[u32], lists: &[Vec<u32>], sums: &mut [f32]) -> Vec<u32> {
    let list = |stem: &u32| lists.get(*stem as usize).map_or(&[][..], Vec::as_slice);
    let mut rarest: Vec<(usize, u32)> = stems.iter().map(|stem| (list(stem).len(), *stem)).collect();
    rarest.retain(|(len, _)| *len > 0);
    rarest.sort_unstable();
    let mut touched = Vec::new();
    for (_, stem) in rarest.iter().take(STEMS_FOLLOWED) {
        for other in list(stem).iter().take(SENTENCES_FOLLOWED) {
            if let Some(sum) = sums.get_mut(*other as usize).filter(|sum| **sum == 0.0) {
                *sum = 1.0;
                touched.push(*other);
            }
        }
        if touched.len() >= SENTENCES_FOLLOWED {
            break;
        }
    }
    touched
}

/// What two sorted lists share: the sum of the weights, and how many.
fn shared(a: &[u32], b: &[u32], weights: &[f32]) -> (f32, u32) {
    let (mut a, mut b, mut sum, mut count) = (a, b, 0.0, 0);
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x == y {
            sum += weight(weights, *x);
            count += 1;
        }
        if x <= y {
            a = &a[1..];
        }
        if y <= x {
            b = &b[1..];
        }
    }
    (sum, count)
}

fn gathered(sides: &[Side; 2], best: &[Vec<(u32, f32)>; 2]) -> Alignment {
    let mut alignment = Alignment::default();
    for (own, (other, score)) in best[0].iter().enumerate() {
        if best[1].get(*other as usize).is_some_and(|(back, _)| *back == own as u32) {
            alignment.pairs.extend(pair(sides, own, *other as usize, *score));
        }
    }
    for ((only, side), best) in alignment.only.iter_mut().zip(sides).zip(best) {
        let alone = side.places.iter().zip(best).filter(|(_, (_, score))| *score < LEAST_SCORE);
        only.extend(alone.map(|(place, _)| *place));
    }
    sort_by(&mut alignment.pairs, |a, b| a.a.cmp(&b.a));
    alignment
}

/// Two sentences that are each other's best, where they share enough.
fn pair(sides: &[Side; 2], a: usize, b: usize, score: f32) -> Option<Pair> {
    let (_, count) = shared(sides[0].stems.get(a)?, sides[1].stems.get(b)?, &[]);
    let (certainty, reason) = judged(score, count)?;
    Some(Pair { a: *sides[0].places.get(a)?, b: *sides[1].places.get(b)?, score, certainty, reason })
}

/// Certainty and reason by score and by number of shared stems. Measured on titles and texts of news.
fn judged(score: f32, count: u32) -> Option<(Certainty, &'static str)> {
    match (score, count) {
        (score, count) if score < LEAST_SCORE || count < 2 => None,
        (_, 2) => Some((71, "two of their rarer words are the same")),
        // What is this alike is often a formula: `first quarter net of`.
        (0.6.., _) => Some((77, "nearly all of their words are the same")),
        (0.5.., _) => Some((89, "most of their words are the same")),
        (0.3.., _) => Some((95, "many of their rarer words are the same, more than in any other sentence")),
        _ => Some((90, "several of their rarer words are the same, more than in any other sentence")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pairs of two texts as sentences, and what only each of them has.
    fn check(a: &str, b: &str, pairs: &[(&str, &str)], only: [&[&str]; 2]) {
        let readings = [Reading::new(a, "en"), Reading::new(b, "en")];
        let found = alignment(&[&readings[0]], &[&readings[1]]);
        let text =
            |side: usize, place: Place| readings[side].sentences[place.sentence as usize].of(readings[side].text);
        let shown: Vec<(&str, &str)> = found.pairs.iter().map(|pair| (text(0, pair.a), text(1, pair.b))).collect();
        assert_eq!(shown, pairs, "{a} / {b}");
        for (side, expected) in only.iter().enumerate() {
            let alone: Vec<&str> = found.only[side].iter().map(|place| text(side, *place)).collect();
            assert_eq!(alone, *expected, "{a} / {b}");
        }
    }

    #[test]
    fn sentences_about_the_same_thing_are_paired() {
        check(
            "The mayor opened the repaired harbour bridge on Friday. Nine boats were lost in the storm. He declined.",
            "Storms cost the fishermen nine boats. The bridge over the harbour, now repaired, was opened by the mayor. \
             Schools stay closed until further notice.",
            &[
                (
                    "The mayor opened the repaired harbour bridge on Friday.",
                    "The bridge over the harbour, now repaired, was opened by the mayor.",
                ),
                ("Nine boats were lost in the storm.", "Storms cost the fishermen nine boats."),
            ],
            [&[], &["Schools stay closed until further notice."]],
        );
    }

    #[test]
    fn nothing_is_paired_with_nothing() {
        check("", "", &[], [&[], &[]]);
        check("Rain fell over the northern valleys.", "", &[], [&["Rain fell over the northern valleys."], &[]]);
        check("The and of. He was so.", "the and of he was so", &[], [&[], &[]]);
    }

    #[test]
    fn groups_of_texts_are_two_sides() {
        let [a, b, c] = [
            "Prices of bread doubled in Arden.",
            "Snow closed the Marrow pass.",
            "Bread prices have doubled in Arden.",
        ]
        .map(|text| Reading::new(text, "en"));
        let pairs = aligned(&[&b, &a], &[&c]);
        assert_eq!((pairs.len(), pairs[0].a), (1, Place { reading: 1, sentence: 0 }));
        assert_eq!(only(&[&b, &a], &[&c]), [Place { reading: 0, sentence: 0 }]);
        assert!(pairs[0].score > 0.8 && pairs[0].certainty < 90);
    }

    #[test]
    fn other_languages_are_compared_by_their_words() {
        let [a, b] = ["Fırtına limandaki dokuz tekneyi batırdı.", "Dokuz tekne limandaki fırtınada battı."]
            .map(|text| Reading::new(text, "tr"));
        assert_eq!(aligned(&[&a], &[&b]).len(), 1);
    }

    #[test]
    fn thousands_of_like_sentences_take_no_longer_than_others() {
        let like = "The old mill by the river closed. ".repeat(20_000);
        let numbered: String = (0..20_000).map(|n| format!("The old mill number {n} by the river closed. ")).collect();
        for text in [&like, &numbered] {
            let reading = Reading::new(text, "en");
            assert!(!aligned(&[&reading], &[&reading]).is_empty());
        }
    }

    proptest! {
        #[test]
        fn no_sentence_is_in_two_pairs(
            a in "((Mill|bridge|storm|nine|of|the|closed|boats|é|北京) ?){0,20}(\\. [A-Z][a-z ]{0,20}){0,4}",
            b in "((Mill|bridge|storm|nine|of|the|closed|boats|é|北京) ?){0,20}(\\. [A-Z][a-z ]{0,20}){0,4}",
        ) {
            let (a, b) = (Reading::new(&a, "en"), Reading::new(&b, ""));
            let found = alignment(&[&a, &b], &[&b]);
            prop_assert!(found.pairs.windows(2).all(|two| two[0].a < two[1].a));
            let mut others: Vec<Place> = found.pairs.iter().map(|pair| pair.b).collect();
            others.sort_unstable();
            prop_assert!(others.windows(2).all(|two| two[0] < two[1]));
            for pair in &found.pairs {
                prop_assert!(pair.score > 0.0 && pair.score <= 1.0 + 1e-5);
                prop_assert!(!found.only[0].contains(&pair.a) && !found.only[1].contains(&pair.b));
            }
        }
    }
}
