//! The naive twin of the query engine: the definitions, read off the tokens of each document.
//!
//! Slow and obvious on purpose. Index and engine must agree with it on random corpora and queries: same documents,
//! same hits.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::index::build::title_in_text;
use sheaf_core::query::{Node, Op, Word, parse};
use sheaf_core::text::fold::{fold, is_dotted_acronym};
use sheaf_core::text::stem;
use sheaf_core::text::tokens::{is_spaceless, tokens};
use sheaf_core::workspace::{Question, Request, Response, Sort, Workspace};

/// A document as the twin sees it: forms by position, the title far away from the text.
struct Twin {
    language: String,
    forms: Vec<Option<String>>,
    /// Positions between which a hyphen stands: `p` and `p + 1`.
    hyphens: BTreeSet<usize>,
}

/// A hit: position and width.
type Span = (usize, usize);

impl Twin {
    fn of(document: &Document) -> Twin {
        let mut twin =
            Twin { language: document.language.value.clone().unwrap(), forms: vec![], hyphens: BTreeSet::new() };
        let title = document.title.value.as_deref().unwrap_or("");
        // A title with which the text begins is not counted twice.
        if title_in_text(title, &document.text).is_none() {
            twin.add(title);
            twin.forms.extend([const { None }; 64]);
        }
        twin.add(&document.text);
        twin
    }

    fn add(&mut self, text: &str) {
        let found = tokens(text);
        for (place, token) in found.iter().enumerate() {
            if place > 0 && &text[found[place - 1].span.end as usize..token.span.start as usize] == "-" {
                self.hyphens.insert(self.forms.len() - 1);
            }
            self.forms.push(Some(token.term(text).to_owned()));
        }
    }

    /// Whether `word` by itself stands at a position.
    fn stands(&self, position: usize, word: &Word) -> bool {
        let Some(Some(form)) = self.forms.get(position) else { return false };
        let (key, asked) = (fold(form), fold(&word.text));
        let is_acronym = is_dotted_acronym(&word.text) && !word.is_prefix;
        if is_acronym {
            let letters = form.strip_suffix("'s").unwrap_or(form);
            return key == asked && (is_dotted_acronym(letters) || letters.chars().all(char::is_uppercase));
        }
        let is_character = word.width == 1 && word.text.starts_with(is_spaceless);
        if word.is_prefix || is_character {
            if key.starts_with(&asked) {
                return true;
            }
            if is_character {
                return false;
            }
        }
        key == asked
            || (!form.starts_with(is_spaceless) && stem(form, &self.language) == stem(&word.text, &self.language))
    }

    fn sequence(&self, words: &[Word]) -> BTreeSet<Span> {
        let width = words.len() - 1 + words.last().unwrap().width as usize;
        let stands = |start: &usize| words.iter().enumerate().all(|(offset, word)| self.stands(start + offset, word));
        (0..self.forms.len()).filter(stands).map(|start| (start, width)).collect()
    }
}

/// All corpus-wide knowledge the definitions need.
struct TwinCorpus {
    twins: Vec<Twin>,
    /// Chains of two to four forms with hyphens between them, folded.
    chains: BTreeSet<Vec<String>>,
    keys: BTreeSet<String>,
}

impl TwinCorpus {
    fn of(documents: &[Document]) -> TwinCorpus {
        let twins: Vec<Twin> = documents.iter().map(Twin::of).collect();
        let keys = twins.iter().flat_map(|twin| twin.forms.iter().flatten()).map(|form| fold(form)).collect();
        let mut chains = BTreeSet::new();
        for twin in &twins {
            for &start in &twin.hyphens {
                for len in 2..=4 {
                    if (start..start + len - 1).all(|place| twin.hyphens.contains(&place)) {
                        let forms = twin.forms[start..start + len].iter().flatten();
                        chains.insert(forms.map(|form| fold(form)).collect());
                    }
                }
            }
        }
        TwinCorpus { twins, chains, keys }
    }

    /// Every way to write a solid word apart.
    fn apart(&self, word: &Word) -> BTreeSet<Vec<String>> {
        let key = fold(&word.text);
        let mut ways = BTreeSet::new();
        for chain in &self.chains {
            let joined = chain.concat();
            let is_open = word.is_prefix && key.chars().count() >= 4;
            if is_open && joined.starts_with(&key) && chain[0].len() < key.len() || !is_open && joined == key {
                ways.insert(chain.clone());
            }
        }
        for (at, _) in key.char_indices() {
            let (first, second) = key.split_at(at);
            let is_long = |part: &str| part.chars().count() >= 4;
            if is_long(first) && is_long(second) && self.keys.contains(first) && self.keys.contains(second) {
                ways.insert(vec![first.to_owned(), second.to_owned()]);
            }
        }
        ways
    }

    fn exists(&self, word: &Word) -> bool {
        self.twins.iter().any(|twin| (0..twin.forms.len()).any(|position| twin.stands(position, word)))
    }

    fn word_hits(&self, twin: &Twin, word: &Word) -> BTreeSet<Span> {
        let mut hits = twin.sequence(std::slice::from_ref(word));
        if word.width == 1 && !word.text.starts_with(is_spaceless) {
            for way in self.apart(word) {
                let words: Vec<Word> = way.into_iter().map(solid).collect();
                hits.extend(twin.sequence(&words));
            }
        }
        hits
    }

    /// Whether the node selects a document, and the hits of its parts that stand under an even number of negations.
    fn answer(&self, twin: &Twin, node: &Node, is_negated: bool) -> (bool, BTreeSet<Span>) {
        let found = |hits: BTreeSet<Span>| (!hits.is_empty(), if is_negated { BTreeSet::new() } else { hits });
        match &node.op {
            Op::Word(word) => found(self.word_hits(twin, word)),
            Op::Phrase { words, is_hyphenated } => {
                let mut hits = twin.sequence(words);
                if *is_hyphenated {
                    let mut joined = solid(words.iter().map(|word| fold(&word.text)).collect());
                    joined.is_prefix = words.last().unwrap().is_prefix;
                    hits.extend(twin.sequence(&[joined]));
                }
                found(hits)
            }
            Op::Not(inner) => {
                let (matches, hits) = self.answer(twin, inner, !is_negated);
                (!matches, hits)
            }
            Op::Or(parts) => {
                let answers = parts.iter().map(|part| self.answer(twin, part, is_negated));
                answers.fold((false, BTreeSet::new()), |(any, mut hits), (matches, more)| {
                    hits.extend(more);
                    (any || matches, hits)
                })
            }
            Op::And(parts) => self.all(twin, parts, is_negated),
        }
    }

    fn all(&self, twin: &Twin, parts: &[Node], is_negated: bool) -> (bool, BTreeSet<Span>) {
        let mut matches = true;
        let mut hits = BTreeSet::new();
        let mut place = 0;
        while place < parts.len() {
            let (own, more) = self.answer(twin, &parts[place], is_negated);
            hits.extend(more);
            match self.solid_pair(parts, place) {
                Some(joined) => {
                    let (second, more) = self.answer(twin, &parts[place + 1], is_negated);
                    hits.extend(more);
                    let together = twin.sequence(&[joined]);
                    matches &= own && second || !together.is_empty();
                    hits.extend(if is_negated { BTreeSet::new() } else { together });
                    place += 2;
                }
                None => {
                    matches &= own;
                    place += 1;
                }
            }
        }
        (matches, hits)
    }

    fn solid_pair(&self, parts: &[Node], place: usize) -> Option<Word> {
        let (Op::Word(a), Op::Word(b)) = (&parts.get(place)?.op, &parts.get(place + 1)?.op) else { return None };
        let is_long = |word: &Word| !word.is_prefix && word.text.chars().count() >= 3;
        let joined = solid(fold(&a.text) + &fold(&b.text));
        (is_long(a) && is_long(b) && self.exists(&joined)).then_some(joined)
    }
}

fn solid(text: String) -> Word {
    Word { text, width: 1, is_prefix: false }
}

fn document(number: usize, language: &str, title: &str, text: &str) -> Document {
    Document {
        name: format!("d{number}"),
        file: String::new(),
        title: Fact::stated(title.to_owned()),
        date: Fact::unknown(),
        source: Fact::unknown(),
        language: Fact::stated(language.to_owned()),
        url: None,
        fields: vec![],
        text: text.to_owned(),
    }
}

/// Documents with the number of hits in each.
type Found = Vec<(String, usize)>;

/// What is found by engine and by twin, and the engine's total of hits.
fn both(documents: Vec<Document>, query: &str) -> (Found, Found, u64) {
    let twin = TwinCorpus::of(&documents);
    let root = parse(query, false).root;
    let mut expected = Vec::new();
    for (document, own) in documents.iter().zip(&twin.twins) {
        let (matches, hits) = root.as_ref().map_or((true, BTreeSet::new()), |root| twin.answer(own, root, false));
        if matches {
            expected.push((document.name.clone(), hits.len()));
        }
    }
    let mut workspace = Workspace::new(Corpus { documents, ..Corpus::default() });
    let question = Question { query: query.to_owned(), ..Question::default() };
    let Response::Results(view) = workspace.handle(&Request::Results { question, sort: Sort::default(), limit: 1000 })
    else {
        unreachable!("results were asked")
    };
    let mut actual: Vec<_> = view.rows.iter().map(|row| (row.card.name.clone(), row.hits as usize)).collect();
    actual.sort();
    (actual, expected, view.hits)
}

const WORDS: &[&str] = &[
    "cease",
    "fire",
    "ceasefire",
    "cease-fire",
    "talk",
    "talks",
    "Talked",
    "us",
    "US",
    "U.S.",
    "u.s.'s",
    "Erdoğan",
    "erdogan's",
    "peace",
    "talking",
    "peacetalk",
    "a-b",
    "a",
    "b",
    "ab",
    "北京市",
    "北京",
    "京",
    "Verhandlung",
    "Verhandlungen",
    "state-of-the-art",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        (proptest::sample::select(WORDS), proptest::sample::select(&[" ", " ", ", ", "-", ". "][..])),
        0..14,
    )
    .prop_map(|parts| parts.iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

fn query() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS).prop_map(str::to_owned);
    let leaf = prop_oneof![
        4 => word.clone(),
        1 => word.clone().prop_map(|word| format!("{word}*")),
        2 => proptest::collection::vec(word, 1..4).prop_map(|words| format!("\"{}\"", words.join(" "))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-{part}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_twin_find_the_same_documents_and_hits(
        rows in proptest::collection::vec((proptest::sample::select(&["en", "en", "de"][..]), text(), text()), 1..6),
        query in query(),
    ) {
        let documents = (0..).zip(&rows).map(|(number, (language, title, text))| document(number, language, title, text));
        let (actual, expected, total) = both(documents.collect(), &query);
        prop_assert_eq!(&actual, &expected, "query {}", query);
        prop_assert_eq!(total, expected.iter().map(|(_, hits)| *hits as u64).sum::<u64>());
    }
}

#[test]
fn spellings_of_one_word_find_each_other() {
    let documents = || {
        vec![
            document(0, "en", "", "They agreed on a cease-fire."),
            document(1, "en", "", "They agreed on a ceasefire."),
            document(2, "en", "", "They agreed to cease fire."),
        ]
    };
    for query in ["cease-fire", "ceasefire", "cease fire", "Cease-Fires", "\"cease fire\" OR ceasefire"] {
        let (actual, expected, _) = both(documents(), query);
        assert_eq!(actual, expected, "{query}");
        assert_eq!(actual.len(), 3, "{query}");
    }
}
