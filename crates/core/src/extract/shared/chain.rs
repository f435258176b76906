//! Chains: runs of words that two texts share, one after the other, with small differences between.
//!
//! From a place where both say the same, a chain is followed both ways. Where the texts part, it goes on after the
//! smallest gap (at most [`GAP`] words on either side) beyond which they agree again for [`RUN`] words, or [`SHORT_RUN`]
//! where the gap is small. Every word that is the same counts one, every word of the longer side of a gap takes one
//! away; a chain ends where the sum was largest and is given up once it falls [`DROP`] below that. So no end of a
//! passage has more words that differ than words that are the same. The idea is that of extending seeds in the
//! comparison of genes: Altschul et al. (1990), Basic local alignment search tool.

/// The most words that may differ in a row, on either side.
pub(super) const GAP: usize = 8;

/// Words that must agree after a gap.
const RUN: usize = 3;

/// Words that must agree after a gap of at most [`SMALL`] words.
const SHORT_RUN: usize = 2;

/// Words of a small gap.
const SMALL: usize = 2;

/// How far the count may fall below its best before a chain is given up.
const DROP: i64 = 10;

/// Words in a row that both texts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its first word in the first text.
    pub(super) first: usize,
    /// Its first word in the second text.
    pub(super) second: usize,
    /// Its words.
    pub(super) len: usize,
}

/// The chain through word `first` of `a` and word `second` of `b`, in order; nothing where these two differ.
///
/// Cost: O(its words + gaps × GAP²).
pub(super) fn chain(a: &[u32], b: &[u32], first: usize, second: usize) -> Vec<Run> {
    let ahead = follow(|n| a.get(first + n).copied(), |n| b.get(second + n).copied());
    if ahead.first().is_none_or(|run| run.first != 0 || run.second != 0) {
        return Vec::new();
    }
    let before = |words: &[u32], from: usize, n: usize| words.get(from.checked_sub(n + 1)?).copied();
    let behind = follow(|n| before(a, first, n), |n| before(b, second, n));
    let mut runs: Vec<Run> = Vec::with_capacity(ahead.len() + behind.len());
    for run in behind.iter().rev() {
        runs.push(Run { first: first - run.first - run.len, second: second - run.second - run.len, len: run.len });
    }
    for run in ahead {
        let run = Run { first: first + run.first, second: second + run.second, len: run.len };
        match runs.last_mut() {
            Some(last) if last.first + last.len == run.first && last.second + last.len == run.second => {
                last.len += run.len;
            }
            _ => runs.push(run),
        }
    }
    runs
}

/// The runs from the beginning of two lists of words, as far as it is worth it.
fn follow(a: impl Fn(usize) -> Option<u32>, b: impl Fn(usize) -> Option<u32>) -> Vec<Run> {
    let (mut runs, mut kept) = (Vec::new(), 0);
    let (mut first, mut second) = (0, 0);
    let (mut sum, mut best) = (0, 0);
    loop {
        let len = agreeing(&a, first, &b, second);
        if len > 0 {
            runs.push(Run { first, second, len });
            (first, second) = (first + len, second + len);
            sum += len as i64;
        }
        if sum > best {
            (best, kept) = (sum, runs.len());
        }
        let Some((left_out, put_in)) = gap(&a, first, &b, second) else { break };
        sum -= left_out.max(put_in) as i64;
        if sum + DROP < best {
            break;
        }
        (first, second) = (first + left_out, second + put_in);
    }
    runs.truncate(kept);
    runs
}

/// The smallest gap after which both agree again: words on either side. Of two of one size that which is more even.
///
/// Most seeds end here, so the words within reach are laid out first; past the end there are words that never agree.
fn gap(
    a: &impl Fn(usize) -> Option<u32>,
    first: usize,
    b: &impl Fn(usize) -> Option<u32>,
    second: usize,
) -> Option<(usize, usize)> {
    const REACH: usize = GAP + RUN;
    let a: [u64; REACH] = std::array::from_fn(|n| a(first + n).map_or(1 << 33, u64::from));
    let b: [u64; REACH] = std::array::from_fn(|n| b(second + n).map_or(1 << 34, u64::from));
    for longer in 1..=GAP {
        let needed = if longer <= SMALL { SHORT_RUN } else { RUN };
        for shorter in (0..=longer).rev() {
            for (left_out, put_in) in [(longer, shorter), (shorter, longer)] {
                if a[left_out] == b[put_in] && a[left_out..][..needed] == b[put_in..][..needed] {
                    return Some((left_out, put_in));
                }
            }
        }
    }
    None
}

/// How many words from two places on are the same.
fn agreeing(
    a: &impl Fn(usize) -> Option<u32>,
    first: usize,
    b: &impl Fn(usize) -> Option<u32>,
    second: usize,
) -> usize {
    let same = |n: usize| matches!((a(first + n), b(second + n)), (Some(a), Some(b)) if a == b);
    (0..).take_while(|n| same(*n)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parts that are the same, of texts whose words are single letters, from the place of the first `*` on.
    fn check(a: &str, b: &str, expected: &str) {
        let letters = |text: &str| text.chars().filter(|c| *c != '*').map(u32::from).collect::<Vec<u32>>();
        let runs = chain(&letters(a), &letters(b), a.find('*').unwrap(), b.find('*').unwrap());
        let parts: Vec<String> = runs
            .iter()
            .map(|run| letters(a)[run.first..][..run.len].iter().map(|n| char::from_u32(*n).unwrap()).collect())
            .collect();
        assert_eq!(parts.join(" "), expected, "{a} / {b}");
    }

    #[test]
    fn a_chain_goes_on_over_small_differences_and_ends_at_large_ones() {
        check("*abcdef", "*abcdef", "abcdef");
        check("xxabc*defyy", "vvabc*defww", "abcdef");
        check("*abcdeXfghij", "*abcdefghij", "abcde fghij");
        check("*abcdefghij", "*abcdeXYfghij", "abcde fghij");
        check("*abcdeXfghij", "*abcdeYfghij", "abcde fghij");
        // One word after a gap is no agreement.
        check("*abcdeXfY", "*abcdeZfW", "abcde");
        // Twelve words between are too many.
        check("*abcdefghijXXXXXXXXXXXXklmnop", "*abcdefghijYYYYYYYYYYYYklmnop", "abcdefghij");
        // More that differs than what comes after it is the same.
        check("*abcdefghijXXXXXXklm", "*abcdefghijYYYYYYklm", "abcdefghij");
        check("*a", "*b", "");
    }

    proptest! {
        #[test]
        fn runs_are_in_order_and_the_same(
            a in proptest::collection::vec(0u32..4, 1..80),
            b in proptest::collection::vec(0u32..4, 1..80),
            first in 0usize..80,
            second in 0usize..80,
        ) {
            let runs = chain(&a, &b, first, second);
            for run in &runs {
                prop_assert_eq!(&a[run.first..][..run.len], &b[run.second..][..run.len]);
                prop_assert!(run.len > 0);
            }
            for pair in runs.windows(2) {
                let gaps = (pair[1].first - pair[0].first - pair[0].len, pair[1].second - pair[0].second - pair[0].len);
                prop_assert!(gaps.0 <= GAP && gaps.1 <= GAP && gaps.0 + gaps.1 > 0);
            }
            prop_assert_eq!(runs.is_empty(), a.get(first).is_none() || a.get(first) != b.get(second));
        }
    }
}
