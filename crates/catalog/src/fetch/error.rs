//! Why a URL can't be fetched.

/// Why a URL can't be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It isn't a web address.
    #[error("{url}: {detail}")]
    Url {
        /// The URL.
        url: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Its host stands inside a private network, or is this machine.
    #[error(
        "{host} is at {address}, which is not on the public internet; allow it in the configuration if it is meant"
    )]
    Forbidden {
        /// The host.
        host: String,
        /// The address that it resolves to.
        address: String,
    },
    /// No address is known for its host.
    #[error("{host}: no address is known for this name")]
    Unresolved {
        /// The host.
        host: String,
    },
    /// The server answered with an error.
    #[error("{url} answers {status}")]
    Status {
        /// The URL.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// Redirects go on and on.
    #[error("{url} redirects more than {most} times")]
    Redirects {
        /// The URL asked for.
        url: String,
        /// The limit.
        most: usize,
    },
    /// The file is larger than the limit.
    #[error("{url} is larger than {limit} bytes")]
    TooLarge {
        /// The URL.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// It took longer than the limit.
    #[error("{url} takes longer than {seconds} seconds")]
    TooSlow {
        /// The URL.
        url: String,
        /// The limit.
        seconds: u64,
    },
    /// The connection failed or broke.
    #[error("{url}: {detail}")]
    Network {
        /// The URL.
        url: String,
        /// What happened.
        detail: String,
    },
    /// The disk failed.
    #[error("writing what was fetched: {0}")]
    Io(#[from] std::io::Error),
}

impl FetchError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Url { .. } => "bad-url",
            Self::Forbidden { .. } => "forbidden-address",
            Self::Unresolved { .. } => "unknown-host",
            Self::Status { .. } => "bad-answer",
            Self::Redirects { .. } => "too-many-redirects",
            Self::TooLarge { .. } => "too-large",
            Self::TooSlow { .. } => "too-slow",
            Self::Network { .. } => "network",
            Self::Io(_) => "io",
        }
    }
}
