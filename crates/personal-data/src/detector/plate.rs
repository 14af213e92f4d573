//! Number plates: `AA-123-AA` since 2009, `123 ABC 75` before.

use std::ops::Range;

use super::marks::{Mark, Marks};

/// Marks of a cell: the new form with its hyphens is met within text too, the others only alone.
pub(crate) fn marks(cell: &[u8]) -> Marks {
    let mut marks = Marks::NONE;
    if hyphenated(cell).next().is_some() {
        marks.add(Mark::Plate);
    } else if is_loose(cell) {
        marks.add(Mark::PlateLoose);
    }
    marks
}

/// Starts of `AA-123-AA` in the cell, standing alone.
fn hyphenated(cell: &[u8]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr_iter(b'-', cell).filter_map(move |hyphen| {
        let start = hyphen.checked_sub(2)?;
        let plate = cell.get(start..start + 9)?;
        let alone = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
        let before = start.checked_sub(1).and_then(|at| cell.get(at));
        (plate[6] == b'-'
            && has_letters_and_digits(&[&plate[..2], &plate[3..6], &plate[7..]])
            && alone(before)
            && alone(cell.get(start + 9)))
        .then_some(start)
    })
}

fn has_letters_and_digits(parts: &[&[u8]; 3]) -> bool {
    // I, O and U are never used: they look like 1, 0 and V.
    let letters = |part: &[u8]| {
        part.iter().all(|byte| byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'O' | b'U')) && part != b"SS"
    };
    letters(parts[0]) && parts[1].iter().all(u8::is_ascii_digit) && letters(parts[2])
}

/// The old form, or the new one without hyphens, as the whole cell.
fn is_loose(cell: &[u8]) -> bool {
    if !(6..=12).contains(&cell.len()) {
        return false;
    }
    let mut compact = [0_u8; 9];
    let mut length = 0;
    for byte in cell.iter().filter(|byte| !matches!(byte, b' ' | b'-')) {
        let Some(slot) = compact.get_mut(length) else { return false };
        *slot = byte.to_ascii_uppercase();
        length += 1;
    }
    let compact = &compact[..length];
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    if length == 7 && has_letters_and_digits(&[&compact[..2], &compact[2..5], &compact[5..]]) {
        return true;
    }
    let number = compact.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let letters = compact[number..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let mut department = &compact[number + letters..];
    if let [b'2', b'A' | b'B'] = department {
        department = b"20";
    }
    (1..=4).contains(&number) && (2..=3).contains(&letters) && (2..=3).contains(&department.len()) && digits(department)
}

/// Where the first one is, in bytes.
pub(crate) fn first(cell: &str) -> Option<Range<usize>> {
    let hyphenated = hyphenated(cell.as_bytes()).next().map(|start| start..start + 9);
    hyphenated.or_else(|| is_loose(cell.as_bytes()).then_some(0..cell.len()))
}

/// The cell without its plates.
pub(crate) fn masked(cell: &str) -> String {
    if is_loose(cell.trim().as_bytes()) {
        return String::new();
    }
    let mut out = String::with_capacity(cell.len());
    let mut done = 0;
    for start in hyphenated(cell.as_bytes()) {
        out.push_str(&cell[done..start]);
        done = start + 9;
    }
    out.push_str(&cell[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_known() {
        assert!(marks(b"AB-123-CD").has(Mark::Plate));
        assert!(marks("véhicule AB-123-CD gris".as_bytes()).has(Mark::Plate));
        for cell in ["AB 123 CD", "AB123CD", "123 ABC 75", "1234 AB 34", "12 AB 2A"] {
            assert!(marks(cell.as_bytes()).has(Mark::PlateLoose), "{cell}");
        }
    }

    #[test]
    fn codes_are_not() {
        for cell in
            ["AB-123-CDE", "XAB-123-CD", "IO-123-UU", "ab-123-cd", "75001", "12345", "REF-123-AB-4", "1-AB-123-CD"]
        {
            assert!(!marks(cell.as_bytes()).has(Mark::Plate), "{cell}");
        }
        assert!(marks(b"2023-01-01").is_empty());
    }

    #[test]
    fn a_plate_is_emptied() {
        assert_eq!((masked("AB-123-CD"), masked("gris AB-123-CD.")), (String::new(), "gris .".to_owned()));
    }
}
