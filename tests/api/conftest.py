"""The application, asked in this process."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the file whose tests take long to collect where they would be deselected."""
    left_out = "not exhaustive" in config.option.markexpr
    return True if left_out and collection_path.name == "test_openapi_boundaries.py" else None


@pytest.fixture(scope="session")
def client() -> TestClient:
    return TestClient(create_app())


@pytest.fixture
def new_client() -> Callable[[], TestClient]:
    """Another application, which has answered nothing yet."""
    return lambda: TestClient(create_app())


@pytest.fixture(scope="session")
def ask(client: TestClient) -> Callable[..., dict[str, Any]]:
    """The answer to these parameters, as strict JSON."""

    def answer(**parameters: object) -> dict[str, Any]:
        response = client.get("/api/bptt", params=parameters)
        assert response.status_code == 200, response.text
        return json.loads(response.content, parse_constant=pytest.fail)

    return answer


@pytest.fixture(scope="session")
def lab(client: TestClient) -> Callable[..., dict[str, Any]]:
    """The training lab's answer to these parameters, as strict JSON."""

    def answer(path: str = "", **parameters: object) -> dict[str, Any]:
        response = client.get("/api/training" + path, params=parameters)
        assert response.status_code == 200, response.text
        return json.loads(response.content, parse_constant=pytest.fail)

    return answer
