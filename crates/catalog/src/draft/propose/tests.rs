#![allow(clippy::unwrap_used)]

use tabular::Limits;
use tabular::read::SourceFile;
use tabular::snapshot::WriteOptions;

use super::*;

fn organization() -> Organization {
    Organization {
        id: Uuid::nil(),
        slug: "castelnaudary".to_owned(),
        name: "Castelnaudary".to_owned(),
        description: String::new(),
        siret: Some("21110076300015".to_owned()),
        homepage: None,
        email: Some("mairie@castelnaudary.fr".to_owned()),
        territory: Some("commune:11076".to_owned()),
        created_at: Timestamp::UNIX_EPOCH,
    }
}

fn proposed(file_name: &str, csv: &str, organization: &Organization) -> DescriptionProposal {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("source");
    std::fs::write(&path, csv).unwrap();
    let file = SourceFile { path, name: file_name.to_owned() };
    let tables = tabular::detect::open(&file, &Limits::default(), folder.path()).unwrap();
    let profile = tabular::snapshot::write(tables[0].as_ref(), folder.path(), &WriteOptions::default(), &|_| ());
    let profile = profile.unwrap();
    propose(&Content {
        file_name,
        place: crate::place::of_table(&profile, folder.path()),
        profiles: &[profile],
        organization,
        schema: None,
        usual_licence: None,
        now: Timestamp::UNIX_EPOCH,
    })
}

#[test]
fn a_file_of_trees_describes_itself() {
    let csv = "essence;hauteur;date_plantation\nChêne;12,5;2001-03-04\nPin;8;2002-01-01\nCèdre;20,25;2003-06-30\n";
    let proposal = proposed("VilleMTP_MTP_ArbresRemarq.csv", csv, &organization());
    assert_eq!(proposal.title.unwrap().value, "Arbres remarq");
    assert_eq!(
        proposal.themes.unwrap(),
        Proposed {
            value: vec!["ENVI".to_owned()],
            reason: Reason::Words(vec!["arbres".to_owned(), "essence".to_owned()])
        }
    );
    assert_eq!(
        proposal.years.unwrap(),
        Proposed { value: vec![2001, 2002, 2003], reason: Reason::Column("date_plantation".to_owned()) }
    );
    assert_eq!(proposal.licence.unwrap(), Proposed { value: "etalab-2.0".to_owned(), reason: Reason::Default });
    assert_eq!(proposal.territory.unwrap().value, "commune:11076");
    assert_eq!(proposal.contact_email.unwrap().value, "mairie@castelnaudary.fr");
}

#[test]
fn codes_tell_the_territory_when_they_are_elsewhere() {
    let csv = "code_insee,nom\n34172,a\n34001,b\n34300,c\n34172,d\n";
    let proposal = proposed("communes.csv", csv, &organization());
    let told = Proposed { value: "departement:34".to_owned(), reason: Reason::Column("code_insee".to_owned()) };
    assert_eq!(proposal.territory.unwrap(), told);
}

#[test]
fn many_codes_are_read_to_the_last() {
    let communes = geography::Geography::shipped().epci("244400404").unwrap().communes();
    let rows: String =
        communes.flat_map(|one| [one; 3]).map(|one| format!("{},{}\n", one.code(), one.name())).collect();
    let proposal = proposed("communes.csv", &format!("code_insee,nom\n{rows}"), &organization());
    assert_eq!(proposal.territory.unwrap().value, "epci:244400404");
    let one_more = format!("code_insee,nom\n{rows}44036,Châteaubriant\n");
    assert_eq!(proposed("communes.csv", &one_more, &organization()).territory.unwrap().value, "departement:44");
}

#[test]
fn a_town_within_the_codes_department_says_more() {
    let csv = "code_insee,nom\n11076,a\n11001,b\n11300,c\n11076,d\n";
    let proposal = proposed("communes.csv", csv, &organization());
    assert_eq!(proposal.territory.unwrap().reason, Reason::Organization("Castelnaudary".to_owned()));
}

#[test]
fn what_was_said_is_not_replaced() {
    let proposal = proposed("Budget 2014.csv", "a,b\n1,2\n3,4\n", &organization());
    let said = Description { title: Some("Comptes".to_owned()), themes: Some(Vec::new()), ..Description::default() };
    let described = proposal.under(said);
    assert_eq!(described.title.as_deref(), Some("Comptes"));
    assert_eq!(described.themes, Some(Vec::new()));
    assert_eq!(described.years, Some(vec![2014]));
    assert_eq!(described.frequency.as_deref(), Some("ANNUAL"));
}

#[test]
fn names_that_programs_give_say_nothing() {
    for name in ["Classeur1", "export", "Feuil1", "data (2)", "Copie de Classeur1"] {
        assert!(says_nothing(&naming::title(name)), "{name}");
    }
    assert!(!says_nothing("Arbres"));
}
