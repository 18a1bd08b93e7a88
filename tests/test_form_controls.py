"""Each control of a form in a line: its parameter, kind and group, and with what it is of use."""

from dataclasses import asdict

import pytest

from app.labs.explorer.params import BpttParams
from app.labs.graph.params import GraphParams
from app.labs.training.params import TrainingParams
from app.pages.form import controls

# ruff: noqa: E501
EXPLORER = """
text text main limits:not_numbers=1000,too_few_symbols=2,too_long=1300,too_many_different=256,too_many_symbols=1001 usual:char=hello,number=1 2 1 2 1,word=you say goodbye and I say hello .
targets text reading limits:too_long=1300
vocabulary text reading only_with:unit=char|word limits:too_long=1300
steps integer main
unit choice reading
cell choice network gates:gru=3,lstm=4,rnn=1
activation choice network only_with:cell=rnn
reset_gate choice network only_with:cell=gru
hidden integer network times_steps:32000
init choice network only_with:trained=,weights=
gain number network step:0.05 only_with:init=gain|orthogonal|identity,trained=,weights= not_with:recurrence=zero
recurrence choice network
gate_bias number network step:0.5 only_with:init=gain|orthogonal|identity,trained=,weights=,cell=lstm|gru
seed integer network only_with:trained=,weights=
weights text network limits:not_numbers=100,too_long=20000
trained text None limits:too_long=12000
at_update integer None
h0 text network limits:not_numbers=100,too_long=2000
c0 text network only_with:cell=lstm limits:not_numbers=100,too_long=2000
loss choice loss only_with:unit=char|word idle_value:squared_error
loss_at choice loss own:not_steps=999,too_long=5000
reduction choice loss
truncation choice main
k integer main only_with:truncation=blocks|window|tbptt at_least:k1
k1 integer main only_with:truncation=tbptt
cut number main step:0.05 only_with:truncation=randomized
cut_seed integer main only_with:truncation=randomized draws:106|4043
cuts text main only_with:truncation=cuts limits:not_cuts=999,too_long=5000
updates integer training times_steps:40000
lr number training step:0.01 not_with:updates=0
initial_state choice training not_with:updates=0
"""

TRAINING = """
task choice main
text text main only_with:task=text limits:too_few_symbols=2,too_long=2600,too_many_different=256,too_many_symbols=2001 usual:char=hello
k integer main
cuts text order only_with:task=text limits:not_cuts=1999,too_long=400
lr number main step:0.01
state choice main
cell choice network
activation choice network only_with:cell=rnn
reset_gate choice network only_with:cell=gru
hidden integer network
init choice network
gain number network step:0.05 only_with:init=gain|orthogonal|identity not_with:recurrence=zero
recurrence choice network
gate_bias number network step:0.5 only_with:init=gain|orthogonal|identity,cell=lstm|gru
seed integer network
lanes integer order only_with:lengths=
lengths text order only_with:task=text limits:too_long=320
padding choice order only_with:task=text not_with:lengths=
reading choice order only_with:task=text
reset choice order only_with:task=text
shuffle choice order only_with:task=text
optimizer choice update
clip choice update
clip_at number update step:0.1 not_with:clip=none
divide choice update only_with:task=text
match choice race only_with:task=text|recall idle_value:updates
budget integer race
contest text race limits:contestants=8
seeds integer race
lag integer main not_with:task=text
distractors integer task only_with:task=recall|episodes
cues integer task only_with:task=recall|episodes
gap integer task only_with:task=recall
"""

GRAPH = """
preset choice None
formula text main limits:too_long=200
values text None
n integer main only_with:formula=,preset=chain|recursion|ar|latent
tau integer main only_with:formula=,preset=ar at_most:n
lr number foot step:0.05
steps integer None
"""

FIRST = ("name", "kind", "group")
OF_THE_API = ("default", "choices", "minimum", "maximum")  # see tests/api/test_contract.py


def written(value) -> str:
    if isinstance(value, dict):
        return ",".join(f"{name}={written(part)}" for name, part in value.items())
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def line(control) -> str:
    parts = asdict(control)
    rest = {name: value for name, value in parts.items() if name not in (*FIRST, *OF_THE_API)}
    if rest["step"] == 1:
        del rest["step"]
    more = [f"{name}:{written(value)}" for name, value in rest.items() if value not in (None, {})]
    return " ".join([*(str(parts[name]) for name in FIRST), *more])


@pytest.mark.parametrize(
    ("lab", "expected"), [(BpttParams, EXPLORER), (TrainingParams, TRAINING), (GraphParams, GRAPH)]
)
def test_the_controls_of_a_lab_are_these_in_this_order(lab, expected):
    assert [line(control) for control in controls(lab)] == expected.strip().splitlines()
