//! Tables of any length: the rows around the window are drawn, gaps as high as the others hold their place, so that the
//! scrollbar is that of the whole table. Rows are all of one height, given by the style sheet.

use yew::prelude::*;

use crate::words;

/// Browsers draw nothing beyond some 17 million pixels: of longer tables the gaps are lower, and a turn of the wheel
/// goes further.
const MOST_ROWS: u64 = 400_000;

/// How many rows high the gap for `rows` of `of` is.
fn scaled(rows: u32, of: u32) -> u32 {
    (u64::from(rows) * MOST_ROWS / u64::from(of).max(MOST_ROWS)) as u32
}

/// Room for `rows` of the `of` rows of a table.
pub fn gap(key: &'static str, rows: u32, of: u32) -> Html {
    let height = scaled(rows, of);
    html! { <tr {key} class="gap" aria-hidden="true" hidden={height == 0} data-rows={words::not_printed(rows)} style={format!("block-size: calc(var(--row) * {height})")}></tr> }
}

/// The row at the upper edge of the window, from 0; nothing where no such table is shown.
pub fn row_at_edge() -> Option<u32> {
    let document = web_sys::window()?.document()?;
    let table = document.query_selector("table.long").ok()??;
    let row = table.query_selector("tbody tr:not(.gap)").ok()??;
    let number = |name: &str| table.get_attribute(name)?.parse::<u32>().ok();
    let (first, of) = (number("data-first")?, number("data-of")?);
    let (box_of_row, height) = (row.get_bounding_client_rect(), row.get_bounding_client_rect().height().max(1.0));
    let edge = (f64::from(scaled(first, of)) - box_of_row.top() / height).max(0.0) as u64;
    Some((edge * u64::from(of).max(MOST_ROWS) / MOST_ROWS) as u32)
}

/// Scrolls so that a row, from 0, comes into view.
pub fn scroll_to(row: u32) {
    // Where there is no such table nothing is to be scrolled.
    let _ = try_scroll_to(row);
}

fn try_scroll_to(row: u32) -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let table = document.query_selector("table.long").ok()??;
    let drawn = table.query_selector("tbody tr:not(.gap)").ok()??.get_bounding_client_rect();
    let number = |name: &str| table.get_attribute(name)?.parse::<u32>().ok();
    let (first, of) = (number("data-first")?, number("data-of")?);
    let row = row.min(of.saturating_sub(1));
    let by = f64::from(scaled(row, of)) - f64::from(scaled(first, of));
    // A few rows above it stay in view.
    let top = drawn.top() + by * drawn.height() - window.inner_height().ok()?.as_f64()? / 3.0;
    let lens = document.get_element_by_id("lens")?;
    lens.scroll_by_with_x_and_y(0.0, top);
    window.scroll_by_with_x_and_y(0.0, top);
    Some(())
}
