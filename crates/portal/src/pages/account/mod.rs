//! Accounts: to sign in and out, to join, one's own account, the members of an organisation.

mod device;
mod fields;
mod home;
mod link;
mod members;
mod openid;
mod passkey;
mod password;
mod sign_in;
mod token;
mod ways;

use axum::Router;
use axum::routing::{get, post};

use super::address::Address;
use crate::State;

/// The routes.
pub fn router() -> Router<State> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/forgotten", get(password::forgotten).post(password::send_link))
        .route("/sign-out", post(sign_in::leave))
        .route("/invitation/{secret}", get(link::show).post(link::accept))
        .route("/account", get(home::show))
        .route("/account/name", post(home::rename))
        .route("/account/password", post(home::change_password))
        .route("/account/sessions/end", post(home::end_other_sessions))
        .route("/account/sessions/{id}/end", post(home::end_session))
        .route("/account/tokens", post(home::create_token))
        .route("/account/tokens/{id}/revoke", post(home::revoke_token))
        .route("/organizations/{slug}/members", get(members::show))
        .route("/organizations/{slug}/members/{account}", post(members::change_role))
        .route("/organizations/{slug}/invitations", post(members::invite))
        .route("/organizations/{slug}/invitations/{id}/revoke", post(members::revoke_invitation))
        .route("/organizations/{slug}/tokens", post(members::create_token))
        .route("/organizations/{slug}/tokens/{id}/revoke", post(members::revoke_token))
        .merge(ways::router())
}

/// Where somebody signs in and then comes back to `next`, an address of this portal.
pub(crate) fn sign_in_address(next: &str) -> String {
    let address = Address::path("/sign-in");
    if next == "/" || next.starts_with("/sign-in") || next.starts_with("/invitation/") {
        return address.href();
    }
    address.with("next", next).href()
}

/// Where to go on: an address of this portal, whatever was sent.
fn next_of(given: &str) -> &str {
    let stays = given.starts_with('/')
        && !given.starts_with("//")
        && given.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if stays { given } else { "/account" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_never_goes_on_to_another_site() {
        for hostile in ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "", "/a\r\nb", "/\t/evil"]
        {
            assert_eq!(next_of(hostile), "/account", "{hostile}");
        }
        assert_eq!(next_of("/publish?step=1"), "/publish?step=1");
    }

    #[test]
    fn one_comes_back_to_where_one_was() {
        assert_eq!(sign_in_address("/"), "/sign-in");
        assert_eq!(sign_in_address("/sign-in?next=%2F"), "/sign-in");
        assert_eq!(sign_in_address("/datasets?q=eau"), "/sign-in?next=%2Fdatasets%3Fq%3Deau");
    }
}
