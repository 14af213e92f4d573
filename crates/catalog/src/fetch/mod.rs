//! Fetching files by URL, without ever reaching into the network that the program stands in.

mod error;

pub use error::FetchError;

/// Makes ring the cryptography of TLS for the whole program; the first caller wins, later ones change nothing.
pub(crate) fn install_cryptography() {
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
}
