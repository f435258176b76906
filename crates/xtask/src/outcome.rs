//! What the tests of a run came to, read from the lines that cargo's test harness prints.

use std::fmt;

/// How many tests passed and failed. A test program that ended without its result line counts as one failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: usize,
    failed: usize,
    is_running: bool,
}

impl Tally {
    /// Takes the next line of the output.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.is_running = false;
            self.passed += count(result, "passed");
            self.failed += count(result, "failed");
        } else if is_start(line) {
            self.end_crashed();
            self.is_running = true;
        }
    }

    /// Takes the next line of the output of `node --test`, in the Test Anything Protocol: its end has the sums.
    pub(crate) fn read_tap(&mut self, line: &str) {
        let sum = |label: &str| line.strip_prefix(label).and_then(|sum| sum.parse::<usize>().ok()).unwrap_or(0);
        self.passed += sum("# pass ");
        self.failed += sum("# fail ") + sum("# cancelled ");
    }

    /// Both runs together.
    pub(crate) fn and(self, other: Tally) -> Tally {
        Tally { passed: self.passed + other.passed, failed: self.failed + other.failed, is_running: false }
    }

    /// Ends the run. One that did not succeed has failed at least once: the code did not compile, say.
    pub(crate) fn finish(mut self, is_success: bool) -> Tally {
        self.end_crashed();
        if !is_success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Whether nothing failed.
    pub(crate) fn is_success(self) -> bool {
        self.failed == 0
    }

    fn end_crashed(&mut self) {
        self.failed += usize::from(self.is_running);
        self.is_running = false;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `running 12 tests`.
fn is_start(line: &str) -> bool {
    let mut words = line.split(' ');
    words.next() == Some("running")
        && words.next().is_some_and(|count| count.parse::<usize>().is_ok())
        && matches!((words.next(), words.next()), (Some("test" | "tests"), None))
}

/// The number before the word in `ok. 12 passed; 0 failed; 1 ignored`.
fn count(result: &str, word: &str) -> usize {
    let words: Vec<&str> = result.split([' ', ';']).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, is_success: bool, expected: &str) {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        assert_eq!(tally.finish(is_success).to_string(), expected);
    }

    const GOOD: &str = "running 12 tests\ntest a ... ok\ntest result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; \
        0 filtered out; finished in 0.01s\n";
    const BAD: &str =
        "running 3 tests\ntest result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";

    #[test]
    fn results_of_all_programs_are_summed() {
        check(&format!("{GOOD}\n{BAD}{GOOD}"), false, "25 passed, 2 failed");
    }

    #[test]
    fn a_program_that_crashes_counts_as_one_failure() {
        check(&format!("running 5 tests\ntest a ... ok\n{GOOD}running 1 test\n"), false, "12 passed, 2 failed");
    }

    #[test]
    fn code_that_does_not_compile_counts_as_one_failure() {
        check("", false, "0 passed, 1 failed");
    }

    #[test]
    fn the_sums_of_node_are_added() {
        let mut tally = Tally::default();
        let output = "TAP version 13\nok 1 - pass\n1..4\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n";
        output.lines().for_each(|line| tally.read_tap(line));
        assert_eq!(tally.and(tally.finish(false)).to_string(), "4 passed, 4 failed");
    }

    #[test]
    fn other_lines_do_not_count() {
        check(
            "the test result: 7 passed\nrunning 5 tests more\nrunning tests\nrunning x tests\n",
            true,
            "0 passed, 0 failed",
        );
    }
}
