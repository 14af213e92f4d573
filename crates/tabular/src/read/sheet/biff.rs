//! How many cells an XLS will take in memory, known before its reader lays them out.
//!
//! The reader makes a full rectangle of each sheet: two cells in its far corners are sixteen million. It also reserves
//! room for the rectangle that a sheet declares, which may be any number. The workbook's stream is found in the compound file and its records are passed over; only the places of cells are looked at.

/// Kinds of records that hold a cell, whose content begins with its row and column.
const CELLS: [u16; 10] = [0x0006, 0x0203, 0x0204, 0x0205, 0x0207, 0x00D6, 0x00FD, 0x027E, 0x0201, 0x0406];
/// Several numbers of one row.
const MULTIPLE: [u16; 2] = [0x00BD, 0x00BE];
const BEGIN: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
const END_OF_CHAIN: u32 = 0xFFFF_FFFA;

/// Cells of all sheets' rectangles, or of the largest that is declared when that is more; `None` when the file's structure cannot be followed.
pub(super) fn cells(file: &[u8]) -> Option<u64> {
    let stream = Compound::open(file)?.workbook()?;
    let mut sheets = 0u64;
    let mut declared = 0u64;
    let mut bounds: Option<Bounds> = None;
    let mut rest = stream.as_slice();
    while let Some((head, after)) = rest.split_at_checked(4) {
        let (kind, length) = (u16_at(head, 0)?, usize::from(u16_at(head, 2)?));
        let content = after.get(..length).unwrap_or(after);
        if kind == BEGIN {
            sheets = sheets.saturating_add(bounds.take().map_or(0, |bounds| bounds.cells()));
        } else if kind == DIMENSIONS {
            declared = declared.max(dimensions(content).unwrap_or(0));
        } else if CELLS.contains(&kind) || MULTIPLE.contains(&kind) {
            let row = u16_at(content, 0).unwrap_or(0);
            let first = u16_at(content, 2).unwrap_or(0);
            let several = MULTIPLE.contains(&kind) && content.len() >= 6;
            let last = if several { u16_at(content, content.len() - 2).unwrap_or(first) } else { first };
            bounds.get_or_insert(Bounds::at(row, first)).take(row, first, last);
        }
        rest = after.get(length..).unwrap_or_default();
    }
    Some(sheets.saturating_add(bounds.map_or(0, |bounds| bounds.cells())).max(declared))
}

/// Cells of a declared rectangle: first row and one beyond the last, then columns likewise. One whose end is before
/// its beginning is as large as can be.
fn dimensions(content: &[u8]) -> Option<u64> {
    let long = content.len() >= 14;
    let row = |index: usize| if long { u32_at(content, index * 4) } else { u16_at(content, index * 2).map(u32::from) };
    let columns = if long { 8 } else { 4 };
    let (first, last) = (u16_at(content, columns)?, u16_at(content, columns + 2)?);
    let rows = row(1)?.wrapping_sub(row(0)?);
    Some(u64::from(rows) * u64::from(last.saturating_sub(if first > last { 0 } else { first }).max(1)))
}

struct Bounds {
    rows: (u16, u16),
    columns: (u16, u16),
}

impl Bounds {
    fn at(row: u16, column: u16) -> Self {
        Self { rows: (row, row), columns: (column, column) }
    }

    fn take(&mut self, row: u16, first: u16, last: u16) {
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(first), self.columns.1.max(first).max(last));
    }

    fn cells(&self) -> u64 {
        let side = |(first, last): (u16, u16)| u64::from(last - first) + 1;
        side(self.rows) * side(self.columns)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A compound file: sectors in chains.
struct Compound<'a> {
    file: &'a [u8],
    sector: usize,
    chains: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(file: &'a [u8]) -> Option<Self> {
        const IN_HEADER: usize = 109;
        let shift = u16_at(file, 30).filter(|shift| (7..=16).contains(shift))?;
        let mut compound = Self { file, sector: 1 << shift, chains: Vec::new() };
        let mut tables: Vec<u32> = (0..IN_HEADER).map_while(|index| u32_at(file, 76 + index * 4)).collect();
        let mut next = u32_at(file, 68)?;
        let most = file.len() / compound.sector + 1;
        for _ in 0..most {
            let Some(sector) = compound.at(next).filter(|_| next < END_OF_CHAIN) else { break };
            let entries = sector.len() / 4 - 1;
            tables.extend((0..entries).map_while(|index| u32_at(sector, index * 4)));
            next = u32_at(sector, entries * 4)?;
        }
        for table in tables.into_iter().filter(|table| *table < END_OF_CHAIN).take(most) {
            let Some(sector) = compound.at(table) else { break };
            compound.chains.extend((0..sector.len() / 4).map_while(|index| u32_at(sector, index * 4)));
        }
        Some(compound)
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.file.len());
        self.file.get(start..end)
    }

    /// The bytes of a chain of sectors; one that turns in a circle ends with the file's size.
    fn chain(&self, first: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = first;
        while next < END_OF_CHAIN && out.len() <= self.file.len() {
            let Some(sector) = self.at(next) else { break };
            out.extend_from_slice(sector);
            next = self.chains.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out
    }

    fn workbook(&self) -> Option<Vec<u8>> {
        const ENTRY: usize = 128;
        const SHORT: u32 = 4096;
        let directory = self.chain(u32_at(self.file, 48)?);
        let entry = directory.chunks_exact(ENTRY).find(|entry| is_workbook(entry))?;
        let (first, size) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
        let mut stream = if size < SHORT { self.short(&directory, first)? } else { self.chain(first) };
        stream.truncate(size as usize);
        Some(stream)
    }

    /// A short stream lies in the stream of the root, in chains of its own.
    fn short(&self, directory: &[u8], first: u32) -> Option<Vec<u8>> {
        let size = 1usize << u16_at(self.file, 32).filter(|shift| (4..=12).contains(shift))?;
        let container = self.chain(u32_at(directory, 116)?);
        let chains = self.chain(u32_at(self.file, 60)?);
        let mut out = Vec::new();
        let mut next = first;
        while next < END_OF_CHAIN && out.len() <= container.len() {
            let start = (next as usize).checked_mul(size)?;
            let Some(piece) = container.get(start..start + size) else { break };
            out.extend_from_slice(piece);
            next = u32_at(&chains, next as usize * 4).unwrap_or(u32::MAX);
        }
        Some(out)
    }
}

fn is_workbook(entry: &[u8]) -> bool {
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        entry.starts_with(&wide)
    };
    named("Workbook") || named("Book")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        [kind.to_le_bytes().as_slice(), &(content.len() as u16).to_le_bytes(), content].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[row.to_le_bytes(), column.to_le_bytes(), [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]].concat())
    }

    /// A compound file with one sector of chains, one of directory, then the stream.
    fn compound(stream: &[u8]) -> Vec<u8> {
        let mut stream = stream.to_vec();
        stream.resize(4096, 0);
        let mut file = vec![0; 512];
        file[30] = 9;
        file[32] = 6;
        file[48] = 1;
        file[68..72].fill(0xFF);
        file[76..512].fill(0xFF);
        file[76..80].fill(0);
        let mut chains: Vec<u32> = vec![u32::MAX - 2, u32::MAX - 1];
        chains.extend((3..10).chain([u32::MAX - 1]));
        chains.resize(128, u32::MAX);
        file.extend(chains.iter().flat_map(|next| next.to_le_bytes()));
        let mut directory = vec![0; 512];
        let name: Vec<u8> = "Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory[128..128 + name.len()].copy_from_slice(&name);
        directory[128 + 116] = 2;
        directory[128 + 120..128 + 124].copy_from_slice(&4096u32.to_le_bytes());
        file.extend(directory);
        file.extend(stream);
        file
    }

    #[test]
    fn the_rectangles_of_all_sheets_are_counted() {
        let sheet = |cells: &[Vec<u8>]| [record(BEGIN, &[0; 16]), cells.concat(), record(0x0A, &[])].concat();
        let stream = [sheet(&[cell(0, 0), cell(65_535, 255)]), sheet(&[cell(3, 2), cell(4, 3)])].concat();
        assert_eq!(cells(&compound(&stream)), Some(65_536 * 256 + 4));
    }

    #[test]
    fn what_a_sheet_declares_is_counted_too() {
        let declared = |first: u32, last: u32| {
            let content = [first.to_le_bytes().as_slice(), &last.to_le_bytes(), &[0, 0, 16, 0, 0, 0]].concat();
            cells(&compound(&[record(BEGIN, &[0; 16]), record(DIMENSIONS, &content), cell(0, 0)].concat()))
        };
        assert_eq!(declared(0, 10), Some(160));
        assert_eq!(declared(0, u32::MAX), Some(u64::from(u32::MAX) * 16));
        assert!(declared(5, 2).is_some_and(|cells| cells > 1 << 32));
    }

    #[test]
    fn a_chain_in_a_circle_ends() {
        let mut file = compound(&[]);
        file[512 + 9 * 4..512 + 10 * 4].copy_from_slice(&2u32.to_le_bytes());
        assert_eq!(cells(&file), Some(0));
        assert_eq!(cells(b"\xD0\xCF\x11\xE0"), None);
    }
}
