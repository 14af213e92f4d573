# Les erreurs d’un document JSON. $place : où (pointeur JSON) ; $field : la propriété ; $value : ce qui s’y trouve ; $asked : ce qui est attendu.

json-type = { $place } : « { $value } » n’est pas du type attendu ({ $asked }).
json-required = { $place } : il manque « { $asked } », qui est obligatoire.
json-enum = { $place } : « { $value } » n’est pas une des valeurs possibles : { $asked }.
json-const = { $place } : « { $value } » devrait être « { $asked } ».
json-pattern = { $place } : « { $value } » n’a pas la forme attendue ({ $asked }).
json-format = { $place } : « { $value } » n’est pas écrit comme il faut (forme { $asked }).
json-minimum = { $place } : { $value } est trop petit (limite : { $asked }).
json-maximum = { $place } : { $value } est trop grand (limite : { $asked }).
json-multipleOf = { $place } : { $value } n’est pas un multiple de { $asked }.
json-uniqueItems = { $place } : la liste contient deux fois le même élément.
json-size = { $place } : « { $value } » n’a pas la longueur attendue ({ $asked }).
json-unknown-property = { $place } : propriétés inconnues du schéma : { $asked }.
json-forms = { $place } : « { $value } » n’a aucune des formes prévues. À la plus proche, il manque : { $asked }
json-other = { $place } : « { $value } » ne respecte pas le schéma.
