//! The line under a title: source, date, length; what was inferred says so.

use sheaf_core::views::{Card, Certainty};
use yew::prelude::*;

use crate::words;

/// Draws the line.
pub fn card_line(card: &Card) -> Html {
    html! {
        <p class="card-line">
            <span>{ known(if card.source.is_empty() { words::NO_SOURCE } else { &card.source }, &card.source_known, true) }</span>
            <span>{ date(card) }</span>
            <span>{ words::length(card.words) }</span>
        </p>
    }
}

/// A date for reading and for machines.
pub fn date(card: &Card) -> Html {
    if card.date.is_empty() {
        return html! { <span class="unknown">{ words::NO_DATE }</span> };
    }
    html! { <><time datetime={card.date_iso.clone()}>{ &card.date }</time>{ known("", &card.date_known, false) }</> }
}

/// A value with how it is known.
pub fn known(value: &str, certainty: &Certainty, isolate: bool) -> Html {
    let value = if isolate {
        html! { <bdi>{ value }</bdi> }
    } else {
        html! { { value } }
    };
    match certainty {
        Certainty::Stated => value,
        Certainty::Unknown => html! { <span class="unknown">{ value }</span> },
        Certainty::Inferred(from) => html! {
            <>{ value }{ " " }<span class="inferred" title={format!("from {from}")}>{ words::INFERRED }</span></>
        },
    }
}
