//! The grammar of time: from words to what they say. No date is counted here.
//!
//! A hand-written descent over the classes of words: each rule is a function from a place to where its expression
//! ends and what it says, looks at a few words only, and fails at the first that does not fit. Rejected: regular
//! expressions, which would have to be weighed (and loaded) by the hundred.

mod amounts;
mod clock;
mod dates;
mod figures;
mod hours;
mod lengths;
mod relative;
mod sets;
mod years;

pub(super) use lengths::whole;

use super::lexicon::{Class, PLURAL};
use super::sense::{Clock, Date, Match, Part, Sense, Year};
use super::words::{Gap, Words};

/// All expressions of a text in order; no two overlap. Cost: O(words).
pub(super) fn matches(w: &Words) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let mut i = 0;
    while i < w.len() {
        let two = if may_be_hour(w, i) { hours::hours(w, i, found.last()) } else { None };
        if let Some((first, second)) = two.filter(|(_, second)| second.last > i) {
            i = second.last;
            found.extend([first, second]);
            continue;
        }
        let next = if w.is(i, Class::None) { None } else { expression(w, i) };
        let next = next.or_else(|| found.last().and_then(|last| continued(w, i, last)));
        match next.filter(|(end, _)| *end > i) {
            Some((end, sense)) => {
                found.push(Match { first: i, last: end, sense });
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

/// Whether word `i` may begin a time of day.
fn may_be_hour(w: &Words, i: usize) -> bool {
    matches!(w.class(i), Class::Digits | Class::Small | Class::Hour | Class::Decimal | Class::Half | Class::DayPart)
}

fn expression(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let found = sets::set(w, i)
        .or_else(|| lengths::stretch(w, i))
        .or_else(|| range(w, i))
        .or_else(|| point(w, i))
        .or_else(|| vague(w, i))
        .or_else(|| lengths::counted(w, i).map(|found| lengths::ahead(w, i, found)))
        .or_else(|| lengths::plural(w, i))
        .or_else(|| roughly(w, i))?;
    Some(match found {
        (end, Sense::Point(Date::Vague(""), _)) => (end, Sense::Nothing),
        other => other,
    })
}

/// The first of two days that share the month after the second: `26` in `26–27 May`.
fn range(w: &Words, i: usize) -> Option<(usize, Sense)> {
    if !matches!(w.class(i), Class::Digits | Class::Ordinal | Class::Small | Class::The)
        || w.char_before(i) == Some('$')
    {
        return None;
    }
    let at = i + usize::from(w.is(i, Class::The));
    let (end, day) = dates::day_number(w, at)?;
    let second = after_connector(w, end)?;
    let second = second + usize::from(w.is(second, Class::The));
    let from = second_date(w, second);
    let Some(Date::Part(year, Part::Day(month, _))) = from else { return None };
    Some((end, Sense::Point(Date::Part(year, Part::Day(month, day)), None)))
}

/// Where the second part of a range begins, given where the first ends.
fn after_connector(w: &Words, end: usize) -> Option<usize> {
    if matches!(w.class(end), Class::To | Class::And | Class::Until | Class::Or) && w.is_near(end) {
        return w.is_near(end + 1).then_some(end + 1);
    }
    matches!(w.gap(end), Gap::Hyphen | Gap::Dash).then_some(end)
}

/// A day with its month written after it.
fn second_date(w: &Words, i: usize) -> Option<Date> {
    let is_day_first = matches!(w.class(i), Class::Digits | Class::Ordinal | Class::Small | Class::Tens);
    let (_, date) = dates::date(w, i).filter(|_| is_day_first)?;
    let has_name = (i..i + 4).any(|k| w.is(k, Class::Month));
    has_name.then_some(date)
}

/// The second of two days that share a month named before: `27` in `May 26–27, 2025`.
fn continued(w: &Words, i: usize, before: &Match) -> Option<(usize, Sense)> {
    if w.is(i, Class::Digits)
        && w.gap(before.last.wrapping_sub(1)) == Gap::Slash
        && after_connector(w, before.last) == Some(i)
    {
        let (end, date) = figures::date(w, i).or_else(|| figures::short(w, i))?;
        return Some((end, Sense::Point(date, None)));
    }
    let Sense::Point(Date::Part(year, Part::Day(month, first)), None) = &before.sense else { return None };
    let month_is_first = w.is(before.first, Class::Month);
    let at = after_connector(w, before.last).filter(|_| month_is_first)?;
    let at = at + usize::from(w.is(at, Class::The));
    if i != at {
        return None;
    }
    let (end, day) = dates::day_number(w, i).filter(|(_, day)| day > first)?;
    if amounts::unit(w, end).is_some() || matches!(w.class(end), Class::Measure | Class::Huge) {
        return None;
    }
    let (end, year) = years::year_after(w, end, true).unwrap_or((end, *year));
    Some((end, Sense::Point(Date::Part(year, Part::Day(*month, day)), None)))
}

/// A point of the calendar with its time of day, in either order, or a time of day alone.
fn point(w: &Words, i: usize) -> Option<(usize, Sense)> {
    if let Some((end, date, minutes)) = figures::moment(w, i) {
        return Some((end, Sense::Point(date, Some(Clock::At(minutes, true)))));
    }
    if let Some(found) = part_of_a_day(w, i) {
        return Some(found);
    }
    if let Some((end, time)) = clock::clock(w, i) {
        return Some(clock_and_date(w, end, time));
    }
    if let Some((end, date)) = relative::date(w, i) {
        return Some(date_and_clock(w, end, date));
    }
    // `at 6`: an hour only where a day follows, or nothing that it could count or cost.
    let is_led = i > 0 && w.is(i - 1, Class::At);
    let (end, time) = clock::hour(w, i)?;
    let (after, sense) = clock_and_date(w, end, time);
    let is_spoken = end > i + 1 && w.is(i, Class::Small);
    let is_tonight = w.is(end, Class::Tonight) && w.is_near(end);
    if after > end && (is_led || is_spoken || is_tonight) {
        return Some((after, sense));
    }
    let is_price = w.text(i.wrapping_sub(2)).ends_with("ed") || w.is(i, Class::Decimal) || w.lex(i).value > 12;
    let is_last = matches!(w.gap(end), Gap::Other | Gap::Dot | Gap::Comma)
        && w.next_char(end - 1).is_none_or(|c| ".,?!;".contains(c));
    (is_led && is_last && !is_price).then_some((end, sense))
}

/// `this morning`, `last night`, `tonight`, `that evening`, `mid-afternoon yesterday`.
fn part_of_a_day(w: &Words, i: usize) -> Option<(usize, Sense)> {
    if w.is(i, Class::Tonight) {
        return Some(clock_after(w, i + 1, Date::Days(0), Clock::Part("NI")));
    }
    let mut at = i + usize::from(matches!(w.class(i), Class::Early | Class::Earlier | Class::Later));
    at += usize::from(at > i && matches!(w.class(at), Class::In));
    at += usize::from(at > i && w.is(at, Class::The));
    let skipped = at > i;
    let date = match (w.class(at), w.lex(at).value) {
        (Class::This, _) => Some(Date::Days(0)),
        (Class::Last, 1) => Some(Date::Days(-1)),
        (Class::That | Class::Same, _) => Some(Date::Mentioned),
        (Class::Next, _) => Some(Date::Days(1)),
        _ => None,
    };
    if let Some(date) = date {
        let at = at + 1 + usize::from(w.is(at + 1, Class::Early));
        let part = clock::part(w, at).filter(|_| w.is_joined(at) && w.lex(at).shape != PLURAL)?;
        // `last night` and `this night` are parts of a day; `this noon` is, `that morning's` too.
        return Some(clock_after(w, at + 1, date, part));
    }
    let part = clock::part(w, at).filter(|_| w.lex(at).shape != PLURAL)?;
    let end = at + 1;
    if !w.is_joined(at) && skipped {
        return None;
    }
    let is_led = w.is(i.wrapping_sub(1), Class::The) && w.is(i.wrapping_sub(2), Class::In)
        || skipped && w.is(at - 1, Class::The);
    match clock_and_date(w, end, part) {
        (after, sense) if after > end => Some((after, sense)),
        (_, Sense::Clock(part)) if is_led || matches!(part, Clock::At(..)) => {
            // `in the morning at 7`.
            match clock_after(w, end, Date::Days(0), part) {
                (end, Sense::Point(_, Some(clock))) => Some((end, Sense::Clock(clock))),
                (end, _) => Some((end, Sense::Clock(part))),
            }
        }
        _ => None,
    }
}

/// A day and part of it, and a time that makes it exact: `this morning at 9`.
fn clock_after(w: &Words, end: usize, date: Date, part: Clock) -> (usize, Sense) {
    let Clock::Part(name) = part else { return (end, Sense::Point(date, Some(part))) };
    let at = end + usize::from(matches!(w.class(end), Class::At) || w.is(end, Class::Approximate));
    let found = if at > end { clock::hour(w, at) } else { clock::clock(w, at) };
    match found.filter(|_| (end..=at).all(|k| w.is_near(k))) {
        Some((end, Clock::At(minutes, is_sure))) => {
            let is_late = matches!(name, "AF" | "EV") || (name == "NI" && (360..720).contains(&(minutes % 720)));
            let minutes = if is_sure { minutes } else { minutes % 720 + if is_late { 720 } else { 0 } };
            (end, Sense::Point(date, Some(Clock::At(minutes, true))))
        }
        _ => (end, Sense::Point(date, Some(part))),
    }
}

/// Whether a time of day may stand beside a date.
fn takes_clock(date: &Date) -> bool {
    relative::is_day(date) || matches!(date, Date::DayOfMonth(_) | Date::Mentioned) || matches!(date, Date::Nth(..))
}

/// The date after a time of day: `10 p.m. Wednesday`, `5 p.m. EST, Nov. 6`, `10:30 on 1/1/2015`.
fn clock_and_date(w: &Words, end: usize, time: Clock) -> (usize, Sense) {
    let is_close =
        matches!(w.gap(end), Gap::Space | Gap::Comma) || (w.gap(end) == Gap::Dot && w.is(end - 1, Class::Meridiem));
    let at = end
        + usize::from(
            matches!(w.class(end), Class::On | Class::Of) || w.is(end, Class::In) && w.is(end + 1, Class::The),
        );
    let is_named = matches!(w.class(at), Class::This | Class::That | Class::Last | Class::Next | Class::Tonight);
    let this = is_named.then(|| part_of_a_day(w, at)).flatten().filter(|_| is_close);
    if let Some((after, Sense::Point(date, part))) = this {
        return (after, Sense::Point(date, Some(within(time, part))));
    }
    let found = relative::date(w, at).or_else(|| figures::short(w, at).filter(|_| at > end));
    let found = found.filter(|(_, date)| is_close && takes_clock(date));
    match found {
        Some((after, date)) => {
            // `five-thirty tomorrow evening`.
            let part = clock::part(w, after).filter(|part| w.is_near(after) && matches!(part, Clock::Part(_)));
            let after = if part.is_some() { after + 1 } else { after };
            (after, Sense::Point(date, Some(within(time, part))))
        }
        None => (end, Sense::Clock(time)),
    }
}

/// A time whose half of the day is the one that a part of the day lies in.
fn within(time: Clock, part: Option<Clock>) -> Clock {
    match (time, part) {
        (Clock::At(minutes, false), Some(Clock::Part("MO"))) => Clock::At(minutes % 720, true),
        (Clock::At(minutes, false), Some(Clock::Part(_))) => Clock::At(minutes % 720 + 720, true),
        _ => time,
    }
}

/// The time of day after a date: `tomorrow at 6`, `Monday morning`, `May 26, 10:30 a.m.`.
fn date_and_clock(w: &Words, end: usize, date: Date) -> (usize, Sense) {
    let alone = |date| (end, Sense::Point(date, None));
    if !takes_clock(&date) {
        return alone(date);
    }
    let gap = w.gap(end);
    if !matches!(gap, Gap::Space | Gap::Comma | Gap::Dash) {
        return alone(date);
    }
    if let Some((at, part)) = part_after(w, end) {
        return clock_after(w, at, date, part);
    }
    let mut at = end;
    let is_led = matches!(w.class(at), Class::At);
    at += usize::from(matches!(w.class(at), Class::At));
    at += usize::from(matches!(w.class(at), Class::Approximate) && (at > end || gap == Gap::Space));
    if w.is(at, Class::Digits) && !is_led && !w.is_near(at) && gap != Gap::Comma && gap != Gap::Dash {
        return alone(date);
    }
    let is_whole = matches!(date, Date::Part(..)) && w.is(end - 1, Class::Month);
    let is_roughly = at > end && w.is(at - 1, Class::Approximate);
    let found =
        if is_led || is_roughly { clock::hour(w, at) } else { clock::clock(w, at).or_else(|| clock::spoken(w, at)) };
    match found.filter(|_| !is_whole && (end + 1..=at).all(|k| w.is_near(k))) {
        Some((after, time)) if hours::hours(w, at, None).is_none() && !is_first_of_range(w, after, at) => {
            (after, Sense::Point(date, Some(time)))
        }
        _ => alone(date),
    }
}

/// Whether a bare hour is the first of two (`from 3 to 5 p.m.`), whose half of the day the second says.
fn is_first_of_range(w: &Words, end: usize, at: usize) -> bool {
    end == at + 1 && w.is(at, Class::Digits) && after_connector(w, end).is_some_and(|k| clock::clock(w, k).is_some())
}

/// `Monday morning`, `yesterday in the afternoon`, `Sunday late evening`.
fn part_after(w: &Words, end: usize) -> Option<(usize, Clock)> {
    let mut at = end;
    if w.is(at, Class::In) && w.is(at + 1, Class::The) {
        at += 2;
    }
    at += usize::from(w.is(at, Class::Early));
    let is_near = (end..=at).all(|k| w.is_near(k));
    let part = clock::part(w, at).filter(|_| is_near && w.lex(at).shape != PLURAL)?;
    Some((at + 1, part))
}

/// `now`, `recently`, `soon`, `in the past`, `in the near future`, `until then`, `at the moment`.
fn vague(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let before = w.class(i.wrapping_sub(1));
    let say = |end, value| Some((end, Sense::Point(Date::Vague(value), None)));
    match w.class(i) {
        Class::Now => say(i + 1, "PRESENT_REF"),
        Class::At if years::is_word(w, i + 1, "present") => say(i + 2, "PRESENT_REF"),
        Class::Right if w.is(i + 1, Class::Now) => say(i + 2, "PRESENT_REF"),
        Class::Current if w.is_near(i + 1) => say(i + 1, "PRESENT_REF"),
        Class::Recently => say(i + 1, "PAST_REF"),
        Class::More if w.is(i + 1, Class::Recently) => say(i + 2, "PAST_REF"),
        Class::Recent => say(i + 1, "PAST_REF"),
        Class::Soon if before != Class::No && !years::is_word(w, i.wrapping_sub(1), "as") => say(i + 1, "FUTURE_REF"),
        Class::Then if matches!(before, Class::Until | Class::Since | Class::By) => {
            Some((i + 1, Sense::Point(Date::Mentioned, None)))
        }
        Class::The if before == Class::In && w.is(i + 1, Class::Past) && ends_phrase(w, i + 2) => {
            say(i + 2, "PAST_REF")
        }
        Class::The if before == Class::At && years::is_word(w, i + 1, "moment") => say(i + 2, "PRESENT_REF"),
        Class::The if w.is(i + 1, Class::Future) && matches!(before, Class::In | Class::For) => {
            say(i + 2, "FUTURE_REF")
        }
        Class::The if before == Class::In && w.is(i + 2, Class::Future) => say(i + 3, "FUTURE_REF"),
        Class::Small if w.lex(i).value == 1 && matches!(before, Class::Ahead | Class::Would) => {
            if years::is_word(w, i + 1, "day") { say(i + 2, "FUTURE_REF") } else { None }
        }
        _ => None,
    }
}

/// Whether no noun follows that the words before would belong to.
fn ends_phrase(w: &Words, i: usize) -> bool {
    !w.is_near(i) || w.class(i) != Class::None
}

/// `about May 5`, `around noon`: what follows says, the first word only how exactly.
fn roughly(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let is_rough = w.is(i, Class::Approximate) && w.lex(i).value == 1 && w.is_near(i + 1);
    let (end, sense) = if is_rough { point(w, i + 1)? } else { return None };
    let is_day = match &sense {
        Sense::Point(date, _) => relative::is_day(date),
        Sense::Clock(_) => true,
        _ => false,
    };
    is_day.then_some((end, sense))
}

/// The year that the second of two joined dates gives the first: `October–November 2024`.
pub(super) fn shared_year(first: &Date, second: &Date) -> Option<Year> {
    if let (
        Date::Figures(_, _, Year::Open, _),
        Date::Figures(_, _, year @ Year::Known(_), _) | Date::Part(year @ Year::Known(_), _),
    ) = (first, second)
    {
        return Some(*year);
    }
    let (Date::Part(Year::Open, a), Date::Part(Year::Known(year), b)) = (first, second) else { return None };
    let place = |part: &Part| match part {
        Part::Month(month) | Part::Day(month, _) => Some(*month),
        Part::Quarter(n) => Some(n * 3),
        _ => None,
    };
    Some(Year::Known(if place(a)? <= place(b)? { *year } else { *year - 1 }))
}

/// Whether only a word or a dash that makes a range stands between two matches.
pub(super) fn is_range(w: &Words, first: &Match, second: &Match) -> bool {
    match second.first.wrapping_sub(first.last) {
        0 => matches!(w.gap(second.first), Gap::Hyphen | Gap::Dash),
        1 => matches!(w.class(first.last), Class::To | Class::And | Class::Until) && w.is_near(first.last),
        2 => w.is(first.last, Class::Until) && w.is(first.last + 1, Class::The),
        _ => false,
    }
}
