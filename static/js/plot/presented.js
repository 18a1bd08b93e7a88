// The unrolled graph in the presenter view, in px of a screen of 1280 × 720: larger letters and marks, two letters for a
// prediction, and rows that fill the picture. Sizes of type by the width of a column: what 18 m away can still be read.

const WIDE = 150; // px of a column
const BESIDE = { large: 80, small: 66 }; // px of a column whose loss stands beside its disc
const ROOM_FOR_NUMBERS = 104; // px of a column: in less, numbers stand under the states
const LEAST = 400; // px of height: in less, the usual picture is drawn
const TAILS = 52; // px

/** Whether a picture is drawn so: not on phones, nor where columns are too narrow for it. @param {Level} level @param {number} H @param {boolean} phone */
export const isPresented = (level, H, phone) => level !== "compact" && H >= LEAST && !phone;

/**
 * What differs from the usual geometry.
 * @param {number} c @param {number} H @param {boolean} hasTails
 */
export function presented(c, H, hasTails) {
  const wide = c >= WIDE, numbers = c < ROOM_FOR_NUMBERS, isBeside = c >= BESIDE.small;
  const spread = Math.min(1.25, Math.max(0.85, H / 518)), box = wide ? 48 : Math.min(44, c - 12);
  const loss = spread * (isBeside ? 58 : 66), output = loss + spread * 53, input = H - 4 - box / 2;
  const under = numbers ? 32 : 10, bottom = input - box / 2 - under - (hasTails ? TAILS + 12 : 22);
  const lost = wide ? 20 : c >= BESIDE.large ? 17 : 15;
  const top = output + spread * 53, hidden = (top + bottom) / 2, aside = Math.min(64, 0.21 * (bottom - top));
  const state = { top, bottom, hidden, numbers: numbers ? bottom + 16 : null };
  const [forward, backward] = [hidden - aside, hidden + aside];
  return {
    rows: { loss, output, input, foot: bottom, ...state },
    chains: [{ vector: /** @type {const} */ ("h"), ...state, forward, backward }],
    lanes: { forward, backward },
    tails: hasTails ? { top: bottom + under, height: TAILS } : null,
    ...{ box, cell: wide ? 58 : Math.min(30, Math.max(18, c / 3)), gap: 4, loss: 16 },
    ...{ font: wide ? 28 : Math.min(26, 0.5 * c), disc: [8, Math.min(wide ? 30 : 27, 0.4 * c)] },
    output: { width: Math.min(wide ? 74 : 62, c - 6), height: 40 },
    aside: { x: wide ? 10 : 7, y: aside },
    arrow: { forward: wide ? 4.4 : 4, widest: wide ? 17 : 16, vertical: 1.8 },
    ...{
      scissors: wide ? 34 : Math.min(26, 0.34 * c),
      below: 30,
      pill: { flat: wide ? 42 : 34, upright: 26 },
    },
    ruler: { name: 11, bracket: 26, from: 34, grip: 0 },
    hasCards: false,
    isLarge: true,
    lossAt: isBeside ? { disc: 1.2 * lost, number: wide ? 21 : 17 } : { disc: 0, number: null },
    type: {
      ...{
        guess: wide ? 25 : c >= BESIDE.large ? 22 : 18,
        unequal: 16,
        mark: 16,
        loss: lost,
        norm: wide ? 21 : 18.5,
      },
      ...{ value: 17, weight: 23, block: wide ? 17 : 15, unknown: 22 },
    },
  };
}
