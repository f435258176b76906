//! The store: one state, one pure function that changes it, and effects for the browser to run.

pub mod effect;
pub mod state;
pub mod update;

pub use effect::{Copied, Effect, Focus};
pub use state::{Engine, Loaded, Over, Remote, State};
pub use update::{Action, update};
