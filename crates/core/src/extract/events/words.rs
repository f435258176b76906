//! The words that matter to encounters, and what for. All of them are small letters.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::EventKind;

/// What a word may be; a word may be several.
pub(super) mod flag {
    /// A verb that tells of an encounter.
    pub(crate) const VERB: u32 = 1;
    /// A noun that does.
    pub(crate) const NOUN: u32 = 1 << 1;
    /// An auxiliary, or an adverb that stands among them.
    pub(crate) const AUX: u32 = 1 << 2;
    /// Says that something is to come.
    pub(crate) const PLAN: u32 = 1 << 3;
    /// Says that something is not so, or not done.
    pub(crate) const DENY: u32 = 1 << 4;
    /// Begins another clause.
    pub(crate) const BORDER: u32 = 1 << 5;
    /// A preposition.
    pub(crate) const PREP: u32 = 1 << 6;
    /// An article, a possessive pronoun, an adjective of rank: may stand between a preposition and a name.
    pub(crate) const DET: u32 = 1 << 7;
    /// Somebody's office, or people.
    pub(crate) const HUMAN: u32 = 1 << 8;
    /// A verb that has a noun of encounter for its object: `held talks`.
    pub(crate) const LIGHT: u32 = 1 << 9;
    /// A verb of speaking.
    pub(crate) const SAY: u32 = 1 << 10;
    /// `and`.
    pub(crate) const AND: u32 = 1 << 11;
    /// `he`, `she`, `they`.
    pub(crate) const PRONOUN: u32 = 1 << 12;
    /// `I`, `we`.
    pub(crate) const SPEAKER: u32 = 1 << 13;
    /// A verb that is an encounter only with somebody as its object, or with `to` and a place.
    pub(crate) const WITH: u32 = 1 << 14;
    /// A verb of travelling, which needs a preposition before the place.
    pub(crate) const TRAVEL: u32 = 1 << 15;
    /// A verb that only a person's name makes an encounter: `received`.
    pub(crate) const HOST: u32 = 1 << 16;
    /// `with`, `involving`.
    pub(crate) const TOGETHER: u32 = 1 << 17;
    /// `between`.
    pub(crate) const BETWEEN: u32 = 1 << 18;
    /// `phone`, `video`.
    pub(crate) const PHONE: u32 = 1 << 19;
    /// `in`, `at`.
    pub(crate) const WHERE: u32 = 1 << 20;
    /// `to`, `into`.
    pub(crate) const WHITHER: u32 = 1 << 21;
    /// `who`, `which`.
    pub(crate) const RELATIVE: u32 = 1 << 22;
    /// Of a noun: nothing happens at it but the yearly business of a company.
    pub(crate) const BUSINESS: u32 = 1 << 23;
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Of [`flag`].
    pub(super) flags: u32,
    /// Of a verb or noun of encounter: what sort.
    pub(super) kind: Option<EventKind>,
}

const LISTS: &[(u32, &str)] = &[
    (
        flag::AUX,
        "has have had having is are was were be been being am will would shall should may might can could must do does did to not never \
         also later then recently already briefly just now soon again today tomorrow yesterday reportedly finally first earlier last \
         shortly again privately secretly jointly since both all expected scheduled due planned plans planning plan agreed agree refused \
         refuses refusing refuse declined declines declining set likely unlikely hopes hoping hope hoped wants want wanted \
         intends intend intended ready willing unwilling about going able unable failed fails wished wishes invited offered \
         promised hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't didn't doesn't don't couldn't can't cannot \
         personally separately only still ever once twice even nor",
    ),
    (
        flag::PLAN,
        "will would shall should may might could must to expected scheduled due planned plans planning plan agreed agree set likely hopes \
         hoping hope hoped wants want wanted intends intend intended ready willing going wishes invited offered promised proposed proposes \
         propose proposal upcoming forthcoming coming prospective future possible preparing prepare preparations prepares eve ahead \
         invitation invite invites if urged urges seek seeks seeking sought wished expects looking \
         demanded arrange arranging proposing possibility prospect prospects chance resumption opposed opposes oppose",
    ),
    (
        flag::DENY,
        "not never refused refuses refusing refuse declined declines declining unlikely unwilling unable failed fails denied denies deny \
         denying cancelled canceled cancels cancel cancelling canceling postponed postpones postpone postponing scrapped rejected rejects \
         rejecting reject ruled without hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't didn't doesn't don't couldn't \
         can't cannot no neither nor snubbed bar barred block blocked skipped skips avoided boycotted aborted dismissed cancellation",
    ),
    (
        flag::BORDER,
        "that which who whom whose when while after before because although though but if whether as since until where whereas unless than \
         so following amid despite",
    ),
    (
        flag::PREP,
        "of in at from for by on to into near with about over after before against under during through between among within without \
         towards toward via including regarding concerning following amid despite like than as alongside behind outside inside",
    ),
    (
        flag::DET,
        "the a an his her its their our my this that these those new former late visiting senior top leading other several some many \
         both two three four five six seven chief acting then outgoing own fellow newly",
    ),
    (
        flag::HUMAN,
        "president presidents minister ministers premier premiers chancellor secretary leader leaders official officials officer officers \
         counterpart counterparts delegation delegations delegate delegates envoy envoys ambassador ambassadors diplomat diplomats \
         representative representatives negotiator negotiators chairman chairwoman chair head heads chief chiefs king queen prince princess \
         emperor sultan emir pope senator senators congressman lawmakers governor governors mayor mayors general generals commander commanders \
         spokesman colleague colleagues people families relatives members executives bankers businessmen economists ministers parliamentarians \
         deputies experts officials team teams group director directors commissioner commissioners judge adviser advisers advisor advisors aide \
         aides troops soldiers workers students activists journalists residents citizens supporters authorities monarch speaker \
         patriarch bishop bishops archbishop lawyer lawyers",
    ),
    (
        flag::LIGHT,
        "held hold holds holding had have has hosted hosts host hosting attended attends attend attending opened began begin begins started \
         resumed resume resumes joined join joins concluded completed ended paid pays pay made makes make conducted conduct chaired convened \
         convene wrapped arranged organised organized cancelled canceled postponed continued continue entered led planned announced proposed",
    ),
    (
        flag::SAY,
        "said says say saying told tells tell announced added stated reported declared claimed wrote noted confirmed",
    ),
    (flag::AND, "and"),
    (flag::PRONOUN, "he she they"),
    (flag::SPEAKER, "i we"),
    (flag::TOGETHER, "with involving"),
    (flag::BETWEEN, "between"),
    (flag::PHONE, "phone telephone video videoconference teleconference telephoned telephonic"),
    (flag::WHERE, "in at inside near"),
    (flag::WHITHER, "to into"),
    (flag::RELATIVE, "who which"),
    (
        flag::BUSINESS,
        "annual analyst analysts directors shareholder shareholders stockholder stockholders board extraordinary regular committee",
    ),
    (
        flag::VERB,
        "met meet meets meeting visit visits visited visiting tour toured tours hosted hosts host hosting received receives receive receiving \
         welcomed welcomes travelled traveled travels travel travelling traveling flew flies fly flying arrived arrives arrive arriving \
         phoned phones telephoned telephones called spoke speaks speak spoken speaking talked talks talk talking conferred confer confers \
         negotiated negotiate negotiating negotiates consulted went goes headed heads convened convenes convening",
    ),
    (
        flag::NOUN,
        "meeting meetings visit visits trip trips tour talks negotiations consultations discussions summit summits conference \
         conversation conversations call calls audience encounter",
    ),
    (
        flag::WITH,
        "spoke speaks speak spoken speaking talked talk talking conferred confer confers negotiated negotiate negotiating negotiates \
         consulted",
    ),
    (
        flag::TRAVEL,
        "travelled traveled travels travel travelling traveling flew flies fly flying arrived arrives arrive arriving went goes headed heads",
    ),
    (flag::HOST, "hosted hosts host hosting received receives receive receiving welcomed welcomes called"),
];

const KINDS: &[(EventKind, &str)] = &[
    (
        EventKind::Meeting,
        "met meet meets meeting meetings hosted hosts host hosting received receives receive receiving welcomed welcomes \
      audience encounter convened convenes convening",
    ),
    (
        EventKind::Visit,
        "visit visits visited visiting tour toured tours trip trips travelled traveled travels travel travelling traveling flew \
      flies fly flying arrived arrives arrive arriving went goes headed heads",
    ),
    (EventKind::Call, "phoned phones telephoned telephones called call calls"),
    (
        EventKind::Talks,
        "spoke speaks speak spoken speaking talked talk talking conferred confer confers negotiated negotiate negotiating \
      negotiates consulted talks negotiations consultations discussions summit summits conference conversation conversations",
    ),
];

/// What is known of a word; nothing of most. Cost: constant, without allocation.
pub(super) fn word(written: &str) -> Word {
    static WORDS: OnceLock<FxHashMap<&'static str, Word>> = OnceLock::new();
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..written.len()) else { return Word::default() };
    small.copy_from_slice(written.as_bytes());
    small.make_ascii_lowercase();
    let words = WORDS.get_or_init(read);
    let known = std::str::from_utf8(small).ok().and_then(|small| words.get(small));
    known.copied().unwrap_or_default()
}

/// No word here is longer, in bytes.
const LONGEST: usize = 18;

fn read() -> FxHashMap<&'static str, Word> {
    let mut words: FxHashMap<&'static str, Word> = FxHashMap::default();
    for (flag, list) in LISTS {
        list.split_ascii_whitespace().for_each(|word| words.entry(word).or_default().flags |= flag);
    }
    for (kind, list) in KINDS {
        list.split_ascii_whitespace().for_each(|word| words.entry(word).or_default().kind = Some(*kind));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_encounter_has_a_kind_and_fits() {
        for (word, known) in read() {
            assert_eq!(known.flags & (flag::VERB | flag::NOUN) != 0, known.kind.is_some(), "{word}");
            assert!(word.len() <= LONGEST, "{word}");
        }
        assert_eq!(word("MET").kind, Some(EventKind::Meeting));
        assert_eq!(word("unheard").flags, 0);
    }
}
