//! What a provider says of a person.

use serde::Deserialize;

use super::config::ProviderConfig;
use super::error::OpenIdError;

/// A person as a provider knows them; everything comes from verified tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Which provider.
    pub issuer: String,
    /// The person's identifier there: with the issuer, the only thing that never changes.
    pub subject: String,
    /// In lower case.
    pub email: Option<String>,
    /// Whether the provider vouches that the address is theirs.
    pub email_trusted: bool,
    /// As it's written; may be empty.
    pub name: String,
    /// SIRET of the establishment that they work for; 14 figures.
    pub siret: Option<String>,
}

/// Claims of an ID token or of a user info. Those that a provider writes in another type than the standard's are
/// passed over: only `sub` is needed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Claims {
    pub sub: String,
    #[serde(default, deserialize_with = "lenient")]
    email: Option<String>,
    #[serde(default, deserialize_with = "truth")]
    email_verified: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    given_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    family_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    usual_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    siret: Option<String>,
}

/// A text, or nothing when it is something else.
fn lenient<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_str().map(str::trim).filter(|text| !text.is_empty() && text.len() <= 1_000).map(str::to_owned))
}

/// A truth value, which some providers write as a text.
fn truth<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_bool().or_else(|| value.as_str().and_then(|text| text.parse().ok())))
}

impl Claims {
    pub(super) fn parse(json: &[u8]) -> Result<Self, OpenIdError> {
        serde_json::from_slice(json).map_err(|error| OpenIdError::Untrusted(format!("the claims: {error}")))
    }

    /// The person, as this provider's claims are read.
    pub(super) fn person(self, config: &ProviderConfig) -> Person {
        let email = self.email.as_deref().map(str::to_lowercase);
        let trusted = self.email_verified.unwrap_or(config.policy.trust_email);
        Person {
            issuer: config.issuer.clone(),
            subject: self.sub.clone(),
            email_trusted: email.is_some() && trusted,
            email,
            name: self.full_name(),
            siret: self.siret(),
        }
    }

    fn full_name(&self) -> String {
        let family = self.usual_name.as_ref().or(self.family_name.as_ref());
        let parts: Vec<&str> = self.given_name.iter().chain(family).map(String::as_str).collect();
        let joined = parts.join(" ");
        let name = if joined.is_empty() { self.name.clone().unwrap_or_default() } else { joined };
        let line: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
        line.trim().to_owned()
    }

    fn siret(&self) -> Option<String> {
        let figures: String = self.siret.as_ref()?.chars().filter(|c| !c.is_whitespace()).collect();
        (figures.len() == 14 && figures.bytes().all(|b| b.is_ascii_digit())).then_some(figures)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::account::openid::Profile;

    fn person(profile: Profile, json: &str) -> Person {
        let config = ProviderConfig::new(profile, "https://connexion.example.fr", "id", "secret").unwrap();
        Claims::parse(json.as_bytes()).unwrap().person(&config)
    }

    #[test]
    fn proconnect_names_a_person_in_its_own_way_and_vouches_for_the_address() {
        let agent = person(
            Profile::ProConnect,
            r#"{"sub":"a1","email":"Jeanne.Roux@Bram.fr","given_name":"Jeanne","usual_name":"Roux","siret":"211 100 763 00012","uid":"7"}"#,
        );
        assert_eq!(agent.name, "Jeanne Roux");
        assert_eq!(agent.email.as_deref(), Some("jeanne.roux@bram.fr"));
        assert!(agent.email_trusted);
        assert_eq!(agent.siret.as_deref(), Some("21110076300012"));
    }

    #[test]
    fn an_address_that_another_provider_does_not_vouch_for_is_not_trusted() {
        let trusted = |json: &str| person(Profile::Generic, json).email_trusted;
        assert!(!trusted(r#"{"sub":"1","email":"a@b.fr"}"#));
        assert!(!trusted(r#"{"sub":"1","email":"a@b.fr","email_verified":false}"#));
        assert!(trusted(r#"{"sub":"1","email":"a@b.fr","email_verified":true}"#));
        assert!(trusted(r#"{"sub":"1","email":"a@b.fr","email_verified":"true"}"#));
        assert!(!trusted(r#"{"sub":"1","email_verified":true}"#), "without an address there is nothing to trust");
        let denied = person(Profile::ProConnect, r#"{"sub":"1","email":"a@b.fr","email_verified":false}"#);
        assert!(!denied.email_trusted, "what a provider denies is never trusted");
    }

    #[test]
    fn claims_of_other_types_are_passed_over() {
        let odd = person(Profile::Generic, r#"{"sub":"1","email":["a@b.fr"],"name":7,"siret":21110076300012,"x":{}}"#);
        assert_eq!((odd.email, odd.name.as_str(), odd.siret), (None, "", None));
        assert!(Claims::parse(br#"{"email":"a@b.fr"}"#).is_err(), "a person without a subject is nobody");
    }

    #[test]
    fn a_name_is_one_line_of_bounded_length() {
        let long = format!(r#"{{"sub":"1","name":"A\nB{}"}}"#, "é".repeat(400));
        let name = person(Profile::Generic, &long).name;
        assert!(name.starts_with("A B") && name.chars().count() <= 300);
    }
}
