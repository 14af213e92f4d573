//! Writes a document as YAML: block style, texts in double quotes wherever a plain one could be read as something else.

use serde_json::Value;

/// The document.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, 0, &mut out);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn write_value(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (index, (name, member)) in members.iter().enumerate() {
                begin(indent, index, out);
                write_text(name, out);
                out.push(':');
                write_nested(member, indent, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                begin(indent, index, out);
                out.push('-');
                match item {
                    Value::Object(_) | Value::Array(_) if !is_empty(item) => {
                        out.push(' ');
                        write_value(item, indent + 2, out);
                    }
                    _ => write_nested(item, indent, out),
                }
            }
        }
        Value::Object(_) => out.push_str("{}\n"),
        Value::Array(_) => out.push_str("[]\n"),
        Value::String(text) => {
            write_text(text, out);
            out.push('\n');
        }
        other => {
            out.push_str(&other.to_string());
            out.push('\n');
        }
    }
}

/// The indentation of a line; the first member of an item stands behind its dash.
fn begin(indent: usize, index: usize, out: &mut String) {
    if index > 0 || out.is_empty() || out.ends_with('\n') {
        out.extend(std::iter::repeat_n(' ', indent));
    }
}

fn write_nested(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(_) | Value::Array(_) if !is_empty(value) => {
            out.push('\n');
            write_value(value, indent + 2, out);
        }
        _ => {
            out.push(' ');
            write_value(value, indent, out);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// A word is plain; anything else is quoted as in JSON, which YAML reads.
fn write_text(text: &str, out: &mut String) {
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '/'))
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'/'))
        && !reserved.contains(&text.to_ascii_lowercase().as_str());
    if word {
        out.push_str(text);
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_document_is_written_in_blocks() {
        let document = json!({
            "openapi": "3.0.3", "title": "Budget: 2024", "empty": {}, "none": null, "list": [1, {"a": [true], "b": "yes"}, [], [2, 3]],
            "nested": {"é": {"x": 1.5}}
        });
        insta::assert_snapshot!(super::write(&document), @r#"
        openapi: "3.0.3"
        title: "Budget: 2024"
        empty: {}
        none: null
        list:
          - 1
          - a:
              - true
            b: "yes"
          - []
          - - 2
            - 3
        nested:
          "é":
            x: 1.5
        "#);
    }
}
