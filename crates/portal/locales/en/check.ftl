# The command “check” (checked-…) and the command “schema” (schema-…), and what stops them (fault-…).

help-schema = The known schemas: their list, what each asks, their refreshing
help-list = Lists
help-show = Says what is asked of each column
help-refresh = Fetches the schemas of a catalogue in the shape of schemas.json; they cover those that ship
option-schema = Schema: its name (scdl/subventions, subventions@2.0.1), a file or a URL; “none” for none. By default the one that the file plainly resembles
option-table = Table (sheet, layer, member) that is checked, by its name or its number; by default all are
option-fix = Writes the repaired table here: CSV in UTF-8, or XLSX when the name ends so
option-repair = Repair to make with --fix, as the report names it; may come several times. By default those that are certain
option-all-repairs = Makes every repair that is proposed, also those that are only likely
option-catalogue = Catalogue: a file or a URL

checked-schema-asked = Schema: { $schema }
checked-schema-resembling = Schema: { $schema } (the file resembles it; --schema chooses another, --schema none none)
checked-schema-perhaps = No schema. The most resembling: { $schema } ({ $title })
checked-errors = { $count ->
    [0] No error.
    [one] { $n } error.
   *[other] { $n } errors.
 }
checked-errors-listed = { $count ->
    [0] None is listed (--max-errors).
    [one] Only the first one is listed (--max-errors).
   *[other] Only the first { $n } are listed (--max-errors).
 }
checked-personal = Personal data:
checked-level-high = grave
checked-level-medium = to be looked at
checked-level-low = for information
checked-repairs = Repairs proposed (--fix):
checked-repair-likely = — likely, to be asked for with --repair
checked-repair-impossible = — to be taken again from where it comes
checked-repaired = Repaired:
checked-fixed = Repaired table: { $path }
checked-fix-one-file = --fix repairs one file at a time.
checked-fix-one-table = --fix repairs one table at a time; choose it with --table: { $tables }.
checked-fix-same-file = { $path } is the source, which stays as it is: give --fix another name.
checked-fix-too-long = This table has more rows than a sheet can hold: write it as CSV.
checked-no-table = No table is called “{ $table }”. There are: { $tables }.
checked-no-repair = No repair is called “{ $repair }”. Proposed are: { $repairs }.

schema-refreshed = Schemas: { $schemas }; versions: { $versions }, of which { $changed } new or changed.
schema-show-json = Schema of JSON documents (JSON Schema).
schema-show-required = required
schema-show-optional = optional
schema-show-values = Values: { $values }
schema-show-pattern = Form: { $pattern }
schema-show-example = Example: { $example }

fault-unknown-schema = No schema is called so: { $detail }
fault-unknown-schema-remedy = “cocagne schema list” gives them all; a file or a URL will do too.
fault-ambiguous-schema = Several schemas have this name: { $detail }.
fault-ambiguous-schema-remedy = Give the full name, with that of the owner.
fault-unknown-schema-version = There is no such version: { $detail }.
fault-unknown-schema-version-remedy = Choose one of the list, or say none to have the latest.
fault-schema-package = This name is that of a package of several schemas: { $detail }.
fault-schema-package-remedy = Choose one of them.
fault-not-a-schema = This is no schema ({ $detail }).
fault-not-a-schema-remedy = Give a Table Schema, a JSON Schema or a Data Package, in JSON.
fault-schema-error = The schema has a fault ({ $detail }).
fault-schema-error-remedy = Tell its authors, or choose another version.
fault-bad-schema-catalogue = The catalogue of schemas can’t be read ({ $detail }).
fault-bad-schema-catalogue-remedy = It must have the shape of the file schemas.json of schema.data.gouv.fr.
fault-nothing-fetched = None of this catalogue’s schemas could be fetched ({ $detail }). Those of before stay.
fault-nothing-fetched-remedy = Check the network and the catalogue’s addresses, then try again.
fault-schema-too-large = The schema is too large ({ $detail }).
fault-schema-too-large-remedy = Check that it is a schema, and not data.
