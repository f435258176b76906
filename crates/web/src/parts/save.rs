//! Saving what is on the screen as files.

use sheaf_core::base::Apart;
use sheaf_core::views::lens::export::Exported;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement,
    Url, XmlSerializer,
};

/// Pixels of a saved picture for each of its units: sharp in print.
const SCALE: f64 = 3.0;
/// The custom properties that pictures are coloured with.
const COLOURS: &[&str] = &[
    "--paper",
    "--ink",
    "--soft",
    "--faint",
    "--rule",
    "--accent",
    "--bar",
    "--series-1",
    "--series-2",
    "--series-3",
    "--series-4",
    "--series-5",
];
/// How pictures are drawn, in files of their own.
const STYLE: &str = include_str!("../../styles/later/picture.css");

/// Saves a file.
pub fn file(file: &Apart<Exported>) {
    if let Some(file) = file.open() {
        // A browser that saves nothing has its own way to say so.
        let _ = text(&file.file_name, &file.mime, &file.text);
    }
}

/// Saves a text under a name.
pub fn text(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&text.into());
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    blob(name, &Blob::new_with_str_sequence_and_options(&parts, &options)?)
}

/// Saves a picture as it is seen, light or dark.
pub fn picture(svg: &Element, name: &str, is_png: bool) {
    // A browser that cannot save shows the picture all the same.
    let _ = try_picture(svg, name, is_png);
}

fn try_picture(svg: &Element, name: &str, is_png: bool) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let (width, height) = size(svg).ok_or("no size")?;
    let source = standalone(svg, width, height)?;
    if !is_png {
        return text(&format!("{name}.svg"), "image/svg+xml", &source);
    }
    let document = window.document().ok_or("no document")?;
    let image = HtmlImageElement::new()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width((width * SCALE) as u32);
    canvas.set_height((height * SCALE) as u32);
    let parts = js_sys::Array::of1(&source.into());
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &options)?)?;
    let name = format!("{name}.png");
    let drawn = {
        let (image, url) = (image.clone(), url.clone());
        Closure::once_into_js(move || {
            let context = canvas
                .get_context("2d")
                .ok()
                .flatten()
                .and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
            if let Some(context) = context {
                let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
                let _ = context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height);
                let save = Closure::once_into_js(move |png: Blob| {
                    let _ = blob(&name, &png);
                });
                let _ = canvas.to_blob(save.unchecked_ref());
            }
            let _ = Url::revoke_object_url(&url);
        })
    };
    image.set_onload(Some(drawn.unchecked_ref()));
    image.set_src(&url);
    Ok(())
}

/// Width and height in units.
fn size(svg: &Element) -> Option<(f64, f64)> {
    let frame = svg.get_attribute("viewBox")?;
    let mut numbers = frame.split(' ').skip(2).map(|number| number.parse::<f64>());
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The picture as a file: its styles inside, its colours as they are now, on paper of its own.
fn standalone(svg: &Element, width: f64, height: f64) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let root = window.document().and_then(|document| document.document_element()).ok_or("no document")?;
    let computed = window.get_computed_style(&root)?.ok_or("no style")?;
    let mut style = String::from(STYLE);
    for name in COLOURS {
        let value = computed.get_property_value(name)?;
        style = style.replace(&format!("var({name})"), value.trim());
    }
    let source = XmlSerializer::new()?.serialize_to_string(svg)?;
    let start = source.find('>').map_or(0, |at| at + 1);
    let (head, body) = source.split_at(start);
    let head = head.replacen("<svg", &format!("<svg width=\"{width}\" height=\"{height}\""), 1);
    let paper = computed.get_property_value("--paper")?;
    Ok(format!(
        "{head}<style>{style}</style><rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>{body}",
        paper.trim()
    ))
}

fn blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    let url = Url::create_object_url_with_blob(blob)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Let go of later: some browsers read it after the click.
    let revoke = Closure::once_into_js(move || {
        let _ = Url::revoke_object_url(&url);
    });
    let window = web_sys::window().ok_or("no window")?;
    window.set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000)?;
    Ok(())
}
