// Printed arithmetic: reads a line of numbers as a reader does, and says whether = or ≈ stands before its result.

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const TOKEN =
  /^\s*(?:(?<number>\d[\d,]*\.?\d*|\.\d+)(?:\s*×\s*10(?<power>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?|(?<name>tanh|relu|exp|log|ln|σ)|(?<sign>\*\*|[-−+×·*/÷()²[\]>]))/;

/** @type {Record<string, (a: number) => number>} */
const FUNCTIONS = {
  tanh: Math.tanh,
  relu: (a) => Math.max(0, a),
  exp: Math.exp,
  log: Math.log,
  ln: Math.log,
  "σ": (a) => 1 / (1 + Math.exp(-a)),
};

/** @typedef {{number?: number, name?: string, sign?: string}} Token */

/**
 * The value of a line such as "0.56 × (−0.3) + tanh(0.2)"; null if it is anything else.
 * @param {string} text
 * @returns {number | null}
 */
export function evaluate(text) {
  const tokens = tokensOf(text) ?? [];
  let at = 0;
  const next = () => tokens[at]?.sign;
  const skip = (/** @type {string} */ sign) => next() === sign && Boolean(at += 1);
  const value = sum();
  return value === null || at < tokens.length || Number.isNaN(value) ? null : value;

  /** @returns {number | null} */
  function sum() {
    let total = product();
    while (total !== null && (next() === "+" || next() === "-")) {
      const sign = skip("+") ? 1 : (at += 1, -1), term = product();
      total = term === null ? null : total + sign * term;
    }
    return total;
  }

  /** @returns {number | null} */
  function product() {
    let total = factor();
    while (total !== null && at < tokens.length && !["+", "-", ")", "]", ">"].includes(String(next()))) {
      const divides = skip("/");
      if (!divides) skip("×"); // two factors side by side are multiplied
      const other = factor();
      total = other === null ? null : divides ? total / other : total * other;
    }
    return total;
  }

  /** @returns {number | null} */
  function factor() {
    if (skip("-")) return mapped(factor(), (a) => -a);
    if (skip("+")) return factor();
    const base = atom();
    if (skip("²")) return mapped(base, (a) => a * a);
    return skip("**") ? mapped(factor(), (b) => base === null ? NaN : base ** b) : base;
  }

  /** @returns {number | null} */
  function atom() {
    /** @type {Token | undefined} */
    const token = tokens[at];
    at += 1;
    if (token?.number !== undefined) return token.number;
    if (token?.name) return mapped(factor(), FUNCTIONS[token.name]);
    if (token?.sign === "(") {
      const inside = sum();
      return skip(")") ? inside : null;
    }
    if (token?.sign !== "[") return null; // [a > b] is 1 or 0
    const left = sum(), compares = skip(">"), right = sum();
    return compares && skip("]") && left !== null && right !== null ? Number(left > right) : null;
  }
}

/** @param {number | null} value @param {(value: number) => number} change */
const mapped = (value, change) => (value === null ? null : change(value));

/** @param {string} text @returns {Token[] | null} */
function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  let rest = text.trimEnd();
  while (rest) {
    const match = rest.match(TOKEN);
    if (!match) return null;
    const { number, power, name, sign } = match.groups ?? {};
    if (number) tokens.push({ number: Number(number.replaceAll(",", "")) * 10 ** exponentOf(power) });
    else if (name) tokens.push({ name });
    else tokens.push({ sign: { "−": "-", "·": "×", "*": "×", "÷": "/" }[sign] ?? sign });
    rest = rest.slice(match[0].length);
  }
  return tokens;
}

/** The integer that raised digits such as ⁻⁵ stand for. @param {string} [raised] */
function exponentOf(raised = "") {
  const digits = [...raised].map((digit) => RAISED.indexOf(digit)).filter((digit) => digit >= 0).join("");
  return (raised.startsWith("⁻") ? -1 : 1) * Number(digits);
}

/** Half a unit of the last printed digit. @param {string} number */
function halfUnit(number) {
  const [mantissa, raised] = number.split(/\s*×\s*10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])/);
  return 0.5000001 * 10 ** (exponentOf(raised) - (mantissa.split(".")[1]?.length ?? 0));
}

/**
 * Whether a printed result is what the printed numbers give, rounded to its digits; null if that cannot be read.
 * @param {string} left
 * @param {string} right a number
 */
export function agrees(left, right) {
  const [value, result] = [evaluate(left), evaluate(right)];
  return value === null || result === null ? null : Math.abs(value - result) <= halfUnit(right);
}

/**
 * "0.56 + 0.3 = 0.86", and ≈ where the printed numbers do not give the printed result.
 * @param {string} left
 * @param {string} right
 */
export const equation = (left, right) => `${left} ${agrees(left, right) === false ? "≈" : "="} ${right}`;

/** In brackets where a sign stands before it, or a power of ten behind it. @param {string} text */
export const parenthesized = (text) => /^−|×/.test(text) ? `(${text})` : text;

/**
 * Where in a sentence an = stands that must be ≈, because arithmetic before it does not give the number behind it.
 * @param {string} sentence
 * @returns {number[]} positions of the signs
 */
export function wrongSigns(sentence) {
  return [...sentence.matchAll(/=/g)].map(({ index }) => index).filter((at) => {
    const behind = sentence.slice(at + 1), right = behind.match(RESULT)?.[0].trim();
    return right !== undefined && agrees(arithmeticBefore(sentence.slice(0, at)), right) === false;
  });
}

/** A number that ends a line of arithmetic: no operator comes after it. */
const RESULT =
  /^\s*[−-]?\d[\d,]*(?:\.\d+)?(?:\s*×\s*10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\d.,]*\d)(?!\s*[+×·*/(−-]\s*[\d(−-])/;

/** The longest arithmetic at the end of a text, with nothing before it that belongs to it. @param {string} text */
function arithmeticBefore(text) {
  const words = text.split(/(?<=\s)|(?=[-−]?(?:ln|exp|tanh|log)\b)|(?<=[=:,가-힣])/);
  for (let from = 0; from < words.length; from += 1) {
    const line = words.slice(from).join(""), before = words.slice(0, from).join("");
    if (line.trim() && evaluate(line) !== null) return /[+×·*/(−-]\s*$/.test(before) ? "" : line;
  }
  return "";
}
