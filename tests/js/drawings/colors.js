// Colors of the scales for drawings: far enough apart that a wrong shade is seen.

/** @type {Record<string, string>} */
export const COLORS = {
  ...{
    background: "#ffffff",
    forward: "#1f63a8",
    backward: "#c8430b",
    loss: "#8b1962",
    ghost: "#828b96",
    ink: "#14181d",
  },
  ...scale("activation", ["#844da7", "#bba0cd", "#f1f2f4", "#8fbca4", "#2d8654"]),
  ...scale("gradient", ["#3b4f6b", "#9fb0c6", "#f5f4f2", "#f5a983", "#b23c08"]),
  ...scale("credit", ["#fdf1e9", "#f7c7a8", "#e98a54", "#b23c08", "#5e1f04"]),
  ...scale("slope", ["#20242b", "#eef3f8"]),
  ...scale("place", ["#9c8d34", "#577d41", "#10664f", "#00474d", "#022a41"]),
};

/** @param {string} name @param {string[]} colors */
function scale(name, colors) {
  return Object.fromEntries(colors.map((color, i) => [`${name}${i}`, color]));
}
