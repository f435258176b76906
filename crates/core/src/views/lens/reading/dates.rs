//! The Dates lens: dates and times spoken of, with their values.

use super::super::settings::Settings;
use super::super::table::{Cell, Column, Content, Rows, TEXT, column, table};
use super::super::{Ground, LensView, nothing_to_count};
use super::place::{self, Places, certainty_column, is_wide, reason_column};
use crate::base::{DateRange, DocId};
use crate::extract::times::{Time, TimeKind};
use crate::extract::{Read, Sort};
use crate::views::words::{self, count, grouped};

const KINDS: &[(&str, &str)] = &[
    ("", "all"),
    ("date", "days, months, years"),
    ("time", "times of the day"),
    ("duration", "durations"),
    ("set", "what recurs"),
];

/// Columns before those of the place.
const OWN: usize = 6;

/// A kind of time in the words of settings and exports.
pub(super) fn kind_name(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "date",
        TimeKind::Time => "time",
        TimeKind::Duration => "duration",
        TimeKind::Set => "set",
    }
}

/// The days that a time covers, in words.
pub(super) fn days_text(days: DateRange) -> String {
    if days.from == days.to {
        words::date(days.from)
    } else {
        format!("{} – {}", words::date(days.from), words::date(days.to))
    }
}

/// The table.
pub(super) fn dates(ground: &Ground, read: &Read, settings: &mut Settings, rows: Rows) -> LensView {
    let kind = settings.choice("kind", "Show", KINDS);
    let places = Places::new(ground);
    let mut columns = vec![
        column("text", "Expression", "The expression as written", TEXT),
        column("value", "Value", "Its value in ISO 8601, as TIMEX3 writes it; X stands for what is not known", TEXT),
        Column { is_sortable: false, ..column("days", "Days", "The days that it covers, where those are known", TEXT) },
        column("kind", "Kind", "Date, time, duration, or what recurs", TEXT),
        certainty_column(),
        reason_column(),
    ];
    columns.extend(place::columns(is_wide(settings)));
    let mut view = LensView::default();
    let mut items: Vec<(DocId, &Time)> = Vec::new();
    for doc_id in ground.selected.docs {
        let times = read.findings.get(doc_id.0 as usize).map_or(&[][..], |found| &found.times);
        items.extend(
            times
                .iter()
                .filter(|time| read.keeps(*doc_id, Sort::Time, time.span.start))
                .filter(|time| kind.is_empty() || kind == kind_name(time.kind))
                .map(|time| (*doc_id, time)),
        );
    }
    let cell = |(doc_id, time): &(DocId, &Time), place: usize| match place {
        0 => Cell::Text(places.text(*doc_id, time.span)),
        1 => Cell::Text(time.value.clone()),
        2 => time.days.map_or(Cell::None, |days| Cell::Text(days_text(days))),
        3 => Cell::Text(kind_name(time.kind).to_owned()),
        4 => Cell::Count(time.certainty.into()),
        5 => Cell::Text(time.reason.to_owned()),
        place => places.cell(*doc_id, time.span, place - OWN),
    };
    let head =
        |(doc_id, time): &(DocId, &Time)| (places.key(*doc_id, time.span), places.link(*doc_id, time.span), true);
    let caption = "Dates and times spoken of".to_owned();
    view.table = table(Content { caption, columns, items: &items, cell: &cell, head: &head, sort: "" }, settings, rows);
    if let Some(reason) = nothing_to_count(ground) {
        view.notes.push(reason);
        return view;
    }
    let resolved = items.iter().filter(|(_, time)| time.days.is_some()).count() as u64;
    // That there is nothing is said beside it.
    if !items.is_empty() {
        view.summary = format!(
            "{} in {}; {}.",
            count(items.len() as u64, "date or time", "dates and times"),
            count(ground.selected.docs.len() as u64, "document", "documents"),
            match resolved {
                0 => "no day is known".to_owned(),
                1 => "the days of one are known".to_owned(),
                _ => format!("the days of {} are known", grouped(resolved)),
            },
        );
    }
    let undated = ground
        .selected
        .docs
        .iter()
        .filter(|doc_id| places.document(**doc_id).is_some_and(|document| document.date.value.is_none()));
    let undated = undated.count() as u64;
    if undated > 0 {
        let is = if undated == 1 { "has" } else { "have" };
        view.notes.push(format!(
            "{} {is} no date, so that words like “yesterday” say nothing of a day there.",
            count(undated, "document", "documents")
        ));
    }
    view
}
