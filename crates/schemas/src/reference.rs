//! What a person writes to name a schema.

use crate::Error;
use crate::entry::Entry;
use crate::index::Index;
use crate::words::normalize;

/// Names proposed instead of one that is unknown.
const NEAREST: usize = 3;
/// How alike two names are at least to be proposed for one another, of 1.
const ALIKE: f64 = 0.6;

/// A reference, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reference<'a> {
    /// `https://schema.data.gouv.fr/schemas/scdl/subventions/2.1.1/schema.json`
    Address(&'a str),
    /// `scdl/subventions@2.1.1`
    Name(Named<'a>),
}

/// A name, with the version and the table of a package when they are said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: Option<&'a str>,
    pub(crate) resource: Option<&'a str>,
}

/// Whether an entry, and its number, answer to a name in one of the ways of naming.
type Answers<'a> = dyn Fn(usize, &Entry) -> bool + 'a;

impl<'a> Reference<'a> {
    pub(crate) fn parse(text: &'a str) -> Self {
        let text = text.trim();
        if text.contains("://") {
            return Self::Address(text);
        }
        let (text, resource) = match text.split_once('#') {
            Some((text, resource)) => (text, Some(resource.trim())),
            None => (text, None),
        };
        let (name, version) = match text.rsplit_once('@') {
            Some((name, version)) => (name, Some(version.trim())),
            None => (text, None),
        };
        Self::Name(Named { name: name.trim().trim_matches('/'), version, resource })
    }
}

impl Named<'_> {
    /// The entry of this name. Ways of naming are tried from the strictest on; the first that any entry answers to
    /// must be answered by one alone.
    pub(crate) fn entry<'e>(&self, entries: &'e [Entry], index: &Index) -> Result<&'e Entry, Error> {
        let wanted = normalize(self.name);
        let short = |entry: &Entry| normalize(entry.short_name());
        let ways: [&Answers; 5] = [
            &|_, entry| entry.name.eq_ignore_ascii_case(self.name),
            &|_, entry| entry.short_name().eq_ignore_ascii_case(self.name),
            &|_, entry| short(entry) == wanted || short(entry).strip_prefix("schema") == Some(&wanted),
            &|number, _| index.own_name(number).is_some_and(|name| normalize(name) == wanted),
            &|_, entry| normalize(&entry.title) == wanted,
        ];
        for answers in ways {
            let mut found = entries.iter().enumerate().filter(|(number, entry)| answers(*number, entry));
            let Some((_, entry)) = found.next() else { continue };
            let others: Vec<String> = found.map(|(_, entry)| entry.name.clone()).collect();
            if others.is_empty() {
                return Ok(entry);
            }
            let names = std::iter::once(entry.name.clone()).chain(others).collect();
            return Err(Error::Ambiguous { reference: self.name.to_owned(), names });
        }
        Err(Error::UnknownSchema { reference: self.name.to_owned(), nearest: self.nearest(entries) })
    }

    fn nearest(&self, entries: &[Entry]) -> Vec<String> {
        let wanted = normalize(self.name);
        let alike = |entry: &Entry| {
            let forms = [normalize(&entry.name), normalize(entry.short_name()), normalize(&entry.title)];
            forms.iter().map(|form| strsim::jaro_winkler(form, &wanted)).fold(0.0, f64::max)
        };
        let mut scored: Vec<(f64, &Entry)> = entries.iter().map(|entry| (alike(entry), entry)).collect();
        scored.retain(|(score, _)| *score >= ALIKE);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.into_iter().take(NEAREST).map(|(_, entry)| entry.name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_taken_apart() {
        let named = |name, version, resource| Reference::Name(Named { name, version, resource });
        assert_eq!(Reference::parse(" scdl/subventions@2.0.1 "), named("scdl/subventions", Some("2.0.1"), None));
        assert_eq!(
            Reference::parse("etalab/schema-irve#irve-statique"),
            named("etalab/schema-irve", None, Some("irve-statique"))
        );
        assert_eq!(Reference::parse("https://e.fr/a@b"), Reference::Address("https://e.fr/a@b"));
    }
}
