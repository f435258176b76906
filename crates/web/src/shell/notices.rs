//! Notices: what went wrong and was mended. They stay until they are read.

use yew::prelude::*;

use crate::store::Action;
use crate::words;

/// Notices above the lens, sentences to dismiss; and the announcement of the last action, for a moment.
pub fn notices(notices: &[String], announcement: &str, act: &Callback<Action>) -> Html {
    html! {
        <div class="notices">
            <p class="announcement" role="status" aria-live="polite">{ announcement.to_owned() }</p>
            <div role="alert"><ul>
                { for notices.iter().enumerate().map(|(place, notice)| html! {
                    <li key={format!("{place}-{notice}")} class="notice">
                        <span>{ notice }</span>
                        <button type="button" class="plain" onclick={act.reform(move |_| Action::Dismiss(place))}>{ words::DISMISS }</button>
                    </li>
                }) }
            </ul></div>
        </div>
    }
}
