//! Which language a text is in, where nobody says.
//!
//! The one decision: the corpus decides together. Letter statistics alone call one short story in seven of an English
//! newswire Danish, Dutch or Latin; so long clear texts are judged first, and a short or strange one is taken to be in
//! the language of most of the corpus, unless its script rules that out. Rejected: a bigger model; the prior does more
//! and costs nothing.

use std::collections::BTreeMap;

use nanoserde::{DeBin, SerBin};
use whatlang::{Info, Lang, Script};

use super::beginning;
use crate::document::{Document, Fact, Known};

/// How much of a text is looked at, in bytes.
const SAMPLE_BYTES: usize = 4 << 10;
/// A text needs so many letters to be judged by itself.
const CLEAR_LETTERS: u16 = 200;
/// And so many to be of a language that no other document is in.
const ALONE_LETTERS: u16 = 1000;
/// A language is at home in the corpus from this share of the clear texts on, in one thousandth.
const AT_HOME_PER_MILLE: usize = 5;

/// What a language read from the words is inferred from.
pub const FROM_WORDS: &str = "the words of the text";
/// What a language taken from the corpus is inferred from.
pub const FROM_CORPUS: &str = "the language of most of the corpus; the text by itself does not tell";

/// Whatlang's languages whose code of two letters is not the start of the one with three, and other usual codes.
const TWO_LETTERS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("cmn", "zh"),
    ("chi", "zh"),
    ("zho", "zh"),
    ("cym", "cy"),
    ("wel", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("eus", "eu"),
    ("baq", "eu"),
    ("fas", "fa"),
    ("per", "fa"),
    ("pes", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("arm", "hy"),
    ("ind", "id"),
    ("isl", "is"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("geo", "ka"),
    ("kaz", "kk"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mac", "mk"),
    ("mya", "my"),
    ("bur", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("nob", "nb"),
    ("nor", "no"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
    ("iw", "he"),
    ("in", "id"),
    ("ji", "yi"),
];

/// The primary subtag of a language as metadata gives it: `en` of `en-US`, `eng`, `EN_us` and `English`.
///
/// What is not known is kept, in small letters. Cost: O(1) for codes; names are looked up in a list of 70.
pub fn primary_subtag(given: &str) -> String {
    let lower = given.trim().to_lowercase();
    let tag = lower.split(['-', '_']).next().unwrap_or("");
    let is_name = tag.len() > 3; // a code has two or three letters, and nearly every record gives one
    let by_name = is_name.then(|| Lang::all().iter().find(|lang| is_called(**lang, &lower))).flatten();
    two_letters(by_name.map_or(tag, |lang| lang.code())).to_string()
}

fn is_called(lang: Lang, lower: &str) -> bool {
    lang.eng_name().to_lowercase() == lower || lang.name().to_lowercase() == lower
}

fn two_letters(code: &str) -> &str {
    TWO_LETTERS.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short)
}

/// What every document of a corpus says about languages, kept small: 8 bytes per document.
///
/// Stated languages count as evidence about the corpus. The order of the documents does not matter, but for a corpus in
/// which no text is clear by itself: the first ones are then read as one.
#[derive(Clone, Debug, Default, PartialEq, SerBin, DeBin)]
pub struct Voices {
    /// How many documents state each language.
    stated: BTreeMap<String, usize>,
    /// One per document.
    voices: Vec<Voice>,
    /// How the first texts begin, [`SAMPLE_BYTES`] of them all together.
    openings: Vec<String>,
    /// Their length, in bytes.
    openings_len: usize,
}

/// What one document says.
#[derive(Clone, Copy, Debug, PartialEq, SerBin, DeBin)]
enum Voice {
    /// Its language is known, or nothing is to be concluded.
    Closed,
    /// It has no letters.
    Silent,
    /// What its words say.
    Guess(Guess),
}

impl Voices {
    /// Hears the next document; `is_open` where a language may be concluded. Cost: about 0.1 ms where none is stated.
    pub fn hear(&mut self, document: &Document, is_open: bool) {
        let voice = match &document.language.value {
            Some(language) => {
                *self.stated.entry(language.clone()).or_default() += 1;
                Voice::Closed
            }
            None if document.language.known != Known::Unknown || !is_open => Voice::Closed,
            None => Guess::of(&document.text).map_or(Voice::Silent, Voice::Guess),
        };
        self.voices.push(voice);
        self.add_opening(beginning(&document.text, SAMPLE_BYTES));
    }

    /// Adds what other documents said, which come after these.
    pub fn append(&mut self, later: Voices) {
        for (language, count) in later.stated {
            *self.stated.entry(language).or_default() += count;
        }
        self.voices.extend(later.voices);
        later.openings.iter().for_each(|opening| self.add_opening(opening));
    }

    /// What they say together. Cost: O(documents).
    pub fn prior(&self) -> Prior {
        let mut votes: BTreeMap<&str, usize> =
            self.stated.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        for voice in &self.voices {
            if let Voice::Guess(guess) = voice
                && let Some(language) = guess.language().filter(|_| guess.is_clear())
            {
                *votes.entry(language).or_default() += 1;
            }
        }
        votes.remove("");
        if votes.is_empty() {
            return Prior { majority: self.together(), at_home: Vec::new() };
        }
        let total: usize = votes.values().sum();
        // The most frequent; of equals the first by code, so that the order of documents does not matter.
        let majority = votes.iter().rev().max_by_key(|(_, count)| **count).map(|(language, _)| language.to_string());
        let at_home = votes.into_iter().filter(|(_, count)| *count >= 2 && count * 1000 >= total * AT_HOME_PER_MILLE);
        Prior { majority, at_home: at_home.map(|(language, _)| language.to_string()).collect() }
    }

    /// The language of document number `index`; nothing where it is not to be filled in. Cost: O(1).
    pub fn decide(&self, index: usize, prior: &Prior) -> Option<Fact<String>> {
        match self.voices.get(index)? {
            Voice::Closed => None,
            Voice::Silent => Some(prior.decide(None)),
            Voice::Guess(guess) => Some(prior.decide(Some(guess))),
        }
    }

    fn add_opening(&mut self, opening: &str) {
        // Blank texts say nothing, and there may be a million of them.
        if self.openings_len <= SAMPLE_BYTES && !opening.trim().is_empty() {
            self.openings_len += opening.len() + 1;
            self.openings.push(opening.to_string());
        }
    }

    /// The language of the first texts read as one, where none is clear by itself.
    fn together(&self) -> Option<String> {
        let info = whatlang::detect(&self.openings.join("\n"))?;
        info.is_reliable().then(|| two_letters(info.lang().code()).to_string())
    }
}

/// What the words of one text say.
#[derive(Clone, Copy, Debug, PartialEq, SerBin, DeBin)]
struct Guess {
    /// Places in the lists of `whatlang`.
    lang: u8,
    script: u8,
    is_reliable: bool,
    /// Letters of the sample, at most [`SAMPLE_BYTES`].
    letters: u16,
}

impl Guess {
    /// Nothing where the text has no letters.
    fn of(text: &str) -> Option<Guess> {
        let sample = beginning(text, SAMPLE_BYTES);
        let info: Info = whatlang::detect(sample)?;
        let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
        Some(Guess {
            lang: u8::try_from(Lang::all().iter().position(|lang| *lang == info.lang())?).ok()?,
            script: u8::try_from(Script::all().iter().position(|script| *script == info.script())?).ok()?,
            is_reliable: info.is_reliable(),
            letters: u16::try_from(letters).unwrap_or(u16::MAX),
        })
    }

    fn language(&self) -> Option<&'static str> {
        Lang::all().get(usize::from(self.lang)).map(|lang| two_letters(lang.code()))
    }

    /// Whether its script is used for `language`.
    fn can_be(&self, language: &str) -> bool {
        let script = Script::all().get(usize::from(self.script));
        script.is_some_and(|script| script.langs().iter().any(|lang| two_letters(lang.code()) == language))
    }

    /// A text in letters that only few languages use needs less of them.
    fn is_clear(&self) -> bool {
        self.is_reliable && (self.letters >= CLEAR_LETTERS || self.is_of_few() && self.letters >= CLEAR_LETTERS / 10)
    }

    /// Whether its script is not the Latin one, which 37 languages share.
    fn is_of_few(&self) -> bool {
        Script::all().get(usize::from(self.script)) != Some(&Script::Latin)
    }

    fn is_clear_alone(&self) -> bool {
        self.is_reliable && self.letters >= ALONE_LETTERS
    }
}

/// What the corpus says.
#[derive(Clone, Debug, Default, PartialEq, SerBin, DeBin)]
pub struct Prior {
    /// The language of most documents.
    majority: Option<String>,
    /// Languages that enough documents are in.
    at_home: Vec<String>,
}

impl Prior {
    fn decide(&self, guess: Option<&Guess>) -> Fact<String> {
        let words = guess.and_then(|guess| Some((guess, guess.language()?)));
        match (words, &self.majority) {
            (Some((guess, language)), Some(majority)) => {
                let is_ruled_out = !guess.can_be(majority);
                let is_believed = language == majority && guess.is_reliable
                    || guess.is_clear_alone()
                    || guess.is_clear() && self.at_home.iter().any(|at_home| at_home == language)
                    || is_ruled_out && (guess.is_reliable || guess.is_of_few());
                match (is_believed, is_ruled_out) {
                    (true, _) => Fact::inferred(language.to_string(), FROM_WORDS),
                    (false, true) => Fact::unknown(),
                    (false, false) => Fact::inferred(majority.clone(), FROM_CORPUS),
                }
            }
            (Some((guess, language)), None) if guess.is_reliable || guess.is_of_few() => {
                Fact::inferred(language.to_string(), FROM_WORDS)
            }
            (None, Some(majority)) => Fact::inferred(majority.clone(), FROM_CORPUS),
            _ => Fact::unknown(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::blank_document;
    use super::*;

    const ENGLISH: &str = "The minister said that the talks would be held in the capital on Monday, and that both sides \
        had agreed to work towards a lasting peace. He thanked the hosts for their help and said another round would \
        follow within weeks, when the two leaders meet again to look at what has been done so far.";
    const TURKISH: &str = "Bakan, görüşmelerin pazartesi günü başkentte yapılacağını ve iki tarafın kalıcı bir barış için \
        çalışmayı kabul ettiğini söyledi. Ev sahiplerine yardımları için teşekkür eden bakan, önümüzdeki haftalarda yeni \
        bir tur görüşmenin yapılacağını ve liderlerin yeniden bir araya geleceğini sözlerine ekledi.";

    /// Checks the languages of a corpus; `*` marks those taken from the corpus, `?` is unknown.
    fn check(texts: &[&str], expected: &str) {
        let mut documents: Vec<Document> =
            texts.iter().map(|text| Document { text: text.to_string(), ..blank_document() }).collect();
        // Two parts, as a corpus read in two parts would give.
        let (first, second) = documents.split_at(documents.len() / 2);
        let mut voices = Voices::default();
        first.iter().for_each(|document| voices.hear(document, true));
        let mut later = Voices::default();
        second.iter().for_each(|document| later.hear(document, true));
        voices.append(later);
        let prior = voices.prior();
        for (index, document) in documents.iter_mut().enumerate() {
            document.language = voices.decide(index, &prior).unwrap();
        }
        let got: Vec<String> = documents
            .iter()
            .map(|document| match (&document.language.value, &document.language.known) {
                (Some(language), Known::Inferred { from }) if from == FROM_CORPUS => format!("{language}*"),
                (Some(language), _) => language.clone(),
                (None, _) => "?".to_string(),
            })
            .collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn a_short_text_is_taken_to_be_in_the_language_of_the_corpus() {
        check(&[ENGLISH, ENGLISH, "Qtly div 10 cts vs 8 cts"], "en en en*");
        check(&[TURKISH, "Qtly div 10 cts vs 8 cts", "12 345"], "tr tr* tr*");
    }

    #[test]
    fn another_script_rules_the_majority_out() {
        check(&[ENGLISH, ENGLISH, "Президент встретился с Лавровым в Москве."], "en en ru");
        check(&[ENGLISH, ENGLISH, "東京で首相が会見した。"], "en en ja");
        check(&["Президент встретился с Лавровым в Москве.", "abc"], "ru ?");
    }

    #[test]
    fn a_long_text_may_be_alone_and_languages_at_home_are_believed() {
        check(&[ENGLISH, ENGLISH, ENGLISH, &TURKISH.repeat(5)], "en en en tr");
        check(&[ENGLISH, ENGLISH, TURKISH, TURKISH], "en en tr tr");
    }

    #[test]
    fn nothing_is_made_up_where_nothing_tells() {
        check(&["", "12 345", "+ ↺ −"], "? ? ?");
        check(&[], "");
    }

    #[test]
    fn given_languages_are_brought_to_two_letters() {
        for (given, expected) in [
            ("en-US", "en"),
            ("EN_us", "en"),
            ("eng", "en"),
            ("English", "en"),
            ("Türkçe", "tr"),
            ("ger", "de"),
            ("tr", "tr"),
            ("haw", "haw"),
        ] {
            assert_eq!(primary_subtag(given), expected, "{given}");
        }
        for lang in Lang::all() {
            assert_eq!(two_letters(lang.code()).len(), 2, "{lang}");
        }
    }
}
