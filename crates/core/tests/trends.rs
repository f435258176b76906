//! The Trends lens: against a few obvious lines over generated corpora, and on a corpus small enough to count by hand.

use proptest::prelude::*;
use sheaf_core::base::{DateRange, PartialDate};
use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::query::Filter;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::{Cell, Link, Row};
use sheaf_core::workspace::{LensRequest, Question, Ranked, Request, Response, Sort, Workspace};

type Dated<'d> = (&'d str, &'d str);

fn workspace(texts: &[Dated]) -> Workspace {
    let document = |(number, (date, text)): (usize, &Dated)| Document {
        name: format!("d{number}"),
        file: String::new(),
        title: Fact::unknown(),
        date: PartialDate::parse(date).map_or(Fact::unknown(), Fact::stated),
        source: Fact::unknown(),
        language: Fact::stated("en".to_owned()),
        url: None,
        fields: vec![],
        text: (*text).to_owned(),
    };
    Workspace::new(Corpus { documents: texts.iter().enumerate().map(document).collect(), ..Corpus::default() })
}

fn question(query: &str, filters: &[(&str, &str)]) -> Question {
    let filter = |(field, value): &(&str, &str)| Filter { field: (*field).into(), values: vec![(*value).into()] };
    Question { query: query.to_owned(), filters: filters.iter().map(filter).collect(), ..Question::default() }
}

fn trends(workspace: &mut Workspace, query: &str, settings: &[(&str, &str)]) -> LensView {
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request =
        LensRequest { lens: Lens::Trends, question: question(query, &[]), settings, first: 0, limit: u32::MAX };
    match workspace.handle(&Request::Lens(request)) {
        Response::Lens(answer) => answer.view.open().unwrap(),
        _ => unreachable!("a lens was asked"),
    }
}

fn ranked(workspace: &mut Workspace, query: &str, filters: &[(&str, &str)]) -> Ranked {
    let request = Request::Ranked { question: question(query, filters), sort: Sort::default(), limit: 0 };
    match workspace.handle(&request) {
        Response::Ranked(ranked) => ranked.open().unwrap_or_default(),
        _ => unreachable!("documents were asked"),
    }
}

/// Cells as a reader sees them, joined by spaces; `–` for none.
fn shown(rows: &[Row]) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::None => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => format!("{number:.2}"),
    };
    rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
}

fn count(row: &Row, column: usize) -> u64 {
    match row.cells.get(column) {
        Some(Cell::Count(count)) => *count,
        other => panic!("{other:?} is no count"),
    }
}

const NEWS: &[Dated] = &[
    ("2025-01-05", "Talks begin and talks end"),
    ("2025-01-20", "War"),
    ("2025-03-01", "No talks today"),
    ("2025-03-31", "Prisoners wait for talks and for talks"),
    ("2025", "Talks without a month"),
    ("", "Talks without a date and a war"),
];

#[test]
fn a_title_of_its_own_is_counted_with_its_text_and_one_out_of_the_text_once() {
    let mut corpus =
        workspace(&[("2025-01-05", "War and peace"), ("2025-01-06", "Talks begin and talks end")]).corpus().clone();
    corpus.documents[0].title = Fact::stated("No talks today".to_owned());
    corpus.documents[1].title = Fact::stated("Talks begin".to_owned());
    let view = trends(&mut Workspace::new(corpus), "talks", &[("period", "month")]);
    assert_eq!(shown(&view.table.rows), ["2025-01 2 11 3 272.73 2"]);
}

#[test]
fn periods_have_their_counts_and_gaps_have_no_number() {
    let view = trends(&mut workspace(NEWS), "talks", &[("period", "month"), ("with", "war; prisoners OR end")]);
    assert_eq!(
        shown(&view.table.rows),
        [
            "2025-01 2 6 2 333.33 1 1 166.67 1 1 166.67 1",
            "2025-02 0 0 0 – 0 0 – 0 0 – 0",
            "2025-03 2 10 3 300.00 2 0 0.00 0 1 100.00 1",
        ]
    );
    assert_eq!(
        shown(&view.facts[0].rows),
        ["date not exact enough 1 4 1 250.00 1 0 0.00 0 0 0.00 0", "no date 1 7 1 142.86 1 1 142.86 1 0 0.00 0"]
    );
    assert_eq!(
        view.notes,
        [
            "1 document has a date that leaves the month open and is in none; a filter by date lets it through, since it may be meant.",
            "1 document without a date is in no month.",
        ]
    );
    assert_eq!(
        view.summary,
        "“talks”: 5 hits from Jan 2025 to Mar 2025; the highest point is Jan 2025: 2 hits in 1 of 2 documents, \
         333 per 1,000 words. “war”: 1 hit; the highest point is Jan 2025: 1 hit in 1 of 2 documents, 167 per 1,000 \
         words. “prisoners OR end”: 2 hits; the highest point is Jan 2025: 1 hit in 1 of 2 documents, 167 per 1,000 words."
    );
    let figure = &view.figures[0];
    assert_eq!(figure.lines.len(), 3);
    assert_eq!(figure.lines[0].stretches.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1], "broken at the gap");
    assert_eq!(figure.marks.len(), 6);
    assert_eq!(figure.marks[1].label, "Mar 2025: 3 hits in 2 of 2 documents, 300 per 1,000 words");
    let lines_of = |query: Option<&str>, date: &str| Link::Lens {
        lens: Lens::Concordance,
        query: query.map(str::to_owned),
        filter: Some(("date".to_owned(), date.to_owned())),
        settings: vec![],
    };
    assert_eq!(figure.marks[1].link, lines_of(None, "2025-03"));
    assert_eq!(figure.marks[2].link, lines_of(Some("war"), "2025-01"));
    assert_eq!(view.table.rows[0].link, lines_of(None, "2025-01"));
    assert_eq!(view.table.rows[1].link, Link::None);
    assert!(figure.labels.iter().any(|label| label.text == "talks" && label.series == 0));
    let inside = |x: f64, y: f64| (0.0..=figure.width).contains(&x) && (0.0..=figure.height).contains(&y);
    assert!(figure.marks.iter().all(|mark| inside(mark.x, mark.y)));
    assert!(figure.labels.iter().all(|label| inside(label.x, label.y)));
}

#[test]
fn periods_suit_the_dates() {
    let used = |texts: &[Dated]| {
        let view = trends(&mut workspace(texts), "talks", &[]);
        (view.table.total, view.table.rows.first().map(|row| row.key.clone()).unwrap_or_default())
    };
    let used = |texts: &[Dated]| {
        let (total, first) = used(texts);
        format!("{total} from {first}")
    };
    assert_eq!(used(&[("2025-01-01", "talks"), ("2025-03-01", "talks")]), "60 from 2025-01-01");
    assert_eq!(used(&[("2025-01-01", "talks"), ("2025-03-02", "talks")]), "9 from 2025-W01");
    assert_eq!(used(&[("2021-01-01", "talks"), ("2025-03-02", "talks")]), "51 from 2021-01");
    assert_eq!(used(&[("2015-01-01", "talks"), ("2025-03-02", "talks")]), "41 from 2015-Q1");
    assert_eq!(used(&[("1987-01-01", "talks"), ("2025-03-02", "talks")]), "39 from 1987");
    assert_eq!(used(&[("1887-01-01", "talks"), ("2025-03-02", "talks")]), "15 from 1880s");
    assert_eq!(used(&[("2025-01", "talks"), ("2025-03-02", "talks")]), "3 from 2025-01");
    assert_eq!(used(&[("2025", "talks"), ("2025-03-02", "talks")]), "1 from 2025");
    assert_eq!(used(&[("-0044-03-15", "talks"), ("2025-03-02", "talks")]), "208 from -0050s");
}

#[test]
fn what_cannot_be_shown_is_said() {
    let notes = |texts: &[Dated], query: &str, settings: &[(&str, &str)]| {
        let view = trends(&mut workspace(texts), query, settings);
        assert!(view.figures.iter().all(|figure| !figure.lines.is_empty()));
        (view.table.total, view.notes.join(" "))
    };
    let none = &[("", "talks")];
    assert_eq!(notes(none, "talks", &[]), (0, "No document has a date, so there is nothing to see over time.".into()));
    assert_eq!(notes(&[], "talks", &[]), (0, "This corpus has no documents yet.".into()));
    assert_eq!(notes(NEWS, "xyzzy", &[]).1, "No document answers this query, so there is nothing to count.");
    assert_eq!(notes(NEWS, "xyzzy", &[("with", "talks"), ("period", "month")]).0, 3);
    let year = &[("2025", "talks")];
    assert_eq!(notes(year, "talks", &[("period", "day")]), (1, "No date here tells the day; years were taken.".into()));
    let long = &[("0001-01-01", "talks"), ("2025-01-01", "talks")];
    let (total, note) = notes(long, "talks", &[("period", "day")]);
    assert_eq!((total, note.as_str()), (24_289, "That would be more than 30,000 days; months were taken."));
    assert!(notes(NEWS, "talks", &[("from", "soon")]).1.contains("“soon” is no date for from."));
    assert!(notes(NEWS, "talks", &[("with", "source:x")]).1.contains("has no words to look for"));
    assert!(notes(NEWS, "talks", &[("with", "a;b;c;d;e;f;g;h")]).1.contains("Only the first 7"));
}

#[test]
fn links_let_through_what_the_filters_did() {
    let texts = &[("2025-01-30", "talks"), ("2025-02-01", "talks"), ("2025-02-02", "talks war"), ("2025-02-20", "war")];
    let links = |query: &str, date: &str, with: &str| {
        let settings = vec![("period".into(), "month".into()), ("with".into(), with.into())];
        let question = question(query, &[("date", date)]);
        let request = LensRequest { lens: Lens::Trends, question, settings, first: 0, limit: u32::MAX };
        let Response::Lens(answer) = workspace(texts).handle(&Request::Lens(request)) else { unreachable!() };
        let link = |mark: &sheaf_core::views::lens::figure::Mark| match &mark.link {
            Link::Lens { query, filter: Some((_, date)), .. } => {
                format!("{} {date}", query.as_deref().unwrap_or("the question"))
            }
            other => panic!("{other:?} leads to no lines"),
        };
        answer.view.open().unwrap().figures[0].marks.iter().map(link).collect::<Vec<_>>()
    };
    assert_eq!(
        links("talks", "2025-01-31..2025-02-02", "war"),
        ["the question 2025-02-01..2025-02-02", "war 2025-02-01..2025-02-02"]
    );
    assert_eq!(links("talks", "<2025-02-02", ""), ["the question 2025-01", "the question 2025-02-01..2025-02-01"]);
    assert_eq!(links("talks", ">2025-02-01", ""), ["the question 2025-02-02..2025-02-28"]);
    assert_eq!(links("talks", "2025", ""), ["the question 2025-01", "the question 2025-02"]);
    assert_eq!(links("-talks", "2025", "war"), ["(-talks) (war) 2025-02"]);
}

#[test]
fn without_a_query_documents_and_words_are_seen() {
    let view = trends(&mut workspace(NEWS), "", &[("period", "month"), ("columns", "all")]);
    assert_eq!(
        shown(&view.table.rows),
        [
            "2025-01 2025-01-01 2025-01-31 2 6",
            "2025-02 2025-02-01 2025-02-28 0 0",
            "2025-03 2025-03-01 2025-03-31 2 10"
        ]
    );
    assert_eq!(view.summary, "4 documents with 16 words from Jan 2025 to Mar 2025; most in Jan 2025 (2).");
    assert_eq!(view.figures.len(), 2);
    assert_eq!(view.figures[0].marks[1].label, "Feb 2025: 0 documents with 0 words");
}

#[test]
fn a_further_query_may_stay_in_a_sentence() {
    let texts = &[("2025-01-01", "Talks begin. War ends."), ("2025-01-02", "Talks end war.")];
    let view = trends(&mut workspace(texts), "talks", &[("with", "talks war within <s/>")]);
    assert_eq!(shown(&view.table.rows), ["2025-01-01 1 4 1 250.00 1 0 0.00 0", "2025-01-02 1 3 1 333.33 1 1 333.33 1"]);
}

fn any_date() -> impl Strategy<Value = String> {
    (0u32..5, 2019u32..2026, 1u32..13, 1u32..29).prop_map(|(kind, year, month, day)| match kind {
        0 => String::new(),
        1 => format!("{year}"),
        2 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["talks", "war", "and", "so"]), 0..8)
        .prop_map(|words| words.join(" "))
}

fn hits(text: &str, word: &str) -> u64 {
    text.split(' ').filter(|own| *own == word).count() as u64
}

/// How exact a date must be for a period: 1 the year, 2 the month, 3 the day.
fn exactness(period: &str) -> usize {
    match period {
        "day" | "week" => 3,
        "month" | "quarter" => 2,
        _ => 1,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn periods_and_what_is_beside_them_add_up_to_all_hits(
        documents in prop::collection::vec((any_date(), any_text()), 1..25),
        period in prop::sample::select(vec!["day", "week", "month", "quarter", "year", "decade"]),
        from in prop::option::of(any_date()),
    ) {
        let texts: Vec<Dated> = documents.iter().map(|(date, text)| (date.as_str(), text.as_str())).collect();
        let mut workspace = workspace(&texts);
        let from = from.unwrap_or_default();
        let view = trends(&mut workspace, "talks", &[("period", period), ("with", "war"), ("from", &from)]);
        let is_as_asked = !view.notes.iter().any(|note| note.contains("were taken"));
        if view.table.rows.is_empty() || !is_as_asked {
            return Ok(());
        }
        let beside = view.facts.iter().flat_map(|table| &table.rows);
        let rows: Vec<&Row> = view.table.rows.iter().chain(beside).collect();
        let sum = |column: usize| rows.iter().map(|row| count(row, column)).sum::<u64>();
        prop_assert_eq!(sum(1), texts.len() as u64);
        prop_assert_eq!(sum(2), texts.iter().map(|(_, text)| text.split_whitespace().count() as u64).sum::<u64>());
        for (word, column) in [("talks", 3), ("war", 6)] {
            let found = ranked(&mut workspace, word, &[]);
            prop_assert_eq!(sum(column), found.hits);
            prop_assert_eq!(sum(column + 2), u64::from(found.total));
        }
        for row in &view.table.rows {
            let Link::Lens { filter: Some((_, value)), .. } = &row.link else {
                prop_assert_eq!(count(row, 1), 0);
                continue;
            };
            let range = DateRange::parse(value).unwrap();
            let parts = |date: &str| date.split('-').filter(|part| !part.is_empty()).count();
            let overlaps = |date: &str| PartialDate::parse(date).is_some_and(|date| range.overlaps(date));
            let inside: Vec<&Dated> = texts.iter().filter(|(date, _)| overlaps(date)).collect();
            let exact = || inside.iter().filter(|(date, _)| parts(date) >= exactness(period));
            let open = || inside.iter().filter(|(date, _)| parts(date) < exactness(period));
            prop_assert_eq!(count(row, 1), exact().count() as u64);
            for (word, column) in [("talks", 3), ("war", 6)] {
                let naive = exact().map(|(_, text)| hits(text, word)).sum::<u64>();
                prop_assert_eq!(count(row, column), naive);
                let filtered = ranked(&mut workspace, word, &[("date", value)]);
                prop_assert_eq!(filtered.hits, naive + open().map(|(_, text)| hits(text, word)).sum::<u64>());
            }
        }
        // One period after the other, none twice.
        prop_assert!(view.table.rows.windows(2).all(|rows| rows[0].key < rows[1].key));
    }
}
