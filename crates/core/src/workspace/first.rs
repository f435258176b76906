//! First answers: what can be shown of a corpus in files before all is there that the whole answer takes.

use super::selection::Narrow;
use super::{Answer, Attempt, Deferred, Request, Response, Workspace};
use crate::index::files::ChunkId;
use crate::index::files::tiers::Tier;

/// What gives first answers: by pointers, so that the page loads it with what opens a corpus in files.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstAnswers {
    /// An answer, or some of it, or what that takes, where these chunks are lacking.
    pub(super) answer: fn(&mut Workspace, &Request, Option<Deferred>, Vec<ChunkId>) -> Answer,
    pub(super) narrow: Narrow,
    /// Bytes up to which nothing is put off.
    from_bytes: u64,
    /// Whether some of what was asked last is put off.
    pub(super) is_begun: bool,
}

impl Workspace {
    /// Sets from how many bytes on ([`super::FIRST_FROM`], say) a question of a corpus in files has a first answer (see
    /// [`Answer::Need`]); without, as in the beginning, none has: it takes rounds of its own, and what its rows show.
    pub fn set_first_answers(&mut self, from_bytes: Option<usize>) {
        let first = |from_bytes| FirstAnswers {
            answer: Workspace::first_answer,
            narrow: |index, plan| plan.narrow(index),
            from_bytes: from_bytes as u64,
            is_begun: false,
        };
        self.first = from_bytes.map(first);
    }

    /// The answer of the widest tier that has all it takes, and rows, until what the whole one is `lacking` is there. Where
    /// there is none and much is lacking: what the tier takes that takes least.
    fn first_answer(&mut self, request: &Request, deferred: Option<Deferred>, lacking: Vec<ChunkId>) -> Answer {
        let need = |now, meanwhile| Answer::Need { now, later: Vec::new(), meanwhile };
        let bytes = |workspace: &Workspace, chunks: &[ChunkId]| {
            workspace.index.files.as_ref().map_or(0, |store| store.root().list_bytes(chunks))
        };
        let Some(FirstAnswers { from_bytes, is_begun, .. }) = self.first else { return need(lacking, None) };
        let all = bytes(self, &lacking);
        // What is soon there need not be announced. Of what was much the rest may be less: it is announced all the same.
        if all <= if is_begun { from_bytes / 12 } else { from_bytes } {
            return need(lacking, None);
        }
        let mut asked: Option<(u64, Vec<ChunkId>)> = None;
        for tier in [Tier::Narrow, Tier::Heads] {
            self.index.set_tier(tier);
            let Attempt { response, now, broken, .. } = self.attempt(request, deferred);
            self.index.set_tier(Tier::All);
            // The whole answer tells which.
            if broken.is_some() {
                return need(lacking, None);
            }
            let has_rows = matches!(&response, Response::Results(view) if !view.rows.is_empty());
            let own = bytes(self, &now);
            let is_less = match &asked {
                // Once the lists of the heads are there the borders may be more than what the others lack now.
                Some((narrow, _)) => own != *narrow,
                None => own < all || tier == Tier::Heads,
            };
            match now.is_empty() {
                true if has_rows => return need(lacking, Some(Box::new(response))),
                false if is_less => asked = Some((own, now)),
                _ => {}
            }
        }
        if let Some(first) = &mut self.first {
            first.is_begun = true;
        }
        need(asked.map_or(lacking, |(_, now)| now), None)
    }
}
