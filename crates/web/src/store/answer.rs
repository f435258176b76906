//! What came from the worker, put into its place.

use std::rc::Rc;

use sheaf_core::views::EchoView;
use sheaf_core::views::lens::Lens as Counted;
use sheaf_core::workspace::{RequestError, Response};

use super::ask::ask_all;
use super::effect::{Effect, Focus};
use super::state::{Engine, Over, State};
use super::update::{notice, title};
use crate::protocol::{RequestId, Slot};
use crate::route::Lens;
use crate::words;

/// A worker that dies this often without an answer in between is not started again.
pub(super) const MAX_DEATHS: u32 = 3;

/// Puts an answer into its place, unless something newer was asked since.
pub(super) fn answered(state: &mut State, id: RequestId, response: Response) -> Vec<Effect> {
    let Some(slot) = state.asked.iter().find(|(_, asked, _)| *asked == id).map(|(slot, ..)| *slot) else {
        // An answer to a question that is no longer asked.
        return Vec::new();
    };
    // A worker that dies of the whole answer gives the first one each time.
    if !matches!(&response, Response::Results(view) if view.so_far.is_some()) {
        state.deaths = 0;
    }
    if slot == Slot::Lens {
        state.reading = None;
    }
    state.working = None;
    match response {
        Response::About(view) => {
            state.about.answer(view);
            if state.is_other_corpus() {
                state.notices.push(words::OTHER_CORPUS.to_owned());
            }
            // How large the corpus is decides whether it is read without being asked for.
            let mut effects = ask_all(state);
            effects.push(Effect::SetTitle(title(state)));
            return finish(state, effects);
        }
        Response::Results(view) => {
            let is_partial = view.so_far.is_some();
            understood(state, &view.echo, Some(view.matched).filter(|_| !is_partial));
            state.results.answer(view);
            state.results.is_partial = is_partial;
            // The parts come with the whole answer.
            let effects = if is_partial { Vec::new() } else { stay_on_parts(state) };
            return finish(state, effects);
        }
        Response::Documents(view) => {
            understood(state, &view.echo, Some(view.matched));
            state.documents.answer(view);
            let effects = stay_on_parts(state);
            return finish(state, effects);
        }
        Response::Completions(view) => {
            // An answer that has become more leaves the keyboard where it is.
            if state.completions.shown.as_ref().is_none_or(|shown| shown.query != view.query) {
                state.option = None;
            }
            state.completions.answer(view);
        }
        Response::Explanation(view) => state.explanation.answer(view),
        Response::Facets(view) => {
            state.facets.answer(view);
            state.notices.retain(|notice| notice != words::NOT_LOADED);
        }
        Response::Reader(view) => {
            state.reader.answer(view);
            return finish(state, vec![Effect::ShowHit]);
        }
        Response::Lens(answer) if slot == Slot::Marks => {
            state.marks.answer(answer);
            state.reads_names = true;
            let mut effects = ask_all(state);
            // A place that nothing marked until now.
            effects.push(Effect::ShowHit);
            return finish(state, effects);
        }
        Response::Failed(error) if slot == Slot::Marks => state.marks.fail(failure(error)),
        Response::Failed(error) if slot == Slot::Reader => state.reader.fail(failure(error)),
        Response::Failed(error) if slot == Slot::Lens => {
            // What was understood of another question is not what was asked.
            state.understood = None;
            match state.route.lens {
                Lens::Documents => state.documents.fail(failure(error)),
                Lens::Counted(_) => state.counted.fail(failure(error)),
                Lens::Results | Lens::About => state.results.fail(failure(error)),
            }
        }
        Response::Failed(error) if slot == Slot::Explain => match state.dialog {
            Some(Over::Arithmetic(_)) => state.arithmetic.fail(failure(error)),
            Some(Over::Save) => state.citation.fail(failure(error)),
            _ => state.explanation.fail(failure(error)),
        },
        Response::Failed(error) if slot == Slot::Save => {
            state.saving = None;
            notice(state, &failure(error));
        }
        // The list is a help while typing: what it lacks is not worth a sentence at every letter.
        Response::Failed(_) if slot == Slot::Complete => state.completions = Default::default(),
        Response::Failed(error) if slot == Slot::Facets => {
            state.reads_names = false;
            let message = failure(error);
            notice(state, &message);
            state.facets.fail(message);
        }
        Response::Failed(error) => notice(state, &failure(error)),
        Response::Lens(view) => {
            // Passages are compared, not read. What was read can be filtered by at once.
            let is_read = view.lens.is_reading() && !matches!(view.lens, Counted::Shared | Counted::Compare);
            understood(state, &view.echo, Some(view.matched));
            state.counted.answer(view);
            let mut effects = stay_on_parts(state);
            if is_read {
                state.reads_names = true;
                effects.extend(ask_all(state));
            }
            return finish(state, effects);
        }
        Response::Arithmetic(view) => state.arithmetic.answer(view),
        Response::Citation(view) => state.citation.answer(view),
        Response::Exported(file) => {
            state.saving = None;
            state.announcement = words::SAVED.to_owned();
            return finish(state, vec![Effect::Save(file)]);
        }
        Response::Ranked(_) => {}
    }
    finish(state, Vec::new())
}

/// Keeps what was understood of the question. Where it is the same as before nothing is drawn anew.
fn understood(state: &mut State, echo: &EchoView, matched: Option<u32>) {
    let known = state.understood.take().map(|(known, _)| known).filter(|known| **known == *echo);
    state.understood = Some((known.unwrap_or_else(|| Rc::new(echo.clone())), matched));
}

/// Why there is no answer, as the page says it.
fn failure(error: RequestError) -> String {
    match error {
        RequestError::NotLoaded => words::NOT_LOADED.to_owned(),
        error => error.to_string(),
    }
}

/// After a change of the parts the keyboard stays on them.
fn stay_on_parts(state: &mut State) -> Vec<Effect> {
    if std::mem::take(&mut state.keeps_parts) { vec![Effect::Focus(Focus::Parts)] } else { Vec::new() }
}

/// Ends the waiting where nothing is on its way.
fn finish(state: &State, mut effects: Vec<Effect>) -> Vec<Effect> {
    let is_waiting = state.results.is_pending
        || state.results.is_partial
        || state.documents.is_pending
        || state.counted.is_pending
        || state.facets.is_pending
        || state.reader.is_pending
        || state.marks.is_pending
        || state.completions.is_pending
        || state.explanation.is_pending
        || state.arithmetic.is_pending
        || state.citation.is_pending
        || state.saving.is_some()
        || state.about.is_pending;
    effects.push(Effect::Watch(is_waiting));
    effects
}

/// Starts the worker again and asks it the same, unless it dies of it.
pub(super) fn worker_died(state: &mut State, reason: &str) -> Vec<Effect> {
    state.deaths += 1;
    state.asked.clear();
    if state.deaths > MAX_DEATHS {
        state.engine = Engine::Failed(words::gave_up(reason));
        return vec![Effect::Watch(false)];
    }
    state.engine = Engine::Starting;
    state.notices.retain(|notice| !notice.starts_with(words::WORKER_RESTARTED));
    state.notices.push(words::worker_restarted(reason));
    vec![Effect::StartWorker]
}
