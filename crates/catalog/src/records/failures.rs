//! Failures to sign in, by account (known or not) and by network address, kept in the catalogue: a restart forgives
//! nothing, and replicas count together.

use std::net::IpAddr;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::entity::sign_in_failure as failure;
use super::{Records, column, secret};
use crate::account::sign_in_delay;
use crate::error::Result;

/// Failures are forgotten this long after the last one.
const MEMORY_MS: i64 = 24 * 3_600_000;
/// An address is shared by a whole town hall: it may fail that many times more than an account.
const ADDRESS_ALLOWANCE: i32 = 20;

/// What failures are counted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subjects {
    account: String,
    address: Option<String>,
}

impl Subjects {
    /// The account with this e-mail address, tried from this network address.
    pub(super) fn new(email: &str, from: Option<IpAddr>) -> Self {
        let account = format!("account:{}", secret::hash(&email.trim().to_lowercase()));
        Self { account, address: from.map(|address| format!("address:{}", secret::hash(&network(address)))) }
    }

    fn keys(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.account).chain(&self.address)
    }
}

/// Who has an IPv6 address has the 2⁶⁴ beside it.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
    }
}

impl Records {
    /// How long these must wait still; zero when they may try.
    pub(super) async fn must_wait(&self, subjects: &Subjects) -> Result<Duration> {
        let rows =
            failure::Entity::find().filter(failure::Column::Subject.is_in(subjects.keys())).all(&self.database).await?;
        let now = column::now().as_millisecond();
        let left = rows.iter().map(|row| {
            let counted = if row.subject == subjects.account { row.failures } else { row.failures - ADDRESS_ALLOWANCE };
            let delay = sign_in_delay(u32::try_from(counted).unwrap_or(0));
            let since = u64::try_from(now - row.last_at).unwrap_or(0);
            delay.saturating_sub(Duration::from_millis(since))
        });
        Ok(left.max().unwrap_or_default())
    }

    /// Counts a failure. Counting is one statement, so that tries made at once are all counted.
    pub(super) async fn count_failure(&self, subjects: &Subjects) -> Result<()> {
        let now = column::now().as_millisecond();
        for subject in subjects.keys() {
            let row = failure::ActiveModel { subject: Set(subject.clone()), failures: Set(1), last_at: Set(now) };
            let again = OnConflict::column(failure::Column::Subject)
                .value(failure::Column::Failures, Expr::col((failure::Entity, failure::Column::Failures)).add(1))
                .update_column(failure::Column::LastAt)
                .to_owned();
            failure::Entity::insert(row).on_conflict(again).exec_without_returning(&self.database).await?;
        }
        Ok(())
    }

    /// The account's owner is there: what was counted against it is over. What was counted against the network address
    /// stays: one good account must not let it try others for ever.
    pub(super) async fn forgive(&self, subjects: &Subjects) -> Result<()> {
        failure::Entity::delete_by_id(subjects.account.clone()).exec(&self.database).await?;
        Ok(())
    }

    pub(super) async fn forget_failures(&self) -> Result<()> {
        let old = column::now().as_millisecond() - MEMORY_MS;
        failure::Entity::delete_many().filter(failure::Column::LastAt.lt(old)).exec(&self.database).await?;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_one_subject() {
        let subjects = |text: &str| Subjects::new("a@b.fr", Some(text.parse().unwrap()));
        assert_eq!(subjects("2001:db8:1:2::1"), subjects("2001:db8:1:2:ffff::9"));
        assert_ne!(subjects("2001:db8:1:2::1"), subjects("2001:db8:1:3::1"));
        assert_eq!(subjects("::ffff:192.0.2.1"), subjects("192.0.2.1"));
    }

    #[test]
    fn an_account_is_the_same_however_it_is_written() {
        assert_eq!(Subjects::new(" Marie@Example.org", None), Subjects::new("marie@example.org", None));
    }
}
