//! The Documents lens: the chosen documents as a table.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::card::Card;
use super::echo::EchoView;

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct DocumentsView {
    /// What was understood.
    pub echo: EchoView,
    /// Documents chosen.
    pub matched: u32,
    /// Documents in the corpus.
    pub of: u32,
    /// The place of the first row, from 0.
    pub first: u32,
    /// Rows from there on, in the order asked.
    pub rows: Vec<DocumentRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct DocumentRow {
    /// Its head.
    pub card: Card,
    /// Hits of the query in it; 0 without a query.
    pub hits: u32,
}
