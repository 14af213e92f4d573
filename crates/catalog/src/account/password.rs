//! What a password must be like, and how it is kept.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::error::{Error, Result};

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most bytes: hashing a longer text would only cost time.
pub const LONGEST: usize = 1_000;

/// Long passwords that many people choose, in lower case, one a line.
static COMMON: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut lines: Vec<_> = include_str!("../../registry/common_passwords.txt").lines().collect();
    lines.sort_unstable();
    lines
});

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST`] bytes.
    TooLong,
    /// Many people choose it, or it repeats a few characters.
    Common,
    /// It is the person's own address or name.
    Personal,
}

impl Weakness {
    /// A stable name, for sentences: `too-short`.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Common => "common",
            Self::Personal => "personal",
        }
    }

    fn detail(self) -> String {
        match self {
            Self::TooShort => format!("is too short: at least {SHORTEST} characters"),
            Self::TooLong => format!("is too long: at most {LONGEST} bytes"),
            Self::Common => "is one that many people choose: take another".to_owned(),
            Self::Personal => "is the person's own address or name: take another".to_owned(),
        }
    }
}

/// What is wrong with a password, for a person with this address and this name.
pub fn weakness(password: &str, email: &str, name: &str) -> Option<Weakness> {
    if password.len() > LONGEST {
        return Some(Weakness::TooLong);
    }
    if password.chars().count() < SHORTEST {
        return Some(Weakness::TooShort);
    }
    let plain = password.to_lowercase();
    if COMMON.binary_search(&plain.as_str()).is_ok() || is_repetition(&plain) || is_sequence(&plain) {
        return Some(Weakness::Common);
    }
    let own = [email, email.split('@').next().unwrap_or_default(), name];
    let rest = own
        .into_iter()
        .map(str::to_lowercase)
        .filter(|text| text.chars().count() > 3)
        .fold(plain, |rest, text| rest.replace(&text, ""));
    // What is left beside one's own name has to be worth something by itself.
    (rest.chars().count() < SHORTEST / 2).then_some(Weakness::Personal)
}

/// Few different characters: `aaaaaaaaaaaa`, `abcabcabcabc`.
fn is_repetition(text: &str) -> bool {
    let mut different: Vec<char> = text.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() < 5
}

/// Characters that follow one another: `abcdefghijkl`, `210987654321`.
fn is_sequence(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|character| i64::from(u32::from(character))).collect();
    let steps = codes.windows(2).filter(|pair| (pair[1] - pair[0]).abs() == 1).count();
    steps * 5 >= codes.len() * 4
}

/// Checks and hashes.
pub(crate) async fn hash(password: String, email: &str, name: &str) -> Result<String> {
    if let Some(weakness) = weakness(&password, email, name) {
        return Err(Error::invalid("password", weakness.detail()));
    }
    let hashed = tokio::task::spawn_blocking(move || Argon2::default().hash_password(password.as_bytes())).await?;
    let hashed = hashed.map_err(|error| Error::Record(format!("password: {error}")))?;
    Ok(hashed.to_string())
}

/// Whether the password is the one that was hashed. Without a hash the same work is done, so that time doesn't tell
/// which addresses have an account.
pub(crate) async fn verify(known: Option<String>, password: &str) -> Result<bool> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    let password = password.to_owned();
    Ok(tokio::task::spawn_blocking(move || matches(known.as_deref(), &password)).await?)
}

fn matches(known: Option<&str>, password: &str) -> bool {
    let argon = Argon2::default();
    match known.and_then(|hash| PasswordHash::new(hash).ok()) {
        Some(hash) => argon.verify_password(password.as_bytes(), &hash).is_ok(),
        None => {
            let _same_time = argon.hash_password(password.as_bytes());
            false
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<Weakness> {
        weakness(password, "marie.durand@example.org", "Marie Durand")
    }

    #[test]
    fn a_long_sentence_is_strong() {
        for strong in ["correct cheval pile agrafe", "Zx8!kd93-lq0", "les poules du couvent", "été à Carcassonne"] {
            assert_eq!(weak(strong), None, "{strong}");
        }
    }

    #[test]
    fn short_common_repeated_and_personal_ones_are_refused() {
        assert_eq!(weak("éléphants12"), Some(Weakness::TooShort));
        assert_eq!(weak(&"é".repeat(501)), Some(Weakness::TooLong));
        for common in
            ["MotDePasse123", "azertyuiop123", "aaaaaaaaaaaaaa", "abcabcabcabc", "abcdefghijklm", "987654321098"]
        {
            assert_eq!(weak(common), Some(Weakness::Common), "{common}");
        }
        for own in ["marie.durand@example.org", "Marie.Durand2024", "Marie Durand!"] {
            assert_eq!(weak(own), Some(Weakness::Personal), "{own}");
        }
    }

    #[test]
    fn every_common_password_would_otherwise_be_long_enough() {
        assert!(COMMON.len() > 100);
        for line in COMMON.iter() {
            assert!(line.chars().count() >= SHORTEST && *line == line.to_lowercase(), "{line}");
        }
    }

    #[tokio::test]
    async fn only_the_password_itself_matches_its_hash() {
        let hashed = hash("correct cheval pile agrafe".to_owned(), "a@b.fr", "").await.unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify(Some(hashed.clone()), "correct cheval pile agrafe").await.unwrap());
        assert!(!verify(Some(hashed), "correct cheval pile agrafes").await.unwrap());
        assert!(!verify(None, "correct cheval pile agrafe").await.unwrap());
    }
}
