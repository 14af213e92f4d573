//! The HTML that exports put into descriptions: tables of names and values, or text.

use crate::read::xml::unescaped;

/// Tags that are looked at in one description; the rest of a longer one is text.
const MOST_TAGS: usize = 20_000;

/// A piece of HTML.
enum Piece<'a> {
    /// `tr`, `/tr`, in lower case.
    Tag(String),
    Text(&'a str),
}

/// Goes through HTML leniently: what is between `<` and `>` is a tag.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(inside) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            rest = after;
            return Some(Piece::Text(text));
        };
        let Some(end) = inside.find('>') else {
            let text = rest;
            rest = "";
            return Some(Piece::Text(text));
        };
        rest = &inside[end + 1..];
        let name = inside[..end].split(|character: char| character.is_whitespace()).next().unwrap_or_default();
        Some(Piece::Tag(name.trim_end_matches('/').to_ascii_lowercase()))
    })
}

/// The names and values of a description that is a table of two columns; `None` when it is anything else.
pub(super) fn table(html: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for row in rows(html)? {
        match row.as_slice() {
            // A title over both columns, or the cell around an inner table.
            [] | [_] => {}
            [name, _] if name.is_empty() => {}
            [name, value] => pairs.push((name.clone(), no_value(value))),
            _ => return None,
        }
    }
    (pairs.len() > 1).then_some(pairs)
}

/// What geographic programs write for an empty cell.
fn no_value(value: &str) -> String {
    if matches!(value, "<Null>" | "&lt;Null&gt;" | "<nul>") { String::new() } else { value.to_owned() }
}

/// The cells of the innermost rows; heading rows are left out. `None` without a table.
fn rows(html: &str) -> Option<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell: Option<String> = None;
    let mut has_table = false;
    let mut only_headings = true;
    for piece in pieces(html).take(MOST_TAGS) {
        match piece {
            Piece::Text(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(text);
                }
            }
            Piece::Tag(name) => match name.as_str() {
                "table" => has_table = true,
                // A row inside a cell: what was gathered around it is layout.
                "tr" => {
                    row.clear();
                    cell = None;
                    only_headings = true;
                }
                "td" | "th" => {
                    only_headings &= name == "th";
                    cell = Some(String::new());
                }
                "br" => {
                    if let Some(cell) = &mut cell {
                        cell.push('\n');
                    }
                }
                "/td" | "/th" => row.extend(cell.take().map(|text| unescaped(&text).trim().to_owned())),
                "/tr" => {
                    let done = std::mem::take(&mut row);
                    // The first row may be of headings only: `Field Name`, `Field Value`.
                    if !(only_headings && rows.is_empty()) {
                        rows.push(done);
                    }
                }
                _ => {}
            },
        }
    }
    has_table.then_some(rows)
}

/// The text of a description, without its tags.
pub(super) fn text(html: &str) -> String {
    if !html.contains('<') {
        return html.trim().to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut hidden = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) if !hidden => out.push_str(text),
            Piece::Text(_) => {}
            Piece::Tag(name) => match name.as_str() {
                "style" | "script" => hidden = true,
                "/style" | "/script" => hidden = false,
                "br" | "/p" | "/div" | "/tr" | "/li" => out.push('\n'),
                "/td" | "/th" => out.push(' '),
                _ => {}
            },
        }
    }
    let text = unescaped(&out);
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_table_of_names_and_values_is_data() {
        let html = "<html><table><tr><th>Field Name</th><th>Field Value</th></tr>
            <tr bgcolor=\"#D4E4F3\"><td>LENGTH</td><td>434,25</td></tr><tr><td>Nom</td><td>Voie &amp; rue</td></tr></table>";
        assert_eq!(table(html), Some(vec![pair("LENGTH", "434,25"), pair("Nom", "Voie & rue")]));
    }

    #[test]
    fn the_layout_around_a_table_is_passed_over() {
        let html = "<table><tr><td>Arc</td></tr><tr><td><table><tr><td>FID</td><td>0</td></tr>
            <tr><td>NOM</td><td>&lt;Null&gt;</td></tr></table></td></tr></table>";
        assert_eq!(table(html), Some(vec![pair("FID", "0"), pair("NOM", "")]));
    }

    #[test]
    fn anything_else_is_text() {
        assert_eq!(table("Ouvert <b>tous les jours</b>"), None);
        assert_eq!(table("<table><tr><td>a</td><td>b</td><td>c</td></tr></table>"), None);
        assert_eq!(text("Ouvert <b>tous</b>&nbsp;les jours<br/>de 8&#160;h <"), "Ouvert tous les jours\nde 8 h <");
        assert_eq!(text("<style>p { color: red }</style><p>Un</p><p>Deux</p>"), "Un\nDeux");
    }
}
