//! The tabs: one question, several lenses.

use sheaf_core::views::words::grouped;
use yew::prelude::*;

use crate::route::{LENSES, Lens, Route};
use crate::words;

/// Links to the lenses, the question kept. `count` documents match, or are in the corpus, once that is known.
pub fn lenses(route: &Route, count: Option<u32>) -> Html {
    html! {
        <nav class="lenses" aria-label={words::LENSES_LABEL}>
            <ul>
                { for LENSES.iter().map(|(lens, slug, title)| html! {
                    <li key={*slug}>
                        <a href={route.through(*lens).print()} aria-current={(route.lens == *lens).then_some("page")}>
                            { title }
                            { count.filter(|_| *lens != Lens::About).map(|count| html! { <span class="count">{ grouped(count.into()) }</span> }) }
                        </a>
                    </li>
                }) }
            </ul>
        </nav>
    }
}
