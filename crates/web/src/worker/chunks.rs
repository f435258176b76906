//! What requests wait for of an index in files, brought: which chunks `waiting` knows, what of which file the core.
//!
//! All of it is in the annex of corpora in files.

use std::cell::RefCell;
use std::rc::Rc;

use sheaf_core::workspace::{ChunkId, FilePart, RequestError, Response};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal, RequestCache};

use super::fetch::{fetch_chunk, fetch_part, inflate};
use super::role::{Desk, Loading, beat, post, schedule, scope};
use crate::protocol::{News, RequestId};
use crate::words;

/// A part of the index that does not come, or is damaged, is tried so often in all, past the browser's cache and after
/// a while.
const TRIES: u32 = 3;
/// Before another try, times the number of those before.
const PAUSE_MILLIS: i32 = 400;

/// Chunks of the index on their way, of one file.
pub(super) struct Flight {
    chunks: Vec<ChunkId>,
    controller: Option<AbortController>,
    /// Whether nobody had asked for it.
    is_idle: bool,
}

/// Has brought what requests wait for, and gives up what none waits for any more.
pub fn provide(desk: &Rc<RefCell<Desk>>) {
    let mut state = desk.borrow_mut();
    // What is about to be asked again will say what it wants.
    if !state.queue.is_empty() {
        return;
    }
    let Desk { flights, for_parts, .. } = &mut *state;
    flights.retain(|flight| {
        let stays = flight.is_idle || flight.chunks.iter().any(|chunk| for_parts.is_wanted(*chunk));
        if let Some(controller) = flight.controller.as_ref().filter(|_| !stays) {
            controller.abort();
        }
        stays
    });
    let Desk { flights, for_parts, loading, .. } = &mut *state;
    let is_flying = |chunk| flights.iter().any(|flight| flight.chunks.contains(&chunk));
    // While code is on its way the time is not idle.
    let busy = if *loading == Loading::OnItsWay { usize::MAX } else { flights.len() };
    let next = for_parts.next(is_flying, busy);
    let parts = state.workspace.as_ref().map(|workspace| workspace.parts(&next));
    for part in parts.unwrap_or_default() {
        let chunks: Vec<ChunkId> = part.chunks.iter().map(|(chunk, _)| *chunk).collect();
        let is_idle = !chunks.iter().any(|chunk| state.for_parts.is_wanted(*chunk));
        let controller = AbortController::new().ok();
        state.flights.push(Flight { chunks: chunks.clone(), controller: controller.clone(), is_idle });
        let desk = desk.clone();
        spawn_local(async move {
            let outcome = bring(&desk, &part, controller.as_ref()).await;
            let mut state = desk.borrow_mut();
            let is_given_up = controller.is_some_and(|controller| controller.signal().aborted());
            if is_given_up {
                return;
            }
            state.flights.retain(|flight| flight.chunks != chunks);
            match outcome {
                Ok(brought) => {
                    for (chunk, bytes) in brought {
                        for asked in state.for_parts.arrived(chunk, bytes).into_iter().rev() {
                            state.queue.push_front(asked);
                        }
                    }
                }
                Err(reason) => lost(&mut state, &part, &reason),
            }
            drop(state);
            provide(&desk);
            schedule(&desk);
        });
    }
    let is_urgent = state.for_parts.is_urgent();
    drop(state);
    if is_urgent {
        beat(desk);
    }
}

/// Brings chunks and hands them in: how many bytes each has, or why they are not there, as the middle of a sentence.
async fn bring(
    desk: &Rc<RefCell<Desk>>,
    part: &FilePart,
    controller: Option<&AbortController>,
) -> Result<Vec<(ChunkId, usize)>, String> {
    if part.file.is_empty() {
        return Err("the index does not have it".to_owned());
    }
    let signal = controller.map(AbortController::signal);
    let url = [desk.borrow().folder.as_str(), &part.file].concat();
    let mut reason = String::new();
    for failures in 0..TRIES {
        pause(failures as i32 * PAUSE_MILLIS).await;
        let is_first = failures == 0;
        match payloads(desk, &url, part, is_first, signal.as_ref()).await {
            Ok(payloads) => {
                let brought = payloads.iter().map(|(chunk, payload)| (*chunk, payload.len())).collect();
                let mut state = desk.borrow_mut();
                let mut refused = payloads.into_iter().map(|(chunk, payload)| {
                    state.workspace.as_mut().is_some_and(|workspace| workspace.supply(chunk, payload).is_err())
                });
                match refused.any(|is_refused| is_refused) {
                    true => reason = words::PART_DAMAGED.to_owned(),
                    false => return Ok(brought),
                }
            }
            Err(fault) => reason = fault,
        }
        if signal.as_ref().is_some_and(|signal| signal.aborted()) {
            break;
        }
    }
    Err(reason)
}

/// What is in chunks of a file. At another try the whole file is asked for, past the cache: some hosts have no parts, or
/// wrong ones.
async fn payloads(
    desk: &Rc<RefCell<Desk>>,
    url: &str,
    part: &FilePart,
    is_first: bool,
    signal: Option<&AbortSignal>,
) -> Result<Vec<(ChunkId, Vec<u8>)>, String> {
    let cache = if is_first { RequestCache::Default } else { RequestCache::Reload };
    // Before some comes what they are deflated with.
    let is_whole = |chunk: &ChunkId| !chunk.kind.is_parted();
    if let [(chunk, None)] = part.chunks.as_slice()
        && is_whole(chunk)
    {
        let payload = fetch_chunk(url, cache, chunk.kind.is_deflated(), signal).await?;
        return Ok(vec![(*chunk, payload)]);
    }
    let bytes = part.bytes.as_ref().filter(|_| is_first);
    let (read, is_whole) = fetch_part(url, cache, bytes, signal).await?;
    let mut payloads = Vec::new();
    for (chunk, deflated) in part.cut(&read, is_whole) {
        let stream = desk.borrow().workspace.as_ref().map(|workspace| workspace.stream(chunk, deflated).into_owned());
        payloads.push((chunk, inflate(&stream.unwrap_or_default()).await?));
    }
    Ok(payloads)
}

/// Says that chunks cannot be brought, where somebody waits for them.
fn lost(desk: &mut Desk, part: &FilePart, reason: &str) {
    let error = RequestError::NotBrought { file: part.file.clone(), reason: reason.to_owned() };
    for (chunk, _) in &part.chunks {
        let (lost, again, is_less) = desk.for_parts.failed(*chunk);
        for asked in again.into_iter().rev() {
            desk.queue.push_front(asked);
        }
        for id in lost {
            post(id, &News::Answer(Box::new(Response::Failed(error.clone()))));
        }
        if is_less && !std::mem::replace(&mut desk.has_said_less, true) {
            post(RequestId(0), &News::Notice(error.to_string()));
        }
    }
}

async fn pause(millis: i32) {
    if millis > 0 {
        let over = js_sys::Promise::new(&mut |resolve, _| {
            let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        });
        let _ = JsFuture::from(over).await;
    }
}
