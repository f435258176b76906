//! Encounters.
//!
//! - *events*: the sentence found holds the trigger of the table, and the kind is one that the table takes; among several in
//!   a sentence those with the same trigger and the same people are paired. Optional ones need a trigger in common.
//! - Of those that count and were found: *status* is one that the table takes; *participants*, each a name that the table
//!   has, counted once; *place* and *time*.

use std::collections::BTreeSet;

use sheaf_core::base::Span;
use sheaf_core::extract::Kind;
use sheaf_core::extract::events::Event;

use crate::found::Found;
use crate::score::Score;
use crate::seeds::{Article, Seeds, event_word, overlaps, status_word};
use crate::table;

pub(crate) fn scores(seeds: &Seeds, found: &[Found]) -> Vec<Score> {
    let mut told = Score::new("events");
    let mut status = Score::new("events: status");
    let mut people = Score::new("events: participants");
    let mut place = Score::new("events: place");
    let mut time = Score::new("events: time");
    for (article, found) in seeds.articles.iter().zip(found) {
        let table = &article.table.events;
        let mut entries: Vec<(Span, bool)> = table.iter().map(|event| (article.at(&event.trigger), false)).collect();
        entries.extend(article.table.optional_events.iter().map(|place| (article.at(place), true)));
        let findings: Vec<Span> = found.events.iter().map(|event| event.trigger).collect();
        let pairs = told.count(article, &entries, &findings, |entry, finding| {
            let event = &found.events[finding];
            let same_trigger = u32::from(overlaps(entries[entry].0, event.trigger));
            match table.get(entry) {
                Some(should) => fit(seeds, article, should, entries[entry].0, event, found) * (1 + 9 * same_trigger),
                // Before another event of the same sentence.
                None => 5 * same_trigger,
            }
        });
        for (entry, finding) in pairs {
            let (entry, event) = (&table[entry], &found.events[finding]);
            let word = status_word(event.status);
            let is_right = entry.status.iter().any(|status| status == word);
            count(&mut status, article, event, is_right.then_some(word), Some(word), &entry.status);
            if let Some(should) = &entry.who {
                count_people(
                    &mut people,
                    article,
                    event,
                    should,
                    &entry.perhaps,
                    &participants(seeds, article, event, found),
                );
            }
            let is = event.place.and_then(|n| named(article, found, n));
            let is_right = is.filter(|is| entry.place.iter().any(|place| place == is));
            count(&mut place, article, event, is_right, is, &entry.place);
            let value = event.time.and_then(|n| found.times.get(n as usize));
            let value = value.filter(|time| !is_optional_time(article, time.span));
            let value = value.map(|time| time.value.as_str());
            let is_right = value.filter(|value| entry.time.iter().any(|time| time == value));
            count(&mut time, article, event, is_right, value, &entry.time);
        }
    }
    vec![told, status, people, place, time]
}

/// How well an event fits an entry: 0 where sentence or kind differ, more with each participant in common.
fn fit(seeds: &Seeds, article: &Article, entry: &table::Event, trigger: Span, event: &Event, found: &Found) -> u32 {
    let kind = event_word(event.kind);
    if !overlaps(event.sentence, trigger) || !entry.kind.iter().any(|word| word == kind) {
        return 0;
    }
    let people = participants(seeds, article, event, found);
    1 + entry.who.iter().flatten().filter(|is| people.contains(is.as_str())).count() as u32
}

/// Who takes part, by the names of the table; peoples' adjectives are left out.
fn participants<'a>(seeds: &Seeds, article: &'a Article, event: &Event, found: &Found) -> BTreeSet<&'a str> {
    let names = event.participants.iter().filter_map(|n| named(article, found, *n));
    names.filter(|is| !seeds.is_of_kind(is, Kind::Other) || seeds.is_of_kind(is, Kind::Organisation)).collect()
}

/// Whether the table has this time as one that may be found or not, and no other here.
fn is_optional_time(article: &Article, span: Span) -> bool {
    let mut here = article.table.times.iter().filter(|time| overlaps(article.at(&time.at), span)).peekable();
    here.peek().is_some() && here.all(|time| time.optional)
}

/// Whom the table has at a mention found.
fn named<'a>(article: &'a Article, found: &Found, mention: u32) -> Option<&'a str> {
    let span = found.names.get(mention as usize)?.span;
    Some(article.named_at(span).map_or("nobody", |named| named.is.as_str()))
}

fn count_people(
    score: &mut Score,
    article: &Article,
    event: &Event,
    should: &[String],
    perhaps: &[String],
    found: &BTreeSet<&str>,
) {
    let found: BTreeSet<&str> = found.iter().copied().filter(|is| !perhaps.iter().any(|name| name == is)).collect();
    score.expected += should.len();
    score.found += found.len();
    score.right += should.iter().filter(|is| found.contains(is.as_str())).count();
    for missed in should.iter().filter(|is| !found.contains(is.as_str())) {
        score.note(article, event.trigger, format_args!("without {missed}"));
    }
    for wrong in found.iter().filter(|is| !should.iter().any(|name| name == *is)) {
        score.note(article, event.trigger, format_args!("not {wrong}"));
    }
}

/// Counts one slot of an event: what it is if right, what it is, what it should be.
fn count(
    score: &mut Score,
    article: &Article,
    event: &Event,
    right: Option<&str>,
    is: Option<&str>,
    should: &[String],
) {
    score.right += usize::from(right.is_some());
    score.found += usize::from(is.is_some());
    score.expected += usize::from(!should.is_empty());
    if right.is_none() && (is.is_some() || !should.is_empty()) {
        let should = if should.is_empty() { "nothing".to_owned() } else { should.join(" or ") };
        score.note(article, event.trigger, format_args!("{} for {should}", is.unwrap_or("nothing")));
    }
}
