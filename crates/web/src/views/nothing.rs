//! Nothing found: which part of the query is to blame, and where to go from here.

use sheaf_core::views::EchoView;
use yew::prelude::*;

use crate::route::Route;
use crate::shell::header::runs;
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
    html! {
        <section class="empty">
            <h2>{ words::NOTHING_FOUND }</h2>
            <p>{ runs(&echo.blame) }</p>
            { if echo.offers.is_empty() { html! {} } else { html! {
                <ul class="offers">
                    { for echo.offers.iter().map(|offer| html! {
                        <li key={offer.query.clone()}>
                            { &offer.label }{ " " }
                            <a href={route.with_query(&offer.query).print()}><bdi>{ &offer.query }</bdi></a>
                            { format!(" — {}", sheaf_core::views::words::count(offer.documents.into(), "document", "documents")) }
                        </li>
                    }) }
                </ul>
            } } }
            { if route.question.filters.is_empty() { html! {} } else { html! {
                <p><a href={whole.print()}>{ "Search without filters" }</a></p>
            } } }
        </section>
    }
}
