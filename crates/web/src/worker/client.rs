//! The page's side of the worker: start, ask, hear, and notice when it dies.
//!
//! The worker starts from a `blob:` script, so that the page's security policy binds it too (a policy in `<meta>`
//! does not reach a worker loaded from a URL). It is given the compiled module, so nothing is compiled twice.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use nanoserde::{DeBin, SerBin};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use crate::protocol::{Ask, News, RequestId};

/// What a worker is made of.
#[derive(Clone, Debug)]
pub struct Source {
    /// The compiled wasm.
    pub module: JsValue,
    /// The script that binds it, absolute.
    pub glue_url: String,
    /// The corpus file on its way, as the page's preload fetches it: a promise of an `ArrayBuffer`. The first worker
    /// takes it; a later one fetches the file again.
    pub corpus: Option<Promise>,
    /// The corpus file, absolute.
    pub corpus_url: String,
    /// The wasm with the stemmers of languages other than English, absolute. Fetched where the corpus needs it.
    pub stemmers_url: String,
}

/// What is heard of a worker.
pub enum Heard {
    /// A message.
    News(RequestId, News),
    /// It died: why.
    Died(String),
}

/// A running worker. Dropping it ends it.
pub struct Client {
    worker: Worker,
    // Kept alive as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Client {
    /// Starts a worker; `hear` is called with everything it says.
    pub fn start(source: &mut Source, hear: impl Fn(Heard) + Clone + 'static) -> Result<Client, JsValue> {
        let script = format!(
            "import init, {{ work }} from {glue:?};\n\
             const early = [];\n\
             self.onmessage = (event) => early.push(event);\n\
             self.addEventListener('message', async ({{ data }}) => {{\n\
               await init({{ module_or_path: data.module }});\n\
               work(data.corpus, data.corpusUrl, data.stemmersUrl);\n\
               early.slice(1).forEach((event) => self.onmessage(event));\n\
             }}, {{ once: true }});\n",
            glue = source.glue_url
        );
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&url, &options)?;

        let heard = hear.clone();
        let script_url = url.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            // The script has been read once it speaks.
            let _ = Url::revoke_object_url(&script_url);
            heard(read(&event.data()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::new(move |event: ErrorEvent| {
            // Handled here: the page shows it in words.
            event.prevent_default();
            let message = event.message();
            hear(Heard::Died(if message.is_empty() {
                "the worker's script could not be loaded".to_owned()
            } else {
                message
            }));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));

        let first = Object::new();
        Reflect::set(&first, &"module".into(), &source.module)?;
        Reflect::set(&first, &"corpusUrl".into(), &source.corpus_url.as_str().into())?;
        Reflect::set(&first, &"stemmersUrl".into(), &source.stemmers_url.as_str().into())?;
        match source.corpus.take() {
            None => worker.post_message(&first)?,
            Some(corpus) => spawn_local(post_with_corpus(worker.clone(), first, corpus)),
        }
        Ok(Client { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a request.
    pub fn ask(&self, id: RequestId, ask: &Ask) -> Result<(), JsValue> {
        let (message, buffers) = seal(id, ask)?;
        self.worker.post_message_with_transfer(&message, &buffers)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A message as it is posted, with the buffers to transfer.
pub(super) fn seal<T: SerBin>(id: RequestId, message: &T) -> Result<(JsValue, Array), JsValue> {
    let body = Uint8Array::from(message.serialize_bin().as_slice());
    let envelope = Object::new();
    Reflect::set(&envelope, &"id".into(), &id.0.into())?;
    Reflect::set(&envelope, &"body".into(), &body)?;
    Ok((envelope.into(), Array::of1(&body.buffer())))
}

/// Opens what [`seal`] closed. Field by field: a general way in and out would cost the page 15 KB.
pub(super) fn unseal<T: DeBin>(message: &JsValue) -> Option<(RequestId, T)> {
    let id = Reflect::get(message, &"id".into()).ok()?.as_f64()? as u32;
    let body: Uint8Array = Reflect::get(message, &"body".into()).ok()?.dyn_into().ok()?;
    Some((RequestId(id), T::deserialize_bin(&body.to_vec()).ok()?))
}

/// Sends the first message with the corpus in it; without it where its fetch failed, so that the worker tries once
/// more and says what is wrong.
async fn post_with_corpus(worker: Worker, first: Object, corpus: Promise) {
    let buffers = Array::new();
    if let Ok(corpus) = JsFuture::from(corpus).await
        && let Ok(corpus) = corpus.dyn_into::<ArrayBuffer>()
        && Reflect::set(&first, &"corpus".into(), &corpus).is_ok()
    {
        buffers.push(&corpus);
    }
    // A worker that was ended meanwhile hears nothing, and need not.
    let _ = worker.post_message_with_transfer(&first, &buffers);
}

fn read(message: &JsValue) -> Heard {
    match unseal::<News>(message) {
        Some((_, News::Panicked(message))) => Heard::Died(message),
        Some((id, news)) => Heard::News(id, news),
        None => Heard::Died("a message could not be read".to_owned()),
    }
}
