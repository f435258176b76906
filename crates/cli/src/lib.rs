//! Reading a corpus from disk: the one place where files become the core's input.
//!
//! The core has no I/O; the command line and the build of the page both read folders, and both do it here. A folder is
//! walked first, and a file opened only when its turn comes: a corpus may be larger than the memory.

mod packers;
pub mod page;
pub mod publish;
pub mod published;
pub mod server;
pub mod site;
mod spool;

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sheaf_core::base::{Outcome, Problem};
use sheaf_core::document::Corpus;
use sheaf_core::import::{ImportOptions, Input, is_ignored, read};

/// A file of a corpus folder, not yet opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusFile {
    /// Its path in the folder, `/` between folders; of a single file its name.
    pub path: String,
    /// Where it lies.
    pub at: PathBuf,
    /// Its size.
    pub len_bytes: u64,
}

impl CorpusFile {
    /// The file as the import takes it.
    pub fn as_input(&self) -> Input<'_> {
        let open = || Ok(Box::new(fs::File::open(&self.at)?) as Box<dyn sheaf_core::import::ReadSeek>);
        Input { path: self.path.clone(), len_bytes: self.len_bytes, open: Box::new(open) }
    }
}

/// Reads and imports the corpus at `path`. Its title, where no manifest gives one, is the name of the file or folder.
///
/// # Errors
/// As [`walk`]; what is wrong *inside* files is among the problems of the outcome.
pub fn open_corpus(path: &Path) -> io::Result<Outcome<Corpus>> {
    let Outcome { value: files, mut problems } = walk(path)?;
    let options = ImportOptions { title: title_of(path), ..ImportOptions::default() };
    let mut documents = Vec::new();
    let gathered = read(files.iter().map(CorpusFile::as_input).collect(), &options, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    documents.iter_mut().enumerate().for_each(|(index, document)| gathered.settle(index, document));
    let about = gathered.about();
    problems.extend(about.problems.iter().cloned());
    Ok(Outcome { value: Corpus { documents, problems: problems.clone(), ..about }, problems })
}

/// What a corpus without a title is called: the name of the file or folder at `path`, without extensions.
pub fn title_of(path: &Path) -> String {
    let resolved = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let name = resolved.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// The file at `path`, or all files below the folder at `path`, sorted by their paths in it; none is opened.
///
/// Paths are relative to the folder, with `/` between their parts; a single file goes by its name. Files and folders
/// that the import ignores are left out. Links to files are followed, links to folders are not: they may run in circles.
/// What cannot be looked at inside a folder is a problem; the rest is listed.
///
/// # Errors
/// `path` itself cannot be looked at; the message names it.
pub fn walk(path: &Path) -> io::Result<Outcome<Vec<CorpusFile>>> {
    let mut outcome = Outcome { value: Vec::new(), problems: Vec::new() };
    let metadata = fs::metadata(path).map_err(|error| naming(path, error))?;
    if metadata.is_dir() {
        walk_folder(path, "", &mut outcome)?;
    } else {
        fs::File::open(path).map_err(|error| naming(path, error))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        let file =
            CorpusFile { path: name.to_string_lossy().into_owned(), at: path.to_path_buf(), len_bytes: metadata.len() };
        outcome.value.push(file);
    }
    outcome.value.sort_by(|a, b| a.path.cmp(&b.path));
    outcome.problems.sort();
    Ok(outcome)
}

fn walk_folder(folder: &Path, prefix: &str, outcome: &mut Outcome<Vec<CorpusFile>>) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| naming(folder, error))? {
        let entry = entry.map_err(|error| naming(folder, error))?;
        let relative = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if is_ignored(&relative) {
            continue;
        }
        if let Err(error) = walk_entry(&entry, &relative, outcome) {
            outcome.problems.push(Problem::new(relative, format!("This cannot be read ({error}); it was left out.")));
        }
    }
    Ok(())
}

fn walk_entry(entry: &fs::DirEntry, relative: &str, outcome: &mut Outcome<Vec<CorpusFile>>) -> io::Result<()> {
    let at = entry.path();
    if entry.file_type()?.is_dir() {
        return walk_folder(&at, &format!("{relative}/"), outcome);
    }
    let metadata = fs::metadata(&at)?;
    if metadata.is_file() {
        outcome.value.push(CorpusFile { path: relative.to_owned(), at, len_bytes: metadata.len() });
    }
    Ok(())
}

fn naming(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be read: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the files into a fresh folder, walks it and gives the paths found.
    fn paths_of(name: &str, files: &[&str]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("sheaf-{name}-{}", std::process::id()));
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let found = walk(&folder).unwrap().value.into_iter().map(|file| file.path).collect();
        fs::remove_dir_all(&folder).unwrap();
        found
    }

    #[test]
    fn files_come_sorted_by_path_with_forward_slashes() {
        assert_eq!(paths_of("sorted", &["b.txt", "a/z.txt", "a.txt"]), ["a.txt", "a/z.txt", "b.txt"]);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = walk(Path::new("/no/such/corpus")).unwrap_err();
        assert!(error.to_string().starts_with("/no/such/corpus cannot be read: "), "{error}");
    }
}
