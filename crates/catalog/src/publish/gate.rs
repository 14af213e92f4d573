//! Nothing with open personal data becomes public, whoever asks.

use personal_data::Level;

use super::treat::Ready;
use super::{Justification, prepare::PreparedTable};
use crate::error::{Error, OpenFinding, Result};
use crate::model::Justified;

/// Justifications that name a person and give a reason.
pub(super) fn checked(justifications: &[Justification]) -> Result<Vec<Justified>> {
    let at = jiff::Timestamp::now();
    let justified = justifications
        .iter()
        .cloned()
        .map(|Justification { finding, person, reason }| Justified { finding, person, reason, at }.checked());
    justified.collect()
}

/// Lets what is ready pass when each grave finding is answered for; each table takes the justifications that are about
/// one of its findings.
pub(super) fn pass(mut ready: Vec<Ready>, justified: &[Justified]) -> Result<Vec<Ready>> {
    for one in &mut ready {
        one.justify(justified);
    }
    refuse_open(&ready)?;
    Ok(ready)
}

/// Refuses what holds a grave finding that nobody answers for.
pub(crate) fn refuse_open(ready: &[Ready]) -> Result<()> {
    let several = ready.iter().map(|one| one.prepared.tables.len()).sum::<usize>() > 1;
    let open = ready.iter().flat_map(|one| one.prepared.tables.iter().zip(&one.justified));
    let findings: Vec<OpenFinding> =
        open.flat_map(|(table, justified)| open_findings(table, justified, several)).collect();
    if findings.is_empty() { Ok(()) } else { Err(Error::PersonalData { findings }) }
}

fn open_findings(table: &PreparedTable, justified: &[Justified], several: bool) -> Vec<OpenFinding> {
    let answered = |id: &str| justified.iter().any(|justified| justified.finding == id);
    let open = table.personal.iter().filter(|finding| finding.level == Level::High && !answered(&finding.id));
    let name = table.profile.name.clone().filter(|_| several);
    open.map(|finding| OpenFinding { table: name.clone(), finding: finding.clone() }).collect()
}
