//! A row's cells, parted by a delimiter, perhaps in quotes.

/// The cells of a row; the memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Cells {
    text: String,
    ends: Vec<usize>,
}

/// Most columns that are read of a row.
const COLUMNS: usize = 512;

impl Cells {
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(start..*self.ends.get(at)?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(at).unwrap_or(""))
    }

    /// There is nothing in any cell.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Parts a row; false when a quote is still open at its end. A quote opens only at the beginning of a cell, two of
    /// them in quotes are one.
    pub(super) fn part(&mut self, row: &str, delimiter: char) -> bool {
        self.text.clear();
        self.ends.clear();
        let mut rest = row.trim_end_matches(['\n', '\r']);
        loop {
            rest = match rest.strip_prefix('"') {
                Some(quoted) => match self.quoted(quoted) {
                    Some(rest) => rest,
                    None => return false,
                },
                None => rest,
            };
            let end = rest.find(delimiter);
            self.text.push_str(rest.get(..end.unwrap_or(rest.len())).unwrap_or(""));
            self.ends.push(self.text.len());
            match end.and_then(|end| rest.get(end + delimiter.len_utf8()..)) {
                Some(next) if self.ends.len() < COLUMNS => rest = next,
                _ => return true,
            }
        }
    }

    /// What is in quotes; gives what is after them.
    fn quoted<'a>(&mut self, mut rest: &'a str) -> Option<&'a str> {
        loop {
            let end = rest.find('"')?;
            self.text.push_str(rest.get(..end)?);
            rest = rest.get(end + 1..)?;
            match rest.strip_prefix('"') {
                Some(more) => {
                    self.text.push('"');
                    rest = more;
                }
                None => return Some(rest),
            }
        }
    }
}

/// The delimiter of a header: the sign that parts it into most cells.
pub(super) fn delimiter(header: &str) -> char {
    let mut cells = Cells::default();
    let mut best = (0, ',');
    for delimiter in [';', ',', '\t', '|'] {
        if cells.part(header, delimiter) && cells.ends.len() > best.0 {
            best = (cells.ends.len(), delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(row: &str) -> Option<Vec<String>> {
        let mut cells = Cells::default();
        cells.part(row, ',').then(|| cells.iter().map(str::to_owned).collect())
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_ends_of_lines() {
        assert_eq!(
            parted("a,\"b,c\",\"d\"\"e\",\r\n"),
            Some(vec!["a".into(), "b,c".into(), "d\"e".into(), String::new()])
        );
        assert_eq!(parted("\"a\nb\",c"), Some(vec!["a\nb".into(), "c".into()]));
        assert_eq!(parted("a,\"b"), None);
        assert_eq!(parted("Rue du 5\" régiment,b"), Some(vec!["Rue du 5\" régiment".into(), "b".into()]));
    }

    #[test]
    fn the_delimiter_is_what_parts_the_header_most() {
        assert_eq!(delimiter("id;numero;nom, complet"), ';');
        assert_eq!(delimiter("id\tnumero"), '\t');
        assert_eq!(delimiter("\"a;b\",c"), ',');
        assert_eq!(delimiter("a|b|c"), '|');
    }
}
