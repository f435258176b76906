//! A name as it is compared: without what stands around it.

use super::gazetteer::gazetteer;
use super::titles::{self, Sex};
use crate::text::fold;

/// A spelling, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// As it is shown: without article, possessive, title, degree.
    pub(super) shown: String,
    /// Its folded words; a hyphen parts words, an initial is a word of one letter.
    pub(super) words: Vec<String>,
    /// Whether it is all capitals, and short: `OSCE`.
    pub(super) is_acronym: bool,
    /// Whether it begins with a particle, so that it is a family name alone: `van Dijk`.
    pub(super) is_family: bool,
    /// Whether words that companies have at the end were left away.
    pub(super) is_company: bool,
    /// What `Jr.` or `III` says; 0 where nothing.
    pub(super) generation: u8,
    /// What a title in it says.
    pub(super) sex: Option<Sex>,
    /// Of a place with its country after a comma: the country.
    pub(super) country: Option<&'static str>,
}

/// Longer names are cut: what has more words is no name, and would cost.
const MAX_WORDS: usize = 12;

/// Takes the name of a person apart. Cost: O(length).
pub(super) fn person(surface: &str) -> Form {
    let mut form = Form { is_acronym: is_acronym(surface), ..Form::default() };
    let mut parts: Vec<&str> = Vec::new();
    let mut fields = surface.split(',');
    let head = fields.next().unwrap_or_default();
    // `Orlova, Vera` is Vera Orlova; `Vera Orlova, MP` is not.
    let tail: Vec<&str> = fields.next().unwrap_or_default().split_whitespace().collect();
    let is_turned = tail.first().is_some_and(|word| {
        let folded = fold(word);
        titles::generation(word) == 0
            && !titles::is_honour(folded.trim_matches('.'))
            && word.starts_with(char::is_uppercase)
    }) && head.split_whitespace().count() <= 2;
    if is_turned {
        parts.extend(&tail);
    }
    parts.extend(head.split_whitespace());
    if !is_turned {
        form.generation = tail.first().map_or(0, |word| titles::generation(word));
    }
    parts.truncate(MAX_WORDS);
    let mut shown_from = 0;
    let mut first = 0;
    while first + 1 < parts.len() {
        let word = bare(parts[first]);
        let has_title = || parts.get(first + 1).is_some_and(|next| titles::is_title(&bare(next)));
        let is_country = first + 2 < parts.len() && has_title() && gazetteer().country(&word).is_some();
        if !titles::is_title(&word) && word != "the" && !is_country {
            break;
        }
        form.sex = form.sex.or(titles::sex_of_title(&word));
        if !titles::is_kept(&word) {
            shown_from = first + 1;
        }
        first += 1;
    }
    let mut end = parts.len();
    while end > first + 1 {
        let generation = titles::generation(parts[end - 1].trim_end_matches("'s").trim_end_matches("’s"));
        if generation > 0 {
            form.generation = generation;
        } else if !titles::is_honour(&bare(parts[end - 1]).replace('.', "")) {
            break;
        }
        end -= 1;
    }
    // `Ada Orhan of Izmit`: where somebody comes from is no family name.
    if let Some(of) =
        parts.get(first..end).and_then(|own| own.iter().position(|part| *part == "of")).filter(|of| *of > 1)
    {
        end = first + of;
    }
    for part in parts.get(first..end).unwrap_or_default() {
        push_words(part, &mut form.words, true);
    }
    let folded_first = form.words.first().map_or("", String::as_str);
    if form.words.len() > 1 && parts.get(first).is_some_and(|part| titles::is_particle(part, folded_first)) {
        form.is_family = true;
        let particles = form.words.iter().take_while(|word| titles::is_particle_inside(word)).count();
        form.words.drain(..particles.min(form.words.len() - 1));
    }
    form.shown = shown(parts.get(shown_from..).unwrap_or_default());
    form.words.truncate(MAX_WORDS);
    form
}

/// Takes the name of an organisation, a place or anything else apart. Cost: O(length).
pub(super) fn thing(surface: &str) -> Form {
    let mut form = Form { is_acronym: is_acronym(surface), ..Form::default() };
    let mut name = surface;
    if let Some((head, tail)) = surface.split_once(',') {
        let country = gazetteer().country(&super::gazetteer::key(tail.rsplit(',').next().unwrap_or_default()));
        let is_company = titles::is_company(&bare(tail.trim()));
        if country.is_some() || is_company {
            (name, form.country, form.is_company) = (head, country, is_company);
        }
    }
    let mut parts: Vec<&str> = name.split_whitespace().take(MAX_WORDS).collect();
    if parts.len() > 1 && matches!(bare(parts[0]).as_str(), "the" | "a" | "an") && bare(parts[1]) != "hague" {
        parts.remove(0);
    }
    form.shown = shown(&parts);
    for part in &parts {
        push_words(part, &mut form.words, false);
    }
    // `NGOs`: several of them, or one.
    if let ([word], true) = (form.words.as_mut_slice(), form.is_acronym && form.shown.ends_with('s')) {
        word.pop();
    }
    form.words.truncate(MAX_WORDS);
    if form.words.len() > 1 && form.words[0] == "the" {
        form.words.remove(0);
    }
    while form.words.len() > 1 && form.words.last().is_some_and(|word| titles::is_company(word)) {
        form.words.pop();
        form.is_company = true;
        if form.words.len() > 1 && form.words.last().is_some_and(|word| word == "and") {
            form.words.pop();
        }
    }
    form
}

/// A word without the signs around it, folded.
pub(super) fn bare(word: &str) -> String {
    let folded = fold(word);
    let trimmed = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if trimmed.len() == folded.len() { folded } else { trimmed.to_owned() }
}

/// The folded words of one written word.
fn push_words(part: &str, words: &mut Vec<String>, is_person: bool) {
    if part == "&" {
        words.push("and".to_owned());
        return;
    }
    // `J.K.`, and `JK` before a name in small letters, are initials.
    let letters = || part.chars().filter(|c| c.is_alphabetic());
    let is_dotted = part.len() > 1 && part.contains('.') && part.split('.').all(|piece| piece.chars().count() <= 1);
    if is_person && is_dotted {
        words.extend(letters().map(|c| fold(c.encode_utf8(&mut [0; 4]))));
        return;
    }
    let pieces = if is_dotted { usize::MAX } else { 0 };
    if pieces == 0 && part.contains('-') {
        words.extend(part.split('-').map(bare).filter(|word| !word.is_empty()));
        return;
    }
    let word = bare(part);
    if !word.is_empty() {
        words.push(word);
    }
}

/// Words as they are shown: one blank between them, no signs at the ends, no possessive.
fn shown(parts: &[&str]) -> String {
    let joined = parts.join(" ");
    let mut name = joined.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '!' | '?' | '+'));
    name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    for possessive in ["'s", "’s", "'S", "’S"] {
        name = name.strip_suffix(possessive).unwrap_or(name);
    }
    // A dot belongs to an abbreviation or an initial, or to `Jr.`, not to the end of a sentence.
    let last = name.rsplit(' ').next().unwrap_or_default();
    let is_dot_kept = last.matches('.').count() > 1 || last.len() <= 4 || titles::is_company(&bare(last));
    if !is_dot_kept {
        name = name.trim_end_matches('.');
    }
    if name.is_empty() { joined } else { name.to_owned() }
}

/// Whether a spelling is an abbreviation of capitals: two to ten letters, one of them at most small.
fn is_acronym(surface: &str) -> bool {
    let name = surface.trim_end_matches("'s").trim_end_matches("’s");
    let (mut large, mut small) = (0, 0);
    for c in name.chars() {
        match c {
            c if c.is_uppercase() => large += 1,
            c if c.is_lowercase() => small += 1,
            c if c.is_numeric() || matches!(c, '.' | '&' | '-') => {}
            _ => return false,
        }
    }
    (2..=10).contains(&large) && small <= 1 && small < large
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(form: Form, shown: &str, words: &str) {
        assert_eq!((form.shown.as_str(), form.words.join(" ").as_str()), (shown, words));
    }

    #[test]
    fn what_stands_around_a_person_goes() {
        check(person("Mr. Tom Weaver"), "Tom Weaver", "tom weaver");
        check(person("Foreign Minister Ada Orhan’s"), "Ada Orhan", "ada orhan");
        check(person("J.R. Weaver Jr."), "J.R. Weaver Jr.", "j r weaver");
        check(person("Weaver, Tom"), "Tom Weaver", "tom weaver");
        check(person("Ada Orhan, MP"), "Ada Orhan", "ada orhan");
        check(person("Pope Linus"), "Pope Linus", "linus");
        check(person("Turkish Foreign Minister Ada Orhan"), "Ada Orhan", "ada orhan");
        check(person("Ada Orhan of Izmit"), "Ada Orhan of Izmit", "ada orhan");
        check(person("Jean-Luc van der Meer"), "Jean-Luc van der Meer", "jean luc van der meer");
        check(person("van der Meer"), "van der Meer", "meer");
        check(person("al-Tamir"), "al-Tamir", "tamir");
        check(person("Al Weaver"), "Al Weaver", "al weaver");
        check(person("President"), "President", "president");
        check(person(""), "", "");
        assert_eq!(person("Mrs Weaver").sex, Some(Sex::Female));
        assert_eq!(person("Tom Weaver III").generation, 3);
        assert_eq!(person("Tom Weaver, Jr.").generation, 2);
    }

    #[test]
    fn what_stands_around_a_thing_goes() {
        check(thing("the Weaver Foundation's"), "Weaver Foundation", "weaver foundation");
        check(thing("Weaver & Sons, Inc."), "Weaver & Sons", "weaver and sons");
        check(thing("Orlan Motors Co."), "Orlan Motors Co.", "orlan motors");
        check(thing("U.S."), "U.S.", "us");
        check(thing("The Hague"), "The Hague", "hague");
        check(thing("Izmit, Turkey"), "Izmit", "izmit");
        assert_eq!(thing("Izmit, Turkey").country, Some("TR"));
        assert!(thing("OSCE").is_acronym && thing("U.N.").is_acronym && !thing("Osce").is_acronym);
    }

    proptest! {
        #[test]
        fn anything_is_taken_apart(surface in "\\PC{0,40}") {
            prop_assert!(person(&surface).words.len() <= MAX_WORDS);
            prop_assert!(thing(&surface).words.len() <= MAX_WORDS);
        }
    }
}
