//! The worker's own side: one workspace, a queue of requests, answers one at a time.
//!
//! Requests wait in a queue while one is answered; between two, newer messages are let in, and a request whose slot
//! has a newer one waiting is dropped: while somebody types fast, only the last letter costs anything.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::rc::Rc;

use sheaf_core::document::Corpus;
use sheaf_core::workspace::{Deferred, RequestError, Response as Answer, Workspace};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, RequestCache, RequestInit, Response};

use super::client::{seal, unseal};
use super::stemmers;
use crate::annex;
use crate::protocol::{Ask, News, RequestId};
use crate::words;

/// Documents between two reports of progress.
const REPORT_EVERY: usize = 256;
/// While a request waits for code to be loaded, the page hears so often that there is still somebody here.
const BEAT_MILLIS: i32 = 2_000;

#[derive(Default)]
struct Desk {
    workspace: Option<Workspace>,
    queue: VecDeque<(RequestId, Ask)>,
    is_scheduled: bool,
    /// The code of requests that need not be answered first, once it is loaded.
    deferred: Option<Deferred>,
    loading: Loading,
    /// Requests that wait for it.
    waiting: VecDeque<(RequestId, Ask)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Loading {
    #[default]
    NotTried,
    OnItsWay,
    Over,
}

/// Listens, indexes the corpus, and answers. `corpus` is the file's `ArrayBuffer`, or anything else to fetch it;
/// what is at `stemmers_url` is fetched where the corpus needs it.
pub fn start(corpus: JsValue, corpus_url: String, stemmers_url: String) {
    std::panic::set_hook(Box::new(|info| post(RequestId(0), &News::Panicked(info.to_string()))));
    let desk = Rc::new(RefCell::new(Desk::default()));
    let listening = desk.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(asked) = unseal::<Ask>(&event.data()) {
            listening.borrow_mut().queue.push_back(asked);
            schedule(&listening);
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    on_message.forget();
    spawn_local(async move {
        match open(corpus, &corpus_url, &stemmers_url).await {
            Ok(workspace) => {
                desk.borrow_mut().workspace = Some(workspace);
                post(RequestId(0), &News::Ready);
                schedule(&desk);
            }
            Err(message) => post(RequestId(0), &News::CorpusFailed(message)),
        }
    });
}

async fn open(corpus: JsValue, corpus_url: &str, stemmers_url: &str) -> Result<Workspace, String> {
    let (corpus, fingerprint) = read(corpus, corpus_url).await?;
    let languages = stemmers::missing(&corpus);
    if !languages.is_empty()
        && let Err(reason) = stemmers::load(stemmers_url).await
    {
        let notice = words::without_inflections(&languages, file_name(stemmers_url), &reason);
        post(RequestId(0), &News::Notice(notice));
    }
    index(corpus, fingerprint)
}

/// The corpus in `given`, or at `url`. A damaged one is fetched once more past the browser's cache, which may keep it
/// long after the site has been mended.
async fn read(given: JsValue, url: &str) -> Result<(Corpus, String), String> {
    let not_loaded = |reason: String| words::corpus_not_loaded(file_name(url), &reason);
    let bytes = match given.dyn_into::<js_sys::ArrayBuffer>() {
        Ok(buffer) => js_sys::Uint8Array::new(&buffer).to_vec(),
        Err(_) => fetch(url, RequestCache::Default).await.map_err(not_loaded)?,
    };
    if let Ok(read) = Corpus::from_bytes(&bytes) {
        return Ok(read);
    }
    drop(bytes);
    let bytes = fetch(url, RequestCache::Reload).await.map_err(not_loaded)?;
    Corpus::from_bytes(&bytes).map_err(|error| words::corpus_not_read(file_name(url), &error.to_string()))
}

fn index(corpus: Corpus, fingerprint: String) -> Result<Workspace, String> {
    let report = |done: usize, of: usize| {
        if done.is_multiple_of(REPORT_EVERY) {
            post(RequestId(0), &News::Progress { done: done as u32, of: of as u32 });
        }
        ControlFlow::Continue(())
    };
    Workspace::index_corpus(corpus, fingerprint, report).ok_or_else(|| "Reading the corpus was stopped.".to_owned())
}

/// The bytes at an address, or why there are none, as the end of a sentence.
pub(super) async fn fetch(url: &str, cache: RequestCache) -> Result<Vec<u8>, String> {
    let options = RequestInit::new();
    options.set_cache(cache);
    let answer = scope().fetch_with_str_and_init(url, &options);
    let response = JsFuture::from(answer).await.map_err(|_| "the server did not answer")?;
    let response: Response = response.dyn_into().map_err(|_| "the answer was empty")?;
    if !response.ok() {
        return Err(format!("the server said {}", response.status()));
    }
    let buffer = response.array_buffer().map_err(|_| "the answer was empty")?;
    let buffer = JsFuture::from(buffer).await.map_err(|_| "the connection broke off")?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

fn file_name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// Answers the next request after the messages that wait have been let in.
fn schedule(desk: &Rc<RefCell<Desk>>) {
    let mut state = desk.borrow_mut();
    if state.is_scheduled || state.workspace.is_none() || state.queue.is_empty() {
        return;
    }
    state.is_scheduled = true;
    let desk = desk.clone();
    let next = Closure::once_into_js(move || {
        desk.borrow_mut().is_scheduled = false;
        answer_next(&mut desk.borrow_mut());
        provide_deferred(&desk);
        schedule(&desk);
    });
    // A timer of zero comes after the messages that have arrived.
    let _ = scope().set_timeout_with_callback(next.unchecked_ref());
}

fn answer_next(desk: &mut Desk) {
    while let Some((id, ask)) = desk.queue.pop_front() {
        if desk.queue.iter().any(|(_, newer)| newer.slot == ask.slot) {
            continue;
        }
        if let Some(workspace) = &mut desk.workspace {
            match workspace.handle_with(&ask.request, desk.deferred) {
                Answer::Failed(RequestError::NotLoaded) => {
                    desk.waiting.retain(|(_, older)| older.slot != ask.slot);
                    desk.waiting.push_back((id, ask));
                }
                answer => post(id, &News::Answer(Box::new(answer))),
            }
        }
        return;
    }
}

/// Loads the code of deferred requests once nothing else is to be done or one of them waits; again only where one waits.
fn provide_deferred(desk: &Rc<RefCell<Desk>>) {
    let mut state = desk.borrow_mut();
    let is_wanted = match state.loading {
        Loading::NotTried => state.queue.is_empty() || !state.waiting.is_empty(),
        Loading::OnItsWay => false,
        Loading::Over => !state.waiting.is_empty(),
    };
    if !is_wanted {
        return;
    }
    state.loading = Loading::OnItsWay;
    let desk = desk.clone();
    beat(desk.clone());
    spawn_local(async move {
        let loaded = annex::deferred().await;
        let mut state = desk.borrow_mut();
        state.loading = Loading::Over;
        while let Some((id, ask)) = state.waiting.pop_back() {
            match loaded {
                Ok(_) => state.queue.push_front((id, ask)),
                Err(_) => post(id, &News::Answer(Box::new(Answer::Failed(RequestError::NotLoaded)))),
            }
        }
        state.deferred = loaded.ok();
        drop(state);
        schedule(&desk);
    });
}

/// Says that there is still somebody here, as long as requests wait for the network.
fn beat(desk: Rc<RefCell<Desk>>) {
    let next = Closure::once_into_js(move || {
        if desk.borrow().loading == Loading::OnItsWay {
            if !desk.borrow().waiting.is_empty() {
                post(RequestId(0), &News::Progress { done: 0, of: 0 });
            }
            beat(desk);
        }
    });
    let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(next.unchecked_ref(), BEAT_MILLIS);
}

fn post(id: RequestId, news: &News) {
    if let Ok((message, buffers)) = seal(id, news) {
        // A message that cannot be posted has nobody to hear of it; the page's watch ends the waiting.
        let _ = scope().post_message_with_transfer(&message, &buffers);
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
