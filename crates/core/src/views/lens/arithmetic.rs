//! The arithmetic behind a score: its table of four cells, every measure with its formula and source, the same under
//! other conventions, and the way to the lines behind each cell.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::table::{Cell, Link};
use crate::measure::{Contingency, Measure};

/// Everything behind a score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ArithmeticView {
    /// The word it is about.
    pub word: String,
    /// What is asked of it, in a sentence.
    pub question: String,
    /// The table, for each convention.
    pub tables: Vec<FourCells>,
    /// The measures, in the order of their list.
    pub measures: Vec<ShownMeasure>,
    /// What must be known to check the numbers: sentences.
    pub notes: Vec<String>,
}

/// A table of four cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct FourCells {
    /// The convention by which it is made; empty where there is only one.
    pub convention: String,
    /// What the rows are.
    pub rows: (String, String),
    /// What the columns are.
    pub columns: (String, String),
    /// Observed counts, row by row; nothing where the convention gives none.
    pub observed: Vec<Cell>,
    /// Expected counts, row by row.
    pub expected: Vec<Cell>,
    /// The lines behind each cell, row by row.
    pub links: Vec<Link>,
}

/// A measure with what it comes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ShownMeasure {
    /// Its name in tables and exports.
    pub name: String,
    /// On the screen.
    pub title: String,
    /// Which of several forms.
    pub variant: String,
    /// Its formula in MathML.
    pub formula: String,
    /// Where it comes from.
    pub source: String,
    /// What it says.
    pub meaning: String,
    /// Why there may be no number.
    pub undefined: String,
    /// What it comes to, for each convention.
    pub values: Vec<Cell>,
}

/// The four cells of a table, where there is one.
pub fn four_cells(
    convention: &str,
    rows: (&str, &str),
    columns: (&str, &str),
    table: Option<Contingency>,
    links: Vec<Link>,
) -> FourCells {
    let cells = |table: Contingency| [table.o11, table.o12, table.o21, table.o22].map(Cell::number).to_vec();
    let none = || vec![Cell::None; 4];
    FourCells {
        convention: convention.to_owned(),
        rows: (rows.0.to_owned(), rows.1.to_owned()),
        columns: (columns.0.to_owned(), columns.1.to_owned()),
        observed: table.map_or_else(none, cells),
        expected: table.map_or_else(none, |table| cells(table.expected())),
        links,
    }
}

/// The measures of a list with what they come to for each of `values`.
pub fn shown<T>(list: &[Measure<T>], of: &[T]) -> Vec<ShownMeasure> {
    let shown = |measure: &Measure<T>| ShownMeasure {
        name: measure.name.to_owned(),
        title: measure.title.to_owned(),
        variant: measure.variant.to_owned(),
        formula: measure.formula.to_owned(),
        source: measure.source.to_owned(),
        meaning: measure.meaning.to_owned(),
        undefined: measure.undefined.to_owned(),
        values: of.iter().map(|value| Cell::number((measure.value)(value))).collect(),
    };
    list.iter().map(shown).collect()
}
