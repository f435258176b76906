//! From what an expression says to its value: the document's date, the tense of the sentence and what was mentioned
//! before decide what is not said.

mod counting;
mod parts;
mod published;
mod weekdays;

use self::parts::{Order, order};
use self::published::Published;
use super::calendar::{Point, Unit};
use super::grammar::{is_range, shared_year};
use super::reasons::Why;
use super::sense::{Amount, Clock, Date, Length, Match, Sense, Side, Year};
use super::tense::{Tense, tense};
use super::words::Words;
use super::{Time, TimeKind};
use crate::base::{DateRange, PartialDate};
use crate::extract::Reading;

/// What the value of an expression is, and why.
struct Placed {
    kind: TimeKind,
    value: String,
    days: Option<DateRange>,
    why: Why,
}

/// Where a date came to lie: on the calendar, or nowhere in particular.
enum Place {
    Point(Point, Why),
    Open(String, Why),
    /// A length, with the days it covers where those are known.
    Length(String, Option<DateRange>, Why),
}

/// What is known while the expressions of a text are gone through.
struct Context {
    published: Published,
    order: Order,
    /// The last point of the calendar that was mentioned, and in which sentence.
    mentioned: Option<(Point, usize)>,
    /// The last quarter that was mentioned, and in which sentence.
    quarter: Option<(i32, usize)>,
    /// The first quarter that was mentioned: what a report is about.
    topic: Option<i32>,
    /// The last year that was written out, and in which sentence.
    year: Option<(i32, usize)>,
    /// The last day that was mentioned, and in which sentence.
    day: Option<(i32, usize)>,
    sentence: usize,
    tense: Tense,
}

/// The values of all matches of a text, in order.
pub(super) fn resolve(
    reading: &Reading,
    words: &Words,
    matches: &mut [Match],
    published: Option<PartialDate>,
) -> Vec<Time> {
    share(words, matches);
    let mut context = Context {
        published: Published::new(published),
        order: order(words, matches),
        mentioned: None,
        quarter: None,
        topic: None,
        year: None,
        day: None,
        sentence: 0,
        tense: Tense::Unknown,
    };
    let mut times: Vec<Time> = Vec::with_capacity(matches.len());
    let mut sentence = (usize::MAX, 0..0);
    for found in matches.iter() {
        let span = words.place(found.first, found.last);
        let at = reading.sentence_at(span.start).unwrap_or(usize::MAX);
        if at != sentence.0 {
            let words = reading.sentences.get(at).map_or(0..0, |span| reading.words_in(*span));
            sentence = (at, words);
        }
        context.sentence = at;
        context.tense = tense(words, sentence.1.start, sentence.1.end, found.first, found.last);
        if let Some(placed) = context.place(found) {
            let Placed { kind, value, days, why } = placed;
            times.push(Time { span, kind, value, days, certainty: why.certainty(), reason: why.reason() });
        }
    }
    times
}

/// Gives the first of two joined expressions what only the second says: `October–November 2024`, `3:00 to 4:00
/// tomorrow`.
fn share(words: &Words, matches: &mut [Match]) {
    for n in (1..matches.len()).rev() {
        let (before, after) = matches.split_at_mut(n);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        if !is_range(words, first, second) {
            continue;
        }
        match (&mut first.sense, &second.sense) {
            (Sense::Point(a, _), Sense::Point(b, _)) => {
                if let (Some(year), Date::Part(open, _) | Date::Figures(_, _, open, _)) = (shared_year(a, b), a) {
                    *open = year;
                }
            }
            (Sense::Clock(clock), Sense::Point(date, Some(_))) => {
                first.sense = Sense::Point(date.clone(), Some(*clock));
            }
            _ => {}
        }
    }
}

impl Context {
    fn place(&mut self, found: &Match) -> Option<Placed> {
        match &found.sense {
            Sense::Nothing => None,
            Sense::Set(value) => Some(Placed { kind: TimeKind::Set, value: value.clone(), days: None, why: Why::Set }),
            Sense::Length(length, side) => Some(self.length(length, *side)),
            Sense::Ahead(_, length) if self.tense == Tense::Past => Some(self.length(length, Side::Neither)),
            Sense::Ahead(date, _) => {
                let place = self.date(date)?;
                Some(self.point(place, None, found))
            }
            Sense::Clock(clock) => Some(self.clock(*clock)),
            Sense::Point(date, clock) => {
                let place = self.date(date)?;
                Some(self.point(place, *clock, found))
            }
        }
    }

    fn point(&mut self, place: Place, clock: Option<Clock>, found: &Match) -> Placed {
        match place {
            Place::Open(value, why) => {
                let kind = if clock.is_some() { TimeKind::Time } else { TimeKind::Date };
                let value = clock.map_or(value.clone(), |clock| format!("{value}{}", clock.value()));
                Placed { kind, value, days: None, why }
            }
            Place::Length(value, days, why) => Placed { kind: TimeKind::Duration, value, days, why },
            Place::Point(point, why) => {
                self.remember(point, why, found);
                let kind =
                    if clock.is_some() || matches!(point, Point::Minute(..)) { TimeKind::Time } else { TimeKind::Date };
                let value = clock.map_or_else(|| point.value(), |clock| format!("{}{}", point.value(), clock.value()));
                let why = if matches!(clock, Some(Clock::At(_, false))) { Why::ClockUnsure } else { why };
                Placed { kind, value, days: point.days(), why }
            }
        }
    }

    fn remember(&mut self, point: Point, why: Why, found: &Match) {
        self.mentioned = Some((point, self.sentence));
        match point {
            Point::Quarter(n) if why != Why::QuarterBefore => {
                self.quarter = Some((n, self.sentence));
                self.topic = self.topic.or(Some(n));
            }
            Point::Day(day) | Point::Minute(day, _) => self.day = Some((day, self.sentence)),
            Point::Year(_) => self.quarter = None,
            _ => {}
        }
        let is_written = matches!(
            &found.sense,
            Sense::Point(
                Date::Year(Year::Known(_)) | Date::Part(Year::Known(_), _) | Date::Figures(_, _, Year::Known(_), _),
                _
            )
        );
        if is_written {
            self.year = Some((point.year(), self.sentence));
        }
    }

    fn length(&mut self, length: &Length, side: Side) -> Placed {
        let is_vague = length.parts.iter().any(|(n, _)| *n == Amount::Vague);
        if length.parts.iter().any(|(_, unit)| *unit == Unit::Month) {
            self.quarter = None;
        }
        let days = match side {
            Side::Neither => None,
            Side::Before => {
                self.published.day.and_then(|day| counting::range(counting::counted(day, length, -1)?, day))
            }
            Side::After => self.published.day.and_then(|day| counting::range(day, counting::counted(day, length, 1)?)),
        };
        let why = match (is_vague, side) {
            (true, _) => Why::VagueLength,
            (_, Side::Before) => Why::LengthBefore,
            (_, Side::After) => Why::LengthAfter,
            _ => Why::Length,
        };
        Placed { kind: TimeKind::Duration, value: length.value(), days, why }
    }

    fn clock(&mut self, clock: Clock) -> Placed {
        let here = self.day.filter(|(_, sentence)| *sentence == self.sentence).map(|(day, _)| day);
        let unsure = matches!(clock, Clock::At(_, false));
        let why = match (unsure, here) {
            (true, _) => Why::ClockUnsure,
            (_, Some(_)) => Why::ClockOfDay,
            _ => Why::Clock,
        };
        match here.or(self.published.day) {
            Some(day) => {
                let value = format!("{}{}", Point::Day(day).value(), clock.value());
                Placed { kind: TimeKind::Time, value, days: Point::Day(day).days(), why }
            }
            None => {
                let value = format!("XXXX-XX-XX{}", clock.value());
                Placed { kind: TimeKind::Time, value, days: None, why: Why::NoDate }
            }
        }
    }

    fn date(&self, date: &Date) -> Option<Place> {
        let open = |value: &str| Some(Place::Open(value.to_owned(), Why::NoDate));
        let on = |point: Point, why| point.is_sound().then_some(Place::Point(point, why));
        match date {
            Date::Vague("") => None,
            Date::Vague(value) => Some(Place::Open((*value).to_owned(), vague_reason(value))),
            Date::Year(year) => match self.year_of(*year) {
                Some(n) => on(Point::Year(n), self.reason_of_year(*year)),
                None => open("XXXX"),
            },
            Date::Decade(n) => on(Point::Decade(*n), Why::Written),
            Date::Century(n) => on(Point::Century(*n), Why::Written),
            Date::Part(year, part) => self.part(*year, *part),
            Date::Figures(a, b, year, is_dotted) => self.figures(*a, *b, *year, *is_dotted),
            Date::Weekday(which, day, number) => self.weekday(*which, *day, *number),
            Date::DayOfMonth(n) => self.day_of_month(*n),
            Date::Days(n) => match self.published.day {
                Some(day) => on(Point::Day(day.saturating_add(*n)), Why::Deictic),
                None => open("XXXX-XX-XX"),
            },
            Date::Unit(which, unit) => self.unit(*which, *unit),
            Date::Shift(n, unit, from) => self.shift(*n, *unit, from),
            Date::Nth(n, counted, of) => self.nth(*n, *counted, of),
            Date::Run(n, unit, of) => self.run(*n, *unit, of),
            Date::YearsBefore(n, is_part) => self.years_before(*n, *is_part),
            Date::Latest(unit) => self.latest(*unit),
            Date::Mentioned => match self.mentioned {
                Some((point, _)) => on(point, Why::SpokenOf),
                None => open("XXXX-XX-XX"),
            },
        }
    }
}

fn vague_reason(value: &str) -> Why {
    match value {
        "PRESENT_REF" => Why::Present,
        "PAST_REF" => Why::Past,
        _ => Why::Future,
    }
}
