//! What every page has around it: title, description, address, navigation, scripts.

use super::address::Address;
use super::reader::Reader;
use crate::assets;
use crate::i18n::Text;

/// A link with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// What is read.
    pub label: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}

/// A name with its value, both as they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// What the layout shows around a page.
pub struct Frame {
    /// Title of the page, without the portal's name.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// The page's own address, absolute, without what doesn't change its content.
    pub canonical: String,
    /// The same page in the other language.
    pub switch: String,
    /// Name of the portal.
    pub site_name: String,
    /// Atom feed that belongs to the page.
    pub feed: String,
    /// Description for machines: JSON-LD, safe inside a script element.
    pub structured_data: Option<String>,
    /// Script modules, by name of asset.
    pub scripts: Vec<&'static str>,
    /// Style sheets beside the portal's own, by name of asset.
    pub styles: Vec<&'static str>,
    /// Whether search engines may keep the page.
    pub indexed: bool,
    /// Name of the signed-in reader.
    pub who: Option<String>,
    /// Where a reader who isn't signed in does it, and comes back.
    pub sign_in: String,
    /// Name of the territory that the reader has chosen.
    pub territory: Option<&'static str>,
    /// Where it is chosen.
    pub territory_href: String,
    /// What forms carry in their field `csrf`.
    pub csrf: String,
    t: Text,
    section: &'static str,
}

impl Frame {
    /// The frame of a page; `section` is the part of the navigation that it belongs to.
    pub fn new(
        reader: &Reader,
        section: &'static str,
        title: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        let address = Address::of(&reader.uri);
        let switch = address.with("lang", reader.t.language().other().tag()).href();
        Self {
            title: title.into(),
            description: shorten(&description.into(), 300),
            canonical: format!("{}{}", reader.base, address.without("lang").href()),
            switch,
            site_name: reader.site_name.clone(),
            feed: "/feed.atom".to_owned(),
            structured_data: None,
            scripts: Vec::new(),
            styles: Vec::new(),
            indexed: true,
            who: reader.visitor.user.as_ref().map(|user| name_of(user).to_owned()),
            sign_in: super::sign_in_address(&address.href()),
            territory: reader.territory.map(geography::territory::Territory::name),
            territory_href: super::territory::choice_href(&address),
            csrf: reader.visitor.csrf.clone(),
            t: reader.t,
            section,
        }
    }

    /// With a feed of its own.
    pub fn with_feed(mut self, feed: String) -> Self {
        self.feed = feed;
        self
    }

    /// Title of the page and of the portal.
    pub fn full_title(&self) -> String {
        if self.title == self.site_name { self.title.clone() } else { format!("{} – {}", self.title, self.site_name) }
    }

    /// Address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::href(name)
    }

    /// This page in a language.
    pub fn in_language(&self, tag: &str) -> String {
        let mark = if self.canonical.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={tag}", self.canonical)
    }

    /// Tag of the other language.
    pub fn other_tag(&self) -> &'static str {
        self.t.language().other().tag()
    }

    /// The attribute that marks where the reader is in the navigation.
    pub fn current(&self, section: &str) -> &'static str {
        if section == self.section { " aria-current=\"true\"" } else { "" }
    }
}

/// What a person is called: by their name, or by their address when they gave none.
pub fn name_of(user: &catalog::account::User) -> &str {
    if user.name.is_empty() { &user.email } else { &user.name }
}

/// Shortens a text to this many characters at the end of a word.
pub fn shorten(text: &str, characters: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= characters {
        return text;
    }
    let cut: String = text.chars().take(characters).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(shorten("Les subventions,  versées aux associations", 18), "Les subventions…");
        assert_eq!(shorten("court", 18), "court");
        assert_eq!(shorten("éééééé", 3), "ééé…");
    }
}
