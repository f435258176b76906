//! The tabs: one question, several lenses.

use sheaf_core::views::words::grouped;
use yew::prelude::*;

use crate::route::{Lens, Route, TABS};
use crate::words;

/// Links to the lenses, the question kept. `count` documents match, once that is known.
pub fn lenses(route: &Route, count: Option<u32>) -> Html {
    let tab = route.lens.tab();
    let own = TABS.get(tab).map_or(&[][..], |(_, lenses)| lenses);
    let has_count = |lens: Lens| matches!(lens, Lens::Results | Lens::Documents);
    html! {
        <nav class="lenses" aria-label={words::LENSES_LABEL}>
            <ul>
                { for TABS.iter().enumerate().filter_map(|(place, (title, lenses))| lenses.first().map(|lens| html! {
                    <li key={*title}>
                        <a href={route.through(*lens).print()} aria-current={(place == tab).then_some(if own.len() > 1 { "true" } else { "page" })}>
                            { title }
                            { count.filter(|_| has_count(*lens)).map(|count| html! { <span class="count">{ grouped(count.into()) }</span> }) }
                        </a>
                    </li>
                })) }
            </ul>
            <ul class="sub" hidden={own.len() < 2}>
                { for own.iter().map(|lens| html! {
                    <li key={lens.slug()}>
                        <a href={route.through(*lens).print()} aria-current={(*lens == route.lens).then_some("page")}>{ lens.title() }</a>
                    </li>
                }) }
            </ul>
        </nav>
    }
}
