//! What is fuzzed: how an input is read, and what must hold for every one.
//!
//! The fuzzer itself is libFuzzer, run by `cargo xtask fuzz`. Everything but its call lies in this library, so that the
//! ordinary lints and tests see it, and the seeds are checked by `cargo test`.
//!
//! A new target: a module beside `query`, a line in [`TARGETS`], a program in `targets/` with its entry in
//! `Cargo.toml`, and `seeds/NAME.dict`; seeds that can be read lie in `seeds/NAME.txt`.

pub mod at_work;
mod corpora;
pub mod files;
pub mod query;

/// Something that is fuzzed.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and that of its program and its files in `seeds/`.
    pub name: &'static str,
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Parts of inputs to put together, in the form of libFuzzer's dictionaries.
    pub dictionary: &'static str,
    /// Checks an input; panics where an invariant does not hold.
    pub check: fn(&[u8]),
    /// An input in words.
    pub describe: fn(&[u8]) -> String,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target {
        name: "query",
        seeds: query::seeds,
        dictionary: include_str!("../seeds/query.dict"),
        check: query::check,
        describe: query::describe,
    },
    Target {
        name: "files",
        seeds: files::seeds,
        dictionary: include_str!("../seeds/files.dict"),
        check: files::check,
        describe: files::describe,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_keeps_the_invariants() {
        for target in TARGETS {
            for seed in (target.seeds)() {
                println!("{}", (target.describe)(&seed));
                (target.check)(&seed);
            }
        }
    }
}
