//! Behaviour through one door: texts with marked names and times in, encounters out.

use proptest::prelude::*;

use super::super::quotations::{Manner, Speaker};
use super::super::times::TimeKind;
use super::super::{Kind, quotations::Quotation};
use super::*;

/// A text in which names, times and quotations are marked: `<P Ada Orhan>`, `<P Foreign Minister|Ada Orhan>`,
/// `<T on Tuesday>`, `[n words]` said by the name with the number `n`.
#[derive(Default)]
struct Marked {
    text: String,
    mentions: Vec<Mention>,
    times: Vec<Time>,
    quotations: Vec<Quotation>,
}

fn marked(source: &str) -> Marked {
    let mut marked = Marked::default();
    let mut open: Option<(u32, Option<u32>)> = None;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let at = marked.text.len() as u32;
        rest = &rest[c.len_utf8()..];
        match c {
            '<' => {
                let (inside, after) = rest.split_once('>').expect("closed");
                mark(&mut marked, inside);
                rest = after;
            }
            '[' => {
                let (number, after) = rest.split_once(' ').expect("number");
                open = Some((at, number.parse().ok()));
                rest = after;
            }
            ']' => {
                let (start, mention) = open.take().expect("open");
                let content = Span { start, end: at };
                let is_direct = marked.text[..start as usize].ends_with('"');
                let speaker = mention.map(|mention| Speaker {
                    span: content,
                    mention: Some(mention),
                    certainty: 90,
                    reason: "marked",
                });
                marked.quotations.push(Quotation {
                    content: vec![content],
                    manner: if is_direct { Manner::Direct } else { Manner::Reported },
                    cue: None,
                    speaker,
                    addressee: None,
                    certainty: 90,
                    reason: "marked",
                });
            }
            c => marked.text.push(c),
        }
    }
    marked
}

fn mark(marked: &mut Marked, inside: &str) {
    let (kind, name) = inside.split_once(' ').expect("kind and name");
    let mut push = |words: &str| {
        let start = marked.text.len() as u32;
        marked.text.push_str(words);
        Span { start, end: marked.text.len() as u32 }
    };
    if kind == "T" {
        let span = push(name);
        let value = String::from("XXXX-XX-XX");
        marked.times.push(Time { span, kind: TimeKind::Date, value, days: None, certainty: 90, reason: "marked" });
        return;
    }
    let kind = match kind {
        "P" => Kind::Person,
        "O" => Kind::Organisation,
        "L" => Kind::Place,
        _ => Kind::Other,
    };
    let (role, name) = match name.split_once('|') {
        Some((role, name)) => {
            let role = push(role);
            push(" ");
            (Some(role), name)
        }
        None => (None, name),
    };
    let span = push(name);
    marked.mentions.push(Mention { span, kind, role, certainty: 90, reason: "marked" });
}

fn found(source: &str) -> (Marked, Vec<Event>) {
    let marked = marked(source);
    let reading = Reading::new(&marked.text, "en");
    let events = events(&reading, &marked.mentions, &marked.times, &marked.quotations);
    (marked, events)
}

/// `Meeting Happened: Ada Orhan, Tom Weaver @Izmit on Tuesday`.
fn shown(source: &str) -> String {
    let (marked, events) = found(source);
    let name = |n: &u32| marked.mentions[*n as usize].span.of(&marked.text);
    let line = |event: &Event| {
        let who: Vec<&str> = event.participants.iter().map(name).collect();
        let place = event.place.map_or(String::new(), |place| format!(" @{}", name(&place)));
        let time =
            event.time.map_or(String::new(), |time| format!(" {}", marked.times[time as usize].span.of(&marked.text)));
        format!("{:?} {:?}: {}{place}{time}", event.kind, event.status, who.join(", "))
    };
    events.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(source, expected)| (source, expected, shown(source)))
        .filter(|(_, expected, shown)| shown != *expected)
        .map(|(source, expected, shown)| format!("\n{source}\n  wanted {expected}\n  found  {shown}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn who_met_whom() {
    check(&[
        (
            "<P Ada Orhan> met <P Tom Weaver> in <L Izmit> <T on Tuesday>.",
            "Meeting Happened: Ada Orhan, Tom Weaver @Izmit on Tuesday",
        ),
        (
            "<P Turkish Foreign Minister|Ada Orhan> met with <P his Greek counterpart|Tom Weaver>.",
            "Meeting Happened: Ada Orhan, Tom Weaver",
        ),
        (
            "<P Ada Orhan>, <P Kim Lake> and <P Tom Weaver> met in <L Izmit>.",
            "Meeting Happened: Ada Orhan, Kim Lake, Tom Weaver @Izmit",
        ),
        (
            "<P Ada Orhan> briefly met the leaders of <L Greece> and <L Italy>.",
            "Meeting Happened: Ada Orhan, Greece, Italy",
        ),
        ("In <L Izmit>, <P Ada Orhan> met senior officials.", "Meeting Happened: Ada Orhan @Izmit"),
        (
            "<P Tom Weaver>, who met <P Ada Orhan> <T last week>, left.",
            "Meeting Happened: Tom Weaver, Ada Orhan last week",
        ),
        ("<P Kim Lake> of <L Canada> met <P Ada Orhan>.", "Meeting Happened: Kim Lake, Ada Orhan"),
        (
            "The foreign ministers of <L Greece> and <L Turkey> met in <L Izmit>.",
            "Meeting Happened: Greece, Turkey @Izmit",
        ),
        ("<P Ada Orhan> received <P Tom Weaver> in <L Izmit>.", "Meeting Happened: Ada Orhan, Tom Weaver @Izmit"),
        (
            "<P Ada Orhan> and <P her Greek counterpart|Tom Weaver> met <P Kim Lake>, and <P Jo Reed> left.",
            "Meeting Happened: Ada Orhan, Tom Weaver, Kim Lake",
        ),
        ("<L Turkey>'s <P Orhan> meets <L Canada>'s <P Lake>.", "Meeting Happened: Orhan, Lake"),
        ("<P Ada Orhan> met <P Tom Weaver>'s demands.", ""),
        (
            "<P Ada Orhan> met <P Tom Weaver>, chairman of the <O Weaver Fund>.",
            "Meeting Happened: Ada Orhan, Tom Weaver",
        ),
        ("<P Ada Orhan> spoke after meeting <P Tom Weaver>.", "Meeting Happened: Tom Weaver"),
    ]);
}

#[test]
fn what_is_met_but_is_no_person() {
    for source in [
        "<O Orlan Motors> met its targets <T in March>.",
        "The plan met with resistance in <L Izmit>.",
        "<P Ada Orhan> said the terms meet the needs of <L Turkey>.",
        "<O Orlan Motors> received a letter from <O Weaver Fund>.",
        "<O Orlan Motors> will hold its annual meeting in <L Izmit> <T in May>.",
        "<P Ada Orhan> called for calm. <P Ada Orhan> called <P Tom Weaver> a liar.",
        "<P Ada Orhan> told a news conference in <L Izmit> that prices rose.",
        "He called. They met. We talk.",
    ] {
        assert_eq!(shown(source), "", "{source}");
    }
}

#[test]
fn talks_calls_and_summits() {
    check(&[
        ("Talks between <L Greece> and <L Turkey> were held in <L Geneva>.", "Talks Happened: Greece, Turkey @Geneva"),
        (
            "<P Ada Orhan> held talks with <P Tom Weaver> <T on Tuesday>.",
            "Talks Happened: Ada Orhan, Tom Weaver on Tuesday",
        ),
        ("<P Ada Orhan> had a phone call with <P Tom Weaver>.", "Call Happened: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> spoke by telephone with <P Tom Weaver>.", "Call Happened: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> phoned <P Tom Weaver>.", "Call Happened: Ada Orhan, Tom Weaver"),
        ("<L U.S.>-<X Soviet> talks resumed in <L Geneva>.", "Talks Happened: U.S. @Geneva"),
        (
            "<P Ada Orhan> discussed trade during a meeting with <P Tom Weaver> in <L Izmit>.",
            "Meeting Happened: Ada Orhan, Tom Weaver @Izmit",
        ),
        ("At a meeting with <P Tom Weaver>, <P Ada Orhan> spoke of trade.", "Meeting Happened: Tom Weaver, Ada Orhan"),
        ("<P Ada Orhan> attended the <O NATO> summit in <L Madrid>.", "Talks Happened: Ada Orhan, NATO @Madrid"),
        ("<P Ada Orhan> hosted talks between <L Greece> and <L Italy>.", "Talks Happened: Ada Orhan, Greece, Italy"),
        ("<P Ada Orhan>'s meeting with <P Tom Weaver> was long.", "Meeting Happened: Ada Orhan, Tom Weaver"),
    ]);
}

#[test]
fn encounters_known_by_where_or_when_they_were() {
    check(&[
        ("The <L Geneva> talks may help.", "Talks Happened:  @Geneva"),
        ("The <L Geneva> talks may begin soon.", "Talks Planned:  @Geneva"),
        ("Negotiations in <L Geneva> resumed.", "Talks Happened:  @Geneva"),
        ("The aim of <T today>'s meeting is peace.", "Meeting Happened:  today"),
        ("The <T February 18> discussions failed.", "Talks Happened:  February 18"),
        ("The first round of talks on <T May 16> failed.", "Talks Happened:  May 16"),
        ("<P Ada Orhan> praised talks.", ""),
        ("Talks failed as prices in <L Geneva> rose.", ""),
        ("Talks between <L Moscow> and <L Geneva> began.", "Talks Happened: Moscow, Geneva"),
        (
            "During their talks, <P Ada Orhan> and <P Tom Weaver> spoke of trade.",
            "Talks Happened: Ada Orhan, Tom Weaver",
        ),
        ("Before their talks, prices rose.", ""),
    ]);
}

#[test]
fn who_received_whom_and_who_comes() {
    check(&[
        (
            "The minister, who was received by <P Ada Orhan> <T on Monday>, left.",
            "Meeting Happened: Ada Orhan on Monday",
        ),
        ("A letter was received by <P Ada Orhan>.", ""),
        (
            "Receiving <P Tom Weaver> <T last Tuesday>, <P Ada Orhan> asked for calm.",
            "Meeting Happened: Tom Weaver, Ada Orhan last Tuesday",
        ),
        ("A delegation led by <P Ada Orhan> will shortly be visiting <L Athens>.", "Visit Planned: Ada Orhan @Athens"),
        (
            "<P Ada Orhan>, who saw <L Rome> <T in May>, is expected to visit <L Athens>.",
            "Visit Planned: Ada Orhan @Athens in May",
        ),
        ("He explained <P Ada Orhan>'s visit.", "Visit Happened: Ada Orhan"),
        (
            "The visits of both <P President|Ada Orhan> and <P Foreign Minister|Tom Weaver> to <L Athens> ended.",
            "Visit Happened: Ada Orhan, Tom Weaver @Athens",
        ),
    ]);
}

#[test]
fn visits_have_places() {
    check(&[
        ("<P Ada Orhan> visited <L Athens> <T on Monday>.", "Visit Happened: Ada Orhan @Athens on Monday"),
        ("<P Ada Orhan> arrived in <L Athens> <T on Monday>.", "Visit Happened: Ada Orhan @Athens on Monday"),
        (
            "<P Ada Orhan> travelled to <L Athens> for talks with <P Tom Weaver>.",
            "Visit Happened: Ada Orhan @Athens; Talks Happened: Ada Orhan, Tom Weaver",
        ),
        ("<P Ada Orhan>'s visit to <L Athens> ended.", "Visit Happened: Ada Orhan @Athens"),
        ("<P Ada Orhan> paid a visit to <L Athens>.", "Visit Happened: Ada Orhan @Athens"),
        ("<P Ada Orhan> is visiting <L Athens>.", "Visit Happened: Ada Orhan @Athens"),
        ("The letter arrived in <L Athens>.", ""),
        ("<L Canada> objected to a visit to <L Athens> by <P Ada Orhan>.", "Visit Happened: Ada Orhan @Athens"),
        ("<P Ada Orhan> ended her <L China> tour.", "Visit Happened: Ada Orhan @China"),
    ]);
}

#[test]
fn whether_it_came_to_pass() {
    check(&[
        ("<P Ada Orhan> will meet <P Tom Weaver> <T tomorrow>.", "Meeting Planned: Ada Orhan, Tom Weaver tomorrow"),
        ("<P Ada Orhan> is expected to meet <P Tom Weaver>.", "Meeting Planned: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> plans to visit <L Athens>.", "Visit Planned: Ada Orhan @Athens"),
        ("<P Ada Orhan> may hold talks with <P Tom Weaver>.", "Talks Planned: Ada Orhan, Tom Weaver"),
        (
            "A meeting between <P Ada Orhan> and <P Tom Weaver> is scheduled for <T May>.",
            "Meeting Planned: Ada Orhan, Tom Weaver May",
        ),
        ("<P Ada Orhan> has met <P Tom Weaver>.", "Meeting Happened: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> did not meet <P Tom Weaver>.", "Meeting Denied: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> refused to meet <P Tom Weaver>.", "Meeting Denied: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> cancelled a meeting with <P Tom Weaver>.", "Meeting Denied: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan>'s visit to <L Athens> was called off.", "Visit Denied: Ada Orhan @Athens"),
        ("<P Kim Lake> denied that <P Ada Orhan> met <P Tom Weaver>.", "Meeting Denied: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> denied meeting <P Tom Weaver>.", "Meeting Denied: Ada Orhan, Tom Weaver"),
        ("No talks were held between <L Greece> and <L Turkey>.", "Talks Denied: Greece, Turkey"),
        (
            "<P Ada Orhan> will visit <L Athens> and meet <P Tom Weaver>.",
            "Visit Planned: Ada Orhan @Athens; Meeting Planned: Ada Orhan, Tom Weaver",
        ),
        ("<P Ada Orhan> is said to have met <P Tom Weaver>.", "Meeting Happened: Ada Orhan, Tom Weaver"),
        ("The court barred <P Ada Orhan> from travelling to <L Athens>.", "Visit Denied: Ada Orhan @Athens"),
        (
            "A meeting between <P Ada Orhan> and <P Tom Weaver> will be in <L Izmit> and not in <L Athens>.",
            "Meeting Planned: Ada Orhan, Tom Weaver @Izmit",
        ),
        ("<P Kim Lake> said that <P Ada Orhan> would meet <P Tom Weaver>.", "Meeting Planned: Ada Orhan, Tom Weaver"),
    ]);
}

#[test]
fn what_is_quoted_has_its_own_words() {
    check(&[
        (
            "<P Kim Lake> said <T Monday> <P Ada Orhan> met <P Tom Weaver> <T in March>.",
            "Meeting Happened: Ada Orhan, Tom Weaver in March",
        ),
        ("\"[0 I met <P Tom Weaver> in <L Izmit>]\", said <P Ada Orhan>.", "Meeting Happened: Tom Weaver @Izmit"),
        ("<P Ada Orhan> said: \"[0 I will meet <P Tom Weaver>]\".", "Meeting Planned: Ada Orhan, Tom Weaver"),
        ("<P Ada Orhan> said that [0 he met <P Tom Weaver>].", "Meeting Happened: Ada Orhan, Tom Weaver"),
    ]);
}

#[test]
fn other_languages_and_bad_input_give_nothing() {
    let marked = marked("<P Ada Orhan> met <P Tom Weaver>.");
    let reading = Reading::new(&marked.text, "tr");
    assert_eq!(events(&reading, &marked.mentions, &[], &[]), []);
    assert_eq!(shown(""), "");
    assert_eq!(
        shown("<P ADA ORHAN> MET <P TOM WEAVER> IN <L IZMIT>"),
        "Meeting Happened: ADA ORHAN, TOM WEAVER @IZMIT"
    );
}

#[test]
fn a_sentence_without_end_costs_no_more_than_others() {
    let piece = "<P Ada Orhan> met <P Tom Weaver> and talks with <L Greece> <T on Monday> were a visit to meet, ";
    let one = marked(piece);
    let mut long = Marked::default();
    for n in 0..3000u32 {
        let base = long.text.len() as u32;
        let shift = |span: Span| Span { start: span.start + base, end: span.end + base };
        long.text.push_str(&one.text);
        long.mentions.extend(one.mentions.iter().map(|own| Mention { span: shift(own.span), ..*own }));
        long.times.extend(one.times.iter().map(|own| Time {
            span: shift(own.span),
            value: n.to_string(),
            ..own.clone()
        }));
    }
    let reading = Reading::new(&long.text, "en");
    assert!(events(&reading, &long.mentions, &long.times, &[]).len() > 3000);
    let plain = "met talks visit ".repeat(20_000);
    assert_eq!(events(&Reading::new(&plain, "en"), &[], &[], &[]), []);
}

proptest! {
    #[test]
    fn anything_is_read(
        words in prop::collection::vec(prop::sample::select(vec![
            "<P Ada Orhan>", "<P Minister|Weaver>", "<L Greece>", "<L Izmit>", "<O NATO>", "<X Greek>", "<T today>", "met", "meeting",
            "talks", "visit", "with", "between", "and", ",", "\"", "'s", "said", "that", "will", "not", "in", "to", "of", "who", "the",
            "minister", "he", "held", "a", "call", "phone", ".", ";", "(", "é", "-", "annual", "[0 I met <P Lake> ]", "[ they met ]",
        ]), 0..30),
    ) {
        let source = words.join(" ");
        let (marked, events) = found(&source);
        let mut before = 0;
        for event in events {
            prop_assert!(before <= event.trigger.start && event.trigger.end <= event.sentence.end);
            before = event.trigger.start;
            prop_assert!(marked.text.get(event.trigger.start as usize..event.trigger.end as usize).is_some());
            let is_known = !event.participants.is_empty() || event.place.is_some() || event.time.is_some();
            prop_assert!(is_known && event.participants.is_sorted());
            let all = marked.mentions.len() as u32;
            prop_assert!(event.participants.iter().chain(&event.place).all(|own| *own < all));
            prop_assert!(event.time.is_none_or(|time| (time as usize) < marked.times.len()));
            prop_assert!(!event.reason.is_empty() && event.certainty <= 100);
        }
    }

    #[test]
    fn mentions_anywhere_do_not_panic(text in "(met|talks|with|visit|to| |é|\\.){0,30}", spans in prop::collection::vec(any::<(u8, u8)>(), 0..6)) {
        let mut mentions: Vec<Mention> = spans
            .iter()
            .map(|(start, length)| Span { start: u32::from(*start), end: u32::from(*start) + u32::from(*length % 9) })
            .map(|span| Mention { span, kind: Kind::Person, role: None, certainty: 50, reason: "any" })
            .collect();
        mentions.sort_by_key(|own| own.span);
        events(&Reading::new(&text, "en"), &mentions, &[], &[]);
    }
}

fn told(doc: u32, kind: EventKind, status: Status, participants: &[u32], place: Option<u32>, day: Option<u8>) -> Told {
    let date = |day| crate::base::PartialDate { year: 2031, month: 5, day, minute: 0 };
    let days = day.map(|day| date(day).days());
    Told { doc, kind, status, participants: participants.to_vec(), place, days, is_relative: false, certainty: 80 }
}

/// Which of the events told are one: `0 1; 2`.
fn groups(told: &[Told]) -> String {
    let group = |own: &MergedEvent| own.told.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    let mut groups: Vec<String> = merged(told).iter().map(group).collect();
    groups.sort();
    groups.join("; ")
}

#[test]
fn what_several_documents_tell_becomes_one() {
    use EventKind::*;
    use Status::*;
    let same = told(0, Meeting, Happened, &[1, 2], Some(9), Some(4));
    let cases: &[(Told, bool)] = &[
        (told(1, Meeting, Happened, &[1, 2], Some(9), Some(4)), true),
        (told(1, Talks, Happened, &[1, 2, 3], None, Some(4)), true),
        (told(1, Meeting, Planned, &[1, 2], Some(8), Some(4)), true),
        (told(1, Meeting, Happened, &[1], Some(9), Some(4)), true),
        (told(1, Call, Happened, &[1, 2], Some(9), Some(4)), false),
        (told(1, Meeting, Happened, &[1, 3], Some(9), Some(4)), false),
        (told(1, Meeting, Happened, &[1, 2], Some(9), Some(5)), false),
        (Told { is_relative: true, ..told(1, Meeting, Happened, &[1, 2], Some(9), Some(5)) }, true),
        (Told { is_relative: true, ..told(1, Meeting, Happened, &[1, 2], Some(9), Some(6)) }, false),
        (told(1, Meeting, Happened, &[1, 2], Some(9), None), false),
        (told(0, Meeting, Happened, &[1, 2], None, None), true),
    ];
    for (other, is_one) in cases {
        assert_eq!(groups(&[same.clone(), other.clone()]), if *is_one { "0 1" } else { "0; 1" }, "{other:?}");
        assert_eq!(groups(&[other.clone(), same.clone()]), if *is_one { "0 1" } else { "0; 1" }, "{other:?}");
    }
    let visits = [told(0, Visit, Happened, &[1], Some(9), Some(4)), told(1, Visit, Happened, &[1], Some(8), Some(4))];
    assert_eq!(groups(&visits), "0; 1");
}

#[test]
fn what_differs_is_listed() {
    use Status::*;
    let all = merged(&[
        told(0, EventKind::Meeting, Happened, &[1, 2], Some(9), Some(4)),
        told(1, EventKind::Talks, Denied, &[1, 2, 3], Some(8), Some(4)),
        told(2, EventKind::Meeting, Happened, &[1, 2], Some(9), Some(4)),
    ]);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].kind, all[0].status, all[0].place), (EventKind::Meeting, Happened, Some(9)));
    assert_eq!(all[0].participants, [1, 2, 3]);
    assert_eq!(
        all[0].conflicts,
        [
            Conflict::Place(vec![(8, vec![1]), (9, vec![0, 2])]),
            Conflict::Status(vec![(Happened, vec![0, 2]), (Denied, vec![1])]),
        ]
    );
    assert_eq!(merged(&[]), []);
}

#[test]
fn a_hundred_thousand_events_of_a_day_are_merged_at_once() {
    let all: Vec<Told> = (0..100_000u32)
        .map(|n| {
            told(
                n,
                EventKind::Meeting,
                Status::Happened,
                &[n % 50, 50 + n % 7, 100 + n % 900],
                Some(n % 3),
                Some(1 + (n % 28) as u8),
            )
        })
        .collect();
    assert!(!merged(&all).is_empty());
}

proptest! {
    #[test]
    fn every_event_told_is_part_of_one_merged(
        picks in prop::collection::vec((0u32..4, 0usize..4, 0usize..3, prop::collection::btree_set(0u32..5, 0..4), prop::option::of(0u32..3), prop::option::of(1u8..5), any::<bool>()), 0..20),
    ) {
        let kinds = [EventKind::Meeting, EventKind::Visit, EventKind::Call, EventKind::Talks];
        let states = [Status::Happened, Status::Planned, Status::Denied];
        let all: Vec<Told> = picks
            .iter()
            .map(|(doc, kind, status, who, place, day, is_relative)| {
                let who: Vec<u32> = who.iter().copied().collect();
                Told { is_relative: *is_relative, ..told(*doc, kinds[*kind], states[*status], &who, *place, *day) }
            })
            .collect();
        let found = merged(&all);
        let mut parts: Vec<u32> = found.iter().flat_map(|own| own.told.clone()).collect();
        parts.sort_unstable();
        prop_assert_eq!(parts, (0..all.len() as u32).collect::<Vec<_>>());
        for own in &found {
            prop_assert!(own.told.is_sorted() && own.participants.is_sorted());
        }
    }
}
