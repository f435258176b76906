//! What stands in the lens until the worker answers: the titles that came with the page.

use yew::prelude::*;

use crate::route::Route;

/// The list of titles, as the frame had it: names and titles of documents.
pub fn loading(titles: &[(String, String)], route: &Route) -> Html {
    html! {
        <ul id="titles" class="titles">
            { for titles.iter().map(|(name, title)| html! {
                <li dir="auto"><a href={route.opened(name, None).print()}>{ title }</a></li>
            }) }
        </ul>
    }
}
