"""The run as a NumPy script: forward pass and backward pass, line by line."""

from ..network import Network
from .parts import data, edge_scale, head, recurrent_names, windows

ACTIVATIONS = {
    "tanh": ("np.tanh(a)", "tanh_slope(a)"),
    "sigmoid": ("sigmoid(a)", "sigmoid_slope(a)"),
    "relu": ("np.maximum(a, 0)", "(a > 0) * 1.0"),
    "identity": ("a", "np.ones_like(a)"),
}

FUNCTIONS = {
    "sigmoid": '''
def sigmoid(a):
    """1 / (1 + exp(-a)), without overflow."""
    small = np.exp(-np.abs(a))
    return np.where(a >= 0, 1, small) / (1 + small)

''',
    "sigmoid_slope": '''
def sigmoid_slope(a):
    """sigmoid * (1 - sigmoid), and not 0 where sigmoid rounds to 1."""
    small = np.exp(-np.abs(a))
    return small / (1 + small) ** 2

''',
    "tanh_slope": '''
def tanh_slope(a):
    """1 - tanh**2, and not 0 where tanh rounds to 1."""
    return (1 / np.cosh(np.clip(a, -710, 710))) ** 2

''',
}

RNN = '''
def step(x_t, state):
    """One step of Elman's network: the next state, and what the backward pass needs."""
    a = state @ Wh + x_t @ Wx + b
    h_next = {f}
    return h_next, (state, {slope})


def back(dstate, cache):
    """From dL/dh_t: dL/da_t, its left factor in dWh, and dL/dh_(t-1)."""
    h, slope = cache
    da = dstate * slope
    return da, [h], da @ Wh.T


S = H  # the state is h
'''

LSTM = '''
def step(x_t, state):
    """One step of an LSTM: the next state (h, c), and what the backward pass needs."""
    h, c = state[:H], state[H:]
    a = h @ Wh + x_t @ Wx + b
    f, g_, i, o_ = sigmoid(a[:H]), np.tanh(a[H : 2 * H]), sigmoid(a[2 * H : 3 * H]), sigmoid(a[3 * H :])
    c_next = f * c + i * g_
    return np.concatenate([o_ * np.tanh(c_next), c_next]), (h, c, f, g_, i, o_, c_next, a)


def back(dstate, cache):
    """From dL/d(h_t, c_t): dL/da_t, its left factor in dWh, and dL/d(h_(t-1), c_(t-1))."""
    h, c, f, g_, i, o_, c_next, a = cache
    dh, out = dstate[:H], np.tanh(c_next)
    dc = dstate[H:] + dh * o_ * tanh_slope(c_next)
    slope_f, slope_g, slope_i, slope_o = np.split(sigmoid_slope(a), 4)
    slope_g = tanh_slope(a[H : 2 * H])
    da = np.concatenate([dc * c * slope_f, dc * i * slope_g, dc * g_ * slope_i, dh * out * slope_o])
    return da, [h], np.concatenate([da @ Wh.T, dc * f])


S = 2 * H  # the state is h and c
'''

GRU = '''
def step(x_t, state):
    """One step of a GRU: the next state, and what the backward pass needs."""
    u = x_t @ Wx + b
    a_z = state @ Wh[:, :H] + u[:H]
    a_r = state @ Wh[:, H : 2 * H] + u[H : 2 * H]
    z, r, keep = sigmoid(a_z), sigmoid(a_r), sigmoid(-a_z)  # keep = 1 - z
    a_n = (r * state) @ Wh[:, 2 * H :] + u[2 * H :]
    n = np.tanh(a_n)
    return keep * state + z * n, (state, z, r, n, keep, a_z, a_r, a_n)


def back(dstate, cache):
    """From dL/dh_t: dL/da_t, the left factors of its parts in dWh, and dL/dh_(t-1)."""
    h, z, r, n, keep, a_z, a_r, a_n = cache
    da_z = dstate * (n - h) * sigmoid_slope(a_z)
    da_n = dstate * z * tanh_slope(a_n)
    d_reset = da_n @ Wh[:, 2 * H :].T
    da_r = d_reset * h * sigmoid_slope(a_r)
    dh = dstate * keep + da_z @ Wh[:, :H].T + da_r @ Wh[:, H : 2 * H].T + d_reset * r
    return np.concatenate([da_z, da_r, da_n]), [h, h, r * h], dh


S = H  # the state is h
'''

GRU_RESET_AFTER = '''
def step(x_t, state):
    """One step of a GRU, its reset after Wh: the next state, and what the backward pass needs."""
    u, m = x_t @ Wx + b, state @ Wh
    m[2 * H :] += bh
    a_z, a_r = m[:H] + u[:H], m[H : 2 * H] + u[H : 2 * H]
    z, r, keep = sigmoid(a_z), sigmoid(a_r), sigmoid(-a_z)  # keep = 1 - z
    a_n = u[2 * H :] + r * m[2 * H :]
    n = np.tanh(a_n)
    return keep * state + z * n, (state, z, r, n, keep, a_z, a_r, a_n, m[2 * H :])


def back(dstate, cache):
    """From dL/dh_t: dL/da_t, the same by the products with Wh (r times for n), and dL/dh_(t-1)."""
    h, z, r, n, keep, a_z, a_r, a_n, m_n = cache
    da_z = dstate * (n - h) * sigmoid_slope(a_z)
    da_n = dstate * z * tanh_slope(a_n)
    da_r = da_n * m_n * sigmoid_slope(a_r)
    dm = np.concatenate([da_z, da_r, r * da_n])
    return np.concatenate([da_z, da_r, da_n]), (h, dm), dstate * keep + dm @ Wh.T


S = H  # the state is h
'''

TERMS = """            gates = np.split(da, len(da) // H)
            lefts = left * (len(gates) // len(left))
            dWh += np.hstack([np.outer(one, gate) for one, gate in zip(lefts, gates)])"""
TERMS_OF_PRODUCTS = """            h_before, dm = left
            dWh += np.outer(h_before, dm)
            dbh += dm[2 * H :]"""

LOSSES = {
    "cross_entropy": """o -= o.max(axis=1, keepdims=True)  # softmax does not change, and exp cannot overflow
p = np.exp(o)
p /= p.sum(axis=1, keepdims=True)
less_likely = np.exp(o)
less_likely[np.arange(T), o.argmax(axis=1)] = 0
loss = np.log1p(less_likely.sum(axis=1)) - (o * y).sum(axis=1)  # -log(p of the target), (T)
wrong = p * (1 - y)
e = g[:, None] * (wrong - y * wrong.sum(axis=1, keepdims=True))  # dL/do = g (p - y), (T, V)""",
    "squared_error": """loss = 0.5 * ((o - y) ** 2).sum(axis=1)  # (T)
e = g[:, None] * (o - y)  # dL/do, (T, V)""",
}

BODY = '''
# ---- forward: no truncation touches it
states, caches = [{initial}], []  # states[t] enters step t
for t in range(T):
    state, cache = step(x[t], states[t])
    states.append(state)
    caches.append(cache)
h = np.array(states[1:])[:, :H]  # (T, H)
o = h @ Wy + by  # (T, V)
{loss}


# ---- backward
def gradients(windows, edge_scale):
    """Backpropagate the losses newest_from ... stop - 1 of each window from stop - 1 back to start, where
    the gradient is dropped: that is the cut."""
    dWx, dWh, db, dh_all = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b), np.zeros((T, S)){start}
    for start, stop, newest_from in windows:
        r = np.zeros(S)  # nothing comes from beyond the window
        for t in reversed(range(start, stop)):
            dstate = r.copy()
            if t >= newest_from:
                dstate[:H] += e[t] @ Wy.T  # the gradient from the output and from later steps
            da, left, r = back(dstate, caches[t])
            r = edge_scale * r
            dh_all[t] += dstate
            dWx += np.outer(x[t], da)
            db += da
{terms}
    readout = {{"Wy": h.T @ e, "by": e.sum(axis=0)}}
    return {{"Wx": dWx, "Wh": dWh, "b": db{own}, **readout}}, dh_all[:, :H]


full, dh_full = gradients([(0, T, 0)], 1.0)

{windows}
{edge_scale}
truncated, dh_truncated = gradients(windows, edge_scale)

# ---- the numbers on screen
print(f"total loss = {{float(g @ loss):.5g}}")
for t in range(T):
    exact, cut_off = np.linalg.norm(dh_full[t]), np.linalg.norm(dh_truncated[t])
    print(f"|dh_{{t}}| = {{exact:.5g}}, truncated {{cut_off:.5g}}")
for name in full:
    exact, cut_off = np.linalg.norm(full[name]), np.linalg.norm(truncated[name])
    print(f"|d{{name}}| = {{exact:.5g}}, truncated {{cut_off:.5g}}")
F, G = (np.concatenate([part[name].ravel() for name in {names}]) for part in (full, truncated))
with np.errstate(invalid="ignore", divide="ignore"):
    print(f"cosine = {{F @ G / (np.linalg.norm(F) * np.linalg.norm(G)):.5g}}")
    print(f"relative error = {{np.linalg.norm(G - F) / np.linalg.norm(F):.5g}}")
'''


def write(net: Network) -> str:
    """The source of the script."""
    s = net.settings
    f, slope = ACTIVATIONS[s["activation"]]
    own = net.cell.recurrent_bias
    gru = GRU_RESET_AFTER if own else GRU
    cell = {"rnn": RNN.format(f=f, slope=slope), "lstm": LSTM, "gru": gru}[s["cell"]]
    functions = "".join(text for name, text in FUNCTIONS.items() if f"{name}(" in cell)
    body = BODY.format(
        loss=LOSSES[s["loss"]],
        windows=windows(net),
        edge_scale=edge_scale(net),
        start="\n    dbh = np.zeros_like(bh)" if own else "",
        terms=TERMS_OF_PRODUCTS if own else TERMS,
        own=', "bh": dbh' if own else "",
        names=recurrent_names(net),
        initial="np.zeros(S)" if net.task.initial_state is None else "initial_state",
    )
    return f"{head(net, 'NumPy')}\nimport numpy as np\n\n{data(net, 'np.array')}\n\n{functions}{cell}\n{body}"
