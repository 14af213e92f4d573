# The errors of a JSON document. $place: where (JSON pointer); $field: the property; $value: what is there; $asked: what is expected.

json-type = { $place }: “{ $value }” is not of the expected type ({ $asked }).
json-required = { $place }: “{ $asked }”, which is required, is missing.
json-enum = { $place }: “{ $value }” is not one of the allowed values: { $asked }.
json-const = { $place }: “{ $value }” should be “{ $asked }”.
json-pattern = { $place }: “{ $value }” has not the expected form ({ $asked }).
json-format = { $place }: “{ $value }” is not written as it should be (format { $asked }).
json-minimum = { $place }: { $value } is too small (limit: { $asked }).
json-maximum = { $place }: { $value } is too large (limit: { $asked }).
json-multipleOf = { $place }: { $value } is not a multiple of { $asked }.
json-uniqueItems = { $place }: the list holds the same element twice.
json-size = { $place }: “{ $value }” has not the expected length ({ $asked }).
json-unknown-property = { $place }: properties that the schema doesn’t know: { $asked }.
json-forms = { $place }: “{ $value }” has none of the allowed forms. The nearest one lacks: { $asked }
json-other = { $place }: “{ $value }” doesn’t follow the schema.
