//! The arithmetic of counting: keyness, association, dispersion, diversity, readability, samples.
//!
//! Only numbers come in and only numbers go out: what is counted, and where, is decided above. Each family is one list
//! of [`Measure`]s, which carry their formula, variant and source, so that no number on the screen is without them. A
//! measure that has no value has none: never NaN, never infinity.
//!
//! Rejected: one number per name. G² has a form with two terms and one with four, Log Ratio three ways to treat a zero,
//! mutual information three expectations; tools differ in nothing else so often. Here each is a measure of its own
//! or a named convention.

pub mod association;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod hypergeometric;
pub mod keyness;
mod lists;
pub mod readability;
pub mod sampling;
pub mod special;
pub mod syllables;

pub use association::{Association, Convention};
pub use contingency::{Contingency, Direction};
pub use dispersion::Parts;
pub use keyness::Keyness;
pub use lists::{ASSOCIATION, DISPERSION, DIVERSITY, KEYNESS, Measure, READABILITY};
