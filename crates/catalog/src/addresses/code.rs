//! The four characters that stand for a street in the national interoperability key.
//!
//! The tax administration gives them: figures for ways, A for housing estates, B to W for lieux-dits, X for what only
//! looks like a way. A street that it doesn't know yet gets one that begins with Y or Z, which none of its own do: keys
//! keep their form, and the streets of a base stay apart.

use std::collections::HashSet;

use super::Street;

/// Codes that begin with Y or Z.
const PROVISIONAL: usize = 2_000;

/// Whether this is a code that says which street is meant.
pub fn is_known(code: &str) -> bool {
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) && code != "0000" && code != "xxxx"
}

/// The first provisional code that no street has; when all are taken, the one that says nothing.
pub fn free(taken: &HashSet<String>) -> String {
    let nth = |n: usize| format!("{}{:03}", if n < 1_000 { 'y' } else { 'z' }, n % 1_000);
    (0..PROVISIONAL).map(nth).find(|code| !taken.contains(code)).unwrap_or_else(|| "0000".to_owned())
}

/// Gives a code to the streets that have none.
pub fn assign(streets: &mut [Street]) {
    let mut taken: HashSet<String> = streets.iter().map(|street| street.code.clone()).collect();
    for street in streets.iter_mut().filter(|street| street.code.is_empty()) {
        street.code = free(&taken);
        taken.insert(street.code.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provisional_code_is_the_first_that_is_free() {
        let taken: HashSet<String> = (0..1_000).map(|n| format!("y{n:03}")).collect();
        assert_eq!(free(&HashSet::new()), "y000");
        assert_eq!(free(&taken), "z000");
        assert!(is_known("b012") && is_known("y000") && !is_known("xxxx") && !is_known("0000") && !is_known("123"));
    }
}
