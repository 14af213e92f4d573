//! What a try to sign in comes to.

use std::time::Duration;

use super::User;

/// The outcome of a try. An address without an account has the same outcomes, after the same time, as one with an
/// account and a wrong password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// The password is this person's.
    Welcome(Box<User>),
    /// Address and password don't go together.
    Wrong,
    /// There were too many failures: nothing was tried, and nothing is before this time is over.
    Wait(Duration),
}

impl SignIn {
    /// The person, when they are welcome.
    pub fn user(self) -> Option<User> {
        match self {
            Self::Welcome(user) => Some(*user),
            Self::Wrong | Self::Wait(_) => None,
        }
    }
}

/// How long to wait after this many failures in a row: nothing for the first four, then twice as long each time, at
/// most a quarter of an hour.
pub(crate) fn delay(failures: u32) -> Duration {
    const FREE: u32 = 4;
    const LONGEST: u64 = 900;
    match failures.checked_sub(FREE + 1) {
        None => Duration::ZERO,
        Some(doublings) => Duration::from_secs(2_u64.saturating_pow(doublings.min(20) + 1).min(LONGEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_stay_bearable() {
        assert_eq!(delay(0), Duration::ZERO);
        assert_eq!(delay(4), Duration::ZERO);
        assert_eq!(delay(5), Duration::from_secs(2));
        assert!((5..u32::from(u16::MAX)).all(|failures| delay(failures) <= delay(failures + 1)));
        assert_eq!(delay(u32::MAX), Duration::from_secs(900));
    }
}
