//! What the table is about, as its name, title, schema and header tell: it moves the level and the ground.

use serde::{Deserialize, Serialize};

use crate::{Circumstance, header::Heading, text, vocabulary::Vocabulary};

/// What is known of the table beside its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Name of the file: `subventions-2025.csv`.
    pub file_name: Option<String>,
    /// Title of the dataset.
    pub title: Option<String>,
    /// Name of the schema that it follows: `scdl/deliberations`.
    pub schema: Option<String>,
}

/// A subject that has its own rules. The phrases that tell it are in `data/vocabulary.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Elected members and their mandates.
    Elected,
    /// Acts of a council or of a mayor.
    Acts,
    /// Subsidies.
    Subsidies,
    /// Public contracts.
    Contracts,
    /// First names counted from the civil registry.
    FirstNames,
    /// Social aid, care, means-tested prices.
    SocialAid,
    /// Agents and services.
    Agents,
    /// Associations, companies, equipments, places.
    Organisations,
    /// Results of examinations or competitions.
    Results,
    /// Permits and declarations of town planning.
    Planning,
    /// Users, members, applicants: persons who are there for no public reason.
    Private,
}

impl Subject {
    /// The circumstance by which the rules know it.
    pub(crate) fn circumstance(self) -> Option<Circumstance> {
        Some(match self {
            Self::Elected => Circumstance::Elected,
            Self::Acts => Circumstance::Acts,
            Self::Subsidies => Circumstance::Subsidies,
            Self::Contracts => Circumstance::Contracts,
            Self::FirstNames => Circumstance::FirstNames,
            Self::SocialAid => Circumstance::SocialAid,
            Self::Agents => Circumstance::Agents,
            Self::Organisations => Circumstance::Organisations,
            Self::Results => Circumstance::Results,
            Self::Planning => Circumstance::Planning,
            Self::Private => return None,
        })
    }
}

/// The subjects of a table. A table of private persons is nothing else, whatever its title also says, but for social aid.
pub(crate) fn subjects(context: &Context, headings: &[Heading]) -> Vec<Subject> {
    let told = [&context.file_name, &context.title, &context.schema];
    let mut told: Vec<String> = told.into_iter().flatten().map(|text| text::words(text)).collect();
    let by_title = told.len();
    told.extend(headings.iter().map(|heading| heading.words.clone()));
    let mut subjects = Vec::new();
    for (subject, phrases) in &Vocabulary::get().subjects {
        // One column about a person's applicants doesn't make the table theirs.
        let places = if *subject == Subject::Private { &told[..by_title] } else { &told[..] };
        if places.iter().any(|words| phrases.iter().any(|phrase| phrase.is_in(words))) {
            subjects.push(*subject);
        }
    }
    if subjects.contains(&Subject::Private) {
        subjects.retain(|subject| matches!(subject, Subject::Private | Subject::SocialAid));
    }
    subjects
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file_name: &str, header: &[&str]) -> Vec<Subject> {
        let headings: Vec<Heading> = header.iter().map(|label| Heading::new(label)).collect();
        subjects(&Context { file_name: Some(file_name.to_owned()), ..Context::default() }, &headings)
    }

    #[test]
    fn titles_and_headers_tell_the_subject() {
        assert!(of("rne-conseillers-municipaux.csv", &["Nom de l'élu"]).contains(&Subject::Elected));
        assert!(of("export.csv", &["nomAttribuant", "nomBeneficiaire"]).contains(&Subject::Subsidies));
        assert!(of("export.csv", &["DELIB_ID", "DELIB_OBJET"]).contains(&Subject::Acts));
        assert!(of("arbres.csv", &["essence", "hauteur"]).is_empty());
    }

    #[test]
    fn a_table_of_private_persons_is_nothing_else() {
        assert_eq!(of("adherents-associations.csv", &["nom", "prenom"]), [Subject::Private]);
        assert_eq!(of("inscriptions-ccas.csv", &["nom"]), [Subject::SocialAid, Subject::Private]);
    }
}
