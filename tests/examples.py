"""How many random examples a property test takes: a fifth in `make test`, all in `make test-all`."""

from hypothesis import HealthCheck, settings

SAMPLE = "sample"  # tests/conftest.py loads it for `make test`
settings.register_profile(SAMPLE, max_examples=settings().max_examples // 5)


def examples(n: int) -> settings:
    """Take ``n`` examples, or a fifth of them and at least eight."""
    share = settings().max_examples / settings.get_profile("default").max_examples
    return settings(
        max_examples=max(8, round(n * share)),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
