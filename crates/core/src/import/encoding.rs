//! Bytes to text.
//!
//! The one decision: what can be known is tried before what must be guessed. Byte order mark, the NUL pattern of UTF-16,
//! valid UTF-8, UTF-8 with damage, an encoding that markup declares, and only then the guess that Firefox makes
//! (`chardetng`). A guess and every replaced byte are reported. Rejected: refusing damaged files; the rest of their text
//! is good.

use std::collections::BTreeSet;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ImportError;

/// A text with what its owner should know about how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The text, without a byte order mark; otherwise every character that was in the file.
    pub text: String,
    /// Guesses and replaced bytes, in that order; empty for good UTF-8 and UTF-16.
    pub notes: Vec<ImportError>,
}

/// How much is looked at to tell text from other things, in bytes.
const HEAD_BYTES: usize = 64 << 10;
/// How far into a file markup may declare its encoding, in bytes (as browsers do).
const DECLARATION_BYTES: usize = 1024;

/// Decodes a whole file. Good UTF-8 is not copied.
///
/// Errors: [`ImportError::Binary`] where the bytes are no text. Cost: O(n); a guess costs about 20 ns per byte.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, ImportError> {
    if let Some(decoded) = by_mark(&bytes) {
        return Ok(decoded);
    }
    if let Some(decoded) = utf32_by_nuls(&bytes) {
        return Ok(decoded);
    }
    if let Some(encoding) = utf16_by_nuls(&bytes) {
        return Ok(decode_as(&bytes, encoding, false));
    }
    check_is_text(&bytes)?;
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !has_iso_2022_escapes(text.as_bytes()) => return Ok(with_nul_note(text)),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = declared(&bytes) {
        return Ok(decode_as(&bytes, encoding, false));
    }
    if is_damaged_utf8(&bytes) {
        return Ok(decode_as(&bytes, UTF_8, false));
    }
    if bytes.contains(&0) {
        return Err(ImportError::Binary { share_percent: control_share(&bytes).max(1) });
    }
    let guess = guess(&bytes);
    let is_damage = guess.is_single_byte() && !spells_anything(&bytes);
    Ok(if is_damage { decode_as(&bytes, UTF_8, false) } else { decode_as(&bytes, guess, true) })
}

/// Reads after a byte order mark, if there is one.
fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => Some(decode_utf32(rest, u32::from_le_bytes, "UTF-32LE")),
        [0, 0, 0xfe, 0xff, rest @ ..] => Some(decode_utf32(rest, u32::from_be_bytes, "UTF-32BE")),
        [0xef, 0xbb, 0xbf, ..] => Some(decode_marked(bytes, 3, UTF_8)),
        [0xff, 0xfe, ..] => Some(decode_marked(bytes, 2, UTF_16LE)),
        [0xfe, 0xff, ..] => Some(decode_marked(bytes, 2, UTF_16BE)),
        _ => None,
    }
}

fn decode_marked(bytes: &[u8], mark_len: usize, encoding: &'static Encoding) -> Decoded {
    let mut decoded = decode_as(bytes.get(mark_len..).unwrap_or(&[]), encoding, false);
    for note in &mut decoded.notes {
        if let ImportError::InvalidBytes { offset, .. } = note {
            *offset += mark_len;
        }
    }
    decoded
}

/// UTF-32 after its mark; `encoding_rs` does not read it, being no encoding of the web.
fn decode_utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32, encoding: &'static str) -> Decoded {
    let (units, rest) = bytes.as_chunks::<4>();
    let mut text = String::with_capacity(units.len());
    let mut first_bad = (!rest.is_empty()).then_some(4 + units.len() * 4);
    let mut count = usize::from(!rest.is_empty());
    for (index, quad) in units.iter().enumerate() {
        match char::from_u32(unit(*quad)) {
            Some(c) => text.push(c),
            None => {
                text.push(char::REPLACEMENT_CHARACTER);
                count += 1;
                first_bad = Some(first_bad.map_or(4 + index * 4, |first| first.min(4 + index * 4)));
            }
        }
    }
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let notes = first_bad.map(|offset| ImportError::InvalidBytes { encoding, count, offset });
    Decoded { text, notes: notes.into_iter().collect() }
}

/// UTF-32 without a mark: whole units, each of them a character, hardly any a control.
fn utf32_by_nuls(bytes: &[u8]) -> Option<Decoded> {
    let is_plausible = bytes.len() >= 8 && bytes.len().is_multiple_of(4);
    let decoded = match bytes {
        [0, _, _, first, ..] if is_plausible && *first != 0 => decode_utf32(bytes, u32::from_be_bytes, "UTF-32BE"),
        [first, _, _, 0, ..] if is_plausible && *first != 0 => decode_utf32(bytes, u32::from_le_bytes, "UTF-32LE"),
        _ => return None,
    };
    (decoded.notes.is_empty() && control_share(decoded.text.as_bytes()) < 5).then_some(decoded)
}

/// UTF-16 without a mark: NULs nearly all at one parity, often enough, and the whole decodes.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let (units, rest) = bytes.get(..HEAD_BYTES.min(bytes.len()))?.as_chunks::<2>();
    if !rest.is_empty() || units.len() < 2 {
        return None;
    }
    let high = units.iter().filter(|unit| unit[0] == 0).count();
    let low = units.iter().filter(|unit| unit[1] == 0).count();
    // One in twenty: blanks and line ends alone give as many, in any script that has them.
    let is_often = |count: usize| count * 20 >= units.len();
    if (high + low) * 4 < units.len() * 2 && has_only_nul_controls(bytes) {
        return None; // a text in which NULs separate fields
    }
    let encoding = match (high, low) {
        (high, low) if is_often(low) && high * 10 <= low => UTF_16LE,
        (high, low) if is_often(high) && low * 10 <= high => UTF_16BE,
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (control_share(text.as_bytes()) < 5).then_some(encoding)
}

fn has_only_nul_controls(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok() && !bytes.iter().any(|byte| *byte != 0 && is_control(*byte))
}

/// Text has few control characters; a few NULs or bells in a long text are damage, not a picture.
fn check_is_text(bytes: &[u8]) -> Result<(), ImportError> {
    let share_percent = control_share(bytes);
    let head = bytes.get(..HEAD_BYTES.min(bytes.len())).unwrap_or(bytes);
    let count = head.iter().filter(|byte| is_control(**byte)).count();
    if count >= 4 && share_percent >= 5 { Err(ImportError::Binary { share_percent }) } else { Ok(()) }
}

/// Control characters among the first bytes, in per cent.
fn control_share(bytes: &[u8]) -> usize {
    let head = bytes.get(..HEAD_BYTES.min(bytes.len())).unwrap_or(bytes);
    head.iter().filter(|byte| is_control(**byte)).count() * 100 / head.len().max(1)
}

/// C0 controls that no text uses; escape is left to ISO-2022 and to terminal logs.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

fn with_nul_note(text: String) -> Decoded {
    let count = text.matches('\0').count();
    let notes = if count > 0 { vec![ImportError::Nul { count }] } else { Vec::new() };
    Decoded { text, notes }
}

/// Seven-bit Japanese switches alphabets by escapes, and is valid UTF-8 by accident.
fn has_iso_2022_escapes(bytes: &[u8]) -> bool {
    bytes.contains(&0x1b)
        && bytes.is_ascii()
        && bytes.windows(3).any(|window| matches!(window, [0x1b, b'$', b'@' | b'B'] | [0x1b, b'(', b'J' | b'I']))
}

/// The encoding that HTML or XML declares in its head, where all the bytes are valid in it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION_BYTES.min(bytes.len()))?.to_ascii_lowercase();
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let label = [&b"charset="[..], b"encoding="].iter().find_map(|key| {
        let start = head.windows(key.len()).position(|window| window == *key)? + key.len();
        let rest = head.get(start..)?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        rest.split(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte)).next()
    })?;
    let encoding = Encoding::for_label_no_replacement(label)?;
    (encoding != UTF_16LE && encoding != UTF_16BE)
        .then(|| encoding.decode_without_bom_handling_and_without_replacement(bytes))
        .flatten()
        .map(|_| encoding)
}

/// Whether bytes that are not valid UTF-8 are UTF-8 with some damage: they hold good multi-byte characters, and more of
/// them than faults (double-byte encodings hold a few by accident, and many more faults), or all have its shape.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad || has_utf8_shape(bytes)
}

/// Whether all high bytes come as UTF-8 writes them, first byte and continuations, though the characters do not exist
/// (surrogates, overlong forms, five bytes and more) or miss their last byte, or the file was cut in one.
fn has_utf8_shape(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut is_shaped = false;
    while let Some(at) = rest.iter().position(|byte| *byte >= 0x80) {
        let (first, after) = match rest.get(at..) {
            Some([first, after @ ..]) => (*first, after),
            _ => return is_shaped,
        };
        let len = after.iter().take(5).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
        let is_cut_off = len == after.len() && len > 0;
        match first {
            0xc0..=0xdf if len == 1 => {}
            0xe0..=0xfd if len >= 2 || is_cut_off => is_shaped = true,
            _ => return false,
        }
        rest = after.get(len..).unwrap_or(&[]);
    }
    is_shaped
}

/// Whether high bytes write something in a single-byte encoding: they touch ASCII letters or digits (`caf\xe9`, a price
/// in pounds, curly quotes), or are words by themselves (Cyrillic, Greek). Others are damage.
fn spells_anything(bytes: &[u8]) -> bool {
    let is_touching = |pair: &[u8]| match pair {
        [a, b] => (a.is_ascii_alphanumeric() && *b >= 0x80) || (*a >= 0x80 && b.is_ascii_alphanumeric()),
        _ => false,
    };
    // A word has three different letters; a long one, or a line of Thai, has some of them twice, unlike a table of bytes.
    let is_word = |run: &[u8]| {
        let different = run.iter().collect::<BTreeSet<_>>().len();
        different >= 3 && (run.len() <= 30 || different < run.len())
    };
    bytes.windows(2).any(is_touching) || bytes.split(|byte| *byte < 0xa0).any(is_word)
}

/// The legacy encoding that the whole input looks like most.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Decodes with replacement characters, and notes them.
fn decode_as(bytes: &[u8], encoding: &'static Encoding, is_guess: bool) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut notes = Vec::new();
    if is_guess {
        notes.push(ImportError::GuessedEncoding { encoding: encoding.name() });
    }
    if had_errors {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        let offset = first_invalid(bytes, encoding);
        notes.push(ImportError::InvalidBytes { encoding: encoding.name(), count, offset });
    }
    Decoded { text: text.into_owned(), notes }
}

/// Byte offset of the first fault.
fn first_invalid(bytes: &[u8], encoding: &'static Encoding) -> usize {
    if encoding == UTF_8 {
        return Encoding::utf8_valid_up_to(bytes);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0; 4096];
    let mut offset = 0;
    loop {
        let rest = bytes.get(offset..).unwrap_or(&[]);
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, &mut buffer, true);
        offset += read;
        match result {
            DecoderResult::Malformed(len, after) => return offset.saturating_sub(usize::from(len + after)),
            DecoderResult::OutputFull if read > 0 => {}
            _ => return offset,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURKISH: &str = "Türkiye’nin Cumhurbaşkanı Erdoğan, İstanbul’da Çağlayan’a gitti. Iğdır ığdır.";
    const RUSSIAN: &str = "Президент встретился с Лавровым в Москве. Ёлка.";

    /// Checks the text and, in short, the notes: `guess`, `bad@offset`, `nul`, or `binary` where it is no text.
    fn check(bytes: &[u8], text: &str, notes: &str) {
        let (got_text, got_notes) = match decode(bytes.to_vec()) {
            Ok(decoded) => (decoded.text, decoded.notes.iter().map(short).collect::<Vec<_>>().join(" ")),
            Err(error) => (String::new(), short(&error)),
        };
        assert_eq!((got_text.as_str(), got_notes.as_str()), (text, notes));
    }

    fn short(note: &ImportError) -> String {
        match note {
            ImportError::GuessedEncoding { .. } => "guess".to_string(),
            ImportError::InvalidBytes { offset, .. } => format!("bad@{offset}"),
            ImportError::Nul { .. } => "nul".to_string(),
            ImportError::Binary { .. } => "binary".to_string(),
            other => other.to_string(),
        }
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn unicode_is_recognised_with_and_without_a_mark() {
        check("".as_bytes(), "", "");
        check(TURKISH.as_bytes(), TURKISH, "");
        check(b"\xef\xbb\xbfabc", "abc", "");
        check(b"\xef\xbb\xbf\xef\xbb\xbfabc", "\u{feff}abc", "");
        for text in [TURKISH, RUSSIAN] {
            check(&utf16(text, u16::to_le_bytes), text, "");
            check(&utf16(text, u16::to_be_bytes), text, "");
            check(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), text, "");
            let utf32: Vec<u8> = format!("\u{feff}{text}").chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
            check(&utf32, text, "");
            check(&utf32[4..], text, "");
        }
        check(b"\xff\xfe\0\0a\0\0\0\0\xd8\0\0", "a\u{fffd}", "bad@8");
    }

    #[test]
    fn legacy_encodings_are_guessed_and_said_to_be() {
        check(b"Das Caf\xe9 ist gro\xdf.", "Das Café ist groß.", "guess");
        check(b"He said \x93yes\x94 to it.", "He said “yes” to it.", "guess");
        // Wrong: it is £5. One high byte is too little to tell western from central Europe; the note says it is a guess.
        check(b"It costs \xa35 in all.", "It costs Ł5 in all.", "guess");
        check(&encoding_rs::WINDOWS_1251.encode("Москва").0, "Москва", "guess");
        check(&encoding_rs::WINDOWS_1251.encode(RUSSIAN).0, RUSSIAN, "guess");
        check(&encoding_rs::KOI8_U.encode(RUSSIAN).0, RUSSIAN, "guess");
        check(&encoding_rs::WINDOWS_1254.encode(TURKISH).0, TURKISH, "guess");
        check(&encoding_rs::SHIFT_JIS.encode("東京で首相が会見した。").0, "東京で首相が会見した。", "guess");
        check(&encoding_rs::ISO_2022_JP.encode("東京で首相が会見した。").0, "東京で首相が会見した。", "guess");
    }

    #[test]
    fn what_markup_declares_is_no_guess() {
        let text = "<meta charset=\"windows-1251\"><p>Да.</p>";
        check(&encoding_rs::WINDOWS_1251.encode(text).0, text, "");
    }

    #[test]
    fn damaged_utf8_keeps_all_that_is_good() {
        check(
            b"<good \x80 text \xff more \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac end>",
            "<good \u{fffd} text \u{fffd} more € € € end>",
            "bad@6",
        );
        check(b"<\x80>", "<\u{fffd}>", "bad@1");
        check(b"<abc\xf0\x9f", "<abc\u{fffd}", "bad@4");
        check(b"<\xed\xa0\x81>", "<\u{fffd}\u{fffd}\u{fffd}>", "bad@1");
        check(b"<\xc0 \xc1 \xc2 >", "<\u{fffd} \u{fffd} \u{fffd} >", "bad@1");
    }

    #[test]
    fn the_first_fault_is_found_however_far_in_it_is() {
        let mut bytes = vec![b'a'; 10_000];
        bytes.extend(b"\x81\x30 and \x81\x30");
        assert_eq!(first_invalid(&bytes, encoding_rs::SHIFT_JIS), 10_000);
        assert_eq!(first_invalid(&bytes, UTF_8), 10_000);
        assert_eq!(first_invalid(&[b'a'; 9000], encoding_rs::SHIFT_JIS), 9000);
    }

    #[test]
    fn other_things_are_no_text() {
        check(b"a\0b and so on", "a\0b and so on", "nul");
        check(b"id,text\n1,a\0b\n", "id,text\n1,a\0b\n", "nul");
        check(&[0, 1, 2, 3, 4, 5, 6, 7, 8], "", "binary");
        check(b"\x89\0\xff\0\x10JF\x01\xe0\xe1\xe2", "", "binary");
        check(b"ELF\x7f\x01\x02\x03\x04\x05\xff", "", "binary");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = decode(bytes);
        }

        #[test]
        fn utf8_is_kept_exactly(text in "[^\\x00-\\x1f\\x7f\u{feff}]{0,200}") {
            check(text.as_bytes(), &text, "");
        }
    }
}
