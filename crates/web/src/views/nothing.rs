//! Nothing found: which part of the query is to blame, and where to go from here.

use sheaf_core::views::EchoView;
use sheaf_core::workspace::Exactness;
use yew::prelude::*;

use crate::route::Route;
use crate::shell::header::{offer_link, runs};
use crate::words;

/// Draws the state; `of` is the number of documents in the corpus.
pub fn nothing(echo: &EchoView, of: u32, route: &Route) -> Html {
    if of == 0 {
        return html! {
            <section class="empty"><h2>{ words::EMPTY_CORPUS }</h2><p>{ words::EMPTY_CORPUS_HINT }</p></section>
        };
    }
    let mut whole = route.clone();
    whole.question.filters.clear();
    let mut folded = route.clone();
    folded.question.exactness = Exactness::default();
    html! {
        <section class="empty">
            <h2>{ words::NOTHING_FOUND }</h2>
            <p>{ runs(&echo.blame) }</p>
            <p hidden={route.question.exactness == Exactness::default()}><a href={folded.print()}>{ words::WITHOUT_SWITCHES }</a></p>
            { if echo.offers.is_empty() { html! {} } else { html! {
                <ul class="offers">
                    { for echo.offers.iter().map(|offer| html! {
                        <li key={offer.query.clone()}>
                            { offer_link(route, offer) }
                        </li>
                    }) }
                </ul>
            } } }
            <p hidden={route.question.filters.is_empty()}><a href={whole.print()}>{ words::WITHOUT_FILTERS }</a></p>
        </section>
    }
}
