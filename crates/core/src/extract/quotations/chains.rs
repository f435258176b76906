//! Speech that goes on: stretches in marks without a cue of their own.

use super::clauses::is_short;
use super::cues::main_subject;
use super::line::{Line, gap};
use super::reports::Report;
use super::rules::Rule;

/// Gives stretches in marks without a cue to the speaker before them.
///
/// `"…," she said, smiling. "…"`: what opens the next sentence, or ends this one, is hers; so is a paragraph after one
/// whose mark was left open, and one that is nothing but marks. Other sentences in marks are told without a speaker.
pub(super) fn go_on(line: &Line, out: &mut Vec<Report>, claimed: &mut [bool]) {
    let reported = out.len();
    look_back(line, out, claimed);
    let mut order: Vec<usize> =
        (0..out.len()).filter(|&n| out.get(n).is_some_and(|report| report.is_spoken(line))).collect();
    order.sort_by_key(|&n| out.get(n).map_or(0, |report| report.end));
    let mut order = order.into_iter().peekable();
    let mut speaking: Option<Speaking> = None;
    let (mut sentence, mut low) = (0, 0);
    // The last report without a speaker, and its last stretch in marks.
    let mut unsaid: Option<(usize, usize)> = None;
    let is_dialogue = is_dialogue(line);
    for n in 0..line.len() {
        if line.at(n).after(gap::STOP | gap::PARAGRAPH) {
            sentence += 1;
            low = n;
        }
        while let Some(next) = order.next_if(|&next| out.get(next).is_some_and(|report| report.end <= n + 1)) {
            speaking = Some(Speaking { report: next, sentence });
        }
        let Some(quoted) = line.quote(n) else { continue };
        let quote = line.at(n).quote.unwrap_or_default() as usize;
        let Some(claimed) = claimed.get_mut(quote).filter(|claimed| !**claimed) else { continue };
        if line.at(n).after(gap::COLON)
            && !is_short(line, n)
            && let Some(report) = marked(line, low, n)
        {
            out.push(report);
            *claimed = true;
            continue;
        }
        let opens = line.at(n).after(gap::STOP);
        let closes = line.at(n + 1).after(gap::STOP);
        let since = speaking.as_ref().map_or(usize::MAX, |speaking| sentence - speaking.sentence);
        let is_same = since == 0 && !opens && line.at(n).after(gap::COMMA | gap::DASH) && !is_short(line, n);
        let is_next = since == 1 && opens && !line.at(n).after(gap::PARAGRAPH);
        let goes_on = since == 1 && opens && (quoted.goes_on || is_alone(line, n) && !is_dialogue);
        if closes && (is_same || is_next || goes_on) {
            let report = speaking.as_mut().and_then(|speaking| {
                speaking.sentence = sentence;
                out.get_mut(..reported)?.get_mut(speaking.report)
            });
            if let Some(report) = report {
                report.parts.push((n, n + 1));
                *claimed = true;
            }
        } else if quoted.goes_on
            && let Some((report, _)) = unsaid.filter(|&(_, last)| last + 1 == quote)
        {
            out.get_mut(report).into_iter().for_each(|report| report.parts.push((n, n + 1)));
            unsaid = Some((report, quote));
            *claimed = true;
        } else if line.at(n).after(gap::PARAGRAPH) && closes && quoted.ends_with(line.text, &['.', '?', '!', '…']) {
            unsaid = Some((out.len(), quote));
            out.push(Report::unsaid(n));
            *claimed = true;
        }
    }
}

/// Whether a paragraph is nothing but a closed stretch in marks.
fn is_alone(line: &Line, n: usize) -> bool {
    let is_closed = line.quote(n).is_some_and(|quoted| quoted.is_closed);
    is_closed && line.at(n).after(gap::PARAGRAPH) && line.at(n + 1).after(gap::PARAGRAPH)
}

/// Whether so many paragraphs are nothing but speech that speakers take turns: a story. In news a second one goes on
/// with the first.
fn is_dialogue(line: &Line) -> bool {
    let paragraphs = (0..line.len()).filter(|&n| line.at(n).after(gap::PARAGRAPH)).count();
    let alone = (0..line.len()).filter(|&n| is_alone(line, n)).count();
    alone > 3 && alone * 10 > paragraphs
}

/// Gives a cue that stands behind the last paragraph of a speech the paragraphs before it.
fn look_back(line: &Line, out: &mut [Report], claimed: &mut [bool]) {
    let items: Vec<usize> = (0..line.len()).filter(|&n| line.at(n).quote.is_some()).collect();
    for report in out {
        let Some(&(first, end)) = report.parts.first() else { continue };
        let Some(mut quote) = line.at(first).quote.filter(|_| end == first + 1) else { continue };
        while line.quotes.get(quote as usize).is_some_and(|quoted| quoted.goes_on) && quote > 0 {
            quote -= 1;
            let Some(claimed) = claimed.get_mut(quote as usize).filter(|claimed| !**claimed) else { break };
            let Some(&n) = items.get(quote as usize) else { break };
            *claimed = true;
            report.parts.push((n, n + 1));
        }
    }
}

/// `She left them with a message: "…"`: marks after a colon, and no verb that we know.
fn marked(line: &Line, low: usize, n: usize) -> Option<Report> {
    let start = if n > low { low } else { (0..n).rev().take(60).find(|&m| line.at(m).after(gap::STOP))? };
    let speaker = main_subject(line, start, n)?;
    Some(Report {
        cue: (n, n),
        speaker: Some(speaker),
        addressee: None,
        parts: vec![(n, n + 1)],
        rule: Rule::Announced,
        is_sure: false,
        end: n + 1,
    })
}

/// Who spoke last in marks, and in which sentence.
struct Speaking {
    report: usize,
    sentence: usize,
}
