//! Codes and addresses with a check of their form: SIRET, RNA, INSEE codes, e-mail, telephone, geopoint.

use super::{NumberStyle, parse_number, space};

/// Luhn's check of figures.
#[must_use]
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let mut total = 0u32;
    for (index, byte) in digits.iter().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        total += match (index % 2, digit) {
            (0, digit) => digit,
            (_, digit @ 0..5) => 2 * digit,
            (_, digit) => 2 * digit - 9,
        };
    }
    total.is_multiple_of(10)
}

/// Nine figures and their check digit.
#[must_use]
pub fn is_siren(text: &str) -> bool {
    let bytes = space::trim(text.as_bytes());
    bytes.len() == 9 && luhn(bytes)
}

/// Fourteen figures and their check digit. La Poste numbers its establishments so that their figures sum to a
/// multiple of five instead.
#[must_use]
pub fn is_siret(text: &str) -> bool {
    siret(space::trim(text.as_bytes()))
}

pub(crate) fn siret(bytes: &[u8]) -> bool {
    if bytes.len() != 14 || !bytes.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes.iter().map(|byte| u32::from(byte - b'0')).sum();
    luhn(bytes) || (bytes.starts_with(b"356000000") && sum.is_multiple_of(5))
}

/// `W` and nine figures (or letters in the third and fourth place, for overseas).
pub(crate) fn rna(bytes: &[u8]) -> bool {
    bytes.len() == 10
        && matches!(bytes[0], b'W' | b'w')
        && bytes[1].is_ascii_digit()
        && bytes[2..4].iter().all(u8::is_ascii_alphanumeric)
        && bytes[4..].iter().all(u8::is_ascii_digit)
}

/// The form of a commune's code: `11076`, `2A004`, `97411`.
pub(crate) fn commune(bytes: &[u8]) -> bool {
    bytes.len() == 5
        && departement(&bytes[..2]) | (&bytes[..2] == b"97") | (&bytes[..2] == b"98")
        && bytes[2..].iter().all(u8::is_ascii_digit)
}

/// `01` to `95` but `20`, `2A`, `2B`, `971` to `978`, and the collectivities `98x`.
pub(crate) fn departement(bytes: &[u8]) -> bool {
    match bytes {
        b"2A" | b"2B" | b"2a" | b"2b" => true,
        [b'0', b'1'..=b'9'] | [b'9', b'0'..=b'5'] => true,
        [b'2', b'0'] => false,
        [b'1'..=b'8', b'0'..=b'9'] => true,
        [b'9', b'7' | b'8', b'0'..=b'9'] => true,
        _ => false,
    }
}

/// The codes of régions since 2016 and before.
pub(crate) fn region(bytes: &[u8]) -> bool {
    const REGIONS: [&[u8]; 36] = [
        b"01", b"02", b"03", b"04", b"06", b"11", b"21", b"22", b"23", b"24", b"25", b"26", b"27", b"28", b"31", b"32",
        b"41", b"42", b"43", b"44", b"52", b"53", b"54", b"72", b"73", b"74", b"75", b"76", b"82", b"83", b"84", b"91",
        b"93", b"94", b"05", b"07",
    ];
    bytes.len() == 2 && REGIONS.contains(&bytes)
}

/// Five figures, `00` excepted.
pub(crate) fn postcode(bytes: &[u8]) -> bool {
    bytes.len() == 5 && bytes.iter().all(u8::is_ascii_digit) && !bytes.starts_with(b"00")
}

/// `name@host.tld`.
pub(crate) fn email(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|byte| *byte == b'@');
    let (Some(name), Some(host), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let label = |part: &[u8]| !part.is_empty() && part.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-'&".contains(byte) || !byte.is_ascii();
    (1..=64).contains(&name.len())
        && name.iter().all(in_name)
        && host.len() <= 255
        && host.contains(&b'.')
        && host.split(|byte| *byte == b'.').all(label)
}

/// `http://…` or `https://…`, without spaces.
pub(crate) fn url(bytes: &[u8]) -> bool {
    let starts = |scheme: &[u8]| bytes.len() > scheme.len() && bytes[..scheme.len()].eq_ignore_ascii_case(scheme);
    (starts(b"http://") || starts(b"https://")) && !bytes.iter().any(u8::is_ascii_whitespace)
}

/// `0468230000`, `04 68 23 00 00`, `04.68.23.00.00`, `+33 4 68 23 00 00`.
pub(crate) fn phone(bytes: &[u8]) -> bool {
    if !(9..=25).contains(&bytes.len()) {
        return false;
    }
    let allowed = |byte: &u8| byte.is_ascii_digit() || b" .-+()/".contains(byte) || matches!(byte, 0xc2 | 0xa0);
    let digits: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii_digit).collect();
    if !bytes.iter().all(allowed) {
        return false;
    }
    match digits.as_slice() {
        [b'0', b'1'..=b'9', rest @ ..] => rest.len() == 8,
        [b'3', b'3', rest @ ..] if bytes[0] == b'+' => rest.len() == 9 || (rest.len() == 10 && rest[0] == b'0'),
        _ => false,
    }
}

/// `43.318,1.954` as (latitude, longitude), maybe between brackets.
///
/// ```
/// assert_eq!(tabular::typing::parse_geopoint("43.318, 1.954"), Some((43.318, 1.954)));
/// ```
#[must_use]
pub fn parse_geopoint(text: &str) -> Option<(f64, f64)> {
    let text = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    if text.len() > 60 || !text.as_bytes().first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-') {
        return None;
    }
    let mut parts = text.split([',', ';']);
    let (latitude, longitude) = (degrees(parts.next()?, 90.0)?, degrees(parts.next()?, 180.0)?);
    parts.next().is_none().then_some((latitude, longitude))
}

fn degrees(text: &str, bound: f64) -> Option<f64> {
    let text = text.trim();
    if !text.contains('.') {
        return None;
    }
    let value = parse_number(text, NumberStyle::default())?.value.as_f64()?;
    (value.abs() <= bound).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        assert!(luhn(b"79927398713"));
        assert!(is_siren("732829320"));
        assert!(!is_siren("732829321"));
        assert!(is_siret("73282932000074"));
        assert!(!is_siret("7328293200007"));
        assert!(is_siret("35600000000048"), "La Poste's head office");
        assert!(is_siret("35600000009075") && !luhn(b"35600000009075"), "an establishment of La Poste");
    }

    #[test]
    fn forms_are_checked() {
        assert!(commune(b"11076") && commune(b"2A004") && commune(b"97411") && !commune(b"20004") && !commune(b"1107"));
        assert!(departement(b"01") && departement(b"974") && !departement(b"96") && !departement(b"1"));
        assert!(region(b"76") && !region(b"77"));
        assert!(postcode(b"01000") && !postcode(b"00100") && !postcode(b"1000"));
        assert!(rna(b"W112001234") && !rna(b"W11200123"));
        assert!(email(b"mairie@castelnaudary.fr") && !email(b"mairie@fr") && !email(b"a@b@c.fr"));
        assert!(url(b"https://ville.fr/a?b=c") && !url(b"https://") && !url(b"www.ville.fr"));
        for number in ["0468230000", "04 68 23 00 00", "04.68.23.00.00", "+33 4 68 23 00 00", "+33 (0)4 68 23 00 00"] {
            assert!(phone(number.as_bytes()), "{number}");
        }
        assert!(!phone(b"468230000") && !phone(b"04 68 23 00") && !phone(b"123-456-7890"));
    }

    #[test]
    fn geopoints_are_latitude_then_longitude() {
        assert_eq!(parse_geopoint("[43.3, 1.9]"), Some((43.3, 1.9)));
        assert_eq!(parse_geopoint("-12.5;45.1"), Some((-12.5, 45.1)));
        for text in ["12,5", "43.3", "95.0,1.9", "43.3,1.9,2.0", "a.b,1.2"] {
            assert_eq!(parse_geopoint(text), None, "{text}");
        }
    }
}
