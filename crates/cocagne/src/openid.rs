//! Options of the OpenID Connect provider that persons may sign in at.

use catalog::Platform;
use catalog::account::Role;
use catalog::account::openid::{ClientAuthentication, Profile, Provider, ProviderConfig};
use clap::Args;
use clap::builder::BoolishValueParser;

/// The provider; without an issuer there is none.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "OpenID Connect")]
pub struct OpenId {
    /// Issuer of the provider where persons may sign in: the address before /.well-known/openid-configuration.
    #[arg(long, env = "COCAGNE_OIDC_ISSUER", requires = "oidc_client_id", requires = "oidc_client_secret")]
    pub oidc_issuer: Option<String>,
    /// Identifier of this portal at the provider.
    #[arg(long, env = "COCAGNE_OIDC_CLIENT_ID")]
    pub oidc_client_id: Option<String>,
    /// Secret of this portal at the provider.
    #[arg(long, env = "COCAGNE_OIDC_CLIENT_SECRET", hide_env_values = true)]
    pub oidc_client_secret: Option<String>,
    /// Kind of provider: generic or proconnect.
    #[arg(long, env = "COCAGNE_OIDC_PROFILE", default_value = "generic", value_parser = profile)]
    pub oidc_profile: Profile,
    /// What the sign-in button calls the provider.
    #[arg(long, env = "COCAGNE_OIDC_NAME")]
    pub oidc_name: Option<String>,
    /// Scopes asked beside openid; by default those of the profile.
    #[arg(long, env = "COCAGNE_OIDC_SCOPES", value_delimiter = ' ')]
    pub oidc_scopes: Option<Vec<String>>,
    /// Levels of assurance asked for; by default those of the profile (eidas1 for proconnect).
    #[arg(long, env = "COCAGNE_OIDC_ACR_VALUES", value_delimiter = ' ')]
    pub oidc_acr_values: Option<Vec<String>>,
    /// Algorithm that tokens are signed with, as agreed with the provider; no other is taken.
    #[arg(long, env = "COCAGNE_OIDC_ALGORITHM", default_value = "RS256")]
    pub oidc_algorithm: String,
    /// How the client's secret is sent: basic or post; by default as the profile does.
    #[arg(long, env = "COCAGNE_OIDC_CLIENT_AUTHENTICATION", value_parser = authentication)]
    pub oidc_client_authentication: Option<ClientAuthentication>,
    /// Whether PKCE is used; only a provider that refuses its parameters needs false.
    #[arg(long, env = "COCAGNE_OIDC_PKCE", default_value_t = true, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub oidc_pkce: bool,
    /// Whether somebody new gets the account, or the invitation, of their e-mail address.
    #[arg(long, env = "COCAGNE_OIDC_LINK_BY_EMAIL", default_value_t = true, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub oidc_link_by_email: bool,
    /// Whether the provider vouches for every address that it gives; by default only proconnect does.
    #[arg(long, env = "COCAGNE_OIDC_TRUST_EMAIL", value_parser = BoolishValueParser::new())]
    pub oidc_trust_email: Option<bool>,
    /// Whether somebody unknown gets an account, without any role.
    #[arg(long, env = "COCAGNE_OIDC_CREATE_ACCOUNTS", default_value_t = false, action = clap::ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub oidc_create_accounts: bool,
    /// Role that such an account gets in the organisation whose SIRET the provider gives; none by default.
    #[arg(long, env = "COCAGNE_OIDC_SIRET_ROLE", value_parser = role)]
    pub oidc_siret_role: Option<Role>,
}

impl OpenId {
    /// The provider, when there is one.
    pub fn provider(&self, platform: &Platform) -> catalog::Result<Option<Provider>> {
        match self.config()? {
            Some(config) => platform.openid_provider(config).map(Some),
            None => Ok(None),
        }
    }

    fn config(&self) -> catalog::Result<Option<ProviderConfig>> {
        let Some(issuer) = &self.oidc_issuer else { return Ok(None) };
        let text = |option: &Option<String>| option.clone().unwrap_or_default();
        let (id, secret) = (text(&self.oidc_client_id), text(&self.oidc_client_secret));
        let mut config =
            ProviderConfig::new(self.oidc_profile, issuer, &id, &secret)?.signed_with(&self.oidc_algorithm)?;
        let words = |words: &Vec<String>| words.iter().filter(|word| !word.is_empty()).cloned().collect();
        config.name = self.oidc_name.clone().unwrap_or(config.name);
        config.scopes = self.oidc_scopes.as_ref().map_or(config.scopes, words);
        config.acr_values = self.oidc_acr_values.as_ref().map_or(config.acr_values, words);
        config.authentication = self.oidc_client_authentication.unwrap_or(config.authentication);
        config.pkce = self.oidc_pkce;
        config.policy.link_by_email = self.oidc_link_by_email;
        config.policy.trust_email = self.oidc_trust_email.unwrap_or(config.policy.trust_email);
        config.policy.create_accounts = self.oidc_create_accounts;
        config.policy.siret_role = self.oidc_siret_role;
        Ok(Some(config))
    }
}

fn profile(name: &str) -> Result<Profile, String> {
    Profile::parse(name).ok_or_else(|| "generic or proconnect is expected".to_owned())
}

fn authentication(name: &str) -> Result<ClientAuthentication, String> {
    ClientAuthentication::parse(name).ok_or_else(|| "basic or post is expected".to_owned())
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| "reader, contributor, publisher or administrator is expected".to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        openid: OpenId,
    }

    const PROCONNECT: [&str; 9] = [
        "cocagne",
        "--oidc-issuer",
        "https://auth.example.gouv.fr/api/v2",
        "--oidc-client-id",
        "portal",
        "--oidc-client-secret",
        "secret",
        "--oidc-profile",
        "proconnect",
    ];

    fn config(line: &[&str]) -> Option<ProviderConfig> {
        Line::try_parse_from(line).unwrap().openid.config().unwrap()
    }

    #[test]
    fn without_an_issuer_there_is_no_provider() {
        assert!(config(&["cocagne"]).is_none());
    }

    #[test]
    fn a_profile_says_what_the_options_leave_open() {
        let config = config(&PROCONNECT).unwrap();
        assert_eq!(config.name, "ProConnect");
        assert_eq!(config.scopes, ["given_name", "usual_name", "email", "uid", "siret", "idp_id"]);
        assert_eq!(config.acr_values, ["eidas1"]);
        assert_eq!(config.authentication, ClientAuthentication::Post);
        assert!(config.pkce && config.policy.trust_email && !config.policy.create_accounts);
    }

    #[test]
    fn options_win_over_the_profile() {
        let more = ["--oidc-scopes", "email siret", "--oidc-acr-values", "", "--oidc-pkce", "false"];
        let config = config(&[&PROCONNECT[..], &more[..]].concat()).unwrap();
        assert_eq!(config.scopes, ["email", "siret"]);
        assert!(config.acr_values.is_empty() && !config.pkce);
    }

    #[test]
    fn a_provider_without_its_client_is_refused() {
        assert!(Line::try_parse_from(["cocagne", "--oidc-issuer", "https://auth.example.fr"]).is_err());
        let odd = [&PROCONNECT[..], &["--oidc-algorithm", "none"][..]].concat();
        assert!(Line::try_parse_from(odd).unwrap().openid.config().is_err());
    }
}
