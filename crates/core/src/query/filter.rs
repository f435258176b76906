//! Filters: which documents count, by their metadata. Several values of one field are OR, several fields AND.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};
use sheaf_kernels::sets;

use super::letters;
use super::walk::WordProgram;
use crate::base::{DateRange, DocId};
use crate::index::{Column, Index};
use crate::text::fold::fold_line;

/// One field narrowed to some of its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Filter {
    /// `source`, `language`, `date`, `words`, a field of the corpus, or what reading the texts gives: `person`, `org`,
    /// `place`.
    pub field: String,
    /// Values: any of them. Dates and lengths take ranges: `2025-02`, `2025-02..2025-03`, `>500`, `..249`. Other
    /// values may be written without their case and accents, and with `*` and `?` for any letters. An empty value means
    /// "none given".
    pub values: Vec<String>,
}

/// A filter that selects nothing because it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin, thiserror::Error)]
pub enum FilterError {
    /// The corpus has no such field.
    #[error("There is no field “{field}” to filter by. This corpus has: {known}.")]
    UnknownField {
        /// As asked.
        field: String,
        /// The fields there are.
        known: String,
    },
    /// The field has no such value.
    #[error("No document has “{value}” as its {field}. {hint}")]
    UnknownValue {
        /// The field.
        field: String,
        /// As asked.
        value: String,
        /// Values there are.
        hint: String,
    },
    /// Not a date or a range of dates.
    #[error("“{value}” is no date. Write 2025, 2025-02, 2025-02-24, >2025-02 or a range: 2025-02..2025-03.")]
    NotADate {
        /// As asked.
        value: String,
    },
    /// Not a number or a range of numbers.
    #[error("“{value}” is no length. Write a number of words or a range: >500, 500..999, ..249.")]
    NotALength {
        /// As asked.
        value: String,
    },
}

/// A set of documents, one bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocSet {
    bits: Vec<u64>,
}

impl DocSet {
    /// All documents of an index, or none.
    pub fn new(index: &Index, is_full: bool) -> DocSet {
        let count = index.doc_count() as usize;
        let mut bits = vec![if is_full { u64::MAX } else { 0 }; count.div_ceil(64)];
        if let Some(last) = bits.last_mut().filter(|_| !count.is_multiple_of(64)) {
            *last &= !(u64::MAX << (count % 64));
        }
        DocSet { bits }
    }

    /// Adds a document.
    pub fn insert(&mut self, doc_id: DocId) {
        if let Some(bits) = self.bits.get_mut(doc_id.0 as usize / 64) {
            *bits |= 1 << (doc_id.0 % 64);
        }
    }

    /// Adds documents.
    pub fn insert_all(&mut self, docs: &[DocId]) {
        sets::insert_all(&mut self.bits, docs, None);
    }

    /// The documents inside, ascending.
    pub fn docs(&self) -> Vec<DocId> {
        sets::members(&self.bits)
    }

    /// Keeps the documents that are inside.
    pub fn retain(&self, docs: &mut Vec<DocId>) {
        sets::retain(docs, &self.bits);
    }

    /// Whether a document is inside.
    pub fn contains(&self, doc_id: DocId) -> bool {
        self.bits.get(doc_id.0 as usize / 64).is_some_and(|bits| bits >> (doc_id.0 % 64) & 1 == 1)
    }

    /// The first document inside that is not before `target`.
    pub fn next(&self, target: DocId) -> Option<DocId> {
        let first = target.0 as usize / 64;
        let mut bits = self.bits.get(first)? & (u64::MAX << (target.0 % 64));
        for place in first.. {
            if bits != 0 {
                return Some(DocId(place as u32 * 64 + bits.trailing_zeros()));
            }
            bits = *self.bits.get(place + 1)?;
        }
        None
    }

    /// Keeps what `other` has too.
    pub fn intersect(&mut self, other: &DocSet) {
        for (bits, others) in self.bits.iter_mut().zip(&other.bits) {
            *bits &= others;
        }
    }
}

/// The documents that one filter lets through, and what could not be read of it. Cost: linear in the documents.
///
/// An unreadable value selects nothing; an unknown field is no filter, so it lets everything through.
pub fn select(index: &Index, filter: &Filter) -> (DocSet, Vec<FilterError>) {
    let mut errors = Vec::new();
    let mut chosen = DocSet::new(index, false);
    let docs = || (0..index.doc_count()).map(DocId);
    match filter.field.as_str() {
        "date" => {
            let mut ranges = Vec::new();
            let mut wants_undated = false;
            for value in &filter.values {
                match DateRange::parse(value) {
                    Some(range) => ranges.push(range),
                    None if value.is_empty() => wants_undated = true,
                    None => errors.push(FilterError::NotADate { value: value.clone() }),
                }
            }
            for (doc_id, date) in docs().zip(index.columns.dates()) {
                if date.map_or(wants_undated, |date| ranges.iter().any(|range| range.overlaps(date))) {
                    chosen.insert(doc_id);
                }
            }
        }
        "words" => {
            let mut ranges = Vec::new();
            for value in &filter.values {
                match length_range(value) {
                    Some(range) => ranges.push(range),
                    None => errors.push(FilterError::NotALength { value: value.clone() }),
                }
            }
            for (doc_id, text_len) in docs().zip(index.shapes.text_lens()) {
                if ranges.iter().any(|(from, to)| (*from..=*to).contains(text_len)) {
                    chosen.insert(doc_id);
                }
            }
        }
        field => {
            let Some(column) = index.category(field) else {
                let known = index.columns.names().map(str::to_owned);
                let known = known.chain(["date", "words"].map(str::to_owned)).collect::<Vec<_>>().join(", ");
                return (DocSet::new(index, true), vec![FilterError::UnknownField { field: field.to_owned(), known }]);
            };
            let mut wanted = vec![false; column.values.len()];
            for value in &filter.values {
                let places = places_of(column, value);
                places.iter().for_each(|place| wanted[*place] = true);
                if places.is_empty() {
                    errors.push(FilterError::UnknownValue {
                        field: field.to_owned(),
                        value: value.clone(),
                        hint: value_hint(&column.values, value),
                    });
                }
            }
            column.all().select(&wanted, &mut chosen.bits);
        }
    }
    (chosen, errors)
}

/// Why a value of `date` or `words` cannot be read, whatever the corpus.
pub fn unreadable(field: &str, value: &str) -> Option<FilterError> {
    match field {
        "date" if !value.is_empty() && DateRange::parse(value).is_none() => {
            Some(FilterError::NotADate { value: value.to_owned() })
        }
        "words" if length_range(value).is_none() => Some(FilterError::NotALength { value: value.to_owned() }),
        _ => None,
    }
}

/// Places of the values that are meant: exactly the one written so, else those that fold to it or fit its wildcards.
fn places_of(column: &Column, value: &str) -> Vec<usize> {
    if let Some(place) = column.find(value) {
        return vec![place as usize];
    }
    if value.is_empty() {
        return Vec::new();
    }
    let expression = letters::folded(&letters::wildcard(&fold_line(value)), Default::default());
    let found = WordProgram::of(&expression)
        .and_then(|program| program.filter(column.values.iter().map(|value| fold_line(value))));
    found.unwrap_or_default().into_iter().map(|place| place as usize).collect()
}

/// Reads `500`, `500..999`, `500..`, `..999`, `>500`, `>=500`, `<500` and `<=500`.
fn length_range(text: &str) -> Option<(u32, u32)> {
    if let Some(bound) = text.trim().strip_prefix(['<', '>']) {
        let (bound, is_inside) = bound.strip_prefix('=').map_or((bound, 0), |bound| (bound, 1));
        let bound: u32 = bound.trim().parse().ok()?;
        return Some(match text.trim().starts_with('<') {
            true => (0, bound.saturating_add(is_inside).checked_sub(1)?),
            false => (bound.saturating_add(1) - is_inside, u32::MAX),
        });
    }
    let number = |part: &str, open: u32| match part.trim() {
        "" => Some(open),
        part => part.parse().ok(),
    };
    match crate::base::range::ends(text) {
        None => text.trim().parse().ok().map(|n| (n, n)),
        Some((from, to)) if !(from.trim().is_empty() && to.trim().is_empty()) => {
            Some((number(from, 0)?, number(to, u32::MAX)?))
        }
        Some(_) => None,
    }
}

fn value_hint(values: &[String], asked: &str) -> String {
    let shown = |value: &String| if value.is_empty() { "(none given)".to_owned() } else { value.clone() };
    if values.len() <= 8 {
        return format!("Values here: {}.", values.iter().map(shown).collect::<Vec<_>>().join(", "));
    }
    let near = super::suggest::nearest(asked, values.iter().map(String::as_str), 3);
    if near.is_empty() { format!("It has {} values.", values.len()) } else { format!("Nearest: {}.", near.join(", ")) }
}
