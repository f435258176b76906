//! What could not be used, reported beside the result instead of replacing it.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::binary::from_binary;

/// One thing that went wrong, in a sentence a reader can act on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Problem {
    /// The file and, where it helps, the line: `articles.jsonl:17`. Empty where the problem has no place.
    pub place: String,
    /// What happened and what to do about it: a whole sentence.
    pub message: String,
}

from_binary!(Problem { place, message });

impl Problem {
    /// A problem at a place.
    pub fn new(place: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { place: place.into(), message: message.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.place.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.place, self.message) }
    }
}

/// A result with what had to be left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<T> {
    /// What could be made.
    pub value: T,
    /// What could not, in the order it was met.
    pub problems: Vec<Problem>,
}
