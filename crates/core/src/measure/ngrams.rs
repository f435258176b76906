//! Sequences of words that come again, with the shorter ones folded into the longest.
//!
//! A sequence of `n` words is *folded* where a longer one contains it and stands just as often: it says nothing that the
//! longer one does not. Sequences are found as the Apriori way does: a sequence of `n` words comes again only where
//! both of its sequences of `n - 1` words do, so most places are given up early.

use rustc_hash::FxHashMap;

use super::units::Units;
use crate::base::DocId;
use crate::index::Forward;

/// A sequence that comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ngram {
    /// Where it stands first, among all tokens of the documents; see [`Ngrams::units`].
    pub first: u32,
    /// Its words.
    pub len: u32,
    /// How often it stands.
    pub count: u32,
    /// In how many documents.
    pub range: u32,
}

/// One length of sequences: each place of the corpus with the number of the sequence that begins there.
#[derive(Debug)]
struct Level {
    /// By place among all tokens of the documents; [`NONE`] where none begins that comes again.
    at: Vec<u32>,
    /// For each sequence: how often, in how many documents, the place it was first seen at.
    found: Vec<(u32, u32, u32)>,
}

const NONE: u32 = u32::MAX;

/// The sequences of some documents, found one length after the other, so that other work can be let in between.
#[derive(Debug)]
pub struct Ngrams {
    words: Vec<u32>,
    /// For each place how many words follow in its title or text, itself among them.
    rooms: Vec<u32>,
    /// For each place its document.
    owners: Vec<u32>,
    levels: Vec<Level>,
    longest: usize,
    least: u32,
}

impl Ngrams {
    /// Sequences of up to `longest` words that stand at least `least` times (at least 2), inside one title or text. Those
    /// of one word are found. Cost: linear in the tokens.
    pub fn new(forward: &Forward, units: &Units, docs: &[DocId], longest: usize, least: u32) -> Ngrams {
        let (mut words, mut rooms, mut owners) = (Vec::new(), Vec::new(), Vec::new());
        for &doc_id in docs {
            let types = forward.types(doc_id);
            for (place, type_id) in types.iter().enumerate() {
                words.push(units.unit_of(*type_id));
                rooms.push((forward.field(doc_id, place).end - place) as u32);
                owners.push(doc_id.0);
            }
        }
        let least = least.max(2);
        let levels = vec![level_of_words(&words, &owners, units.len(), least)];
        Ngrams { words, rooms, owners, levels, longest, least }
    }

    /// Whether all are found.
    pub fn is_done(&self) -> bool {
        self.levels.len() >= self.longest || self.levels.last().is_none_or(|level| level.found.is_empty())
    }

    /// Lengths that are found, and that are asked for.
    pub fn progress(&self) -> (u32, u32) {
        (self.levels.len() as u32, self.longest as u32)
    }

    /// Finds those of one word more. Cost: linear in the tokens; about 50 ns each in the page.
    pub fn step(&mut self) {
        if let Some(shorter) = self.levels.last().filter(|_| !self.is_done()) {
            let n = self.levels.len() + 1;
            self.levels.push(longer(shorter, &self.rooms, &self.owners, n, self.least));
        }
    }

    /// Those of `from` to `to` words; where `is_folded`, without those that a longer one of the same count contains. In
    /// the order of length, then of first place. Cost: linear in them.
    pub fn list(&self, from: usize, to: usize, is_folded: bool) -> Vec<Ngram> {
        let mut ngrams = Vec::new();
        for (n, level) in (1..).zip(&self.levels).filter(|(n, _)| (from..=to).contains(n)) {
            let hidden = match self.levels.get(n).filter(|_| is_folded) {
                Some(longer) => folded(level, longer),
                None => vec![false; level.found.len()],
            };
            for (&(count, range, first), _) in level.found.iter().zip(hidden).filter(|(_, is_hidden)| !is_hidden) {
                ngrams.push(Ngram { first, len: n as u32, count, range });
            }
        }
        ngrams
    }

    /// The words of a sequence.
    pub fn units(&self, ngram: Ngram) -> &[u32] {
        self.words.get(ngram.first as usize..(ngram.first + ngram.len) as usize).unwrap_or(&[])
    }
}

fn level_of_words(words: &[u32], owners: &[u32], units: usize, least: u32) -> Level {
    let mut counts = vec![0u32; units];
    for word in words {
        counts[*word as usize] += 1;
    }
    let mut numbers = vec![NONE; units];
    let mut level = Level { at: Vec::with_capacity(words.len()), found: Vec::new() };
    let mut seen: Vec<u32> = Vec::new();
    for (place, (word, owner)) in words.iter().zip(owners).enumerate() {
        if counts[*word as usize] < least {
            level.at.push(NONE);
            continue;
        }
        let number = &mut numbers[*word as usize];
        if *number == NONE {
            *number = level.found.len() as u32;
            level.found.push((0, 0, place as u32));
            seen.push(NONE);
        }
        count(&mut level.found, &mut seen, *number, *owner);
        level.at.push(*number);
    }
    level
}

/// Sequences of `n` words from those of one word less.
fn longer(shorter: &Level, rooms: &[u32], owners: &[u32], n: usize, least: u32) -> Level {
    let pair = |place: usize| -> Option<(u32, u32)> {
        let (a, b) = (*shorter.at.get(place)?, *shorter.at.get(place + 1)?);
        (a != NONE && b != NONE && *rooms.get(place)? as usize >= n).then_some((a, b))
    };
    let mut numbers: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut found: Vec<(u32, u32, u32)> = Vec::new();
    let mut seen: Vec<u32> = Vec::new();
    let mut at = vec![NONE; shorter.at.len()];
    for (place, slot) in at.iter_mut().enumerate() {
        let Some(pair) = pair(place) else { continue };
        let number = *numbers.entry(pair).or_insert_with(|| {
            found.push((0, 0, place as u32));
            seen.push(NONE);
            found.len() as u32 - 1
        });
        count(&mut found, &mut seen, number, owners.get(place).copied().unwrap_or(0));
        *slot = number;
    }
    // Those that do not come again begin nowhere.
    let mut renumbered = vec![NONE; found.len()];
    let mut kept = Vec::new();
    for (place, entry) in found.into_iter().enumerate() {
        if entry.0 >= least {
            renumbered[place] = kept.len() as u32;
            kept.push(entry);
        }
    }
    for number in at.iter_mut().filter(|number| **number != NONE) {
        *number = renumbered[*number as usize];
    }
    Level { at, found: kept }
}

fn count(found: &mut [(u32, u32, u32)], seen: &mut [u32], number: u32, owner: u32) {
    if let (Some(entry), Some(seen)) = (found.get_mut(number as usize), seen.get_mut(number as usize)) {
        entry.0 += 1;
        if *seen != owner {
            *seen = owner;
            entry.1 += 1;
        }
    }
}

/// Which sequences of a level a longer one of the same count contains.
fn folded(level: &Level, longer: &Level) -> Vec<bool> {
    let mut hidden = vec![false; level.found.len()];
    for &(count, _, first) in &longer.found {
        for place in [first as usize, first as usize + 1] {
            let number = level.at.get(place).copied().unwrap_or(NONE) as usize;
            if level.found.get(number).is_some_and(|own| own.0 == count)
                && let Some(hidden) = hidden.get_mut(number)
            {
                *hidden = true;
            }
        }
    }
    hidden
}
