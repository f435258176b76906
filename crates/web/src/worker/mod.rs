//! The worker: `client` is the page's side, `role` the worker's own, `stemmers` what it loads for some languages.

pub mod client;
pub mod role;
mod stemmers;
