//! A table with what was met on the way to it: its containers, its member's name, warnings.

use crate::{
    error::Result,
    profile::{SourceDescription, Warning},
    read::{Batches, Header, RawBatch, Remarks, Table},
};

/// A table found in a file.
pub(crate) struct Labelled {
    table: Box<dyn Table>,
    name: Option<String>,
    containers: Vec<String>,
    warnings: Vec<Warning>,
}

impl Labelled {
    pub(crate) fn new(table: Box<dyn Table>) -> Self {
        let name = table.name().map(str::to_owned);
        Self { table, name, containers: Vec::new(), warnings: Vec::new() }
    }

    /// Says the container around it; containers are told from the innermost.
    pub(crate) fn within(&mut self, container: &str) {
        self.containers.insert(0, container.to_owned());
    }

    /// Says the member that it comes from.
    pub(crate) fn of_member(&mut self, member: &str) {
        self.name = Some(match self.name.take() {
            Some(name) if name != member => format!("{member} / {name}"),
            _ => member.to_owned(),
        });
    }

    /// Adds a warning.
    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }
}

impl Table for Labelled {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn source(&self) -> SourceDescription {
        let mut source = self.table.source();
        source.containers.splice(0..0, self.containers.iter().cloned());
        source
    }

    fn header(&self) -> Vec<Header> {
        self.table.header()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        Ok(Box::new(LabelledBatches { batches: self.table.batches()?, warnings: &self.warnings }))
    }
}

struct LabelledBatches<'a> {
    batches: Box<dyn Batches + 'a>,
    warnings: &'a [Warning],
}

impl Iterator for LabelledBatches<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        self.batches.next()
    }
}

impl Batches for LabelledBatches<'_> {
    fn remarks(&self) -> Remarks {
        let mut remarks = self.batches.remarks();
        remarks.warnings.splice(0..0, self.warnings.iter().cloned());
        remarks
    }

    fn bytes_read(&self) -> u64 {
        self.batches.bytes_read()
    }
}
