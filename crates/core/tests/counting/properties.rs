//! What holds whatever is counted: parts add up, order does not matter, nothing shown is no number.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sheaf_core::document::Document;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::arithmetic::ArithmeticView;
use sheaf_core::views::lens::table::{Cell, Table};
use sheaf_core::views::lens::{Lens, SETTINGS};

use super::ask::{Ask, count, text};
use super::corpus::{By, config, documents, looking, question, workspace};

/// Rows by what stands in their first column; numbers rounded, since sums of fractions depend on their order.
fn by_name(table: &Table) -> BTreeMap<String, Vec<String>> {
    let shown = |cell: &Cell| match cell {
        Cell::Number(number) => format!("{number:.9}"),
        cell => format!("{cell:?}"),
    };
    table
        .rows
        .iter()
        .map(|row| (text(table, row, &table.columns[0].name), row.cells.iter().map(shown).collect()))
        .collect()
}

/// Every number of a view.
fn numbers(view: &LensView) -> Vec<f64> {
    let tables = view.facts.iter().chain([&view.table]);
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let mut numbers: Vec<f64> = cells.filter_map(number).collect();
    for figure in &view.figures {
        numbers.extend([figure.width, figure.height]);
        numbers.extend(figure.marks.iter().flat_map(|mark| [mark.x, mark.y, mark.width, mark.height]));
        numbers.extend(figure.labels.iter().flat_map(|label| [label.x, label.y]));
        numbers.extend(figure.rules.iter().flat_map(|(x, y, to_x, to_y)| [*x, *y, *to_x, *to_y]));
        numbers
            .extend(figure.lines.iter().flat_map(|line| line.stretches.iter().flatten()).flat_map(|(x, y)| [*x, *y]));
    }
    numbers
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

/// Every number of a panel.
fn numbers_of(view: &ArithmeticView) -> Vec<f64> {
    let tables = view.tables.iter().flat_map(|table| table.observed.iter().chain(&table.expected));
    tables.chain(view.measures.iter().flat_map(|measure| &measure.values)).filter_map(number).collect()
}

/// All that is said in words.
fn sentences(view: &LensView) -> impl Iterator<Item = &String> {
    let tables = view.facts.iter().chain([&view.table]);
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let texts = cells.filter_map(|cell| match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    });
    let drawn = view.figures.iter().flat_map(|figure| {
        let marks = figure.marks.iter().map(|mark| &mark.label);
        marks.chain(figure.labels.iter().map(|label| &label.text)).chain([&figure.summary])
    });
    view.notes.iter().chain([&view.summary, &view.sample]).chain(texts).chain(drawn)
}

/// Values that mean something somewhere, and values that mean nothing anywhere.
const VALUES: &[&str] = &[
    "",
    "0",
    "1",
    "2",
    "3",
    "20",
    "50",
    "1000",
    "1000000",
    "4294967295",
    "4294967296",
    "-1",
    "1e9",
    "nan",
    "∞",
    "all",
    "word",
    "form",
    "stem",
    "2-6",
    "6",
    "sentence",
    "text",
    "span",
    "none",
    "window",
    "documents",
    "measures",
    "both",
    "under",
    "lock",
    "over",
    "key",
    "frequent",
    "rest",
    "source=TASS",
    "source=",
    "topic=war",
    "x=y",
    "=",
    "node",
    "after1,before1,node",
    "after1",
    "after9",
    "date",
    "document",
    "position",
    "field.source",
    "field.topic",
    "field.x",
    "near3-2:talk",
    "near:x",
    "near99999999999:x",
    "after1:",
    ":",
    "month",
    "year",
    "week",
    "day",
    "2025",
    "2025-02",
    "talk; peace; the",
    ";;",
    "+talk -the",
    "-count",
    "word",
    "-g2",
    "hits",
    "\u{0}",
    "😀",
    "北",
    "*",
    "[",
    "\"",
];

const QUERIES: &[&str] = &[
    "",
    "talk",
    "talk*",
    "the peace",
    "\"the talk\"",
    "talk NEAR/3 peace",
    "-talk",
    "talk -the",
    "source:TASS",
    "[]",
    "[",
    "nowhere",
    "*",
    "北京",
    "(the OR peace) within <s/>",
    "\"",
    "[word=\"t.*\"] []{0,3}",
];

const FILTERS: &[(&str, &str)] = &[
    ("source", "TASS"),
    ("source", "nobody"),
    ("words", "0.."),
    ("words", "..0"),
    ("date", "2025-02"),
    ("date", "never"),
    ("colour", "red"),
    ("topic", "war"),
    ("language", "zh"),
];

fn setting() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        9 => prop::sample::select(SETTINGS).prop_map(str::to_owned),
        1 => prop::sample::select(&["sort", "colour", ""][..]).prop_map(str::to_owned),
    ];
    let value = prop_oneof![
        9 => prop::sample::select(VALUES).prop_map(str::to_owned),
        1 => ".{0,6}",
    ];
    (name, value)
}

/// Seldom a corpus without any document.
fn any_documents() -> impl Strategy<Value = Vec<Document>> {
    prop_oneof![20 => documents(), 1 => Just(vec![])]
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn nothing_shown_is_no_number_and_what_is_missing_is_said(
        documents in any_documents(),
        lens in prop::sample::select(Lens::ALL),
        query in prop::sample::select(QUERIES),
        filter in prop::option::weighted(0.4, prop::sample::select(FILTERS)),
        settings in prop::collection::vec(setting(), 0..5),
    ) {
        let mut workspace = workspace(&documents);
        let ask = Ask { settings, ..Ask::new(query, filter.as_slice(), &[]) };
        let view = ask.of(&mut workspace, lens);
        prop_assert_eq!(view.lens, lens);
        prop_assert!(numbers(&view).iter().all(|number| number.is_finite()), "{:?}", view);
        for sentence in sentences(&view) {
            let has_none = |word: &str| !sentence.split(|c: char| !c.is_alphanumeric()).any(|own| own == word);
            prop_assert!(has_none("NaN") && has_none("inf"), "{}", sentence);
        }
        prop_assert_eq!(view.table.rows.len(), view.table.total as usize);
        if view.table.rows.is_empty() {
            prop_assert!(!view.notes.is_empty(), "an empty table says why: {:?}", view);
        } else {
            prop_assert!(!view.summary.is_empty(), "a table says what can be seen");
        }
        for row in &view.table.rows {
            prop_assert_eq!(row.cells.len(), view.table.columns.len());
        }
        for row in view.table.rows.iter().take(3) {
            if let Some(panel) = ask.arithmetic(&mut workspace, lens, &row.key) {
                prop_assert!(numbers_of(&panel).iter().all(|number| number.is_finite()), "{:?}", panel);
            }
        }
        // The panel of dispersion is about all measures at once, whatever is asked for.
        let of_nothing = ask.arithmetic(&mut workspace, lens, "no such row");
        prop_assert!(of_nothing.is_none() || lens == Lens::Dispersion);
    }

    #[test]
    fn a_window_of_rows_is_a_part_of_all(
        documents in documents(),
        lens in prop::sample::select(Lens::ALL),
        question in question(),
        sort in prop::sample::select(&["", "-count", "word", "-log_ratio", "g2", "before1,node", "-hits", "document"][..]),
        (first, limit) in (0u32..20, 0u32..20),
    ) {
        let mut workspace = workspace(&documents);
        let ask = question.ask(&[("sort", sort)]);
        let all = ask.of(&mut workspace, lens);
        let some = ask.rows(&mut workspace, lens, first, limit);
        let expected: Vec<_> = all.table.rows.iter().skip(first as usize).take(limit as usize).collect();
        prop_assert_eq!(some.table.rows.iter().collect::<Vec<_>>(), expected);
        prop_assert_eq!((some.table.total, some.summary), (all.table.total, all.summary));
    }

    #[test]
    fn parts_of_a_corpus_add_up(
        documents in documents(),
        question in question(),
        by in prop::sample::select(By::ALL),
    ) {
        // Every document has one source, or none.
        let mut workspace = workspace(&documents);
        let mut counts = |filters: &[(&str, &str)], lens: Lens, columns: [&str; 2]| {
            let ask = Ask::new(&question.query, filters, &[("by", by.name()), ("show", "all")]);
            let view = ask.of(&mut workspace, lens);
            let counted = |row| columns.map(|column| count(&view.table, row, column));
            let named = |row| (text(&view.table, row, "word"), counted(row));
            view.table.rows.iter().map(named).collect::<BTreeMap<String, [u64; 2]>>()
        };
        for (lens, columns) in [(Lens::Words, ["count", "documents"]), (Lens::Collocates, ["observed", "hits"])] {
            let mut sum: BTreeMap<String, [u64; 2]> = BTreeMap::new();
            for source in ["Daily", "TASS", ""] {
                for (word, [one, other]) in counts(&[("source", source)], lens, columns) {
                    let entry = sum.entry(word).or_default();
                    *entry = [entry[0] + one, entry[1] + other];
                }
            }
            prop_assert_eq!(sum, counts(&[], lens, columns), "{}", lens.name());
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter(
        (documents, shuffled) in documents().prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle())),
        question in looking(),
        by in prop::sample::select(By::ALL),
    ) {
        let mut one = workspace(&documents);
        let mut other = workspace(&shuffled);
        let mut check = |lens: Lens, settings: &[(&str, &str)]| {
            let ask = question.ask(settings);
            let (one, other) = (ask.of(&mut one, lens), ask.of(&mut other, lens));
            prop_assert_eq!(by_name(&one.table), by_name(&other.table), "{}", lens.name());
            prop_assert_eq!((one.table.total, one.summary), (other.table.total, other.summary), "{}", lens.name());
            Ok(())
        };
        check(Lens::Words, &[("by", by.name())])?;
        check(Lens::Words, &[("by", by.name()), ("n", "2-6")])?;
        check(Lens::Collocates, &[("by", by.name()), ("show", "all"), ("columns", "all"), ("inside", "sentence")])?;
        check(Lens::Keyness, &[("by", by.name()), ("show", "all"), ("direction", "both"), ("columns", "all")])?;
        check(Lens::Trends, &[])?;
        check(Lens::Concordance, &[("group", "after1")])?;
        let settings = [("parts", "2")];
        let measures = |workspace: &mut _| {
            let view = question.ask(&settings).of(workspace, Lens::Dispersion);
            // Chunks, and the distances between hits, are about the order.
            let cells = view.table.rows.iter().filter(|row| row.key != "arf");
            cells.filter_map(|row| Some((row.key.clone(), number(row.cells.get(1)?)?))).collect::<Vec<_>>()
        };
        let (one, other) = (measures(&mut one), measures(&mut other));
        prop_assert_eq!(one.len(), other.len());
        for ((name, one), (other_name, other)) in one.into_iter().zip(other) {
            prop_assert_eq!(&name, &other_name);
            // The same numbers are added up in another order.
            prop_assert!((one - other).abs() <= 1e-9 * one.abs().max(1.0), "{}: {} and {}", name, one, other);
        }
    }

    #[test]
    fn a_filter_that_keeps_everything_changes_nothing(
        documents in documents(),
        question in question(),
        lens in prop::sample::select(Lens::ALL),
    ) {
        let mut workspace = workspace(&documents);
        let settings = [("show", "all"), ("columns", "all")];
        let without = Ask::new(&question.query, &[], &settings).of(&mut workspace, lens);
        let with = Ask::new(&question.query, &[("words", "0..")], &settings).of(&mut workspace, lens);
        prop_assert_eq!(with.table.rows, without.table.rows);
        prop_assert_eq!(with.facts, without.facts);
    }
}
