//! The Compare lens: two parts of the corpus, or two documents, side by side: what both tell, in which words, and what
//! only one of them tells; beside it the keywords of each.

use super::super::keyness::{self, Parts};
use super::super::settings::Settings;
use super::super::table::{Cell, Content, Link, Rows, TEXT, Table, column, table};
use super::super::{Ground, Lens, LensView, nothing_to_count};
use super::place::{Places, is_wide, one_line, prose};
use super::side_by_side::told;
use crate::base::{DocId, Span};
use crate::document::Document;
use crate::extract::Reading;
use crate::extract::shared::{Alignment, Pair, Place, alignment};
use crate::views::words::{count, grouped};

const SHOWS: &[(&str, &str)] =
    &[("both", "what both tell"), ("first", "what only the first tells"), ("second", "what only the second tells")];

/// Bytes of text of one side that are compared sentence by sentence.
const MOST_BYTES: usize = 400_000;

/// Keywords shown of each side.
const KEYWORDS: u32 = 12;

/// The two sides.
struct Sides {
    docs: [Vec<DocId>; 2],
    names: [String; 2],
    notes: Vec<String>,
    /// What was compared, where not everything was.
    sample: String,
}

/// The lens.
pub(super) fn compare(ground: &Ground, settings: &mut Settings, rows: Rows) -> LensView {
    let show = settings.choice("show", "Show", SHOWS);
    let against = settings.text("against", "Compare with", "rest, or source=Reuters");
    let first = settings.text("first", "Or the document", "its name");
    let second = settings.text("second", "with the document", "its name");
    let places = Places::new(ground);
    let empty = |settings: &mut Settings| Table { columns: columns(show, is_wide(settings)), ..Table::default() };
    if let Some(reason) = nothing_to_count(ground) {
        return LensView { notes: vec![reason], table: empty(settings), ..LensView::default() };
    }
    let sides = match sides(ground, &places, against, first, second) {
        Ok(sides) => sides,
        Err(reason) => return LensView { notes: vec![reason], table: empty(settings), ..LensView::default() },
    };
    let documents = sides
        .docs
        .clone()
        .map(|docs| docs.into_iter().filter_map(|doc_id| places.document(doc_id)).collect::<Vec<_>>());
    let read = documents
        .each_ref()
        .map(|documents| documents.iter().map(|document| read_whole(document)).collect::<Vec<Reading>>());
    let [a, b] = read.each_ref().map(|readings| readings.iter().collect::<Vec<&Reading>>());
    let aligned = alignment(&a, &b);
    let at = |side: usize, place: Place| -> (DocId, Span) {
        let span =
            read[side].get(place.reading as usize).and_then(|reading| reading.sentences.get(place.sentence as usize));
        let doc_id = sides.docs[side].get(place.reading as usize).copied().unwrap_or(DocId(0));
        (doc_id, span.copied().unwrap_or(Span::new(0, 0)))
    };
    let caption = format!("{} and {} compared", sides.names[0], sides.names[1]);
    let columns = columns(show, is_wide(settings));
    let table = match show {
        "both" => {
            let cell = |pair: &Pair, column: usize| {
                let (own, other) = (at(0, pair.a), at(1, pair.b));
                match column {
                    0 => Cell::Text(places.text(own.0, own.1)),
                    1 => Cell::Text(places.text(other.0, other.1)),
                    2 => Cell::Number((f64::from(pair.score) * 100.0).floor()),
                    3 => places.cell(own.0, own.1, 0),
                    4 => places.cell(other.0, other.1, 0),
                    5 => Cell::Text(told(&places.text(own.0, own.1), &places.text(other.0, other.1))),
                    column @ 6..=10 => places.cell(own.0, own.1, column - 3),
                    column => places.cell(other.0, other.1, column - 8),
                }
            };
            let head = |pair: &Pair| {
                let (own, other) = (at(0, pair.a), at(1, pair.b));
                (
                    format!("{}|{}", places.key(own.0, own.1), places.key(other.0, other.1)),
                    places.link(own.0, own.1),
                    true,
                )
            };
            let items = &aligned.pairs;
            table(Content { caption, columns, items, cell: &cell, head: &head, sort: "-score" }, settings, rows)
        }
        show => {
            let side = usize::from(show == "second");
            let cell = |place: &Place, column: usize| {
                let (doc_id, span) = at(side, *place);
                match column {
                    0 => Cell::Text(places.text(doc_id, span)),
                    column => places.cell(doc_id, span, column - 1),
                }
            };
            let head = |place: &Place| {
                let (doc_id, span) = at(side, *place);
                (places.key(doc_id, span), places.link(doc_id, span), true)
            };
            let items = &aligned.only[side];
            table(Content { caption, columns, items, cell: &cell, head: &head, sort: "" }, settings, rows)
        }
    };
    let summary = summary(&sides, &aligned);
    let facts = if first.is_empty() { keywords(ground, against) } else { Vec::new() };
    LensView { summary, notes: sides.notes, sample: sides.sample, facts, table, ..LensView::default() }
}

fn read_whole(document: &Document) -> Reading<'_> {
    Reading::new(&document.text, document.language.value.as_deref().unwrap_or(""))
}

fn columns(show: &str, is_wide: bool) -> Vec<super::super::table::Column> {
    if show != "both" {
        let mut columns =
            vec![prose("sentence", "Sentence", "A sentence to which nothing on the other side corresponds")];
        columns.extend(super::place::columns(is_wide));
        return columns;
    }
    let mut columns = vec![
        prose("first", "The first says", "A sentence of the first side"),
        prose("second", "The second says", "The sentence of the second side that is most alike"),
        column("score", "Alike", "How much of what the two say is shared: 0 to 100", 0),
        column("first_document", "First document", "Where the first stands", TEXT),
        column("second_document", "Second document", "Where the second stands", TEXT),
    ];
    if is_wide {
        columns.extend([prose(
            "difference",
            "Difference",
            "What both have; [-what only the first has-], {+what only the second has+}",
        )]);
        columns.extend(super::place::of_two());
    }
    columns
}

/// Two documents where they are named, else the documents chosen and what they are compared with.
fn sides(ground: &Ground, places: &Places, against: &str, first: &str, second: &str) -> Result<Sides, String> {
    if !first.is_empty() || !second.is_empty() {
        let all = ground.selected.index.doc_count();
        let find = |name: &str| {
            (0..all)
                .map(DocId)
                .find(|doc_id| places.document(*doc_id).is_some_and(|document| document.name == name))
                .ok_or_else(|| match name {
                    "" => "Name two documents to compare them.".to_owned(),
                    name => format!("There is no document named “{}”.", one_line(name)),
                })
        };
        let docs = [find(first)?, find(second)?];
        let title = |doc_id: DocId| match places.cell(doc_id, Span::new(0, 0), 0) {
            Cell::Text(title) => format!("“{title}”"),
            _ => String::new(),
        };
        let names = docs.map(title);
        return Ok(Sides { docs: docs.map(|doc_id| vec![doc_id]), names, notes: Vec::new(), sample: String::new() });
    }
    let Parts { target, reference, names, notes, .. } = keyness::parts(ground, against)?;
    let whole = [target.len(), reference.len()];
    let docs = [target, reference].map(|docs| within(places, docs));
    let mut sample = String::new();
    if docs.each_ref().map(Vec::len) != whole {
        sample = format!(
            "Compared sentence by sentence are {} of {} and {} of {}, spread evenly.",
            grouped(docs[0].len() as u64),
            count(whole[0] as u64, "document", "documents"),
            grouped(docs[1].len() as u64),
            count(whole[1] as u64, "document", "documents"),
        );
    }
    Ok(Sides { docs, names: [names.0, names.1], notes, sample })
}

/// As many of these documents, spread evenly, as there is room for.
fn within(places: &Places, docs: Vec<DocId>) -> Vec<DocId> {
    let len = |doc_id: &DocId| places.document(*doc_id).map_or(0, |document| document.text.len());
    let bytes: usize = docs.iter().map(len).sum();
    let every = bytes.div_ceil(MOST_BYTES).max(1);
    docs.into_iter().step_by(every).collect()
}

fn summary(sides: &Sides, aligned: &Alignment) -> String {
    format!(
        "{} ({}) and {} ({}): {} about the same; {} only in the first, {} only in the second.",
        sides.names[0],
        count(sides.docs[0].len() as u64, "document", "documents"),
        sides.names[1],
        count(sides.docs[1].len() as u64, "document", "documents"),
        count(aligned.pairs.len() as u64, "pair of sentences is", "pairs of sentences are"),
        grouped(aligned.only[0].len() as u64),
        grouped(aligned.only[1].len() as u64),
    )
}

/// The words that each side uses more than the other.
fn keywords(ground: &Ground, against: &str) -> Vec<Table> {
    let list = |direction: &str, caption: &str| {
        let given = [("against", against), ("direction", direction), ("stop", "1")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let rows = Rows { first: 0, limit: KEYWORDS };
        let Table { columns, rows, total, .. } = keyness::keyness(ground, &mut Settings::of(&given), rows).table;
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let shown: Vec<usize> = [Some(0), place("count"), place("reference_count")].into_iter().flatten().collect();
        let settings = given.to_vec();
        Table {
            caption: caption.to_owned(),
            columns: shown.iter().filter_map(|place| columns.get(*place)).cloned().collect(),
            rows: rows
                .into_iter()
                .map(|row| super::super::table::Row {
                    cells: shown.iter().filter_map(|place| row.cells.get(*place)).cloned().collect(),
                    link: Link::Lens { lens: Lens::Keyness, query: None, filter: None, settings: settings.clone() },
                    ..row
                })
                .collect(),
            total,
            ..Table::default()
        }
    };
    let mut tables = vec![list("over", "Keywords of the first"), list("under", "Keywords of the second")];
    tables.retain(|table| !table.rows.is_empty());
    tables
}
