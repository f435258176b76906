//! The folder of a site: written beside the old one, and put in its place when it is whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::page::SiteFile;

/// Tells GitHub Pages to serve all files as they are; tells us that the folder is one of ours.
const MARK: &str = ".nojekyll";

/// A site on its way. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    new: PathBuf,
}

impl Staging {
    /// Begins a site that will be at `out`.
    ///
    /// # Errors
    /// There is something else at `out` than a site or an empty folder, or it cannot be written there.
    pub fn begin(out: &Path) -> Result<Staging> {
        refuse_foreign(out)?;
        let out = std::path::absolute(out).with_context(|| format!("{} is no path", out.display()))?;
        let new = beside(&out, "new");
        if new.exists() {
            fs::remove_dir_all(&new).with_context(|| format!("{} cannot be removed", new.display()))?;
        }
        fs::create_dir_all(&new).with_context(|| format!("{} cannot be created", new.display()))?;
        Ok(Staging { out, new })
    }

    /// Where its files are written meanwhile.
    pub fn folder(&self) -> &Path {
        &self.new
    }

    /// Writes a file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, file: &SiteFile) -> Result<()> {
        let path = self.new.join(&file.name);
        fs::write(&path, &file.bytes).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Puts the site where the old one was, all at once. Returns where the old one stays if it cannot be removed.
    ///
    /// # Errors
    /// The old one cannot be moved away.
    pub fn finish(self) -> Result<Option<PathBuf>> {
        self.write(&SiteFile { name: MARK.to_owned(), bytes: Vec::new() })?;
        let old = beside(&self.out, "old");
        if old.exists() {
            fs::remove_dir_all(&old).with_context(|| format!("{} cannot be removed", old.display()))?;
        }
        let swap = || {
            if self.out.exists() {
                fs::rename(&self.out, &old)?;
            }
            fs::rename(&self.new, &self.out)
        };
        swap().with_context(|| format!("{} cannot be replaced", self.out.display()))?;
        let is_left = old.exists() && fs::remove_dir_all(&old).is_err();
        Ok(is_left.then_some(old))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After `finish` it is not there any more.
        let _ = fs::remove_dir_all(&self.new);
    }
}

/// The folder is replaced as a whole, so it must hold nothing but an earlier page.
///
/// # Errors
/// There is something else in it.
pub fn refuse_foreign(out: &Path) -> Result<()> {
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

    fn write(out: &Path, files: &[(&str, &str)]) -> Result<()> {
        let staging = Staging::begin(out)?;
        for (name, text) in files {
            staging.write(&SiteFile { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() })?;
        }
        staging.finish().map(|_| ())
    }

    #[test]
    fn an_earlier_site_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        write(&out, &[("a.js", "1"), ("index.html", "old")]).unwrap();
        write(&out, &[("index.html", "new")]).unwrap();
        let mut names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [".nojekyll", "index.html"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_site_that_is_given_up_leaves_the_old_one_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        write(&out, &[("index.html", "old")]).unwrap();
        let staging = Staging::begin(&out).unwrap();
        staging.write(&SiteFile { name: "index.html".to_owned(), bytes: b"half".to_vec() }).unwrap();
        drop(staging);
        assert_eq!(fs::read(out.join("index.html")).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_with_other_things_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        let error = write(folder.path(), &[("index.html", "new")]).unwrap_err();
        assert!(error.to_string().contains("choose another folder"), "{error}");
        assert!(folder.path().join("thesis.txt").exists());
    }
}
