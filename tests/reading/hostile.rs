//! Texts that are hardly any: what must not be found in them, and that nothing breaks.

use proptest::prelude::*;
use sheaf_core::base::{DocId, PartialDate, Span};
use sheaf_core::extract::Reading;
use sheaf_core::extract::entities::{Named, entities};
use sheaf_core::extract::shared::shared;

use crate::found::Found;
use crate::seeds::overlaps;
use crate::table::whole_words;

/// A text with the words that must not be, or be part of, a finding; `*` for: nothing at all.
struct Case {
    text: &'static str,
    no_names: &'static [&'static str],
    no_times: &'static [&'static str],
    no_quotations: &'static [&'static str],
    no_events: &'static [&'static str],
}

const ALL: &[&str] = &["*"];

/// Nothing is forbidden, but for what a case says.
const ANYTHING: Case = Case { text: "", no_names: &[], no_times: &[], no_quotations: &[], no_events: &[] };

/// Nothing is to be found, but for what a case says.
const NOTHING: Case = Case { text: "", no_names: ALL, no_times: ALL, no_quotations: ALL, no_events: ALL };

const CASES: &[Case] = &[
    Case { text: "", ..NOTHING },
    Case { text: " \n\n\t \n", ..NOTHING },
    Case { text: "?!? ... --- ,,, ;;; ((( ]]] ***", ..NOTHING },
    Case { text: "\u{feff}\u{200b}\u{200d}\u{0301}\u{0301}\u{202e}", ..NOTHING },
    // Capitals say nothing about names.
    Case {
        text: "HEAVY RAIN CLOSES THE ROADS. SCHOOLS WILL STAY SHUT. NOBODY WAS HURT, THE OFFICE SAID.",
        no_names: &["HEAVY", "RAIN", "ROADS", "SCHOOLS", "NOBODY", "SHUT"],
        no_times: ALL,
        no_events: ALL,
        ..ANYTHING
    },
    Case {
        text: "Heavy Rain Closes The Roads\nSchools Will Stay Shut",
        no_names: &["Roads", "Closes", "Shut"],
        ..NOTHING
    },
    // Neither do their absence and that of punctuation.
    Case { text: "the bridge is old and the river is high so we all take the long way home", ..NOTHING },
    Case { text: "he may march on and she may not i would not mind", ..NOTHING },
    Case { text: "However, the rain stopped. Nobody left. Then the sun came out. Perhaps it stays.", ..NOTHING },
    Case { text: "May I come in? We march on. The sun sat behind the hill.", ..NOTHING },
    // Lists and tables.
    Case {
        text: "Item\tQty\tPrice\nBolts\t12\t3.50\nNuts\t40\t1.20\nTotal\t52\t90.00",
        no_names: &["Qty", "Price", "Total"],
        ..NOTHING
    },
    Case { text: "- wash the cups\n- dry the cups\n- put them back\n\n1. first\n2. second", ..NOTHING },
    Case { text: "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", ..NOTHING },
    // Marks that are no quotation marks.
    Case { text: "The shelf is 6'2\" high, the 5\" pipe fits a 3\" hole, and 4' of tape are left.", ..NOTHING },
    Case {
        text: "They played '90s rock 'n' roll to the fans' delight, and it didn't end till the neighbours' dog barked.",
        no_times: &["rock", "delight"],
        ..NOTHING
    },
    Case { text: "It's the dogs' dinner, isn't it? They're the cooks' own and that's that.", ..NOTHING },
    Case { text: "We sell \"fresh\" bread and the 'best' jam.", no_quotations: ALL, ..ANYTHING },
    // A mark that is never closed reaches no further than its paragraph, and nobody says what nobody says.
    Case {
        text: "\"The door was open and the dog was gone, he said.\n\nThe rain began at once.\n\nThe lamp went out.",
        no_quotations: &["The rain", "The lamp"],
        no_times: ALL,
        no_events: ALL,
        ..ANYTHING
    },
    Case { text: "”””“““\"\"\"'''«»»»‹‹„„\"", ..NOTHING },
    // Days that there are not.
    Case { text: "The form has 31.02.2025 in one box and 99/99/9999 in the other.", ..NOTHING },
    Case { text: "They wrote 2025-13-45, 0/0/0000 and 32 May.", no_times: &["13", "45", "0/0/0000", "32"], ..ANYTHING },
    Case { text: "Take version 10.4.2.1 or call 555 0199; the part is no. 12-7-3000-44.", no_times: ALL, ..ANYTHING },
    Case { text: "The score was 3-2, then 4:3, and 20/20 is good sight.", ..NOTHING },
    // Words of encounters that are none.
    Case { text: "The report meets the rules, and we met the cost of it.", ..NOTHING },
    Case { text: "The site had six million visits. Visit our shop. Call it a day.", no_events: ALL, ..ANYTHING },
    Case { text: "Talk is cheap, and money talks. A called meeting room stays empty.", no_events: ALL, ..ANYTHING },
];

/// Languages that the extractors do not cover: nothing is found, whatever it looks like.
const NOT_COVERED: &[(&str, &str)] = &[
    ("tr", "Belediye Başkanı Ayşe Demirel dün İzmir'de \"Köprü açılacak\" dedi. 3 Mayıs 2021'de buluştular."),
    ("ru", "Мэр Анна Кротова вчера сказала: «Мост откроют 3 мая 2021 года». Она встретилась с Olga Krotova."),
    ("ar", "قالت رئيسة البلدية أمس: «سيفتح الجسر في 3 مايو 2021». التقت بالمهندس في المدينة."),
    ("zh", "市长昨天说：“大桥将于2021年5月3日开放。”她在城里会见了工程师。"),
    ("de", "Bürgermeisterin Anna Kroll sagte am Montag in Hamburg: „Die Brücke wird geöffnet.“ Sie traf Otto Brandt."),
];

#[test]
fn what_is_not_there_is_not_found() {
    let mut faults = Vec::new();
    for case in CASES {
        let found = sound(case.text, "en");
        let names = found.names.iter().map(|name| name.span);
        let times = found.times.iter().map(|time| time.span);
        let quotations = found.quotations.iter().flat_map(|quotation| quotation.content.iter().copied());
        let events = found.events.iter().map(|event| event.trigger);
        faults.extend(forbidden("name", case.text, case.no_names, names));
        faults.extend(forbidden("time", case.text, case.no_times, times));
        faults.extend(forbidden("quotation", case.text, case.no_quotations, quotations));
        faults.extend(forbidden("event", case.text, case.no_events, events));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_found_in_languages_that_are_not_covered() {
    for (language, text) in NOT_COVERED {
        assert_eq!(sound(text, language).len(), 0, "{language}: {text}");
        // Of a language that nobody knows they may find what they like, if it is in the text.
        sound(text, "");
        sound(text, "en");
    }
}

#[test]
fn a_thousand_people_of_one_surname_stay_apart() {
    let first = |n: usize| format!("{}{}", ["Bar", "Dol", "Fen", "Gor", "Hal"][n % 5], syllables(n / 5));
    let text: String = (0..1000).map(|n| format!("Mr. {} Kerwin met Mrs. Kerwin on Monday. ", first(n))).collect();
    let found = sound(&text, "en");
    let of = entities(&[Named { text: &text, mentions: &found.names }]).of;
    let whole = |n: usize| {
        let name = format!("{} Kerwin", first(n));
        let at = whole_words(&text, &name);
        found.names.iter().position(|mention| {
            at.first().is_some_and(|at| mention.span.start as usize == *at) && mention.span.of(&text) == name
        })
    };
    let entities: Vec<u32> = (0..1000).filter_map(whole).map(|mention| of[0][mention]).collect();
    let different: std::collections::BTreeSet<&u32> = entities.iter().collect();
    assert_eq!(different.len(), entities.len(), "people of different first names are one");
}

#[test]
fn five_megabytes_in_one_paragraph_are_read() {
    let piece = "and \"then the 5\" pipe (said Kerwin of the Dorn Works, who met Anna Bell on Monday, told ";
    sound(&piece.repeat(5_000_000 / piece.len()), "en");
}

#[test]
fn twice_the_text_is_not_many_times_the_work() {
    // Time is not measured here, a build machine has its moods: what takes the square of a megabyte does not end.
    const UNITS: &[&str] = &["“", "Kerwin ", "said \"", "5 May ", "a", "A. ", "\n\n“x", "(Dorn), ", "met "];
    for piece in UNITS {
        for len in [100_000, 200_000] {
            let text = piece.repeat(len / piece.len());
            sound(&text, "en");
            let reading = Reading::new(&text, "en");
            shared(&[(DocId(0), &reading), (DocId(1), &reading)]);
        }
    }
    let mixed = UNITS.concat();
    for len in [1_000_000, 2_000_000] {
        sound(&mixed.repeat(len / mixed.len()), "en");
    }
}

/// Pieces of which texts are made that nobody wrote, between bars.
const PIECES: &str = concat!(
    "“|”|\"|'|‘|’|«|»| | | |\n|\n\n|. |, |: |(|)|-|—|é|İ|ﬁ|上|Kerwin|Anna Bell|Mr. |Foreign Minister |",
    "Dorn Works|U.S.|said|told|according to|that |he|met|will visit|talks with|in |on Monday|",
    "last week|May|5|31|2021|'90s|three |days|/",
);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_breaks_them(pieces in prop::collection::vec(prop::sample::select(PIECES.split('|').collect::<Vec<_>>()), 0..80)) {
        sound(&pieces.concat(), "en");
    }

    #[test]
    fn no_characters_break_them(text in "\\PC{0,200}") {
        sound(&text, "en");
    }
}

/// What is found in a text, all of it in good form, with a date and without.
fn sound(text: &str, language: &str) -> Found {
    let undated = Found::of(text, language, None);
    let dated = Found::of(text, language, PartialDate::parse("2021-05-03"));
    for found in [&undated, &dated] {
        let faults = found.faults(text);
        let start: String = text.chars().take(100).collect();
        assert!(faults.is_empty(), "{start}\n{}", faults.join("\n"));
    }
    dated
}

fn forbidden(what: &str, text: &str, words: &[&str], found: impl Iterator<Item = Span>) -> Vec<String> {
    let is_forbidden = |span: &Span| {
        words.iter().any(|words| {
            let at = |at: usize| Span::new(at as u32, (at + words.len()) as u32);
            *words == "*" || whole_words(text, words).into_iter().any(|start| overlaps(at(start), *span))
        })
    };
    found.filter(is_forbidden).map(|span| format!("a {what}, {:?}, in: {text}", span.of(text))).collect()
}

/// A number as letters, different for each: `ba`, `be` …
fn syllables(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.push_str(["ba", "ne", "li", "mo", "su", "ra", "te"][n % 7]);
        n /= 7;
        if n == 0 {
            return out;
        }
    }
}
