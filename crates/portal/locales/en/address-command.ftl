# The commands `addresses` and `geocode`: help of their options, and what they print.

help-addresses = Imports address files (BAN, BAL, CSV) and says what the index holds
help-import = Imports address files: they replace the communes that they describe
help-status = Says how many addresses the index holds
help-geocode = Gives the position of the addresses of a CSV file, or back

option-import-files = Address files: BAN (ndjson or CSV), BAL, localities, points of interest or CSV; gzip too
option-import-source = Format of the files; found out by default
option-import-columns = Columns of a CSV file: name=column, such as street=nom_voie,number=numero
option-import-replace = Replaces the whole index, and not only the communes of the files
option-import-memory = Memory to build the index with, in bytes
option-import-faults = Faults that are listed, at most; all are counted
option-geocode-file = CSV file, in any usual encoding and with any separator; `-` reads the standard input
option-geocode-columns = Columns that make the address, in their order; by default all
option-reverse = From positions (columns latitude or lat, longitude or lon) to addresses
option-postcode = Column with the postcode that an answer must have
option-citycode = Column with the INSEE code of the commune that an answer must lie in
option-geocode-type = Column with the kind that an answer must be of: housenumber, street, locality, municipality, poi
option-lat = Column of the latitude
option-lon = Column of the longitude
option-result-columns = Columns to add, such as result_label; by default those of addok-csv
option-encoding = Encoding; found out by default
option-delimiter = Separator; found out by default
option-with-bom = Begins with a byte order mark, as spreadsheets like
option-min-score = Score that an answer must exceed
option-output = File where the answer is written; by default the standard output
option-geocode-index = Index file to use instead
option-address-attribution = Whose the addresses are: `attribution` of each answer of /adresse
option-address-licence = Licence of the addresses: `licence` of each answer of /adresse
option-address-file-bytes = Size of a file of addresses sent to /adresse at most, in bytes
option-address-files-at-once = Files of addresses that are answered at once; others wait
option-address-questions-per-minute = Questions that one client may ask of /adresse a minute; 0: as many as they like
option-address-files-per-minute = Files of addresses that one client may send a minute; 0: as many as they like

geocode-no-addresses = The folder { $folder } has no addresses yet: import some with `cocagne addresses import`.
geocode-no-column = The file has no column `{ $column }`. Its columns: { $columns }.
geocode-no-coordinates = The file has no columns of coordinates (latitude or lat; longitude, lon, lng or long). Its columns: { $columns }. Name them with --lat and --lon.
geocode-no-result = No column of the result is called `{ $column }`. There are: { $columns }.
geocode-no-encoding = The encoding `{ $encoding }` is not known here: UTF-8, UTF-16, ISO 8859 and Windows code pages are.
geocode-bad-mark = `{ $mark }` can’t separate columns: give one ASCII character, such as `;`.
geocode-no-delimiter = Which character separates the columns can’t be seen: name it with --delimiter.
geocode-empty = The file is empty.
geocode-undecodable = The file is not in { $encoding }: byte { $byte } doesn’t fit. Name its encoding with --encoding, or name none.
geocode-long-line = Line { $line } is longer than { $most } bytes: it is no line of addresses.
geocode-rows = { $count ->
    [0] No row:
    [one] { $n } row:
   *[other] { $n } rows:
}
geocode-found = { $count ->
    [0] none found
   *[other] { $n } found
}
geocode-not-found = { $n } not found
geocode-faulty = { $n } faulty
geocode-skipped = { $n } empty

import-done = { $communes }, { $streets }, { $numbers }: an index of { $size } in { $seconds } s.
import-communes = { $count ->
    [0] no commune replaced
    [one] { $n } commune replaced
   *[other] { $n } communes replaced
}
import-streets = { $count ->
    [0] no street
    [one] { $n } street
   *[other] { $n } streets
}
import-numbers = { $count ->
    [0] no number
    [one] { $n } number
   *[other] { $n } numbers
}
import-faults = { $count ->
    [one] { $n } line was left out.
   *[other] { $n } lines were left out.
}
import-nothing = These files bring no address: the index stays as it was.
import-before = The index in place can't be read, and what it holds of other communes would be lost: { $fault }. To start again from these files alone, add --replace.
import-building = Building the index
import-unreadable = { $file }: { $message }
addresses-none = There is no index of addresses in this folder.
demo-addresses = Importing the town’s addresses…
fault-address-import = The addresses could not be imported: { $detail }.
fault-address-import-remedy = The index stays as it was: mend the file, or make room on the disk, and try again.
import-no-role = `{ $said }` is not name=column. The names: { $known }.
import-no-commune = No commune has the code { $code }.
option-import-citycode = Commune of files that name none: its INSEE code
addresses-status = { $municipalities } communes of today and before, { $streets }, { $localities }, { $pois }, { $numbers } ({ $size }).
import-localities = { $count ->
    [0] no locality
    [one] { $n } locality
   *[other] { $n } localities
}
import-pois = { $count ->
    [0] no point of interest
    [one] { $n } point of interest
   *[other] { $n } points of interest
}
