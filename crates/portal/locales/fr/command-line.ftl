# La ligne de commande : aide des commandes (help-…) et des options (option-…), et ce qu’elles impriment.

help-cocagne = Les données ouvertes des collectivités : publiez un fichier, tout le monde peut s’en servir.
help-serve = Sert le portail et ses API
help-demo = Sert un portail rempli des fichiers publiés par de vraies villes
help-publish = Publie des fichiers ou des URL, ici ou sur un portail distant
help-check = Vérifie des fichiers d’après un schéma, y trouve les données personnelles, les répare
help-organization = Ajoute, liste, retire des organisations
help-user = Ajoute, liste, retire des utilisateurs
help-token = Ajoute, liste, révoque des jetons d’API
help-backup = Écrit le catalogue et tous les instantanés dans un dossier
help-restore = Remplit une installation vide à partir d’une sauvegarde
help-verify = Recalcule l’empreinte de chaque fichier de chaque instantané

option-verbose = Dit sur la sortie d’erreur ce qui est fait
option-data = Dossier de l’installation
option-catalog = Catalogue : sqlite:CHEMIN ou postgres://… ; par défaut un fichier SQLite dans le dossier
option-store = Instantanés : file:CHEMIN ou s3://SEAU/PRÉFIXE ; par défaut dans le dossier
option-max-file-bytes = Taille maximale d’un fichier source, en octets
option-fetch-allow = Hôtes ou réseaux privés dont on accepte de télécharger, comme 10.1.0.0/16
option-listen = Adresse et port ; le port 0 en prend un libre
option-public-url = Adresse à laquelle le portail est vu, comme https://data.exemple.fr
option-site-name = Nom du portail
option-security-contact = Où signaler une faille : mailto:… ou https://…
option-format = Forme de la réponse
option-max-errors = Nombre maximal de cellules singulières listées par table
option-licence = Licence : identifiant SPDX ou alias (lov2)
option-title = Titre du jeu de données
option-organization = Organisation : son nom dans l’adresse de sa page, ou son identifiant
option-dataset = Jeu de données à mettre à jour

verify-snapshots = { $count ->
    [one] { $n } instantané relu.
   *[other] { $n } instantanés relus.
 }
verify-clean = Tout est intact.
verify-damaged = Des fichiers manquent ou ont changé.
check-cell = ligne { $row }, { $field } : « { $value } ». { $message }
check-odd-cells = { $count ->
    [0] Aucune cellule singulière.
    [one] { $n } cellule singulière.
   *[other] { $n } cellules singulières.
 }
publish-done = Publié : { $title }
publish-unchanged = Inchangé : { $title }
demo-filling = Publication des fichiers de démonstration…
backup-done = Sauvegarde écrite dans { $path }
restore-done = Installation restaurée depuis { $path }
option-justify = Publie une donnée personnelle telle quelle, et pourquoi : CONSTAT=raison
option-by = Nom de la personne qui répond de ce que dit --justify
option-remedy = Retire une donnée personnelle : CONSTAT=remove, mask, year, locality ou decimals-3
option-accept-repairs = Fait les réparations certaines
publish-not-a-pair = « { $value } » n’est pas de la forme CONSTAT=valeur.
