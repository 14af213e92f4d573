# What is wrong with a file of addresses.
line-too-long = Line { $line }: it is too long. Check that the file has one address, or one street, a line.
unclosed-quote = Line { $line }: a quote opens a cell and never closes it. Double the quotes of the text, or close this one.
not-json = Line { $line }: this is no readable JSON object ({ $value }). Each line must be a whole object.
missing = Line { $line }: nothing in “{ $field }”. Fill it in: without it the address can neither be named nor placed.
missing-position = Line { $line }: no coordinates. Fill in longitude and latitude, or x and y.
invalid-position = Line { $line }: the coordinates “{ $value }” lie nowhere. Expected: longitude and latitude in degrees, or x and y in the territory’s legal projection.
invalid-number = Line { $line }: “{ $value }” is no house number. Put the number in its column, and the rest (bis, ter) in the suffix’s.
invalid-city-code = Line { $line }: “{ $value }” is no INSEE code of a commune. Expected: five characters, such as 11076 or 2A004.
unreadable = Line { $line }: reading stops here ({ $value }). The file may be truncated; what comes before was read.
source-unreadable = The file { $path } can’t be read: { $reason }.
source-empty = The file is empty.
source-not-text = This is no text file, but { $kind }. Give the CSV or JSON file itself; of compressed files, only gzip is known.
source-missing-columns = Missing: { $missing }. Columns found: { $found }. Say which column holds it.
source-unknown-column = There is no column “{ $name }”. Columns found: { $found }.
column-name = a column for the name of the street or place
column-position = columns for the position (longitude and latitude, or x and y)
column-city = a column for the commune’s INSEE code
