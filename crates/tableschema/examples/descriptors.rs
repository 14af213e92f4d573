//! Reads descriptors and says what is odd in them: `descriptors schema.json…`

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use tableschema::{DescriptorError, ForeignTables, Limits, Looks, Options, Package, Schema, validate};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        match Schema::parse(&bytes, &Limits::default()) {
            Ok(schema) => schema_notes(&path, &schema),
            Err(DescriptorError::Missing { looks: Looks::Package, .. }) => package_notes(&path, &bytes),
            Err(error) => println!("{path}: {}", error.message("en")),
        }
    }
    Ok(())
}

fn schema_notes(path: &str, schema: &Schema) {
    let header: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
    let none = std::iter::empty::<Result<_, std::convert::Infallible>>();
    let report = match validate(schema, &header, none, &ForeignTables::default(), &Options::default()) {
        Ok(report) => report,
        Err(never) => match never {},
    };
    println!("{path}: {} fields, {} notes", schema.fields.len(), schema.notes.len() + report.notes.len());
    for note in schema.notes.iter().chain(&report.notes) {
        println!("  {}", note.message("en"));
    }
}

fn package_notes(path: &str, bytes: &[u8]) {
    match Package::parse(bytes, &Limits::default()) {
        Ok(package) => {
            println!("{path}: a package of {} resources", package.resources.len());
            for note in &package.notes {
                println!("  {}", note.message("en"));
            }
        }
        Err(error) => println!("{path}: {}", error.message("en")),
    }
}
