//! What a cell looks like, well enough to tell a header from data. Typing reads values; this only guesses.

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing but white space.
    Empty,
    /// A whole number that could be a year: headers have them too.
    Year,
    /// Any other number, maybe with a unit.
    Number,
    /// A day, maybe with a time.
    Date,
    /// An address of the Web or of e-mail.
    Address,
    /// Anything else.
    Text,
}

impl Look {
    /// The look of a cell.
    pub(crate) fn of(cell: &str) -> Self {
        let cell = cell.trim();
        if cell.is_empty() {
            Self::Empty
        } else if is_year(cell) {
            Self::Year
        } else if is_date(cell) {
            Self::Date
        } else if is_number(cell) {
            Self::Number
        } else if is_address(cell) {
            Self::Address
        } else {
            Self::Text
        }
    }

    /// Whether a header rarely looks so.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Address)
    }

    /// Whether two cells of one column may look so.
    pub(crate) fn agrees(self, other: Self) -> bool {
        self == other || (self.is_numeric() && other.is_numeric())
    }

    /// Whether it is a number of any kind.
    pub(crate) fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Year)
    }
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && matches!(cell.parse::<u16>(), Ok(1800..=2100))
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim_end_matches(['%', '€', ' ', '\u{a0}', '\u{202f}']);
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell).trim_start();
    let mut separators = 0;
    let mut exponent = false;
    let mut any = false;
    for character in digits.chars() {
        match character {
            '0'..='9' => any = true,
            ' ' | '\u{a0}' | '\u{202f}' | '\'' if any => {}
            '.' | ',' => separators += 1,
            'e' | 'E' if any && !exponent => exponent = true,
            '-' | '+' if exponent => {}
            _ => return false,
        }
    }
    any && separators <= 2
}

fn is_date(cell: &str) -> bool {
    let day = cell.split(['T', ' ']).next().unwrap_or(cell);
    ['-', '/', '.'].iter().any(|&separator| {
        let parts: Vec<&str> = day.split(separator).collect();
        let digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        parts.len() == 3
            && digits
            && (parts[0].len() == 4 || parts[2].len() == 4 || parts[2].len() == 2)
            && parts[1].len() <= 2
    })
}

fn is_address(cell: &str) -> bool {
    cell.starts_with("http://")
        || cell.starts_with("https://")
        || (cell.contains('@') && cell.contains('.') && !cell.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_and_plain_numbers_are_numbers() {
        for cell in ["12", "-3,5", "1 063 850,00", "12.5 %", "45 €", "1e-5", "43.61"] {
            assert_eq!(Look::of(cell), Look::Number, "{cell}");
        }
    }

    #[test]
    fn headers_are_text_and_years_are_apart() {
        for cell in ["Nom", "1er trimestre", "/oo 2013", "A-1", "e", "2000-2013"] {
            assert_eq!(Look::of(cell), Look::Text, "{cell}");
        }
        assert_eq!(Look::of("2013"), Look::Year);
    }

    #[test]
    fn days_are_dates_with_or_without_a_time() {
        for cell in ["2024-01-31", "31/01/2024", "31.01.2024", "31/01/24", "2024-01-31T10:00:00"] {
            assert_eq!(Look::of(cell), Look::Date, "{cell}");
        }
    }
}
