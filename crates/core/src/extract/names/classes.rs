//! What is known of words before any text is read: classes of words, each a bit.

/// A set of classes.
pub type Classes = u32;

/// A first name: `Hakan`.
pub const FIRST: Classes = 1;
/// A surname: `Fidan`.
pub const LAST: Classes = 1 << 1;
/// A town, region or other place: `Izmir`.
pub const PLACE: Classes = 1 << 2;
/// A country or continent: `Turkey`.
pub const COUNTRY: Classes = 1 << 3;
/// A people or its adjective: `Turkish`, `Turks`.
pub const PEOPLE: Classes = 1 << 4;
/// An organisation: `NATO`.
pub const ORGANISATION: Classes = 1 << 5;
/// The word that an organisation's name ends in, or begins with: `Corp`, `Ministry`.
pub const ORGANISATION_HEAD: Classes = 1 << 6;
/// The word that a place's name ends in, or begins with: `River`, `Mount`.
pub const PLACE_HEAD: Classes = 1 << 7;
/// The word that the name of an event, law or work ends in: `Cup`, `Treaty`.
pub const OTHER_HEAD: Classes = 1 << 8;
/// A title that stands before a person's name: `Mr`, `President`.
pub const TITLE: Classes = 1 << 9;
/// What a person does: `spokesman`, `striker`.
pub const ROLE: Classes = 1 << 10;
/// A verb whose subject is mostly a person: `said`, `met`.
pub const SPEAKING: Classes = 1 << 11;
/// A word that places follow: `in`, `near`.
pub const WHERE: Classes = 1 << 12;
/// A day or month.
pub const TIME: Classes = 1 << 13;
/// A word that is written small in most texts: `economy`.
pub const ORDINARY: Classes = 1 << 14;
/// A word of grammar: `the`, `and`.
pub const GRAMMAR: Classes = 1 << 15;
/// A small word inside names of people: `van`, `al`.
pub const PARTICLE: Classes = 1 << 16;
/// A word that joins the parts of longer names: `of`, `and`.
pub const JOINT: Classes = 1 << 17;
/// A word of sports: `beat`, `round`.
pub const SPORT: Classes = 1 << 18;
/// A word for kin: `wife`, `son`.
pub const KIN: Classes = 1 << 19;
/// A word of business: `shares`, `quarter`.
pub const BUSINESS: Classes = 1 << 20;
/// A sign that is no word: a comma, a bracket.
pub const SIGN: Classes = 1 << 21;
/// The ending of a possessive that stands apart.
pub const POSSESSIVE: Classes = 1 << 22;
/// The beginning of an entry of several words.
pub const BEGINNING: Classes = 1 << 23;
/// An entry of several words that is an event, a work or a people.
pub const OTHER: Classes = 1 << 24;

/// Number of classes that a feature may speak of.
pub const COUNT: u32 = 25;
