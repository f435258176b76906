//! First answers: what can be shown of a corpus in files before all is there that the whole answer takes.

use super::sifted::{Sifted, TierBytes};
use super::{Answer, Attempt, Deferred, Question, Request, Response, Workspace};
use crate::index::Index;
use crate::index::files::tiers::Tier;
use crate::index::files::{ChunkId, ChunkKind};
use crate::query::Plan;
use crate::query::filter::DocSet;

/// What gives first answers: by pointers, so that the page loads it with what opens a corpus in files.
#[derive(Debug)]
pub(super) struct FirstAnswers {
    /// An answer, or some of it, or what that takes, where these chunks are lacking.
    pub(super) answer: fn(&mut Workspace, &Request, Option<Deferred>, Vec<ChunkId>) -> Answer,
    pub(super) narrow: fn(&Index, &mut Plan),
    pub(super) is_ruled_out: fn(&Workspace, &Plan, &[DocSet]) -> bool,
    /// Bytes up to which nothing is put off.
    from_bytes: u64,
    begun: Option<Begun>,
}

/// The question that was asked last.
#[derive(Debug)]
struct Begun {
    question: Question,
    /// Bytes of lists, borders and texts that it has taken so far.
    taken: u64,
    /// Whether its words are sifted.
    is_sifted: bool,
}

impl Workspace {
    /// Sets from how many bytes on ([`super::FIRST_FROM`], say) a question of a corpus in files has a first answer (see
    /// [`Answer::Need`]); without, as in the beginning, none has: it takes rounds of its own, and what its rows show.
    pub fn set_first_answers(&mut self, from_bytes: Option<usize>) {
        let begun = self.first.take().and_then(|first| first.begun);
        self.first = from_bytes.map(|from_bytes| FirstAnswers {
            answer: Workspace::first_answer,
            narrow: |index, plan| plan.narrow(index),
            is_ruled_out: Workspace::is_ruled_out,
            from_bytes: from_bytes as u64,
            begun,
        });
    }

    /// The answer of the widest tier that has all it takes, and rows, until what the whole one is `lacking` is there. Where
    /// there is none and much is lacking: what the tier takes that takes least, or first rows of several words, sifted.
    fn first_answer(&mut self, request: &Request, deferred: Option<Deferred>, lacking: Vec<ChunkId>) -> Answer {
        let need = |now, meanwhile| Answer::Need { now, later: Vec::new(), meanwhile };
        let (Some(first), Request::Results { question, sort, limit, .. }) = (&self.first, request) else {
            return need(lacking, None);
        };
        let begun = first.begun.as_ref().filter(|begun| begun.question == *question);
        let (taken, is_sifted) = begun.map_or((0, false), |begun| (begun.taken, begun.is_sifted));
        let much = first.from_bytes;
        // What is soon there need not be announced.
        let rest = self.list_bytes(&lacking);
        let with_rest = taken.saturating_add(rest);
        if rest <= much / 12 || with_rest <= much {
            self.begin(question, with_rest, is_sifted);
            return need(lacking, None);
        }
        let mut asked = lacking.clone();
        let mut tiers = [Vec::new(), Vec::new()];
        for (tier, own) in [Tier::Narrow, Tier::Heads].into_iter().zip(&mut tiers) {
            self.index.set_tier(tier);
            let Attempt { response, mut now, broken, .. } = self.attempt(request, deferred);
            self.index.set_tier(Tier::All);
            let put_off = self.index.wants.take_put_off();
            let has_rows = matches!(&response, Response::Results(view) if !view.rows.is_empty());
            if now.is_empty() && !has_rows {
                now = put_off;
            }
            own.clone_from(&now);
            match now.is_empty() {
                // The whole answer tells what makes no sense.
                _ if broken.is_some() => return need(lacking, None),
                true if has_rows => return need(lacking, Some(Box::new(response))),
                // The heads have no more than all documents have.
                true if tier == Tier::Narrow => return need(lacking, None),
                false if self.takes_less(&now, &asked, &lacking) => asked = now,
                _ => {}
            }
        }
        let bytes = |tier: &[ChunkId]| if tier.is_empty() { u64::MAX } else { self.list_bytes(tier) };
        let [narrow, heads] = tiers.each_ref().map(|tier| bytes(tier));
        // Where all documents take little, or a tier takes very little, that is the surer way.
        let takes = self.list_bytes(&asked);
        let sifts = takes > 0 && (is_sifted || narrow > much / 2 && takes > much / 10);
        let sifted = if sifts { self.sifted(question, *sort, *limit, TierBytes { narrow, heads }) } else { None };
        let is_sifted = matches!(sifted, Some(Sifted::Found(_) | Sifted::Takes(_)));
        let [narrow, heads] = tiers;
        let now = match sifted {
            Some(Sifted::Found(view)) => return need(lacking, Some(Box::new(Response::Results(view)))),
            Some(Sifted::Takes(now)) => now,
            Some(Sifted::Heads) => heads,
            Some(Sifted::Narrow | Sifted::Nowhere) => narrow,
            None => asked,
        };
        self.begin(question, taken.saturating_add(self.list_bytes(&now)), is_sifted);
        need(now, None)
    }

    fn begin(&mut self, question: &Question, taken: u64, is_sifted: bool) {
        if let Some(first) = &mut self.first {
            first.begun = Some(Begun { question: question.clone(), taken, is_sifted });
        }
    }

    /// Whether one tier takes less than another on the way to an answer that is `lacking` these.
    fn takes_less(&self, now: &[ChunkId], other: &[ChunkId], lacking: &[ChunkId]) -> bool {
        // What the whole answer has no use for delays it.
        let more = self.list_bytes(now.iter().filter(|chunk| !lacking.contains(chunk)));
        // Once all lists are there, borders may come: of the others that is not known yet.
        let lists =
            |chunks: &[ChunkId]| self.list_bytes(chunks.iter().filter(|chunk| chunk.kind != ChunkKind::Borders));
        self.list_bytes(now).saturating_add(more) < self.list_bytes(other) || lists(now) == 0 && lists(other) > 0
    }

    pub(super) fn list_bytes<'c>(&self, chunks: impl IntoIterator<Item = &'c ChunkId>) -> u64 {
        self.index.files.as_ref().map_or(0, |store| store.root().list_bytes(chunks))
    }
}
