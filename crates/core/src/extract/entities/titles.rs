//! Words around a personal name that are not part of it, and what they tell.

/// Titles that say nothing of the sex, at the beginning of a name. All lists here are folded words, parted by blanks.
const TITLES: &str = "dr doctor prof professor president prime vice deputy foreign first minister premier chancellor general gen \
colonel col major maj captain capt lieutenant lt sergeant sgt corporal cpl private admiral adm commander cmdr marshal brigadier \
senator sen representative rep governor gov mayor judge justice chief secretary ambassador envoy chairperson reverend rev cardinal \
archbishop bishop rabbi imam ayatollah mullah hon honourable honorable coach detective inspector officer master saint st emir sultan \
crown shah tsar emperor attorney delegate deputy-prime president-elect acting former ex";

/// Titles of men.
const OF_MEN: &str = "mr mister sir lord king prince pope father brother chairman spokesman congressman businessman herr monsieur \
senor don count duke baron sheikh sheik uncle father-in-law";

/// Titles of women.
const OF_WOMEN: &str = "mrs ms miss madam madame mme dame lady queen princess sister chairwoman spokeswoman congresswoman \
businesswoman actress mlle mademoiselle frau senora sheikha aunt countess duchess baroness mother empress tsarina";

/// Titles that a name is shown with, because without them it says too little: `Pope John`.
const KEPT: &str = "king prince pope queen princess saint st lord lady emir sultan shah tsar emperor empress duke duchess count countess";

/// What may follow a name.
const AFTER: &str = "phd md mp mep frs obe cbe mbe kbe esq qc kc jd dds mba rn";

/// Small words in family names.
const PARTICLES: &str =
    "van von der den de del della di du da dos das do la le bin ibn ben bint al el ul ad as ash abu ter ten af zu y";

/// Particles that are as often first names, or say nothing when they are written large: `Al Gore`, `Ben Bella`.
const DOUBTFUL: &str = "al el ben abu do la le y as ad";

/// What companies have at the end.
const COMPANY: &str = "inc incorporated corp corporation co company companies ltd limited llc llp plc ag sa spa gmbh nv bv ab oyj asa kk pty";

/// First names of men, for saying that `Mrs` is somebody else.
const MEN: &str = "aaron abdullah adam ahmed alan albert alexander alexei alfred ali andrew andrei anthony antonio arthur barack benjamin bernard bill bob \
boris brian bruce carl carlos charles christopher daniel david dennis dmitry donald douglas edward eric emmanuel ernest francisco frank \
fred gary george gerald gordon gregory hakan hans harold harry hassan henry hugh hussein ian ibrahim igor ivan jack jacques james jason jeffrey jim joe john \
johann jonathan jorge jose joseph juan karl keith kenneth kevin khalid larry lawrence leo leon leonid louis luis mahmoud marco mario mark martin matthew \
michael mikhail mohammed mustafa nicholas nikolai omar oscar patrick paul pedro peter philip pierre ralph ray raymond recep richard robert roger \
ronald roy salman samuel scott sergei simon stephen steven stuart ted thomas timothy tom tony victor viktor vladimir walter william \
yusuf yuri";

/// First names of women, for saying that `Mr` is somebody else.
const WOMEN: &str = "aisha alice amanda amy ana andrea angela ann anna anne annalena annie barbara betty brenda camilla carmen carol caroline catherine \
charlotte christina christine claire claudia condoleezza cynthia deborah diana diane donna dorothy elena elizabeth ellen emily emma eva \
evelyn fatima federica florence frances giorgia gloria hannah heather helen hillary ingrid irene isabel jacqueline jane janet jean jeanne jennifer jessica joan \
joyce judith judy julia julie karen kate katherine kathleen kimberly laura linda lisa louise lucy madeleine margaret maria marie \
marilyn marina martha mary melissa michelle monica nancy natalia nicole olga pamela patricia rachel rebecca roberta rosa rose ruth samantha sandra \
sarah sharon shirley sonia sophie stephanie susan svetlana sylvia teresa theresa tatiana ursula valentina vera victoria virginia wendy yulia";

/// Names of families that stand first where Chinese, Korean or Vietnamese names are written in their own order.
const FIRST_FAMILIES: &str = "bai cai cao chang chen cheng chiang chung deng ding dong du fan feng fu gao gu guo han he hu huang jia jiang jin kim \
lai le lee li liang lin liu lu luo ma mao meng moon ngo nguyen park pan peng pham qian qin roh shen shi song sun tan tang tian tran wang wei wen wu \
xi xiao xie xu yan yang yao ye yi yin yoon yu yuan zeng zhang zhao zheng zhou zhu zuo";

/// The last words that say what sort of thing a name names: what is often left away.
///
/// What divides a larger thing does not stand here: the committee of a house is not the house, the province not its city.
const GENERIC: &str = "university college school institute institution foundation association society agency bank group holdings holding \
industries international corp corporation company partners party union league federation organization organisation museum library hospital \
hotel club team city town island islands peninsula river lake bay sea ocean mountain mountains valley desert palace castle village republic \
motors airlines airways records pictures studios times post news press newspaper magazine journal";

/// The words that stand before the name of a place and say what sort it is.
const GENERIC_BEFORE: &str =
    "city town village province state region republic kingdom island isle lake mount port bay gulf county district";

/// Small words that no abbreviation must have a letter of.
const SMALL: &str = "of the and for in on to a an de la du des et und der die for at by with";

fn is_among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// The sex that a title or a first name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sex {
    /// `Mrs`, `Queen`.
    Female,
    /// `Mr`, `King`.
    Male,
}

/// Whether a folded word is a title before a name.
pub(super) fn is_title(word: &str) -> bool {
    is_among(TITLES, word) || sex_of_title(word).is_some()
}

/// The sex that a folded title tells.
pub(super) fn sex_of_title(word: &str) -> Option<Sex> {
    if is_among(OF_MEN, word) {
        Some(Sex::Male)
    } else if is_among(OF_WOMEN, word) {
        Some(Sex::Female)
    } else {
        None
    }
}

/// The sex that a folded first name tells.
pub(super) fn sex_of_name(word: &str) -> Option<Sex> {
    if is_among(MEN, word) {
        Some(Sex::Male)
    } else if is_among(WOMEN, word) {
        Some(Sex::Female)
    } else {
        None
    }
}

/// Whether a name is shown with this folded title.
pub(super) fn is_kept(word: &str) -> bool {
    is_among(KEPT, word)
}

/// Whether a folded word is a degree or an honour after a name.
pub(super) fn is_honour(word: &str) -> bool {
    is_among(AFTER, word)
}

/// Whether a word at the beginning of a name is a particle, so that what follows is a family name.
pub(super) fn is_particle(written: &str, folded: &str) -> bool {
    let is_large = written.starts_with(char::is_uppercase) && !written.contains('-');
    is_among(PARTICLES, folded) && !(is_large && is_among(DOUBTFUL, folded))
}

/// Whether a folded word is a particle wherever it stands inside a name.
pub(super) fn is_particle_inside(folded: &str) -> bool {
    is_among(PARTICLES, folded)
}

/// Whether a folded word is what companies have at the end.
pub(super) fn is_company(word: &str) -> bool {
    is_among(COMPANY, word)
}

/// Whether a folded word is a family name that stands first.
pub(super) fn is_first_family(word: &str) -> bool {
    is_among(FIRST_FAMILIES, word)
}

/// Whether a folded word says what sort of thing the words before it name.
pub(super) fn is_generic(word: &str) -> bool {
    is_among(GENERIC, word)
}

/// Whether a folded word says what sort of place the words after it name.
pub(super) fn is_generic_before(word: &str) -> bool {
    is_among(GENERIC_BEFORE, word)
}

/// Whether abbreviations may leave a folded word out.
pub(super) fn is_small(word: &str) -> bool {
    is_among(SMALL, word)
}

/// What a word after a name says of the generation: 1 for the father, 2 for the son, 3 for `III`; 0 where nothing.
pub(super) fn generation(written: &str) -> u8 {
    let word = written.trim_matches(|c: char| !c.is_alphanumeric());
    match word {
        "Sr" | "SR" | "Senior" | "I" => 1,
        "Jr" | "JR" | "Junior" | "II" => 2,
        "" | "X" | "C" | "D" | "L" | "M" => 0,
        _ => roman(word).unwrap_or(0),
    }
}

fn roman(word: &str) -> Option<u8> {
    if word.len() > 6 {
        return None;
    }
    let (mut sum, mut before) = (0, 0);
    for letter in word.bytes().rev() {
        let value = match letter {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            _ => return None,
        };
        sum += if value < before { -value } else { value };
        before = value.max(before);
    }
    u8::try_from(sum).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generations_are_counted() {
        for (word, expected) in
            [("Jr.", 2), ("Sr", 1), ("III", 3), ("XIV", 14), ("Ivan", 0), ("X", 0), ("", 0), ("IX", 9)]
        {
            assert_eq!(generation(word), expected, "{word}");
        }
    }

    #[test]
    fn large_doubtful_particles_are_names() {
        assert!(is_particle("al", "al") && !is_particle("Al", "al") && is_particle("Van", "van"));
    }
}
