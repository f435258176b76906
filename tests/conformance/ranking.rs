//! Ranking quality: mean average precision and nDCG@10, words of a question joined by OR.
//!
//! Measured as the engine ranks, then without inflections, without the boost for near words, and without either, to show
//! what each is worth. The reference is BM25 (k1 1.2, b 0.75, English stemming) as the data's own notes give it. Average precision is over
//! all documents found; nDCG@10 uses the grades as gains with a logarithmic discount (Järvelin & Kekäläinen 2002).

use std::collections::BTreeMap;
use std::path::Path;

use sheaf_cli::open_corpus;
use sheaf_core::query::evaluate::evaluate;
use sheaf_core::query::rank::scores;
use sheaf_core::query::{Exactness, Ranking, parse, plan};
use sheaf_core::text::tokens::tokens;
use sheaf_core::workspace::Workspace;

use super::Verdict;

/// Collection and the mean average precision to reach.
const REFERENCE: &[(&str, f64)] = &[("cranfield", 0.294), ("cisi", 0.208), ("npl", 0.288)];

/// Measures all collections below `folder`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    if !folder.is_dir() {
        return Ok(Verdict::Skipped);
    }
    println!("Ranking (words joined by OR)   MAP  reference   nDCG@10   odd / even questions (MAP)");
    let mut is_missed = false;
    for (name, reference) in REFERENCE {
        let collection = Collection::open(&folder.join(name))?;
        for (label, has_inflections, has_nearness) in VARIANTS {
            let result = collection.quality(*has_inflections, *has_nearness);
            // Only the engine as it is must reach the reference.
            let is_short = *has_inflections && *has_nearness && result.map < *reference;
            is_missed |= is_short;
            println!(
                "  {name:<10} {label:<32} {:.4}     {reference:.3}    {:.4}   {:.4} / {:.4}{}",
                result.map,
                result.ndcg,
                result.halves[1],
                result.halves[0],
                if is_short { "  MISSED" } else { "" }
            );
        }
    }
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

/// What is left out, whether inflections count, whether nearness does.
const VARIANTS: &[(&str, bool, bool)] = &[
    ("as it is", true, true),
    ("without inflections", false, true),
    ("without nearness", true, false),
    ("without either", false, false),
];

struct Quality {
    map: f64,
    ndcg: f64,
    /// Mean average precision of the questions with an even and with an odd place.
    halves: [f64; 2],
}

/// Documents with questions that were judged on them.
struct Collection {
    workspace: Workspace,
    /// Text of each question, and its relevant documents with their grades.
    questions: Vec<(String, BTreeMap<String, f64>)>,
}

impl Collection {
    fn open(folder: &Path) -> Result<Collection, String> {
        let corpus = open_corpus(&folder.join("corpus.jsonl.gz")).map_err(|error| error.to_string())?.value;
        let mut judged = judgements(&read(&folder.join("qrels.tsv"))?);
        let mut questions = Vec::new();
        for line in read(&folder.join("queries.jsonl"))?.lines().filter(|line| !line.trim().is_empty()) {
            let question: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let (Some(id), Some(text)) = (question["id"].as_str(), question["text"].as_str()) else { continue };
            questions.extend(judged.remove(id).map(|relevant| (text.to_owned(), relevant)));
        }
        Ok(Collection { workspace: Workspace::new(corpus), questions })
    }

    fn quality(&self, has_inflections: bool, has_nearness: bool) -> Quality {
        let mut precisions = Vec::new();
        let mut gains = Vec::new();
        for (text, relevant) in &self.questions {
            let ranked = self.rank(text, has_inflections, has_nearness);
            precisions.push(average_precision(&ranked, relevant));
            gains.push(ndcg(&ranked, relevant, 10));
        }
        let half = |parity: usize| mean(&precisions.iter().copied().skip(parity).step_by(2).collect::<Vec<_>>());
        Quality { map: mean(&precisions), ndcg: mean(&gains), halves: [half(0), half(1)] }
    }

    /// Names of all documents found, best first; ties in the order of the corpus.
    fn rank(&self, text: &str, has_inflections: bool, has_nearness: bool) -> Vec<&str> {
        // In lower case: `AND`, `OR` and `NOT` in capitals would be operators.
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.span.of(text).to_lowercase()).collect();
        let index = self.workspace.index();
        let exactness = Exactness { forms: !has_inflections, ..Exactness::default() };
        let plan = plan(index, parse(&words.join(" OR "), false).root.as_ref(), exactness);
        let matches = evaluate(index, &plan, None);
        let default = Ranking::default();
        let ranking = Ranking { near_weight: if has_nearness { default.near_weight } else { 0.0 }, ..default };
        let scores = scores(index, &plan, &matches, &matches.docs, &ranking);
        let mut places: Vec<usize> = (0..scores.len()).collect();
        places.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        let documents = &self.workspace.corpus().documents;
        places.into_iter().map(|place| documents[matches.docs[place].0 as usize].name.as_str()).collect()
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

fn average_precision(ranked: &[&str], relevant: &BTreeMap<String, f64>) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (place, document) in ranked.iter().enumerate() {
        if relevant.contains_key(*document) {
            found += 1.0;
            sum += found / (place as f64 + 1.0);
        }
    }
    sum / relevant.len() as f64
}

fn ndcg(ranked: &[&str], relevant: &BTreeMap<String, f64>, depth: usize) -> f64 {
    let discounted = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
        gains.take(depth).enumerate().map(|(place, gain)| gain / (place as f64 + 2.0).log2()).sum()
    };
    let mut best: Vec<f64> = relevant.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let ideal = discounted(&mut best.into_iter());
    discounted(&mut ranked.iter().map(|document| relevant.get(*document).copied().unwrap_or(0.0))) / ideal
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
