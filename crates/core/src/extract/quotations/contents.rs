//! Contents: which words a cue credits to its subject, and to whom they were said.

use super::clauses::{
    clause_end, clause_follows, clause_start, has_verb, is_clause, is_contrast, is_short, is_title, object_end,
};
use super::cues::{Cue, ends_open, phrasal};
use super::lexicon::{form, frame, tag};
use super::line::{Line, gap};
use super::phrases::{Phrase, phrase_after};
use super::rules::Rule;

/// What a cue gives back.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// Ranges of items.
    pub(super) parts: Vec<(usize, usize)>,
    /// By which rule.
    pub(super) rule: Rule,
    /// To whom.
    pub(super) addressee: Option<Phrase>,
    /// First item after the cue and what belongs to it.
    pub(super) end: usize,
}

impl Content {
    fn new(parts: Vec<(usize, usize)>, rule: Rule, addressee: Option<Phrase>) -> Content {
        let end = parts.last().map_or(0, |part| part.1);
        Content { parts, rule, addressee, end }
    }
}

/// What `cue` credits, in the sentence from `low` to `high`.
pub(super) fn content(line: &Line, low: usize, cue: &Cue, high: usize) -> Option<Content> {
    let right = Right::new(line, cue, high);
    if let Some(found) = before_in_marks(line, low, cue, high, &right) {
        return Some(found);
    }
    marks_or_that(line, cue, high, &right)
        .or_else(|| fronted(line, low, cue, high, &right))
        .or_else(|| clause_after(line, cue, high, &right))
        .or_else(|| object_after(line, cue, high, &right))
}

/// What follows the cue up to its content.
struct Right {
    /// First item after verb, particle and inverted subject.
    first: usize,
    /// After an addressee.
    addressed: usize,
    addressee: Option<Phrase>,
    /// After times and places as well.
    end: usize,
    /// Whether only times and adverbs lie between `addressed` and `end`.
    is_short: bool,
}

impl Right {
    fn new(line: &Line, cue: &Cue, high: usize) -> Right {
        let mut first = cue.verb + 1;
        if line.is_word(first, &["out", "back", "off", "up", "down"])
            && !line.at(first).after(gap::HARD)
            && !line.at(first + 1).after(gap::HYPHEN)
        {
            first += 1;
        }
        first += usize::from(phrasal(line, cue.verb).is_some());
        if let Some(subject) = cue.subject.filter(|_| cue.is_inverted) {
            first = subject.end;
        }
        let mut right = Right { first, addressed: first, addressee: None, end: first, is_short: true };
        right.find_addressee(line, cue, high);
        right.skip_adjuncts(line, high);
        right
    }

    fn find_addressee(&mut self, line: &Line, cue: &Cue, high: usize) {
        let at = self.first;
        if at >= high || line.at(at).after(gap::HARD) {
            return;
        }
        let phrase = if cue.frames & frame::ADDRESSEE != 0 && !line.at(at).is(tag::THAT | tag::TO) {
            phrase_after(line, at, high, false)
        } else if line.at(at).is(tag::TO)
            && cue.frames & (frame::DIRECT | frame::CLAUSE) != 0
            && !takes_to(line, cue.verb)
        {
            let is_infinitive = line.at(at + 1).has_form(form::BASE) && !line.at(at + 1).is(tag::CAPITAL);
            phrase_after(line, at + 1, high, false).filter(|_| !is_infinitive)
        } else {
            None
        };
        let Some(phrase) = phrase else { return };
        let next = line.at(phrase.end);
        let is_end = phrase.end >= high || next.after(gap::HARD);
        let leads_on = next.is(tag::THAT
            | tag::TO
            | tag::QUESTION
            | tag::PREPOSITION
            | tag::TIME
            | tag::PRONOUN
            | tag::DETERMINER)
            || next.quote.is_some()
            || next.is_nominal()
            || next.is(tag::SUBORDINATOR);
        if is_end || leads_on {
            self.addressee = Some(phrase);
            self.addressed = phrase.end;
            self.end = phrase.end;
        }
    }

    /// Skips "on Tuesday", "in an interview with the paper", "last week", "bluntly".
    fn skip_adjuncts(&mut self, line: &Line, high: usize) {
        for _ in 0..6 {
            let at = self.end;
            // "told the Associated Press (AP) that".
            if at < high
                && line.at(at).after(gap::OPEN)
                && let Some(close) = (at + 1..high.min(at + 6)).find(|&n| line.at(n).after(gap::CLOSE))
            {
                self.end = close;
                continue;
            }
            if at >= high || line.at(at).after(gap::HARD & !gap::CLOSE) {
                return;
            }
            let item = line.at(at);
            let next = line.at(at + 1);
            let is_soft = at + 1 < high && !next.after(gap::HARD);
            if item.is(tag::TIME) && !item.is(tag::POSSESSIVE)
                || item.is(tag::LY | tag::NUMBER) && !item.is(tag::TIME) && (at > self.addressed || item.is(tag::LY))
            {
                self.end = at + 1;
            } else if item.is(tag::DETERMINER) && next.is(tag::TIME) && is_soft {
                // "a day earlier".
                self.end = at + 2;
            } else if line.is_word(at, &["last", "this", "next", "late", "early", "earlier", "in"])
                && next.is(tag::TIME)
                && is_soft
            {
                self.end = at + 2;
            } else if line.is_word(
                at,
                &[
                    "then",
                    "again",
                    "also",
                    "later",
                    "afterward",
                    "however",
                    "instead",
                    "afterwards",
                    "recently",
                    "once",
                    "earlier",
                    "simply",
                    "there",
                ],
            ) {
                self.end = at + 1;
            } else if item.is(tag::PREPOSITION)
                && !item.is(tag::TO | tag::AS)
                && !line.is_word(at, &["of", "than", "like", "until"])
                && is_soft
            {
                let Some(phrase) = phrase_after(line, at + 1, high, true)
                    .or_else(|| next.is(tag::TIME).then_some(Phrase { first: at + 1, end: at + 2 }))
                else {
                    return;
                };
                // "after he left": a clause.
                if item.is(tag::SUBORDINATOR)
                    && line.at(phrase.end).is_finite()
                    && !line.at(phrase.end).after(gap::HARD)
                {
                    return;
                }
                self.is_short &= next.is(tag::TIME);
                self.end = phrase.end;
            } else {
                return;
            }
        }
    }
}

/// Whether "to" after a verb leads to what is spoken of: "pointed to", "referred to".
fn takes_to(line: &Line, verb: usize) -> bool {
    const STARTS: &[&str] =
        &["point", "respon", "refer", "agree", "object", "react", "allud", "reply", "replie", "admi", "conce"];
    let word = line.word(verb).to_ascii_lowercase();
    line.at(verb).takes(frame::PREPOSITION) && STARTS.iter().any(|start| word.starts_with(start))
}

/// `"…," she said`, with what goes on in marks after it.
fn before_in_marks(line: &Line, low: usize, cue: &Cue, high: usize, right: &Right) -> Option<Content> {
    if cue.frames & (frame::DIRECT | frame::QUOTE | frame::CLAUSE) == 0 || cue.is_dependent {
        return None;
    }
    let head = head(cue)?;
    if head == 0 {
        return None;
    }
    let quoted = line.quote(head - 1)?;
    let is_same_sentence = head > low && !line.at(head).after(gap::STOP);
    // `"The race is tight" Roe said.`: no comma, but nothing else that the marks could belong to.
    let is_whole =
        head - 1 == low && !is_short(line, head - 1) && (right.end >= high || line.at(right.end).after(gap::HARD));
    let ends_with_comma = quoted.ends_with(line.text, &[',', '?', '!', '-', '—', '–', '…'])
        || line.at(head).after(gap::COMMA | gap::DASH)
        || is_whole;
    let is_joined = is_same_sentence && ends_with_comma || head == low && ends_open(line, head);
    if !is_joined {
        return None;
    }
    // `In "Hamlet," he said that …`: what follows is the content.
    let is_title = is_short(line, head - 1) && clause_follows(line, right.end, high);
    // `… trouble for “far less,” one lawyer said the cases differ`: so are words in marks inside a clause of their own.
    let is_embedded = is_same_sentence && head - 1 > low && !line.at(head - 1).after(gap::HARD);
    let goes_on = right.end < high && !line.at(right.end).after(gap::HARD) && line.at(right.end).quote.is_none();
    if is_title || is_embedded && goes_on {
        return None;
    }
    let mut parts = Vec::new();
    let quote_sentence = if is_same_sentence { low } else { head - 1 };
    let starts_small = quoted.inner.of(line.text).starts_with(char::is_lowercase);
    let start =
        if starts_small && head - 1 > quote_sentence { clause_start(line, quote_sentence, head - 1) } else { head - 1 };
    parts.push((start, head));
    let mut end = right.end;
    let next = (right.end..high.min(right.end + 14)).find(|&n| line.at(n).quote.is_some());
    if let Some(next) = next
        && line.at(next).after(gap::COMMA | gap::DASH | gap::COLON)
        && (right.end..next).all(|n| !line.at(n).is_finite() && !line.at(n).has_form(form::ING))
    {
        parts.push((next, next + 1));
        end = next + 1;
    }
    Some(Content { parts, rule: Rule::MarksThenCue, addressee: right.addressee, end })
}

/// First item of cue and subject together.
fn head(cue: &Cue) -> Option<usize> {
    if cue.is_inverted {
        return Some(cue.first);
    }
    Some(cue.subject?.first.min(cue.first))
}

/// Marks or "that", after cue, addressee, times and places.
fn marks_or_that(line: &Line, cue: &Cue, high: usize, right: &Right) -> Option<Content> {
    for (at, addressee) in [(right.first, None), (right.addressed, right.addressee), (right.end, right.addressee)] {
        // "promised a plan that works": the object's clause, not what was promised to it.
        let is_relative = addressee.is_some() && line.at(at + 1).is_finite() && !line.is_nominal(at + 1);
        let that = || that_at(line, cue, at, high).filter(|_| !is_relative);
        let found = marks_at(line, cue, at, high).or_else(that);
        if let Some((parts, rule)) = found {
            return Some(Content::new(parts, rule, addressee));
        }
    }
    // "told a town hall in Salem, New Hampshire, on Monday that": farther off, but nothing else comes between.
    let addressee = right.addressee?;
    let that = (right.end..high.min(right.end + 14)).find(|&n| line.at(n).is(tag::THAT) || line.at(n).is_finite())?;
    let is_relative = line.at(that + 1).is_finite() && !line.is_nominal(that + 1);
    let (parts, rule) = that_at(line, cue, that, high).filter(|_| !is_relative)?;
    Some(Content::new(parts, rule, Some(addressee)))
}

/// An indirect question, an infinitive, a clause without "that".
fn clause_after(line: &Line, cue: &Cue, high: usize, right: &Right) -> Option<Content> {
    let clause = |at, rule, addressee| Some(Content::new(vec![(at, clause_end(line, cue, at, high))], rule, addressee));
    let starts = [(right.first, None), (right.addressed, right.addressee), (right.end, right.addressee)];
    let starts = starts.into_iter().filter(|&(at, _)| at < high && !line.at(at).after(gap::HARD));
    for (at, addressee) in starts.clone().take(2) {
        let item = line.at(at);
        let asks = item.is(tag::QUESTION) && !line.is_word(at, &["when", "where", "whose", "whom"]);
        if cue.frames & frame::WH != 0 && (asks || line.is_word(at, &["if"])) {
            return clause(at, Rule::Question, addressee);
        }
        let at = if line.is_word(at, &["not"]) { at + 1 } else { at };
        let item = line.at(at);
        let is_infinitive = item.is(tag::TO) && !line.at(at + 1).is(tag::DETERMINER | tag::CAPITAL | tag::OBJECT);
        if cue.frames & frame::INFINITIVE != 0 && is_infinitive {
            let end = clause_end(line, cue, at, high);
            // "vowed to fight, a promise that …": a comma ends what is intended.
            let end = (at + 4..end).find(|&n| line.at(n).after(gap::COMMA | gap::DASH)).unwrap_or(end);
            return Some(Content::new(vec![(at, end)], Rule::Infinitive, addressee));
        }
    }
    if cue.frames & frame::ZERO == 0 || cue.is_inverted {
        return None;
    }
    let says = line.at(cue.verb).has_form(form::SAY);
    for (at, addressee) in starts.take(if right.is_short { 3 } else { 2 }) {
        let is_addressed = addressee.is_some() || right.addressee.is_none() || cue.frames & frame::ADDRESSEE == 0;
        // "said officers still patrol the park": a verb that no list knows.
        let is_long =
            says && line.is_nominal(at) && at + 5 < high && !(at + 1..at + 5).any(|n| line.at(n).after(gap::HARD));
        if is_addressed && (is_long || is_clause(line, at, high, says)) {
            return clause(at, Rule::Clause, addressee);
        }
    }
    None
}

/// What is spoken of: an object, or what follows a preposition.
fn object_after(line: &Line, cue: &Cue, high: usize, right: &Right) -> Option<Content> {
    let at = right.first;
    if at >= high || line.at(at).after(gap::HARD) || cue.is_inverted {
        return None;
    }
    let is_of = line.is_word(at, &["of", "about"]);
    let is_linked = is_of || line.is_word(at, &["for", "on", "to", "against", "with", "at", "over"]);
    // "spoke to", "talked with": with whom, not of what.
    let is_talk = ["sp", "talk", "campaign"].iter().any(|start| line.word(cue.verb).starts_with(start));
    let is_linked = if is_talk { line.is_word(at, &["of", "about", "against"]) } else { is_linked };
    if cue.frames & frame::PREPOSITION != 0 && (is_of || is_linked && !line.at(cue.verb).has_form(form::SAY)) {
        let start = at + 1;
        let end = object_end(line, cue, start, high);
        let is_topic = end > start && !line.at(start).is(tag::TIME);
        return is_topic.then(|| Content::new(vec![(start, end)], Rule::Topic, None));
    }
    if cue.frames & frame::OBJECT == 0 {
        return None;
    }
    let rule = if cue.frames & frame::WEAK != 0 { Rule::Stance } else { Rule::Topic };
    if line.is_word(at, &["what", "how", "why"]) {
        return Some(Content::new(vec![(at, clause_end(line, cue, at, high))], rule, None));
    }
    let phrase = phrase_after(line, at, high, true)?;
    // "showed “The Road” to friends": a title.
    if line.at(at).quote.is_some() && is_title(line, at) {
        return None;
    }
    let end = object_end(line, cue, at, high).max(phrase.end);
    Some(Content::new(vec![(at, end)], rule, None))
}

/// A quoted stretch at `at`, or after a colon or comma there.
fn marks_at(line: &Line, cue: &Cue, at: usize, high: usize) -> Option<(Vec<(usize, usize)>, Rule)> {
    let item = line.at(at);
    let has_colon = item.after(gap::COLON);
    if at >= high && !(has_colon && item.quote.is_some()) {
        return None;
    }
    let that = usize::from(item.is(tag::THAT) && line.at(at + 1).quote.is_some() && !line.at(at + 1).after(gap::STOP));
    if that == 0 && item.quote.is_none() {
        let may_speak = cue.frames & (frame::DIRECT | frame::QUOTE) != 0;
        if has_colon && may_speak && !item.after(gap::STOP) {
            return Some((vec![(at, high)], Rule::Clause));
        }
        return None;
    }
    if cue.frames & (frame::DIRECT | frame::QUOTE | frame::CLAUSE | frame::OBJECT | frame::ZERO) == 0 {
        return None;
    }
    let quote = at + that;
    if cue.frames & (frame::DIRECT | frame::QUOTE) == 0 && is_title(line, quote) {
        return None;
    }
    let next = line.at(quote + 1);
    let is_alone = quote + 1 >= high || next.after(gap::HARD) || ends_sentence(line, quote);
    if is_alone && that == 0 {
        let rule = if cue.frames & frame::DIRECT != 0 || has_colon { Rule::CueThenMarks } else { Rule::WordsInMarks };
        return Some((vec![(quote, quote + 1)], rule));
    }
    Some((vec![(at, clause_end(line, cue, at, high))], Rule::WordsInMarks))
}

/// Whether a quoted stretch ends with a full stop, or with a comma: what follows is not its clause.
fn ends_sentence(line: &Line, n: usize) -> bool {
    line.quote(n).is_some_and(|quoted| quoted.ends_with(line.text, &['.', '?', '!', ',']))
}

/// "that …" at `at`.
fn that_at(line: &Line, cue: &Cue, at: usize, high: usize) -> Option<(Vec<(usize, usize)>, Rule)> {
    let takes = frame::CLAUSE | frame::ZERO;
    let is_that =
        at < high && line.at(at).is(tag::THAT) && cue.frames & takes != 0 && !line.at(at + 1).after(gap::STOP);
    if !is_that || line.at(at).after(gap::HARD & !gap::COMMA) {
        return None;
    }
    Some((vec![(at, clause_end(line, cue, at, high))], Rule::That))
}

/// `…, she said`, `The plan, she said, was …`.
fn fronted(line: &Line, low: usize, cue: &Cue, high: usize, right: &Right) -> Option<Content> {
    let head = head(cue)?;
    let frames = frame::DIRECT | frame::CLAUSE;
    let is_end = right.end >= high || line.at(right.end).after(gap::HARD) || line.at(right.end).is(tag::SUBORDINATOR);
    if cue.frames & frames == 0 || cue.frames & frame::ZERO == 0 || cue.is_dependent || !is_end {
        return None;
    }
    // "has shown little interest", "reminded them of": no addressee that a clause before could be told.
    let tells = line.word(cue.verb).starts_with("t") || line.at(right.first).is(tag::TO);
    if right.addressee.is_some() && !(tells && cue.frames & frame::DIRECT != 0) {
        return None;
    }
    let goes_on = right.end < high && line.at(right.end).after(gap::COMMA | gap::DASH);
    // "As the paper noted, …": what follows is the content.
    if goes_on && head > 0 && line.at(head - 1).is(tag::AS) && (head - 1 == low || !line.at(head - 1).after(gap::COMMA))
    {
        let end = clause_end(line, cue, right.end, high);
        return Some(Content::new(vec![(right.end, end)], Rule::Fronted, right.addressee));
    }
    let head = if head > low && line.at(head - 1).is(tag::AS) { head - 1 } else { head };
    if head <= low || !line.at(head).after(gap::COMMA | gap::DASH) || line.at(head).after(gap::STOP) {
        return None;
    }
    let start = clause_start(line, low, head);
    let mut parts = vec![(start, head)];
    let mut end = right.end;
    // A beginning without its verb goes on after the cue, and often one with its verb does.
    let is_participle = line.at(right.end).has_form(form::ING) || line.at(right.end).is(tag::ING);
    // After an inverted subject a comma opens what is told of him: "said Roe, the mayor".
    let is_told = cue.is_inverted && has_verb(line, start, head);
    if goes_on && !is_participle && !is_told && !is_contrast(line, right.end) {
        end = clause_end(line, cue, right.end, high);
        parts.push((right.end, end));
    } else if !has_verb(line, start, head) {
        return None;
    }
    Some(Content { parts, rule: Rule::Fronted, addressee: right.addressee, end })
}
