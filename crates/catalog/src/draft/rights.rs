//! Who may do what with a draft.

use super::{Draft, DraftState};
use crate::account::{Actor, Role};
use crate::error::{Error, Result};

impl Draft {
    /// Whether the actor may see it: a member of the organisation, of any role.
    pub fn may_be_read_by(&self, actor: &Actor) -> bool {
        actor.has_role(self.organization, Role::Reader)
    }

    /// Whether the actor may change and submit it: its author, or a publisher.
    pub fn may_be_changed_by(&self, actor: &Actor) -> bool {
        let own = self.author == actor.name() && actor.has_role(self.organization, Role::Contributor);
        own || self.may_be_published_by(actor)
    }

    /// Whether the actor may publish it or send it back.
    pub fn may_be_published_by(&self, actor: &Actor) -> bool {
        actor.has_role(self.organization, Role::Publisher)
    }

    /// Somebody who is no member is not told that it exists.
    pub(crate) fn need_reader(&self, actor: &Actor) -> Result<()> {
        if self.may_be_read_by(actor) { Ok(()) } else { Err(Error::not_found("draft", self.id)) }
    }

    pub(crate) fn need_editor(&self, actor: &Actor) -> Result<()> {
        self.need_reader(actor)?;
        if self.may_be_changed_by(actor) {
            return Ok(());
        }
        Err(Error::Forbidden { actor: actor.name().to_owned(), needed: "author of the draft, or publisher" })
    }

    pub(crate) fn need_publisher(&self, actor: &Actor) -> Result<()> {
        self.need_reader(actor)?;
        if self.may_be_published_by(actor) {
            return Ok(());
        }
        Err(Error::Forbidden { actor: actor.name().to_owned(), needed: Role::Publisher.as_str() })
    }

    /// What is public is no longer prepared.
    pub(crate) fn need_open(&self) -> Result<()> {
        match self.state {
            DraftState::Published { .. } => Err(self.conflict("is published already")),
            _ => Ok(()),
        }
    }

    pub(crate) fn need_revision(&self, revision: i64) -> Result<()> {
        if self.revision == revision {
            return Ok(());
        }
        Err(self.conflict("was changed meanwhile, in another tab or by somebody else: look at it again"))
    }

    pub(crate) fn conflict(&self, detail: &str) -> Error {
        Error::Conflict { what: "draft", key: self.id.to_string(), detail: detail.to_owned() }
    }
}
