"""Faulty files, made for comparing validators: for each type, format, constraint and rule of Table Schema, a schema and
a table whose rows try it, good and bad. Seedless: the same files each time.

A case is a name, a schema and the text of a CSV file. The tried field is `value`; `id` numbers the rows, so that no row is
blank because its value is.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    name: str
    schema: dict
    table: str


def text_of(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def of_values(name: str, field: dict, values: list[str], **schema) -> Case:
    """A field and the cells that try it, one a row."""
    fields = [{"name": "id", "type": "integer"}, {"name": "value", **field}]
    rows = [["id", "value"], *([str(number), value] for number, value in enumerate(values, start=1))]
    return Case(name, {"fields": fields, **schema}, text_of(rows))


TYPES = [
    ("string", {"type": "string"}, ["a", " a ", "é", "1", "-"]),
    ("string-email", {"type": "string", "format": "email"}, ["a@b.fr", "nobody", "a@b", "a b@c.fr", "@b.fr"]),
    ("string-uri", {"type": "string", "format": "uri"}, ["https://e.fr/a?b#c", "e.fr", "mailto:a@b.fr", "http//e.fr"]),
    ("string-uuid", {"type": "string", "format": "uuid"}, ["95ecc380-afe9-11e4-9b6c-751b66dd541e", "95ecc380", "95ecc380-afe9-11e4-9b6c-751b66dd541z"]),
    ("string-binary", {"type": "string", "format": "binary"}, ["dGVzdA==", "dGVzdA", "é"]),
    ("integer", {"type": "integer"}, ["1", "-1", "+1", "01", "1.0", "1,0", "a", "1e3", " 1", "9" * 25]),
    ("integer-not-bare", {"type": "integer", "bareNumber": False}, ["12 €", "€12", "95%", "a12b", "a"]),
    ("integer-group", {"type": "integer", "groupChar": " "}, ["1 000", "1000", "1.000"]),
    ("number", {"type": "number"}, ["1", "1.5", "-1.5", "1,5", "1e3", "NaN", "INF", "-INF", "1 000", "a", ".5", "5.", "12 €"]),
    ("number-comma", {"type": "number", "decimalChar": ","}, ["1,5", "1.5", "1,5,5", "1"]),
    ("number-group", {"type": "number", "decimalChar": ",", "groupChar": " "}, ["1 000,5", "1000,5", "1.000,5"]),
    ("number-not-bare", {"type": "number", "bareNumber": False}, ["12.5 €", "95%", "a"]),
    ("boolean", {"type": "boolean"}, ["true", "True", "TRUE", "1", "false", "0", "oui", "t", "vrai", "2"]),
    ("boolean-words", {"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}, ["oui", "non", "true", "Oui", "0"]),
    ("date", {"type": "date"}, ["2024-02-29", "2023-02-29", "29/02/2024", "2024-2-9", "20240229", "2024-13-01", "2024", "2024-02-29T00:00:00"]),
    ("date-pattern", {"type": "date", "format": "%d/%m/%Y"}, ["29/02/2024", "2024-02-29", "31/04/2024", "1/2/2024"]),
    ("date-any", {"type": "date", "format": "any"}, ["2024-02-29", "29 Feb 2024", "2024/02/29", "demain"]),
    ("time", {"type": "time"}, ["08:30:00", "08:30", "24:00:00", "08:61:00", "8h30"]),
    ("time-pattern", {"type": "time", "format": "%H:%M"}, ["08:30", "08:30:00", "25:00"]),
    ("datetime", {"type": "datetime"}, ["2024-02-29T08:30:00Z", "2024-02-29T08:30:00", "2024-02-29", "2024-02-30T08:30:00Z", "29/02/2024 08:30"]),
    ("datetime-pattern", {"type": "datetime", "format": "%d/%m/%Y %H:%M"}, ["29/02/2024 08:30", "2024-02-29T08:30:00Z"]),
    ("year", {"type": "year"}, ["2024", "24", "20245", "an", "-2024", "2024.0"]),
    ("yearmonth", {"type": "yearmonth"}, ["2024-02", "2024-13", "02/2024", "2024-2", "2024"]),
    ("duration", {"type": "duration"}, ["P1Y2M10DT2H30M", "PT5M", "1 an", "P", "P1W"]),
    ("geopoint", {"type": "geopoint"}, ["1.95,43.32", "1.95, 43.32", "181,43", "1.95,91", "1.95;43.32", "ici"]),
    ("geopoint-array", {"type": "geopoint", "format": "array"}, ["[1.95, 43.32]", "1.95,43.32", "[1.95]", "[200, 43]"]),
    ("geopoint-object", {"type": "geopoint", "format": "object"}, ['{"lon": 1.95, "lat": 43.32}', "[1.95, 43.32]", '{"lon": 1.95}']),
    ("geojson", {"type": "geojson"}, ['{"type": "Point", "coordinates": [1.95, 43.32]}', '{"type": "Point"}', "[1, 2]", "Point"]),
    ("object", {"type": "object"}, ['{"a": 1}', "[1]", "a", "{", '"a"']),
    ("array", {"type": "array"}, ["[1]", '{"a": 1}', "a", "[1"]),
    ("any", {"type": "any"}, ["a", "1", "[", "é"]),
]

CONSTRAINTS = [
    ("required", {"type": "string", "constraints": {"required": True}}, ["a", "", "b"]),
    ("unique", {"type": "string", "constraints": {"unique": True}}, ["a", "b", "a", "", "", "b"]),
    ("pattern", {"type": "string", "constraints": {"pattern": "[A-Z]{2}\\d"}}, ["AB1", "AB12", "xAB1", "ab1", ""]),
    ("pattern-anchored", {"type": "string", "constraints": {"pattern": "^\\d{14}$"}}, ["21110076300013", "2111007630001", "211100763000134"]),
    ("enum", {"type": "string", "constraints": {"enum": ["oui", "non"]}}, ["oui", "Oui", "", "peut-être"]),
    ("enum-integer", {"type": "integer", "constraints": {"enum": [1, 2]}}, ["1", "2", "3", "01"]),
    ("minimum", {"type": "integer", "constraints": {"minimum": 10}}, ["9", "10", "11", ""]),
    ("maximum", {"type": "number", "constraints": {"maximum": 1.5}}, ["1.4", "1.5", "1.6"]),
    ("minimum-date", {"type": "date", "constraints": {"minimum": "2020-01-01"}}, ["2019-12-31", "2020-01-01"]),
    ("maximum-year", {"type": "year", "constraints": {"maximum": "2030"}}, ["2030", "2031"]),
    ("minLength", {"type": "string", "constraints": {"minLength": 3}}, ["ab", "abc", "éé", ""]),
    ("maxLength", {"type": "string", "constraints": {"maxLength": 3}}, ["abcd", "abc", "éééé"]),
    ("two-rules", {"type": "string", "constraints": {"minLength": 3, "pattern": "[a-z]+"}}, ["A", "ab", "abc"]),
]


def of_table(name: str, names: list[str], rows: list[list[str]], **schema) -> Case:
    return Case(name, {"fields": [{"name": field, "type": "string"} for field in names], **schema}, text_of(rows))


HEADERS_AND_ROWS = [
    of_table("blank-label", ["a", "b"], [["a", ""], ["1", "2"]]),
    of_table("duplicate-label", ["a", "b"], [["a", "a"], ["1", "2"]]),
    of_table("incorrect-label", ["a", "b"], [["a", "c"], ["1", "2"]]),
    of_table("labels-in-another-order", ["a", "b"], [["b", "a"], ["1", "2"]]),
    of_table("missing-label", ["a", "b", "c"], [["a", "b"], ["1", "2"]]),
    of_table("extra-label", ["a", "b"], [["a", "b", "c"], ["1", "2", "3"]]),
    of_table("missing-cell", ["a", "b", "c"], [["a", "b", "c"], ["1", "2", "3"], ["1", "2"], ["1", "2", "3"]]),
    of_table("extra-cell", ["a", "b"], [["a", "b"], ["1", "2"], ["1", "2", "3"], ["1", "2"]]),
    of_table("blank-row", ["a", "b"], [["a", "b"], ["1", "2"], ["", ""], ["3", "4"]]),
    of_table("primary-key", ["a", "b"], [["a", "b"], ["1", "x"], ["2", "x"], ["1", "y"], ["", "z"]], primaryKey=["a"]),
    of_table("primary-key-of-two", ["a", "b"], [["a", "b"], ["1", "x"], ["1", "y"], ["1", "x"]], primaryKey=["a", "b"]),
    of_table("foreign-key-to-itself", ["a", "b"], [["a", "b"], ["1", "2"], ["2", "1"], ["3", "9"]],
             foreignKeys=[{"fields": ["b"], "reference": {"resource": "", "fields": ["a"]}}]),
    of_table("missing-values", ["a", "b"], [["a", "b"], ["NA", "x"], ["", "y"], ["1", "z"]],
             missingValues=["NA"], primaryKey=["a"]),
]

CASES = [of_values(*case) for case in TYPES + CONSTRAINTS] + HEADERS_AND_ROWS
