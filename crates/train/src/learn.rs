//! Learning a linear-chain conditional random field: stochastic gradient with AdaGrad (Duchi, Hazan and Singer 2011),
//! weights drawn towards zero, the small ones dropped, the rest written in whole steps.

use std::ops::Range;

use rustc_hash::FxHashMap;
use sheaf_core::extract::Reading;
use sheaf_core::extract::names::candidates::candidates;
use sheaf_core::extract::names::classes;
use sheaf_core::extract::names::cut::{Piece, cut};
use sheaf_core::extract::names::evidence::gather;
use sheaf_core::extract::names::features::{Context, Feature, features};
use sheaf_core::extract::names::model::{KINDS, LABELS, OUTSIDE, Scores, chances, label, links, may_follow};

use crate::gold::Document;

/// A run of candidates: for each piece its features, and its label.
pub struct Chain {
    features: Vec<Vec<Feature>>,
    labels: Vec<usize>,
    weight: f32,
}

/// How to learn.
pub struct Settings {
    /// Passes over all chains.
    pub rounds: usize,
    /// Length of the first steps.
    pub rate: f32,
    /// How strongly weights are drawn towards zero at each step.
    pub decay: f32,
    /// Share of a piece's features that are left out at each look, by chance (Srivastava et al. 2014): none may be relied on.
    pub dropout: f32,
    /// Features that occur in fewer chains are left out.
    pub least: u32,
    /// Weights below this are dropped.
    pub floor: f32,
}

/// The chains of a document, each counting `weight` times.
pub fn chains(document: &Document, weight: f32) -> Vec<Chain> {
    let reading = Reading::new(&document.text, "en");
    let pieces = cut(&reading);
    let runs = candidates(&pieces);
    let evidence = gather(&pieces, &runs);
    let context = Context { text: &document.text, pieces: &pieces, evidence: &evidence };
    let labels = labels(document, &pieces);
    runs.iter().map(|run| chain(&context, run, &labels, weight)).collect()
}

fn chain(context: &Context, run: &Range<usize>, labels: &[usize], weight: f32) -> Chain {
    let mut found = Vec::new();
    let mut chain = Chain { features: Vec::new(), labels: Vec::new(), weight };
    let mut before = OUTSIDE;
    for at in run.clone() {
        features(context, run, at, &mut found);
        chain.features.push(found.clone());
        // A name that reaches into the run from before it begins at the run's first piece.
        let gold = labels[at];
        let gold = if may_follow(before, gold) { gold } else { gold - 1 };
        chain.labels.push(gold);
        before = gold;
    }
    chain
}

fn labels(document: &Document, pieces: &[Piece]) -> Vec<usize> {
    let mut labels = vec![OUTSIDE; pieces.len()];
    let mut at = 0;
    for (span, kind) in &document.names {
        let kind = KINDS.iter().position(|one| one == kind).unwrap_or(0);
        while pieces.get(at).is_some_and(|piece| piece.span.start < span.start) {
            at += 1;
        }
        let mut is_beginning = true;
        while pieces.get(at).is_some_and(|piece| piece.span.start < span.end) {
            labels[at] = label(kind, is_beginning);
            is_beginning = false;
            at += 1;
        }
    }
    // re3d takes a country that acts for an organisation; to a reader it is the same country.
    for at in 0..labels.len() {
        let is_country = pieces[at].entry & classes::COUNTRY != 0 || pieces[at].is(classes::COUNTRY);
        let is_alone = pieces[at].entry_part != 0 || labels.get(at + 1) != Some(&label(1, false));
        if !document.has_peoples && labels[at] == label(1, true) && is_country && is_alone {
            labels[at] = label(2, true);
            let rest = labels.iter_mut().skip(at + 1).take_while(|next| **next == label(1, false));
            rest.for_each(|next| *next = label(2, false));
        }
    }
    // Sets that do not mark peoples would teach that they are no names.
    if !document.has_peoples {
        for (label_of, piece) in labels.iter_mut().zip(pieces) {
            if *label_of == OUTSIDE && piece.is_capital() && piece.is(classes::PEOPLE) {
                *label_of = label(3, true);
            }
        }
    }
    labels
}

/// What was learnt.
pub struct Learnt {
    /// Weights of labels that follow each other.
    pub transitions: [Scores; LABELS],
    /// Weights of features, in order of the feature.
    pub weights: Vec<(Feature, Scores)>,
}

/// Passes after the small weights were dropped.
const REFINING: usize = 8;

/// Learns from chains. The same chains and settings give the same weights.
pub fn learn(chains: &[Chain], settings: &Settings) -> Learnt {
    let mut counts: FxHashMap<Feature, u32> = FxHashMap::default();
    for feature in chains.iter().flat_map(|chain| chain.features.iter().flatten()) {
        *counts.entry(*feature).or_insert(0) += 1;
    }
    let mut kept: Vec<Feature> =
        counts.into_iter().filter(|(_, n)| *n >= settings.least).map(|(feature, _)| feature).collect();
    kept.sort_unstable();
    let places: FxHashMap<Feature, u32> = kept.iter().enumerate().map(|(n, feature)| (*feature, n as u32)).collect();
    let indexed: Vec<Vec<Vec<u32>>> = chains
        .iter()
        .map(|chain| {
            chain.features.iter().map(|one| one.iter().filter_map(|f| places.get(f).copied()).collect()).collect()
        })
        .collect();
    println!("{} chains, {} features", chains.len(), kept.len());
    let mut weights = vec![[0f32; LABELS]; kept.len()];
    let mut squares = vec![[1e-2f32; LABELS]; kept.len()];
    let mut transitions = [[0f32; LABELS]; LABELS];
    let mut transition_squares = [[1e-1f32; LABELS]; LABELS];
    // The mean over the last rounds is steadier than the last (Polyak and Juditsky 1992).
    let mut averages = vec![[0f32; LABELS]; kept.len()];
    let mut transition_average = [[0f32; LABELS]; LABELS];
    let mut order: Vec<usize> = (0..chains.len()).collect();
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    let keep = 1.0 / (1.0 - settings.dropout);
    for round in 0..settings.rounds + REFINING {
        // What is small goes, and what is left learns to do without it.
        let is_refining = round >= settings.rounds;
        if round == settings.rounds {
            weights
                .iter_mut()
                .flatten()
                .filter(|weight| weight.abs() < settings.floor)
                .for_each(|weight| *weight = 0.0);
        }
        for n in (1..order.len()).rev() {
            order.swap(n, (random(&mut seed) % (n as u64 + 1)) as usize);
        }
        let mut loss = 0.0;
        for &n in &order {
            let chain = &chains[n];
            let indexed: Vec<Vec<u32>> =
                indexed[n].iter().map(|one| thinned(one, settings.dropout, &mut seed)).collect();
            let emissions: Vec<Scores> = indexed.iter().map(|one| sum(one, &weights).map(|sum| sum * keep)).collect();
            let (chance, log_sum) = chances(&links(&transitions), &emissions);
            loss += log_sum - f64::from(score(&chain.labels, &emissions, &transitions));
            for (at, one) in indexed.iter().enumerate() {
                let mut gradient = chance[at];
                gradient[chain.labels[at]] -= 1.0;
                for feature in one {
                    let (row, squares) = (&mut weights[*feature as usize], &mut squares[*feature as usize]);
                    for label in 0..LABELS {
                        if is_refining && row[label] == 0.0 {
                            continue;
                        }
                        let step = chain.weight * gradient[label] + settings.decay * row[label];
                        squares[label] += step * step;
                        row[label] -= settings.rate * step / squares[label].sqrt();
                    }
                }
                // The chance of a pair is taken as the product of both: close enough to learn from, and cheap.
                let before = at.checked_sub(1).map(|before| (chain.labels[before], Some(chance[before])));
                let (gold, distribution) = before.unwrap_or((OUTSIDE, None));
                for from in 0..LABELS {
                    let share = distribution.map_or(if from == OUTSIDE { 1.0 } else { 0.0 }, |chances| chances[from]);
                    let total: f32 =
                        (0..LABELS).filter(|to| may_follow(from, *to)).map(|to| chance[at][to]).sum::<f32>().max(1e-9);
                    for to in (0..LABELS).filter(|to| may_follow(from, *to)) {
                        let hit = f32::from(u8::from(from == gold && to == chain.labels[at]));
                        let step = chain.weight * (share * chance[at][to] / total - hit);
                        transition_squares[from][to] += step * step;
                        transitions[from][to] -= 0.3 * settings.rate * step / transition_squares[from][to].sqrt();
                    }
                }
            }
        }
        println!("round {round}: loss {loss:.0}");
        if is_refining {
            add(&mut averages, &weights, &mut transition_average, &transitions);
        }
    }
    let (weights, transitions) = (averages, transition_average);
    let weights = kept.into_iter().zip(weights).filter(|(_, row)| row.iter().any(|weight| *weight != 0.0)).collect();
    Learnt { transitions, weights }
}

/// Adds the share of one of the last rounds.
fn add(
    averages: &mut [Scores],
    weights: &[Scores],
    transition_average: &mut [Scores; LABELS],
    transitions: &[Scores; LABELS],
) {
    let sums = averages.iter_mut().chain(transition_average).flatten();
    let shares = weights.iter().chain(transitions).flatten();
    sums.zip(shares).for_each(|(sum, share)| *sum += share / REFINING as f32);
}

fn thinned(features: &[u32], dropout: f32, seed: &mut u64) -> Vec<u32> {
    let limit = (dropout * 65536.0) as u64;
    features.iter().copied().filter(|_| random(seed) >> 20 & 0xffff >= limit).collect()
}

fn sum(features: &[u32], weights: &[Scores]) -> Scores {
    let mut sums = [0.0; LABELS];
    for feature in features {
        sums.iter_mut().zip(weights[*feature as usize]).for_each(|(sum, weight)| *sum += weight);
    }
    sums
}

fn score(labels: &[usize], emissions: &[Scores], transitions: &[Scores; LABELS]) -> f32 {
    let mut before = OUTSIDE;
    let mut score = 0.0;
    for (label, emission) in labels.iter().zip(emissions) {
        score += transitions[before][*label] + emission[*label];
        before = *label;
    }
    score + transitions[before][OUTSIDE]
}

/// Xorshift (Marsaglia 2003).
pub fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// The bytes that `Model::read` reads. Weights are rounded to whole steps: the coarser, the smaller the file.
pub fn write(learnt: &Learnt, step: f32) -> Vec<u8> {
    let scale = step;
    let mut bytes = scale.to_le_bytes().to_vec();
    learnt.transitions.iter().flatten().for_each(|weight| bytes.extend(weight.to_le_bytes()));
    let rows: Vec<(Feature, [i8; LABELS])> = learnt
        .weights
        .iter()
        .map(|(feature, row)| (*feature, row.map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row)| row.iter().any(|weight| *weight != 0))
        .collect();
    bytes.extend((rows.len() as u32).to_le_bytes());
    let mut before = 0;
    for (feature, _) in &rows {
        varint(feature - before, &mut bytes);
        before = *feature;
    }
    for (_, row) in &rows {
        let mask =
            row.iter().enumerate().filter(|(_, weight)| **weight != 0).fold(0, |mask, (label, _)| mask | 1 << label);
        varint(mask, &mut bytes);
    }
    for (_, row) in &rows {
        bytes.extend(row.iter().filter(|weight| **weight != 0).map(|weight| *weight as u8));
    }
    println!("{} features kept", rows.len());
    bytes
}

fn varint(mut value: u32, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
