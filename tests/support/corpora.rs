//! Pages with other corpora: the built page with its corpus file replaced.
//!
//! Building a page for each would take minutes; the corpus file is checked by its content, not by its name.

use std::fs;
use std::path::{Path, PathBuf};

use sheaf_cli::page::Page;
use sheaf_cli::publish::{Aside, Layout, PublishOptions, publish};
use sheaf_cli::site::Staging;
use sheaf_core::document::Corpus;
use sheaf_core::import::{ImportOptions, InputFile, import};
use tempfile::TempDir;

/// A copy of the built page in a folder of its own.
pub struct PageCopy {
    folder: TempDir,
    /// Where the site is, if not in the folder itself.
    site: Option<PathBuf>,
}

impl PageCopy {
    /// The page of `dist` as it is.
    ///
    /// # Panics
    /// It cannot be copied.
    pub fn of(dist: &Path) -> PageCopy {
        let folder = tempfile::tempdir().expect("a folder");
        for entry in fs::read_dir(dist).expect("the built page") {
            let file = entry.expect("a file").path();
            fs::copy(&file, folder.path().join(file.file_name().expect("a name"))).expect("a copy");
        }
        PageCopy { folder, site: None }
    }

    /// The page of `dist` with another corpus.
    ///
    /// # Panics
    /// It cannot be copied.
    pub fn with_corpus(dist: &Path, corpus: &Corpus) -> PageCopy {
        let copy = PageCopy::of(dist);
        fs::write(copy.file("corpus-"), corpus.to_bytes()).expect("a corpus file");
        copy
    }

    /// The page of `dist` with an index in files of these documents (JSON Lines), as `sheaf build` publishes it.
    ///
    /// # Panics
    /// It cannot be built.
    pub fn with_index(dist: &Path, documents: &str) -> PageCopy {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join("documents.jsonl");
        fs::write(&input, documents).expect("the documents");
        let site = folder.path().join("site");
        let options = PublishOptions { layout: Some(Layout::Files), ..PublishOptions::default() };
        let staging = Staging::begin(&site).expect("a place for the site");
        let parts = staging.parts().expect("a place for what is read");
        let aside = Aside::read(&[input], &parts, &options, &|_, _, _| {}).expect("the documents are read");
        let page = Page::read(dist).expect("the built page");
        publish(vec![aside], Some(&page), staging, &options, &|_, _, _| {}).expect("the site is published");
        PageCopy { folder, site: Some(site) }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.site.as_deref().unwrap_or(self.folder.path())
    }

    /// The file whose name begins so.
    ///
    /// # Panics
    /// There is none.
    pub fn file(&self, beginning: &str) -> PathBuf {
        file_in(self.folder(), beginning)
    }
}

/// The file of a folder whose name begins so.
///
/// # Panics
/// There is none.
pub fn file_in(folder: &Path, beginning: &str) -> PathBuf {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files = entries.map(|entry| entry.expect("a file").path());
    let begins = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning));
    files.find(begins).unwrap_or_else(|| panic!("no file {beginning}… in {}", folder.display()))
}

/// A corpus of these files, imported as the build does it.
pub fn imported<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Corpus {
    let files = files.into_iter().map(|(path, bytes)| InputFile { path: path.to_owned(), bytes }).collect();
    import(files, &ImportOptions { title: "A test".to_owned(), ..ImportOptions::default() }).value
}
