//! A query tree as text: a short form that `parse` reads back to the same tree.

use super::ast::{Attribute, Node, Op, TokenTest, Unit, Word, WordKind};
use super::lex::is_among;
use super::regular::Regular;

/// Prints a tree.
pub fn print(node: &Node) -> String {
    let mut text = String::new();
    write(node, Place::Either, &mut text);
    text
}

/// What the printed part stands in, from loose to tight.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    /// Between ORs, or by itself.
    Either,
    /// First among parts side by side.
    First,
    /// Among parts side by side.
    All,
    /// Left of NEAR.
    Near,
    /// After a sign.
    Item,
}

fn write(node: &Node, place: Place, text: &mut String) {
    match &node.op {
        Op::Word(word) => write_phrase(std::slice::from_ref(word), is_operator(word), text),
        Op::Phrase { words, is_hyphenated } => {
            write_phrase(words, !is_hyphenated, text);
        }
        Op::Title(part) => {
            text.push_str("title:");
            write(part, Place::Item, text);
        }
        Op::Field(field) => write_value(&field.name, &field.value, text),
        Op::Named { kind, name } => write_value(kind.prefix(), name, text),
        // In brackets among others: words after it would be taken for the speaker's.
        Op::Said { speaker, part } => bracketed(place > Place::Either, text, |text| {
            write_value("said", speaker, text);
            if let Some(part) = part {
                text.push(' ');
                write(part, Place::Item, text);
            }
        }),
        Op::Sequence(sequence) => write_sequence(sequence, text),
        Op::And(parts) => bracketed(place > Place::Either, text, |text| write_all(parts, text)),
        Op::Or(parts) => bracketed(place > Place::Either, text, |text| {
            for (number, part) in parts.iter().enumerate() {
                text.push_str(if number > 0 { " OR " } else { "" });
                // An OR inside an OR keeps its brackets, a list of words does not need any.
                let is_or = matches!(part.op, Op::Or(_));
                write(part, if is_or { Place::Item } else { Place::Either }, text);
            }
        }),
        Op::Not(inner) => {
            text.push('-');
            write(inner, Place::Item, text);
        }
        Op::Within { part, unit } => bracketed(place > Place::First, text, |text| {
            match &part.op {
                Op::Near { parts, distance: None, .. } => write_all(parts, text),
                _ => write(part, Place::First, text),
            }
            text.push_str(if *unit == Unit::Sentence { " within <s/>" } else { " within <p/>" });
        }),
        Op::Near { parts, distance, is_ordered } => match (parts.as_slice(), distance) {
            ([left, right], Some(distance)) => bracketed(place > Place::Near, text, |text| {
                write(left, Place::Near, text);
                text.push_str(if *is_ordered { " BEFORE/" } else { " NEAR/" });
                text.push_str(&distance.to_string());
                text.push(' ');
                write(right, Place::Item, text);
            }),
            (parts, Some(distance)) => write_window(parts, *distance, text),
            // Stands in `within` only, which prints its parts itself.
            (parts, None) => bracketed(true, text, |text| write_all(parts, text)),
        },
    }
}

fn bracketed(needs_brackets: bool, text: &mut String, write: impl FnOnce(&mut String)) {
    if needs_brackets {
        text.push('(');
    }
    write(text);
    if needs_brackets {
        text.push(')');
    }
}

fn write_all(parts: &[Node], text: &mut String) {
    for (number, part) in parts.iter().enumerate() {
        // Sequences side by side would run together.
        let runs_on =
            number > 0 && has_sequence(&parts[number - 1..=number]) && parts[number - 1..=number].iter().all(may_join);
        text.push_str(if number == 0 {
            ""
        } else if runs_on {
            " AND "
        } else {
            " "
        });
        write(part, if number == 0 { Place::First } else { Place::All }, text);
    }
}

fn has_sequence(parts: &[Node]) -> bool {
    parts.iter().any(|part| match &part.op {
        Op::Sequence(_) => true,
        Op::Near { parts, .. } | Op::And(parts) | Op::Or(parts) => has_sequence(parts),
        Op::Within { part, .. } | Op::Not(part) | Op::Title(part) => has_sequence(std::slice::from_ref(part)),
        Op::Said { part, .. } => part.as_deref().is_some_and(|part| has_sequence(std::slice::from_ref(part))),
        Op::Word(_) | Op::Phrase { .. } | Op::Field(_) | Op::Named { .. } => false,
    })
}

/// Whether a part begins or ends with what a sequence could go on with.
fn may_join(node: &Node) -> bool {
    match &node.op {
        Op::Sequence(_) => true,
        Op::Word(word) => is_operator(word),
        Op::Phrase { is_hyphenated, .. } => !is_hyphenated,
        Op::Near { parts, .. } => parts.iter().any(may_join),
        Op::And(_) | Op::Or(_) | Op::Within { .. } => true,
        Op::Title(part) | Op::Not(part) => may_join(part),
        Op::Field(_) | Op::Named { .. } | Op::Said { .. } => false,
    }
}

/// Words near each other, three or more: in quotation marks.
fn write_window(parts: &[Node], distance: u32, text: &mut String) {
    fn words(node: &Node) -> (&[Word], bool) {
        match &node.op {
            Op::Word(word) => (std::slice::from_ref(word), false),
            Op::Phrase { words, is_hyphenated } => (words, *is_hyphenated),
            Op::Title(part) => words(part),
            _ => (&[], false),
        }
    }
    if parts.iter().any(|part| matches!(part.op, Op::Title(_))) {
        text.push_str("title:");
    }
    if parts.iter().any(|part| words(part).0.iter().any(|word| word.is_exact)) {
        text.push('=');
    }
    text.push('"');
    for (number, part) in parts.iter().enumerate() {
        text.push_str(if number > 0 { " " } else { "" });
        let (words, is_hyphenated) = words(part);
        // Within one part the tokenizer must cut where white space would begin another part.
        write_words(words, if is_hyphenated { "-" } else { ":" }, text);
    }
    text.push_str("\"~");
    text.push_str(&distance.to_string());
}

fn write_phrase(words: &[Word], is_quoted: bool, text: &mut String) {
    if words.iter().any(|word| word.is_exact) {
        text.push('=');
    }
    if is_quoted {
        text.push('"');
    }
    write_words(words, if is_quoted { " " } else { "-" }, text);
    if is_quoted {
        text.push('"');
    }
}

fn write_words(words: &[Word], separator: &str, text: &mut String) {
    for (number, word) in words.iter().enumerate() {
        let overlap = number.checked_sub(1).and_then(|before| overlap(words.get(before)?, word));
        match overlap {
            Some(rest) => text.push_str(rest),
            None => {
                text.push_str(if number > 0 { separator } else { "" });
                write_word(word, text);
            }
        }
    }
}

/// What a bigram adds to the bigram before it.
fn overlap<'w>(before: &Word, word: &'w Word) -> Option<&'w str> {
    let first = word.text.chars().next().filter(|c| crate::text::tokens::is_spaceless(*c) && before.width == 1)?;
    let is_bigram = before.text.chars().count() == 2 && before.text.ends_with(first);
    is_bigram.then(|| &word.text[first.len_utf8()..])
}

fn write_word(word: &Word, text: &mut String) {
    match word.kind {
        WordKind::Plain | WordKind::Wildcard | WordKind::Any => text.push_str(&word.text),
        WordKind::Prefix => {
            text.push_str(&word.text);
            text.push('*');
        }
        WordKind::Regex => {
            text.push('/');
            text.push_str(&word.text);
            text.push('/');
        }
        WordKind::Fuzzy(edits) => {
            text.push_str(&word.text);
            text.push('~');
            text.push_str(&edits.to_string());
        }
    }
}

/// Whether a word would be read as an operator.
fn is_operator(word: &Word) -> bool {
    word.kind == WordKind::Plain && matches!(word.text.as_str(), "OR" | "AND" | "NOT" | "NEAR" | "BEFORE")
}

fn write_value(name: &str, value: &str, text: &mut String) {
    text.push_str(name);
    text.push(':');
    let needs_quotes = value.is_empty()
        || value.contains(|c: char| c.is_whitespace() || is_among("()[]|\"“”„«»", c))
        || value.starts_with(['=', ':'])
        || value.starts_with("//");
    if needs_quotes { quote(value, text) } else { text.push_str(value) }
}

fn quote(value: &str, text: &mut String) {
    let (open, close) = if value.contains(['"', '“', '”']) { ('«', '»') } else { ('"', '"') };
    text.push(open);
    text.push_str(value);
    text.push(close);
}

fn write_sequence(sequence: &Regular<TokenTest>, text: &mut String) {
    match sequence {
        Regular::Symbol(TokenTest::Word(word)) => {
            write_phrase(std::slice::from_ref(word), true, text);
        }
        Regular::Symbol(test) => {
            text.push('[');
            if *test != TokenTest::Any {
                write_test(test, false, text);
            }
            text.push(']');
        }
        Regular::Concat(parts) => {
            for (number, part) in parts.iter().enumerate() {
                text.push_str(if number > 0 { " " } else { "" });
                bracketed(matches!(part, Regular::Concat(_)), text, |text| write_sequence(part, text));
            }
        }
        Regular::Either(parts) => bracketed(true, text, |text| {
            for (number, part) in parts.iter().enumerate() {
                text.push_str(if number > 0 { " | " } else { "" });
                write_sequence(part, text);
            }
        }),
        Regular::Repeat { part, min, max } => {
            bracketed(matches!(**part, Regular::Concat(_)), text, |text| write_sequence(part, text));
            text.push_str(&match (min, max) {
                (0, None) => "*".to_owned(),
                (1, None) => "+".to_owned(),
                (0, Some(1)) => "?".to_owned(),
                (min, None) => format!("{{{min},}}"),
                (min, Some(max)) if min == max => format!("{{{min}}}"),
                (min, Some(max)) => format!("{{{min},{max}}}"),
            });
        }
    }
}

fn write_test(test: &TokenTest, is_inner: bool, text: &mut String) {
    let list = |tests: &[TokenTest], joint: &str, text: &mut String| {
        bracketed(is_inner, text, |text| {
            for (number, test) in tests.iter().enumerate() {
                text.push_str(if number > 0 { joint } else { "" });
                write_test(test, true, text);
            }
        });
    };
    match test {
        // Neither stands inside brackets of its own.
        TokenTest::Any => {}
        TokenTest::Word(word) => write_attribute(Attribute::Word, "=", &word.text, text),
        TokenTest::Attribute { attribute, value } => write_attribute(*attribute, "=", value, text),
        TokenTest::Not(inner) => match &**inner {
            TokenTest::Attribute { attribute, value } => write_attribute(*attribute, "!=", value, text),
            _ => {
                text.push_str("!(");
                write_test(inner, false, text);
                text.push(')');
            }
        },
        TokenTest::All(tests) => list(tests, " & ", text),
        TokenTest::Either(tests) => list(tests, " | ", text),
    }
}

fn write_attribute(attribute: Attribute, sign: &str, value: &str, text: &mut String) {
    text.push_str(match attribute {
        Attribute::Word => "word",
        Attribute::Stem => "stem",
        Attribute::Form => "form",
    });
    text.push_str(sign);
    quote(value, text);
}
