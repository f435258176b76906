//! Years: in figures, in words, short, and counted from the document's.

use super::super::lexicon::Class;
use super::super::sense::Year;
use super::super::words::{Gap, Words};
use super::amounts::cardinal;

/// A year after a month or a day: `2025`, `, 2025`, `of 2025`, `in 2016`, `of last year`, `’87`.
pub(super) fn year_after(w: &Words, at: usize, has_day: bool) -> Option<(usize, Year)> {
    let gap = w.gap(at);
    let is_close = matches!(gap, Gap::Space | Gap::Comma | Gap::Hyphen | Gap::Slash)
        || (gap == Gap::Dot && (w.is_after_short(at) || has_day));
    let at_year = match w.class(at) {
        Class::Of => at + 1,
        Class::In if w.text(at).eq_ignore_ascii_case("in") => at + 1,
        _ => at,
    };
    let at_year = if w.is(at_year, Class::The) && is_word(w, at_year + 1, "year") { at_year + 2 } else { at_year };
    let at_year = at_year + usize::from(at_year > at + 1 && w.is(at_year, Class::Of));
    let short = short_year(w, at_year, at_year > at);
    if let Some(year) = short {
        return Some((at_year + 1, Year::Known(year)));
    }
    if !is_close || (at_year > at && !w.is_near(at_year)) {
        return None;
    }
    if let Some(found) = relative_year(w, at_year).filter(|_| gap == Gap::Space || gap == Gap::Comma) {
        // `in May last year`, but not `in May, this year's`.
        return (gap == Gap::Space).then_some(found);
    }
    let lex = w.lex(at_year);
    let is_figure = lex.class == Class::Digits && lex.shape == 4 && (1000..=2199).contains(&lex.value);
    if is_figure && !is_part_of_more(w, at_year) {
        // `May 26, 2000 people` counts people.
        let is_counted = w.is(at_year + 1, Class::Measure) && w.is_near(at_year + 1);
        let is_clock = w.is(at_year + 1, Class::Zone) && gap == Gap::Comma && w.lex(at_year + 1).is_capital;
        return (!is_counted && !is_clock).then_some((at_year + 1, Year::Known(lex.value as i32)));
    }
    let spelled = spelled_year(w, at_year).or_else(|| thousands(w, at_year));
    spelled.filter(|_| !is_figure).map(|(end, year)| (end, Year::Known(year)))
}

/// `this year`, `last year`, `next year`.
pub(super) fn relative_year(w: &Words, i: usize) -> Option<(usize, Year)> {
    let offset = match w.class(i) {
        Class::This => 0,
        Class::Last => -1,
        Class::Next => 1,
        _ => return None,
    };
    (is_word(w, i + 1, "year") && w.is_near(i + 1)).then_some((i + 2, Year::Offset(offset)))
}

/// Whether word `i` is `word`, in any case, without its possessive.
pub(super) fn is_word(w: &Words, i: usize, word: &str) -> bool {
    i < w.len() && w.place(i, i + 1).of(w.text).eq_ignore_ascii_case(word)
}

/// `’87` after an apostrophe, `87` after `of`.
pub(super) fn short_year(w: &Words, i: usize, is_led: bool) -> Option<i32> {
    let lex = w.lex(i);
    let is_marked = w.char_before(i).is_some_and(|c| matches!(c, '\'' | '’' | '‘'));
    let is_short = lex.class == Class::Digits && lex.shape == 2;
    (is_short && (is_marked || is_led && lex.value > 31)).then(|| full_year(lex.value))
}

/// The year that two figures most likely mean.
pub(super) fn full_year(short: u32) -> i32 {
    if short < 40 { 2000 + short as i32 } else { 1900 + short as i32 }
}

/// Whether figures are joined to more figures: telephone numbers, paths, amounts.
pub(super) fn is_part_of_more(w: &Words, i: usize) -> bool {
    let before = w.char_before(i).is_some_and(|c| matches!(c, '$' | '£' | '€' | '#' | '+' | '@' | '_' | '='));
    let after = w.next_char(i).is_some_and(|c| matches!(c, '%' | '_' | '@' | '='));
    before || after
}

/// The year word `i` means, if it means one.
pub(super) fn year(w: &Words, i: usize) -> Option<i32> {
    let lex = w.lex(i);
    if lex.class == Class::Digits && lex.shape == 2 {
        let is_led = i > 0 && matches!(w.class(i - 1), Class::In | Class::Of | Class::Since | Class::By | Class::The);
        return short_year(w, i, false).filter(|_| is_led && !w.is(i + 1, Class::Decade));
    }
    if lex.class != Class::Digits || lex.shape != 4 || is_part_of_more(w, i) {
        return None;
    }
    let is_joined = |gap: Gap| matches!(gap, Gap::Hyphen | Gap::Slash | Gap::Colon);
    let is_year_like = |k: usize| w.is(k, Class::Digits) && matches!(w.lex(k).shape, 2 | 4);
    let before = w.gap(i);
    let is_third = before == Gap::Hyphen && is_joined(w.gap(i - 1)) && w.is(i.wrapping_sub(2), Class::Digits);
    if is_third
        || is_joined(before) && w.is(i - 1, Class::Digits) && !(before == Gap::Hyphen && w.lex(i - 1).shape == 4)
    {
        return None;
    }
    let digits_follow = is_joined(w.gap(i + 1)) && w.is(i + 1, Class::Digits);
    if digits_follow && (!is_year_like(i + 1) || is_joined(w.gap(i + 2)) && w.is(i + 2, Class::Digits)) {
        return None;
    }
    let follows = w.class(i + 1);
    if w.is_near(i + 1) && matches!(follows, Class::Measure | Class::Huge | Class::Scale) {
        return None;
    }
    // `2,500 1990`: a decimal point or comma after the figures makes them an amount (the tokenizer joins those).
    let is_led = i > 0
        && w.is_near(i)
        && matches!(
            w.class(i - 1),
            Class::In
                | Class::Since
                | Class::By
                | Class::Until
                | Class::Of
                | Class::From
                | Class::Between
                | Class::After
                | Class::Before
                | Class::Early
                | Class::To
                | Class::And
                | Class::Fiscal
                | Class::Than
                | Class::For
        );
    let year = lex.value as i32;
    let is_modern = (1900..=2039).contains(&year);
    let is_unit = super::amounts::unit(w, i + 1).is_some() && w.is_near(i + 1) && !w.is(i + 1, Class::DayPart);
    let is_period = matches!(w.lex(i + 1).value, 7 | 14) && w.is(i + 1, Class::Unit);
    if is_unit && !is_period {
        return None;
    }
    let strongly_led =
        is_led && !matches!(w.class(i - 1), Class::To | Class::And | Class::Than | Class::For | Class::Of | Class::By);
    // Outside our century a number needs more to be a year: what leads to a time, and nothing that is counted.
    let is_counted =
        w.is_near(i + 1) && !w.lex(i + 1).is_capital && w.text(i + 1).ends_with('s') && follows == Class::None;
    if is_modern && (is_led || !is_counted) {
        return Some(year);
    }
    ((1000..=2199).contains(&year) && strongly_led && !is_counted).then_some(year)
}

/// `nineteen ninety-six`, `twenty fifteen`.
pub(super) fn spelled_year(w: &Words, i: usize) -> Option<(usize, i32)> {
    let lex = w.lex(i);
    let century = match lex.class {
        Class::Small if (16..=19).contains(&lex.value) => lex.value,
        Class::Tens if lex.value == 2 => 20,
        _ => return None,
    };
    let next = w.lex(i + 1);
    if !w.is_joined(i + 1) || !(next.class == Class::Tens || (next.class == Class::Small && next.value >= 10)) {
        return None;
    }
    let (end, years) = cardinal(w, i + 1).filter(|(_, years)| *years < 100)?;
    let is_counted = super::amounts::unit(w, end).is_some() || matches!(w.class(end), Class::Huge | Class::Scale);
    (!is_counted).then_some((end, (century * 100 + years) as i32))
}

/// `two thousand and fifteen`, where a year is looked for.
pub(super) fn thousands(w: &Words, i: usize) -> Option<(usize, i32)> {
    let is_two = w.is(i, Class::Small) && w.lex(i).value == 2 && w.is(i + 1, Class::Scale) && w.lex(i + 1).value == 2;
    let is_more = is_two && w.is(i + 2, Class::And) && matches!(w.class(i + 3), Class::Small | Class::Tens);
    let (end, year) = if is_more {
        let (end, rest) = cardinal(w, i + 3)?;
        (end, 2000 + rest)
    } else {
        cardinal(w, i).filter(|_| is_two)?
    };
    (2000..2100).contains(&year).then_some((end, year as i32))
}
