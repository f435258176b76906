//! Verbs of encounter: who met, visited, phoned whom.

use super::super::tokens::REACH;
use super::super::words::flag;
use super::names::Follows;
use super::{Chain, Ctx, Frame};
use crate::extract::Kind;
use crate::extract::events::EventKind;
use crate::extract::quotations::Manner;

impl Ctx<'_> {
    /// The first word of the verbs that end before `at`: `was expected to` before `meet`.
    pub(super) fn group(&self, at: usize) -> usize {
        let mut first = at;
        while first > 0 && at - first < 10 && !self.own.is_cut(first) {
            // `is said to`.
            let is_said = self.own.is(first - 1, flag::SAY)
                && self.written(first, &["to"])
                && first > 1
                && self.own.is(first - 2, flag::AUX);
            let is_verbal = is_said
                || self.own.is(first - 1, flag::AUX | flag::DENY) && !self.own.is(first - 1, flag::BORDER | flag::AND);
            // `who came in May, is expected`: nothing before a comma is of these verbs.
            let has_comma = self.own.tokens.get(first).is_some_and(|token| token.has_comma);
            if !is_verbal || has_comma {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Whoever does what the verbs beginning at `group` say.
    pub(super) fn subject(&self, group: usize) -> Chain {
        let mut at = group;
        // `Orhan, who met`: whoever stands before the pronoun.
        if at > 0 && self.own.is(at - 1, flag::RELATIVE) {
            at -= 1;
            return at.checked_sub(1).and_then(|at| self.own.mention(at)).into_iter().collect();
        }
        let mut place: Chain = Vec::new();
        while at > 0 && group - at < REACH {
            let is_ended = self.own.is_cut(at) || self.own.is(at - 1, flag::BORDER | flag::SAY);
            if is_ended {
                // `Orhan, who last came in March, is expected`: the clause between commas is passed over.
                let is_inserted = self.own.is(at - 1, flag::RELATIVE)
                    && self.own.tokens.get(at - 1).is_some_and(|token| token.has_comma)
                    && self.own.tokens.get(group).is_some_and(|token| token.has_comma);
                let named = at.checked_sub(2).and_then(|at| self.own.mention(at)).filter(|_| is_inserted);
                return named.map_or(place, |named| vec![named]);
            }
            at -= 1;
            let Some(mention) = self.own.mention(at) else { continue };
            let first = self.own.first_of(at);
            at = first;
            if !self.may_take_part(mention) || self.is_embedded(first, mention) {
                continue;
            }
            let chain = self.chain_before(first, mention);
            // Before a verb there may be the place where somebody did something else: `left Izmit and met`.
            if self.is_place(mention) && !self.is_country(mention) {
                place = if place.is_empty() { chain } else { place };
                continue;
            }
            return chain;
        }
        place
    }

    /// Whoever stands right after the first comma after `at`, before a verb.
    fn subject_after(&self, at: usize) -> Chain {
        let is_comma = |at: &usize| self.own.tokens.get(*at).is_some_and(|token| token.has_comma);
        let Some(comma) = (at + 1..at + 20).take_while(|at| !self.own.is_cut(*at)).find(is_comma) else {
            return Vec::new();
        };
        let (chain, _, end) = self.chain_after(comma, Follows::Between);
        let is_subject = self.own.is(end, flag::SAY | flag::VERB | flag::AUX | flag::LIGHT)
            || self.own.tokens.get(end).is_some_and(|token| token.word.flags == 0 && !token.has_comma);
        chain.into_iter().take(1).filter(|_| is_subject).collect()
    }

    /// The speaker, where the words before the verb are `I` or `we`, or a pronoun in reported words.
    pub(super) fn pronoun(&self, group: usize) -> Option<u32> {
        let at = group.checked_sub(1)?;
        let quotation = self.own.tokens.get(at)?.quotation.and_then(|n| self.quotations.get(n as usize))?;
        let is_reported = quotation.manner == Manner::Reported;
        let is_speaker = self.own.is(at, if is_reported { flag::PRONOUN } else { flag::SPEAKER });
        quotation.speaker?.mention.filter(|_| is_speaker)
    }

    pub(super) fn verb(&self, at: usize) -> Option<Frame> {
        let group = self.group(at);
        let mut subject = self.subject(group);
        // `Receiving Orhan on Monday, Weaver said`: who does both stands after the comma.
        if subject.is_empty()
            && group == at
            && (at == 0 || self.own.is_cut(at))
            && self.own.written(at).ends_with("ing")
        {
            subject = self.subject_after(at);
        }
        let speaker = if subject.is_empty() { self.pronoun(group) } else { None };
        subject.extend(speaker);
        let mut frame = self.frame(at, group, subject);
        let named = frame.participants.len();
        if self.own.is(at, flag::TRAVEL) || frame.kind == EventKind::Visit {
            return self.journey(at, frame);
        }
        if self.own.is(at, flag::HOST) {
            let (chain, _, end) = self.chain_after(at + 1, Follows::Object);
            let is_person = |own: &u32| self.kind_of(*own) == Some(Kind::Person);
            let has_person = chain.iter().any(is_person);
            // `was received by`.
            if self.written(at, &["received", "welcomed", "hosted"]) && self.written(at + 1, &["by"]) && at > group {
                let (hosts, ..) = self.chain_after(at + 2, Follows::Object);
                frame.participants.extend(hosts.iter().copied().filter(is_person));
                (frame.certainty, frame.reason) = (70, "somebody is said to have been received by somebody");
                let is_somebody = named > 0
                    || group.checked_sub(1).is_some_and(|at| {
                        self.written(at, &["who"]) || self.own.is(at, flag::PRONOUN | flag::SPEAKER | flag::HUMAN)
                    });
                return Some(frame).filter(|_| is_somebody && hosts.iter().any(is_person));
            }
            let is_called = self.written(at, &["called"]);
            let is_phoned = (at..at + 12).any(|at| self.own.is(at, flag::PHONE));
            if !has_person || named == 0 || (is_called && !is_phoned) || end <= at {
                return None;
            }
            frame.participants.extend(chain);
            (frame.certainty, frame.reason) = (75, "somebody is said to have received or called somebody");
            if is_called {
                frame.kind = EventKind::Call;
            }
            return Some(frame);
        }
        let is_with_needed = self.own.is(at, flag::WITH);
        let with = (at + 1..at + 6)
            .take_while(|at| {
                !self.own.is_cut(*at)
                    && self.own.mention(*at).is_none()
                    && !self.own.is(*at, flag::BORDER | flag::WHERE)
            })
            .find(|own| self.own.is(*own, flag::TOGETHER) || (is_with_needed && self.written(*own, &["to"])));
        if is_with_needed && with.is_none() {
            return None;
        }
        let (chain, has_office, _) = self.chain_after(with.map_or(at + 1, |with| with + 1), Follows::Object);
        let chain = self.without_places(chain);
        // Who speaks to nobody by name makes a speech.
        if chain.is_empty() && with.is_some_and(|with| self.written(with, &["to"])) {
            return None;
        }
        let is_object = !chain.is_empty();
        frame.participants.extend(chain);
        if is_object && named > 0 {
            (frame.certainty, frame.reason) = (85, "the sentence says who met whom");
        } else if is_object || (has_office && named > 0) {
            (frame.certainty, frame.reason) = (70, "the sentence names one of those who met");
        } else if named > 1 && with.is_none() && !self.has_object(at + 1) {
            (frame.certainty, frame.reason) = (75, "the sentence says that they met");
        } else {
            return None;
        }
        if speaker.is_some() {
            (frame.certainty, frame.reason) = (65, "the speaker of these words says that he or she met somebody");
        }
        Some(frame)
    }

    /// Whether something other than a preposition or a clause follows a verb: what was met, if not a person.
    fn has_object(&self, at: usize) -> bool {
        let Some(token) = self.own.tokens.get(at) else { return false };
        let is_free = token.has_comma
            || self.own.is_cut(at)
            || self.own.is(at, flag::PREP | flag::BORDER | flag::AND | flag::AUX);
        let is_time = self.own.written(at).starts_with(|c: char| c.is_uppercase()) && token.mention.is_none();
        !(is_free
            || is_time
            || token.word.flags == 0 && self.own.written(at).ends_with("ly")
            || self.written(at, &["behind", "face", "together", "here", "there"]))
    }

    /// Names that are no places; countries are people.
    pub(super) fn without_places(&self, chain: Chain) -> Chain {
        chain.into_iter().filter(|own| !self.is_place(*own) || self.is_country(*own)).collect()
    }

    /// A verb of travelling: the place after it, or after `to` and `in`.
    fn journey(&self, at: usize, mut frame: Frame) -> Option<Frame> {
        let is_travel = self.own.is(at, flag::TRAVEL);
        let preposition = (at + 1..at + 4)
            .take_while(|at| !self.own.is_cut(*at))
            .find(|at| self.own.is(*at, flag::WHITHER | flag::WHERE));
        let from = if is_travel { preposition? + 1 } else { at + 1 };
        let (chain, ..) = self.chain_after(from, if is_travel { Follows::To } else { Follows::Object });
        let first = *chain.first()?;
        let is_person = |mention: u32| self.kind_of(mention) == Some(Kind::Person);
        if is_person(first) {
            if is_travel {
                return None;
            }
            frame.participants.extend(chain);
        } else {
            frame.place = Some(first);
        }
        // Things arrive and go as well: only those travel who can be asked.
        let is_somebody = frame.participants.iter().any(|own| !self.is_place(*own) || self.is_country(*own));
        frame.participants.retain(|own| Some(*own) != frame.place);
        (frame.certainty, frame.reason) = (if is_travel { 75 } else { 80 }, "the sentence says who went where");
        Some(frame).filter(|_| is_somebody)
    }
}
