//! From where a request comes, as far as it can be known.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, HeaderName, header, request::Parts};

use crate::State;

/// Extractor: the network address and the browser's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Of the connection, or as the trusted proxy says.
    pub address: Option<IpAddr>,
    /// `User-Agent`.
    pub device: String,
}

impl FromRequestParts<State> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Infallible> {
        Ok(Self::of(parts, state))
    }
}

impl Client {
    /// Who sends a request.
    pub fn of(parts: &Parts, state: &State) -> Self {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let proxy = state.config.client_address_header.as_ref().and_then(|name| told(&parts.headers, name));
        let device = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            address: proxy.or(connection).map(|ip| ip.to_canonical()),
            device: device.unwrap_or_default().to_owned(),
        }
    }

    /// The address as text; empty when it isn't known.
    pub fn address_text(&self) -> String {
        self.address.map(|address| address.to_string()).unwrap_or_default()
    }
}

/// The last address of a header: the one that the nearest proxy added; what comes before, anybody may have written.
fn told(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_the_nearest_proxy_added_is_believed() {
        let name = HeaderName::from_static("x-forwarded-for");
        let mut headers = HeaderMap::new();
        assert_eq!(told(&headers, &name), None);
        headers.append(&name, HeaderValue::from_static("10.0.0.1"));
        headers.append(&name, HeaderValue::from_static("203.0.113.7, 198.51.100.2"));
        assert_eq!(told(&headers, &name), Some("198.51.100.2".parse().unwrap()));
        headers.insert(&name, HeaderValue::from_static("[2001:db8::1]:443"));
        assert_eq!(told(&headers, &name), Some("2001:db8::1".parse().unwrap()));
        headers.insert(&name, HeaderValue::from_static("unknown"));
        assert_eq!(told(&headers, &name), None);
    }
}
