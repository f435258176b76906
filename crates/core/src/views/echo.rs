//! The echo: the query in plain words, with what it found, what was left out, and where to go from here.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::describe::{describe, plain, short};
use super::parts::{Count, Part, has_parts, parts};
use super::words;
use crate::base::{Apart, DocId, TypeId};
use crate::index::Index;
use crate::index::files::ChunkId;
use crate::query::evaluate::Matches;
use crate::query::print::print;
use crate::query::{Exactness, Node, Op, Parsed, Plan, QueryProblem, Word, WordKind, expand, suggest};
use crate::text::fold;

/// Most spellings offered.
const MAX_SPELLINGS: usize = 3;
/// Most words that are looked up for spellings.
const MAX_ABSENT: usize = 8;
/// A word is rare beside a variant that stands so many times as often.
const RARE: u32 = 4;
/// Words shorter than this have too many neighbours for any to be a variant.
const MIN_VARIANT: usize = 5;

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
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
    /// Whether the query has parts to be changed one by one: known before their counts are.
    pub has_parts: bool,
    /// The query part by part, with the counts of each; nothing without a query.
    pub parts: Apart<Option<Part>>,
}

/// A stretch of the echo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum EchoRun {
    /// Words of ours.
    Plain(String),
    /// Words of the query.
    Term(String),
    /// A number that matters.
    Strong(String),
}

impl EchoRun {
    /// Its words.
    pub fn text(&self) -> &str {
        match self {
            EchoRun::Plain(text) | EchoRun::Term(text) | EchoRun::Strong(text) => text,
        }
    }
}

/// A part of the query's text that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct QueryMark {
    /// Its first byte in the text of the query.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// What happened and what to do.
    pub message: String,
}

/// Another query that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
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
    /// The text of the query.
    pub query: &'e str,
    /// What counts as written.
    pub exactness: Exactness,
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
    /// Chunks that the whole answer takes, where nothing is found whatever they say: without them the matches tell nothing.
    pub unread: &'e [ChunkId],
    /// What of the query could not be used.
    pub problems: &'e [QueryProblem],
    /// What of the filters could not be used.
    pub filter_problems: Vec<String>,
    /// Counts documents and hits of another query under the same filters.
    pub count: Count<'e>,
}

/// Writes the echo.
pub fn echo(speak: EchoParts) -> EchoView {
    let marks = speak.problems.iter().map(|problem| QueryMark {
        start: problem.at.start,
        end: problem.at.end,
        message: problem.message(speak.query),
    });
    let is_whole = speak.index.is_whole();
    let is_empty = speak.docs.is_empty() && speak.index.doc_count() > 0;
    // Where the corpus lies in files: what is offered may come after what was found, and a phrase is offered where the
    // positions of its words have been read anyway.
    let wants = &speak.index.wants;
    let (blame, offers) = if !is_whole {
        // What is counted for these would have to be counted again.
        (Vec::new(), Vec::new())
    } else if is_empty {
        let blame = || {
            speak.unread.iter().for_each(|chunk| wants.note(*chunk));
            blame(&speak)
        };
        wants.now_or_later(blame).unwrap_or_default()
    } else {
        let phrase = wants.if_there(|| phrase_offer(&speak)).flatten();
        let variants = wants.now_or_later(|| variant_offers(&speak)).unwrap_or_default();
        (Vec::new(), phrase.into_iter().chain(variants).collect())
    };
    let root = speak.parsed.root.as_ref().filter(|_| is_whole);
    let parts = wants.now_or_later(|| root.and_then(|root| parts(root, speak.count))).flatten();
    EchoView {
        sentence: sentence(&speak),
        marks: marks.collect(),
        offers,
        blame,
        has_parts: speak.parsed.root.as_ref().is_some_and(has_parts),
        parts: Apart::of(&parts),
        problems: speak.filter_problems,
    }
}

fn sentence(speak: &EchoParts) -> Vec<EchoRun> {
    let of = speak.index.doc_count();
    let found =
        EchoRun::Strong(format!("{} of {}", words::grouped(speak.docs.len() as u64), words::grouped(of.into())));
    let Some(root) = &speak.parsed.root else {
        return match (of, speak.is_filtered) {
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
    if !speak.plan.leaves.is_empty() {
        runs.push(plain(format!(", {}", what_counts(speak.exactness))));
    }
    if speak.plan.is_narrowed {
        runs.push(plain(", longer words once more letters are typed"));
    }
    runs.push(plain(": "));
    if !speak.index.is_whole() {
        let reach = speak.index.reach();
        let [found, among, of] = [speak.docs.len() as u64, reach.into(), of.into()].map(words::grouped);
        let among =
            if reach < speak.index.doc_count() { format!(", in {among} of {of} documents") } else { String::new() };
        runs.extend([EchoRun::Strong(found), plain(format!(" so far{among}; reading on …"))]);
        return runs;
    }
    runs.push(found);
    let filtered = if speak.is_filtered { " with these filters" } else { "" };
    runs.push(plain(format!("{filtered}, {}.", words::count(speak.hits, "hit", "hits"))));
    runs
}

/// Which differences between words are ignored, and which count.
fn what_counts(exactness: Exactness) -> String {
    let all = [("case", exactness.case), ("accents", exactness.accents), ("inflections", exactness.forms)];
    let named = |counts: bool| {
        let names = all.iter().filter(|(_, exact)| *exact == counts).map(|(name, _)| (*name).to_owned());
        let names: Vec<String> = names.collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
        }
    };
    let exact = named(true).map(|names| format!("{names} as written"));
    let ignored = named(false).map(|names| format!("{names} ignored"));
    [ignored, exact].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn offer(speak: &EchoParts, node: &Node, label: impl Into<String>) -> Offer {
    Offer { query: print(node), label: label.into(), documents: (speak.count)(node).0 }
}

/// Bare words side by side are often meant as a phrase.
fn phrase_offer(speak: &EchoParts) -> Option<Offer> {
    let Some(Node { op: Op::And(items), span }) = &speak.parsed.root else { return None };
    let word = |item: &Node| match &item.op {
        Op::Word(word) if !word.is_exact => Some(word.clone()),
        _ => None,
    };
    let words: Vec<Word> =
        items.iter().map(word).collect::<Option<_>>().filter(|words: &Vec<Word>| words.len() <= 8)?;
    let phrase = Node { op: Op::Phrase { words, is_hyphenated: false }, span: *span };
    Some(offer(speak, &phrase, "As a phrase")).filter(|offer| offer.documents > 0)
}

/// For a rare word, variants of it that are much more frequent.
fn variant_offers(speak: &EchoParts) -> Vec<Offer> {
    let Some(root) = &speak.parsed.root else { return Vec::new() };
    let mut offers = Vec::new();
    for word in words_in(root).into_iter().take(MAX_ABSENT) {
        let Ok(types) = expand::types(speak.index, word, speak.exactness) else { continue };
        let frequency = |id| speak.index.list_info(id).frequency;
        let own: u32 = types.iter().map(|found| frequency(found.type_id)).sum();
        let is_variant = |spelling: &&(String, u32)| {
            let (spelling, frequency) = spelling;
            let starts_alike = fold(spelling).chars().next() == fold(&word.text).chars().next();
            let is_found = types.iter().any(|found| speak.index.vocabulary.form(found.type_id) == spelling.as_str());
            starts_alike && !is_found && *frequency >= own.saturating_mul(RARE)
        };
        if word.kind != WordKind::Plain || own == 0 || word.text.chars().count() < MIN_VARIANT {
            continue;
        }
        let spellings = suggest::variants(speak.index, &word.text, MAX_SPELLINGS);
        for (spelling, _) in spellings.iter().filter(is_variant).take(1) {
            let mut better = root.clone();
            replace(&mut better, &word.text, spelling);
            offers.push(offer(speak, &better, "More often spelt"));
        }
    }
    offers.retain(|offer| offer.documents > 0);
    offers.truncate(MAX_SPELLINGS);
    offers
}

/// Which part of the query finds nothing, or that no document has all of them; and where to go from here.
fn blame(speak: &EchoParts) -> (Vec<EchoRun>, Vec<Offer>) {
    let Some(root) = &speak.parsed.root else {
        return (vec![plain("No document passes all filters. Remove one of them.")], Vec::new());
    };
    if !speak.matches.docs.is_empty() {
        let found = words::count(speak.matches.docs.len() as u64, "document", "documents");
        let filtered = format!("The query itself finds {found}; the filters leave none of them. Remove a filter.");
        return (vec![plain(filtered)], Vec::new());
    }
    let mut culprits = Vec::new();
    find_culprits(speak, root, &mut culprits);
    if culprits.is_empty() {
        return never_together(speak, root);
    }
    let mut runs = Vec::new();
    for (place, culprit) in culprits.iter().enumerate() {
        match place {
            0 => {}
            place if place + 1 == culprits.len() => runs.push(plain(" and ")),
            _ => runs.push(plain(", ")),
        }
        runs.push(EchoRun::Term(short(&culprit.op)));
    }
    let is_one = culprits.len() == 1;
    let is = if is_one { " is" } else { " are" };
    // With case or accents counting, the word may be there all the same.
    let written =
        speak.exactness != Exactness::default() && culprits.iter().any(|culprit| is_there_otherwise(speak, culprit));
    runs.push(plain(if written {
        format!("{is} in no document as written here.")
    } else {
        format!("{is} in no document of this corpus.")
    }));
    let mut offers = spelling_offers(speak, root);
    for culprit in culprits {
        offers.extend(looser(culprit).map(|(label, op)| {
            let mut better = root.clone();
            for_each_node(&mut better, &mut |node| {
                if node.op == culprit.op {
                    node.op = op.clone();
                }
            });
            offer(speak, &better, label)
        }));
    }
    offers.retain(|offer| offer.documents > 0);
    (runs, offers)
}

/// The smallest parts of the query that find nothing, so that nothing is found in all.
fn find_culprits<'n>(speak: &EchoParts, node: &'n Node, culprits: &mut Vec<&'n Node>) {
    match &node.op {
        Op::And(parts) => {
            let absent = parts.iter().filter(|part| !matches!(part.op, Op::Not(_)) && found_anywhere(speak, part) == 0);
            absent.for_each(|part| find_culprits(speak, part, culprits));
        }
        Op::Or(parts) => parts.iter().for_each(|part| find_culprits(speak, part, culprits)),
        Op::Not(_) => {}
        _ if found_anywhere(speak, node) == 0 => culprits.push(node),
        _ => {}
    }
}

/// Documents that a part finds, filters left aside where it is a leaf of the plan.
fn found_anywhere(speak: &EchoParts, node: &Node) -> u32 {
    let leaf = speak.plan.leaves.iter().position(|leaf| leaf.op == node.op && leaf.at == node.span);
    match leaf.and_then(|leaf| speak.matches.leaves.get(leaf)) {
        Some(found) => found.docs.len() as u32,
        None => (speak.count)(node).0,
    }
}

/// Each part is found, but not all in one document: how often each, and what leaving one out would give.
fn never_together(speak: &EchoParts, root: &Node) -> (Vec<EchoRun>, Vec<Offer>) {
    let Op::And(parts) = &root.op else {
        return (vec![plain("Every document is excluded by this query.")], Vec::new());
    };
    let mut runs = vec![plain("Each part is found, but never all in one document: ")];
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            runs.push(plain(", "));
        }
        let inner = match &part.op {
            Op::Not(inner) => {
                runs.push(plain("without "));
                inner
            }
            _ => part,
        };
        runs.push(EchoRun::Term(short(&inner.op)));
        runs.push(plain(format!(" in {}", words::grouped((speak.count)(inner).0.into()))));
    }
    runs.push(plain("."));
    let mut offers = Vec::new();
    for place in 0..parts.len().min(MAX_ABSENT) {
        let mut rest = parts.clone();
        let left_out = rest.remove(place);
        let rest = if rest.len() == 1 { rest.remove(0) } else { Node { op: Op::And(rest), span: root.span } };
        offers.push(offer(speak, &rest, format!("Without {}", short(&left_out.op))));
    }
    offers.retain(|offer| offer.documents > 0);
    // The part that stands in the way of most comes first.
    crate::base::order::sort_by(&mut offers, |a, b| b.documents.cmp(&a.documents));
    offers.truncate(MAX_SPELLINGS);
    let any = parts.iter().filter(|part| !matches!(part.op, Op::Not(_))).cloned().collect::<Vec<_>>();
    if any.len() > 1 {
        offers.push(offer(speak, &Node { op: Op::Or(any), span: root.span }, "Any of them"));
    }
    offers.retain(|offer| offer.documents > 0);
    (runs, offers)
}

/// What asks for the same with less.
fn looser(node: &Node) -> Option<(&'static str, Op)> {
    let span = node.span;
    match &node.op {
        Op::Phrase { words, .. } => {
            let words = words.iter().filter(|word| word.kind != WordKind::Any);
            let parts: Vec<Node> = words.map(|word| Node { op: Op::Word(word.clone()), span }).collect();
            (parts.len() > 1).then_some(("The words apart", Op::And(parts)))
        }
        Op::Near { parts, .. } => Some(("At any distance", Op::And(parts.clone()))),
        Op::Within { part, .. } => match &part.op {
            Op::Near { parts, distance: None, .. } => Some(("Anywhere in a document", Op::And(parts.clone()))),
            op => Some(("Anywhere in a document", op.clone())),
        },
        Op::Title(part) => Some(("Not only in titles", part.op.clone())),
        Op::Word(word) if word.is_exact => {
            Some(("In any spelling", Op::Word(Word { is_exact: false, ..word.clone() })))
        }
        // A question mark at the end may be one.
        Op::Word(word) if word.kind == WordKind::Wildcard => {
            let plain = word.text.strip_suffix('?').filter(|text| !text.contains(['*', '?']))?;
            Some(("Without the question mark", Op::Word(Word::plain(plain))))
        }
        _ => None,
    }
}

/// The query with every word that finds nothing replaced by a near spelling, the nearest first.
fn spelling_offers(speak: &EchoParts, root: &Node) -> Vec<Offer> {
    let absent: Vec<&Word> = words_in(root)
        .into_iter()
        .filter(|word| matches!(word.kind, WordKind::Plain | WordKind::Prefix | WordKind::Fuzzy(_)))
        .filter(|word| expand::types(speak.index, word, speak.exactness).is_ok_and(|types| types.is_empty()))
        .take(MAX_ABSENT)
        .collect();
    let spellings: Vec<Vec<String>> = absent
        .iter()
        .map(|word| {
            let otherwise = written_otherwise(speak, word).into_iter();
            otherwise.chain(suggest::spellings(speak.index, &word.text, MAX_SPELLINGS)).take(MAX_SPELLINGS).collect()
        })
        .collect();
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
        offers.push(offer(speak, &better, "Did you mean"));
    }
    offers
}

/// Where case, accents or inflections count: the most frequent way in which the corpus writes a word.
fn written_otherwise(speak: &EchoParts, word: &Word) -> Option<String> {
    let loose = Word { is_exact: false, ..word.clone() };
    let types = expand::types(speak.index, &loose, Exactness::default()).ok()?;
    let frequency = |id: TypeId| speak.index.list_info(id).frequency;
    let best = types.iter().max_by_key(|found| (frequency(found.type_id), std::cmp::Reverse(found.type_id)))?;
    Some(speak.index.vocabulary.form(best.type_id).to_owned())
}

fn is_there_otherwise(speak: &EchoParts, node: &Node) -> bool {
    words_in(node).into_iter().any(|word| written_otherwise(speak, word).is_some())
}

/// The words of a query that must be found, in its order.
fn words_in(node: &Node) -> Vec<&Word> {
    match &node.op {
        Op::Word(word) => vec![word],
        Op::Phrase { words, .. } => words.iter().collect(),
        Op::Near { parts, .. } | Op::And(parts) | Op::Or(parts) => parts.iter().flat_map(words_in).collect(),
        Op::Within { part, .. } | Op::Title(part) => words_in(part),
        Op::Said { part: Some(part), .. } => words_in(part),
        Op::Not(_) | Op::Field(_) | Op::Sequence(_) | Op::Named { .. } | Op::Said { .. } => Vec::new(),
    }
}

fn for_each_node(node: &mut Node, each: &mut dyn FnMut(&mut Node)) {
    each(node);
    match &mut node.op {
        Op::And(parts) | Op::Or(parts) | Op::Near { parts, .. } => {
            parts.iter_mut().for_each(|part| for_each_node(part, each));
        }
        Op::Not(inner) | Op::Within { part: inner, .. } | Op::Title(inner) | Op::Said { part: Some(inner), .. } => {
            for_each_node(inner, each);
        }
        Op::Word(_) | Op::Phrase { .. } | Op::Field(_) | Op::Sequence(_) | Op::Named { .. } | Op::Said { .. } => {}
    }
}

fn replace(root: &mut Node, text: &str, by: &str) {
    let better = |word: &mut Word| {
        if word.text == text && word.kind != WordKind::Any {
            *word = Word::plain(by);
        }
    };
    for_each_node(root, &mut |node| match &mut node.op {
        Op::Word(word) => better(word),
        Op::Phrase { words, .. } => words.iter_mut().for_each(better),
        _ => {}
    });
}
