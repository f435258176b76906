//! Times of day.

use super::super::lexicon::{Class, PLURAL};
use super::super::sense::Clock;
use super::super::words::{Gap, Words};
use super::amounts::cardinal;

/// A time of day that is one beyond doubt: `10:30`, `10 a.m.`, `noon`, `half past seven`, `8 in the morning`.
pub(super) fn clock(w: &Words, i: usize) -> Option<(usize, Clock)> {
    let (end, clock) = bare(w, i).or_else(|| past_the_hour(w, i)).or_else(|| in_a_part(w, i))?;
    let (end, clock) = part_after(w, end, clock);
    Some((zone(w, end), clock))
}

/// As [`clock`], or a bare hour: `6`, `nine thirty`. Only where a date or `at` stands beside it.
pub(super) fn hour(w: &Words, i: usize) -> Option<(usize, Clock)> {
    clock(w, i).or_else(|| {
        let lex = w.lex(i);
        if lex.class == Class::Decimal && lex.shape == 2 && lex.value < 2400 && lex.value % 100 < 60 && !is_glued(w, i)
        {
            let (hour, minute) = (lex.value / 100, lex.value % 100);
            return Some((i + 1, Clock::At(hour * 60 + minute, hour > 12)));
        }
        let (end, hour) = hour_word(w, i)?;
        let minutes = cardinal(w, end).filter(|(_, m)| (1..60).contains(m) && w.is_joined(end));
        let is_word = !w.is(i, Class::Digits);
        let minutes = minutes.filter(|_| is_word && !w.is(end, Class::Digits));
        let (end, minute) = minutes.unwrap_or((end, 0));
        let (end, clock) = part_after(w, end, Clock::At(hour * 60 + minute, hour > 12));
        Some((zone(w, end), clock))
    })
}

/// An hour and minutes in words, after a date: `nine thirty`.
pub(super) fn spoken(w: &Words, i: usize) -> Option<(usize, Clock)> {
    hour(w, i).filter(|(end, _)| w.is(i, Class::Small) && *end > i + 1)
}

/// The TIMEX3 code of a part of the day, for a word that is one.
pub(super) fn part(w: &Words, i: usize) -> Option<Clock> {
    let lex = w.lex(i);
    if lex.class != Class::DayPart {
        return None;
    }
    Some(match lex.value {
        1 => Clock::Part("MO"),
        2 => Clock::Part("AF"),
        3 => Clock::Part("EV"),
        4 => Clock::Part("NI"),
        5 => Clock::At(720, true),
        6 => Clock::At(1440, true),
        7 => Clock::Part("DT"),
        8 => Clock::Part("MI"),
        9 => Clock::Part("MO"),
        _ => Clock::Part("EV"),
    })
}

fn hour_word(w: &Words, i: usize) -> Option<(usize, u32)> {
    let lex = w.lex(i);
    let is_hour = match lex.class {
        Class::Digits => lex.value <= 24 && lex.shape <= 2 && !is_glued(w, i),
        Class::Small => lex.value <= 12,
        _ => false,
    };
    is_hour.then_some((i + 1, lex.value))
}

/// Whether figures are part of something longer: an amount of money, a path, a share.
fn is_glued(w: &Words, i: usize) -> bool {
    let before = w.char_before(i).is_some_and(|c| matches!(c, '$' | '£' | '€' | '#' | '/' | '.' | ':' | '_'));
    before || w.next_char(i).is_some_and(|c| matches!(c, '%' | '/' | '_' | '$'))
}

fn bare(w: &Words, i: usize) -> Option<(usize, Clock)> {
    let lex = w.lex(i);
    match lex.class {
        Class::Hour => return Some((i + 1, Clock::At(lex.value, true))),
        Class::DayPart if matches!(lex.value, 5 | 6) && lex.shape != PLURAL => {
            return part(w, i).map(|part| (i + 1, part));
        }
        Class::Digits
            if lex.value == 12 && matches!(w.lex(i + 1).value, 5 | 6) && w.is_near(i + 1) && !is_glued(w, i) =>
        {
            return part(w, i + 1).map(|part| (i + 2, part));
        }
        Class::Decimal if lex.shape == 2 && w.is(i + 1, Class::Meridiem) && w.is_near(i + 1) => {
            let (hour, minute) = (lex.value / 100, lex.value % 100);
            return meridiem(w, i + 1, hour, minute);
        }
        Class::Digits if lex.shape == 4 && w.is(i + 1, Class::Zone) && w.is_near(i + 1) => {
            let (hour, minute) = (lex.value / 100, lex.value % 100);
            return (hour <= 24 && minute < 60).then_some((i + 1, Clock::At(hour * 60 + minute, true)));
        }
        Class::Digits if (3..=4).contains(&lex.shape) && w.is(i + 1, Class::Meridiem) && w.is_near(i + 1) => {
            return meridiem(w, i + 1, lex.value / 100, lex.value % 100);
        }
        _ => {}
    }
    let (end, hour) = hour_word(w, i)?;
    if w.gap(end) == Gap::Colon {
        return with_minutes(w, end, hour);
    }
    if w.is(end, Class::Meridiem) && w.is_near(end) {
        return meridiem(w, end, hour, 0);
    }
    // `five-thirty p.m.`
    let minutes = cardinal(w, end).filter(|(_, m)| *m < 60 && w.is_joined(end) && !w.is(end, Class::Digits));
    if let Some((after, minute)) = minutes.filter(|(after, _)| w.is(*after, Class::Meridiem)) {
        return meridiem(w, after, hour, minute);
    }
    (w.is(end, Class::OClock) && w.is_near(end)).then_some((end + 1, Clock::At(hour * 60, false)))
}

/// `10:30`, `10:30:15`, `10:30 p.m.`, given where the minutes stand.
fn with_minutes(w: &Words, at: usize, hour: u32) -> Option<(usize, Clock)> {
    let lex = w.lex(at);
    let (minute, joined) = match lex.class {
        Class::Digits if lex.shape == 2 => (lex.value, None),
        // `10:30am` is two words: the minutes carry the half of the day.
        _ => {
            let text = w.text(at);
            let minute = text.get(..2)?.parse::<u32>().ok()?;
            (minute, half_of(text.get(2..)?))
        }
    };
    if minute > 59 || hour > 24 || (lex.class != Class::Digits && joined.is_none()) {
        return None;
    }
    if let Some(half) = joined {
        return (1..=12).contains(&hour).then(|| (at + 1, Clock::At((hour % 12 + half) * 60 + minute, true)));
    }
    let has_seconds = w.gap(at + 1) == Gap::Colon && w.lex(at + 1).shape == 2 && w.is(at + 1, Class::Digits);
    let end = at + 1 + usize::from(has_seconds);
    if w.is(end, Class::Meridiem) && w.is_near(end) {
        return meridiem(w, end, hour, minute);
    }
    let is_certain = hour > 12 || hour == 0 || w.text(at - 1).starts_with('0');
    Some((end, Clock::At(hour * 60 + minute, is_certain)))
}

fn half_of(text: &str) -> Option<u32> {
    match text.to_ascii_lowercase().as_str() {
        "am" | "a" => Some(0),
        "pm" | "p" => Some(12),
        _ => None,
    }
}

fn meridiem(w: &Words, at: usize, hour: u32, minute: u32) -> Option<(usize, Clock)> {
    if minute > 59 {
        return None;
    }
    let hour = match w.lex(at).value {
        _ if hour > 12 || hour == 0 => hour,
        1 => hour % 12,
        _ => hour % 12 + 12,
    };
    (hour <= 24).then_some((at + 1, Clock::At(hour * 60 + minute, true)))
}

/// `half past seven`, `a quarter to five`, `ten past eight`, `20 min past eight`.
fn past_the_hour(w: &Words, i: usize) -> Option<(usize, Clock)> {
    let start = i + usize::from(w.is(i, Class::A));
    let is_quarter = w.is(start, Class::Unit) && w.lex(start).value == 7;
    let (mut at, minutes) = match w.class(start) {
        Class::Half => (start + 1, 30),
        _ if is_quarter => (start + 1, 15),
        _ => cardinal(w, start).filter(|(_, m)| (1..60).contains(m))?,
    };
    at += usize::from(w.is(at, Class::Unit) && w.lex(at).value == 2);
    let has_unit = at > start + 1 && !is_quarter;
    let is_to = w.is(at, Class::To)
        && (is_quarter || (w.is(at + 1, Class::Small) && (has_unit || w.is(at + 2, Class::OClock))));
    if !w.is(at, Class::Past) && !is_to {
        return None;
    }
    let (end, hour) = hour_word(w, at + 1).filter(|(_, hour)| (1..=12).contains(hour))?;
    let end = end + usize::from(w.is(end, Class::OClock));
    let minutes = if is_to { (hour + 11) % 12 * 60 + 60 - minutes } else { hour % 12 * 60 + minutes };
    let minutes = if minutes < 60 { minutes + 720 } else { minutes };
    Some((end, Clock::At(minutes, false)))
}

/// `3 in the morning`.
fn in_a_part(w: &Words, i: usize) -> Option<(usize, Clock)> {
    let (end, hour) = hour_word(w, i)?;
    let is_night = w.is(end, Class::At) && w.lex(end + 1).class == Class::DayPart && w.lex(end + 1).value == 4;
    let is_part = w.is(end, Class::In) && w.is(end + 1, Class::The) && part(w, end + 2).is_some();
    let follows = (is_part || is_night) && w.is_near(end);
    (follows && (1..=12).contains(&hour)).then_some((end, Clock::At(hour % 12 * 60, false)))
}

/// The same time once `in the morning`, `in the evening`, `at night` or a bare part of the day says which half.
fn part_after(w: &Words, end: usize, clock: Clock) -> (usize, Clock) {
    let Clock::At(minutes, false) = clock else { return (end, clock) };
    let at = match (w.class(end), w.class(end + 1)) {
        (Class::In, Class::The) => end + 2,
        (Class::At, _) => end + 1,
        (Class::DayPart, _) => end,
        _ => return (end, clock),
    };
    match part(w, at).filter(|_| (end..=at).all(|k| w.is_near(k))) {
        Some(Clock::Part("MO")) => (at + 1, Clock::At(minutes % 720, true)),
        Some(Clock::Part("NI")) if minutes % 720 < 300 => (at + 1, Clock::At(minutes % 720, true)),
        Some(Clock::Part(_)) => (at + 1, Clock::At(minutes % 720 + 720, true)),
        _ => (end, clock),
    }
}

/// Where a time zone after a time ends.
fn zone(w: &Words, end: usize) -> usize {
    let is_capital = w.lex(end).is_capital;
    let is_zone = w.is(end, Class::Zone) && is_capital && w.is_near(end);
    if is_zone { end + 1 } else { end }
}
