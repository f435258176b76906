//! The dialog over the page: help, why a document has its rank, or the arithmetic behind a score.

use sheaf_core::base::Apart;
use sheaf_core::views::lens::arithmetic::ArithmeticView;
use sheaf_core::views::{CitationView, ExplanationView};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::annex;
use crate::parts::absent::absent;
use crate::parts::{Shared, on};
use crate::route::Route;
use crate::store::{Action, Loaded, Over};
use crate::words;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Which dialog, if any.
    pub over: Option<Over>,
    /// Why, once known.
    pub why: Option<Shared<Apart<ExplanationView>>>,
    /// References to the document that is open, packed, once known.
    pub citation: Option<Shared<Apart<CitationView>>>,
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
        use_effect_with(props.over.is_some(), move |is_open| {
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
    let title = match props.over {
        Some(Over::Help) => words::HELP,
        Some(Over::Why(_)) => words::WHY,
        Some(Over::Arithmetic(_)) => words::ARITHMETIC,
        Some(Over::Save) => words::SAVE,
        None => "",
    };
    let body = match (&props.over, annex::screens()) {
        (None, _) => html! {},
        (_, None) => absent(props.screens, &props.act),
        (Some(Over::Help), Some(screens)) => (screens.help)(props),
        (Some(Over::Why(_)), Some(screens)) => (screens.why)(props),
        (Some(Over::Arithmetic(_)), Some(screens)) => (screens.arithmetic)(props),
        (Some(Over::Save), Some(screens)) => (screens.saving)(props),
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
