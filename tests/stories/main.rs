//! Stories: what a reader does with the page, in a real browser against the built page.
//!
//! `cargo xtask test` sets up what they need. Each story has a browser with an empty profile and a server of its own,
//! and ends with a look at the console: an error, a warning or a breach of the security policy fails it.

mod access;
mod completing;
mod concordance;
mod counting;
mod failing;
mod firefox;
mod hostile;
mod hosting;
mod keyboard;
mod lenses;
mod links;
mod news;
mod parts;
mod phone;
mod pictures;
mod printing;
mod published;
mod ranking;
mod reading;
mod saving;
mod searching;
mod speed;
