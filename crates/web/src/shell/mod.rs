//! The frame: app, header, tabs, filters, help, notices.

pub mod app;
pub mod filters;
pub mod header;
pub mod help;
pub mod lenses;
pub mod notices;
