//! Entities against GUM: do mentions of one thing come together, and only they?
//!
//! The mentions are GUM's own, so that what is measured is the merging alone. Of its mentions those count that are names:
//!
//! - without article and possessive, cut at a comma, they begin and end with a word in capitals, and have only such words
//!   and small connecting words (`of`, `van`) between, eight at most;
//! - a single word is no pronoun, and is not written small more often than large in all of GUM;
//! - titles before a person (`Dr`, `President`), and other names nested there, are its role, not its name;
//! - of nested or equal mentions the longest counts, of equal ones the first.
//!
//! Within documents, two mentions are one thing where GUM gives them one identifier; over documents, where it gives them
//! one article of Wikipedia, and only mentions with one count. **B³** (Bagga and Baldwin 1998): for each mention, the
//! share of its entity that is right (precision) and the share of what is right that is in its entity (recall), averaged
//! over all mentions. **Pairs**: precision and recall of all pairs of mentions, micro-averaged. The line *same words* is
//! what comes of calling the same words the same thing, and nothing else.
//!
//! The rules were made on documents at even places; the odd ones are the figure.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use sheaf_core::base::Span;
use sheaf_core::extract::entities::{Named, entities};
use sheaf_core::extract::events::events;
use sheaf_core::extract::{Kind, Mention, Reading};

use super::Verdict;

/// B³ F1 within documents on the odd half, at least.
const MUST_B_CUBED: f64 = 0.93;
/// B³ precision within documents on the odd half, at least: two people must not become one.
const MUST_PRECISION: f64 = 0.95;
/// What one hopes for, of F1.
const GOAL_B_CUBED: f64 = 0.95;

#[derive(Deserialize)]
struct Document {
    text: String,
    entities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    sort: String,
    eid: String,
    link: String,
}

/// A document's mentions with what they name.
struct Prepared {
    text: String,
    mentions: Vec<Mention>,
    /// For each mention: the identifier in the document, and the article.
    names: Vec<(String, Option<String>)>,
}

/// Measures `folder/gum-train.jsonl.gz`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    let path = folder.join("gum-train.jsonl.gz");
    if !path.is_file() {
        return Ok(Verdict::Skipped);
    }
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut lines).map_err(|error| error.to_string())?;
    let documents: Vec<Document> =
        lines.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let small = written_small(&documents);
    let prepared: Vec<Prepared> = documents.iter().map(|document| prepare(document, &small)).collect();
    println!("Entities (GUM, its own mentions)          B³ P     R    F1   pairs P     R    F1   mentions");
    let mut is_missed = false;
    for (half, name) in ["even", "odd"].iter().enumerate() {
        let own: Vec<&Prepared> = prepared.iter().skip(half).step_by(2).collect();
        let ours = ours(&own);
        let same = same_words(&own);
        let [within, _] = [&ours, &same].map(|found| {
            let within = score(&own, found, false);
            let title = if std::ptr::eq(found, &ours) { "" } else { ", same words" };
            within.print(&format!("{name}, in documents{title}"));
            score(&own, found, true).print(&format!("{name}, over documents{title}"));
            within
        });
        if half == 1 {
            let is_reached = within.b_cubed.f1() >= MUST_B_CUBED && within.b_cubed.precision() >= MUST_PRECISION;
            is_missed |= !is_reached;
            let verdict = if is_reached { "" } else { "  MISSED" };
            println!(
                "  must on the odd half, in documents: B³ F1 ≥ {MUST_B_CUBED}, precision ≥ {MUST_PRECISION}; goal: F1 ≥ {GOAL_B_CUBED}{verdict}"
            );
        }
    }
    speed(&prepared);
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

/// Words that all documents write small more often than large.
fn written_small(documents: &[Document]) -> HashSet<String> {
    let mut counts: HashMap<String, [u32; 2]> = HashMap::new();
    for document in documents {
        for word in document.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let is_large = word.starts_with(char::is_uppercase);
            counts.entry(word.to_lowercase()).or_default()[usize::from(is_large)] += 1;
        }
    }
    counts.into_iter().filter(|(_, [small, large])| small > large).map(|(word, _)| word).collect()
}

const CONNECTING: &[&str] = &[
    "of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "del", "van", "von", "der", "den", "bin",
    "ibn", "al", "el", "&", "da", "do", "dos", "di", "y", "e", "at", "to",
];
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "professor",
    "president",
    "prime",
    "minister",
    "sir",
    "saint",
    "st",
    "general",
    "senator",
    "justice",
    "secretary",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "captain",
    "major",
    "colonel",
    "judge",
    "chief",
    "tsar",
    "shah",
    "lord",
    "lady",
    "master",
    "congressman",
    "congresswoman",
    "rep",
    "sen",
    "gov",
    "gen",
    "vice",
    "coach",
    "biologist",
    "governor",
    "mayor",
    "ambassador",
    "chancellor",
    "foreign",
    "former",
];
const PRONOUNS: &[&str] =
    &["i", "he", "she", "it", "we", "you", "they", "this", "that", "my", "his", "her", "its", "our", "your", "their"];

fn prepare(document: &Document, small: &HashSet<String>) -> Prepared {
    let offsets: Vec<usize> =
        document.text.char_indices().map(|(at, _)| at).chain(std::iter::once(document.text.len())).collect();
    let mut order: Vec<&Gold> = document.entities.iter().filter(|gold| gold.end < offsets.len()).collect();
    order.sort_by_key(|gold| (gold.start, std::cmp::Reverse(gold.end)));
    let mut prepared = Prepared { text: document.text.clone(), mentions: Vec::new(), names: Vec::new() };
    let mut end = 0;
    for (n, gold) in order.iter().enumerate() {
        let span = Span { start: offsets[gold.start] as u32, end: offsets[gold.end] as u32 };
        let kind = match gold.sort.as_str() {
            "person" => Kind::Person,
            "organization" => Kind::Organisation,
            "place" => Kind::Place,
            _ => Kind::Other,
        };
        let nested: Vec<Span> = order[n + 1..]
            .iter()
            .take_while(|other| other.start < gold.end)
            .filter(|other| other.eid != gold.eid && other.end < gold.end)
            .map(|other| Span { start: offsets[other.start] as u32, end: offsets[other.end] as u32 })
            .collect();
        let Some((name, role)) = name(&document.text, span, kind, &nested, small) else { continue };
        if name.start < end {
            continue;
        }
        end = name.end;
        prepared.mentions.push(Mention { span: name, kind, role, certainty: 100, reason: "gold" });
        let article = gold.link.starts_with(|c: char| c.is_uppercase() || c.is_numeric()).then(|| gold.link.clone());
        prepared.names.push((gold.eid.clone(), article));
    }
    prepared
}

/// The name in a mention, and the role before it, where it is a name.
fn name(text: &str, span: Span, kind: Kind, nested: &[Span], small: &HashSet<String>) -> Option<(Span, Option<Span>)> {
    let whole = &text[span.start as usize..span.end as usize];
    let cut = whole.split([',', '(', ';']).next()?.trim_end();
    let cut = ["'s", "’s", "'", "’"].iter().fold(cut, |cut, end| cut.strip_suffix(end).unwrap_or(cut));
    let mut words: Vec<(usize, &str)> =
        cut.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect();
    let lower = |word: &str| word.trim_matches('.').to_lowercase();
    if words.first().is_some_and(|(_, word)| matches!(lower(word).as_str(), "the" | "a" | "an")) {
        words.remove(0);
    }
    let from = words.first()?.0;
    if kind == Kind::Person {
        let is_role = |(at, word): &(usize, &str)| {
            let is_nested = nested
                .iter()
                .any(|own| own.start as usize == from && own.start as usize <= *at && *at < own.end as usize);
            TITLES.contains(&lower(word).as_str()) || is_nested
        };
        while words.len() > 1 && is_role(&words[0]) {
            words.remove(0);
        }
    }
    let is_large = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let (first, last) = (words.first()?, words.last()?);
    let is_named = words.len() <= 8
        && first.1.starts_with(char::is_uppercase)
        && is_large(last.1)
        && words.iter().all(|(_, word)| is_large(word) || CONNECTING.contains(word));
    let single = lower(first.1);
    let is_word = words.len() == 1
        && (small.contains(&single) || PRONOUNS.contains(&single.split(['\'', '’']).next().unwrap_or_default()));
    if !is_named || is_word {
        return None;
    }
    let span = Span { start: first.0 as u32, end: (last.0 + last.1.len()) as u32 };
    let role = (from < first.0).then(|| Span { start: from as u32, end: (first.0 - 1) as u32 });
    Some((span, role))
}

/// What `entities` makes of the mentions: a number for each.
fn ours(documents: &[&Prepared]) -> Vec<Vec<u32>> {
    let named: Vec<Named> =
        documents.iter().map(|document| Named { text: &document.text, mentions: &document.mentions }).collect();
    entities(&named).of
}

/// The same words are the same thing.
fn same_words(documents: &[&Prepared]) -> Vec<Vec<u32>> {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut id = |document: &Prepared, mention: &Mention| {
        let next = ids.len() as u32;
        *ids.entry(mention.span.of(&document.text).to_lowercase()).or_insert(next)
    };
    documents.iter().map(|document| document.mentions.iter().map(|mention| id(document, mention)).collect()).collect()
}

/// Sums of what was right and what was found or wanted.
#[derive(Clone, Copy, Default)]
struct Counts {
    precision: (f64, f64),
    recall: (f64, f64),
}

impl Counts {
    fn precision(self) -> f64 {
        self.precision.0 / self.precision.1.max(1.0)
    }

    fn recall(self) -> f64 {
        self.recall.0 / self.recall.1.max(1.0)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

#[derive(Clone, Copy, Default)]
struct Score {
    b_cubed: Counts,
    pairs: Counts,
    mentions: usize,
}

impl Score {
    fn print(&self, title: &str) {
        let Score { b_cubed: b, pairs: p, mentions } = self;
        println!(
            "  {title:<38} {:.3} {:.3} {:.3}   {:.3} {:.3} {:.3}   {mentions}",
            b.precision(),
            b.recall(),
            b.f1(),
            p.precision(),
            p.recall(),
            p.f1()
        );
    }

    /// Adds a set of mentions, each with what was found and what is right.
    fn add<K: Ord + Clone>(&mut self, mentions: &[(u32, K)]) {
        let (mut found, mut right, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (id, name) in mentions {
            *found.entry(*id).or_insert(0.0) += 1.0;
            *right.entry(name.clone()).or_insert(0.0) += 1.0;
            *both.entry((*id, name.clone())).or_insert(0.0) += 1.0;
        }
        let pairs = |count: &f64| count * (count - 1.0) / 2.0;
        for ((id, name), count) in &both {
            self.b_cubed.precision.0 += count * count / found[id];
            self.b_cubed.recall.0 += count * count / right[name];
            self.pairs.precision.0 += pairs(count);
            self.pairs.recall.0 += pairs(count);
        }
        self.b_cubed.precision.1 += mentions.len() as f64;
        self.b_cubed.recall.1 += mentions.len() as f64;
        self.pairs.precision.1 += found.values().map(pairs).sum::<f64>();
        self.pairs.recall.1 += right.values().map(pairs).sum::<f64>();
        self.mentions += mentions.len();
    }
}

fn score(documents: &[&Prepared], found: &[Vec<u32>], is_over: bool) -> Score {
    let mut score = Score::default();
    let mut linked: Vec<(u32, String)> = Vec::new();
    for (document, found) in documents.iter().zip(found) {
        if is_over {
            let articles = document.names.iter().zip(found);
            linked.extend(articles.filter_map(|((_, article), id)| Some((*id, article.clone()?))));
        } else {
            let own: Vec<(u32, String)> =
                found.iter().zip(&document.names).map(|(id, (name, _))| (*id, name.clone())).collect();
            score.add(&own);
        }
    }
    if is_over {
        score.add(&linked);
    }
    score
}

/// How fast the texts are worked through, many times over: the corpus alone is small.
fn speed(documents: &[Prepared]) {
    let named: Vec<Named> = (0..40)
        .flat_map(|_| documents.iter().map(|document| Named { text: &document.text, mentions: &document.mentions }))
        .collect();
    let bytes: usize = named.iter().map(|document| document.text.len()).sum();
    let mentions: usize = named.iter().map(|document| document.mentions.len()).sum();
    let start = Instant::now();
    let found = entities(&named).list.len();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "  speed: {:.1} MB/s of text, {mentions} mentions in {} documents, {found} entities",
        bytes as f64 / seconds / 1e6,
        named.len()
    );
    let readings: Vec<Reading> = documents.iter().map(|document| Reading::new(&document.text, "en")).collect();
    let start = Instant::now();
    let events: usize =
        readings.iter().zip(documents).map(|(reading, own)| events(reading, &own.mentions, &[], &[]).len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    println!("  speed of events: {:.1} MB/s of text, {events} found", bytes as f64 / seconds / 1e6);
}
