# Schémas, et saisie à partir d’un schéma
schemas-title = Les schémas
schemas-lead = Un schéma dit quelles colonnes un fichier doit avoir et ce que chacune doit contenir, pour que les données de toutes les collectivités se ressemblent.
schemas-search = Chercher un schéma
schemas-search-button = Chercher
schemas-count = { $count ->
    [one] { $n } schéma
   *[other] { $n } schémas
}
schemas-none = Aucun schéma ne correspond à cette recherche. Essayez un mot plus court, par exemple « subvention » ou « équipement ».
schema-open = Voir ce qu’il demande
schema-version = version { $version }
schema-enter = Saisir les données
schema-template = Télécharger le modèle Excel
schema-template-text = Remplissez-le dans votre tableur, puis déposez-le dans l’assistant de publication.
schema-homepage = Page du schéma
schema-file = Fichier du schéma (JSON)
schema-fields = Les colonnes
schema-not-a-table = Ce schéma ne décrit pas un tableau : il vérifie un fichier JSON.
schema-notes = Ce que ce schéma a d’inhabituel
schema-field-name = Colonne
schema-field-asks = Ce qu’elle demande
schema-field-type = Type
field-required = Obligatoire.
field-optional = Facultatif.
field-unique = Chaque valeur n’apparaît qu’une fois.
field-choices = Valeurs possibles : { $values }.
field-minimum = Au moins { $value }.
field-maximum = Au plus { $value }.
field-min-length = Au moins { $n } caractères.
field-max-length = Au plus { $n } caractères.
field-example = Exemple : { $example }
field-type-string = Texte
field-type-number = Nombre
field-type-integer = Nombre entier
field-type-boolean = Oui ou non
field-type-date = Date
field-type-time = Heure
field-type-datetime = Date et heure
field-type-year = Année
field-type-yearmonth = Mois d’une année
field-type-duration = Durée
field-type-geopoint = Position
field-type-geojson = Forme sur une carte
field-type-array = Liste
field-type-list = Liste
field-type-object = Objet
field-type-any = Valeur libre
template-not-in-list = Cette valeur n’est pas dans la liste du schéma. Choisissez-la dans la liste, ou gardez-la si vous êtes sûr.

# Saisie
enter-title = Saisir : { $schema }
enter-index-title = Saisir des données
enter-index-lead = Choisissez ce que vous voulez publier : un formulaire fait le fichier pour vous, dans la forme attendue.
enter-lead = Remplissez une ligne par enregistrement. Les colonnes marquées d’un astérisque sont obligatoires. Vous pouvez coller des cellules copiées depuis un tableur.
enter-help = Ce que demande chaque colonne
enter-row = Ligne { $n }
enter-more = Ajouter { $n } lignes
enter-all-columns = Afficher les { $n } colonnes facultatives
enter-check = Vérifier
enter-save = Enregistrer et continuer vers la publication
enter-dataset-title = Titre du jeu de données
enter-organization = Au nom de
enter-good = { $count ->
    [0] Rien n’est encore saisi.
    [one] { $n } ligne saisie, aucune erreur.
   *[other] { $n } lignes saisies, aucune erreur.
}
enter-errors = { $count ->
    [one] { $n } erreur à corriger.
   *[other] { $n } erreurs à corriger.
}
enter-error-link = Ligne { $row }, { $field } : { $message }
enter-general-error = { $message }
enter-choose = Choisir…
enter-empty = Saisissez au moins une ligne avant d’enregistrer.
enter-no-organization = Votre compte n’appartient à aucune organisation pour laquelle préparer des données. Demandez à son administrateur de vous y inviter.
enter-paste-hint = Astuce : copiez un bloc de cellules dans votre tableur, puis collez-le dans la première cellule.
enter-checking = Vérification…
enter-columns-title = Colonnes
enter-table = Données saisies
enter-date-example = 2024-12-31
