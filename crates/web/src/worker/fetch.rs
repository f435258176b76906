//! Files of the site, as bytes.

use std::ops::Range;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, DedicatedWorkerGlobalScope, RequestCache, RequestInit, Response};

// `web-sys` has it only behind a compiler flag, though every browser that runs this page has it since 2023.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = DecompressionStream)]
    type Inflater;
    #[wasm_bindgen(constructor, js_class = "DecompressionStream", catch)]
    fn new(format: &str) -> Result<Inflater, JsValue>;
}

/// The bytes at an address, or why there are none, as the end of a sentence.
pub(super) async fn fetch(url: &str, cache: RequestCache) -> Result<Vec<u8>, String> {
    let response = respond(url, cache, None, None).await?;
    body(&response, "the connection broke off").await
}

/// The bytes at an address, inflated (zlib, RFC 1950) where `is_deflated`; given up when `signal` says so.
pub(super) async fn fetch_chunk(
    url: &str,
    cache: RequestCache,
    is_deflated: bool,
    signal: Option<&AbortSignal>,
) -> Result<Vec<u8>, String> {
    let response = respond(url, cache, None, signal).await?;
    match response.body().filter(|_| is_deflated) {
        Some(stream) => inflated(&stream).await,
        None => body(&response, "the connection broke off").await,
    }
}

/// Some of the bytes at an address, and whether all came instead; given up when `signal` says so.
pub(super) async fn fetch_part(
    url: &str,
    cache: RequestCache,
    bytes: Option<&Range<u32>>,
    signal: Option<&AbortSignal>,
) -> Result<(Vec<u8>, bool), String> {
    let response = respond(url, cache, bytes, signal).await?;
    let is_whole = response.status() != PARTIAL_CONTENT;
    Ok((body(&response, "the connection broke off").await?, is_whole))
}

/// What `deflated` (zlib, RFC 1950) was.
pub(super) async fn inflate(deflated: &[u8]) -> Result<Vec<u8>, String> {
    let bytes: JsValue = Uint8Array::from(deflated).into();
    let response = Response::new_with_opt_js_u8_array(Some(bytes.unchecked_ref())).map_err(|_| DAMAGED)?;
    inflated(&response.body().ok_or(DAMAGED)?).await
}

const DAMAGED: &str = "it is damaged";
/// The status of an answer that has a part of a file (RFC 9110, §15.3.7).
const PARTIAL_CONTENT: u16 = 206;

async fn inflated(stream: &web_sys::ReadableStream) -> Result<Vec<u8>, String> {
    let inflater = Inflater::new("deflate").map_err(|_| "this browser is too old to inflate it")?;
    let stream = stream.pipe_through(inflater.unchecked_ref());
    let response = Response::new_with_opt_readable_stream(Some(&stream)).map_err(|_| DAMAGED)?;
    body(&response, "it is damaged, or the connection broke off").await
}

async fn respond(
    url: &str,
    cache: RequestCache,
    bytes: Option<&Range<u32>>,
    signal: Option<&AbortSignal>,
) -> Result<Response, String> {
    let options = RequestInit::new();
    if let Some(Range { start, end }) = bytes {
        // A browser that asks for a part asks for it uncompressed: else it would be one of the compressed file.
        let range = format!("bytes={start}-{}", end.saturating_sub(1));
        options.set_headers(&Array::of1(&Array::of2(&"Range".into(), &range.into())));
    }
    options.set_cache(cache);
    options.set_signal(signal);
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answer = scope.fetch_with_str_and_init(url, &options);
    let response = JsFuture::from(answer).await.map_err(|_| "the server did not answer")?;
    let response: Response = response.dyn_into().map_err(|_| "the answer was empty")?;
    if response.ok() { Ok(response) } else { Err(format!("the server said {}", response.status())) }
}

async fn body(response: &Response, fault: &str) -> Result<Vec<u8>, String> {
    let buffer = response.array_buffer().map_err(|_| "the answer was empty")?;
    let buffer: ArrayBuffer = JsFuture::from(buffer).await.map_err(|_| fault)?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}
