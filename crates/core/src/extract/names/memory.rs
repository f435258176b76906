//! The second reading: what a word was taken for elsewhere in the document sways what it is taken for here.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::cut::{Piece, Style};
use super::model::{KINDS, Model, label};
use super::{Tagged, parts};
use crate::base::math::ln;

/// How much the rest of the document weighs against the place itself. Measured on the developing halves.
const WEIGHT: f32 = 1.0;

/// Sums over the places of one word: the chance that it is in no name, and in one of each kind.
#[derive(Clone, Copy, Default)]
struct Memory {
    outside: f32,
    kinds: [f32; KINDS.len()],
}

/// Adds to the emissions what the same words were taken for elsewhere, and works out the chances again. Cost: O(pieces of runs).
pub(super) fn recall(model: &Model, pieces: &[Piece], runs: &[Range<usize>], tagged: &mut Tagged) {
    let mut memories: FxHashMap<u32, Memory> = FxHashMap::default();
    let places: Vec<usize> = runs.iter().flat_map(Clone::clone).collect();
    for (at, chances) in places.iter().zip(&tagged.chances) {
        let Some(piece) = pieces.get(*at).filter(|piece| super::is_name_word(piece)) else { continue };
        let memory = memories.entry(piece.hash).or_default();
        let weight = weight(piece);
        memory.outside += weight * chances[0];
        for kind in 0..KINDS.len() {
            memory.kinds[kind] += weight * (chances[label(kind, true)] + chances[label(kind, false)]);
        }
    }
    let mut is_swayed = vec![false; places.len()];
    for (((at, chances), emissions), is_swayed) in
        places.iter().zip(&tagged.chances).zip(&mut tagged.emissions).zip(&mut is_swayed)
    {
        let Some(piece) = pieces.get(*at).filter(|piece| super::is_name_word(piece)) else { continue };
        let Some(memory) = memories.get(&piece.hash) else { continue };
        let weight = weight(piece);
        let elsewhere_outside = (memory.outside - weight * chances[0]).max(0.0);
        let elsewhere: [f32; KINDS.len()] = std::array::from_fn(|kind| {
            let here = chances[label(kind, true)] + chances[label(kind, false)];
            (memory.kinds[kind] - weight * here).max(0.0)
        });
        let total: f32 = elsewhere_outside + elsewhere.iter().sum::<f32>();
        if total < 0.3 {
            continue;
        }
        *is_swayed = true;
        let sway = |part: f32| WEIGHT * ln(f64::from((part + 0.3) / (total + 1.5) * 5.0)) as f32;
        emissions[0] += sway(elsewhere_outside);
        for (kind, part) in elsewhere.iter().enumerate() {
            emissions[label(kind, true)] += sway(*part);
            emissions[label(kind, false)] += sway(*part);
        }
    }
    for (_, part) in parts(runs) {
        let emissions = tagged.emissions.get(part.clone()).unwrap_or(&[]);
        if is_swayed.get(part.clone()).is_some_and(|swayed| swayed.contains(&true)) {
            let chances = tagged.chances.get_mut(part).into_iter().flatten();
            chances.zip(model.marginals(emissions)).for_each(|(chance, anew)| *chance = anew);
        }
    }
}

/// Headlines and tables say less.
fn weight(piece: &Piece) -> f32 {
    if piece.style == Style::Plain { 1.0 } else { 0.4 }
}
