//! Noun phrases around a verb: who speaks, to whom.
//!
//! Without a tagger: a phrase is what stands between little words that cannot be in one. Leftwards from the verb for
//! its subject ("a spokesman for the ministry | said"), over an apposition or relative clause in commas where one
//! stands between ("Jane Roe, who chairs the board, said"); rightwards for an inverted subject or an object.

use super::lexicon::{form, tag};
use super::line::{Line, gap};

/// A noun phrase, as a range of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) first: usize,
    /// First item after it.
    pub(super) end: usize,
}

/// The longest phrase, in items: what goes on longer is no phrase, and the cost stays linear.
const LONGEST: usize = 24;

/// How far before the verb the phrase may stand to which an apposition belongs.
const FARTHEST: usize = 60;

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "la", "dos", "da", "di", "del", "der", "van", "von", "bin", "ibn", "al", "el", "le", "du", "den", "ben", "zu",
];

/// The phrase that ends before item `end`, not starting before `low`.
pub(super) fn phrase_before(line: &Line, low: usize, end: usize) -> Option<Phrase> {
    let mut first = end;
    let low = low.max(end.saturating_sub(LONGEST));
    // "Mr. Smith on Tuesday said", "Mr. Smith Tuesday said".
    let mut end = end;
    if end > low + 1 && line.at(end - 1).is(tag::TIME) && !line.at(end - 1).is(tag::POSSESSIVE) {
        let skipped = if line.is_word(end - 2, &["on", "in", "during", "by", "since", "last", "this", "late", "early"])
        {
            2
        } else {
            1
        };
        if end > low + skipped && !line.at(end - skipped).after(gap::HARD) {
            first = end - skipped;
            end = first;
        }
    }
    // "the company itself said".
    if end > low + 1 && line.word(end - 1).ends_with("self") && line.at(end - 1).is(tag::OBJECT) {
        first = end - 1;
        end = first;
    }
    while first > low {
        if first < end && line.at(first).after(gap::HARD) {
            break;
        }
        let n = first - 1;
        let item = line.at(n);
        if item.quote.is_some() {
            // A word in marks inside a phrase: the "dream team" of lawyers.
            let is_inside = first < end && n > low && line.at(n - 1).is(tag::DETERMINER) && !item.after(gap::HARD);
            if !is_inside {
                break;
            }
            first = n;
            continue;
        }
        if item.is(tag::CONTRACTED) {
            break;
        }
        if first == end && item.is(tag::PRONOUN) && !item.is(tag::POSSESSIVE) {
            // "some of the critics": more may stand before a pronoun that is a determiner too.
            first = n;
            if !attaches(line, low, n) {
                break;
            }
            continue;
        }
        if item.is(tag::DETERMINER) && !item.is(tag::THAT) {
            first = n;
            if n > low && line.at(n - 1).is(tag::DETERMINER) && !line.at(n).after(gap::HARD) {
                continue;
            }
            // "many experts and some lawmakers".
            if n > low && line.at(n - 1).is(tag::AND) && !line.at(n).after(gap::HARD) && joins(line, low, n - 1) {
                first = n - 1;
                continue;
            }
            if !attaches(line, low, n) {
                break;
            }
            first = n - 1;
            continue;
        }
        if item.is(tag::PREPOSITION) && first < end {
            if !attaches(line, low, first) {
                break;
            }
            first = n;
            continue;
        }
        if item.is(tag::AND) && first < end && !item.after(gap::HARD) {
            if !joins(line, low, n) {
                break;
            }
            first = n;
            continue;
        }
        if item.is(tag::ADVERB) && !item.is(tag::ED) || item.is(tag::LY) && first == end {
            break;
        }
        if item.is(tag::TO) || !line.is_nominal(n) && !item.is(tag::LY) {
            // "critics" and "others" are pronouns and nouns.
            let is_noun = item.is(tag::PRONOUN) && first == end;
            if !is_noun {
                break;
            }
        }
        if item.is(tag::TIME) && !item.is(tag::POSSESSIVE) && first < end && !item.after(gap::HYPHEN) {
            break;
        }
        // A common noun directly before a name belongs to it only where it says what somebody is.
        let is_name = line.at(first).is(tag::CAPITAL) && first < end;
        let is_common = !item.is(tag::CAPITAL) && !item.is(tag::POSSESSIVE | tag::NUMBER);
        let is_particle = line.is_word(n, PARTICLES);
        let is_joined = line.at(first).after(gap::HYPHEN) || item.after(gap::HYPHEN) || is_particle;
        if is_name && is_common && !item.is(tag::ROLE | tag::TITLE) && !is_joined {
            let leads_on = (low..n).rev().take(5).find(|&m| {
                !line.at(m).is_nominal() || line.at(m).is(tag::DETERMINER) || line.at(m + 1).after(gap::HARD)
            });
            if !leads_on.is_some_and(|m| line.at(m).is(tag::DETERMINER) && !line.at(m + 1).after(gap::HARD)) {
                break;
            }
        }
        first = n;
    }
    while first < end && line.at(first).is(tag::PREPOSITION | tag::CONJUNCTION) && !line.at(first).is(tag::PRONOUN) {
        first += 1;
    }
    let has_head = (first..end).any(|n| {
        let item = line.at(n);
        let is_word = line.is_nominal(n) && !item.is(tag::DETERMINER) || item.is(tag::PRONOUN | tag::OBJECT);
        item.quote.is_none() && (is_word || item.is(tag::POSSESSIVE)) && !item.is(tag::TIME)
    });
    (first < end && has_head).then_some(Phrase { first, end })
}

/// Whether the preposition before item `n` hangs on a noun before it.
fn attaches(line: &Line, low: usize, n: usize) -> bool {
    if n < low + 2 || line.at(n).after(gap::HARD) || line.at(n - 1).after(gap::HARD) {
        return false;
    }
    let (preposition, noun) = (line.at(n - 1), line.at(n - 2));
    if !preposition.is(tag::PREPOSITION) || preposition.is(tag::THAT) {
        return false;
    }
    let is_pronoun = noun.is(tag::PRONOUN) && preposition.is(tag::OF);
    // "obtained by", "briefed on": a participle that belongs to the noun before it.
    let is_participle = noun.is(tag::ED) || noun.has_form(form::PARTICIPLE);
    noun.is_nominal() && !noun.is(tag::TIME)
        || is_pronoun
        || noun.is(tag::NUMBER)
        || is_participle && n > low + 3 && line.at(n - 3).is_nominal() && !line.at(n - 2).after(gap::HARD)
}

/// Whether the "and" at `n` joins two phrases: "Smith and Jones", "the mayor and the governor", "lawyers and judges".
fn joins(line: &Line, low: usize, n: usize) -> bool {
    if n <= low {
        return false;
    }
    let (left, right) = (line.at(n - 1), line.at(n + 1));
    let are_names = left.is(tag::CAPITAL) && right.is(tag::CAPITAL | tag::DETERMINER);
    // "…, teachers and officials said": at the start of a clause.
    let starts = n < 5 || (n.saturating_sub(3).max(low)..n).any(|m| m == low || line.at(m).after(gap::HARD));
    let are_many =
        starts && line.word(n - 1).ends_with('s') && left.is_nominal() && right.is_nominal() && !right.after(gap::HARD);
    let are_roles = left.is(tag::ROLE) && right.is(tag::ROLE | tag::DETERMINER | tag::CAPITAL);
    (are_names || are_roles || are_many) && left.is_nominal()
}

/// The subject whose verb group begins at `verb`, not before `low`.
pub(super) fn subject_before(line: &Line, low: usize, verb: usize) -> Option<Phrase> {
    if verb <= low {
        return None;
    }
    if !line.at(verb).after(gap::HARD) {
        let found = phrase_before(line, low, verb)?;
        // "Anna, the minister said": an apposition without its second comma is not guessed.
        return Some(found);
    }
    if !line.at(verb).after(gap::COMMA | gap::DASH | gap::CLOSE) {
        return None;
    }
    apposed(line, low, verb)
}

/// The phrase before an apposition, a relative clause or a bracket that ends before `verb`.
fn apposed(line: &Line, low: usize, verb: usize) -> Option<Phrase> {
    let low = low.max(verb.saturating_sub(FARTHEST));
    let mut best: Option<Phrase> = None;
    let mut n = verb - 1;
    while n > low {
        if line.at(n).after(gap::STOP) {
            break;
        }
        if !line.at(n).after(gap::COMMA | gap::DASH | gap::OPEN) {
            n -= 1;
            continue;
        }
        let opens = line.at(n);
        let fits = opens.is(tag::QUESTION
            | tag::OBJECT
            | tag::DETERMINER
            | tag::ROLE
            | tag::TITLE
            | tag::NUMBER
            | tag::ING
            | tag::ED
            | tag::CAPITAL
            | tag::PREPOSITION
            | tag::ADVERB
            | tag::LY
            | tag::AS)
            || opens.has_form(form::ING | form::PARTICIPLE)
            || opens.after(gap::DASH | gap::OPEN)
            || opens.is_nominal();
        // "Jane Roe (Ohio), a leader of": what stands in brackets is nobody.
        let bracket = (low + 1..n).rev().take(8).find(|&m| line.at(m).after(gap::OPEN));
        let end = bracket.filter(|_| opens.after(gap::CLOSE)).unwrap_or(n);
        let phrase = phrase_before(line, low, end).filter(|_| fits);
        if let Some(phrase) = phrase {
            let starts = starts_clause(line, low, phrase.first) || opens.after(gap::OPEN) && n + 6 > verb;
            let is_person =
                line.at(phrase.first).is(tag::CAPITAL | tag::DETERMINER | tag::TITLE | tag::ROLE | tag::PRONOUN);
            if starts && is_person {
                best = Some(phrase);
                // "John Smith, the mayor of Springfield, Ohio, said": the name stands farther left.
                let is_name = line.at(phrase.end - 1).is(tag::CAPITAL) && !line.at(phrase.first).is(tag::DETERMINER);
                if !line.at(phrase.first).after(gap::COMMA) || is_name && phrase.end - phrase.first > 1 {
                    break;
                }
            }
        }
        n -= 1;
    }
    best
}

/// Whether a clause can begin at `n`.
fn starts_clause(line: &Line, low: usize, n: usize) -> bool {
    n <= low
        || line.at(n).after(gap::HARD)
        || line.at(n - 1).is(tag::SUBORDINATOR | tag::CONJUNCTION | tag::QUESTION | tag::ADVERB | tag::LY)
        || line.at(n - 1).quote.is_some()
}

/// The phrase that begins at `first`, before `high`: an inverted subject or an object.
///
/// With `is_long` prepositional phrases other than with "of" belong to it.
pub(super) fn phrase_after(line: &Line, first: usize, high: usize, is_long: bool) -> Option<Phrase> {
    let high = high.min(first + LONGEST);
    let mut end = first;
    let mut has_head = false;
    while end < high {
        let item = line.at(end);
        if end > first && item.after(gap::HARD & !gap::OPEN) || item.after(gap::OPEN) {
            break;
        }
        let opens = end == first;
        // "called her “weak”".
        let is_her = item.is(tag::OBJECT) && !line.is_nominal(end + 1);
        if opens && item.is(tag::PRONOUN | tag::OBJECT) && (is_her || !item.is(tag::DETERMINER | tag::CONTRACTED)) {
            return Some(Phrase { first, end: end + 1 });
        }
        let before = line.at(end.saturating_sub(1));
        let joins = !opens && item.is(tag::AND) && joins(line, first, end) && !line.at(end + 1).after(gap::HARD);
        let of = !opens
            && has_head
            && (item.is(tag::OF) || is_long && item.is(tag::PREPOSITION) && !item.is(tag::SUBORDINATOR | tag::BY))
            && (line.at(end + 1).is_nominal() || line.at(end + 1).is(tag::DETERMINER | tag::OBJECT))
            && !line.at(end + 1).after(gap::HARD);
        let is_noun = line.is_nominal(end) && !item.is(tag::LY) && (!item.is(tag::TIME) || item.is(tag::POSSESSIVE));
        if item.is(tag::DETERMINER) && !item.is(tag::THAT) {
            let fits = opens || before.is(tag::PREPOSITION | tag::DETERMINER | tag::AND);
            if !fits {
                break;
            }
            has_head |= item.is(tag::PRONOUN);
        } else if joins || of || is_noun || opens && item.is(tag::PRONOUN) && !item.is(tag::CONTRACTED) {
            has_head = true;
        } else if opens && item.is(tag::LY) && line.at(end + 1).is_nominal() {
            // "recently published documents".
            end += 1;
            continue;
        } else {
            break;
        }
        end += 1;
    }
    while end > first && line.at(end - 1).is(tag::PREPOSITION | tag::CONJUNCTION) && !line.at(end - 1).is(tag::PRONOUN)
    {
        end -= 1;
    }
    (has_head && end > first).then_some(Phrase { first, end })
}
