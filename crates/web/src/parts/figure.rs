//! A picture of a lens: drawn from the core's marks, read aloud by its sentence, walked through with the arrow keys, and
//! saved as it is seen.

use sheaf_core::views::LensView;
use sheaf_core::views::lens::export::Format;
use sheaf_core::views::lens::figure::{Figure, Label, Line, Mark, NO_SERIES};
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{Shared, save};
use crate::route::Route;
use crate::store::Action;
use crate::words;

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The lens.
    pub view: Shared<LensView>,
    /// Which of its pictures.
    pub place: usize,
    /// The view of the page.
    pub route: Route,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The picture.
#[component]
pub fn FigureView(props: &Props) -> Html {
    let cursor = use_state(|| None::<usize>);
    let node = use_node_ref();
    let Some(figure) = props.view.figures.get(props.place) else { return html! {} };
    let count = figure.marks.len();
    let at = (*cursor).filter(|at| *at < count);
    let follow = {
        let (view, place, route, act) = (props.view.clone(), props.place, props.route.clone(), props.act.clone());
        move |mark: usize| {
            let mark = view.figures.get(place).and_then(|figure| figure.marks.get(mark));
            if let Some(route) = mark.and_then(|mark| route.followed(&mark.link)) {
                act.emit(Action::Go(route));
            }
        }
    };
    let onkeydown = {
        let (cursor, follow) = (cursor.clone(), follow.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" | "ArrowDown" => at.map_or(0, |at| (at + 1).min(count.saturating_sub(1))),
                "ArrowLeft" | "ArrowUp" => at.map_or(0, |at| at.saturating_sub(1)),
                "PageDown" => at.map_or(0, |at| (at + 10).min(count.saturating_sub(1))),
                "PageUp" => at.map_or(0, |at| at.saturating_sub(10)),
                "Home" => 0,
                "End" => count.saturating_sub(1),
                "Enter" | " " => {
                    event.prevent_default();
                    at.into_iter().for_each(&follow);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            if count > 0 {
                cursor.set(Some(next));
            }
        })
    };
    let onclick = {
        let cursor = cursor.clone();
        Callback::from(move |event: MouseEvent| {
            let mark =
                event.target_dyn_into::<web_sys::Element>().and_then(|element| element.get_attribute("data-mark"));
            if let Some(mark) = mark.and_then(|mark| mark.parse::<usize>().ok()) {
                cursor.set(Some(mark));
                follow(mark);
            }
        })
    };
    let name = figure.name.clone();
    let saving = |is_png: bool| {
        let (node, name) = (node.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(svg) = node.cast::<HtmlElement>().and_then(|node| node.query_selector("svg").ok().flatten()) {
                save::picture(&svg, &name, is_png);
            }
        })
    };
    html! {
        <figure class="figure" ref={node.clone()}>
            <figcaption>{ &figure.summary }</figcaption>
            <div class="picture" tabindex="0" role="group" aria-label={words::picture(count)} {onkeydown} {onclick}>
                { drawing(figure, at) }
            </div>
            <div class="under">
                <p class="cursor" role="status">{ at.and_then(|at| figure.marks.get(at)).map(|mark| mark.label.clone()) }</p>
                <p class="saving">
                    { words::SAVE_PICTURE }
                    <button type="button" class="plain" onclick={saving(false)}>{ "SVG" }</button>
                    <button type="button" class="plain" onclick={saving(true)}>{ "PNG" }</button>
                    <button type="button" class="plain" onclick={props.act.reform(|_| Action::Save(Format::Csv))}>{ "CSV" }</button>
                </p>
            </div>
        </figure>
    }
}

fn drawing(figure: &Figure, at: Option<usize>) -> Html {
    let view_box = format!("0 0 {} {}", figure.width, figure.height);
    html! {
        <svg class="drawn" xmlns="http://www.w3.org/2000/svg" viewBox={view_box} aria-hidden="true">
            { for figure.rules.iter().map(|(x1, y1, x2, y2)| html! {
                <line class="rule" x1={x1.to_string()} y1={y1.to_string()} x2={x2.to_string()} y2={y2.to_string()} />
            }) }
            { for figure.lines.iter().flat_map(|line| line.stretches.iter().map(move |points| stretch(line, points))) }
            { for figure.marks.iter().enumerate().map(|(place, own)| mark(place, own, at == Some(place))) }
            { for figure.labels.iter().map(label) }
        </svg>
    }
}

fn stretch(line: &Line, points: &[(f64, f64)]) -> Html {
    let points = points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    html! { <polyline class={format!("line series-{}", line.series)} {points} /> }
}

fn mark(place: usize, mark: &Mark, is_current: bool) -> Html {
    let class = classes!("mark", format!("series-{}", mark.series), is_current.then_some("is-current"));
    let data = place.to_string();
    if mark.width > 0.0 {
        html! {
            <rect {class} data-mark={data} x={mark.x.to_string()} y={mark.y.to_string()} width={mark.width.to_string()} height={mark.height.to_string()}>
                <title>{ &mark.label }</title>
            </rect>
        }
    } else {
        html! {
            <circle {class} data-mark={data} cx={mark.x.to_string()} cy={mark.y.to_string()} r={(mark.height / 2.0).to_string()}>
                <title>{ &mark.label }</title>
            </circle>
        }
    }
}

fn label(label: &Label) -> Html {
    let anchor = match label.anchor {
        0 => "start",
        1 => "middle",
        _ => "end",
    };
    let class = if label.series == NO_SERIES { "label".to_owned() } else { format!("label series-{}", label.series) };
    html! { <text {class} x={label.x.to_string()} y={label.y.to_string()} text-anchor={anchor}>{ &label.text }</text> }
}
