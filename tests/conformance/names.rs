//! Names: spans and kinds against five gold sets; the scorer is written down in `sheaf_train::measure`, and what of a set
//! counts as a name in `sheaf_train::gold`.
//!
//! The model was learnt from the even halves of wikigold, re3d and WNUT17 and from all of five sections of GUM: those
//! figures are printed to show how much it knows by heart, and say nothing else; of GUM count the sections that it never
//! saw. CoNLL-2003 was only measured on; its even half was looked at while rules were made. Of the others the odd halves
//! count.
//!
//! Span F1 is that of people, organisations and places, whatever kind was given to each; typed F1 asks for the kind as
//! well. Others (CoNLL's MISC) are in the columns *all* and *other*.

use std::path::Path;
use std::time::Instant;

use sheaf_core::extract::Reading;
use sheaf_core::extract::names::names;
use sheaf_train::gold::{Document, Marking, read};
use sheaf_train::measure::{Figures, measure};

use super::Verdict;

/// A set, how it marks names, and what must be reached on its odd half: span F1 and typed F1, and the goals of both.
struct Set {
    file: &'static str,
    marking: Marking,
    musts: Option<[f64; 2]>,
    goals: [f64; 2],
}

const SETS: &[Set] = &[
    Set { file: "conll2003-train", marking: Marking::Names, musts: Some([0.78, 0.65]), goals: [0.88, 0.80] },
    Set { file: "wikigold", marking: Marking::Names, musts: Some([0.78, 0.0]), goals: [0.88, 0.0] },
    Set { file: "re3d", marking: Marking::Phrases, musts: Some([0.78, 0.0]), goals: [0.88, 0.0] },
    Set { file: "wnut17-train", marking: Marking::Names, musts: None, goals: [0.0, 0.0] },
    Set { file: "gum-train", marking: Marking::Nested, musts: None, goals: [0.0, 0.0] },
];

/// Sections of GUM that the model was learnt from.
const SEEN: &[&str] = &["news", "interview", "bio", "voyage", "speech"];

/// Measures all sets in `folder`.
pub(crate) fn measure_names(folder: &Path) -> Result<Verdict, String> {
    if !folder.is_dir() {
        return Ok(Verdict::Skipped);
    }
    println!(
        "\nNames                        span: P     R     F1    all: F1  typed: P     R     F1    person org   place other"
    );
    let mut is_missed = false;
    let mut bytes = 0;
    let mut seconds = 0.0;
    for set in SETS {
        let path = folder.join(format!("{}.jsonl.gz", set.file));
        if !path.is_file() {
            println!("  {:<16} skipped: not there", set.file);
            continue;
        }
        let documents = read(&path, set.marking)?;
        show(set.file, "even", &half(&documents, 0));
        let odd = half(&documents, 1);
        let is_short = set.musts.is_some_and(|[span, typed]| odd.three.f1() < span || odd.typed.f1() < typed);
        is_missed |= is_short;
        show(set.file, "odd", &odd);
        if let Some([span, typed]) = set.musts {
            let [span_goal, typed_goal] = set.goals;
            let verdict = if is_short { "MISSED" } else { "reached" };
            println!(
                "    must: span {span:.2}, typed {typed:.2}: {verdict}; goal: span {span_goal:.2}, typed {typed_goal:.2}"
            );
        }
        if set.marking == Marking::Nested {
            let unseen = documents.iter().filter(|document| !SEEN.contains(&document.section.as_str()));
            show(set.file, "new sections", &measure(unseen, names));
        }
        show_certainty(&odd);
        bytes += documents.iter().map(|document| document.text.len()).sum::<usize>();
        seconds += time(&documents);
    }
    println!("  speed: {:.1} MB/s with the cutting of words and sentences not counted", bytes as f64 / 1e6 / seconds);
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

fn half(documents: &[Document], parity: usize) -> Figures {
    measure(documents.iter().skip(parity).step_by(2), names)
}

fn show(set: &str, part: &str, figures: &Figures) {
    let three = figures.three;
    let typed = figures.typed;
    let kinds: Vec<String> = figures.kinds.iter().map(|counts| format!("{:.3}", counts.f1())).collect();
    println!(
        "  {set:<16} {part:<12} {:.3} {:.3} {:.3}      {:.3}     {:.3} {:.3} {:.3}     {}",
        three.precision(),
        three.recall(),
        three.f1(),
        figures.all.f1(),
        typed.precision(),
        typed.recall(),
        typed.f1(),
        kinds.join(" ")
    );
}

/// What was said of certainty beside what came true, in steps of ten.
fn show_certainty(figures: &Figures) {
    let mut steps = Vec::new();
    for low in (0..100).step_by(10) {
        let inside = figures.certain.iter().filter(|(n, ..)| (low..low + 10).contains(n) || low == 90 && *n == 100);
        let (found, right) = inside.fold((0, 0), |sums, (_, found, right)| (sums.0 + found, sums.1 + right));
        if found > 20 {
            steps.push(format!("{low}+: {:.0} of {found}", 100.0 * right as f64 / found as f64));
        }
    }
    println!("    certainty → right in span and kind, %: {}", steps.join(", "));
}

fn time(documents: &[Document]) -> f64 {
    let readings: Vec<Reading> = documents.iter().map(|document| Reading::new(&document.text, "en")).collect();
    let start = Instant::now();
    let found: usize = readings.iter().map(|reading| names(reading).len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    // The sum is used, so that nothing is optimised away.
    if found == 0 { f64::INFINITY } else { seconds }
}
