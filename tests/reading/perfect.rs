//! The scorers themselves: what the table has, given as if it had been found, is all right; each error costs.

use sheaf_core::base::Span;
use sheaf_core::extract::events::{Event, EventKind, Status};
use sheaf_core::extract::quotations::{Manner, Quotation, Speaker};
use sheaf_core::extract::times::{Time, TimeKind};
use sheaf_core::extract::{Mention, Reading};

use crate::found::Found;
use crate::score::Score;
use crate::seeds::{Article, Seeds, event_word, manner_word, status_word, time_word};
use crate::{names, scores};

#[test]
fn what_the_table_has_is_all_right() {
    let seeds = Seeds::open();
    let found: Vec<Found> = seeds.articles.iter().map(|article| perfect(&seeds, article)).collect();
    for (article, found) in seeds.articles.iter().zip(&found) {
        assert_eq!(found.faults(&article.text), Vec::<String>::new());
    }
    // Who is the same is the business of another floor: it is asked, not given.
    for score in scores(&seeds, &found).iter().filter(|score| !score.figure.starts_with("entities")) {
        assert_eq!((score.f1(), score.misses.len()), (1.0, 0), "{}: {:#?}", score.figure, score.misses);
    }
}

#[test]
fn every_error_costs() {
    let seeds = Seeds::open();
    let spoilt = |spoil: &dyn Fn(&mut Found)| {
        let mut found: Vec<Found> = seeds.articles.iter().map(|article| perfect(&seeds, article)).collect();
        found.iter_mut().for_each(spoil);
        scores(&seeds, &found)
    };
    let falls = |scores: &[Score], figure: &str| {
        let score = scores.iter().find(|score| score.figure == figure).expect("a figure of that name");
        assert!(score.f1() < 1.0 && !score.misses.is_empty(), "{figure} is still right");
    };
    let shorter = |span: Span| Span::new(span.start, span.end - 1);
    falls(&spoilt(&|found| found.names[0].span = shorter(found.names[0].span)), "names");
    falls(&spoilt(&|found| found.names.iter_mut().for_each(|name| name.role = None)), "roles");
    falls(&spoilt(&|found| found.times.truncate(1)), "times");
    falls(&spoilt(&|found| found.times.iter_mut().for_each(|time| time.value.push('0'))), "times, value");
    falls(&spoilt(&|found| found.times[0].span = shorter(found.times[0].span)), "times, exact extent");
    falls(
        &spoilt(&|found| found.quotations.iter_mut().for_each(|q| q.manner = Manner::Reported)),
        "quotations, direct",
    );
    falls(&spoilt(&|found| found.quotations.truncate(3)), "quotations, all");
    let first_name = |found: &mut Found| {
        found.quotations.iter_mut().filter_map(|q| q.speaker.as_mut()).for_each(|speaker| speaker.mention = Some(0));
    };
    falls(&spoilt(&first_name), "speakers, resolved");
    falls(&spoilt(&|found| found.quotations.iter_mut().for_each(|q| q.speaker = None)), "speakers, as written");
    falls(&spoilt(&|found| found.events.truncate(2)), "events");
    falls(&spoilt(&|found| found.events.iter_mut().for_each(|e| e.status = Status::Denied)), "events: status");
    falls(&spoilt(&|found| found.events.iter_mut().for_each(|e| e.participants.clear())), "events: participants");
    falls(&spoilt(&|found| found.events.iter_mut().for_each(|e| e.place = e.place.map(|_| 0))), "events: place");
    falls(&spoilt(&|found| found.events.iter_mut().for_each(|e| e.time = None)), "events: time");
}

/// What an extractor would give that finds all that the table has, and what may be found besides.
fn perfect(seeds: &Seeds, article: &Article) -> Found {
    let reading = Reading::new(&article.text, "en");
    let names = names::given(seeds, article);
    let mention_of = |is: &String| article.names.iter().position(|name| name.is == *is).map(|n| n as u32);
    let mut times: Vec<Time> = article
        .table
        .times
        .iter()
        .map(|time| {
            let kind =
                known(&[TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set], time_word, &time.kind[0]);
            let value = time.value[0].clone();
            Time { span: article.at(&time.at), kind, value, days: None, certainty: 100, reason: "" }
        })
        .collect();
    times.sort_by_key(|time| time.span);
    // A range may be found as one or as two, not as both.
    times.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    let mut quotations: Vec<Quotation> = article
        .table
        .quotations
        .iter()
        .map(|quotation| perfect_quotation(article, quotation, &names, mention_of))
        .collect();
    quotations.sort_by_key(|quotation| quotation.content[0].start);
    let mut events: Vec<Event> = article
        .table
        .events
        .iter()
        .map(|event| {
            let trigger = article.at(&event.trigger);
            let sentence = reading.sentences[reading.sentence_at(trigger.start).expect("a sentence")];
            let kinds = [EventKind::Meeting, EventKind::Visit, EventKind::Call, EventKind::Talks];
            Event {
                kind: known(&kinds, event_word, &event.kind[0]),
                status: known(&[Status::Happened, Status::Planned, Status::Denied], status_word, &event.status[0]),
                trigger,
                sentence,
                participants: event.who.iter().flatten().filter_map(mention_of).collect(),
                place: event.place.first().and_then(mention_of),
                time: event
                    .time
                    .first()
                    .and_then(|value| times.iter().position(|time| time.value == *value))
                    .map(|n| n as u32),
                certainty: 100,
                reason: "",
            }
        })
        .collect();
    events.sort_by_key(|event| event.trigger);
    Found { names, times, quotations, events }
}

fn perfect_quotation(
    article: &Article,
    quotation: &crate::table::Quotation,
    names: &[Mention],
    mention_of: impl Fn(&String) -> Option<u32>,
) -> Quotation {
    let manners = [Manner::Direct, Manner::Mixed, Manner::Reported];
    let content: Vec<Span> = quotation.content.iter().map(|place| article.at(place)).collect();
    let mention = quotation.who.as_ref().and_then(mention_of);
    // Where no speaker is written, the name is pointed at where it stands.
    let written = quotation.speaker.as_ref().map(|place| article.at(place));
    let span = written.or_else(|| mention.map(|n| names[n as usize].span));
    Quotation {
        content,
        manner: known(&manners, manner_word, &quotation.manner),
        cue: quotation.cue.as_ref().map(|place| article.at(place)),
        speaker: span.map(|span| Speaker { span, mention, certainty: 100, reason: "" }),
        addressee: quotation.to.as_ref().map(|place| article.at(place)),
        certainty: 100,
        reason: "",
    }
}

/// The kind of that word.
fn known<T: Copy>(kinds: &[T], word_of: impl Fn(T) -> &'static str, word: &str) -> T {
    *kinds.iter().find(|kind| word_of(**kind) == word).expect("a word of the table")
}
