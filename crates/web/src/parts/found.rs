//! What was found in the document of the Reader: marked in its text, sort by sort, and told on a card.
//!
//! A mark is a link to its own place, so that keyboard, history and a shared link all lead to its card. Quotations and
//! meetings hold other marks: they are tinted, and only their first sign is the link.

use std::collections::BTreeMap;

use sheaf_core::base::Span;
use sheaf_core::views::lens::table::{Cell, Link};
use sheaf_core::views::{LensView, Paragraph, ReaderView};
use sheaf_core::workspace::{FindingSort, Reject};
use yew::prelude::*;

use crate::parts::absent::failed;
use crate::protocol::Slot;
use crate::route::{Open, Route};
use crate::shell::desk;
use crate::store::Action;
use crate::views::reader::Props;
use crate::words;

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Where, in bytes of the text.
    pub span: Span,
    /// What sort.
    pub layer: String,
    text: String,
    value: String,
    detail: String,
    certainty: u64,
    reason: String,
    link: Link,
}

impl Found {
    /// What the lens Findings has of a document, in order of place.
    pub fn all(view: &LensView) -> Vec<Found> {
        let rows = view.table.rows.iter().filter_map(|row| {
            let mut parts = row.key.splitn(3, ':');
            let start = parts.next()?.parse().ok()?;
            let span = Span::new(start, parts.next()?.parse().ok()?);
            let text = |place: usize| match row.cells.get(place) {
                Some(Cell::Text(text)) => text.clone(),
                _ => String::new(),
            };
            let certainty = match row.cells.get(4) {
                Some(Cell::Count(certainty)) => *certainty,
                _ => 0,
            };
            let layer = parts.next()?.to_owned();
            let [text, value, detail, reason] = [1, 2, 3, 5].map(text);
            Some(Found { span, layer, text, value, detail, certainty, reason, link: row.link.clone() })
        });
        rows.collect()
    }

    /// Whether other marks lie inside.
    fn is_wide(&self) -> bool {
        matches!(self.layer.as_str(), "quote" | "event" | "credit")
    }
}

/// How a text is looked at.
pub struct Looks<'l> {
    /// What is open.
    pub open: &'l Open,
    /// The view of the page.
    pub route: &'l Route,
    /// The sorts that are marked.
    pub shown: &'l str,
}

impl Looks<'_> {
    fn shows(&self, layer: &str) -> bool {
        self.shown.split(',').any(|own| own == layer)
    }
}

/// A paragraph with its hits and findings.
pub fn marked(piece: &Paragraph, found: &[Found], looks: &Looks) -> Html {
    let text: String = piece.runs.iter().map(|run| run.text.as_str()).collect();
    let end = piece.offset + text.len() as u32;
    let own: Vec<&Found> = found
        .iter()
        .filter(|found| found.span.start < end && found.span.end > piece.offset && looks.shows(&found.layer))
        .collect();
    let mut borders: Vec<u32> = vec![piece.offset, end];
    let at = looks.open.at.filter(|at| at.start < end && at.end > piece.offset);
    borders.extend(own.iter().map(|found| found.span).chain(at).flat_map(|span| [span.start, span.end]));
    let mut hits: Vec<(u32, u32, Option<sheaf_core::views::Mark>)> = Vec::new();
    let mut offset = piece.offset;
    for run in &piece.runs {
        hits.push((offset, offset + run.text.len() as u32, run.mark));
        borders.push(offset);
        offset += run.text.len() as u32;
    }
    borders.retain(|border| {
        (piece.offset..=end).contains(border) && text.is_char_boundary((border - piece.offset) as usize)
    });
    borders.sort_unstable();
    borders.dedup();
    let mut last_hit = None;
    let mut has_at = false;
    let mut parts = Vec::new();
    for pair in borders.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let words = &text[(from - piece.offset) as usize..(to - piece.offset) as usize];
        let hit = hits.iter().find(|(start, end, _)| *start <= from && from < *end).and_then(|(.., mark)| *mark);
        let here: Vec<&&Found> = own.iter().filter(|found| found.span.start <= from && to <= found.span.end).collect();
        let is_at = at.is_some_and(|at| at.start <= from && to <= at.end);
        let mut inner = html! { { words.to_owned() } };
        if let Some(mark) = hit {
            let is_current = looks.open.hit == Some(mark.hit);
            let id = (last_hit != Some(mark.hit)).then(|| format!("hit-{}", mark.hit + 1));
            last_hit = Some(mark.hit);
            let class = classes!(format!("tint-{}", mark.word % 6), is_current.then_some("is-current"));
            inner = html! { <mark {id} {class}>{ inner }</mark> };
        }
        // The shortest of those inside which no other lies.
        if let Some(narrow) = here.iter().filter(|found| !found.is_wide()).min_by_key(|found| found.span.len()) {
            inner = html! { <a class={classes!("found", narrow.layer.clone())} href={to_place(looks, narrow.span)}>{ inner }</a> };
        }
        let begins = here.iter().filter(|found| found.is_wide() && found.span.start == from);
        let signs: Html = begins
            .map(|found| {
                let label = words::card_of(&found.layer, &found.value);
                html! { <a class={classes!("sign", found.layer.clone())} href={to_place(looks, found.span)} aria-label={label.clone()} title={label}></a> }
            })
            .collect();
        let wide: Classes = here.iter().filter(|found| found.is_wide()).map(|found| found.layer.clone()).collect();
        let id = (is_at && !std::mem::replace(&mut has_at, true)).then_some("at");
        parts.push(if wide.is_empty() && !is_at {
            inner
        } else {
            html! { <span {id} class={classes!(wide, is_at.then_some("is-at"))}>{ signs }{ inner }</span> }
        });
    }
    parts.into_iter().collect()
}

fn to_place(looks: &Looks, at: Span) -> String {
    looks.route.opened_at(&looks.open.doc, at).print()
}

/// The switches of what is marked, each with how often it was found, and where it lies.
pub fn layers(props: &Props, view: &ReaderView, found: &[Found]) -> Html {
    let looks = Looks { open: &props.open, route: &props.route, shown: &props.shown };
    if let Some(message) = &props.marks_failed {
        return html! { <p class="note" role="alert">{ failed(message, &props.act, || Action::AskAgain(Slot::Marks)) }</p> };
    }
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    found.iter().for_each(|found| *counts.entry(&found.layer).or_default() += 1);
    let is_read = props.marks.is_some();
    let length = view
        .paragraphs
        .last()
        .map_or(1, |piece| piece.offset + piece.runs.iter().map(|run| run.text.len() as u32).sum::<u32>());
    html! {
        <div class="layers" role="group" aria-label={words::MARKS_LABEL}>
            <div class="layer-list">
                { for words::LAYERS.iter().filter(|(layer, _)| !is_read || counts.contains_key(layer)).map(|(layer, title)| {
                    let is_on = looks.shows(layer);
                    let mut route = props.route.clone();
                    route.marks = Some(toggled(&props.shown, layer));
                    html! {
                        <button type="button" key={*layer} class={classes!("layer", *layer)} aria-pressed={is_on.to_string()}
                            onclick={props.act.reform(move |_| Action::Go(route.clone()))}>
                            { *title }
                            { counts.get(layer).map(|count| html! { <span class="count">{ count }</span> }) }
                        </button>
                    }
                }) }
            </div>
            { if is_read && found.is_empty() { html! { <p class="note">{ words::NOTHING_MARKED }</p> } } else { html! {} } }
            <div class="strip" aria-hidden="true">
                { for found.iter().filter(|found| looks.shows(&found.layer)).map(|found| {
                    let left = f64::from(found.span.start) * 100.0 / f64::from(length.max(1));
                    html! { <i class={found.layer.clone()} style={format!("inset-inline-start:{left:.1}%")}></i> }
                }) }
            </div>
        </div>
    }
}

/// A list joined by commas with one more, or one fewer.
fn toggled(shown: &str, layer: &str) -> String {
    let mut layers: Vec<&str> = shown.split(',').filter(|own| !own.is_empty()).collect();
    match layers.iter().position(|own| *own == layer) {
        Some(place) => {
            layers.remove(place);
        }
        None => layers.push(layer),
    }
    layers.join(",")
}

/// What is known of what was found at the place that is open.
pub fn cards(props: &Props, found: &[Found]) -> Html {
    let Some(at) = props.open.at else { return html! {} };
    let own: Vec<&Found> = found.iter().filter(|found| found.span == at).collect();
    if own.is_empty() {
        return html! {};
    }
    let mut route = props.route.clone();
    if let Some(open) = &mut route.open {
        open.at = None;
    }
    html! {
        <aside class="cards" aria-label={words::CARD_LABEL}>
            <button type="button" class="close" aria-label={words::CLOSE} onclick={props.act.reform(move |_| Action::Go(route.clone()))}>{ "✕" }</button>
            { for own.into_iter().map(|found| card(props, found)) }
        </aside>
    }
}

/// Rejects what was found.
fn not_so(props: &Props, found: &Found) -> Callback<MouseEvent> {
    let sort = match found.layer.as_str() {
        "quote" => FindingSort::Quotation,
        "date" => FindingSort::Time,
        "event" => FindingSort::Event,
        "credit" => FindingSort::Credit,
        _ => FindingSort::Name,
    };
    // The place is that of the words as they are written, line breaks and all: the first line will do.
    let text = found.text.chars().take(60).collect::<String>();
    let reject = Reject { document: props.open.doc.clone(), sort, text, start: found.span.start };
    let corrections = props.corrections.clone();
    props.act.reform(move |_| Action::Correct(desk::rejecting(&corrections, reject.clone())))
}

fn card(props: &Props, found: &Found) -> Html {
    let title = words::LAYERS.iter().find(|(layer, _)| *layer == found.layer).map_or("", |(_, title)| title);
    let href = props.route.followed(&found.link).map(|route| route.print());
    html! {
        <div class={classes!("found-card", found.layer.clone())} role="status">
            <p class="sort">{ words::one_of(title) }</p>
            <h3>{ if found.value.is_empty() { &found.text } else { &found.value } }</h3>
            { if found.detail.is_empty() { html! {} } else { html! { <p>{ &found.detail }</p> } } }
            <p class="why">{ words::because(&found.reason, found.certainty) }</p>
            <p class="acts">
                { href.map(|href| html! { <a {href}>{ words::more_of(&found.layer) }</a> }) }
                <button type="button" class="plain" onclick={not_so(props, found)}>{ words::NOT_SO }</button>
            </p>
        </div>
    }
}
