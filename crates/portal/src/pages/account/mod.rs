//! Accounts: to sign in and out, to join, one's own account, the members of an organisation.

mod fields;
mod sign_in;

use axum::Router;
use axum::routing::{get, post};

use super::address::Address;
use crate::State;

/// The routes.
pub fn router() -> Router<State> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
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
        for hostile in ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "", "/a\r\nb", "/\t/evil"] {
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
