//! Collocates: the words that stand around the hits more often than chance would have it.

use super::arithmetic::{ArithmeticView, four_cells, shown};
use super::keyness::measure_column;
use super::settings::Settings;
use super::stop::StopWords;
use super::table::{Cell, Column, Content, Link, Rows, TEXT, Table, column, table};
use super::{Ground, Lens, LensView, SENTENCE, frequencies_in, nothing_to_count, unit};
use crate::measure::windows::{Window, count as windows};
use crate::measure::{ASSOCIATION, Association, Convention, Measure, Unit, Units};
use crate::views::words::{count, grouped};

const CONVENTIONS: &[(&str, &str, Convention)] = &[
    ("window", "the words inside the windows (CQPweb)", Convention::RealWindow),
    ("span", "hits × width of the window (KorAP, Evert)", Convention::NominalWindow),
    ("none", "hits alone (Sketch Engine)", Convention::NoScaling),
];

/// A word around the hits.
struct Item {
    unit: u32,
    word: Association,
    documents: u32,
}

struct Asked {
    units: std::rc::Rc<Units>,
    items: Vec<Item>,
    window: Window,
    least: u32,
    nodes: u64,
    tokens: u64,
    in_windows: u64,
    is_all: bool,
    /// Whether windows end with the sentence.
    is_inside: bool,
    convention: Convention,
}

/// The list.
pub fn collocates(ground: &Ground, settings: &mut Settings, rows: Rows) -> LensView {
    let view = LensView::default();
    let asked = match asked(ground, settings) {
        Ok(asked) => asked,
        Err(reason) => return LensView { notes: vec![reason], table: empty(settings), ..view },
    };
    let has_all = settings.given("columns") == Some("all");
    let Asked { units, window, .. } = &asked;
    let form = |unit: u32| units.shown.get(unit as usize).map_or("", |id| ground.selected.index.vocabulary.form(*id));
    let is_kept = |item: &&Item| asked.is_all || item.word.observed >= asked.least.into();
    let kept: Vec<&Item> = asked.items.iter().filter(is_kept).collect();
    let measures = measures(has_all);
    let cell = |item: &&Item, place: usize| match place {
        0 => Cell::Text(form(item.unit).to_owned()),
        1 => Cell::Count(item.word.observed),
        2 => Cell::number(item.word.expected()),
        3 => Cell::Count(item.word.f_collocate),
        4 => Cell::Count(item.documents.into()),
        5 => Cell::Count(item.word.nodes_with.unwrap_or(0)),
        place => Cell::number(measures.get(place - 6).and_then(|measure| (measure.value)(&item.word))),
    };
    let head = |item: &&Item| {
        let only = near(&asked, form(item.unit));
        let settings = vec![("only".to_owned(), only)];
        let link = Link::Lens { lens: Lens::Concordance, query: None, filter: None, settings };
        (item.unit.to_string(), link, item.word.observed >= asked.least.into())
    };
    let caption = "Words around the hits".to_owned();
    let content = Content { caption, columns: columns(has_all), items: &kept, cell: &cell, head: &head, sort: "-g2" };
    let table = table(content, settings, rows);
    let summary = format!(
        "{} within {} before and {} after {}: {} of {} running words stand there.",
        count(kept.len() as u64, "word", "words"),
        window.before,
        window.after,
        count(asked.nodes, "hit", "hits"),
        grouped(asked.in_windows),
        grouped(asked.tokens),
    );
    let mut notes = Vec::new();
    if asked.nodes < 20 {
        notes.push(format!(
            "{} to count around: the scores say more about these lines than about the word.",
            count(asked.nodes, "hit is little", "hits are few")
        ));
    }
    if kept.is_empty() && !asked.items.is_empty() {
        notes.push("No word stands there so often. Lower the least count.".to_owned());
    } else if asked.in_windows == 0 {
        notes.push("No word stands in the windows. Make them wider.".to_owned());
    } else if asked.in_windows == asked.tokens {
        notes
            .push("Every word of these documents stands in a window, so nothing can be expected by chance.".to_owned());
    }
    LensView { summary, notes, table, ..view }
}

/// The setting of a concordance that keeps the lines with a word in their window.
fn near(asked: &Asked, form: &str) -> String {
    let Window { before, after } = asked.window;
    let inside = if asked.is_inside { "s" } else { "" };
    let by = match asked.units.unit {
        Unit::Word => "",
        Unit::Form => "form=",
        Unit::Stem => "stem=",
    };
    format!("near{before}-{after}{inside}:{by}{form}")
}

/// The arithmetic of one word.
pub fn arithmetic(ground: &Ground, settings: &mut Settings, key: &str) -> Option<ArithmeticView> {
    let asked = asked(ground, settings).ok()?;
    let item = asked.items.iter().find(|item| item.unit.to_string() == key)?;
    let word = ground.selected.index.vocabulary.form(*asked.units.shown.get(item.unit as usize)?).to_owned();
    let Window { before, after } = asked.window;
    let near = vec![("only".to_owned(), near(&asked, &word))];
    let inside = Link::Lens { lens: Lens::Concordance, query: None, filter: None, settings: near };
    // The convention that was chosen comes first.
    let mut conventions: Vec<&(&str, &str, Convention)> = CONVENTIONS.iter().collect();
    conventions.sort_by_key(|(_, _, convention)| *convention != asked.convention);
    let under = |convention: Convention| Association { convention, ..item.word };
    let tables = conventions.iter().map(|(_, label, convention)| {
        four_cells(
            label,
            ("in windows", "elsewhere"),
            (&format!("“{word}”"), "other words"),
            under(*convention).table(),
            vec![inside.clone(), Link::None, Link::None, Link::None],
        )
    });
    let all: Vec<Association> = conventions.iter().map(|(_, _, convention)| under(*convention)).collect();
    Some(ArithmeticView {
        question: format!(
            "Does “{word}” stand within {before} words before or {after} after the hits of {} more often than by chance?",
            ground.query.trim()
        ),
        tables: tables.collect(),
        measures: shown(ASSOCIATION, &all),
        notes: vec![
            "Windows end with the title or the text; a word in two windows counts once.".to_owned(),
            "A table with no numbers is one that its convention cannot fill: more words stand around the hits than it \
             counts there."
                .to_owned(),
        ],
        word,
    })
}

fn asked(ground: &Ground, settings: &mut Settings) -> Result<Asked, String> {
    let before = settings.number("before", "Words before", 0, 50, 5);
    let after = settings.number("after", "Words after", 0, 50, 5);
    let least = settings.number("least", "At least so often", 1, u32::MAX, 2);
    let inside = settings.choice("inside", "Windows end with", &[("text", "the text"), (SENTENCE, "the sentence")]);
    let choices: Vec<(&str, &str)> = CONVENTIONS.iter().map(|(name, label, _)| (*name, *label)).collect();
    let convention = settings.choice("convention", "Expected from", &choices);
    let show = settings.choice(
        "show",
        "Show",
        &[("frequent", "words that are frequent enough"), ("all", "every word, the rarer paler")],
    );
    let by = unit(settings);
    let stop = StopWords::read(ground.selected.index, settings, false);
    if let Some(reason) = nothing_to_count(ground) {
        return Err(reason);
    }
    if !ground.has_hits {
        return Err("Ask for a word first: collocates are the words around its hits.".to_owned());
    }
    let convention =
        CONVENTIONS.iter().find(|(name, ..)| *name == convention).map_or(Convention::RealWindow, |own| own.2);
    let units = (ground.units)(by);
    let window = Window { before, after };
    let selected = &ground.selected;
    let sentences = selected.index.borders.as_ref().filter(|_| inside == SENTENCE);
    let sentences = sentences.map(|borders| move |doc_id| borders.sentences(doc_id));
    let counted = match &sentences {
        Some(sentences) => windows(selected, &units, window, Some(sentences)),
        None => windows(selected, &units, window, None),
    };
    let found = frequencies_in(ground, &units, selected.scope);
    let form = |unit: u32| units.shown.get(unit as usize).map_or("", |id| selected.index.vocabulary.form(*id));
    let at = |counts: &[u32], unit: usize| counts.get(unit).copied().unwrap_or(0);
    let items = counted.observed.iter().enumerate().filter(|(_, observed)| **observed > 0);
    let items = items.filter(|(unit, _)| stop.is_empty() || !stop.has(form(*unit as u32)));
    let items = items.map(|(unit, observed)| Item {
        unit: unit as u32,
        word: Association {
            observed: (*observed).into(),
            f_node: counted.nodes,
            f_collocate: at(&found.counts, unit).into(),
            n: found.tokens,
            window_tokens: counted.tokens,
            span: (before + after).into(),
            nodes_with: Some(at(&counted.nodes_with, unit).into()),
            convention,
        },
        documents: at(&counted.documents, unit),
    });
    Ok(Asked {
        items: items.collect(),
        units,
        window,
        least,
        nodes: counted.nodes,
        tokens: found.tokens,
        in_windows: counted.tokens,
        is_all: show == "all",
        is_inside: inside == SENTENCE,
        convention,
    })
}

fn measures(has_all: bool) -> Vec<&'static Measure<Association>> {
    const FEW: &[&str] = &["g2", "log_ratio", "mi", "log_dice"];
    ASSOCIATION.iter().filter(|measure| has_all || FEW.contains(&measure.name)).collect()
}

fn columns(has_all: bool) -> Vec<Column> {
    let mut columns = vec![
        column("word", "Word", "As it is written most often", TEXT),
        column("observed", "Observed", "How often it stands in a window (O)", 0),
        column("expected", "Expected", "How often it would by chance (E), by the convention chosen", 2),
        column("count", "In all", "How often it stands in the documents that the filters let through", 0),
        column("documents", "Documents", "Documents in which it stands in a window", 0),
        column("hits", "Hits", "Hits that have it in their window", 0),
    ];
    columns.extend(measures(has_all).into_iter().map(measure_column));
    columns
}

fn empty(settings: &Settings) -> Table {
    let has_all = settings.given("columns") == Some("all");
    Table { caption: "Words around the hits".to_owned(), columns: columns(has_all), ..Table::default() }
}
