//! French typography of the sentences in `locales/fr`: translators type ordinary spaces, readers get the right ones.

/// A space that doesn't break and is thin: before `;`, `!`, `?`, in numbers, inside guillemets.
pub const NARROW: char = '\u{202f}';
/// A space that doesn't break: before `:` and `%`.
pub const WIDE: char = '\u{a0}';

/// Replaces the ordinary spaces that French typography wants unbreakable. Text that already has them is unchanged.
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let space = match (character, characters.peek()) {
            (' ', Some(';' | '!' | '?' | '»')) => NARROW,
            (' ', Some(':' | '%' | '€')) => WIDE,
            _ => character,
        };
        out.push(space);
        if character == '«' && characters.peek() == Some(&' ') {
            characters.next();
            out.push(NARROW);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_before_high_signs_do_not_break() {
        assert_eq!(
            french("Prêt ? Oui ! « mot » : 5 %"),
            "Prêt\u{202f}? Oui\u{202f}! «\u{202f}mot\u{202f}»\u{a0}: 5\u{a0}%"
        );
    }

    #[test]
    fn applying_it_twice_changes_nothing() {
        let once = french("« a » : b ?");
        assert_eq!(french(&once), once);
    }
}
