// Placement of the line labels: moved apart by as little as possible until none overlap.

/**
 * @param {number[]} ideal where each would stand, in px
 * @param {number} gap px between two
 * @param {number} low @param {number} high the room there is
 * @returns {number[]} where each stands, in the order given
 */
export function spreadLabels(ideal, gap, low, high) {
  const order = ideal.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  /** @type {{members: {y: number, i: number}[], top: number}[]} */
  const stacks = [];
  for (const label of order) {
    stacks.push({ members: [label], top: label.y });
    while (merges()) {
      const [below] = stacks.splice(-1), above = stacks[stacks.length - 1];
      above.members.push(...below.members);
      above.top = topOf(above.members);
    }
  }
  const placed = Array(ideal.length).fill(0);
  for (const { members, top } of stacks) {
    members.forEach(({ i }, n) => {
      placed[i] = fitted(top, members.length) + n * gap;
    });
  }
  return placed;

  /** The top of a stack whose center is the mean of its members' ideal positions. @param {{y: number}[]} members */
  function topOf(members) {
    const mean = members.reduce((sum, { y }) => sum + y, 0) / members.length;
    return fitted(mean - (members.length - 1) * gap / 2, members.length);
  }

  /** @param {number} top @param {number} count */
  function fitted(top, count) {
    return Math.max(low, Math.min(high - (count - 1) * gap, top));
  }

  /** Whether the last two stacks are too close. */
  function merges() {
    if (stacks.length < 2) return false;
    const [above, below] = stacks.slice(-2);
    return fitted(above.top, above.members.length) + above.members.length * gap >
      fitted(below.top, below.members.length) + 1e-9;
  }
}
