"""The numbers on screen that a script with a framework's own layer has to reproduce."""

from collections.abc import Mapping

import numpy as np

from ....bptt.arrays import Array, Params, recurrent
from ....bptt.backward_pass import backward_per_loss, parameter_gradients
from ....bptt.truncation import Full
from ....interchange.targets import Fitted
from ...source_text import numbers
from ..network import Network
from ..network_file import in_interchange
from .parts import dictionary

DIGITS = 12

COMPARE = '''
def compare(name, here, page, largest, limit):
    """The error, relative to the largest number on the page."""
    here, page = np.asarray(here), np.asarray(page)
    error = np.abs(here - page).max() / max(largest, 1e-300)
    print(f"{name}: {error:.1e}")
    assert here.shape == page.shape and error < limit, f"{name} differs from the page by {error:.1e}"
'''

BOTH = '(("full", full, full_on_page), ("truncated", truncated, truncated_on_page))'

COMPARE_GRADIENTS = """for title, here, page in {both}:
    largest = max(np.abs(each).max() for each in page.values())
    for name, each in page.items():
        compare(f"{{title}} gradient of {{name}}", here[name], each, largest, {limit})
print("the same states and gradients as on the page")"""


def compare_gradients(limit: str) -> str:
    """The end of a script: all gradients are compared, with this limit of the relative error."""
    return COMPARE_GRADIENTS.format(both=BOTH, limit=limit)


def source(net: Network, fit: Fitted) -> str:
    """The states, the total loss and both gradients as literals."""
    full, truncated = gradients(net)
    parts = {"full": full, "truncated": truncated}
    return "\n".join(
        [
            f"states_on_page = np.array({numbers(net.forward.h, DIGITS)})",
            f"loss_on_page = {float(net.forward.losses @ net.task.factors)!r}",
            *(
                dictionary(f"{name}_on_page", in_layout(net, fit, dW), "np.array", DIGITS)
                for name, dW in parts.items()
            ),
        ]
    )


def gradients(net: Network) -> tuple[Params, Params]:
    """The gradients of the total loss without and with the truncation."""
    tables = np.stack([scheme.weights_table(net.T) for scheme in (Full(), net.scheme())])
    back = backward_per_loss(net.J, net.dh_output, tables, net.has_loss)
    totals = parameter_gradients(net.task, net.W, net.forward, net.d_output, back.dh).totals
    names = recurrent(net.W)
    full, truncated = (
        {name: dW[i] if name in names else dW for name, dW in totals.items()} for i in range(2)
    )
    return full, truncated


def in_layout(net: Network, fit: Fitted, dW: Params) -> Mapping[str, Array]:
    """Gradients in the framework's layout, without that of a bias that the network here does not have."""
    own, layout = in_interchange(net, dW), fit.layout
    if own.recurrent.reset == layout.reset:
        return fit.arrays(own)
    layer = fit.network.recurrent  # of one unit, with its reset elsewhere
    moved = type(layer)(
        layer.cell, own.recurrent.Wx, own.recurrent.Wh, own.recurrent.b, layout.reset, layer.bh
    )
    arrays = fit.arrays(type(own)(moved, own.Wy, own.by))
    inside = [fit.name_of(name) for name in layout.names(layout.recurrent_bias)]
    return {name: array for name, array in arrays.items() if name not in inside}
