//! Which schema a table is checked against: the one that is named, or the one that it plainly resembles.

use std::path::Path;

use portal::i18n::Text;
use schemas::{Error, Found, Library, Resemblance};

use super::source::is_url;
use crate::{exit::Failure, installation::Fetching, schema};

/// The word by which no schema is asked for.
const NONE: &str = "none";

/// What was asked for.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    /// Whatever the header plainly resembles.
    Resembling,
    /// None.
    None,
    /// This one.
    This(Found),
    /// A Data Package: the schema of its table that the header resembles.
    Package(String),
}

/// The schema of one table.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) found: Found,
    /// Whether nobody asked for it.
    pub(super) guessed: bool,
}

impl Choice {
    pub(super) async fn of(
        asked: Option<&str>,
        library: &Library,
        fetching: &Fetching,
        text: Text,
    ) -> Result<Self, Failure> {
        let Some(asked) = asked else { return Ok(Self::Resembling) };
        if asked == NONE {
            return Ok(Self::None);
        }
        let refused = |error: Error| schema::failure(text, &error);
        if Path::new(asked).is_file() {
            let bytes = schema::read(Path::new(asked))?;
            return Library::from_file(&bytes, asked).map(Self::This).map_err(refused);
        }
        match library.find(asked) {
            Ok(found) => Ok(Self::This(found)),
            Err(Error::Package { .. }) => Ok(Self::Package(asked.to_owned())),
            Err(Error::UnknownSchema { .. }) if is_url(asked) => {
                let bytes = schema::fetch(asked, fetching).await?;
                Library::from_file(&bytes, asked).map(Self::This).map_err(refused)
            }
            Err(error) => Err(refused(error)),
        }
    }

    /// The schema of a table with this header.
    pub(super) fn for_header(
        &self,
        library: &Library,
        header: &[String],
        resembles: &[Resemblance],
        text: Text,
    ) -> Result<Option<Chosen>, Failure> {
        let refused = |error: Error| schema::failure(text, &error);
        match self {
            Self::None => Ok(None),
            Self::This(found) => Ok(Some(Chosen { found: found.clone(), guessed: false })),
            Self::Package(name) => {
                let found = library.find_for(name, header).map_err(refused)?;
                Ok(Some(Chosen { found, guessed: false }))
            }
            Self::Resembling => {
                let best = resembles.first().filter(|best| best.is_convincing());
                let found = best.map(|best| library.find(&best.name)).transpose().map_err(refused)?;
                Ok(found.map(|found| Chosen { found, guessed: true }))
            }
        }
    }
}
