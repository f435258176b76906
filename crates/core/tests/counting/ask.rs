//! Asking: the only place that calls the workspace.

use sheaf_core::query::Filter;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::arithmetic::ArithmeticView;
use sheaf_core::views::lens::table::{Cell, Link, Row, Table};
use sheaf_core::workspace::{LensRequest, Question, Request, Response, Workspace};

/// What is asked: a query, filters, settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    pub(crate) query: String,
    pub(crate) filters: Vec<(String, String)>,
    pub(crate) settings: Vec<(String, String)>,
}

impl Ask {
    pub(crate) fn new(query: &str, filters: &[(&str, &str)], settings: &[(&str, &str)]) -> Ask {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Ask {
            query: query.to_owned(),
            filters: filters.iter().map(owned).collect(),
            settings: settings.iter().map(owned).collect(),
        }
    }

    fn request(&self, lens: Lens) -> LensRequest {
        let filter = |(field, value): &(String, String)| Filter { field: field.clone(), values: vec![value.clone()] };
        let filters = self.filters.iter().map(filter).collect();
        let question = Question { query: self.query.clone(), filters, ..Question::default() };
        LensRequest { lens, question, settings: self.settings.clone(), first: 0, limit: u32::MAX }
    }

    /// All rows of a lens.
    pub(crate) fn of(&self, workspace: &mut Workspace, lens: Lens) -> LensView {
        self.rows(workspace, lens, 0, u32::MAX)
    }

    /// The arithmetic of a row.
    pub(crate) fn arithmetic(&self, workspace: &mut Workspace, lens: Lens, key: &str) -> Option<ArithmeticView> {
        match workspace.handle(&Request::Arithmetic { lens: self.request(lens), key: key.to_owned() }) {
            Response::Arithmetic(view) => view.open().unwrap(),
            other => panic!("{other:?} is no arithmetic"),
        }
    }

    /// Some rows of a lens.
    pub(crate) fn rows(&self, workspace: &mut Workspace, lens: Lens, first: u32, limit: u32) -> LensView {
        match workspace.handle(&Request::Lens(LensRequest { first, limit, ..self.request(lens) })) {
            Response::Lens(answer) => answer.view.open().unwrap(),
            other => panic!("{other:?} is no lens"),
        }
    }

    /// What a link to a lens asks, from here; nothing where it leads elsewhere.
    pub(crate) fn followed(&self, link: &Link) -> Option<(Lens, Ask)> {
        let Link::Lens { lens, query, filter, settings } = link else { return None };
        let query = query.clone().unwrap_or_else(|| self.query.clone());
        let filters = self.filters.iter().chain(filter).cloned().collect();
        Some((*lens, Ask { query, filters, settings: settings.clone() }))
    }
}

pub(crate) fn cell<'t>(table: &Table, row: &'t Row, column: &str) -> &'t Cell {
    let place = table.columns.iter().position(|own| own.name == column);
    &row.cells[place.unwrap_or_else(|| panic!("no column {column}"))]
}

pub(crate) fn text(table: &Table, row: &Row, column: &str) -> String {
    match cell(table, row, column) {
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    }
}

pub(crate) fn count(table: &Table, row: &Row, column: &str) -> u64 {
    match cell(table, row, column) {
        Cell::Count(count) => *count,
        other => panic!("{other:?} is no count"),
    }
}

/// A number by its bits, so that equal is the same; nothing where there is none.
pub(crate) fn bits(table: &Table, row: &Row, column: &str) -> Option<u64> {
    match cell(table, row, column) {
        Cell::None => None,
        Cell::Number(number) => Some(number.to_bits()),
        other => panic!("{other:?} is no number"),
    }
}

/// The same of an expected number: one that is not finite must not be shown.
pub(crate) fn bits_of(number: impl Into<Option<f64>>) -> Option<u64> {
    number.into().filter(|number| number.is_finite()).map(f64::to_bits)
}
