//! Small faults of web addresses.

use super::{Suggestion, Target, code::RepairCode};
use crate::model::{FieldKind, StringFormat};

/// The address without them, if it is right then.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if !is_address(target) || cell.len() > 2_048 || !cell.contains('.') || cell.contains('@') {
        return None;
    }
    let bare = cell.trim_matches(['<', '>', '"', ';', ',']);
    let slashes = bare.replace('\\', "/");
    let (after, certain) =
        candidates(&slashes).into_iter().find(|(candidate, _)| candidate != cell && target.accepts(candidate))?;
    Some(Suggestion { code: RepairCode::Url, after, certain })
}

/// What the address may be; certain where the scheme is what was typed.
fn candidates(address: &str) -> Vec<(String, bool)> {
    let mut all = vec![(address.to_owned(), true), (address.replace(' ', "%20"), true)];
    if let Some((scheme, rest)) = misspelt(address) {
        all.push((format!("{scheme}://{rest}"), true));
        all.push((format!("{scheme}://{}", rest.replace(' ', "%20")), true));
    } else if is_host(address) {
        // Which of the two schemes was meant isn't known; the safe one is.
        all.push((format!("https://{address}"), false));
        all.push((format!("http://{address}"), false));
    }
    all
}

/// `http//`, `https:/`, `htpp://`, `HTTPS://`, `http: //`.
fn misspelt(address: &str) -> Option<(&'static str, &str)> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = address.split_at(letters);
    let scheme = match word.to_ascii_lowercase().as_str() {
        "http" | "htp" | "htpp" | "hhtp" | "htttp" | "ttp" => "http",
        "https" | "htps" | "htpps" | "hhtps" | "htttps" | "httpss" | "ttps" => "https",
        _ => return None,
    };
    let rest = rest.trim_start_matches([':', '/', ';', ' ']);
    is_host(rest).then_some((scheme, rest))
}

/// Whether a text begins with a host: `www.bram.fr/mairie`.
fn is_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let labels = || host.split('.');
    let formed = |label: &str| {
        !label.is_empty() && label.chars().all(|character| character.is_alphanumeric() || character == '-')
    };
    let last = labels().next_back().unwrap_or_default();
    labels().count() >= 2
        && labels().all(formed)
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_address(target: &Target) -> bool {
    let field = &target.field;
    let pattern = field.constraints.pattern.as_deref().unwrap_or_default();
    field.kind == FieldKind::String(StringFormat::Uri)
        || (target.is_text() && (pattern.contains("http") || pattern.contains("://")))
}
