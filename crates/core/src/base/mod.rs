//! Floor 0: ids, spans, dates, problems. Uses nothing above it.

pub mod apart;
pub mod binary;
pub mod date;
pub mod math;
pub mod memory;
pub mod order;
pub mod problem;
pub mod range;
pub mod span;
pub mod strings;

pub use apart::Apart;
pub use date::{DateRange, PartialDate};
pub use problem::{Outcome, Problem};
pub use sheaf_kernels::{DocId, TokenPos, TypeId};
pub use span::Span;
pub use strings::Strings;
