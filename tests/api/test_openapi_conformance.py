"""A few random requests of every operation, held against the OpenAPI document."""

from tests.api.conformance import TRAINING, check, check_training, examples, loaded

schema = loaded(boundaries=False)


@schema.exclude(path_regex=TRAINING).parametrize()
@examples(15)
def test_every_operation_answers_as_its_schema_says(case):
    check(case)


@schema.include(path_regex=TRAINING).parametrize()
@examples(8)
def test_every_operation_of_the_training_lab_answers_as_its_schema_says(case):
    check_training(case)
