//! The same quotation in several documents: the same words, or nearly.
//!
//! Two quotations are the same where the shorter one has [`LEAST_CONTENT`] words that are not function words, and
//! nearly all of it is in the longer: four in five of its words, and half of its pairs of words in a row. What is the
//! same as the same is the same: a group may hold two halves of one utterance that only a third document quotes whole.
//!
//! Only quotations that share two content words in a row are compared, so the cost is near linear: where more than
//! [`COMMON`] different ones share the same two, each is compared with the next [`COMMON`] by length only.

use rustc_hash::{FxHashMap, FxHashSet};

use super::content::function_words;
use super::keys::hash;
use crate::base::DocId;
use crate::base::order::{packed, sort_by, unpacked};
use crate::text::tokens::tokenize;

/// Content words that the shorter of two must have: what is shorter is said by many.
const LEAST_CONTENT: usize = 4;

/// How many of those that share two words each is compared with.
const COMMON: usize = 32;

/// A quotation and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// The document that quotes.
    pub doc_id: DocId,
    /// The words quoted.
    pub text: &'a str,
    /// Their language, empty where unknown.
    pub language: &'a str,
}

/// Quotations that are the same words, or nearly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// Which of those given, in order.
    pub members: Vec<u32>,
    /// In how many documents.
    pub documents: u32,
    /// Which of those given has most words: the one to show.
    pub longest: u32,
}

/// The quotations that at least two documents have: those of most documents first, then by the first that is in them.
///
/// Cost: near linear in the words; sorting their pairs.
pub fn same_quotations(quotations: &[Quoted]) -> Vec<Same> {
    let mut lists: FxHashMap<&str, FxHashSet<u64>> = FxHashMap::default();
    let mut utterances: Vec<Utterance> = Vec::with_capacity(quotations.len());
    for quoted in quotations {
        let list = lists.entry(quoted.language).or_insert_with(|| function_words(quoted.language));
        utterances.push(Utterance::new(quoted.text, list));
    }
    let mut groups = Groups { parents: (0..quotations.len() as u32).collect() };
    let different = without_copies(&utterances, &mut groups);
    for (a, b) in candidates(&different, &utterances) {
        if groups.root(a) != groups.root(b) && is_same(&utterances[a as usize], &utterances[b as usize]) {
            groups.join(a, b);
        }
    }
    groups.list(quotations, &utterances)
}

/// The words of a quotation.
struct Utterance {
    /// Their hashes in order.
    words: Vec<u64>,
    /// Sorted hashes of two words in a row.
    pairs: Vec<u64>,
    /// Sorted words.
    sorted: Vec<u64>,
    /// Of two content words in a row, whatever lies between, sorted and without repetition.
    keys: Vec<u64>,
    content: usize,
}

impl Utterance {
    fn new(text: &str, function_words: &FxHashSet<u64>) -> Utterance {
        let (mut words, mut buffer) = (Vec::new(), String::new());
        tokenize(text, |token| words.push(hash(token.term(text), &mut buffer)));
        let content: Vec<u64> = words.iter().copied().filter(|word| !function_words.contains(word)).collect();
        let mut keys = in_a_row(&content);
        keys.dedup();
        let mut sorted = words.clone();
        sorted.sort_unstable();
        Utterance { pairs: in_a_row(&words), words, sorted, keys, content: content.len() }
    }
}

/// The hashes of two in a row, sorted.
fn in_a_row(words: &[u64]) -> Vec<u64> {
    let both = |pair: &[u64]| {
        pair.iter().fold(0u64, |hash, word| (hash.rotate_left(29) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    };
    let mut pairs: Vec<u64> = words.windows(2).map(both).collect();
    pairs.sort_unstable();
    pairs
}

/// Joins quotations that are word for word the same; gives the first of each that can be compared.
fn without_copies(utterances: &[Utterance], groups: &mut Groups) -> Vec<u32> {
    let mut first_of: FxHashMap<&[u64], u32> = FxHashMap::default();
    let mut different = Vec::new();
    for (n, utterance) in utterances.iter().enumerate().filter(|(_, utterance)| utterance.content >= LEAST_CONTENT) {
        let first = *first_of.entry(&utterance.words).or_insert(n as u32);
        if first == n as u32 {
            different.push(first);
        } else {
            groups.join(first, n as u32);
        }
    }
    different
}

/// Which are worth comparing: those that share two content words in a row. Sorted, without repetition.
fn candidates(different: &[u32], utterances: &[Utterance]) -> Vec<(u32, u32)> {
    // By length, so that neighbours in a long list may well be the same.
    let mut keys: Vec<(u64, u64)> = Vec::new();
    for n in different {
        let utterance = &utterances[*n as usize];
        keys.extend(utterance.keys.iter().map(|key| (*key, packed(utterance.words.len() as u32, *n))));
    }
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        for (n, (_, one)) in group.iter().enumerate() {
            for (_, other) in group[n + 1..].iter().take(COMMON) {
                let (a, b) = (unpacked(*one).1, unpacked(*other).1);
                pairs.push(packed(a.min(b), a.max(b)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(unpacked).collect()
}

/// Whether the shorter of two is nearly all in the longer.
fn is_same(a: &Utterance, b: &Utterance) -> bool {
    let (shorter, longer) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    5 * contained(&shorter.sorted, &longer.sorted) >= 4 * shorter.sorted.len()
        && 2 * contained(&shorter.pairs, &longer.pairs) >= shorter.pairs.len()
}

/// How many of one sorted list are in another, each as often as it is there.
fn contained(shorter: &[u64], longer: &[u64]) -> usize {
    let (mut found, mut rest) = (0, longer);
    for own in shorter {
        // What lies between is skipped by halving: the longer list may be much longer.
        rest = &rest[rest.partition_point(|other| other < own)..];
        if rest.first() == Some(own) {
            found += 1;
            rest = &rest[1..];
        }
    }
    found
}

/// Sets that grow together: each member points towards the first of its set.
struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    fn root(&mut self, mut member: u32) -> u32 {
        while self.parents[member as usize] != member {
            // Half of the way is remembered each time, so that ways stay short.
            self.parents[member as usize] = self.parents[self.parents[member as usize] as usize];
            member = self.parents[member as usize];
        }
        member
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }

    fn list(&mut self, quotations: &[Quoted], utterances: &[Utterance]) -> Vec<Same> {
        let mut members: Vec<(u32, u32)> = (0..quotations.len() as u32).map(|n| (self.root(n), n)).collect();
        members.sort_unstable();
        let mut list = Vec::new();
        for group in members.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let members: Vec<u32> = group.iter().map(|(_, n)| *n).collect();
            let docs: FxHashSet<DocId> = members.iter().map(|n| quotations[*n as usize].doc_id).collect();
            // Of several that are longest, the first.
            let longest = members.iter().rev().copied().max_by_key(|n| utterances[*n as usize].words.len());
            if let Some(longest) = longest.filter(|_| docs.len() > 1) {
                list.push(Same { members, documents: docs.len() as u32, longest });
            }
        }
        sort_by(&mut list, |a, b| b.documents.cmp(&a.documents).then_with(|| a.members.cmp(&b.members)));
        list
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The groups of quotations, each of which is in a document of its own.
    fn check(quotations: &[&str], expected: &[&[u32]]) {
        let list: Vec<Quoted> =
            (0..).zip(quotations).map(|(n, text)| Quoted { doc_id: DocId(n), text, language: "en" }).collect();
        let found: Vec<Vec<u32>> = same_quotations(&list).into_iter().map(|same| same.members).collect();
        assert_eq!(found, expected, "{quotations:?}");
    }

    #[test]
    fn the_same_words_are_one_quotation_whatever_their_marks_and_capitals() {
        check(&["The harbour will open before winter ends", "the HARBOUR will open, before winter ends…"], &[&[0, 1]]);
    }

    #[test]
    fn a_part_is_the_same_as_the_whole() {
        check(
            &[
                "Nobody asked the fishermen, and nobody will repair their broken boats before the spring tide comes",
                "nobody will repair their broken boats",
                "We never repair broken boats in the spring",
            ],
            &[&[0, 1]],
        );
    }

    #[test]
    fn a_word_more_less_or_other_makes_no_difference() {
        check(
            &[
                "our patience with the harbour company has reached its end",
                "our patience with this harbour company has now reached its end",
                "our patience with the company has reached its end",
            ],
            &[&[0, 1, 2]],
        );
    }

    #[test]
    fn short_words_that_many_say_are_no_same_quotation() {
        check(&["thank you very much", "Thank you very much!", "a good day", "a good day"], &[]);
    }

    #[test]
    fn one_document_that_repeats_itself_is_no_group() {
        let quoted = Quoted { doc_id: DocId(3), text: "the harbour will open before winter ends", language: "" };
        assert!(same_quotations(&[quoted, quoted]).is_empty());
    }

    #[test]
    fn thousands_of_near_copies_are_joined_in_time() {
        let texts: Vec<String> = (0..5_000)
            .map(|n| format!("number {n} of the long harbour wall fell into deep cold water tonight"))
            .collect();
        let list: Vec<Quoted> =
            (0..).zip(&texts).map(|(n, text)| Quoted { doc_id: DocId(n), text, language: "en" }).collect();
        assert_eq!(same_quotations(&list).len(), 1);
    }

    fn naive(list: &[Quoted]) -> Vec<Vec<u32>> {
        let utterances: Vec<Utterance> =
            list.iter().map(|quoted| Utterance::new(quoted.text, &function_words(quoted.language))).collect();
        let mut groups = Groups { parents: (0..list.len() as u32).collect() };
        for a in 0..list.len() {
            for b in 0..a {
                let (one, other) = (&utterances[a], &utterances[b]);
                let shares_two = one.keys.iter().any(|key| other.keys.contains(key));
                if one.content.min(other.content) >= LEAST_CONTENT && shares_two && is_same(one, other) {
                    groups.join(a as u32, b as u32);
                }
            }
        }
        groups.list(list, &utterances).into_iter().map(|same| same.members).collect()
    }

    proptest! {
        #[test]
        fn groups_are_those_of_comparing_each_with_each(texts in proptest::collection::vec("([a-f]{1,2} ){3,9}", 0..20)) {
            let list: Vec<Quoted> = (0..).zip(&texts).map(|(n, text)| Quoted { doc_id: DocId(n), text, language: "xx" }).collect();
            let found: Vec<Vec<u32>> = same_quotations(&list).into_iter().map(|same| same.members).collect();
            prop_assert_eq!(found, naive(&list));
        }
    }
}
