//! Names that stand around a word of encounter and belong together.

use super::super::words::flag;
use super::{Chain, Ctx};
use crate::extract::Kind;

/// After what names stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    Object,
    To,
    Between,
}

impl Ctx<'_> {
    /// Whether a name before a verb is no subject: it has a preposition before it, or it is the object of a verb, or
    /// somebody's whose office is not named.
    pub(super) fn is_embedded(&self, first: usize, mention: u32) -> bool {
        let mut before = first;
        while before > 0
            && first - before < 4
            && self.own.is(before - 1, flag::DET)
            && !self.own.is(before - 1, flag::BORDER)
        {
            before -= 1;
        }
        let Some(at) = before.checked_sub(1) else { return self.is_possessive(mention) && !self.has_office(first) };
        if self.own.is(at, flag::PREP) && !self.own.is_cut(before) {
            // `the ministers of X and Y met`: those who stand for them.
            let is_for = self.written(at, &["of", "from", "for"]) && at > 0 && self.own.is(at - 1, flag::HUMAN);
            // `a delegation led by X arrived`.
            let is_led = self.written(at, &["by"]) && at > 0 && self.written(at - 1, &["led", "headed"]);
            return !(is_for || is_led);
        }
        let is_object = self.own.is(at, flag::VERB | flag::LIGHT | flag::SAY);
        is_object || (self.is_possessive(mention) && !self.has_office(first))
    }

    /// Whether the name beginning at `first` is followed by an office: `Turkey's foreign minister`, `Soviet negotiators`.
    fn has_office(&self, first: usize) -> bool {
        let after = self.own.last_of(first) + 1;
        (after..after + 4)
            .take_while(|at| !self.own.is_cut(*at) && self.own.mention(*at).is_none())
            .any(|at| self.own.is(at, flag::HUMAN))
    }

    /// A name and those before it that belong to it.
    pub(super) fn chain_before(&self, mut first: usize, mention: u32) -> Chain {
        let mut chain = vec![mention];
        while chain.len() < 12 {
            let Some((at, is_joined)) = self.gap_before(first) else { break };
            let Some(mention) = self.own.mention(at).filter(|_| is_joined) else { break };
            let before = self.own.first_of(at);
            if !self.may_take_part(mention) || self.is_object(before) || self.is_where(before) {
                break;
            }
            // `his Greek counterpart, Tom Weaver`: the name that follows says who it is.
            if !(self.has_office(before) && self.names_follow(self.own.last_of(before) + 1)) {
                chain.push(mention);
            }
            first = before;
        }
        chain
    }

    /// Whether a name says where: `in` or `at` stands before it.
    fn is_where(&self, first: usize) -> bool {
        first > 0 && self.own.is(first - 1, flag::WHERE)
    }

    fn is_object(&self, first: usize) -> bool {
        first > 0 && self.own.is(first - 1, flag::VERB | flag::LIGHT | flag::SAY)
    }

    /// The word of a name before `first`, and whether only `and`, commas and offices lie between.
    fn gap_before(&self, first: usize) -> Option<(usize, bool)> {
        let mut is_joined = self.is_joined_by_sign(first);
        for at in (first.saturating_sub(6)..first).rev() {
            if self.own.is_cut(at + 1) {
                return None;
            }
            if self.own.mention(at).is_some() {
                return Some((at, is_joined));
            }
            is_joined |= self.own.is(at, flag::AND) || self.is_joined_by_sign(at);
            let is_between = self.own.is(at, flag::AND | flag::DET | flag::HUMAN) || self.is_office_word(at);
            if !is_between {
                return None;
            }
        }
        None
    }

    /// Whether a comma or a hyphen stands before a word.
    fn is_joined_by_sign(&self, at: usize) -> bool {
        let start = self.own.span(at).start as usize;
        self.own.tokens.get(at).is_some_and(|token| token.has_comma)
            || self.own.text.get(..start).is_some_and(|text| text.ends_with(['-', '–']))
    }

    /// A word of an office that is no office itself: `foreign`, `prime`, `trade`.
    pub(super) fn is_office_word(&self, at: usize) -> bool {
        self.written(
            at,
            &[
                "foreign", "prime", "vice", "deputy", "defence", "defense", "finance", "trade", "interior", "general",
                "state",
            ],
        )
    }

    /// The names that follow from `at` on, where nothing but articles and offices stands before the first: who follows
    /// `met`, `with` or `between`. Also whether an office stands there, named or not, and the first word after all. An
    /// adjective needs an article after `to`, where a verb may stand; after `between` no other clause begins with `and`.
    pub(super) fn chain_after(&self, mut at: usize, after: Follows) -> (Chain, bool, usize) {
        let mut chain: Chain = Vec::new();
        let (mut has_office, mut is_joined, mut skipped) = (false, true, 0);
        let (mut has_article, mut has_and) = (after != Follows::To, false);
        let mut first_end = at;
        let (mut end, mut is_comma_and) = (at, false);
        while chain.len() < 12 && skipped < 8 && at < self.own.tokens.len() {
            if self.own.is_cut(at) && end != at {
                break;
            }
            let comma = self.own.tokens.get(at).is_some_and(|token| token.has_comma);
            is_joined |= comma && !chain.is_empty();
            if let Some(mention) = self.own.mention(at) {
                let last = self.own.last_of(at);
                if !is_joined || !self.may_take_part(mention) {
                    break;
                }
                let has_office_after = self.has_office(at);
                has_office |= has_office_after;
                // `Turkey's president Ada Orhan`: the name that follows says who it is.
                let is_owner = self.is_possessive(mention);
                let is_only_owner = (is_owner || has_office_after) && self.names_follow(last + 1);
                // `met Orhan's demands`.
                if is_owner && !is_only_owner && !has_office_after && (!chain.is_empty() || after != Follows::To) {
                    break;
                }
                // `met Orhan, and Weaver left`: another clause.
                let is_whither = self.own.is(last + 1, flag::WHITHER) && self.own.mention(last + 2).is_some();
                let is_clause =
                    || !is_whither && self.own.is(last + 1, flag::SAY | flag::VERB | flag::AUX | flag::LIGHT);
                let is_second = has_and && after != Follows::Between && !chain.is_empty();
                if is_second && (is_clause() || (is_comma_and && chain.len() == 1)) {
                    break;
                }
                if !is_only_owner {
                    chain.push(mention);
                    is_joined = false;
                    first_end = if chain.len() == 1 { last + 1 } else { first_end };
                }
                (at, end, skipped) = (last + 1, last + 1, 0);
                continue;
            }
            let is_office = self.own.is(at, flag::HUMAN) || self.is_office_word(at);
            has_office |= self.own.is(at, flag::HUMAN);
            let is_and = self.own.is(at, flag::AND);
            is_joined |= is_and;
            has_and |= is_and && !chain.is_empty();
            is_comma_and = is_and && comma;
            has_article |= self.own.is(at, flag::DET);
            // `the leaders of X and Y`.
            let is_of = has_office && self.written(at, &["of", "from"]);
            is_joined |= is_of;
            let is_adjective = has_article
                && chain.is_empty()
                && self.own.tokens.get(at).is_some_and(|token| token.word.flags == 0)
                && !comma;
            if !(is_office || is_and || is_of || is_adjective || self.own.is(at, flag::DET)) {
                break;
            }
            skipped += 1;
            at += 1;
        }
        // `met Orhan, the chairman of …`: what follows commas alone explains.
        if !has_and && chain.len() > 1 {
            chain.truncate(1);
            (at, end) = (first_end, first_end);
        }
        (chain, has_office, end.max(at.min(end + 1)))
    }

    /// Whether a name of a person follows, after offices or at once: that of whoever holds them.
    fn names_follow(&self, from: usize) -> bool {
        let end = (from..from + 5).find(|at| !(self.own.is(*at, flag::HUMAN) || self.is_office_word(*at)));
        let has_comma = self.own.tokens.get(from).is_some_and(|token| token.has_comma);
        end.filter(|at| (*at > from || !has_comma) && !self.own.is_cut(*at))
            .and_then(|at| self.own.mention(at))
            .is_some_and(|mention| self.kind_of(mention) == Some(Kind::Person))
    }
}
