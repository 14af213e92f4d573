# What was found, and what can be done about it.
# Variables: $fields (columns), $count and $n (rows), $k (least count), $by (columns to group by).

name-nir = Social security number
name-iban = Bank account (IBAN)
name-bank-card = Payment card
name-identity-document = Identity document
name-person-name = Name of a person
name-birth-date = Birth date
name-postal-address = Address of a person
name-email = E-mail address
name-phone = Telephone number
name-plate = Number plate
name-location = Location of a person
name-free-text = Person named in a text
name-sole-trader = SIRET of a sole trader
name-small-cells = Small counts

found-nir =
    { $count ->
        [one] { $fields }: social security numbers (1 row).
       *[other] { $fields }: social security numbers ({ $n } rows).
    }
found-iban =
    { $count ->
        [one] { $fields }: bank account numbers (IBAN) (1 row).
       *[other] { $fields }: bank account numbers (IBAN) ({ $n } rows).
    }
found-bank-card =
    { $count ->
        [one] { $fields }: payment card numbers (1 row).
       *[other] { $fields }: payment card numbers ({ $n } rows).
    }
found-identity-document =
    { $count ->
        [one] { $fields }: numbers of identity documents (1 row).
       *[other] { $fields }: numbers of identity documents ({ $n } rows).
    }
found-person-name =
    { $count ->
        [one] { $fields }: names of persons (1 row).
       *[other] { $fields }: names of persons ({ $n } rows).
    }
found-birth-date =
    { $count ->
        [one] { $fields }: birth dates (1 row).
       *[other] { $fields }: birth dates ({ $n } rows).
    }
found-postal-address =
    { $count ->
        [one] { $fields }: addresses of persons named in the table (1 row).
       *[other] { $fields }: addresses of persons named in the table ({ $n } rows).
    }
found-email =
    { $count ->
        [one] { $fields }: e-mail addresses (1 row).
       *[other] { $fields }: e-mail addresses ({ $n } rows).
    }
found-phone =
    { $count ->
        [one] { $fields }: telephone numbers (1 row).
       *[other] { $fields }: telephone numbers ({ $n } rows).
    }
found-plate =
    { $count ->
        [one] { $fields }: number plates (1 row).
       *[other] { $fields }: number plates ({ $n } rows).
    }
found-location =
    { $count ->
        [one] { $fields }: the precise location of persons named in the table (1 row).
       *[other] { $fields }: the precise location of persons named in the table ({ $n } rows).
    }
found-free-text =
    { $count ->
        [one] { $fields }: sentences that name persons (1 row).
       *[other] { $fields }: sentences that name persons ({ $n } rows).
    }
found-sole-trader =
    { $count ->
        [one] { $fields }: SIREN or SIRET numbers beside the name of a person (1 row).
       *[other] { $fields }: SIREN or SIRET numbers beside the name of a person ({ $n } rows).
    }
found-small-cells =
    { $count ->
        [one] { $fields }: counts of persons that are too small (1 row).
       *[other] { $fields }: counts of persons that are too small ({ $n } rows).
    }

remedy-remove = The column is taken out of the published file.
remedy-mask-nir = Each digit becomes an asterisk.
remedy-mask-iban = Only the country stays readable.
remedy-mask-bank-card = Each digit becomes an asterisk.
remedy-mask-identity-document = The number becomes asterisks.
remedy-mask-person-name = Only the initial stays: M. D….
remedy-mask-birth-date = The date is emptied.
remedy-mask-postal-address = The address is emptied.
remedy-mask-email = Only the domain stays: …@example.org.
remedy-mask-phone = Only the first two digits stay: 06 ** ** ** **.
remedy-mask-plate = The plate is emptied.
remedy-mask-location = The location is emptied.
remedy-mask-free-text = Within the text, names keep their initial only: M. D….
remedy-mask-small-cells = Counts that are too small are emptied.
remedy-year = The date becomes its year.
remedy-locality = The address becomes its postcode and commune.
remedy-decimals = The location is rounded to { $decimals } decimals (a hundred metres or so for 3).
remedy-aggregate =
    Rows are replaced by counts by { $by }; no group of fewer than { $k } shows.

aggregate-count = count
aggregate-others = others
