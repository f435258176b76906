//! Dates and times: extents and values on TimeBank and on the cases of Microsoft's recognizers.
//!
//! **Halves.** Rules were made on the documents with an even place in each file (*developing*); the odd ones
//! (*reporting*) were only measured. Musts hang on the reporting half.
//!
//! **TimeBank.** Findings are matched one to one with gold expressions: first those with the same borders (*strict*),
//! then, from left to right, those that overlap by a character (*relaxed*). Precision, recall and F1 are over all
//! expressions of a half. A value is compared for every relaxed match, after both are written alike: `T22` as `T22:00`;
//! a set `XXXX-XX-XX`, `XXXX-WXX`, `XXXX-XX`, `XXXX` as `P1D`, `P1W`, `P1M`, `P1Y`; a century `19XX` as `19`, a decade
//! `199X` as `199`; lengths of one unit in their smallest usual one (`P1DE` as `P10Y`, `P1Q` as `P3M`, `PT24H` as `P1D`).
//! *Open* also counts a value that agrees with the gold wherever the gold has no `X`. Modifiers (`START`, `APPROX`)
//! are not compared. The date in a header is compared like any other where it stands in the text.
//!
//! **Recognizers.** Each gold expression gives one or more readings, resolved to days and times; it is right when our
//! findings inside it give one of them. A day or a time must be the same (a time without a day: only the time). A range
//! `start..end` is right when one finding covers it (their end is exclusive) or the first finding begins it and the last
//! one begins or ends at its end, as TIMEX3 makes two expressions of it; a range of hours when two findings in a row are
//! its ends. A stretch counted from now may also be given as
//! its length. Where the text counts months or years, TIMEX3 keeps that unit: a month or year that holds the gold day is
//! right. `before`, `after`, `since` are not part of a TIMEX3 value: the point itself is compared. Lengths and sets are
//! compared by value: `a few` is `X` in TIMEX3 and 3 in the answers, a business day is a day. The share is of all gold expressions, found or not.
//!
//! `TIMES_SHOW=timebank` or `TIMES_SHOW=recognizers` prints what is wrong in the developing half.

use std::io::Read;
use std::path::Path;

use serde::Deserialize;
use sheaf_core::base::{PartialDate, Span};
use sheaf_core::extract::Reading;
use sheaf_core::extract::times::{Time, TimeKind, times};

use super::Verdict;

#[derive(Deserialize)]
struct Text {
    text: String,
    #[serde(default)]
    date: Option<String>,
    timex: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    values: Vec<Answer>,
}

/// One reading of a case of the recognizers.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    timex: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    start: String,
    #[serde(default)]
    end: String,
}

/// Measures both sets in `folder`.
pub(crate) fn measure(folder: &Path) -> Result<Verdict, String> {
    let timebank = read(&folder.join("timebank.jsonl.gz"))?;
    let recognizers = read(&folder.join("recognizers-en.jsonl.gz"))?;
    if timebank.is_none() && recognizers.is_none() {
        return Ok(Verdict::Skipped);
    }
    let mut is_missed = false;
    if let Some(texts) = timebank {
        is_missed |= on_timebank(&texts);
    }
    if let Some(texts) = recognizers {
        is_missed |= on_recognizers(&texts);
    }
    Ok(if is_missed { Verdict::Missed } else { Verdict::Reached })
}

/// Counts of one half.
#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    relaxed: usize,
    strict: usize,
    value: usize,
    open: usize,
}

impl Score {
    fn f1(&self, right: usize) -> f64 {
        2.0 * right as f64 / (self.gold + self.found).max(1) as f64
    }

    fn values(&self) -> f64 {
        self.value as f64 / self.relaxed.max(1) as f64
    }

    fn print(&self, half: &str) {
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        println!(
            "  {half:<12} {:>4} of {:>4} found, {:>4} gold   relaxed P {:.3} R {:.3} F1 {:.3}   strict P {:.3} R {:.3} F1 {:.3}   value {:.3}, open {:.3}",
            self.relaxed,
            self.found,
            self.gold,
            share(self.relaxed, self.found),
            share(self.relaxed, self.gold),
            self.f1(self.relaxed),
            share(self.strict, self.found),
            share(self.strict, self.gold),
            self.f1(self.strict),
            self.values(),
            share(self.open, self.relaxed),
        );
    }
}

fn on_timebank(texts: &[Text]) -> bool {
    println!(
        "\nTimes, TimeBank (musts on the reporting half: relaxed 0.88, strict 0.80, value 0.75; goals 0.93, 0.86, 0.85)"
    );
    let mut halves = [Score::default(), Score::default()];
    let shows = std::env::var("TIMES_SHOW").is_ok_and(|what| what == "timebank");
    let mut reasons = Reasons::default();
    for (n, text) in texts.iter().enumerate() {
        let found = find(text);
        let gold: Vec<Span> = text.timex.iter().map(|gold| bytes(&text.text, gold)).collect();
        let pairs = pair(&gold, &found);
        let score = &mut halves[n % 2];
        score.gold += gold.len();
        score.found += found.len();
        for (g, f) in &pairs {
            let (ours, theirs) = (&found[*f], &text.timex[*g]);
            let is_set = theirs.kind == "SET";
            let is_right = canonical(&ours.value, ours.kind == TimeKind::Set) == canonical(&theirs.value, is_set);
            score.relaxed += 1;
            score.strict += usize::from(ours.span == gold[*g]);
            score.value += usize::from(is_right);
            score.open += usize::from(is_right || agrees(&theirs.value, &ours.value));
            if n % 2 == 0 {
                reasons.add(ours.reason, is_right);
            }
            if shows && n % 2 == 0 && (!is_right || ours.span != gold[*g]) {
                let place = shown(&text.text, gold[*g]);
                let what = if is_right { "BORDER" } else { "VALUE" };
                println!("{what} {place} | {} | [{}] {}", theirs.value, ours.span.of(&text.text), ours.value);
            }
        }
        if n % 2 == 0 {
            for (f, ours) in found.iter().enumerate().filter(|(f, _)| !pairs.iter().any(|(_, paired)| paired == f)) {
                reasons.add(ours.reason, false);
                if shows {
                    println!("FALSE {} | {}", shown(&text.text, found[f].span), ours.value);
                }
            }
            for (g, span) in
                gold.iter().enumerate().filter(|(g, _)| shows && !pairs.iter().any(|(paired, _)| paired == g))
            {
                println!("MISSED {} | {}", shown(&text.text, *span), text.timex[g].value);
            }
        }
    }
    halves[0].print("developing");
    halves[1].print("reporting");
    reasons.print();
    let reported = &halves[1];
    reported.f1(reported.relaxed) < 0.88 || reported.f1(reported.strict) < 0.80 || reported.values() < 0.75
}

/// How often each reason was right: where certainties come from.
#[derive(Default)]
struct Reasons(std::collections::BTreeMap<&'static str, (usize, usize)>);

impl Reasons {
    fn add(&mut self, reason: &'static str, is_right: bool) {
        let counts = self.0.entry(reason).or_default();
        counts.0 += usize::from(is_right);
        counts.1 += 1;
    }

    fn print(&self) {
        for (reason, (right, of)) in &self.0 {
            println!("    {right:>3} of {of:>3} values right: {reason}");
        }
    }
}

fn on_recognizers(texts: &[Text]) -> bool {
    println!("\nTimes, recognizers (must on the reporting half: value 0.75; goal 0.85)");
    let shows = std::env::var("TIMES_SHOW").is_ok_and(|what| what == "recognizers");
    let mut halves = [(0, 0, 0, 0, 0), (0, 0, 0, 0, 0)];
    for (n, text) in texts.iter().enumerate() {
        let found = find(text);
        let half = &mut halves[n % 2];
        let mut inside = 0;
        for gold in &text.timex {
            let span = bytes(&text.text, gold);
            let ours: Vec<&Time> = found.iter().filter(|time| overlap(time.span, span)).collect();
            inside += ours.len();
            let is_right = gold.values.iter().any(|answer| is_answered(answer, gold, &ours, span.of(&text.text)));
            half.0 += 1;
            half.1 += usize::from(!ours.is_empty());
            half.2 += usize::from(is_right);
            if shows && n % 2 == 0 && !is_right {
                let answers: Vec<String> =
                    gold.values.iter().map(|a| format!("{} {}{}..{}", a.timex, a.value, a.start, a.end)).collect();
                let ours: Vec<String> =
                    ours.iter().map(|time| format!("[{}] {}", time.span.of(&text.text), time.value)).collect();
                let date = text.date.as_deref().unwrap_or("-");
                println!("WRONG {date} {} | {} | {}", shown(&text.text, span), answers.join("; "), ours.join(" "));
            }
        }
        half.3 += found.len();
        half.4 += found.len() - inside.min(found.len());
        if shows && n % 2 == 0 && found.len() > inside {
            let ours: Vec<String> = found.iter().map(|t| format!("[{}] {}", t.span.of(&text.text), t.value)).collect();
            println!("MORE {} | {}", text.text, ours.join(" "));
        }
    }
    for (half, (gold, found, right, ours, outside)) in ["developing", "reporting"].iter().zip(&halves) {
        let share = |n: usize| n as f64 / (*gold).max(1) as f64;
        println!(
            "  {half:<12} {gold} gold, found {:.3}, value right {:.3} of all   ({ours} findings, {outside} outside the gold)",
            share(*found),
            share(*right)
        );
    }
    let (gold, _, right, ..) = halves[1];
    (right as f64) < 0.75 * gold as f64
}

fn find(text: &Text) -> Vec<Time> {
    let published = text.date.as_deref().and_then(PartialDate::parse);
    times(&Reading::new(&text.text, "en"), published)
}

/// Gold and finding, one to one: the same borders first, then what overlaps, from left to right.
fn pair(gold: &[Span], found: &[Time]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for is_strict in [true, false] {
        for (g, span) in gold.iter().enumerate() {
            if pairs.iter().any(|(paired, _)| *paired == g) {
                continue;
            }
            let free = found.iter().enumerate().filter(|(f, _)| !pairs.iter().any(|(_, paired)| paired == f));
            let mut fits =
                free.filter(|(_, time)| if is_strict { time.span == *span } else { overlap(time.span, *span) });
            pairs.extend(fits.next().map(|(f, _)| (g, f)));
        }
    }
    pairs
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a value agrees with the gold wherever the gold has no `X`.
fn agrees(gold: &str, ours: &str) -> bool {
    let is_date = gold.contains('X') && !gold.starts_with('P');
    is_date && gold.len() == ours.len() && gold.bytes().zip(ours.bytes()).all(|(g, o)| g == b'X' || g == o)
}

/// A value written in the one way that both sides share.
fn canonical(value: &str, is_set: bool) -> String {
    if is_set {
        match value {
            "XXXX-XX-XX" => return "P1D".to_owned(),
            "XXXX-WXX" => return "P1W".to_owned(),
            "XXXX-XX" => return "P1M".to_owned(),
            "XXXX" => return "P1Y".to_owned(),
            _ => {}
        }
    }
    let value = value.strip_prefix("XXXX-XX-XXT").map_or(value.to_owned(), |time| format!("T{time}"));
    if let Some(length) = value.strip_prefix('P') {
        return canonical_length(length);
    }
    if let Some((date, time)) = value.split_once('T') {
        let time = time.strip_suffix(":00").filter(|time| time.contains(':')).unwrap_or(time);
        let is_hour = time.len() <= 2 && time.bytes().all(|b| b.is_ascii_digit());
        return if is_hour { format!("{date}T{time:0>2}:00") } else { format!("{date}T{time}") };
    }
    match value.strip_suffix('X').filter(|rest| !rest.contains(['X', '-', 'F'])) {
        Some(rest) => rest.to_owned(),
        None => value.strip_suffix("XX").filter(|rest| rest.len() == 2).map_or(value.clone(), str::to_owned),
    }
}

/// A length without its `P`, in the smallest usual unit where it is of one unit.
fn canonical_length(length: &str) -> String {
    let split = length.find(|c: char| !c.is_ascii_digit() && c != 'T' && c != '.').unwrap_or(length.len());
    let (number, unit) = length.split_at(split);
    let (is_time, number) = number.strip_prefix('T').map_or((false, number), |rest| (true, rest));
    let times = |n: f64, unit: &str| number.parse::<f64>().ok().map(|number| format!("P{}{unit}", number * n));
    let found = match (is_time, unit) {
        (false, "DE") => times(10.0, "Y"),
        (false, "CE" | "E") => times(100.0, "Y"),
        (false, "Q") => times(3.0, "M"),
        (true, "H") if number.parse::<f64>().is_ok_and(|n| n >= 24.0 && n % 24.0 == 0.0) => times(1.0 / 24.0, "D"),
        (true, unit @ ("H" | "M" | "S")) => times(1.0, unit).map(|length| length.replacen('P', "PT", 1)),
        _ => None,
    };
    found.unwrap_or_else(|| format!("P{length}"))
}

/// Whether our findings inside a gold expression give one of its readings.
fn is_answered(answer: &Answer, gold: &Gold, ours: &[&Time], text: &str) -> bool {
    let is_set = gold.kind == "set";
    let timex = canonical(&answer.timex, is_set);
    // TIMEX3 has no business days.
    let timex = timex.replace("BD", "D");
    let length = answer.timex.replace("BD", "D");
    let length = length.trim_matches(['(', ')']).split(',').nth(2).map(|length| canonical(length, false));
    let is_same = |time: &&&Time| {
        let value = canonical(&time.value, is_set);
        value == timex
            || Some(&value) == length.as_ref() && time.kind == TimeKind::Duration
            || (time.kind == TimeKind::Duration && value.contains('X') && value.replace('X', "3") == timex)
            || (is_set && value == timex.replace("XXXX-XX-XX", ""))
            || (timex.starts_with('T') && value.split_once('T').is_some_and(|(_, time)| format!("T{time}") == timex))
    };
    if ours.iter().find(is_same).is_some() {
        return true;
    }
    let (Some(first), Some(last)) = (ours.first(), ours.last()) else { return false };
    // Modifiers aside, the point itself: `XXXX-11` in the year of the answer.
    let year = [&answer.value, &answer.start, &answer.end].into_iter().find_map(|date| date.get(..4)).unwrap_or("none");
    if ours.iter().any(|time| agrees(&answer.timex, &time.value) && time.value.starts_with(year)) {
        return true;
    }
    let in_a_row = |is_at: &dyn Fn(&Time, &str) -> bool| {
        let is_open = answer.start.is_empty() || answer.end.is_empty();
        let is_alone = |time: &Time| {
            (answer.start.is_empty() || is_at(time, &answer.start))
                && (answer.end.is_empty() || is_at(time, &answer.end))
        };
        let is_pair = |pair: &[&Time]| is_at(pair[0], &answer.start) && is_at(pair[1], &answer.end);
        if is_open { ours.iter().any(|time| is_alone(time)) } else { ours.windows(2).any(is_pair) }
    };
    // A part of a day is given by its name and its hours.
    let part = answer.timex.split_once('T').map(|(_, part)| part).filter(|part| part.len() == 2);
    let is_part = |time: &&Time| {
        time.value.split_once('T').is_some_and(|(day, ours)| Some(ours) == part && answer.start.starts_with(day))
    };
    match gold.kind.as_str() {
        "date" => ours.iter().any(|time| is_day(time, &answer.value, text)),
        "datetime" => ours.iter().any(|time| is_moment(time, &answer.value)),
        "time" => ours.iter().any(|time| time_of(time).is_some_and(|time| answer.value.starts_with(&time))),
        "daterange" => is_range(first, last, &answer.start, &answer.end),
        "timerange" => in_a_row(&|time, gold| time_of(time).is_some_and(|time| gold.starts_with(&time))),
        "datetimerange" => ours.iter().any(is_part) || in_a_row(&is_moment),
        _ => false,
    }
}

fn is_day(time: &Time, gold: &str, text: &str) -> bool {
    let (Some(days), Some(gold)) = (time.days, PartialDate::parse(gold)) else { return false };
    let is_counted = ["month", "year"].iter().any(|unit| text.to_lowercase().contains(unit));
    let is_inside = days.from <= gold && gold <= days.to;
    is_inside && (days.from == days.to || is_counted)
}

fn time_of(time: &Time) -> Option<String> {
    let (_, time) = time.value.split_once('T').filter(|_| time.kind == TimeKind::Time)?;
    Some(time.to_owned())
}

fn is_moment(time: &Time, gold: &str) -> bool {
    let Some((day, clock)) = gold.split_once(' ') else { return false };
    time.value.split_once('T').is_some_and(|(d, t)| d == day && clock.starts_with(t))
}

fn is_range(first: &Time, last: &Time, start: &str, end: &str) -> bool {
    let (Some(a), Some(b)) = (first.days, last.days) else { return false };
    let number = |date: &str| PartialDate::parse(date).map(PartialDate::day_number);
    let begins = |gold: i32| a.from.day_number() == gold;
    let ends = |gold: i32| [b.from.day_number(), b.to.day_number(), b.to.day_number() + 1].contains(&gold);
    match (number(start), number(end)) {
        (Some(start), Some(end)) => begins(start) && ends(end),
        (Some(start), None) => begins(start) || a.to.day_number() + 1 == start || a.to.day_number() == start,
        (None, Some(end)) => ends(end),
        (None, None) => false,
    }
}

/// The bytes of a gold span that counts code points.
fn bytes(text: &str, gold: &Gold) -> Span {
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at) as u32;
    Span::new(byte(gold.start), byte(gold.end))
}

fn shown(text: &str, span: Span) -> String {
    let (mut from, mut to) = ((span.start as usize).saturating_sub(40), (span.end as usize + 30).min(text.len()));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = &text[from..span.start as usize];
    let after = &text[span.end as usize..to];
    format!("{before}[{}]{after}", span.of(text)).replace('\n', "~")
}

fn read(path: &Path) -> Result<Option<Vec<Text>>, String> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).map_err(|error| error.to_string())?;
    let texts: Result<Vec<Text>, _> = text.lines().map(serde_json::from_str).collect();
    texts.map(Some).map_err(|error| format!("{}: {error}", path.display()))
}
