//! A file's bytes as valid UTF-8, block after block.

use std::{fs::File, io::Read, path::Path};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, WINDOWS_1252};

use crate::error::{Error, ErrorCode, Result};

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";
const CHUNK: usize = 256 << 10;

/// Decodes a file as it is read.
pub(crate) struct TextSource {
    file: File,
    length: u64,
    decoder: Option<Decoder>,
    /// Bytes of a character whose end is in the next block.
    tail: Vec<u8>,
    bytes_read: u64,
    at_start: bool,
    ended: bool,
    lines: u64,
    misfits: Misfits,
}

/// Lines that hold bytes of another encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Misfits {
    /// 1-based number of the first.
    pub first_line: Option<u64>,
    /// How many.
    pub lines: u64,
    last_line: u64,
}

impl TextSource {
    /// Opens a file to be read in an encoding.
    pub(crate) fn open(path: &Path, encoding: &'static Encoding) -> Result<Self> {
        let file = File::open(path)?;
        Ok(Self {
            length: file.metadata()?.len(),
            file,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal()),
            tail: Vec::new(),
            bytes_read: 0,
            at_start: true,
            ended: false,
            lines: 0,
            misfits: Misfits::default(),
        })
    }

    /// Bytes of the file read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Lines met so far with bytes of another encoding.
    pub(crate) fn misfits(&self) -> Misfits {
        self.misfits
    }

    /// Whether the file's end was met.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Appends about `size` bytes of text to `out`.
    pub(crate) fn fill(&mut self, out: &mut Vec<u8>, size: usize) -> Result<()> {
        let from = out.len();
        match self.decoder {
            None => self.fill_utf8(out, size)?,
            Some(_) => self.fill_decoded(out, size)?,
        }
        let text = &out[from..];
        if let Some(at) = memchr::memchr(0, text) {
            return Err(self.nul(text, at));
        }
        self.lines += memchr::memchr_iter(b'\n', text).count() as u64;
        Ok(())
    }

    fn nul(&self, text: &[u8], at: usize) -> Error {
        let line = self.lines + 1 + memchr::memchr_iter(b'\n', &text[..at]).count() as u64;
        let error = Error::new(ErrorCode::BrokenFile, "a NUL byte in text").at_row(line);
        if self.decoder.is_some() {
            return error;
        }
        error.at_byte(self.bytes_read.saturating_sub((text.len() - at) as u64))
    }

    fn fill_utf8(&mut self, out: &mut Vec<u8>, size: usize) -> Result<()> {
        let from = out.len();
        out.append(&mut self.tail);
        self.read_raw(out, size)?;
        if std::mem::take(&mut self.at_start) && out[from..].starts_with(UTF8_BOM) {
            out.drain(from..from + UTF8_BOM.len());
        }
        if simdutf8::basic::from_utf8(&out[from..]).is_ok() {
            return Ok(());
        }
        let Err(error) = std::str::from_utf8(&out[from..]) else { return Ok(()) };
        if error.error_len().is_none() && !self.ended {
            self.tail = out.split_off(from + error.valid_up_to());
            return Ok(());
        }
        self.mend(out, from);
        Ok(())
    }

    /// Reads the bytes that are not UTF-8 as Windows-1252: a line pasted from another program.
    fn mend(&mut self, out: &mut Vec<u8>, from: usize) {
        let block = out.split_off(from);
        let mut rest = block.as_slice();
        let mut line = self.lines + 1;
        loop {
            let Err(error) = std::str::from_utf8(rest) else {
                out.extend_from_slice(rest);
                return;
            };
            let (valid, after) = rest.split_at(error.valid_up_to());
            out.extend_from_slice(valid);
            line += memchr::memchr_iter(b'\n', valid).count() as u64;
            let length = match error.error_len() {
                Some(length) => length,
                None if !self.ended => {
                    self.tail = after.to_vec();
                    return;
                }
                None => after.len(),
            };
            self.misfits.note(line);
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&after[..length]);
            out.extend_from_slice(text.as_bytes());
            rest = &after[length..];
        }
    }

    fn fill_decoded(&mut self, out: &mut Vec<u8>, size: usize) -> Result<()> {
        let from = out.len();
        let mut raw = Vec::new();
        while out.len() - from < size && !self.ended {
            raw.clear();
            self.read_raw(&mut raw, CHUNK.min(size))?;
            let Some(decoder) = self.decoder.as_mut() else { return Ok(()) };
            let room = decoder.max_utf8_buffer_length(raw.len()).unwrap_or(raw.len() * 4 + 16);
            let mut written = out.len();
            out.resize(written + room, 0);
            let mut read = 0;
            loop {
                let (result, r, w, _) = decoder.decode_to_utf8(&raw[read..], &mut out[written..], self.ended);
                read += r;
                written += w;
                match result {
                    CoderResult::InputEmpty => break,
                    CoderResult::OutputFull => out.resize(written + room, 0),
                }
            }
            out.truncate(written);
        }
        Ok(())
    }

    fn read_raw(&mut self, out: &mut Vec<u8>, size: usize) -> Result<()> {
        let from = out.len();
        // No more room than the file needs, and a byte beyond, which meets its end.
        let left = self.length.saturating_sub(self.bytes_read).saturating_add(1);
        out.resize(from + size.min(usize::try_from(left).unwrap_or(size)), 0);
        let mut filled = from;
        while filled < out.len() {
            match self.file.read(&mut out[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        out.truncate(filled);
        self.bytes_read += (filled - from) as u64;
        Ok(())
    }
}

impl Misfits {
    fn note(&mut self, line: u64) {
        self.first_line.get_or_insert(line);
        if line > self.last_line {
            self.lines += 1;
            self.last_line = line;
        }
    }
}
