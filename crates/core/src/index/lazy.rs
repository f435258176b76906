//! A value that may not be there yet.

use super::files::ChunkId;
use super::wants::Wants;

/// A value in memory, or one in a chunk that is brought when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct Lazy<T> {
    value: T,
    /// Where it is to be had, until it is there.
    missing: Option<(ChunkId, Wants)>,
}

impl<T> Lazy<T> {
    /// A value that is there.
    pub fn there(value: T) -> Lazy<T> {
        Lazy { value, missing: None }
    }

    /// The value; an empty one, and a want, where it is not there.
    pub fn get(&self) -> &T {
        if let Some((chunk, wants)) = &self.missing {
            wants.note(*chunk);
        }
        &self.value
    }

    /// Hands in the value.
    pub(super) fn supply(&mut self, value: T) {
        *self = Lazy::there(value);
    }
}

impl<T: Default> Lazy<T> {
    /// A value that lies in a chunk.
    pub(super) fn missing(chunk: ChunkId, wants: &Wants) -> Lazy<T> {
        Lazy { value: T::default(), missing: Some((chunk, wants.clone())) }
    }
}
