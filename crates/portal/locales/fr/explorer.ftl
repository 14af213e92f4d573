# Explorateur
views-label = Vues
view-table = Tableau
view-chart = Graphique
view-map = Carte
search-in-table = Rechercher dans le tableau
filters-title = Filtrer par colonne
filter-from = De
filter-to = À
filter-equals = Vaut
filter-any = Tout
filter-contains = Contient
filter-is-empty = Vide
filter-apply = Appliquer les filtres
filter-words-q = contient « { $value } »
filter-words-area = dans la zone choisie
filter-words-nested = condition { $value }
filter-words-exact = { $column } : { $value }
filter-words-differs = { $column } différent de { $value }
filter-words-contains = { $column } contient « { $value } »
filter-words-notcontains = { $column } ne contient pas « { $value } »
filter-words-startswith = { $column } commence par « { $value } »
filter-words-in = { $column } parmi { $value }
filter-words-notin = { $column } hors de { $value }
filter-words-less = { $column } jusqu’à { $value }
filter-words-greater = { $column } à partir de { $value }
filter-words-strictly_less = { $column } moins de { $value }
filter-words-strictly_greater = { $column } plus de { $value }
filter-words-isnull = { $column } vide
filter-words-isnotnull = { $column } renseigné
fault-title = La question n’a pas été comprise.
fault-clear = Effacer les filtres
fault-where = « { $argument } » : { $why }
fault-unknown-column = il n’y a pas de colonne « { $column } ».
fault-unknown-column-near = il n’y a pas de colonne « { $column } » ; vouliez-vous « { $near } » ?
fault-unknown-parameter = ce paramètre n’existe pas. Un filtre s’écrit colonne__opérateur=valeur.
fault-not-for-column = cela n’a pas de sens pour cette colonne.
fault-page-too-large = une page compte { $most } lignes au plus.
fault-stale-cursor = les données ont changé depuis ; reprenez du début.
fault-too-many = il y a trop de conditions.
fault-out-of-range = la valeur doit être entre { $least } et { $greatest }.
fault-malformed = la valeur n’a pas la forme attendue.

# Tableau
table-caption = Lignes de { $title }
table-empty = Aucune ligne ne correspond à ces filtres.
row-number = Numéro de ligne
sort-ascending = Trier par { $column }, croissant
sort-descending = Trier par { $column }, décroissant
sort-none = Revenir à l’ordre du fichier
cell-exception = ne correspond pas au type de la colonne
exceptions-legend = ⚠ Ces cellules ne correspondent pas au type de leur colonne : elles sont montrées telles que dans le fichier, et comptées comme vides dans les calculs.
exceptions-count = { $count ->
    [one] { $n } cellule à vérifier
   *[other] { $n } cellules à vérifier
}
value-empty = (vide)
value-yes = oui
value-no = non

# Graphique
chart-as-table = Voir les valeurs en tableau
chart-title = { $value } par { $label }
chart-title-distribution = Répartition : { $label }
chart-name = { $title }. { $count } valeurs ; la plus élevée est { $label } : { $value }.
chart-hint = { $label } : { $value }
chart-rows = Nombre de lignes
chart-value-sum = { $column }, total
chart-value-avg = { $column }, moyenne
chart-value-median = { $column }, médiane
chart-value-min = { $column }, minimum
chart-value-max = { $column }, maximum
chart-from-to = de { $from } à { $to }
chart-left-out = { $count ->
    [one] { $n } autre valeur, plus petite, n’est pas dessinée.
   *[other] { $n } autres valeurs, plus petites, ne sont pas dessinées.
}
chart-unlabelled = { $count ->
    [one] { $n } ligne sans valeur pour cet axe n’est pas dessinée.
   *[other] { $n } lignes sans valeur pour cet axe ne sont pas dessinées.
}
chart-none-title = Rien à dessiner
chart-none-text = Aucune colonne de ce tableau ne donne un graphique avec ces filtres. Le tableau montre tout.
chart-form = Ajuster le graphique
chart-kind = Forme
chart-kind-bars = Barres par catégorie
chart-kind-time = Évolution dans le temps
chart-kind-histogram = Répartition des valeurs
chart-x = Par
chart-y = Valeur
chart-function = Calcul
chart-function-sum = total
chart-function-avg = moyenne
chart-function-median = médiane
chart-function-min = minimum
chart-function-max = maximum
chart-draw = Dessiner
decade = années { $year }

# Carte
map-title = Carte : { $title }
map-as-list = Voir les lignes en liste
map-located = { $count ->
    [one] { $n } ligne est située sur la carte.
   *[other] { $n } lignes sont situées sur la carte.
}
distance-km = { $n } km
distance-m = { $n } m

# Téléchargements, partage, colonnes
downloads-title = Télécharger
downloads-all = Toutes les lignes, dans le format de votre choix.
downloads-filtered = Les lignes filtrées, telles que vous les voyez. Le fichier d’origine est complet.
downloads-source = Fichier d’origine ({ $file })
share-title = Partager ou intégrer cette vue
share-text = L’adresse garde la vue, les filtres et l’ordre. Le code intègre la même vue dans une autre page.
share-link = Adresse de cette vue
share-embed = Code à copier dans une page
embed-credit = { $organization }, { $date }, { $licence }
columns-title = Colonnes
columns-sentence = { $count ->
    [one] Ce que contient la colonne, tel que compris à la lecture du fichier.
   *[other] Ce que contiennent les { $n } colonnes, tel que compris à la lecture du fichier.
}
columns-more = { $count ->
    [one] { $n } autre colonne est décrite par l’API.
   *[other] { $n } autres colonnes sont décrites par l’API.
}
profile-distinct = Valeurs distinctes
profile-empty = Vides
profile-empty-value = { $n } ({ $share })
profile-min = Minimum
profile-max = Maximum
profile-mean = Moyenne
profile-median = Médiane
profile-top = Valeurs les plus fréquentes de { $column }
resource-size = { $rows }, { $columns }, { $organization }
resource-description = Tableau, graphique et carte des données « { $title } » publiées par { $organization }.
notes-title = Lecture du fichier
note-encoding = Encodage du fichier : { $encoding }.
note-crs = Coordonnées converties depuis { $crs }.
note-header = En-tête trouvé à la ligne { $line }.
note-title = Ligne { $line }, titre mis de côté : { $text }
note-blank = Ligne { $line }, vide.
note-total = Ligne { $line }, total mis de côté : { $text }
note-header-again = Ligne { $line }, en-tête répété mis de côté : { $text }

# Page de l’API
api-title = API de « { $title } »
api-lead = Tout ce que montre l’explorateur se lit par programme, sans clé. Copiez un exemple : il utilise les colonnes de cette ressource.
api-curl-text = Une page de lignes, puis le fichier entier.
api-python-text = Avec requests, puis le tableau typé avec pandas.
api-r-text = Avec jsonlite, puis le fichier CSV.
api-javascript-text = Dans un navigateur ou avec Node, sans bibliothèque.
api-addresses = Adresses
api-rows = Lignes (JSON)
api-profile = Profil des colonnes
api-export = Fichier (csv, xlsx, json, ndjson, geojson, parquet)
api-tabular = Compatible API tabulaire (data.gouv.fr)
api-openapi = Description OpenAPI
api-grammar = Filtrer, trier, grouper
api-grammar-text = Les mêmes paramètres valent pour les lignes, les fichiers et l’explorateur ; les conditions s’ajoutent.
api-parameter = Paramètre
api-what = Ce qu’il fait
api-fields = Colonnes
api-field = Nom
api-type = Type
api-example = Exemple
grammar-exact = égal à ; « differs » pour différent
grammar-contains = contient, sans tenir compte des majuscules
grammar-compare = à partir de, jusqu’à (bornes comprises) ; « strictly_ » les exclut
grammar-in = parmi une liste
grammar-null = vide ; « isnotnull » pour renseigné
grammar-search = cherche dans toutes les colonnes de texte
grammar-sort = ordre décroissant ; « asc » pour croissant
grammar-columns = seulement ces colonnes
grammar-page = page et nombre de lignes
grammar-where = dans un rectangle (ouest, sud, est, nord)
grammar-group = groupe et additionne
