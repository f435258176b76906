//! Why this rank: a score with everything it is made of.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::describe::short;
use crate::base::DocId;
use crate::index::Index;
use crate::query::rank::{Explanation, PairScore, TermScore};
use crate::query::{Matches, Plan, Ranking};

/// A document's score, taken apart. The numbers give the score to the last digit:
///
/// `(Σ terms.score + Σ phrases.score) + (Σ over groups of near_weight · Σ pairs.score)`, each sum in its order, where
/// `idf = ln(1 + (documents − found + ½) / (found + ½))`, `K = k1 · (1 − b + b · length / mean_length)`,
/// `f = exact + inflected_weight · inflected + (title_weight − 1) · in_title`, a term's score is
/// `times · idf · f / (f + K)`, and a pair's `weight · near / (near + K)` with `near = Σ 1 / √distance`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ExplanationView {
    /// Name of the document.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its score.
    pub score: f64,
    /// Its place among the documents that match, best first, from 1.
    pub rank: u32,
    /// Documents that match.
    pub matched: u32,
    /// Documents in the corpus: `N`.
    pub documents: u32,
    /// Words of the document, title included.
    pub length: u32,
    /// Mean of the lengths.
    pub mean_length: f64,
    /// `K`.
    pub saturation: f64,
    /// The knobs.
    pub knobs: Knobs,
    /// Words and phrases that stand in it.
    pub terms: Vec<TermRow>,
    /// Words of the query that stand one after the other.
    pub phrases: Vec<PhraseRow>,
    /// Words of the query that stand near each other, by group of words side by side in the query.
    pub groups: Vec<Vec<PairRow>>,
}

/// The knobs of the ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Knobs {
    /// How soon further occurrences stop to matter.
    pub k1: f64,
    /// How much a long document is held against it.
    pub b: f64,
    /// What an occurrence in the title counts.
    pub title_weight: f64,
    /// What an inflected form counts.
    pub inflected_weight: f64,
    /// What nearness counts.
    pub near_weight: f64,
}

/// What one word or phrase gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct TermRow {
    /// As the query has it.
    pub text: String,
    /// How often the query has it.
    pub times: u32,
    /// Documents that have it: `n`.
    pub found: u32,
    /// Its rarity.
    pub idf: f64,
    /// Occurrences exactly as asked.
    pub exact: u32,
    /// Occurrences in an inflected or longer form.
    pub inflected: u32,
    /// Occurrences in the title, counted among the others as well.
    pub in_title: u32,
    /// Occurrences as they count: `f`.
    pub frequency: f64,
    /// What it gives.
    pub score: f64,
}

/// What words that stand one after the other give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct PhraseRow {
    /// The words.
    pub text: String,
    /// Twice the sum of their `times · idf`.
    pub score: f64,
}

/// What two near words give, before `near_weight`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct PairRow {
    /// The words.
    pub words: (String, String),
    /// How far apart, for each place.
    pub distances: Vec<u32>,
    /// `Σ 1 / √distance`.
    pub near: f64,
    /// The smaller `times · idf` of the two.
    pub weight: f64,
    /// `weight · near / (near + K)`.
    pub score: f64,
}

/// Puts an explanation into words. Name, title and rank are the caller's.
pub fn explanation(
    index: &Index,
    plan: &Plan,
    matches: &Matches,
    docs: &[DocId],
    doc_id: DocId,
    explained: &Explanation,
    ranking: &Ranking,
) -> ExplanationView {
    let text = |leaf: usize| plan.leaves.get(leaf).map(|leaf| short(&leaf.op)).unwrap_or_default();
    let term = |term: &TermScore| {
        let times = plan.leaves.get(term.leaf).map_or(1, |leaf| leaf.times);
        TermRow {
            text: text(term.leaf),
            times,
            found: matches.leaves.get(term.leaf).map_or(0, |found| found.docs.len() as u32),
            idf: term.idf,
            exact: term.occurrence.exact,
            inflected: term.occurrence.frequency - term.occurrence.exact,
            in_title: term.occurrence.in_title,
            frequency: term.frequency,
            score: term.score,
        }
    };
    let phrase = |(leaves, score): &(Vec<usize>, f64)| {
        let words: Vec<String> = leaves.iter().map(|leaf| text(*leaf)).collect();
        PhraseRow { text: words.join(" "), score: *score }
    };
    let pair = |pair: &PairScore| PairRow {
        words: (text(pair.leaves.0), text(pair.leaves.1)),
        distances: pair.distances.clone(),
        near: pair.near,
        weight: pair.weight,
        score: pair.score,
    };
    ExplanationView {
        score: explained.score,
        matched: docs.len() as u32,
        documents: index.doc_count(),
        length: index.shapes.length(doc_id),
        mean_length: index.mean_len().max(1.0),
        saturation: explained.saturation,
        knobs: Knobs {
            k1: ranking.k1,
            b: ranking.b,
            title_weight: ranking.title_weight,
            inflected_weight: ranking.inflected_weight,
            near_weight: ranking.near_weight,
        },
        terms: explained.terms.iter().map(term).collect(),
        phrases: explained.phrases.iter().map(phrase).collect(),
        groups: explained.pairs.iter().map(|pairs| pairs.iter().map(pair).collect()).collect(),
        ..ExplanationView::default()
    }
}
