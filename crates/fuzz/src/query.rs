//! The target `query`: any text as a query, against everything that answers it.
//!
//! An input is three bytes of switches (corpus, question, order), then the query's text. What must hold:
//!
//! - nothing panics;
//! - the same question gets the same answer, and fewer rows are the first of more;
//! - every lens counts the same documents and hits, and the rows' hits add up to the total;
//! - a problem is marked at a place in the query;
//! - what is shown is a slice of what was given;
//! - a query printed reads back to the same query.

use std::cell::RefCell;

use sheaf_core::document::Document;
use sheaf_core::query::print::print;
use sheaf_core::query::{Filter, parse};
use sheaf_core::views::{FacetsView, ReaderView, ResultRow, ResultsView, Run};
use sheaf_core::workspace::{Exactness, Question, Ranked, Request, Response, Sort, SortKey, Workspace};

use crate::corpora;

const SWITCHES: usize = 3;

/// Rows asked for: more than there are documents in any of the corpora.
const ALL: u32 = 20;
/// Fewer than there are in the largest.
const SOME: u32 = 2;

const SORT_KEYS: &[SortKey] = &[
    SortKey::Relevance,
    SortKey::Date,
    SortKey::Title,
    SortKey::Length,
    SortKey::Source,
    SortKey::Language,
    SortKey::Hits,
];

/// Filters to choose from: field and value, none where the field is empty.
const FILTERS: &[(&str, &str)] = &[("", ""), ("source", "Daily News"), ("date", "2025-02..2025-03"), ("topic", "")];

/// An input as it is understood.
#[derive(Clone, Debug)]
struct Input {
    /// Place in [`corpora::NAMES`].
    corpus: usize,
    question: Question,
    sort: Sort,
}

impl Input {
    fn of(bytes: &[u8]) -> Input {
        // A short input has all switches at zero and no query.
        let switch = |place: usize| usize::from(bytes.get(place).copied().unwrap_or(0));
        let query = String::from_utf8_lossy(bytes.get(SWITCHES..).unwrap_or(&[])).into_owned();
        let mut question = Question { query, is_typing: switch(1) % 2 == 1, ..Question::default() };
        let (field, value) = FILTERS[switch(1) / 2 % FILTERS.len()];
        if !field.is_empty() {
            question.filters.push(Filter { field: field.to_owned(), values: vec![value.to_owned()] });
        }
        let exact = switch(0) / corpora::NAMES.len();
        question.exactness = Exactness { case: exact & 1 > 0, accents: exact & 2 > 0, forms: exact & 4 > 0 };
        let sort = Sort { key: SORT_KEYS[switch(2) / 2 % SORT_KEYS.len()], is_descending: switch(2) % 2 == 1 };
        Input { corpus: switch(0) % corpora::NAMES.len(), question, sort }
    }
}

/// Each line of `seeds/query.txt` as a query, all switches at zero: the fuzzer turns them.
pub fn seeds() -> Vec<Vec<u8>> {
    let lines = include_str!("../seeds/query.txt").lines().filter(|line| !line.is_empty());
    lines.map(|line| [&[0; SWITCHES], line.as_bytes()].concat()).collect()
}

/// An input in words.
pub fn describe(bytes: &[u8]) -> String {
    let Input { corpus, question, sort } = Input::of(bytes);
    let typing = if question.is_typing { "typing" } else { "typed" };
    let filters: Vec<String> =
        question.filters.iter().map(|filter| format!("{}={}", filter.field, filter.values.join(","))).collect();
    let order = if sort.is_descending { "descending" } else { "ascending" };
    format!(
        "query: {}\nas a Rust literal: {:?}\n{typing}; filters: [{}]; {:?}, {order}; corpus: {}",
        question.query,
        question.query,
        filters.join(" "),
        sort.key,
        corpora::NAMES[corpus],
    )
}

thread_local! {
    static WORKSPACES: RefCell<Vec<Workspace>> =
        RefCell::new(corpora::all().into_iter().map(Workspace::new).collect());
}

/// Checks an input.
///
/// # Panics
/// An invariant does not hold.
pub fn check(bytes: &[u8]) {
    let input = Input::of(bytes);
    check_printed(&input.question);
    WORKSPACES.with_borrow_mut(|workspaces| check_answers(&mut workspaces[input.corpus], &input));
}

fn check_printed(question: &Question) {
    if let Some(root) = parse(&question.query, question.is_typing).root {
        let printed = print(&root);
        let again = parse(&printed, false).root.as_ref().map(print);
        assert_eq!(again.as_ref(), Some(&printed), "a printed query reads back to another one");
    }
}

fn check_answers(workspace: &mut Workspace, input: &Input) {
    let all = results(workspace, input, ALL);
    assert_eq!(results(workspace, input, ALL), all, "the same question has two answers");
    check_totals(&all);
    check_fewer(&results(workspace, input, SOME), &all);
    check_marks(&all, &input.question.query);
    for row in &all.rows {
        check_shown(row, document_of(workspace, row));
    }
    check_offers(workspace, input, &all);
    check_ranked(&ranked(workspace, input), &all, input.sort);
    check_facets(&facets(workspace, input), &all, input);
    if let Some(row) = all.rows.first() {
        check_reader(&reader(workspace, input, &row.card.name), row, document_of(workspace, row));
    }
}

fn check_totals(all: &ResultsView) {
    assert!(all.matched <= all.of, "more documents match than there are");
    assert_eq!(all.rows.len(), all.matched as usize, "not every document that matches has a row");
    assert_eq!(sum_of_hits(&all.rows), all.hits, "the hits of all rows are not the total");
}

fn check_fewer(some: &ResultsView, all: &ResultsView) {
    assert_eq!((some.matched, some.of, some.hits), (all.matched, all.of, all.hits), "totals depend on the limit");
    assert_eq!(some.rows, all.rows[..all.rows.len().min(SOME as usize)], "fewer rows are not the first of more");
    assert!(sum_of_hits(&some.rows) <= some.hits, "the first rows have more hits than the total");
    assert_eq!(some.echo, all.echo, "the echo depends on the limit");
}

fn check_marks(all: &ResultsView, query: &str) {
    for mark in &all.echo.marks {
        assert!(
            query.get(mark.start as usize..mark.end as usize).is_some(),
            "a mark is no part of the query: {mark:?}"
        );
    }
}

fn check_offers(workspace: &mut Workspace, input: &Input, all: &ResultsView) {
    for offer in &all.echo.offers {
        let question = Question { query: offer.query.clone(), is_typing: false, ..input.question.clone() };
        let found = results(workspace, &Input { question, ..*input }, ALL);
        assert_eq!(found.matched, offer.documents, "an offer finds other documents than it says: {offer:?}");
    }
}

fn check_shown(row: &ResultRow, document: &Document) {
    if let Some(title) = &document.title.value {
        assert_eq!(&joined(&row.card.title), title, "the title is not the document's");
    }
    let passages = row.snippets.iter().map(|snippet| &snippet.runs);
    for runs in passages.clone() {
        assert!(document.text.contains(&joined(runs)), "a passage is no part of the text: {runs:?}");
    }
    let marks = passages.chain([&row.card.title]).flatten().filter_map(|run| run.mark);
    for mark in marks {
        assert!(mark.hit < row.hits, "a mark belongs to no hit: {mark:?}");
    }
}

fn check_ranked(ranked: &Ranked, all: &ResultsView, sort: Sort) {
    assert_eq!((ranked.total, ranked.hits), (all.matched, all.hits), "Ranked and Results count differently");
    let names: Vec<&str> = ranked.documents.iter().map(|document| document.id.as_str()).collect();
    let rows: Vec<&str> = all.rows.iter().map(|row| row.card.name.as_str()).collect();
    assert_eq!(names, rows, "Ranked and Results order differently");
    let scores: Vec<f64> = ranked.documents.iter().map(|document| document.score).collect();
    assert!(scores.iter().all(|score| score.is_finite()), "a score is no number: {scores:?}");
    if sort == Sort::default() {
        assert!(scores.is_sorted_by(|a, b| a >= b), "the best is not first: {scores:?}");
    }
}

fn check_facets(facets: &FacetsView, all: &ResultsView, input: &Input) {
    // A field's own choice does not shrink its own list: what is left out by filters is not counted on.
    let most = if input.question.filters.is_empty() { all.matched } else { all.of };
    for value in facets.facets.iter().flat_map(|facet| &facet.values) {
        assert!(value.count <= most, "a filter counts more documents than there are: {value:?}");
    }
    for bar in &facets.calendar.bars {
        assert!(bar.count <= most && bar.count <= bar.of, "a bar counts more documents than there are: {bar:?}");
    }
}

fn check_reader(reader: &ReaderView, row: &ResultRow, document: &Document) {
    assert_eq!(reader.hits, row.hits, "the Reader counts other hits than its row");
    assert_eq!(reader.card.title, row.card.title, "the Reader marks the title otherwise than its row");
    for paragraph in &reader.paragraphs {
        let text = document.text.get(paragraph.offset as usize..).unwrap_or("");
        assert!(text.starts_with(&joined(&paragraph.runs)), "a paragraph is not the text's: {paragraph:?}");
    }
}

fn sum_of_hits(rows: &[ResultRow]) -> u64 {
    rows.iter().map(|row| u64::from(row.hits)).sum()
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn document_of<'w>(workspace: &'w Workspace, row: &ResultRow) -> &'w Document {
    let documents = &workspace.corpus().documents;
    documents.iter().find(|document| document.name == row.card.name).expect("a row is a document of the corpus")
}

fn results(workspace: &mut Workspace, input: &Input, limit: u32) -> ResultsView {
    let request = Request::Results { question: input.question.clone(), sort: input.sort, limit, passages: None };
    match workspace.handle(&request) {
        Response::Results(view) => view,
        other => panic!("Results are answered by {other:?}"),
    }
}

fn ranked(workspace: &mut Workspace, input: &Input) -> Ranked {
    let request = Request::Ranked { question: input.question.clone(), sort: input.sort, limit: ALL };
    match workspace.handle(&request) {
        Response::Ranked(ranked) => ranked.open().unwrap_or_default(),
        other => panic!("Ranked is answered by {other:?}"),
    }
}

fn facets(workspace: &mut Workspace, input: &Input) -> FacetsView {
    match workspace.handle(&Request::Facets { question: input.question.clone(), reads: false }) {
        Response::Facets(view) => view.open().unwrap_or_default(),
        other => panic!("Facets are answered by {other:?}"),
    }
}

fn reader(workspace: &mut Workspace, input: &Input, name: &str) -> ReaderView {
    let request =
        Request::Reader { name: name.to_owned(), question: input.question.clone(), hit: 0, at: None, extent: 1 };
    match workspace.handle(&request) {
        Response::Reader(answer) => answer.view.open().expect("what was packed is unpacked"),
        other => panic!("the Reader is answered by {other:?}"),
    }
}
