//! Icons drawn in the page itself, so that they take the colour of the text and no request.

/// The icon of a theme of the EU vocabulary; a table for what has none.
pub fn theme(code: &str) -> &'static str {
    match code {
        "AGRI" => include_str!("../../templates/icons/AGRI.svg"),
        "ECON" => include_str!("../../templates/icons/ECON.svg"),
        "EDUC" => include_str!("../../templates/icons/EDUC.svg"),
        "ENER" => include_str!("../../templates/icons/ENER.svg"),
        "ENVI" => include_str!("../../templates/icons/ENVI.svg"),
        "GOVE" => include_str!("../../templates/icons/GOVE.svg"),
        "HEAL" => include_str!("../../templates/icons/HEAL.svg"),
        "INTR" => include_str!("../../templates/icons/INTR.svg"),
        "JUST" => include_str!("../../templates/icons/JUST.svg"),
        "REGI" => include_str!("../../templates/icons/REGI.svg"),
        "SOCI" => include_str!("../../templates/icons/SOCI.svg"),
        "TECH" => include_str!("../../templates/icons/TECH.svg"),
        "TRAN" => include_str!("../../templates/icons/TRAN.svg"),
        _ => TABLE,
    }
}

/// A table.
pub const TABLE: &str = include_str!("../../templates/icons/table.svg");
/// A chart.
pub const CHART: &str = include_str!("../../templates/icons/chart.svg");
/// A place on a map.
pub const MAP: &str = include_str!("../../templates/icons/map.svg");
