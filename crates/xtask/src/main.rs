//! Everything around the code: set-up, build, serve, test, measure, fuzz. Run as `cargo xtask COMMAND`.
//!
//! A program of the workspace instead of shell scripts and installed tools: it needs only cargo, its tools are pinned
//! in `Cargo.lock`, and it works alike on Linux and macOS. One concept a file; start reading at `build.rs`.

mod annexes;
mod browsers;
mod build;
mod console;
mod dist;
mod fuzz;
mod js;
mod libfuzzer;
mod measure;
mod node;
mod outcome;
mod ready;
mod report;
mod serve;
mod setup;
mod shorten;
mod test;
mod tools;
mod wasm;
mod wasm_opt;
mod watch;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, serves, tests and measures Sheaf")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page into a folder that any static host can serve
    Build(build::BuildArgs),
    /// Build the page and serve it on this machine
    Serve(serve::ServeArgs),
    /// Build the ES module into target/js
    Js,
    /// Set up what the tests need and run all of them; the last line counts them
    Test(test::TestArgs),
    /// Check format and lints, then run all tests
    Ready(test::TestArgs),
    /// Measure how fast the core is
    Bench(measure::BenchArgs),
    /// Measure how good the core is, against published collections
    Conformance(measure::ConformanceArgs),
    /// Try random inputs, led by the code they reach, until one breaks what must always hold
    Fuzz(fuzz::FuzzArgs),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Build(args) => build::run(&args)?,
        Command::Serve(args) => serve::run(&args)?,
        Command::Js => js::run()?,
        Command::Test(args) => return Ok(test::run(&args)),
        Command::Ready(args) => return ready::run(&args),
        Command::Bench(args) => measure::bench(&args)?,
        Command::Conformance(args) => measure::conformance(&args)?,
        Command::Fuzz(args) => return fuzz::run(&args),
    }
    Ok(ExitCode::SUCCESS)
}
