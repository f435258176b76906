//! The tabs: one question, several lenses.

use yew::prelude::*;

use crate::route::{LENSES, Lens, Route};
use crate::words;

/// What the tabs show.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The view.
    pub route: Route,
    /// Documents that match, once known.
    pub matched: Option<u32>,
    /// Documents in the corpus, once known.
    pub documents: Option<u32>,
}

/// Links to the lenses, the question kept.
#[component]
pub fn Lenses(props: &Props) -> Html {
    html! {
        <nav class="lenses" aria-label={words::LENSES_LABEL}>
            <ul>
                { for LENSES.iter().map(|(lens, slug, title)| html! {
                    <li key={*slug}>
                        <a href={props.route.through(*lens).print()} aria-current={(props.route.lens == *lens).then_some("page")}>
                            { title }
                            { if *lens == Lens::About { None } else { props.matched.or(props.documents) }
                                .map(|count| html! { <span class="count">{ sheaf_core::views::words::grouped(count.into()) }</span> }) }
                        </a>
                    </li>
                }) }
            </ul>
        </nav>
    }
}
