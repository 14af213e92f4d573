//! The last check of a draft: `subject` names what was checked, `report` is JSON. Apart from the draft, since lists of
//! drafts never want it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "draft_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft: Uuid,
    pub subject: String,
    pub report: String,
    pub made_at: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
