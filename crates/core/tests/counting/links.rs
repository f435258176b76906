//! Links lead where they say: a row's link to lines, asked again, has as many of them as the row counts.
//!
//! Where a link cannot say all that a row was counted by, that is asserted as it is, with the reason.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sheaf_core::import::{ImportOptions, InputFile, import};
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::{Link, Row};
use sheaf_core::workspace::Workspace;

use super::ask::{Ask, count, text};
use super::corpus::{config, documents, looking, workspace};

fn seeds() -> Workspace {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = |path: PathBuf| InputFile {
        path: path.file_name().unwrap().to_string_lossy().into(),
        bytes: std::fs::read(&path).unwrap(),
    };
    Workspace::new(import(paths.map(file).collect(), &ImportOptions::default()).value)
}

/// A row by what it is about, what it counts, and the lines that its link leads to.
#[derive(Debug, PartialEq)]
struct Followed {
    row: String,
    counted: u64,
    lines: u64,
}

impl Followed {
    fn is_right(&self) -> bool {
        self.counted == self.lines
    }
}

/// Follows the link of every row that leads to lines; `column` says how many there should be.
fn follow(workspace: &mut Workspace, lens: Lens, ask: &Ask, column: &str) -> Vec<Followed> {
    let table = ask.of(workspace, lens).table;
    let mut follow = |row: &Row| {
        let (lens, asked) = ask.followed(&row.link)?;
        assert_eq!(lens, Lens::Concordance);
        let lines = asked.rows(workspace, lens, 0, 0).table.total.into();
        Some(Followed { row: text(&table, row, &table.columns[0].name), counted: count(&table, row, column), lines })
    };
    table.rows.iter().filter_map(&mut follow).collect()
}

/// Rows whose links lead to other lines than they count.
fn wrong(workspace: &mut Workspace, lens: Lens, ask: &Ask, column: &str) -> Vec<Followed> {
    let all = follow(workspace, lens, ask, column);
    all.into_iter().filter(|followed| !followed.is_right()).collect()
}

/// Asks whose rows and lines are the same by definition: lens, query, filter, settings, the column that counts lines.
type Case = (
    Lens,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
    &'static str,
);

const NEWS: &[(&str, &str)] = &[("source", "News.Az")];

const CASES: &[Case] = &[
    (Lens::Words, "", &[], &[], "count"),
    (Lens::Words, "", NEWS, &[("n", "2-6"), ("fold", "0")], "count"),
    (Lens::Words, "", &[], &[("by", "stem")], "count"),
    (Lens::Words, "", &[], &[("by", "stem"), ("n", "2")], "count"),
    (Lens::Keyness, "", NEWS, &[("show", "all"), ("direction", "both")], "count"),
    (Lens::Keyness, "", NEWS, &[("show", "all"), ("direction", "both"), ("by", "stem")], "count"),
    // Nothing is chosen: the lens chooses a part, and its links say which.
    (Lens::Keyness, "", &[], &[("show", "all"), ("direction", "both")], "count"),
    (Lens::Collocates, "lavrov", &[], &[("show", "all")], "hits"),
    (Lens::Collocates, "minister OR talks", NEWS, &[("show", "all"), ("before", "0"), ("after", "9")], "hits"),
    (Lens::Collocates, "lavrov", &[], &[("show", "all"), ("inside", "sentence")], "hits"),
    (Lens::Collocates, "lavrov", &[], &[("show", "all"), ("by", "form")], "hits"),
    (Lens::Collocates, "lavrov", &[], &[("show", "all"), ("by", "stem"), ("before", "2")], "hits"),
    (Lens::Concordance, "lavrov", &[], &[("group", "after1")], "lines"),
    (Lens::Concordance, "\"foreign minister\"", &[], &[("group", "before3")], "lines"),
    (Lens::Concordance, "visit", &[], &[("group", "node")], "lines"),
    (Lens::Concordance, "talks", &[], &[("group", "field.source")], "lines"),
];

#[test]
fn links_of_the_seeds_lead_to_as_many_lines_as_their_rows_say() {
    let mut seeds = seeds();
    for (lens, query, filters, settings, column) in CASES {
        let ask = Ask::new(query, filters, settings);
        let followed = follow(&mut seeds, *lens, &ask, column);
        assert!(followed.len() > 2, "{lens:?} {query} {settings:?} has links");
        let wrong: Vec<&Followed> = followed.iter().filter(|followed| !followed.is_right()).collect();
        assert!(wrong.is_empty(), "{lens:?} {query} {settings:?}: {wrong:#?}");
    }
}

/// No query tells `Russia` from `Russia’s`: a final *'s* is never compared. So a link by form leads to both, and its
/// lines are as many or more.
#[test]
fn links_by_form_lead_to_possessives_too() {
    let mut seeds = seeds();
    let wrong = wrong(&mut seeds, Lens::Words, &Ask::new("", &[], &[("by", "form")]), "count");
    assert!(!wrong.is_empty());
    for followed in &wrong {
        let bare = |form: &str| form.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        assert!(followed.lines > followed.counted, "{followed:?}");
        let same = wrong.iter().filter(|other| bare(&other.row) == bare(&followed.row));
        // Where all forms of it are listed, they add up to the lines that each leads to.
        let sum: u64 = same.map(|other| other.counted).sum();
        assert_eq!(sum, followed.lines, "{followed:?}");
    }
}

/// With a query, words are counted in the documents that answer it; the link asks for the word alone, everywhere that
/// the filters let through.
#[test]
fn links_beside_a_query_lead_to_lines_in_all_documents() {
    let mut seeds = seeds();
    for lens in [Lens::Words, Lens::Keyness] {
        let wrong = wrong(&mut seeds, lens, &Ask::new("solonnikov", &[], &[("show", "all")]), "count");
        assert!(!wrong.is_empty() && wrong.iter().all(|followed| followed.lines > followed.counted), "{wrong:?}");
    }
}

/// A filter by date lets through what may be meant: a month those of its days, a day those of its month without a day.
#[test]
fn links_of_dates_lead_to_what_may_be_of_that_date() {
    let mut seeds = seeds();
    let wrong = wrong(&mut seeds, Lens::Concordance, &Ask::new("lavrov", &[], &[("group", "date")]), "lines");
    let found: Vec<(&str, u64, u64)> =
        wrong.iter().map(|followed| (followed.row.as_str(), followed.counted, followed.lines)).collect();
    assert_eq!(found, [("2025-02", 8, 17), ("2025-02-23", 7, 15), ("2025-02-27", 2, 10)]);
}

/// There is no filter by document: the group leads to it in the Reader.
#[test]
fn links_of_documents_lead_to_them() {
    let table = Ask::new("lavrov", &[], &[("group", "document")]).of(&mut seeds(), Lens::Concordance).table;
    assert_eq!(table.rows.len(), 5);
    for row in &table.rows {
        assert_eq!(row.link, Link::Hit(text(&table, row, "value"), Some(0)));
    }
}

/// The lines behind the first cell of a table are those of its row.
#[test]
fn links_of_the_arithmetic_lead_to_the_lines_of_the_cell() {
    let mut seeds = seeds();
    for (lens, query, column) in [(Lens::Keyness, "", "count"), (Lens::Collocates, "lavrov", "hits")] {
        let ask = Ask::new(query, &[], &[]);
        let table = ask.of(&mut seeds, lens).table;
        for row in table.rows.iter().take(20) {
            let panel = ask.arithmetic(&mut seeds, lens, &row.key).unwrap();
            for cells in &panel.tables {
                let (to, asked) = ask.followed(&cells.links[0]).unwrap();
                let lines: u64 = asked.rows(&mut seeds, to, 0, 0).table.total.into();
                assert_eq!(lines, count(&table, row, column), "{}", panel.word);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn links_lead_to_as_many_lines_as_their_rows_say(
        documents in documents(),
        question in looking(),
        lengths in prop::sample::select(&["1", "2", "2-6"][..]),
        group in prop::sample::select(&["node", "after1", "before2", "field.source", "field.topic"][..]),
        (before, after) in (0u32..6, 0u32..6),
    ) {
        let mut workspace = workspace(&documents);
        let (before, after) = (before.to_string(), after.to_string());
        let filters: Vec<(&str, &str)> =
            question.filter.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
        type Settings<'s> = &'s [(&'s str, &'s str)];
        let cases: [(Lens, &str, Settings, &str); 4] = [
            (Lens::Words, "", &[("n", lengths)], "count"),
            (Lens::Collocates, &question.query, &[("show", "all"), ("before", &before), ("after", &after)], "hits"),
            (Lens::Keyness, "", &[("show", "all"), ("direction", "both")], "count"),
            (Lens::Concordance, &question.query, &[("group", group)], "lines"),
        ];
        for (lens, query, settings, column) in cases {
            let has_groups = lens != Lens::Concordance || group != "field.topic" || documents.iter().any(|document| !document.fields.is_empty());
            if has_groups && !Ask::new(query, &filters, settings).of(&mut workspace, lens).table.rows.is_empty() {
                let wrong = wrong(&mut workspace, lens, &Ask::new(query, &filters, settings), column);
                prop_assert!(wrong.is_empty(), "{:?} {:?}: {:?}", lens, question, wrong);
            }
        }
    }
}
