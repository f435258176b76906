//! Floor 4: counting: from hits and tokens to numbers.

pub mod frequency;
pub mod lines;
pub mod ngrams;
pub mod sampling;
pub mod selected;
pub mod units;
pub mod windows;

pub use selected::{Place, Selected};
pub use units::{Unit, Units};
