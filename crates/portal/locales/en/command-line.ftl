# The command line: help of commands (help-…) and options (option-…), and what they print.

help-cocagne = Open data for local governments: publish a file, and everyone can use it.
help-serve = Serves the portal and its APIs
help-demo = Serves a portal filled with the published files of real towns
help-publish = Publishes files or URLs, here or on a remote portal
help-check = Checks files against a schema, finds personal data in them, repairs them
help-organization = Adds, lists, removes organisations
help-user = Adds, lists, removes users
help-token = Adds, lists, revokes API tokens
help-backup = Writes the catalogue and every snapshot to a folder
help-restore = Fills an empty installation from a backup
help-verify = Hashes every file of every snapshot again

option-verbose = Says on stderr what is done
option-data = Folder of the installation
option-catalog = Catalogue: sqlite:PATH or postgres://…; by default a SQLite file in the folder
option-store = Snapshots: file:PATH or s3://BUCKET/PREFIX; by default in the folder
option-max-file-bytes = Largest source file, in bytes
option-fetch-allow = Hosts or networks that may be fetched from although they are private, such as 10.1.0.0/16
option-listen = Address and port; port 0 takes a free one
option-public-url = Address under which the portal is seen, such as https://data.example.fr
option-site-name = Name of the portal
option-security-contact = Where security problems are told: mailto:… or https://…
option-format = Form of the answer
option-max-errors = Odd cells that are listed, at most, for each table
option-licence = Licence: SPDX identifier or alias (lov2)
option-title = Title of the dataset
option-organization = Organisation: slug or identifier
option-dataset = Dataset to update

verify-snapshots = { $count ->
    [one] { $n } snapshot read again.
   *[other] { $n } snapshots read again.
 }
verify-clean = Everything is intact.
verify-damaged = Files are missing or have changed.
check-cell = row { $row }, { $field }: “{ $value }”. { $message }
check-odd-cells = { $count ->
    [0] No odd cell.
    [one] { $n } odd cell.
   *[other] { $n } odd cells.
 }
publish-done = Published: { $title }
publish-unchanged = Unchanged: { $title }
demo-filling = Publishing the demonstration files…
backup-done = Backup written to { $path }
restore-done = Installation restored from { $path }
option-justify = Publishes personal data as it is, and why: FINDING=reason
option-by = Name of the person who answers for what --justify says
option-remedy = Takes personal data out: FINDING=remove, mask, year, locality or decimals-3
option-accept-repairs = Makes the repairs that are certain
publish-not-a-pair = “{ $value }” is not of the form FINDING=value.
