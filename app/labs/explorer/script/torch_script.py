"""The run as a PyTorch script: autograd does the backward pass, and detach() cuts the gradient."""

from ..network import Network
from .parts import data, edge_scale, head, windows

ACTIVATIONS = {
    "tanh": "torch.tanh(a)",
    "sigmoid": "torch.sigmoid(a)",
    "relu": "torch.relu(a)",
    "identity": "a",
}

RNN = '''
def step(x_t, h, c):
    """One step of Elman's network; c is not used."""
    a = h @ Wh + x_t @ Wx + b
    return {f}, c
'''

LSTM = '''
def step(x_t, h, c):
    """One step of an LSTM."""
    f, g_, i, o_ = (h @ Wh + x_t @ Wx + b).split(H)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g_)
    return torch.sigmoid(o_) * torch.tanh(c), c
'''

GRU = '''
def step(x_t, h, c):
    """One step of a GRU, its reset before Wh; c is not used."""
    u = x_t @ Wx + b
    z = torch.sigmoid(h @ Wh[:, :H] + u[:H])
    r = torch.sigmoid(h @ Wh[:, H : 2 * H] + u[H : 2 * H])
    n = torch.tanh((r * h) @ Wh[:, 2 * H :] + u[2 * H :])
    return (1 - z) * h + z * n, c
'''

LOSSES = {
    "cross_entropy": "return g[t] * (torch.logsumexp(o, 0) - o @ y[t])",
    "squared_error": "return g[t] * 0.5 * ((o - y[t]) ** 2).sum()",
}

BODY = '''
weights = {{"Wx": Wx, "Wh": Wh, "b": b, "Wy": Wy, "by": by}}
for W in weights.values():
    W.requires_grad_()


def loss_at(t, h):
    """g L_t."""
    o = h @ Wy + by
    {loss}


def gradients(windows, edge_scale):
    """Run every window from start to stop; its losses newest_from ... stop - 1 go back through it."""
    for W in weights.values():
        W.grad = None
    with torch.no_grad():  # the states, without gradients
        entering = [(torch.zeros(H), torch.zeros(H))]
        for t in range(T):
            entering.append(step(x[t], *entering[-1]))
    dh, total = torch.zeros(T, H), 0.0
    for start, stop, newest_from in windows:
        h, c = (part.detach() for part in entering[start])  # the cut: no gradient leaves the window
        hidden, loss = [], 0.0
        for t in range(start, stop):
            if t > start and edge_scale != 1.0:  # the same value, a scaled gradient
                h, c = (part.detach() + edge_scale * (part - part.detach()) for part in (h, c))
            h, c = step(x[t], h, c)
            h.retain_grad()
            hidden.append((t, h))
            if t >= newest_from:
                loss = loss + loss_at(t, h)
        loss.backward()
        total += float(loss.detach())
        for t, h in hidden:
            if h.grad is not None:
                dh[t] += h.grad
    return {{name: W.grad.clone() for name, W in weights.items()}}, dh, total


full, dh_full, total = gradients([(0, T, 0)], 1.0)

{windows}
{edge_scale}
truncated, dh_truncated, _ = gradients(windows, edge_scale)

# ---- the numbers on screen
print(f"total loss = {{total:.5g}}")
for t in range(T):
    print(f"|dh_{{t}}| = {{dh_full[t].norm():.5g}}, truncated {{dh_truncated[t].norm():.5g}}")
for name in full:
    print(f"|d{{name}}| = {{full[name].norm():.5g}}, truncated {{truncated[name].norm():.5g}}")
F, G = (torch.cat([part[name].ravel() for name in ("Wx", "Wh", "b")]) for part in (full, truncated))
print(f"cosine = {{F @ G / (F.norm() * G.norm()):.5g}}")
print(f"relative error = {{(G - F).norm() / F.norm():.5g}}")
'''


def write(net: Network) -> str:
    """The source of the script."""
    s = net.settings
    cell = {"rnn": RNN.format(f=ACTIVATIONS[s["activation"]]), "lstm": LSTM, "gru": GRU}[s["cell"]]
    body = BODY.format(loss=LOSSES[s["loss"]], windows=windows(net), edge_scale=edge_scale(net))
    imports = "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n"
    tensors = "x, y, g = (torch.tensor(array) for array in (x, y, g))"
    return f"{head(net, 'PyTorch')}\n{imports}\n{data(net, 'torch.tensor')}\n{tensors}\n\n{cell}\n{body}"
