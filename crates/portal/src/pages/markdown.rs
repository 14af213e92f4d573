//! Descriptions in Markdown to safe HTML: HTML in them is shown as text, links can't run anything and give no weight.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

/// Bytes of a description that are read; the rest is left out.
const LONGEST: usize = 100_000;

/// HTML of a description.
pub fn to_html(markdown: &str) -> String {
    let markdown = &markdown[..markdown.floor_char_boundary(LONGEST)];
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(safe);
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, events);
    out
}

/// The text of a description without its marks.
pub fn to_text(markdown: &str) -> String {
    let markdown = &markdown[..markdown.floor_char_boundary(LONGEST)];
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::End(_) | Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn safe(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { dest_url, link_type, .. }) => Event::InlineHtml(link(link_type, &dest_url)),
        Event::End(TagEnd::Link) => Event::InlineHtml("</a>".into()),
        // No request to another host: a picture is a link to it.
        Event::Start(Tag::Image { dest_url, .. }) => Event::InlineHtml(link(LinkType::Inline, &dest_url)),
        Event::End(TagEnd::Image) => Event::InlineHtml("</a>".into()),
        // The page has its own first headings.
        Event::Start(Tag::Heading { level, .. }) => Event::InlineHtml(format!("<h{}>", depth(level)).into()),
        Event::End(TagEnd::Heading(level)) => Event::InlineHtml(format!("</h{}>\n", depth(level)).into()),
        other => other,
    }
}

fn depth(level: pulldown_cmark::HeadingLevel) -> usize {
    (level as usize + 2).min(6)
}

fn link(kind: LinkType, address: &str) -> CowStr<'static> {
    let mail = kind == LinkType::Email && !address.starts_with("mailto:");
    let address = if mail { format!("mailto:{address}") } else { address.to_owned() };
    if !is_safe(&address) {
        return "<a>".into();
    }
    format!(r#"<a href="{}" rel="nofollow ugc">"#, crate::chart::escape(&address)).into()
}

/// Whether an address may be followed: the web, mail, or a page of the portal.
pub fn is_safe(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        || (lower.starts_with('/') && !lower.starts_with("//"))
        || lower.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_shown_as_text() {
        let html = to_html("Un <script>alert(1)</script> et <b onclick=x>gras</b>\n\n<iframe src=x></iframe>");
        assert!(!html.contains("<script") && !html.contains("<b") && !html.contains("<iframe"), "{html}");
        assert!(html.contains("&lt;script&gt;"));
    }

    #[test]
    fn links_that_would_run_something_lead_nowhere() {
        for address in ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", " vbscript:x"] {
            assert!(!to_html(&format!("[a](<{address}>)")).contains("href"), "{address}");
        }
        assert!(to_html("[a](https://example.org/?a=1&b=\"2)").contains("rel=\"nofollow ugc\""));
        assert!(to_html("<marie@example.org>").contains("href=\"mailto:marie@example.org\""));
    }

    #[test]
    fn pictures_ask_nobody() {
        assert!(!to_html("![plan](https://example.org/p.png)").contains("<img"));
    }

    #[test]
    fn headings_stay_under_those_of_the_page() {
        assert!(to_html("# Titre").contains("<h3>Titre</h3>"));
    }

    #[test]
    fn the_text_has_no_marks() {
        assert_eq!(to_text("# Titre\n\nUn **mot** et [un lien](https://a.fr)."), "Titre Un mot et un lien .");
    }
}
