//! Sites whose files are not what they should be, and builds that do not come to their end.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sheaf_cli::published::Reading;
use sheaf_core::workspace::{Question, Request, Response, Sort};
use tempfile::TempDir;

fn sheaf(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sheaf")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A corpus of so many lines; each has the word, and one of its own.
fn corpus(folder: &Path, name: &str, word: &str, lines: usize) -> PathBuf {
    let path = folder.join(name);
    let line = |number: usize| {
        format!(
            "{{\"id\":\"{word}{number}\",\"source\":\"S{}\",\"text\":\"The {word} of number{number}. More of it.\"}}\n",
            number % 7
        )
    };
    fs::write(&path, (0..lines).map(line).collect::<String>()).unwrap();
    path
}

fn build(input: &Path, out: &Path) -> Output {
    sheaf(&["build", text(input), "--out", text(out), "--layout", "files"])
}

fn built(input: &Path, out: &Path) {
    let output = build(input, out);
    assert!(output.status.success(), "{}", said(&output));
}

/// All files below a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => drop(found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap())),
            }
        }
    }
    found
}

/// Requests that together read every file of a small site.
fn ask_all(site: &Path, word: &str) -> Result<Vec<Response>, String> {
    let question = |query: &str| Question { query: query.to_owned(), ..Question::default() };
    let mut reading = Reading::open(site).map_err(|error| format!("{error:#}"))?.expect("a site");
    let requests = [
        Request::About,
        Request::Results { question: question(&format!("{word} of")), sort: Sort::default(), limit: 3, passages: None },
        Request::Documents { question: question("numb* within <s/>"), sort: Sort::default(), first: 0, limit: 3 },
        Request::Documents { question: question("*ber1"), sort: Sort::default(), first: 0, limit: 3 },
        Request::Results {
            question: question("\"the of\"~2 OR \"of number1\""),
            sort: Sort::default(),
            limit: 3,
            passages: None,
        },
        Request::Facets { question: question(""), reads: false },
        Request::Reader { name: format!("{word}1"), question: question(word), hit: 0, at: None, extent: 2 },
    ];
    requests.iter().map(|request| reading.ask(request).map_err(|error| format!("{error:#}"))).collect()
}

/// Cuts and flips at the ends and in the middle, more bytes, none, and another file's.
fn damages(bytes: &[u8], other: &[u8]) -> Vec<Option<Vec<u8>>> {
    let len = bytes.len();
    let mut all = vec![None, Some([bytes, b"x"].concat()), Some(other.to_vec()), Some(Vec::new())];
    for at in [0, 1, len / 2, len.saturating_sub(1)].into_iter().filter(|at| *at < len) {
        let mut flipped = bytes.to_vec();
        flipped[at] ^= 16;
        all.extend([Some(bytes[..at].to_vec()), Some(flipped)]);
    }
    all
}

#[test]
fn every_damage_to_a_site_is_an_error_that_names_the_file_or_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    built(&corpus(folder.path(), "a.jsonl", "alpha", 40), &site);
    let expected = ask_all(&site, "alpha").unwrap();
    let whole = files(&site);
    let mut refused = 0;
    let names: Vec<&PathBuf> = whole.keys().filter(|name| name.starts_with("index")).collect();
    assert!(names.len() > 9, "{names:?}");
    for (place, name) in names.iter().enumerate() {
        let other = &whole[names[(place + 1) % names.len()]];
        for damaged in damages(&whole[*name], other) {
            match &damaged {
                Some(bytes) => fs::write(site.join(name), bytes).unwrap(),
                None => fs::remove_file(site.join(name)).unwrap(),
            }
            let is_root = name.to_string_lossy().contains("root-");
            match ask_all(&site, "alpha") {
                Ok(found) => assert_eq!(found, expected, "{name:?}"),
                Err(error) => {
                    refused += 1;
                    let is_named = error.contains(&*name.file_name().unwrap().to_string_lossy());
                    assert!(is_named || (is_root && damaged.is_none()), "{name:?}: {error}");
                    assert!(error.to_lowercase().contains("build"), "what to do: {error}");
                }
            }
        }
        fs::write(site.join(name), &whole[*name]).unwrap();
    }
    // Each file but few is read by these requests, and nearly each damage makes a difference.
    assert!(refused > 8 * names.len(), "{refused} of {}", names.len());
    assert_eq!(ask_all(&site, "alpha").unwrap(), expected);
}

#[test]
fn the_command_says_which_file_is_missing() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    built(&corpus(folder.path(), "a.jsonl", "alpha", 40), &site);
    for name in
        files(&site).keys().filter(|name| name.starts_with("index") && !name.to_string_lossy().contains("root-"))
    {
        fs::remove_file(site.join(name)).unwrap();
    }
    let output = sheaf(&["search", "--corpus", text(&site), "alpha"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains(".bin cannot be read, so the site is not whole"), "{}", said(&output));
}

#[test]
fn an_old_root_does_not_answer_from_newer_files() {
    let folder = TempDir::new().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    built(&corpus(folder.path(), "a.jsonl", "alpha", 40), &old);
    built(&corpus(folder.path(), "b.jsonl", "beta", 40), &new);
    let is_root = |name: &Path| name.to_string_lossy().contains("root-");
    for (name, _) in files(&new).iter().filter(|(name, _)| is_root(name)) {
        fs::remove_file(new.join(name)).unwrap();
    }
    for (name, bytes) in files(&old).iter().filter(|(name, _)| is_root(name)) {
        fs::write(new.join(name), bytes).unwrap();
    }
    let error = ask_all(&new, "alpha").unwrap_err();
    assert!(error.contains("the site is not whole"), "{error}");
    // One site copied over another: nobody can say which of the two is meant.
    for (name, bytes) in files(&old) {
        fs::write(new.join(name), bytes).unwrap();
    }
    built(&corpus(folder.path(), "c.jsonl", "gamma", 20), &folder.path().join("third"));
    for (name, bytes) in files(&folder.path().join("third")) {
        fs::write(new.join(name), bytes).unwrap();
    }
    let error = ask_all(&new, "alpha").unwrap_err();
    assert!(error.contains("holds several corpora"), "{error}");
}

#[test]
fn a_second_build_leaves_nothing_of_the_first() {
    let folder = TempDir::new().unwrap();
    let (site, fresh) = (folder.path().join("site"), folder.path().join("fresh"));
    let second = corpus(folder.path(), "b.jsonl", "beta", 30);
    built(&corpus(folder.path(), "a.jsonl", "alpha", 40), &site);
    built(&second, &site);
    built(&second, &fresh);
    assert_eq!(files(&site), files(&fresh));
}

#[test]
fn a_second_build_at_the_same_time_is_refused_and_harms_nothing() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    let input = corpus(folder.path(), "a.jsonl", "alpha", 40);
    built(&input, &site);
    let before = files(&site);
    let other = sheaf_cli::site::Staging::begin(&site).unwrap();
    let output = build(&input, &site);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("another build is writing"), "{}", said(&output));
    drop(other);
    assert_eq!(files(&site), before);
    built(&input, &site);
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_leaves_the_former_site_and_no_other() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    built(&corpus(folder.path(), "a.jsonl", "alpha", 40), &site);
    let before = files(&site);
    let large = corpus(folder.path(), "b.jsonl", "beta", 60_000);
    let mut killed = 0;
    for step in [".site.parts/documents.bin", ".site.new/index"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sheaf"))
            .args(["build", text(&large), "--out", text(&site), "--layout", "files"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none() {
            if folder.path().join(step).exists() {
                // SIGKILL: nothing is cleaned up.
                child.kill().unwrap();
                killed += i32::from(!child.wait().unwrap().success());
                break;
            }
        }
        assert_eq!(files(&site), before, "{step}");
    }
    assert_eq!(killed, 2, "the builds were faster than the test");
    built(&large, &site);
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.jsonl", "b.jsonl", "site"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_the_former_site_stays() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    built(&corpus(folder.path(), "a.jsonl", "alpha", 40), &site);
    let before = files(&site);
    let large = corpus(folder.path(), "b.jsonl", "beta", 20_000);
    // Files may not grow beyond so many blocks of 512 bytes: first what is put aside does not fit, then a segment.
    for blocks in ["8", "3000", "6000"] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_sheaf"), "build", text(&large), "--out", text(&site)])
            .args(["--layout", "files"])
            .output()
            .unwrap();
        if output.status.success() {
            assert_eq!(blocks, "6000", "there was room");
            continue;
        }
        assert_eq!(output.status.code(), Some(2), "{blocks}: {}", said(&output));
        assert!(said(&output).contains("cannot be written: File too large"), "{blocks}: {}", said(&output));
        assert_eq!(files(&site), before, "{blocks}");
        assert!(!folder.path().join(".site.new").exists() && !folder.path().join(".site.parts").exists());
    }
}

#[test]
fn parts_in_any_number_and_memory_of_any_size_give_the_same_files() {
    let folder = TempDir::new().unwrap();
    let input = folder.path().join("input");
    fs::create_dir(&input).unwrap();
    corpus(&input, "a.jsonl", "alpha", 900);
    corpus(&input, "b.jsonl", "beta", 20_000);
    // The same names again: what only the whole corpus decides.
    corpus(&input, "c.jsonl", "beta", 50);
    fs::write(input.join("d.txt"), "The cease-fire held. Le gouvernement a annoncé une réforme de la loi.").unwrap();
    let whole = folder.path().join("whole");
    built(&input, &whole);
    let expected = files(&whole);
    let small = folder.path().join("small");
    let output = sheaf(&["build", text(&input), "--out", text(&small), "--layout", "files", "--memory", "80M"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(files(&small), expected, "with little memory");
    for of in [2, 7] {
        let mut arguments = vec!["merge".to_owned()];
        for number in 1..=of {
            let out = folder.path().join(format!("{number}-of-{of}"));
            let part = format!("{number}/{of}");
            let output = sheaf(&["build", text(&input), "--out", text(&out), "--part", &part]);
            assert!(output.status.success(), "{}", said(&output));
            arguments.push(text(&out).to_owned());
        }
        let merged = folder.path().join(format!("merged-{of}"));
        // Each of the parts has the title of its input, which merging takes from the first.
        arguments.extend(["--out", text(&merged), "--layout", "files"].map(str::to_owned));
        let output = sheaf(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(files(&merged), expected, "of {of} parts");
    }
}

#[test]
fn parts_that_are_not_whole_are_refused() {
    let folder = TempDir::new().unwrap();
    let input = corpus(folder.path(), "a.jsonl", "alpha", 400);
    let parts = ["1/2", "2/2"].map(|part| {
        let out = folder.path().join(part.replace('/', "-of-"));
        let output = sheaf(&["build", text(&input), "--out", text(&out), "--part", part]);
        assert!(output.status.success(), "{}", said(&output));
        out
    });
    let site = folder.path().join("site");
    let merge = || sheaf(&["merge", text(&parts[0]), text(&parts[1]), "--out", text(&site), "--layout", "files"]);
    assert!(merge().status.success());
    let whole = folder.path().join("whole");
    built(&input, &whole);
    assert_eq!(files(&site), files(&whole), "parts give what the whole gives");
    for name in ["documents.bin", "gathered.bin"] {
        let path = parts[0].join(name);
        let bytes = fs::read(&path).unwrap();
        let len = bytes.len();
        // A record of documents ends within the first kilobytes: a cut there is a file of fewer documents.
        let first = 8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
        for cut in [0, 1, first.min(len - 1), len / 2, len - 1] {
            fs::write(&path, &bytes[..cut]).unwrap();
            let output = merge();
            assert_eq!(output.status.code(), Some(2), "{name} cut at {cut}: {}", said(&output));
            assert!(!said(&output).contains("panicked"), "{name} cut at {cut}: {}", said(&output));
        }
        for at in [0, 7, 40, len / 2, len - 1] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 64;
            fs::write(&path, &flipped).unwrap();
            // Texts have no checksum here: a letter may be another one.
            let output = merge();
            assert!(matches!(output.status.code(), Some(0 | 2)), "{name} flipped at {at}: {}", said(&output));
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(merge().status.success());
}

#[test]
fn many_empty_documents_and_one_long_word_are_published() {
    let folder = TempDir::new().unwrap();
    let lines: String = (0..5_000).map(|number| format!("{{\"id\":\"e{number}\",\"text\":\"\"}}\n")).collect();
    let long = format!("{{\"id\":\"long\",\"date\":\"none\",\"text\":\"needle {}\"}}\n", "x".repeat(3_000_000));
    let input = folder.path().join("a.jsonl");
    fs::write(&input, lines + &long).unwrap();
    let site = folder.path().join("site");
    let output = build(&input, &site);
    assert!(output.status.success(), "{}", said(&output));
    let found = sheaf(&["search", "--corpus", text(&site), "--count-only", "needle"]);
    assert_eq!(String::from_utf8_lossy(&found.stdout), "1\t1\n", "{}", said(&found));
}

#[test]
fn a_corpus_of_nothing_is_read_like_any_other() {
    let folder = TempDir::new().unwrap();
    for (name, lines) in
        [("none", ""), ("empty", "{\"id\":\"a\",\"text\":\"\"}\n"), ("signs", "{\"id\":\"a\",\"text\":\"!\"}\n")]
    {
        let input = folder.path().join(format!("{name}.jsonl"));
        fs::write(&input, lines).unwrap();
        let site = folder.path().join(name);
        built(&input, &site);
        let mut reading = Reading::open(&site).unwrap().unwrap();
        let question = |query: &str| Question { query: query.to_owned(), ..Question::default() };
        for query in ["", "word", "word*", "*word", "\"the word\"", "-word", "word~", "date:>2020"] {
            let request = Request::Documents { question: question(query), sort: Sort::default(), first: 0, limit: 3 };
            let found = match reading.ask(&request) {
                Ok(Response::Documents(page)) => page.matched,
                other => panic!("{name}, {query}: {other:?}"),
            };
            let all = if query.is_empty() || query == "-word" { lines.lines().count() } else { 0 };
            assert_eq!(found as usize, all, "{name}, {query}");
        }
        for request in [Request::About, Request::Facets { question: question(""), reads: false }] {
            assert!(reading.ask(&request).is_ok_and(|response| !matches!(response, Response::Failed(_))), "{name}");
        }
    }
}
