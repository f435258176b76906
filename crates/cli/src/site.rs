//! The folder of a site: written beside the old one, and put in its place when it is whole.
//!
//! Beside `site` there are for a while `.site.lock` (one writer at a time: the system lets go of it however that ends),
//! `.site.new` (the site on its way), `.site.parts` (what is put aside) and `.site.old` (the former one, while the two
//! change places). What a writer that was killed left of them is removed, or put back, by the next one.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::page::SiteFile;

/// Tells GitHub Pages to serve all files as they are; tells us that the folder is one of ours.
pub(crate) const MARK: &str = ".nojekyll";

/// A site on its way. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    new: PathBuf,
    /// Held until the site is finished or given up.
    _lock: Lock,
}

/// The lock of a site's folder.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Staging {
    /// Begins a site that will be at `out`.
    ///
    /// # Errors
    /// There is something else at `out` than a site or an empty folder, another program is writing it, or it cannot be
    /// written there.
    pub fn begin(out: &Path) -> Result<Staging> {
        refuse_foreign(out)?;
        let out = std::path::absolute(out).with_context(|| format!("{} is no path", out.display()))?;
        if let Some(parent) = out.parent() {
            fs::create_dir_all(parent).with_context(|| format!("{} cannot be created", parent.display()))?;
        }
        let lock = Lock::take(&out)?;
        restore(&out).with_context(|| format!("{} cannot be put back", out.display()))?;
        for left in [beside(&out, "new"), beside(&out, "parts")] {
            if left.exists() {
                fs::remove_dir_all(&left).with_context(|| format!("{} cannot be removed", left.display()))?;
            }
        }
        let new = beside(&out, "new");
        fs::create_dir_all(&new).with_context(|| format!("{} cannot be created", new.display()))?;
        Ok(Staging { out, new, _lock: lock })
    }

    /// A folder beside the site for what is put aside meanwhile; it goes with this.
    ///
    /// # Errors
    /// It cannot be created.
    pub fn parts(&self) -> Result<PathBuf> {
        let parts = beside(&self.out, "parts");
        fs::create_dir_all(&parts).with_context(|| format!("{} cannot be created", parts.display()))?;
        Ok(parts)
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
        let swapped = swap().with_context(|| format!("{} cannot be replaced", self.out.display()));
        if swapped.is_err() {
            restore(&self.out).with_context(|| format!("the former site is in {}", old.display()))?;
        }
        swapped?;
        let is_left = old.exists() && fs::remove_dir_all(&old).is_err();
        Ok(is_left.then_some(old))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After `finish` it is not there any more; what was put aside may never have been.
        let _ = fs::remove_dir_all(&self.new);
        let _ = fs::remove_dir_all(beside(&self.out, "parts"));
    }
}

impl Lock {
    fn take(out: &Path) -> Result<Lock> {
        let path = beside(out, "lock");
        let open = || File::options().create(true).truncate(false).write(true).open(&path);
        // One that ends at this moment removes the file that was just opened: then there is another to be locked.
        for _ in 0..10 {
            let file = open().with_context(|| format!("{} cannot be written", path.display()))?;
            match file.try_lock() {
                Ok(()) if path.exists() => return Ok(Lock { path, _file: file }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                // Some network drives know no locks: then there is nobody to tell.
                Err(TryLockError::Error(_)) => return Ok(Lock { path, _file: file }),
            }
        }
        bail!(
            "another build is writing {}; wait until it has ended, or choose another folder with --out.",
            out.display()
        );
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is locked still, so that nobody holds a lock on a file that is about to go.
        let _ = fs::remove_file(&self.path);
    }
}

/// Puts the former site back where a writer was killed between moving it away and putting the new one there.
fn restore(out: &Path) -> std::io::Result<()> {
    let old = beside(out, "old");
    if !out.exists() && old.exists() { fs::rename(&old, out) } else { Ok(()) }
}

/// The folder is replaced as a whole, so it must hold nothing but an earlier page.
///
/// # Errors
/// There is something else in it.
pub fn refuse_foreign(out: &Path) -> Result<()> {
    let is_empty = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    // A site that was published without a page has its corpus only.
    let has_corpus = || !crate::published::corpus_files(out).is_empty();
    let is_ours = out.join(MARK).is_file() && (out.join("index.html").is_file() || has_corpus());
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
    fn two_writers_of_one_folder_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        let first = Staging::begin(&out).unwrap();
        let error = Staging::begin(&out).unwrap_err();
        assert!(error.to_string().contains("another build is writing"), "{error}");
        first.write(&SiteFile { name: "index.html".to_owned(), bytes: b"first".to_vec() }).unwrap();
        first.finish().unwrap();
        write(&out, &[("index.html", "second")]).unwrap();
        assert_eq!(fs::read(out.join("index.html")).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_writer_left_is_put_back_or_removed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        write(&out, &[("index.html", "former")]).unwrap();
        // Killed between the two moves.
        fs::rename(&out, folder.path().join(".dist.old")).unwrap();
        for left in [".dist.new", ".dist.parts"] {
            fs::create_dir(folder.path().join(left)).unwrap();
            fs::write(folder.path().join(left).join("half.bin"), "half").unwrap();
        }
        let staging = Staging::begin(&out).unwrap();
        assert_eq!(fs::read(out.join("index.html")).unwrap(), b"former");
        assert!(!staging.folder().join("half.bin").exists());
        drop(staging);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_site_without_a_page_is_replaced_too() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist");
        write(&out, &[("corpus-0123456789abcdef.bin", "old")]).unwrap();
        write(&out, &[("corpus-0123456789abcde0.bin", "new")]).unwrap();
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
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
