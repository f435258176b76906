//! The bytes of one file, unpacked, to be read as often as needed and never held longer than that.
//!
//! The one decision: a file is opened again rather than kept. A file of many documents is looked over once (its encoding,
//! its lines) and read once; that costs reading it twice and no memory. Rejected: deciding on its beginning alone; a file
//! of gigabytes may have its first accent anywhere.

use std::io::{self, Read};

use super::Limits;
use super::ahead::ahead;
use super::encoding::{self, Choice};
use super::error::ImportError;

/// How much is taken from a file at once, in bytes.
pub(super) const CHUNK_BYTES: usize = 256 << 10;
/// How much of a file decides what it is and, where it is not UTF-8, in which encoding, in bytes.
pub(super) const SAMPLE_BYTES: usize = 1 << 20;

/// Opens a file; again and again.
pub(super) type Open<'o> = &'o (dyn Fn() -> io::Result<Box<dyn Read + Send>> + 'o);

/// A file, packed or not.
pub(super) struct Bytes<'o> {
    open: Open<'o>,
    is_gzip: bool,
    /// The first bytes, unpacked, at most [`SAMPLE_BYTES`].
    pub(super) head: Vec<u8>,
    /// Whether `head` is all there is, or all that can be unpacked.
    pub(super) is_whole: bool,
    /// Whether unpacking stopped in `head`.
    is_damaged: bool,
}

/// What a first look over a whole file finds.
pub(super) struct Survey {
    /// How to read it.
    pub(super) choice: Choice,
    /// What its owner should know: how it is packed, then how it was decoded.
    pub(super) notes: Vec<ImportError>,
    /// Line feeds in it, counted in bytes; enough for cutting it into parts.
    pub(super) lines: u64,
}

impl<'o> Bytes<'o> {
    /// Looks at the beginning. Errors: the file cannot be opened or read. Cost: O(1).
    pub(super) fn new(open: Open<'o>) -> io::Result<Bytes<'o>> {
        let most = SAMPLE_BYTES as u64;
        let mut head = Vec::new();
        open()?.take(most).read_to_end(&mut head)?;
        let is_gzip = head.starts_with(b"\x1f\x8b\x08");
        let mut is_damaged = false;
        if is_gzip {
            head.clear();
            is_damaged = unpacking(open()?).take(most).read_to_end(&mut head).is_err();
        }
        Ok(Bytes { open, is_gzip, is_whole: is_damaged || head.len() < SAMPLE_BYTES, head, is_damaged })
    }

    /// The unpacked bytes from the start.
    pub(super) fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        if self.is_whole {
            return Ok(Box::new(self.head.as_slice()));
        }
        let file = (self.open)()?;
        if self.is_gzip { ahead(unpacking(file)) } else { Ok(file) }
    }

    /// All bytes, for importers that read a file whole, and what was wrong with the packing.
    ///
    /// Once only: they are not kept. Errors: more than the limits allow, or unreadable. Cost: O(n) memory.
    pub(super) fn take(&mut self, limits: &Limits) -> Result<(Vec<u8>, Option<ImportError>), ImportError> {
        let limit_bytes = if self.is_gzip { limits.unpacked_bytes } else { limits.text_bytes };
        let mut bytes = Vec::new();
        let most = u64::try_from(limit_bytes).unwrap_or(u64::MAX).saturating_add(1);
        let mut is_damaged = self.is_damaged;
        if self.is_whole {
            bytes = std::mem::take(&mut self.head);
        } else {
            let reader = self.reader().map_err(|error| ImportError::unreadable(&error))?;
            match reader.take(most).read_to_end(&mut bytes) {
                Ok(_) => {}
                Err(_) if self.is_gzip => is_damaged = true,
                Err(error) => return Err(ImportError::unreadable(&error)),
            }
        }
        if bytes.len() > limit_bytes {
            let too_long = ImportError::TooLong { len_bytes: bytes.len(), limit_bytes };
            return Err(if self.is_gzip { ImportError::UnpackedTooLong { limit_bytes } } else { too_long });
        }
        let damage = is_damaged.then_some(ImportError::DamagedGzip { unpacked_bytes: bytes.len() });
        Ok((bytes, damage))
    }

    /// What is wrong with the packing of a file so short that its beginning is all.
    pub(super) fn damage(&self) -> Option<ImportError> {
        self.is_damaged.then_some(ImportError::DamagedGzip { unpacked_bytes: self.head.len() })
    }

    /// Looks over the whole file. Errors: no text. Cost: O(n) time, about 1.5 GB/s unpacked; twice where it is not
    /// UTF-8. O(1) memory.
    pub(super) fn survey(&self) -> Result<Survey, ImportError> {
        let mut look = Look::default();
        let damage = self.each_chunk(&mut |chunk| look.over(chunk)).err();
        let choice = encoding::choose(&look.sample(&self.head, self.is_whole))?;
        let mut notes = Vec::new();
        match damage {
            damage if self.is_gzip && (damage.is_some() || self.is_damaged) => {
                notes
                    .push(ImportError::DamagedGzip { unpacked_bytes: usize::try_from(look.len).unwrap_or(usize::MAX) });
            }
            Some(error) => notes.push(ImportError::unreadable(&error)),
            None => {}
        }
        match choice {
            Choice::GoodUtf8 if look.nuls > 0 => notes.push(ImportError::Nul { count: look.nuls }),
            // Its text is made whole, and told about then.
            Choice::GoodUtf8 | Choice::Utf32 { .. } => {}
            Choice::As { .. } => notes.extend(self.faults(choice)),
        }
        Ok(Survey { choice, notes, lines: look.lines })
    }

    /// What decoding the whole file would note.
    fn faults(&self, choice: Choice) -> Vec<ImportError> {
        let mut decoding = encoding::Decoding::new(choice);
        let mut text = String::new();
        let mut count = 0;
        // Where the file cannot be read any further, its survey has said so.
        let _ = self.each_chunk(&mut |chunk| {
            decoding.push(chunk, &mut text);
            count += text.matches(char::REPLACEMENT_CHARACTER).count();
            text.clear();
        });
        decoding.finish(&mut text);
        count += text.matches(char::REPLACEMENT_CHARACTER).count();
        decoding.notes(count)
    }

    fn each_chunk(&self, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut reader = self.reader()?;
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            match read_some(reader.as_mut(), &mut buffer)? {
                0 => return Ok(()),
                len => each(buffer.get(..len).unwrap_or(&[])),
            }
        }
    }
}

fn unpacking(file: Box<dyn Read + Send>) -> impl Read + Send + 'static {
    flate2::read::MultiGzDecoder::new(io::BufReader::with_capacity(CHUNK_BYTES / 4, file))
}

/// Reads once, again where the system was interrupted.
pub(super) fn read_some(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// The line around a byte, as far as it is there; nothing of one that began before, unless that is all there
/// is. It begins and ends where no character of several bytes can be cut, in any encoding: a half of one
/// would rule its encoding out.
fn line_around(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let (before, after) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
    let feed = after.iter().position(|byte| *byte == b'\n');
    let end = at + feed.or_else(|| after.iter().rposition(|byte| *byte < b'0')).unwrap_or(0);
    match (before.iter().rposition(|byte| *byte == b'\n'), feed) {
        (Some(start), _) => start + 1..end,
        (None, Some(_)) => end..end,
        (None, None) => at..end,
    }
}

/// How often a byte stands in `bytes`. Counted in bytes as long as they hold it: so many go side by side.
fn count_of(wanted: u8, bytes: &[u8]) -> usize {
    let count = |part: &[u8]| part.iter().map(|byte| u8::from(*byte == wanted)).sum::<u8>();
    bytes.chunks(u8::MAX.into()).map(|part| usize::from(count(part))).sum()
}

/// What is kept while looking over a file.
#[derive(Default)]
struct Look {
    len: u64,
    lines: u64,
    nuls: usize,
    /// The end of the last chunk, where it may be the beginning of a character.
    carried: Vec<u8>,
    is_faulty: bool,
    /// The lines of the first faults beyond the head.
    around_faults: Vec<u8>,
}

impl Look {
    fn over(&mut self, chunk: &[u8]) {
        self.lines += count_of(b'\n', chunk) as u64;
        self.nuls += count_of(0, chunk);
        self.len += chunk.len() as u64;
        if self.around_faults.len() >= SAMPLE_BYTES {
            return;
        }
        let mut joined = std::mem::take(&mut self.carried);
        let bytes = if joined.is_empty() {
            chunk
        } else {
            joined.extend_from_slice(chunk);
            joined.as_slice()
        };
        self.check(bytes);
    }

    /// Keeps the line around each fault, and the beginning of a character at the end.
    fn check(&mut self, bytes: &[u8]) {
        let is_beyond_head = self.len > SAMPLE_BYTES as u64;
        let mut from = 0;
        while let Err(error) = std::str::from_utf8(bytes.get(from..).unwrap_or(&[])) {
            let at = from + error.valid_up_to();
            if error.error_len().is_none() {
                self.carried = bytes.get(at..).unwrap_or(&[]).to_vec();
                return;
            }
            self.is_faulty = true;
            if !is_beyond_head || self.around_faults.len() >= SAMPLE_BYTES {
                return; // the head is looked at whole
            }
            let line = line_around(bytes, at);
            self.around_faults.extend_from_slice(bytes.get(line.clone()).unwrap_or(&[]));
            from = line.end.max(at + 1);
        }
    }

    /// What decides about the encoding: all of a short file; of a long one its head, and the surroundings of faults.
    fn sample(&self, head: &[u8], is_whole: bool) -> Vec<u8> {
        if is_whole {
            return head.to_vec();
        }
        let mut sample = head.to_vec();
        if let Err(error) = std::str::from_utf8(head)
            && error.error_len().is_none()
        {
            sample.truncate(error.valid_up_to()); // the head ends in mid-character
        }
        if self.is_faulty && std::str::from_utf8(&sample).is_ok() {
            sample.extend_from_slice(&self.around_faults);
        }
        sample
    }
}

/// The lines of a file, decoded, one after the other; memory for the longest one.
pub(super) struct Lines<'b> {
    text: Text<'b>,
    buffer: String,
    /// Where in `buffer` the next line starts.
    start: usize,
    /// Where looking for its end goes on.
    looked: usize,
    limit_bytes: usize,
    is_done: bool,
}

/// One line, without its line feed.
pub(super) enum Line<'t> {
    /// Its text.
    Text(&'t str),
    /// A line longer than is read, with its length in bytes.
    TooLong(usize),
}

impl<'b> Lines<'b> {
    /// Errors: the file cannot be opened.
    pub(super) fn new(bytes: &'b Bytes<'_>, choice: Choice, limits: &Limits) -> io::Result<Lines<'b>> {
        let text = Text::new(bytes, choice)?;
        Ok(Lines { text, buffer: String::new(), start: 0, looked: 0, limit_bytes: limits.line_bytes, is_done: false })
    }

    /// The next line; nothing after the last one. A text that ends with a line feed has one more, empty line.
    pub(super) fn next(&mut self) -> Option<Line<'_>> {
        let mut dropped = 0;
        loop {
            if let Some(at) = self.buffer.get(self.looked..)?.find('\n') {
                let end = self.looked + at;
                let line = std::mem::replace(&mut self.start, end + 1)..end;
                self.looked = self.start;
                return Some(self.line(line, dropped));
            }
            self.looked = self.buffer.len();
            if self.start > 0 {
                self.buffer.drain(..self.start);
                self.looked -= std::mem::take(&mut self.start);
            }
            if self.looked > self.limit_bytes {
                dropped += self.looked;
                self.buffer.clear();
                self.looked = 0;
            }
            if !self.text.more(&mut self.buffer) {
                let is_last = !std::mem::replace(&mut self.is_done, true);
                return is_last.then(|| self.line(0..self.buffer.len(), dropped));
            }
        }
    }

    fn line(&self, line: std::ops::Range<usize>, dropped: usize) -> Line<'_> {
        let len_bytes = dropped + line.len();
        if len_bytes > self.limit_bytes {
            return Line::TooLong(len_bytes);
        }
        Line::Text(self.buffer.get(line).unwrap_or(""))
    }
}

/// The text of a file, decoded piece by piece.
pub(super) struct Text<'b> {
    reader: Box<dyn Read + 'b>,
    decoding: encoding::Decoding,
    chunk: Vec<u8>,
    is_at_end: bool,
}

impl<'b> Text<'b> {
    /// Errors: the file cannot be opened.
    pub(super) fn new(bytes: &'b Bytes<'_>, choice: Choice) -> io::Result<Text<'b>> {
        let decoding = encoding::Decoding::new(choice);
        Ok(Text { reader: bytes.reader()?, decoding, chunk: vec![0; CHUNK_BYTES], is_at_end: false })
    }

    /// Adds the next piece to `text`; whether there may be more. A file that cannot be read further ends there: its
    /// survey has said so.
    pub(super) fn more(&mut self, text: &mut String) -> bool {
        if self.is_at_end {
            return false;
        }
        match read_some(self.reader.as_mut(), &mut self.chunk) {
            Ok(len) if len > 0 => self.decoding.push(self.chunk.get(..len).unwrap_or(&[]), text),
            _ => {
                self.is_at_end = true;
                self.decoding.finish(text);
            }
        }
        true
    }
}
