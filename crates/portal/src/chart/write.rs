//! Writing of SVG: escaping, rounding, the outer element.

use std::fmt::Write;

/// Text for an element or an attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML has no place for control characters, even escaped.
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// A coordinate with one decimal, without needless zeros.
pub fn unit(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // `-0` would be written for tiny negative values.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Shortens a label to this many characters, with an ellipsis.
pub fn shorten(label: &str, characters: usize) -> String {
    if label.chars().count() <= characters {
        return label.to_owned();
    }
    let kept: String = label.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The text that fits in this many units at the charts' size of letters.
pub fn fit(label: &str, units: f64) -> String {
    shorten(label, (units / LETTER).max(3.0) as usize)
}

/// Mean width of a letter at the charts' size of letters (14 units), a little too wide for safety.
pub const LETTER: f64 = 7.4;

/// An SVG under construction.
pub struct Svg {
    out: String,
}

impl Svg {
    /// Opens an image with a name for those who don't see it.
    pub fn image(class: &str, width: f64, height: f64, name: &str) -> Self {
        let out = format!(
            r#"<svg class="{class}" viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">"#,
            unit(width),
            unit(height),
            escape(name)
        );
        Self { out }
    }

    /// Opens an image that says nothing more than the text beside it.
    pub fn decoration(class: &str, width: f64, height: f64) -> Self {
        let out = format!(
            r#"<svg class="{class}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg">"#,
            unit(width),
            unit(height)
        );
        Self { out }
    }

    /// Opens a decoration that takes the proportions of its box.
    pub fn stretched(class: &str, width: f64, height: f64) -> Self {
        let mut svg = Self::decoration(class, width, height);
        svg.out.truncate(svg.out.len() - 1);
        svg.out.push_str(r#" preserveAspectRatio="none">"#);
        svg
    }

    /// A rectangle; `hint` shows when it is pointed at.
    pub fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4], hint: &str) {
        let (x, y, width, height) = (unit(x), unit(y), unit(width.max(0.0)), unit(height.max(0.0)));
        let _ = write!(self.out, r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}""#);
        self.close_with_hint("rect", hint);
    }

    /// A disc.
    pub fn circle(&mut self, class: &str, x: f64, y: f64, radius: f64, hint: &str) {
        let _ = write!(self.out, r#"<circle class="{class}" cx="{}" cy="{}" r="{}""#, unit(x), unit(y), unit(radius));
        self.close_with_hint("circle", hint);
    }

    /// A path.
    pub fn path(&mut self, class: &str, d: &str, hint: &str) {
        let _ = write!(self.out, r#"<path class="{class}" d="{d}""#);
        self.close_with_hint("path", hint);
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
        let _ = write!(
            self.out,
            r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}"/>"#,
            unit(x1),
            unit(y1),
            unit(x2),
            unit(y2)
        );
    }

    /// A text; `anchor` is `start`, `middle` or `end`.
    pub fn text(&mut self, class: &str, x: f64, y: f64, anchor: &str, text: &str) {
        let _ = write!(
            self.out,
            r#"<text class="{class}" x="{}" y="{}" text-anchor="{anchor}">{}</text>"#,
            unit(x),
            unit(y),
            escape(text)
        );
    }

    /// Closes the image.
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    fn close_with_hint(&mut self, element: &str, hint: &str) {
        let _ = match hint {
            "" => write!(self.out, "/>"),
            hint => write!(self.out, "><title>{}</title></{element}>", escape(hint)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(escape("<script>'\"&\u{0}"), "&lt;script&gt;&#39;&quot;&amp; ");
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(unit(12.0), "12");
        assert_eq!(unit(0.123), "0.1");
        assert_eq!(unit(-0.01), "0");
    }

    #[test]
    fn long_labels_end_with_an_ellipsis() {
        assert_eq!(shorten("Enfance et jeunesse", 10), "Enfance e…");
        assert_eq!(shorten("Culture", 10), "Culture");
    }
}
