//! Table Schema: parses descriptors, validates tables by column, reports, proposes repairs.
//!
//! # Overview
//! [`Schema::parse`] reads a descriptor of version 1 or 2 of the specification; [`validate()`] checks batches of text
//! columns against it in one pass and gives a [`Report`] whose findings carry Frictionless's codes and a sentence in
//! French or English ([`Finding::message`]). How a file is read is the caller's business.

pub(crate) mod custom;
mod descriptor;
pub mod identifier;
mod limits;
mod locales;
pub mod model;
mod names;
mod pattern;
pub mod repair;
pub mod report;
mod validate;
mod value;

pub use descriptor::{DescriptorError, Looks};
pub use limits::{Limits, Options};
pub use model::{Constraints, CustomCheck, Field, FieldKind, FieldsMatch, ForeignKey, Package, Resource, Schema};
pub use report::{Code, Count, Finding, Note, NoteCode, Report};
pub use validate::{Batch, ForeignTables, validate};
