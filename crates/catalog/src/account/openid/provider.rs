//! A provider and what it publishes about itself, asked for when needed and kept for a while.

use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, EndSessionUrl, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::config::ProviderConfig;
use super::error::OpenIdError;
use super::transport::Transport;
use crate::error::Error;
use crate::fetch::Exchanger;
use crate::platform::Platform;

/// How long metadata and keys are used without asking again.
const FRESH: Duration = Duration::from_secs(3_600);
/// How long they are used when the provider doesn't answer.
const USABLE: Duration = Duration::from_secs(86_400);
/// An unknown key makes the keys be asked for again, but after that not for this time, whoever sends unknown keys.
const KEYS_AGAIN: Duration = Duration::from_secs(60);
/// A provider that didn't answer is left alone for this long.
const REST: Duration = Duration::from_secs(5);
/// Time for one answer of the provider: a person waits for it.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of one answer.
const LONGEST_ANSWER: usize = 1 << 20;

/// What metadata says beyond OpenID Connect Discovery 1.0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct More {
    /// RP-Initiated Logout 1.0 § 2.1.
    pub end_session_endpoint: Option<EndSessionUrl>,
    /// RFC 9207 § 3.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

pub(super) type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider. Cheap to clone: clones share what is known of it.
#[derive(Debug, Clone)]
pub struct Provider {
    pub(super) config: Arc<ProviderConfig>,
    pub(super) transport: Transport,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, Instant)>,
    failed: Option<(OpenIdError, Instant)>,
    /// When the keys were last asked for again because of an unknown one.
    keys_asked: Option<Instant>,
}

impl Platform {
    /// A provider to sign in with. Nothing is asked of it yet. Its own host may be reached wherever it stands; what
    /// its metadata names elsewhere only when fetching may.
    ///
    /// # Errors
    /// When the issuer's host can't be understood.
    pub fn openid_provider(&self, config: ProviderConfig) -> Result<Provider, Error> {
        let wrong = |detail: String| Error::Configuration { option: "oidc-issuer", detail };
        let url = reqwest::Url::parse(&config.issuer).map_err(|error| wrong(error.to_string()))?;
        let host = url.host_str().ok_or_else(|| wrong("names no host".to_owned()))?;
        let exchanger = Exchanger::new(&self.fetcher, host, PATIENCE, LONGEST_ANSWER)?;
        Ok(Provider { config: Arc::new(config), transport: Transport(exchanger), known: Arc::default() })
    }
}

impl Provider {
    /// What the button calls it.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// Which provider it is, as identities keep it.
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// Which account persons get.
    pub(crate) fn policy(&self) -> &super::Policy {
        &self.config.policy
    }

    /// What the provider publishes about itself.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, OpenIdError> {
        let mut known = self.known.lock().await;
        match known.not_older_than(FRESH) {
            Some(metadata) => Ok(metadata),
            None => self.ask(&mut known).await,
        }
    }

    /// The same with keys asked for again, unless they just were.
    pub(super) async fn metadata_with_newer_keys(&self) -> Result<Arc<Metadata>, OpenIdError> {
        let mut known = self.known.lock().await;
        let just_asked = known.keys_asked.is_some_and(|at| at.elapsed() < KEYS_AGAIN);
        match known.not_older_than(FRESH).filter(|_| just_asked) {
            Some(metadata) => Ok(metadata),
            None => {
                known.keys_asked = Some(Instant::now());
                self.ask(&mut known).await
            }
        }
    }

    /// Whoever holds the lock asks; the others wait for what it learns.
    async fn ask(&self, known: &mut Known) -> Result<Arc<Metadata>, OpenIdError> {
        match known.recent_failure() {
            Some(failure) => known.not_older_than(USABLE).ok_or(failure),
            None => match self.discover().await {
                Ok(metadata) => {
                    let metadata = Arc::new(metadata);
                    known.metadata = Some((Arc::clone(&metadata), Instant::now()));
                    known.failed = None;
                    Ok(metadata)
                }
                Err(error) => {
                    tracing::warn!(issuer = self.config.issuer, %error, "the OpenID provider's metadata cannot be read");
                    known.failed = Some((error.clone(), Instant::now()));
                    known.not_older_than(USABLE).ok_or(error)
                }
            },
        }
    }

    async fn discover(&self) -> Result<Metadata, OpenIdError> {
        let unusable = |error: &dyn std::error::Error| OpenIdError::Unavailable(whole(error));
        let issuer = IssuerUrl::new(self.config.issuer.clone()).map_err(|error| unusable(&error))?;
        let metadata = Metadata::discover_async(issuer, &self.transport).await.map_err(|error| unusable(&error))?;
        if metadata.token_endpoint().is_none() {
            return Err(OpenIdError::Unavailable("its metadata names no token endpoint".to_owned()));
        }
        Ok(metadata)
    }
}

impl Known {
    fn recent_failure(&self) -> Option<OpenIdError> {
        self.failed.as_ref().filter(|(_, at)| at.elapsed() < REST).map(|(error, _)| error.clone())
    }

    fn not_older_than(&self, age: Duration) -> Option<Arc<Metadata>> {
        let (metadata, since) = self.metadata.as_ref()?;
        (since.elapsed() < age).then(|| Arc::clone(metadata))
    }
}

/// An error with its causes: the library's outermost sentence only says that something failed.
pub(super) fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(500).collect()
}
