//! The head of the page: name of the corpus, search field, the echo under it, tools.

use sheaf_core::views::{AboutView, EchoRun, EchoView};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::parts::Shared;
use crate::route::{Lens, Route};
use crate::store::Action;
use crate::words;

/// What the head shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What the corpus is, once known.
    pub about: Option<Shared<AboutView>>,
    /// The text in the field.
    pub query: String,
    /// What was understood, once known.
    pub echo: Option<Shared<EchoView>>,
    /// What the page is waiting for; empty where it waits for nothing.
    pub status: String,
    /// The view without a document open.
    pub link: Route,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The head of the page.
#[component]
pub fn Header(props: &Props) -> Html {
    let home = Route { fingerprint: props.link.fingerprint.clone(), ..Route::default() };
    html! {
        <header class="head">
            <div class="corpus">
                <h1><a href={home.print()}>{ "Sheaf" }</a></h1>
                { corpus(props.about.as_ref()) }
            </div>
            <div class="ask" role="search">
                <label class="visually-hidden" for="search">{ words::SEARCH_LABEL }</label>
                { field(props) }
                <div id="echo" class="echo" role="status" aria-live="polite">
                    { echo(props) }
                </div>
            </div>
            <div class="tools">
                <button type="button" onclick={props.act.reform(|_| Action::CopyLink)}>{ words::COPY_LINK }</button>
                <a href={props.link.through(Lens::About).print()}>{ Lens::About.title() }</a>
                <button type="button" onclick={props.act.reform(|_| Action::ToggleHelp)} aria-haspopup="dialog">{ words::HELP }</button>
            </div>
        </header>
    }
}

fn corpus(about: Option<&Shared<AboutView>>) -> Html {
    let Some(about) = about else { return html! {} };
    let count = sheaf_core::views::words::count;
    html! {
        <p>
            <bdi>{ &about.title }</bdi>
            <span class="size">
                { count(about.documents.into(), "document", "documents") }{ " · " }{ count(about.words, "word", "words") }
            </span>
        </p>
    }
}

fn field(props: &Props) -> Html {
    let oninput =
        props.act.reform(|event: InputEvent| Action::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
    let act = props.act.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            act.emit(Action::Committed);
        }
    });
    let marks = props.echo.as_ref().map(|echo| faults(&props.query, echo)).unwrap_or_default();
    let is_faulty = props.echo.as_ref().is_some_and(|echo| !echo.marks.is_empty());
    html! {
        <div class="field">
            <div class="mirror" aria-hidden="true" dir="auto">{ marks }</div>
            <input
                id="search" type="text" inputmode="search" enterkeyhint="search" autocomplete="off" autocapitalize="off"
                autocorrect="off" spellcheck="false" dir="auto" placeholder={words::SEARCH_HINT}
                value={props.query.clone()} aria-describedby="echo" aria-invalid={is_faulty.to_string()}
                {oninput} {onkeydown}
            />
            <kbd aria-hidden="true">{ "/" }</kbd>
        </div>
    }
}

/// The query's text behind the field, what could not be used underlined in its place.
fn faults(query: &str, echo: &EchoView) -> Html {
    let mut at = 0;
    let mut parts = Vec::new();
    for mark in &echo.marks {
        let (start, end) = ((mark.start as usize).max(at), mark.end as usize);
        // Marks of the last echo need not fit what was typed since.
        if let (Some(before), Some(fault)) = (query.get(at..start), query.get(start..end)) {
            parts.push(html! { <>{ before }<span class="fault">{ fault }</span></> });
            at = end;
        }
    }
    parts.into_iter().collect()
}

fn echo(props: &Props) -> Html {
    if !props.status.is_empty() {
        return html! { <p>{ &props.status }</p> };
    }
    let Some(echo) = &props.echo else { return html! {} };
    html! {
        <>
            <p>
                { runs(&echo.sentence) }
                { for echo.offers.iter().filter(|_| echo.blame.is_empty()).map(|offer| html! {
                    <span class="offer">
                        { " " }{ &offer.label }{ ": " }
                        <a href={props.link.with_query(&offer.query).print()}><bdi>{ &offer.query }</bdi></a>
                        { " " }{ offer.documents }
                    </span>
                }) }
            </p>
            { for echo.marks.iter().map(|mark| html! { <p class="problem">{ &mark.message }</p> }) }
            { for echo.problems.iter().map(|problem| html! { <p class="problem">{ problem }</p> }) }
        </>
    }
}

/// Runs of the echo.
pub fn runs(runs: &[EchoRun]) -> Html {
    runs.iter()
        .map(|run| match run {
            EchoRun::Plain(text) => html! { { text } },
            EchoRun::Term(text) => html! { <em><bdi>{ text }</bdi></em> },
            EchoRun::Strong(text) => html! { <strong>{ text }</strong> },
        })
        .collect()
}
