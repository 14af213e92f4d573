//! Secrets that the program makes: 256 random bits, of which only a hash is kept.

use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// A new secret: 64 hexadecimal figures.
pub fn generate() -> Result<String> {
    let mut bytes = [0; 32];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| Error::Record("the system gives no random bytes".to_owned()))?;
    Ok(hexadecimal(&bytes))
}

/// Whether a text has the form of a secret: what hasn't is not looked up.
pub fn is_secret(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A secret has 256 random bits: a plain hash of it can't be searched.
pub fn hash(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        text
    })
}
