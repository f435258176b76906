//! The Reader: one document, beside the lens or over it.

use sheaf_core::base::Apart;
use sheaf_core::views::lens::LensAnswer;
use sheaf_core::views::{Certainty, MetaRow, Paragraph, ReaderAnswer, ReaderView};
use sheaf_core::workspace::Corrections;
use yew::prelude::*;

use super::about::is_link;
use crate::parts::absent::failed;
use crate::parts::barcode::barcode;
use crate::parts::card_line::card_line;
use crate::parts::found::{Found, Looks, cards, layers, marked};
use crate::parts::runs::runs;
use crate::parts::{Shared, on};
use crate::protocol::Slot;
use crate::route::{Open, Route};
use crate::store::Action;
use crate::words;

/// What the Reader shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The document, once known.
    pub answer: Option<Shared<ReaderAnswer>>,
    /// Why it cannot be shown.
    pub failed: Option<String>,
    /// What was found in it, once it was read.
    pub marks: Option<Shared<LensAnswer>>,
    /// Why nothing can be marked.
    pub marks_failed: Option<String>,
    /// The sorts of findings that are marked, joined by commas.
    pub shown: String,
    /// What the reader has put right, packed.
    pub corrections: Apart<Corrections>,
    /// What is open.
    pub open: Open,
    /// The view of the page.
    pub route: Route,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The Reader, to stand in its section.
#[component]
pub fn Reader(props: &Props) -> Html {
    // Unpacked once for each answer.
    let view = use_memo(props.answer.clone(), |answer| answer.as_ref().and_then(|answer| answer.view.open()));
    let found = use_memo(props.marks.clone(), |answer| {
        answer.as_ref().and_then(|answer| answer.view.open()).map(|view| Found::all(&view)).unwrap_or_default()
    });
    html! {
        <>
            { bar(props) }
            { match (&*view, &props.failed) {
                (Some(view), _) => document(props, view, &found),
                (None, Some(message)) => html! {
                    <div class="empty" role="alert">
                        <h2 id="reader-title" tabindex="-1">{ "This document cannot be shown" }</h2>
                        { failed(message, &props.act, || Action::AskAgain(Slot::Reader)) }
                    </div>
                },
                (None, None) => html! { <p class="waiting">{ "Opening …" }</p> },
            } }
        </>
    }
}

fn bar(props: &Props) -> Html {
    let hits = props.answer.as_ref().map_or(0, |answer| answer.hits);
    let place = match (props.open.hit, hits) {
        (_, 0) => String::new(),
        (None, hits) => words::hits(hits),
        (Some(hit), hits) => format!("Hit {} of {hits}", hit.min(hits - 1) + 1),
    };
    html! {
        <div class="bar">
            <div class="steps">
                <span role="status" aria-live="polite">{ place }</span>
                { if hits > 0 { html! {
                    <>
                        <button type="button" onclick={on(&props.act, || Action::MoveHit(-1))} disabled={props.open.hit == Some(0)} aria-label="Previous hit">{ "↑" }</button>
                        <button type="button" onclick={on(&props.act, || Action::MoveHit(1))} disabled={props.open.hit.is_some_and(|hit| hit + 1 >= hits)} aria-label="Next hit">{ "↓" }</button>
                    </>
                } } else { html! {} } }
            </div>
            <div class="steps">
                <button type="button" class="plain" onclick={on(&props.act, || Action::CopyPassage)}>{ words::COPY_PASSAGE }</button>
                <button type="button" onclick={on(&props.act, || Action::CloseReader)} aria-label={words::CLOSE}>{ "✕" }</button>
            </div>
        </div>
    }
}

fn document(props: &Props, view: &ReaderView, found: &[Found]) -> Html {
    let card = &view.card;
    let looks = Looks { open: &props.open, route: &props.route, shown: &props.shown };
    let is_inferred = matches!(card.title_known, Certainty::Inferred(_));
    html! {
        <>
            <h2 id="reader-title" tabindex="-1" lang={card.language.clone()} dir="auto" class={classes!(is_inferred.then_some("is-inferred"))}>
                { runs(&card.title, None, false) }
            </h2>
            { card_line(card) }
            { barcode(&view.bars, view.hits) }
            <details class="meta">
                <summary>{ words::ABOUT_DOCUMENT }</summary>
                <dl>{ for view.meta.iter().map(meta_row) }</dl>
                { if is_link(&view.url) { html! { <p><a href={view.url.clone()} rel="noreferrer">{ words::ORIGINAL }</a></p> } } else { html! {} } }
            </details>
            { layers(props, view, found) }
            { if view.has_more.0 { html! { <p class="waiting">{ words::TEXT_BEFORE }{ " " }{ read_on(props) }</p> } } else { html! {} } }
            <div class="text" lang={card.language.clone()}>
                { for view.paragraphs.iter().map(|piece| html! { <p key={piece.offset.to_string()} dir="auto" class={classes!(piece.is_continued.then_some("is-continued"))}>{ marked(piece, found, &looks) }</p> }) }
            </div>
            { if view.has_more.1 { html! { <p class="waiting">{ words::TEXT_AFTER }{ " " }{ read_on(props) }</p> } } else { html! {} } }
            { cards(props, found) }
        </>
    }
}

fn read_on(props: &Props) -> Html {
    html! { <button type="button" class="plain" onclick={on(&props.act, || Action::ReadOn)}>{ words::READ_ON }</button> }
}

fn meta_row(row: &MetaRow) -> Html {
    html! {
        <div key={row.label.clone()}>
            <dt>{ sheaf_core::views::facets::field_label(&row.label) }</dt>
            <dd>
                <bdi class={classes!(matches!(row.known, Certainty::Unknown).then_some("unknown"))}>{ &row.value }</bdi>
                { match &row.known {
                    Certainty::Inferred(from) => html! { <span class="from">{ "inferred from " }{ from }</span> },
                    Certainty::Stated | Certainty::Unknown => html! {},
                } }
            </dd>
        </div>
    }
}

/// The paragraph of a hit as text, or else the first.
pub fn paragraph_of(answer: &ReaderAnswer, hit: u32) -> Option<String> {
    let view = answer.view.open()?;
    let has_hit =
        |paragraph: &&Paragraph| paragraph.runs.iter().any(|run| run.mark.is_some_and(|mark| mark.hit == hit));
    let paragraph = view.paragraphs.iter().find(has_hit).or(view.paragraphs.first())?;
    Some(paragraph.runs.iter().map(|run| run.text.as_str()).collect::<String>().trim().to_owned())
}
