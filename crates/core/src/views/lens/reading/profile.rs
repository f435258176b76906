//! The profile of one entity: every mention in its sentence; beside them its spellings, roles, companions, quotations.

use super::super::settings::Settings;
use super::super::table::{Cell, Column, Content, Link, Row, Rows, TEXT, Table, column, table};
use super::super::{Ground, Lens, LensView};
use super::named::{entity_key, named};
use super::people::link;
use super::place::{self, Places, is_wide, prose};
use super::quotes::quoted;
use super::{kind_title, together};
use crate::base::{DocId, Span};
use crate::extract::entities::Entity;
use crate::extract::{Mention, Read};
use crate::views::words::count;

/// Most rows of a table of facts.
const MOST: usize = 12;
/// Columns before those of the place.
const OWN: usize = 4;

/// The profile of what a reader's words mean.
pub(super) fn profile(ground: &Ground, read: &Read, written: &str, settings: &mut Settings, rows: Rows) -> LensView {
    let meant = named(&read.entities, written);
    let places = Places::new(ground);
    let mut items: Vec<(DocId, &Mention, u32)> = Vec::new();
    for doc_id in ground.selected.docs {
        let doc = doc_id.0 as usize;
        let (Some(found), Some(of)) = (read.findings.get(doc), read.entities.of.get(doc)) else { continue };
        items.extend(
            found.names.iter().zip(of).filter(|(_, id)| meant.contains(id)).map(|(name, id)| (*doc_id, name, *id)),
        );
    }
    let mut view = LensView { table: mentions(read, &items, &places, settings, rows), ..LensView::default() };
    let entities: Vec<&Entity> = meant.iter().filter_map(|id| read.entities.list.get(*id as usize)).collect();
    let Some(first) = entities.first() else {
        view.notes.push(format!("No name found in this corpus has “{written}” in it. The list has all of them."));
        return view;
    };
    let mut documents: Vec<DocId> = items.iter().map(|(doc_id, ..)| *doc_id).collect();
    documents.dedup();
    if entities.len() == 1
        && let Some(used) = settings.used.iter_mut().find(|used| used.name == "entity")
    {
        // Whoever was meant is named so that it can be put right.
        used.value = entity_key(first);
    }
    let who = match entities.len() {
        1 => format!("{}, {}", first.name, kind_title(first.kind)),
        many => format!("{} names have “{written}” in them, {} the most frequent", many, first.name),
    };
    view.summary = format!(
        "{who}: {} in {}.",
        count(items.len() as u64, "mention", "mentions"),
        count(documents.len() as u64, "document", "documents"),
    );
    if items.is_empty() {
        view.notes.push("The documents chosen do not name it; others of the corpus do.".to_owned());
    }
    view.notes.extend(put_together(first).filter(|_| entities.len() == 1));
    if entities.len() > 1 {
        view.facts.push(alternatives(&entities));
    } else {
        view.facts.push(facts("Written", "spelling", "Spelling", &first.spellings));
        view.facts.push(facts("Roles", "role", "Title, role or affiliation", &first.roles));
    }
    view.facts.push(companions(ground, read, &meant));
    view.facts.push(quotations(ground, read, &meant, &places));
    view.facts.retain(|table| !table.rows.is_empty());
    view
}

/// Why its spellings were taken for one thing.
fn put_together(entity: &Entity) -> Option<String> {
    (!entity.reasons.is_empty()).then(|| {
        format!("Put together because: {}. Certain to {} percent.", entity.reasons.join("; "), entity.certainty)
    })
}

fn mentions(
    read: &Read,
    items: &[(DocId, &Mention, u32)],
    places: &Places,
    settings: &mut Settings,
    rows: Rows,
) -> Table {
    let mut columns = vec![
        column("text", "Written", "The name as written", TEXT),
        prose("sentence", "Sentence", "The sentence that names it"),
        column("role", "Role", "The title, role or affiliation beside it", TEXT),
        place::certainty_column(),
    ];
    columns.extend(place::columns(is_wide(settings)));
    let cell = |(doc_id, mention, _): &(DocId, &Mention, u32), place: usize| match place {
        0 => Cell::Text(places.text(*doc_id, mention.span)),
        1 => {
            let found = read.findings.get(doc_id.0 as usize);
            let sentence = found.and_then(|found| found.sentence_at(mention.span.start)).unwrap_or(mention.span);
            Cell::Text(places.text(*doc_id, sentence))
        }
        2 => mention.role.map_or(Cell::None, |role| Cell::Text(places.text(*doc_id, role))),
        3 => Cell::Count(mention.certainty.into()),
        place => places.cell(*doc_id, mention.span, place - OWN),
    };
    let head = |(doc_id, mention, _): &(DocId, &Mention, u32)| {
        (places.key(*doc_id, mention.span), places.link(*doc_id, mention.span), true)
    };
    let caption = "Mentions".to_owned();
    table(Content { caption, columns, items, cell: &cell, head: &head, sort: "" }, settings, rows)
}

/// A short table of words with their counts.
fn facts(caption: &str, name: &str, title: &str, list: &[(String, u32)]) -> Table {
    let row = |(text, times): &(String, u32)| (text.clone(), u64::from(*times), Link::None);
    short(caption, column(name, title, "", TEXT), ("mentions", "Mentions"), list.iter().map(row))
}

fn short(
    caption: &str,
    first: Column,
    (name, title): (&str, &str),
    rows: impl ExactSizeIterator<Item = (String, u64, Link)>,
) -> Table {
    let total = rows.len() as u32;
    let row = |(text, times, link): (String, u64, Link)| Row {
        key: text.clone(),
        cells: vec![Cell::Text(text), Cell::Count(times)],
        link,
        is_flagged: true,
    };
    Table {
        caption: caption.to_owned(),
        columns: vec![first, column(name, title, "", 0)],
        rows: rows.take(MOST).map(row).collect(),
        total,
        ..Table::default()
    }
}

/// Those whom a reader's words may mean.
fn alternatives(entities: &[&Entity]) -> Table {
    let rows = entities.iter().map(|entity| {
        let mentions = entity.spellings.iter().map(|(_, times)| u64::from(*times)).sum();
        (entity.name.clone(), mentions, link(entity_key(entity)))
    });
    short("Which of them", column("name", "Name", "", TEXT), ("mentions", "Mentions"), rows)
}

/// Those who are named in the same sentences.
fn companions(ground: &Ground, read: &Read, meant: &[u32]) -> Table {
    let is_other = |a: u32, b: u32| meant.contains(&a) != meant.contains(&b);
    let pairs = together::pairs(read, ground.selected.docs, &is_other);
    let rows: Vec<(String, u64, Link)> = pairs
        .iter()
        .filter_map(|pair| {
            let other = pair.entities.iter().find(|id| !meant.contains(id))?;
            let entity = read.entities.list.get(*other as usize)?;
            Some((entity.name.clone(), pair.sentences.len() as u64, link(entity_key(entity))))
        })
        .collect();
    short("In the same sentence", column("name", "Name", "", TEXT), ("sentences", "Sentences"), rows.into_iter())
}

/// What it said.
fn quotations(ground: &Ground, read: &Read, meant: &[u32], places: &Places) -> Table {
    let said = quoted(ground, read);
    let own: Vec<_> = said.iter().filter(|item| item.speaker.is_some_and(|id| meant.contains(&id))).collect();
    let total = own.len() as u32;
    let row = |item: &&super::quotes::Quoted| {
        let span: Span = item.span();
        let words = places.texts(item.doc_id, &item.quotation.content);
        let document = places.cell(item.doc_id, span, 0);
        let link = places.link(item.doc_id, span);
        Row { key: places.key(item.doc_id, span), cells: vec![Cell::Text(words), document], link, is_flagged: true }
    };
    let mut rows: Vec<Row> = own.iter().take(MOST).map(row).collect();
    if total as usize > MOST
        && let Some(entity) = meant.first().and_then(|id| read.entities.list.get(*id as usize))
    {
        let settings = vec![("speaker".to_owned(), entity_key(entity))];
        let link = Link::Lens { lens: Lens::Quotes, query: None, filter: None, settings };
        let words = format!("All {total} quotations");
        rows.push(Row { key: "all".to_owned(), cells: vec![Cell::Text(words), Cell::None], link, is_flagged: true });
    }
    let columns = vec![prose("text", "Words", ""), column("document", "Document", "", TEXT)];
    Table { caption: "Quotations".to_owned(), columns, rows, total, ..Table::default() }
}
