//! Parts of a year: where the year is not said, the tense, the nearest, or the year mentioned before decide.

use super::super::calendar::{Point, day_of, week_of};
use super::super::feasts;
use super::super::lexicon::Class;
use super::super::reasons::Why;
use super::super::sense::{Date, Match, Part, Sense, Year};
use super::super::tense::Tense;
use super::super::words::Words;
use super::{Context, Place};

/// In which order day and month stand in figures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

/// The order of those dates in figures that have only one: where one number is above 12.
pub(super) fn order(words: &Words, matches: &[Match]) -> Order {
    let (mut day_first, mut month_first) = (0, 0);
    for found in matches {
        let (first, second, is_year_first) = match words.lex(found.first) {
            lex if lex.class == Class::Dotted => (lex.parts().0, lex.parts().1, lex.parts().3),
            lex if lex.class == Class::Digits && words.is(found.first + 1, Class::Digits) => {
                (lex.value, words.lex(found.first + 1).value, lex.shape > 2)
            }
            _ => continue,
        };
        let is_day = matches!(&found.sense, Sense::Point(Date::Part(_, Part::Day(..)), _)) && !is_year_first;
        day_first += usize::from(is_day && first > 12);
        month_first += usize::from(is_day && second > 12 && second <= 31);
    }
    match day_first.cmp(&month_first) {
        std::cmp::Ordering::Greater => Order::DayFirst,
        std::cmp::Ordering::Less => Order::MonthFirst,
        std::cmp::Ordering::Equal => Order::Unknown,
    }
}

impl Context {
    pub(super) fn year_of(&self, year: Year) -> Option<i32> {
        match year {
            Year::Known(n) => Some(n),
            Year::Open => None,
            Year::Offset(n) | Year::Nearest(n) => self.published.year.map(|year| year + n),
        }
    }

    pub(super) fn reason_of_year(&self, year: Year) -> Why {
        if matches!(year, Year::Known(_)) { Why::Written } else { Why::Named }
    }

    pub(super) fn part(&self, year: Year, part: Part) -> Option<Place> {
        if part == Part::Quarter(0) {
            let n = self.year_of(year)?;
            let point = self.recent_quarter().map_or(Point::Year(n), |q| Point::Quarter(n * 4 + q.rem_euclid(4)));
            return point.is_sound().then_some(Place::Point(point, Why::SpokenOf));
        }
        match year {
            Year::Known(_) | Year::Offset(_) => match self.year_of(year) {
                Some(n) => {
                    let why = self.reason_of_year(year);
                    part_in(part, n).filter(|point| point.is_sound()).map(|point| Place::Point(point, why))
                }
                None => part_open(part).map(|value| Place::Open(value, Why::NoDate)),
            },
            Year::Nearest(n) => self.chosen_part(part, n),
            Year::Open => self.open_part(part),
        }
    }

    /// The last (-1), this year's (0) or the next (1) such part.
    fn chosen_part(&self, part: Part, n: i32) -> Option<Place> {
        let (Some(year), Some((from, to))) = (self.published.year, self.published.days()) else {
            return part_open(part).map(|value| Place::Open(value, Why::NoDate));
        };
        let mut around = (year - 9..=year + 9).filter_map(|year| part_in(part, year));
        let point = match n {
            0 => part_in(part, year),
            n if n < 0 => around.rfind(|point| point.last_day() < from),
            _ => around.find(|point| point.first_day() > to),
        };
        point.map(|point| Place::Point(point, Why::Named))
    }

    /// A part of a year that is not said.
    fn open_part(&self, part: Part) -> Option<Place> {
        let mentioned = self.year.filter(|(_, sentence)| self.published.year.is_none() || *sentence == self.sentence);
        if self.published.year.is_none() {
            return match mentioned.and_then(|(year, _)| part_in(part, year)) {
                Some(point) => Some(Place::Point(point, Why::PartOfYearMentioned)),
                None => part_open(part).map(|value| Place::Open(value, Why::NoDate)),
            };
        }
        let (from, to) = self.published.days()?;
        let year = self.published.year?;
        let around = (year - 4..=year + 4).filter_map(|year| part_in(part, year));
        // A part on the side where the sentence does not look must be so many times nearer: news dates by day mean
        // the nearest day whatever the tense, bare months mostly obey it.
        let against = match part {
            Part::Day(..) | Part::Feast(_) => 3,
            Part::Quarter(_) | Part::Half(_) => 4,
            _ => 6,
        };
        let weight = |point: &Point| {
            let distance = distance(*point, from, to);
            let is_ahead = point.first_day() > to;
            let is_against = match self.tense {
                Tense::Past => is_ahead,
                Tense::Future => point.last_day() < from,
                Tense::Unknown => is_ahead && !matches!(part, Part::Day(..) | Part::Feast(_)),
            };
            if is_against { distance.saturating_mul(against) } else { distance }
        };
        let point = around.min_by_key(weight);
        let why = match self.tense {
            _ if point.is_some_and(|point| distance(point, from, to) == 0) => Why::PartNearest,
            Tense::Future if point.is_some_and(|point| point.first_day() > to) => Why::PartAfter,
            Tense::Past if point.is_some_and(|point| point.last_day() < from) => Why::PartBefore,
            _ => Why::PartNearest,
        };
        let why = if matches!(part, Part::Feast(_)) { Why::FeastNearest } else { why };
        point.map(|point| Place::Point(point, why))
    }

    pub(super) fn figures(&self, a: u32, b: u32, year: Year, is_dotted: bool) -> Option<Place> {
        // Where no other date tells, points stand in dates of the lands that put the day first.
        let is_day_first = self.order == Order::DayFirst || (self.order == Order::Unknown && is_dotted);
        let (day, month) = if is_day_first { (a, b) } else { (b, a) };
        let place = self.part(year, Part::Day(month, day))?;
        let why = if self.order == Order::Unknown { Why::FiguresGuessed } else { Why::FiguresByOthers };
        Some(match place {
            Place::Point(point, _) => Place::Point(point, why),
            open => open,
        })
    }
}

/// A part of a year, if that year has it.
fn part_in(part: Part, year: i32) -> Option<Point> {
    let four = |n: u32| year.checked_mul(4).map(|start| start + n as i32 - 1);
    match part {
        Part::Half(n) => Some(Point::Half(year.checked_mul(2)? + n as i32 - 1)),
        Part::Quarter(n) => Some(Point::Quarter(four(n)?)),
        Part::Month(n) => Some(Point::Month(year.checked_mul(12)? + n as i32 - 1)),
        Part::Season(n) => Some(Point::Season(four(n)?)),
        Part::Day(month, day) => day_of(year, month, day).map(Point::Day),
        Part::Week(n) => week_of(year, n).map(Point::Week),
        Part::Feast(n) => feasts::day_in(n, year),
    }
}

/// A part of a year that is not known, as TIMEX3 writes it.
fn part_open(part: Part) -> Option<String> {
    Some(match part {
        Part::Half(n) => format!("XXXX-H{n}"),
        Part::Quarter(0) => "XXXX-QX".to_owned(),
        Part::Quarter(n) => format!("XXXX-Q{n}"),
        Part::Month(n) => format!("XXXX-{n:02}"),
        Part::Season(n) => format!("XXXX-{}", ["SP", "SU", "FA", "WI"].get(n as usize - 1)?),
        // A leap year has every day that there is.
        Part::Day(month, day) => {
            day_of(2000, month, day)?;
            format!("XXXX-{month:02}-{day:02}")
        }
        Part::Week(n) => format!("XXXX-W{n:02}"),
        Part::Feast(n) => {
            let (a, b) = (feasts::day_in(n, 2001)?.value(), feasts::day_in(n, 2003)?.value());
            let is_fixed = a.get(4..) == b.get(4..);
            format!("XXXX{}", if is_fixed { a.get(4..)? } else { "-XX-XX" })
        }
    })
}

/// Days between a point and the document's days; nothing where they meet.
fn distance(point: Point, from: i32, to: i32) -> u32 {
    let (first, last) = (point.first_day(), point.last_day());
    if last < from {
        from.abs_diff(last)
    } else if first > to {
        first.abs_diff(to)
    } else {
        0
    }
}
