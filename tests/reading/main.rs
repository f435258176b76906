//! What the extractors find in the seeds, against what a careful reader finds in them; and what they must not find in
//! texts that are hardly any.
//!
//! The reader's table is in `reading/seeds/`: written by hand, conventions at the head of `entities.toml`. For each figure
//! what was found and what the table has are paired one to one, best fit first ([`score::pairs`]); precision, recall and
//! their harmonic mean F1 are over all five articles together. `cargo test --test reading -- --nocapture` prints the
//! figures, with `SHEAF_SHOW_MISSES=1` every miss and every false alarm, by article and byte offset.
//!
//! Nothing in the extractors may be made to fit these five texts: the figures here say whether something broke, those of
//! the conformance run how good it is.

mod events;
mod found;
mod hostile;
mod names;
mod perfect;
mod quotations;
mod score;
mod seeds;
mod table;
mod times;

use found::Found;
use score::Score;
use seeds::Seeds;
use sheaf_core::base::DocId;
use sheaf_core::extract::Reading;
use sheaf_core::extract::shared::shared;

/// The least F1 of each figure, in percent. Raise them when the figures rise.
const FLOORS: &[(&str, f64)] = &[
    ("names", 93.0),
    ("names, typed", 91.0),
    ("roles", 76.0),
    ("entities: pairs", 99.0),
    ("entities: pairs, names given", 99.0),
    ("quotations, direct", 96.0),
    ("quotations, all", 85.0),
    ("speakers, as written", 89.0),
    ("speakers, resolved", 82.0),
    ("times", 98.0),
    ("times, exact extent", 96.0),
    ("times, value", 94.0),
    ("events", 92.0),
    ("events: status", 89.0),
    ("events: participants", 87.0),
    ("events: place", 76.0),
    ("events: time", 83.0),
];

#[test]
fn extractors_find_what_a_careful_reader_finds() {
    let seeds = Seeds::open();
    let found: Vec<Found> = seeds.articles.iter().map(|a| Found::of(&a.text, "en", a.date)).collect();
    let scores = scores(&seeds, &found);
    println!("{}", score::table(&scores));
    if std::env::var_os("SHEAF_SHOW_MISSES").is_some() {
        scores.iter().flat_map(|score| &score.misses).for_each(|miss| println!("{miss}"));
    }
    let figures: Vec<&str> = scores.iter().map(|score| score.figure).collect();
    assert_eq!(figures, FLOORS.iter().map(|(figure, _)| *figure).collect::<Vec<_>>(), "a floor for each figure");
    for (score, (figure, floor)) in scores.iter().zip(FLOORS) {
        assert!(score.f1() * 100.0 >= *floor, "{figure}: F1 {:.1} is below its floor {floor}", score.f1() * 100.0);
    }
}

#[test]
fn no_passage_of_eight_words_is_shared() {
    let seeds = Seeds::open();
    let readings: Vec<Reading> = seeds.articles.iter().map(|article| Reading::new(&article.text, "en")).collect();
    let given: Vec<(DocId, &Reading)> = (0..).map(DocId).zip(&readings).collect();
    let passages: Vec<&str> = shared(&given)
        .iter()
        .filter(|passage| passage.words >= 8)
        .map(|passage| passage.spans[0].of(&seeds.articles[passage.documents[0].0 as usize].text))
        .collect();
    assert_eq!(passages, seeds.shared.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_table_fits_the_texts() {
    let faults = Seeds::open().faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// All figures, in the order of [`FLOORS`].
fn scores(seeds: &Seeds, found: &[Found]) -> Vec<Score> {
    let mut scores = names::scores(seeds, found);
    scores.extend(quotations::scores(seeds, found));
    scores.extend(times::scores(seeds, found));
    scores.extend(events::scores(seeds, found));
    scores
}
