# Frame of every page
skip-to-content = Skip to content
nav-main = Main navigation
nav-footer = About this portal
nav-crumbs = Breadcrumb
nav-home = Home
nav-datasets = Data
nav-organizations = Organisations
nav-about = About
switch-language = Français
og-locale = en_GB
feed-title = News and updates
footer-sentence = The data on this portal is public: anyone may read it, download it and use it, without an account and without trackers.
footer-accessibility = Accessibility: not compliant
footer-legal = Legal notice
footer-api = API
footer-feed = Feed of changes

# Search
search-label = Search the data
search-placeholder = grants, trees, budget…
search-button = Search

# Home
home-title = Public data, open to everyone
home-lead = An answer first: a table, a chart, a map. Then the file and the API, in the format that suits you.
home-try = For example:
home-balls = Each ball is a dataset: the larger, the more rows; the latest are yellow and turn blue with time, as woad does.
home-balls-name = { $count ->
    [one] One dataset drawn as a ball
   *[other] { $n } datasets drawn as balls of different sizes
}
home-figures = Key figures
home-themes = By theme
home-latest = Latest datasets
home-all = All datasets
home-organizations = Who publishes
tag-new = New
datasets-word = datasets

# Empty portal
empty-title = This portal awaits its first file
empty-lead = A file as you have it is enough: spreadsheet, CSV, GeoJSON, Shapefile. A minute later it is a page, a map, an API.
empty-steps = Publish in three steps
empty-open-title = Choose a file
empty-open-text = Take a list that holds neither secrets nor personal data: associations, facilities, trees, grants, budget. No need to change its encoding or its columns.
empty-publish-title = Publish it
empty-publish-text = On this portal’s machine, in a terminal, the organisation once, then each file:
empty-publish-where = Run these commands in the folder where “cocagne serve” was started: its data is there, in cocagne-data. If you gave it another folder with --data, give them the same.
empty-publish-remote = From another machine, with a token made by “cocagne token add”:
empty-command-label = Command to publish on this machine
empty-remote-label = Command to publish from afar
empty-demo-label = Command of the demonstration
empty-organization = My town
empty-dataset = Associations of the town
empty-see-title = Look at it
empty-see-text = The command gives the address of the page. Check what was understood: columns, types, doubtful cells.
empty-reload = Reload this page
empty-next-title = What comes next?
empty-next-text = Publish the same dataset again when the file changes: the old version keeps its address, the new one takes its place, and the history says so.
empty-demo-text = To see a full portal first, with a real town’s files:

# Catalogue
datasets-title = Datasets
datasets-found = { $count ->
    [0] No dataset
    [one] { $n } dataset
   *[other] { $n } datasets
}
search-words = “{ $text }”
sort-label = Order
sort-by = Sort by:
sort-relevance = relevance
sort-recent = update
sort-title = title
filters-active = Filters in use
filter-remove = Remove
filters-clear = Clear all
facets-label = Refine
facet-organization = Organisation
facet-theme = Theme
facet-format = Format
facet-licence = Licence
facet-territory = Territory
facet-year = Year
no-result-title = Nothing matches
no-result-text = Try shorter or more general words; accents, plurals and small mistakes don’t matter.
no-result-without-filters = Search for the same words without filters
no-result-all = See all datasets
no-result-word = Search for “{ $word }”
pager-label = Pages
pager-previous = Previous page
pager-next = Next page
pager-sentence = Page { $page } of { $pages }

# Organisations
organizations-title = Organisations
organizations-lead = { $count ->
    [0] No organisation publishes here yet.
    [one] One organisation publishes here.
   *[other] { $n } organisations publish here.
}
organizations-empty = The first one will show here with its first file.
organization-about = About the organisation
organization-lead = { $count ->
    [0] No dataset yet.
    [one] One dataset published.
   *[other] { $n } datasets published.
}
organization-datasets = Datasets
organization-empty = This organisation has not published anything yet.
organization-all = See all its datasets
fact-homepage = Website
fact-since = On this portal since

# About, accessibility, legal notice
about-title = About this portal
about-lead = A place where a local government opens its data, and where everyone can use it.
about-name-title = Why “Cocagne”
about-name-text = The pays de Cocagne is the Lauragais, around Castelnaudary, which grew rich on woad. Woad leaves, ground and dried, were sold as balls: coques, or cocagnes. The dye leaves the vat yellow and turns blue in the air.
about-use-title = To read and to use
about-use-text = Each dataset begins with an answer: a sentence, a figure, a picture. The table can be sorted and filtered, the chart adjusted, the map explored. Each view has an address that you can share or embed in another site.
about-use-link = Browse the data
about-program-title = To program
about-program-text = All data is served by an open API, without a key, described in OpenAPI, and compatible with the tabular API of data.gouv.fr. Each resource has a page of examples ready to copy.
about-program-link = OpenAPI description
about-history-title = Nothing gets lost
about-history-text = To publish is to add a version: old ones keep their address, their hash lets anyone check that they have not changed, and the history says when and how.
accessibility-title = Accessibility
accessibility-lead = This portal is made to be usable by everyone; it has not been audited yet.
accessibility-state-title = Compliance
accessibility-state-text = Without an audit under the French accessibility reference (RGAA), this site is declared not compliant, as the rule wants.
accessibility-checks-title = What is checked
accessibility-checks-text = Pages work without script and with a keyboard; each chart has its table; contrasts are checked at each change; pages fit 320 pixels and 400% zoom, and can be printed.
accessibility-checks-more = Known limit: the interactive map wants a pointer or a screen; the list of rows under the map holds the same information.
accessibility-help-title = Report a barrier
accessibility-help-text = Write to the organisation that publishes the data: its address is on the page of each dataset. Without a satisfying answer, you can turn to the Défenseur des droits.
legal-title = Legal notice
legal-lead = Who publishes, what you may do with the data, what this site knows of you.
legal-publisher-title = Publishers
legal-publisher-text = Each organisation answers for the data that it publishes; its name and contact are on the page of the data.
legal-data-title = Re-use
legal-data-text = The licence of each dataset is given, with what it asks in plain words. Public information may be re-used under the terms of that licence.
legal-privacy-title = Privacy
legal-privacy-text = No account is needed to read, no statistics are collected in your browser, nothing is loaded from another site. One cookie may be set: your choice of language; who signs in to publish has a second one, which ends with their session.
legal-software-title = Software
legal-software-text = This portal runs on Cocagne, free software under the MIT and Apache 2.0 licences. The typeface is Atkinson Hyperlegible, by the Braille Institute, under the OFL licence.

# Errors
error-code = Error { $code }
error-not-found-title = There is no such page
error-not-found-text = The address may be incomplete, or what was there has been removed. Search for what you need, or start again from the first page.
error-bad-request-title = The request could not be understood
error-bad-request-text = The address holds something unexpected. Correct it, or start again without filters.
error-too-long-title = The answer takes too long
error-too-long-text = Ask for less: fewer rows, one more filter. Or try again in a moment.
error-internal-title = A failure on our side
error-internal-text = It has been noted. It is not your doing: try again in a moment.
error-back = Start again without filters
error-home = Go to the first page

# Counts
rows-count = { $count ->
    [one] { $n } row
   *[other] { $n } rows
}
rows-of = of { $n }
rows-word = { $count ->
    [one] row
   *[other] rows
}
groups-count = { $count ->
    [one] { $n } group
   *[other] { $n } groups
}
columns-count = { $count ->
    [one] { $n } column
   *[other] { $n } columns
}
files-count = { $count ->
    [one] { $n } file
   *[other] { $n } files
}
datasets-count = { $count ->
    [one] { $n } dataset
   *[other] { $n } datasets
}
datasets-word-count = { $count ->
    [one] dataset
   *[other] datasets
}
organizations-word-count = { $count ->
    [one] organisation
   *[other] organisations
}
resources-word-count = { $count ->
    [one] resource
   *[other] resources
}
