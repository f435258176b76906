//! Bytes to text.
//!
//! The one decision: what can be known is tried before what must be guessed. Byte order mark, the NUL pattern of UTF-16,
//! valid UTF-8, UTF-8 with damage, an encoding that markup declares, and only then the guess that Firefox makes
//! (`chardetng`). A guess and every replaced byte are reported. Rejected: refusing damaged files; the rest of their text
//! is good.

use std::collections::BTreeSet;

use encoding_rs::{DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

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

/// How bytes are to be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Choice {
    /// UTF-8 without a fault or a mark: nothing needs to be decoded.
    GoodUtf8,
    /// An encoding of the web, after a mark of `mark_len` bytes.
    As {
        /// Which.
        encoding: &'static Encoding,
        /// Bytes before the text.
        mark_len: usize,
        /// Whether it was guessed.
        is_guess: bool,
    },
    /// UTF-32; `encoding_rs` does not read it, being no encoding of the web.
    Utf32 {
        /// Little or big endian.
        is_little: bool,
        /// Bytes before the text.
        mark_len: usize,
    },
}

/// Decodes a whole file. Good UTF-8 is not copied.
///
/// Errors: [`ImportError::Binary`] where the bytes are no text. Cost: O(n); a guess costs about 20 ns per byte.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, ImportError> {
    match choose(&bytes)? {
        Choice::GoodUtf8 => Ok(with_nul_note(String::from_utf8(bytes).unwrap_or_default())),
        Choice::As { encoding, mark_len, is_guess } => Ok(decode_marked(&bytes, mark_len, encoding, is_guess)),
        Choice::Utf32 { is_little, mark_len } => {
            Ok(decode_utf32(bytes.get(mark_len..).unwrap_or(&[]), is_little, mark_len))
        }
    }
}

/// How to read these bytes: a whole file, or a good part of one.
///
/// Errors: [`ImportError::Binary`] where they are no text. Cost: as [`decode`].
pub(super) fn choose(bytes: &[u8]) -> Result<Choice, ImportError> {
    if let Some(choice) = by_mark(bytes).or_else(|| utf32_by_nuls(bytes)) {
        return Ok(choice);
    }
    let plainly = |encoding| Choice::As { encoding, mark_len: 0, is_guess: false };
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return Ok(plainly(encoding));
    }
    check_is_text(bytes)?;
    if std::str::from_utf8(bytes).is_ok() && !has_iso_2022_escapes(bytes) {
        return Ok(Choice::GoodUtf8);
    }
    if let Some(encoding) = declared(bytes) {
        return Ok(plainly(encoding));
    }
    if is_damaged_utf8(bytes) {
        return Ok(plainly(UTF_8));
    }
    if bytes.contains(&0) {
        return Err(ImportError::Binary { share_percent: control_share(bytes).max(1) });
    }
    let encoding = guess(bytes);
    let is_damage = if encoding.is_single_byte() { !spells_anything(bytes) } else { is_no_euc(encoding, bytes) };
    Ok(if is_damage { plainly(UTF_8) } else { Choice::As { encoding, mark_len: 0, is_guess: true } })
}

/// What a byte order mark says, if there is one.
fn by_mark(bytes: &[u8]) -> Option<Choice> {
    let marked = |encoding, mark_len| Some(Choice::As { encoding, mark_len, is_guess: false });
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some(Choice::Utf32 { is_little: true, mark_len: 4 }),
        [0, 0, 0xfe, 0xff, ..] => Some(Choice::Utf32 { is_little: false, mark_len: 4 }),
        [0xef, 0xbb, 0xbf, ..] => marked(UTF_8, 3),
        [0xff, 0xfe, ..] => marked(UTF_16LE, 2),
        [0xfe, 0xff, ..] => marked(UTF_16BE, 2),
        _ => None,
    }
}

fn decode_marked(bytes: &[u8], mark_len: usize, encoding: &'static Encoding, is_guess: bool) -> Decoded {
    let mut decoded = decode_as(bytes.get(mark_len..).unwrap_or(&[]), encoding, is_guess);
    for note in &mut decoded.notes {
        if let ImportError::InvalidBytes { offset, .. } = note {
            *offset += mark_len;
        }
    }
    decoded
}

/// UTF-32 after its mark.
fn decode_utf32(bytes: &[u8], is_little: bool, mark_len: usize) -> Decoded {
    let unit = if is_little { u32::from_le_bytes } else { u32::from_be_bytes };
    let encoding = if is_little { "UTF-32LE" } else { "UTF-32BE" };
    let (units, rest) = bytes.as_chunks::<4>();
    let mut text = String::with_capacity(units.len());
    let mut first_bad = (!rest.is_empty()).then_some(mark_len + units.len() * 4);
    let mut count = usize::from(!rest.is_empty());
    for (index, quad) in units.iter().enumerate() {
        match char::from_u32(unit(*quad)) {
            Some(c) => text.push(c),
            None => {
                text.push(char::REPLACEMENT_CHARACTER);
                count += 1;
                first_bad = Some(first_bad.map_or(mark_len + index * 4, |first| first.min(mark_len + index * 4)));
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
fn utf32_by_nuls(bytes: &[u8]) -> Option<Choice> {
    let is_plausible = bytes.len() >= 8 && bytes.len().is_multiple_of(4);
    let is_little = match bytes {
        [0, _, _, first, ..] if is_plausible && *first != 0 => false,
        [first, _, _, 0, ..] if is_plausible && *first != 0 => true,
        _ => return None,
    };
    let decoded = decode_utf32(bytes, is_little, 0);
    let is_text = decoded.notes.is_empty() && control_share(decoded.text.as_bytes()) < 5;
    is_text.then_some(Choice::Utf32 { is_little, mark_len: 0 })
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

/// Whether bytes are guessed to be Chinese or Korean without one of the pairs of high bytes that nearly all their characters
/// are: the rare others are what damage looks like.
fn is_no_euc(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let is_pair = |pair: &[u8]| pair.iter().all(|byte| *byte >= 0xa1);
    [GBK, GB18030, EUC_KR, EUC_JP].contains(&encoding) && !bytes.windows(2).any(is_pair)
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

/// A text decoded piece by piece, the same as [`decode`] makes of the whole; not for UTF-32, of which it makes nothing.
pub(super) struct Decoding {
    decoder: Option<encoding_rs::Decoder>,
    encoding: &'static Encoding,
    is_guess: bool,
    /// Bytes of the mark that are still to come.
    mark_left: usize,
    /// Bytes decoded so far, with the mark.
    done: usize,
    first_fault: Option<usize>,
}

impl Decoding {
    pub(super) fn new(choice: Choice) -> Decoding {
        let (encoding, mark_left, is_guess) = match choice {
            Choice::As { encoding, mark_len, is_guess } => (encoding, mark_len, is_guess),
            Choice::GoodUtf8 | Choice::Utf32 { .. } => (UTF_8, 0, false),
        };
        let is_made = !matches!(choice, Choice::Utf32 { .. });
        let decoder = is_made.then(|| encoding.new_decoder_without_bom_handling());
        Decoding { decoder, encoding, is_guess, mark_left, done: 0, first_fault: None }
    }

    /// Decodes the next bytes onto the end of `text`. Cost: O(n).
    pub(super) fn push(&mut self, bytes: &[u8], text: &mut String) {
        let mark = self.mark_left.min(bytes.len());
        self.mark_left -= mark;
        self.done += mark;
        self.decode(bytes.get(mark..).unwrap_or(&[]), text, false);
    }

    /// Decodes what the end of the bytes leaves open. To be called once.
    pub(super) fn finish(&mut self, text: &mut String) {
        self.decode(&[], text, true);
    }

    /// What the owner of the file should know, once all of it has been decoded; `count` characters were replaced.
    pub(super) fn notes(&self, count: usize) -> Vec<ImportError> {
        let encoding = self.encoding.name();
        let guess = self.is_guess.then_some(ImportError::GuessedEncoding { encoding });
        let faults = self.first_fault.map(|offset| ImportError::InvalidBytes { encoding, count, offset });
        guess.into_iter().chain(faults).collect()
    }

    fn decode(&mut self, mut bytes: &[u8], text: &mut String, is_last: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        loop {
            text.reserve(
                decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()).max(16),
            );
            let (result, read) = decoder.decode_to_string_without_replacement(bytes, text, is_last);
            self.done += read;
            bytes = bytes.get(read..).unwrap_or(&[]);
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(len, after) => {
                    text.push(char::REPLACEMENT_CHARACTER);
                    let at = self.done.saturating_sub(usize::from(len) + usize::from(after));
                    self.first_fault.get_or_insert(at);
                }
            }
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
        check(b"<\x80\xbf\x80\xbf\x80>", "<\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}>", "bad@1");
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
