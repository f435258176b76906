//! The About lens: what the corpus is, where it comes from, and what of it could not be read.

use sheaf_core::views::AboutView;
use sheaf_core::views::words::{count, grouped};
use yew::prelude::*;

use crate::parts::Shared;

/// What the lens shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What the corpus is.
    pub view: Shared<AboutView>,
}

/// The corpus in words.
#[component]
pub fn About(props: &Props) -> Html {
    let view = &props.view;
    html! {
        <section class="about">
            <h2><bdi>{ &view.title }</bdi></h2>
            { for view.about.iter().map(|paragraph| html! { <p>{ paragraph }</p> }) }
            { if view.credit.is_empty() { html! {} } else { html! { <p class="credit">{ &view.credit }</p> } } }
            { if is_link(&view.url) { html! { <p><a href={view.url.clone()} rel="noreferrer">{ &view.url }</a></p> } } else { html! {} } }
            <dl class="facts">
                <div><dt>{ "Documents" }</dt><dd>{ grouped(view.documents.into()) }</dd></div>
                <div><dt>{ "Running words" }</dt><dd>{ grouped(view.words) }</dd></div>
                <div><dt>{ "Different word forms" }</dt><dd>{ grouped(view.types.into()) }</dd></div>
                { if view.dates.is_empty() { html! {} } else { html! { <div><dt>{ "Published" }</dt><dd>{ &view.dates }</dd></div> } } }
                <div><dt>{ "Fingerprint" }</dt><dd><code>{ &view.fingerprint }</code>{ " — links carry it, and say so when the corpus has changed" }</dd></div>
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
    html! {
        <>
            <h3>{ format!("Reading the corpus: {} to know", count(view.problems.len() as u64, "thing", "things")) }</h3>
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
