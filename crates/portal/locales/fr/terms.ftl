# Types
type-boolean = oui ou non
type-integer = nombre entier
type-number = nombre
type-date = date
type-datetime = date et heure
type-time = heure
type-year = année
type-text = texte
type-geometry = géométrie

# Ce que les valeurs désignent
meaning-commune-code = code de commune
meaning-departement-code = code de département
meaning-region-code = code de région
meaning-postcode = code postal
meaning-siren = SIREN
meaning-siret = SIRET
meaning-rna = numéro RNA
meaning-email = adresse électronique
meaning-phone = téléphone
meaning-url = adresse web
meaning-latitude = latitude
meaning-longitude = longitude
meaning-geopoint = position
meaning-money = montant en euros
meaning-percentage = pourcentage

# Géométries
geometry-point = point
geometry-multipoint = points
geometry-linestring = ligne
geometry-multilinestring = lignes
geometry-polygon = surface
geometry-multipolygon = surfaces
geometry-geometrycollection = géométries

# Unités
unit-thousand = k
unit-million = M
unit-billion = Md
size-byte = o
size-kilo = ko
size-mega = Mo
size-giga = Go
amount-short = { $amount } €

# Dates
date-day = { $day } { $month } { $year }
date-first = 1er { $month } { $year }
date-instant = { $day } à { $hour } h { $minute } (UTC)
date-and-time = { $day } à { $time }
clock = { $hour } h { $minute }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
