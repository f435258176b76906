//! The corpus of the page: read from disk, imported natively, packed for the browser.

use std::path::Path;

use anyhow::Result;
use sheaf_core::document::Corpus;

use crate::console;

/// Most problems that are printed one by one.
const MAX_SHOWN: usize = 20;

/// Imports the folder or file at `path`; what could not be read is printed.
///
/// # Errors
/// The path cannot be read.
pub(crate) fn read(path: &Path) -> Result<Corpus> {
    let outcome = sheaf_cli::open_corpus(path)?;
    let problems: Vec<String> = outcome.problems.iter().map(ToString::to_string).collect();
    for problem in problems.iter().take(MAX_SHOWN) {
        console::warn(problem);
    }
    if problems.len() > MAX_SHOWN {
        console::warn(&format!("and {} more problems.", problems.len() - MAX_SHOWN));
    }
    if outcome.value.documents.is_empty() {
        console::warn(&format!("{} holds no document that can be read: the page will say so.", path.display()));
    }
    Ok(outcome.value)
}
