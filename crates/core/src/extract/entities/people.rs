//! People: full names that are one, and the full name that a family name, a first name or initials stand for.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Link;
use super::form::Form;
use super::intake::{Corpus, Seen, Spelling, Sym};
use super::key::name_key;
use super::nodes::{Assigned, NodeId, Nodes};
use super::titles::{self, Sex};

/// Under what a full name may be asked for: what sort of part, and the part.
type Part = (u8, u64);

const LAST: u8 = 0;
const FIRST: u8 = 1;
const ENDING: u8 = 2;
const BEGINNING: u8 = 3;
const INITIAL: u8 = 4;

/// People whom a document named under one part of their name: as many as are kept, for a thousand people of one name
/// must not cost a million comparisons.
const KEPT: usize = 8;

/// What a spelling of a person is.
struct Person {
    /// The node of the spelling.
    node: NodeId,
    /// Whether it is a full name.
    is_full: bool,
    /// Under what it may be asked for, where it is a full name.
    offers: Vec<Part>,
    /// Under what it asks for a longer name, and why that would be it: the best first.
    asks: Vec<(Part, Link)>,
}

/// What is known of a full name from all its mentions.
#[derive(Default)]
struct Evidence {
    female: u32,
    male: u32,
    countries: Vec<&'static str>,
}

impl Evidence {
    fn sex(&self) -> Option<Sex> {
        match self.female.cmp(&self.male) {
            std::cmp::Ordering::Greater => Some(Sex::Female),
            std::cmp::Ordering::Less => Some(Sex::Male),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether a mention with such surroundings cannot be this person.
    fn contradicts(&self, seen: Seen) -> bool {
        let by_sex = seen.sex.is_some() && self.sex().is_some_and(|sex| seen.sex != Some(sex));
        let by_country = seen.country.is_some_and(|code| !self.countries.is_empty() && !self.countries.contains(&code));
        by_sex || by_country
    }
}

/// Who bears a part of a name, in all documents or in one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearer {
    One(NodeId),
    Several,
}

fn add(bearers: &mut FxHashMap<Part, Bearer>, part: Part, root: NodeId) {
    let bearer = bearers.entry(part).or_insert(Bearer::One(root));
    if *bearer != Bearer::One(root) {
        *bearer = Bearer::Several;
    }
}

/// Gives every mention of a person its node. Cost: about linear in mentions.
pub(super) fn resolve(corpus: &Corpus, nodes: &mut Nodes, assigned: &mut [Vec<Assigned>]) {
    let mut runs = Runs::default();
    let people: Vec<Option<Person>> =
        corpus.spellings.iter().map(|spelling| person(spelling, nodes, &mut runs)).collect();
    unite_middles(corpus, &people, nodes);
    unite_parts(&people, nodes);
    for document in &corpus.seen {
        unite_turned(corpus, &people, document, nodes);
    }
    nodes.flatten();
    let evidence = evidence(corpus, &people, nodes);
    let mut bearers = FxHashMap::default();
    for person in people.iter().flatten().filter(|person| person.is_full) {
        person.offers.iter().for_each(|part| add(&mut bearers, *part, nodes.root(person.node)));
    }
    let sexes = sexes_of_parts(corpus, &people);
    for (document, assigned) in corpus.seen.iter().zip(assigned) {
        let mut own = OfDocument::new(document, &people, nodes);
        for (seen, assigned) in document.iter().zip(assigned.iter_mut()) {
            let Some(person) = people.get(seen.spelling as usize).and_then(Option::as_ref) else { continue };
            *assigned = own.link(person, *seen, &evidence).unwrap_or_else(|asked| {
                let spelling = corpus.spelling(*seen);
                elsewhere(person, *seen, spelling, &bearers, &evidence)
                    .filter(|_| !asked.is_ambiguous)
                    .unwrap_or_else(|| alone(person, *seen, asked, &bearers, &sexes, nodes))
            });
            own.remember(person, assigned.node, nodes, &people);
        }
    }
    nodes.flatten();
}

/// The key of the name of a person: what it says, whoever bears it.
pub(super) fn key(form: &Form) -> String {
    let mut key = String::from(if is_full(form) { "person" } else { "part" });
    for (n, word) in form.words.iter().enumerate() {
        key.push(' ');
        key.push_str(&name_key(word, n == 0 && form.words.len() > 1));
    }
    if form.generation > 0 {
        key.push_str(&format!(" {}", form.generation));
    }
    key
}

/// Whether it is a full name: two words or more, the first and the last no initial, no particle at the beginning that
/// says that it is a family name, and no `and`, which names two people.
pub(super) fn is_full(form: &Form) -> bool {
    let is_name = |word: Option<&String>| word.is_some_and(|word| word.chars().count() > 1);
    form.words.len() > 1
        && !form.is_family
        && !form.words.iter().any(|word| word == "and")
        && is_name(form.words.first())
        && is_name(form.words.last())
}

/// A spelling as a person; nothing where it is no person's.
fn person(spelling: &Spelling, nodes: &mut Nodes, runs: &mut Runs) -> Option<Person> {
    if !spelling.is_person {
        return None;
    }
    let form = &spelling.form;
    let words = form.words.as_slice();
    let syms = spelling.syms.get(..words.len()).unwrap_or_default();
    let is_full = is_full(form);
    let node = nodes.of(&key(form));
    let mut person = Person { node, is_full, offers: Vec::new(), asks: Vec::new() };
    let (Some(first), Some(last)) = (syms.first(), syms.last()) else { return Some(person) };
    let initial = |word: &String| u64::from(word.chars().next().unwrap_or(' '));
    if is_full {
        person.offers.push((LAST, u64::from(*last)));
        person.offers.push((FIRST, u64::from(*first)));
        person.offers.extend(words.first().map(|word| (INITIAL, initial(word) << 32 | u64::from(*last))));
        for n in 1..syms.len().saturating_sub(1) {
            let ending: Vec<Sym> = spelling.firsts.get(n).into_iter().chain(&syms[n + 1..]).copied().collect();
            person.offers.push((ENDING, run(runs, &ending)));
            person.offers.push((BEGINNING, run(runs, &syms[..=n])));
        }
        person.asks.push(((ENDING, run(runs, syms)), Link::Part));
        person.asks.push(((BEGINNING, run(runs, syms)), Link::Part));
    } else if form.is_family && syms.len() > 1 {
        person.asks.push(((ENDING, run(runs, syms)), Link::Family));
        person.asks.push(((LAST, u64::from(*last)), Link::Family));
    } else if let [_] = words {
        person.asks.push(((LAST, u64::from(*first)), Link::Family));
        let as_first = spelling.firsts.first().unwrap_or(first);
        if !form.is_family && form.generation == 0 {
            person.asks.push(((FIRST, u64::from(*as_first)), Link::First));
        }
    } else {
        let asked = (INITIAL, words.first().map_or(0, initial) << 32 | u64::from(*last));
        person.asks.push((asked, Link::Initials));
    }
    Some(person)
}

/// Several words of a name as one number.
type Runs = FxHashMap<Vec<Sym>, u64>;

fn run(runs: &mut Runs, syms: &[Sym]) -> u64 {
    if let Some(run) = runs.get(syms) {
        return *run;
    }
    let run = runs.len() as u64;
    runs.insert(syms.to_vec(), run);
    run
}

/// The middle of a full name without particles, as written in folded letters.
fn middle(spelling: &Spelling) -> Vec<&str> {
    let words = &spelling.form.words;
    let middle = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    middle.iter().map(String::as_str).filter(|word| !titles::is_particle_inside(word)).collect()
}

/// Whether two middles may be of one person: the same as far as the shorter goes, an initial standing for its name.
fn are_compatible(a: &[&str], b: &[&str]) -> bool {
    a.iter().zip(b).all(|(a, b)| {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        a == b || (short.chars().count() == 1 && long.starts_with(short))
    })
}

/// Most ways of writing one first and last name that are compared; beyond, only equal names are one.
const MIDDLES: usize = 48;

/// Puts full names together that have first and last name in common, unless their middle names or generations say that
/// there are several people; then what has neither belongs to nobody.
fn unite_middles(corpus: &Corpus, people: &[Option<Person>], nodes: &mut Nodes) {
    type Middle<'a> = (Vec<&'a str>, u8);
    let mut names: FxHashMap<(Sym, Sym), BTreeMap<Middle, NodeId>> = FxHashMap::default();
    for (spelling, person) in corpus.spellings.iter().zip(people) {
        let Some(person) = person.as_ref().filter(|person| person.is_full) else { continue };
        let syms = &spelling.syms;
        let (Some(first), Some(last)) = (syms.first(), syms.get(spelling.form.words.len() - 1)) else { continue };
        let own = names.entry((*first, *last)).or_default();
        match own.entry((middle(spelling), spelling.form.generation)) {
            std::collections::btree_map::Entry::Vacant(vacant) => drop(vacant.insert(person.node)),
            // `Jean-Luc` and `Jean Luc`, `Müller` and `Mueller` have middles that are written the same.
            std::collections::btree_map::Entry::Occupied(own) => nodes.unite(*own.get(), person.node, Link::Spelling),
        }
    }
    for own in names.values().filter(|own| (2..=MIDDLES).contains(&own.len())) {
        let mut groups: Vec<(&Middle, NodeId)> = Vec::new();
        // The fullest first, so that shorter ones find the group that they belong to.
        let mut fullest: Vec<_> = own.iter().collect();
        fullest.sort_by_key(|((middle, generation), _)| {
            let letters: usize = middle.iter().map(|word| word.len()).sum();
            std::cmp::Reverse((middle.len(), letters, *generation > 0))
        });
        for (middle, node) in fullest {
            let fits = |(other, _): &&(&Middle, NodeId)| {
                are_compatible(&middle.0, &other.0) && (middle.1 == other.1 || middle.1 == 0 || other.1 == 0)
            };
            let mut fitting = groups.iter().filter(fits);
            match (fitting.next(), fitting.next()) {
                (Some((_, other)), None) => nodes.unite(*other, *node, Link::Middle),
                (None, _) => groups.push((middle, *node)),
                // It fits several people: it belongs to nobody.
                (Some(_), Some(_)) => {}
            }
        }
    }
}

/// Puts a full name together with the one longer name that ends with it, where nobody else has that family name.
fn unite_parts(people: &[Option<Person>], nodes: &mut Nodes) {
    let mut families: FxHashMap<Part, Vec<NodeId>> = FxHashMap::default();
    let mut endings: FxHashMap<Part, NodeId> = FxHashMap::default();
    for person in people.iter().flatten().filter(|person| person.is_full) {
        let root = nodes.root(person.node);
        for part in &person.offers {
            if part.0 == LAST {
                let own = families.entry(*part).or_default();
                if own.len() < 3 && !own.contains(&root) {
                    own.push(root);
                }
            } else if part.0 == ENDING {
                endings.entry(*part).or_insert(root);
            }
        }
    }
    for person in people.iter().flatten().filter(|person| person.is_full) {
        let Some(longer) = person.asks.iter().find_map(|(part, _)| endings.get(part)) else { continue };
        let only = person.offers.first().and_then(|part| families.get(part)).is_some_and(|own| own.len() == 2);
        if only {
            nodes.unite(*longer, person.node, Link::PartElsewhere);
        }
    }
}

/// Puts two names of a document together of which one has last and first name in the order of the other's first and last.
fn unite_turned(corpus: &Corpus, people: &[Option<Person>], document: &[Seen], nodes: &mut Nodes) {
    let mut pairs: FxHashMap<(Sym, Sym), NodeId> = FxHashMap::default();
    for seen in document {
        let Some(Some(person)) = people.get(seen.spelling as usize) else { continue };
        let spelling = corpus.spelling(*seen);
        if let ([_, _], [first, last, ..]) = (spelling.form.words.as_slice(), spelling.syms.as_slice()) {
            pairs.insert((*first, *last), person.node);
            if let Some(turned) = pairs.get(&(*last, *first)).filter(|turned| **turned != person.node) {
                nodes.unite(*turned, person.node, Link::Turned);
            }
        }
    }
}

/// What all mentions of full names tell, by root.
fn evidence(corpus: &Corpus, people: &[Option<Person>], nodes: &Nodes) -> FxHashMap<NodeId, Evidence> {
    let mut all: FxHashMap<NodeId, Evidence> = FxHashMap::default();
    for seen in corpus.seen.iter().flatten() {
        let Some(person) = people.get(seen.spelling as usize).and_then(Option::as_ref).filter(|own| own.is_full) else {
            continue;
        };
        let own = all.entry(nodes.root(person.node)).or_default();
        let by_name = || corpus.spelling(*seen).form.words.first().and_then(|word| titles::sex_of_name(word));
        // A title is worth more than a first name: `Mr. Kim Weaver`.
        match (seen.sex, by_name()) {
            (Some(Sex::Female), _) => own.female += 8,
            (Some(Sex::Male), _) => own.male += 8,
            (None, Some(Sex::Female)) => own.female += 1,
            (None, Some(Sex::Male)) => own.male += 1,
            (None, None) => {}
        }
        if let Some(code) = seen.country.filter(|code| !own.countries.contains(code)) {
            own.countries.push(code);
        }
    }
    all
}

/// Parts of names that stand for women as well as for men, whoever they are: `Mr Weaver` and `Mrs Weaver`.
fn sexes_of_parts(corpus: &Corpus, people: &[Option<Person>]) -> FxHashSet<NodeId> {
    let mut sexes: FxHashMap<NodeId, [bool; 2]> = FxHashMap::default();
    for seen in corpus.seen.iter().flatten() {
        let Some(person) = people.get(seen.spelling as usize).and_then(Option::as_ref).filter(|own| !own.is_full)
        else {
            continue;
        };
        if let Some(sex) = seen.sex {
            sexes.entry(person.node).or_default()[usize::from(sex == Sex::Male)] = true;
        }
    }
    sexes.into_iter().filter(|(_, sexes)| sexes.iter().all(|has| *has)).map(|(node, _)| node).collect()
}

/// What asking a document came to, where nobody was found.
struct Asked {
    is_ambiguous: bool,
}

/// The full names of a document.
struct OfDocument {
    /// Who bears a part of a name anywhere in it.
    bearers: FxHashMap<Part, Bearer>,
    /// Who was named under it so far, the last one last.
    recent: FxHashMap<Part, Vec<(NodeId, u32)>>,
    /// Under which parts somebody may be remembered.
    offers: FxHashMap<NodeId, u32>,
}

impl OfDocument {
    fn new(document: &[Seen], people: &[Option<Person>], nodes: &Nodes) -> OfDocument {
        let mut own =
            OfDocument { bearers: FxHashMap::default(), recent: FxHashMap::default(), offers: FxHashMap::default() };
        for seen in document {
            let Some(person) = people.get(seen.spelling as usize).and_then(Option::as_ref).filter(|own| own.is_full)
            else {
                continue;
            };
            let root = nodes.root(person.node);
            person.offers.iter().for_each(|part| add(&mut own.bearers, *part, root));
            own.offers.entry(root).or_insert(seen.spelling);
        }
        own
    }

    /// The longer name of this document that a mention stands for.
    fn link(&self, person: &Person, seen: Seen, evidence: &FxHashMap<NodeId, Evidence>) -> Result<Assigned, Asked> {
        let fits = |root: &NodeId| !evidence.get(root).is_some_and(|evidence| evidence.contradicts(seen));
        let mut is_ambiguous = false;
        for (part, link) in &person.asks {
            let Some(bearer) = self.bearers.get(part) else { continue };
            // A full name is somebody already: it gives way to a longer one only where that is the only one.
            if person.is_full {
                match bearer {
                    Bearer::One(root) if fits(root) => return Ok(Assigned { node: *root, link: *link }),
                    _ => continue,
                }
            }
            let before = self.recent.get(part).and_then(|recent| {
                let fitting = recent.iter().filter(|(root, _)| fits(root));
                fitting.max_by_key(|(_, count)| *count).map(|(root, _)| root)
            });
            match (before, bearer) {
                (Some(root), Bearer::Several) => {
                    let link = if *link == Link::Family { Link::FamilyLikeliest } else { *link };
                    return Ok(Assigned { node: *root, link });
                }
                (Some(root), Bearer::One(_)) => return Ok(Assigned { node: *root, link: *link }),
                (None, Bearer::One(root)) if fits(root) => return Ok(Assigned { node: *root, link: *link }),
                (None, Bearer::Several) => is_ambiguous = true,
                (None, Bearer::One(_)) => {}
            }
        }
        if person.is_full { Ok(Assigned { node: person.node, link: Link::Same }) } else { Err(Asked { is_ambiguous }) }
    }

    /// Notes that somebody was named. Cost: constant.
    fn remember(&mut self, person: &Person, node: NodeId, nodes: &Nodes, people: &[Option<Person>]) {
        let root = nodes.root(node);
        let full = self.offers.get(&root).and_then(|spelling| people.get(*spelling as usize)?.as_ref());
        let Some(person) = Some(person).filter(|own| own.is_full).or(full) else { return };
        for part in &person.offers {
            let recent = self.recent.entry(*part).or_default();
            let at = recent.iter().position(|(other, _)| *other == root);
            let count = at.map_or(0, |at| recent.remove(at).1);
            if recent.len() == KEPT {
                recent.remove(0);
            }
            recent.push((root, count + 1));
        }
    }
}

/// The one full name of other documents that a mention stands for.
fn elsewhere(
    person: &Person,
    seen: Seen,
    spelling: &Spelling,
    bearers: &FxHashMap<Part, Bearer>,
    evidence: &FxHashMap<NodeId, Evidence>,
) -> Option<Assigned> {
    person.asks.iter().find_map(|(part, link)| {
        let Some(Bearer::One(root)) = bearers.get(part) else { return None };
        if evidence.get(root).is_some_and(|evidence| evidence.contradicts(seen)) {
            return None;
        }
        let is_family_first = || spelling.form.words.first().is_some_and(|word| titles::is_first_family(word));
        let link = match link {
            Link::Family => Link::FamilyElsewhere,
            Link::Initials => Link::InitialsElsewhere,
            Link::First if is_family_first() => Link::FirstElsewhere,
            _ => return None,
        };
        Some(Assigned { node: *root, link })
    })
}

/// A mention that stands for itself.
fn alone(
    person: &Person,
    seen: Seen,
    asked: Asked,
    bearers: &FxHashMap<Part, Bearer>,
    sexes: &FxHashSet<NodeId>,
    nodes: &mut Nodes,
) -> Assigned {
    let is_of_several = |(part, link): &(Part, Link)| {
        matches!(link, Link::Family | Link::Initials) && bearers.get(part) == Some(&Bearer::Several)
    };
    let is_ambiguous = asked.is_ambiguous || person.asks.iter().any(is_of_several);
    let link = if is_ambiguous { Link::Ambiguous } else { Link::Same };
    let node = match seen.sex.filter(|_| sexes.contains(&person.node)) {
        Some(sex) => {
            let key = format!("{} {}", nodes.key(person.node), if sex == Sex::Female { "f" } else { "m" });
            nodes.of(&key)
        }
        None => person.node,
    };
    Assigned { node, link }
}
