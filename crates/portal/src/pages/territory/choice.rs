//! "My territory": a choice that the browser keeps, without an account, and that every list then follows.

use axum::http::{HeaderMap, header};
use geography::territory::{self, Territory};

use super::super::address::Address;
use super::super::frame::Link;
use super::super::reader::Reader;
use super::view;

/// Name of the cookie; its value is a key of the catalogue: `commune:11076`.
pub const COOKIE: &str = "territory";

/// The parameter that stands for the choice in an address; [`EVERYWHERE`] puts the choice aside.
const PARAMETER: &str = "around";
/// All of the portal, whatever was chosen.
const EVERYWHERE: &str = "all";

/// The territory that a browser keeps.
pub fn of_cookie(headers: &HeaderMap) -> Option<Territory> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, key)| territory::find(key))
}

/// Where a choice is made, and then `then` is shown again.
pub fn choice_href(then: &Address) -> String {
    let then = then.without("lang").without(PARAMETER).href();
    let address = Address::path("/territory");
    if then == "/" || then.starts_with("/territory") { address.href() } else { address.with("then", &then).href() }
}

/// The territory around which a list is shown, and how to change that.
pub struct Around {
    /// What the list is narrowed to; `None` when the choice is put aside here.
    pub territory: Option<Territory>,
    /// “Around Castelnaudary (Aude)”, or that everything is shown.
    pub sentence: String,
    /// Everything, or the chosen territory again.
    pub switch: Link,
    /// Choosing another.
    pub change: Link,
}

impl Around {
    /// What a list shows: what its address says, else what the visitor chose. Nothing of this when neither is, or when the
    /// list is of one territory anyway.
    pub fn of(reader: &Reader, address: &Address) -> Option<Self> {
        let t = &reader.t;
        let asked = address.get(PARAMETER);
        let narrowed = match asked {
            Some(EVERYWHERE) => None,
            Some(key) => territory::find(key).or(reader.territory),
            None => reader.territory,
        };
        let start = address.without("lang").without("page");
        let change = Link::new(choice_href(address), t.get("territory-change"));
        if address.get("territory").is_some() {
            return None;
        }
        if let Some(territory) = narrowed {
            let everything =
                if reader.territory.is_some() { start.with(PARAMETER, EVERYWHERE) } else { start.without(PARAMETER) };
            return Some(Self {
                territory: Some(territory),
                sentence: t.with("territory-around", "name", &view::label(territory, t)),
                switch: Link::new(everything.href(), t.get("territory-everywhere")),
                change,
            });
        }
        let mine = reader.territory?;
        let back = t.with("territory-back", "name", mine.name());
        Some(Self {
            territory: None,
            sentence: t.get("territory-all-shown"),
            switch: Link::new(start.without(PARAMETER).href(), back),
            change,
        })
    }

    /// The key of what a list is narrowed to.
    pub fn key(around: Option<&Self>) -> Option<String> {
        around.and_then(|around| around.territory).map(Territory::key)
    }

    /// The feed of the same.
    pub fn feed(around: Option<&Self>) -> String {
        let feed = Address::path("/feed.atom");
        Self::key(around).map_or_else(|| feed.href(), |key| feed.with(PARAMETER, &key).href())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_a_known_territory_is_taken_from_a_cookie() {
        let of = |cookie: &'static str| {
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))]);
            of_cookie(&headers).map(Territory::key)
        };
        assert_eq!(of("lang=fr; territory=commune:11076").as_deref(), Some("commune:11076"));
        assert_eq!(of("territory=region:76").as_deref(), Some("region:76"));
        for other in
            ["territory=", "territory=commune:<b>", "territory=commune:99999", "territories=region:76", "territory"]
        {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn a_choice_leads_back_to_where_one_was() {
        let list = Address::path("/datasets").with("q", "eau").with("around", "all").with("lang", "en");
        assert_eq!(choice_href(&list), "/territory?then=%2Fdatasets%3Fq%3Deau");
        assert_eq!(choice_href(&Address::path("/territory").with("q", "x")), "/territory");
    }
}
