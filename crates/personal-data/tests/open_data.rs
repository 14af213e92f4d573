//! Tables of the shape of real open data, with a few invented rows: none is held. Beside them, the same shapes with
//! what must not be published: they are.
#![allow(clippy::unwrap_used, clippy::panic)]

use arrow::array::StringArray;
use personal_data::{Context, Detector, Finding, Guard, Level, Options};

fn scan(file_name: &str, text: &str) -> Vec<Finding> {
    let mut lines =
        text.trim().lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let rows: Vec<Vec<String>> = lines.collect();
    let column = |index: usize| rows.iter().map(|row| row.get(index).map(String::as_str)).collect::<StringArray>();
    let columns: Vec<StringArray> = (0..header.len()).map(column).collect();
    let context = Context { file_name: Some(file_name.to_owned()), ..Context::default() };
    let mut guard = Guard::new(&header, context, &Options { year: 2026, ..Options::default() });
    guard.scan(&columns, 2);
    guard.finish()
}

fn level(findings: &[Finding], detector: Detector) -> Option<Level> {
    findings.iter().filter(|finding| finding.detector == detector).map(|finding| finding.level).max()
}

fn assert_free(file_name: &str, text: &str) -> Vec<Finding> {
    let findings = scan(file_name, text);
    let grave: Vec<&str> =
        findings.iter().filter(|finding| finding.level == Level::High).map(|finding| finding.id.as_str()).collect();
    assert!(grave.is_empty(), "{file_name} is held by {grave:?}");
    findings
}

fn assert_held(file_name: &str, text: &str, detector: Detector) {
    let findings = scan(file_name, text);
    assert_eq!(
        level(&findings, detector),
        Some(Level::High),
        "{file_name}: {:?}",
        findings.iter().map(|finding| &finding.id).collect::<Vec<_>>()
    );
}

#[test]
fn the_national_register_of_elected_members_names_them() {
    let findings = assert_free("elus-conseillers-municipaux-cm.csv", "
        Code de la commune | Libellé de la commune | Nom de l'élu | Prénom de l'élu | Code sexe | Date de naissance | Libellé de la catégorie socio-professionnelle | Date de début du mandat
        11049 | Bram | DURANDET | Sophie | F | 12/05/1971 | Professeur | 18/05/2020
        11049 | Bram | CAZALBOU | Alain | M | 03/11/1958 | Ancien cadre | 18/05/2020
        11206 | Limoux | MOREAU | Karim | M | 25/01/1983 | Artisan | 18/05/2020
    ");
    assert_eq!(level(&findings, Detector::PersonName), Some(Level::Low));
    assert_eq!(level(&findings, Detector::BirthDate), Some(Level::Medium));
}

#[test]
fn their_homes_and_mobiles_are_not_to_be_told() {
    let text = "
        Nom de l'élu | Prénom de l'élu | Fonction | Adresse | Portable | Mail
        DURANDET | Sophie | Maire | 12 rue des Lilas 11150 Bram | 06 12 34 56 78 | sophie.durandet@orange.fr
        CAZALBOU | Alain | Adjoint | 3 impasse du Four 11150 Bram | 07 12 34 56 78 | a.cazalbou@free.fr
    ";
    for detector in [Detector::PostalAddress, Detector::Phone, Detector::Email] {
        assert_held("elus.csv", text, detector);
    }
}

#[test]
fn charging_points_equipments_shops_and_timetables_are_free() {
    assert_free("irve-statique.csv", "
        nom_amenageur | siren_amenageur | contact_amenageur | nom_operateur | contact_operateur | telephone_operateur | nom_station | adresse_station | coordonneesXY | num_pdl | date_mise_en_service
        Syndicat d'énergies | 251100012 | jean.durand@syaden.fr | Réseau Bornes | sav@bornes.fr | 0467000001 | Bram - Place Jean Jaurès | 1 place Jean Jaurès 11150 Bram | [2.114321, 43.243456] | 98765432101234 | 2019-05-01
        Syndicat d'énergies | 251100012 | jean.durand@syaden.fr | Réseau Bornes | sav@bornes.fr | 0467000001 | Limoux - Victor Hugo | 2 rue Victor Hugo 11300 Limoux | [2.214321, 43.053456] | 98765432101235 | 2020-06-01
    ");
    assert_free("OSM_MTP_Commerces.csv", "
        id | name | shop | phone | contact:email | lat | lon | opening_hours
        101 | Jean Louis David | hairdresser | +33 4 67 00 00 01 | salon.durand@orange.fr | 43.611234 | 3.876543 | Mo-Fr 09:00-19:00
        102 | Yves Rocher | beauty | +33 4 67 00 00 02 | | 43.612345 | 3.877654 | Mo-Sa 10:00-19:00
        103 | Boucherie Martin | butcher | 06 12 34 56 78 | martin.boucher@gmail.com | 43.613456 | 3.878765 |
    ");
    assert_free(
        "VilleMTP_MTP_EtabliPublic.csv",
        "
        LIBEL | LIBTRI | ADRESSE | NUMTEL | NOM
        École maternelle Jean Moulin | 40-10-École Jean Moulin | 12 rue Jean Moulin | 04 67 00 00 03 | Jean Moulin
        Gymnase Louis Pasteur | 40-11-Gymnase | 3 avenue Louis Pasteur | 04 67 00 00 04 | Louis Pasteur
        Club de loisirs Docteur Bonnet | 80-10-Club | 9 rue du Docteur Bonnet | 04 67 00 00 05 | Docteur Bonnet
    ",
    );
    assert_free(
        "stops.txt",
        "
        stop_id | stop_name | stop_lat | stop_lon
        1 | Jean Jaurès | 43.604567 | 1.449876
        2 | Marie Curie | 43.604568 | 1.449877
        3 | Paul Martin | 43.604569 | 1.449878
    ",
    );
}

#[test]
fn acts_budgets_elections_and_trees_are_free() {
    assert_free("VilleMTP_MTP_Delibs.csv", "
        DELIB_ID | DELIB_DATE | DELIB_OBJET | Elu(s) | VOTE_POUR
        2014-1 | 03/03/1994 | Autorise Monsieur le Maire à signer le marché de la piscine | M. Durandet, Mme Cazalbou | 33
        2014-2 | 27/06/2014 | Convention avec l'association Les amis de Jean | Mme Moreau | 33
    ");
    assert_free(
        "budget.csv",
        "
        Chapitre | Libellé | Montant voté
        012 | Charges de personnel | 1 063 850,00
        65 | Autres charges de gestion | 612 345 678,00
    ",
    );
    assert_free(
        "elections-municipales.ods",
        "
        Bureau | Candidat | Voix | Exprimés | Date
        1 | M. DURANDET Alain | 204 | 610 | 23/03/2014
        2 | Mme CAZALBOU Sophie | 3 | 580 | 23/03/2014
    ",
    );
    assert_free(
        "arbres-remarquables.csv",
        "
        essence | date_plantation | lieu | lat | lon
        Platane | 01/01/1925 | Square Jean Moulin | 43.610000 | 3.870001
        Olivier | 01/01/1990 | Parc Marie Durand | 43.611111 | 3.872222
    ",
    );
}

#[test]
fn private_registers_are_held() {
    assert_held(
        "export.csv",
        "
        NOM | Prénom | classe | responsable | tél
        DURANDET | Léo | CE1 | Mme Durandet | 0612345678
        CAZALBOU | Inès | CP | M. Cazalbou | 0712345678
    ",
        Detector::PersonName,
    );
    assert_held(
        "macarons.csv",
        "
        immatriculation | quartier
        AB-123-CD | Centre
        EF-456-GH | Nord
    ",
        Detector::Plate,
    );
    assert_held(
        "subventions-2024.csv",
        "
        nomAttribuant | nomBeneficiaire | montant
        Bram | Judo club de Bram | 500
        Bram | DURANDET Sophie | 300
        Bram | Comité des fêtes | 800
        Bram | Secours populaire | 900
    ",
        Detector::PersonName,
    );
    assert_held(
        "paie.csv",
        "
        matricule | secu
        1 | 1 85 05 78 006 084 91
        2 | 2 69 05 49 588 157 80
    ",
        Detector::Nir,
    );
    assert_held(
        "ccas.csv",
        "
        Bénéficiaire | Montant
        Mme Sophie Durandet | 120
        M. Karim Moreau | 80
    ",
        Detector::PersonName,
    );
}

#[test]
fn a_finding_speaks_both_languages_with_its_article() {
    let findings = scan(
        "paie.csv",
        "
        matricule | secu
        1 | 1 85 05 78 006 084 91
        2 | 2 69 05 49 588 157 80
    ",
    );
    let nir = &findings[0];
    assert_eq!(nir.message("fr"), "«\u{202f}secu\u{202f}»\u{a0}: des numéros de sécurité sociale (2 lignes).");
    assert_eq!(nir.message("en"), "“secu”: social security numbers (2 rows).");
    assert!(nir.ground.text("fr").contains("78-17, art. 30"));
    assert!(nir.remedies.iter().all(|remedy| !remedy.description(nir.detector, "fr").contains("remedy-")));
    let kept: Finding = serde_json::from_str(&serde_json::to_string(nir).unwrap()).unwrap();
    assert_eq!(&kept, nir);
}
