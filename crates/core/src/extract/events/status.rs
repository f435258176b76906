//! Whether an encounter came to pass, by tense, modality and negation; and when.

use super::super::times::{Time, TimeKind};
use super::Status;
use super::frame::Frame;
use super::tokens::{REACH, Sentence};
use super::words::flag;

/// Whether it came to pass, by the words of its own clause, in a quotation or not.
pub(super) fn status(own: &Sentence, frame: &Frame) -> Status {
    let verbs = frame.group..frame.at;
    let is = |at: usize, flags: u32| own.is(at, flags);
    let mut has = verbs.clone().fold((false, false), |has, at| {
        (has.0 || is(at, flag::DENY), has.1 || (is(at, flag::PLAN) && !is_perfect(own, at)))
    });
    if frame.is_noun {
        let (denied, planned) = around(own, frame);
        has = (has.0 || denied, has.1 || planned);
    }
    // `denied that they had met`, `denied meeting`, `if they meet`.
    let clause = frame.group.saturating_sub(12)..frame.group;
    let border = clause
        .clone()
        .rev()
        .take_while(|at| !own.is_cut(at + 1))
        .find(|at| is(*at, flag::BORDER) || named(own, *at, DENIALS));
    if let Some(at) = border {
        let is_that = named(own, at, &["that", "whether"]);
        let is_denial = named(own, at, DENIALS) && (frame.group - at < 8);
        has.0 |= is_denial || (is_that && at > 0 && named(own, at - 1, DENIALS));
        has.1 |= named(own, at, &["if", "unless"]);
    }
    if frame.group == frame.at && !frame.is_noun && named(own, frame.at, BASE) {
        has.1 |= is_joined_to_plan(own, frame.at);
    }
    has.0 |= is_kept_from(own, frame.group);
    match has {
        (true, _) => Status::Denied,
        (_, true) => Status::Planned,
        _ => Status::Happened,
    }
}

const DENIALS: &[&str] = &["denied", "denies", "deny", "denying"];
/// Words after a noun that say that nothing came of it.
const OFF: &[&str] = &["cancelled", "canceled", "postponed", "scrapped", "rejected", "abandoned", "not", "never"];
/// Words after a noun that say that it is to come.
const TO_COME: &[&str] = &["will", "scheduled", "expected", "planned", "due", "set", "next", "tomorrow"];
/// Words that say so only of what happens: `talks may begin`, but not `talks may help`.
const MAY: &[&str] = &["would", "may", "might", "could", "should"];
/// What happens to an encounter.
const HAPPENING: &[&str] =
    &["be", "take", "begin", "start", "resume", "happen", "occur", "go", "follow", "continue", "open", "end", "last"];

fn named(own: &Sentence, at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| own.written(at).eq_ignore_ascii_case(word))
        && own.tokens.get(at).is_some_and(|token| token.mention.is_none())
}

/// Verbs as they stand after `to`.
const BASE: &[&str] = &["meet", "visit", "tour", "travel", "fly", "receive", "host", "speak", "talk"];

/// Whether a `to` is followed by `have`: `is said to have met` is no plan.
fn is_perfect(own: &Sentence, at: usize) -> bool {
    named(own, at, &["to"]) && named(own, at + 1, &["have"])
}

/// Whether a verb is the second of two that are planned: `will visit … and meet`.
fn is_joined_to_plan(own: &Sentence, at: usize) -> bool {
    let is_second = at.checked_sub(1).is_some_and(|at| own.is(at, flag::AND))
        || own.tokens.get(at).is_some_and(|token| token.has_comma);
    let before = (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|at| !own.is_cut(at + 1) && !own.is(*at, flag::BORDER | flag::SAY));
    is_second && before.into_iter().any(|at| own.is(at, flag::PLAN) && own.is(at, flag::AUX))
}

/// Whether somebody was kept from it: `barred her from travelling`.
fn is_kept_from(own: &Sentence, group: usize) -> bool {
    let Some(from) = group.checked_sub(1).filter(|at| named(own, *at, &["from"])) else { return false };
    let verbs = ["barred", "prevented", "stopped", "banned", "kept", "stop", "prevent", "bar", "discouraged"];
    (from.saturating_sub(10)..from).any(|at| named(own, at, &verbs))
}

/// What the words around a noun say: that it is denied, that it is planned.
fn around(own: &Sentence, frame: &Frame) -> (bool, bool) {
    let (mut denied, mut planned) = (false, false);
    for at in (frame.at.saturating_sub(8)..frame.at).rev() {
        if own.is_cut(at + 1) || own.is(at, flag::BORDER | flag::SAY) {
            // `before talks`, `ahead of a visit`: it is to come; `after` it has been.
            planned |= named(own, at, &["before", "until"]) && frame.at - at < 5;
            break;
        }
        denied |= own.is(at, flag::DENY);
        // `to` is a preposition before a noun and says nothing there: `returned to talks`.
        planned |= own.is(at, flag::PLAN) && !own.is(at, flag::WHITHER);
        planned |= named(own, at, &["to"]) && at + 1 < frame.at && own.is(at + 1, flag::LIGHT | flag::VERB);
        planned |= named(own, at, &["next"]);
    }
    for at in frame.at + 1..(frame.at + 16).min(own.tokens.len()) {
        if own.is_cut(at) || own.is(at, flag::BORDER | flag::SAY | flag::AND) && !is_list(own, at) {
            break;
        }
        let is_verbal = own.is(at - 1, flag::AUX);
        denied |= named(own, at, OFF) && (is_verbal || !own.is(at, flag::AUX));
        let is_off = named(own, at, &["off"]) && at > 0 && named(own, at - 1, &["called", "broken"]);
        denied |= is_off;
        planned |= named(own, at, TO_COME);
        planned |= named(own, at, MAY) && own.written(at) != "May" && named(own, at + 1, HAPPENING);
    }
    (denied, planned)
}

/// Whether an `and` stands between names: the clause goes on after it.
fn is_list(own: &Sentence, at: usize) -> bool {
    own.is(at, flag::AND) && (at + 1..at + 5).any(|at| own.mention(at).is_some())
}

/// The time that an encounter was at: the nearest in its clause, after it rather than before; never how long or how
/// often, and never when somebody spoke of it.
pub(super) fn time(own: &Sentence, at: usize, times: &[Time]) -> Option<u32> {
    let first = own.tokens.get(at.saturating_sub(REACH))?;
    let last = own.tokens.last()?;
    let from = times.partition_point(|time| time.span.end <= first.span.start);
    let mut best: Option<(usize, u32)> = None;
    let trigger = own.span(at);
    for (n, time) in times.iter().enumerate().skip(from) {
        if time.span.start >= last.span.end || best.is_some_and(|(far, _)| time.span.start > trigger.end && far == 0) {
            break;
        }
        let place = own.tokens.partition_point(|token| token.span.end <= time.span.start);
        if !matches!(time.kind, TimeKind::Date | TimeKind::Time)
            || place.abs_diff(at) > REACH
            || is_of_speaking(own, place)
        {
            continue;
        }
        let is_after = place > at;
        let between = if is_after { at + 1..place } else { place..at };
        let borders = between.filter(|at| own.is_cut(*at) || own.is(*at, flag::BORDER)).count();
        let far = place.abs_diff(at) + if is_after { 0 } else { 2 } + 12 * borders;
        if best.is_none_or(|(nearest, _)| far < nearest) {
            best = Some((far, n as u32));
        }
        if is_after && place > at + REACH {
            break;
        }
    }
    best.map(|(_, n)| n)
}

/// Whether a time is when somebody said something: `said on Tuesday`.
fn is_of_speaking(own: &Sentence, place: usize) -> bool {
    let before = |n: usize| place.checked_sub(n);
    let is_said = |at: Option<usize>| at.is_some_and(|at| own.is(at, flag::SAY));
    let is_on = before(1).is_some_and(|at| named(own, at, &["on", "in", "at", "late", "early"]));
    is_said(before(1)) || (is_on && is_said(before(2)))
}
