//! The first step of an import: every document of the files, one after the other.
//!
//! The one decision: documents are handed on as they are read and nothing waits for the end of the corpus; what has to is
//! left to [`Gathered`]. Memory is that of the longest document, or of the longest file of a format that is read whole,
//! and a few megabytes.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::archive;
use super::bytes::{Bytes, Open, Survey};
use super::encoding::{self, Choice};
use super::error::ImportError;
use super::gathered::{Gathered, Report};
use super::manifest::{self, Entry, Manifest, ManifestError};
use super::part::{self, Cut};
use super::{IMPORTERS, ImportOptions, ReadSeek, Reading, is_ignored, kind, plain, title};
use crate::base::Problem;
use crate::document::{Corpus, Document, Known};

/// One file of the corpus, opened when its turn comes, and perhaps several times.
pub struct Input<'a> {
    /// Relative to the folder, `/` between folders.
    pub path: String,
    /// Its size on disk. Only for choosing which part of a corpus it belongs to; the same in all parts.
    pub len_bytes: u64,
    /// Opens it at its beginning.
    #[allow(clippy::type_complexity, reason = "a name for it would say no more")]
    pub open: Box<dyn Fn() -> io::Result<Box<dyn ReadSeek>> + 'a>,
}

impl Input<'_> {
    fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new((self.open)()?))
    }
}

/// Reads the documents of a corpus, in the order of the manifest (`sheaf.toml` at the root) or else of the paths, and
/// gives each to `each`, which may stop the reading.
///
/// The documents have the names that their files give them, which need not be unique, and no language unless it is
/// stated: [`Gathered::settle`] fills both in, once all are read. Titles that nobody states are inferred. With
/// [`ImportOptions::part`] only that part of the corpus is read. Infallible: what could not be read is in
/// [`Gathered::about`]. Cost: O(bytes) time, about 0.1 ms per document without a stated language; JSON Lines and tables are
/// read twice, the first time quickly. Memory: see the module.
pub fn read(
    inputs: Vec<Input<'_>>,
    options: &ImportOptions,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Gathered {
    let mut inputs: Vec<Input> = inputs.into_iter().filter(|input| !is_ignored(&input.path)).collect();
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let (manifest, mut problems) = take_manifest(&mut inputs, options);
    let options = &with_columns(options, &manifest);
    let listed = in_order(inputs, &manifest, &mut problems);
    let files: Vec<_> =
        listed.iter().map(|(input, entry)| (input.path.as_str(), input.len_bytes, entry.is_some())).collect();
    let cuts = part::cuts(&files, options);
    let mut gathered = Gathered::new(about(&manifest, options, problems), options.limits.problems);
    for ((input, entry), cut) in listed.iter().zip(cuts) {
        let Some(cut) = cut else { continue };
        let mut sink = Sink::new(input, *entry, &cut, options, &mut gathered, each);
        let flow = read_input(input, &cut, options, &mut sink);
        let flow = if flow.is_continue() { sink.finish() } else { flow };
        let report = sink.into_report();
        gathered.report(report);
        if flow.is_break() {
            break;
        }
    }
    gathered.settle_all();
    gathered
}

/// The options with the columns of the manifest, where they themselves say nothing.
fn with_columns(options: &ImportOptions, manifest: &Manifest) -> ImportOptions {
    let mut options = options.clone();
    for (slot, column) in &manifest.columns.0 {
        options.columns.0.entry(*slot).or_insert_with(|| column.clone());
    }
    options
}

fn about(manifest: &Manifest, options: &ImportOptions, problems: Vec<Problem>) -> Corpus {
    let title = if manifest.title.is_empty() { &options.title } else { &manifest.title };
    Corpus {
        title: title.clone(),
        about: manifest.about.clone(),
        credit: manifest.credit.clone(),
        url: manifest.url.clone(),
        documents: Vec::new(),
        problems,
    }
}

/// Takes the manifest out of the files and reads it.
fn take_manifest(inputs: &mut Vec<Input<'_>>, options: &ImportOptions) -> (Manifest, Vec<Problem>) {
    let Some(index) = inputs.iter().position(|input| input.path == manifest::FILE) else {
        return (Manifest::default(), Vec::new());
    };
    let input = inputs.remove(index);
    let decoded = Bytes::new(&|| input.reader())
        .map_err(|error| ImportError::unreadable(&error))
        .and_then(|mut bytes| bytes.take(&options.limits))
        .and_then(|(bytes, _)| encoding::decode(bytes));
    match decoded {
        Ok(decoded) => {
            let mut problems: Vec<Problem> = decoded.notes.iter().map(|note| note.at(manifest::FILE)).collect();
            let outcome = manifest::read(&decoded.text);
            problems.extend(outcome.problems);
            (outcome.value, problems)
        }
        Err(error) => (Manifest::default(), vec![error.at(manifest::FILE)]),
    }
}

/// The files that belong to the corpus, in order, with what the manifest says about each.
fn in_order<'a, 'm>(
    inputs: Vec<Input<'a>>,
    manifest: &'m Manifest,
    problems: &mut Vec<Problem>,
) -> Vec<(Input<'a>, Option<&'m Entry>)> {
    if manifest.entries.is_empty() {
        return inputs.into_iter().map(|input| (input, None)).collect();
    }
    let mut by_path: BTreeMap<String, Input> = inputs.into_iter().map(|input| (input.path.clone(), input)).collect();
    let mut listed = Vec::new();
    for entry in &manifest.entries {
        match by_path.remove(&entry.file) {
            Some(input) => listed.push((input, Some(entry))),
            None => {
                let error = ManifestError::Missing { file: entry.file.clone() };
                problems.push(Problem::new(entry.place(), error.to_string()));
            }
        }
    }
    if !by_path.is_empty() {
        let mut names = by_path.keys().take(10).cloned().collect::<Vec<_>>().join(", ");
        if by_path.len() > 10 {
            names.push_str(", …");
        }
        let error = ManifestError::NotListed { count: by_path.len(), names };
        problems.push(Problem::new(manifest::FILE, error.to_string()));
    }
    listed
}

/// Reads one file, or the files in it.
fn read_input(input: &Input<'_>, cut: &Cut, options: &ImportOptions, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match archive::is_archive(input) {
        Ok(true) => archive::read(input, options, sink),
        Ok(false) => read_file(&input.path, &|| input.reader(), cut, options, sink),
        Err(error) => sink.only_problem(ImportError::unreadable(&error), &input.path, cut),
    }
}

/// Reads one file with the importer that is surest of it.
pub(super) fn read_file(
    path: &str,
    open: Open<'_>,
    cut: &Cut,
    options: &ImportOptions,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut bytes = match Bytes::new(open) {
        Ok(bytes) => bytes,
        Err(error) => return sink.only_problem(ImportError::unreadable(&error), path, cut),
    };
    let check = if bytes.head.is_empty() { Err(ImportError::Empty) } else { kind::check(&bytes.head) };
    if let Err(error) = check {
        if cut.is_first() {
            bytes.damage().into_iter().for_each(|damage| sink.problem(damage.at(path)));
        }
        return sink.only_problem(error, path, cut);
    }
    let surest = IMPORTERS.iter().rev().max_by_key(|importer| (importer.sniff)(&bytes.head, path));
    match surest.map_or(Reading::Whole(plain::read), |importer| importer.reading) {
        Reading::Whole(_) if !cut.is_first() => ControlFlow::Continue(()),
        Reading::Whole(read) => {
            let (bytes, damage) = match bytes.take(&options.limits) {
                Ok(taken) => taken,
                Err(error) => return sink.only_problem(error, path, cut),
            };
            damage.into_iter().for_each(|damage| sink.problem(damage.at(path)));
            let outcome = read(path, bytes, &options.limits);
            outcome.problems.into_iter().for_each(|problem| sink.problem(problem));
            outcome.value.into_iter().try_for_each(|document| sink.document(document))
        }
        Reading::Pieces(read) => match bytes.survey() {
            Ok(Survey { choice: Choice::Utf32 { .. }, .. }) => read_utf32(path, &mut bytes, cut, options, sink, read),
            Ok(survey) => read_pieces(path, &mut bytes, survey, cut, options, sink, read),
            Err(error) => sink.only_problem(error, path, cut),
        },
    }
}

fn read_pieces(
    path: &str,
    bytes: &mut Bytes<'_>,
    survey: Survey,
    cut: &Cut,
    options: &ImportOptions,
    sink: &mut Sink<'_>,
    read: ReadPieces,
) -> ControlFlow<()> {
    if cut.is_first() {
        survey.notes.iter().for_each(|note| sink.problem(note.at(path)));
    }
    let lines = cut.lines(survey.lines);
    read(&mut Pieces { path, bytes, choice: survey.choice, lines, options }, sink)
}

/// UTF-32, which nobody uses for large files, is decoded whole and then read as any other file.
fn read_utf32(
    path: &str,
    bytes: &mut Bytes<'_>,
    cut: &Cut,
    options: &ImportOptions,
    sink: &mut Sink<'_>,
    read: ReadPieces,
) -> ControlFlow<()> {
    let decoded = bytes.take(&options.limits).and_then(|(bytes, _)| encoding::decode(bytes));
    let (text, notes) = match decoded {
        Ok(decoded) => (decoded.text, decoded.notes),
        Err(error) => return sink.only_problem(error, path, cut),
    };
    if cut.is_first() {
        notes.iter().for_each(|note| sink.problem(note.at(path)));
    }
    let text: Arc<[u8]> = text.into_bytes().into();
    let open = || Ok(Box::new(io::Cursor::new(text.clone())) as Box<dyn Read + Send>);
    match Bytes::new(&open).map(|bytes| (bytes.survey(), bytes)) {
        Ok((Ok(survey), mut bytes)) => read_pieces(path, &mut bytes, survey, cut, options, sink, read),
        _ => ControlFlow::Continue(()), // memory can be read, and is text
    }
}

/// Reads a file piece by piece.
pub type ReadPieces = fn(&mut Pieces<'_, '_>, &mut Sink<'_>) -> ControlFlow<()>;

/// A file that is read piece by piece.
pub struct Pieces<'p, 'o> {
    /// Its path.
    pub(super) path: &'p str,
    /// Its bytes.
    pub(super) bytes: &'p mut Bytes<'o>,
    /// How to decode them.
    pub(super) choice: Choice,
    /// The lines, counted from 0, whose documents are wanted: those that begin on them.
    pub(super) lines: std::ops::Range<u64>,
    /// How to import.
    pub(super) options: &'p ImportOptions,
}

impl Pieces<'_, '_> {
    /// Whether the first line is among those that are wanted: who has it reports what concerns the whole file.
    pub(super) fn is_first(&self) -> bool {
        self.lines.start == 0
    }

    /// The whole text, for a file that turns out not to be made of pieces; the bytes are gone then.
    pub(super) fn take_text(&mut self) -> Result<String, ImportError> {
        let (bytes, _) = self.bytes.take(&self.options.limits)?;
        let text = encoding::decode(bytes)?.text;
        let limit_bytes = self.options.limits.text_bytes;
        let len_bytes = text.len();
        if len_bytes > limit_bytes { Err(ImportError::TooLong { len_bytes, limit_bytes }) } else { Ok(text) }
    }
}

/// Where the documents and problems of one file go.
pub struct Sink<'s> {
    entry: Option<&'s Entry>,
    /// The first document of a file that the manifest lists: until a second one comes, what the manifest says goes before
    /// what the document says.
    held: Option<Document>,
    /// Documents of all files in it, where it is an archive.
    documents: usize,
    report: Report,
    most_problems: usize,
    gathered: &'s mut Gathered,
    each: &'s mut dyn FnMut(Document) -> ControlFlow<()>,
}

impl<'s> Sink<'s> {
    fn new(
        input: &Input<'_>,
        entry: Option<&'s Entry>,
        cut: &Cut,
        options: &ImportOptions,
        gathered: &'s mut Gathered,
        each: &'s mut dyn FnMut(Document) -> ControlFlow<()>,
    ) -> Sink<'s> {
        let report = Report { path: input.path.clone(), is_part: !cut.is_whole(), ..Report::default() };
        Sink { entry, held: None, documents: 0, report, most_problems: options.limits.problems, gathered, each }
    }

    /// For documents that come from no file, with what was reported of them so far.
    pub(super) fn of_objects(
        report: Report,
        options: &ImportOptions,
        gathered: &'s mut Gathered,
        each: &'s mut dyn FnMut(Document) -> ControlFlow<()>,
    ) -> Sink<'s> {
        Sink { entry: None, held: None, documents: 0, report, most_problems: options.limits.problems, gathered, each }
    }

    /// Takes a document. Break: no more are wanted.
    pub(super) fn document(&mut self, document: Document) -> ControlFlow<()> {
        self.documents += 1;
        self.report.documents += 1;
        match (self.entry, self.documents) {
            (None, _) => self.give(document),
            (Some(_), 1) => {
                self.held = Some(document);
                ControlFlow::Continue(())
            }
            (Some(entry), _) => {
                for mut document in self.held.take().into_iter().chain([document]) {
                    entry.fill_gaps(&mut document);
                    self.give(document)?;
                }
                ControlFlow::Continue(())
            }
        }
    }

    /// Takes a problem.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.report.add(problem, self.most_problems);
    }

    /// Takes a problem that is told only if the whole file gives neither a document nor another problem.
    pub(super) fn if_nothing(&mut self, problem: Problem) {
        self.report.if_nothing = Some(problem);
    }

    /// Takes what is wrong with the whole file; of a file in parts, the first one tells it.
    fn only_problem(&mut self, error: ImportError, path: &str, cut: &Cut) -> ControlFlow<()> {
        if cut.is_first() {
            self.problem(error.at(path));
        }
        ControlFlow::Continue(())
    }

    /// What comes now is of another file of the archive; problems are counted for each by itself.
    pub(super) fn next_file(&mut self, path: &str) {
        let next = Report { path: path.to_string(), ..Report::default() };
        self.gathered.report(std::mem::replace(&mut self.report, next));
    }

    /// The end of the file: what was held back is given, and what the manifest says too much is a problem.
    fn finish(&mut self) -> ControlFlow<()> {
        let Some(entry) = self.entry else { return ControlFlow::Continue(()) };
        if let Some(error) = entry.too_much_for(self.documents) {
            self.report.after.push(Problem::new(entry.place(), error.to_string()));
        }
        let Some(mut document) = self.held.take() else { return ControlFlow::Continue(()) };
        entry.apply(&mut document);
        self.give(document)
    }

    /// What was reported.
    pub(super) fn into_report(self) -> Report {
        self.report
    }

    fn give(&mut self, mut document: Document) -> ControlFlow<()> {
        let said = |known: Option<&Known>| known == Some(&Known::Unknown);
        let has_no_title = said(self.entry.and_then(|entry| entry.title.as_ref()).map(|title| &title.known));
        let has_no_language =
            said(self.entry.and_then(|entry| entry.language.as_ref()).map(|language| &language.known));
        if document.title.known == Known::Unknown && !has_no_title {
            document.title = title::infer(&document.text);
        }
        self.gathered.note(&document, !has_no_language);
        (self.each)(document)
    }
}
