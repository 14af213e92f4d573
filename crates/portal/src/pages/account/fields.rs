//! The fields of a sent form.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};

use crate::State;
use crate::params::pairs;
use crate::problem::{Kind, Problem};

/// Extractor: names and values, decoded. Absent fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl FromRequest<State> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &State) -> Result<Self, Problem> {
        let most = state.config.limits.body_bytes;
        let bytes = to_bytes(request.into_body(), most).await;
        let bytes = bytes.map_err(|_| Problem::new(Kind::TooLarge, format!("a form has at most {most} bytes")))?;
        Ok(Self::parse(std::str::from_utf8(&bytes).unwrap_or_default()))
    }
}

impl Fields {
    fn parse(text: &str) -> Self {
        let fields = pairs(text).filter_map(Result::ok);
        Self(fields.map(|pair| (pair.name.into_owned(), pair.value.unwrap_or_default().into_owned())).collect())
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The first value of a field, without the spaces around it.
    pub fn line(&self, name: &str) -> &str {
        self.get(name).trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_and_absent_ones_are_empty() {
        let fields = Fields::parse("email=+marie%40example.org&password=a%26b+c&bad=%FF");
        assert_eq!(fields.line("email"), "marie@example.org");
        assert_eq!(fields.get("password"), "a&b c");
        assert_eq!((fields.get("bad"), fields.get("none")), ("", ""));
    }
}
