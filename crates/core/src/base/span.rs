//! Half-open ranges.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of byte offsets (or of token positions, where a name says so).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub struct Span {
    /// First unit inside.
    pub start: u32,
    /// First unit after.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an end before the start gives an empty span at `start`.
    pub fn new(start: u32, end: u32) -> Span {
        Span { start, end: end.max(start) }
    }

    /// Number of units inside.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` inside, or nothing where the span does not fall on character borders of it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}
