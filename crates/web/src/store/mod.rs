//! The store: one state, one pure function that changes it, and effects for the browser to run.

mod answer;
mod ask;
pub mod effect;
pub mod state;
pub mod update;

#[cfg(test)]
mod tests;

pub use effect::{Copied, Effect, Focus};
pub use state::{Engine, Loaded, Over, Remote, State};
pub use update::{Action, update};
