# The assistant: placing addresses on a map
stage-locate = Addresses
wait-locating = Looking for addresses
wait-locate-title = Your addresses are being looked for

locate-title-none = No addresses to place
locate-lead-none = This file has no addresses, or its rows have positions already.
locate-title-nowhere = The addresses cannot be looked for
locate-lead-nowhere = The chosen columns are no longer in the table, or this portal knows no addresses.
locate-title = Addresses to place on a map: { $sure } of { $rows } surely found
locate-lead = The table has no coordinates, but addresses ({ $columns }). Placed, they give the page a map, and each row of the file a latitude and a longitude. Nothing is done without your word.
locate-title-left = { $count ->
    [one] { $n } address to look at
   *[other] { $n } addresses to look at
}
locate-lead-left = Choose the right place, place it yourself, or leave the row without a position. What you don’t decide stays without a position.
locate-title-done = All addresses are placed
locate-lead-done = Rows are located by { $columns }. The page will have a map.

# The summary
locate-bar = Summary
locate-bar-sure = { $count ->
    [one] { $n } surely found
   *[other] { $n } surely found
}
locate-bar-hand = { $count ->
    [one] { $n } placed by you
   *[other] { $n } placed by you
}
locate-bar-doubtful = { $count ->
    [one] { $n } doubtful
   *[other] { $n } doubtful
}
locate-bar-missing = { $count ->
    [one] { $n } not found
   *[other] { $n } not found
}
locate-bar-left = { $count ->
    [one] { $n } left without a position
   *[other] { $n } left without a position
}
locate-bar-empty = { $count ->
    [one] { $n } row without an address
   *[other] { $n } rows without an address
}
locate-no-addresses = This portal knows no addresses of: { $towns }. Only the centre of the commune can be proposed there.
locate-no-addresses-how = To have them all, whoever runs the portal imports the address file of the département: cocagne addresses import.
locate-too-many = Only the first 20,000 doubtful addresses are shown.
locate-tables = Tables

# Personal data
locate-personal = These positions point to persons
locate-personal-text = A person’s address and its position say the same. If they may be public, say why; otherwise, don’t place them.

# Deciding
locate-accept = Place these addresses
locate-decline = Don’t place them
locate-declined = You chose not to place these addresses. You can change your mind.
locate-stop = Stop placing these addresses
locate-save = Save and continue
locate-next = Save and go to the next page
locate-previous = Previous page
locate-page = Page { $page } of { $pages }
locate-accept-likely = { $count ->
    [one] Accept the likely address
   *[other] Accept the { $n } likely addresses
}

# Columns and settings
locate-settings = Change the columns or the settings
locate-column-none = (none)
locate-column-address = Address, part { $place }
locate-column-address-hint = One column, or several in reading order: number, bis or ter, kind of street, name of the street.
locate-column-postcode = Postcode
locate-column-city = Commune
locate-column-city-code = INSEE code of the commune
locate-within = Where all these addresses are
locate-within-hint = When rows don’t say the commune: the name of a commune, an intercommunalité or a département.
locate-threshold = Place without a check
locate-threshold-sure = sure addresses ({ $percent } and more)
locate-threshold-likely = likely ones too ({ $percent } and more)
locate-threshold-own = from { $percent } on
locate-towns = Place addresses that aren’t found at the centre of the commune
locate-towns-hint = The column type_geocodage will say so: “commune”.
locate-settings-save = Place with these settings

# Doubtful addresses
locate-doubts = { $count ->
    [one] { $n } doubtful address
   *[other] { $n } doubtful addresses
}
locate-map = Map of the doubtful addresses
locate-map-hint = Choose an address in the list: the map shows where it may be. A click on a point chooses it; a click elsewhere places the address there.
locate-row = Row { $rows }
locate-rows = Rows { $rows }
locate-rows-more = { $count } rows: { $rows }…
locate-where = Where is “{ $address }”?
locate-sure = sure ({ $percent })
locate-likely = likely ({ $percent })
locate-doubtful = doubtful ({ $percent })
locate-kind-number = number
locate-kind-interpolated = between two known numbers
locate-kind-poi = place
locate-kind-street = the whole street
locate-kind-locality = named place
locate-kind-municipality = centre of the commune
locate-point = Place it myself
locate-point-text = Latitude and longitude in degrees, such as 43.6112 and 3.8767.
locate-latitude = Latitude
locate-longitude = Longitude
locate-nowhere = None of these: leave it without a position
locate-later = Decide later
locate-not-found = No place resembles this address.
locate-error-position = The position of “{ $address }” isn’t understood: give a latitude and a longitude in degrees.
locate-error-reason = These positions point to persons: give your name and the reason why they may be public.
locate-error-columns = Choose at least one column of addresses.
locate-error-within = This place isn’t known: write the name of a commune, an intercommunalité or a département.

# Preview
preview-locate-open = The addresses can be placed on a map.
preview-locate-no = The addresses aren’t placed.
preview-locate-yes = Addresses placed by { $columns }.
preview-locate-hand = { $count ->
    [one] { $n } correction by hand.
   *[other] { $n } corrections by hand.
}

# Provenance
provenance-geocoding = Coordinates found from the addresses ({ $columns }), index { $index }, from a score of { $threshold } on: { $located }, { $hand }, { $left }.
provenance-geocoding-located = { $count ->
    [one] { $n } row placed by geocoding
   *[other] { $n } rows placed by geocoding
}
provenance-geocoding-hand = { $count ->
    [one] { $n } placed by a person
   *[other] { $n } placed by a person
}
provenance-geocoding-left = { $count ->
    [one] { $n } without a position
   *[other] { $n } without a position
}
