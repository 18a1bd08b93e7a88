"""Layout of a graph: columns by depth, from left to right, and rows by order of appearance."""

from collections.abc import Mapping, Sequence

from .autodiff import Node

MAX_IN_FIRST_COLUMN = 5  # more inputs and numbers than this are placed next to their users
MIN_ROW_GAP = 0.9  # minimum distance of two nodes in one column, in rows


def layout_positions(nodes: Sequence[Node]) -> Mapping[str, tuple[float, float]]:
    """(column, row) of every node by name."""
    depth: dict[str, int] = {}
    for node in nodes:
        depth[node.name] = 1 + max(depth[name] for name in node.args) if node.args else 0
    leaves = _leaves(nodes)
    column = dict(depth)
    if len(leaves) > MAX_IN_FIRST_COLUMN:
        for leaf in leaves:
            column[leaf] = min(depth[node.name] for node in nodes if leaf in node.args) - 1
    row = {leaf: float(i) for i, leaf in enumerate(leaves)}
    for node in nodes:
        if node.args:
            row[node.name] = sum(row[name] for name in node.args) / len(node.args)
    return {name: (float(column[name]), at) for name, at in _spread_rows(column, row).items()}


def _leaves(nodes: Sequence[Node]) -> list[str]:
    """Names of inputs and numbers in order of appearance in the formula."""
    by_name, leaves, stack = {node.name: node for node in nodes}, [], [nodes[-1].name]
    while stack:
        node = by_name[stack.pop()]
        if not node.args and node.name not in leaves:
            leaves.append(node.name)
        stack.extend(reversed(node.args))
    return leaves


def _spread_rows(column: Mapping[str, int], row: Mapping[str, float]) -> Mapping[str, float]:
    """Rows by name, moved down within each column as far as needed for the minimum distance."""
    spread = dict(row)
    for at in set(column.values()):
        below = float("-inf")
        for name in sorted((name for name in row if column[name] == at), key=lambda name: row[name]):
            spread[name] = below = max(row[name], below + MIN_ROW_GAP)
    return spread
