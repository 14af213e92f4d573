//! Forms of text: addresses, identifiers, base 64.

/// An e-mail address: one `@`, atoms separated by dots or a quoted text before it, a domain name after it.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.split_once('@') else { return false };
    if domain.contains('@') || user.chars().count() > 64 || domain.chars().count() > 253 {
        return false;
    }
    is_user(user) && is_domain(domain)
}

fn is_user(user: &str) -> bool {
    if let Some(quoted) = user.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return quoted.chars().all(|c| is_latin(c) || (c.is_ascii() && !matches!(c, '"' | '\n' | '\r' | '\t' | ' ')));
    }
    let is_atom = |atom: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || is_latin(c) || "!#$%&'*+/=?^_`{}|~-".contains(c);
        !atom.is_empty() && atom.chars().all(known)
    };
    user.split('.').all(is_atom)
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{24f}')
}

/// Labels of letters, digits and hyphens; the last one ends with a letter and has two characters or more.
fn is_domain(domain: &str) -> bool {
    if domain.contains("__") {
        return false;
    }
    let mut labels: Vec<&str> = domain.split('.').collect();
    let Some(last) = labels.pop() else { return false };
    let is_letter = |c: char| c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphanumeric());
    let is_inner = |c: char| is_letter(c) || c.is_ascii_digit() || c == '-';
    let is_label = |label: &str| {
        let edge = |c: Option<char>| c.is_some_and(|c| is_inner(c) && c != '-');
        label.len() <= 63 && label.chars().all(is_inner) && edge(label.chars().next()) && edge(label.chars().last())
    };
    let is_last = last.chars().count() >= 2 && is_label(last) && last.chars().last().is_some_and(is_letter);
    is_last && !labels.is_empty() && labels.into_iter().all(is_label)
}

/// An address with a scheme. What follows it is the scheme's business, as for Frictionless.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-');
    scheme.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && scheme.bytes().all(is_inner)
}

/// 32 hexadecimal digits, with hyphens or without, maybe in braces or behind `urn:uuid:`, as Python reads them.
pub(crate) fn is_uuid(text: &str) -> bool {
    let rest = text.strip_prefix("urn:").unwrap_or(text);
    let rest = rest.strip_prefix("uuid:").unwrap_or(rest).trim_matches(['{', '}']);
    let digits = rest.bytes().filter(|byte| *byte != b'-');
    digits.clone().count() == 32 && digits.into_iter().all(|byte| byte.is_ascii_hexdigit())
}

/// Base 64 with its padding. Characters of no meaning are passed over, as by Python.
pub(crate) fn is_base64(text: &str) -> bool {
    if !text.is_ascii() {
        return false;
    }
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let (mut digits, mut padding) = (0usize, 0usize);
    for byte in text.as_bytes() {
        match byte {
            b'=' if digits % 4 >= 2 => {
                padding += 1;
                if digits % 4 + padding == 4 {
                    return true;
                }
            }
            byte if is_digit(byte) => {
                digits += 1;
                padding = 0;
            }
            _ => {}
        }
    }
    digits % 4 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses_are_told() {
        for text in ["mairie@ville-bram.fr", "a.b+c@exemple.co.uk", "élu@mairie.fr", "\"a\"@b.fr", "x@été.fr"] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "mairie",
            "a@b",
            "a@@b.fr",
            "a b@c.fr",
            ".a@b.fr",
            "a@-b.fr",
            "a@b..fr",
            "a@b.f",
            "a@b.123",
            "mailto:a@b.fr x",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn addresses_have_a_scheme() {
        assert!(is_uri("https://exemple.fr/a?b#c"));
        assert!(is_uri("urn:isbn:1"));
        assert!(!is_uri("www.exemple.fr"));
        assert!(!is_uri("1a:b"));
        assert!(!is_uri(""));
    }

    #[test]
    fn uuids_have_32_digits() {
        assert!(is_uuid("65d5b6c7-102c-4440-ac3b-768f708edc0a"));
        assert!(is_uuid("urn:uuid:65d5b6c7102c4440ac3b768f708edc0a"));
        assert!(!is_uuid("65d5b6c7-102c-4440-ac3b-768f708edc0"));
        assert!(!is_uuid("65d5b6c7-102c-4440-ac3b-768f708edc0g"));
    }

    #[test]
    fn base64_has_its_padding() {
        for text in ["", "YQ==", "YWI=", "YWJj", "YW Jj"] {
            assert!(is_base64(text), "{text}");
        }
        for text in ["Y", "YQ", "YQ=", "é"] {
            assert!(!is_base64(text), "{text}");
        }
    }
}
