"""Generate static/js/api-types.d.ts, the types of all results, from the API's OpenAPI document.

Run by ``make types``. The schemas of the result models use a small part of JSON Schema; anything else is an
error here. A general generator is therefore no dependency: openapi-typescript would bring 33 packages.
"""

import json
import re
from pathlib import Path
from typing import Any

from app.main import create_app

TARGET = Path(__file__).parents[1] / "static/js/api-types.d.ts"
HEADER = """// The server's results, for `deno check` and for editors; no page loads this file.
// Generated from /openapi.json by `make types`: change the models in app/labs and app/rooms, not this file.

"""
PRIMITIVES = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
NAME = re.compile(r"[A-Za-z_]\w*")


def declarations() -> str:
    """All results as interfaces in the global namespace ``Api``."""
    schemas = create_app().openapi()["components"]["schemas"]
    body = "\n".join(_interface(name, schema) for name, schema in schemas.items())
    return f"{HEADER}declare namespace Api {{\n{body}}}\n"


def _interface(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", []))
    fields = "".join(
        f"{_comment(rules, '    ')}    {_key(field)}{'' if field in required else '?'}: {_type(rules)};\n"
        for field, rules in schema["properties"].items()
    )
    return f"{_comment(schema, '  ')}  interface {name} {{\n{fields}  }}\n"


def _comment(schema: dict[str, Any], indent: str) -> str:
    lines = schema.get("description", "").replace("*/", "* /").splitlines()
    if len(lines) < 2:
        return "".join(f"{indent}/** {line} */\n" for line in lines)
    inner = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{inner}{indent} */\n"


def _key(name: str) -> str:
    return name if NAME.fullmatch(name) else json.dumps(name)


def _type(schema: dict[str, Any]) -> str:
    """The TypeScript type of a schema.

    Raises:
        ValueError: the schema is of a kind that no result model has.

    """
    match schema:
        case {"$ref": reference}:
            return str(reference.rpartition("/")[2])
        case {"anyOf": options}:
            return " | ".join(dict.fromkeys(map(_type, options)))
        case {"enum": values}:
            return " | ".join(map(json.dumps, values))
        case {"const": value}:
            return json.dumps(value)
        case {"type": "array", "prefixItems": items, "maxItems": length} if length == len(items):
            return f"[{', '.join(map(_type, items))}]"
        case {"type": "array", "items": item}:
            inner = _type(item)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"Record<string, {_type(values)}>"
        case {"type": kind} if kind in PRIMITIVES:
            return PRIMITIVES[kind]
    raise ValueError(f"no type for {schema}")


def main() -> None:
    """Write the file."""
    TARGET.write_text(declarations(), encoding="utf-8")


if __name__ == "__main__":
    main()
