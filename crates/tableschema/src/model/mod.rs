//! A schema as the specification means it, once its descriptor is understood.

mod constraints;
mod field;
mod package;
mod schema;

pub use constraints::Constraints;
pub use field::{
    Category, Field, FieldKind, GeojsonFormat, GeopointFormat, ItemType, MissingValue, NumberOptions, StringFormat,
    TemporalFormat,
};
pub use package::{Package, Resource, ResourceSchema};
pub use schema::{CustomCheck, FieldsMatch, ForeignKey, Schema, Version};
