//! From a word of a query to the types that answer it.
//!
//! | a word finds | example |
//! |---|---|
//! | every form with its folded key | `erdogan` → `Erdoğan`, `ERDOGAN`, `Erdoğan’s` |
//! | every inflection, in documents of the language that inflects it so | `negotiate` → `negotiated`, `negotiating` |
//! | every form that begins with it, where it is open at the end | `turk*` → `Turkish`, `Türkiye` |
//! | an acronym with dots: the same letters with dots, or in capitals, but never the lower-case word | `U.S.` → `US`, not `us` |
//! | a single character of a script without spaces: every bigram that begins with it | `京` → `京市`, `京都` |
//! | its parts written apart, where the corpus joins them with a hyphen somewhere, or where both have at least four letters | `ceasefire` → `cease-fire`, `cease fire` |

use std::ops::Range;

use super::ast::Word;
use crate::base::TypeId;
use crate::base::order::sort_by;
use crate::index::Index;
use crate::text::fold::{fold, is_dotted_acronym};
use crate::text::stem;
use crate::text::tokens::is_spaceless;

/// Shortest part of a solid word that may stand apart where no hyphen in the corpus says so.
pub const MIN_PART: usize = 4;
/// Shortest words of a query, side by side, that also find their solid spelling.
pub const MIN_SIDE: usize = 3;

/// A type that answers a word of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeMatch {
    /// The type.
    pub type_id: TypeId,
    /// Only in documents of this language (a place in the index's list); nothing where it counts in all.
    pub language: Option<u8>,
    /// Whether it is the word itself (folded), not an inflection or a longer word.
    pub is_exact: bool,
}

/// All types that answer a word by itself, sorted by type. Cost: a few look-ups, and for a prefix the types it spans.
pub fn types(index: &Index, word: &Word) -> Vec<TypeMatch> {
    let vocabulary = &index.vocabulary;
    let key = fold(&word.text);
    let is_character = word.width == 1 && word.text.starts_with(is_spaceless);
    let exact = vocabulary.with_key(&key);
    let range = if word.is_prefix || is_character { vocabulary.with_prefix(&key) } else { exact.clone() };
    let is_acronym = is_dotted_acronym(&word.text) && !word.is_prefix;
    let is_written_so = |id: &u32| !is_acronym || is_written_as_acronym(vocabulary.form(TypeId(*id)));
    let mut found: Vec<TypeMatch> = Vec::new();
    for id in range.clone().filter(is_written_so) {
        found.push(TypeMatch { type_id: TypeId(id), language: None, is_exact: exact.contains(&id) });
    }
    if !is_acronym && !is_character {
        add_inflections(index, &word.text, range, &mut found);
    }
    sort_by(&mut found, Ord::cmp);
    found
}

/// The ways in which `word` (solid) may be written apart, as folded parts.
pub fn spellings_apart(index: &Index, word: &Word) -> Vec<Vec<String>> {
    let key = fold(&word.text);
    let mut spellings: Vec<Vec<String>> = if word.is_prefix && key.chars().count() >= MIN_PART {
        // Where the first part alone begins so, it is found by itself.
        let reaches_beyond = |parts: &&Vec<String>| parts.first().is_some_and(|first| first.len() < key.len());
        let compounds = index.vocabulary.compounds_with_prefix(&key);
        compounds.iter().map(|compound| &compound.parts).filter(reaches_beyond).cloned().collect()
    } else {
        index.vocabulary.compounds(&key).iter().map(|compound| compound.parts.clone()).collect()
    };
    let ends = key.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    if !key.starts_with(is_spaceless) && ends.len() >= 2 * MIN_PART && ends.len() <= 40 {
        for &at in &ends[MIN_PART..=ends.len() - MIN_PART] {
            let (first, second) = key.split_at(at);
            if !index.vocabulary.with_key(first).is_empty() && !index.vocabulary.with_key(second).is_empty() {
                spellings.push(vec![first.to_owned(), second.to_owned()]);
            }
        }
    }
    sort_by(&mut spellings, Ord::cmp);
    spellings.dedup();
    spellings
}

/// The solid spelling of `parts`, where the corpus has it.
pub fn solid_spelling(index: &Index, parts: &[Word]) -> Option<Word> {
    let text: String = parts.iter().map(|part| fold(&part.text)).collect();
    let is_prefix = parts.last().is_some_and(|part| part.is_prefix);
    let word = Word { text, width: 1, is_prefix };
    (!types(index, &word).is_empty()).then_some(word)
}

fn is_written_as_acronym(form: &str) -> bool {
    let letters = form.strip_suffix("'s").or(form.strip_suffix("’s")).unwrap_or(form);
    is_dotted_acronym(letters) || letters.chars().all(char::is_uppercase)
}

/// Adds the types that share a stem with `text` in some language, but for those in `known`. A type may come once for
/// each language that inflects it so.
fn add_inflections(index: &Index, text: &str, known: Range<u32>, found: &mut Vec<TypeMatch>) {
    for (place, code) in index.languages.iter().enumerate() {
        let language = (index.languages.len() > 1).then_some(place as u8);
        for &type_id in index.vocabulary.with_stem(place, &stem(text, code)) {
            if !known.contains(&type_id.0) {
                found.push(TypeMatch { type_id, language, is_exact: false });
            }
        }
    }
}
