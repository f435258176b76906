//! Many short strings in one allocation.

use nanoserde::{DeBin, SerBin};

/// A list of strings, read by place. Useful for vocabularies, and for what is kept for long: many short allocations would
/// leave holes between them where others go. Not useful for strings that change.
#[derive(Clone, Debug, Default, PartialEq, SerBin, DeBin)]
pub struct Strings {
    bytes: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Appends a string. Those beyond 4 GiB in all are kept empty.
    pub fn push(&mut self, string: &str) {
        if u32::try_from(self.bytes.len() + string.len()).is_ok() {
            self.bytes.push_str(string);
        }
        self.ends.push(self.bytes.len() as u32);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string at a place, empty beyond the end.
    pub fn get(&self, place: usize) -> &str {
        let end = self.ends.get(place).copied().unwrap_or(0) as usize;
        let start = if place == 0 { 0 } else { self.ends.get(place - 1).copied().unwrap_or(0) as usize };
        self.bytes.get(start..end).unwrap_or("")
    }

    /// All strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// The place of a string in a sorted list.
    pub fn find(&self, string: &str) -> Option<usize> {
        let place = self.partition(|other| other < string);
        (place < self.len() && self.get(place) == string).then_some(place)
    }

    /// The first place at which `is_before` no longer holds, in a list sorted for it.
    pub fn partition(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(self.get(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Strings {
        let mut all = Strings::default();
        for string in strings {
            all.push(string.as_ref());
        }
        all
    }
}
