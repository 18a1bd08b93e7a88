// Colors of the scales for drawings: far enough apart that a wrong shade is seen.

/** @type {Record<string, string>} */
export const COLORS = {
  ...{ background: "#ffffff", forward: "#1f63a8", backward: "#c84208", cut: "#838d99", ink: "#1a1f26" },
  ...scale("activation", ["#6a2c86", "#b48cc7", "#f4f4f6", "#86c48c", "#17733a"]),
  ...scale("gradient", ["#3b4f6b", "#9fb0c6", "#f5f4f2", "#f5a983", "#b23c08"]),
  ...scale("credit", ["#fdf1e9", "#f7c7a8", "#e98a54", "#b23c08", "#5e1f04"]),
  ...scale("slope", ["#20242b", "#eef3f8"]),
  ...{ cellRnn: "#111111", cellLstm: "#222222", cellGru: "#333333" },
};

/** @param {string} name @param {string[]} colors */
function scale(name, colors) {
  return Object.fromEntries(colors.map((color, i) => [`${name}${i}`, color]));
}
