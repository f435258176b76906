//! What is kept of a corpus while its documents go by: enough for what only the whole corpus can decide.
//!
//! The one decision: a document is never held here, only its name, its place and what it says about languages; some
//! 60 bytes and the name. So a corpus of any size is read with the memory of its longest document, and parts of it may be
//! read apart and merged. Rejected: settling names and languages while reading; a name is unique, and a short text has a
//! language, only once all others are known.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use nanoserde::{DeBin, SerBin};
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::error::ImportError;
use super::language::{Prior, Voices};
use super::{path_stem, stem, unpacked_name};
use crate::base::{Problem, Strings};
use crate::document::{Corpus, Document, Fact};

/// What was gathered of a corpus, or of a part of one.
///
/// Useful for settling documents that were put aside while they were read. Not useful without them: it holds no text.
#[derive(Clone, Debug, Default, PartialEq, SerBin, DeBin)]
pub struct Gathered {
    /// Title, about, credit, url, and the problems of the manifest; no documents.
    corpus: Corpus,
    /// The most problems that are told of one file.
    most_problems: usize,
    /// Files of documents, each once in a row.
    files: Vec<String>,
    /// For each document its file and line.
    places: Vec<Place>,
    /// For each document its name as its file gives it.
    names: Strings,
    voices: Voices,
    /// Problems of files, in order.
    reports: Vec<Report>,
    settled: Settled,
}

/// Where a document comes from: `Document::file`, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, SerBin, DeBin)]
struct Place {
    file: u32,
    /// From 1; 0 where the place has no line.
    line: u32,
}

/// What the whole corpus decides.
#[derive(Clone, Debug, Default, PartialEq, SerBin, DeBin)]
struct Settled {
    /// New names, of those documents that get one.
    names: BTreeMap<usize, String>,
    /// A problem for each name that was taken.
    problems: Vec<Problem>,
    prior: Prior,
}

/// What was wrong with one file, or with the part of it that was read.
#[derive(Clone, Debug, Default, PartialEq, SerBin, DeBin)]
pub struct Report {
    /// The file.
    pub(super) path: String,
    /// The first problems.
    pub(super) kept: Vec<Problem>,
    /// How many more there were.
    pub(super) more: usize,
    /// How many documents were read.
    pub(super) documents: usize,
    /// A problem if in the end there is neither a document nor another problem.
    pub(super) if_nothing: Option<Problem>,
    /// Problems that come after all others and are always told.
    pub(super) after: Vec<Problem>,
    /// Whether only a part of the file was read.
    pub(super) is_part: bool,
}

impl Report {
    /// Adds a problem; those beyond the first `most` are only counted, for they are not bounded by anything.
    pub(super) fn add(&mut self, problem: Problem, most: usize) {
        if self.kept.len() < most {
            self.kept.push(problem);
        } else {
            self.more += 1;
        }
    }

    fn append(&mut self, later: Report, most: usize) {
        later.kept.into_iter().for_each(|problem| self.add(problem, most));
        self.more += later.more;
        self.documents += later.documents;
        self.if_nothing = self.if_nothing.take().or(later.if_nothing);
        self.after.extend(later.after);
    }

    fn is_worth_keeping(&self) -> bool {
        let is_silent = self.kept.is_empty() && self.more == 0 && self.after.is_empty();
        self.is_part || !is_silent || (self.documents == 0 && self.if_nothing.is_some())
    }

    /// All that is told of the file.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let more = (self.more > 0).then(|| ImportError::More { count: self.more }.at(&self.path));
        let is_nothing = self.documents == 0 && self.kept.is_empty();
        let nothing = self.if_nothing.iter().filter(|_| is_nothing).cloned();
        self.kept.iter().cloned().chain(more).chain(nothing).chain(self.after.iter().cloned()).collect()
    }
}

impl Gathered {
    /// One of several parts of a corpus, made into the whole: the same as if all had been read at once.
    ///
    /// The parts must be in the order of the corpus; what the manifest says is taken from the first. Cost: O(documents).
    pub fn merge(parts: Vec<Gathered>) -> Gathered {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_default();
        for part in parts {
            whole.append(part);
        }
        whole.settle_all();
        whole
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Gives document number `index`, in the order they were read, what the whole corpus decides: a name of its own and,
    /// where nobody states it, its language. Cost: O(log of the documents that are renamed).
    pub fn settle(&self, index: usize, document: &mut Document) {
        self.settled.names.get(&index).into_iter().for_each(|name| document.name.clone_from(name));
        self.language(index).into_iter().for_each(|language| document.language = language);
    }

    /// The language that the whole corpus decides for document number `index`; nothing where it stays as it was read.
    pub fn language(&self, index: usize) -> Option<Fact<String>> {
        self.voices.decide(index, &self.settled.prior)
    }

    /// Takes out the names of all documents, each its own. Cost: a copy of them, no longer than it has to be; what they lay in
    /// while they grew goes.
    pub fn take_names(&mut self) -> Strings {
        let names = std::mem::take(&mut self.names);
        if self.settled.names.is_empty() {
            return names.clone();
        }
        let settled = |(index, name)| self.settled.names.get(&index).map_or(name, String::as_str);
        names.iter().enumerate().map(settled).collect()
    }

    /// The corpus without its documents: title, about, credit, url, and all problems. Cost: O(problems).
    pub fn about(&self) -> Corpus {
        let mut corpus = self.corpus.clone();
        corpus.problems.extend(self.reports.iter().flat_map(Report::problems));
        corpus.problems.extend(self.settled.problems.iter().cloned());
        corpus
    }

    /// Nothing yet, of a corpus of which `corpus` is known.
    pub(super) fn new(corpus: Corpus, most_problems: usize) -> Gathered {
        Gathered { corpus, most_problems, ..Gathered::default() }
    }

    /// Notes the next document; `is_open` where its language may be concluded.
    pub(super) fn note(&mut self, document: &Document, is_open: bool) {
        self.voices.hear(document, is_open);
        self.names.push(&document.name);
        let (file, line) = taken_apart(&document.file);
        if self.files.last().is_none_or(|last| last != file) {
            self.files.push(file.to_string());
        }
        self.places.push(Place { file: number(self.files.len() - 1), line });
    }

    /// Notes what was wrong with the next file.
    pub(super) fn report(&mut self, report: Report) {
        if report.is_worth_keeping() {
            self.reports.push(report);
        }
    }

    /// Decides what the whole corpus decides. To be called when all documents are noted.
    pub(super) fn settle_all(&mut self) {
        let mut settled = Settled { prior: self.voices.prior(), ..Settled::default() };
        if !self.has_own_names() {
            self.lengthen_names(&mut settled);
            self.number_names(&mut settled);
        }
        self.settled = settled;
    }

    fn append(&mut self, later: Gathered) {
        let offset = number(self.files.len());
        self.files.extend(later.files);
        self.places.extend(later.places.into_iter().map(|place| Place { file: place.file + offset, ..place }));
        later.names.iter().for_each(|name| self.names.push(name));
        self.voices.append(later.voices);
        for report in later.reports {
            match self.reports.last_mut() {
                Some(last) if last.is_part && report.is_part && last.path == report.path => {
                    last.append(report, self.most_problems);
                }
                _ => self.reports.push(report),
            }
        }
    }

    /// Whether each document has a name of its own, as nearly always.
    fn has_own_names(&self) -> bool {
        let mut taken = FxHashSet::with_capacity_and_hasher(self.names.len(), FxBuildHasher);
        self.names.iter().all(|name| taken.insert(name))
    }

    /// Files of the same stem get their folder, then their extension.
    fn lengthen_names(&self, settled: &mut Settled) {
        let longer: [fn(&str) -> String; 2] = [path_stem, |file| unpacked_name(file).to_string()];
        let mut shorter: fn(&str) -> String = stem;
        for longer in longer {
            let clashing = self.clashing(settled, shorter);
            settled.names.extend(clashing.into_iter().map(|index| (index, longer(&self.file_of(index)))));
            shorter = longer;
        }
    }

    /// Documents whose name is not theirs alone, and only made of their file's.
    fn clashing(&self, settled: &Settled, made: fn(&str) -> String) -> Vec<usize> {
        let mut counts: HashMap<&str, u32> = HashMap::with_capacity(self.names.len());
        for index in 0..self.names.len() {
            *counts.entry(self.name_of(settled, index)).or_default() += 1;
        }
        let is_clash = |index: &usize| {
            let name = self.name_of(settled, *index);
            counts.get(name).is_some_and(|count| *count > 1) && name == made(&self.file_of(*index))
        };
        (0..self.names.len()).filter(is_clash).collect()
    }

    /// Whatever is still taken gets `~2`, and a problem.
    fn number_names(&self, settled: &mut Settled) {
        let mut renamed = Vec::new();
        let mut taken: HashSet<Cow<str>> = HashSet::with_capacity(self.names.len());
        let mut next: HashMap<&str, usize> = HashMap::new();
        for index in 0..self.names.len() {
            let old = self.name_of(settled, index);
            if taken.insert(Cow::Borrowed(old)) {
                continue;
            }
            let number = next.entry(old).or_insert(2);
            let mut name = format!("{old}~{number}");
            while !taken.insert(Cow::Owned(name.clone())) {
                *number += 1;
                name = format!("{old}~{number}");
            }
            *number += 1;
            renamed.push((index, name));
        }
        let problem =
            |(index, name): &(usize, String)| ImportError::NameTaken { name: name.clone() }.at(&self.file_of(*index));
        settled.problems = renamed.iter().map(problem).collect();
        settled.names.extend(renamed);
    }

    fn name_of<'a>(&'a self, settled: &'a Settled, index: usize) -> &'a str {
        settled.names.get(&index).map_or_else(|| self.names.get(index), String::as_str)
    }

    /// `Document::file` of a document.
    fn file_of(&self, index: usize) -> String {
        let place = self.places.get(index).copied().unwrap_or(Place { file: 0, line: 0 });
        let file = self.files.get(place.file as usize).map_or("", String::as_str);
        if place.line == 0 { file.to_string() } else { format!("{file}:{}", place.line) }
    }
}

/// A place such as `news.jsonl:17` as its file and line; 0 where it has none.
fn taken_apart(place: &str) -> (&str, u32) {
    place
        .rsplit_once(':')
        .and_then(|(file, line)| Some((file, line.parse::<u32>().ok().filter(|number| number.to_string() == line)?)))
        .filter(|(_, line)| *line > 0)
        .unwrap_or((place, 0))
}

/// Files and documents are fewer than 2³².
fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
