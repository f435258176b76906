//! Text put into the clipboard.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Clipboard, Document, HtmlDocument, HtmlElement, HtmlTextAreaElement, Window};
use yew::prelude::*;

use crate::store::{Action, Copied};

/// Copies a text; then says what was copied, or that the browser refused.
pub fn copy(text: String, copied: Copied, act: Callback<Action>) {
    spawn_local(async move {
        let Some(window) = web_sys::window() else { return };
        let is_copied = match clipboard(&window) {
            Some(clipboard) => JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
            None => false,
        };
        let is_copied = is_copied || window.document().and_then(|document| by_command(&document, &text)) == Some(true);
        act.emit(Action::Copied(if is_copied { copied } else { Copied::Refused }));
    });
}

/// Pages without https have no clipboard.
fn clipboard(window: &Window) -> Option<Clipboard> {
    js_sys::Reflect::get(&window.navigator(), &"clipboard".into()).ok()?.dyn_into().ok()
}

/// The old way, for pages served without https.
fn by_command(document: &Document, text: &str) -> Option<bool> {
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    let focused = document.active_element();
    area.set_value(text);
    area.set_class_name("visually-hidden");
    document.body()?.append_child(&area).ok()?;
    area.select();
    let document: Result<HtmlDocument, _> = document.clone().dyn_into();
    let is_copied = document.ok().and_then(|document| document.exec_command("copy").ok());
    area.remove();
    if let Some(element) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
    is_copied
}
