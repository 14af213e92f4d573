//! A dataset. Lists are JSON texts, instants milliseconds since 1970.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "dataset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub organization: Uuid,
    pub title: String,
    pub description: String,
    pub licence: String,
    pub themes: String,
    pub keywords: String,
    pub territory: Option<String>,
    pub frequency: String,
    pub years: String,
    pub contact_email: Option<String>,
    pub source: Option<String>,
    pub created_at: i64,
    pub modified_at: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
