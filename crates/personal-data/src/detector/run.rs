//! Runs of digits in a cell: what telephone, social security and card numbers are read from.

/// Most digits that a run keeps; a longer one is no number of a person.
const MOST: usize = 24;

/// Digits that follow one another, alone or with one separator between two.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The digits; in a Corsican NIR, the seventh character is a letter.
    characters: [u8; MOST],
    length: usize,
    /// Bit `i`: a separator stands before character `i`.
    separators: u32,
    /// Whether a `+` stands before it.
    pub(crate) plus: bool,
    /// First and past-the-last byte in the cell.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Run {
    pub(crate) fn characters(&self) -> &[u8] {
        &self.characters[..self.length]
    }

    /// Lengths of the groups that separators make.
    pub(crate) fn groups(&self) -> ([u8; MOST], usize) {
        let mut groups = [0_u8; MOST];
        let mut count = 0;
        for index in 0..self.length {
            if self.separators & 1 << index != 0 {
                count += 1;
            }
            groups[count] += 1;
        }
        (groups, count + 1)
    }

    pub(crate) fn has_separators(&self) -> bool {
        self.separators != 0
    }
}

/// The runs of a cell that stand alone: neither glued to a letter nor part of a longer number.
pub(crate) fn runs(cell: &[u8]) -> Runs<'_> {
    Runs { cell, at: 0 }
}

pub(crate) struct Runs<'a> {
    cell: &'a [u8],
    at: usize,
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        loop {
            let start = self.at + self.cell[self.at..].iter().position(u8::is_ascii_digit)?;
            let run = self.read(start);
            self.at = run.end;
            let glued_before = start > 0 && self.cell[start - 1].is_ascii_alphabetic();
            let glued_after = self.cell.get(run.end).is_some_and(|byte| byte.is_ascii_alphanumeric());
            if glued_after {
                // What follows belongs to the same word.
                self.at += self.cell[run.end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            }
            if run.length <= MOST && !glued_before && !glued_after {
                return Some(run);
            }
        }
    }
}

impl Runs<'_> {
    fn read(&self, start: usize) -> Run {
        let plus = start > 0 && self.cell[start - 1] == b'+';
        let mut run = Run { characters: [0; MOST], length: 0, separators: 0, plus, start, end: start };
        let mut at = start;
        let mut separated = false;
        while let Some(&byte) = self.cell.get(at) {
            let corsica = run.length == 6 && matches!(byte, b'A' | b'B' | b'a' | b'b') && run.characters[5] == b'2';
            if byte.is_ascii_digit() || corsica && self.corsican(at + 1) {
                if run.length < MOST {
                    run.characters[run.length] = byte.to_ascii_uppercase();
                    run.separators |= u32::from(separated) << run.length;
                }
                // One more than is kept marks a run that is too long.
                run.length = (run.length + 1).min(MOST + 1);
                at += 1;
                run.end = at;
                separated = false;
            } else if separated {
                break;
            } else {
                let width = separator_width(&self.cell[at..]);
                if width == 0 {
                    break;
                }
                separated = true;
                at += width;
            }
        }
        run
    }

    /// Whether digits follow the letter of a Corsican département.
    fn corsican(&self, at: usize) -> bool {
        let next = self.cell[at..].iter().find(|byte| !matches!(byte, b' ' | b'.' | b'-'));
        next.is_some_and(u8::is_ascii_digit)
    }
}

/// Bytes of the separator that begins here: a space (also unbreakable), a dot, a hyphen, a slash; 0 when none does.
fn separator_width(rest: &[u8]) -> usize {
    match rest {
        [b' ' | b'.' | b'-' | b'/', ..] => 1,
        [0xc2, 0xa0, ..] => 2,
        [0xe2, 0x80, 0xaf, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::runs;

    fn digits(cell: &str) -> Vec<String> {
        runs(cell.as_bytes()).map(|run| String::from_utf8_lossy(run.characters()).into_owned()).collect()
    }

    #[test]
    fn separators_join_and_words_part() {
        assert_eq!(digits("tél. 04 67 34 70 00, fax 04.67.34.70.01"), ["0467347000", "0467347001"]);
        assert_eq!(digits("04\u{a0}67\u{202f}34-70/00"), ["0467347000"]);
        assert_eq!(digits("A12 12B 12"), ["12"]);
        assert_eq!(digits("1 85 05 2A 006 084 91"), ["185052A00608491"]);
        assert_eq!(digits(&"9".repeat(40)), Vec::<String>::new());
        assert_eq!(digits("été 12"), ["12"]);
    }

    #[test]
    fn groups_are_told() {
        let run = runs(b"+33 4 67 34").next();
        let (groups, count) = run.as_ref().map(super::Run::groups).unwrap_or_default();
        assert_eq!((&groups[..count], run.is_some_and(|run| run.plus)), (&[2_u8, 1, 2, 2][..], true));
    }
}
