//! A form with files, read as it comes: files go to disk, nothing of them is held.

use std::path::{Path, PathBuf};

use axum::RequestExt as _;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Request};
use axum::http::StatusCode;
use catalog::draft::Incoming;
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

use super::fields::Fields;
use crate::problem::{Kind, Problem};

/// Files of a form: those of a folder.
const MOST_FILES: usize = 50;
/// Fields that are no files.
const MOST_FIELDS: usize = 100;
/// Bytes of a field that is no file: cells may be pasted.
const LONGEST_FIELD: usize = 4 << 20;

/// What a form brings.
#[derive(Debug, Default)]
pub struct Intake {
    /// The files, in the order in which they came.
    pub files: Vec<Incoming>,
    /// Everything else.
    pub fields: Fields,
}

/// Reads a form; its files are written to a folder.
///
/// # Errors
/// When the form can't be understood, ends early, or is larger than `most` bytes.
pub async fn read(request: Request, folder: &Path, most: usize) -> Result<Intake, Problem> {
    let form = request.extract::<Multipart, _>().await;
    let mut form = form.map_err(|rejection| Problem::new(Kind::BadRequest, rejection.body_text()))?;
    let mut parts: Vec<(PathBuf, String)> = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut left = most;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name().map(str::to_owned) {
            // A form whose file wasn't chosen sends an empty name.
            if file_name.is_empty() || is_litter(&file_name) {
                continue;
            }
            if parts.len() >= MOST_FILES {
                return Err(Problem::new(Kind::TooLarge, format!("at most {MOST_FILES} files are taken at once")));
            }
            let path = folder.join(format!("received-{}", parts.len()));
            left -= save(field, &path, left).await?;
            parts.push((path, base_name(&file_name).to_owned()));
        } else if fields.len() < MOST_FIELDS {
            fields.push((name, text(field).await?));
        }
    }
    let mut intake = Intake { files: together(parts, folder).await?, fields: Fields::new(fields) };
    intake.add_pasted();
    Ok(intake)
}

impl Intake {
    /// An address, what was sent in parts before, and pasted cells are files too.
    fn add_pasted(&mut self) {
        let url = self.fields.get("url").to_owned();
        if !url.is_empty() {
            self.files.push(Incoming::Url(url));
        }
        let uploads: Vec<Uuid> = self.fields.all("upload").filter_map(|id| id.trim().parse().ok()).collect();
        self.files.extend(uploads.into_iter().map(Incoming::Uploaded));
        let pasted = self.fields.find("pasted").unwrap_or_default();
        if !pasted.trim().is_empty() {
            let name = self.fields.get("pasted_name");
            let name = if name.is_empty() { "cellules-collees.tsv" } else { name };
            self.files.push(Incoming::Bytes { name: name.to_owned(), content: pasted.as_bytes().to_vec() });
        }
    }
}

async fn save(mut field: Field<'_>, path: &Path, most: usize) -> Result<usize, Problem> {
    let mut file = tokio::fs::File::create(path).await?;
    let mut size = 0;
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        size += piece.len();
        if size > most {
            return Err(Problem::new(Kind::TooLarge, format!("at most {most} bytes are taken here")));
        }
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(size)
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        if bytes.len() + piece.len() > LONGEST_FIELD {
            return Err(Problem::new(Kind::TooLarge, format!("a field has at most {LONGEST_FIELD} bytes")));
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| Problem::new(Kind::BadRequest, "a field of the form is not UTF-8"))
}

fn broken(error: MultipartError) -> Problem {
    let kind = if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::BadRequest };
    Problem::new(kind, error.body_text())
}

/// The name without the folders that a browser may put before it.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Files that systems leave in folders.
fn is_litter(name: &str) -> bool {
    let name = base_name(name).to_ascii_lowercase();
    name.starts_with('.') || name.starts_with("~$") || name == "thumbs.db" || name == "desktop.ini"
}

/// Files as they are to be read: the parts of a shapefile belong together, in a zip as everybody sends them.
async fn together(parts: Vec<(PathBuf, String)>, folder: &Path) -> Result<Vec<Incoming>, Problem> {
    let mut files = Vec::new();
    let mut left = parts;
    while !left.is_empty() {
        let (path, name) = left.remove(0);
        let Some(stem) = shape_stem(&name, &left) else {
            files.push(Incoming::File { path, name });
            continue;
        };
        let (of_shape, others) = left.into_iter().partition(|(_, other)| is_part_of(other, &stem));
        left = others;
        let members = std::iter::once((path, name)).chain::<Vec<_>>(of_shape).collect();
        let zip = folder.join(format!("shape-{}.zip", files.len()));
        let to = zip.clone();
        let packed = tokio::task::spawn_blocking(move || pack(members, &to)).await;
        packed.map_err(|error| Problem::from(std::io::Error::other(error)))??;
        files.push(Incoming::File { path: zip, name: format!("{stem}.zip") });
    }
    Ok(files)
}

/// The name of the shapefile that a file is a part of, when its other parts came too.
fn shape_stem(name: &str, others: &[(PathBuf, String)]) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let has = |wanted: &str| {
        let fits = |name: &str| name.rsplit_once('.').is_some_and(|(s, e)| s == stem && e.eq_ignore_ascii_case(wanted));
        fits(name) || others.iter().any(|(_, other)| fits(other))
    };
    let known = ["shp", "dbf", "shx", "prj", "cpg"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    (known && has("shp") && has("dbf")).then(|| stem.to_owned())
}

fn is_part_of(name: &str, stem: &str) -> bool {
    const PARTS: [&str; 8] = ["shp", "dbf", "shx", "prj", "cpg", "qpj", "sbn", "sbx"];
    name.rsplit_once('.').is_some_and(|(s, e)| s == stem && PARTS.iter().any(|part| e.eq_ignore_ascii_case(part)))
}

fn pack(members: Vec<(PathBuf, String)>, to: &Path) -> std::io::Result<()> {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(to)?);
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true);
    for (path, name) in members {
        zip.start_file(name, stored).map_err(std::io::Error::other)?;
        std::io::copy(&mut std::fs::File::open(path)?, &mut zip)?;
    }
    zip.finish().map_err(std::io::Error::other)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use axum::body::Body;
    use axum::http::header;

    use super::*;

    fn form(body: &str) -> Request {
        Request::post("/publish")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body.replace('\n', "\r\n")))
            .unwrap()
    }

    fn file(name: &str, content: &str) -> String {
        format!("--x\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\n\n{content}\n")
    }

    fn names(intake: &Intake) -> Vec<String> {
        let name = |incoming: &Incoming| match incoming {
            Incoming::File { name, .. } | Incoming::Bytes { name, .. } | Incoming::Url(name) => {
                name.as_str().to_owned()
            }
            Incoming::Uploaded(id) => id.to_string(),
        };
        intake.files.iter().map(name).collect()
    }

    #[tokio::test]
    async fn a_folder_comes_without_what_systems_leave_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let body = [file("a/b.csv", "n\n1"), file("a/.DS_Store", "x"), file("a/~$b.xlsx", "x"), file("", "")].concat();
        let intake = read(form(&format!("{body}--x--\n")), folder.path(), 1_000).await.unwrap();
        assert_eq!(names(&intake), ["b.csv"]);
    }

    #[tokio::test]
    async fn the_parts_of_a_shapefile_come_as_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let body = [file("arbres.dbf", "d"), file("liste.csv", "n"), file("arbres.shp", "s"), file("arbres.prj", "p")];
        let intake = read(form(&format!("{}--x--\n", body.concat())), folder.path(), 1_000).await.unwrap();
        assert_eq!(names(&intake), ["arbres.zip", "liste.csv"]);
        let Some(Incoming::File { path, .. }) = intake.files.first() else { panic!("a file") };
        let zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        let mut members: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        members.sort_unstable();
        assert_eq!(members, ["arbres.dbf", "arbres.prj", "arbres.shp"]);
    }

    #[tokio::test]
    async fn what_is_too_large_is_refused_while_it_comes() {
        let folder = tempfile::tempdir().unwrap();
        let body = format!("{}{}--x--\n", file("a.csv", &"1".repeat(60)), file("b.csv", &"1".repeat(60)));
        let refused = read(form(&body), folder.path(), 100).await.unwrap_err();
        assert_eq!(refused.kind(), Kind::TooLarge);
    }

    #[tokio::test]
    async fn pasted_cells_and_an_address_are_files() {
        let folder = tempfile::tempdir().unwrap();
        let body = "--x\nContent-Disposition: form-data; name=\"pasted\"\n\na\tb\n1\t2\n--x\nContent-Disposition: form-data; name=\"url\"\n\n https://exemple.fr/a.csv \n--x--\n";
        let intake = read(form(body), folder.path(), 1_000).await.unwrap();
        assert_eq!(names(&intake), ["https://exemple.fr/a.csv", "cellules-collees.tsv"]);
    }
}
