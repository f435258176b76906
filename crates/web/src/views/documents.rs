//! The Documents lens: a table to sort, of any length.
//!
//! Only the rows around the window are drawn; gaps as high as the others hold their place, so the scrollbar is that of
//! the whole table. Rows are all of one height, given by the style sheet.

use sheaf_core::views::documents::DocumentRow;
use sheaf_core::views::{Card, DocumentsView};
use sheaf_core::workspace::{Sort, SortKey};
use yew::prelude::*;

use super::nothing::nothing;
use crate::parts::card_line::{date, known};
use crate::parts::long_table::gap;
use crate::parts::runs::runs;
use crate::parts::{Shared, going};
use crate::route::Route;
use crate::shell::filters::chips;
use crate::store::Action;

/// Columns: by what they sort, their heading, whether the largest comes first at the first click.
const COLUMNS: &[(SortKey, &str, bool)] = &[
    (SortKey::Title, "Title", false),
    (SortKey::Source, "Source", false),
    (SortKey::Date, "Date", false),
    (SortKey::Length, "Words", true),
    (SortKey::Language, "Language", false),
    (SortKey::Hits, "Hits", true),
];

/// What the lens shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The table.
    pub view: Shared<DocumentsView>,
    /// The view of the page.
    pub route: Route,
    /// The row the keyboard is on.
    pub row: Option<String>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The table.
#[component]
pub fn Documents(props: &Props) -> Html {
    let view = &props.view;
    // Without a query there are no hits to speak of.
    let has_hits = !props.route.question.query.trim().is_empty();
    let columns = || COLUMNS.iter().filter(move |(key, ..)| has_hits || *key != SortKey::Hits);
    if view.rows.is_empty() {
        return html! { <><div class="list-head">{ chips(&props.route, &props.act) }</div>{ nothing(&view.echo, view.of, &props.route) }</> };
    }
    html! {
        <>
            <div class="list-head">{ chips(&props.route, &props.act) }</div>
            <div class="table-frame" role="region" aria-label="Documents" tabindex="0">
                <table class="documents long" aria-rowcount={(view.matched + 1).to_string()} data-first={view.first.to_string()} data-of={view.matched.to_string()}>
                    <caption class="visually-hidden">{ format!("{} documents, with their metadata", view.matched) }</caption>
                    <thead><tr aria-rowindex="1">{ for columns().map(|column| heading(props, column)) }</tr></thead>
                    <tbody>
                        { gap("before", view.first, view.matched) }
                        { for (view.first + 2..).zip(&view.rows).map(|(number, row)| html! {
                            <tr key={row.card.name.clone()} class={class(props, row)} aria-rowindex={number.to_string()}>{ cells(props, row, has_hits) }</tr>
                        }) }
                        { gap("after", rest(view), view.matched) }
                    </tbody>
                </table>
            </div>
        </>
    }
}

fn rest(view: &DocumentsView) -> u32 {
    view.matched.saturating_sub(view.first).saturating_sub(view.rows.len() as u32)
}

fn heading(props: &Props, (key, title, largest_first): &(SortKey, &'static str, bool)) -> Html {
    let now = props.route.sort();
    let is_sorted = props.route.sort.is_some() && now.key == *key;
    let next = Sort { key: *key, is_descending: if is_sorted { !now.is_descending } else { *largest_first } };
    let route = Route { sort: Some(next), limit: 0, ..props.route.clone() };
    let direction = match (is_sorted, now.is_descending) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    html! {
        <th key={*title} scope="col" aria-sort={direction} class={column_class(*key)}>
            <button type="button" onclick={going(&props.act, route)}>
                { *title }<span class="arrow" aria-hidden="true">{ match direction { "ascending" => "↑", "descending" => "↓", _ => "" } }</span>
            </button>
        </th>
    }
}

/// The title whole, for one that the column cuts.
fn title(card: &Card) -> String {
    card.title.iter().map(|run| run.text.as_str()).collect()
}

fn column_class(key: SortKey) -> &'static str {
    match key {
        SortKey::Length | SortKey::Hits => "number",
        _ => "",
    }
}

fn class(props: &Props, row: &DocumentRow) -> Classes {
    let is_open = props.route.open.as_ref().is_some_and(|open| open.doc == row.card.name);
    classes!(is_open.then_some("is-open"))
}

fn cells(props: &Props, row: &DocumentRow, has_hits: bool) -> Html {
    let card: &Card = &row.card;
    let hit = (row.hits > 0).then_some(0);
    html! {
        <>
            <th scope="row" lang={card.language.clone()} dir="auto">
                <a href={props.route.opened(&card.name, hit).print()} data-doc={card.name.clone()} title={title(card)}>{ runs(&card.title, None, false) }</a>
            </th>
            <td>{ known(if card.source.is_empty() { "not stated" } else { &card.source }, &card.source_known, true) }</td>
            <td class="date">{ date(card) }</td>
            <td class="number">{ sheaf_core::views::words::grouped(card.words.into()) }</td>
            <td>{ if card.language.is_empty() { "not known" } else { sheaf_core::views::words::language(&card.language) } }</td>
            { if has_hits { html! { <td class="number">{ sheaf_core::views::words::grouped(row.hits.into()) }</td> } } else { html! {} } }
        </>
    }
}
