# Publier des données : l’assistant
nav-publish = Publier
assistant-title = Publier des données
assistant-lead = Donnez votre fichier tel qu’il est. Ce qui ne va pas vous est dit, la réparation vous est proposée, et rien n’est en ligne avant votre accord.

# Point de départ
start-drop-text = Déposez ici un fichier, plusieurs, ou un dossier
start-choose = Choisir un fichier
start-folder = Choisir un dossier
start-formats = Excel, LibreOffice, CSV, JSON, GeoJSON, Shapefile, GeoPackage, KML, Parquet. Au plus { $size }.
start-send = Envoyer ce fichier
start-other = Autres façons
start-url-label = Adresse web d’un fichier
start-url-hint = Par exemple https://exemple.fr/budget.csv
start-url-send = Reprendre ce fichier
start-paste-label = Coller des cellules copiées d’un tableur
start-paste-hint = Copiez les cellules avec leur ligne d’en-tête, puis collez-les ici.
start-paste-send = Reprendre ces cellules
start-paste-name = cellules-collees.tsv
start-folder-label = Plusieurs fichiers, ou un dossier entier
start-folder-hint = Chaque tableau du dossier devient un fichier du même jeu de données.
start-folder-send = Envoyer ce dossier
start-enter-title = Pas encore de fichier ?
start-enter-text = Saisissez les données dans un formulaire fait pour elles : subventions, équipements, délibérations…
start-enter = Saisir les données
start-organization = Publier au nom de
start-drafts = Mes brouillons
start-drafts-none = Aucun brouillon pour le moment. Un fichier donné ici en crée un : vous pourrez le quitter et le reprendre quand vous voudrez.
start-waiting = En attente de votre accord
start-waiting-text = Ces jeux de données ont été préparés par d’autres membres. Relisez-les, puis publiez ou renvoyez avec un mot.
start-discard = Abandonner
start-changed = modifié { $when }
start-by = par { $person }
start-not-member-title = Vous ne publiez encore pour aucune organisation
start-not-member-text = Demandez à l’administrateur de votre organisation de vous inviter : vous recevrez un lien.
start-update-title = Mettre à jour « { $title } »
start-update-lead = Donnez le nouveau fichier : vos choix de la dernière fois (modèle, réparations, masquages) vous seront proposés de nouveau, avec ce qui a changé.
start-nothing-chosen = Choisissez d’abord un fichier, ou donnez une adresse.
state-open = brouillon
state-submitted = en attente d’accord
state-returned = renvoyé avec un mot
state-published = en ligne

# Étapes
stages = Étapes de la publication
stage-file = Fichier
stage-check = Vérification
stage-personal = Données personnelles
stage-describe = Description
stage-preview = Aperçu
stage-done = fait
stage-open = à décider
stage-pass = rien à signaler
stage-later = pas encore
draft-saved = Enregistré { $when }
action-continue = Continuer
action-other-file = Prendre un autre fichier
draft-kept = Votre brouillon est enregistré. Vous le retrouverez ici quand vous voudrez.
draft-discarded = Le brouillon est abandonné ; son fichier est effacé.
when-now = à l’instant
when-minutes = { $count ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
}
when-hours = { $count ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
when-day = le { $date }

# Attente
wait-title = Votre fichier est lu et vérifié
wait-lead = Cela prend quelques secondes, un peu plus pour un très grand fichier. Vous pouvez quitter cette page : le travail continue.
wait-reading = Lecture du fichier
wait-checking = Vérification des valeurs
wait-publishing = Mise en ligne
wait-queued = En attente de son tour
wait-rows = { $count ->
    [one] { $n } ligne lue
   *[other] { $n } lignes lues
}
wait-again = Voir où en est le travail
wait-fetching = Récupération du fichier sur le site indiqué
wait-publish-title = Votre jeu de données est mis en ligne
wait-publish-lead = Encore un instant : les réparations et les masquages choisis sont appliqués, puis la page est créée.

# Fichier illisible
unreadable-title = Ce fichier n’a pas pu être lu
unreadable-lead = Rien n’est perdu : corrigez-le ou prenez-en un autre, puis donnez-le ci-dessous.
unreadable-what = Ce qui ne va pas
unreadable-mend = Comment y remédier

# 1. Fichier
file-title = Voici ce qui a été compris
file-lead-one = Un tableau de { $rows } et { $columns }.
file-lead-many = { $count ->
    [one] { $n } tableau a été trouvé.
   *[other] { $n } tableaux ont été trouvés.
}
file-tables = Quel tableau publier ?
file-tables-hint = Un jeu de données porte sur un sujet. Une feuille d’explications ou de codes peut être laissée de côté.
file-look = Les premières lignes, telles qu’elles sont comprises
file-columns = Les colonnes
file-column-name = Colonne
file-column-type = Ce que c’est
file-column-sample = Par exemple
file-column-odd = À vérifier
file-column-odd-count = { $count ->
    [one] { $n } valeur inhabituelle
   *[other] { $n } valeurs inhabituelles
}
file-column-empty = toujours vide
file-more-columns = { $count ->
    [one] et { $n } autre colonne
   *[other] et { $n } autres colonnes
}
file-aside = Ce qui a été mis de côté
file-aside-text = Ces lignes ne sont pas des données ; elles restent dans le fichier d’origine.
file-aside-none = Rien : toutes les lignes sont des données.
file-aside-title = { $count ->
    [one] { $n } ligne de titre au-dessus du tableau
   *[other] { $n } lignes de titre au-dessus du tableau
}
file-aside-blank = { $count ->
    [one] { $n } ligne vide
   *[other] { $n } lignes vides
}
file-aside-total = { $count ->
    [one] { $n } ligne de total
   *[other] { $n } lignes de total
}
file-aside-header = { $count ->
    [one] { $n } en-tête répété
   *[other] { $n } en-têtes répétés
}
file-aside-line = ligne { $line } : { $text }
file-warnings = À savoir
file-confirm = C’est bien cela, continuer
file-cell-empty = vide
file-cell-odd = inhabituelle : gardée telle quelle

# Différences avec la version en ligne
changes-title = Ce qui change par rapport à la version en ligne
changes-rows-added = { $count ->
    [one] { $n } ligne ajoutée
   *[other] { $n } lignes ajoutées
}
changes-rows-removed = { $count ->
    [one] { $n } ligne retirée
   *[other] { $n } lignes retirées
}
changes-rows-same = { $count ->
    [one] { $n } ligne inchangée
   *[other] { $n } lignes inchangées
}
changes-columns-added = Colonnes nouvelles : { $names }
changes-columns-removed = Colonnes disparues : { $names }
changes-columns-same = Les colonnes sont les mêmes.
changes-rows-only = La version en ligne a { $before } ; celle-ci en aura { $after }.
changes-removed-warning = Des colonnes disparaissent : les programmes et les tableaux de bord qui les lisent s’arrêteront de fonctionner.

# 2. Vérification
check-title-clean = Rien à corriger
check-lead-clean = Toutes les valeurs ont été vérifiées.
check-title-repairs = { $count ->
    [one] { $n } réparation vous est proposée
   *[other] { $n } réparations vous sont proposées
}
check-lead-repairs = Regardez l’avant et l’après. Ce qui est coché sera fait dans la version publiée ; votre fichier, lui, reste tel quel.
check-title-errors = { $count ->
    [one] { $n } valeur est à corriger
   *[other] { $n } valeurs sont à corriger
}
check-lead-errors = Voici où, et pourquoi. Vous pouvez corriger votre fichier et le redonner, ou publier en l’état.
check-schema = Modèle de données
check-schema-likely = Ce fichier ressemble à « { $title } » : { $matched } colonnes sur { $total } y sont reconnues.
check-schema-used = Vérifié d’après « { $title } ».
check-schema-none = Vérifié sans modèle : seules les formes des valeurs ont été regardées.
check-schema-label = Vérifier d’après
check-schema-no = Aucun modèle
check-schema-change = Vérifier avec ce modèle
check-schema-use = Vérifier d’après « { $title } »
check-schema-read = Lire ce modèle
check-schema-group-likely = Les plus ressemblants
check-schema-group-all = Tous les modèles
check-schema-match = { $title } ({ $matched } colonnes sur { $total })
check-schema-why = Un modèle est la liste de colonnes que toutes les collectivités partagent : suivre le même rend vos données comparables.
check-repairs = Réparations proposées
check-repair-certain = sûre
check-repair-guess = à confirmer
check-repair-row = Ligne
check-repair-before = Avant
check-repair-after = Après
check-repair-see = Voir l’avant et l’après
check-repair-empty = (vide)
check-errors = À corriger dans votre fichier
check-errors-text = Ces valeurs ne suivent pas le modèle. Celles qu’aucune réparation ne corrige seront publiées telles quelles, sauf si vous les corrigez.
check-error-where = Colonne « { $column } »
check-error-table = Le tableau
check-error-example = Ligne { $row } : « { $value } »
check-error-example-row = Ligne { $row }
check-error-rows = Lignes { $rows }
check-error-rows-more = Lignes { $rows }…
check-errors-download = Télécharger la liste complète (CSV)
check-apply = Réparer ce qui est coché et continuer
check-continue = Continuer
check-continue-anyway = Continuer en l’état
check-list-row = ligne
check-list-column = colonne
check-list-value = valeur
check-list-code = code
check-list-message = explication
check-list-file = a-corriger.csv

# 3. Données personnelles
personal-title-none = Aucune donnée personnelle trouvée
personal-lead-none = Aucun nom, numéro, adresse ou date qui désigne une personne n’a été reconnu.
personal-title = { $count ->
    [one] { $n } colonne semble désigner des personnes
   *[other] { $n } colonnes semblent désigner des personnes
}
personal-lead = Une donnée qui désigne quelqu’un ne se publie que si la loi le permet. Choisissez pour chacune ce qui doit en être fait.
personal-reminder = La machine ne voit pas tout : vous qui connaissez ces données, restez attentif à ce qui permettrait de reconnaître quelqu’un.
personal-level-high = à régler avant de publier
personal-level-medium = à vérifier
personal-level-low = pour information
personal-rows = { $count ->
    [one] { $n } ligne
   *[other] { $n } lignes
}
personal-columns = Colonnes : { $names }
personal-column = Colonne : { $names }
personal-ground = Ce que dit la loi
personal-seen = Vu, par exemple
personal-choice = Que faire de « { $names } » ?
personal-remove = Retirer la colonne
personal-remove-many = Retirer ces colonnes
personal-mask = Masquer les valeurs
personal-generalise = Rendre moins précis
personal-aggregate = Compter au lieu de nommer
personal-justify = Publier, en justifiant
personal-justify-text = Votre nom et la raison sont conservés avec le jeu de données.
personal-person = Votre nom
personal-reason = La raison
personal-reason-hint = Par exemple : « Élus municipaux dans l’exercice de leur mandat ».
personal-keep = Laisser tel quel
personal-keep-text = La loi permet de publier ces valeurs.
personal-proposed = proposé
personal-see = Voir le résultat
personal-see-title = Ce qui sera publié
personal-apply = Enregistrer ces choix et continuer
personal-missing-reason = Une justification demande votre nom et une raison : { $names }.
personal-blocked = Tant que ces points ne sont pas réglés, ce jeu de données ne peut pas être publié.

# 4. Description
describe-title = Décrire le jeu de données
describe-lead = Tout est déjà proposé d’après le contenu. Corrigez ce qui doit l’être.
describe-name = Titre
describe-name-hint = Ce que c’est, où et quand : « Subventions versées aux associations en 2024 ».
describe-text = Description
describe-text-hint = À quoi servent ces données, comment elles sont produites, ce qu’il faut savoir avant de s’en servir.
describe-themes = Thèmes
describe-keywords = Mots-clés
describe-keywords-hint = Séparés par des virgules.
describe-years = Années couvertes
describe-years-hint = Par exemple 2022-2024, ou 2012, 2014.
describe-territory = Territoire
describe-territory-hint = Le nom de la commune, de l’intercommunalité, du département ou de la région.
describe-frequency = Fréquence de mise à jour
describe-frequency-hint = Soyez prudent : une promesse tenue vaut mieux.
describe-licence = Licence
describe-licence-hint = Ce que les réutilisateurs devront faire.
describe-licence-older = Ancienne version : préférez la plus récente.
describe-licence-homologation = Demande une homologation préalable de l’État (CRPA, art. D323-2-2).
describe-licence-legal = Pas de licence : les seules conditions de la loi s’appliquent.
describe-licence-no = Une administration française ne peut pas l’utiliser.
describe-licence-recommended = recommandée
describe-licence-others = Autres licences
describe-licence-nothing = Rien n’est demandé aux réutilisateurs.
describe-source = Source, si ce n’est pas votre organisation
describe-contact = Adresse électronique de contact
describe-save = Enregistrer et continuer
describe-from-sheet = proposé d’après le titre trouvé dans le fichier
describe-from-current = repris de la version en ligne
describe-error-title = Donnez un titre : c’est lui qu’on lit et qu’on cherche.
describe-error-years = Ces années ne sont pas comprises : écrivez par exemple 2022-2024.
describe-error-email = Cette adresse électronique n’est pas complète.
describe-error-territory = Ce territoire n’est pas connu : écrivez le nom d’une commune, d’une intercommunalité, d’un département ou d’une région.
describe-form-errors = À corriger avant de continuer
describe-optional = facultatif

# 5. Aperçu
preview-title = Tout est prêt
preview-title-open = Il reste un point à régler
preview-lead-publish = Voici ce qui sera en ligne. Relisez le titre, regardez la page, puis publiez.
preview-lead-submit = Voici ce qui sera en ligne. Relisez, puis envoyez : un responsable de votre organisation donnera son accord.
preview-lead-open = Réglez d’abord ce qui est signalé ci-dessous ; tout le reste est prêt.
preview-lead-review = { $person } vous demande votre accord. Relisez, puis publiez ou renvoyez avec un mot.
preview-lead-waiting = Ce brouillon attend l’accord d’un responsable de { $organization }. Vous serez prévenu ici.
preview-returned = Renvoyé par { $person } avec ce mot :
preview-summary = Récapitulatif
preview-change = Modifier
preview-file = { $name }, { $rows }, { $columns }
preview-check-clean = Rien à corriger
preview-check-repairs = { $count ->
    [one] { $n } réparation acceptée
   *[other] { $n } réparations acceptées
}
preview-check-left = { $count ->
    [one] { $n } valeur publiée telle quelle
   *[other] { $n } valeurs publiées telles quelles
}
preview-check-schema = Modèle : { $title }
preview-personal-none = Aucune donnée personnelle trouvée
preview-personal-done = { $count ->
    [one] { $n } point réglé
   *[other] { $n } points réglés
}
preview-personal-open = { $count ->
    [one] { $n } point à régler avant de publier
   *[other] { $n } points à régler avant de publier
}
preview-personal-low = { $count ->
    [one] { $n } point pour information
   *[other] { $n } points pour information
}
preview-describe = { $licence } ; mise à jour : { $frequency }
preview-describe-unknown = { $licence }
preview-page = La page, telle qu’elle sera
preview-page-note = Ceci est un aperçu : les liens et les téléchargements fonctionneront une fois la page en ligne.
preview-page-rows = Les premières lignes publiées
preview-score = Qualité : { $points } sur { $of }
preview-score-next = Pour faire mieux
preview-publish = Publier
preview-update = Mettre en ligne la nouvelle version
preview-submit = Envoyer pour accord
preview-keep = Garder en brouillon
preview-approve = Donner mon accord et publier
preview-return = Renvoyer avec un mot
preview-return-note = Votre mot
preview-return-hint = Dites ce qui doit être changé.
preview-return-empty = Écrivez un mot : la personne doit savoir ce qui est attendu.
preview-withdraw = Reprendre le brouillon
preview-settle = Régler ce point
preview-published = C’est en ligne. Voici la page de votre jeu de données.
preview-submitted = C’est envoyé : un responsable va le relire.

# Déconnexion et onglets
resend-session-title = Votre session a expiré
resend-session-text = Rien n’est perdu : votre brouillon est enregistré, et vos derniers choix sont gardés sur cette page. Connectez-vous dans un nouvel onglet, puis revenez ici et renvoyez-les.
resend-session-sign-in = Se connecter dans un nouvel onglet
resend-conflict-title = Ce brouillon a changé entre-temps
resend-conflict-text = Il a été modifié ailleurs (un autre onglet, ou une autre personne) pendant que vous faisiez ce choix. Voyez où il en est, ou gardez votre choix : il remplacera l’autre.
resend-conflict-see = Voir où il en est
resend-again = Renvoyer mes choix
resend-keep = Garder mon choix
assistant-too-large = Ce fichier est trop grand pour ce portail ({ $size } au plus).

# Page du jeu de données, pour les membres
dataset-update = Mettre à jour
check-schema-other = Choisir un autre modèle
file-lead-document = Un document sans tableau : il sera publié tel quel.
file-tables-none = Gardez au moins un tableau.
personal-keep-text-doubt = À vous de juger : rien n’oblige à retirer ces valeurs, mais elles désignent peut-être quelqu’un.
preview-sent-back = C’est renvoyé : la personne verra votre mot.
preview-failed = La mise en ligne n’a pas abouti
preview-check-refused = { $count ->
    [one] { $n } réparation non retenue
   *[other] { $n } réparations non retenues
}
describe-from-file-name = proposé d’après le nom du fichier
describe-from-table-name = proposé d’après le nom de la feuille
describe-from-schema = proposé d’après le modèle « { $detail } »
describe-from-words = proposé d’après ces mots : { $detail }
describe-from-column = proposé d’après la colonne « { $detail } »
describe-from-organization = proposé d’après votre organisation
describe-from-usual = proposé : c’est ce que votre organisation fait d’habitude
describe-from-default = proposé : la règle des administrations
describe-from-content = proposé d’après le contenu
preview-better = S’en occuper
file-aside-least = Au moins { $what }
check-error-repair = une réparation est proposée
