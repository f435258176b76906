//! A query in plain words.

use super::echo::EchoRun;
use crate::base::Span;
use crate::index::named::NameKind;
use crate::query::ast::{Field, Unit};
use crate::query::print::print;
use crate::query::{Node, Op, Word, WordKind};

/// The query in words. `is_inner` puts a list of several parts into brackets.
pub fn describe(node: &Node, is_inner: bool, runs: &mut Vec<EchoRun>) {
    match &node.op {
        Op::Word(word) => describe_word(word, runs),
        Op::Phrase { is_hyphenated: true, .. } => runs.push(EchoRun::Term(open(&print(node)))),
        Op::Phrase { words, .. } => describe_phrase(node, words, runs),
        Op::Near { parts, distance, is_ordered } => near(parts, *distance, *is_ordered, runs),
        Op::Sequence(_) => {
            runs.push(plain("the sequence "));
            runs.push(EchoRun::Term(print(node)));
        }
        Op::Within { part, unit } => {
            describe(part, true, runs);
            runs.push(plain(match unit {
                Unit::Sentence => " in one sentence",
                Unit::Paragraph => " in one paragraph",
            }));
        }
        Op::Title(part) => {
            describe(part, true, runs);
            runs.push(plain(" in the title"));
        }
        Op::Named { kind, name } => {
            runs.push(plain(match kind {
                NameKind::Person => "the person ",
                NameKind::Place => "the place ",
                NameKind::Organisation => "the organisation ",
                NameKind::Other => "the name ",
            }));
            runs.push(EchoRun::Term(open(name)));
        }
        Op::Said { speaker, part } => {
            if let Some(part) = part {
                describe(part, true, runs);
                runs.push(plain(" in "));
            }
            runs.push(plain("what is quoted of "));
            runs.push(EchoRun::Term(open(speaker)));
        }
        Op::Field(field) => describe_field(field, runs),
        Op::Not(inner) => {
            runs.push(plain("not "));
            describe(inner, true, runs);
        }
        Op::And(parts) => list(parts, " and ", is_inner, runs),
        Op::Or(parts) => list(parts, " or ", is_inner, runs),
    }
}

/// The query in words, as text. `is_inner` as in [`describe`].
pub fn description(node: &Node, is_inner: bool) -> String {
    let mut runs = Vec::new();
    describe(node, is_inner, &mut runs);
    runs.iter().map(EchoRun::text).collect()
}

/// Words of ours.
pub fn plain(text: impl Into<String>) -> EchoRun {
    EchoRun::Plain(text.into())
}

/// A part of a query as it is named in a sentence.
pub fn short(op: &Op) -> String {
    open(&print(&Node { op: op.clone(), span: Span::new(0, 0) }))
}

/// A star at the end is shown as what it means.
fn open(text: &str) -> String {
    text.strip_suffix('*').map_or_else(|| text.to_owned(), |stem| format!("{stem}…"))
}

fn list(parts: &[Node], joint: &str, is_inner: bool, runs: &mut Vec<EchoRun>) {
    if is_inner {
        runs.push(plain("("));
    }
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            runs.push(plain(joint));
        }
        describe(part, true, runs);
    }
    if is_inner {
        runs.push(plain(")"));
    }
}

fn describe_word(word: &Word, runs: &mut Vec<EchoRun>) {
    if word.is_exact {
        runs.push(plain("exactly "));
    }
    match word.kind {
        WordKind::Plain | WordKind::Any => runs.push(EchoRun::Term(word.text.clone())),
        WordKind::Prefix => runs.push(EchoRun::Term(format!("{}…", word.text))),
        WordKind::Wildcard => {
            runs.push(plain("words like "));
            runs.push(EchoRun::Term(word.text.clone()));
        }
        WordKind::Regex => {
            runs.push(plain("words that are "));
            runs.push(EchoRun::Term(format!("/{}/", word.text)));
        }
        WordKind::Fuzzy(edits) => {
            runs.push(EchoRun::Term(word.text.clone()));
            runs.push(plain(if edits == 1 {
                " give or take a letter".to_owned()
            } else {
                format!(" give or take {edits} letters")
            }));
        }
    }
}

fn describe_phrase(node: &Node, words: &[Word], runs: &mut Vec<EchoRun>) {
    runs.push(plain(if words.iter().any(|word| word.is_exact) { "exactly the phrase “" } else { "the phrase “" }));
    let text = print(node);
    runs.push(EchoRun::Term(open(text.trim_start_matches('=').trim_matches('"'))));
    runs.push(plain("”"));
}

fn near(parts: &[Node], distance: Option<u32>, is_ordered: bool, runs: &mut Vec<EchoRun>) {
    let words = |distance: u32| super::words::count(distance.into(), "word", "words");
    match (parts, distance) {
        ([left, right], Some(distance)) => {
            describe(left, true, runs);
            runs.push(plain(if is_ordered {
                format!(" up to {} before ", words(distance))
            } else {
                format!(" within {} of ", words(distance))
            }));
            describe(right, true, runs);
        }
        (parts, distance) => {
            for (place, part) in parts.iter().enumerate() {
                runs.push(plain(match place {
                    0 => "",
                    place if place + 1 == parts.len() => " and ",
                    _ => ", ",
                }));
                describe(part, true, runs);
            }
            if let Some(distance) = distance {
                runs.push(plain(format!(" within {}", words(distance))));
            }
        }
    }
}

fn describe_field(field: &Field, runs: &mut Vec<EchoRun>) {
    let name = match field.name.as_str() {
        "words" => "length",
        name => name,
    };
    if field.value.is_empty() {
        runs.push(plain(format!("no {name}")));
        return;
    }
    runs.push(plain(format!("{name} ")));
    let value = field.value.strip_suffix('*').map_or_else(|| field.value.clone(), |stem| format!("{stem}…"));
    runs.push(EchoRun::Term(if let "date" | "words" = field.name.as_str() { range(&value) } else { value }));
}

/// A range as it is said.
fn range(value: &str) -> String {
    let signs = [(">=", "from "), ("<=", "up to "), (">", "over "), ("<", "under ")];
    if let Some((sign, word)) = signs.iter().find(|(sign, _)| value.starts_with(sign)) {
        return format!("{word}{}", &value[sign.len()..]);
    }
    match crate::base::range::ends(value) {
        Some((from, "")) => format!("from {from}"),
        Some(("", to)) => format!("up to {to}"),
        Some((from, to)) => format!("{from} to {to}"),
        None => value.to_owned(),
    }
}
