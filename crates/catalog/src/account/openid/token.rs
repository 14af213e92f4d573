//! Verifying an ID token: OpenID Connect Core 1.0 § 3.1.3.7.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier};
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, ClientSecret, Nonce, SignatureVerificationError,
};

use super::config::ProviderConfig;
use super::provider::Metadata;
use super::signed::Distrust;

/// What clocks may differ by.
pub(super) const SKEW_SECONDS: i64 = 60;
const SKEW: TimeDelta = match TimeDelta::try_seconds(SKEW_SECONDS) {
    Some(skew) => skew,
    None => TimeDelta::zero(),
};
/// An ID token is used at once: one made longer ago was kept by somebody.
const OLDEST: Duration = Duration::from_secs(600);

/// The claims of an ID token that was made now, for this client, by this provider, in answer to this nonce, together
/// with this access token.
pub(super) fn verify(
    token: &CoreIdToken,
    access: &AccessToken,
    nonce: &Nonce,
    metadata: &Metadata,
    config: &ProviderConfig,
) -> Result<CoreIdTokenClaims, Distrust> {
    let verifier = verifier(metadata, config);
    let claims = token.claims(&verifier, nonce).map_err(|error| distrust(&error))?;
    check_party(claims, config)?;
    check_hash(token, claims, access, &verifier)?;
    Ok(claims.clone())
}

fn verifier<'a>(metadata: &Metadata, config: &'a ProviderConfig) -> CoreIdTokenVerifier<'a> {
    let keys = metadata.jwks().clone();
    let (client, secret) = (ClientId::new(config.client_id.clone()), ClientSecret::new(config.client_secret.clone()));
    CoreIdTokenVerifier::new_confidential_client(client, secret, metadata.issuer().clone(), keys)
        .set_allowed_algs([config.algorithm.clone()])
        .set_time_fn(|| Utc::now() - SKEW)
        .set_issue_time_verifier_fn(|issued| {
            let age = Utc::now() - issued;
            if age < -SKEW {
                return Err(format!("it was issued at {issued}, which is still to come: compare the clocks"));
            }
            if age > SKEW + TimeDelta::from_std(OLDEST).unwrap_or(TimeDelta::zero()) {
                return Err(format!("it was issued at {issued}, too long ago"));
            }
            Ok(())
        })
        .set_auth_context_verifier_fn(|acr| match acr {
            Some(acr)
                if !config.acr_values.is_empty() && !config.acr_values.iter().any(|asked| asked == acr.as_str()) =>
            {
                Err(format!("its level of assurance is {:?}, not {}", acr.as_str(), config.acr_values.join(" or ")))
            }
            _ => Ok(()),
        })
}

/// `azp`, when there is one, names this client (§ 3.1.3.7, 4 and 5).
fn check_party(claims: &CoreIdTokenClaims, config: &ProviderConfig) -> Result<(), Distrust> {
    match claims.authorized_party() {
        Some(party) if party.as_str() != config.client_id => {
            Err(Distrust::Wrong("the ID token was issued to another client".to_owned()))
        }
        _ => Ok(()),
    }
}

/// `at_hash`, when there is one, is that of the access token that came with it (§ 3.1.3.8).
fn check_hash(
    token: &CoreIdToken,
    claims: &CoreIdTokenClaims,
    access: &AccessToken,
    verifier: &CoreIdTokenVerifier<'_>,
) -> Result<(), Distrust> {
    let Some(expected) = claims.access_token_hash() else { return Ok(()) };
    let wrong = |detail: String| Distrust::Wrong(format!("the ID token: {detail}"));
    let algorithm = token.signing_alg().map_err(|error| wrong(error.to_string()))?;
    let key = token.signing_key(verifier).map_err(|error| wrong(error.to_string()))?;
    let found = AccessTokenHash::from_token(access, algorithm, key).map_err(|error| wrong(error.to_string()))?;
    if found == *expected { Ok(()) } else { Err(wrong("belongs to another access token".to_owned())) }
}

fn distrust(error: &ClaimsVerificationError) -> Distrust {
    match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            Distrust::UnknownKey
        }
        error => Distrust::Wrong(format!("the ID token: {}", super::provider::whole(error))),
    }
}
