//! The address of a page as a list of parameters, from which the links of the page are made.

use axum::http::Uri;

use crate::params::{encode_component, pairs};

/// A path with its parameters, decoded, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: String,
    parameters: Vec<(String, String)>,
}

impl Address {
    /// The address of a request. Parameters that cannot be decoded are left out: they mean nothing to any page.
    pub fn of(uri: &Uri) -> Self {
        let parameters = pairs(uri.query().unwrap_or_default())
            .filter_map(Result::ok)
            .map(|pair| (pair.name.into_owned(), pair.value.map(|value| value.into_owned()).unwrap_or_default()))
            .collect();
        // A link that begins with two slashes (or `/\`, which browsers read so) leads to another site.
        let path = uri.path().trim_start_matches(['/', '\\']);
        Self { path: format!("/{path}"), parameters }
    }

    /// A path without parameters.
    pub fn path(path: impl Into<String>) -> Self {
        Self { path: path.into(), parameters: Vec::new() }
    }

    /// The same parameters under another path.
    pub fn at(&self, path: impl Into<String>) -> Self {
        Self { path: path.into(), parameters: self.parameters.clone() }
    }

    /// The first value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All parameters.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// With this parameter, in place of those of the same name.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut address = self.without(name);
        address.parameters.push((name.to_owned(), value.to_owned()));
        address
    }

    /// With this parameter beside those of the same name.
    pub fn and(&self, name: &str, value: &str) -> Self {
        let mut address = self.clone();
        address.parameters.push((name.to_owned(), value.to_owned()));
        address
    }

    /// Without this parameter.
    pub fn without(&self, name: &str) -> Self {
        self.only(|known, _| known != name)
    }

    /// With only the parameters that are wanted.
    pub fn only(&self, wanted: impl Fn(&str, &str) -> bool) -> Self {
        let parameters = self.parameters.iter().filter(|(name, value)| wanted(name, value)).cloned().collect();
        Self { path: self.path.clone(), parameters }
    }

    /// With only the parameters at the places (from 0) that are wanted: a name may come several times.
    pub fn only_places(&self, wanted: impl Fn(usize) -> bool) -> Self {
        let kept = self.parameters.iter().enumerate().filter(|(place, _)| wanted(*place));
        Self { path: self.path.clone(), parameters: kept.map(|(_, pair)| pair.clone()).collect() }
    }

    /// The parameters, written.
    pub fn query(&self) -> String {
        let mut out = String::new();
        for (name, value) in &self.parameters {
            if !out.is_empty() {
                out.push('&');
            }
            encode_component(name, &mut out);
            if !value.is_empty() {
                out.push('=');
                encode_component(value, &mut out);
            }
        }
        out
    }

    /// The whole, relative to the portal.
    pub fn href(&self) -> String {
        match self.query() {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(uri: &'static str) -> Address {
        Address::of(&Uri::from_static(uri))
    }

    #[test]
    fn links_change_one_parameter_and_keep_the_others() {
        let address = address("/datasets?q=arbres%20%26%20parcs&theme=ENVI&page=3");
        assert_eq!(address.get("q"), Some("arbres & parcs"));
        assert_eq!(address.without("page").with("theme", "TRAN").get("theme"), Some("TRAN"));
        let href = address.without("page").without("theme").href();
        assert_eq!(Address::of(&href.parse().unwrap_or_default()).get("q"), Some("arbres & parcs"));
    }

    #[test]
    fn an_address_without_parameters_has_no_question_mark() {
        assert_eq!(address("/datasets?page=2").without("page").href(), "/datasets");
    }

    #[test]
    fn links_made_from_an_address_stay_on_this_site() {
        for hostile in ["//evil.example/x?a=1", "///evil.example/x?a=1", "/\\evil.example/x?a=1"] {
            assert_eq!(address(hostile).href(), "/evil.example/x?a=1");
        }
        assert_eq!(address("/").href(), "/");
    }

    #[test]
    fn parameters_that_cannot_be_decoded_are_left_out() {
        assert_eq!(address("/?a=%FF&b=1").href(), "/?b=1");
    }

    #[test]
    fn a_bare_parameter_stays_bare() {
        assert_eq!(address("/r?nom__isnull&page=2").without("page").href(), "/r?nom__isnull");
    }
}
