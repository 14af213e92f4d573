//! Words by which towns call the fields of a schema: data, in `registry/synonyms.json`.

use std::collections::HashMap;

/// Synonyms by schema, then by field; `*` is for every schema.
#[derive(Debug, Default)]
pub(crate) struct Synonyms {
    by_schema: HashMap<String, Fields>,
}

type Fields = HashMap<String, Vec<String>>;

/// The synonyms of one schema's fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SchemaSynonyms<'a> {
    own: Option<&'a Fields>,
    common: Option<&'a Fields>,
}

impl Synonyms {
    pub(crate) fn shipped() -> Self {
        let by_schema = serde_json::from_str(include_str!("../registry/synonyms.json")).unwrap_or_default();
        Self { by_schema }
    }

    pub(crate) fn of(&self, schema: &str) -> SchemaSynonyms<'_> {
        SchemaSynonyms { own: self.by_schema.get(schema), common: self.by_schema.get("*") }
    }
}

impl<'a> SchemaSynonyms<'a> {
    pub(crate) fn of_field(self, field: &str) -> impl Iterator<Item = &'a str> {
        let lists = [self.own, self.common].into_iter().flatten();
        let field = field.to_owned();
        lists.filter_map(move |fields| fields.get(&field)).flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_can_be_read() {
        assert!(Synonyms::shipped().of("scdl/subventions").of_field("nomBeneficiaire").count() > 2);
    }
}
