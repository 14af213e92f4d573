# Ce qui a été vérifié et fait avant la publication
provenance-title = Ce qui a été fait avant la publication
provenance-schema = Schéma
provenance-valid = valide
provenance-invalid = { $count ->
    [one] { $n } erreur
   *[other] { $n } erreurs
}
provenance-derived = Le fichier d’origine est conservé tel quel par l’organisation ; voici ce qui a changé.
provenance-treatment = { $what } ({ $count })
provenance-treatment-of = { $field } : { $what } ({ $count })
provenance-justified = { $field } : donnée personnelle publiée telle quelle, sous la responsabilité de { $person }, le { $date }. Motif : { $reason }
treatment-header = nom de colonne du schéma rétabli
treatment-missing-columns = colonnes facultatives ajoutées, vides
treatment-column-order = colonnes remises dans l’ordre du schéma
treatment-empty-columns = colonnes vides retirées
treatment-blank-rows = lignes vides retirées
treatment-duplicate-rows = lignes en double retirées
treatment-extra-cells = cellules vides en trop retirées
treatment-trim = espaces superflus retirés
treatment-mojibake = accents rétablis
treatment-date = dates mises dans la forme demandée
treatment-date-order = jours et mois remis dans l’ordre
treatment-number = nombres mis dans la forme demandée
treatment-decimal-suffix = « .0 » superflus retirés
treatment-scientific = identifiants rétablis depuis la notation scientifique
treatment-scientific-lost = identifiants perdus par le tableur
treatment-leading-zeros = zéros de tête rétablis
treatment-identifier-form = espaces et points retirés des identifiants
treatment-phone = numéros de téléphone mis en forme
treatment-boolean = oui et non écrits comme le schéma le demande
treatment-enumeration = valeurs rapprochées de la liste du schéma
treatment-email = adresses électroniques corrigées
treatment-url = adresses web corrigées
treatment-coordinates = positions mises dans la forme demandée
treatment-swapped-coordinates = latitude et longitude remises à leur place
treatment-empty-marker = marques d’absence remplacées par une cellule vide
treatment-remove = donnée personnelle retirée
treatment-mask = donnée personnelle masquée
treatment-generalise = donnée personnelle rendue moins précise
treatment-aggregate = lignes regroupées pour que personne ne soit reconnu
