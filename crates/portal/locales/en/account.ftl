# Accounts: to sign in, to join an organisation, one's account, the members.

nav-sign-in = Sign in

field-email = E-mail address
field-password = Password

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

error-forbidden-title = This page is not open to you
error-forbidden-text = Your account does not give this right, or the page you come from stayed open too long. Open it again, or ask the administrator of your organisation for this right.
error-too-many-title = Too many requests
error-too-many-text = This page was asked for too often from your connection. Wait a little, then try again.

fault-mail = The message could not be sent ({ $detail }).
fault-mail-remedy = Check the mail server (--smtp), or pass the link on yourself.
