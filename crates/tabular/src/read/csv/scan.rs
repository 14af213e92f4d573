//! Finds the cells of delimited text, sixty-four bytes at a time.

/// How cells and lines are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Byte between cells; `None` when a line is one cell.
    pub delimiter: Option<u8>,
    /// Byte around cells that hold delimiters or line ends.
    pub quote: Option<u8>,
    /// What ends a line.
    pub line_end: LineEnd,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// LF, with or without a CR before it.
    Lf,
    /// CR alone, as old Macintosh programs wrote.
    Cr,
}

impl LineEnd {
    /// The byte that always closes a line.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Lf => b'\n',
            Self::Cr => b'\r',
        }
    }
}

/// A cell's bytes in the scanned text, quotes left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it was between quotes.
    pub quoted: bool,
    /// Whether doubled quotes inside stand for one.
    pub escaped: bool,
}

impl Cell {
    fn plain(start: usize, end: usize) -> Self {
        Self { start, end, quoted: false, escaped: false }
    }
}

/// What a step of the scanner met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A whole record: its cells are in the vector.
    Record,
    /// The record goes on beyond the text; the cell that starts at `cell` is not closed yet.
    More {
        /// Where the open cell starts (at its quote if it has one).
        cell: usize,
        /// Whether a quote opened it.
        quoted: bool,
    },
    /// The record has more cells than allowed.
    TooManyCells,
    /// Nothing is left.
    End,
}

/// Reads records one after the other from a text that may grow at its end.
#[derive(Debug)]
pub(crate) struct Scanner {
    delimiter: u8,
    quote: u8,
    newline: u8,
    line_end: LineEnd,
    position: usize,
    next_window: usize,
    window: usize,
    hits: u64,
    /// Quotes of the record at hand that open nothing: never closed, they are characters like any other.
    literals: Vec<usize>,
    /// A quote that is known to close the quoted cell at hand.
    closes_at: usize,
    max_cells: usize,
    lines: u64,
    broken_quotes: u64,
}

impl Scanner {
    /// A scanner at the text's first byte, for records of at most `max_cells` cells.
    pub(crate) fn new(dialect: Dialect, max_cells: usize) -> Self {
        let newline = dialect.line_end.byte();
        Self {
            delimiter: dialect.delimiter.unwrap_or(newline),
            quote: dialect.quote.unwrap_or(newline),
            newline,
            line_end: dialect.line_end,
            position: 0,
            next_window: 0,
            window: 0,
            hits: 0,
            literals: Vec::new(),
            closes_at: 0,
            max_cells,
            lines: 0,
            broken_quotes: 0,
        }
    }

    /// Start of the next record.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Lines of the last record: more than one when a quoted cell holds line ends.
    pub(crate) fn lines(&self) -> u64 {
        self.lines
    }

    /// Cells so far that began with a quote and were not closed as they should.
    pub(crate) fn broken_quotes(&self) -> u64 {
        self.broken_quotes
    }

    /// Says that the bytes before the next record were dropped from the text.
    pub(crate) fn forget_read(&mut self) {
        for at in &mut self.literals {
            *at = at.saturating_sub(self.position);
        }
        self.position = 0;
        self.seek(0);
    }

    /// Says that the quote at `at` opens nothing.
    pub(crate) fn take_literally(&mut self, at: usize) {
        self.literals.push(at);
        self.broken_quotes += 1;
    }

    /// Reads the next record into `cells`. `last` says that the text won't grow.
    pub(crate) fn record(&mut self, text: &[u8], last: bool, cells: &mut Vec<Cell>) -> Step {
        cells.clear();
        self.lines = 1;
        let mut cell = self.position;
        while let Some(at) = self.next_hit(text) {
            let byte = text[at];
            if byte == self.newline {
                cells.push(Cell::plain(cell, self.before_line_end(text, cell, at)));
                return self.record_until(at + 1);
            }
            if byte == self.delimiter {
                cells.push(Cell::plain(cell, at));
                cell = at + 1;
            } else if at == cell && !self.literals.contains(&at) {
                match self.quoted(text, at, last) {
                    Quoted::Closed { end, escaped, after } => {
                        cells.push(Cell { start: at + 1, end, quoted: true, escaped });
                        if text.get(after).is_none_or(|&byte| byte == self.newline) {
                            return self.record_until(text.len().min(after + 1));
                        }
                        cell = after + 1;
                    }
                    Quoted::Literal => self.seek(at + 1),
                    Quoted::Open => return self.wait(at, true),
                }
            }
            if cells.len() > self.max_cells {
                return Step::TooManyCells;
            }
        }
        self.at_end(text, last, cell, cells)
    }

    /// Takes the open quoted cell up to the text's end: a file cut short.
    pub(crate) fn close_at_end(&mut self, text: &[u8], quote: usize, cells: &mut Vec<Cell>) {
        self.broken_quotes += 1;
        cells.push(Cell { start: quote + 1, end: text.len(), quoted: true, escaped: true });
        self.record_until(text.len());
        self.seek(text.len());
    }

    #[inline]
    fn record_until(&mut self, next: usize) -> Step {
        self.position = next;
        self.literals.clear();
        Step::Record
    }

    fn at_end(&mut self, text: &[u8], last: bool, cell: usize, cells: &mut Vec<Cell>) -> Step {
        if !last {
            return self.wait(cell, false);
        }
        if cells.is_empty() && cell == text.len() {
            return Step::End;
        }
        cells.push(Cell::plain(cell, self.before_line_end(text, cell, text.len())));
        self.record_until(text.len())
    }

    fn wait(&mut self, cell: usize, quoted: bool) -> Step {
        self.seek(self.position);
        Step::More { cell, quoted }
    }

    fn before_line_end(&self, text: &[u8], cell: usize, at: usize) -> usize {
        let carriage = self.line_end == LineEnd::Lf && at > cell && text[at - 1] == b'\r';
        at - usize::from(carriage)
    }

    /// Reads a cell whose quote is at `open`; the hits stand after what closed it.
    fn quoted(&mut self, text: &[u8], open: usize, last: bool) -> Quoted {
        let mut escaped = false;
        let mut lines = 0;
        self.closes_at = open;
        while let Some(at) = self.next_hit(text) {
            let byte = text[at];
            if byte != self.quote {
                lines += u64::from(byte == self.newline);
                continue;
            }
            if text.get(at + 1) == Some(&self.quote) {
                escaped = true;
                self.next_hit(text);
                continue;
            }
            match self.closing(text, at + 1) {
                Closing::At(after) => {
                    self.lines += lines;
                    self.seek_past(after);
                    return Quoted::Closed { end: at, escaped, after };
                }
                Closing::Unknown if last => {
                    self.lines += lines;
                    return Quoted::Closed { end: at, escaped, after: text.len() };
                }
                Closing::Unknown => return Quoted::Open,
                Closing::No if at < self.closes_at => {}
                Closing::No => match self.close_on_line(text, at + 1) {
                    OnLine::Quote(closing) => self.closes_at = closing,
                    OnLine::Cut if !last => return Quoted::Open,
                    OnLine::Cut | OnLine::Nothing => {
                        self.broken_quotes += 1;
                        return Quoted::Literal;
                    }
                },
            }
        }
        Quoted::Open
    }

    /// Whether the quote before `from` closes its cell: only spaces may come before the delimiter or the line's end.
    fn closing(&self, text: &[u8], from: usize) -> Closing {
        let mut at = from;
        loop {
            match text.get(at) {
                None => return Closing::Unknown,
                Some(&byte) if byte == self.delimiter || byte == self.newline => return Closing::At(at),
                Some(b'\r') if self.line_end == LineEnd::Lf => match text.get(at + 1) {
                    Some(b'\n') => return Closing::At(at + 1),
                    Some(_) => return Closing::No,
                    None => return Closing::Unknown,
                },
                Some(b' ') => at += 1,
                Some(_) => return Closing::No,
            }
        }
    }

    /// The quote that closes the cell further on the same line, as in `"the "old" mill",`.
    fn close_on_line(&self, text: &[u8], from: usize) -> OnLine {
        let rest = text.get(from..).unwrap_or_default();
        for at in memchr::memchr2_iter(self.quote, self.newline, rest) {
            if rest[at] == self.newline {
                return OnLine::Nothing;
            }
            if let Closing::At(_) = self.closing(text, from + at + 1) {
                return OnLine::Quote(from + at);
            }
        }
        OnLine::Cut
    }

    fn seek(&mut self, at: usize) {
        self.hits = 0;
        self.next_window = at;
    }

    /// Drops the hits up to and with `at`.
    fn seek_past(&mut self, at: usize) {
        let shift = (at + 1).saturating_sub(self.window);
        if at < self.window || shift >= 64 {
            self.seek(at + 1);
        } else {
            self.hits &= u64::MAX << shift;
        }
    }

    #[inline(always)]
    fn next_hit(&mut self, text: &[u8]) -> Option<usize> {
        while self.hits == 0 {
            let rest = text.get(self.next_window..)?;
            self.window = self.next_window;
            self.hits = match rest.first_chunk::<64>() {
                Some(chunk) => self.match_chunk(chunk),
                None if rest.is_empty() => return None,
                None => self.match_tail(rest),
            };
            self.next_window += 64;
        }
        let at = self.window + self.hits.trailing_zeros() as usize;
        self.hits &= self.hits - 1;
        Some(at)
    }

    #[cold]
    fn match_tail(&self, rest: &[u8]) -> u64 {
        let mut chunk = [0; 64];
        chunk[..rest.len()].copy_from_slice(rest);
        self.match_chunk(&chunk) & ((1 << rest.len()) - 1)
    }

    /// One bit for each byte that may end a cell. Written as plain loops that the compiler turns into vector code.
    #[inline(always)]
    fn match_chunk(&self, chunk: &[u8; 64]) -> u64 {
        let (delimiter, quote, newline) = (self.delimiter, self.quote, self.newline);
        let mut matches = [0u8; 64];
        for (matched, &byte) in matches.iter_mut().zip(chunk) {
            *matched = u8::from(byte == delimiter) | u8::from(byte == quote) | u8::from(byte == newline);
        }
        let mut bits = 0u64;
        for (index, eight) in matches.chunks_exact(8).enumerate() {
            let mut word = [0; 8];
            word.copy_from_slice(eight);
            // Gathers the lowest bit of each of the eight bytes into the top byte.
            let gathered = u64::from_le_bytes(word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            bits |= gathered << (index * 8);
        }
        bits
    }
}

enum Quoted {
    Closed { end: usize, escaped: bool, after: usize },
    Literal,
    Open,
}

enum Closing {
    At(usize),
    No,
    Unknown,
}

enum OnLine {
    Quote(usize),
    Nothing,
    /// The text ends before the line.
    Cut,
}

/// A cell's text with doubled quotes made single.
pub(crate) fn unescape(raw: &[u8], quote: u8, out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(quote, rest) {
        out.extend_from_slice(&rest[..=at]);
        let doubled = usize::from(rest.get(at + 1) == Some(&quote));
        rest = &rest[at + 1 + doubled..];
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, dialect: Dialect) -> Vec<Vec<String>> {
        let bytes = text.as_bytes();
        let mut scanner = Scanner::new(dialect, 100);
        let mut cells = Vec::new();
        let mut records = Vec::new();
        loop {
            match scanner.record(bytes, true, &mut cells) {
                Step::Record => {}
                Step::More { cell, .. } => scanner.close_at_end(bytes, cell, &mut cells),
                Step::End | Step::TooManyCells => return records,
            }
            records.push(cells.iter().map(|cell| text_of(bytes, cell, dialect)).collect());
        }
    }

    fn text_of(bytes: &[u8], cell: &Cell, dialect: Dialect) -> String {
        let mut out = Vec::new();
        match (cell.escaped, dialect.quote) {
            (true, Some(quote)) => unescape(&bytes[cell.start..cell.end], quote, &mut out),
            _ => out.extend_from_slice(&bytes[cell.start..cell.end]),
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn comma() -> Dialect {
        Dialect { delimiter: Some(b','), quote: Some(b'"'), line_end: LineEnd::Lf }
    }

    #[test]
    fn cells_are_split_at_delimiters_and_lines_at_either_line_end() {
        assert_eq!(read("a,b\r\nc,\n,d", comma()), [["a", "b"], ["c", ""], ["", "d"]]);
    }

    #[test]
    fn a_quoted_cell_keeps_delimiters_line_ends_and_doubled_quotes() {
        assert_eq!(read("\"a,\n\"\"b\"\"\",c\r\n\"\",d\n", comma()), [["a,\n\"b\"", "c"], ["", "d"]]);
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_character() {
        assert_eq!(
            read("5\" pipe,x\n\"the \"old\" mill\",y\n\"6\" pipe,z\n", comma()),
            [["5\" pipe", "x"], ["the \"old\" mill", "y"], ["\"6\" pipe", "z"]]
        );
    }

    #[test]
    fn spaces_after_a_closing_quote_are_dropped() {
        assert_eq!(read("\"a\" ,\"b\"  \nc,d\n", comma()), [["a", "b"], ["c", "d"]]);
    }

    #[test]
    fn a_lone_carriage_return_ends_lines_when_the_dialect_says_so() {
        let dialect = Dialect { delimiter: Some(b';'), quote: None, line_end: LineEnd::Cr };
        assert_eq!(read("a;\"b\rc;d\r", dialect), [["a", "\"b"], ["c", "d"]]);
    }

    #[test]
    fn a_record_cut_by_the_end_of_the_block_is_read_again_when_the_rest_has_come() {
        let whole = b"first,\"sec\"\"ond\nline\",third\nnext,x,y\n";
        for cut in 0..whole.len() {
            let mut scanner = Scanner::new(comma(), 100);
            let mut cells = Vec::new();
            let mut step = scanner.record(&whole[..cut], false, &mut cells);
            if let Step::More { .. } = step {
                step = scanner.record(whole, true, &mut cells);
            }
            assert_eq!((step, cells.len()), (Step::Record, 3), "cut at {cut}");
            assert_eq!(scanner.lines(), 2);
        }
    }
}
