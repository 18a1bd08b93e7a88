// Drawing lots: the same ones for the same name, on every machine.

/** A lot: choices that a name and a number decide; what shall come in turn takes the number itself. */
export class Lot {
  /** @param {string} figure @param {number} turn */
  constructor(figure, turn) {
    const name = `${figure} ${turn}`;
    this.turn = turn;
    this.state = [...name].reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619),
      2166136261,
    );
  }

  /** A number from 0 to below 1 (the generator mulberry32). */
  number() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below n. @param {number} n */
  below(n) {
    return Math.floor(n * this.number());
  }

  /** One of these. @template T @param {readonly T[]} these @returns {T} */
  of(these) {
    return these[this.below(these.length)];
  }

  /** True so often. @param {number} share */
  chance(share) {
    return this.number() < share;
  }

  /** One of these so often, and otherwise the usual. @template T, U @param {number} share @param {readonly T[]} these @param {U} usual @returns {T | U} */
  rarely(share, these, usual) {
    const drawn = this.of(these);
    return this.chance(share) ? drawn : usual;
  }
}
