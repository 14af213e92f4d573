# Checks of French schemas. Variables: row, field, value, and those of the check; fault says what is wrong.
french-siren-value = Row { $row }, “{ $field }”: “{ $value }” is not a SIREN number. { $fault ->
    [length] It has 9 figures; there are { $found }.
    [characters] It has figures only.
    [zeros] Zeros alone stand for nobody: leave the cell empty.
   *[key] Its key is wrong: a figure is mistaken, or two have changed places.
}
french-siret-value = Row { $row }, “{ $field }”: “{ $value }” is not a SIRET number. { $fault ->
    [length] It has 14 figures; there are { $found }.
    [characters] It has figures only.
    [zeros] Zeros alone stand for nobody: leave the cell empty.
   *[key] Its key is wrong: a figure is mistaken, or two have changed places.
}
nic-value = Row { $row }, “{ $field }”: “{ $value }” is not a NIC, the last 5 figures of a SIRET.
finess-value = Row { $row }, “{ $field }”: “{ $value }” is not a FINESS number. { $fault ->
    [length] It has 9 characters; there are { $found }.
    [characters] It has figures only, but for the A or B of Corsica.
    [form] Only Corsica has a letter, in the second place.
    [zeros] Zeros alone stand for no establishment: leave the cell empty.
   *[key] Its key is wrong: a figure is mistaken, or two have changed places.
}
phone-number-value = Row { $row }, “{ $field }”: “{ $value }” is not a telephone number. { $fault ->
    [characters] Write one number, without other text.
    [length] It has 10 figures, as 04 68 94 00 00; there are { $found }.
   *[unallotted] No number begins like this. Write it as 04 68 94 00 00 or +33 4 68 94 00 00.
}
opening-hours-value = Row { $row }, “{ $field }”: “{ $value }” are not opening hours { $fault ->
    [length] : the text is too long.
   *[form] in OpenStreetMap’s form, as Mo-Fr 09:00-12:00,14:00-18:00.
}
year-interval-value = Row { $row }, “{ $field }”: “{ $value }” is not a period. { $fault ->
    [empty] The two years must differ.
    [reversed] The second year must come after the first.
   *[form] Write it YYYY/YYYY, as 2019/2020.
}
year-or-interval-value = Row { $row }, “{ $field }”: “{ $value }” is neither a year nor a period. { $fault ->
    [empty] The two years must differ; write a single year alone.
    [reversed] The second year must come after the first.
   *[form] Write YYYY or YYYY/YYYY, as 2019 or 2019/2020.
}
nomenclature-actes-value = Row { $row }, “{ $field }”: “{ $value }” doesn’t follow the classification of acts. { $fault ->
    [characters] Leave no space around the slash.
    [unallotted] The text before the slash is none of the nine matters, such as Finances locales.
   *[form] Write the matter, a slash, then the sub-matter, as Finances locales/Subventions.
}
french-gps-coordinates = Row { $row }, “{ $field }”: the point “{ $value }” is not in France.
reversed-french-gps-coordinates = Row { $row }, “{ $field }”: “{ $value }” has the latitude before the longitude. Exchange the two numbers.
cohesive-columns-value = Row { $row }: the columns { $columns } must all be filled or all be empty.
compare-columns-value = Row { $row }: “{ $field }” ({ $value }) { $fault ->
    [kinds] cannot be compared with “{ $other }” ({ $compared }): one is a number and the other is not.
   *[order] must be { $op ->
        [above] greater than
        [at-least] at least
        [equal] equal to
        [at-most] at most
        [below] less than
       *[different] different from
    } “{ $other }” ({ $compared }).
}
sum-columns-value = Row { $row }: “{ $field }” is { $value }, but { $terms } make { $sum }.
one-of-required = Row { $row }: at least one of the columns { $columns } must be filled.
one-of-required-columns = At least one of the columns { $columns } is needed; the file has none.
note-missing-check-column = { $place }: this check was not made, for the file lacks { $detail }.
