//! The styles of screens that come after the first answer: they come with the code that draws them.

use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

// In this order: of two rules alike the later holds.
const STYLES: &[&str] = &[
    include_str!("../../styles/later/asking.css"),
    include_str!("../../styles/later/dialog.css"),
    include_str!("../../styles/later/counted.css"),
    include_str!("../../styles/later/documents.css"),
    include_str!("../../styles/later/reader.css"),
    include_str!("../../styles/later/picture.css"),
    include_str!("../../styles/later/reading.css"),
    include_str!("../../styles/later/print.css"),
];

/// Puts them into the page, as a sheet made by the program: the page's policy allows no styles in its text.
pub fn dress() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(sheet) = CssStyleSheet::new() else { return };
    // A browser that refuses shows the screens plain.
    let _ = sheet.replace_sync(&STYLES.concat());
    let sheets = js_sys::Reflect::get(&document, &"adoptedStyleSheets".into()).ok();
    if let Some(sheets) = sheets.and_then(|sheets| sheets.dyn_into::<js_sys::Array>().ok()) {
        let sheets = sheets.concat(&js_sys::Array::of1(&sheet));
        let _ = js_sys::Reflect::set(&document, &"adoptedStyleSheets".into(), &sheets);
    }
}
