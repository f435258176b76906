//! Ranking quality: mean average precision and nDCG@10, words of a question joined by OR.
//!
//! The reference is BM25 (k1 1.2, b 0.75, English stemming) as the data's own notes give it. Average precision is over
//! the first 1,000 documents; nDCG@10 uses the grades as gains with a logarithmic discount (Järvelin & Kekäläinen 2002).

use std::collections::BTreeMap;
use std::path::Path;

use sheaf_cli::open_corpus;
use sheaf_core::text::tokens::tokens;
use sheaf_core::workspace::{Question, Request, Response, Sort, Workspace};

use super::Verdict;

/// Collection and the mean average precision to reach.
const REFERENCE: &[(&str, f64)] = &[("cranfield", 0.294), ("cisi", 0.208), ("npl", 0.288)];
/// Documents looked at for a question.
const DEPTH: u32 = 1_000_000;

/// Measures all collections below `folder`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    if !folder.is_dir() {
        return Ok(Verdict::Skipped);
    }
    println!("Ranking (words joined by OR)   MAP  reference   nDCG@10   odd / even questions (MAP)");
    let mut is_missed = false;
    for (name, reference) in REFERENCE {
        let result = collection(&folder.join(name))?;
        let verdict = if result.map >= *reference { "" } else { "  MISSED" };
        is_missed |= result.map < *reference;
        println!(
            "  {name:<26} {:.4}     {reference:.3}    {:.4}   {:.4} / {:.4}{verdict}",
            result.map, result.ndcg, result.halves[1], result.halves[0]
        );
    }
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

struct Quality {
    map: f64,
    ndcg: f64,
    /// Mean average precision of the questions with an even and with an odd place.
    halves: [f64; 2],
}

fn collection(folder: &Path) -> Result<Quality, String> {
    let corpus = open_corpus(&folder.join("corpus.jsonl.gz")).map_err(|error| error.to_string())?.value;
    let mut workspace = Workspace::new(corpus);
    let judged = judgements(&read(&folder.join("qrels.tsv"))?);
    let mut precisions = Vec::new();
    let mut gains = Vec::new();
    for line in read(&folder.join("queries.jsonl"))?.lines().filter(|line| !line.trim().is_empty()) {
        let question: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let (Some(id), Some(text)) = (question["id"].as_str(), question["text"].as_str()) else { continue };
        let Some(relevant) = judged.get(id) else { continue };
        let ranked = rank(&mut workspace, text);
        precisions.push(average_precision(&ranked, relevant));
        gains.push(ndcg(&ranked, relevant, 10));
    }
    let half = |parity: usize| mean(&precisions.iter().copied().skip(parity).step_by(2).collect::<Vec<_>>());
    Ok(Quality { map: mean(&precisions), ndcg: mean(&gains), halves: [half(0), half(1)] })
}

fn rank(workspace: &mut Workspace, text: &str) -> Vec<String> {
    // In lower case: `AND`, `OR` and `NOT` in capitals would be operators.
    let words: Vec<String> = tokens(text).into_iter().map(|token| token.span.of(text).to_lowercase()).collect();
    let question = Question { query: words.join(" OR "), ..Question::default() };
    match workspace.handle(&Request::Ranked { question, sort: Sort::default(), limit: DEPTH }) {
        Response::Ranked(ranked) => ranked.documents.into_iter().map(|document| document.id).collect(),
        _ => Vec::new(),
    }
}

/// Question → document → grade, grades of 0 (not relevant) left out.
fn judgements(tsv: &str) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut judged: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for line in tsv.lines() {
        let mut columns = line.split('\t');
        let (Some(question), Some(document), Some(grade)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        if let Some(grade) = grade.trim().parse::<f64>().ok().filter(|grade| *grade > 0.0) {
            judged.entry(question.to_owned()).or_default().insert(document.to_owned(), grade);
        }
    }
    judged
}

fn average_precision(ranked: &[String], relevant: &BTreeMap<String, f64>) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (place, document) in ranked.iter().enumerate() {
        if relevant.contains_key(document) {
            found += 1.0;
            sum += found / (place as f64 + 1.0);
        }
    }
    sum / relevant.len() as f64
}

fn ndcg(ranked: &[String], relevant: &BTreeMap<String, f64>, depth: usize) -> f64 {
    let discounted = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
        gains.take(depth).enumerate().map(|(place, gain)| gain / (place as f64 + 2.0).log2()).sum()
    };
    let mut best: Vec<f64> = relevant.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let ideal = discounted(&mut best.into_iter());
    discounted(&mut ranked.iter().map(|document| relevant.get(document).copied().unwrap_or(0.0))) / ideal
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
