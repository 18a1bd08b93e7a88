"""Random requests of every operation, held against the OpenAPI document.

`make test` draws a few requests of each; `make test-all` also makes every boundary case that the document
describes (about five hundred for an operation of the training lab), and many more random ones.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.main import create_app

TRAINING = "^/api/training"


def loaded(*, boundaries: bool):
    config = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": boundaries}}})
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(), config=config)


@pytest.fixture(scope="module")
def whole_schema():
    return loaded(boundaries=True)


schema = loaded(boundaries=False)
whole = schemathesis.pytest.from_fixture("whole_schema")  # its cases are made when a test runs: they are many


def examples(n: int) -> settings:
    """So many random requests of every operation."""
    return settings(max_examples=n, deadline=None, suppress_health_check=list(HealthCheck))


def check(case):
    # All checks but one: what a text may hold, no schema can say.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


def check_training(case):
    if isinstance(case.query.get("budget"), int):
        case.query["budget"] = min(case.query["budget"], 60)  # a legal run may take twenty seconds
    response = case.call()
    if response.status_code == 503:  # the run before this one lingers when its listener has left
        assert response.headers["retry-after"]  # names are in small letters here
    else:
        case.validate_response(response, excluded_checks=[positive_data_acceptance])


@schema.exclude(path_regex=TRAINING).parametrize()
@examples(15)
def test_every_operation_answers_as_its_schema_says(case):
    check(case)


@pytest.mark.exhaustive
@whole.exclude(path_regex=TRAINING).parametrize()
@examples(200)
def test_every_operation_answers_many_requests_as_its_schema_says(case):
    check(case)


@schema.include(path_regex=TRAINING).parametrize()
@examples(8)
def test_every_operation_of_the_training_lab_answers_as_its_schema_says(case):
    check_training(case)


@pytest.mark.exhaustive
@whole.include(path_regex=TRAINING).parametrize()
@examples(40)
def test_every_operation_of_the_training_lab_answers_many_requests_as_its_schema_says(case):
    check_training(case)
