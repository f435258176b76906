//! Every change of the state, as a pure function: tests replay actions and look at effects.

use sheaf_core::workspace::{Request, Response};

use super::effect::{Copied, Effect, Focus};
use super::state::{Engine, State};
use crate::protocol::{Ask, RequestId, Slot};
use crate::route::{Lens, PAGE, Route};
use crate::words;

/// A worker that dies this often without an answer in between is not started again.
const MAX_DEATHS: u32 = 3;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The page is up.
    Started,
    /// The address bar changed: back, forward, a link on the page, or an edit by hand.
    UrlChanged {
        /// Its route.
        route: Route,
        /// What of it could not be used.
        problems: Vec<String>,
    },
    /// Go to a view; it becomes a new entry of the history.
    Go(Route),
    /// The text of the search field changed.
    Typed(String),
    /// The query is complete: its last word is a whole word.
    Committed,
    /// The keyboard moves over the rows of the lens.
    MoveRow(i32),
    /// Open the row the keyboard is on.
    OpenRow,
    /// Open the next or previous document of the lens in the Reader.
    MoveDocument(i32),
    /// Go to the next or previous hit in the Reader.
    MoveHit(i32),
    /// Close what is topmost: help, filters, Reader.
    Escape,
    /// Close the Reader.
    CloseReader,
    /// More rows.
    ShowMore,
    /// More of a long text.
    ReadOn,
    /// Put the keyboard into the search field.
    FocusSearch,
    /// Put the keyboard onto the filters.
    FocusFilters,
    /// Show or hide the keys.
    ToggleHelp,
    /// Show or hide the filters where there is no room for them.
    ToggleFilters,
    /// Single keys are shortcuts, or not.
    SetShortcuts(bool),
    /// Copy a passage with its citation.
    CopyPassage,
    /// Copy the link of the view.
    CopyLink,
    /// What came of copying.
    Copied(Copied),
    /// A notice was read.
    Dismiss(usize),
    /// The worker indexes.
    Progress(u32, u32),
    /// The worker answers from now on.
    WorkerReady,
    /// The worker answered.
    Answered(RequestId, Box<Response>),
    /// The worker died, or did not answer in time: why.
    WorkerDied(String),
    /// The worker lacks something: a sentence.
    Notice(String),
    /// The corpus cannot be opened: a sentence.
    CorpusFailed(String),
    /// The reader asks to try again.
    Retry,
}

/// Changes the state. Effects are to be run in order, after the change is drawn.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Started => vec![Effect::StartWorker],
        Action::UrlChanged { route, problems } => {
            state.notices.extend(problems);
            let opens_reader = opens_another(state, &route);
            let mut effects = enter(state, route);
            if opens_reader {
                effects.push(Effect::Focus(Focus::Reader));
            }
            effects
        }
        Action::Go(route) => go(state, route, true),
        Action::Typed(text) => typed(state, text),
        Action::Committed => {
            let mut route = state.route.clone();
            route.question.is_typing = false;
            go(state, route, false)
        }
        Action::MoveRow(by) => move_row(state, by),
        Action::OpenRow => match state.row.clone() {
            Some(doc) => open(state, &doc),
            None => Vec::new(),
        },
        Action::MoveDocument(by) => move_document(state, by),
        Action::MoveHit(by) => move_hit(state, by),
        Action::Escape => escape(state),
        Action::CloseReader => close_reader(state),
        Action::ShowMore => {
            let limit = state.route.limit();
            let page = if state.route.lens == Lens::Documents { PAGE * 5 } else { PAGE };
            let route = Route { limit: limit.saturating_add(page), ..state.route.clone() };
            go(state, route, false)
        }
        Action::ReadOn => {
            let mut route = state.route.clone();
            if let Some(open) = &mut route.open {
                open.extent = open.extent.saturating_mul(2).min(1_000);
            }
            go(state, route, false)
        }
        Action::FocusSearch => vec![Effect::Focus(Focus::Search)],
        Action::FocusFilters => {
            state.are_filters_open = true;
            vec![Effect::Focus(Focus::Filters)]
        }
        Action::ToggleHelp => {
            state.is_help_open = !state.is_help_open;
            Vec::new()
        }
        Action::ToggleFilters => {
            state.are_filters_open = !state.are_filters_open;
            vec![Effect::Focus(if state.are_filters_open { Focus::Filters } else { Focus::FiltersButton })]
        }
        Action::SetShortcuts(on) => {
            state.has_shortcuts = on;
            vec![Effect::SaveShortcuts(on)]
        }
        Action::CopyPassage => match &state.reader.shown {
            Some(reader) => vec![Effect::CopyPassage { citation: reader.citation.clone(), route: state.link() }],
            None => Vec::new(),
        },
        Action::CopyLink => vec![Effect::CopyLink(state.link())],
        Action::Copied(copied) => {
            state.announcement = words::copied(&copied).to_owned();
            Vec::new()
        }
        Action::Dismiss(place) => {
            if place < state.notices.len() {
                state.notices.remove(place);
            }
            Vec::new()
        }
        Action::Progress(done, of) => {
            if state.engine != Engine::Ready {
                state.engine = Engine::Indexing { done, of };
            }
            vec![Effect::Watch(true)]
        }
        Action::WorkerReady => {
            state.engine = Engine::Ready;
            state.asked.clear();
            let mut effects = vec![Effect::Watch(false)];
            effects.extend(ask_all(state));
            effects
        }
        Action::Answered(id, response) => answered(state, id, *response),
        Action::WorkerDied(reason) => worker_died(state, &reason),
        Action::Notice(notice) => {
            // A worker that is started again says it again.
            if !state.notices.contains(&notice) {
                state.notices.push(notice);
            }
            Vec::new()
        }
        Action::CorpusFailed(message) => {
            state.engine = Engine::Failed(message);
            vec![Effect::Watch(false)]
        }
        Action::Retry => {
            state.engine = Engine::Starting;
            state.deaths = 0;
            vec![Effect::StartWorker]
        }
    }
}

/// Shows a route and puts it into the address bar.
fn go(state: &mut State, route: Route, is_new: bool) -> Vec<Effect> {
    let is_new = is_new && route != state.route;
    let opens_reader = opens_another(state, &route);
    let mut effects = enter(state, route);
    effects.insert(0, Effect::SetUrl { route: state.link(), is_new });
    if opens_reader {
        effects.push(Effect::Focus(Focus::Reader));
    }
    effects
}

/// Whether `route` opens a document that is not open yet.
fn opens_another(state: &State, route: &Route) -> bool {
    let doc = |route: &Route| route.open.as_ref().map(|open| open.doc.clone());
    doc(route).is_some() && doc(route) != doc(&state.route)
}

/// Shows a route that is in the address bar.
fn enter(state: &mut State, route: Route) -> Vec<Effect> {
    if route.lens != state.route.lens || route.question != state.route.question {
        state.row = None;
        state.announcement.clear();
    }
    if route.open.as_ref().map(|open| &open.doc) != state.route.open.as_ref().map(|open| &open.doc) {
        state.reader = Default::default();
        // What was open before is asked again when it is opened again.
        state.asked.retain(|(slot, ..)| *slot != Slot::Reader);
    }
    state.route = route;
    if let Some(open) = &state.route.open {
        state.row = Some(open.doc.clone());
    }
    let mut effects = vec![Effect::SetTitle(title(state))];
    effects.extend(ask_all(state));
    effects
}

/// The first letter after a view begins a new entry of the history; the others replace it.
fn typed(state: &mut State, text: String) -> Vec<Effect> {
    if text == state.route.question.query {
        return Vec::new();
    }
    let is_new = !state.route.question.is_typing;
    let mut route = state.route.with_query(&text);
    route.question.is_typing = true;
    // What was open need not be a hit of the new query, but stays where it is: the eye is on it.
    if let Some(open) = &mut route.open {
        open.hit = None;
    }
    go(state, route, is_new)
}

fn move_row(state: &mut State, by: i32) -> Vec<Effect> {
    match neighbour(&state.rows(), state.row.as_deref(), by) {
        Some(row) => {
            state.row = Some(row.clone());
            vec![Effect::Focus(Focus::Row(row))]
        }
        None => Vec::new(),
    }
}

fn move_document(state: &mut State, by: i32) -> Vec<Effect> {
    match neighbour(&state.rows(), state.row.as_deref(), by) {
        Some(doc) => open(state, &doc),
        None => Vec::new(),
    }
}

/// The row `by` places from `row`, or the first; nothing beyond the ends.
fn neighbour(rows: &[String], row: Option<&str>, by: i32) -> Option<String> {
    let place = row.and_then(|row| rows.iter().position(|other| other == row));
    let next = match place {
        None => 0,
        Some(place) => place as i64 + i64::from(by),
    };
    usize::try_from(next).ok().and_then(|next| rows.get(next)).cloned()
}

fn open(state: &mut State, doc: &str) -> Vec<Effect> {
    let hit = (!state.route.question.query.is_empty()).then_some(0);
    let route = state.route.opened(doc, hit);
    go(state, route, true)
}

fn move_hit(state: &mut State, by: i32) -> Vec<Effect> {
    let Some(reader) = &state.reader.shown else { return Vec::new() };
    let Some(open) = &state.route.open else { return Vec::new() };
    if reader.hits == 0 {
        return Vec::new();
    }
    let next = match open.hit {
        None => 0,
        Some(hit) => (i64::from(hit) + i64::from(by)).clamp(0, i64::from(reader.hits) - 1) as u32,
    };
    let mut route = state.route.clone();
    if let Some(open) = &mut route.open {
        open.hit = Some(next);
    }
    let mut effects = go(state, route, false);
    effects.push(Effect::ShowHit);
    effects
}

fn escape(state: &mut State) -> Vec<Effect> {
    if state.is_help_open {
        state.is_help_open = false;
        Vec::new()
    } else if state.are_filters_open {
        update(state, Action::ToggleFilters)
    } else {
        close_reader(state)
    }
}

fn close_reader(state: &mut State) -> Vec<Effect> {
    let Some(open) = state.route.open.clone() else { return Vec::new() };
    let route = state.route.closed();
    let mut effects = go(state, route, true);
    effects.push(Effect::Focus(Focus::Row(open.doc)));
    effects
}

fn answered(state: &mut State, id: RequestId, response: Response) -> Vec<Effect> {
    let Some(slot) = state.asked.iter().find(|(_, asked, _)| *asked == id).map(|(slot, ..)| *slot) else {
        // An answer to a question that is no longer asked.
        return Vec::new();
    };
    state.deaths = 0;
    match response {
        Response::About(view) => {
            state.about.answer(view);
            if state.is_other_corpus() {
                state.notices.push(words::OTHER_CORPUS.to_owned());
            }
            return finish(state, vec![Effect::SetTitle(title(state))]);
        }
        Response::Results(view) => state.results.answer(view),
        Response::Documents(view) => state.documents.answer(view),
        Response::Facets(view) => state.facets.answer(view),
        Response::Reader(view) => {
            state.reader.answer(view);
            return finish(state, vec![Effect::ShowHit]);
        }
        Response::Failed(error) if slot == Slot::Reader => state.reader.fail(error.to_string()),
        Response::Failed(error) => state.notices.push(error.to_string()),
        Response::Ranked(_) => {}
    }
    finish(state, Vec::new())
}

/// Ends the waiting where nothing is on its way.
fn finish(state: &State, mut effects: Vec<Effect>) -> Vec<Effect> {
    let is_waiting = state.results.is_pending
        || state.documents.is_pending
        || state.facets.is_pending
        || state.reader.is_pending
        || state.about.is_pending;
    effects.push(Effect::Watch(is_waiting));
    effects
}

fn worker_died(state: &mut State, reason: &str) -> Vec<Effect> {
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

/// Asks whatever the route needs and was not asked yet: the lens first, the filters last.
fn ask_all(state: &mut State) -> Vec<Effect> {
    if state.engine != Engine::Ready {
        return Vec::new();
    }
    let mut effects = Vec::new();
    for (slot, request) in requests(&state.route) {
        if state.asked.iter().any(|(own, _, asked)| *own == slot && *asked == request) {
            continue;
        }
        state.last_id = RequestId(state.last_id.0 + 1);
        state.asked.retain(|(own, ..)| *own != slot);
        state.asked.push((slot, state.last_id, request.clone()));
        match request {
            Request::About => state.about.is_pending = true,
            Request::Results { .. } => state.results.is_pending = true,
            Request::Documents { .. } => state.documents.is_pending = true,
            Request::Facets { .. } => state.facets.is_pending = true,
            Request::Reader { .. } => state.reader.is_pending = true,
            Request::Ranked { .. } => {}
        }
        effects.push(Effect::Ask(state.last_id, Ask { request, slot }));
    }
    if !effects.is_empty() {
        effects.push(Effect::Watch(true));
    }
    effects
}

fn requests(route: &Route) -> Vec<(Slot, Request)> {
    let question = || route.question.clone();
    let (sort, limit) = (route.sort(), route.limit());
    let mut requests = Vec::new();
    match route.lens {
        Lens::Results => requests.push((Slot::Lens, Request::Results { question: question(), sort, limit })),
        Lens::Documents => requests.push((Slot::Lens, Request::Documents { question: question(), sort, limit })),
        Lens::About => {}
    }
    if let Some(open) = &route.open {
        let request = Request::Reader {
            name: open.doc.clone(),
            question: question(),
            hit: open.hit.unwrap_or(0),
            extent: open.extent,
        };
        requests.push((Slot::Reader, request));
    }
    requests.push((Slot::About, Request::About));
    requests.push((Slot::Facets, Request::Facets { question: question() }));
    requests
}

fn title(state: &State) -> String {
    let corpus = state.about.shown.as_ref().map(|about| about.title.as_str()).unwrap_or("");
    let query = state.route.question.query.trim();
    [query, corpus, "Sheaf"].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use sheaf_core::document::{Corpus, Document, Fact};
    use sheaf_core::workspace::Workspace;

    use super::*;

    /// A page with a worker of its own: actions in, requests answered at once.
    struct Page {
        state: State,
        workspace: Workspace,
        effects: Vec<Effect>,
    }

    impl Page {
        fn new(texts: &[&str]) -> Page {
            let documents = (0..).zip(texts).map(|(number, text)| document(number, text)).collect();
            let workspace = Workspace::new(Corpus { title: "Test".into(), documents, ..Corpus::default() });
            let mut page = Page { state: State::new(Route::default(), vec![], true), workspace, effects: vec![] };
            page.act(Action::Started);
            page.act(Action::WorkerReady);
            page
        }

        fn act(&mut self, action: Action) -> &mut Page {
            let effects = update(&mut self.state, action);
            let asks: Vec<_> = effects
                .iter()
                .filter_map(|effect| match effect {
                    Effect::Ask(id, ask) => Some((*id, ask.request.clone())),
                    _ => None,
                })
                .collect();
            self.effects = effects;
            for (id, request) in asks {
                let response = self.workspace.handle(&request);
                let more = update(&mut self.state, Action::Answered(id, Box::new(response)));
                self.effects.extend(more);
            }
            self
        }
    }

    fn document(number: usize, text: &str) -> Document {
        Document {
            name: format!("d{number}"),
            file: format!("d{number}.txt"),
            title: Fact::unknown(),
            date: Fact::unknown(),
            source: Fact::unknown(),
            language: Fact::stated("en".into()),
            url: None,
            fields: vec![],
            text: text.into(),
        }
    }

    #[test]
    fn typing_asks_and_the_first_letter_begins_a_history_entry() {
        let mut page = Page::new(&["alpha beta", "alpha"]);
        page.act(Action::Typed("a".into()));
        assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: true }));
        page.act(Action::Typed("al".into()));
        assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: false }));
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
        page.act(Action::Committed);
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 0);
    }

    #[test]
    fn an_answer_to_an_old_question_is_dropped() {
        let mut page = Page::new(&["alpha", "beta"]);
        let first = update(&mut page.state, Action::Typed("alpha".into()));
        page.act(Action::Typed("beta".into()));
        let shown = page.state.results.shown.clone().unwrap();
        for effect in first {
            if let Effect::Ask(id, ask) = effect {
                let response = page.workspace.handle(&ask.request);
                update(&mut page.state, Action::Answered(id, Box::new(response)));
            }
        }
        assert_eq!(page.state.results.shown.unwrap(), shown);
    }

    #[test]
    fn the_keyboard_walks_rows_opens_closes_and_returns() {
        let mut page = Page::new(&["alpha", "alpha alpha"]);
        page.act(Action::Typed("alpha ".into())).act(Action::MoveRow(1)).act(Action::MoveRow(1));
        let row = page.state.row.clone().unwrap();
        page.act(Action::MoveRow(1));
        assert_eq!(page.state.row, Some(row.clone()));
        page.act(Action::OpenRow);
        assert_eq!(page.state.route.open.as_ref().unwrap().doc, row);
        assert!(page.effects.contains(&Effect::Focus(Focus::Reader)));
        page.act(Action::Escape);
        assert!(page.effects.contains(&Effect::Focus(Focus::Row(row))));
        assert_eq!(page.state.route.open, None);
    }

    #[test]
    fn hits_stop_at_both_ends() {
        let mut page = Page::new(&["alpha beta alpha"]);
        page.act(Action::Typed("alpha ".into())).act(Action::MoveRow(1)).act(Action::OpenRow);
        let hit = |page: &Page| page.state.route.open.as_ref().unwrap().hit;
        page.act(Action::MoveHit(1)).act(Action::MoveHit(1));
        assert_eq!(hit(&page), Some(1));
        page.act(Action::MoveHit(-1)).act(Action::MoveHit(-1));
        assert_eq!(hit(&page), Some(0));
    }

    #[test]
    fn a_dead_worker_is_started_again_and_asked_again_but_not_for_ever() {
        let mut page = Page::new(&["alpha"]);
        page.act(Action::Typed("alpha".into()));
        page.act(Action::WorkerDied("killed".into()));
        assert!(page.effects.contains(&Effect::StartWorker));
        assert_eq!(page.state.notices.len(), 1);
        page.act(Action::WorkerReady);
        assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
        for _ in 0..=MAX_DEATHS {
            page.act(Action::WorkerDied("again".into()));
        }
        assert!(matches!(page.state.engine, Engine::Failed(_)));
        page.act(Action::Retry);
        assert_eq!(page.effects, vec![Effect::StartWorker]);
    }

    #[test]
    fn what_the_worker_lacks_is_said_once() {
        let mut page = Page::new(&["alpha"]);
        page.act(Action::Notice("No stemmers.".into())).act(Action::Notice("No stemmers.".into()));
        assert_eq!(page.state.notices, vec!["No stemmers.".to_owned()]);
    }

    #[test]
    fn a_link_of_another_corpus_says_so() {
        let mut page = Page::new(&["alpha"]);
        page.state.asked.clear();
        let (route, problems) = Route::parse("#/results?q=alpha&in=00000000");
        page.act(Action::UrlChanged { route, problems });
        assert_eq!(page.state.notices, vec![words::OTHER_CORPUS.to_owned()]);
    }

    #[test]
    fn nothing_is_asked_twice() {
        let mut page = Page::new(&["alpha"]);
        page.act(Action::Typed("alpha".into()));
        let route = page.state.route.clone();
        page.act(Action::UrlChanged { route, problems: vec![] });
        assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
    }

    #[test]
    fn an_unknown_document_is_said_in_the_reader() {
        let mut page = Page::new(&["alpha"]);
        let (route, problems) = Route::parse("#/results?doc=nowhere");
        page.act(Action::UrlChanged { route, problems });
        assert!(page.state.reader.failed.as_ref().unwrap().contains("nowhere"));
    }
}
