//! All that was found in the documents chosen, by place: what the Reader marks, and what a script takes.

use super::super::settings::Settings;
use super::super::table::{Cell, Content, Link, Rows, TEXT, column, table};
use super::super::{Ground, Lens, LensView, nothing_to_count};
use super::named::entity_key;
use super::place::{self, Places, certainty_column, is_wide, prose, reason_column};
use super::{dates, events, kind_name, quotes};
use crate::base::{DocId, Span};
use crate::extract::credits::{Credit, CreditKind};
use crate::extract::{Findings, Read, Sort};
use crate::views::words::count;

/// What can be marked, in the order of the Reader's switches.
const LAYERS: &[(&str, &str)] = &[
    ("", "everything"),
    ("person", "people"),
    ("org", "organisations"),
    ("place", "places"),
    ("name", "other names"),
    ("quote", "quotations"),
    ("date", "dates and times"),
    ("event", "meetings"),
    ("credit", "credits of agencies"),
];

/// Columns before those of the place.
const OWN: usize = 6;

/// One finding: its layer, its span, and its number in the list of its sort.
#[derive(Clone, Copy)]
struct Found {
    doc_id: DocId,
    span: Span,
    sort: Sort,
    number: u32,
}

/// The findings of one document, those that begin first and reach furthest before others.
fn found(read: &Read, doc_id: DocId, findings: &Findings) -> Vec<Found> {
    let mut list = Vec::new();
    let mut add = |sort: Sort, number: u32, span: Span| {
        if read.keeps(doc_id, sort, span.start) {
            list.push(Found { doc_id, span, sort, number });
        }
    };
    for (number, name) in (0..).zip(&findings.names) {
        if read.entity(doc_id.0 as usize, number).is_some() {
            add(Sort::Name, number, name.span);
        }
    }
    for (number, time) in (0..).zip(&findings.times) {
        add(Sort::Time, number, time.span);
    }
    for (number, quotation) in (0..).zip(&findings.quotations) {
        quotation.content.iter().for_each(|span| add(Sort::Quotation, number, *span));
    }
    for (number, event) in (0..).zip(&findings.events) {
        add(Sort::Event, number, event.trigger);
    }
    for (number, credit) in (0..).zip(&findings.credits) {
        add(Sort::Credit, number, credit.span);
    }
    list.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end), rank(found.sort)));
    list
}

/// What holds others comes first where both begin and end together.
fn rank(sort: Sort) -> u8 {
    match sort {
        Sort::Quotation => 0,
        Sort::Credit => 1,
        Sort::Event => 2,
        Sort::Name => 3,
        Sort::Time => 4,
    }
}

/// The table.
pub(super) fn findings(ground: &Ground, read: &Read, settings: &mut Settings, rows: Rows) -> LensView {
    let kind = settings.choice("kind", "Show", LAYERS);
    let document = settings.text("document", "Of the document", "its name");
    let places = Places::new(ground);
    let mut items: Vec<Found> = Vec::new();
    for doc_id in ground.selected.docs {
        let is_wanted = document.is_empty() || places.document(*doc_id).is_some_and(|own| own.name == document);
        if let Some(findings) = read.findings.get(doc_id.0 as usize).filter(|_| is_wanted) {
            items.extend(found(read, *doc_id, findings));
        }
    }
    items.retain(|found| kind.is_empty() || kind == layer(read, *found));
    let mut columns = vec![
        column("layer", "Sort", "What it is", TEXT),
        column("text", "Text", "As written", TEXT),
        column("value", "Says", "The name, the value, the speaker, the encounter", TEXT),
        prose("detail", "Detail", "What else is known"),
        certainty_column(),
        reason_column(),
    ];
    columns.extend(place::columns(is_wide(settings)));
    let cell = |found: &Found, place: usize| match place {
        0 => Cell::Text(layer(read, *found).to_owned()),
        1 => Cell::Text(places.text(found.doc_id, found.span)),
        2 => Cell::Text(card(read, &places, *found).value),
        3 => Cell::Text(card(read, &places, *found).detail),
        4 => Cell::Count(card(read, &places, *found).certainty.into()),
        5 => Cell::Text(card(read, &places, *found).reason),
        place => places.cell(found.doc_id, found.span, place - OWN),
    };
    let head = |found: &Found| {
        let key = format!("{}:{}:{}", found.span.start, found.span.end, layer(read, *found));
        (key, card(read, &places, *found).link, true)
    };
    let caption = "Findings by place".to_owned();
    let table = table(Content { caption, columns, items: &items, cell: &cell, head: &head, sort: "" }, settings, rows);
    let mut view = LensView { table, ..LensView::default() };
    match nothing_to_count(ground) {
        Some(reason) => view.notes.push(reason),
        None => {
            view.summary = format!(
                "{} in {}.",
                count(items.len() as u64, "finding", "findings"),
                count(ground.selected.docs.len() as u64, "document", "documents")
            );
        }
    }
    view
}

fn layer(read: &Read, found: Found) -> &'static str {
    let doc = found.doc_id.0 as usize;
    match found.sort {
        Sort::Quotation => "quote",
        Sort::Event => "event",
        Sort::Credit => "credit",
        Sort::Time => "date",
        Sort::Name => {
            let entity = read.entity(doc, found.number).and_then(|id| read.entities.list.get(id as usize));
            let mention = || read.findings.get(doc)?.names.get(found.number as usize).map(|name| name.kind);
            entity.map(|entity| entity.kind).or_else(mention).map_or("name", kind_name)
        }
    }
}

/// What is known of a finding.
#[derive(Default)]
struct Card {
    value: String,
    detail: String,
    certainty: u8,
    reason: String,
    link: Link,
}

fn card(read: &Read, places: &Places, found: Found) -> Card {
    let doc = found.doc_id.0 as usize;
    let Some(findings) = read.findings.get(doc) else { return Card::default() };
    let number = found.number as usize;
    let card = match found.sort {
        Sort::Name => findings.names.get(number).map(|name| {
            let entity = read.entity(doc, found.number).and_then(|id| read.entities.list.get(id as usize));
            Card {
                value: entity.map_or_else(|| places.text(found.doc_id, name.span), |entity| entity.name.clone()),
                detail: name.role.map(|role| places.text(found.doc_id, role)).unwrap_or_default(),
                certainty: name.certainty,
                reason: name.reason.to_owned(),
                link: entity.map(|entity| super::people::link(entity_key(entity))).unwrap_or_default(),
            }
        }),
        Sort::Time => findings.times.get(number).map(|time| Card {
            value: time.value.clone(),
            detail: time.days.map(dates::days_text).unwrap_or_default(),
            certainty: time.certainty,
            reason: time.reason.to_owned(),
            link: Link::Lens {
                lens: Lens::Dates,
                query: None,
                filter: None,
                settings: vec![("kind".to_owned(), dates::kind_name(time.kind).to_owned())],
            },
        }),
        Sort::Quotation => findings.quotations.get(number).map(|quotation| {
            let speaker = quotation.speaker;
            let entity = speaker.and_then(|speaker| read.entity(doc, speaker.mention?));
            let entity = entity.and_then(|id| read.entities.list.get(id as usize));
            let written = speaker.map(|speaker| places.text(found.doc_id, speaker.span));
            let cue = quotation.cue.map(|cue| places.text(found.doc_id, cue)).unwrap_or_default();
            let to = quotation.addressee.map(|span| format!(" to {}", places.text(found.doc_id, span)));
            let who = entity.map(entity_key).or_else(|| written.clone());
            Card {
                value: entity.map(|entity| entity.name.clone()).or(written).unwrap_or_default(),
                detail: format!("{} {cue}{}", quotes::manner_name(quotation.manner), to.unwrap_or_default())
                    .trim()
                    .to_owned(),
                certainty: quotation.certainty,
                reason: match speaker {
                    Some(speaker) => format!("{}; the speaker: {}", quotation.reason, speaker.reason),
                    None => quotation.reason.to_owned(),
                },
                link: Link::Lens {
                    lens: Lens::Quotes,
                    query: None,
                    filter: None,
                    settings: vec![("speaker".to_owned(), who.unwrap_or_else(|| "-".to_owned()))],
                },
            }
        }),
        Sort::Event => findings.events.get(number).map(|event| {
            let ids: Vec<u32> = event.participants.iter().filter_map(|mention| read.entity(doc, *mention)).collect();
            Card {
                value: format!("{}, {}", events::kind_name(event.kind), events::status_name(event.status)),
                detail: events::names(read, &ids),
                certainty: event.certainty,
                reason: event.reason.to_owned(),
                link: Link::Lens { lens: Lens::Events, query: None, filter: None, settings: Vec::new() },
            }
        }),
        Sort::Credit => findings.credits.get(number).map(|credit| Card {
            value: agency(&places.text(found.doc_id, credit.agency), credit),
            detail: credit_name(credit.kind).to_owned(),
            certainty: credit.certainty,
            reason: credit.reason.to_owned(),
            link: Link::Lens { lens: Lens::Shared, query: None, filter: None, settings: Vec::new() },
        }),
    };
    card.unwrap_or_default()
}

/// The agency that is credited, by the name it is known by, as written in brackets where that is another.
pub(super) fn agency(written: &str, credit: &Credit) -> String {
    match credit.known_as {
        Some(known) if known != written => format!("{known} ({written})"),
        _ => written.to_owned(),
    }
}

fn credit_name(kind: CreditKind) -> &'static str {
    match kind {
        CreditKind::Dateline => "for the text, where it begins",
        CreditKind::Line => "for the text",
        CreditKind::Picture => "for a picture",
        CreditKind::Contribution => "for having contributed",
        CreditKind::Report => "for what a sentence tells",
    }
}
