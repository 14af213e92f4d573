//! Writing the file: columns as `geography::file` reads them.

use geography::file::{Column, DIRECTORY, MAGIC, NONE, NOWHERE, Table};

/// A file being made.
#[derive(Default)]
pub struct Writer {
    sections: Vec<(usize, Vec<u8>)>,
}

impl Writer {
    pub fn put(&mut self, table: Table, column: Column, bytes: Vec<u8>) {
        self.sections.push((table as usize * Column::COUNT + column as usize, bytes));
    }

    pub fn u8s(&mut self, table: Table, column: Column, numbers: impl IntoIterator<Item = u8>) {
        self.put(table, column, numbers.into_iter().collect());
    }

    pub fn u16s(&mut self, table: Table, column: Column, numbers: impl IntoIterator<Item = u16>) {
        self.put(table, column, numbers.into_iter().flat_map(u16::to_le_bytes).collect());
    }

    pub fn u32s(&mut self, table: Table, column: Column, numbers: impl IntoIterator<Item = Option<u32>>) {
        self.put(table, column, numbers.into_iter().flat_map(|number| number.unwrap_or(NONE).to_le_bytes()).collect());
    }

    /// Rows of as many numbers each.
    pub fn i32s<const N: usize>(
        &mut self,
        table: Table,
        column: Column,
        rows: impl IntoIterator<Item = Option<[i32; N]>>,
    ) {
        let numbers = rows.into_iter().flat_map(|row| row.unwrap_or([NOWHERE; N]));
        self.put(table, column, numbers.flat_map(i32::to_le_bytes).collect());
    }

    pub fn codes<'a>(&mut self, table: Table, column: Column, width: usize, codes: impl IntoIterator<Item = &'a str>) {
        let text: String = codes.into_iter().map(|code| format!("{code:width$}")).collect();
        self.put(table, column, text.into_bytes());
    }

    pub fn texts<'a>(&mut self, table: Table, column: Column, texts: impl IntoIterator<Item = &'a str>) {
        self.blobs(table, column, texts.into_iter().map(str::as_bytes));
    }

    pub fn blobs<'a>(&mut self, table: Table, column: Column, blobs: impl IntoIterator<Item = &'a [u8]>) {
        let (mut ends, mut bytes) = (vec![0], Vec::new());
        for blob in blobs {
            bytes.extend_from_slice(blob);
            ends.push(bytes.len() as u32);
        }
        self.put(table, column, with_offsets(&ends, bytes));
    }

    pub fn lists(&mut self, table: Table, column: Column, lists: impl IntoIterator<Item = Vec<u32>>) {
        let (ends, items) = spread(lists);
        self.put(table, column, with_offsets(&ends, items.into_iter().flat_map(u32::to_le_bytes).collect()));
    }

    pub fn short_lists(&mut self, table: Table, column: Column, lists: impl IntoIterator<Item = Vec<u32>>) {
        let (ends, items) = spread(lists);
        let short = items.into_iter().flat_map(|item| u16::try_from(item).unwrap_or(u16::MAX).to_le_bytes());
        self.put(table, column, with_offsets(&ends, short.collect()));
    }

    /// The whole file.
    pub fn finish(self) -> Vec<u8> {
        let mut directory = vec![[0_u32; 2]; Table::COUNT * Column::COUNT];
        let mut body = Vec::new();
        let start = DIRECTORY + directory.len() * 8;
        for (place, bytes) in self.sections {
            directory[place] = [(start + body.len()) as u32, bytes.len() as u32];
            body.extend(bytes);
        }
        let mut rest: Vec<u8> = directory.into_iter().flatten().flat_map(u32::to_le_bytes).collect();
        rest.extend(body);
        [MAGIC.as_slice(), &fingerprint(&rest).to_le_bytes(), &rest].concat()
    }
}

/// FNV-1a.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn spread(lists: impl IntoIterator<Item = Vec<u32>>) -> (Vec<u32>, Vec<u32>) {
    let (mut ends, mut items) = (vec![0], Vec::new());
    for list in lists {
        items.extend(list);
        ends.push(items.len() as u32);
    }
    (ends, items)
}

fn with_offsets(ends: &[u32], items: Vec<u8>) -> Vec<u8> {
    let rows = ends.len() as u32 - 1;
    let mut bytes: Vec<u8> = std::iter::once(&rows).chain(ends).flat_map(|number| number.to_le_bytes()).collect();
    bytes.extend(items);
    bytes
}
