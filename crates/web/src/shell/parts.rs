//! The query part by part: what each finds, and controls that change the query without typing.

use sheaf_core::views::words::count;
use sheaf_core::views::{Joint, Part};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::header::Props;
use crate::parts::on;
use crate::store::Action;
use crate::words;

/// Draws the parts where there is more than one to change, or where the reader has asked for them.
pub fn parts(props: &Props) -> Html {
    let Some((echo, root)) = props.echo.as_ref().and_then(|echo| Some((echo, echo.parts.open().flatten()?))) else {
        return html! {};
    };
    let is_list = !root.parts.is_empty() && !root.is_negated;
    let is_open = props.are_parts_open;
    html! {
        <div id="parts" class={classes!("parts", is_open.then_some("is-open"))} role="group" aria-label={words::PARTS}
            hidden={!echo.has_parts && !is_open}>
            <button type="button" class="plain" aria-expanded={is_open.to_string()} onclick={on(&props.act, || Action::ToggleParts)}>
                { words::PARTS }
            </button>
            { if is_list { list(&props.act, &root) } else { html! { <ul>{ one(&props.act, &root, 0) }</ul> } } }
        </div>
    }
}

fn list(act: &Callback<Action>, part: &Part) -> Html {
    let mut items = Vec::new();
    for (place, inner) in part.parts.iter().enumerate() {
        items.push(one(act, inner, place));
        items.extend(part.joints.get(place).map(|between| joint(act, between, place)));
    }
    html! { <ul>{ items }</ul> }
}

/// A part; a list within the list stands in brackets.
fn one(act: &Callback<Action>, part: &Part, place: usize) -> Html {
    let inner = if part.parts.is_empty() {
        html! { <bdi>{ &part.text }</bdi> }
    } else {
        list(act, part)
    };
    let mut short = count(part.documents.into(), words::DOCS.0, words::DOCS.1);
    let mut long = count(part.documents.into(), "document", "documents");
    if let Some(hits) = part.hits {
        let hits = count(hits, "hit", "hits");
        short = [&short, " · ", &hits].concat();
        long = [&long, ", ", &hits].concat();
    }
    html! {
        <li key={place} class={classes!("part", part.is_negated.then_some("is-without"), (!part.parts.is_empty()).then_some("is-list"))}>
            { change(act, "−", words::WITHOUT, part, &part.negated, Some(part.is_negated)) }
            { inner }
            <span class="count"><span aria-hidden="true">{ short }</span><span class="visually-hidden">{ long }</span></span>
            { change(act, "×", words::REMOVE, part, &part.removed, None) }
        </li>
    }
}

fn change(
    act: &Callback<Action>,
    sign: &'static str,
    verb: &'static str,
    part: &Part,
    query: &str,
    is_on: Option<bool>,
) -> Html {
    let label = [verb, &part.description].concat();
    let query = query.to_owned();
    html! {
        <button type="button" aria-pressed={is_on.map(|is_on| is_on.to_string())} aria-label={label.clone()} title={label}
            onclick={act.reform(move |_| Action::Rewrite(query.clone()))}>{ sign }</button>
    }
}

/// How two neighbours hang together, the present way first.
fn joint(act: &Callback<Action>, joint: &Joint, place: usize) -> Html {
    let key = place + 1_000;
    if joint.choices.is_empty() {
        return html! { <li {key} class="joint">{ words::join(joint.now) }</li> };
    }
    let act = act.clone();
    let choices = joint.choices.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        let chosen = usize::try_from(select.selected_index() - 1).ok().and_then(|place| choices.get(place));
        // The answer brings the new way to the first place.
        select.set_selected_index(0);
        if let Some((_, query)) = chosen {
            act.emit(Action::Rewrite(query.clone()));
        }
    });
    let option = |join, is_now: bool| html! { <option selected={is_now}>{ words::join(join) }</option> };
    html! {
        <li {key} class="joint">
            <select aria-label={words::JOINED} {onchange}>
                { option(joint.now, true) }
                { for joint.choices.iter().map(|(join, _)| option(*join, false)) }
            </select>
        </li>
    }
}
