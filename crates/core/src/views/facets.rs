//! Filters with their counts: how many of the documents that match have each value.
//!
//! A field's own choice does not shrink its own list, so that a second value can be added to the first.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};
use sheaf_kernels::columns::{count_between, values_of};

use super::words;
use crate::base::order::sort_by;
use crate::base::{DocId, PartialDate};
use crate::index::{Column, Index};
use crate::query::{DocSet, Filter};

/// A corpus's own field becomes a filter with at most this many values …
const MAX_VALUES: usize = 200;
/// … and only where a value is shared by two documents on average.
const MIN_SHARE: usize = 2;

pub(super) const LENGTHS: &[(&str, &str)] = &[
    ("..249", "under 250"),
    ("250..499", "250 to 499"),
    ("500..999", "500 to 999"),
    ("1000..1999", "1,000 to 1,999"),
    ("2000..", "2,000 and more"),
];
/// Where one of them ends and the next begins.
const LENGTH_BORDERS: &[u32] = &[250, 500, 1_000, 2_000];

/// All filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct FacetsView {
    /// Publication dates.
    pub calendar: CalendarView,
    /// The other fields.
    pub facets: Vec<FacetView>,
    /// Whether reading the texts would add who and what they name.
    pub can_read: bool,
}

/// One field with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct FacetView {
    /// Name in filters.
    pub field: String,
    /// Name on the screen.
    pub label: String,
    /// Values: the chosen first, then the most frequent.
    pub values: Vec<FacetValue>,
}

/// A value with its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct FacetValue {
    /// As written in filters.
    pub value: String,
    /// On the screen.
    pub label: String,
    /// Documents that match and have it.
    pub count: u32,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// Documents over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct CalendarView {
    /// One bar a month, or a year where there would be more than sixty; gaps are bars of zero.
    pub bars: Vec<CalendarBar>,
    /// Documents without a date: those that match, and whether they are chosen.
    pub undated: Option<FacetValue>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct CalendarBar {
    /// As written in filters: `2025-02` or `2025`.
    pub value: String,
    /// On the screen: `Feb 2025`.
    pub label: String,
    /// Documents that match.
    pub count: u32,
    /// Documents of the corpus.
    pub of: u32,
    /// Whether it is chosen, alone or in a range.
    pub is_chosen: bool,
}

/// Counts all filters for the documents of a query; `sets` holds what each filter of the question lets through.
///
/// Cost: documents × fields.
pub fn facets(index: &Index, docs: &[DocId], filters: &[Filter], sets: &[DocSet]) -> FacetsView {
    let passing = |field: &str| -> Vec<DocId> {
        let mut passing = docs.to_vec();
        let others = filters.iter().zip(sets).filter(|(filter, _)| filter.field != field);
        others.for_each(|(_, set)| set.retain(&mut passing));
        passing
    };
    let chosen = |field: &str| -> Vec<&str> {
        let own = filters.iter().filter(|filter| filter.field == field);
        own.flat_map(|filter| filter.values.iter().map(String::as_str)).collect()
    };
    let mut facets = Vec::new();
    for column in index.columns.categories().filter(|column| is_facet(column, index.doc_count() as usize)) {
        facets.push(category(column, &passing(&column.name), &chosen(&column.name), false));
        if column.name == "language" {
            facets.push(lengths(index, &passing("words"), &chosen("words")));
        }
    }
    for column in index.named_columns.iter().filter(|column| index.is_read_field(&column.name)) {
        facets.push(category(column, &passing(&column.name), &chosen(&column.name), true));
    }
    let can_read = index.named_columns.is_empty() && index.doc_count() > 0 && index.is_read_field("person");
    FacetsView { calendar: calendar(index, &passing("date"), &chosen("date")), facets, can_read }
}

fn is_facet(column: &Column, documents: usize) -> bool {
    match column.name.as_str() {
        "source" | "language" => documents > 0,
        _ => {
            column.values.len() > 1
                && column.values.len() <= MAX_VALUES
                && column.values.len() * MIN_SHARE <= documents.max(4)
        }
    }
}

fn category(column: &Column, docs: &[DocId], chosen: &[&str], is_read: bool) -> FacetView {
    let mut counts = vec![0u32; column.values.len()];
    column.all().count(docs, &mut counts);
    let chosen: Vec<Option<u32>> = chosen.iter().map(|value| column.find(value)).collect();
    // Of the very many names only those are counted that a document has; that it has none says nothing.
    let is_shown = |place: u32, value: &str, count: u32| {
        !is_read || chosen.contains(&Some(place)) || count > 0 && !value.is_empty()
    };
    let mut values: Vec<FacetValue> = (0u32..)
        .zip(column.values.iter().zip(counts))
        .filter(|(place, (value, count))| is_shown(*place, value, *count))
        .map(|(place, (value, count))| FacetValue {
            label: label(&column.name, value),
            value: value.clone(),
            count,
            is_chosen: chosen.contains(&Some(place)),
        })
        .collect();
    sort_by(&mut values, |a, b| (!a.is_chosen, b.count, &a.label).cmp(&(!b.is_chosen, a.count, &b.label)));
    values.truncate(MAX_VALUES);
    FacetView { field: column.name.clone(), label: field_label(&column.name), values }
}

fn label(field: &str, value: &str) -> String {
    match (field, value) {
        ("language", "") => "not known".to_owned(),
        ("language", code) => words::language(code).to_owned(),
        ("source", "") => "not stated".to_owned(),
        (_, "") => "none".to_owned(),
        (_, value) => value.to_owned(),
    }
}

/// A field's name as a heading: `dateline` → `Dateline`, `meta.split` → `Split`.
pub fn field_label(name: &str) -> String {
    if name == "org" {
        return "Organisation".to_owned();
    }
    let last = name.rsplit('.').next().unwrap_or(name).replace('_', " ");
    let mut chars = last.chars();
    chars.next().map_or(String::new(), |first| std::iter::once(first.to_ascii_uppercase()).chain(chars).collect())
}

fn lengths(index: &Index, docs: &[DocId], chosen: &[&str]) -> FacetView {
    let text_lens = index.shapes.text_lens();
    let counts = count_between(&values_of(docs, text_lens), LENGTH_BORDERS);
    let present = count_between(text_lens, LENGTH_BORDERS);
    let own = LENGTHS.iter().zip(counts).zip(present).map(|(((value, label), count), present)| {
        let is_present = present > 0;
        let is_chosen = chosen.contains(value);
        let shown = FacetValue { value: (*value).to_owned(), label: (*label).to_owned(), count, is_chosen };
        (shown, is_present || is_chosen)
    });
    let mut values: Vec<FacetValue> = own.filter(|(_, is_shown)| *is_shown).map(|(value, _)| value).collect();
    // A range of the asker's own is shown as it was written.
    for other in chosen.iter().filter(|value| LENGTHS.iter().all(|(known, _)| known != *value)) {
        values.push(FacetValue {
            value: (*other).to_owned(),
            label: (*other).to_owned(),
            count: docs.len() as u32,
            is_chosen: true,
        });
    }
    FacetView { field: "words".to_owned(), label: "Length in words".to_owned(), values }
}

fn calendar(index: &Index, docs: &[DocId], chosen: &[&str]) -> CalendarView {
    /// More months than this are shown as years.
    const MAX_MONTHS: usize = 60;
    let dates = index.columns.dates();
    let known = || dates.iter().flatten();
    let has_bare_year = known().any(|date| date.month == 0);
    let (first, last) = match (known().min(), known().max()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => return CalendarView { bars: Vec::new(), undated: undated(dates, docs, chosen) },
    };
    let months = (i32::from(last.year) - i32::from(first.year)) * 12 + i32::from(last.month) - i32::from(first.month);
    let by_year = has_bare_year || months as usize >= MAX_MONTHS;
    let slot =
        |date: PartialDate| if by_year { PartialDate { month: 0, day: 0, minute: 0, ..date } } else { date.month() };
    // Slots in order of time, without gaps; a corpus over more than 12,000 of them keeps the first.
    let mut slots: Vec<(PartialDate, u32, u32)> = Vec::new();
    let mut at = slot(first);
    while at <= slot(last) && slots.len() < 12_000 && at.year < i16::MAX {
        slots.push((at, 0, 0));
        at = if by_year { PartialDate { year: at.year.saturating_add(1), ..at } } else { at.next_month() };
    }
    let since = |date: PartialDate| {
        let years = i32::from(date.year) - i32::from(first.year);
        (if by_year { years } else { years * 12 + i32::from(date.month) - i32::from(first.month) }) as usize
    };
    for date in known() {
        if let Some((_, _, of)) = slots.get_mut(since(*date)) {
            *of += 1;
        }
    }
    for date in docs.iter().filter_map(|doc_id| dates.get(doc_id.0 as usize).copied().flatten()) {
        if let Some((_, count, _)) = slots.get_mut(since(date)) {
            *count += 1;
        }
    }
    let ranges: Vec<_> = chosen.iter().filter_map(|value| crate::base::DateRange::parse(value)).collect();
    let bars = slots.into_iter().map(|(date, count, of)| CalendarBar {
        value: date.to_string(),
        label: words::date(date),
        count,
        of,
        is_chosen: ranges.iter().any(|range| range.overlaps(date)),
    });
    CalendarView { bars: bars.collect(), undated: undated(dates, docs, chosen) }
}

fn undated(dates: &[Option<PartialDate>], docs: &[DocId], chosen: &[&str]) -> Option<FacetValue> {
    dates.iter().any(Option::is_none).then(|| FacetValue {
        value: String::new(),
        label: "no date".to_owned(),
        count: docs.iter().filter(|doc_id| dates.get(doc_id.0 as usize).is_some_and(Option::is_none)).count() as u32,
        is_chosen: chosen.contains(&""),
    })
}
