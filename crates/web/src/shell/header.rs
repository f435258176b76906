//! The head of the page: name of the corpus, search field, the echo under it, tools.

use sheaf_core::views::words::{count, grouped};
use sheaf_core::views::{AboutView, CompletionsView, EchoRun, EchoView, Offer};
use yew::prelude::*;

use super::search::search;
use crate::annex;
use crate::parts::{Shared, on};
use crate::route::{Lens, Route};
use crate::store::{Action, Loaded};
use crate::words;

/// What the head shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What the corpus is, once known.
    pub about: Option<Shared<AboutView>>,
    /// The text in the field.
    pub query: String,
    /// Ways to go on, while their list is open.
    pub list: Option<Shared<CompletionsView>>,
    /// The one of them that the keyboard is on.
    pub option: Option<u32>,
    /// Whether the parts of the query are shown where there is no room for them.
    pub are_parts_open: bool,
    /// The code that draws the parts of the query.
    pub screens: Loaded,
    /// What was understood, once known.
    pub echo: Option<Shared<EchoView>>,
    /// What the page is waiting for; empty where it waits for nothing.
    pub status: String,
    /// The view without a document open.
    pub link: Route,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// What comes with the screens, or nothing: always one node, so that those beside it keep theirs.
pub(super) fn later(draw: impl FnOnce(annex::Screens) -> Html) -> Html {
    annex::screens().map_or_else(|| html! {}, draw)
}

/// The head of the page.
#[component]
pub fn Header(props: &Props) -> Html {
    // Room for a line of them is there before they are: what is below does not move under a finger.
    let has_parts = props.echo.as_ref().is_some_and(|echo| echo.has_parts);
    let home = Route { fingerprint: props.link.fingerprint.clone(), ..Route::default() };
    html! {
        <header class="head">
            <div class="corpus">
                <h1><a href={home.print()}>{ "Sheaf" }</a></h1>
                { corpus(props.about.as_ref()) }
            </div>
            <div class="ask" role="search">
                <label class="visually-hidden" for="search">{ words::SEARCH_LABEL }</label>
                { search(props) }
                <div id="echo" class="echo" role="status" aria-live="polite">
                    { echo(props) }
                </div>
                <div class={classes!(has_parts.then_some("parts-room"))}>
                    { later(|screens| (screens.parts)(props)) }
                </div>
            </div>
            <div class="tools">
                <button type="button" onclick={on(&props.act, || Action::CopyLink)}>{ words::COPY_LINK }</button>
                <button type="button" onclick={on(&props.act, || Action::OpenSave)} aria-haspopup="dialog">{ words::SAVE }</button>
                <a href={props.link.through(Lens::About).print()}>{ Lens::About.title() }</a>
                <button type="button" onclick={on(&props.act, || Action::ToggleHelp)} aria-haspopup="dialog">{ words::HELP }</button>
            </div>
        </header>
    }
}

fn corpus(about: Option<&Shared<AboutView>>) -> Html {
    let Some(about) = about else { return html! {} };
    html! {
        <p>
            <bdi>{ &about.title }</bdi>
            <span class="size">
                { count(about.documents.into(), "document", "documents") }{ " · " }{ count(about.words, "word", "words") }
            </span>
        </p>
    }
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
                    <>{ " " }<span class="offer">{ offer_link(&props.link, offer) }</span></>
                }) }
            </p>
            { for echo.marks.iter().map(|mark| html! { <p class="problem">{ &mark.message }</p> }) }
            { for echo.problems.iter().map(|problem| html! { <p class="problem">{ problem }</p> }) }
        </>
    }
}

/// Another query, what it is, and how many documents it finds.
pub fn offer_link(route: &Route, offer: &Offer) -> Html {
    html! {
        <>
            { &offer.label }{ ": " }
            <a href={route.with_query(&offer.query).print()}><bdi>{ &offer.query }</bdi></a>
            { " " }<span class="count">{ grouped(offer.documents.into()) }</span>
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
