//! The lenses that count, through the one door, against their definitions.
//!
//! `corpus` reads documents off their tokens, slowly and obviously; the other files count in it by hand and must agree
//! with [`Workspace::handle`] on random corpora: every row, every number, to the last bit where the number is a
//! function of counts.
//!
//! [`Workspace::handle`]: sheaf_core::workspace::Workspace::handle

mod ask;
mod bad_input;
mod collocates;
mod concordance;
mod corpus;
mod frequency;
mod gold;
mod keyness;
mod links;
mod parts;
mod properties;
