//! What stands in the lens until the worker answers: the titles that came with the page.

use yew::prelude::*;

use crate::route::Route;

/// What is known already.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Names and titles of documents.
    pub titles: Vec<(String, String)>,
    /// The view.
    pub route: Route,
}

/// The list of titles, as the frame had it.
#[component]
pub fn Loading(props: &Props) -> Html {
    html! {
        <ul id="titles" class="titles">
            { for props.titles.iter().map(|(name, title)| html! {
                <li key={name.clone()} dir="auto"><a href={props.route.opened(name, None).print()}>{ title }</a></li>
            }) }
        </ul>
    }
}
