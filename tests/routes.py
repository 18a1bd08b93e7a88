"""Every route of the API with its example, and every page, found by walking: a new one is covered unnamed."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from fastapi import FastAPI
from starlette.testclient import TestClient


def examples_of_routes(app: FastAPI) -> Iterator[str]:
    """The example in the description of every operation that reads, and /openapi.json itself.

    A room of a live lecture is there only while it lasts, so its examples are answered by 404.
    """
    yield "/openapi.json"
    for path, operations in app.openapi()["paths"].items():
        for operation in [operations[method] for method in operations if method == "get"]:
            yield from re.findall(r"Example: `([^`]+)`", operation["description"]) or [path]


def pages_of_the_site(client: TestClient) -> list[str]:
    """The paths of all pages that one reaches from the front page by links, in both languages."""
    found, queue = {"/ko/"}, ["/ko/"]
    while queue:
        page = queue.pop()
        answer = client.get(page)
        if "text/html" not in answer.headers["content-type"]:
            continue
        for link in re.findall(r'<a [^>]*href="([^"]+)"', answer.text):
            path = urlsplit(urljoin(page, unescape(link))).path
            if urlsplit(link).netloc == "" and path not in found:
                found.add(path)
                queue.append(path)
    return sorted(found)
