//! Corrections of names, as the page saves them.

use std::path::Path;

use sheaf_core::workspace::Corrections;

/// Reads a file of corrections.
///
/// # Errors
/// It cannot be read, or holds something else: a sentence that names it.
pub(crate) fn read(path: &Path) -> Result<Corrections, String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name} cannot be read: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{name} holds no corrections as the page saves them: {error}"))
}
