//! Words with digits in them: `1988`, `26th`, `1990s`, `10pm`, `3h`, `Q3`, `FY24`, `Dec31`, `26.05.2025`.

use super::lexicon::{Class, Lex, look_up};

/// Reads a word that holds a digit.
pub(super) fn figures(word: &str) -> Lex {
    if word.bytes().next().is_some_and(|b| b.is_ascii_digit()) { digits_first(word) } else { letters_first(word) }
}

fn digits_first(word: &str) -> Lex {
    let split = word.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at(split);
    if digits.len() > 6 {
        return Lex { class: Class::Quantity, ..Lex::default() };
    }
    let number = digits.bytes().fold(0, |number, b| number * 10 + u32::from(b - b'0'));
    let shape = digits.len() as u8;
    let lex = |class, value| Lex { class, value, shape, ..Lex::default() };
    let lower = rest.to_ascii_lowercase();
    match lower.as_str() {
        "" => lex(Class::Digits, number),
        "th" | "st" | "nd" | "rd" if number < 100 => lex(Class::Ordinal, number),
        "s" if shape == 4 && number % 10 == 0 => lex(Class::Decade, number),
        "s" if shape == 2 && number % 10 == 0 => lex(Class::Decade, number),
        "am" | "a" | "a.m" | "a.m." if (1..=12).contains(&number) => lex(Class::Hour, number % 12 * 60),
        "pm" | "p" | "p.m" | "p.m." if (1..=12).contains(&number) => lex(Class::Hour, (number % 12 + 12) * 60),
        "h" | "hr" | "hrs" => lex(Class::Amount, number * 16 + 3),
        "min" | "mins" => lex(Class::Amount, number * 16 + 2),
        "y" | "yr" | "yrs" => lex(Class::Amount, number * 16 + 8),
        "q" if (1..=4).contains(&number) => lex(Class::Fraction, number),
        _ if shape == 2 && number <= 31 && lower.len() == 3 && lower.starts_with('t') => lower
            .get(1..)
            .and_then(|hour| hour.parse().ok())
            .filter(|hour| *hour < 25)
            .map_or(Lex::default(), |hour: u32| lex(Class::DayHour, number * 32 + hour)),
        _ if rest.starts_with(['.', ',']) => separated(word, number, shape),
        _ => Lex::default(),
    }
}

/// `2.5`, `10.30pm`, `1,000`, `26.05.2025`, `2025.05.26`.
fn separated(word: &str, first: u32, shape: u8) -> Lex {
    let lex = |class, value| Lex { class, value, shape, ..Lex::default() };
    let mut parts = word.split('.');
    let (a, b, c) = (parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.filter(|p| p.len() <= 4).and_then(|p| p.parse::<u32>().ok());
    match (number(a), b, c) {
        (Some(whole), Some(part), None) if part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()) => {
            let hundredths = part.parse().unwrap_or(0) * if part.len() == 1 { 10 } else { 1 };
            Lex { shape: part.len() as u8, ..lex(Class::Decimal, whole * 100 + hundredths) }
        }
        (Some(whole), Some(part), None) => {
            clock_point(whole, part).map_or(lex(Class::Quantity, first), |minutes| lex(Class::Hour, minutes))
        }
        (Some(_), Some(_), Some(_)) => match (number(a), number(b), number(c), parts.next()) {
            (Some(a), Some(b), Some(c), None) => dotted(a, b, c, shape),
            _ => lex(Class::Quantity, first),
        },
        _ => lex(Class::Quantity, first),
    }
}

/// The minutes of `8.30pm`, given its hour and what follows the point.
fn clock_point(hour: u32, rest: &str) -> Option<u32> {
    let (minutes, half) = rest.split_at_checked(2)?;
    let minutes = minutes.parse::<u32>().ok().filter(|m| *m < 60)?;
    let half = match half.to_ascii_lowercase().as_str() {
        "am" | "a" => 0,
        "pm" | "p" => 12,
        _ => return None,
    };
    (1..=12).contains(&hour).then_some((hour % 12 + half) * 60 + minutes)
}

fn letters_first(word: &str) -> Lex {
    let split = word.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(word.len());
    let (letters, digits) = word.split_at(split);
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Lex::default();
    }
    let number = digits.parse::<u32>().unwrap_or(0);
    let shape = digits.len() as u8;
    let lex = |class, value| Lex { class, value, shape, ..Lex::default() };
    match (letters.to_ascii_lowercase().as_str(), shape) {
        ("q", 1) if (1..=4).contains(&number) => lex(Class::Fraction, number),
        ("h", 1) if (1..=2).contains(&number) => lex(Class::Fraction, number + 4),
        ("fy" | "cy", 4) => lex(Class::FiscalYear, number),
        ("fy" | "cy", 2) => lex(Class::FiscalYear, if number < 70 { 2000 + number } else { 1900 + number }),
        (_, 1 | 2) if letters.len() >= 3 => {
            let month = look_up(letters);
            let is_day = month.class == Class::Month && (1..=31).contains(&number);
            if is_day { lex(Class::MonthDay, month.value * 32 + number) } else { Lex::default() }
        }
        _ => Lex::default(),
    }
}

/// A date of three numbers: first, second and year packed into one; `shape` keeps how long its first part was.
fn dotted(a: u32, b: u32, c: u32, shape: u8) -> Lex {
    let lex = |class, value| Lex { class, value, shape, ..Lex::default() };
    let (first, year) = if shape > 2 { (c, a) } else { (a, c) };
    if first > 99 || b > 99 || year > 9999 {
        return lex(Class::Quantity, a);
    }
    lex(Class::Dotted, (first << 21) | (b << 14) | year)
}

impl Lex {
    /// First, second and year of a dotted date, and whether the year stood in front.
    pub(super) fn parts(self) -> (u32, u32, u32, bool) {
        (self.value >> 21, (self.value >> 14) & 127, self.value & 0x3FFF, self.shape > 2)
    }
}
