//! Where there is nothing to show, or little to trust, a sentence says why.

use sheaf_core::document::Document;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::table::Cell;

use super::ask::{Ask, cell, count};
use super::corpus::{document, workspace};

fn texts(texts: &[&str]) -> Vec<Document> {
    // Sources in turn: Daily, TASS, none.
    texts.iter().enumerate().map(|(number, text)| document(number, "", text, "en", number)).collect()
}

const NEWS: &[&str] = &["talk of peace and talk of war", "peace", "war and talk"];

/// The lens, the texts, what is asked, and what must be said; `None`: there are rows, and nothing of the kind is said.
struct Case {
    lens: Lens,
    texts: &'static [&'static str],
    query: &'static str,
    filters: &'static [(&'static str, &'static str)],
    says: Option<&'static str>,
    has_rows: bool,
}

const fn case(
    lens: Lens,
    texts: &'static [&'static str],
    query: &'static str,
    filters: &'static [(&'static str, &'static str)],
    says: Option<&'static str>,
) -> Case {
    Case { lens, texts, query, filters, says, has_rows: says.is_none() }
}

/// The same, but what is said stands over rows.
const fn beside(
    lens: Lens,
    texts: &'static [&'static str],
    query: &'static str,
    filters: &'static [(&'static str, &'static str)],
    says: &'static str,
) -> Case {
    Case { lens, texts, query, filters, says: Some(says), has_rows: true }
}

const ALL: &[(&str, &str)] = &[("words", "0..")];
const EVERYWHERE: &[&str] = &["talk talk talk", "talk talk"];
const HALF_EMPTY: &[&str] = &["talk", ""];
const FEW_HITS: &str = "hits are few to count around: the scores say more about these lines than about the word.";

const CASES: &[Case] = &[
    // Nothing is looked for.
    case(
        Lens::Concordance,
        NEWS,
        "",
        &[],
        Some("Ask for a word to see it in context: a concordance shows every hit of a query."),
    ),
    case(Lens::Collocates, NEWS, "", &[], Some("Ask for a word first: collocates are the words around its hits.")),
    case(Lens::Dispersion, NEWS, "", &[], Some("Ask for a word first: dispersion is about where its hits lie.")),
    case(Lens::Words, NEWS, "", &[], None),
    case(Lens::Trends, NEWS, "", &[], None),
    // One hit.
    case(Lens::Concordance, NEWS, "of NEAR/1 peace", &[], None),
    beside(
        Lens::Collocates,
        NEWS,
        "of NEAR/1 peace",
        &[],
        "1 hit is little to count around: the scores say more about these lines than about the word.",
    ),
    beside(
        Lens::Dispersion,
        NEWS,
        "of NEAR/1 peace",
        &[],
        "1 hit is little: the measures say more about where hits happen to stand.",
    ),
    beside(
        Lens::Dispersion,
        NEWS,
        "peace",
        &[],
        "2 hits are few: the measures say more about where hits happen to stand.",
    ),
    // A filter that keeps everything.
    beside(
        Lens::Keyness,
        NEWS,
        "",
        ALL,
        "Nothing is chosen, so the largest source is compared with the rest. A filter or a query chooses other documents.",
    ),
    case(
        Lens::Keyness,
        &["talk of peace"],
        "",
        ALL,
        Some(
            "Everything is chosen, so there is nothing to compare it with. Choose documents with a filter or a query.",
        ),
    ),
    // A reference, or a part, without words.
    case(
        Lens::Keyness,
        HALF_EMPTY,
        "",
        &[("source", "Daily")],
        Some("There is nothing to compare with: the rest has no words."),
    ),
    case(
        Lens::Keyness,
        HALF_EMPTY,
        "",
        &[("source", "TASS")],
        Some("There is nothing to compare with: TASS has no words."),
    ),
    case(Lens::Keyness, &["", ""], "", &[], Some("There is nothing to compare with: Daily has no words.")),
    // So little text that nothing could be told.
    case(
        Lens::Keyness,
        &["talk", "war"],
        "talk",
        &[],
        Some(
            "With so little text, and 2 words tested at once, no difference could be told from chance: take the list as a \
         description.",
        ),
    ),
    // A word in every position.
    beside(
        Lens::Collocates,
        EVERYWHERE,
        "talk",
        &[],
        "Every word of these documents stands in a window, so nothing can be expected by chance.",
    ),
    beside(Lens::Collocates, EVERYWHERE, "talk", &[], FEW_HITS),
    case(Lens::Concordance, EVERYWHERE, "talk", &[], None),
    case(Lens::Dispersion, EVERYWHERE, "talk", &[], None),
    case(Lens::Keyness, EVERYWHERE, "talk", &[], Some("No word passes. Show more of them, or lower the least counts.")),
    // One document.
    beside(
        Lens::Dispersion,
        &["talk of peace"],
        "talk",
        &[],
        "One document is one part, and in one part everything is even: only the equal chunks say something.",
    ),
    case(
        Lens::Collocates,
        &["talk of peace"],
        "talk",
        &[],
        Some("No word stands there so often. Lower the least count."),
    ),
    case(Lens::Collocates, &["talk"], "talk", &[], Some("No word stands in the windows. Make them wider.")),
    beside(
        Lens::Measures,
        &["talk of peace"],
        "",
        &[],
        "1 text is shorter than 100 words: there the numbers say little, and some measures have none.",
    ),
    // Texts without a word.
    case(
        Lens::Words,
        &["", "…"],
        "",
        &[],
        Some("Nothing in the list with these settings. Lower the least count, or look for other letters."),
    ),
    beside(
        Lens::Measures,
        &["", "…"],
        "",
        &[],
        "2 texts are shorter than 100 words: there the numbers say little, and some measures have none.",
    ),
];

#[test]
fn what_cannot_be_shown_or_trusted_is_said() {
    for Case { lens, texts: of, query, filters, says, has_rows } in CASES {
        let view = Ask::new(query, filters, &[]).of(&mut workspace(&texts(of)), *lens);
        let case = format!("{} of {of:?} for {query:?} with {filters:?}: {:?}", lens.name(), view.notes);
        assert_eq!(!view.table.rows.is_empty(), *has_rows, "{case}");
        match says {
            Some(says) => assert!(view.notes.iter().any(|note| note.ends_with(says)), "{case}"),
            None => assert!(view.notes.iter().all(|note| !note.contains("little") && !note.contains("few")), "{case}"),
        }
    }
}

/// The same sentence from every lens.
#[test]
fn nothing_chosen_is_said_by_every_lens() {
    for (of, query, filters, says) in [
        (&[][..], "talk", &[][..], "This corpus has no documents yet."),
        (&[], "", &[], "This corpus has no documents yet."),
        (NEWS, "nowhere", &[], "No document answers this query, so there is nothing to count."),
        (NEWS, "talk -talk", &[], "No document answers this query, so there is nothing to count."),
        (NEWS, "talk", &[("source", "Reuters")], "The filters let no document through. Take one away."),
        (NEWS, "", &[("words", "..0")], "The filters let no document through. Take one away."),
    ] {
        for lens in Lens::ALL {
            let view = Ask::new(query, filters, &[]).of(&mut workspace(&texts(of)), *lens);
            assert_eq!(view.notes, [says], "{} for {query:?}", lens.name());
            assert_eq!((view.table.total, view.table.rows.len(), view.figures.len()), (0, 0, 0), "{}", lens.name());
        }
    }
}

#[test]
fn letters_that_no_row_has_are_named() {
    let documents = texts(NEWS);
    for (lens, query) in [(Lens::Words, ""), (Lens::Keyness, ""), (Lens::Collocates, "talk"), (Lens::Measures, "")] {
        let ask = Ask::new(query, &[], &[("find", "Ünknown"), ("show", "all")]);
        let view = ask.of(&mut workspace(&documents), lens);
        let says = "No row has “unknown” in its first column. Look for fewer letters.".to_owned();
        assert!(view.table.rows.is_empty() && view.notes.contains(&says), "{}: {:?}", lens.name(), view.notes);
    }
}

/// Every word once, half of them in each of two documents.
fn tied() -> Vec<Document> {
    let half = |from: u32| (from..from + 50_000).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
    texts(&[&half(100_000), &half(150_000)])
}

fn first(view: &LensView) -> String {
    format!("{:?}", view.table.rows[0].cells[0])
}

#[test]
fn a_hundred_thousand_types_may_all_be_tied() {
    let mut workspace = workspace(&tied());
    let mut rows = |lens: Lens, query: &str, settings: &[(&str, &str)], first: u32| {
        let settings: Vec<(&str, &str)> =
            settings.iter().copied().chain([("show", "all"), ("direction", "both")]).collect();
        Ask::new(query, &[], &settings).rows(&mut workspace, lens, first, 3)
    };
    let words = rows(Lens::Words, "", &[], 0);
    assert_eq!((words.table.total, first(&words).as_str()), (100_000, "Text(\"w100000\")"), "ties go by the alphabet");
    assert_eq!(first(&rows(Lens::Words, "", &[], 99_999)), "Text(\"w199999\")");
    let sequences = rows(Lens::Words, "", &[("n", "2-6")], 0);
    assert_eq!(sequences.table.total, 0);
    let says = |view: &LensView, start: &str| {
        assert!(view.notes.iter().any(|note| note.starts_with(start)), "{:?}", view.notes)
    };
    says(&sequences, "Nothing in the list with these settings.");
    let keyness = rows(Lens::Keyness, "", &[], 0);
    assert_eq!(keyness.table.total, 100_000);
    assert!(keyness.summary.ends_with("0 words stand out as more frequent and 0 as less, of 100,000 tested."));
    assert!(keyness.notes[1].contains("100,000 words tested at once"), "{:?}", keyness.notes);
    assert!(keyness.table.rows.iter().all(|row| !row.is_flagged));
    // As many hits as words, in windows that cover everything.
    let collocates = rows(Lens::Collocates, "w*", &[], 0);
    assert_eq!(collocates.table.total, 100_000);
    says(&collocates, "Every word of these documents stands in a window");
    assert!(collocates.table.rows.iter().all(|row| count(&collocates.table, row, "observed") == 1));
    assert_eq!(cell(&collocates.table, &collocates.table.rows[0], "log_ratio"), &Cell::None);
    let lines = rows(Lens::Concordance, "w*", &[("sort", "after1,before1,node")], 99_999);
    assert_eq!((lines.table.total, lines.table.rows.len()), (100_000, 1));
    assert_eq!(rows(Lens::Concordance, "w*", &[("group", "node")], 0).table.total, 100_000);
}
