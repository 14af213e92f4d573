//! Text files in other encodings as UTF-8, for the readers that stream UTF-8.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::Result;

const BLOCK: usize = 64 << 10;

/// The file itself when it is of bytes, or a copy in UTF-8 in `scratch` when it is in UTF-16; and the encoding's name.
pub(crate) fn to_utf8(path: &Path, scratch: &Path) -> Result<(PathBuf, &'static str)> {
    let mut start = [0; 2];
    let read = File::open(path)?.read(&mut start)?;
    let encoding = match &start[..read] {
        [0xFF, 0xFE] => UTF_16LE,
        [0xFE, 0xFF] => UTF_16BE,
        [b'{' | b'[' | b'<', 0] => UTF_16LE,
        [0, b'{' | b'[' | b'<'] => UTF_16BE,
        _ => return Ok((path.to_owned(), "UTF-8")),
    };
    copied(path, encoding, scratch)
}

/// The same for XML, which may declare another encoding; bytes that are not of the UTF-8 they claim are read as
/// Windows-1252.
pub(crate) fn xml_to_utf8(path: &Path, scratch: &Path) -> Result<(PathBuf, &'static str)> {
    let mut head = Vec::new();
    File::open(path)?.take(512).read_to_end(&mut head)?;
    match declared(&head) {
        Some(encoding) if encoding != UTF_8 && !encoding.name().starts_with("UTF-16") => {
            copied(path, encoding, scratch)
        }
        _ if !is_utf8(path)? => copied(path, WINDOWS_1252, scratch),
        _ => to_utf8(path, scratch),
    }
}

/// The encoding of `<?xml version="1.0" encoding="ISO-8859-1"?>`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let declaration = head.split(|byte| *byte == b'>').next()?;
    let declaration = std::str::from_utf8(declaration).ok()?;
    let (_, after) = declaration.split_once("encoding=")?;
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Encoding::for_label(after[1..].split(quote).next()?.as_bytes())
}

/// Whether a file is UTF-8, or UTF-16 (which its own bytes tell).
fn is_utf8(path: &Path) -> Result<bool> {
    let mut input = File::open(path)?;
    let mut block = vec![0; BLOCK];
    let mut kept = 0;
    let mut at_start = true;
    loop {
        let read = input.read(&mut block[kept..])?;
        let filled = kept + read;
        if std::mem::take(&mut at_start) && matches!(block[..filled], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
            return Ok(true);
        }
        let valid = match std::str::from_utf8(&block[..filled]) {
            Ok(_) => filled,
            Err(fault) if fault.error_len().is_none() && read > 0 => fault.valid_up_to(),
            Err(_) => return Ok(false),
        };
        if read == 0 {
            return Ok(true);
        }
        block.copy_within(valid..filled, 0);
        kept = filled - valid;
    }
}

fn copied(path: &Path, encoding: &'static Encoding, scratch: &Path) -> Result<(PathBuf, &'static str)> {
    let copy = tempfile::Builder::new().prefix("utf8-").tempfile_in(scratch)?;
    convert(File::open(path)?, encoding, copy.as_file())?;
    let (_, path) = copy.keep().map_err(|error| error.error)?;
    Ok((path, encoding.name()))
}

fn convert(input: impl Read, encoding: &'static Encoding, output: impl Write) -> Result<()> {
    let mut input = BufReader::with_capacity(BLOCK, input);
    let mut output = BufWriter::new(output);
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut block = vec![0; BLOCK];
    let mut text = String::with_capacity(4 * BLOCK);
    loop {
        let read = input.read(&mut block)?;
        // The text has room for the whole block: the decoder always takes all of it.
        let _ = decoder.decode_to_string(&block[..read], &mut text, read == 0);
        output.write_all(text.as_bytes())?;
        text.clear();
        if read == 0 {
            output.flush()?;
            return Ok(());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_copied_as_utf_8() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let text = "{\"é\": \"😀\"}".repeat(40_000);
        let bytes: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        std::fs::write(&path, bytes).unwrap();
        let (copy, encoding) = to_utf8(&path, folder.path()).unwrap();
        assert_eq!(encoding, "UTF-16BE");
        assert_eq!(std::fs::read_to_string(copy).unwrap(), text);
    }
}
