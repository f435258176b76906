//! The floors of the core: a module uses only floors below its own, and the page never sees the index.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up. A module may use what stands on its own floor or below.
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["document"],
    &["import", "text"],
    &["index"],
    &["query"],
    &["measure", "extract"],
    &["views"],
    &["workspace"],
];

/// Modules that are on one floor but do not use each other.
const STRANGERS: &[(&str, &str)] = &[("text", "import"), ("measure", "extract"), ("extract", "measure")];

/// What the page may use of the core.
const PAGE_MAY_USE: &[&str] = &["workspace", "views", "query", "document", "base"];

/// What the page may use of the query module: its language, never its evaluation.
const PAGE_MAY_USE_OF_QUERY: &[&str] = &["Filter", "parse", "filter", "grammar", "QueryProblem"];

#[test]
fn no_module_of_the_core_uses_a_floor_above_its_own() {
    let source = root().join("crates/core/src");
    let mut climbs = Vec::new();
    for file in rust_files(&source) {
        let module = module_of(&source, &file);
        for used in uses(&file, "crate::") {
            if climbs_to(&module, &used) {
                climbs.push(format!("{}: {module} uses {used}", file.display()));
            }
        }
    }
    assert!(climbs.is_empty(), "move the shared thing down:\n{}", climbs.join("\n"));
}

#[test]
fn a_climbing_import_would_be_noticed() {
    assert!(climbs_to("text", "index"));
    assert!(climbs_to("query", "views"));
    assert!(climbs_to("text", "import"));
    assert!(climbs_to("base", "nowhere"));
    assert!(!climbs_to("views", "query"));
    assert!(!climbs_to("index", "text"));
}

#[test]
fn every_module_of_the_core_has_a_floor() {
    let floors: BTreeMap<&str, usize> = floors();
    let library = fs::read_to_string(root().join("crates/core/src/lib.rs")).unwrap();
    let modules = library.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    let without: Vec<&str> = modules.filter(|module| !floors.contains_key(module)).collect();
    assert!(without.is_empty(), "no floor for {without:?}");
}

#[test]
fn the_core_never_uses_the_page_or_the_browser() {
    let manifest = fs::read_to_string(root().join("crates/core/Cargo.toml")).unwrap();
    for dependency in ["sheaf-web", "yew", "web-sys", "js-sys", "wasm-bindgen"] {
        assert!(!manifest.contains(dependency), "core depends on {dependency}");
    }
}

#[test]
fn the_page_never_touches_the_index() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("crates/web/src")) {
        for used in uses(&file, "sheaf_core::") {
            if !PAGE_MAY_USE.contains(&used.as_str()) {
                found.push(format!("{} uses sheaf_core::{used}", file.display()));
            }
        }
        for used in uses(&file, "sheaf_core::query::") {
            if !PAGE_MAY_USE_OF_QUERY.contains(&used.as_str()) {
                found.push(format!("{} uses sheaf_core::query::{used}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn climbs_to(module: &str, used: &str) -> bool {
    let floors = floors();
    match (floors.get(module), floors.get(used)) {
        (Some(own), Some(other)) => other > own || STRANGERS.contains(&(module, used)),
        _ => true,
    }
}

fn floors() -> BTreeMap<&'static str, usize> {
    FLOORS.iter().enumerate().flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor))).collect()
}

/// The module at the top of a file's path: `query/parse.rs` → `query`.
fn module_of(source: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(source).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The first names after `prefix` in the code of a file, those of `prefix{a, b}` one by one.
fn uses(file: &Path, prefix: &str) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        // `sheaf_crate::x` is not `crate::x`.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(group(list)),
            None => found.push(name(rest)),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The first names of a list in braces, nested braces skipped.
fn group(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            c if depth == 0 => names.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    names.iter().map(|entry| name(entry.trim())).collect()
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}
