//! Help: the keys and what may be asked.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::store::Action;
use crate::words;

/// Whether it is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Whether it is shown.
    pub is_open: bool,
    /// Whether single keys are shortcuts.
    pub has_shortcuts: bool,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// A dialog over the page.
#[component]
pub fn Help(props: &Props) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.is_open, move |is_open| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                if *is_open && !dialog.open() {
                    // Without modal dialogs it opens in the page.
                    if dialog.show_modal().is_err() {
                        dialog.set_open(true);
                    }
                } else if !*is_open && dialog.open() {
                    dialog.close();
                }
            }
        });
    }
    let act = props.act.clone();
    let is_open = props.is_open;
    // The browser closes a dialog by itself on Escape.
    let onclose = Callback::from(move |_: Event| {
        if is_open {
            act.emit(Action::ToggleHelp);
        }
    });
    let shortcuts = props
        .act
        .reform(|event: Event| Action::SetShortcuts(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <dialog ref={dialog} class="help" aria-labelledby="help-title" {onclose}>
            <div class="bar">
                <h2 id="help-title">{ words::HELP }</h2>
                <button type="button" class="plain" onclick={props.act.reform(|_| Action::ToggleHelp)}>{ words::CLOSE }</button>
            </div>
            <h3>{ "Asking" }</h3>
            <dl class="syntax">
                { for words::SYNTAX.iter().map(|(example, meaning)| html! {
                    <div key={*example}><dt><code>{ example }</code></dt><dd>{ meaning }</dd></div>
                }) }
            </dl>
            <p>{ "Case, accents and inflections are ignored: erdogan finds Erdoğan, talk finds talks. While you type, the last word may have any ending." }</p>
            <h3>{ "Keys" }</h3>
            <dl class="keys">
                { for words::KEYS.iter().map(|(keys, meaning)| html! {
                    <div key={*keys}><dt>{ for keys.split("  ").map(|key| html! { <kbd>{ key }</kbd> }) }</dt><dd>{ meaning }</dd></div>
                }) }
            </dl>
            <p>
                <label><input type="checkbox" checked={props.has_shortcuts} onchange={shortcuts} />{ " Single keys are shortcuts" }</label>
            </p>
        </dialog>
    }
}
