# Explorer
views-label = Views
view-table = Table
view-chart = Chart
view-map = Map
search-in-table = Search the table
filters-title = Filter by column
filter-from = From
filter-to = To
filter-equals = Is
filter-any = Any
filter-contains = Contains
filter-is-empty = Empty
filter-apply = Apply filters
filter-words-q = contains “{ $value }”
filter-words-area = in the chosen area
filter-words-nested = condition { $value }
filter-words-exact = { $column }: { $value }
filter-words-differs = { $column } is not { $value }
filter-words-contains = { $column } contains “{ $value }”
filter-words-notcontains = { $column } does not contain “{ $value }”
filter-words-startswith = { $column } begins with “{ $value }”
filter-words-in = { $column } among { $value }
filter-words-notin = { $column } not among { $value }
filter-words-less = { $column } up to { $value }
filter-words-greater = { $column } from { $value }
filter-words-strictly_less = { $column } less than { $value }
filter-words-strictly_greater = { $column } more than { $value }
filter-words-isnull = { $column } empty
filter-words-isnotnull = { $column } not empty
fault-title = The question was not understood.
fault-clear = Clear the filters
fault-where = “{ $argument }”: { $why }
fault-unknown-column = there is no column “{ $column }”.
fault-unknown-column-near = there is no column “{ $column }”; did you mean “{ $near }”?
fault-unknown-parameter = there is no such parameter. A filter is written column__operator=value.
fault-not-for-column = this has no meaning for this column.
fault-page-too-large = a page has at most { $most } rows.
fault-stale-cursor = the data has changed since; start again.
fault-too-many = there are too many conditions.
fault-out-of-range = the value must be between { $least } and { $greatest }.
fault-malformed = the value is not of the expected form.

# Table
table-caption = Rows of { $title }
table-empty = No row matches these filters.
row-number = Row number
sort-ascending = Sort by { $column }, ascending
sort-descending = Sort by { $column }, descending
sort-none = Back to the order of the file
cell-exception = does not fit the type of the column
exceptions-legend = ⚠ These cells do not fit the type of their column: they are shown as in the file, and count as empty in computations.
exceptions-count = { $count ->
    [one] { $n } cell to check
   *[other] { $n } cells to check
}
value-empty = (empty)
value-yes = yes
value-no = no

# Chart
chart-as-table = See the values as a table
chart-title = { $value } by { $label }
chart-title-distribution = Distribution: { $label }
chart-name = { $title }. { $count } values; the highest is { $label }: { $value }.
chart-hint = { $label }: { $value }
chart-rows = Number of rows
chart-value-sum = { $column }, total
chart-value-avg = { $column }, mean
chart-value-median = { $column }, median
chart-value-min = { $column }, minimum
chart-value-max = { $column }, maximum
chart-from-to = { $from } to { $to }
chart-left-out = { $count ->
    [one] { $n } other, smaller value is not drawn.
   *[other] { $n } other, smaller values are not drawn.
}
chart-unlabelled = { $count ->
    [one] { $n } row without a value on this axis is not drawn.
   *[other] { $n } rows without a value on this axis are not drawn.
}
chart-none-title = Nothing to draw
chart-none-text = No column of this table makes a chart with these filters. The table shows everything.
chart-form = Adjust the chart
chart-kind = Form
chart-kind-bars = Bars by category
chart-kind-time = Change over time
chart-kind-histogram = Distribution of values
chart-x = By
chart-y = Value
chart-function = Computation
chart-function-sum = total
chart-function-avg = mean
chart-function-median = median
chart-function-min = minimum
chart-function-max = maximum
chart-draw = Draw
decade = { $year }s

# Map
map-title = Map: { $title }
map-as-list = See the rows as a list
map-located = { $count ->
    [one] { $n } row has a place on the map.
   *[other] { $n } rows have a place on the map.
}
distance-km = { $n } km
distance-m = { $n } m

# Downloads, sharing, columns
downloads-title = Download
downloads-all = All rows, in the format of your choice.
downloads-filtered = The filtered rows, as you see them. The original file is whole.
downloads-source = Original file ({ $file })
share-title = Share or embed this view
share-text = The address keeps the view, the filters and the order. The code embeds the same view in another page.
share-link = Address of this view
share-embed = Code to copy into a page
embed-credit = { $organization }, { $date }, { $licence }
columns-title = Columns
columns-sentence = { $count ->
    [one] What the column holds, as understood from the file.
   *[other] What the { $n } columns hold, as understood from the file.
}
columns-more = { $count ->
    [one] { $n } other column is described by the API.
   *[other] { $n } other columns are described by the API.
}
profile-distinct = Distinct values
profile-empty = Empty
profile-empty-value = { $n } ({ $share })
profile-min = Minimum
profile-max = Maximum
profile-mean = Mean
profile-median = Median
profile-top = Most frequent values of { $column }
resource-size = { $rows }, { $columns }, { $organization }
resource-description = Table, chart and map of the data “{ $title }” published by { $organization }.
notes-title = How the file was read
note-encoding = Encoding of the file: { $encoding }.
note-crs = Coordinates converted from { $crs }.
note-header = Header found at line { $line }.
note-title = Line { $line }, title set aside: { $text }
note-blank = Line { $line }, blank.
note-total = Line { $line }, total set aside: { $text }
note-header-again = Line { $line }, repeated header set aside: { $text }

# Page of the API
api-title = API of “{ $title }”
api-lead = All that the explorer shows can be read by a program, without a key. Copy an example: it uses the columns of this resource.
api-curl-text = A page of rows, then the whole file.
api-python-text = With requests, then the typed table with pandas.
api-r-text = With jsonlite, then the CSV file.
api-javascript-text = In a browser or with Node, without a library.
api-addresses = Addresses
api-rows = Rows (JSON)
api-profile = Profile of the columns
api-export = File (csv, xlsx, json, ndjson, geojson, parquet)
api-tabular = Compatible with the tabular API (data.gouv.fr)
api-openapi = OpenAPI description
api-grammar = Filter, sort, group
api-grammar-text = The same parameters hold for rows, files and the explorer; conditions add up.
api-parameter = Parameter
api-what = What it does
api-fields = Columns
api-field = Name
api-type = Type
api-example = Example
grammar-exact = equal to; “differs” for different
grammar-contains = contains, whatever the case
grammar-compare = from, up to (bounds included); “strictly_” excludes them
grammar-in = among a list
grammar-null = empty; “isnotnull” for not empty
grammar-search = searches all text columns
grammar-sort = descending order; “asc” for ascending
grammar-columns = only these columns
grammar-page = page and number of rows
grammar-where = in a rectangle (west, south, east, north)
grammar-group = groups and adds up
