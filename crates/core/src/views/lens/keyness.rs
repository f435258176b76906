//! Keyness: which words the documents chosen use more, or less, than others do.

use super::arithmetic::{ArithmeticView, four_cells, shown};
use super::figure::{Figure, Label, Mark, NO_SERIES, tenth};
use super::frequency::lines_of;
use super::settings::Settings;
use super::stop::StopWords;
use super::table::{Cell, Column, Content, Link, Rows, TEXT, column, table};
use super::{Ground, Lens, LensView, nothing_to_count, unit};
use crate::base::DocId;
use crate::base::math::log10;
use crate::base::order::{first_by, sort_by};
use crate::measure::frequency::{Frequencies, count as frequencies};
use crate::measure::keyness::{
    Interval, Prior, g2_cutoff, log_ratio, log_ratio_interval_at, sidak_alpha, smallest_frequency,
};
use crate::measure::special::normal_quantile;
use crate::measure::{KEYNESS, Keyness, Measure, Units};
use crate::query::{Filter, filter};
use crate::views::facets::field_label;
use crate::views::words::{count, grouped};

/// Level of the whole family of tests.
const ALPHA: f64 = 0.05;
/// A lockword is at most so many doublings away from equal, either way.
const LOCK: f64 = 0.5;
/// Points of the picture: of each side the most key, and the most frequent.
const POINTS: usize = 160;
/// Words that the picture names, of each side.
const NAMED: usize = 14;

/// Which side of a comparison is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Both,
    Over,
    Under,
    Lock,
}

/// The two parts that are compared.
pub(super) struct Parts {
    pub(super) target: Vec<DocId>,
    pub(super) reference: Vec<DocId>,
    /// What they are, for sentences: `News.Az`, `the rest`.
    pub(super) names: (String, String),
    pub(super) notes: Vec<String>,
    /// A filter that the target is, where nothing was chosen.
    chosen: Option<(String, String)>,
}

/// A word in both.
struct Item {
    unit: u32,
    word: Keyness,
    range: u32,
    /// Whether it is often enough to be listed.
    is_frequent: bool,
    /// Whether its G² is above the threshold that is corrected for all words tested, as in CQPweb. The interval of the Log
    /// Ratio would not do: where the reference lacks a word, it is wide for one that stands here fifty times.
    is_key: bool,
    /// Its interval, for this word alone; only of those that are frequent.
    interval: Interval,
}

impl Item {
    /// How far its interval is from 0, on the side it is on; below 0 where it is not.
    fn distance(&self) -> f64 {
        self.interval.low.max(-self.interval.high)
    }

    fn ratio(&self) -> f64 {
        log_ratio(&self.word).unwrap_or(0.0)
    }
}

/// What the settings come to.
struct Asked {
    units: std::rc::Rc<Units>,
    parts: Parts,
    target: Frequencies,
    reference: Frequencies,
    items: Vec<Item>,
    direction: Direction,
    show: Show,
    per: f64,
}

/// Which words of a side are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    Frequent,
    Key,
    All,
}

/// The list.
pub fn keyness(ground: &Ground, settings: &mut Settings, rows: Rows) -> LensView {
    let view = LensView::default();
    let asked = match asked(ground, settings) {
        Ok(asked) => asked,
        Err(reason) => return LensView { notes: vec![reason], table: empty(settings), ..view },
    };
    let has_all_columns = settings.given("columns") == Some("all");
    let Asked { units, parts, target, reference, items, .. } = &asked;
    let form = |unit: u32| units.shown.get(unit as usize).map_or("", |id| ground.selected.index.vocabulary.form(*id));
    let kept: Vec<&Item> = items.iter().filter(|item| is_shown(&asked, item)).collect();
    let columns = columns(has_all_columns, asked.per);
    let measures = measures(has_all_columns);
    let cell = |item: &&Item, place: usize| match place {
        0 => Cell::Text(form(item.unit).to_owned()),
        1 => Cell::Count(item.word.f1),
        2 => Cell::share(item.word.f1, item.word.n1, asked.per),
        3 => Cell::Count(item.word.f2),
        4 => Cell::share(item.word.f2, item.word.n2, asked.per),
        5 => Cell::Count(item.range.into()),
        place => Cell::number(measures.get(place - 6).and_then(|measure| (measure.value)(&item.word))),
    };
    let head = |item: &&Item| {
        let query = lines_of(ground, units, &[item.unit]);
        let link =
            Link::Lens { lens: Lens::Concordance, query: Some(query), filter: parts.chosen.clone(), settings: vec![] };
        (item.unit.to_string(), link, item.is_key)
    };
    let sort = match asked.direction {
        Direction::Under => "log_ratio_high",
        Direction::Lock => "-count",
        _ => "-log_ratio_low",
    };
    let caption = format!("Keywords of {} against {}", parts.names.0, parts.names.1);
    let table = table(Content { caption, columns, items: &kept, cell: &cell, head: &head, sort }, settings, rows);
    let over = items.iter().filter(|item| item.is_key && item.ratio() > 0.0).count() as u64;
    let under = items.iter().filter(|item| item.is_key && item.ratio() < 0.0).count() as u64;
    let summary = format!(
        "{} ({}, {}) against {} ({}, {}): {} stand out as more frequent and {} as less, of {} tested.",
        capital(&parts.names.0),
        count(target.documents.into(), "document", "documents"),
        count(target.tokens, "word", "words"),
        parts.names.1,
        count(reference.documents.into(), "document", "documents"),
        count(reference.tokens, "word", "words"),
        count(over, "word", "words"),
        grouped(under),
        grouped(items.len() as u64),
    );
    let mut notes = parts.notes.clone();
    notes.push(power(&asked));
    if table.total == 0 {
        notes.push("No word passes. Show more of them, or lower the least counts.".to_owned());
    }
    let figures = vec![figure(ground, &asked)];
    LensView { summary, notes, figures, table, ..view }
}

/// The arithmetic of one word.
pub fn arithmetic(ground: &Ground, settings: &mut Settings, key: &str) -> Option<ArithmeticView> {
    let asked = asked(ground, settings).ok()?;
    let item = asked.items.iter().find(|item| item.unit.to_string() == key)?;
    let Asked { units, parts, .. } = &asked;
    let word = ground.selected.index.vocabulary.form(*units.shown.get(item.unit as usize)?).to_owned();
    let lines = |filter: Option<(String, String)>| {
        let query = Some(lines_of(ground, units, &[item.unit]));
        Link::Lens { lens: Lens::Concordance, query, filter, settings: Vec::new() }
    };
    let tables = vec![four_cells(
        "",
        (&parts.names.0, &parts.names.1),
        (&format!("“{word}”"), "other words"),
        item.word.table(),
        vec![lines(parts.chosen.clone()), Link::None, Link::None, Link::None],
    )];
    let alpha = sidak_alpha(ALPHA, item.word.family).unwrap_or(ALPHA);
    let mut notes = vec![
        format!(
            "{} words were tested together, so each is tested at α = {} (Šidák), that all of them stay at {ALPHA}.",
            grouped(item.word.family),
            short(alpha)
        ),
        "The prior of the log-odds is the word's frequency in both parts together (Monroe, Colaresi and Quinn 2008), \
         scaled to 500 words."
            .to_owned(),
    ];
    if let Some(cutoff) = g2_cutoff(ALPHA, item.word.family) {
        notes.push(format!("From a G² of {} on a word counts as key.", short(cutoff)));
    }
    Some(ArithmeticView {
        question: format!("Is “{word}” more frequent in {} than in {}?", parts.names.0, parts.names.1),
        word,
        tables,
        measures: shown(KEYNESS, &[item.word]),
        notes,
    })
}

fn asked(ground: &Ground, settings: &mut Settings) -> Result<Asked, String> {
    let against = settings.text("against", "Compare with", "rest, or source=Reuters");
    let direction = settings.choice(
        "direction",
        "Show",
        &[
            ("over", "more frequent words"),
            ("under", "less frequent words"),
            ("both", "both"),
            ("lock", "equally frequent words (lockwords)"),
        ],
    );
    let show = settings.choice(
        "show",
        "Of them",
        &[
            ("frequent", "frequent ones, paler where it may be chance"),
            ("key", "only those beyond chance"),
            ("all", "every one"),
        ],
    );
    let by = unit(settings);
    let least = settings.number("least", "Least count in both parts together", 1, u32::MAX, 2);
    let documents = settings.number("range", "In at least so many documents", 1, u32::MAX, 1);
    let per = settings.choice("per", "Relative to", &[("1000", "1,000 words"), ("1000000", "1,000,000 words")]);
    let stop = StopWords::read(ground.selected.index, settings, false);
    if let Some(reason) = nothing_to_count(ground) {
        return Err(reason);
    }
    let parts = parts(ground, against)?;
    let units = (ground.units)(by);
    let target = frequencies(ground.selected.forward, &units, &parts.target);
    let is_rest = (parts.target.len() + parts.reference.len()) as u32 == ground.selected.index.doc_count();
    let reference = match is_rest {
        true => (ground.whole)(by).without(&target),
        false => frequencies(ground.selected.forward, &units, &parts.reference),
    };
    if target.tokens == 0 || reference.tokens == 0 {
        let empty = if target.tokens == 0 { &parts.names.0 } else { &parts.names.1 };
        return Err(format!("There is nothing to compare with: {empty} has no words."));
    }
    let form = |unit: u32| units.shown.get(unit as usize).map_or("", |id| ground.selected.index.vocabulary.form(*id));
    let at = |counts: &[u32], unit: u32| counts.get(unit as usize).copied().unwrap_or(0);
    let total = target.tokens + reference.tokens;
    let mut items: Vec<Item> = (0..units.len() as u32)
        .filter_map(|unit| {
            let (f1, f2) = (at(&target.counts, unit), at(&reference.counts, unit));
            if f1 + f2 == 0 || (!stop.is_empty() && stop.has(form(unit))) {
                return None;
            }
            // Monroe, Colaresi and Quinn draw the prior from the frequencies at large; its size is that of a short text.
            let prior = Prior { alpha_w: 500.0 * f64::from(f1 + f2) / total as f64, alpha_0: 500.0 };
            let word =
                Keyness { prior: Some(prior), ..Keyness::new(f1.into(), target.tokens, f2.into(), reference.tokens) };
            let range = at(&target.ranges, unit).max(at(&reference.ranges, unit));
            let interval = Interval { low: 0.0, high: 0.0 };
            let is_frequent = f1 + f2 >= least && range >= documents;
            Some(Item { unit, word, range, is_frequent, is_key: false, interval })
        })
        .collect();
    let family = items.len() as u64;
    let z = normal_quantile(0.5 * ALPHA).map_or(2.0, |z| -z);
    let cutoff = g2_cutoff(ALPHA, family).unwrap_or(f64::MAX);
    for item in &mut items {
        item.word.family = family;
        if item.is_frequent {
            item.is_key = item.word.table().is_some_and(|table| table.log_likelihood() >= cutoff);
            item.interval = log_ratio_interval_at(&item.word, z).unwrap_or(item.interval);
        }
    }
    let direction = match direction {
        "both" => Direction::Both,
        "under" => Direction::Under,
        "lock" => Direction::Lock,
        _ => Direction::Over,
    };
    let show = match show {
        "all" => Show::All,
        "key" => Show::Key,
        _ => Show::Frequent,
    };
    let per = per.parse().unwrap_or(1000.0);
    Ok(Asked { units, parts, target, reference, items, direction, show, per })
}

/// What is compared with what. Where nothing is chosen, the largest value of the first field that divides the corpus is.
pub(super) fn parts(ground: &Ground, against: &str) -> Result<Parts, String> {
    let selected = &ground.selected;
    let index = selected.index;
    let all = || (0..index.doc_count()).map(DocId);
    let is_whole = selected.docs.len() as u32 == index.doc_count();
    let mut notes = Vec::new();
    let mut chosen = None;
    let (target, name) = if is_whole && (against.is_empty() || against == "rest") {
        let (field, value, docs) = largest_part(ground).ok_or(
            "Everything is chosen, so there is nothing to compare it with. Choose documents with a filter or a query.",
        )?;
        notes.push(format!(
            "Nothing is chosen, so the largest {} is compared with the rest. A filter or a query chooses other documents.",
            field_label(&field).to_lowercase()
        ));
        chosen = Some((field, value.clone()));
        (docs, value)
    } else {
        (selected.docs.to_vec(), name_of(ground))
    };
    let is_in_target = |doc_id: &DocId| target.binary_search(doc_id).is_ok();
    let (reference, other) = match against {
        "" | "rest" => (all().filter(|doc_id| !is_in_target(doc_id)).collect::<Vec<_>>(), "the rest".to_owned()),
        written => {
            let (field, value) = written.split_once('=').ok_or_else(|| {
                format!(
                    "“{written}” says not what to compare with. Write rest, or a field with its value: source=Reuters."
                )
            })?;
            let filter = Filter { field: field.trim().to_owned(), values: vec![value.trim().to_owned()] };
            let (set, errors) = filter::select(index, &filter);
            if let Some(error) = errors.first() {
                return Err(error.to_string());
            }
            let docs: Vec<DocId> = all().filter(|doc_id| set.contains(*doc_id)).collect();
            let apart: Vec<DocId> = docs.iter().copied().filter(|doc_id| !is_in_target(doc_id)).collect();
            if apart.len() < docs.len() {
                notes.push(format!(
                    "{} of both parts count for the first only, so that no word is compared with itself.",
                    count((docs.len() - apart.len()) as u64, "document", "documents")
                ));
            }
            (apart, value.trim().to_owned())
        }
    };
    if reference.is_empty() {
        return Err("Everything is chosen, so there is nothing to compare it with. Choose fewer documents, or name what to compare with.".to_owned());
    }
    Ok(Parts { target, reference, names: (name, other), notes, chosen })
}

/// The most frequent value of the first field that divides the corpus.
fn largest_part(ground: &Ground) -> Option<(String, String, Vec<DocId>)> {
    let index = ground.selected.index;
    for column in index.columns.categories() {
        let known = column.values.iter().filter(|value| !value.is_empty()).count();
        if !(1..=50).contains(&known) {
            continue;
        }
        let mut docs: Vec<Vec<DocId>> = vec![Vec::new(); column.values.len()];
        for doc_id in (0..index.doc_count()).map(DocId) {
            for ordinal in column.ordinals(doc_id.0 as usize) {
                if let Some(docs) = docs.get_mut(*ordinal as usize) {
                    docs.push(doc_id);
                }
            }
        }
        let named =
            column.values.iter().zip(docs).filter(|(value, docs)| {
                !value.is_empty() && !docs.is_empty() && (docs.len() as u32) < index.doc_count()
            });
        // Of equal ones the first.
        let best = named.fold(None::<(&String, Vec<DocId>)>, |best, next| match best {
            Some(best) if best.1.len() >= next.1.len() => Some(best),
            _ => Some(next),
        });
        if let Some((value, docs)) = best {
            return Some((column.name.clone(), value.clone(), docs));
        }
    }
    None
}

/// What the documents chosen are called.
fn name_of(ground: &Ground) -> String {
    let values: Vec<&str> = ground
        .filters
        .iter()
        .flat_map(|filter| filter.values.iter())
        .map(|value| if value.is_empty() { "none" } else { value.as_str() })
        .collect();
    let filters = values.join(", ");
    match (ground.query.trim(), filters.as_str()) {
        ("", "") => "all documents".to_owned(),
        ("", filters) => filters.to_owned(),
        (query, "") => format!("documents with {query}"),
        (query, filters) => format!("{filters} with {query}"),
    }
}

fn is_shown(asked: &Asked, item: &Item) -> bool {
    let is_on_side = match asked.direction {
        Direction::Both => true,
        Direction::Over => item.ratio() > 0.0,
        Direction::Under => item.ratio() < 0.0,
        // A lockword's whole interval, uncorrected, lies within half a doubling either way.
        Direction::Lock => return item.is_frequent && item.interval.low > -LOCK && item.interval.high < LOCK,
    };
    is_on_side
        && match asked.show {
            Show::All => true,
            Show::Frequent => item.is_frequent,
            Show::Key => item.is_key,
        }
}

fn measures(has_all: bool) -> Vec<&'static Measure<Keyness>> {
    const FEW: &[&str] = &["log_ratio", "log_ratio_low", "log_ratio_high", "g2"];
    KEYNESS.iter().filter(|measure| has_all || FEW.contains(&measure.name)).collect()
}

fn columns(has_all: bool, per: f64) -> Vec<Column> {
    let relative = if per > 1000.0 { "per million" } else { "per 1,000" };
    let decimals = if per > 1000.0 { 0 } else { 2 };
    let mut columns = vec![
        column("word", "Word", "As it is written most often", TEXT),
        column("count", "Here", "How often it stands in the documents chosen", 0),
        column("relative", relative, "The same for so many running words there", decimals),
        column("reference_count", "There", "How often it stands in what they are compared with", 0),
        column("reference_relative", relative, "The same for so many running words there", decimals),
        column("documents", "Documents", "Documents that have it, in the part where it is in more", 0),
    ];
    columns.extend(measures(has_all).into_iter().map(measure_column));
    columns
}

/// A measure as a column.
pub(super) fn measure_column<T: ?Sized>(measure: &Measure<T>) -> Column {
    let variant = if measure.variant.is_empty() { String::new() } else { format!(" ({})", measure.variant) };
    let meaning = format!("{} {}{variant}: {}", measure.meaning, measure.title, measure.source);
    column(measure.name, measure.title, &meaning, 2)
}

fn empty(settings: &Settings) -> super::table::Table {
    let has_all = settings.given("columns") == Some("all");
    super::table::Table { caption: "Keywords".to_owned(), columns: columns(has_all, 1000.0), ..Default::default() }
}

/// What this much text could show at all.
fn power(asked: &Asked) -> String {
    let (n1, n2) = (asked.target.tokens, asked.reference.tokens);
    let family = asked.items.len() as u64;
    match smallest_frequency(n1, n2, ALPHA, family) {
        Some(least) => format!(
            "With so much text, and {} tested at once, a word that the other part does not have must stand at \
             least {} here before that can be told from chance.",
            count(family, "word", "words"),
            count(least, "time", "times"),
        ),
        None => format!(
            "With so little text, and {} tested at once, no difference could be told from chance: take the list \
             as a description.",
            count(family, "word", "words")
        ),
    }
}

/// Words of both parts by their ranks there, in the manner of Kessler's scattertext (2017).
fn figure(ground: &Ground, asked: &Asked) -> Figure {
    const SIZE: (f64, f64) = (720.0, 420.0);
    const EDGE: (f64, f64) = (46.0, 24.0);
    let Asked { units, items, parts, .. } = asked;
    let form = |unit: u32| units.shown.get(unit as usize).map_or("", |id| ground.selected.index.vocabulary.form(*id));
    let enough: Vec<&Item> = items.iter().filter(|item| item.is_frequent).collect();
    let best = |sign: f64| -> Vec<usize> {
        let value = |place: usize| {
            enough
                .get(place)
                .map_or(f64::MIN, |item| if item.ratio() * sign > 0.0 { item.distance() } else { f64::MIN })
        };
        first_by(enough.len(), POINTS, &mut |a, b| value(b).total_cmp(&value(a)))
    };
    let frequent = first_by(enough.len(), POINTS, &mut |a, b| {
        let sum = |place: usize| enough.get(place).map_or(0, |item| item.word.f1 + item.word.f2);
        sum(b).cmp(&sum(a))
    });
    let (over, under) = (best(1.0), best(-1.0));
    let mut places: Vec<usize> = over.iter().chain(&under).chain(&frequent).copied().collect();
    places.sort_unstable();
    places.dedup();
    let most = |value: &dyn Fn(&Item) -> f64| items.iter().map(value).fold(0.0, f64::max);
    let rate = |count: u64, size: u64| log10(1.0 + count as f64 * 10_000.0 / size as f64);
    let across = |item: &Item| rate(item.word.f2, item.word.n2);
    let up = |item: &Item| rate(item.word.f1, item.word.n1);
    let (most_x, most_y) = (most(&across).max(1e-9), most(&up).max(1e-9));
    let (width, height) = (SIZE.0 - 2.0 * EDGE.0, SIZE.1 - 2.0 * EDGE.1);
    let x = |item: &Item| tenth(EDGE.0 + across(item) / most_x * width);
    let y = |item: &Item| tenth(EDGE.1 + (1.0 - up(item) / most_y) * height);
    let mut shown: Vec<&Item> = places.iter().filter_map(|place| enough.get(*place)).copied().collect();
    sort_by(&mut shown, |a, b| b.distance().total_cmp(&a.distance()));
    let mark = |item: &&Item| Mark {
        x: x(item),
        y: y(item),
        width: 0.0,
        height: 7.0,
        series: match (item.is_key, item.ratio() > 0.0) {
            (false, _) => 5,
            (true, true) => 0,
            (true, false) => 1,
        },
        label: format!(
            "{}: {} here, {} there, Log Ratio {}",
            form(item.unit),
            count(item.word.f1, "time", "times"),
            grouped(item.word.f2),
            log_ratio(&item.word).map_or("–".to_owned(), short),
        ),
        link: Link::Lens {
            lens: Lens::Concordance,
            query: Some(lines_of(ground, units, &[item.unit])),
            filter: parts.chosen.clone(),
            settings: Vec::new(),
        },
    };
    let marks: Vec<Mark> = shown.iter().map(mark).collect();
    let mut labels = vec![
        axis(SIZE.0 / 2.0, SIZE.1 - 4.0, format!("more frequent in {} →", parts.names.1), 1),
        axis(EDGE.0 - 34.0, 14.0, format!("↑ more frequent in {}", parts.names.0), 0),
    ];
    // Names that fit beside their points.
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for places in [&over, &under] {
        let mut named = 0;
        for item in places.iter().filter_map(|place| enough.get(*place)).filter(|item| item.distance() > 0.0) {
            let text = form(item.unit);
            let (left, base) = (x(item) + 6.0, y(item) + 4.0);
            let end = left + 6.2 * text.chars().count() as f64;
            let is_free = taken.iter().all(|(from, to, at)| end < *from || left > *to || (base - at).abs() > 11.0);
            if named < NAMED && is_free && end < SIZE.0 {
                taken.push((left, end, base));
                labels.push(Label {
                    x: tenth(left),
                    y: tenth(base),
                    text: text.to_owned(),
                    anchor: 0,
                    series: NO_SERIES,
                });
                named += 1;
            }
        }
    }
    let names: Vec<&str> = over
        .iter()
        .filter_map(|place| enough.get(*place))
        .filter(|item| item.distance() > 0.0)
        .take(3)
        .map(|item| form(item.unit))
        .collect();
    let summary = if names.is_empty() {
        format!(
            "Words by how frequent they are in {} (upwards) and in {} (to the right).",
            parts.names.0, parts.names.1
        )
    } else {
        format!(
            "Words by how frequent they are in {} (upwards) and in {} (to the right); furthest above the middle: {}.",
            parts.names.0,
            parts.names.1,
            names.join(", ")
        )
    };
    let (left, right, top, bottom) = (EDGE.0, SIZE.0 - EDGE.0, EDGE.1, SIZE.1 - EDGE.1);
    Figure {
        name: "keyness".to_owned(),
        summary,
        width: SIZE.0,
        height: SIZE.1,
        marks,
        labels,
        rules: vec![(left, bottom, right, bottom), (left, top, left, bottom), (left, bottom, right, top)],
        lines: Vec::new(),
    }
}

fn axis(x: f64, y: f64, text: String, anchor: u8) -> Label {
    Label { x, y, text, anchor, series: NO_SERIES }
}

/// Four digits that count, for sentences.
pub(super) fn short(number: f64) -> String {
    if number != 0.0 && number.abs() < 0.001 { format!("{number:.1e}") } else { format!("{number:.2}") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
