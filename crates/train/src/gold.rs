//! Gold sets of names: what their files hold, and which of it counts as a name.
//!
//! CoNLL-2003, wikigold and WNUT17 mark names. re3d and GUM mark noun phrases: there a name is a phrase of a person,
//! organisation or place that, without what stands small at its ends (and, in GUM, nothing at its right end may), is
//! capitalised words and what joins them, and not only a people (`the Iraqi forces`), a title or a word of grammar; the
//! title at the front of a person's name is no part of it (`President Assad`). All
//! other phrases are *open*: what is found inside them and is no name is neither right nor wrong, since the phrase itself
//! is not a name and its parts are not marked.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;
use sheaf_core::base::Span;
use sheaf_core::extract::Kind;
use sheaf_core::extract::names::{classes, classes_of};

/// A text with its names.
pub struct Document {
    /// Its id in the set.
    pub id: String,
    /// The text.
    pub text: String,
    /// Its section, where the set has sections.
    pub section: String,
    /// Names in order of place; none overlap.
    pub names: Vec<(Span, Kind)>,
    /// Phrases that are no names but may hold some.
    pub open: Vec<Span>,
    /// Whether the set marks names of peoples.
    pub has_peoples: bool,
}

/// How a set marks names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Names and nothing else.
    Names,
    /// Noun phrases that matter to a story; small words at either end.
    Phrases,
    /// All noun phrases, nested.
    Nested,
}

/// Reads a set: `path` is gzipped JSON Lines.
pub fn read(path: &Path, marking: Marking) -> Result<Vec<Document>, String> {
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut lines = String::new();
    GzDecoder::new(file).read_to_string(&mut lines).map_err(|error| error.to_string())?;
    lines.lines().map(|line| document(line, marking)).collect()
}

fn document(line: &str, marking: Marking) -> Result<Document, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = value["text"].as_str().unwrap_or("").to_owned();
    let offsets: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let offset = |value: &Value| value.as_u64().and_then(|n| offsets.get(n as usize)).copied().unwrap_or(0);
    let mut marked = Vec::new();
    for entity in value["entities"].as_array().into_iter().flatten() {
        let span = Span::new(offset(&entity["start"]), offset(&entity["end"]));
        marked.push((span, entity["type"].as_str().unwrap_or("")));
    }
    marked.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut found = Document {
        id: value["id"].as_str().unwrap_or("").to_owned(),
        section: value["section"].as_str().unwrap_or("").to_owned(),
        names: Vec::new(),
        open: Vec::new(),
        has_peoples: marking == Marking::Names && !value["id"].as_str().unwrap_or("").starts_with("wnut"),
        text,
    };
    for (span, kind) in marked {
        let kind = kind_of(kind);
        let name = match (marking, kind) {
            (Marking::Names, kind) => kind.map(|kind| (span, kind)),
            (_, Some(Kind::Person)) => core(&found.text, span, marking)
                .and_then(|core| without_title(&found.text, core))
                .map(|core| (core, Kind::Person)),
            (_, Some(kind)) => core(&found.text, span, marking).map(|core| (core, kind)),
            (_, None) => None,
        };
        match name {
            Some((core, kind)) if found.names.last().is_none_or(|(last, _)| last.end <= core.start) => {
                found.names.push((core, kind))
            }
            Some(_) => {}
            None if kind.is_some() || marking == Marking::Nested => found.open.push(span),
            None => {}
        }
    }
    found.names.sort_by_key(|(span, _)| span.start);
    Ok(found)
}

fn kind_of(label: &str) -> Option<Kind> {
    Some(match label {
        "PER" | "person" | "Person" => Kind::Person,
        "ORG" | "organization" | "Organisation" | "corporation" | "group" => Kind::Organisation,
        "LOC" | "place" | "Location" | "location" => Kind::Place,
        "MISC" | "product" | "creative-work" | "Nationality" | "event" => Kind::Other,
        _ => return None,
    })
}

/// Words inside names that are written small.
const JOINTS: &[&str] = &[
    "of", "the", "and", "for", "de", "la", "le", "di", "da", "du", "des", "del", "der", "von", "van", "al", "el",
    "bin", "ibn", "in", "on", "&", "-", "’", "'", ".", "s", "'s", "’s", "a",
];
/// Words of grammar, pronouns and words in capitals that make no name alone.
const NO_NAMES: &[&str] = &[
    "i",
    "we",
    "he",
    "she",
    "it",
    "they",
    "you",
    "our",
    "my",
    "his",
    "her",
    "their",
    "your",
    "its",
    "this",
    "that",
    "these",
    "those",
    "the",
    "a",
    "an",
    "who",
    "what",
    "which",
    "all",
    "some",
    "many",
    "most",
    "one",
    "two",
    "three",
    "no",
    "any",
    "each",
    "both",
    "such",
    "other",
    "another",
    "mr",
    "mrs",
    "president",
    "minister",
    "there",
    "here",
    "people",
    "us",
    "me",
    "him",
    "them",
    "image",
    "sir",
    "state",
    "states",
    "government",
];

/// The name in a noun phrase, if it is one.
fn core(text: &str, span: Span, marking: Marking) -> Option<Span> {
    let mut words: Vec<Span> = Vec::new();
    let mut at = span.start;
    for piece in span.of(text).split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            words.push(Span::new(at, at + word.len() as u32));
        }
        at += piece.len() as u32;
    }
    let is_capital = |word: &Span| word.of(text).chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let is_joint = |word: &Span| JOINTS.contains(&word.of(text).to_lowercase().as_str());
    let is_opening = |word: &Span| NO_NAMES.contains(&word.of(text).to_lowercase().as_str());
    let particle = |word: &Span| matches!(word.of(text), "al" | "el" | "de" | "van" | "von" | "bin" | "abu");
    let first =
        words.iter().position(|word| (is_capital(word) || particle(word)) && !(is_opening(word) && words.len() > 1))?;
    let last = words.iter().rposition(is_capital)?;
    if first > last || words.len() > 40 {
        return None;
    }
    let left: Vec<&Span> = words.iter().take(first).collect();
    let right: Vec<&Span> =
        words.iter().skip(last + 1).filter(|word| !matches!(word.of(text), "'s" | "’s" | "'" | "’" | "s")).collect();
    let is_article = |word: &&Span| is_opening(word);
    let is_tight = left.iter().all(is_article) && right.is_empty();
    let has_place_head = right.iter().all(|word| {
        matches!(
            word.of(text),
            "district"
                | "province"
                | "region"
                | "city"
                | "town"
                | "area"
                | "state"
                | "village"
                | "governorate"
                | "airport"
        )
    });
    let is_allowed = match marking {
        Marking::Nested => is_tight,
        _ => right.len() <= 3 && left.len() <= 4 || has_place_head,
    };
    let inside = words.get(first..=last)?;
    if !is_allowed
        || !inside
            .iter()
            .all(|word| is_capital(word) || is_joint(word) || word.of(text).chars().all(|c| c.is_ascii_digit()))
    {
        return None;
    }
    let core = Span::new(inside.first()?.start, inside.last()?.end);
    let lower = core.of(text).to_lowercase();
    let is_people = |word: &str| {
        ["an", "ians", "ish", "ese", "eli", "iraqi", "elis", "ans", "ench", "iraqis", "kurds", "kurdish"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    let is_only_people = inside.len() == 1 && is_people(&lower) && !right.is_empty();
    (!NO_NAMES.contains(&lower.as_str()) && !is_only_people).then_some(core)
}

/// The name of a person without the titles and offices that open it; nothing where only those are there.
fn without_title(text: &str, core: Span) -> Option<Span> {
    const OFFICES: u32 = classes::TITLE | classes::ROLE;
    let mut from = core.start;
    let mut at = core.start;
    let mut is_after_joint = false;
    for piece in core.of(text).split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        at += piece.len() as u32;
        let lower = word.to_lowercase();
        let is_office = classes_of(word.trim_end_matches('.')) & OFFICES != 0
            || matches!(lower.as_str(), "state" | "affairs" | "defense" | "defence" | "refugees" | "staff" | "force");
        is_after_joint = is_after_joint && !is_office;
        if is_office && classes_of(word) & classes::FIRST == 0 {
            from = at;
            is_after_joint = false;
        } else if from > core.start && matches!(lower.as_str(), "of" | "for" | "and" | "-" | "the") {
            is_after_joint = true;
        }
    }
    let rest = Span::new(from, core.end);
    (!rest.is_empty() && !is_after_joint).then_some(rest)
}
