//! The title, office or affiliation beside a person's name: before it (`Turkish Foreign Minister`), or behind it between
//! commas (`, the Kremlin spokesman,`).

use std::ops::Range;

use super::classes;
use super::cut::{Piece, Shape};
use crate::base::Span;

/// Pieces that a role may have.
const LONGEST: usize = 12;
/// What a person does, as a title or by itself.
const OFFICE: u32 = classes::TITLE | classes::ROLE;
/// What stands in a role beside the office: whose, or of what.
const OWNER: u32 =
    classes::PEOPLE | classes::COUNTRY | classes::PLACE | classes::ORGANISATION | classes::ORGANISATION_HEAD;

/// The place of the name alone where a title was taken for its beginning: at least one capitalised word is left.
pub(super) fn without_titles(pieces: &[Piece], place: Range<usize>) -> Range<usize> {
    let mut start = place.start;
    while start + 1 < place.end {
        let is_title = pieces
            .get(start)
            .is_some_and(|piece| piece.is(classes::TITLE) && !piece.is(classes::FIRST | classes::LAST));
        if !is_title || !pieces.get(start + 1).is_some_and(Piece::is_capital) {
            break;
        }
        start += 1;
    }
    start..place.end
}

/// The role beside the name at `place`.
pub(super) fn role(pieces: &[Piece], place: &Range<usize>) -> Option<Span> {
    before(pieces, place).or_else(|| behind(pieces, place))
}

fn before(pieces: &[Piece], place: &Range<usize>) -> Option<Span> {
    let mut first = None;
    let mut has_office = false;
    let mut at = place.start;
    while at > 0 && place.start - at < LONGEST && !pieces.get(at).is_none_or(|piece| piece.is_first) {
        at -= 1;
        let Some(piece) = pieces.get(at) else { break };
        let is_office = piece.is(OFFICE) && !matches!(piece.shape, Shape::Number);
        let is_owner = piece.is_capital() && (piece.classes | piece.entry) & OWNER != 0;
        let is_word = is_office || is_owner || piece.is(classes::OTHER) || is_of_office(piece);
        let is_joint = piece.is(classes::JOINT) && piece.shape == Shape::Small
            || matches!(piece.shape, Shape::Hyphen | Shape::And | Shape::Possessive);
        // "The minister and Lavrov", "a spokesman for Putin": what is joined is somebody else.
        let is_nearest = at + 1 == place.start;
        if !is_word && (!is_joint || is_nearest) {
            break;
        }
        has_office |= is_office;
        if is_word && has_office {
            first = Some(at);
        }
    }
    let (first, last) = (pieces.get(first?)?, pieces.get(place.start.checked_sub(1)?)?);
    Some(Span::new(first.span.start, last.span.end))
}

/// `who`, `which` and the like: the role ends before them.
fn is_relative(piece: &Piece) -> bool {
    static HASHES: std::sync::LazyLock<[u32; 4]> =
        std::sync::LazyLock::new(|| ["who", "whose", "whom", "which"].map(super::lexicon::hash));
    HASHES.contains(&piece.hash)
}

/// Words of offices that are no office themselves.
fn is_of_office(piece: &Piece) -> bool {
    const WORDS: [&str; 22] = [
        "prime", "foreign", "interior", "defence", "defense", "finance", "vice", "former", "acting", "deputy",
        "senior", "state", "affairs", "first", "national", "security", "economy", "trade", "press", "special",
        "military", "outgoing",
    ];
    static HASHES: std::sync::LazyLock<[u32; 22]> = std::sync::LazyLock::new(|| WORDS.map(super::lexicon::hash));
    HASHES.contains(&piece.hash)
}

fn behind(pieces: &[Piece], place: &Range<usize>) -> Option<Span> {
    pieces.get(place.end).filter(|comma| comma.shape == Shape::Comma && !comma.is_first)?;
    let mut has_article = false;
    let mut first = None;
    let mut last = None;
    let mut has_office = false;
    for piece in pieces.iter().skip(place.end + 1).take(LONGEST + 1) {
        let is_relative = piece.shape == Shape::Small && is_relative(piece);
        if piece.is_first
            || is_relative
            || matches!(piece.shape, Shape::Comma | Shape::Stop | Shape::Close | Shape::Quote)
        {
            let (first, last): (&Piece, &Piece) = (first?, last?);
            return has_office.then(|| Span::new(first.span.start, last.span.end));
        }
        if piece.is(classes::SPEAKING) && piece.shape == Shape::Small && !piece.is(OFFICE)
            || matches!(piece.shape, Shape::Open | Shape::Sign)
        {
            return None;
        }
        // An article opens a role but is no part of it.
        if first.is_none() && piece.is(classes::GRAMMAR) && piece.shape == Shape::Small && !is_of_office(piece) {
            has_article = true;
            continue;
        }
        // Without an article a role begins with an office or what it belongs to.
        if first.is_none() && !has_article && !piece.is(OFFICE | OWNER) && !is_of_office(piece) && !piece.is_capital() {
            return None;
        }
        // A second name in a list is no role of the first.
        if first.is_none() && piece.is(classes::FIRST) && piece.is_capital() {
            return None;
        }
        has_office |= piece.is(OFFICE);
        first = first.or(Some(piece));
        last = Some(piece);
    }
    None
}
