//! One question a line, one answer a line: JSON.

use std::io::{BufRead, Read as _, Write};
use std::ops::ControlFlow;

use super::{BatchError, OnProgress, Progress, pipeline};

/// A file of lines, each answered by itself.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    most: usize,
    number: u64,
}

/// Bytes of lines that are answered together.
const PIECE: usize = 16 << 10;

/// Lines that follow one another.
struct Piece {
    /// The number of the first line, from 1.
    first: u64,
    lines: Vec<Line>,
    bytes: u64,
}

/// A line.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Text(Vec<u8>),
    /// Longer than lines may be; what it said is gone.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a file, each of `most` bytes at most.
    pub fn new(input: R, most: usize) -> Lines<R> {
        Lines { input, most, number: 1 }
    }

    /// Answers every line in order, blank ones left aside. `answer` is given the line's number and its text, or nothing
    /// when it is too long, and writes one line, without its end.
    ///
    /// # Errors
    /// When the file can't be read, the answer can't be written, or `progress` says to stop.
    pub fn answer(
        mut self,
        answer: impl Fn(u64, Option<&[u8]>, &mut Vec<u8>) + Sync,
        output: &mut dyn Write,
        progress: OnProgress<'_>,
    ) -> Result<u64, BatchError> {
        let work = |piece: Piece| {
            let mut out = Vec::with_capacity(piece.lines.len() * 500);
            let mut rows = 0;
            for (number, line) in (piece.first..).zip(&piece.lines) {
                let text = match line {
                    Line::Text(text) if text.trim_ascii().is_empty() => continue,
                    Line::Text(text) => Some(text.trim_ascii()),
                    Line::TooLong => None,
                };
                answer(number, text, &mut out);
                out.push(b'\n');
                rows += 1;
            }
            (out, rows, piece.bytes)
        };
        let (mut rows, mut bytes) = (0, 0);
        let write = |(out, answered, read): (Vec<u8>, u64, u64)| {
            output.write_all(&out)?;
            rows += answered;
            bytes += read;
            match progress(Progress { rows, bytes }) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(BatchError::Cancelled),
            }
        };
        pipeline::in_order(|| self.piece(), work, write)?;
        output.flush()?;
        Ok(rows)
    }

    fn piece(&mut self) -> Result<Option<Piece>, BatchError> {
        let mut piece = Piece { first: self.number, lines: Vec::new(), bytes: 0 };
        while piece.bytes < PIECE as u64 {
            let Some((line, length)) = self.line()? else { break };
            piece.bytes += length;
            piece.lines.push(line);
        }
        self.number += piece.lines.len() as u64;
        Ok((!piece.lines.is_empty()).then_some(piece))
    }

    /// The next line and the bytes that it took.
    fn line(&mut self) -> Result<Option<(Line, u64)>, BatchError> {
        let mut text = Vec::new();
        let mut length = (&mut self.input).take(self.most as u64 + 1).read_until(b'\n', &mut text)? as u64;
        if length == 0 {
            return Ok(None);
        }
        if text.last() == Some(&b'\n') || length <= self.most as u64 {
            return Ok(Some((Line::Text(text), length)));
        }
        // The rest is read past, and never held.
        loop {
            let buffer = self.input.fill_buf()?;
            let end = memchr::memchr(b'\n', buffer);
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.input.consume(used);
            length += used as u64;
            if end.is_some() || used == 0 {
                return Ok(Some((Line::TooLong, length)));
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn answers(text: &str, most: usize) -> String {
        let mut out = Vec::new();
        let echo = |number: u64, line: Option<&[u8]>, out: &mut Vec<u8>| {
            out.extend_from_slice(number.to_string().as_bytes());
            out.push(b' ');
            out.extend_from_slice(line.unwrap_or(b"too long"));
        };
        Lines::new(text.as_bytes(), most).answer(echo, &mut out, &mut |_| ControlFlow::Continue(())).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_line_is_answered_by_its_number_and_blank_ones_are_not() {
        assert_eq!(answers("a\n\r\n  b \r\nc", 10), "1 a\n3 b\n4 c\n");
        assert_eq!(answers("", 10), "");
    }

    #[test]
    fn a_line_that_is_too_long_costs_itself_alone() {
        let text = format!("a\n{}\nb\n", "x".repeat(100_000));
        assert_eq!(answers(&text, 1_000), "1 a\n2 too long\n3 b\n");
    }

    #[test]
    fn many_lines_keep_their_order() {
        let text: String = (0..20_000).map(|n| format!("line {n}\n")).collect();
        let expected: String = (0..20_000).map(|n| format!("{} line {n}\n", n + 1)).collect();
        assert_eq!(answers(&text, 100), expected);
    }
}
