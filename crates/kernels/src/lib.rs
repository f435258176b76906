//! The loops that a question runs once per posting, position or document.
//!
//! The page is compiled for size, which makes such loops two to five times slower. They stand here together, in a crate of
//! their own, because a level of optimisation is a crate's: this one is compiled for speed in every profile. What is here is
//! short, takes and gives plain slices, and is called once per list rather than once per entry; what it means is decided in
//! the core.

pub mod columns;
pub mod ids;
pub mod lists;
pub mod occurrences;
pub mod pack;
pub mod sets;
pub mod sorted;
pub mod words;

pub use ids::{DocId, OfLanguage, TokenPos, TypeId};
