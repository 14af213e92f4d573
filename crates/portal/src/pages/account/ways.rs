//! The ways to sign in beside the password, as the sign-in page offers them.

use axum::Router;
use axum::routing::{get, post};

use super::{openid, passkey};
use crate::State;
use crate::pages::Reader;
use crate::pages::address::Address;

/// The routes of passkeys and of the provider.
pub fn router() -> Router<State> {
    Router::new()
        .route("/sign-in/passkey/options", post(passkey::sign_in_options))
        .route("/sign-in/passkey", post(passkey::sign_in))
        .route("/sign-in/openid", get(openid::leave))
        .route("/sign-in/openid/return", get(openid::come_back))
        .route("/sign-out/openid", get(openid::signed_out))
        .route("/account/passkeys", get(passkey::list).post(passkey::register))
        .route("/account/passkeys/options", post(passkey::registration_options))
        .route("/account/passkeys/{id}/name", post(passkey::rename))
        .route("/account/passkeys/{id}/remove", post(passkey::remove))
        .route("/account/identities", get(openid::list))
        .route("/account/identities/add", post(openid::add))
        .route("/account/identities/{id}/remove", post(openid::remove))
}

/// What is offered.
pub struct Ways {
    /// Whether browsers offer passkeys under this portal's address.
    pub passkeys: bool,
    /// The provider's name, and where one leaves for it.
    pub openid: Option<(String, String)>,
}

impl Ways {
    /// What this portal offers this reader, who wants to go on to `next`.
    pub fn of(reader: &Reader, state: &State, next: &str) -> Self {
        let openid = state.config.openid.as_ref().map(|provider| {
            let leave = Address::path("/sign-in/openid").with("next", next).href();
            (provider.name().to_owned(), leave)
        });
        Self { passkeys: passkey::party(reader, state).is_some(), openid }
    }
}
