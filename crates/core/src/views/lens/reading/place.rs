//! Where something was found: the columns of a place in a document that all reading lenses share.

use std::borrow::Cow;
use std::cell::Cell as Slot;

use super::super::table::{Cell, Column, Link, PROSE, TEXT, column};
use super::super::{Ground, Settings};
use crate::base::{DocId, Span};
use crate::document::Document;
use crate::views::card::title_text;
use crate::views::words;

/// Columns of [`Places::cell`]: those of the screen, and with them those of exports.
pub(super) fn columns(is_wide: bool) -> Vec<Column> {
    let mut columns = vec![
        column("document", "Document", "Title of the document", TEXT),
        column("published", "Published", "When it was published", TEXT),
        column("source", "Source", "Who published it", TEXT),
    ];
    if is_wide {
        columns.extend([
            column("id", "Id", "Name of the document", TEXT),
            column("start", "Start", "First byte in its text (UTF-8)", 0),
            column("end", "End", "First byte after", 0),
            column("start_point", "Start, code points", "First Unicode code point in its text", 0),
            column("end_point", "End, code points", "First code point after", 0),
        ]);
    }
    columns
}

/// Columns of exports that say where two things stand: those of [`Places::cell`] from the fourth on, for each.
pub(super) fn of_two() -> impl Iterator<Item = Column> {
    ["first", "second"].into_iter().flat_map(|side| {
        let own = columns(true).into_iter().skip(3);
        own.map(move |column| Column {
            name: format!("{side}_{}", column.name),
            meaning: format!("{}, of the {side}", column.meaning),
            ..column
        })
    })
}

/// Whether a request wants the columns of exports as well.
pub(super) fn is_wide(settings: &Settings) -> bool {
    settings.given("columns") == Some("all")
}

/// A column of running text.
pub(super) fn prose(name: &str, title: &str, meaning: &str) -> Column {
    Column { is_sortable: false, ..column(name, title, meaning, PROSE) }
}

/// Documents, and the way from bytes to code points in them.
pub(super) struct Places<'a, 'g> {
    ground: &'a Ground<'g>,
    /// The last place that was asked for: document, byte, code points before it.
    last: Slot<(u32, u32, u32)>,
}

impl<'a, 'g> Places<'a, 'g> {
    pub(super) fn new(ground: &'a Ground<'g>) -> Places<'a, 'g> {
        Places { ground, last: Slot::new((u32::MAX, 0, 0)) }
    }

    pub(super) fn document(&self, doc_id: DocId) -> Option<Cow<'g, Document>> {
        (self.ground.document)(doc_id)
    }

    /// What a span says, in one line.
    pub(super) fn text(&self, doc_id: DocId, span: Span) -> String {
        self.document(doc_id).map(|document| one_line(span.of(&document.text))).unwrap_or_default()
    }

    /// What several spans say, with dots between them.
    pub(super) fn texts(&self, doc_id: DocId, spans: &[Span]) -> String {
        spans.iter().map(|span| self.text(doc_id, *span)).collect::<Vec<_>>().join(" … ")
    }

    /// What stands in column `place` of [`columns`].
    pub(super) fn cell(&self, doc_id: DocId, span: Span, place: usize) -> Cell {
        let Some(document) = self.document(doc_id) else { return Cell::None };
        let known = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(Cell::None, Cell::Text);
        match place {
            0 => Cell::Text(title_text(&document).to_owned()),
            1 => known(document.date.value.map(words::date)),
            2 => known(document.source.value.clone()),
            3 => Cell::Text(document.name.clone()),
            4 => Cell::Count(span.start.into()),
            5 => Cell::Count(span.end.into()),
            6 => Cell::Count(self.points(doc_id, &document.text, span.start).into()),
            7 => Cell::Count(self.points(doc_id, &document.text, span.end).into()),
            _ => Cell::None,
        }
    }

    /// Where a row about a span leads.
    pub(super) fn link(&self, doc_id: DocId, span: Span) -> Link {
        self.document(doc_id).map_or(Link::None, |document| Link::Place(document.name.clone(), span))
    }

    /// What names a row about a span.
    pub(super) fn key(&self, doc_id: DocId, span: Span) -> String {
        self.document(doc_id).map(|document| format!("{}:{}", document.name, span.start)).unwrap_or_default()
    }

    /// Code points before a byte. Rows come in the order of places, so that each counts on from the one before.
    fn points(&self, doc_id: DocId, text: &str, byte: u32) -> u32 {
        let (doc, from, before) = self.last.get();
        let (from, before) = if doc == doc_id.0 && from <= byte { (from, before) } else { (0, 0) };
        let points = before + Span::new(from, byte).of(text).chars().count() as u32;
        self.last.set((doc_id.0, byte, points));
        points
    }
}

/// Text without breaks of lines.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How certain something is, in percent.
pub(super) fn certainty_column() -> Column {
    column(
        "certainty",
        "Certain",
        "How certain it is, in percent: how often the same rule was right on texts it was not made from",
        0,
    )
}

/// Why something was found.
pub(super) fn reason_column() -> Column {
    prose("why", "Why", "Why it was taken for that")
}
