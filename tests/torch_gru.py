"""Record states and gradients of PyTorch's nn.GRU in float64: ``python tests/torch_gru.py`` where torch is.

tests/kernel/test_torch_gru.py compares the kernel with the recording.
"""

import json
from pathlib import Path

import torch

RECORDING = Path(__file__).parent / "data" / "torch-gru.json"
T, D, H, V = 6, 4, 3, 5


def main() -> None:
    """A GRU from a state that is not zero, a readout, and the mean cross-entropy of its steps."""
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    gru, readout = torch.nn.GRU(D, H), torch.nn.Linear(H, V)
    parameters = dict(gru.named_parameters()) | {
        f"readout.{name}": part for name, part in readout.named_parameters()
    }
    with torch.no_grad():
        for parameter in parameters.values():
            parameter.copy_(torch.randn_like(parameter))
    x, h0 = (torch.randn(n, size, requires_grad=True) for n, size in ((T, D), (1, H)))
    targets = torch.randint(V, (T,))
    h, _ = gru(x, h0)
    h.retain_grad()
    loss = torch.nn.functional.cross_entropy(readout(h), targets)
    loss.backward()
    found = {
        "torch": torch.__version__.partition("+")[0],
        "parameters": {name: part.tolist() for name, part in parameters.items()},
        "x": x.tolist(),
        "h0": h0[0].tolist(),
        "targets": targets.tolist(),
        "h": h.tolist(),
        "loss": loss.item(),
        "gradients": {name: part.grad.tolist() for name, part in parameters.items()},
        "dh0": h0.grad[0].tolist(),
        "dx": x.grad.tolist(),
    }
    RECORDING.write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
