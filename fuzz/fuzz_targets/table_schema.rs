//! Any bytes as a descriptor and a cell: reading ends, and what was understood can be validated with and spoken of.
#![no_main]

use arrow::array::StringArray;
use libfuzzer_sys::fuzz_target;
use tableschema::{Batch, ForeignTables, Limits, Options, Package, Schema, validate};

fuzz_target!(|input: (&[u8], &str, &str)| {
    let (descriptor, one, other) = input;
    let limits = Limits { fields: 50, enum_values: 1_000, ..Limits::default() };
    let _package = Package::parse(descriptor, &limits);
    let Ok(schema) = Schema::parse(descriptor, &limits) else { return };
    let header: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
    let cells = StringArray::from(vec![Some(one), None, Some(other), Some(one)]);
    let batch = Batch { first_row: 2, columns: vec![cells; header.len()], extra: vec![(1, vec![one.to_owned()])] };
    let batches = [Ok::<_, std::convert::Infallible>(batch)].into_iter();
    let options = Options { errors: 10, threads: 1, pattern_bytes: 1 << 16, ..Options::default() };
    let Ok(report) = validate(&schema, &header, batches, &ForeignTables::default(), &options);
    assert!(report.errors.len() <= 10);
    assert_eq!(report.valid, report.error_count == 0);
    assert_eq!(report.error_count, report.counts.iter().map(|count| count.count).sum::<u64>());
    assert!(report.errors.iter().all(|finding| !finding.message("fr").is_empty()));
});
