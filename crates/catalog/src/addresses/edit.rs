//! Changes of a street: functions of what it is, that nothing but their words decides.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Fault, MOST_NUMBERS_OF_STREET, MOST_PARCELS, MOST_POSITIONS, Number, Part, Position, Street, StreetKind, name,
    number,
};
use crate::error::{Error, Result};

/// Characters of a note at most.
const LONGEST_COMMENT: usize = 2_000;
/// Numbers that one range adds at most.
const LONGEST_RANGE: usize = 1_000;
/// Languages of a name at most.
const MOST_LANGUAGES: usize = 10;

/// Changes made on one revision of a street: all of them are applied, or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StreetChange {
    /// The revision that was looked at when they were made; another one is a conflict.
    pub revision: i64,
    /// What changes.
    pub edits: Vec<StreetEdit>,
}

/// One change of a street.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "edit")]
pub enum StreetEdit {
    /// What is said of the street itself, in place of what was said.
    Describe {
        /// All of it.
        #[serde(flatten)]
        said: StreetDraft,
    },
    /// Where a lieu-dit is, in place of where it was.
    Locate {
        /// The main position first.
        positions: Vec<Position>,
    },
    /// Adds a number.
    Add {
        /// Its lasting identifier, when it has one already.
        #[serde(default)]
        id: Option<Uuid>,
        /// What is said of it.
        #[serde(flatten)]
        number: NumberDraft,
    },
    /// What is said of a number, in place of what was said.
    Change {
        /// Which.
        id: Uuid,
        /// All of it.
        #[serde(flatten)]
        number: NumberDraft,
    },
    /// Adds numbers, those that are there already left as they are.
    AddRange {
        /// The first.
        from: u32,
        /// The last.
        to: u32,
        /// Whether every other number is left out, as on one side of a street.
        #[serde(default)]
        one_side: bool,
    },
    /// Removes numbers.
    Remove {
        /// Which.
        ids: Vec<Uuid>,
    },
    /// Whether the town vouches for numbers (and for the row of a lieu-dit, when all are meant).
    Certify {
        /// Which; all of them without.
        #[serde(default)]
        ids: Option<Vec<Uuid>>,
        /// Whether.
        certified: bool,
    },
    /// Puts removed numbers back as they were.
    Restore {
        /// All of each.
        numbers: Vec<Number>,
    },
}

/// What is said of a street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreetDraft {
    /// Its full name.
    pub name: String,
    /// What it is.
    pub kind: StreetKind,
    /// Names in regional languages.
    #[serde(default)]
    pub other_names: BTreeMap<String, String>,
    /// The commune of before where it lies.
    #[serde(default)]
    pub part: Option<Part>,
    /// Parcels of a lieu-dit.
    #[serde(default)]
    pub parcels: Vec<String>,
    /// A note, never published.
    #[serde(default)]
    pub comment: Option<String>,
}

/// What is said of a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberDraft {
    /// 1 to 9998.
    pub number: u32,
    /// `bis`
    #[serde(default)]
    pub suffix: String,
    /// A complementary place name.
    #[serde(default)]
    pub complement: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Its parcels.
    #[serde(default)]
    pub parcels: Vec<String>,
    /// Whether the town vouches for it.
    #[serde(default)]
    pub certified: bool,
    /// A note, never published.
    #[serde(default)]
    pub comment: Option<String>,
}

impl StreetDraft {
    /// A street of which only the name is known.
    pub fn named(name: impl Into<String>, kind: StreetKind) -> Self {
        let (other_names, parcels) = (BTreeMap::new(), Vec::new());
        Self { name: name.into(), kind, other_names, part: None, parcels, comment: None }
    }

    /// Everything but the name checked.
    fn checked(self) -> Result<Self> {
        if self.other_names.len() > MOST_LANGUAGES {
            return Err(Fault::TooMany { what: "languages", most: MOST_LANGUAGES }.into());
        }
        let mut other_names = BTreeMap::new();
        for (code, other) in self.other_names {
            let other = name::tidied(&other);
            if other.is_empty() {
                continue;
            }
            if other.chars().count() > 200 || other.chars().any(char::is_control) {
                return Err(Fault::Name { name: other.chars().take(200).collect() }.into());
            }
            other_names.insert(name::language(&code)?, other);
        }
        Ok(Self {
            name: self.name,
            kind: self.kind,
            other_names,
            part: self.part,
            parcels: checked_parcels(self.parcels)?,
            comment: checked_comment(self.comment)?,
        })
    }

    /// A new street.
    pub(crate) fn street(self, on: Date) -> Result<Street> {
        let said = self.checked()?;
        Ok(Street {
            id: Uuid::new_v4(),
            revision: 1,
            kind: said.kind,
            name: name::checked(&said.name)?,
            other_names: said.other_names,
            code: String::new(),
            part: said.part,
            positions: Vec::new(),
            parcels: said.parcels,
            certified: false,
            source: None,
            updated_on: on,
            comment: said.comment,
            numbers: Vec::new(),
        })
    }
}

impl NumberDraft {
    /// A number of which nothing else is known.
    pub fn new(number: u32, suffix: impl Into<String>) -> Self {
        Self {
            number,
            suffix: suffix.into(),
            complement: None,
            positions: Vec::new(),
            parcels: Vec::new(),
            certified: false,
            comment: None,
        }
    }

    /// The same as it would be typed again.
    pub fn of(number: &Number) -> Self {
        Self {
            number: number.number,
            suffix: number.suffix.clone(),
            complement: number.complement.clone(),
            positions: number.positions.clone(),
            parcels: number.parcels.clone(),
            certified: number.certified,
            comment: number.comment.clone(),
        }
    }

    fn checked(self) -> Result<Self> {
        let label = format!("{} {}", self.number, self.suffix);
        let (number, suffix) = number::parse(&label)?;
        let complement = match self.complement.as_deref().map(name::tidied).filter(|text| !text.is_empty()) {
            Some(text) if text.chars().count() > 200 => {
                return Err(Fault::TooLong { field: "complement", most: 200 }.into());
            }
            complement => complement,
        };
        Ok(Self {
            number,
            suffix,
            complement,
            positions: checked_positions(self.positions)?,
            parcels: checked_parcels(self.parcels)?,
            certified: self.certified,
            comment: checked_comment(self.comment)?,
        })
    }
}

fn checked_positions(positions: Vec<Position>) -> Result<Vec<Position>> {
    if positions.len() > MOST_POSITIONS {
        return Err(Fault::TooMany { what: "positions", most: MOST_POSITIONS }.into());
    }
    let positions = positions.into_iter().map(|position| Position::new(position.kind, position.lon, position.lat));
    Ok(positions.collect::<std::result::Result<_, Fault>>()?)
}

fn checked_parcels(parcels: Vec<String>) -> Result<Vec<String>> {
    if parcels.len() > MOST_PARCELS {
        return Err(Fault::TooMany { what: "parcels", most: MOST_PARCELS }.into());
    }
    Ok(number::parcels(&parcels.join("|"))?)
}

fn checked_comment(comment: Option<String>) -> Result<Option<String>> {
    let comment = comment.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if comment.as_ref().is_some_and(|text| text.chars().count() > LONGEST_COMMENT) {
        return Err(Fault::TooLong { field: "comment", most: LONGEST_COMMENT }.into());
    }
    Ok(comment.map(|text| text.replace('\0', "")))
}

impl Street {
    /// The street with changes made, on a day.
    ///
    /// # Errors
    /// A [`Fault`] of the first change that can't be made.
    pub fn edited(mut self, edits: Vec<StreetEdit>, on: Date) -> Result<Self> {
        for edit in edits {
            self.edit(edit, on)?;
        }
        self.sort();
        Ok(self)
    }

    fn edit(&mut self, edit: StreetEdit, on: Date) -> Result<()> {
        match edit {
            StreetEdit::Describe { said } => self.describe(said, on)?,
            StreetEdit::Locate { positions } => {
                self.positions = checked_positions(positions)?;
                self.touch(on);
            }
            StreetEdit::Add { id, number } => self.add(id, number.checked()?, on)?,
            StreetEdit::Change { id, number } => self.change(id, number.checked()?, on)?,
            StreetEdit::AddRange { from, to, one_side } => self.add_range(from, to, one_side, on)?,
            StreetEdit::Remove { ids } => self.remove(&ids)?,
            StreetEdit::Certify { ids, certified } => self.certify(ids.as_deref(), certified, on)?,
            StreetEdit::Restore { numbers } => self.restore(numbers)?,
        }
        Ok(())
    }

    fn touch(&mut self, on: Date) {
        self.updated_on = on;
        // What its keeper changed, its keeper answers for.
        self.source = None;
    }

    fn describe(&mut self, said: StreetDraft, on: Date) -> Result<()> {
        let checked = said.checked()?;
        // A name that came in a file is not refused for its style when something else is changed.
        let name = if checked.name.trim() == self.name { self.name.clone() } else { name::checked(&checked.name)? };
        let renamed = name != self.name || checked.part != self.part || checked.other_names != self.other_names;
        self.name = name;
        self.kind = checked.kind;
        self.other_names = checked.other_names;
        self.part = checked.part;
        self.parcels = checked.parcels;
        self.comment = checked.comment;
        self.touch(on);
        if renamed {
            // The name is in every row of the street: each has changed.
            for number in &mut self.numbers {
                number.updated_on = on;
            }
        }
        Ok(())
    }

    fn has(&self, number: u32, suffix: &str, but: Option<Uuid>) -> bool {
        self.numbers.iter().any(|own| own.number == number && own.suffix == suffix && Some(own.id) != but)
    }

    fn refuse_taken(&self, draft: &NumberDraft, but: Option<Uuid>) -> Result<()> {
        if self.has(draft.number, &draft.suffix, but) {
            let label = Number::new(draft.number, draft.suffix.clone(), self.updated_on).label();
            return Err(Fault::NumberTaken { label }.into());
        }
        Ok(())
    }

    fn room(&self, more: usize) -> Result<()> {
        if self.numbers.len() + more > MOST_NUMBERS_OF_STREET {
            return Err(Fault::TooMany { what: "numbers", most: MOST_NUMBERS_OF_STREET }.into());
        }
        Ok(())
    }

    fn add(&mut self, id: Option<Uuid>, draft: NumberDraft, on: Date) -> Result<()> {
        self.refuse_taken(&draft, None)?;
        if id.is_some_and(|id| self.numbers.iter().any(|number| number.id == id)) {
            let label = Number::new(draft.number, draft.suffix, on).label();
            return Err(Fault::NumberTaken { label }.into());
        }
        self.room(1)?;
        let new = Number::new(draft.number, draft.suffix, on);
        self.numbers.push(Number {
            id: id.unwrap_or(new.id),
            complement: draft.complement,
            positions: draft.positions,
            parcels: draft.parcels,
            certified: draft.certified,
            comment: draft.comment,
            ..new
        });
        Ok(())
    }

    fn number_mut(&mut self, id: Uuid) -> Result<&mut Number> {
        self.numbers.iter_mut().find(|number| number.id == id).ok_or_else(|| Error::not_found("number", id))
    }

    fn change(&mut self, id: Uuid, draft: NumberDraft, on: Date) -> Result<()> {
        let moved = self.number_mut(id)?;
        if (moved.number, moved.suffix.as_str()) != (draft.number, draft.suffix.as_str()) {
            self.refuse_taken(&draft, Some(id))?;
        }
        let number = self.number_mut(id)?;
        if NumberDraft::of(number) == draft {
            return Ok(());
        }
        // A note isn't published: it leaves the date of the row as it is.
        let published = NumberDraft { comment: number.comment.clone(), ..draft.clone() } != NumberDraft::of(number);
        *number = Number {
            id,
            number: draft.number,
            suffix: draft.suffix,
            complement: draft.complement,
            positions: draft.positions,
            parcels: draft.parcels,
            certified: draft.certified,
            comment: draft.comment,
            source: if published { None } else { number.source.take() },
            updated_on: if published { on } else { number.updated_on },
        };
        Ok(())
    }

    fn add_range(&mut self, from: u32, to: u32, one_side: bool, on: Date) -> Result<()> {
        let step = if one_side { 2 } else { 1 };
        let sound = (1..=Number::LARGEST).contains(&from) && (from..=Number::LARGEST).contains(&to);
        if !sound || (to - from) as usize / step >= LONGEST_RANGE {
            return Err(Fault::Range { from, to, most: LONGEST_RANGE }.into());
        }
        let wanted: Vec<u32> = (from..=to).step_by(step).filter(|number| !self.has(*number, "", None)).collect();
        if wanted.is_empty() {
            return Err(Fault::RangeTaken { from, to }.into());
        }
        self.room(wanted.len())?;
        self.numbers.extend(wanted.into_iter().map(|number| Number::new(number, "", on)));
        Ok(())
    }

    fn remove(&mut self, ids: &[Uuid]) -> Result<()> {
        for id in ids {
            self.number_mut(*id)?;
        }
        self.numbers.retain(|number| !ids.contains(&number.id));
        Ok(())
    }

    fn certify(&mut self, ids: Option<&[Uuid]>, certified: bool, on: Date) -> Result<()> {
        for id in ids.unwrap_or_default() {
            self.number_mut(*id)?;
        }
        let meant = |number: &&mut Number| ids.is_none_or(|ids| ids.contains(&number.id));
        for number in self.numbers.iter_mut().filter(meant).filter(|number| number.certified != certified) {
            number.certified = certified;
            number.updated_on = on;
        }
        if ids.is_none() && self.kind == StreetKind::Locality && self.certified != certified {
            self.certified = certified;
            self.updated_on = on;
        }
        Ok(())
    }

    fn restore(&mut self, numbers: Vec<Number>) -> Result<()> {
        self.room(numbers.len())?;
        for number in numbers {
            if self.has(number.number, &number.suffix, None) || self.numbers.iter().any(|own| own.id == number.id) {
                return Err(Fault::NumberTaken { label: number.label() }.into());
            }
            self.numbers.push(number);
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 3, 4);
    const NEXT: Date = date(2026, 3, 5);

    fn street() -> Street {
        let street = StreetDraft::named("Rue du Four", StreetKind::Street).street(DAY).unwrap();
        street.edited(vec![StreetEdit::AddRange { from: 1, to: 9, one_side: true }], DAY).unwrap()
    }

    fn labels(street: &Street) -> Vec<String> {
        street.numbers.iter().map(Number::label).collect()
    }

    fn fault(outcome: Result<Street>) -> &'static str {
        match outcome {
            Err(Error::Address(fault)) => fault.code(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_side_of_a_street_is_numbered_in_one_go() {
        let street = street();
        assert_eq!(labels(&street), ["1", "3", "5", "7", "9"]);
        let street = street.edited(vec![StreetEdit::AddRange { from: 8, to: 11, one_side: false }], DAY).unwrap();
        assert_eq!(labels(&street), ["1", "3", "5", "7", "8", "9", "10", "11"]);
        let again = StreetEdit::AddRange { from: 8, to: 11, one_side: false };
        assert_eq!(fault(street.clone().edited(vec![again], DAY)), "range-taken");
        let endless = StreetEdit::AddRange { from: 1, to: 9_998, one_side: false };
        assert_eq!(fault(street.clone().edited(vec![endless], DAY)), "range");
        let backwards = StreetEdit::AddRange { from: 9, to: 1, one_side: false };
        assert_eq!(fault(street.edited(vec![backwards], DAY)), "range");
    }

    #[test]
    fn a_number_is_there_once() {
        let street = street();
        let add = |text: &str| {
            let (number, suffix) = number::parse(text).unwrap();
            vec![StreetEdit::Add { id: None, number: NumberDraft::new(number, suffix) }]
        };
        assert_eq!(fault(street.clone().edited(add("3"), DAY)), "number-taken");
        let street = street.edited(add("3 bis"), DAY).unwrap();
        assert_eq!(labels(&street), ["1", "3", "3 bis", "5", "7", "9"]);
        let id = street.numbers[2].id;
        let change = StreetEdit::Change { id, number: NumberDraft::new(5, "") };
        assert_eq!(fault(street.edited(vec![change], DAY)), "number-taken");
    }

    #[test]
    fn only_what_changed_has_a_new_date() {
        let street = street();
        let number = NumberDraft { certified: true, ..NumberDraft::of(&street.numbers[1]) };
        let edits = vec![StreetEdit::Change { id: street.numbers[1].id, number }];
        let street = street.edited(edits, NEXT).unwrap();
        let dates: Vec<Date> = street.numbers.iter().map(|number| number.updated_on).collect();
        assert_eq!(dates, [DAY, NEXT, DAY, DAY, DAY]);
        let noted = NumberDraft { comment: Some("à vérifier".to_owned()), ..NumberDraft::of(&street.numbers[0]) };
        let edits = vec![StreetEdit::Change { id: street.numbers[0].id, number: noted }];
        let street = street.edited(edits, NEXT).unwrap();
        assert_eq!(street.numbers[0].updated_on, DAY, "a note is no change of the address");
        let street = street.edited(vec![StreetEdit::Certify { ids: None, certified: true }], NEXT).unwrap();
        assert!(street.numbers.iter().all(|number| number.certified && number.updated_on == NEXT));
    }

    #[test]
    fn a_new_name_changes_every_row_of_the_street() {
        let said = StreetDraft::named("Rue du Moulin", StreetKind::Street);
        let street = street().edited(vec![StreetEdit::Describe { said }], NEXT).unwrap();
        assert!(street.numbers.iter().all(|number| number.updated_on == NEXT));
        let said = StreetDraft::named("Av. Foch", StreetKind::Street);
        assert_eq!(fault(street.edited(vec![StreetEdit::Describe { said }], NEXT)), "name-style");
    }

    #[test]
    fn a_name_that_came_badly_written_does_not_stand_in_the_way_of_other_changes() {
        let came = Street { name: "AV FOCH".to_owned(), ..street() };
        let said =
            StreetDraft { comment: Some("Conseil du 3 mars".to_owned()), ..StreetDraft::named("AV FOCH", came.kind) };
        let street = came.edited(vec![StreetEdit::Describe { said }], NEXT).unwrap();
        assert_eq!((street.name.as_str(), street.comment.as_deref()), ("AV FOCH", Some("Conseil du 3 mars")));
    }

    #[test]
    fn removed_numbers_come_back_as_they_were() {
        let before = street();
        let removed = before.numbers[1..3].to_vec();
        let ids = removed.iter().map(|number| number.id).collect();
        let street = before.clone().edited(vec![StreetEdit::Remove { ids }], NEXT).unwrap();
        assert_eq!(labels(&street), ["1", "7", "9"]);
        let street = street.edited(vec![StreetEdit::Restore { numbers: removed }], NEXT).unwrap();
        assert_eq!(street, before);
        let unknown = StreetEdit::Remove { ids: vec![Uuid::new_v4()] };
        assert!(matches!(street.edited(vec![unknown], NEXT), Err(Error::NotFound { .. })));
    }

    #[test]
    fn all_or_nothing_is_changed() {
        let edits = vec![
            StreetEdit::Add { id: None, number: NumberDraft::new(12, "") },
            StreetEdit::Add { id: None, number: NumberDraft::new(12, "") },
        ];
        assert_eq!(fault(street().edited(edits, DAY)), "number-taken");
    }
}
