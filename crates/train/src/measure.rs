//! Precision, recall and F1 of names against a gold set, micro-averaged over all mentions.
//!
//! A name that was found is right where gold has one of the same span; *typed*, where the kind is the same as well. A
//! leading article, a final possessive and a final full stop do not count on either side; a person in a set that marks
//! phrases may be marked with the title that stands right before the name (`President Assad`), which we keep apart as the
//! role. *Three kinds*: people, organisations and places, others left out on both sides. *All kinds*: every name,
//! whatever its kind. What is found inside an open phrase (see [`crate::gold`]) and is no name of the set is left out.
//! An other name that is found in a set that does not mark peoples is left out where it is one word.

use sheaf_core::base::Span;
use sheaf_core::extract::{Kind, Mention, Reading};

use crate::gold::Document;

/// How many were found, how many there are, how many of them agree.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// Found by us.
    pub found: usize,
    /// In the gold set.
    pub gold: usize,
    /// In both.
    pub right: usize,
}

impl Counts {
    /// Share of what was found that is right.
    pub fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// Share of gold that was found.
    pub fn recall(self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }

    fn add(&mut self, found: usize, gold: usize, right: usize) {
        self.found += found;
        self.gold += gold;
        self.right += right;
    }
}

/// The figures of one set.
#[derive(Clone, Default)]
pub struct Figures {
    /// Spans of people, organisations and places.
    pub three: Counts,
    /// Spans of all names.
    pub all: Counts,
    /// People, organisations and places with their kinds.
    pub typed: Counts,
    /// By kind, in the order of [`Kind`].
    pub kinds: [Counts; 4],
    /// For each certainty: names found, and those that are right in span and kind.
    pub certain: Vec<(u8, usize, usize)>,
}

/// Measures `names` on documents.
pub fn measure<'a>(documents: impl Iterator<Item = &'a Document>, names: impl Fn(&Reading) -> Vec<Mention>) -> Figures {
    let mut figures = Figures { certain: (0..=100).map(|n| (n, 0, 0)).collect(), ..Figures::default() };
    for document in documents {
        let reading = Reading::new(&document.text, "en");
        let found = names(&reading);
        count(document, &found, &mut figures);
    }
    figures
}

fn count(document: &Document, found: &[Mention], figures: &mut Figures) {
    let text = &document.text;
    let gold: Vec<(Span, Kind)> = document.names.iter().map(|(span, kind)| (bare(text, *span), *kind)).collect();
    let is_other = |kind: Kind| kind == Kind::Other;
    for (_, kind) in &gold {
        figures.all.add(0, 1, 0);
        figures.three.add(0, usize::from(!is_other(*kind)), 0);
        figures.typed.add(0, usize::from(!is_other(*kind)), 0);
        figures.kinds[*kind as usize].add(0, 1, 0);
    }
    for (mention, gold) in matched(document, found, &gold) {
        if gold.is_none() && is_left_out(document, mention) {
            continue;
        }
        let right = usize::from(gold.is_some());
        let typed = usize::from(gold == Some(mention.kind));
        figures.all.add(1, 0, right);
        figures.kinds[mention.kind as usize].add(1, 0, typed);
        if !is_other(mention.kind) {
            figures.three.add(1, 0, usize::from(gold.is_some_and(|kind| !is_other(kind))));
            figures.typed.add(1, 0, typed);
        }
        if let Some(certain) = figures.certain.get_mut(usize::from(mention.certainty)) {
            certain.1 += 1;
            certain.2 += typed;
        }
    }
}

/// Each mention with the kind of the gold name of the same span.
pub fn matched<'a>(
    document: &Document,
    found: &'a [Mention],
    gold: &[(Span, Kind)],
) -> Vec<(&'a Mention, Option<Kind>)> {
    let text = &document.text;
    let at = |span: Span| gold.iter().find(|(one, _)| *one == span).map(|(_, kind)| *kind);
    found
        .iter()
        .map(|mention| {
            let with_role = mention
                .role
                .filter(|role| role.end <= mention.span.start)
                .map(|role| Span::new(role.start, mention.span.end));
            (mention, at(bare(text, mention.span)).or_else(|| at(bare(text, with_role?))))
        })
        .collect()
}

/// Whether a mention that is no name of the set counts neither for nor against us.
pub fn is_left_out(document: &Document, mention: &Mention) -> bool {
    let is_one_word = !mention.span.of(&document.text).contains(' ');
    !document.has_peoples && mention.kind == Kind::Other && is_one_word
        || document.open.iter().any(|open| open.start <= mention.span.start && mention.span.end <= open.end)
            && !document.names.iter().any(|(name, _)| name.start < mention.span.end && mention.span.start < name.end)
}

/// Without article, possessive and final full stop.
pub fn bare(text: &str, span: Span) -> Span {
    let mut span = span;
    let form = span.of(text);
    for article in ["The ", "the ", "A ", "An ", "THE "] {
        if form.starts_with(article) {
            span.start += article.len() as u32;
        }
    }
    for end in [" 's", "'s", "’s", " ’s", " .", "."] {
        if span.of(text).ends_with(end) {
            span.end -= end.len() as u32;
        }
    }
    span
}

/// A line for a table: spans of three kinds, of all kinds, typed, and F1 of each kind.
pub fn line(figures: &Figures) -> String {
    let three = |counts: Counts| format!("{:.3} {:.3} {:.3}", counts.precision(), counts.recall(), counts.f1());
    let kinds: Vec<String> = figures.kinds.iter().map(|counts| format!("{:.2}", counts.f1())).collect();
    format!("{} | {} | {} | {}", three(figures.three), three(figures.all), three(figures.typed), kinds.join(" "))
}
