//! The calendar strip: documents over time, each bar a filter.
//!
//! The tallest bar is the month or year with most of the documents that match, which the axis names: beside all of a large corpus a
//! few of them would not be seen. A line below says where the corpus has documents at all.
//!
//! A click chooses one bar or gives it up; with Shift it reaches from the last chosen to this one.

use sheaf_core::views::facets::CalendarBar;
use yew::prelude::*;

use crate::words;

/// Letters of a bar's value that is a year; a month has more.
const YEAR: usize = 4;
/// Thousandths of the height that a bar has at least, of what is not nothing.
const LEAST: u64 = 50;

/// Draws a strip of bars, a button each; `choose` is called with the new values of the date filter.
pub fn calendar(bars: &[CalendarBar], chosen: &[String], choose: &Callback<Vec<String>>) -> Html {
    let Some((first, last)) = bars.first().zip(bars.last()) else { return html! {} };
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or_default();
    html! {
        <>
            <ul class="calendar">
                { for bars.iter().map(|bar| html! { <li key={bar.value.clone()}>{ one(bar, most, chosen, choose) }</li> }) }
            </ul>
            <p class="axis" aria-hidden="true">
                <span>{ &first.label }</span>
                <span>{ words::tallest(most, first.value.len() > YEAR) }</span>
                <span>{ if bars.len() > 1 { &last.label } else { "" } }</span>
            </p>
        </>
    }
}

fn one(bar: &CalendarBar, most: u32, chosen: &[String], choose: &Callback<Vec<String>>) -> Html {
    // What is little is still to be seen.
    let least = if bar.count > 0 { LEAST } else { 0 };
    let height = (u64::from(bar.count) * 1000 / u64::from(most.max(1))).max(least);
    let style = format!("--count: {height}");
    let label = format!(
        "{}: {} of {}",
        bar.label,
        bar.count,
        sheaf_core::views::words::count(bar.of.into(), "document", "documents")
    );
    if bar.of == 0 {
        return html! { <span class="bar is-empty" title={label} {style} /> };
    }
    let value = bar.value.clone();
    let chosen = chosen.to_vec();
    let choose = choose.clone();
    let onclick = Callback::from(move |event: MouseEvent| choose.emit(choice(&chosen, &value, event.shift_key())));
    html! {
        <button type="button" class="bar" aria-pressed={bar.is_chosen.to_string()} aria-label={label.clone()} title={label} {style} {onclick} />
    }
}

/// The values after a click on `value`: alone, given up, or with Shift a range that reaches to it.
fn choice(chosen: &[String], value: &str, is_reaching: bool) -> Vec<String> {
    match chosen {
        [one] if one == value => Vec::new(),
        [.., last] if is_reaching && !last.is_empty() => {
            let (from, to) = sheaf_core::base::range::ends(last).unwrap_or((last, last));
            let from = if value < from { value } else { from };
            let to = if value > to { value } else { to };
            vec![format!("{from}..{to}")]
        }
        _ => vec![value.to_owned()],
    }
}

/// The words over the strip.
pub fn heading() -> Html {
    html! { <h2>{ words::PUBLISHED }</h2> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_choose_give_up_and_reach() {
        let chosen = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        assert_eq!(choice(&[], "2025-02", false), ["2025-02"]);
        assert_eq!(choice(&chosen(&["2025-02"]), "2025-02", false), Vec::<String>::new());
        assert_eq!(choice(&chosen(&["2025-02"]), "2025-05", false), ["2025-05"]);
        assert_eq!(choice(&chosen(&["2025-02"]), "2025-05", true), ["2025-02..2025-05"]);
        assert_eq!(choice(&chosen(&["2025-02..2025-05"]), "2025-01", true), ["2025-01..2025-05"]);
    }
}
