//! Expressions of time in invented sentences: what is found, and which value it has.

use proptest::prelude::*;

use super::{TimeKind, times};
use crate::base::{DateRange, PartialDate};
use crate::extract::Reading;

/// Monday, 7 November 2016, 16:12.
const PUBLISHED: &str = "2016-11-07T16:12";

/// A sentence, and what is found in it: `[words] value`, one after the other.
type Case = (&'static str, &'static str);

fn found(text: &str, published: Option<&str>) -> String {
    let date = published.and_then(PartialDate::parse);
    let found = times(&Reading::new(text, "en"), date);
    let shown: Vec<String> = found.iter().map(|time| format!("[{}] {}", time.span.of(text), time.value)).collect();
    shown.join(" ")
}

fn check(cases: &[Case]) {
    for (text, expected) in cases {
        assert_eq!(found(text, Some(PUBLISHED)), *expected, "{text}");
    }
}

#[test]
fn dates_that_are_written_out() {
    check(&[
        ("The bridge opened on 26 May 2025.", "[26 May 2025] 2025-05-26"),
        ("On May 26th, 2025 it opened.", "[May 26th, 2025] 2025-05-26"),
        ("It opened on the 26th of May, 2025.", "[the 26th of May, 2025] 2025-05-26"),
        ("It opened in May 2025.", "[May 2025] 2025-05"),
        ("On Monday, May 20, 2013, 3:15 p.m. EST, it rang.", "[Monday, May 20, 2013, 3:15 p.m. EST] 2013-05-20T15:15"),
        ("The 1990s were slow, the nineteenth century slower.", "[The 1990s] 199 [the nineteenth century] 18"),
        (
            "She left in summer 2024, in Q3 2024 or in fiscal 1989.",
            "[summer 2024] 2024-SU [Q3 2024] 2024-Q3 [fiscal 1989] 1989",
        ),
        ("He was born in nineteen eighty-six.", "[nineteen eighty-six] 1986"),
        ("The third week of March 2016 was wet.", "[The third week of March 2016] 2016-W11"),
        ("The last Friday of May 2014 was dry.", "[The last Friday of May 2014] 2014-05-30"),
        ("Sales in the second half of 2014 rose.", "[the second half of 2014] 2014-H2"),
        ("By the end of 2003 it was over.", "[the end of 2003] 2003"),
    ]);
}

#[test]
fn dates_in_figures() {
    check(&[
        ("Signed 2025-05-26 in Bern.", "[2025-05-26] 2025-05-26"),
        ("Logged 2025-05-26T10:30:00Z by the gate.", "[2025-05-26T10:30:00Z] 2025-05-26T10:30"),
        ("Signed 26.05.2025 in Bern.", "[26.05.2025] 2025-05-26"),
        ("Signed on 5/26/2025 in Ohio.", "[5/26/2025] 2025-05-26"),
        ("Signed 22/Jan/2019 in York.", "[22/Jan/2019] 2019-01-22"),
        // Figures that go on are a range, or the number of a part.
        ("Sales of 2014-2018 fell.", "[2014] 2014 [2018] 2018"),
        ("Open 5/1/2019-5/7/2020 only.", "[5/1/2019] 2019-05-01 [5/7/2020] 2020-05-07"),
        ("Order part 12-7-3000-44 again.", ""),
        // The other date of the text says which number is the day.
        ("Signed 3/4/2019, sent 25/4/2019.", "[3/4/2019] 2019-04-03 [25/4/2019] 2019-04-25"),
        ("Signed 3/4/2019, sent 4/25/2019.", "[3/4/2019] 2019-03-04 [4/25/2019] 2019-04-25"),
    ]);
    let guessed = times(&Reading::new("Signed 3/4/2019.", "en"), None);
    assert!(guessed[0].certainty < 60 && guessed[0].reason.contains("nothing here says"), "{guessed:?}");
}

#[test]
fn days_that_do_not_exist_are_no_dates() {
    check(&[
        ("Due 31.02.2025.", ""),
        ("Due 99/99/9999.", ""),
        ("Due 2025-02-30.", ""),
        ("Due 2025-13-01 or 00.00.2000.", ""),
    ]);
}

#[test]
fn numbers_that_are_no_dates() {
    check(&[
        ("Call 138-2010-2015 or 123-12-1234.", ""),
        ("They built 2000 houses at $1990 each.", ""),
        ("The screen is 4:3, the score 2:75.", ""),
        ("A third quarter of the cake, three quarters of the people.", ""),
        ("You may march if the second may not.", ""),
        ("April Jones and Sun Yat met Sat Prakash.", ""),
        ("The spring in the clock and the fall of the tower.", ""),
    ]);
}

#[test]
fn dates_counted_from_the_documents_date() {
    check(&[
        ("It rained yesterday and today.", "[yesterday] 2016-11-06 [today] 2016-11-07"),
        ("The day before yesterday was dry.", "[The day before yesterday] 2016-11-05"),
        ("We met three weeks ago.", "[three weeks ago] 2016-10-17"),
        ("He left five months ago.", "[five months ago] 2016-06"),
        ("Prices fell last week.", "[last week] 2016-W44"),
        ("Prices will fall next month.", "[next month] 2016-12"),
        ("It was colder a year earlier.", "[a year earlier] 2015"),
        ("We will meet in two days.", "[two days] 2016-11-09"),
        ("It was the best crop in three years.", "[three years] P3Y"),
        ("They called 20 minutes ago.", "[20 minutes ago] 2016-11-07T15:52"),
        ("Ask again the week after next.", "[the week after next] 2016-W47"),
        ("Two weeks before May 3, 2015 it closed.", "[Two weeks before May 3, 2015] 2015-04-19"),
        (
            "The quarter was good, this year's third quarter better.",
            "[The quarter] 2016-Q3 [this year's third quarter] 2016-Q3",
        ),
    ]);
}

#[test]
fn the_tense_decides_which_monday() {
    check(&[
        ("The council met on Thursday.", "[Thursday] 2016-11-03"),
        ("The council will meet on Thursday.", "[Thursday] 2016-11-10"),
        ("The council is scheduled to meet on Thursday.", "[Thursday] 2016-11-10"),
        ("Closed until Thursday.", "[Thursday] 2016-11-10"),
        ("It rained on Monday.", "[Monday] 2016-11-07"),
        ("She arrived last Monday.", "[last Monday] 2016-10-31"),
        ("She arrives next Monday.", "[next Monday] 2016-11-14"),
        ("They met on Tuesday of last week.", "[Tuesday of last week] 2016-11-01"),
    ]);
}

#[test]
fn years_that_are_not_written() {
    check(&[
        ("The store opened in January.", "[January] 2016-01"),
        ("The store will open in January.", "[January] 2017-01"),
        ("The dividend is payable Dec. 14.", "[Dec. 14] 2016-12-14"),
        ("They were caught last May.", "[last May] 2016-05"),
        (
            "The third-quarter loss grew; a year earlier it was small.",
            "[third-quarter] 2016-Q3 [a year earlier] 2015-Q3",
        ),
    ]);
}

#[test]
fn times_of_day() {
    check(&[
        ("It struck at 10:30 a.m. GMT on Tuesday.", "[10:30 a.m. GMT on Tuesday] 2016-11-01T10:30"),
        ("They spoke at 10 p.m. Wednesday.", "[10 p.m. Wednesday] 2016-11-02T22:00"),
        ("This morning it froze.", "[This morning] 2016-11-07TMO"),
        ("Last night it froze.", "[Last night] 2016-11-06TNI"),
        ("Come tomorrow at half past nine.", "[tomorrow at half past nine] 2016-11-08T09:30"),
        ("Seven thirty tonight will do.", "[Seven thirty tonight] 2016-11-07T19:30"),
        ("The talks ended at midnight.", "[midnight] 2016-11-07T24:00"),
    ]);
}

#[test]
fn the_ends_of_a_range_are_two_findings() {
    check(&[
        ("Open 26–27 May 2015.", "[26] 2015-05-26 [27 May 2015] 2015-05-27"),
        ("Open May 26-27, 2015.", "[May 26] 2015-05-26 [27, 2015] 2015-05-27"),
        ("It lasted from Monday to Friday.", "[Monday] 2016-11-07 [Friday] 2016-11-04"),
        ("Between 2019 and 2021 it grew.", "[2019] 2019 [2021] 2021"),
        ("October–November 2014 was mild.", "[October] 2014-10 [November 2014] 2014-11"),
        ("Open from 9 to 5 p.m.", "[9] 2016-11-07T09:00 [5 p.m.] 2016-11-07T17:00"),
        (
            "Away between 2 and 3:30 tomorrow afternoon.",
            "[2] 2016-11-08T14:00 [3:30 tomorrow afternoon] 2016-11-08T15:30",
        ),
    ]);
}

#[test]
fn lengths_and_sets() {
    check(&[
        ("It took three days.", "[three days] P3D"),
        ("A six-month strike ended.", "[six-month] P6M"),
        ("A 45-year-old baker won.", "[45-year-old] P45Y"),
        ("It took an hour and thirty minutes.", "[an hour and thirty minutes] PT1H30M"),
        ("He waited for more than four hours.", "[more than four hours] PT4H"),
        ("Over the past five years it grew.", "[the past five years] P5Y"),
        ("It will rain for a few weeks.", "[a few weeks] PXW"),
        ("It took two and a half years.", "[two and a half years] P2.5Y"),
        ("Every Monday at 4pm they sing.", "[Every Monday at 4pm] XXXX-WXX-1T16:00"),
        ("They sing annually, and every two weeks.", "[annually] P1Y [every two weeks] P2W"),
        ("It costs $33 million a year.", "[a year] P1Y"),
    ]);
    let kinds = |text: &str| times(&Reading::new(text, "en"), None).first().map(|time| time.kind);
    assert_eq!(kinds("It costs $33 million a year."), Some(TimeKind::Set));
    assert_eq!(kinds("It took a year."), Some(TimeKind::Duration));
}

#[test]
fn feasts_are_computed() {
    check(&[
        ("On Easter Monday 2015 it snowed.", "[Easter Monday 2015] 2015-04-06"),
        ("Thanksgiving 2024 was late.", "[Thanksgiving 2024] 2024-11-28"),
        ("Memorial Day 2016 was hot.", "[Memorial Day 2016] 2016-05-30"),
        ("Since Christmas Day 2012 it is shut.", "[Christmas Day 2012] 2012-12-25"),
    ]);
}

#[test]
fn times_that_are_not_said_exactly() {
    check(&[
        ("He now lives there.", "[now] PRESENT_REF"),
        ("Recently it changed, and soon it will again.", "[Recently] PAST_REF [soon] FUTURE_REF"),
        ("In the past it was free.", "[the past] PAST_REF"),
        ("It may happen in the near future.", "[the near future] FUTURE_REF"),
    ]);
}

#[test]
fn without_a_date_nothing_relative_is_counted() {
    for (text, expected) in [
        ("It rained yesterday.", "[yesterday] XXXX-XX-XX"),
        ("It rained on Tuesday.", "[Tuesday] XXXX-WXX-2"),
        ("It rained in May.", "[May] XXXX-05"),
        ("It rained on May 26.", "[May 26] XXXX-05-26"),
        ("It rained last year.", "[last year] XXXX"),
        ("It rained in the third quarter.", "[the third quarter] XXXX-Q3"),
        ("It rained in 1998, and again in May.", "[1998] 1998 [May] 1998-05"),
    ] {
        assert_eq!(found(text, None), expected, "{text}");
    }
    let time = times(&Reading::new("It rained yesterday.", "en"), None);
    assert_eq!((time[0].days, time[0].reason), (None, "the document has no date to count from"));
    // Known to the month only: months are counted, days are not.
    assert_eq!(
        found("It rained yesterday and last month.", Some("2016-11")),
        "[yesterday] XXXX-XX-XX [last month] 2016-10"
    );
}

#[test]
fn days_cover_the_whole_of_a_point() {
    let days =
        |text: &str| times(&Reading::new(text, "en"), PartialDate::parse(PUBLISHED)).first().and_then(|time| time.days);
    for (text, range) in [
        ("in the 1990s", "1990-01-01..1999-12-31"),
        ("in May 2025", "2025-05"),
        ("last week", "2016-10-31..2016-11-06"),
        ("the third quarter of 1990", "1990-07-01..1990-09-30"),
        ("over the past three months", "2016-08-07..2016-11-07"),
        ("the 20th century", "1900-01-01..1999-12-31"),
        ("at 10 p.m. on May 26, 2025", "2025-05-26"),
    ] {
        assert_eq!(days(text), DateRange::parse(range), "{text}");
    }
}

#[test]
fn other_languages_are_left_alone() {
    assert!(times(&Reading::new("Am 26. Mai 2025 und gestern", "de"), None).is_empty());
    assert!(!times(&Reading::new("On 26 May 2025", ""), None).is_empty());
}

#[test]
fn capitals_and_missing_marks_do_no_harm() {
    check(&[
        ("THE BRIDGE OPENED ON MAY 26, 2025", "[MAY 26, 2025] 2025-05-26"),
        ("we met on friday at 5pm", "[friday at 5pm] 2016-11-04T17:00"),
        ("", ""),
        ("'90s “1990", "[90s] 199 [1990] 1990"),
        ("昨日は晴れ。", ""),
    ]);
}

/// Ten times the text may cost about ten times as much, not a hundred.
#[test]
fn long_texts_cost_no_more_than_their_length() {
    let units = [
        ("last year ", 5_000_000),
        ("two and ", 1_000_000),
        ("1-1-", 1_000_000),
        ("the first of the ", 1_000_000),
        ("Monday, ", 1_000_000),
        ("“a hundred ", 1_000_000),
        ("in May of the year of ", 1_000_000),
        ("to 5 ", 1_000_000),
        ("- ", 1_000_000),
        ("last week of ", 1_000_000),
        ("the day before ", 1_000_000),
        ("the first week in the first day of ", 1_000_000),
        ("fiscal first quarter of ", 1_000_000),
    ];
    for (unit, bytes) in units {
        let text = unit.repeat(bytes / unit.len());
        let began = std::time::Instant::now();
        let reading = Reading {
            text: &text,
            language: "en",
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            words: Reading::new(&text, "en").words,
        };
        let _ = times(&reading, PartialDate::parse(PUBLISHED));
        assert!(began.elapsed().as_secs() < 60, "{unit}: {:?}", began.elapsed());
    }
}

/// Words that the grammar knows, joined in any order.
fn pieces() -> impl Strategy<Value = String> {
    let words = "the a last next this past coming every each first third 26th twenty two hundred thousand and a half half \
        year month week day quarter hour minutes decade century weekend ago earlier later before after from now to until \
        between of in on at by May Sept. March Monday tues Fri. summer fall 2025 1989 26 7 10:30 10pm a.m. 9p 1990s '90s \
        26.05.2025 2025-05-26 5/12/89 2025-02-30T10 Q3 FY24 Dec31 3h 2.5 1,000 99999999 0 noon midnight morning night tonight \
        today yesterday tomorrow Christmas Easter eve new year's early late mid end recent soon past future old quarterly \
        million percent couple few several dozen about nearly more than at least up to - – , . / : $ ( ) “ ” é 昨";
    let words: Vec<&str> = words.split_whitespace().collect();
    let joints = prop::sample::select(vec![" ", " ", " ", "-", "", ", ", "/", ":", "\n\n", "'s "]);
    prop::collection::vec((prop::sample::select(words), joints), 0..24)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, joint)| [word, joint]).collect())
}

fn holds(text: &str, published: Option<&str>) {
    let found = times(&Reading::new(text, "en"), published.and_then(PartialDate::parse));
    let mut at = 0;
    for time in &found {
        assert!(time.span.start >= at && !time.span.is_empty(), "in order: {text:?} {time:?}");
        assert!(!time.span.of(text).is_empty(), "on borders: {text:?} {time:?}");
        assert!(!time.value.is_empty() && time.certainty <= 100, "{text:?} {time:?}");
        assert!(time.days.is_none_or(|days| days.from <= days.to && days.from.is_sound()), "{text:?} {time:?}");
        at = time.span.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn no_text_panics(text in "\\PC*") {
        holds(&text, Some(PUBLISHED));
    }

    #[test]
    fn no_order_of_words_of_time_panics(text in pieces()) {
        for published in [None, Some("2016"), Some("2016-11"), Some(PUBLISHED), Some("9999-12-31"), Some("-9999-01-01"), Some("2024-02-29")] {
            holds(&text, published);
        }
    }
}
