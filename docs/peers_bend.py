#!/usr/bin/env python3
"""Bends an OpenAPI 3.1 document until another generator takes it; prints what was bent, and how often.

    peers_bend.py PEER DOCUMENT OUTPUT

Each peer has a list of bends below, as short as it may be. What a bend takes from the document, the peer's code lacks.
"""

import json
import sys
from collections import Counter

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def below(schema):
    """The schemas directly within one."""
    for key in ("properties", "patternProperties"):
        yield from schema.get(key, {}).values()
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield schema[key]
    for key in ("oneOf", "anyOf", "allOf"):
        yield from schema.get(key, [])


def deep(schema):
    """A schema and all within it, the inner ones first."""
    for inner in list(below(schema)):
        yield from deep(inner)
    yield schema


def operations(document):
    for path in document["paths"].values():
        for method in METHODS:
            if method in path:
                yield path[method]


def parameters(document):
    yield from document["components"].get("parameters", {}).values()
    for path in document["paths"].values():
        yield from path.get("parameters", [])
    for operation in operations(document):
        yield from operation.get("parameters", [])


def bodies(operation):
    """The bodies of an operation: each a map of media types."""
    yield operation.get("requestBody", {}).get("content", {})
    for response in operation["responses"].values():
        yield response.get("content", {})


def schemas(document):
    """Every schema of the document, the inner ones first."""
    for schema in document["components"]["schemas"].values():
        yield from deep(schema)
    for parameter in parameters(document):
        for place in (parameter, *parameter.get("content", {}).values()):
            yield from deep(place.get("schema", {}))
    for operation in operations(document):
        for body in bodies(operation):
            for media in body.values():
                yield from deep(media.get("schema", {}))


def become(schema, other):
    schema.clear()
    schema.update(other)


def count(places, change):
    """How often a change applied: it says so itself."""
    return sum(bool(change(place)) for place in places)


# The bends. Each changes the document and tells how many places it changed.


def titles_away(document):
    return count(schemas(document), lambda schema: schema.pop("title", None))


def folded(values):
    """What an enum's values are told apart by when they are names in Rust."""
    return ["".join(c for c in str(value).lower() if c.isalnum()) for value in values]


def enums_to_strings(document):
    """Enums whose values differ in case or punctuation alone."""

    def change(schema):
        names = folded(schema.get("enum", []))
        return len(set(names)) < len(names) and schema.pop("enum")

    return count(schemas(document), change)


def uploads_to_bytes(document):
    def change(operation):
        body = operation.get("requestBody", {}).get("content", {})
        if not body.pop("multipart/form-data", None):
            return False
        body["application/octet-stream"] = {"schema": {"type": "string", "format": "binary"}}
        return True

    return count(operations(document), change)


def json_parameters_to_strings(document):
    def change(parameter):
        if not parameter.pop("content", None):
            return False
        parameter["schema"] = {"type": "string"}
        return True

    return count(parameters(document), change)


def bracket_parameters_to_strings(document):
    def change(parameter):
        if parameter.get("style") != "deepObject":
            return False
        del parameter["style"]
        parameter.pop("explode", None)
        parameter["schema"] = {"type": "string"}
        return True

    return count(parameters(document), change)


def one_body_each(document):
    """Of several answers of success those with the first one's body, if any, and the same for errors."""

    def change(operation):
        gone = 0
        for kind in "2", "4":
            seen = []
            for code in sorted(operation["responses"]):
                content = operation["responses"][code].get("content")
                if code[0] == kind:
                    if seen and content != seen[0]:
                        del operation["responses"][code]
                        gone += 1
                    seen.append(content)
        return gone

    return sum(change(operation) for operation in operations(document))


def dollar_keys_to_free_objects(document):
    def change(schema):
        if not any(key.startswith("$") for key in schema.get("properties", {})):
            return False
        become(schema, {"type": "object", "additionalProperties": True})
        return True

    return count(schemas(document), change)


def patterns_to_additional(document):
    """`patternProperties` -> `additionalProperties`, without the pattern of the keys."""

    def change(schema):
        patterns = schema.pop("patternProperties", None)
        if not patterns:
            return False
        values = list(patterns.values())
        schema["additionalProperties"] = values[0] if len(values) == 1 else True
        return True

    return count(schemas(document), change)


def several_types_to_branches(document):
    """`type: [a, b, null]` -> a choice of schemas with one type each."""

    def change(schema):
        types = schema.get("type")
        if not isinstance(types, list) or len([each for each in types if each != "null"]) < 2:
            return False
        become(schema, {"oneOf": [{"type": each} for each in types]})
        return True

    return count(schemas(document), change)


def null_to_nullable(document):
    """What OpenAPI 3.0 has for null, and its version."""
    document["openapi"] = "3.0.3"

    def change(schema):
        types = schema.get("type")
        before = json.dumps(schema)
        schema.pop("examples", None)
        if isinstance(types, list):
            rest = [each for each in types if each != "null"]
            if len(rest) < len(types):
                schema["nullable"] = True
            if len(rest) == 1:
                schema["type"] = rest[0]
            else:
                del schema["type"]
        elif types == "null":
            become(schema, {"nullable": True, "enum": [None]})
        if None in schema.get("enum", []):
            schema["nullable"] = True
            schema["enum"] = [value for value in schema["enum"] if value is not None] or [None]
        for key in ("oneOf", "anyOf"):
            branches = schema.get(key, [])
            rest = [branch for branch in branches if branch.get("enum") != [None]]
            if len(rest) == len(branches):
                continue
            del schema[key]
            if len(rest) == 1 and "$ref" not in rest[0]:
                schema.update(rest[0])
            else:
                schema[key] = rest
            schema["nullable"] = True
        return json.dumps(schema) != before

    return count(schemas(document), change)


def number_enums_to_integers(document):
    """Enums of whole numbers without a type get one: peers refuse them, or read texts in their place."""

    def change(schema):
        values = schema.get("enum", [])
        numbers = [value for value in values if value is not None]
        if "type" in schema or not numbers or not all(type(value) is int for value in numbers):
            return False
        schema["type"] = "integer" if numbers == values else ["integer", "null"]
        return True

    return count(schemas(document), change)


def string_limits_away(document):
    """Patterns and lengths, of which a peer may make a type each."""

    def change(schema):
        return [schema.pop(key) for key in ("pattern", "minLength", "maxLength") if isinstance(schema.get(key), (str, int))]

    return count(schemas(document), change)


def closed_objects_opened(document):
    def change(schema):
        return schema.get("additionalProperties") is False and not schema.pop("additionalProperties")

    return count(schemas(document), change)


def copies_to_references(document):
    """Objects written out where a named schema is equal, descriptions and examples aside."""

    def bare(schema):
        said = ("description", "title", "examples", "example", "default")
        if isinstance(schema, dict):
            return {key: bare(value) for key, value in schema.items() if key not in said or not isinstance(value, (str, list))}
        return [bare(each) for each in schema] if isinstance(schema, list) else schema

    def text(schema):
        return json.dumps(bare(schema), sort_keys=True)

    named = document["components"]["schemas"]
    names = {text(schema): name for name, schema in named.items() if "properties" in schema}

    def change(schema):
        name = names.get(text(schema)) if "properties" in schema else None
        if name is None or any(schema is whole for whole in named.values()):
            return False
        become(schema, {"$ref": f"#/components/schemas/{name}"})
        return True

    return count(list(schemas(document)), change)


def events_to_strings(document):
    def change(operation):
        streams = [body["text/event-stream"] for body in bodies(operation) if "text/event-stream" in body]
        for stream in streams:
            stream["schema"] = {"type": "string"}
        return streams

    return count(operations(document), change)


def string_branches_to_one(document):
    """A choice between several kinds of strings -> one string without limits; a choice of one -> that one."""

    def change(schema):
        for key in ("oneOf", "anyOf"):
            branches = schema.get(key, [])
            rest = [branch for branch in branches if branch.get("type") != "string"]
            if len(branches) - len(rest) < 2:
                continue
            rest.append({"type": "string"})
            del schema[key]
            if len(rest) == 1:
                schema.update(rest[0])
            else:
                schema[key] = rest
            return True
        return False

    return count(schemas(document), change)


def choices_in_maps_to_anything(document):
    """Maps whose values are a choice."""

    def change(schema):
        values = schema.get("additionalProperties")
        if not isinstance(values, dict) or not {"oneOf", "anyOf"} & values.keys():
            return False
        schema["additionalProperties"] = True
        return True

    return count(schemas(document), change)


BENDS = {
    "oas3": [dollar_keys_to_free_objects],
    "oag": [
        several_types_to_branches,
        patterns_to_additional,
        null_to_nullable,
        number_enums_to_integers,
        events_to_strings,
        titles_away,
        string_branches_to_one,
        choices_in_maps_to_anything,
        uploads_to_bytes,
        bracket_parameters_to_strings,
    ],
    "o2r": [number_enums_to_integers],
    "progenitor": [
        closed_objects_opened,
        string_limits_away,
        several_types_to_branches,
        patterns_to_additional,
        null_to_nullable,
        number_enums_to_integers,
        enums_to_strings,
        uploads_to_bytes,
        json_parameters_to_strings,
        bracket_parameters_to_strings,
        one_body_each,
        copies_to_references,
    ],
}


def main():
    peer, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        document = json.load(file)
    said = [(bend.__name__.replace("_", " "), bend(document)) for bend in BENDS[peer]]
    with open(target, "w", encoding="utf-8") as file:
        json.dump(document, file)
    print("; ".join(f"{name} ({times})" for name, times in said if times) or "none")


if __name__ == "__main__":
    main()
