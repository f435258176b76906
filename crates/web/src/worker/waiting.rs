//! Which answers wait for which parts of an index in files, and what is brought next. Knows nothing of the browser.

use sheaf_core::workspace::ChunkId;

use crate::protocol::{Ask, Reading, RequestId, Slot};

/// Parts that are brought at once in idle time.
const IDLE_AT_ONCE: usize = 2;
/// Parts that are brought at once for what an answer becomes more with. They come in the order of its rows, and share the
/// line: were all brought together, on a slow one the first would come no sooner than the last.
const MORE_AT_ONCE: usize = 4;

/// Everything that waits.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    entries: Vec<Entry>,
    /// What is brought when nothing else is to be done, the last first.
    idle: Vec<ChunkId>,
    /// Parts that answers can do without, and that could not be brought: not tried again for them.
    broken: Vec<ChunkId>,
    /// What was brought for the lens so far.
    reading: Option<(RequestId, Reading)>,
}

#[derive(Debug)]
struct Entry {
    id: RequestId,
    ask: Ask,
    /// What has not come yet.
    chunks: Vec<ChunkId>,
    /// How many they were.
    of: usize,
    /// What the answer will want, too: brought along, as urgent as it is.
    also: Vec<ChunkId>,
    /// Whether there is no answer from all documents yet; else there is one that may become more.
    is_first: bool,
}

impl Entry {
    /// The less, the sooner.
    fn urgency(&self) -> u8 {
        match self.ask.slot {
            Slot::Lens | Slot::Reader if self.is_first => 0,
            Slot::Complete | Slot::Explain if self.is_first => 1,
            _ => 2,
        }
    }
}

impl Waiting {
    /// Names what is useful to have, the most useful first.
    pub(super) fn set_idle(&mut self, mut chunks: Vec<ChunkId>) {
        chunks.reverse();
        self.idle = chunks;
    }

    /// There is no answer before `chunks` are here; it will want `also`, which is on its way by then.
    pub(super) fn need(&mut self, id: RequestId, ask: Ask, chunks: Vec<ChunkId>, mut also: Vec<ChunkId>) {
        self.broken.retain(|chunk| !chunks.contains(chunk));
        also.retain(|chunk| !self.broken.contains(chunk));
        if ask.slot == Slot::Lens {
            let known = self.reading.filter(|(own, _)| *own == id).map(|(_, reading)| reading).unwrap_or_default();
            self.reading = Some((id, Reading { of: known.of + chunks.len() as u32, ..known }));
        }
        let of = chunks.len();
        self.entries.push(Entry { id, ask, chunks, also, of, is_first: true });
    }

    /// The answer that was given becomes more with `chunks`.
    pub(super) fn later(&mut self, id: RequestId, ask: Ask, mut chunks: Vec<ChunkId>) {
        chunks.retain(|chunk| !self.broken.contains(chunk));
        if !chunks.is_empty() {
            let of = chunks.len();
            self.entries.push(Entry { id, ask, chunks, also: Vec::new(), of, is_first: false });
        }
    }

    /// What was asked in `slot` is no longer of interest.
    pub(super) fn forget(&mut self, slot: Slot) {
        self.entries.retain(|entry| entry.ask.slot != slot);
    }

    /// Whether somebody waits for a part.
    pub(super) fn is_wanted(&self, chunk: ChunkId) -> bool {
        self.entries.iter().any(|entry| entry.chunks.contains(&chunk) || entry.also.contains(&chunk))
    }

    /// Whether an answer that somebody looks at has not come.
    pub(super) fn is_urgent(&self) -> bool {
        self.entries.iter().any(|entry| entry.is_first)
    }

    /// What was brought for the lens, while it waits.
    pub(super) fn reading(&self) -> Option<Reading> {
        let (id, reading) = self.reading?;
        self.entries.iter().any(|entry| entry.is_first && entry.id == id).then_some(reading)
    }

    /// What is to be brought now, besides what is `on_its_way`: all that the most urgent wait for; when nobody waits,
    /// a little of what is useful to have.
    pub(super) fn next(&mut self, on_its_way: impl Fn(ChunkId) -> bool, flights: usize) -> Vec<ChunkId> {
        let mut next = Vec::new();
        match self.entries.iter().map(Entry::urgency).min() {
            Some(most) => {
                let entries = || self.entries.iter().filter(|entry| entry.urgency() == most);
                for chunk in entries().filter(|entry| entry.is_first).flat_map(|entry| &entry.chunks) {
                    if !on_its_way(*chunk) && !next.contains(chunk) {
                        next.push(*chunk);
                    }
                }
                let more = entries().flat_map(|entry| if entry.is_first { &entry.also } else { &entry.chunks });
                let mut coming = more.clone().filter(|chunk| on_its_way(**chunk)).count();
                for chunk in more {
                    if coming < MORE_AT_ONCE && !on_its_way(*chunk) && !next.contains(chunk) {
                        next.push(*chunk);
                        coming += 1;
                    }
                }
            }
            None => {
                while flights.saturating_add(next.len()) < IDLE_AT_ONCE {
                    let Some(chunk) = self.idle.pop() else { break };
                    if !on_its_way(chunk) {
                        next.push(chunk);
                    }
                }
            }
        }
        next
    }

    /// A part of so many bytes is here: what is to be asked again, the oldest first. An answer that becomes more is
    /// asked whenever a few of the parts that it lacks have come, one that has not come when all have.
    pub(super) fn arrived(&mut self, chunk: ChunkId, bytes: usize) -> Vec<(RequestId, Ask)> {
        self.idle.retain(|other| *other != chunk);
        let mut ready = Vec::new();
        for mut entry in std::mem::take(&mut self.entries) {
            let before = entry.chunks.len();
            entry.chunks.retain(|other| *other != chunk);
            entry.also.retain(|other| *other != chunk);
            let is_nearer = entry.chunks.len() < before;
            if let Some((_, reading)) = self.reading.as_mut().filter(|(id, _)| is_nearer && *id == entry.id) {
                reading.done += 1;
                reading.bytes = reading.bytes.saturating_add(bytes as u32);
            }
            let is_some = !entry.is_first && entry.chunks.len() + MORE_AT_ONCE <= entry.of;
            let is_worth_it = entry.chunks.is_empty() || is_some;
            if is_nearer && is_worth_it {
                ready.push((entry.id, entry.ask));
            } else {
                self.entries.push(entry);
            }
        }
        ready
    }

    /// A part cannot be brought: whose answer never comes, what is to be asked again, since all else that it waited for is
    /// there, and whether an answer stays without what it might have shown.
    pub(super) fn failed(&mut self, chunk: ChunkId) -> (Vec<RequestId>, Vec<(RequestId, Ask)>, bool) {
        let lacks = |entry: &Entry| if entry.is_first { &entry.also } else { &entry.chunks }.contains(&chunk);
        let is_less = self.entries.iter().any(lacks);
        self.broken.push(chunk);
        let (lost, mut left): (Vec<Entry>, Vec<Entry>) = std::mem::take(&mut self.entries)
            .into_iter()
            .partition(|entry| entry.is_first && entry.chunks.contains(&chunk));
        for entry in &mut left {
            entry.chunks.retain(|other| *other != chunk);
            entry.also.retain(|other| *other != chunk);
        }
        let (left, ready): (Vec<Entry>, Vec<Entry>) = left.into_iter().partition(|entry| !entry.chunks.is_empty());
        self.entries = left;
        let ready = ready.into_iter().filter(|entry| entry.of > 1).map(|entry| (entry.id, entry.ask));
        (lost.into_iter().map(|entry| entry.id).collect(), ready.collect(), is_less)
    }
}

#[cfg(test)]
mod tests {
    use sheaf_core::workspace::{ChunkKind, Request};

    use super::*;

    fn chunk(number: u32) -> ChunkId {
        ChunkId { kind: ChunkKind::Postings, number }
    }

    fn ask(slot: Slot) -> Ask {
        Ask { request: Request::About, slot }
    }

    fn next(waiting: &mut Waiting) -> Vec<u32> {
        waiting.next(|_| false, 0).iter().map(|chunk| chunk.number).collect()
    }

    #[test]
    fn the_lens_comes_before_filters_and_all_before_what_is_idle() {
        let mut waiting = Waiting::default();
        waiting.set_idle(vec![chunk(7), chunk(8), chunk(9)]);
        waiting.need(RequestId(2), ask(Slot::Facets), vec![chunk(3)], vec![]);
        waiting.need(RequestId(1), ask(Slot::Lens), vec![chunk(1), chunk(2)], vec![]);
        assert_eq!(next(&mut waiting), [1, 2]);
        assert!(waiting.arrived(chunk(1), 10).is_empty());
        assert_eq!(waiting.reading(), Some(Reading { done: 1, of: 2, bytes: 10 }));
        assert_eq!(waiting.arrived(chunk(2), 10).len(), 1);
        assert_eq!(waiting.reading(), None);
        assert_eq!(next(&mut waiting), [3]);
        assert_eq!(waiting.arrived(chunk(3), 10).len(), 1);
        assert_eq!(next(&mut waiting), [7, 8]);
        assert_eq!(next(&mut waiting), [9]);
        assert!(next(&mut waiting).is_empty());
    }

    #[test]
    fn what_is_on_its_way_is_not_brought_twice() {
        let mut waiting = Waiting::default();
        waiting.need(RequestId(1), ask(Slot::Lens), vec![chunk(1), chunk(2)], vec![]);
        waiting.need(RequestId(2), ask(Slot::Reader), vec![chunk(2), chunk(3)], vec![]);
        let asked: Vec<u32> = waiting.next(|other| other == chunk(1), 1).iter().map(|chunk| chunk.number).collect();
        assert_eq!(asked, [2, 3]);
    }

    #[test]
    fn an_answer_that_becomes_more_is_asked_whenever_a_few_parts_are_there() {
        let mut waiting = Waiting::default();
        waiting.later(RequestId(1), ask(Slot::Lens), (1..=6).map(chunk).collect());
        assert!(!waiting.is_urgent());
        for number in [3, 2, 1] {
            assert_eq!(waiting.arrived(chunk(number), 10).len(), 0);
        }
        assert_eq!(waiting.arrived(chunk(4), 10).len(), 1);
        assert!(!waiting.is_wanted(chunk(5)), "asked again, it says anew what it lacks");
        waiting.later(RequestId(1), ask(Slot::Lens), vec![chunk(5), chunk(6)]);
        assert_eq!(waiting.arrived(chunk(6), 10).len(), 0);
        assert_eq!(waiting.arrived(chunk(5), 10).len(), 1, "these are all");
    }

    #[test]
    fn what_comes_later_comes_a_few_parts_at_a_time_and_in_order() {
        let mut waiting = Waiting::default();
        waiting.later(RequestId(1), ask(Slot::Lens), (1..=7).map(chunk).collect());
        waiting.need(RequestId(2), ask(Slot::Facets), vec![chunk(8), chunk(9)], vec![]);
        assert_eq!(next(&mut waiting), [8, 9, 1, 2, 3, 4]);
        let is_coming = |other: ChunkId| matches!(other.number, 1 | 3 | 4);
        let more: Vec<u32> = waiting.next(is_coming, 3).iter().map(|chunk| chunk.number).collect();
        assert_eq!(more, [8, 9, 2]);
    }

    #[test]
    fn what_an_answer_will_want_comes_along_after_what_it_needs() {
        let mut waiting = Waiting::default();
        waiting.need(RequestId(1), ask(Slot::Lens), vec![chunk(5)], [1, 2, 3, 4, 7].map(chunk).to_vec());
        waiting.need(RequestId(2), ask(Slot::Reader), vec![chunk(6)], vec![]);
        assert_eq!(next(&mut waiting), [5, 6, 1, 2, 3, 4]);
        assert!(waiting.arrived(chunk(2), 10).is_empty());
        assert!(!waiting.is_wanted(chunk(2)) && waiting.is_wanted(chunk(3)));
        assert_eq!(waiting.reading(), Some(Reading { done: 0, of: 1, bytes: 0 }), "it waits for one only");
        let (lost, again, is_less) = waiting.failed(chunk(1));
        assert_eq!((lost, again.len(), is_less), (vec![], 0, true));
        assert_eq!(waiting.arrived(chunk(5), 10).len(), 1, "what it will want does not keep it waiting");
        waiting.need(RequestId(3), ask(Slot::Lens), vec![chunk(7)], vec![chunk(1), chunk(8)]);
        assert!(!waiting.is_wanted(chunk(1)), "it was not to be had");
        waiting.forget(Slot::Lens);
        assert!(!waiting.is_wanted(chunk(8)));
    }

    #[test]
    fn what_has_come_is_shown_also_where_the_last_part_does_not() {
        let mut waiting = Waiting::default();
        waiting.later(RequestId(1), ask(Slot::Lens), vec![chunk(1), chunk(2), chunk(3)]);
        assert!(waiting.arrived(chunk(1), 10).is_empty() && waiting.arrived(chunk(3), 10).is_empty());
        let (lost, again, is_less) = waiting.failed(chunk(2));
        assert_eq!(
            (lost, again.iter().map(|(id, _)| *id).collect::<Vec<_>>(), is_less),
            (vec![], vec![RequestId(1)], true)
        );
        waiting.later(RequestId(1), ask(Slot::Lens), vec![chunk(2)]);
        assert!(!waiting.is_wanted(chunk(2)), "it is not asked again and again");
    }

    #[test]
    fn what_nobody_asks_any_more_is_not_wanted() {
        let mut waiting = Waiting::default();
        waiting.need(RequestId(1), ask(Slot::Lens), vec![chunk(1)], vec![]);
        waiting.forget(Slot::Lens);
        assert!(!waiting.is_wanted(chunk(1)) && next(&mut waiting).is_empty());
    }

    #[test]
    fn what_cannot_be_brought_is_told_once_and_tried_again_only_when_needed() {
        let mut waiting = Waiting::default();
        waiting.need(RequestId(1), ask(Slot::Facets), vec![chunk(1), chunk(2)], vec![]);
        waiting.later(RequestId(2), ask(Slot::Lens), vec![chunk(1)]);
        let (lost, again, is_less) = waiting.failed(chunk(1));
        assert_eq!((lost, again.len(), is_less), (vec![RequestId(1)], 0, true));
        assert!(!waiting.is_wanted(chunk(1)) && !waiting.is_wanted(chunk(2)));
        waiting.later(RequestId(2), ask(Slot::Lens), vec![chunk(1)]);
        assert!(!waiting.is_wanted(chunk(1)));
        waiting.need(RequestId(3), ask(Slot::Facets), vec![chunk(1)], vec![]);
        assert!(waiting.is_wanted(chunk(1)));
    }
}
