//! The Trends lens: how often queries are answered over the time of publication.
//!
//! What is not known is never guessed: a document without a date, or with one less exact than the periods, is in none of
//! them. It is counted beside the picture, so that periods and the rest add up to all hits.

use super::figure::{Figure, Label, Line, Mark, NO_SERIES, tenth, ticks};
use super::periods::Period;
use super::settings::Settings;
use super::table::{Cell, Column, Content, Link, Rows, TEXT, Table, column, table};
use super::{Ground, Lens, LensView, nothing_to_count};
use crate::base::{DateRange, DocId, PartialDate};
use crate::query::filter::DocSet;
use crate::query::problem::Fault;
use crate::query::{Matches, Plan, QueryProblem, evaluate, parse, plan};
use crate::views::words::{self, count, grouped};

const PERIODS: &[(&str, &str)] = &[
    ("auto", "as suits the dates"),
    ("day", "days"),
    ("week", "weeks"),
    ("month", "months"),
    ("quarter", "quarters"),
    ("year", "years"),
    ("decade", "decades"),
];

const PER: &[(&str, &str)] =
    &[("1000", "1,000 words"), ("1000000", "1,000,000 words"), ("documents", "documents, in percent")];

/// Most further queries: the colours of a picture.
const MOST_FURTHER: usize = 7;
/// Most periods of a choice of ours: points that can be told apart.
const MOST_CHOSEN: i64 = 60;
/// Most periods of a table: 80 years of days.
const MOST_PERIODS: i64 = 30_000;
/// Most periods whose points can be walked by keyboard; the line alone is drawn of more.
const MOST_MARKED: usize = 800;
/// Of so many dates one may be less exact than the periods we choose.
const ONE_IN: usize = 10;

/// The further queries of the setting `with`: those between its semicolons.
pub fn further(with: &str) -> impl Iterator<Item = &str> {
    with.split(';').map(str::trim).filter(|query| !query.is_empty()).take(MOST_FURTHER)
}

/// A query over time.
struct Series {
    /// As it was written.
    query: String,
    /// The query that its lines are under; nothing for the question itself.
    lines: Option<String>,
    /// Documents with hits, and how many; ascending.
    hits: Vec<(DocId, u32)>,
}

/// What is counted in one period, or beside all of them.
#[derive(Clone, Debug, Default)]
struct Counts {
    documents: u64,
    words: u64,
    /// By series, hits and documents with hits.
    found: Vec<(u64, u64)>,
}

/// A row of the table.
struct Row {
    /// Its number among the periods; nothing beside them.
    number: Option<i32>,
    name: String,
    counts: Counts,
}

/// What the documents chosen are counted in.
struct Cut {
    period: Period,
    first: i32,
    last: i32,
    /// What the filter by date lets through; empty where there is none.
    ranges: Vec<DateRange>,
}

/// What hits are compared with.
#[derive(Clone, Copy, PartialEq)]
enum Per {
    Words(f64),
    Documents,
}

/// The rows of periods, what is beside them, and what was said.
struct Counted {
    cut: Cut,
    rows: Vec<Row>,
    beside: Vec<Row>,
}

/// The trends.
pub fn trends(ground: &Ground, settings: &mut Settings, rows: Rows) -> LensView {
    let with = settings.text("with", "Further queries", "peace; \"prisoner exchange\"");
    let period = settings.choice("period", "Periods of", PERIODS);
    let per = match settings.choice("per", "Relative to", PER) {
        "documents" => Per::Documents,
        per => Per::Words(per.parse().unwrap_or(1000.0)),
    };
    let from = date(settings, "from", "From", "2025-01");
    let to = date(settings, "to", "To", "2025-06");
    let is_wide = settings.given("columns") == Some("all");
    if with.split(';').filter(|query| !query.trim().is_empty()).count() > MOST_FURTHER {
        settings.problem(format!("Only the first {MOST_FURTHER} further queries were taken."));
    }
    let (series, mut notes) = all_series(ground, with);
    let columns = columns(&series, per, is_wide);
    let empty = |columns| Table { caption: caption(&series), columns, ..Table::default() };
    let nothing = if further(with).next().is_some() { None } else { nothing_to_count(ground) };
    let nothing = nothing.or_else(|| ground.selected.scope.is_empty().then(|| nothing_to_count(ground)).flatten());
    if let Some(reason) = nothing {
        return LensView { notes: vec![reason], table: empty(columns), ..LensView::default() };
    }
    let Some(counted) = counted(ground, &series, period, (from, to), settings) else {
        notes.push(match ground.selected.index.columns.dates().iter().any(Option::is_some) {
            true => "No document chosen has a date in this time, so there is nothing to see over time.".to_owned(),
            false => "No document has a date, so there is nothing to see over time.".to_owned(),
        });
        return LensView { notes, table: empty(columns), ..LensView::default() };
    };
    notes.extend(said_of_the_rest(&counted));
    let cell = |row: &Row, place: usize| cell(row, place, &counted.cut, per, is_wide);
    let head = |row: &Row| (row.name.clone(), link(&counted.cut, row, series.first()), true);
    let drawn = |items: &[Row], caption: String, settings: &mut Settings, rows: Rows| {
        let columns = columns.clone();
        table(Content { caption, columns, items, cell: &cell, head: &head, sort: "" }, settings, rows)
    };
    let main = drawn(&counted.rows, caption(&series), settings, rows);
    let facts = match counted.beside.is_empty() {
        true => Vec::new(),
        false => {
            let all = Rows { first: 0, limit: u32::MAX };
            vec![drawn(&counted.beside, "Beside the periods".to_owned(), &mut Settings::of(&[]), all)]
        }
    };
    let summary = summary(&counted, &series, per);
    let figures = figures(&counted, &series, per);
    LensView { summary, notes, figures, facts, table: main, ..LensView::default() }
}

fn date(settings: &mut Settings, name: &str, label: &str, example: &str) -> Option<PartialDate> {
    let text = settings.text(name, label, example);
    let date = PartialDate::parse(text);
    if date.is_none() && !text.is_empty() {
        settings.problem(format!("“{text}” is no date for {name}. Write 2025, 2025-02 or 2025-02-24."));
    }
    date
}

/// The question and the further queries, and what of these could not be used.
fn all_series(ground: &Ground, with: &str) -> (Vec<Series>, Vec<String>) {
    let selected = &ground.selected;
    let mut series = Vec::new();
    let mut notes = Vec::new();
    if ground.has_hits {
        let hits = hits(selected.matches, selected.plan, selected.docs.iter().copied());
        series.push(Series { query: ground.query.trim().to_owned(), lines: None, hits });
    }
    let base = base(ground);
    let mut chosen = DocSet::new(selected.index, false);
    base.iter().for_each(|doc_id| chosen.insert(*doc_id));
    for query in further(with) {
        let parsed = parse(query, false);
        let plan = plan(selected.index, parsed.root.as_ref(), ground.exactness);
        let matches = evaluate::evaluate(selected.index, &plan, None);
        let given_up = plan.leaves.iter().zip(&matches.leaves).filter(|(_, found)| found.is_given_up);
        let given_up = given_up.map(|(leaf, _)| QueryProblem { at: leaf.at, fault: Fault::TooComplex });
        let problems = parsed.problems.iter().chain(&plan.problems).cloned().chain(given_up);
        notes.extend(problems.map(|problem| format!("“{query}”: {}", problem.message(query))));
        if plan.leaves.iter().all(|leaf| leaf.is_negated) {
            notes.push(format!("“{query}” has no words to look for; it was left out."));
            continue;
        }
        let docs = matches.docs.iter().copied().filter(|doc_id| chosen.contains(*doc_id));
        // A question without words chooses documents: it has to go on doing so.
        let chooses = !ground.has_hits && !ground.query.trim().is_empty();
        let lines = if chooses { format!("({}) ({query})", ground.query.trim()) } else { query.to_owned() };
        series.push(Series { query: query.to_owned(), lines: Some(lines), hits: hits(&matches, &plan, docs) });
    }
    (series, notes)
}

fn hits(matches: &Matches, plan: &Plan, docs: impl Iterator<Item = DocId>) -> Vec<(DocId, u32)> {
    docs.map(|doc_id| (doc_id, matches.hit_count(plan, doc_id))).filter(|(_, hits)| *hits > 0).collect()
}

/// The documents that hits are looked for in: all that pass the filters; where the query only chooses documents, those.
fn base<'g>(ground: &Ground<'g>) -> &'g [DocId] {
    if ground.has_hits { ground.selected.scope } else { ground.selected.docs }
}

/// Counts the documents in their periods. Nothing where no date can be used.
fn counted(
    ground: &Ground,
    series: &[Series],
    period: &str,
    ends: (Option<PartialDate>, Option<PartialDate>),
    settings: &mut Settings,
) -> Option<Counted> {
    let dates = ground.selected.index.columns.dates();
    let date_of = |doc_id: DocId| dates.get(doc_id.0 as usize).copied().flatten();
    let base = base(ground);
    let dated: Vec<PartialDate> = base.iter().filter_map(|doc_id| date_of(*doc_id)).collect();
    let by_date = ground.filters.iter().filter(|filter| filter.field == "date").flat_map(|filter| &filter.values);
    let ranges = by_date.filter_map(|value| DateRange::parse(value)).collect();
    let cut = Cut { ranges, ..cut(&dated, period, ends, settings)? };
    let length = usize::try_from(i64::from(cut.last) - i64::from(cut.first) + 1).ok()?;
    let none = Counts { found: vec![(0, 0); series.len()], ..Counts::default() };
    // The periods, and after them: outside, not exact enough, no date.
    let mut counts = vec![none; length + 3];
    let place = |doc_id: DocId| match date_of(doc_id).map(|date| cut.period.of(date)) {
        Some(Some(number)) if (cut.first..=cut.last).contains(&number) => (number - cut.first) as usize,
        Some(Some(_)) => length,
        Some(None) => length + 1,
        None => length + 2,
    };
    for &doc_id in base {
        if let Some(counts) = counts.get_mut(place(doc_id)) {
            counts.documents += 1;
            counts.words += u64::from(ground.selected.index.shapes.tokens(doc_id));
        }
    }
    for (number, series) in series.iter().enumerate() {
        for &(doc_id, hits) in &series.hits {
            if let Some((all, documents)) =
                counts.get_mut(place(doc_id)).and_then(|counts| counts.found.get_mut(number))
            {
                *all += u64::from(hits);
                *documents += 1;
            }
        }
    }
    let names = ["outside this time", "date not exact enough", "no date"];
    let rest = counts.split_off(length);
    let beside = rest.into_iter().zip(names).filter(|(counts, _)| counts.documents > 0);
    let beside = beside.map(|(counts, name)| Row { number: None, name: name.to_owned(), counts }).collect();
    let row = |(number, counts)| Row { number: Some(number), name: cut.period.name(number), counts };
    let rows = (cut.first..).zip(counts).map(row).collect();
    Some(Counted { cut, rows, beside })
}

/// The periods from the first to the last that has a document, or as asked.
fn cut(
    dated: &[PartialDate],
    asked: &str,
    (from, to): (Option<PartialDate>, Option<PartialDate>),
    settings: &mut Settings,
) -> Option<Cut> {
    let cut_by = |period: Period| {
        let numbers = dated.iter().filter_map(|date| period.of(*date));
        let least = from.and_then(|date| period.of(date.days().from));
        let most = to.and_then(|date| period.of(date.days().to));
        let inside =
            |number: &i32| least.is_none_or(|least| least <= *number) && most.is_none_or(|most| *number <= most);
        let numbers = numbers.filter(inside);
        // Where it is said from when to when, what is empty there is shown too.
        let first = numbers.clone().min()?;
        let last = numbers.max()?;
        Some(Cut { period, first: least.unwrap_or(first), last: most.unwrap_or(last), ranges: Vec::new() })
    };
    let length = |cut: &Cut| i64::from(cut.last) - i64::from(cut.first) + 1;
    let chosen = Period::ALL.iter().copied().find(|period| period.noun() == asked);
    if let Some(chosen) = chosen {
        let fitting = Period::ALL.iter().copied().filter(|period| *period >= chosen);
        let cut = fitting.filter_map(cut_by).find(|cut| length(cut) <= MOST_PERIODS)?;
        if cut.period != chosen {
            let reason = match cut_by(chosen) {
                Some(_) => format!("That would be more than {} {asked}s", grouped(MOST_PERIODS as u64)),
                None => format!("No date here tells the {asked}"),
            };
            settings.problem(format!("{reason}; {}s were taken.", cut.period.noun()));
        }
        return Some(cut);
    }
    let is_exact_enough =
        |period: Period| dated.iter().filter(|date| period.of(**date).is_none()).count() * ONE_IN <= dated.len();
    let fitting = Period::ALL.iter().copied().filter(|period| is_exact_enough(*period));
    let cuts: Vec<Cut> = fitting.filter_map(cut_by).filter(|cut| length(cut) <= MOST_PERIODS).collect();
    let place = cuts.iter().position(|cut| length(cut) <= MOST_CHOSEN).or(cuts.len().checked_sub(1))?;
    cuts.into_iter().nth(place)
}

/// What is in no period.
fn said_of_the_rest(counted: &Counted) -> Vec<String> {
    let noun = counted.cut.period.noun();
    let say = |row: &Row| {
        let number = row.counts.documents;
        let documents = count(number, "document", "documents");
        let (has, is) = if number == 1 { ("has", "is") } else { ("have", "are") };
        match row.name.as_str() {
            "no date" => format!("{documents} without a date {is} in no {noun}."),
            "outside this time" => format!("{documents} {is} from before or after this time."),
            _ => format!(
                "{documents} {has} a date that leaves the {noun} open and {is} in none; a filter by date lets \
                 {} through, since {} may be meant.",
                if number == 1 { "it" } else { "them" },
                if number == 1 { "it" } else { "they" },
            ),
        }
    };
    counted.beside.iter().map(say).collect()
}

fn caption(series: &[Series]) -> String {
    match series {
        [] => "Documents and words over time".to_owned(),
        [one] => format!("“{}” over time", one.query),
        _ => "Queries over time".to_owned(),
    }
}

fn columns(series: &[Series], per: Per, is_wide: bool) -> Vec<Column> {
    let mut columns = vec![column("period", "Period", "The time of publication; weeks as in ISO 8601", TEXT)];
    if is_wide {
        columns.push(column("from", "From", "Its first day", TEXT));
        columns.push(column("to", "To", "Its last day", TEXT));
    }
    columns.push(column("documents", "Documents", "Documents of the period that pass the filters", 0));
    columns.push(column("words", "Words", "Running words in them, titles included", 0));
    let (unit, meaning, decimals) = match per {
        Per::Words(per) if per > 1000.0 => ("per million", "Hits for 1,000,000 of these words", 0),
        Per::Words(_) => ("per 1,000", "Hits for 1,000 of these words", 2),
        Per::Documents => ("% of documents", "Share of these documents that have a hit", 1),
    };
    for (place, series) in (1..).zip(series) {
        // A single query needs no name over every column.
        let of = |title: &str| if place == 1 { title.to_owned() } else { format!("“{}”: {title}", series.query) };
        let name = |name: &str| if place == 1 { name.to_owned() } else { format!("{name}_{place}") };
        let about = |what: &str| format!("{what}: {}", series.query);
        columns.push(column(&name("hits"), &of("Hits"), &about("Hits of the query"), 0));
        columns.push(column(
            &name("relative"),
            &of(unit),
            &format!("{meaning}; nothing where there are none"),
            decimals,
        ));
        columns.push(column(&name("found"), &of("Documents with hits"), &about("Documents with hits of the query"), 0));
    }
    columns
}

fn cell(row: &Row, place: usize, cut: &Cut, per: Per, is_wide: bool) -> Cell {
    // The columns that are shown where all are asked for.
    let place = if is_wide || place == 0 { place } else { place + 2 };
    let days = row.number.map(|number| cut.period.days(number));
    match place {
        0 => Cell::Text(row.name.clone()),
        1 => days.map_or(Cell::None, |days| Cell::Text(days.from.to_string())),
        2 => days.map_or(Cell::None, |days| Cell::Text(days.to.to_string())),
        3 => Cell::Count(row.counts.documents),
        4 => Cell::Count(row.counts.words),
        _ => {
            let series = (place - 5) / 3;
            let (hits, found) = row.counts.found.get(series).copied().unwrap_or_default();
            match (place - 5) % 3 {
                0 => Cell::Count(hits),
                1 => Cell::number(relative(&row.counts, series, per)),
                _ => Cell::Count(found),
            }
        }
    }
}

/// Nothing where there is nothing to relate to.
fn relative(counts: &Counts, series: usize, per: Per) -> Option<f64> {
    let (hits, found) = counts.found.get(series).copied().unwrap_or_default();
    let (part, whole, per) = match per {
        Per::Words(per) => (hits, counts.words, per),
        Per::Documents => (found, counts.documents, 100.0),
    };
    (whole > 0).then(|| part as f64 * per / whole as f64)
}

/// The lines of a query in a period; without one its words.
fn link(cut: &Cut, row: &Row, series: Option<&Series>) -> Link {
    let Some(number) = row.number.filter(|_| row.counts.documents > 0) else { return Link::None };
    Link::Lens {
        lens: if series.is_some() { Lens::Concordance } else { Lens::Words },
        query: series.and_then(|series| series.lines.clone()),
        filter: Some(("date".to_owned(), filter(cut, number))),
        settings: Vec::new(),
    }
}

/// The value of a filter by date that lets the documents of a period through: it takes the place of the one there is, so
/// it must not let through more.
fn filter(cut: &Cut, number: i32) -> String {
    let days = cut.period.days(number);
    let (first, last) = (days.from.day_number(), days.to.day_number());
    let inside = cut.ranges.iter().map(|range| {
        // Open ends lie between two days: after one, or before one.
        let from = range.from.day_number() + i32::from(range.from.minute > 0);
        let to = range.to.day_number() - i32::from(range.to.day == 0);
        (from.max(first), to.min(last))
    });
    let mut inside = inside.filter(|(from, to)| from <= to);
    match (inside.next(), inside.next()) {
        (Some((from, to)), None) if (from, to) != (first, last) => {
            format!("{}..{}", PartialDate::of_day_number(from), PartialDate::of_day_number(to))
        }
        _ => cut.period.filter(number),
    }
}

/// `3.2 per 1,000 words`.
fn relative_in_words(relative: f64, per: Per) -> String {
    match per {
        Per::Words(per) if per > 1000.0 => format!("{} per million words", short(relative)),
        Per::Words(_) => format!("{} per 1,000 words", short(relative)),
        Per::Documents => format!("{} % of the documents", short(relative)),
    }
}

/// With as many digits as a sentence needs: `320`, `3.2`, `0.32`, `0.003`.
fn short(number: f64) -> String {
    let decimals = match number {
        number if number >= 100.0 || number == 0.0 => 0,
        number if number >= 1.0 => 1,
        number if number >= 0.1 => 2,
        _ => 4,
    };
    format!("{number:.decimals$}")
}

/// `12 hits in 3 of 5 documents, 3.2 per 1,000 words`.
fn point_in_words(counts: &Counts, series: usize, per: Per) -> String {
    let (hits, found) = counts.found.get(series).copied().unwrap_or_default();
    let of = grouped(counts.documents);
    let documents = if counts.documents == 1 { "document" } else { "documents" };
    let relative = relative(counts, series, per).map(|relative| format!(", {}", relative_in_words(relative, per)));
    format!("{} in {} of {of} {documents}{}", count(hits, "hit", "hits"), grouped(found), relative.unwrap_or_default())
}

fn summary(counted: &Counted, series: &[Series], per: Per) -> String {
    let period = counted.cut.period;
    let span = match counted.cut.first == counted.cut.last {
        true => format!("in {}", period.words(counted.cut.first)),
        false => format!("from {} to {}", period.words(counted.cut.first), period.words(counted.cut.last)),
    };
    if series.is_empty() {
        let documents: u64 = counted.rows.iter().map(|row| row.counts.documents).sum();
        let words: u64 = counted.rows.iter().map(|row| row.counts.words).sum();
        let most = highest(&counted.rows, |counts| Some(counts.documents as f64));
        let most = most.and_then(|row| Some((period.words(row.number?), row.counts.documents)));
        let most = most.map(|(when, documents)| format!("; most in {when} ({})", grouped(documents)));
        return format!(
            "{} with {} {span}{}.",
            count(documents, "document", "documents"),
            count(words, "word", "words"),
            most.unwrap_or_default()
        );
    }
    let mut sentences = Vec::new();
    for (number, series) in series.iter().enumerate() {
        let hits: u64 = counted.rows.iter().filter_map(|row| row.counts.found.get(number)).map(|(hits, _)| hits).sum();
        let span = if number == 0 { format!(" {span}") } else { String::new() };
        let most = highest(&counted.rows, |counts| relative(counts, number, per)).filter(|_| hits > 0);
        let most = most.and_then(|row| Some((period.words(row.number?), point_in_words(&row.counts, number, per))));
        let most = most.map(|(when, point)| format!("; the highest point is {when}: {point}"));
        let hits = count(hits, "hit", "hits");
        sentences.push(format!("“{}”: {hits}{span}{}.", series.query, most.unwrap_or_default()));
    }
    sentences.join(" ")
}

/// The first of the highest.
fn highest(rows: &[Row], value: impl Fn(&Counts) -> Option<f64>) -> Option<&Row> {
    let mut best: Option<(&Row, f64)> = None;
    for row in rows {
        if let Some(value) = value(&row.counts)
            && best.is_none_or(|(_, best)| value > best)
        {
            best = Some((row, value));
        }
    }
    best.map(|(row, _)| row)
}

/// What a line of a picture shows.
#[derive(Clone, Copy)]
enum Curve<'c> {
    Documents,
    Words,
    /// A query, by its place, relative to this.
    Query(usize, &'c Series, Per),
}

impl<'c> Curve<'c> {
    fn value(self, counts: &Counts) -> Option<f64> {
        match self {
            Curve::Documents => Some(counts.documents as f64),
            Curve::Words => Some(counts.words as f64),
            Curve::Query(place, _, per) => relative(counts, place, per),
        }
    }

    fn label(self, counts: &Counts) -> String {
        let documents = count(counts.documents, "document", "documents");
        match self {
            Curve::Documents | Curve::Words => format!("{documents} with {}", count(counts.words, "word", "words")),
            Curve::Query(place, _, per) => point_in_words(counts, place, per),
        }
    }

    fn legend(self) -> String {
        match self {
            Curve::Documents => "documents".to_owned(),
            Curve::Words => "words".to_owned(),
            Curve::Query(_, series, _) => series_name(series),
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Curve::Documents => "documents",
            Curve::Words => "words",
            Curve::Query(_, _, Per::Words(per)) if per > 1000.0 => "per million words",
            Curve::Query(_, _, Per::Words(_)) => "per 1,000 words",
            Curve::Query(_, _, Per::Documents) => "% of documents",
        }
    }

    fn series(self) -> Option<&'c Series> {
        match self {
            Curve::Documents | Curve::Words => None,
            Curve::Query(_, series, _) => Some(series),
        }
    }
}

/// One picture of all queries; without a query one of documents and one of words, which no axis could share.
fn figures(counted: &Counted, series: &[Series], per: Per) -> Vec<Figure> {
    if series.is_empty() {
        let documents = figure(counted, "trends-documents", &[Curve::Documents]);
        return vec![documents, figure(counted, "trends-words", &[Curve::Words])];
    }
    let curves: Vec<Curve> =
        series.iter().enumerate().map(|(place, series)| Curve::Query(place, series, per)).collect();
    vec![figure(counted, "trends", &curves)]
}

fn series_name(series: &Series) -> String {
    const MOST: usize = 28;
    if series.query.chars().count() <= MOST {
        return series.query.clone();
    }
    series.query.chars().take(MOST - 1).chain(['…']).collect()
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
/// The field of the lines: its left, top, right and bottom.
const FIELD: (f64, f64, f64, f64) = (56.0, 40.0, 704.0, 228.0);
/// Room for a letter of a label.
const LETTER: f64 = 7.0;
/// Most words under the axis of time.
const MOST_TIMES: usize = 8;

fn figure(counted: &Counted, name: &str, curves: &[Curve]) -> Figure {
    let unit = curves.first().map_or("", |curve| curve.unit());
    let rows = &counted.rows;
    let (left, top, right, bottom) = FIELD;
    let values = curves.iter().flat_map(|curve| rows.iter().filter_map(|row| curve.value(&row.counts)));
    let most = values.fold(0.0, f64::max);
    let x = |place: usize| match rows.len() {
        0 | 1 => tenth((left + right) / 2.0),
        count => tenth(left + (right - left) * place as f64 / (count - 1) as f64),
    };
    let y = |value: f64| if most > 0.0 { tenth(bottom - (bottom - top) * value / most) } else { bottom };
    let span =
        format!("{} to {}", counted.cut.period.words(counted.cut.first), counted.cut.period.words(counted.cut.last));
    let names: Vec<String> = curves.iter().map(|curve| curve.legend()).collect();
    let mut figure = Figure {
        name: name.to_owned(),
        summary: format!("{} ({unit}) by {}, {span}.", names.join(", "), counted.cut.period.noun()),
        width: WIDTH,
        height: HEIGHT,
        ..Figure::default()
    };
    let steps = ticks(most);
    for tick in &steps {
        figure.rules.push((left, y(*tick), right, y(*tick)));
        let text = tick_text(*tick, steps.get(1).copied().unwrap_or(1.0));
        figure.labels.push(Label { x: left - 6.0, y: y(*tick) + 4.0, text, anchor: 2, series: NO_SERIES });
    }
    figure.labels.push(Label { x: 0.0, y: top - 10.0, text: unit.to_owned(), anchor: 0, series: NO_SERIES });
    let step = rows.len().div_ceil(MOST_TIMES).max(1);
    // Where the word before ends.
    let mut end = 0.0;
    for (place, row) in rows.iter().enumerate().step_by(step) {
        let text = row.number.map(|number| time_text(counted.cut.period, number)).unwrap_or_default();
        // The last one ends with the frame.
        let anchor = if x(place) > figure.width - 36.0 { 2 } else { 1 };
        let width = LETTER * text.chars().count() as f64;
        let begin = x(place) - if anchor == 2 { width } else { width / 2.0 };
        if begin < end {
            continue;
        }
        end = begin + width;
        figure.labels.push(Label { x: x(place), y: bottom + 18.0, text, anchor, series: NO_SERIES });
    }
    let mut legend = left;
    for (number, curve) in (0u8..).zip(curves) {
        figure.labels.push(Label { x: legend, y: 14.0, text: curve.legend(), anchor: 0, series: number });
        legend += LETTER * (curve.legend().chars().count() as f64 + 4.0);
        figure.lines.push(Line { series: number, stretches: stretches(rows, *curve, &x, &y) });
        if rows.len() <= MOST_MARKED {
            figure.marks.extend(marks(counted, *curve, number, &x, &y));
        }
    }
    figure
}

/// The points of a line, broken where there is no number.
fn stretches(rows: &[Row], curve: Curve, x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) -> Vec<Vec<(f64, f64)>> {
    let mut stretches = vec![Vec::new()];
    for (place, row) in rows.iter().enumerate() {
        match (curve.value(&row.counts), stretches.last_mut()) {
            (Some(value), Some(stretch)) => stretch.push((x(place), y(value))),
            _ => stretches.push(Vec::new()),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

fn marks(counted: &Counted, curve: Curve, series: u8, x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) -> Vec<Mark> {
    let mark = |(place, row): (usize, &Row)| {
        let value = curve.value(&row.counts)?;
        let when = row.number.map(|number| counted.cut.period.words(number)).unwrap_or_default();
        Some(Mark {
            x: x(place),
            y: y(value),
            width: 0.0,
            height: 7.0,
            series,
            label: format!("{when}: {}", curve.label(&row.counts)),
            link: link(&counted.cut, row, curve.series()),
        })
    };
    counted.rows.iter().enumerate().filter_map(mark).collect()
}

/// A tick with the digits that its step needs.
fn tick_text(tick: f64, step: f64) -> String {
    let mut decimals = 0;
    let mut rest = step;
    while rest < 0.999 && decimals < 6 {
        rest *= 10.0;
        decimals += 1;
    }
    if decimals == 0 { grouped(tick as u64) } else { format!("{tick:.decimals$}") }
}

/// A short name under the axis.
fn time_text(period: Period, number: i32) -> String {
    match period {
        Period::Week => words::date(period.days(number).from),
        Period::Quarter | Period::Decade => period.name(number),
        _ => period.words(number),
    }
}
