//! A corpus as it is defined: the words of each document in a row, and where they stand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sheaf_core::base::{PartialDate, Span};
use sheaf_core::document::{Corpus, Document, Fact, Field};
use sheaf_core::index::build::title_in_text;
use sheaf_core::text::tokens::{is_spaceless, tokens};
use sheaf_core::text::{fold, sentences, stem};
use sheaf_core::workspace::Workspace;

use super::ask::Ask;

/// What counts as one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Word,
    Form,
    Stem,
}

impl By {
    pub(crate) const ALL: &'static [By] = &[By::Word, By::Form, By::Stem];

    pub(crate) fn name(self) -> &'static str {
        match self {
            By::Word => "word",
            By::Form => "form",
            By::Stem => "stem",
        }
    }
}

/// A running word.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) form: String,
    /// 0 in a title of its own, 1 in the text.
    pub(crate) field: u8,
    /// Number of its sentence; a title is one.
    pub(crate) sentence: usize,
    /// In its title or text.
    pub(crate) span: Span,
}

/// A document: the words of a title of its own, then those of the text.
#[derive(Clone, Debug)]
pub(crate) struct Twin {
    pub(crate) document: Document,
    pub(crate) words: Vec<Running>,
}

/// A hit: document, place of its first word among [`Twin::words`], width, and which of its document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) doc: usize,
    pub(crate) start: usize,
    pub(crate) width: usize,
    pub(crate) number: u32,
}

/// A query for words in a row: at each place any of some folded words, or any word at all where none is named.
pub(crate) type Pattern = Vec<Vec<&'static str>>;

/// A corpus with what must be known of all of it.
pub(crate) struct Twins {
    pub(crate) docs: Vec<Twin>,
    /// The stem of each form.
    stems: BTreeMap<String, String>,
    /// How often each form stands.
    forms: BTreeMap<String, u64>,
}

impl Twins {
    pub(crate) fn of(documents: &[Document]) -> Twins {
        let docs: Vec<Twin> = documents.iter().map(twin).collect();
        let mut forms: BTreeMap<String, u64> = BTreeMap::new();
        let mut languages: BTreeMap<&str, u64> = BTreeMap::new();
        let mut stands_in: BTreeSet<(&str, &str)> = BTreeSet::new();
        for doc in &docs {
            let language = doc.document.language.value.as_deref().unwrap_or("");
            *languages.entry(language).or_default() += 1;
            for word in &doc.words {
                *forms.entry(word.form.clone()).or_default() += 1;
                stands_in.insert((language, &word.form));
            }
        }
        // A form of several languages goes by the one of most documents, of equal ones the first.
        let mut languages: Vec<(&str, u64)> = languages.into_iter().collect();
        languages.sort_by_key(|(_, documents)| std::cmp::Reverse(*documents));
        let stem_of = |form: &String| {
            let own = languages.iter().find(|(language, _)| stands_in.contains(&(*language, form.as_str())));
            match own {
                Some((language, _)) if !form.starts_with(is_spaceless) => stem(form, language),
                _ => fold(form),
            }
        };
        let stems = forms.keys().map(|form| (form.clone(), stem_of(form))).collect();
        Twins { docs, stems, forms }
    }

    /// What a form counts as.
    pub(crate) fn key(&self, form: &str, by: By) -> String {
        match by {
            By::Word => fold(form),
            By::Form => form.to_owned(),
            By::Stem => self.stems.get(form).cloned().unwrap_or_else(|| panic!("{form} stands nowhere")),
        }
    }

    /// Whether no other form of its word is more frequent in the corpus.
    pub(crate) fn is_most_frequent(&self, form: &str, by: By) -> bool {
        let key = self.key(form, by);
        let same = self.forms.iter().filter(|(other, _)| self.key(other, by) == key);
        same.map(|(_, count)| *count).max() == self.forms.get(form).copied()
    }

    /// The documents that a filter lets through.
    pub(crate) fn scope(&self, filter: Option<&(String, String)>) -> Vec<usize> {
        let is_filter = |field: &str| field != "topic" || self.has_topics();
        let passes =
            |doc: &usize| filter.is_none_or(|(field, value)| !is_filter(field) || self.has(*doc, field, value));
        (0..self.docs.len()).filter(passes).collect()
    }

    /// Whether there is the field; a filter by one that there is not lets everything through, and says so.
    pub(crate) fn has_topics(&self) -> bool {
        self.docs.iter().any(|doc| !doc.document.fields.is_empty())
    }

    /// Whether a document has a value of a field; an empty one where it has none.
    pub(crate) fn has(&self, doc: usize, field: &str, value: &str) -> bool {
        self.values(doc, field).iter().any(|own| own == value)
    }

    /// Values of a field; an empty one where there is none.
    pub(crate) fn values(&self, doc: usize, field: &str) -> Vec<String> {
        let document = &self.docs[doc].document;
        let mut values: Vec<String> = match field {
            "source" => document.source.value.iter().cloned().collect(),
            "language" => document.language.value.iter().cloned().collect(),
            _ => document.fields.iter().filter(|own| own.name == field).flat_map(|own| own.values.clone()).collect(),
        };
        if values.is_empty() {
            values.push(String::new());
        }
        values
    }

    /// The hits of a pattern in some documents.
    pub(crate) fn hits(&self, docs: &[usize], pattern: &Pattern) -> Vec<Hit> {
        let mut hits = Vec::new();
        for &doc in docs {
            let words = &self.docs[doc].words;
            let mut number = 0;
            for start in 0..(words.len() + 1).saturating_sub(pattern.len()) {
                let row = &words[start..start + pattern.len()];
                let is_in_one = row.iter().all(|word| word.field == words[start].field);
                let stands = |(word, any): (&Running, &Vec<&str>)| any.is_empty() || any.contains(&&*fold(&word.form));
                if is_in_one && row.iter().zip(pattern).all(stands) {
                    hits.push(Hit { doc, start, width: pattern.len(), number });
                    number += 1;
                }
            }
        }
        hits
    }

    /// Documents that a question chooses: those with hits, or all that pass where nothing is looked for.
    pub(crate) fn chosen(&self, question: &Question) -> Vec<usize> {
        let scope = self.scope(question.filter.as_ref());
        match &question.pattern {
            None => scope,
            Some(pattern) => {
                let hits = self.hits(&scope, pattern);
                scope.into_iter().filter(|doc| hits.iter().any(|hit| hit.doc == *doc)).collect()
            }
        }
    }

    /// Running words of some documents.
    pub(crate) fn tokens(&self, docs: &[usize]) -> u64 {
        docs.iter().map(|doc| self.docs[*doc].words.len() as u64).sum()
    }

    /// How often, and in how many of some documents, each word stands.
    pub(crate) fn frequencies(&self, docs: &[usize], by: By) -> BTreeMap<String, (u64, u64)> {
        let mut found: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for &doc in docs {
            let keys: Vec<String> = self.docs[doc].words.iter().map(|word| self.key(&word.form, by)).collect();
            for key in &keys {
                found.entry(key.clone()).or_default().0 += 1;
            }
            for key in keys.into_iter().collect::<BTreeSet<String>>() {
                found.entry(key).or_default().1 += 1;
            }
        }
        found
    }
}

fn twin(document: &Document) -> Twin {
    let mut words = Vec::new();
    let title = document.title.value.as_deref().unwrap_or("");
    // A title with which the text begins is not counted twice.
    if title_in_text(title, &document.text).is_none() {
        add(&mut words, title, 0, &|_| 0);
    }
    let sentences = sentences(&document.text, document.language.value.as_deref());
    let of = |at: u32| sentences.iter().filter(|span| span.start <= at).count() + 1;
    add(&mut words, &document.text, 1, &of);
    Twin { document: document.clone(), words }
}

fn add(words: &mut Vec<Running>, text: &str, field: u8, sentence: &dyn Fn(u32) -> usize) {
    for token in tokens(text) {
        let (form, sentence) = (token.term(text).to_owned(), sentence(token.span.start));
        words.push(Running { form, field, sentence, span: token.span });
    }
}

/// Few, so that they come again: case, accents, inflections, hyphens, a possessive, an acronym, no spaces.
const WORDS: &[&str] = &[
    "talk",
    "talk",
    "Talk",
    "talks",
    "talked",
    "peace",
    "peace",
    "the",
    "the",
    "The",
    "Erdoğan",
    "erdogan's",
    "visit",
    "visited",
    "cease-fire",
    "ceasefire",
    "U.S.",
    "us",
    "Verhandlung",
    "Verhandlungen",
    "北京市",
    "北京",
    "é",
];

/// Queries, as they are written and as they are meant.
const QUERIES: &[(&str, &[&[&str]])] = &[
    ("[word=\"talk\"]", &[&["talk"]]),
    ("[word=\"peace\"]", &[&["peace"]]),
    ("[word=\"the\"]", &[&["the"]]),
    ("[word=\"talk|the\"]", &[&["talk", "the"]]),
    ("[word=\"talk|talks|talked|peace\"]", &[&["talk", "talks", "talked", "peace"]]),
    ("[word=\"the\"] []", &[&["the"], &[]]),
    ("[word=\"the|talk\"] [word=\"peace|talk\"]", &[&["the", "talk"], &["peace", "talk"]]),
    ("[word=\"erdogan\"]", &[&["erdogan"]]),
    ("[word=\"北京\"]", &[&["北京"]]),
    ("[word=\"nowhere\"]", &[&["nowhere"]]),
];

const FILTERS: &[(&str, &str)] = &[
    ("source", "TASS"),
    ("source", "Daily"),
    ("source", ""),
    ("topic", "war"),
    ("topic", "trade"),
    ("language", "en"),
];

/// What is asked, and what that means.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    pub(crate) query: String,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) filter: Option<(String, String)>,
}

impl Question {
    pub(crate) fn ask(&self, settings: &[(&str, &str)]) -> Ask {
        Ask { filters: self.filter.iter().cloned().collect(), ..Ask::new(&self.query, &[], settings) }
    }

    /// The hits that are asked for.
    pub(crate) fn hits(&self, twins: &Twins) -> Vec<Hit> {
        self.pattern.as_ref().map_or(Vec::new(), |pattern| twins.hits(&twins.scope(self.filter.as_ref()), pattern))
    }
}

/// A question that looks for words.
pub(crate) fn looking() -> impl Strategy<Value = Question> {
    let filter = prop_oneof![
        2 => Just(None),
        1 => prop::sample::select(FILTERS).prop_map(|(field, value)| Some((field.to_owned(), value.to_owned()))),
    ];
    (prop::sample::select(QUERIES), filter).prop_map(|((query, pattern), filter)| Question {
        query: query.to_owned(),
        pattern: Some(pattern.iter().map(|any| any.to_vec()).collect()),
        filter,
    })
}

/// Any question.
pub(crate) fn question() -> impl Strategy<Value = Question> {
    let all = looking().prop_map(|question| Question { query: String::new(), pattern: None, ..question });
    prop_oneof![looking(), all]
}

fn words(most: usize) -> impl Strategy<Value = String> {
    let gap = prop::sample::select(&[" ", " ", " ", " ", ", ", "-", ". ", ".\n\n", "”, “"][..]);
    prop::collection::vec((prop::sample::select(WORDS), gap), 0..most)
        .prop_map(|parts| parts.iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

/// Documents: some empty, some with a title of their own, some whose text begins with the title.
pub(crate) fn documents() -> impl Strategy<Value = Vec<Document>> {
    let parts = (words(24), words(5), 0u8..3, prop::sample::select(&["en", "en", "de", "zh"][..]), 0usize..60);
    prop::collection::vec(parts, 1..7).prop_map(|rows| {
        let document = |(number, (text, title, kind, language, draw)): (usize, (String, String, u8, &str, usize))| {
            let text = if kind == 1 { format!("{title}\n{text}") } else { text };
            document(number, if kind == 2 { "" } else { &title }, &text, language, draw)
        };
        rows.into_iter().enumerate().map(document).collect()
    })
}

pub(crate) fn document(number: usize, title: &str, text: &str, language: &str, draw: usize) -> Document {
    const DATES: &[&str] = &["2025-02-24", "2025-02-03", "", "2024-12-31", "2025-02"];
    const TOPICS: &[&[&str]] = &[&["war"], &["war", "trade"], &["trade"], &[]];
    let known = |value: &str| if value.is_empty() { Fact::unknown() } else { Fact::stated(value.to_owned()) };
    let topics: Vec<String> = TOPICS[draw % 4].iter().map(|topic| (*topic).to_owned()).collect();
    let fields = if topics.is_empty() { vec![] } else { vec![Field { name: "topic".to_owned(), values: topics }] };
    Document {
        name: format!("d{number}"),
        file: String::new(),
        title: known(title),
        date: PartialDate::parse(DATES[draw % 5]).map_or(Fact::unknown(), Fact::stated),
        source: known(["Daily", "TASS", ""][draw % 3]),
        language: Fact::stated(language.to_owned()),
        url: None,
        fields,
        text: text.to_owned(),
    }
}

pub(crate) fn workspace(documents: &[Document]) -> Workspace {
    Workspace::new(Corpus { documents: documents.to_vec(), ..Corpus::default() })
}

/// So many cases, and nothing written beside the tests.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
