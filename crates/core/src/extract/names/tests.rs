//! What is found in invented sentences, and what bad input does: nothing bad.

use proptest::prelude::*;

use super::names;
use crate::extract::Kind::{self, Organisation, Other, Person, Place};
use crate::extract::{Mention, Reading};

/// All mentions: name and kind.
fn check(text: &str, expected: &[(&str, Kind)]) {
    let found = names(&Reading::new(text, "en"));
    let shown: Vec<(&str, Kind)> = found.iter().map(|mention| (mention.span.of(text), mention.kind)).collect();
    assert_eq!(shown, expected, "{text}");
}

/// The role of the first mention of a name.
fn check_role(text: &str, name: &str, role: Option<&str>) {
    let found = names(&Reading::new(text, "en"));
    let mention = found.iter().find(|mention| mention.span.of(text) == name);
    assert!(mention.is_some(), "{name} is not found in {text}");
    assert_eq!(mention.and_then(|mention| mention.role).map(|role| role.of(text)), role, "{text}");
}

fn holds(text: &str, found: &[Mention]) -> bool {
    let in_order = found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    let inside = |mention: &Mention| {
        let spans = [Some(mention.span), mention.role];
        spans
            .into_iter()
            .flatten()
            .all(|span| !span.is_empty() && text.get(span.start as usize..span.end as usize).is_some())
            && mention.certainty <= 100
            && !mention.reason.is_empty()
    };
    in_order && found.iter().all(inside)
}

#[test]
fn people_organisations_and_places_are_told_apart() {
    check(
        "Elena Markova, a spokeswoman for the World Bank, arrived in Nairobi on Tuesday.",
        &[("Elena Markova", Person), ("World Bank", Organisation), ("Nairobi", Place)],
    );
    check(
        "The company, Brenholt Industries Ltd, was founded in Denmark by Lars Brenholt.",
        &[("Brenholt Industries Ltd", Organisation), ("Denmark", Place), ("Lars Brenholt", Person)],
    );
    check("Turkish officials met in Ankara.", &[("Turkish", Other), ("Ankara", Place)]);
}

#[test]
fn a_possessive_is_no_part_of_the_name() {
    check("They praised Norway's plan and Ahmed Karimov’s answer.", &[("Norway", Place), ("Ahmed Karimov", Person)]);
}

#[test]
fn a_surname_is_a_person_where_the_full_name_was() {
    check(
        "Tomas Verhoven said on Monday that he would go. Nobody had asked Verhoven before.",
        &[("Tomas Verhoven", Person), ("Verhoven", Person)],
    );
}

#[test]
fn results_of_sports_name_people_with_their_countries() {
    check("1. Karl Sandvik ( Norway ) 3 minutes 12.4 seconds", &[("Karl Sandvik", Person), ("Norway", Place)]);
}

#[test]
fn names_that_and_joins_are_two() {
    check("They flew from Warsaw and Paris to Cairo.", &[("Warsaw", Place), ("Paris", Place), ("Cairo", Place)]);
    check("He lives in Bosnia and Herzegovina.", &[("Bosnia and Herzegovina", Place)]);
}

#[test]
fn words_that_open_a_sentence_are_no_names() {
    check("The weather was fine. However, nobody came. Shares fell. When it rained, they left.", &[]);
}

#[test]
fn the_role_stands_before_the_name_or_behind_it() {
    check_role("Turkish Foreign Minister Hakan Demir spoke first.", "Hakan Demir", Some("Turkish Foreign Minister"));
    check_role(
        "Anna Petrova, the Kremlin spokeswoman, declined to comment.",
        "Anna Petrova",
        Some("Kremlin spokeswoman"),
    );
    check_role("They asked Secretary of State John Miller.", "John Miller", Some("Secretary of State"));
    check_role("A spokesman for John Miller agreed.", "John Miller", None);
    check_role("The minister and John Miller agreed.", "John Miller", None);
    check_role("Omar Haddad, a lawyer who lives in Oslo, agreed.", "Omar Haddad", Some("lawyer"));
    check_role("On Friday John Miller left.", "John Miller", None);
    check_role("John Miller, Anna Petrova and others left.", "John Miller", None);
}

#[test]
fn reasons_speak_to_readers() {
    let text = "Mr Johansen flew to Canada.";
    let found = names(&Reading::new(text, "en"));
    let reasons: Vec<&str> = found.iter().map(|mention| mention.reason).collect();
    assert_eq!(reasons, ["a title or office stands before it", "it is a known country"]);
}

#[test]
fn nothing_is_found_where_nothing_is_known() {
    let german = "Angela Schmidt wohnt in Hamburg.";
    assert!(names(&Reading::new(german, "de")).is_empty());
    check("", &[]);
    check("angela smith lives in london and works for the world bank", &[]);
    check("— … “ ” ( ) 12 3,4 %", &[]);
}

#[test]
fn bad_input_gives_sane_answers() {
    let long = "Maria Lopez met the Prime Minister of Spain and ".repeat(100_000);
    let same = "Kowalski ".repeat(200_000);
    let loud = "PRESIDENT OF FRANCE MEETS JOHN SMITH IN ROME ".repeat(100_000);
    let quoted = "\"'Ann".repeat(200_000);
    let dotted = "A.B.".repeat(200_000);
    let signs = "-&'(".repeat(300_000);
    for text in [long, same, loud, quoted, dotted, signs] {
        let found = names(&Reading::new(&text, ""));
        assert!(holds(&text, &found));
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order_on_character_borders(text in "\\PC{0,200}") {
        prop_assert!(holds(&text, &names(&Reading::new(&text, "en"))));
    }

    #[test]
    fn any_words_give_spans_in_order(text in "((Mr|Dr|President|of|the|van|al|Ankara|UN|Corp|J|O'Neil|İzmir|Ünal|France|'s|’s|-|&|,|\\.|\\(|\\)|\"|12|said|\n)( |)){0,60}") {
        prop_assert!(holds(&text, &names(&Reading::new(&text, "en"))));
    }
}
