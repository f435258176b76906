//! Clauses: whether one begins here, and where it ends.
//!
//! Where a reported clause ends is a matter of taste among readers too: whether ", which …" still belongs to what was
//! said is marked one way as often as the other. The rules cut where more than half of them do.

use super::cues::Cue;
use super::lexicon::{form, frame, tag};
use super::line::{Line, gap};

/// The longest content, in items: what goes on longer has lost its full stops, and the cost stays linear.
const LONGEST: usize = 250;

/// How far a finite verb may be from the start of its clause, in items.
const CLAUSE_REACH: usize = 22;

/// Whether a quoted stretch is of a few words only: a title, a term.
pub(super) fn is_short(line: &Line, n: usize) -> bool {
    line.quote(n).is_some_and(|quoted| quoted.inner.of(line.text).split_whitespace().nth(3).is_none())
}

/// Whether a clause begins at `n`: "that", or a phrase and a finite verb.
pub(super) fn clause_follows(line: &Line, n: usize, high: usize) -> bool {
    if n >= high || line.at(n).after(gap::HARD) {
        return false;
    }
    line.at(n).is(tag::THAT) || is_clause(line, n, high, false)
}

/// Whether what begins at `n` is a clause without "that".
pub(super) fn is_clause(line: &Line, n: usize, high: usize, cue_says: bool) -> bool {
    let first = line.at(n);
    let opens = cue_says && first.is(tag::SUBORDINATOR | tag::ADVERB | tag::PREPOSITION) && !first.is(tag::AS)
        || first.is(tag::PRONOUN | tag::DETERMINER | tag::CONTRACTED | tag::NUMBER | tag::ED | tag::LY)
        || first.is_nominal()
        || first.quote.is_some()
        || line.is_word(n, &["there"])
        || line.is_word(n, &["at"]) && line.is_word(n + 1, &["least", "most"]);
    if !opens || first.is(tag::OBJECT) && !first.is(tag::DETERMINER | tag::PRONOUN) {
        return false;
    }
    if first.is(tag::CONTRACTED) {
        return true;
    }
    let high = high.min(n + CLAUSE_REACH);
    for at in n + 1..high {
        let item = line.at(at);
        if item.after(gap::STOP | gap::SEMICOLON | gap::COLON) {
            return false;
        }
        // A stretch in marks of some length has a verb of its own.
        if item.is(tag::AUXILIARY | tag::CONTRACTED) || item.quote.is_some() && !is_short(line, at) {
            return true;
        }
        // "has seen the pages and says": the verb of the cue's own subject.
        if line.at(at - 1).is(tag::CONJUNCTION) && item.is_finite() && !line.is_nominal(at) && item.entry.frames != 0 {
            return false;
        }
        if item.is(tag::TO) || item.is(tag::PREPOSITION) && at == n + 1 && first.is(tag::OBJECT) {
            // An infinitive is no finite verb, but one may follow.
            continue;
        }
        let before = line.at(at - 1);
        let is_bare =
            before.is(tag::DETERMINER | tag::TO | tag::PREPOSITION | tag::POSSESSIVE) && !before.is(tag::PRONOUN);
        if is_bare {
            continue;
        }
        if item.is(tag::PREDICATE) && !item.is(tag::CAPITAL)
            || item.has_form(form::PAST | form::S) && !item.has_form(form::NOUN) && !item.is(tag::CAPITAL)
        {
            return true;
        }
        if item.has_form(form::BASE) && before.is(tag::PRONOUN) || item.is(tag::ED) && before.is_nominal() {
            return true;
        }
        if item.has_form(form::NOUN) && (before.is(tag::PRONOUN) || before.is(tag::CAPITAL) && !item.is(tag::CAPITAL)) {
            return true;
        }
    }
    false
}

/// Whether a quoted stretch looks like the title of a work: a few words, the first and last with a capital letter.
pub(super) fn is_title(line: &Line, n: usize) -> bool {
    let Some(quoted) = line.quote(n) else { return false };
    let mut words = quoted.inner.of(line.text).split_whitespace();
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let first = words.next().is_some_and(is_capital);
    let mut rest = words.take(8);
    first && rest.by_ref().take(7).last().is_none_or(is_capital) && rest.next().is_none()
}

/// Whether a beginning has a verb of its own, and so may stand alone before "she said".
pub(super) fn has_verb(line: &Line, start: usize, end: usize) -> bool {
    let is_long_quote = |n: usize| line.at(n).quote.is_some() && !is_short(line, n);
    let first = line.at(start);
    let is_command = first.is(tag::PREDICATE) || first.has_form(form::BASE) && !first.has_form(form::NOUN);
    is_command || (start..end).any(|n| n > start && line.at(n).is_finite() || is_long_quote(n))
}

/// Whether ", but", ", while" at `n` sets a clause of its own against the one before.
pub(super) fn is_contrast(line: &Line, n: usize) -> bool {
    // ", while troublesome, was …": no clause.
    let is_bracketed = (n + 1..n + 6).any(|m| line.at(m).after(gap::COMMA));
    let next = line.at(n + 1);
    line.at(n).after(gap::COMMA)
        && line.is_word(n, &["but", "while", "whereas"])
        && !is_bracketed
        // ", but required time": the same subject goes on.
        && !(next.is_finite() && next.entry.frames == 0)
}

/// Whether ", and others say" at `n` begins a report of its own.
fn is_new_report(line: &Line, n: usize) -> bool {
    let verb = (n + 2..n + 8).find(|&m| line.at(m).is_finite() || line.at(m).after(gap::HARD));
    line.at(n).is(tag::AND) && verb.is_some_and(|m| line.at(m).has_form(form::SAY) && !line.at(m).after(gap::HARD))
}

/// Where a clause that ends before `end` begins: with its sentence, a conjunction left out.
pub(super) fn clause_start(line: &Line, low: usize, end: usize) -> usize {
    let low = low.max(end.saturating_sub(LONGEST));
    let from = (low + 1..end).rev().take(200).find(|&n| line.at(n).after(gap::SEMICOLON)).unwrap_or(low);
    if from + 1 < end && line.is_word(from, &["and", "but"]) { from + 1 } else { from }
}

/// Where a clause that begins at `start` ends.
pub(super) fn clause_end(line: &Line, cue: &Cue, start: usize, high: usize) -> usize {
    let high = high.min(start + LONGEST);
    let mut depth = 0u32;
    // "While she says it works, nobody …": the clause ends where the main clause begins.
    let is_subordinate = cue.subject.is_some_and(|subject| {
        let first = subject.first.min(cue.first);
        first > 0
            && !line.at(first).after(gap::HARD)
            && line.is_word(
                first - 1,
                &[
                    "while", "if", "although", "though", "whereas", "despite", "as", "when", "since", "after",
                    "before", "because", "until",
                ],
            )
    });
    for n in start + 1..high {
        let item = line.at(n);
        if item.after(gap::STOP | gap::PARAGRAPH) {
            return n;
        }
        if item.after(gap::OPEN) {
            depth += 1;
        }
        if item.after(gap::CLOSE) {
            if depth == 0 {
                return n;
            }
            depth -= 1;
        }
        if item.after(gap::SEMICOLON) && depth == 0 {
            return n;
        }
        // The comma may stand inside marks: `…,” adding that`.
        let is_parted = item.after(gap::COMMA | gap::DASH)
            || line.quote(n - 1).is_some_and(|quoted| quoted.ends_with(line.text, &[',']));
        if is_parted && depth == 0 && (is_subordinate || item.is(tag::ACCORDING) || is_new_cue(line, n)) {
            return n;
        }
        // What a dash or ", which" adds is more often the writer's than not.
        let is_paired = (n + 1..high.min(n + 16)).any(|m| line.at(m).after(gap::DASH));
        let is_aside =
            item.after(gap::DASH) && !is_paired && !(start..n).any(|m| m > start && line.at(m).after(gap::DASH))
                || item.after(gap::COMMA) && line.is_word(n, &["which", "where"]);
        if depth == 0 && (is_aside || is_contrast(line, n) || is_new_report(line, n)) {
            return n;
        }
        if item.is(tag::CONJUNCTION) && is_next_verb(line, cue, n) {
            return n;
        }
    }
    high
}

/// Whether ", adding", ", saying" begins a report of its own.
fn is_new_cue(line: &Line, n: usize) -> bool {
    let item = line.at(n);
    item.has_form(form::ING) && item.takes(frame::DIRECT | frame::CLAUSE) && !item.takes(frame::WEAK)
}

/// Whether "and" at `n` leads back to the subject of the cue: "said … and promised …".
fn is_next_verb(line: &Line, cue: &Cue, n: usize) -> bool {
    let mut verb = n + 1;
    while line.at(verb).is(tag::ADVERB | tag::LY) && verb < n + 3 {
        verb += 1;
    }
    let item = line.at(verb);
    if item.entry.frames == 0 || item.is(tag::CAPITAL) {
        return false;
    }
    let same = if cue.is_past { form::PAST } else { form::S };
    item.has_form(same)
        && item.takes(frame::DIRECT | frame::CLAUSE | frame::INFINITIVE | frame::OBJECT)
        && !item.has_form(form::NOUN)
}

/// Where an object that begins at `start` ends: before the next comma, subordinate clause or verb.
pub(super) fn object_end(line: &Line, cue: &Cue, start: usize, high: usize) -> usize {
    let high = high.min(start + LONGEST);
    for n in start + 1..high {
        let item = line.at(n);
        if item.after(gap::HARD & !gap::OPEN) {
            return n;
        }
        if item.is(tag::CONJUNCTION)
            && (is_next_verb(line, cue, n) || line.at(n + 1).is_finite() && !line.at(n + 1).is(tag::ED))
        {
            return n;
        }
        let is_time = item.is(tag::TIME) && line.at(n + 1).after(gap::HARD);
        if item.is(tag::SUBORDINATOR)
            && !item.is(tag::THAT | tag::AS)
            && line.is_word(
                n,
                &[
                    "because", "while", "when", "after", "before", "although", "though", "if", "since", "until",
                    "whereas", "unless",
                ],
            )
        {
            return n;
        }
        if is_time && !line.at(n - 1).is(tag::PREPOSITION | tag::DETERMINER) {
            return n;
        }
        if item.is(tag::BY) && line.at(n + 1).is(tag::ING) || item.is(tag::BY) && line.at(n + 1).has_form(form::ING) {
            return n;
        }
    }
    high
}
