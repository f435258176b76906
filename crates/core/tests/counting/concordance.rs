//! Concordance lines: which, in which order, grouped, conditioned, drawn; and what is shown of each.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sheaf_core::text::fold;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::{Link, Row};

use super::ask::{bits, bits_of, count, text};
use super::corpus::{By, Hit, Twins, config, documents, looking, workspace};

/// The folded word at a slot: `after2`, `before1`, `node`; nothing where title or text end before it.
fn word_at(twins: &Twins, hit: Hit, slot: &str) -> Option<String> {
    let words = &twins.docs[hit.doc].words;
    let place = match (slot.strip_prefix("before"), slot.strip_prefix("after")) {
        (Some(distance), _) => hit.start.checked_sub(distance.parse().unwrap())?,
        (_, Some(distance)) => hit.start + hit.width + distance.parse::<usize>().unwrap() - 1,
        _ => hit.start,
    };
    words.get(place).filter(|word| word.field == words[hit.start].field).map(|word| fold(&word.form))
}

/// The order of two lines in a slot.
fn compare(twins: &Twins, a: Hit, b: Hit, slot: &str) -> Ordering {
    let length = |hit: Hit| twins.docs[hit.doc].words.len();
    match slot {
        "document" => a.doc.cmp(&b.doc),
        "position" => (a.start * length(b)).cmp(&(b.start * length(a))),
        "date" => {
            let date = |hit: Hit| twins.docs[hit.doc].document.date.value.map(|date| date.to_string());
            // As ISO 8601 writes them they sort like days; what is unknown comes last.
            (date(a).is_none(), date(a)).cmp(&(date(b).is_none(), date(b)))
        }
        "node" => {
            let words = |hit: Hit| -> Vec<String> {
                let row = &twins.docs[hit.doc].words[hit.start..hit.start + hit.width];
                row.iter().take(2).map(|word| fold(&word.form)).collect()
            };
            words(a).cmp(&words(b))
        }
        slot => word_at(twins, a, slot).cmp(&word_at(twins, b, slot)),
    }
}

/// Whether a line meets a condition: `after1:talk`, `near3-2:the`, `near4:us`.
fn holds(twins: &Twins, hit: Hit, condition: &str) -> bool {
    let (slot, word) = condition.split_once(':').unwrap();
    let Some(reach) = slot.strip_prefix("near") else {
        return word_at(twins, hit, slot) == Some(fold(word));
    };
    let (before, after) = reach.split_once('-').unwrap_or((reach, reach));
    let slots =
        |name: &'static str, reach: &str| (1..=reach.parse::<u32>().unwrap()).map(move |at| format!("{name}{at}"));
    let mut near = slots("before", before).chain(slots("after", after));
    near.any(|slot| word_at(twins, hit, &slot) == Some(fold(word)))
}

/// Which line a row is: by name of its document and number of its hit in it.
fn line_of(row: &Row) -> (String, u32) {
    match &row.link {
        Link::Hit(name, Some(number)) => (name.clone(), *number),
        other => panic!("{other:?} leads to no hit"),
    }
}

fn lines(view: &LensView) -> Vec<(String, u32)> {
    view.table.rows.iter().map(line_of).collect()
}

fn named(twins: &Twins, hits: &[Hit]) -> Vec<(String, u32)> {
    hits.iter().map(|hit| (twins.docs[hit.doc].document.name.clone(), hit.number)).collect()
}

const SLOTS: &[&str] =
    &["node", "after1", "after2", "after5", "before1", "before2", "before5", "document", "date", "position"];

const CONDITIONS: &[&str] = &[
    "after1:talk",
    "after1:PEACE",
    "after2:the",
    "before1:the",
    "before3:us",
    "node:talk",
    "near3-2:talk",
    "near5:peace",
    "near0-4:erdogan",
    "near1-0:北京",
    "near2:nowhere",
];

/// What is shown of a line are slices of its source, side by side, with as many words as asked for.
fn check_slices(twins: &Twins, hit: Hit, row: &[String; 3], width: &str) -> Result<(), TestCaseError> {
    let [before, node, after] = row;
    let doc = &twins.docs[hit.doc];
    let first = &doc.words[hit.start];
    let last = &doc.words[hit.start + hit.width - 1];
    let source = match first.field {
        0 => doc.document.title.value.as_deref().unwrap(),
        _ => doc.document.text.as_str(),
    };
    let (from, to) = (first.span.start as usize, last.span.end as usize);
    prop_assert_eq!(node.as_str(), &source[from..to]);
    prop_assert!(source[..from].ends_with(before), "{:?} stands not before {} in {:?}", before, from, source);
    prop_assert!(source[to..].starts_with(after), "{:?} stands not after {} in {:?}", after, to, source);
    let is_shown = |place: &usize| {
        let word = &doc.words[*place];
        let (node, most) = (hit.start..hit.start + hit.width, width.parse::<usize>());
        let is_near = most.as_ref().is_ok_and(|most| *place + most >= node.start && *place < node.end + most);
        word.field == first.field && (is_near || most.is_err() && word.sentence == first.sentence)
    };
    let words = sheaf_core::text::tokens::tokens;
    let shown = (0..hit.start).filter(is_shown).count();
    prop_assert_eq!(words(before).len(), shown, "{:?} before {:?}", before, node);
    let shown = (hit.start + hit.width..doc.words.len()).filter(is_shown).count();
    prop_assert_eq!(words(after).len(), shown, "{:?} after {:?}", after, node);
    Ok(())
}

/// Lines and documents of each value.
fn grouped(hits: &[Hit], values: &dyn Fn(Hit) -> Vec<String>) -> BTreeMap<String, (u64, u64)> {
    let mut groups: BTreeMap<String, (u64, BTreeSet<usize>)> = BTreeMap::new();
    for hit in hits {
        for value in values(*hit) {
            let entry = groups.entry(value).or_default();
            entry.0 += 1;
            entry.1.insert(hit.doc);
        }
    }
    groups.into_iter().map(|(value, (lines, docs))| (value, (lines, docs.len() as u64))).collect()
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn lines_are_all_hits_in_the_order_asked_for(
        documents in documents(),
        question in looking(),
        slots in prop::collection::vec(prop::sample::select(SLOTS), 0..4),
        only in prop::option::of(prop::sample::select(CONDITIONS)),
        width in prop::sample::select(&["5", "8", "12", "20", "40", "sentence"][..]),
    ) {
        let twins = Twins::of(&documents);
        let mut expected = question.hits(&twins);
        expected.retain(|hit| only.is_none_or(|only| holds(&twins, *hit, only)));
        // Stable: equal lines stay in the order of the corpus.
        expected.sort_by(|a, b| {
            slots.iter().fold(Ordering::Equal, |order, slot| order.then_with(|| compare(&twins, *a, *b, slot)))
        });
        let sort = slots.join(",");
        let ask = question.ask(&[("sort", &sort), ("only", only.unwrap_or("")), ("width", width)]);
        let view = ask.of(&mut workspace(&documents), Lens::Concordance);
        prop_assert_eq!(view.table.total as usize, expected.len());
        prop_assert_eq!(lines(&view), named(&twins, &expected), "{:?} {:?}", question, slots);
        for (hit, row) in expected.iter().zip(&view.table.rows) {
            let shown = ["before", "node", "after"].map(|column| text(&view.table, row, column));
            check_slices(&twins, *hit, &shown, width)?;
        }
    }

    #[test]
    fn groups_are_counted_line_by_line(
        documents in documents(),
        question in looking(),
        by in prop::sample::select(&[
            "node", "after1", "after3", "before1", "before2", "document", "date", "field.source", "field.topic",
        ][..]),
    ) {
        let twins = Twins::of(&documents);
        let hits = question.hits(&twins);
        let values = |hit: Hit| -> Vec<String> {
            let document = &twins.docs[hit.doc].document;
            let or = |value: String, none: &str| if value.is_empty() { none.to_owned() } else { value };
            match by.strip_prefix("field.") {
                Some(field) => twins.values(hit.doc, field).into_iter().map(|value| or(value, "none")).collect(),
                None if by == "document" => vec![document.name.clone()],
                None if by == "date" => {
                    vec![document.date.value.map_or("no date".to_owned(), |date| date.day().to_string())]
                }
                None => vec![word_at(&twins, hit, by).unwrap_or_default()],
            }
        };
        let groups = grouped(&hits, &values);
        let view = question.ask(&[("group", by)]).of(&mut workspace(&documents), Lens::Concordance);
        let has_columns = view.table.columns.iter().any(|column| column.name == "lines");
        // A field that no document has is none to group by; without hits there is nothing to group.
        let is_field_there = by != "field.topic" || documents.iter().any(|document| !document.fields.is_empty());
        prop_assert_eq!(has_columns, is_field_there && !hits.is_empty(), "{:?}", view.notes);
        if has_columns {
            let mut found = BTreeMap::new();
            let is_word = !by.starts_with("field.") && by != "document" && by != "date";
            for row in &view.table.rows {
                let value = text(&view.table, row, "value");
                prop_assert!(!is_word || value.is_empty() || twins.is_most_frequent(&value, By::Word));
                let lines = count(&view.table, row, "lines");
                let share = bits_of(lines as f64 * 100.0 / hits.len() as f64);
                prop_assert_eq!(bits(&view.table, row, "share"), share);
                let value = if is_word && !value.is_empty() { fold(&value) } else { value };
                found.insert(value, (lines, count(&view.table, row, "documents")));
            }
            prop_assert_eq!(found, groups);
        }
    }

    #[test]
    fn batches_of_a_seed_are_all_lines_once(
        documents in documents(),
        question in looking(),
        size in 1usize..8,
        seed in 0u32..1000,
    ) {
        let twins = Twins::of(&documents);
        let all = named(&twins, &question.hits(&twins));
        let mut workspace = workspace(&documents);
        let (sample, seed) = (size.to_string(), seed.to_string());
        let mut batch = |number: usize| {
            let number = number.to_string();
            let ask = question.ask(&[("sample", &sample), ("seed", &seed), ("batch", &number)]);
            ask.of(&mut workspace, Lens::Concordance)
        };
        if all.len() <= size {
            let view = batch(1);
            prop_assert_eq!((lines(&view), view.sample.as_str()), (all, ""), "a sample of all is no sample");
            return Ok(());
        }
        let batches = all.len().div_ceil(size);
        let mut drawn = Vec::new();
        for number in 1..=batches {
            let view = batch(number);
            let own = lines(&view);
            prop_assert_eq!(own.len(), if number < batches { size } else { all.len() - (batches - 1) * size });
            prop_assert!(!view.sample.is_empty(), "a sample says that it is one");
            prop_assert_eq!(&own, &lines(&batch(number)), "the same seed, the same lines");
            drawn.extend(own);
        }
        let sorted = |lines: &[(String, u32)]| lines.iter().cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(drawn.len(), all.len());
        prop_assert_eq!(sorted(&drawn), sorted(&all));
        let after = batch(batches + 1);
        prop_assert!(after.table.rows.is_empty() && after.sample.contains("no batch"), "{}", after.sample);
    }
}
