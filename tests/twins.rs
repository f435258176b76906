//! The naive twin of the query engine: the definitions, read off the tokens of each document.
//!
//! Slow and obvious on purpose. Index and engine must agree with it on random corpora and queries: same documents,
//! same hits, position by position.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use proptest::prelude::*;
use regex::Regex;
use sheaf_core::base::DocId;
use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::index::build::title_in_text;
use sheaf_core::index::{self, Borders};
use sheaf_core::query::ast::{Attribute, Field, TokenTest, Unit};
use sheaf_core::query::evaluate::evaluate;
use sheaf_core::query::regular::Regular;
use sheaf_core::query::sequence::MAX_SEQUENCE;
use sheaf_core::query::{Exactness, Node, Op, Word, WordKind, parse, plan};
use sheaf_core::text::fold::{fold, fold_keeping, is_dotted_acronym};
use sheaf_core::text::tokens::{is_spaceless, tokens};
use sheaf_core::text::{paragraphs, sentences, stem};
use sheaf_core::workspace::{Question, Request, Response, Sort, Workspace};
use sheaf_tests::chunks::{ChunkCorpus, TINY};
use sheaf_tests::packed::packed;

/// A document as the twin sees it: forms by position, the title far away from the text.
struct Twin {
    language: String,
    source: String,
    date: String,
    words: usize,
    forms: Vec<Option<String>>,
    title_end: usize,
    /// The field, sentence and paragraph of each position, by number.
    units: Vec<[usize; 3]>,
    /// Positions between which a hyphen stands: `p` and `p + 1`.
    hyphens: BTreeSet<usize>,
}

/// A hit: position and width.
type Span = (usize, usize);

impl Twin {
    fn of(document: &Document) -> Twin {
        let mut twin = Twin {
            language: document.language.value.clone().unwrap(),
            source: document.source.value.clone().unwrap_or_default(),
            date: document.date.value.map(|date| date.to_string()).unwrap_or_default(),
            words: tokens(&document.text).len(),
            forms: vec![],
            title_end: 0,
            units: vec![],
            hyphens: BTreeSet::new(),
        };
        let title = document.title.value.as_deref().unwrap_or("");
        // A title with which the text begins is not counted twice.
        match title_in_text(title, &document.text) {
            Some(bytes) => {
                twin.title_end =
                    tokens(&document.text).iter().filter(|token| (token.span.start as usize) < bytes).count();
            }
            None => {
                twin.add(title, |_| [0, 0, 0]);
                twin.title_end = twin.forms.len();
                if twin.title_end > 0 {
                    twin.forms.extend([const { None }; 64]);
                    twin.units.extend([[1, 0, 0]; 64]);
                }
            }
        }
        let unit = |spans: &[sheaf_core::base::Span], at: u32| spans.iter().filter(|span| span.start <= at).count() + 1;
        let sentences = sentences(&document.text, Some(&twin.language));
        let paragraphs = paragraphs(&document.text);
        twin.add(&document.text, |at| [2, unit(&sentences, at), unit(&paragraphs, at)]);
        twin
    }

    fn add(&mut self, text: &str, units: impl Fn(u32) -> [usize; 3]) {
        let found = tokens(text);
        for (place, token) in found.iter().enumerate() {
            if place > 0 && &text[found[place - 1].span.end as usize..token.span.start as usize] == "-" {
                self.hyphens.insert(self.forms.len() - 1);
            }
            self.forms.push(Some(token.term(text).to_owned()));
            self.units.push(units(token.span.start));
        }
    }

    fn form(&self, position: usize) -> Option<&str> {
        self.forms.get(position)?.as_deref()
    }

    /// Whether `word` by itself stands at a position.
    fn stands(&self, position: usize, word: &Word, exactness: Exactness) -> bool {
        let Some(form) = self.form(position) else { return false };
        let exactness = if word.is_exact { Exactness { case: true, accents: true, forms: true } } else { exactness };
        let keep = |form: &str| fold_keeping(form, exactness.case, exactness.accents);
        match word.kind {
            WordKind::Any => true,
            WordKind::Wildcard => {
                let pattern: String = word
                    .text
                    .chars()
                    .map(|c| match c {
                        '*' => ".*".to_owned(),
                        '?' => ".".to_owned(),
                        c => regex::escape(&c.to_string()),
                    })
                    .collect();
                fits(&pattern, form, exactness)
            }
            WordKind::Regex => fits(&word.text, form, exactness),
            WordKind::Fuzzy(edits) => distance(&keep(&word.text), &keep(form)) <= usize::from(edits),
            WordKind::Plain | WordKind::Prefix => self.stands_plain(form, word, exactness),
        }
    }

    fn stands_plain(&self, form: &str, word: &Word, exactness: Exactness) -> bool {
        let is_prefix = word.kind == WordKind::Prefix;
        let (key, asked) = (fold(form), fold(&word.text));
        let keep = |form: &str| fold_keeping(form, exactness.case, exactness.accents);
        let is_acronym = is_dotted_acronym(&word.text) && !is_prefix;
        if is_acronym {
            let letters = form.strip_suffix("'s").unwrap_or(form);
            return key == asked
                && keep(form) == keep(&word.text)
                && (is_dotted_acronym(letters) || letters.chars().all(char::is_uppercase));
        }
        let is_character = word.text.starts_with(is_spaceless) && word.text.chars().count() == 1;
        if is_prefix || is_character {
            if key.starts_with(&asked) && keep(form).starts_with(&keep(&word.text)) {
                return true;
            }
            if is_character {
                return false;
            }
        }
        if key == asked {
            return keep(form) == keep(&word.text);
        }
        let begins = is_prefix && key.starts_with(&asked);
        let is_inflected = !begins
            && !form.starts_with(is_spaceless)
            && stem(form, &self.language) == stem(&word.text, &self.language);
        let shared = keep(form).chars().zip(keep(&word.text).chars()).collect::<Vec<_>>();
        let alike =
            shared.iter().take_while(|(a, b)| fold(&a.to_string()) == fold(&b.to_string())).all(|(a, b)| a == b);
        is_inflected && !exactness.forms && alike
    }

    fn sequence(&self, words: &[Word], exactness: Exactness) -> BTreeSet<Span> {
        let width: usize = words.iter().map(|word| word.width as usize).sum();
        let stands = |start: &usize| {
            let mut at = *start;
            words.iter().all(|word| {
                let stands = self.stands(at, word, exactness);
                at += word.width as usize;
                stands
            }) && self.in_one(0, (*start, width))
        };
        (0..self.forms.len()).filter(stands).map(|start| (start, width)).collect()
    }

    /// Whether a span lies in one unit: 0 field, 1 sentence, 2 paragraph.
    fn in_one(&self, unit: usize, (position, width): Span) -> bool {
        let of = |position: usize| self.units.get(position).map(|units| (units[0], units[unit]));
        of(position).is_some() && of(position) == of(position + width - 1)
    }
}

/// Whether a form, folded as far as may be, fits an expression as a whole.
fn fits(pattern: &str, form: &str, exactness: Exactness) -> bool {
    let folded = fold_keeping(form, exactness.case, exactness.accents);
    // Signs of expressions are not letters, so a pattern folds like a word.
    let pattern: String = pattern
        .chars()
        .map(|c| {
            if c.is_alphabetic() {
                fold_keeping(&c.to_string(), exactness.case, exactness.accents)
            } else {
                c.to_string()
            }
        })
        .collect();
    thread_local! {
        // Compiling takes longer than everything else here.
        static COMPILED: RefCell<BTreeMap<String, Regex>> = const { RefCell::new(BTreeMap::new()) };
    }
    COMPILED.with_borrow_mut(|compiled| {
        let compile = || Regex::new(&format!("^(?:{pattern})$")).unwrap();
        compiled.entry(pattern.clone()).or_insert_with(compile).is_match(&folded)
    })
}

/// Optimal string alignment, the whole table.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut best = (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                    .min(table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    table[a.len()][b.len()]
}

/// All corpus-wide knowledge the definitions need.
struct TwinCorpus {
    twins: Vec<Twin>,
    /// Chains of two to four forms with hyphens between them, folded.
    chains: BTreeSet<Vec<String>>,
    exactness: Exactness,
}

impl TwinCorpus {
    fn of(documents: &[Document], exactness: Exactness) -> TwinCorpus {
        let twins: Vec<Twin> = documents.iter().map(Twin::of).collect();
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
        TwinCorpus { twins, chains, exactness }
    }

    /// Every way to write a solid word apart, in the letters of the word.
    fn apart(&self, word: &Word) -> Vec<Vec<Word>> {
        if word.is_exact
            || !matches!(word.kind, WordKind::Plain | WordKind::Prefix)
            || word.text.starts_with(is_spaceless)
        {
            return vec![];
        }
        let key = fold(&word.text);
        let mut ways: BTreeSet<Vec<String>> = BTreeSet::new();
        for chain in &self.chains {
            let joined = chain.concat();
            let is_open = word.kind == WordKind::Prefix && key.chars().count() >= 4;
            if is_open && joined.starts_with(&key) && chain[0].len() < key.len() || !is_open && joined == key {
                ways.insert(chain.clone());
            }
        }
        let is_prefix = word.kind == WordKind::Prefix;
        let main = self.documents(&|form| if is_prefix { form.starts_with(&key) } else { form == key });
        let is_there = |part: &str| {
            let found = self.documents(&|form| form == part);
            found > 0 && 100 * found >= main
        };
        ways.retain(|parts| parts.iter().all(|part| is_there(part)));
        for (at, _) in key.char_indices() {
            let (first, second) = key.split_at(at);
            let is_long = |part: &str| part.chars().count() >= 4;
            if is_long(first) && is_long(second) && is_there(first) && is_there(second) {
                ways.insert(vec![first.to_owned(), second.to_owned()]);
            }
        }
        let written = |parts: &Vec<String>| {
            let all: Vec<char> = word.text.chars().collect();
            let mut from = 0;
            let total: usize = parts.iter().map(|part| part.chars().count()).sum();
            let part = |part: &String| {
                let to = from + part.chars().count();
                let letters: String = all.get(from..to.min(all.len())).unwrap_or(&[]).iter().collect();
                from = to;
                solid(if all.len() >= total && fold(&letters) == *part { letters } else { part.clone() })
            };
            parts.iter().map(part).collect()
        };
        ways.iter().map(written).collect()
    }

    /// Documents with a folded word that is wanted, those with several forms counted for each.
    fn documents(&self, is_wanted: &dyn Fn(&str) -> bool) -> usize {
        let forms = |twin: &Twin| -> BTreeSet<String> {
            twin.forms.iter().flatten().filter(|form| is_wanted(&fold(form))).cloned().collect()
        };
        self.twins.iter().map(|twin| forms(twin).len()).sum()
    }

    /// Documents with a word, those with several forms of it counted for each.
    fn found(&self, word: &Word) -> usize {
        let forms = |twin: &Twin| -> BTreeSet<String> {
            let places = (0..twin.forms.len()).filter(|place| twin.stands(*place, word, self.exactness));
            places.filter_map(|place| twin.forms[place].clone()).collect()
        };
        self.twins.iter().map(|twin| forms(twin).len()).sum()
    }

    fn joined(&self, words: &[Word]) -> Option<Word> {
        if words.iter().any(|word| word.is_exact || !matches!(word.kind, WordKind::Plain | WordKind::Prefix)) {
            return None;
        }
        let keep = |word: &Word| fold_keeping(&word.text, self.exactness.case, self.exactness.accents);
        let word = Word { kind: words.last()?.kind, ..solid(words.iter().map(keep).collect()) };
        let apart = words.iter().map(|word| self.documents(&|form| form == fold(&word.text))).min()?;
        let found = self.found(&word);
        (found > 0 && 100 * found >= apart).then_some(word)
    }

    /// Where a part that selects hits stands.
    fn hits(&self, twin: &Twin, node: &Node) -> BTreeSet<Span> {
        match &node.op {
            Op::Word(word) => {
                let mut hits = twin.sequence(std::slice::from_ref(word), self.exactness);
                for way in self.apart(word) {
                    // Only the last part is inflected.
                    let as_typed = |(at, _): &Span| {
                        let before = way[..way.len() - 1].iter().enumerate();
                        before.clone().all(|(place, part)| {
                            twin.forms[at + place].as_ref().is_some_and(|form| fold(form) == fold(&part.text))
                        })
                    };
                    hits.extend(twin.sequence(&way, self.exactness).into_iter().filter(as_typed));
                }
                hits
            }
            Op::Phrase { words, is_hyphenated } => {
                let mut hits = twin.sequence(words, self.exactness);
                if let Some(joined) = self.joined(words).filter(|_| *is_hyphenated) {
                    hits.extend(twin.sequence(&[joined], self.exactness));
                }
                hits
            }
            Op::Or(parts) => parts.iter().flat_map(|part| self.hits(twin, part)).collect(),
            Op::Title(part) => {
                self.hits(twin, part).into_iter().filter(|(at, width)| at + width <= twin.title_end).collect()
            }
            Op::Near { parts, distance, is_ordered } => self.near(twin, parts, *distance, *is_ordered, 0),
            Op::Within { part, unit } => {
                let unit = if *unit == Unit::Sentence { 1 } else { 2 };
                match &part.op {
                    Op::Near { parts, distance: None, is_ordered } => self.near(twin, parts, None, *is_ordered, unit),
                    _ => self.hits(twin, part).into_iter().filter(|span| twin.in_one(unit, *span)).collect(),
                }
            }
            Op::Sequence(sequence) => {
                let mut spans = BTreeSet::new();
                for start in 0..twin.forms.len() {
                    for end in self.ends(twin, sequence, start) {
                        let span = (start, end - start);
                        if span.1 > 0 && span.1 <= MAX_SEQUENCE as usize && twin.in_one(0, span) {
                            spans.insert(span);
                        }
                    }
                }
                // Those inside no other.
                let inside = |a: &Span, b: &Span| a != b && b.0 <= a.0 && a.0 + a.1 <= b.0 + b.1;
                spans.iter().filter(|span| !spans.iter().any(|other| inside(span, other))).copied().collect()
            }
            // What was read has its own twin in `crates/core/tests/reading.rs`.
            Op::Named { .. } | Op::Said { .. } | Op::And(_) | Op::Not(_) | Op::Field(_) => BTreeSet::new(),
        }
    }

    /// The smallest covers of one hit of each part, none overlapping.
    fn near(
        &self,
        twin: &Twin,
        parts: &[Node],
        distance: Option<u32>,
        is_ordered: bool,
        unit: usize,
    ) -> BTreeSet<Span> {
        let mut choices: Vec<Vec<Span>> = vec![vec![]];
        for part in parts {
            let hits = self.hits(twin, part);
            choices = choices
                .iter()
                .flat_map(|chosen| hits.iter().map(|hit| [chosen.as_slice(), &[*hit]].concat()))
                .collect();
        }
        let mut covers = BTreeSet::new();
        for chosen in choices {
            let mut sorted = chosen.clone();
            sorted.sort();
            let apart = sorted.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0);
            let (first, last) = (sorted[0], sorted[sorted.len() - 1]);
            let near = distance.is_none_or(|distance| last.0 <= first.0 + first.1 - 1 + distance as usize);
            let cover = (first.0, last.0 + last.1 - first.0);
            if apart && near && (!is_ordered || chosen == sorted) && twin.in_one(unit, cover) {
                covers.insert(cover);
            }
        }
        let inside = |a: &Span, b: &Span| a != b && a.0 <= b.0 && b.0 + b.1 <= a.0 + a.1;
        covers.iter().filter(|cover| !covers.iter().any(|other| inside(cover, other))).copied().collect()
    }

    /// Every end of a sequence that starts at a position.
    fn ends(&self, twin: &Twin, sequence: &Regular<TokenTest>, start: usize) -> BTreeSet<usize> {
        match sequence {
            Regular::Symbol(test) => self.meets(twin, start, test).then_some(start + 1).into_iter().collect(),
            Regular::Concat(parts) => parts.iter().fold(BTreeSet::from([start]), |ends, part| {
                ends.into_iter().flat_map(|end| self.ends(twin, part, end)).collect()
            }),
            Regular::Either(parts) => parts.iter().flat_map(|part| self.ends(twin, part, start)).collect(),
            Regular::Repeat { part, min, max } => {
                let mut all = if *min == 0 { BTreeSet::from([start]) } else { BTreeSet::new() };
                let mut now = BTreeSet::from([start]);
                for times in 1..=max.unwrap_or(min + 40) {
                    now = now.into_iter().flat_map(|end| self.ends(twin, part, end)).collect();
                    if times >= *min {
                        all.extend(now.iter().copied());
                    }
                }
                all
            }
        }
    }

    fn meets(&self, twin: &Twin, position: usize, test: &TokenTest) -> bool {
        let Some(form) = twin.form(position) else { return false };
        match test {
            TokenTest::Any => true,
            TokenTest::Word(word) => twin.stands(position, word, self.exactness),
            TokenTest::Attribute { attribute: Attribute::Word, value } => fits(value, form, self.exactness),
            TokenTest::Attribute { attribute: Attribute::Form, value } => {
                fits(value, form, Exactness { case: true, accents: true, forms: true })
            }
            TokenTest::Attribute { attribute: Attribute::Stem, value } => {
                let exactness = Exactness { forms: false, ..self.exactness };
                value.split('|').any(|word| twin.stands(position, &solid(word.to_owned()), exactness))
            }
            TokenTest::Not(test) => !self.meets(twin, position, test),
            TokenTest::All(tests) => tests.iter().all(|test| self.meets(twin, position, test)),
            TokenTest::Either(tests) => tests.iter().any(|test| self.meets(twin, position, test)),
        }
    }

    /// Whether the node selects a document, and the hits of its parts that stand under an even number of negations.
    fn answer(&self, twin: &Twin, node: &Node, is_negated: bool) -> (bool, BTreeSet<Span>) {
        match &node.op {
            Op::Field(field) => (in_field(twin, field), BTreeSet::new()),
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
            _ => {
                let hits = self.hits(twin, node);
                (!hits.is_empty(), if is_negated { BTreeSet::new() } else { hits })
            }
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
                    let together = twin.sequence(&[joined], self.exactness);
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
        let is_long = |word: &Word| word.kind == WordKind::Plain && word.text.chars().count() >= 3;
        if is_long(a) && is_long(b) { self.joined(&[a.clone(), b.clone()]) } else { None }
    }
}

/// Metadata, compared as text: dates in ISO 8601 sort like days.
fn in_field(twin: &Twin, field: &Field) -> bool {
    let value = field.value.as_str();
    match field.name.as_str() {
        "date" => {
            let (from, to) = value.split_once("..").unwrap_or((value, value));
            !twin.date.is_empty()
                && match value.strip_prefix('>') {
                    Some(bound) => twin.date[..bound.len()] > *bound,
                    None => {
                        (from.is_empty() || twin.date[..from.len()] >= *from)
                            && (to.is_empty() || twin.date[..to.len()] <= *to)
                    }
                }
        }
        "words" => match (value.strip_prefix('>'), value.strip_prefix("<=")) {
            (Some(bound), _) => twin.words > bound.parse().unwrap(),
            (_, Some(bound)) => twin.words <= bound.parse().unwrap(),
            _ => {
                let (from, to) = value.split_once("..").unwrap();
                (from.parse().unwrap()..=to.parse().unwrap()).contains(&twin.words)
            }
        },
        "source" => {
            let pattern: String =
                value.chars().map(|c| if c == '*' { ".*".to_owned() } else { fold(&c.to_string()) }).collect();
            if value.is_empty() {
                twin.source.is_empty()
            } else {
                !twin.source.is_empty() && fits(&pattern, &twin.source, Exactness::default())
            }
        }
        name => unreachable!("{name} is not asked for"),
    }
}

fn solid(text: String) -> Word {
    Word::plain(text)
}

fn document(number: usize, language: &str, title: &str, text: &str) -> Document {
    let sources = ["Daily", "TASS", ""];
    let dates = ["2025-02-24", "2025-02-03", "2025-05-26", "2024-12-31"];
    Document {
        name: format!("d{number}"),
        file: String::new(),
        title: Fact::stated(title.to_owned()),
        date: Fact::stated(sheaf_core::base::PartialDate::parse(dates[number % 4]).unwrap()),
        source: if sources[number % 3].is_empty() {
            Fact::unknown()
        } else {
            Fact::stated(sources[number % 3].to_owned())
        },
        language: Fact::stated(language.to_owned()),
        url: None,
        fields: vec![],
        text: text.to_owned(),
    }
}

/// Documents with their hits.
type Found = BTreeMap<String, BTreeSet<Span>>;

/// What is found by engine and by twin.
fn both(documents: Vec<Document>, query: &str, exactness: Exactness) -> (Found, Found) {
    let twin = TwinCorpus::of(&documents, exactness);
    let root = parse(query, false).root;
    let mut expected = Found::new();
    for (document, own) in documents.iter().zip(&twin.twins) {
        let (matches, hits) = root.as_ref().map_or((true, BTreeSet::new()), |root| twin.answer(own, root, false));
        if matches {
            expected.insert(document.name.clone(), hits);
        }
    }
    let mut index = index::build(&documents, |_| ControlFlow::Continue(())).unwrap();
    index.borders = Some(Borders::of(&index, &mut documents.iter().map(Cow::Borrowed)));
    let plan = plan(&index, root.as_ref(), exactness);
    let matches = evaluate(&index, &plan, None);
    let hits = |doc_id: DocId| {
        let hits = matches.hits(&plan, doc_id);
        assert_eq!(hits.len() as u32, matches.hit_count(&plan, doc_id), "{query}");
        hits.iter().map(|hit| (hit.position as usize, hit.width as usize)).collect::<BTreeSet<Span>>()
    };
    let actual: Found = matches.docs.iter().map(|doc| (documents[doc.0 as usize].name.clone(), hits(*doc))).collect();
    let total: usize = actual.values().map(BTreeSet::len).sum();
    assert_eq!(matches.total_hits(&plan, &matches.docs), total as u64, "{query}");
    // Through the one door as well.
    let corpus = Corpus { documents, ..Corpus::default() };
    let mut packed = packed(&corpus, 20);
    let mut workspace = Workspace::new(corpus);
    let question = Question { query: query.to_owned(), exactness, ..Question::default() };
    let Response::Results(view) =
        workspace.handle(&Request::Results { question, sort: Sort::default(), limit: 1000, passages: None })
    else {
        unreachable!("results were asked")
    };
    assert_eq!((view.rows.len(), view.hits), (actual.len(), total as u64), "{query}");
    // Packed, with the same passages and offers.
    let question = Question { query: query.to_owned(), exactness, ..Question::default() };
    let from_packed = packed.handle(&Request::Results { question, sort: Sort::default(), limit: 1000, passages: None });
    assert_eq!(format!("{from_packed:#?}"), format!("{:#?}", Response::Results(view.clone())), "{query}");
    // And from files.
    let mut files = ChunkCorpus::of(&workspace, TINY);
    let question = Question { query: query.to_owned(), exactness, ..Question::default() };
    let from_files = files.ask(&Request::Results { question, sort: Sort::default(), limit: 1000, passages: None });
    assert_eq!(format!("{from_files:#?}"), format!("{:#?}", Response::Results(view)), "{query}");
    (actual, expected)
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
    "ERDOGAN",
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

/// Words that mean more than themselves.
const PATTERNS: &[&str] = &[
    "t?lk",
    "*fire",
    "c*e",
    "ta*",
    "/talk(s|ed)?/",
    "/[a-e]+/",
    "/ERDO.AN/",
    "talk~1",
    "fier~1",
    "cease~2",
    "=Talked",
    "=us",
    "=Erdoğan",
    "=/Ta.*/",
    "=ta*",
];

const FIELDS: &[&str] = &[
    "source:daily",
    "source:t*",
    "source:\"\"",
    "date:2025-02",
    "date:2025-02-10..2025",
    "date:>2025-02-03",
    "date:..2024",
    "words:>4",
    "words:2..6",
    "words:<=3",
];

const TOKENS: &[&str] = &[
    "[]",
    "[word=\"a|b\"]",
    "[word=\"t.*\"]",
    "[stem=\"talk\"]",
    "[stem=\"talk|peace\"]",
    "[form=\"Talked|us\"]",
    "[word!=\"a\"]",
    "[word=\"c.*\" & word!=\"cease\"]",
    "[stem=\"talk\" | form=\"US\"]",
    "\"talks fire\"",
    "\"cease * a\"",
    "\"北京\"",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        (proptest::sample::select(WORDS), proptest::sample::select(&[" ", " ", " ", ", ", "-", ". ", ".\n\n"][..])),
        0..14,
    )
    .prop_map(|parts| parts.iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

/// A sequence of tokens, with one that names a word.
fn sequence() -> impl Strategy<Value = String> {
    let repeat = proptest::sample::select(&["", "", "", "?", "*", "+", "{2}", "{0,3}"][..]);
    let piece =
        (proptest::sample::select(TOKENS), repeat.clone()).prop_map(|(token, repeat)| format!("{token}{repeat}"));
    let pieces = proptest::collection::vec(piece.clone(), 1..4).prop_map(|pieces| pieces.join(" "));
    let group = (proptest::collection::vec(pieces, 1..3), repeat.clone())
        .prop_map(|(parts, repeat)| format!("({}){repeat}", parts.join(" | ")));
    let more = proptest::collection::vec(prop_oneof![3 => piece, 1 => group], 0..3).prop_map(|pieces| pieces.join(" "));
    let named =
        (proptest::sample::select(&TOKENS[1..6]), repeat).prop_map(|(token, repeat)| format!("{token}{repeat}"));
    (more.clone(), named, more).prop_map(|(before, named, after)| format!("{before} {named} {after}"))
}

/// Something that selects hits.
fn spans() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS).prop_map(str::to_owned);
    let pattern = proptest::sample::select(PATTERNS).prop_map(str::to_owned);
    let inner = prop_oneof![4 => word.clone(), 2 => pattern, 1 => word.clone().prop_map(|word| format!("{word}*"))];
    let words = proptest::collection::vec(prop_oneof![6 => word, 1 => Just("*".to_owned())], 1..4);
    let leaf = prop_oneof![
        5 => inner,
        2 => words.clone().prop_map(|words| format!("\"{}\"", words.join(" "))),
        1 => (words, 1u32..6).prop_map(|(words, distance)| format!("\"{}\"~{distance}", words.join(" "))),
        2 => sequence().prop_map(|sequence| format!("({sequence})")),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        let operator = proptest::sample::select(&["NEAR/1", "NEAR/3", "NEAR", "BEFORE/2", "BEFORE/9"][..]);
        let unit = proptest::sample::select(&["<s/>", "<p/>"][..]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, operator, b)| format!("({a} {operator} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            (proptest::collection::vec(inner.clone(), 1..4), unit)
                .prop_map(|(parts, unit)| format!("({} within {unit})", parts.join(" AND "))),
            inner.prop_map(|part| format!("title:{part}")),
        ]
    })
}

fn query() -> impl Strategy<Value = String> {
    let field = proptest::sample::select(FIELDS).prop_map(str::to_owned);
    prop_oneof![8 => spans(), 1 => field].prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-{part}")),
        ]
    })
}

/// A word that counts in one language, a prefix and nearness: from files the languages come after the lists.
#[test]
fn a_word_of_one_language_is_looked_for_near_others_before_the_languages_are_there() {
    let rows = [("de", "talk ", "talking "), ("de", "", "talks "), ("en", "", "")];
    let documents = (0..).zip(&rows).map(|(number, (language, title, text))| document(number, language, title, text));
    let query = "((Talked AND ta* within <s/>) (cease NEAR/1 Talked))";
    let (actual, expected) = both(documents.collect(), query, Exactness::default());
    assert_eq!(actual, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_twin_find_the_same_documents_and_hits(
        rows in proptest::collection::vec((proptest::sample::select(&["en", "en", "de"][..]), text(), text()), 1..6),
        query in query(),
        exactness in (0u8..5).prop_map(|bits| Exactness { case: bits == 1 || bits == 4, accents: bits == 2 || bits == 4, forms: bits == 3 }),
    ) {
        let documents = (0..).zip(&rows).map(|(number, (language, title, text))| document(number, language, title, text));
        let (actual, expected) = both(documents.collect(), &query, exactness);
        prop_assert_eq!(&actual, &expected, "query {} {:?}", query, exactness);
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
        let (actual, expected) = both(documents(), query, Exactness::default());
        assert_eq!(actual, expected, "{query}");
        assert_eq!(actual.len(), 3, "{query}");
    }
}

/// What is a hundred times rarer is a slip, and no spelling.
#[test]
fn slips_are_no_spellings() {
    let corpus = |solid: usize| -> Vec<Document> {
        let texts = (0..solid).map(|_| "development").chain(["develop ment", "a develop-ment", "ment"]);
        texts.enumerate().map(|(number, text)| document(number, "en", "", text)).collect()
    };
    for (solid, expected) in [(200, 202), (201, 201)] {
        let (actual, twin) = both(corpus(solid), "development", Exactness { forms: true, ..Exactness::default() });
        assert_eq!((actual.len(), twin.len()), (expected, expected), "{solid}");
    }
    // Of a prefix, all that begins so counts.
    let begun = |solid: usize| -> Vec<Document> {
        let texts = (0..solid).map(|_| "developmental").chain(["develop-ment", "ment"]);
        texts.enumerate().map(|(number, text)| document(number, "en", "", text)).collect()
    };
    for (solid, expected) in [(100, 101), (101, 101)] {
        let (actual, twin) = both(begun(solid), "developm*", Exactness::default());
        assert_eq!((actual.len(), twin.len()), (expected, expected), "{solid}");
    }
    let pair = |solid: usize, apart: usize| -> Vec<Document> {
        let texts = (0..solid).map(|_| "ceasefire").chain((0..apart).map(|_| "cease"));
        let texts = texts.chain((0..apart).map(|_| "fire"));
        texts.enumerate().map(|(number, text)| document(number, "en", "", text)).collect()
    };
    for (apart, expected) in [(200, 2), (201, 0)] {
        let (actual, twin) = both(pair(2, apart), "cease fire", Exactness::default());
        assert_eq!((actual.len(), twin.len()), (expected, expected), "{apart}");
    }
}

/// The same word in other characters finds the same places.
#[test]
fn writing_systems_of_one_word_find_the_same() {
    const WAYS: &[(&str, &[&str])] = &[(
        "Erdoğan’ın İstanbul’da ﬁnal co\u{AD}operation ISTANBUL ığdır IĞDIR Iğdır cafe\u{301} café naïve",
        &[
            "erdoğan|erdogan|ERDOĞAN|erdog\u{306}an",
            "istanbul|İstanbul|ISTANBUL|ıstanbul|i̇stanbul",
            "final|ﬁnal|FINAL",
            "cooperation|co\u{AD}operation",
            "ığdır|iğdir|IGDIR|İĞDİR|Iğdır",
            "café|cafe\u{301}|cafe|CAFÉ",
            "erdoğan’ın|erdoğan'ın",
            "naive|naïve|nai\u{308}ve",
        ],
    )];
    for (text, groups) in WAYS {
        for group in *groups {
            let found: Vec<Found> = group
                .split('|')
                .map(|query| {
                    let (actual, expected) = both(vec![document(0, "tr", "", text)], query, Exactness::default());
                    assert_eq!(actual, expected, "{query}");
                    actual
                })
                .collect();
            assert!(found.iter().all(|other| *other == found[0]) && !found[0].is_empty(), "{group}: {found:?}");
        }
    }
}
