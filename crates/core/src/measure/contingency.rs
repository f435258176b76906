//! The 2×2 table: what was observed, and what would be expected if rows and columns had nothing to do with each other.
//!
//! Counts are `f64`: a window that is counted as so many tokens per node makes cells that are not whole. Scores of the
//! table itself are here; what needs the names of the cells (frequencies of a corpus, of a node) is in `keyness` and
//! `association`.

use crate::base::math::ln;

/// A 2×2 table of counts.
///
/// For keyness a row is a corpus and the first column the word: `o11` its frequency in the part under study, `o12` all
/// other words of the part, `o21` its frequency in the reference, `o22` all other words there. For association the
/// first row is what stands in the windows, the second what stands outside.
///
/// Made by its constructors, all cells are finite and at least 0, and neither row is empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contingency {
    /// First row, first column.
    pub o11: f64,
    /// First row, second column.
    pub o12: f64,
    /// Second row, first column.
    pub o21: f64,
    /// Second row, second column.
    pub o22: f64,
}

/// Which way a table leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More in the first cell than expected: attraction, a word that is typical of the part.
    More,
    /// Exactly as expected.
    Even,
    /// Less in the first cell than expected: repulsion, a word that the part avoids.
    Less,
}

impl Contingency {
    /// A table of cells; `None` where one is negative or not finite, or a row is empty.
    pub fn of_cells(o11: f64, o12: f64, o21: f64, o22: f64) -> Option<Contingency> {
        let table = Contingency { o11, o12, o21, o22 };
        let is_count = |cell: f64| cell.is_finite() && cell >= 0.0;
        let has_rows = table.rows().iter().all(|row| *row > 0.0);
        ([o11, o12, o21, o22].into_iter().all(is_count) && has_rows).then_some(table)
    }

    /// A word `f1` times among `n1` tokens and `f2` times among `n2`. `None` where a frequency is above its size, or a
    /// size is 0.
    pub fn of_frequencies(f1: u64, n1: u64, f2: u64, n2: u64) -> Option<Contingency> {
        let others = [n1.checked_sub(f1)?, n2.checked_sub(f2)?];
        Contingency::of_cells(f1 as f64, others[0] as f64, f2 as f64, others[1] as f64)
    }

    /// Sums of the rows.
    pub fn rows(&self) -> [f64; 2] {
        [self.o11 + self.o12, self.o21 + self.o22]
    }

    /// Sums of the columns.
    pub fn columns(&self) -> [f64; 2] {
        [self.o11 + self.o21, self.o12 + self.o22]
    }

    /// All that was counted.
    pub fn total(&self) -> f64 {
        let [first, second] = self.rows();
        first + second
    }

    /// What is expected in each cell: row · column / total. Sums are those of the table.
    pub fn expected(&self) -> Contingency {
        let ([r1, r2], [c1, c2], total) = (self.rows(), self.columns(), self.total());
        // A share first: the product of two large sums could leave the range.
        let cell = |row: f64, column: f64| if total > 0.0 { row * column / total } else { 0.0 };
        Contingency { o11: cell(r1, c1), o12: cell(r1, c2), o21: cell(r2, c1), o22: cell(r2, c2) }
    }

    /// Whether the first cell has more or less than expected.
    pub fn direction(&self) -> Direction {
        // Crosswise: as exact as the counts are, where quotients would round an even table to one side.
        match (self.o11 * self.o22).total_cmp(&(self.o12 * self.o21)) {
            std::cmp::Ordering::Greater => Direction::More,
            std::cmp::Ordering::Equal => Direction::Even,
            std::cmp::Ordering::Less => Direction::Less,
        }
    }

    /// Log-likelihood ratio G²: `2 Σ O ln(O/E)` over all four cells, `0 ln 0 = 0`.
    ///
    /// Zero when observed equals expected; unbounded above, never below 0; which way is [`Contingency::direction`].
    /// Four-term form, of CQPweb, AntConc and quanteda. Source: Dunning (1993), Computational Linguistics 19(1).
    /// Cost: O(1).
    pub fn log_likelihood(&self) -> f64 {
        let expected = self.expected();
        let cells =
            [(self.o11, expected.o11), (self.o21, expected.o21), (self.o12, expected.o12), (self.o22, expected.o22)];
        log_likelihood(&cells)
    }

    /// Four-term G² with the sign of the effect: negative where there is less than expected.
    pub fn signed_log_likelihood(&self) -> f64 {
        match self.direction() {
            Direction::Less => -self.log_likelihood(),
            Direction::More | Direction::Even => self.log_likelihood(),
        }
    }

    /// The two-term form of G²: the first column only, `2 (O₁₁ ln(O₁₁/E₁₁) + O₂₁ ln(O₂₁/E₂₁))`.
    ///
    /// A little smaller than the four-term form where the word is rare. Of the UCREL wizard and Korp. Source:
    /// Rayson & Garside (2000), Workshop on Comparing Corpora. Cost: O(1).
    pub fn log_likelihood_of_column(&self) -> f64 {
        let expected = self.expected();
        log_likelihood(&[(self.o11, expected.o11), (self.o21, expected.o21)])
    }

    /// Pearson's χ²: `N (ad − bc)² / (R₁ R₂ C₁ C₂)`; `None` where a column is empty. Source: Pearson (1900). Cost:
    /// O(1).
    pub fn chi_squared(&self) -> Option<f64> {
        self.chi_squared_less(0.0)
    }

    /// χ² after Yates's correction for continuity: `|ad − bc|` less `N/2`, at least 0. `None` where a column is empty.
    ///
    /// Source: Yates (1934), Supplement to the Journal of the Royal Statistical Society 1(2). Cost: O(1).
    pub fn chi_squared_yates(&self) -> Option<f64> {
        self.chi_squared_less(self.total() / 2.0)
    }

    fn chi_squared_less(&self, correction: f64) -> Option<f64> {
        let ([r1, r2], [c1, c2], total) = (self.rows(), self.columns(), self.total());
        let difference = ((self.o11 * self.o22 - self.o12 * self.o21).abs() - correction).max(0.0);
        // Factor by factor: the product of four sums leaves the range long before its quotient does.
        finite((difference / r1 / c1) * (difference / r2 / c2) * total)
    }
}

/// A number, if it is one.
pub(super) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// `2 Σ O ln(O/E)`; what rounding leaves below 0 is 0.
fn log_likelihood(cells: &[(f64, f64)]) -> f64 {
    let term = |(observed, expected): &(f64, f64)| {
        if *observed > 0.0 && *expected > 0.0 { observed * ln(observed / expected) } else { 0.0 }
    };
    (2.0 * cells.iter().map(term).sum::<f64>()).max(0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tables_that_cannot_be_are_none() {
        for (f1, n1, f2, n2) in [(2, 1, 0, 5), (1, 5, 6, 5), (0, 0, 1, 5), (1, 5, 0, 0)] {
            assert_eq!(Contingency::of_frequencies(f1, n1, f2, n2), None);
        }
        for cells in [[-1.0, 2.0, 2.0, 2.0], [f64::NAN, 1.0, 1.0, 1.0], [f64::INFINITY, 1.0, 1.0, 1.0]] {
            assert_eq!(Contingency::of_cells(cells[0], cells[1], cells[2], cells[3]), None);
        }
    }

    #[test]
    fn a_word_that_is_nowhere_has_no_chi_squared_and_no_surprise() {
        let table = Contingency::of_frequencies(0, 10, 0, 20).unwrap();
        assert_eq!((table.chi_squared(), table.log_likelihood(), table.direction()), (None, 0.0, Direction::Even));
    }

    proptest! {
        #[test]
        fn scores_are_numbers_and_sums_are_kept(f in any::<[u64; 2]>(), others in any::<[u64; 2]>()) {
            let (f, others) = (f.map(|x| x >> 2), others.map(|x| x >> 2));
            let Some(table) = Contingency::of_frequencies(f[0], f[0] + others[0], f[1], f[1] + others[1]) else {
                return Ok(());
            };
            let expected = table.expected();
            let sums = |table: &Contingency| [table.rows(), table.columns()].concat();
            for (one, other) in sums(&table).into_iter().zip(sums(&expected)) {
                prop_assert!((one - other).abs() <= 1e-12 * one);
            }
            prop_assert!(table.log_likelihood().is_finite() && table.log_likelihood() >= 0.0);
            prop_assert!(table.log_likelihood_of_column().is_finite());
            for score in [table.chi_squared(), table.chi_squared_yates()].into_iter().flatten() {
                prop_assert!(score.is_finite() && score >= 0.0);
            }
        }

        #[test]
        fn turning_a_table_over_changes_no_score(f in [0u64..500, 0u64..500], others in [1u64..5000, 1u64..5000]) {
            let n = [f[0] + others[0], f[1] + others[1]];
            let of = |a: usize, b: usize| Contingency::of_frequencies(f[a], n[a], f[b], n[b]).unwrap();
            let (one, other) = (of(0, 1), of(1, 0));
            let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(1.0);
            prop_assert!(close(one.log_likelihood(), other.log_likelihood()));
            prop_assert!(close(one.chi_squared().unwrap_or(0.0), other.chi_squared().unwrap_or(0.0)));
            prop_assert_eq!(one.direction() == Direction::More, other.direction() == Direction::Less);
        }
    }
}
