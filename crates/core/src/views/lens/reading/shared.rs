//! The lens Shared passages: who copied whom.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::settings::Settings;
use super::super::table::{Cell, Content, Rows, TEXT, column, table};
use super::super::{Ground, LensView, Working, nothing_to_count};
use super::findings::agency;
use super::place::{Places, is_wide, of_two, prose};
use super::side_by_side::told;
use crate::base::{DocId, Span};
use crate::document::Document;
use crate::extract::Reading;
use crate::extract::credits::{credits, of_whole};
use crate::extract::shared::{Found, Options, Pairs, Passage, Shared, Widespread};
use crate::text::tokens::tokenize;
use crate::views::card::title_text;
use crate::views::words::{count, grouped};

/// Bytes of texts that are taken in before other work is let in.
const BYTES_AT_ONCE: usize = 1 << 20;
/// Pairs of documents that are compared before other work is let in.
const PAIRS_AT_ONCE: u32 = 2_000;

/// What documents share, as far as it is worked out; kept while the same is asked for.
#[derive(Default)]
pub struct SharedWork {
    docs: Vec<DocId>,
    options: Options,
    state: State,
}

#[derive(Default)]
enum State {
    #[default]
    Nothing,
    /// So many documents are taken in.
    Reading(Shared, usize),
    Comparing(Pairs),
    Done(Rc<Found>),
}

impl std::fmt::Debug for SharedWork {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SharedWork").field("docs", &self.docs.len()).finish_non_exhaustive()
    }
}

/// What these documents share.
///
/// # Errors
/// There is more to do than can be done at once: asked again, it goes on.
pub(super) fn found(ground: &Ground, docs: &[DocId], options: Options) -> Result<Rc<Found>, Working> {
    let mut work = ground.shared.borrow_mut();
    if work.docs != docs || work.options != options || matches!(work.state, State::Nothing) {
        *work = SharedWork { docs: docs.to_vec(), options, state: State::Reading(Shared::new(options), 0) };
    }
    let of = docs.len() as u32 * 2;
    match std::mem::take(&mut work.state) {
        State::Nothing => Err(Working { done: 0, of }),
        State::Reading(mut shared, mut next) => {
            let mut bytes = 0;
            while let Some(doc_id) = docs.get(next).filter(|_| bytes < BYTES_AT_ONCE) {
                if let Some(document) = (ground.document)(*doc_id) {
                    bytes += document.text.len();
                    shared.add(*doc_id, &words_only(&document));
                }
                next += 1;
            }
            work.state =
                if next < docs.len() { State::Reading(shared, next) } else { State::Comparing(shared.pairs()) };
            match bytes < BYTES_AT_ONCE {
                // A small corpus is compared at once.
                true => {
                    drop(work);
                    found(ground, docs, options)
                }
                false => Err(Working { done: next as u32, of }),
            }
        }
        State::Comparing(mut pairs) => {
            let (done, all) = (pairs.step(PAIRS_AT_ONCE), pairs.total());
            if done < all {
                work.state = State::Comparing(pairs);
                let half = u64::from(of / 2);
                return Err(Working { done: (half + half * u64::from(done) / u64::from(all.max(1))) as u32, of });
            }
            let found = Rc::new(pairs.finish());
            work.state = State::Done(found.clone());
            Ok(found)
        }
        State::Done(found) => {
            work.state = State::Done(found.clone());
            Ok(found)
        }
    }
}

/// A text with its words: nothing else is compared.
fn words_only(document: &Document) -> Reading<'_> {
    let mut words = Vec::new();
    tokenize(&document.text, |token| words.push(token.span));
    let language = document.language.value.as_deref().unwrap_or("");
    Reading { text: &document.text, language, paragraphs: Vec::new(), sentences: Vec::new(), words }
}

/// The table.
///
/// # Errors
/// There is more to do than can be done at once: asked again, it goes on.
pub(super) fn shared(ground: &Ground, settings: &mut Settings, rows: Rows) -> Result<LensView, Working> {
    let least = settings.number("least", "Words at least", 5, 1_000, 8);
    let document = settings.text("document", "With the document", "its name");
    let places = Places::new(ground);
    let docs = ground.selected.docs;
    let with = docs
        .iter()
        .find(|doc_id| !document.is_empty() && places.document(**doc_id).is_some_and(|own| own.name == document));
    if !document.is_empty() && with.is_none() {
        settings.problem(format!("No document chosen is named “{document}”, so passages of all are shown."));
    }
    let options = Options { least_words: least, with: with.copied(), ..Options::default() };
    let found = found(ground, docs, options)?;
    let is_wide = is_wide(settings);
    let mut columns = vec![
        column("words", "Words", "Words that are the same", 0),
        prose("difference", "Passage", "What both have; [-what only the first has-], {+what only the second has+}"),
        column("first", "First document", "Title of the one", TEXT),
        column("first_date", "Published", "When the first was published", TEXT),
        column("second", "Second document", "Title of the other", TEXT),
        column("second_date", "Published", "When the second was published", TEXT),
        column("agency", "Credited", "The news agency that a document is credited to, by its own words", TEXT),
    ];
    if is_wide {
        columns.extend(of_two());
    }
    let credited = Credited::default();
    let cell = |passage: &Passage, place: usize| {
        let [first, second] = passage.documents;
        match place {
            0 => Cell::Count(passage.words.into()),
            1 => Cell::Text(difference(&places, passage)),
            2 => places.cell(first, passage.spans[0], 0),
            3 => places.cell(first, passage.spans[0], 1),
            4 => places.cell(second, passage.spans[1], 0),
            5 => places.cell(second, passage.spans[1], 1),
            6 => credited.cell(&places, passage.documents),
            place @ 7..=11 => places.cell(first, passage.spans[0], place - 4),
            place => places.cell(second, passage.spans[1], place - 9),
        }
    };
    let head = |passage: &Passage| {
        let [first, second] = passage.documents;
        let key = format!("{}|{}", places.key(first, passage.spans[0]), places.key(second, passage.spans[1]));
        (key, places.link(first, passage.spans[0]), true)
    };
    let caption = "Shared passages".to_owned();
    let items = &found.passages;
    let table = table(Content { caption, columns, items, cell: &cell, head: &head, sort: "" }, settings, rows);
    let mut view = LensView { table, ..LensView::default() };
    if let Some(reason) = nothing_to_count(ground) {
        view.notes.push(reason);
        return Ok(view);
    }
    view.summary = summary(ground, &found, least);
    view.notes.extend(left_out(&found));
    view.facts.extend(widespread(&found, &places));
    Ok(view)
}

/// The agencies that documents are credited to, by document, each looked up once.
#[derive(Default)]
struct Credited(RefCell<FxHashMap<DocId, Option<String>>>);

impl Credited {
    fn of(&self, places: &Places, doc_id: DocId) -> Option<String> {
        let known = || {
            let document = places.document(doc_id)?;
            let reading = Reading::new(&document.text, document.language.value.as_deref().unwrap_or(""));
            let credits = credits(&reading);
            let credit = of_whole(&credits)?;
            Some(agency(credit.agency.of(&document.text), credit))
        };
        self.0.borrow_mut().entry(doc_id).or_insert_with(known).clone()
    }

    /// What both are credited to, or which is to what.
    fn cell(&self, places: &Places, [first, second]: [DocId; 2]) -> Cell {
        match (self.of(places, first), self.of(places, second)) {
            (None, None) => Cell::None,
            (Some(one), Some(other)) if one == other => Cell::Text(one),
            (Some(one), Some(other)) => Cell::Text(format!("{one}; {other}")),
            (Some(one), None) => Cell::Text(format!("the first: {one}")),
            (None, Some(other)) => Cell::Text(format!("the second: {other}")),
        }
    }
}

fn difference(places: &Places, passage: &Passage) -> String {
    let text = |side: usize| {
        let document = places.document(passage.documents[side]);
        document.map(|document| passage.spans[side].of(&document.text).to_owned()).unwrap_or_default()
    };
    told(&text(0), &text(1))
}

/// How much is shared, and what the documents have without it.
fn summary(ground: &Ground, found: &Found, least: u32) -> String {
    let docs = ground.selected.docs;
    if docs.len() == 1 {
        return "Only one document is chosen, and passages are shared by two or more.".to_owned();
    }
    if found.passages.is_empty() {
        return format!(
            "No two of these {} share {least} words or more in a row, or nearly.",
            count(docs.len() as u64, "document", "documents")
        );
    }
    // The later of two documents is the copy, the first of the corpus where that is not known.
    let dates = ground.selected.index.columns.dates();
    let when = |doc_id: DocId| {
        (
            dates.get(doc_id.0 as usize).copied().flatten().is_none(),
            dates.get(doc_id.0 as usize).copied().flatten(),
            doc_id,
        )
    };
    let mut copies: Vec<(DocId, Span)> = found
        .passages
        .iter()
        .map(|passage| {
            let [first, second] = passage.documents;
            let later = usize::from(when(first) < when(second));
            (passage.documents[later], passage.spans[later])
        })
        .collect();
    copies.sort_unstable();
    let mut copied = 0u64;
    for of_one in copies.chunk_by(|a, b| a.0 == b.0) {
        let Some(document) = (ground.document)(of_one[0].0) else { continue };
        let mut until = 0;
        for (_, span) in of_one {
            let fresh = Span::new(span.start.max(until), span.end);
            until = until.max(span.end);
            tokenize(fresh.of(&document.text), |_| copied += 1);
        }
    }
    let all: u64 = docs.iter().map(|doc_id| u64::from(ground.selected.index.shapes.text_len(*doc_id))).sum();
    let mut documents: Vec<DocId> = found.passages.iter().flat_map(|passage| passage.documents).collect();
    documents.sort_unstable();
    documents.dedup();
    format!(
        "{} between {}, the longest of {}. Without what a later document has from an earlier one, {} of {} remain.",
        count(found.passages.len() as u64, "shared passage", "shared passages"),
        count(documents.len() as u64, "document", "documents"),
        count(found.passages[0].words.into(), "word", "words"),
        grouped(all.saturating_sub(copied)),
        count(all, "word", "words"),
    )
}

fn left_out(found: &Found) -> Option<String> {
    (found.left_out > 0).then(|| {
        format!(
            "{} left out: none is longer than those shown.",
            count(found.left_out.into(), "passage is", "passages are")
        )
    })
}

/// What very many documents have, apart.
fn widespread(found: &Found, places: &Places) -> Option<super::super::table::Table> {
    use super::super::table::{Row, Table};
    let row = |words: &Widespread| {
        let document = places.document(words.example)?;
        Some(Row {
            key: places.key(words.example, words.span),
            cells: vec![
                Cell::Text(places.text(words.example, words.span)),
                Cell::Count(words.documents.into()),
                Cell::Text(title_text(&document).to_owned()),
            ],
            link: places.link(words.example, words.span),
            is_flagged: true,
        })
    };
    let rows: Vec<Row> = found.widespread.iter().take(20).filter_map(row).collect();
    (!rows.is_empty()).then(|| Table {
        caption: format!("In more than {} documents, and so not compared", found.common_above),
        columns: vec![
            prose("text", "Words", ""),
            column("documents", "Documents", "", 0),
            column("example", "For example", "", TEXT),
        ],
        rows,
        total: found.widespread.len() as u32,
        ..Table::default()
    })
}
