//! Shared passages, aligned sentences, same quotations: measured on texts into which we have put what must be found.
//!
//! Halves are the documents with even and odd places in their file; rules are made on the even ones.
//!
//! - *Planted passages.* Of 1,000 Reuters stories each gets a passage of 12 to 60 words of another one put between two of
//!   its sentences, in which one word in twelve is left out, doubled by a word of a third story, or replaced by one. A word of
//!   the receiving story is gold where it was planted and is unchanged. Found are the words in the `same` parts of
//!   passages of this story with the giving one. Precision, recall and F1 over words, micro-averaged. What the two
//!   stories share by themselves counts as wrong.
//! - *All long runs.* Every run of 8 words that two stories share, found by a table of all runs, must lie in a passage or in
//!   what is listed as widespread; runs beside widespread words, and those of one word that repeats itself, are left out.
//! - *Aligned sentences.* Titles and texts of 60 Reuters stories at a time: a pair of a title and a sentence is right
//!   where both are of one story. Recall over the titles of three or more content words.
//! - *Same quotations.* Direct quotations of PolNeAR of at least 8 words, each given to a second paper with one word in
//!   ten changed and, if it is long, perhaps cut to a half; those left out of which more than a sixth was changed or fewer
//!   than four words of five letters are left. A pair is right where both come from one quotation. Pairs of which one original
//!   is contained in the other are not counted; others that are really one utterance, reported by two papers in slightly
//!   different words, count as wrong, so precision is a lower bound.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use sheaf_core::base::{DocId, Span};
use sheaf_core::extract::Reading;
use sheaf_core::extract::shared::{Found, Options, Quoted, Shared, aligned, same_quotations};
use sheaf_core::text::fold;

use super::Verdict;

/// What must be reached on the even and the odd half: recall and precision.
const PLANTED: (f64, f64) = (0.95, 0.95);
const ALIGNED: (f64, f64) = (0.60, 0.85);
const QUOTED: (f64, f64) = (0.95, 0.95);

/// Measures what is in `folder`: `reuters-dev.jsonl.gz` and `quotes/polnear-train.jsonl.gz`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    let reuters = folder.join("reuters-dev.jsonl.gz");
    let polnear = folder.join("quotes/polnear-train.jsonl.gz");
    if !reuters.is_file() && !polnear.is_file() {
        return Ok(Verdict::Skipped);
    }
    let mut is_missed = false;
    let mut report = |label: &str, half: usize, score: Score, must: (f64, f64)| {
        let (precision, recall) = (score.precision(), score.recall());
        let is_short = recall < must.0 || precision < must.1;
        is_missed |= is_short;
        println!(
            "  {label:<20} {}  P {precision:.3}  R {recall:.3}  F1 {:.3}   must P {:.2} R {:.2}{}",
            if half == 0 { "even" } else { "odd " },
            2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
            must.1,
            must.0,
            if is_short { "  MISSED" } else { "" }
        );
    };
    println!("Shared, aligned, the same");
    if reuters.is_file() {
        let stories = stories(&reuters)?;
        for half in 0..2 {
            let stories: Vec<&Story> = stories.iter().skip(half).step_by(2).collect();
            everything(&stories, half);
            report("planted passages", half, planted(&stories), PLANTED);
            report("all long runs", half, long_runs(&stories), (0.999, 0.0));
            report("aligned sentences", half, titles(&stories), ALIGNED);
        }
    }
    let debates = folder.join("un-debates-dev.jsonl.gz");
    if debates.is_file() {
        let paragraphs = stories(&debates)?;
        for half in 0..2 {
            everything(&paragraphs.iter().skip(half).step_by(2).collect::<Vec<_>>(), half);
        }
    }
    if polnear.is_file() {
        let quotations = direct_quotations(&polnear)?;
        for half in 0..2 {
            let quotations: Vec<&str> = quotations.iter().skip(half).step_by(2).flatten().map(String::as_str).collect();
            report("same quotations", half, copies(&quotations), QUOTED);
        }
    }
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

#[derive(Clone, Copy, Default)]
struct Score {
    right: u32,
    found: u32,
    gold: u32,
}

impl Score {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.found.max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.gold.max(1))
    }
}

struct Story {
    title: String,
    text: String,
}

/// The objects of a file of packed lines.
pub(crate) fn lines(path: &Path) -> Result<Vec<serde_json::Value>, String> {
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).map_err(|error| error.to_string())?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
}

fn stories(path: &Path) -> Result<Vec<Story>, String> {
    let text = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or("").to_owned();
    Ok(lines(path)?.iter().map(|line| Story { title: text(line, "title"), text: text(line, "text") }).collect())
}

/// For each document its direct quotations of at least eight words, those of one piece.
fn direct_quotations(path: &Path) -> Result<Vec<Vec<String>>, String> {
    let mut documents = Vec::new();
    for line in lines(path)? {
        let quotes = line["quotes"].as_array().cloned().unwrap_or_default();
        let direct = quotes.iter().filter(|quote| quote["direct"].as_bool() == Some(true));
        let pieces = direct.filter_map(|quote| match quote["content"].as_array()?.as_slice() {
            [piece] => piece["text"].as_str().map(str::to_owned),
            _ => None,
        });
        documents.push(pieces.filter(|text| text.split_whitespace().count() >= 8).collect());
    }
    Ok(documents)
}

fn share(readings: &[Reading]) -> Found {
    let mut shared = Shared::new(Options::default());
    for (doc_id, reading) in (0..).zip(readings) {
        shared.add(DocId(doc_id), reading);
    }
    shared.pairs().finish()
}

/// All stories of a half: how much they share, and how long it takes.
fn everything(stories: &[&Story], half: usize) {
    let bytes: usize = stories.iter().map(|story| story.text.len()).sum();
    let readings: Vec<Reading> = stories.iter().map(|story| Reading::new(&story.text, "en")).collect();
    let start = Instant::now();
    let mut shared = Shared::new(Options::default());
    for (doc_id, reading) in (0..).zip(&readings) {
        shared.add(DocId(doc_id), reading);
    }
    let added = start.elapsed().as_secs_f64();
    let pairs = shared.pairs();
    let (paired, total) = (start.elapsed().as_secs_f64(), pairs.total());
    let found = pairs.finish();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "  adding {added:.2} s, pairing {:.2} s, comparing {total} pairs {:.2} s",
        paired - added,
        seconds - paired
    );
    let long = found.passages.iter().filter(|passage| passage.words >= 40).count();
    let own = found.passages.iter().filter(|passage| passage.spread == 2).count();
    println!(
        "  {} texts ({}): {} passages, {long} of 40 words or more, {own} nobody else has, {} widespread above {}, \
         {} repeats, {} left out; {seconds:.2} s, {:.1} MB/s",
        stories.len(),
        if half == 0 { "even" } else { "odd" },
        found.passages.len(),
        found.widespread.len(),
        found.common_above,
        found.repeats,
        found.left_out,
        bytes as f64 / 1e6 / seconds
    );
    if std::env::var_os("SHEAF_SHOW").is_some() && half == 0 {
        for passage in found.passages.iter().step_by(found.passages.len() / 12 + 1) {
            let [a, b] = passage.documents.map(|doc_id| &stories[doc_id.0 as usize].text);
            println!(
                "    {} words\n      {:?}\n      {:?}",
                passage.words,
                passage.spans[0].of(a),
                passage.spans[1].of(b)
            );
        }
        for one in found.widespread.iter().step_by(found.widespread.len() / 25 + 1) {
            println!("    {} {:?}", one.documents, one.span.of(&stories[one.example.0 as usize].text));
        }
    }
}

/// A generator of numbers that is the same everywhere (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

fn planted(stories: &[&Story]) -> Score {
    let mut random = Random(7);
    let words: Vec<Vec<&str>> = stories.iter().map(|story| story.text.split_whitespace().collect()).collect();
    let givers: Vec<usize> = (0..words.len()).filter(|n| words[*n].len() >= 80).collect();
    // Receiving stories of their own, so that none gives what it received.
    let mut texts: Vec<String> = stories.iter().map(|story| story.text.clone()).collect();
    let mut planted = Vec::new();
    for _ in 0..1000 {
        let (giver, receiver, third) =
            (givers[random.below(givers.len())], random.below(words.len()), givers[random.below(givers.len())]);
        if giver == receiver {
            continue;
        }
        let len = 12 + random.below(49);
        let from = random.below(words[giver].len() - len);
        let at = random.below(words[receiver].len());
        let mut text = words[receiver][..at].join(" ");
        let mut kept: Vec<Span> = Vec::new();
        for word in &words[giver][from..from + len] {
            let (is_kept, extra) = match random.below(36) {
                0 => (false, false),
                1 => (false, true),
                2 => (true, true),
                _ => (true, false),
            };
            text.push(' ');
            if is_kept {
                kept.push(Span::new(text.len() as u32, (text.len() + word.len()) as u32));
                text.push_str(word);
                text.push(' ');
            }
            if extra {
                text.push_str(words[third][random.below(words[third].len())]);
            }
        }
        text.push(' ');
        text.push_str(&words[receiver][at..].join(" "));
        texts.push(text);
        planted.push((giver, kept));
    }
    let readings: Vec<Reading> = texts.iter().map(|text| Reading::new(text, "en")).collect();
    let found = share(&readings);
    let mut found_in: BTreeMap<(u32, u32), Vec<Span>> = BTreeMap::new();
    for passage in &found.passages {
        let key = (passage.documents[0].0, passage.documents[1].0);
        found_in.entry(key).or_default().extend(passage.same.iter().map(|same| same[1]));
    }
    let mut score = Score::default();
    for (n, (giver, kept)) in planted.iter().enumerate() {
        let receiver = stories.len() + n;
        let spans = found_in.get(&(*giver as u32, receiver as u32)).map_or(&[][..], Vec::as_slice);
        for word in &readings[receiver].words {
            let inside = |list: &[Span]| list.iter().any(|span| span.start <= word.start && word.end <= span.end);
            let (is_gold, is_found) = (inside(kept), inside(spans));
            score.gold += u32::from(is_gold);
            score.found += u32::from(is_found);
            score.right += u32::from(is_gold && is_found);
        }
    }
    score
}

/// Every run of eight words in 1,200 stories against what was found.
fn long_runs(stories: &[&Story]) -> Score {
    let readings: Vec<Reading> = stories.iter().take(1200).map(|story| Reading::new(&story.text, "en")).collect();
    let found = share(&readings);
    let folded: Vec<Vec<String>> =
        readings.iter().map(|r| r.words.iter().map(|word| fold(word.of(r.text))).collect()).collect();
    let mut places: BTreeMap<&[String], Vec<(u32, usize)>> = BTreeMap::new();
    for (doc, words) in (0..).zip(&folded) {
        for (at, run) in words.windows(8).enumerate() {
            places.entry(run).or_default().push((doc, at));
        }
    }
    let mut passages: BTreeMap<(u32, u32), Vec<[Span; 2]>> = BTreeMap::new();
    for passage in &found.passages {
        passages.entry((passage.documents[0].0, passage.documents[1].0)).or_default().push(passage.spans);
    }
    let mut score = Score { found: 1, right: 0, gold: 0 };
    for places in places.values() {
        let docs: BTreeSet<u32> = places.iter().map(|(doc, _)| *doc).collect();
        // Repetitions beyond the fourth are not followed, nor is what is beside widespread words.
        if docs.len() < 2 || docs.len() > found.common_above as usize / 2 || places.len() > docs.len() * 2 {
            continue;
        }
        for (n, a) in places.iter().enumerate() {
            for b in places[n + 1..].iter().filter(|b| b.0 != a.0) {
                let span = |(doc, at): (u32, usize)| {
                    let words = &readings[doc as usize].words;
                    Span::new(words[at].start, words[at + 7].end)
                };
                let (x, y) = (span(*a), span(*b));
                let list = passages.get(&(a.0, b.0)).map_or(&[][..], Vec::as_slice);
                let is_found = list
                    .iter()
                    .any(|[p, q]| p.start <= x.start && x.end <= p.end && q.start <= y.start && y.end <= q.end);
                score.gold += 1;
                score.right += u32::from(is_found);
            }
        }
    }
    score.found = score.right;
    score
}

fn titles(stories: &[&Story]) -> Score {
    let mut score = Score::default();
    let (mut bytes, mut seconds) = (0, 0.0);
    // By certainty: pairs that are right, and all.
    let mut by_certainty: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
    for some in stories.chunks(60).take(120) {
        // A title in capitals has no sentences to be cut into.
        let titles: Vec<String> = some.iter().map(|story| story.title.to_lowercase()).collect();
        let heads: Vec<Reading> = titles.iter().map(|title| Reading::new(title, "en")).collect();
        let texts: Vec<Reading> = some.iter().map(|story| Reading::new(&story.text, "en")).collect();
        let start = Instant::now();
        let pairs = aligned(&heads.iter().collect::<Vec<_>>(), &texts.iter().collect::<Vec<_>>());
        seconds += start.elapsed().as_secs_f64();
        bytes += some.iter().map(|story| story.text.len() + story.title.len()).sum::<usize>();
        score.gold += titles.iter().filter(|title| title.split_whitespace().count() >= 4).count() as u32;
        for pair in &pairs {
            let is_right = pair.a.reading == pair.b.reading;
            score.found += 1;
            score.right += u32::from(is_right);
            let counts = by_certainty.entry(pair.certainty).or_default();
            *counts = (counts.0 + u32::from(is_right), counts.1 + 1);
        }
    }
    println!("  aligned: certainty, right and all {by_certainty:?}; {:.1} MB/s", bytes as f64 / 1e6 / seconds);
    score
}

fn copies(quotations: &[&str]) -> Score {
    let mut random = Random(11);
    let mut texts: Vec<(u32, String)> = Vec::new();
    for (n, text) in (0..).zip(quotations) {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let (len, half) = (words.len(), words.len() / 2);
        if len >= 20 && random.below(2) == 0 {
            let from = random.below(len - half);
            words = words[from..from + half].to_vec();
        }
        let mut changed = 0;
        for word in &mut words {
            if random.below(10) == 0 {
                *word = "otherwise";
                changed += 1;
            }
        }
        let long = words.iter().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 5).count();
        if 6 * changed <= words.len() && long - changed >= 4 {
            texts.push((n, (*text).to_owned()));
            texts.push((n, words.join(" ").to_uppercase()));
        }
    }
    let list: Vec<Quoted> =
        (0..).zip(&texts).map(|(doc, (_, text))| Quoted { doc_id: DocId(doc), text, language: "en" }).collect();
    let mut score = Score { gold: texts.len() as u32 / 2, ..Score::default() };
    let start = Instant::now();
    let same = same_quotations(&list);
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    println!("  {} quotations, {:.1} MB/s", texts.len(), bytes as f64 / 1e6 / start.elapsed().as_secs_f64());
    for same in same {
        // Each pair in a group was found, whether it is of one quotation or not.
        for (n, a) in same.members.iter().enumerate() {
            for b in &same.members[n + 1..] {
                let is_right = texts[*a as usize].0 == texts[*b as usize].0;
                let parts = [*a, *b].map(|n| essence(&texts[n as usize & !1].1));
                // The same may have been said in two articles: that is for nobody to judge here.
                let is_told_twice = parts[0].contains(&parts[1]) || parts[1].contains(&parts[0]);
                score.found += u32::from(is_right || !is_told_twice);
                score.right += u32::from(is_right);
            }
        }
    }
    score
}

/// Letters alone, without an introducing *that*.
fn essence(text: &str) -> String {
    let letters: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    letters.trim_start_matches("that").to_owned()
}
