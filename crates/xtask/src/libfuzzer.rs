//! What libFuzzer says while it runs, read line by line.

use std::path::PathBuf;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Inputs tried.
    pub executions: u64,
    /// Inputs tried a second.
    pub per_second: u64,
    /// Edges between stretches of code that were taken at least once.
    pub edges: u64,
    /// Edges there are, in the libraries as well.
    pub of_edges: u64,
    /// Inputs that reach something of their own.
    pub kept: u64,
    /// Files with the inputs that were found.
    pub findings: Vec<PathBuf>,
    /// What was said since the last line of state: where something was found, what and why.
    pub last_words: Vec<String>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A sign of life, after twice as many inputs as the one before.
    Pulse,
    /// Anything else.
    Other,
}

impl Tally {
    /// Takes the next line.
    pub(crate) fn read(&mut self, line: &str) -> Line {
        if let Some(state) = line.strip_prefix('#').filter(|state| state.starts_with(|c: char| c.is_ascii_digit())) {
            return self.read_state(state);
        }
        if let Some((_, path)) = line.split_once("Test unit written to ") {
            self.findings.push(PathBuf::from(path));
        }
        if let Some(statistic) = line.strip_prefix("stat::") {
            self.read_statistic(statistic);
        } else if let Some(modules) = line.strip_prefix("INFO: Loaded ").filter(|line| line.contains("counters")) {
            self.of_edges = modules.split(['(', ' ']).filter_map(|word| word.parse().ok()).next_back().unwrap_or(0);
        } else if !is_chatter(line) {
            self.last_words.push(line.to_owned());
        }
        Line::Other
    }

    /// `262144 pulse  cov: 1931 ft: 7307 corp: 1093/31Kb lim: 400 exec/s: 8738 rss: 62Mb`
    fn read_state(&mut self, state: &str) -> Line {
        self.last_words.clear();
        let mut words = state.split_whitespace();
        self.executions = words.next().and_then(|count| count.parse().ok()).unwrap_or(self.executions);
        let is_pulse = words.next() == Some("pulse");
        while let (Some(key), Some(value)) = (words.next(), words.next()) {
            // The corpus is told as `inputs/bytes`.
            let Ok(value) = value.split('/').next().unwrap_or("").parse() else { continue };
            match key {
                "cov:" => self.edges = value,
                "corp:" => self.kept = value,
                "exec/s:" => self.per_second = value,
                _ => {}
            }
        }
        if is_pulse { Line::Pulse } else { Line::Other }
    }

    /// `number_of_executed_units: 1234567`, at the end only: also where no line of state told it.
    fn read_statistic(&mut self, statistic: &str) {
        let Some((name, value)) = statistic.split_once(':') else { return };
        let Ok(value) = value.trim().parse() else { return };
        match name {
            "number_of_executed_units" => self.executions = value,
            "average_exec_per_sec" => self.per_second = value,
            _ => {}
        }
    }
}

/// What is said at every start: the functions of a sanitizer, for one, are missing on purpose.
fn is_chatter(line: &str) -> bool {
    ["INFO: ", "WARNING: Failed to find function", "Dictionary: "].iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str) -> Tally {
        let mut tally = Tally::default();
        for line in output.lines() {
            tally.read(line);
        }
        tally
    }

    const START: &str = "WARNING: Failed to find function \"__sanitizer_print_stack_trace\".\n\
        INFO: Running with entropic power schedule (0xFF, 100).\n\
        INFO: Loaded 1 modules   (31234 inline 8-bit counters): 31234 [0x55d0, 0x55d9), \n\
        #2\tINITED cov: 900 ft: 905 corp: 1/1b exec/s: 0 rss: 60Mb\n";

    #[test]
    fn a_run_that_finds_nothing_is_counted() {
        let end = "#9001\tDONE   cov: 1931 ft: 7307 corp: 1093/31Kb lim: 400 exec/s: 300 rss: 62Mb\nDone 9001 runs in \
            30 second(s)\nstat::number_of_executed_units: 9001\nstat::average_exec_per_sec:     300\n";
        let tally = check(&format!("{START}{end}"));
        let expected = Tally {
            executions: 9001,
            per_second: 300,
            edges: 1931,
            of_edges: 31234,
            kept: 1093,
            findings: vec![],
            last_words: vec!["Done 9001 runs in 30 second(s)".to_owned()],
        };
        assert_eq!(tally, expected);
    }

    #[test]
    fn a_finding_comes_with_its_file_and_what_was_said_of_it() {
        let crash = "thread '<unnamed>' panicked at query.rs:7:5:\na mark is no part of the query\n==7== ERROR: \
            libFuzzer: deadly signal\nartifact_prefix='/t/'; Test unit written to /t/crash-0a1b\n\
            stat::number_of_executed_units: 77\n";
        let tally = check(&format!("{START}{crash}"));
        assert_eq!((tally.executions, tally.edges), (77, 900));
        assert_eq!(tally.findings, [PathBuf::from("/t/crash-0a1b")]);
        assert_eq!(
            tally.last_words[..2],
            ["thread '<unnamed>' panicked at query.rs:7:5:", "a mark is no part of the query"]
        );
    }

    #[test]
    fn what_is_said_at_every_start_is_no_last_word() {
        let start = START.split('#').next().unwrap_or_default();
        assert_eq!(check(&format!("{start}stack overflow\n")).last_words, ["stack overflow"]);
    }

    #[test]
    fn a_pulse_is_told_from_other_lines() {
        let read = |line: &str| Tally::default().read(line);
        assert_eq!(read("#1024\tpulse  cov: 5 ft: 6 corp: 7/8b exec/s: 9 rss: 10Mb"), Line::Pulse);
        assert_eq!(read("#1025\tNEW    cov: 5 ft: 6 corp: 8/9b exec/s: 9 rss: 10Mb"), Line::Other);
        assert_eq!(read("###### Recommended dictionary. ######"), Line::Other);
    }
}
