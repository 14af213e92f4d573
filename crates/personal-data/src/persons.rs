//! Which columns name natural persons, alone or together.

use crate::{
    column::Column,
    detector::marks::Mark,
    header::{Heading, Meaning},
};

/// How columns name persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A first name and a last name, in two columns.
    Pair,
    /// Whole names in one column.
    Single,
    /// Last names only.
    LastOnly,
    /// First names only: no finding of its own, but what stands beside is a person's.
    FirstOnly,
    /// Names of persons among those of organisations.
    Mixed,
    /// A few cells that look like names, in a column that promises none.
    Scattered,
}

/// Columns that name persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) columns: Vec<usize>,
    pub(crate) rows: u64,
    pub(crate) shape: Shape,
}

impl Named {
    /// Whether what stands in the same row can be said to be a person's.
    pub(crate) fn is_sure(&self) -> bool {
        self.shape != Shape::Scattered
    }
}

/// Every column that names persons, in the order of the table. `counted`: the table counts first names, which then
/// are nobody's.
pub(crate) fn resolve(columns: &[Column], counted: bool) -> Vec<Named> {
    let whose = columns.iter().map(|column| column.heading.whose()).collect();
    let mut resolution = Resolution { columns, whose, used: vec![false; columns.len()], named: Vec::new() };
    resolution.pairs_by_header(counted);
    if !counted {
        resolution.pairs_by_content();
    }
    resolution.alone(counted);
    resolution.named.sort_by(|one, other| one.columns.cmp(&other.columns));
    resolution.named
}

struct Resolution<'a> {
    columns: &'a [Column],
    /// Whose names the columns hold, by their headers.
    whose: Vec<String>,
    used: Vec<bool>,
    named: Vec<Named>,
}

impl Resolution<'_> {
    fn pairs_by_header(&mut self, counted: bool) {
        for first in 0..self.columns.len() {
            let column = &self.columns[first];
            if counted || !column.heading.says(Meaning::FirstName) || !holds_names(column) {
                continue;
            }
            let whose = self.whose[first].clone();
            let same = |last: &usize| self.may_be_last(*last, first) && self.whose[*last] == whose;
            let told =
                |last: &usize| self.may_be_last(*last, first) && self.columns[*last].heading.says(Meaning::LastName);
            let last = (0..self.columns.len()).filter(same).min_by_key(|last| last.abs_diff(first));
            let last = last.or_else(|| (0..self.columns.len()).filter(told).min_by_key(|last| last.abs_diff(first)));
            if let Some(last) = last {
                self.pair(first, last);
            }
        }
    }

    /// A column whose header holds the word « nom », not yet taken.
    fn may_be_last(&self, last: usize, first: usize) -> bool {
        let heading: &Heading = &self.columns[last].heading;
        let names = heading.says(Meaning::LastName) || heading.words.contains(" nom ");
        last != first
            && !self.used[last]
            && names
            && !heading.says(Meaning::FirstName)
            && holds_names(&self.columns[last])
    }

    /// Two columns side by side whose cells are first and last names, whatever their headers say.
    fn pairs_by_content(&mut self) {
        for first in 0..self.columns.len() {
            let column = &self.columns[first];
            let firsts = column.share(column.tally.of(Mark::FirstName)) >= 0.7;
            if self.used[first] || !firsts || self.is_of_thing(first) {
                continue;
            }
            let beside = [first.wrapping_sub(1), first + 1];
            let last = beside.into_iter().find(|last| {
                self.columns.get(*last).is_some_and(|column| {
                    !self.used[*last]
                        && !self.is_of_thing(*last)
                        && column.share(column.tally.of(Mark::LastName)) >= 0.5
                })
            });
            if let Some(last) = last {
                self.pair(first, last);
            }
        }
    }

    fn pair(&mut self, first: usize, last: usize) {
        let mut columns = vec![first, last];
        columns.sort_unstable();
        columns.iter().for_each(|column| self.used[*column] = true);
        let rows = self.columns[first].filled.min(self.columns[last].filled);
        self.named.push(Named { columns, rows, shape: Shape::Pair });
    }

    fn alone(&mut self, counted: bool) {
        for index in 0..self.columns.len() {
            let column = &self.columns[index];
            if self.used[index] || !column.reads_names() || column.filled == 0 {
                continue;
            }
            if let Some((shape, rows)) = shape_of(column, self.is_of_thing(index), counted) {
                self.named.push(Named { columns: vec![index], rows, shape });
            }
        }
    }

    fn is_of_thing(&self, index: usize) -> bool {
        let heading = &self.columns[index].heading;
        heading.says(Meaning::Place) && !is_of_person(heading)
    }
}

fn is_of_person(heading: &Heading) -> bool {
    heading.says_any(&[Meaning::FullName, Meaning::PrivatePerson, Meaning::PersonRole])
}

/// Whether the cells can be names: not blotted out, not organisations.
fn holds_names(column: &Column) -> bool {
    let other = column.marked(&[Mark::Masked, Mark::Organisation]);
    column.filled > 0 && column.share(other) < 0.5
}

fn shape_of(column: &Column, of_thing: bool, counted: bool) -> Option<(Shape, u64)> {
    let sure = column.marked(&[Mark::PersonStrong, Mark::PersonTitled]);
    let persons = sure + column.tally.of(Mark::PersonWeak);
    let (sure_share, share) = (column.share(sure), column.share(persons));
    let heading = &column.heading;
    if of_thing {
        // Streets and schools bear names of persons; no title, no capitals.
        return (sure_share >= 0.5).then_some((Shape::Single, persons));
    }
    if is_of_person(heading) || heading.says(Meaning::LastName) {
        if share >= 0.5 {
            return Some((Shape::Single, persons));
        }
        if sure > 0 || share >= 0.1 {
            return Some((Shape::Mixed, persons));
        }
    } else if heading.says(Meaning::OrganisationName) {
        let (titled, mixed) = (column.tally.of(Mark::PersonTitled), sure_share >= 0.02 || share >= 0.3);
        return match share {
            0.5.. => Some((Shape::Single, persons)),
            _ if titled > 0 || mixed => Some((Shape::Mixed, persons)),
            _ => (sure > 0).then_some((Shape::Scattered, sure)),
        };
    } else if sure_share >= 0.3 || share >= 0.6 {
        return Some((Shape::Single, persons));
    } else if sure >= 2 {
        return Some((Shape::Scattered, sure));
    }
    let names = column.share(column.tally.of(Mark::LastName));
    if heading.says(Meaning::LastName) && names >= 0.3 && column.share(column.tally.of(Mark::Organisation)) < 0.1 {
        return Some((Shape::LastOnly, column.filled));
    }
    let firsts = column.share(column.tally.of(Mark::FirstName));
    (heading.says(Meaning::FirstName) && firsts >= 0.3 && !counted).then_some((Shape::FirstOnly, column.filled))
}
