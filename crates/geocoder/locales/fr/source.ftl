# What is wrong with a file of addresses.
line-too-long = Ligne { $line } : elle est trop longue. Vérifiez que le fichier a bien une adresse, ou une voie, par ligne.
unclosed-quote = Ligne { $line } : un guillemet ouvre une cellule et ne la referme pas. Doublez les guillemets du texte, ou fermez celui-ci.
not-json = Ligne { $line } : ce n’est pas un objet JSON lisible ({ $value }). Chaque ligne doit être un objet complet.
missing = Ligne { $line } : rien dans « { $field } ». Renseignez-le : sans lui, l’adresse ne peut être ni nommée ni située.
missing-position = Ligne { $line } : pas de coordonnées. Renseignez la longitude et la latitude, ou x et y.
invalid-position = Ligne { $line } : les coordonnées « { $value } » ne situent rien. Attendu : longitude et latitude en degrés, ou x et y dans la projection légale du territoire.
invalid-number = Ligne { $line } : « { $value } » n’est pas un numéro. Mettez le nombre dans la colonne du numéro et le reste (bis, ter) dans celle du suffixe.
invalid-city-code = Ligne { $line } : « { $value } » n’est pas un code INSEE de commune. Attendu : cinq caractères, comme 11076 ou 2A004.
unreadable = Ligne { $line } : la lecture s’arrête ici ({ $value }). Le fichier est peut-être tronqué ; ce qui précède a été lu.
source-unreadable = Le fichier { $path } ne peut pas être lu : { $reason }.
source-empty = Le fichier est vide.
source-not-text = Ce n’est pas un fichier de texte, mais { $kind }. Donnez le fichier CSV ou JSON lui-même ; s’il est comprimé, seul gzip est reconnu.
source-missing-columns = Il manque { $missing }. Colonnes trouvées : { $found }. Indiquez quelle colonne la contient.
source-unknown-column = Il n’y a pas de colonne « { $name } ». Colonnes trouvées : { $found }.
column-name = une colonne pour le nom de la voie ou du lieu
column-position = des colonnes pour la position (longitude et latitude, ou x et y)
column-city = une colonne pour le code INSEE de la commune
