//! Puts the page into the program, where it was built before: then `sheaf build` needs nothing else.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    let dist = root.join("dist");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.join("page.json").display());
    let mut source = String::from("/// The files of the page that was built when this program was.\nconst EMBEDDED: &[(&str, &[u8])] = &[\n");
    for name in files(&dist).unwrap_or_default() {
        let path = fs::canonicalize(dist.join(&name)).unwrap_or_default();
        let _ = writeln!(source, "    ({name:?}, include_bytes!({path:?})),");
    }
    source.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("embedded.rs"), source).expect("OUT_DIR can be written");
}

/// The names of the files of a page, if there is a whole one.
fn files(dist: &Path) -> Option<Vec<String>> {
    let manifest = fs::read_to_string(dist.join("page.json")).ok()?;
    // The names are hashes with letters, digits, `-` and `.`: no JSON reader is needed for them.
    let list = manifest.rsplit_once("\"files\":[")?.1.split_once(']')?.0;
    let names = list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty());
    let names: Vec<String> = ["page.json".to_owned()].into_iter().chain(names).collect();
    names.iter().all(|name| dist.join(name).is_file()).then_some(names)
}
