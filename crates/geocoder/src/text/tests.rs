//! Behaviours of normalisation, case by case.

use proptest::prelude::*;

use super::*;

fn joined(text: &str) -> String {
    words(text).joined()
}

fn kinds(text: &str) -> Vec<(String, Kind)> {
    words(text).iter().map(|word| (word.text.to_owned(), word.kind)).collect()
}

fn noise(text: &str) -> String {
    let words = words(text);
    let noise: Vec<&str> =
        words.iter().filter(|word| matches!(word.kind, Kind::Noise | Kind::Complement)).map(|word| word.text).collect();
    noise.join(" ")
}

#[track_caller]
fn meet(forms: &[&str]) {
    for form in &forms[1..] {
        assert_eq!(joined(form), joined(forms[0]), "{form} and {}", forms[0]);
    }
}

#[test]
fn case_accents_ligatures_and_signs_make_no_difference() {
    meet(&["Rue de l'Église", "RUE DE L’EGLISE", "rue de l eglise", "Rue  de l`e\u{301}glise.", "ｒｕｅ de l'église"]);
    meet(&["Rue du Sacré-Cœur", "rue du sacre coeur", "RUE DU SACRÉ—CŒUR"]);
    meet(&["L'Haÿ-les-Roses", "l hay les roses"]);
    meet(&["Kerc'hoat", "kerchoat", "Kerc’hoat"]);
    meet(&["Straße", "strasse"]);
    meet(&["Allée de l’Œuvre à Saint-Avé", "ALLÃ‰E de lâ€™Å“uvre Ã\u{a0} Saint-AvÃ©"]);
}

#[test]
fn abbreviations_are_written_out() {
    meet(&["Avenue Foch", "av foch", "Ave. Foch", "AV FOCH"]);
    meet(&["Boulevard Pierre Semard", "bd pierre semard", "blvd Pierre Semard", "Bld. pierre semard"]);
    meet(&["12 Rue Pasteur", "12 r pasteur", "12, r. Pasteur"]);
    meet(&["Place du Capitole", "pl du capitole", "Pl. du Capitole"]);
    meet(&["Allée des Tilleuls", "all des tilleuls"]);
    meet(&["5 Passage des Arts", "5 PAS DES ARTS"]);
    meet(&["Chemin du Cheval", "ch du cheval", "chem. du cheval", "che du cheval"]);
    meet(&["Saint-Étienne", "st etienne", "St-Étienne", "St. Etienne"]);
    meet(&["Sainte-Marie", "ste marie"]);
    meet(&["Notre-Dame de la Garde", "N.D. de la Garde", "nd de la garde", "N D de la garde"]);
    meet(&["Rue du Maréchal de Lattre", "rue du mal de lattre", "rue du Mal de Lattre"]);
    meet(&["Rue du Général Leclerc", "rue du gal leclerc", "rue du Gén. Leclerc"]);
    meet(&["Grande Rue", "grand rue", "Grand'Rue", "Grand-Rue", "gde rue", "Grnd'rue", "grande rue"]);
    meet(&["Rond-Point de l'Europe", "rpt de l'europe", "RDPT de l'Europe"]);
    meet(&["Zone Industrielle Nord", "ZI Nord", "Z.I. Nord"]);
    meet(&["Vitry-sur-Seine", "vitry s/seine", "Vitry s/ Seine"]);
    meet(&["Villeneuve-lès-Avignon", "villeneuve lez avignon"]);
    assert_eq!(joined("Castelnau-le-Lez"), "castelnau le lez");
    assert_eq!(joined("Saint-Avé"), "saint ave");
    meet(&["Route Départementale 8", "RD 8", "D8", "D 8", "rd8"]);
    meet(&["Route Nationale 7", "RN7", "N 7", "N7"]);
}

#[test]
fn short_forms_of_other_words_are_left_and_the_full_one_is_the_other_reading() {
    assert_eq!(joined("Rue du Col de la Schlucht"), "rue du col de la schlucht");
    assert_eq!(joined("Chemin du Mal"), "chemin du mal");
    assert_eq!(words("rue du mal").iter().last().and_then(|word| word.other), Some("marechal"));
    assert_eq!(joined("Pas-de-Calais"), "pas de calais");
    assert_eq!(words("toulouse pl capitole").get(1).and_then(|word| word.other), Some("place"));
    assert_eq!(words("12 av foch").get(1).and_then(|word| word.other), Some("av"));
}

#[test]
fn numbers_in_words_roman_figures_and_ordinals_meet() {
    meet(&["Rue du 11 Novembre", "rue du onze novembre", "rue du 11 nov"]);
    meet(&["Rue du 4 Septembre", "rue du quatre septembre", "rue du 4 sept"]);
    meet(&["Rue du 8 Mai 1945", "rue du 08/05/1945", "rue du huit mai 1945"]);
    meet(&["Rue du 19 Mars 1962", "rue du dix-neuf mars mil neuf cent soixante-deux"]);
    meet(&["Rue Louis XIV", "rue louis 14", "rue louis xiv"]);
    meet(&["Rue du 1er Mai", "rue du premier mai", "rue du 1 mai"]);
    meet(&["Avenue de la 2e DB", "avenue de la deuxième db", "avenue de la 2ème D.B."]);
    meet(&["56e régiment", "cinquante-sixième régiment", "56 ème régiment"]);
    meet(&["2e Avenue", "deuxième avenue"]);
    meet(&["Rue François Ier", "rue françois 1er", "rue francois premier"]);
    meet(&["Rue Charles V", "rue charles 5"]);
    meet(&["Rue des Quatre Vents", "rue des 4 vents"]);
    assert_eq!(joined("Pont Neuf"), "pont neuf");
    assert_eq!(words("rue du 8 mai 45").get(4).and_then(|word| word.other), Some("1945"));
}

#[test]
fn house_numbers_have_suffixes_however_they_are_written() {
    for text in ["12 bis rue Pasteur", "12bis rue Pasteur", "12-bis, rue Pasteur", "12 BIS r Pasteur"] {
        let words = words(text);
        let house = &number_of(&words).houses[0];
        assert_eq!((house.number, house.suffix, house.at.clone()), (12, "bis", 0..2), "{text}");
    }
    meet(&["12 bis rue Pasteur", "12 biss rue Pasteur", "12 bi rue Pasteur"]);
    meet(&["13 ter allée Foch", "13 teur allée Foch"]);
    for text in ["12B rue Pasteur", "12 b rue Pasteur", "12-B rue Pasteur", "rue Pasteur 12 B", "12 B, rue Pasteur"] {
        let words = words(text);
        let house = &number_of(&words).houses[0];
        assert_eq!((house.number, house.suffix), (12, "b"), "{text}");
    }
    assert_eq!(joined("12 d'Artagnan"), "12 artagnan");
}

#[test]
fn the_likeliest_house_number_comes_first() {
    for (text, number) in [
        ("12 rue du 8 mai 1945", 12),
        ("rue du 8 mai 1945 12", 12),
        ("place du 11 novembre 12", 12),
        ("Rue Pasteur 25", 25),
        ("Toulouse, 12 rue Pasteur", 12),
        ("25, 27 rue Pasteur", 25),
        ("12/14 rue Pasteur", 12),
        ("12 rue des trois frères", 12),
        ("4 allee edouard branli toulouse", 4),
        ("madame theil 65000 tarbes 5 rue du brahauban", 5),
        ("bat 3 12 rue Pasteur", 12),
    ] {
        let words = words(text);
        let houses = number_of(&words).houses;
        assert_eq!(houses.first().map(|house| house.number), Some(number), "{text}: {houses:?}");
    }
    for text in ["rue du 4 septembre", "rue du 8 mai 1945", "rue des trois frères", "rue du 19 mars 1962 toulouse"] {
        assert!(number_of(&words(text)).houses.iter().all(|house| house.weight < 0.75), "{text}");
    }
}

#[test]
fn postcodes_are_found_wherever_they_are() {
    for text in
        ["12 rue Pasteur 31000 Toulouse", "29 r x 31 000 toulouse", "toulouse F-31000", "2 hent coz 31000toulouse"]
    {
        let words = words(text);
        assert_eq!(number_of(&words).postcodes.iter().map(|found| found.code).collect::<Vec<_>>(), ["31000"], "{text}");
    }
    assert!(number_of(&words("12 250 rue Pasteur")).postcodes.is_empty());
}

#[test]
fn what_does_not_help_is_noise() {
    assert_eq!(noise("12 rue Pasteur 31000 Toulouse CEDEX 09"), "cedex 9");
    assert_eq!(noise("12 rue Pasteur BP 123 31000 Toulouse"), "bp 123");
    assert_eq!(noise("12 rue Pasteur CS 12345 31000 Toulouse"), "cs 12345");
    assert_eq!(noise("bâtiment A 12 rue Pasteur"), "batiment a");
    assert_eq!(noise("12 rue Pasteur, bât. B, 3e étage, appt 12"), "bat b 3 etage appt 12");
    assert_eq!(noise("12 rue Pasteur, 31000 Toulouse, France"), "france");
    assert_eq!(noise("12 rue Pasteur 31000 Toulouse France"), "france");
    assert_eq!(noise("4 rue Anatole France"), "");
    assert_eq!(noise("rue de France Nice"), "");
    assert_eq!(noise("Île de France"), "");
    assert_eq!(noise("chez M. Dupont 12 rue Pasteur"), "chez m dupont");
    assert_eq!(noise("madame theil 65000 tarbes rue du brahauban"), "madame theil");
    assert_eq!(noise("sci 110 rue d'entraigues 37000 tours"), "sci");
    assert_eq!(noise("Résidence les Lilas 12 rue Pasteur"), "residence les lilas");
    assert_eq!(noise("plan cadastral roscoff"), "plan cadastral");
    assert_eq!(noise("RDC gauche 14 cours Victor Hugo"), "rdc gauche");
    assert_eq!(noise("Apt 3B - Bât C - 12 rue des Lilas"), "apt 3 b bat c");
    assert_eq!(noise("C/ Mme Martin 5 impasse du Pré"), "chez mme martin");
    assert_eq!(noise("SNCF - Gare de Lyon, 20 bd Diderot 75571 PARIS CEDEX 12"), "sncf gare de lyon cedex 12");
    assert_eq!(noise("Toulouse, 12 rue Pasteur"), "");
    assert_eq!(noise("12 rue Pasteur tel 05 61 22 33 44"), "tel 05");
    assert_eq!(noise("Rue de la Porte"), "");
    assert_eq!(noise("Résidence les Lilas"), "");
    assert_eq!(noise("Rue Madame"), "");
}

#[test]
fn words_have_kinds() {
    assert_eq!(
        kinds("12 bis av du Général de Gaulle 31000").iter().map(|(_, kind)| *kind).collect::<Vec<_>>(),
        [
            Kind::Number,
            Kind::Suffix,
            Kind::StreetType,
            Kind::Article,
            Kind::Title,
            Kind::Article,
            Kind::Plain,
            Kind::Postcode
        ]
    );
    assert_eq!(kinds("Rue de la Place")[3].1, Kind::Plain);
    assert_eq!(kinds("Rond-Point Kennedy")[1].1, Kind::StreetType);
}

#[test]
fn slips_of_french_keyboards_are_mended() {
    assert_eq!(joined("12 avenus honor2 serres"), "12 avenue honore serres");
    assert_eq!(joined("rue fran9ois mauriac"), "rue francois mauriac");
    assert_eq!(joined("paris2"), "paris 2");
}

#[test]
fn hostile_text_is_bounded() {
    let long = "a b ".repeat(100_000);
    assert!(words(&long).len() <= 100);
    assert!(words(&"x".repeat(1 << 20)).joined().len() <= 1024);
    for text in ["", " ", "'", "\0\u{1}\u{7f}", "' OR 1=1 --", ".*[a-z]+(", "☃", "日本", "ＡＢＣ", "\u{202e}abc", "𝕏"]
    {
        let _ = (words(text), number_of(&words(text)));
    }
}

/// Addresses as people write them.
fn address() -> impl Strategy<Value = String> {
    let one_of = |words: &[&'static str]| prop::sample::select(words.to_vec());
    let number = one_of(&["", "12", "12 bis", "12bis,", "3B", "0012", "12/14", "1 ter "]);
    let way = one_of(&["rue", "r", "av", "Bd.", "pl", "ch", "Grand'", "impasse", "ZI", "all", "Rd-point", "Chemin"]);
    let article = one_of(&["", "de la", "du", "des", "de l'", "d'"]);
    let title = one_of(&[
        "", "mal", "gal", "Dr", "st", "Ste-", "N.D.", "prof", "Abbé", "quatre", "onze", "2e", "1er", "dix-neuf",
    ]);
    // Names are no words of the tables: those are read by what stands around them, figures and words alike not.
    let unknown = |pattern: &'static str| {
        pattern.prop_filter("a word of the tables", |word| {
            let word = folded(word);
            super::lexicon::entry(&word).is_none() && super::number_words::month(&word).is_none()
        })
    };
    let name = prop_oneof![
        unknown("[b-df-hj-np-z][aou][a-z]{2,6}"),
        unknown("[BCDFGP][aéèou][a-zéèàçœ]{2,8}"),
        Just("mars mil neuf cent soixante-deux".to_owned()),
    ];
    let end = one_of(&["", " 31000", ", 31 000", " CEDEX 09", " XIV", " BP 12", " bât. B", ", France"]);
    (number, way, article, title, name, end, unknown("[b-df-hj-np-z][aou][a-z]{2,6}")).prop_map(
        |(number, way, article, title, name, end, town)| format!("{number} {way} {article} {title} {name}{end} {town}"),
    )
}

proptest! {
    #[test]
    fn normalising_what_is_normal_changes_nothing(text in address()) {
        let once = joined(&text);
        prop_assert_eq!(joined(&once), once);
    }

    #[test]
    fn spans_are_of_the_text_and_in_order(text in any::<String>()) {
        let words = words(&text);
        let mut last = 0;
        for word in words.iter() {
            prop_assert!(text.get(word.span.0..word.span.1).is_some_and(|piece| !piece.is_empty()));
            prop_assert!(word.span.0 >= last);
            last = word.span.0;
            prop_assert!(!word.text.is_empty());
        }
    }

    #[test]
    fn nothing_panics(text in any::<String>(), other in any::<String>()) {
        let (one, two) = (words(&text), words(&other));
        let _ = number_of(&one);
        for (query, term) in one.iter().zip(two.iter()) {
            let near = similarity(query.text, term.text);
            prop_assert!((0.0..=1.0).contains(&near));
            prop_assert!((0.0..=1.0).contains(&similarity_of_prefix(query.text, term.text)));
            let _ = phonetic(query.text);
        }
    }

    #[test]
    fn a_house_number_is_read_back(number in 1u32..9999, suffix in prop::sample::select(vec!["", "bis", "ter", "b", "c"])) {
        let text = format!("{number}{suffix} rue de la Paix");
        let words = words(&text);
        let houses = number_of(&words).houses;
        prop_assert_eq!(houses.first().map(|house| (house.number, house.suffix)), Some((number, suffix)));
    }
}
