//! The second wasm: the Snowball stemmers, loaded only for a corpus with a text in one of their languages.
//!
//! They weigh a third of the whole page, and English has a stemmer in the core. The wasm has bare exports (see the
//! crate `sheaf-stemmers`): language and word go into its buffer, the stem comes out of it.

use std::cell::RefCell;

use js_sys::WebAssembly::{self, Memory};
use js_sys::{Function, Object, Reflect, Uint8Array};
use sheaf_core::workspace::{needs_snowball, set_snowball};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::fetch::fetch;

/// The wasm, ready to be called.
struct Library {
    memory: Memory,
    stem: Function,
    /// Where its buffer lies in its memory.
    buffer: u32,
    buffer_len: u32,
}

thread_local! {
    static LIBRARY: RefCell<Option<Library>> = const { RefCell::new(None) };
}

/// Those of the languages whose stemmers are in the second wasm.
pub(super) fn missing<'l>(languages: impl IntoIterator<Item = &'l str>) -> Vec<&'l str> {
    languages.into_iter().filter(|language| needs_snowball(language)).collect()
}

/// Loads the wasm and hands its stemmers to the core. To be awaited before anything is indexed.
///
/// # Errors
/// What went wrong, as the end of a sentence.
pub(super) async fn load(url: &str) -> Result<(), String> {
    let bytes = fetch(url, web_sys::RequestCache::Default).await?;
    let library = Library::start(&bytes).await.map_err(|_| "the browser cannot run it".to_owned())?;
    LIBRARY.set(Some(library));
    set_snowball(|word, language| LIBRARY.with_borrow(|library| library.as_ref()?.stem(word, language)));
    Ok(())
}

impl Library {
    async fn start(bytes: &[u8]) -> Result<Library, JsValue> {
        let started = JsFuture::from(WebAssembly::instantiate_buffer(bytes, &Object::new())).await?;
        let instance = Reflect::get(&started, &"instance".into())?;
        let exports = Reflect::get(&instance, &"exports".into())?;
        let export = |name: &str| Reflect::get(&exports, &name.into());
        let number = |name: &str| -> Result<u32, JsValue> {
            let value = export(name)?.dyn_into::<Function>()?.call0(&JsValue::UNDEFINED)?;
            Ok(value.as_f64().ok_or(value)? as u32)
        };
        Ok(Library {
            memory: export("memory")?.dyn_into()?,
            stem: export("stem")?.dyn_into()?,
            buffer: number("buffer")?,
            buffer_len: number("buffer_len")?,
        })
    }

    fn stem(&self, word: &str, language: &str) -> Option<String> {
        let given = [language, word].concat();
        self.view(given.len())?.copy_from(given.as_bytes());
        let lengths = [language, word].map(|part| JsValue::from_f64(part.len() as f64));
        // A fault in the library ends the call and leaves this word without a stem.
        let len = self.stem.call2(&JsValue::UNDEFINED, &lengths[0], &lengths[1]).ok()?.as_f64()?;
        // A length of `u32::MAX`, which means no stem, comes as -1: wasm numbers have no sign of their own.
        if len < 0.0 {
            return None;
        }
        String::from_utf8(self.view(len as usize)?.to_vec()).ok()
    }

    /// The first bytes of the buffer. Made anew each time: a memory that has grown detaches the views of it.
    fn view(&self, len: usize) -> Option<Uint8Array> {
        let len = u32::try_from(len).ok().filter(|len| *len <= self.buffer_len)?;
        Some(Uint8Array::new_with_byte_offset_and_length(&self.memory.buffer(), self.buffer, len))
    }
}
