//! The numbers of rows as people see them in the source.

use tabular::read::Remarks;

use super::TableCheck;
use super::cells::FIRST_ROW;

/// Gives each row its number in the source, the header being row 1.
pub(super) fn number(check: &mut TableCheck, remarks: &Remarks) {
    if remarks.gaps.is_empty() {
        return;
    }
    let in_source = |row: &mut u64| {
        if *row >= FIRST_ROW {
            *row = remarks.record_of(*row - 1) + 1;
        }
    };
    let errors = check.validation.iter_mut().flat_map(|report| &mut report.errors);
    errors.filter_map(|error| error.row.as_mut()).for_each(in_source);
    check.personal.iter_mut().flat_map(|finding| &mut finding.examples).for_each(|example| in_source(&mut example.row));
    check.repairs.iter_mut().flat_map(|repair| &mut repair.examples).for_each(|change| in_source(&mut change.row));
}
