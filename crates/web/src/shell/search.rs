//! The search field with its switches, and under it ways to go on: an editable combobox with a list (ARIA 1.2).
//!
//! The keyboard stays in the field; the list opens while somebody types or asks for it, never by itself.

use sheaf_core::views::EchoView;
use sheaf_core::views::words::count;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::header::{Props, later};
use crate::route::switches;
use crate::store::Action;
use crate::words;

/// Draws field, list and switches.
pub fn search(props: &Props) -> Html {
    html! {
        <div class="line">
            { field(props) }
            <div class="switches" role="group" aria-label={words::SWITCHES}>
                { for switches(props.link.question.exactness).into_iter().zip(words::SWITCH).map(|((name, is_on), (label, title))| html! {
                    <button type="button" aria-pressed={is_on.to_string()} title={*title}
                        onclick={props.act.reform(move |_| Action::Switch(name))}>{ *label }</button>
                }) }
            </div>
        </div>
    }
}

fn field(props: &Props) -> Html {
    let oninput = props.act.reform(|event: InputEvent| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        let text = field.value();
        let caret = caret(&field, &text);
        Action::Typed(text, Some(caret))
    });
    let marks = props.echo.as_ref().map(|echo| faults(&props.query, echo)).unwrap_or_default();
    let is_faulty = props.echo.as_ref().is_some_and(|echo| !echo.marks.is_empty());
    let active = props.option.map(option_id);
    html! {
        <div class="field">
            <div class="mirror" aria-hidden="true" dir="auto">{ marks }</div>
            <input
                id="search" type="text" inputmode="search" enterkeyhint="search" autocomplete="off" autocapitalize="off"
                autocorrect="off" spellcheck="false" dir="auto" placeholder={words::SEARCH_HINT}
                value={props.query.clone()} aria-describedby="echo" aria-invalid={is_faulty.to_string()}
                role="combobox" aria-autocomplete="list" aria-controls="options"
                aria-expanded={props.list.is_some().to_string()} aria-activedescendant={active}
                {oninput} onkeydown={keys(props)} onblur={props.act.reform(|_| Action::CloseList)}
            />
            <kbd aria-hidden="true">{ "/" }</kbd>
            { options(props) }
        </div>
    }
}

/// What the keys of the list mean in the field; all others are the field's own.
fn keys(props: &Props) -> Callback<KeyboardEvent> {
    let (act, is_open, option) = (props.act.clone(), props.list.is_some(), props.option);
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let action = match (event.key().as_str(), option) {
            ("Enter" | "Tab", Some(option)) if is_open => Action::Accept(option),
            ("Enter", _) => Action::Committed,
            ("ArrowDown", _) if is_open => Action::MoveOption(1),
            ("ArrowUp", _) if is_open => Action::MoveOption(-1),
            ("ArrowDown", _) => {
                let field = event.target_unchecked_into::<HtmlInputElement>();
                Action::Suggest(caret(&field, &field.value()))
            }
            ("ArrowLeft" | "ArrowRight" | "Home" | "End", _) if is_open => return act.emit(Action::CloseList),
            _ => return,
        };
        event.prevent_default();
        act.emit(action);
    })
}

/// Where the cursor is, in bytes.
fn caret(field: &HtmlInputElement, text: &str) -> u32 {
    let caret = field.selection_end().ok().flatten();
    caret.map_or(text.len() as u32, |caret| bytes_of(text, caret))
}

/// Bytes of the first `units` UTF-16 units of a text: browsers count the one, we the other.
pub(super) fn bytes_of(text: &str, units: u32) -> u32 {
    measure(text, units, |c| c.len_utf16() as u32, |c| c.len_utf8() as u32)
}

/// UTF-16 units of the first `bytes` of a text.
pub(super) fn units_of(text: &str, bytes: u32) -> u32 {
    measure(text, bytes, |c| c.len_utf8() as u32, |c| c.len_utf16() as u32)
}

fn measure(text: &str, end: u32, from: fn(char) -> u32, to: fn(char) -> u32) -> u32 {
    let (mut at, mut measured) = (0, 0);
    for c in text.chars() {
        if at >= end {
            break;
        }
        at += from(c);
        measured += to(c);
    }
    measured
}

pub(super) fn option_id(place: u32) -> String {
    format!("option-{place}")
}

/// Ways to go on; the browser finds an empty list where the code that draws them is not there yet.
fn options(props: &Props) -> Html {
    let items = later(|screens| (screens.options)(props));
    // Said when it changes, not at every letter.
    let said = props.list.as_ref().map(|view| count(view.items.len() as u64, "suggestion", "suggestions"));
    html! {
        <>
            <ul id="options" class="options" role="listbox" aria-label={words::SUGGESTIONS} hidden={props.list.is_none()}>{ items }</ul>
            <p class="visually-hidden" role="status">{ said }</p>
        </>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_browser_and_ours_agree() {
        let text = "aß😀日";
        let cases = [(0, 0), (1, 1), (2, 3), (4, 7), (5, 10)];
        for (units, bytes) in cases {
            assert_eq!((bytes_of(text, units), units_of(text, bytes)), (bytes, units));
        }
        assert_eq!((bytes_of(text, 99), units_of(text, 99)), (10, 5));
    }
}
