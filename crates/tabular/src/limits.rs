//! One place for every limit on what a file may ask of the machine.

/// Bounds on reading; every field is configuration.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the source file.
    pub source_bytes: u64,
    /// Bytes after decompression, over all members of an archive.
    pub unpacked_bytes: u64,
    /// Decompressed bytes allowed for one compressed byte, once past 16 MiB.
    pub compression_ratio: u64,
    /// Members of an archive that are looked at.
    pub archive_members: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Bytes of one cell.
    pub cell_bytes: usize,
    /// Bytes of one row of text, all its cells together.
    pub row_bytes: usize,
    /// Tables (sheets, layers, members) of a file.
    pub tables: usize,
    /// Nesting of JSON and of archives' inner documents.
    pub depth: usize,
    /// Bytes of a spreadsheet, whose reader holds a sheet in memory.
    pub spreadsheet_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_bytes: 4 << 30,
            unpacked_bytes: 16 << 30,
            compression_ratio: 200,
            archive_members: 1_000,
            columns: 2_000,
            cell_bytes: 1 << 20,
            row_bytes: 32 << 20,
            tables: 100,
            depth: 64,
            spreadsheet_bytes: 256 << 20,
        }
    }
}
