//! Help: what may be asked, each example a link that asks it, and the keys.

use sheaf_core::query::grammar::{GRAMMAR, Row};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Props;
use crate::store::Action;
use crate::words;

/// Draws the content of the dialog.
pub fn help(props: &Props) -> Html {
    let shortcuts = props
        .act
        .reform(|event: Event| Action::SetShortcuts(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <>
            <p>{ words::FOLDING }</p>
            { for GRAMMAR.chunk_by(|a, b| a.topic == b.topic).map(|rows| html! {
                <><h3>{ rows[0].topic }</h3><dl>{ for rows.iter().map(|row| asked(props, row)) }</dl></>
            }) }
            <h3>{ words::KEYS_HEADING }</h3>
            <dl class="keys">
                { for words::KEYS.iter().map(|(keys, meaning)| html! {
                    <div><dt>{ for keys.split('\t').map(|key| html! { <kbd>{ key }</kbd> }) }</dt><dd>{ *meaning }</dd></div>
                }) }
            </dl>
            <p><label><input type="checkbox" checked={props.has_shortcuts} onchange={shortcuts} />{ words::SHORTCUTS }</label></p>
        </>
    }
}

fn asked(props: &Props, row: &Row) -> Html {
    html! {
        <div>
            <dt>{ for row.write.split('\t').map(|text| html! { <a href={props.route.with_query(text).print()}><code>{ text }</code></a> }) }</dt>
            <dd>{ row.means }</dd>
        </div>
    }
}
