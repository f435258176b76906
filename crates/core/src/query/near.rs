//! Proximity: the smallest spans that cover one of each part.
//!
//! A span answers where it covers a hit of every part, none of them overlapping, with at most `distance` positions from
//! the last position of the first to the first position of the last; of these, those that have no other inside them
//! (minimal intervals: Clarke, Cormack & Burkowski 1995, The Computer Journal 38(1)).

use crate::base::{Span, TokenPos};

/// A hit of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// First position.
    pub start: TokenPos,
    /// Position after the last.
    pub end: TokenPos,
    /// Which part, from 0.
    pub part: u8,
}

impl Item {
    /// As a number that sorts by start, then width, then part. Widths beyond 24 bits are no hit of any part.
    pub fn packed(start: TokenPos, width: u32, part: u8) -> u64 {
        u64::from(start) << 32 | u64::from(width & 0xFF_FFFF) << 8 | u64::from(part)
    }

    /// What [`Item::packed`] put together.
    pub fn unpacked(packed: u64) -> Item {
        let start = (packed >> 32) as TokenPos;
        Item { start, end: start + (packed >> 8) as u32 % (1 << 24), part: packed as u8 }
    }
}

/// Calls `each` with the spans that `items` (sorted) give for `parts` parts, in order. `work` counts the steps.
///
/// Cost: for each item, the items within the distance up to the first complete cover, times the sets of parts that can
/// be met on the way (for two parts: the items alone).
pub fn near_spans(
    items: &[Item],
    parts: u8,
    distance: Option<u32>,
    is_ordered: bool,
    work: &mut usize,
    each: &mut dyn FnMut(Span),
) {
    let mut covers: Vec<Span> = Vec::new();
    for (place, first) in items.iter().enumerate() {
        if let Some(end) = smallest_end(&items[place..], *first, parts, distance, is_ordered, work) {
            covers.push(Span::new(first.start, end));
        }
    }
    // From the right: a cover is kept where it ends before every one that starts at its start or after it.
    let mut next_end = TokenPos::MAX;
    let mut minimal: Vec<Span> = Vec::new();
    for cover in covers.into_iter().rev() {
        if cover.end < next_end {
            if minimal.last().is_some_and(|last| last.start == cover.start) {
                minimal.pop();
            }
            next_end = cover.end;
            minimal.push(cover);
        }
    }
    minimal.into_iter().rev().for_each(each);
}

/// The smallest end of a cover that starts with `first`; `items` begins with it.
fn smallest_end(
    items: &[Item],
    first: Item,
    parts: u8,
    distance: Option<u32>,
    is_ordered: bool,
    work: &mut usize,
) -> Option<TokenPos> {
    let all = (1u32 << parts) - 1;
    if is_ordered && first.part != 0 {
        return None;
    }
    // The farthest start that the last part may have.
    let limit = distance.map_or(TokenPos::MAX, |distance| (first.end - 1).saturating_add(distance));
    // For each set of parts met so far, the smallest end with which it was met.
    let mut met: Vec<(u32, TokenPos)> = vec![(1 << first.part, first.end)];
    let mut best = if all == 1 { Some(first.end) } else { None };
    for item in &items[1..] {
        if item.start > limit || best.is_some_and(|end| item.start >= end) {
            break;
        }
        *work += met.len();
        for place in 0..met.len() {
            let (parts_met, end) = met[place];
            let is_next = !is_ordered || u32::from(item.part) == parts_met.trailing_ones();
            if end > item.start || parts_met >> item.part & 1 == 1 || !is_next {
                continue;
            }
            let now = parts_met | 1 << item.part;
            if now == all {
                best = Some(best.map_or(item.end, |end| end.min(item.end)));
                continue;
            }
            match met.iter_mut().find(|(other, _)| *other == now) {
                Some((_, end)) => *end = (*end).min(item.end),
                None => met.push((now, item.end)),
            }
        }
    }
    best
}
