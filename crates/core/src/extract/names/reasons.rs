//! Why something was taken for a name, in the words of a reader: what of it or around it speaks for it most.

use std::ops::Range;

use super::cut::Piece;
use super::evidence::{AFTER_TITLE, Evidence, IN_BRACKETS, SPEAKS};
use super::{classes, evidence};
use crate::base::Span;
use crate::extract::Kind;

/// The reason for the name of this kind at `place`.
pub(super) fn reason(
    pieces: &[Piece],
    place: &Range<usize>,
    kind: Kind,
    role: Option<Span>,
    told: &Evidence,
) -> &'static str {
    let inside = pieces.get(place.clone()).unwrap_or(&[]);
    let clues = Clues {
        before: place.start.checked_sub(1).and_then(|at| pieces.get(at)).map_or(0, |piece| piece.classes),
        own: inside.iter().fold(0, |all, piece| all | piece.entry | if inside.len() == 1 { piece.classes } else { 0 }),
        first: inside.first().map_or(0, |piece| piece.classes),
        last: inside.last().map_or(0, |piece| piece.classes),
        told: inside.last().and_then(|piece| told.get(&piece.hash)).copied().unwrap_or(0),
        is_long: inside.len() > 1,
    };
    match kind {
        Kind::Person => {
            let is_before = role.is_some_and(|role| inside.first().is_some_and(|first| role.start < first.span.start));
            clues.person(role.is_some(), is_before)
        }
        Kind::Organisation => clues.organisation(),
        Kind::Place => clues.place(),
        Kind::Other => clues.other(),
    }
}

struct Clues {
    before: u32,
    own: u32,
    first: u32,
    last: u32,
    told: u16,
    is_long: bool,
}

impl Clues {
    fn person(&self, has_role: bool, is_before: bool) -> &'static str {
        match () {
            () if has_role && is_before => "a title or office stands before it",
            () if has_role => "an office stands behind it",
            () if self.is_long && self.first & classes::FIRST != 0 => "it begins with a first name",
            () if self.told & AFTER_TITLE != 0 => "elsewhere in this text it follows a title or a first name",
            () if self.told & SPEAKS != 0 => "a verb such as said stands beside it",
            () if self.last & classes::LAST != 0 => "it is a known surname",
            () if self.first & classes::FIRST != 0 => "it is a known first name",
            () => "it is written and used like the name of a person",
        }
    }

    fn organisation(&self) -> &'static str {
        match () {
            () if self.own & classes::ORGANISATION != 0 => "it is a known organisation",
            () if (self.first | self.last) & classes::ORGANISATION_HEAD != 0 => "it holds a word for organisations",
            () if self.told & IN_BRACKETS != 0 => "it stands in brackets as the short form of a name",
            () if self.told & evidence::IN_ORGANISATION != 0 => {
                "elsewhere in this text it is part of an organisation's name"
            }
            () => "it is written and used like the name of an organisation",
        }
    }

    fn place(&self) -> &'static str {
        match () {
            () if self.own & classes::COUNTRY != 0 => "it is a known country",
            () if self.own & classes::PLACE != 0 => "it is a known place",
            () if self.is_long && (self.first | self.last) & classes::PLACE_HEAD != 0 => "it holds a word for places",
            () if self.before & classes::WHERE != 0 => "a word such as in or near stands before it",
            () => "it is written and used like the name of a place",
        }
    }

    fn other(&self) -> &'static str {
        match () {
            () if self.own & classes::PEOPLE != 0 => "it is the word for a people",
            () if self.own & classes::OTHER != 0 => "it is a known event or work",
            () if self.is_long && self.last & classes::OTHER_HEAD != 0 => "it holds a word for events, laws or works",
            () => "it is written like a name",
        }
    }
}
