//! A cell of the table as it is shown.

use serde_json::Value;
use tabular::profile::ColumnProfile;
use tabular::typing::{FieldType, Meaning};

use crate::i18n::Text;
use crate::pages::frame::Link;
use crate::pages::{markdown, value};

/// Characters from which a column is given more room.
const WIDE: usize = 60;

/// A cell.
pub struct Cell {
    /// Classes of its element.
    pub class: &'static str,
    pub content: Content,
}

/// What a cell shows.
pub enum Content {
    Empty,
    Text(String),
    /// An address that can be followed.
    Link(Link),
    /// What the source says where it doesn't fit the column's type.
    Exception(String),
}

/// The cell of a value; `exception` is the raw text of a cell that doesn't fit.
pub fn cell(value: &Value, column: Option<&ColumnProfile>, exception: Option<&str>, t: &Text) -> Cell {
    if let Some(raw) = exception {
        return Cell { class: "cell-exception", content: Content::Exception(crate::chart::shorten(raw, 300)) };
    }
    let text = value::text_of(value, column, t);
    if text.is_empty() {
        return Cell { class: "cell-empty", content: Content::Empty };
    }
    let class = if is_numeric(column) || (column.is_none() && value.is_number()) {
        "numeric"
    } else if text.chars().count() > WIDE {
        "wide"
    } else {
        ""
    };
    Cell { class, content: link(value, column, &text).map_or(Content::Text(text), Content::Link) }
}

fn link(value: &Value, column: Option<&ColumnProfile>, text: &str) -> Option<Link> {
    let address = value.as_str()?.trim();
    match column?.meaning? {
        Meaning::Url if markdown::is_safe(address) => Some(Link::new(address, crate::chart::shorten(text, 60))),
        Meaning::Email if !address.contains(['?', ' ']) => Some(Link::new(format!("mailto:{address}"), text)),
        _ => None,
    }
}

/// Whether the values of a column stand at the right.
pub fn is_numeric(column: Option<&ColumnProfile>) -> bool {
    column.is_some_and(|column| matches!(column.field_type, FieldType::Integer | FieldType::Number | FieldType::Year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::plan::tests::column;
    use serde_json::json;

    #[test]
    fn a_cell_that_does_not_fit_shows_what_the_source_says() {
        let cell = cell(&Value::Null, Some(&column("a", FieldType::Number, 1)), Some("environ 12"), &Text::french());
        assert!(matches!(cell.content, Content::Exception(raw) if raw == "environ 12"));
    }

    #[test]
    fn addresses_that_would_run_something_are_text() {
        let column = ColumnProfile { meaning: Some(Meaning::Url), ..column("a", FieldType::Text, 1) };
        let shown = |text: &str| cell(&json!(text), Some(&column), None, &Text::french()).content;
        assert!(matches!(shown("javascript:alert(1)"), Content::Text(_)));
        assert!(matches!(shown("https://example.org"), Content::Link(_)));
    }
}
