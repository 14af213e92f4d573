//! A snapshot that a draft needs: one that came, or one that was made to be looked at.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "draft_snapshot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub snapshot: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
