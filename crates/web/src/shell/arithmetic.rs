//! The arithmetic behind a score: the table of four cells, and every measure with its formula and source.

use sheaf_core::views::lens::arithmetic::{ArithmeticView, FourCells, ShownMeasure};
use sheaf_core::views::lens::table::{Cell, Link};
use yew::prelude::*;

use super::dialog::Props;
use crate::parts::absent::failed;
use crate::parts::number::number;
use crate::protocol::Slot;
use crate::route::Route;
use crate::store::Action;
use crate::words;

/// The content of the dialog.
#[component]
pub fn Arithmetic(props: &Props) -> Html {
    // Unpacked once for each answer.
    let view = use_memo(props.arithmetic.clone(), |packed| packed.as_ref().map(|packed| packed.open().flatten()));
    match (&*view, &props.failed) {
        (Some(Some(view)), _) => shown(view, &props.route),
        (Some(None), _) => html! { <p>{ words::NO_ARITHMETIC }</p> },
        (None, Some(message)) => html! {
            <div role="alert">{ failed(message, &props.act, || Action::AskAgain(Slot::Explain)) }</div>
        },
        (None, None) => html! { <p role="status">{ words::WAITING }</p> },
    }
}

fn shown(view: &ArithmeticView, route: &Route) -> Html {
    let conventions: Vec<&str> = view.tables.iter().map(|table| table.convention.as_str()).collect();
    html! {
        <div class="arithmetic">
            <p class="lead">{ &view.question }</p>
            <div class="four">{ for view.tables.iter().map(|table| four_cells(table, route)) }</div>
            { for view.notes.iter().map(|note| html! { <p class="note">{ note }</p> }) }
            <h3>{ words::MEASURES }</h3>
            { for view.measures.iter().map(|own| measure(own, &conventions)) }
        </div>
    }
}

fn four_cells(table: &FourCells, route: &Route) -> Html {
    let value = |place: usize| match table.observed.get(place) {
        Some(Cell::Number(value)) => Some(*value),
        _ => None,
    };
    let all: Option<Vec<f64>> = (0..4).map(value).collect();
    let Some(all) = all else {
        return html! { <div class="one"><h4>{ &table.convention }</h4><p class="note">{ words::NO_TABLE }</p></div> };
    };
    let cell = |place: usize| {
        let observed = number(all[place], 0);
        let href = table.links.get(place).and_then(|link: &Link| route.followed(link)).map(|route| route.print());
        let observed = match href {
            Some(href) => html! { <a {href}>{ observed }</a> },
            None => html! { { observed } },
        };
        let expected = match table.expected.get(place) {
            Some(Cell::Number(expected)) => [words::EXPECTED, &number(*expected, 2)].concat(),
            _ => String::new(),
        };
        html! { <td>{ observed }<small>{ expected }</small></td> }
    };
    let sum =
        |places: &[usize]| html! { <td class="sum">{ number(places.iter().map(|place| all[*place]).sum(), 0) }</td> };
    html! {
        <div class="one table-frame" role="region" tabindex="0" aria-label={[&table.convention, " ", &table.columns.0].concat()}>
            <table class="sums">
                <caption>{ &table.convention }</caption>
                <thead><tr><td></td><th scope="col"><bdi>{ &table.columns.0 }</bdi></th><th scope="col">{ &table.columns.1 }</th><th scope="col">{ words::SUM }</th></tr></thead>
                <tbody>
                    <tr><th scope="row"><bdi>{ &table.rows.0 }</bdi></th>{ cell(0) }{ cell(1) }{ sum(&[0, 1]) }</tr>
                    <tr><th scope="row"><bdi>{ &table.rows.1 }</bdi></th>{ cell(2) }{ cell(3) }{ sum(&[2, 3]) }</tr>
                    <tr><th scope="row">{ words::SUM }</th>{ sum(&[0, 2]) }{ sum(&[1, 3]) }{ sum(&[0, 1, 2, 3]) }</tr>
                </tbody>
            </table>
        </div>
    }
}

fn measure(measure: &ShownMeasure, conventions: &[&str]) -> Html {
    let value = |cell: &Cell| match cell {
        // As many digits as two programs can be held against each other by.
        Cell::Number(value) if *value != 0.0 && value.abs() < 0.001 => {
            js_sys::Number::from(*value).to_exponential(5).map_or(String::new(), String::from).replace('-', "−")
        }
        Cell::Number(value) => number(*value, 6),
        _ => "–".to_owned(),
    };
    let is_none = measure.values.contains(&Cell::None);
    // The formulas are the program's own, never a text's.
    let formula = Html::from_html_unchecked(AttrValue::from(measure.formula.clone()));
    html! {
        <section key={measure.name.clone()} class="measure">
            <h4>{ &measure.title }{ if measure.variant.is_empty() { html! {} } else { html! { <small>{ &measure.variant }</small> } } }</h4>
            <dl class="values">
                { for measure.values.iter().enumerate().map(|(place, cell)| html! {
                    <div>
                        <dt>{ conventions.get(place).copied().unwrap_or_default() }</dt>
                        <dd>{ value(cell) }</dd>
                    </div>
                }) }
            </dl>
            // On a phone the longest are wider than the screen: who has no finger scrolls them with the arrow keys.
            <div class="formula" role="group" tabindex="0" aria-label={words::formula_of(&measure.title)}>{ formula }</div>
            <p>{ &measure.meaning }{ if is_none { [" There is no number where ", &measure.undefined, "."].concat() } else { String::new() } }</p>
            <p class="source">{ words::SOURCE }{ &measure.source }</p>
        </section>
    }
}
