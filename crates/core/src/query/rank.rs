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
//! * phrase: where all words of an AND stand one after the other, twice the sum of their `idf`: more than all the
//!   rest can give, so such documents come first.

use super::evaluate::{LeafMatches, Matches, advance};
use super::plan::{Leaf, Neighbours, Plan};
use crate::base::math::ln;
use crate::base::order::{first_by, packed, sort_by, unpacked};
use crate::base::{DocId, TokenPos};
use crate::index::Index;

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
    let context =
        Context { index, ranking, leaves: &matches.leaves, idf: inverse_document_frequencies(index, plan, matches) };
    let mut scores = context.term_scores(docs);
    for group in &plan.neighbours {
        if group.all_required {
            context.add_phrase_scores(group, docs, &mut scores);
        }
    }
    if !plan.neighbours.is_empty() && ranking.near_weight > 0.0 {
        context.add_nearness(&plan.neighbours, docs, &mut scores);
    }
    scores
}

struct Context<'c, 'i> {
    index: &'c Index,
    ranking: &'c Ranking,
    leaves: &'c [LeafMatches<'i>],
    /// By leaf; 0 for those that select no hits.
    idf: Vec<f64>,
}

fn inverse_document_frequencies(index: &Index, plan: &Plan, matches: &Matches) -> Vec<f64> {
    let all = f64::from(index.doc_count());
    let idf = |found: &LeafMatches| {
        let with = found.docs.len() as f64;
        ln(1.0 + (all - with + 0.5) / (with + 0.5))
    };
    let weight =
        |(leaf, found): (&Leaf, &LeafMatches)| if leaf.is_negated { 0.0 } else { f64::from(leaf.times) * idf(found) };
    plan.leaves.iter().zip(&matches.leaves).map(weight).collect()
}

impl Context<'_, '_> {
    fn saturation(&self, doc_id: DocId) -> f64 {
        let length = f64::from(self.index.shape(doc_id).len);
        let mean = self.index.mean_len().max(1.0);
        self.ranking.k1 * (1.0 - self.ranking.b + self.ranking.b * length / mean)
    }

    fn term_scores(&self, docs: &[DocId]) -> Vec<f64> {
        let mut scores = vec![0.0; docs.len()];
        for (leaf, idf) in self.leaves.iter().zip(&self.idf) {
            if *idf == 0.0 {
                continue;
            }
            let mut place = 0;
            for (&doc_id, score) in docs.iter().zip(&mut scores) {
                place = advance(&leaf.docs, place, doc_id);
                if leaf.docs.get(place) == Some(&doc_id) {
                    let found = leaf.occurrence_at(place, self.index.shape(doc_id).title_end);
                    let inflected = f64::from(found.frequency - found.exact);
                    let f = f64::from(found.exact)
                        + self.ranking.inflected_weight * inflected
                        + (self.ranking.title_weight - 1.0) * f64::from(found.in_title);
                    *score += idf * f / (f + self.saturation(doc_id));
                }
            }
        }
        scores
    }

    fn add_phrase_scores(&self, group: &Neighbours, docs: &[DocId], scores: &mut [f64]) {
        let bonus = 2.0 * group.leaves.iter().filter_map(|leaf| self.idf.get(*leaf)).sum::<f64>();
        for (&doc_id, score) in docs.iter().zip(scores) {
            if self.has_phrase(group, doc_id) {
                *score += bonus;
            }
        }
    }

    /// Whether the leaves stand one after the other somewhere in the document.
    fn has_phrase(&self, group: &Neighbours, doc_id: DocId) -> bool {
        let mut ends: Option<Vec<u64>> = None;
        for leaf in &group.leaves {
            let Some(leaf) = self.leaves.get(*leaf) else { return false };
            let mut next = Vec::new();
            leaf.for_each_span(doc_id, |position, width, _| {
                if ends.as_ref().is_none_or(|ends| ends.binary_search(&u64::from(position)).is_ok()) {
                    next.push(u64::from(position + width));
                }
            });
            if next.is_empty() {
                return false;
            }
            next.sort_unstable();
            ends = Some(next);
        }
        true
    }

    fn add_nearness(&self, groups: &[Neighbours], docs: &[DocId], scores: &mut [f64]) {
        let order = &mut |a: usize, b: usize| scores[b].total_cmp(&scores[a]);
        let best = first_by(docs.len(), self.ranking.near_depth, order);
        for place in best {
            scores[place] += groups.iter().map(|group| self.nearness(group, docs[place])).sum::<f64>();
        }
    }

    fn nearness(&self, group: &Neighbours, doc_id: DocId) -> f64 {
        let mut stands: Vec<u64> = Vec::new();
        for &leaf in &group.leaves {
            if let Some(found) = self.leaves.get(leaf) {
                found.for_each_span(doc_id, |position, _, _| stands.push(packed(position, leaf as u32)));
            }
        }
        stands.sort_unstable();
        stands.dedup();
        // Pairs by their places in the query: in text order, next to each other.
        let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
        for pair in stands.windows(2) {
            let ((first, a), (second, b)) = (unpacked(pair[0]), unpacked(pair[1]));
            let (a, b) = (a as usize, b as usize);
            let distance = second.saturating_sub(first);
            if a != b && a.abs_diff(b) <= MAX_QUERY_DISTANCE && (1..=MAX_DISTANCE).contains(&distance) {
                pairs.push((a.min(b), a.max(b), 1.0 / f64::from(distance).sqrt()));
            }
        }
        sort_by(&mut pairs, |x, y| (x.0, x.1).cmp(&(y.0, y.1)));
        let saturation = self.saturation(doc_id);
        let mut sum = 0.0;
        for pair in pairs.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            let near: f64 = pair.iter().map(|(_, _, near)| near).sum();
            let weight = self.idf[pair[0].0].min(self.idf[pair[0].1]);
            sum += weight * near / (near + saturation);
        }
        self.ranking.near_weight * sum
    }
}
