# Contrôles propres aux schémas français. Variables : row, field, value, et celles du contrôle ; fault dit ce qui ne va pas.
french-siren-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas un numéro SIREN. { $fault ->
    [length] Il en faut 9 chiffres ; il y en a { $found }.
    [characters] Il ne comporte que des chiffres.
    [zeros] Des zéros seuls ne désignent personne : laissez la cellule vide.
   *[key] Sa clé est fausse : un chiffre est erroné ou deux sont intervertis.
}
french-siret-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas un numéro SIRET. { $fault ->
    [length] Il en faut 14 chiffres ; il y en a { $found }.
    [characters] Il ne comporte que des chiffres.
    [zeros] Des zéros seuls ne désignent personne : laissez la cellule vide.
   *[key] Sa clé est fausse : un chiffre est erroné ou deux sont intervertis.
}
nic-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas un NIC, c’est-à-dire les 5 derniers chiffres d’un SIRET.
finess-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas un numéro FINESS. { $fault ->
    [length] Il en faut 9 caractères ; il y en a { $found }.
    [characters] Il ne comporte que des chiffres, sauf A ou B pour la Corse.
    [form] Seule la Corse a une lettre, à la deuxième place.
    [zeros] Des zéros seuls ne désignent aucun établissement : laissez la cellule vide.
   *[key] Sa clé est fausse : un chiffre est erroné ou deux sont intervertis.
}
phone-number-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas un numéro de téléphone. { $fault ->
    [characters] Écrivez un seul numéro, sans autre texte.
    [length] Il en faut 10 chiffres, comme 04 68 94 00 00 ; il y en a { $found }.
   *[unallotted] Aucun numéro ne commence ainsi. Écrivez-le comme 04 68 94 00 00 ou +33 4 68 94 00 00.
}
opening-hours-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas un horaire d’ouverture { $fault ->
    [length] : le texte est trop long.
   *[form] de la forme d’OpenStreetMap, comme Mo-Fr 09:00-12:00,14:00-18:00.
}
year-interval-value = Ligne { $row }, « { $field } » : « { $value } » n’est pas une période. { $fault ->
    [empty] Les deux années doivent être différentes.
    [reversed] La seconde année doit venir après la première.
   *[form] Écrivez-la AAAA/AAAA, comme 2019/2020.
}
year-or-interval-value = Ligne { $row }, « { $field } » : « { $value } » n’est ni une année, ni une période. { $fault ->
    [empty] Les deux années doivent être différentes ; pour une seule, écrivez-la seule.
    [reversed] La seconde année doit venir après la première.
   *[form] Écrivez AAAA ou AAAA/AAAA, comme 2019 ou 2019/2020.
}
nomenclature-actes-value = Ligne { $row }, « { $field } » : « { $value } » ne suit pas la nomenclature des actes. { $fault ->
    [characters] Ne laissez pas d’espace autour de la barre oblique.
    [unallotted] Le texte avant la barre oblique n’est pas l’une des neuf matières, comme Finances locales.
   *[form] Écrivez la matière, une barre oblique, puis la sous-matière, comme Finances locales/Subventions.
}
french-gps-coordinates = Ligne { $row }, « { $field } » : le point « { $value } » n’est pas en France.
reversed-french-gps-coordinates = Ligne { $row }, « { $field } » : « { $value } » donne la latitude avant la longitude. Inversez les deux nombres.
cohesive-columns-value = Ligne { $row } : les colonnes { $columns } doivent être toutes remplies ou toutes vides.
compare-columns-value = Ligne { $row } : « { $field } » ({ $value }) { $fault ->
    [kinds] ne peut pas être comparé à « { $other } » ({ $compared }) : l’un est un nombre et l’autre non.
   *[order] doit être { $op ->
        [above] supérieur
        [at-least] supérieur ou égal
        [equal] égal
        [at-most] inférieur ou égal
        [below] inférieur
       *[different] différent
    } { $op ->
        [different] de
       *[other] à
    } « { $other } » ({ $compared }).
}
sum-columns-value = Ligne { $row } : « { $field } » vaut { $value }, alors que { $terms } font { $sum }.
one-of-required = Ligne { $row } : l’une au moins des colonnes { $columns } doit être remplie.
one-of-required-columns = L’une au moins des colonnes { $columns } est nécessaire ; aucune n’est dans le fichier.
note-missing-check-column = { $place } : ce contrôle n’a pas été fait, car il manque au fichier { $detail }.
