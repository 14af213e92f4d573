//! JSON Web Tokens signed by the provider, such as a user info. The library reads those itself only when they are
//! signed with RS256; providers also sign with ES256 or HS256.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey as _, JsonWebKeyAlgorithm, JwsSigningAlgorithm as _};
use serde::Deserialize;

use super::config::ProviderConfig;
use super::error::OpenIdError;

/// Why a token isn't taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Distrust {
    /// No key of this name: the provider may have changed its keys.
    UnknownKey,
    /// Anything else.
    Wrong(String),
}

impl From<Distrust> for OpenIdError {
    fn from(distrust: Distrust) -> Self {
        Self::Untrusted(match distrust {
            Distrust::UnknownKey => "a token is signed with a key that the provider doesn't publish".to_owned(),
            Distrust::Wrong(detail) => detail,
        })
    }
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Addressed {
    iss: Option<String>,
    aud: Option<Audience>,
    exp: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The payload of a token that this provider signed for this client.
pub(super) fn payload(
    token: &str,
    keys: &CoreJsonWebKeySet,
    config: &ProviderConfig,
    now: i64,
) -> Result<Vec<u8>, Distrust> {
    let wrong = |detail: &str| Distrust::Wrong(format!("a signed token {detail}"));
    let parts: Vec<&str> = token.trim().split('.').collect();
    let [header, body, signature] = parts.as_slice() else { return Err(wrong("is not a signed token")) };
    let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| wrong("is not base64url"));
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| wrong("has no readable header"))?;
    if header.alg != config.algorithm {
        return Err(wrong("is signed with another algorithm than agreed"));
    }
    if header.crit.is_some() {
        return Err(wrong("asks for extensions that are unknown here"));
    }
    let signed = &token.trim()[..parts[0].len() + 1 + body.len()];
    let key = key(keys, config, header.kid.as_deref())?;
    key.verify_signature(&header.alg, signed.as_bytes(), &decode(signature)?)
        .map_err(|_| wrong("has a signature that doesn't match"))?;
    let payload = decode(body)?;
    let addressed: Addressed = serde_json::from_slice(&payload).map_err(|_| wrong("holds no claims"))?;
    addressed.check(config, now).map_err(wrong)?;
    Ok(payload)
}

/// The key of this name; without a name, the only one that suits.
fn key(keys: &CoreJsonWebKeySet, config: &ProviderConfig, kid: Option<&str>) -> Result<CoreJsonWebKey, Distrust> {
    if config.algorithm.uses_shared_secret() {
        return Ok(CoreJsonWebKey::new_symmetric(config.client_secret.clone().into_bytes()));
    }
    let suits = |key: &&CoreJsonWebKey| {
        let named = kid.is_none_or(|kid| key.key_id().is_some_and(|own| own.as_str() == kid));
        let signs = match key.signing_alg() {
            JsonWebKeyAlgorithm::Unspecified => true,
            JsonWebKeyAlgorithm::Algorithm(algorithm) => *algorithm == config.algorithm,
            JsonWebKeyAlgorithm::Unsupported => false,
        };
        named && signs && config.algorithm.key_type().as_ref() == Some(key.key_type())
    };
    let mut suitable = keys.keys().iter().filter(suits);
    match (suitable.next(), suitable.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(Distrust::UnknownKey),
        _ => Err(Distrust::Wrong("several of the provider's keys suit a token that names none".to_owned())),
    }
}

impl Addressed {
    /// `iss` and `aud` are for who signs: OpenID Connect Core 1.0 § 5.3.2 wants them, providers don't all give them.
    fn check(&self, config: &ProviderConfig, now: i64) -> Result<(), &'static str> {
        if self.iss.as_ref().is_some_and(|issuer| *issuer != config.issuer) {
            return Err("comes from another issuer");
        }
        let meant = match &self.aud {
            None => true,
            Some(Audience::One(one)) => *one == config.client_id,
            Some(Audience::Several(several)) => several.contains(&config.client_id),
        };
        if !meant {
            return Err("is meant for another client");
        }
        // Dates of tokens are far from where a float loses seconds.
        if self.exp.is_some_and(|end| end + super::token::SKEW_SECONDS as f64 <= now as f64) {
            return Err("has expired");
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openidconnect::core::CoreRsaPrivateSigningKey;
    use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
    use serde_json::json;

    use super::*;
    use crate::account::openid::Profile;

    const ISSUER: &str = "https://connexion.example.fr";
    const NOW: i64 = 1_800_000_000;
    /// Made for these tests, with `openssl genrsa -traditional 2048`.
    const KEY: &str = include_str!("signed-testing-key.pem");

    fn signing(kid: &str) -> CoreRsaPrivateSigningKey {
        CoreRsaPrivateSigningKey::from_pem(KEY, Some(JsonWebKeyId::new(kid.to_owned()))).unwrap()
    }

    fn config(algorithm: &str) -> ProviderConfig {
        ProviderConfig::new(Profile::ProConnect, ISSUER, "cocagne", &"s".repeat(32))
            .unwrap()
            .signed_with(algorithm)
            .unwrap()
    }

    fn token(header: &serde_json::Value, claims: &serde_json::Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let signed = format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let signature = encode(&sign(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    fn by_rsa(claims: &serde_json::Value) -> String {
        let key = signing("one");
        token(&json!({ "alg": "RS256", "kid": "one" }), claims, |bytes| {
            key.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, bytes).unwrap()
        })
    }

    fn keys(kid: &str) -> CoreJsonWebKeySet {
        CoreJsonWebKeySet::new(vec![signing(kid).as_verification_key()])
    }

    fn claims() -> serde_json::Value {
        json!({ "sub": "a", "iss": ISSUER, "aud": "cocagne", "exp": NOW + 60 })
    }

    #[test]
    fn a_token_signed_by_the_provider_is_read() {
        let read = payload(&by_rsa(&claims()), &keys("one"), &config("RS256"), NOW).unwrap();
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&read).unwrap(), claims());
    }

    #[test]
    fn a_token_signed_with_the_client_s_secret_is_read_where_that_was_agreed() {
        use sha2::Digest as _;
        // HMAC (RFC 2104) by hand, with a key that is shorter than SHA-256's block.
        let sign = |bytes: &[u8]| {
            let pad = |with: u8| [[b's' ^ with; 32], [with; 32]].concat();
            let inner = sha2::Sha256::digest([pad(0x36).as_slice(), bytes].concat());
            sha2::Sha256::digest([pad(0x5c).as_slice(), &inner].concat()).to_vec()
        };
        let token = token(&json!({ "alg": "HS256" }), &claims(), sign);
        assert!(payload(&token, &keys("one"), &config("HS256"), NOW).is_ok());
        assert!(payload(&token, &keys("one"), &config("RS256"), NOW).is_err(), "only the agreed algorithm is taken");
    }

    #[test]
    fn an_unknown_key_is_told_apart_so_that_keys_are_asked_for_again() {
        assert_eq!(payload(&by_rsa(&claims()), &keys("two"), &config("RS256"), NOW), Err(Distrust::UnknownKey));
    }

    #[test]
    fn a_token_that_was_changed_or_is_not_signed_is_refused() {
        let good = by_rsa(&claims());
        let parts: Vec<&str> = good.split('.').collect();
        let other =
            BASE64_URL_SAFE_NO_PAD.encode(json!({ "sub": "admin", "iss": ISSUER, "aud": "cocagne" }).to_string());
        let unsigned = BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "none" }).to_string());
        for bad in [
            format!("{}.{other}.{}", parts[0], parts[2]),
            format!("{unsigned}.{}.", parts[1]),
            format!("{}.{}", parts[0], parts[1]),
            format!("{good}.x"),
            "…".to_owned(),
            String::new(),
        ] {
            assert!(matches!(payload(&bad, &keys("one"), &config("RS256"), NOW), Err(Distrust::Wrong(_))), "{bad}");
        }
    }

    #[test]
    fn a_token_for_another_client_from_another_issuer_or_for_another_day_is_refused() {
        let with = |name: &str, value: serde_json::Value| {
            let mut claims = claims();
            claims[name] = value;
            payload(&by_rsa(&claims), &keys("one"), &config("RS256"), NOW).is_ok()
        };
        assert!(with("aud", json!(["other", "cocagne"])));
        assert!(with("exp", json!(NOW - 30)), "clocks may differ by a minute");
        assert!(!with("aud", json!("other")));
        assert!(!with("iss", json!("https://evil.example")));
        assert!(!with("exp", json!(NOW - 90)));
    }
}
