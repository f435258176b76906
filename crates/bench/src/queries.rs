//! The queries: drawn from the corpus itself, always the same for the same documents and seed.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Serialize;
use sheaf_core::document::Corpus;
use sheaf_core::query::Filter;
use sheaf_core::text::tokens::tokens;
use sheaf_core::workspace::{Question, Request, Sort, SortKey};

/// Results that are asked for.
pub(crate) const LIMIT: u32 = 10;
/// A field to filter by has at most so many values.
const MAX_VALUES: usize = 500;
/// Passages that are looked at for one query before its kind is given up for this corpus.
const MAX_TRIES: usize = 20_000;

/// How the words of a query belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    And,
    Or,
    Phrase,
    Near,
    Prefix,
    Fuzzy,
}

/// A query, for us and for peers.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Query {
    /// Its kind, a row of the table.
    pub kind: &'static str,
    /// How its words belong together.
    pub mode: Mode,
    /// Its words, in small letters.
    pub words: Vec<String>,
    /// A field and a value of it, which documents must have; all values are counted as well.
    pub filter: Option<(String, String)>,
    /// Whether the newest come first.
    pub is_by_date: bool,
    /// What Sheaf is asked, one after the other: their times are added.
    pub requests: Vec<Request>,
}

/// Kinds of queries, in the order of the table.
pub(crate) const KINDS: [&str; 13] = [
    "rare word",
    "mid word",
    "common word",
    "two words",
    "three words, OR",
    "phrase",
    "prefix",
    "one typing error",
    "filter and all facets",
    "newest first",
    "phrase without function words",
    "near each other",
    "near, in a sentence",
];

/// Draws `count` queries of each kind, fewer where the corpus does not have them.
///
/// A word is rare below 0.02 % of the documents (at least two), in the middle from 0.1 to 1 %, common from 5 %; a corpus
/// of a few documents has only words of few and words of many.
pub(crate) fn draw(corpus: &Corpus, count: usize, seed: u64) -> Vec<Query> {
    let frequencies = document_frequencies(corpus);
    let of = corpus.documents.len() as f64;
    let field = filter_field(corpus);
    let mut draw = Draw { corpus, frequencies, of, field, state: seed };
    KINDS.iter().flat_map(|kind| draw.kind(kind, count)).collect()
}

/// Draws `count` queries of one, two and three words in turn, for comparing rankings.
#[cfg_attr(not(feature = "oracle"), allow(dead_code, reason = "only rankings are compared on them"))]
pub(crate) fn draw_for_ranking(corpus: &Corpus, count: usize, seed: u64) -> Vec<Vec<String>> {
    let frequencies = document_frequencies(corpus);
    let mut draw = Draw { corpus, frequencies, of: corpus.documents.len() as f64, field: None, state: seed };
    let words = |draw: &mut Draw<'_>, place: usize| {
        let passage = draw.passage(|draw, words| words.iter().step_by(2).all(|word| draw.is_content(word)))?;
        Some(passage.1.into_iter().step_by(2).take(place % 3 + 1).collect())
    };
    (0..count).filter_map(|place| words(&mut draw, place)).collect()
}

struct Draw<'c> {
    corpus: &'c Corpus,
    frequencies: FxHashMap<String, u32>,
    of: f64,
    field: Option<String>,
    state: u64,
}

impl Draw<'_> {
    fn kind(&mut self, kind: &'static str, count: usize) -> Vec<Query> {
        let mut seen = BTreeSet::new();
        let mut queries = Vec::new();
        // A corpus may hold fewer different ones than asked for.
        for _ in 0..count * 4 {
            if queries.len() == count {
                break;
            }
            let Some(query) = self.query(kind) else { break };
            if seen.insert((query.words.clone(), query.filter.clone())) {
                queries.push(query);
            }
        }
        queries
    }

    fn query(&mut self, kind: &'static str) -> Option<Query> {
        let content = |draw: &Draw<'_>, words: &[String]| draw.is_content(&words[0]);
        let contents = |draw: &Draw<'_>, words: &[String]| words.iter().step_by(2).all(|word| draw.is_content(word));
        let band = |low: f64, high: f64| {
            move |draw: &Draw<'_>, words: &[String]| {
                (low..high).contains(&draw.share(&words[0])) && draw.df(&words[0]) > 1
            }
        };
        let plain = |words: Vec<String>| (Mode::And, words.join(" "), words);
        let (document, words) = match kind {
            // Where a document is 20 % of all, no share is small: the rarest that occur twice.
            "rare word" => self.passage(band(0.0, 0.0002_f64.max(3.0 / self.of)))?,
            "mid word" | "newest first" | "filter and all facets" => {
                self.passage(band(0.001, 0.01_f64.max(3.0 / self.of)))?
            }
            "common word" => self.passage(band(0.05, 2.0))?,
            "two words" | "three words, OR" => self.passage(contents)?,
            "phrase" => self.passage(|draw, words| words[..2].iter().any(|word| draw.is_content(word)))?,
            "phrase without function words" | "near each other" | "near, in a sentence" => {
                self.passage(|_, words| !words[..2].iter().any(is_function_word))?
            }
            "prefix" => self.passage(|draw, words| draw.is_content(&words[0]) && words[0].len() > 4)?,
            "one typing error" => self.passage(|draw, words| draw.is_content(&words[0]) && words[0].len() > 5)?,
            _ => self.passage(content)?,
        };
        let first = words[0].clone();
        let (mode, sheaf, words) = match kind {
            "two words" => plain(vec![first, words[4].clone()]),
            "three words, OR" => {
                let three = vec![first, words[2].clone(), words[4].clone()];
                (Mode::Or, three.join(" OR "), three)
            }
            "phrase" | "phrase without function words" => {
                (Mode::Phrase, format!("\"{} {}\"", words[0], words[1]), words[..2].to_vec())
            }
            "near each other" => (Mode::Near, format!("{} NEAR/5 {}", words[0], words[1]), words[..2].to_vec()),
            "near, in a sentence" => {
                (Mode::Near, format!("({} NEAR {}) within <s/>", words[0], words[1]), words[..2].to_vec())
            }
            "prefix" => {
                let length = 3 + self.below(2);
                (Mode::Prefix, format!("{}*", &first[..length]), vec![first[..length].to_owned()])
            }
            "one typing error" => {
                let wrong = self.misspelt(&first);
                (Mode::Fuzzy, format!("{wrong}~1"), vec![wrong])
            }
            _ => plain(vec![first]),
        };
        let filter = if kind == "filter and all facets" { Some(self.value_of(document)?) } else { None };
        let is_by_date = kind == "newest first";
        let requests = requests(sheaf, filter.as_ref(), is_by_date);
        Some(Query { kind, mode, words, filter, is_by_date, requests })
    }

    /// A document, and five words that follow each other in it and are as wanted.
    fn passage(&mut self, mut is_wanted: impl FnMut(&Draw<'_>, &[String]) -> bool) -> Option<(usize, Vec<String>)> {
        for _ in 0..MAX_TRIES {
            let document = self.below(self.corpus.documents.len());
            let text = &self.corpus.documents.get(document)?.text;
            let all = tokens(text);
            if all.len() < 6 {
                continue;
            }
            let place = self.below(all.len() - 5);
            let words: Vec<String> =
                all[place..place + 5].iter().map(|token| token.span.of(text).to_lowercase()).collect();
            // Nothing between them but spaces: a phrase ends at a stop, for some.
            let run = &text[all[place].span.start as usize..all[place + 4].span.end as usize];
            if run.split(' ').count() == 5 && words.iter().all(|word| is_plain(word)) && is_wanted(self, &words) {
                return Some((document, words));
            }
        }
        None
    }

    fn df(&self, word: &str) -> u32 {
        self.frequencies.get(word).copied().unwrap_or(0)
    }

    fn share(&self, word: &str) -> f64 {
        f64::from(self.df(word)) / self.of
    }

    /// A word that somebody would search for: it is not in every tenth document, and has three letters.
    fn is_content(&self, word: &str) -> bool {
        word.len() > 2 && self.share(word) < 0.1_f64.max(4.0 / self.of)
    }

    fn value_of(&self, document: usize) -> Option<(String, String)> {
        let name = self.field.as_ref()?;
        let fields = &self.corpus.documents.get(document)?.fields;
        let field = fields.iter().find(|field| field.name == *name)?;
        Some((name.clone(), field.values.first()?.clone()))
    }

    /// The word with one of its inner letters left out, or two of them changed about.
    fn misspelt(&mut self, word: &str) -> String {
        let place = 2 + self.below(word.len() - 3);
        [&word[..place], &word[place + 1..]].concat()
    }

    /// A number below `end` (a linear congruential generator; Knuth, TAOCP 2, 3.3.4).
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % end.max(1)
    }
}

fn requests(query: String, filter: Option<&(String, String)>, is_by_date: bool) -> Vec<Request> {
    let filters = filter.map(|(field, value)| Filter { field: field.clone(), values: vec![value.clone()] });
    let question = Question { query, filters: filters.into_iter().collect(), ..Question::default() };
    let key = if is_by_date { SortKey::Date } else { SortKey::Relevance };
    let ranked =
        Request::Ranked { question: question.clone(), sort: Sort { key, is_descending: is_by_date }, limit: LIMIT };
    let facets = filter.map(|_| Request::Facets { question, reads: false });
    [ranked].into_iter().chain(facets).collect()
}

/// Letters that all tokenizers and query languages agree about.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase()) && !matches!(word, "and" | "or" | "not" | "near" | "before")
}

fn document_frequencies(corpus: &Corpus) -> FxHashMap<String, u32> {
    let mut frequencies = FxHashMap::default();
    for document in &corpus.documents {
        let mut words: Vec<String> =
            tokens(&document.text).iter().map(|token| token.span.of(&document.text).to_lowercase()).collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().for_each(|word| *frequencies.entry(word).or_insert(0) += 1);
    }
    frequencies
}

/// The field with the most values that are still few enough for a list of facets.
fn filter_field(corpus: &Corpus) -> Option<String> {
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for field in corpus.documents.iter().flat_map(|document| &document.fields) {
        values.entry(&field.name).or_default().extend(field.values.iter().map(String::as_str));
    }
    let fields = values.into_iter().filter(|(_, values)| (2..=MAX_VALUES).contains(&values.len()));
    fields.max_by_key(|(_, values)| values.len()).map(|(name, _)| name.to_owned())
}

/// Whether a word is on the list of English function words by NLTK (Bird, Loper & Klein 2009), or too short to be another.
#[allow(clippy::ptr_arg, reason = "for asking an iterator of words")]
fn is_function_word(word: &String) -> bool {
    let words = stop_words::lookup("en").unwrap_or_default();
    word.len() < 3 || words.iter().any(|own| *own == word)
}
