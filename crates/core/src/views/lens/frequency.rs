//! The Words lens: how often each word, or sequence of words, stands in the documents chosen.

use super::settings::Settings;
use super::stop::StopWords;
use super::table::{Cell, Column, Content, Link, Rows, TEXT, Table, column, table};
use super::{Clusters, Ground, Lens, LensView, Working, frequencies_in, nothing_to_count, query_of, unit};
use crate::base::order::{packed, unpacked};
use crate::measure::Units;
use crate::measure::keyness::Interval;
use crate::measure::ngrams::Ngram;
use crate::measure::sampling::{Cluster, ratio_estimate};
use crate::views::words::{count, grouped};

const LENGTHS: &[(&str, &str)] = &[
    ("1", "single words"),
    ("2", "2 words"),
    ("3", "3 words"),
    ("4", "4 words"),
    ("5", "5 words"),
    ("6", "6 words"),
    ("2-6", "2 to 6 words"),
];

/// Words of the longest sequences.
const LONGEST: usize = 6;

/// A word, or a sequence, by its first place.
struct Item {
    first: u32,
    len: u32,
    count: u32,
    range: u32,
}

/// The list.
///
/// # Errors
/// Sequences are still being found.
pub fn frequency(ground: &Ground, settings: &mut Settings, rows: Rows) -> Result<LensView, Working> {
    let selected = &ground.selected;
    let by = unit(settings);
    let length = settings.choice("n", "Sequences of", LENGTHS);
    let is_single = length == "1";
    let stop = StopWords::read(selected.index, settings, false);
    let least = settings.number("least", "At least so often", 1, u32::MAX, if is_single { 1 } else { 2 });
    let per = settings.choice("per", "Relative to", &[("1000", "1,000 words"), ("1000000", "1,000,000 words")]);
    let is_folded = settings.switch("fold", "Fold shorter sequences into the longest", true);
    let view = LensView::default();
    if let Some(reason) = nothing_to_count(ground) {
        let caption = "Words by frequency".to_owned();
        let table = Table { caption, columns: columns(is_single, per), ..Table::default() };
        return Ok(LensView { notes: vec![reason], table, ..view });
    }
    let units = (ground.units)(by);
    let found = frequencies_in(ground, &units, selected.docs);
    let form =
        |unit: u32| units.shown.get(unit as usize).map_or("", |type_id| selected.index.vocabulary.form(*type_id));
    // Looked up once for a unit, not for each sequence that has it.
    let stopped: Vec<bool> = match stop.is_empty() {
        true => Vec::new(),
        false => (0..units.len() as u32).map(|unit| stop.has(form(unit))).collect(),
    };
    let is_stop = |unit: u32| stopped.get(unit as usize).copied().unwrap_or(false);
    let counted = (0u32..).zip(found.counts.iter().zip(&found.ranges)).filter(|(_, (count, _))| **count > 0);
    let types = counted.clone().count() as u64;
    let once = counted.clone().filter(|(_, (count, _))| **count == 1).count() as u64;
    let mut sequences = None;
    let items: Vec<Item> = if is_single {
        let kept = counted.filter(|(unit, (count, _))| **count >= least && !is_stop(*unit));
        kept.map(|(unit, (count, range))| Item { first: unit, len: 1, count: *count, range: *range }).collect()
    } else {
        let (from, to) = length.split_once('-').unwrap_or((length, length));
        let (from, to) = (from.parse().unwrap_or(2), to.parse().unwrap_or(2));
        // To fold into a longer one, that has to be known.
        let reach = if is_folded { to.max(LONGEST) } else { to };
        let found = (ground.ngrams)(by, reach, least)?;
        // A sequence of function words alone says little.
        let kept = found.list(from, to, is_folded).into_iter();
        let kept = kept.filter(|ngram| !found.units(*ngram).iter().all(|unit| is_stop(*unit)));
        let items = kept.map(|Ngram { first, len, count, range }| Item { first, len, count, range }).collect();
        sequences = Some(found);
        items
    };
    let units_of = |item: &Item| -> Vec<u32> {
        let Item { first, len, count, range } = *item;
        match &sequences {
            Some(sequences) => sequences.units(Ngram { first, len, count, range }).to_vec(),
            None => vec![first],
        }
    };
    // The most frequent first. Ties: words in the order of the alphabet, as units are numbered; sequences in that of their
    // length, then of the text.
    let mut order: Vec<u64> = (0u32..).zip(&items).map(|(place, item)| packed(u32::MAX - item.count, place)).collect();
    order.sort_unstable();
    let items: Vec<&Item> = order.into_iter().filter_map(|key| items.get(unpacked(key).1 as usize)).collect();
    let factor: f64 = per.parse().unwrap_or(1000.0);
    let mut columns = columns(is_single, per);
    // Of a sample the interval is told that the whole corpus lies in.
    let spread = ground.clusters.filter(|_| is_single).map(|clusters| Spread::of(ground, &units, clusters));
    if spread.is_some() {
        let decimals = if per == "1000" { 2 } else { 0 };
        let bound = |name, title, meaning| Column { is_sortable: false, ..column(name, title, meaning, decimals) };
        columns.push(bound(
            "low",
            "at least",
            "Lower bound of the relative count in all documents (95 %, by parts of the corpus)",
        ));
        columns.push(bound("high", "at most", "Upper bound of the same"));
    }
    let cell = |item: &&Item, place: usize| match place {
        0 => Cell::Text(units_of(item).iter().map(|unit| form(*unit)).collect::<Vec<_>>().join(" ")),
        1 => Cell::Count(item.count.into()),
        2 => Cell::share(item.count.into(), found.tokens, factor),
        3 => Cell::Count(item.range.into()),
        5 | 6 => {
            let interval = spread.as_ref().and_then(|spread| spread.interval(item.first));
            Cell::number(interval.map(|interval| factor * if place == 5 { interval.low } else { interval.high }))
        }
        _ => Cell::share(item.range.into(), found.documents.into(), 100.0),
    };
    let head = |item: &&Item| {
        let own = units_of(item);
        let query = lines_of(ground, &units, &own);
        let link = Link::Lens { lens: Lens::Concordance, query: Some(query), filter: None, settings: Vec::new() };
        (own.iter().map(u32::to_string).collect::<Vec<_>>().join(" "), link, true)
    };
    let caption = if is_single { "Words by frequency" } else { "Sequences of words by frequency" };
    let content = Content { caption: caption.to_owned(), columns, items: &items, cell: &cell, head: &head, sort: "" };
    let table = table(content, settings, rows);
    let mut summary = format!(
        "{} in {}: {} ({}), {} of them once.",
        count(found.tokens, "running word", "running words"),
        count(found.documents.into(), "document", "documents"),
        count(types, "word type", "word types"),
        match by {
            crate::measure::Unit::Word => "case and accents folded",
            crate::measure::Unit::Form => "as written",
            crate::measure::Unit::Stem => "by stem",
        },
        grouped(once),
    );
    if !is_single {
        summary.push_str(&format!(" {} come again.", count(items.len() as u64, "sequence", "sequences")));
    }
    let mut notes = Vec::new();
    if ground.has_hits {
        notes.push(
            "Counted in the documents that answer the query. A word leads to its lines in all documents that the filters \
             let through."
                .to_owned(),
        );
    }
    if table.total == 0 {
        notes.push(
            "Nothing in the list with these settings. Lower the least count, or look for other letters.".to_owned(),
        );
    }
    Ok(LensView { summary, notes, table, ..view })
}

fn columns(is_single: bool, per: &str) -> Vec<Column> {
    let words = if is_single { "Word" } else { "Sequence" };
    vec![
        column("word", words, "As it is written most often", TEXT),
        column("count", "Count", "How often it stands in the documents chosen", 0),
        column(
            "relative",
            if per == "1000" { "per 1,000" } else { "per million" },
            "Its count for so many running words of the documents chosen",
            if per == "1000" { 2 } else { 0 },
        ),
        column("documents", "Documents", "Documents that have it (its range)", 0),
        column("share", "% of documents", "Their share of the documents chosen", 1),
    ]
}

/// How often each unit stands in each of the parts that were drawn.
struct Spread {
    /// Counts of all units in the first part, then in the second …
    counts: Vec<u32>,
    /// Tokens of each part.
    tokens: Vec<u64>,
    units: usize,
    of: u64,
}

impl Spread {
    fn of(ground: &Ground, units: &Units, clusters: &Clusters) -> Spread {
        let parts = clusters.firsts.len();
        let mut spread = Spread {
            counts: vec![0; parts * units.len()],
            tokens: vec![0; parts],
            units: units.len(),
            of: clusters.of,
        };
        for &doc_id in ground.selected.docs {
            let part = clusters.firsts.partition_point(|first| *first <= doc_id).saturating_sub(1);
            let types = ground.selected.forward.types(doc_id);
            if let Some(tokens) = spread.tokens.get_mut(part) {
                *tokens += types.len() as u64;
            }
            for type_id in types {
                if let Some(count) = spread.counts.get_mut(part * units.len() + units.unit_of(*type_id) as usize) {
                    *count += 1;
                }
            }
        }
        spread
    }

    /// What the share of a unit among all tokens of the corpus lies in.
    fn interval(&self, unit: u32) -> Option<Interval> {
        let count = |part: usize| self.counts.get(part * self.units + unit as usize).copied().unwrap_or(0);
        let clusters: Vec<Cluster> = self
            .tokens
            .iter()
            .enumerate()
            .map(|(part, tokens)| Cluster { y: count(part).into(), x: *tokens })
            .collect();
        // The tokens of the other parts are taken to be as many as here.
        let all = self.tokens.iter().sum::<u64>() * self.of / (self.tokens.len() as u64).max(1);
        let estimate = ratio_estimate(&clusters, self.of, all, 0.05)?;
        let share = |value: f64| value / all.max(1) as f64;
        Some(Interval { low: share(estimate.interval.low), high: share(estimate.interval.high) })
    }
}

/// A query for exactly the lines in which these units follow each other.
pub(super) fn lines_of(ground: &Ground, units: &Units, of: &[u32]) -> String {
    let vocabulary = &ground.selected.index.vocabulary;
    let form = |unit: &u32| units.shown.get(*unit as usize).map_or("", |type_id| vocabulary.form(*type_id));
    of.iter().map(|unit| query_of(units.unit, form(unit))).collect::<Vec<_>>().join(" ")
}
