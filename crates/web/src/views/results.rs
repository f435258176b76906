//! The Results lens.

use sheaf_core::views::results::Snippet;
use sheaf_core::views::{Card, Certainty, ResultRow, ResultsView};
use sheaf_core::workspace::{Sort, SortKey};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::annex;
use crate::parts::absent::absent;
use crate::parts::barcode::barcode;
use crate::parts::card_line::card_line;
use crate::parts::runs::runs;
use crate::parts::{Shared, on};
use crate::route::{Route, parse_sort, print_sort};
use crate::shell::filters::chips;
use crate::store::{Action, Loaded};
use crate::words;

/// Orders to choose from, with their words.
const ORDERS: &[(SortKey, bool, &str)] = &[
    (SortKey::Relevance, false, "Best match"),
    (SortKey::Date, true, "Newest first"),
    (SortKey::Date, false, "Oldest first"),
    (SortKey::Title, false, "Title"),
    (SortKey::Length, true, "Longest first"),
    (SortKey::Length, false, "Shortest first"),
    (SortKey::Hits, true, "Most hits"),
];

/// What the lens shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The ranked list.
    pub view: Shared<ResultsView>,
    /// The view of the page.
    pub route: Route,
    /// The row the keyboard is on.
    pub row: Option<String>,
    /// Whether the code is loaded that says why nothing was found.
    pub screens: Loaded,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The ranked list.
#[component]
pub fn Results(props: &Props) -> Html {
    let view = &props.view;
    let rest = view.matched.saturating_sub(view.rows.len() as u32);
    html! {
        <>
            <div class="list-head">
                { chips(&props.route, &props.act) }
                { order(props) }
            </div>
            { if view.rows.is_empty() { match annex::screens() {
                Some(screens) => (screens.nothing)(&view.echo, view.of, &props.route),
                None => absent(props.screens, &props.act),
            } } else { html! {
                <div class="results">
                    { for view.rows.iter().map(|row| html! { <article key={row.card.name.clone()} class={class(props, row)}>{ one(props, row) }</article> }) }
                </div>
            } } }
            <p class="show-more" hidden={rest == 0 || view.so_far.is_some()}>
                <button type="button" class="plain" onclick={on(&props.act, || Action::ShowMore)}>
                    { format!("{} ({} left)", words::SHOW_MORE, sheaf_core::views::words::grouped(rest.into())) }
                </button>
            </p>
        </>
    }
}

/// The first of the rows in the window that lack their passages, and the one after the last; nothing where none does.
pub fn rows_in_view() -> Option<(u32, u32)> {
    let window = web_sys::window()?;
    let document = window.document()?;
    // Most often there is none, and nothing is measured.
    document.query_selector(".is-coming").ok()??;
    let rows = document.query_selector_all(".result").ok()?;
    let bottom = window.inner_height().ok()?.as_f64()?;
    let mut found = None;
    for place in 0..rows.length() {
        let row: web_sys::Element = rows.item(place)?.dyn_into().ok()?;
        let own = row.get_bounding_client_rect();
        if own.top() >= bottom {
            break;
        }
        if own.bottom() > 0.0 && row.query_selector(".is-coming").is_ok_and(|coming| coming.is_some()) {
            found = Some((found.map_or(place, |(first, _)| first), place + 1));
        }
    }
    found
}

fn order(props: &Props) -> Html {
    let now = print_sort(props.route.sort());
    let route = props.route.clone();
    let act = props.act.clone();
    let onchange = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let sort = parse_sort(&value).filter(|sort| *sort != Sort::default());
        act.emit(Action::Go(Route { sort, limit: 0, ..route.clone() }));
    });
    html! {
        <label class="order">
            <span>{ words::SORT_BY }</span>
            <select {onchange}>
                { for ORDERS.iter().map(|(key, is_descending, label)| {
                    let value = print_sort(Sort { key: *key, is_descending: *is_descending });
                    html! { <option key={value.clone()} selected={value == now} value={value.clone()}>{ label }</option> }
                }) }
            </select>
        </label>
    }
}

fn class(props: &Props, row: &ResultRow) -> Classes {
    let is_open = props.route.open.as_ref().is_some_and(|open| open.doc == row.card.name);
    classes!("result", is_open.then_some("is-open"))
}

fn one(props: &Props, row: &ResultRow) -> Html {
    let card = &row.card;
    let first = (row.hits > 0).then_some(0);
    let is_inferred = matches!(card.title_known, Certainty::Inferred(_));
    html! {
        <>
            <h2 lang={card.language.clone()} dir="auto">
                <a href={props.route.opened(&card.name, first).print()} data-doc={card.name.clone()}
                    class={classes!(is_inferred.then_some("is-inferred"))}
                    aria-current={(props.row.as_deref() == Some(card.name.as_str())).then_some("true")}>
                    { runs(&card.title, None, false) }
                </a>
            </h2>
            <div class="row-line">
                { card_line(card) }
                <span class="hits">{ if row.hits > 0 { words::hits(row.hits) } else { String::new() } }{ why(props, card) }</span>
            </div>
            { for row.snippets.iter().map(|snippet| html! { <p lang={card.language.clone()} dir="auto" class="snippet">{ passage(props, row, snippet) }</p> }) }
            { if row.has_text { barcode(&row.bars, row.hits) } else { html! { <p class="snippet is-coming" aria-hidden="true"></p> } } }
        </>
    }
}

/// A way to see why a document has its rank, where rank is what orders the list.
fn why(props: &Props, card: &Card) -> Html {
    if props.route.sort().key != SortKey::Relevance || props.route.question.query.trim().is_empty() {
        return html! {};
    }
    let name = card.name.clone();
    let label: String = [words::WHY, " "].into_iter().chain(card.title.iter().map(|run| run.text.as_str())).collect();
    html! {
        <button type="button" class="why" aria-haspopup="dialog" aria-label={label} onclick={props.act.reform(move |_| Action::Explain(name.clone()))}>
            { words::WHY }
        </button>
    }
}

fn passage(props: &Props, row: &ResultRow, snippet: &Snippet) -> Html {
    let ellipsis = |is_cut: bool| if is_cut { "…" } else { "" };
    let text = html! {
        <>
            { ellipsis(snippet.is_cut.0) }{ if snippet.is_cut.0 { " " } else { "" } }
            { runs(&snippet.runs, None, false) }
            { if snippet.is_cut.1 { " " } else { "" } }{ ellipsis(snippet.is_cut.1) }
        </>
    };
    if row.hits == 0 {
        return text;
    }
    html! { <a href={props.route.opened(&row.card.name, Some(snippet.hit)).print()} tabindex="-1">{ text }</a> }
}
