# Comptes : se connecter, rejoindre une organisation, son compte, les membres.

nav-sign-in = Se connecter

field-email = Adresse électronique
field-password = Mot de passe

sign-in-title = Se connecter
sign-in-lead = Connectez-vous pour publier des données.
sign-in-button = Se connecter
sign-in-forgotten = Mot de passe oublié ?
sign-in-no-account = Pas encore de compte ? L’administrateur de votre organisation peut vous envoyer une invitation.
sign-in-wrong = L’adresse ou le mot de passe n’est pas le bon.
sign-in-wait = { $count ->
    [one] Trop d’essais ont échoué. Attendez { $n } seconde, puis recommencez.
   *[other] Trop d’essais ont échoué. Attendez { $n } secondes, puis recommencez.
}
sign-in-link-sent = Si cette adresse a un compte, un message vient de lui être envoyé avec un lien pour choisir un nouveau mot de passe.

error-forbidden-title = Vous n’avez pas accès à cette page
error-forbidden-text = Votre compte ne donne pas ce droit, ou la page d’où vous venez est restée ouverte trop longtemps. Rouvrez-la, ou demandez ce droit à l’administrateur de votre organisation.
error-too-many-title = Trop de demandes
error-too-many-text = Cette page a été demandée trop souvent depuis votre connexion. Attendez un peu, puis recommencez.

fault-mail = Le message n’a pas pu être envoyé ({ $detail }).
fault-mail-remedy = Vérifiez le serveur de messagerie (--smtp), ou transmettez le lien vous-même.
