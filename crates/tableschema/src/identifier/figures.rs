//! The figures of an identifier, on the stack.

use super::Fault;

/// Exactly `N` figures, each 0 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures<const N: usize>(pub [u8; N]);

impl<const N: usize> Figures<N> {
    /// Reads a text that is nothing but `N` figures.
    ///
    /// # Errors
    /// [`Fault::Characters`] when something else than a figure is met, else [`Fault::Length`].
    pub fn exact(text: &str) -> Result<Self, Fault> {
        let bytes: &[u8; N] = text.as_bytes().try_into().map_err(|_| width(text, N))?;
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(Fault::Characters);
        }
        Ok(Self(bytes.map(|byte| byte - b'0')))
    }

    /// Reads `N` figures as people write them: spaces of any width and dots are passed over.
    ///
    /// # Errors
    /// As [`Figures::exact`].
    pub fn written(text: &str) -> Result<Self, Fault> {
        // Nearly every cell is bare: the loop over characters is for the others.
        if text.len() == N
            && let Ok(figures) = Self::exact(text)
        {
            return Ok(figures);
        }
        let mut figures = [0; N];
        let mut found = 0;
        for character in text.chars().filter(|character| !is_separator(*character)) {
            let figure = u8::try_from(character.to_digit(10).ok_or(Fault::Characters)?).unwrap_or(0);
            if let Some(place) = figures.get_mut(found) {
                *place = figure;
            }
            found += 1;
        }
        if found == N { Ok(Self(figures)) } else { Err(Fault::Length { expected: N, found }) }
    }

    /// Whether all are zero.
    #[must_use]
    pub fn all_zero(&self) -> bool {
        self.0.iter().all(|figure| *figure == 0)
    }
}

/// What people put between the figures of a number.
pub(crate) fn is_separator(character: char) -> bool {
    character == '.' || character.is_whitespace() || crate::repair::is_invisible(character)
}

/// The fault of a text that hasn't the width of `expected` figures.
fn width(text: &str, expected: usize) -> Fault {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Fault::Length { expected, found: text.len() }
    } else {
        Fault::Characters
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bare_figures_are_read_exactly() {
        assert_eq!(Figures::<3>::exact("120").unwrap().0, [1, 2, 0]);
        assert_eq!(Figures::<3>::exact("12"), Err(Fault::Length { expected: 3, found: 2 }));
        assert_eq!(Figures::<3>::exact("1 2"), Err(Fault::Characters));
        assert_eq!(Figures::<3>::exact("é1"), Err(Fault::Characters));
    }

    #[test]
    fn spaces_and_dots_are_passed_over_in_what_people_write() {
        assert_eq!(Figures::<4>::written("1 2.3\u{a0}4").unwrap().0, [1, 2, 3, 4]);
        assert_eq!(Figures::<4>::written("12-34"), Err(Fault::Characters));
        assert_eq!(Figures::<4>::written("12 345"), Err(Fault::Length { expected: 4, found: 5 }));
    }
}
