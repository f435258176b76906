//! The table as its files have it: see the head of `seeds/entities.toml` for what the fields mean.

use serde::Deserialize;
use sheaf_core::base::Span;

/// Words and which time they stand in the text, counted from 1.
pub(crate) type Place = (String, usize);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Everybody {
    pub(crate) shared: Vec<String>,
    pub(crate) entities: Vec<Entity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entity {
    pub(crate) is: String,
    pub(crate) kind: Vec<String>,
    pub(crate) spellings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub(crate) file: String,
    pub(crate) names: Vec<Name>,
    pub(crate) roles: Vec<Role>,
    pub(crate) times: Vec<Time>,
    pub(crate) events: Vec<Event>,
    pub(crate) optional_events: Vec<Place>,
    pub(crate) credits: Vec<Credit>,
    pub(crate) quotations: Vec<Quotation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) nth: Vec<usize>,
    pub(crate) is: String,
    #[serde(default)]
    pub(crate) optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    pub(crate) role: Place,
    pub(crate) of: Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Time {
    pub(crate) at: Place,
    pub(crate) kind: Vec<String>,
    pub(crate) value: Vec<String>,
    #[serde(default)]
    pub(crate) optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) trigger: Place,
    pub(crate) kind: Vec<String>,
    pub(crate) status: Vec<String>,
    /// Who took part; nothing where that is not measured.
    pub(crate) who: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) perhaps: Vec<String>,
    #[serde(default)]
    pub(crate) place: Vec<String>,
    #[serde(default)]
    pub(crate) time: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credit {
    pub(crate) at: Place,
    pub(crate) agency: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quotation {
    pub(crate) manner: String,
    pub(crate) content: Vec<Place>,
    pub(crate) cue: Option<Place>,
    pub(crate) speaker: Option<Place>,
    pub(crate) to: Option<Place>,
    pub(crate) who: Option<String>,
    #[serde(default)]
    pub(crate) optional: bool,
}

/// Where a place is in a text.
pub(crate) fn locate(text: &str, (words, nth): &Place) -> Option<Span> {
    let (first, last) = words.split_once(" … ").unwrap_or((words, ""));
    let start = *whole_words(text, first).get(nth.checked_sub(1)?)?;
    let mut end = start + first.len();
    if !last.is_empty() {
        end += text.get(end..)?.find(last)? + last.len();
    }
    Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}

/// Where these words stand as whole words: no letter or digit of theirs goes on in the text.
pub(crate) fn whole_words(text: &str, words: &str) -> Vec<usize> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = is_word(words.chars().next());
    let closes = is_word(words.chars().next_back());
    text.match_indices(words)
        .map(|(at, _)| at)
        .filter(|at| !(opens && is_word(text[..*at].chars().next_back())))
        .filter(|at| !(closes && is_word(text[at + words.len()..].chars().next())))
        .collect()
}
