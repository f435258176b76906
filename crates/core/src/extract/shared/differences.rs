//! Differences: two texts side by side, word by word.
//!
//! The words of both are compared by their folded forms, so case, accents and punctuation make no difference. The way
//! from one text to the other with the fewest words left out and put in is found in memory linear in the words by
//! looking for its middle from both ends. Source: Myers (1986), An O(ND) difference algorithm and its variations, section
//! 4b. Where more than [`MOST_STEPS`] words differ on the way to the middle, the furthest place reached counts as the
//! middle: what is said to be the same still is, but more may be. Cost: O(words × MOST_STEPS) at worst.

use super::keys::hash;
use crate::base::Span;
use crate::text::tokens::tokenize;

/// Words left out and put in up to which the shortest way is found.
const MOST_STEPS: usize = 256;

/// A part of two texts: words in a row, from the start of the first to the end of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The same words in both.
    Same(Span, Span),
    /// Other words.
    Changed(Span, Span),
    /// Words that only the first text has.
    OnlyFirst(Span),
    /// Words that only the second text has.
    OnlySecond(Span),
}

/// How two texts differ, word by word, in order. Every word is in one part; what is no word is in none, or inside one.
///
/// A single word that both have between differences of several words counts as changed: a lone *the* is no
/// agreement.
pub fn differences(a: &str, b: &str) -> Vec<Part> {
    let (a, b) = (Words::new(a), Words::new(b));
    let runs = without_lone_words(&common(&a.hashes, &b.hashes), a.hashes.len(), b.hashes.len());
    let (mut first, mut second) = (0, 0);
    let mut parts = Vec::with_capacity(2 * runs.len() + 1);
    for run in runs.iter().copied().chain([Same { first: a.hashes.len(), second: b.hashes.len(), len: 0 }]) {
        parts.extend(match (a.span(first, run.first), b.span(second, run.second)) {
            (Some(a), Some(b)) => Some(Part::Changed(a, b)),
            (Some(a), None) => Some(Part::OnlyFirst(a)),
            (None, Some(b)) => Some(Part::OnlySecond(b)),
            (None, None) => None,
        });
        (first, second) = (run.first + run.len, run.second + run.len);
        parts.extend(a.span(run.first, first).zip(b.span(run.second, second)).map(|(a, b)| Part::Same(a, b)));
    }
    parts
}

/// Words in a row that two lists have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Same {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) len: usize,
}

/// What two lists have in common, in order, as the shortest way from one to the other leaves it.
pub(super) fn common(a: &[u64], b: &[u64]) -> Vec<Same> {
    let mut runs: Vec<Same> = Vec::new();
    // Boxes still to be looked at, the first of them last; a list of its own instead of calls into calls.
    let mut boxes = vec![(0, a.len(), 0, b.len())];
    while let Some((mut a_from, mut a_to, mut b_from, mut b_to)) = boxes.pop() {
        let before = a[a_from..a_to].iter().zip(&b[b_from..b_to]).take_while(|(a, b)| a == b).count();
        add(&mut runs, Same { first: a_from, second: b_from, len: before });
        (a_from, b_from) = (a_from + before, b_from + before);
        let after = a[a_from..a_to].iter().rev().zip(b[b_from..b_to].iter().rev()).take_while(|(a, b)| a == b).count();
        (a_to, b_to) = (a_to - after, b_to - after);
        if after > 0 {
            // Empty on both sides but for what is the same: the next box adds it.
            boxes.push((a_to, a_to + after, b_to, b_to + after));
        }
        if a_from < a_to && b_from < b_to {
            let (x, y) = middle(&a[a_from..a_to], &b[b_from..b_to]);
            boxes.push((a_from + x, a_to, b_from + y, b_to));
            boxes.push((a_from, a_from + x, b_from, b_from + y));
        }
    }
    runs
}

fn add(runs: &mut Vec<Same>, run: Same) {
    match runs.last_mut() {
        Some(last) if last.first + last.len == run.first && last.second + last.len == run.second => last.len += run.len,
        _ if run.len > 0 => runs.push(run),
        _ => {}
    }
}

/// A place on the shortest way through two lists that neither begin nor end alike, and are not empty: about its middle.
/// It is never at both beginnings nor at both ends.
fn middle(a: &[u64], b: &[u64]) -> (usize, usize) {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let delta = n - m;
    let most = ((n + m + 1) / 2).min(MOST_STEPS as isize);
    let width = (2 * most + 3) as usize;
    // The furthest place on each diagonal, from the beginning and, mirrored, from the end.
    let (mut ahead, mut behind) = (vec![0isize; width], vec![0isize; width]);
    let at = |diagonal: isize| (diagonal + most + 1) as usize;
    for steps in 0..=most {
        for diagonal in (-steps..=steps).step_by(2) {
            let mut x = start(&ahead, at(diagonal), diagonal, steps);
            while x < n && x - diagonal < m && a[x as usize] == b[(x - diagonal) as usize] {
                x += 1;
            }
            ahead[at(diagonal)] = x;
            let other = delta - diagonal;
            let is_met = delta % 2 != 0 && other.abs() < steps && x + behind[at(other)] >= n;
            if is_met && is_inside(x, x - diagonal, n, m) {
                return (x as usize, (x - diagonal) as usize);
            }
        }
        for diagonal in (-steps..=steps).step_by(2) {
            let mut x = start(&behind, at(diagonal), diagonal, steps);
            while x < n && x - diagonal < m && a[(n - 1 - x) as usize] == b[(m - 1 - x + diagonal) as usize] {
                x += 1;
            }
            behind[at(diagonal)] = x;
            let other = delta - diagonal;
            let is_met = delta % 2 == 0 && other.abs() <= steps && x + ahead[at(other)] >= n;
            let (x, y) = (n - x, m - x + diagonal);
            if is_met && is_inside(x, y, n, m) {
                return (x as usize, y as usize);
            }
        }
    }
    furthest(&ahead, most, n, m)
}

/// Where a step leads that comes from the better of the two diagonals beside.
fn start(reached: &[isize], at: usize, diagonal: isize, steps: isize) -> isize {
    if steps == 0 {
        0
    } else if diagonal == -steps || (diagonal != steps && reached[at - 1] < reached[at + 1]) {
        reached[at + 1]
    } else {
        reached[at - 1] + 1
    }
}

fn is_inside(x: isize, y: isize, n: isize, m: isize) -> bool {
    (0..=n).contains(&x) && (0..=m).contains(&y) && (x, y) != (0, 0) && (x, y) != (n, m)
}

/// The place furthest from the beginning that was reached.
fn furthest(reached: &[isize], most: isize, n: isize, m: isize) -> (usize, usize) {
    let places = (-most..=most).step_by(2).map(|diagonal| {
        let x = reached[(diagonal + most + 1) as usize];
        (x, x - diagonal)
    });
    let best = places.filter(|(x, y)| is_inside(*x, *y, n, m)).max_by_key(|(x, y)| x + y);
    // All of the first left out is a way, too.
    best.map_or((n as usize, 0), |(x, y)| (x as usize, y as usize))
}

/// What is left when lone words between larger differences on both sides count as different.
fn without_lone_words(runs: &[Same], a_len: usize, b_len: usize) -> Vec<Same> {
    let end = Same { first: a_len, second: b_len, len: 0 };
    let mut kept: Vec<Same> = Vec::with_capacity(runs.len());
    for (n, run) in runs.iter().enumerate() {
        let next = runs.get(n + 1).unwrap_or(&end);
        let (first, second) = kept.last().map_or((0, 0), |last| (last.first + last.len, last.second + last.len));
        let before = (run.first - first).max(run.second - second);
        let after = (next.first - run.first - run.len).max(next.second - run.second - run.len);
        if run.len > 1 || before < 2 || after < 2 {
            kept.push(*run);
        }
    }
    kept
}

/// A text's words with what they are compared by.
struct Words {
    hashes: Vec<u64>,
    spans: Vec<Span>,
}

impl Words {
    fn new(text: &str) -> Words {
        let (mut hashes, mut spans, mut buffer) = (Vec::new(), Vec::new(), String::new());
        // Characters of scripts without spaces are compared one by one here: there is no chance agreement to fear.
        tokenize(text, |token| {
            hashes.push(hash(token.span.of(text), &mut buffer));
            spans.push(token.span);
        });
        Words { hashes, spans }
    }

    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let words = self.spans.get(from..to)?;
        Some(Span::new(words.first()?.start, words.last()?.end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parts as text: same words as they are, `[first|second]` where they differ.
    fn check(a: &str, b: &str, expected: &str) {
        let shown: Vec<String> = differences(a, b)
            .into_iter()
            .map(|part| match part {
                Part::Same(a_span, _) => a_span.of(a).to_owned(),
                Part::Changed(a_span, b_span) => format!("[{}|{}]", a_span.of(a), b_span.of(b)),
                Part::OnlyFirst(span) => format!("[{}|]", span.of(a)),
                Part::OnlySecond(span) => format!("[|{}]", span.of(b)),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{a} / {b}");
    }

    #[test]
    fn texts_differ_word_by_word() {
        check("", "", "");
        check("The mill closed.", "the MILL “closed”", "The mill closed");
        check("The mill closed.", "The old mill closed.", "The [|old] mill closed");
        check("The old mill closed.", "The mill closed.", "The [old|] mill closed");
        check("The old mill closed.", "The new mill closed.", "The [old|new] mill closed");
        check("The mill", "", "[The mill|]");
        check("", "The mill", "[|The mill]");
        check("One two", "three four", "[One two|three four]");
        check("北京市长", "北京副市长", "北京 [|副] 市长");
        check("Türkiye’s mills closed", "Turkiye's mills were closed", "Türkiye’s mills [|were] closed");
    }

    #[test]
    fn a_lone_word_between_large_differences_is_no_agreement() {
        check(
            "boats left early for the harbour tonight",
            "seven men stood near the station alone",
            "[boats left early for the harbour tonight|seven men stood near the station alone]",
        );
        check("We left for the harbour", "We stayed at the station", "We [left for|stayed at] the [harbour|station]");
        check("We left the harbour", "We saw the station", "We [left|saw] the [harbour|station]");
    }

    /// Words of the longest common part, by the table of all pairs.
    fn naive_common(a: &[u64], b: &[u64]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                table[i + 1][j + 1] = if x == y { table[i][j] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
            }
        }
        table[a.len()][b.len()]
    }

    fn is_common(a: &[u64], b: &[u64], runs: &[Same]) -> bool {
        runs.iter().all(|run| run.len > 0 && a[run.first..][..run.len] == b[run.second..][..run.len])
            && runs.windows(2).all(|pair| {
                pair[0].first + pair[0].len <= pair[1].first && pair[0].second + pair[0].len <= pair[1].second
            })
    }

    #[test]
    fn texts_that_have_little_in_common_are_compared_in_time() {
        let numbers = |step: u64, len: u64| (0..len).map(|n| n * step % 99_991).collect::<Vec<u64>>();
        let (a, b) = (numbers(7, 100_000), numbers(11, 100_000));
        assert!(is_common(&a, &b, &common(&a, &b)));
        let edited: Vec<u64> = a.iter().copied().filter(|n| n % 50 != 0).collect();
        let same: usize = common(&a, &edited).iter().map(|run| run.len).sum();
        assert!(same * 100 > edited.len() * 95, "{same} of {}", edited.len());
    }

    proptest! {
        #[test]
        fn what_is_common_is_as_long_as_can_be(
            a in proptest::collection::vec(0u64..5, 0..40),
            b in proptest::collection::vec(0u64..5, 0..40),
        ) {
            let runs = common(&a, &b);
            prop_assert!(is_common(&a, &b, &runs));
            prop_assert_eq!(runs.iter().map(|run| run.len).sum::<usize>(), naive_common(&a, &b));
        }

        #[test]
        fn every_word_is_in_one_part(a in "\\PC{0,40}|[abc ’.]{0,60}", b in "\\PC{0,40}|[abc ’.]{0,60}") {
            let parts = differences(&a, &b);
            let sides: [Vec<Span>; 2] = [
                parts.iter().filter_map(|part| match part {
                    Part::Same(span, _) | Part::Changed(span, _) | Part::OnlyFirst(span) => Some(*span),
                    Part::OnlySecond(_) => None,
                }).collect(),
                parts.iter().filter_map(|part| match part {
                    Part::Same(_, span) | Part::Changed(_, span) | Part::OnlySecond(span) => Some(*span),
                    Part::OnlyFirst(_) => None,
                }).collect(),
            ];
            for (text, spans) in [&a, &b].into_iter().zip(sides) {
                prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
                prop_assert!(spans.iter().all(|span| !span.of(text).is_empty()));
                tokenize(text, |token| {
                    let holders = spans.iter().filter(|span| span.start <= token.span.start && token.span.end <= span.end);
                    assert_eq!(holders.count(), 1);
                });
            }
        }
    }
}
