//! What stands in place of a screen whose code is not there yet, and the way to try again.

use yew::prelude::*;

use super::on;
use crate::store::{Action, Loaded};
use crate::words;

/// In place of a screen: that it is on its way, or that it could not be loaded, with a way to try again.
pub fn absent(screens: Loaded, act: &Callback<Action>) -> Html {
    if screens != Loaded::Failed {
        return html! { <p class="waiting" role="status">{ words::OPENING }</p> };
    }
    html! {
        <div class="empty" role="alert"><p>{ words::NOT_LOADED }</p>{ again(act, || Action::LoadScreens) }</div>
    }
}

/// What failed, and a way to try again where that may help.
pub fn failed(message: &str, act: &Callback<Action>, retry: fn() -> Action) -> Html {
    html! { <><p>{ message }</p>{ if message == words::NOT_LOADED { again(act, retry) } else { html! {} } }</> }
}

fn again(act: &Callback<Action>, retry: fn() -> Action) -> Html {
    html! { <p><button type="button" class="plain" onclick={on(act, retry)}>{ words::RETRY }</button></p> }
}
