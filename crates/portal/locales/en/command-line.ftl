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

# Titles of the help.
heading-usage = Usage:
heading-commands = Commands
heading-accounts = Accounts
heading-openid-connect = OpenID Connect
heading-addresses = Addresses

help-add = Adds
help-remove = Removes
help-role = Changes a role

option-help = Prints this help
option-version = Prints the version
option-files = Files or URLs
option-folder = Folder of the demonstration; what it already holds is kept
option-fetch-seconds = Time for one download, in seconds
option-query-memory = Memory for queries, in bytes
option-query-seconds = Time for one query, in seconds
option-page-size-max = Rows of a page of an API, at most
option-resource = Resource that gets a new version, by its identifier
option-description = Description, in Markdown
option-theme = Codes of the European data themes: TRAN, ENVI, GOVE…
option-keyword = Keywords
option-territory = Territory: commune:11076, epci:200035855, departement:11, region:76
option-frequency = How often the data changes: ANNUAL, MONTHLY, DAILY…
option-year = Years that the data is about
option-contact = Address to write to about this data
option-publish-to = Publishes on the portal at this address
option-token = Token for the portal of --to
option-yes = Asks nothing
option-name = Name
option-show-name = Name (scdl/subventions, subventions@2.0.1), file or URL
option-token-name = What the token is for
option-slug = Part of its page's address; by default made from the name
option-siret = SIREN (9 figures) or SIRET (14)
option-homepage = Web site
option-email = E-mail address
option-key = Identifier, or the name in the page's address, or the e-mail address
option-role = Role in the organisation: reader, contributor, publisher, administrator
option-role-role = Role in the organisation: reader, contributor, publisher, administrator, or none
option-superuser = Administers the whole installation
option-id = Identifier
option-backup-to = Folder to write; it must not exist, or be empty
option-from = Folder of the backup

option-oidc-issuer = Issuer of the provider where people may sign in: the address before /.well-known/openid-configuration
option-oidc-client-id = Identifier of this portal at the provider
option-oidc-client-secret = Secret of this portal at the provider
option-oidc-profile = Kind of provider: generic or proconnect
option-oidc-name = What the sign-in button calls the provider
option-oidc-scopes = Scopes asked beside openid; by default those of the profile
option-oidc-acr-values = Levels of assurance asked for; by default those of the profile (eidas1 for proconnect)
option-oidc-algorithm = Algorithm that tokens are signed with, as agreed with the provider; no other is taken
option-oidc-client-authentication = How the client's secret is sent: basic or post; by default as the profile does
option-oidc-pkce = Whether PKCE is used; only a provider that refuses its parameters needs false
option-oidc-link-by-email = Whether somebody new gets the account, or the invitation, of their e-mail address
option-oidc-trust-email = Whether the provider vouches for every address that it gives; by default only proconnect does
option-oidc-create-accounts = Whether somebody unknown gets an account, without any role
option-oidc-siret-role = Role that such an account gets in the organisation whose SIRET the provider gives; none by default
