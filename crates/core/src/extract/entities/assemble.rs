//! The answer: what was found of each entity, counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::corrections::Corrected;
use super::gazetteer::{Known, gazetteer};
use super::intake::{Corpus, Spelling, Sym, country_in};
use super::nodes::{Assigned, NodeId, Nodes};
use super::{Entities, Entity, Kind, Link, Named, people};

/// What is counted of an entity.
#[derive(Default)]
struct Counted<'a> {
    mentions: u32,
    /// Spellings with their links and how often.
    spellings: Vec<(&'a Spelling, Link, u32)>,
    kinds: [u32; 4],
    roles: BTreeMap<String, u32>,
    countries: BTreeMap<&'static str, u32>,
}

/// Puts the answer together. Cost: O(mentions + entities · log).
pub(super) fn assemble(
    documents: &[Named],
    corpus: &Corpus,
    nodes: &Nodes,
    assigned: &[Vec<Assigned>],
    corrected: &Corrected,
) -> Entities {
    let counted = count(documents, corpus, nodes, assigned);
    let mut links: FxHashMap<NodeId, BTreeSet<Link>> = FxHashMap::default();
    for (node, link) in &nodes.unions {
        links.entry(nodes.root(*node)).or_default().insert(*link);
    }
    let mut list: Vec<(NodeId, u32, Entity)> = Vec::with_capacity(counted.len());
    for (root, own) in &counted {
        let mut entity = entity(own, links.remove(root).unwrap_or_default());
        if let Some(name) = corrected.names.get(root) {
            entity.name.clone_from(name);
        }
        entity.kind = corrected.kinds.get(root).copied().unwrap_or(entity.kind);
        entity.is_hidden = corrected.hidden.contains(root);
        list.push((*root, own.mentions, entity));
    }
    list.sort_by(|a, b| {
        let key = |own: &(NodeId, u32, Entity)| (own.2.is_hidden, Reverse(own.1));
        key(a).cmp(&key(b)).then_with(|| a.2.name.cmp(&b.2.name)).then_with(|| nodes.key(a.0).cmp(nodes.key(b.0)))
    });
    let mut places: Vec<u32> = vec![0; nodes.len()];
    for (place, (root, ..)) in list.iter().enumerate() {
        if let Some(own) = places.get_mut(*root as usize) {
            *own = place as u32;
        }
    }
    let place = |own: &Assigned| places.get(nodes.root(own.node) as usize).copied().unwrap_or_default();
    Entities {
        of: assigned.iter().map(|own| own.iter().map(place).collect()).collect(),
        links: assigned.iter().map(|own| own.iter().map(|own| own.link).collect()).collect(),
        list: list.into_iter().map(|(_, _, entity)| entity).collect(),
    }
}

fn count<'a>(
    documents: &[Named],
    corpus: &'a Corpus,
    nodes: &Nodes,
    assigned: &[Vec<Assigned>],
) -> FxHashMap<NodeId, Counted<'a>> {
    let mut counted: FxHashMap<NodeId, Counted> = FxHashMap::default();
    let mut spellings: FxHashMap<(NodeId, u32, Link), u32> = FxHashMap::default();
    for ((document, seen), assigned) in documents.iter().zip(&corpus.seen).zip(assigned) {
        for ((mention, seen), assigned) in document.mentions.iter().zip(seen).zip(assigned) {
            let root = nodes.root(assigned.node);
            *spellings.entry((root, seen.spelling, assigned.link)).or_default() += 1;
            let own = counted.entry(root).or_default();
            own.mentions += 1;
            // Who was tagged as a person, but is none, has no vote.
            match (corpus.spelling(*seen).is_person, mention.kind) {
                (true, _) => own.kinds[0] += 1,
                (false, Kind::Person) => {}
                (false, Kind::Organisation) => own.kinds[1] += 1,
                (false, Kind::Place) => own.kinds[2] += 1,
                (false, Kind::Other) => own.kinds[3] += 1,
            }
            if let Some(code) = seen.country {
                *own.countries.entry(code).or_default() += 1;
            }
            let role = mention.role.and_then(|role| document.text.get(role.start as usize..role.end as usize));
            if let Some(role) = role {
                let role: Vec<&str> = role.split_whitespace().take(16).collect();
                *own.roles.entry(role.join(" ")).or_default() += 1;
            }
        }
    }
    for ((root, spelling, link), count) in spellings {
        if let (Some(own), Some(spelling)) = (counted.get_mut(&root), corpus.spellings.get(spelling as usize)) {
            own.spellings.push((spelling, link, count));
        }
    }
    for own in counted.values_mut() {
        own.spellings
            .sort_by(|a, b| (&a.0.form.shown, &a.0.form.words, a.1).cmp(&(&b.0.form.shown, &b.0.form.words, b.1)));
    }
    counted
}

fn entity(own: &Counted, mut links: BTreeSet<Link>) -> Entity {
    links.extend(own.spellings.iter().map(|(_, link, _)| *link));
    links.extend(links_of_spellings(own));
    if links.len() > 1 {
        links.remove(&Link::Same);
    }
    let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
    for (spelling, _, count) in &own.spellings {
        *spellings.entry(spelling.form.shown.as_str()).or_default() += count;
    }
    let name = name(own, &spellings);
    let kind = kind(own);
    Entity {
        country: country(own, kind, &name),
        name,
        kind,
        spellings: by_count(spellings.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()),
        roles: by_count(own.roles.clone().into_iter().collect()),
        certainty: links.iter().map(|link| link.certainty()).min().unwrap_or_default(),
        reasons: links.into_iter().map(Link::reason).collect(),
        is_hidden: false,
    }
}

fn by_count(mut list: Vec<(String, u32)>) -> Vec<(String, u32)> {
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}

/// Links that nobody had to look for, since the key is the same.
fn links_of_spellings(own: &Counted) -> BTreeSet<Link> {
    let mut links = BTreeSet::new();
    let mut people: BTreeMap<&[Sym], &[String]> = BTreeMap::new();
    let mut things: BTreeMap<&str, bool> = BTreeMap::new();
    let mut known: Option<&str> = None;
    for (spelling, ..) in &own.spellings {
        let form = &spelling.form;
        if spelling.is_person {
            if *people.entry(&spelling.syms).or_insert(&form.words) != form.words.as_slice() {
                links.insert(Link::Spelling);
            }
            continue;
        }
        if *things.entry(&spelling.key).or_insert(form.is_company) != form.is_company {
            links.insert(Link::Company);
        }
        if spelling.known.is_some() && *known.get_or_insert(&spelling.key) != spelling.key {
            links.insert(Link::Known);
        }
    }
    links
}

/// The fullest name as most often written: a full name before a part of one, what is written out before what is
/// abbreviated, small letters before capitals; then the most frequent, the one that the lists prefer, the longest, the first by alphabet.
fn name(own: &Counted, counts: &BTreeMap<&str, u32>) -> String {
    let rank = |(spelling, link, _): &&(&Spelling, Link, u32)| {
        let form = &spelling.form;
        let is_full = if spelling.is_person { people::is_full(form) } else { !form.is_acronym };
        let is_own = matches!(link, Link::Same | Link::Part);
        let is_small = form.shown.contains(char::is_lowercase);
        let count = counts.get(form.shown.as_str()).copied().unwrap_or_default();
        let is_listed = match spelling.known {
            Some(Known::Capital(name, _) | Known::Alias(name)) => name == form.shown,
            _ => false,
        };
        (is_full, is_own, is_small, count, is_listed, form.shown.len(), Reverse(form.shown.clone()))
    };
    own.spellings.iter().max_by_key(rank).map(|(spelling, ..)| spelling.form.shown.clone()).unwrap_or_default()
}

/// The kind that most mentions have; a country or its capital, named for its government, is a place all the same.
fn kind(own: &Counted) -> Kind {
    let is_place = |(spelling, ..): &(&Spelling, Link, u32)| {
        matches!(spelling.known, Some(Known::Country(_) | Known::Capital(..)))
    };
    if own.spellings.iter().any(is_place) {
        return Kind::Place;
    }
    let kinds = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other];
    let most = own.kinds.iter().max().copied().unwrap_or_default();
    let first = own.kinds.iter().position(|count| *count == most && most > 0);
    first.and_then(|n| kinds.get(n)).copied().unwrap_or(Kind::Other)
}

/// Where a place lies is believed where one of so many mentions says it.
const SAID_AT_LEAST: u32 = 25;

/// What is known of it, else what most of the mentions say that say anything.
fn country(own: &Counted, kind: Kind, name: &str) -> Option<&'static str> {
    let known = own.spellings.iter().find_map(|(spelling, ..)| match spelling.known? {
        Known::Country(code) | Known::Capital(_, code) => Some(code),
        Known::Alias(_) => None,
    });
    let demonym = || own.spellings.iter().find_map(|(spelling, ..)| gazetteer().demonym(&spelling.key));
    if kind == Kind::Organisation {
        return known.or_else(demonym).or_else(|| country_in(name));
    }
    // Of a place, what few mentions say is a slip, a list, or of another of the name.
    let mentions: u32 = own.kinds.iter().sum();
    let said = || {
        let all: u32 = own.countries.values().sum();
        if kind == Kind::Place && all * SAID_AT_LEAST < mentions {
            return None;
        }
        own.countries.iter().find(|(_, count)| **count * 2 > all).map(|(code, _)| *code)
    };
    known.or_else(|| if kind == Kind::Person { None } else { demonym() }).or_else(said)
}
