//! Pictures: marks in a frame, worked out here so that page and export draw the same.
//!
//! A figure is flat: axes with ticks, and marks in the order in which the keyboard walks them. Every mark has a label
//! that says what it shows, since the picture is also read aloud; and most lead somewhere.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::table::Link;

/// A picture in a frame of so many units.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Figure {
    /// What it is, for saved files: `dispersion`.
    pub name: String,
    /// One sentence that says what can be seen.
    pub summary: String,
    /// Width of the frame.
    pub width: f64,
    /// Height of the frame.
    pub height: f64,
    /// Marks, in the order of the keyboard.
    pub marks: Vec<Mark>,
    /// Words and lines around them.
    pub labels: Vec<Label>,
    /// Rules: x1, y1, x2, y2.
    pub rules: Vec<(f64, f64, f64, f64)>,
    /// Lines through points, one a series, broken where nothing is known.
    pub lines: Vec<Line>,
}

/// A mark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Mark {
    /// Its middle, or its left upper corner where it has a size.
    pub x: f64,
    /// As `x`.
    pub y: f64,
    /// Width of a bar; 0 for a point.
    pub width: f64,
    /// Height of a bar, or twice the radius of a point.
    pub height: f64,
    /// Its series, from 0: its colour.
    pub series: u8,
    /// What it shows.
    pub label: String,
    /// Where it leads.
    pub link: Link,
}

/// Words in the frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Label {
    /// Where.
    pub x: f64,
    /// Where, at the baseline.
    pub y: f64,
    /// What.
    pub text: String,
    /// Which end is at `x`: 0 the beginning, 1 the middle, 2 the end.
    pub anchor: u8,
    /// Its series, where it names one; 255 for none.
    pub series: u8,
}

/// A line through points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Line {
    /// Its series.
    pub series: u8,
    /// Stretches without gaps.
    pub stretches: Vec<Vec<(f64, f64)>>,
}

/// A label that names no series.
pub const NO_SERIES: u8 = 255;

/// A number with as many digits as a picture needs: tenths of its unit.
pub fn tenth(number: f64) -> f64 {
    // Rounded so that the same picture has the same bytes everywhere.
    (number * 10.0 + 0.5).floor() / 10.0
}

/// Values for the ticks of an axis from 0 to `most`: round, three to six.
pub fn ticks(most: f64) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0];
    }
    let mut step = 1e-6;
    while step * 5.0 < most && step < 1e15 {
        // 1, 2, 5, 10 …
        step = [step * 2.0, step * 5.0, step * 10.0].into_iter().find(|next| next * 5.0 >= most).unwrap_or(step * 10.0);
    }
    (0..=6).map(|place| f64::from(place) * step).take_while(|tick| *tick <= most * 1.0001).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(ticks(0.0), [0.0]);
        assert_eq!(ticks(7.0), [0.0, 2.0, 4.0, 6.0]);
        assert_eq!(ticks(10.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(1234.0), [0.0, 500.0, 1000.0]);
        assert_eq!(ticks(f64::NAN), [0.0]);
    }
}
