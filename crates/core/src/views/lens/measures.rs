//! Text measures: how long, how varied and how hard to read each document is.

use super::keyness::measure_column;
use super::settings::Settings;
use super::table::{Cell, Column, Content, Link, Rows, TEXT, column, table};
use super::{Ground, LensView, Working, nothing_to_count, unit};
use crate::base::DocId;
use crate::measure::readability::Prose;
use crate::measure::{DIVERSITY, Measure, READABILITY};
use crate::views::card::title_text;
use crate::views::words::{self, count};

/// Columns before the measures.
const HEAD: usize = 6;

/// The table.
///
/// # Errors
/// It is sorted by what every text has to be read for, and not all are read yet.
pub fn measures(ground: &Ground, settings: &mut Settings, rows: Rows) -> Result<LensView, Working> {
    let by = unit(settings);
    let has_all = settings.given("columns") == Some("all");
    let view = LensView::default();
    if let Some(reason) = nothing_to_count(ground) {
        let table = super::table::Table { columns: columns(has_all), ..Default::default() };
        return Ok(LensView { notes: vec![reason], table, ..view });
    }
    let selected = &ground.selected;
    let units = (ground.units)(by);
    let (diversity, readability) = chosen(has_all);
    let own = |doc_id: DocId| -> Vec<u32> {
        let from = selected.forward.title_end(doc_id) as usize;
        let types = selected.forward.types(doc_id).get(from..).unwrap_or(&[]);
        types.iter().map(|type_id| units.unit_of(*type_id)).collect()
    };
    let sort = settings.given("sort").unwrap_or("").trim_start_matches('-');
    let is_by_prose = sort.starts_with("sentence") || READABILITY.iter().any(|measure| measure.name == sort);
    let prose = |doc_id: DocId| (ground.prose)(doc_id);
    if is_by_prose {
        (ground.read_all)(selected.docs)?;
    }
    let types = |tokens: &[u32]| {
        let mut sorted = tokens.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() as u64
    };
    let cell = |doc_id: &DocId, place: usize| {
        let document = || (ground.document)(*doc_id);
        match place {
            0 => Cell::Text(document().map(|document| title_text(&document).to_owned()).unwrap_or_default()),
            1 => Cell::Text(document().and_then(|document| document.date.value.map(words::date)).unwrap_or_default()),
            2 => Cell::Count(selected.index.shapes.text_len(*doc_id).into()),
            3 => prose(*doc_id).map_or(Cell::None, |prose| Cell::Count(prose.sentences)),
            4 => prose(*doc_id).map_or(Cell::None, |prose| Cell::share(prose.words, prose.sentences, 1.0)),
            5 => Cell::Count(types(&own(*doc_id))),
            place => match diversity.get(place - HEAD) {
                Some(measure) => Cell::number((measure.value)(&own(*doc_id))),
                None => {
                    let measure = readability.get(place - HEAD - diversity.len());
                    Cell::number(prose(*doc_id).zip(measure).and_then(|(prose, measure)| (measure.value)(&prose)))
                }
            },
        }
    };
    let head = |doc_id: &DocId| {
        let name = (ground.document)(*doc_id).map(|document| document.name.clone()).unwrap_or_default();
        let hit = ground.has_hits.then_some(0);
        (name.clone(), Link::Hit(name, hit), true)
    };
    let caption = "Measures of each text".to_owned();
    let content =
        Content { caption, columns: columns(has_all), items: selected.docs, cell: &cell, head: &head, sort: "" };
    let table = table(content, settings, rows);
    let mut notes = Vec::new();
    let short = selected.docs.iter().filter(|doc_id| selected.index.shapes.text_len(**doc_id) < 100).count() as u64;
    if short > 0 {
        notes.push(format!(
            "{} shorter than 100 words: there the numbers say little, and some measures have none.",
            if short == 1 { "1 text is".to_owned() } else { count(short, "text is", "texts are") }
        ));
    }
    let is_english = |language: &String| language == "en";
    if !selected.index.languages.iter().all(is_english) {
        notes.push("Syllables are counted in English only: other texts have no Flesch, fog or SMOG.".to_owned());
    }
    let summary = format!(
        "{}, with how long, how varied and how hard to read each is. Length and variety are counted in words{}.",
        count(selected.docs.len() as u64, "text", "texts"),
        match by {
            crate::measure::Unit::Word => ", case and accents folded",
            crate::measure::Unit::Form => " as written",
            crate::measure::Unit::Stem => " by stem",
        }
    );
    Ok(LensView { summary, notes, table, ..view })
}

type Chosen = (Vec<&'static Measure<[u32]>>, Vec<&'static Measure<Prose>>);

fn chosen(has_all: bool) -> Chosen {
    const FEW: &[&str] = &["mattr_50", "mtld", "hdd", "lix", "coleman_liau", "flesch"];
    (
        DIVERSITY.iter().filter(|measure| has_all || FEW.contains(&measure.name)).collect(),
        READABILITY.iter().filter(|measure| has_all || FEW.contains(&measure.name)).collect(),
    )
}

fn columns(has_all: bool) -> Vec<Column> {
    let (diversity, readability) = chosen(has_all);
    let mut columns = vec![
        column("document", "Document", "Title of the document", TEXT),
        Column { is_sortable: false, ..column("date", "Date", "When it was published", TEXT) },
        column("words", "Words", "Running words of its text", 0),
        column("sentences", "Sentences", "Sentences that have a word", 0),
        column("sentence_length", "Words a sentence", "Running words for each of them", 1),
        column("types", "Types", "Different words", 0),
    ];
    columns.extend(diversity.into_iter().map(measure_column));
    columns.extend(readability.into_iter().map(measure_column));
    columns
}
