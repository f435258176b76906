//! Columns: the metadata of all documents, laid out for filters, counts and sorting.
//!
//! A document without a value has the value `""` of its own, so that what is unknown can be seen and chosen.

use rustc_hash::FxHashMap;
use sheaf_kernels::columns::Ordinals;

use super::lazy::Lazy;
use crate::base::order::sort_by;
use crate::base::{PartialDate, Strings};
use crate::document::Document;

/// All columns of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Fields with words as values: `source`, `language`, then the corpus's own in order of first occurrence.
    pub(super) categories: Vec<(String, Lazy<Column>)>,
    /// Publication dates, by document.
    pub(super) dates: Lazy<Vec<Option<PartialDate>>>,
    /// The place of each document where all are sorted by folded title; equal titles have one place.
    pub(super) title_ranks: Lazy<Vec<u32>>,
    /// Whether any document has a title, and whether any has a date.
    pub(super) has_titles_dates: (bool, bool),
}

/// One field of all documents, each with one or more of a list of values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The field's name, as it is written in filters.
    pub name: String,
    /// Its distinct values, sorted; `""` stands for "none given".
    pub values: Vec<String>,
    /// First entry of each document in `ordinals`, and the number of entries at the end; empty where each has one.
    pub(super) starts: Vec<u32>,
    /// Places in `values`, ascending within a document.
    pub(super) ordinals: Vec<u32>,
}

impl Columns {
    /// Lays out the metadata of `documents`. Cost: O(values · log distinct values).
    pub fn of(documents: &[Document]) -> Columns {
        let mut builder = ColumnsBuilder::default();
        documents.iter().for_each(|document| builder.push(document));
        builder.finish()
    }

    /// The column of a field.
    pub fn category(&self, name: &str) -> Option<&Column> {
        self.categories.iter().find(|(own, _)| own == name).map(|(_, column)| column.get())
    }

    /// All columns of fields.
    pub fn categories(&self) -> impl Iterator<Item = &Column> {
        self.categories.iter().map(|(_, column)| column.get())
    }

    /// The names of all fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(|(name, _)| name.as_str())
    }

    /// Publication dates, by document.
    pub fn dates(&self) -> &[Option<PartialDate>] {
        self.dates.get()
    }

    /// The place of each document where all are sorted by folded title.
    pub fn title_ranks(&self) -> &[u32] {
        self.title_ranks.get()
    }

    /// Whether any document has a title.
    pub fn has_titles(&self) -> bool {
        self.has_titles_dates.0
    }

    /// Whether any document has a date.
    pub fn has_dates(&self) -> bool {
        self.has_titles_dates.1
    }
}

/// Names that filters give a meaning of their own; a corpus's field of that name is kept with its documents only.
pub const RESERVED: &[&str] = &["source", "language", "date", "words"];

/// Lays out columns document by document. Memory: 4 bytes a value, and the distinct values and titles once.
#[derive(Debug)]
pub struct ColumnsBuilder {
    documents: u32,
    categories: Vec<Field>,
    dates: Vec<Option<PartialDate>>,
    titles: Strings,
}

/// A field on the way: values in the order of their first occurrence.
#[derive(Debug, Default)]
struct Field {
    name: String,
    numbers: FxHashMap<String, u32>,
    /// Number of values of each document.
    counts: Vec<u32>,
    entries: Vec<u32>,
}

impl Default for ColumnsBuilder {
    fn default() -> Self {
        let field = |name: &str| Field { name: name.to_owned(), ..Field::default() };
        let categories = vec![field("source"), field("language")];
        ColumnsBuilder { documents: 0, categories, dates: Vec::new(), titles: Strings::default() }
    }
}

impl ColumnsBuilder {
    /// Adds a document.
    pub fn push(&mut self, document: &Document) {
        let fact = |value: &Option<String>| value.clone().unwrap_or_default();
        self.categories[0].push(&[fact(&document.source.value)]);
        self.categories[1].push(&[fact(&document.language.value)]);
        for field in document.fields.iter().filter(|field| !RESERVED.contains(&field.name.as_str())) {
            let place = self.categories.iter().position(|own| own.name == field.name).unwrap_or_else(|| {
                let mut new = Field { name: field.name.clone(), ..Field::default() };
                (0..self.documents).for_each(|_| new.push(&[]));
                self.categories.push(new);
                self.categories.len() - 1
            });
            let own = &mut self.categories[place];
            if own.counts.len() == self.documents as usize {
                own.push(&field.values);
            }
        }
        self.documents += 1;
        for own in &mut self.categories {
            if own.counts.len() < self.documents as usize {
                own.push(&[]);
            }
        }
        self.dates.push(document.date.value);
        self.titles.push(&crate::text::fold::fold_line(document.title.value.as_deref().unwrap_or("")));
    }

    /// The columns, where other languages were decided in the end.
    #[cfg(feature = "packed")]
    pub(super) fn in_languages<'l>(mut self, languages: impl Iterator<Item = &'l str>) -> Columns {
        if let Some(field) = self.categories.iter_mut().find(|field| field.name == "language") {
            *field = Field { name: std::mem::take(&mut field.name), ..Field::default() };
            languages.for_each(|language| field.push(&[language.to_owned()]));
        }
        self.finish()
    }

    /// The columns.
    pub fn finish(self) -> Columns {
        let has_titles_dates =
            (self.titles.iter().any(|title| !title.is_empty()), self.dates.iter().any(Option::is_some));
        let category = |field: Field| (field.name.clone(), Lazy::there(field.finish()));
        Columns {
            categories: self.categories.into_iter().map(category).collect(),
            dates: Lazy::there(self.dates),
            title_ranks: Lazy::there(ranks(&self.titles)),
            has_titles_dates,
        }
    }
}

impl Field {
    /// A document's values; none is one: that none is given.
    fn push(&mut self, values: &[String]) {
        let none = [String::new()];
        let values = if values.is_empty() { &none } else { values };
        let first = self.entries.len();
        for value in values {
            let number = match self.numbers.get(value) {
                Some(number) => *number,
                None => {
                    self.numbers.insert(value.clone(), self.numbers.len() as u32);
                    self.numbers.len() as u32 - 1
                }
            };
            if !self.entries.get(first..).unwrap_or_default().contains(&number) {
                self.entries.push(number);
            }
        }
        self.counts.push((self.entries.len() - first) as u32);
    }

    fn finish(self) -> Column {
        let mut values: Vec<(String, u32)> = self.numbers.into_iter().collect();
        sort_by(&mut values, Ord::cmp);
        let mut places = vec![0; values.len()];
        for (place, (_, number)) in (0u32..).zip(&values) {
            places[*number as usize] = place;
        }
        let mut starts = Vec::new();
        if self.counts.iter().any(|count| *count != 1) {
            starts.push(0);
            starts.extend(self.counts.iter().scan(0, |sum, count| {
                *sum += count;
                Some(*sum)
            }));
        }
        let mut column = Column {
            name: self.name,
            values: values.into_iter().map(|(value, _)| value).collect(),
            starts,
            ordinals: self.entries.iter().map(|number| places[*number as usize]).collect(),
        };
        for doc in 0..column.starts.len().saturating_sub(1) {
            let (start, end) = (column.starts[doc] as usize, column.starts[doc + 1] as usize);
            if end - start > 1 {
                // The sort that everything cold shares.
                let mut own = column.ordinals[start..end].to_vec();
                sort_by(&mut own, Ord::cmp);
                column.ordinals[start..end].copy_from_slice(&own);
            }
        }
        column
    }
}

/// The place of each string among all sorted, equal ones alike.
fn ranks(strings: &Strings) -> Vec<u32> {
    let order =
        crate::base::order::first_by(strings.len(), strings.len(), &mut |a, b| strings.get(a).cmp(strings.get(b)));
    let mut ranks = vec![0; strings.len()];
    let mut rank = 0;
    for (place, &string) in order.iter().enumerate() {
        if place > 0 && strings.get(order[place - 1]) != strings.get(string) {
            rank += 1;
        }
        ranks[string] = rank;
    }
    ranks
}

impl Column {
    /// The column of a field, from the values of each document; none are one: that none is given. Cost: as
    /// [`Columns::of`].
    pub fn of(name: &str, values: impl IntoIterator<Item = Vec<String>>) -> Column {
        let mut field = Field { name: name.to_owned(), ..Field::default() };
        values.into_iter().for_each(|values| field.push(&values));
        field.finish()
    }

    /// Places in `values` that the document at `doc` has, ascending.
    pub fn ordinals(&self, doc: usize) -> &[u32] {
        self.all().of(doc)
    }

    /// Places in `values` of all documents.
    pub fn all(&self) -> Ordinals<'_> {
        Ordinals { starts: &self.starts, ordinals: &self.ordinals }
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
