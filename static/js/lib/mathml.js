// MathML formulas: built as trees of plain arrays, turned into DOM nodes at the end.

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";

/** @param {string} name @returns {Formula} */
export const letter = (name) => ["mi", ...(name.length === 1 ? [] : [{ mathvariant: "normal" }]), name];

/** @param {string} sign @returns {Formula} */
export const sign = (sign) => ["mo", sign];

/** @param {number | string} value @returns {Formula} */
export const number = (value) => ["mn", String(value).replace("-", "−")];

/** @param {...Formula} parts @returns {Formula} */
export const row = (...parts) => ["mrow", ...parts];

/** In round brackets. @param {...Formula} parts @returns {Formula} */
export const bracketed = (...parts) => row(sign("("), ...parts, sign(")"));

/**
 * A symbol with a subscript and a superscript.
 * @param {Formula} base @param {Formula} [below] @param {Formula} [above]
 * @returns {Formula}
 */
export function scripted(base, below = "", above = "") {
  if (below && above) return ["msubsup", base, below, above];
  if (below) return ["msub", base, below];
  return above ? ["msup", base, above] : base;
}

/** A vector of a step: h₂, and h₂ᵀ with a ⊤ above. @param {string} name @param {number} t @param {string} [above] @returns {Formula} */
export const stepped = (name, t, above = "") => scripted(letter(name), number(t), above && ["mtext", above]);

/** @param {Formula} formula @returns {Element} */
export function math(formula) {
  return made(["math", formula]);
}

/** @param {Exclude<Formula, string>} formula @returns {Element} */
function made([tag, ...children]) {
  const node = document.createElementNS(NAMESPACE, tag);
  for (const child of children) {
    if (typeof child === "string") node.append(child);
    else if (Array.isArray(child)) node.append(made(child));
    else for (const [name, value] of Object.entries(child)) node.setAttribute(name, value);
  }
  return node;
}

/** A formula as one line of text, for those who cannot see it and for tests. @param {Formula | Record<string, string>} formula @returns {string} */
export function plain(formula) {
  if (typeof formula === "string") return formula;
  if (!Array.isArray(formula)) return "";
  const [tag, ...children] = formula, [base, ...scripts] = children.map(plain);
  if (tag === "msub") return `${base}_${scripts[0]}`;
  if (tag === "msup") return `${base}^${scripts[0]}`;
  if (tag === "msubsup") return `${base}_${scripts[0]}^${scripts[1]}`;
  return [base, ...scripts].join("");
}
