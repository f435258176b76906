//! The root component: it holds the store, draws the frame, and runs effects in the browser.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent, Window};
use yew::prelude::*;

use super::search::units_of;
use super::{dialog::Dialog, filters::Filters, header::Header, lenses::lenses, notices::notices};
use crate::annex;
use crate::parts::absent::absent;
use crate::parts::{Shared, on};
use crate::protocol::{News, Slot};
use crate::route::{Lens, Route, TABS};
use crate::store::{Action, Copied, Effect, Engine, Focus, Over, State, update};
use crate::views::{counted, documents, loading::loading, reader, results::Results, results::rows_in_view};
use crate::words;
use crate::worker::client::{Client, Heard, Source};

/// A worker from which nothing is heard for so long while something is asked counts as dead.
const PATIENCE_MILLIS: i32 = 8_000;
/// Rows whose passages are brought for printing: several sheets of them, and no more texts than are kept at once.
const MOST_PRINTED: u32 = 60;
/// Where the choice about single-key shortcuts is kept.
const SHORTCUTS_KEY: &str = "sheaf-shortcuts";

/// Draws the app into `#app`, keeping what was typed into the frame that stood there.
pub fn mount(source: Source) {
    let Some(root) = document().get_element_by_id("app") else { return };
    let typed = Typed::in_frame();
    let titles = titles_in_frame(&root);
    yew::Renderer::<App>::with_root_and_props(root, Props { source: Shared(Rc::new(source)), typed, titles }).render();
}

/// What was typed before the program was there.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    text: String,
    selection: Option<(u32, u32)>,
}

/// What the page starts from.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    source: Shared<Source>,
    typed: Typed,
    titles: Vec<(String, String)>,
}

/// What the root component hears.
pub enum Msg {
    /// Something happened to the store.
    Act(Action),
    /// The worker said something, or died.
    Heard(Heard),
    /// A key was pressed outside of the components.
    Key(KeyboardEvent),
}

/// The root component.
pub struct App {
    state: State,
    source: Source,
    client: Option<Client>,
    /// Effects to run after the change is drawn.
    effects: Vec<Effect>,
    watch: Option<(i32, Closure<dyn FnMut()>)>,
    _listeners: Vec<Closure<dyn FnMut(web_sys::Event)>>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let (route, problems) = Route::parse(&fragment());
        let href = window().location().href().unwrap_or_default();
        let page = href.split('#').next().unwrap_or_default().to_owned();
        let mut state = State::new(route, problems, shortcuts_are_on(), (page, today()));
        let mut effects = update(&mut state, Action::Started);
        let typed = &ctx.props().typed;
        if !typed.text.is_empty() {
            effects.extend(update(&mut state, Action::Typed(typed.text.clone(), None)));
        }
        App {
            state,
            source: (*ctx.props().source).clone(),
            client: None,
            effects,
            watch: None,
            _listeners: listen(ctx),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let action = match msg {
            // Scrolling changes nothing that is drawn.
            Msg::Act(Action::ShowPassages(rows)) if self.state.has_asked(rows) => return false,
            Msg::Act(action) => action,
            Msg::Heard(heard) => heard_action(heard),
            Msg::Key(event) => match key_action(&self.state, &event) {
                Some(action) => {
                    event.prevent_default();
                    action
                }
                None => return false,
            },
        };
        self.effects.extend(update(&mut self.state, action));
        // Effects that the eye does not wait for are run now, the others after drawing.
        let (now, later): (Vec<Effect>, Vec<Effect>) = std::mem::take(&mut self.effects)
            .into_iter()
            .partition(|effect| matches!(effect, Effect::Ask(..) | Effect::SetUrl { .. } | Effect::Watch(_)));
        self.effects = later;
        for effect in now {
            self.run(ctx, effect);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let act = ctx.link().callback(Msg::Act);
        let state = &self.state;
        let has_reader = state.route.open.is_some();
        let count = state.understood.as_ref().and_then(|(_, matched)| *matched);
        html! {
            <div class={classes!("room", has_reader.then_some("has-reader"), state.are_filters_open.then_some("has-sheet"))}>
                <a class="skip" href="#lens" onclick={skip()}>{ words::SKIP }</a>
                <Header
                    about={state.about.shown.clone().map(Shared)}
                    query={state.route.question.query.clone()}
                    list={state.list().cloned().map(Shared)}
                    option={state.option}
                    are_parts_open={state.are_parts_open}
                    screens={state.screens}
                    echo={state.understood.as_ref().map(|(echo, _)| Shared(echo.clone()))}
                    status={status(state)}
                    link={state.link().closed()}
                    act={act.clone()}
                />
                { notices(&state.notices, &state.announcement, &act) }
                { lenses(&state.link(), count) }
                <Filters
                    route={state.link()}
                    facets={state.facets.shown.clone().map(Shared)}
                    is_open={state.are_filters_open}
                    reads_names={state.reads_names}
                    screens={state.screens}
                    act={act.clone()}
                />
                <main id="lens" tabindex="-1" aria-busy={(state.results.is_pending || state.documents.is_pending || state.counted.is_pending).to_string()}>
                    { self.lens(ctx, &act) }
                </main>
                { self.reader(&act) }
                <Dialog
                    over={state.dialog.clone()}
                    why={state.explanation.shown.clone().map(Shared)}
                    citation={state.citation.shown.clone().map(Shared)}
                    arithmetic={state.arithmetic.shown.clone().map(Shared)}
                    failed={state.explanation.failed.clone().or(state.arithmetic.failed.clone()).or(state.citation.failed.clone())}
                    has_shortcuts={state.has_shortcuts}
                    screens={state.screens}
                    route={state.link()}
                    {act}
                />
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            restore_typed(&ctx.props().typed);
        }
        for effect in std::mem::take(&mut self.effects) {
            self.run(ctx, effect);
        }
        if let Some(rows) = rows_in_view().filter(|rows| !self.state.has_asked(*rows)) {
            ctx.link().send_message(Msg::Act(Action::ShowPassages(rows)));
        }
    }
}

impl App {
    fn lens(&self, ctx: &Context<Self>, act: &Callback<Action>) -> Html {
        let state = &self.state;
        if let Engine::Failed(message) = &state.engine {
            let retry = on(act, || Action::Retry);
            return html! {
                <section class="empty" role="alert">
                    <h2>{ words::FAILED }</h2>
                    <p>{ message }</p>
                    <p><button type="button" class="plain" onclick={retry}>{ words::RETRY }</button></p>
                </section>
            };
        }
        let failed = match state.route.lens {
            Lens::Results => &state.results.failed,
            Lens::Documents => &state.documents.failed,
            Lens::Counted(_) => &state.counted.failed,
            Lens::About => &None,
        };
        if let Some(message) = failed {
            let again = on(act, || Action::AskAgain(Slot::Lens));
            return html! {
                <section class="empty" role="alert">
                    <h2>{ words::NO_ANSWER }</h2>
                    <p>{ message }</p>
                    <p><button type="button" class="plain" onclick={again}>{ words::RETRY }</button></p>
                </section>
            };
        }
        let route = state.link();
        let (row, act) = (state.row.clone(), act.clone());
        match (state.route.lens, &state.results.shown, &state.documents.shown, &state.about.shown) {
            (Lens::Results, Some(view), _, _) => {
                html! { <Results view={Shared(view.clone())} {route} {row} screens={state.screens} {act} /> }
            }
            (Lens::Documents, _, Some(view), _) => match annex::screens() {
                Some(screens) => (screens.documents)(documents::Props { view: Shared(view.clone()), route, row, act }),
                None => absent(state.screens, &act),
            },
            (Lens::Counted(_), ..) => match (annex::screens(), state.counted()) {
                (Some(screens), Some(view)) => (screens.counted)(counted::Answered {
                    answer: Shared(view.clone()),
                    route,
                    row,
                    corrections: state.corrections.clone(),
                    act,
                }),
                (None, Some(_)) => absent(state.screens, &act),
                (_, None) => loading(&[], &route),
            },
            (Lens::About, _, _, Some(view)) => match annex::screens() {
                Some(screens) => (screens.about)(view),
                None => absent(state.screens, &act),
            },
            _ => loading(&ctx.props().titles, &route),
        }
    }

    fn reader(&self, act: &Callback<Action>) -> Html {
        let Some(open) = self.state.route.open.clone() else { return html! {} };
        let content = match annex::screens() {
            Some(screens) => (screens.reader)(reader::Props {
                answer: self.state.reader.shown.clone().map(Shared),
                failed: self.state.reader.failed.clone(),
                marks: self.state.marks.shown.clone().map(Shared),
                marks_failed: self.state.marks.failed.clone(),
                shown: self.state.marks_shown().to_owned(),
                corrections: self.state.corrections.clone(),
                open,
                route: self.state.link(),
                act: act.clone(),
            }),
            None => absent(self.state.screens, act),
        };
        // The keyboard may be on the section before its content is there.
        html! { <section id="reader" class="reader" aria-label="Reader" tabindex="-1">{ content }</section> }
    }

    fn run(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            Effect::Ask(id, ask) => {
                let sent = self.client.as_ref().map(|client| client.ask(id, &ask));
                if let Some(Err(error)) = sent {
                    ctx.link().send_message(Msg::Heard(Heard::Died(reason(&error))));
                }
            }
            Effect::StartWorker => self.start_worker(ctx),
            Effect::LoadScreens => {
                let link = ctx.link().clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let is_loaded = annex::load_screens().await.is_ok();
                    link.send_message(Msg::Act(Action::ScreensLoaded(is_loaded)));
                    match annex::screens().map(|screens| (screens.kept)()) {
                        Some(Ok(Some(corrections))) => link.send_message(Msg::Act(Action::Correct(corrections))),
                        Some(Err(notice)) => link.send_message(Msg::Act(Action::Notice(notice))),
                        _ => {}
                    }
                });
            }
            Effect::Watch(is_on) => self.watch(ctx, is_on),
            Effect::SetUrl { route, is_new } => set_url(&route, is_new),
            Effect::SetTitle(title) => document().set_title(&title),
            Effect::Focus(focus) => move_focus(&focus),
            Effect::Follow => click(document().active_element()),
            Effect::Press(name) => {
                let css = ["tr.is-current [name=", name, "]"].concat();
                click(document().query_selector(&css).ok().flatten());
            }
            Effect::Caret(bytes) => {
                if let Some(field) = search_field() {
                    let place = units_of(&field.value(), bytes);
                    let _ = field.focus();
                    let _ = field.set_selection_range(place, place);
                }
            }
            Effect::ScrollUp => window().scroll_to_with_x_and_y(0.0, 0.0),
            Effect::ShowHit => show_hit(&self.state),
            Effect::ShowTab => show_tab(),
            Effect::CopyPassage { citation, route } => {
                copy(ctx, passage(&self.state, &citation, &route), Copied::Passage)
            }
            Effect::CopyLink(route) => copy(ctx, absolute(&route), Copied::Link),
            Effect::CopyText(text) => copy(ctx, text, Copied::Text),
            Effect::Save(file) => {
                if let Some(screens) = annex::screens() {
                    (screens.save)(&file);
                }
            }
            Effect::KeepCorrections(corrections) => {
                if let Some(screens) = annex::screens() {
                    (screens.keep)(&corrections);
                }
            }
            Effect::SaveShortcuts(on) => {
                if let Some(storage) = window().local_storage().ok().flatten() {
                    // A browser that keeps nothing keeps no choice either.
                    let _ = storage.set_item(SHORTCUTS_KEY, if on { "on" } else { "off" });
                }
            }
        }
    }

    fn start_worker(&mut self, ctx: &Context<Self>) {
        self.client = None;
        let hear = ctx.link().callback(Msg::Heard);
        match Client::start(&mut self.source, move |heard| hear.emit(heard)) {
            Ok(client) => {
                self.client = Some(client);
                self.watch(ctx, true);
            }
            Err(error) => {
                let message = format!(
                    "The browser could not start a worker ({}). Reload the page, or try another browser.",
                    reason(&error)
                );
                ctx.link().send_message(Msg::Act(Action::CorpusFailed(message)));
            }
        }
    }

    /// Starts the waiting anew, or ends it.
    fn watch(&mut self, ctx: &Context<Self>, is_on: bool) {
        if let Some((timer, _)) = self.watch.take() {
            window().clear_timeout_with_handle(timer);
        }
        // While the corpus itself is on its way the network decides how long it takes.
        if is_on && self.state.engine != Engine::Starting {
            let link = ctx.link().clone();
            let late = Closure::once(move || {
                let seconds = PATIENCE_MILLIS / 1000;
                link.send_message(Msg::Heard(Heard::Died(format!("no answer for {seconds} seconds"))));
            });
            let timer = window()
                .set_timeout_with_callback_and_timeout_and_arguments_0(late.as_ref().unchecked_ref(), PATIENCE_MILLIS);
            self.watch = timer.ok().map(|timer| (timer, late));
        }
    }
}

/// What stands under the field until there is an echo.
fn status(state: &State) -> String {
    match &state.engine {
        Engine::Starting => words::LOADING.to_owned(),
        Engine::Indexing { done, of } => words::indexing(*done, *of),
        Engine::Ready if state.working.is_some() => {
            let (done, of) = state.working.unwrap_or_default();
            words::working(done, of)
        }
        // The sentence of a first answer says that more is read.
        Engine::Ready if state.results.is_partial => String::new(),
        Engine::Ready => state.reading.filter(|reading| reading.of > 0).map_or(String::new(), words::reading),
        Engine::Failed(_) => String::new(),
    }
}

fn heard_action(heard: Heard) -> Action {
    match heard {
        Heard::Died(reason) => Action::WorkerDied(reason),
        Heard::News(id, News::Answer(response)) => Action::Answered(id, response),
        Heard::News(_, News::Progress { done, of }) => Action::Progress(done, of),
        Heard::News(_, News::Reading(reading)) => Action::Reading(reading),
        Heard::News(_, News::Ready) => Action::WorkerReady,
        Heard::News(_, News::Notice(notice)) => Action::Notice(notice),
        Heard::News(_, News::CorpusFailed(message)) => Action::CorpusFailed(message),
        Heard::News(_, News::Panicked(message)) => Action::WorkerDied(message),
    }
}

/// What a key means, where no control of the page takes it.
fn key_action(state: &State, event: &KeyboardEvent) -> Option<Action> {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return None;
    }
    let key = event.key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_writing =
        target.as_ref().is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
    if key == "Escape" {
        return Some(Action::Escape);
    }
    let is_in_dialog = state.dialog.as_ref().is_some_and(|over| *over != Over::Help || key != "?");
    if is_writing || !state.has_shortcuts || is_in_dialog {
        return None;
    }
    let has_reader = state.route.open.is_some();
    let lens = |place: usize| {
        let first = TABS.get(place).and_then(|(_, lenses)| lenses.first());
        first.map(|lens| Action::Go(state.link().through(*lens)))
    };
    match key.as_str() {
        "/" => Some(Action::FocusSearch),
        "?" => Some(Action::ToggleHelp),
        "j" if has_reader => Some(Action::MoveHit(1)),
        "k" if has_reader => Some(Action::MoveHit(-1)),
        "j" => Some(Action::MoveRow(1)),
        "k" => Some(Action::MoveRow(-1)),
        "n" => Some(Action::MoveDocument(1)),
        "p" => Some(Action::MoveDocument(-1)),
        "o" => Some(Action::OpenRow),
        "f" => Some(Action::FocusFilters),
        "c" if has_reader => Some(Action::CopyPassage),
        "l" => Some(Action::CopyLink),
        "s" => Some(Action::OpenSave),
        "x" => Some(Action::Press("drop")),
        "t" => Some(Action::Press("tag")),
        key => match key.as_bytes() {
            [digit @ b'1'..=b'9'] => lens(usize::from(digit - b'1')),
            _ => None,
        },
    }
}

fn listen(ctx: &Context<App>) -> Vec<Closure<dyn FnMut(web_sys::Event)>> {
    let link = ctx.link().clone();
    let on_url = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| {
        let (route, problems) = Route::parse(&fragment());
        link.send_message(Msg::Act(Action::UrlChanged { route, problems }));
    });
    let link = ctx.link().clone();
    let on_key = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            link.send_message(Msg::Key(event));
        }
    });
    // Registration fails on no browser; without it the page still searches.
    let _ = window().add_event_listener_with_callback("hashchange", on_url.as_ref().unchecked_ref());
    let _ = document().add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref());
    let link = ctx.link().clone();
    let on_scroll = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| {
        if let Some(row) = crate::parts::long_table::row_at_edge() {
            link.send_message(Msg::Act(Action::ScrolledTo(row)));
        }
        if let Some(rows) = rows_in_view() {
            link.send_message(Msg::Act(Action::ShowPassages(rows)));
        }
    });
    // Also that of the lens alone, which is beside the Reader: such events do not bubble.
    let _ = window().add_event_listener_with_callback_and_bool("scroll", on_scroll.as_ref().unchecked_ref(), true);
    let _ = window().add_event_listener_with_callback("resize", on_scroll.as_ref().unchecked_ref());
    let link = ctx.link().clone();
    // What is printed is more than the window. Those that do not come before the sheet is drawn are on the next.
    let on_print = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| {
        link.send_message(Msg::Act(Action::ShowPassages((0, MOST_PRINTED))));
    });
    let _ = window().add_event_listener_with_callback("beforeprint", on_print.as_ref().unchecked_ref());
    vec![on_url, on_key, on_scroll, on_print]
}

/// The day where the reader is, as ISO 8601 writes it.
fn today() -> String {
    let now = js_sys::Date::new_0();
    // That of the clock on the wall, not of Greenwich.
    now.set_time(now.get_time() - now.get_timezone_offset() * 60_000.0);
    String::from(now.to_iso_string()).chars().take(10).collect()
}

/// The skip link moves the keyboard, not the address bar, which holds the route.
fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        focus_element(document().get_element_by_id("lens"));
    })
}

fn set_url(route: &Route, is_new: bool) {
    if let Ok(history) = window().history() {
        let url = route.print();
        let result = if is_new {
            history.push_state_with_url(&JsValue::NULL, "", Some(&url))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
        };
        // Browsers refuse when it is changed too often within seconds; the next change succeeds.
        let _ = result;
    }
}

fn move_focus(focus: &Focus) {
    let document = document();
    match focus {
        Focus::Search => {
            if let Some(field) = search_field() {
                let _ = field.focus();
                field.select();
            }
        }
        Focus::Reader => {
            focus_element(document.get_element_by_id("reader-title").or(document.get_element_by_id("reader")))
        }
        Focus::Row(doc) => {
            let rows = document.query_selector_all("[data-doc]").ok();
            let found = rows.and_then(|rows| {
                let elements = (0..rows.length()).filter_map(|place| rows.item(place)?.dyn_into::<Element>().ok());
                elements.into_iter().find(|element| element.get_attribute("data-doc").as_deref() == Some(doc))
            });
            focus_element(found.or(document.get_element_by_id("lens")));
        }
        Focus::Parts => {
            let find = |css: &str| document.query_selector(css).ok().flatten();
            if find("#parts :focus").is_none() {
                focus_element(find("#parts:not([hidden]) li button").or(document.get_element_by_id("lens")));
            }
        }
        Focus::Filters => {
            // Their fields may still be on their way.
            let first = document.query_selector("#filters section:not([hidden]) button").ok().flatten();
            focus_element(first.or(document.get_element_by_id("filters")))
        }
        Focus::FiltersButton => focus_element(document.get_element_by_id("filters-button")),
    }
}

fn click(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

fn focus_element(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Brings the tabs of the lens into the middle of their rows, which are longer than a phone is wide.
fn show_tab() {
    let Ok(tabs) = document().query_selector_all(".lenses [aria-current]") else { return };
    for tab in (0..tabs.length()).filter_map(|place| tabs.item(place)?.dyn_into::<Element>().ok()) {
        let Ok(Some(row)) = tab.closest("ul") else { continue };
        // Only the row moves: `scrollIntoView` would move the page as well.
        let middle = |element: &Element| {
            let own = element.get_bounding_client_rect();
            own.left() + own.width() / 2.0
        };
        row.set_scroll_left(row.scroll_left() + (middle(&tab) - middle(&row)) as i32);
    }
}

/// Brings the current hit into the middle of the Reader; without one, the Reader to its beginning.
fn show_hit(state: &State) {
    let hit = state.route.open.as_ref().and_then(|open| open.hit);
    let mark = hit.and_then(|hit| document().get_element_by_id(&format!("hit-{}", hit + 1)));
    let mark = document().get_element_by_id("at").or(mark);
    let Some(reader) = document().get_element_by_id("reader") else { return };
    // Only the Reader moves: `scrollIntoView` would move the page under it as well.
    let top = mark.map_or(0, |mark| {
        let above = mark.get_bounding_client_rect().top() - reader.get_bounding_client_rect().top();
        reader.scroll_top() + above as i32 - reader.client_height() / 2
    });
    reader.set_scroll_top(top);
}

/// The selected text, or else the paragraph of the current hit, as a quotation with its source and link.
fn passage(state: &State, citation: &str, route: &Route) -> String {
    let selected = window().get_selection().ok().flatten().map(|selection| String::from(selection.to_string()));
    let selected = selected.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let text = selected.or_else(|| paragraph_of_hit(state)).unwrap_or_default();
    format!("“{text}”\n— {citation}\n{}", absolute(route))
}

fn paragraph_of_hit(state: &State) -> Option<String> {
    let reader = state.reader.shown.as_ref()?;
    let hit = state.route.open.as_ref()?.hit.unwrap_or(0);
    (annex::screens()?.paragraph_of)(reader, hit)
}

fn absolute(route: &Route) -> String {
    let location = window().location();
    let href = location.href().unwrap_or_default();
    format!("{}{}", href.split('#').next().unwrap_or(""), route.print())
}

fn copy(ctx: &Context<App>, text: String, copied: Copied) {
    let act = ctx.link().callback(Msg::Act);
    match annex::screens() {
        Some(screens) => (screens.copy)(text, copied, act),
        None => act.emit(Action::Notice(words::NOT_LOADED.to_owned())),
    }
}

/// What an error of the browser says.
fn reason(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok();
    message.and_then(|message| message.as_string()).or(error.as_string()).unwrap_or_else(|| "unknown".to_owned())
}

impl Typed {
    fn in_frame() -> Typed {
        let Some(field) = search_field() else { return Typed { text: String::new(), selection: None } };
        let has_focus = document().active_element().is_some_and(|element| element == *field.as_ref());
        let place = |at: Result<Option<u32>, JsValue>| at.ok().flatten().unwrap_or(0);
        let selection = has_focus.then(|| (place(field.selection_start()), place(field.selection_end())));
        Typed { text: field.value(), selection }
    }
}

fn restore_typed(typed: &Typed) {
    if let (Some((start, end)), Some(field)) = (typed.selection, search_field()) {
        let _ = field.focus();
        // A field that refuses a selection keeps the cursor at its end.
        let _ = field.set_selection_range(start, end);
    }
}

/// Names and titles of the documents that the frame shows.
fn titles_in_frame(root: &Element) -> Vec<(String, String)> {
    let Ok(links) = root.query_selector_all("#titles a[href]") else { return Vec::new() };
    let elements = (0..links.length()).filter_map(|place| links.item(place)?.dyn_into::<Element>().ok());
    elements
        .filter_map(|link| {
            let (route, _) = Route::parse(link.get_attribute("href")?.as_str());
            Some((route.open?.doc, link.text_content()?))
        })
        .collect()
}

fn search_field() -> Option<HtmlInputElement> {
    document().get_element_by_id("search")?.dyn_into().ok()
}

fn shortcuts_are_on() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(SHORTCUTS_KEY).ok().flatten()).is_none_or(|choice| choice != "off")
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

fn window() -> Window {
    js_sys::global().unchecked_into()
}

fn document() -> Document {
    js_sys::Reflect::get(&js_sys::global(), &"document".into()).unwrap_or_default().unchecked_into()
}
