//! The authorization code flow: leaving for the provider, coming back, and leaving for good.

use std::sync::Arc;

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreTokenResponse};
use openidconnect::{
    AccessToken, AsyncHttpClient as _, AuthType, AuthenticationContextClass, AuthorizationCode, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _, http,
};
use serde::{Deserialize, Serialize};

use super::config::{ClientAuthentication, Profile};
use super::error::OpenIdError;
use super::person::{Claims, Person};
use super::provider::{Metadata, Provider, whole};
use super::signed::{self, Distrust};
use super::token;
use crate::fetch::FetchError;

/// What the provider sends back through the browser, as parameters of the return address.
#[derive(Debug, Clone, Default, Deserialize)]
#[allow(missing_docs, reason = "each field is the parameter of RFC 6749 § 4.1.2 and RFC 9207 of that name")]
pub struct Return {
    pub state: Option<String>,
    pub code: Option<String>,
    pub iss: Option<String>,
    pub error: Option<String>,
    pub error_description: Option<String>,
}

/// What must be remembered between leaving and coming back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Request {
    nonce: String,
    verifier: Option<String>,
    redirect: String,
}

/// Leaving for the provider.
pub(crate) struct Departure {
    /// Where the browser goes.
    pub url: String,
    /// Comes back with it.
    pub state: String,
    pub request: Request,
}

/// Somebody came back, and everything about them is verified.
pub(crate) struct Arrival {
    pub person: Person,
    /// To end the provider's session later.
    pub id_token: String,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Provider {
    /// Prepares to leave for the provider, which sends the browser back to `redirect`; with `again` it asks the person
    /// to sign in there although they are.
    pub(crate) async fn depart(&self, redirect: &str, again: bool) -> Result<Departure, OpenIdError> {
        let metadata = self.metadata().await?;
        let client = self.client(&metadata, redirect)?;
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut request = client.authorize_url(flow, long_random, || Nonce::new_random_len(32));
        for scope in &self.config.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        for acr in &self.config.acr_values {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let mut verifier = None;
        if self.config.pkce {
            let (challenge, secret) = PkceCodeChallenge::new_random_sha256();
            request = request.set_pkce_challenge(challenge);
            verifier = Some(secret.secret().clone());
        }
        let (url, state, nonce) = request.url();
        let request = Request { nonce: nonce.secret().clone(), verifier, redirect: redirect.to_owned() };
        Ok(Departure { url: url.into(), state: state.secret().clone(), request })
    }

    /// Takes somebody back: exchanges the code, verifies what comes for it, and asks who it is.
    pub(crate) async fn arrive(&self, request: &Request, answer: &Return) -> Result<Arrival, OpenIdError> {
        let metadata = self.metadata().await?;
        self.check_issuer(&metadata, answer)?;
        if let Some(code) = &answer.error {
            return Err(denied(code, answer.error_description.as_deref()));
        }
        let code = answer.code.clone().ok_or_else(|| OpenIdError::Untrusted("no code came back".to_owned()))?;
        let tokens = self.exchange(&metadata, request, code).await?;
        let id_token = tokens.id_token().ok_or_else(|| OpenIdError::Untrusted("no ID token came".to_owned()))?;
        let access = tokens.access_token();
        let subject = self.verified_subject(&metadata, id_token, access, request).await?;
        let claims = self.claims(&metadata, id_token, access, &subject).await?;
        Ok(Arrival { person: claims.person(&self.config), id_token: id_token.to_string() })
    }

    /// Where the browser goes to end the provider's session, when the provider has an address for that.
    pub(crate) async fn farewell(
        &self,
        id_token: &str,
        redirect: &str,
    ) -> Result<Option<(String, String)>, OpenIdError> {
        let metadata = self.metadata().await?;
        let Some(end) = &metadata.additional_metadata().end_session_endpoint else { return Ok(None) };
        let state = long_random().secret().clone();
        let mut url = end.url().clone();
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("post_logout_redirect_uri", redirect)
            .append_pair("state", &state);
        Ok(Some((url.into(), state)))
    }

    /// Two providers must not be mistaken for one another (RFC 9207 § 2.4).
    fn check_issuer(&self, metadata: &Metadata, answer: &Return) -> Result<(), OpenIdError> {
        match &answer.iss {
            Some(issuer) if *issuer == self.config.issuer => Ok(()),
            Some(_) => Err(OpenIdError::Untrusted("the answer comes from another provider".to_owned())),
            None if metadata.additional_metadata().authorization_response_iss_parameter_supported => {
                Err(OpenIdError::Untrusted("the answer doesn't say which provider it comes from".to_owned()))
            }
            None => Ok(()),
        }
    }

    fn client(&self, metadata: &Metadata, redirect: &str) -> Result<Client, OpenIdError> {
        let redirect = RedirectUrl::new(redirect.to_owned());
        let redirect = redirect.map_err(|error| OpenIdError::Unavailable(format!("the return address: {error}")))?;
        let secret = ClientSecret::new(self.config.client_secret.clone());
        let client = ClientId::new(self.config.client_id.clone());
        Ok(CoreClient::from_provider_metadata(metadata.clone(), client, Some(secret))
            .set_redirect_uri(redirect)
            .set_auth_type(match self.config.authentication {
                ClientAuthentication::Basic => AuthType::BasicAuth,
                ClientAuthentication::Post => AuthType::RequestBody,
            }))
    }

    async fn exchange(
        &self,
        metadata: &Metadata,
        request: &Request,
        code: String,
    ) -> Result<CoreTokenResponse, OpenIdError> {
        let client = self.client(metadata, &request.redirect)?;
        let exchange = client.exchange_code(AuthorizationCode::new(code));
        let mut exchange = exchange.map_err(|error| OpenIdError::Unavailable(error.to_string()))?;
        if let Some(verifier) = &request.verifier {
            exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(verifier.clone()));
        }
        exchange.request_async(&self.transport).await.map_err(|error| match error {
            RequestTokenError::Request(error) => unreachable(&error),
            RequestTokenError::ServerResponse(said) => OpenIdError::Untrusted(format!("the code was refused: {said}")),
            other => OpenIdError::Untrusted(format!("the tokens: {}", whole(&other))),
        })
    }

    /// Verifies the ID token, with newer keys when it names one that isn't known.
    async fn verified_subject(
        &self,
        metadata: &Arc<Metadata>,
        id_token: &CoreIdToken,
        access: &AccessToken,
        request: &Request,
    ) -> Result<String, OpenIdError> {
        let nonce = Nonce::new(request.nonce.clone());
        let claims = match token::verify(id_token, access, &nonce, metadata, &self.config) {
            Err(Distrust::UnknownKey) => {
                let newer = self.metadata_with_newer_keys().await?;
                token::verify(id_token, access, &nonce, &newer, &self.config)
            }
            verified => verified,
        };
        Ok(claims?.subject().to_string())
    }

    /// What the provider says of this person: its user info, or the ID token's own claims when it has none.
    async fn claims(
        &self,
        metadata: &Arc<Metadata>,
        id_token: &CoreIdToken,
        access: &AccessToken,
        subject: &str,
    ) -> Result<Claims, OpenIdError> {
        let json = match metadata.userinfo_endpoint() {
            Some(endpoint) => self.user_info(metadata, endpoint.as_str(), access).await?,
            None => {
                let newest = self.metadata().await?;
                signed::payload(&id_token.to_string(), newest.jwks(), &self.config, now())?
            }
        };
        let claims = Claims::parse(&json)?;
        // OpenID Connect Core 1.0 § 5.3.2: without this, one could answer with another person's claims.
        if claims.sub != subject {
            return Err(OpenIdError::Untrusted("the user info is about another person than the ID token".to_owned()));
        }
        Ok(claims)
    }

    async fn user_info(
        &self,
        metadata: &Arc<Metadata>,
        endpoint: &str,
        access: &AccessToken,
    ) -> Result<Vec<u8>, OpenIdError> {
        let request = http::Request::get(endpoint)
            .header(http::header::AUTHORIZATION, format!("Bearer {}", access.secret()))
            .header(http::header::ACCEPT, "application/jwt, application/json;q=0.9")
            .body(Vec::new())
            .map_err(|error| OpenIdError::Untrusted(format!("the access token: {error}")))?;
        let response = self.transport.call(request).await.map_err(|error| unreachable(&error))?;
        if response.status() != http::StatusCode::OK {
            return Err(OpenIdError::Unavailable(format!("the user info answers {}", response.status())));
        }
        let media_type = response.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.map(|value| value.split(';').next().unwrap_or(value).trim().to_lowercase());
        match media_type.as_deref() {
            Some("application/jwt") => self.signed_user_info(metadata, response.body()).await,
            // What isn't signed is as good as the connection, which ProConnect doesn't rely on.
            Some("application/json") if self.config.profile != Profile::ProConnect => Ok(response.into_body()),
            other => Err(OpenIdError::Untrusted(format!("the user info is of type {}", other.unwrap_or("unknown")))),
        }
    }

    async fn signed_user_info(&self, metadata: &Arc<Metadata>, body: &[u8]) -> Result<Vec<u8>, OpenIdError> {
        let text =
            std::str::from_utf8(body).map_err(|_| OpenIdError::Untrusted("the user info isn't text".to_owned()))?;
        match signed::payload(text, metadata.jwks(), &self.config, now()) {
            Err(Distrust::UnknownKey) => {
                let newer = self.metadata_with_newer_keys().await?;
                Ok(signed::payload(text, newer.jwks(), &self.config, now())?)
            }
            read => Ok(read?),
        }
    }
}

/// At least the 32 characters that ProConnect wants.
fn long_random() -> CsrfToken {
    CsrfToken::new_random_len(32)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn unreachable(error: &FetchError) -> OpenIdError {
    OpenIdError::Unavailable(error.to_string())
}

/// The provider's words are shown to nobody who didn't bring them, and are shortened all the same.
fn denied(code: &str, description: Option<&str>) -> OpenIdError {
    let short = |text: &str| text.chars().filter(|c| !c.is_control()).take(200).collect();
    OpenIdError::Denied { code: short(code), description: short(description.unwrap_or_default()) }
}
