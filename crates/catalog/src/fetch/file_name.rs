//! What a fetched file is called.

use reqwest::Url;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap};

/// Characters of the longest name kept.
const LONGEST: usize = 200;

/// The name in `Content-Disposition`, else the last part of the URL, else the host; with an extension of the content
/// type when it has none.
pub(super) fn of(url: &Url, headers: &HeaderMap) -> String {
    let disposition =
        headers.get(CONTENT_DISPOSITION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let last = url.path_segments().and_then(|parts| parts.rev().find(|part| !part.is_empty()));
    let name = disposition
        .and_then(|text| disposed(&text))
        .map(|name| cleaned(&name))
        .filter(|name| !name.is_empty())
        .or_else(|| last.map(|part| cleaned(&decoded(part))).filter(|name| !name.is_empty()))
        .unwrap_or_else(|| cleaned(url.host_str().unwrap_or("fichier")).replace('.', "-"));
    if name.contains('.') {
        return name;
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match crate::publish::media_type::extension_of(media_type) {
        Some(extension) => format!("{name}.{extension}"),
        None => name,
    }
}

/// `filename*` (RFC 5987, UTF-8 only) before `filename`.
fn disposed(text: &str) -> Option<String> {
    let parameters = || text.split(';').skip(1).filter_map(|part| part.split_once('='));
    let find = |wanted: &str| {
        parameters().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    };
    let extended = find("filename*").and_then(|value| {
        let (charset, rest) = value.split_once('\'')?;
        let (_, encoded) = rest.split_once('\'')?;
        charset.eq_ignore_ascii_case("utf-8").then(|| decoded(encoded))
    });
    extended.or_else(|| find("filename").map(|value| value.trim_matches('"').replace("\\\"", "\"")))
}

/// Percent-decoded; bytes that aren't UTF-8 become replacement characters.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The last part of a path, without what file systems and headers can't bear.
pub(crate) fn cleaned(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let kept: String = last.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c)).take(LONGEST).collect();
    kept.trim().trim_start_matches('.').to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(url: &str, disposition: Option<&str>, media_type: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, media_type.parse().unwrap());
        if let Some(text) = disposition {
            headers.insert(CONTENT_DISPOSITION, reqwest::header::HeaderValue::from_bytes(text.as_bytes()).unwrap());
        }
        of(&Url::parse(url).unwrap(), &headers)
    }

    #[test]
    fn the_server_names_the_file() {
        assert_eq!(
            name("https://a.fr/x", Some("attachment; filename=\"Budget 2014.csv\""), "text/csv"),
            "Budget 2014.csv"
        );
        let both = "attachment; filename=\"e.csv\"; filename*=UTF-8''%C3%A9t%C3%A9.csv";
        assert_eq!(name("https://a.fr/x", Some(both), "text/csv"), "été.csv");
    }

    #[test]
    fn else_the_address_does() {
        assert_eq!(name("https://a.fr/d/for%C3%AAts.csv?x=1", None, "text/csv"), "forêts.csv");
        assert_eq!(name("https://a.fr/export/", None, "text/csv; charset=utf-8"), "export.csv");
        assert_eq!(name("https://data.a.fr", None, "application/json"), "data-a-fr.json");
    }

    #[test]
    fn a_name_never_leaves_its_folder() {
        assert_eq!(name("https://a.fr/x", Some("attachment; filename=\"../../etc/passwd\""), "text/csv"), "passwd.csv");
        assert_eq!(name("https://a.fr/x", Some("attachment; filename=\"..\\..\\a.csv\""), "text/csv"), "a.csv");
    }

    proptest! {
        #[test]
        fn cleaned_names_are_safe(text in "\\PC{0,300}") {
            let name = cleaned(&text);
            prop_assert!(!name.contains(['/', '\\', '\0', '"']) && !name.starts_with('.') && name.chars().count() <= LONGEST);
        }

        #[test]
        fn any_text_can_be_decoded(text in "\\PC{0,100}") {
            let _text = decoded(&text);
        }
    }
}
