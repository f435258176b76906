//! Filters: which documents count, by their metadata. Several values of one field are OR, several fields AND.

use serde::{Deserialize, Serialize};

use crate::base::{DateRange, DocId};
use crate::index::Index;

/// One field narrowed to some of its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// `source`, `language`, `date`, `words`, or a field of the corpus.
    pub field: String,
    /// Values: any of them. Dates and lengths take ranges: `2025-02`, `2025-02..2025-03`, `500..999`, `..249`.
    /// An empty value means "none given".
    pub values: Vec<String>,
}

/// A filter that selects nothing because it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
    #[error("“{value}” is no date. Write 2025, 2025-02, 2025-02-24 or a range: 2025-02..2025-03.")]
    NotADate {
        /// As asked.
        value: String,
    },
    /// Not a number or a range of numbers.
    #[error("“{value}” is no length. Write a number of words or a range: 500..999, 1000.., ..249.")]
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
        DocSet { bits: vec![if is_full { u64::MAX } else { 0 }; (index.doc_count() as usize).div_ceil(64)] }
    }

    /// Adds a document.
    pub fn insert(&mut self, doc_id: DocId) {
        if let Some(bits) = self.bits.get_mut(doc_id.0 as usize / 64) {
            *bits |= 1 << (doc_id.0 % 64);
        }
    }

    /// Whether a document is inside.
    pub fn contains(&self, doc_id: DocId) -> bool {
        self.bits.get(doc_id.0 as usize / 64).is_some_and(|bits| bits >> (doc_id.0 % 64) & 1 == 1)
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
            for (doc_id, date) in docs().zip(&index.columns.dates) {
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
            for (doc_id, shape) in docs().zip(&index.shapes) {
                if ranges.iter().any(|(from, to)| (*from..=*to).contains(&shape.text_len)) {
                    chosen.insert(doc_id);
                }
            }
        }
        field => {
            let Some(column) = index.columns.category(field) else {
                let known = index.columns.categories.iter().map(|column| column.name.as_str());
                let known = known.chain(["date", "words"]).collect::<Vec<_>>().join(", ");
                return (DocSet::new(index, true), vec![FilterError::UnknownField { field: field.to_owned(), known }]);
            };
            let mut wanted = vec![false; column.values.len()];
            for value in &filter.values {
                match column.find(value) {
                    Some(place) => wanted[place as usize] = true,
                    None => errors.push(FilterError::UnknownValue {
                        field: field.to_owned(),
                        value: value.clone(),
                        hint: value_hint(&column.values, value),
                    }),
                }
            }
            for doc_id in docs() {
                if column.ordinals(doc_id.0 as usize).iter().any(|place| wanted[*place as usize]) {
                    chosen.insert(doc_id);
                }
            }
        }
    }
    (chosen, errors)
}

/// Reads `500`, `500..999`, `500..` and `..999`.
fn length_range(text: &str) -> Option<(u32, u32)> {
    let number = |part: &str, open: u32| match part.trim() {
        "" => Some(open),
        part => part.parse().ok(),
    };
    match text.split_once("..") {
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
