//! The About lens: what the corpus is, where it comes from, and what of it could not be read.

use sheaf_core::views::AboutView;
use sheaf_core::views::words::{count, grouped};
use yew::prelude::*;

/// The corpus in words.
pub fn about(view: &AboutView) -> Html {
    let rows = [
        ("Documents", grouped(view.documents.into())),
        ("Running words", grouped(view.words)),
        ("Different word forms", grouped(view.types.into())),
        ("Published", view.dates.clone()),
        ("Fingerprint", [&view.fingerprint, " — links carry it, and say so when the corpus has changed"].concat()),
    ];
    html! {
        <section class="about">
            <h2><bdi>{ &view.title }</bdi></h2>
            { for view.about.iter().map(|paragraph| html! { <p>{ paragraph }</p> }) }
            <p class="source-note" hidden={view.credit.is_empty()}>{ &view.credit }</p>
            { if is_link(&view.url) { html! { <p><a href={view.url.clone()} rel="noreferrer">{ &view.url }</a></p> } } else { html! {} } }
            <dl class="facts">
                { for rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
            </dl>
            <h3>{ "Private by construction" }</h3>
            <p>{ "Everything happens in this page: no text and no query leaves the browser, and nothing is loaded from anywhere but the site that serves it." }</p>
            { problems(view) }
        </section>
    }
}

fn problems(view: &AboutView) -> Html {
    if view.problems.is_empty() {
        return html! {};
    }
    let things = count(view.problems.len() as u64, "thing", "things");
    html! {
        <>
            <h3>{ ["Reading the corpus: ", &things, " to know"].concat() }</h3>
            <ul class="problems">
                { for view.problems.iter().map(|problem| html! {
                    <li><code>{ &problem.place }</code>{ " " }{ &problem.message }</li>
                }) }
            </ul>
        </>
    }
}

/// Documents are data: only web addresses become links.
pub fn is_link(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
