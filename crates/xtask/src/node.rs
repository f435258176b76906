//! Node.js, for the tests of the ES module: found on this machine, or installed. `SHEAF_NODE` names another one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::outcome::Tally;
use crate::{console, tools, workspace};

/// The oldest major version that the module supports.
const OLDEST: u32 = 20;

const ADVICE: &str = "The tests of the ES module need Node.js 20 or later. Install it (Debian: `apt-get install nodejs`; \
    elsewhere from https://nodejs.org), or name it in SHEAF_NODE.";

/// Node.js, installed where it is missing.
///
/// # Errors
/// There is none of a version that will do, and it cannot be installed; the message says what to do.
pub(crate) fn find() -> Result<PathBuf> {
    if let Some(node) = found()? {
        return Ok(node);
    }
    tools::apt_install(&["nodejs"]).context(ADVICE)?;
    found()?.context(ADVICE)
}

fn found() -> Result<Option<PathBuf>> {
    let node = tools::named_by("SHEAF_NODE")?.or_else(|| tools::find_program(&["node", "nodejs"]));
    Ok(node.filter(|node| {
        let version = tools::output_of(Command::new(node).arg("--version"));
        version.and_then(|version| major(&version)).is_some_and(|major| major >= OLDEST)
    }))
}

/// The major version of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs the tests of the ES module, those whose name contains `filter`.
///
/// # Errors
/// Node.js cannot be started. A test that fails is counted.
pub(crate) fn test(node: &Path, filter: Option<&str>, environment: &[(&str, PathBuf)]) -> Result<Tally> {
    let mut command = Command::new(node);
    command.current_dir(workspace::root()).args(["--test", "--test-reporter=tap"]);
    command.args(filter.map(|filter| format!("--test-name-pattern={}", escaped(filter)))).args(files()?);
    command.envs(environment.iter().map(|(name, path)| (name, path)));
    console::step("Testing the module (node --test)", || {
        let piped = command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = piped.spawn().context("Node.js cannot be started")?;
        let output = child.stdout.take().context("the output of Node.js cannot be read")?;
        let mut tally = Tally::default();
        for line in BufReader::new(output).lines() {
            let line = line.context("the output of Node.js cannot be read")?;
            println!("{line}");
            tally.read_tap(&line);
        }
        Ok(tally.finish(child.wait().context("Node.js was lost")?.success()))
    })
}

/// The files of the tests, sorted: older versions take no pattern.
fn files() -> Result<Vec<PathBuf>> {
    let folder = workspace::root().join("crates/js/tests");
    let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    files.sort();
    Ok(files)
}

/// A text as the regular expression that finds it.
fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|sign| (!sign.is_alphanumeric() && sign != ' ').then_some('\\').into_iter().chain([sign]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_node_says() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
    }

    #[test]
    fn a_name_is_found_as_written() {
        assert_eq!(escaped("a (b)_c"), "a \\(b\\)\\_c");
    }
}
