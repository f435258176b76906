//! The lenses that count: settings, a sentence, pictures and a table, all as the core gives them.

use sheaf_core::base::Apart;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::table::{BARS, Cell, Column, Link, PROSE, Row, Table};
use sheaf_core::views::lens::{Lens, LensAnswer};
use sheaf_core::workspace::Corrections;
use yew::prelude::*;

use crate::parts::figure::FigureView;
use crate::parts::long_table::gap;
use crate::parts::number::number;
use crate::parts::{Shared, going};
use crate::route::Route;
use crate::shell::desk::Desk;
use crate::shell::filters::chips;
use crate::shell::settings::{SettingsForm, find, go_to};
use crate::store::Action;
use crate::words;

/// Rows from which on there is a field to go to one of them.
const MANY: u32 = 60;

/// What the lens answered.
#[derive(Clone, PartialEq, Properties)]
pub struct Answered {
    /// The answer, packed.
    pub answer: Shared<LensAnswer>,
    /// The view of the page.
    pub route: Route,
    /// The row the keyboard is on.
    pub row: Option<String>,
    /// What the reader has put right, packed.
    pub corrections: Apart<Corrections>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// Unpacks the answer once, and shows it.
#[component]
pub fn Opened(props: &Answered) -> Html {
    let answer = props.answer.clone();
    let view = use_memo(answer, |answer| answer.view.open().unwrap_or_default());
    let Answered { route, row, corrections, act, .. } = props.clone();
    html! { <CountedLens view={Shared(view)} {route} {row} {corrections} {act} /> }
}

/// What the lens shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What was counted.
    pub view: Shared<LensView>,
    /// The view of the page.
    pub route: Route,
    /// The row the keyboard is on.
    pub row: Option<String>,
    /// What the reader has put right, packed.
    pub corrections: Apart<Corrections>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The lens.
#[component]
pub fn CountedLens(props: &Props) -> Html {
    let view = &props.view;
    let name = view.lens.name();
    html! {
        <div class={classes!("counted", name)}>
            <div class="list-head">{ chips(&props.route, &props.act) }</div>
            <SettingsForm view={props.view.clone()} act={props.act.clone()} />
            <div class="said" role="status">
                <p class="summary" hidden={view.summary.is_empty()}>{ &view.summary }</p>
                <p class="sample" hidden={view.sample.is_empty()}>
                    { &view.sample }
                    { for view.more.map(|more| link(props.route.with_setting("read", &more.to_string()), words::count_in(more))) }
                    { unseen(props) }
                </p>
                { for view.notes.iter().map(|note| html! { <p class="note">{ note }</p> }) }
            </div>
            { for (0..view.figures.len()).map(|place| html! {
                <FigureView key={place} view={props.view.clone()} {place} route={props.route.clone()} act={props.act.clone()} />
            }) }
            { if view.lens == Lens::Entities {
                html! { <Desk view={props.view.clone()} corrections={props.corrections.clone()} act={props.act.clone()} /> }
            } else { html! {} } }
            { facts(props) }
            { if view.table.rows.is_empty() && view.table.total == 0 && !has_find(view) { html! {} } else { table(props) } }
        </div>
    }
}

fn has_find(view: &LensView) -> bool {
    view.lens != Lens::Concordance && !view.table.columns.is_empty()
}

fn link(route: Route, words: String) -> Html {
    html! { <>{ " " }<a href={route.print()}>{ words }</a></> }
}

/// The way to what was not seen yet: the next lines of a random sample, or another sample of the corpus.
fn unseen(props: &Props) -> Html {
    let value = |name: &str| props.view.settings.iter().find(|own| own.name == name).map(|own| own.value.as_str());
    match value("sample").filter(|sample| *sample != "0") {
        Some(_) if props.view.table.total == 0 => {
            link(props.route.with_setting("batch", ""), words::FIRST_BATCH.to_owned())
        }
        Some(sample) => {
            let batch = value("batch").and_then(|batch| batch.parse::<u32>().ok()).unwrap_or(1);
            let next = batch.saturating_add(1).to_string();
            link(props.route.with_setting("batch", &next), words::next_batch(sample))
        }
        None => {
            let seed = props.route.settings.iter().find(|(name, _)| name == "seed");
            let seed = seed.and_then(|(_, seed)| seed.parse::<u32>().ok()).unwrap_or(1);
            let next = seed.saturating_add(1).to_string();
            link(props.route.with_setting("seed", &next), words::OTHER_SAMPLE.to_owned())
        }
    }
}

/// Short tables beside the long one.
fn facts(props: &Props) -> Html {
    if props.view.facts.is_empty() {
        return html! {};
    }
    html! {
        <div class="short-tables">
            { for props.view.facts.iter().map(|table| html! {
                <table key={table.caption.clone()}>
                    <caption>{ &table.caption }{ if table.total as usize > table.rows.len() { words::first_of(table.rows.len(), table.total) } else { String::new() } }</caption>
                    <thead class="visually-hidden"><tr>{ for table.columns.iter().map(|column| html! { <th scope="col">{ &column.title }</th> }) }</tr></thead>
                    <tbody>{ for table.rows.iter().map(|row| html! { <tr key={row.key.clone()}>{ fact(props, table, row) }</tr> }) }</tbody>
                </table>
            }) }
        </div>
    }
}

fn fact(props: &Props, table: &Table, row: &Row) -> Html {
    let href = props.route.followed(&row.link).map(|route| route.print());
    let cells = row.cells.iter().zip(&table.columns).enumerate();
    cells
        .map(|(place, (cell, column))| {
            let text = written(cell, column);
            match (place, &href) {
                (0, Some(href)) => {
                    html! { <th scope="row" class={class_of(column)} dir="auto"><a href={href.clone()}><bdi>{ text }</bdi></a></th> }
                }
                (0, None) => html! { <th scope="row" class={class_of(column)} dir="auto"><bdi>{ text }</bdi></th> },
                _ => html! { <td class={class_of(column)}><bdi>{ text }</bdi></td> },
            }
        })
        .collect()
}

/// The class of the cells of a column.
fn class_of(column: &Column) -> &'static str {
    match column.decimals {
        PROSE => "prose-cell",
        decimals if decimals > 15 => "",
        _ => "number",
    }
}

/// What a cell says.
fn written(cell: &Cell, column: &Column) -> String {
    match cell {
        Cell::None => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => sheaf_core::views::words::grouped(*count),
        // Counts among measures.
        Cell::Number(value) if column.decimals == 4 && value.fract() == 0.0 => number(*value, 0),
        Cell::Number(value) => number(*value, column.decimals),
    }
}

/// Text in which `[-…-]` was left out and `{+…+}` put in.
fn differences(text: &str) -> Html {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '{']) {
        let (before, after) = rest.split_at(at);
        let signs = if after.starts_with("[-") { Some("-]") } else { after.starts_with("{+").then_some("+}") };
        let end = signs.and_then(|end| Some((end, after.get(2..)?.find(end)? + 2)));
        let Some((end, length)) = end else {
            let (sign, further) = after.split_at(1);
            parts.push(html! { <>{ before.to_owned() }{ sign.to_owned() }</> });
            rest = further;
            continue;
        };
        let inner = after[2..length].to_owned();
        parts.push(html! { { before.to_owned() } });
        parts.push(if end == "-]" {
            html! { <del>{ inner }</del> }
        } else {
            html! { <ins>{ inner }</ins> }
        });
        rest = &after[length + 2..];
    }
    parts.push(html! { { rest.to_owned() } });
    parts.into_iter().collect()
}

/// Numbers as bars beside each other, the largest as high as there is room.
fn bars(numbers: &str) -> Html {
    let numbers: Vec<u32> = numbers.split(' ').filter_map(|number| number.parse().ok()).collect();
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let label = words::over_time(&numbers);
    html! {
        <span class="bars" role="img" aria-label={label}>
            { for numbers.iter().map(|number| html! { <i style={format!("block-size:{}%", number * 100 / most)}></i> }) }
        </span>
    }
}

fn table(props: &Props) -> Html {
    let table = &props.view.table;
    let is_lines = is_lines(&props.view);
    let columns = shown(&props.view);
    let until = table.first + table.rows.len() as u32;
    html! {
        <>
            <div class="to-rows">
                { if has_find(&props.view) { find(&props.route, &props.act) } else { html! {} } }
                { if table.total > MANY { go_to(table.total) } else { html! {} } }
            </div>
            <div class="table-frame" role="region" aria-label={table.caption.clone()} tabindex="0">
                <table class={classes!("long", if is_lines { "lines" } else { "numbers" }, has_prose(&columns).then_some("prose"))} aria-rowcount={(table.total + 1).to_string()}
                    data-first={table.first.to_string()} data-of={table.total.to_string()}>
                    <caption class="visually-hidden">{ format!("{}: {}", table.caption, words::rows(table.total)) }</caption>
                    <thead><tr aria-rowindex="1">
                        { if is_lines { line_headings() } else { columns.iter().map(|column| heading(props, column)).collect() } }
                    </tr></thead>
                    <tbody>
                        { gap("before", table.first, table.total) }
                        { for (table.first + 2..).zip(&table.rows).map(|(number, row)| html! {
                            <tr key={row.key.clone()} class={class(props, row)} aria-rowindex={number.to_string()}>
                                { if is_lines { line(props, table, row) } else { cells(props, row, &columns) } }
                            </tr>
                        }) }
                        { gap("after", table.total.saturating_sub(until), table.total) }
                    </tbody>
                </table>
            </div>
        </>
    }
}

/// Whether a column has sentences.
fn has_prose(columns: &[(usize, Column)]) -> bool {
    columns.iter().any(|(_, column)| column.decimals == PROSE)
}

/// Whether the table has lines of a concordance, not what they are grouped by.
fn is_lines(view: &LensView) -> bool {
    view.lens == Lens::Concordance && view.table.columns.iter().any(|column| column.name == "node")
}

/// Whether the rows of a lens have arithmetic behind them.
fn has_arithmetic(view: &LensView) -> bool {
    matches!(view.lens, Lens::Collocates | Lens::Keyness)
        || view.lens == Lens::Dispersion && view.table.columns.iter().any(|column| column.name == "measure")
}

/// The columns with their places.
fn shown(view: &LensView) -> Vec<(usize, Column)> {
    // Long words have no room in a row; the arithmetic has them.
    view.table.columns.iter().cloned().enumerate().filter(|(_, column)| column.name != "meaning").collect()
}

fn class(props: &Props, row: &Row) -> Classes {
    let is_open = match &row.link {
        Link::Hit(doc, hit) => {
            props.route.open.as_ref().is_some_and(|open| open.doc == *doc && (open.hit == *hit || hit.is_none()))
        }
        Link::Place(doc, at) => props.route.open.as_ref().is_some_and(|open| open.doc == *doc && open.at == Some(*at)),
        _ => false,
    };
    classes!(
        is_open.then_some("is-open"),
        (props.row.as_deref() == Some(&row.key)).then_some("is-current"),
        (!row.is_flagged).then_some("is-weak")
    )
}

fn line_headings() -> Html {
    html! {
        <>
            <th scope="col" class="kwic-head"><div class="kwic"><span>{ words::BEFORE }</span><span>{ words::HIT_AND_AFTER }</span></div></th>
            <th scope="col" class="of">{ words::FROM }</th>
            <td class="acts"></td>
        </>
    }
}

fn line(props: &Props, table: &Table, row: &Row) -> Html {
    let text = |name: &str| {
        let place = table.columns.iter().position(|column| column.name == name);
        match place.and_then(|place| row.cells.get(place)) {
            Some(Cell::Text(text)) => text.clone(),
            _ => String::new(),
        }
    };
    let href = props.route.followed(&row.link).map(|route| route.print());
    let tag = text("tag");
    let date = text("date");
    let title = text("title");
    html! {
        <>
            <td class="hit-line">
                <a class="kwic" {href} data-doc={row.key.clone()} dir="auto">
                    <span class="before"><span>{ text("before") }{ " " }</span></span>
                    <span class="after"><mark>{ text("node") }</mark>{ glue(&text("after")) }{ text("after") }</span>
                </a>
            </td>
            <td class="of" title={title.clone()}>
                { if tag.is_empty() { html! {} } else { html! { <b class="tag">{ tag }</b> } } }
                { if date.is_empty() { html! {} } else { html! { <span class="date">{ date }</span> } } }<bdi>{ title }</bdi>
            </td>
            <td class="acts">
                { act_on("tag", words::TAG, "◇", &props.act, tagged(props, &row.key)) }
                { act_on("drop", words::DROP, "×", &props.act, dropped(props, &row.key)) }
            </td>
        </>
    }
}

/// A button that does something to a line.
fn act_on(name: &'static str, label: &'static str, sign: &'static str, act: &Callback<Action>, action: Action) -> Html {
    let onclick = act.reform(move |_| action.clone());
    html! { <button type="button" tabindex="-1" {name} aria-label={label} title={label} {onclick}>{ sign }</button> }
}

fn setting<'p>(props: &'p Props, name: &str) -> &'p str {
    props.route.settings.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// Drops a line; the keyboard goes to the next.
fn dropped(props: &Props, key: &str) -> Action {
    let rows = &props.view.table.rows;
    let place = rows.iter().position(|row| row.key == key).unwrap_or(0);
    let next = rows.get(place + 1).or(rows.get(place.wrapping_sub(1))).map_or(key, |row| &row.key);
    let value = [setting(props, "drop"), key].join("\n").trim().to_owned();
    Action::SetRows { name: "drop", value, row: next.to_owned() }
}

/// Gives a line its next tag: A, B, C, none.
fn tagged(props: &Props, key: &str) -> Action {
    let mut lines: Vec<&str> = setting(props, "tags").lines().collect();
    let place = lines.iter().position(|line| line.split_once(' ').is_some_and(|(_, own)| own == key));
    let now = place.map_or("", |place| lines.remove(place));
    let next = match now.split(' ').next() {
        Some("A") => "B",
        Some("B") => "C",
        Some("C") => "",
        _ => "A",
    };
    let line = [next, key].join(" ");
    if !next.is_empty() {
        lines.push(&line);
    }
    Action::SetRows { name: "tags", value: lines.join("\n"), row: key.to_owned() }
}

/// A space before what follows the hit, unless that is a sign that closes.
fn glue(after: &str) -> &'static str {
    if after.starts_with(|c: char| c.is_alphanumeric() || "“(\"‘«[–—".contains(c)) { " " } else { "" }
}

fn heading(props: &Props, (place, column): &(usize, Column)) -> Html {
    let table = &props.view.table;
    let is_sorted = table.sort.trim_start_matches('-') == column.name;
    let is_descending = is_sorted && table.sort.starts_with('-');
    let is_text = column.decimals > 15;
    // Numbers begin with the largest.
    let next = if is_sorted { !is_descending } else { !is_text };
    let sort = [if next { "-" } else { "" }, column.name.as_str()].concat();
    let direction = match (is_sorted, is_descending) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    let arrow = match direction {
        "ascending" => "↑",
        "descending" => "↓",
        _ => "",
    };
    let class = if is_text { "" } else { "number" };
    let route = props.route.with_setting("sort", &sort);
    let title = column.meaning.clone();
    let is_sortable = column.is_sortable && props.view.lens != Lens::Concordance;
    html! {
        <th key={*place} scope="col" {class} aria-sort={is_sortable.then_some(direction)}>
            { if is_sortable {
                html! { <button type="button" {title} onclick={going(&props.act, route)}>{ &column.title }<span class="arrow" aria-hidden="true">{ arrow }</span></button> }
            } else {
                html! { <span {title}>{ &column.title }</span> }
            } }
        </th>
    }
}

fn cells(props: &Props, row: &Row, columns: &[(usize, Column)]) -> Html {
    let href = props.route.followed(&row.link).map(|route| route.print());
    columns
        .iter()
        .map(|(place, column)| {
            let cell = row.cells.get(*place).unwrap_or(&Cell::None);
            let text = written(cell, column);
            let class = class_of(column);
            if column.decimals == BARS {
                return html! { <td key={*place}>{ bars(&text) }</td> };
            }
            if *place == 0 {
                let named = match &href {
                    Some(href) => {
                        html! { <a href={href.clone()} data-doc={row.key.clone()}><bdi>{ text.clone() }</bdi></a> }
                    }
                    None => html! { <bdi>{ text.clone() }</bdi> },
                };
                let sum = has_arithmetic(&props.view).then(|| sum_button(&row.key, &text, &props.act));
                html! { <th key="0" scope="row" dir="auto" title={text}>{ for sum }{ named }</th> }
            } else if class != "number" {
                html! { <td key={*place} {class} dir={(class == "prose-cell").then_some("auto")}><bdi>{ differences(&text) }</bdi></td> }
            } else {
                html! { <td key={*place} {class}>{ text }</td> }
            }
        })
        .collect()
}

fn sum_button(key: &str, word: &str, act: &Callback<Action>) -> Html {
    let key = key.to_owned();
    let onclick = act.reform(move |_| Action::Calculate(key.clone()));
    let label = words::arithmetic_of(word);
    html! { <button type="button" class="sum" aria-label={label.clone()} title={label} {onclick}>{ "Σ" }</button> }
}
