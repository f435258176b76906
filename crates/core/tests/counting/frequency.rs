//! Frequency lists and sequences of words.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sheaf_core::views::lens::Lens;

use super::ask::{bits, bits_of, count, text};
use super::corpus::{By, Question, Twins, config, documents, question, workspace};

/// Count, documents, relative and share, the last two by their bits.
type Line = (u64, u64, Option<u64>, Option<u64>);

fn line(count: u64, documents: u64, per: f64, tokens: u64, of: u64) -> Line {
    let share = |part: u64, whole: u64, per: f64| bits_of(part as f64 * per / whole as f64);
    (count, documents, share(count, tokens, per), share(documents, of, 100.0))
}

/// Every sequence of `n` words in some documents: how often, and in how many of them.
fn sequences(twins: &Twins, docs: &[usize], by: By, n: usize) -> BTreeMap<Vec<String>, (u64, u64)> {
    let mut found: BTreeMap<Vec<String>, (u64, BTreeSet<usize>)> = BTreeMap::new();
    for &doc in docs {
        for row in twins.docs[doc].words.windows(n) {
            if row.iter().all(|word| word.field == row[0].field) {
                let keys = row.iter().map(|word| twins.key(&word.form, by)).collect();
                let entry = found.entry(keys).or_default();
                entry.0 += 1;
                entry.1.insert(doc);
            }
        }
    }
    found.into_iter().map(|(keys, (count, docs))| (keys, (count, docs.len() as u64))).collect()
}

/// What stands in the list.
fn expected(
    twins: &Twins,
    question: &Question,
    by: By,
    lengths: (usize, usize),
    is_folded: bool,
    least: u64,
    per: f64,
) -> BTreeMap<Vec<String>, Line> {
    let docs = twins.chosen(question);
    let (tokens, of) = (twins.tokens(&docs), docs.len() as u64);
    if lengths == (1, 1) {
        let found = twins.frequencies(&docs, by).into_iter().filter(|(_, (count, _))| *count >= least);
        return found.map(|(key, (count, range))| (vec![key], line(count, range, per, tokens, of))).collect();
    }
    let mut all = BTreeMap::new();
    for n in 2..=6 {
        all.extend(sequences(twins, &docs, by, n).into_iter().filter(|(_, (count, _))| *count >= least.max(2)));
    }
    // A longer one with the same count contains it: it says nothing of its own.
    let is_hidden = |own: &Vec<String>, times: u64| {
        let contains = |other: &Vec<String>| other.len() > own.len() && other.windows(own.len()).any(|row| row == own);
        all.iter().any(|(other, (count, _))| *count == times && contains(other))
    };
    let listed = all.iter().filter(|(own, (count, _))| {
        (lengths.0..=lengths.1).contains(&own.len()) && !(is_folded && is_hidden(own, *count))
    });
    listed.map(|(own, (count, range))| (own.clone(), line(*count, *range, per, tokens, of))).collect()
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn the_list_is_what_stands_in_the_documents(
        documents in documents(),
        question in question(),
        by in prop::sample::select(By::ALL),
        length in prop::sample::select(&["1", "1", "2", "3", "6", "2-6"][..]),
        is_folded in any::<bool>(),
        least in 1u64..4,
        per in prop::sample::select(&["1000", "1000000"][..]),
    ) {
        let twins = Twins::of(&documents);
        let (fold, at_least) = (if is_folded { "1" } else { "0" }, least.to_string());
        let ask = question.ask(&[("by", by.name()), ("n", length), ("fold", fold), ("least", &at_least), ("per", per)]);
        let view = ask.of(&mut workspace(&documents), Lens::Words);
        let table = &view.table;
        let mut found = BTreeMap::new();
        let mut order = Vec::new();
        for row in &table.rows {
            let shown = text(table, row, "word");
            for form in shown.split(' ') {
                prop_assert!(twins.is_most_frequent(form, by), "{} is not how it is written most often", form);
            }
            let keys: Vec<String> = shown.split(' ').map(|form| twins.key(form, by)).collect();
            let numbers = (
                count(table, row, "count"),
                count(table, row, "documents"),
                bits(table, row, "relative"),
                bits(table, row, "share"),
            );
            // Of sequences that are as frequent the shorter come first; words go by the alphabet.
            let tie = if keys.len() == 1 { keys.clone() } else { Vec::new() };
            order.push((std::cmp::Reverse(numbers.0), keys.len(), tie));
            prop_assert!(found.insert(keys, numbers).is_none(), "{} is listed twice", shown);
        }
        let (from, to) = length.split_once('-').unwrap_or((length, length));
        let lengths = (from.parse().unwrap(), to.parse().unwrap());
        let expected = expected(&twins, &question, by, lengths, is_folded, least, per.parse().unwrap());
        prop_assert_eq!(found, expected, "{:?}", question);
        if by == By::Word {
            prop_assert!(order.is_sorted(), "by frequency, then by length or the alphabet: {:?}", order);
        }
    }
}
