//! Dispersion: where in the corpus the hits lie, and how evenly.

use super::arithmetic::{ArithmeticView, shown};
use super::figure::{Figure, Label, Mark, NO_SERIES, tenth};
use super::keyness::measure_column;
use super::settings::Settings;
use super::table::{Cell, Column, Content, Link, Rows, TEXT, Table, column, table};
use super::{Ground, LensView, nothing_to_count};
use crate::base::DocId;
use crate::base::order::first_by;
use crate::measure::dispersion::average_reduced_frequency;
use crate::measure::{DISPERSION, Measure, Parts, Place};
use crate::views::card::title_text;
use crate::views::words::{count, grouped};

/// Documents that the picture has a row for.
const MOST_ROWS: usize = 40;
/// Width of the rows, and the places that are told apart in one.
const WIDTH: f64 = 470.0;

/// The hits of a query in the documents of a subcorpus.
struct Spread {
    /// Documents, in the order of the corpus.
    docs: Vec<DocId>,
    by_document: Parts,
    by_chunk: Parts,
    /// Every hit.
    places: Vec<Place>,
    arf: Option<f64>,
    tokens: u64,
    chunks: u32,
}

/// The lens.
pub fn dispersion(ground: &Ground, settings: &mut Settings, rows: Rows) -> LensView {
    let view = LensView::default();
    let (shows_documents, spread) = match spread(ground, settings) {
        Ok(found) => found,
        Err(reason) => return LensView { notes: vec![reason], table: empty(), ..view },
    };
    let hits = spread.places.len() as u64;
    let with_hits = spread.by_document.counts.iter().filter(|count| **count > 0).count();
    let mut notes = Vec::new();
    if spread.docs.len() < 2 {
        notes.push(
            "One document is one part, and in one part everything is even: only the equal chunks say something."
                .to_owned(),
        );
    }
    if hits < 5 {
        notes.push(format!(
            "{}: the measures say more about where hits happen to stand.",
            count(hits, "hit is little", "hits are few")
        ));
    }
    let dp = Measure::named(DISPERSION, "dp_norm").and_then(|measure| (measure.value)(&spread.by_document));
    let evenness = match dp {
        Some(dp) if dp < 0.25 => ": spread about as evenly as the text itself",
        Some(dp) if dp < 0.6 => ": in some documents more than in others",
        Some(_) => ": crowded into few documents",
        None => "",
    };
    let summary = format!(
        "{} in {} of {}{evenness}.",
        count(hits, "hit", "hits"),
        grouped(with_hits as u64),
        count(spread.docs.len() as u64, "document", "documents"),
    );
    let figures = vec![figure(ground, &spread)];
    let table =
        if shows_documents { documents(ground, &spread, settings, rows) } else { measures(&spread, settings, rows) };
    LensView { summary, notes, figures, table, ..view }
}

/// The formulas, whichever row was asked for: they are about the same counts.
pub fn arithmetic(ground: &Ground, settings: &mut Settings, key: &str) -> Option<ArithmeticView> {
    let (_, spread) = spread(ground, settings).ok()?;
    let word = ground.query.trim().to_owned();
    let mut measures = shown(DISPERSION, &[spread.by_document.clone(), spread.by_chunk.clone()]);
    measures.sort_by_key(|measure| measure.name != key);
    let counts = |parts: &Parts| -> String {
        let pairs: Vec<String> =
            parts.counts.iter().zip(&parts.sizes).take(100).map(|(count, size)| format!("{count}/{size}")).collect();
        let rest = if parts.len() > 100 { " …" } else { "" };
        format!("{}{rest}", pairs.join(", "))
    };
    Some(ArithmeticView {
        question: format!("How evenly do the hits of {word} lie in the corpus?"),
        word,
        tables: Vec::new(),
        measures,
        notes: vec![
            format!(
                "First number: over {}. Hits/words of each: {}.",
                documents_of(&spread),
                counts(&spread.by_document)
            ),
            format!("Second number: over {}. Hits/words of each: {}.", chunks_of(&spread), counts(&spread.by_chunk)),
        ],
    })
}

fn documents_of(spread: &Spread) -> String {
    count(spread.docs.len() as u64, "document", "documents")
}

fn chunks_of(spread: &Spread) -> String {
    count(spread.chunks.into(), "equal chunk", "equal chunks")
}

fn spread(ground: &Ground, settings: &mut Settings) -> Result<(bool, Spread), String> {
    let show = settings.choice("show", "Show", &[("measures", "measures"), ("documents", "documents")]);
    let chunks = settings.number("parts", "Equal chunks", 2, 1000, 20);
    if let Some(reason) = nothing_to_count(ground) {
        return Err(reason);
    }
    if !ground.has_hits {
        return Err("Ask for a word first: dispersion is about where its hits lie.".to_owned());
    }
    let selected = &ground.selected;
    let places = selected.places();
    let docs = selected.scope.to_vec();
    let sizes: Vec<u64> = docs.iter().map(|doc_id| selected.forward.types(*doc_id).len() as u64).collect();
    let tokens: u64 = sizes.iter().sum();
    let chunks = u64::from(chunks).min(tokens.max(1)) as u32;
    let mut by_document = Parts { counts: vec![0; docs.len()], sizes };
    // The tokens of all documents in a row, cut into chunks that differ by one token at most.
    let border = |chunk: u64| tokens * chunk / u64::from(chunks);
    let chunk_sizes = (0..u64::from(chunks)).map(|chunk| border(chunk + 1) - border(chunk)).collect();
    let mut by_chunk = Parts { counts: vec![0; chunks as usize], sizes: chunk_sizes };
    let mut absolute = Vec::with_capacity(places.len());
    let (mut doc, mut before) = (0usize, 0u64);
    for place in &places {
        while docs.get(doc).is_some_and(|doc_id| *doc_id < place.doc_id) {
            before += by_document.sizes.get(doc).copied().unwrap_or(0);
            doc += 1;
        }
        let at = before + u64::from(place.start);
        absolute.push(at);
        if let Some(count) = by_document.counts.get_mut(doc) {
            *count += 1;
        }
        // The chunk that this token is in.
        let mut chunk = (at * u64::from(chunks) / tokens.max(1)).min(u64::from(chunks) - 1);
        while chunk + 1 < u64::from(chunks) && border(chunk + 1) <= at {
            chunk += 1;
        }
        if let Some(count) = by_chunk.counts.get_mut(chunk as usize) {
            *count += 1;
        }
    }
    absolute.dedup();
    let arf = average_reduced_frequency(&absolute, tokens);
    Ok((show == "documents", Spread { docs, by_document, by_chunk, places, arf, tokens, chunks }))
}

/// A measure over both kinds of parts.
struct Line {
    name: String,
    title: String,
    meaning: String,
    values: [Option<f64>; 2],
}

fn measures(spread: &Spread, settings: &mut Settings, rows: Rows) -> Table {
    let mut lines: Vec<Line> = DISPERSION
        .iter()
        .map(|measure| {
            let column = measure_column(measure);
            let variant = if measure.variant.is_empty() { String::new() } else { format!(", {}", measure.variant) };
            Line {
                name: column.name,
                title: format!("{}{variant}", measure.title),
                meaning: column.meaning,
                values: [(measure.value)(&spread.by_document), (measure.value)(&spread.by_chunk)],
            }
        })
        .collect();
    lines.push(Line {
        name: "arf".to_owned(),
        title: "Average reduced frequency".to_owned(),
        meaning: "The frequency, less what comes from hits that stand close together; it knows no parts (Savický and Hlaváčová 2002).".to_owned(),
        values: [spread.arf; 2],
    });
    let columns = vec![
        Column { is_sortable: false, ..column("measure", "Measure", "What is measured", TEXT) },
        Column {
            is_sortable: false,
            ..column(
                "documents",
                &format!("over {}", documents_of(spread)),
                "Its value where each document is a part",
                4,
            )
        },
        Column {
            is_sortable: false,
            ..column(
                "chunks",
                &format!("over {}", chunks_of(spread)),
                "Its value where all texts in a row are cut into chunks of equal length",
                4,
            )
        },
        Column { is_sortable: false, ..column("meaning", "What it says", "In a sentence, with its source", TEXT) },
    ];
    let cell = |line: &Line, place: usize| match place {
        0 => Cell::Text(line.title.clone()),
        1 => Cell::number(line.values[0]),
        2 => Cell::number(line.values[1]),
        _ => Cell::Text(line.meaning.clone()),
    };
    let head = |line: &Line| (line.name.clone(), Link::None, true);
    let caption = "Measures of dispersion".to_owned();
    table(Content { caption, columns, items: &lines, cell: &cell, head: &head, sort: "" }, settings, rows)
}

fn documents(ground: &Ground, spread: &Spread, settings: &mut Settings, rows: Rows) -> Table {
    let all: Vec<usize> = (0..spread.docs.len()).collect();
    let hits: u64 = spread.places.len() as u64;
    let at = |list: &[u64], place: usize| list.get(place).copied().unwrap_or(0);
    let columns = vec![
        column("document", "Document", "Title of the document", TEXT),
        column("hits", "Hits", "Hits in it (v)", 0),
        column("words", "Words", "Its running words (its size)", 0),
        column("relative", "per 1,000", "Hits for 1,000 of its words", 2),
        column("expected", "Expected", "Hits it would have, were they spread as the text is", 2),
    ];
    let cell = |place: &usize, column: usize| {
        let (own, size) = (at(&spread.by_document.counts, *place), at(&spread.by_document.sizes, *place));
        match column {
            0 => Cell::Text(title(ground, spread.docs.get(*place).copied())),
            1 => Cell::Count(own),
            2 => Cell::Count(size),
            3 => Cell::share(own, size, 1000.0),
            _ => Cell::share(size, spread.tokens, hits as f64),
        }
    };
    let head = |place: &usize| {
        let doc_id = spread.docs.get(*place).copied().unwrap_or(DocId(0));
        let name = (ground.document)(doc_id).map(|document| document.name.clone()).unwrap_or_default();
        let hit = (at(&spread.by_document.counts, *place) > 0).then_some(0);
        (name.clone(), Link::Hit(name, hit), true)
    };
    let caption = "Documents by hits".to_owned();
    table(Content { caption, columns, items: &all, cell: &cell, head: &head, sort: "-hits" }, settings, rows)
}

fn title(ground: &Ground, doc_id: Option<DocId>) -> String {
    doc_id.and_then(ground.document).map(|document| title_text(&document).to_owned()).unwrap_or_default()
}

fn empty() -> Table {
    let columns = [
        ("measure", "Measure", "What is measured", TEXT),
        ("documents", "over documents", "Its value where each document is a part", 4),
        ("chunks", "over equal chunks", "Its value where all texts in a row are cut into chunks of equal length", 4),
        ("meaning", "What it says", "In a sentence, with its source", TEXT),
    ];
    let columns = columns.map(|(name, title, meaning, decimals)| column(name, title, meaning, decimals)).to_vec();
    Table { caption: "Measures of dispersion".to_owned(), columns, ..Table::default() }
}

/// A bar for every place with hits: first of the whole corpus, then of the documents that have most.
fn figure(ground: &Ground, spread: &Spread) -> Figure {
    const LEFT: f64 = 200.0;
    const STEP: f64 = 18.0;
    const TOP: f64 = 16.0;
    let order = first_by(spread.docs.len(), MOST_ROWS, &mut |a, b| {
        let of = |place: usize| spread.by_document.counts.get(place).copied().unwrap_or(0);
        of(b).cmp(&of(a))
    });
    let mut shown: Vec<usize> = order
        .into_iter()
        .filter(|place| spread.by_document.counts.get(*place).is_some_and(|count| *count > 0))
        .collect();
    shown.sort_unstable();
    let mut figure = Figure { name: "dispersion".to_owned(), width: 720.0, ..Figure::default() };
    let label = |y: f64, text: String, x: f64, anchor: u8| Label { x, y, text, anchor, series: NO_SERIES };
    // The whole corpus, its documents end to end.
    let mut starts = Vec::with_capacity(spread.docs.len());
    let mut before = 0u64;
    for size in &spread.by_document.sizes {
        starts.push(before);
        before += size;
    }
    let all = spread.places.iter().map(|place| {
        let doc = spread.docs.binary_search(&place.doc_id).unwrap_or(0);
        (starts.get(doc).copied().unwrap_or(0) + u64::from(place.start), *place)
    });
    let whole = Row { y: TOP, tokens: spread.tokens, name: "the corpus" };
    add_row(ground, &mut figure, &whole, &mut all.collect::<Vec<_>>().into_iter(), LEFT);
    figure.labels.push(label(TOP + 9.0, "All documents".to_owned(), LEFT - 10.0, 2));
    figure.labels.push(label(TOP + 9.0, grouped(spread.places.len() as u64), LEFT + WIDTH + 10.0, 0));
    let mut y = TOP + STEP * 1.5;
    for place in shown.iter().copied() {
        let Some(doc_id) = spread.docs.get(place).copied() else { continue };
        let from = spread.places.partition_point(|own| own.doc_id < doc_id);
        let own = spread.places.get(from..).unwrap_or(&[]).iter().take_while(|own| own.doc_id == doc_id);
        let tokens = spread.by_document.sizes.get(place).copied().unwrap_or(1);
        let name = title(ground, Some(doc_id));
        let row = Row { y, tokens, name: &name };
        add_row(ground, &mut figure, &row, &mut own.map(|own| (u64::from(own.start), *own)), LEFT);
        figure.labels.push(label(y + 9.0, shortened(&name, 30), LEFT - 10.0, 2));
        let hits = spread.by_document.counts.get(place).copied().unwrap_or(0);
        figure.labels.push(label(y + 9.0, grouped(hits), LEFT + WIDTH + 10.0, 0));
        y += STEP;
    }
    figure.height = y + 6.0;
    let with_hits = spread.by_document.counts.iter().filter(|count| **count > 0).count();
    let left_out = with_hits.saturating_sub(shown.len());
    figure.summary = format!(
        "Where the hits lie: each row is a text from its beginning to its end{}.",
        if left_out > 0 {
            format!("; {} with fewer hits are not drawn", count(left_out as u64, "document", "documents"))
        } else {
            String::new()
        }
    );
    figure
}

/// A row of the picture.
struct Row<'r> {
    y: f64,
    tokens: u64,
    name: &'r str,
}

/// Adds the marks of a row: hits so near that they would be drawn over each other are one.
fn add_row(ground: &Ground, figure: &mut Figure, row: &Row, hits: &mut dyn Iterator<Item = (u64, Place)>, left: f64) {
    figure.rules.push((left, row.y + 5.0, left + WIDTH, row.y + 5.0));
    let mut last: Option<(u64, u32, Place)> = None;
    let mut push = |bin: u64, hits: u32, place: Place| {
        let name = (ground.document)(place.doc_id).map(|document| document.name.clone()).unwrap_or_default();
        let percent = bin as f64 / WIDTH * 100.0;
        figure.marks.push(Mark {
            x: tenth(left + bin as f64),
            y: row.y,
            width: 1.5,
            height: 10.0,
            series: 0,
            label: format!("{} at {percent:.0} % of {}", count(hits.into(), "hit", "hits"), row.name),
            link: Link::Hit(name, Some(place.number)),
        });
    };
    for (at, place) in hits {
        let bin = at * WIDTH as u64 / row.tokens.max(1);
        match &mut last {
            Some((own, hits, _)) if *own == bin => *hits += 1,
            _ => {
                if let Some((bin, hits, place)) = last.take() {
                    push(bin, hits, place);
                }
                last = Some((bin, 1, place));
            }
        }
    }
    if let Some((bin, hits, place)) = last {
        push(bin, hits, place);
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}
