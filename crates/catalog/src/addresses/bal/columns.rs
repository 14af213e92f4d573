//! The columns, by the names that files give them.

/// Where each column is in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    pub commune_id: Option<usize>,
    pub street_id: Option<usize>,
    pub address_id: Option<usize>,
    /// The three identifiers in one, as before 1.4.
    pub uid: Option<usize>,
    pub key: Option<usize>,
    pub commune: Option<usize>,
    pub part_code: Option<usize>,
    pub part_name: Option<usize>,
    pub street: Option<usize>,
    pub complement: Option<usize>,
    pub number: Option<usize>,
    pub suffix: Option<usize>,
    pub position: Option<usize>,
    pub x: Option<usize>,
    pub y: Option<usize>,
    pub lon: Option<usize>,
    pub lat: Option<usize>,
    pub parcels: Option<usize>,
    pub source: Option<usize>,
    pub updated: Option<usize>,
    pub certified: Option<usize>,
    /// Names in regional languages: code of the language and column.
    pub other_names: Vec<(String, usize)>,
}

impl Columns {
    /// Finds the columns of a header.
    pub fn of(header: &[String]) -> Self {
        let mut columns = Self::default();
        for (place, label) in header.iter().enumerate() {
            let label = crate::slug::fold(label.trim().trim_start_matches('\u{feff}'));
            if let Some(slot) = columns.slot(&label) {
                slot.get_or_insert(place);
            } else if let Some(language) = language_of(&label) {
                columns.other_names.push((language, place));
            }
        }
        columns
    }

    /// Whether a file with these columns is an address base in the exchange format. The national base's own files have
    /// other names for the street's name.
    pub fn are_of_the_format(&self) -> bool {
        self.street.is_some() && self.number.is_some() && (self.key.is_some() || self.street_id.is_some())
    }

    fn slot(&mut self, label: &str) -> Option<&mut Option<usize>> {
        Some(match label {
            "id_ban_commune" => &mut self.commune_id,
            "id_ban_toponyme" => &mut self.street_id,
            "id_ban_adresse" => &mut self.address_id,
            "uid_adresse" => &mut self.uid,
            "cle_interop" | "cle_interro" | "cle_intero" => &mut self.key,
            "commune_insee" => &mut self.commune,
            "commune_deleguee_insee" => &mut self.part_code,
            "commune_deleguee_nom" => &mut self.part_name,
            "voie_nom" | "toponyme" => &mut self.street,
            "lieudit_complement_nom" => &mut self.complement,
            "numero" => &mut self.number,
            "suffixe" => &mut self.suffix,
            "position" => &mut self.position,
            "x" => &mut self.x,
            "y" => &mut self.y,
            "long" | "lon" => &mut self.lon,
            "lat" => &mut self.lat,
            "cad_parcelles" => &mut self.parcels,
            "source" => &mut self.source,
            "date_der_maj" => &mut self.updated,
            "certification_commune" => &mut self.certified,
            _ => return None,
        })
    }
}

/// `voie_nom_bre` gives `bre`.
fn language_of(label: &str) -> Option<String> {
    let code = label.strip_prefix("voie_nom_").or_else(|| label.strip_prefix("toponyme_"))?;
    crate::addresses::name::language(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Columns {
        Columns::of(&header.split(';').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn columns_of_every_version_are_found() {
        let old = of("\u{feff}uid_adresse;cle_interop;commune_insee;voie_nom;voie_nom_bre;numero;Suffixe");
        assert!(old.are_of_the_format());
        assert_eq!((old.uid, old.suffix), (Some(0), Some(6)));
        assert_eq!(old.other_names, [("bre".to_owned(), 4)]);
        assert!(of("id_ban_commune;id_ban_toponyme;toponyme;numero").are_of_the_format());
    }

    #[test]
    fn other_files_are_not_of_the_format() {
        assert!(!of("id;numero;rep;nom_voie;code_postal;lon;lat").are_of_the_format());
        assert!(!of("voie_nom;numero").are_of_the_format());
    }
}
