"""Every concept that the graph lab must show, by its number, held against the answer that is drawn."""

import json
from itertools import pairwise

import numpy as np
import pytest

CLOSE = {"rel": 1e-12, "abs": 1e-15}


@pytest.fixture(scope="module")
def graph(client):
    """The graph lab's answer to these parameters, as strict JSON at full precision."""

    def answer(**parameters):
        response = client.get("/api/graph", params={"digits": 17, **parameters})
        assert response.status_code == 200, response.text
        return json.loads(response.content, parse_constant=pytest.fail)

    return answer


def test_row_30_one_update_by_the_sum_of_the_terms_and_not_one_for_each(graph):
    answer = graph(preset="chain", lr=1)
    assert answer["terms"]["w"] == pytest.approx([0.036] * 3, **CLOSE)
    assert answer["update"]["after"]["w"] == pytest.approx(0.2 - 0.108, **CLOSE)
    w, upstream = 0.2, 1.0
    for earlier in (0.036, 0.18, 0.9):  # h2, h1 and the number: each term is written into w at once
        w -= upstream * earlier
        upstream *= w
    assert answer["inplace"]["after"]["w"] == pytest.approx(w, **CLOSE)
    assert w == pytest.approx(0.11463, abs=5e-6)


def test_row_31_a_tied_weight_gets_the_sum_of_the_gradients_of_two(graph):
    tied, free = graph(preset="tied"), graph(preset="layers")
    assert tied["value"]["f"] == free["value"]["f"]
    assert tied["grad"]["w"] == pytest.approx(free["grad"]["w1"] + free["grad"]["w2"], **CLOSE)
    assert free["grad"]["w2"] == pytest.approx(np.tanh(0.5), **CLOSE)
    assert free["grad"]["w1"] == pytest.approx(0.5 * (1 - np.tanh(0.5) ** 2), **CLOSE)
    assert tied["grad"]["w"] == pytest.approx(0.8553, abs=5e-5)
    assert tied["terms"]["w"] == [free["grad"]["w2"], free["grad"]["w1"]]


@pytest.mark.parametrize("values", ["", "b:2,c:-0.7", "c.2:0,b.3:5", "b.0:-1.5,c:1.1"])
def test_row_32_the_recursion_is_its_sum_of_products_and_forward_mode_agrees(graph, values):
    n = 6
    answer = graph(preset="recursion", n=n, values=values)
    value, closed = answer["value"], answer["closed"]
    for t in range(n):
        for i in range(t + 1):
            product = np.prod([value[f"c.{j}"] for j in range(i + 1, t + 1)])
            assert closed["products"][t][i] == pytest.approx(product, **CLOSE)
        assert closed["sums"][t] == pytest.approx(value[f"a.{t}"], **CLOSE)
    for i in range(n):
        assert answer["grad"][f"b.{i}"] == pytest.approx(closed["products"][n - 1][i], **CLOSE)
    assert answer["checks"]["forward_mode"] < 1e-12
    assert answer["checks"]["finite_difference"] < 1e-6


def test_row_35_the_gradients_of_f_are_its_differences(graph):
    asked = {"x": 4.0, "y": 1.0, "z": 3.0}
    answer = graph()
    assert answer["value"] == asked | {"p": 3, "f": 9}
    for name in asked:
        ends = [
            graph(values=",".join(f"{one}:{value + by * (one == name)}" for one, value in asked.items()))
            for by in (1e-4, -1e-4)
        ]
        slope = (ends[0]["value"]["f"] - ends[1]["value"]["f"]) / 2e-4
        assert answer["grad"][name] == pytest.approx(slope, rel=1e-8)
    for edge in answer["edges"]:
        assert edge["gradient"] == answer["grad"][edge["to"]] * edge["local"]


def test_row_36_one_step_downhill(graph):
    answer = graph()
    assert [answer["update"]["after"][name] for name in "xyz"] == pytest.approx([3.7, 1.3, 2.7])
    assert answer["update"]["truth"] == pytest.approx(6.48)
    assert answer["update"]["promise"] == pytest.approx(9 - 0.1 * 27)
    after = graph(steps=1)
    assert after["value"]["f"] == answer["update"]["truth"]
    assert graph(steps=7)["value"]["f"] < 0
    assert graph(lr=0.5)["update"]["truth"] == 0
    path = graph(steps=4)["path"]
    assert len(path) == 6
    assert all(later < earlier for earlier, later in pairwise(path))


def test_row_46_an_autoregressive_model_sees_the_last_tau_values_alone(graph):
    for tau in range(1, 6):
        answer = graph(preset="ar", n=5, tau=tau)
        seen = [answer["grad"][f"x.{t}"] != 0 for t in range(5)]
        assert seen == [t >= 5 - tau for t in range(5)]
        moved = graph(preset="ar", n=5, tau=tau, values="x.0:0.9")
        assert (moved["value"]["xhat"] == answer["value"]["xhat"]) == (tau < 5)


@pytest.mark.parametrize("n", [2, 5, 12])
def test_row_47_in_a_latent_model_the_first_value_still_matters(graph, n):
    answer = graph(preset="latent", n=n)
    grads = [abs(answer["grad"][f"x.{t}"]) for t in range(n)]
    assert all(grads)
    assert grads[0] == min(grads)
    moved = graph(preset="latent", n=n, values="x.0:0.9")
    assert moved["value"]["xhat"] != answer["value"]["xhat"]


def test_row_50_the_product_over_the_steps_between_is_what_vanishes_or_explodes(graph):
    for c, grows in ((0.5, False), (1.5, True)):
        answer = graph(preset="recursion", n=12, values=f"c:{c}")
        by_distance = answer["closed"]["products"][11][::-1]
        assert by_distance == pytest.approx([c**d for d in range(12)])
        assert all((later > earlier) == grows for earlier, later in pairwise(by_distance))
