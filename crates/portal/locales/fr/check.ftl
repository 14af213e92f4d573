# La commande « check » (checked-…) et la commande « schema » (schema-…), et ce qui les empêche (fault-…).

help-schema = Les schémas connus : leur liste, ce que chacun demande, leur mise à jour
help-list = Liste
help-show = Dit ce qui est demandé de chaque colonne
help-refresh = Télécharge les schémas d’un catalogue de la forme de schemas.json ; ils recouvrent ceux du programme
option-schema = Schéma : son nom (scdl/subventions, subventions@2.0.1), un fichier ou une URL ; « none » pour aucun. Par défaut, celui auquel le fichier ressemble nettement
option-table = Table (feuille, couche, membre) à vérifier, par son nom ou son numéro ; par défaut toutes
option-fix = Écrit ici la table réparée : CSV en UTF-8, ou XLSX si le nom finit ainsi
option-repair = Réparation à faire avec --fix, nommée comme dans le rapport ; peut être répétée. Par défaut, celles qui sont certaines
option-all-repairs = Fait toutes les réparations proposées, même celles qui ne sont que probables
option-catalogue = Catalogue : un fichier ou une URL

checked-schema-asked = Schéma : { $schema }
checked-schema-resembling = Schéma : { $schema } (le fichier y ressemble ; --schema en choisit un autre, --schema none aucun)
checked-schema-perhaps = Aucun schéma. Le plus ressemblant : { $schema } ({ $title })
checked-errors = { $count ->
    [0] Aucune erreur.
    [one] { $n } erreur.
   *[other] { $n } erreurs.
 }
checked-errors-listed = { $count ->
    [0] Aucune n’est listée (--max-errors).
    [one] Seule la première est listée (--max-errors).
   *[other] Seules les { $n } premières sont listées (--max-errors).
 }
checked-personal = Données personnelles :
checked-level-high = grave
checked-level-medium = à regarder
checked-level-low = pour information
checked-repairs = Réparations proposées (--fix) :
checked-repair-likely = — probable, à demander par --repair
checked-repair-impossible = — à reprendre à la source
checked-repaired = Réparé :
checked-fixed = Table réparée : { $path }
checked-fix-one-file = --fix répare un fichier à la fois.
checked-fix-one-table = --fix répare une table à la fois ; choisissez-la par --table : { $tables }.
checked-fix-same-file = { $path } est le fichier d’origine, qui reste comme il est : donnez un autre nom à --fix.
checked-fix-too-long = Cette table a plus de lignes qu’une feuille n’en peut tenir : écrivez-la en CSV.
checked-no-table = Aucune table ne s’appelle « { $table } ». Il y a : { $tables }.
checked-no-repair = Aucune réparation ne s’appelle « { $repair } ». Sont proposées : { $repairs }.

schema-refreshed = Schémas : { $schemas } ; versions : { $versions }, dont { $changed } nouvelles ou changées.
schema-show-json = Schéma de documents JSON (JSON Schema).
schema-show-required = obligatoire
schema-show-optional = facultatif
schema-show-values = Valeurs possibles : { $values }
schema-show-pattern = Forme : { $pattern }
schema-show-example = Exemple : { $example }

fault-unknown-schema = Aucun schéma ne s’appelle ainsi : { $detail }
fault-unknown-schema-remedy = « cocagne schema list » les donne tous ; un fichier ou une URL vont aussi.
fault-ambiguous-schema = Plusieurs schémas portent ce nom : { $detail }.
fault-ambiguous-schema-remedy = Donnez le nom complet, avec celui du producteur.
fault-unknown-schema-version = Cette version n’existe pas : { $detail }.
fault-unknown-schema-version-remedy = Choisissez-en une de la liste, ou n’en dites aucune pour avoir la dernière.
fault-schema-package = Ce nom est celui d’un paquet de plusieurs schémas : { $detail }.
fault-schema-package-remedy = Choisissez l’un d’eux.
fault-not-a-schema = Ce n’est pas un schéma ({ $detail }).
fault-not-a-schema-remedy = Donnez un Table Schema, un JSON Schema ou un Data Package, en JSON.
fault-schema-error = Le schéma a une faute ({ $detail }).
fault-schema-error-remedy = Signalez-la à ses auteurs, ou choisissez une autre version.
fault-bad-schema-catalogue = Le catalogue de schémas n’est pas lisible ({ $detail }).
fault-bad-schema-catalogue-remedy = Il doit avoir la forme du fichier schemas.json de schema.data.gouv.fr.
fault-nothing-fetched = Aucun schéma de ce catalogue n’a pu être téléchargé ({ $detail }). Ceux d’avant restent.
fault-nothing-fetched-remedy = Vérifiez le réseau et les adresses du catalogue, puis recommencez.
fault-schema-too-large = Le schéma est trop gros ({ $detail }).
fault-schema-too-large-remedy = Vérifiez que c’est bien un schéma, et non des données.
