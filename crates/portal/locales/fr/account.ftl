# Comptes : se connecter, rejoindre une organisation, son compte, les membres.

nav-sign-in = Se connecter

field-email = Adresse électronique
field-name = Nom
field-password = Mot de passe
field-new-password = Nouveau mot de passe
field-current-password = Mot de passe actuel

role-reader = Lecteur des brouillons
role-reader-text = Lit ce qui n’est pas encore public.
role-contributor = Contributeur
role-contributor-text = Prépare des données ; un autre les relit et les publie.
role-publisher = Publicateur
role-publisher-text = Publie, modifie et retire des jeux de données.
role-administrator = Administrateur
role-administrator-text = Gère aussi l’organisation, ses membres et ses jetons.

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
sign-out = Se déconnecter

forgotten-title = Mot de passe oublié
forgotten-lead = Donnez l’adresse de votre compte : vous y recevrez un lien pour choisir un nouveau mot de passe.
forgotten-button = Recevoir le lien
forgotten-no-mail = Ce portail n’envoie pas de messages. Demandez un lien à la personne qui l’administre.
forgotten-back = Revenir à la connexion

password-rule = Au moins 12 caractères. Une phrase de plusieurs mots convient très bien.
password-too-short = Ce mot de passe est trop court : il faut au moins 12 caractères.
password-too-long = Ce mot de passe est trop long.
password-common = Beaucoup de personnes choisissent ce mot de passe, ou il est facile à deviner. Prenez-en un autre.
password-personal = Ce mot de passe reprend votre nom ou votre adresse. Prenez-en un autre.
password-current-wrong = Le mot de passe actuel n’est pas le bon.

link-join-title = Rejoindre { $organization }
link-join-lead = Vous êtes invité à rejoindre { $organization } avec le rôle « { $role } ».
link-join-button = Rejoindre
link-password-title = Nouveau mot de passe
link-password-lead = Choisissez un nouveau mot de passe pour { $email }. Vos autres connexions seront fermées.
link-password-button = Enregistrer et se connecter
link-sign-in-title = Se connecter sans mot de passe
link-sign-in-lead = Ce lien connecte { $email }, une seule fois.
link-sign-in-button = Se connecter
link-new-account = Un compte sera créé pour { $email }.
link-has-account = L’adresse { $email } a déjà un compte : connectez-vous avec lui pour accepter l’invitation.
link-sign-in-first = Connectez-vous d’abord avec le compte de cette adresse.

account-title = Mon compte
account-organizations = Mes organisations
account-superuser = Vous administrez tout ce portail.
account-no-organization = Vous n’êtes membre d’aucune organisation. L’administrateur d’une organisation peut vous inviter.
account-members = Membres
account-members-of = Membres de { $organization }
account-identity = Identité
account-save = Enregistrer
account-no-password = Vous n’avez pas encore de mot de passe. Choisissez-en un pour pouvoir revenir.
account-set-password = Choisir ce mot de passe
account-change-password = Changer le mot de passe
account-done-name = Votre nom est enregistré.
account-done-password = Votre mot de passe est enregistré. Vos autres connexions sont fermées.
account-done-session = La connexion est fermée.
account-done-sessions = Toutes vos autres connexions sont fermées.
account-done-token = Le jeton est révoqué.
account-done-link = Vous êtes connecté. Ce lien ne servira plus : choisissez un mot de passe pour pouvoir revenir.

sessions-title = Connexions ouvertes
sessions-lead = Les appareils sur lesquels vous êtes connecté. Fermez ceux que vous ne reconnaissez pas, puis changez de mot de passe.
sessions-end = Fermer toutes les autres
session-current = Celui-ci
session-begun = Connexion le
session-used = Dernier usage le
session-end = Fermer
session-end-device = Fermer la connexion de { $device }
session-device = { $browser } sur { $system }
session-device-unknown = Appareil inconnu
session-by-password = par mot de passe
session-by-link = par lien
session-by-passkey = par clé d’accès
session-by-openid = par un fournisseur d’identité

tokens-title = Jetons d’API
tokens-lead = Un jeton permet à un programme d’agir en votre nom, sans votre mot de passe.
token-made = Le jeton « { $name } » est créé.
token-once = Copiez-le maintenant : il ne sera plus jamais affiché.
token-secret = Jeton à copier
token-add = Créer un jeton
token-name = Nom du jeton
token-name-hint = À quoi il sert, par exemple « export du logiciel de finances ».
token-scope = Ce qu’il permet
token-lasts = Durée
token-create = Créer le jeton
token-revoke = Révoquer
token-revoke-name = Révoquer le jeton { $name }
token-until = Expire :
token-used = Dernier usage :
token-never-used = jamais
token-no-expiry = jamais
token-valid = valide
token-expired = expiré
token-days = { $count ->
    [one] { $n } jour
   *[other] { $n } jours
}
token-name-wrong = Donnez un nom au jeton, de 100 caractères au plus.
token-scope-wrong = Choisissez ce que le jeton permet.
token-days-wrong = La durée est un nombre de jours, de 1 à 3650.
scope-read-drafts = Lire les brouillons
scope-publish = Lire les brouillons et publier
scope-administer = Lire, publier et administrer

organization-members = Membres et jetons
members-title = Membres
members-lead = { $organization } : qui peut préparer, publier et administrer ses données.
members-list = Membres actuels
members-none = Aucun membre pour l’instant : invitez la première personne.
members-role = Rôle
members-role-of = Rôle de { $name }
members-change = Changer
members-change-role = Changer le rôle de { $name }
members-remove = Retirer
members-remove-name = Retirer { $name }
members-invite = Inviter
members-invite-button = Inviter
members-invitations = Invitations en attente
members-revoke = Annuler
members-revoke-email = Annuler l’invitation de { $email }
members-link = Lien d’invitation de { $email }
members-link-until = Valable jusqu’au { $until }.
members-link-mailed = L’invitation est envoyée à { $email }. Vous pouvez aussi transmettre ce lien vous-même.
members-link-to-copy = Transmettez ce lien à { $email } : il ne sera plus affiché.
members-link-not-mailed = Le message à { $email } n’a pas pu partir : transmettez ce lien vous-même, il ne sera plus affiché.
members-email-wrong = Donnez une adresse électronique complète et choisissez un rôle.
members-last-administrator = L’organisation n’aurait plus d’administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.
members-tokens = Jetons de l’organisation
members-tokens-lead = Un jeton permet à un programme d’agir pour l’organisation, quels que soient ses membres.
members-done-role = Le rôle est changé.
members-done-removed = La personne n’est plus membre.
members-done-invitation = L’invitation est annulée.
members-done-token = Le jeton est révoqué.

mail-invitation-subject = Invitation à rejoindre { $organization }
mail-invitation-text =
    Bonjour,

    { $by } vous invite à rejoindre { $organization } sur { $site }, avec le rôle « { $role } ».

    Pour accepter, ouvrez ce lien avant le { $until } :
    { $url }

    Si vous n’attendiez pas ce message, vous pouvez l’ignorer.
mail-reset-subject = Votre mot de passe sur { $site }
mail-reset-text =
    Bonjour,

    Quelqu’un a demandé à changer le mot de passe de votre compte sur { $site }.

    Pour en choisir un nouveau, ouvrez ce lien avant le { $until } :
    { $url }

    Si ce n’est pas vous, ignorez ce message : rien n’est changé.

error-forbidden-title = Vous n’avez pas accès à cette page
error-forbidden-text = Votre compte ne donne pas ce droit, ou la page d’où vous venez est restée ouverte trop longtemps. Rouvrez-la, ou demandez ce droit à l’administrateur de votre organisation.
error-gone-title = Ce lien ne sert plus
error-gone-text = Il a déjà été utilisé, a été annulé ou a expiré. Demandez-en un nouveau à la personne qui vous l’a envoyé.
error-too-many-title = Trop de demandes
error-too-many-text = Cette page a été demandée trop souvent depuis votre connexion. Attendez un peu, puis recommencez.

fault-mail = Le message n’a pas pu être envoyé ({ $detail }).
fault-mail-remedy = Vérifiez le serveur de messagerie (--smtp), ou transmettez le lien vous-même.

cli-link = Lien à usage unique pour { $email }, valable jusqu’au { $until } :

help-invite = Imprime un lien à usage unique : pour se connecter, ou pour rejoindre une organisation
option-smtp = Serveur qui envoie les messages : smtps://nom:motdepasse@hôte ou smtp://hôte:587?tls=required ; par défaut les liens sont seulement affichés
option-mail-from = Qui signe les messages, comme "Données ouvertes <ne-pas-repondre@exemple.fr>"
option-client-address-header = En-tête où le relais placé devant dit qui demande, comme X-Forwarded-For ; par défaut aucun n’est cru
option-session-idle-hours = Heures au bout desquelles une connexion inutilisée se ferme
option-session-days = Jours au bout desquels une connexion se ferme
option-invitation-days = Jours que dure une invitation
option-sign-ins-per-minute = Essais de connexion permis par minute à un même client ; 0 : sans limite
option-invitations-per-minute = Liens à usage unique qu’un même client peut créer ou utiliser par minute
option-uploads-per-minute = Fichiers, ou morceaux de fichiers, qu’un même client peut envoyer par minute
option-writes-per-minute = Autres changements qu’un même client peut faire par minute
option-scope = Ce que le jeton permet : read-drafts, publish, administer ; chacun permet ce que permettent les précédents
option-expires = Dernier jour d’usage, comme 2027-12-31, ou nombre de jours, comme 90 ; par défaut il n’expire pas
option-password-stdin = Lit un mot de passe sur l’entrée standard
