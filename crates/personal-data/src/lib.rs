//! Finds personal data in tables, says on which ground it may be published, and takes it out.
//!
//! The crate knows nothing of files: it is given columns of text, batch by batch, and keeps counts, never rows.
//!
//! ```
//! use arrow::array::StringArray;
//! use personal_data::{Cleaner, Context, Guard, Level, Options, Remedy};
//!
//! let header = vec!["nom".to_owned(), "num_secu".to_owned()];
//! let rows = || vec![
//!     StringArray::from(vec!["Commune de Bram", "Commune de Limoux"]),
//!     StringArray::from(vec!["1 85 05 78 006 084 91", "2 69 05 49 588 157 80"]),
//! ];
//! let mut guard = Guard::new(&header, Context::default(), &Options::default());
//! guard.scan(&rows(), 2);
//! let findings = guard.finish();
//! assert_eq!(findings[0].id, "nir:num_secu");
//! assert_eq!(findings[0].level, Level::High);
//!
//! let mut cleaner = Cleaner::new(&header, &[(findings[0].clone(), Remedy::Remove)])?;
//! assert_eq!(cleaner.header(), ["nom"]);
//! assert_eq!(cleaner.clean(rows()).len(), 1);
//! # Ok::<(), personal_data::Error>(())
//! ```

mod cleaner;
mod column;
mod context;
mod detector;
mod error;
mod finding;
mod ground;
mod guard;
mod header;
mod mask;
mod persons;
mod remedy;
mod sentence;
mod text;
mod verdict;
mod vocabulary;

pub use cleaner::{Cleaner, Done};
pub use context::{Context, Subject};
pub use detector::Detector;
pub use error::Error;
pub use finding::{Example, Extent, Finding, Level};
pub use ground::{Circumstance, Ground, Publication, Rules};
pub use guard::{Guard, Options};
pub use remedy::{Generalisation, Remedy, SmallGroups};
