//! Meetings, visits, calls and talks: who, with whom, where, when, and whether it came to pass.
//!
//! A sentence is looked at where a word of `words` tells of an encounter: a verb (`met`, `visited`, `phoned`) or a noun
//! (`talks`, `summit`, `call`). Its frame is read from the order of words, without a parser: who stands before the verb
//! and is no object of anything; who stands after it, after `with`, after `between … and …`; the place after `in` or, of
//! a journey, after `to`; the time that is nearest. Most that is said to be *met* is a need or a deadline, so a verb
//! counts only where its object is a name or a person's office, or where several together met.
//!
//! | file | what |
//! |---|---|
//! | `words` | the words that matter, and what for |
//! | `tokens` | a sentence as words with what is known of each |
//! | `frame` | who and where |
//! | `status` | whether it came to pass, and when |
//! | `merged` | what several documents tell of one encounter |

mod frame;
pub mod merged;
mod status;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub use merged::{Conflict, MergedEvent, Told, merged};

use super::quotations::Quotation;
use super::times::Time;
use super::{Certainty, Mention, Reading};
use crate::base::Span;

/// What sort of encounter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// People come together.
    Meeting,
    /// Somebody travels to a place or a person.
    Visit,
    /// A telephone or video call.
    Call,
    /// Negotiations, consultations, a summit, a conference.
    Talks,
}

/// Whether it came to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The text says that it did.
    Happened,
    /// The text expects, proposes or announces it.
    Planned,
    /// The text says that it did not, or will not, or denies it.
    Denied,
}

/// An encounter that a sentence tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What sort.
    pub kind: EventKind,
    /// Whether it came to pass.
    pub status: Status,
    /// The word that tells of it: `met`, `call`.
    pub trigger: Span,
    /// The sentence.
    pub sentence: Span,
    /// Who took part: indices into the mentions given, in order of place. Empty where the text says only where or when
    /// it was: `the Geneva talks`.
    pub participants: Vec<u32>,
    /// Where: an index into the mentions given.
    pub place: Option<u32>,
    /// When: an index into the times given.
    pub time: Option<u32>,
    /// How certain.
    pub certainty: Certainty,
    /// Why, in the words of a reader.
    pub reason: &'static str,
}

/// The encounters that a text tells of, in order of place. `names` and `times` are its mentions and times in order of
/// place; words inside a quotation are about what they say, whoever says them, but `I` is its speaker.
/// Cost: O(words + mentions + times + quotations).
pub fn events(reading: &Reading, names: &[Mention], times: &[Time], quotations: &[Quotation]) -> Vec<Event> {
    if !reading.is_covered() {
        return Vec::new();
    }
    let quoted = tokens::Quoted::new(quotations);
    let mut found: Vec<Event> = Vec::new();
    for sentence in &reading.sentences {
        if !tokens::has_trigger(reading, *sentence) {
            continue;
        }
        let own = tokens::Sentence::new(reading, *sentence, names, &quoted);
        for at in own.triggers() {
            let Some(frame) = frame::read(&own, at, names, times, quotations) else { continue };
            let event = Event {
                kind: frame.kind,
                status: status::status(&own, &frame),
                trigger: own.span(at),
                sentence: *sentence,
                time: status::time(&own, at, times),
                participants: frame.participants,
                place: frame.place,
                certainty: frame.certainty,
                reason: frame.reason,
            };
            // A day on which somebody said something says nothing of the encounter.
            if !event.participants.is_empty() || event.place.is_some() || event.time.is_some() {
                add(&mut found, event);
            }
        }
    }
    found
}

/// Adds an event, unless the one before it in the sentence tells of the same: `held talks at a meeting`.
fn add(found: &mut Vec<Event>, event: Event) {
    let Some(last) = found.last_mut().filter(|last| last.sentence == event.sentence) else {
        found.push(event);
        return;
    };
    let is_contained = |a: &Event, b: &Event| a.participants.iter().all(|own| b.participants.contains(own));
    let is_near = event.trigger.start.saturating_sub(last.trigger.end) < 60;
    let are_alike = (last.kind == EventKind::Visit) == (event.kind == EventKind::Visit);
    let is_same = is_near && are_alike && last.status == event.status;
    if is_same && event.participants.len() > last.participants.len() && is_contained(last, &event) {
        let (place, time) = (last.place.or(event.place), last.time.or(event.time));
        *last = Event { place, time, ..event };
    } else if is_same && is_contained(&event, last) {
        last.place = last.place.or(event.place);
        last.time = last.time.or(event.time);
    } else {
        found.push(event);
    }
}
