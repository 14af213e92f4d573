//! Everything that a clerk has to correct, as a table that Excel opens: row, column, value, explanation.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::open::Opened;
use super::posted::{Asked, either};
use crate::i18n::Text;

/// The file.
pub async fn download(asked: Asked) -> Response {
    either(
        async {
            let opened = asked.open().await?;
            let t = asked.reader.t;
            let disposition = format!("attachment; filename=\"{}\"", t.get("check-list-file"));
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            Ok((headers, csv(&opened, &t)).into_response())
        }
        .await,
    )
}

/// French Excel takes semicolons for columns, and a mark at the beginning for UTF-8.
fn csv(opened: &Opened, t: &Text) -> String {
    let mut csv = String::from("\u{feff}");
    let several = opened.has_several();
    let heads = ["check-list-row", "check-list-column", "check-list-value", "check-list-code", "check-list-message"];
    let mut line: Vec<String> = if several { vec![t.get("check-error-table")] } else { Vec::new() };
    line.extend(heads.map(|key| t.get(key)));
    write(&mut csv, &line);
    for (choices, check) in opened.tables() {
        let findings = check.validation.iter().flat_map(|report| &report.errors);
        for finding in findings {
            let mut line = if several { vec![opened.table_title(choices.key)] } else { Vec::new() };
            line.push(finding.row.map(|row| row.to_string()).unwrap_or_default());
            line.push(finding.field.clone().unwrap_or_default());
            line.push(finding.value.clone().unwrap_or_default());
            line.push(finding.code.name().to_owned());
            line.push(finding.message(t.tag()));
            write(&mut csv, &line);
        }
    }
    csv
}

fn write(csv: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            csv.push(';');
        }
        // A cell that Excel would run as a formula is text.
        let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.clone() };
        csv.push('"');
        csv.push_str(&cell.replace('"', "\"\""));
        csv.push('"');
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        let mut csv = String::new();
        write(&mut csv, &["=HYPERLINK(\"x\")".to_owned(), "a;\"b\"".to_owned(), String::new()]);
        assert_eq!(csv, "\"'=HYPERLINK(\"\"x\"\")\";\"a;\"\"b\"\"\";\"\"\r\n");
    }
}
