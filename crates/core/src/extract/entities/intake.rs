//! Mentions as spellings, with what their surroundings tell.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::form::{self, Form, bare};
use super::gazetteer::{Known, gazetteer};
use super::key::name_key;
use super::titles::{self, Sex};
use super::{Kind, Mention, Named};

/// A part of a personal name, or several, as a number.
pub(super) type Sym = u32;

/// A spelling, as what sort of name it is taken.
pub(super) struct Spelling {
    /// Taken apart.
    pub(super) form: Form,
    /// Whether it is taken for the name of a person.
    pub(super) is_person: bool,
    /// Of a person: the keys of its words.
    pub(super) syms: Vec<Sym>,
    /// The same, each as if it stood first, where short forms of first names count.
    pub(super) firsts: Vec<Sym>,
    /// Of anything else: its words as the lists are asked for them.
    pub(super) key: String,
    /// Of anything else: what is known of it.
    pub(super) known: Option<Known>,
}

/// A mention, with what stands around it.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// Its spelling, an index into [`Corpus::spellings`].
    pub(super) spelling: u32,
    /// What title or role say of the sex.
    pub(super) sex: Option<Sex>,
    /// What the role, or a country after a comma, say.
    pub(super) country: Option<&'static str>,
}

/// All mentions.
#[derive(Default)]
pub(super) struct Corpus {
    /// Every spelling, once for each sort of name as which it is taken.
    pub(super) spellings: Vec<Spelling>,
    /// For each document, for each of its mentions.
    pub(super) seen: Vec<Vec<Seen>>,
    syms: FxHashMap<String, Sym>,
}

impl Corpus {
    /// The spelling of a mention.
    pub(super) fn spelling(&self, seen: Seen) -> &Spelling {
        &self.spellings[seen.spelling as usize]
    }

    /// The number of a part of a personal name.
    pub(super) fn sym(&mut self, key: &str) -> Sym {
        if let Some(sym) = self.syms.get(key) {
            return *sym;
        }
        let sym = self.syms.len() as Sym;
        self.syms.insert(key.to_owned(), sym);
        sym
    }

    fn add(&mut self, surface: &str, is_person: bool) -> u32 {
        let form = if is_person { form::person(surface) } else { form::thing(surface) };
        let mut spelling =
            Spelling { form, is_person, syms: Vec::new(), firsts: Vec::new(), key: String::new(), known: None };
        if is_person {
            for (n, word) in spelling.form.words.iter().enumerate() {
                spelling.syms.push(self.sym(&name_key(word, n == 0 && spelling.form.words.len() > 1)));
                spelling.firsts.push(self.sym(&name_key(word, true)));
            }
        } else {
            spelling.key = spelling.form.words.join(" ");
            spelling.known = gazetteer().name(&spelling.key);
        }
        self.spellings.push(spelling);
        self.spellings.len() as u32 - 1
    }
}

/// How a spelling is tagged over all documents.
#[derive(Clone, Copy, Default)]
struct Votes {
    people: u32,
    things: u32,
}

/// Reads the mentions of all documents. Cost: O(mentions + letters of the spellings).
pub(super) fn corpus(documents: &[Named]) -> Corpus {
    let mut votes: FxHashMap<&str, Votes> = FxHashMap::default();
    for document in documents {
        for mention in document.mentions {
            let votes = votes.entry(surface(document, mention)).or_default();
            match mention.kind {
                Kind::Person => votes.people += 1,
                _ => votes.things += 1,
            }
        }
    }
    let mut corpus = Corpus::default();
    let mut ids: FxHashMap<(&str, bool), u32> = FxHashMap::default();
    for document in documents {
        let mut add =
            |surface, is_person| *ids.entry((surface, is_person)).or_insert_with(|| corpus.add(surface, is_person));
        let mut own: Vec<u32> = Vec::with_capacity(document.mentions.len());
        for mention in document.mentions {
            own.push(add(surface(document, mention), mention.kind == Kind::Person));
        }
        let families = families(&corpus, &own);
        let mut seen = Vec::with_capacity(own.len());
        for (n, mention) in document.mentions.iter().enumerate() {
            let mut spelling = own[n];
            let around = around(document, n);
            let surface = surface(document, mention);
            let own = &corpus.spellings[spelling as usize];
            let is_person =
                is_person(own, votes.get(surface).copied().unwrap_or_default(), mention, &families, around.0);
            if is_person != own.is_person {
                spelling = *ids.entry((surface, is_person)).or_insert_with(|| corpus.add(surface, is_person));
            }
            let form = &corpus.spellings[spelling as usize].form;
            seen.push(Seen { spelling, sex: around.0.or(form.sex), country: around.1.or(form.country) });
        }
        corpus.seen.push(seen);
    }
    corpus
}

fn surface<'a>(document: &Named<'a>, mention: &Mention) -> &'a str {
    document.text.get(mention.span.start as usize..mention.span.end as usize).unwrap_or_default()
}

/// The family names of the full names of a document, as written in folded letters.
fn families(corpus: &Corpus, own: &[u32]) -> FxHashSet<String> {
    let mut families = FxHashSet::default();
    for spelling in own.iter().map(|id| &corpus.spellings[*id as usize]).filter(|own| own.is_person) {
        if let ([_, .., last], false) = (spelling.form.words.as_slice(), spelling.form.is_family)
            && !families.contains(last)
        {
            families.insert(last.clone());
        }
    }
    families
}

/// Below this certainty, in percent, the kind of a mention may be wrong.
const UNSURE: u8 = 80;

/// Whether a mention is taken for the name of a person: as it is tagged, but a single word follows the full names of its
/// document, and where there are none the great majority over all documents.
fn is_person(own: &Spelling, votes: Votes, mention: &Mention, families: &FxHashSet<String>, sex: Option<Sex>) -> bool {
    let is_tagged = mention.kind == Kind::Person;
    let [word] = own.form.words.as_slice() else { return is_tagged };
    let has_family = families.contains(word);
    if is_tagged {
        let is_supported = has_family || sex.is_some() || mention.role.is_some();
        return is_supported || votes.things < 4 * votes.people;
    }
    if own.known.is_some() || own.form.is_acronym || gazetteer().demonym(word).is_some() {
        return false;
    }
    let is_unsure = mention.certainty < UNSURE || votes.people > votes.things;
    (has_family && is_unsure) || (votes.people >= 4 * votes.things && votes.people > 3)
}

/// What stands around a mention says: the sex, and the country.
fn around(document: &Named, n: usize) -> (Option<Sex>, Option<&'static str>) {
    let Some(mention) = document.mentions.get(n) else { return (None, None) };
    if mention.kind != Kind::Person {
        return (None, country_after(document, n));
    }
    let (mut sex, mut country) = (None, None);
    if let Some(role) = mention.role {
        let role = document.text.get(role.start as usize..role.end as usize).unwrap_or_default();
        country = country_in(role);
        sex = role.split_whitespace().take(12).find_map(|word| titles::sex_of_title(&bare(word)));
    }
    let before = document.text.get(..mention.span.start as usize).unwrap_or_default();
    let word = before.strip_suffix(' ').and_then(|before| {
        let tail = before.len().saturating_sub(16);
        let tail = (tail..=before.len()).find(|at| before.is_char_boundary(*at))?;
        before.get(tail..)?.rsplit(char::is_whitespace).next()
    });
    if let Some(word) = word.filter(|word| word.starts_with(char::is_uppercase)) {
        sex = titles::sex_of_title(&bare(word)).or(sex);
    }
    (sex, country)
}

/// The country of a place that is followed by it after a comma: `Izmit, Turkey`.
fn country_after(document: &Named, n: usize) -> Option<&'static str> {
    let (own, next) = (document.mentions.get(n)?, document.mentions.get(n + 1)?);
    if own.kind != Kind::Place || next.kind != Kind::Place {
        return None;
    }
    let gap = document.text.get(own.span.end as usize..next.span.start as usize)?;
    let key = || {
        super::gazetteer::key(document.text.get(next.span.start as usize..next.span.end as usize).unwrap_or_default())
    };
    // `Izmit, Turkey and Greece` is a list.
    let after = document.text.get(next.span.end as usize..).unwrap_or_default();
    let is_list = ["and ", "or ", "& "].iter().any(|word| after.trim_start().starts_with(word))
        || after.strip_prefix(", ").is_some_and(|after| after.starts_with(|c: char| c.is_uppercase()));
    match if gap == ", " && !is_list { gazetteer().name(&key()) } else { None } {
        Some(Known::Country(code)) => Some(code),
        _ => None,
    }
}

/// The one country that a role speaks of, by name or demonym: `Turkish Foreign Minister`, `president of Turkey`.
pub(super) fn country_in(role: &str) -> Option<&'static str> {
    let words: Vec<String> = role
        .split(|c: char| c.is_whitespace() || c == '-')
        .take(16)
        .map(bare)
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: BTreeMap<&'static str, ()> = BTreeMap::new();
    let mut n = 0;
    while n < words.len() {
        let longest = (1..=3usize.min(words.len() - n)).rev().find_map(|count| {
            let key = words[n..n + count].join(" ");
            // `us` in a role is written large; folded it cannot be told from the pronoun, which no role has.
            gazetteer().country(&key).map(|code| (count, code))
        });
        if let Some((count, code)) = longest {
            found.insert(code, ());
            n += count;
        } else {
            n += 1;
        }
    }
    if found.len() == 1 { found.into_keys().next() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_speak_of_countries() {
        for (role, expected) in [
            ("Turkish Foreign Minister", Some("TR")),
            ("president of South Korea", Some("KR")),
            ("U.S. Secretary of State", Some("US")),
            ("Franco-German envoy", Some("DE")),
            ("Russian and Chinese envoy", None),
            ("chairman", None),
            ("", None),
        ] {
            assert_eq!(country_in(role), expected, "{role}");
        }
    }
}
