//! The bound page in fewer bytes, nothing of its meaning changed: short names between glue and wasm, and no comments.
//!
//! wasm-bindgen names each import by what it is and a hash of sixteen digits, which no compressor can shorten: two
//! percent of the page. A general minifier would be a tool more; this knows only what the binder writes.

use anyhow::{Context, Result, bail};

/// Glue and wasm with short names for what the one gives to the other.
///
/// # Errors
/// The wasm is no wasm.
pub(crate) fn imports(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut names = Vec::new();
    let wasm = rename(wasm, &mut names)?;
    Ok((with_names(&without_comments(glue), &names), wasm))
}

/// The wasm without names of functions and whatever else only tools read.
///
/// # Errors
/// The wasm is no wasm.
pub(crate) fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    const CUSTOM: u8 = 0;
    with_sections(wasm, &mut |id, section| Ok((id != CUSTOM).then(|| section.to_vec())))
}

/// Styles without comments, indentation and line ends.
pub(crate) fn styles(css: &str) -> String {
    let mut short = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        short.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    short.push_str(rest);
    // Descendants keep the one space between them; what stands around punctuation goes.
    let words: Vec<&str> = short.split_whitespace().collect();
    let mut css = words.join(" ");
    for sign in ["{", "}", ";", ","] {
        css = css.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign);
    }
    css.replace(": ", ":").replace(";}", "}")
}

/// JavaScript without indentation, documentation comments and lines that are nothing but a comment.
pub(crate) fn without_comments(glue: &str) -> String {
    let mut is_comment = false;
    let mut short = String::new();
    for line in glue.lines().map(str::trim) {
        is_comment |= line.starts_with("/**");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            short.push_str(line);
            short.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    short
}

/// The script with each of `names` replaced by the short one of its place.
fn with_names(script: &str, names: &[String]) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut renamed = String::new();
    let mut rest = script;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..].find(|c| !is_name(c)).map_or(rest.len(), |len| start + len);
        renamed.push_str(&rest[..start]);
        match names.iter().position(|name| *name == rest[start..end]) {
            Some(place) => renamed.push_str(&short_name(place)),
            None => renamed.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    renamed + rest
}

/// `$0`, `$1` …: no name of the binder's begins so.
fn short_name(place: usize) -> String {
    format!("${place:x}")
}

/// The wasm with short names for its imports and for the closures among its exports, which are put into `names`.
fn rename(wasm: &[u8], names: &mut Vec<String>) -> Result<Vec<u8>> {
    const IMPORTS: u8 = 2;
    const EXPORTS: u8 = 7;
    with_sections(wasm, &mut |id, section| match id {
        IMPORTS => renamed_imports(section, names).map(Some),
        EXPORTS => renamed_exports(section, names).map(Some),
        _ => Ok(Some(section.to_vec())),
    })
}

/// What becomes of a section, given its number and its bytes; nothing where it is left out.
type Change<'c> = &'c mut dyn FnMut(u8, &[u8]) -> Result<Option<Vec<u8>>>;

/// The wasm with each section changed, or left out.
fn with_sections(wasm: &[u8], change: Change) -> Result<Vec<u8>> {
    let mut reader = Reader { bytes: wasm, at: 0 };
    let mut changed = reader.take(8)?.to_vec();
    while reader.at < wasm.len() {
        let id = reader.take(1)?[0];
        let len = reader.number()?;
        if let Some(section) = change(id, reader.take(len)?)? {
            changed.push(id);
            push_number(&mut changed, section.len());
            changed.extend(section);
        }
    }
    Ok(changed)
}

fn renamed_imports(section: &[u8], names: &mut Vec<String>) -> Result<Vec<u8>> {
    let mut reader = Reader { bytes: section, at: 0 };
    let mut renamed = Vec::new();
    let count = reader.number()?;
    push_number(&mut renamed, count);
    for _ in 0..count {
        push_name(&mut renamed, reader.name()?);
        push_name(&mut renamed, shortened(reader.name()?, names)?.as_bytes());
        let start = reader.at;
        reader.skip_description()?;
        renamed.extend(&section[start..reader.at]);
    }
    Ok(renamed)
}

fn renamed_exports(section: &[u8], names: &mut Vec<String>) -> Result<Vec<u8>> {
    // What the glue calls by a name with a hash; the other names are those of the page's own start, and short.
    const CLOSURES: &[u8] = b"wasm_bindgen__convert__closures";
    let mut reader = Reader { bytes: section, at: 0 };
    let mut renamed = Vec::new();
    let count = reader.number()?;
    push_number(&mut renamed, count);
    for _ in 0..count {
        let name = reader.name()?;
        match name.starts_with(CLOSURES) {
            true => push_name(&mut renamed, shortened(name, names)?.as_bytes()),
            false => push_name(&mut renamed, name),
        }
        // What it is, and its number.
        renamed.push(reader.take(1)?[0]);
        push_number(&mut renamed, reader.number()?);
    }
    Ok(renamed)
}

/// The short name of a long one, which is put into `names` where it is new.
fn shortened(name: &[u8], names: &mut Vec<String>) -> Result<String> {
    let name = std::str::from_utf8(name).context("a name in the wasm is no UTF-8")?;
    let place = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    Ok(short_name(place))
}

fn push_name(bytes: &mut Vec<u8>, name: &[u8]) {
    push_number(bytes, name.len());
    bytes.extend(name);
}

/// Reads the binary format: numbers are LEB128, names have their length before them.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Result<&'b [u8]> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.get(..len)).context("the wasm ends too early")?;
        self.at += len;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.take(1)?[0];
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number in the wasm is too long")
    }

    fn name(&mut self) -> Result<&'b [u8]> {
        let len = self.number()?;
        self.take(len)
    }

    /// What an import is: a function of a type, a table, a memory, a global, a tag.
    fn skip_description(&mut self) -> Result<()> {
        match self.take(1)?[0] {
            0 => drop(self.number()?),
            kind @ (1 | 2) => {
                if kind == 1 {
                    self.take(1)?;
                }
                let has_maximum = self.number()? & 1 == 1;
                self.number()?;
                if has_maximum {
                    self.number()?;
                }
            }
            3 => drop(self.take(2)?),
            4 => {
                self.take(1)?;
                self.number()?;
            }
            kind => bail!("the wasm imports something of an unknown kind ({kind})"),
        }
        Ok(())
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wasm that imports two functions from `m`, and has a section with `tail` in it.
    fn wasm(names: [&str; 2], tail: &[u8]) -> Vec<u8> {
        let mut imports = vec![2];
        for name in names {
            imports.extend([1, b'm', name.len() as u8]);
            imports.extend(name.as_bytes());
            imports.extend([0, 5]);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for (id, section) in [(2, imports.as_slice()), (10, tail)] {
            wasm.push(id);
            push_number(&mut wasm, section.len());
            wasm.extend(section);
        }
        wasm
    }

    #[test]
    fn glue_and_wasm_agree_on_short_names() {
        let long = ["__wbg_log_0123456789abcdef", "__wbg_log_0123456789abcdef_2"];
        let glue = "/**\n * What it does.\n */\n  import0 = { __wbg_log_0123456789abcdef: a, __wbg_log_0123456789abcdef_2: b };\n";
        let (glue, renamed) = imports(glue, &wasm(long, &[7; 300])).unwrap();
        assert_eq!(glue, "import0 = { $0: a, $1: b };\n");
        assert_eq!(renamed, wasm(["$0", "$1"], &[7; 300]));
    }

    #[test]
    fn what_the_glue_calls_has_a_short_name_and_the_start_keeps_its_own() {
        let exports = |closure: &str| {
            let mut section = vec![2];
            for name in ["start", closure] {
                push_name(&mut section, name.as_bytes());
                section.extend([0, 7]);
            }
            let mut wasm = b"\0asm\x01\0\0\0\x07".to_vec();
            push_number(&mut wasm, section.len());
            [wasm, section].concat()
        };
        let closure = "wasm_bindgen__convert__closures_____invoke__h96868a811b7ae9e2";
        let (glue, renamed) = imports(&format!("wasm.{closure}(1); wasm.start();"), &exports(closure)).unwrap();
        assert_eq!((glue.as_str(), renamed), ("wasm.$0(1); wasm.start();\n", exports("$0")));
    }

    #[test]
    fn names_for_tools_are_left_out() {
        let plain = wasm(["a", "b"], &[7]);
        let named = [plain.as_slice(), &[0, 5, 4, b'n', b'a', b'm', b'e']].concat();
        assert_eq!(without_names(&named).unwrap(), plain);
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert!(imports("", b"\0asm").is_err());
        assert!(imports("", b"\0asm\x01\0\0\0\x02\x05").is_err());
    }

    #[test]
    fn styles_lose_what_only_people_read() {
        let css = "/* a\n b */\na,\n.b  .c::before {\n  margin: 0 auto;\n  content: \"(\" / \"\";\n}\n\n@media (max-width: 1px) {\n  a { b: c }\n}\n";
        let short = "a,.b .c::before{margin:0 auto;content:\"(\" / \"\"}@media (max-width:1px){a{b:c}}";
        assert_eq!(styles(css), short);
    }
}
