//! Passports (`12AB34567`), identity cards (twelve digits, or nine characters since 2021), residence permits
//! (ten or twelve characters): forms too common to count without a header that speaks of them.

use super::marks::{Mark, Marks};

/// Marks of a cell of a column whose header says that it holds them.
pub(crate) fn marks(cell: &str) -> Marks {
    if has_form(cell) { Marks::of(&[Mark::IdentityDocument]) } else { Marks::NONE }
}

fn has_form(cell: &str) -> bool {
    let compact = cell.bytes().filter(|byte| !matches!(byte, b' ' | b'-'));
    let (mut length, mut digits, mut others) = (0, 0, 0);
    for byte in compact {
        length += 1;
        digits += u32::from(byte.is_ascii_digit());
        others += u32::from(!byte.is_ascii_alphanumeric());
    }
    others == 0 && digits >= 2 && matches!(length, 9 | 10 | 12)
}

/// The number, blotted out.
pub(crate) fn masked(cell: &str) -> String {
    if has_form(cell) {
        cell.chars().map(|character| if character.is_ascii_alphanumeric() { '*' } else { character }).collect()
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{has_form, masked};

    #[test]
    fn documents_have_their_lengths() {
        assert!(has_form("12AB34567") && has_form("880692310285") && has_form("X4RTBPFW4"));
        assert!(!has_form("oui") && !has_form("2020-05-01 10:00") && !has_form("ABCDEFGHI"));
        assert_eq!(masked("12AB34567"), "*********");
    }
}
