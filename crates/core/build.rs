//! Writes the table of decompositions that `text::fold_table` reads, from the crate `unicode-normalization`.
//!
//! The crate's own tables are perfect hashes, 61 KB after gzip: most of a page's budget for something that words rarely
//! need. Laid out as below, the same knowledge takes 14 KB. What the parts mean stands in `fold_table.rs`.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, io, path::Path};

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

const CANONICAL: u8 = 0x80;
const COMPOSES: u8 = 0x40;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&folder).join("fold_table_data.rs"), decompositions() + &marks() + &small_letters())
}

fn decompositions() -> String {
    // The page's bits, and the places of its first entry and its first unit.
    let mut pages: BTreeMap<u32, (u64, usize, usize)> = BTreeMap::new();
    let (mut headers, mut high, mut low) = (Vec::new(), Vec::new(), Vec::new());
    for c in '\0'..=char::MAX {
        let Some((flags, decomposed)) = decomposition(c) else { continue };
        let units: Vec<u16> = decomposed.encode_utf16().collect();
        assert!(units.len() < usize::from(COMPOSES), "{c:?}: too long for its header");
        let page = pages.entry(u32::from(c) >> 6).or_insert((0, headers.len(), high.len()));
        page.0 |= 1 << (u32::from(c) & 63);
        headers.push(flags | units.len() as u8);
        high.extend(units.iter().map(|unit| unit.to_be_bytes()[0]));
        low.extend(units.iter().map(|unit| unit.to_be_bytes()[1]));
    }
    let mut source = format!("static PAGES: [Page; {}] = [\n", pages.len());
    for (number, (bits, entry, unit)) in &pages {
        let _ = writeln!(source, "Page {{ number: {number}, bits: {bits}, entry: {entry}, unit: {unit} }},");
    }
    let _ = writeln!(source, "];\nstatic HEADERS: [u8; {}] = {headers:?};", headers.len());
    let _ = writeln!(source, "static HIGH: [u8; {}] = {high:?};", high.len());
    let _ = writeln!(source, "static LOW: [u8; {}] = {low:?};", low.len());
    source
}

/// The full canonical decomposition if there is one, else the full compatibility decomposition. Hangul is arithmetic.
fn decomposition(c: char) -> Option<(u8, String)> {
    let itself = c.to_string();
    let canonical: String = c.nfd().collect();
    if ('가'..='힣').contains(&c) {
        None
    } else if canonical != itself {
        let composes = c.nfc().eq([c]);
        Some((if composes { CANONICAL | COMPOSES } else { CANONICAL }, canonical))
    } else {
        let compatible: String = c.nfkd().collect();
        (compatible != itself).then_some((0, compatible))
    }
}

/// Where the combining class, or whether a character composes with the one before it, changes.
fn marks() -> String {
    let seconds = seconds();
    let mut borders: Vec<u32> = Vec::new();
    let mut last = 0;
    for c in '\0'..=char::MAX {
        let mark = u32::from(canonical_combining_class(c)) | (u32::from(seconds.binary_search(&c).is_ok()) << 8);
        if mark != last {
            borders.push((u32::from(c) << 9) | mark);
            last = mark;
        }
    }
    format!("static MARKS: [u32; {}] = {borders:?};\n", borders.len())
}

/// All characters that compose with one before them.
fn seconds() -> Vec<char> {
    let composed = ('\0'..=char::MAX).filter(|c| c.nfc().eq([*c]));
    let mut seconds: Vec<char> = composed.filter_map(|c| c.nfd().skip(1).last()).collect();
    seconds.sort_unstable();
    seconds.dedup();
    seconds
}

/// Runs of capitals whose small letters lie at one distance: first, last, every so many, distance. The standard
/// library's table is 12 KB; `İ` alone has two small letters and is left to the reader of the table.
fn small_letters() -> String {
    let mut runs: Vec<(u32, u32, u32, i64)> = Vec::new();
    for c in '\u{80}'..=char::MAX {
        let mut small = c.to_lowercase();
        let (Some(letter), None) = (small.next(), small.next()) else { continue };
        let (code, distance) = (u32::from(c), i64::from(u32::from(letter)) - i64::from(u32::from(c)));
        if distance == 0 {
            continue;
        }
        match runs.last_mut() {
            Some((first, last, step, other))
                if *other == distance && code - *last <= 2 && (first == last || code - *last == *step) =>
            {
                *step = code - *last;
                *last = code;
            }
            _ => runs.push((code, code, 1, distance)),
        }
    }
    format!("static SMALL_LETTERS: [(u32, u32, u32, i32); {}] = {runs:?};\n", runs.len())
}
