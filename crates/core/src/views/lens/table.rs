//! Tables: what every lens comes to. A window of rows for the screen, or all of them for an export.
//!
//! A lens hands over items and says what stands in a column of one; sorting asks for one column of all items, drawing
//! for all columns of the rows in the window. So a column that costs much is worked out where it is seen.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::Lens;
use super::settings::Settings;
use crate::base::Span;
use crate::base::order::first_by;
use crate::text::fold;

/// A table, or a window of one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Table {
    /// What it lists, for its caption.
    pub caption: String,
    /// Columns that are shown, in order.
    pub columns: Vec<Column>,
    /// The place of the first row, from 0.
    pub first: u32,
    /// Rows from there on.
    pub rows: Vec<Row>,
    /// Rows of the whole table.
    pub total: u32,
    /// The column it is sorted by, with `-` before it where the largest comes first; empty for the order of the lens.
    pub sort: String,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Column {
    /// Its name, in links and exports.
    pub name: String,
    /// On the screen.
    pub title: String,
    /// What it means, with the variant and its source where there are several.
    pub meaning: String,
    /// Digits after the point of its numbers; more than 15 for text.
    pub decimals: u8,
    /// Whether it can be sorted by.
    pub is_sortable: bool,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Row {
    /// What names it among all rows.
    pub key: String,
    /// What stands in each column.
    pub cells: Vec<Cell>,
    /// Where it leads.
    pub link: Link,
    /// Whether a threshold speaks for it; rows that it speaks against are shown all the same.
    pub is_flagged: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Cell {
    /// Nothing can be said.
    #[default]
    None,
    /// Words.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number, finite.
    Number(f64),
}

/// Where a row or a mark leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Link {
    /// Nowhere.
    #[default]
    None,
    /// To a hit, from 0, of the document of this name; without one, to its beginning.
    Hit(String, Option<u32>),
    /// To a place in the document of this name: bytes of its text.
    Place(String, Span),
    /// Through a lens, with these settings; with another query and with one more filter where they are given.
    Lens {
        /// Which.
        lens: Lens,
        /// The query; as it is where there is none.
        query: Option<String>,
        /// A field and its value.
        filter: Option<(String, String)>,
        /// Settings of the lens.
        settings: Vec<(String, String)>,
    },
}

impl Cell {
    /// A number; nothing where there is none or where it is not finite.
    pub fn number(number: impl Into<Option<f64>>) -> Cell {
        number.into().filter(|number| number.is_finite()).map_or(Cell::None, Cell::Number)
    }

    /// A share of a whole per so many; nothing of an empty whole.
    pub fn share(part: u64, whole: u64, per: f64) -> Cell {
        if whole == 0 { Cell::None } else { Cell::Number(part as f64 * per / whole as f64) }
    }
}

/// Digits of a column of words.
pub const TEXT: u8 = 99;
/// Digits of a column of small pictures: numbers with spaces between them, drawn as bars beside each other.
pub const BARS: u8 = 98;
/// Digits of a column of sentences: words with room to run on.
pub const PROSE: u8 = 97;

/// A column by its parts; it can be sorted by.
pub fn column(name: &str, title: &str, meaning: &str, decimals: u8) -> Column {
    let [name, title, meaning] = [name, title, meaning].map(str::to_owned);
    Column { name, title, meaning, decimals, is_sortable: true }
}

/// The rows that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The first, from 0.
    pub first: u32,
    /// How many.
    pub limit: u32,
}

/// What a table is made of.
pub struct Content<'t, T> {
    /// What it lists.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, in the order of the lens.
    pub items: &'t [T],
    /// What stands in a column, by place.
    pub cell: &'t dyn Fn(&T, usize) -> Cell,
    /// What names a row, where it leads, and whether it is flagged.
    pub head: &'t dyn Fn(&T) -> (String, Link, bool),
    /// The column that it is sorted by where nothing is said, as in [`Table::sort`].
    pub sort: &'static str,
}

/// Draws a table: sorted by the setting `sort`, with the rows whose first cell contains the setting `find`, folded.
/// What cannot be sorted comes last both ways; equal rows stay in the order of the lens.
pub fn table<T>(content: Content<T>, settings: &mut Settings, rows: Rows) -> Table {
    let Content { caption, columns, items, cell, head, sort } = content;
    let find = fold(settings.given("find").unwrap_or("").trim());
    let is_found = |item: &&T| match cell(item, 0) {
        Cell::Text(text) => fold(&text).contains(&find),
        _ => true,
    };
    let found: Vec<&T> = if find.is_empty() { items.iter().collect() } else { items.iter().filter(is_found).collect() };
    if found.is_empty() && !items.is_empty() {
        settings.problem(format!("No row has “{find}” in its first column. Look for fewer letters."));
    }
    let asked = settings.given("sort").filter(|sort| !sort.is_empty()).unwrap_or(sort);
    let by = |sort: &str| {
        let name = sort.strip_prefix('-').unwrap_or(sort);
        columns.iter().position(|column| column.name == name && column.is_sortable)
    };
    let (sort, by) = match by(asked) {
        Some(place) => (asked.to_owned(), Some(place)),
        None => {
            if asked != sort {
                let known: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                settings.problem(format!("This table cannot be sorted by “{asked}”. It has: {}.", known.join(", ")));
            }
            (sort.to_owned(), by(sort))
        }
    };
    let is_descending = sort.starts_with('-');
    let until = (rows.first as usize).saturating_add(rows.limit as usize);
    let order: Vec<usize> = match by {
        None => (0..found.len().min(until)).collect(),
        Some(by) => {
            let keys: Vec<Cell> = found.iter().map(|item| cell(item, by)).map(folded).collect();
            first_by(found.len(), until, &mut |a, b| match (keys.get(a), keys.get(b)) {
                (Some(a), Some(b)) => compare(a, b, is_descending),
                _ => std::cmp::Ordering::Equal,
            })
        }
    };
    let shown = order.into_iter().skip(rows.first as usize).filter_map(|place| found.get(place));
    let rows_of = |item: &&&T| {
        let (key, link, is_flagged) = head(item);
        Row { key, cells: (0..columns.len()).map(|column| cell(item, column)).collect(), link, is_flagged }
    };
    let shown: Vec<Row> = shown.map(|item| rows_of(&item)).collect();
    Table { caption, first: rows.first, rows: shown, total: found.len() as u32, sort, columns }
}

fn folded(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(fold(&text)),
        cell => cell,
    }
}

fn compare(a: &Cell, b: &Cell, is_descending: bool) -> std::cmp::Ordering {
    let directed = |order: std::cmp::Ordering| if is_descending { order.reverse() } else { order };
    match (a, b) {
        (Cell::None, Cell::None) => std::cmp::Ordering::Equal,
        (Cell::None, _) => std::cmp::Ordering::Greater,
        (_, Cell::None) => std::cmp::Ordering::Less,
        (Cell::Text(a), Cell::Text(b)) => directed(a.cmp(b)),
        (Cell::Count(a), Cell::Count(b)) => directed(a.cmp(b)),
        (a, b) => directed(number(a).total_cmp(&number(b))),
    }
}

fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::Count(count) => *count as f64,
        Cell::Number(number) => *number,
        Cell::None | Cell::Text(_) => 0.0,
    }
}
