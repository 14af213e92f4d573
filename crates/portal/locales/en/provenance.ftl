# What was checked and done before publication
provenance-title = What was done before publication
provenance-schema = Schema
provenance-valid = valid
provenance-invalid = { $count ->
    [one] { $n } error
   *[other] { $n } errors
}
provenance-derived = The organisation keeps the original file as it came; this is what was changed.
provenance-treatment = { $what } ({ $count })
provenance-treatment-of = { $field }: { $what } ({ $count })
provenance-justified = { $field }: personal data published as it is, { $person } answering for it, on { $date }. Reason: { $reason }
treatment-header = the schema’s column name restored
treatment-missing-columns = optional columns added, empty
treatment-column-order = columns put in the schema’s order
treatment-empty-columns = empty columns removed
treatment-blank-rows = blank rows removed
treatment-duplicate-rows = duplicate rows removed
treatment-extra-cells = empty surplus cells removed
treatment-trim = needless spaces removed
treatment-mojibake = accents restored
treatment-date = dates put in the form asked
treatment-date-order = days and months put in order
treatment-number = numbers put in the form asked
treatment-decimal-suffix = needless “.0” removed
treatment-scientific = identifiers restored from scientific notation
treatment-scientific-lost = identifiers lost by the spreadsheet
treatment-leading-zeros = leading zeros restored
treatment-identifier-form = spaces and dots removed from identifiers
treatment-phone = telephone numbers put in form
treatment-boolean = yes and no written as the schema asks
treatment-enumeration = values brought to the schema’s list
treatment-email = e-mail addresses mended
treatment-url = web addresses mended
treatment-coordinates = positions put in the form asked
treatment-swapped-coordinates = latitude and longitude put in place
treatment-empty-marker = marks of absence replaced by an empty cell
treatment-remove = personal data removed
treatment-mask = personal data masked
treatment-generalise = personal data made less precise
treatment-aggregate = rows grouped so that nobody can be recognised
