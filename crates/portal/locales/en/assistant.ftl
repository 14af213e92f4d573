# Publishing data: the assistant
nav-publish = Publish
assistant-title = Publish data
assistant-lead = Give your file as it is. What is wrong is told, its repair is offered, and nothing is online before you agree.

# Start
start-drop-text = Drop a file, several, or a folder here
start-choose = Choose a file
start-folder = Choose a folder
start-formats = Excel, LibreOffice, CSV, JSON, GeoJSON, Shapefile, GeoPackage, KML, Parquet. At most { $size }.
start-send = Send this file
start-other = Other ways
start-url-label = Web address of a file
start-url-hint = For example https://example.org/budget.csv
start-url-send = Take this file
start-paste-label = Paste cells copied from a spreadsheet
start-paste-hint = Copy the cells with their header row, then paste them here.
start-paste-send = Take these cells
start-paste-name = pasted-cells.tsv
start-folder-label = Several files, or a whole folder
start-folder-hint = Each table of the folder becomes a file of the same dataset.
start-folder-send = Send this folder
start-enter-title = No file yet?
start-enter-text = Type the data into a form made for it: subsidies, facilities, council acts…
start-enter = Type in the data
start-organization = Publish on behalf of
start-drafts = My drafts
start-drafts-none = No draft yet. A file given here makes one: leave it and come back whenever you like.
start-waiting = Waiting for your approval
start-waiting-text = Other members prepared these datasets. Read them again, then publish them or return them with a note.
start-discard = Discard
start-changed = changed { $when }
start-by = by { $person }
start-not-member-title = You don’t publish for any organisation yet
start-not-member-text = Ask the administrator of your organisation to invite you: you will get a link.
start-update-title = Update “{ $title }”
start-update-lead = Give the new file: your choices of last time (schema, repairs, masking) will be offered again, with what has changed.
start-nothing-chosen = Choose a file first, or give an address.
state-open = draft
state-submitted = waiting for approval
state-returned = returned with a note
state-published = online

# Steps
stages = Steps of publishing
stage-file = File
stage-check = Checks
stage-personal = Personal data
stage-describe = Description
stage-preview = Preview
stage-done = done
stage-open = to be decided
stage-pass = nothing to report
stage-later = not yet
draft-saved = Saved { $when }
action-continue = Continue
action-other-file = Take another file
draft-kept = Your draft is saved. You will find it here whenever you like.
draft-discarded = The draft is discarded; its file is deleted.
when-now = just now
when-minutes = { $count ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
when-hours = { $count ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
when-day = on { $date }

# Waiting
wait-title = Your file is being read and checked
wait-lead = This takes a few seconds, a little more for a very large file. You may leave this page: the work goes on.
wait-reading = Reading the file
wait-checking = Checking the values
wait-publishing = Publishing
wait-queued = Waiting for its turn
wait-rows = { $count ->
    [one] { $n } row read
   *[other] { $n } rows read
}
wait-again = See how far the work is
wait-fetching = Fetching the file from the given site
wait-publish-title = Your dataset is being published
wait-publish-lead = One moment more: the chosen repairs and masking are applied, then the page is made.

# Unreadable file
unreadable-title = This file could not be read
unreadable-lead = Nothing is lost: mend it or take another one, then give it below.
unreadable-what = What is wrong
unreadable-mend = How to mend it

# 1. File
file-title = Here is what was understood
file-lead-one = One table of { $rows } and { $columns }.
file-lead-many = { $count ->
    [one] { $n } table was found.
   *[other] { $n } tables were found.
}
file-tables = Which table should be published?
file-tables-hint = A dataset is about one subject. A sheet of explanations or of codes can be left aside.
file-look = The first rows, as they are understood
file-columns = The columns
file-column-name = Column
file-column-type = What it is
file-column-sample = For example
file-column-odd = To be looked at
file-column-odd-count = { $count ->
    [one] { $n } unusual value
   *[other] { $n } unusual values
}
file-column-empty = always empty
file-more-columns = { $count ->
    [one] and { $n } more column
   *[other] and { $n } more columns
}
file-aside = What was set aside
file-aside-text = These lines are not data; they stay in the original file.
file-aside-none = Nothing: every line is data.
file-aside-title = { $count ->
    [one] { $n } title line above the table
   *[other] { $n } title lines above the table
}
file-aside-blank = { $count ->
    [one] { $n } blank line
   *[other] { $n } blank lines
}
file-aside-total = { $count ->
    [one] { $n } line of totals
   *[other] { $n } lines of totals
}
file-aside-header = { $count ->
    [one] { $n } repeated header
   *[other] { $n } repeated headers
}
file-aside-line = line { $line }: { $text }
file-warnings = Good to know
file-confirm = That’s right, continue
file-cell-empty = empty
file-cell-odd = unusual: kept as it is

# Differences from the published version
changes-title = What changes from the published version
changes-rows-added = { $count ->
    [one] { $n } row added
   *[other] { $n } rows added
}
changes-rows-removed = { $count ->
    [one] { $n } row removed
   *[other] { $n } rows removed
}
changes-rows-same = { $count ->
    [one] { $n } row unchanged
   *[other] { $n } rows unchanged
}
changes-columns-added = New columns: { $names }
changes-columns-removed = Columns gone: { $names }
changes-columns-same = The columns are the same.
changes-rows-only = The published version has { $before }; this one will have { $after }.
changes-removed-warning = Columns are going away: programs and dashboards that read them will stop working.

# 2. Checks
check-title-clean = Nothing to correct
check-lead-clean = Every value was checked.
check-title-repairs = { $count ->
    [one] { $n } repair is offered
   *[other] { $n } repairs are offered
}
check-lead-repairs = Look at before and after. What is ticked will be done in the published version; your own file stays as it is.
check-title-errors = { $count ->
    [one] { $n } value needs correcting
   *[other] { $n } values need correcting
}
check-lead-errors = Here is where, and why. You may correct your file and give it again, or publish as it is.
check-schema = Data schema
check-schema-likely = This file resembles “{ $title }”: { $matched } columns of { $total } are recognised in it.
check-schema-used = Checked against “{ $title }”.
check-schema-none = Checked without a schema: only the forms of values were looked at.
check-schema-label = Check against
check-schema-no = No schema
check-schema-change = Check against this schema
check-schema-use = Check against “{ $title }”
check-schema-read = Read this schema
check-schema-group-likely = The closest
check-schema-group-all = All schemas
check-schema-match = { $title } ({ $matched } columns of { $total })
check-schema-why = A schema is the list of columns that all local governments share: following the same one makes your data comparable.
check-repairs = Repairs offered
check-repair-certain = certain
check-repair-guess = to be confirmed
check-repair-row = Row
check-repair-before = Before
check-repair-after = After
check-repair-see = See before and after
check-repair-empty = (empty)
check-errors = To be corrected in your file
check-errors-text = These values don’t follow the schema. Those that no repair mends will be published as they are, unless you correct them.
check-error-where = Column “{ $column }”
check-error-table = The table
check-error-example = Row { $row }: “{ $value }”
check-error-example-row = Row { $row }
check-error-rows = Rows { $rows }
check-error-rows-more = Rows { $rows }…
check-errors-download = Download the whole list (CSV)
check-apply = Repair what is ticked and continue
check-continue = Continue
check-continue-anyway = Continue as it is
check-list-row = row
check-list-column = column
check-list-value = value
check-list-code = code
check-list-message = explanation
check-list-file = to-correct.csv

# 3. Personal data
personal-title-none = No personal data found
personal-lead-none = No name, number, address or date that points to a person was recognised.
personal-title = { $count ->
    [one] { $n } column seems to point to persons
   *[other] { $n } columns seem to point to persons
}
personal-lead = Data that points to somebody is published only where the law allows it. Choose for each what is to be done.
personal-reminder = A machine doesn’t see everything: you know this data, so watch for whatever would let somebody be recognised.
personal-level-high = to be settled before publishing
personal-level-medium = to be looked at
personal-level-low = for information
personal-rows = { $count ->
    [one] { $n } row
   *[other] { $n } rows
}
personal-columns = Columns: { $names }
personal-column = Column: { $names }
personal-ground = What the law says
personal-seen = Seen, for example
personal-choice = What to do with “{ $names }”?
personal-remove = Remove the column
personal-remove-many = Remove these columns
personal-mask = Mask the values
personal-generalise = Make it less precise
personal-aggregate = Count instead of naming
personal-justify = Publish, with a reason
personal-justify-text = Your name and the reason are kept with the dataset.
personal-person = Your name
personal-reason = The reason
personal-reason-hint = For example: “Town councillors, acting in office”.
personal-keep = Leave as it is
personal-keep-text = The law allows these values to be published.
personal-proposed = proposed
personal-see = See the result
personal-see-title = What will be published
personal-apply = Save these choices and continue
personal-missing-reason = A justification needs your name and a reason: { $names }.
personal-blocked = As long as these points are open, this dataset cannot be published.

# 4. Description
describe-title = Describe the dataset
describe-lead = Everything is already proposed from the content. Correct what needs correcting.
describe-name = Title
describe-name-hint = What it is, where and when: “Subsidies granted to associations in 2024”.
describe-text = Description
describe-text-hint = What this data is for, how it is made, what to know before using it.
describe-themes = Themes
describe-keywords = Keywords
describe-keywords-hint = Separated by commas.
describe-years = Years covered
describe-years-hint = For example 2022-2024, or 2012, 2014.
describe-territory = Territory
describe-territory-hint = The name of the commune, the intercommunality, the département or the région.
describe-frequency = How often it is updated
describe-frequency-hint = Be careful: a promise kept is worth more.
describe-licence = Licence
describe-licence-hint = What re-users will have to do.
describe-licence-older = An older version: prefer the latest.
describe-licence-homologation = Needs the State’s approval (homologation) first (CRPA, art. D323-2-2).
describe-licence-legal = No licence: only the terms of the law apply.
describe-licence-no = A French administration may not use it.
describe-licence-recommended = recommended
describe-licence-others = Other licences
describe-licence-nothing = Nothing is asked of re-users.
describe-source = Source, if it isn’t your organisation
describe-contact = Contact e-mail address
describe-save = Save and continue
describe-from-sheet = proposed from the title found in the file
describe-from-current = taken from the published version
describe-error-title = Give a title: it is what people read and search.
describe-error-years = These years cannot be understood: write for example 2022-2024.
describe-error-email = This e-mail address is not complete.
describe-error-territory = This territory is not known: write the name of a commune, an intercommunality, a département or a région.
describe-form-errors = To be corrected before continuing
describe-optional = optional

# 5. Preview
preview-title = Everything is ready
preview-title-open = One point is left to settle
preview-lead-publish = This is what will be online. Read the title again, look at the page, then publish.
preview-lead-submit = This is what will be online. Read it again, then send it: somebody in charge at your organisation will approve it.
preview-lead-open = Settle first what is marked below; all the rest is ready.
preview-lead-review = { $person } asks for your approval. Read it again, then publish it or return it with a note.
preview-lead-waiting = This draft waits for the approval of somebody in charge at { $organization }. You will be told here.
preview-returned = Returned by { $person } with this note:
preview-summary = Summary
preview-change = Change
preview-file = { $name }, { $rows }, { $columns }
preview-check-clean = Nothing to correct
preview-check-repairs = { $count ->
    [one] { $n } repair accepted
   *[other] { $n } repairs accepted
}
preview-check-left = { $count ->
    [one] { $n } value published as it is
   *[other] { $n } values published as they are
}
preview-check-schema = Schema: { $title }
preview-personal-none = No personal data found
preview-personal-done = { $count ->
    [one] { $n } point settled
   *[other] { $n } points settled
}
preview-personal-open = { $count ->
    [one] { $n } point to be settled before publishing
   *[other] { $n } points to be settled before publishing
}
preview-personal-low = { $count ->
    [one] { $n } point for information
   *[other] { $n } points for information
}
preview-describe = { $licence }; updated: { $frequency }
preview-describe-unknown = { $licence }
preview-page = The page, as it will be
preview-page-note = This is a preview: links and downloads will work once the page is online.
preview-page-rows = The first published rows
preview-score = Quality: { $points } of { $of }
preview-score-next = To do better
preview-publish = Publish
preview-update = Put the new version online
preview-submit = Send for approval
preview-keep = Keep as a draft
preview-approve = Approve and publish
preview-return = Return with a note
preview-return-note = Your note
preview-return-hint = Say what must be changed.
preview-return-empty = Write a note: the person must know what is expected.
preview-withdraw = Take the draft back
preview-settle = Settle this point
preview-published = It is online. This is the page of your dataset.
preview-submitted = It is sent: somebody in charge will review it.

# Sign-out and tabs
resend-session-title = Your session has expired
resend-session-text = Nothing is lost: your draft is saved, and your last choices are kept on this page. Sign in in a new tab, then come back here and send them again.
resend-session-sign-in = Sign in in a new tab
resend-conflict-title = This draft has changed in the meantime
resend-conflict-text = It was changed elsewhere (another tab, or another person) while you made this choice. See how it is now, or keep your choice: it will replace the other one.
resend-conflict-see = See how it is now
resend-again = Send my choices again
resend-keep = Keep my choice
assistant-too-large = This file is too large for this portal (at most { $size }).

# Page of a dataset, for members
dataset-update = Update
check-schema-other = Choose another schema
file-lead-document = A document without a table: it will be published as it is.
file-tables-none = Keep at least one table.
personal-keep-text-doubt = It is for you to judge: nothing obliges you to remove these values, but they may point to somebody.
preview-sent-back = It is sent back: the person will see your note.
preview-failed = Publishing did not succeed
preview-check-refused = { $count ->
    [one] { $n } repair not taken
   *[other] { $n } repairs not taken
}
describe-from-file-name = proposed from the file’s name
describe-from-table-name = proposed from the sheet’s name
describe-from-schema = proposed from the schema “{ $detail }”
describe-from-words = proposed from these words: { $detail }
describe-from-column = proposed from the column “{ $detail }”
describe-from-organization = proposed from your organisation
describe-from-usual = proposed: what your organisation usually does
describe-from-default = proposed: the administrations’ rule
describe-from-content = proposed from the content
preview-better = See to it
file-aside-least = At least { $what }
check-error-repair = a repair is offered
