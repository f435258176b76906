//! What is credited to whom, by examples.

use super::*;
use crate::extract::Kind;

/// Content, cue, speaker, addressee, manner of each quotation in a text.
fn lines(text: &str) -> Vec<String> {
    let reading = Reading::new(text, "en");
    let line = |quotation: &Quotation| {
        let of = |span: Option<Span>| span.map_or("–", |span| span.of(text));
        let content: Vec<&str> = quotation.content.iter().map(|span| span.of(text)).collect();
        let speaker = quotation.speaker.map(|speaker| speaker.span);
        format!(
            "{:?}: {} | {} | {} | {}",
            quotation.manner,
            content.join(" / "),
            of(quotation.cue),
            of(speaker),
            of(quotation.addressee)
        )
    };
    quotations(&reading, &[]).iter().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(lines(text), expected, "{text}");
}

#[test]
fn marks_before_the_cue() {
    check("“The bridge is open,” Anna Roe said.", &["Direct: The bridge is open, | said | Anna Roe | –"]);
    check(
        "\"The bridge is open,\" said the mayor of Halden.",
        &["Direct: The bridge is open, | said | the mayor of Halden | –"],
    );
    check("‘Is it open?’ she asked. ‘It is.’", &["Direct: Is it open? / It is. | asked | she | –"]);
    check("«The bridge is open», said Roe.", &["Direct: The bridge is open | said | Roe | –"]);
    check("``We agree,'' the ministers said.", &["Direct: We agree, | said | the ministers | –"]);
    check("“Why now?” Roe asked.", &["Direct: Why now? | asked | Roe | –"]);
}

#[test]
fn marks_after_the_cue() {
    check("Roe said: “We will vote on Monday.”", &["Direct: We will vote on Monday. | said | Roe | –"]);
    check("He told reporters in Oslo: \"No.\"", &["Direct: No. | told | He | reporters"]);
    check("She added, “Nobody asked us.”", &["Direct: Nobody asked us. | added | She | –"]);
}

#[test]
fn an_interrupted_quotation_is_one() {
    check("“The bridge,” she said, “will open in May.”", &["Direct: The bridge, / will open in May. | said | she | –"]);
    check(
        "“We agree,” said Roe, who chairs the board. “We always did.” Then she left.",
        &["Direct: We agree, / We always did. | said | Roe | –"],
    );
}

#[test]
fn speech_runs_over_paragraphs() {
    check(
        "“It was cold,” Roe said. “We waited.\n\n“Nobody came.”\n\nThe end.",
        &["Direct: It was cold, / We waited. / Nobody came. | said | Roe | –"],
    );
    check("“It was cold.\n\n“We waited,” Roe said.", &["Direct: It was cold. / We waited, | said | Roe | –"]);
    check(
        "“It was cold.\nWe waited.\nNobody came,” Roe said.",
        &["Direct: It was cold. / We waited. / Nobody came, | said | Roe | –"],
    );
}

#[test]
fn a_mark_never_closed_ends_with_its_paragraph() {
    check("Roe said: “We will wait.\n\nThe others left the room.", &["Direct: We will wait. | said | Roe | –"]);
}

#[test]
fn titles_terms_and_inches_are_no_quotations() {
    check("They showed “The Long Road” on a 12\" screen in the '90s.", &[]);
    check("The so-called “dream team” met on Monday.", &[]);
}

#[test]
fn words_in_marks_inside_a_clause_are_mixed() {
    check("Roe said the plan was “a gift” to banks.", &["Mixed: the plan was “a gift” to banks | said | Roe | –"]);
    check("Roe called the plan “a gift”.", &["Mixed: the plan “a gift” | called | Roe | –"]);
}

#[test]
fn reported_speech() {
    check("The minister said that taxes would fall.", &["Reported: that taxes would fall | said | The minister | –"]);
    check("Roe said taxes would fall.", &["Reported: taxes would fall | said | Roe | –"]);
    check(
        "Roe told the parliament on Monday that taxes would fall.",
        &["Reported: that taxes would fall | told | Roe | the parliament"],
    );
    check("Taxes would fall, Roe said.", &["Reported: Taxes would fall | said | Roe | –"]);
    check("Taxes, Roe said, would fall.", &["Reported: Taxes / would fall | said | Roe | –"]);
    check(
        "Prices fell in May, according to the central bank.",
        &["Reported: Prices fell in May | according to | the central bank | –"],
    );
    check(
        "According to the bank, prices fell in May.",
        &["Reported: prices fell in May | According to | the bank | –"],
    );
    check("Roe stressed the need for reform.", &["Reported: the need for reform | stressed | Roe | –"]);
    check("The company denied the charges.", &["Reported: the charges | denied | The company | –"]);
    check("The agency warned of floods.", &["Reported: floods | warned | The agency | –"]);
    check("Critics asked whether the dam was safe.", &["Reported: whether the dam was safe | asked | Critics | –"]);
    check("The union vowed to strike.", &["Reported: to strike | vowed | The union | –"]);
    check(
        "Roe rejected her rival's claim that votes were bought.",
        &["Reported: her rival's claim that votes were bought | rejected | Roe | –"],
    );
    check("He was quoted as saying that the war was over.", &["Reported: that the war was over | saying | He | –"]);
}

#[test]
fn the_subject_is_found_past_what_stands_between() {
    check(
        "Jane Roe, who visited Moscow, said that talks went on.",
        &["Reported: that talks went on | said | Jane Roe | –"],
    );
    check(
        "Jane Roe, the mayor of Springfield, Ohio, said it was late.",
        &["Reported: it was late | said | Jane Roe | –"],
    );
    check(
        "A spokesman for the State Department said talks went on.",
        &["Reported: talks went on | said | A spokesman for the State Department | –"],
    );
    check(
        "Roe praised the deal and said it would hold.",
        &["Reported: the deal | praised | Roe | –", "Reported: it would hold | said | Roe | –"],
    );
    check("Roe left early, adding that he was tired.", &["Reported: that he was tired | adding | Roe | –"]);
}

#[test]
fn an_apposition_is_no_inverted_speaker() {
    check("Roe, an analyst at the bank, recalled numerous calls.", &["Reported: numerous calls | recalled | Roe | –"]);
    check("The vote was fair, said Roe, the head of the mission.", &["Reported: The vote was fair | said | Roe | –"]);
    check("As Roe noted, the vote was fair.", &["Reported: the vote was fair | noted | Roe | –"]);
}

#[test]
fn who_was_asked_is_no_speaker() {
    check(
        "Ministers were told that the war was over.",
        &["Reported: that the war was over | were told | – | Ministers"],
    );
    check("She is expected to resign.", &["Reported: She / to resign | is expected | – | –"]);
}

#[test]
fn names_have_small_words_and_letters_inside() {
    check("Prices fell, according to Omar bin Zayed.", &["Reported: Prices fell | according to | Omar bin Zayed | –"]);
    check("“Fine,” said Ann A. Roe.", &["Direct: Fine, | said | Ann A. Roe | –"]);
    check("“Fine,” Will O'Doe said.", &["Direct: Fine, | said | Will O'Doe | –"]);
}

#[test]
fn headlines() {
    check("Roe Says Doe Is Out of Touch\n\nThe race goes on.", &["Reported: Doe Is Out of Touch | Says | Roe | –"]);
    check("We will win, says Roe", &["Reported: We will win | says | Roe | –"]);
    check("Roe: we will win", &["Reported: we will win | – | Roe | –"]);
}

#[test]
fn a_paragraph_in_marks_goes_on_with_the_one_before() {
    check(
        "“It was cold,” Roe said.\n\n“Nobody came.”\n\nThe hall stayed empty.",
        &["Direct: It was cold, / Nobody came. | said | Roe | –"],
    );
}

#[test]
fn a_clause_ends_where_another_report_begins() {
    check(
        "Roe said Oslo wants peace and Doe said Bern agrees.",
        &["Reported: Oslo wants peace | said | Roe | –", "Reported: Bern agrees | said | Doe | –"],
    );
    check(
        "Roe said she would run and denied reports of a deal.",
        &["Reported: she would run | said | Roe | –", "Reported: reports of a deal | denied | Roe | –"],
    );
    check(
        "Roe said she would run, adding that she was well.",
        &["Reported: she would run | said | Roe | –", "Reported: that she was well | adding | Roe | –"],
    );
    check("While Roe says it works, nobody has seen it.", &["Reported: it works | says | Roe | –"]);
}

#[test]
fn what_is_reported_inside_a_report_belongs_to_it() {
    check("Roe said that voters want change.", &["Reported: that voters want change | said | Roe | –"]);
}

#[test]
fn labels_before_a_colon() {
    check(
        "ROE: Why did you leave?\n\nDOE: I was tired.",
        &["Reported: Why did you leave | – | ROE | –", "Reported: I was tired | – | DOE | –"],
    );
    check("Roe: ‘We will win’\n\nThe party met on Monday.", &["Direct: We will win | – | Roe | –"]);
}

#[test]
fn dialogue_without_cues_has_no_speaker() {
    let text = "“Who is there?”\n\n“Me.”\n\n“And who are you?”\n\n“Guess.”\n\n“I give up.”";
    assert!(lines(text).iter().all(|line| line.starts_with("Direct") && line.ends_with("| – | – | –")), "{text}");
    assert_eq!(lines(text).len(), 5);
}

#[test]
fn known_to_be_wrong() {
    // Nothing here says that "would go" is not the union's: only its meaning does.
    check(
        "The union said members voted and went home.",
        &["Reported: members voted and went home | said | The union | –"],
    );
}

#[test]
fn other_languages_are_left_alone() {
    let text = "„Ich komme“, sagte er.";
    assert!(quotations(&Reading::new(text, "de"), &[]).is_empty());
}

#[test]
fn bad_input_is_no_reason_to_stop() {
    let long = "a".repeat(1 << 20);
    let said = "he said that ".repeat(1 << 15);
    let open = "\"a 'b “c ".repeat(1 << 14);
    let commas = "Roe, said, ".repeat(1 << 14);
    let capitals = "ROE SAID \"NO\" AND DOE SAID YES ".repeat(1 << 12);
    for text in [
        "",
        " ",
        "\"",
        "\"\"",
        "''",
        "'",
        "“”",
        "said",
        ", said",
        "\n\n\"\n\n",
        ":",
        "According to",
        "“ ”\u{301}",
        "said said said",
        "「」",
        &long,
        &said,
        &open,
        &commas,
        &capitals,
    ] {
        let _ = quotations(&Reading::new(text, "en"), &[]);
    }
}

/// Every place of `name` in `text`, as a mention.
fn mentions(text: &str, names: &[(&str, Option<&str>)]) -> Vec<Mention> {
    let mut found = Vec::new();
    for &(name, role) in names {
        for (at, _) in text.match_indices(name) {
            let span = Span::new(at as u32, (at + name.len()) as u32);
            let role = role.and_then(|role| {
                let before = text.get(..at)?.trim_end();
                let start = before.strip_suffix(role)?.len();
                Some(Span::new(start as u32, (start + role.len()) as u32))
            });
            found.push(Mention { span, kind: Kind::Person, role, certainty: 90, reason: "" });
        }
    }
    found.sort_by_key(|mention| mention.span);
    found.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    found
}

/// The name of the last quotation's speaker.
fn speaker(text: &str, names: &[(&str, Option<&str>)]) -> Option<String> {
    let mentions = mentions(text, names);
    let found = quotations(&Reading::new(text, "en"), &mentions);
    let mention = found.last()?.speaker?.mention?;
    Some(mentions[mention as usize].span.of(text).to_owned())
}

#[test]
fn speakers_are_given_their_names() {
    const ROE: (&str, Option<&str>) = ("Anna Roe", Some("Minister"));
    const DOE: (&str, Option<&str>) = ("Peter Doe", None);
    let cases: &[(&str, Option<&str>)] = &[
        ("Minister Anna Roe said taxes would fall.", Some("Anna Roe")),
        ("Anna Roe came late. Roe said taxes would fall.", Some("Anna Roe")),
        ("Anna Roe met Peter Doe. She said taxes would fall.", Some("Anna Roe")),
        ("Anna Roe met Peter Doe. He said nothing had changed.", None),
        ("Peter Doe spoke first. He said taxes would fall.", Some("Peter Doe")),
        ("Peter Doe met Minister Anna Roe. The minister said taxes would fall.", Some("Anna Roe")),
        ("A spokesman for Anna Roe said taxes would fall.", None),
        ("Anna Roe's lawyer said taxes would fall.", None),
        ("The dog barked. It said nothing would change.", None),
    ];
    for (text, expected) in cases {
        assert_eq!(speaker(text, &[ROE, DOE]).as_deref(), *expected, "{text}");
    }
}

#[test]
fn a_name_that_two_people_share_is_nobody() {
    let text = "Anna Roe met Paul Roe. Roe said taxes would fall.";
    assert_eq!(speaker(text, &[("Anna Roe", None), ("Paul Roe", None)]), None);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that the rules look at, in any order.
    const PIECES: &[&str] = &[
        "he",
        "said",
        "that",
        "Roe",
        "\"",
        "“",
        "”",
        "'",
        "’",
        "''",
        "`",
        "«",
        "»",
        ",",
        ".",
        "?",
        ":",
        ";",
        "(",
        ")",
        "—",
        " - ",
        "\n",
        "\n\n",
        "the",
        "minister",
        "according",
        "to",
        "told",
        "reporters",
        "was",
        "asked",
        "whether",
        "claim",
        "'s",
        "and",
        "who",
        "saying",
        "wants",
        "Müller",
        "北京",
        "\u{301}",
        "9",
        "-",
        "of",
        "for",
    ];

    #[test]
    fn parts_that_share_words_are_one() {
        let text = "Roe:the— \"`he ' ` ®";
        let found = quotations(&Reading::new(text, ""), &mentions(text, &[("Roe", None)]));
        let contents: Vec<Vec<&str>> =
            found.iter().map(|quotation| quotation.content.iter().map(|span| span.of(text)).collect()).collect();
        assert_eq!(contents, [["the— \"`he ' ` ®"]]);
    }

    proptest! {
        #[test]
        fn spans_lie_on_characters_in_order_and_inside(
            pieces in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..60),
            rest in "\\PC{0,20}",
        ) {
            let mut text: String =
                pieces.iter().flat_map(|(piece, spaced)| [*piece, if *spaced { " " } else { "" }]).collect();
            text.push_str(&rest);
            let found = quotations(&Reading::new(&text, ""), &mentions(&text, &[("Roe", None), ("Müller", None)]));
            let places: Vec<Span> = found.iter().map(|quotation| quotation.content[0]).collect();
            prop_assert!(places.is_sorted());
            for quotation in &found {
                prop_assert!(quotation.certainty <= 100);
                prop_assert!(quotation.content.windows(2).all(|pair| pair[0].end <= pair[1].start), "{quotation:?}");
                let spans = quotation.content.iter().copied().chain(quotation.cue).chain(quotation.addressee);
                for span in spans.chain(quotation.speaker.map(|speaker| speaker.span)) {
                    prop_assert!(text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty()));
                }
            }
        }
    }
}
