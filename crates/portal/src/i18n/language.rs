//! Which language a reader gets: the one chosen by the visible switch, else the browser's, else French.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};

/// A language of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// French, the default.
    French,
    /// English.
    English,
}

impl Language {
    /// BCP 47 tag: `fr`, `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language with this tag or with a tag under it (`fr-CA`).
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        if primary.eq_ignore_ascii_case("fr") {
            Some(Self::French)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    /// The other language, for the switch.
    pub fn other(self) -> Self {
        match self {
            Self::French => Self::English,
            Self::English => Self::French,
        }
    }

    /// Choice of the reader: `?lang=`, then the cookie, then `Accept-Language`, then French.
    pub fn of_request(query: Option<&str>, headers: &HeaderMap) -> Self {
        asked_in_query(query)
            .or_else(|| asked_in_cookie(headers))
            .or_else(|| headers.get(ACCEPT_LANGUAGE)?.to_str().ok().and_then(preferred))
            .unwrap_or(Self::French)
    }
}

/// The language that `?lang=` asks for.
pub fn asked_in_query(query: Option<&str>) -> Option<Language> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Language::from_tag)
}

fn asked_in_cookie(headers: &HeaderMap) -> Option<Language> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix("lang="))
        .and_then(Language::from_tag)
}

/// First known language of an `Accept-Language` header by decreasing weight; at most 20 entries are looked at.
fn preferred(header: &str) -> Option<Language> {
    let mut choices: Vec<(Language, u16)> = header
        .split(',')
        .take(20)
        .filter_map(|entry| {
            let (tag, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
            let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
            (weight > 0.0).then_some(())?;
            // Weights have three decimals, so thousandths compare exactly.
            Some((Language::from_tag(tag)?, (weight.min(1.0) * 1000.0) as u16))
        })
        .collect();
    choices.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    choices.first().map(|(language, _)| *language)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(accept: &str, cookie: &str) -> HeaderMap {
        let mut map = HeaderMap::new();
        map.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(accept).unwrap());
        map.insert(COOKIE, HeaderValue::from_str(cookie).unwrap());
        map
    }

    #[test]
    fn the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() {
        let all = headers("en", "theme=x; lang=fr");
        assert_eq!(Language::of_request(Some("q=a&lang=en"), &all), Language::English);
        assert_eq!(Language::of_request(Some("q=a"), &all), Language::French);
        assert_eq!(Language::of_request(None, &headers("en", "")), Language::English);
    }

    #[test]
    fn the_browser_s_weights_are_followed() {
        assert_eq!(preferred("de, en-GB;q=0.8, fr;q=0.9"), Some(Language::French));
        assert_eq!(preferred("fr;q=0, en;q=0.1"), Some(Language::English));
        assert_eq!(preferred("de"), None);
        assert_eq!(preferred(";;q=,=,fr;q=x"), None);
    }

    #[test]
    fn an_unknown_choice_falls_through() {
        assert_eq!(Language::of_request(Some("lang=de"), &headers("en", "lang=xx")), Language::English);
        assert_eq!(Language::of_request(None, &HeaderMap::new()), Language::French);
    }
}
