//! Dates and times by a pattern of `strptime`, as Python reads them.

use super::{
    calendar::{days, two},
    iso::DAY,
};

/// Parts of a pattern at most; a real one has a dozen.
const MOST_PARTS: usize = 64;
/// Steps of the search for one cell. Each directive reads one or two lengths, so that a pattern without separators
/// could otherwise try very many.
const MOST_STEPS: u32 = 20_000;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
    fixed: Option<Fixed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Directive(u8),
    Space,
    Literal(char),
}

/// A pattern of two-digit days and months, four-digit years and separators, read without search.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fixed {
    /// The directive at each byte (`0` after its first), or the separator.
    bytes: Vec<(u8, bool)>,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    year: i32,
    month: u32,
    day: u32,
    day_of_year: Option<u32>,
    hour: u32,
    minute: u32,
    second: u32,
    micros: u32,
    afternoon: Option<bool>,
    zone_seconds: i64,
}

const NOTHING: Parts = Parts {
    year: 1900,
    month: 1,
    day: 1,
    day_of_year: None,
    hour: 0,
    minute: 0,
    second: 0,
    micros: 0,
    afternoon: None,
    zone_seconds: 0,
};

impl Pattern {
    /// Compiles a pattern; `None` when it has a directive that doesn't exist, or one twice.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        let mut parts = Vec::new();
        parse(pattern, &mut parts)?;
        let mut seen = [false; 256];
        for part in &parts {
            if let Part::Directive(directive) = part
                && std::mem::replace(&mut seen[usize::from(*directive)], true)
            {
                return None;
            }
        }
        let fixed = Fixed::new(&parts);
        (parts.len() <= MOST_PARTS).then_some(Self { parts, fixed })
    }

    /// Whether the bytes are beyond doubt a date of this pattern; quick, and never wrong when it says yes.
    #[inline]
    pub(crate) fn is_plain_date(&self, cell: &[u8]) -> bool {
        self.fixed.as_ref().is_some_and(|fixed| fixed.accepts(cell))
    }

    /// Microseconds since 1970-01-01 (of 1900-01-01 where the pattern has no date), UTC.
    pub(crate) fn read(&self, text: &str) -> Option<i64> {
        let mut steps = 0;
        self.search(0, text, NOTHING, &mut steps)?.micros()
    }

    fn search(&self, at: usize, text: &str, parts: Parts, steps: &mut u32) -> Option<Parts> {
        *steps += 1;
        if *steps > MOST_STEPS {
            return None;
        }
        let Some(part) = self.parts.get(at) else {
            return text.is_empty().then_some(parts);
        };
        match part {
            Part::Space => {
                let rest = text.trim_start();
                if rest.len() == text.len() { None } else { self.search(at + 1, rest, parts, steps) }
            }
            Part::Literal(expected) => {
                let first = text.chars().next()?;
                let same = first == *expected || first.to_lowercase().eq(expected.to_lowercase());
                if same { self.search(at + 1, &text[first.len_utf8()..], parts, steps) } else { None }
            }
            Part::Directive(directive) => candidates(*directive, text).into_iter().flatten().find_map(|length| {
                let (taken, rest) = text.split_at_checked(length)?;
                self.search(at + 1, rest, parts.with(*directive, taken)?, steps)
            }),
        }
    }
}

fn parse(pattern: &str, parts: &mut Vec<Part>) -> Option<()> {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            if parts.last() != Some(&Part::Space) {
                parts.push(Part::Space);
            }
        } else if c != '%' {
            parts.push(Part::Literal(c));
        } else {
            match chars.next()? {
                '%' => parts.push(Part::Literal('%')),
                // In the locale C.
                'c' => parse("%a %b %d %H:%M:%S %Y", parts)?,
                'x' => parse("%m/%d/%y", parts)?,
                'X' => parse("%H:%M:%S", parts)?,
                directive if "aAbBpdfHIjmMSUWwuVGyYzZ".contains(directive) => {
                    parts.push(Part::Directive(directive as u8));
                }
                _ => return None,
            }
        }
    }
    Some(())
}

/// 31 December 2024, 14:30:05, as a pattern writes it.
pub(crate) fn example(pattern: &str) -> String {
    let mut example = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let directive = if c == '%' { chars.next() } else { None };
        let Some(directive) = directive else {
            example.push(c);
            continue;
        };
        example.push_str(match directive {
            'a' => "Tue",
            'A' => "Tuesday",
            'b' => "Dec",
            'B' => "December",
            'd' => "31",
            'f' => "250000",
            'H' => "14",
            'I' => "02",
            'j' => "366",
            'm' => "12",
            'M' => "30",
            'p' => "PM",
            'S' => "05",
            'y' => "24",
            'Y' | 'G' => "2024",
            'z' => "+0100",
            'Z' => "UTC",
            'U' | 'W' => "52",
            'V' => "01",
            'u' | 'w' => "2",
            'c' => "Tue Dec 31 14:30:05 2024",
            'x' => "12/31/24",
            'X' => "14:30:05",
            _ => "%",
        });
    }
    example
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Lengths that a directive may take from the front of a text, the one that Python tries first being first.
fn candidates(directive: u8, text: &str) -> [Option<usize>; 3] {
    let digits = text.bytes().take(6).take_while(u8::is_ascii_digit).count();
    // Three lengths are enough for all but fractions of a second, whose end no digit follows in practice.
    let upto = |most: usize| {
        let longest = digits.min(most);
        [0, 1, 2].map(|fewer| longest.checked_sub(fewer).filter(|length| *length > 0))
    };
    let exactly = |count: usize| [(digits >= count).then_some(count), None, None];
    let name = |names: &[&str], short: bool| {
        let is = |name: &str| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let found = names.iter().map(|name| if short { &name[..3] } else { name }).find(|name| is(name));
        [found.map(str::len), None, None]
    };
    match directive {
        b'Y' | b'G' => exactly(4),
        b'y' => exactly(2),
        b'd' if text.starts_with(' ') => {
            [Some(2).filter(|_| text.as_bytes().get(1).is_some_and(u8::is_ascii_digit)), None, None]
        }
        b'j' => upto(3),
        b'f' => upto(6),
        b'w' | b'u' => exactly(1),
        b'a' => name(&WEEKDAYS, true),
        b'A' => name(&WEEKDAYS, false),
        b'b' => name(&MONTHS, true),
        b'B' => name(&MONTHS, false),
        b'p' => name(&["am", "pm"], false),
        b'Z' => name(&["utc", "gmt"], false),
        b'z' => [zone_length(text), None, None],
        _ => upto(2),
    }
}

/// `Z`, `+0100`, `+01:00`, `+01:00:30.5`
fn zone_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'Z') {
        return Some(1);
    }
    let is_sign = matches!(bytes.first(), Some(b'+' | b'-'));
    let pair = |at: usize| bytes.get(at..at + 2).and_then(two);
    if !is_sign || pair(1).is_none() {
        return None;
    }
    let minutes = if bytes.get(3) == Some(&b':') { 4 } else { 3 };
    pair(minutes).filter(|minutes| *minutes < 60)?;
    let seconds = minutes + 2 + usize::from(bytes.get(minutes + 2) == Some(&b':'));
    match pair(seconds).filter(|seconds| *seconds < 60) {
        Some(_) => Some(seconds + 2),
        None => Some(minutes + 2),
    }
}

impl Parts {
    /// With what a directive took; `None` when it is out of its range.
    fn with(mut self, directive: u8, taken: &str) -> Option<Self> {
        let number = || taken.trim_start().parse::<u32>().ok();
        let within = |low: u32, high: u32| number().filter(|number| (low..=high).contains(number));
        match directive {
            b'Y' | b'G' => self.year = number()? as i32,
            b'y' => self.year = number().map(|year| if year <= 68 { 2000 + year } else { 1900 + year })? as i32,
            b'm' => self.month = within(1, 12)?,
            b'd' => self.day = within(1, 31)?,
            b'H' => self.hour = within(0, 23)?,
            b'I' => self.hour = within(1, 12)?,
            b'M' => self.minute = within(0, 59)?,
            b'S' => self.second = within(0, 61)?,
            b'f' => self.micros = number()? * 10u32.pow(6 - taken.len() as u32),
            b'j' => self.day_of_year = Some(within(1, 366)?),
            b'b' | b'B' => self.month = month(taken)?,
            b'p' => self.afternoon = Some(taken.eq_ignore_ascii_case("pm")),
            b'U' | b'W' => _ = within(0, 53)?,
            b'V' => _ = within(1, 53)?,
            b'w' => _ = within(0, 6)?,
            b'u' => _ = within(1, 7)?,
            b'z' => self.zone_seconds = zone_seconds(taken),
            _ => {}
        }
        Some(self)
    }

    fn micros(self) -> Option<i64> {
        let day = match self.day_of_year {
            Some(number) => days(self.year, 1, 1)? + number as i32 - 1,
            None => days(self.year, self.month, self.day)?,
        };
        let hour = match self.afternoon {
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
            None => self.hour,
        };
        if self.second > 59 {
            return None;
        }
        let seconds = i64::from(hour * 3600 + self.minute * 60 + self.second) - self.zone_seconds;
        Some(i64::from(day) * DAY + seconds * 1_000_000 + i64::from(self.micros))
    }
}

fn month(name: &str) -> Option<u32> {
    let lower = name.to_ascii_lowercase();
    MONTHS.iter().position(|month| month.starts_with(&lower)).map(|index| index as u32 + 1)
}

fn zone_seconds(taken: &str) -> i64 {
    let digits: Vec<u32> = taken.bytes().filter(u8::is_ascii_digit).map(|digit| u32::from(digit - b'0')).collect();
    let pairs = digits.chunks_exact(2).map(|pair| i64::from(pair[0] * 10 + pair[1]));
    let seconds = pairs.zip([3600, 60, 1]).map(|(number, unit)| number * unit).sum::<i64>();
    if taken.starts_with('-') { -seconds } else { seconds }
}

impl Fixed {
    fn new(parts: &[Part]) -> Option<Self> {
        let mut bytes = Vec::new();
        for part in parts {
            match part {
                Part::Directive(b'Y') => bytes.extend([(b'Y', true), (0, true), (0, true), (0, true)]),
                Part::Directive(directive @ (b'm' | b'd')) => bytes.extend([(*directive, true), (0, true)]),
                Part::Literal(c) if c.is_ascii() && !c.is_ascii_alphanumeric() => bytes.push((*c as u8, false)),
                _ => return None,
            }
        }
        Some(Self { bytes })
    }

    fn accepts(&self, cell: &[u8]) -> bool {
        if cell.len() != self.bytes.len() {
            return false;
        }
        let (mut year, mut month, mut day) = (1900, 1, 1);
        for (index, (byte, (expected, is_directive))) in cell.iter().zip(&self.bytes).enumerate() {
            match (expected, is_directive) {
                (separator, false) if separator != byte => return false,
                (_, true) if !byte.is_ascii_digit() => return false,
                (b'Y', true) => year = super::calendar::four(&cell[index..index + 4]).unwrap_or(0),
                (b'm', true) => month = two(&cell[index..index + 2]).unwrap_or(0),
                (b'd', true) => day = two(&cell[index..index + 2]).unwrap_or(0),
                _ => {}
            }
        }
        year > 0 && ((1..=12).contains(&month) && (1..=28).contains(&day) || days(year, month, day).is_some())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pattern: &str, text: &str) -> Option<i64> {
        Pattern::new(pattern).unwrap().read(text)
    }

    #[test]
    fn patterns_are_read_as_python_reads_them() {
        for (pattern, text, expected) in [
            ("%d/%m/%Y", "02/01/1970", Some(DAY)),
            ("%d/%m/%Y", "2/1/1970", Some(DAY)),
            ("%d/%m/%Y", "31/02/1970", None),
            ("%d%m%Y", "211970", Some(DAY)),
            ("%Y", "1971", Some(365 * DAY)),
            ("%Y", "71", None),
            ("%d %B %Y", "2 January  1970", Some(DAY)),
            ("%d-%b-%y", "02-jan-70", Some(DAY)),
            ("%Y-%m-%d %H:%M", "1970-01-01 01:30", Some(5_400_000_000)),
            ("%Y-%m-%dT%H:%M:%S%z", "1970-01-01T01:00:00+01:00", Some(0)),
            ("%Y-%m-%dT%H:%M:%S%z", "1970-01-01T00:00:00Z", Some(0)),
            ("%Y %j", "1970 002", Some(DAY)),
            ("%I:%M %p %Y", "12:00 AM 1970", Some(0)),
            ("%H:%M:%S.%f %Y", "00:00:00.5 1970", Some(500_000)),
            ("%d/%m/%Y", "02/01/1970 ", None),
            ("%d/%m/%Y", "", None),
        ] {
            assert_eq!(read(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn an_example_is_read_by_its_pattern() {
        for pattern in ["%d/%m/%Y", "%Y", "%d %B %Y à %Hh%M", "%c", "%x %X", "%Y-%jT%I:%M:%S.%f %p %z %Z"] {
            assert!(read(pattern, &example(pattern)).is_some(), "{pattern} {}", example(pattern));
        }
    }

    #[test]
    fn a_pattern_that_python_refuses_is_refused() {
        for pattern in ["%Q", "%", "%d%d"] {
            assert_eq!(Pattern::new(pattern), None, "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_never_accepts_more(text in "[0-9]{2}[/-][0-9]{2}/[0-9]{4}") {
            let pattern = Pattern::new("%d/%m/%Y").unwrap();
            if pattern.is_plain_date(text.as_bytes()) {
                prop_assert!(pattern.read(&text).is_some());
            }
        }

        #[test]
        fn neither_pattern_nor_text_makes_it_stop(pattern in "(%[a-zA-Z%]|[ /:é-]){0,12}", text in "[0-9a-zA-Z /:+é-]{0,30}") {
            if let Some(pattern) = Pattern::new(&pattern) {
                let _moment = (pattern.read(&text), pattern.is_plain_date(text.as_bytes()));
            }
        }
    }
}
