"""The address that a page's Link header names is exactly the one that its script asks for."""

import json
import re
import subprocess

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from app.labs.explorer.params import BpttParams
from app.labs.training.params import TrainingParams
from app.main import create_app
from app.pages import form
from app.pages.preload import film_address, query_of
from app.pages.previews import read
from app.presets import PRESETS, TRAINING_PRESETS
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
    *(
        "?updates=5&initial_state=learned&h0=1,0&hidden=2",
        "?initial_state=learned",
        "?initial_state=given&k=3",
    ),
]
TRAINING_LINKS = [
    *TRAINING_PRESETS.values(),
    *("", "?text=banana+bandana&k=3", "?lr=.5&hidden=016&seeds=1", "?cell=gru&budget=500&contest=2,full"),
    *("?text=%ED%95%9C%EA%B8%80%20%EB%AC%B8%EC%9E%A5", "?utm_source=x&batch=3", "?task=recall&lag=5"),
]
SCRIPT = """
import { readQuery, writeQuery } from "./static/js/page/query.js";
const { controls, links } = JSON.parse(await new Response(Deno.stdin.readable).text());
console.log(JSON.stringify(links.map((link) => writeQuery(readQuery(link, controls).params, controls))));
"""


def search(link: str) -> str:
    return link.partition("#")[0]


def asked(lab: type, links: list[str]) -> list[str]:
    """What the script asks for."""
    given = json.dumps({"controls": form.as_data(lab), "links": [search(link) for link in links]})
    done = subprocess.run(
        ["deno", "eval", "--quiet", SCRIPT], cwd=ROOT, input=given, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def read_by_the_server(lab: type, link: str):
    return read(lab, QueryParams(search(link).removeprefix("?")))


def test_it_is_what_the_script_asks_for():
    for link, query in zip(LINKS, asked(BpttParams, LINKS), strict=True):
        params = read_by_the_server(BpttParams, link)
        written = query_of(params) if params else None
        assert written in {None, query}, link
        assert (written is None) == (link in {"?lr=0.0000001"}), link


def test_the_film_is_what_the_script_asks_for():
    named = 0
    for link, query in zip(TRAINING_LINKS, asked(TrainingParams, TRAINING_LINKS), strict=True):
        params = read_by_the_server(TrainingParams, link)
        address = film_address(params)
        if params and params.task == "text":
            assert address == f"/api/{ENGINE}/training/film{query}&pass=1&from=0", link
            named += 1
        else:
            assert address is None, link
    assert named > 5


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


def named(header: str) -> list[str]:
    return re.findall("<([^>]+)>; rel=preload; as=fetch; crossorigin", header)


def test_a_comparison_names_both_results_and_one_that_is_both_once(client):
    both = client.get("/en/ab?v=1&text=banana&b=text%3Dbandana%26k%3D3").headers["link"]
    assert named(both) == [
        f"/api/{ENGINE}/bptt?v=1&text=banana",
        f"/api/{ENGINE}/bptt?v=1&text=bandana&k=3",
    ]
    assert named(client.get("/en/ab?v=1&k=3").headers["link"]) == [f"/api/{ENGINE}/bptt?v=1&k=3"]


def test_the_training_page_names_its_film(client):
    address, *others = named(client.get("/ko/training?text=banana&k=3").headers["link"])
    assert address == f"/api/{ENGINE}/training/film?v=1&text=banana&k=3&pass=1&from=0"
    assert not others
    assert client.get(address).status_code == 200


def test_the_longest_sequence_that_is_sent_whole_is_named(client):
    assert "steps=200" in client.get("/ko/?steps=200").headers["link"]


@pytest.mark.parametrize(
    "path",
    [
        *("/ko/?steps=201", "/ko/?k=0", f"/ko/?text={'%ED%95%9C' * 199}"),
        *("/ko/training?task=recall", "/ko/training?k=0", "/ko/ab?steps=201", "/ko/graph"),
    ],
)
def test_nothing_is_named_that_the_script_may_not_ask_for(client, path):
    assert "link" not in client.get(path).headers
