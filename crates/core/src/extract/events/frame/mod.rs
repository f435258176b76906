//! Who took part, and where: the frame of a word of encounter.

mod names;
mod noun;
mod verb;

use super::super::entities::gazetteer;
use super::super::quotations::Quotation;
use super::super::times::{Time, TimeKind};
use super::super::{Certainty, Kind, Mention};
use super::EventKind;
use super::tokens::{REACH, Sentence};
use super::words::flag;

/// What a word of encounter tells, with the words that say whether it is so.
pub(super) struct Frame {
    pub(super) kind: EventKind,
    /// The word that tells of it.
    pub(super) at: usize,
    /// The first word of its verbs: of the group `is expected to meet`, or of `will hold` before `talks`.
    pub(super) group: usize,
    /// Whether the word is a noun.
    pub(super) is_noun: bool,
    pub(super) participants: Vec<u32>,
    pub(super) place: Option<u32>,
    pub(super) certainty: Certainty,
    pub(super) reason: &'static str,
    /// Whether it is told apart from others by more than who took part: by where or when it was, or by whose it is.
    pub(super) is_known_otherwise: bool,
}

/// Names that belong together: `X, Y and Z`.
type Chain = Vec<u32>;

/// A reader of one sentence.
struct Ctx<'a> {
    own: &'a Sentence<'a>,
    names: &'a [Mention],
    times: &'a [Time],
    quotations: &'a [Quotation],
}

/// Reads the frame of the word of encounter at `at`; nothing where it tells of none. Cost: O(1), no word further than
/// forty away is looked at.
pub(super) fn read(
    own: &Sentence,
    at: usize,
    names: &[Mention],
    times: &[Time],
    quotations: &[Quotation],
) -> Option<Frame> {
    let ctx = Ctx { own, names, times, quotations };
    let mut frame = if ctx.is_noun(at) { ctx.noun(at)? } else { ctx.verb(at)? };
    let place = frame.place.or_else(|| ctx.place_after(at)).or_else(|| ctx.place_at_beginning());
    frame.place = place;
    frame.participants.retain(|own| Some(*own) != place);
    frame.participants.sort_unstable();
    frame.participants.dedup();
    let is_journey = frame.kind == EventKind::Visit;
    let after = (at + 1..at + 12).take_while(|at| !own.is_cut(*at) && !own.is(*at, flag::BORDER | flag::SAY));
    let is_phoned = (at.saturating_sub(3)..at).chain(after).any(|at| own.is(at, flag::PHONE));
    if is_phoned && !is_journey {
        frame.kind = EventKind::Call;
    }
    let is_whose = |frame: &Frame| {
        !frame.participants.is_empty() && (!is_journey || place.is_some() || frame.participants.len() > 1)
    };
    Some(frame).filter(|frame| frame.is_known_otherwise || is_whose(frame))
}

impl Ctx<'_> {
    fn kind_of(&self, mention: u32) -> Option<Kind> {
        self.names.get(mention as usize).map(|mention| mention.kind)
    }

    fn is_place(&self, mention: u32) -> bool {
        self.kind_of(mention) == Some(Kind::Place)
    }

    /// Whether a name is that of a country or its people, who meet others as people do.
    fn is_country(&self, mention: u32) -> bool {
        let Some(own) = self.names.get(mention as usize) else { return false };
        let key = gazetteer::key(self.own.text.get(own.span.start as usize..own.span.end as usize).unwrap_or_default());
        let gazetteer = gazetteer::gazetteer();
        matches!(gazetteer.name(&key), Some(gazetteer::Known::Country(_))) || gazetteer.demonym(&key).is_some()
    }

    /// Whether a name may take part: a person, an organisation, a country or its people, a capital for its government.
    fn may_take_part(&self, mention: u32) -> bool {
        match self.kind_of(mention) {
            Some(Kind::Person | Kind::Organisation | Kind::Place) => true,
            Some(Kind::Other) => self.is_country(mention),
            None => false,
        }
    }

    /// Whether a day belongs to the noun at `at`, whose words begin at `first`: `today's meeting`, `the February 18
    /// discussions`, `talks on Monday`.
    fn is_dated(&self, first: usize, at: usize) -> bool {
        let (start, own) = (self.own.span(first).start, self.own.span(at));
        let next = self.times.partition_point(|time| time.span.end <= own.start);
        let gap = |from: u32, to: u32| self.own.text.get(from as usize..to as usize).unwrap_or("-").trim();
        // `current talks` are of no day.
        let is_day =
            |time: &&Time| matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.ends_with("_REF");
        let before = next.checked_sub(1).and_then(|at| self.times.get(at)).filter(is_day);
        let after = self.times.get(next..).unwrap_or(&[]).iter().find(|time| time.span.start >= own.end);
        before.is_some_and(|time| time.span.start >= start || gap(time.span.end, start).is_empty())
            || after.filter(is_day).is_some_and(|time| matches!(gap(own.end, time.span.start), "" | "on" | "in" | "of"))
    }

    fn is_possessive(&self, mention: u32) -> bool {
        let end = self.names.get(mention as usize).map_or(0, |own| own.span.end as usize);
        let (head, tail) = (self.own.text.get(..end).unwrap_or_default(), self.own.text.get(end..).unwrap_or_default());
        let is_plural = head.ends_with('s') && tail.starts_with(['\'', '’']);
        tail.starts_with("'s") || tail.starts_with("’s") || is_plural
    }

    fn written(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.own.written(at).eq_ignore_ascii_case(word))
    }

    /// Whether a word that may be both is a noun here.
    fn is_noun(&self, at: usize) -> bool {
        if !self.own.is(at, flag::VERB) || !self.own.is(at, flag::NOUN) {
            return self.own.is(at, flag::NOUN);
        }
        let Some(before) = at.checked_sub(1) else { return true };
        if let Some(mention) = self.own.mention(before) {
            return self.is_possessive(mention) || !self.written(at, &["visits", "tours"]);
        }
        let is_gerund = self.written(at, &["meeting"]);
        if is_gerund {
            let is_after = self
                .written(before, &["after", "before", "by", "denied", "without", "while", "when", "avoided", "since"]);
            let has_object = self.own.mention(at + 1).is_some() || self.own.is(at + 1, flag::DET | flag::HUMAN);
            let is_progressive =
                self.written(before, &["is", "are", "was", "were", "be", "been", "not", "today", "now", "also"]);
            return !(is_progressive || (is_after && has_object));
        }
        let is_pronoun = self.own.is(before, flag::PRONOUN | flag::SPEAKER | flag::RELATIVE);
        !(is_pronoun || (self.own.is(before, flag::AUX) && !self.own.is(before, flag::LIGHT)))
    }

    /// The place after `in` or `at`.
    fn place_after(&self, from: usize) -> Option<u32> {
        for at in from + 1..from + REACH {
            if at >= self.own.tokens.len() || self.own.is_cut(at) || self.own.is(at, flag::BORDER | flag::SAY) {
                return None;
            }
            if self.own.is(at, flag::WHERE) {
                let found = self.place_at(at + 1);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// The place that a sentence begins with: `In Ankara, …`.
    fn place_at_beginning(&self) -> Option<u32> {
        let place = self.own.is(0, flag::WHERE).then(|| self.place_at(1)).flatten()?;
        let last = self.own.last_of((1..6).find(|at| self.own.mention(*at) == Some(place))?);
        self.own.tokens.get(last + 1).filter(|token| token.has_comma).map(|_| place)
    }

    /// The place that stands here, after articles and the like.
    fn place_at(&self, from: usize) -> Option<u32> {
        let at = (from..from + 4)
            .find(|at| self.own.mention(*at).is_some() || self.own.is(*at, flag::PREP | flag::BORDER))?;
        self.own.mention(at).filter(|mention| self.is_place(*mention) && !self.is_possessive(*mention))
    }

    fn frame(&self, at: usize, group: usize, participants: Chain) -> Frame {
        let kind = self.own.tokens.get(at).and_then(|token| token.word.kind).unwrap_or(EventKind::Meeting);
        Frame {
            kind,
            at,
            group,
            is_noun: self.is_noun(at),
            participants,
            place: None,
            certainty: 60,
            reason: "",
            is_known_otherwise: false,
        }
    }
}
