//! Identifiers that a spreadsheet wrote as powers of ten: `1.3002526500013E13`.

use super::{Suggestion, Target, code::RepairCode, leading_zeros};
use crate::model::FieldKind;

/// The figures of the identifier, if all of them are still there; else what says that they are lost.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    // In a column of numbers, it is a number.
    if !target.is_text() && !matches!(target.field.kind, FieldKind::Integer(_)) {
        return None;
    }
    let (figures, complete) = match figures(cell)? {
        Figures::All(figures) => (figures, true),
        Figures::Padded(figures) => (figures, false),
        Figures::Lost => {
            return Some(Suggestion { code: RepairCode::ScientificLost, after: cell.to_owned(), certain: false });
        }
    };
    let (after, certain) = match target.accepts(&figures) {
        true => (figures, true),
        false => leading_zeros::restored(&figures, target)?,
    };
    let certain = certain && (complete || target.key_holds(&after));
    Some(Suggestion { code: RepairCode::Scientific, after, certain })
}

/// What a power of ten still says.
#[derive(Debug, PartialEq, Eq)]
enum Figures {
    /// Each figure.
    All(String),
    /// So many that the others must be zeros, which are not written.
    Padded(String),
    /// Only the first ones.
    Lost,
}

fn figures(cell: &str) -> Option<Figures> {
    if cell.len() > 40 {
        return None;
    }
    let (mantissa, exponent) = cell.split_once(['E', 'e'])?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let formed = (1..=2).contains(&exponent.len()) && exponent.bytes().all(|byte| byte.is_ascii_digit());
    let exponent: usize = formed.then(|| exponent.parse().ok()).flatten()?;
    let (first, rest) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let formed = first.len() == 1 && first.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    // `2E5` may be a building or a model: powers of ten of spreadsheets begin at 10^9 or so.
    if !formed || exponent < 5 {
        return None;
    }
    match rest.len() {
        width if width == exponent => Some(Figures::All(format!("{first}{rest}"))),
        // Programs write what they know; only a narrow column of a spreadsheet cuts, and to far fewer figures.
        width if width < exponent && width >= 10 => Some(Figures::Padded(format!("{first}{rest:0<exponent$}"))),
        width if width < exponent => Some(Figures::Lost),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_are_all_there_are_restored() {
        assert_eq!(figures("1.3002526500013E13"), Some(Figures::All("13002526500013".to_owned())));
        assert_eq!(figures("1,3002526500013E+13"), Some(Figures::All("13002526500013".to_owned())));
    }

    #[test]
    fn zeros_at_the_end_are_not_written() {
        assert_eq!(figures("2.111007630001E13"), Some(Figures::Padded("21110076300010".to_owned())));
    }

    #[test]
    fn figures_that_were_thrown_away_are_lost() {
        assert_eq!(figures("2,11101E+13"), Some(Figures::Lost));
        assert_eq!(figures("7E+13"), Some(Figures::Lost));
    }

    #[test]
    fn what_is_no_power_of_ten_is_none() {
        for text in ["12E3", "E13", "1.3E", "2E5X", "AE13", "", "3E4", "1.300252650001334E13"] {
            assert_eq!(figures(text), None, "{text}");
        }
    }
}
