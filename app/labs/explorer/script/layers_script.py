"""The run as textbook layers (RNN, TimeRNN) in NumPy, with comments in English or Korean.

Names are those of course texts: dh_next, dt, dh_prev, and self.dh, the gradient at the start of a block, that
truncation drops. At the last scissors it is the number on the page; at earlier ones that is the uncut one.
"""

from ..network import Network
from .parts import data, head

SLOPES = {
    "tanh": ("np.tanh(a)", "1 - h_next**2"),
    "sigmoid": (
        "np.where(a < 0, np.exp(np.minimum(a, 0)), 1) / (1 + np.exp(-abs(a)))",
        "h_next * (1 - h_next)",
    ),
    "relu": ("np.maximum(a, 0)", "(h_next > 0) * 1.0"),
    "identity": ("a", "np.ones_like(h_next)"),
}

AGREES = {"tanh": ("|a| < 12", "|a| > 19.1"), "sigmoid": ("a < 24", "a > 36.8")}
"""Where the book's slope is the page's to five digits, and where it is 0; 1 - h cancels near its end."""

LOSSES = {
    "cross_entropy": """p = np.exp(scores - scores.max(axis=2, keepdims=True))
    p /= p.sum(axis=2, keepdims=True)
    # {certain}
    return -np.log((p * targets).sum(axis=2)), p - targets""",
    "squared_error": """return 0.5 * ((scores - targets) ** 2).sum(axis=2), scores - targets""",
}

COMMENTS = {
    "en": {
        "names": """# in this code   on the page
# dh_next        dL/dh_t: the gradients from the output and from the future, added
# dt             da_t = dL/da_t: dh_next times f'
# dh_prev        r_(t-1): what h_(t-1) receives from the future
# self.dh        dh_prev of a block's first step: what is dropped at the scissors
# cache          x_t, h_(t-1), h_t: what the forward pass stores for the backward pass
# N, T, D, H     sequences (here 1), steps, size of an input, size of the state""",
        "rnn": "One step of the RNN.",
        "cache": "the backward pass needs all three",
        "dt": "through the activation: f'(a) by h_next alone",
        "slope": "The book's formula: the page's f' to five digits where {agrees}, but 0 where {ends}.",
        "certain": "The book's formulas: the page's numbers to five digits where 1e-300 < p < 1 - 1e-10.",
        "time": "T steps as one layer: xs (N, T, D) -> hs (N, T, H).",
        "carried": "the state that the next call starts from",
        "dh": "the gradient at the start of the block: not passed on",
        "future": "nothing comes from beyond the block",
        "meet": "from the output and from the future",
        "shared": "one weight, a term for every step",
        "scores": "Time Affine: the scores (N, T, V).",
        "loss": "The loss of every step, and its gradient at the scores.",
        "run": "Forward and backward through blocks of k steps; the state is carried, the gradient is not.",
        "output": "the gradient from the output",
        "whole": "one block of T steps: nothing is cut",
        "scissors": "uncut: the number at the scissors in the picture",
        "screen": "the numbers on screen",
    },
    "ko": {
        "names": """# 이 코드의 이름   화면의 이름
# dh_next        dL/dh_t: 출력에서 온 기울기와 미래에서 온 기울기의 합
# dt             da_t = dL/da_t: dh_next에 f'을 곱한 것
# dh_prev        r_(t-1): h_(t-1)이 미래에서 받는 기울기
# self.dh        블록의 첫 스텝의 dh_prev: 가위에서 버려지는 기울기
# cache          x_t, h_(t-1), h_t: 역전파를 위해 순전파 때 저장하는 중간 데이터
# N, T, D, H     시퀀스 수(여기서는 1), 스텝 수, 입력의 크기, 상태의 크기""",
        "rnn": "RNN의 한 스텝입니다.",
        "cache": "역전파에는 이 세 값이 모두 필요합니다",
        "dt": "f'(a)는 h_next만으로 구합니다",
        "slope": "책의 식입니다. {agrees}이면 화면의 f'과 다섯 자리까지 같지만, {ends}이면 0이 됩니다.",
        "certain": "책의 식입니다. 1e-300 < p < 1 - 1e-10이면 화면의 수와 다섯 자리까지 같습니다.",
        "time": "T스텝을 한데 묶은 Time RNN 계층입니다: xs (N, T, D) -> hs (N, T, H).",
        "carried": "다음 호출이 이어받을 상태",
        "dh": "블록 맨 앞의 기울기: 앞 블록으로 넘기지 않습니다",
        "future": "블록 너머에서는 아무것도 오지 않습니다",
        "meet": "출력에서 온 것과 미래에서 온 것을 더합니다",
        "shared": "가중치는 하나, 항은 스텝마다 하나",
        "scores": "Time Affine 계층: 점수 (N, T, V)입니다.",
        "loss": "스텝별 손실과, 점수에 대한 그 기울기입니다.",
        "run": "k스텝씩 순전파하고 역전파합니다. 상태는 이어받고 기울기는 끊습니다.",
        "output": "출력에서 온 기울기",
        "whole": "T스텝짜리 블록 하나: 끊긴 곳이 없습니다",
        "scissors": "uncut: 그림의 가위에 적힌 수",
        "screen": "화면의 숫자",
    },
}
"""Comments by language."""

BODY = '''
class RNN:
    """{rnn}"""

    def __init__(self, Wx, Wh, b):
        self.params = Wx, Wh, b
        self.grads = None
        self.cache = None

    def forward(self, x, h_prev):
        Wx, Wh, b = self.params
        a = h_prev @ Wh + x @ Wx + b
        h_next = {f}
        self.cache = x, h_prev, h_next  # {cache}
        return h_next

    def backward(self, dh_next):
        Wx, Wh, _ = self.params
        x, h_prev, h_next = self.cache
{note}        dt = dh_next * ({slope})  # {dt}
        self.grads = x.T @ dt, h_prev.T @ dt, dt.sum(axis=0)
        return dt @ Wx.T, dt @ Wh.T  # dx, dh_prev


class TimeRNN:
    """{time}"""

    def __init__(self, Wx, Wh, b, stateful=True):
        self.params = Wx, Wh, b
        self.stateful = stateful
        self.layers = []
        self.h = None  # {carried}
        self.dh = None  # {dh}

    def set_state(self, h):
        self.h = h

    def reset_state(self):
        self.h = None

    def forward(self, xs):
        if self.h is None or not self.stateful:
            self.h = np.zeros((len(xs), len(self.params[1])))
        self.layers, hs = [RNN(*self.params) for _ in range(xs.shape[1])], []
        for t, layer in enumerate(self.layers):
            self.h = layer.forward(xs[:, t], self.h)
            hs.append(self.h)
        return np.stack(hs, axis=1)

    def backward(self, dhs):
        dh, dxs = 0.0, []  # {future}
        self.grads = [np.zeros_like(W) for W in self.params]
        self.dh_next, self.dh_prev = np.zeros_like(dhs), np.zeros_like(dhs)
        for t in reversed(range(len(self.layers))):
            self.dh_next[:, t] = dhs[:, t] + dh  # {meet}
            dx, dh = self.layers[t].backward(self.dh_next[:, t])
            self.dh_prev[:, t] = dh
            dxs.insert(0, dx)
            for total, term in zip(self.grads, self.layers[t].grads):
                total += term  # {shared}
        self.dh = dh
        return np.stack(dxs, axis=1)


def affine(hs):
    """{scores}"""
    return hs @ Wy + by


def loss_and_gradient(scores, targets):
    """{loss}"""
    {loss_code}


def run(k):
    """{run}"""
    layer = TimeRNN(Wx, Wh, b, stateful=True){initial}
    grads = {{"Wx": 0, "Wh": 0, "b": 0, "Wy": 0, "by": 0}}
    total, dh_next, dh_prev, scissors = 0.0, [], [], []
    for start in range(0, T, k):
        block = slice(start, start + k)
        hs = layer.forward(xs[:, block])
        losses, dscores = loss_and_gradient(affine(hs), ys[:, block])
        dscores = g[block, None] * dscores
        layer.backward(dscores @ Wy.T)  # {output}
        terms = *layer.grads, np.einsum("nth,ntv->hv", hs, dscores), dscores.sum(axis=(0, 1))
        grads = {{name: grads[name] + term for name, term in zip(grads, terms)}}
        total += float((losses * g[block]).sum())
        dh_next.append(layer.dh_next)
        dh_prev.append(layer.dh_prev)
        scissors.append((start, layer.dh))
    dh_next, dh_prev = (np.concatenate(parts, axis=1)[0] for parts in (dh_next, dh_prev))
    return grads, dh_next, dh_prev, scissors[1:], total


xs, ys = x[None], y[None]  # N = 1
full, dh_full, dh_prev, _, total = run(T)  # {whole}
truncated, dh_truncated, _, scissors, _ = run({k})

# ---- {screen}
norm = np.linalg.norm
print(f"total loss = {{total:.5g}}")
for t in range(T):
    print(f"|dh_{{t}}| = {{norm(dh_full[t]):.5g}}, truncated {{norm(dh_truncated[t]):.5g}}")
for start, dh in scissors:  # {scissors}
    print(f"|self.dh| before h_{{start}} = {{norm(dh):.17g}}, uncut {{norm(dh_prev[start]):.17g}}")
for name in full:
    print(f"|d{{name}}| = {{norm(full[name]):.5g}}, truncated {{norm(truncated[name]):.5g}}")
F, G = (np.concatenate([part[name].ravel() for name in ("Wx", "Wh", "b")]) for part in (full, truncated))
with np.errstate(invalid="ignore", divide="ignore"):
    print(f"cosine = {{F @ G / (norm(F) * norm(G)):.5g}}")
    print(f"relative error = {{norm(G - F) / norm(F):.5g}}")
'''


def write(net: Network, comments: str) -> str:
    """The source of the script; ``comments`` is the language of its comments."""
    s, says = net.settings, COMMENTS[comments]
    f, slope = SLOPES[s["activation"]]
    k = "T" if s["truncation"] == "full" else s["k"]
    agrees, ends = AGREES.get(s["activation"], ("", ""))
    note = f"        # {says['slope'].format(agrees=agrees, ends=ends)}\n" if agrees else ""
    loss_code = LOSSES[s["loss"]].format(**says)
    initial = "" if net.task.initial_state is None else "\n    layer.set_state(initial_state[None])"
    body = BODY.format(**says | {"slope": slope}, f=f, note=note, loss_code=loss_code, k=k, initial=initial)
    start = f"{head(net, 'NumPy layers')}{says['names']}\n\nimport numpy as np"
    return f"{start}\n\n{data(net, 'np.array')}\n\n{body}"
