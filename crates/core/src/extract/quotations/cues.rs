//! Cues: verbs in use, with their voice and their subject.

use super::lexicon::{form, frame, tag};
use super::line::{Line, gap};
use super::phrases::{Phrase, phrase_after, phrase_before, subject_before};

/// A reporting verb in use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Its first auxiliary or adverb.
    pub(super) first: usize,
    /// The verb.
    pub(super) verb: usize,
    /// What it takes: bits of [`frame`].
    pub(super) frames: u16,
    /// Who speaks.
    pub(super) subject: Option<Phrase>,
    /// Whether the subject stands after it: "said Smith".
    pub(super) is_inverted: bool,
    /// Whether it stands in the past.
    pub(super) is_past: bool,
    /// Whether its subject stands elsewhere: ", adding …", "and said …".
    pub(super) is_dependent: bool,
}

/// A cue without a verb.
pub(super) fn plain(n: usize) -> Cue {
    Cue { first: n, verb: n, frames: 0, subject: None, is_inverted: false, is_past: false, is_dependent: false }
}

/// How far back a subject is looked for, in items.
const FARTHEST: usize = 100;

/// The cue with its verb at item `verb`, in the sentence from `low` to `high`.
pub(super) fn cue_at(line: &Line, low: usize, verb: usize, high: usize) -> Option<Cue> {
    let item = line.at(verb);
    if item.entry.frames == 0 || !is_cue_word(line, low, verb) {
        return None;
    }
    let group = group(line, low, verb);
    let mut cue = Cue {
        first: group.first,
        verb,
        frames: item.entry.frames,
        subject: None,
        is_inverted: false,
        is_past: item.has_form(form::PAST) && !group.has_will,
        is_dependent: false,
    };
    // "was convinced that": what is said of the subject's mind is the subject's.
    let is_adjective = item.has_form(form::ADJECTIVE) && group.is_passive;
    if group.is_passive != is_adjective || item.entry.forms == form::ADJECTIVE && !is_adjective {
        return None;
    }
    // "He's not saying": the auxiliary is in the pronoun.
    let is_contracted =
        group.first > low && line.at(group.first - 1).is(tag::CONTRACTED) && !line.at(group.first).after(gap::HARD);
    if item.has_form(form::ING) && !group.is_progressive && !is_contracted {
        return participle(line, low, cue);
    }
    let is_bare = item.entry.forms & !form::NOUN & !form::SAY == form::PARTICIPLE && group.is_plain(verb);
    if is_bare && !is_adjective {
        return None;
    }
    cue.is_past |= is_adjective;
    finite(line, low, high, &group, cue)
}

/// Whether the word at `verb` may be a cue: no name, no half of a compound.
fn is_cue_word(line: &Line, low: usize, verb: usize) -> bool {
    let item = line.at(verb);
    let is_name = item.is(tag::CAPITAL) && verb > low && !item.after(gap::HARD);
    let is_compound = item.after(gap::HYPHEN) || line.at(verb + 1).after(gap::HYPHEN);
    // "put it", "went on" are cues, "put" and "went" are none.
    let is_whole = phrasal(line, verb).is_none_or(|particle| line.is_word(verb + 1, &[particle]));
    !is_name && !is_compound && is_whole
}

/// The word without which a verb is no cue.
pub(super) fn phrasal(line: &Line, verb: usize) -> Option<&'static str> {
    if line.is_word(verb, &["put", "puts"]) {
        return Some("it");
    }
    line.is_word(verb, &["go", "goes", "went"]).then_some("on")
}

/// The cue with the subject of a verb that is no participle.
fn finite(line: &Line, low: usize, high: usize, group: &Group, mut cue: Cue) -> Option<Cue> {
    let (item, verb) = (line.at(cue.verb), cue.verb);
    let is_plain = group.is_plain(verb);
    if group.has_to && item.has_form(form::BASE) && !item.has_form(form::PAST) {
        cue.is_dependent = true;
        cue.subject = main_subject(line, low, group.first);
        return cue.subject.map(|_| cue);
    }
    if is_plain
        && !group.has_to
        && let Some(subject) = inverted(line, low, verb, high)
    {
        return Some(Cue { subject: Some(subject), is_inverted: true, ..cue });
    }
    if group.first > low {
        let before = line.at(group.first - 1);
        let is_joined = !line.at(group.first).after(gap::HARD);
        if before.is(tag::CONTRACTED) && is_joined {
            cue.subject = Some(Phrase { first: group.first - 1, end: group.first });
            return Some(cue);
        }
        if before.is(tag::CONJUNCTION) {
            // "Mr. Roe and said" is never a phrase: the subject is that of the verb before.
            cue.is_dependent = true;
            cue.subject = main_subject(line, low, group.first - 1);
            return cue.subject.filter(|_| !item.has_form(form::BASE) || !is_plain).map(|_| cue);
        }
        if before.is(tag::QUESTION | tag::THAT) && is_joined && group.first > low + 1 {
            return relative(line, low, group.first - 1, cue);
        }
    }
    cue.subject = subject_before(line, low, group.first)
        .filter(|&subject| is_free(line, low, subject))
        .or_else(|| antecedent(line, low, group.first));
    let subject = cue.subject?;
    (!is_plain || is_verb_here(line, verb, subject)).then_some(cue)
}

/// "critics who say": the subject stands before the pronoun at `relative`.
fn relative(line: &Line, low: usize, relative: usize, mut cue: Cue) -> Option<Cue> {
    if !line.is_word(relative, &["who", "which", "that"]) {
        return None;
    }
    let is_noun = line.at(cue.verb).has_form(form::NOUN) && !line.at(relative).is(tag::QUESTION);
    cue.subject = phrase_before(line, low, relative);
    cue.subject.filter(|_| !is_noun).map(|_| cue)
}

/// Whether nothing before a phrase makes it part of a predicate: "to be named said".
fn is_free(line: &Line, low: usize, subject: Phrase) -> bool {
    subject.first <= low
        || line.at(subject.first).after(gap::HARD)
        || !line.at(subject.first - 1).is(tag::AUXILIARY | tag::TO) && !line.at(subject.first - 1).is(tag::CONTRACTED)
        || line.at(subject.first).is(tag::DETERMINER | tag::PRONOUN)
}

/// The phrase before a relative clause that ends before `verb` without a comma: "a man who did not want to be named
/// said".
fn antecedent(line: &Line, low: usize, verb: usize) -> Option<Phrase> {
    let from = low.max(verb.saturating_sub(30));
    let is_relative = |&n: &usize| line.is_word(n, &["who", "which", "that"]);
    // ", who on Tuesday said": nothing finite between.
    let last = (from + 1..verb).rev().find(is_relative)?;
    if !(last + 1..verb).any(|n| line.at(n).is_finite()) {
        return phrase_before(line, low, last);
    }
    let first = (from + 1..verb).find(|n| is_relative(n) && !line.at(*n).after(gap::HARD))?;
    phrase_before(line, low, first)
}

/// Auxiliaries and adverbs before a verb.
struct Group {
    first: usize,
    has_auxiliary: bool,
    has_to: bool,
    has_will: bool,
    is_passive: bool,
    is_progressive: bool,
}

impl Group {
    /// Whether nothing but adverbs stands before the verb.
    fn is_plain(&self, verb: usize) -> bool {
        self.first == verb || !self.has_auxiliary
    }
}

fn group(line: &Line, low: usize, verb: usize) -> Group {
    let mut group = Group {
        first: verb,
        has_auxiliary: false,
        has_to: false,
        has_will: false,
        is_passive: false,
        is_progressive: false,
    };
    let is_ing = line.at(verb).has_form(form::ING);
    let low = low.max(verb.saturating_sub(8));
    while group.first > low && !line.at(group.first).after(gap::HARD) {
        let n = group.first - 1;
        let item = line.at(n);
        if item.is(tag::AUXILIARY) {
            if !group.has_auxiliary && item.is(tag::BE) {
                group.is_passive = !is_ing;
                group.is_progressive = is_ing;
            }
            group.has_auxiliary = true;
            group.has_will |= !item.is(tag::BE) && !line.is_word(n, &["has", "have", "had"]);
        } else if item.is(tag::TO) {
            group.has_to = true;
            group.first = n;
            break;
        } else if !item.is(tag::LY | tag::ADVERB) || item.is(tag::PREPOSITION | tag::CONJUNCTION) {
            break;
        }
        group.first = n;
    }
    group
}

/// A verb in "-ing" without "be": ", adding that …", "a letter saying …", "before telling …".
fn participle(line: &Line, low: usize, mut cue: Cue) -> Option<Cue> {
    let first = cue.first;
    if first <= low {
        return None;
    }
    let before = line.at(first - 1);
    if !line.at(first).after(gap::HARD) && before.is_nominal() {
        // "a poll showing", unless it is an adjective or a noun: "the existing claims".
        cue.subject =
            phrase_before(line, low, first).filter(|phrase| phrase.end - phrase.first > 1 || !before.is(tag::TITLE));
        return cue.subject.map(|_| cue);
    }
    let opens = line.at(first).after(gap::COMMA | gap::DASH)
        || line.quote(first - 1).is_some_and(|quoted| quoted.ends_with(line.text, &[',']))
        || before.is(tag::PREPOSITION | tag::CONJUNCTION | tag::SUBORDINATOR);
    if !opens || line.at(first).after(gap::STOP) {
        return None;
    }
    cue.is_dependent = true;
    cue.subject = main_subject(line, low, first);
    cue.subject.map(|_| cue)
}

/// The subject after the verb: `"…," said Smith`.
fn inverted(line: &Line, low: usize, verb: usize, high: usize) -> Option<Phrase> {
    let item = line.at(verb);
    if !item.takes(frame::DIRECT) || !item.has_form(form::PAST | form::S) {
        return None;
    }
    let after_quote = verb > low && line.at(verb - 1).quote.is_some() || verb == low && ends_open(line, verb);
    // "told" and the like have their addressee there.
    let may_invert = !item.takes(frame::ADDRESSEE) || after_quote && line.is_word(verb, &["asked", "asks"]);
    let is_parted = after_quote || verb > low && line.at(verb).after(gap::COMMA | gap::DASH);
    if !may_invert || !is_parted {
        return None;
    }
    if line.at(verb + 1).after(gap::HARD) {
        return None;
    }
    let subject = phrase_after(line, verb + 1, high, true)?;
    let next = line.at(subject.end);
    let closes = subject.end >= high || next.after(gap::HARD);
    // "said the minister would go": a clause, no inversion.
    let is_end = closes || !next.is_finite();
    let is_object = line.at(subject.first).is(tag::OBJECT) && !line.at(subject.first).is(tag::DETERMINER);
    if !is_end || is_object {
        return None;
    }
    // Behind a mere comma: "…, said Roe", not "Roe, an analyst, recalled numerous calls".
    let fits = (closes || next.is(tag::PREPOSITION | tag::TIME | tag::QUESTION))
        && (low..verb).any(|n| line.at(n).is_finite() || line.at(n).quote.is_some())
        && may_speak(line, subject);
    (after_quote || fits).then_some(subject)
}

/// Whether a phrase names somebody or something that speaks.
fn may_speak(line: &Line, phrase: Phrase) -> bool {
    (phrase.first..phrase.end)
        .take_while(|&n| !line.at(n).is(tag::PREPOSITION))
        .any(|n| line.at(n).is(tag::CAPITAL | tag::ROLE | tag::TITLE | tag::PRONOUN) || line.is_word(n, SPEAKING))
}

/// Things that speak.
const SPEAKING: &[&str] = &[
    "report",
    "statement",
    "study",
    "survey",
    "poll",
    "company",
    "agency",
    "ministry",
    "newspaper",
    "paper",
    "government",
    "group",
    "campaign",
    "office",
    "department",
    "court",
    "bank",
    "committee",
    "commission",
    "council",
    "union",
    "party",
    "magazine",
    "website",
    "letter",
    "document",
    "documents",
    "records",
    "lawsuit",
    "complaint",
    "army",
    "military",
];

/// Whether the item before `n` is a quoted stretch in the same paragraph that ends with "?" or "!", or a comma:
/// the sentence that begins at `n` belongs to it.
pub(super) fn ends_open(line: &Line, n: usize) -> bool {
    if n == 0 || line.at(n).after(gap::PARAGRAPH) {
        return false;
    }
    let Some(quoted) = line.quote(n - 1) else { return false };
    quoted.ends_with(line.text, &['?', '!', ',', '-', '—', '–', '…'])
}

/// Whether a form that may be a noun is a verb after `subject`.
fn is_verb_here(line: &Line, verb: usize, subject: Phrase) -> bool {
    let item = line.at(verb);
    let last = line.at(subject.end.saturating_sub(1));
    if last.is(tag::POSSESSIVE) || last.is(tag::DETERMINER) && !last.is(tag::PRONOUN) {
        return false;
    }
    let next = line.at(verb + 1);
    if item.has_form(form::PAST) {
        // "documents released by", "a man named Roe".
        let is_dated = next.is(tag::TIME) && line.at(verb + 2).is(tag::AUXILIARY);
        let is_reduced = (next.is(tag::BY) || is_dated) && !next.after(gap::HARD);
        return !is_reduced;
    }
    let is_plural = |n: usize| {
        let word = line.word(n);
        word.ends_with('s') && !word.ends_with("ss")
            || line.is_word(n, &["people", "police", "men", "women", "voters", "i", "you", "we", "they"])
    };
    let is_pronoun = last.is(tag::PRONOUN);
    if item.has_form(form::S) && !item.has_form(form::NOUN) {
        return !is_pronoun
            || line.is_word(
                subject.end - 1,
                &[
                    "he",
                    "she",
                    "it",
                    "one",
                    "who",
                    "everyone",
                    "everybody",
                    "nobody",
                    "someone",
                    "nothing",
                    "something",
                ],
            );
    }
    if item.has_form(form::S) {
        let goes_on = next.is(tag::THAT
            | tag::DETERMINER
            | tag::PRONOUN
            | tag::CAPITAL
            | tag::PREPOSITION
            | tag::OBJECT
            | tag::TO)
            || next.quote.is_some();
        return is_pronoun && !is_plural(subject.end - 1)
            || last.is(tag::CAPITAL | tag::ROLE) && goes_on
            || line.at(subject.first).is(tag::DETERMINER)
                && !next.after(gap::HARD)
                && (goes_on && !next.is(tag::PREPOSITION)
                    || line.is_nominal(verb + 1)
                    || next.is(tag::PREPOSITION)
                        && item.takes(frame::PREPOSITION)
                        && line.is_word(verb + 1, &["for"]));
    }
    let counts = ["those", "these", "many", "few", "both", "several", "some", "most", "all"];
    let link = (subject.first + 1..subject.end).find(|&n| line.at(n).is(tag::PREPOSITION));
    let is_many = is_plural(subject.end - 1)
        || line.is_word(subject.first, &counts)
        || link
            .is_some_and(|n| is_plural(n - 1) || line.is_word(n - 1, &["percent"]) || line.at(n - 1).is(tag::NUMBER))
        || is_pronoun
            && !line
                .is_word(subject.end - 1, &["he", "she", "it", "one", "nobody", "everybody", "everyone", "someone"])
        || (subject.first..subject.end).any(|n| line.at(n).is(tag::AND) || is_plural(n) && line.at(n).is(tag::ROLE));
    let goes_on = !next.after(gap::HARD & !gap::COLON) || verb + 1 >= line.len();
    is_many
        && (!item.has_form(form::NOUN)
            || is_pronoun
            || goes_on && !next.is(tag::PREPOSITION | tag::CONJUNCTION | tag::AUXILIARY))
}

/// The subject of the clause that a dependent verb at `verb` hangs on: that of the sentence's first finite verb.
pub(super) fn main_subject(line: &Line, low: usize, verb: usize) -> Option<Phrase> {
    let mut start = low.max(verb.saturating_sub(FARTHEST));
    if line.at(start).is(tag::SUBORDINATOR | tag::PREPOSITION) || line.at(start).has_form(form::ING) {
        let comma = (start + 1..verb).take(40).find(|&n| line.at(n).after(gap::COMMA));
        start = comma.unwrap_or(start);
    }
    let mut tried = 0;
    for n in start..verb {
        let item = line.at(n);
        let is_finite = item.is(tag::AUXILIARY | tag::PREDICATE | tag::CONTRACTED | tag::ED)
            || item.has_form(form::PAST | form::S | form::BASE);
        let is_noun = line.is_nominal(n) && !item.is(tag::AUXILIARY | tag::ED);
        if !is_finite || is_noun || item.quote.is_some() {
            continue;
        }
        if item.is(tag::CONTRACTED) {
            return Some(Phrase { first: n, end: n + 1 });
        }
        tried += 1;
        if tried > 6 {
            break;
        }
        let group = group(line, low, n);
        if group.has_to || n > low && line.at(group.first.saturating_sub(1)).is(tag::QUESTION) {
            continue;
        }
        if let Some(subject) = subject_before(line, start, group.first) {
            return Some(subject);
        }
        if item.takes(frame::DIRECT)
            && n > low
            && let Some(subject) = inverted(line, low, n, verb)
        {
            return Some(subject);
        }
    }
    None
}
