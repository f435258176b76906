//! What is known of names beforehand: countries with their names, demonyms and capitals, and other names of cities and
//! organisations.
//!
//! *Useful for* names that mean one thing in every text. *Not useful for* people: nobody is known beforehand.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::aliases::ALIASES;
use super::countries::COUNTRIES;
use crate::text::fold;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Known {
    /// A country or territory, by its code.
    Country(&'static str),
    /// A capital or one of its rivals: the first of its names, and its country.
    Capital(&'static str, &'static str),
    /// Anything else with several names: the first of them.
    Alias(&'static str),
}

/// The lists, by folded name.
pub(crate) struct Gazetteer {
    names: FxHashMap<String, Known>,
    demonyms: FxHashMap<String, &'static str>,
}

/// The lists, read on the first call: half a millisecond.
pub(crate) fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(read)
}

/// A name of several words as the lists are asked for it: folded words, parted by a blank; a hyphen parts as well, and
/// `the` at the beginning does not count.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()) {
        let word = fold(word);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        if word.is_empty() || (key.is_empty() && word == "the") {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(if word == "&" { "and" } else { word });
    }
    key
}

impl Gazetteer {
    /// What a name stands for; `key` as by [`key`].
    pub(crate) fn name(&self, key: &str) -> Option<Known> {
        self.names.get(key).copied()
    }

    /// The country whose people or things are called so: `Turkish`, `Turks`; `key` as by [`key`].
    pub(crate) fn demonym(&self, key: &str) -> Option<&'static str> {
        let singular = || self.demonyms.get(key.strip_suffix('s')?);
        self.demonyms.get(key).or_else(singular).copied()
    }

    /// The country that a name is or lies in, or whose people it names; `key` as by [`key`].
    pub(crate) fn country(&self, key: &str) -> Option<&'static str> {
        match self.name(key) {
            Some(Known::Country(code) | Known::Capital(_, code)) => Some(code),
            Some(Known::Alias(_)) => None,
            None => self.demonym(key),
        }
    }
}

fn read() -> Gazetteer {
    let (mut names, mut demonyms) = (FxHashMap::default(), FxHashMap::default());
    for line in COUNTRIES.lines() {
        let mut fields = line.split('|');
        let mut next = || fields.next().unwrap_or_default();
        let code = next();
        names.extend(alternatives(next()).map(|name| (key(name), Known::Country(code))));
        demonyms.extend(alternatives(next()).map(|name| (key(name), code)));
        for capital in next().split(';') {
            let first = capital.split(',').next().unwrap_or_default();
            // `Kuwait City` beside `Kuwait`: a name of the country stays the country.
            for name in alternatives(capital) {
                names.entry(key(name)).or_insert(Known::Capital(first, code));
            }
        }
    }
    for line in ALIASES.lines() {
        let first = line.split(',').next().unwrap_or_default();
        for name in alternatives(line) {
            names.entry(key(name)).or_insert(Known::Alias(first));
        }
    }
    Gazetteer { names, demonyms }
}

fn alternatives(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(',').filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<Known>) {
        assert_eq!(gazetteer().name(&key(name)), expected, "{name}");
    }

    #[test]
    fn names_of_one_thing_are_one() {
        for name in ["Türkiye", "Turkey", "TURKEY", "Turkiye", "the Republic of Turkey", "Turkey's"] {
            check(name, Some(Known::Country("TR")));
        }
        for name in ["the United States", "U.S.", "US", "USA", "America"] {
            check(name, Some(Known::Country("US")));
        }
        check("Kiev", Some(Known::Capital("Kyiv", "UA")));
        check("Peking", Some(Known::Capital("Beijing", "CN")));
        check("UN", Some(Known::Alias("United Nations")));
        check("Organization for Security and Cooperation in Europe", gazetteer().name("osce"));
        check("Atlantis", None);
        check("", None);
    }

    #[test]
    fn demonyms_name_countries() {
        for (name, code) in [("Turkish", "TR"), ("Turks", "TR"), ("Russians", "RU"), ("South Korean", "KR")] {
            assert_eq!(gazetteer().demonym(&key(name)), Some(code), "{name}");
        }
        assert_eq!(gazetteer().demonym("martian"), None);
        assert_eq!(gazetteer().country("ankara"), Some("TR"));
    }
}
