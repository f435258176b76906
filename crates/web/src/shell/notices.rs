//! Notices: what went wrong and was mended. They stay until they are read.

use yew::prelude::*;

use crate::store::Action;
use crate::words;

/// What is to be said.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Sentences to dismiss.
    pub notices: Vec<String>,
    /// What has just been done, for a moment.
    pub announcement: String,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// Notices above the lens, and the announcement of the last action.
#[component]
pub fn Notices(props: &Props) -> Html {
    html! {
        <div class="notices">
            <p class="announcement" role="status" aria-live="polite">{ &props.announcement }</p>
            <div role="alert"><ul>
                { for props.notices.iter().enumerate().map(|(place, notice)| html! {
                    <li key={format!("{place}-{notice}")} class="notice">
                        <span>{ notice }</span>
                        <button type="button" class="plain" onclick={props.act.reform(move |_| Action::Dismiss(place))}>{ words::DISMISS }</button>
                    </li>
                }) }
            </ul></div>
        </div>
    }
}
