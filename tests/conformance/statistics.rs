//! Keyness against R's `corpora`: every row of its example, words in articles on MRSA against German web texts.
//!
//! Which variant is which follows from the numbers: `G2` is four-term with the sign of the effect; `LogRatio` has ½
//! added to all four numbers; `LogRatio.G2` is the same, 0 where G² is not significant at 0.05 / family (Bonferroni);
//! `SM` is simple maths with k = 100; `LRC` is two-sided at 0.05 / family and 0 where the interval has 0; `LRC.positive`
//! is one-sided at the same level and not clamped.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sheaf_core::measure::special::chi2_quantile;
use sheaf_core::measure::{KEYNESS, Keyness, Measure};

use super::Verdict;

/// Relative deviation that no row may exceed.
const TOLERANCE: f64 = 1e-6;

/// A column and our name for it.
const COLUMNS: &[(&str, &str)] = &[
    ("G2", "g2_signed"),
    ("LogRatio", "log_ratio_half"),
    ("LogRatio.G2", "log_ratio_half"),
    ("SM", "simple_maths_100"),
    ("LRC", "lrc"),
    ("LRC.positive", "lrc_positive"),
];

#[derive(Deserialize)]
struct Gold {
    n1: u64,
    n2: u64,
    family_size: u64,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    lemma: String,
    f1: f64,
    f2: f64,
    #[serde(flatten)]
    scores: BTreeMap<String, f64>,
}

/// Compares all rows of `folder/keyness_mrsa.json`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    let path = folder.join("keyness_mrsa.json");
    if !path.is_file() {
        return Ok(Verdict::Skipped);
    }
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let gold: Gold = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("Keyness ({} rows of R's corpora)   measure            largest relative deviation", gold.rows.len());
    let mut is_missed = gold.rows.is_empty();
    for (column, name) in COLUMNS {
        let (deviation, lemma) = largest_deviation(&gold, column, name)?;
        let is_reached = deviation <= TOLERANCE;
        is_missed |= !is_reached;
        let verdict = if is_reached { String::new() } else { format!("  MISSED at {lemma}") };
        println!("  {column:<30} {name:<18} {deviation:.1e}{verdict}");
    }
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

/// The largest relative deviation of a column, and where it is.
fn largest_deviation<'gold>(gold: &'gold Gold, column: &str, name: &str) -> Result<(f64, &'gold str), String> {
    let measure = Measure::named(KEYNESS, name).ok_or_else(|| format!("no measure {name}"))?;
    let mut largest = (0.0, "");
    for row in &gold.rows {
        let word = Keyness { family: gold.family_size, ..Keyness::new(row.f1 as u64, gold.n1, row.f2 as u64, gold.n2) };
        let expected = *row.scores.get(column).ok_or_else(|| format!("{} has no {column}", row.lemma))?;
        let found = if column == "LogRatio.G2" && !is_significant(&word) { Some(0.0) } else { (measure.value)(&word) };
        let difference = found.map_or(f64::INFINITY, |found| (found - expected).abs());
        // What is exactly 0 has no relative deviation: anything else would be a different verdict.
        let deviation = if difference == 0.0 { 0.0 } else { difference / expected.abs() };
        if deviation > largest.0 {
            largest = (deviation, &row.lemma);
        }
    }
    Ok(largest)
}

/// Whether G² is significant at Bonferroni's level.
fn is_significant(word: &Keyness) -> bool {
    let cutoff = chi2_quantile(word.alpha / word.family as f64);
    word.table().zip(cutoff).is_some_and(|(table, cutoff)| table.log_likelihood() >= cutoff)
}
