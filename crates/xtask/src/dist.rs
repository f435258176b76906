//! The folder that is published: every file under a name made from its content, and `index.html` that names them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::console;

/// Tells GitHub Pages to serve all files as they are; tells us that the folder is one of ours.
const MARK: &str = ".nojekyll";

/// A file to publish.
pub(crate) struct DistFile {
    /// Its name in the folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl DistFile {
    /// A file named by its content: `STEM-HASH.EXTENSION`, so that it may be cached for ever.
    pub(crate) fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> DistFile {
        let hash = blake3::hash(&bytes).to_hex();
        DistFile { name: format!("{stem}-{}.{extension}", &hash[..16]), bytes }
    }
}

/// Whether a file of that name may be cached for ever: it has a hash of its content in it.
pub(crate) fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

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

/// Puts the files where the old ones were, all at once: a build that fails leaves the old page whole.
///
/// # Errors
/// The folder is not one of ours, or it cannot be written.
pub(crate) fn write(out: &Path, files: &[DistFile]) -> Result<()> {
    refuse_foreign(out)?;
    let (new, old) = (beside(out, "new"), beside(out, "old"));
    for leftover in [&new, &old].into_iter().filter(|folder| folder.exists()) {
        fs::remove_dir_all(leftover).with_context(|| format!("{} cannot be removed", leftover.display()))?;
    }
    fs::create_dir_all(&new).with_context(|| format!("{} cannot be created", new.display()))?;
    fs::write(new.join(MARK), "").with_context(|| format!("{} cannot be written", new.display()))?;
    for DistFile { name, bytes } in files {
        fs::write(new.join(name), bytes).with_context(|| format!("{} cannot be written", new.join(name).display()))?;
    }
    swap(out, &new, &old).with_context(|| format!("{} cannot be replaced", out.display()))
}

fn swap(out: &Path, new: &Path, old: &Path) -> std::io::Result<()> {
    if out.exists() {
        fs::rename(out, old)?;
    }
    fs::rename(new, out)?;
    if old.exists() && fs::remove_dir_all(old).is_err() {
        console::warn(&format!("the former page stays in {}.", old.display()));
    }
    Ok(())
}

/// The folder is replaced as a whole, so it must hold nothing but an earlier page.
///
/// # Errors
/// There is something else in it.
pub(crate) fn refuse_foreign(out: &Path) -> Result<()> {
    let is_empty = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    let is_ours = out.join(MARK).is_file() && out.join("index.html").is_file();
    if out.exists() && !is_empty && !is_ours {
        bail!("{} holds other things than an earlier page; choose another folder with --out.", out.display());
    }
    Ok(())
}

fn beside(out: &Path, suffix: &str) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!(".{name}.{suffix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> [DistFile; 1] {
        [DistFile { name: "index.html".to_owned(), bytes: text.into() }]
    }

    #[test]
    fn names_carry_sixteen_digits_of_the_hash() {
        let file = DistFile::hashed("sheaf", "css", b"a".to_vec());
        assert_eq!(file.name, "sheaf-17762fddd969a453.css");
        assert!(is_hashed(&file.name));
        for name in ["index.html", "sheaf.css", "sheaf-17762fddd969a45.css", "sheaf-long-enough-words.css"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn an_earlier_page_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        write(&out, &[DistFile::hashed("a", "js", vec![1])]).unwrap();
        fs::write(out.join("index.html"), "old").unwrap();
        write(&out, &page("new")).unwrap();
        let mut names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [".nojekyll", "index.html"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_with_other_things_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        let error = write(folder.path(), &page("new")).unwrap_err();
        assert!(error.to_string().contains("choose another folder"), "{error}");
        assert!(folder.path().join("thesis.txt").exists());
    }

    #[test]
    fn styles_start_with_tokens_and_base() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["app.css", "tokens.css", "base.css", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        assert_eq!(styles(folder.path()).unwrap(), b"tokens.css\nbase.css\napp.css\n");
    }
}
