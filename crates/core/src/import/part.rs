//! Which documents belong to part k of n of a corpus: contiguous runs of files, by size, in the order of the corpus.
//!
//! The one decision: only sizes decide, so that whoever reads part 3 need not know what was in part 2. A large file of
//! lines is cut by line numbers, others go to the part in which they begin.

use super::{ImportOptions, has_extension, jsonl, table};

/// One of several parts of a corpus that are read apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which, from 1.
    pub number: u64,
    /// How many there are; at least 1.
    pub of: u64,
}

/// How much of a file belongs to a part: from `start` to `end` of `of` equal pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    start: u64,
    end: u64,
    of: u64,
}

impl Cut {
    /// The whole file.
    pub(super) const WHOLE: Cut = Cut { start: 0, end: 1, of: 1 };

    /// Whether it has the beginning of the file: that one tells what concerns the whole file.
    pub(super) fn is_first(&self) -> bool {
        self.start == 0
    }

    /// Whether it is all of the file.
    pub(super) fn is_whole(&self) -> bool {
        self.start == 0 && self.end == self.of
    }

    /// The lines that belong to it, of a file with `count` of them, from 0; the last cut has no end.
    pub(super) fn lines(&self, count: u64) -> std::ops::Range<u64> {
        let line = |at: u64| {
            let line = u128::from(count) * u128::from(at) / u128::from(self.of.max(1));
            u64::try_from(line).unwrap_or(u64::MAX)
        };
        line(self.start)..if self.end == self.of { u64::MAX } else { line(self.end) }
    }
}

/// How much of each file belongs to the part that is to be read; nothing where no document of it does.
///
/// A file is its path, its size in bytes, and whether the manifest lists it: those are not cut, since one entry may mean
/// one document or many. Cost: O(files).
pub(super) fn cuts(files: &[(&str, u64, bool)], options: &ImportOptions) -> Vec<Option<Cut>> {
    let Some(part) = options.part.filter(|part| part.of > 1) else {
        return vec![Some(Cut::WHOLE); files.len()];
    };
    let total: u64 = files.iter().map(|(path, len, _)| weight(path, *len)).sum();
    let border = |number: u64| {
        let at = u128::from(total) * u128::from(number.min(part.of)) / u128::from(part.of);
        u64::try_from(at).unwrap_or(u64::MAX)
    };
    let (from, to) = (border(part.number.saturating_sub(1)), border(part.number));
    let mut at = 0;
    let cut_of = |(path, len, is_listed): &(&str, u64, bool)| {
        let (start, of) = (at, weight(path, *len));
        at += of;
        let is_cut = !is_listed
            && *len >= options.limits.cut_bytes
            && [jsonl::LINES, table::EXTENSIONS].iter().any(|extensions| has_extension(path, extensions));
        if is_cut {
            let cut = Cut { start: from.max(start) - start, end: to.min(at).saturating_sub(start), of };
            return (cut.start < cut.end).then_some(cut);
        }
        (from <= start && start < to).then_some(Cut::WHOLE)
    };
    files.iter().map(cut_of).collect()
}

/// What a file counts: its size, a packed text for about what it unpacks to, and no file nothing.
fn weight(path: &str, len: u64) -> u64 {
    let is_packed = path.len() > 3 && path.get(path.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case(".gz"));
    len.saturating_mul(if is_packed { 4 } else { 1 }).max(1)
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::*;

    #[test]
    fn every_file_belongs_to_one_part_and_the_pieces_of_a_cut_one_meet() {
        let files = [("a.txt", 10, false), ("b.jsonl", 100, false), ("c.txt", 0, false), ("d.jsonl", 9, true)];
        let limits = Limits { cut_bytes: 50, ..Limits::default() };
        for of in 2..9 {
            let mut seen = vec![Vec::new(); files.len()];
            for number in 1..=of {
                let options = ImportOptions { part: Some(Part { number, of }), limits, ..ImportOptions::default() };
                let cuts = cuts(&files, &options);
                cuts.into_iter().zip(&mut seen).for_each(|(cut, seen)| seen.extend(cut));
            }
            for (at, cuts) in seen.iter().enumerate() {
                let lines: Vec<_> = cuts.iter().map(|cut| cut.lines(1000)).collect();
                assert_eq!((lines[0].start, lines.last().unwrap().end), (0, u64::MAX), "{at} of {of}: {lines:?}");
                assert!(lines.windows(2).all(|pair| pair[0].end == pair[1].start), "{at} of {of}: {lines:?}");
                assert!(at == 1 || cuts.len() == 1);
            }
        }
    }
}
