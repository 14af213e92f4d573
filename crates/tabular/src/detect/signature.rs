//! What a file's first bytes say that it is, whatever its name.

use encoding_rs::{UTF_16BE, UTF_16LE};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A gzip container.
    Gzip,
    /// A zip archive, or a format that is one.
    Zip,
    /// A compound file of Microsoft Office: XLS, an encrypted XLSX, or a document.
    CompoundFile,
    /// Parquet.
    Parquet,
    /// An SQLite database, maybe a GeoPackage.
    Sqlite,
    /// JSON or NDJSON.
    Json,
    /// GeoJSON.
    Geojson,
    /// KML.
    Kml,
    /// A table in an XML that Excel 2003 wrote, a page, a picture: known, and not a table that can be read.
    NotTable(&'static str),
    /// An archive or a program.
    Unsupported(&'static str),
    /// Text, as far as one can see.
    Text,
}

const BINARY: [(&[u8], Kind); 24] = [
    (b"\x1F\x8B", Kind::Gzip),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::CompoundFile),
    (b"PAR1", Kind::Parquet),
    (b"SQLite format 3\0", Kind::Sqlite),
    (b"%PDF-", Kind::NotTable("PDF document")),
    (b"\x89PNG\r\n", Kind::NotTable("PNG picture")),
    (b"\xFF\xD8\xFF", Kind::NotTable("JPEG picture")),
    (b"GIF8", Kind::NotTable("GIF picture")),
    (b"II*\0", Kind::NotTable("TIFF picture")),
    (b"MM\0*", Kind::NotTable("TIFF picture")),
    (b"{\\rtf", Kind::NotTable("RTF document")),
    (b"PMTiles", Kind::NotTable("map tiles")),
    (b"\x00\x00\x27\x0A", Kind::Unsupported("shapefile without its other files: zip them together")),
    (b"7z\xBC\xAF\x27\x1C", Kind::Unsupported("7z archive: use zip")),
    (b"Rar!\x1A\x07", Kind::Unsupported("RAR archive: use zip")),
    (b"BZh", Kind::Unsupported("bzip2 file: use gzip or zip")),
    (b"\xFD7zXZ\0", Kind::Unsupported("xz file: use gzip or zip")),
    (b"\x28\xB5\x2F\xFD", Kind::Unsupported("zstd file: use gzip or zip")),
    (b"\x7FELF", Kind::Unsupported("program")),
    (b"MZ\x90\0", Kind::Unsupported("program")),
    (b"ARROW1\0\0", Kind::Unsupported("Arrow file: use Parquet")),
    (b"Obj\x01", Kind::Unsupported("Avro file: use Parquet")),
];

/// Tells what a file is from its first bytes.
pub(crate) fn sniff(head: &[u8]) -> Kind {
    if let Some((_, kind)) = BINARY.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if head.get(257..262) == Some(b"ustar") {
        return Kind::Unsupported("tar archive: use zip");
    }
    let text = beginning(head);
    let trimmed = text.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    match trimmed.as_bytes() {
        [b'<', b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z', ..] => markup(trimmed),
        [b'{', rest @ ..] if next_is(rest, b"\"}") => json(trimmed),
        [b'[', rest @ ..] if next_is(rest, b"{[\"]-0123456789tfn") => json(trimmed),
        _ => Kind::Text,
    }
}

fn beginning(head: &[u8]) -> std::borrow::Cow<'_, str> {
    match head {
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        _ => String::from_utf8_lossy(head),
    }
}

fn next_is(rest: &[u8], allowed: &[u8]) -> bool {
    rest.iter().find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| allowed.contains(byte))
}

fn markup(text: &str) -> Kind {
    let start: String = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    if start.contains("<kml") {
        Kind::Kml
    } else if start.contains("<!doctype html") || start.contains("<html") || start.contains("<table") {
        Kind::NotTable("HTML page")
    } else if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Kind::NotTable("Excel 2003 XML: save it as XLSX")
    } else if start.starts_with("<?xml") || start.starts_with("<!doctype") || start.contains("xmlns") {
        Kind::NotTable("XML document")
    } else {
        Kind::Text
    }
}

/// GeoJSON says so in a `type` member near its start.
fn json(text: &str) -> Kind {
    let mut rest = text;
    while let Some(at) = rest.find("\"type\"") {
        rest = rest[at + 6..].trim_start();
        let Some(value) = rest.strip_prefix(':') else { continue };
        let value = value.trim_start();
        if value.starts_with("\"FeatureCollection\"") || value.starts_with("\"Feature\"") {
            return Kind::Geojson;
        }
    }
    Kind::Json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_formats_are_told_by_their_first_bytes() {
        assert_eq!(sniff(b"PK\x03\x04rest"), Kind::Zip);
        assert_eq!(sniff(b"%PDF-1.7"), Kind::NotTable("PDF document"));
        assert_eq!(sniff(b"Rar!\x1A\x07\x00"), Kind::Unsupported("RAR archive: use zip"));
    }

    #[test]
    fn pages_and_maps_are_told_apart() {
        assert_eq!(sniff(b"\n<!DOCTYPE html><html>"), Kind::NotTable("HTML page"));
        assert_eq!(sniff(b"<?xml version=\"1.0\"?><kml xmlns=\"x\">"), Kind::Kml);
        assert_eq!(sniff(b"<?xml version=\"1.0\"?><rss>"), Kind::NotTable("XML document"));
    }

    #[test]
    fn json_is_told_from_text_in_brackets() {
        assert_eq!(sniff(b"\xEF\xBB\xBF [ {\"a\": 1}]"), Kind::Json);
        assert_eq!(sniff(b"{ \"type\" : \"FeatureCollection\""), Kind::Geojson);
        assert_eq!(sniff(b"{\"type\":\"arbre\",\"id\":1}"), Kind::Json);
        assert_eq!(sniff(b"[id];[nom]\n1;2\n"), Kind::Text);
        assert_eq!(sniff(b"{id};b\n"), Kind::Text);
        assert_eq!(sniff(b"a;b\n"), Kind::Text);
    }
}
