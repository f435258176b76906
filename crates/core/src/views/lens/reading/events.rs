//! The Meetings lens: who met whom, where, when, and whether it came to pass.

use super::super::settings::Settings;
use super::super::table::{Cell, Column, Content, Rows, TEXT, column, table};
use super::super::{Ground, LensView, nothing_to_count};
use super::named::named;
use super::place::{self, Places, certainty_column, is_wide, prose, reason_column};
use crate::base::{DateRange, DocId};
use crate::extract::events::merged::{self, Conflict};
use crate::extract::events::{Event, EventKind, Status};
use crate::extract::{Read, Sort};
use crate::views::words::count;

const KINDS: &[(&str, &str)] =
    &[("", "all"), ("meeting", "meetings"), ("visit", "visits"), ("call", "calls"), ("talks", "talks")];

const STATUSES: &[(&str, &str)] =
    &[("", "any"), ("happened", "took place"), ("planned", "planned"), ("denied", "denied or called off")];

const SHOWS: &[(&str, &str)] = &[("", "encounters, told by one or more documents"), ("passages", "single passages")];

/// Columns before those of the place.
const OWN: usize = 10;

/// A sort of encounter, in the words of settings and exports.
pub(super) fn kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Meeting => "meeting",
        EventKind::Visit => "visit",
        EventKind::Call => "call",
        EventKind::Talks => "talks",
    }
}

/// Whether it came to pass, in the words of settings and exports.
pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Planned => "planned",
        Status::Denied => "denied",
    }
}

/// An encounter with its place among what was read.
pub(super) struct Told<'r> {
    pub(super) doc_id: DocId,
    pub(super) event: &'r Event,
    /// The entities that took part, each once.
    pub(super) participants: Vec<u32>,
    /// When, where that is known.
    pub(super) days: Option<DateRange>,
}

/// The encounters that the documents chosen tell of, in the order of the corpus.
pub(super) fn told<'r>(ground: &Ground, read: &'r Read) -> Vec<Told<'r>> {
    let mut all = Vec::new();
    for doc_id in ground.selected.docs {
        let doc = doc_id.0 as usize;
        let Some(found) = read.findings.get(doc) else { continue };
        let kept = found.events.iter().filter(|event| read.keeps(*doc_id, Sort::Event, event.trigger.start));
        all.extend(kept.map(|event| {
            let mut participants: Vec<u32> = Vec::new();
            for id in event.participants.iter().filter_map(|mention| read.entity(doc, *mention)) {
                if !participants.contains(&id) {
                    participants.push(id);
                }
            }
            let days = event.time.and_then(|time| found.times.get(time as usize)?.days);
            Told { doc_id: *doc_id, event, participants, days }
        }));
    }
    all
}

/// Names joined by commas.
pub(super) fn names(read: &Read, ids: &[u32]) -> String {
    let names: Vec<&str> =
        ids.iter().filter_map(|id| read.entities.list.get(*id as usize)).map(|entity| entity.name.as_str()).collect();
    names.join(", ")
}

/// A row: one passage, or all that tell of one encounter.
struct Encounter {
    kind: EventKind,
    status: Status,
    participants: Vec<u32>,
    place: Option<u32>,
    days: Option<DateRange>,
    /// Indices into what was told, at least one.
    told: Vec<usize>,
    conflicts: String,
    certainty: u8,
}

/// The table.
pub(super) fn events(ground: &Ground, read: &Read, settings: &mut Settings, rows: Rows) -> LensView {
    let kind = settings.choice("kind", "Show", KINDS);
    let status = settings.choice("status", "That", STATUSES);
    let entity = settings.text("entity", "With", "Putin");
    let show = settings.choice("show", "As", SHOWS);
    let places = Places::new(ground);
    let mut told = told(ground, read);
    told.retain(|told| kind.is_empty() || kind == kind_name(told.event.kind));
    if !entity.is_empty() {
        let meant = named(&read.entities, entity);
        told.retain(|told| told.participants.iter().any(|id| meant.contains(id)));
    }
    let mut items = if show == "passages" { passages(read, &told) } else { together(read, &told, &places) };
    items.retain(|item| status.is_empty() || status == status_name(item.status));
    let is_wide = is_wide(settings);
    let table = table(
        Content {
            caption: "Meetings, visits, calls and talks".to_owned(),
            columns: columns(is_wide),
            items: &items,
            cell: &|item: &Encounter, place: usize| cell(item, place, read, &told, &places),
            head: &|item: &Encounter| {
                let first = item.told.first().and_then(|first| told.get(*first));
                let at = |told: &Told| {
                    (places.key(told.doc_id, told.event.trigger), places.link(told.doc_id, told.event.trigger), true)
                };
                first.map(at).unwrap_or_default()
            },
            sort: "",
        },
        settings,
        rows,
    );
    let mut view = LensView { table, ..LensView::default() };
    if let Some(reason) = nothing_to_count(ground) {
        view.notes.push(reason);
        return view;
    }
    // That there is nothing is said beside it.
    if items.is_empty() {
        return view;
    }
    let of = |status: Status| items.iter().filter(|item| item.status == status).count();
    view.summary = format!(
        "{} from {}: {} took place, {} planned, {} denied or called off.",
        count(items.len() as u64, "encounter", "encounters"),
        count(told.len() as u64, "passage", "passages"),
        of(Status::Happened),
        of(Status::Planned),
        of(Status::Denied),
    );
    let differ = items.iter().filter(|item| !item.conflicts.is_empty()).count() as u64;
    if differ > 0 {
        view.notes.push(format!(
            "Of {} those who tell of it do not agree: see the column “They differ”.",
            count(differ, "encounter", "encounters")
        ));
    }
    view
}

fn columns(is_wide: bool) -> Vec<Column> {
    let mut columns = vec![
        column("what", "What", "Meeting, visit, call or talks", TEXT),
        prose("who", "Who", "Who took part"),
        Column { is_sortable: false, ..column("when", "When", "The days, where they are known", TEXT) },
        column("where", "Where", "The place", TEXT),
        column("status", "Status", "Whether it happened, is planned, or is denied", TEXT),
        prose("sentence", "Sentence", "The sentence that tells of it: of several documents, that of the first"),
        column("documents", "Documents", "How many tell of it", 0),
        prose("conflicts", "They differ", "In what those who tell of it do not agree"),
        certainty_column(),
        reason_column(),
    ];
    columns.extend(place::columns(is_wide));
    columns
}

fn cell(item: &Encounter, place: usize, read: &Read, told: &[Told], places: &Places) -> Cell {
    let known = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(Cell::None, Cell::Text);
    let Some(first) = item.told.first().and_then(|first| told.get(*first)) else { return Cell::None };
    match place {
        0 => Cell::Text(kind_name(item.kind).to_owned()),
        1 => known(Some(names(read, &item.participants))),
        2 => known(item.days.map(super::dates::days_text)),
        3 => known(item.place.and_then(|id| read.entities.list.get(id as usize)).map(|entity| entity.name.clone())),
        4 => Cell::Text(status_name(item.status).to_owned()),
        5 => Cell::Text(places.text(first.doc_id, first.event.sentence)),
        6 => Cell::Count(documents(&item.told, told)),
        7 => known(Some(item.conflicts.clone())),
        8 => Cell::Count(item.certainty.into()),
        9 => Cell::Text(first.event.reason.to_owned()),
        place => places.cell(first.doc_id, first.event.trigger, place - OWN),
    }
}

fn documents(own: &[usize], told: &[Told]) -> u64 {
    let mut docs: Vec<DocId> = own.iter().filter_map(|place| told.get(*place)).map(|told| told.doc_id).collect();
    docs.dedup();
    docs.len() as u64
}

fn place_id(read: &Read, told: &Told) -> Option<u32> {
    read.entity(told.doc_id.0 as usize, told.event.place?)
}

/// Each passage by itself.
fn passages(read: &Read, told: &[Told]) -> Vec<Encounter> {
    let row = |(number, told): (usize, &Told)| Encounter {
        kind: told.event.kind,
        status: told.event.status,
        participants: told.participants.clone(),
        place: place_id(read, told),
        days: told.days,
        told: vec![number],
        conflicts: String::new(),
        certainty: told.event.certainty,
    };
    told.iter().enumerate().map(row).collect()
}

/// Passages of several documents about the same encounter, put together.
fn together(read: &Read, told: &[Told], places: &Places) -> Vec<Encounter> {
    let plain = |told: &Told| {
        let time = told.event.time.and_then(|time| read.findings.get(told.doc_id.0 as usize)?.times.get(time as usize));
        // `on Tuesday`, `yesterday`: reckoned from the day of publication.
        let is_relative =
            time.is_some_and(|time| !places.text(told.doc_id, time.span).contains(|c: char| c.is_ascii_digit()));
        merged::Told {
            doc: told.doc_id.0,
            kind: told.event.kind,
            status: told.event.status,
            participants: told.participants.clone(),
            place: place_id(read, told),
            days: told.days,
            is_relative,
            certainty: told.event.certainty,
        }
    };
    let given: Vec<merged::Told> = told.iter().map(plain).collect();
    let row = |event: merged::MergedEvent| Encounter {
        kind: event.kind,
        status: event.status,
        participants: event.participants,
        place: event.place,
        days: event.days,
        told: event.told.iter().map(|place| *place as usize).collect(),
        conflicts: event.conflicts.iter().map(|conflict| differ(read, conflict)).collect::<Vec<_>>().join("; "),
        certainty: event.certainty,
    };
    merged::merged(&given).into_iter().map(row).collect()
}

/// In what those who tell of it differ, each value with how many tell it.
fn differ(read: &Read, conflict: &Conflict) -> String {
    let told = |values: Vec<(String, usize)>| {
        values.into_iter().map(|(value, times)| format!("{value} ({times})")).collect::<Vec<_>>().join(" or ")
    };
    match conflict {
        Conflict::Place(values) => {
            let name =
                |id: u32| read.entities.list.get(id as usize).map_or(String::new(), |entity| entity.name.clone());
            format!("in {}", told(values.iter().map(|(id, who)| (name(*id), who.len())).collect()))
        }
        Conflict::Days(values) => {
            format!(
                "on {}",
                told(values.iter().map(|(days, who)| (super::dates::days_text(*days), who.len())).collect())
            )
        }
        Conflict::Status(values) => {
            told(values.iter().map(|(status, who)| (status_name(*status).to_owned(), who.len())).collect())
        }
    }
}
