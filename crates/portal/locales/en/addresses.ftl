# A town's own address base: to begin it, keep it, publish it.

addresses-title = Local address bases
addresses-lead = The commune’s streets, lieux-dits and house numbers, kept and certified by the town. Communes name their streets and make these data available (CGCT, article L2121-30).
addresses-of = Addresses: { $commune }
addresses-start-title = The commune’s addresses
addresses-start-text = The local address base: streets, lieux-dits and house numbers, certified and published as the law asks.
addresses-start = Keep the address base
addresses-mine = Your bases
addresses-none-title = No base yet
addresses-none-text = Begin your commune’s: from a file, from the addresses already known here, or from nothing.
addresses-none-member-text = To begin a base one must be a contributor of an organisation. Ask the administrator of yours for this role.
addresses-state-new = Never published
addresses-state-ahead = Changed since it was published
addresses-state-published = Up to date
addresses-modified = Changed on { $date }

addresses-begin = Begin a base
addresses-organization = Organisation that keeps it
addresses-commune = Commune
addresses-commune-hint = Its name, or its INSEE code: 11076.
addresses-commune-unknown = No commune has this name or code. Check the spelling, or give the INSEE code.
addresses-commune-which = Several communes may be meant: choose one from the list.
addresses-commune-meant = Communes proposed
addresses-from = First addresses
addresses-from-file = A file
addresses-from-file-hint = A local address base (BAL 1.3 to 1.5), or a file of the national base.
addresses-from-index = The addresses already known here
addresses-from-index-hint = Those that this portal’s address search finds in the commune.
addresses-known = { $commune }: { $streets } streets and lieux-dits, { $numbers } numbers.
addresses-from-nothing = None: type everything in
addresses-from-nothing-hint = For a small commune that has nothing yet.
addresses-file = File
addresses-file-missing = Choose a file, or another way to begin.
addresses-begin-button = Begin

addresses-kept-by = Kept by { $organization }
addresses-streets = { $count ->
    [one] { $n } street
   *[other] { $n } streets
  }
addresses-localities = { $count ->
    [one] { $n } lieu-dit
   *[other] { $n } lieux-dits
  }
addresses-streets-and-localities = { $count ->
    [one] { $n } street or lieu-dit
   *[other] { $n } streets and lieux-dits
  }
addresses-numbers = { $count ->
    [one] { $n } number
   *[other] { $n } numbers
  }
addresses-certified = Numbers certified: { $n } of { $of }
addresses-certified-bar = Share of numbers certified
addresses-certified-hint = A certified number is an address whose existence and position the town vouches for.
addresses-never-published = This base was never published.
addresses-ahead = Published on { $date }; changed since.
addresses-up-to-date = Published on { $date }; nothing changed since.
addresses-dataset = See the dataset
addresses-publish = Publish
addresses-publish-again = Publish the changes
addresses-download = Download the BAL file
addresses-history = History of the base
addresses-publishing = Being published
addresses-indexing = The base is public. The address search is being brought up to date: { $share }.
addresses-unindexed = The base is public, but the address search could not be brought up to date. Publish again; if it happens again, tell the portal’s administrator.

addresses-to-mend = To be mended
addresses-nothing-to-mend = Nothing to mend: well done.
addresses-problem-no-position = { $count ->
    [one] { $n } address without position
   *[other] { $n } addresses without position
  }
addresses-problem-duplicate = { $count ->
    [one] { $n } number twice
   *[other] { $n } numbers twice
  }
addresses-problem-far = { $count ->
    [one] { $n } number far from its street
   *[other] { $n } numbers far from their street
  }
addresses-problem-outside = { $count ->
    [one] { $n } position outside the commune
   *[other] { $n } positions outside the commune
  }
addresses-problem-no-number = { $count ->
    [one] { $n } street without numbers
   *[other] { $n } streets without numbers
  }
addresses-problem-name-style = { $count ->
    [one] { $n } name to be written in full
   *[other] { $n } names to be written in full
  }
addresses-problem-name-twice = { $count ->
    [one] { $n } name borne twice
   *[other] { $n } names borne several times
  }
addresses-problem-one-no-position = Without position
addresses-problem-one-duplicate = Twice
addresses-problem-one-far = More than a kilometre from the rest of the street
addresses-problem-one-outside = Outside the commune
addresses-problem-one-no-number = This street has no number yet: add them below.
addresses-problem-one-name-style = The name isn’t written in full, with its capitals and accents.
addresses-problem-one-name-twice = Another street has the same name.
addresses-only-no-position = Streets where an address has no position
addresses-only-duplicate = Streets where a number is there twice
addresses-only-far = Streets of which a number is far from the others
addresses-only-outside = Streets of which a position is outside the commune
addresses-only-no-number = Streets without numbers
addresses-only-name-style = Names to be written in full
addresses-only-name-twice = Names borne several times

addresses-map = Map
addresses-map-label = Map of the addresses
addresses-map-hint = Choose a point to open its address.
addresses-map-place-hint = Click on the map, or drag the mark, to place the address; the fields follow.
addresses-list = Streets and lieux-dits
addresses-search = Look for a street
addresses-search-button = Search
addresses-show-all = Show all
addresses-found = { $count ->
    [0] No street
    [one] { $n } street or lieu-dit
   *[other] { $n } streets and lieux-dits
  }
addresses-empty-title = This base is empty
addresses-empty-text = Add a first street below; then give it its numbers, then each of them its position.
addresses-column-name = Name
addresses-column-kind = Kind
addresses-column-numbers = Numbers
addresses-column-certified = Certified
addresses-column-problems = To be mended
addresses-kind-street = street
addresses-kind-locality = lieu-dit
addresses-add-street = Add a street or a lieu-dit
addresses-name = Full name
addresses-name-hint = As the council gave it: “Rue du Général de Gaulle”, without abbreviation.
addresses-use-proposed = Write “{ $name }”
addresses-kind = Kind
addresses-add-street-button = Add
addresses-remove-base = Remove this base
addresses-remove-base-text = Streets, numbers and positions will be erased from here. What is published stays public. To confirm, type the commune’s code: { $code }.
addresses-remove-base-code = Code of the commune
addresses-remove-base-button = Remove the base

addresses-key = Interoperability key: { $key }
addresses-street-settings = Name and description
addresses-part = Delegated or former commune
addresses-part-none = None
addresses-other-name = Name in a regional language
addresses-language = Language
addresses-language-none = Choose
addresses-language-bre = Breton
addresses-language-cat = Catalan
addresses-language-cos = Corsican
addresses-language-eus = Basque
addresses-language-gcf = Antillean Creole
addresses-language-gcr = Guianese Creole
addresses-language-gsw = Alsatian
addresses-language-oci = Occitan
addresses-language-rcf = Réunion Creole
addresses-language-swb = Maore
addresses-parcels = Cadastral parcels
addresses-parcels-hint = Fourteen characters each, such as 11076000AB0123, separated by a space.
addresses-comment = Internal note
addresses-comment-hint = For you and your colleagues; it is never published.
addresses-save = Save
addresses-save-next = Save and go to the next
addresses-positions = Positions
addresses-position-of = Position { $n }
addresses-position-kind = What is there
addresses-position-unknown = not said
addresses-position-entrance = entrance
addresses-position-postal-delivery = postal delivery
addresses-position-building = building
addresses-position-stairwell = stairwell
addresses-position-dwelling = dwelling
addresses-position-parcel = parcel
addresses-position-segment = segment
addresses-position-utility = utility
addresses-latitude = Latitude
addresses-longitude = Longitude
addresses-positions-hint = In degrees (WGS 84). Empty both fields to remove a position.
addresses-locality-positions = Where the lieu-dit is
addresses-number-table = Numbers of { $name }
addresses-no-numbers = No number yet.
addresses-column-choose = Choose
addresses-choose-number = Choose { $number }
addresses-column-number = Number
addresses-column-position = Position
addresses-column-state = State
addresses-is-certified = certified
addresses-not-certified = to be certified
addresses-certify = Certify the chosen numbers
addresses-uncertify = Take the certification back
addresses-remove-numbers = Remove the chosen numbers
addresses-certify-all = Certify all
addresses-add-number = Add a number
addresses-number = Number
addresses-number-hint = 12, 12 bis, 7 b
addresses-add-number-button = Add the number
addresses-add-range = Add a range of numbers
addresses-range-from = From
addresses-range-to = To
addresses-range-side = Numbers
addresses-range-one-side = Of one side (even or odd)
addresses-range-both = Of both sides
addresses-add-range-button = Add the range
addresses-merge = Merge another street into this one
addresses-merge-text = The numbers of the other street come here and the other one goes: for a street that is there twice.
addresses-merge-other = Name of the other street
addresses-merge-button = Merge
addresses-delete-street = Remove this street
addresses-delete-street-text = The street and its numbers are taken out of the base. The history can put them back.
addresses-delete-street-button = Remove
addresses-more = Other actions
addresses-complement = Complement (old place name, residence)
addresses-certified-box = The town certifies this address
addresses-remove-number = Remove this number
addresses-previous = Previous: { $number }
addresses-next = Next: { $number }
addresses-read-only = You are looking at this base: your role doesn’t let you change it.

addresses-done-begun = The base is begun. Look at what is to be mended, then certify and publish.
addresses-done-removed = The base is removed.
addresses-done-street = The street is added. Give it its numbers.
addresses-done-street-removed = The street is removed. The history can put it back.
addresses-done-numbers-removed = It is removed. The history can put the numbers back.
addresses-done-saved = It is saved.
addresses-done-added = It is added.
addresses-done-certified = It is certified.
addresses-done-uncertified = The certification is taken back.
addresses-done-merged = The two streets are one.
addresses-done-restored = It is back in its place.
addresses-done-published = The base is public.
addresses-conflict = This street was changed meanwhile, in another tab or by somebody else. Here is what it is now: make your change again.

addresses-publish-title = Publish the local address base
addresses-publish-lead = It becomes a public dataset, in the format BAL 1.4, under the Open Licence 2.0. This portal’s address search follows it at once.
addresses-publish-what = What will be public
addresses-publish-note = Internal notes are never published. What is to be mended doesn’t hold the publication: it can be mended later.
addresses-publish-empty = The base is empty: add streets before publishing.
addresses-publish-role = One must be a publisher of the organisation to publish. Tell a colleague who is: the base is ready.
addresses-publish-button = Publish now
addresses-publish-failed = The base could not be published
addresses-wait-lead = It takes some seconds. You may close this page: the publication goes on.

addresses-dataset-title = Local address base: { $commune }
addresses-dataset-resource = Addresses
addresses-dataset-description =
    The addresses of { $commune }: streets, lieux-dits and numbers, with their position and the town’s certification, in the format Base Adresse Locale 1.4.

    The commune names its streets, numbers the buildings and makes these data available (code général des collectivités territoriales, article L2121-30; décret 2023-767).
addresses-dataset-keywords = addresses, local address base, streets, lieux-dits, house numbers
addresses-dataset-ground = Addresses of every building of the commune, without any person’s name: reference data that the law asks to be made available (CGCT, article L2121-30; CRPA, article L321-4).

addresses-history-lead = What was done, and by whom. What was removed can be put back. Only members of the organisation see this page.
addresses-history-empty = Nothing yet.
addresses-history-older = Older
addresses-undo = Put back
addresses-action-begun = Base begun
addresses-action-published = Base published
addresses-action-street-added = Added: { $name }
addresses-action-street-restored = Put back: { $name }
addresses-action-street-removed = Removed: { $name }
addresses-action-street-changed = Changed: { $name }
addresses-change-was = former name: { $what }
addresses-change-merged = merged with: { $what }
addresses-change-added = added: { $what }
addresses-change-changed = changed: { $what }
addresses-change-removed = removed: { $what }

addresses-fault-remedy = Correct it, then try again.
addresses-fault-commune = No commune of today has the code { $code }.
addresses-fault-exists = This commune ({ $commune }) has an address base here already.
addresses-fault-territory = This commune ({ $commune }) isn’t in the organisation’s territory.
addresses-fault-name = This name can’t be taken: “{ $name }”. It wants 3 to 200 characters: letters, figures, spaces, apostrophes, hyphens.
addresses-fault-name-style = Write the name in full, with its capitals and accents: “{ $proposed }” rather than “{ $name }”.
addresses-fault-language = “{ $code }” is no code of a regional language: choose it from the list.
addresses-fault-number = “{ $text }” is no house number. Give a number from 1 to 9998, followed if need be by bis, ter or a letter.
addresses-fault-number-taken = Number { $label } is in this street already.
addresses-fault-range = From { $from } to { $to }: give the smaller first, and { $most } numbers at most.
addresses-fault-range-taken = Every number from { $from } to { $to } is there already.
addresses-fault-position = { $lat }, { $lon } is no position. Latitude goes from -90 to 90, longitude from -180 to 180.
addresses-fault-coordinate = “{ $text }” is no coordinate in degrees, such as 43.3182. A position has a latitude and a longitude.
addresses-fault-parcel = “{ $text }” is no cadastral parcel: it wants fourteen characters, such as 11076000AB0123.
addresses-fault-too-long = A text is too long: { $most } characters at most.
addresses-fault-too-many = That is too many: { $most } at most.
addresses-fault-no-address = This file has no address of the commune { $commune }. Check the commune, or choose another file.
addresses-fault-file = This file is no address base. A BAL file (CSV) or a file of the national base is wanted.
addresses-fault-empty = The base is empty: add streets before publishing.
addresses-fault-unknown = No address of the commune { $commune } is known here. Choose a file, or begin from nothing.
addresses-fault-same-street = A street isn’t merged with itself: give the name of the other one.
