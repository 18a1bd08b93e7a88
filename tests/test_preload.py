"""The address that a page's Link header names is exactly the one that its script asks for."""

import json
import subprocess

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from app.labs.explorer.params import BpttParams
from app.main import create_app
from app.pages import form
from app.pages.preload import address_of
from app.pages.previews import read
from app.presets import PRESETS
from app.serving.version import ENGINE
from tests.server import ROOT

LINKS = [
    *PRESETS.values(),
    *("", "?v=2&k=3", "?utm_source=x&text=banana%20bandana&k=3", "?k=3&text=banana+bandana"),
    *("?text=hello&steps=4", "?text=hello&steps=9", "?text=hello&k=2", "?k=003&gain=1.50&lr=.25&lr=0.2"),
    *("?text=a~b*c(d)!'e&k=1", "?text=%ED%95%9C%EA%B8%80%20%EB%AC%B8%EC%9E%A5", "?text=e%CC%81te%CC%81&k=3"),
    *(
        "?unit=word",
        "?unit=word&text=a+b+c",
        "?unit=number&text=1+2+3&loss=squared_error",
        "?gate_bias=-1&cell=gru",
    ),
    *("?truncation=tbptt&k=1&k1=3", "?truncation=randomized&cut=0.35&cut_seed=7", "?truncation=full&k=7"),
    *("?truncation=cuts&cuts=3,+1,,2", "?cuts=9,4&k=3", "?truncation=cuts"),
    *("?gain=0.1&lr=10&updates=5", "?targets=ellos&text=hello", "?gain=-0.0", "?lr=0.0000001", "?gain=3.0"),
]
SCRIPT = """
import { readQuery, writeQuery } from "./static/js/page/query.js";
const { controls, links } = JSON.parse(await new Response(Deno.stdin.readable).text());
console.log(JSON.stringify(links.map((link) => writeQuery(readQuery(link, controls).params, controls))));
"""


def search(link: str) -> str:
    return link.partition("#")[0]


@pytest.fixture(scope="module")
def asked() -> dict[str, str]:
    """What the script asks for, by link."""
    given = json.dumps({"controls": form.as_data(), "links": [search(link) for link in LINKS]})
    done = subprocess.run(
        ["deno", "eval", "--quiet", SCRIPT], cwd=ROOT, input=given, capture_output=True, text=True, check=True
    )
    return dict(zip(LINKS, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_it_is_what_the_script_asks_for(asked, link):
    params = read(BpttParams, QueryParams(search(link).removeprefix("?")))
    address = params and address_of(params)
    assert address in {None, f"/api/{ENGINE}/bptt{asked[link]}"}
    assert (address is None) == (link in {"?lr=0.0000001"})


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


def test_pages_of_the_explorer_name_it_again_and_again(client):
    for path in ("/ko/?text=banana+bandana&k=3", "/embed/en/?text=banana+bandana&k=3"):
        for _ in range(2):  # the second time the URL is known
            link = client.get(path).headers["link"]
            assert link == (
                f"</api/{ENGINE}/bptt?v=1&text=banana+bandana&k=3>; rel=preload; as=fetch; crossorigin"
            )
            assert client.get(link[1 : link.index(">")]).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/ko/?steps=201", "/ko/?k=0", f"/ko/?text={'%ED%95%9C' * 199}", "/ko/training", "/ko/ab", "/ko/graph"],
)
def test_nothing_is_named_that_the_script_may_not_ask_for(client, path):
    assert "link" not in client.get(path).headers
