//! The worker: `client` is the page's side, `role` the worker's own.

pub mod client;
pub mod role;
