//! Which names of a statement may be tables: a reading of its tokens, not of its grammar, which is the engine's.

/// Names looked up for one statement.
const MOST_NAMES: usize = 50;

/// Names in double quotes that may be tables, each once, and whether one stands where a table must.
pub fn tables(sql: &str) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    let mut word = String::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next().filter(|_| found.len() < MOST_NAMES) {
        let (token, next) = split_token(rest, first);
        rest = next;
        match first {
            '"' => {
                let inner = token.strip_prefix('"').unwrap_or(token);
                let name = inner.strip_suffix('"').unwrap_or(inner).replace("\"\"", "\"");
                let certain = matches!(word.as_str(), "from" | "join");
                let possible = certain || name.contains('/') || uuid::Uuid::try_parse(&name).is_ok();
                if possible && !found.iter().any(|(known, _)| *known == name) {
                    found.push((name, certain));
                }
                word.clear();
            }
            c if c.is_whitespace() || token.starts_with("--") || token.starts_with("/*") => {}
            _ => word = token.to_ascii_lowercase(),
        }
    }
    found
}

/// The token at the beginning of a statement, and what follows it.
fn split_token(sql: &str, first: char) -> (&str, &str) {
    let after = |end: &str, from: usize| {
        sql.get(from..).and_then(|rest| rest.find(end)).map_or(sql.len(), |at| from + at + end.len())
    };
    let length = match first {
        '"' | '\'' => quoted_length(sql, first),
        '-' if sql.starts_with("--") => after("\n", 2),
        '/' if sql.starts_with("/*") => after("*/", 2),
        c if c.is_alphanumeric() || c == '_' => {
            sql.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(sql.len())
        }
        c => c.len_utf8(),
    };
    sql.split_at_checked(length).unwrap_or((sql, ""))
}

/// Bytes of a quoted token; a doubled quote is part of it.
fn quoted_length(sql: &str, quote: char) -> usize {
    let mut characters = sql.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    sql.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sql: &str) -> Vec<String> {
        tables(sql).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn tables_are_named_in_double_quotes() {
        assert_eq!(
            names(r#"SELECT "col" FROM "budget/depenses" b JOIN "arbres" ON 1=1"#),
            ["budget/depenses", "arbres"]
        );
        assert_eq!(names(r#"select * from "a""b/c", "d/e""#), [r#"a"b/c"#, "d/e"]);
    }

    #[test]
    fn texts_and_comments_name_nothing() {
        assert_eq!(names("SELECT 'from \"x\"' -- from \"y\"\n /* from \"z\" */ FROM \"t\""), ["t"]);
        assert_eq!(names("SELECT 'it''s' FROM \"t"), ["t"]);
    }

    #[test]
    fn a_column_is_not_taken_for_a_table() {
        assert_eq!(
            tables("SELECT \"prix/m2\", \"nom\" FROM \"t\""),
            [("prix/m2".to_owned(), false), ("t".to_owned(), true)]
        );
    }
}
