//! What an expression of time says before it is counted from any date.

use super::calendar::Unit;

/// An expression found by the grammar: words `first..last`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) sense: Sense,
}

/// What it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sense {
    /// A point of the calendar, with a time of day or without.
    Point(Date, Option<Clock>),
    /// A time of day alone.
    Clock(Clock),
    /// How long, and on which side of the document's date it lies.
    Length(Length, Side),
    /// A date so far ahead, or a length, where the sentence looks back: `in three years`.
    Ahead(Date, Length),
    /// How often, with the value that TIMEX3 gives it.
    Set(String),
    /// Something that looks like a date and is none; nothing is said of it.
    Nothing,
}

/// On which side of the document's date a stretch lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Neither,
    Before,
    After,
}

/// How long: the amounts with their units, the largest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) parts: Vec<(Amount, Unit)>,
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// In hundredths, so that halves and quarters are exact.
    Hundredths(u32),
    /// A few, several, some.
    Vague,
}

/// A year, as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Known(i32),
    /// Not said.
    Open,
    /// So many years after the document's.
    Offset(i32),
    /// Not said; the last such part (-1), this year's (0), the next (1).
    Nearest(i32),
}

/// Which of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Not said: the tense of the sentence decides.
    Bare,
    This,
    /// `last`, `past`.
    Last,
    /// `previous`: of the week before.
    Previous,
    /// `next`: of the week after.
    Next,
    /// `coming`: the nearest ahead.
    Coming,
    /// `that`, `the same`: the one mentioned before.
    Mentioned,
    /// `the following`, `the previous`: counted from the one mentioned before.
    AfterMentioned(i32),
    /// `the quarter`: the one spoken of, else the document's.
    Definite,
    /// So many units after the document's.
    Offset(i32),
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Half(u32),
    Quarter(u32),
    Month(u32),
    /// 1 spring to 4 winter.
    Season(u32),
    Day(u32, u32),
    Week(u32),
    /// A feast, by its place in the list.
    Feast(usize),
}

/// A point of the calendar as it is said.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Date {
    Year(Year),
    Part(Year, Part),
    /// A day in figures whose order is not known: first, second, year, and whether points stand between them.
    Figures(u32, u32, Year, bool),
    /// A weekday, 1 Monday to 7 Sunday, with the day of the month where it is said.
    Weekday(Which, u32, Option<u32>),
    /// `the 18th`.
    DayOfMonth(u32),
    /// The first year divided by ten.
    Decade(i32),
    /// The first year divided by a hundred.
    Century(i32),
    /// `last week`, `this year`, `the quarter`.
    Unit(Which, Unit),
    /// So many days after the document's date: `yesterday`.
    Days(i32),
    /// `three weeks ago`, `two days later`.
    Shift(Option<i32>, Unit, From),
    /// The nth (or, below zero, the nth last) unit or weekday of a larger point.
    Nth(i32, Counted, Box<Date>),
    /// `the first ten days of May`: so many units from its beginning or its end.
    Run(i32, Unit, Box<Date>),
    /// `a year ago`, `the year-ago quarter`: the last one spoken of, so many years earlier.
    YearsBefore(i32, bool),
    /// `the latest period`: the last quarter spoken of.
    Latest(Unit),
    /// The point spoken of last: `until then`.
    Mentioned,
    /// `PAST_REF` and its like.
    Vague(&'static str),
}

/// What is counted within a larger point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Unit(Unit),
    Weekday(u32),
}

/// What is counted from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum From {
    /// The document's date.
    Published,
    /// The point spoken of last.
    Mentioned,
    /// A point that is said.
    Point(Box<Date>),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// Minutes since midnight, up to 1440, and whether morning or afternoon is known.
    At(u32, bool),
    /// `MO`, `AF`, `EV`, `NI`.
    Part(&'static str),
}
