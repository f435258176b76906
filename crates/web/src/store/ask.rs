//! What the route needs from the worker, asked once.

use nanoserde::SerBin;
use sheaf_core::views::lens::Lens as Counted;
use sheaf_core::workspace::{LensRequest, Question, Request};

use super::effect::Effect;
use super::state::{Engine, Over, State};
use crate::protocol::{Ask, RequestId, Slot};
use crate::route::Lens;

/// Rows of a long table that are asked for at once.
const WINDOW: u32 = 120;
/// Ways to go on that are shown: what the eye takes in without reading.
const MAX_OPTIONS: u32 = 8;

/// Asks whatever the route needs and was not asked yet: the lens first, the filters last.
pub(super) fn ask_all(state: &mut State) -> Vec<Effect> {
    if state.engine != Engine::Ready {
        return Vec::new();
    }
    let mut effects = Vec::new();
    for (slot, request) in requests(state) {
        let packed = request.serialize_bin();
        if state.asked.iter().any(|(own, _, asked)| *own == slot && *asked == packed) {
            continue;
        }
        state.last_id = RequestId(state.last_id.0 + 1);
        state.asked.retain(|(own, ..)| *own != slot);
        state.asked.push((slot, state.last_id, packed));
        // Of what was asked before nothing more comes.
        state.results.is_partial &= slot != Slot::Lens;
        match request {
            Request::About => state.about.is_pending = true,
            Request::Results { .. } => {
                state.results.is_pending = true;
                state.results.failed = None;
                state.reading = None;
            }
            Request::Documents { .. } => {
                state.documents.is_pending = true;
                state.documents.failed = None;
                state.reading = None;
            }
            Request::Facets { .. } => state.facets.is_pending = true,
            Request::Reader { .. } => state.reader.is_pending = true,
            Request::Complete { .. } => state.completions.is_pending = true,
            Request::Explain { .. } => state.explanation.is_pending = true,
            Request::Lens(_) if slot == Slot::Marks => state.marks.is_pending = true,
            Request::Lens(_) => {
                state.counted.is_pending = true;
                state.counted.failed = None;
                state.reading = None;
            }
            Request::Arithmetic { .. } => state.arithmetic.is_pending = true,
            Request::Cite { .. } => state.citation.is_pending = true,
            Request::Export { .. } | Request::ExportDocuments { .. } => {}
            Request::Ranked { .. } => {}
        }
        effects.push(Effect::Ask(state.last_id, Ask { request, slot }));
    }
    if !effects.is_empty() {
        effects.push(Effect::Watch(true));
    }
    effects
}

/// What is asked, with what the reader has put right.
fn question(state: &State) -> Question {
    Question { corrections: state.corrections.clone(), ..state.route.question.clone() }
}

fn requests(state: &State) -> Vec<(Slot, Request)> {
    let route = &state.route;
    let question = || question(state);
    let (sort, limit) = (route.sort(), route.limit());
    let mut requests = Vec::new();
    match route.lens {
        // What the corpus is needs no question; what stands under the field does, and behind the tab of the Results it is there.
        Lens::Results | Lens::About => requests
            .push((Slot::Lens, Request::Results { question: question(), sort, limit, passages: Some(state.passages) })),
        Lens::Documents => {
            let request = Request::Documents { question: question(), sort, first: state.first_row, limit: WINDOW };
            requests.push((Slot::Lens, request));
        }
        Lens::Counted(lens) => {
            let settings = route.settings.clone();
            let (first, limit) = (state.first_row, WINDOW);
            let request = LensRequest { lens, question: question(), settings, first, limit };
            requests.push((Slot::Lens, Request::Lens(request)));
        }
    }
    if let Some(open) = &route.open {
        let request = Request::Reader {
            name: open.doc.clone(),
            question: question(),
            hit: open.hit.unwrap_or(0),
            at: open.at.map(|at| at.start),
            extent: open.extent,
        };
        requests.push((Slot::Reader, request));
        if !state.marks_shown().is_empty() {
            let settings = vec![("document".to_owned(), open.doc.clone())];
            let question = Question { corrections: state.corrections.clone(), ..Question::default() };
            let lens =
                LensRequest { lens: Counted::Findings, question, settings, limit: u32::MAX, ..LensRequest::default() };
            requests.push((Slot::Marks, Request::Lens(lens)));
        }
    }
    if let Some(caret) = state.caret {
        requests.push((Slot::Complete, Request::Complete { question: question(), caret, limit: MAX_OPTIONS }));
    }
    let (link, today) = ([&state.seen.0, state.link().print().as_str()].concat(), state.seen.1.clone());
    let counted =
        |lens| LensRequest { lens, question: question(), settings: route.settings.clone(), first: 0, limit: 0 };
    match (&state.dialog, route.lens) {
        (Some(Over::Why(doc)), _) => {
            requests.push((Slot::Explain, Request::Explain { name: doc.clone(), question: question() }));
        }
        (Some(Over::Arithmetic(key)), Lens::Counted(lens)) => {
            requests.push((Slot::Explain, Request::Arithmetic { lens: counted(lens), key: key.clone() }));
        }
        (Some(Over::Save), _) => {
            if let Some(open) = &route.open {
                let (name, link, today) = (open.doc.clone(), link.clone(), today.clone());
                requests
                    .push((Slot::Explain, Request::Cite { name, question: question(), hit: open.hit, link, today }));
            }
        }
        _ => {}
    }
    if let Some(format) = state.saving {
        let request = match route.lens {
            Lens::Counted(lens) => Request::Export { lens: counted(lens), format, link, today },
            _ => Request::ExportDocuments { question: question(), sort, format, link, today },
        };
        requests.push((Slot::Save, request));
    }
    requests.push((Slot::About, Request::About));
    requests.push((Slot::Facets, Request::Facets { question: question(), reads: state.reads_names }));
    requests
}
