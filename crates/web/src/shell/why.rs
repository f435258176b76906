//! Why this rank: the score of a document with everything it is made of, so that it can be added up by hand.

use sheaf_core::views::ExplanationView;
use sheaf_core::views::words::{count, grouped};
use yew::prelude::*;

use super::dialog::Props;
use crate::parts::absent::failed;
use crate::protocol::Slot;
use crate::store::Action;
use crate::words;

/// Draws the content of the dialog.
pub fn why(props: &Props) -> Html {
    match (props.why.as_ref().map(|why| why.open().unwrap_or_default()), &props.failed) {
        (Some(view), _) => explanation(&view),
        (None, Some(message)) => html! {
            <div role="alert">{ failed(message, &props.act, || Action::AskAgain(Slot::Explain)) }</div>
        },
        (None, None) => html! { <p role="status">{ words::WAITING }</p> },
    }
}

fn explanation(view: &ExplanationView) -> Html {
    let number = |number: u32| grouped(number.into());
    let knobs = &view.knobs;
    let terms = view.terms.iter().map(|term| {
        vec![
            words::times(&term.text, term.times),
            exact(term.score),
            short(term.idf),
            [&number(term.found), " of ", &number(view.documents)].concat(),
            short(term.frequency),
            number(term.exact),
            number(term.inflected),
            number(term.in_title),
        ]
    });
    let phrases = view.phrases.iter().map(|phrase| vec![phrase.text.clone(), exact(phrase.score)]);
    let groups = view.groups.iter().filter(|group| !group.is_empty()).map(|group| {
        let pairs = group.iter().map(|pair| {
            let distances: Vec<String> = pair.distances.iter().map(|distance| number(*distance)).collect();
            vec![
                [&pair.words.0, " … ", &pair.words.1].concat(),
                exact(pair.score),
                short(pair.weight),
                short(pair.near),
                distances.join(", "),
            ]
        });
        let sum: f64 = group.iter().map(|pair| pair.score).sum();
        let mut sum = vec![[words::PAIRS_COUNT, &exact(knobs.near_weight)].concat(), exact(knobs.near_weight * sum)];
        sum.resize(words::PAIR_COLUMNS.len(), String::new());
        table(words::PAIRS, words::PAIR_COLUMNS, pairs.chain([sum]).collect())
    });
    let place = [&words::ordinal(view.rank), " of ", &count(view.matched.into(), "document", "documents")].concat();
    let saturation = words::saturation(&[
        &exact(knobs.k1),
        &exact(knobs.b),
        &number(view.length),
        &short(view.mean_length),
        &short(view.saturation),
    ]);
    html! {
        <>
            <p class="lead"><bdi>{ &view.title }</bdi></p>
            <p>{ place }{ words::WITH_SCORE }<strong>{ exact(view.score) }</strong></p>
            { table(words::TERMS, words::TERM_COLUMNS, terms.collect()) }
            { table(words::PHRASES, words::PHRASE_COLUMNS, phrases.collect()) }
            { for groups }
            <p>{ words::FORMULA }{ saturation }{ words::occurrences(&exact(knobs.inflected_weight), &exact(knobs.title_weight)) }</p>
            <p>{ words::NEARNESS }</p>
            <p>{ words::FORMULA_SOURCE }</p>
        </>
    }
}

/// A table of numbers, its first column the headings of the rows. Nothing where there are no rows.
fn table(caption: &'static str, columns: &[&'static str], rows: Vec<Vec<String>>) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <div class="table-frame" role="region" aria-label={caption} tabindex="0">
            <table class="sums">
                <caption>{ caption }</caption>
                <thead><tr>{ for columns.iter().map(|column| html! { <th scope="col">{ *column }</th> }) }</tr></thead>
                <tbody>{ for rows.into_iter().map(|row| html! { <tr>{ for row.into_iter().enumerate().map(cell) }</tr> }) }</tbody>
            </table>
        </div>
    }
}

fn cell((place, text): (usize, String)) -> Html {
    if place == 0 {
        html! { <th scope="row"><bdi>{ text }</bdi></th> }
    } else {
        html! { <td>{ text }</td> }
    }
}

/// All digits that tell it from its neighbours: what is shown can be added up. The browser prints it as Rust does,
/// and Rust's own way would weigh 8 KB.
fn exact(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map_or(String::new(), String::from)
}

/// To three places, for the eye.
fn short(number: f64) -> String {
    js_sys::Number::from(number).to_fixed(3).map_or(String::new(), String::from)
}
