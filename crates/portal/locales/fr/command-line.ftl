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

# Titres de l’aide.
heading-usage = Utilisation :
heading-commands = Commandes
heading-accounts = Comptes
heading-openid-connect = OpenID Connect
heading-addresses = Adresses

help-add = Ajoute
help-remove = Retire
help-role = Change un rôle

option-help = Affiche cette aide
option-version = Affiche la version
option-files = Fichiers ou URL
option-folder = Dossier de la démonstration ; ce qu’il contient déjà est gardé
option-fetch-seconds = Durée maximale d’un téléchargement, en secondes
option-query-memory = Mémoire pour les requêtes, en octets
option-query-seconds = Durée maximale d’une requête, en secondes
option-page-size-max = Nombre maximal de lignes d’une page d’API
option-resource = Ressource qui reçoit une nouvelle version, par son identifiant
option-description = Description, en Markdown
option-theme = Codes des thèmes européens : TRAN, ENVI, GOVE…
option-keyword = Mots-clés
option-territory = Territoire : commune:11076, epci:200035855, departement:11, region:76
option-frequency = À quel rythme les données changent : ANNUAL, MONTHLY, DAILY…
option-year = Années que les données décrivent
option-contact = Adresse à laquelle écrire au sujet de ces données
option-publish-to = Publie sur le portail qui est à cette adresse
option-token = Jeton pour le portail de --to
option-yes = Ne demande rien
option-name = Nom
option-show-name = Nom (scdl/subventions, subventions@2.0.1), fichier ou URL
option-token-name = À quoi sert le jeton
option-slug = Partie de l’adresse de sa page ; par défaut, faite du nom
option-siret = SIREN (9 chiffres) ou SIRET (14)
option-homepage = Site web
option-email = Adresse électronique
option-key = Identifiant, ou le nom dans l’adresse de la page, ou l’adresse électronique
option-role = Rôle dans l’organisation : reader, contributor, publisher, administrator
option-role-role = Rôle dans l’organisation : reader, contributor, publisher, administrator, ou none
option-superuser = Administre toute l’installation
option-id = Identifiant
option-backup-to = Dossier à écrire ; il ne doit pas exister, ou être vide
option-from = Dossier de la sauvegarde

option-oidc-issuer = Émetteur du fournisseur où l’on peut se connecter : l’adresse avant /.well-known/openid-configuration
option-oidc-client-id = Identifiant de ce portail chez le fournisseur
option-oidc-client-secret = Secret de ce portail chez le fournisseur
option-oidc-profile = Sorte de fournisseur : generic ou proconnect
option-oidc-name = Nom du fournisseur sur le bouton de connexion
option-oidc-scopes = Portées demandées en plus d’openid ; par défaut, celles du profil
option-oidc-acr-values = Niveaux de garantie demandés ; par défaut, ceux du profil (eidas1 pour proconnect)
option-oidc-algorithm = Algorithme de signature des jetons, convenu avec le fournisseur ; aucun autre n’est accepté
option-oidc-client-authentication = Comment le secret est envoyé : basic ou post ; par défaut, comme le profil
option-oidc-pkce = Si PKCE sert ; seul un fournisseur qui en refuse les paramètres demande false
option-oidc-link-by-email = Si une personne nouvelle reçoit le compte, ou l’invitation, de son adresse électronique
option-oidc-trust-email = Si le fournisseur garantit toutes les adresses qu’il donne ; par défaut, seul proconnect le fait
option-oidc-create-accounts = Si une personne inconnue reçoit un compte, sans aucun rôle
option-oidc-siret-role = Rôle de ce compte dans l’organisation dont le fournisseur donne le SIRET ; par défaut aucun
