//! Coordinates: a latitude or a longitude, or both in one cell.

use super::marks::{Mark, Marks};

/// Decimals that make a coordinate precise: at three it still covers a hundred metres or so.
const COARSE_DECIMALS: usize = 3;

/// Marks of a cell of a column that holds coordinates by its header.
pub(crate) fn marks(cell: &str) -> Marks {
    match numbers(cell) {
        Some((one, None)) if is_precise(one) => Marks::of(&[Mark::Coordinate]),
        Some((one, Some(other))) if is_precise(one) && is_precise(other) => Marks::of(&[Mark::Position]),
        _ => Marks::NONE,
    }
}

/// The one or two numbers that the cell holds: `43.6,3.87`, `[3.87, 43.6]`, `POINT(3.87 43.6)`.
fn numbers(cell: &str) -> Option<(&str, Option<&str>)> {
    let inner = cell.trim().trim_start_matches("POINT").trim().trim_matches(['(', ')', '[', ']', '{', '}']).trim();
    if inner.matches(',').count() == 1 && !inner.contains('.') && !inner.contains(' ') {
        // A decimal comma.
        return is_number(inner).then_some((inner, None));
    }
    let mut parts = inner.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let one = parts.next().filter(|part| is_number(part))?;
    let other = parts.next();
    if parts.next().is_some() || other.is_some_and(|part| !is_number(part)) {
        return None;
    }
    Some((one, other))
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut points = 0;
    let sound = digits.bytes().all(|byte| {
        points += u32::from(matches!(byte, b'.' | b','));
        byte.is_ascii_digit() || matches!(byte, b'.' | b',')
    });
    sound && points <= 1 && digits.len() >= 2 && digits.as_bytes()[0].is_ascii_digit()
}

/// Degrees with more than three decimals, or metres of a projection (five digits or more before the point).
fn is_precise(number: &str) -> bool {
    let digits = number.trim_start_matches('-');
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    match whole.len() {
        1..=3 => decimals.trim_end_matches('0').len() > COARSE_DECIMALS,
        6 | 7 => !whole.ends_with("000") || !decimals.trim_end_matches('0').is_empty(),
        _ => false,
    }
}

/// Each number of the cell cut to so many decimals; metres of a projection are rounded down to a thousand.
pub(crate) fn coarser(cell: &str, decimals: u8) -> String {
    let Some((one, other)) = numbers(cell) else { return cell.to_owned() };
    let mut out = cell.replacen(one, &cut(one, decimals), 1);
    if let Some(other) = other
        && let Some(at) = out.rfind(other)
    {
        out.replace_range(at..at + other.len(), &cut(other, decimals));
    }
    out
}

fn cut(number: &str, decimals: u8) -> String {
    let whole = number.split(['.', ',']).next().unwrap_or(number);
    let digits = whole.trim_start_matches('-').len();
    if digits >= 6 {
        return format!("{}000", &whole[..whole.len() - 3]);
    }
    let Some(point) = number.find(['.', ',']) else { return number.to_owned() };
    let kept = usize::from(decimals);
    let end = if kept == 0 { point } else { (point + 1 + kept).min(number.len()) };
    number[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precise_coordinates_are_told_from_coarse_ones() {
        assert!(marks("43.611234").has(Mark::Coordinate));
        assert!(marks("-1,553621").has(Mark::Coordinate));
        assert!(marks("43.611234, 3.876716").has(Mark::Position));
        assert!(marks("[3.876716,43.611234]").has(Mark::Position));
        assert!(marks("POINT(3.876716 43.611234)").has(Mark::Position));
        assert!(marks("652469.02").has(Mark::Coordinate));
        for cell in ["43.611", "43", "12,50", "Bram", "652000", "43.6, 3.8"] {
            assert!(marks(cell).is_empty(), "{cell}");
        }
    }

    #[test]
    fn decimals_are_cut_not_invented() {
        assert_eq!(coarser("43.611234", 3), "43.611");
        assert_eq!(coarser("43.611234, 3.876716", 3), "43.611, 3.876");
        assert_eq!(coarser("43.611234,43.611234", 2), "43.61,43.61");
        assert_eq!(coarser("652469.02", 3), "652000");
        assert_eq!(coarser("inconnu", 3), "inconnu");
        assert_eq!(coarser("43.6", 3), "43.6");
    }
}
