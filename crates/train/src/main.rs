//! Writes the model of names: `cargo run -p sheaf-train -- --data FOLDER --out crates/core/src/extract/names/model.bin`.
//!
//! Learns from the documents with even places of wikigold, re3d and WNUT17, from all documents of those sections of GUM
//! whose texts have open licences (Wikinews, Wikipedia, Wikivoyage, public speeches), and from invented news. Takes a
//! minute; the same sets give the same bytes. CoNLL-2003 is measured on and never learnt from.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use sheaf_core::base::Span;
use sheaf_core::extract::names::model::Model;
use sheaf_core::extract::names::{names, names_by};
use sheaf_core::extract::{Kind, Reading};
use sheaf_train::gold::{Document, Marking, read};
use sheaf_train::invented::invented;
use sheaf_train::learn::{Chain, Settings, chains, learn, write};
use sheaf_train::measure::{bare, is_left_out, line, matched, measure};

/// Learns the model of names.
#[derive(Parser)]
struct Args {
    /// Folder with the gold sets
    #[arg(long)]
    data: PathBuf,
    /// Where to write the model
    #[arg(long)]
    out: PathBuf,
    /// Measures the model that is there instead of learning one
    #[arg(long)]
    measure: bool,
    /// Measures the speed on this set of any texts (gzipped JSON Lines)
    #[arg(long)]
    speed: Option<PathBuf>,
    /// Prints the names of a text from a file
    #[arg(long)]
    show: Option<PathBuf>,
    /// Prints the errors on the even half of a set
    #[arg(long)]
    errors: Option<String>,
    /// Weights below this are dropped
    #[arg(long, default_value_t = 0.09)]
    floor: f32,
    /// Learns from every fourth document only, and measures on the other half of the even ones: what settings are chosen by
    #[arg(long)]
    quarter: bool,
    /// How often each invented document is made
    #[arg(long, default_value_t = 24)]
    copies: usize,
    /// What a line of WNUT17 weighs against one of wikigold
    #[arg(long, default_value_t = 0.5)]
    wnut: f32,
    /// What a line of GUM weighs against one of wikigold
    #[arg(long, default_value_t = 0.5)]
    gum: f32,
    /// What a line of them weighs against one of a set
    #[arg(long, default_value_t = 0.3)]
    weight: f32,
    /// What weights are rounded to multiples of
    #[arg(long, default_value_t = 0.1)]
    step: f32,
    /// Passes over the sets
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How strongly weights are drawn towards zero
    #[arg(long, default_value_t = 0.001)]
    decay: f32,
    /// Share of features left out at each look
    #[arg(long, default_value_t = 0.3)]
    dropout: f32,
    /// Length of the first steps
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// Features that occur less often are left out
    #[arg(long, default_value_t = 2)]
    least: u32,
}

/// Sections of GUM with open licences.
const SECTIONS: &[&str] = &["news", "interview", "bio", "voyage", "speech"];

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), String> {
    let folder = args.data.join("entities");
    if let Some(set) = &args.errors {
        return errors(&folder, set, &Model::read(&std::fs::read(&args.out).map_err(|error| error.to_string())?));
    }
    if let Some(path) = &args.speed {
        return speed(path);
    }
    if let Some(path) = &args.show {
        return show(path);
    }
    if args.measure {
        return report(&folder, &Model::read(&std::fs::read(&args.out).map_err(|error| error.to_string())?), false);
    }
    let mut all: Vec<Chain> = Vec::new();
    for (file, marking, weight) in [
        ("wikigold", Marking::Names, 1.0),
        ("re3d", Marking::Phrases, 1.0),
        ("wnut17-train", Marking::Names, args.wnut),
        ("gum-train", Marking::Nested, args.gum),
    ] {
        let documents = read(&folder.join(format!("{file}.jsonl.gz")), marking)?;
        // Of GUM, which is not measured where it was learnt from, all documents of its open sections.
        let step = if args.quarter {
            4
        } else if marking == Marking::Nested {
            1
        } else {
            2
        };
        let chosen = documents.iter().step_by(step).filter(|document| marking != Marking::Nested || is_open(document));
        all.extend(chosen.flat_map(|document| chains(document, weight)));
        println!("{file}: {} chains so far", all.len());
    }
    all.extend(invented(args.copies).iter().flat_map(|document| chains(document, args.weight)));
    println!("invented: {} chains so far", all.len());
    let settings = Settings {
        rounds: args.rounds,
        dropout: args.dropout,
        rate: args.rate,
        decay: args.decay,
        least: args.least,
        floor: args.floor,
    };
    let bytes = write(&learn(&all, &settings), args.step);
    std::fs::write(&args.out, &bytes).map_err(|error| error.to_string())?;
    println!("{} bytes", bytes.len());
    report(&folder, &Model::read(&bytes), args.quarter)
}

/// Prints the figures of a model on both halves of all sets.
fn report(folder: &Path, model: &Model, is_quarter: bool) -> Result<(), String> {
    let mut certain = [(0, 0); 11];
    for (file, marking) in [
        ("conll2003-train", Marking::Names),
        ("wikigold", Marking::Names),
        ("re3d", Marking::Phrases),
        ("wnut17-train", Marking::Names),
        ("gum-train", Marking::Nested),
    ] {
        let documents = read(&folder.join(format!("{file}.jsonl.gz")), marking)?;
        let parts = if is_quarter { [(2, 4, "2/4"), (2, 4, "")] } else { [(0, 2, "even"), (1, 2, "odd")] };
        for (skip, step, label) in parts.into_iter().filter(|(_, _, label)| !label.is_empty()) {
            let figures = measure(documents.iter().skip(skip).step_by(step), |reading| names_by(reading, model));
            println!("{file:<16} {label:<4} {}", line(&figures));
            let is_news =
                matches!(file, "conll2003-train" | "wikigold" | "re3d") && (is_quarter || file == "conll2003-train");
            for (n, found, right) in figures.certain.iter().filter(|_| is_news && label != "odd") {
                let step = &mut certain[usize::from(*n) / 10];
                *step = (step.0 + found, step.1 + right);
            }
        }
    }
    for (n, (found, right)) in certain.into_iter().enumerate() {
        println!("chance {:>3}: {right} of {found}, {:.0} %", n * 10, 100.0 * right as f64 / found.max(1) as f64);
    }
    Ok(())
}

fn is_open(document: &Document) -> bool {
    SECTIONS.contains(&document.section.as_str())
}

/// Prints what is wrong on the even half of a set: found and not gold, gold and not found, of another kind.
fn errors(folder: &Path, set: &str, model: &Model) -> Result<(), String> {
    let marking = match set {
        "re3d" => Marking::Phrases,
        "gum-train" => Marking::Nested,
        _ => Marking::Names,
    };
    let documents = read(&folder.join(format!("{set}.jsonl.gz")), marking)?;
    for document in documents.iter().skip(2).step_by(4) {
        let reading = Reading::new(&document.text, "en");
        let found = names_by(&reading, model);
        let text = &document.text;
        let gold: Vec<(Span, Kind)> = document.names.iter().map(|(span, kind)| (bare(text, *span), *kind)).collect();
        let show = |span: Span| {
            let from =
                (0..=span.start.saturating_sub(40)).rev().find(|at| text.is_char_boundary(*at as usize)).unwrap_or(0);
            let to = (span.end + 40..)
                .find(|at| *at as usize >= text.len() || text.is_char_boundary(*at as usize))
                .unwrap_or(0);
            let to = (to as usize).min(text.len()) as u32;
            let parts = [Span::new(from, span.start), span, Span::new(span.end, to)]
                .map(|part| part.of(text).replace('\n', "|"));
            format!("{}[[{}]]{}", parts[0], parts[1], parts[2])
        };
        let mut lines = Vec::new();
        for (mention, kind) in matched(document, &found, &gold) {
            match kind {
                None if !is_left_out(document, mention) => {
                    lines.push((mention.span, format!("+ {:?} {}", mention.kind, mention.certainty)))
                }
                Some(kind) if kind != mention.kind => {
                    lines.push((mention.span, format!("~ {:?} is {kind:?} {}", mention.kind, mention.certainty)));
                }
                _ => {}
            }
        }
        for (span, kind) in &gold {
            let is_found = found.iter().any(|mention| {
                let role = mention
                    .role
                    .filter(|role| role.end <= mention.span.start)
                    .map(|role| Span::new(role.start, mention.span.end));
                bare(text, mention.span) == *span || role.is_some_and(|role| bare(text, role) == *span)
            });
            if !is_found {
                lines.push((*span, format!("- {kind:?}")));
            }
        }
        lines.sort_by_key(|(span, _)| span.start);
        lines.into_iter().for_each(|(span, what)| println!("{what}\t{}", show(span)));
    }
    Ok(())
}

/// Prints how many bytes a second are read for names, with the committed model, words and sentences being cut before.
fn speed(path: &Path) -> Result<(), String> {
    let documents = read(path, Marking::Names)?;
    let readings: Vec<Reading> =
        documents.iter().take(4000).map(|document| Reading::new(&document.text, "en")).collect();
    let bytes: usize = readings.iter().map(|reading| reading.text.len()).sum();
    for _ in 0..3 {
        let start = Instant::now();
        let found: usize = readings.iter().map(|reading| names(reading).len()).sum();
        println!("{found} names, {:.1} MB/s", bytes as f64 / 1e6 / start.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Prints what is found in a text: name, kind, certainty, role, reason.
fn show(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    for mention in names(&Reading::new(&text, "en")) {
        let role = mention.role.map_or("", |role| role.of(&text));
        println!("{}\t{:?} {}\t{role}\t{}", mention.span.of(&text), mention.kind, mention.certainty, mention.reason);
    }
    Ok(())
}
