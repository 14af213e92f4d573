# Réparations proposées. Variables : count, many (one ou many), field, before et after (le premier exemple), list, certain (yes ou no).
repair-header = Renommer la colonne « { $before } » en « { $after } », le nom que le schéma attend{ $certain ->
    [no] , si c’est bien elle
   *[yes] {""}
}.
repair-missing-columns = Ajouter, vides, les colonnes facultatives du schéma qui manquent : { $list }.
repair-column-order = Remettre les colonnes dans l’ordre du schéma.
repair-empty-columns = Retirer { $many ->
    [one] une colonne sans nom et sans valeur
   *[many] { $count } colonnes sans nom et sans valeur
}.
repair-blank-rows = Retirer { $many ->
    [one] une ligne vide
   *[many] { $count } lignes vides
}.
repair-duplicate-rows = Retirer { $many ->
    [one] une ligne qui en répète une autre
   *[many] { $count } lignes qui en répètent d’autres
} en tout point. Vérifiez que ce sont bien des doublons.
repair-extra-cells = Retirer les séparateurs en trop à la fin { $many ->
    [one] d’une ligne
   *[many] de { $count } lignes
}.
repair-trim = « { $field } » : retirer les espaces et caractères invisibles { $many ->
    [one] d’une valeur
   *[many] de { $count } valeurs
}.
repair-mojibake = « { $field } » : rétablir les accents { $many ->
    [one] d’une valeur mal lue
   *[many] de { $count } valeurs mal lues
}, comme « { $after } » pour « { $before } ».
repair-date = « { $field } » : écrire { $many ->
    [one] une date
   *[many] { $count } dates
} comme le schéma le demande, par exemple « { $after } » pour « { $before } »{ $certain ->
    [no] . Il a fallu supposer le siècle, l’origine d’un numéro de jour, ou laisser une heure
   *[yes] {""}
}.
repair-date-order = « { $field } » : écrire { $many ->
    [one] une date
   *[many] { $count } dates
} comme le schéma le demande, en lisant { $order ->
    [month-first] le mois puis le jour
   *[day-first] le jour puis le mois
} : « { $before } » devient « { $after } »{ $certain ->
    [no] . Rien dans la colonne ne prouve cet ordre
   *[yes] , comme le montrent les autres dates de la colonne
}.
repair-number = « { $field } » : écrire { $many ->
    [one] un nombre
   *[many] { $count } nombres
} comme le schéma le demande, par exemple « { $after } » pour « { $before } »{ $certain ->
    [no] . Une autre lecture est possible
   *[yes] {""}
}.
repair-decimal-suffix = « { $field } » : retirer les décimales nulles { $many ->
    [one] d’une valeur
   *[many] de { $count } valeurs
}, comme « { $after } » pour « { $before } ».
repair-scientific = « { $field } » : rétablir les chiffres { $many ->
    [one] d’un identifiant
   *[many] de { $count } identifiants
} que le tableur a écrits en puissances de dix, comme « { $after } » pour « { $before } ».
repair-scientific-lost = « { $field } » : { $many ->
    [one] un identifiant a perdu
   *[many] { $count } identifiants ont perdu
} des chiffres dans le tableur (« { $before } »). Rien ne peut les rétablir : reprenez-les dans la source, colonne au format texte.
repair-leading-zeros = « { $field } » : rétablir les zéros perdus au début { $many ->
    [one] d’une valeur
   *[many] de { $count } valeurs
}, comme « { $after } » pour « { $before } ».
repair-identifier-form = « { $field } » : écrire d’un seul tenant { $many ->
    [one] un identifiant
   *[many] { $count } identifiants
}, comme « { $after } » pour « { $before } ».
repair-phone = « { $field } » : écrire { $many ->
    [one] un numéro de téléphone
   *[many] { $count } numéros de téléphone
} comme le schéma le demande, par exemple « { $after } » pour « { $before } ».
repair-boolean = « { $field } » : remplacer { $many ->
    [one] une réponse
   *[many] { $count } réponses
} par les mots du schéma, comme « { $after } » pour « { $before } ».
repair-enumeration = « { $field } » : remplacer { $many ->
    [one] une valeur
   *[many] { $count } valeurs
} par { $certain ->
    [no] la plus proche de la liste
   *[yes] celle de la liste
}, comme « { $after } » pour « { $before } ».
repair-email = « { $field } » : corriger { $many ->
    [one] une adresse électronique
   *[many] { $count } adresses électroniques
}, comme « { $after } » pour « { $before } ».
repair-url = « { $field } » : compléter { $many ->
    [one] une adresse de page
   *[many] { $count } adresses de pages
}, comme « { $after } » pour « { $before } ».
repair-coordinates = « { $field } » : écrire { $many ->
    [one] une position
   *[many] { $count } positions
} comme le schéma le demande, par exemple « { $after } » pour « { $before } ».
repair-swapped-coordinates = « { $field } » : mettre la longitude avant la latitude dans { $many ->
    [one] une position, qui n’est
   *[many] { $count } positions, qui ne sont
} en France qu’ainsi, comme « { $after } » pour « { $before } ».
repair-empty-marker = « { $field } » : vider { $many ->
    [one] une cellule qui dit
   *[many] { $count } cellules qui disent
} l’absence de valeur, comme « { $before } ».
