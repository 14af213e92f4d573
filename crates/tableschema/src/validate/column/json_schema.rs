//! JSON Schemas of the constraint `jsonSchema`: refused when they refer elsewhere or in a circle, or when checking one
//! value could take too long.

use serde_json::{Map, Value};

/// Parts of a schema that one value may have to be checked against, references followed.
const MOST_PARTS: usize = 50_000;
/// Deepest nesting, references followed.
const MOST_DEPTH: usize = 100;
/// Patterns of one schema.
const MOST_PATTERNS: usize = 200;
/// Bytes of each of its patterns once compiled.
const PATTERN_BYTES: usize = 256 << 10;

/// Compiles a schema.
pub(super) fn compile(schema: &Value) -> Result<jsonschema::Validator, String> {
    let mut walk = Walk { root: schema, open: Vec::new(), parts: 0, patterns: 0 };
    walk.visit(schema, 0)?;
    // Patterns run on the engine whose time is linear, and nothing is fetched.
    let patterns = jsonschema::PatternOptions::regex().size_limit(PATTERN_BYTES).dfa_size_limit(PATTERN_BYTES);
    let options = jsonschema::options().offline().with_pattern_options(patterns);
    options.build(schema).map_err(|error| error.to_string())
}

/// Goes through a schema as a validator would, once for each way to a part.
struct Walk<'a> {
    root: &'a Value,
    /// References that are being followed.
    open: Vec<&'a str>,
    parts: usize,
    patterns: usize,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, part: &'a Value, depth: usize) -> Result<(), &'static str> {
        self.parts += 1;
        if self.parts > MOST_PARTS || depth > MOST_DEPTH {
            return Err("too many parts");
        }
        match part {
            Value::Array(items) => items.iter().try_for_each(|item| self.visit(item, depth + 1)),
            Value::Object(object) => self.visit_object(object, depth),
            _ => Ok(()),
        }
    }

    fn visit_object(&mut self, object: &'a Map<String, Value>, depth: usize) -> Result<(), &'static str> {
        for (name, value) in object {
            match (name.as_str(), value) {
                ("$ref", Value::String(reference)) => self.follow(reference, depth)?,
                ("$dynamicRef" | "$recursiveRef", _) => return Err("dynamic reference"),
                ("pattern", Value::String(_)) => self.patterns += 1,
                ("patternProperties", Value::Object(properties)) => {
                    self.patterns += properties.len();
                    self.visit(value, depth + 1)?;
                }
                // Parts that wait to be referred to.
                ("$defs" | "definitions", _) if depth == 0 => {}
                _ => self.visit(value, depth + 1)?,
            }
        }
        if self.patterns > MOST_PATTERNS { Err("too many patterns") } else { Ok(()) }
    }

    fn follow(&mut self, reference: &'a str, depth: usize) -> Result<(), &'static str> {
        let pointer = reference.strip_prefix('#').ok_or("remote reference")?;
        if self.open.contains(&reference) || pointer.is_empty() {
            return Err("circular reference");
        }
        let target = self.root.pointer(pointer).ok_or("reference to nothing")?;
        self.open.push(reference);
        let outcome = self.visit(target, depth + 1);
        self.open.pop();
        outcome
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_that_refers_to_itself_in_the_open_is_compiled() {
        let schema = json!({"$defs": {"n": {"type": "integer"}}, "properties": {"a": {"$ref": "#/$defs/n"}}});
        let validator = compile(&schema).unwrap();
        assert!(validator.is_valid(&json!({"a": 1})));
        assert!(!validator.is_valid(&json!({"a": "x"})));
    }

    #[test]
    fn references_to_elsewhere_and_in_circles_are_refused() {
        for (schema, reason) in [
            (json!({"$ref": "https://exemple.fr/schema.json"}), "remote reference"),
            (json!({"$ref": "file:///etc/passwd"}), "remote reference"),
            (json!({"$ref": "#"}), "circular reference"),
            (json!({"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}), "circular reference"),
            (json!({"$dynamicRef": "#a"}), "dynamic reference"),
            (json!({"$ref": "#/$defs/none"}), "reference to nothing"),
        ] {
            assert_eq!(compile(&schema).unwrap_err(), reason, "{schema}");
        }
    }

    #[test]
    fn a_schema_that_doubles_at_each_step_is_refused() {
        let mut definitions = Map::new();
        for step in 0..40 {
            let next = json!({"$ref": format!("#/$defs/{}", step + 1)});
            definitions.insert(step.to_string(), json!({"allOf": [next, next]}));
        }
        definitions.insert("40".to_owned(), json!(true));
        assert!(compile(&json!({"$defs": definitions, "$ref": "#/$defs/0"})).is_err());
    }
}
