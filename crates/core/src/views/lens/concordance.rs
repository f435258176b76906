//! The Concordance: hits in context, sliced from the source.

use super::settings::Settings;
use super::table::{Cell, Column, Content, Link, Row, Rows, Table, column, table};
use super::{Ground, Lens, LensView, SENTENCE, nothing_to_count};
use crate::base::order::sort_by;
use crate::base::{DocId, Span};
use crate::document::Document;
use crate::measure::lines::{Slot, has_near, sorted, type_at, unit_at};
use crate::measure::sampling::Permutation;
use crate::measure::windows::sentence_of;
use crate::measure::{Place, Unit, Units};
use crate::text::fold;
use crate::text::tokens::{Token, tokens};
use crate::views::card::title_text;
use crate::views::facets::field_label;
use crate::views::words::{self, count, grouped};

const SORTS: &[(&str, &str)] = &[
    ("node", "the hit"),
    ("after1", "1st word after"),
    ("after2", "2nd word after"),
    ("after3", "3rd word after"),
    ("after4", "4th word after"),
    ("after5", "5th word after"),
    ("before1", "1st word before"),
    ("before2", "2nd word before"),
    ("before3", "3rd word before"),
    ("before4", "4th word before"),
    ("before5", "5th word before"),
    ("document", "document"),
    ("date", "date"),
    ("position", "place in the document"),
];

const WIDTHS: &[(&str, &str)] = &[
    ("12", "12 words"),
    ("5", "5 words"),
    ("8", "8 words"),
    ("20", "20 words"),
    ("40", "40 words"),
    (SENTENCE, "the sentence"),
];

/// Most lines of a sample.
const MOST_SAMPLED: u32 = 100_000;

/// Columns of lines.
fn columns() -> Vec<Column> {
    let text = |name, title, meaning| Column { is_sortable: false, ..column(name, title, meaning, super::table::TEXT) };
    vec![
        text("document", "Document", "Name of the document"),
        text("title", "Title", "Its title"),
        text("date", "Date", "When it was published"),
        text("before", "Before", "The words before the hit, as written"),
        text("node", "Hit", "The words that answer the query, as written"),
        text("after", "After", "The words after the hit, as written"),
        text("tag", "Tag", "What the reader marked the line with"),
    ]
}

/// The lines.
pub fn concordance(ground: &Ground, settings: &mut Settings, rows: Rows) -> LensView {
    let selected = &ground.selected;
    let slots: Vec<Slot> =
        settings.several("sort", "Sort by", SORTS, 3, "").into_iter().filter_map(slot_named).collect();
    let width = settings.choice("width", "Context", WIDTHS);
    let fields: Vec<(String, String)> =
        selected.index.columns.names().map(|name| (format!("field.{name}"), field_label(name))).collect();
    let group = {
        let mut choices = vec![("", "nothing")];
        choices.extend(SORTS.iter().filter(|(name, _)| *name != "position"));
        choices.push(("tag", "tag"));
        choices.extend(fields.iter().map(|(name, label)| (name.as_str(), label.as_str())));
        settings.choice("group", "Group by", &choices).to_owned()
    };
    let only = settings.text("only", "Only lines with", "after1:minister or near5:talks");
    let sample = settings.number("sample", "Random lines (0 for all)", 0, MOST_SAMPLED, 0);
    let seed = settings.number("seed", "Seed", 0, u32::MAX, 1);
    let batch = settings.number("batch", "Which of the random batches", 1, MOST_SAMPLED, 1);
    let dropped = settings.rows("drop", "Dropped lines");
    let tags = Tags::read(ground, settings.rows("tags", "Tagged lines"));
    let view = LensView::default();
    if let Some(reason) = nothing_to_count(ground) {
        return LensView { notes: vec![reason], table: empty(), ..view };
    }
    if !ground.has_hits {
        let reason = "Ask for a word to see it in context: a concordance shows every hit of a query.".to_owned();
        return LensView { notes: vec![reason], table: empty(), ..view };
    }
    let units = (ground.units)(Unit::Word);
    let mut lines = selected.places();
    let all = lines.len();
    let dropped = keyed(ground, dropped.into_iter().map(|key| ("", key)));
    lines.retain(|line| find(&dropped, *line).is_none());
    let left_out = all - lines.len();
    if let Some(tag) = only.strip_prefix("tag:") {
        lines.retain(|line| tags.of(*line).unwrap_or("") == tag);
    } else if let Some(condition) = Condition::read(only, ground, settings) {
        lines.retain(|line| condition.holds(ground, *line));
    }
    let kept = lines.len();
    let mut sampled = String::new();
    if sample > 0 && (sample as usize) < kept {
        lines = drawn(&lines, sample, seed, batch);
        let from = u64::from(batch - 1) * u64::from(sample);
        sampled = format!(
            "Random lines {} to {} of {}, drawn with seed {seed}.",
            grouped((from + 1).min(kept as u64)),
            grouped((from + lines.len() as u64).min(kept as u64)),
            grouped(kept as u64),
        );
        if lines.is_empty() {
            sampled =
                format!("All {} have been drawn: there is no batch {batch}.", count(kept as u64, "line", "lines"));
        }
    }
    let mut documents: Vec<DocId> = lines.iter().map(|line| line.doc_id).collect();
    documents.dedup();
    let mut summary = format!(
        "{} in {}",
        count(lines.len() as u64, "line", "lines"),
        count(documents.len() as u64, "document", "documents")
    );
    if kept < all - left_out {
        summary.push_str(&format!(", of {} in all", grouped((all - left_out) as u64)));
    }
    if left_out > 0 {
        summary.push_str(&format!("; {} dropped", count(left_out as u64, "line is", "lines are")));
    }
    summary.push('.');
    if !group.is_empty() {
        let table = groups(ground, (&units, &tags), &lines, &group, settings, rows);
        return LensView { summary, sample: sampled, table, ..view };
    }
    let until = (rows.first as usize).saturating_add(rows.limit as usize).min(lines.len());
    let order = if slots.is_empty() { (0..until).collect() } else { sorted(selected, &units, &lines, &slots, until) };
    let shown: Vec<Place> =
        order.into_iter().skip(rows.first as usize).filter_map(|place| lines.get(place)).copied().collect();
    let table = Table {
        caption: "Hits in context".to_owned(),
        columns: columns(),
        first: rows.first,
        rows: drawn_rows(ground, &shown, width, &tags),
        total: lines.len() as u32,
        sort: String::new(),
    };
    LensView { summary, sample: sampled, table, ..view }
}

fn empty() -> Table {
    Table { caption: "Hits in context".to_owned(), columns: columns(), ..Table::default() }
}

/// A batch of a random order of the lines, in the order of the corpus.
fn drawn(lines: &[Place], sample: u32, seed: u32, batch: u32) -> Vec<Place> {
    let from = u64::from(batch - 1) * u64::from(sample);
    let order = Permutation::new(lines.len().min(u32::MAX as usize) as u32, seed.into());
    let from = u32::try_from(from).unwrap_or(u32::MAX);
    let mut places: Vec<u32> = order.page(from, sample).collect();
    places.sort_unstable();
    places.into_iter().filter_map(|place| lines.get(place as usize)).copied().collect()
}

fn slot_named(name: &str) -> Option<Slot> {
    let distance = |rest: &str| rest.parse::<u8>().ok().filter(|distance| (1..=50).contains(distance));
    match name {
        "node" => Some(Slot::Node),
        "document" => Some(Slot::Document),
        "date" => Some(Slot::Date),
        "position" => Some(Slot::Position),
        _ => match (name.strip_prefix("before"), name.strip_prefix("after")) {
            (Some(rest), _) => distance(rest).map(Slot::Before),
            (_, Some(rest)) => distance(rest).map(Slot::After),
            _ => None,
        },
    }
}

/// Lines by document and place, sorted, each with what is said of it.
type Keyed<'k> = Vec<((DocId, u32), &'k str)>;

/// Finds the lines that keys (`document:position`) name.
fn keyed<'k>(ground: &Ground, keys: impl Iterator<Item = (&'k str, &'k str)>) -> Keyed<'k> {
    let mut wanted: Vec<(&str, u32, &str)> = keys
        .filter_map(|(said, key)| {
            let (name, position) = key.rsplit_once(':')?;
            Some((name, position.parse().ok()?, said))
        })
        .collect();
    wanted.sort_unstable();
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for &doc_id in ground.selected.docs {
        let Some(document) = (ground.document)(doc_id) else { continue };
        let from = wanted.partition_point(|(name, ..)| *name < document.name.as_str());
        let own = wanted.get(from..).unwrap_or(&[]).iter().take_while(|(name, ..)| *name == document.name);
        found.extend(
            own.map(|(_, position, said)| ((doc_id, ground.selected.forward.place(doc_id, *position) as u32), *said)),
        );
    }
    found.sort_unstable();
    found
}

fn find<'k>(keyed: &Keyed<'k>, line: Place) -> Option<&'k str> {
    let place = keyed.binary_search_by(|(own, _)| own.cmp(&(line.doc_id, line.start))).ok()?;
    keyed.get(place).map(|(_, said)| *said)
}

/// The reader's marks on lines.
struct Tags<'k>(Keyed<'k>);

impl<'k> Tags<'k> {
    /// Reads lines of a tag, a space, and the key of a line.
    fn read(ground: &Ground, rows: Vec<&'k str>) -> Tags<'k> {
        Tags(keyed(ground, rows.into_iter().filter_map(|row| row.split_once(' '))))
    }

    fn of(&self, line: Place) -> Option<&'k str> {
        find(&self.0, line)
    }
}

/// What a line must have to be kept: `after1:minister`, `near5:talks`, `near5-3s:stem=talk`.
struct Condition {
    slot: Option<Slot>,
    /// Words before and after, where no slot is named.
    near: (u32, u32),
    /// Whether they must stand in the sentence of the hit.
    is_inside: bool,
    units: std::rc::Rc<Units>,
    unit: Option<u32>,
}

impl Condition {
    fn read(text: &str, ground: &Ground, settings: &mut Settings) -> Option<Condition> {
        if text.is_empty() {
            return None;
        }
        let unreadable = "Write which word stands where: after1:minister, before2:the, or near5:talks for up to five words \
            away (near5-3s within the sentence; form=Talks as written, stem=talk with its inflections).";
        let Some((name, word)) = text.split_once(':') else {
            settings.problem(format!("“{text}” says not which lines to keep. {unreadable}"));
            return None;
        };
        let (by, word) = match word.trim().split_once('=') {
            Some(("form", word)) => (Unit::Form, word),
            Some(("stem", word)) => (Unit::Stem, word),
            _ => (Unit::Word, word.trim()),
        };
        let units = (ground.units)(by);
        let vocabulary = &ground.selected.index.vocabulary;
        // A form of the vocabulary stands for its unit, whatever that is.
        let mut types = vocabulary.with_key(&fold(word)).map(crate::base::TypeId);
        let own = match by {
            Unit::Word => types.next(),
            Unit::Form | Unit::Stem => types.find(|type_id| vocabulary.form(*type_id) == word),
        };
        let unit = own.map(|type_id| units.unit_of(type_id));
        let near = |rest: &str| -> Option<((u32, u32), bool)> {
            let (rest, is_inside) = rest.strip_suffix('s').map_or((rest, false), |rest| (rest, true));
            let (before, after) = rest.split_once('-').unwrap_or((rest, rest));
            Some(((before.parse().ok()?, after.parse().ok()?), is_inside))
        };
        if let Some((near, is_inside)) = name.strip_prefix("near").and_then(near) {
            return Some(Condition { slot: None, near, is_inside, units, unit });
        }
        match slot_named(name).filter(|slot| matches!(slot, Slot::Before(_) | Slot::After(_) | Slot::Node)) {
            Some(slot) => Some(Condition { slot: Some(slot), near: (0, 0), is_inside: false, units, unit }),
            None => {
                settings.problem(format!("“{name}” is no place in a line. {unreadable}"));
                None
            }
        }
    }

    fn holds(&self, ground: &Ground, line: Place) -> bool {
        let Some(unit) = self.unit else { return false };
        let sentence = || {
            let borders = ground.selected.index.borders.as_ref()?;
            Some(sentence_of(&ground.selected, borders.sentences(line.doc_id), line))
        };
        match self.slot {
            Some(slot) => unit_at(&ground.selected, &self.units, line, slot) == Some(unit),
            None => {
                let inside = if self.is_inside { sentence() } else { None };
                has_near(&ground.selected, &self.units, line, self.near, inside, unit)
            }
        }
    }
}

/// One value of what lines are grouped by.
struct Group {
    value: String,
    /// As it is written in a filter, where it is the value of a field.
    filter: Option<(String, String)>,
    lines: u64,
    documents: u64,
}

fn groups(
    ground: &Ground,
    (units, tags): (&Units, &Tags),
    lines: &[Place],
    by: &str,
    settings: &mut Settings,
    rows: Rows,
) -> Table {
    let selected = &ground.selected;
    let mut groups = match by.strip_prefix("field.") {
        Some(field) => by_field(ground, lines, field),
        None => match by {
            "tag" => by_tag(lines, tags),
            "document" | "date" => by_document(ground, lines, by == "date"),
            _ => by_slot(ground, units, lines, slot_named(by).unwrap_or(Slot::Node)),
        },
    };
    sort_by(&mut groups, |a, b| b.lines.cmp(&a.lines).then(a.value.cmp(&b.value)));
    let title = SORTS.iter().find(|(name, _)| *name == by).map_or_else(
        || field_label(by.trim_start_matches("field.")),
        |(_, title)| {
            let mut letters = title.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        },
    );
    let columns = vec![
        column("value", &title, "What the lines have in common", super::table::TEXT),
        column("lines", "Lines", "Lines that have it", 0),
        column("share", "% of lines", "Their share of all lines", 1),
        column("documents", "Documents", "Documents that these lines are from", 0),
    ];
    let total = lines.len() as u64;
    let cell = |group: &Group, place: usize| match place {
        0 => Cell::Text(group.value.clone()),
        1 => Cell::Count(group.lines),
        2 => Cell::share(group.lines, total, 100.0),
        _ => Cell::Count(group.documents),
    };
    let is_slot =
        by == "tag" || slot_named(by).is_some_and(|slot| matches!(slot, Slot::Before(_) | Slot::After(_) | Slot::Node));
    let head = |group: &Group| {
        let kept = settings_of(group, by, is_slot);
        let link = match by {
            // There is no filter by document: its lines are in the Reader.
            "document" => Link::Hit(group.value.clone(), Some(0)),
            _ => Link::Lens { lens: Lens::Concordance, query: None, filter: group.filter.clone(), settings: kept },
        };
        (group.value.clone(), if group.value.is_empty() { Link::None } else { link }, true)
    };
    debug_assert!(selected.docs.len() <= selected.scope.len());
    // `sort` is the order of the lines; the groups have their own.
    let mut own = Settings::of(&[]);
    let content = Content {
        caption: "Lines, grouped".to_owned(),
        columns,
        items: &groups,
        cell: &cell,
        head: &head,
        sort: "-lines",
    };
    let table = table(content, &mut own, rows);
    own.problems.into_iter().for_each(|problem| settings.problem(problem));
    table
}

fn settings_of(group: &Group, by: &str, is_slot: bool) -> Vec<(String, String)> {
    if by == "tag" {
        let tag = if group.value == "no tag" { "" } else { &group.value };
        vec![("only".to_owned(), format!("tag:{tag}"))]
    } else if is_slot {
        vec![("only".to_owned(), format!("{by}:{}", group.value))]
    } else {
        Vec::new()
    }
}

fn by_slot(ground: &Ground, units: &Units, lines: &[Place], slot: Slot) -> Vec<Group> {
    let selected = &ground.selected;
    // By unit; one more for lines that end before the slot.
    let mut counts = vec![(0u64, 0u64, u32::MAX); units.len() + 1];
    for line in lines {
        let unit = type_at(selected, *line, slot).map_or(units.len(), |type_id| units.unit_of(type_id) as usize);
        if let Some(entry) = counts.get_mut(unit) {
            entry.0 += 1;
            if entry.2 != line.doc_id.0 {
                entry.2 = line.doc_id.0;
                entry.1 += 1;
            }
        }
    }
    let found = counts.into_iter().enumerate().filter(|(_, (lines, ..))| *lines > 0);
    let value = |unit: usize| units.shown.get(unit).map_or("", |type_id| selected.index.vocabulary.form(*type_id));
    found
        .map(|(unit, (lines, documents, _))| Group { value: value(unit).to_owned(), filter: None, lines, documents })
        .collect()
}

fn by_document(ground: &Ground, lines: &[Place], is_by_date: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut counts: Vec<(DocId, u64)> = Vec::new();
    for line in lines {
        match counts.last_mut().filter(|(doc_id, _)| *doc_id == line.doc_id) {
            Some((_, lines)) => *lines += 1,
            None => counts.push((line.doc_id, 1)),
        }
    }
    if !is_by_date {
        for (doc_id, lines) in counts {
            let value = (ground.document)(doc_id).map(|document| document.name.clone()).unwrap_or_default();
            groups.push(Group { value, filter: None, lines, documents: 1 });
        }
        return groups;
    }
    let mut dated: std::collections::BTreeMap<String, (u64, u64)> = Default::default();
    for (doc_id, lines) in counts {
        let date = ground.selected.index.columns.dates().get(doc_id.0 as usize).copied().flatten();
        let entry = dated.entry(date.map(|date| date.day().to_string()).unwrap_or_default()).or_default();
        *entry = (entry.0 + lines, entry.1 + 1);
    }
    let group = |(value, (lines, documents)): (String, (u64, u64))| Group {
        filter: Some(("date".to_owned(), value.clone())),
        value: if value.is_empty() { "no date".to_owned() } else { value },
        lines,
        documents,
    };
    dated.into_iter().map(group).collect()
}

fn by_tag(lines: &[Place], tags: &Tags) -> Vec<Group> {
    let mut found: std::collections::BTreeMap<&str, (u64, Vec<DocId>)> = Default::default();
    for line in lines {
        let entry = found.entry(tags.of(*line).unwrap_or("")).or_default();
        entry.0 += 1;
        if entry.1.last() != Some(&line.doc_id) {
            entry.1.push(line.doc_id);
        }
    }
    let group = |(tag, (lines, docs)): (&str, (u64, Vec<DocId>))| Group {
        value: if tag.is_empty() { "no tag".to_owned() } else { tag.to_owned() },
        filter: None,
        lines,
        documents: docs.len() as u64,
    };
    found.into_iter().map(group).collect()
}

fn by_field(ground: &Ground, lines: &[Place], field: &str) -> Vec<Group> {
    let Some(column) = ground.selected.index.columns.category(field) else { return Vec::new() };
    let mut counts = vec![(0u64, 0u64, u32::MAX); column.values.len()];
    for line in lines {
        for ordinal in column.ordinals(line.doc_id.0 as usize) {
            if let Some(entry) = counts.get_mut(*ordinal as usize) {
                entry.0 += 1;
                if entry.2 != line.doc_id.0 {
                    entry.2 = line.doc_id.0;
                    entry.1 += 1;
                }
            }
        }
    }
    let found = column.values.iter().zip(counts).filter(|(_, (lines, ..))| *lines > 0);
    found
        .map(|(value, (lines, documents, _))| Group {
            value: if value.is_empty() { "none".to_owned() } else { value.clone() },
            filter: Some((field.to_owned(), value.clone())),
            lines,
            documents,
        })
        .collect()
}

/// A document cut into words, for as long as lines of it are drawn.
struct Cut<'d> {
    document: std::borrow::Cow<'d, Document>,
    title: Vec<Token>,
    text: Vec<Token>,
    sentences: Vec<u32>,
}

fn drawn_rows(ground: &Ground, lines: &[Place], width: &str, tags: &Tags) -> Vec<Row> {
    let mut cuts: Vec<(DocId, Cut)> = Vec::new();
    let mut rows = Vec::new();
    for line in lines {
        if !cuts.iter().any(|(doc_id, _)| *doc_id == line.doc_id) {
            let Some(document) = (ground.document)(line.doc_id) else { continue };
            let has_title = ground.selected.forward.title_end(line.doc_id) > 0;
            let title = if has_title { tokens(title_text(&document)) } else { Vec::new() };
            let text = tokens(&document.text);
            let sentences = match &ground.selected.index.borders {
                Some(borders) if width == SENTENCE => borders.sentences(line.doc_id).to_vec(),
                _ => Vec::new(),
            };
            // A few whole texts are kept, not all of a long table.
            if cuts.len() > 64 {
                cuts.clear();
            }
            cuts.push((line.doc_id, Cut { document, title, text, sentences }));
        }
        if let Some((_, cut)) = cuts.iter().find(|(doc_id, _)| *doc_id == line.doc_id) {
            rows.push(row(ground, *line, cut, (width, tags)));
        }
    }
    rows
}

fn row(ground: &Ground, line: Place, cut: &Cut, (width, tags): (&str, &Tags)) -> Row {
    let forward = ground.selected.forward;
    let document = &cut.document;
    let title_end = forward.title_end(line.doc_id) as usize;
    let is_title = (line.start as usize) < title_end;
    let (text, tokens, shift) =
        if is_title { (title_text(document), &cut.title, 0) } else { (document.text.as_str(), &cut.text, title_end) };
    let first = (line.start as usize).saturating_sub(shift);
    let end = (first + line.width.max(1) as usize).min(tokens.len());
    let (from, to) = match width.parse::<usize>() {
        Ok(width) => (first.saturating_sub(width), (end + width).min(tokens.len())),
        Err(_) => {
            let place = |position: &u32| forward.place(line.doc_id, *position).saturating_sub(shift);
            let position = forward.position(line.doc_id, line.start as usize);
            let own = cut.sentences.partition_point(|start| *start <= position);
            let next =
                cut.sentences.get(own).map_or(tokens.len(), |start| if is_title { tokens.len() } else { place(start) });
            let from = own.checked_sub(1).and_then(|own| cut.sentences.get(own)).map_or(0, place);
            (from.min(first), next.clamp(end, tokens.len()))
        }
    };
    let start_of = |place: usize| tokens.get(place).map_or(text.len() as u32, |token| token.span.start);
    let end_of =
        |place: usize| place.checked_sub(1).and_then(|last| tokens.get(last)).map_or(0, |token| token.span.end);
    let node = Span::new(start_of(first), end_of(end));
    let before = Span::new(start_of(from), node.start).of(text).trim_start();
    // With the signs that close the last word.
    let after_end = start_of(to).max(end_of(to));
    let after = Span::new(node.end, after_end).of(text).trim_end();
    let after = if to < tokens.len() { after.trim_end_matches(['“', '(', '"', '«', '[']).trim_end() } else { after };
    let text_cell = |text: &str| Cell::Text(text.to_owned());
    Row {
        key: format!("{}:{}", document.name, forward.position(line.doc_id, line.start as usize)),
        cells: vec![
            text_cell(&document.name),
            text_cell(title_text(document)),
            Cell::Text(document.date.value.map(words::date).unwrap_or_default()),
            text_cell(before),
            text_cell(node.of(text)),
            text_cell(after),
            tags.of(line).map_or(Cell::None, |tag| Cell::Text(tag.to_owned())),
        ],
        link: Link::Hit(document.name.clone(), Some(line.number)),
        is_flagged: true,
    }
}
