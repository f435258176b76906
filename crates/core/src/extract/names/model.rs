//! A chain of labels over a run of candidates, scored by a linear-chain conditional random field (Lafferty, McCallum
//! and Pereira 2001).
//!
//! The weights were learnt by `crates/train` and lie in `model.bin`, in whole steps of one scale: 40,000 features with up
//! to nine weights each. Rejected: a perceptron, which gives no probabilities to tell certainty from; a network, which
//! is slower by a factor of ten at this size.

use std::sync::LazyLock;

use super::features::{FEATURES, Feature};
use crate::base::math::exp;
use crate::extract::Kind;

/// Labels: outside, then beginning and inside of each kind.
pub const LABELS: usize = 9;
/// The label of what is in no name.
pub const OUTSIDE: usize = 0;
/// Kinds in the order of their labels.
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other];

/// A number for each label.
pub type Scores = [f32; LABELS];

/// The label that a name of the kind `KINDS[kind]` has at its beginning, or inside.
pub fn label(kind: usize, is_beginning: bool) -> usize {
    1 + 2 * kind + usize::from(!is_beginning)
}

/// The kind of a label, as a place in [`KINDS`]; `None` for [`OUTSIDE`].
pub fn kind(label: usize) -> Option<usize> {
    label.checked_sub(1).map(|label| label / 2)
}

/// Whether a name begins with this label.
pub fn is_beginning(label: usize) -> bool {
    label % 2 == 1
}

/// Whether `label` may follow `before`: the inside of a name follows only its own kind. A run begins and ends outside.
pub fn may_follow(before: usize, label: usize) -> bool {
    label == OUTSIDE || is_beginning(label) || kind(before) == kind(label)
}

/// Weights of features and of labels that follow each other.
///
/// Features are numbers below 2²⁰. Which of them have weights is a set of bits, and the row of one is the number of bits
/// before it: two looks into 192 KB, no probing. Half of the features of a text are in no model. Rejected: a hash table,
/// whose keys alone are larger.
pub struct Model {
    /// `transitions[before][label]`.
    pub transitions: [Scores; LABELS],
    /// Their exponentials, 0 where a label may not follow.
    links: [Scores; LABELS],
    /// Weight of one step.
    scale: f32,
    /// Which features have weights.
    known: Vec<u64>,
    /// For each word of `known` the number of features before it.
    before: Vec<u32>,
    rows: Vec<[i8; LABELS]>,
}

/// The committed model.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_bytes!("model.bin")));

impl Model {
    /// Reads what `crates/train` writes: scale (f32), transitions (81 × f32), number of features (u32), all little
    /// endian; the features in rising order as differences (LEB128), which labels each has weights for (LEB128 of nine
    /// bits), and those weights (i8). Bytes that end early give a model without the rest.
    pub fn read(bytes: &[u8]) -> Model {
        let mut bytes = Bytes(bytes);
        let scale = bytes.float();
        let mut transitions = [[0.0; LABELS]; LABELS];
        transitions.iter_mut().flatten().for_each(|weight| *weight = bytes.float());
        let count = bytes.float_bits().min(FEATURES) as usize;
        let mut known = vec![0u64; FEATURES as usize / 64];
        let mut feature: Feature = 0;
        for _ in 0..count {
            feature = feature.wrapping_add(bytes.varint()) % FEATURES;
            if let Some(word) = known.get_mut(feature as usize / 64) {
                *word |= 1 << (feature % 64);
            }
        }
        let masks: Vec<u32> = (0..count).map(|_| bytes.varint()).collect();
        let row = |mask: u32| std::array::from_fn(|label| if mask >> label & 1 == 1 { bytes.byte() as i8 } else { 0 });
        let rows = masks.into_iter().map(row).collect();
        let before = known.iter().scan(0, |sum, word| Some(std::mem::replace(sum, *sum + word.count_ones()))).collect();
        Model { transitions, links: links(&transitions), scale, known, before, rows }
    }

    /// The scores of the labels of a piece with these features. Cost: two looks for each feature, a third where it has
    /// weights.
    pub fn emissions(&self, features: &[Feature]) -> Scores {
        let mut sums = [0i32; LABELS];
        for feature in features {
            let (at, bit) = (*feature as usize / 64, feature % 64);
            let Some(word) = self.known.get(at).filter(|word| *word >> bit & 1 == 1) else { continue };
            let rank = self.before.get(at).map_or(0, |before| before + (word & ((1 << bit) - 1)).count_ones());
            if let Some(row) = self.rows.get(rank as usize) {
                sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
            }
        }
        sums.map(|sum| sum as f32 * self.scale)
    }

    /// The best labels of a run, whose pieces have these emissions. Cost: 81 additions a piece.
    pub fn best(&self, emissions: &[Scores]) -> Vec<u8> {
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(emissions.len());
        let mut scores = [f32::NEG_INFINITY; LABELS];
        scores[OUTSIDE] = 0.0;
        for emission in emissions {
            let mut next = [f32::NEG_INFINITY; LABELS];
            let mut from = [0u8; LABELS];
            for label in 0..LABELS {
                for (before, (sum, transitions)) in scores.iter().zip(&self.transitions).enumerate() {
                    let score = sum + transitions[label];
                    if may_follow(before, label) && score > next[label] {
                        next[label] = score;
                        from[label] = before as u8;
                    }
                }
                next[label] += emission[label];
            }
            scores = next;
            back.push(from);
        }
        let end = (0..LABELS).map(|label| scores[label] + self.transitions[label][OUTSIDE]);
        let mut label =
            end.enumerate().fold((0, f32::NEG_INFINITY), |best, one| if one.1 > best.1 { one } else { best }).0;
        let mut labels = vec![0; emissions.len()];
        for (at, from) in labels.iter_mut().zip(&back).rev() {
            *at = label as u8;
            label = usize::from(from[label]);
        }
        labels
    }

    /// How probable each label of each piece of a run is: forward and backward sums. Cost: 162 products a piece.
    pub fn marginals(&self, emissions: &[Scores]) -> Vec<Scores> {
        chances(&self.links, emissions).0
    }
}

/// The exponentials of transitions, 0 where a label may not follow.
pub fn links(transitions: &[Scores; LABELS]) -> [Scores; LABELS] {
    let link = |before: usize, label: usize| {
        let weight = transitions.get(before).and_then(|row| row.get(label)).copied().unwrap_or(0.0);
        if may_follow(before, label) { exp(f64::from(weight)) as f32 } else { 0.0 }
    };
    std::array::from_fn(|before| std::array::from_fn(|label| link(before, label)))
}

/// Scores this far below the best are as good as impossible.
const FARTHEST: f32 = -14.0;

/// The marginal probabilities of the labels of a run, and the logarithm of the sum over all labellings; `links` are those
/// of [`links`].
pub fn chances(links: &[Scores; LABELS], emissions: &[Scores]) -> (Vec<Scores>, f64) {
    let mut log_sum = 0.0;
    let mut forward: Vec<Scores> = Vec::with_capacity(emissions.len());
    let mut bases: Vec<Scores> = Vec::with_capacity(emissions.len());
    let mut state = [0.0f32; LABELS];
    state[OUTSIDE] = 1.0;
    for emission in emissions {
        let top = emission.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let base = emission.map(|score| if score - top < FARTHEST { 0.0 } else { exp(f64::from(score - top)) as f32 });
        let mut next: Scores = std::array::from_fn(|label| {
            base[label] * (0..LABELS).map(|before| state[before] * links[before][label]).sum::<f32>()
        });
        let sum: f32 = next.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        next.iter_mut().for_each(|value| *value /= sum);
        log_sum += f64::from(top) + crate::base::math::ln(f64::from(sum));
        forward.push(next);
        bases.push(base);
        state = next;
    }
    let mut behind: Scores = std::array::from_fn(|label| links[label][OUTSIDE]);
    let end: f32 = (0..LABELS).map(|label| state[label] * behind[label]).sum::<f32>().max(f32::MIN_POSITIVE);
    log_sum += crate::base::math::ln(f64::from(end));
    for (at, base) in forward.iter_mut().zip(&bases).rev() {
        at.iter_mut().zip(behind).for_each(|(value, behind)| *value *= behind);
        let sum: f32 = at.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        at.iter_mut().for_each(|value| *value /= sum);
        let next: Scores = std::array::from_fn(|label| {
            (0..LABELS).map(|after| links[label][after] * base[after] * behind[after]).sum::<f32>()
        });
        let top = next.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        behind = next.map(|value| value / top);
    }
    (forward, log_sum)
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn float_bits(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    fn float(&mut self) -> f32 {
        f32::from_bits(self.float_bits())
    }

    fn varint(&mut self) -> u32 {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte();
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }
}
