//! How long answers take, operator by operator: 200 queries each, made from words that stand in Reuters, on one core.
//!
//! `SHEAF_DATA` names `reuters-dev.jsonl.gz` or its folder. Printed are the median, the 95th percentile and the longest
//! of one warm run each of `Request::Results` with 20 rows: parsing, evaluation, ranking, passages and echo together.
//! Every answer is checked: a query made from a passage must find the document of that passage.

use std::path::PathBuf;
use std::time::Instant;

use sheaf_core::import::{ImportOptions, InputFile, import};
use sheaf_core::text::tokens::tokens;
use sheaf_core::workspace::{Exactness, Question, Request, Response, Sort, SortKey, Workspace};

/// Queries of each kind.
const QUERIES: usize = 200;

/// A kind of query: its name, how it is made from words that follow each other, and whether all words count as written.
type Kind = (&'static str, fn(&[&str]) -> String, bool);

const KINDS: &[Kind] = &[
    ("word", |w| w[0].to_owned(), false),
    ("two words", |w| format!("{} {}", w[0], w[4]), false),
    ("three words, OR", |w| format!("{} OR {} OR {}", w[0], w[2], w[4]), false),
    ("NOT", |w| format!("{} -qqq{}", w[0], w[3]), false),
    ("brackets", |w| format!("({} OR {}) ({} OR {})", w[0], w[1], w[2], w[3]), false),
    ("phrase of two", |w| format!("\"{} {}\"", w[0], w[1]), false),
    ("phrase of four", |w| format!("\"{}\"", w[..4].join(" ")), false),
    ("phrase with a gap", |w| format!("\"{} * {}\"", w[0], w[2]), false),
    ("prefix", |w| format!("{}*", start(w[0], 3)), false),
    ("one letter, typing", |w| format!("{}*", start(w[0], 1)), false),
    ("wildcard inside", |w| format!("{}?{}", start(w[0], 1), &w[0][start(w[0], 2).len()..]), false),
    ("leading wildcard", |w| format!("*{}", &w[0][start(w[0], 2).len()..]), false),
    ("regular expression", |w| format!("/{}.*(s|ed|ing|{})/", start(w[0], 2), &w[0][start(w[0], 2).len()..]), false),
    ("expression from the end", |w| format!("/.*[a-z]{}/", &w[0][start(w[0], 2).len()..]), false),
    ("one typing error", |w| format!("{}~1", w[0]), false),
    ("two typing errors", |w| format!("{}~2", w[0]), false),
    ("NEAR", |w| format!("{} NEAR/5 {}", w[0], w[4]), false),
    ("BEFORE", |w| format!("{} BEFORE/5 {}", w[0], w[4]), false),
    ("three words near", |w| format!("\"{} {} {}\"~8", w[0], w[2], w[4]), false),
    ("within a paragraph", |w| format!("{} {} within <p/>", w[0], w[1]), false),
    ("exactly", |w| format!("={}", w[0]), false),
    ("case, accents, endings count", |w| format!("{} {}", w[0], w[4]), true),
    ("field and word", |w| format!("{} date:1987", w[0]), false),
    ("length and word", |w| format!("{} words:>5", w[0]), false),
    ("sequence", |w| format!("[word=\"{}\"] []{{0,3}} [stem=\"{}\"]", w[0], w[3]), false),
    ("sequence, any first", |w| format!("[] [word=\"{}|{}\"]", w[1], w[2]), false),
    (
        "sequence, alternatives",
        |w| format!("([word=\"{}\"] | [stem=\"{}\"]) [word!=\"qqq\"]+ [word=\"{}\"]", w[0], w[1], w[4]),
        false,
    ),
];

fn main() {
    // `cargo test --benches` and a run without data have nothing to measure.
    let Some(path) =
        std::env::var_os("SHEAF_DATA").map(PathBuf::from).filter(|_| std::env::args().any(|arg| arg == "--bench"))
    else {
        println!("Latency is skipped: give the folder of Reuters with `cargo xtask bench --core --data PATH`.");
        return;
    };
    let path = if path.is_dir() { path.join("reuters-dev.jsonl.gz") } else { path };
    let file = InputFile { path: "reuters-dev.jsonl.gz".into(), bytes: std::fs::read(path).unwrap() };
    let mut workspace = Workspace::new(import(vec![file], &ImportOptions::default()).value);
    let passages = passages(&workspace);
    println!("\nResults on Reuters, {QUERIES} queries of each kind, ms        median      p95      max");
    for kind in KINDS {
        let mut times: Vec<f64> = passages.iter().map(|passage| time(&mut workspace, kind, passage)).collect();
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)];
        println!("  {:<52} {:>8.2} {:>8.2} {:>8.2}", kind.0, at(0.5), at(0.95), at(1.0));
    }
}

/// A document and five words that follow each other in one paragraph of it.
struct Passage {
    document: String,
    words: Vec<String>,
}

/// Passages from all over the corpus, always the same (a linear congruential generator; Knuth, TAOCP 2, 3.3.4).
fn passages(workspace: &Workspace) -> Vec<Passage> {
    let documents = &workspace.corpus().documents;
    let mut state: u64 = 1987;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut passages = Vec::new();
    while passages.len() < QUERIES {
        let document = &documents[next(documents.len())];
        let words: Vec<&str> = tokens(&document.text).iter().map(|token| token.span.of(&document.text)).collect();
        if words.len() < 30 {
            continue;
        }
        let place = next(words.len() - 5);
        let five = &words[place..place + 5];
        let is_word = |word: &&str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
        let run = sheaf_core::text::paragraphs(&document.text);
        let in_one = |text: &str| run.iter().any(|span| span.of(&document.text).contains(text));
        if five.iter().all(is_word) && in_one(&five.join(" ")) {
            let words = five.iter().map(|word| (*word).to_owned()).collect();
            passages.push(Passage { document: document.name.clone(), words });
        }
    }
    passages
}

fn time(workspace: &mut Workspace, (name, make, is_exact): &Kind, passage: &Passage) -> f64 {
    let words: Vec<&str> = passage.words.iter().map(String::as_str).collect();
    let exactness = Exactness { case: *is_exact, accents: *is_exact, forms: *is_exact };
    let question = Question { query: make(&words), exactness, ..Question::default() };
    // Checked in the order of the corpus, then once more by relevance with the clock on.
    let all = Request::Ranked {
        question: question.clone(),
        sort: Sort { key: SortKey::Title, is_descending: false },
        limit: u32::MAX,
    };
    let Response::Ranked(ranked) = workspace.handle(&all) else { unreachable!("documents were asked") };
    let ranked = ranked.open().unwrap_or_default();
    let is_found = ranked.documents.iter().any(|document| document.id == passage.document);
    assert!(is_found && ranked.problems.is_empty(), "{name}: {} {:?}", question.query, ranked.problems);
    let request = Request::Results { question, sort: Sort::default(), limit: 20, passages: None };
    let start = Instant::now();
    let response = workspace.handle(&request);
    let millis = start.elapsed().as_secs_f64() * 1e3;
    assert!(matches!(response, Response::Results(view) if view.matched == ranked.total), "{name}");
    millis
}

fn start(word: &str, letters: usize) -> &str {
    &word[..letters.min(word.len())]
}
