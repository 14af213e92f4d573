# Ce qui ne va pas dans un fichier ou une demande, et comment y remédier.
# Variables : $detail (ce qui a été rencontré), $place (« feuille Budget, ligne 12, colonne montant »).

fault-place = Où : { $place }.
place-table = table « { $value } »
place-row = ligne { $value }
place-column = colonne { $value }
place-byte = octet { $value }

fault-empty-file = Le fichier est vide.
fault-empty-file-remedy = Vérifiez que l’export s’est terminé, puis choisissez le fichier de nouveau.
fault-unknown-format = Le format de ce fichier n’est pas reconnu ({ $detail }).
fault-unknown-format-remedy = Enregistrez-le en CSV, XLSX, ODS, JSON, GeoJSON, Shapefile (zip), GeoPackage, KML ou Parquet.
fault-format-mismatch = Le contenu n’est pas celui qu’annonce le nom du fichier ({ $detail }).
fault-format-mismatch-remedy = Donnez au fichier l’extension de son vrai format, ou exportez-le de nouveau.
fault-broken-file = Le fichier est abîmé ou incomplet ({ $detail }).
fault-broken-file-remedy = Ouvrez-le dans le logiciel qui l’a produit, enregistrez-le de nouveau, puis recommencez.
fault-encrypted = Le fichier est protégé par un mot de passe.
fault-encrypted-remedy = Retirez le mot de passe dans le logiciel d’origine, puis recommencez.
fault-too-large = Le fichier, une fois décompressé, dépasse la limite ({ $detail }).
fault-too-large-remedy = Découpez-le (par année, par exemple) ou demandez à l’administrateur de relever la limite.
fault-too-many-columns = La table a trop de colonnes ({ $detail }).
fault-too-many-columns-remedy = Vérifiez le séparateur de colonnes, ou mettez en lignes ce qui se répète en colonnes.
fault-too-many-tables = Le fichier contient trop de tables ou de fichiers ({ $detail }).
fault-too-many-tables-remedy = Publiez-les en plusieurs fois.
fault-cell-too-large = Une cellule est démesurée ({ $detail }).
fault-cell-too-large-remedy = Un guillemet ouvrant sans guillemet fermant en est souvent la cause : corrigez la ligne indiquée.
fault-too-deep = Le document est emboîté trop profondément ({ $detail }).
fault-too-deep-remedy = Exportez une liste d’objets simples, sans listes dans les listes.
fault-no-rows = Le fichier a un en-tête mais aucune ligne de données.
fault-no-rows-remedy = Ajoutez au moins une ligne de données.
fault-no-table = Ce document n’est pas une table ({ $detail }).
fault-no-table-remedy = Publiez le tableur ou l’export dont il est tiré ; un PDF se publie comme document joint.
fault-unknown-crs = Le système de coordonnées n’est pas reconnu ({ $detail }).
fault-unknown-crs-remedy = Exportez les coordonnées en WGS 84 (EPSG:4326) ou en Lambert-93 (EPSG:2154).
fault-io = La lecture ou l’écriture a échoué ({ $detail }).
fault-io-remedy = Vérifiez le chemin, les droits et la place sur le disque, puis recommencez.

fault-not-found = Introuvable : { $detail }.
fault-not-found-remedy = Vérifiez l’identifiant, ou choisissez dans la liste.
fault-invalid = Une valeur n’est pas acceptable : { $detail }.
fault-invalid-remedy = Corrigez cette valeur, puis recommencez.
fault-conflict = C’est impossible en l’état : { $detail }.
fault-conflict-remedy = Choisissez un autre nom, ou retirez d’abord ce qui en dépend.
fault-forbidden = Ce compte n’a pas ce droit : { $detail }.
fault-forbidden-remedy = Demandez ce droit à l’administrateur de l’organisation.
fault-no-organization = Aucune organisation n’existe encore.
fault-no-organization-remedy = Créez-en une : cocagne organization add --name "Commune de …".
fault-which-organization = Plusieurs organisations existent : { $detail }.
fault-which-organization-remedy = Dites laquelle publie avec --organization.
fault-personal-data = { $detail }
fault-personal-data-remedy = Retirez cette donnée (--remedy "{ $detail }=remove"), masquez-la (--remedy "{ $detail }=mask"), ou justifiez sa publication (--justify "{ $detail }=raison" --by "Votre nom").
fault-schema = Le schéma ne peut pas être utilisé : { $detail }.
fault-schema-remedy = Choisissez un schéma de la liste (cocagne schema list), ou donnez son adresse.
fault-unknown-document = Ce fichier n’est ni une table ni un document d’un type connu : { $detail }.
fault-unknown-document-remedy = Enregistrez-le en CSV, XLSX, ODS, GeoJSON… ou en PDF.
fault-bad-url = Cette adresse n’est pas utilisable : { $detail }.
fault-bad-url-remedy = Donnez une adresse qui commence par https:// ou http://.
fault-forbidden-address = Cette adresse est dans un réseau privé : { $detail }.
fault-forbidden-address-remedy = Déposez le fichier lui-même, ou demandez à l’administrateur d’autoriser cet hôte (--fetch-allow).
fault-unknown-host = Ce nom de site est inconnu : { $detail }.
fault-unknown-host-remedy = Vérifiez l’adresse.
fault-bad-answer = Le site refuse de donner le fichier : { $detail }.
fault-bad-answer-remedy = Ouvrez l’adresse dans un navigateur pour vérifier qu’elle donne bien le fichier.
fault-too-many-redirects = Le site renvoie sans fin d’une adresse à une autre : { $detail }.
fault-too-many-redirects-remedy = Donnez l’adresse finale du fichier.
fault-too-slow = Le site est trop lent : { $detail }.
fault-too-slow-remedy = Recommencez plus tard, ou déposez le fichier lui-même.
fault-network = La connexion a échoué : { $detail }.
fault-network-remedy = Vérifiez l’adresse et la connexion, puis recommencez.
fault-damaged-snapshot = Un fichier conservé est abîmé : { $detail }.
fault-damaged-snapshot-remedy = Restaurez-le depuis une sauvegarde.
fault-configuration = La configuration n’est pas utilisable : { $detail }.
fault-configuration-remedy = Corrigez l’option indiquée.
fault-database = La base de données a échoué : { $detail }.
fault-database-remedy = Vérifiez qu’elle est joignable et qu’il reste de la place, puis recommencez.
fault-store = L’espace de stockage a échoué : { $detail }.
fault-store-remedy = Vérifiez qu’il est joignable et qu’il reste de la place, puis recommencez.
fault-search = L’index de recherche a échoué : { $detail }.
fault-search-remedy = Redémarrez le programme : l’index est reconstruit.
fault-interrupted = Le travail a été interrompu.
fault-interrupted-remedy = Recommencez : rien n’a été publié.

odd-cell = Cette valeur n’est pas { $type ->
    [boolean] un oui ou un non
    [integer] un nombre entier
    [number] un nombre
    [date] une date
    [datetime] une date avec une heure
    [time] une heure
    [year] une année
    [geometry] une géométrie
   *[other] du type de la colonne
 }.
odd-overflow = Cette valeur est au-delà de la dernière colonne de l’en-tête.

warning-duplicate-header = Deux colonnes portent le même nom : { $detail }.
warning-empty-header = Une colonne n’a pas de nom : { $detail }.
warning-ragged-row = Des lignes n’ont pas le même nombre de cellules que l’en-tête : { $detail }.
warning-mixed-encoding = Des caractères sont d’un autre encodage que le reste du fichier : { $detail }.
warning-invalid-geometry = Des géométries ne sont pas valides : { $detail }.
warning-extension-mismatch = Le contenu n’est pas celui qu’annonce le nom du fichier : { $detail }.
warning-unclosed-quote = Des guillemets ne sont pas refermés : { $detail }.
warning-guessed-crs = Le système de coordonnées n’était pas indiqué ; il a été reconnu d’après les valeurs : { $detail }.
warning-exceptions = Des cellules ne sont pas du type de leur colonne ; elles sont gardées telles quelles : { $detail }.
warning-unchanged = Ce fichier est déjà la version en ligne : rien n’a changé.
warning-missing-dbf = La table des attributs (.dbf) manque : seules les formes ont été lues. { $detail }
warning-other-arrays = Le document contient d’autres listes, qui n’ont pas été lues : { $detail }.
warning-unpaired-row = Une forme n’a pas sa ligne d’attributs, ou l’inverse : { $detail }.
warning-binary-cell = Des cellules contiennent des données binaires, qui n’ont pas été lues : { $detail }.
