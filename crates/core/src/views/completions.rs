//! Completions: how the word at the cursor may go on.
//!
//! Words come from the vocabulary, by folded prefix. What one of them would find is shown once, as its most frequent
//! form: the forms in the order of their documents, each of which takes along what a search for it finds. Only as many
//! are looked at as are needed, and only what is shown is counted exactly.

use std::cmp::Ordering;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::facets::LENGTHS;
use super::words::{language, whole_date};
use crate::base::order::{first_by, packed, sort_by, unpacked};
use crate::base::{DateRange, DocId, PartialDate, Span, TypeId};
use crate::index::{Column, Index};
use crate::query::ast::Attribute;
use crate::query::complete::{Place, is_border, spot};
use crate::query::evaluate::evaluate;
use crate::query::expand::{TypeMatch, types};
use crate::query::filter::{Filter, select};
use crate::query::lex::{Lex, lex};
use crate::query::plan::{Element, Frame, Spans};
use crate::query::suggest::spellings;
use crate::query::{Exactness, Leaf, Op, Plan, Word, parse, plan};
use crate::text::fold::{fold, fold_keeping, fold_line};
use crate::text::tokens::is_spaceless;

/// Most ways to go on, whatever is asked for.
const MAX_ITEMS: usize = 100;
/// Words that are looked at for each one shown: inflections add up, so that the order may change.
const SPARE: usize = 4;
/// Where the class of a word stands in its rank, above its documents.
const CLASS_SHIFT: u32 = 30;
/// Fewest letters of a word for which similar spellings are looked for.
const MIN_SIMILAR: usize = 3;
/// Most similar spellings.
const MAX_SIMILAR: usize = 3;
/// Most frequent values of a field that stand for all …
const SAMPLES: usize = 3;
/// … and characters of each.
const SAMPLE_LEN: usize = 24;

/// Operators with what they mean.
const OPERATORS: &[(&str, &str)] = &[
    ("OR", "either"),
    ("NOT", "the first without the second"),
    ("NEAR/5", "within five words of each other"),
    ("BEFORE/3", "in this order, within three words"),
    ("within <s/>", "in one sentence"),
    ("within <p/>", "in one paragraph"),
];

/// What may stand in place of a part of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct CompletionsView {
    /// The query they were made for.
    pub query: String,
    /// First byte of the part that a choice replaces.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// The best, most frequent first; dates in the order of time.
    pub items: Vec<Completion>,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Completion {
    /// What is put in place of the part, a space or colon at its end included.
    pub insert: String,
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Documents that have it; nothing for operators and fields, and where counting would bring lists from files.
    pub documents: Option<u32>,
    /// In plain words, where the label does not say it; else empty.
    pub detail: String,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum CompletionKind {
    /// A word of the corpus.
    Term,
    /// A field of metadata.
    Field,
    /// A value of a field.
    Value,
    /// An operator.
    Operator,
}

/// Ways to go on at `caret` (bytes of `query`), at most `limit`: words, then fields; an operator that is being written
/// comes before both.
///
/// Cost: linear in the types with the prefix, and in the postings of what is shown; for values, in the documents.
pub fn completions(index: &Index, query: &str, exactness: Exactness, caret: u32, limit: usize) -> CompletionsView {
    let limit = limit.min(MAX_ITEMS);
    let spot = spot(query, caret);
    let (mut start, end) = (spot.span.start, spot.span.end);
    let rest = query.get(end as usize..).unwrap_or("");
    let before = |at: u32| Span::new(0, at).of(query);
    // A sign right after it may belong to the word: `cease` in `cease-fire`.
    let gap = if rest.is_empty() { " " } else { "" };
    let mut items = Vec::new();
    match &spot.place {
        Place::Nothing => {}
        Place::Start => items = fields(index, "", rest, limit),
        Place::Between => items = operators(before(start), "", gap),
        Place::Value(field) => items = values(index, field, &spot.typed, gap, limit),
        Place::Token(attribute) => {
            let asked = Asked { exactness, attribute: Some(*attribute), ..Asked::default() };
            items = terms(index, &asked, &spot.typed, limit);
            if items.is_empty() {
                items = similar(index, &asked, &spot.typed, limit);
            }
        }
        Place::Word { is_exact, is_in_title, is_quoted, run } => {
            let is_bare = !is_exact && !is_in_title && !is_quoted;
            let name = run.of(query);
            let is_end = rest.chars().next().is_none_or(is_border);
            let mut named = Vec::new();
            if is_bare {
                if is_end {
                    items = operators(before(run.start), name, gap);
                }
                named = fields(index, name, rest, limit / 2);
            }
            if run.start != start && !(items.is_empty() && named.is_empty()) {
                start = run.start;
            } else if !(is_bare && rest.starts_with(':')) {
                let asked = Asked {
                    exactness,
                    is_exact: *is_exact,
                    is_in_title: *is_in_title,
                    is_part: *is_quoted || run.start != start || !is_end,
                    gap: if *is_quoted { "" } else { gap },
                    attribute: None,
                };
                let room = limit.saturating_sub(items.len() + named.len());
                let mut found = terms(index, &asked, &spot.typed, room);
                if found.is_empty() && named.is_empty() {
                    found = similar(index, &asked, &spot.typed, room);
                }
                items.extend(found);
            }
            items.extend(named);
        }
    }
    items.truncate(limit);
    CompletionsView { query: query.to_owned(), start, end, items }
}

/// How a word is asked for.
#[derive(Default)]
struct Asked<'g> {
    exactness: Exactness,
    is_exact: bool,
    is_in_title: bool,
    /// Whether it is put into a phrase or between signs, where it needs no quotation marks of its own.
    is_part: bool,
    /// What follows it.
    gap: &'g str,
    /// As the value of what.
    attribute: Option<Attribute>,
}

/// A word that may be meant.
struct Term<'i> {
    /// 0 for what was typed, 1 for words, 2 for numbers and single letters.
    class: u32,
    documents: u32,
    /// Whether that is exact; else it is at most so many.
    is_exact: bool,
    form: &'i str,
}

fn terms(index: &Index, asked: &Asked, typed: &str, limit: usize) -> Vec<Completion> {
    if typed.is_empty() || limit == 0 {
        return Vec::new();
    }
    let vocabulary = &index.vocabulary;
    let key = fold(typed);
    let range = vocabulary.with_prefix(&key);
    let own = if key.chars().nth(1).is_some() { vocabulary.with_key(&key) } else { 0..0 };
    let mut ranked: Vec<u64> = Vec::with_capacity(range.len());
    for id in range.clone() {
        let form = vocabulary.form(TypeId(id));
        let documents = asked.documents_of_type(index, TypeId(id));
        if documents == 0 || form.starts_with(is_spaceless) {
            continue;
        }
        let is_short = form.chars().filter(|c| c.is_alphabetic()).nth(1).is_none();
        let class = if own.contains(&id) { 0 } else { 1 + u32::from(is_short) };
        ranked.push(packed(class << CLASS_SHIFT | index.doc_count().saturating_sub(documents), id));
    }
    ranked.sort_unstable();
    // Each form takes along what a search for it finds: its inflections, and its other spellings where they do not count.
    let mut is_taken = vec![false; range.len()];
    let mut found: Vec<Term> = Vec::new();
    for (rank, id) in ranked.into_iter().map(unpacked) {
        if found.len() >= SPARE * limit {
            break;
        }
        if is_taken.get((id - range.start) as usize) == Some(&true) {
            continue;
        }
        let form = vocabulary.form(TypeId(id));
        let mut documents = 0;
        for found in asked.types(index, form) {
            documents += asked.documents_of_type(index, found.type_id);
            if let Some(is_taken) = is_taken.get_mut(found.type_id.0.wrapping_sub(range.start) as usize) {
                *is_taken = true;
            }
        }
        found.push(Term { class: rank >> CLASS_SHIFT, documents, is_exact: false, form });
    }
    sort_by(&mut found, better);
    found.truncate(limit);
    for term in &mut found {
        // Lists in files are not brought for a number.
        if let Some(documents) = index.wants.if_there(|| asked.documents(index, term.form)) {
            (term.documents, term.is_exact) = (documents, true);
        }
        // What was typed is always shown, but in its place.
        term.class = term.class.max(1);
    }
    sort_by(&mut found, better);
    found
        .iter()
        .filter_map(|term| asked.completion(term.form, Some(term.documents).filter(|_| term.is_exact), ""))
        .collect()
}

/// Words spelt like one that nothing begins with.
fn similar(index: &Index, asked: &Asked, typed: &str, limit: usize) -> Vec<Completion> {
    if typed.chars().nth(MIN_SIMILAR - 1).is_none() {
        return Vec::new();
    }
    let found = spellings(index, typed, MAX_SIMILAR.min(limit));
    found
        .iter()
        .filter_map(|form| {
            asked.completion(form, index.wants.if_there(|| asked.documents(index, form)), "similar spelling")
        })
        .collect()
}

fn better(a: &Term, b: &Term) -> Ordering {
    let by_key = || (fold(a.form), a.form).cmp(&(fold(b.form), b.form));
    (a.class, b.documents).cmp(&(b.class, a.documents)).then_with(by_key)
}

impl Asked<'_> {
    fn exactness(&self) -> Exactness {
        let forms = self.attribute.map_or(self.exactness.forms, |attribute| attribute == Attribute::Word);
        Exactness { forms, ..self.exactness }
    }

    /// The types that a form finds by itself.
    fn types(&self, index: &Index, form: &str) -> Vec<TypeMatch> {
        let is_exact = self.is_exact || self.attribute == Some(Attribute::Form);
        types(index, &Word { is_exact, ..Word::plain(form) }, self.exactness()).unwrap_or_default()
    }

    /// The documents in which a type stands, in the title where that is asked.
    fn documents_of_type(&self, index: &Index, type_id: TypeId) -> u32 {
        if !self.is_in_title {
            return index.list_info(type_id).documents;
        }
        let list = index.postings(type_id);
        let mut documents = 0;
        for (place, doc_id) in list.docs().iter().enumerate() {
            documents += u32::from(list.in_title(place, || index.shapes.title_end(*doc_id)) > 0);
        }
        documents
    }

    /// The documents that a form finds.
    fn documents(&self, index: &Index, form: &str) -> u32 {
        let plan = match self.attribute {
            None => {
                let title = if self.is_in_title { "title:" } else { "" };
                let exact = if self.is_exact { "=" } else { "" };
                let alone = [title, exact, &written(form).unwrap_or_default()].concat();
                plan(index, parse(&alone, false).root.as_ref(), self.exactness)
            }
            // What an expression for this one word finds, without walking the vocabulary for each.
            Some(_) => {
                let spans = Spans::Words(vec![Element { types: self.types(index, form), is_negated: false, width: 1 }]);
                let at = Span::new(0, 0);
                let leaf = Leaf { op: Op::Word(Word::plain(form)), at, spans, is_negated: false, times: 1 };
                Plan { leaves: vec![leaf], frame: Some(Frame::Leaf(0)), ..Plan::default() }
            }
        };
        evaluate(index, &plan, None).docs.len() as u32
    }

    /// Nothing for a form that finds nothing, or cannot be written here. `documents` may not be known.
    fn completion(&self, form: &str, documents: Option<u32>, detail: &str) -> Option<Completion> {
        let text = match self.attribute {
            None if self.is_part => form.to_owned(),
            None => written(form)?,
            Some(_) if form.chars().all(char::is_alphanumeric) => form.to_owned(),
            Some(attribute) => {
                let is_form = attribute == Attribute::Form;
                let key = fold_keeping(form, self.exactness.case || is_form, self.exactness.accents || is_form);
                match attribute {
                    Attribute::Stem => Some(key).filter(|key| !key.contains('.'))?,
                    Attribute::Word | Attribute::Form => escaped(&key),
                }
            }
        };
        let insert = text + self.gap;
        let label = form.to_owned();
        let kind = CompletionKind::Term;
        (documents != Some(0)).then(|| Completion { insert, label, kind, documents, detail: detail.to_owned() })
    }
}

/// Letters for an expression, signs among them without their meaning.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '\'' | '_') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A word or value as a query reads it: in quotation marks where it has signs or would mean something else. Nothing
/// where no marks can hold it.
fn written(text: &str) -> Option<String> {
    let lexemes = lex(text, false);
    let mut is_word =
        matches!(lexemes.as_slice(), [one] if matches!(&one.lex, Lex::Word { text: word, .. } if word == text));
    is_word &= text != "within";
    let (mut closes_straight, mut closes_angled) = (false, false);
    for c in text.chars() {
        let is_sign = c.is_ascii_punctuation() && !matches!(c, '_' | '-' | '.' | ',' | '\'');
        is_word &= !(is_sign || c.is_control() || is_border(c));
        closes_straight |= matches!(c, '"' | '“' | '”');
        closes_angled |= c == '»';
    }
    let (open, close) = match (is_word, closes_straight, closes_angled) {
        (true, ..) => ("", ""),
        (_, false, _) => ("\"", "\""),
        (_, _, false) => ("«", "»"),
        _ => return None,
    };
    Some([open, text, close].concat())
}

/// The fields whose names have a word that begins with what was typed, at least two letters; all where nothing was.
fn fields(index: &Index, typed: &str, rest: &str, limit: usize) -> Vec<Completion> {
    let key = fold_line(typed);
    let may_follow = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | ':'));
    if !may_follow || typed.chars().nth(1).is_none() && !typed.is_empty() {
        return Vec::new();
    }
    let mut names = vec!["title", "source", "language", "date", "words"];
    let read = crate::index::named::FIELDS.into_iter().filter(|field| index.is_read_field(field));
    for name in index.columns.names().chain(read) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.retain(|name| begins_a_word(&folded(name), &key) && is_name(name) && is_given(index, name));
    names.truncate(limit);
    let colon = if rest.starts_with(':') { "" } else { ":" };
    let field = |name: &&str| Completion {
        insert: [name, colon].concat(),
        label: [name, ":"].concat(),
        kind: CompletionKind::Field,
        documents: None,
        detail: index.wants.if_there(|| detail(index, name)).unwrap_or_default(),
    };
    names.iter().map(field).collect()
}

/// Whether the name can be written before a colon.
fn is_name(name: &str) -> bool {
    let lexemes = lex(&format!("{name}:x"), false);
    matches!(lexemes.as_slice(), [first, _] if matches!(&first.lex, Lex::Field(field) if field == name))
}

/// Whether some document has a value in the field.
fn is_given(index: &Index, name: &str) -> bool {
    match name {
        "title" => index.columns.has_titles(),
        "date" => index.columns.has_dates(),
        "words" => index.doc_count() > 0,
        name => {
            let has_values = |column: &Column| column.values.iter().any(|value| !value.is_empty());
            // The field of a column that is not there yet is offered: nothing is brought for its name alone.
            // So is what the texts may name before they were read.
            let is_read = || index.is_read_field(name) && index.named_columns.is_empty();
            index.wants.if_there(|| is_read() || index.category(name).is_some_and(has_values)).unwrap_or(true)
        }
    }
}

/// What a field is, or its most frequent values.
fn detail(index: &Index, name: &str) -> String {
    match name {
        "title" => return "words in the title".to_owned(),
        "date" => return "published".to_owned(),
        "words" => return "length in words".to_owned(),
        _ => {}
    }
    let Some(column) = index.category(name) else { return "named in the texts".to_owned() };
    let given = |place: &u32| column.values.get(*place as usize).is_some_and(|value| !value.is_empty());
    let places = (0..column.values.len() as u32).filter(given).collect();
    let mut detail = String::new();
    let best = most_frequent(column, index.doc_count(), places, SAMPLES + 1);
    for (place, (value, _)) in best.iter().enumerate() {
        if place == SAMPLES {
            detail.push_str(" …");
            break;
        }
        detail.push_str(if place == 0 { "" } else { ", " });
        let label = label(name, value);
        detail.extend(label.chars().take(SAMPLE_LEN));
        detail.push_str(if label.chars().nth(SAMPLE_LEN).is_some() { "…" } else { "" });
    }
    detail
}

/// Of the values at `places`, the first `count` by documents, with these.
fn most_frequent(column: &Column, docs: u32, places: Vec<u32>, count: usize) -> Vec<(&str, u32)> {
    let mut counts = vec![0u32; column.values.len()];
    for ordinal in (0..docs).flat_map(|doc| column.ordinals(doc as usize)) {
        if let Some(count) = counts.get_mut(*ordinal as usize) {
            *count += 1;
        }
    }
    let at = |place: u32| {
        (column.values.get(place as usize).map_or("", String::as_str), counts.get(place as usize).copied().unwrap_or(0))
    };
    let found: Vec<(&str, u32)> = places.into_iter().map(at).collect();
    // Values are sorted, and equal ones keep their order.
    let first = first_by(found.len(), count, &mut |a, b| found[b].1.cmp(&found[a].1));
    first.into_iter().map(|place| found[place]).collect()
}

/// The values of a field with a word that begins with what was typed.
fn values(index: &Index, field: &str, typed: &str, gap: &str, limit: usize) -> Vec<Completion> {
    let typed = typed.trim_start_matches(['"', '“', '„', '«', '=']);
    let value = |insert: String, label: &str, documents: u32| Completion {
        insert,
        label: label.to_owned(),
        kind: CompletionKind::Value,
        documents: Some(documents),
        detail: String::new(),
    };
    match field {
        "date" => {
            return dates(index, typed, limit).into_iter().map(|(date, label, n)| value(date, &label, n)).collect();
        }
        "words" => {
            let ranges = LENGTHS.iter().filter(|(range, _)| range.starts_with(typed));
            let item = |(range, label): &(&str, &str)| {
                let filter = Filter { field: field.to_owned(), values: vec![(*range).to_owned()] };
                let (set, _) = select(index, &filter);
                let documents = (0..index.doc_count()).filter(|doc| set.contains(DocId(*doc))).count();
                value([range, gap].concat(), label, documents as u32)
            };
            return ranges.map(item).filter(|item| item.documents != Some(0)).collect();
        }
        _ => {}
    }
    let Some(column) = index.category(field) else { return Vec::new() };
    let key = fold_line(typed);
    let fits = |value: &str| {
        let label = label(field, value);
        begins_a_word(&folded(value), &key) || label != value && begins_a_word(&folded(label), &key)
    };
    // A value that begins with `=` cannot be asked for.
    let fits =
        |place: &u32| column.values.get(*place as usize).is_some_and(|value| !value.starts_with('=') && fits(value));
    let places = (0..column.values.len() as u32).filter(fits).collect();
    let best = most_frequent(column, index.doc_count(), places, limit);
    let item = |(text, documents): &(&str, u32)| {
        let mut item = value(written(text)? + gap, label(field, text), *documents);
        if item.label != *text && !text.is_empty() {
            item.detail = (*text).to_owned();
        }
        Some(item)
    };
    best.iter().filter_map(item).collect()
}

fn label<'v>(field: &str, value: &'v str) -> &'v str {
    match (field, value) {
        (_, "") => "(none given)",
        ("language", code) => language(code),
        (_, value) => value,
    }
}

/// Years, or a year with its months, that begin as typed after the last sign of a range: what is written, what is shown,
/// and documents. The most frequent, in the order of time.
fn dates(index: &Index, typed: &str, limit: usize) -> Vec<(String, String, u32)> {
    let from = typed
        .rfind(['<', '>', '='])
        .map_or(0, |at| at + 1)
        .max(typed.as_bytes().windows(2).rposition(|pair| pair == b"..").map_or(0, |at| at + 2));
    let (range, typed) = typed.split_at(from);
    let dates = index.columns.dates();
    let known = || dates.iter().flatten();
    let mut slots: Vec<(PartialDate, u32)> = Vec::new();
    match typed.get(..if typed.starts_with('-') { 5 } else { 4 }).and_then(PartialDate::parse) {
        Some(year) => {
            let mut months = [0u32; 13];
            for date in known().filter(|date| date.year == year.year) {
                if let Some(count) = months.get_mut(usize::from(date.month)) {
                    *count += 1;
                }
            }
            slots.push((year, months.iter().sum()));
            for (month, count) in (1..).zip(&months[1..]).filter(|(_, count)| **count > 0) {
                // A document of which only the year is known may be of any month.
                slots.push((PartialDate { month, ..year }, count + months[0]));
            }
        }
        None => {
            for date in known() {
                let year = PartialDate { month: 0, day: 0, minute: 0, ..*date };
                let place = slots.partition_point(|(other, _)| *other < year);
                match slots.get_mut(place) {
                    Some((other, count)) if *other == year => *count += 1,
                    _ => slots.insert(place, (year, 1)),
                }
            }
        }
    }
    let is_meant = |date: &str| date.starts_with(typed) && DateRange::parse(&format!("{range}{date}")).is_some();
    slots.retain(|(date, count)| *count > 0 && is_meant(&date.to_string()));
    let mut places = first_by(slots.len(), limit, &mut |a, b| slots[b].1.cmp(&slots[a].1));
    sort_by(&mut places, Ord::cmp);
    let shown = places.into_iter().map(|place| slots[place]);
    let mut items: Vec<(String, String, u32)> =
        shown.map(|(date, count)| (format!("{range}{date}"), whole_date(date), count)).collect();
    let undated = dates.iter().filter(|date| date.is_none()).count();
    if from == 0 && typed.is_empty() && undated > 0 {
        items.truncate(limit.saturating_sub(1));
        items.push(("\"\"".to_owned(), label("date", "").to_owned(), undated as u32));
    }
    items
}

/// Operators that begin as typed in capitals and can stand after `before`.
fn operators(before: &str, typed: &str, gap: &str) -> Vec<Completion> {
    let mut items = Vec::new();
    if before.ends_with(|c: char| !c.is_whitespace() && !matches!(c, '(' | ')')) {
        return items;
    }
    let problems = |text: String| parse(&text, false).problems.len();
    for (operator, means) in OPERATORS {
        let is_meant =
            operator.to_ascii_uppercase().starts_with(typed) || typed == "within" && operator.starts_with(typed);
        if is_meant && problems([before, operator, " x"].concat()) <= problems([before, "x"].concat()) {
            items.push(Completion {
                insert: [operator, gap].concat(),
                label: (*operator).to_owned(),
                kind: CompletionKind::Operator,
                documents: None,
                detail: (*means).to_owned(),
            });
        }
    }
    items
}

/// A name or value with case and accents folded; most are plain ASCII.
fn folded(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { fold_line(text) }
}

/// Whether some word of a folded text begins with `key`.
fn begins_a_word(text: &str, key: &str) -> bool {
    let mut is_start = true;
    for (at, c) in text.char_indices() {
        if is_start && text[at..].starts_with(key) {
            return true;
        }
        is_start = !c.is_alphanumeric();
    }
    key.is_empty()
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::*;
    use crate::document::{Document, Fact, Field};
    use crate::index::build;

    fn document(number: usize, (title, date, source, topic, text): (&str, &str, &str, &str, &str)) -> Document {
        Document {
            name: format!("d{number}"),
            file: format!("d{number}.txt"),
            title: Fact::stated(title.to_owned()),
            date: PartialDate::parse(date).map_or(Fact::unknown(), Fact::stated),
            source: if source.is_empty() { Fact::unknown() } else { Fact::stated(source.to_owned()) },
            language: Fact::stated("en".to_owned()),
            url: None,
            fields: vec![Field {
                name: "meta.topic".to_owned(),
                values: topic.split('/').map(str::to_owned).collect(),
            }],
            text: text.to_owned(),
        }
    }

    fn index() -> Index {
        let documents = [
            (
                "Talks in Ankara",
                "2025-02-20",
                "Daily Sabah",
                "peace/gas",
                "Erdoğan talks of a cease-fire. ERDOĞAN talked.",
            ),
            (
                "Erdoğan on Turkey",
                "2025-02-24",
                "Daily Sabah",
                "peace",
                "Erdoğan: Turkey, or Türkiye, talks with the U.S. and us.",
            ),
            (
                "Lavrov in Riyadh",
                "2025-03-01",
                "TASS",
                "a \"b\"",
                "Lavrov and Fidan talk within hours; 12 or 2,500 talking heads.",
            ),
            ("Oil", "2024", "AK & M", "", "Talkative traders wait for 北京 and 北海. The ceasefire, Or nothing."),
            ("Undated", "", "", "=odd", "Don’t talk to NATO; nations do."),
        ];
        let documents: Vec<Document> = (1..).zip(documents).map(|(number, row)| document(number, row)).collect();
        build(&documents, |_| ControlFlow::Continue(())).unwrap()
    }

    fn view(index: &Index, query: &str, caret: u32, exactness: Exactness) -> CompletionsView {
        completions(index, query, exactness, caret, 8)
    }

    /// The query with its caret as `|`, then what replaces what: `part → insert (documents) …`.
    fn shown(index: &Index, marked: &str, exactness: Exactness) -> String {
        let caret = marked.find('‸').unwrap();
        let query = marked.replace('‸', "");
        let view = view(index, &query, caret as u32, exactness);
        let item = |item: &Completion| match (item.kind, item.documents) {
            (CompletionKind::Term | CompletionKind::Value, Some(documents)) => format!("{} {documents}", item.insert),
            _ => item.insert.clone(),
        };
        let items: Vec<String> = view.items.iter().map(item).collect();
        format!("{} → {}", &query[view.start as usize..view.end as usize], items.join(" | "))
    }

    /// What was typed, with the caret as ‸; then the part that is replaced, and what may be put there.
    const CASES: &[(&str, &str)] = &[
        ("‸", " → title: | source: | language: | date: | words: | meta.topic: | person: | org:"),
        ("erd‸", "erd → Erdoğan  2"),
        ("  ‸", " → title: | source: | language: | date: | words: | meta.topic: | person: | org:"),
        ("oil ‸", " → OR  | NOT  | NEAR/5  | BEFORE/3  | within <s/>  | within <p/> "),
        ("oil  ‸ x", " → OR | NOT | NEAR/5 | BEFORE/3 | within <s/> | within <p/>"),
        ("oil OR ‸", " → "),
        ("-‸", " → "),
        ("(‸", " → "),
        ("\"oil\" ‸", " → OR  | NOT  | NEAR/5  | BEFORE/3  | within <s/>  | within <p/> "),
        ("e‸", "e → Erdoğan  2"),
        ("ERD‸", "ERD → Erdoğan  2"),
        ("Erdo‸ğan", "Erdoğan → Erdoğan  2"),
        ("oil erd‸ x", "erd → Erdoğan 2"),
        ("(erd‸)", "erd → Erdoğan 2"),
        ("\"erd‸", "erd → Erdoğan 2"),
        ("\"x erd‸\"", "erd → Erdoğan 2"),
        ("\"erd ‸", " → "),
        ("=erd‸", "erd → Erdoğan  2 | ERDOĞAN  1"),
        ("=tur‸", "tur → Turkey  1 | Türkiye  1"),
        ("-erd‸", "erd → Erdoğan  2"),
        ("title:erd‸", "erd → Erdoğan  1"),
        ("title:talk‸", "talk → Talks  1"),
        ("title:‸", " → "),
        ("title:\"tal‸", "tal → Talks 1"),
        ("tal‸", "tal → talk  4 | Talkative  1"),
        ("talk‸", "talk → talk  4 | Talkative  1"),
        ("talke‸", "talke → talked  4"),
        ("t‸", "t → talk  4 | The  2 | Talkative  1 | to  1 | traders  1 | Turkey  1 | Türkiye  1"),
        ("12‸", "12 → 12  1"),
        ("北‸", " → "),
        ("北京‸", " → "),
        ("tu*‸", " → "),
        ("t‸u*", " → "),
        ("/tu‸", " → "),
        ("erdogqn‸", "erdogqn → Erdoğan  2"),
        ("o‸", "o → or  3 | of  1 | Oil  1 | on  1"),
        ("or‸", "or → or  3 | org:"),
        ("us‸", "us → U.S.  1 | us  1"),
        ("U.S‸", "U.S → U.S.  1 | us  1"),
        ("within‸", "within → \"within\"  1"),
        ("don‸", "don → Don’t  1"),
        ("cease-f‸", "f → Fidan  1 | fire  1 | for  1"),
        ("NATO‸", "NATO → NATO  1"),
        ("NA‸", "NA → nations  1 | NATO  1"),
        ("N‸", "N → NOT  | nations  1 | NATO  1 | nothing  1"),
        ("oil N‸", "N → NOT  | NEAR/5  | nations  1 | NATO  1 | nothing  1"),
        ("oil NE‸", "NE → NEAR/5 "),
        ("oil NEAR/5‸", "NEAR/5 → NEAR/5 "),
        ("oil B‸", "B → BEFORE/3 "),
        ("oil W‸", "W → within <s/>  | within <p/>  | wait  1 | with  1 | \"within\"  1"),
        ("oil OR‸", "OR → OR  | or  3 | org:"),
        ("so‸", "so → source:"),
        ("so‸:x", "so → source"),
        ("top‸", "top → meta.topic:"),
        ("meta.t‸", "meta.t → meta.topic:"),
        ("-lang‸", "lang → language:"),
        ("wo‸", "wo → words:"),
        ("source:‸", " → \"Daily Sabah\"  2 | \"\"  1 | \"AK & M\"  1 | TASS  1"),
        ("source:sab‸", "sab → \"Daily Sabah\"  2"),
        ("source:\"daily s‸", "\"daily s → \"Daily Sabah\"  2"),
        ("source:\"Dai‸ly Sa\" x", "\"Daily Sa\" → \"Daily Sabah\" 2"),
        ("source:(x | ta‸", "ta → TASS  1"),
        ("source:(TASS | ‸", " → \"Daily Sabah\"  2 | \"\"  1 | \"AK & M\"  1 | TASS  1"),
        ("source:n‸", "n → \"\"  1"),
        ("language:‸", " → en  5"),
        ("language:eng‸", "eng → en  5"),
        ("topic:‸", " → "),
        ("meta.topic:‸", " → peace  2 | \"\"  1 | «a \"b\"»  1 | gas  1"),
        ("date:‸", " → 2024 1 | 2025 3 | \"\" 1"),
        ("date:20‸", "20 → 2024 1 | 2025 3"),
        ("date:2025‸", "2025 → 2025 3 | 2025-02 2 | 2025-03 1"),
        ("date:2025-0‸", "2025-0 → 2025-02 2 | 2025-03 1"),
        ("date:2025-01..202‸", "2025-01..202 → 2025-01..2025 3"),
        ("date:2025-01..2024‸", "2025-01..2024 → "),
        ("date:>=2025-03‸", ">=2025-03 → >=2025-03 1"),
        ("words:‸", " → ..249  5"),
        ("words:5‸", "5 → "),
        ("foo:ba‸", "ba → "),
        ("[word=\"er‸", "er → Erdoğan 2"),
        ("[word=\"er‸\"]", "er → Erdoğan 2"),
        ("[word=\"last|tal‸", "tal → talk 2 | talks 2 | Talkative 1 | talked 1 | talking 1"),
        ("[stem=\"tal‸", "tal → talk 4 | Talkative 1"),
        ("[form=\"tal‸", "tal → talk 2 | talks 2 | Talkative 1 | talked 1 | talking 1 | Talks 1"),
        ("[form=\"u.‸", " → "),
        ("[form=\"U‸", "U → Undated 1 | U\\.S\\. 1 | us 1"),
        ("[word=\"(a|t‸", " → "),
        ("[word!=\"t‸", "t → talk 2 | talks 2 | The 2 | Talkative 1 | talked 1 | talking 1 | to 1 | traders 1"),
        ("[foo=\"tal‸", " → "),
        ("[word=\"oil\" & stem=\"ta‸", "ta → talk 4 | Talkative 1"),
        ("[word=t‸", " → "),
        ("[‸", " → "),
        // A space would cut the word from its sign, and quotation marks from its other half.
        ("ce‸ase-fire", "cease → ceasefire 2 | cease 1"),
        ("x-wi‸", "wi → with  1 | within  1"),
        ("N‸:+", "N → "),
        ("source::‸", " → "),
        ("oil BEFORE/12e‸", " → "),
        ("date:(words:\"2‸", "\"2 → 2024 1 | 2025 3"),
    ];

    #[test]
    fn what_may_follow_depends_on_where_the_caret_stands() {
        let index = index();
        for (query, expected) in CASES {
            assert_eq!(shown(&index, query, Exactness::default()), *expected, "{query}");
        }
    }

    #[test]
    fn every_completion_says_what_it_is() {
        let index = index();
        let said = |query: &str| -> Vec<String> {
            let view = view(&index, query, u32::MAX, Exactness::default());
            view.items.iter().map(|item| format!("{}: {}", item.label, item.detail)).collect()
        };
        assert_eq!(said("")[1], "source:: Daily Sabah, AK & M, TASS");
        assert_eq!(said("")[2], "language:: English");
        assert_eq!(said("")[5], "meta.topic:: peace, =odd, a \"b\" …");
        assert_eq!(said("x OR")[0], "OR: either");
        assert_eq!(said("erdogqn"), ["Erdoğan: similar spelling"]);
        assert_eq!(said("language:"), ["English: en"]);
        assert_eq!(said("source:n"), ["(none given): "]);
        assert_eq!(said("date:2025-0"), ["February 2025: ", "March 2025: "]);
        assert_eq!(said("words:"), ["under 250: "]);
    }

    #[test]
    fn what_counts_as_written_is_shown_apart() {
        let index = index();
        let shown = |query: &str, case, forms| shown(&index, query, Exactness { case, forms, accents: false });
        assert_eq!(shown("talk‸", false, true), "talk → talk  2 | talks  2 | Talkative  1 | talked  1 | talking  1");
        assert_eq!(shown("erd‸", true, false), "erd → Erdoğan  2 | ERDOĞAN  1");
    }

    #[test]
    fn a_caret_beyond_what_is_read_finds_nothing() {
        let index = index();
        let long = format!("{}erd", "é ".repeat(400_000));
        for caret in [0, 1, 30_001, u32::MAX] {
            let view = view(&index, &long, caret, Exactness::default());
            assert_eq!((view.items.len(), view.start), (0, view.end));
        }
        assert!(completions(&index, "erd", Exactness::default(), 3, 0).items.is_empty());
        assert!(completions(&Index::default(), "erd", Exactness::default(), 3, 8).items.is_empty());
    }

    #[test]
    fn the_documents_are_those_that_the_completed_word_finds() {
        let index = index();
        let queries = "t,e,u,c,12,=t,=E,\"t,=\"T,title:t,title:\"e,[word=\"t,[word=\"u,[stem=\"t,[form=\"U,erdogqn,W,source:,language:,\
            meta.topic:,date:,date:2025,words:";
        for (query, switches) in queries.split(',').flat_map(|query| (0..8).map(move |switches| (query, switches))) {
            let exactness = Exactness { case: switches & 1 > 0, accents: switches & 2 > 0, forms: switches & 4 > 0 };
            let view = view(&index, query, u32::MAX, exactness);
            assert!(!view.items.is_empty(), "{query}");
            for item in &view.items {
                let close = if query.starts_with('[') { "\"]" } else { "" };
                let completed = format!("{}{}{close}", &query[..view.start as usize], item.insert);
                let plan = plan(&index, parse(&completed, false).root.as_ref(), exactness);
                let total = evaluate(&index, &plan, None).docs.len() as u32;
                assert_eq!(item.documents, Some(total), "{completed} {exactness:?}");
            }
        }
    }

    /// Pieces of queries, with tabs between them.
    const PIECES: &str = " \t \t \t\"\t“\t«\t»\t=\t-\t(\t)\t[\t]\t|\t/\t*\t?\t~\t~2\t+\t{2}\t:\t<s/>\t…\t\0\te\terd\tErdoğan\ttalk\tU.S\tu\t12\t\
        NATO\tDon’t\t北\t京\tOR\tO\tAND\tNOT\tN\tNEAR\tNEAR/5\tBEFORE/\tW\twithin\ttitle\ttitle:\tso\tsource\tsource:\tDaily \tSabah\t\
        date:\t2025\t-0\t..\t>\twords:\tlanguage:\tmeta.topic:\tmeta.\tfoo:\t[word=\"\t[stem=\"\t[form=\"\tword\t!=\t\\\te\u{301}\tß\tİ";

    fn piece() -> impl Strategy<Value = String> {
        let pieces: Vec<String> = PIECES.split('\t').map(str::to_owned).collect();
        prop_oneof![8 => proptest::sample::select(pieces), 1 => any::<char>().prop_map(String::from)]
    }

    proptest! {
        #[test]
        fn no_text_and_caret_breaks_it(pieces in proptest::collection::vec(piece(), 0..10), caret in 0u32..40, exactness: (bool, bool, bool)) {
            thread_local!(static INDEX: Index = index());
            let (case, accents, forms) = exactness;
            let query = pieces.concat();
            let view = INDEX.with(|index| view(index, &query, caret, Exactness { case, accents, forms }));
            let (start, end) = (view.start as usize, view.end as usize);
            let mut at = (caret as usize).min(query.len());
            while !query.is_char_boundary(at) {
                at -= 1;
            }
            prop_assert!(start <= at && at <= end && end <= query.len());
            prop_assert!(query.is_char_boundary(start) && query.is_char_boundary(end));
            // What follows may be read otherwise after another word: that is not the word's fault.
            let problems = |text: &str| parse(text, false).problems;
            for item in &view.items {
                let after = if item.kind == CompletionKind::Operator { " x" } else { "" };
                let text = format!("{}{}{after}", &query[..start], item.insert);
                let before = problems(&format!("{}{after}", &query[..end]));
                // A value makes its field one, and NEAR before a field is the asker's own.
                let is_new = problems(&text).len() > before.len() && item.kind != CompletionKind::Value;
                prop_assert!(!is_new, "{query} {text} {:?}", problems(&text));
                let whole = format!("{text}{}", &query[end..]);
                let inside = Span::new(view.start, view.start + item.insert.trim_end().len() as u32);
                let own = problems(&whole).into_iter().find(|problem| problem.at.start >= inside.start && problem.at.end <= inside.end);
                prop_assert!(own.is_none(), "{query} {whole} {own:?}");
                prop_assert!(item.documents != Some(0));
            }
        }
    }
}
