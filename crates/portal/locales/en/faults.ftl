# What is wrong with a file or a request, and how to mend it.
# Variables: $detail (what was met), $place ("sheet Budget, row 12, column montant").

fault-place = Where: { $place }.
place-table = table “{ $value }”
place-row = row { $value }
place-column = column { $value }
place-byte = byte { $value }

fault-empty-file = The file is empty.
fault-empty-file-remedy = Check that the export ended, then choose the file again.
fault-unknown-format = The format of this file is not known ({ $detail }).
fault-unknown-format-remedy = Save it as CSV, XLSX, ODS, JSON, GeoJSON, Shapefile (zip), GeoPackage, KML or Parquet.
fault-format-mismatch = The content is not what the file’s name announces ({ $detail }).
fault-format-mismatch-remedy = Give the file the extension of its real format, or export it again.
fault-broken-file = The file is broken or incomplete ({ $detail }).
fault-broken-file-remedy = Open it in the program that made it, save it again, then try again.
fault-encrypted = The file is protected by a password.
fault-encrypted-remedy = Remove the password in the program that made it, then try again.
fault-too-large = The file, once unpacked, is beyond the limit ({ $detail }).
fault-too-large-remedy = Split it (by year, for instance) or ask the administrator to raise the limit.
fault-too-many-columns = The table has too many columns ({ $detail }).
fault-too-many-columns-remedy = Check the column separator, or turn what repeats in columns into rows.
fault-too-many-tables = The file holds too many tables or files ({ $detail }).
fault-too-many-tables-remedy = Publish them in several goes.
fault-cell-too-large = A cell is far too large ({ $detail }).
fault-cell-too-large-remedy = An opening quote without its closing one is often the cause: mend the row named.
fault-too-deep = The document is nested too deeply ({ $detail }).
fault-too-deep-remedy = Export a list of plain objects, without lists in lists.
fault-no-rows = The file has a header and no row of data.
fault-no-rows-remedy = Add at least one row of data.
fault-no-table = This document is not a table ({ $detail }).
fault-no-table-remedy = Publish the spreadsheet or the export that it was made from; a PDF is published as an attached document.
fault-unknown-crs = The coordinate system is not known ({ $detail }).
fault-unknown-crs-remedy = Export coordinates in WGS 84 (EPSG:4326) or Lambert-93 (EPSG:2154).
fault-io = Reading or writing failed ({ $detail }).
fault-io-remedy = Check the path, the rights and the room on the disk, then try again.

fault-not-found = Not found: { $detail }.
fault-not-found-remedy = Check the identifier, or choose from the list.
fault-invalid = A value is not acceptable: { $detail }.
fault-invalid-remedy = Mend this value, then try again.
fault-conflict = This can’t be done as things stand: { $detail }.
fault-conflict-remedy = Choose another name, or remove first what depends on it.
fault-forbidden = This account has no right to this: { $detail }.
fault-forbidden-remedy = Ask the organisation’s administrator for this right.
fault-no-organization = No organisation exists yet.
fault-no-organization-remedy = Create one: cocagne organization add --name "Commune de …".
fault-which-organization = Several organisations exist: { $detail }.
fault-which-organization-remedy = Say which one publishes with --organization.
fault-personal-data = { $detail }
fault-personal-data-remedy = Take this data out (--remedy "{ $detail }=remove"), mask it (--remedy "{ $detail }=mask"), or justify its publication (--justify "{ $detail }=reason" --by "Your name").
fault-schema = The schema cannot be used: { $detail }.
fault-schema-remedy = Choose a schema of the list (cocagne schema list), or give its address.
fault-unknown-document = This file is neither a table nor a document of a known type: { $detail }.
fault-unknown-document-remedy = Save it as CSV, XLSX, ODS, GeoJSON… or as PDF.
fault-bad-url = This address can’t be used: { $detail }.
fault-bad-url-remedy = Give an address that begins with https:// or http://.
fault-forbidden-address = This address is in a private network: { $detail }.
fault-forbidden-address-remedy = Give the file itself, or ask the administrator to allow this host (--fetch-allow).
fault-unknown-host = This site’s name is unknown: { $detail }.
fault-unknown-host-remedy = Check the address.
fault-bad-answer = The site refuses to give the file: { $detail }.
fault-bad-answer-remedy = Open the address in a browser to check that it gives the file.
fault-too-many-redirects = The site sends from one address to another without end: { $detail }.
fault-too-many-redirects-remedy = Give the final address of the file.
fault-too-slow = The site is too slow: { $detail }.
fault-too-slow-remedy = Try again later, or give the file itself.
fault-network = The connection failed: { $detail }.
fault-network-remedy = Check the address and the connection, then try again.
fault-damaged-snapshot = A kept file is damaged: { $detail }.
fault-damaged-snapshot-remedy = Restore it from a backup.
fault-configuration = The configuration can’t be used: { $detail }.
fault-configuration-remedy = Mend the option named.
fault-database = The database failed: { $detail }.
fault-database-remedy = Check that it can be reached and that there is room left, then try again.
fault-store = The store failed: { $detail }.
fault-store-remedy = Check that it can be reached and that there is room left, then try again.
fault-search = The search index failed: { $detail }.
fault-search-remedy = Start the program again: the index is rebuilt.
fault-interrupted = The work was interrupted.
fault-interrupted-remedy = Try again: nothing was published.

odd-cell = This value is not { $type ->
    [boolean] a yes or a no
    [integer] a whole number
    [number] a number
    [date] a date
    [datetime] a date with a time
    [time] a time
    [year] a year
    [geometry] a geometry
   *[other] of the column’s type
 }.
odd-overflow = This value is beyond the last column of the header.

warning-duplicate-header = Two columns have the same name: { $detail }.
warning-empty-header = A column has no name: { $detail }.
warning-ragged-row = Some rows don’t have as many cells as the header: { $detail }.
warning-mixed-encoding = Some characters are in another encoding than the rest of the file: { $detail }.
warning-invalid-geometry = Some geometries are not valid: { $detail }.
warning-extension-mismatch = The content is not what the file’s name announces: { $detail }.
warning-unclosed-quote = Some quotes are not closed: { $detail }.
warning-guessed-crs = The coordinate system was not told; it was recognised from the values: { $detail }.
warning-exceptions = Some cells are not of their column’s type; they are kept as they are: { $detail }.
warning-unchanged = This file is the version online already: nothing has changed.
warning-missing-dbf = The table of attributes (.dbf) is missing: only the shapes were read. { $detail }
warning-other-arrays = The document holds other lists, which were not read: { $detail }.
warning-unpaired-row = A shape has no row of attributes, or the contrary: { $detail }.
warning-binary-cell = Some cells hold binary data, which was not read: { $detail }.
