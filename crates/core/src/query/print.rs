//! A query tree as text: the shortest form that `parse` reads back to the same tree.

use super::ast::{Node, Op, Word};

/// Prints a tree.
pub fn print(node: &Node) -> String {
    let mut text = String::new();
    write(node, Context::Either, &mut text);
    text
}

/// What the printed part stands in, from loose to tight.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Context {
    Either,
    All,
    Item,
}

fn write(node: &Node, context: Context, text: &mut String) {
    match &node.op {
        Op::Word(word) if matches!(word.text.as_str(), "OR" | "AND" | "NOT") => {
            text.push('"');
            write_word(word, text);
            text.push('"');
        }
        Op::Word(word) => write_word(word, text),
        Op::Phrase { words, is_hyphenated: true } => list(words, "-", text),
        Op::Phrase { words, is_hyphenated: false } => {
            text.push('"');
            list(words, " ", text);
            text.push('"');
        }
        Op::And(parts) => group(parts, " ", Context::All, context, text),
        Op::Or(parts) => group(parts, " OR ", Context::Either, context, text),
        Op::Not(inner) => {
            text.push('-');
            write(inner, Context::Item, text);
        }
    }
}

fn group(parts: &[Node], separator: &str, own: Context, context: Context, text: &mut String) {
    let needs_brackets = context > own;
    if needs_brackets {
        text.push('(');
    }
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push_str(separator);
        }
        let inner = if own == Context::All { Context::Item } else { Context::All };
        write(part, inner, text);
    }
    if needs_brackets {
        text.push(')');
    }
}

fn list(words: &[Word], separator: &str, text: &mut String) {
    for (i, word) in words.iter().enumerate() {
        let overlap = i.checked_sub(1).and_then(|before| overlap(words.get(before)?, word));
        match overlap {
            Some(rest) => text.push_str(rest),
            None => {
                if i > 0 {
                    text.push_str(separator);
                }
                write_word(word, text);
            }
        }
    }
}

/// What a bigram adds to the bigram before it.
fn overlap<'w>(before: &Word, word: &'w Word) -> Option<&'w str> {
    let first = word.text.chars().next().filter(|_| before.width == 2 && word.width == 2)?;
    before.text.ends_with(first).then(|| &word.text[first.len_utf8()..])
}

fn write_word(word: &Word, text: &mut String) {
    text.push_str(&word.text);
    if word.is_prefix {
        text.push('*');
    }
}
