"""static/js/api-types.d.ts is what `make types` generates from the OpenAPI document."""

import pytest

from tests import api_types


def test_the_types_of_the_scripts_are_those_of_the_api():
    assert api_types.TARGET.read_text(encoding="utf-8") == api_types.declarations(), "run `make types`"


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"$ref": "#/components/schemas/Cost"}, "Cost"),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "null"}]}, "number | null"),
        ({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}}, "(number | null)[]"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "string[][]"),
        ({"type": "string", "enum": ["loss", "error"]}, '"loss" | "error"'),
        ({"type": "array", "prefixItems": [{"type": "integer"}] * 2, "maxItems": 2}, "[number, number]"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "Record<string, boolean>"),
    ],
)
def test_a_schema_as_a_type(schema, written):
    assert api_types._type(schema) == written


@pytest.mark.parametrize("schema", [{}, {"not": {}}, {"type": "object", "additionalProperties": True}])
def test_a_schema_that_no_result_model_has_is_an_error(schema):
    with pytest.raises(ValueError, match="no type for"):
        api_types._type(schema)
