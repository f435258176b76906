//! Names: people, organisations, places and other proper names.
//!
//! ```text
//! text ──cut──▶ pieces ──candidates──▶ runs ──features──▶ model ──▶ labels ──memory──▶ labels ──▶ mentions with roles
//!                  ▲ lexicon             ▲ evidence: what the document says of a word elsewhere
//! ```
//!
//! Only runs of capitalised words, and what may join them, are looked at. A small model reads them twice: the second
//! time it knows what the same words were taken for elsewhere in the document.

pub mod candidates;
pub mod classes;
pub mod cut;
pub mod evidence;
pub mod features;
mod lexicon;
mod memory;
mod mentions;
pub mod model;
mod reasons;
mod roles;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::{Mention, Reading};
use cut::Piece;
use features::{Context, features};
use model::{MODEL, Model, Scores};

/// The names of a text in order of place; no two overlap.
///
/// Cost: O(bytes), about a hundred nanoseconds a word. Nothing is found in languages that are not covered, nor in text
/// without capitals.
pub fn names(reading: &Reading) -> Vec<Mention> {
    names_by(reading, &MODEL)
}

/// The names of a text as another model finds them: what `crates/train` measures. See [`names`].
pub fn names_by(reading: &Reading, model: &Model) -> Vec<Mention> {
    if !reading.is_covered() {
        return Vec::new();
    }
    let pieces = cut::cut(reading);
    let runs = candidates::candidates(&pieces);
    let evidence = evidence::gather(&pieces, &runs);
    let context = Context { text: reading.text, pieces: &pieces, evidence: &evidence };
    let mut tagged = tag(model, &context, &runs);
    memory::recall(model, &pieces, &runs, &mut tagged);
    tagged.labels = parts(&runs).flat_map(|(_, part)| model.best(tagged.emissions.get(part).unwrap_or(&[]))).collect();
    let mut found = mentions::mentions(&pieces, &runs, &tagged, &evidence);
    found.retain(|mention| !is_no_name(reading.text, mention));
    found
}

/// How certain a name in a line of a table must be: headings and captions have capitals for no reason.
const CERTAIN_IN_TABLE: u8 = 80;

/// Bytes of a cell.
const LONGEST_CELL: usize = 100;

/// Pronouns and the like, which a verb may be drawn to: `They're`, `That'll`.
const CONTRACTED: &str = " he here how i it let she that there they this we what where who you ";

/// People by what they do: capitals at the beginning of a sentence make no name of them.
const PEOPLE: &str = " analysts bankers borrowers brokers buyers creditors critics dealers delegates delegations diplomats \
    economists experts exporters farmers growers importers investors lawyers lenders observers officials operators \
    opponents participants producers refiners reporters researchers residents scientists sellers shareholders shippers \
    sources stockholders supporters traders witnesses workers ";

/// What the model takes for a name for its capitals only.
fn is_no_name(text: &str, mention: &Mention) -> bool {
    let own = mention.span.of(text);
    if let Some((before, _)) = own.split_once(['\'', '’'])
        && CONTRACTED.split(' ').any(|word| !word.is_empty() && before.eq_ignore_ascii_case(word))
    {
        return true;
    }
    if own.ends_with('s') && PEOPLE.split(' ').any(|word| !word.is_empty() && own.eq_ignore_ascii_case(word)) {
        return true;
    }
    // No farther than a cell of a table is long, so that a line of megabytes costs no more.
    let bytes = text.as_bytes();
    let before = bytes.get(..mention.span.start as usize).unwrap_or(&[]).iter().rev().take(LONGEST_CELL);
    let after = bytes.get(mention.span.end as usize..).unwrap_or(&[]).iter().take(LONGEST_CELL);
    let is_border = |b: &&u8| **b == b'\n' || **b == b'\t';
    let is_in_table = before.clone().find(is_border) == Some(&b'\t') || after.clone().find(is_border) == Some(&b'\t');
    own.contains('\t') || is_in_table && mention.certainty < CERTAIN_IN_TABLE
}

/// The emissions, chances and best labels of the pieces of all runs, one after the other.
#[derive(Default)]
struct Tagged {
    emissions: Vec<Scores>,
    chances: Vec<Scores>,
    labels: Vec<u8>,
}

/// Taken from the score of being no name. A name that is missed costs as much as one that is made up, and texts are less
/// like those that were learnt from than these are like each other. Measured on the developing half of CoNLL-2003.
const BOLDNESS: f32 = 0.4;

fn tag(model: &Model, context: &Context, runs: &[Range<usize>]) -> Tagged {
    let mut tagged = Tagged::default();
    let mut found = Vec::new();
    for run in runs {
        for at in run.clone() {
            features(context, run, at, &mut found);
            let mut scores = model.emissions(&found);
            scores[model::OUTSIDE] -= BOLDNESS;
            tagged.emissions.push(scores);
        }
    }
    for (run, part) in parts(runs) {
        let emissions = tagged.emissions.get(part).unwrap_or(&[]);
        debug_assert_eq!(emissions.len(), run.len());
        tagged.chances.extend(model.marginals(emissions));
    }
    tagged
}

/// Each run, and where its pieces stand in [`Tagged`].
fn parts(runs: &[Range<usize>]) -> impl Iterator<Item = (&Range<usize>, Range<usize>)> {
    runs.iter().scan(0, |from, run| {
        let part = *from..*from + run.len();
        *from = part.end;
        Some((run, part))
    })
}

/// What is known of a word: its [`classes`]. Cost: one look.
pub fn classes_of(word: &str) -> classes::Classes {
    lexicon::LEXICON.classes(lexicon::hash(word))
}

/// Whether a piece is a word that begins with a capital.
fn is_name_word(piece: &Piece) -> bool {
    piece.is_capital()
}
