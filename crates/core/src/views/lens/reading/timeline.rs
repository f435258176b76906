//! The Timeline lens: what was published, what is told of, and which days are spoken of, on one axis.
//!
//! Three lanes, one below the other, so that a story and what it tells of stand in one column of time. What is not known
//! to the day is drawn as wide as it may be; what has no day is counted beside the picture.

use super::super::figure::{Figure, Label, Mark, NO_SERIES, tenth};
use super::super::periods::Period;
use super::super::settings::Settings;
use super::super::table::{Cell, Column, Content, Link, Rows, TEXT, column, table};
use super::super::{Ground, Lens, LensView, nothing_to_count};
use super::named::named;
use super::place::{self, Places, is_wide, prose};
use super::{dates, events};
use crate::base::{DateRange, DocId, PartialDate, Span};
use crate::extract::times::TimeKind;
use crate::extract::{Read, Sort};
use crate::views::card::title_text;
use crate::views::words::{self, count, grouped};

const KINDS: &[(&str, &str)] = &[
    ("", "publication, meetings and dates"),
    ("published", "publication"),
    ("event", "meetings"),
    ("date", "dates spoken of"),
];

/// The lanes from above, with the colours of their marks.
const LANES: &[(&str, &str)] = &[("published", "Published"), ("event", "Meetings"), ("date", "Spoken of")];

const WIDTH: f64 = 900.0;
/// Left of the axis, for the names of the lanes.
const LEFT: f64 = 86.0;
const RIGHT: f64 = 14.0;
const LANE: f64 = 74.0;
const TOP: f64 = 14.0;
/// Marks of one lane in one column of the picture that are told apart; beyond, they lie upon each other.
const MOST_STACKED: usize = 9;
/// So many marks the keyboard walks, and the eye tells apart; more are counted.
const MOST_MARKS: usize = 1_500;
/// Periods in which they are counted, side by side.
const MOST_BARS: i32 = 160;
/// Columns before those of the place.
const OWN: usize = 4;

/// Something with its days.
struct Item {
    lane: usize,
    days: DateRange,
    doc_id: DocId,
    span: Span,
    what: String,
}

/// The lens.
pub(super) fn timeline(ground: &Ground, read: &Read, settings: &mut Settings, rows: Rows) -> LensView {
    let kind = settings.choice("kind", "Show", KINDS);
    let from = settings.text("from", "From", "2025-01");
    let to = settings.text("to", "To", "2025-06");
    let entity = settings.text("entity", "About", "Putin");
    let places = Places::new(ground);
    let (mut items, unknown) = items(ground, read, &places);
    if !entity.is_empty() {
        let meant = named(&read.entities, entity);
        items.retain(|item| is_about(read, &meant, item));
    }
    items.retain(|item| kind.is_empty() || LANES[item.lane].0 == kind);
    let window = window(&items, from, to, settings);
    if let Some((first, last)) = window {
        items.retain(|item| item.days.from.day_number() <= last && last_day(item.days) >= first);
    }
    items.sort_by_key(|item| (item.days.from, item.days.to, item.lane, item.doc_id, item.span));
    let mut columns = vec![
        Column { is_sortable: false, ..column("when", "When", "The days, as exactly as they are known", TEXT) },
        column("lane", "Sort", "Published, a meeting, or a day spoken of", TEXT),
        column("iso", "ISO 8601", "First day, and last day where it is another", TEXT),
        prose("what", "What", "The title; the encounter with its sentence; the expression in its sentence"),
    ];
    columns.extend(place::columns(is_wide(settings)));
    let cell = |item: &Item, place: usize| match place {
        0 => Cell::Text(dates::days_text(item.days)),
        1 => Cell::Text(LANES[item.lane].1.to_lowercase()),
        2 => Cell::Text(iso(item.days)),
        3 => Cell::Text(item.what.clone()),
        place => places.cell(item.doc_id, item.span, place - OWN),
    };
    let head = |item: &Item| {
        let key = format!("{}:{}", places.key(item.doc_id, item.span), item.lane);
        (key, places.link(item.doc_id, item.span), true)
    };
    let caption = "What happened when".to_owned();
    let table = table(Content { caption, columns, items: &items, cell: &cell, head: &head, sort: "" }, settings, rows);
    let mut view = LensView { table, ..LensView::default() };
    if let Some(reason) = nothing_to_count(ground) {
        view.notes.push(reason);
        return view;
    }
    let Some(window) = window.filter(|_| !items.is_empty()) else {
        view.notes.push("Nothing here has a day that is known, so there is nothing to put on an axis.".to_owned());
        return view;
    };
    view.summary = summary(&items);
    if unknown > 0 {
        view.notes.push(format!(
            "{} of no known day {} left out: they are in the lens Dates and in Meetings.",
            count(unknown, "date or meeting", "dates and meetings"),
            if unknown == 1 { "is" } else { "are" },
        ));
    }
    view.figures.push(figure(&items, window, &places));
    view
}

fn last_day(days: DateRange) -> i32 {
    // The last of the days that a month or a year covers.
    days.to.days().to.day_number()
}

fn iso(days: DateRange) -> String {
    if days.from == days.to { days.from.to_string() } else { format!("{}/{}", days.from, days.to) }
}

/// Everything with a known day, and how much has none.
fn items(ground: &Ground, read: &Read, places: &Places) -> (Vec<Item>, u64) {
    let mut items = Vec::new();
    let mut unknown = 0;
    for doc_id in ground.selected.docs {
        let Some(document) = places.document(*doc_id) else { continue };
        if let Some(date) = document.date.value {
            let day = PartialDate { minute: 0, ..date };
            let what = title_text(&document).to_owned();
            items.push(Item {
                lane: 0,
                days: DateRange { from: day, to: day },
                doc_id: *doc_id,
                span: Span::new(0, 0),
                what,
            });
        }
        let Some(found) = read.findings.get(doc_id.0 as usize) else { continue };
        let kept = found.times.iter().filter(|time| read.keeps(*doc_id, Sort::Time, time.span.start));
        for time in kept.filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time)) {
            match time.days {
                Some(days) => {
                    let sentence = found.sentence_at(time.span.start).unwrap_or(time.span);
                    let what = format!("{}: {}", places.text(*doc_id, time.span), places.text(*doc_id, sentence));
                    items.push(Item { lane: 2, days, doc_id: *doc_id, span: time.span, what });
                }
                // What names no day, such as `now`, is no loss.
                None => unknown += u64::from(!time.value.ends_with("_REF")),
            }
        }
    }
    for told in events::told(ground, read) {
        let Some(days) = told.days else {
            unknown += 1;
            continue;
        };
        let who = events::names(read, &told.participants);
        let status = events::status_name(told.event.status);
        let what = [events::kind_name(told.event.kind), status, &who].into_iter().filter(|part| !part.is_empty());
        let what = what.collect::<Vec<_>>().join(", ");
        let what = format!("{what}: {}", places.text(told.doc_id, told.event.sentence));
        items.push(Item { lane: 1, days, doc_id: told.doc_id, span: told.event.trigger, what });
    }
    (items, unknown)
}

/// Whether an entity is named in the sentence of an item, or in the document that was published.
fn is_about(read: &Read, meant: &[u32], item: &Item) -> bool {
    let doc = item.doc_id.0 as usize;
    let (Some(found), Some(of)) = (read.findings.get(doc), read.entities.of.get(doc)) else { return false };
    if item.lane == 0 {
        return of.iter().any(|id| meant.contains(id));
    }
    let sentence = found.sentence_at(item.span.start).unwrap_or(item.span);
    let first = found.names.partition_point(|name| name.span.start < sentence.start);
    let last = found.names.partition_point(|name| name.span.start < sentence.end);
    of.get(first..last).unwrap_or(&[]).iter().any(|id| meant.contains(id))
}

/// The days shown, first and last: those asked for, else those that hold nearly everything. A single slip of a century
/// would press all the rest into a line.
fn window(items: &[Item], from: &str, to: &str, settings: &mut Settings) -> Option<(i32, i32)> {
    let mut read = |name: &str, text: &str| {
        if text.is_empty() {
            return None;
        }
        let date = PartialDate::parse(text);
        if date.is_none() {
            settings.problem(format!(
                "“{text}” cannot be read as {name}: write a year, a month or a day, as in 2025-05-26."
            ));
        }
        date
    };
    let from = read("from", from).map(|date| date.days().from.day_number());
    let to = read("to", to).map(|date| date.days().to.day_number());
    let own = |items: &mut dyn Iterator<Item = &Item>| {
        let days: Vec<(i32, i32)> = items.map(|item| (item.days.from.day_number(), last_day(item.days))).collect();
        let first = days.iter().map(|days| days.0).min()?;
        Some((first, days.iter().map(|days| days.1).max()?))
    };
    // Around what was published, else around everything.
    let published = own(&mut items.iter().filter(|item| item.lane == 0));
    let all = own(&mut items.iter())?;
    let (first, last) = match published {
        Some((first, last)) => {
            let room = ((last - first) / 2).max(31);
            (all.0.max(first - room), all.1.min(last + room))
        }
        None => all,
    };
    let (first, last) = (from.unwrap_or(first), to.unwrap_or(last));
    Some((first, last.max(first)))
}

fn summary(items: &[Item]) -> String {
    let of = |lane: usize, one: &str, many: &str| {
        count(items.iter().filter(|item| item.lane == lane).count() as u64, one, many)
    };
    let first = items.iter().map(|item| item.days.from).min();
    let last = items.iter().map(|item| item.days.to).max();
    let range = first.zip(last).map(|(first, last)| format!(" from {} to {}", words::date(first), words::date(last)));
    format!(
        "{}, {} and {}{}.",
        of(0, "document", "documents"),
        of(1, "meeting told of", "meetings told of"),
        of(2, "date spoken of", "dates spoken of"),
        range.unwrap_or_default()
    )
}

fn figure(items: &[Item], (first, last): (i32, i32), places: &Places) -> Figure {
    let height = TOP + LANE * LANES.len() as f64 + 24.0;
    let days = f64::from(last - first + 1);
    let at = |day: i32| LEFT + (WIDTH - LEFT - RIGHT) * f64::from((day - first).clamp(0, last - first + 1)) / days;
    let summary = "Above what was published, below it the meetings told of and the days spoken of; what is known to the \
                   month or the year only is as wide as that.";
    let mut figure =
        Figure { name: "timeline".to_owned(), summary: summary.to_owned(), width: WIDTH, height, ..Figure::default() };
    axis(&mut figure, (first, last), &at);
    if items.len() > MOST_MARKS {
        crowd(&mut figure, items, (first, last), &at);
        return figure;
    }
    let mut stacks: std::collections::BTreeMap<(usize, i64), usize> = std::collections::BTreeMap::new();
    for item in items {
        let (from, to) = (item.days.from.day_number().max(first), last_day(item.days).min(last));
        let (left, right) = (at(from), at(to + 1));
        let x = (left + right) / 2.0;
        let stack = stacks.entry((item.lane, (x / 8.0) as i64)).or_default();
        let level = (*stack).min(MOST_STACKED - 1);
        *stack += 1;
        let base = TOP + LANE * (item.lane as f64 + 1.0) - 9.0;
        let y = base - level as f64 * 7.0;
        let label =
            format!("{}, {}: {}", words_of(item.days), LANES[item.lane].1.to_lowercase(), shortened(&item.what));
        let link = places.link(item.doc_id, item.span);
        let series = item.lane as u8;
        let mark = if right - left > 9.0 {
            let (x, width) = (tenth(left), tenth(right - left - 1.0));
            Mark { x, y: tenth(y - 2.0), width, height: 4.0, series, label, link }
        } else {
            Mark { x: tenth(x), y: tenth(y), width: 0.0, height: 6.0, series, label, link }
        };
        figure.marks.push(mark);
    }
    figure
}

/// Where there are too many for marks of their own: how many in each of the shortest periods that have room, in each
/// lane by its own measure. A bar leads to the time line of its period.
fn crowd(figure: &mut Figure, items: &[Item], (first, last): (i32, i32), at: &dyn Fn(i32) -> f64) {
    let number = |period: Period, day: i32| period.of(PartialDate::of_day_number(day)).unwrap_or(0);
    let fits = |period: &&Period| number(**period, last) - number(**period, first) < MOST_BARS;
    let period = Period::ALL.iter().find(fits).copied().unwrap_or(Period::Decade);
    let mut counts: std::collections::BTreeMap<(usize, i32), u64> = std::collections::BTreeMap::new();
    let mut rest = 0;
    for item in items {
        match period.of(item.days.from) {
            // As exactly known as the period is long.
            Some(number) if period.of(item.days.to) == Some(number) => {
                *counts.entry((item.lane, number)).or_default() += 1
            }
            _ => rest += 1,
        }
    }
    let mut most = [1u64; LANES.len()];
    counts.iter().for_each(|((lane, _), count)| most[*lane] = most[*lane].max(*count));
    for ((lane, number), count) in counts {
        let days = period.days(number);
        let (left, right) = (at(days.from.day_number()), at(days.to.day_number() + 1));
        let tall = ((LANE - 16.0) * count as f64 / most[lane] as f64).max(1.0);
        let (name, title) = LANES[lane];
        let settings = [("from", days.from.to_string()), ("to", days.to.to_string()), ("kind", name.to_owned())];
        figure.marks.push(Mark {
            x: tenth(left),
            y: tenth(TOP + LANE * (lane as f64 + 1.0) - tall),
            width: tenth((right - left - 1.0).max(1.0)),
            height: tenth(tall),
            series: lane as u8,
            label: format!("{title}, {}: {}", period.words(number), grouped(count)),
            link: Link::Lens {
                lens: Lens::Timeline,
                query: None,
                filter: None,
                settings: settings.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            },
        });
    }
    figure.summary = format!(
        "How many were published, told of and spoken of in each {}: too many for marks of their own. A bar leads to its {0}.",
        period.noun()
    );
    if rest > 0 {
        figure.summary.push_str(&format!(
            " {} not known to the {} {} in the table only.",
            grouped(rest),
            period.noun(),
            if rest == 1 { "is" } else { "are" }
        ));
    }
}

fn words_of(days: DateRange) -> String {
    dates::days_text(days)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 160 { text.to_owned() } else { text.chars().take(159).chain(['…']).collect() }
}

/// Lanes with their names, and the calendar below.
fn axis(figure: &mut Figure, (first, last): (i32, i32), at: &dyn Fn(i32) -> f64) {
    for (lane, (_, title)) in LANES.iter().enumerate() {
        let y = TOP + LANE * (lane as f64 + 1.0);
        figure.rules.push((LEFT, y, WIDTH - RIGHT, y));
        figure.labels.push(Label { x: 0.0, y: y - 6.0, text: (*title).to_owned(), anchor: 0, series: NO_SERIES });
    }
    let y = TOP + LANE * LANES.len() as f64 + 16.0;
    // The shortest periods whose names have room.
    let number = |period: Period, day: i32| period.of(PartialDate::of_day_number(day)).unwrap_or(0);
    let room = ((WIDTH - LEFT - RIGHT) / 76.0) as i32;
    let fits = |period: &&Period| number(**period, last) - number(**period, first) < room;
    let period = Period::ALL.iter().find(fits).copied().unwrap_or(Period::Decade);
    let (low, high) = (number(period, first), number(period, last));
    let step = ((high - low) / room + 1).max(1);
    let mut next = low;
    while next <= high {
        let day = period.days(next).from.day_number();
        if day >= first || next == low {
            let x = tenth(at(day.max(first)));
            figure.rules.push((x, TOP, x, y - 12.0));
            if x < WIDTH - 60.0 {
                figure.labels.push(Label { x, y, text: period.name(next), anchor: 0, series: NO_SERIES });
            }
        }
        next += step;
    }
}
