"""Random formulas, written so that they can be read: for every test of the graph lab."""

from hypothesis import strategies as st

from app.graph.ops import FUNCTIONS

NAMES = ("x", "y", "z", "w")
_leaves = st.sampled_from(NAMES) | st.integers(0, 30).map(lambda n: f"{n / 10:g}")


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**"]), inner).map(
            lambda p: f"({p[0]} {p[1]} {p[2]})"
        ),
        st.tuples(st.sampled_from(FUNCTIONS), inner).map(lambda p: f"{p[0]}({p[1]})"),
        inner.map(lambda part: f"-{part}"),
    )


formulas = st.recursive(_leaves, _wider, max_leaves=8)
"""Formulas of at most eight leaves."""

texts = st.one_of(
    st.text(max_size=260),
    st.text("xyz019.+-*/(), eE\u00b2\u0000가", max_size=260),
    st.lists(
        st.sampled_from(["x", "(", ")", "**", "9", "tanh", "-", "1e", ".", "log(", "__import__"]), max_size=60
    ).map("".join),
)
"""Anything, and what nearly is a formula."""
