//! A year, or an interval of years: `2019`, `2019/2020`.

use super::{Fault, Figures};

/// Whether a text is an interval of years, or a year where that is allowed.
#[must_use]
pub fn is_valid(text: &str, year_only: bool) -> bool {
    check(text, year_only).is_ok()
}

/// What is wrong with a text as an interval of years.
///
/// # Errors
/// [`Fault::Form`] when it is none; [`Fault::Empty`] and [`Fault::Reversed`] when the second year doesn't come after
/// the first.
pub fn check(text: &str, year_only: bool) -> Result<(), Fault> {
    let year = |text: &str| Figures::<4>::exact(text).map(|figures| figures.0).map_err(|_| Fault::Form);
    let Some((from, to)) = text.split_once('/') else {
        let year = year(text);
        return if year_only { year.map(drop) } else { Err(Fault::Form) };
    };
    match year(from)?.cmp(&year(to)?) {
        std::cmp::Ordering::Less => Ok(()),
        std::cmp::Ordering::Equal => Err(Fault::Empty),
        std::cmp::Ordering::Greater => Err(Fault::Reversed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_goes_forward() {
        assert_eq!(check("2019/2020", false), Ok(()));
        assert_eq!(check("2020/2020", false), Err(Fault::Empty));
        assert_eq!(check("2021/2020", false), Err(Fault::Reversed));
    }

    #[test]
    fn a_year_alone_is_accepted_only_where_it_is_allowed() {
        assert_eq!(check("2019", true), Ok(()));
        assert_eq!(check("2019", false), Err(Fault::Form));
    }

    #[test]
    fn anything_else_has_not_the_form() {
        for text in ["", "19", "2019-2020", "2019/20", "2019/2020/2021", "/", "2019 / 2020"] {
            assert_eq!(check(text, true), Err(Fault::Form), "{text}");
        }
    }
}
