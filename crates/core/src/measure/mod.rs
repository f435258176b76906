//! Floor 4: counting: from hits and tokens to numbers.
//!
//! What is counted, and where, comes first (`selected`, `units`, `frequency`, `windows`, `ngrams`, `lines`); then the
//! arithmetic, into which only numbers go: keyness, association, dispersion, diversity, readability, samples. Each family
//! is one list of [`Measure`]s, which carry their formula, variant and source, so that no number on the screen is
//! without them. A measure that has no value has none: never NaN, never infinity.
//!
//! Rejected: one number per name. G² has a form with two terms and one with four, Log Ratio three ways to treat a zero,
//! mutual information three expectations; tools differ in nothing else so often. Here each is a measure of its own
//! or a named convention.

pub mod association;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod frequency;
pub mod hypergeometric;
pub mod keyness;
pub mod lines;
mod lists;
pub mod ngrams;
pub mod readability;
pub mod sampling;
pub mod selected;
pub mod special;
pub mod syllables;
pub mod units;
pub mod windows;

pub use association::{Association, Convention};
pub use contingency::{Contingency, Direction};
pub use dispersion::Parts;
pub use keyness::Keyness;
pub use lists::{ASSOCIATION, DISPERSION, DIVERSITY, KEYNESS, Measure, READABILITY};
pub use selected::{Place, Selected};
pub use units::{Unit, Units};
