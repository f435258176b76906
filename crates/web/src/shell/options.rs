//! Ways to go on, under the search field.

use sheaf_core::views::words::grouped;
use sheaf_core::views::{Completion, CompletionKind};
use yew::prelude::*;

use super::header::Props;
use super::search::option_id;
use crate::store::Action;
use crate::words;

/// The options of the list.
pub fn options(props: &Props) -> Html {
    let items = props.list.as_ref().map_or(&[][..], |view| &view.items);
    items.iter().zip(0..).map(|(item, place)| option(props, item, place)).collect()
}

fn option(props: &Props, item: &Completion, place: u32) -> Html {
    let kind = match item.kind {
        CompletionKind::Field => words::FIELD,
        CompletionKind::Operator => words::OPERATOR,
        CompletionKind::Term | CompletionKind::Value => "",
    };
    let is_active = props.option == Some(place);
    html! {
        <li key={place} id={option_id(place)} role="option" aria-selected={is_active.to_string()}
            // The field keeps the keyboard.
            onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}
            onclick={props.act.reform(move |_| Action::Accept(place))}
        >
            <bdi>{ &item.label }</bdi>
            <span class="detail">{ kind }{ if kind.is_empty() || item.detail.is_empty() { "" } else { ": " } }{ &item.detail }</span>
            <span class="count">{ item.documents.map(|documents| grouped(documents.into())) }</span>
        </li>
    }
}
