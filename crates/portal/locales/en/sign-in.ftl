# Other ways to sign in: passkeys, and an OpenID Connect provider (ProConnect…).

sign-in-crumb = My account
sign-in-signed-out = You are signed out, here and at the identity provider.

ways-title = Other ways to sign in
ways-openid = Sign in with { $provider }
ways-passkey = Sign in with a passkey
ways-passkey-without-script = Signing in with a passkey needs JavaScript, which is turned off in this browser. The password works without it.

passkeys-title = My passkeys
passkeys-lead = A passkey takes the place of the password: your device keeps it, and asks for your fingerprint, your face or its code. It can't be guessed or copied out, and works on this site only.
passkeys-own = Registered passkeys
passkeys-none = You have no passkey yet.
passkeys-synced = Copied to your other devices
passkeys-device-bound = On one device only
passkeys-created = Added on { $at }
passkeys-used = Used on { $at }
passkeys-never-used = Never used
passkeys-change = Rename or remove “{ $name }”
passkeys-name = Name of the passkey
passkeys-name-hint = To know it again: for instance the device that keeps it.
passkeys-suggestion = My passkey
passkeys-rename = Rename
passkeys-remove-named = Remove “{ $name }”
passkeys-remove-hint = A removed passkey no longer signs in here. Delete it on the device that keeps it, too.
passkeys-add = Add a passkey
passkeys-add-text = Your browser will ask where to keep it: on this device, on a phone, or on a security key. Add one for each device that you use.
passkeys-add-button = Add a passkey
passkeys-added = The passkey is registered. You can use it the next time you sign in.
passkeys-renamed = The passkey has a new name.
passkeys-removed = The passkey is removed. It no longer signs in here.
passkeys-unsupported = This browser can't use passkeys.
passkeys-without-script = Adding a passkey needs JavaScript, which is turned off in this browser.
passkeys-address = Passkeys are not available at this address: the portal must be served over https, at the address that its configuration gives (--public-url).

identities-title = My identities
identities-lead = You can sign in here with the identity that you have at a provider, without another password.
identities-own = Identities linked to this account
identities-none = No identity is linked to this account.
identities-since = Linked on { $at }
identities-remove = Stop using { $provider }
identities-add = Link my { $provider } identity
identities-added = The identity is linked to your account.
identities-removed = The identity is no longer linked to your account.
identities-created = Your account has just been created.
identities-invited = Welcome: your invitation is accepted, and your account is ready.
identities-without-role = Your account has no role yet: you can read published data but not publish any. An organisation's administrator can invite you to it.
identities-proposal = By the SIRET that your identity provider gives, you work for

openid-other-ways = Sign in another way
openid-again = Try again with { $provider }
openid-identified-as = { $provider } knows you by the address { $email }.
openid-said = The answer was: { $code }.
openid-unavailable-title = { $provider } does not answer
openid-unavailable-text = Signing in with { $provider } is not possible right now. Try again in a few minutes, or sign in with your password or a passkey.
openid-stale-title = This sign-in was used already, or took too long
openid-stale-text = Coming back from { $provider } works once, for a quarter of an hour, in the browser that you left from. Start again from the sign-in page.
openid-cancelled-title = Signing in was given up
openid-cancelled-text = You did not finish signing in at { $provider }. Nothing has changed here.
openid-denied-title = { $provider } refused the sign-in
openid-denied-text = The identity provider did not accept the request. If this goes on, tell the portal's administrator.
openid-untrusted-title = The answer of { $provider } cannot be trusted
openid-untrusted-text = What the identity provider sent could not be verified: nobody was signed in. Try again; if this goes on, tell the portal's administrator.
openid-no-email-title = { $provider } does not vouch for your e-mail address
openid-no-email-text = Without an address that the identity provider has verified, your account cannot be found. Sign in another way, then link your identity from your account.
openid-no-account-title = No account matches your identity
openid-no-account-text = You are signed in at { $provider }, but nobody has this account here. Ask your organisation's administrator for an invitation, or use another identity.
openid-taken-title = This identity belongs to another account
openid-taken-text = The { $provider } identity that you chose is linked to another account of this portal already. Choose another, or remove it from the other account first.

farewell-title = You are signed out of this portal
farewell-text = It remains to sign you out of { $provider }: this goes on by itself.
onward-title = On to { $provider }
onward-text = This goes on by itself.
onward-go = Go on to { $provider }

fault-only-way = This is the only way to sign in to this account: choose a password first, or add a passkey or an identity.
fault-passkey-name = Give the passkey a name of at most 100 characters.
fault-passkey-invalid = Give the passkey a name of at most 100 characters. You can keep twenty passkeys: remove one if you have that many.
fault-passkey-malformed = Your device's answer could not be read. Try again, or try with another browser.
fault-passkey-stale = This request was used already, or took too long. Start again.
fault-passkey-unknown = This passkey is not registered here. If you removed it, delete it on the device that keeps it, too.
fault-passkey-taken = This passkey is registered already.
fault-passkey-refused = Your device's answer was refused: it does not come from this passkey, or not from this site.
fault-passkey-address = Passkeys are not available at this address.
fault-passkey-other = Signing in did not work. Reload the page, then try again.
