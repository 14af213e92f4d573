# L’assistant : placer les adresses sur une carte
stage-locate = Adresses
wait-locating = Recherche des adresses
wait-locate-title = Vos adresses sont recherchées

locate-title-none = Aucune adresse à placer
locate-lead-none = Ce fichier n’a pas d’adresses, ou ses lignes sont déjà situées.
locate-title-nowhere = Les adresses ne peuvent pas être recherchées
locate-lead-nowhere = Les colonnes choisies ne sont plus dans le tableau, ou ce portail ne connaît aucune adresse.
locate-title = Adresses à placer sur une carte : { $sure } sur { $rows } trouvées sûrement
locate-lead = Le tableau n’a pas de coordonnées, mais des adresses ({ $columns }). Placées, elles donnent une carte à la page, et une latitude et une longitude à chaque ligne du fichier. Rien n’est fait sans votre accord.
locate-title-left = { $count ->
    [one] { $n } adresse à regarder
   *[other] { $n } adresses à regarder
}
locate-lead-left = Choisissez le bon lieu, placez-le vous-même, ou laissez la ligne sans position. Ce que vous ne décidez pas reste sans position.
locate-title-done = Toutes les adresses sont placées
locate-lead-done = Les lignes sont situées d’après { $columns }. La page aura une carte.

# Le bilan
locate-bar = Bilan
locate-bar-sure = { $count ->
    [one] { $n } trouvée sûrement
   *[other] { $n } trouvées sûrement
}
locate-bar-hand = { $count ->
    [one] { $n } placée par vous
   *[other] { $n } placées par vous
}
locate-bar-doubtful = { $count ->
    [one] { $n } douteuse
   *[other] { $n } douteuses
}
locate-bar-missing = { $count ->
    [one] { $n } introuvable
   *[other] { $n } introuvables
}
locate-bar-left = { $count ->
    [one] { $n } laissée sans position
   *[other] { $n } laissées sans position
}
locate-bar-empty = { $count ->
    [one] { $n } ligne sans adresse
   *[other] { $n } lignes sans adresse
}
locate-no-addresses = Ce portail ne connaît aucune adresse de : { $towns }. Seul le centre de la commune peut y être proposé.
locate-no-addresses-how = Pour les avoir toutes, la personne qui administre le portail importe le fichier d’adresses du département : cocagne addresses import.
locate-too-many = Seules les 20 000 premières adresses douteuses sont montrées.
locate-tables = Tableaux

# Données personnelles
locate-personal = Ces positions désignent des personnes
locate-personal-text = Une adresse de personne et sa position disent la même chose. Si elles peuvent être publiées, dites pourquoi ; sinon, ne les placez pas.

# Décider
locate-accept = Placer ces adresses
locate-decline = Ne pas les placer
locate-declined = Vous avez choisi de ne pas placer ces adresses. Vous pouvez changer d’avis.
locate-stop = Ne plus placer ces adresses
locate-save = Enregistrer et continuer
locate-next = Enregistrer et page suivante
locate-previous = Page précédente
locate-page = Page { $page } sur { $pages }
locate-accept-likely = { $count ->
    [one] Accepter l’adresse probable
   *[other] Accepter les { $n } adresses probables
}

# Colonnes et réglages
locate-settings = Changer les colonnes ou les réglages
locate-column-none = (aucune)
locate-column-address = Adresse, partie { $place }
locate-column-address-hint = Une seule colonne, ou plusieurs dans l’ordre de lecture : numéro, bis ou ter, type de voie, nom de la voie.
locate-column-postcode = Code postal
locate-column-city = Commune
locate-column-city-code = Code INSEE de la commune
locate-within = Où sont toutes ces adresses
locate-within-hint = Quand les lignes ne disent pas la commune : le nom d’une commune, d’une intercommunalité ou d’un département.
locate-threshold = Placer sans vérification
locate-threshold-sure = les adresses sûres ({ $percent } et plus)
locate-threshold-likely = aussi les probables ({ $percent } et plus)
locate-threshold-own = à partir de { $percent }
locate-towns = Placer au centre de la commune les adresses qui ne sont pas trouvées
locate-towns-hint = La colonne type_geocodage le dira : « commune ».
locate-settings-save = Placer avec ces réglages

# Adresses douteuses
locate-doubts = { $count ->
    [one] { $n } adresse douteuse
   *[other] { $n } adresses douteuses
}
locate-map = Carte des adresses douteuses
locate-map-hint = Choisissez une adresse dans la liste : la carte montre où elle peut être. Un clic sur un point le choisit ; un clic ailleurs y place l’adresse.
locate-row = Ligne { $rows }
locate-rows = Lignes { $rows }
locate-rows-more = { $count } lignes : { $rows }…
locate-where = Où est « { $address } » ?
locate-sure = sûr ({ $percent })
locate-likely = probable ({ $percent })
locate-doubtful = douteux ({ $percent })
locate-kind-number = numéro
locate-kind-interpolated = entre deux numéros connus
locate-kind-poi = lieu
locate-kind-street = voie entière
locate-kind-locality = lieu-dit
locate-kind-municipality = centre de la commune
locate-point = La placer moi-même
locate-point-text = Latitude et longitude en degrés, par exemple 43,6112 et 3,8767.
locate-latitude = Latitude
locate-longitude = Longitude
locate-nowhere = Aucun de ces lieux : laisser sans position
locate-later = Décider plus tard
locate-not-found = Aucun lieu ne ressemble à cette adresse.
locate-error-position = La position de « { $address } » n’est pas comprise : donnez une latitude et une longitude en degrés.
locate-error-reason = Ces positions désignent des personnes : donnez votre nom et la raison pour laquelle elles peuvent être publiées.
locate-error-columns = Choisissez au moins une colonne d’adresses.
locate-error-within = Ce lieu n’est pas connu : écrivez le nom d’une commune, d’une intercommunalité ou d’un département.

# Aperçu
preview-locate-open = Les adresses peuvent être placées sur une carte.
preview-locate-no = Les adresses ne sont pas placées.
preview-locate-yes = Adresses placées d’après { $columns }.
preview-locate-hand = { $count ->
    [one] { $n } correction à la main.
   *[other] { $n } corrections à la main.
}

# Provenance
provenance-geocoding = Coordonnées trouvées d’après les adresses ({ $columns }), index { $index }, à partir d’un score de { $threshold } : { $located }, { $hand }, { $left }.
provenance-geocoding-located = { $count ->
    [one] { $n } ligne placée par le géocodage
   *[other] { $n } lignes placées par le géocodage
}
provenance-geocoding-hand = { $count ->
    [one] { $n } placée par une personne
   *[other] { $n } placées par une personne
}
provenance-geocoding-left = { $count ->
    [one] { $n } sans position
   *[other] { $n } sans position
}
