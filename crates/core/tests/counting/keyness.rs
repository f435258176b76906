//! Keyness: words of one part against words of another, counted by hand.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sheaf_core::measure::keyness::Prior;
use sheaf_core::measure::{KEYNESS, Keyness};
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::Cell;

use super::ask::{bits, bits_of, count, text};
use super::corpus::{By, Twins, config, documents, question, workspace};

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn keywords_are_counted_in_both_parts(
        documents in documents(),
        question in question(),
        by in prop::sample::select(By::ALL),
        against in prop::sample::select(&["", "rest", "source=TASS", "source=Daily", "topic=war"][..]),
    ) {
        let twins = Twins::of(&documents);
        let target = twins.chosen(&question);
        let is_other = |doc: &usize| !target.contains(doc);
        let all = || (0..twins.docs.len()).filter(is_other);
        let reference: Vec<usize> = match against.split_once('=') {
            Some((field, value)) => all().filter(|doc| twins.has(*doc, field, value)).collect(),
            None => all().collect(),
        };
        let ask = question.ask(&[
            ("by", by.name()), ("against", against), ("show", "all"), ("direction", "both"), ("columns", "all"),
        ]);
        let mut workspace = workspace(&documents);
        let view = ask.of(&mut workspace, Lens::Keyness);
        let table = &view.table;
        let (n1, n2) = (twins.tokens(&target), twins.tokens(&reference));
        // Where nothing is chosen, the lens chooses a part of its own.
        if target.len() == documents.len() && matches!(against, "" | "rest") {
            return Ok(());
        }
        if n1 == 0 || n2 == 0 {
            prop_assert!(table.rows.is_empty() && !view.notes.is_empty(), "nothing to compare: {:?}", view.notes);
            return Ok(());
        }
        let (here, there) = (twins.frequencies(&target, by), twins.frequencies(&reference, by));
        let mut expected: BTreeMap<String, (Keyness, u64)> = BTreeMap::new();
        for key in here.keys().chain(there.keys()) {
            let of = |counts: &BTreeMap<String, (u64, u64)>| counts.get(key).copied().unwrap_or((0, 0));
            let ((f1, range1), (f2, range2)) = (of(&here), of(&there));
            // The prior that the arithmetic names: the frequency in both, scaled to 500 words.
            let alpha_w = 500.0 * (f1 + f2) as f64 / (n1 + n2) as f64;
            let prior = Some(Prior { alpha_w, alpha_0: 500.0 });
            expected.insert(key.clone(), (Keyness { prior, ..Keyness::new(f1, n1, f2, n2) }, range1.max(range2)));
        }
        let family = expected.len() as u64;
        expected.values_mut().for_each(|(word, _)| word.family = family);
        prop_assert_eq!(table.rows.len(), expected.len());
        for row in &table.rows {
            let key = twins.key(&text(table, row, "word"), by);
            let (word, range) = expected.remove(&key).unwrap();
            prop_assert_eq!((count(table, row, "count"), count(table, row, "reference_count")), (word.f1, word.f2));
            prop_assert_eq!(bits(table, row, "relative"), bits_of(word.f1 as f64 * 1000.0 / n1 as f64));
            prop_assert_eq!(bits(table, row, "reference_relative"), bits_of(word.f2 as f64 * 1000.0 / n2 as f64));
            prop_assert_eq!(count(table, row, "documents"), range);
            for measure in KEYNESS {
                prop_assert_eq!(bits(table, row, measure.name), bits_of((measure.value)(&word)), "{}", measure.name);
            }
        }
        prop_assert!(expected.is_empty(), "{:?}", expected);
        // The panel has the same table.
        if let Some(row) = table.rows.first() {
            let arithmetic = ask.arithmetic(&mut workspace, Lens::Keyness, &row.key).unwrap();
            let (f1, f2) = (count(table, row, "count"), count(table, row, "reference_count"));
            let cells = [f1, n1 - f1, f2, n2 - f2].map(|count| Cell::Number(count as f64));
            prop_assert_eq!(&arithmetic.tables[0].observed, &cells);
            for shown in &arithmetic.measures {
                prop_assert_eq!(&shown.values[..], std::slice::from_ref(super::ask::cell(table, row, &shown.name)));
            }
        }
    }
}
