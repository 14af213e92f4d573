//! What whoever runs a portal says of a provider.

use openidconnect::core::CoreJwsSigningAlgorithm;
use reqwest::Url;

use crate::account::Role;
use crate::error::{Error, Result};

/// A kind of provider: what it asks that others don't.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Any provider: `openid email profile`, and a user info in JSON or signed.
    #[default]
    Generic,
    /// ProConnect: names its claims in its own way, answers with a signed user info (`application/jwt`), wants the
    /// client's secret in the body, vouches for e-mail addresses without `email_verified`, and gives a SIRET.
    ProConnect,
}

impl Profile {
    /// `generic` or `proconnect`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "generic" => Some(Self::Generic),
            "proconnect" => Some(Self::ProConnect),
            _ => None,
        }
    }

    fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Generic => &["email", "profile"],
            Self::ProConnect => &["given_name", "usual_name", "email", "uid", "siret", "idp_id"],
        }
    }
}

/// How this program proves to the provider that it is the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `client_secret_basic`: in a header.
    Basic,
    /// `client_secret_post`: in the body.
    Post,
}

impl ClientAuthentication {
    /// `basic` or `post`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "basic" => Some(Self::Basic),
            "post" => Some(Self::Post),
            _ => None,
        }
    }
}

/// Which account a person of the provider has here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Whether somebody who never came this way gets the account of their e-mail address, or the role of an
    /// invitation sent to it. The provider must vouch for the address.
    pub link_by_email: bool,
    /// Whether the provider vouches for every address that it gives, unless it says `email_verified: false`.
    pub trust_email: bool,
    /// Whether somebody unknown gets a new account, without any role.
    pub create_accounts: bool,
    /// The role that a new account gets in the organisation whose SIRET the provider gives; normally none.
    pub siret_role: Option<Role>,
}

/// A provider, and this program as its client.
#[derive(Clone)]
pub struct ProviderConfig {
    /// Base of `/.well-known/openid-configuration`; exactly what tokens say in `iss`.
    pub issuer: String,
    /// What the button calls it.
    pub name: String,
    /// Given by the provider.
    pub client_id: String,
    /// Given by the provider.
    pub client_secret: String,
    /// Which kind.
    pub profile: Profile,
    /// Scopes asked beside `openid`.
    pub scopes: Vec<String>,
    /// Levels of assurance that are asked for. A token that says another is refused; one that says none is not.
    pub acr_values: Vec<String>,
    /// The algorithm that tokens are signed with, as agreed with the provider; no other is taken.
    pub algorithm: CoreJwsSigningAlgorithm,
    /// How the client's secret is sent.
    pub authentication: ClientAuthentication,
    /// Whether PKCE is used. Only for a provider that refuses its parameters.
    pub pkce: bool,
    /// Which account persons get.
    pub policy: Policy,
}

impl std::fmt::Debug for ProviderConfig {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderConfig")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

impl ProviderConfig {
    /// A provider with what its profile says; every field may be changed afterwards.
    ///
    /// # Errors
    /// When the issuer isn't a web address without parameters, or the client has no name.
    pub fn new(profile: Profile, issuer: &str, client_id: &str, client_secret: &str) -> Result<Self> {
        let wrong = |detail: String| Error::Configuration { option: "oidc-issuer", detail };
        let url = Url::parse(issuer).map_err(|error| wrong(format!("{issuer:?}: {error}")))?;
        let plain = matches!(url.scheme(), "https" | "http") && url.query().is_none() && url.fragment().is_none();
        if !plain || url.host_str().is_none() || !url.username().is_empty() {
            return Err(wrong(format!(
                "{issuer:?} is not an address such as https://connexion.example.fr/realms/ville"
            )));
        }
        if client_id.is_empty() || client_secret.is_empty() {
            let detail = "the provider's client has an identifier and a secret: give both".to_owned();
            return Err(Error::Configuration { option: "oidc-client-id", detail });
        }
        let proconnect = profile == Profile::ProConnect;
        Ok(Self {
            issuer: issuer.to_owned(),
            name: if proconnect { "ProConnect".to_owned() } else { url.host_str().unwrap_or_default().to_owned() },
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            profile,
            scopes: profile.scopes().iter().map(|scope| (*scope).to_owned()).collect(),
            acr_values: if proconnect { vec!["eidas1".to_owned()] } else { Vec::new() },
            algorithm: CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            authentication: if proconnect { ClientAuthentication::Post } else { ClientAuthentication::Basic },
            pkce: true,
            policy: Policy { link_by_email: true, trust_email: proconnect, create_accounts: false, siret_role: None },
        })
    }

    /// With the algorithm of this JWA name: `RS256`, `ES256`, `HS256`…
    ///
    /// # Errors
    /// When there is no such algorithm, or it signs nothing.
    pub fn signed_with(mut self, algorithm: &str) -> Result<Self> {
        let known = serde_json::from_value(serde_json::Value::from(algorithm)).ok();
        let signs = known.filter(|known| *known != CoreJwsSigningAlgorithm::None);
        self.algorithm = signs.ok_or_else(|| Error::Configuration {
            option: "oidc-algorithm",
            detail: format!("{algorithm:?} is not a signature algorithm such as RS256, ES256 or HS256"),
        })?;
        Ok(self)
    }
}
