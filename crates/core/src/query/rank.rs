//! Ranking: BM25 over title and text, with near words and whole phrases ahead.
//!
//! score = Σ over leaves of `idf · f / (f + K)` + nearness + phrase
//!
//! * `idf = ln(1 + (N − n + ½) / (n + ½))`, `K = k1 · (1 − b + b · length / mean length)`: BM25 in Lucene's form
//!   (Robertson & Zaragoza 2009, Foundations and Trends in IR 3(4); Lucene's `BM25Similarity`), with exact lengths.
//!   A word that the query has twice counts twice.
//! * `f` counts an inflected form a little less than the word as typed, and one in the title more.
//! * nearness (after Tao & Zhai 2007, SIGIR: closeness of query words in the text): two words that stand within three
//!   words of each other in the query and within five in the text form a pair with the smaller `idf` of the two; each
//!   such place adds `1 / √distance` to the pair's `f`, and the pair counts `near_weight` of what a word would.
//! * where words stand that stand anywhere 24,576 times or more is not looked at, neither for nearness nor, but for the
//!   room they take, in phrases: such words say little, and their positions are most of an index.
//! * phrase: where all words of an AND stand one after the other, twice the sum of their `idf`: more than all the
//!   rest can give, so such documents come first.

use std::rc::Rc;

use sheaf_kernels::occurrences::Weighing;

use super::evaluate::{LeafMatches, Matches};
use super::plan::{Leaf, Neighbours, Plan};
use crate::base::math::ln;
use crate::base::order::{highest, packed, sort_by, sort_runs, unpacked};
use crate::base::{DocId, TokenPos};
use crate::index::Index;
use crate::index::postings::Occurrence;
use crate::index::shapes::typical;

/// Words further apart than this in the text are not near.
const MAX_DISTANCE: TokenPos = 5;
/// Words further apart than this in the query do not belong together.
const MAX_QUERY_DISTANCE: usize = 3;

/// The knobs of the ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// How soon further occurrences stop to matter.
    pub k1: f64,
    /// How much a long document is held against it: 0 not at all, 1 fully.
    pub b: f64,
    /// What an occurrence in the title counts.
    pub title_weight: f64,
    /// What an inflected form or a longer word counts.
    pub inflected_weight: f64,
    /// What a pair of near words counts, of what a word would.
    pub near_weight: f64,
    /// How many documents, best first by the rest of the score, are looked at for nearness.
    pub near_depth: usize,
}

impl Default for Ranking {
    fn default() -> Ranking {
        Ranking { k1: 1.2, b: 0.75, title_weight: 2.0, inflected_weight: 0.9, near_weight: 0.2, near_depth: 1_000 }
    }
}

/// The scores of `docs` (ascending), in their order.
///
/// Cost: linear in the leaves' lists; positions are read for phrases in documents that have all words, and for
/// nearness in the best [`Ranking::near_depth`].
pub fn scores(index: &Index, plan: &Plan, matches: &Matches, docs: &[DocId], ranking: &Ranking) -> Vec<f64> {
    // Without words there is nothing to weigh, and nothing to be brought for it.
    if plan.leaves.is_empty() {
        return vec![0.0; docs.len()];
    }
    let context = Context::of(index, plan, matches, ranking);
    let mut scores = context.without_nearness(plan, docs);
    for place in context.looked_at_for_nearness(plan, &scores) {
        scores[place] += context.nearness(plan, docs[place]);
    }
    scores
}

/// How a score comes about, its parts in the order in which they are added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The score: `terms` one after the other, then `phrases`, then the sum of `near_weight · Σ pairs` over the groups.
    pub score: f64,
    /// `K` of the document: what an occurrence is weighed against.
    pub saturation: f64,
    /// Leaves that stand in the document.
    pub terms: Vec<TermScore>,
    /// Groups whose words stand one after the other: their leaves, and what that adds.
    pub phrases: Vec<(Vec<usize>, f64)>,
    /// Pairs of near words, by group.
    pub pairs: Vec<Vec<PairScore>>,
}

/// What one leaf gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermScore {
    /// Its place in the plan.
    pub leaf: usize,
    /// Its rarity, for a leaf that the query has once.
    pub idf: f64,
    /// Its weight: `times · idf`.
    pub weight: f64,
    /// How it stands in the document.
    pub occurrence: Occurrence,
    /// `f`: its occurrences as they count.
    pub frequency: f64,
    /// `weight · f / (f + K)`.
    pub score: f64,
}

/// What a pair of near words gives, before `near_weight`.
#[derive(Clone, Debug, PartialEq)]
pub struct PairScore {
    /// Their leaves.
    pub leaves: (usize, usize),
    /// Words between their places, one for each place.
    pub distances: Vec<u32>,
    /// `Σ 1 / √distance`.
    pub near: f64,
    /// The smaller weight of the two.
    pub weight: f64,
    /// `weight · near / (near + K)`.
    pub score: f64,
}

/// Explains the score of one of `docs`. The same sums as [`scores`], in the same order: equal to the last bit.
pub fn explain(
    index: &Index,
    plan: &Plan,
    matches: &Matches,
    docs: &[DocId],
    doc_id: DocId,
    ranking: &Ranking,
) -> Option<Explanation> {
    let place = docs.binary_search(&doc_id).ok()?;
    let context = Context::of(index, plan, matches, ranking);
    let mut explanation = Explanation { saturation: context.saturation(doc_id), ..Explanation::default() };
    for (leaf, (found, weight)) in matches.leaves.iter().zip(&context.idf).enumerate() {
        if let (true, Ok(place)) = (*weight != 0.0, found.docs.binary_search(&doc_id)) {
            let term = context.term(leaf, found, *weight, place, doc_id);
            explanation.score += term.score;
            explanation.terms.push(term);
        }
    }
    for group in plan.neighbours.iter().filter(|group| group.all_required) {
        if context.has_phrase(group, doc_id) {
            let bonus = context.phrase_bonus(group);
            explanation.score += bonus;
            explanation.phrases.push((group.leaves.clone(), bonus));
        }
    }
    let scores = context.without_nearness(plan, docs);
    if context.looked_at_for_nearness(plan, &scores).contains(&place) {
        explanation.pairs = plan.neighbours.iter().map(|group| context.pairs(group, doc_id)).collect();
        explanation.score += context.nearness(plan, doc_id);
    }
    Some(explanation)
}

/// Inverse document frequency of a leaf: `ln(1 + (N − n + ½) / (n + ½))`.
fn rarity(index: &Index, found: &LeafMatches) -> f64 {
    let (all, with) = (f64::from(index.reach()), found.docs.len() as f64);
    ln(1.0 + (all - with + 0.5) / (with + 0.5))
}

struct Context<'c, 'i> {
    index: &'c Index,
    ranking: &'c Ranking,
    leaves: &'c [Rc<LeafMatches<'i>>],
    /// `idf` by leaf.
    rarities: Vec<f64>,
    /// `times · idf` by leaf; 0 for those that select no hits.
    idf: Vec<f64>,
    /// [`Leaf::common_width`] by leaf.
    common_widths: Vec<Option<u32>>,
    /// Codes of the lengths of documents, and `K` by code.
    lengths: &'c [u8],
    saturations: Vec<f64>,
}

impl<'c, 'i> Context<'c, 'i> {
    fn of(index: &'c Index, plan: &Plan, matches: &'c Matches<'i>, ranking: &'c Ranking) -> Context<'c, 'i> {
        let rarities: Vec<f64> = matches.leaves.iter().map(|found| rarity(index, found)).collect();
        let weight = |(leaf, rarity): (&Leaf, &f64)| if leaf.is_negated { 0.0 } else { f64::from(leaf.times) * rarity };
        let idf = plan.leaves.iter().zip(&rarities).map(weight).collect();
        let common_widths = plan.leaves.iter().map(|leaf| leaf.common_width(index)).collect();
        let mean = index.mean_len().max(1.0);
        let saturation = |code| ranking.k1 * (1.0 - ranking.b + ranking.b * f64::from(typical(code)) / mean);
        let saturations = (0..=u8::MAX).map(saturation).collect();
        let lengths = index.shapes.lengths();
        Context { index, ranking, leaves: &matches.leaves, rarities, idf, common_widths, lengths, saturations }
    }

    fn saturation(&self, doc_id: DocId) -> f64 {
        let code = self.lengths.get(doc_id.0 as usize).copied().unwrap_or(0);
        self.saturations.get(usize::from(code)).copied().unwrap_or(0.0)
    }

    fn without_nearness(&self, plan: &Plan, docs: &[DocId]) -> Vec<f64> {
        let mut scores = self.term_scores(docs);
        for group in plan.neighbours.iter().filter(|group| group.all_required) {
            self.add_phrase_scores(group, docs, &mut scores);
        }
        scores
    }

    fn term(&self, leaf: usize, found: &LeafMatches, weight: f64, place: usize, doc_id: DocId) -> TermScore {
        let occurrence = found.occurrences(&self.index.shapes).get(place).copied().unwrap_or_default();
        let (frequency, score) = self.weighing(weight).score(occurrence, doc_id);
        TermScore { leaf, idf: self.rarities.get(leaf).copied().unwrap_or(0.0), weight, occurrence, frequency, score }
    }

    fn weighing(&self, weight: f64) -> Weighing<'_> {
        let Ranking { inflected_weight, title_weight, .. } = *self.ranking;
        let title_bonus = title_weight - 1.0;
        Weighing { weight, inflected_weight, title_bonus, lengths: self.lengths, saturations: &self.saturations }
    }

    fn term_scores(&self, docs: &[DocId]) -> Vec<f64> {
        let mut scores = vec![0.0; docs.len()];
        for (leaf, weight) in self.leaves.iter().zip(&self.idf).filter(|(_, weight)| **weight != 0.0) {
            leaf.add_scores(docs, &self.index.shapes, &self.weighing(*weight), &mut scores);
        }
        scores
    }

    fn common_width(&self, leaf: usize) -> Option<u32> {
        self.common_widths.get(leaf).copied().flatten()
    }

    fn phrase_bonus(&self, group: &Neighbours) -> f64 {
        2.0 * group.leaves.iter().filter_map(|leaf| self.idf.get(*leaf)).sum::<f64>()
    }

    fn add_phrase_scores(&self, group: &Neighbours, docs: &[DocId], scores: &mut [f64]) {
        if group.leaves.iter().all(|leaf| self.common_width(*leaf).is_some()) {
            return;
        }
        let bonus = self.phrase_bonus(group);
        group.leaves.iter().filter_map(|leaf| self.leaves.get(*leaf)).for_each(|leaf| leaf.prepare(docs.len()));
        for (&doc_id, score) in docs.iter().zip(scores) {
            if self.has_phrase(group, doc_id) {
                *score += bonus;
            }
        }
    }

    /// Whether the leaves stand one after the other somewhere in the document; common words only take up room.
    fn has_phrase(&self, group: &Neighbours, doc_id: DocId) -> bool {
        let mut ends: Option<Vec<u64>> = None;
        for leaf in &group.leaves {
            if let Some(width) = self.common_width(*leaf) {
                ends = ends.map(|ends| ends.iter().map(|end| end + u64::from(width)).collect());
                continue;
            }
            let Some(leaf) = self.leaves.get(*leaf) else { return false };
            let mut next = Vec::new();
            leaf.for_each_span(doc_id, &mut |position, width, _| {
                if ends.as_ref().is_none_or(|ends| ends.binary_search(&u64::from(position)).is_ok()) {
                    next.push(u64::from(position + width));
                }
            });
            if next.is_empty() {
                return false;
            }
            sort_runs(&mut next);
            ends = Some(next);
        }
        ends.is_some()
    }

    /// The places of the documents that are looked at for nearness: the best by the rest of the score.
    fn looked_at_for_nearness(&self, plan: &Plan, scores: &[f64]) -> Vec<usize> {
        if plan.neighbours.is_empty() || self.ranking.near_weight <= 0.0 {
            return Vec::new();
        }
        highest(scores, self.ranking.near_depth)
    }

    fn nearness(&self, plan: &Plan, doc_id: DocId) -> f64 {
        let of_group = |group| -> f64 { self.pairs(group, doc_id).iter().map(|pair| pair.score).sum() };
        plan.neighbours.iter().map(|group| self.ranking.near_weight * of_group(group)).sum()
    }

    fn pairs(&self, group: &Neighbours, doc_id: DocId) -> Vec<PairScore> {
        let mut stands: Vec<u64> = Vec::new();
        for &leaf in &group.leaves {
            if let Some(found) = self.leaves.get(leaf).filter(|_| self.common_width(leaf).is_none()) {
                found.for_each_span(doc_id, &mut |position, _, _| stands.push(packed(position, leaf as u32)));
            }
        }
        sort_runs(&mut stands);
        stands.dedup();
        // Pairs by their places in the query: in text order, next to each other.
        let mut near: Vec<(usize, usize, u32)> = Vec::new();
        for pair in stands.windows(2) {
            let ((first, a), (second, b)) = (unpacked(pair[0]), unpacked(pair[1]));
            let (a, b) = (a as usize, b as usize);
            let distance = second.saturating_sub(first);
            if a != b && a.abs_diff(b) <= MAX_QUERY_DISTANCE && (1..=MAX_DISTANCE).contains(&distance) {
                near.push((a.min(b), a.max(b), distance));
            }
        }
        sort_by(&mut near, |x, y| (x.0, x.1).cmp(&(y.0, y.1)));
        let saturation = self.saturation(doc_id);
        let pair = |same: &[(usize, usize, u32)]| {
            let leaves = (same[0].0, same[0].1);
            let distances: Vec<u32> = same.iter().map(|(.., distance)| *distance).collect();
            let near: f64 = distances.iter().map(|distance| 1.0 / f64::from(*distance).sqrt()).sum();
            let weight = self.idf[leaves.0].min(self.idf[leaves.1]);
            PairScore { leaves, distances, near, weight, score: weight * near / (near + saturation) }
        };
        near.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).map(pair).collect()
    }
}
