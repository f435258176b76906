//! Every change of the state, as a pure function: tests replay actions and look at effects.

use sheaf_core::base::Apart;
use sheaf_core::query::parse::MAX_BYTES;
use sheaf_core::views::CompletionKind;
use sheaf_core::views::lens::export::Format;
use sheaf_core::workspace::{Corrections, Response};

use super::answer::{answered, worker_died};
use super::ask::ask_all;
use super::effect::{Copied, Effect, Focus};
use super::state::{Engine, FIRST_PASSAGES, Loaded, Over, State};
use crate::protocol::{Reading, RequestId, Slot};
use crate::route::{Lens, MAX_LINK_QUERY, PAGE, Route};
use crate::words;

/// Rows of a long table that are asked for above the edge of the window.
const OVERSCAN: u32 = 20;
/// Rows below the window whose passages are asked for with those in it.
pub(super) const ROWS_AHEAD: u32 = 3;

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
pub(super) fn notice(state: &mut State, text: &str) {
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

/// What the window is called.
pub(super) fn title(state: &State) -> String {
    let corpus = state.about.shown.as_ref().map(|about| about.title.as_str()).unwrap_or("");
    let query = state.route.question.query.trim();
    let parts = [query, corpus, "Sheaf"].into_iter().filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect::<Vec<_>>().join(" · ")
}
