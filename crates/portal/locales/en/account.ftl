# Accounts: to sign in, to join an organisation, one's account, the members.

nav-sign-in = Sign in

field-email = E-mail address
field-name = Name
field-password = Password
field-new-password = New password
field-current-password = Current password

role-reader = Reader of drafts
role-reader-text = Reads what is not public yet.
role-contributor = Contributor
role-contributor-text = Prepares data; somebody else reviews and publishes it.
role-publisher = Publisher
role-publisher-text = Publishes, changes and removes datasets.
role-administrator = Administrator
role-administrator-text = Manages the organisation, its members and its tokens too.

sign-in-title = Sign in
sign-in-lead = Sign in to publish data.
sign-in-button = Sign in
sign-in-forgotten = Forgotten password?
sign-in-no-account = No account yet? The administrator of your organisation can send you an invitation.
sign-in-wrong = The address or the password is not right.
sign-in-wait = { $count ->
    [one] Too many attempts have failed. Wait { $n } second, then try again.
   *[other] Too many attempts have failed. Wait { $n } seconds, then try again.
}
sign-in-link-sent = If this address has an account, a message with a link to choose a new password has just been sent to it.
sign-out = Sign out

forgotten-title = Forgotten password
forgotten-lead = Give the address of your account: you will receive a link there to choose a new password.
forgotten-button = Receive the link
forgotten-no-mail = This portal sends no messages. Ask the person who administers it for a link.
forgotten-back = Back to signing in

password-rule = At least 12 characters. A sentence of several words does very well.
password-too-short = This password is too short: at least 12 characters are needed.
password-too-long = This password is too long.
password-common = Many people choose this password, or it is easy to guess. Take another.
password-personal = This password repeats your name or your address. Take another.
password-current-wrong = The current password is not right.

link-join-title = Join { $organization }
link-join-lead = You are invited to join { $organization } with the role “{ $role }”.
link-join-button = Join
link-password-title = New password
link-password-lead = Choose a new password for { $email }. Your other sessions will be closed.
link-password-button = Save and sign in
link-sign-in-title = Sign in without a password
link-sign-in-lead = This link signs { $email } in, once.
link-sign-in-button = Sign in
link-new-account = An account will be created for { $email }.
link-has-account = The address { $email } has an account already: sign in with it to accept the invitation.
link-sign-in-first = Sign in first with the account of this address.

account-title = My account
account-organizations = My organisations
account-superuser = You administer this whole portal.
account-no-organization = You are not a member of any organisation. The administrator of an organisation can invite you.
account-members = Members
account-members-of = Members of { $organization }
account-identity = Identity
account-save = Save
account-no-password = You have no password yet. Choose one so that you can come back.
account-set-password = Choose this password
account-change-password = Change the password
account-done-name = Your name is saved.
account-done-password = Your password is saved. Your other sessions are closed.
account-done-session = The session is closed.
account-done-sessions = All your other sessions are closed.
account-done-token = The token is revoked.
account-done-link = You are signed in. This link will not serve again: choose a password so that you can come back.

sessions-title = Open sessions
sessions-lead = The devices on which you are signed in. Close those that you do not recognise, then change your password.
sessions-end = Close all others
session-current = This one
session-begun = Signed in on
session-used = Last used on
session-end = Close
session-end-device = Close the session of { $device }
session-device = { $browser } on { $system }
session-device-unknown = Unknown device
session-by-password = by password
session-by-link = by link
session-by-passkey = by passkey
session-by-openid = by an identity provider

tokens-title = API tokens
tokens-lead = A token lets a program act in your name, without your password.
token-made = The token “{ $name }” is created.
token-once = Copy it now: it will never be shown again.
token-secret = Token to copy
token-add = Create a token
token-name = Name of the token
token-name-hint = What it is for, such as “export from the finance software”.
token-scope = What it allows
token-lasts = Duration
token-create = Create the token
token-revoke = Revoke
token-revoke-name = Revoke the token { $name }
token-until = Expires:
token-used = Last used:
token-never-used = never
token-no-expiry = never
token-valid = valid
token-expired = expired
token-days = { $count ->
    [one] { $n } day
   *[other] { $n } days
}
token-name-wrong = Give the token a name of at most 100 characters.
token-scope-wrong = Choose what the token allows.
token-days-wrong = The duration is a number of days, from 1 to 3650.
scope-read-drafts = Read drafts
scope-publish = Read drafts and publish
scope-administer = Read, publish and administer

organization-members = Members and tokens
members-title = Members
members-lead = Who may prepare, publish and administer the data of { $organization }.
members-list = Current members
members-none = No member yet: invite the first person.
members-role = Role
members-role-of = Role of { $name }
members-change = Change
members-change-role = Change the role of { $name }
members-remove = Remove
members-remove-name = Remove { $name }
members-invite = Invite
members-invite-button = Invite
members-invitations = Pending invitations
members-revoke = Cancel
members-revoke-email = Cancel the invitation of { $email }
members-link = Invitation link of { $email }
members-link-until = Valid until { $until }.
members-link-mailed = The invitation is sent to { $email }. You may also pass this link on yourself.
members-link-to-copy = Pass this link on to { $email }: it will not be shown again.
members-link-not-mailed = The message to { $email } could not leave: pass this link on yourself, it will not be shown again.
members-email-wrong = Give a complete e-mail address and choose a role.
members-last-administrator = The organisation would have no administrator left. Give this role to somebody else first.
members-tokens = Tokens of the organisation
members-tokens-lead = A token lets a program act for the organisation, whoever its members are.
members-done-role = The role is changed.
members-done-removed = The person is no longer a member.
members-done-invitation = The invitation is cancelled.
members-done-token = The token is revoked.

mail-invitation-subject = Invitation to join { $organization }
mail-invitation-text =
    Hello,

    { $by } invites you to join { $organization } on { $site }, with the role “{ $role }”.

    To accept, open this link before { $until }:
    { $url }

    If you did not expect this message, you may ignore it.
mail-reset-subject = Your password on { $site }
mail-reset-text =
    Hello,

    Somebody asked to change the password of your account on { $site }.

    To choose a new one, open this link before { $until }:
    { $url }

    If it was not you, ignore this message: nothing has changed.

error-forbidden-title = This page is not open to you
error-forbidden-text = Your account does not give this right, or the page you come from stayed open too long. Open it again, or ask the administrator of your organisation for this right.
error-gone-title = This link no longer serves
error-gone-text = It was used already, was cancelled, or has expired. Ask whoever sent it to you for a new one.
error-too-many-title = Too many requests
error-too-many-text = This page was asked for too often from your connection. Wait a little, then try again.

fault-mail = The message could not be sent ({ $detail }).
fault-mail-remedy = Check the mail server (--smtp), or pass the link on yourself.

cli-link = Link for { $email }, to be used once, valid until { $until }:

help-invite = Prints a one-time link: to sign in, or to join an organisation
option-smtp = Server that sends mail: smtps://user:password@host or smtp://host:587?tls=required; by default links are only shown
option-mail-from = Who signs mail, such as "Open data <no-reply@example.org>"
option-client-address-header = Header in which the proxy in front says who asks, such as X-Forwarded-For; by default none is believed
option-session-idle-hours = Hours after which an unused session ends
option-session-days = Days after which a session ends
option-invitation-days = Days that an invitation lasts
option-sign-ins-per-minute = Attempts to sign in that one client may make a minute; 0: without limit
option-invitations-per-minute = One-time links that one client may make or use a minute
option-uploads-per-minute = Files, or pieces of files, that one client may send a minute
option-writes-per-minute = Other changes that one client may make a minute
option-scope = What the token allows: read-drafts, publish, administer; each allows what the ones before it allow
option-expires = Last day of use, such as 2027-12-31, or a number of days, such as 90; by default it does not expire
option-password-stdin = Reads a password from stdin
