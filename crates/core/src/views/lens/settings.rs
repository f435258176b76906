//! The settings of a lens: what was asked for, what was used, and what could have been.
//!
//! A setting travels as its name and its value in text: in a link, on the command line and in a request alike. Each lens
//! reads what it knows, in the order in which the page shows the fields; what cannot be used is said, and the default
//! taken. So the page, the help of the command line and an export all draw the same list.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

/// A setting as it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Setting {
    /// Its name in links and on the command line.
    pub name: String,
    /// On the screen.
    pub label: String,
    /// The value used.
    pub value: String,
    /// The value where nothing is said.
    pub default: String,
    /// What it may be.
    pub kind: Kind,
}

/// What a setting may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Kind {
    /// One of these: value and words for it.
    Choice(Vec<(String, String)>),
    /// Up to so many of these, joined by commas.
    Several(Vec<(String, String)>, u8),
    /// A whole number in this range.
    Number(u32, u32),
    /// Any text; an example.
    Text(String),
    /// `1` or `0`.
    Switch,
    /// Rows by their keys, one a line, each after what is said of it where something is.
    Rows,
}

/// Reads the settings of a request.
#[derive(Debug, Default)]
pub struct Settings<'s> {
    given: &'s [(String, String)],
    /// Those that were read, in order.
    pub used: Vec<Setting>,
    /// What could not be used, as sentences.
    pub problems: Vec<String>,
}

impl<'s> Settings<'s> {
    /// Those given by name and value; of two of one name the last counts.
    pub fn of(given: &'s [(String, String)]) -> Settings<'s> {
        Settings { given, ..Settings::default() }
    }

    /// One of `choices` (value and words); the first is the default.
    pub fn choice<'c>(&mut self, name: &str, label: &str, choices: &[(&'c str, &str)]) -> &'c str {
        let default = choices.first().map_or("", |(value, _)| *value);
        let given = self.given(name);
        let value = given.and_then(|given| choices.iter().find(|(value, _)| *value == given)).map(|(value, _)| *value);
        if let Some(given) = given.filter(|_| value.is_none()) {
            let known = choices.iter().map(|(value, _)| *value).collect::<Vec<_>>().join(", ");
            self.problem(format!("“{}” is no value of {name}. It may be: {known}.", short(given)));
        }
        let kind =
            Kind::Choice(choices.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect());
        let value = value.unwrap_or(default);
        self.push(name, label, value, default, kind);
        value
    }

    /// Up to `most` of `choices`, in the order given; `default` where nothing is said.
    pub fn several(
        &mut self,
        name: &str,
        label: &str,
        choices: &[(&'static str, &str)],
        most: u8,
        default: &str,
    ) -> Vec<&'static str> {
        let find = |value: &str| choices.iter().find(|(own, _)| *own == value).map(|(own, _)| *own);
        let mut chosen = Vec::new();
        for value in self.given(name).unwrap_or(default).split(',').map(str::trim).filter(|value| !value.is_empty()) {
            match find(value) {
                Some(value) if chosen.len() < usize::from(most) => chosen.push(value),
                Some(value) => self.problem(format!("{name} takes {most} values; {value} was left out.")),
                None => {
                    let known = choices.iter().map(|(value, _)| *value).collect::<Vec<_>>().join(", ");
                    self.problem(format!("“{}” is no value of {name}. It may be: {known}.", short(value)));
                }
            }
        }
        let kind = Kind::Several(
            choices.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect(),
            most,
        );
        let value = chosen.join(",");
        self.push(name, label, &value, default, kind);
        chosen
    }

    /// A whole number from `least` to `most`.
    pub fn number(&mut self, name: &str, label: &str, least: u32, most: u32, default: u32) -> u32 {
        let mut value = default;
        if let Some(given) = self.given(name) {
            match given.trim().parse::<u32>() {
                Ok(given) if (least..=most).contains(&given) => value = given,
                _ => self.problem(format!(
                    "“{}” cannot be used as {name}: write a whole number from {least} to {most}. {default} was taken.",
                    short(given)
                )),
            }
        }
        self.push(name, label, &value.to_string(), &default.to_string(), Kind::Number(least, most));
        value
    }

    /// Any text, without spaces at its ends.
    pub fn text(&mut self, name: &str, label: &str, example: &str) -> &'s str {
        let value = self.given(name).unwrap_or("").trim();
        self.push(name, label, value, "", Kind::Text(example.to_owned()));
        value
    }

    /// Rows by their keys, one a line.
    pub fn rows(&mut self, name: &str, label: &str) -> Vec<&'s str> {
        let value = self.given(name).unwrap_or("");
        self.push(name, label, value, "", Kind::Rows);
        value.lines().filter(|line| !line.is_empty()).collect()
    }

    /// On or off.
    pub fn switch(&mut self, name: &str, label: &str, default: bool) -> bool {
        let words = |is_on: bool| if is_on { "1" } else { "0" };
        let mut value = default;
        if let Some(given) = self.given(name) {
            match given {
                "1" | "true" | "yes" => value = true,
                "0" | "false" | "no" => value = false,
                _ => self.problem(format!("“{}” is no value of {name}: it is 1 or 0.", short(given))),
            }
        }
        self.push(name, label, words(value), words(default), Kind::Switch);
        value
    }

    /// Says of what was given and read by nobody that it means nothing here.
    pub fn finish(mut self) -> (Vec<Setting>, Vec<String>) {
        for (name, _) in self.given {
            let is_read = self.used.iter().any(|setting| setting.name == *name);
            if !is_read && !COMMON.contains(&name.as_str()) {
                let known = self.used.iter().map(|setting| setting.name.as_str()).collect::<Vec<_>>().join(", ");
                self.problems.push(format!("There is no setting “{}” here. There are: {known}.", short(name)));
            }
        }
        (self.used, self.problems)
    }

    /// Says a sentence.
    pub fn problem(&mut self, sentence: String) {
        if !self.problems.contains(&sentence) {
            self.problems.push(sentence);
        }
    }

    /// The value given of a setting.
    pub fn given(&self, name: &str) -> Option<&'s str> {
        self.given.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn push(&mut self, name: &str, label: &str, value: &str, default: &str, kind: Kind) {
        let [name, label, value, default] = [name, label, value, default].map(str::to_owned);
        self.used.push(Setting { name, label, value, default, kind });
    }
}

/// Settings of all tables, read by [`super::table`].
pub const COMMON: &[&str] = &["sort", "find", "columns", "seed", "read"];

fn short(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_cannot_be_used_is_said_and_the_default_taken() {
        let given = pairs(&[("by", "colour"), ("window", "0"), ("slots", "a,b,c,x"), ("on", "maybe"), ("odd", "1")]);
        let mut settings = Settings::of(&given);
        assert_eq!(settings.choice("by", "By", &[("word", "Words"), ("stem", "Stems")]), "word");
        assert_eq!(settings.number("window", "Window", 1, 50, 5), 5);
        assert_eq!(settings.several("slots", "Slots", &[("a", ""), ("b", ""), ("c", "")], 2, "c"), ["a", "b"]);
        assert!(settings.switch("on", "On", true));
        let (used, problems) = settings.finish();
        assert_eq!(used.iter().map(|setting| setting.value.as_str()).collect::<Vec<_>>(), ["word", "5", "a,b", "1"]);
        assert_eq!(
            problems,
            [
                "“colour” is no value of by. It may be: word, stem.",
                "“0” cannot be used as window: write a whole number from 1 to 50. 5 was taken.",
                "slots takes 2 values; c was left out.",
                "“x” is no value of slots. It may be: a, b, c.",
                "“maybe” is no value of on: it is 1 or 0.",
                "There is no setting “odd” here. There are: by, window, slots, on.",
            ]
        );
    }

    #[test]
    fn what_is_given_is_used() {
        let given = pairs(&[("by", "word"), ("by", "stem"), ("window", "7"), ("on", "0"), ("text", " a b ")]);
        let mut settings = Settings::of(&given);
        assert_eq!(settings.choice("by", "By", &[("word", "Words"), ("stem", "Stems")]), "stem");
        assert_eq!(settings.number("window", "Window", 1, 50, 5), 7);
        assert!(!settings.switch("on", "On", true));
        assert_eq!(settings.text("text", "Text", ""), "a b");
        assert!(settings.finish().1.is_empty());
    }
}
