//! What goes into the published folder: names made from content, and all styles in one.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};


/// All styles in one: tokens, base, then the others by name.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn styles(folder: &Path) -> Result<Vec<u8>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    files.sort_by_key(|file| style_order(file));
    let mut css = Vec::new();
    for file in files {
        css.extend(fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?);
        css.push(b'\n');
    }
    Ok(css)
}

fn style_order(file: &Path) -> (usize, OsString) {
    let name = file.file_name().unwrap_or_default().to_owned();
    let place = ["tokens.css", "base.css"].iter().position(|first| name == *first);
    (place.unwrap_or(usize::MAX), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_start_with_tokens_and_base() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["app.css", "tokens.css", "base.css", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        assert_eq!(styles(folder.path()).unwrap(), b"tokens.css\nbase.css\napp.css\n");
    }
}
