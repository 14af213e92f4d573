//! A version of a resource; `column_names` (a JSON list) spares the search index from opening profiles.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub snapshot: String,
    pub table_index: Option<i32>,
    pub file_name: String,
    pub file_size: i64,
    pub format: String,
    pub media_type: String,
    pub row_count: Option<i64>,
    pub column_count: Option<i32>,
    pub column_names: String,
    pub located: bool,
    pub origin: Option<String>,
    pub published_at: i64,
    /// JSON, as the next ones.
    pub conformity: Option<String>,
    pub derived_from: Option<String>,
    pub treatments: Option<String>,
    pub justifications: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
