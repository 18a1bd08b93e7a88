"""The network on screen, with its weights after training, as a file of another framework."""

from dataclasses import replace
from typing import Annotated

import numpy as np
from pydantic import Field

from ...bptt.arrays import Array, Params
from ...interchange import own_note
from ...interchange.network import STATES, Network, Recurrent
from ...interchange.refused import Refused
from ...interchange.targets import PRECISIONS, TARGETS, Fitted, file_of, fitted
from ..parameters import IncompatibleParameters, OneOf
from .network import Network as OnScreen
from .network import build_network
from .params import BpttParams

PARAMETER_AT_FAULT = {
    "file_no_such_cell": "cell",
    "file_no_activation": "activation",
    "file_reset_after": "reset_gate",
}
"""What has to be chosen otherwise, so that the framework has such a layer."""


class NetworkFileParams(BpttParams):
    """The explorer's parameters, the framework and the number format of its file."""

    framework: Annotated[str, OneOf(TARGETS)] = Field(
        "pytorch",
        description="Whose layer gets the weights: pytorch, flax, nnx and equinox as safetensors, keras as "
        ".weights.h5, onnx as a model, npz with the names of this program.",
    )
    precision: Annotated[str, OneOf(dict.fromkeys(PRECISIONS))] = Field(
        "float64", description="Number format of the weights: float64 is exact."
    )


def run(params: NetworkFileParams) -> bytes:
    """The file.

    Raises:
        IncompatibleParameters: The framework has no layer that computes the same; the code says why.

    """
    with np.errstate(all="ignore"):
        net = build_network(params)
    fit = fit_of(net, params.framework)
    about = own_note.written(_query(params), net.sequence.vocabulary)
    try:
        return file_of(fit, params.precision, about)
    except Refused as refused:
        raise IncompatibleParameters("framework", refused.code, refused.limit, refused.name) from None


def fit_of(net: OnScreen, framework: str) -> Fitted:
    """The network in the form of the framework.

    Raises:
        IncompatibleParameters: There is none that computes the same; the code says why.

    """
    try:
        return fitted(framework, replace(in_interchange(net, net.W), initial=_initial(net)))
    except Refused as refused:
        parameter = PARAMETER_AT_FAULT.get(refused.code, "framework")
        given = net.settings.get(parameter, framework)
        raise IncompatibleParameters(parameter, refused.code, refused.limit, given, refused.name) from None


def in_interchange(net: OnScreen, W: Params) -> Network:
    """The weights ``W``, or their gradients, as those of a recurrent layer and a readout."""
    s = net.settings
    reset = s["reset_gate"] if s["cell"] == "gru" else None
    layer = Recurrent(s["cell"], W["Wx"], W["Wh"], W["b"], reset, W.get("bh"))
    return Network(layer, W["Wy"], W["by"], s["activation"])


def _initial(net: OnScreen) -> dict[str, Array]:
    """The initial state by its names in files; without the vectors that are zero."""
    state = net.task.initial_state
    if state is None:
        return {}
    vectors = np.split(state, net.cell.state_vectors)
    named = zip(STATES[net.settings["cell"]], vectors, strict=True)
    return {name: vector for name, vector in named if vector.any()}


def _query(params: BpttParams) -> dict[str, object]:
    """The query of the link that shows this network."""
    return params.model_dump(include=set(BpttParams.model_fields), exclude_defaults=True)


def file_name(params: NetworkFileParams) -> str:
    """The name of the file: what Keras reads must end with .weights.h5."""
    return f"bptt_{params.framework}.{TARGETS[params.framework].ending}"
