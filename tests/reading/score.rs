//! Counting: what was found, what should have been, what is right.

use crate::seeds::Article;
use sheaf_core::base::Span;

/// One figure.
pub(crate) struct Score {
    pub(crate) figure: &'static str,
    /// Findings that the table has.
    pub(crate) right: usize,
    /// Findings, but for those that may be found or not.
    pub(crate) found: usize,
    /// Entries of the table, but for those that may be found or not.
    pub(crate) expected: usize,
    /// One line for each miss and each false alarm.
    pub(crate) misses: Vec<String>,
}

impl Score {
    pub(crate) fn new(figure: &'static str) -> Score {
        Score { figure, right: 0, found: 0, expected: 0, misses: Vec::new() }
    }

    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.right, self.expected)
    }

    /// Harmonic mean of precision and recall: `2 right / (found + expected)`.
    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.right, self.found + self.expected)
    }

    /// Notes what a place of an article was taken for, wrongly.
    pub(crate) fn note(&mut self, article: &Article, span: Span, what: impl std::fmt::Display) {
        let words: String = span.of(&article.text).chars().take(70).collect();
        let file = &article.table.file[..3];
        self.misses.push(format!("{}: {file}:{}: {what}: {}", self.figure, span.start, words.replace('\n', " ")));
    }

    /// Counts entries against findings, of which `fit` says how well they fit (0: not at all), and gives the pairs
    /// of an entry that counts and its finding. Any number of findings may fit one that may be found or not.
    pub(crate) fn count(
        &mut self,
        article: &Article,
        entries: &[(Span, bool)],
        findings: &[Span],
        fit: impl Fn(usize, usize) -> u32,
    ) -> Vec<(usize, usize)> {
        let pairs = pairs(entries.len(), findings.len(), |entry, finding| {
            let fit = fit(entry, finding);
            // An entry that counts goes before one that does not, if both fit as well.
            if fit == 0 { 0 } else { 2 * fit + u32::from(!entries[entry].1) }
        });
        let counting: Vec<(usize, usize)> = pairs.into_iter().filter(|(entry, _)| !entries[*entry].1).collect();
        let is_counting = |n: usize| counting.iter().any(|(_, finding)| *finding == n);
        let may_be_found = |n: usize| (0..entries.len()).any(|entry| entries[entry].1 && fit(entry, n) > 0);
        let is_free = |n: usize| !is_counting(n) && may_be_found(n);
        self.right += counting.len();
        self.found += (0..findings.len()).filter(|n| !is_free(*n)).count();
        self.expected += entries.iter().filter(|(_, is_optional)| !is_optional).count();
        for (n, (span, is_optional)) in entries.iter().enumerate() {
            if !is_optional && !counting.iter().any(|(entry, _)| *entry == n) {
                self.note(article, *span, "missed");
            }
        }
        for (n, span) in findings.iter().enumerate() {
            if !is_counting(n) && !is_free(n) {
                self.note(article, *span, "false alarm");
            }
        }
        counting
    }
}

/// Pairs one to one, the best fit first, then in order.
pub(crate) fn pairs(entries: usize, findings: usize, fit: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let all = (0..entries).flat_map(|entry| (0..findings).map(move |finding| (entry, finding)));
    let mut fits: Vec<(u32, usize, usize)> = all.map(|(e, f)| (fit(e, f), e, f)).filter(|(fit, ..)| *fit > 0).collect();
    fits.sort_by_key(|(fit, entry, finding)| (std::cmp::Reverse(*fit), *entry, *finding));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, entry, finding) in fits {
        if !out.iter().any(|(e, f)| *e == entry || *f == finding) {
            out.push((entry, finding));
        }
    }
    out.sort_unstable();
    out
}

/// The figures as a table.
pub(crate) fn table(scores: &[Score]) -> String {
    let mut out =
        format!("{:<30} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}\n", "", "P", "R", "F1", "right", "found", "table");
    for score in scores {
        let [p, r, f] = [score.precision(), score.recall(), score.f1()].map(|share| share * 100.0);
        let Score { figure, right, found, expected, .. } = score;
        out += &format!("{figure:<30} {p:>6.1} {r:>6.1} {f:>6.1} {right:>6} {found:>6} {expected:>6}\n");
    }
    out
}

/// Nothing of nothing is nothing: an extractor that finds nothing has no precision.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
