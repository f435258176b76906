//! What several documents tell of one encounter.
//!
//! Two are one where they are of one family (a meeting and talks are, a visit and a call are not), on the same day, and
//! two of those who took part are the same; or, of a visit, one who travels and the place. Where both name a place or a
//! status and they differ, that is no reason to keep them apart but one to say so: a [`Conflict`]. Nothing is compared pair by
//! pair: each event looks into the buckets of its day and its participants.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Certainty, EventKind, Status};
use crate::base::DateRange;

/// An event of one document, with what its names and times stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The document.
    pub doc: u32,
    /// What sort.
    pub kind: EventKind,
    /// Whether it came to pass.
    pub status: Status,
    /// The entities that took part, in any order.
    pub participants: Vec<u32>,
    /// The entity that says where.
    pub place: Option<u32>,
    /// The days it was on, where the text tells.
    pub days: Option<DateRange>,
    /// Whether the days were reckoned from the document's date (`on Tuesday`): then they may be wrong by one.
    pub is_relative: bool,
    /// How certain.
    pub certainty: Certainty,
}

/// An encounter with all who tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedEvent {
    /// The sort that most tell of.
    pub kind: EventKind,
    /// The status that most tell of; of equally many the first of happened, planned, denied.
    pub status: Status,
    /// All entities that took part, in order of number.
    pub participants: Vec<u32>,
    /// The place that most tell of; of equally many the lowest.
    pub place: Option<u32>,
    /// The days that most tell of; of equally many the earliest.
    pub days: Option<DateRange>,
    /// Who tells of it: indices into what was given, in order.
    pub told: Vec<u32>,
    /// In what they differ.
    pub conflicts: Vec<Conflict>,
    /// How certain the most certain of them is.
    pub certainty: Certainty,
}

/// In what those who tell of an encounter differ: each value in order, with who tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Where it was.
    Place(Vec<(u32, Vec<u32>)>),
    /// When it was: days that have none in common with others told.
    Days(Vec<(DateRange, Vec<u32>)>),
    /// Whether it came to pass.
    Status(Vec<(Status, Vec<u32>)>),
}

/// So many participants are looked at for finding the same event, and so many days of a range; more say little.
const LOOKED_AT: usize = 8;

/// Puts together what documents tell of the same encounters: in order of day, unknown days last, then of who tells first.
/// An event of unknown day joins another of its own document only. Cost: about linear in events.
pub fn merged(told: &[Told]) -> Vec<MergedEvent> {
    let mut groups = Groups { parents: (0..told.len() as u32).collect() };
    join_same_day(told, &mut groups);
    join_lone(told, &mut groups);
    join_nameless(told, &mut groups);
    join_undated(told, &mut groups);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for n in 0..told.len() as u32 {
        members.entry(groups.root(n)).or_default().push(n);
    }
    let mut all: Vec<MergedEvent> = members.into_values().map(|members| merge(told, members)).collect();
    let day = |own: &MergedEvent| own.days.map_or(i32::MAX, |days| days.from.day_number());
    all.sort_by(|a, b| (day(a), &a.told).cmp(&(day(b), &b.told)));
    all
}

/// Which events are one, by union-find.
struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    fn root(&mut self, mut n: u32) -> u32 {
        loop {
            let parent = self.parents.get(n as usize).copied().unwrap_or(n);
            if parent == n {
                return n;
            }
            let above = self.parents.get(parent as usize).copied().unwrap_or(parent);
            if let Some(own) = self.parents.get_mut(n as usize) {
                *own = above;
            }
            n = parent;
        }
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parents.get_mut(a.max(b) as usize) {
            *parent = a.min(b);
        }
    }
}

/// Kinds that are told of for one another.
fn family(kind: EventKind) -> u8 {
    match kind {
        EventKind::Meeting | EventKind::Talks => 0,
        EventKind::Visit => 1,
        EventKind::Call => 2,
    }
}

/// Family, day, and two participants, or the place and one.
type Bucket = (u8, i32, u32, u32);

fn participants(own: &Told) -> Vec<u32> {
    let mut list = own.participants.clone();
    list.sort_unstable();
    list.dedup();
    list.truncate(LOOKED_AT);
    list
}

/// The pairs by which an event may be found again: two participants, or of a visit each with the place.
fn pairs(own: &Told) -> Vec<(u32, u32)> {
    let list = participants(own);
    match (own.kind, own.place) {
        (EventKind::Visit, Some(place)) => list.into_iter().map(|who| (who, place)).collect(),
        (EventKind::Visit, None) => Vec::new(),
        _ => list.iter().enumerate().flat_map(|(n, a)| list.iter().skip(n + 1).map(move |b| (*a, *b))).collect(),
    }
}

/// The days of an event, where they are few enough to say when it was.
fn days(own: &Told) -> Vec<i32> {
    let Some(days) = own.days else { return Vec::new() };
    let (from, to) = (days.from.day_number(), days.to.day_number());
    if to.saturating_sub(from) < LOOKED_AT as i32 { (from..=to).collect() } else { Vec::new() }
}

/// Joins what is in one bucket. Days that are certain come first; those that were reckoned look a day to each side, but
/// nobody finds anything by them there, so that a week of meetings does not become one.
fn join_same_day(told: &[Told], groups: &mut Groups) {
    let mut order: Vec<u32> = (0..told.len() as u32).collect();
    order.sort_by_key(|n| told.get(*n as usize).map(|own| (own.is_relative, days(own), *n)));
    let mut buckets: FxHashMap<Bucket, u32> = FxHashMap::default();
    for n in order {
        let Some(own) = told.get(n as usize) else { continue };
        let (pairs, days) = (pairs(own), days(own));
        let near: &[i32] = if own.is_relative { &[0, -1, 1] } else { &[0] };
        for (a, b) in pairs {
            let at = |day: i32| (family(own.kind), day, a, b);
            let found = near.iter().find_map(|off| days.iter().find_map(|day| buckets.get(&at(day + off))));
            match found {
                Some(other) => groups.join(*other, n),
                None => buckets.extend(days.iter().map(|day| (at(*day), n))),
            }
            for day in days.iter().filter(|_| !own.is_relative) {
                let other = *buckets.entry(at(*day)).or_insert(n);
                groups.join(other, n);
            }
        }
    }
}

/// Joins an event of which only day and place are known (`the Geneva talks`) with the only one there that day.
fn join_nameless(told: &[Told], groups: &mut Groups) {
    let mut found: FxHashMap<(u8, i32, u32), Option<u32>> = FxHashMap::default();
    for is_nameless in [false, true] {
        for (n, own) in told.iter().enumerate().filter(|(_, own)| own.participants.is_empty() == is_nameless) {
            let Some(place) = own.place.filter(|_| own.kind != EventKind::Visit) else { continue };
            for day in days(own) {
                let group = groups.root(n as u32);
                let known = found.entry((family(own.kind), day, place)).or_insert(Some(group));
                match known {
                    Some(other) if is_nameless => groups.join(*other, group),
                    Some(other) if groups.root(*other) != group => *known = None,
                    _ => {}
                }
            }
        }
    }
}

/// Joins an event of which one participant and the place are known with the only one there that day.
fn join_lone(told: &[Told], groups: &mut Groups) {
    let mut found: FxHashMap<Bucket, Option<u32>> = FxHashMap::default();
    let is_lone = |own: &(usize, &Told)| participants(own.1).len() == 1;
    let met = || told.iter().enumerate().filter(|(_, own)| own.kind != EventKind::Visit);
    let mut add = |n: usize, own: &Told, groups: &mut Groups, is_joined: bool| {
        let Some(place) = own.place else { return };
        for day in days(own) {
            for who in participants(own) {
                let group = groups.root(n as u32);
                let bucket = found.entry((family(own.kind), day, who, place)).or_insert(Some(group));
                match bucket {
                    Some(other) if is_joined => groups.join(*other, group),
                    Some(other) if groups.root(*other) != group => *bucket = None,
                    _ => {}
                }
            }
        }
    };
    met().filter(|own| !is_lone(own)).for_each(|(n, own)| add(n, own, groups, false));
    met().filter(is_lone).for_each(|(n, own)| add(n, own, groups, true));
}

/// Joins an event whose day is not told with the first of its document of the same family and participants.
fn join_undated(told: &[Told], groups: &mut Groups) {
    let mut first: FxHashMap<(u32, u8, u32, u32), u32> = FxHashMap::default();
    let mut each = |is_dated: bool, groups: &mut Groups| {
        for (n, own) in told.iter().enumerate().filter(|(_, own)| own.days.is_some() == is_dated) {
            for (a, b) in pairs(own) {
                let other = *first.entry((own.doc, family(own.kind), a, b)).or_insert(n as u32);
                if !is_dated {
                    groups.join(other, n as u32);
                }
            }
        }
    };
    each(true, groups);
    each(false, groups);
}

fn merge(told: &[Told], members: Vec<u32>) -> MergedEvent {
    let all = || members.iter().filter_map(|n| told.get(*n as usize).map(|own| (*n, own)));
    let mut participants: Vec<u32> = all().flat_map(|(_, own)| own.participants.iter().copied()).collect();
    participants.sort_unstable();
    participants.dedup();
    let kinds = by_value(all().map(|(n, own)| (own.kind, n)));
    let statuses = by_value(all().map(|(n, own)| (own.status, n)));
    let places = by_value(all().filter_map(|(n, own)| Some((own.place?, n))));
    let ends = by_value(all().filter_map(|(n, own)| Some(((own.days?.from, own.days?.to), n))));
    let ranges: Vec<(DateRange, Vec<u32>)> =
        ends.into_iter().map(|((from, to), who)| (DateRange { from, to }, who)).collect();
    let mut conflicts = Vec::new();
    if places.len() > 1 {
        conflicts.push(Conflict::Place(places.clone()));
    }
    if have_no_day_in_common(&ranges) {
        conflicts.push(Conflict::Days(ranges.clone()));
    }
    if statuses.len() > 1 {
        conflicts.push(Conflict::Status(statuses.clone()));
    }
    MergedEvent {
        kind: most(&kinds).unwrap_or(EventKind::Meeting),
        status: most(&statuses).unwrap_or(Status::Happened),
        place: most(&places),
        days: most(&ranges),
        certainty: all().map(|(_, own)| own.certainty).max().unwrap_or_default(),
        participants,
        conflicts,
        told: members,
    }
}

/// Values in order, each with who tells it.
fn by_value<T: Ord>(values: impl Iterator<Item = (T, u32)>) -> Vec<(T, Vec<u32>)> {
    let mut by_value: BTreeMap<T, Vec<u32>> = BTreeMap::new();
    for (value, n) in values {
        by_value.entry(value).or_default().push(n);
    }
    by_value.into_iter().collect()
}

/// The value that most tell; of equally many the first.
fn most<T: Copy>(values: &[(T, Vec<u32>)]) -> Option<T> {
    let count = values.iter().map(|(_, who)| who.len()).max()?;
    values.iter().find(|(_, who)| who.len() == count).map(|(value, _)| *value)
}

/// Whether no day lies in all of these: the latest beginning is after the earliest end.
fn have_no_day_in_common(ranges: &[(DateRange, Vec<u32>)]) -> bool {
    let begin = ranges.iter().map(|(range, _)| range.from).max();
    let end = ranges.iter().map(|(range, _)| range.to).min();
    begin.zip(end).is_some_and(|(begin, end)| begin > end)
}
