"""Random requests held against the OpenAPI document: how they are drawn and what is checked."""

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.main import create_app

TRAINING = "^/api/training"
REFUSED = ["400", "401", "403", "404", "405", "409", "410", "413", "422", "429", "503"]


def loaded(*, boundaries: bool):
    """The document, with or without the boundary cases of every parameter."""
    config = SchemathesisConfig.from_dict(
        {
            "phases": {"coverage": {"enabled": boundaries}},
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
        }
    )
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(), config=config)


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
