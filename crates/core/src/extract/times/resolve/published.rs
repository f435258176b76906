//! The document's date, as far as it is known.

use super::super::calendar::{Point, Unit, day_of};
use crate::base::PartialDate;

/// The document's date, as far as it is known.
#[derive(Clone, Copy)]
pub(super) struct Published {
    pub(super) day: Option<i32>,
    pub(super) month: Option<i32>,
    pub(super) year: Option<i32>,
    pub(super) minute: Option<u32>,
}

impl Published {
    pub(super) fn new(date: Option<PartialDate>) -> Published {
        let date = date.filter(|date| date.is_sound());
        let year = date.map(|date| i32::from(date.year));
        let month = date.filter(|date| date.month > 0);
        let minute = date.filter(|date| date.minute > 0).map(|date| u32::from(date.minute) - 1);
        Published {
            day: date.filter(|date| date.day > 0).map(PartialDate::day_number),
            month: month.map(|date| i32::from(date.year) * 12 + i32::from(date.month) - 1),
            year,
            minute,
        }
    }

    /// The point of the size of `unit` that holds the document's date, where that is known so exactly.
    pub(super) fn holding(self, unit: Unit) -> Option<Point> {
        match unit {
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
                Some(Point::holding(day_of(self.year?, 7, 1)?, unit))
            }
            Unit::Month | Unit::Quarter => {
                let month = self.month?;
                Some(Point::holding(Point::Month(month).first_day(), unit))
            }
            _ => Some(Point::holding(self.day?, unit)),
        }
    }

    /// The first and the last day that the document's date may mean.
    pub(super) fn days(self) -> Option<(i32, i32)> {
        let point = match self {
            Published { day: Some(day), .. } => Point::Day(day),
            Published { month: Some(month), .. } => Point::Month(month),
            Published { year: Some(year), .. } => Point::Year(year),
            _ => return None,
        };
        Some((point.first_day(), point.last_day()))
    }
}
