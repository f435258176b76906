//! The toolchain for wasm: found on this machine, or installed.
//!
//! Everyone with the internet gets rustup's target. Where Rust's download server cannot be reached, the packages that
//! Debian makes for its browsers do: their rustc knows the target, and the library is built from their sources.
//! `SHEAF_WASM=rustup` or `SHEAF_WASM=debian` forces one of the two ways.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{console, tools, workspace};

/// The target of the page.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// What to do where neither way works.
const ADVICE: &str = "Rust cannot build for WebAssembly here. Run `rustup target add wasm32-unknown-unknown` \
    (rustup is at https://rustup.rs), or on Debian `apt-get install --no-install-recommends rustc-web cargo-web \
    rust-web-src lld`, then try again.";

/// A way to build for wasm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WasmToolchain {
    /// The cargo that runs us: its compiler has the target.
    Rustup,
    /// Debian's compiler; the standard library is built from source.
    Debian {
        /// The linker: `wasm-ld` of the same LLVM where there is one.
        linker: PathBuf,
    },
}

impl WasmToolchain {
    /// Cargo at the root of the repository, ready for its arguments.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = match self {
            WasmToolchain::Rustup => workspace::cargo(),
            WasmToolchain::Debian { linker } => debian_cargo(linker),
        };
        // Flags of the developer's machine (a native CPU, say) would replace those that the page needs.
        command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        command
    }

    /// The arguments of cargo that this way needs.
    pub(crate) fn arguments(&self) -> &'static [&'static str] {
        match self {
            WasmToolchain::Rustup => &[],
            WasmToolchain::Debian { .. } => &["-Zbuild-std=std,panic_abort"],
        }
    }

    /// Its name for people.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            WasmToolchain::Rustup => "rustup's target",
            WasmToolchain::Debian { .. } => "Debian's rustc-web",
        }
    }
}

/// Finds the way to build for wasm, installing what is missing.
///
/// # Errors
/// Neither way works; the message says what to install.
pub(crate) fn wasm_toolchain() -> Result<WasmToolchain> {
    match env::var("SHEAF_WASM").as_deref() {
        Ok("rustup") => rustup().context("SHEAF_WASM=rustup, but rustup's target can be neither found nor added"),
        Ok("debian") => debian().context("SHEAF_WASM=debian, but Debian's packages can be neither found nor installed"),
        Ok(other) => bail!("SHEAF_WASM is “{other}”; it may be rustup or debian, or unset."),
        Err(_) => any(),
    }
}

/// What is there comes first: nothing is downloaded where one of the ways works already.
fn any() -> Result<WasmToolchain> {
    if has_target() {
        return Ok(WasmToolchain::Rustup);
    }
    if let Some(found) = installed_debian() {
        return Ok(found);
    }
    rustup().or_else(|_| debian()).context(ADVICE)
}

fn rustup() -> Result<WasmToolchain> {
    if !has_target() {
        let rustup = tools::find_program(&["rustup"]).context("there is no rustup")?;
        let add = || tools::run(Command::new(rustup).args(["target", "add", TARGET]));
        console::step(&format!("Adding the target {TARGET} (rustup)"), add)?;
    }
    if has_target() { Ok(WasmToolchain::Rustup) } else { bail!("rustc still lacks the target {TARGET}") }
}

fn has_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = tools::output_of(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| Path::new(&folder).is_dir())
}

fn debian() -> Result<WasmToolchain> {
    if let Some(found) = installed_debian() {
        return Ok(found);
    }
    if debian_llvm().is_none() {
        tools::apt_install(&["rustc-web", "cargo-web", "rust-web-src"])?;
    }
    let llvm = debian_llvm().context("Debian's rustc is too old or came without its sources")?;
    if debian_linker(llvm).is_none() {
        tools::apt_install(&[&lld_package(llvm)])?;
    }
    installed_debian().context("the packages are installed, but rustc or wasm-ld is not where they usually are")
}

fn installed_debian() -> Option<WasmToolchain> {
    Some(WasmToolchain::Debian { linker: debian_linker(debian_llvm()?)? })
}

/// The LLVM version of Debian's rustc; nothing where it is missing, too old, or without the library's sources.
fn debian_llvm() -> Option<u32> {
    let about = tools::output_of(Command::new(DEBIAN_RUSTC).arg("-Vv"))?;
    let sysroot = tools::output_of(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))?;
    let has_sources = Path::new(&sysroot).join("lib/rustlib/src/rust/library/std").is_dir();
    let is_new_enough = version_of(&about, "release: ")? >= version_of(env!("CARGO_PKG_RUST_VERSION"), "")?;
    let is_usable = has_sources && is_new_enough && Path::new(DEBIAN_CARGO).is_file();
    if is_usable { version_of(&about, "LLVM version: ").map(|(major, _)| major) } else { None }
}

/// Major and minor version after the label.
fn version_of(text: &str, label: &str) -> Option<(u32, u32)> {
    let version = text.lines().find_map(|line| line.strip_prefix(label))?;
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// `wasm-ld` of the same LLVM, else the newest there is.
fn debian_linker(llvm: u32) -> Option<PathBuf> {
    let newest_first = (15..100).rev().filter(|version| *version != llvm);
    let names = std::iter::once(llvm).chain(newest_first).map(|version| format!("wasm-ld-{version}"));
    names.chain(["wasm-ld".to_owned()]).find_map(|name| tools::find_program(&[&name]))
}

/// The package with `wasm-ld` of the same LLVM, else the newest there is.
fn lld_package(llvm: u32) -> String {
    tools::apt_refresh();
    let matching = format!("lld-{llvm}");
    if tools::apt_knows(&matching) {
        return matching;
    }
    let listed = tools::output_of(Command::new("apt-cache").args(["search", "--names-only", "^lld-[0-9]+$"]));
    let versions = listed.unwrap_or_default();
    let newest = versions.lines().filter_map(|line| line.split([' ', '-']).nth(1)?.parse::<u32>().ok()).max();
    newest.map_or_else(|| "lld".to_owned(), |version| format!("lld-{version}"))
}

fn debian_cargo(linker: &Path) -> Command {
    let mut command = Command::new(DEBIAN_CARGO);
    command
        .current_dir(workspace::root())
        // Without RUSTC cargo asks for rustup's component `rust-src`; building the library is an unstable feature.
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_after_their_label() {
        let about = "rustc 1.96.0 (ac68faa20)\nrelease: 1.96.0\nLLVM version: 22.1.8\n";
        assert_eq!(version_of(about, "release: "), Some((1, 96)));
        assert_eq!(version_of(about, "LLVM version: "), Some((22, 1)));
        assert_eq!(version_of("1.90", ""), Some((1, 90)));
        assert_eq!(version_of("nightly", ""), None);
    }
}
