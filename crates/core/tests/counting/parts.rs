//! Dispersion over documents and chunks, and the measures of each text.

use proptest::prelude::*;
use sheaf_core::measure::dispersion::average_reduced_frequency;
use sheaf_core::measure::readability::Prose;
use sheaf_core::measure::{DISPERSION, DIVERSITY, Parts, READABILITY};
use sheaf_core::text::tokens::is_spaceless;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::{Cell, Link};

use super::ask::{bits, bits_of, cell, count};
use super::corpus::{By, Twins, config, documents, looking, question, workspace};

/// `3/10, 0/9` as the panel writes counts and sizes.
fn written(parts: &Parts) -> String {
    let pairs = parts.counts.iter().zip(&parts.sizes).map(|(count, size)| format!("{count}/{size}"));
    pairs.collect::<Vec<_>>().join(", ")
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn hits_are_spread_over_documents_and_over_equal_chunks(
        documents in documents(),
        question in looking(),
        chunks in 2u64..60,
    ) {
        let twins = Twins::of(&documents);
        let hits = question.hits(&twins);
        let scope = twins.scope(question.filter.as_ref());
        let tokens = twins.tokens(&scope);
        let mut workspace = workspace(&documents);
        let written_chunks = chunks.to_string();
        let ask = question.ask(&[("parts", &written_chunks)]);
        let view = ask.of(&mut workspace, Lens::Dispersion);
        if hits.is_empty() {
            prop_assert!(view.table.rows.is_empty() && !view.notes.is_empty());
            return Ok(());
        }
        let by_document = Parts {
            counts: scope.iter().map(|doc| hits.iter().filter(|hit| hit.doc == *doc).count() as u64).collect(),
            sizes: scope.iter().map(|doc| twins.tokens(&[*doc])).collect(),
        };
        // All words in a row, each in the chunk whose borders it lies between.
        let chunks = chunks.min(tokens);
        let row: Vec<(usize, usize)> =
            scope.iter().flat_map(|doc| (0..twins.docs[*doc].words.len()).map(move |place| (*doc, place))).collect();
        let place = |doc: usize, start: usize| row.iter().position(|word| *word == (doc, start)).unwrap() as u64;
        let starts: Vec<u64> = hits.iter().map(|hit| place(hit.doc, hit.start)).collect();
        let borders: Vec<u64> = (0..=chunks).map(|chunk| tokens * chunk / chunks).collect();
        let by_chunk = Parts {
            counts: borders
                .windows(2)
                .map(|ends| starts.iter().filter(|start| (ends[0]..ends[1]).contains(start)).count() as u64)
                .collect(),
            sizes: borders.windows(2).map(|ends| ends[1] - ends[0]).collect(),
        };
        for parts in [&by_document, &by_chunk] {
            prop_assert_eq!(parts.counts.iter().sum::<u64>(), hits.len() as u64);
            prop_assert_eq!(parts.sizes.iter().sum::<u64>(), tokens);
        }
        prop_assert!(by_chunk.sizes.iter().max().unwrap() - by_chunk.sizes.iter().min().unwrap() <= 1);
        let arithmetic = ask.arithmetic(&mut workspace, Lens::Dispersion, "dp").unwrap();
        prop_assert!(arithmetic.notes[0].ends_with(&format!(": {}.", written(&by_document))), "{:?}", arithmetic.notes);
        prop_assert!(arithmetic.notes[1].ends_with(&format!(": {}.", written(&by_chunk))), "{:?}", arithmetic.notes);
        for measure in DISPERSION {
            let row = view.table.rows.iter().find(|row| row.key == measure.name).unwrap();
            for (column, parts) in [("documents", &by_document), ("chunks", &by_chunk)] {
                prop_assert_eq!(bits(&view.table, row, column), bits_of((measure.value)(parts)), "{}", measure.name);
            }
        }
        let row = view.table.rows.iter().find(|row| row.key == "arf").unwrap();
        prop_assert_eq!(bits(&view.table, row, "chunks"), bits_of(average_reduced_frequency(&starts, tokens)));
        // The other table: a row for each document.
        let view = question.ask(&[("show", "documents")]).of(&mut workspace, Lens::Dispersion);
        prop_assert_eq!(view.table.rows.len(), scope.len());
        for (place, doc) in scope.iter().enumerate() {
            let row = view.table.rows.iter().find(|row| row.key == twins.docs[*doc].document.name).unwrap();
            let (own, size) = (by_document.counts[place], by_document.sizes[place]);
            prop_assert_eq!((count(&view.table, row, "hits"), count(&view.table, row, "words")), (own, size));
            prop_assert_eq!(bits(&view.table, row, "relative"), bits_of(own as f64 * 1000.0 / size as f64));
            let expected = size as f64 * hits.len() as f64 / tokens as f64;
            prop_assert_eq!(bits(&view.table, row, "expected"), bits_of(expected));
        }
    }

    #[test]
    fn each_text_has_its_measures(
        documents in documents(),
        question in question(),
        by in prop::sample::select(By::ALL),
    ) {
        let twins = Twins::of(&documents);
        let view = question.ask(&[("by", by.name()), ("columns", "all")]).of(&mut workspace(&documents), Lens::Measures);
        let chosen = twins.chosen(&question);
        prop_assert_eq!(view.table.rows.len(), chosen.len());
        for (row, doc) in view.table.rows.iter().zip(chosen) {
            let document = &twins.docs[doc].document;
            let hit = question.pattern.is_some().then_some(0);
            prop_assert_eq!(&row.link, &Link::Hit(document.name.clone(), hit));
            let text = twins.docs[doc].words.iter().filter(|word| word.field == 1);
            let keys: Vec<String> = text.map(|word| twins.key(&word.form, by)).collect();
            let mut types = keys.clone();
            types.sort();
            types.dedup();
            let numbers: Vec<u32> = keys.iter().map(|key| types.binary_search(key).unwrap() as u32).collect();
            prop_assert_eq!(count(&view.table, row, "words"), keys.len() as u64);
            prop_assert_eq!(count(&view.table, row, "types"), types.len() as u64);
            for measure in DIVERSITY {
                prop_assert_eq!(bits(&view.table, row, measure.name), bits_of((measure.value)(&numbers)), "{}", measure.name);
            }
            // Signs that stand for no sound have neither sentences of words nor syllables.
            let is_spaced = !document.text.chars().take(200).any(is_spaceless);
            let prose = is_spaced.then(|| Prose::of(&document.text, document.language.value.as_deref()));
            let sentences = prose.map_or(Cell::None, |prose| Cell::Count(prose.sentences));
            prop_assert_eq!(cell(&view.table, row, "sentences"), &sentences);
            for measure in READABILITY {
                let expected = bits_of(prose.and_then(|prose| (measure.value)(&prose)));
                prop_assert_eq!(bits(&view.table, row, measure.name), expected, "{}", measure.name);
            }
        }
    }
}
