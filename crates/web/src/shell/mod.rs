//! The frame: app, header with search field and parts of the query, tabs, filters, dialogs, notices.

pub mod app;
pub mod arithmetic;
pub mod desk;
pub mod dialog;
pub mod filters;
pub mod header;
pub mod help;
pub mod lenses;
pub mod notices;
pub mod options;
pub mod parts;
pub mod saving;
pub mod search;
pub mod settings;
pub mod styles;
pub mod why;
