//! All measures, family by family: what a reader is shown, and what the command line prints.
//!
//! A new measure is one entry here and a function beside its kin; whoever draws or writes measures goes through these
//! lists.

#[macro_use]
mod mathml;

mod association;
mod dispersion;
mod diversity;
mod keyness;
mod measure;
mod readability;

pub use association::ASSOCIATION;
pub use dispersion::DISPERSION;
pub use diversity::DIVERSITY;
pub use keyness::KEYNESS;
pub use measure::Measure;
pub use readability::READABILITY;
