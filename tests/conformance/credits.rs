//! Credits of news agencies, on Reuters and PolNeAR.
//!
//! *Sign-offs* have gold: the last line of a Reuters story is its agency's name alone, or is not. Found is a credit of the
//! kind `Line` that ends there. Precision, recall and F1 over stories, on the stories with even and with odd places; rules
//! were made on the even ones. For other kinds there is no gold: their numbers are printed, and `SHEAF_SHOW=1` shows those
//! of the even half for a reader to judge.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use sheaf_core::extract::Reading;
use sheaf_core::extract::credits::{Credit, CreditKind, credits};

use super::Verdict;
use super::shared::lines;

/// Precision and recall of sign-offs to reach.
const SIGN_OFFS: f64 = 0.98;

/// Measures what is in `folder`: `reuters-dev.jsonl.gz` and `quotes/polnear-train.jsonl.gz`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    let mut verdict = Verdict::Skipped;
    for (name, has_sign_offs) in [("reuters-dev.jsonl.gz", true), ("quotes/polnear-train.jsonl.gz", false)] {
        let path = folder.join(name);
        if !path.is_file() {
            continue;
        }
        if matches!(verdict, Verdict::Skipped) {
            verdict = Verdict::Reached;
        }
        let texts: Vec<String> =
            lines(&path)?.iter().map(|line| line["text"].as_str().unwrap_or("").to_owned()).collect();
        println!("Credits in {name}");
        for half in 0..2 {
            let texts: Vec<&str> = texts.iter().skip(half).step_by(2).map(String::as_str).collect();
            let found = credited(&texts, half);
            if has_sign_offs && signed_off(&texts, &found, half) < SIGN_OFFS {
                verdict = Verdict::Missed;
            }
        }
    }
    Ok(verdict)
}

/// The lower of precision and recall of sign-offs.
fn signed_off(texts: &[&str], found: &[Vec<Credit>], half: usize) -> f64 {
    let (mut right, mut all_found, mut gold) = (0u32, 0u32, 0u32);
    for (text, credits) in texts.iter().zip(found) {
        let last = text.trim_end().lines().last().unwrap_or("").trim();
        let is_gold = ["reuter", "reuters"].contains(&last.to_ascii_lowercase().as_str());
        let end = text.trim_end().len() as u32;
        let is_found = credits.iter().any(|credit| credit.kind == CreditKind::Line && credit.span.end == end);
        gold += u32::from(is_gold);
        all_found += u32::from(is_found);
        right += u32::from(is_gold && is_found);
    }
    let (precision, recall) =
        (f64::from(right) / f64::from(all_found.max(1)), f64::from(right) / f64::from(gold.max(1)));
    let lower = precision.min(recall);
    println!(
        "  sign-offs            {}  P {precision:.3}  R {recall:.3}  F1 {:.3}   must {SIGN_OFFS}{}",
        ["even", "odd "][half],
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        if lower < SIGN_OFFS { "  MISSED" } else { "" }
    );
    lower
}

/// Credits by kind, and how long they take.
fn credited(texts: &[&str], half: usize) -> Vec<Vec<Credit>> {
    let readings: Vec<Reading> = texts.iter().map(|text| Reading::new(text, "en")).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let start = Instant::now();
    let found: Vec<_> = readings.iter().map(credits).collect();
    let seconds = start.elapsed().as_secs_f64();
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for credit in found.iter().flatten() {
        *kinds.entry(format!("{:?}", credit.kind)).or_default() += 1;
    }
    let name = if half == 0 { "even" } else { "odd " };
    println!("  credits              {name}  {kinds:?}  {:.1} MB/s", bytes as f64 / 1e6 / seconds);
    if half > 0 || std::env::var_os("SHEAF_SHOW").is_none() {
        return found;
    }
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (text, credits) in texts.iter().zip(&found) {
        for credit in credits {
            let number = seen.entry(format!("{:?}", credit.kind)).or_default();
            *number += 1;
            if *number % 400 == 1 || credit.kind != CreditKind::Line {
                let context = (
                    text[..credit.span.start as usize].chars().rev().take(40).collect::<Vec<_>>(),
                    text[credit.span.end as usize..].chars().take(30),
                );
                let (before, after): (String, String) = (context.0.into_iter().rev().collect(), context.1.collect());
                println!(
                    "    {:?} {:?} {before:?} «{}» {after:?}",
                    credit.kind,
                    credit.agency.of(text),
                    credit.span.of(text)
                );
            }
        }
    }
    found
}
