"""Every boundary case that the OpenAPI document describes, and many more random requests of every operation.

About five hundred cases for an operation of the training lab are made while these tests are collected, which
takes long; conftest.py leaves this file out where exhaustive tests are not wanted.
"""

import pytest

from tests.api.conformance import TRAINING, check, check_training, examples, loaded

pytestmark = pytest.mark.exhaustive
schema = loaded(boundaries=True)


@schema.exclude(path_regex=TRAINING).parametrize()
@examples(200)
def test_every_operation_answers_many_requests_as_its_schema_says(case):
    check(case)


@schema.include(path_regex=TRAINING).parametrize()
@examples(40)
def test_every_operation_of_the_training_lab_answers_many_requests_as_its_schema_says(case):
    check_training(case)
