//! Words and sentences: how many cases of how many.
//!
//! The Unicode break tests are cases of the standard; our tokens and sentences differ from it where their module says
//! so, and the figures say how often. No must hangs on them.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;
use sheaf_core::text::sentences;
use sheaf_core::text::tokens::tokens;

use super::Verdict;

#[derive(Deserialize)]
struct Case {
    text: String,
    #[serde(default)]
    lang: Option<String>,
    expected: Vec<String>,
}

/// Measures all sets in `folder`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    if !folder.is_dir() {
        return Ok(Verdict::Skipped);
    }
    println!("\nSegmentation                          agree");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| error.to_string())?.flatten() {
        found.push(entry.path());
    }
    found.sort();
    for path in found {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let cases = cases(&path)?;
        if name.starts_with("uax29_word") {
            report("words, Unicode break tests", &cases, words_agree);
        } else if name.starts_with("uax29_sentence") {
            report("sentences, Unicode break tests", &cases, sentences_agree);
        } else if name.starts_with("golden_rules") {
            report("sentences, golden rules", &cases, sentences_agree);
            by_language(&cases);
        }
    }
    Ok(Verdict::Reached)
}

fn report(what: &str, cases: &[Case], agrees: impl Fn(&Case) -> bool) {
    let agree = cases.iter().filter(|case| agrees(case)).count();
    println!("  {what:<34} {agree} of {}", cases.len());
}

fn by_language(cases: &[Case]) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases {
        let count = counts.entry(case.lang.as_deref().unwrap_or("")).or_default();
        count.0 += usize::from(sentences_agree(case));
        count.1 += 1;
    }
    let shown: Vec<String> = counts.iter().map(|(language, (agree, of))| format!("{language} {agree}/{of}")).collect();
    println!("    {}", shown.join(", "));
}

/// The segments of the standard that hold a letter or digit are exactly our tokens.
fn words_agree(case: &Case) -> bool {
    let expected = case.expected.iter().filter(|segment| segment.contains(char::is_alphanumeric));
    let found = tokens(&case.text);
    expected.map(String::as_str).eq(found.iter().map(|token| token.span.of(&case.text)))
}

/// The sentences are the same but for white space.
fn sentences_agree(case: &Case) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = sentences(&case.text, case.lang.as_deref());
    let found: Vec<String> = found.iter().map(|span| squeezed(span.of(&case.text))).collect();
    let expected: Vec<String> =
        case.expected.iter().map(|text| squeezed(text)).filter(|text| !text.is_empty()).collect();
    found == expected
}

fn cases(path: &Path) -> Result<Vec<Case>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).map_err(|error| error.to_string())?;
    let cases = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
    cases.map_err(|error| format!("{}: {error}", path.display()))
}
