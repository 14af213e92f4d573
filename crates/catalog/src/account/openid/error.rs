//! Why somebody who came from a provider isn't signed in.

/// Why somebody who came from a provider isn't signed in. What the sentences tell is for the log and for whoever runs
/// the portal; [`OpenIdError::code`] says which sentence the person reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdError {
    /// The provider can't be reached, or what it publishes about itself can't be used.
    #[error("the provider cannot be used now: {0}")]
    Unavailable(String),
    /// The return wasn't asked for: unknown, used already, too old, or another browser's.
    #[error("this return from the provider was used already, is too old or belongs to another browser")]
    Stale,
    /// The provider, or the person there, said no.
    #[error("the provider refused: {code} {description}")]
    Denied {
        /// OAuth's code, such as `access_denied`.
        code: String,
        /// The provider's own words, shortened.
        description: String,
    },
    /// A token is malformed, or isn't for this program, for now, or from this provider.
    #[error("what the provider sent cannot be trusted: {0}")]
    Untrusted(String),
    /// The provider doesn't vouch for an e-mail address, and nothing else says who this is.
    #[error("the provider vouches for no e-mail address of this person")]
    NoTrustedEmail,
    /// Nobody here has this identity or this address.
    #[error("nobody here has this identity or this address")]
    NoAccount {
        /// The address that the provider gives: the person may have several.
        email: Option<String>,
    },
    /// The identity belongs to another account.
    #[error("this identity belongs to another account")]
    Taken,
}

impl OpenIdError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "openid-unavailable",
            Self::Stale => "openid-stale",
            Self::Denied { code, .. } if code == "access_denied" => "openid-cancelled",
            Self::Denied { .. } => "openid-denied",
            Self::Untrusted(_) => "openid-untrusted",
            Self::NoTrustedEmail => "openid-no-email",
            Self::NoAccount { .. } => "openid-no-account",
            Self::Taken => "openid-taken",
        }
    }

    /// Whether the fault lies with the provider or its configuration, not with the person.
    pub fn is_providers(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Untrusted(_))
    }
}
