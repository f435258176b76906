//! `cargo xtask fuzz`: random inputs, led by the code they reach, until one breaks what must always hold.
//!
//! libFuzzer drives it, from the crate `libfuzzer-sys`: its C++ is compiled only here. The compiler counts the edges
//! between stretches of code for it, on stable Rust and without `cargo-fuzz`: [`COVERAGE`] are the flags which that
//! would pass. Rejected: its address sanitizer, which needs a nightly compiler and looks for what safe code cannot do.
//!
//! All that is written lies below `target/fuzz/TARGET`: `corpus` (inputs that reach something of their own, kept for
//! the next run), `findings`, `log.txt` and copies of seeds and dictionary. Findings are tried before anything new, so
//! a run fails at once until they are none.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;
use clap::builder::PossibleValuesParser;
use sheaf_fuzz::{TARGETS, Target, at_work};

use crate::libfuzzer::{Line, Tally};
use crate::{console, tools, workspace};

/// Longest input, in bytes.
const MAX_BYTES: u32 = 400;
/// An input that takes longer is a finding, in seconds: the corpora are tiny.
const MAX_SECONDS: u32 = 5;
/// One that takes as long as this is noted as a finding, but the run goes on.
const SLOW_SECONDS: u32 = 2;
/// Most memory, in megabytes.
const MAX_MEGABYTES: u32 = 2048;

/// What makes the compiler count edges and comparisons.
const COVERAGE: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
];

const NO_COMPILER: &str = "libFuzzer is C++, and there is no compiler for it here. Install one (Debian and Ubuntu: \
    `apt-get install g++`; macOS: `xcode-select --install`), or name it in CXX, then try again.";

/// What to fuzz, and for how long.
#[derive(Args, Debug)]
pub(crate) struct FuzzArgs {
    /// What to fuzz
    #[arg(default_value = "query", value_parser = PossibleValuesParser::new(TARGETS.iter().map(|target| target.name)))]
    pub target: String,
    /// For how long, in seconds, after compiling
    #[arg(long, value_name = "N", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    pub seconds: u32,
}

/// Fuzzes a target and tells what it came to; the exit code is 1 when something was found.
///
/// # Errors
/// The program cannot be compiled or run.
pub(crate) fn run(args: &FuzzArgs) -> Result<ExitCode> {
    let target = TARGETS.iter().find(|target| target.name == args.target).context("there is no such target")?;
    let build = workspace::target_dir()?.join("fuzz");
    let program = compile(target, &build)?;
    let folders = Folders::prepare(target, &build.join(target.name))?;
    let label = format!("Fuzzing “{}” for {} s", target.name, args.seconds);
    let (mut tally, status) = console::step(&label, || fuzz(&program, &folders, args.seconds))?;
    if tally.findings.is_empty() && status.code().is_none() {
        tally.findings.extend(folders.keep_at_work()?);
        tally.last_words.push(format!("the program was killed ({status})"));
    }
    tell(target, &tally);
    if tally.findings.is_empty() && !status.success() {
        bail!("the fuzzer failed ({status}); what it said is in {}.", folders.log().display());
    }
    Ok(if tally.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compiles the program of a target. It has a target folder of its own, since its flags concern every crate.
fn compile(target: &Target, build: &Path) -> Result<PathBuf> {
    let compiler = cpp_compiler()?;
    let host = host()?;
    let mut cargo = workspace::cargo();
    cargo
        .args(["build", "--locked", "--profile", "fuzz", "--package", "sheaf-fuzz", "--features", "libfuzzer"])
        .args(["--bin", target.name])
        // Where the target is named, the flags concern neither build scripts nor procedural macros.
        .args(["--target", &host])
        .arg("--target-dir")
        .arg(build)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", flags())
        .env("CXX", compiler);
    console::step(&format!("Compiling “{}” for the fuzzer", target.name), || tools::run(&mut cargo))?;
    Ok(build.join(host).join("fuzz").join(format!("{}{}", target.name, env::consts::EXE_SUFFIX)))
}

fn cpp_compiler() -> Result<OsString> {
    if let Some(named) = env::var_os("CXX") {
        return Ok(named);
    }
    tools::find_program(&["c++", "g++", "clang++"]).map(Into::into).context(NO_COMPILER)
}

/// The platform that rustc runs on.
fn host() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let about = tools::output_of(Command::new(rustc).arg("-vV")).context("rustc cannot be run")?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say which platform it runs on")
}

/// Ours, after those of the developer's machine (a linker, say).
fn flags() -> OsString {
    let mut flags = env::var_os("RUSTFLAGS").unwrap_or_default();
    for flag in COVERAGE {
        flags.push(" ");
        flags.push(flag);
    }
    flags
}

/// What lies in the folder of a target.
struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Makes the folders and writes seeds and dictionary.
    fn prepare(target: &Target, root: &Path) -> Result<Folders> {
        let folders = Folders { root: root.to_owned() };
        // Seeds that are no more shall not come back, nor the last input of another run; what is missing is fine.
        fs::remove_dir_all(folders.seeds()).ok();
        fs::remove_file(folders.at_work()).ok();
        for folder in [folders.corpus(), folders.seeds(), folders.findings()] {
            fs::create_dir_all(&folder).with_context(|| format!("{} cannot be created", folder.display()))?;
        }
        for (number, seed) in (target.seeds)().iter().enumerate() {
            write(&folders.seeds().join(format!("{number:03}")), seed)?;
        }
        write(&folders.dictionary(), escaped(target.dictionary).as_bytes())?;
        Ok(folders)
    }

    fn corpus(&self) -> PathBuf {
        self.root.join("corpus")
    }

    fn seeds(&self) -> PathBuf {
        self.root.join("seeds")
    }

    fn findings(&self) -> PathBuf {
        self.root.join("findings")
    }

    fn dictionary(&self) -> PathBuf {
        self.root.join("dictionary.txt")
    }

    fn at_work(&self) -> PathBuf {
        self.root.join("at-work")
    }

    /// The input on which the program died, as a finding. None where it did not come to any.
    fn keep_at_work(&self) -> Result<Option<PathBuf>> {
        // No file: no input was tried.
        let Ok(bytes) = fs::read(self.at_work()) else { return Ok(None) };
        let finding = self.findings().join(format!("killed-{}", &blake3::hash(&bytes).to_hex()[..16]));
        write(&finding, &bytes)?;
        Ok(Some(finding))
    }

    fn log(&self) -> PathBuf {
        self.root.join("log.txt")
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

/// A dictionary in ASCII: libFuzzer refuses other letters unless they are written as bytes.
fn escaped(dictionary: &str) -> String {
    let escape = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("\\x{byte:02X}") };
    dictionary.bytes().map(escape).collect()
}

/// Runs the program to its end. Signs of life are shown, and everything goes to the log.
fn fuzz(program: &Path, folders: &Folders, seconds: u32) -> Result<(Tally, ExitStatus)> {
    let mut child = command(program, folders, seconds)
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    let mut log = File::create(folders.log()).context("the log cannot be written")?;
    let mut output = BufReader::new(child.stderr.take().context("the output of the fuzzer cannot be read")?);
    let mut tally = Tally::default();
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).context("the output of the fuzzer cannot be read")? > 0 {
        log.write_all(&line).context("the log cannot be written")?;
        let text = String::from_utf8_lossy(&line);
        if tally.read(text.trim_end()) == Line::Pulse {
            console::note(&in_numbers(&tally));
        }
        line.clear();
    }
    Ok((tally, child.wait().context("the fuzzer was lost")?))
}

fn command(program: &Path, folders: &Folders, seconds: u32) -> Command {
    let with_path = |option: &str, path: PathBuf| {
        let mut argument = OsString::from(option);
        argument.push(path);
        argument
    };
    let mut command = Command::new(program);
    command
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={MAX_BYTES}"))
        .arg(format!("-timeout={MAX_SECONDS}"))
        .arg(format!("-report_slow_units={SLOW_SECONDS}"))
        .arg(format!("-rss_limit_mb={MAX_MEGABYTES}"))
        .arg("-print_final_stats=1")
        // New functions would come as addresses.
        .arg("-print_funcs=0")
        .arg(with_path("-dict=", folders.dictionary()))
        // The prefix of a file's name; the empty part makes it end with a separator.
        .arg(with_path("-artifact_prefix=", folders.findings().join("")))
        // New inputs go to the first folder.
        .args([folders.corpus(), folders.seeds(), folders.findings()])
        .env("RUST_BACKTRACE", "1")
        .env(at_work::VARIABLE, folders.at_work())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

fn in_numbers(tally: &Tally) -> String {
    let Tally { executions, per_second, edges, of_edges, kept, .. } = tally;
    format!("{executions} executions, {per_second} a second; {edges} of {of_edges} edges covered; {kept} inputs kept")
}

fn tell(target: &Target, tally: &Tally) {
    console::note(&in_numbers(tally));
    if tally.findings.is_empty() {
        return;
    }
    tally.last_words.iter().for_each(|line| println!("{line}"));
    for path in &tally.findings {
        println!("\nfound: {}", path.display());
        match fs::read(path) {
            Ok(bytes) => println!("{}", (target.describe)(&bytes)),
            Err(error) => println!("it cannot be read: {error}"),
        }
    }
    println!("\nIt is tried first the next time: `cargo xtask fuzz {}`.", target.name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_keeps_its_ascii_and_escapes_the_rest() {
        assert_eq!(escaped("# \"a\\x00\"\n\"é\"\n"), "# \"a\\x00\"\n\"\\xC3\\xA9\"\n");
    }
}
