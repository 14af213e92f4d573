//! From a title to the part of a URL.

use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RawTokenizer, TextAnalyzer, TokenStream as _};

/// No slug is longer.
pub const LONGEST: usize = 80;

/// Lower-case ASCII of a text: accents dropped, ligatures opened (`Œuvre` → `oeuvre`).
pub fn fold(text: &str) -> String {
    let composed: String = text.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect();
    let mut analyzer =
        TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build();
    let mut stream = analyzer.token_stream(&composed);
    let folded = if stream.advance() { stream.token().text.as_str() } else { "" };
    // Some letters have no small form of their own, yet fold to a capital.
    folded.to_ascii_lowercase()
}

/// A title as a slug: figures and letters joined by hyphens, cut at a word when longer than [`LONGEST`].
/// A title without any letter or figure gives `sans-titre`.
pub fn slugify(title: &str) -> String {
    let mut slug = String::new();
    for word in fold(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.is_empty() {
            slug.push_str(&word[..word.len().min(LONGEST)]);
        } else if slug.len() + 1 + word.len() <= LONGEST {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    if slug.is_empty() { "sans-titre".to_owned() } else { slug }
}

/// Whether a text has the form of a slug.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The slug itself when it's free, else with the first free number: `budget-2`.
pub fn first_free(slug: &str, taken: &[String]) -> String {
    let is_free = |candidate: &str| !taken.iter().any(|t| t == candidate);
    if is_free(slug) {
        return slug.to_owned();
    }
    let mut number = 2_u64;
    loop {
        let suffix = format!("-{number}");
        let stem = slug[..slug.len().min(LONGEST - suffix.len())].trim_end_matches('-');
        let candidate = format!("{stem}{suffix}");
        if is_free(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn french_titles_become_slugs() {
        assert_eq!(slugify("Œuvres d’art à l'École — été 2023"), "oeuvres-d-art-a-l-ecole-ete-2023");
        assert_eq!(slugify("  Ça & là  "), "ca-la");
        assert_eq!(slugify("ÆÐ ß"), "aed-ss");
        assert_eq!(slugify("ꟽ"), "m", "a letter that folds to a capital");
        assert_eq!(slugify("???"), "sans-titre");
    }

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        let slug = slugify(&"subventions ".repeat(20));
        assert!(slug.len() <= LONGEST);
        assert!(slug.ends_with("subventions"));
    }

    #[test]
    fn a_taken_slug_gets_a_number() {
        let taken = ["budget".to_owned(), "budget-2".to_owned()];
        assert_eq!(first_free("budget", &taken), "budget-3");
        assert_eq!(first_free("arbres", &taken), "arbres");
    }

    #[test]
    fn a_numbered_slug_is_no_longer_than_others() {
        let long = "a".repeat(LONGEST);
        assert_eq!(first_free(&long, std::slice::from_ref(&long)).len(), LONGEST);
    }

    proptest! {
        #[test]
        fn any_title_gives_a_slug(title in "\\PC{0,200}") {
            prop_assert!(is_slug(&slugify(&title)));
        }

        #[test]
        fn a_slug_is_its_own_slug(title in "\\PC{0,200}") {
            let slug = slugify(&title);
            prop_assert_eq!(slugify(&slug), slug);
        }
    }
}
