//! What was read in texts, through the one door: every row stands where it says, queries find what the lenses list, and what
//! a reader puts right is seen by every view.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sheaf_core::base::{Apart, PartialDate, Span};
use sheaf_core::document::{Corpus, Document, Fact, Field};
use sheaf_core::query::filter::Filter;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::{Cell, Link, Row, Table};
use sheaf_core::workspace::{
    Corrections, FindingSort, Kind, LensRequest, Merge, Name, Question, Reject, Rename, Request, Response, Retype,
    Sort, Split, Workspace,
};

/// Two papers about an invented visit.
const NEWS: &[(&str, &str)] = &[
    (
        "2025-03-04",
        "Foreign Minister Anna Kovacs met her colleague Pedro Alvarez in Lisbon on Monday. “We have agreed on the final border \
         treaty,” Kovacs told reporters. Alvarez said that the talks would continue in Budapest next week. According to the \
         Lusa news agency, both will travel to Geneva on 12 March 2025.",
    ),
    (
        "2025-03-05",
        "Kovacs and Alvarez met in Lisbon on March 3. “We have agreed on the final border treaty,” the minister said. Portugal \
         and Hungary have argued about the treaty for three years, said Maria Santos, a spokeswoman of the European Union.",
    ),
];

fn document(number: usize, date: &str, text: &str) -> Document {
    Document {
        name: format!("paper-{number}"),
        file: format!("paper-{number}.txt"),
        title: Fact::stated(format!("Paper {number}")),
        date: PartialDate::parse(date).map_or_else(Fact::unknown, Fact::stated),
        source: Fact::stated(if number == 0 { "The Harbour" } else { "The Hill" }.to_owned()),
        language: Fact::stated("en".to_owned()),
        url: None,
        fields: Vec::new(),
        text: text.to_owned(),
    }
}

fn news() -> Vec<Document> {
    NEWS.iter().enumerate().map(|(number, (date, text))| document(number, date, text)).collect()
}

fn workspace(documents: &[Document]) -> Workspace {
    Workspace::new(Corpus { title: "News".to_owned(), documents: documents.to_vec(), ..Corpus::default() })
}

fn looked(workspace: &mut Workspace, lens: Lens, settings: &[(&str, &str)], corrections: &Corrections) -> LensView {
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let question = Question { corrections: Apart::of(corrections), ..Question::default() };
    match workspace.handle(&Request::Lens(LensRequest { lens, question, settings, first: 0, limit: u32::MAX })) {
        Response::Lens(answer) => answer.view.open().expect("a view"),
        other => panic!("{other:?} is no lens"),
    }
}

fn look(workspace: &mut Workspace, lens: Lens, settings: &[(&str, &str)]) -> LensView {
    looked(workspace, lens, settings, &Corrections::default())
}

fn cell<'r>(table: &Table, row: &'r Row, name: &str) -> &'r Cell {
    let place = table.columns.iter().position(|column| column.name == name);
    &row.cells[place.unwrap_or_else(|| panic!("no column {name}"))]
}

fn text(table: &Table, row: &Row, name: &str) -> String {
    match cell(table, row, name) {
        Cell::Text(text) => text.clone(),
        Cell::None => String::new(),
        other => panic!("{other:?} is no text"),
    }
}

fn number(table: &Table, row: &Row, name: &str) -> u64 {
    match cell(table, row, name) {
        Cell::Count(count) => *count,
        other => panic!("{other:?} is no count"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(view: &LensView) -> Vec<String> {
    view.table.rows.iter().map(|row| text(&view.table, row, "name")).collect()
}

/// The lenses whose rows stand at one place each.
const PLACED: &[Lens] = &[Lens::Quotes, Lens::Dates, Lens::Events, Lens::Findings];

#[test]
fn every_row_stands_where_it_says_in_bytes_and_in_code_points() {
    let mut documents = news();
    // Characters of two, three and four bytes before everything.
    documents[0].text = format!("Ünïcödé – 日本 🎉 stands first. {}", documents[0].text);
    let mut workspace = workspace(&documents);
    for lens in PLACED {
        let view = look(&mut workspace, *lens, &[("columns", "all"), ("certain", "0")]);
        assert!(!view.table.rows.is_empty(), "{}", lens.name());
        for row in &view.table.rows {
            let document =
                documents.iter().find(|document| document.name == text(&view.table, row, "id")).expect("a document");
            let span = ["start", "end"].map(|name| number(&view.table, row, name) as u32);
            let own = Span::new(span[0], span[1]).of(&document.text);
            assert!(!own.is_empty(), "{} {span:?}", lens.name());
            let points = ["start_point", "end_point"].map(|name| number(&view.table, row, name) as usize);
            let by_points: String = document.text.chars().skip(points[0]).take(points[1] - points[0]).collect();
            assert_eq!(own, by_points, "{}", lens.name());
            if let Link::Place(name, at) = &row.link {
                assert_eq!((name, at), (&document.name, &Span::new(span[0], span[1])), "{}", lens.name());
            }
            if matches!(lens, Lens::Dates | Lens::Findings) {
                assert_eq!(text(&view.table, row, "text"), one_line(own));
            }
        }
    }
}

#[test]
fn mentions_of_entities_add_up_to_the_findings() {
    let mut workspace = workspace(&news());
    let entities = look(&mut workspace, Lens::Entities, &[("columns", "all")]);
    let all: u64 = entities.table.rows.iter().map(|row| number(&entities.table, row, "mentions")).sum();
    let findings = look(&mut workspace, Lens::Findings, &[]);
    let of_names =
        |row: &&Row| ["person", "org", "place", "name"].contains(&text(&findings.table, row, "layer").as_str());
    assert_eq!(all, findings.table.rows.iter().filter(of_names).count() as u64);
    for row in &entities.table.rows {
        let profile = look(&mut workspace, Lens::Entities, &[("entity", row.key.as_str())]);
        assert_eq!(u64::from(profile.table.total), number(&entities.table, row, "mentions"), "{}", row.key);
    }
}

#[test]
fn queries_find_what_the_lenses_list() {
    let mut workspace = workspace(&news());
    let hits = |workspace: &mut Workspace, query: &str| {
        let question = Question { query: query.to_owned(), ..Question::default() };
        match workspace.handle(&Request::Results { question, sort: Default::default(), limit: 10, passages: None }) {
            Response::Results(view) => view.hits,
            other => panic!("{other:?}"),
        }
    };
    let entities = look(&mut workspace, Lens::Entities, &[]);
    for row in &entities.table.rows {
        let (kind, name) = row.key.split_once(':').expect("a kind");
        let named = hits(&mut workspace, &format!("{kind}:\"{name}\""));
        assert!(named >= number(&entities.table, row, "mentions"), "{}: {named}", row.key);
    }
    assert!(hits(&mut workspace, "person:kovacs") >= 3);
    assert_eq!(hits(&mut workspace, "place:kovacs"), 0);
    let quotes = look(&mut workspace, Lens::Quotes, &[("speaker", "kovacs"), ("certain", "0")]);
    assert!(quotes.table.total > 0, "{:?}", quotes.notes);
    assert!(hits(&mut workspace, "said:kovacs treaty") > 0);
    assert_eq!(hits(&mut workspace, "said:kovacs geneva"), 0, "that is no part of what she said");
    let all = hits(&mut workspace, "treaty");
    assert!(hits(&mut workspace, "said:kovacs treaty") < all, "and not every treaty is hers");
}

#[test]
fn a_speaker_and_a_topic_leave_the_quotations_that_have_them() {
    let mut workspace = workspace(&news());
    let all = look(&mut workspace, Lens::Quotes, &[("certain", "0")]);
    let groups = look(&mut workspace, Lens::Quotes, &[("group", "speaker"), ("certain", "0")]);
    let sum: u64 = groups.table.rows.iter().map(|row| number(&groups.table, row, "quotations")).sum();
    assert_eq!(sum, u64::from(all.table.total), "groups add up to the whole");
    let about = look(&mut workspace, Lens::Quotes, &[("about", "treaties"), ("certain", "0")]);
    assert!((1..all.table.total).contains(&about.table.total));
    for row in &about.table.rows {
        assert!(text(&about.table, row, "text").to_lowercase().contains("treaty"));
    }
    let same = look(&mut workspace, Lens::Quotes, &[("group", "same"), ("certain", "0")]);
    assert_eq!(same.table.total, 2, "one quotation stands in both papers: {:?}", same.table.rows);
}

/// What holds of the names afterwards.
type Holds<'a> = &'a dyn Fn(&[String]) -> bool;

#[test]
fn what_a_reader_puts_right_is_seen_by_every_view_and_undone_by_leaving_it_out() {
    let mut workspace = workspace(&news());
    let before = names(&look(&mut workspace, Lens::Entities, &[]));
    assert!(before.contains(&"Anna Kovacs".to_owned()), "{before:?}");
    let anna = || Name { spelling: "Anna Kovacs".to_owned(), kind: Kind::Person };
    let pedro = || Name { spelling: "Pedro Alvarez".to_owned(), kind: Kind::Person };
    let cases: [(Corrections, Holds); 5] = [
        (
            Corrections {
                rename: vec![Rename { entity: anna(), name: "Kovács Anna".to_owned() }],
                ..Corrections::default()
            },
            &|names| names.contains(&"Kovács Anna".to_owned()) && !names.contains(&"Anna Kovacs".to_owned()),
        ),
        (Corrections { hide: vec![anna()], ..Corrections::default() }, &|names| {
            !names.iter().any(|name| name.contains("Kovacs"))
        }),
        (Corrections { merge: vec![Merge { one: anna(), other: pedro() }], ..Corrections::default() }, &|names| {
            names.iter().filter(|name| name.contains("Kovacs") || name.contains("Alvarez")).count() == 1
        }),
        (
            Corrections { retype: vec![Retype { entity: anna(), kind: Kind::Organisation }], ..Corrections::default() },
            &|names| names.contains(&"Anna Kovacs".to_owned()),
        ),
        (
            Corrections {
                split: vec![Split { spelling: "Kovacs".to_owned(), from: anna() }],
                ..Corrections::default()
            },
            &|names| names.contains(&"Kovacs".to_owned()) && names.contains(&"Anna Kovacs".to_owned()),
        ),
    ];
    for (corrections, holds) in &cases {
        let view = looked(&mut workspace, Lens::Entities, &[], corrections);
        assert!(holds(&names(&view)), "{corrections:?}: {:?}", names(&view));
    }
    assert_eq!(names(&look(&mut workspace, Lens::Entities, &[])), before);
    let unknown = Corrections {
        hide: vec![Name { spelling: "Nobody".to_owned(), kind: Kind::Person }],
        ..Corrections::default()
    };
    let view = looked(&mut workspace, Lens::Entities, &[], &unknown);
    assert!(view.notes.iter().any(|note| note.contains("Nobody")), "{:?}", view.notes);
}

#[test]
fn a_crowd_on_the_timeline_is_counted() {
    let dates: Vec<String> = (0..1_600).map(|n| format!("2025-{:02}-{:02}", n % 3 + 1, n % 28 + 1)).collect();
    let documents: Vec<Document> =
        dates.iter().enumerate().map(|(n, date)| document(n, date, "Nothing was said.")).collect();
    let mut workspace = workspace(&documents);
    let view = look(&mut workspace, Lens::Timeline, &[]);
    let marks = &view.figures[0].marks;
    let count = |label: &str| label.rsplit(": ").next().and_then(|count| count.parse::<usize>().ok()).expect("a count");
    assert_eq!(marks.iter().map(|mark| count(&mark.label)).sum::<usize>(), 1_600);
    for mark in marks {
        let Link::Lens { lens: Lens::Timeline, settings, .. } = &mark.link else { panic!("{mark:?} leads elsewhere") };
        let value = |name: &str| settings.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let (Some(from), Some(to)) = (value("from"), value("to")) else { panic!("{mark:?}") };
        // A naive count of the days of the bar, and what the bar leads to.
        let naive = dates.iter().filter(|date| (from..=to).contains(&date.as_str())).count();
        assert_eq!(count(&mark.label), naive, "{mark:?}");
        let settings: Vec<(&str, &str)> =
            settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(look(&mut workspace, Lens::Timeline, &settings).table.total as usize, naive);
    }
}

#[test]
fn documents_are_filtered_by_who_they_name() {
    let mut documents = news();
    documents.push(document(2, "2025-03-06", "Pedro Alvarez spoke in Porto about the harbour of the city."));
    let mut workspace = workspace(&documents);
    let facets = |workspace: &mut Workspace, question: Question, reads| match workspace
        .handle(&Request::Facets { question, reads })
    {
        Response::Facets(view) => view.open().expect("a view"),
        other => panic!("{other:?} are no filters"),
    };
    let before = facets(&mut workspace, Question::default(), false);
    assert!(before.can_read && before.facets.iter().all(|facet| facet.field != "person"), "nobody has asked");
    let read = facets(&mut workspace, Question::default(), true);
    assert!(!read.can_read);
    for (field, value, count) in [("person", "Pedro Alvarez", 3), ("person", "Anna Kovacs", 2), ("place", "Lisbon", 2)]
    {
        let facet = read.facets.iter().find(|facet| facet.field == field).expect("a field");
        let found = facet.values.iter().find(|own| own.value == value).map(|own| own.count);
        assert_eq!(found, Some(count), "{field} {value}: {facet:?}");
        // A filter finds the documents that the query for the same name finds.
        let filter = Filter { field: field.to_owned(), values: vec![value.to_owned()] };
        let filtered = ranked(&mut workspace, Question { filters: vec![filter], ..Question::default() });
        let query = format!("{field}:\"{value}\"");
        let mut queried = ranked(&mut workspace, Question { query, ..Question::default() });
        queried.sort();
        assert_eq!((filtered.len() as u32, filtered), (count, queried), "{value}");
    }
    // A fresh workspace reads when a filter asks for it.
    let mut fresh = Workspace::new(workspace.corpus().clone());
    let filter = Filter { field: "person".to_owned(), values: vec!["Anna Kovacs".to_owned()] };
    let question = Question { filters: vec![filter], ..Question::default() };
    assert_eq!(ranked(&mut fresh, question.clone()).len(), 2);
    // Who is renamed is filtered by the new name.
    let rename =
        Rename { entity: Name { spelling: "Anna Kovacs".to_owned(), kind: Kind::Person }, name: "Anna K.".to_owned() };
    let corrections = Apart::of(&Corrections { rename: vec![rename], ..Corrections::default() });
    assert_eq!(ranked(&mut fresh, Question { corrections: corrections.clone(), ..question.clone() }).len(), 0);
    let filter = Filter { field: "person".to_owned(), values: vec!["Anna K.".to_owned()] };
    assert_eq!(ranked(&mut fresh, Question { filters: vec![filter], corrections, ..Question::default() }).len(), 2);
    // A field of the corpus goes before what was read.
    for document in &mut documents {
        document.fields = vec![Field { name: "person".to_owned(), values: vec!["Nobody".to_owned()] }];
    }
    let mut own = Workspace::new(Corpus { title: "News".to_owned(), documents, ..Corpus::default() });
    assert_eq!(ranked(&mut own, question).len(), 0);
}

/// The names of the documents found, in order of name.
fn ranked(workspace: &mut Workspace, question: Question) -> Vec<String> {
    match workspace.handle(&Request::Ranked { question, sort: Sort::default(), limit: 100 }) {
        Response::Ranked(view) => {
            let view = view.open().expect("a view");
            let mut names: Vec<String> = view.documents.into_iter().map(|document| document.id).collect();
            names.sort();
            names
        }
        other => panic!("{other:?} is no list"),
    }
}

#[test]
fn what_is_rejected_is_gone_from_every_view() {
    let mut workspace = workspace(&news());
    let findings = look(&mut workspace, Lens::Findings, &[("columns", "all")]);
    let sorts = [
        ("person", FindingSort::Name),
        ("date", FindingSort::Time),
        ("quote", FindingSort::Quotation),
        ("event", FindingSort::Event),
        ("credit", FindingSort::Credit),
    ];
    for (layer, sort) in sorts {
        let row = findings.table.rows.iter().find(|row| text(&findings.table, row, "layer") == layer);
        let row = row.unwrap_or_else(|| panic!("no {layer}"));
        let start = number(&findings.table, row, "start") as u32;
        let document = text(&findings.table, row, "id");
        let reject = Reject { document, sort, text: text(&findings.table, row, "text"), start };
        let corrections = Corrections { reject: vec![reject.clone()], ..Corrections::default() };
        let after = looked(&mut workspace, Lens::Findings, &[("columns", "all")], &corrections);
        let stands = |row: &Row| {
            text(&after.table, row, "layer") == layer
                && number(&after.table, row, "start") == u64::from(start)
                && text(&after.table, row, "id") == reject.document
        };
        assert!(!after.table.rows.iter().any(stands), "{layer}");
        assert!(after.table.total < findings.table.total);
        let elsewhere = Reject { text: "Other words".to_owned(), ..reject };
        let corrections = Corrections { reject: vec![elsewhere], ..Corrections::default() };
        let view = looked(&mut workspace, Lens::Findings, &[("columns", "all")], &corrections);
        assert_eq!(view.table.total, findings.table.total, "what does not stand there rejects nothing");
        assert!(view.notes.iter().any(|note| note.contains("Other words")), "and that is said: {:?}", view.notes);
    }
}

#[test]
fn two_papers_are_compared_and_what_they_share_is_shown() {
    let mut workspace = workspace(&news());
    let view = look(&mut workspace, Lens::Compare, &[("first", "paper-0"), ("second", "paper-1")]);
    assert!(view.table.total > 0, "{:?}", view.notes);
    let alike = text(&view.table, &view.table.rows[0], "first");
    assert!(NEWS[0].1.contains(alike.split(' ').next().unwrap_or("none")), "{alike}");
    let shared = look(&mut workspace, Lens::Shared, &[("least", "5")]);
    assert_eq!(shared.table.total, 1, "{:?}", shared.summary);
    assert!(text(&shared.table, &shared.table.rows[0], "difference").contains("agreed on the final border treaty"));
    let view = look(&mut workspace, Lens::Compare, &[("first", "paper-0"), ("second", "nobody")]);
    assert_eq!(view.notes, ["There is no document named “nobody”."]);
}

#[test]
fn a_meeting_in_two_papers_is_one() {
    let mut workspace = workspace(&news());
    let merged = look(&mut workspace, Lens::Events, &[]);
    let passages = look(&mut workspace, Lens::Events, &[("show", "passages")]);
    assert!(merged.table.total < passages.table.total, "{} of {}", merged.table.total, passages.table.total);
    let both = merged.table.rows.iter().find(|row| number(&merged.table, row, "documents") == 2).expect("told by both");
    assert_eq!(text(&merged.table, both, "where"), "Lisbon");
    assert_eq!(text(&merged.table, both, "when"), "3 Mar 2025");
}

#[test]
fn texts_in_other_languages_are_said_to_be_left_out() {
    let mut documents = news();
    documents[1].language = Fact::stated("tr".to_owned());
    let mut workspace = workspace(&documents);
    for lens in [Lens::Entities, Lens::Quotes, Lens::Dates, Lens::Events, Lens::Timeline, Lens::Findings] {
        let view = look(&mut workspace, lens, &[]);
        let says = "1 document is in a language that is not read";
        assert!(view.notes.iter().any(|note| note.starts_with(says)), "{}: {:?}", lens.name(), view.notes);
    }
    let documents: BTreeSet<String> = {
        let view = look(&mut workspace, Lens::Findings, &[("columns", "all")]);
        view.table.rows.iter().map(|row| text(&view.table, row, "id")).collect()
    };
    assert_eq!(documents, BTreeSet::from(["paper-0".to_owned()]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_text_breaks_a_lens(texts in prop::collection::vec("(Mr |said |“|”|\"|on Monday |met |in |Paris |Anna |, |\\. |\n|[A-Za-zé日 ]{0,6}){0,40}", 0..4)) {
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(number, text)| document(number, "2025-03-04", text)).collect();
        let mut workspace = workspace(&documents);
        for lens in Lens::ALL.iter().filter(|lens| lens.is_reading()) {
            let view = look(&mut workspace, *lens, &[("columns", "all"), ("certain", "0")]);
            for row in &view.table.rows {
                prop_assert_eq!(row.cells.len(), view.table.columns.len());
                if let Link::Place(name, at) = &row.link {
                    let own = documents.iter().find(|document| document.name == *name);
                    prop_assert!(own.is_some_and(|own| own.text.get(at.start as usize..at.end as usize).is_some()));
                }
            }
        }
    }
}
