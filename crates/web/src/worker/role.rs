//! The worker's own side: one workspace, a queue of requests, answers one at a time.
//!
//! Requests wait in a queue while one is answered; between two, newer messages are let in, and a request whose slot
//! has a newer one waiting is dropped: while somebody types fast, only the last letter costs anything. Of a corpus in
//! files, what an answer lacks is brought and it is asked again; what only a dropped request wanted is given up.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::rc::Rc;

use sheaf_core::document::Corpus;
use sheaf_core::workspace::{Answer, Deferred, RequestError, Response, Root, Workspace};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, RequestCache};

use super::chunks::Flight;
use super::client::{seal, unseal};
use super::fetch::{fetch, inflate};
use super::stemmers;
use super::waiting::Waiting;
use crate::annex::{self, Files};
use crate::protocol::{Ask, News, RequestId};
use crate::words;

/// Documents between two reports of progress.
const REPORT_EVERY: usize = 256;
/// While a request waits for the network, the page hears so often that there is still somebody here.
const BEAT_MILLIS: i32 = 300;
/// What the worker has in hand.
#[derive(Default)]
pub struct Desk {
    pub(super) workspace: Option<Workspace>,
    pub(super) queue: VecDeque<(RequestId, Ask)>,
    is_scheduled: bool,
    /// The code of requests that need not be answered first, once it is loaded; that which reads texts with it, once
    /// somebody wants it.
    deferred: Option<Deferred>,
    pub(super) loading: Loading,
    /// Requests that wait for it.
    for_code: VecDeque<(RequestId, Ask)>,
    /// Requests that wait for parts of an index in files.
    pub(super) for_parts: Waiting,
    /// The code that takes those.
    pub(super) files: Option<Files>,
    /// Where those lie, and those on their way.
    pub(super) folder: String,
    pub(super) flights: Vec<Flight>,
    is_beating: bool,
    pub(super) has_said_less: bool,
    /// What had a first answer last.
    first_answered: Option<RequestId>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Loading {
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
            Ok((workspace, files)) => {
                let mut state = desk.borrow_mut();
                state.files = files;
                state.for_parts.set_idle(workspace.useful_chunks());
                state.workspace = Some(workspace);
                state.folder = corpus_url.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                drop(state);
                post(RequestId(0), &News::Ready);
                schedule(&desk);
            }
            Err(message) => post(RequestId(0), &News::CorpusFailed(message)),
        }
    });
}

/// The corpus, ready to be asked, and the code for it where it lies in files.
async fn open(corpus: JsValue, corpus_url: &str, stemmers_url: &str) -> Result<(Workspace, Option<Files>), String> {
    let read = read(corpus, corpus_url).await?;
    let languages = match &read {
        Read::Whole(corpus, _) => stemmers::missing(corpus.languages()),
        Read::Root(root, _) => stemmers::missing(root.languages.iter().map(String::as_str)),
    };
    if !languages.is_empty()
        && let Err(reason) = stemmers::load(stemmers_url).await
    {
        let notice = words::without_inflections(&languages, file_name(stemmers_url), &reason);
        post(RequestId(0), &News::Notice(notice));
    }
    match read {
        Read::Whole(corpus, fingerprint) => Ok((index(corpus, fingerprint)?, None)),
        Read::Root(root, files) => Ok(((files.open)(*root), Some(files))),
    }
}

/// What the page's corpus file is.
enum Read {
    /// All documents, with their fingerprint.
    Whole(Corpus, String),
    /// The root of an index in files, and the code for it.
    Root(Box<Root>, Files),
}

/// The corpus in `given`, or at `url`. A damaged one is fetched once more past the browser's cache, which may keep it
/// long after the site has been mended.
async fn read(given: JsValue, url: &str) -> Result<Read, String> {
    let not_loaded = |reason: String| words::corpus_not_loaded(file_name(url), &reason);
    let bytes = match given.dyn_into::<js_sys::ArrayBuffer>() {
        Ok(buffer) => js_sys::Uint8Array::new(&buffer).to_vec(),
        Err(_) => fetch(url, RequestCache::Default).await.map_err(not_loaded)?,
    };
    if let Ok(read) = decode(&bytes, code_for(&bytes).await?).await {
        return Ok(read);
    }
    drop(bytes);
    let bytes = fetch(url, RequestCache::Reload).await.map_err(not_loaded)?;
    let files = code_for(&bytes).await?;
    decode(&bytes, files).await.map_err(|reason| words::corpus_not_read(file_name(url), &reason))
}

/// The code of corpora in files, where these are the bytes of one.
async fn code_for(bytes: &[u8]) -> Result<Option<Files>, String> {
    if !bytes.starts_with(Root::MAGIC) {
        return Ok(None);
    }
    annex::files().await.map(Some).map_err(|_| words::NOT_LOADED.to_owned())
}

async fn decode(bytes: &[u8], files: Option<Files>) -> Result<Read, String> {
    match files.zip(bytes.get(Root::MAGIC.len()..)) {
        Some((files, deflated)) => {
            let root = (files.root)(&inflate(deflated).await?).map_err(|error| error.to_string())?;
            Ok(Read::Root(Box::new(root), files))
        }
        None => {
            let (corpus, fingerprint) = Corpus::from_bytes(bytes).map_err(|error| error.to_string())?;
            Ok(Read::Whole(corpus, fingerprint))
        }
    }
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

fn file_name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// Answers the next request after the messages that wait have been let in.
pub(super) fn schedule(desk: &Rc<RefCell<Desk>>) {
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
        provide_parts(&desk);
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
        desk.for_parts.forget(ask.slot);
        if let Some(workspace) = &mut desk.workspace {
            match workspace.answer_with(&ask.request, desk.deferred) {
                Answer::Need { now, later, meanwhile } => {
                    desk.for_parts.need(id, ask, now, later);
                    // Asked again, it may have more: rows would move under the reader twice.
                    if let Some(response) = meanwhile.filter(|_| desk.first_answered != Some(id)) {
                        desk.first_answered = Some(id);
                        post(id, &News::Answer(response));
                    }
                }
                Answer::Working { done, of } => {
                    // What has arrived meanwhile may take its place.
                    desk.queue.push_front((id, ask));
                    post(RequestId(0), &News::Progress { done, of });
                }
                Answer::Ready { response, .. } if *response == Response::Failed(RequestError::NotLoaded) => {
                    desk.for_code.retain(|(_, older)| older.slot != ask.slot);
                    desk.for_code.push_back((id, ask));
                }
                Answer::Ready { response, later } => {
                    desk.for_parts.later(id, ask, later);
                    post(id, &News::Answer(response));
                }
            }
        }
        return;
    }
}

/// Has brought what requests wait for, of a corpus in files.
fn provide_parts(desk: &Rc<RefCell<Desk>>) {
    let files = desk.borrow().files;
    if let Some(files) = files {
        (files.provide)(desk);
    }
}

/// Loads the code of deferred requests once nothing else is to be done or one of them waits; again only where one waits.
fn provide_deferred(desk: &Rc<RefCell<Desk>>) {
    let mut state = desk.borrow_mut();
    let is_wanted = match state.loading {
        Loading::NotTried => state.queue.is_empty() || !state.for_code.is_empty(),
        Loading::OnItsWay => false,
        Loading::Over => !state.for_code.is_empty(),
    };
    if !is_wanted {
        return;
    }
    state.loading = Loading::OnItsWay;
    let known = state.deferred;
    drop(state);
    beat(desk);
    let desk = desk.clone();
    spawn_local(async move {
        let loaded = match known {
            Some(deferred) => annex::readers().await.map(|readers| deferred.with_readers(readers)),
            None => annex::deferred().await,
        };
        let mut state = desk.borrow_mut();
        state.loading = Loading::Over;
        while let Some((id, ask)) = state.for_code.pop_back() {
            match loaded {
                Ok(_) => state.queue.push_front((id, ask)),
                Err(_) => post(id, &News::Answer(Box::new(Response::Failed(RequestError::NotLoaded)))),
            }
        }
        state.deferred = loaded.ok().or(known);
        drop(state);
        provide_parts(&desk);
        schedule(&desk);
    });
}

/// Says what was brought so far, and so that there is still somebody here, as long as requests wait for the network.
pub(super) fn beat(desk: &Rc<RefCell<Desk>>) {
    if std::mem::replace(&mut desk.borrow_mut().is_beating, true) {
        return;
    }
    let desk = desk.clone();
    let next = Closure::once_into_js(move || {
        let mut state = desk.borrow_mut();
        state.is_beating = false;
        let waits_for_code = state.loading == Loading::OnItsWay;
        if !state.for_parts.is_urgent() && !waits_for_code {
            return;
        }
        if state.for_parts.is_urgent() || !state.for_code.is_empty() {
            post(RequestId(0), &News::Reading(state.for_parts.reading().unwrap_or_default()));
        }
        drop(state);
        beat(&desk);
    });
    let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(next.unchecked_ref(), BEAT_MILLIS);
}

pub(super) fn post(id: RequestId, news: &News) {
    if let Ok((message, buffers)) = seal(id, news) {
        // A message that cannot be posted has nobody to hear of it; the page's watch ends the waiting.
        let _ = scope().post_message_with_transfer(&message, &buffers);
    }
}

pub(super) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
