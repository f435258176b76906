//! Where the hits lie in a text, as fine lines on a rule.

use yew::prelude::*;

/// What a barcode shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Places in thousandths of the text, ascending.
    pub bars: Vec<u16>,
    /// Hits in all: some may share a line.
    pub hits: u32,
}

/// A barcode with its sentence.
#[component]
pub fn Barcode(props: &Props) -> Html {
    let places: Vec<String> = props.bars.iter().take(5).map(|bar| (bar / 10).to_string()).collect();
    let and_more = if props.bars.len() > 5 { " …" } else { "" };
    let label = format!("{}, at {}{and_more} percent of the text", crate::words::hits(props.hits), places.join(", "));
    html! {
        <svg class="barcode" role="img" aria-label={label} viewBox="0 0 1000 9" preserveAspectRatio="none">
            <line class="rule" x1="0" x2="1000" y1="4.5" y2="4.5" />
            { for props.bars.iter().map(|bar| html! {
                <line class="bar" x1={bar.to_string()} x2={bar.to_string()} y1="0" y2="9" />
            }) }
        </svg>
    }
}
