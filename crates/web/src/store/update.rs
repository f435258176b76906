//! Every change of the state, as a pure function: tests replay actions and look at effects.

use nanoserde::SerBin;
use sheaf_core::base::Apart;
use sheaf_core::query::parse::MAX_BYTES;
use sheaf_core::views::CompletionKind;
use sheaf_core::views::lens::Lens as Counted;
use sheaf_core::views::lens::export::Format;
use sheaf_core::workspace::{Corrections, LensRequest, Question, Request, RequestError, Response};

use super::effect::{Copied, Effect, Focus};
use super::state::{Engine, FIRST_PASSAGES, Loaded, Over, State};
use crate::protocol::{Ask, Reading, RequestId, Slot};
use crate::route::{Lens, MAX_LINK_QUERY, PAGE, Route};
use crate::words;

/// A worker that dies this often without an answer in between is not started again.
const MAX_DEATHS: u32 = 3;

/// Rows of a long table that are asked for at once, and those of them above the edge of the window.
const WINDOW: u32 = 120;
const OVERSCAN: u32 = 20;
/// Rows below the window whose passages are asked for with those in it.
const ROWS_AHEAD: u32 = 3;

/// Ways to go on that are shown: what the eye takes in without reading.
const MAX_OPTIONS: u32 = 8;

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
    /// The text of the search field changed; where its cursor is, in bytes, if ways to go on are wanted.
    Typed(String, Option<u32>),
    /// Ask for ways to go on, the cursor being behind so many bytes.
    Suggest(u32),
    /// The keyboard moves over the ways to go on.
    MoveOption(i32),
    /// Go on in that way.
    Accept(u32),
    /// No longer show ways to go on.
    CloseList,
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
    /// The row at the upper edge of the window, from 0, where the lens is a long table.
    ScrolledTo(u32),
    /// The rows of the Results from the first of these to before the second are in the window and lack their passages.
    ShowPassages((u32, u32)),
    /// More of a long text.
    ReadOn,
    /// Put the keyboard into the search field.
    FocusSearch,
    /// Put the keyboard onto the filters.
    FocusFilters,
    /// Show or hide the keys.
    ToggleHelp,
    /// Show why the document of that name has its rank.
    Explain(String),
    /// Show the arithmetic behind the row of that name.
    Calculate(String),
    /// Change what is said of single rows; the keyboard is on that row then.
    SetRows {
        /// The setting.
        name: &'static str,
        /// Its value; empty for nothing.
        value: String,
        /// The row.
        row: String,
    },
    /// Press the button of that name in the row that the keyboard is on.
    Press(&'static str),
    /// Show the ways to save the view, and to cite what is open.
    OpenSave,
    /// Save the view in that form.
    Save(Format),
    /// Copy a text that is on the screen.
    CopyText(String),
    /// Something is put right, or taken back: all that counts from now on.
    Correct(Apart<Corrections>),
    /// Close the dialog.
    CloseDialog,
    /// Change a setting of the lens; an empty value is the default.
    Set(String, String),
    /// Turn a switch: `case`, `accents` or `forms` count as written.
    Switch(&'static str),
    /// Ask another query made from the parts of this one.
    Rewrite(String),
    /// Show or hide the parts of the query where there is no room for them.
    ToggleParts,
    /// Show or hide the filters where there is no room for them.
    ToggleFilters,
    /// Read the texts for who and what they name, to filter by.
    ReadNames,
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
    /// The worker waits for parts of the index.
    Reading(Reading),
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
    /// The reader asks once more for what the worker failed to give.
    AskAgain(Slot),
    /// The reader asks once more for the code of the screens.
    LoadScreens,
    /// It is here, or it could not be loaded.
    ScreensLoaded(bool),
}

/// Changes the state. Effects are to be run in order, after the change is drawn.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = change(state, action);
    if state.screens == Loaded::NotYet && wants_screens(state) {
        effects.extend(load_screens(state));
    }
    effects
}

/// Whether it is time for the screens that come later: one is to be shown, or the first answer is there.
fn wants_screens(state: &State) -> bool {
    let has_answer = state.results.shown.is_some();
    let has_dialog = state.dialog.is_some();
    has_answer || has_dialog || state.route.lens != Lens::Results || state.route.open.is_some()
}

fn load_screens(state: &mut State) -> Vec<Effect> {
    state.screens = Loaded::OnItsWay;
    vec![Effect::LoadScreens]
}

fn change(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Started => {
            let route = std::mem::take(&mut state.route);
            state.route = whole(state, route);
            vec![Effect::StartWorker, Effect::ShowTab]
        }
        Action::UrlChanged { route, problems } => {
            state.notices.extend(problems);
            let route = whole(state, route);
            close_list(state);
            let opens_reader = opens_another(state, &route);
            let mut effects = enter(state, route);
            if opens_reader {
                effects.push(Effect::Focus(Focus::Reader));
            }
            effects
        }
        Action::Go(route) => {
            close_list(state);
            go(state, route, true)
        }
        Action::Typed(text, caret) => typed(state, text, caret),
        Action::Suggest(caret) => {
            state.caret = Some(caret);
            ask_all(state)
        }
        Action::MoveOption(by) => {
            state.option = match state.list() {
                // What is for an earlier query cannot be chosen.
                Some(view) if view.query == state.query() => next_option(state.option, by, view.items.len()),
                _ => None,
            };
            Vec::new()
        }
        Action::Accept(option) => accept(state, option),
        Action::CloseList => {
            close_list(state);
            Vec::new()
        }
        Action::Committed => {
            close_list(state);
            let mut route = state.route.clone();
            route.question.is_typing = false;
            go(state, route, false)
        }
        Action::MoveRow(by) => move_row(state, by),
        Action::OpenRow => match state.row.clone() {
            Some(row) => open_row(state, &row),
            None => Vec::new(),
        },
        Action::Set(name, value) => {
            let route = state.route.with_setting(&name, &value);
            // What is typed letter by letter is one entry of the history.
            go(state, route, name != "find")
        }
        Action::MoveDocument(by) => move_document(state, by),
        Action::MoveHit(by) => move_hit(state, by),
        Action::Escape => escape(state),
        Action::CloseReader => close_reader(state),
        Action::ShowMore => {
            let limit = state.route.limit();
            let route = Route { limit: limit.saturating_add(PAGE), ..state.route.clone() };
            go(state, route, false)
        }
        Action::ScrolledTo(row) => {
            let first = row.saturating_sub(OVERSCAN) / OVERSCAN * OVERSCAN;
            if !matches!(state.route.lens, Lens::Documents | Lens::Counted(_)) || first == state.first_row {
                return Vec::new();
            }
            state.first_row = first;
            ask_all(state)
        }
        Action::ShowPassages(rows) => {
            if state.has_asked(rows) {
                return Vec::new();
            }
            state.passages = (rows.0, rows.1 + ROWS_AHEAD);
            ask_all(state)
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
            state.dialog = if state.dialog == Some(Over::Help) { None } else { Some(Over::Help) };
            Vec::new()
        }
        Action::Explain(doc) => {
            state.dialog = Some(Over::Why(doc));
            state.explanation = Default::default();
            state.asked.retain(|(slot, ..)| *slot != Slot::Explain);
            ask_all(state)
        }
        Action::Calculate(key) => {
            state.dialog = Some(Over::Arithmetic(key));
            state.arithmetic = Default::default();
            state.asked.retain(|(slot, ..)| *slot != Slot::Explain);
            ask_all(state)
        }
        Action::SetRows { name, value, row } => {
            let route = state.route.with_setting(name, &value);
            let first = state.first_row;
            let mut effects = go(state, route, true);
            // The eye stays where it is.
            effects.retain(|effect| *effect != Effect::ScrollUp);
            state.first_row = first;
            state.row = Some(row.clone());
            effects.push(Effect::Focus(Focus::Row(row)));
            effects
        }
        Action::Press(name) => vec![Effect::Press(name)],
        Action::OpenSave => {
            state.dialog = Some(Over::Save);
            state.citation = Default::default();
            state.asked.retain(|(slot, ..)| *slot != Slot::Explain);
            ask_all(state)
        }
        Action::Save(format) => {
            state.saving = Some(format);
            state.asked.retain(|(slot, ..)| *slot != Slot::Save);
            ask_all(state)
        }
        Action::CopyText(text) => vec![Effect::CopyText(text)],
        Action::CloseDialog => {
            close_dialog(state);
            Vec::new()
        }
        Action::Switch(name) => {
            let route = state.route.switched(name);
            go(state, route, true)
        }
        Action::Rewrite(query) => {
            close_list(state);
            state.keeps_parts = true;
            let route = state.route.with_query(&query);
            go(state, route, true)
        }
        Action::ToggleParts => {
            state.are_parts_open = !state.are_parts_open;
            Vec::new()
        }
        Action::ToggleFilters => {
            state.are_filters_open = !state.are_filters_open;
            vec![Effect::Focus(if state.are_filters_open { Focus::Filters } else { Focus::FiltersButton })]
        }
        Action::ReadNames => {
            state.reads_names = true;
            let mut effects = ask_all(state);
            // The button goes, and the keyboard stays with the filters.
            effects.push(Effect::Focus(Focus::Filters));
            effects
        }
        Action::SetShortcuts(on) => {
            state.has_shortcuts = on;
            vec![Effect::SaveShortcuts(on)]
        }
        Action::CopyPassage => match &state.reader.shown {
            Some(reader) => vec![Effect::CopyPassage { citation: reader.citation.clone(), route: state.link() }],
            None => Vec::new(),
        },
        Action::CopyLink if state.query().len() > MAX_LINK_QUERY => {
            notice(state, words::LONG_QUERY);
            Vec::new()
        }
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
            match state.engine {
                Engine::Ready => state.working = Some((done, of)),
                _ => state.engine = Engine::Indexing { done, of },
            }
            vec![Effect::Watch(true)]
        }
        Action::Reading(reading) => {
            state.reading = Some(reading);
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
        Action::Notice(text) => {
            notice(state, &text);
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
        Action::AskAgain(slot) => {
            // What is said while waiting takes the place of what went wrong.
            state.reader.failed = None;
            state.explanation.failed = None;
            state.arithmetic.failed = None;
            state.citation.failed = None;
            state.results.failed = None;
            state.documents.failed = None;
            state.counted.failed = None;
            state.marks.failed = None;
            state.asked.retain(|(own, ..)| *own != slot);
            ask_all(state)
        }
        Action::Correct(corrections) => {
            state.corrections = corrections.clone();
            let mut effects = ask_all(state);
            effects.push(Effect::KeepCorrections(corrections));
            effects
        }
        Action::LoadScreens => load_screens(state),
        Action::ScreensLoaded(true) => {
            state.screens = Loaded::Here;
            // The document may have been there before the Reader was.
            if state.reader.shown.is_some() { vec![Effect::ShowHit] } else { Vec::new() }
        }
        Action::ScreensLoaded(false) => {
            state.screens = Loaded::Failed;
            Vec::new()
        }
    }
}

/// The route of a link with the query that the link could not carry, where we still know it.
fn whole(state: &mut State, mut route: Route) -> Route {
    if std::mem::take(&mut route.is_cut) {
        if state.long_query.is_empty() {
            notice(state, words::CUT_QUERY);
        }
        route.question.query.clone_from(&state.long_query);
    }
    route
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
    let mut effects = Vec::new();
    let is_other_list = route.lens != state.route.lens || route.question != state.route.question;
    if is_other_list || route.sort != state.route.sort || route.settings != state.route.settings {
        // A list begins anew, and the window with it.
        state.passages = FIRST_PASSAGES;
        if std::mem::take(&mut state.first_row) > 0 {
            effects.push(Effect::ScrollUp);
        }
    }
    if route.lens != state.route.lens {
        effects.push(Effect::ShowTab);
    }
    if is_other_list {
        state.row = None;
        state.announcement.clear();
        close_dialog(state);
    }
    if route.open.as_ref().map(|open| &open.doc) != state.route.open.as_ref().map(|open| &open.doc) {
        state.reader = Default::default();
        // What was open before is asked again when it is opened again.
        state.marks = Default::default();
        state.asked.retain(|(slot, ..)| *slot != Slot::Reader && *slot != Slot::Marks);
    }
    state.route = route;
    if state.query().len() > MAX_LINK_QUERY {
        state.long_query = state.query().to_owned();
        notice(state, words::LONG_QUERY);
    } else {
        state.notices.retain(|notice| notice != words::LONG_QUERY);
    }
    if let Some(open) = state.route.open.as_ref().filter(|_| !matches!(state.route.lens, Lens::Counted(_))) {
        state.row = Some(open.doc.clone());
    }
    effects.push(Effect::SetTitle(title(state)));
    effects.extend(ask_all(state));
    effects
}

/// The first letter after a view begins a new entry of the history; the others replace it.
fn typed(state: &mut State, mut text: String, caret: Option<u32>) -> Vec<Effect> {
    if text == state.query() {
        return Vec::new();
    }
    // The core reads so much and says where it stopped; megabytes of it would be copied for nothing.
    if text.len() > MAX_BYTES {
        let end = (MAX_BYTES + 1..).find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(MAX_BYTES));
    }
    if text.is_empty() {
        close_list(state);
    } else {
        state.caret = caret;
    }
    state.option = None;
    let is_new = !state.route.question.is_typing;
    let mut route = state.route.with_query(&text);
    route.question.is_typing = true;
    // What was open need not be a hit of the new query, but stays where it is: the eye is on it.
    if let Some(open) = &mut route.open {
        open.hit = None;
    }
    go(state, route, is_new)
}

/// The way to go on `by` places from this one; between the last and the first is none.
fn next_option(option: Option<u32>, by: i32, count: usize) -> Option<u32> {
    let places = count as i32 + 1;
    let next = (option.map_or(0, |option| option as i32 + 1) + by).rem_euclid(places);
    u32::try_from(next - 1).ok()
}

/// Puts a way to go on in its place, and the cursor behind it.
fn accept(state: &mut State, option: u32) -> Vec<Effect> {
    let Some(view) = state.list().cloned() else { return Vec::new() };
    let Some(item) = view.items.get(option as usize) else { return Vec::new() };
    let (before, after) = (view.query.get(..view.start as usize), view.query.get(view.end as usize..));
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    if view.query != state.query() {
        return Vec::new();
    }
    let caret = view.start + item.insert.len() as u32;
    let route = state.route.with_query(&[before, &item.insert, after].concat());
    close_list(state);
    // The name of a field is half a word: its values come next.
    if item.kind == CompletionKind::Field {
        state.caret = Some(caret);
    }
    let mut effects = go(state, route, true);
    effects.push(Effect::Caret(caret));
    effects
}

fn close_list(state: &mut State) {
    state.caret = None;
    state.option = None;
    state.completions = Default::default();
    state.asked.retain(|(slot, ..)| *slot != Slot::Complete);
}

fn close_dialog(state: &mut State) {
    state.dialog = None;
}

/// Says a sentence, once.
fn notice(state: &mut State, text: &str) {
    // A worker that is started again says it again.
    if !state.notices.iter().any(|notice| notice == text) {
        state.notices.push(text.to_owned());
    }
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
        Some(row) => open_row(state, &row),
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

/// Follows the row of that name.
fn open_row(state: &mut State, row: &str) -> Vec<Effect> {
    if !matches!(state.route.lens, Lens::Counted(_)) {
        return open(state, row);
    }
    state.row = Some(row.to_owned());
    vec![Effect::Focus(Focus::Row(row.to_owned())), Effect::Follow]
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
    if state.dialog.is_some() {
        close_dialog(state);
        Vec::new()
    } else if state.list().is_some() {
        close_list(state);
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
    effects.push(Effect::Focus(Focus::Row(state.row.clone().unwrap_or(open.doc))));
    effects
}

fn answered(state: &mut State, id: RequestId, response: Response) -> Vec<Effect> {
    let Some(slot) = state.asked.iter().find(|(_, asked, _)| *asked == id).map(|(slot, ..)| *slot) else {
        // An answer to a question that is no longer asked.
        return Vec::new();
    };
    state.deaths = 0;
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
            state.results.answer(view);
            let effects = stay_on_parts(state);
            return finish(state, effects);
        }
        Response::Documents(view) => {
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
        Response::Failed(error) if slot == Slot::Lens => match state.route.lens {
            Lens::Documents => state.documents.fail(failure(error)),
            Lens::Counted(_) => state.counted.fail(failure(error)),
            _ => state.results.fail(failure(error)),
        },
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
    for (slot, request) in requests(state) {
        let packed = request.serialize_bin();
        if state.asked.iter().any(|(own, _, asked)| *own == slot && *asked == packed) {
            continue;
        }
        state.last_id = RequestId(state.last_id.0 + 1);
        state.asked.retain(|(own, ..)| *own != slot);
        state.asked.push((slot, state.last_id, packed));
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
        Lens::Results => requests
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
        Lens::About => {}
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

fn title(state: &State) -> String {
    let corpus = state.about.shown.as_ref().map(|about| about.title.as_str()).unwrap_or("");
    let query = state.route.question.query.trim();
    let parts = [query, corpus, "Sheaf"].into_iter().filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use sheaf_core::document::{Corpus, Document, Fact};
    use sheaf_core::views::{Completion, CompletionsView};
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
            let mut page = Page {
                state: State::new(Route::default(), vec![], true, Default::default()),
                workspace,
                effects: vec![],
            };
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
        page.act(Action::Typed("a".into(), None));
        assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: true }));
        page.act(Action::Typed("al".into(), None));
        assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: false }));
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
        page.act(Action::Committed);
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 0);
    }

    #[test]
    fn an_answer_to_an_old_question_is_dropped() {
        let mut page = Page::new(&["alpha", "beta"]);
        let first = update(&mut page.state, Action::Typed("alpha".into(), None));
        page.act(Action::Typed("beta".into(), None));
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
        page.act(Action::Typed("alpha ".into(), None)).act(Action::MoveRow(1)).act(Action::MoveRow(1));
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
        page.act(Action::Typed("alpha ".into(), None)).act(Action::MoveRow(1)).act(Action::OpenRow);
        let hit = |page: &Page| page.state.route.open.as_ref().unwrap().hit;
        page.act(Action::MoveHit(1)).act(Action::MoveHit(1));
        assert_eq!(hit(&page), Some(1));
        page.act(Action::MoveHit(-1)).act(Action::MoveHit(-1));
        assert_eq!(hit(&page), Some(0));
    }

    #[test]
    fn a_dead_worker_is_started_again_and_asked_again_but_not_for_ever() {
        let mut page = Page::new(&["alpha"]);
        page.act(Action::Typed("alpha".into(), None));
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
    fn screens_are_loaded_after_the_first_answer_and_again_only_when_asked() {
        let mut page = Page::new(&["alpha"]);
        assert_eq!(page.state.screens, Loaded::OnItsWay);
        page.act(Action::ScreensLoaded(false));
        page.act(Action::ToggleHelp);
        assert_eq!((page.state.screens, page.effects.as_slice()), (Loaded::Failed, &[][..]));
        page.act(Action::LoadScreens);
        assert_eq!((page.state.screens, page.effects.as_slice()), (Loaded::OnItsWay, &[Effect::LoadScreens][..]));
        page.act(Action::ScreensLoaded(true));
        page.act(Action::Typed("alpha".into(), None));
        assert!(page.state.screens == Loaded::Here && !page.effects.contains(&Effect::LoadScreens));
    }

    #[test]
    fn a_screen_in_the_link_is_loaded_at_once() {
        for link in ["#/about", "#/documents", "#/results?doc=a"] {
            let mut state = State::new(Route::parse(link).0, Vec::new(), true, Default::default());
            let effects = [Effect::StartWorker, Effect::ShowTab, Effect::LoadScreens];
            assert_eq!(update(&mut state, Action::Started), effects, "{link}");
        }
        let mut state = State::new(Route::parse("#/results?q=a").0, Vec::new(), true, Default::default());
        assert_eq!(update(&mut state, Action::Started), [Effect::StartWorker, Effect::ShowTab]);
    }

    /// The number under which a slot was asked for.
    fn asked(effects: &[Effect], slot: Slot) -> RequestId {
        let id = effects.iter().find_map(|effect| match effect {
            Effect::Ask(id, ask) if ask.slot == slot => Some(*id),
            _ => None,
        });
        id.unwrap()
    }

    #[test]
    fn a_document_whose_code_is_not_loaded_is_asked_for_again() {
        let mut page = Page::new(&["alpha"]);
        let route = page.state.route.opened("d0", None);
        let effects = update(&mut page.state, Action::Go(route));
        let not_loaded = Box::new(Response::Failed(RequestError::NotLoaded));
        page.act(Action::Answered(asked(&effects, Slot::Reader), not_loaded));
        assert_eq!(page.state.reader.failed.as_deref(), Some(words::NOT_LOADED));
        page.act(Action::AskAgain(Slot::Reader));
        assert!(page.state.reader.shown.is_some() && page.state.reader.failed.is_none());
    }

    #[test]
    fn what_is_read_is_told_until_the_answer_is_there() {
        let mut page = Page::new(&["alpha"]);
        update(&mut page.state, Action::Typed("alpha".into(), None));
        let reading = Reading { done: 1, of: 3, bytes: 4_096 };
        page.act(Action::Reading(reading));
        assert_eq!(page.state.reading, Some(reading));
        assert_eq!(page.effects, vec![Effect::Watch(true)], "the worker lives");
        page.act(Action::Typed("alph".into(), None));
        assert_eq!(page.state.reading, None);
    }

    #[test]
    fn a_lens_that_cannot_be_answered_says_so_and_is_asked_again() {
        let mut page = Page::new(&["alpha"]);
        let effects = update(&mut page.state, Action::Typed("alpha".into(), None));
        let id = asked(&effects, Slot::Lens);
        let error = RequestError::NotBrought { file: "0.bin".into(), reason: "the server said 404".into() };
        page.act(Action::Answered(id, Box::new(Response::Failed(error))));
        assert!(page.state.results.failed.as_ref().unwrap().contains("0.bin"));
        page.act(Action::AskAgain(Slot::Lens));
        assert!(page.state.results.failed.is_none() && page.state.results.shown.is_some());
    }

    #[test]
    fn passages_are_asked_for_as_far_as_the_window_shows_rows_and_begin_anew_with_another_question() {
        let mut page = Page::new(&["alpha"]);
        let asked = |page: &Page| {
            page.effects.iter().find_map(|effect| match effect {
                Effect::Ask(_, Ask { request: Request::Results { passages, .. }, .. }) => *passages,
                _ => None,
            })
        };
        page.act(Action::ShowPassages(FIRST_PASSAGES));
        assert_eq!(asked(&page), None, "they were asked for");
        page.act(Action::ShowPassages((7, 9)));
        assert_eq!(asked(&page), Some((7, 9 + ROWS_AHEAD)));
        page.act(Action::ShowPassages((8, 9 + ROWS_AHEAD)));
        assert_eq!(asked(&page), None, "they are on their way");
        page.act(Action::ShowPassages((6, 8)));
        assert_eq!(asked(&page), Some((6, 8 + ROWS_AHEAD)), "scrolled back to what is no longer there");
        page.act(Action::Typed("alpha".into(), None));
        assert_eq!(asked(&page), Some(FIRST_PASSAGES));
        // What is shown is of the question before: its rows say nothing of the next.
        let _ = update(&mut page.state, Action::Typed("alphab".into(), None));
        page.act(Action::ShowPassages((9, 20)));
        assert_eq!((asked(&page), page.state.passages), (None, FIRST_PASSAGES));
    }

    #[test]
    fn a_long_table_is_asked_for_in_windows_and_begins_anew_with_another_question() {
        let mut page = Page::new(&["alpha"]);
        page.act(Action::Go(Route { lens: Lens::Documents, ..Route::default() }));
        let first = |page: &Page| {
            page.effects.iter().find_map(|effect| match effect {
                Effect::Ask(_, Ask { request: Request::Documents { first, .. }, .. }) => Some(*first),
                _ => None,
            })
        };
        page.act(Action::ScrolledTo(1_234));
        assert_eq!(first(&page), Some(1_200));
        page.act(Action::ScrolledTo(1_239));
        assert_eq!(first(&page), None, "the window holds these rows as well");
        page.act(Action::Typed("alpha".into(), None));
        assert!(first(&page) == Some(0) && page.effects.contains(&Effect::ScrollUp));
    }

    #[test]
    fn a_switch_keeps_the_question_and_asks_again() {
        let mut page = Page::new(&["Alpha", "alpha"]);
        page.act(Action::Typed("Alpha ".into(), None));
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
        page.act(Action::Switch("case"));
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 1);
        assert_eq!(page.state.query(), "Alpha ");
        assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: true }));
        page.act(Action::Switch("case"));
        assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
    }

    /// Ways to go on for "al|", replacing the whole word.
    fn with_list(query: &str, start: u32, end: u32, inserts: &[&str]) -> Page {
        let mut page = Page::new(&["alpha alps"]);
        page.act(Action::Typed(query.into(), Some(end)));
        let item = |insert: &&str| Completion {
            insert: (*insert).to_owned(),
            label: (*insert).to_owned(),
            kind: if insert.ends_with(':') { CompletionKind::Field } else { CompletionKind::Term },
            documents: Some(1),
            detail: String::new(),
        };
        let items = inserts.iter().map(item).collect();
        page.state.completions.answer(CompletionsView { query: query.into(), start, end, items });
        page
    }

    #[test]
    fn options_are_walked_around_and_none_is_among_them() {
        let mut page = with_list("al", 0, 2, &["alpha ", "alps "]);
        let mut walked = Vec::new();
        for by in [1, 1, 1, -1, -1, -1] {
            page.act(Action::MoveOption(by));
            walked.push(page.state.option);
        }
        assert_eq!(walked, [Some(0), Some(1), None, Some(1), Some(0), None]);
    }

    #[test]
    fn an_option_takes_the_place_of_its_part_and_the_cursor_goes_behind_it() {
        let mut page = with_list("ß al (x", 3, 5, &["alpha "]);
        page.act(Action::Accept(0));
        assert_eq!(page.state.query(), "ß alpha  (x");
        assert!(!page.state.route.question.is_typing);
        assert!(page.effects.contains(&Effect::Caret(9)));
        assert!(page.state.list().is_none() && page.state.caret.is_none());
    }

    #[test]
    fn an_option_for_an_earlier_text_is_not_taken() {
        let mut page = with_list("al", 0, 2, &["alpha "]);
        update(&mut page.state, Action::Typed("alx".into(), Some(3)));
        page.act(Action::MoveOption(1));
        assert_eq!(page.state.option, None);
        page.act(Action::Accept(0)).act(Action::Accept(9));
        assert_eq!(page.state.query(), "alx");
        // Nor one whose place is no place in the text.
        let mut page = with_list("ßß", 1, 9, &["alpha "]);
        page.act(Action::Accept(0));
        assert_eq!(page.state.query(), "ßß");
    }

    #[test]
    fn the_name_of_a_field_asks_for_its_values() {
        let mut page = with_list("sou", 0, 3, &["source:"]);
        page.act(Action::Accept(0));
        assert_eq!((page.state.query(), page.state.caret), ("source:", Some(7)));
        assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Ask(_, ask) if ask.slot == Slot::Complete)));
    }

    #[test]
    fn escape_closes_the_list_first_and_every_way_on_closes_it() {
        let mut page = with_list("al", 0, 2, &["alpha "]);
        page.state.route = page.state.route.opened("d0", None);
        page.act(Action::Escape);
        assert!(page.state.list().is_none() && page.state.route.open.is_some());
        page.act(Action::Escape);
        assert!(page.state.route.open.is_none());
        let (route, problems) = Route::parse("#/results?q=alps");
        let ways =
            [Action::Committed, Action::CloseList, Action::Go(route.clone()), Action::UrlChanged { route, problems }];
        for way in ways {
            let mut page = with_list("al", 0, 2, &["alpha "]);
            page.act(way.clone());
            assert!(page.state.list().is_none() && page.state.caret.is_none(), "{way:?}");
            page.act(Action::Suggest(2));
            assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))), "it is asked anew: {way:?}");
        }
    }

    #[test]
    fn an_emptied_field_has_no_list() {
        let mut page = with_list("a", 0, 1, &["alpha "]);
        page.act(Action::Typed(String::new(), Some(0)));
        assert!(page.state.caret.is_none() && page.state.list().is_none());
    }

    #[test]
    fn a_rank_is_explained_until_another_question_is_asked() {
        let mut page = Page::new(&["alpha beta", "alpha alpha"]);
        page.act(Action::Typed("alpha ".into(), None)).act(Action::Explain("d1".into()));
        let why = page.state.explanation.shown.clone().unwrap();
        let why = why.open().unwrap();
        assert_eq!((why.name.as_str(), why.rank, why.matched), ("d1", 1, 2));
        page.act(Action::Explain("nowhere".into()));
        assert!(page.state.explanation.failed.as_ref().unwrap().contains("nowhere"));
        page.act(Action::Typed("beta ".into(), None));
        assert_eq!(page.state.dialog, None);
        page.act(Action::Explain("d0".into())).act(Action::Escape);
        assert_eq!(page.state.dialog, None);
    }

    #[test]
    fn after_a_change_of_the_parts_the_keyboard_stays_on_them() {
        let mut page = Page::new(&["alpha beta"]);
        page.act(Action::Typed("alpha beta".into(), None)).act(Action::Rewrite("beta".into()));
        assert_eq!(page.state.query(), "beta");
        assert!(page.effects.contains(&Effect::Focus(Focus::Parts)));
        page.act(Action::Typed("bet".into(), None));
        assert!(!page.effects.contains(&Effect::Focus(Focus::Parts)));
    }

    #[test]
    fn a_query_too_long_for_a_link_comes_back_with_its_entry_of_the_history() {
        let mut page = Page::new(&["alpha"]);
        let long = "alpha ".repeat(1_000);
        page.act(Action::Typed(long.clone(), None));
        assert_eq!(page.state.notices, vec![words::LONG_QUERY.to_owned()]);
        let link = page.state.route.print();
        page.act(Action::Typed("alpha".into(), None));
        assert_eq!(page.state.notices, Vec::<String>::new());
        let (route, problems) = Route::parse(&link);
        page.act(Action::UrlChanged { route: route.clone(), problems });
        assert_eq!(page.state.query(), long);
        page.act(Action::CopyLink);
        assert_eq!(page.effects, vec![], "no link is copied that leads elsewhere");

        let mut other = Page::new(&["alpha"]);
        other.act(Action::UrlChanged { route, problems: vec![] });
        assert_eq!(other.state.notices, vec![words::CUT_QUERY.to_owned()]);
    }

    #[test]
    fn megabytes_are_cut_where_reading_stops() {
        let mut page = Page::new(&["alpha"]);
        page.act(Action::Typed("ß".repeat(500_000), Some(1_000_000)));
        assert_eq!(page.state.query().len(), MAX_BYTES + 2);
        let echo = &page.state.results.shown.as_ref().unwrap().echo;
        assert!(!echo.marks.is_empty(), "the core says that it stopped");
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
        page.act(Action::Typed("alpha".into(), None));
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
