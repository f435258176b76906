//! Collocates: what stands in windows, counted word by word.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sheaf_core::measure::{ASSOCIATION, Association, Convention};
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::Cell;

use super::ask::{bits, bits_of, count, text};
use super::corpus::{By, Hit, Twins, config, documents, looking, workspace};

/// Places in the window of a hit.
fn window(twins: &Twins, hit: Hit, before: usize, after: usize, in_sentence: bool) -> Vec<usize> {
    let words = &twins.docs[hit.doc].words;
    let node = hit.start..hit.start + hit.width;
    let is_near = |place: &usize| {
        let (word, own) = (&words[*place], &words[hit.start]);
        let is_before = *place < node.start && node.start - *place <= before;
        let is_after = *place >= node.end && *place - node.end < after;
        (is_before || is_after) && word.field == own.field && (!in_sentence || word.sentence == own.sentence)
    };
    (0..words.len()).filter(is_near).collect()
}

/// What stands in the windows of all hits.
#[derive(Default)]
struct Counted {
    /// R1.
    tokens: u64,
    observed: BTreeMap<String, u64>,
    documents: BTreeMap<String, BTreeSet<usize>>,
    hits_with: BTreeMap<String, u64>,
}

fn counted(twins: &Twins, hits: &[Hit], by: By, window_of: &dyn Fn(Hit) -> Vec<usize>) -> Counted {
    let mut counted = Counted::default();
    let key = |doc: usize, place: usize| twins.key(&twins.docs[doc].words[place].form, by);
    let mut inside: BTreeSet<(usize, usize)> = BTreeSet::new();
    for hit in hits {
        let places = window_of(*hit);
        inside.extend(places.iter().map(|place| (hit.doc, *place)));
        for word in places.into_iter().map(|place| key(hit.doc, place)).collect::<BTreeSet<String>>() {
            *counted.hits_with.entry(word).or_default() += 1;
        }
    }
    // Each once, however many windows it is in.
    for (doc, place) in inside {
        counted.tokens += 1;
        *counted.observed.entry(key(doc, place)).or_default() += 1;
        counted.documents.entry(key(doc, place)).or_default().insert(doc);
    }
    counted
}

const CONVENTIONS: &[(&str, Convention)] =
    &[("window", Convention::RealWindow), ("span", Convention::NominalWindow), ("none", Convention::NoScaling)];

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn collocates_are_the_words_in_the_windows(
        documents in documents(),
        question in looking(),
        by in prop::sample::select(By::ALL),
        (before, after) in (0usize..7, 0usize..7),
        in_sentence in any::<bool>(),
        (name, convention) in prop::sample::select(CONVENTIONS),
        least in 1u64..4,
    ) {
        let twins = Twins::of(&documents);
        let hits = question.hits(&twins);
        let counted = counted(&twins, &hits, by, &|hit| window(&twins, hit, before, after, in_sentence));
        let scope = twins.scope(question.filter.as_ref());
        let frequencies = twins.frequencies(&scope, by);
        let word = |key: &String| Association {
            observed: counted.observed[key],
            f_node: hits.len() as u64,
            f_collocate: frequencies[key].0,
            n: twins.tokens(&scope),
            window_tokens: counted.tokens,
            span: (before + after) as u64,
            nodes_with: Some(counted.hits_with[key]),
            convention,
        };
        let (before, after, least_written) = (before.to_string(), after.to_string(), least.to_string());
        let inside = if in_sentence { "sentence" } else { "text" };
        let settings = [
            ("by", by.name()),
            ("before", &before),
            ("after", &after),
            ("inside", inside),
            ("convention", name),
            ("least", &least_written),
            ("show", "all"),
            ("columns", "all"),
        ];
        let mut workspace = workspace(&documents);
        let ask = question.ask(&settings);
        let view = ask.of(&mut workspace, Lens::Collocates);
        let table = &view.table;
        let keys: Vec<String> = table.rows.iter().map(|row| twins.key(&text(table, row, "word"), by)).collect();
        let found: BTreeSet<&String> = keys.iter().collect();
        prop_assert_eq!(found.len(), keys.len(), "a word twice");
        prop_assert_eq!(found, counted.observed.keys().collect::<BTreeSet<_>>(), "{:?}", question);
        for (row, key) in table.rows.iter().zip(&keys) {
            let word = word(key);
            prop_assert_eq!(count(table, row, "observed"), word.observed);
            prop_assert_eq!(bits(table, row, "expected"), bits_of(word.expected()));
            prop_assert_eq!(count(table, row, "count"), word.f_collocate);
            prop_assert_eq!(count(table, row, "documents"), counted.documents[key].len() as u64);
            prop_assert_eq!(Some(count(table, row, "hits")), word.nodes_with);
            prop_assert_eq!(row.is_flagged, word.observed >= least);
            for measure in ASSOCIATION {
                prop_assert_eq!(bits(table, row, measure.name), bits_of((measure.value)(&word)), "{}", measure.name);
            }
        }
        // The panel has the same numbers, the convention chosen first.
        if let Some((row, key)) = table.rows.first().zip(keys.first()) {
            let arithmetic = ask.arithmetic(&mut workspace, Lens::Collocates, &row.key).unwrap();
            let own = word(key);
            let observed = own.table().map_or(vec![Cell::None; 4], |table| {
                [table.o11, table.o12, table.o21, table.o22].map(Cell::Number).to_vec()
            });
            prop_assert_eq!(&arithmetic.tables[0].observed, &observed);
            prop_assert_eq!(arithmetic.tables.len(), 3);
            for (shown, measure) in arithmetic.measures.iter().zip(ASSOCIATION) {
                prop_assert_eq!(&shown.values[0], &Cell::number((measure.value)(&own)));
                prop_assert_eq!(shown.values.len(), 3);
            }
        }
    }
}
