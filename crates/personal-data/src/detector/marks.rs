//! What the detectors say of one cell: a set of marks, counted by column.

/// One thing that can be said of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mark {
    Nir,
    /// Thirteen digits of the form of a NIR, without key.
    NirKeyless,
    /// Fifteen digits, whatever they are: what the share of valid keys is measured against.
    FifteenDigits,
    Iban,
    /// Two letters, two digits and more, whose length fits an IBAN but whose check may not.
    IbanLike,
    BankCard,
    SixteenDigits,
    IdentityDocument,
    EmailFunctional,
    EmailNominative,
    EmailWebmail,
    PhoneMobile,
    PhoneLandline,
    /// 08 and other numbers that no private person has.
    PhoneSpecial,
    /// Ten digits in a row that begin with 0, without separators: a phone number or a code.
    PhoneBare,
    Plate,
    /// The old form of plates, or the new one without its hyphens.
    PlateLoose,
    Address,
    BirthDate,
    Coordinate,
    /// Latitude and longitude in one cell.
    Position,
    Siret,
    /// A name whose typography shows first and last: `DUPONT Jean`.
    PersonStrong,
    /// A name by its words only: `Jean Dupont`.
    PersonWeak,
    /// A name after a title: `Mme Dupont`.
    PersonTitled,
    FirstName,
    LastName,
    Organisation,
    TextTitled,
    TextNamed,
    SmallCount,
    /// A cell that was blotted out before.
    Masked,
}

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u32);

impl Marks {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ALL: Self = Self(u32::MAX);

    pub(crate) const fn of(marks: &[Mark]) -> Self {
        let mut set = 0;
        let mut index = 0;
        while index < marks.len() {
            set |= 1 << marks[index] as u32;
            index += 1;
        }
        Self(set)
    }

    pub(crate) fn add(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u32;
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn remove(&mut self, other: Self) {
        self.0 &= !other.0;
    }

    pub(crate) fn has(self, mark: Mark) -> bool {
        self.0 & 1 << mark as u32 != 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The marks' numbers.
    pub(crate) fn numbers(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let number = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            (number < 32).then_some(number)
        })
    }
}

/// Cells by mark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally([u64; 32]);

impl Tally {
    pub(crate) fn count(&mut self, marks: Marks, times: u64) {
        for number in marks.numbers() {
            self.0[number] += times;
        }
    }

    pub(crate) fn of(&self, mark: Mark) -> u64 {
        self.0[mark as usize]
    }

    pub(crate) fn sum(&self, marks: &[Mark]) -> u64 {
        marks.iter().map(|mark| self.of(*mark)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_one_by_one() {
        let mut tally = Tally::default();
        tally.count(Marks::of(&[Mark::Nir, Mark::Masked]), 2);
        tally.count(Marks::NONE, 5);
        assert_eq!((tally.of(Mark::Nir), tally.of(Mark::Masked), tally.of(Mark::Plate)), (2, 2, 0));
    }
}
