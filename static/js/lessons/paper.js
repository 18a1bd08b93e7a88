// Printed lesson on A4: how tall its pictures are, so that two steps share a sheet, and how small, so that all of each is on it.

const SHEET = 1040; // px of A4 within the margins of static/css/print.css
const LEAST = 270, MOST = 430; // px of a picture
export const SCALE = { usual: 0.7, least: 0.45 }; // of a picture: what letters can bear

/**
 * The heights of the pictures: two steps stand on a sheet, unless their words leave too little room.
 * @param {number[]} words px of each step without its picture @param {number} head px above the first step
 */
export function heights(words, head) {
  /** @type {number[]} */
  const all = [];
  for (let room = SHEET - head; all.length < words.length; room = SHEET) {
    const i = all.length, shared = (room - words[i] - words[i + 1]) / 2;
    const isShared = shared >= LEAST;
    const tall = Math.floor(Math.max(LEAST, Math.min(MOST, isShared ? shared : room - words[i])));
    all.push(...(isShared ? [tall, tall] : [tall]));
  }
  return all;
}

/**
 * The scale at which a picture is whole whose window shows less than its width.
 * @param {number} scale at present @param {number} width px of its place @param {number} hidden px of the picture out of sight
 */
export function scaleFor(scale, width, hidden) {
  return hidden > 0 ? Math.max(SCALE.least, width / (width / scale + hidden)) : scale;
}
