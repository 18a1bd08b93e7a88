"""The shapes that a layer's arrays have in a framework, to say which array has another one, and which."""

from collections.abc import Iterable, Mapping

from ..bptt.arrays import Array
from .layouts import Layout
from .refused import Refused

LISTED = 6  # arrays of a file that are named when none of them is known

Size = int | str


def written(shape: Iterable[Size]) -> str:
    """A shape as on the page: 12 × 5."""
    return " × ".join(map(str, shape)) or "1"


def listed(arrays: Mapping[str, Array]) -> str:
    """The arrays with their shapes, the first ones of many."""
    some = [f"{name} ({written(array.shape)})" for name, array in [*arrays.items()][:LISTED]]
    return ", ".join([*some, *(["…"] if len(arrays) > LISTED else [])]) or "–"


def of_state_weights(layouts: Iterable[Layout]) -> str:
    """The shapes of the state's weights in any of the layouts, by H."""
    shapes: dict[str, None] = {}
    for layout in layouts:
        G = _blocks(layout, layout.recurrent)
        wide = "H" if G == 1 else f"{G}H"
        shapes[written([wide, "H"] if layout.transposed else ["H", wide])] = None
    return ", ".join(shapes)


def misfit(layout: Layout, arrays: Mapping[str, Array], prefix: str, names: Mapping[str, str]) -> Refused:
    """The refusal of the first array whose shape is not that of the layout, by its name in the file."""
    H = min(arrays[layout.names(layout.recurrent)[0]].shape)
    kernel, wide = arrays[layout.names(layout.kernel)[0]].shape, _blocks(layout, layout.kernel) * H
    D: Size = "D"
    if len(kernel) == 2 and wide in kernel:
        D = kernel[1] if kernel[0] == wide else kernel[0]
    for name in (*layout.weight_names, *layout.bias_names):
        expected = _expected(layout, name, H, D)
        if name in arrays and [*map(str, arrays[name].shape)] != [*map(str, expected)]:
            found = written(arrays[name].shape)
            return Refused("file_shape", names[prefix + name], written(expected), subject=found)
    return Refused("file_shape", prefix)


def _expected(layout: Layout, name: str, H: int, D: Size) -> list[Size]:
    for template, rows in ((layout.kernel, D), (layout.recurrent, H)):
        if name in layout.names(template):
            shape: list[Size] = [rows, _blocks(layout, template) * H]
            return shape[::-1] if layout.transposed else shape
    if layout.stacked_biases:
        return [2, len(layout.gates) * H]
    if name in layout.names(layout.bias):
        return [_blocks(layout, str(layout.bias)) * H]
    gates = 1 if "{gate}" in str(layout.recurrent_bias) else len(layout.biased_recurrent_gates)
    return [gates * H]


def _blocks(layout: Layout, template: str) -> int:
    """How many gates an array of the template has."""
    return 1 if "{gate}" in template else len(layout.gates)
