# Autres façons de se connecter : clés d’accès, et fournisseur d’identité OpenID Connect (ProConnect…).

sign-in-crumb = Mon compte
sign-in-signed-out = Vous êtes déconnecté, ici et chez le fournisseur d’identité.

ways-title = Autres façons de me connecter
ways-openid = Se connecter avec { $provider }
ways-passkey = Se connecter avec une clé d’accès
ways-passkey-without-script = La connexion par clé d’accès demande JavaScript, qui est désactivé dans ce navigateur. Le mot de passe fonctionne sans.

passkeys-title = Mes clés d’accès
passkeys-lead = Une clé d’accès remplace le mot de passe : votre appareil la garde et vous demande votre empreinte, votre visage ou son code. Elle ne se devine pas, ne se recopie pas, et ne fonctionne que sur ce site.
passkeys-own = Clés enregistrées
passkeys-none = Vous n’avez pas encore de clé d’accès.
passkeys-synced = Copiée sur vos autres appareils
passkeys-device-bound = Sur un seul appareil
passkeys-created = Ajoutée le { $at }
passkeys-used = Utilisée le { $at }
passkeys-never-used = Jamais utilisée
passkeys-change = Renommer ou retirer « { $name } »
passkeys-name = Nom de la clé
passkeys-name-hint = Pour la reconnaître : par exemple l’appareil qui la garde.
passkeys-suggestion = Ma clé d’accès
passkeys-rename = Renommer
passkeys-remove-named = Retirer « { $name } »
passkeys-remove-hint = Une clé retirée ne permet plus de se connecter ici. Effacez-la aussi sur l’appareil qui la garde.
passkeys-add = Ajouter une clé
passkeys-add-text = Votre navigateur va vous demander où la garder : sur cet appareil, sur un téléphone, ou sur une clé de sécurité. Ajoutez-en une par appareil dont vous vous servez.
passkeys-add-button = Ajouter une clé d’accès
passkeys-added = La clé d’accès est enregistrée. Elle peut servir à votre prochaine connexion.
passkeys-renamed = La clé d’accès a changé de nom.
passkeys-removed = La clé d’accès est retirée. Elle ne permet plus de se connecter ici.
passkeys-unsupported = Ce navigateur ne sait pas se servir de clés d’accès.
passkeys-without-script = Ajouter une clé d’accès demande JavaScript, qui est désactivé dans ce navigateur.
passkeys-address = Les clés d’accès ne sont pas disponibles à cette adresse : le portail doit être servi en https, sous l’adresse indiquée par sa configuration (--public-url).

identities-title = Mes identités
identities-lead = Vous pouvez vous connecter ici avec l’identité que vous avez chez un fournisseur, sans autre mot de passe.
identities-own = Identités reliées à ce compte
identities-none = Aucune identité n’est reliée à ce compte.
identities-since = Reliée le { $at }
identities-remove = Ne plus utiliser { $provider }
identities-add = Relier mon identité { $provider }
identities-added = L’identité est reliée à votre compte.
identities-removed = L’identité n’est plus reliée à votre compte.
identities-created = Votre compte vient d’être créé.
identities-invited = Bienvenue : votre invitation est acceptée, et votre compte est prêt.
identities-without-role = Votre compte n’a encore aucun rôle : vous pouvez consulter les données publiées, mais pas en publier. L’administrateur d’une organisation peut vous y inviter.
identities-proposal = D’après le SIRET que donne votre fournisseur d’identité, vous travaillez pour

openid-other-ways = Se connecter autrement
openid-again = Réessayer avec { $provider }
openid-identified-as = { $provider } vous connaît sous l’adresse { $email }.
openid-said = Réponse reçue : { $code }.
openid-unavailable-title = { $provider } ne répond pas
openid-unavailable-text = La connexion avec { $provider } est impossible pour le moment. Réessayez dans quelques minutes, ou connectez-vous avec votre mot de passe ou une clé d’accès.
openid-stale-title = Cette connexion a déjà servi, ou a trop tardé
openid-stale-text = Le retour de { $provider } ne vaut qu’une fois, pendant un quart d’heure, et dans le navigateur d’où vous êtes parti. Recommencez depuis la page de connexion.
openid-cancelled-title = La connexion a été abandonnée
openid-cancelled-text = Vous n’avez pas terminé la connexion chez { $provider }. Rien n’a changé ici.
openid-denied-title = { $provider } a refusé la connexion
openid-denied-text = Le fournisseur d’identité n’a pas accepté la demande. Si cela se répète, prévenez l’administrateur du portail.
openid-untrusted-title = La réponse de { $provider } n’est pas sûre
openid-untrusted-text = Ce que le fournisseur d’identité a envoyé n’a pas pu être vérifié : personne n’a été connecté. Réessayez ; si cela se répète, prévenez l’administrateur du portail.
openid-no-email-title = { $provider } ne garantit pas votre adresse électronique
openid-no-email-text = Sans adresse vérifiée par le fournisseur d’identité, votre compte ne peut pas être retrouvé. Connectez-vous autrement, puis reliez votre identité depuis votre compte.
openid-no-account-title = Aucun compte ne correspond à votre identité
openid-no-account-text = Vous êtes bien connecté chez { $provider }, mais personne n’a ce compte ici. Demandez une invitation à l’administrateur de votre organisation, ou utilisez une autre identité.
openid-taken-title = Cette identité est celle d’un autre compte
openid-taken-text = L’identité { $provider } que vous avez choisie est déjà reliée à un autre compte de ce portail. Choisissez-en une autre, ou retirez-la d’abord de l’autre compte.

farewell-title = Vous êtes déconnecté de ce portail
farewell-text = Il reste à vous déconnecter de { $provider } : la suite s’ouvre toute seule.
onward-title = Direction { $provider }
onward-text = La suite s’ouvre toute seule.
onward-go = Continuer vers { $provider }

fault-only-way = C’est la seule façon de vous connecter à ce compte : choisissez d’abord un mot de passe, ou ajoutez une clé d’accès ou une identité.
fault-passkey-name = Donnez à la clé un nom, de 100 caractères au plus.
fault-passkey-invalid = Donnez à la clé un nom, de 100 caractères au plus. Vous pouvez garder vingt clés : retirez-en une si vous en avez autant.
fault-passkey-malformed = La réponse de votre appareil n’a pas pu être lue. Réessayez, ou essayez avec un autre navigateur.
fault-passkey-stale = La demande a déjà servi, ou a trop tardé. Recommencez.
fault-passkey-unknown = Cette clé d’accès n’est pas enregistrée ici. Si vous l’aviez retirée, effacez-la aussi sur l’appareil qui la garde.
fault-passkey-taken = Cette clé d’accès est déjà enregistrée.
fault-passkey-refused = La réponse de votre appareil a été refusée : elle ne vient pas de cette clé, ou pas de ce site.
fault-passkey-address = Les clés d’accès ne sont pas disponibles à cette adresse.
fault-passkey-other = La connexion n’a pas abouti. Rechargez la page, puis réessayez.
