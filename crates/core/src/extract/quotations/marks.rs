//! Quotation marks: which open, which close, which are apostrophes or inches.
//!
//! A scan over the text with a stack of open marks, paragraph by paragraph. Where glyph and surroundings disagree the
//! surroundings win: word processors turn marks the wrong way more often than writers put them in the wrong place.
//! Rejected: counting marks (one inch sign turns the rest of the text inside out).

use super::super::Reading;
use crate::base::Span;

/// Words between an outermost pair of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// With the marks.
    pub(super) outer: Span,
    /// Without them, and without white space beside them.
    pub(super) inner: Span,
    /// Whether the mark that opens it is closed in the same paragraph.
    pub(super) is_closed: bool,
    /// Whether it opens a paragraph after one whose quotation was not closed: speech running over paragraphs.
    pub(super) goes_on: bool,
}

impl Quoted {
    /// Whether its last sign, inner marks left out, is one of `signs`.
    pub(super) fn ends_with(self, text: &str, signs: &[char]) -> bool {
        let inside = self.inner.of(text).trim_end_matches(|c: char| c.is_whitespace() || mark(c).is_some());
        inside.ends_with(signs)
    }
}

/// The outermost quoted stretches of a text, in order; none crosses the border of a paragraph.
///
/// Cost: O(bytes); at most two passes over a paragraph.
pub(super) fn quoted(reading: &Reading) -> Vec<Quoted> {
    let mut out: Vec<Quoted> = Vec::new();
    let mut waiting: Option<Waiting> = None;
    for paragraph in reading.paragraphs.iter().flat_map(|&paragraph| blocks(reading.text, paragraph)) {
        let all = marks(reading.text, paragraph);
        let mut rest = all.as_slice();
        if let Some(mut open) = waiting.take() {
            match rest.iter().position(|mark| mark.family != Family::Single) {
                None if open.paragraphs.len() < LONGEST_WAIT => {
                    open.paragraphs.push(paragraph);
                    waiting = Some(open);
                    continue;
                }
                Some(n)
                    if rest.get(n).is_some_and(|mark| {
                        // A mark that stands free closes where its paragraph ends.
                        let may = mark.only_closes() || mark.span.end == paragraph.end && mark.may_close;
                        mark.family == open.family && may
                    }) =>
                {
                    let close = rest.get(n).map_or(paragraph, |mark| mark.span);
                    out.extend(open.paragraphs.iter().map(|&span| open.stretch(reading.text, span, None)));
                    let inner = Span::new(paragraph.start, close.start);
                    out.push(open.stretch(reading.text, inner, Some(close.end)));
                    rest = rest.get(n + 1..).unwrap_or_default();
                }
                _ => {}
            }
        }
        let before = out.len();
        let mut open = pair(reading.text, paragraph, rest, true, &mut out);
        if !open.is_empty() {
            // A mark without its partner, perhaps a nested one: no nesting then, which loses least.
            out.truncate(before);
            open = pair(reading.text, paragraph, rest, false, &mut out);
        }
        waiting = open.first().map(|mark| Waiting { family: mark.family, paragraphs: Vec::new() });
        let Some((earlier, later)) = out.split_at_mut_checked(before) else { continue };
        if let (Some(last), Some(first)) = (earlier.last(), later.first_mut()) {
            let end_of_last = reading.text.get(last.outer.end as usize..paragraph.start as usize).unwrap_or("");
            first.goes_on = !last.is_closed && first.outer.start == paragraph.start && end_of_last.trim().is_empty();
        }
    }
    out
}

/// How deep marks nest; deeper ones are none.
const DEEPEST: usize = 8;

/// How many paragraphs without marks may lie between a mark that opens and the one that closes it.
const LONGEST_WAIT: usize = 12;

/// A mark that its paragraph did not close: perhaps a later one does.
struct Waiting {
    family: Family,
    /// Paragraphs since, all without marks.
    paragraphs: Vec<Span>,
}

impl Waiting {
    /// What of a paragraph belongs to it.
    fn stretch(&self, text: &str, inner: Span, end: Option<u32>) -> Quoted {
        Quoted {
            outer: Span::new(inner.start, end.unwrap_or(inner.end)),
            inner: trimmed(text, inner),
            is_closed: end.is_some(),
            goes_on: true,
        }
    }
}

/// A paragraph cut where a line begins with a double mark and the one before ends a sentence: speakers take turns line
/// by line.
fn blocks(text: &str, paragraph: Span) -> impl Iterator<Item = Span> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let whole = rest.of(text);
        let cut = whole.match_indices('\n').find(|&(at, _)| {
            let (before, after) = whole.split_at_checked(at).unwrap_or_default();
            let opens = after.trim_start().starts_with(['"', '“', '„', '«', '「']);
            opens && before.trim_end().ends_with(['.', '?', '!', ':', '"', '”', '’', '\'', '»', '」'])
        });
        let end = cut.map_or(rest.end, |(at, _)| rest.start + at as u32);
        let block = trimmed(text, Span::new(rest.start, end));
        rest = Span::new(end + u32::from(cut.is_some()), rest.end.max(end + u32::from(cut.is_some())));
        Some(block)
    })
}

/// Marks that open and close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
    SmallAngle,
    Corner,
}

/// What the glyph itself says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    Opens,
    Closes,
    Either,
}

/// A mark and what it seems to do.
#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    family: Family,
    glyph: Glyph,
    /// Whether white space, a bracket or nothing stands before it, and a word after it.
    may_open: bool,
    /// Whether a word or a sign stands before it, and no word after it.
    may_close: bool,
    /// Straight and after a digit: inches, feet.
    may_measure: bool,
    /// A single mark after "s": "officials'".
    may_own: bool,
}

impl Mark {
    /// Whether it closes and cannot open.
    fn only_closes(self) -> bool {
        self.may_close && (self.glyph == Glyph::Closes || !self.may_open)
    }
}

/// The marks of a paragraph in order, apostrophes inside words left out.
fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let whole = paragraph.of(text);
    let mut before = ' ';
    let mut rest = whole.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let Some((family, glyph)) = mark(c) else {
            before = c;
            continue;
        };
        let mut family = family;
        let mut end = at + c.len_utf8();
        // '' and `` are double marks of the typewriter; three are a single and a double one.
        if matches!(c, '\'' | '`') && rest.peek().is_some_and(|&(_, next)| next == c) {
            rest.next();
            end += 1;
            family = Family::Double;
            let is_third = rest.peek().is_some_and(|&(_, next)| next == c);
            if is_third && !opens_here(before) {
                // Closing: the inner one comes first, and closing the outer closes it.
                rest.next();
                end += 1;
            }
        }
        let after = rest.peek().map_or(' ', |&(_, next)| next);
        let may_open = opens_here(before) && !after.is_whitespace();
        let may_close = !before.is_whitespace() && !after.is_alphanumeric();
        // Marks that stand free, as in texts cut into words: either.
        let is_free = before.is_whitespace() && after.is_whitespace();
        let offset = |at: usize| paragraph.start + at as u32;
        let mark = Mark {
            span: Span::new(offset(at), offset(end)),
            family,
            glyph,
            may_open: may_open || is_free,
            may_close: may_close || is_free,
            may_measure: before.is_ascii_digit() && matches!(c, '"' | '\'' | '″' | '′'),
            may_own: matches!(before, 's' | 'S' | 'z' | 'x') && after.is_whitespace(),
        };
        let is_apostrophe = family == Family::Single && !mark.may_open && !mark.may_close;
        if !is_apostrophe {
            out.push(mark);
        }
        before = text.get(..offset(end) as usize).and_then(|text| text.chars().next_back()).unwrap_or(' ');
    }
    out
}

/// Family and direction of a mark.
fn mark(c: char) -> Option<(Family, Glyph)> {
    Some(match c {
        '"' | '＂' => (Family::Double, Glyph::Either),
        '“' | '„' | '‟' | '〝' => (Family::Double, Glyph::Opens),
        '”' | '〞' | '〟' => (Family::Double, Glyph::Closes),
        '\'' => (Family::Single, Glyph::Either),
        '‘' | '‚' | '‛' | '`' => (Family::Single, Glyph::Opens),
        '’' | '´' => (Family::Single, Glyph::Closes),
        '«' => (Family::Angle, Glyph::Opens),
        '»' => (Family::Angle, Glyph::Closes),
        '‹' => (Family::SmallAngle, Glyph::Opens),
        '›' => (Family::SmallAngle, Glyph::Closes),
        '「' | '『' | '《' => (Family::Corner, Glyph::Opens),
        '」' | '』' | '》' => (Family::Corner, Glyph::Closes),
        _ => return None,
    })
}

/// Whether a mark after `before` can open.
fn opens_here(before: char) -> bool {
    before.is_whitespace()
        || matches!(before, '(' | '[' | '{' | '-' | '–' | '—' | '/' | ':' | '…')
        || mark(before).is_some()
}

/// Pairs the marks of a paragraph; those never closed, the outermost first.
fn pair(text: &str, paragraph: Span, marks: &[Mark], nests: bool, out: &mut Vec<Quoted>) -> Vec<Mark> {
    let mut open: Vec<Mark> = Vec::new();
    let closers = Closers::new(marks);
    for (n, &mark) in marks.iter().enumerate() {
        let depth = open.iter().rposition(|other| other.family == mark.family);
        let does_open = match depth {
            None => {
                // Corner brackets stand between characters without spaces.
                let fits = mark.may_open || mark.family == Family::Corner || !mark.may_close;
                // »German« marks, and those that a word processor turned, open with the glyph that closes.
                let is_turned = mark.may_open && !mark.may_close && mark.family != Family::Single;
                fits && mark.glyph != Glyph::Closes || is_turned
            }
            Some(_) => mark.may_open && !mark.may_close && nests && mark.family != Family::Single,
        };
        if does_open {
            let is_inch = mark.may_measure && !mark.may_open;
            // A single mark without a partner is an apostrophe: ’tis, ’90s.
            if is_inch || open.len() > DEEPEST || mark.family == Family::Single && !closers.has_after(n) {
                continue;
            }
            open.push(mark);
            continue;
        }
        let Some(depth) = depth else { continue };
        if !mark.may_close && mark.glyph != Glyph::Closes {
            continue;
        }
        if mark.family == Family::Single && mark.may_own && closers.has_better_after(n) {
            continue;
        }
        let opener = open.get(depth).copied();
        open.truncate(depth);
        if let (0, Some(opener)) = (depth, opener) {
            out.push(stretch(text, opener, Span::new(opener.span.end, mark.span.start), Some(mark.span.end)));
        }
    }
    if let Some(&opener) = open.first() {
        out.push(stretch(text, opener, Span::new(opener.span.end, paragraph.end), None));
    }
    open
}

/// For single marks: whether one that can close comes later, before another that opens.
struct Closers {
    /// For each mark: whether a single mark after it can close.
    any: Vec<bool>,
    /// The same, plural possessives left out, up to the next single mark that opens.
    better: Vec<bool>,
}

impl Closers {
    fn new(marks: &[Mark]) -> Closers {
        let (mut any, mut better) = (vec![false; marks.len()], vec![false; marks.len()]);
        let (mut is_any, mut is_better) = (false, false);
        for (n, mark) in marks.iter().enumerate().rev() {
            if let (Some(any), Some(better)) = (any.get_mut(n), better.get_mut(n)) {
                (*any, *better) = (is_any, is_better);
            }
            if mark.family == Family::Single {
                is_any |= mark.may_close;
                is_better = mark.may_close && !mark.may_own || is_better && !mark.may_open;
            }
        }
        Closers { any, better }
    }

    fn has_after(&self, n: usize) -> bool {
        self.any.get(n).copied().unwrap_or(false)
    }

    fn has_better_after(&self, n: usize) -> bool {
        self.better.get(n).copied().unwrap_or(false)
    }
}

fn stretch(text: &str, opener: Mark, inner: Span, end: Option<u32>) -> Quoted {
    Quoted {
        outer: Span::new(opener.span.start, end.unwrap_or(inner.end)),
        inner: trimmed(text, inner),
        is_closed: end.is_some(),
        goes_on: false,
    }
}

/// A span without white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start().len()) as u32;
    Span::new(start, start + inside.trim().len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let reading = Reading::new(text, "en");
        let found: Vec<&str> = quoted(&reading).iter().map(|quoted| quoted.inner.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_style_of_marks_is_read() {
        check("“One,” he said. \"Two,\" he said.", &["One,", "Two,"]);
        check("‘One,’ he said. 'Two,' he said.", &["One,", "Two,"]);
        check("«Un», dit-il. „Eins“ und »zwei« und ‹drei›.", &["Un", "Eins", "zwei", "drei"]);
        check("``One,'' he said. ''Two,'' he said.", &["One,", "Two,"]);
        check("He said 「一二」 and left.", &["一二"]);
        check("\" One , \" said he . \" Two \" .", &["One ,", "Two"]);
    }

    #[test]
    fn nested_marks_stay_inside() {
        check("“She said ‘no’ to me,” he said.", &["She said ‘no’ to me,"]);
        check("''He said, 'Go home,''' she said.", &["He said, 'Go home,"]);
        check("\"I read \"The Sea\" twice,\" he said.", &["I read \"The Sea\" twice,"]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        check("The officials' plan wasn't theirs. It's 6'2\" tall, the '90s said.", &[]);
        check("A 12\" pipe. “Fine,” he said.", &["Fine,"]);
        check("'It isn't the officials' plan,' he said.", &["It isn't the officials' plan,"]);
    }

    #[test]
    fn a_mark_never_closed_ends_with_its_paragraph() {
        let text = "\"One goes on.\n\n\"Two ends,\" he said.\n\nThree \"stays open.\n\nFour.";
        let reading = Reading::new(text, "en");
        let found = quoted(&reading);
        let spans: Vec<(&str, bool, bool)> =
            found.iter().map(|quoted| (quoted.inner.of(text), quoted.is_closed, quoted.goes_on)).collect();
        assert_eq!(spans, [("One goes on.", false, false), ("Two ends,", true, true), ("stays open.", false, false)]);
    }

    #[test]
    fn a_nested_mark_without_partner_does_not_swallow_the_rest() {
        check("“One,” he said. “Two “three,” she said. “Four,” they said.", &["One,", "Two “three,", "Four,"]);
    }
}
