//! A list of texts: where each starts, and their bytes one behind another.

/// Texts of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strings<'a> {
    pub(crate) offsets: &'a [u32],
    pub(crate) bytes: &'a [u8],
}

impl<'a> Strings<'a> {
    pub(crate) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The bytes of a text; nothing when there is no such text.
    pub(crate) fn raw(&self, rank: u32) -> &'a [u8] {
        let rank = rank as usize;
        let (Some(start), Some(end)) = (self.offsets.get(rank), self.offsets.get(rank + 1)) else { return &[] };
        self.bytes.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// A text; empty when there is no such text.
    pub(crate) fn get(&self, rank: u32) -> &'a str {
        std::str::from_utf8(self.raw(rank)).unwrap_or_default()
    }

    /// The rank of a text in a sorted list, or where it would stand.
    pub(crate) fn search(&self, text: &[u8]) -> Result<u32, u32> {
        let rank = self.first(0, self.len() as u32, |other| other >= text);
        if (rank as usize) < self.len() && self.raw(rank) == text { Ok(rank) } else { Err(rank) }
    }

    /// The first rank of `from..to` whose text satisfies a condition that holds from some rank on; else `to`.
    pub(crate) fn first(&self, from: u32, to: u32, condition: impl Fn(&[u8]) -> bool) -> u32 {
        let (mut low, mut high) = (from, to.max(from));
        while low < high {
            let middle = low + (high - low) / 2;
            if condition(self.raw(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }
}
