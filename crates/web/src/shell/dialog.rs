//! The dialog over the page: help, why a document has its rank, or the arithmetic behind a score.

use sheaf_core::base::Apart;
use sheaf_core::views::ExplanationView;
use sheaf_core::views::lens::arithmetic::ArithmeticView;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::annex;
use crate::parts::absent::absent;
use crate::parts::{Shared, on};
use crate::route::Route;
use crate::store::{Action, Loaded};
use crate::words;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Whether help is shown.
    pub is_help: bool,
    /// Whether it is shown why a document has its rank.
    pub is_why: bool,
    /// Why, once known.
    pub why: Option<Shared<ExplanationView>>,
    /// Whether the arithmetic behind a score is shown.
    pub is_arithmetic: bool,
    /// The arithmetic, packed, once known.
    pub arithmetic: Option<Shared<Apart<Option<ArithmeticView>>>>,
    /// Why that cannot be said.
    pub failed: Option<String>,
    /// Whether single keys are shortcuts.
    pub has_shortcuts: bool,
    /// Whether the content of dialogs is loaded.
    pub screens: Loaded,
    /// The view of the page.
    pub route: Route,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// One dialog for all: the browser keeps the keyboard in it, and gives it back afterwards.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.is_help || props.is_why || props.is_arithmetic, move |is_open| {
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
    let title = match (props.is_help, props.is_why) {
        (true, _) => words::HELP,
        (_, true) => words::WHY,
        _ if props.is_arithmetic => words::ARITHMETIC,
        _ => "",
    };
    let body = match annex::screens() {
        _ if title.is_empty() => html! {},
        Some(screens) if props.is_help => (screens.help)(props),
        Some(screens) if props.is_arithmetic => (screens.arithmetic)(props),
        Some(screens) => (screens.why)(props),
        None => absent(props.screens, &props.act),
    };
    html! {
        // The browser closes a dialog by itself on Escape.
        <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onclose={props.act.reform(|_| Action::CloseDialog)}>
            <div class="bar">
                <h2 id="dialog-title">{ title }</h2>
                <button type="button" class="plain" onclick={on(&props.act, || Action::CloseDialog)}>{ words::CLOSE }</button>
            </div>
            { body }
        </dialog>
    }
}
