//! A text as the rules see it: words with what is known of them, quoted stretches as one item each, and the signs
//! between.

use super::super::Reading;
use super::lexicon::{Entry, entry, form, tag};
use super::marks::Quoted;
use crate::base::Span;

/// What stands in the gap before an item, as bits.
pub(super) mod gap {
    pub(in super::super) const COMMA: u16 = 1;
    pub(in super::super) const COLON: u16 = 2;
    pub(in super::super) const SEMICOLON: u16 = 4;
    pub(in super::super) const DASH: u16 = 8;
    pub(in super::super) const OPEN: u16 = 16;
    pub(in super::super) const CLOSE: u16 = 32;
    /// A sentence begins with the item.
    pub(in super::super) const STOP: u16 = 64;
    /// A paragraph begins with the item.
    pub(in super::super) const PARAGRAPH: u16 = 128;
    /// Joined to the item before by a hyphen.
    pub(in super::super) const HYPHEN: u16 = 256;
    pub(in super::super) const ELLIPSIS: u16 = 512;
    /// Anything that a phrase does not run over.
    pub(in super::super) const HARD: u16 =
        COMMA | COLON | SEMICOLON | DASH | OPEN | CLOSE | STOP | PARAGRAPH | ELLIPSIS;
}

/// A word, or a quoted stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Where it stands; a quoted stretch with its marks.
    pub(super) span: Span,
    /// What is known of the word.
    pub(super) entry: Entry,
    /// What stands before it: bits of [`gap`].
    pub(super) gap: u16,
    /// Which quoted stretch it is.
    pub(super) quote: Option<u32>,
}

impl Item {
    /// What stands past the end.
    const NONE: Item = Item {
        span: Span { start: 0, end: 0 },
        entry: Entry { tags: 0, frames: 0, forms: 0 },
        gap: gap::STOP | gap::PARAGRAPH,
        quote: None,
    };

    /// Whether the word is in one of the classes `tags`.
    pub(super) fn is(self, tags: u32) -> bool {
        self.entry.tags & tags != 0
    }

    /// Whether one of `signs` stands before it.
    pub(super) fn after(self, signs: u16) -> bool {
        self.gap & signs != 0
    }

    /// Whether the word is a verb of such a form.
    pub(super) fn has_form(self, forms: u8) -> bool {
        self.entry.forms & forms != 0
    }

    /// Whether the word is a verb that takes one of `frames`.
    pub(super) fn takes(self, frames: u16) -> bool {
        self.entry.frames & frames != 0
    }

    /// Whether it may be part of a noun phrase: no little word, no plain verb form.
    pub(super) fn is_nominal(self) -> bool {
        let little = tag::PRONOUN
            | tag::OBJECT
            | tag::PREPOSITION
            | tag::CONJUNCTION
            | tag::SUBORDINATOR
            | tag::QUESTION
            | tag::AUXILIARY
            | tag::TO
            | tag::ADVERB;
        let is_capital = self.is(tag::CAPITAL) && !self.after(gap::STOP | gap::PARAGRAPH);
        let is_verb =
            self.has_form(form::PAST | form::S | form::BASE) && !self.has_form(form::NOUN) || self.is(tag::PREDICATE);
        self.quote.is_none() && !self.is(little) && (!is_verb || is_capital)
    }

    /// Whether it is, or may be, the finite verb of a clause.
    pub(super) fn is_finite(self) -> bool {
        self.is(tag::AUXILIARY | tag::PREDICATE | tag::CONTRACTED)
            || self.has_form(form::PAST | form::S)
            || self.has_form(form::BASE) && !self.has_form(form::NOUN)
            || self.is(tag::ED)
    }
}

/// A text as items.
pub(super) struct Line<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its items in order.
    pub(super) items: Vec<Item>,
    /// Its quoted stretches.
    pub(super) quotes: &'a [Quoted],
}

impl<'a> Line<'a> {
    /// Cost: O(words), one look-up each.
    pub(super) fn new(reading: &Reading<'a>, quotes: &'a [Quoted]) -> Line<'a> {
        let mut line = Line { text: reading.text, items: Vec::with_capacity(reading.words.len()), quotes };
        let mut borders = Borders { reading, sentence: 0, paragraph: 0 };
        let mut next = 0;
        let mut end = 0;
        for (n, &word) in reading.words.iter().enumerate() {
            while let Some(quoted) = quotes.get(next).filter(|quoted| quoted.outer.start <= word.start) {
                let item = Item { span: quoted.outer, quote: Some(next as u32), ..Item::NONE };
                line.push(item, &mut borders, end);
                end = quoted.outer.end;
                next += 1;
            }
            if word.start < end {
                continue;
            }
            line.push(Item { span: word, entry: entry(reading.word(n)), ..Item::NONE }, &mut borders, end);
            end = word.end;
        }
        line.weigh_capitals();
        line
    }

    /// A capital letter inside a sentence makes a name; in a headline with capital letters throughout it says nothing.
    fn weigh_capitals(&mut self) {
        for (low, high) in self.sentences() {
            let Some(items) = self.items.get_mut(low..high.min(low + 40)) else { continue };
            let is_small = |item: &Item| item.quote.is_none() && !item.is(tag::CAPITAL | tag::NUMBER);
            let little = tag::PREPOSITION
                | tag::DETERMINER
                | tag::CONJUNCTION
                | tag::TO
                | tag::BE
                | tag::AUXILIARY
                | tag::PRONOUN;
            let small = items.iter().filter(|item| is_small(item) && !item.is(little)).count();
            if items.len() < 5 || small > items.len() / 12 {
                // Will Roe, May Doe: no auxiliaries.
                let names = items.iter_mut().skip(1).filter(|item| item.is(tag::CAPITAL) && !item.after(gap::HARD));
                names.for_each(|item| {
                    // The "A." of "Ann A. Roe" is no article.
                    let letter = if item.span.len() == 1 { tag::DETERMINER | tag::PRONOUN } else { 0 };
                    // Mr. Kelly, Mr. Reed, Mr. Ewing.
                    let endings = tag::LY | tag::ED | tag::ING;
                    item.entry.tags &= !(tag::AUXILIARY | tag::PREDICATE | letter | endings);
                });
                continue;
            }
            let verbs = items
                .iter_mut()
                .skip(1)
                .filter(|item| item.entry.frames != 0 || item.is(tag::PREDICATE | tag::AUXILIARY));
            verbs.for_each(|item| item.entry.tags &= !tag::CAPITAL);
        }
    }

    fn push(&mut self, item: Item, borders: &mut Borders, from: u32) {
        // A sentence may begin with the mark or with the word behind it.
        let start =
            self.quotes.get(item.quote.map_or(usize::MAX, |n| n as usize)).map_or(item.span.start, |q| q.inner.start);
        let mut gap = borders.pass(from, start);
        for c in Span::new(from, item.span.start).of(self.text).chars() {
            gap |= match c {
                ',' | '،' | '、' => gap::COMMA,
                ':' => gap::COLON,
                ';' => gap::SEMICOLON,
                '—' | '–' | '―' => gap::DASH,
                '-' => gap::HYPHEN,
                '(' | '[' => gap::OPEN,
                ')' | ']' => gap::CLOSE,
                '…' => gap::ELLIPSIS,
                _ => continue,
            };
        }
        // " - " and "--" are dashes; "well-known" has a hyphen.
        let between = Span::new(from, item.span.start).of(self.text);
        if gap & gap::HYPHEN != 0 && (between.contains(' ') || between.contains("--")) {
            gap = gap & !gap::HYPHEN | gap::DASH;
        }
        if self.items.is_empty() {
            gap |= gap::STOP | gap::PARAGRAPH;
        }
        self.items.push(Item { gap, ..item });
    }

    /// Item `n`; past the end an empty one.
    pub(super) fn at(&self, n: usize) -> Item {
        self.items.get(n).copied().unwrap_or(Item::NONE)
    }

    /// Whether item `n` may be part of a noun phrase here: after a determiner a verb form is a noun ("the move").
    pub(super) fn is_nominal(&self, n: usize) -> bool {
        let item = self.at(n);
        let is_verb = item.is(tag::PREDICATE) || item.has_form(form::BASE | form::S | form::PAST);
        item.is_nominal()
            || n > 0
                && is_verb
                && item.quote.is_none()
                && !item.after(gap::HARD)
                && !item.is(tag::AUXILIARY | tag::PREPOSITION | tag::SUBORDINATOR | tag::PRONOUN | tag::ADVERB)
                && self.at(n - 1).is(tag::DETERMINER | tag::POSSESSIVE)
                && !self.at(n - 1).is(tag::PRONOUN | tag::OBJECT)
    }

    /// Number of items.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The item that holds the byte `offset`, or the first after it. Cost: O(log items).
    pub(super) fn item_at(&self, offset: u32) -> usize {
        self.items.partition_point(|item| item.span.end <= offset)
    }

    /// Item `n` as written.
    pub(super) fn word(&self, n: usize) -> &'a str {
        self.at(n).span.of(self.text)
    }

    /// Whether item `n` is one of these words.
    pub(super) fn is_word(&self, n: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(n).eq_ignore_ascii_case(word))
    }

    /// The quoted stretch that item `n` is.
    pub(super) fn quote(&self, n: usize) -> Option<Quoted> {
        self.quotes.get(self.at(n).quote? as usize).copied()
    }

    /// The text from item `first` up to item `end`, that not included.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.at(first).span.start, self.at(end.saturating_sub(1)).span.end)
    }

    /// The sentences, as ranges of items.
    pub(super) fn sentences(&self) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for n in 0..self.len() {
            if self.at(n).after(gap::STOP | gap::PARAGRAPH) {
                out.push((n, n));
            }
            if let Some(last) = out.last_mut() {
                last.1 = n + 1;
            }
        }
        out
    }
}

/// Which borders of sentences and paragraphs have been passed.
struct Borders<'r, 'a> {
    reading: &'r Reading<'a>,
    sentence: usize,
    paragraph: usize,
}

impl Borders<'_, '_> {
    /// The borders passed on the way to `offset`. Those before `from` lie inside a quoted stretch and do not count.
    fn pass(&mut self, from: u32, offset: u32) -> u16 {
        let mut gap = 0;
        while self.reading.sentences.get(self.sentence).is_some_and(|sentence| sentence.start <= offset) {
            if self.reading.sentences.get(self.sentence).is_some_and(|sentence| sentence.start >= from) {
                gap |= gap::STOP;
            }
            self.sentence += 1;
        }
        while self.reading.paragraphs.get(self.paragraph).is_some_and(|paragraph| paragraph.start <= offset) {
            self.paragraph += 1;
            gap |= gap::STOP | gap::PARAGRAPH;
        }
        gap
    }
}
