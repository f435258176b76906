//! Reading a corpus from disk: the one place where files become the core's input.
//!
//! The core has no I/O; the command line and the build of the page both read folders, and both do it here.

use std::fs;
use std::io;
use std::path::Path;

use sheaf_core::base::{Outcome, Problem};
use sheaf_core::document::Corpus;
use sheaf_core::import::{ImportOptions, InputFile, import, is_ignored};

/// Reads and imports the corpus at `path`. Its title, where no manifest gives one, is the name of the file or folder.
///
/// # Errors
/// As [`read_input`]; what is wrong *inside* files is among the problems of the outcome.
pub fn open_corpus(path: &Path) -> io::Result<Outcome<Corpus>> {
    let Outcome { value: files, problems } = read_input(path)?;
    let resolved = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let name = resolved.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let title = name.split('.').next().unwrap_or_default().to_owned();
    let mut outcome = import(files, &ImportOptions { title, ..ImportOptions::default() });
    outcome.problems.splice(0..0, problems.clone());
    outcome.value.problems.splice(0..0, problems);
    Ok(outcome)
}

/// The file at `path`, or all files below the folder at `path`, sorted by their paths in it.
///
/// Paths are relative to the folder, with `/` between their parts; a single file goes by its name. Files and folders
/// that the import ignores are not read. Links to files are followed, links to folders are not: they may run in circles.
/// What cannot be read inside a folder is a problem; the rest is read.
///
/// # Errors
/// `path` itself cannot be read; the message names it.
pub fn read_input(path: &Path) -> io::Result<Outcome<Vec<InputFile>>> {
    let mut outcome = Outcome { value: Vec::new(), problems: Vec::new() };
    if fs::metadata(path).map_err(|error| naming(path, error))?.is_dir() {
        read_folder(path, "", &mut outcome)?;
    } else {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let bytes = fs::read(path).map_err(|error| naming(path, error))?;
        outcome.value.push(InputFile { path: name.to_string_lossy().into_owned(), bytes });
    }
    outcome.value.sort_by(|a, b| a.path.cmp(&b.path));
    outcome.problems.sort();
    Ok(outcome)
}

fn read_folder(folder: &Path, prefix: &str, outcome: &mut Outcome<Vec<InputFile>>) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| naming(folder, error))? {
        let entry = entry.map_err(|error| naming(folder, error))?;
        let relative = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if is_ignored(&relative) {
            continue;
        }
        if let Err(error) = read_entry(&entry, &relative, outcome) {
            outcome.problems.push(Problem::new(relative, format!("This cannot be read ({error}); it was left out.")));
        }
    }
    Ok(())
}

fn read_entry(entry: &fs::DirEntry, relative: &str, outcome: &mut Outcome<Vec<InputFile>>) -> io::Result<()> {
    let path = entry.path();
    if entry.file_type()?.is_dir() {
        return read_folder(&path, &format!("{relative}/"), outcome);
    }
    if fs::metadata(&path)?.is_file() {
        outcome.value.push(InputFile { path: relative.to_owned(), bytes: fs::read(&path)? });
    }
    Ok(())
}

fn naming(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be read: {error}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the files into a fresh folder, reads it and gives the paths found.
    fn paths_of(name: &str, files: &[&str]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("sheaf-{name}-{}", std::process::id()));
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let found = read_input(&folder).unwrap().value.into_iter().map(|file| file.path).collect();
        fs::remove_dir_all(&folder).unwrap();
        found
    }

    #[test]
    fn files_come_sorted_by_path_with_forward_slashes() {
        assert_eq!(paths_of("sorted", &["b.txt", "a/z.txt", "a.txt"]), ["a.txt", "a/z.txt", "b.txt"]);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read_input(Path::new("/no/such/corpus")).unwrap_err();
        assert!(error.to_string().starts_with("/no/such/corpus cannot be read: "), "{error}");
    }
}
