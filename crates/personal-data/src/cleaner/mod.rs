//! Takes personal data out of a table, batch by batch.

mod aggregation;

use arrow::array::StringArray;
use serde::{Deserialize, Serialize};

use crate::{
    Detector, Error, Finding, Generalisation, Remedy,
    detector::{birth_date, location, postal_address},
    mask::{Masking, masked},
};
use aggregation::Aggregation;

/// What a remedy did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Identifier of the finding.
    pub id: String,
    /// The remedy.
    pub remedy: Remedy,
    /// Cells changed; rows counted, for an aggregation; columns dropped, for a removal.
    pub count: u64,
}

/// Applies remedies to the batches of a table. Columns that no remedy concerns come out as they went in.
#[derive(Debug)]
pub struct Cleaner {
    columns: Vec<Treatment>,
    aggregation: Option<(usize, Aggregation)>,
    done: Vec<Done>,
}

#[derive(Debug)]
struct Treatment {
    name: String,
    steps: Vec<(usize, Step)>,
    removed: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Mask(Masking),
    Generalise(Generalisation),
}

impl Cleaner {
    /// Prepares the cleaning of a table with this header. Where names of columns repeat, all that bear the name are
    /// treated.
    ///
    /// # Errors
    /// When a finding points to a column that isn't there, a remedy doesn't fit what was found, or two would aggregate.
    pub fn new(header: &[String], remedies: &[(Finding, Remedy)]) -> Result<Self, Error> {
        let treatment = |name: &String| Treatment { name: name.clone(), steps: Vec::new(), removed: false };
        let mut cleaner = Self { columns: header.iter().map(treatment).collect(), aggregation: None, done: Vec::new() };
        for (index, (finding, remedy)) in remedies.iter().enumerate() {
            if !remedy.fits(finding.detector) {
                return Err(Error::UnfitRemedy { finding: finding.id.clone(), remedy: remedy.name() });
            }
            cleaner.prepare(index, finding, remedy)?;
            let dropped = if *remedy == Remedy::Remove { finding.fields.len() as u64 } else { 0 };
            cleaner.done.push(Done { id: finding.id.clone(), remedy: remedy.clone(), count: dropped });
        }
        Ok(cleaner)
    }

    fn prepare(&mut self, index: usize, finding: &Finding, remedy: &Remedy) -> Result<(), Error> {
        let masking = Masking { detector: finding.detector, extent: finding.extent, k: finding.k };
        for field in &finding.fields {
            let mut columns = self.columns.iter_mut().filter(|column| column.name == *field).peekable();
            if columns.peek().is_none() {
                return Err(Error::UnknownField { field: field.clone() });
            }
            for column in columns {
                match remedy {
                    Remedy::Remove => column.removed = true,
                    Remedy::Mask => column.steps.push((index, Step::Mask(masking))),
                    Remedy::Generalise(how) => column.steps.push((index, Step::Generalise(*how))),
                    Remedy::Aggregate { .. } => {}
                }
            }
        }
        if let Remedy::Aggregate { k, by, small } = remedy {
            if self.aggregation.is_some() {
                return Err(Error::SecondAggregate);
            }
            let counted = (finding.detector == Detector::SmallCells).then(|| self.position(&finding.fields[0]));
            let by = by.iter().map(|field| self.position(field)).collect::<Result<Vec<usize>, Error>>()?;
            self.aggregation = Some((index, Aggregation::new(by, counted.transpose()?, *k, *small)));
        }
        Ok(())
    }

    fn position(&self, field: &str) -> Result<usize, Error> {
        let position = self.columns.iter().position(|column| column.name == field);
        position.ok_or_else(|| Error::UnknownField { field: field.to_owned() })
    }

    /// The header of the cleaned table.
    pub fn header(&self) -> Vec<String> {
        match &self.aggregation {
            Some((_, aggregation)) => {
                aggregation.header(&self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>())
            }
            None => self.columns.iter().filter(|column| !column.removed).map(|column| column.name.clone()).collect(),
        }
    }

    /// Cleans a batch, whose columns are those of the header. Under an aggregation it is empty: the rows come at the end.
    pub fn clean(&mut self, batch: Vec<StringArray>) -> Vec<StringArray> {
        let treated: Vec<(bool, StringArray)> = self
            .columns
            .iter()
            .zip(batch)
            .map(|(treatment, column)| (treatment.removed, treatment.apply(column, &mut self.done)))
            .collect();
        if let Some((index, aggregation)) = &mut self.aggregation {
            let columns: Vec<StringArray> = treated.into_iter().map(|(_, column)| column).collect();
            self.done[*index].count += aggregation.add(&columns);
            let width = aggregation.width();
            return (0..width).map(|_| StringArray::from(Vec::<&str>::new())).collect();
        }
        treated.into_iter().filter(|(removed, _)| !removed).map(|(_, column)| column).collect()
    }

    /// The last rows, which only an aggregation has.
    ///
    /// # Errors
    /// When an aggregation gives more groups than may be held.
    pub fn finish(&mut self) -> Result<Option<Vec<StringArray>>, Error> {
        match &mut self.aggregation {
            Some((_, aggregation)) => aggregation.finish().map(Some),
            None => Ok(None),
        }
    }

    /// What was done so far.
    pub fn done(&self) -> &[Done] {
        &self.done
    }
}

impl Treatment {
    fn apply(&self, column: StringArray, done: &mut [Done]) -> StringArray {
        if self.steps.is_empty() || self.removed {
            return column;
        }
        let mut clean = |cell: Option<&str>| {
            let mut cell = cell?.to_owned();
            for (index, step) in &self.steps {
                let treated = step.apply(&cell);
                done[*index].count += u64::from(treated != cell);
                cell = treated;
            }
            Some(cell)
        };
        column.iter().map(&mut clean).collect()
    }
}

impl Step {
    fn apply(&self, cell: &str) -> String {
        match self {
            Self::Mask(masking) => masked(*masking, cell),
            Self::Generalise(Generalisation::Year) => birth_date::to_year(cell),
            Self::Generalise(Generalisation::Locality) => postal_address::to_locality(cell),
            Self::Generalise(Generalisation::Decimals(decimals)) => location::coarser(cell, *decimals),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Extent, Level, Publication, Rules, SmallGroups};

    fn finding(detector: Detector, fields: &[&str]) -> Finding {
        let (level, ground) = Rules::shipped().decide(detector, &[]);
        assert!(
            level >= Level::Low && ground.publication != Publication::Allowed
                || detector == Detector::SoleTrader
                || detector == Detector::Phone
        );
        Finding {
            id: format!("{}:{}", detector.name(), fields.join("+")),
            detector,
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            rows: 1,
            extent: Extent::Column,
            level,
            ground,
            k: 5,
            examples: Vec::new(),
            remedies: Vec::new(),
        }
    }

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn column(cells: &[&str]) -> StringArray {
        cells.iter().map(|cell| Some(*cell)).collect()
    }

    #[test]
    fn a_removed_column_is_gone_and_the_others_stay() {
        let remedies = [(finding(Detector::Email, &["mail"]), Remedy::Remove)];
        let mut cleaner = Cleaner::new(&header(&["a", "mail", "b"]), &remedies).unwrap();
        let cleaned = cleaner.clean(vec![column(&["1"]), column(&["x@y.fr"]), column(&["2"])]);
        assert_eq!((cleaner.header(), cleaned), (header(&["a", "b"]), vec![column(&["1"]), column(&["2"])]));
        assert_eq!(cleaner.done()[0].count, 1);
    }

    #[test]
    fn values_are_made_coarser() {
        let remedies = [
            (finding(Detector::BirthDate, &["ne"]), Remedy::Generalise(Generalisation::Year)),
            (finding(Detector::PostalAddress, &["adresse"]), Remedy::Generalise(Generalisation::Locality)),
            (finding(Detector::Location, &["lat"]), Remedy::Generalise(Generalisation::Decimals(3))),
        ];
        let mut cleaner = Cleaner::new(&header(&["ne", "adresse", "lat"]), &remedies).unwrap();
        let cleaned = cleaner.clean(vec![
            column(&["30/05/1984", ""]),
            column(&["12 rue des Lilas 11150 Bram", "11150 Bram"]),
            column(&["43.123456", "43"]),
        ]);
        assert_eq!(cleaned, [column(&["1984", ""]), column(&["11150 Bram", "11150 Bram"]), column(&["43.123", "43"])]);
        let counts: Vec<u64> = cleaner.done().iter().map(|done| done.count).collect();
        assert_eq!(counts, [1, 1, 1]);
    }

    #[test]
    fn rows_become_counts_and_small_groups_are_told_together() {
        let remedy = Remedy::Aggregate { k: 3, by: header(&["commune"]), small: SmallGroups::Merge };
        let mut cleaner =
            Cleaner::new(&header(&["nom", "commune"]), &[(finding(Detector::PersonName, &["nom"]), remedy)]).unwrap();
        let communes = ["Bram", "Bram", "Bram", "Limoux", "Limoux", "Alet", "Bram", "Trèbes"];
        let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
        assert_eq!(cleaner.clean(vec![column(&names), column(&communes)])[0].iter().count(), 0);
        assert_eq!(cleaner.header(), ["commune", "nombre"]);
        let rows = cleaner.finish().unwrap().unwrap();
        assert_eq!(rows, [column(&["Bram", "autres"]), column(&["4", "4"])]);
        assert_eq!(cleaner.done()[0].count, 8);
    }

    #[test]
    fn a_remedy_has_to_fit_and_its_columns_to_be_there() {
        let year = Remedy::Generalise(Generalisation::Year);
        let fault = Cleaner::new(&header(&["mail"]), &[(finding(Detector::Email, &["mail"]), year)]);
        assert!(matches!(fault, Err(Error::UnfitRemedy { .. })));
        let fault = Cleaner::new(&header(&["a"]), &[(finding(Detector::Email, &["mail"]), Remedy::Mask)]);
        assert!(matches!(fault, Err(Error::UnknownField { .. })));
        let by = Remedy::Aggregate { k: 5, by: header(&["b"]), small: SmallGroups::Suppress };
        let fault = Cleaner::new(&header(&["nom"]), &[(finding(Detector::PersonName, &["nom"]), by)]);
        assert!(matches!(fault, Err(Error::UnknownField { .. })));
    }
}
