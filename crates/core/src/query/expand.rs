//! From a word of a query to the types that answer it.
//!
//! | a word finds | example |
//! |---|---|
//! | every form with its folded key | `erdogan` → `Erdoğan`, `ERDOGAN`, `Erdoğan’s` |
//! | every inflection, in documents of the language that inflects it so | `negotiate` → `negotiated`, `negotiating` |
//! | every form that begins with it, where it is open at the end | `turk*` → `Turkish`, `Türkiye` |
//! | every form that its wildcards or its regular expression fit, or that is few enough edits away | `t?rkey`, `/zelensk(y\|yy)/`, `zelensky~1` |
//! | an acronym with dots: the same letters with dots, or in capitals, but never the lower-case word | `U.S.` → `US`, not `us` |
//! | a single character of a script without spaces: every bigram that begins with it | `京` → `京市`, `京都` |
//! | its parts written apart, where the corpus joins them with a hyphen somewhere, or where both have at least four letters | `ceasefire` → `cease-fire`, `cease fire` |
//!
//! Where case or accents count, a form must also be alike in them; an inflection, in the letters it shares.

use std::ops::Range;

use super::ast::{Attribute, Exactness, TokenTest, Word, WordKind};
use super::letters::{Letter, folded, regular, wildcard};
use super::regular::Regular;
use super::token_test::stems;
use super::walk::{WordProgram, keys_near};
use crate::base::TypeId;
use crate::base::order::{packed, sort_by, sort_runs, unpacked};
use crate::index::files::prefixes::PrefixPlace;
use crate::index::{Index, language_place};
use crate::text::fold::{fold, fold_keeping, is_dotted_acronym};
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

/// An expression asked for too much work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooComplex;

/// What counts as written for one word: what the query's switches and the word itself ask for.
fn exactness_of(word: &Word, exactness: Exactness) -> Exactness {
    if word.is_exact { Exactness { case: true, accents: true, forms: true } } else { exactness }
}

/// All types that answer a word by itself, sorted by type. Cost: a few look-ups; for a prefix the types it spans; for
/// wildcards, expressions and edits the beginnings of keys that still fit.
///
/// # Errors
/// The word is an expression that asks for too much.
pub fn types(index: &Index, word: &Word, exactness: Exactness) -> Result<Vec<TypeMatch>, TooComplex> {
    let exactness = exactness_of(word, exactness);
    let mut found = match word.kind {
        WordKind::Plain | WordKind::Prefix => plain_types(index, word, exactness),
        WordKind::Wildcard => expression_types(index, &wildcard(&word.text), exactness)?,
        // The parser has read it before: an expression that cannot be read does not come here.
        WordKind::Regex => {
            expression_types(index, &regular(&word.text).unwrap_or(Regular::Either(Vec::new())), exactness)?
        }
        WordKind::Fuzzy(edits) => fuzzy_types(index, word, edits, exactness),
        WordKind::Any => Vec::new(),
    };
    sort_by(&mut found, Ord::cmp);
    Ok(found)
}

/// Leaves the types that are the word itself; where there are none, the most frequent one.
pub fn without_inflections(index: &Index, types: &mut Vec<TypeMatch>) {
    let frequency = |found: &&TypeMatch| (found.is_exact, index.list_info(found.type_id).frequency);
    let Some(main) = types.iter().max_by_key(frequency).copied() else { return };
    types.retain(|found| if main.is_exact { found.is_exact } else { *found == main });
}

/// The types of the index of one document, `own`, that answer there as `types` of the whole index do. Cost: each type of
/// `own` is looked for among those, which are sorted.
pub fn types_in(index: &Index, own: &Index, types: &[TypeMatch]) -> Vec<TypeMatch> {
    let language = own.languages.first().map(|code| language_place(&index.languages, code));
    let counts = |place: Option<u8>| place.is_none() || place == language;
    // Both are in the order of key, then form.
    let form_of = |place: usize| types.get(place).map_or("", |found| index.vocabulary.form(found.type_id));
    let mut kept = Vec::new();
    for id in 0..own.vocabulary.len() as u32 {
        let type_id = TypeId(id);
        let form = own.vocabulary.form(type_id);
        let key = fold(form);
        let (mut low, mut high) = (0, types.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let other = form_of(middle);
            if (fold(other).as_str(), other) < (key.as_str(), form) { low = middle + 1 } else { high = middle }
        }
        let same = types
            .get(low..)
            .unwrap_or_default()
            .iter()
            .take_while(|found| index.vocabulary.form(found.type_id) == form);
        let found = same.filter(|found| counts(found.language));
        // The word itself and an inflection may be one form: the surer counts.
        if let Some(best) = found.max_by_key(|found| found.is_exact) {
            kept.push(TypeMatch { type_id, language: None, ..*best });
        }
    }
    kept
}

fn plain_types(index: &Index, word: &Word, exactness: Exactness) -> Vec<TypeMatch> {
    let vocabulary = &index.vocabulary;
    let key = fold(&word.text);
    let is_prefix = word.kind == WordKind::Prefix;
    let is_character = word.text.starts_with(is_spaceless) && word.text.chars().count() == 1;
    let exact = vocabulary.with_key(&key);
    let range = if (is_prefix && !is_narrowed(index, word)) || is_character {
        vocabulary.with_prefix(&key)
    } else {
        exact.clone()
    };
    let is_acronym = is_dotted_acronym(&word.text) && !is_prefix;
    let is_written_so = |id: &u32| {
        let form = vocabulary.form(TypeId(*id));
        (!is_acronym || is_written_as_acronym(form))
            && is_written_alike(&word.text, form, is_prefix || is_character, exactness)
    };
    let exact_match = |id: u32| TypeMatch { type_id: TypeId(id), language: None, is_exact: exact.contains(&id) };
    let mut found: Vec<TypeMatch> = range.clone().filter(is_written_so).map(exact_match).collect();
    if !is_acronym && !is_character && !exactness.forms {
        add_inflections(index, &word.text, range, exactness, &mut found);
    }
    found
}

/// One or more of the types that answer a word, and where the list of them together lies, where they have one.
pub type Group<'i, 't> = (&'t [TypeMatch], Option<&'i PrefixPlace>);

/// Types, sorted, one by one but for those that a list of a common prefix counts together.
pub fn grouped<'i, 't>(index: &'i Index, types: &'t [TypeMatch]) -> Vec<Group<'i, 't>> {
    let is_next = |a: &TypeMatch, b: &TypeMatch| {
        // Of those a list counts there are neither exact ones nor such as count in one language.
        let is_counted = |found: &TypeMatch| !found.is_exact && found.language.is_none();
        b.type_id.0 == a.type_id.0 + 1 && is_counted(a) && is_counted(b)
    };
    let mut groups = Vec::new();
    for mut run in types.chunk_by(is_next) {
        while let Some(first) = run.first() {
            let place = if run.len() > 1 { index.prefix_from(first.type_id, run.len()) } else { None };
            let (group, rest) = run.split_at(place.map_or(1, |place| place.types.len()));
            groups.push((group, place));
            run = rest;
        }
    }
    groups
}

/// Blocks of the dictionary that a word may span while it is being typed, and bytes of its lists.
const MOST_WHILE_TYPING: (usize, u64) = (3, 192 << 10);

/// Whether the endings of a word are left out as long as it is being typed: in files, what begins with one letter is
/// megabytes of lists, for an answer that the next letter throws away.
pub fn is_narrowed(index: &Index, word: &Word) -> bool {
    if !word.is_open || word.kind != WordKind::Prefix || index.files.is_none() {
        return false;
    }
    let key = fold(&word.text);
    // Those of the words: beside others they may all be asked where they stand.
    let lists = || index.vocabulary.with_prefix(&key).map(|id| index.list_bytes(TypeId(id))).sum::<u64>();
    index.vocabulary.blocks_with_prefix(&key).len() > MOST_WHILE_TYPING.0 || lists() > MOST_WHILE_TYPING.1
}

/// Whether a form is written like `text` in all that counts.
fn is_written_alike(text: &str, form: &str, is_prefix: bool, exactness: Exactness) -> bool {
    if !exactness.case && !exactness.accents {
        return true;
    }
    let fold = |form: &str| fold_keeping(form, exactness.case, exactness.accents);
    let (text, form) = (fold(text), fold(form));
    if is_prefix { form.starts_with(&text) } else { form == text }
}

/// Whether an inflection is written like `text` in the letters they share: up to where they differ altogether.
fn shares_spelling(text: &str, form: &str, exactness: Exactness) -> bool {
    if !exactness.case && !exactness.accents {
        return true;
    }
    let keep = |form: &str| fold_keeping(form, exactness.case, exactness.accents);
    let (text, form) = (keep(text), keep(form));
    let is_same = |a: char, b: char| fold(&a.to_string()) == fold(&b.to_string());
    text.chars().zip(form.chars()).take_while(|(a, b)| is_same(*a, *b)).all(|(a, b)| a == b)
}

fn all_exact(types: impl IntoIterator<Item = u32>) -> Vec<TypeMatch> {
    types.into_iter().map(|id| TypeMatch { type_id: TypeId(id), language: None, is_exact: true }).collect()
}

/// The types whose folded form, with case and accents where they count, fits an expression.
fn expression_types(
    index: &Index,
    expression: &Regular<Letter>,
    exactness: Exactness,
) -> Result<Vec<TypeMatch>, TooComplex> {
    let program = WordProgram::of(&folded(expression, exactness)).ok_or(TooComplex)?;
    let vocabulary = &index.vocabulary;
    let found = if exactness.case || exactness.accents {
        let forms = (0..vocabulary.len() as u32).map(|id| vocabulary.form(TypeId(id)));
        program.filter(forms.map(|form| fold_keeping(form, exactness.case, exactness.accents)))
    } else {
        program.types(vocabulary)
    };
    Ok(all_exact(found.ok_or(TooComplex)?))
}

fn fuzzy_types(index: &Index, word: &Word, edits: u8, exactness: Exactness) -> Vec<TypeMatch> {
    let mut found = Vec::new();
    let counts = exactness.case || exactness.accents;
    let keep = |form: &str| -> Vec<char> { fold_keeping(form, exactness.case, exactness.accents).chars().collect() };
    let asked = keep(&word.text);
    // What counts as an edit besides only makes words differ more.
    keys_near(&index.vocabulary, &fold(&word.text), edits, &mut |_, distance, types| {
        let is_near = |id: &u32| {
            let form = index.vocabulary.form(TypeId(*id));
            !counts || super::suggest::distance_within(&asked, &keep(form), edits.into()).is_some()
        };
        let near = types.filter(is_near);
        found.extend(near.map(|id| TypeMatch { type_id: TypeId(id), language: None, is_exact: distance == 0 }));
    });
    found
}

/// A word that stands so often or more often is common: its positions are 26 KB and more, and where it stands says little.
const COMMON: u64 = 24_576;

/// Whether types, sorted, are common together. A type may be there once for each language.
pub(super) fn is_common(index: &Index, types: &[TypeMatch]) -> bool {
    let mut last = None;
    let distinct = types.iter().filter(|found| last.replace(found.type_id) != Some(found.type_id));
    distinct.map(|found| u64::from(index.list_info(found.type_id).frequency)).sum::<u64>() >= COMMON
}

/// The ways in which `word` (solid) may be written apart. Where the solid word is there, none has a common part, the last
/// with its inflections: of those most are the ends of lines ("in- dependence"), and to tell would take the positions of
/// the common word.
pub fn spellings_apart(index: &Index, word: &Word, exactness: Exactness) -> Vec<Vec<Word>> {
    if word.is_exact || !matches!(word.kind, WordKind::Plain | WordKind::Prefix) || word.text.starts_with(is_spaceless)
    {
        return Vec::new();
    }
    let key = fold(&word.text);
    let mut spellings: Vec<Vec<String>> = if word.kind == WordKind::Prefix && key.chars().count() >= MIN_PART {
        // Where the first part alone begins so, it is found by itself.
        let reaches_beyond = |parts: &&Vec<String>| parts.first().is_some_and(|first| first.len() < key.len());
        let compounds = index.vocabulary.compounds_with_prefix(&key);
        compounds.into_iter().map(|compound| &compound.parts).filter(reaches_beyond).cloned().collect()
    } else {
        index.vocabulary.compounds(&key).iter().map(|compound| compound.parts.clone()).collect()
    };
    // What begins so is all that the parts may be another spelling of.
    let is_open = word.kind == WordKind::Prefix && !is_narrowed(index, word);
    let solid = if is_open { index.vocabulary.with_prefix(&key) } else { index.vocabulary.with_key(&key) };
    let solid = counts_of(index, solid).0;
    let is_there = |part: &str| {
        let (documents, occurrences) = counts_of_key(index, part);
        is_spelling(documents, solid) && (solid == 0 || occurrences < COMMON)
    };
    spellings.retain(|parts| parts.iter().all(|part| is_there(part)));
    let ends = key.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    if ends.len() >= 2 * MIN_PART && ends.len() <= 40 {
        for &at in &ends[MIN_PART..=ends.len() - MIN_PART] {
            let (first, second) = key.split_at(at);
            if is_there(first) && is_there(second) {
                spellings.push(vec![first.to_owned(), second.to_owned()]);
            }
        }
    }
    sort_by(&mut spellings, Ord::cmp);
    spellings.dedup();
    let mut spellings: Vec<Vec<Word>> = spellings.iter().map(|parts| as_written(&word.text, parts)).collect();
    // Only the end of a word is inflected.
    let end_is_common = |parts: &Vec<Word>| {
        let found = parts.last().and_then(|last| types(index, last, exactness).ok()).unwrap_or_default();
        is_common(index, &found)
    };
    spellings.retain(|parts| solid == 0 || !end_is_common(parts));
    spellings
}

/// [`counts_of`] the forms of a folded word.
fn counts_of_key(index: &Index, key: &str) -> (u64, u64) {
    counts_of(index, index.vocabulary.with_key(key))
}

/// Documents with types, those with several of them counted for each, and their occurrences.
fn counts_of(index: &Index, types: Range<u32>) -> (u64, u64) {
    let infos = types.map(|id| index.list_info(TypeId(id)));
    infos.fold((0, 0), |sums, info| (sums.0 + u64::from(info.documents), sums.1 + u64::from(info.frequency)))
}

/// Whether what stands in so many documents may be another spelling of what stands in `main`. What is rarer than one in
/// a hundred is a slip of the pen or of a scanner ("de velopment"): at most so much is missed, and its lists, which lie
/// anywhere in the index, need not be read.
fn is_spelling(documents: u64, main: u64) -> bool {
    documents > 0 && 100 * documents >= main
}

/// Parts of a folded word in the letters of the word as typed, where each letter folds to one.
fn as_written(text: &str, parts: &[String]) -> Vec<Word> {
    let mut letters = text.chars();
    let one_to_one = text.chars().count() >= parts.iter().map(|part| part.chars().count()).sum::<usize>();
    let part = |part: &String| {
        let written: String = letters.by_ref().take(part.chars().count()).collect();
        // What a prefix leaves open, and what folds to more letters than it has, is taken from the corpus.
        Word::plain(if one_to_one && fold(&written) == *part { written } else { part.clone() })
    };
    parts.iter().map(part).collect()
}

/// The solid spelling of `parts`, where the corpus has it.
pub fn solid_spelling(index: &Index, parts: &[Word], exactness: Exactness) -> Option<Word> {
    if parts.iter().any(|part| part.is_exact || !matches!(part.kind, WordKind::Plain | WordKind::Prefix)) {
        return None;
    }
    let text: String = parts.iter().map(|part| fold_keeping(&part.text, exactness.case, exactness.accents)).collect();
    let kind = parts.last().map_or(WordKind::Plain, |part| part.kind);
    let word = Word { kind, ..Word::plain(text) };
    let found = types(index, &word, exactness).unwrap_or_default();
    let documents = found.iter().map(|found| u64::from(index.list_info(found.type_id).documents)).sum();
    let apart = parts.iter().map(|part| counts_of_key(index, &fold(&part.text)).0).min().unwrap_or(0);
    is_spelling(documents, apart).then_some(word)
}

fn is_written_as_acronym(form: &str) -> bool {
    let letters = form.strip_suffix("'s").or(form.strip_suffix("’s")).unwrap_or(form);
    is_dotted_acronym(letters) || letters.chars().all(char::is_uppercase)
}

/// Adds the types that share a stem with `text` in some language, but for those in `known`. A type may come once for
/// each language that inflects it so.
fn add_inflections(index: &Index, text: &str, known: Range<u32>, exactness: Exactness, found: &mut Vec<TypeMatch>) {
    for (place, code) in index.languages.iter().enumerate() {
        let language = (index.languages.len() > 1).then_some(place as u8);
        for &type_id in index.vocabulary.with_stem(place, &stem(text, code)) {
            if !known.contains(&type_id.0) && shares_spelling(text, index.vocabulary.form(type_id), exactness) {
                found.push(TypeMatch { type_id, language, is_exact: false });
            }
        }
    }
}

/// The types that one token of a sequence may be; or, with `true`, those that it may not be.
///
/// # Errors
/// It has an expression that asks for too much.
pub fn token_types(
    index: &Index,
    test: &TokenTest,
    exactness: Exactness,
) -> Result<(Vec<TypeMatch>, bool), TooComplex> {
    let (set, is_negated) = token_set(index, test, exactness)?;
    let mut types = Vec::new();
    for (id, languages) in set {
        let of = |language| TypeMatch { type_id: TypeId(id), language, is_exact: true };
        if languages == EVERY_LANGUAGE {
            types.push(of(None));
        } else {
            types.extend((0..64).filter(|place| languages >> place & 1 == 1).map(|place| of(Some(place))));
        }
    }
    Ok((types, is_negated))
}

/// Types, ascending, each with the languages in which it counts, one bit each.
type TypeSet = Vec<(u32, u64)>;

const EVERY_LANGUAGE: u64 = u64::MAX;

fn token_set(index: &Index, test: &TokenTest, exactness: Exactness) -> Result<(TypeSet, bool), TooComplex> {
    Ok(match test {
        TokenTest::Any => (Vec::new(), true),
        TokenTest::Word(word) => (type_set(&types(index, word, exactness)?), false),
        TokenTest::Attribute { attribute: Attribute::Word, value } => {
            let expression = regular(value).unwrap_or(Regular::Either(Vec::new()));
            (type_set(&expression_types(index, &expression, exactness)?), false)
        }
        TokenTest::Attribute { attribute: Attribute::Form, value } => {
            let expression = regular(value).unwrap_or(Regular::Either(Vec::new()));
            let exactness = Exactness { case: true, accents: true, forms: true };
            (type_set(&expression_types(index, &expression, exactness)?), false)
        }
        TokenTest::Attribute { attribute: Attribute::Stem, value } => {
            let exactness = Exactness { forms: false, ..exactness };
            let mut all = Vec::new();
            for word in stems(value).unwrap_or_default() {
                all = merged(&all, &type_set(&types(index, &word, exactness)?), &|a, b| a | b);
            }
            (all, false)
        }
        TokenTest::Not(inner) => {
            let (set, is_negated) = token_set(index, inner, exactness)?;
            (set, !is_negated)
        }
        TokenTest::All(tests) => {
            let mut all: (TypeSet, bool) = (Vec::new(), true);
            for test in tests {
                all = both(all, token_set(index, test, exactness)?);
            }
            all
        }
        // De Morgan: any of them is not none of them.
        TokenTest::Either(tests) => {
            let mut none: (TypeSet, bool) = (Vec::new(), true);
            for test in tests {
                let (set, is_negated) = token_set(index, test, exactness)?;
                none = both(none, (set, !is_negated));
            }
            (none.0, !none.1)
        }
    })
}

fn both((a, a_negated): (TypeSet, bool), (b, b_negated): (TypeSet, bool)) -> (TypeSet, bool) {
    match (a_negated, b_negated) {
        (false, false) => (merged(&a, &b, &|a, b| a & b), false),
        (false, true) => (merged(&a, &b, &|a, b| a & !b), false),
        (true, false) => (merged(&a, &b, &|a, b| b & !a), false),
        (true, true) => (merged(&a, &b, &|a, b| a | b), true),
    }
}

/// Both sets put together type by type; a type that is left without a language goes.
fn merged(a: &TypeSet, b: &TypeSet, join: &dyn Fn(u64, u64) -> u64) -> TypeSet {
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::new();
    loop {
        let id = match (a.get(i), b.get(j)) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(one), None) | (None, Some(one)) => one.0,
            (None, None) => return all,
        };
        let languages_of = |set: &TypeSet, place: &mut usize| match set.get(*place) {
            Some((other, languages)) if *other == id => {
                *place += 1;
                *languages
            }
            _ => 0,
        };
        let languages = join(languages_of(a, &mut i), languages_of(b, &mut j));
        if languages != 0 {
            all.push((id, languages));
        }
    }
}

fn type_set(types: &[TypeMatch]) -> TypeSet {
    let language = |found: &TypeMatch| found.language.map_or(u32::MAX, u32::from);
    let mut pairs: Vec<u64> = types.iter().map(|found| packed(found.type_id.0, language(found))).collect();
    sort_runs(&mut pairs);
    let mut set: TypeSet = Vec::new();
    for (id, language) in pairs.into_iter().map(unpacked) {
        let languages = if language == u32::MAX { EVERY_LANGUAGE } else { 1 << language };
        match set.last_mut() {
            Some((last, all)) if *last == id => *all |= languages,
            _ => set.push((id, languages)),
        }
    }
    set
}
