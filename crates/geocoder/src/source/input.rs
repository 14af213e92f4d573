//! Lines of a file: unpacked, counted, bounded, decoded.

use std::{
    borrow::Cow,
    collections::VecDeque,
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::bufread::MultiGzDecoder;

use super::{Bytes, Fault, FaultCode, SourceError};

/// What is read from the disk at once.
const BUFFER: usize = 256 << 10;

/// Opens what is to be read: gzip is unpacked, the byte order mark skipped.
pub(super) fn open(
    source: impl Read + Send + 'static,
    read: Arc<AtomicU64>,
    limit: usize,
) -> Result<Input, SourceError> {
    let mut bytes: Bytes = Box::new(BufReader::with_capacity(BUFFER, Counted { source, read }));
    let start = peek(&mut bytes)?;
    if start.starts_with(&[0x1f, 0x8b]) {
        bytes = Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(bytes)));
    }
    let start = peek(&mut bytes)?;
    match &start[..] {
        [] => return Err(SourceError::Empty),
        [0xff, 0xfe, ..] => bytes = transcoded(bytes, UTF_16LE),
        [0xfe, 0xff, ..] => bytes = transcoded(bytes, UTF_16BE),
        [0xef, 0xbb, 0xbf, ..] => bytes.consume(3),
        [b'P', b'K', 3, 4, ..] => return Err(SourceError::NotText { kind: "ZIP" }),
        [b'%', b'P', b'D', b'F', ..] => return Err(SourceError::NotText { kind: "PDF" }),
        [b'7', b'z', 0xbc, 0xaf, ..] => return Err(SourceError::NotText { kind: "7z" }),
        [b'P', b'A', b'R', b'1', ..] => return Err(SourceError::NotText { kind: "Parquet" }),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(SourceError::NotText { kind: "XLS" }),
        _ => {}
    }
    Ok(Input { bytes, limit, line: 0, byte: 0, next_byte: 0, ended: false, held: VecDeque::new() })
}

fn unreadable(error: &io::Error) -> SourceError {
    SourceError::Unreadable { path: PathBuf::new(), reason: error.to_string() }
}

/// The first bytes, which stay to be read.
fn peek(bytes: &mut Bytes) -> Result<Vec<u8>, SourceError> {
    let start = bytes.fill_buf().map_err(|error| unreadable(&error))?;
    Ok(start.get(..start.len().min(4)).unwrap_or_default().to_vec())
}

/// Counts what is read.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

fn transcoded(bytes: Bytes, encoding: &'static Encoding) -> Bytes {
    let decoder = encoding.new_decoder_with_bom_removal();
    Box::new(BufReader::with_capacity(
        BUFFER,
        Transcoded { bytes, decoder, ended: false, ready: String::new(), given: 0 },
    ))
}

/// Text of another encoding, as UTF-8.
struct Transcoded {
    bytes: Bytes,
    decoder: encoding_rs::Decoder,
    ended: bool,
    ready: String,
    given: usize,
}

impl Read for Transcoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            (self.given, self.ended) = (0, false);
            self.ready.clear();
            let source = self.bytes.fill_buf()?;
            let last = source.is_empty();
            self.ready.reserve(self.decoder.max_utf8_buffer_length(source.len()).unwrap_or(BUFFER));
            let (_, used, _) = self.decoder.decode_to_string(source, &mut self.ready, last);
            self.bytes.consume(used);
            self.ended = last;
        }
        let count = self.ready.len().saturating_sub(self.given).min(into.len());
        if let (Some(to), Some(from)) =
            (into.get_mut(..count), self.ready.as_bytes().get(self.given..self.given + count))
        {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

/// The lines of a file.
pub(super) struct Input {
    bytes: Bytes,
    limit: usize,
    line: u64,
    byte: u64,
    next_byte: u64,
    ended: bool,
    /// Lines that were read and are to be given again.
    held: VecDeque<Vec<u8>>,
}

/// What reading a line came to.
pub(super) enum Line {
    /// A line, without its end.
    Read,
    /// The line is longer than the limit and was passed over, or can't be read.
    Faulty(Fault),
    /// There is no more.
    End,
}

impl Input {
    /// A fault at the line that was read last.
    pub(super) fn fault(&self, code: FaultCode) -> Fault {
        Fault::new(code, self.line, self.byte)
    }

    /// The place of the line that was read last: line, byte.
    pub(super) fn place(&self) -> (u64, u64) {
        (self.line, self.byte)
    }

    /// The first byte that is no white space.
    pub(super) fn first_sign(&mut self) -> Result<Option<u8>, SourceError> {
        let start = self.bytes.fill_buf().map_err(|error| unreadable(&error))?;
        Ok(start.iter().copied().find(|byte| !byte.is_ascii_whitespace()))
    }

    /// Reads a line into a buffer that is emptied first.
    pub(super) fn next(&mut self, into: &mut Vec<u8>) -> Line {
        into.clear();
        if let Some(held) = self.held.pop_front() {
            *into = held;
            self.advance(into.len() as u64);
            return Line::Read;
        }
        if self.ended {
            return Line::End;
        }
        let read = (&mut self.bytes).take(self.limit as u64 + 1).read_until(b'\n', into);
        match read {
            Ok(0) => {
                self.ended = true;
                Line::End
            }
            Ok(count) => {
                self.advance(count as u64);
                if count > self.limit && into.last() != Some(&b'\n') {
                    return self.too_long();
                }
                Line::Read
            }
            Err(error) => {
                self.advance(into.len() as u64);
                self.ended = true;
                Line::Faulty(self.fault(FaultCode::Unreadable).with(&error.to_string()))
            }
        }
    }

    /// Gives back lines that were read after this one, which begin at this byte.
    pub(super) fn give_back(&mut self, lines: Vec<u8>, line: u64, byte: u64) {
        let again = lines.split_inclusive(|sign| *sign == b'\n').map(<[u8]>::to_vec);
        self.held = again.chain(std::mem::take(&mut self.held)).collect();
        self.line = line;
        self.next_byte = byte;
    }

    fn advance(&mut self, count: u64) {
        self.line += 1;
        self.byte = self.next_byte;
        self.next_byte += count;
    }

    /// Passes over what is left of a line.
    fn too_long(&mut self) -> Line {
        let fault = self.fault(FaultCode::LineTooLong);
        loop {
            let (found, count) = match self.bytes.fill_buf() {
                Ok(rest) => memchr::memchr(b'\n', rest).map_or((rest.is_empty(), rest.len()), |end| (true, end + 1)),
                Err(_) => (true, 0),
            };
            self.bytes.consume(count);
            self.next_byte += count as u64;
            if found {
                return Line::Faulty(fault);
            }
        }
    }
}

/// A line as text: UTF-8, or what old programs write in Western Europe.
pub(super) fn decoded(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0,
    }
}
