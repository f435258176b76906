//! Sheaf's page and worker: one wasm in two roles.
//!
//! The page role draws and listens; the worker role holds the [`sheaf_core::workspace::Workspace`] and answers.
//! Everything between `route` and `store` is pure and tested natively; the browser is touched in `shell::app`,
//! `worker` and small effects of components only.

pub mod annex;
pub mod parts;
pub mod protocol;
pub mod route;
pub mod shell;
pub mod store;
pub mod views;
pub mod words;
pub mod worker;

use wasm_bindgen::prelude::*;

/// The page role: draws the app into `#app`. Called once by the boot script.
///
/// `module` is the compiled wasm, handed on to the worker so that it is compiled once; `glue_url` is the script
/// that binds it; `corpus` the corpus file on its way, a promise of an `ArrayBuffer`, and `corpus_url` where it is;
/// `stemmers_url` is the second wasm, which only some corpora need.
#[wasm_bindgen]
pub fn start(module: JsValue, glue_url: String, corpus: js_sys::Promise, corpus_url: String, stemmers_url: String) {
    shell::app::mount(worker::client::Source { module, glue_url, corpus: Some(corpus), corpus_url, stemmers_url });
}

/// The worker role: answers messages. Called once inside the worker, with the corpus file's bytes or without.
#[wasm_bindgen]
pub fn work(corpus: JsValue, corpus_url: String, stemmers_url: String) {
    worker::role::start(corpus, corpus_url, stemmers_url);
}
