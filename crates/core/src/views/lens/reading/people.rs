//! The lens People & places: who and what is named, spellings put together; the profile of one; who appears with whom;
//! places by country.

use super::super::settings::Settings;
use super::super::table::{BARS, Cell, Column, Content, Link, Rows, TEXT, column, table};
use super::super::{Ground, Lens, LensView, nothing_to_count};
use super::named::entity_key;
use super::place::{certainty_column, is_wide, prose};
use super::{kind_title, network, profile};
use crate::base::{DocId, PartialDate};
use crate::extract::entities::Entity;
use crate::extract::{Kind, Read};
use crate::views::words::{count, grouped};

const KINDS: &[(&str, &str)] =
    &[("", "all names"), ("person", "people"), ("org", "organisations"), ("place", "places"), ("name", "other names")];

const SHOWS: &[(&str, &str)] =
    &[("list", "a list"), ("network", "who appears with whom"), ("countries", "places by country")];

/// Stretches of time of a small picture.
const BUCKETS: usize = 12;

/// An entity as it is named in the documents chosen.
pub(super) struct Counted<'r> {
    pub(super) id: u32,
    pub(super) entity: &'r Entity,
    pub(super) mentions: u64,
    pub(super) documents: Vec<DocId>,
}

/// The entities of the documents chosen with their counts there, the most frequent first.
pub(super) fn counted<'r>(ground: &Ground, read: &'r Read, kind: &str) -> Vec<Counted<'r>> {
    let mut found: Vec<Option<Counted>> = read.entities.list.iter().map(|_| None).collect();
    for doc_id in ground.selected.docs {
        for id in read.entities.of.get(doc_id.0 as usize).map_or(&[][..], Vec::as_slice) {
            let Some((entity, slot)) = read.entities.list.get(*id as usize).zip(found.get_mut(*id as usize)) else {
                continue;
            };
            let counted = slot.get_or_insert_with(|| Counted { id: *id, entity, mentions: 0, documents: Vec::new() });
            counted.mentions += 1;
            if counted.documents.last() != Some(doc_id) {
                counted.documents.push(*doc_id);
            }
        }
    }
    let is_wanted = |counted: &Counted| kind.is_empty() || super::kind_name(counted.entity.kind) == kind;
    let mut list: Vec<Counted> = found.into_iter().flatten().filter(is_wanted).collect();
    // Entities stand in an order of their own, which breaks ties.
    list.sort_by_key(|counted| std::cmp::Reverse(counted.mentions));
    list
}

/// The lens.
pub(super) fn people(ground: &Ground, read: &Read, settings: &mut Settings, rows: Rows) -> LensView {
    let kind = settings.choice("kind", "Names of", KINDS);
    let show = settings.choice("show", "As", SHOWS);
    let least = settings.number("least", "Named at least", 1, 1_000_000, 1);
    let entity = settings.text("entity", "Profile of", "Hakan Fidan");
    if let Some(reason) = nothing_to_count(ground) {
        let view = list(ground, Vec::new(), settings, rows);
        return LensView { notes: vec![reason], summary: String::new(), ..view };
    }
    if !entity.is_empty() {
        return profile::profile(ground, read, entity, settings, rows);
    }
    let mut found = counted(ground, read, if show == "countries" { "place" } else { kind });
    found.retain(|counted| counted.mentions >= u64::from(least));
    match show {
        "network" => network::network(ground, read, &found, settings, rows),
        "countries" => countries(&found, settings, rows),
        _ => list(ground, found, settings, rows),
    }
}

/// A list joined by commas, each with its count, no longer than a line.
pub(super) fn with_counts(list: &[(String, u32)], most: usize) -> String {
    let mut parts: Vec<String> = list.iter().take(most).map(|(text, times)| format!("{text} {times}")).collect();
    if list.len() > most {
        parts.push(format!("and {} more", list.len() - most));
    }
    parts.join(", ")
}

fn list(ground: &Ground, found: Vec<Counted>, settings: &mut Settings, rows: Rows) -> LensView {
    let is_wide = is_wide(settings);
    let most = if is_wide { usize::MAX } else { 4 };
    let dates = ground.selected.index.columns.dates();
    let date_of = |doc_id: &DocId| dates.get(doc_id.0 as usize).copied().flatten();
    let known: Vec<PartialDate> = ground.selected.docs.iter().filter_map(date_of).collect();
    let range = known.iter().min().copied().zip(known.iter().max().copied());
    let mut columns = vec![
        column("name", "Name", "The fullest name, as most often written", TEXT),
        column("kind", "Kind", "Person, organisation, place or other name", TEXT),
        column("mentions", "Mentions", "How often it is named in the documents chosen", 0),
        column("documents", "Documents", "In how many of them", 0),
        Column {
            is_sortable: false,
            ..column(
                "time",
                "Over time",
                "Mentions' documents in twelve equal stretches of time from the first date to the last",
                BARS,
            )
        },
        prose("spellings", "Written", "How it is written, with the number of mentions in the whole corpus"),
        prose("roles", "Roles", "Titles, roles and affiliations found beside it"),
        column("country", "Country", "The country it is, or lies in: ISO 3166-1", TEXT),
        certainty_column(),
    ];
    if is_wide {
        columns.push(prose("why", "Why", "Why these mentions were put together"));
    }
    let first = range.map_or(0, |(first, _)| first.day_number());
    let span = range.map_or(1, |(first, last)| (last.day_number() - first.day_number()).max(1) as usize + 1);
    let bars = |counted: &Counted| {
        let mut buckets = [0u32; BUCKETS];
        for date in counted.documents.iter().filter_map(date_of) {
            let at = (date.day_number() - first).max(0) as usize * BUCKETS / span;
            buckets[at.min(BUCKETS - 1)] += 1;
        }
        buckets.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
    };
    let cell = |counted: &Counted, place: usize| {
        let entity = counted.entity;
        match place {
            0 => Cell::Text(entity.name.clone()),
            1 => Cell::Text(kind_title(entity.kind).to_owned()),
            2 => Cell::Count(counted.mentions),
            3 => Cell::Count(counted.documents.len() as u64),
            4 => range.map_or(Cell::None, |_| Cell::Text(bars(counted))),
            5 => Cell::Text(with_counts(&entity.spellings, most)),
            6 if entity.roles.is_empty() => Cell::None,
            6 => Cell::Text(with_counts(&entity.roles, most)),
            7 => entity.country.map_or(Cell::None, |code| Cell::Text(code.to_owned())),
            8 => Cell::Count(entity.certainty.into()),
            _ => Cell::Text(entity.reasons.join("; ")),
        }
    };
    let head = |counted: &Counted| {
        let key = entity_key(counted.entity);
        (key.clone(), link(key), true)
    };
    let caption = "People, organisations and places".to_owned();
    let summary = summary(ground, &found);
    let table = table(Content { caption, columns, items: &found, cell: &cell, head: &head, sort: "" }, settings, rows);
    LensView { summary, table, ..LensView::default() }
}

/// The way to the profile of an entity.
pub(super) fn link(key: String) -> Link {
    let settings = vec![("entity".to_owned(), key), ("show".to_owned(), String::new())];
    Link::Lens { lens: Lens::Entities, query: None, filter: None, settings }
}

fn summary(ground: &Ground, found: &[Counted]) -> String {
    // That there is nothing is said beside it.
    if found.is_empty() {
        return String::new();
    }
    let of = |kind: Kind, one: &str, many: &str| {
        count(found.iter().filter(|counted| counted.entity.kind == kind).count() as u64, one, many)
    };
    format!(
        "{}, {}, {} and {}, named {} times in {}.",
        of(Kind::Person, "person", "people"),
        of(Kind::Organisation, "organisation", "organisations"),
        of(Kind::Place, "place", "places"),
        of(Kind::Other, "other name", "other names"),
        grouped(found.iter().map(|counted| counted.mentions).sum()),
        count(ground.selected.docs.len() as u64, "document", "documents"),
    )
}

/// Places by country.
fn countries(found: &[Counted], settings: &mut Settings, rows: Rows) -> LensView {
    let mut groups: std::collections::BTreeMap<&str, Vec<&Counted>> = std::collections::BTreeMap::new();
    for counted in found {
        groups.entry(counted.entity.country.unwrap_or("")).or_default().push(counted);
    }
    let mut groups: Vec<(&str, Vec<&Counted>)> = groups.into_iter().collect();
    let mentions = |places: &[&Counted]| places.iter().map(|counted| counted.mentions).sum::<u64>();
    groups.sort_by_key(|(code, places)| (code.is_empty(), std::cmp::Reverse(mentions(places))));
    let columns = vec![
        column("country", "Country", "Its code in ISO 3166-1, or none where it is not known", TEXT),
        column("mentions", "Mentions", "How often it and its places are named", 0),
        column("documents", "Documents", "In how many documents", 0),
        prose("places", "Places", "The places, with their mentions"),
    ];
    let documents = |places: &[&Counted]| {
        let mut docs: Vec<DocId> = places.iter().flat_map(|counted| counted.documents.iter().copied()).collect();
        docs.sort_unstable();
        docs.dedup();
        docs.len() as u64
    };
    let cell = |(code, places): &(&str, Vec<&Counted>), place: usize| match place {
        0 if code.is_empty() => Cell::Text("not known".to_owned()),
        0 => Cell::Text((*code).to_owned()),
        1 => Cell::Count(mentions(places)),
        2 => Cell::Count(documents(places)),
        _ => {
            let list: Vec<(String, u32)> =
                places.iter().map(|counted| (counted.entity.name.clone(), counted.mentions as u32)).collect();
            Cell::Text(with_counts(&list, 12))
        }
    };
    let head = |(code, _): &(&str, Vec<&Counted>)| ((*code).to_owned(), Link::None, true);
    let caption = "Places by country".to_owned();
    let table = table(Content { caption, columns, items: &groups, cell: &cell, head: &head, sort: "" }, settings, rows);
    // That there is nothing is said beside it.
    let summary = match found.len() as u64 {
        0 => String::new(),
        places => format!(
            "{} of {}.",
            count(places, "place", "places"),
            count(groups.iter().filter(|(code, _)| !code.is_empty()).count() as u64, "country", "countries")
        ),
    };
    LensView { summary, table, ..LensView::default() }
}
