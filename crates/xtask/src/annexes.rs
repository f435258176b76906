//! Annexes: what the page's wasm is cut into besides its main part, each loaded when it is first needed.
//!
//! The code says where to cut (`web/src/annex.rs`); `wasm_split` moves whatever only such a place reaches, code and
//! data, into a wasm of its own that shares the memory of the main one. It also writes a script that loads them, as a
//! file beside the glue that imports the glue in turn. Here that script becomes part of the glue: one file less to
//! load, and no circle of names made from contents.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use sheaf_cli::page::SiteFile;
use wasm_split_cli_support::{Options, transform};

/// What the main part imports its loaders from.
const SCRIPT: &str = "./annexes.js";

/// How the script of `wasm_split` fetches an annex …
const FETCHED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// … and how the page does: some hosts do not know the type of wasm, and a missing file has none.
const LOADED: &str = "loadAnnex(src, imports)";
const LOADER: &str = r#"async function loadAnnex(src, imports) {
    const response = await src;
    if (!response.ok) {
        throw new Error(`${response.url}: HTTP status ${response.status}`);
    }
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
"#;

/// A wasm cut into its parts.
pub(crate) struct Cut {
    /// The part that is loaded at once, not yet bound.
    pub main: Vec<u8>,
    /// The others: name and wasm.
    pub annexes: Vec<(String, Vec<u8>)>,
    /// The script that loads them.
    script: String,
}

/// Cuts a wasm that was linked with its relocations. Works in a folder of its own below `target`.
///
/// # Errors
/// The wasm cannot be cut, or the folder not be written.
pub(crate) fn cut(wasm: &[u8], target: &Path) -> Result<Cut> {
    let folder = target.join("page-annexes");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    let main_path = folder.join("main.wasm");
    let mut options = Options::new(wasm);
    options.output_dir = &folder;
    options.main_out_path = &main_path;
    options.link_name = SCRIPT;
    let outcome = transform(options).map_err(|error| anyhow!("the wasm cannot be cut: {error:#}"))?;
    let read = |path: &Path| fs::read(path).with_context(|| format!("{} cannot be read", path.display()));
    let mut annexes = Vec::new();
    for path in outcome.split_modules {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        annexes.push((name, read(&path)?));
    }
    annexes.sort();
    let script = String::from_utf8(read(&folder.join(SCRIPT))?).context("the script of the annexes is not UTF-8")?;
    Ok(Cut { main: read(&main_path)?, annexes, script })
}

/// The glue with the script in place of its import, and in it the names under which the annexes are published.
///
/// # Errors
/// Glue or script are not what the pinned tools write.
pub(crate) fn joined(glue: &str, cut: &Cut, published: &[(&str, &SiteFile)]) -> Result<String> {
    let mut script = LOADER.to_owned();
    let mut loaders = Vec::new();
    for line in cut.script.lines().filter(|line| !line.starts_with("import ")) {
        let line = line.strip_prefix("export ").inspect(|rest| loaders.extend(rest.split(' ').nth(1))).unwrap_or(line);
        script.push_str(&line.replace(FETCHED, LOADED));
        script.push('\n');
    }
    // One import for each loader, all of them of the same script.
    let imports: Vec<(&str, &str)> = glue.lines().filter_map(|line| Some((line, alias_of(line)?))).collect();
    if imports.len() != loaders.len() {
        bail!("the glue imports {} loaders of annexes, the script has {}", imports.len(), loaders.len());
    }
    for (_, alias) in &imports {
        script.push_str(&format!("const {alias} = {{ {} }};\n", loaders.join(", ")));
    }
    for (name, file) in published {
        let (from, to) = (format!("\"./{name}.wasm\""), format!("\"./{}\"", file.name));
        if !script.contains(&from) {
            bail!("the script does not load the annex {name}");
        }
        script = script.replace(&from, &to);
    }
    let without = imports.iter().fold(glue.to_owned(), |glue, (import, _)| glue.replacen(import, "", 1));
    Ok(without + "\n" + &script)
}

/// The name that a line of the glue gives to the script of the annexes, where it imports it.
fn alias_of(line: &str) -> Option<&str> {
    let (alias, from) = line.strip_prefix("import * as ")?.split_once(" from ")?;
    from.contains(SCRIPT).then_some(alias)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./annexes.js\"\nimport * as import2 from \"./annexes.js\"\nlet a;\n";
    const SCRIPT: &str = "import { initSync } from \"./main.js\";\n\
        export const load_b = wrap(() => fetch(\"./split_b.wasm\"));\n\
        const chunk = fetch(\"./chunk_1.wasm\");\n\
        export const load_c = wrap(async () => WebAssembly.instantiateStreaming(src, imports));\n";

    fn check(glue: &str, names: &[&str]) -> Result<String> {
        let cut = Cut { main: Vec::new(), annexes: Vec::new(), script: SCRIPT.to_owned() };
        let files: Vec<SiteFile> = names.iter().map(|name| SiteFile::hashed(name, "wasm", vec![1])).collect();
        let published: Vec<(&str, &SiteFile)> = names.iter().copied().zip(&files).collect();
        joined(glue, &cut, &published)
    }

    #[test]
    fn the_script_becomes_part_of_the_glue_and_names_the_published_files() {
        let glue = check(GLUE, &["split_b", "chunk_1"]).unwrap();
        let expected = [
            "let a;",
            "const load_b = wrap(() => fetch(\"./split_b-48fc721fbbc172e0.wasm\"));",
            "const chunk = fetch(\"./chunk_1-48fc721fbbc172e0.wasm\");",
            "const load_c = wrap(async () => loadAnnex(src, imports));",
            "const import1 = { load_b, load_c };",
            "const import2 = { load_b, load_c };",
        ];
        for line in expected {
            assert!(glue.lines().any(|other| other == line), "{line} in:\n{glue}");
        }
        assert!(!glue.contains("annexes.js") && !glue.contains("main.js"), "{glue}");
    }

    #[test]
    fn glue_and_script_that_do_not_fit_are_refused() {
        assert!(check("let a;\n", &["split_b"]).is_err());
        assert!(check(GLUE, &["split_d"]).is_err());
    }
}
