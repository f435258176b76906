//! Where the hits lie in a text, as fine lines on a rule.

use yew::prelude::*;

/// Draws a barcode with its sentence: `bars` are places in thousandths of the text, ascending; some of the `hits` may
/// share one. Nothing where there are none.
pub fn barcode(bars: &[u16], hits: u32) -> Html {
    if bars.is_empty() {
        return html! {};
    }
    let mut label = crate::words::hits(hits);
    let mut path = String::new();
    for (place, bar) in bars.iter().enumerate() {
        if place < 5 {
            label.push_str(if place == 0 { ", at " } else { ", " });
            label.push_str(&(bar / 10).to_string());
        }
        path.push('M');
        path.push_str(&bar.to_string());
        path.push_str(" 0v9");
    }
    label.push_str(if bars.len() > 5 { " … percent of the text" } else { " percent of the text" });
    html! {
        <svg class="barcode" role="img" aria-label={label} viewBox="0 0 1000 9" preserveAspectRatio="none">
            <path class="rule" d="M0 4.5h1000" /><path class="bar" d={path} />
        </svg>
    }
}
