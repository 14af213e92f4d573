# Les commandes « addresses » et « geocode » : aide des options, et ce qu’elles impriment.

help-addresses = Importe des fichiers d’adresses (BAN, BAL, CSV) et dit ce que l’index contient
help-import = Importe des fichiers d’adresses : ils remplacent les communes qu’ils décrivent
help-status = Dit combien d’adresses l’index contient
help-geocode = Donne la position des adresses d’un CSV, ou l’inverse

option-import-files = Fichiers d’adresses : BAN (ndjson ou CSV), BAL, lieux-dits, points d’intérêt ou CSV ; gzip aussi
option-import-source = Format des fichiers ; reconnu par défaut
option-import-columns = Colonnes d’un CSV : nom=colonne, par exemple street=nom_voie,number=numero
option-import-replace = Remplace tout l’index, et pas seulement les communes des fichiers
option-import-memory = Mémoire pour construire l’index, en octets
option-import-faults = Nombre maximal de fautes listées ; toutes sont comptées
option-geocode-file = Fichier CSV, dans tout encodage et avec tout séparateur usuels ; « - » lit l’entrée standard
option-geocode-columns = Colonnes qui font l’adresse, dans leur ordre ; toutes par défaut
option-reverse = Des positions (colonnes latitude ou lat, longitude ou lon) aux adresses
option-postcode = Colonne du code postal que la réponse doit avoir
option-citycode = Colonne du code INSEE de la commune où la réponse doit être
option-geocode-type = Colonne du genre de la réponse : housenumber, street, locality, municipality, poi
option-lat = Colonne de la latitude
option-lon = Colonne de la longitude
option-result-columns = Colonnes à ajouter, comme result_label ; par défaut celles d’addok-csv
option-encoding = Encodage ; reconnu par défaut
option-delimiter = Séparateur ; reconnu par défaut
option-with-bom = Commence par une marque d’ordre des octets, comme l’aiment les tableurs
option-min-score = Score que la réponse doit dépasser
option-output = Fichier où la réponse est écrite ; par défaut la sortie standard
option-geocode-index = Fichier d’index à utiliser à la place
option-address-attribution = À qui sont les adresses : « attribution » de chaque réponse de /adresse
option-address-licence = Licence des adresses : « licence » de chaque réponse de /adresse
option-address-file-bytes = Taille maximale d’un fichier d’adresses envoyé à /adresse, en octets
option-address-files-at-once = Fichiers d’adresses traités en même temps ; les autres attendent
option-address-questions-per-minute = Questions qu’un client peut poser à /adresse par minute ; 0 : autant qu’il veut
option-address-files-per-minute = Fichiers d’adresses qu’un client peut envoyer par minute ; 0 : autant qu’il veut

geocode-no-addresses = Le dossier { $folder } n’a pas encore d’adresses : importez-en avec « cocagne addresses import ».
geocode-no-column = Le fichier n’a pas de colonne « { $column } ». Ses colonnes : { $columns }.
geocode-no-coordinates = Le fichier n’a pas de colonnes de coordonnées (latitude ou lat ; longitude, lon, lng ou long). Ses colonnes : { $columns }. Nommez-les avec --lat et --lon.
geocode-no-result = Aucune colonne de résultat ne s’appelle « { $column } ». Il y a : { $columns }.
geocode-no-encoding = L’encodage « { $encoding } » n’est pas connu ici : UTF-8, UTF-16, ISO 8859 et les pages de code Windows le sont.
geocode-bad-mark = « { $mark } » ne peut pas séparer des colonnes : donnez un caractère ASCII, comme « ; ».
geocode-no-delimiter = Le séparateur de colonnes ne se voit pas : nommez-le avec --delimiter.
geocode-empty = Le fichier est vide.
geocode-undecodable = Le fichier n’est pas en { $encoding } : l’octet { $byte } n’y a pas de sens. Nommez son encodage avec --encoding, ou n’en nommez pas.
geocode-long-line = La ligne { $line } dépasse { $most } octets : ce n’est pas une ligne d’adresses.
geocode-rows = { $count ->
    [0] Aucune ligne :
    [one] { $n } ligne :
   *[other] { $n } lignes :
}
geocode-found = { $count ->
    [0] aucune trouvée
    [one] { $n } trouvée
   *[other] { $n } trouvées
}
geocode-not-found = { $count ->
    [one] { $n } non trouvée
   *[other] { $n } non trouvées
}
geocode-faulty = { $count ->
    [one] { $n } fautive
   *[other] { $n } fautives
}
geocode-skipped = { $count ->
    [one] { $n } vide
   *[other] { $n } vides
}

import-done = { $communes }, { $streets }, { $numbers } : index de { $size } en { $seconds } s.
import-communes = { $count ->
    [0] aucune commune remplacée
    [one] { $n } commune remplacée
   *[other] { $n } communes remplacées
}
import-streets = { $count ->
    [0] aucune voie
    [one] { $n } voie
   *[other] { $n } voies
}
import-numbers = { $count ->
    [0] aucun numéro
    [one] { $n } numéro
   *[other] { $n } numéros
}
import-faults = { $count ->
    [one] { $n } ligne laissée de côté.
   *[other] { $n } lignes laissées de côté.
}
import-nothing = Ces fichiers n’apportent aucune adresse : l’index reste tel qu’il était.
import-before = L’index en place est illisible, et ce qu’il contient des autres communes serait perdu : { $fault }. Pour repartir de ces seuls fichiers, ajoutez --replace.
import-building = Construction de l’index
import-unreadable = { $file } : { $message }
addresses-none = Aucun index d’adresses dans ce dossier.
demo-addresses = Import des adresses de la ville…
fault-address-import = Les adresses n’ont pas pu être importées : { $detail }.
fault-address-import-remedy = L’index reste tel qu’il était : corrigez le fichier, ou faites de la place sur le disque, et recommencez.
import-no-role = « { $said } » n’est pas de la forme nom=colonne. Les noms : { $known }.
import-no-commune = Aucune commune n’a le code { $code }.
option-import-citycode = Commune des fichiers qui n’en nomment pas : son code INSEE
addresses-status = { $municipalities } communes d’aujourd’hui et d’avant, { $streets }, { $localities }, { $pois }, { $numbers } ({ $size }).
import-localities = { $count ->
    [0] aucun lieu-dit
    [one] { $n } lieu-dit
   *[other] { $n } lieux-dits
}
import-pois = { $count ->
    [0] aucun point d’intérêt
    [one] { $n } point d’intérêt
   *[other] { $n } points d’intérêt
}
