//! A sentence as words, with what is known of each.

use super::super::quotations::Quotation;
use super::super::{Mention, Reading};
use super::words::{Word, flag, word};
use crate::base::Span;

/// How many words away anything is looked for, so that a sentence without end costs no more than others.
pub(super) const REACH: usize = 40;

/// A word of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) word: Word,
    /// The mention it lies in, name or role.
    pub(super) mention: Option<u32>,
    /// Whether a comma stands before it.
    pub(super) has_comma: bool,
    /// Whether a sign stands before it that no clause reaches across.
    pub(super) has_border: bool,
    /// The quotation it lies in.
    pub(super) quotation: Option<u32>,
}

impl Token {
    /// Whether it is one of these, and not part of a name.
    pub(super) fn is(&self, flags: u32) -> bool {
        self.word.flags & flags != 0 && self.mention.is_none()
    }
}

/// A sentence.
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
}

/// The parts of a text that are quoted, in order.
pub(super) struct Quoted {
    parts: Vec<(Span, u32)>,
}

impl Quoted {
    pub(super) fn new(quotations: &[Quotation]) -> Quoted {
        let numbered = quotations.iter().enumerate();
        let mut parts: Vec<(Span, u32)> =
            numbered.flat_map(|(n, own)| own.content.iter().map(move |span| (*span, n as u32))).collect();
        parts.sort_unstable();
        Quoted { parts }
    }
}

/// Whether a sentence has a word of encounter. Cost: O(words).
pub(super) fn has_trigger(reading: &Reading, sentence: Span) -> bool {
    reading.words_in(sentence).any(|n| word(reading.word(n)).kind.is_some())
}

impl<'a> Sentence<'a> {
    /// Takes a sentence. Cost: O(words + log of mentions and quotations).
    pub(super) fn new(reading: &Reading<'a>, sentence: Span, names: &[Mention], quoted: &Quoted) -> Sentence<'a> {
        let whole = |mention: &Mention| {
            let role = mention.role.unwrap_or(mention.span);
            Span { start: role.start.min(mention.span.start), end: mention.span.end.max(role.end) }
        };
        let mut name = names.partition_point(|mention| mention.span.end <= sentence.start);
        let mut part = quoted.parts.partition_point(|(span, _)| span.start <= sentence.start).saturating_sub(1);
        let mut tokens: Vec<Token> = Vec::new();
        let mut end = sentence.start;
        for n in reading.words_in(sentence) {
            let Some(span) = reading.words.get(n).copied() else { continue };
            let gap = reading.text.get(end as usize..span.start as usize).unwrap_or_default();
            end = span.end;
            while names.get(name).is_some_and(|mention| whole(mention).end <= span.start) {
                name += 1;
            }
            while quoted.parts.get(part).is_some_and(|(part, _)| part.end <= span.start) {
                part += 1;
            }
            // `Russian Senate Speaker Valentina Matviyenko` is a person: the names in her role are none of their own here.
            let holds = |n: &usize| names.get(*n).is_some_and(|mention| whole(mention).start < span.end);
            let mention = (name..name + 4).take_while(|n| *n == name || holds(n)).filter(holds).last();
            let mention = mention.map(|n| n as u32);
            let quotation = quoted.parts.get(part).filter(|(part, _)| part.start < span.end).map(|(_, n)| *n);
            let is_border =
                |c: char| matches!(c, ';' | ':' | '(' | ')' | '—' | '"' | '“' | '”' | '«' | '»') || c == '\n';
            // The month is no auxiliary.
            let known = if span.of(reading.text) == "May" { Word::default() } else { word(span.of(reading.text)) };
            tokens.push(Token {
                span,
                word: known,
                mention,
                has_comma: gap.contains(','),
                has_border: gap.trim_end_matches('\n').contains(is_border) || gap.contains(" - ") || gap.contains("--"),
                quotation,
            });
        }
        Sentence { text: reading.text, tokens }
    }

    /// The places of words of encounter that are no part of a name.
    pub(super) fn triggers(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(|at| self.is(*at, flag::VERB | flag::NOUN))
    }

    /// Where a word stands.
    pub(super) fn span(&self, at: usize) -> Span {
        self.tokens.get(at).map_or(Span { start: 0, end: 0 }, |token| token.span)
    }

    /// A word as written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        let span = self.span(at);
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Whether there is a word here that is one of these, and not part of a name.
    pub(super) fn is(&self, at: usize, flags: u32) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(flags))
    }

    /// The mention that a word lies in.
    pub(super) fn mention(&self, at: usize) -> Option<u32> {
        self.tokens.get(at)?.mention
    }

    /// The first word of the mention that this word lies in.
    pub(super) fn first_of(&self, at: usize) -> usize {
        let own = self.mention(at);
        let before = self.tokens.get(..at).unwrap_or_default();
        at - before.iter().rev().take(REACH).take_while(|token| own.is_some() && token.mention == own).count()
    }

    /// The last word of the mention that this word lies in.
    pub(super) fn last_of(&self, at: usize) -> usize {
        let own = self.mention(at);
        let after = self.tokens.get(at + 1..).unwrap_or_default();
        at + after.iter().take(REACH).take_while(|token| own.is_some() && token.mention == own).count()
    }

    /// Whether no clause reaches from the word before this one to it: a sign between them, or a quotation that begins or
    /// ends.
    pub(super) fn is_cut(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        token.has_border || before.is_none_or(|before| before.quotation != token.quotation)
    }
}
