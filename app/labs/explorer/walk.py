"""One backward window of a truncation scheme, step by step (`walk` in the API)."""

from typing import Any

import numpy as np
from pydantic import Field

from ...bptt.arrays import norm, split_vectors
from ...bptt.truncation.backward_windows import window_gradients
from ..parameters import IncompatibleParameters, Integer
from .network import build_network
from .params import BpttParams


class WalkParams(BpttParams):
    """The explorer's parameters, and the number of a backward window."""

    walk: Integer = Field(0, ge=0, le=999, description="Index of the backward pass; 0 is the oldest.")


def run(params: WalkParams) -> dict[str, Any]:
    """Gradients of the states in this window; their sum over all windows is the truncated gradient.

    Raises:
        IncompatibleParameters: ``walk`` is beyond the last window.

    """
    with np.errstate(all="ignore"):
        net = build_network(params)
        scheme, H = net.scheme(), len(net.W["Wh"])
        windows = scheme.backward_windows(net.T)
        if params.walk >= len(windows):
            raise IncompatibleParameters("walk", "walk_too_large", len(windows) - 1, params.walk)
        window = windows[params.walk]
        here = {name: values[window.start : window.stop] for name, values in net.forward.residuals.items()}
        from_output, future = window_gradients(window, scheme.edge_scale, net.J, net.dh_output)
        dstate = from_output + future
        vectors = split_vectors(dstate, net.cell.state_vectors)
        total = net.cell.total_derivative(here, dstate)
        return {
            "walk": {"start": window.start, "stop": window.stop, "newest_from": window.newest_from},
            "dh_output": from_output[:, :H],
            "dh_future": future[:, :H],
            "dh": dstate[:, :H],
            **({"dc": total[:, H:], "dc_future": future[:, H:]} if net.cell.state_vectors > 1 else {}),
            "da": net.cell.vjp(net.W["Wh"], net.cell.factors(here), vectors)[0],
            "dh_norm": norm(dstate[:, :H]),
        }
