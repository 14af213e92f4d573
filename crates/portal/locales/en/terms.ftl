# Types
type-boolean = yes or no
type-integer = whole number
type-number = number
type-date = date
type-datetime = date and time
type-time = time
type-year = year
type-text = text
type-geometry = geometry

# What values stand for
meaning-commune-code = commune code
meaning-departement-code = département code
meaning-region-code = région code
meaning-postcode = postcode
meaning-siren = SIREN
meaning-siret = SIRET
meaning-rna = RNA number
meaning-email = e-mail address
meaning-phone = telephone
meaning-url = web address
meaning-latitude = latitude
meaning-longitude = longitude
meaning-geopoint = position
meaning-money = amount in euros
meaning-percentage = percentage

# Geometries
geometry-point = point
geometry-multipoint = points
geometry-linestring = line
geometry-multilinestring = lines
geometry-polygon = surface
geometry-multipolygon = surfaces
geometry-geometrycollection = geometries

# Units
unit-thousand = k
unit-million = M
unit-billion = bn
size-byte = B
size-kilo = kB
size-mega = MB
size-giga = GB
amount-short = €{ $amount }

# Dates
date-day = { $day } { $month } { $year }
date-first = 1 { $month } { $year }
date-instant = { $day } at { $hour }:{ $minute } (UTC)
date-and-time = { $day }, { $time }
clock = { $hour }:{ $minute }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
