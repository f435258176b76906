//! Why a value was chosen, in the words of a reader, and how often such a choice was right.

use super::Certainty;

/// The rule that gave a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Written,
    FiguresByOthers,
    FiguresGuessed,
    Deictic,
    Named,
    Counted,
    CountedFromMentioned,
    CountedFromPoint,
    YearBefore,
    QuarterBefore,
    SpokenOf,
    WeekdayBefore,
    WeekdayAfter,
    PartBefore,
    PartAfter,
    PartNearest,
    PartOfYearMentioned,
    FeastNearest,
    Clock,
    ClockOfDay,
    ClockUnsure,
    Length,
    VagueLength,
    LengthBefore,
    LengthAfter,
    Set,
    Present,
    Past,
    Future,
    NoDate,
}

impl Why {
    /// How often a value by this rule was right, in percent, a finding that is none counted as wrong: measured on the
    /// developing half of TimeBank (`conformance` prints the counts); where that has fewer than three cases, estimated.
    pub(super) fn certainty(self) -> Certainty {
        match self {
            Why::Written => 97,
            Why::FiguresByOthers => 95,
            Why::FiguresGuessed => 55,
            Why::Deictic => 98,
            Why::Named => 82,
            Why::Counted => 65,
            Why::CountedFromMentioned => 40,
            Why::CountedFromPoint => 80,
            Why::YearBefore => 54,
            Why::QuarterBefore => 73,
            Why::SpokenOf => 62,
            Why::WeekdayBefore => 89,
            Why::WeekdayAfter => 60,
            Why::PartBefore => 95,
            Why::PartAfter => 90,
            Why::PartNearest => 88,
            Why::PartOfYearMentioned => 70,
            Why::FeastNearest => 75,
            Why::Clock => 80,
            Why::ClockOfDay => 90,
            Why::ClockUnsure => 55,
            Why::Length => 89,
            Why::VagueLength => 70,
            Why::LengthBefore => 90,
            Why::LengthAfter => 80,
            Why::Set => 60,
            Why::Present => 77,
            Why::Past => 68,
            Why::Future => 85,
            Why::NoDate => 60,
        }
    }

    /// A fragment of a sentence for the card of a finding.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Why::Written => "written with its year",
            Why::FiguresByOthers => "written in figures, in the order of the other dates in this document",
            Why::FiguresGuessed => "written in figures; nothing here says which is the day and which the month",
            Why::Deictic => "counted from the document’s date",
            Why::Named => "named by its place before or after the document’s date",
            Why::Counted => "counted back or on from the document’s date",
            Why::CountedFromMentioned => "counted from the date mentioned before it",
            Why::CountedFromPoint => "counted from the date beside it",
            Why::YearBefore => "the year before the document’s",
            Why::QuarterBefore => "the same quarter a year before the one mentioned",
            Why::SpokenOf => "the one mentioned before",
            Why::WeekdayBefore => "the nearest such day up to the document’s date",
            Why::WeekdayAfter => "the sentence looks ahead: the next such day after the document’s date",
            Why::PartBefore => {
                "its year is not written: the latest up to the document’s date, as the sentence looks back"
            }
            Why::PartAfter => {
                "its year is not written: the next after the document’s date, as the sentence looks ahead"
            }
            Why::PartNearest => "its year is not written: the nearest to the document’s date",
            Why::PartOfYearMentioned => "its year is not written: that of the date mentioned before it",
            Why::FeastNearest => "a feast whose day is computed, in the year nearest to the document’s date",
            Why::Clock => "a time of the document’s day",
            Why::ClockOfDay => "a time of the day named beside it",
            Why::ClockUnsure => "a time of day; morning or afternoon is not said",
            Why::Length => "a length of time",
            Why::VagueLength => "a length of time without a number",
            Why::LengthBefore => "a length of time up to the document’s date",
            Why::LengthAfter => "a length of time from the document’s date on",
            Why::Set => "says how often",
            Why::Present => "the time of writing",
            Why::Past => "a time before the writing, not said which",
            Why::Future => "a time after the writing, not said which",
            Why::NoDate => "the document has no date to count from",
        }
    }
}
