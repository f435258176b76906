//! Sheaf's analysis core.
//!
//! Bytes become documents, documents tokens, tokens an index; a question selects hits, and every view is a lens
//! on the same hits. Pure: no browser, no clock, no disk, no randomness; the same bytes give the same answer
//! everywhere. [`workspace::Workspace`] is the only door.

pub mod base;
pub mod document;
pub mod extract;
#[cfg(feature = "import")]
pub mod import;
pub mod index;
pub mod measure;
pub mod query;
pub mod text;
pub mod views;
pub mod workspace;
