#!/usr/bin/env python3
"""Writes the page that the project's benchmark decodes: the published example, its devices repeated to 10 MB.

    page.py DEVICE.MD OUTPUT

The same bytes as tests/src/page.rs makes.
"""

import json
import sys

BYTES = 10_000_000


def text(value):
    """As serde_json writes it: keys in order, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def example(markdown):
    section = markdown.split("## Devices\n")[1].split("### Example")[1]
    return json.loads(section.split("```json\n")[1].split("```")[0])


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        page = example(file.read())
    items = page["items"]
    rounds = BYTES // sum(len(text(item)) for item in items)
    page["items"] = [
        {**item, "deviceId": f"{number:024x}", "name": f"Device {number}"} for number in range(rounds) for item in items
    ]
    page["count"] = len(page["items"])
    with open(target, "wb") as file:
        file.write(text(page))


if __name__ == "__main__":
    main()
