//! Association: how much more often a word stands near another than chance would put it there.
//!
//! All of it rests on the expected count, and tools differ in nothing so much: whether a window is one token or ten
//! changes it tenfold. So the convention is part of the data, and every number says under which it was made. Ours is
//! the real window: as many tokens as really stand in windows, cut at the ends of texts, overlaps counted once.

use super::contingency::{Contingency, finite};
use super::hypergeometric::Hypergeometric;
use crate::base::math::{exp, ln, log2, sqrt};

/// A pair of words: the node that was searched, and a word in the windows around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Association {
    /// O: times the collocate stands in the windows.
    pub observed: u64,
    /// Times the node stands in the corpus.
    pub f_node: u64,
    /// Times the collocate stands in the corpus.
    pub f_collocate: u64,
    /// Tokens of the corpus.
    pub n: u64,
    /// Tokens that really stand in windows; each counted once.
    pub window_tokens: u64,
    /// Tokens of a whole window, before and after the node together.
    pub span: u64,
    /// Nodes that have the collocate in their window, if it is known.
    pub nodes_with: Option<u64>,
    /// What the expected count is made from.
    pub convention: Convention,
}

/// How large the windows are taken to be, which makes the first row of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Convention {
    /// As many tokens as stand in windows: `E = window_tokens · f_collocate / N`. CQPweb; our default.
    #[default]
    RealWindow,
    /// As many as whole windows have: `E = span · f_node · f_collocate / N`. KorAP; Evert (2008).
    NominalWindow,
    /// One token per node: `E = f_node · f_collocate / N`. Sketch Engine, NoSketch Engine, KonText.
    NoScaling,
}

impl Convention {
    /// All of them, ours first.
    pub const ALL: [Convention; 3] = [Convention::RealWindow, Convention::NominalWindow, Convention::NoScaling];
}

impl Association {
    /// Tokens in windows under the convention: R₁.
    pub fn window(&self) -> f64 {
        match self.convention {
            Convention::RealWindow => self.window_tokens as f64,
            Convention::NominalWindow => self.span as f64 * self.f_node as f64,
            Convention::NoScaling => self.f_node as f64,
        }
    }

    /// E: how often the collocate would stand in the windows by chance. `None` in a corpus without tokens. It may be
    /// there without a table: see [`Association::table`].
    pub fn expected(&self) -> Option<f64> {
        (self.n > 0).then(|| self.window() * (self.f_collocate as f64 / self.n as f64))
    }

    /// The table: inside and outside of windows, the collocate in the first column.
    ///
    /// `None` where a cell would be negative. That can be under conventions that are not what was counted: more
    /// collocates than nodes without scaling, or whole windows that are together larger than the corpus. Measures that
    /// need only O and E have a value even then.
    pub fn table(&self) -> Option<Contingency> {
        let (observed, window) = (self.observed as f64, self.window());
        let outside = self.f_collocate.checked_sub(self.observed)? as f64;
        // Exact as long as the window is what it is in the corpus; in `f64` the difference could round below 0.
        let others_outside = (self.n as f64 - window) - outside;
        Contingency::of_cells(observed, window - observed, outside, others_outside)
    }

    /// O and E, both above 0.
    fn counts(&self) -> Option<(f64, f64)> {
        let expected = self.expected().filter(|expected| *expected > 0.0)?;
        (self.observed > 0).then_some((self.observed as f64, expected))
    }

    /// O, which may be 0, and E above 0.
    fn deviation(&self) -> Option<(f64, f64)> {
        self.expected().filter(|expected| *expected > 0.0).map(|expected| (self.observed as f64, expected))
    }
}

/// Mutual information: `log₂(O/E)`. Prefers rare pairs. `None` where O or E is 0. Source: Church & Hanks (1990),
/// Computational Linguistics 16(1). Cost: O(1).
pub fn mutual_information(pair: &Association) -> Option<f64> {
    let (observed, expected) = pair.counts()?;
    finite(log2(observed / expected))
}

/// `log₂(O²/E)`: mutual information that prefers rare pairs less. `None` where O or E is 0. Source: Daille (1994).
/// Cost: O(1).
pub fn mutual_information_2(pair: &Association) -> Option<f64> {
    let (observed, expected) = pair.counts()?;
    finite(log2(observed / expected) + log2(observed))
}

/// `log₂(O³/E)`, as KorAP, CQPweb and Sketch Engine have it; WordSmith's MI3 is another. `None` where O or E is 0.
/// Source: Daille (1994). Cost: O(1).
pub fn mutual_information_3(pair: &Association) -> Option<f64> {
    let (observed, expected) = pair.counts()?;
    finite(log2(observed / expected) + 2.0 * log2(observed))
}

/// `O log₂(O/E)`. `None` where O or E is 0. Source: Evert (2004); Kilgarriff et al. (2004). Cost: O(1).
pub fn local_mutual_information(pair: &Association) -> Option<f64> {
    finite(pair.observed as f64 * mutual_information(pair)?)
}

/// `MI · ln(O + 1)`. `None` where O or E is 0. Source: Sketch Engine, Statistics used in Sketch Engine. Cost: O(1).
pub fn mutual_information_log_f(pair: &Association) -> Option<f64> {
    finite(mutual_information(pair)? * ln(pair.observed as f64 + 1.0))
}

/// `(O − E) / √O`. Prefers frequent pairs. `None` where O is 0. Source: Church et al. (1991). Cost: O(1).
pub fn t_score(pair: &Association) -> Option<f64> {
    let (observed, expected) = pair.deviation().filter(|_| pair.observed > 0)?;
    finite((observed - expected) / sqrt(observed))
}

/// `(O − E) / √E`. `None` where E is 0. Source: Berry-Rogghe (1973). Cost: O(1).
pub fn z_score(pair: &Association) -> Option<f64> {
    let (observed, expected) = pair.deviation()?;
    finite((observed - expected) / sqrt(expected))
}

/// z with O moved by ½ towards E, and not beyond it: Yates's correction, as CQPweb has it. `None` where E is 0. Cost:
/// O(1).
pub fn z_score_yates(pair: &Association) -> Option<f64> {
    let (observed, expected) = pair.deviation()?;
    let difference = observed - expected;
    let corrected = (difference.abs() - 0.5).max(0.0) / sqrt(expected);
    finite(if difference < 0.0 { -corrected } else { corrected })
}

/// The smaller of `O/f_node` and `O/f_collocate`. `None` where either word is nowhere. Source: Pedersen & Bruce (1996).
/// Cost: O(1).
pub fn min_sensitivity(pair: &Association) -> Option<f64> {
    let of = |frequency: u64| finite(pair.observed as f64 / frequency as f64);
    Some(of(pair.f_node)?.min(of(pair.f_collocate)?))
}

/// `2 O / (f_node + f_collocate)`, whatever the window. `None` where both words are nowhere. Source: Dice (1945),
/// Ecology 26(3). Cost: O(1).
pub fn dice(pair: &Association) -> Option<f64> {
    finite(2.0 * pair.observed as f64 / (pair.f_node as f64 + pair.f_collocate as f64))
}

/// Harmonic mean of the share of nodes that have the collocate and the share of collocates that are near the node, as
/// CQPweb has it. 0 where both are. `None` where the number of such nodes is not known, or a word is nowhere. Cost:
/// O(1).
pub fn dice_of_nodes(pair: &Association) -> Option<f64> {
    let nodes = finite(pair.nodes_with? as f64 / pair.f_node as f64)?;
    let collocates = finite(pair.observed as f64 / pair.f_collocate as f64)?;
    if nodes + collocates == 0.0 {
        return Some(0.0);
    }
    finite(2.0 * nodes * collocates / (nodes + collocates))
}

/// `14 + log₂ Dice`: at most 14 for adjacent words, 1 more for twice as often. The size of the corpus has no part in
/// it. `None` where O is 0. Source: Rychlý (2008), RASLAN. Cost: O(1).
pub fn log_dice(pair: &Association) -> Option<f64> {
    finite(14.0 + log2(dice(pair)?))
}

/// `14 + log₂(2 O / (span · f_node + f_collocate))`, as KorAP has it. `None` where O is 0. Cost: O(1).
pub fn log_dice_of_window(pair: &Association) -> Option<f64> {
    let positions = pair.span as f64 * pair.f_node as f64 + pair.f_collocate as f64;
    finite(14.0 + log2(2.0 * pair.observed as f64 / positions))
}

/// ΔP of the collocate given the node: its share inside windows less its share outside, −1 to 1. `None` without a
/// table. Source: Ellis (2006), Applied Linguistics 27(1); Gries (2013), IJCL 18(1). Cost: O(1).
pub fn delta_p_collocate(pair: &Association) -> Option<f64> {
    let table = pair.table()?;
    let [inside, outside] = table.rows();
    finite(table.o11 / inside - table.o21 / outside)
}

/// ΔP of the node given the collocate: the share of collocates that are in windows less that of all other words, −1 to
/// 1. `None` without a table, or where a column is empty. Source as [`delta_p_collocate`]. Cost: O(1).
pub fn delta_p_node(pair: &Association) -> Option<f64> {
    let table = pair.table()?;
    let [collocates, others] = table.columns();
    finite(table.o11 / collocates - table.o12 / others)
}

/// Log Ratio: how many times the collocate's share doubles inside the windows. A count of 0 is ½, as CQPweb has it.
/// `None` without a table, or for a word that is nowhere. Source: Hardie (2014). Cost: O(1).
pub fn log_ratio(pair: &Association) -> Option<f64> {
    let table = pair.table().filter(|_| pair.f_collocate > 0)?;
    let [inside, outside] = table.rows();
    finite(log2((table.o11.max(0.5) / inside) / (table.o21.max(0.5) / outside)))
}

/// Fisher's p that chance alone puts the collocate into the windows as many times or more. `None` without a table.
/// Cost: that of a hypergeometric tail.
pub fn fisher_greater(pair: &Association) -> Option<f64> {
    distribution(pair)?.ln_at_least(pair.observed).map(exp)
}

/// Fisher's p that chance alone puts the collocate into the windows as many times or fewer, as [`fisher_greater`].
pub fn fisher_less(pair: &Association) -> Option<f64> {
    distribution(pair)?.ln_at_most(pair.observed).map(exp)
}

/// Fisher's two-sided p: of all tables that are no more probable than this one, as [`fisher_greater`].
pub fn fisher_two_sided(pair: &Association) -> Option<f64> {
    distribution(pair)?.ln_as_improbable(pair.observed).map(exp)
}

fn distribution(pair: &Association) -> Option<Hypergeometric> {
    pair.table()?;
    let window = match pair.convention {
        Convention::RealWindow => pair.window_tokens,
        Convention::NominalWindow => pair.span.checked_mul(pair.f_node)?,
        Convention::NoScaling => pair.f_node,
    };
    Hypergeometric::new(window, pair.f_collocate, pair.n)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIR: Association = Association {
        observed: 6,
        f_node: 20,
        f_collocate: 15,
        n: 5_000,
        window_tokens: 180,
        span: 10,
        nodes_with: Some(5),
        convention: Convention::RealWindow,
    };

    #[test]
    fn each_convention_has_its_window() {
        let windows = Convention::ALL.map(|convention| Association { convention, ..PAIR }.window());
        assert_eq!(windows, [180.0, 200.0, 20.0]);
        let expected = Convention::ALL.map(|convention| Association { convention, ..PAIR }.expected().unwrap());
        assert!((expected[0] - 0.54).abs() < 1e-12 && (expected[1] - 0.6).abs() < 1e-12);
        assert!((expected[2] - 0.06).abs() < 1e-12);
    }

    #[test]
    fn a_table_keeps_the_sums_of_the_corpus() {
        for convention in Convention::ALL {
            let table = Association { convention, ..PAIR }.table().unwrap();
            assert_eq!((table.total(), table.columns()[0], table.o11), (5_000.0, 15.0, 6.0));
        }
    }

    #[test]
    fn a_cell_below_nothing_leaves_what_needs_no_table() {
        // Twelve collocates around ten nodes: without scaling the windows have ten tokens.
        let pair = Association { observed: 12, f_node: 10, convention: Convention::NoScaling, ..PAIR };
        assert_eq!((pair.table(), log_ratio(&pair), delta_p_collocate(&pair)), (None, None, None));
        assert!(mutual_information(&pair).is_some() && log_dice(&pair).is_some());
        let all = Association { f_node: 600, convention: Convention::NominalWindow, ..PAIR };
        assert_eq!((all.table(), fisher_greater(&all)), (None, None));
    }

    #[test]
    fn dice_of_nodes_is_the_harmonic_mean() {
        // 5 of 20 nodes, 6 of 15 collocates: 2 · 0.25 · 0.4 / 0.65.
        assert!((dice_of_nodes(&PAIR).unwrap() - 0.307_692_307_692).abs() < 1e-12);
        assert_eq!(dice_of_nodes(&Association { nodes_with: None, ..PAIR }), None);
    }
}
