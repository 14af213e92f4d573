//! White space as files have it, no-break spaces included.

/// Takes off spaces, tabs, line ends, no-break and narrow no-break spaces, and byte order marks from both ends.
#[must_use]
pub(crate) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let Some(width) = leading(bytes) {
        bytes = &bytes[width..];
    }
    while let Some(width) = trailing(bytes) {
        bytes = &bytes[..bytes.len() - width];
    }
    bytes
}

/// Whether the cell holds nothing but white space.
#[must_use]
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    match bytes.first() {
        None => true,
        Some(byte) if byte.is_ascii_graphic() => false,
        Some(_) => trim(bytes).is_empty(),
    }
}

/// The wide spaces: no-break, thin, narrow no-break, byte order mark.
const WIDE: [&[u8]; 4] = [b"\xc2\xa0", b"\xe2\x80\x89", b"\xe2\x80\xaf", b"\xef\xbb\xbf"];

fn leading(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        byte if byte.is_ascii_whitespace() => Some(1),
        byte if byte.is_ascii() => None,
        _ => WIDE.iter().find(|wide| bytes.starts_with(wide)).map(|wide| wide.len()),
    }
}

fn trailing(bytes: &[u8]) -> Option<usize> {
    match bytes.last()? {
        byte if byte.is_ascii_whitespace() => Some(1),
        byte if byte.is_ascii() => None,
        _ => WIDE.iter().find(|wide| bytes.ends_with(wide)).map(|wide| wide.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_space_is_taken_off() {
        assert_eq!(trim(" \t\u{a0}\u{202f}12 é\u{2009}\r\n".as_bytes()), "12 é".as_bytes());
        assert!(is_blank(" \u{a0}\n".as_bytes()));
        assert!(!is_blank(b" 0"));
    }
}
