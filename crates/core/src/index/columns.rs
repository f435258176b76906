//! Columns: the metadata of all documents, laid out for filters, counts and sorting.
//!
//! A document without a value has the value `""` of its own, so that what is unknown can be seen and chosen.

use rustc_hash::FxHashMap;

use crate::base::PartialDate;
use crate::base::order::sort_by;
use crate::document::Document;

/// All columns of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Fields with words as values: `source`, `language`, then the corpus's own in order of first occurrence.
    pub categories: Vec<Column>,
    /// Publication dates, by document.
    pub dates: Vec<Option<PartialDate>>,
    /// Titles folded for sorting, by document.
    pub title_keys: Vec<String>,
}

/// One field of all documents, each with one or more of a list of values.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// The field's name, as it is written in filters.
    pub name: String,
    /// Its distinct values, sorted; `""` stands for "none given".
    pub values: Vec<String>,
    /// First entry of each document in `ordinals`, and the number of entries at the end.
    starts: Vec<u32>,
    /// Places in `values`, ascending within a document.
    ordinals: Vec<u32>,
}

impl Columns {
    /// Lays out the metadata of `documents`. Cost: O(values · log distinct values).
    pub fn of(documents: &[Document]) -> Columns {
        let fact = |value: &Option<String>| vec![value.clone().unwrap_or_default()];
        let mut categories = vec![
            Column::of("source", documents.iter().map(|document| fact(&document.source.value))),
            Column::of("language", documents.iter().map(|document| fact(&document.language.value))),
        ];
        let mut names: Vec<&str> = Vec::new();
        for field in documents.iter().flat_map(|document| &document.fields) {
            if !names.contains(&field.name.as_str()) {
                names.push(&field.name);
            }
        }
        for name in names.into_iter().filter(|name| !RESERVED.contains(name)) {
            let values = documents.iter().map(|document| {
                let field = document.fields.iter().find(|field| field.name == name);
                field
                    .map(|field| field.values.clone())
                    .filter(|values| !values.is_empty())
                    .unwrap_or(vec![String::new()])
            });
            categories.push(Column::of(name, values));
        }
        Columns {
            categories,
            dates: documents.iter().map(|document| document.date.value).collect(),
            title_keys: documents
                .iter()
                .map(|document| crate::text::fold::fold_line(document.title.value.as_deref().unwrap_or("")))
                .collect(),
        }
    }

    /// The column of a field.
    pub fn category(&self, name: &str) -> Option<&Column> {
        self.categories.iter().find(|column| column.name == name)
    }
}

/// Names that filters give a meaning of their own; a corpus's field of that name is kept with its documents only.
pub const RESERVED: &[&str] = &["source", "language", "date", "words"];

impl Column {
    /// Lays out one field: `rows` gives the values of each document, at least one.
    pub fn of(name: &str, rows: impl Iterator<Item = Vec<String>>) -> Column {
        let rows: Vec<Vec<String>> = rows.collect();
        let mut distinct: FxHashMap<&str, u32> = FxHashMap::default();
        for value in rows.iter().flatten() {
            distinct.insert(value, 0);
        }
        let mut values: Vec<&str> = distinct.into_keys().collect();
        sort_by(&mut values, Ord::cmp);
        let mut column = Column { name: name.to_owned(), starts: vec![0], ..Column::default() };
        for row in &rows {
            let mut ordinals: Vec<u64> = Vec::new();
            ordinals.extend(
                row.iter().filter_map(|value| values.binary_search(&value.as_str()).ok()).map(|place| place as u64),
            );
            ordinals.sort_unstable();
            ordinals.dedup();
            column.ordinals.extend(ordinals.iter().map(|place| *place as u32));
            column.starts.push(column.ordinals.len() as u32);
        }
        column.values = values.into_iter().map(str::to_owned).collect();
        column
    }

    /// Places in `values` that the document at `doc` has, ascending.
    pub fn ordinals(&self, doc: usize) -> &[u32] {
        match (self.starts.get(doc), self.starts.get(doc + 1)) {
            (Some(&start), Some(&end)) => self.ordinals.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The place of a value: as written, else with case and accents folded where that names exactly one.
    pub fn find(&self, value: &str) -> Option<u32> {
        if let Ok(place) = self.values.binary_search_by(|other| other.as_str().cmp(value)) {
            return Some(place as u32);
        }
        let folded = crate::text::fold::fold_line(value);
        let mut alike = (0u32..).zip(&self.values).filter(|(_, other)| crate::text::fold::fold_line(other) == folded);
        match (alike.next(), alike.next()) {
            (Some((place, _)), None) => Some(place),
            _ => None,
        }
    }
}
