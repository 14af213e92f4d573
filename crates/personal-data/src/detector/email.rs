//! E-mail addresses: of a service, of a person at an organisation, of a person at a public provider.

use std::ops::Range;

use memchr::memchr_iter;

use super::marks::{Mark, Marks};
use crate::vocabulary::Vocabulary;

/// Longest local part and domain, in bytes (RFC 5321, section 4.5.3.1).
const LONGEST_LOCAL: usize = 64;
const LONGEST_DOMAIN: usize = 255;

/// Marks of a cell.
pub(crate) fn marks(cell: &str) -> Marks {
    let mut marks = Marks::NONE;
    for (start, end) in addresses(cell.as_bytes()) {
        marks.add(kind(&cell[start..end]));
    }
    marks
}

/// First and past-the-last byte of each address.
fn addresses(cell: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    memchr_iter(b'@', cell).filter_map(|at| {
        let local = cell[..at].iter().rev().take(LONGEST_LOCAL + 1).take_while(|byte| is_local(**byte)).count();
        let domain = cell[at + 1..].iter().take(LONGEST_DOMAIN).take_while(|byte| is_domain(**byte)).count();
        let mut end = at + 1 + domain;
        while end > at + 1 && matches!(cell[end - 1], b'.' | b'-') {
            end -= 1;
        }
        let domain = &cell[at + 1..end];
        let top = domain.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
        let dotted = domain.len() > top.len() + 1 && top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic);
        ((1..=LONGEST_LOCAL).contains(&local) && dotted && !domain.windows(2).any(|pair| pair == b".."))
            .then_some((at - local, end))
    })
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'\'')
}

fn is_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

fn kind(address: &str) -> Mark {
    let address = address.to_ascii_lowercase();
    let (local, domain) = address.split_once('@').unwrap_or((&address, ""));
    let vocabulary = Vocabulary::get();
    if vocabulary.webmails.contains(domain) {
        // `mairie.bram@wanadoo.fr` is still a town's.
        return if is_service(local, vocabulary) { Mark::EmailFunctional } else { Mark::EmailWebmail };
    }
    if names_person(local, vocabulary) { Mark::EmailNominative } else { Mark::EmailFunctional }
}

/// Whether one of the words of the local part is the name of a service.
fn is_service(local: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.mailboxes.contains(local)
        || words(local).any(|word| vocabulary.mailboxes.contains(word) || starts_as_service(word, vocabulary))
}

/// `mairiebram`: the name of a service of five letters or more begins the word.
fn starts_as_service(word: &str, vocabulary: &Vocabulary) -> bool {
    (5..word.len()).any(|end| word.is_char_boundary(end) && vocabulary.mailboxes.contains(&word[..end]))
}

/// `prenom.nom`, `p.nom`, `nom-prenom`, or a lone first name.
fn names_person(local: &str, vocabulary: &Vocabulary) -> bool {
    if is_service(local, vocabulary) {
        return false;
    }
    let words: Vec<&str> = words(local).collect();
    let is_name = |word: &str| {
        let upper = word.to_ascii_uppercase();
        vocabulary.first_names.contains(upper.as_str()) || vocabulary.last_names.contains(upper.as_str())
    };
    match words.as_slice() {
        [] => false,
        [one] => is_name(one),
        [initial, rest @ ..] if initial.len() == 1 => {
            rest.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        }
        several => several.iter().any(|word| is_name(word)),
    }
}

fn words(local: &str) -> impl Iterator<Item = &str> {
    local.split(|character: char| !character.is_ascii_alphabetic()).filter(|word| !word.is_empty())
}

/// Where the first one is, in bytes.
pub(crate) fn first(cell: &str) -> Option<Range<usize>> {
    addresses(cell.as_bytes()).next().map(|(start, end)| start..end)
}

/// The cell whose addresses keep their domain only.
pub(crate) fn masked(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut done = 0;
    for (start, end) in addresses(cell.as_bytes()) {
        if start < done {
            continue;
        }
        let domain = cell[start..end].split_once('@').map_or("", |(_, domain)| domain);
        out.push_str(&cell[done..start]);
        out.push_str("…@");
        out.push_str(domain);
        done = end;
    }
    out.push_str(&cell[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_told_from_persons() {
        for (cell, mark) in [
            ("contact@mairie-bram.fr", Mark::EmailFunctional),
            ("mairie.bram@wanadoo.fr", Mark::EmailFunctional),
            ("mairiebram@orange.fr", Mark::EmailFunctional),
            ("voirie@ville-limoux.fr", Mark::EmailFunctional),
            ("sophie.durand@ville-limoux.fr", Mark::EmailNominative),
            ("s.durandet@ville-limoux.fr", Mark::EmailNominative),
            ("titi11@gmail.com", Mark::EmailWebmail),
            ("Écrire à sophie.durand@orange.fr, merci", Mark::EmailWebmail),
        ] {
            assert_eq!(marks(cell), Marks::of(&[mark]), "{cell}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for cell in ["@bram", "a@b", "twitter: @ville_bram", "x@y..fr", "5 @ 3,50", "…@orange.fr", "a@1.2"] {
            assert!(marks(cell).is_empty(), "{cell}");
        }
    }

    #[test]
    fn the_domain_stays() {
        assert_eq!(masked("a.b@orange.fr; c@d.fr."), "…@orange.fr; …@d.fr.");
        assert_eq!(masked("rien"), "rien");
    }
}
