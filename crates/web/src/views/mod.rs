//! One file a view.

pub mod about;
pub mod counted;
pub mod documents;
pub mod loading;
pub mod nothing;
pub mod reader;
pub mod results;
