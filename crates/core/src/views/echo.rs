//! The echo: the query in plain words, with what it found, what was left out, and where to go from here.

use serde::{Deserialize, Serialize};

use super::words;
use crate::base::DocId;
use crate::index::Index;
use crate::query::evaluate::Matches;
use crate::query::print::print;
use crate::query::{Node, Op, Parsed, Plan, Word, suggest};

/// Most spellings offered.
const MAX_SPELLINGS: usize = 3;
/// Most words that are looked up for spellings.
const MAX_ABSENT: usize = 8;

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EchoView {
    /// The sentence under the search field.
    pub sentence: Vec<EchoRun>,
    /// What of the query could not be used, with its place.
    pub marks: Vec<QueryMark>,
    /// What of the filters could not be used.
    pub problems: Vec<String>,
    /// Where to go from here: another spelling, the words as a phrase.
    pub offers: Vec<Offer>,
    /// Where nothing was found: which part of the query is to blame.
    pub blame: Vec<EchoRun>,
}

/// A stretch of the echo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EchoRun {
    /// Words of ours.
    Plain(String),
    /// Words of the query.
    Term(String),
    /// A number that matters.
    Strong(String),
}

/// A part of the query's text that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryMark {
    /// Its first byte in the text of the query.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// What happened and what to do.
    pub message: String,
}

/// Another query that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its text.
    pub query: String,
    /// What it is: `as a phrase`, `did you mean`.
    pub label: String,
    /// Documents it finds.
    pub documents: u32,
}

/// Everything the echo speaks of.
pub struct EchoParts<'e, 'i> {
    /// The index asked.
    pub index: &'i Index,
    /// The query as understood.
    pub parsed: &'e Parsed,
    /// Its plan.
    pub plan: &'e Plan,
    /// What it selects before filters.
    pub matches: &'e Matches<'i>,
    /// What it selects after filters.
    pub docs: &'e [DocId],
    /// Hits in them.
    pub hits: u64,
    /// Whether filters are set.
    pub is_filtered: bool,
    /// What of the filters could not be used.
    pub problems: Vec<String>,
    /// Counts the documents of another query under the same filters.
    pub count: &'e dyn Fn(&Node) -> u32,
}

/// Writes the echo.
pub fn echo(parts: EchoParts) -> EchoView {
    let marks = parts.parsed.problems.iter().map(|problem| QueryMark {
        start: problem.at().start,
        end: problem.at().end,
        message: problem.to_string(),
    });
    let is_empty = parts.docs.is_empty() && parts.index.doc_count() > 0;
    EchoView {
        sentence: sentence(&parts),
        marks: marks.collect(),
        offers: if is_empty { spelling_offers(&parts) } else { phrase_offer(&parts) },
        blame: if is_empty { blame(&parts) } else { Vec::new() },
        problems: parts.problems,
    }
}

fn plain(text: impl Into<String>) -> EchoRun {
    EchoRun::Plain(text.into())
}

fn sentence(parts: &EchoParts) -> Vec<EchoRun> {
    let of = parts.index.doc_count();
    let found =
        EchoRun::Strong(format!("{} of {}", words::grouped(parts.docs.len() as u64), words::grouped(of.into())));
    let Some(root) = &parts.parsed.root else {
        return match (of, parts.is_filtered) {
            (0, _) => vec![plain("There are no documents.")],
            (_, false) => vec![plain(format!("All {}.", words::count(of.into(), "document", "documents")))],
            (_, true) => vec![
                plain("Filters leave "),
                found,
                plain(format!(" {}.", if of == 1 { "document" } else { "documents" })),
            ],
        };
    };
    let mut runs = vec![plain("Documents with ")];
    describe(root, false, &mut runs);
    runs.push(plain(", case, accents and inflections ignored: "));
    runs.push(found);
    let filtered = if parts.is_filtered { " with these filters" } else { "" };
    runs.push(plain(format!("{filtered}, {}.", words::count(parts.hits, "hit", "hits"))));
    runs
}

/// The query in words. `is_inner` puts a list of several parts into brackets.
fn describe(node: &Node, is_inner: bool, runs: &mut Vec<EchoRun>) {
    match &node.op {
        Op::Word(word) => describe_word(word, runs),
        Op::Phrase { is_hyphenated: true, .. } => {
            let text = print(node);
            describe_open(&text, runs);
        }
        Op::Phrase { .. } => {
            let text = print(node);
            runs.push(plain("the phrase “"));
            runs.push(EchoRun::Term(text.trim_matches('"').trim_end_matches('*').to_owned()));
            runs.push(plain(if text.ends_with('*') { "…”" } else { "”" }));
        }
        Op::Not(inner) => {
            runs.push(plain("not "));
            describe(inner, true, runs);
        }
        Op::And(parts) => list(parts, " and ", is_inner, runs),
        Op::Or(parts) => list(parts, " or ", is_inner, runs),
    }
}

fn list(parts: &[Node], joint: &str, is_inner: bool, runs: &mut Vec<EchoRun>) {
    if is_inner {
        runs.push(plain("("));
    }
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            runs.push(plain(joint));
        }
        describe(part, true, runs);
    }
    if is_inner {
        runs.push(plain(")"));
    }
}

fn describe_word(word: &Word, runs: &mut Vec<EchoRun>) {
    if word.is_prefix {
        runs.push(EchoRun::Term(format!("{}…", word.text)));
    } else {
        runs.push(EchoRun::Term(word.text.clone()));
    }
}

fn describe_open(text: &str, runs: &mut Vec<EchoRun>) {
    match text.strip_suffix('*') {
        Some(stem) => runs.push(EchoRun::Term(format!("{stem}…"))),
        None => runs.push(EchoRun::Term(text.to_owned())),
    }
}

/// Bare words side by side are often meant as a phrase.
fn phrase_offer(parts: &EchoParts) -> Vec<Offer> {
    let Some(Node { op: Op::And(items), span }) = &parts.parsed.root else { return Vec::new() };
    let words: Option<Vec<Word>> = items
        .iter()
        .map(|item| match &item.op {
            Op::Word(word) => Some(word.clone()),
            _ => None,
        })
        .collect();
    let Some(mut words) = words.filter(|words| words.len() <= 8) else { return Vec::new() };
    if let Some(last) = words.last_mut() {
        last.is_prefix = false;
    }
    let phrase = Node { op: Op::Phrase { words, is_hyphenated: false }, span: *span };
    let documents = (parts.count)(&phrase);
    let offer = Offer { query: print(&phrase), label: "As a phrase".to_owned(), documents };
    if documents > 0 { vec![offer] } else { Vec::new() }
}

/// Which part of the query finds nothing, or that no document has all of them.
fn blame(parts: &EchoParts) -> Vec<EchoRun> {
    let Some(root) = &parts.parsed.root else {
        return vec![plain("No document passes all filters. Remove one of them.")];
    };
    if !parts.matches.docs.is_empty() {
        let found = words::count(parts.matches.docs.len() as u64, "document", "documents");
        return vec![plain(format!(
            "The query itself finds {found}; the filters leave none of them. Remove a filter."
        ))];
    }
    let absent: Vec<String> = absent_leaves(parts).iter().map(|op| leaf_text(op)).collect();
    let mut runs = Vec::new();
    if !absent.is_empty() {
        for (place, text) in absent.iter().enumerate() {
            let joint = if place + 1 == absent.len() { " and " } else { ", " };
            if place > 0 {
                runs.push(plain(joint));
            }
            runs.push(EchoRun::Term(text.clone()));
        }
        runs.push(plain(if absent.len() == 1 {
            " is in no document of this corpus."
        } else {
            " are in no document of this corpus."
        }));
        return runs;
    }
    if let Op::And(_) = root.op {
        runs.push(plain("Each part is found, but never all in one document: "));
        let found = parts.plan.leaves.iter().zip(&parts.matches.leaves);
        for (place, (leaf, matches)) in found.enumerate() {
            if place > 0 {
                runs.push(plain(", "));
            }
            if leaf.is_negated {
                runs.push(plain("without "));
            }
            runs.push(EchoRun::Term(leaf_text(&leaf.op)));
            runs.push(plain(format!(" in {}", words::grouped(matches.docs.len() as u64))));
        }
        runs.push(plain(". Put OR between them to see documents with any."));
        return runs;
    }
    vec![plain("Every document is excluded by this query.")]
}

fn absent_leaves<'e>(parts: &'e EchoParts) -> Vec<&'e Op> {
    let found = parts.plan.leaves.iter().zip(&parts.matches.leaves);
    found.filter(|(leaf, matches)| !leaf.is_negated && matches.docs.is_empty()).map(|(leaf, _)| &leaf.op).collect()
}

fn leaf_text(op: &Op) -> String {
    let text = print(&Node { op: op.clone(), span: crate::base::Span::new(0, 0) });
    match text.strip_suffix('*') {
        Some(stem) => format!("{stem}…"),
        None => text,
    }
}

/// The query with every word that finds nothing replaced by a near spelling, the nearest first; for a phrase whose
/// words are all there, its words apart.
fn spelling_offers(parts: &EchoParts) -> Vec<Offer> {
    let Some(root) = &parts.parsed.root else { return Vec::new() };
    let absent = absent_words(parts);
    let spellings: Vec<Vec<String>> =
        absent.iter().map(|word| suggest::spellings(parts.index, &word.text, MAX_SPELLINGS)).collect();
    let mut offers = Vec::new();
    for place in 0..MAX_SPELLINGS {
        // The nth spelling of each word; where a word has fewer, its last.
        if spellings.iter().all(|spellings| spellings.len() <= place) {
            break;
        }
        let mut better = root.clone();
        for (word, spellings) in absent.iter().zip(&spellings) {
            if let Some(spelling) = spellings.get(place).or(spellings.last()) {
                replace(&mut better, &word.text, spelling);
            }
        }
        offers.push(offer(parts, &better, "Did you mean"));
    }
    if absent.is_empty() {
        for op in absent_leaves(parts) {
            if let Op::Phrase { words, .. } = op {
                let mut better = root.clone();
                take_apart(&mut better, words);
                offers.push(offer(parts, &better, "The words apart"));
            }
        }
    }
    offers.retain(|offer| offer.documents > 0);
    offers
}

/// Words of the query that stand nowhere in the corpus.
fn absent_words<'e>(parts: &'e EchoParts) -> Vec<&'e Word> {
    let words = absent_leaves(parts).into_iter().flat_map(|op| match op {
        Op::Word(word) => std::slice::from_ref(word),
        Op::Phrase { words, .. } => words.as_slice(),
        _ => &[],
    });
    words.filter(|word| crate::query::expand::types(parts.index, word).is_empty()).take(MAX_ABSENT).collect()
}

fn offer(parts: &EchoParts, node: &Node, label: &str) -> Offer {
    Offer { query: print(node), label: label.to_owned(), documents: (parts.count)(node) }
}

fn for_each_node(node: &mut Node, each: &mut impl FnMut(&mut Node)) {
    each(node);
    match &mut node.op {
        Op::And(parts) | Op::Or(parts) => parts.iter_mut().for_each(|part| for_each_node(part, each)),
        Op::Not(inner) => for_each_node(inner, each),
        Op::Word(_) | Op::Phrase { .. } => {}
    }
}

fn replace(root: &mut Node, text: &str, by: &str) {
    let better = |word: &mut Word| {
        if word.text == text {
            *word = Word { text: by.to_owned(), is_prefix: false, ..*word };
        }
    };
    for_each_node(root, &mut |node| match &mut node.op {
        Op::Word(word) => better(word),
        Op::Phrase { words, .. } => words.iter_mut().for_each(better),
        _ => {}
    });
}

fn take_apart(root: &mut Node, phrase: &[Word]) {
    for_each_node(root, &mut |node| {
        let span = node.span;
        if let Op::Phrase { words, .. } = &node.op
            && words == phrase
        {
            node.op = Op::And(words.iter().map(|word| Node { op: Op::Word(word.clone()), span }).collect());
        }
    });
}
