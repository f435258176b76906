//! Nouns of encounter: talks of whom with whom, a visit of whom to where.

use super::super::tokens::REACH;
use super::super::words::flag;
use super::names::Follows;
use super::{Chain, Ctx, Frame};
use crate::extract::Kind;
use crate::extract::events::EventKind;

impl Ctx<'_> {
    pub(super) fn noun(&self, at: usize) -> Option<Frame> {
        let before = at.checked_sub(1);
        let is_of = |words: &[&str]| before.is_some_and(|before| self.written(before, words));
        if is_of(&["news", "press", "conference", "roll", "margin", "wake-up"])
            || self.written(at, &["conference"]) && self.is_call(at + 1)
        {
            return None;
        }
        let kind = self.own.tokens.get(at)?.word.kind?;
        let (first, owners, place_before) = self.before_noun(at);
        let after = self.after_noun(at, kind);
        let light = self.light(first);
        let mut frame = self.frame(at, light.map_or(first, |light| self.group(light)), Vec::new());
        let mut subject = Vec::new();
        if let Some(light) = light {
            subject = self.subject(self.group(light));
            subject.extend(if subject.is_empty() { self.pronoun(self.group(light)) } else { None });
        }
        let governor = if subject.is_empty() && owners.is_empty() && !after.is_between {
            self.governor(first, after.end)
        } else {
            Vec::new()
        };
        let (both, with) = (owners.len() + subject.len(), after.chain.len());
        frame.place = after.place.or(place_before);
        if kind != EventKind::Visit {
            frame.place = frame.place.or_else(|| self.place_after(at)).or_else(|| self.place_at_beginning());
        }
        let is_business = first.checked_sub(1).is_some_and(|before| self.own.is(before, flag::BUSINESS))
            || (first..at).any(|at| self.own.is(at, flag::BUSINESS));
        let all = if with + both > 0 { both + with + governor.len() } else { 0 };
        frame.participants = [owners, subject, after.chain, governor.clone()].concat();
        let is_call = self.is_call(at);
        let is_phoned = is_of(&["phone", "telephone", "video"]);
        if (is_business && all < 2) || (is_call && !is_phoned && !after.has_together) {
            return None;
        }
        (frame.certainty, frame.reason) = if kind == EventKind::Visit {
            frame.participants.extend(if all == 0 { governor.clone() } else { Vec::new() });
            (if both > 0 || with > 0 { 80 } else { 65 }, "the sentence speaks of a visit there")
        } else if after.is_between && with > 1 {
            (85, "the sentence names those between whom it was")
        } else if both > 0 && with > 0 {
            (80, "the sentence says who had it with whom")
        } else if both > 1 {
            (75, "the sentence says who had it together")
        } else if !governor.is_empty() && with > 0 {
            (65, "the sentence names one of them, and somebody who does something at it")
        } else if all > 0 && (after.has_together || frame.place.is_some()) {
            (60, "the sentence names one of those who took part")
        } else if let Some(both) = self.their_own(at, first) {
            frame.participants = both;
            (70, "the sentence names two, and speaks of an encounter of theirs")
        } else if kind != EventKind::Visit && (self.is_placed(at, place_before) || self.is_dated(first, at)) {
            frame.is_known_otherwise = true;
            (55, "the sentence says where or when it was, and not who took part")
        } else {
            return None;
        };
        // `Lavrov's visit` is one that the reader knows of.
        let is_owned = kind == EventKind::Visit && both == 1 && with == 0 && self.written(at, &["visit", "trip"]);
        let is_persons = frame.participants.first().is_some_and(|own| self.kind_of(*own) == Some(Kind::Person));
        frame.is_known_otherwise |= is_owned && is_persons;
        let is_visit_somewhere = kind != EventKind::Visit || frame.place.is_some() || after.has_together;
        Some(frame).filter(|frame| is_visit_somewhere || frame.is_known_otherwise)
    }

    /// Whether the noun's own words say where: `the Geneva talks`, `a meeting in Geneva`.
    fn is_placed(&self, at: usize, before: Option<u32>) -> bool {
        before.is_some()
            || self.own.is(at + 1, flag::WHERE) && !self.own.is_cut(at + 1) && self.place_at(at + 2).is_some()
    }

    /// The two of whom a sentence speaks after `During their talks,`.
    fn their_own(&self, at: usize, first: usize) -> Option<Chain> {
        if !(first..at).any(|at| self.written(at, &["their"])) || first > 2 {
            return None;
        }
        let comma = (at + 1..at + 8).find(|at| self.own.tokens.get(*at).is_some_and(|token| token.has_comma))?;
        let (chain, ..) = self.chain_after(comma, Follows::Between);
        Some(chain).filter(|chain| chain.len() == 2)
    }

    fn is_call(&self, at: usize) -> bool {
        self.written(at, &["call", "calls", "conversation", "conversations", "audience", "encounter"])
    }

    /// What stands before a noun and belongs to it: its first word, whose it is, and where.
    fn before_noun(&self, at: usize) -> (usize, Chain, Option<u32>) {
        let mut first = at;
        while first > 0
            && at - first < 5
            && !self.own.is_cut(first)
            && self.own.tokens.get(first).is_some_and(|token| !token.has_comma)
        {
            let before = first - 1;
            if let Some(mention) = self.own.mention(before) {
                let start = self.own.first_of(before);
                let is_journey = self.own.tokens.get(at).is_some_and(|token| token.word.kind == Some(EventKind::Visit));
                // `his China visit`, `an Irish tour`: where.
                if is_journey
                    && !self.is_possessive(mention)
                    && (self.is_place(mention) || self.kind_of(mention) == Some(Kind::Other))
                {
                    return (start, Vec::new(), Some(mention));
                }
                let is_embedded =
                    |mention| self.is_place(mention) && !self.is_country(mention) && !self.is_possessive(mention);
                if is_embedded(mention) {
                    return (start, Vec::new(), Some(mention));
                }
                let is_beside = self.is_possessive(mention) || before + 2 >= first;
                // `U.S.-Soviet talks`: a people that is no country's any more.
                if self.kind_of(mention) == Some(Kind::Other) && !self.may_take_part(mention) {
                    first = start;
                    continue;
                }
                if !self.may_take_part(mention) || !is_beside {
                    return (start, Vec::new(), None);
                }
                // `Geneva` in `their Geneva talks` is where; `U.S.-Soviet talks` has two.
                return (start, self.chain_before(start, mention), None);
            }
            let is_part = self.own.tokens.get(before).is_some_and(|token| {
                token.word.flags & !(flag::DET | flag::PLAN | flag::PHONE | flag::BUSINESS | flag::HUMAN | flag::NOUN)
                    == 0
                    && token.word.flags & flag::AND == 0
            });
            if !is_part {
                break;
            }
            first -= 1;
        }
        (first, Vec::new(), None)
    }

    /// The verb whose object a noun is, a few words before it.
    fn light(&self, first: usize) -> Option<usize> {
        let from = first.saturating_sub(4);
        (from..first)
            .rev()
            .take_while(|at| {
                !self.own.is_cut(at + 1) && self.own.mention(*at).is_none() && !self.own.is(*at, flag::BORDER)
            })
            .take_while(|at| !self.own.is(*at, flag::PREP) || self.own.is(*at, flag::LIGHT))
            .find(|at| self.own.is(*at, flag::LIGHT) && !self.own.is(*at, flag::NOUN))
    }

    /// What stands after a noun and belongs to it.
    fn after_noun(&self, at: usize, kind: EventKind) -> After {
        let mut after = After { chain: Vec::new(), place: None, is_between: false, has_together: false, end: at + 1 };
        let mut from = at + 1;
        while from < (at + REACH).min(self.own.tokens.len()) && !self.own.is_cut(from) {
            let is_journey = kind == EventKind::Visit;
            let is = |flags| self.own.is(from, flags);
            if is(flag::BORDER | flag::SAY) {
                break;
            }
            let is_by = is_journey && self.written(from, &["by"]);
            let is_whose =
                after.chain.is_empty() && (is_by || (from <= at + 2 && self.written(from, &["of", "by", "among"])));
            if is(flag::BETWEEN | flag::TOGETHER) || is_whose {
                let (chain, has_office, end) =
                    self.chain_after(from + 1, if is(flag::BETWEEN) { Follows::Between } else { Follows::Object });
                // `talks between Moscow and Kyiv`: capitals stand for their governments.
                let are_governments =
                    !is_journey && chain.len() > 1 && (is(flag::BETWEEN) || self.written(from, &["involving"]));
                let chain = if are_governments { chain } else { self.without_places(chain) };
                after.has_together |= !is_whose && (has_office || !chain.is_empty());
                after.is_between |= is(flag::BETWEEN) || (is_by && !chain.is_empty());
                after.chain.extend(chain);
                from = end.max(from + 1);
                after.end = from;
                continue;
            }
            if is_journey && is(flag::WHITHER | flag::WHERE) && after.place.is_none() && from <= after.end + 5 {
                let (chain, _, end) = self.chain_after(from + 1, Follows::To);
                match chain.split_first() {
                    Some((first, _)) if self.kind_of(*first) != Some(Kind::Person) => after.place = Some(*first),
                    Some(_) => {
                        after.chain.extend(chain);
                        after.has_together = true;
                    }
                    None => {}
                }
                from = end.max(from + 1);
                after.end = from;
                continue;
            }
            from += 1;
        }
        after
    }

    /// Whoever does something at an encounter: the subject of the clause that it stands in, before it, or after a comma.
    fn governor(&self, first: usize, end: usize) -> Chain {
        let is_governed = first.checked_sub(1).is_some_and(|before| self.own.is(before, flag::PREP));
        if !is_governed {
            return Vec::new();
        }
        let mut at = first - 1;
        let mut found = Vec::new();
        while at > 0 && first - at < REACH && !self.own.is_cut(at) && !self.own.is(at - 1, flag::BORDER) {
            at -= 1;
            let Some(mention) = self.own.mention(at) else { continue };
            at = self.own.first_of(at);
            let is_somebody = !self.is_place(mention) || self.is_country(mention);
            if is_somebody && self.may_take_part(mention) && !self.is_embedded(at, mention) {
                found = self.chain_before(at, mention);
            }
        }
        if !found.is_empty() || first > 4 {
            return found;
        }
        // `At a meeting with Orhan, Weaver said`.
        let comma = (end..end + 8).find(|at| self.own.tokens.get(*at).is_some_and(|token| token.has_comma));
        let mention = comma.and_then(|at| (at..at + 6).find_map(|at| self.own.mention(at)));
        mention.filter(|own| self.may_take_part(*own) && !self.is_possessive(*own)).into_iter().collect()
    }
}

/// What stands after a noun and belongs to it.
struct After {
    chain: Chain,
    place: Option<u32>,
    is_between: bool,
    has_together: bool,
    /// The first word after all that.
    end: usize,
}
