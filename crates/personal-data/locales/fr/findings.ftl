# Ce qui a été trouvé, et ce qui peut y être fait.
# Variables : $fields (colonnes), $count et $n (lignes), $k (effectif minimal), $by (colonnes de regroupement).

name-nir = Numéro de sécurité sociale
name-iban = Compte bancaire (IBAN)
name-bank-card = Carte bancaire
name-identity-document = Pièce d’identité
name-person-name = Nom de personne
name-birth-date = Date de naissance
name-postal-address = Adresse d’une personne
name-email = Adresse de courriel
name-phone = Numéro de téléphone
name-plate = Plaque d’immatriculation
name-location = Position d’une personne
name-free-text = Personne citée dans un texte
name-sole-trader = SIRET d’un entrepreneur individuel
name-small-cells = Petits effectifs

found-nir =
    { $count ->
        [one] { $fields } : des numéros de sécurité sociale (1 ligne).
       *[other] { $fields } : des numéros de sécurité sociale ({ $n } lignes).
    }
found-iban =
    { $count ->
        [one] { $fields } : des numéros de compte bancaire (IBAN) (1 ligne).
       *[other] { $fields } : des numéros de compte bancaire (IBAN) ({ $n } lignes).
    }
found-bank-card =
    { $count ->
        [one] { $fields } : des numéros de carte bancaire (1 ligne).
       *[other] { $fields } : des numéros de carte bancaire ({ $n } lignes).
    }
found-identity-document =
    { $count ->
        [one] { $fields } : des numéros de pièce d’identité (1 ligne).
       *[other] { $fields } : des numéros de pièce d’identité ({ $n } lignes).
    }
found-person-name =
    { $count ->
        [one] { $fields } : des noms de personnes (1 ligne).
       *[other] { $fields } : des noms de personnes ({ $n } lignes).
    }
found-birth-date =
    { $count ->
        [one] { $fields } : des dates de naissance (1 ligne).
       *[other] { $fields } : des dates de naissance ({ $n } lignes).
    }
found-postal-address =
    { $count ->
        [one] { $fields } : des adresses de personnes nommées dans la table (1 ligne).
       *[other] { $fields } : des adresses de personnes nommées dans la table ({ $n } lignes).
    }
found-email =
    { $count ->
        [one] { $fields } : des adresses de courriel (1 ligne).
       *[other] { $fields } : des adresses de courriel ({ $n } lignes).
    }
found-phone =
    { $count ->
        [one] { $fields } : des numéros de téléphone (1 ligne).
       *[other] { $fields } : des numéros de téléphone ({ $n } lignes).
    }
found-plate =
    { $count ->
        [one] { $fields } : des plaques d’immatriculation (1 ligne).
       *[other] { $fields } : des plaques d’immatriculation ({ $n } lignes).
    }
found-location =
    { $count ->
        [one] { $fields } : la position précise de personnes nommées dans la table (1 ligne).
       *[other] { $fields } : la position précise de personnes nommées dans la table ({ $n } lignes).
    }
found-free-text =
    { $count ->
        [one] { $fields } : des phrases qui nomment des personnes (1 ligne).
       *[other] { $fields } : des phrases qui nomment des personnes ({ $n } lignes).
    }
found-sole-trader =
    { $count ->
        [one] { $fields } : des SIREN ou SIRET à côté du nom d’une personne (1 ligne).
       *[other] { $fields } : des SIREN ou SIRET à côté du nom d’une personne ({ $n } lignes).
    }
found-small-cells =
    { $count ->
        [one] { $fields } : des effectifs de personnes trop petits (1 ligne).
       *[other] { $fields } : des effectifs de personnes trop petits ({ $n } lignes).
    }

remedy-remove = La colonne est retirée du fichier publié.
remedy-mask-nir = Chaque chiffre est remplacé par un astérisque.
remedy-mask-iban = Seul le pays reste lisible.
remedy-mask-bank-card = Chaque chiffre est remplacé par un astérisque.
remedy-mask-identity-document = Le numéro est remplacé par des astérisques.
remedy-mask-person-name = Il ne reste que l’initiale : M. D….
remedy-mask-birth-date = La date est vidée.
remedy-mask-postal-address = L’adresse est vidée.
remedy-mask-email = Il ne reste que le domaine : …@exemple.fr.
remedy-mask-phone = Il ne reste que les deux premiers chiffres : 06 ** ** ** **.
remedy-mask-plate = La plaque est vidée.
remedy-mask-location = La position est vidée.
remedy-mask-free-text = Dans le texte, les noms sont réduits à l’initiale : M. D….
remedy-mask-small-cells = Les effectifs trop petits sont vidés.
remedy-year = La date devient son année.
remedy-locality = L’adresse devient son code postal et sa commune.
remedy-decimals = La position est arrondie à { $decimals } décimales (une centaine de mètres pour 3).
remedy-aggregate =
    Les lignes sont remplacées par des effectifs par { $by } ; aucun groupe de moins de { $k } n’apparaît.

aggregate-count = nombre
aggregate-others = autres
