//! Organisations, places and other things: names that are known, abbreviations, beginnings of longer names.

use rustc_hash::FxHashMap;

use super::form::{Form, bare};
use super::gazetteer::{self, Known};
use super::intake::{Corpus, Seen, Spelling};
use super::nodes::{Assigned, NodeId, Nodes};
use super::{Kind, Link, Named, titles};

/// What bears an abbreviation or a short name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearer {
    One(NodeId),
    Several,
}

type Bearers = FxHashMap<String, Bearer>;

fn add(bearers: &mut Bearers, key: String, node: NodeId) {
    let bearer = bearers.entry(key).or_insert(Bearer::One(node));
    if *bearer != Bearer::One(node) {
        *bearer = Bearer::Several;
    }
}

fn one(bearers: &Bearers, key: &str) -> Option<NodeId> {
    match bearers.get(key) {
        Some(Bearer::One(node)) => Some(*node),
        _ => None,
    }
}

/// What a spelling of a thing is.
struct Thing {
    node: NodeId,
    /// The letters that an abbreviation of it may have, without and with small words; empty where it is one word.
    letters: [String; 2],
}

/// Gives every mention that is no person its node; people get one that their own rules replace.
/// Cost: about linear in mentions.
pub(super) fn resolve(corpus: &Corpus, documents: &[Named], nodes: &mut Nodes) -> Vec<Vec<Assigned>> {
    let things: Vec<Option<Thing>> = corpus.spellings.iter().map(|spelling| thing(spelling, nodes)).collect();
    let explained: Vec<Bearers> =
        corpus.seen.iter().zip(documents).map(|(seen, document)| explained(corpus, &things, seen, document)).collect();
    let (mut everywhere, mut letters) = (Bearers::default(), Bearers::default());
    for (key, bearer) in explained.iter().flatten() {
        match bearer {
            Bearer::One(node) => add(&mut everywhere, key.clone(), *node),
            Bearer::Several => drop(everywhere.insert(key.clone(), Bearer::Several)),
        }
    }
    for thing in things.iter().flatten() {
        add_letters(&mut letters, thing);
    }
    unite_known(&explained, nodes);
    let mut all = Vec::with_capacity(documents.len());
    for ((seen, document), explained) in corpus.seen.iter().zip(documents).zip(&explained) {
        let own = OfDocument::new(corpus, &things, seen, document);
        let assign = |(n, seen): (usize, &Seen)| {
            let spelling = corpus.spelling(*seen);
            let Some(thing) = things.get(seen.spelling as usize).and_then(Option::as_ref) else {
                return Assigned { node: 0, link: Link::Same };
            };
            let kind = document.mentions.get(n).map_or(Kind::Other, |mention| mention.kind);
            let same = Assigned { node: thing.node, link: Link::Same };
            let found = if spelling.form.is_acronym {
                abbreviation(spelling, explained, &own.letters, &everywhere, &letters)
            } else {
                own.longer(spelling, kind, n)
            };
            found.filter(|found| found.node != thing.node).unwrap_or(same)
        };
        all.push(seen.iter().enumerate().map(assign).collect());
    }
    all
}

/// The key of the name of a thing: what is known of it, or what it says.
pub(super) fn key(form: &Form) -> String {
    let words = form.words.join(" ");
    match gazetteer::gazetteer().name(&words) {
        Some(Known::Country(code)) => format!("country {code}"),
        Some(Known::Capital(name, code)) => format!("capital {code} {name}"),
        Some(Known::Alias(name)) => format!("known {name}"),
        None => format!("thing {words}"),
    }
}

fn thing(spelling: &Spelling, nodes: &mut Nodes) -> Option<Thing> {
    if spelling.is_person {
        return None;
    }
    let node = nodes.of(&key(&spelling.form));
    let words = &spelling.form.words;
    let initials = |with_small: bool| -> String {
        words
            .iter()
            .filter(|word| with_small || !titles::is_small(word))
            .filter_map(|word| word.chars().next())
            .collect()
    };
    let letters = if words.len() > 1 { [initials(false), initials(true)] } else { Default::default() };
    Some(Thing { node, letters })
}

fn add_letters(bearers: &mut Bearers, thing: &Thing) {
    let [without, with] = &thing.letters;
    for letters in [Some(without), Some(with).filter(|with| *with != without)].into_iter().flatten() {
        if letters.chars().count() > 1 {
            add(bearers, letters.clone(), thing.node);
        }
    }
}

/// The abbreviations that a document explains: `Weaver Foundation (WF)`, `Weaver Foundation, WF,`, `WF (Weaver
/// Foundation)`.
fn explained(corpus: &Corpus, things: &[Option<Thing>], seen: &[Seen], document: &Named) -> Bearers {
    let mut bearers = Bearers::default();
    for (n, (own, mention)) in seen.iter().zip(document.mentions).enumerate() {
        let Some(Some(thing)) = things.get(own.spelling as usize) else { continue };
        let spelling = corpus.spelling(*own);
        let rest = document.text.get(mention.span.end as usize..).unwrap_or_default();
        let rest =
            rest.strip_prefix("'s").or_else(|| rest.strip_prefix("’s")).unwrap_or(rest).trim_start_matches(['"', '”']);
        let in_brackets =
            rest.strip_prefix(" (").or_else(|| rest.strip_prefix(" [")).or_else(|| rest.strip_prefix(" -LRB- "));
        if spelling.form.words.len() > 1 {
            let (after, is_bracket) = match in_brackets {
                Some(after) => (after, true),
                None => (rest.strip_prefix(", ").unwrap_or_default(), false),
            };
            let end = after.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '&' | '-')).unwrap_or(0).min(16);
            let Some(short) = after.get(..end).filter(|short| is_abbreviation(short)) else { continue };
            let is_closed = after.get(end..).is_some_and(|rest| rest.starts_with([')', ']', ',', ';', ' ']));
            let key = bare(short).replace('-', "");
            let fits = thing.letters.contains(&key) || (is_bracket && fits_loosely(&spelling.key, &key));
            if is_closed && fits {
                add(&mut bearers, key, thing.node);
            }
        } else if let (true, Some(next), Some(_)) =
            (spelling.form.is_acronym, document.mentions.get(n + 1), in_brackets)
        {
            let gap = next.span.start.saturating_sub(mention.span.end);
            let Some(longer) = seen.get(n + 1).filter(|_| gap <= 4) else { continue };
            let Some(Some(other)) = things.get(longer.spelling as usize) else { continue };
            let key = spelling.key.replace('-', "");
            if other.letters.contains(&key) || fits_loosely(&corpus.spelling(*longer).key, &key) {
                add(&mut bearers, key, other.node);
            }
        }
    }
    bearers
}

fn is_abbreviation(word: &str) -> bool {
    let large = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    (2..=10).contains(&large) && small < large
}

/// Whether the letters stand in the name in this order, the first at its beginning, each at the beginning of a word or
/// after a letter that was found: `unctad` in `united nations conference on trade and development`.
fn fits_loosely(name: &str, letters: &str) -> bool {
    let mut wanted = letters.chars().peekable();
    if name.chars().next() != wanted.next() || name.chars().count() < 2 * letters.chars().count() {
        return false;
    }
    for c in name.chars().skip(1) {
        wanted.next_if_eq(&c);
    }
    wanted.peek().is_none()
}

/// Puts a name together with the known thing whose abbreviation it explains, where the two share most of their words:
/// the lists cannot have every way of writing `Organization for Security and Co-operation in Europe`.
fn unite_known(explained: &[Bearers], nodes: &mut Nodes) {
    for (key, bearer) in explained.iter().flatten() {
        let (Bearer::One(node), Some(Known::Alias(name))) = (bearer, gazetteer::gazetteer().name(key)) else {
            continue;
        };
        let known = gazetteer::key(name);
        let own = nodes.key(*node).strip_prefix("thing ").unwrap_or_default().to_owned();
        let words = |name: &str| -> Vec<String> {
            name.split(' ').filter(|word| !titles::is_small(word)).map(str::to_owned).collect()
        };
        let (known_words, own) = (words(&known), words(&own));
        let common = own.iter().filter(|word| known_words.contains(word)).count();
        if common * 2 > own.len().max(known_words.len()) {
            let known = nodes.of(&format!("known {name}"));
            nodes.unite(known, *node, Link::Explained);
        }
    }
}

/// What an abbreviation stands for: what its document explains, what is known, what the letters fit.
fn abbreviation(
    spelling: &Spelling,
    explained: &Bearers,
    own: &Bearers,
    everywhere: &Bearers,
    letters: &Bearers,
) -> Option<Assigned> {
    let key = spelling.key.replace([' ', '-'], "");
    if let Some(node) = one(explained, &key) {
        return Some(Assigned { node, link: Link::Explained });
    }
    if spelling.known.is_some() {
        return None;
    }
    let is_long = key.chars().count() >= 3;
    if let Some(node) = one(own, &key).filter(|_| is_long) {
        return Some(Assigned { node, link: Link::Letters });
    }
    if own.contains_key(&key) {
        return None;
    }
    if let Some(node) = one(everywhere, &key) {
        return Some(Assigned { node, link: Link::ExplainedElsewhere });
    }
    let is_explained = everywhere.contains_key(&key);
    one(letters, &key).filter(|_| is_long && !is_explained).map(|node| Assigned { node, link: Link::LettersElsewhere })
}

/// The longer names of a document.
struct OfDocument {
    letters: Bearers,
    /// By beginning, where what follows says what sort of thing it is; by beginning at all; by ending.
    generic: Bearers,
    beginnings: Bearers,
    endings: Bearers,
    /// Where each is named first.
    first: FxHashMap<NodeId, usize>,
}

impl OfDocument {
    fn new(corpus: &Corpus, things: &[Option<Thing>], seen: &[Seen], document: &Named) -> OfDocument {
        let [letters, generic, beginnings, endings] = std::array::from_fn(|_| Bearers::default());
        let mut own = OfDocument { letters, generic, beginnings, endings, first: FxHashMap::default() };
        let mut done = rustc_hash::FxHashSet::default();
        for (n, (seen, mention)) in seen.iter().zip(document.mentions).enumerate() {
            let Some(Some(thing)) = things.get(seen.spelling as usize) else { continue };
            own.first.entry(thing.node).or_insert(n);
            let words = &corpus.spelling(*seen).form.words;
            if words.len() < 2 || !done.insert((seen.spelling, mention.kind)) {
                continue;
            }
            add_letters(&mut own.letters, thing);
            let kind = sort(mention.kind);
            for n in 1..words.len().min(4) {
                let is_generic = words.get(n).is_some_and(|word| titles::is_generic(word)) && n + 1 == words.len();
                let beginning = format!("{kind}{}", words[..n].join(" "));
                if is_generic {
                    add(&mut own.generic, beginning.clone(), thing.node);
                }
                add(&mut own.beginnings, beginning, thing.node);
            }
            let skipped = usize::from(words.get(1).is_some_and(|word| word == "of")) + 1;
            if titles::is_generic_before(&words[0]) && words.len() > skipped {
                add(&mut own.generic, format!("{kind}{}", words[skipped..].join(" ")), thing.node);
            }
            if let Some(last) = words.last().filter(|_| mention.kind == Kind::Organisation) {
                add(&mut own.endings, format!("{kind}{last}"), thing.node);
            }
        }
        own
    }

    /// The longer name that a short one stands for. What is known stands for itself; where nothing says that the rest of
    /// the longer name may be left away, it must have been named before.
    fn longer(&self, spelling: &Spelling, kind: Kind, n: usize) -> Option<Assigned> {
        let is_named = |node: &NodeId| self.first.get(node).is_some_and(|first| *first < n);
        let words = &spelling.form.words;
        if spelling.known.is_some() || words.is_empty() || words.len() > 3 {
            return None;
        }
        let key = format!("{}{}", sort(kind), words.join(" "));
        if self.generic.contains_key(&key) {
            return one(&self.generic, &key).map(|node| Assigned { node, link: Link::Short });
        }
        if kind != Kind::Organisation || super::gazetteer::gazetteer().demonym(&spelling.key).is_some() {
            return None;
        }
        if self.beginnings.contains_key(&key) {
            return one(&self.beginnings, &key).filter(is_named).map(|node| Assigned { node, link: Link::Short });
        }
        let ending = one(&self.endings, &key).filter(|node| words.len() == 1 && is_named(node));
        ending.map(|node| Assigned { node, link: Link::Ending })
    }
}

/// What may stand for one another: organisations for organisations, places for places.
fn sort(kind: Kind) -> char {
    match kind {
        Kind::Organisation => 'o',
        Kind::Place => 'p',
        Kind::Person | Kind::Other => 'x',
    }
}
