# Cadre de toutes les pages
skip-to-content = Aller au contenu
nav-main = Navigation principale
nav-footer = À propos de ce portail
nav-crumbs = Fil d’Ariane
nav-home = Accueil
nav-datasets = Données
nav-organizations = Organisations
nav-about = À propos
switch-language = English
og-locale = fr_FR
feed-title = Nouveautés et mises à jour
footer-sentence = Les données de ce portail sont publiques : chacun peut les lire, les télécharger et les réutiliser, sans compte et sans traceur.
footer-accessibility = Accessibilité : non conforme
footer-legal = Mentions légales
footer-api = API
footer-feed = Flux des nouveautés

# Recherche
search-label = Rechercher dans les données
search-placeholder = subventions, arbres, budget…
search-button = Rechercher

# Accueil
home-title = Les données publiques, ouvertes à tous
home-lead = Une réponse d’abord : un tableau, un graphique, une carte. Le fichier et l’API ensuite, dans le format qui vous convient.
home-try = Par exemple :
home-balls = Chaque boule est un jeu de données : plus elle est grosse, plus il compte de lignes ; les plus récentes sont jaunes et bleuissent avec le temps, comme le pastel.
home-balls-name = { $count ->
    [one] Un jeu de données représenté par une boule
   *[other] { $n } jeux de données représentés par des boules de taille différente
}
home-figures = Chiffres clés
home-themes = Par thème
home-latest = Derniers jeux de données
home-all = Tous les jeux de données
home-organizations = Qui publie
tag-new = Nouveau
datasets-word = jeux de données

# Portail vide
empty-title = Ce portail attend son premier fichier
empty-lead = Un fichier tel que vous l’avez suffit : tableur, CSV, GeoJSON, Shapefile. Une minute après, c’est une page, une carte, une API.
empty-steps = Publier en trois gestes
empty-open-title = Choisissez un fichier
empty-open-text = Prenez une liste qui ne contient ni secret ni donnée personnelle : associations, équipements, arbres, subventions, budget. Inutile de changer son encodage ou ses colonnes.
empty-publish-title = Publiez-le
empty-publish-text = Sur la machine de ce portail, dans un terminal, une fois l’organisation, puis chaque fichier :
empty-publish-where = Lancez ces commandes dans le dossier où « cocagne serve » a été lancé : ses données y sont, dans cocagne-data. Si vous lui avez donné un autre dossier avec --data, donnez-leur le même.
empty-publish-remote = Depuis une autre machine, avec un jeton créé par « cocagne token add » :
empty-command-label = Commande pour publier sur cette machine
empty-remote-label = Commande pour publier à distance
empty-demo-label = Commande de démonstration
empty-organization = Ma commune
empty-dataset = Associations de la commune
empty-see-title = Regardez
empty-see-text = La commande donne l’adresse de la page. Vérifiez ce qui a été compris : colonnes, types, cellules douteuses.
empty-reload = Recharger cette page
empty-next-title = Et ensuite ?
empty-next-text = Publiez de nouveau le même jeu de données quand le fichier change : l’ancienne version garde son adresse, la nouvelle la remplace, et l’historique le dit.
empty-demo-text = Pour voir d’abord un portail rempli, avec les fichiers d’une vraie ville :

# Catalogue
datasets-title = Jeux de données
datasets-found = { $count ->
    [0] Aucun jeu de données
    [one] { $n } jeu de données
   *[other] { $n } jeux de données
}
search-words = « { $text } »
sort-label = Ordre
sort-by = Trier par :
sort-relevance = pertinence
sort-recent = mise à jour
sort-title = titre
filters-active = Filtres appliqués
filter-remove = Retirer
filters-clear = Tout effacer
facets-label = Affiner
facet-organization = Organisation
facet-theme = Thème
facet-format = Format
facet-licence = Licence
facet-territory = Territoire
facet-year = Année
no-result-title = Rien ne correspond
no-result-text = Essayez des mots plus courts ou plus généraux ; les accents, le pluriel et les petites fautes ne comptent pas.
no-result-without-filters = Chercher les mêmes mots sans filtre
no-result-all = Voir tous les jeux de données
no-result-word = Chercher « { $word } »
pager-label = Pages
pager-previous = Page précédente
pager-next = Page suivante
pager-sentence = Page { $page } sur { $pages }

# Organisations
organizations-title = Organisations
organizations-lead = { $count ->
    [0] Aucune organisation ne publie encore.
    [one] Une organisation publie ici.
   *[other] { $n } organisations publient ici.
}
organizations-empty = La première apparaîtra ici avec son premier fichier.
organization-about = Fiche de l’organisation
organization-lead = { $count ->
    [0] Aucun jeu de données pour l’instant.
    [one] Un jeu de données publié.
   *[other] { $n } jeux de données publiés.
}
organization-datasets = Jeux de données
organization-empty = Cette organisation n’a encore rien publié.
organization-all = Voir tous ses jeux de données
fact-homepage = Site
fact-since = Sur ce portail depuis

# À propos, accessibilité, mentions légales
about-title = À propos de ce portail
about-lead = Un endroit où une collectivité ouvre ses données, et où chacun peut s’en servir.
about-name-title = Pourquoi « Cocagne »
about-name-text = Le pays de Cocagne est le Lauragais, autour de Castelnaudary, que le commerce du pastel rendit riche. Les feuilles de pastel, broyées et séchées, se vendaient en boules : les coques, ou cocagnes. La teinture sort jaune de la cuve et bleuit à l’air.
about-use-title = Pour lire et réutiliser
about-use-text = Chaque jeu de données commence par une réponse : une phrase, un chiffre, une image. Le tableau se trie et se filtre, le graphique s’ajuste, la carte se parcourt. Chaque vue a une adresse que vous pouvez partager ou intégrer dans un autre site.
about-use-link = Parcourir les données
about-program-title = Pour programmer
about-program-text = Toutes les données sont servies par une API ouverte, sans clé, décrite en OpenAPI, et compatible avec l’API tabulaire de data.gouv.fr. Chaque ressource a sa page d’exemples prêts à copier.
about-program-link = Description OpenAPI
about-history-title = Rien ne se perd
about-history-text = Publier, c’est ajouter une version : les anciennes gardent leur adresse, leur empreinte permet de vérifier qu’elles n’ont pas changé, et l’historique dit quand et par quel moyen.
accessibility-title = Accessibilité
accessibility-lead = Ce portail est conçu pour être utilisable par tous ; il n’a pas encore été audité.
accessibility-state-title = État de conformité
accessibility-state-text = Faute d’audit au sens du référentiel général d’amélioration de l’accessibilité (RGAA), ce site est déclaré non conforme, comme le veut la règle.
accessibility-checks-title = Ce qui est vérifié
accessibility-checks-text = Les pages fonctionnent sans script et au clavier ; chaque graphique a son tableau ; les contrastes sont contrôlés à chaque modification ; les pages s’affichent à 320 pixels de large et à 400 % de zoom, et s’impriment.
accessibility-checks-more = Limite connue : la carte interactive demande un pointeur ou un écran ; la liste des lignes, sous la carte, contient les mêmes informations.
accessibility-help-title = Signaler un obstacle
accessibility-help-text = Écrivez à l’organisation qui publie les données : son adresse est sur la page de chaque jeu de données. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.
legal-title = Mentions légales
legal-lead = Qui publie, ce que vous pouvez faire des données, ce que ce site sait de vous.
legal-publisher-title = Éditeurs
legal-publisher-text = Chaque organisation est responsable des données qu’elle publie ; son nom et son contact figurent sur leur page.
legal-data-title = Réutilisation
legal-data-text = La licence de chaque jeu de données est indiquée, avec ce qu’elle demande en mots simples. Les informations publiques peuvent être réutilisées dans les conditions de cette licence.
legal-privacy-title = Vie privée
legal-privacy-text = Aucun compte n’est nécessaire pour consulter les données, aucune statistique n’est collectée dans votre navigateur, aucune ressource n’est chargée depuis un autre site. Un seul témoin (cookie) peut être déposé : votre choix de langue. Qui se connecte pour publier en a un second, qui cesse avec sa connexion.
legal-software-title = Logiciel
legal-software-text = Ce portail fonctionne avec Cocagne, logiciel libre sous licences MIT et Apache 2.0. Les caractères sont Atkinson Hyperlegible, du Braille Institute, sous licence OFL.

# Erreurs
error-code = Erreur { $code }
error-not-found-title = Cette page n’existe pas
error-not-found-text = L’adresse est peut-être incomplète, ou ce qui s’y trouvait a été retiré. Cherchez ce qu’il vous faut, ou repartez de l’accueil.
error-bad-request-title = La demande n’a pas pu être comprise
error-bad-request-text = L’adresse contient quelque chose d’inattendu. Corrigez-la, ou repartez de la page sans filtre.
error-too-long-title = La réponse demande trop de temps
error-too-long-text = Réduisez la question : moins de lignes, un filtre de plus. Ou réessayez dans un moment.
error-internal-title = Une erreur de notre côté
error-internal-text = Elle a été notée. Vous n’y êtes pour rien : réessayez dans un moment.
error-back = Reprendre sans filtre
error-home = Aller à l’accueil

# Comptes
rows-count = { $count ->
    [one] { $n } ligne
   *[other] { $n } lignes
}
rows-of = sur { $n }
rows-word = { $count ->
    [one] ligne
   *[other] lignes
}
groups-count = { $count ->
    [one] { $n } groupe
   *[other] { $n } groupes
}
columns-count = { $count ->
    [one] { $n } colonne
   *[other] { $n } colonnes
}
files-count = { $count ->
    [one] { $n } fichier
   *[other] { $n } fichiers
}
datasets-count = { $count ->
    [one] { $n } jeu de données
   *[other] { $n } jeux de données
}
datasets-word-count = { $count ->
    [one] jeu de données
   *[other] jeux de données
}
organizations-word-count = { $count ->
    [one] organisation
   *[other] organisations
}
resources-word-count = { $count ->
    [one] ressource
   *[other] ressources
}
