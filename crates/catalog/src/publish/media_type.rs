//! What files are: media types, and the documents that are published without being tables.

/// A known kind of file.
struct Kind {
    extension: &'static str,
    media_type: &'static str,
    /// Whether it may be published although it holds no table.
    document: Document,
}

/// How a document is recognised.
#[derive(Clone, Copy)]
enum Document {
    /// Never published without a table.
    No,
    /// Begins with these bytes, and is never a table.
    Signed(&'static [u8]),
    /// Text; maybe a table after all.
    Text,
}

const ZIP: Document = Document::Signed(b"PK\x03\x04");
const OLE: Document = Document::Signed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");

const fn kind(extension: &'static str, media_type: &'static str, document: Document) -> Kind {
    Kind { extension, media_type, document }
}

/// The first of a media type gives its extension.
const KINDS: &[Kind] = &[
    kind("csv", "text/csv", Document::No),
    kind("tsv", "text/tab-separated-values", Document::No),
    kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Document::No),
    kind("xls", "application/vnd.ms-excel", Document::No),
    kind("ods", "application/vnd.oasis.opendocument.spreadsheet", Document::No),
    kind("json", "application/json", Document::No),
    kind("ndjson", "application/x-ndjson", Document::No),
    kind("jsonl", "application/x-ndjson", Document::No),
    kind("geojson", "application/geo+json", Document::No),
    kind("kml", "application/vnd.google-earth.kml+xml", Document::No),
    kind("kmz", "application/vnd.google-earth.kmz", Document::No),
    kind("gpkg", "application/geopackage+sqlite3", Document::No),
    kind("parquet", "application/vnd.apache.parquet", Document::No),
    kind("zip", "application/zip", Document::No),
    kind("gz", "application/gzip", Document::No),
    kind("pdf", "application/pdf", Document::Signed(b"%PDF-")),
    kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    kind("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
    kind("odt", "application/vnd.oasis.opendocument.text", ZIP),
    kind("odp", "application/vnd.oasis.opendocument.presentation", ZIP),
    kind("odg", "application/vnd.oasis.opendocument.graphics", ZIP),
    kind("epub", "application/epub+zip", ZIP),
    kind("doc", "application/msword", OLE),
    kind("ppt", "application/vnd.ms-powerpoint", OLE),
    kind("rtf", "application/rtf", Document::Signed(b"{\\rtf")),
    kind("png", "image/png", Document::Signed(b"\x89PNG\r\n\x1a\n")),
    kind("jpg", "image/jpeg", Document::Signed(b"\xff\xd8\xff")),
    kind("jpeg", "image/jpeg", Document::Signed(b"\xff\xd8\xff")),
    kind("webp", "image/webp", Document::Signed(b"RIFF")),
    kind("tif", "image/tiff", Document::Signed(b"II*\0")),
    kind("tiff", "image/tiff", Document::Signed(b"II*\0")),
    kind("txt", "text/plain", Document::Text),
    kind("md", "text/markdown", Document::Text),
    kind("xml", "application/xml", Document::Text),
    kind("ics", "text/calendar", Document::Text),
];

/// The extension of a file name, in lower case; empty when there is none.
pub(crate) fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// The media type of a file name; bytes of unknown kind when its extension says nothing.
pub(crate) fn of_name(name: &str) -> &'static str {
    find(&extension(name)).map_or("application/octet-stream", |kind| kind.media_type)
}

/// The extension of a media type, whatever its parameters.
pub(crate) fn extension_of(media_type: &str) -> Option<&'static str> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    KINDS.iter().find(|kind| kind.media_type.eq_ignore_ascii_case(essence)).map(|kind| kind.extension)
}

/// Whether a file of this name and first bytes is a document and surely not a table.
pub(crate) fn is_surely_document(name: &str, head: &[u8]) -> bool {
    matches!(find(&extension(name)), Some(Kind { document: Document::Signed(signature), .. }) if head.starts_with(signature))
}

/// Whether a file in which no table was found may be published as it is.
pub(crate) fn may_be_document(name: &str, head: &[u8]) -> bool {
    is_surely_document(name, head)
        || matches!(find(&extension(name)), Some(Kind { document: Document::Text, .. }) if !head.is_empty() && !head.contains(&0))
}

/// Extensions of the documents that are taken.
pub(crate) fn documents() -> String {
    let documents = KINDS.iter().filter(|kind| !matches!(kind.document, Document::No)).map(|kind| kind.extension);
    documents.collect::<Vec<_>>().join(", ")
}

fn find(extension: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.extension == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_what_its_name_and_bytes_both_say() {
        assert!(is_surely_document("Délibération.PDF", b"%PDF-1.4 ..."));
        assert!(!may_be_document("d.pdf", b"MZ\x90"));
        assert!(!may_be_document("d.exe", b"MZ\x90"));
        assert!(may_be_document("lisez-moi.txt", b"Bonjour"));
        assert!(!may_be_document("lisez-moi.txt", b"Bon\0jour"));
        assert!(!is_surely_document("lisez-moi.txt", b"Bonjour"));
    }

    #[test]
    fn media_types_have_extensions_and_back() {
        assert_eq!(of_name("a.GeoJSON"), "application/geo+json");
        assert_eq!(of_name("a"), "application/octet-stream");
        assert_eq!(extension_of("Text/CSV; charset=utf-8"), Some("csv"));
        assert_eq!(extension_of(""), None);
    }
}
