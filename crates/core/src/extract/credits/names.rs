//! Names of agencies in a text: those of the list, and any beside *news agency*.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::agencies::AGENCIES;
use crate::base::Span;
use crate::extract::Reading;

/// A place that names an agency, or something of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The name as written.
    pub(super) span: Span,
    /// Where the name ends together with *news agency* after it.
    pub(super) end: u32,
    /// Its name in the list.
    pub(super) known_as: Option<&'static str>,
    /// Whether the name is also a name of other things and nothing beside it says *news agency*.
    pub(super) is_doubtful: bool,
}

/// A name of the list.
struct Alias {
    words: Vec<&'static str>,
    known_as: &'static str,
    is_doubtful: bool,
}

/// The names in order of place; none overlaps another.
pub(super) fn names(reading: &Reading) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut free_from = 0;
    for n in 0..reading.words.len() {
        let form = reading.word(n);
        let end = names.last().map_or(0, |last| last.end);
        if n < free_from || reading.words[n].start < end {
            continue;
        }
        let may_begin = form == "dpa" || !form.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        if may_begin && let Some((name, next)) = listed(reading, n) {
            free_from = next;
            let is_abbreviation = names.last().is_some_and(|last| {
                let between = Span::new(last.span.end, name.span.start).of(reading.text);
                last.known_as == name.known_as && between.trim() == "("
            });
            if !is_abbreviation {
                names.push(name);
            }
            continue;
        }
        if form.eq_ignore_ascii_case("agency") && n > 0 && reading.word(n - 1).eq_ignore_ascii_case("news") {
            names.extend(unlisted(reading, n, end));
        }
    }
    names
}

/// The longest name of the list that begins with word `n`, and the word after it.
fn listed(reading: &Reading, n: usize) -> Option<(Name, usize)> {
    static TABLE: OnceLock<FxHashMap<Vec<u8>, Vec<Alias>>> = OnceLock::new();
    let mut buffer = [0u8; 24];
    let key = lower(reading.word(n), &mut buffer)?;
    let aliases = TABLE.get_or_init(table).get(key)?;
    let fits = |alias: &&Alias| (0..alias.words.len()).all(|k| is_word(reading, n, k, alias.words[k]));
    let alias = aliases.iter().filter(fits).max_by_key(|alias| alias.words.len())?;
    let next = n + alias.words.len();
    let span = Span::new(reading.words[n].start, reading.words[next - 1].end);
    // The company has the agency's name.
    if n > 0 && matches!(reading.word(n - 1), "Thomson" | "Michael" | "Mr") {
        return None;
    }
    let describes = |n: usize| is_pair(reading, n, "news", &["agency", "agencies", "service", "wire"]);
    let is_described = describes(next) || n > 1 && describes(n - 2);
    let (end, next) = if describes(next) { (reading.words[next + 1].end, next + 2) } else { (span.end, next) };
    let is_doubtful = alias.is_doubtful && !is_described;
    Some((Name { span, end, known_as: Some(alias.known_as), is_doubtful }, next))
}

/// A name beside *news agency*, of which `n` is the second word: `the Orbis news agency`, `news agency Orbis`.
fn unlisted(reading: &Reading, n: usize, free_from: u32) -> Option<Name> {
    let is_name =
        |n: usize| reading.words.get(n).is_some_and(|word| word.of(reading.text).starts_with(char::is_uppercase));
    let is_close = |n: usize| is_beside(reading, n);
    if is_name(n + 1) && is_close(n) && reading.word(n).starts_with('a') {
        let span = reading.words[n + 1];
        return Some(Name { span, end: span.end, known_as: None, is_doubtful: false });
    }
    let mut first = n - 1;
    while first > 0
        && n - first < 5
        && is_name(first - 1)
        && is_close(first - 1)
        && reading.words[first - 1].start >= free_from
    {
        first -= 1;
    }
    let is_article = |word: &str| ["The", "A", "An", "State", "Official"].contains(&word);
    while first < n - 1 && is_article(reading.word(first)) {
        first += 1;
    }
    let is_named = first < n - 1 && is_name(first);
    is_named.then(|| {
        let span = Span::new(reading.words[first].start, reading.words[n].end);
        Name { span, end: span.end, known_as: None, is_doubtful: false }
    })
}

/// Whether word `n + k` is the word `expected` of a name, and stands beside the one before it.
fn is_word(reading: &Reading, n: usize, k: usize, expected: &str) -> bool {
    let Some(form) = reading.words.get(n + k).map(|word| word.of(reading.text)) else { return false };
    // Short names are abbreviations: `AP`, but not `ap`; longer ones stand in headlines in capitals.
    let is_same = form == expected
        || expected.chars().count() > 3 && form.eq_ignore_ascii_case(expected) && form.starts_with(char::is_uppercase);
    is_same && (k == 0 || is_beside(reading, n + k - 1))
}

/// Whether only a blank or a hyphen lies between word `n` and the next.
fn is_beside(reading: &Reading, n: usize) -> bool {
    let (Some(a), Some(b)) = (reading.words.get(n), reading.words.get(n + 1)) else { return false };
    let between = Span::new(a.end, b.start).of(reading.text);
    between == "-" || between.len() <= 6 && between.chars().all(char::is_whitespace)
}

fn is_pair(reading: &Reading, n: usize, first: &str, second: &[&str]) -> bool {
    let (Some(a), Some(b)) = (reading.words.get(n), reading.words.get(n + 1)) else { return false };
    a.of(reading.text).eq_ignore_ascii_case(first)
        && second.iter().any(|word| b.of(reading.text).eq_ignore_ascii_case(word))
}

/// A word in small letters of ASCII; nothing where it is longer than any first word of the list.
fn lower<'b>(form: &str, buffer: &'b mut [u8; 24]) -> Option<&'b [u8]> {
    let lowered = buffer.get_mut(..form.len())?;
    lowered.copy_from_slice(form.as_bytes());
    lowered.make_ascii_lowercase();
    Some(lowered)
}

/// The names of the list by their first word in small letters.
fn table() -> FxHashMap<Vec<u8>, Vec<Alias>> {
    let mut table: FxHashMap<Vec<u8>, Vec<Alias>> = FxHashMap::default();
    for line in AGENCIES.lines() {
        let known_as = line.split('|').next().unwrap_or(line).trim_end_matches('*');
        for name in line.split('|') {
            let bare = name.trim_end_matches('*');
            let words: Vec<&'static str> = bare.split([' ', '-']).collect();
            let key = words.first().map_or(Vec::new(), |word| word.to_ascii_lowercase().into_bytes());
            table.entry(key).or_default().push(Alias { words, known_as, is_doubtful: bare.len() < name.len() });
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_list_is_found_and_none_stands_twice_with_the_same_doubt() {
        let mut seen = std::collections::BTreeSet::new();
        for line in AGENCIES.lines() {
            for name in line.split('|') {
                let bare = name.trim_end_matches('*');
                let text = format!("so {bare} says");
                let found = names(&Reading::new(&text, "en"));
                assert_eq!(
                    found.first().map(|name| name.span.of(&text).trim_end_matches('.')),
                    Some(bare.trim_end_matches('.')),
                    "{text}"
                );
                assert!(seen.insert(name.to_owned()) || name.ends_with('*'), "{name} stands twice");
                assert!(bare.len() <= 40 && bare.split([' ', '-']).all(|word| word.len() <= 24), "{bare}");
            }
        }
    }

    #[test]
    fn any_name_beside_news_agency_is_one() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = names(&Reading::new(text, "en")).iter().map(|name| name.span.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("the Orbis news agency reported", &["Orbis news agency"]);
        check("the state news agency Orbis said", &["Orbis"]);
        check("The Lower Valley News Agency said", &["Lower Valley News Agency"]);
        check("a news agency said", &[]);
        check("the Interfax news agency said", &["Interfax"]);
        check("the Chinese news agency Xinhua said", &["Xinhua"]);
        check("Thomson Reuters sold", &[]);
        check("the Associated Press (AP) said", &["Associated Press"]);
        check("an ap and a map", &[]);
    }
}
