//! Passkeys: WebAuthn credentials that a person's device keeps, and that sign in without a name or a password.
//!
//! Here are the two ceremonies as WebAuthn Level 3 describes them (§ 7.1 to register, § 7.2 to sign in), without any
//! storage. What a ceremony must remember between its two halves is bytes: [`crate::records`] keeps them for five
//! minutes and gives them out once.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle, UserHandle16,
    Username,
};
use webauthn_rp::request::{AsciiDomain, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::auth::DiscoverableAuthentication;
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, Backup, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthenticationServerState, DiscoverableCredentialRequestOptions,
    PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
};

use super::User;

/// Bytes that a browser may answer with: a certificate chain, which nobody asked for, would be the longest part.
pub const LONGEST_RESPONSE: usize = 64 << 10;

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Passkey {
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// Whether the device may copy it to the owner's other devices.
    pub synced: bool,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// Why a passkey was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The browser's answer isn't what WebAuthn says.
    #[error("the browser's answer cannot be read: {0}")]
    Malformed(String),
    /// The challenge is unknown here: never given, used already, or older than five minutes.
    #[error("this request was answered already, or too long ago: start again")]
    Stale,
    /// The passkey was never registered here, or was removed.
    #[error("this passkey is not registered here")]
    Unknown,
    /// It belongs to an account already.
    #[error("this passkey is registered already")]
    Taken,
    /// The answer is well formed and wrong: another site, a signature that doesn't match, a counter that went back.
    #[error("the passkey's answer is refused: {0}")]
    Refused(String),
}

impl PasskeyError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "passkey-malformed",
            Self::Stale => "passkey-stale",
            Self::Unknown => "passkey-unknown",
            Self::Taken => "passkey-taken",
            Self::Refused(_) => "passkey-refused",
        }
    }
}

/// The site that passkeys are made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    id: RpId,
    origin: String,
}

impl RelyingParty {
    /// The site at `https://data.example.fr`, or `http://localhost:8080` to try things out. `None` where browsers
    /// offer no passkeys: without encryption, and under an IP address.
    pub fn of(base_url: &str) -> Option<Self> {
        let url = reqwest::Url::parse(base_url).ok()?;
        let host = url.domain()?;
        let local = host == "localhost" || host.ends_with(".localhost");
        let secure = url.scheme() == "https" || (url.scheme() == "http" && local);
        let id = AsciiDomain::try_from(host.to_owned()).ok().filter(|_| secure)?;
        Some(Self { id: RpId::Domain(id), origin: url.origin().ascii_serialization() })
    }

    /// Whether it is this machine, which needs no configuration to be believed.
    pub fn is_local(&self) -> bool {
        let host = self.id.as_ref();
        host == "localhost" || host.ends_with(".localhost")
    }

    /// The origin that browsers must name: scheme, host, and port when it isn't the scheme's own.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// A ceremony begun: what the browser is asked, and what is to be remembered.
pub(crate) struct Begun {
    /// For `navigator.credentials`, in WebAuthn's JSON form.
    pub options: Value,
    /// Finds `state` again.
    pub challenge: String,
    pub state: Vec<u8>,
}

/// A credential as records keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credential {
    pub id: Vec<u8>,
    /// The public key and what doesn't change.
    pub fixed: Vec<u8>,
    /// The counter and what changes at each use.
    pub changing: Vec<u8>,
    pub transports: u8,
}

impl Credential {
    /// Whether the device may copy it to others.
    pub(crate) fn is_synced(&self) -> bool {
        dynamic(&self.changing).is_ok_and(|state| !matches!(state.backup, Backup::NotEligible))
    }
}

/// Asks the browser for a new passkey, other than those that the person has.
pub(crate) fn begin_registration(
    party: &RelyingParty,
    user: &User,
    known: &[Credential],
) -> Result<Begun, PasskeyError> {
    let id = handle(user.id);
    let excluded = known.iter().map(descriptor).collect::<Result<_, _>>()?;
    let entity = PublicKeyCredentialUserEntity {
        name: username(user)?,
        id: &id,
        display_name: Nickname::try_from(user.name.as_str()).ok(),
    };
    let mut options = PublicKeyCredentialCreationOptions::passkey(&party.id, entity, excluded);
    // Many devices don't know this extension and would refuse; signing in asks for its user's proof in any case.
    options.extensions.cred_protect = CredProtect::None;
    let (server, client) = options.start_ceremony().map_err(|error| internal(&error))?;
    let challenge = challenge_key(client.options().challenge.as_data());
    let state = server.encode().map_err(|error| internal(&error))?;
    Ok(Begun { options: json(&client)?, challenge, state })
}

/// A browser's answer to [`begin_registration`], read but not trusted yet.
pub(crate) struct RegistrationAnswer {
    answer: Registration,
    pub challenge: String,
}

impl RegistrationAnswer {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, PasskeyError> {
        let answer = Registration::from_json_relaxed(bounded(json)?).map_err(|error| malformed(&error))?;
        let challenge = answer.challenge_relaxed().map_err(|error| malformed(&error))?;
        Ok(Self { challenge: challenge_key(challenge.0), answer })
    }

    /// Verifies the answer for this person; gives the credential to keep.
    pub(crate) fn verify(&self, party: &RelyingParty, state: &[u8], user: Uuid) -> Result<Credential, PasskeyError> {
        let state = RegistrationServerState::<16>::decode(state).map_err(|_| PasskeyError::Stale)?;
        let origins = [party.origin.as_str()];
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let credential = state.verify(&party.id, &self.answer, &options).map_err(|error| refused(&error))?;
        if credential.user_id() != &handle(user) {
            return Err(PasskeyError::Stale);
        }
        let fixed = credential.static_state().encode().map_err(|error| internal(&error))?;
        let changing = credential.dynamic_state().encode().map_err(|error| internal(&error))?;
        let transports = credential.transports().encode().map_err(|error| internal(&error))?;
        Ok(Credential { id: credential.id().as_ref().to_vec(), fixed, changing: changing.to_vec(), transports })
    }
}

/// Asks the browser for any passkey of this site: its user finds theirs.
pub(crate) fn begin_sign_in(party: &RelyingParty) -> Result<Begun, PasskeyError> {
    let options = DiscoverableCredentialRequestOptions::passkey(&party.id);
    let (server, client) = options.start_ceremony().map_err(|error| internal(&error))?;
    let challenge = challenge_key(client.options().0.challenge.as_data());
    let state = server.encode().map_err(|error| internal(&error))?;
    Ok(Begun { options: json(&client)?, challenge, state })
}

/// A browser's answer to [`begin_sign_in`], read but not trusted yet.
pub(crate) struct SignInAnswer {
    answer: DiscoverableAuthentication<16>,
    pub challenge: String,
}

impl SignInAnswer {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, PasskeyError> {
        let answer = DiscoverableAuthentication::<16>::from_json_relaxed(bounded(json)?);
        let answer = answer.map_err(|error| malformed(&error))?;
        let challenge = answer.challenge_relaxed().map_err(|error| malformed(&error))?;
        Ok(Self { challenge: challenge_key(challenge.0), answer })
    }

    /// Which credential answers.
    pub(crate) fn credential_id(&self) -> &[u8] {
        self.answer.raw_id().into_inner()
    }

    /// Verifies the answer against the credential of this owner; gives the credential as it is after this use.
    pub(crate) fn verify(
        &self,
        party: &RelyingParty,
        state: &[u8],
        credential: &Credential,
        owner: Uuid,
    ) -> Result<Credential, PasskeyError> {
        let state = DiscoverableAuthenticationServerState::decode(state).map_err(|_| PasskeyError::Stale)?;
        let id = CredentialId::<&[u8]>::decode(&credential.id).map_err(|error| internal(&error))?;
        let owner = handle(owner);
        let fixed = StaticState::<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>::decode(&credential.fixed);
        let fixed = fixed.map_err(|error| internal(&error))?;
        let mut known = AuthenticatedCredential::new(id, &owner, fixed, dynamic(&credential.changing)?)
            .map_err(|error| internal(&error))?;
        let origins = [party.origin.as_str()];
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            update_uv: true,
            ..AuthenticationVerificationOptions::default()
        };
        state.verify(&party.id, &self.answer, &mut known, &options).map_err(|error| refused(&error))?;
        let changing = known.dynamic_state().encode().map_err(|error| internal(&error))?;
        Ok(Credential { changing: changing.to_vec(), ..credential.clone() })
    }
}

/// The account's identifier: random enough to say nothing of the person.
fn handle(user: Uuid) -> UserHandle16 {
    match UserHandle::decode(user.into_bytes()) {
        Ok(handle) => handle,
        Err(never) => match never {},
    }
}

/// What the device shows. An address that RFC 8265 doesn't take as a name gives way to the account's identifier.
fn username(user: &User) -> Result<Username<'_>, PasskeyError> {
    Username::try_from(user.email.as_str())
        .or_else(|_| Username::try_from(user.id.to_string()))
        .map_err(|error| internal(&error))
}

fn descriptor(credential: &Credential) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>, PasskeyError> {
    let id = CredentialId::<Vec<u8>>::decode(credential.id.clone()).map_err(|error| internal(&error))?;
    let transports = AuthTransports::decode(credential.transports).map_err(|error| internal(&error))?;
    Ok(PublicKeyCredentialDescriptor { id, transports })
}

fn dynamic(bytes: &[u8]) -> Result<DynamicState, PasskeyError> {
    let bytes = bytes.try_into().map_err(|error| internal(&error))?;
    DynamicState::decode(bytes).map_err(|error| internal(&error))
}

fn bounded(json: &[u8]) -> Result<&[u8], PasskeyError> {
    if json.len() <= LONGEST_RESPONSE {
        return Ok(json);
    }
    Err(PasskeyError::Malformed(format!("it has {} bytes: at most {LONGEST_RESPONSE} are taken", json.len())))
}

fn challenge_key(challenge: u128) -> String {
    format!("{challenge:032x}")
}

fn json(client: &impl Serialize) -> Result<Value, PasskeyError> {
    serde_json::to_value(client).map_err(|error| internal(&error))
}

fn malformed(error: &dyn std::fmt::Display) -> PasskeyError {
    PasskeyError::Malformed(error.to_string())
}

fn refused(error: &dyn std::fmt::Display) -> PasskeyError {
    PasskeyError::Refused(error.to_string())
}

/// What was stored can't be read, or the clock stands before 1970: nothing that the person could mend.
fn internal(error: &dyn std::fmt::Display) -> PasskeyError {
    PasskeyError::Refused(format!("the record cannot be used: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_offer_passkeys_over_tls_under_a_name_and_on_this_machine() {
        let origin = |url| RelyingParty::of(url).map(|party| party.origin().to_owned());
        assert_eq!(origin("https://data.ville.fr").as_deref(), Some("https://data.ville.fr"));
        assert_eq!(origin("https://data.ville.fr:8443/donnees/").as_deref(), Some("https://data.ville.fr:8443"));
        assert_eq!(origin("http://localhost:8080").as_deref(), Some("http://localhost:8080"));
        for without in ["http://data.ville.fr", "http://127.0.0.1:8080", "https://[::1]", "https://10.0.0.1", "", "x"] {
            assert_eq!(origin(without), None, "{without}");
        }
    }

    #[test]
    fn only_this_machine_needs_no_configuration() {
        let local = |url| RelyingParty::of(url).is_some_and(|party| party.is_local());
        assert!(local("http://localhost:8080") && local("http://a.localhost"));
        assert!(!local("https://localhost.evil.example") && !local("https://data.ville.fr"));
    }
}
