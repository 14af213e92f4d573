# La base adresse locale d’une commune : la commencer, la tenir, la publier.

addresses-title = Bases adresses locales
addresses-lead = Les voies, les lieux-dits et les numéros de la commune, tenus et certifiés par elle. Les communes nomment leurs voies et mettent ces données à disposition (CGCT, article L2121-30).
addresses-of = Adresses : { $commune }
addresses-start-title = Les adresses de la commune
addresses-start-text = La base adresse locale : voies, lieux-dits et numéros, certifiés et publiés comme la loi le demande.
addresses-start = Tenir la base adresse
addresses-mine = Vos bases
addresses-none-title = Aucune base pour l’instant
addresses-none-text = Commencez celle de votre commune : depuis un fichier, depuis les adresses déjà connues ici, ou de zéro.
addresses-none-member-text = Pour commencer une base, il faut être contributeur d’une organisation. Demandez ce rôle à l’administrateur de la vôtre.
addresses-state-new = Jamais publiée
addresses-state-ahead = Modifiée depuis la publication
addresses-state-published = À jour
addresses-modified = Modifiée le { $date }

addresses-begin = Commencer une base
addresses-organization = Organisation qui la tient
addresses-commune = Commune
addresses-commune-hint = Son nom, ou son code INSEE : 11076.
addresses-commune-unknown = Aucune commune de ce nom ni de ce code. Vérifiez l’orthographe, ou donnez le code INSEE.
addresses-commune-which = Plusieurs communes peuvent être celle-ci : choisissez-la dans la liste.
addresses-commune-meant = Communes proposées
addresses-from = Premières adresses
addresses-from-file = Un fichier
addresses-from-file-hint = Une base adresse locale (BAL 1.3 à 1.5), ou un fichier de la Base Adresse Nationale.
addresses-from-index = Les adresses déjà connues ici
addresses-from-index-hint = Celles que la recherche d’adresses de ce portail trouve dans la commune.
addresses-known = { $commune } : { $streets } voies et lieux-dits, { $numbers } numéros.
addresses-from-nothing = Aucune : tout saisir
addresses-from-nothing-hint = Pour une petite commune qui n’a encore rien.
addresses-file = Fichier
addresses-file-missing = Choisissez un fichier, ou une autre façon de commencer.
addresses-begin-button = Commencer

addresses-kept-by = Tenue par { $organization }
addresses-streets = { $count ->
    [one] { $n } voie
   *[other] { $n } voies
  }
addresses-localities = { $count ->
    [one] { $n } lieu-dit
   *[other] { $n } lieux-dits
  }
addresses-streets-and-localities = { $count ->
    [one] { $n } voie ou lieu-dit
   *[other] { $n } voies et lieux-dits
  }
addresses-numbers = { $count ->
    [one] { $n } numéro
   *[other] { $n } numéros
  }
addresses-certified = Numéros certifiés : { $n } sur { $of }
addresses-certified-bar = Part des numéros certifiés
addresses-certified-hint = Un numéro certifié est une adresse dont la commune garantit l’existence et la position.
addresses-never-published = Cette base n’a jamais été publiée.
addresses-ahead = Publiée le { $date } ; modifiée depuis.
addresses-up-to-date = Publiée le { $date } ; rien n’a changé depuis.
addresses-dataset = Voir le jeu de données
addresses-publish = Publier
addresses-publish-again = Publier les changements
addresses-download = Télécharger le fichier BAL
addresses-history = Historique de la base
addresses-publishing = Publication en cours
addresses-indexing = La base est publique. La recherche d’adresses se met à jour : { $share }.
addresses-unindexed = La base est publique, mais la recherche d’adresses n’a pas pu être mise à jour. Publiez de nouveau ; si cela se répète, prévenez l’administrateur du portail.

addresses-to-mend = À corriger
addresses-nothing-to-mend = Rien à corriger : bravo.
addresses-problem-no-position = { $count ->
    [one] { $n } adresse sans position
   *[other] { $n } adresses sans position
  }
addresses-problem-duplicate = { $count ->
    [one] { $n } numéro en double
   *[other] { $n } numéros en double
  }
addresses-problem-far = { $count ->
    [one] { $n } numéro loin de sa voie
   *[other] { $n } numéros loin de leur voie
  }
addresses-problem-outside = { $count ->
    [one] { $n } position hors de la commune
   *[other] { $n } positions hors de la commune
  }
addresses-problem-no-number = { $count ->
    [one] { $n } voie sans numéro
   *[other] { $n } voies sans numéro
  }
addresses-problem-name-style = { $count ->
    [one] { $n } nom à écrire en toutes lettres
   *[other] { $n } noms à écrire en toutes lettres
  }
addresses-problem-name-twice = { $count ->
    [one] { $n } nom porté deux fois
   *[other] { $n } noms portés plusieurs fois
  }
addresses-problem-one-no-position = Sans position
addresses-problem-one-duplicate = En double
addresses-problem-one-far = À plus d’un kilomètre du reste de la voie
addresses-problem-one-outside = Hors de la commune
addresses-problem-one-no-number = Cette voie n’a pas encore de numéro : ajoutez-les ci-dessous.
addresses-problem-one-name-style = Le nom n’est pas écrit en toutes lettres, avec ses capitales et ses accents.
addresses-problem-one-name-twice = Une autre voie porte le même nom.
addresses-only-no-position = Voies où une adresse n’a pas de position
addresses-only-duplicate = Voies où un numéro est en double
addresses-only-far = Voies dont un numéro est loin des autres
addresses-only-outside = Voies dont une position est hors de la commune
addresses-only-no-number = Voies sans numéro
addresses-only-name-style = Noms à écrire en toutes lettres
addresses-only-name-twice = Noms portés plusieurs fois

addresses-map = Carte
addresses-map-label = Carte des adresses
addresses-map-hint = Choisissez un point pour ouvrir son adresse.
addresses-map-place-hint = Cliquez sur la carte, ou déplacez le repère, pour placer l’adresse ; les champs suivent.
addresses-list = Voies et lieux-dits
addresses-search = Chercher une voie
addresses-search-button = Chercher
addresses-show-all = Tout afficher
addresses-found = { $count ->
    [0] Aucune voie
    [one] { $n } voie ou lieu-dit
   *[other] { $n } voies et lieux-dits
  }
addresses-empty-title = Cette base est vide
addresses-empty-text = Ajoutez une première voie ci-dessous ; vous lui donnerez ensuite ses numéros, puis la position de chacun.
addresses-column-name = Nom
addresses-column-kind = Nature
addresses-column-numbers = Numéros
addresses-column-certified = Certifiés
addresses-column-problems = À corriger
addresses-kind-street = voie
addresses-kind-locality = lieu-dit
addresses-add-street = Ajouter une voie ou un lieu-dit
addresses-name = Nom complet
addresses-name-hint = Comme le conseil municipal l’a délibéré : « Rue du Général de Gaulle », sans abréviation.
addresses-use-proposed = Écrire « { $name } »
addresses-kind = Nature
addresses-add-street-button = Ajouter
addresses-remove-base = Supprimer cette base
addresses-remove-base-text = Les voies, les numéros et leurs positions seront effacés d’ici. Ce qui est déjà publié reste public. Pour confirmer, recopiez le code de la commune : { $code }.
addresses-remove-base-code = Code de la commune
addresses-remove-base-button = Supprimer la base

addresses-key = Clé d’interopérabilité : { $key }
addresses-street-settings = Nom et description
addresses-part = Commune déléguée ou ancienne
addresses-part-none = Aucune
addresses-other-name = Nom dans une langue régionale
addresses-language = Langue
addresses-language-none = Choisir
addresses-language-bre = breton
addresses-language-cat = catalan
addresses-language-cos = corse
addresses-language-eus = basque
addresses-language-gcf = créole antillais
addresses-language-gcr = créole guyanais
addresses-language-gsw = alsacien
addresses-language-oci = occitan
addresses-language-rcf = créole réunionnais
addresses-language-swb = mahorais
addresses-parcels = Parcelles cadastrales
addresses-parcels-hint = Quatorze caractères chacune, comme 11076000AB0123, séparées par une espace.
addresses-comment = Note interne
addresses-comment-hint = Pour vous et vos collègues ; elle n’est jamais publiée.
addresses-save = Enregistrer
addresses-save-next = Enregistrer et passer au suivant
addresses-positions = Positions
addresses-position-of = Position { $n }
addresses-position-kind = Ce qui est là
addresses-position-unknown = non précisé
addresses-position-entrance = entrée
addresses-position-postal-delivery = délivrance postale
addresses-position-building = bâtiment
addresses-position-stairwell = cage d’escalier
addresses-position-dwelling = logement
addresses-position-parcel = parcelle
addresses-position-segment = segment
addresses-position-utility = service technique
addresses-latitude = Latitude
addresses-longitude = Longitude
addresses-positions-hint = En degrés (WGS 84). Videz les deux champs pour retirer une position.
addresses-locality-positions = Où se trouve le lieu-dit
addresses-number-table = Numéros de { $name }
addresses-no-numbers = Pas encore de numéro.
addresses-column-choose = Choisir
addresses-choose-number = Choisir le { $number }
addresses-column-number = Numéro
addresses-column-position = Position
addresses-column-state = État
addresses-is-certified = certifié
addresses-not-certified = à certifier
addresses-certify = Certifier les numéros choisis
addresses-uncertify = Retirer la certification
addresses-remove-numbers = Supprimer les numéros choisis
addresses-certify-all = Tout certifier
addresses-add-number = Ajouter un numéro
addresses-number = Numéro
addresses-number-hint = 12, 12 bis, 7 b
addresses-add-number-button = Ajouter le numéro
addresses-add-range = Ajouter une série de numéros
addresses-range-from = Du
addresses-range-to = Au
addresses-range-side = Numéros
addresses-range-one-side = D’un seul côté (pairs ou impairs)
addresses-range-both = Des deux côtés
addresses-add-range-button = Ajouter la série
addresses-merge = Réunir une autre voie à celle-ci
addresses-merge-text = Les numéros de l’autre voie viennent ici et l’autre disparaît : pour une voie inscrite deux fois.
addresses-merge-other = Nom de l’autre voie
addresses-merge-button = Réunir
addresses-delete-street = Supprimer cette voie
addresses-delete-street-text = La voie et ses numéros sont retirés de la base. L’historique permet de les remettre.
addresses-delete-street-button = Supprimer
addresses-more = Autres actions
addresses-complement = Complément (lieu-dit ancien, résidence)
addresses-certified-box = La commune certifie cette adresse
addresses-remove-number = Supprimer ce numéro
addresses-previous = Précédent : { $number }
addresses-next = Suivant : { $number }
addresses-read-only = Vous consultez cette base : votre rôle ne permet pas de la modifier.

addresses-done-begun = La base est commencée. Vérifiez ce qui est à corriger, puis certifiez et publiez.
addresses-done-removed = La base est supprimée.
addresses-done-street = La voie est ajoutée. Donnez-lui ses numéros.
addresses-done-street-removed = La voie est supprimée. L’historique permet de la remettre.
addresses-done-numbers-removed = C’est supprimé. L’historique permet de remettre les numéros.
addresses-done-saved = C’est enregistré.
addresses-done-added = C’est ajouté.
addresses-done-certified = C’est certifié.
addresses-done-uncertified = La certification est retirée.
addresses-done-merged = Les deux voies sont réunies.
addresses-done-restored = C’est remis en place.
addresses-done-published = La base est publique.
addresses-conflict = Cette voie a été modifiée entre-temps, dans un autre onglet ou par quelqu’un d’autre. Voici ce qu’elle est à présent : refaites votre changement.

addresses-publish-title = Publier la base adresse locale
addresses-publish-lead = Elle devient un jeu de données public, au format BAL 1.4, sous Licence Ouverte 2.0. La recherche d’adresses de ce portail la suit aussitôt.
addresses-publish-what = Ce qui sera public
addresses-publish-note = Les notes internes ne sont jamais publiées. Les points à corriger n’empêchent pas de publier : ils peuvent l’être plus tard.
addresses-publish-empty = La base est vide : ajoutez des voies avant de publier.
addresses-publish-role = Il faut être publicateur dans l’organisation pour publier. Prévenez un collègue qui l’est : la base est prête.
addresses-publish-button = Publier maintenant
addresses-publish-failed = La base n’a pas pu être publiée
addresses-wait-lead = Cela prend quelques secondes. Vous pouvez fermer cette page : la publication continue.

addresses-dataset-title = Base adresse locale : { $commune }
addresses-dataset-resource = Adresses
addresses-dataset-description =
    Les adresses de { $commune } : voies, lieux-dits et numéros, avec leur position et leur certification par la commune, au format Base Adresse Locale 1.4.

    La commune nomme ses voies, numérote les constructions et met ces données à disposition (code général des collectivités territoriales, article L2121-30 ; décret 2023-767).
addresses-dataset-keywords = adresses, base adresse locale, voies, lieux-dits, numéros
addresses-dataset-ground = Adresses de tous les immeubles de la commune, sans aucun nom de personne : donnée de référence dont la loi demande la mise à disposition (CGCT, article L2121-30 ; CRPA, article L321-4).

addresses-history-lead = Ce qui a été fait, et par qui. Ce qui a été supprimé peut être remis. Cette page n’est vue que des membres de l’organisation.
addresses-history-empty = Rien pour l’instant.
addresses-history-older = Plus ancien
addresses-undo = Remettre
addresses-action-begun = Base commencée
addresses-action-published = Base publiée
addresses-action-street-added = Ajout : { $name }
addresses-action-street-restored = Remise en place : { $name }
addresses-action-street-removed = Suppression : { $name }
addresses-action-street-changed = Changement : { $name }
addresses-change-was = nom précédent : { $what }
addresses-change-merged = réunie à : { $what }
addresses-change-added = ajoutés : { $what }
addresses-change-changed = modifiés : { $what }
addresses-change-removed = supprimés : { $what }

addresses-fault-remedy = Corrigez, puis recommencez.
addresses-fault-commune = Aucune commune d’aujourd’hui n’a le code { $code }.
addresses-fault-exists = Cette commune ({ $commune }) a déjà une base adresse ici.
addresses-fault-territory = Cette commune ({ $commune }) n’est pas dans le territoire de l’organisation.
addresses-fault-name = Ce nom ne peut pas être pris : « { $name } ». Il faut de 3 à 200 caractères : lettres, chiffres, espaces, apostrophes, tirets.
addresses-fault-name-style = Écrivez le nom en toutes lettres, avec ses capitales et ses accents : « { $proposed } » plutôt que « { $name } ».
addresses-fault-language = « { $code } » n’est pas le code d’une langue régionale : choisissez-la dans la liste.
addresses-fault-number = « { $text } » n’est pas un numéro. Donnez un nombre de 1 à 9998, suivi s’il le faut de bis, ter ou d’une lettre.
addresses-fault-number-taken = Le numéro { $label } existe déjà dans cette voie.
addresses-fault-range = Du { $from } au { $to } : donnez d’abord le plus petit, et { $most } numéros au plus.
addresses-fault-range-taken = Tous les numéros du { $from } au { $to } existent déjà.
addresses-fault-position = { $lat }, { $lon } : ce n’est pas une position. La latitude va de -90 à 90, la longitude de -180 à 180.
addresses-fault-coordinate = « { $text } » n’est pas une coordonnée en degrés, comme 43,3182. Une position a une latitude et une longitude.
addresses-fault-parcel = « { $text } » n’est pas une parcelle cadastrale : il y faut quatorze caractères, comme 11076000AB0123.
addresses-fault-too-long = Un texte est trop long : { $most } caractères au plus.
addresses-fault-too-many = C’est trop : { $most } au plus.
addresses-fault-no-address = Ce fichier ne contient aucune adresse de la commune { $commune }. Vérifiez la commune, ou choisissez un autre fichier.
addresses-fault-file = Ce fichier n’est pas une base d’adresses. Il faut un fichier BAL (CSV) ou un fichier de la Base Adresse Nationale.
addresses-fault-empty = La base est vide : ajoutez des voies avant de publier.
addresses-fault-unknown = Aucune adresse de la commune { $commune } n’est connue ici. Choisissez un fichier, ou commencez de zéro.
addresses-fault-same-street = Une voie ne se réunit pas à elle-même : donnez le nom de l’autre.
