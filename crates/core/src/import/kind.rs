//! Kinds of files that are known and not read, by their first bytes.
//!
//! Useful for a clear message instead of "not text". Not useful for telling text formats apart: that is the importers'.

use super::error::ImportError;

const CONVERT: &str = "Save its text as .txt or .md and put that in its place.";
const UNPACK: &str = "Unpack it and put the files in its place.";
const REMOVE: &str = "Remove it, or put its text in its place.";

/// Offset, bytes, kind, advice. The first that fits is taken.
const KINDS: &[(usize, &[u8], &str, &str)] = &[
    (0, b"%PDF-", "a PDF", CONVERT),
    // Those that lie in a folder are opened before it comes to this.
    (0, b"PK\x03\x04", "a ZIP archive inside another archive", UNPACK),
    (0, b"PK\x05\x06", "a ZIP archive inside another archive", UNPACK),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls, ppt)", CONVERT),
    (0, b"{\\rtf", "a rich text document (RTF)", CONVERT),
    (0, b"\x89PNG\r\n\x1a\n", "an image (PNG)", REMOVE),
    (0, b"\xff\xd8\xff", "an image (JPEG)", REMOVE),
    (0, b"GIF87a", "an image (GIF)", REMOVE),
    (0, b"GIF89a", "an image (GIF)", REMOVE),
    (0, b"BM\0\0", "an image (BMP)", REMOVE),
    (8, b"WEBP", "an image (WebP)", REMOVE),
    (0, b"II*\0", "an image (TIFF)", REMOVE),
    (0, b"MM\0*", "an image (TIFF)", REMOVE),
    (0, b"\0\0\x01\0", "an icon", REMOVE),
    (8, b"WAVE", "a sound", REMOVE),
    (0, b"ID3", "a sound (MP3)", REMOVE),
    (0, b"OggS", "a sound or film (Ogg)", REMOVE),
    (4, b"ftyp", "a film or image (MP4, HEIC)", REMOVE),
    (0, b"\x1aE\xdf\xa3", "a film (Matroska)", REMOVE),
    (0, b"\x1f\x8b", "a gzip archive inside another", UNPACK),
    (0, b"BZh", "a bzip2 archive", UNPACK),
    (0, b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (257, b"ustar", "a tar archive", UNPACK),
    (0, b"SQLite format 3\0", "a database (SQLite)", "Export its texts as JSON Lines."),
    (0, b"\x7fELF", "a program", REMOVE),
    (0, b"MZ\x90\0", "a program", REMOVE),
    (0, b"\0asm", "a program (WebAssembly)", REMOVE),
    (0, b"wOF2", "a font", REMOVE),
    (0, b"\0\x01\0\0\0", "a font", REMOVE),
];

/// Errors: [`ImportError::Unsupported`] where the bytes are of a known kind that is not read. Cost: O(1).
pub fn check(bytes: &[u8]) -> Result<(), ImportError> {
    let is_of = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    match KINDS.iter().find(|(offset, magic, ..)| is_of(*offset, magic)) {
        Some((_, _, kind, advice)) => Err(ImportError::Unsupported { kind, advice }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_their_first_bytes() {
        assert!(check(b"%PDF-1.7 \n").is_err());
        assert!(check(b"RIFF\x10\0\0\0WEBPVP8 ").is_err());
        assert!(check(&[&[b'a'; 257][..], b"ustar\0"].concat()).is_err());
        for text in ["", "PK is short for", "%PDF is a format", "MZ", "II* III", "BM", "ID-3 cards"] {
            assert!(check(text.as_bytes()).is_ok(), "{text}");
        }
    }
}
