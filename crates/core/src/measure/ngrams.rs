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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ngram {
    /// Its words.
    pub units: Vec<u32>,
    /// How often it stands.
    pub count: u32,
    /// In how many documents.
    pub range: u32,
}

/// One length of sequences: each place of the corpus with the number of the sequence that begins there.
struct Level {
    /// By place among all tokens of the documents; [`NONE`] where none begins that comes again.
    at: Vec<u32>,
    /// For each sequence: how often, in how many documents, the place it was first seen at.
    found: Vec<(u32, u32, u32)>,
}

const NONE: u32 = u32::MAX;

/// Sequences of `from` to `to` words (`1 ≤ from ≤ to`) that stand at least `least` times (at least 2), inside one title or text; where
/// `is_folded`, without those that a longer one of the same count contains. In the order of length, then of first place.
///
/// Cost: linear in tokens × lengths.
pub fn ngrams(
    forward: &Forward,
    units: &Units,
    docs: &[DocId],
    from: usize,
    to: usize,
    least: u32,
    is_folded: bool,
) -> Vec<Ngram> {
    let mut words: Vec<u32> = Vec::new();
    // For each place how many words follow in its field, itself among them, and its document.
    let mut rooms: Vec<u32> = Vec::new();
    let mut owners: Vec<u32> = Vec::new();
    for &doc_id in docs {
        let types = forward.types(doc_id);
        for (place, type_id) in types.iter().enumerate() {
            words.push(units.unit_of(*type_id));
            rooms.push((forward.field(doc_id, place).end - place) as u32);
            owners.push(doc_id.0);
        }
    }
    let least = least.max(2);
    let single = level_of_words(&words, &owners, units.len(), least);
    let mut levels = vec![single];
    for n in 2..=to {
        let Some(shorter) = levels.last() else { break };
        let longer = longer(shorter, &rooms, &owners, n, least);
        if longer.found.is_empty() {
            break;
        }
        levels.push(longer);
    }
    let mut ngrams = Vec::new();
    for (n, level) in (1..).zip(&levels) {
        if n < from {
            continue;
        }
        let hidden = match levels.get(n).filter(|_| is_folded) {
            Some(longer) => folded(level, longer),
            None => vec![false; level.found.len()],
        };
        for (&(count, range, first), is_hidden) in level.found.iter().zip(hidden) {
            if count >= least && !is_hidden {
                let units = words.get(first as usize..first as usize + n).unwrap_or(&[]).to_vec();
                ngrams.push(Ngram { units, count, range });
            }
        }
    }
    ngrams
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
