//! The side column: a calendar strip and the fields with their counts. A sheet where there is no room for a column.

use sheaf_core::base::Apart;
use sheaf_core::views::{FacetValue, FacetView, FacetsView};
use yew::prelude::*;

use crate::annex;
use crate::parts::absent::absent;
use crate::parts::calendar::{calendar, heading};
use crate::parts::{Shared, going, on};
use crate::route::Route;
use crate::store::{Action, Loaded};
use crate::words;

/// Values first shown of a field.
const FEW: usize = 8;

/// What the column shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The view.
    pub route: Route,
    /// The fields, once known.
    pub facets: Option<Shared<Apart<FacetsView>>>,
    /// Whether the sheet is open, where it is one.
    pub is_open: bool,
    /// Whether the texts are read for who and what they name.
    pub reads_names: bool,
    /// Whether the code that draws the fields is loaded.
    pub screens: Loaded,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The column, or the sheet.
#[component]
pub fn Filters(props: &Props) -> Html {
    let chosen: usize = props.route.question.filters.iter().map(|filter| filter.values.len()).sum();
    let close = on(&props.act, || Action::ToggleFilters);
    html! {
        <aside id="filters" class="filters" aria-label={words::FILTERS} tabindex="-1">
            <div class="bar sheet-only">
                <h2>{ words::FILTERS }</h2>
                <button type="button" class="plain" onclick={close}>{ words::CLOSE }</button>
            </div>
            { match (&props.facets, annex::screens()) {
                (Some(facets), Some(screens)) => (screens.filters)(props, facets),
                (_, None) if props.screens == Loaded::Failed => absent(props.screens, &props.act),
                _ => html! {},
            } }
            <p class="clear" hidden={chosen == 0}>
                <button type="button" class="plain" onclick={clear(props)}>{ words::CLEAR_FILTERS }</button>
            </p>
        </aside>
    }
}

/// Fields that came packed.
#[derive(Clone, PartialEq, Properties)]
pub struct Packed {
    /// The column.
    pub props: Props,
    /// Its fields.
    pub facets: Shared<Apart<FacetsView>>,
}

/// Unpacks the fields once, and shows them.
#[component]
pub fn Opened(packed: &Packed) -> Html {
    let facets = use_memo(packed.facets.clone(), |facets| facets.open().unwrap_or_default());
    fields(&packed.props, &facets)
}

/// The fields with their counts.
fn fields(props: &Props, facets: &FacetsView) -> Html {
    let act = props.act.clone();
    let route = props.route.clone();
    let choose = Callback::from(move |values| act.emit(Action::Go(route.with_filter("date", values))));
    let has_dates = !facets.calendar.bars.is_empty() || facets.calendar.undated.is_some();
    html! {
        <>
            <section key="date" hidden={!has_dates}>
                { heading() }
                { calendar(&facets.calendar.bars, props.route.chosen("date"), &choose) }
                <ul class="values">
                    { for facets.calendar.undated.iter().map(|value| one(props, "date", value)) }
                </ul>
            </section>
            { for facets.facets.iter().map(|facet| html! {
                <section key={facet.field.clone()}><Values facet={facet.clone()} route={props.route.clone()} act={props.act.clone()} /></section>
            }) }
            <section key="names" class="names" hidden={!facets.can_read}>
                <h2>{ words::NAMES }</h2>
                { if props.reads_names {
                    html! { <p class="note" role="status">{ words::READING_NAMES }</p> }
                } else {
                    html! { <button type="button" class="plain" onclick={on(&props.act, || Action::ReadNames)}>{ words::READ_NAMES }</button> }
                } }
            </section>
        </>
    }
}

/// What one field shows.
#[derive(Clone, PartialEq, Properties)]
struct ValuesProps {
    facet: FacetView,
    route: Route,
    act: Callback<Action>,
}

#[component]
fn Values(props: &ValuesProps) -> Html {
    let shows_all = use_state(|| false);
    let values = &props.facet.values;
    let shown = if *shows_all { values.len() } else { FEW.max(values.iter().filter(|value| value.is_chosen).count()) };
    let rest = values.len().saturating_sub(shown);
    let toggle = {
        let shows_all = shows_all.clone();
        Callback::from(move |_: MouseEvent| shows_all.set(!*shows_all))
    };
    let column = Props {
        route: props.route.clone(),
        facets: None,
        is_open: false,
        reads_names: false,
        screens: Loaded::Here,
        act: props.act.clone(),
    };
    html! {
        <>
            <h2>{ &props.facet.label }</h2>
            <ul class="values">
                { for values.iter().take(shown).map(|value| one(&column, &props.facet.field, value)) }
            </ul>
            <button type="button" class="plain more" onclick={toggle} hidden={rest == 0 && !*shows_all} aria-expanded={shows_all.to_string()}>
                { if *shows_all { "Fewer".to_owned() } else { format!("{rest} more") } }
            </button>
        </>
    }
}

fn one(props: &Props, field: &str, value: &FacetValue) -> Html {
    let route = props.route.toggled(field, &value.value);
    let onclick = going(&props.act, route);
    html! {
        <li key={value.value.clone()}>
            <button type="button" class={classes!("value", (value.count == 0).then_some("is-none"))} aria-pressed={value.is_chosen.to_string()} {onclick}>
                <bdi>{ &value.label }</bdi>
                <span class="count">{ sheaf_core::views::words::grouped(value.count.into()) }</span>
            </button>
        </li>
    }
}

fn clear(props: &Props) -> Callback<MouseEvent> {
    let mut route = props.route.clone();
    route.question.filters.clear();
    route.limit = 0;
    going(&props.act, route)
}

/// The chosen filters as chips over the lens, each with a way to remove it, and the button that opens the sheet.
pub fn chips(route: &Route, act: &Callback<Action>) -> Html {
    let chosen: usize = route.question.filters.iter().map(|filter| filter.values.len()).sum();
    html! {
        <ul class="chips">
            <li key="+" class="sheet-button">
                <button type="button" id="filters-button" class="chip" aria-haspopup="true" onclick={on(act, || Action::ToggleFilters)}>
                    { words::FILTERS }{ if chosen > 0 { format!(" ({chosen})") } else { String::new() } }
                </button>
            </li>
            { for route.question.filters.iter().flat_map(|filter| filter.values.iter().map(move |value| (filter, value))).map(|(filter, value)| {
                let without = route.toggled(&filter.field, value);
                let label = sheaf_core::views::facets::field_label(&filter.field);
                let shown = shown_value(&filter.field, value);
                html! {
                    <li key={format!("{}={value}", filter.field)}>
                        <button type="button" class="chip" onclick={going(act, without)}
                            aria-label={format!("Remove filter {label}: {shown}")}>
                            { label }{ ": " }<bdi>{ shown }</bdi><span class="cross" aria-hidden="true">{ "×" }</span>
                        </button>
                    </li>
                }
            }) }
        </ul>
    }
}

fn shown_value(field: &str, value: &str) -> String {
    use sheaf_core::views::words::{date, language};
    let as_date = |value: &str| sheaf_core::base::PartialDate::parse(value).map_or(value.to_owned(), date);
    match (field, value) {
        ("date", "") => words::NO_DATE.to_owned(),
        ("source", "") => "not stated".to_owned(),
        (_, "") => "none".to_owned(),
        ("date", value) => match sheaf_core::base::range::ends(value) {
            Some((from, to)) => [as_date(from), as_date(to)].join(" – "),
            None => as_date(value),
        },
        ("language", code) => language(code).to_owned(),
        (_, value) => value.to_owned(),
    }
}
