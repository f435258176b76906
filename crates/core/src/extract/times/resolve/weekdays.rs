//! Days of the week and of the month that stand without more: which of them is meant.

use super::super::calendar::{Point, Unit, monday};
use super::super::reasons::Why;
use super::super::sense::Which;
use super::super::tense::Tense;
use super::{Context, Place};
use crate::base::PartialDate;

impl Context {
    pub(super) fn weekday(&self, which: Which, day: u32, number: Option<u32>) -> Option<Place> {
        let index = day as i32 - 1;
        let Some(published) = self.published.day else {
            return Some(Place::Open(format!("XXXX-WXX-{day}"), Why::NoDate));
        };
        if let Some(number) = number {
            return self.weekday_and_number(index, number, published);
        }
        let start = monday(published);
        let before = latest(published, index);
        let (day, why) = match which {
            Which::Bare | Which::Definite if self.tense == Tense::Future => {
                (next_after(published, index), Why::WeekdayAfter)
            }
            Which::Bare | Which::Definite => (before, Why::WeekdayBefore),
            Which::This => (start + index, Why::Named),
            Which::Last => (latest(published - 1, index), Why::Named),
            Which::Previous => (start - 7 + index, Why::Named),
            Which::Next => (start + 7 + index, Why::Named),
            Which::Coming => (next_after(published, index), Why::Named),
            Which::Mentioned => {
                (self.mentioned.map_or(before, |(point, _)| monday(point.first_day()) + index), Why::SpokenOf)
            }
            Which::AfterMentioned(n) => {
                let base = self.mentioned.map_or(published, |(point, _)| point.first_day());
                (if n > 0 { next_after(base, index) } else { latest(base - 1, index) }, Why::CountedFromMentioned)
            }
            Which::Offset(n) => (start + 7 * n + index, Why::Named),
        };
        Some(Place::Point(Point::Day(day), why))
    }

    /// `Tuesday the 26th`: the nearest 26th that is a Tuesday.
    fn weekday_and_number(&self, index: i32, number: u32, published: i32) -> Option<Place> {
        let months = (-14..=14).map(|n| Point::holding(published, Unit::Month).plus(n).first_day() + number as i32 - 1);
        let fits = months.filter(|day| (*day + 3).rem_euclid(7) == index && day_number(*day) == number);
        let day = fits.min_by_key(|day| day.abs_diff(published));
        day.map(|day| Place::Point(Point::Day(day), Why::PartNearest))
    }

    pub(super) fn day_of_month(&self, number: u32) -> Option<Place> {
        let Some(published) = self.published.day else {
            return Some(Place::Open(format!("XXXX-XX-{number:02}"), Why::NoDate));
        };
        let month = Point::holding(published, Unit::Month);
        let day = |n: i32| Some(month.plus(n).first_day() + number as i32 - 1).filter(|day| day_number(*day) == number);
        let found = match self.tense {
            Tense::Future => (0..3).filter_map(day).find(|day| *day >= published),
            Tense::Past => (-2..=0).filter_map(day).rfind(|day| *day <= published),
            Tense::Unknown => day(0).or_else(|| day(1)),
        };
        let why = if self.tense == Tense::Future { Why::PartAfter } else { Why::PartBefore };
        found.map(|day| Place::Point(Point::Day(day), why))
    }
}

/// The latest day of the week `index` (0 Monday) up to `day`.
pub(super) fn latest(day: i32, index: i32) -> i32 {
    day - (day + 3 - index).rem_euclid(7)
}

/// The first day of the week `index` from `day` on.
pub(super) fn next_from(day: i32, index: i32) -> i32 {
    latest(day + 6, index)
}

/// The first day of the week `index` after `day`.
pub(super) fn next_after(day: i32, index: i32) -> i32 {
    latest(day + 7, index)
}

fn day_number(day: i32) -> u32 {
    PartialDate::of_day_number(day).day.into()
}
