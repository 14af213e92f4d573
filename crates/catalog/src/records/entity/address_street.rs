//! A street of an address base with its numbers; `problems` and `content` are JSON. `content` is the whole street.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "address_street")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub base: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub code: String,
    pub numbers: i32,
    pub certified: i32,
    pub problems: String,
    pub content: String,
    pub revision: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
