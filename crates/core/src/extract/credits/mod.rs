//! Agency credits: which news agency a text, or a part of it, comes from by its own words.
//!
//! A name of an agency ([`agencies`]), or any name beside *news agency*, is a credit where its surroundings say so: in
//! a dateline (`MOSCOW, May 26 (TASS) -`), alone in brackets or at the end (`Source: Reuters`), beside a verb of telling
//! (`TASS reported`, `told AFP`), or where a text thanks for contributions. A name in the running text that is none of
//! these is not reported: agencies are also companies, pollsters and employers.

mod agencies;
mod names;
mod surroundings;

use names::{Name, names};
use surroundings::Surroundings;

use super::{Certainty, Reading};
use crate::base::Span;

/// How an agency is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditKind {
    /// In the line of place and date with which the text begins.
    Dateline,
    /// Set off from the text: in brackets, after *Source:*, as the last line.
    Line,
    /// Beside the name of a photographer, or after *Photo:*.
    Picture,
    /// As having contributed.
    Contribution,
    /// For what a sentence tells.
    Report,
}

/// A place where an agency is credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The credit with what makes it one: `(Reuters)`, `TASS reported`, `Source: AP`.
    pub span: Span,
    /// The agency as written: `TASS`, `the Tanjug news agency` without *the*.
    pub agency: Span,
    /// The name by which the agency is known where it is one of the list: `Associated Press` for `AP`.
    pub known_as: Option<&'static str>,
    /// How it is credited.
    pub kind: CreditKind,
    /// How certain it is that this is a credit.
    pub certainty: Certainty,
    /// Why, in the words of a reader.
    pub reason: &'static str,
}

/// The one of a text's credits that is of the text as a whole: the first in a dateline or, without one, on a line of
/// its own or for a contribution. Not that of a picture, nor of a single sentence.
pub fn of_whole(credits: &[Credit]) -> Option<&Credit> {
    let own = |kind| matches!(kind, CreditKind::Dateline | CreditKind::Line | CreditKind::Contribution);
    credits.iter().filter(|credit| own(credit.kind)).min_by_key(|credit| (credit.kind, credit.span))
}

/// All credits of a text in order of place. Cost: one look-up for every word in capitals.
pub fn credits(reading: &Reading) -> Vec<Credit> {
    if !reading.is_covered() {
        return Vec::new();
    }
    let mut credits: Vec<Credit> = Vec::new();
    for name in names(reading) {
        let Some(found) = judge(reading, &name) else { continue };
        if credits.last().is_none_or(|last| last.agency.end <= found.agency.start) {
            credits.push(found);
        }
    }
    credits
}

/// Whether a name is a credit, by the rule that says so most surely.
fn judge(reading: &Reading, name: &Name) -> Option<Credit> {
    let near = Surroundings::new(reading, name);
    let judged = near.dateline().or_else(|| near.line()).or_else(|| near.contribution()).or_else(|| near.report());
    let (span, kind, certainty, reason) = judged?;
    Some(Credit { span, agency: name.span, known_as: name.known_as, kind, certainty, reason })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The credits of a text: kind, credit, agency.
    fn check(text: &str, expected: &[(CreditKind, &str, &str)]) {
        let found: Vec<_> = credits(&Reading::new(text, "en"))
            .into_iter()
            .map(|credit| (credit.kind, credit.span.of(text), credit.agency.of(text)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn datelines_name_the_agency() {
        use CreditKind::Dateline;
        check("VALLETTA (Reuters) - The mill has closed.", &[(Dateline, "VALLETTA (Reuters)", "Reuters")]);
        check("VALLETTA, May 3 (TASS) — It has closed.", &[(Dateline, "VALLETTA, May 3 (TASS)", "TASS")]);
        check("VALLETTA, May 3. /TASS/. It has closed.", &[(Dateline, "VALLETTA, May 3. /TASS/", "TASS")]);
        check("VALLETTA, Malta (AP)_ It has closed.", &[(Dateline, "VALLETTA, Malta (AP)", "AP")]);
        check("Mill closes\n\nValletta (dpa) – It has closed.", &[(Dateline, "Valletta (dpa)", "dpa")]);
    }

    #[test]
    fn lines_of_their_own_name_the_agency() {
        use CreditKind::{Line, Picture};
        check("The mill has closed. (AFP)", &[(Line, "(AFP)", "AFP")]);
        check("It has closed.\n\nReuters", &[(Line, "Reuters", "Reuters")]);
        check("It has closed.\n\nSource: Xinhua", &[(Line, "Source: Xinhua", "Xinhua")]);
        check("It has closed. — AP", &[(Line, "— AP", "AP")]);
        check("Photo: Reuters", &[(Picture, "Photo: Reuters", "Reuters")]);
        check("Anna Bell via Getty Images.", &[(Picture, "Anna Bell via Getty Images", "Getty Images")]);
        check("The mill at dusk.\n\nAnna Bell / Reuters", &[(Picture, "Anna Bell / Reuters", "Reuters")]);
    }

    #[test]
    fn verbs_of_telling_name_the_agency() {
        use CreditKind::{Contribution, Report};
        check("The mill has closed, TASS reported.", &[(Report, "TASS reported", "TASS")]);
        check("The mill has closed, according to the AP.", &[(Report, "according to the AP", "AP")]);
        check("Bankers contacted by AFP said no.", &[(Report, "contacted by AFP", "AFP")]);
        check("“It has closed,” she told AFP.", &[(Report, "told AFP", "AFP")]);
        check("It has closed, the Orbis news agency said.", &[(Report, "Orbis news agency said", "Orbis news agency")]);
        check(
            "He was quoted by the official Chinese news agency Xinhua as saying so.",
            &[(Report, "quoted by the official Chinese news agency Xinhua", "Xinhua")],
        );
        check("Anadolu Agency reports that it has closed.", &[(Report, "Anadolu Agency reports", "Anadolu Agency")]);
        check("With contributions from AFP.", &[(Contribution, "contributions from AFP", "AFP")]);
    }

    #[test]
    fn companies_polls_and_words_that_look_alike_are_no_credits() {
        for text in [
            "Shares of Reuters Holdings rose.",
            "A Reuters/Orbis poll puts her ahead.",
            "He worked for Reuters in Cairo.",
            "The Mutual Aid Party (MAP) said so.",
            "The map reported on page 3 is wrong.",
            "A PA said that he was out.",
            "",
        ] {
            check(text, &[]);
        }
        assert!(credits(&Reading::new("Paris (AFP) - Le moulin", "fr")).is_empty());
    }

    #[test]
    fn a_text_is_credited_to_its_dateline_before_its_sentences() {
        let text = "ROME (ANSA) - He told Reuters so, TASS reported. (AFP)";
        let found = credits(&Reading::new(text, "en"));
        let own = of_whole(&found).and_then(|credit| credit.known_as);
        assert_eq!(own, Some("ANSA"));
        assert_eq!(of_whole(&credits(&Reading::new("He told Reuters so.", "en"))), None);
    }

    #[test]
    fn megabytes_in_one_line_take_no_longer_than_others() {
        for text in ["Reuters ".repeat(200_000), "news agency ".repeat(300_000), "(AP told ".repeat(200_000)] {
            assert!(credits(&Reading::new(&text, "en")).len() <= 200_000);
        }
    }

    proptest! {
        #[test]
        fn credits_are_in_order_inside_the_text(
            text in "((Reuters|AP|TASS|the|news agency|told|said|reported|Source:|according to|ROME|é|\\(|\\)|/|-|—|\\.|\n|\n\n|,) ?){0,24}",
        ) {
            let found = credits(&Reading::new(&text, "en"));
            for credit in &found {
                prop_assert!(!credit.agency.of(&text).is_empty() && !credit.span.of(&text).is_empty());
                prop_assert!(credit.span.start <= credit.agency.start && credit.agency.end <= credit.span.end);
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].agency.end <= pair[1].agency.start));
        }

        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,80}") {
            credits(&Reading::new(&text, ""));
        }
    }
}
