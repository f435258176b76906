//! The worker: `client` is the page's side, `role` the worker's own; `chunks` and `fetch` bring files, `waiting` knows which
//! answers wait for them, `stemmers` are what it loads for some languages.

pub mod chunks;
pub mod client;
mod fetch;
pub mod role;
mod stemmers;
mod waiting;
