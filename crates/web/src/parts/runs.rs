//! Text with marks.

use sheaf_core::views::Run;
use yew::prelude::*;

/// Draws runs; hits are `mark` elements with one of six tints by word, and an id where `with_ids` is set.
pub fn runs(runs: &[Run], current: Option<u32>, with_ids: bool) -> Html {
    let mut last_hit = None;
    runs.iter()
        .map(|run| match run.mark {
            None => html! { { &run.text } },
            Some(mark) => {
                let tint = format!("tint-{}", mark.word % 6);
                let is_current = current == Some(mark.hit);
                // A hit may come in pieces: only its first carries the id.
                let id = (with_ids && last_hit != Some(mark.hit)).then(|| format!("hit-{}", mark.hit + 1));
                last_hit = Some(mark.hit);
                html! { <mark {id} class={classes!(tint, is_current.then_some("is-current"))}>{ &run.text }</mark> }
            }
        })
        .collect()
}
