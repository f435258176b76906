//! Invented news: the lines of [`crate::templates`] filled with names from the lists, and with names made of syllables,
//! which are in no list, so that the company of a name is learnt and not only the lists.

use sheaf_core::base::Span;
use sheaf_core::extract::Kind;

use crate::gold::Document;
use crate::learn::random;
use crate::templates::{
    BANDS, CLUBS, DOCUMENTS, EVENTS, MACHINES, ORGANISATIONS, PAPERS, PARTIES, REGIMENTS, ROLES, SOCIETIES, WORKS,
};

const FIRST: &str = include_str!("../../core/src/extract/names/lists/first_names.txt");
const LAST: &str = include_str!("../../core/src/extract/names/lists/surnames.txt");
const TOWNS: &str = include_str!("../../core/src/extract/names/lists/places.txt");
const COUNTRIES: &str = include_str!("../../core/src/extract/names/lists/countries.txt");
const PEOPLES: &str = include_str!("../../core/src/extract/names/lists/demonyms.txt");
const ORDINARY: &str = include_str!("../../core/src/extract/names/lists/ordinary.txt");

/// Makes each document of the templates `copies` times, each time with other names. The same number gives the same texts.
pub fn invented(copies: usize) -> Vec<Document> {
    let mut maker = Maker::new();
    let templates: Vec<&str> = DOCUMENTS.split("---\n").collect();
    (0..copies).flat_map(|_| templates.clone()).map(|template| maker.document(template)).collect()
}

struct Maker {
    seed: u64,
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    towns: Vec<&'static str>,
    countries: Vec<&'static str>,
    peoples: Vec<&'static str>,
    ordinary: Vec<&'static str>,
}

/// The names of one document, ten for each slot.
struct Cast {
    people: Vec<(String, String)>,
    slots: Vec<(char, Vec<String>)>,
}

impl Maker {
    fn new() -> Maker {
        let words = |list: &'static str| -> Vec<&'static str> { list.split_ascii_whitespace().collect() };
        let adjectives = |word: &&str| !word.ends_with('s') || word.ends_with("us");
        Maker {
            seed: 0x9e37_79b9_7f4a_7c15,
            first: words(FIRST),
            last: words(LAST),
            towns: words(TOWNS),
            countries: words(COUNTRIES),
            peoples: PEOPLES.split_ascii_whitespace().filter(adjectives).collect(),
            ordinary: words(ORDINARY).into_iter().filter(|word: &&str| word.len() > 3).collect(),
        }
    }

    fn below(&mut self, n: usize) -> usize {
        (random(&mut self.seed) % n.max(1) as u64) as usize
    }

    fn one(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }

    fn listed(&mut self, list: fn(&Maker) -> &Vec<&'static str>) -> String {
        let n = self.below(list(self).len());
        spelt(list(self)[n])
    }

    fn syllables(&mut self) -> String {
        const ONSETS: &str = "b br c ch d dr f g gr h j k kl kr l m n p pr r s sch sh st t tr v w z y th kh zh";
        const VOWELS: &str = "a a e e i o o u ai ei ou ia oe aa ie";
        const CODAS: &str = "n r l s t k m nd rt ck _ _ _ x v ng sk n r";
        let mut word = String::new();
        for _ in 0..1 + self.below(3) {
            for part in [ONSETS, VOWELS, CODAS] {
                let parts: Vec<&'static str> = part.split(' ').collect();
                word.push_str(self.one(&parts).trim_matches('_'));
            }
        }
        const ENDINGS: &str = "_ _ _ _ o a i ov ova ic ski sen son ez es er in ian enko ini oglu shvili ev man stein";
        let endings: Vec<&'static str> = ENDINGS.split(' ').collect();
        word.push_str(self.one(&endings).trim_matches('_'));
        capitalised(&word)
    }

    fn acronym(&mut self) -> String {
        (0..2 + self.below(4)).map(|_| char::from(b'A' + self.below(26) as u8)).collect()
    }

    fn town(&mut self) -> String {
        if self.below(3) == 0 { self.syllables() } else { self.listed(|maker| &maker.towns) }
    }

    fn filled(&mut self, patterns: &'static str) -> String {
        let patterns: Vec<&'static str> = patterns.split_ascii_whitespace().collect();
        let pattern = self.one(&patterns).replace("&and", "+and");
        let mut name = String::new();
        for c in pattern.chars() {
            match c {
                '@' => name.push_str(&self.town()),
                '%' if self.below(4) == 0 => name.push_str(&self.acronym()),
                '%' => name.push_str(&self.syllables()),
                '!' => name.push_str(&self.listed(|maker| &maker.ordinary)),
                '$' => name.push_str(&self.listed(|maker| &maker.last)),
                '#' => name.push_str(&self.listed(|maker| &maker.countries)),
                '&' => name.push_str(&self.listed(|maker| &maker.peoples)),
                '_' => name.push(' '),
                c => name.push(c),
            }
        }
        name.replace("+and", "and")
    }

    fn person(&mut self) -> (String, String) {
        let first = if self.below(4) == 0 { self.syllables() } else { self.listed(|maker| &maker.first) };
        let mut last = if self.below(2) == 0 { self.syllables() } else { self.listed(|maker| &maker.last) };
        match self.below(24) {
            0 => last = format!("van {last}"),
            1 => last = format!("de {last}"),
            2 => last = format!("al - {last}"),
            3 => last = format!("{last} - {}", self.syllables()),
            4 => last = format!("{} {last}", self.syllables()),
            5 => last = format!("O'{last}"),
            _ => {}
        }
        (first, last)
    }

    fn cast(&mut self) -> Cast {
        let people = (0..10).map(|_| self.person()).collect();
        let mut slots = Vec::new();
        for slot in ['C', 'T', 'K', 'O', 'A', 'N', 'E', 'J', 'B', 'W', 'U', 'V', 'L', 'X'] {
            let names = (0..10).map(|_| match slot {
                'C' => self.listed(|maker| &maker.countries),
                'T' => self.town(),
                'K' => self.filled(CLUBS),
                'O' if self.below(6) == 0 => self.acronym(),
                'O' => self.filled(ORGANISATIONS),
                'A' => self.acronym(),
                'N' => self.listed(|maker| &maker.peoples),
                'E' => self.filled(EVENTS),
                'B' => self.filled(BANDS),
                'W' => self.filled(WORKS),
                'U' => self.filled(REGIMENTS),
                'V' => self.filled(PARTIES),
                'L' => self.filled(SOCIETIES),
                'X' => self.filled(MACHINES),
                _ => self.filled(PAPERS),
            });
            slots.push((slot, names.collect()));
        }
        Cast { people, slots }
    }

    fn document(&mut self, template: &str) -> Document {
        let cast = self.cast();
        let is_loose = self.below(2) == 0;
        let mut document = Document {
            id: String::new(),
            text: String::new(),
            section: String::new(),
            names: Vec::new(),
            open: Vec::new(),
            has_peoples: true,
        };
        for line in template.lines() {
            let (line, is_loud) = line.strip_prefix('^').map_or((line, false), |line| (line, true));
            for token in line.split(' ') {
                let (text, kind) = self.token(token, &cast);
                let text = if is_loud { text.to_uppercase() } else { text };
                let text = if is_loose { text.replace(" - ", "-").replace(" '", "'") } else { text };
                push(&mut document, &text, kind, is_loose);
            }
            document.text.push('\n');
        }
        document
    }

    /// What a token of a template becomes, and its kind if it is a name.
    fn token(&mut self, token: &str, cast: &Cast) -> (String, Option<Kind>) {
        let Some((before, rest)) = token.split_once('{') else { return (token.to_owned(), None) };
        let (slot, after) = rest.split_once('}').unwrap_or((rest, ""));
        let letter = slot.chars().next().unwrap_or('w');
        let n: usize = slot.get(1..).and_then(|n| n.parse().ok()).unwrap_or(0);
        let person = &cast.people[n % cast.people.len()];
        let (name, kind) = match letter {
            'P' => (format!("{} {}", person.0, person.1), Some(Kind::Person)),
            'S' => (person.1.clone(), Some(Kind::Person)),
            'F' => (person.0.clone(), Some(Kind::Person)),
            'I' => (format!("{}. {}", person.0.chars().next().unwrap_or('A'), person.1), Some(Kind::Person)),
            'd' => (self.below(10).to_string(), None),
            'n' => ((10 + self.below(300)).to_string(), None),
            'D' => (
                self.one(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]).to_owned(),
                None,
            ),
            'M' => (self.one(&["January", "March", "May", "June", "August", "October", "Dec."]).to_owned(), None),
            'R' => {
                let roles: Vec<&'static str> = ROLES.split(' ').collect();
                (self.one(&roles).to_owned(), None)
            }
            letter => {
                let kind = match letter {
                    'C' | 'T' => Kind::Place,
                    'K' | 'O' | 'A' | 'J' | 'B' | 'U' | 'V' | 'L' => Kind::Organisation,
                    _ => Kind::Other,
                };
                let names = cast.slots.iter().find(|(slot, _)| *slot == letter).map(|(_, names)| names.as_slice());
                (names.and_then(|names| names.get(n)).cloned().unwrap_or_default(), Some(kind))
            }
        };
        (format!("{before}{name}{after}"), kind)
    }
}

/// Writes a token behind the others, with a blank between; `is_loose` as in running text, not tokenised.
fn push(document: &mut Document, token: &str, kind: Option<Kind>, is_loose: bool) {
    let sticks = is_loose && matches!(token, "," | "." | ")" | ":" | ";" | "?" | "!" | "'s");
    let follows_open = is_loose && document.text.ends_with('(');
    if !document.text.is_empty() && !document.text.ends_with('\n') && !sticks && !follows_open {
        document.text.push(' ');
    }
    let start = document.text.len() as u32;
    document.text.push_str(token);
    if let Some(kind) = kind {
        document.names.push((Span::new(start, document.text.len() as u32), kind));
    }
}

fn spelt(entry: &str) -> String {
    const SMALL: &[&str] = &["of", "the", "and", "de", "la", "del", "al", "du"];
    let words: Vec<String> = entry
        .split('_')
        .enumerate()
        .map(|(n, word)| if n > 0 && SMALL.contains(&word) { word.to_owned() } else { capitalised(word) })
        .collect();
    words.join(" ")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
