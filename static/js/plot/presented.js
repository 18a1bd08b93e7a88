// The unrolled graph in the presenter view, in px of a screen of 1280 × 720: larger letters and marks, two letters for a
// prediction, and rows that fill the picture. Sizes of type by the width of a column: what 18 m away can still be read.

import { gatedRows, GATES } from "./gated-rows.js";
import { asideOf, chainOf, THICKEST, useEnlarged } from "./geometry.js";

const WIDE = 150; // px of a column
const BESIDE = { large: 80, small: 66 }; // px of a column whose loss stands beside its disc
const ROOM_FOR_NUMBERS = 104; // px of a column: in less, numbers stand under the states
const LEAST = 400; // px of height: in less, the usual picture is drawn
const TAILS = 52; // px

const LARGE = 1.3; // what stands around the gates is so much larger
const ASIDE = 10; // px of an arrow up from the middle of a column of a cell with gates

useEnlarged(enlarged);

/**
 * What differs from the usual geometry; nothing in a low picture.
 * @param {Geometry} usual @param {{cell: string, hasTails: boolean}} run @returns {Partial<Geometry>}
 */
export function enlarged({ level, c, H }, { cell, hasTails }) {
  if (H < LEAST) return {};
  const inLanes = level === "compact", all = (inLanes ? presentedCompact : presented)(c, H, hasTails);
  if (!(cell in GATES)) return all;
  const { rows, box } = all, numbers = rows.numbers !== null;
  const { states, gates, foot, tails } = gatedRows(cell, {
    ...{ ...rows, level, short: false, numbers, hasTails, scale: LARGE },
    floor: rows.input - box / 2 - 4,
  });
  const chains = states.map((state, i) => chainOf(i, state, { level, isGated: true, numbers })),
    [{ top, bottom, hidden }] = chains;
  const more = inLanes ? {} : {
    aside: { x: ASIDE, y: asideOf(bottom - top, true) },
    arrow: { ...all.arrow, widest: Math.min(all.arrow.widest, THICKEST * (bottom - top)) },
    below: 26,
  };
  return {
    ...{ ...all, ...more, chains, gates, tails: tails ?? all.tails },
    rows: { ...rows, top, bottom, hidden, foot },
    lanes: { forward: chains[0].forward, backward: chains[chains.length - 1].backward },
  };
}

/**
 * What differs in columns too narrow for arrows between the states: letters as wide as a column has room for.
 * @param {number} c @param {number} H @param {boolean} hasTails
 */
function presentedCompact(c, H, hasTails) {
  const font = Math.min(22, Math.max(12, 0.62 * c)), box = Math.min(34, 0.9 * c), input = H - 4 - box / 2;
  const spread = Math.min(1.25, Math.max(0.85, H / 518)), loss = spread * 104, output = loss + 10 + font / 2;
  const top = output + font / 2 + 36,
    bottom = input - box / 2 - (hasTails ? 102 : 62),
    hidden = (top + bottom) / 2;
  const [forward, backward] = [top - 14, bottom + 20];
  const state = { top, bottom, hidden, numbers: null };
  return {
    rows: { loss, output, input, foot: bottom, ...state },
    chains: [{ vector: /** @type {const} */ ("h"), ...state, forward, backward }],
    lanes: { forward, backward },
    tails: hasTails ? { top: bottom + 60, height: TAILS } : null,
    ...{ box, font, isLarge: true, scissors: Math.min(26, 0.85 * c) },
    arrow: { forward: 2.4, widest: 17, vertical: 1.4 },
    ruler: { name: 11, bracket: 26, from: 34, grip: 0 },
    type: {
      guess: font,
      unequal: 10,
      mark: 11,
      loss: 12.5,
      norm: 17,
      value: 13,
      weight: 17,
      block: 15,
      unknown: 20,
    },
  };
}

/**
 * What differs from the usual geometry.
 * @param {number} c @param {number} H @param {boolean} hasTails
 */
function presented(c, H, hasTails) {
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
