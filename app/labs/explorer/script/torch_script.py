"""The run as a PyTorch script: autograd does the backward pass, and detach() cuts the gradient."""

from ..network import Network
from .parts import data, edge_scale, head, recurrent_names, windows

ACTIVATIONS = {
    "tanh": "tanh(a)",
    "sigmoid": "sigmoid(a)",
    "relu": "torch.relu(a)",
    "identity": "a",
}

FUNCTIONS = {
    "sigmoid": '''
class Sigmoid(torch.autograd.Function):
    """PyTorch's own slope y * (1 - y) is 0 where y rounds to 1; this one is not."""

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return torch.sigmoid(a)

    @staticmethod
    def backward(ctx, grad):
        (a,) = ctx.saved_tensors
        return grad * torch.sigmoid(a) * torch.sigmoid(-a)


sigmoid = Sigmoid.apply

''',
    "tanh": '''
class Tanh(torch.autograd.Function):
    """PyTorch's own slope 1 - y**2 is 0 where y rounds to 1; this one is not."""

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return torch.tanh(a)

    @staticmethod
    def backward(ctx, grad):
        (a,) = ctx.saved_tensors
        return grad * 4 * torch.sigmoid(2 * a) * torch.sigmoid(-2 * a)


tanh = Tanh.apply

''',
}
"""With slopes that keep their digits where the function is nearly constant, as on the page."""

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
    c = sigmoid(f) * c + sigmoid(i) * tanh(g_)
    return sigmoid(o_) * tanh(c), c
'''

GRU = '''
def step(x_t, h, c):
    """One step of a GRU, its reset before Wh; c is not used."""
    u = x_t @ Wx + b
    a_z = h @ Wh[:, :H] + u[:H]
    r = sigmoid(h @ Wh[:, H : 2 * H] + u[H : 2 * H])
    n = tanh((r * h) @ Wh[:, 2 * H :] + u[2 * H :])
    return sigmoid(-a_z) * h + sigmoid(a_z) * n, c  # 1 - z = sigmoid(-a_z)
'''

GRU_RESET_AFTER = '''
def step(x_t, h, c):
    """One step of a GRU, its reset after Wh as in torch.nn.GRU, whose z is 1 - z here; c is not used."""
    u, m = x_t @ Wx + b, h @ Wh
    a_z = m[:H] + u[:H]
    r = sigmoid(m[H : 2 * H] + u[H : 2 * H])
    n = tanh(u[2 * H :] + r * (m[2 * H :] + bh))
    return sigmoid(-a_z) * h + sigmoid(a_z) * n, c  # 1 - z = sigmoid(-a_z)
'''

LOSSES = {
    "cross_entropy": """others = torch.logsumexp(o[y[t] == 0], 0)
    return g[t] * torch.nn.functional.softplus(others - o @ y[t])  # -log softmax(o) of the target""",
    "squared_error": "return g[t] * 0.5 * ((o - y[t]) ** 2).sum()",
}

BODY = '''
weights = {{"Wx": Wx, "Wh": Wh, "b": b{own}, "Wy": Wy, "by": by}}
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
        entering = [{initial}]
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
F, G = (torch.cat([part[name].ravel() for name in {names}]) for part in (full, truncated))
print(f"cosine = {{F @ G / (F.norm() * G.norm()):.5g}}")
print(f"relative error = {{(G - F).norm() / F.norm():.5g}}")
'''


def write(net: Network) -> str:
    """The source of the script."""
    s = net.settings
    used = [s["activation"]] if s["cell"] == "rnn" else ["sigmoid", "tanh"]
    functions = "".join(FUNCTIONS[name] for name in used if name in FUNCTIONS)
    own = net.cell.recurrent_bias
    gru = GRU_RESET_AFTER if own else GRU
    cell = {"rnn": RNN.format(f=ACTIVATIONS[s["activation"]]), "lstm": LSTM, "gru": gru}[s["cell"]]
    body = BODY.format(
        loss=LOSSES[s["loss"]],
        windows=windows(net),
        edge_scale=edge_scale(net),
        own=', "bh": bh' if own else "",
        names=recurrent_names(net),
        initial="(torch.zeros(H), torch.zeros(H))"
        if net.task.initial_state is None
        else "(initial_state[:H], initial_state[-H:])",
    )
    imports = "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n"
    tensors = "x, y, g = (torch.tensor(array) for array in (x, y, g))"
    start = f"{head(net, 'PyTorch')}\n{imports}\n{data(net, 'torch.tensor')}\n{tensors}"
    return f"{start}\n\n{functions}{cell}\n{body}"
