# Repairs that are proposed. Variables: count, many (one or many), field, before and after (the first example), list, certain (yes or no).
repair-header = Rename the column “{ $before }” to “{ $after }”, the name that the schema expects{ $certain ->
    [no] , if that is what it is
   *[yes] {""}
}.
repair-missing-columns = Add, empty, the optional columns of the schema that are missing: { $list }.
repair-column-order = Put the columns in the schema’s order.
repair-empty-columns = Remove { $many ->
    [one] a column
   *[many] { $count } columns
} without a name and without a value.
repair-blank-rows = Remove { $many ->
    [one] an empty row
   *[many] { $count } empty rows
}.
repair-duplicate-rows = Remove { $many ->
    [one] a row that repeats
   *[many] { $count } rows that repeat
} another in every point. Check that they are the same thing.
repair-extra-cells = Remove the separators too many at the end of { $many ->
    [one] a row
   *[many] { $count } rows
}.
repair-trim = “{ $field }”: remove spaces and invisible characters from { $many ->
    [one] a value
   *[many] { $count } values
}.
repair-mojibake = “{ $field }”: restore the accents of { $many ->
    [one] a misread value
   *[many] { $count } misread values
}, as “{ $after }” for “{ $before }”.
repair-date = “{ $field }”: write { $many ->
    [one] a date
   *[many] { $count } dates
} as the schema asks, for example “{ $after }” for “{ $before }”{ $certain ->
    [no] . The century or the origin of a day number had to be supposed, or a time left out
   *[yes] {""}
}.
repair-date-order = “{ $field }”: write { $many ->
    [one] a date
   *[many] { $count } dates
} as the schema asks, reading { $order ->
    [month-first] the month, then the day
   *[day-first] the day, then the month
}: “{ $before }” becomes “{ $after }”{ $certain ->
    [no] . Nothing in the column proves this order
   *[yes] , as the other dates of the column show
}.
repair-number = “{ $field }”: write { $many ->
    [one] a number
   *[many] { $count } numbers
} as the schema asks, for example “{ $after }” for “{ $before }”{ $certain ->
    [no] . Another reading is possible
   *[yes] {""}
}.
repair-decimal-suffix = “{ $field }”: remove the null decimals of { $many ->
    [one] a value
   *[many] { $count } values
}, as “{ $after }” for “{ $before }”.
repair-scientific = “{ $field }”: restore the figures of { $many ->
    [one] an identifier
   *[many] { $count } identifiers
} that the spreadsheet wrote as powers of ten, as “{ $after }” for “{ $before }”.
repair-scientific-lost = “{ $field }”: { $many ->
    [one] an identifier has
   *[many] { $count } identifiers have
} lost figures in the spreadsheet (“{ $before }”). Nothing can bring them back: take them from the source again, in a column of text.
repair-leading-zeros = “{ $field }”: restore the lost leading zeros of { $many ->
    [one] a value
   *[many] { $count } values
}, as “{ $after }” for “{ $before }”.
repair-identifier-form = “{ $field }”: write { $many ->
    [one] an identifier
   *[many] { $count } identifiers
} without gaps, as “{ $after }” for “{ $before }”.
repair-phone = “{ $field }”: write { $many ->
    [one] a telephone number
   *[many] { $count } telephone numbers
} as the schema asks, for example “{ $after }” for “{ $before }”.
repair-boolean = “{ $field }”: replace { $many ->
    [one] an answer
   *[many] { $count } answers
} by the schema’s words, as “{ $after }” for “{ $before }”.
repair-enumeration = “{ $field }”: replace { $many ->
    [one] a value
   *[many] { $count } values
} by { $certain ->
    [no] the nearest of the list
   *[yes] that of the list
}, as “{ $after }” for “{ $before }”.
repair-email = “{ $field }”: correct { $many ->
    [one] an e-mail address
   *[many] { $count } e-mail addresses
}, as “{ $after }” for “{ $before }”.
repair-url = “{ $field }”: complete { $many ->
    [one] a web address
   *[many] { $count } web addresses
}, as “{ $after }” for “{ $before }”.
repair-coordinates = “{ $field }”: write { $many ->
    [one] a position
   *[many] { $count } positions
} as the schema asks, for example “{ $after }” for “{ $before }”.
repair-swapped-coordinates = “{ $field }”: put the longitude before the latitude in { $many ->
    [one] a position that is
   *[many] { $count } positions that are
} in France only so, as “{ $after }” for “{ $before }”.
repair-empty-marker = “{ $field }”: empty { $many ->
    [one] a cell that says
   *[many] { $count } cells that say
} that there is no value, as “{ $before }”.
