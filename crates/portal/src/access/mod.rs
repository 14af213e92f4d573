//! Who may call each route. What is not declared here is refused: a test takes every route from the routers and walks
//! it as everybody.
//!
//! The rule of a route is coarse (somebody who publishes somewhere); which organisation is concerned is asked by the
//! domain, of the same [`catalog::Actor`].

mod enforce;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::Method;
use catalog::account::Role;

use crate::pace::Pace;

pub use enforce::{Refused, enforce};
pub use rules::RULES;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Who is known: a signed-in person, or a token.
    SignedIn,
    /// A person who signed in with a browser: what concerns how they sign in is no program's business.
    Person,
    /// Who has at least this role in an organisation: in the one concerned, which the domain sees to.
    Member(Role),
    /// Who administers the whole installation.
    Administrator,
}

/// The rule of a method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `GET` stands for `HEAD` too, unless `HEAD` has a rule of its own.
    pub method: &'static str,
    /// The route's pattern.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it counts as.
    pub pace: Pace,
}

impl Rule {
    /// With another count than that of its method.
    const fn paced(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }
}

/// By pattern, then by method.
static BY_PATH: LazyLock<HashMap<&'static str, Vec<&'static Rule>>> = LazyLock::new(|| {
    let mut rules: HashMap<&'static str, Vec<&'static Rule>> = HashMap::new();
    for rule in RULES.iter().copied().flatten() {
        rules.entry(rule.path).or_default().push(rule);
    }
    rules
});

/// The rule of a method of a route.
pub fn rule(method: &Method, path: &str) -> Option<&'static Rule> {
    let rules = BY_PATH.get(path)?;
    let of = |name: &str| rules.iter().copied().find(|rule| rule.method == name);
    of(method.as_str()).or_else(|| if method == Method::HEAD { of("GET") } else { None })
}
