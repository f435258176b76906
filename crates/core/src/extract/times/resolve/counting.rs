//! What is counted: from the document's date, from what was mentioned before, or within a larger point.

use super::super::calendar::{Point, Unit};
use super::super::grammar::whole;
use super::super::reasons::Why;
use super::super::sense::{Amount, Counted, Date, From, Length, Which};
use super::super::tense::Tense;
use super::weekdays::{latest, next_from};
use super::{Context, Place};
use crate::base::{DateRange, PartialDate};

impl Context {
    pub(super) fn unit(&self, which: Which, unit: Unit) -> Option<Place> {
        if unit < Unit::Day {
            let length = Length { parts: vec![(Amount::Hundredths(100), unit)] };
            let why = if which == Which::Next { Why::LengthAfter } else { Why::LengthBefore };
            return Some(Place::Length(length.value(), None, why));
        }
        let base = |why| match self.published.holding(unit) {
            Some(point) => (Some(point), why),
            None => (None, Why::NoDate),
        };
        let mentioned = self.mentioned.map(|(point, _)| Point::holding(point.first_day(), unit));
        let ((point, why), n) = match which {
            Which::Definite if unit == Unit::Quarter => return self.latest(unit),
            Which::Definite if unit == Unit::Weekend && self.tense != Tense::Future => {
                (base(Why::Named), self.weekend_before())
            }
            Which::This | Which::Bare | Which::Definite => (base(Why::Named), 0),
            Which::Last | Which::Previous => (base(Why::Named), -1),
            Which::Coming if unit == Unit::Weekend => (base(Why::Named), 0),
            Which::Next | Which::Coming => (base(Why::Named), 1),
            Which::Offset(n) => (base(Why::Named), n),
            Which::Mentioned => ((mentioned, if mentioned.is_some() { Why::SpokenOf } else { Why::NoDate }), 0),
            Which::AfterMentioned(n) => match mentioned {
                Some(point) => ((Some(point), Why::CountedFromMentioned), n),
                None => (base(Why::Named), n),
            },
        };
        let Some(point) = point.map(|point| point.plus(n)) else {
            return Some(Place::Open(unit_open(unit).to_owned(), why));
        };
        point.is_sound().then_some(Place::Point(point, why))
    }

    /// The weekend just gone: this one on its Sunday, else the one before.
    fn weekend_before(&self) -> i32 {
        let is_weekend = self.published.day.is_some_and(|day| (day + 3).rem_euclid(7) >= 5);
        if is_weekend { 0 } else { -1 }
    }

    pub(super) fn shift(&self, n: Option<i32>, unit: Unit, from: &From) -> Option<Place> {
        let n = n.unwrap_or(0).clamp(-100_000, 100_000);
        let fine = if unit < Unit::Month { Unit::Day } else { unit };
        let (base, why) = match from {
            From::Published => (self.published.holding(fine), Why::Counted),
            From::Mentioned => match self.mentioned {
                Some((point, _)) => (Some(point), Why::CountedFromMentioned),
                None => (self.published.holding(fine), Why::Counted),
            },
            From::Point(date) => match self.date(date)? {
                Place::Point(point, _) => (Some(point), Why::CountedFromPoint),
                _ => (None, Why::NoDate),
            },
        };
        let Some(base) = base else {
            return Some(Place::Open(unit_open(unit).to_owned(), Why::NoDate));
        };
        let is_day = matches!(from, From::Point(_)) && matches!(base, Point::Day(_));
        let point = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => {
                let minutes = if unit == Unit::Hour { n * 60 } else { n };
                let (Point::Day(day), Some(now)) = (Point::holding(base.first_day(), Unit::Day), self.published.minute)
                else {
                    return Some(Place::Point(Point::holding(base.first_day(), Unit::Day), why));
                };
                Point::Minute(day, now).plus(if unit == Unit::Second { 0 } else { minutes })
            }
            Unit::Day | Unit::Week | Unit::Weekend => {
                let each = if unit == Unit::Day { 1 } else { 7 };
                Point::Day(base.first_day().saturating_add(n.saturating_mul(each)))
            }
            // Counted from a day that is said, months and years lead to a day again.
            _ if is_day => Point::Day(months_later(base.first_day(), n.saturating_mul(months_in(unit)))?),
            _ => Point::holding(base.first_day(), unit).plus(n),
        };
        point.is_sound().then_some(Place::Point(point, why))
    }

    pub(super) fn nth(&self, n: i32, counted: Counted, of: &Date) -> Option<Place> {
        let (of, why) = match self.date(of)? {
            Place::Point(point, why) => (point, why),
            open => return Some(open),
        };
        let (first, last) = (of.first_day(), of.last_day());
        let step = n.abs() - 1;
        let point = match counted {
            Counted::Weekday(day) => {
                let index = day as i32 - 1;
                let day = if n > 0 { next_from(first, index) + 7 * step } else { latest(last, index) - 7 * step };
                Point::Day(day)
            }
            Counted::Unit(unit) => {
                let start = if n > 0 { first } else { last };
                let held = Point::holding(start, unit);
                // A week counts for the month that holds its Thursday.
                let skip = i32::from(unit == Unit::Week && n > 0 && held.first_day() + 3 < first)
                    - i32::from(unit == Unit::Week && n < 0 && held.first_day() + 3 > last);
                held.plus(if n > 0 { step } else { -step } + skip)
            }
        };
        let is_inside =
            point.last_day() >= first && point.first_day() <= last || matches!(counted, Counted::Unit(Unit::Week));
        (point.is_sound() && is_inside).then_some(Place::Point(point, why))
    }

    pub(super) fn run(&self, n: i32, unit: Unit, of: &Date) -> Option<Place> {
        let length = Length { parts: vec![(Amount::Hundredths(n.unsigned_abs().saturating_mul(100)), unit)] };
        let days = match self.date(of)? {
            Place::Point(point, _) if n > 0 => {
                let first = point.first_day();
                counted(first, &length, 1).and_then(|end| range(first, (end - 1).min(point.last_day())))
            }
            Place::Point(point, _) => {
                let last = point.last_day();
                counted(last, &length, -1).and_then(|start| range((start + 1).max(point.first_day()), last))
            }
            _ => None,
        };
        Some(Place::Length(length.value(), days, Why::Length))
    }

    pub(super) fn recent_quarter(&self) -> Option<i32> {
        self.quarter.filter(|(_, at)| self.sentence.saturating_sub(*at) <= 3).map(|(n, _)| n)
    }

    pub(super) fn years_before(&self, n: i32, is_part: bool) -> Option<Place> {
        // A quarter ahead of the document is not what its figures are compared with.
        let (_, last) = self.published.days().unwrap_or((0, i32::MAX));
        let recent = self.recent_quarter();
        let is_ahead = recent.is_some_and(|n| Point::Quarter(n).first_day() > last);
        if let Some(quarter) = if is_ahead { self.topic } else { recent } {
            return Some(Place::Point(Point::Quarter(quarter - 4 * n), Why::QuarterBefore));
        }
        match self.published.year {
            Some(_) if is_part => {
                let last = self.published.holding(Unit::Quarter).map(|point| point.plus(-1 - 4 * n));
                last.map(|point| Place::Point(point, Why::YearBefore))
            }
            Some(year) => Some(Place::Point(Point::Year(year - n), Why::YearBefore)),
            None => Some(Place::Open("XXXX".to_owned(), Why::NoDate)),
        }
    }

    /// The quarter spoken of, or the last that is over; of other units the document's own.
    pub(super) fn latest(&self, unit: Unit) -> Option<Place> {
        if unit == Unit::Quarter {
            if let Some(quarter) = self.topic {
                return Some(Place::Point(Point::Quarter(quarter), Why::SpokenOf));
            }
            return match self.published.holding(Unit::Quarter) {
                Some(point) => Some(Place::Point(point.plus(-1), Why::Named)),
                None => Some(Place::Open(unit_open(unit).to_owned(), Why::NoDate)),
            };
        }
        match self.published.holding(unit) {
            Some(point) => Some(Place::Point(point, Why::Named)),
            None => Some(Place::Open(unit_open(unit).to_owned(), Why::NoDate)),
        }
    }
}

fn unit_open(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
    }
}

fn months_in(unit: Unit) -> i32 {
    match unit {
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Year => 12,
        Unit::Decade => 120,
        Unit::Century => 1200,
        Unit::Millennium => 12_000,
        _ => 0,
    }
}

/// The same day of the month `n` months later, or the last of that month.
fn months_later(day: i32, n: i32) -> Option<i32> {
    let date = PartialDate::of_day_number(day);
    let month = Point::holding(day, Unit::Month).plus(n);
    let days = month.is_sound().then(|| (month.first_day(), month.last_day()))?;
    Some((days.0 + i32::from(date.day) - 1).min(days.1))
}

/// The day so long before (-1) or after (1) `day`; nothing where the length is vague.
pub(super) fn counted(day: i32, length: &Length, sign: i32) -> Option<i32> {
    let mut at = day;
    for (number, unit) in &length.parts {
        let (n, unit) = whole(*number, *unit)?;
        let n = n.clamp(0, 100_000) * sign;
        at = match unit {
            Unit::Second | Unit::Minute => at,
            Unit::Hour => at + n / 24,
            Unit::Day => at + n,
            Unit::Week | Unit::Weekend => at + 7 * n,
            _ => months_later(at, n.saturating_mul(months_in(unit)))?,
        };
    }
    Some(at)
}

pub(super) fn range(from: i32, to: i32) -> Option<DateRange> {
    let range = DateRange { from: PartialDate::of_day_number(from), to: PartialDate::of_day_number(to) };
    (range.from.year > -9999 && range.to.year < 9999).then_some(range)
}
