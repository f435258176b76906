//! `sheaf.toml`: what is known about a corpus, and how it is known.
//!
//! ```toml
//! title = "Letters from the harbour"
//! about = "Twelve letters."                 # also: credit, url
//!
//! [[document]]                              # if there is any, these are the corpus, in this order
//! file = "letters/07.txt"
//! title = "To the pilot"                    # a plain value is stated in the document
//! date = { value = "1891-03", known = "inferred", from = "“last month’s ice” and letter 6" }
//! source = { known = "unknown" }
//! box = 12                                  # any other key becomes a field
//!
//! [columns]                                 # which columns of tables and keys of JSON are what, where their names
//! text = "story"                            # do not tell: id, title, text, date, source, language, url
//! date = "published on"
//! ```
//!
//! The one decision: every value can say how it is known, so that nobody takes a conclusion for a fact. The manifest can
//! be wrong in one place and right in all others: each fault is reported with its line, and the rest counts.

use std::collections::BTreeMap;

use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::date::DateError;
use super::language;
use super::record::{self, Columns, Slot, Value};
use crate::base::{Outcome, PartialDate, Problem};
use crate::document::{Document, Fact, Field, Known};

/// The manifest's name; it lies at the root of the corpus.
pub const FILE: &str = "sheaf.toml";

/// What can be wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ManifestError {
    /// No TOML. The whole manifest was left out.
    #[error("This is not valid TOML at column {column}: {message}. The manifest was not used; mend it.")]
    NotToml {
        /// Column of the line, in characters from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// A document without a file.
    #[error("This [[document]] names no file. Add file = \"…\".")]
    NoFile,
    /// A file that is not there.
    #[error("This file is not there. Check its name, or remove its [[document]]: {file:?}.")]
    Missing {
        /// As the manifest writes it.
        file: String,
    },
    /// A file in two documents. The first one counts.
    #[error("This file is listed twice; only the first [[document]] counts. Remove one: {file:?}.")]
    ListedTwice {
        /// As the manifest writes it.
        file: String,
    },
    /// Files that the manifest does not list. They were left out.
    #[error("Files that are not listed were left out: {count}. Add a [[document]] for each, or none at all: {names}.")]
    NotListed {
        /// How many.
        count: usize,
        /// Their names, the first ten.
        names: String,
    },
    /// A way of knowing that does not exist. The value was left out.
    #[error(
        "A value is known = \"stated\", \"inferred\" or \"unknown\". The value of {key:?} was left out; it says {known:?}."
    )]
    UnknownKnown {
        /// The key.
        key: String,
        /// What stands there.
        known: String,
    },
    /// No value, and not said to be unknown.
    #[error("There is no value. Add value = \"…\", or write known = \"unknown\". It is at {key:?}.")]
    NoValue {
        /// The key.
        key: String,
    },
    /// An inferred value that does not say from what. It was kept.
    #[error("An inferred value says from what. Add from = \"…\". It is at {key:?}.")]
    NoFrom {
        /// The key.
        key: String,
    },
    /// A value where a text is expected.
    #[error("A text in quotes is expected. The value of {key:?} was left out.")]
    NotText {
        /// The key.
        key: String,
    },
    /// How it is known is recorded for some keys only. The value was kept.
    #[error("Only title, date, source and language record how they are known. The value of {key:?} was kept as it is.")]
    PlainOnly {
        /// The key.
        key: String,
    },
    /// A key that means nothing.
    #[error("The manifest has title, about, credit, url, [columns] and [[document]]. This key was left out: {key:?}.")]
    UnknownKey {
        /// The key.
        key: String,
    },
    /// Something under `[columns]` that is no slot.
    #[error("[columns] has id, title, text, date, source, language and url. This key was left out: {key:?}.")]
    UnknownColumn {
        /// The key.
        key: String,
    },
    /// A title or address for a file of many documents. It was left out.
    #[error(
        "This file holds {count} documents; id, title and url of its [[document]] were left out. Put them into the file."
    )]
    SeveralDocuments {
        /// How many.
        count: usize,
    },
    /// A date that was not understood. The document has none.
    #[error(transparent)]
    Date(#[from] DateError),
}

/// A manifest as read. A text that is not given is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// Title of the corpus.
    pub title: String,
    /// "About this corpus".
    pub about: String,
    /// Credit or licence of the texts.
    pub credit: String,
    /// Where the corpus comes from.
    pub url: String,
    /// The documents in order; empty where the manifest lists none, and every file belongs to the corpus.
    pub entries: Vec<Entry>,
    /// Which columns of tables and keys of JSON are what.
    pub columns: Columns,
}

/// What a `[[document]]` says. Nothing is said where there is `None`; an explicit unknown is a fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The file, relative to the manifest, `/` between folders.
    pub file: String,
    /// Line of the manifest, from 1.
    pub line: usize,
    /// Name of the document, instead of the file's.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<Fact<String>>,
    /// Publication date.
    pub date: Option<Fact<PartialDate>>,
    /// Who published it.
    pub source: Option<Fact<String>>,
    /// Language.
    pub language: Option<Fact<String>>,
    /// Where the original can be read.
    pub url: Option<String>,
    /// Further metadata, in order.
    pub fields: Vec<Field>,
}

/// Reads a manifest. Faults are problems at `sheaf.toml:LINE`; bad TOML gives an empty manifest. Cost: O(n log n).
pub fn read(text: &str) -> Outcome<Manifest> {
    let mut reader = Reader { text, manifest: Manifest::default(), problems: Vec::new() };
    match DeTable::parse(text) {
        Ok(table) => reader.read(table.get_ref()),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let (line, column) = line_and_column(text, offset);
            let message = one_line(error.message());
            reader.report(line, &ManifestError::NotToml { column, message });
        }
    }
    Outcome { value: reader.manifest, problems: reader.problems }
}

/// Reads TOML as a record, for front matter. The error is its line, from 1, and what the parser says.
pub(super) fn toml_record(text: &str) -> Result<record::Record, (usize, String)> {
    let table = DeTable::parse(text).map_err(|error| {
        let (line, _) = line_and_column(text, error.span().map_or(0, |span| span.start));
        (line, one_line(error.message()))
    })?;
    let entries =
        in_order(table.get_ref()).map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect();
    Ok(record::Record { entries })
}

impl Entry {
    /// Puts what the manifest says into the only document of its file, over what that says itself.
    pub fn apply(&self, document: &mut Document) {
        put(&mut document.title, self.title.as_ref());
        put(&mut document.date, self.date.as_ref());
        put(&mut document.source, self.source.as_ref());
        put(&mut document.language, self.language.as_ref());
        document.name = self.id.clone().unwrap_or_else(|| std::mem::take(&mut document.name));
        document.url = self.url.clone().or_else(|| document.url.take());
        self.apply_fields(document);
    }

    /// Puts it into one of several documents of its file: only into gaps, and neither name, title nor url.
    pub fn fill_gaps(&self, document: &mut Document) {
        put_into_gap(&mut document.date, self.date.as_ref());
        put_into_gap(&mut document.source, self.source.as_ref());
        put_into_gap(&mut document.language, self.language.as_ref());
        self.apply_fields(document);
    }

    /// What it says too much for a file of `count` documents.
    pub fn too_much_for(&self, count: usize) -> Option<ManifestError> {
        let is_too_much = self.id.is_some() || self.title.is_some() || self.url.is_some();
        (is_too_much && count > 1).then_some(ManifestError::SeveralDocuments { count })
    }

    /// A field of the manifest replaces the file's field of that name.
    fn apply_fields(&self, document: &mut Document) {
        for field in &self.fields {
            match document.fields.iter_mut().find(|own| own.name == field.name) {
                Some(own) => own.values.clone_from(&field.values),
                None => document.fields.push(field.clone()),
            }
        }
    }

    /// Where in the manifest it stands: `sheaf.toml:12`.
    pub fn place(&self) -> String {
        format!("{FILE}:{}", self.line)
    }
}

fn put<T: Clone>(fact: &mut Fact<T>, said: Option<&Fact<T>>) {
    if let Some(said) = said {
        *fact = said.clone();
    }
}

fn put_into_gap<T: Clone>(fact: &mut Fact<T>, said: Option<&Fact<T>>) {
    if fact.known == Known::Unknown {
        put(fact, said);
    }
}

struct Reader<'t> {
    text: &'t str,
    manifest: Manifest,
    problems: Vec<Problem>,
}

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

impl Reader<'_> {
    fn read(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let line = self.line_of(key);
            let place = match key.get_ref().as_ref() {
                "title" => &mut self.manifest.title,
                "about" => &mut self.manifest.about,
                "credit" => &mut self.manifest.credit,
                "url" => &mut self.manifest.url,
                "columns" => {
                    self.read_columns(line, value.get_ref());
                    continue;
                }
                "document" => {
                    self.read_documents(line, value.get_ref());
                    continue;
                }
                other => {
                    let key = other.to_string();
                    self.report(line, &ManifestError::UnknownKey { key });
                    continue;
                }
            };
            match value.get_ref().as_str() {
                Some(text) => *place = text.trim().to_string(),
                None => self.report(line, &ManifestError::NotText { key: key.get_ref().to_string() }),
            }
        }
    }

    fn read_columns(&mut self, line: usize, value: &DeValue<'_>) {
        let Some(table) = value.as_table() else {
            return self.report(line, &ManifestError::UnknownKey { key: "columns".to_string() });
        };
        for (key, value) in in_order(table) {
            let line = self.line_of(key);
            let key = key.get_ref().to_string();
            match (Slot::named(&key), value.get_ref().as_str()) {
                (Some(slot), Some(column)) => {
                    self.manifest.columns.0.insert(slot, column.trim().to_string());
                }
                (Some(_), None) => self.report(line, &ManifestError::NotText { key }),
                (None, _) => self.report(line, &ManifestError::UnknownColumn { key }),
            }
        }
    }

    fn read_documents(&mut self, line: usize, value: &DeValue<'_>) {
        let Some(tables) = value.as_array() else {
            return self.report(line, &ManifestError::UnknownKey { key: "document".to_string() });
        };
        let mut lines_of_files: BTreeMap<String, usize> = BTreeMap::new();
        for table in tables.iter() {
            let line = line_and_column(self.text, table.span().start).0;
            let Some(mut entry) = table.get_ref().as_table().and_then(|table| self.read_document(line, table)) else {
                continue;
            };
            if lines_of_files.insert(entry.file.clone(), entry.line).is_some() {
                self.report(entry.line, &ManifestError::ListedTwice { file: std::mem::take(&mut entry.file) });
            } else {
                self.manifest.entries.push(entry);
            }
        }
    }

    fn read_document(&mut self, line: usize, table: &DeTable<'_>) -> Option<Entry> {
        let mut entry = Entry { line, ..Entry::default() };
        for (key, value) in in_order(table) {
            let line = self.line_of(key);
            let name = key.get_ref().as_ref();
            if name == "file" {
                entry.line = line;
                entry.file = normal_path(value.get_ref().as_str().unwrap_or(""));
                continue;
            }
            let Some(fact) = self.fact(line, name, value.get_ref()) else {
                continue;
            };
            match record::slot_of(name).map(|(slot, _)| slot) {
                Some(Slot::Title) => entry.title = Some(map_fact(fact, Value::into_text)),
                Some(Slot::Source) => entry.source = Some(map_fact(fact, Value::into_text)),
                Some(Slot::Language) => {
                    entry.language = Some(map_fact(fact, |value| language::primary_subtag(&value.into_text())));
                }
                Some(Slot::Date) => entry.date = self.date_fact(line, fact),
                Some(Slot::Id) => entry.id = self.plain_value(line, name, fact).map(Value::into_text),
                Some(Slot::Url) => entry.url = self.plain_value(line, name, fact).map(Value::into_text),
                Some(Slot::Text) | None => {
                    if let Some(value) = self.plain_value(line, name, fact) {
                        record::add_fields(&mut entry.fields, name, &value);
                    }
                }
            }
        }
        if entry.file.is_empty() {
            self.report(line, &ManifestError::NoFile);
            return None;
        }
        Some(entry)
    }

    /// A value with how it is known; nothing where that cannot be told (and is reported).
    fn fact(&mut self, line: usize, key: &str, value: &DeValue<'_>) -> Option<Fact<Value>> {
        let table = match value.as_table() {
            Some(table) if table.contains_key("known") || table.contains_key("value") => table,
            _ => return self.non_empty(line, key, plain(value)).map(Fact::stated),
        };
        let text = |name: &str| table.get(name).and_then(|value| value.get_ref().as_str()).map(str::trim);
        let known = text("known").unwrap_or("stated");
        if known == "unknown" {
            return Some(Fact::unknown());
        }
        let value = table.get("value").map_or(Value::Nothing, |value| plain(value.get_ref()));
        let value = self.non_empty(line, key, value)?;
        match known {
            "stated" => Some(Fact::stated(value)),
            "inferred" => {
                let from = text("from").unwrap_or("");
                if from.is_empty() {
                    self.report(line, &ManifestError::NoFrom { key: key.to_string() });
                }
                Some(Fact::inferred(value, from))
            }
            other => {
                self.report(line, &ManifestError::UnknownKnown { key: key.to_string(), known: other.to_string() });
                None
            }
        }
    }

    fn non_empty(&mut self, line: usize, key: &str, value: Value) -> Option<Value> {
        let mut fields = Vec::new();
        record::add_fields(&mut fields, key, &value);
        if fields.is_empty() {
            self.report(line, &ManifestError::NoValue { key: key.to_string() });
            return None;
        }
        Some(value)
    }

    fn date_fact(&mut self, line: usize, fact: Fact<Value>) -> Option<Fact<PartialDate>> {
        let Some(value) = fact.value else {
            return Some(Fact::unknown());
        };
        match record::date_of(&value) {
            Ok(date) => Some(Fact { value: Some(date), known: fact.known }),
            Err(error) => {
                self.report(line, &ManifestError::Date(error));
                None
            }
        }
    }

    /// The value of a key that does not record how it is known.
    fn plain_value(&mut self, line: usize, key: &str, fact: Fact<Value>) -> Option<Value> {
        if matches!(fact.known, Known::Inferred { .. }) {
            self.report(line, &ManifestError::PlainOnly { key: key.to_string() });
        }
        fact.value
    }

    fn line_of(&self, key: &Key<'_>) -> usize {
        line_and_column(self.text, key.span().start).0
    }

    fn report(&mut self, line: usize, error: &ManifestError) {
        self.problems.push(Problem::new(format!("{FILE}:{line}"), error.to_string()));
    }
}

/// The keys of a table in the order of the file; the parser sorts them by name.
fn in_order<'a, 't>(table: &'a DeTable<'t>) -> impl Iterator<Item = (&'a Key<'t>, &'a Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter()
}

fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Number(number.as_str().to_string()), Value::Integer),
        DeValue::Float(number) => Value::Number(number.as_str().to_string()),
        DeValue::Boolean(is_true) => Value::Bool(*is_true),
        DeValue::Datetime(at) => Value::Text(at.to_string()),
        DeValue::Array(values) => Value::List(values.iter().map(|value| plain(value.get_ref())).collect()),
        DeValue::Table(table) => Value::Map(
            in_order(table).map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect(),
        ),
    }
}

fn map_fact<T>(fact: Fact<Value>, map: impl FnOnce(Value) -> T) -> Fact<T> {
    Fact { value: fact.value.map(map), known: fact.known }
}

/// A path as [`super::InputFile`] has it, of one that was written by hand.
fn normal_path(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_string()
}

/// Line and column, both from 1, of a byte offset.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = super::beginning(text, offset);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the places of all problems, with a word of each message.
    fn check_problems(text: &str, expected: &[(&str, &str)]) -> Manifest {
        let Outcome { value, problems } = read(text);
        assert_eq!(problems.len(), expected.len(), "{problems:#?}");
        for (problem, (place, word)) in problems.iter().zip(expected) {
            assert!(problem.place == *place && problem.message.contains(word), "{problem} is not {place}: {word}");
        }
        value
    }

    #[test]
    fn values_say_how_they_are_known() {
        let manifest = check_problems(include_str!("../../../../tests/import/manifest/sheaf.toml"), &[]);
        assert_eq!((manifest.title.as_str(), manifest.entries.len()), ("Letters from the harbour", 3));
        let entry = &manifest.entries[0];
        assert_eq!((entry.file.as_str(), entry.line), ("second.txt", 8));
        assert_eq!(entry.title, Some(Fact::stated("To the pilot".to_string())));
        assert_eq!(entry.date, PartialDate::parse("1891-03").map(|date| Fact::inferred(date, "“last month’s ice”")));
        assert_eq!(entry.source, Some(Fact::unknown()));
        let fields: Vec<(&str, &[String])> =
            entry.fields.iter().map(|f| (f.name.as_str(), f.values.as_slice())).collect();
        assert_eq!(fields, [("hand", &["A".to_string(), "B".to_string()][..]), ("box", &["12".to_string()])]);
        assert_eq!(manifest.entries[1].date, PartialDate::parse("1891-02-11").map(Fact::stated));
    }

    #[test]
    fn each_fault_is_named_with_its_line_and_the_rest_counts() {
        let broken = include_str!("../../../../tests/import/manifest/broken/sheaf.toml");
        let manifest = check_problems(
            broken,
            &[
                ("sheaf.toml:2", "about"),
                ("sheaf.toml:3", "editor"),
                ("sheaf.toml:7", "guessed"),
                ("sheaf.toml:8", "day/month"),
                ("sheaf.toml:9", "from what"),
                ("sheaf.toml:10", "no value"),
                ("sheaf.toml:11", "place"),
                ("sheaf.toml:13", "names no file"),
                ("sheaf.toml:17", "twice"),
            ],
        );
        assert_eq!(manifest.title, "Broken in places");
        assert_eq!(manifest.entries.len(), 1);
        assert_eq!(manifest.entries[0].source, Some(Fact::inferred("The Post".to_string(), "")));
    }

    #[test]
    fn columns_are_named_by_slot() {
        let text = "[columns]\ntext = \"story\"\nheadline = \"x\"\ndate = 7\n";
        let manifest = check_problems(text, &[("sheaf.toml:3", "headline"), ("sheaf.toml:4", "date")]);
        assert_eq!(manifest.columns.0, BTreeMap::from([(Slot::Text, "story".to_string())]));
        check_problems("columns = 3", &[("sheaf.toml:1", "columns")]);
    }

    #[test]
    fn bad_toml_gives_line_and_column() {
        let manifest = check_problems("title = \"a\"\nabout = \n", &[("sheaf.toml:2", "column 9")]);
        assert_eq!(manifest, Manifest::default());
        check_problems("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn no_manifest_panics(text in "(?s)([a-z]{1,8}|title|file|known|document| = |\"|\\[\\[|\\]\\]|\\{|\\}|\n|.){0,40}") {
            let _ = read(&text);
            let _ = toml_record(&text);
        }
    }
}
