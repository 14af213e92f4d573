//! Reads a file as a publication does, and says how long each table took:
//! `cargo run --release -p tabular --example ingest -- FILE FOLDER`.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use tabular::{
    Limits, Profile,
    read::SourceFile,
    snapshot::{self, WriteOptions},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: ingest FILE FOLDER".into());
    };
    let path = PathBuf::from(&file);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let scratch = tempfile::tempdir()?;
    let tables = tabular::detect::open(&SourceFile { path, name }, &Limits::default(), scratch.path())?;
    let mut out = std::io::stdout().lock();
    for (number, table) in tables.iter().enumerate() {
        let folder = Path::new(&folder).join(number.to_string());
        std::fs::create_dir_all(&folder)?;
        let start = Instant::now();
        let profile = snapshot::write(table.as_ref(), &folder, &WriteOptions::default(), &|_| {})?;
        let seconds = start.elapsed().as_secs_f64();
        let bytes = std::fs::metadata(folder.join(snapshot::TABLE_FILE))?.len();
        writeln!(out, "{} rows in {seconds:.3} s, {bytes} bytes", profile.rows)?;
        describe(&mut out, &profile)?;
    }
    Ok(())
}

fn describe(out: &mut impl Write, profile: &Profile) -> std::io::Result<()> {
    for column in &profile.columns {
        writeln!(
            out,
            "  {:30} {:9} {:12} nulls {} exceptions {} distinct {}{} sum {:?} min {:?} max {:?}",
            column.name,
            format!("{:?}", column.field_type),
            column.meaning.map(|meaning| format!("{meaning:?}")).unwrap_or_default(),
            column.nulls,
            column.exceptions,
            column.distinct,
            if column.distinct_exact { "" } else { "~" },
            column.sum,
            column.min,
            column.max,
        )?;
    }
    if let Some(geometry) = &profile.geometry {
        writeln!(out, "  located {} within {:?}: {:?}", geometry.located, geometry.bbox, geometry.source)?;
    }
    Ok(())
}
