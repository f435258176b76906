//! What the tests of the whole share.
//!
//! For stories in a real browser: `story` plays one, `browser` is what a reader's hands and eyes do, `server` serves
//! the page and records every request, `corpora` makes pages with other corpora.

pub mod asking;
pub mod axe;
pub mod browser;
pub mod chunks;
pub mod corpora;
pub mod driver;
pub mod packed;
pub mod server;
pub mod settings;
pub mod story;
