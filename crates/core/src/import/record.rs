//! Metadata as it comes, key by key, and how it becomes a [`Document`].
//!
//! The one decision: JSON, YAML and TOML differ in writing only, so all three are read into one small [`Value`], and the
//! table [`ALIASES`] alone says which key means what. A key that is not in the table becomes a field; nothing is dropped
//! but nulls and empty values.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use thiserror::Error;

use super::date::{self, DateError};
use super::language;
use crate::base::PartialDate;
use crate::document::{Document, Fact, Field};

/// What a key can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Stable name of the document.
    Id,
    /// Headline.
    Title,
    /// The text itself.
    Text,
    /// Publication date.
    Date,
    /// Who published it.
    Source,
    /// Language.
    Language,
    /// Where the original can be read.
    Url,
}

/// Which keys are understood as what, without regard to case, `_`, `-` and blanks. Where a record has several keys for one
/// slot, the one that stands first here serves and the others become fields.
pub const ALIASES: &[(Slot, &[&str])] = &[
    (Slot::Id, &["id", "docid", "documentid", "guid"]),
    (Slot::Title, &["title", "headline", "heading"]),
    (Slot::Text, &["text", "body", "content", "articlebody", "maintext", "fulltext", "article"]),
    (
        Slot::Date,
        &[
            "date",
            "published",
            "pubdate",
            "publishedat",
            "publicationdate",
            "publishdate",
            "datepublished",
            "datepublish",
            "publishedtime",
            "articlepublishedtime",
            "dcdate",
        ],
    ),
    (Slot::Source, &["source", "outlet", "publisher", "newspaper", "publication", "sourcename", "sitename"]),
    (Slot::Language, &["language", "lang", "languagecode", "dclanguage"]),
    (Slot::Url, &["url", "link", "permalink", "sourceurl", "uri"]),
];

impl Slot {
    /// All of them, with the proper name of each: the first of its aliases.
    pub const ALL: [(Slot, &str); 7] = [
        (Slot::Id, "id"),
        (Slot::Title, "title"),
        (Slot::Text, "text"),
        (Slot::Date, "date"),
        (Slot::Source, "source"),
        (Slot::Language, "language"),
        (Slot::Url, "url"),
    ];

    /// Its proper name.
    pub fn name(self) -> &'static str {
        Slot::ALL.iter().find(|(slot, _)| *slot == self).map_or("", |(_, name)| name)
    }

    /// The slot of that proper name. Aliases are no names: who says which column is meant says which slot, too.
    pub fn named(name: &str) -> Option<Slot> {
        Slot::ALL.iter().find(|(_, proper)| *proper == name).map(|(slot, _)| *slot)
    }
}

/// Which column (of a table) or key (of JSON) fills a slot, where somebody says so instead of the aliases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(pub BTreeMap<Slot, String>);

/// A column that is named for a slot and is not there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("There is no {column:?}, which is named for the {slot}. Check its name under [columns]. There are: {columns}.", slot = .slot.name())]
pub struct ColumnError {
    /// The slot.
    pub slot: Slot,
    /// The column that is named for it.
    pub column: String,
    /// The columns there are, the first twenty.
    pub columns: String,
}

impl Columns {
    /// What `key` means, with its rank; 0 where somebody says so. A slot that is said has no aliases.
    pub fn slot_of(&self, key: &str) -> Option<(Slot, usize)> {
        if let Some((slot, _)) = self.0.iter().find(|(_, column)| *column == key) {
            return Some((*slot, 0));
        }
        slot_of(key).filter(|(slot, _)| !self.0.contains_key(slot))
    }

    /// A fault for each column that is named and not among `columns`, in the order of the slots.
    pub fn missing<'c>(&self, columns: impl Iterator<Item = &'c str> + Clone) -> Vec<ColumnError> {
        let is_missing = |(_, column): &(&Slot, &String)| columns.clone().all(|there| there != column.as_str());
        let error = |(slot, column): (&Slot, &String)| {
            let columns = ColumnError::listed(columns.clone());
            ColumnError { slot: *slot, column: column.clone(), columns }
        };
        self.0.iter().filter(is_missing).map(error).collect()
    }
}

impl ColumnError {
    /// The columns there are, for a message: the first twenty.
    pub(super) fn listed<'c>(columns: impl Iterator<Item = &'c str>) -> String {
        let mut columns: Vec<&str> = columns.take(21).collect();
        if columns.len() > 20 {
            columns.truncate(20);
            columns.push("…");
        }
        columns.join(", ")
    }
}

/// The longest alias, in letters.
const ALIAS_MAX: usize = 24;

/// What `key` means, with its rank among the aliases (0 is the proper name); nothing where it becomes a field.
///
/// Cost: some 40 comparisons of lengths, and no allocation: it is asked for every key of every record.
pub fn slot_of(key: &str) -> Option<(Slot, usize)> {
    let mut buffer = [0; ALIAS_MAX];
    let mut len = 0;
    for byte in key.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b':' | b'.')) {
        *buffer.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    let letters = buffer.get(..len)?;
    ALIASES.iter().find_map(|(slot, names)| Some((*slot, names.iter().position(|name| name.as_bytes() == letters)?)))
}

/// A value of JSON, YAML or TOML.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Null.
    Nothing,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number, written as it will be shown.
    Number(String),
    /// A text, or a TOML date.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// An object, in the order given.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value as one text: of a list the first one, of an object its `name`; nothing where it is empty.
    fn as_text(&self) -> Option<String> {
        match self {
            Value::Nothing => None,
            Value::Bool(is_true) => Some(is_true.to_string()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Number(text) | Value::Text(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
            Value::List(values) => values.iter().find_map(Value::as_text),
            Value::Map(entries) => entries.iter().find(|(key, _)| key == "name").and_then(|(_, value)| value.as_text()),
        }
    }

    /// The value as one text, empty where there is none.
    pub fn into_text(self) -> String {
        self.as_text().unwrap_or_default()
    }

    /// Whether there is no text in it to show.
    fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) | Value::Number(text) => text.trim().is_empty(),
            other => other.as_text().is_none(),
        }
    }

    /// Whether [`Value::as_text`] says all there is.
    fn is_single(&self) -> bool {
        match self {
            Value::List(values) => values.len() <= 1 && values.iter().all(Value::is_single),
            Value::Map(entries) => matches!(entries.as_slice(), [(key, value)] if key == "name" && value.is_single()),
            _ => true,
        }
    }
}

/// What a record says about a document, before it is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The keys with their values, in the order given.
    pub entries: Vec<(String, Value)>,
}

/// A document as far as a record makes one, and what was wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The document; `name` and `file` are empty where the record has no id, `text` where it has none.
    pub document: Document,
    /// Whether the record has a key for the text at all.
    pub has_text: bool,
    /// Dates that were not understood.
    pub problems: Vec<DateError>,
}

impl Record {
    /// Makes the document: known keys by `columns` and else by [`ALIASES`], the others as fields, nested ones joined by
    /// dots.
    ///
    /// A text in several pieces is joined by blank lines. Cost: O(size); the text is moved, not copied.
    pub fn into_document(self, columns: &Columns) -> Made {
        let mut made = Made { document: blank_document(), has_text: false, problems: Vec::new() };
        let best = self.best_keys(columns);
        for (index, (key, value)) in self.entries.into_iter().enumerate() {
            match best.iter().find(|best| best.index == index) {
                Some(best) => made.fill(best.slot, &key, value),
                None => add_fields(&mut made.document.fields, &key, &value),
            }
        }
        made
    }

    /// For each slot the entry that fills it: the one of lowest rank that is not empty, the last of equal ones.
    fn best_keys(&self, columns: &Columns) -> Vec<BestKey> {
        let mut best: Vec<BestKey> = Vec::new();
        for (index, (key, value)) in self.entries.iter().enumerate() {
            let Some((slot, rank)) = columns.slot_of(key) else { continue };
            if value.is_empty() && slot != Slot::Text {
                continue;
            }
            match best.iter_mut().find(|best| best.slot == slot) {
                Some(best) if rank <= best.rank => *best = BestKey { slot, rank, index },
                Some(_) => {}
                None => best.push(BestKey { slot, rank, index }),
            }
        }
        best
    }
}

/// The entry that fills a slot.
struct BestKey {
    slot: Slot,
    rank: usize,
    index: usize,
}

impl Made {
    fn fill(&mut self, slot: Slot, key: &str, value: Value) {
        if slot == Slot::Text {
            self.has_text = true;
            self.document.text = joined(value);
            return;
        }
        if !value.is_single() {
            add_fields(&mut self.document.fields, key, &value);
        }
        let document = &mut self.document;
        match slot {
            Slot::Id => document.name = value.as_text().unwrap_or_default(),
            Slot::Title => document.title = stated(value.as_text()),
            Slot::Source => document.source = stated(value.as_text()),
            Slot::Url => document.url = value.as_text(),
            Slot::Language => document.language = stated(value.as_text().map(|text| language::primary_subtag(&text))),
            Slot::Date => match date_of(&value) {
                Ok(date) => document.date = Fact::stated(date),
                Err(problem) => {
                    // What was written is still worth showing.
                    add_fields(&mut document.fields, key, &value);
                    self.problems.push(problem);
                }
            },
            Slot::Text => {}
        }
    }
}

/// The date that a value gives.
pub fn date_of(value: &Value) -> Result<PartialDate, DateError> {
    match value {
        Value::Integer(number) => date::read_number(*number),
        Value::List(values) if !values.is_empty() => values.first().map_or_else(|| date::read(""), date_of),
        Value::Number(text) => date::read(text.split('.').next().unwrap_or(text)),
        other => date::read(&other.as_text().unwrap_or_default()),
    }
}

/// A document about which nothing is known.
pub fn blank_document() -> Document {
    Document {
        name: String::new(),
        file: String::new(),
        title: Fact::unknown(),
        date: Fact::unknown(),
        source: Fact::unknown(),
        language: Fact::unknown(),
        url: None,
        fields: Vec::new(),
        text: String::new(),
    }
}

/// Adds the values of one key to the fields: a list as several values of one field, an object as a field for each of its
/// keys. A field has each value once; empty values are left out.
pub fn add_fields(fields: &mut Vec<Field>, name: &str, value: &Value) {
    match value {
        Value::List(values) => values.iter().for_each(|value| add_fields(fields, name, value)),
        Value::Map(entries) => {
            entries.iter().for_each(|(key, value)| add_fields(fields, &format!("{name}.{key}"), value));
        }
        single => {
            let Some(text) = single.as_text() else { return };
            match fields.iter_mut().find(|field| field.name == name) {
                Some(field) if field.values.contains(&text) => {}
                Some(field) => field.values.push(text),
                None => fields.push(Field { name: name.to_string(), values: vec![text] }),
            }
        }
    }
}

fn stated(text: Option<String>) -> Fact<String> {
    text.map_or_else(Fact::unknown, Fact::stated)
}

fn joined(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        Value::List(values) => values.into_iter().map(joined).collect::<Vec<_>>().join("\n\n"),
        other => other.as_text().unwrap_or_default(),
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Record, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Record;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with keys such as \"title\" and \"text\"")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Record, A::Error> {
                entries_of(map).map(|entries| Record { entries })
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| Value::Number(value.to_string()), Value::Integer))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(format!("{value:?}"))) // `{:?}` keeps "1.0" and writes 1e300 short
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        entries_of(map).map(Value::Map)
    }
}

fn entries_of<'de, A: MapAccess<'de>>(mut map: A) -> Result<Vec<(String, Value)>, A::Error> {
    let mut entries = Vec::new();
    while let Some(entry) = map.next_entry()? {
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(json: &str) -> Made {
        serde_json::from_str::<Record>(json).unwrap().into_document(&Columns::default())
    }

    /// Checks the fields, printed as `name=value|value; …`.
    fn check(json: &str, fields: &str) {
        let print = |field: &Field| format!("{}={}", field.name, field.values.join("|"));
        assert_eq!(made(json).document.fields.iter().map(print).collect::<Vec<_>>().join("; "), fields, "{json}");
    }

    #[test]
    fn other_keys_become_fields() {
        check(r#"{"text": "x", "a": 1, "b": true, "c": 1.50, "d": "e"}"#, "a=1; b=true; c=1.5; d=e");
        check(
            r#"{"topics": ["grain", "wheat", "grain"], "none": [], "null": null, "blank": " "}"#,
            "topics=grain|wheat",
        );
        check(r#"{"meta": {"split": "TRAIN", "deep": {"er": [1, 2]}}}"#, "meta.split=TRAIN; meta.deep.er=1|2");
        check(r#"{"big": 12345678901234567890}"#, "big=12345678901234567890");
    }

    #[test]
    fn the_proper_key_goes_before_its_aliases_and_those_become_fields() {
        check(r#"{"content": "c", "text": "t", "headline": "h", "title": null}"#, "content=c");
        assert_eq!(made(r#"{"content": "c", "text": "t"}"#).document.text, "t");
        assert_eq!(made(r#"{"headline": "h", "title": ""}"#).document.title, Fact::stated("h".to_string()));
        assert_eq!(made(r#"{"Pub-Date": "2025-02"}"#).document.date.value, PartialDate::parse("2025-02"));
        assert_eq!(made(r#"{"text": ["a", "b"]}"#).document.text, "a\n\nb");
    }

    #[test]
    fn an_object_with_a_name_is_that_name_and_loses_nothing() {
        check(r#"{"source": {"id": 7, "name": "The Paper"}}"#, "source.id=7; source.name=The Paper");
        assert_eq!(
            made(r#"{"source": {"id": 7, "name": "The Paper"}}"#).document.source.value.as_deref(),
            Some("The Paper")
        );
    }

    #[test]
    fn aliases_are_found_in_any_dress() {
        for (slot, names) in ALIASES {
            for (rank, name) in names.iter().enumerate() {
                assert_eq!(slot_of(name), Some((*slot, rank)), "{name}");
                assert_eq!(slot_of(&name.to_uppercase()), Some((*slot, rank)), "{name}");
            }
        }
        assert_eq!(slot_of("article:published_time"), slot_of("articlepublishedtime"));
        assert_eq!(slot_of("a_key_that_is_longer_than_any_alias_can_be"), None);
        assert_eq!(slot_of(""), None);
    }

    #[test]
    fn a_date_that_is_not_understood_stays_as_a_field_and_is_reported() {
        check(r#"{"date": "03/04/2025"}"#, "date=03/04/2025");
        assert_eq!(made(r#"{"date": "03/04/2025"}"#).problems.len(), 1);
    }
}
