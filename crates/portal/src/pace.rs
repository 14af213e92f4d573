//! How often one client may do what costs or what guesses.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Problem;

/// Clients remembered at once; those that did nothing lately are forgotten then.
const MOST_CLIENTS: usize = 50_000;

/// What is limited; each kind has its own count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pace {
    /// Not limited: reading.
    Free,
    /// Trying to sign in.
    SignIn,
    /// Making or using one-time links.
    Invitation,
    /// Sending files, or pieces of them.
    Upload,
    /// Any other change.
    Write,
    /// Asking for an address.
    Address,
    /// Sending a file of addresses to be answered.
    AddressFile,
}

/// How often one client may do each, a minute; 0: as often as they like.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "see Pace")]
pub struct Rates {
    pub sign_ins: u32,
    pub invitations: u32,
    pub uploads: u32,
    pub writes: u32,
    pub address_questions: u32,
    pub address_files: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { sign_ins: 20, invitations: 30, uploads: 1_200, writes: 300, address_questions: 0, address_files: 600 }
    }
}

/// Counts, by client.
#[derive(Debug)]
pub struct Pacer {
    sign_ins: Counter,
    invitations: Counter,
    uploads: Counter,
    writes: Counter,
    address_questions: Counter,
    address_files: Counter,
}

#[derive(Debug)]
struct Counter {
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
}

impl Pacer {
    /// Nothing counted yet.
    pub fn new(rates: &Rates) -> Self {
        Self {
            sign_ins: Counter::new(rates.sign_ins),
            invitations: Counter::new(rates.invitations),
            uploads: Counter::new(rates.uploads),
            writes: Counter::new(rates.writes),
            address_questions: Counter::new(rates.address_questions),
            address_files: Counter::new(rates.address_files),
        }
    }

    /// Counts one more; a client that isn't known by its address is counted with the others of its kind.
    ///
    /// # Errors
    /// When it is one too many, with the time to wait.
    pub fn count(&self, pace: Pace, client: Option<IpAddr>) -> Result<(), Problem> {
        let counter = match pace {
            Pace::Free => return Ok(()),
            Pace::SignIn => &self.sign_ins,
            Pace::Invitation => &self.invitations,
            Pace::Upload => &self.uploads,
            Pace::Write => &self.writes,
            Pace::Address => &self.address_questions,
            Pace::AddressFile => &self.address_files,
        };
        counter.count(network(client.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)))).map_err(Problem::too_many)
    }
}

impl Counter {
    /// A minute's worth may come at once.
    fn new(a_minute: u32) -> Self {
        let limiter = NonZeroU32::new(a_minute).map(|rate| RateLimiter::keyed(Quota::per_minute(rate)));
        Self { limiter, clock: DefaultClock::default() }
    }

    fn count(&self, client: IpAddr) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if limiter.len() > MOST_CLIENTS {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        limiter.check_key(&client).map_err(|refused| refused.wait_time_from(self.clock.now()))
    }
}

/// Who has an IPv6 address has the 2⁶⁴ beside it.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn each_client_and_each_kind_is_counted_apart() {
        let pacer = Pacer::new(&Rates { sign_ins: 2, ..Rates::default() });
        for _ in 0..2 {
            pacer.count(Pace::SignIn, address("192.0.2.1")).unwrap();
        }
        let refused = pacer.count(Pace::SignIn, address("192.0.2.1")).unwrap_err();
        assert_eq!(refused.status(), axum::http::StatusCode::TOO_MANY_REQUESTS);
        pacer.count(Pace::SignIn, address("192.0.2.2")).unwrap();
        pacer.count(Pace::Write, address("192.0.2.1")).unwrap();
        pacer.count(Pace::Free, address("192.0.2.1")).unwrap();
    }

    #[test]
    fn one_ipv6_network_is_one_client() {
        let pacer = Pacer::new(&Rates { writes: 1, ..Rates::default() });
        pacer.count(Pace::Write, address("2001:db8:1:2::1")).unwrap();
        assert!(pacer.count(Pace::Write, address("2001:db8:1:2:ffff::9")).is_err());
        pacer.count(Pace::Write, address("2001:db8:1:3::1")).unwrap();
    }

    #[test]
    fn a_limit_of_nought_is_none() {
        let pacer = Pacer::new(&Rates { writes: 0, ..Rates::default() });
        assert!((0..10_000).all(|_| pacer.count(Pace::Write, None).is_ok()));
    }
}
