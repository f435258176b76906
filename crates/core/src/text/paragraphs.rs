//! Paragraphs, and the lines they are made of.
//!
//! Plain text says in three ways where a paragraph begins: with a blank line, with every line break (one long line
//! per paragraph), or with an indented line amid lines that were broken at a fixed width, as news agencies sent
//! them. Which of them a text uses is measured once over the whole text ([`Layout`]) and then applied line by line.
//! Rejected: deciding from one line and its neighbours only; the last line of a paragraph and a headline look alike.
//!
//! What lies between two line breaks that mean something is a [`Unit`]: sentences are looked for inside units, so
//! that both modules agree about every line break.

use crate::base::Span;

/// The paragraphs of `text` in order, each without surrounding white space. Together they hold every character that
/// is not white space, and no two overlap.
///
/// A blank line (or U+2029) always ends a paragraph. In a text without blank lines each line is one, unless the next
/// goes on with its sentence. In hard-wrapped text indented lines begin paragraphs and other lines go on.
/// LF, CR, CRLF, VT, FF, NEL, U+2028 and U+2029 break lines. Cost: O(bytes). Texts are shorter than 4 GiB.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for unit in units(text) {
        match out.last_mut() {
            Some(last) if !unit.opens_paragraph => last.end = unit.span.end,
            _ => out.push(unit.span),
        }
    }
    out
}

/// Lines that belong together: no sentence crosses the border of one.
pub(super) struct Unit {
    /// From the first to the last character that is not white space.
    pub(super) span: Span,
    /// Whether a paragraph begins here; otherwise it is a further line (a headline, an item) of the one before.
    pub(super) opens_paragraph: bool,
}

/// The units of `text`, in order; what lies between them is white space.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let layout = Layout::of(&lines);
    let mut out: Vec<Unit> = Vec::new();
    let mut run: Option<(&Line, &Line)> = None;
    for line in &lines {
        let border = run.map_or(Border::Paragraph, |(first, last)| layout.border(first, last, line));
        match out.last_mut() {
            Some(unit) if border == Border::None => unit.span.end = line.span().end,
            _ => out.push(Unit { span: line.span(), opens_paragraph: border == Border::Paragraph }),
        }
        let first = run.filter(|_| border == Border::None).map_or(line, |(first, _)| first);
        run = Some((first, line));
    }
    out
}

/// The span of the bytes from `start` to `end`.
pub(super) fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

/// The bullet and the number or letter that open an item of a list: `•`, `1.`, `a)`, `(b)`, `2.)`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// The bullet, if there is one.
    pub(super) bullet: Option<char>,
    /// The number, or the letter's code.
    pub(super) number: Option<u32>,
    /// How the number is set off: `(`, `.` and `)` present or not.
    style: [bool; 3],
    /// Bytes up to and including the last sign, 0 when this is no item.
    pub(super) len: usize,
}

impl Item {
    /// What `text` opens with.
    pub(super) fn of(text: &str) -> Item {
        let bullet = text.chars().next().filter(|&c| is_bullet(c));
        let after_bullet = bullet.map_or(text, |c| text.get(c.len_utf8()..).unwrap_or("").trim_start());
        let bullet_len = if bullet.is_some() { text.len() - after_bullet.len() } else { 0 };
        let unnumbered = Item { bullet, len: bullet_len, ..Item::default() };
        let (rest, open) = strip(after_bullet, '(');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letter = rest.chars().next().filter(|c| digits == 0 && c.is_alphabetic());
        let label_len = letter.map_or(digits, char::len_utf8);
        let (Some(label), Some(rest)) = (rest.get(..label_len), rest.get(label_len..)) else {
            return unnumbered;
        };
        let (rest, dot) = strip(rest, '.');
        let (rest, close) = strip(rest, ')');
        let is_set_off = (close || dot && !open) && rest.chars().next().is_none_or(char::is_whitespace);
        if label.is_empty() || digits > 3 || !is_set_off {
            return unnumbered;
        }
        // "J. K. Rowling" is no list.
        let is_initial = letter.is_some_and(char::is_uppercase) && !close;
        let number = letter.map_or_else(|| label.parse().ok(), |c| Some(u32::from(c))).filter(|_| !is_initial);
        Item { bullet, number, style: [open, dot, close], len: text.len() - rest.len() }
    }

    /// Whether `self` is the item after `earlier`: the next number or letter, written in the same way.
    pub(super) fn follows(&self, earlier: &Item) -> bool {
        let next = earlier.number.map(|n| n + 1);
        next.is_some() && self.number == next && self.style == earlier.style
    }
}

/// Whether `c` opens the items of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '‣' | '⁃' | '◦' | '▪' | '▫' | '■' | '□' | '●' | '○' | '◆' | '➢' | '✓' | '·')
}

/// `text` without `sign` at its start, ASCII or full width, and whether it stood there.
fn strip(text: &str, sign: char) -> (&str, bool) {
    let wide = char::from_u32(u32::from(sign) + 0xFEE0).unwrap_or(sign);
    text.strip_prefix([sign, wide]).map_or((text, false), |rest| (rest, true))
}

/// A line that is not blank.
struct Line<'a> {
    text: &'a str,
    start: usize,
    /// Characters of white space before `text`.
    indent: usize,
    /// Whether a blank line or a paragraph separator stands before it.
    after_blank: bool,
}

impl Line<'_> {
    fn span(&self) -> Span {
        span(self.start, self.start + self.text.len())
    }

    fn width(&self) -> usize {
        self.indent + self.text.chars().count()
    }

    /// Whether the first word of `next` would still have fitted in a column of `width`: then the break was meant.
    fn had_room_for(&self, next: &Line, width: usize) -> bool {
        let word = next.text.chars().take(LONGEST_WORD).take_while(|c| !c.is_whitespace()).count();
        self.width() + 1 + word <= width
    }

    fn starts_lower(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }

    fn starts_upper(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn starts_with_closing_sign(&self) -> bool {
        let closing = ['.', ',', ';', ':', '!', '?', ')', ']', '}', '”', '»', '。', '、', '，', '」', '』', '）'];
        // An ellipsis or `.50` opens a line as well as a word does.
        let mut signs = self.text.chars();
        signs.next().is_some_and(|c| closing.contains(&c)) && signs.next().is_none_or(char::is_whitespace)
    }

    fn ends_sentence(&self) -> bool {
        let is_closer =
            |c: char| matches!(c, '"' | '\'' | '”' | '“' | '’' | '»' | '›' | ')' | ']' | '」' | '』' | '）');
        let end = self.text.chars().rev().find(|c| !is_closer(*c));
        end.is_some_and(|c| matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։'))
    }

    fn is_in_capitals(&self) -> bool {
        !self.text.chars().any(char::is_lowercase) && self.text.chars().any(char::is_uppercase)
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let (mut start, mut after_blank) = (0, true);
    loop {
        let (end, next, ends_paragraph) = line_break(text, start).unwrap_or((text.len(), text.len(), false));
        let whole = text.get(start..end).unwrap_or("");
        let body = whole.trim_start();
        if body.is_empty() {
            after_blank = true;
        } else {
            let margin = whole.get(..whole.len() - body.len()).unwrap_or("");
            let (start, indent) = (start + margin.len(), margin.chars().count());
            out.push(Line { text: body.trim_end(), start, indent, after_blank });
            after_blank = ends_paragraph;
        }
        if next >= text.len() {
            return out;
        }
        start = next;
    }
}

/// The first line break at or after `from`: where it starts, where it ends, whether it ends a paragraph.
fn line_break(text: &str, from: usize) -> Option<(usize, usize, bool)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|b| matches!(b, b'\n'..=b'\r' | 0xC2 | 0xE2))?;
        match bytes.get(at..)? {
            [b'\r', b'\n', ..] => return Some((at, at + 2, false)),
            [b'\n'..=b'\r', ..] => return Some((at, at + 1, false)),
            [0xC2, 0x85, ..] => return Some((at, at + 2, false)),
            [0xE2, 0x80, last @ (0xA8 | 0xA9), ..] => return Some((at, at + 3, *last == 0xA9)),
            _ => at += 1,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Border {
    /// The line goes on with the sentence before it.
    None,
    /// A line of its own in the same paragraph.
    Line,
    Paragraph,
}

/// What the line breaks of a text mean.
struct Layout {
    has_blank_lines: bool,
    /// The least indentation of any line.
    margin: usize,
    /// The column at which lines were broken, if they were.
    wrap: Option<usize>,
}

/// Columns at which people and programs break lines; more is one line per paragraph, less is a list or a poem.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;
/// Words longer than this are not moved to the next line whole; in scripts without spaces this is "a few words".
const LONGEST_WORD: usize = 16;

impl Layout {
    fn of(lines: &[Line]) -> Layout {
        let margin = lines.iter().map(|line| line.indent).min().unwrap_or(0);
        let has_blank_lines = lines.iter().skip(1).any(|line| line.after_blank);
        let wrap = usual_width(lines).filter(|&width| is_wrapped(lines, margin, width));
        Layout { has_blank_lines, margin, wrap }
    }

    /// The border between `last`, a line of the run that began with `first`, and `next`.
    fn border(&self, first: &Line, last: &Line, next: &Line) -> Border {
        if next.after_blank {
            return Border::Paragraph;
        }
        if next.starts_with_closing_sign() {
            return Border::None;
        }
        let begins = if self.has_blank_lines || self.wrap.is_some() { Border::Line } else { Border::Paragraph };
        // Where lines are wrapped, "F. Kennedy" or "7." at the start of one is no item.
        let item = Item::of(next.text);
        if item.bullet.is_some() || item.len > 0 && self.wrap.is_none() {
            return begins;
        }
        match self.wrap {
            Some(width) if next.indent > self.margin => {
                let is_block = next.indent == last.indent && !last.ends_sentence() && !last.had_room_for(next, width);
                if is_block { Border::None } else { Border::Paragraph }
            }
            Some(_) if last.is_in_capitals() && !next.is_in_capitals() => Border::Line,
            Some(_) => Border::None,
            // A list in small letters is no sentence that goes on, hence the look at how the run began.
            None if next.starts_lower() && !first.starts_lower() && !last.ends_sentence() => Border::None,
            None => begins,
        }
    }
}

/// The width that at most one line in sixteen exceeds, if lines are broken at such a width at all.
fn usual_width(lines: &[Line]) -> Option<usize> {
    let mut widths = vec![0_usize; WRAP_WIDTHS.end() + 2];
    for line in lines {
        // Counting the characters of a line of a megabyte would tell nothing more.
        let width = if line.text.len() > 4 * WRAP_WIDTHS.end() { usize::MAX } else { line.width() };
        if let Some(count) = widths.get_mut(width.min(WRAP_WIDTHS.end() + 1)) {
            *count += 1;
        }
    }
    let mut wider = 0;
    let width = widths.iter().rposition(|count| {
        wider += count;
        wider > lines.len() / 16
    })?;
    WRAP_WIDTHS.contains(&width).then_some(width)
}

/// Whether lines were broken at `width`: of those followed by a line at the margin, most had no room for one word
/// more, and many stop in mid-sentence. Three such lines are needed, or one where other lines are indented.
fn is_wrapped(lines: &[Line], margin: usize, width: usize) -> bool {
    let follows = |(_, next): &(&Line, &Line)| !next.after_blank && next.indent == margin;
    let pairs = || lines.iter().zip(lines.iter().skip(1)).filter(follows);
    let needed = if lines.iter().any(|line| line.indent > margin) { 1 } else { 3 };
    let count = pairs().count();
    // The first line tells little: agencies put place and date before it, which were often removed.
    let inner = || pairs().skip(usize::from(count > 1));
    let all = inner().count();
    // Proportional type, as in text taken from a PDF, leaves the right edge ragged.
    let full = inner().filter(|(line, next)| !line.had_room_for(next, width - width / 8)).count();
    let open = inner().filter(|(line, next)| !line.ends_sentence() && !next.starts_upper()).count();
    count >= needed && full * 3 >= all * 2 && open * 3 >= all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The door: `marked` is a text with `|` after each paragraph but the last; exactly these must be found.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = paragraphs(&text).iter().map(|span| span.of(&text)).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect();
        assert_eq!(found, expected);
    }

    const CASES: &[&str] = &[
        "",
        " \n\t\n",
        "One.",
        // Blank lines
        "One\nOne.\n\n|Two.\n \u{a0}\n|Three.\r\n\r\n|Four.\r\r|Five.\u{2029}|Six.\u{2028}Six.\n\n",
        // A line each
        "One line.\n|Another line.\r\n|A third.\r|A fourth.\u{85}|A fifth.\u{2028}|A sixth.",
        "bread\n|butter\n|jam",
        "A line broken by\na stray key.\n|The next.",
        "Verse upon verse that might be\n|As wide as any line of prose\n|And yet begins anew with each\n|As every line of poetry does",
        // Wrapped
        "Showers continued throughout the week in\nthe Bahia cocoa zone, alleviating the drought since early\n\
         January and improving prospects for the coming temporao.\n|    The dry period means it will be late this year.\n\
         |    Arrivals for the week ended February 22 were 155,221 bags\nof 60 kilos making a total for the season.\n| Reuter",
        "A text whose lines were broken at a fixed width and that\nhas a blank line between two paragraphs, as most letters\n\
         and books in plain text do.\n\n|Here is the second of its paragraphs, and it also goes on\nover a line break.",
    ];

    #[test]
    fn cases() {
        CASES.iter().for_each(|marked| check(marked));
    }

    #[test]
    fn labels_of_items() {
        for (text, number, len) in
            [("1. a", Some(1), 2), ("(b) a", Some(98), 3), ("• 2.) a", Some(2), 7), ("1.5 a", None, 0)]
        {
            let item = Item::of(text);
            assert_eq!((item.number, item.len), (number, len), "{text}");
        }
        assert!(Item::of("2) b").follows(&Item::of("1) a")));
        assert!(!Item::of("2. b").follows(&Item::of("1) a")));
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_leave_out_only_white_space(text in "(?s)([.Aab \n\r\u{2028}\u{2029}\u{85}•1-]|   ){0,200}|.{0,60}") {
            let mut end = 0;
            for span in paragraphs(&text) {
                let body = span.of(&text);
                prop_assert!(!body.is_empty() && body == body.trim());
                prop_assert_eq!(text[end..span.start as usize].trim(), "");
                end = span.end as usize;
            }
            prop_assert_eq!(text[end..].trim(), "");
        }
    }
}
