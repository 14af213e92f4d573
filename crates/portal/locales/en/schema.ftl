# Schemas, and typing data in from a schema
schemas-title = Schemas
schemas-lead = A schema says which columns a file must have and what each must hold, so that the data of all local governments look alike.
schemas-search = Search for a schema
schemas-search-button = Search
schemas-count = { $count ->
    [one] { $n } schema
   *[other] { $n } schemas
}
schemas-none = No schema matches this search. Try a shorter word, for example “subvention” or “équipement”.
schema-open = See what it asks
schema-version = version { $version }
schema-enter = Type the data in
schema-template = Download the Excel template
schema-template-text = Fill it in in your spreadsheet program, then drop it in the publishing assistant.
schema-homepage = Page of the schema
schema-file = File of the schema (JSON)
schema-fields = The columns
schema-not-a-table = This schema doesn’t describe a table: it checks a JSON file.
schema-notes = What is unusual about this schema
schema-field-name = Column
schema-field-asks = What it asks
schema-field-type = Type
field-required = Required.
field-optional = Optional.
field-unique = Each value occurs only once.
field-choices = Possible values: { $values }.
field-minimum = At least { $value }.
field-maximum = At most { $value }.
field-min-length = At least { $n } characters.
field-max-length = At most { $n } characters.
field-example = Example: { $example }
field-type-string = Text
field-type-number = Number
field-type-integer = Whole number
field-type-boolean = Yes or no
field-type-date = Date
field-type-time = Time
field-type-datetime = Date and time
field-type-year = Year
field-type-yearmonth = Month of a year
field-type-duration = Duration
field-type-geopoint = Position
field-type-geojson = Shape on a map
field-type-array = List
field-type-list = List
field-type-object = Object
field-type-any = Any value
template-not-in-list = This value is not in the schema’s list. Choose it from the list, or keep it if you are sure.

# Typing in
enter-title = Type in: { $schema }
enter-index-title = Type data in
enter-index-lead = Choose what you want to publish: a form makes the file for you, in the expected shape.
enter-lead = Fill in one row a record. Columns marked with an asterisk are required. You can paste cells copied from a spreadsheet.
enter-help = What each column asks
enter-row = Row { $n }
enter-more = Add { $n } rows
enter-all-columns = Show the { $n } optional columns
enter-check = Check
enter-save = Save and go on to publishing
enter-dataset-title = Title of the dataset
enter-organization = On behalf of
enter-good = { $count ->
    [0] Nothing is typed in yet.
    [one] { $n } row typed in, no error.
   *[other] { $n } rows typed in, no error.
}
enter-errors = { $count ->
    [one] { $n } error to correct.
   *[other] { $n } errors to correct.
}
enter-error-link = Row { $row }, { $field }: { $message }
enter-general-error = { $message }
enter-choose = Choose…
enter-empty = Type in at least one row before you save.
enter-no-organization = Your account belongs to no organisation that you could prepare data for. Ask its administrator to invite you.
enter-paste-hint = Tip: copy a block of cells in your spreadsheet program, then paste it into the first cell.
enter-checking = Checking…
enter-columns-title = Columns
enter-table = Data typed in
enter-date-example = 2024-12-31
